(** Countably many responses: the exact iteration, one round, T rounds. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.OneStep Iteration.Rounds
  AnyPrompts.Rounds CountableResponses.Gibbs.
Open Scope R_scope.

(** * The exact iteration and the condition number over countably many responses

    Any set of prompts, responses the naturals.  The exact iteration is a power of the base policy, its margin
    grows like that power, and its condition number falls doubly exponentially with the number of rounds:

      kappa(pi_T) - 1 <= exp(-gamma (alpha_T - 1)) (kappa_0 - 1),

    with no number of responses in it, where the finite bound has N - 1. *)

Section Definitions.
  Context {X : Type}.
  Implicit Types pi base : X -> nat -> R.

  Definition is_policy_law pi : Prop := forall x, is_full_law (pi x).

  (** [ystar x] is a mode of [pi] at every prompt. *)
  Definition is_mode (ystar : X -> nat) pi : Prop := forall x y, pi x y <= pi x (ystar x).

  (** [gamma <= gamma(pi)], with [ystar] the modes. *)
  Definition margin_at_least (gamma : R) (ystar : X -> nat) pi : Prop :=
    forall x y, y <> ystar x -> gamma <= ln (pi x (ystar x)) - ln (pi x y).

  (** [gamma = gamma(pi)]. *)
  Definition margin_is (gamma : R) (ystar : X -> nat) pi : Prop :=
    margin_at_least gamma ystar pi /\ forall g, margin_at_least g ystar pi -> g <= gamma.

  (** [1/max_y pi(y|x)], and its mean over prompts. *)
  Definition inverse_mode (ystar : X -> nat) pi : X -> R := fun x => / pi x (ystar x).

  Definition countable_kappa (M : expectation X) (ystar : X -> nat) pi : R := mean M (inverse_mode ystar pi).

  (** The exact update under the self-reward. *)
  Definition exact_update (beta : R) base : X -> nat -> R :=
    fun x => gibbs_law beta (fun y => ln (base x y)) (base x).

End Definitions.

Lemma alpha_ge_1 beta T : 0 < beta -> 1 <= alpha beta T.
Proof. intros hb. unfold alpha. apply pow_R1_Rle, exponent_ge_1, hb. Qed.

(** S05: T exact updates are a power. *)
Theorem S05_iterated_closed_form_countable (X : Type) (beta : R) (pi : nat -> X -> nat -> R) : 0 < beta ->
  is_policy_law (pi O) ->
  (forall t x y, pi (S t) x y = exact_update beta (pi t) x y) ->
  forall T, is_policy_law (pi T) /\ forall x y, pi T x y = power_law (alpha beta T) (pi O x) y.
Proof.
  intros hb h0 hs. induction T as [|T [ih1 ih2]].
  - split; [exact h0|]. intros x y. unfold alpha. simpl. symmetry. apply power_law_one, h0.
  - assert (e : forall x y, pi (S T) x y = power_law (alpha beta (S T)) (pi O x) y).
    { intros x y. rewrite hs. unfold exact_update.
      destruct (S02_self_reward_power_countable beta (pi T x) hb (ih1 x)) as (_ & _ & k). rewrite k.
      rewrite (power_law_ext _ _ _ (ih2 x)), power_law_power;
        [|apply exponent_ge_1, hb|apply alpha_ge_1, hb|apply h0].
      f_equal. unfold alpha. simpl. lra. }
    split; [|exact e]. intros x. assert (k := power_full_law (pi O x) _ (alpha_ge_1 beta (S T) hb) (h0 x)).
    split; [intros y; rewrite e; apply k|]. apply (sum_ext (power_law (alpha beta (S T)) (pi O x))); [|apply k].
    intros y. symmetry. apply e.
Qed.

Section Margin.
  Context {X : Type} (beta : R) (ystar : X -> nat) (pi : X -> nat -> R).
  Hypothesis hb : 0 < beta.
  Hypothesis hp : is_policy_law pi.

  Lemma power_log_gap a x y z : 1 <= a ->
    ln (power_law a (pi x) z) - ln (power_law a (pi x) y) = a * (ln (pi x z) - ln (pi x y)).
  Proof. intros ha. rewrite !ln_power_law by (exact ha || apply hp). lra. Qed.

  Lemma power_margin_at_least a gamma : 1 <= a ->
    margin_at_least (a * gamma) ystar (fun x => power_law a (pi x)) <-> margin_at_least gamma ystar pi.
  Proof.
    intros ha. split; intros h x y hy; specialize (h x y hy).
    - cbv beta in h. rewrite power_log_gap in h by exact ha. apply (Rmult_le_reg_l a); lra.
    - rewrite power_log_gap by exact ha. apply Rmult_le_compat_l; lra.
  Qed.

  (** One over the mass of the mode, of the power and of the policy, as sums over responses. *)
  Lemma inverse_power_mode a x z : 1 <= a ->
    is_series (fun y => exp (a * (ln (pi x y) - ln (pi x z)))) (/ power_law a (pi x) z).
  Proof.
    intros ha. unfold power_law. set (Z := Series _).
    assert (hZ : 0 < Z) by (apply power_mass_pos; [exact ha|apply hp]).
    assert (hz : 0 < Rpower (pi x z) a) by apply exp_pos.
    apply (sum_ext (fun y => / Rpower (pi x z) a * Rpower (pi x y) a)).
    - intros y. unfold Rpower. rewrite <- exp_Ropp, <- exp_plus. f_equal. lra.
    - replace (/ (Rpower (pi x z) a / Z)) with (/ Rpower (pi x z) a * Z) by (field; lra).
      apply sum_scal, sum_value, power_mass; [exact ha|apply hp].
  Qed.

  Lemma power_kappa_at a gamma x : 1 <= a -> 0 <= gamma -> margin_at_least gamma ystar pi ->
    / power_law a (pi x) (ystar x) <= 1 + exp (- (gamma * (a - 1))) * (/ pi x (ystar x) - 1).
  Proof.
    intros ha hg hm. set (e := exp (- (gamma * (a - 1)))). set (z := ystar x).
    assert (s1 := inverse_power_mode a x z ha). assert (s0 := inverse_power_mode 1 x z ltac:(lra)).
    rewrite power_law_one in s0 by apply hp.
    assert (s := sum_minus _ _ _ _ (sum_scal e _ _ s0) s1).
    assert (k : e - 1 <= e * / pi x z - / power_law a (pi x) z).
    { replace (e - 1) with (e * exp (1 * (ln (pi x z) - ln (pi x z))) - exp (a * (ln (pi x z) - ln (pi x z)))).
      - apply (term_le (fun y => e * exp (1 * (ln (pi x y) - ln (pi x z))) - exp (a * (ln (pi x y) - ln (pi x z)))) _ z); [|exact s].
        intros y hy. specialize (hm x y hy). fold z in hm. set (d := ln (pi x y) - ln (pi x z)).
        assert (hd : d <= - gamma) by (unfold d; lra).
        assert (exp (a * d) <= e * exp (1 * d)); [|lra].
        unfold e. rewrite <- exp_plus. apply exp_le. nra.
      - replace (ln (pi x z) - ln (pi x z)) with 0 by lra. rewrite !Rmult_0_r, exp_0. lra. }
    lra.
  Qed.
End Margin.

(** S06: the margin is exactly alpha_T times the first one. *)
Theorem S06_margin_growth_countable (X : Type) (beta gamma : R) (ystar : X -> nat) (pi : X -> nat -> R) (T : nat) :
  0 < beta -> is_policy_law pi -> margin_is gamma ystar pi ->
  margin_is (alpha beta T * gamma) ystar (fun x => power_law (alpha beta T) (pi x)).
Proof.
  intros hb hp [h1 h2]. assert (ha := alpha_ge_1 beta T hb). split.
  - apply power_margin_at_least; assumption.
  - intros g hg. replace g with (alpha beta T * (g / alpha beta T)) in hg |- * by (field; lra).
    apply power_margin_at_least in hg; [|exact hp|exact ha]. apply Rmult_le_compat_l; [lra|apply h2, hg].
Qed.

(** S07: without sampling error kappa - 1 falls by the factor exp(-gamma (alpha_T - 1)). *)
Theorem S07_population_condition_number_countable (X : Type) (M : expectation X) (beta gamma : R) (ystar : X -> nat)
    (pi : X -> nat -> R) (T : nat) :
  0 < beta -> 0 <= gamma -> is_policy_law pi -> margin_at_least gamma ystar pi ->
  integrable M (inverse_mode ystar pi) ->
  integrable M (inverse_mode ystar (fun x => power_law (alpha beta T) (pi x))) ->
  countable_kappa M ystar (fun x => power_law (alpha beta T) (pi x)) <=
  1 + exp (- (gamma * (alpha beta T - 1))) * (countable_kappa M ystar pi - 1).
Proof.
  intros hb hg hp hm i0 iT. set (e := exp (- (gamma * (alpha beta T - 1)))).
  replace (1 + e * (countable_kappa M ystar pi - 1)) with ((1 - e) + e * countable_kappa M ystar pi) by lra.
  unfold countable_kappa at 2. rewrite <- mean_affine by exact i0.
  apply mean_le; [exact iT|apply integrable_affine, i0|]. intros x.
  assert (k := power_kappa_at ystar pi hp (alpha beta T) gamma x (alpha_ge_1 beta T hb) hg hm). fold e in k.
  unfold inverse_mode. lra.
Qed.

(** K01: every law has a mode, kappa >= 1, and kappa >= 1/E_x[max pi]. *)
Theorem K01_modes_exist_countable (X : Type) (pi : X -> nat -> R) : is_policy_law pi ->
  forall x, exists y, forall z, pi x z <= pi x y.
Proof. intros hp x. apply law_has_mode, full_law, hp. Qed.

Theorem K01_range_countable (X : Type) (M : expectation X) (ystar : X -> nat) (pi : X -> nat -> R) :
  is_policy_law pi -> is_mode ystar pi -> integrable M (inverse_mode ystar pi) ->
  1 <= countable_kappa M ystar pi /\
  (integrable M (fun x => pi x (ystar x)) -> 0 < mean M (fun x => pi x (ystar x)) ->
   / mean M (fun x => pi x (ystar x)) <= countable_kappa M ystar pi).
Proof.
  intros hp _ hi. split.
  - rewrite <- (mean_const M 1). apply mean_le; [apply integrable_const|exact hi|]. intros x. unfold inverse_mode.
    assert (h := proj1 (hp x) (ystar x)). assert (h1 := law_le_1 _ (ystar x) (full_law _ (hp x))).
    rewrite <- Rinv_1. apply Rinv_le_contravar; assumption.
  - intros hm h0. apply (mean_jensen_inv M (fun x => pi x (ystar x))); [exact hm|exact hi| |exact h0].
    intros x; apply hp.
Qed.

(** K02: a mode of the same mass at every prompt. *)
Theorem K02_near_uniform_countable (X : Type) (M : expectation X) (ystar : X -> nat) (pi : X -> nat -> R) (m eta : R) :
  0 < m -> -1 < eta -> is_policy_law pi -> is_mode ystar pi ->
  (forall x y, pi x y <= (1 + eta) / m) -> (forall x, exists y, pi x y = (1 + eta) / m) ->
  countable_kappa M ystar pi = m / (1 + eta).
Proof.
  intros hm he hp hy hle hex.
  rewrite <- (mean_const M (m / (1 + eta))). symmetry. apply mean_ext; [|apply integrable_const]. intros x.
  assert (e : pi x (ystar x) = (1 + eta) / m).
  { destruct (hex x) as (y & e). apply Rle_antisym; [apply hle|]. rewrite <- e. apply hy. }
  unfold inverse_mode. rewrite e. field. lra.
Qed.

(** ** The comparator and the exact update *)

(** C16: the divergence of the point mass at the mode is the logarithm of 1/max pi. *)
Theorem C16_comparator_countable (q : nat -> R) (z : nat) : is_full_law q ->
  is_series (fun y => ind (y = z) * log_ratio (fun y => ind (y = z)) q y) (ln (/ q z)) /\
  is_series (fun y => ind (y = z) ^ 2 / q y) (/ q z).
Proof.
  intros hq. split.
  - replace (ln (/ q z)) with (log_ratio (fun y => ind (y = z)) q z); [apply point_mean|].
    unfold log_ratio. rewrite ind_true by reflexivity. unfold Rdiv. rewrite Rmult_1_l. reflexivity.
  - apply (sum_ext (fun y => ind (y = z) * / q y)); [|exact (point_mean (fun y => / q y) z)].
    intros y. unfold Rdiv. replace (ind (y = z) ^ 2) with (ind (y = z) * ind (y = z)) by lra. rewrite ind_idem. reflexivity.
Qed.

(** C16: the concentrability of the exact update is at most 1/max pi. *)
Theorem C16_update_countable (beta : R) (q : nat -> R) (z : nat) : 0 < beta -> is_full_law q ->
  (forall y, q y <= q z) ->
  ex_series (fun y => power_law (1 + 1 / beta) q y ^ 2 / q y) /\
  Series (fun y => power_law (1 + 1 / beta) q y ^ 2 / q y) <= / q z.
Proof.
  intros hb hq hz. assert (ha := exponent_ge_1 beta hb). set (a := 1 + 1 / beta) in *.
  assert (hg := power_full_law q a ha hq). assert (hqz := proj1 hq z).
  assert (hZ : 0 < Series (fun y => Rpower (q y) a)) by (apply power_mass_pos; assumption).
  assert (hr : forall y, power_law a q y / q y <= / q z).
  { intros y. assert (hy := proj1 hq y).
    assert (hc : Rpower (q z) a <= Series (fun y => Rpower (q y) a)).
    { apply (term_le (fun y => Rpower (q y) a) _ z); [intros; left; apply exp_pos|apply sum_value, power_mass; assumption]. }
    assert (hm : Rpower (q y) a * q z <= Rpower (q z) a * q y).
    { unfold Rpower. rewrite <- (exp_ln (q z)) at 1 by exact hqz. rewrite <- (exp_ln (q y)) at 2 by exact hy.
      rewrite <- !exp_plus. apply exp_le. assert (hl : ln (q y) <= ln (q z)) by (apply ln_le; [exact hy|apply hz]). nra. }
    unfold power_law. apply (Rmult_le_reg_r (Series (fun z => Rpower (q z) a) * (q y * q z)));
      [repeat apply Rmult_lt_0_compat; assumption|].
    replace (Rpower (q y) a / Series (fun z => Rpower (q z) a) / q y * (Series (fun z => Rpower (q z) a) * (q y * q z)))
      with (Rpower (q y) a * q z) by (field; lra).
    replace (/ q z * (Series (fun z => Rpower (q z) a) * (q y * q z))) with (Series (fun z => Rpower (q z) a) * q y)
      by (field; lra).
    eapply Rle_trans; [exact hm|]. apply Rmult_le_compat_r; lra. }
  assert (hb2 : forall y, 0 <= power_law a q y ^ 2 / q y <= / q z * power_law a q y).
  { intros y. assert (h1 := proj1 hg y). assert (hy := proj1 hq y). split.
    - left. apply Rdiv_lt_0_compat; [apply pow_lt; exact h1|exact hy].
    - replace (power_law a q y ^ 2 / q y) with (power_law a q y / q y * power_law a q y) by lra.
      apply Rmult_le_compat_r; [lra|apply hr]. }
  assert (sg := sum_scal (/ q z) _ _ (proj2 hg)). rewrite Rmult_1_r in sg.
  assert (ex := sum_below _ _ hb2 (sum_exists _ _ sg)). split; [exact ex|].
  exact (sum_le _ _ _ _ (fun y => proj2 (hb2 y)) (sum_value _ ex) sg).
Qed.

(** C02: from the value gap to the mass of the mode. *)
Theorem C02_gap_to_mass_countable (gamma : R) (q p : nat -> R) (z : nat) : 0 < gamma -> is_law p ->
  (forall y, y <> z -> gamma <= ln (q z) - ln (q y)) ->
  has_mean p (fun y => ln (q y)) ->
  1 - p z <= (ln (q z) - mean_over p (fun y => ln (q y))) / gamma.
Proof.
  intros hg [hp sp] hm hs.
  assert (s := sum_minus _ _ _ _ (sum_minus _ _ _ _ (sum_scal (ln (q z) - gamma) _ _ sp) (sum_value _ hs))
                 (sum_scal (- gamma) _ _ (point_mean p z))).
  assert (n : forall y, 0 <= (ln (q z) - gamma) * p y - p y * ln (q y) - - gamma * (ind (y = z) * p y)).
  { intros y. destruct (Nat.eq_dec y z) as [->|e].
    - rewrite ind_true by reflexivity. lra.
    - rewrite ind_false by exact e. specialize (hm y e). specialize (hp y).
      assert (0 <= p y * (ln (q z) - gamma - ln (q y))) by (apply Rmult_le_pos; lra). lra. }
  assert (k := sum_nonneg _ _ n s).
  change (Series _) with (mean_over p (fun y => ln (q y))) in k.
  apply (Rmult_le_reg_r gamma); [exact hg|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

(** * The gap of the value over countably many responses

    At one prompt, responses the naturals: the change of measure of Lemma C.2, the decomposition of the value
    gap, and from them the gap after a round on the concentration event. *)

(** [E_{y ~ p, y' ~ q} f]. *)
Definition pair_over (p q : nat -> R) (f : nat -> nat -> R) : R := mean_over p (fun y => mean_over q (f y)).

(** [C(p) = sum p^2/q]. *)
Definition concentrability (p q : nat -> R) : R := Series (fun y => p y ^ 2 / q y).

Definition concentrated (p q : nat -> R) : Prop := ex_series (fun y => p y ^ 2 / q y).

(** The error of the reward [log base] against the implicit reward of [hat], and its differences. *)
Definition countable_error (beta : R) (base hat : nat -> R) : nat -> R :=
  fun y => ln (base y) - beta * ln (hat y / base y).

Definition error_difference (beta : R) (base hat : nat -> R) : nat -> nat -> R :=
  fun y y' => countable_error beta base hat y - countable_error beta base hat y'.

Lemma mean_monotone p f g a b : is_law p -> (forall y, f y <= g y) -> is_series (fun y => p y * f y) a ->
  is_series (fun y => p y * g y) b -> a <= b.
Proof.
  intros hp h. apply sum_le. intros y. apply Rmult_le_compat_l; [apply hp|apply h].
Qed.

Lemma absolute_first p f : is_law p -> has_mean p (fun y => Rabs (f y)) -> has_mean p f.
Proof.
  intros hp h. apply ex_series_Rabs. apply (ex_series_ext (fun y => p y * Rabs (f y))); [|exact h].
  intros y. rewrite Rabs_mult, (Rabs_pos_eq (p y)) by apply hp. reflexivity.
Qed.

(** ** Change of measure *)

Lemma weighted_square a b u t : 0 < b -> 0 < t -> 2 * (a * u) <= t * (a ^ 2 / b) + / t * (b * u ^ 2).
Proof.
  intros hb ht. apply (Rmult_le_reg_r (b * t)); [apply Rmult_lt_0_compat; assumption|].
  replace ((t * (a ^ 2 / b) + / t * (b * u ^ 2)) * (b * t)) with ((t * a) ^ 2 + (b * u) ^ 2) by (field; lra).
  assert (h := pow2_ge_0 (t * a - b * u)). lra.
Qed.

Section Measure.
  Variables p q : nat -> R.
  Hypothesis hp : is_law p.
  Hypothesis hq : is_full_law q.
  Hypothesis hc : concentrated p q.

  (** What has a second moment under [q] has a mean under [p]. *)
  Lemma mean_transfer g s : (forall y, 0 <= g y) -> (forall y, g y ^ 2 <= s y) -> has_mean q s -> has_mean p g.
  Proof.
    intros hg hs h. apply (sum_below _ (fun y => / 2 * (p y ^ 2 / q y + q y * s y))).
    - intros y. assert (hy := proj1 hp y). assert (hz := proj1 hq y). specialize (hg y). specialize (hs y).
      split; [apply Rmult_le_pos; assumption|].
      assert (k := weighted_square (p y) (q y) (g y) 1 hz Rlt_0_1). rewrite Rinv_1, !Rmult_1_l in k.
      assert (q y * g y ^ 2 <= q y * s y) by (apply Rmult_le_compat_l; lra). lra.
    - apply (sum_exists _ (/ 2 * (concentrability p q + mean_over q s))). apply sum_scal, sum_plus; apply sum_value; assumption.
  Qed.

  (** Cauchy-Schwarz. *)
  Lemma mean_change g s : (forall y, 0 <= g y) -> (forall y, g y ^ 2 <= s y) -> has_mean q s ->
    mean_over p g <= sqrt (concentrability p q) * sqrt (mean_over q s).
  Proof.
    intros hg hs h. assert (hm := mean_transfer g s hg hs h).
    assert (hs0 : forall y, 0 <= s y) by (intros y; specialize (hs y); assert (k := pow2_ge_0 (g y)); lra).
    apply le_geometric_mean.
    - apply (sum_nonneg (fun y => p y ^ 2 / q y)); [|apply sum_value, hc]. intros y. assert (hz := proj1 hq y).
      apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hz].
    - apply (sum_nonneg (fun y => q y * s y)); [|apply sum_value, h]. intros y. apply Rmult_le_pos; [left; apply hq|apply hs0].
    - intros t ht.
      apply (sum_le (fun y => 2 * (p y * g y)) (fun y => t * (p y ^ 2 / q y) + / t * (q y * s y))).
      + intros y. assert (hz := proj1 hq y). assert (k := weighted_square (p y) (q y) (g y) t hz ht).
        assert (hi := Rinv_0_lt_compat t ht). specialize (hs y).
        assert (/ t * (q y * g y ^ 2) <= / t * (q y * s y)) by (apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]).
        lra.
      + apply sum_scal, sum_value, hm.
      + apply sum_plus; apply sum_scal, sum_value; assumption.
  Qed.
End Measure.

(** The mean of an absolute value, squared. *)
Lemma jensen_square q h : is_law q -> second_moment q h -> mean_over q (fun y => Rabs (h y)) ^ 2 <= mean_over q (fun y => h y ^ 2).
Proof.
  intros hq h2. set (a := fun y => Rabs (h y)).
  assert (ha2 : second_moment q a).
  { apply (ex_series_ext (fun y => q y * h y ^ 2)); [|exact h2]. intros y. unfold a. rewrite pow2_abs. reflexivity. }
  assert (s := square_difference q a hq ha2 (mean_over q a)).
  assert (k := sum_nonneg _ _ (fun y => Rmult_le_pos _ _ (proj1 hq y) (pow2_ge_0 _)) s).
  assert (e : mean_over q (fun y => a y ^ 2) = mean_over q (fun y => h y ^ 2)).
  { apply Series_ext. intros y. unfold a. rewrite pow2_abs. reflexivity. }
  rewrite e in k. fold a. lra.
Qed.

(** C08 (Lemma C.2). *)
Theorem C08_change_of_measure_countable (p q : nat -> R) (f : nat -> nat -> R) : is_law p -> is_full_law q ->
  concentrated p q -> (forall y, second_moment q (f y)) -> has_mean q (fun y => mean_over q (fun y' => f y y' ^ 2)) ->
  has_mean p (fun y => mean_over q (fun y' => Rabs (f y y'))) /\
  pair_over p q (fun y y' => Rabs (f y y')) <=
  sqrt (concentrability p q) * sqrt (pair_over q q (fun y y' => f y y' ^ 2)).
Proof.
  intros hp hq hc h2 hm.
  assert (g0 : forall y, 0 <= mean_over q (fun y' => Rabs (f y y'))).
  { intros y. apply (sum_nonneg (fun y' => q y' * Rabs (f y y'))).
    - intros y'. apply Rmult_le_pos; [left; apply hq|apply Rabs_pos].
    - apply sum_value, absolute_mean; [apply full_law, hq|apply h2]. }
  assert (gs : forall y, mean_over q (fun y' => Rabs (f y y')) ^ 2 <= mean_over q (fun y' => f y y' ^ 2)).
  { intros y. apply jensen_square; [apply full_law, hq|apply h2]. }
  split.
  - exact (mean_transfer p q hp hq hc _ _ g0 gs hm).
  - exact (mean_change p q hp hq hc _ _ g0 gs hm).
Qed.

(** ** The decomposition *)

(** The modulus of a mean is at most the mean of what bounds the modulus. *)
Lemma mean_abs p f g a b : is_law p -> (forall y, Rabs (f y) <= g y) -> is_series (fun y => p y * f y) a ->
  is_series (fun y => p y * g y) b -> Rabs a <= b.
Proof.
  intros hp h sa sb. apply Rabs_le. split.
  - assert (k : -1 * b <= a); [|lra].
    apply (sum_le (fun y => -1 * (p y * g y)) (fun y => p y * f y)); [|apply sum_scal, sb|exact sa].
    intros y. assert (h0 := proj1 hp y). specialize (h y). apply Rabs_le_between in h. nra.
  - apply (mean_monotone p f g); [exact hp| |exact sa|exact sb].
    intros y. eapply Rle_trans; [apply Rle_abs|apply h].
Qed.

(** The mean of [c - f] and of [f - c]. *)
Lemma mean_from p f c : is_law p -> has_mean p f -> is_series (fun y => p y * (c - f y)) (c - mean_over p f).
Proof.
  intros hp hf. apply (sum_ext (fun y => c * p y - p y * f y)); [intros y; lra|].
  replace (c - mean_over p f) with (c * 1 - mean_over p f) by lra.
  apply sum_minus; [apply sum_scal, hp|apply sum_value, hf].
Qed.

Section Decomposition.
  Variables (beta : R) (base hat : nat -> R).
  Hypothesis hb : 0 <= beta.
  Hypothesis hq : is_full_law base.
  Hypothesis hh : is_full_law hat.
  Let delta := countable_error beta base hat.
  Hypothesis hd : has_mean base (fun y => Rabs (delta y)).

  Let spread (y : nat) : R := mean_over base (fun y' => Rabs (error_difference beta base hat y y')).

  Lemma spread_terms y : is_series (fun y' => base y' * Rabs (error_difference beta base hat y y')) (spread y).
  Proof.
    apply sum_value, (sum_below _ (fun y' => Rabs (delta y) * base y' + base y' * Rabs (delta y'))).
    - intros y'. assert (h0 := proj1 (full_law base hq) y'). split; [apply Rmult_le_pos; [exact h0|apply Rabs_pos]|].
      assert (k := Rabs_triang (delta y) (- delta y')). rewrite Rabs_Ropp in k. unfold error_difference, Rminus.
      fold delta. nra.
    - apply (sum_exists _ (Rabs (delta y) * 1 + mean_over base (fun y => Rabs (delta y)))).
      apply sum_plus; [apply sum_scal, hq|apply sum_value, hd].
  Qed.

  Lemma spread_le y : spread y <= Rabs (delta y) + mean_over base (fun y => Rabs (delta y)).
  Proof.
    apply (sum_le (fun y' => base y' * Rabs (error_difference beta base hat y y'))
             (fun y' => Rabs (delta y) * base y' + base y' * Rabs (delta y'))).
    - intros y'. assert (h0 := proj1 (full_law base hq) y').
      assert (k := Rabs_triang (delta y) (- delta y')). rewrite Rabs_Ropp in k. unfold error_difference, Rminus.
      fold delta. nra.
    - apply spread_terms.
    - assert (t := sum_plus _ _ _ _ (sum_scal (Rabs (delta y)) _ _ (proj2 hq)) (sum_value _ hd)).
      rewrite Rmult_1_r in t. exact t.
  Qed.

  Lemma base_mean : has_mean base delta.
  Proof. apply absolute_first; [apply full_law, hq|exact hd]. Qed.

  Lemma spread_ge y : Rabs (delta y - mean_over base delta) <= spread y.
  Proof.
    apply (mean_abs base (fun y' => delta y - delta y') (fun y' => Rabs (error_difference beta base hat y y')));
      [apply full_law, hq|intros; right; reflexivity| |apply spread_terms].
    apply mean_from; [apply full_law, hq|exact base_mean].
  Qed.

  (** The mean of the error under a law and under the base policy differ by the coupled error. *)
  Lemma coupled_error p : is_law p -> has_mean p (fun y => Rabs (delta y)) ->
    Rabs (mean_over base delta - mean_over p delta) <= pair_over p base (fun y y' => Rabs (error_difference beta base hat y y')).
  Proof.
    intros hp ha.
    apply (mean_abs p (fun y => mean_over base delta - delta y) spread); [exact hp| | |].
    - intros y. rewrite Rabs_minus_sym. apply spread_ge.
    - apply mean_from; [exact hp|apply absolute_first; assumption].
    - apply sum_value, (sum_below _ (fun y => p y * Rabs (delta y) + mean_over base (fun y => Rabs (delta y)) * p y)).
      + intros y. assert (h0 := proj1 hp y). assert (k := spread_le y).
        assert (0 <= spread y) by (eapply Rle_trans; [apply Rabs_pos|apply spread_ge]).
        split; [apply Rmult_le_pos; assumption|nra].
      + apply (sum_exists _ (mean_over p (fun y => Rabs (delta y)) + mean_over base (fun y => Rabs (delta y)) * 1)).
        apply sum_plus; [apply sum_value, ha|apply sum_scal, hp].
  Qed.

  (** The reward is the error and the implicit reward, whose mean is beta (KL(p||base) - KL(p||hat)). *)
  Lemma implicit_terms p : is_law p -> forall y,
    p y * log_ratio p base y = p y * log_ratio p hat y + p y * ln (hat y / base y).
  Proof.
    intros hp y. destruct (proj1 hp y) as [h|<-]; [|lra].
    unfold log_ratio. rewrite !ln_div_pos by (exact h || apply hh || apply hq). lra.
  Qed.

  Lemma reward_mean p : has_mean p (fun y => ln (hat y / base y)) -> has_mean p delta ->
    mean_over p (fun y => ln (base y)) = mean_over p delta + beta * mean_over p (fun y => ln (hat y / base y)).
  Proof.
    intros hi he. apply is_series_unique.
    apply (sum_ext (fun y => p y * delta y + beta * (p y * ln (hat y / base y)))).
    - intros y. unfold delta, countable_error. lra.
    - apply sum_plus; [apply sum_value, he|apply sum_scal, sum_value, hi].
  Qed.

  (** C06: the decomposition of the value gap, against any comparator. *)
  Lemma gap_decomposition star : is_law star -> has_mean star (fun y => Rabs (delta y)) ->
    has_mean hat (fun y => Rabs (delta y)) ->
    has_mean star (fun y => ln (hat y / base y)) -> has_mean star (log_ratio star base) ->
    has_mean hat (fun y => ln (hat y / base y)) ->
    mean_over star (fun y => ln (base y)) - mean_over hat (fun y => ln (base y)) <=
    pair_over star base (fun y y' => Rabs (error_difference beta base hat y y')) +
    pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * divergence star base.
  Proof.
    intros hs hds hdh his hks hih. assert (lh := full_law hat hh).
    rewrite (reward_mean star), (reward_mean hat) by (assumption || apply absolute_first; assumption).
    assert (c1 := coupled_error star hs hds). assert (c2 := coupled_error hat lh hdh).
    apply Rabs_le_between in c1. apply Rabs_le_between in c2.
    assert (k1 : mean_over star (fun y => ln (hat y / base y)) <= divergence star base).
    { assert (hm : is_series (fun y => star y * log_ratio star hat y) (divergence star base - mean_over star (fun y => ln (hat y / base y)))).
      { apply (sum_ext (fun y => star y * log_ratio star base y - star y * ln (hat y / base y))).
        - intros y. rewrite (implicit_terms star hs y). lra.
        - apply sum_minus; apply sum_value; assumption. }
      assert (e := is_series_unique _ _ hm).
      destruct (S01_divergence_countable star hat hs hh (sum_exists _ _ hm)) as [k _].
      unfold divergence at 1, mean_over at 1 in k. rewrite e in k. lra. }
    assert (k2 : 0 <= mean_over hat (fun y => ln (hat y / base y))).
    { apply (S01_divergence_countable hat base lh hq hih). }
    assert (beta * mean_over star (fun y => ln (hat y / base y)) <= beta * divergence star base) by (apply Rmult_le_compat_l; assumption).
    assert (0 <= beta * mean_over hat (fun y => ln (hat y / base y))) by (apply Rmult_le_pos; assumption). lra.
  Qed.
End Decomposition.

(** C06: the value gap against any comparator, by the coupled errors of both laws and the comparator's divergence. *)
Theorem C06_gap_decomposition_countable (beta : R) (base hat star : nat -> R) : 0 <= beta -> is_full_law base ->
  is_full_law hat -> is_law star ->
  has_mean base (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean hat (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y => ln (hat y / base y)) -> has_mean star (log_ratio star base) ->
  has_mean hat (fun y => ln (hat y / base y)) ->
  mean_over star (fun y => ln (base y)) - mean_over hat (fun y => ln (base y)) <=
  pair_over star base (fun y y' => Rabs (error_difference beta base hat y y')) +
  pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * divergence star base.
Proof. intros; apply gap_decomposition; assumption. Qed.

(** ** One round *)

Lemma point_mean_over f z : mean_over (fun y => ind (y = z)) f = f z.
Proof. apply is_series_unique, point_mean. Qed.

Lemma point_has_mean f z : has_mean (fun y => ind (y = z)) f.
Proof. exact (sum_exists _ _ (point_mean f z)). Qed.

Section OnePrompt.
  Variables (beta : R) (base hat : nat -> R).
  Hypothesis hb : 0 <= beta.
  Hypothesis hq : is_full_law base.
  Hypothesis hh : is_full_law hat.
  Hypothesis hc : concentrated hat base.
  Hypothesis hi : has_mean hat (fun y => ln (hat y / base y)).
  Hypothesis h2 : second_moment base (countable_error beta base hat).
  Let delta := countable_error beta base hat.
  Let lq : is_law base := full_law base hq.
  Let lh : is_law hat := full_law hat hh.

  (** The mean square of the error of the reward differences. *)
  Definition error_square : R := pair_over base base (fun y y' => error_difference beta base hat y y' ^ 2).

  Lemma error_second_moment y : second_moment base (error_difference beta base hat y).
  Proof. exact (sum_exists _ _ (square_difference base delta lq h2 (delta y))). Qed.

  Lemma error_square_mean : has_mean base (fun y => mean_over base (fun y' => error_difference beta base hat y y' ^ 2)).
  Proof. exact (sum_exists _ _ (pair_variance base delta lq h2)). Qed.

  Lemma error_square_nonneg : 0 <= error_square.
  Proof.
    apply (sum_nonneg (fun y => base y * mean_over base (fun y' => error_difference beta base hat y y' ^ 2))).
    - intros y. apply Rmult_le_pos; [apply lq|].
      apply (sum_nonneg (fun y' => base y' * error_difference beta base hat y y' ^ 2)).
      + intros y'. apply Rmult_le_pos; [apply lq|apply pow2_ge_0].
      + apply sum_value, error_second_moment.
    - apply sum_value, error_square_mean.
  Qed.

  (** The value gap against the response [z], through the coupled errors of the point mass and of [hat]. *)
  Lemma prompt_gap z : ln (base z) - mean_over hat (fun y => ln (base y)) <=
    pair_over (fun y => ind (y = z)) base (fun y y' => Rabs (error_difference beta base hat y y')) +
    pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * ln (/ base z).
  Proof.
    assert (ha := absolute_mean base delta lq h2).
    assert (hah : has_mean hat (fun y => Rabs (delta y))).
    { apply (mean_transfer hat base lh hq hc _ (fun y => delta y ^ 2)); [intros; apply Rabs_pos| |exact h2].
      intros y. rewrite pow2_abs. right. reflexivity. }
    assert (g := C06_gap_decomposition_countable beta base hat (fun y => ind (y = z)) hb hq hh (point_law z) ha
                   (point_has_mean _ z) hah (point_has_mean _ z) (point_has_mean _ z) hi).
    rewrite (point_mean_over (fun y => ln (base y))) in g.
    replace (divergence (fun y => ind (y = z)) base) with (ln (/ base z)) in g
      by (symmetry; apply is_series_unique, (C16_comparator_countable base z hq)).
    exact g.
  Qed.

  Lemma prompt_mode_error z :
    pair_over (fun y => ind (y = z)) base (fun y y' => Rabs (error_difference beta base hat y y')) <=
    sqrt (/ base z) * sqrt error_square.
  Proof.
    destruct (C16_comparator_countable base z hq) as [_ cc].
    assert (e : concentrability (fun y => ind (y = z)) base = / base z) by exact (is_series_unique _ _ cc). rewrite <- e.
    apply C08_change_of_measure_countable; [apply point_law|exact hq|exact (sum_exists _ _ cc)| |exact error_square_mean].
    exact error_second_moment.
  Qed.

  Lemma prompt_hat_error : pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) <=
    sqrt (concentrability hat base) * sqrt error_square.
  Proof.
    apply C08_change_of_measure_countable; [exact lh|exact hq|exact hc|exact error_second_moment|exact error_square_mean].
  Qed.
End OnePrompt.

(** C18, C19: on the event that the reward differences have mean squared error at most e^2, the value gap at a
    prompt is at most (sqrt(1/q(z)) + sqrt(C(hat))) e + beta ln(1/q(z)), z the comparator's response. *)
Theorem C19_round_countable (beta e : R) (base hat : nat -> R) (z : nat) : 0 <= beta -> 0 <= e ->
  is_full_law base -> is_full_law hat -> concentrated hat base ->
  has_mean hat (fun y => ln (hat y / base y)) ->
  second_moment base (countable_error beta base hat) ->
  pair_over base base (fun y y' => error_difference beta base hat y y' ^ 2) <= e ^ 2 ->
  ln (base z) - mean_over hat (fun y => ln (base y)) <=
  (sqrt (/ base z) + sqrt (concentrability hat base)) * e + beta * ln (/ base z).
Proof.
  intros hb he hq hh hc hi h2 hs.
  assert (g := prompt_gap beta base hat hb hq hh hc hi h2 z).
  assert (b1 := prompt_mode_error beta base hat hq h2 z). assert (b2 := prompt_hat_error beta base hat hq hh hc h2).
  assert (hr : sqrt (error_square beta base hat) <= e).
  { rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt, hs. }
  assert (k1 := Rmult_le_compat_l _ _ _ (sqrt_pos (/ base z)) hr).
  assert (k2 := Rmult_le_compat_l _ _ _ (sqrt_pos (concentrability hat base)) hr). lra.
Qed.

(** * Rounds with countably many responses

    Theorem 5.3 on the event that every round is good (C19, C27, C31, C34), any set of prompts, responses the
    naturals.  Good means what it means for finitely many responses: the reward differences are off by e in
    quadratic mean, A-CONC and the weak c hold, and the quantities involved have a mean.  The probability of that
    event is not bounded here: the tails of Appendix C have the number of responses in them. *)

Section Definitions.
  Context {X : Type}.
  Implicit Types base hat : X -> nat -> R.

  (** The gap of the value at a prompt, [ystar] the modes of [base]. *)
  Definition countable_gap (ystar : X -> nat) base hat (x : X) : R :=
    ln (base x (ystar x)) - mean_over (hat x) (fun y => ln (base x y)).

  (** [E_{y ~ p, y' ~ base} |Delta^r - Delta^{r^}|] at a prompt. *)
  Definition coupled_error_at (beta : R) base hat (p : X -> nat -> R) (x : X) : R :=
    pair_over (p x) (base x) (fun y y' => Rabs (error_difference beta (base x) (hat x) y y')).

  (** What is asked of one round from [base], with modes [ystar], to [hat], with modes [wstar]. *)
  Record countable_round (M : expectation X) (beta c e : R) (ystar wstar : X -> nat) base hat : Prop := {
    countable_weak : forall x, c <= hat x (wstar x);
    countable_concentrated : forall x, concentrated (hat x) (base x);
    countable_ratio_mean : forall x, has_mean (hat x) (fun y => ln (hat x y / base x y));
    countable_error_moment : forall x, second_moment (base x) (countable_error beta (base x) (hat x));
    countable_concentrability : mean M (fun x => concentrability (hat x) (base x)) <= countable_kappa M ystar base;
    countable_error_small : mean M (fun x => error_square beta (base x) (hat x)) <= e ^ 2;
    countable_error_integrable : integrable M (fun x => error_square beta (base x) (hat x));
    countable_mode_error_integrable : integrable M (coupled_error_at beta base hat (fun x y => ind (y = ystar x)));
    countable_hat_error_integrable : integrable M (coupled_error_at beta base hat hat);
    countable_concentrability_integrable : integrable M (fun x => concentrability (hat x) (base x));
    countable_divergence_integrable : integrable M (fun x => ln (/ base x (ystar x)));
    countable_gap_integrable : integrable M (countable_gap ystar base hat);
    countable_mass_integrable : integrable M (fun x => hat x (ystar x));
    countable_base_kappa_integrable : integrable M (inverse_mode ystar base);
    countable_kappa_integrable : integrable M (inverse_mode wstar hat)
  }.

End Definitions.

Arguments countable_concentrated {X M beta c e ystar wstar base hat}.
Arguments countable_ratio_mean {X M beta c e ystar wstar base hat}.
Arguments countable_error_moment {X M beta c e ystar wstar base hat}.
Arguments countable_base_kappa_integrable {X M beta c e ystar wstar base hat}.

Section OneRound.
  Context {X : Type} (M : expectation X).
  Variables (beta gamma c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R).
  Hypothesis hbeta : 0 <= beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hq : is_policy_law base.
  Hypothesis hh : is_policy_law hat.
  Hypothesis H : countable_round M beta c e ystar wstar base hat.

  Notation kappa := (countable_kappa M ystar base).

  Lemma kappa_at_least_1 (zstar : X -> nat) (pi : X -> nat -> R) : is_policy_law pi ->
    integrable M (inverse_mode zstar pi) -> 1 <= countable_kappa M zstar pi.
  Proof.
    intros hp hi. rewrite <- (mean_const M 1). apply mean_le; [apply integrable_const|exact hi|]. intros x. unfold inverse_mode.
    assert (h := proj1 (hp x) (zstar x)). assert (h1 := law_le_1 _ (zstar x) (full_law _ (hp x))).
    rewrite <- Rinv_1. apply Rinv_le_contravar; assumption.
  Qed.

  Let e2 : X -> R := fun x => error_square beta (base x) (hat x).

  Lemma root_error : sqrt (mean M e2) <= e.
  Proof. rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt, H. Qed.

  Lemma mode_mean_nonneg x : 0 <= / base x (ystar x).
  Proof. left. apply Rinv_0_lt_compat, hq. Qed.

  Lemma e2_nonneg x : 0 <= e2 x.
  Proof. exact (error_square_nonneg beta (base x) (hat x) (hq x) (countable_error_moment H x)). Qed.

  Lemma mean_mode_error : mean M (coupled_error_at beta base hat (fun x y => ind (y = ystar x))) <= sqrt kappa * e.
  Proof.
    apply Rle_trans with (sqrt kappa * sqrt (mean M e2)); [|apply Rmult_le_compat_l; [apply sqrt_pos|exact root_error]].
    apply (mean_cauchy_schwarz M _ (inverse_mode ystar base) e2); [apply H|apply H|apply H|exact mode_mean_nonneg|exact e2_nonneg|].
    intros x. apply prompt_mode_error; [apply hq|exact (countable_error_moment H x)].
  Qed.

  Lemma mean_hat_error : mean M (coupled_error_at beta base hat hat) <= sqrt kappa * e.
  Proof.
    apply Rle_trans with (sqrt (mean M (fun x => concentrability (hat x) (base x))) * sqrt (mean M e2)).
    - apply (mean_cauchy_schwarz M); [apply H|apply H|apply H| |exact e2_nonneg|].
      + intros x. apply (sum_nonneg (fun y => hat x y ^ 2 / base x y)); [|apply sum_value, (countable_concentrated H x)].
        intros y. apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hq].
      + intros x. apply prompt_hat_error; [apply hq|apply hh|exact (countable_concentrated H x)|exact (countable_error_moment H x)].
    - apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos|apply sqrt_le_1_alt, H|exact root_error].
  Qed.

  Lemma mean_divergence : mean M (fun x => ln (/ base x (ystar x))) <= sqrt kappa.
  Proof.
    assert (hk := kappa_at_least_1 ystar base hq (countable_base_kappa_integrable H)).
    eapply Rle_trans; [|apply log_le_sqrt, hk].
    apply (mean_jensen_ln M (inverse_mode ystar base)); [apply H|apply H| |fold kappa; lra].
    intros x. apply Rinv_0_lt_compat, hq.
  Qed.

  Lemma mean_gap : mean M (countable_gap ystar base hat) <= (2 * e + beta) * sqrt kappa.
  Proof.
    set (f := coupled_error_at beta base hat (fun x y => ind (y = ystar x))). set (g := coupled_error_at beta base hat hat).
    set (d := fun x => ln (/ base x (ystar x))).
    assert (i1 : integrable M f) by apply H. assert (i2 : integrable M g) by apply H. assert (i3 : integrable M d) by apply H.
    apply Rle_trans with (mean M (fun x => f x + g x + beta * d x)).
    - apply mean_le; [apply H| |].
      + apply (integrable_plus _ M (fun x => f x + g x)); [apply integrable_plus; assumption|apply integrable_scal, i3].
      + intros x. apply prompt_gap; [exact hbeta|apply hq|apply hh| | |].
        * exact (countable_concentrated H x).
        * exact (countable_ratio_mean H x).
        * exact (countable_error_moment H x).
    - rewrite (mean_plus _ M (fun x => f x + g x)), (mean_plus _ M f), mean_scal
        by (assumption || apply integrable_scal, i3 || (apply integrable_plus; assumption)).
      assert (k1 := mean_mode_error). assert (k2 := mean_hat_error).
      assert (k3 := Rmult_le_compat_l beta _ _ hbeta mean_divergence). fold f in k1. fold g in k2. fold d in k3. lra.
  Qed.

  (** C02: the mass that the modes of [base] lose. *)
  Lemma mean_missed : margin_at_least gamma ystar base -> (forall x, has_mean (hat x) (fun y => ln (base x y))) ->
    mean M (fun x => 1 - hat x (ystar x)) <= (2 * e + beta) * sqrt kappa / gamma.
  Proof.
    intros hm hl.
    assert (im : integrable M (fun x => 1 - hat x (ystar x))) by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
    apply Rle_trans with (mean M (fun x => / gamma * countable_gap ystar base hat x)).
    - apply mean_le; [exact im|apply integrable_scal, H|]. intros x. rewrite Rmult_comm.
      apply C02_gap_to_mass_countable; [exact hgamma|apply full_law, hh|apply hm|apply hl].
    - rewrite mean_scal by apply H. unfold Rdiv. rewrite Rmult_comm.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hgamma|exact mean_gap].
  Qed.
End OneRound.

(** C19: the mean value gap after a good round. *)
Theorem C19_countable (X : Type) (M : expectation X) (beta c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R) :
  0 <= beta -> 0 <= e -> is_policy_law base -> is_policy_law hat -> countable_round M beta c e ystar wstar base hat ->
  mean M (countable_gap ystar base hat) <= (2 * e + beta) * sqrt (countable_kappa M ystar base).
Proof. intros hb he hq hh H. apply (mean_gap M beta c e ystar wstar); assumption. Qed.

(** The self-reward has a mean under the learned policy of a good round. *)
Lemma learned_log_mean {X : Type} (M : expectation X) beta c e ystar wstar (base hat : X -> nat -> R) : 0 < beta ->
  is_policy_law base -> is_policy_law hat -> countable_round M beta c e ystar wstar base hat ->
  forall x, has_mean (hat x) (fun y => ln (base x y)).
Proof.
  intros hb hq hh H x.
  assert (hd : has_mean (hat x) (countable_error beta (base x) (hat x))).
  { apply absolute_first; [apply full_law, hh|].
    apply (mean_transfer (hat x) (base x) (full_law _ (hh x)) (hq x) (countable_concentrated H x) _
             (fun y => countable_error beta (base x) (hat x) y ^ 2)); [intros; apply Rabs_pos| |exact (countable_error_moment H x)].
    intros y. rewrite pow2_abs. right. reflexivity. }
  apply (sum_exists _ (mean_over (hat x) (countable_error beta (base x) (hat x)) +
                       beta * mean_over (hat x) (fun y => ln (hat x y / base x y)))).
  apply (sum_ext (fun y => hat x y * countable_error beta (base x) (hat x) y + beta * (hat x y * ln (hat x y / base x y)))).
  - intros y. unfold countable_error. lra.
  - apply sum_plus; [apply sum_value, hd|apply sum_scal, sum_value, (countable_ratio_mean H x)].
Qed.

(** C27: the recurrence. *)
Theorem C27_countable (X : Type) (M : expectation X) (beta gamma c e : R) (ystar wstar : X -> nat)
    (base hat : X -> nat -> R) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e ->
  is_policy_law base -> is_policy_law hat -> margin_at_least gamma ystar base -> is_mode wstar hat ->
  countable_round M beta c e ystar wstar base hat ->
  countable_kappa M wstar hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (countable_kappa M ystar base).
Proof.
  intros hb hg hc he hq hh hm hw H. set (k := sqrt (countable_kappa M ystar base)).
  assert (im : integrable M (fun x => 1 - hat x (ystar x)))
    by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
  apply Rle_trans with (mean M (fun x => 1 + / c * (1 - hat x (ystar x)))).
  - apply mean_le; [apply H|apply integrable_affine, im|]. intros x. unfold inverse_mode.
    assert (h1 := law_le_1 _ (wstar x) (full_law _ (hh x))). assert (hwx := hw x (ystar x)).
    eapply Rle_trans; [apply (inverse_linear c); [exact hc|split; [apply H|exact h1]]|].
    apply Rplus_le_compat_l. unfold Rdiv. rewrite Rmult_comm.
    apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat, hc|lra].
  - rewrite mean_affine by exact im. apply Rplus_le_compat_l.
    assert (h := mean_missed M beta gamma c e ystar wstar base hat ltac:(lra) hg he hq hh H hm
                   (learned_log_mean M beta c e ystar wstar base hat hb hq hh H)). fold k in h.
    replace ((2 * e + beta) / (gamma * c) * k) with (/ c * ((2 * e + beta) * k / gamma)) by (field; lra).
    apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat, hc|exact h].
