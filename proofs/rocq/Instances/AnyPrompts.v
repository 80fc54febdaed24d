(** * Any set of prompts: the hypotheses of each theorem hold together

    Infinitely many prompts of geometric law.  The base policy prefers one response at the even prompts
    and the other one at the odd prompts; the learner returns the exact update. *)

From Coq Require Import Reals Lra Lia Arith.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Policy.ConditionNumber Policy.GapToMass
  Policy.Concentrability AnyPrompts.Expectation AnyPrompts.OneRound AnyPrompts.Countable.
From SRVerify Require Import Instances.Generate Statements.AnyPrompts.
Open Scope R_scope.

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
  rewrite <- ln_div_pos by lra. replace (3 / 4 / (1 / 4)) with 3 by field. rewrite <- (ln_exp 1).
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
    rewrite ln_div_pos by (apply exp_pos || exact hZ). rewrite ln_exp. field. }
  rewrite !h. ring.
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
      rewrite sharpened_error. ring.
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
