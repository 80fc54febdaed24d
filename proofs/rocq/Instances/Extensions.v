(** Any prompts, countably many responses: the hypotheses of each theorem hold together. *)

From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update AnyPrompts.Rounds
  CountableResponses.Gibbs CountableResponses.Rounds Statements.AnyPrompts Statements.CountableResponses
  Instances.Generate.
Open Scope R_scope.

(** * Any set of prompts: the hypotheses of each theorem hold together

    Infinitely many prompts of geometric law.  The base policy prefers one response at the even prompts
    and the other one at the odd prompts; the learner returns the exact update. *)

(** Prefers the response [b]. *)
Definition preference : policy bool bool := fun b y => if Bool.eqb y b then 3 / 4 else 1 / 4.

Lemma preference_policy : is_policy preference.
Proof.
  intros []; (split; [intros []; unfold preference; simpl; lra|]; unfold Sum, preference, sumL; simpl; lra).
Qed.

Lemma preference_mode b : mode preference b = b.
Proof. apply mode_unique. intros y h. destruct b, y; (contradiction || unfold preference; simpl; lra). Qed.

Lemma preference_margin : has_margin 1 preference.
Proof.
  intros b y h. rewrite preference_mode in *. unfold preference. rewrite Bool.eqb_reflx.
  replace (Bool.eqb y b) with false by (symmetry; apply Bool.eqb_false_iff, h).
  rewrite <- ln_div_pos by lra. replace (3 / 4 / (1 / 4)) with 3 by lra. rewrite <- (ln_exp 1).
  apply ln_le_mono; [apply exp_pos|exact exp_le_3].
Qed.

(** The exact update. *)
Definition sharpened : policy bool bool := self_update 1 preference.

Lemma sharpened_policy : is_policy sharpened.
Proof. apply self_update_policy, preference_policy. Qed.

Lemma sharpened_error b y y' : difference_error 1 preference sharpened b y y' = 0.
Proof.
  unfold difference_error, Delta, implicit_reward, sharpened, self_update, gibbs.
  assert (hZ : 0 < partition 1 (fun y => ln (preference b y)) (preference b)) by apply partition_pos, preference_policy.
  set (Z := partition _ _ _) in *.
  assert (h : forall y, ln (preference b y * exp (ln (preference b y) / 1) / Z / preference b y) = ln (preference b y) - ln Z).
  { intros z. assert (hz : 0 < preference b z) by apply preference_policy.
    replace (preference b z * exp (ln (preference b z) / 1) / Z / preference b z)
      with (exp (ln (preference b z) / 1) / Z) by (field; lra).
    rewrite ln_div_pos by (apply exp_pos || exact hZ). rewrite ln_exp. lra. }
  rewrite !h. lra.
Qed.

Lemma sharpened_concentrability b : conc_at preference sharpened b <= / Max (preference b).
Proof.
  assert (h := C16_update_concentrability (dirac b) (dirac_dist b) preference 1 ltac:(lra) preference_policy).
  unfold conc, kappa in h. rewrite !E_dirac in h. exact h.
Qed.

(** The same over the naturals. *)
Definition by_parity (pi : policy bool bool) : policy nat bool := fun k => pi (Nat.even k).

Lemma integrable_by_parity (F : bool -> R) : integrable geometric (fun k => F (Nat.even k)).
Proof.
  exists (Rabs (F true) + Rabs (F false)). intros k. generalize (Rabs_pos (F true)), (Rabs_pos (F false)).
  destruct (Nat.even k); lra.
Qed.

Lemma by_parity_policy pi : is_policy pi -> is_policy (by_parity pi).
Proof. intros h k; apply h. Qed.

Lemma by_parity_dist pi : is_policy pi -> forall k, is_dist (by_parity pi k).
Proof. intros h k; apply is_full_dist, h. Qed.

Lemma by_parity_margin : has_margin 1 (by_parity preference).
Proof. intros k y; apply (preference_margin (Nat.even k)). Qed.

Lemma sharpened_half b : 1 / 2 <= Max (sharpened b).
Proof. assert (h := card_Max_ge_1 sharpened b sharpened_policy). unfold card in h. simpl in h. lra. Qed.

