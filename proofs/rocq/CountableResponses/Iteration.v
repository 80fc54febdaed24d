(** * The exact iteration and the condition number over countably many responses

    Any set of prompts, responses the naturals.  The exact iteration is a power of the base policy, its margin
    grows like that power, and its condition number falls doubly exponentially with the number of rounds:

      kappa(pi_T) - 1 <= exp(-gamma (alpha_T - 1)) (kappa_0 - 1),

    with no number of responses in it, where the finite bound has N - 1. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs AnyPrompts.Expectation
  CountableResponses.Sums CountableResponses.Gibbs.
Open Scope R_scope.

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
      f_equal. unfold alpha. simpl. ring. }
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
  Proof. intros ha. rewrite !ln_power_law by (exact ha || apply hp). ring. Qed.

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
    - intros y. unfold Rpower. rewrite <- exp_Ropp, <- exp_plus. f_equal. ring.
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
      - replace (ln (pi x z) - ln (pi x z)) with 0 by ring. rewrite !Rmult_0_r, exp_0. ring. }
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
  replace (1 + e * (countable_kappa M ystar pi - 1)) with ((1 - e) + e * countable_kappa M ystar pi) by ring.
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
    intros y. unfold Rdiv. replace (ind (y = z) ^ 2) with (ind (y = z) * ind (y = z)) by ring. rewrite ind_idem. reflexivity.
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
    - replace (power_law a q y ^ 2 / q y) with (power_law a q y / q y * power_law a q y) by (field; lra).
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
