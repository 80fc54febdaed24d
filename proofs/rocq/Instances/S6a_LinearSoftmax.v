(** * Section 6, linear softmax: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Rates.Instances Linear.RecoveryInstance Instances.S5a_OneRound.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.Tails OneRound.ZeroLoss
  OneRound.OneStep OneRound.UniformBound Scalar.Linear Iteration.Rounds Iteration.Trajectory Iteration.FiniteNet
  Iteration.Satisfiable Linear.Recovery Linear.Horizon Linear.Euclidean Linear.Packing Linear.SoftmaxClass
  Linear.Statements Linear.Theorem Linear.Instance.
From SRVerify Require Import Instances.Examples Instances.S5b_Iteration Statements.S6a_LinearSoftmax.
Import ListNotations.
Open Scope R_scope.

Lemma norm_zero : Horizon.norm (fun _ : bool => 0) = 0.
Proof. unfold Horizon.norm, dot, Sum, sumL; simpl. replace (0 * 0 + (0 * 0 + 0)) with 0 by ring. apply sqrt_0. Qed.

Lemma scalar_norm_zero : Scalar.Linear.norm (fun _ : bool => 0) = 0.
Proof. unfold Scalar.Linear.norm, Sum, sumL; simpl. replace (0 * (0 * 1) + (0 * (0 * 1) + 0)) with 0 by ring. apply sqrt_0. Qed.

Definition no_features : bool -> bool -> bool -> R := fun _ _ _ => 0.

Lemma no_features_bounded : bounded_features no_features 1.
Proof. intros x y. unfold no_features. rewrite norm_zero. lra. Qed.

Theorem F01_packing_number_satisfiable : ltac:(srverify_hypotheses_of F01_packing_number).
Proof.
  exists bool, FiniteType_bool, unit, FiniteType_unit, (fun _ _ => 0), 1, 1. split; [lra|]. split; [lra|]. split.
  - intros i. rewrite norm_zero; lra.
  - intros [] [] h; contradiction.
Qed.

Theorem F01_net_exists_satisfiable : ltac:(srverify_hypotheses_of F01_net_exists).
Proof.
  exists bool, FiniteType_bool, 1, 1. split; [lra|]. split; [lra|].
  destruct (Packing.F01_net_exists (Dim := bool) 1 1 ltac:(lra) ltac:(lra)) as (m & p & h).
  exists m, p. split; [exact h|]. exists (fun _ => 0). rewrite norm_zero; lra.
Qed.

Theorem F02_log_ratio_lipschitz_satisfiable : ltac:(srverify_hypotheses_of F02_log_ratio_lipschitz).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, fair, (fun _ _ => 0), 1, true.
  intros; rewrite scalar_norm_zero; lra.
Qed.

Theorem F02_policies_satisfiable : ltac:(srverify_hypotheses_of F02_policies).
Proof.
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, no_features, 1, fair, fair.
  split; [exact no_features_bounded|exact (ex_intro _ true (ex_intro _ true I))].
Qed.

Theorem F03_normaliser_linear_satisfiable : ltac:(srverify_hypotheses_of F03_normaliser_linear).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, fair, (fun _ _ => 0), 1.
  intros; rewrite scalar_norm_zero; lra.
Qed.

Theorem F04_projected_loss_satisfiable : ltac:(srverify_hypotheses_of F04_projected_loss).
Proof. exists 1, 1, 1, 1, 1, 1. repeat (split; [lra|]). rewrite Rminus_diag_eq by reflexivity. rewrite Rabs_R0. lra. Qed.

Theorem F04_indicator_jump_satisfiable : ltac:(srverify_hypotheses_of F04_indicator_jump).
Proof. exists 4, 1. lra. Qed.

Theorem F05_uniform_bound_satisfiable : ltac:(srverify_hypotheses_of F05_uniform_bound).
Proof. exists 0, 0, 0, 1, 1, 1, 1, 1. lra. Qed.

Theorem F05_zero_loss_net_satisfiable : ltac:(srverify_hypotheses_of F05_zero_loss_net).
Proof.
  exists bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists unit, FiniteType_unit, (fun _ a => if a : bool then 0 else 1), 1. split; [lra|]. split; [intros ? []; lra|].
  exists unit, (fun _ a => if a : bool then 0 else 1), 0, 1%nat, (1 / 2). split; [lia|]. split; [lra|]. split.
  - intros []. exists tt. intros z. rewrite Rminus_diag_eq by reflexivity. rewrite Rabs_R0. lra.
  - exists [true], tt. repeat constructor.
Qed.

Theorem F06_resolution_satisfiable : ltac:(srverify_hypotheses_of F06_resolution).
Proof. instance. Qed.

Theorem F09_theorem_6_2_satisfiable : ltac:(srverify_hypotheses_of F09_theorem_6_2).
Proof.
  exists bool, bool, unit, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair. split; [exact fair_dist|].
  exists 1. split; [lra|]. exists update_class. split; [exact update_class_policy|].
  exists update_class. split; [exact update_class_policy|]. exists 0. split.
  - intros i. exists i. intros. rewrite Rminus_diag_eq by reflexivity. rewrite Rabs_R0. lra.
  - exists 1%nat. split; [lia|]. exists 1, lean. split; [exact lean_policy|]. exists only. split; [exact only_minimises|].
    exists 1, 1, 1. repeat (split; [lra|]). exists 1%nat; lia.
Qed.

Theorem F09_linear_theorem_6_2_satisfiable : ltac:(srverify_hypotheses_of F09_linear_theorem_6_2).
Proof.
  destruct (SRVerify.Linear.Theorem.F09_learner_exists bool bool bool FiniteType_bool FiniteType_bool FiniteType_bool no_features 1 1 lean lean_policy ltac:(lra))
    as (learner & h).
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, FiniteType_bool, fair, no_features, 1, 1, 1, 1, 1, 1, 1, 1%nat, 1%nat, lean, learner.
  split; [exact fair_dist|]. split; [exact lean_policy|]. split; [lra|]. split; [exact no_features_bounded|].
  repeat (split; [lra || lia|]). exact h.
Qed.

Theorem F09_learner_exists_satisfiable : ltac:(srverify_hypotheses_of F09_learner_exists).
Proof. instance. Qed.

Theorem F09_theorem_6_2_instance_satisfiable : ltac:(srverify_hypotheses_of F09_theorem_6_2_instance).
Proof.
  destruct Instance.F09_theorem_6_2_instance as (n & learner & h). exists n, learner. split; [exact h|].
  exact (some_extension n 2 (true, None, None) []).
Qed.

(** One feature, which tells the first response from the second; the parameter 1 prefers the first. *)
Definition one_feature : unit -> bool -> unit -> R := fun _ y _ => if y then 1 else 0.

Lemma one_feature_score (a : R) x y : dot (fun _ : unit => a) (one_feature x y) = if y then a else 0.
Proof. unfold dot, Sum, sumL, one_feature; simpl. destruct y; ring. Qed.

Lemma one_feature_softmax a x y :
  softmax one_feature (fun _ => a) x y = exp (if y then a else 0) / (exp a + 1).
Proof.
  unfold softmax. rewrite one_feature_score. f_equal. unfold Sum, sumL; simpl. rewrite !one_feature_score, exp_0. ring.
Qed.

Lemma one_feature_margin : has_margin 1 (softmax one_feature (fun _ => 1)).
Proof.
  assert (hmode : forall x, mode (softmax one_feature (fun _ => 1)) x = true).
  { intros x. apply mode_unique. intros [] h; [contradiction|]. rewrite !one_feature_softmax.
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra). rewrite exp_0.
    apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat|]; lra. }
  intros x y h. rewrite hmode in *. destruct y; [contradiction|]. rewrite !ln_softmax, !one_feature_score. lra.