Lemma good_round : any_round geometric 1 (1 / 2) 0 (by_parity preference) (by_parity sharpened).
Proof.
  split.
  - intros k; apply sharpened_half.
  - apply mean_le; [exact (integrable_by_parity (conc_at preference sharpened))|
                    exact (integrable_by_parity (fun b => / Max (preference b)))|].
    intros k; apply (sharpened_concentrability (Nat.even k)).
  - rewrite (mean_ext geometric _ (fun _ => 0)); [rewrite mean_const; lra| |].
    + intros k. unfold pair_mean. rewrite (E_ext _ _ (fun _ => 0)); [apply E_const, by_parity_dist, preference_policy|].
      intros y. rewrite (E_ext _ _ (fun _ => 0)); [apply E_const, by_parity_dist, preference_policy|].
      intros y'. change (difference_error 1 preference sharpened (Nat.even k) y y' ^ 2 = 0).
      rewrite sharpened_error. lra.
    + exact (integrable_by_parity (pair_mean preference preference
               (fun x y y' => difference_error 1 preference sharpened x y y' ^ 2))).
  - exact (integrable_by_parity (pair_mean preference preference
             (fun x y y' => difference_error 1 preference sharpened x y y' ^ 2))).
  - exact (integrable_by_parity (pair_mean preference (comparator preference)
             (fun x y y' => Rabs (difference_error 1 preference sharpened x y y')))).
  - exact (integrable_by_parity (pair_mean preference sharpened
             (fun x y y' => Rabs (difference_error 1 preference sharpened x y y')))).
  - exact (integrable_by_parity (conc_at preference sharpened)).
  - exact (integrable_by_parity (fun b => kl (comparator preference b) (preference b))).
  - exact (integrable_by_parity (value_gap preference sharpened)).
  - exact (integrable_by_parity (fun b => sharpened b (mode preference b))).
  - exact (integrable_by_parity (fun b => / Max (preference b))).
  - exact (integrable_by_parity (fun b => / Max (sharpened b))).
Qed.

(** One round. *)
Definition once (t : nat) : policy nat bool := by_parity (match t with O => preference | S _ => sharpened end).

Lemma once_policy t : is_policy (once t).
Proof. destruct t; [apply by_parity_policy, preference_policy|apply by_parity_policy, sharpened_policy]. Qed.

Lemma once_margin t : (t < 1)%nat -> has_margin 1 (once t).
Proof. intros h. replace t with O by lia. exact by_parity_margin. Qed.

Lemma once_round t : (t < 1)%nat -> any_round geometric 1 (1 / 2) 0 (once t) (once (S t)).
Proof. intros h. replace t with O by lia. exact good_round. Qed.

(** The prompts, the responses and the law of every example. *)
Ltac over_naturals := exists nat, bool, FiniteType_bool, geometric.

Theorem K01_range_any_prompts_satisfiable : ltac:(srverify_hypotheses_of K01_range_any_prompts).
Proof.
  over_naturals. exists (by_parity preference). split; [apply by_parity_policy, preference_policy|].
  exact (integrable_by_parity (fun b => / Max (preference b))).
Qed.

Theorem K01_mean_maximum_any_prompts_satisfiable : ltac:(srverify_hypotheses_of K01_mean_maximum_any_prompts).
Proof.
  over_naturals. exists (by_parity preference). split; [apply by_parity_policy, preference_policy|].
  split; [exact (integrable_by_parity (fun b => / Max (preference b)))|].
  exact (integrable_by_parity (fun b => Max (preference b))).
Qed.

Theorem K02_any_prompts_satisfiable : ltac:(srverify_hypotheses_of K02_any_prompts).
Proof.
  over_naturals. exists (by_parity preference), 2, (1 / 2). split; [lra|]. split; [lra|].
  intros k. unfold Max. fold (mode (by_parity preference) k).
  replace (mode (by_parity preference) k) with (Nat.even k) by (symmetry; apply preference_mode).
  unfold by_parity, preference. rewrite Bool.eqb_reflx. lra.
Qed.

Theorem C02_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C02_any_prompts).
Proof.
  over_naturals. exists (by_parity preference), (by_parity sharpened), 1. split; [lra|].
  split; [exact by_parity_margin|]. split; [apply by_parity_dist, sharpened_policy|].
  split; [exact (integrable_by_parity (fun b => sharpened b (mode preference b)))|].
  exact (integrable_by_parity (value_gap preference sharpened)).
Qed.

