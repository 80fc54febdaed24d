(** * Section 6, effective dimension: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Scalar.EffectiveDimension.
From SRVerify Require Import Instances.Examples Statements.S6b_EffectiveDimension.
Open Scope R_scope.

Theorem G01_rank_satisfiable : ltac:(srverify_hypotheses_of G01_rank).
Proof. instance. Qed.

Theorem G01_trace_satisfiable : ltac:(srverify_hypotheses_of G01_trace).
Proof. instance. Qed.

Theorem G01_antitone_satisfiable : ltac:(srverify_hypotheses_of G01_antitone).
Proof. instance. Qed.

Theorem G02_split_satisfiable : ltac:(srverify_hypotheses_of G02_split).
Proof. instance. Qed.

Theorem G02_count_satisfiable : ltac:(srverify_hypotheses_of G02_count).
Proof. instance. Qed.

Theorem G03_exponential_satisfiable : ltac:(srverify_hypotheses_of G03_exponential).
Proof.
  exists (fun i => exp (- (1 * INR (S i)))), 1, 1, 1, O, O.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [intros; left; apply exp_pos|].
  split; [intros; lra|]. replace (1 / 1) with 1 by field. rewrite ln_1. simpl; lra.
Qed.

Theorem G04_polynomial_satisfiable : ltac:(srverify_hypotheses_of G04_polynomial).
Proof.
  exists (fun i => Rpower (INR (S i)) (- (2))), 1, 2, 1, 1%nat, O.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [intros; left; apply exp_pos|].
  split; [intros; lra|]. split; [lia|]. replace (1 / 1) with 1 by field.
  unfold Rpower. rewrite ln_1, Rmult_0_r, exp_0. simpl; lra.
Qed.

Theorem G05_spiked_satisfiable : ltac:(srverify_hypotheses_of G05_spiked).
Proof. exists (fun _ => 1), 1, (range_sum (fun _ => 1) 1 1), 1%nat, 1%nat. split; [lra|]. split; [intros; lra|apply Rle_refl]. Qed.

Theorem G09_log_rank_satisfiable : ltac:(srverify_hypotheses_of G09_log_rank).
Proof.
  exists (fun _ => 0), 1, 1%nat, O. split; [lra|]. split; [intros; lra|].
  unfold range_sum; simpl; lra.
Qed.
