(** * Exact recovery in the linear softmax class

    F10: the labels are noise-free and the implicit reward is linear in the parameter, so on the
    event that the sampled feature differences span all feature differences every zero-loss
    parameter gives exactly the Gibbs update; then A-CONC, A-TAIL and A-MARGIN hold for free.  Pairs
    with equal responses carry nothing, and pairs with different ones are rare once the policy is
    sharp. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss.
Import ListNotations.
Open Scope R_scope.

Section LinearSoftmax.
  (** Coordinates are indexed by the finite type [Dim], of [d] elements. *)
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  Definition dot (u v : Dim -> R) : R := Sum (fun j => u j * v j).

  (** [pi_theta(y|x)], proportional to [exp <theta, phi(x,y)>]. *)
  Definition softmax (theta : Dim -> R) : policy X Y := fun x y =>
    exp (dot theta (phi x y)) / Sum (fun z => exp (dot theta (phi x z))).

  (** Feature difference [phi(x,y) - phi(x,y')] of a pair. *)
  Definition feature_difference (z : X * Y * Y) : Dim -> R :=
    let '(x, y, y') := z in fun j => phi x y j - phi x y' j.

  (** [v] is a linear combination of the feature differences of the sample. *)
  Definition in_span (s : list (X * Y * Y)) (v : Dim -> R) : Prop :=
    exists a : X * Y * Y -> R, forall j, v j = sumL s (fun z => a z * feature_difference z j).

  (** The sample spans all feature differences. *)
  Definition spans (s : list (X * Y * Y)) : Prop := forall z, in_span s (feature_difference z).

  Lemma softmax_sum_pos theta x : 0 < Sum (fun z => exp (dot theta (phi x z))).
  Proof. apply Sum_pos; intros; apply exp_pos. Qed.

  Lemma softmax_policy theta : is_policy (softmax theta).
  Proof.
    intros x. split.
    - intros y. apply Rdiv_lt_0_compat; [apply exp_pos|apply softmax_sum_pos].
    - unfold softmax. rewrite (Sum_ext _ (fun y => / Sum (fun z => exp (dot theta (phi x z))) * exp (dot theta (phi x y))))
        by (intros; unfold Rdiv; ring).
      rewrite Sum_scal. apply Rinv_l. generalize (softmax_sum_pos theta x); lra.
  Qed.

  Lemma ln_softmax theta x y :
    ln (softmax theta x y) = dot theta (phi x y) - ln (Sum (fun z => exp (dot theta (phi x z)))).
  Proof. unfold softmax. rewrite ln_div_pos by (apply exp_pos || apply softmax_sum_pos). rewrite ln_exp. reflexivity. Qed.

  Lemma dot_sumL (u : Dim -> R) (s : list (X * Y * Y)) (a : X * Y * Y -> R) (v : Dim -> R) :
    (forall j, v j = sumL s (fun z => a z * feature_difference z j)) ->
    dot u v = sumL s (fun z => a z * dot u (feature_difference z)).
  Proof.
    intros h. unfold dot, Sum.
    rewrite (sumL_ext enum (fun j => u j * v j) (fun j => sumL s (fun z => a z * (u j * feature_difference z j)))).
    - rewrite sumL_swap. apply sumL_ext; intros z _. apply sumL_scal.
    - intros j _. rewrite h, <- sumL_scal. apply sumL_ext; intros; ring.
  Qed.

  (** The residual functional [<beta theta - (1+beta) theta_t, .>] of a parameter. *)
  Definition residual (beta : R) (theta theta_t : Dim -> R) : Dim -> R :=
    fun j => beta * theta j - (1 + beta) * theta_t j.

  Lemma dot_residual beta theta theta_t v :
    dot (residual beta theta theta_t) v = beta * dot theta v - (1 + beta) * dot theta_t v.
  Proof. unfold dot, residual. rewrite <- !Sum_scal, <- Sum_minus. apply Sum_ext; intros; ring. Qed.

  Lemma dot_difference u x y y' : dot u (feature_difference (x, y, y')) = dot u (phi x y) - dot u (phi x y').
  Proof. unfold dot, feature_difference. rewrite <- Sum_minus. apply Sum_ext; intros; ring. Qed.

  Context {I : Type}.
  Variable Theta : I -> Dim -> R.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta.
  Variable theta_t : Dim -> R.

  Let pol (i : I) : policy X Y := softmax (Theta i).
  Let base : policy X Y := softmax theta_t.

  Lemma pair_loss_residual i z :
    pair_loss beta base pol i z = dot (residual beta (Theta i) theta_t) (feature_difference z) ^ 2.
  Proof.
    destruct z as [[x y] y']. rewrite dot_residual, !dot_difference. simpl pair_loss.
    unfold Delta, implicit_reward, pol, base.
    rewrite !ln_div_pos by apply softmax_policy. rewrite !ln_softmax. ring.
  Qed.

  (** F10: a parameter without loss on a spanning sample gives exactly the Gibbs update. *)
  Theorem F10_exact_recovery s i : spans s -> zero_on (pair_loss beta base pol) i s ->
    forall x y, pol i x y = self_update beta base x y.
  Proof.
    intros hs hz x.
    assert (hzero : forall z, In z s -> dot (residual beta (Theta i) theta_t) (feature_difference z) = 0).
    { intros z hin. unfold zero_on in hz. rewrite Forall_forall in hz. specialize (hz z hin).
      rewrite pair_loss_residual in hz. nra. }
    assert (hall : forall y y', dot (residual beta (Theta i) theta_t) (feature_difference (x, y, y')) = 0).
    { intros y y'. destruct (hs (x, y, y')) as (a & ha). rewrite (dot_sumL _ s a _ ha).
      rewrite (sumL_ext s _ (fun _ => 0)); [apply sumL_zero|]. intros z hin. rewrite hzero by exact hin. ring. }
    apply (gibbs_unique beta (fun y => ln (base x y)) (base x) (pol i x)
      (beta * ln (pol i x point / base x point) - ln (base x point)) hbeta
      (softmax_policy theta_t x) (softmax_policy (Theta i) x)).
    intros y. specialize (hall y point). rewrite dot_residual, !dot_difference in hall.
    unfold pol, base. rewrite !ln_div_pos by apply softmax_policy. rewrite !ln_softmax. lra.
  Qed.

  (** F10: under A-REAL every empirical risk minimiser on a spanning sample is the Gibbs update. *)
  Theorem F10_minimiser_is_update s i : realizable beta base pol -> spans s ->
    is_ERM (pair_loss beta base pol) s i -> forall x y, pol i x y = self_update beta base x y.
  Proof.
    intros hreal hs herm. apply (F10_exact_recovery s); [exact hs|].
    apply (C13_zero_empirical_loss beta base pol s i hbeta (softmax_policy theta_t) hreal herm).
  Qed.

  Lemma conc_ext (D : X -> R) b p q : (forall x y, p x y = q x y) -> conc (FX := FX) (FY := FY) D b p = conc D b q.
  Proof. intros h. apply E_ext; intros x. apply Sum_ext; intros y. rewrite h; reflexivity. Qed.

  Lemma has_margin_ext gamma (p q : policy X Y) : (forall x y, p x y = q x y) -> has_margin gamma q -> has_margin gamma p.
  Proof.
    intros h hm x. assert (e : mode p x = mode q x).
    { unfold mode, argmax. induction enum as [|b l ih]; [reflexivity|]. simpl. rewrite ih, !h. reflexivity. }
    intros y hy. rewrite e in *. rewrite !h. apply hm, hy.
  Qed.

  (** F10: on the spanning event A-CONC ([Cbar = kappa]), A-TAIL ([K = N]) and A-MARGIN hold for free. *)
  Theorem F10_assumptions_for_free (D : X -> R) gamma s i : is_dist D -> realizable beta base pol -> spans s ->
    is_ERM (pair_loss beta base pol) s i -> 0 < gamma -> has_margin gamma base ->
    conc D base (pol i) <= kappa D base /\ tail_constant D beta base (pol i) <= card Y /\
    has_margin gamma (pol i).
  Proof.
    intros hD hreal hs herm hg hm. assert (e := F10_minimiser_is_update s i hreal hs herm).
    assert (hb := softmax_policy theta_t : is_policy base). split; [|split].
    - rewrite (conc_ext D base _ _ e). apply (C16_update_concentrability D hD base beta hbeta hb).
    - unfold tail_constant. rewrite (E1_ext D base _ (fun x y => Rpower (base x y / self_update beta base x y) beta))
        by (intros; rewrite e; reflexivity).
      apply (tail_constant_exact_update D hD beta base hbeta hb).
    - apply (has_margin_ext gamma _ (fun x => power (1 + 1 / beta) (base x))).
      + intros x y. rewrite e. apply (S02_self_reward_power beta (base x) hbeta (hb x)).
      + assert (h1 : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
        assert (h := power_margin gamma (1 + 1 / beta) base ltac:(lra) hg hb hm).
        intros x y hy. specialize (h x y hy). nra.
  Qed.

End LinearSoftmax.

(** F10: a pair with [y = y'] contributes nothing. *)
Theorem F10_equal_pair {X Y Dim : Type} (phi : X -> Y -> Dim -> R) x y j :
  feature_difference phi (x, y, y) j = 0.
Proof. unfold feature_difference; ring. Qed.

(** F10: a pair with [y <> y'] has probability at most [2 (1 - 1/kappa)]. *)
Theorem F10_informative_pairs {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (base : policy X Y) : is_dist D -> is_policy base ->
  E2 D base base (fun _ y y' => ind (y <> y')) <= 2 * (1 - / kappa D base).
Proof.
  intros hD hb. apply Rle_trans with (E D (fun x => 2 * (1 - Max (base x)))).
  - apply E_le; [apply hD|]. intros x. set (ys := mode base x). change (Max (base x)) with (base x ys).
    assert (hbd := is_full_dist _ (hb x)).
    apply Rle_trans with (E (base x) (fun y => E (base x) (fun y' => ind (y <> ys) + ind (y' <> ys)))).
    + apply E_le; [apply hbd|]. intros y. apply E_le; [apply hbd|]. intros y'.
      eapply Rle_trans; [|apply ind_or]. apply ind_mono. intros h.
      destruct (classic (y = ys)) as [->|hy]; [right|left; exact hy]. intros ->; contradiction.
    + rewrite (E_ext (base x) _ (fun y => ind (y <> ys) + E (base x) (fun y' => ind (y' <> ys))))
        by (intros y; rewrite E_plus, E_const by exact hbd; reflexivity).
      rewrite E_plus, E_const by exact hbd.
      assert (e : E (base x) (fun y => ind (y <> ys)) = 1 - base x ys).
      { rewrite (E_ext (base x) _ (fun y => 1 - ind (y = ys))) by (intros; apply ind_not).
        rewrite E_minus, E_const by exact hbd. f_equal. unfold E.
        rewrite <- (Sum_pick (base x) ys). apply Sum_ext; intros; ring. }
      rewrite e. lra.
  - rewrite E_scal, E_minus, E_const by exact hD. apply Rmult_le_compat_l; [lra|].
    assert (h := K01_mean_maximum D hD base hb). assert (hk := K01_range D hD base hb).
    assert (hm : 0 < E D (fun x => Max (base x))).
    { apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; generalize (@card_ge_1 Y FY); lra|].
      rewrite <- (E_const D (/ card Y) hD). apply E_le; [apply hD|]. intros x.
      assert (h1 := card_Max_ge_1 base x hb). assert (k := @card_ge_1 Y FY).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra. }
    apply Rplus_le_compat_l, Ropp_le_contravar.
    rewrite <- (Rinv_inv (E D (fun x => Max (base x)))). apply Rinv_le_contravar; [apply Rinv_0_lt_compat, hm|exact h].
Qed.
