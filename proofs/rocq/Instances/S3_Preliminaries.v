(** * Section 3: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Linear.Recovery Linear.Horizon
  Linear.Euclidean Linear.SoftmaxClass Linear.LeastNorm Linear.ExactRounds.
From SRVerify Require Import Instances.Examples Instances.OneFeature Statements.S3_Preliminaries.
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

(** A feature that counts, and one that is 0 everywhere: the parameter (1, 1) is not of least norm. *)
Definition idle_feature : bool -> bool -> bool -> R := fun _ y j => if j then if y then 1 else 0 else 0.

Theorem S08_least_norm_satisfiable : ltac:(srverify_hypotheses_of S08_least_norm).
Proof.
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, idle_feature, (fun _ => 1).
  destruct (LeastNorm.S08_least_norm idle_feature (fun _ => 1)) as (theta & h). exists theta.
  split; [exact h|]. exists (fun _ => 1). intros x y; reflexivity.
Qed.

Theorem S08_horizon_of_the_class_satisfiable : ltac:(srverify_hypotheses_of S08_horizon_of_the_class).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, (fun _ => 1), 1, 4, (fun _ => 1), 2%nat.
  split; [lra|]. split; [lra|]. split; [rewrite one_norm; lra|]. split; [intros x y; reflexivity|].
  intros theta h. apply one_parameter in h. rewrite one_norm by lra. rewrite <- h.
  eapply Rle_trans; [apply Rle_abs|apply coordinate_le_norm].
Qed.

Ltac one_feature_instance :=
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, one_feature, 1;
  split; [exact one_feature_bounded|]; exists true, false; split; [discriminate|].

Theorem S08_margin_needs_norm_satisfiable : ltac:(srverify_hypotheses_of S08_margin_needs_norm).
Proof. one_feature_instance. exists 1, (fun _ => 1). exact one_feature_margin. Qed.

Theorem S08_margin_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_margin_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1).
  split; [exact one_feature_margin|exact one_realizable].
Qed.

(** Two rounds: the exact path stays in the class of radius 4. *)
Theorem S08_rounds_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_rounds_at_fixed_radius).
Proof.
  one_feature_instance. exists 4, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists 2%nat. split; [lia|].
  apply (exact_realizable one_feature 4 1 ltac:(lra) (fun _ => 1) 2). rewrite one_norm by lra. unfold alpha; simpl; lra.
Qed.

Theorem S08_bias_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_bias_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists fair. split; [exact fair_dist|exact one_realizable].
Qed.

Theorem S08_bound_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_bound_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists fair, 1, 1, 1%nat. split; [lra|]. split; [lra|exact one_realizable].
Qed.

Theorem S08_complexity_of_the_repaired_radius_satisfiable :
  ltac:(srverify_hypotheses_of S08_complexity_of_the_repaired_radius).
Proof. instance. Qed.

Theorem S09_minimum_probability_satisfiable : ltac:(srverify_hypotheses_of S09_minimum_probability).
Proof.
  exists bool, bool, FiniteType_bool, 1. split; [lra|]. exists 1, lean, O, true, false.
  split; [lra|]. split; [exact lean_policy|]. split; [exact lean_margin|]. rewrite lean_mode; discriminate.
Qed.