Theorem C03_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C03_any_prompts).
Proof.
  over_naturals. exists (by_parity preference), (by_parity sharpened), 1, (1 / 2). split; [lra|].
  split; [exact by_parity_margin|]. split; [apply by_parity_dist, sharpened_policy|]. split; [lra|].
  split; [exact (integrable_by_parity (fun b => sharpened b (mode preference b)))|].
  split; [exact (integrable_by_parity (value_gap preference sharpened))|].
  exact (integrable_by_parity (fun b => ind (sharpened b (mode preference b) <= 1 - 1 / 2))).
Qed.

Theorem C08_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C08_any_prompts).
Proof.
  over_naturals. exists (by_parity preference), (by_parity sharpened), (fun k y y' => ind (y = Nat.even k)).
  split; [apply by_parity_policy, preference_policy|]. split; [apply by_parity_dist, sharpened_policy|].
  split; [exact (integrable_by_parity (pair_mean preference sharpened (fun b y y' => ind (y = b))))|].
  split; [exact (integrable_by_parity (conc_at preference sharpened))|].
  exact (integrable_by_parity (pair_mean preference preference (fun b y y' => ind (y = b) ^ 2))).
Qed.

Theorem C16_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C16_any_prompts).
Proof.
  over_naturals. exists (by_parity preference). split; [apply by_parity_policy, preference_policy|].
  split; [exact (integrable_by_parity (fun b => / Max (preference b)))|].
  exact (integrable_by_parity (fun b => kl (comparator preference b) (preference b))).
Qed.

Theorem C19_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C19_any_prompts).
Proof.
  over_naturals. exists 1, (1 / 2), 0, (by_parity preference), (by_parity sharpened).
  split; [lra|]. split; [lra|]. split; [apply by_parity_policy, preference_policy|].
  split; [apply by_parity_policy, sharpened_policy|exact good_round].
Qed.

Theorem C26_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C26_any_prompts).
Proof.
  over_naturals. exists (by_parity preference), (by_parity sharpened), (1 / 2).
  split; [apply by_parity_policy, sharpened_policy|]. split; [lra|]. split; [intros k; apply sharpened_half|].
  split; [exact (integrable_by_parity (fun b => / Max (sharpened b)))|].
  exact (integrable_by_parity (fun b => sharpened b (mode preference b))).
Qed.

Theorem C27_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C27_any_prompts).
Proof.
  over_naturals. exists 1, 1, (1 / 2), 0, (by_parity preference), (by_parity sharpened).
  split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [apply by_parity_policy, preference_policy|].
  split; [apply by_parity_policy, sharpened_policy|]. split; [exact by_parity_margin|exact good_round].
Qed.

Theorem C31_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C31_any_prompts).
Proof.
  over_naturals. exists 1, 1, (1 / 2), 0, 1%nat, once.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [lia|].
  split; [exact once_policy|]. split; [exact once_margin|exact once_round].
Qed.

Theorem C34_any_prompts_satisfiable : ltac:(srverify_hypotheses_of C34_any_prompts).
Proof.
  over_naturals. exists 1, 1, (1 / 2), 0, 1%nat, once.
  split; [lra|]. split; [lra|]. split; [lra|]. split; [lra|]. split; [lia|].
  split; [exact once_policy|]. split; [exact once_margin|]. split; [exact once_round|].
  split; [exact (integrable_by_parity (fun b => ind (sharpened b (mode preference b) <= 1 / 2)))|].
  exact (integrable_by_parity (fun b => ind (Max (sharpened b) <= 1 / 2))).
Qed.

(** * Countably many responses: the hypotheses of each theorem hold together

    Responses of geometric law 2^-(k+1), whose mode is 0 and whose margin is ln 2. *)

Lemma halving_full : is_full_law halving.
Proof. split; [intros; apply pow_lt; lra|exact halving_sum]. Qed.

Lemma ln_halving k : ln (halving k) = - (INR (S k) * ln 2).
Proof. unfold halving. rewrite ln_pow by lra. replace (1 / 2) with (/ 2) by lra. rewrite ln_Rinv by lra. lra. Qed.

Lemma ln_2_pos : 0 < ln 2.
Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.

Lemma halving_gap k : ln (halving 0) - ln (halving k) = INR k * ln 2.
Proof. rewrite !ln_halving, !S_INR. simpl (INR 0). lra. Qed.

Lemma halving_margin y : y <> O -> ln 2 <= ln (halving 0) - ln (halving y).
Proof.
  intros hy. rewrite halving_gap. assert (h := ln_2_pos). assert (1 <= INR y) by (apply (le_INR 1); lia). nra.
Qed.

Lemma halving_mode y : halving y <= halving 0.
Proof.
  unfold halving. simpl. assert (h := pow_le (1 / 2) y ltac:(lra)).
  assert (k := pow_incr (1 / 2) 1 y ltac:(lra)). rewrite pow1 in k. lra.
Qed.

(** A reward of one for the response 0. *)
Definition prefer_first : nat -> R := fun y => ind (y = O).

Lemma first_mean p : has_mean p prefer_first.
Proof.
  apply (ex_series_ext (fun y => ind (y = O) * p y)); [intros; unfold prefer_first; apply Rmult_comm|].
  exists (p O). apply point_mean.
Qed.

Lemma first_normaliser : has_normaliser 1 prefer_first halving.
Proof.
  apply (sum_below _ (fun y => exp 1 * halving y)).
  - intros y. assert (h := halving_nonneg y). assert (he := exp_pos (prefer_first y / 1)). split; [apply Rmult_le_pos; lra|].
    rewrite Rmult_comm. apply Rmult_le_compat_r; [exact h|]. apply Space.exp_le.
    unfold prefer_first. assert (k := ind_range (y = O)). lra.
  - exists (exp 1 * 1). apply sum_scal, halving_sum.
Qed.

Lemma first_gibbs : is_law (gibbs_law 1 prefer_first halving).
Proof. apply full_law, gibbs_full_law; [exact halving_full|exact first_normaliser]. Qed.

Lemma first_log_ratio : has_mean (gibbs_law 1 prefer_first halving) (log_ratio (gibbs_law 1 prefer_first halving) halving).
Proof.
  exact (sum_exists _ _ (gibbs_mean_log_ratio 1 prefer_first halving Rlt_0_1 halving_full first_normaliser (first_mean _))).
Qed.

Lemma same_log_ratio y : log_ratio halving halving y = 0.
Proof. unfold log_ratio, Rdiv. rewrite Rinv_r, ln_1 by (apply Rgt_not_eq, halving_full). reflexivity. Qed.

Lemma same_sum : is_series (fun y => halving y * log_ratio halving halving y) 0.
Proof.
  apply (sum_ext (fun y => 0 * halving y)); [intros y; rewrite same_log_ratio; lra|].
  assert (s := sum_scal 0 halving 1 halving_sum). rewrite Rmult_0_l in s. exact s.
Qed.

Theorem S01_divergence_countable_satisfiable : ltac:(srverify_hypotheses_of S01_divergence_countable).
Proof.
  exists halving, halving. split; [apply full_law, halving_full|]. split; [exact halving_full|].
  split; [exact (sum_exists _ _ same_sum)|exact (is_series_unique _ _ same_sum)].
Qed.

Theorem S01_gibbs_identity_countable_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_identity_countable).
Proof.
  exists 1, prefer_first, halving, (gibbs_law 1 prefer_first halving). split; [lra|]. split; [exact halving_full|].
  split; [exact first_normaliser|]. split; [exact first_gibbs|]. split; [apply first_mean|exact first_log_ratio].
Qed.

Theorem S01_gibbs_optimum_countable_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_optimum_countable).
Proof.
  exists 1, prefer_first, halving, (gibbs_law 1 prefer_first halving). split; [lra|]. split; [exact halving_full|].
  split; [exact first_normaliser|]. split; [exact first_gibbs|]. split; [apply first_mean|]. split; [exact first_log_ratio|].
  split; [apply first_mean|].
  apply (CountableResponses.Gibbs.S01_gibbs_optimum_countable 1 prefer_first halving (gibbs_law 1 prefer_first halving));
    (lra || exact halving_full || exact first_normaliser || exact first_gibbs || apply first_mean || exact first_log_ratio).
Qed.

Theorem S02_self_reward_power_countable_satisfiable : ltac:(srverify_hypotheses_of S02_self_reward_power_countable).
Proof. exists 1, halving. split; [lra|exact halving_full]. Qed.

Theorem S03_reward_identity_countable_satisfiable : ltac:(srverify_hypotheses_of S03_reward_identity_countable).
Proof. exists 1, prefer_first, halving. split; [lra|]. split; [exact halving_full|exact first_normaliser]. Qed.

Lemma constant_second_moment p h c : is_law p -> (forall y, h y = c) -> second_moment p h.
Proof.
  intros hp e. apply (ex_series_ext (fun y => c ^ 2 * p y)); [intros y; rewrite e; apply Rmult_comm|].
  exists (c ^ 2 * 1). apply sum_scal, hp.
Qed.

Lemma first_residual : second_moment halving (residual 1 prefer_first halving (gibbs_law 1 prefer_first halving)).
Proof.
  apply (constant_second_moment _ _ (- (1 * ln (normaliser 1 prefer_first halving)))); [apply full_law, halving_full|].
  intros y. unfold residual.
  assert (k := reward_identity 1 prefer_first halving Rlt_0_1 halving_full first_normaliser y). lra.
Qed.

Theorem S04_square_loss_countable_satisfiable : ltac:(srverify_hypotheses_of S04_square_loss_countable).
Proof.
  exists 1, prefer_first, halving, (gibbs_law 1 prefer_first halving). split; [exact halving_full|exact first_residual].
Qed.

Theorem S04_zero_iff_countable_satisfiable : ltac:(srverify_hypotheses_of S04_zero_iff_countable).
Proof.
  exists 1, prefer_first, halving, (gibbs_law 1 prefer_first halving). split; [lra|]. split; [exact halving_full|].
  split; [apply gibbs_full_law; [exact halving_full|exact first_normaliser]|exact first_residual].
Qed.

(** The exact iteration from the geometric law at every prompt. *)
Definition everywhere : nat -> nat -> R := fun _ => halving.

Fixpoint exact_round (t : nat) : nat -> nat -> R :=
  match t with O => everywhere | S s => exact_update 1 (exact_round s) end.

Lemma everywhere_law : is_policy_law everywhere.
Proof. intros x; exact halving_full. Qed.

Lemma everywhere_mode : is_mode (fun _ => O) everywhere.
Proof. intros x; exact halving_mode. Qed.

Lemma everywhere_margin : margin_at_least (ln 2) (fun _ => O) everywhere.
Proof. intros x; exact halving_margin. Qed.

(** What does not depend on the prompt is integrable. *)
Lemma integrable_everywhere (f : nat -> R) : (forall x, f x = f O) -> integrable geometric f.
Proof. intros e. apply (integrable_ext _ geometric (fun _ => f O)); [intros; symmetry; apply e|apply integrable_const]. Qed.

Lemma mean_everywhere : mean geometric (fun x => everywhere x 0%nat) = 1 / 2.
Proof.
  rewrite <- (mean_const geometric (1 / 2)). symmetry. apply mean_ext; [|apply integrable_const].
  intros x. unfold everywhere, halving. simpl. lra.
Qed.

Theorem S05_iterated_closed_form_countable_satisfiable : ltac:(srverify_hypotheses_of S05_iterated_closed_form_countable).
Proof. exists nat, 1, exact_round. split; [lra|]. split; [exact everywhere_law|]. split; [reflexivity|exists O, O; exact Logic.I]. Qed.

Theorem S06_margin_growth_countable_satisfiable : ltac:(srverify_hypotheses_of S06_margin_growth_countable).
Proof.
  exists nat, 1, (ln 2), (fun _ => O), everywhere, 3%nat. split; [lra|]. split; [exact everywhere_law|].
  split; [exact everywhere_margin|]. intros g h. specialize (h O 1%nat (Nat.neq_succ_0 0)). unfold everywhere in h.
  rewrite halving_gap in h. simpl (INR 1) in h. lra.
Qed.

Theorem S07_population_condition_number_countable_satisfiable :
  ltac:(srverify_hypotheses_of S07_population_condition_number_countable).
Proof.
  exists nat, geometric, 1, (ln 2), (fun _ => O), everywhere, 3%nat. assert (h := ln_2_pos). split; [lra|]. split; [lra|].
  split; [exact everywhere_law|]. split; [exact everywhere_margin|].
  split; apply integrable_everywhere; intros x; reflexivity.
Qed.

Theorem K01_modes_exist_countable_satisfiable : ltac:(srverify_hypotheses_of K01_modes_exist_countable).
Proof. exists nat, everywhere. split; [exact everywhere_law|exists O; exact Logic.I]. Qed.

Theorem K01_range_countable_satisfiable : ltac:(srverify_hypotheses_of K01_range_countable).
Proof.
  exists nat, geometric, (fun _ => O), everywhere. split; [exact everywhere_law|]. split; [exact everywhere_mode|].
  split; [apply integrable_everywhere; intros x; reflexivity|].
  split; [apply integrable_everywhere; intros x; reflexivity|]. rewrite mean_everywhere. lra.
Qed.

Theorem K02_near_uniform_countable_satisfiable : ltac:(srverify_hypotheses_of K02_near_uniform_countable).
Proof.
  exists nat, geometric, (fun _ => O), everywhere, 2, 0. split; [lra|]. split; [lra|]. split; [exact everywhere_law|].
  assert (e : halving 0 = (1 + 0) / 2) by (unfold halving; simpl; lra).
  split; [exact everywhere_mode|]. split; [intros x y; rewrite <- e; apply halving_mode|]. intros x. exists O. exact e.
Qed.

Theorem C02_gap_to_mass_countable_satisfiable : ltac:(srverify_hypotheses_of C02_gap_to_mass_countable).
Proof.
  exists (ln 2), halving, (fun y => ind (y = 1%nat)), O. split; [exact ln_2_pos|]. split; [apply point_law|].
  split; [exact halving_margin|]. exact (sum_exists _ _ (point_mean (fun y => ln (halving y)) 1)).
Qed.

Theorem C16_comparator_countable_satisfiable : ltac:(srverify_hypotheses_of C16_comparator_countable).
Proof. exists halving, O. exact halving_full. Qed.

Theorem C16_update_countable_satisfiable : ltac:(srverify_hypotheses_of C16_update_countable).
Proof. exists 1, halving, O. split; [lra|]. split; [exact halving_full|exact halving_mode]. Qed.

(** ** A round whose learner is the exact update at beta = 1 *)

Definition squared : nat -> R := power_law (1 + 1 / 1) halving.

Definition log_mass : R := ln (Series (fun y => Rpower (halving y) (1 + 1 / 1))).

Lemma squared_full : is_full_law squared.
Proof. apply power_full_law; [lra|exact halving_full]. Qed.

Lemma squared_ratio y : ln (squared y / halving y) = ln (halving y) - log_mass.
Proof.
  rewrite ln_div_pos by (apply squared_full || apply halving_full).
  unfold squared. rewrite ln_power_law by (lra || exact halving_full). fold log_mass. lra.
Qed.

Lemma squared_error y : countable_error 1 halving squared y = log_mass.
Proof. unfold countable_error. rewrite squared_ratio. lra. Qed.

Lemma squared_concentrated : concentrated squared halving.
Proof. apply (CountableResponses.Rounds.C16_update_countable 1 halving 0); [lra|exact halving_full|exact halving_mode]. Qed.

Lemma square_below_power k : INR (S k) ^ 2 <= 16 * (25 / 16) ^ k.
Proof.
  assert (h := poly k (1 / 4) ltac:(lra)). replace (1 + 1 / 4) with (5 / 4) in h by lra.
  assert (h0 := pos_INR k). rewrite S_INR.
  replace (25 / 16) with (5 / 4 * (5 / 4)) by lra. rewrite Rpow_mult_distr. nra.
Qed.

(** The logarithm of the geometric law has a second moment under it. *)
Lemma halving_log_moment : second_moment halving (fun y => ln (halving y)).
Proof.
  apply (sum_below _ (fun k => ln 2 ^ 2 * 8 * (25 / 32) ^ k)).
  - intros k. rewrite ln_halving. assert (hk := halving_nonneg k). split; [apply Rmult_le_pos; [exact hk|apply pow2_ge_0]|].
    replace (halving k * (- (INR (S k) * ln 2)) ^ 2) with (ln 2 ^ 2 * (halving k * INR (S k) ^ 2)) by lra.
    rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply pow2_ge_0|].
    apply Rle_trans with (halving k * (16 * (25 / 16) ^ k)); [apply Rmult_le_compat_l; [exact hk|apply square_below_power]|].
    right. replace (25 / 32) with (1 / 2 * (25 / 16)) by lra. rewrite Rpow_mult_distr.
    change (halving k) with (1 / 2 * (1 / 2) ^ k). lra.
  - apply (sum_exists _ (ln 2 ^ 2 * 8 * / (1 - 25 / 32))). apply sum_scal, is_series_geom. rewrite Rabs_pos_eq; lra.
