(** Section 5: the hypotheses of each theorem hold together. *)

From Coq Require Import Reals Lra Lia List ZArith.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Rates.Instances.
From SRVerify Require Import Scalar.Basics Finite.Space Policy.Definitions Policy.Update
  OneRound.Concentration OneRound.OneStep Iteration.LearnedConcentrability Iteration.Rounds Iteration.Learners
  Statements.S5a_OneRound Statements.S5b_Iteration Instances.Examples.
Import ListNotations.
Open Scope R_scope.

(** * Section 5, one round: the hypotheses of each theorem hold together *)

(** The reward gap of [lean] against its own mode is its mean log-probability gap. *)
Lemma lean_gap_level : exists A, 0 < A /\ (J fair lean (comparator lean) - J fair lean lean) / 1 <= A.
Proof.
  exists (Rmax 1 ((J fair lean (comparator lean) - J fair lean lean) / 1)).
  split; [eapply Rlt_le_trans; [apply Rlt_0_1|apply Rmax_l]|apply Rmax_r].
Qed.

Theorem C02_gap_to_mass_satisfiable : ltac:(srverify_hypotheses_of C02_gap_to_mass).
Proof. instance. Qed.

Theorem C03_lemma_C1_satisfiable : ltac:(srverify_hypotheses_of C03_lemma_C1).
Proof. instance. Qed.

Theorem C04_baseline_cancellation_satisfiable : ltac:(srverify_hypotheses_of C04_baseline_cancellation).
Proof. instance. Qed.

Theorem C05_dpo_optimality_satisfiable : ltac:(srverify_hypotheses_of C05_dpo_optimality).
Proof. instance. Qed.

Theorem C05_dpo_value_satisfiable : ltac:(srverify_hypotheses_of C05_dpo_value).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, (self_update 1 lean), lean, 1.
  split; [exact lean_policy|]. split; [apply self_update_policy, lean_policy|exact lean_dist].
Qed.

Theorem C06_gap_decomposition_satisfiable : ltac:(srverify_hypotheses_of C06_gap_decomposition).
Proof. instance. Qed.

Theorem C07_region_split_satisfiable : ltac:(srverify_hypotheses_of C07_region_split).
Proof. instance. Qed.

Theorem C08_lemma_C2_satisfiable : ltac:(srverify_hypotheses_of C08_lemma_C2).
Proof. instance. Qed.

Theorem C09_bad_region_satisfiable : ltac:(srverify_hypotheses_of C09_bad_region).
Proof. instance. Qed.

Theorem C10_union_satisfiable : ltac:(srverify_hypotheses_of C10_union).
Proof. instance. Qed.

Theorem C12_moment_integral_satisfiable : ltac:(srverify_hypotheses_of C12_moment_integral).
Proof. instance. Qed.

Theorem C12_upper_tail_satisfiable : ltac:(srverify_hypotheses_of C12_upper_tail).
Proof. instance. Qed.

Theorem C12_fourth_moment_satisfiable : ltac:(srverify_hypotheses_of C12_fourth_moment).
Proof. instance. Qed.

Theorem C12_implicit_tail_satisfiable : ltac:(srverify_hypotheses_of C12_implicit_tail).
Proof. instance. Qed.

Theorem C12_implicit_fourth_moment_satisfiable : ltac:(srverify_hypotheses_of C12_implicit_fourth_moment).
Proof. instance. Qed.

Theorem C13_zero_empirical_loss_satisfiable : ltac:(srverify_hypotheses_of C13_zero_empirical_loss).
Proof.
  exists bool, bool, unit, FiniteType_bool, 1, lean, update_class, [], tt.
  split; [lra|]. split; [exact lean_policy|]. split; [exact update_class_realizable|apply update_class_ERM].
Qed.

Theorem C15_zero_loss_concentration_satisfiable : ltac:(srverify_hypotheses_of C15_zero_loss_concentration).
Proof.
  exists bool, unit, FiniteType_bool, FiniteType_unit, fair. split; [exact fair_dist|].
  exists (fun _ a => if a : bool then 0 else 1), 1. split; [lra|]. split; [intros ? []; lra|].
  exists 1%nat, (1 / 2). split; [lia|]. split; [lra|]. exists [true], tt. repeat constructor.
