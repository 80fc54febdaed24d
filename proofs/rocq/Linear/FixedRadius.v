(** * What a fixed radius costs

    S08 for policies.  A margin needs norm: [gamma <= 2 Bphi ||theta||].  So A-REAL in the first round bounds
    the margin by [2 Bphi R beta/(1+beta)], the bound of Theorem 6.2 stays above [(1+beta)/(Bphi R)] whatever
    the sample size, and A-REAL ends after [log(2 Bphi R/gamma)/log(1 + 1/beta)] rounds of the exact path. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber OneRound.ZeroLoss Iteration.Rounds Iteration.Trajectory Linear.Recovery
  Linear.Horizon Linear.Euclidean Linear.SoftmaxClass Linear.ExactRounds.
Open Scope R_scope.

Section FixedRadius.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.
  Variable Bphi : R.
  Hypothesis hphi : bounded_features phi Bphi.
  (** Two responses. *)
  Variables y1 y2 : Y.
  Hypothesis hy : y1 <> y2.

  (** S08: [gamma <= 2 Bphi ||theta||]. *)
  Theorem S08_margin_needs_norm gamma theta : has_margin gamma (softmax phi theta) -> gamma <= 2 * Bphi * norm theta.
  Proof.
    intros hm. set (x := @point X FX). set (m := mode (softmax phi theta) x).
    assert (hother : exists y, y <> m).
    { destruct (classic (y1 = m)) as [e|e]; [exists y2; congruence|exists y1; exact e]. }
    destruct hother as (y & hne). specialize (hm x y hne). fold m in hm. rewrite !ln_softmax in hm.
    assert (h1 := abs_dot_le_norm theta (phi x m)). assert (h2 := abs_dot_le_norm theta (phi x y)).
    assert (n0 := norm_nonneg theta). assert (b1 := hphi x m). assert (b2 := hphi x y).
    assert (k1 : norm theta * norm (phi x m) <= norm theta * Bphi) by (apply Rmult_le_compat_l; assumption).
    assert (k2 : norm theta * norm (phi x y) <= norm theta * Bphi) by (apply Rmult_le_compat_l; assumption).
    assert (a1 := Rle_abs (dot theta (phi x m))). assert (a2 := Rle_abs (- dot theta (phi x y))).
    rewrite Rabs_Ropp in a2. lra.
  Qed.

  Variables radius beta gamma : R.
  Hypothesis hB : 0 < Bphi.
  Hypothesis hradius : 0 < radius.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hgamma : 0 < gamma.
  Variable theta0 : Dim -> R.
  Hypothesis hmargin : has_margin gamma (softmax phi theta0).

  Local Notation exact := (exact_policy phi beta theta0).

  (** S08: A-REAL in round [t+1] of the exact path needs [alpha_(t+1) gamma <= 2 Bphi R]. *)
  Theorem S08_realizable_needs_radius t : realizable beta (exact t) (linear_class phi radius) ->
    alpha beta (S t) * gamma <= 2 * Bphi * radius.
  Proof.
    intros ([theta hn] & h). rewrite (exact_policy_update phi beta hbeta theta0) in h.
    assert (hm := exact_margin phi beta gamma hbeta hgamma theta0 hmargin (S t)).
    assert (k : has_margin (alpha beta (S t) * gamma) (softmax phi theta)).
    { apply (has_margin_ext _ _ (exact (S t))); [exact h|exact hm]. }
    eapply Rle_trans; [apply S08_margin_needs_norm, k|]. apply Rmult_le_compat_l; lra.
  Qed.

  (** S08: A-REAL in the first round forces [gamma <= 2 Bphi R beta/(1+beta)]. *)
  Theorem S08_margin_at_fixed_radius : realizable beta (softmax phi theta0) (linear_class phi radius) ->
    gamma <= 2 * Bphi * radius * beta / (1 + beta).
  Proof.
    intros h. rewrite <- (exact_policy_0 phi beta theta0) in h.
    assert (k := S08_realizable_needs_radius 0 h). unfold alpha in k. simpl in k.
    apply (Rmult_le_reg_l ((1 + beta) / beta)); [apply Rdiv_lt_0_compat; lra|].
    replace ((1 + beta) / beta * (2 * Bphi * radius * beta / (1 + beta))) with (2 * Bphi * radius) by (field; lra).
    replace ((1 + beta) / beta * gamma) with ((1 + 1 / beta) * 1 * gamma) by (field; lra). exact k.
  Qed.

  (** S08: A-REAL in the first [T] rounds needs [T <= log(2 Bphi R/gamma)/log(1 + 1/beta)]. *)
  Theorem S08_rounds_at_fixed_radius T : (0 < T)%nat ->
    (forall t, (t < T)%nat -> realizable beta (exact t) (linear_class phi radius)) ->
    INR T <= ln (2 * Bphi * radius / gamma) / ln (1 + 1 / beta).
  Proof.
    intros hT h. assert (k := S08_realizable_needs_radius (T - 1) (h (T - 1)%nat ltac:(lia))).
    replace (S (T - 1)) with T in k by lia.
    assert (hf : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
    assert (hl : 0 < ln (1 + 1 / beta)) by (rewrite <- ln_1; apply ln_increasing; lra).
    assert (hp : 0 < 2 * Bphi * radius) by (repeat apply Rmult_lt_0_compat; lra).
    apply (Rmult_le_reg_r (ln (1 + 1 / beta))); [exact hl|].
    unfold Rdiv at 2. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    rewrite <- ln_pow by lra. apply ln_le_mono; [apply pow_lt; lra|].
    apply (Rmult_le_reg_r gamma); [exact hgamma|]. unfold Rdiv at 2. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    exact k.
  Qed.

  (** S08: the bias [beta log kappa_0 / gamma] does not vanish with [beta]. *)
  Theorem S08_bias_at_fixed_radius (D : X -> R) : is_dist D ->
    realizable beta (softmax phi theta0) (linear_class phi radius) ->
    (1 + beta) * ln (kappa D (softmax phi theta0)) / (2 * Bphi * radius)
      <= beta * ln (kappa D (softmax phi theta0)) / gamma.
  Proof.
    intros hD h. assert (k := S08_margin_at_fixed_radius h).
    assert (hk : 1 <= kappa D (softmax phi theta0)) by (apply K01_range; [exact hD|apply softmax_policy]).
    assert (hl := ln_ge_0 _ hk). set (l := ln (kappa D (softmax phi theta0))) in *.
    assert (hbr : 0 < 2 * Bphi * radius) by (repeat apply Rmult_lt_0_compat; lra).
    apply (Rmult_le_compat_r ((1 + beta) * / gamma)) in k;
      [|apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hgamma]].
    replace (gamma * ((1 + beta) * / gamma)) with (1 + beta) in k by (field; lra).
    replace (2 * Bphi * radius * beta / (1 + beta) * ((1 + beta) * / gamma)) with (2 * Bphi * radius * (beta / gamma)) in k
      by (field; lra).
    apply (Rmult_le_reg_l (2 * Bphi * radius)); [exact hbr|].
    replace (2 * Bphi * radius * ((1 + beta) * l / (2 * Bphi * radius))) with ((1 + beta) * l) by (field; lra).
    replace (2 * Bphi * radius * (beta * l / gamma)) with (2 * Bphi * radius * (beta / gamma) * l) by (field; lra).
    apply Rmult_le_compat_r; assumption.
  Qed.

  (** S08: at a fixed radius the bound of Theorem 6.2 stays above [(1+beta)/(Bphi R)] for every sample size,
      round number and statistical error. *)
  Theorem S08_bound_at_fixed_radius (D : X -> R) c eps T : 0 < c -> 0 <= eps ->
    realizable beta (softmax phi theta0) (linear_class phi radius) ->
    (1 + beta) / (Bphi * radius) <= failure_bound D beta (softmax phi theta0) gamma c eps T.
  Proof.
    intros hc he h. assert (k := S08_margin_at_fixed_radius h).
    assert (hb : 0 < slope beta gamma c eps) by (apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
    assert (hroot : 1 <= sqrt (kappa_star (slope beta gamma c eps))).
    { rewrite <- sqrt_1. apply sqrt_le_1_alt. unfold kappa_star. set (b := slope beta gamma c eps) in *.
      assert (hs : 2 <= sqrt (b ^ 2 + 4)).
      { apply Rle_trans with (sqrt (2 ^ 2)); [right; symmetry; apply sqrt_pow2; lra|].
        apply sqrt_le_1_alt. generalize (pow2_ge_0 b). lra. }
      rewrite <- (pow1 2). apply pow_incr. lra. }
    assert (hrest : 0 <= sqrt (contraction (slope beta gamma c eps) ^ (T - 1)) * sqrt (kappa D (softmax phi theta0)))
      by (apply Rmult_le_pos; apply sqrt_pos).
    assert (hbr : 0 < Bphi * radius) by (apply Rmult_lt_0_compat; assumption).
    apply Rle_trans with (2 / gamma * (2 * eps + beta) * 1).
    - apply (Rmult_le_reg_r (Bphi * radius * gamma)); [apply Rmult_lt_0_compat; assumption|].
      replace ((1 + beta) / (Bphi * radius) * (Bphi * radius * gamma)) with ((1 + beta) * gamma) by (field; lra).
      replace (2 / gamma * (2 * eps + beta) * 1 * (Bphi * radius * gamma)) with (2 * (2 * eps + beta) * (Bphi * radius))
        by (field; lra).
      apply (Rmult_le_compat_l (1 + beta)) in k; [|lra].
      replace ((1 + beta) * (2 * Bphi * radius * beta / (1 + beta))) with (2 * beta * (Bphi * radius)) in k by (field; lra).
      assert (0 <= eps * (Bphi * radius)) by (apply Rmult_le_pos; lra). lra.
    - unfold failure_bound. apply Rmult_le_compat_l; [|lra].
      apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra].
  Qed.

End FixedRadius.

(** S08: the repaired radius puts [d T log(1 + 1/beta)] into the logarithm of the covering number. *)
Theorem S08_complexity_of_the_repaired_radius d nu Bphi e beta T : 0 <= d -> 0 <= nu -> 0 < Bphi -> 0 < e -> 0 < beta <= 1 ->
  d * ln (1 + 4 * (alpha beta T * nu) * Bphi / e)
    <= d * (ln (1 + 4 * nu * Bphi / e) + INR T * ln (1 + 1 / beta)).
Proof.
  intros hd hnu hB he hb. apply Rmult_le_compat_l; [exact hd|].
  assert (ha := alpha_at_least_1 beta hb T). set (v := 4 * nu * Bphi / e).
  assert (hv : 0 <= v).
  { apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, he]. }
  replace (4 * (alpha beta T * nu) * Bphi / e) with (alpha beta T * v) by (unfold v; field; lra).
  assert (hf : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
  rewrite <- ln_pow by lra. fold (alpha beta T). rewrite <- ln_mult by lra.
  assert (0 <= alpha beta T * v) by (apply Rmult_le_pos; lra). apply ln_le_mono; lra.
Qed.
