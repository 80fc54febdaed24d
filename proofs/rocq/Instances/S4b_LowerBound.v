(** Theorem 4.1: the hypotheses of each theorem hold together; negations of the false statements. *)

From Coq Require Import Reals Lra Lia List ZArith.
From Coquelicot Require Import Hierarchy Derive.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Scalar.LambertW Scalar.Basics Scalar.LowerBound Scalar.LambertInversion
  Finite.Space Policy.Definitions OneRound.OneStep Iteration.LearnedConcentrability Greedy.Decoding
  LowerBound.HardInstance LowerBound.SampleSize LowerBound.BayesRisk LowerBound.Thresholds
  LowerBound.ThresholdRatio Statements.S4b_LowerBound Statements.S4c_Greedy Statements.S5a_OneRound
  Instances.Examples.
Import ListNotations.
Open Scope R_scope.

(** * Theorem 4.1: the hypotheses of each theorem hold together *)

(** The learner that always outputs the same response. *)
Definition guess {I K : Type} (k : K) : @learner I K := fun _ _ => dirac k.

Lemma guess_proper {I K : Type} {FK : FiniteType K} (k : K) : proper_output (guess (I := I) k).
Proof. intros s x. apply dirac_dist. Qed.

Lemma card_three : @card (option bool) FiniteType_option = 3.
Proof. unfold card; simpl; lra. Qed.

Lemma some_key {I K : Type} (k : K) : exists _ : I -> K, True.
Proof. exists (fun _ => k). exact Logic.I. Qed.

Theorem D01_key_law_satisfiable : ltac:(srverify_hypotheses_of D01_key_law).
Proof.
  instance.
Qed.

Theorem D01_mode_satisfiable : ltac:(srverify_hypotheses_of D01_mode).
Proof.
  exists bool, FiniteType_bool, 1, true, false. split; [lra|discriminate].
Qed.

Theorem D01_policy_mode_satisfiable : ltac:(srverify_hypotheses_of D01_policy_mode).
Proof.
  exists bool, bool, FiniteType_bool, 1, (fun i => i), None. lra.
Qed.

Theorem D01_members_satisfiable : ltac:(srverify_hypotheses_of D01_members).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, 1. lra.
Qed.

Theorem D02_condition_number_satisfiable : ltac:(srverify_hypotheses_of D02_condition_number).
Proof.
  instance.
Qed.

Theorem D03_misclassification_satisfiable : ltac:(srverify_hypotheses_of D03_misclassification).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, 1, (HardInstance.risk 1 (fun _ : bool => true) 1 (guess true)), (fun _ : bool => true), 1%nat, (guess true).
  split; [lra|]. split; [lra|apply Rle_refl].
Qed.

Theorem D04_count_satisfiable : ltac:(srverify_hypotheses_of D04_count).
Proof.
  instance.
Qed.

Theorem D05_ambiguous_event_satisfiable : ltac:(srverify_hypotheses_of D05_ambiguous_event).
Proof.
  exists bool, FiniteType_bool, true, false, 1%nat. discriminate.
Qed.

Theorem D05_equal_likelihoods_satisfiable : ltac:(srverify_hypotheses_of D05_equal_likelihoods).
Proof.
  exists bool, FiniteType_bool, true, false, []. constructor.
Qed.

Theorem D05_likelihood_law_satisfiable : ltac:(srverify_hypotheses_of D05_likelihood_law).
Proof.
  instance.
Qed.

Theorem D05_guess_errs_satisfiable : ltac:(srverify_hypotheses_of D05_guess_errs).
Proof.
  exists bool, FiniteType_bool, (fun _ => true), true, false, 1%nat. discriminate.
Qed.

(** With two keys and one prompt one draw shows the key. *)
Lemma shown_key (key : unit -> bool) : @random_risk unit bool FiniteType_unit FiniteType_bool bool FiniteType_bool fair_coin (16 * (1 / 16)) key 1 (coin_learner true false) <= 1 / 16.
Proof.
  replace (16 * (1 / 16)) with 1 by lra.
  destruct (@LowerBound.HardInstance.D17_minimax unit bool FiniteType_unit FiniteType_bool 1 1 true false ltac:(lra) ltac:(lra) ltac:(discriminate)) as (_ & _ & _ & h).
  eapply Rle_trans; [apply h; intros i; destruct (key i); auto|].
  rewrite unit_card, bool_card. lra.
Qed.

Theorem D06_sample_necessary_satisfiable : ltac:(srverify_hypotheses_of D06_sample_necessary).
Proof.
  destruct (@LowerBound.HardInstance.D17_minimax unit bool FiniteType_unit FiniteType_bool 1 1 true false ltac:(lra) ltac:(lra) ltac:(discriminate)) as (_ & hc & hp & _).
  exists unit, bool, FiniteType_unit, FiniteType_bool, bool, FiniteType_bool, fair_coin, (coin_learner true false), (1 / 16), 1%nat.
  split; [exact hc|]. split; [exact hp|]. split; [lra|]. split; [lra|]. split; [rewrite bool_card; lra|exact shown_key].
Qed.

Lemma four_draws (M : nat) : INR (S M) = 3 -> @bayes_risk (succ_type 0) (succ_type M) _ _ (16 * (1 / 16)) 4 <= 1 / 16.
Proof.
  intros h3. replace (16 * (1 / 16)) with 1 by lra.
  assert (h := LowerBound.BayesRisk.D15_sandwich (I := succ_type 0) (K := succ_type M) 1 4 ltac:(lra) ltac:(lra) ltac:(rewrite card_succ_type; lra)).
  rewrite !card_succ_type, h3 in h. simpl (INR 1) in h. lra.