Qed.

Lemma one_feature_spans : spans one_feature [(tt, true, false)].
Proof.
  intros [[[] y] y']. exists (fun _ => (if y then 1 else 0) - (if y' then 1 else 0)). intros j.
  unfold sumL, feature_difference, one_feature; simpl. ring.
Qed.

(** The exact update doubles the parameter at beta = 1. *)
Lemma one_feature_update x y :
  softmax one_feature (fun _ => 2) x y = self_update 1 (softmax one_feature (fun _ => 1)) x y.
Proof.
  rewrite S08_update_scales by lra. unfold scale. replace ((1 + 1 / 1) * 1) with 2 by field. rewrite one_feature_softmax. reflexivity. Qed.

Definition doubled (i : unit) : unit -> R := fun _ => 2.

Lemma doubled_realizable : realizable 1 (softmax one_feature (fun _ => 1)) (fun i => softmax one_feature (doubled i)).
Proof. exists tt. exact one_feature_update. Qed.

Lemma doubled_ERM s : is_ERM (pair_loss 1 (softmax one_feature (fun _ => 1)) (fun i => softmax one_feature (doubled i))) s tt.
Proof. intros []. right; reflexivity. Qed.

Theorem F10_exact_recovery_satisfiable : ltac:(srverify_hypotheses_of F10_exact_recovery).
Proof.
  exists unit, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, unit, doubled, 1. split; [lra|].
  exists (fun _ => 1), [(tt, true, false)], tt. split; [exact one_feature_spans|]. split.
  - apply (C13_zero_empirical_loss 1 (softmax one_feature (fun _ => 1)) (fun i => softmax one_feature (doubled i)) _ tt);
      [lra|apply softmax_policy|exact doubled_realizable|apply doubled_ERM].
  - exact (ex_intro _ tt (ex_intro _ true I)).