Qed.

Theorem C16_kl_jensen_satisfiable : ltac:(srverify_hypotheses_of C16_kl_jensen).
Proof. instance. Qed.

Theorem C16_comparator_concentrability_satisfiable : ltac:(srverify_hypotheses_of C16_comparator_concentrability).
Proof. instance. Qed.

Theorem C16_update_concentrability_satisfiable : ltac:(srverify_hypotheses_of C16_update_concentrability).
Proof. instance. Qed.

Lemma ten_billion : exists n : nat, INR n = 10 ^ 10.
Proof.
  exists (Z.to_nat 10000000000). rewrite INR_IZR_INZ, Z2Nat.id by lia. lra.
Qed.

Theorem C17_learned_concentrability_satisfiable : ltac:(srverify_hypotheses_of C17_learned_concentrability).
Proof. exact ten_billion. Qed.

Theorem C17_strong_c_satisfiable : ltac:(srverify_hypotheses_of C17_strong_c).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists lean, lean, (1 / 4). split; [lra|]. split; [intros ? []; unfold lean; lra|exact lean_dist].
Qed.

Theorem C17_A_CONC_needed_satisfiable : ltac:(srverify_hypotheses_of C17_A_CONC_needed).
Proof. exact ten_billion. Qed.

Theorem C18_balance_satisfiable : ltac:(srverify_hypotheses_of C18_balance).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair. split; [exact fair_dist|].
  exists 1. split; [lra|]. exists update_class. split; [exact update_class_policy|].
  exists lean. split; [exact lean_policy|]. exists (tail_constant fair 1 lean (update_class tt)), 1%nat. split; [lia|].
  exists 1, (conc fair lean (update_class tt)). split; [rewrite unit_card; lra|].
  split; [exact update_class_realizable|]. exists [], tt. split; [apply update_class_ERM|apply update_class_admissible].
Qed.

Theorem C18_A_REAL_needed_satisfiable : ltac:(srverify_hypotheses_of C18_A_REAL_needed).
Proof. destruct ten_billion as (n & h). exists n. split; [exact h|]. exact (ex_intro _ [] I). Qed.

Theorem C19_suboptimality_satisfiable : ltac:(srverify_hypotheses_of C19_suboptimality).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair. split; [exact fair_dist|].
  exists 1. split; [lra|]. exists update_class. split; [exact update_class_policy|].
  exists lean. split; [exact lean_policy|]. exists (tail_constant fair 1 lean (update_class tt)), 1%nat. split; [lia|].
  exists 1, 1, (conc fair lean (update_class tt)). split; [rewrite unit_card; lra|].
  split; [exact update_class_realizable|]. split; [lra|]. split; [exact lean_margin|].
  exists [], tt. split; [apply update_class_ERM|]. split; [apply update_class_admissible|]. exists 1; lra.
Qed.

Theorem C20_own_mode_satisfiable : ltac:(srverify_hypotheses_of C20_own_mode).
Proof. instance. Qed.

Theorem C21_tail_integral_satisfiable : ltac:(srverify_hypotheses_of C21_tail_integral).
Proof. exists bool, FiniteType_bool, fair, (fun _ => 1), 1. split; [exact fair_dist|]. intros; lra. Qed.

Theorem C22_tail_bound_satisfiable : ltac:(srverify_hypotheses_of C22_tail_bound).
Proof.
  destruct lean_gap_level as (A & _ & hA).
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists lean, lean, 1, A, 2. split; [lra|]. split; [exact lean_margin|]. split; [exact lean_policy|]. split; [exact hA|lra].
Qed.

Theorem C24_integral_satisfiable : ltac:(srverify_hypotheses_of C24_integral).
Proof. exists (1 / 2), (1 / 2). lra. Qed.

(** Mass 9/10 on [true], which the margin of [lean] turns into a gap of at most 1/2. *)
Definition sure : policy bool bool := fun _ y => if y then 9 / 10 else 1 / 10.

Lemma sure_policy : is_policy sure.
Proof. intros x; split; [intros []; unfold sure; lra|]. unfold Sum, sure, sumL; simpl; lra. Qed.