Qed.

Lemma squared_ratio_mean : has_mean squared (fun y => ln (squared y / halving y)).
Proof.
  apply absolute_first; [apply full_law, squared_full|].
  apply (mean_transfer squared halving (full_law _ squared_full) halving_full squared_concentrated _
           (fun y => 2 * ln (halving y) ^ 2 + 2 * log_mass ^ 2)).
  - intros y. apply Rabs_pos.
  - intros y. rewrite pow2_abs, squared_ratio. assert (h := pow2_ge_0 (ln (halving y) + log_mass)). nra.
  - apply (sum_exists _ (2 * mean_over halving (fun y => ln (halving y) ^ 2) + 2 * log_mass ^ 2 * 1)).
    apply (sum_ext (fun y => 2 * (halving y * ln (halving y) ^ 2) + 2 * log_mass ^ 2 * halving y)); [intros y; lra|].
    apply sum_plus; apply sum_scal; [apply sum_value, halving_log_moment|exact halving_sum].
Qed.

Lemma squared_error_mean p : is_law p -> has_mean p (fun y => Rabs (countable_error 1 halving squared y)).
Proof. intros hp. apply absolute_mean; [exact hp|]. apply (constant_second_moment _ _ log_mass hp squared_error). Qed.

Theorem C06_gap_decomposition_countable_satisfiable : ltac:(srverify_hypotheses_of C06_gap_decomposition_countable).
Proof.
  exists 1, halving, squared, (fun y => ind (y = O)). split; [lra|]. split; [exact halving_full|]. split; [exact squared_full|].
  split; [apply point_law|]. split; [apply squared_error_mean, full_law, halving_full|].
  split; [apply squared_error_mean, point_law|]. split; [apply squared_error_mean, full_law, squared_full|].
  split; [apply point_has_mean|]. split; [apply point_has_mean|exact squared_ratio_mean].
