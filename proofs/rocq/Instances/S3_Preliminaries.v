(** * Section 3: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs.
From SRVerify Require Import Instances.Examples Statements.S3_Preliminaries.
Open Scope R_scope.

Theorem S01_gibbs_identity_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_identity).
Proof. instance. Qed.

Theorem S01_gibbs_optimum_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_optimum).
Proof.
  assert (h := Gibbs.S01_gibbs_optimum 1 fair fair fair ltac:(lra) fair_full fair_dist).
  exists bool, FiniteType_bool, 1, fair, fair, (gibbs 1 fair fair).
  split; [lra|]. split; [exact fair_full|].
  split; [apply is_full_dist, gibbs_full; exact fair_full|]. split; [apply h|exact (ex_intro _ true I)].
Qed.

Theorem S02_self_reward_power_satisfiable : ltac:(srverify_hypotheses_of S02_self_reward_power).
Proof. instance. Qed.

Theorem S03_reward_identity_satisfiable : ltac:(srverify_hypotheses_of S03_reward_identity).
Proof. instance. Qed.

Theorem S03_reward_difference_satisfiable : ltac:(srverify_hypotheses_of S03_reward_difference).
Proof. instance. Qed.

Theorem S04_dpo_square_loss_satisfiable : ltac:(srverify_hypotheses_of S04_dpo_square_loss).
Proof. instance. Qed.

Theorem S04_zero_iff_satisfiable : ltac:(srverify_hypotheses_of S04_zero_iff).
Proof. instance. Qed.

(** The exact iteration from [lean]. *)
Fixpoint updates (t : nat) : policy bool bool :=
  match t with O => lean | S t' => self_update 1 (updates t') end.

Lemma updates_policy t : is_policy (updates t).
Proof. induction t as [|t ih]; [exact lean_policy|apply self_update_policy, ih]. Qed.

Theorem S05_iterated_closed_form_satisfiable : ltac:(srverify_hypotheses_of S05_iterated_closed_form).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, 1. split; [lra|].
  exists (fun t rho => rho = self_update 1 (updates t)), updates.
  split; [intros; unfold fair; lra|]. split; [exact updates_policy|]. split; [reflexivity|].
  split; [intros t rho ->; apply Rle_refl|]. exact (ex_intro _ O (ex_intro _ true (ex_intro _ true I))).
Qed.

Theorem S06_margin_growth_satisfiable : ltac:(srverify_hypotheses_of S06_margin_growth).
Proof.
  exists bool, bool, FiniteType_bool, 1. split; [lra|].
  exists (ln (3 / 4) - ln (1 / 4)), lean, O. assert (h := lean_log_ratio).
  split; [lra|]. split; [exact lean_policy|exact lean_is_margin].
Qed.

Theorem S07_population_condition_number_satisfiable : ltac:(srverify_hypotheses_of S07_population_condition_number).
Proof. instance. Qed.

Theorem S08_realizable_iff_satisfiable : ltac:(srverify_hypotheses_of S08_realizable_iff).
Proof. instance. Qed.

Theorem S09_minimum_probability_satisfiable : ltac:(srverify_hypotheses_of S09_minimum_probability).
Proof.
  exists bool, bool, FiniteType_bool, 1. split; [lra|]. exists 1, lean, O, true, false.
  split; [lra|]. split; [exact lean_policy|]. split; [exact lean_margin|]. rewrite lean_mode; discriminate.
Qed.