Lemma sure_max x : Max (sure x) = 9 / 10.
Proof.
  unfold Max. fold (mode sure x). rewrite (mode_unique sure x true); [reflexivity|].
  intros [] h; [contradiction|unfold sure; lra].
Qed.

Lemma sure_gap : (J fair lean (comparator lean) - J fair lean sure) / 1 <= 1 / 2.
Proof.
  unfold J, E1, comparator, point_policy.
  rewrite (E_ext fair (fun x => E (dirac (mode lean x)) (fun y => ln (lean x y))) (fun _ => ln (3 / 4))).
  - rewrite (E_ext fair (fun x => E (sure x) (fun y => ln (lean x y))) (fun _ => 9 / 10 * ln (3 / 4) + 1 / 10 * ln (1 / 4))).
    + rewrite !E_const by exact fair_dist. compute_bounds.
    + intros x. unfold E, Sum, sumL, sure, lean; simpl. lra.
  - intros x. rewrite lean_mode. unfold E, Sum, sumL, lean; simpl. unfold dirac.
    rewrite ind_true by reflexivity. rewrite ind_false by discriminate. lra.
Qed.

Theorem C24_condition_number_satisfiable : ltac:(srverify_hypotheses_of C24_condition_number).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, sure, 1, (1 / 2), (1 / 2).
  split; [exact fair_dist|]. split; [exact sure_policy|]. split; [lra|]. split; [exact lean_margin|].
  split; [exact sure_gap|]. split; [lra|]. split; [lra|]. split; [lra|]. intros; rewrite sure_max; lra.
Qed.

Theorem C26_direct_one_step_satisfiable : ltac:(srverify_hypotheses_of C26_direct_one_step).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists lean, (1 / 2). split; [exact lean_policy|]. split; [lra|]. intros; rewrite lean_max; lra.
Qed.

Theorem C18_gap_rate_satisfiable : ltac:(srverify_hypotheses_of C18_gap_rate).
Proof.
  destruct SRVerify.Rates.Instances.C18_gap_rate_instance as (p & f & h).
  cbv beta zeta in h. destruct h as (hD & hp & hf & hc & hr & hk & ht & he).
  exists bool, (option bool), bool, _, _, _, (fun _ => 1 / 2), f, p, 3, (1 / 20), 0%nat, 0%nat, 3%nat.
  split; [exact hD|]. split; [exact hf|]. split; [exact hp|]. do 2 (split; [lra|]). split; [exact hc|]. split; [lia|].
  split; [exact hr|]. exists nil, true. split; [apply he|]. split; [exact hk|exact ht].
Qed.

Theorem C18_gap_limit_satisfiable : ltac:(srverify_hypotheses_of C18_gap_limit).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, 1, 1, 1, 1, 1%nat. split; [lra|]. split; [lra|]. replace (1 / 1) with 1 by lra. rewrite ln_1. lra.
Qed.

Theorem C18_gap_rate_instance_satisfiable : ltac:(srverify_hypotheses_of C18_gap_rate_instance).
Proof.
  destruct SRVerify.Rates.Instances.C18_gap_rate_instance as (p & f & h). exists p, f. split; [exact h|]. exists nil. exact I.
Qed.

(** * Section 5, the iteration: the hypotheses of each theorem hold together *)

(** The largest mass of a policy on two responses is at least one half. *)
Lemma half_max (pi : policy bool bool) x : is_policy pi -> 1 / 2 <= Max (pi x).
Proof.
  intros h. assert (ht := Max_ge (pi x) true). assert (hf := Max_ge (pi x) false).
  assert (s := proj2 (h x)). unfold Sum, sumL in s; simpl in s. lra.
Qed.

Theorem C27_recurrence_satisfiable : ltac:(srverify_hypotheses_of C27_recurrence).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair. split; [exact fair_dist|].
  exists 1. split; [lra|]. exists update_class. split; [exact update_class_policy|].
  exists lean. split; [exact lean_policy|]. exists (tail_constant fair 1 lean (update_class tt)), 1%nat. split; [lia|].
  exists 1, 1, (conc fair lean (update_class tt)), (1 / 2). split; [rewrite unit_card; lra|].
  split; [exact update_class_realizable|]. split; [lra|]. split; [exact lean_margin|]. split; [lra|].
  exists [], tt. split; [apply update_class_ERM|]. split; [apply update_class_admissible|].
  intros x. apply half_max, update_class_policy.
