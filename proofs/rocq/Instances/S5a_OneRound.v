(** * Section 5, one round: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia List.
From Interval Require Import Tactic.
From SRVerify Require Rates.Instances.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Policy.GapToMass OneRound.Tails
  OneRound.ZeroLoss OneRound.OneStep Iteration.LearnedConcentrability.
From SRVerify Require Import Instances.Examples Statements.S5a_OneRound.
Import ListNotations.
Open Scope R_scope.

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
    + rewrite !E_const by exact fair_dist. interval.
    + intros x. unfold E, Sum, sumL, sure, lean; simpl. ring.
  - intros x. rewrite lean_mode. unfold E, Sum, sumL, lean; simpl. unfold dirac.
    rewrite ind_true by reflexivity. rewrite ind_false by discriminate. ring.
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
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, lean, 1, 1, 1, 1, 1%nat. split; [lra|]. split; [lra|]. replace (1 / 1) with 1 by field. rewrite ln_1. lra.
Qed.

Theorem C18_gap_rate_instance_satisfiable : ltac:(srverify_hypotheses_of C18_gap_rate_instance).
Proof.
  destruct SRVerify.Rates.Instances.C18_gap_rate_instance as (p & f & h). exists p, f. split; [exact h|]. exists nil. exact I.
Qed.
