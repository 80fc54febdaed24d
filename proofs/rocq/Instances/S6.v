(** Section 6: the hypotheses of each theorem hold together. *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Finite.Space Scalar.Linear Policy.Definitions Policy.Update
  OneRound.Concentration OneRound.OneStep Iteration.Rounds Iteration.Learners Linear.SoftmaxClass
  Linear.FixedRadius Dimension.Covering Dimension.SupMetric Dimension.SpectralTheorem Rates.Instances
  Statements.S6a_LinearSoftmax Statements.S6b_EffectiveDimension Instances.Examples Instances.S5.
Import ListNotations.
Open Scope R_scope.

(** * Section 6, linear softmax: the hypotheses of each theorem hold together *)

Lemma norm_zero : Linear.SoftmaxClass.norm (fun _ : bool => 0) = 0.
Proof. unfold Linear.SoftmaxClass.norm, dot, Sum, sumL; simpl. replace (0 * 0 + (0 * 0 + 0)) with 0 by lra. apply sqrt_0. Qed.

Lemma scalar_norm_zero : Scalar.Linear.norm (fun _ : bool => 0) = 0.
Proof. unfold Scalar.Linear.norm, Sum, sumL; simpl. replace (0 * (0 * 1) + (0 * (0 * 1) + 0)) with 0 by lra. apply sqrt_0. Qed.

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
  destruct (Linear.FixedRadius.F01_net_exists (Dim := bool) 1 1 ltac:(lra) ltac:(lra)) as (m & p & h).
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
  destruct (SRVerify.Linear.FixedRadius.F09_learner_exists bool bool bool FiniteType_bool FiniteType_bool FiniteType_bool no_features 1 1 lean lean_policy ltac:(lra))
    as (learner & h).
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, FiniteType_bool, fair, no_features, 1, 1, 1, 1, 1, 1, 1, 1%nat, 1%nat, lean, learner.
  split; [exact fair_dist|]. split; [exact lean_policy|]. split; [lra|]. split; [exact no_features_bounded|].
  repeat (split; [lra || lia|]). exact h.
Qed.

Theorem F09_learner_exists_satisfiable : ltac:(srverify_hypotheses_of F09_learner_exists).
Proof. instance. Qed.

Theorem F09_theorem_6_2_instance_satisfiable : ltac:(srverify_hypotheses_of F09_theorem_6_2_instance).
Proof.
  destruct Rates.Instances.F09_theorem_6_2_instance as (n & learner & h). exists n, learner. split; [exact h|].
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
Proof. intros h hr. exact (SRVerify.Linear.FixedRadius.F09_learner_exists bool bool unit _ _ _ one_feature r 1 pi0 h hr). Qed.

Theorem F10_recovery_at_the_repaired_radius_satisfiable : ltac:(srverify_hypotheses_of F10_recovery_at_the_repaired_radius).
Proof.
  destruct (one_learner 10 (one_policy 1) (softmax_policy one_feature _) ltac:(lra)) as (learner & h).
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair, one_feature, 10, 1, 1.
  exists 1, O, 1%nat, (fun _ => 1), one_pair, learner.
  split; [exact fair_dist|]. split; [lra|]. split; [lra|]. split; [exact one_feature_margin|]. split.
  - rewrite one_norm by lra. unfold alpha. simpl. lra.
  - split; [exact h|]. split; [exact one_feature_spans|]. split; [lra|].
    split; [intros t _; unfold sumL; simpl; lra|]. exists nil, true, true. exact I.
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
  destruct (proj1 SRVerify.Rates.Instances.F10_recovery_instance) as (learner & h). exists learner.
  split; [exact h|]. exists nil, true, None. exact I.
Qed.

Theorem F10_expected_distinct_pairs_satisfiable : ltac:(srverify_hypotheses_of F10_expected_distinct_pairs).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists lean, 1%nat. exact lean_policy.
Qed.

Theorem F08_regimes_satisfiable : ltac:(srverify_hypotheses_of F08_regimes).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, Instances.S5.sure, 1, (1 / 2), (1 / 2).
  split; [exact fair_dist|]. split; [exact Instances.S5.sure_policy|]. split; [lra|]. split; [exact lean_margin|].
  split; [exact Instances.S5.sure_gap|]. split; [lra|]. split; [lra|].
  split; [intros x; rewrite Instances.S5.sure_max; lra|lra].
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
  destruct (SRVerify.Linear.FixedRadius.F05_linear_net one_feature 1 2 ltac:(lra) one_feature_bounded ltac:(lra) 1 ltac:(lra)) as (m & center & h).
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
  set (phi := Linear.ExactRounds.prompt_features true).
  destruct (empirical_minimiser phi 1 ltac:(lra) 1 (softmax phi (fun _ => 1)) [(true, true, false)] (softmax_policy phi _)) as (i & hi).
  destruct (empirical_minimiser phi 1 ltac:(lra) 1 (softmax phi (fun _ => 1)) [(false, true, false)] (softmax_policy phi _)) as (j & hj).
  exists i, j. split; assumption.
Qed.

(** * Section 6, effective dimension: the hypotheses of each theorem hold together *)

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
  split; [intros; lra|]. replace (1 / 1) with 1 by lra. rewrite ln_1. simpl; lra.
Qed.

Theorem G04_polynomial_satisfiable : ltac:(srverify_hypotheses_of G04_polynomial).
Proof.
  exists (fun i => Rpower (INR (S i)) (- (2))), 1, 2, 1, 1%nat, O.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [intros; left; apply exp_pos|].
  split; [intros; lra|]. split; [lia|]. replace (1 / 1) with 1 by lra.
  unfold Rpower. rewrite ln_1, Rmult_0_r, exp_0. simpl; lra.
Qed.

Theorem G05_spiked_satisfiable : ltac:(srverify_hypotheses_of G05_spiked).
Proof. exists (fun _ => 1), 1, (range_sum (fun _ => 1) 1 1), 1%nat, 1%nat. split; [lra|]. split; [intros; lra|apply Rle_refl]. Qed.

Theorem G09_log_rank_satisfiable : ltac:(srverify_hypotheses_of G09_log_rank).
Proof.
  exists (fun i => if Nat.eqb i 0 then 2 else 1 / 2), 1, 1%nat, 1%nat. split; [lra|].
  split; [intros i; destruct (Nat.eqb i 0); lra|]. unfold range_sum; simpl; lra.
Qed.

(** ** Forms

    In the plane, with eigenvalues 2 and 1/2 along the axes (3/5, 4/5) and (-4/5, 3/5): no axis of coordinates. *)

Definition tilt (i j : bool) : R :=
  if i then (if j then 3 / 5 else 4 / 5) else (if j then - (4 / 5) else 3 / 5).

Definition weights (i : bool) : R := if i then 2 else 1 / 2.

Definition tilted : bool -> bool -> R := diagonal_in tilt weights.

Lemma Sum_bool (f : bool -> R) : Sum f = f true + f false.
Proof. unfold Sum, sumL; simpl. lra. Qed.

Lemma tilt_basis : orthonormal_basis tilt.
Proof.
  split.
  - intros [] []; unfold dot; rewrite Sum_bool; unfold tilt;
      first [rewrite ind_true by reflexivity | rewrite ind_false by discriminate]; lra.
  - intros u []; unfold dot; rewrite !Sum_bool; unfold tilt; lra.
Qed.

Lemma tilted_spectral : spectral tilted tilt weights.
Proof. split; [exact tilt_basis|]. split; [intros []; unfold weights; lra|reflexivity]. Qed.

Lemma has_dimension {Dim : Type} {FD : FiniteType Dim} (Sigma e : Dim -> Dim -> R) lam l : spectral Sigma e lam ->
  0 < l -> is_effective_dimension Sigma l (Sum (fun i => lam i / (lam i + l))).
Proof. intros h hl. apply (Dimension.Covering.G01_effective_dimension Sigma e lam l _ h hl). reflexivity. Qed.

Lemma tilted_symmetric : symmetric tilted.
Proof. intros [] []; unfold tilted, diagonal_in; rewrite !Sum_bool; unfold tilt, weights; lra. Qed.

Lemma tilted_nonnegative : positive_semidefinite tilted.
Proof. intros u. apply (quadratic_nonneg tilted tilt weights u tilted_spectral). Qed.

(** What is said of some member of an index set asks for one. *)
Lemma some_index m : exists _ : upto m, True.
Proof. exists (nth_index m 0). exact I. Qed.

Theorem G01_effective_dimension_satisfiable : ltac:(srverify_hypotheses_of G01_effective_dimension).
Proof. exists bool, FiniteType_bool, tilted, tilt, weights, 1, 1. split; [exact tilted_spectral|lra]. Qed.

Theorem G01_range_satisfiable : ltac:(srverify_hypotheses_of G01_range).
Proof.
  eexists bool, FiniteType_bool, tilted, tilt, weights, 1, _. split; [exact tilted_spectral|]. split; [lra|].
  split; [apply (has_dimension tilted tilt weights); [exact tilted_spectral|lra]|].
  eexists 2, _. split; [lra|]. apply (has_dimension tilted tilt weights); [exact tilted_spectral|lra].
Qed.

Theorem G01_spectral_theorem_satisfiable : ltac:(srverify_hypotheses_of G01_spectral_theorem).
Proof. exists bool, FiniteType_bool, tilted. split; [exact tilted_symmetric|exact tilted_nonnegative]. Qed.

Theorem G01_isotropic_satisfiable : ltac:(srverify_hypotheses_of G01_isotropic).
Proof.
  exists bool, FiniteType_bool, 3. eexists 1, _. split; [lra|].
  apply (has_dimension (fun j k : bool => 3 ^ 2 * identity j k) identity (fun _ => 3 ^ 2)); [|lra].
  apply (diagonal_spectral (fun _ : bool => 3 ^ 2)). intros; lra.
Qed.

Theorem G02_split_of_forms_satisfiable : ltac:(srverify_hypotheses_of G02_split_of_forms).
Proof.
  eexists bool, FiniteType_bool, tilted, tilt, weights, 1, _. split; [exact tilted_spectral|]. split; [lra|].
  apply (has_dimension tilted tilt weights); [exact tilted_spectral|lra].
Qed.

Theorem G02_count_of_forms_satisfiable : ltac:(srverify_hypotheses_of G02_count_of_forms).
Proof. exact G02_split_of_forms_satisfiable. Qed.

Theorem G03_instance_satisfiable : ltac:(srverify_hypotheses_of G03_instance).
Proof. exists 2%nat. apply some_index. Qed.

Theorem G04_instance_satisfiable : ltac:(srverify_hypotheses_of G04_instance).
Proof. exists 2%nat. apply some_index. Qed.

Theorem G03_exponential_forms_satisfiable : ltac:(srverify_hypotheses_of G03_exponential_forms).
Proof.
  destruct (Dimension.Covering.G03_instance 2) as (hs & hd).
  eexists 2%nat, (decaying 2), identity, (fun i => decay (rank 2 i)), (exp (-2)), _. split; [exact hs|].
  split; [apply exp_pos|]. split; [exact (has_dimension _ _ _ _ hs (exp_pos _))|].
  exists 1, 1, 2%nat. split; [lra|]. split; [lra|]. split; [exact hd|].
  rewrite ln_div_pos, ln_1, ln_exp by (lra || apply exp_pos). simpl; lra.
Qed.

Theorem G04_polynomial_forms_satisfiable : ltac:(srverify_hypotheses_of G04_polynomial_forms).
Proof.
  destruct (Dimension.Covering.G04_instance 2) as (hs & hd).
  eexists 2%nat, _, identity, _, (1 / 4), _. split; [exact hs|]. split; [lra|].
  split; [exact (has_dimension _ _ _ (1 / 4) hs ltac:(lra))|].
  exists 1, 2, 2%nat. split; [lra|]. split; [lra|]. split; [exact hd|]. split; [lia|].
  replace (1 / (1 / 4)) with (2 * 2) by lra. replace (1 / 2) with (/ 2) by lra.
  rewrite Rpower_sqrt, sqrt_square by lra. simpl; lra.
Qed.

Theorem G05_spiked_forms_satisfiable : ltac:(srverify_hypotheses_of G05_spiked_forms).
Proof.
  eexists bool, FiniteType_bool, tilted, tilt, weights, 1, _. split; [exact tilted_spectral|]. split; [lra|].
  split; [apply (has_dimension tilted tilt weights); [exact tilted_spectral|lra]|].
  exists (fun i => i = true), (1 / 2). split; [|lra]. unfold tail_of. rewrite Sum_bool.
  rewrite ind_false by (intros h; apply h; reflexivity). rewrite ind_true by discriminate. unfold weights; lra.
Qed.

Theorem G06_covering_satisfiable : ltac:(srverify_hypotheses_of G06_covering).
Proof.
  exists bool, FiniteType_bool, tilted, tilt, weights, 1, 1. split; [exact tilted_spectral|]. split; [lra|]. split; [lra|].
  destruct (Covering.G06_covering tilted tilt weights 1 1 tilted_spectral ltac:(lra) ltac:(lra)) as (m & c & h).
  exists m, c. split; [exact h|apply some_index].
Qed.

(** The ridge that G06 ties to the radius and the resolution 1. *)
Lemma tied : 0 < 1 ^ 2 / (4 * 1 ^ 2).
Proof. lra. Qed.

Theorem G06_effective_dimension_satisfiable : ltac:(srverify_hypotheses_of G06_effective_dimension).
Proof.
  assert (hd := has_dimension tilted tilt weights _ tilted_spectral tied).
  eexists bool, FiniteType_bool, tilted, tilt, weights, 1, 1, _. split; [exact tilted_spectral|]. split; [lra|].
  split; [lra|]. split; [exact hd|].
  destruct (Covering.G06_effective_dimension tilted tilt weights 1 1 _ tilted_spectral ltac:(lra) ltac:(lra) hd)
    as (m & c & h). exists m, c. split; [exact h|apply some_index].
Qed.

Theorem G06_every_form_satisfiable : ltac:(srverify_hypotheses_of G06_every_form).
Proof.
  exists bool, FiniteType_bool, tilted, 1, 1. split; [exact tilted_symmetric|]. split; [exact tilted_nonnegative|].
  split; [lra|]. split; [lra|].
  destruct (SpectralTheorem.G06_every_form bool FiniteType_bool tilted 1 1 tilted_symmetric tilted_nonnegative
    ltac:(lra) ltac:(lra)) as (e & lam & d & m & c & h).
  exists e, lam, d, m, c. split; [exact h|apply some_index].
Qed.

Theorem G07_covering_number_satisfiable : ltac:(srverify_hypotheses_of G07_covering_number).
Proof.
  destruct (proj1 Covering.G07_covering_number) as (c & h). exists (upto 9), (FiniteType_upto 9), c. exact h.
Qed.

Theorem G07_no_universal_constant_satisfiable : ltac:(srverify_hypotheses_of G07_no_universal_constant).
Proof.
  destruct (Covering.G07_no_universal_constant 1000) as (l & d & h). exists 1000, l, d.
  split; [exact h|exact G07_covering_number_satisfiable].
Qed.

(** ** Schedules *)

Lemma decaying_has_dimension T l : 0 < l -> exists d, is_effective_dimension (decaying T) l d.
Proof. intros h. eexists. exact (has_dimension _ _ _ l (proj1 (Dimension.Covering.G03_instance T)) h). Qed.

Theorem G08_single_logarithm_exact_satisfiable : ltac:(srverify_hypotheses_of G08_single_logarithm_exact).
Proof.
  exists 7%nat. apply decaying_has_dimension. apply Rinv_0_lt_compat, lt_0_INR. lia.
Qed.

Theorem G08_no_double_logarithm_satisfiable : ltac:(srverify_hypotheses_of G08_no_double_logarithm).
Proof.
  destruct (Dimension.Covering.G08_no_double_logarithm 3) as (T & h). exists 3, T. split; [exact h|].
  apply decaying_has_dimension. apply Rinv_0_lt_compat, lt_0_INR. lia.
Qed.

Theorem G08_sample_ridge_bound_satisfiable : ltac:(srverify_hypotheses_of G08_sample_ridge_bound).
Proof.
  destruct (decaying_has_dimension 7 (/ sqrt 100)) as (d & h).
  - apply Rinv_0_lt_compat, sqrt_lt_R0. lra.
  - exists 7%nat, 100, d. split; [lra|exact h].
Qed.

Theorem G08_doubly_logarithmic_ridge_satisfiable : ltac:(srverify_hypotheses_of G08_doubly_logarithmic_ridge).
Proof.
  assert (e : 1 <= ln (INR 8)) by (replace (INR 8) with 8 by (simpl; lra); compute_bounds).
  destruct (decaying_has_dimension 7 (/ ln (INR 8))) as (d & h).
  - apply Rinv_0_lt_compat. lra.
  - exists 7%nat, d. split; [exact e|exact h].
Qed.

(** Two rounds of a hundred pairs in eight dimensions, the radius grown by (1 + 10)^2. *)
Theorem G08_resolution_ridge_satisfiable : ltac:(srverify_hypotheses_of G08_resolution_ridge).
Proof.
  assert (hs : sqrt 100 = 10) by (replace 100 with (10 * 10) by lra; apply sqrt_square; lra).
  set (l := 1 ^ 2 / (4 * ((1 + sqrt 100) ^ 2 * 1) ^ 2 * (/ sqrt 100) ^ 2 * 100 ^ 2)).
  assert (hl : 0 < l <= 1) by (unfold l; rewrite hs; lra).
  destruct (decaying_has_dimension 7 l (proj1 hl)) as (d & h).
  exists 7%nat, 2%nat, 100, 1, 1, d. split; [lra|]. split; [lra|]. split; [lra|]. split; [exact (proj2 hl)|exact h].
Qed.

(** ** Laws of feature differences

    Either of two orthogonal differences, 2 (3/5, 4/5) and (-4/5, 3/5), with probability 1/2: the form above is
    E delta delta'. *)

Definition differences (a : bool) : bool -> R := fun j => (if a then 2 else 1) * tilt a j.

Lemma differences_spectral : spectral (second_moment fair differences) tilt weights.
Proof.
  split; [exact tilt_basis|]. split; [intros []; unfold weights; lra|].
  intros [] []; unfold second_moment, E; rewrite !Sum_bool; unfold fair, differences, weights, tilt; lra.
Qed.

Lemma differences_norm a : Linear.SoftmaxClass.norm (differences a) <= 2.
Proof.
  unfold Linear.SoftmaxClass.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
  unfold dot. rewrite Sum_bool. destruct a; unfold differences, tilt; lra.
Qed.

(** A-NORM with constant 3/2, a little above the best. *)
Lemma differences_comparison : norm_comparison fair differences (3 / 2).
Proof.
  intros th a. rewrite quadratic_second_moment. unfold E. rewrite Sum_bool. unfold fair.
  rewrite <- (sqrt_square (3 / 2)) by lra. rewrite <- sqrt_mult_alt by lra. rewrite <- sqrt_Rsqr_abs.
  apply sqrt_le_1_alt. unfold Rsqr.
  assert (h1 := pow2_ge_0 (dot th (differences true))). assert (h2 := pow2_ge_0 (dot th (differences false))).
  destruct a; nra.
Qed.

Theorem G01_second_moment_spectral_satisfiable : ltac:(srverify_hypotheses_of G01_second_moment_spectral).
Proof. exists bool, bool, FiniteType_bool, FiniteType_bool, fair, differences. exact fair_dist. Qed.

(** The sample shows the first difference only; the second is not seen. *)
Theorem G10_blind_directions_satisfiable : ltac:(srverify_hypotheses_of G10_blind_directions).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists differences, 2.
  split; [lra|]. split; [exact differences_norm|]. exists 1%nat, (1 / 2). split; [lia|]. split; [lra|].
  exists [true], (differences false). intros a [<-|[]]. unfold dot. rewrite Sum_bool.
  unfold differences, tilt. lra.
Qed.

Theorem G10_blind_logarithm_satisfiable : ltac:(srverify_hypotheses_of G10_blind_logarithm).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists differences, 2.
  split; [lra|]. split; [exact differences_norm|]. exists 3%nat, (1 / 2). split; [lia|]. split; [lra|].
  exists [true; true; true], (differences false). intros a h.
  assert (e : a = true) by (simpl in h; intuition congruence). rewrite e. unfold dot. rewrite Sum_bool.
  unfold differences, tilt. lra.
Qed.

Theorem G10_blind_coordinates_satisfiable : ltac:(srverify_hypotheses_of G10_blind_coordinates).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists identity, 1, (fun a => a).
  split; [intros a j h; apply ind_false; congruence|].
  split; [intros a; unfold identity; rewrite ind_true, Rabs_R1 by reflexivity; lra|].
  exists 3%nat, (1 / 2). split; [lia|]. split; [lra|].
  exists [true; true; true], (identity false). intros a h.
  assert (e : a = true) by (simpl in h; intuition congruence). rewrite e.
  rewrite (proj1 axes_basis). apply ind_false. discriminate.
Qed.

Theorem G10_norm_constant_satisfiable : ltac:(srverify_hypotheses_of G10_norm_constant).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists differences, tilt, weights, (3 / 2). split; [exact differences_spectral|]. split; [lra|exact differences_comparison].
Qed.

Theorem G10_norm_constant_exact_satisfiable : ltac:(srverify_hypotheses_of G10_norm_constant_exact).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, differences, tilt, weights, (3 / 2).
  split; [exact differences_spectral|]. split; [intros []; unfold fair; lra|lra].
Qed.

Theorem G10_norm_comparison_always_satisfiable : ltac:(srverify_hypotheses_of G10_norm_comparison_always).
Proof.
  assert (hfull : forall a, 0 < fair a) by (intros []; unfold fair; lra).
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, differences. split; [exact fair_dist|]. split; [exact hfull|].
  destruct (SpectralTheorem.G10_norm_comparison_always bool bool FiniteType_bool FiniteType_bool fair differences fair_dist hfull)
    as (e & lam & h). exists e, lam. split; [exact h|]. eexists. split; [|exact (proj1 (proj2 h))]. apply sqrt_pos.
Qed.

Theorem G10_cover_under_norm_comparison_satisfiable : ltac:(srverify_hypotheses_of G10_cover_under_norm_comparison).
Proof.
  assert (hl : 0 < (1 / (3 / 2)) ^ 2 / (4 * 1 ^ 2)) by lra.
  assert (hd := has_dimension _ tilt weights _ differences_spectral hl).
  eexists bool, bool, FiniteType_bool, FiniteType_bool, fair, differences, tilt, weights, (3 / 2), 1, 1, _.
  split; [exact differences_spectral|]. split; [lra|]. split; [exact differences_comparison|]. split; [lra|]. split; [lra|].
  split; [exact hd|].
  destruct (SupMetric.G10_cover_under_norm_comparison fair differences tilt weights (3 / 2) 1 1 _
    differences_spectral ltac:(lra) differences_comparison ltac:(lra) ltac:(lra) hd) as (m & c & h).
  exists m, c. split; [exact h|].
  split; [apply some_index|]. exists (tilt true). assert (ht : Linear.SoftmaxClass.norm (tilt true) <= 1).
  { unfold Linear.SoftmaxClass.norm. rewrite (proj1 tilt_basis), ind_true by reflexivity. rewrite sqrt_1. lra. }
  split; [exact ht|]. destruct (proj1 (proj2 h) _ ht) as (i & hi). exists i. split; [exact hi|exists true; exact I].
Qed.

(** ** One feature per prompt *)

(** A net in two dimensions. *)
Theorem G10_sup_entropy_satisfiable : ltac:(srverify_hypotheses_of G10_sup_entropy).
Proof.
  exists 1%nat, 3, 1. split; [lra|]. split; [replace (INR 2) with 2 by (simpl; lra); compute_bounds|].
  assert (hphi : bounded_features (prompt_feature (Dim := upto 1)) 1).
  { intros x y. unfold Linear.SoftmaxClass.norm. rewrite <- sqrt_1. apply sqrt_le_1_alt. destruct y.
    - rewrite dot_prompt_feature. unfold prompt_feature. rewrite ind_true by reflexivity. lra.
    - rewrite dot_prompt_none. lra. }
  destruct (SRVerify.Linear.FixedRadius.F05_linear_net (X := upto 1) (Y := bool) (Dim := upto 1) prompt_feature 1 3 ltac:(lra) hphi
    ltac:(lra) 1 ltac:(lra)) as (m & c & _ & h & _).
  exists (upto m), (FiniteType_upto m), c. intros theta ht. exact (h (exist _ theta ht)).
Qed.

Theorem G10_small_dimension_satisfiable : ltac:(srverify_hypotheses_of G10_small_dimension).
Proof.
  eexists 2%nat, (1 / 10), _. split; [lra|]. split; [lra|].
  exact (has_dimension _ _ _ (1 / 10) (example_spectral 2) ltac:(lra)).
Qed.

(** The learner saw the first prompt; its parameter is the exact update's there and another at the second. *)
Definition first_axis : bool -> R := fun j => if j then 1 / 2 else 0.
Definition learned : bool -> R := fun _ => 1.

Lemma learned_norm : Linear.SoftmaxClass.norm learned <= 2.
Proof.
  unfold Linear.SoftmaxClass.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
  unfold dot. rewrite Sum_bool. unfold learned. lra.
Qed.

Lemma first_axis_norm : Linear.SoftmaxClass.norm (Linear.SoftmaxClass.scale (1 + 1 / 1) first_axis) <= 2.
Proof.
  unfold Linear.SoftmaxClass.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
  unfold dot. rewrite Sum_bool. unfold Linear.SoftmaxClass.scale, first_axis. lra.
Qed.

Lemma prompt_feature_norm x y : Linear.SoftmaxClass.norm (prompt_feature (Dim := bool) x y) <= 1.
Proof.
  unfold Linear.SoftmaxClass.norm. rewrite <- sqrt_1. apply sqrt_le_1_alt. destruct y.
  - rewrite dot_prompt_feature. unfold prompt_feature. rewrite ind_true by reflexivity. lra.
  - rewrite dot_prompt_none. lra.
Qed.

Lemma learned_zero (s : list (bool * bool * bool)) : Forall (fun z => z = (true, true, false)) s ->
  zero_on (pair_loss 1 (softmax prompt_feature first_axis) (fun theta : bool -> R => softmax prompt_feature theta)) learned s.
Proof.
  intros h. unfold zero_on. refine (Forall_impl _ _ h). intros z ->.
  rewrite (pair_loss_residual prompt_feature (fun theta : bool -> R => theta) 1 first_axis learned).
  rewrite dot_difference, dot_prompt_feature, dot_prompt_none. unfold residual, learned, first_axis. lra.
Qed.

Theorem G10_zero_loss_members_satisfiable : ltac:(srverify_hypotheses_of G10_zero_loss_members).
Proof.
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists prompt_feature, 1, 2, 1. split; [lra|]. split; [lra|]. split; [exact prompt_feature_norm|].
  exists first_axis. split; [exact first_axis_norm|]. exists 1%nat, (1 / 2). split; [lia|]. split; [lra|]. split; [lra|].
  exists [(true, true, false)], learned. split; [exact learned_norm|]. apply learned_zero. repeat constructor.
Qed.

Theorem G10_zero_loss_logarithm_satisfiable : ltac:(srverify_hypotheses_of G10_zero_loss_logarithm).
Proof.
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists prompt_feature, 1, 2, 1. split; [lra|]. split; [lra|]. split; [exact prompt_feature_norm|].
  exists first_axis. split; [exact first_axis_norm|]. exists 3%nat, (1 / 2). split; [lia|]. split; [lra|]. split; [lra|].
  exists (repeat (true, true, false) 3), learned. split; [exact learned_norm|]. apply learned_zero. repeat constructor.
Qed.

Theorem G10_example_loss_satisfiable : ltac:(srverify_hypotheses_of G10_example_loss).
Proof.
  exists bool, FiniteType_bool, fair, 1, 2, (1 / 2), first_axis, 3%nat. split; [exact fair_dist|]. split; [lra|].
  split; [exact first_axis_norm|]. split; [lia|]. split; [lra|].
  exists (repeat (true, true, false) 3), learned. split; [exact learned_norm|]. apply learned_zero. repeat constructor.
Qed.