Qed.

Theorem C08_change_of_measure_countable_satisfiable : ltac:(srverify_hypotheses_of C08_change_of_measure_countable).
Proof.
  exists squared, halving, (fun _ y' => prefer_first y'). split; [apply full_law, squared_full|]. split; [exact halving_full|].
  split; [exact squared_concentrated|].
  assert (h : second_moment halving prefer_first).
  { apply (ex_series_ext (fun y => halving y * prefer_first y)); [|apply first_mean]. intros y. unfold prefer_first.
    f_equal. simpl. rewrite Rmult_1_r. symmetry. apply ind_idem. }
  split; [intros _; exact h|].
  apply (sum_exists _ (mean_over halving (fun y => prefer_first y ^ 2) * 1)).
  apply (sum_ext (fun y => mean_over halving (fun y => prefer_first y ^ 2) * halving y)); [intros y; apply Rmult_comm|].
  apply sum_scal, halving_sum.
Qed.

(** The exact update's reward differences have no error. *)
Lemma squared_error_square : error_square 1 halving squared = 0.
Proof.
  unfold error_square, pair_over, mean_over. rewrite (Series_ext _ (fun y => 0 * halving y)).
  - rewrite Series_scal_l. lra.
  - intros y. rewrite (Series_ext _ (fun y' => 0 * halving y')).
    + rewrite Series_scal_l. lra.
    + intros y'. unfold error_difference. rewrite !squared_error. lra.
Qed.

Theorem C19_round_countable_satisfiable : ltac:(srverify_hypotheses_of C19_round_countable).
Proof.
  exists 1, 0, halving, squared, O. split; [lra|]. split; [lra|]. split; [exact halving_full|]. split; [exact squared_full|].
  split; [exact squared_concentrated|]. split; [exact squared_ratio_mean|].
  split; [apply (constant_second_moment _ _ log_mass (full_law _ halving_full) squared_error)|].
  right. replace (0 ^ 2) with 0 by lra. exact squared_error_square.
Qed.

(** ** The same at every prompt, for one round *)

Definition everywhere_squared : nat -> nat -> R := fun _ => squared.

Lemma everywhere_squared_law : is_policy_law everywhere_squared.
Proof. intros x; exact squared_full. Qed.

Lemma squared_mode y : squared y <= squared 0.
Proof.
  unfold squared, power_law. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, power_mass_pos; [lra|exact halving_full]|].
  unfold Rpower. apply Space.exp_le. apply Rmult_le_compat_l; [lra|]. apply Space.ln_le_mono; [apply halving_full|apply halving_mode].