Qed.

Theorem C31_geometric_satisfiable : ltac:(srverify_hypotheses_of C31_geometric).
Proof.
  exists 1, 1, (fun _ => 1). split; [lra|]. split; [lra|]. split; [lra|]. split; intros; [lra|]. rewrite sqrt_1. lra.
Qed.

Lemma lean_kappa : kappa fair lean = 4 / 3.
Proof.
  unfold kappa. rewrite (E_ext fair _ (fun _ => 4 / 3)); [apply E_const, fair_dist|].
  intros x. rewrite lean_max. lra.
Qed.

(** The learner of a class of one policy. *)
Definition only {X Y : Type} (h : history (X := X) (Y := Y)) : unit := tt.

Lemma only_minimises : minimises_empirical_loss 1 update_class lean only.
Proof. intros S h []. right; reflexivity. Qed.

Ltac one_policy_class :=
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, fair; split; [exact fair_dist|];
  exists 1; split; [lra|]; exists update_class; split; [exact update_class_policy|];
  exists lean; split; [exact lean_policy|]; exists 1%nat; split; [lia|];
  exists only; split; [exact only_minimises|].

Theorem C34_theorem_5_3_satisfiable : ltac:(srverify_hypotheses_of C34_theorem_5_3).
Proof. one_policy_class. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 1%nat; lia. Qed.

Theorem C34_base_failure_satisfiable : ltac:(srverify_hypotheses_of C34_base_failure).
Proof. one_policy_class. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 1%nat; lia. Qed.

Theorem C34_assumptions_satisfiable_satisfiable : ltac:(srverify_hypotheses_of C34_assumptions_satisfiable).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|]. exists 1. split; [lra|].
  exists lean. split; [exact lean_policy|]. exists 1. split; [lra|]. split; [exact lean_margin|].
  destruct (Iteration.Learners.C34_assumptions_satisfiable (Y := bool) fair fair_dist 1 ltac:(lra) lean lean_policy 1 ltac:(lra) lean_margin 1 1)
    as (I & FI & pol & learner & h).
  exists 1%nat, 1%nat, I, FI, pol, learner. split; [exact h|]. split; [exact (ex_intro _ point Logic.I)|].
  exact (some_extension 1 1 (true, true, true) []).
Qed.

Theorem C34_theorem_5_3_sure_satisfiable : ltac:(srverify_hypotheses_of C34_theorem_5_3_sure).
Proof.
  destruct (Iteration.Learners.C34_assumptions_satisfiable (Y := bool) fair fair_dist 1 ltac:(lra) lean lean_policy 1 ltac:(lra) lean_margin 1 1)
    as (I & FI & pol & learner & hpol & hmin & hass).
  exists bool, bool, I, FiniteType_bool, FiniteType_bool, FI, fair. split; [exact fair_dist|].
  exists 1. split; [lra|]. exists pol. split; [exact hpol|]. exists lean. split; [exact lean_policy|].
  exists 1%nat. split; [lia|]. exists learner. split; [exact hmin|].
  exists 1, (/ card bool), (card bool), 1. split; [lra|]. split; [rewrite bool_card; lra|]. split; [lra|].
  exists 1%nat. split; [lia|exact hass].
Qed.

Theorem C34_learning_instance_satisfiable : ltac:(srverify_hypotheses_of C34_learning_instance).
Proof.
  exists 1%nat, 1%nat. split; [lia|].
  destruct (Iteration.Learners.C34_learning_instance 1 1 ltac:(lia)) as (pi0 & I & FI & pol & learner & h).
  exists pi0, I, FI, pol, learner. split; [exact h|]. split; [exact (ex_intro _ point Logic.I)|].
  exact (some_extension 1 1 (tt, first, first) []).
Qed.