Qed.

Theorem D07_theorem_4_1_satisfiable : ltac:(srverify_hypotheses_of D07_theorem_4_1).
Proof.
  exists 2, (1 / 16), O. split; [lra|]. split; [lra|]. split; [lra|].
  destruct (SampleSize.D07_theorem_4_1 2 (1 / 16) 0 ltac:(lra) ltac:(lra) ltac:(lra)) as (M & h).
  exists M. split; [exact h|]. destruct h as (h1 & h2 & _).
  assert (hM : INR (S M) = 3).
  { assert (a : (S M <= 3)%nat) by (apply INR_le; simpl (INR 3); lra).
    assert (b : (2 < S M)%nat) by (apply INR_lt; simpl (INR 2); lra).
    replace (S M) with 3%nat by lia. simpl; lra. }
  split; [exact (some_key point)|].
  destruct (LowerBound.BayesRisk.D15_minimax (I := succ_type 0) (K := succ_type M) (16 * (1 / 16)) 4 ltac:(lra) ltac:(lra)
    ltac:(rewrite card_succ_type; lra)) as (_ & W & FW & w & A & hw & hA & hr).
  exists W, FW, w, A, 4%nat. split; [exact hw|]. split; [exact hA|]. intros key. rewrite hr. apply four_draws, hM.
Qed.

Theorem D08_derivative_satisfiable : ltac:(srverify_hypotheses_of D08_derivative).
Proof.
  instance.
Qed.

Theorem D08_increasing_satisfiable : ltac:(srverify_hypotheses_of D08_increasing).
Proof.
  exists 1, (1 / 2), 1. split; [lra|]. split; [lra|]. split; [lra|compute_bounds].
Qed.

Theorem D08_decreasing_satisfiable : ltac:(srverify_hypotheses_of D08_decreasing).
Proof.
  exists 1, 2, 3. split; [lra|]. split; [compute_bounds|lra].
Qed.

Lemma unit_root : 1 ^ 2 * (1 + ln (1 / 1)) = 1.
Proof. replace (1 / 1) with 1 by lra. rewrite ln_1. lra. Qed.

Theorem D09_closed_form_satisfiable : ltac:(srverify_hypotheses_of D09_closed_form).
Proof.
  exists 1, 1, 1. split; [lra|]. split; [lra|]. split; [lra|]. split; [compute_bounds|exact unit_root].
Qed.

Theorem D09_unique_satisfiable : ltac:(srverify_hypotheses_of D09_unique).
Proof.
  exists 1, 1, 1. split; [lra|]. split; [lra|]. split; [compute_bounds|]. split; [lra|]. split; [compute_bounds|reflexivity].
Qed.

(** The instance with four labels, whose number of labels is that of its own bound. *)
Lemma fixed_point : exists d n : nat, 1 <= INR n /\
  exists J eps : R, J = 1 / 3072 * 2 * ln (@class_size (succ_type d) (succ_type 3) _ _) / INR n /\ 0 < J /\
    J <= (1 / 16) ^ 2 * (1 + ln (2 / (1 / 16))) /\
    eps = 2 * exp (1 + Wm1 (- (2 * J) / (exp 2 * 2 ^ 2)) / 2) /\
    card (succ_type 3) <= 1 + (2 - 1) / (8 * eps) /\ 1 + (2 - 1) / (8 * eps) < card (succ_type 3) + 1.
