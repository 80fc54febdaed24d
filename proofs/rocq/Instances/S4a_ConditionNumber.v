(** * Section 4: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Greedy.Autoregressive.
From SRVerify Require Import Instances.Examples Statements.S4a_ConditionNumber.
Open Scope R_scope.

Theorem K01_range_satisfiable : ltac:(srverify_hypotheses_of K01_range).
Proof. instance. Qed.

Theorem K01_uniform_iff_satisfiable : ltac:(srverify_hypotheses_of K01_uniform_iff).
Proof. instance. Qed.

Theorem K01_mean_maximum_satisfiable : ltac:(srverify_hypotheses_of K01_mean_maximum).
Proof. instance. Qed.

Theorem K02_near_uniform_policy_satisfiable : ltac:(srverify_hypotheses_of K02_near_uniform_policy).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists lean, 1, (-1 / 4). split; [lra|]. split; [lra|]. intros; rewrite lean_max; lra.
Qed.

(** One fair token. *)
Definition coin_model : model bool 1 := (fair, fun _ => tt).

Lemma coin_model_full : is_full_model 1 coin_model.
Proof. split; [exact fair_full|]. intros; exact I. Qed.

Lemma coin_model_model : is_model 1 coin_model.
Proof. split; [exact fair_dist|]. intros; exact I. Qed.

Lemma coin_model_le : conditionals_le (1 / 2) 1 coin_model.
Proof. split; [intros; apply Rle_refl|]. intros; exact I. Qed.

Theorem K03_sequence_probability_satisfiable : ltac:(srverify_hypotheses_of K03_sequence_probability).
Proof.
  exists bool, FiniteType_bool, (1 / 2), 1%nat, coin_model, (true, tt).
  split; [exact coin_model_model|exact coin_model_le].
Qed.

Theorem K03_autoregressive_policy_satisfiable : ltac:(srverify_hypotheses_of K03_autoregressive_policy).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, (1 / 2), 1%nat, (fun _ => coin_model).
  split; [exact fair_dist|]. split; [lra|]. split; intros; [exact coin_model_full|exact coin_model_le].
Qed.

Theorem K03_length_policy_satisfiable : ltac:(srverify_hypotheses_of K03_length_policy).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, (1 / 2), 1%nat, (fun _ => coin_model), 1.
  split; [exact fair_dist|]. split; [lra|]. split; [lra|]. split.
  - rewrite ln_1. unfold Rdiv. rewrite Rmult_0_l. simpl; lra.
  - split; intros; [exact coin_model_full|exact coin_model_le].
Qed.
