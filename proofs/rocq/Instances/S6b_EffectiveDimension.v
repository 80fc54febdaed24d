(** * Section 6, effective dimension: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia List.
From Interval Require Import Tactic.
From SRVerify Require Linear.Theorem.
From SRVerify Require Import Scalar.EffectiveDimension Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  OneRound.ZeroLoss Iteration.Satisfiable Linear.Recovery Linear.SoftmaxClass Dimension.Spectrum
  Dimension.Ellipsoid Dimension.Covering Dimension.Schedules Dimension.Decay Dimension.BlindDirections
  Dimension.SupMetric Dimension.SpectralTheorem.
From SRVerify Require Import Instances.Examples Statements.S6b_EffectiveDimension.
Import ListNotations.
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
Proof. unfold Sum, sumL; simpl. ring. Qed.

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
Proof. intros h hl. apply (Spectrum.G01_effective_dimension Sigma e lam l _ h hl). reflexivity. Qed.

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
  destruct (Decay.G03_instance 2) as (hs & hd).
  eexists 2%nat, (decaying 2), identity, (fun i => decay (rank 2 i)), (exp (-2)), _. split; [exact hs|].
  split; [apply exp_pos|]. split; [exact (has_dimension _ _ _ _ hs (exp_pos _))|].
  exists 1, 1, 2%nat. split; [lra|]. split; [lra|]. split; [exact hd|].
  rewrite ln_div_pos, ln_1, ln_exp by (lra || apply exp_pos). simpl; lra.
Qed.

Theorem G04_polynomial_forms_satisfiable : ltac:(srverify_hypotheses_of G04_polynomial_forms).
Proof.
  destruct (Decay.G04_instance 2) as (hs & hd).
  eexists 2%nat, _, identity, _, (1 / 4), _. split; [exact hs|]. split; [lra|].
  split; [exact (has_dimension _ _ _ (1 / 4) hs ltac:(lra))|].
  exists 1, 2, 2%nat. split; [lra|]. split; [lra|]. split; [exact hd|]. split; [lia|].
  replace (1 / (1 / 4)) with (2 * 2) by field. replace (1 / 2) with (/ 2) by field.
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
Proof. intros h. eexists. exact (has_dimension _ _ _ l (proj1 (Decay.G03_instance T)) h). Qed.

Theorem G08_single_logarithm_exact_satisfiable : ltac:(srverify_hypotheses_of G08_single_logarithm_exact).
Proof.
  exists 7%nat. apply decaying_has_dimension. apply Rinv_0_lt_compat, lt_0_INR. lia.
Qed.

Theorem G08_no_double_logarithm_satisfiable : ltac:(srverify_hypotheses_of G08_no_double_logarithm).
Proof.
  destruct (Schedules.G08_no_double_logarithm 3) as (T & h). exists 3, T. split; [exact h|].
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
  assert (e : 1 <= ln (INR 8)) by (replace (INR 8) with 8 by (simpl; lra); interval).
  destruct (decaying_has_dimension 7 (/ ln (INR 8))) as (d & h).
  - apply Rinv_0_lt_compat. lra.
  - exists 7%nat, d. split; [exact e|exact h].
Qed.

(** Two rounds of a hundred pairs in eight dimensions, the radius grown by (1 + 10)^2. *)
Theorem G08_resolution_ridge_satisfiable : ltac:(srverify_hypotheses_of G08_resolution_ridge).
Proof.
  assert (hs : sqrt 100 = 10) by (replace 100 with (10 * 10) by ring; apply sqrt_square; lra).
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

Lemma differences_norm a : Horizon.norm (differences a) <= 2.
Proof.
  unfold Horizon.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
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
  split; [apply some_index|]. exists (tilt true). assert (ht : Horizon.norm (tilt true) <= 1).
  { unfold Horizon.norm. rewrite (proj1 tilt_basis), ind_true by reflexivity. rewrite sqrt_1. lra. }
  split; [exact ht|]. destruct (proj1 (proj2 h) _ ht) as (i & hi). exists i. split; [exact hi|exists true; exact I].
Qed.

(** ** One feature per prompt *)

(** A net in two dimensions. *)
Theorem G10_sup_entropy_satisfiable : ltac:(srverify_hypotheses_of G10_sup_entropy).
Proof.
  exists 1%nat, 3, 1. split; [lra|]. split; [replace (INR 2) with 2 by (simpl; lra); interval|].
  assert (hphi : bounded_features (prompt_feature (Dim := upto 1)) 1).
  { intros x y. unfold Horizon.norm. rewrite <- sqrt_1. apply sqrt_le_1_alt. destruct y.
    - rewrite dot_prompt_feature. unfold prompt_feature. rewrite ind_true by reflexivity. lra.
    - rewrite dot_prompt_none. lra. }
  destruct (SRVerify.Linear.Theorem.F05_linear_net (X := upto 1) (Y := bool) (Dim := upto 1) prompt_feature 1 3 ltac:(lra) hphi
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

Lemma learned_norm : Horizon.norm learned <= 2.
Proof.
  unfold Horizon.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
  unfold dot. rewrite Sum_bool. unfold learned. lra.
Qed.

Lemma first_axis_norm : Horizon.norm (Horizon.scale (1 + 1 / 1) first_axis) <= 2.
Proof.
  unfold Horizon.norm. rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt.
  unfold dot. rewrite Sum_bool. unfold Horizon.scale, first_axis. lra.
Qed.

Lemma prompt_feature_norm x y : Horizon.norm (prompt_feature (Dim := bool) x y) <= 1.
Proof.
  unfold Horizon.norm. rewrite <- sqrt_1. apply sqrt_le_1_alt. destruct y.
  - rewrite dot_prompt_feature. unfold prompt_feature. rewrite ind_true by reflexivity. lra.
  - rewrite dot_prompt_none. lra.
Qed.

Lemma learned_zero (s : list (bool * bool * bool)) : Forall (fun z => z = (true, true, false)) s ->
  zero_on (pair_loss 1 (softmax prompt_feature first_axis) (fun theta : bool -> R => softmax prompt_feature theta)) learned s.
Proof.
  intros h. unfold zero_on. refine (Forall_impl _ _ h). intros z ->.
  rewrite (pair_loss_residual prompt_feature (fun theta : bool -> R => theta) 1 first_axis learned).
  rewrite dot_difference, dot_prompt_feature, dot_prompt_none. unfold residual, learned, first_axis. field.
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