Qed.

Lemma exact_good_round : countable_round geometric 1 (squared 0) 0 (fun _ => O) (fun _ => O) everywhere everywhere_squared.
Proof.
  split; try (apply integrable_everywhere; intros x; reflexivity).
  - intros x. right. reflexivity.
  - intros x. exact squared_concentrated.
  - intros x. exact squared_ratio_mean.
  - intros x. exact (constant_second_moment _ _ log_mass (full_law _ halving_full) squared_error).
  - apply mean_le; try (apply integrable_everywhere; intros x; reflexivity). intros x.
    apply (CountableResponses.Rounds.C16_update_countable 1 halving 0); [lra|exact halving_full|exact halving_mode].
  - rewrite (mean_ext geometric _ (fun _ => 0)); [rewrite mean_const; lra|intros x; exact squared_error_square|].
    apply integrable_everywhere; intros x; reflexivity.
Qed.

(** One exact update: the first round is all that is asked about. *)
Definition one_update (t : nat) : nat -> nat -> R := match t with O => everywhere | S _ => everywhere_squared end.

Lemma one_update_law t : is_policy_law (one_update t).
Proof. destruct t; [exact everywhere_law|exact everywhere_squared_law]. Qed.

Lemma one_update_mode t : is_mode (fun _ => O) (one_update t).
Proof. destruct t; [exact everywhere_mode|intros x; exact squared_mode]. Qed.

