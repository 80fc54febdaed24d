(** * Section 6, linear softmax: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Rates.Instances Linear.RecoveryInstance Instances.S5a_OneRound.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Policy.ConditionNumber OneRound.Tails OneRound.ZeroLoss
  OneRound.OneStep OneRound.UniformBound Scalar.Linear Iteration.Rounds Iteration.Trajectory Iteration.FiniteNet
  Iteration.Satisfiable Linear.Recovery Linear.Horizon Linear.Euclidean Linear.Packing Linear.SoftmaxClass
  Linear.Statements Linear.Theorem Linear.Instance.
From SRVerify Require Import Instances.Examples Instances.OneFeature Instances.S5b_Iteration Statements.S6a_LinearSoftmax.
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

Theorem F10_exact_recovery_satisfiable : ltac:(srverify_hypotheses_of F10_exact_recovery).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, (ball unit 2), (fun i => proj1_sig i), 1. split; [lra|].
  exists (fun _ => 1), one_pair, two. split; [exact one_feature_spans|]. split.
  - apply (C13_zero_empirical_loss 1 (one_policy 1) (linear_class one_feature 2) _ two);
      [lra|apply softmax_policy|exact one_realizable|apply two_ERM].
  - exact (ex_intro _ true (ex_intro _ true I)).
Qed.

Theorem F10_minimiser_is_update_satisfiable : ltac:(srverify_hypotheses_of F10_minimiser_is_update).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, (ball unit 2), (fun i => proj1_sig i), 1. split; [lra|].
  exists (fun _ => 1), one_pair, two. split; [exact one_realizable|]. split; [exact one_feature_spans|].
  split; [apply two_ERM|exact (ex_intro _ true (ex_intro _ true I))].
Qed.

Theorem F10_assumptions_for_free_satisfiable : ltac:(srverify_hypotheses_of F10_assumptions_for_free).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, one_feature, (ball unit 2), (fun i => proj1_sig i), 1.
  split; [lra|]. exists (fun _ => 1), fair, 1, one_pair, two. split; [exact fair_dist|].
  split; [exact one_realizable|]. split; [exact one_feature_spans|]. split; [apply two_ERM|].
  split; [lra|exact one_feature_margin].
Qed.

(** A learner of the class of radius [r]. *)
Lemma one_learner (r : R) pi0 : is_policy pi0 -> 0 <= r ->
  exists learner : history (X := bool) (Y := bool) -> ball unit r, minimises_empirical_loss 1 (linear_class one_feature r) pi0 learner.
Proof. intros h hr. exact (SRVerify.Linear.Theorem.F09_learner_exists bool bool unit _ _ _ one_feature r 1 pi0 h hr). Qed.

Theorem F10_recovery_at_the_repaired_radius_satisfiable : ltac:(srverify_hypotheses_of F10_recovery_at_the_repaired_radius).
Proof.
  destruct (one_learner 10 (one_policy 1) (softmax_policy one_feature _) ltac:(lra)) as (learner & h).
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair, one_feature, 10, 1, 1.
  exists 1, O, 1%nat, (fun _ => 1), one_pair, learner.
  split; [exact fair_dist|]. split; [lra|]. split; [lra|]. split; [exact one_feature_margin|]. split.
  - rewrite one_norm by lra. unfold alpha. simpl. lra.
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

(** ** The linear class with one feature *)

Theorem F05_linear_net_satisfiable : ltac:(srverify_hypotheses_of F05_linear_net).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, 1, 2.
  split; [lra|]. split; [exact one_feature_bounded|]. split; [lra|]. exists 1. split; [lra|].
  destruct (SRVerify.Linear.Theorem.F05_linear_net one_feature 1 2 ltac:(lra) one_feature_bounded ltac:(lra) 1 ltac:(lra)) as (m & center & h).
  exists m, center. split; [exact h|]. destruct h as (_ & h & _). destruct (h two) as (j & hj).
  split; [exists j; exact I|]. exists two, j. split; [exact hj|]. exists true, true; exact I.
Qed.

Ltac one_class :=
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair; split; [exact fair_dist|];
  exists one_feature, 1, 2, 1, 2; split; [lra|]; split; [exact one_feature_bounded|]; split; [lra|]; split; [lra|];
  exists 1%nat; split; [lia|].

Lemma one_policy_policy a : is_policy (one_policy a).
Proof. apply softmax_policy. Qed.

Theorem F06_linear_concentration_satisfiable : ltac:(srverify_hypotheses_of F06_linear_concentration).
Proof. one_class. exists (one_policy 1), (1 / 2). split; [apply one_policy_policy|lra]. Qed.

Lemma two_admissible_tail : admissible fair 1 (one_policy 1) 2 (kappa fair (one_policy 1)) (linear_class one_feature 2 two).
Proof. assert (h := two_admissible). rewrite bool_card in h. exact h. Qed.

Theorem F07_linear_balance_satisfiable : ltac:(srverify_hypotheses_of F07_linear_balance).
Proof.
  one_class. exists (1 / 2). split; [lra|]. exists 2%nat. split; [lia|]. exists (one_policy 1).
  split; [apply one_policy_policy|]. split; [exact one_realizable|]. exists one_pair, two.
  split; [apply two_ERM|exact two_admissible_tail].
Qed.

Theorem F09_linear_recurrence_satisfiable : ltac:(srverify_hypotheses_of F09_linear_recurrence).
Proof.
  one_class. exists 1, (1 / 2), (1 / 2). repeat (split; [lra|]). exists 2%nat. split; [lia|]. exists (one_policy 1).
  split; [apply one_policy_policy|]. split; [exact one_realizable|]. split; [exact one_feature_margin|]. exists one_pair, two.
  split; [apply two_ERM|]. split; [exact two_admissible_tail|]. intros x. apply half_max, linear_class_policy.
Qed.

Ltac one_class_learner :=
  one_class; destruct (one_learner 2 (one_policy 1) (one_policy_policy 1) ltac:(lra)) as (learner & hl);
  exists (one_policy 1); split; [apply one_policy_policy|]; exists learner; split; [exact hl|].

Theorem F09_linear_base_failure_satisfiable : ltac:(srverify_hypotheses_of F09_linear_base_failure).
Proof. one_class_learner. exists 1, (1 / 2), (1 / 2). split; [lra|]. split; [lra|]. exists 2%nat; lia. Qed.

Theorem F09_linear_corollary_5_7_satisfiable : ltac:(srverify_hypotheses_of F09_linear_corollary_5_7).
Proof.
  one_class_learner. exists 1, 1, (1 / 2). split; [lra|]. split; [lra|]. split; [lra|]. exists 2%nat. split; [lia|].
  set (e := linear_error _ _ _ _ _ _ _ _).
  assert (he : 0 <= e).
  { unfold e, linear_error. apply Rplus_le_le_0_compat; [apply sqrt_pos|].
    apply Rmult_le_pos; [apply V4_nonneg|]. left. apply Rinv_0_lt_compat, sqrt_lt_R0. simpl; lra. }
  apply two_rounds_suffice; [exact he|].
  destruct (K01_range fair fair_dist (one_policy 1) (one_policy_policy 1)) as (h1 & h2). rewrite bool_card in h2. lra.
Qed.

Theorem F09_linear_doubly_exponential_satisfiable : ltac:(srverify_hypotheses_of F09_linear_doubly_exponential).
Proof. one_class_learner. exists 1, (1 / 2), (1 / 2). repeat (split; [lra|]). exists 2%nat; lia. Qed.

Theorem F10_spanning_is_hopeless_satisfiable : ltac:(srverify_hypotheses_of F10_spanning_is_hopeless).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, one_feature, fair. split; [exact fair_dist|].
  exists 1, 1, (fun _ => 1), 1%nat, 1%nat, one_pair. split; [lra|]. split; [lra|]. split; [exact one_feature_margin|].
  split; [repeat constructor; intros []|]. split; [|simpl; lia].
  intros a h z hz. specialize (h tt). unfold one_pair, sumL, feature_difference, one_feature in h; simpl in h.
  destruct hz as [<-|[]]. lra.
Qed.

(** The exact update of the parameters (1, 1) needs (2, 2), outside the class of radius 1. *)
Theorem F10_minimiser_moves_satisfiable : ltac:(srverify_hypotheses_of F10_minimiser_moves).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, true, false, true, false, 1, 1, 1.
  split; [discriminate|]. split; [discriminate|]. repeat (split; [lra|]).
  set (phi := LazyLearner.prompt_features true).
  destruct (empirical_minimiser phi 1 ltac:(lra) 1 (softmax phi (fun _ => 1)) [(true, true, false)] (softmax_policy phi _)) as (i & hi).
  destruct (empirical_minimiser phi 1 ltac:(lra) 1 (softmax phi (fun _ => 1)) [(false, true, false)] (softmax_policy phi _)) as (j & hj).
  exists i, j. split; assumption.
Qed.