Qed.

Section Trajectory.
  Context {X : Type} (M : expectation X).
  Variables (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R) (ystar : nat -> X -> nat).
  Hypothesis hbeta : 0 < beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hT : (0 < T)%nat.
  Hypothesis hp : forall t, is_policy_law (p t).
  Hypothesis hy : forall t, is_mode (ystar t) (p t).
  Hypothesis hmargin : forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t).
  Hypothesis hround : forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t)).

  Let b : R := (2 * e + beta) / (gamma * c).
  Let kappa (t : nat) : R := countable_kappa M (ystar t) (p t).

  Lemma slope_positive : 0 < b.
  Proof. unfold b. apply Rdiv_lt_0_compat; [lra|]. apply Rmult_lt_0_compat; assumption. Qed.

  Lemma kappa_range t : (t < T)%nat -> 1 <= kappa t.
  Proof. intros h. apply kappa_at_least_1; [apply hp|apply (hround t h)]. Qed.

  Lemma kappa_excess t : (t <= T)%nat ->
    Rmax (kappa t - kappa_star b) 0 <= contraction b ^ t * Rmax (kappa O - kappa_star b) 0.
  Proof.
    assert (hb := slope_positive). induction t as [|t ih]; intros h; [simpl; lra|].
    assert (hk := kappa_range t ltac:(lia)).
    eapply Rle_trans; [apply (excess_step b (kappa t));
      [lra|lra|apply (C27_countable X M beta gamma c e); auto; apply hmargin; lia]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range; lra|apply ih; lia].
  Qed.

  Lemma trajectory_kappa : kappa T <= kappa_star b + contraction b ^ T * Rmax (kappa O - kappa_star b) 0.
  Proof. generalize (kappa_excess T ltac:(lia)), (Rmax_l (kappa T - kappa_star b) 0). lra. Qed.

  Lemma trajectory_failure :
    integrable M (fun x => ind (p T x (ystar T x) <= 1 / 2)) ->
    mean M (fun x => ind (p T x (ystar T x) <= 1 / 2)) <=
      2 / gamma * (2 * e + beta) * (sqrt (kappa_star b) + sqrt (contraction b ^ (T - 1)) * sqrt (kappa O)).
  Proof.
    intros i2. assert (hb := slope_positive).
    set (t := (T - 1)%nat) in *. assert (ht : (t < T)%nat) by (unfold t; lia).
    assert (eT : T = S t) by (unfold t; lia).
    assert (H := hround t ht). rewrite <- eT in H.
    assert (hk := kappa_range t ht). assert (hk0 := kappa_range 0 hT). assert (hex := kappa_excess t ltac:(lia)).
    assert (im : integrable M (fun x => 1 - p T x (ystar t x)))
      by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
    apply Rle_trans with (mean M (fun x => 2 * (1 - p T x (ystar t x)))).
    - apply mean_le; [exact i2|apply integrable_scal, im|]. intros x.
      assert (h1 := law_le_1 _ (ystar t x) (full_law _ (hp T x))). assert (hyx := hy T x (ystar t x)).
      unfold ind. destruct (decide _) as [k|_]; lra.
    - rewrite mean_scal by exact im.
      assert (h := mean_missed M beta gamma c e (ystar t) (ystar T) (p t) (p T) ltac:(lra) hgamma he (hp t) (hp T) H (hmargin t ht)
                     (learned_log_mean M beta c e (ystar t) (ystar T) (p t) (p T) hbeta (hp t) (hp T) H)).
      fold (kappa t) in h.
      apply Rle_trans with (2 / gamma * (2 * e + beta) * sqrt (kappa t)).
      + replace (2 / gamma * (2 * e + beta) * sqrt (kappa t)) with (2 * ((2 * e + beta) * sqrt (kappa t) / gamma)) by lra.
        lra.
      + apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
        apply sqrt_after_rounds; lra.
  Qed.