Qed.

Theorem F10_minimiser_is_update_satisfiable : ltac:(srverify_hypotheses_of F10_minimiser_is_update).
Proof.
  exists unit, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, unit, doubled, 1. split; [lra|].
  exists (fun _ => 1), [(tt, true, false)], tt. split; [exact doubled_realizable|]. split; [exact one_feature_spans|].
  split; [apply doubled_ERM|exact (ex_intro _ tt (ex_intro _ true I))].
Qed.

Lemma one_law : is_dist (fun _ : unit => 1).
Proof. split; [intros; lra|]. unfold Sum, sumL; simpl; lra. Qed.

Theorem F10_assumptions_for_free_satisfiable : ltac:(srverify_hypotheses_of F10_assumptions_for_free).
Proof.
  exists unit, bool, unit, FiniteType_unit, FiniteType_bool, FiniteType_unit, one_feature, unit, doubled, 1. split; [lra|].
  exists (fun _ => 1), (fun _ => 1), 1, [(tt, true, false)], tt. split; [exact one_law|].
  split; [exact doubled_realizable|]. split; [exact one_feature_spans|]. split; [apply doubled_ERM|].
  split; [lra|exact one_feature_margin].
Qed.

Theorem F10_recovery_at_the_repaired_radius_satisfiable : ltac:(srverify_hypotheses_of F10_recovery_at_the_repaired_radius).
Proof.
  destruct (SRVerify.Linear.Theorem.F09_learner_exists unit bool unit FiniteType_unit FiniteType_bool FiniteType_unit one_feature 10 1
    (softmax one_feature (fun _ => 1)) (softmax_policy one_feature _) ltac:(lra)) as (learner & h).
  exists unit, bool, unit, FiniteType_unit, FiniteType_bool, FiniteType_unit, (fun _ => 1), one_feature, 10, 1, 1.
  exists 1, O, 1%nat, (fun _ => 1), [(tt, true, false)], learner.
  split; [exact one_law|]. split; [lra|]. split; [lra|]. split; [exact one_feature_margin|]. split.
  - assert (hn : Horizon.norm (fun _ : unit => 1) = 1).
    { unfold Horizon.norm, dot, Sum, sumL; simpl. replace (1 * 1 + 0) with 1 by ring. apply sqrt_1. }
    rewrite hn. unfold alpha. simpl. lra.
  - split; [exact h|]. split; [exact one_feature_spans|]. split; [lra|]. intros t _. unfold sumL; simpl. lra.