Lemma one_update_margin t : (t < 1)%nat -> margin_at_least (ln 2) (fun _ => O) (one_update t).
Proof. intros h. replace t with O by lia. exact everywhere_margin. Qed.

Lemma one_update_round t : (t < 1)%nat ->
  countable_round geometric 1 (squared 0) 0 (fun _ => O) (fun _ => O) (one_update t) (one_update (S t)).
Proof. intros h. replace t with O by lia. exact exact_good_round. Qed.

Theorem C19_countable_satisfiable : ltac:(srverify_hypotheses_of C19_countable).
Proof.
  exists nat, geometric, 1, (squared 0), 0, (fun _ => O), (fun _ => O), everywhere, everywhere_squared.
  split; [lra|]. split; [lra|]. split; [exact everywhere_law|]. split; [exact everywhere_squared_law|exact exact_good_round].
Qed.

Theorem C27_countable_satisfiable : ltac:(srverify_hypotheses_of C27_countable).
Proof.
  exists nat, geometric, 1, (ln 2), (squared 0), 0, (fun _ => O), (fun _ => O), everywhere, everywhere_squared.
  split; [lra|]. split; [exact ln_2_pos|]. split; [apply squared_full|]. split; [lra|]. split; [exact everywhere_law|].
  split; [exact everywhere_squared_law|]. split; [exact everywhere_margin|].
  split; [intros x; exact squared_mode|exact exact_good_round].
Qed.

Theorem C31_countable_satisfiable : ltac:(srverify_hypotheses_of C31_countable).
Proof.
  exists nat, geometric, 1, (ln 2), (squared 0), 0, 1%nat, one_update, (fun _ _ => O).
  split; [lra|]. split; [exact ln_2_pos|]. split; [apply squared_full|]. split; [lra|]. split; [lia|].
  split; [exact one_update_law|]. split; [exact one_update_mode|]. split; [exact one_update_margin|exact one_update_round].
Qed.

Theorem C34_countable_satisfiable : ltac:(srverify_hypotheses_of C34_countable).
Proof.
  exists nat, geometric, 1, (ln 2), (squared 0), 0, 1%nat, one_update, (fun _ _ => O).
  split; [lra|]. split; [exact ln_2_pos|]. split; [apply squared_full|]. split; [lra|]. split; [lia|].
  split; [exact one_update_law|]. split; [exact one_update_mode|]. split; [exact one_update_margin|].
  split; [exact one_update_round|apply integrable_everywhere; intros x; reflexivity].
Qed.