Proof.
  destruct (LowerBound.SampleSize.D11_fixed_points 2 ltac:(lra) 3 1 ltac:(simpl; lra)) as (d & n & _ & _ & hn & h).
  cbv zeta in h. destruct h as (hJ & hJ' & h1 & h2).
  exists d, n. split; [apply (le_INR 1); exact hn|].
  assert (hL : INR (S d) * ln (INR 4) = ln (@class_size (succ_type d) (succ_type 3) _ _))
    by (rewrite log_class_size, !card_succ_type; reflexivity).
  rewrite hL in *. exists (level 2 (ln (@class_size (succ_type d) (succ_type 3) _ _)) n).
  exists (eps_LB 2 (level 2 (ln (@class_size (succ_type d) (succ_type 3) _ _)) n)).
  rewrite card_succ_type. repeat split; try assumption.
Qed.

Theorem D11_lambert_bound_satisfiable : ltac:(srverify_hypotheses_of D11_lambert_bound).
Proof.
  destruct fixed_point as (d & n & hn & J & eps & h1 & h2 & h3 & h4 & h5).
  exists (succ_type d), (succ_type 3), (Finite_succ_type d), (Finite_succ_type 3), bool, FiniteType_bool, fair, (fun _ => guess point),
    2, J, eps, n.
  split; [exact fair_dist|]. split; [intros; apply guess_proper|]. split; [exact hn|]. split; [lra|].
  split; [exact h1|]. split; [exact h2|]. split; [exact h3|]. split; [exact h4|exact h5].
Qed.

Theorem D11_no_instance_satisfiable : ltac:(srverify_hypotheses_of D11_no_instance).
Proof.
  set (J := 1 / 3072 * 2 * ln 3).
  assert (hJ : 0 < J) by (unfold J; compute_bounds).
  assert (hJ' : J <= cost 2 (1 / 16)) by (unfold J, cost; compute_bounds).
  destruct (eps_LB_root 2 ltac:(lra) J hJ hJ') as (he & he' & hroot). set (eps := eps_LB 2 J) in *.
  assert (heps : eps <= 1 / 16).
  { apply Rnot_lt_le; intro hgt.
    pose proof (LambertInversion.D08_increasing 2 (1 / 16) eps ltac:(lra) ltac:(lra) hgt he') as h.
    fold (cost 2 (1 / 16)) in h; fold (cost 2 eps) in h; lra. }
  destruct (SampleSize.D07_theorem_4_1 2 eps 0 ltac:(lra) he heps) as (M & h1 & h2 & _).
  exists eps, (S M), 1%nat. split; [exact he|]. split; [exact heps|]. split; [exact hroot|].
  split; [exact h1|]. split; [exact h2|lia].
Qed.

Theorem D11_saturated_satisfiable : ltac:(srverify_hypotheses_of D11_saturated).
Proof.
  exists (succ_type 29), (option bool), (Finite_succ_type 29), FiniteType_option, bool, FiniteType_bool, fair, (fun _ => guess None), 2, 1%nat.
  split; [exact fair_dist|]. split; [intros; apply guess_proper|]. split; [simpl; lra|]. split; [lra|].
  rewrite log_class_size, card_succ_type, card_three, INR_IZR_INZ. simpl (INR 1). split; [simpl Z.of_nat; compute_bounds|]. lra.
Qed.

Theorem D11_fixed_points_satisfiable : ltac:(srverify_hypotheses_of D11_fixed_points).
Proof.
  exists 2. split; [lra|]. exists 3%nat, O. simpl; lra.
Qed.

Theorem D11_theorem_4_1_satisfiable : ltac:(srverify_hypotheses_of D11_theorem_4_1).
Proof.
  exists 2. split; [lra|]. exists 3%nat, 1%nat. split; [simpl; lra|].
  destruct (LowerBound.SampleSize.D11_theorem_4_1 2 ltac:(lra) 3 1 ltac:(simpl; lra)) as (d & n & h).
  exists d, n. split; [exact h|]. split; [exact (some_key point)|].
  exists bool, FiniteType_bool, fair, (fun _ => guess point). split; [exact fair_dist|]. intros; apply guess_proper.
Qed.

Lemma small_level : level 2 (INR 1 * ln (INR 2)) 1 <= cost 2 (1 / 16).
Proof. unfold level, cost. simpl (INR 1). simpl (INR 2). compute_bounds. Qed.

Theorem D11_every_size_satisfiable : ltac:(srverify_hypotheses_of D11_every_size).
Proof.
  exists 2. split; [lra|]. exists O, 1%nat, 2%nat. split; [lia|]. split; [lia|].
  assert (h2 : INR 2 <= 1 + (2 - 1) / (8 * eps_LB 2 (level 2 (INR 1 * ln (INR 2)) 1))).
  { replace (INR 2) with 2 by (simpl; lra). apply (LowerBound.SampleSize.D11_two_labels 2 ltac:(lra) 0 1 ltac:(lia)).
    replace 2 with (INR 2) at 2 by (simpl; lra). exact small_level. }
  split; [exact small_level|]. split; [exact h2|].
  destruct (LowerBound.SampleSize.D11_every_size 2 ltac:(lra) 0 1 2 ltac:(lia) ltac:(lia) small_level h2) as (M & h).
  exists M. split; [exact h|]. split; [exact (some_key point)|].
  exists bool, FiniteType_bool, fair, (fun _ => guess point). split; [exact fair_dist|]. intros; apply guess_proper.
Qed.

Theorem D11_two_labels_satisfiable : ltac:(srverify_hypotheses_of D11_two_labels).
Proof.
  exists 2. split; [lra|]. exists O, 1%nat. split; [lia|].
  assert (h := small_level). replace (INR 2) with 2 in h by (simpl; lra). exact h.
Qed.

Theorem D12_direction_strict_satisfiable : ltac:(srverify_hypotheses_of D12_direction_strict).
Proof.
  exists (1 / 4). split; [lra|compute_bounds].
Qed.

Theorem D12_sandwich_satisfiable : ltac:(srverify_hypotheses_of D12_sandwich).
Proof.
  exists 1, 1. split; [lra|]. split; [lra|compute_bounds].
Qed.

Theorem D12_sharp_satisfiable : ltac:(srverify_hypotheses_of D12_sharp).
Proof.
  exists (sqrt (1 - 1 / exp 1)). intros kappa J h1 h2 h3. exact (proj1 (LambertInversion.D12_sandwich kappa J h1 h2 h3)).
Qed.

Theorem D13_derivative_in_kappa_satisfiable : ltac:(srverify_hypotheses_of D13_derivative_in_kappa).
Proof.
  destruct Scalar.LambertInversion.D13_derivative_instance as (C & k & dg & g & h). exists C, k, dg, g. exact h.
Qed.

Theorem D13_eps_derivative_satisfiable : ltac:(srverify_hypotheses_of D13_eps_derivative).
Proof.
  exists 1, 1. split; [lra|compute_bounds].
Qed.

Theorem D13_increasing_in_I_satisfiable : ltac:(srverify_hypotheses_of D13_increasing_in_I).
Proof.
  exists 1, (1 / 2), 1. split; [lra|]. split; [lra|]. split; [lra|compute_bounds].
Qed.

Theorem D13_increasing_in_kappa_satisfiable : ltac:(srverify_hypotheses_of D13_increasing_in_kappa).
Proof.
  assert (h : 0 < exp 1) by apply exp_pos.
  exists (2 / exp 1), (exp 1), (2 * exp 3 / 3), 1, (2 * exp 1 / 3).
  split; [compute_bounds|]. split; [lra|]. split; [compute_bounds|]. split; [compute_bounds|]. split; [compute_bounds|]. split; [compute_bounds|]. split.
  - replace (exp 1 / 1) with (exp 1) by lra. rewrite ln_exp. field. lra.
  - replace (exp 3) with (exp 2 * exp 1) by (rewrite <- exp_plus; f_equal; lra).
    replace (2 * (exp 2 * exp 1) / 3 / (2 * exp 1 / 3)) with (exp 2) by (field; lra).
    rewrite ln_exp. replace (exp 2) with (exp 1 * exp 1) by (rewrite <- exp_plus; f_equal; lra). field. lra.
Qed.

Theorem D14_rate_satisfiable : ltac:(srverify_hypotheses_of D14_rate).
Proof.
  exists 1, 1, 1, 1. split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|compute_bounds].
Qed.

Theorem D14_risk_satisfiable : ltac:(srverify_hypotheses_of D14_risk).
Proof.
  destruct fixed_point as (d & n & hn & J & eps & h1 & h2 & h3 & h4 & h5).
  exists (succ_type d), (succ_type 3), (Finite_succ_type d), (Finite_succ_type 3), bool, FiniteType_bool, fair, (fun _ => guess point),
    2, J, eps, n.
  split; [exact fair_dist|]. split; [intros; apply guess_proper|]. split; [exact hn|]. split; [lra|].
  split; [exact h1|]. split; [exact h2|]. split; [exact h3|]. split; [exact h4|exact h5].
Qed.

Theorem D15_bayes_risk_satisfiable : ltac:(srverify_hypotheses_of D15_bayes_risk).
Proof.
  instance.
Qed.

Lemma few_draws : INR 0 <= 1 / 3072 * 2 * ln (@class_size bool (option bool) FiniteType_bool FiniteType_option) / ((1 / 16) ^ 2 * (1 + ln (2 / (1 / 16)))).
Proof. rewrite log_class_size, bool_card, card_three. simpl (INR 0). compute_bounds. Qed.

Theorem D15_risk_below_bound_satisfiable : ltac:(srverify_hypotheses_of D15_risk_below_bound).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, 2, (1 / 16), O.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [rewrite card_three; lra|]. split; [rewrite card_three; lra|exact few_draws].
Qed.

(** Two prompts and three labels: one draw is below 16.6 times the bound of D07, seven are above 85.3 times. *)
Theorem D15_threshold_above_satisfiable : ltac:(srverify_hypotheses_of D15_threshold_above).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, 2, (1 / 16).
  split; [lra|]. split; [lra|]. split; [lra|]. split; [rewrite card_three; lra|]. split; [rewrite card_three; lra|].
  exists 1%nat. rewrite log_class_size, bool_card, card_three. simpl (INR 1). compute_bounds.
Qed.

Theorem D15_threshold_below_satisfiable : ltac:(srverify_hypotheses_of D15_threshold_below).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, 2, (1 / 16).
  split; [lra|]. split; [lra|]. split; [lra|]. split; [rewrite card_three; lra|]. split; [rewrite card_three; lra|].
  exists 6%nat. rewrite log_class_size, bool_card, card_three. replace (INR 6) with 6 by (simpl; lra). compute_bounds.
Qed.

Theorem D15_minimax_satisfiable : ltac:(srverify_hypotheses_of D15_minimax).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, 1, 1%nat.
  split; [lra|]. split; [lra|]. split; [rewrite bool_card; lra|].
  destruct (LowerBound.BayesRisk.D15_minimax (I := bool) (K := bool) 1 1 ltac:(lra) ltac:(lra) ltac:(rewrite bool_card; lra)) as (_ & W & FW & w & A & h).
  split.
  - exists bool, FiniteType_bool, fair, (fun _ => guess true). split; [exact fair_dist|]. intros; apply guess_proper.
  - exists W, FW, w, A. split; [exact h|]. split; [exact (ex_intro _ point Logic.I)|exact (some_key true)].
Qed.

Theorem D15_equaliser_satisfiable : ltac:(srverify_hypotheses_of D15_equaliser).
Proof.
  instance.
Qed.

Theorem D15_formula_satisfiable : ltac:(srverify_hypotheses_of D15_formula).
Proof.
  instance.
Qed.

Theorem D15_bayes_lower_satisfiable : ltac:(srverify_hypotheses_of D15_bayes_lower).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, bool, FiniteType_bool, fair, (fun _ => guess true), 1, 1%nat, (fun i => i).
  split; [exact fair_dist|]. split; [intros; apply guess_proper|]. split; [lra|]. split; [lra|rewrite bool_card; lra].
Qed.

Theorem D15_sandwich_satisfiable : ltac:(srverify_hypotheses_of D15_sandwich).
Proof.
  instance.
Qed.

Lemma many (r : R) : exists n : nat, r <= INR n.
Proof.
  destruct (archimed r) as [h _]. exists (Z.to_nat (up r)).
  destruct (Z_lt_le_dec (up r) 0) as [hn|hn].
  - apply IZR_lt in hn. apply Rle_trans with 0; [lra|apply pos_INR].
  - rewrite INR_IZR_INZ, Z2Nat.id by exact hn. lra.
Qed.

Theorem D15_share_below_satisfiable : ltac:(srverify_hypotheses_of D15_share_below).
Proof.
  exists 2, 2, (1 / 2). repeat (split; [lra|]).
  destruct (Thresholds.D15_share_below 2 2 (1 / 2) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  set (eps := Rmin (eps0 / 2) (1 / 4)). assert (ha := Rmin_l (eps0 / 2) (1 / 4)). assert (hb := Rmin_r (eps0 / 2) (1 / 4)).
  assert (he : 0 < eps) by (apply Rmin_glb_lt; lra). fold eps in ha, hb.
  destruct (Thresholds.D16_instances 2 (2 * eps) ltac:(lra) ltac:(lra) ltac:(lra)) as (M & hM & _).
  exists unit, (succ_type M), FiniteType_unit, (Finite_succ_type M), eps, O.
  split; [exact he|]. split; [lra|]. split; [exact hM|]. simpl (INR 0). unfold draws. rewrite unit_card.
  assert (0 < ln 2) by compute_bounds. apply Rmult_le_pos; [lra|]. apply Rle_mult_inv_pos; [|apply pow_lt, he]. apply Rmult_le_pos; [lra|].
  apply Rle_mult_inv_pos; lra.
Qed.

Theorem D15_share_above_satisfiable : ltac:(srverify_hypotheses_of D15_share_above).
Proof.
  exists 2, 2, 2. repeat (split; [lra|]).
  destruct (Thresholds.D15_share_above 2 2 2 ltac:(lra) ltac:(lra) ltac:(lra)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  set (eps := Rmin (eps0 / 2) (1 / 4)). assert (ha := Rmin_l (eps0 / 2) (1 / 4)). assert (hb := Rmin_r (eps0 / 2) (1 / 4)).
  assert (he : 0 < eps) by (apply Rmin_glb_lt; lra). fold eps in ha, hb.
  destruct (Thresholds.D16_instances 2 (2 * eps) ltac:(lra) ltac:(lra) ltac:(lra)) as (M & hM & _).
  destruct (many (2 * draws 2 (@card unit FiniteType_unit) 2 eps)) as (n & hn).
  exists unit, (succ_type M), FiniteType_unit, (Finite_succ_type M), eps, n.
  split; [exact he|]. split; [lra|]. split; [exact hM|exact hn].
Qed.

Theorem D16_lower_bound_satisfiable : ltac:(srverify_hypotheses_of D16_lower_bound).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, bool, FiniteType_bool, fair, (fun _ => guess None), 1, 1%nat, (Some true), None.
  split; [exact fair_dist|]. split; [intros; apply guess_proper|]. split; [lra|]. split; [lra|]. split; [discriminate|rewrite card_three; lra].
Qed.

(** D07's number of draws is not negative. *)
Lemma few eps : 0 < eps -> eps <= 1 / 16 -> 0 <= 1 * draws_D07 2 (@card unit FiniteType_unit) (1 + (2 - 1) / (8 * eps)) eps.
Proof.
  intros h h'. unfold draws_D07. rewrite unit_card, Rmult_1_l.
  assert (h1 : 1 <= 1 + (2 - 1) / (8 * eps)).
  { assert (0 < (2 - 1) / (8 * eps)) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (h2 : 0 <= ln (1 + (2 - 1) / (8 * eps))) by (rewrite <- ln_1; apply ln_le; lra).
  assert (h3 : 0 <= ln (2 / eps)).
  { rewrite <- ln_1; apply ln_le; [lra|]. apply (Rmult_le_reg_r eps); [exact h|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  apply Rle_mult_inv_pos; [|apply Rmult_lt_0_compat; [apply pow_lt, h|lra]]. repeat apply Rmult_le_pos; lra.
Qed.

Theorem D16_exact_gain_below_satisfiable : ltac:(srverify_hypotheses_of D16_exact_gain_below).
Proof.
  exists 2, 1. split; [lra|]. split; [lra|]. split; [compute_bounds|].
  destruct (Thresholds.D16_exact_gain_below 2 1 ltac:(lra) ltac:(lra) ltac:(compute_bounds)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  set (eps := Rmin (eps0 / 2) (1 / 16)). assert (ha := Rmin_l (eps0 / 2) (1 / 16)). assert (hb := Rmin_r (eps0 / 2) (1 / 16)).
  assert (he : 0 < eps) by (apply Rmin_glb_lt; lra). fold eps in ha, hb.
  assert (hs : 0 < sqrt (exp 1)) by compute_bounds. assert (hs2 : sqrt (exp 1) <= 2) by compute_bounds.
  destruct (Thresholds.D16_instances 2 (sqrt (exp 1) * eps) ltac:(lra) ltac:(nra) ltac:(nra)) as (M & hM & _).
  exists unit, (succ_type M), FiniteType_unit, (Finite_succ_type M), eps, (1 + (2 - 1) / (8 * eps)), O.
  split; [exact he|]. split; [lra|]. split; [exact hM|]. split; [apply Rle_refl|]. split; [lra|].
  simpl (INR 0). apply few; lra.
Qed.

Theorem D16_exact_gain_above_satisfiable : ltac:(srverify_hypotheses_of D16_exact_gain_above).
Proof.
  exists 2, 1000. split; [lra|]. split; [compute_bounds|].
  destruct (Thresholds.D16_exact_gain_above 2 1000 ltac:(lra) ltac:(compute_bounds)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  destruct (many (1000 * draws_D07 2 (@card unit FiniteType_unit) (1 + (2 - 1) / (8 * (eps0 / 2))) (eps0 / 2))) as (n & hn).
  destruct (Thresholds.D16_instances 2 1 ltac:(lra) ltac:(lra) ltac:(lra)) as (M & hM & _).
  exists unit, (succ_type M), FiniteType_unit, (Finite_succ_type M), 1, (eps0 / 2), (1 + (2 - 1) / (8 * (eps0 / 2))), n.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [exact hM|]. split; [apply Rle_refl|]. split; [lra|exact hn].
Qed.

Theorem D16_jensen_gain_below_satisfiable : ltac:(srverify_hypotheses_of D16_jensen_gain_below).
Proof.
  exists 2, 1. split; [lra|]. split; [lra|]. split; [compute_bounds|].
  destruct (Thresholds.D16_jensen_gain_below 2 1 ltac:(lra) ltac:(lra) ltac:(compute_bounds)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  set (eps := Rmin (eps0 / 2) (1 / 16)). assert (ha := Rmin_l (eps0 / 2) (1 / 16)). assert (hb := Rmin_r (eps0 / 2) (1 / 16)).
  assert (he : 0 < eps) by (apply Rmin_glb_lt; lra). fold eps in ha, hb.
  assert (hs : 0 < sqrt (exp 1)) by compute_bounds. assert (hs2 : sqrt (exp 1) <= 2) by compute_bounds.
  exists 1, (1 + 2 * (2 - 1) / (2 * sqrt (exp 1) * eps)), eps, (1 + (2 - 1) / (8 * eps)), O.
  split; [lra|]. split; [exact he|]. split; [lra|]. split; [split; lra|]. split; [apply Rle_refl|]. split; [lra|].
  simpl (INR 0). assert (h1 := few eps he ltac:(lra)). rewrite unit_card in h1. exact h1.
Qed.

Theorem D16_jensen_gain_above_satisfiable : ltac:(srverify_hypotheses_of D16_jensen_gain_above).
Proof.
  exists 2, 1000. split; [lra|]. split; [compute_bounds|].
  destruct (Thresholds.D16_jensen_gain_above 2 1000 ltac:(lra) ltac:(compute_bounds)) as (eps0 & h).
  exists eps0. split; [exact h|]. destruct h as (h0 & _).
  destruct (many (1000 * draws_D07 2 1 (1 + (2 - 1) / (8 * (eps0 / 2))) (eps0 / 2))) as (n & hn).
  exists 1, 3, 1, (eps0 / 2), (1 + (2 - 1) / (8 * (eps0 / 2))), n.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [split; lra|].
  split; [apply Rle_refl|]. split; [lra|exact hn].
Qed.

Theorem D16_instances_satisfiable : ltac:(srverify_hypotheses_of D16_instances).
Proof.
  exists 2, 1. split; [lra|]. split; [lra|]. split; [lra|].
  destruct (Thresholds.D16_instances 2 1 ltac:(lra) ltac:(lra) ltac:(lra)) as (M & h).
  exists M. split; [exact h|]. exists O. exact (some_key point).
Qed.

Theorem D17_minimax_satisfiable : ltac:(srverify_hypotheses_of D17_minimax).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, 1, 1%nat, true, false.
  split; [lra|]. split; [lra|]. split; [discriminate|].
  destruct (LowerBound.HardInstance.D17_minimax (I := bool) 1 1 true false ltac:(lra) ltac:(lra) ltac:(discriminate)) as (h & _).
  split; [|exists (fun _ => true); auto].
  exists bool, FiniteType_bool, fair, (fun _ => guess true). split; [exact fair_dist|]. split; [intros; apply guess_proper|].
  destruct (h bool FiniteType_bool fair (fun _ => guess true) fair_dist (fun _ => guess_proper true)) as (key & hk).
  exists key. split; [exact hk|exact (ex_intro _ true Logic.I)].
Qed.

Theorem D17_sample_necessary_satisfiable : ltac:(srverify_hypotheses_of D17_sample_necessary).
Proof.
  destruct (@LowerBound.HardInstance.D17_minimax unit (option bool) FiniteType_unit FiniteType_option 1 2 None (Some true) ltac:(lra) ltac:(lra) ltac:(discriminate)) as (_ & hc & hp & h).
  exists unit, (option bool), FiniteType_unit, FiniteType_option, bool, FiniteType_bool, fair_coin, (coin_learner None (Some true)), 2, (1 / 16), 2%nat, None, (Some true).
  split; [exact hc|]. split; [exact hp|]. split; [discriminate|]. split; [lra|]. split; [lra|]. split; [lra|].
  split; [rewrite card_three; lra|]. intros key hk. replace (16 * (1 / 16)) with 1 by lra.
  eapply Rle_trans; [apply h, hk|]. rewrite unit_card, card_three. lra.
Qed.

Theorem D17_rate_satisfiable : ltac:(srverify_hypotheses_of D17_rate).
Proof.
  assert (hr : sqrt ((2 - 1) * @card unit FiniteType_unit / (3 * INR 3)) = 1 / 3).
  { rewrite unit_card. simpl (INR 3). replace ((2 - 1) * 1 / (3 * (1 + 1 + 1))) with ((1 / 3) ^ 2) by lra. apply sqrt_pow2; lra. }
  assert (hp : forall o : bool, @proper_output unit (succ_type 6) (Finite_succ_type 6) (guess point)) by (intros; apply guess_proper).
  assert (hk : None <> Some (point : succ_type 5)) by discriminate.
  destruct (@SampleSize.D17_rate unit (succ_type 6) FiniteType_unit (Finite_succ_type 6) bool FiniteType_bool fair (fun _ => guess point) 2 (1 / 3) 3 None (Some point) fair_dist hp hk
    ltac:(lra) ltac:(rewrite unit_card; simpl; lra) ltac:(rewrite unit_card; simpl; lra) ltac:(simpl; lra) ltac:(symmetry; exact hr)
    ltac:(rewrite card_succ_type; simpl; lra) ltac:(rewrite card_succ_type; simpl; lra)) as (_ & key & h).
  exists unit, (succ_type 6), FiniteType_unit, (Finite_succ_type 6), bool, FiniteType_bool, fair, (fun _ => guess point), 2, (1 / 3), 3%nat, None, (Some point).
  split; [exact fair_dist|]. split; [exact hp|]. split; [exact hk|]. split; [lra|].
  split; [rewrite unit_card; simpl; lra|]. split; [rewrite unit_card; simpl; lra|]. split; [simpl; lra|].
  split; [symmetry; exact hr|]. split; [rewrite card_succ_type; simpl; lra|]. split; [rewrite card_succ_type; simpl; lra|].
  split; [exact (some_key point)|]. exists key. split; [exact h|exact (ex_intro _ tt Logic.I)].
Qed.

Theorem D18_own_failure_void_satisfiable : ltac:(srverify_hypotheses_of D18_own_failure_void).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, 1, (fun _ => true). exact Logic.I.
Qed.

Theorem D18_base_failure_satisfiable : ltac:(srverify_hypotheses_of D18_base_failure).
Proof.
  exists bool, (option bool), FiniteType_bool, FiniteType_option, bool, FiniteType_bool, fair, (fun _ => guess None), 2, (1 / 16), O.
  split; [exact fair_dist|]. split; [intros; apply guess_proper|].
  split; [lra|]. split; [lra|]. split; [lra|]. split; [rewrite card_three; lra|]. split; [rewrite card_three; lra|exact few_draws].
Qed.

Theorem D18_class_fails_satisfiable : ltac:(srverify_hypotheses_of D18_class_fails).
Proof.
  exists bool, (option bool), FiniteType_option, (fun _ => None), (fun _ => None), true. rewrite card_three; lra.
Qed.

(** ** The instances in closed form *)

(** At kappa_0 = 2 and rho = 1 there are three labels. *)
Lemma three_labels : exists M : nat, M = 2%nat /\
  forall (d : nat) (key : succ_type d -> succ_type M), kappa (prompt_law 1) (key_policy 1 key) <= 2.
Proof.
  destruct (Thresholds.D16_instances 2 1 ltac:(lra) ltac:(lra) ltac:(lra)) as (M & [h1 h2] & h).
  rewrite card_succ_type in h1, h2. exists M. split; [|exact h].
  assert (a : (S M <= 3)%nat) by (apply INR_le; simpl (INR 3); lra).
  assert (b : (2 < S M)%nat) by (apply INR_lt; simpl (INR 2); lra). lia.
Qed.

Theorem D11_theorem_saturated_satisfiable : ltac:(srverify_hypotheses_of D11_theorem_saturated).
Proof.
  assert (e16 : 16 * (1 / 16) = 1) by lra.
  exists 2, 29%nat. split; [lra|]. destruct three_labels as (M & -> & hk). exists 2%nat. split; [split|].
  - intros key. rewrite e16. apply hk.
  - intros n hn hl W FW w A hw hA.
    apply (SampleSize.D11_saturated W FW w A 2 n hw hA); [apply (le_INR 1); exact hn|lra| |rewrite card_succ_type; simpl; lra|rewrite card_succ_type; simpl; lra].
    rewrite log_class_size, !card_succ_type. exact hl.
  - split; [exact (some_key point)|]. exists 1%nat. split; [lia|]. split.
    + unfold LowerBound.SampleSize.cost, level. rewrite !INR_IZR_INZ. simpl Z.of_nat. compute_bounds.
    + exists bool, FiniteType_bool, fair, (fun _ => guess point). split; [exact fair_dist|]. intros; apply guess_proper.
Qed.

Theorem D11_saturated_instance_satisfiable : ltac:(srverify_hypotheses_of D11_saturated_instance).
Proof. exists 2. split; [lra|]. exists 2%nat; lia. Qed.

Theorem D17_theorem_rate_satisfiable : ltac:(srverify_hypotheses_of D17_theorem_rate).
Proof.
  exists 2, 2%nat, 3%nat.
  assert (h1 : (2 - 1) * INR 3 / 3 <= INR 3) by (simpl; lra). assert (h2 : (2 - 1) * 3 / INR 3 <= INR 3) by (simpl; lra).
  split; [lra|]. split; [exact h1|]. split; [exact h2|].
  destruct (LowerBound.Thresholds.D17_theorem_rate 2 2 3 ltac:(lra) h1 h2) as (rho & M & a & b & h). exists rho, M, a, b.
  split; [exact h|]. split; [exact (some_key point)|].
  exists bool, FiniteType_bool, fair, (coin_learner a b).
  assert (hA : forall o : bool, proper_output (coin_learner (I := succ_type 2) a b o)) by (intros; apply coin_learner_proper).
  split; [exact fair_dist|]. split; [exact hA|].
  destruct h as (_ & _ & _ & _ & h). destruct (h bool FiniteType_bool fair (coin_learner a b) fair_dist hA) as (key & hkey).
  exists key. split; [exact hkey|]. exists point. exact Logic.I.
Qed.

Theorem D17_theorem_sample_satisfiable : ltac:(srverify_hypotheses_of D17_theorem_sample).
Proof.
  assert (e16 : 16 * (1 / 16) = 1) by lra.
  exists 2, (1 / 16), O. split; [lra|]. split; [lra|]. split; [lra|]. destruct three_labels as (M & -> & hk).
  destruct (SampleSize.two_keys (K := succ_type 2) ltac:(rewrite card_succ_type; simpl; lra)) as (a & b & hab).
  exists 2%nat, a, b. split; [split; [exact hab|split]|].
  - intros key. rewrite e16. apply hk.
  - intros W FW w A n hw hA hr.
    assert (h := SampleSize.D17_sample_necessary W FW w A 2 (1 / 16) n a b hw hA hab ltac:(lra) ltac:(lra) ltac:(lra)
      ltac:(rewrite card_succ_type; simpl; lra) hr). rewrite card_succ_type in h. exact h.
  - split; [exact (some_key point)|].
    destruct (LowerBound.HardInstance.D17_minimax (I := succ_type 0) (K := succ_type 2) 1 2 a b ltac:(lra) ltac:(lra) hab) as (_ & hc & hp & h).
    exists bool, FiniteType_bool, fair_coin, (coin_learner a b), 2%nat. split; [exact hc|]. split; [exact hp|].
    intros key hkey. rewrite e16. eapply Rle_trans; [apply h, hkey|]. rewrite !card_succ_type. simpl. lra.
Qed.

(** * What the paper states and is false, where no statement of the language says it

    Each theorem is the negation of a pinned statement, by an instance that the development has. *)

(** E06: two independent steps (0.7, 0.3). *)
Theorem E06_certain_failure_refuted : ~ E06_certain_failure.
Proof.
  intros h. destruct Greedy.Decoding.E06_not_certain as (m & s & hm & hs & hp & hhalf & hg).
  apply (h bool FiniteType_bool 2%nat m s s hm hs ltac:(rewrite hp; exact hhalf) (proj2 (hg s) eq_refl)). reflexivity.
Qed.

(** D11: kappa_0 = 2, |Pi| = 3, n = 1. *)
Theorem D11_instance_exists_refuted : ~ D11_instance_exists.
Proof.
  intros h. assert (e3 : INR 3 = 3) by (simpl; lra).
  set (J := 1 / 3072 * 2 * ln 3).
  assert (hJ : 0 < J) by (unfold J; compute_bounds).
  assert (hJ' : J <= cost 2 (1 / 16)) by (unfold J, cost; compute_bounds).
  destruct (eps_LB_root 2 ltac:(lra) J hJ hJ') as (he & he' & hroot).
  assert (hlevel : level 2 (ln (INR 3)) 1 = J) by (unfold level, J; rewrite e3; simpl (INR 1); lra).
  assert (heps : eps_LB 2 J <= 1 / 16).
  { apply Rnot_lt_le; intro hgt.
    pose proof (LambertInversion.D08_increasing 2 (1 / 16) (eps_LB 2 J) ltac:(lra) ltac:(lra) hgt he') as k.
    fold (cost 2 (1 / 16)) in k; fold (cost 2 (eps_LB 2 J)) in k; lra. }
  destruct (h 2 3%nat 1%nat ltac:(lra) ltac:(lia) ltac:(lia) ltac:(rewrite hlevel; exact heps)) as (M & d & hd & [h1 h2] & hsize).
  rewrite hlevel in h1, h2. rewrite e3 in hsize.
  exact (LowerBound.ThresholdRatio.D11_no_instance (eps_LB 2 J) M d he heps hroot h1 h2 hd hsize).
Qed.

(** D18: the learner that always outputs the same response, with no draw. *)
Theorem D18_own_failure_refuted : ~ D18_own_failure.
Proof.
  intros h.
  destruct (h bool (option bool) FiniteType_bool FiniteType_option (guess None) 2 (1 / 16) O (guess_proper None)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(rewrite card_three; lra) ltac:(rewrite card_three; lra) few_draws) as (key & hk).
  change (1 / 16 <= own_failure (prompt_law (16 * (1 / 16))) (point_policy (fun _ : option bool => @None bool)) (1 / 2)) in hk.
  rewrite HardInstance.D18_own_failure_void in hk. lra.
Qed.

(** C17: the witness at n = 10^10. *)
Theorem C17_kappa_suffices_refuted : ~ C17_kappa_suffices.
Proof.
  intros h. destruct ten_billion as (n & hn0 & hn).
  assert (hbeta : 0 < / 10 ^ 5 <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
  assert (hz : 0 < / 10 ^ 14 <= 1 / 20).
  { split; [apply Rinv_0_lt_compat; lra|]. apply Rle_trans with (/ 20); [apply Rinv_le_contravar; lra|lra]. }
  destruct (LearnedConcentrability.C17_learned_concentrability n hn) as (hreal & hm & _).
  apply (LearnedConcentrability.C17_A_CONC_needed n hn).
  apply (h unit response bool _ _ _ one_prompt one_prompt_dist (/ 10 ^ 5) hbeta (two_policies (/ 10 ^ 5) (/ 10 ^ 14))
    (two_policies_policy _ _ hz) (start (/ 10 ^ 14)) (start_policy _ hz) 3 n hn0 (2 / 5) (1 / 20));
    [rewrite bool_card; lra|exact hreal|lra|exact hm].
Qed.
