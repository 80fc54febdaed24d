(** * Exact recovery over T rounds

    F10 joined to S08.  While the samples span the feature differences, every learner that minimises the
    empirical loss follows the exact iteration of S05; at the repaired radius [R >= alpha_T ||theta_0||]
    that path stays in the class, so the assumptions of Theorem 6.2 hold in every round.  How likely the
    samples span: all pairs of a spanning list are seen. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds Iteration.Trajectory
  Linear.Recovery Linear.Horizon Linear.Euclidean Linear.SoftmaxClass Linear.Statements.
Import ListNotations.
Open Scope R_scope.

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
      + intros w _. unfold ind. destruct (decide (w = z)) as [->|_]; ring.
    - intros w _. rewrite Rmult_comm, <- sumL_scal. apply sumL_ext; intros; ring.
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
      rewrite <- (Sum_pick p z). apply Sum_ext; intros; ring.
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
  Proof. apply functional_extensionality; intros j. unfold scale; ring. Qed.

  Lemma exact_policy_0 : exact_policy 0 = pi0.
  Proof.
    unfold exact_policy, pi0. f_equal. apply functional_extensionality; intros j.
    unfold scale, alpha. simpl. ring.
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
