(** Linear softmax: exact rounds, a fixed radius, a lazy learner, the cost of spanning. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.Rounds Iteration.Learners Linear.SoftmaxClass Linear.FixedRadius.
Import ListNotations.
Open Scope R_scope.

(** * Exact recovery over T rounds

    F10 joined to S08.  While the samples span the feature differences, every learner that minimises the
    empirical loss follows the exact iteration of S05; at the repaired radius [R >= alpha_T ||theta_0||]
    that path stays in the class, so the assumptions of Theorem 6.2 hold in every round.  How likely the
    samples span: all pairs of a spanning list are seen. *)

(** ** Spanning samples *)

Section Spanning.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.
  Implicit Types s Z : list (X * Y * Y).

  (** A sample that contains the pairs of a spanning list spans. *)
  Lemma spans_incl Z s : spans phi Z -> incl Z s -> spans phi s.
  Proof.
    intros hZ hs v. destruct (hZ v) as (a & ha).
    set (count := fun z => sumL s (fun w => ind (w = z))).
    assert (hcount : forall z, In z Z -> 0 < count z).
    { intros z hz. apply Rlt_le_trans with (ind (z = z)); [rewrite ind_true by reflexivity; lra|].
      apply (sumL_term_le s (fun w => ind (w = z))); [intros; apply ind_nonneg|apply hs, hz]. }
    exists (fun w => sumL Z (fun z => a z / count z * ind (w = z))). intros j. rewrite ha.
    rewrite (sumL_ext s _ (fun w => sumL Z (fun z => a z / count z * ind (w = z) * feature_difference phi w j))).
    - rewrite sumL_swap. apply sumL_ext. intros z hz.
      rewrite (sumL_ext s _ (fun w => a z / count z * feature_difference phi z j * ind (w = z))).
      + rewrite sumL_scal. fold (count z). specialize (hcount z hz). field. lra.
      + intros w _. unfold ind. destruct (decide (w = z)) as [->|_]; lra.
    - intros w _. rewrite Rmult_comm, <- sumL_scal. apply sumL_ext; intros; lra.
  Qed.

  Lemma Prn_missed (p : X * Y * Y -> R) n z : is_dist p -> Prn n p (fun s => ~ In z s) = (1 - p z) ^ n.
  Proof.
    intros hp. transitivity (Prn n p (fun s => Forall (fun w => w <> z) s)).
    - unfold Prn. apply En_ext. intros s _. apply ind_iff. rewrite Forall_forall. split.
      + intros h w hw e. subst w. exact (h hw).
      + intros h hz. exact (h z hz eq_refl).
    - rewrite Prn_forall. f_equal. unfold Pr.
      rewrite (E_ext p _ (fun w => 1 - ind (w = z))) by (intros; apply ind_not).
      rewrite E_minus, E_const by exact hp. f_equal. unfold E.
      rewrite <- (Sum_pick p z). apply Sum_ext; intros; lra.
  Qed.

  Lemma Prn_exists_in (p : X * Y * Y -> R) n Z (P : X * Y * Y -> list (X * Y * Y) -> Prop) :
    (forall w, 0 <= p w) -> Prn n p (fun s => exists z, In z Z /\ P z s) <= sumL Z (fun z => Prn n p (P z)).
  Proof.
    intros hp. unfold Prn. rewrite <- En_sum. apply En_le; [exact hp|]. intros s _. unfold ind at 1.
    destruct (decide _) as [(z & hz & hP)|_].
    - rewrite <- (ind_true (P z s) hP). apply (sumL_term_le Z (fun z => ind (P z s))); [|exact hz].
      intros; apply ind_nonneg.
    - apply sumL_nonneg; intros; apply ind_nonneg.
  Qed.

  (** A sample of [n] pairs fails to span with probability at most [sum_{z in Z} (1 - p(z))^n]. *)
  Theorem F10_spanning_probability (p : X * Y * Y -> R) n Z : is_dist p -> spans phi Z ->
    Prn n p (fun s => ~ spans phi s) <= sumL Z (fun z => (1 - p z) ^ n).
  Proof.
    intros hp hZ. rewrite (sumL_ext Z _ (fun z => Prn n p (fun s => ~ In z s)))
      by (intros; symmetry; apply Prn_missed, hp).
    eapply Rle_trans; [|apply (Prn_exists_in p n Z (fun z s => ~ In z s)), hp].
    apply Prn_mono; [apply hp|]. intros s _ hs. apply NNPP. intros hall. apply hs, (spans_incl Z s hZ).
    intros z hz. apply NNPP. intros hin. apply hall. exists z. auto.
  Qed.

End Spanning.

(** ** The exact path *)

Section ExactPath.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable phi : X -> Y -> Dim -> R.
  Variables radius beta gamma : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hgamma : 0 < gamma.
  Variable theta0 : Dim -> R.
  Hypothesis hmargin : has_margin gamma (softmax phi theta0).
  Variable T : nat.
  (** The repaired radius of S08. *)
  Hypothesis hradius : alpha beta T * norm theta0 <= radius.

  Let pol := linear_class phi radius.
  Let pi0 := softmax phi theta0.

  (** [pi_t] of S05, proportional to [pi_0^alpha_t]. *)
  Definition exact_policy (t : nat) : policy X Y := softmax phi (scale (alpha beta t) theta0).

  Lemma scale_scale a b (theta : Dim -> R) : scale a (scale b theta) = scale (a * b) theta.
  Proof. apply functional_extensionality; intros j. unfold scale; lra. Qed.

  Lemma exact_policy_0 : exact_policy 0 = pi0.
  Proof.
    unfold exact_policy, pi0. f_equal. apply functional_extensionality; intros j.
    unfold scale, alpha. simpl. lra.
  Qed.

  Lemma exact_policy_update t : self_update beta (exact_policy t) = exact_policy (S t).
  Proof.
    apply functional_extensionality; intros x. apply functional_extensionality; intros y.
    unfold exact_policy. rewrite S08_update_scales by lra. rewrite scale_scale. reflexivity.
  Qed.

  Lemma alpha_at_least_1 t : 1 <= alpha beta t.
  Proof. apply pow_R1_Rle. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

  Lemma alpha_monotone t t' : (t <= t')%nat -> alpha beta t <= alpha beta t'.
  Proof. intros h. apply Rle_pow; [|exact h]. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

  Lemma exact_in_ball t : (t <= T)%nat -> norm (scale (alpha beta t) theta0) <= radius.
  Proof.
    intros ht. assert (h := alpha_at_least_1 t). rewrite norm_scale by lra.
    eapply Rle_trans; [|exact hradius]. apply Rmult_le_compat_r; [apply norm_nonneg|apply alpha_monotone, ht].
  Qed.

  (** S08: A-REAL along the path, for [T] rounds. *)
  Lemma exact_realizable t : (t < T)%nat -> realizable beta (exact_policy t) pol.
  Proof.
    intros ht. exists (exist _ (scale (alpha beta (S t)) theta0) (exact_in_ball (S t) ht)). intros x y.
    rewrite exact_policy_update. reflexivity.
  Qed.

  Lemma exact_margin t : has_margin (alpha beta t * gamma) (exact_policy t).
  Proof.
    assert (h := alpha_at_least_1 t).
    assert (k := power_margin gamma (alpha beta t) (softmax phi theta0) ltac:(lra) hgamma (softmax_policy phi theta0)
      hmargin).
    apply (has_margin_ext _ _ (fun x => power (alpha beta t) (softmax phi theta0 x))); [|exact k].
    intros x y. symmetry. apply power_softmax.
  Qed.

  Lemma margin_weaken g g' (pi : policy X Y) : g <= g' -> has_margin g' pi -> has_margin g pi.
  Proof. intros hg hm x y hy. specialize (hm x y hy). lra. Qed.

  Variable n : nat.
  Variable learner : history (X := X) (Y := Y) -> ball Dim radius.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.

  (** F10 and S08: along spanning samples the learner follows the exact path and the assumptions hold. *)
  Theorem F10_spanning_rounds (h : history (X := X) (Y := Y)) : (length h <= T)%nat -> Forall (spans phi) h ->
    current pol pi0 learner h = exact_policy (length h) /\
    every_round pol pi0 learner (round_assumptions D beta pol gamma (/ card Y) (card Y)) h.
  Proof.
    induction h as [|s h ih]; intros hlen hs; [split; [symmetry; apply exact_policy_0|exact I]|].
    simpl in hlen. inversion hs as [|s' h' hs1 hs2]; subst.
    destruct (ih ltac:(lia) hs2) as [e hall]. assert (herm := hlearner s h). rewrite e in herm.
    assert (hreal := exact_realizable (length h) ltac:(lia)).
    set (theta_t := scale (alpha beta (length h)) theta0) in *.
    set (Theta := fun i : ball Dim radius => proj1_sig i).
    assert (hm : has_margin gamma (exact_policy (length h))).
    { apply (margin_weaken gamma (alpha beta (length h) * gamma)); [|apply exact_margin].
      assert (k := alpha_at_least_1 (length h)). nra. }
    assert (enext : current pol pi0 learner (s :: h) = exact_policy (S (length h))).
    { rewrite <- exact_policy_update. apply functional_extensionality; intros x.
      apply functional_extensionality; intros y.
      exact (F10_minimiser_is_update phi Theta beta ltac:(lra) theta_t s (learner (s :: h)) hreal hs1 herm x y). }
    split; [exact enext|]. split; [|exact hall].
    destruct (F10_assumptions_for_free phi Theta beta ltac:(lra) theta_t D gamma s (learner (s :: h)) hD hreal hs1 herm
      hgamma hm) as (h1 & h2 & _).
    rewrite e. split; [exact hreal|]. split; [exact h1|]. split; [exact h2|]. split; [exact hm|].
    intros x. assert (hN := @card_ge_1 Y FY). rewrite enext.
    assert (k := card_Max_ge_1 (exact_policy (S (length h))) x (softmax_policy phi _)).
    apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r by lra. exact k.
  Qed.

  Lemma exact_kappa : kappa D (exact_policy T) <= 1 + (card Y - 1) * exp (- (gamma * alpha beta T)).
  Proof.
    rewrite (Rmult_comm gamma). apply kappa_margin; [exact hD|apply softmax_policy|apply exact_margin].
  Qed.

  Variable Z : list (X * Y * Y).
  Hypothesis hZ : spans phi Z.
  Variable eta : R.
  Hypothesis heta : 0 <= eta.
  Hypothesis hmissed : forall t, (t < T)%nat ->
    sumL Z (fun z => (1 - coupled D (exact_policy t) (exact_policy t) z) ^ n) <= eta.

  (** A round on the exact path whose sample does not span. *)
  Definition blind_round (base : policy X Y) (s : list (X * Y * Y)) (_ : policy X Y) : Prop :=
    (exists t, (t < T)%nat /\ base = exact_policy t) /\ ~ spans phi s.

  Lemma sighted_rounds (h : history (X := X) (Y := Y)) : (length h <= T)%nat ->
    ~ some_round pol pi0 learner blind_round h -> Forall (spans phi) h.
  Proof.
    induction h as [|s h ih]; intros hlen hgood; [constructor|]. simpl in hlen.
    apply not_or_and in hgood as [hgood hrest]. specialize (ih ltac:(lia) hrest).
    destruct (F10_spanning_rounds h ltac:(lia) ih) as [e _]. constructor; [|exact ih].
    apply NNPP. intros hne. apply hgood. split; [|exact hne]. exists (length h). split; [lia|exact e].
  Qed.

  Theorem F10_exact_rounds :
    1 - INR T * eta <= PT D pol pi0 n learner T (fun h =>
      (forall x y, current pol pi0 learner h x y = exact_policy T x y) /\
      every_round pol pi0 learner (round_assumptions D beta pol gamma (/ card Y) (card Y)) h /\
      kappa D (current pol pi0 learner h) <= 1 + (card Y - 1) * exp (- (gamma * alpha beta T))).
  Proof.
    assert (hpol : forall i, is_policy (pol i)) by (intros i; apply linear_class_policy).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    assert (hbad : PT D pol pi0 n learner T (some_round pol pi0 learner blind_round) <= INR T * eta).
    { apply (C38_union_over_rounds D pol pi0 n learner hD hpol hpi0). intros h.
      destruct (classic (exists t, (t < T)%nat /\ current pol pi0 learner h = exact_policy t)) as [(t & ht & e)|hno].
      - rewrite e. eapply Rle_trans; [|apply (hmissed t ht)].
        assert (hlaw : is_dist (coupled D (exact_policy t) (exact_policy t))).
        { apply (pair_law_dist D hD (exact_policy t) (softmax_policy phi _)). }
        eapply Rle_trans; [|apply (F10_spanning_probability phi _ n Z hlaw hZ)].
        apply Prn_mono; [apply hlaw|]. intros s _ [_ hs]. exact hs.
      - assert (hlaw := current_law D pol pi0 learner hD hpol hpi0 h).
        unfold Prn. rewrite (En_ext _ n _ (fun _ => 0)); [rewrite En_const by exact hlaw; exact heta|].
        intros s _. apply ind_false. intros [hex _]. contradiction. }
    apply Rle_trans with (PT D pol pi0 n learner T (fun h => ~ some_round pol pi0 learner blind_round h)).
    - rewrite (PT_not D pol pi0 n learner hD hpol hpi0). lra.
    - apply (PT_mono D pol pi0 n learner hD hpol hpi0). intros h hext hgood.
      assert (hlen := extends_length n _ _ _ hext). simpl in hlen. rewrite Nat.add_0_r in hlen.
      destruct (F10_spanning_rounds h ltac:(lia) (sighted_rounds h ltac:(lia) hgood)) as [e hall].
      rewrite hlen in e. rewrite e. split; [reflexivity|]. split; [exact hall|apply exact_kappa].
  Qed.