End Trajectory.

(** C31: the condition number after T good rounds. *)
Theorem C31_countable (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e -> (0 < T)%nat ->
  (forall t, is_policy_law (p t)) -> (forall t, is_mode (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  countable_kappa M (ystar T) (p T) <=
  kappa_star ((2 * e + beta) / (gamma * c)) +
  contraction ((2 * e + beta) / (gamma * c)) ^ T *
  Rmax (countable_kappa M (ystar 0%nat) (p 0%nat) - kappa_star ((2 * e + beta) / (gamma * c))) 0.
Proof. intros; apply trajectory_kappa; assumption. Qed.

(** C34: failure after T good rounds. *)
Theorem C34_countable (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e -> (0 < T)%nat ->
  (forall t, is_policy_law (p t)) -> (forall t, is_mode (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  integrable M (fun x => ind (p T x (ystar T x) <= 1 / 2)) ->
  mean M (fun x => ind (p T x (ystar T x) <= 1 / 2)) <=
  2 / gamma * (2 * e + beta) *
  (sqrt (kappa_star ((2 * e + beta) / (gamma * c))) +
   sqrt (contraction ((2 * e + beta) / (gamma * c)) ^ (T - 1)) * sqrt (countable_kappa M (ystar 0%nat) (p 0%nat))).
Proof. intros; apply trajectory_failure; assumption. Qed.