Qed.

Theorem F10_informative_pairs_satisfiable : ltac:(srverify_hypotheses_of F10_informative_pairs).
Proof. instance. Qed.

Theorem F07_error_rate_satisfiable : ltac:(srverify_hypotheses_of F07_error_rate).
Proof.
  exists 1, 1, 0, 0, 1, 1. repeat (split; [lra|]). exists 1%nat, 1%nat. split; [lia|]. exists 3. lra.
Qed.

Theorem F08_saturated_integral_satisfiable : ltac:(srverify_hypotheses_of F08_saturated_integral).
Proof.
  exists 1, (1 / 2). split; lra.
Qed.

Theorem F09_rate_satisfiable : ltac:(srverify_hypotheses_of F09_rate).
Proof.
  destruct SRVerify.Rates.Instances.F09_rate_instance as (n & l & h0).
  cbv beta zeta in h0. destruct h0 as (hn & hD & hp & hphi & hl & _ & _ & hb & _).
  eexists bool, (option bool), bool, _, _, _, (fun _ => 1 / 2), _, 1, _, (1 / 2), (1 / 3), 3, (1 / 20), 0%nat, n, 2%nat, _, l.
  split; [exact hD|]. split; [exact hp|]. split; [lra|]. split; [exact hphi|]. split; [apply sqrt_pos|]. do 4 (split; [lra|]).
  split; [apply INR_le; simpl; lra|]. split; [lia|]. split; [exact hl|].
  replace (card (option bool)) with 3 by (unfold card, Sum, sumL; simpl; lra). rewrite bool_card. exact hb.
Qed.

Theorem F09_rate_limit_satisfiable : ltac:(srverify_hypotheses_of F09_rate_limit).
Proof.
  instance.
Qed.

Theorem F09_rate_instance_satisfiable : ltac:(srverify_hypotheses_of F09_rate_instance).
Proof.
  destruct SRVerify.Rates.Instances.F09_rate_instance as (n & l & h). exists n, l. split; [exact h|]. apply (some_extension n 2 (true, None, None)).
Qed.

Theorem F10_recovery_instance_satisfiable : ltac:(srverify_hypotheses_of F10_recovery_instance).
Proof.
  exact (proj1 SRVerify.Linear.RecoveryInstance.F10_recovery_instance).
Qed.

Theorem F10_expected_distinct_pairs_satisfiable : ltac:(srverify_hypotheses_of F10_expected_distinct_pairs).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists lean, 1%nat. exact lean_policy.
Qed.

Theorem F08_regimes_satisfiable : ltac:(srverify_hypotheses_of F08_regimes).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, Instances.S5a_OneRound.sure, 1, (1 / 2), (1 / 2).
  split; [exact fair_dist|]. split; [exact Instances.S5a_OneRound.sure_policy|]. split; [lra|]. split; [exact lean_margin|].
  split; [exact Instances.S5a_OneRound.sure_gap|]. split; [lra|]. split; [lra|].
  split; [intros x; rewrite Instances.S5a_OneRound.sure_max; lra|lra].
Qed.

Theorem F10_spanning_needs_pairs_satisfiable : ltac:(srverify_hypotheses_of F10_spanning_needs_pairs).
Proof.
  exists bool, bool, bool, (fun _ _ _ => 0), nil, nil. split; [|split; [constructor|intros a _ z []]].
  intros [[x y] y']. exists (fun _ => 0). intros j. unfold feature_difference, sumL; simpl. lra.
Qed.