End ExactPath.

Theorem F10_recovery_at_the_repaired_radius : Exact_recovery.
Proof.
  intros X Y Dim FX FY FD D phi radius beta gamma eta n T theta0 Z learner pol exact hD hbeta hgamma hm hr hl hZ
    heta hmissed.
  exact (F10_exact_rounds D hD phi radius beta gamma hbeta hgamma theta0 hm T hr n learner hl Z hZ eta heta hmissed).
Qed.

(** * What a fixed radius costs

    S08 for policies.  A margin needs norm: [gamma <= 2 Bphi ||theta||].  So A-REAL in the first round bounds
    the margin by [2 Bphi R beta/(1+beta)], the bound of Theorem 6.2 stays above [(1+beta)/(Bphi R)] whatever
    the sample size, and A-REAL ends after [log(2 Bphi R/gamma)/log(1 + 1/beta)] rounds of the exact path. *)

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
    replace (2 * Bphi * radius * (beta * l / gamma)) with (2 * Bphi * radius * (beta / gamma) * l) by lra.
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
  replace (4 * (alpha beta T * nu) * Bphi / e) with (alpha beta T * v) by (unfold v; lra).
  assert (hf : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
  rewrite <- ln_pow by lra. fold (alpha beta T). rewrite <- ln_mult by lra.
  assert (0 <= alpha beta T * v) by (apply Rmult_le_pos; lra). apply ln_le_mono; lra.
Qed.

(** * A learner that meets the assumptions of Theorem 6.2 without always returning p*

    One feature per prompt: [phi(x, y)] is the unit vector of [x] for one target response and 0 otherwise,
    so [d] is the number of prompts.  The lazy learner scales the coordinates of the prompts that its sample
    determines by [1 + 1/beta] and leaves the others alone.  It minimises the empirical loss, all
    assumptions hold on every history, for every sample size and number of rounds at the repaired radius of
    S08, and with positive probability its policy is not the exact one. *)

Section LazyLearner.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable target : Y.

  (** The unit vector of [x] at the target response, 0 at the others. *)
  Definition prompt_features (x : X) (y : Y) : X -> R := fun j => ind (j = x) * ind (y = target).

  Local Notation phi := prompt_features.

  Lemma score_prompt theta x y : dot theta (phi x y) = ind (y = target) * theta x.
  Proof.
    unfold dot, prompt_features.
    rewrite (Sum_ext _ (fun j => ind (j = x) * (ind (y = target) * theta j))) by (intros; lra).
    exact (Sum_pick (fun j => ind (y = target) * theta j) x).
  Qed.

  Lemma prompt_features_bounded : bounded_features phi 1.
  Proof.
    intros x y. unfold norm. rewrite score_prompt. unfold prompt_features. rewrite (ind_true (x = x)) by reflexivity.
    rewrite Rmult_1_l, ind_idem. apply Rle_trans with (sqrt 1); [|right; apply sqrt_1].
    apply sqrt_le_1_alt, ind_range.
  Qed.

  Lemma softmax_prompt theta theta' x y : theta x = theta' x -> softmax phi theta x y = softmax phi theta' x y.
  Proof.
    intros e. unfold softmax. rewrite !score_prompt, e. f_equal. apply Sum_ext; intros z.
    rewrite !score_prompt, e. reflexivity.
  Qed.

  Lemma softmax_target theta x y : y <> target -> ln (softmax phi theta x target) - ln (softmax phi theta x y) = theta x.
  Proof.
    intros hy. rewrite !ln_softmax, !score_prompt. rewrite ind_true by reflexivity. rewrite ind_false by exact hy. lra.
  Qed.

  Lemma prompt_margin g theta : 0 < g -> (forall x, g <= theta x) -> has_margin g (softmax phi theta).
  Proof.
    intros hg h x y. assert (e : mode (softmax phi theta) x = target).
    { apply mode_unique. intros z hz. apply ln_lt_inv; try apply softmax_policy.
      assert (k := softmax_target theta x z hz). specialize (h x). lra. }
    rewrite e. intros hy. rewrite softmax_target by exact hy. apply h.
  Qed.

  Variables beta g radius : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hg : 0 < g.
  Hypothesis hr0 : 0 <= radius.

  Definition theta_start : X -> R := fun _ => g.

  (** The sample determines the coordinate of [x]. *)
  Definition informative (x : X) (s : list (X * Y * Y)) : Prop := Exists (fun z => feature_difference phi z x <> 0) s.

  Fixpoint lazy_parameter (h : history (X := X) (Y := Y)) : X -> R :=
    match h with
    | [] => theta_start
    | s :: h' => fun x => if decide (informative x s) then (1 + 1 / beta) * lazy_parameter h' x else lazy_parameter h' x
    end.

  (** The lazy parameter while it lies in the ball, then any empirical risk minimiser. *)
  Fixpoint lazy_learner (h : history (X := X) (Y := Y)) : ball X radius :=
    match h with
    | [] => ball_center radius hr0
    | s :: h' =>
        match decide (norm (lazy_parameter (s :: h')) <= radius) with
        | left p => exist _ (lazy_parameter (s :: h')) p
        | right _ => proj1_sig (empirical_minimiser phi radius hr0 beta
            (softmax phi (match h' with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h') end)) s
            (softmax_policy phi _))
        end
    end.

  Let pol := linear_class phi radius.
  Let pi0 := softmax phi theta_start.

  Lemma factor_pos : 2 <= 1 + 1 / beta.
  Proof.
    assert (h : 1 <= 1 / beta); [|lra]. apply (Rmult_le_reg_r beta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  Qed.

  Lemma lazy_range h x : g <= lazy_parameter h x <= alpha beta (length h) * g.
  Proof.
    assert (hf := factor_pos). induction h as [|s h ih]; [unfold alpha; simpl; unfold theta_start; lra|].
    change (alpha beta (length (s :: h))) with ((1 + 1 / beta) * alpha beta (length h)).
    simpl lazy_parameter. destruct (decide _); split; try lra; nra.
  Qed.

  Lemma norm_mono (u v : X -> R) : (forall j, 0 <= u j <= v j) -> norm u <= norm v.
  Proof. intros h. apply sqrt_le_1_alt, Sum_le. intros j. specialize (h j). nra. Qed.

  Lemma lazy_norm h : norm (lazy_parameter h) <= alpha beta (length h) * norm theta_start.
  Proof.
    assert (ha := alpha_at_least_1 beta hbeta (length h)). rewrite <- norm_scale by lra.
    apply norm_mono. intros j. assert (k := lazy_range h j). unfold scale, theta_start. lra.
  Qed.

  Lemma lazy_grows s h : norm (lazy_parameter h) <= norm (lazy_parameter (s :: h)).
  Proof.
    apply norm_mono. intros j. assert (k := lazy_range h j). assert (hf := factor_pos).
    simpl lazy_parameter. destruct (decide _); nra.
  Qed.

  Lemma learner_lazy s h : norm (lazy_parameter (s :: h)) <= radius ->
    proj1_sig (lazy_learner (s :: h)) = lazy_parameter (s :: h).
  Proof.
    intros hn. cbn [lazy_learner]. destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p|p];
      [reflexivity|contradiction].
  Qed.

  Lemma current_lazy h : norm (lazy_parameter h) <= radius -> current pol pi0 lazy_learner h = softmax phi (lazy_parameter h).
  Proof.
    destruct h as [|s h]; intros hn; [reflexivity|].
    change (current pol pi0 lazy_learner (s :: h)) with (softmax phi (proj1_sig (lazy_learner (s :: h)))).
    rewrite learner_lazy by exact hn. reflexivity.
  Qed.

  Lemma lazy_no_loss s h z : In z s ->
    pair_loss beta (softmax phi (lazy_parameter h)) (fun i : unit => softmax phi (lazy_parameter (s :: h))) tt z = 0.
  Proof.
    intros hz.
    rewrite (pair_loss_residual phi (fun _ : unit => lazy_parameter (s :: h)) beta (lazy_parameter h)).
    assert (e : dot (residual beta (lazy_parameter (s :: h)) (lazy_parameter h)) (feature_difference phi z) = 0).
    { unfold dot. rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero|]. intros j. unfold residual. simpl lazy_parameter.
      destruct (decide (informative j s)) as [hi|hi]; [field; lra|].
      assert (e0 : feature_difference phi z j = 0); [|rewrite e0; lra].
      apply NNPP. intros hne. apply hi, Exists_exists. exists z. auto. }
    rewrite e. ring.
  Qed.

  Theorem lazy_learner_minimises : minimises_empirical_loss beta pol pi0 lazy_learner.
  Proof.
    intros s h j. destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p|p].
    - rewrite (current_lazy h) by (eapply Rle_trans; [apply lazy_grows|exact p]).
      apply Rle_trans with 0.
      + right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; lra|].
        intros z hz. rewrite <- (lazy_no_loss s h z hz). destruct z as [[x y] y']. unfold pair_loss, pol, linear_class.
        rewrite (learner_lazy s h p). reflexivity.
      + apply empirical_loss_nonneg. intros; apply pair_loss_nonneg.
    - assert (e : current pol pi0 lazy_learner h =
        softmax phi (match h with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h) end)) by (destruct h; reflexivity).
      rewrite e. cbn [lazy_learner].
      destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p'|p']; [contradiction|].
      exact (proj2_sig (empirical_minimiser phi radius hr0 beta
        (softmax phi (match h with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h) end)) s (softmax_policy phi _)) j).
  Qed.

  Variable T : nat.
  (** The repaired radius of S08. *)
  Hypothesis hradius : alpha beta T * norm theta_start <= radius.

  Lemma lazy_in_ball h : (length h <= T)%nat -> norm (lazy_parameter h) <= radius.
  Proof.
    intros hl. eapply Rle_trans; [apply lazy_norm|]. eapply Rle_trans; [|exact hradius].
    apply Rmult_le_compat_r; [apply norm_nonneg|apply alpha_monotone; assumption].
  Qed.

  (** All assumptions of Theorem 6.2 hold along every history of at most [T] rounds. *)
  Theorem F09_lazy_learner_assumptions h : (length h <= T)%nat ->
    every_round pol pi0 lazy_learner (round_assumptions D beta pol g (/ card Y) (card Y)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl. split; [|apply ih; lia].
    rewrite (current_lazy h), (current_lazy (s :: h)) by (apply lazy_in_ball; simpl; lia).
    set (base := softmax phi (lazy_parameter h)). set (next := softmax phi (lazy_parameter (s :: h))).
    assert (hb : is_policy base) by apply softmax_policy.
    assert (hpartial : forall x, (forall y, next x y = base x y) \/ (forall y, next x y = self_update beta base x y)).
    { intros x. destruct (decide (informative x s)) as [hi|hi]; [right|left]; intros y; unfold next, base.
      - rewrite S08_update_scales by lra. apply softmax_prompt. simpl lazy_parameter. unfold scale.
        destruct (decide (informative x s)); [reflexivity|contradiction].
      - apply softmax_prompt. simpl lazy_parameter. destruct (decide (informative x s)); [contradiction|reflexivity]. }
    split; [|split; [|split; [|split]]].
    - assert (hn : norm (scale (1 + 1 / beta) (lazy_parameter h)) <= radius).
      { assert (hf := factor_pos). rewrite norm_scale by lra. eapply Rle_trans; [|exact hradius].
        apply Rle_trans with ((1 + 1 / beta) * (alpha beta (length h) * norm theta_start)).
        - apply Rmult_le_compat_l; [lra|apply lazy_norm].
        - rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [apply norm_nonneg|].
          change ((1 + 1 / beta) * alpha beta (length h)) with (alpha beta (S (length h))).
          apply alpha_monotone; [assumption|lia]. }
      exists (exist _ (scale (1 + 1 / beta) (lazy_parameter h)) hn). intros x y. unfold base.
      rewrite S08_update_scales by lra. reflexivity.
    - apply (C17_partial_update D hD beta ltac:(lra) base next hb hpartial).
    - apply (C12_partial_update D hD beta ltac:(lra) base next hb hpartial).
    - apply prompt_margin; [exact hg|]. intros x. apply lazy_range.
    - intros x. assert (hN := @card_ge_1 Y FY).
      assert (k := card_Max_ge_1 next x (softmax_policy phi _)).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r by lra. exact k.
  Qed.

  (** ** It is not the exact learner *)

  Variable n : nat.

  Lemma En_point {A : Type} {FA : FiniteType A} (p : A -> R) z m (f : list A -> R) : (forall a, 0 <= p a) -> 0 < p z ->
    (forall s, 0 <= f s) -> 0 < f (repeat z m) -> 0 < En m p f.
  Proof.
    intros hp hz. revert f. induction m as [|m ih]; intros f hf h; [exact h|].
    apply Rlt_le_trans with (p z * En m p (fun s => f (z :: s))).
    - apply Rmult_lt_0_compat; [exact hz|]. apply ih; [intros; apply hf|exact h].
    - apply (Sum_term_le (fun a => p a * En m p (fun s => f (a :: s)))). intros a. apply Rmult_le_pos; [apply hp|].
      rewrite <- (Rmult_0_l (En m p (fun _ => 0))), <- En_scal. apply En_le; [exact hp|]. intros s _.
      rewrite Rmult_0_l. apply hf.
  Qed.

  Lemma ET_point z m h (F : history (X := X) (Y := Y) -> R) : (forall k, 0 <= F k) ->
    (forall k, 0 < coupled D (current pol pi0 lazy_learner k) (current pol pi0 lazy_learner k) z) ->
    0 < F (repeat (repeat z n) m ++ h) -> 0 < ET D pol pi0 n lazy_learner m h F.
  Proof.
    intros hF hz. assert (hpol : forall i, is_policy (pol i)) by (intros i; apply linear_class_policy).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    revert h. induction m as [|m ih]; intros h hpos; [exact hpos|]. simpl ET.
    assert (hlaw := current_law D pol pi0 lazy_learner hD hpol hpi0 h).
    apply (En_point _ z); [apply hlaw|apply hz| |].
    - intros s. rewrite <- (ET_const D pol pi0 n lazy_learner hD hpol hpi0 m (s :: h) 0).
      apply (ET_le D pol pi0 n lazy_learner hD hpol hpi0). intros; apply hF.
    - apply ih. change (repeat z n :: h) with ([repeat z n] ++ h).
      rewrite app_assoc. rewrite <- repeat_cons. exact hpos.
  Qed.

  (** With positive probability the policy after [T] rounds differs from [pi_T] of S05. *)
  Theorem F09_lazy_learner_not_exact x0 y0 : (0 < T)%nat -> 0 < D x0 -> y0 <> target ->
    0 < PT D pol pi0 n lazy_learner T (fun h =>
      exists x y, current pol pi0 lazy_learner h x y <> softmax phi (scale (alpha beta T) theta_start) x y).
  Proof.
    intros hT hx hy. apply (ET_point (x0, target, target)).
    - intros; apply ind_nonneg.
    - intros k. simpl. assert (hp := current_policy pol pi0 lazy_learner (linear_class_policy phi radius)
        (softmax_policy phi theta_start) k x0). destruct hp as [hp _]. specialize (hp target).
      repeat apply Rmult_lt_0_compat; assumption.
    - rewrite app_nil_r. rewrite ind_true; [lra|]. set (h := repeat (repeat (x0, target, target) n) T).
      assert (hlen : length h = T) by apply repeat_length.
      assert (hlazy : forall m, lazy_parameter (repeat (repeat (x0, target, target) n) m) = theta_start).
      { induction m as [|m ih]; [reflexivity|]. apply functional_extensionality; intros x. simpl lazy_parameter.
        rewrite ih. destruct (decide _) as [hi|_]; [|reflexivity]. exfalso.
        apply Exists_exists in hi as (z & hz & hne). apply repeat_spec in hz. subst z. apply hne, F10_equal_pair. }
      exists x0, target. rewrite current_lazy by (apply lazy_in_ball, Nat.eq_le_incl; exact hlen). unfold h. rewrite hlazy. intros e.
      assert (k1 := softmax_target theta_start x0 y0 hy).
      assert (k2 := softmax_target (scale (alpha beta T) theta_start) x0 y0 hy).
      unfold theta_start, scale in k1, k2.
      (* equal masses of the target would give equal odds, since the other responses share the rest equally *)
      assert (odds : forall theta, softmax phi theta x0 target * (1 + (card Y - 1) * exp (- theta x0)) = 1).
      { intros theta. destruct (softmax_policy phi theta x0) as [_ hs].
        rewrite (Sum_split _ target) in hs.
        rewrite (Sum_ext _ (fun y => softmax phi theta x0 target * exp (- theta x0) * ind (y <> target))) in hs.
        - rewrite Sum_scal in hs.
          assert (ec : Sum (fun y => ind (y <> target)) = card Y - 1).
          { rewrite (Sum_ext _ (fun y => 1 - ind (y = target) * 1)) by (intros; rewrite ind_not; lra).
            rewrite Sum_minus, Sum_const, Sum_pick. lra. }
          rewrite ec in hs. lra.
        - intros y. unfold ind. destruct (decide (y <> target)) as [hne|_]; [|lra].
          assert (k := softmax_target theta x0 y hne).
          assert (k' : softmax phi theta x0 y = softmax phi theta x0 target * exp (- theta x0)); [|rewrite k'; lra].
          rewrite <- (exp_ln (softmax phi theta x0 y)) by apply softmax_policy.
          rewrite <- (exp_ln (softmax phi theta x0 target)) at 1 by apply softmax_policy.
          rewrite <- exp_plus. f_equal. lra. }
      assert (o1 := odds theta_start). assert (o2 := odds (scale (alpha beta T) theta_start)).
      rewrite e in o1. unfold scale, theta_start in o1, o2.
      set (p := softmax phi (fun _ : X => alpha beta T * g) x0 target) in *.
      assert (hp : 0 < p) by apply softmax_policy.
      assert (hcard : 0 < card Y - 1).
      { assert (k := Sum_two_le (fun _ : Y => 1) target y0 ltac:(intros; lra) ltac:(congruence)).
        rewrite Sum_const in k. lra. }
      assert (hexp : exp (- (alpha beta T * g)) < exp (- g)).
      { apply exp_increasing. assert (hf := factor_pos).
        assert (1 < alpha beta T); [|nra]. unfold alpha. apply Rlt_pow_R1; [lra|exact hT]. }
      assert ((card Y - 1) * exp (- (alpha beta T * g)) < (card Y - 1) * exp (- g)) by (apply Rmult_lt_compat_l; assumption).
      nra.
  Qed.

End LazyLearner.

(** * What spanning costs

    F10: a sample that spans has at least as many pairs with different responses as there are linearly
    independent feature differences; the expected number of such pairs is at most [2 n (1 - 1/kappa)].  So
    spanning is unlikely once the policy is sharp.  And without A-REAL the minimiser moves with the sample. *)

(** ** More vectors than generators are dependent *)

Lemma finite_choice {I : Type} (P : I -> R -> Prop) (L : list I) : (forall i, In i L -> exists t, P i t) ->
  exists t : I -> R, forall i, In i L -> P i (t i).
Proof.
  induction L as [|i L ih]; intros h; [exists (fun _ => 0); intros i []|].
  destruct (h i (or_introl eq_refl)) as (ti & hti). destruct ih as (t & ht); [intros k hk; apply h; right; exact hk|].
  exists (fun k => if decide (k = i) then ti else t k). intros k hk.
  destruct (decide (k = i)) as [->|hne]; [exact hti|]. destruct hk as [e|hk]; [congruence|apply ht, hk].
Qed.

Section Steinitz.
  Context {Dim I K : Type}.
  Variable g : K -> Dim -> R.

  Definition combination_of (G : list K) (v : Dim -> R) : Prop :=
    exists b : K -> R, forall j, v j = sumL G (fun k => b k * g k j).

  Lemma more_vectors_than_generators (G : list K) : forall (f : I -> Dim -> R) (L : list I), NoDup L ->
    (length G < length L)%nat -> (forall i, In i L -> combination_of G (f i)) ->
    exists a : I -> R, (exists i, In i L /\ a i <> 0) /\ forall j, sumL L (fun i => a i * f i j) = 0.
  Proof.
    induction G as [|k G ih]; intros f L hL hlen hspan.
    - destruct L as [|i L]; [simpl in hlen; lia|]. exists (fun _ => 1).
      split; [exists i; split; [left; reflexivity|lra]|]. intros j.
      rewrite (sumL_ext _ _ (fun _ => 0)); [apply sumL_zero|]. intros i' hi'.
      destruct (hspan i' hi') as (b & hb). rewrite hb, sumL_nil. lra.
    - destruct (classic (forall i, In i L -> combination_of G (f i))) as [hall|hsome].
      + apply ih; [exact hL|simpl in hlen; lia|exact hall].
      + apply not_all_ex_not in hsome as (i0 & hi0). apply imply_to_and in hi0 as [hin hnot].
        destruct (hspan i0 hin) as (b & hb).
        assert (hb0 : b k <> 0).
        { intros e. apply hnot. exists b. intros j. rewrite hb, sumL_cons, e. lra. }
        destruct (in_split i0 L hin) as (L1 & L2 & ->).
        assert (hL' := NoDup_remove_1 L1 L2 i0 hL). assert (hni := NoDup_remove_2 L1 L2 i0 hL).
        assert (hsub : forall i, In i (L1 ++ L2) -> In i (L1 ++ i0 :: L2)).
        { intros i h. apply in_app_or in h. apply in_or_app. destruct h as [h|h]; [left; exact h|right; right; exact h]. }
        destruct (finite_choice (fun i t => combination_of G (fun j => f i j - t * f i0 j)) (L1 ++ L2)) as (t & ht).
        { intros i hi. destruct (hspan i (hsub i hi)) as (bi & hbi). exists (bi k / b k).
          exists (fun k' => bi k' - bi k / b k * b k'). intros j. rewrite hbi, hb, !sumL_cons.
          rewrite (sumL_ext G (fun k' => (bi k' - bi k / b k * b k') * g k' j)
            (fun k' => bi k' * g k' j + - (bi k / b k) * (b k' * g k' j))) by (intros; lra).
          rewrite sumL_plus, sumL_scal. field. exact hb0. }
        destruct (ih (fun i j => f i j - t i * f i0 j) (L1 ++ L2) hL') as (a & (i1 & hi1 & ha1) & hsum).
        { rewrite app_length in *. simpl in hlen. lia. }
        { exact ht. }
        set (a0 := - sumL (L1 ++ L2) (fun i => a i * t i)).
        exists (fun i => if decide (i = i0) then a0 else a i). split.
        * exists i1. split; [apply hsub, hi1|]. destruct (decide (i1 = i0)) as [->|_]; [contradiction|exact ha1].
        * intros j. assert (keep : forall l, (forall i, In i l -> In i (L1 ++ L2)) ->
            sumL l (fun i => (if decide (i = i0) then a0 else a i) * f i j) = sumL l (fun i => a i * f i j)).
          { intros l hl. apply sumL_ext. intros i hi. destruct (decide (i = i0)) as [->|_]; [|reflexivity].
            exfalso. apply hni, hl, hi. }
          rewrite sumL_app, sumL_cons.
          rewrite (keep L1) by (intros; apply in_or_app; left; assumption).
          rewrite (keep L2) by (intros; apply in_or_app; right; assumption).
          destruct (decide (i0 = i0)) as [_|h]; [|congruence].
          specialize (hsum j).
          rewrite (sumL_ext _ _ (fun i => a i * f i j + - f i0 j * (a i * t i))) in hsum by (intros; lra).
          rewrite sumL_plus, sumL_scal, sumL_app in hsum. unfold a0. lra.
  Qed.

End Steinitz.

(** ** Informative pairs *)

Section Cost.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  (** The pairs of a sample with different responses. *)
  Definition distinct (z : X * Y * Y) : bool := if decide (snd (fst z) <> snd z) then true else false.

  Definition distinct_pairs (s : list (X * Y * Y)) : list (X * Y * Y) := filter distinct s.

  (** Linearly independent feature differences. *)
  Definition independent_pairs (L : list (X * Y * Y)) : Prop :=
    forall a : X * Y * Y -> R, (forall j, sumL L (fun z => a z * feature_difference phi z j) = 0) ->
    forall z, In z L -> a z = 0.

  Lemma sum_distinct (s : list (X * Y * Y)) (a : X * Y * Y -> R) j :
    sumL s (fun z => a z * feature_difference phi z j)
    = sumL (distinct_pairs s) (fun z => a z * feature_difference phi z j).
  Proof.
    induction s as [|[[x y] y'] s ih]; [reflexivity|]. rewrite sumL_cons, ih. unfold distinct_pairs. simpl filter.
    unfold distinct at 2. cbn [fst snd]. destruct (decide (y <> y')) as [hne|he].
    - rewrite sumL_cons. reflexivity.
    - apply NNPP in he. subst y'. rewrite (F10_equal_pair phi x y j). lra.
  Qed.

  (** F10: a spanning sample has at least as many pairs with different responses as there are independent
      feature differences. *)
  Theorem F10_spanning_needs_pairs (s L : list (X * Y * Y)) : spans phi s -> NoDup L -> independent_pairs L ->
    (length L <= length (distinct_pairs s))%nat.
  Proof.
    intros hs hL hind. destruct (Nat.le_gt_cases (length L) (length (distinct_pairs s))) as [h|h]; [exact h|exfalso].
    destruct (more_vectors_than_generators (feature_difference phi) (distinct_pairs s)
      (feature_difference phi) L hL h) as (a & (z & hz & haz) & hsum).
    - intros z _. destruct (hs z) as (b & hb). exists b. intros j. rewrite hb. apply sum_distinct.
    - apply haz, (hind a hsum z hz).
  Qed.

  Lemma En_sumL (p : X * Y * Y -> R) n (f : X * Y * Y -> R) : is_dist p ->
    En n p (fun s => sumL s f) = INR n * E p f.
  Proof.
    intros hp. induction n as [|n ih]; [simpl; lra|]. rewrite S_INR.
    change (E p (fun a => En n p (fun s => sumL (a :: s) f)) = (INR n + 1) * E p f).
    rewrite (E_ext p _ (fun a => f a + INR n * E p f)).
    - rewrite E_plus, E_const by exact hp. lra.
    - intros a. rewrite <- ih. rewrite (En_ext p n _ (fun s => f a + sumL s f)) by (intros; apply sumL_cons).
      rewrite En_plus, En_const by exact hp. reflexivity.
  Qed.

  Lemma distinct_count (s : list (X * Y * Y)) :
    INR (length (distinct_pairs s)) = sumL s (fun z => let '(x, y, y') := z in ind (y <> y')).
  Proof.
    induction s as [|[[x y] y'] s ih]; [reflexivity|]. rewrite sumL_cons, <- ih. unfold distinct_pairs. simpl filter.
    unfold distinct at 1. simpl. destruct (decide (y <> y')) as [h|h].
    - rewrite ind_true by exact h. change (length ((x, y, y') :: filter distinct s)) with (S (length (filter distinct s))).
      rewrite S_INR. lra.
    - rewrite ind_false by exact h. ring.
  Qed.

  Variable D : X -> R.
  Hypothesis hD : is_dist D.

  (** F10: the expected number of pairs with different responses is at most [2 n (1 - 1/kappa)]. *)
  Theorem F10_expected_distinct_pairs base n : is_policy base ->
    En n (pair_law D base) (fun s => INR (length (distinct_pairs s))) <= 2 * INR n * (1 - / kappa D base).
  Proof.
    intros hb. rewrite (En_ext _ n _ (fun s => sumL s (fun z => let '(x, y, y') := z in ind (y <> y'))))
      by (intros; apply distinct_count).
    rewrite En_sumL by (apply (pair_law_dist D hD base hb)).
    assert (h := F10_informative_pairs D base hD hb). rewrite E2_coupled in h.
    replace (2 * INR n * (1 - / kappa D base)) with (INR n * (2 * (1 - / kappa D base))) by lra.
    apply Rmult_le_compat_l; [apply pos_INR|exact h].
  Qed.

  (** F10: so a sample spans with probability at most [2 n (1 - 1/kappa) / dim]. *)
  Theorem F10_spanning_is_costly base n (L : list (X * Y * Y)) : is_policy base -> NoDup L -> independent_pairs L ->
    (0 < length L)%nat ->
    Prn n (pair_law D base) (spans phi) <= 2 * INR n * (1 - / kappa D base) / INR (length L).
  Proof.
    intros hb hL hind hpos. assert (hlaw := pair_law_dist D hD base hb).
    assert (hk : 0 < INR (length L)) by (apply lt_0_INR, hpos).
    set (count := fun s => / INR (length L) * INR (length (distinct_pairs s))).
    apply Rle_trans with (Prn n (pair_law D base) (fun s => 1 <= count s)).
    - apply Prn_mono; [apply hlaw|]. intros s _ hs. assert (h := F10_spanning_needs_pairs s L hs hL hind).
      apply le_INR in h. unfold count. apply (Rmult_le_reg_l (INR (length L))); [exact hk|].
      rewrite <- Rmult_assoc, Rinv_r by lra. lra.
    - eapply Rle_trans; [apply (Prn_markov (pair_law D base) hlaw)|].
      + intros s. apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, hk|apply pos_INR].
      + unfold count. rewrite En_scal. unfold Rdiv. rewrite Rmult_comm.
        apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hk|]. apply F10_expected_distinct_pairs, hb.
  Qed.

  (** F10 along S05: in round [t+1] of the exact path the probability is at most
      [2 n (N - 1) e^(-gamma alpha_t) / dim]. *)
  Theorem F10_spanning_is_hopeless gamma beta theta0 t n (L : list (X * Y * Y)) : 0 < beta <= 1 -> 0 < gamma ->
    has_margin gamma (softmax phi theta0) -> NoDup L -> independent_pairs L -> (0 < length L)%nat ->
    Prn n (pair_law D (softmax phi (scale (alpha beta t) theta0))) (spans phi)
      <= 2 * INR n * ((card Y - 1) * exp (- (gamma * alpha beta t))) / INR (length L).
  Proof.
    intros hbeta hg hm hL hind hpos. set (base := softmax phi (scale (alpha beta t) theta0)).
    assert (hb : is_policy base) by apply softmax_policy.
    assert (hk : 0 < INR (length L)) by (apply lt_0_INR, hpos).
    assert (hkap : kappa D base <= 1 + (card Y - 1) * exp (- (gamma * alpha beta t))).
    { rewrite (Rmult_comm gamma). apply kappa_margin; [exact hD|exact hb|].
      apply (ExactRounds.exact_margin phi beta gamma hbeta hg theta0 hm t). }
    assert (h1 : 1 <= kappa D base) by (apply K01_range; assumption).
    assert (h2 : 1 - / kappa D base <= kappa D base - 1).
    { apply (Rmult_le_reg_r (kappa D base)); [lra|]. rewrite Rmult_minus_distr_r, Rinv_l by lra. nra. }
    eapply Rle_trans; [apply (F10_spanning_is_costly base n L hb hL hind hpos)|].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hk|].
    apply Rmult_le_compat_l; [assert (h := pos_INR n); lra|lra].
  Qed.

End Cost.

(** ** Without A-REAL *)

(** F10: with the features of [LazyLearner] and a radius below [(1 + 1/beta) g], every empirical minimiser of a
    pair at [x0] and every one of a pair at [x1] are different policies. *)
Theorem F10_minimiser_moves {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (target y0 : Y) (x0 x1 : X)
  beta g radius : y0 <> target -> x0 <> x1 -> 0 < beta -> 0 < radius -> beta * radius < (1 + beta) * g ->
  let phi := prompt_features target in
  let loss := pair_loss beta (softmax phi (fun _ => g)) (linear_class phi radius) in
  forall i j : ball X radius, is_ERM loss [(x0, target, y0)] i -> is_ERM loss [(x1, target, y0)] j ->
  exists y, linear_class phi radius i x0 y <> linear_class phi radius j x0 y.
Proof.
  intros hy hx hbeta hr hg phi loss i j hi hj.
  assert (single : forall x (k : ball X radius), empirical_loss loss [(x, target, y0)] k
                   = (beta * proj1_sig k x - (1 + beta) * g) ^ 2).
  { intros x k. unfold empirical_loss, loss. simpl length. rewrite sumL_cons, sumL_nil.
    change (linear_class phi radius) with (fun i : ball X radius => softmax phi (proj1_sig i)).
    rewrite (pair_loss_residual phi (fun i : ball X radius => proj1_sig i) beta (fun _ => g)).
    rewrite dot_difference. unfold phi. rewrite !score_prompt.
    rewrite (ind_true (target = target)) by reflexivity. rewrite (ind_false (y0 = target)) by exact hy.
    unfold residual. simpl. lra. }
  assert (extreme : forall x (k : ball X radius), is_ERM loss [(x, target, y0)] k -> proj1_sig k x = radius).
  { intros x [theta hn] hk. simpl proj1_sig.
    assert (hbest : norm (fun z : X => radius * ind (z = x)) <= radius).
    { unfold norm, dot. rewrite (Sum_ext _ (fun z => ind (z = x) * (radius * radius))).
      - rewrite (Sum_pick (fun _ => radius * radius) x). rewrite sqrt_square; lra.
      - intros z. generalize (ind_idem (z = x)). nra. }
    specialize (hk (exist (fun theta => norm theta <= radius) _ hbest)). rewrite !single in hk. simpl proj1_sig in hk.
    rewrite (ind_true (x = x)), Rmult_1_r in hk by reflexivity.
    assert (hc := coordinate_le_norm theta x). assert (ha := Rle_abs (theta x)).
    assert (hle : theta x <= radius) by lra.
    apply Rle_antisym; [exact hle|]. apply Rnot_lt_le. intros hlt.
    assert (beta * theta x < beta * radius) by (apply Rmult_lt_compat_l; assumption). nra. }
  assert (e0 := extreme x0 i hi). assert (e1 := extreme x1 j hj).
  assert (ej : proj1_sig j x0 = 0).
  { destruct j as [theta hn]. simpl in *. assert (hsq : norm theta * norm theta <= radius * radius).
    { apply Rmult_le_compat; try apply norm_nonneg; assumption. }
    rewrite norm_square in hsq. assert (h2 := Sum_two_le (fun z => theta z * theta z) x1 x0
      ltac:(intros z; generalize (Rle_0_sqr (theta z)); unfold Rsqr; lra) ltac:(congruence)).
    change (theta x1 * theta x1 + theta x0 * theta x0 <= dot theta theta) in h2. rewrite e1 in h2. nra. }
  apply NNPP. intros hno.
  assert (same : forall y, linear_class phi radius i x0 y = linear_class phi radius j x0 y).
  { intros y. apply NNPP. intros hne. apply hno. exists y. exact hne. }
  assert (k1 := softmax_target target (proj1_sig i) x0 y0 hy). assert (k2 := softmax_target target (proj1_sig j) x0 y0 hy).
  fold phi in k1, k2. unfold linear_class in same. rewrite (same target), (same y0) in k1. lra.
Qed.

(** ** How fast it becomes hopeless *)

(** Two responses: a pair has different responses with probability [2 p (1 - p)]. *)
Lemma two_responses_distinct (q : bool -> R) : is_full q ->
  E q (fun y => E q (fun y' => ind (y <> y'))) = 2 * (q true * q false).
Proof.
  intros _. unfold E, Sum, sumL. simpl.
  rewrite (ind_true (true <> false)), (ind_true (false <> true)) by discriminate.
  rewrite !ind_false by (intros h; apply h; reflexivity). lra.
Qed.

(** F10's example, pi_0 = (3/5, 2/5) and beta = 1/10: a pair with different responses takes about 2, 44 and
    10^21 draws in rounds 0, 1 and 2 of the exact path. *)
Theorem F10_draws_per_pair : let q t := power (alpha (1 / 10) t) (fun y : bool => if y then 3 / 5 else 2 / 5) in
  let draws t := / E (q t) (fun y => E (q t) (fun y' => ind (y <> y'))) in
  2 <= draws 0%nat <= 21 / 10 /\ 44 <= draws 1%nat <= 45 /\ 10 ^ 21 <= draws 2%nat <= 11 / 10 * 10 ^ 21.
Proof.
  intros q draws.
  assert (value : forall t k, alpha (1 / 10) t = INR k ->
    draws t = ((3 / 2) ^ k + 1) ^ 2 / (2 * (3 / 2) ^ k)).
  { intros t k e. unfold draws. rewrite two_responses_distinct by apply power_full. unfold q, power. rewrite e.
    unfold Sum, sumL. simpl. rewrite !Rpower_pow by lra.
    assert (h : (3 / 5) ^ k = (3 / 2) ^ k * (2 / 5) ^ k) by (rewrite <- Rpow_mult_distr; f_equal; lra). rewrite h.
    assert (h1 : 0 < (3 / 2) ^ k) by (apply pow_lt; lra). assert (h2 : 0 < (2 / 5) ^ k) by (apply pow_lt; lra).
    field. repeat split; nra. }
  assert (a0 : alpha (1 / 10) 0 = INR 1) by (unfold alpha; simpl; lra).
  assert (a1 : alpha (1 / 10) 1 = INR 11) by (unfold alpha; simpl; lra).
  assert (a2 : alpha (1 / 10) 2 = INR 121) by (unfold alpha; rewrite INR_IZR_INZ; simpl; lra).
  rewrite (value 0%nat 1%nat a0), (value 1%nat 11%nat a1), (value 2%nat 121%nat a2).
  repeat split; lra.
Qed.