(** At margin 1 and beta = 1 two rounds meet Corollary 5.7's condition, if the condition number is at most 2. *)
Lemma two_rounds_suffice (k e : R) : 0 <= e -> 1 <= k <= 2 ->
  1 + ln k / ln (1 / contraction (slope 1 1 1 e)) <= INR 2.
Proof.
  intros he hk.
  assert (hb : 0 < slope 1 1 1 e) by (unfold slope; apply Rdiv_lt_0_compat; lra). set (b := slope 1 1 1 e) in *.
  assert (hr := contraction_range b (Rlt_le _ _ hb)).
  assert (hr0 : 0 < contraction b).
  { unfold contraction. apply Rdiv_lt_0_compat; [exact hb|]. assert (h := sqrt_pos (b ^ 2 + 4)). lra. }
  assert (h2 : 2 <= 1 / contraction b) by (apply (Rmult_le_reg_r (contraction b)); [exact hr0|unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra]).
  assert (hl : ln 2 <= ln (1 / contraction b)) by (apply ln_le; lra).
  assert (h0 : 0 < ln 2) by compute_bounds. assert (h1 : ln k <= ln 2) by (apply ln_le; lra).
  simpl (INR 2). assert (ln k / ln (1 / contraction b) <= 1); [|lra].
  apply (Rmult_le_reg_r (ln (1 / contraction b))); [lra|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Theorem C35_corollary_5_7_policy_satisfiable : ltac:(srverify_hypotheses_of C35_corollary_5_7_policy).
Proof.
  one_policy_class. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 2%nat. split; [lia|].
  rewrite lean_kappa. apply two_rounds_suffice; [|lra]. apply eps_stat_nonneg; rewrite ?bool_card; simpl; lra.
Qed.

Theorem C37_doubly_exponential_policy_satisfiable : ltac:(srverify_hypotheses_of C37_doubly_exponential_policy).
Proof. one_policy_class. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 1%nat; lia. Qed.

(** The orbit of x -> 1 + sqrt x from 0. *)
Fixpoint orbit (t : nat) : R := match t with O => 0 | S t' => 1 + 1 * sqrt (orbit t') end.

Theorem C37_limit_ratio_satisfiable : ltac:(srverify_hypotheses_of C37_limit_ratio).
Proof.
  exists 1, 1, orbit. split; [lra|]. split; [lra|]. split; [simpl; lra|]. split; [|reflexivity].
  simpl orbit. assert (h := sqrt_pos (1 ^ 2 + 4 * 1)). apply Rlt_not_eq, pow_lt. lra.
Qed.

Theorem C38_union_over_rounds_satisfiable : ltac:(srverify_hypotheses_of C38_union_over_rounds).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, fair, update_class, lean, 1%nat, only.
  split; [exact fair_dist|]. split; [exact update_class_policy|]. split; [exact lean_policy|].
  exists (fun _ _ _ => True), 1, 1%nat. intros h. right. apply Prn_sure; [|intros; exact I].
  apply current_law; [exact fair_dist|exact update_class_policy|exact lean_policy].
Qed.

Theorem C32_ceiling_rate_satisfiable : ltac:(srverify_hypotheses_of C32_ceiling_rate).
Proof.
  exists 1, 1, 1, 1, 1, 1, 1%nat. split; [lra|]. split; [lra|]. split; [replace (1 / 1) with 1 by lra; rewrite ln_1; lra|]. split; [lra|]. split; [lra|]. exists 3%nat. lia.
Qed.

Theorem C34_rate_satisfiable : ltac:(srverify_hypotheses_of C34_rate).
Proof.
  destruct SRVerify.Rates.Instances.C34_rate_instance as (V & F & n & p & f & l & h0).
  cbv beta zeta in h0. destruct h0 as (hn & hc & hD & hp & hf & hl & _ & hb & _).
  exists bool, (option bool), V, _, _, F, (fun _ => 1 / 2), f, p, l, (1 / 2), (1 / 3), 3, (1 / 20), 0%nat, n, 2%nat.
  split; [exact hD|]. split; [exact hf|]. split; [exact hp|]. do 4 (split; [lra|]).
  split; [apply INR_le; simpl; lra|]. split; [lia|]. split; [exact hl|].
  replace (card (option bool)) with 3 by (unfold card, Sum, sumL; simpl; lra). rewrite hc. replace (INR 2) with 2 by (simpl; lra). exact hb.
Qed.

Theorem C34_rate_limit_satisfiable : ltac:(srverify_hypotheses_of C34_rate_limit).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, 1, 1, 1, 1, 1, 1, 1%nat, 1%nat.
  split; [exact fair_dist|]. split; [exact lean_policy|]. do 2 (split; [lra|]).
  split; [replace (1 / 1) with 1 by lra; rewrite ln_1; lra|]. do 2 (split; [lra|]). lia.
Qed.

Theorem C34_rate_instance_satisfiable : ltac:(srverify_hypotheses_of C34_rate_instance).
Proof.
  destruct SRVerify.Rates.Instances.C34_rate_instance as (V & F & n & p & f & l & h). exists V, F, n, p, f, l. split; [exact h|]. split; [exists (l nil); exact I|]. apply (some_extension n 2 (true, None, None)).
Qed.

Theorem C36_match_satisfiable : ltac:(srverify_hypotheses_of C36_match).
Proof.
  destruct SRVerify.Rates.Instances.C36_match_instance as (p & h).
  cbv beta zeta in h. destruct h as (hD & hp & hm & hk & _ & hJ & _).
  exists bool, (option bool), _, _, (fun _ => 1 / 2), p, 1, (1 / 2), 3, 1, 0%nat, 0%nat, 3%nat.
  split; [exact hD|]. split; [exact hp|]. split; [lra|]. split; [exact hm|]. split; [exact hk|]. do 4 (split; [lra|]).
  split; [lia|]. replace (INR 3) with 3 by (simpl; lra). first [exact hJ|lra].
Qed.

Theorem C36_match_instance_satisfiable : ltac:(srverify_hypotheses_of C36_match_instance).
Proof.
  exact I.
Qed.

Theorem C36_match_limit_satisfiable : ltac:(srverify_hypotheses_of C36_match_limit).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, 1, 1, 2, 2, 1%nat. split; [exact fair_dist|]. split; [exact lean_policy|]. split; [lra|]. split; [lra|]. split; [lra|]. replace (2 / 2) with 1 by lra. rewrite ln_1. lra.
Qed.

Theorem C34_random_minimisers_satisfiable : ltac:(srverify_hypotheses_of C34_random_minimisers).
Proof.
  exists bool, bool, unit, FiniteType_unit, 1, update_class, lean.
  split; [exists nil, nil; exact I|]. exists nil, nil, tt. intros []. apply Rle_refl.
Qed.

(** A class of two policies, the exact update and the first policy, and the learner that draws among its
    empirical risk minimisers. *)
Definition pair_class : bool -> policy bool bool := fun b => if b then self_update 1 lean else lean.

Lemma pair_class_policy i : is_policy (pair_class i).
Proof. destruct i; [apply self_update_policy|]; exact lean_policy. Qed.

Ltac random_learner :=
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, FiniteType_bool, fair; split; [exact fair_dist|];
  exists 1; split; [lra|]; exists pair_class; split; [exact pair_class_policy|];
  exists lean; split; [exact lean_policy|]; exists 1%nat; split; [lia|];
  destruct (Iteration.Learners.C34_random_minimisers 1 pair_class lean) as (h1 & h2 & _);
  exists (Iteration.Learners.uniform_minimiser 1 pair_class lean); split; [exact h1|]; split; [exact h2|].

Theorem C34_theorem_5_3_randomised_satisfiable : ltac:(srverify_hypotheses_of C34_theorem_5_3_randomised).
Proof. random_learner. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 2%nat; lia. Qed.

Theorem C35_corollary_5_7_randomised_satisfiable : ltac:(srverify_hypotheses_of C35_corollary_5_7_randomised).
Proof.
  random_learner. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 2%nat. split; [lia|].
  rewrite lean_kappa. apply two_rounds_suffice; [|lra]. apply eps_stat_nonneg; rewrite ?bool_card; simpl; lra.
Qed.

Theorem C37_doubly_exponential_randomised_satisfiable : ltac:(srverify_hypotheses_of C37_doubly_exponential_randomised).
Proof. random_learner. exists 1, 1, 1, 1. repeat (split; [lra|]). exists 2%nat; lia. Qed.
