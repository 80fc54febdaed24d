(** * Concentrability

    C08 (Lemma C.2), C09, C10, and C16: change of measure by the concentrability, the bad region,
    the exact concentrability of the comparator and of the Gibbs update. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.GapToMass.
Open Scope R_scope.

Section Concentrability.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi base : policy X Y.

  (** C08 (Lemma C.2): [E_{pi,base}[f] <= sqrt C(pi) sqrt E_{base,base}[f^2]]. *)
  Theorem C08_lemma_C2 base pi f : is_policy base -> (forall x, is_dist (pi x)) ->
    E2 D pi base f <= sqrt (conc D base pi) * sqrt (E2 D base base (fun x y y' => f x y y' ^ 2)).
  Proof.
    intros hb hp. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    set (w := fun z : X * Y * Y => let '(x, y, _) := z in pi x y / base x y).
    set (g := fun z : X * Y * Y => let '(x, y, y') := z in f x y y').
    assert (e1 : E2 D pi base f = E (coupled D base base) (fun z => w z * g z)).
    { rewrite E2_coupled. apply Sum_ext; intros [[x y] y']; simpl.
      assert (0 < base x y) by apply hb. field; lra. }
    assert (e2 : conc D base pi = E (coupled D base base) (fun z => w z ^ 2)).
    { transitivity (E2 D base base (fun x y _ => (pi x y / base x y) ^ 2)).
      - rewrite E2_fst by exact hbd. apply E_ext; intros x. apply Sum_ext; intros y.
        assert (0 < base x y) by apply hb. field; lra.
      - rewrite E2_coupled. apply E_ext; intros [[x y] y']; reflexivity. }
    assert (e3 : E2 D base base (fun x y y' => f x y y' ^ 2) = E (coupled D base base) (fun z => g z ^ 2)).
    { rewrite E2_coupled. apply E_ext; intros [[x y] y']; reflexivity. }
    rewrite e1, e2, e3. apply cauchy_schwarz. apply coupled_dist; assumption.
  Qed.

  (** C09: [E[f^2 1_A] <= sqrt P(A) sqrt E[f^4]]. *)
  Theorem C09_bad_region {A : Type} {FA : FiniteType A} (p f : A -> R) (Bad : A -> Prop) :
    (forall a, 0 <= p a) ->
    E p (fun a => f a ^ 2 * ind (Bad a)) <= sqrt (Pr p Bad) * sqrt (E p (fun a => f a ^ 4)).
  Proof.
    intros hp. rewrite Rmult_comm.
    rewrite (E_ext p (fun a => f a ^ 4) (fun a => (f a ^ 2) ^ 2)) by (intros; ring).
    unfold Pr. rewrite (E_ext p (fun a => ind (Bad a)) (fun a => ind (Bad a) ^ 2)).
    - apply (cauchy_schwarz p (fun a => f a ^ 2) (fun a => ind (Bad a)) hp).
    - intros a. simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  (** C10: [P(not (A and B)) <= P(not A) + P(not B)]. *)
  Theorem C10_union {A : Type} {FA : FiniteType A} (p : A -> R) (P Q : A -> Prop) : (forall a, 0 <= p a) ->
    Pr p (fun a => ~ (P a /\ Q a)) <= Pr p (fun a => ~ P a) + Pr p (fun a => ~ Q a).
  Proof.
    intros hp. eapply Rle_trans; [|apply Pr_or, hp]. apply Pr_mono; [exact hp|].
    intros a h. apply not_and_or, h.
  Qed.

  Lemma ln_inv_pos u : 0 < u -> ln (1 / u) = - ln u.
  Proof. intros h. rewrite ln_div_pos, ln_1 by lra. ring. Qed.

  Lemma KL_comparator base : is_policy base ->
    KL D (comparator base) base = E D (fun x => ln (1 / base x (mode base x))).
  Proof.
    intros hb. apply E_ext; intros x. unfold kl, comparator, point_policy. rewrite E_dirac.
    unfold dirac. rewrite ind_true by reflexivity. reflexivity.
  Qed.

  (** C16: the divergence of the comparator is [E_x log (1/base(y*|x)) <= log kappa]. *)
  Theorem C16_kl_jensen base : is_policy base ->
    KL D (comparator base) base = E D (fun x => ln (1 / base x (mode base x))) /\
    KL D (comparator base) base <= ln (kappa D base).
  Proof.
    intros hb. split; [apply KL_comparator, hb|]. rewrite KL_comparator by exact hb.
    unfold kappa. rewrite (E_ext D (fun x => ln (1 / base x (mode base x))) (fun x => ln (/ Max (base x)))).
    - apply jensen_ln; [exact hD|]. intros x; apply Rinv_0_lt_compat, Max_policy_pos, hb.
    - intros x. unfold Rdiv. rewrite Rmult_1_l. reflexivity.
  Qed.

  (** C16: the concentrability of the comparator is exactly [kappa]. *)
  Theorem C16_comparator_concentrability base : is_policy base -> conc D base (comparator base) = kappa D base.
  Proof.
    intros hb. apply E_ext; intros x. set (ys := mode base x).
    change (/ Max (base x)) with (/ base x ys). rewrite <- (Sum_pick (fun y => / base x y) ys).
    apply Sum_ext; intros y. unfold comparator, point_policy, dirac. fold ys.
    simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  (** C16: the concentrability of the Gibbs update is at most [kappa]. *)
  Theorem C16_update_concentrability base beta : 0 < beta -> is_policy base ->
    conc D base (self_update beta base) <= kappa D base.
  Proof.
    intros hbeta hb. apply E_le; [apply hD|]. intros x. set (ys := mode base x).
    change (/ Max (base x)) with (/ base x ys).
    set (q := self_update beta base x). assert (hq : is_full q) by apply (self_update_policy beta base hb).
    assert (hZ : 0 < partition beta (fun y => ln (base x y)) (base x)) by apply partition_pos, hb.
    apply Rle_trans with (Sum (fun y => / base x ys * q y)).
    - apply Sum_le; intros y.
      assert (hy : 0 < base x y) by apply hb. assert (hs : 0 < base x ys) by apply hb.
      assert (ratio : q y / base x y <= / base x ys).
      { apply Rle_trans with (q ys / base x ys).
        - unfold q, self_update, gibbs. set (Z := partition _ _ _) in *.
          replace (base x y * exp (ln (base x y) / beta) / Z / base x y)
            with (exp (ln (base x y) / beta) / Z) by (field; lra).
          replace (base x ys * exp (ln (base x ys) / beta) / Z / base x ys)
            with (exp (ln (base x ys) / beta) / Z) by (field; lra).
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hZ|]. apply exp_le.
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hbeta|].
          apply ln_le_mono; [exact hy|apply Max_ge].
        - unfold Rdiv. rewrite <- (Rmult_1_l (/ base x ys)) at 2.
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hs|].
          apply dist_le_1, is_full_dist, hq. }
      replace (q y ^ 2 / base x y) with (q y / base x y * q y) by (field; lra).
      apply Rmult_le_compat_r; [left; apply hq|exact ratio].
    - rewrite Sum_scal. destruct hq as [_ ->]. lra.
  Qed.

  (** C17, repaired by the strong [c]: [c <= base(y|x)] for all [y] gives [C(pi) <= 1/c] for every [pi]. *)
  Theorem C17_strong_c base pi c : 0 < c -> (forall x y, c <= base x y) -> (forall x, is_dist (pi x)) ->
    conc D base pi <= / c.
  Proof.
    intros hc hb hp. rewrite <- (E_const D (/ c) hD). apply E_le; [apply hD|]. intros x.
    apply Rle_trans with (Sum (fun y => / c * pi x y)).
    - apply Sum_le; intros y. assert (h := hb x y). destruct (hp x) as [hn _]. specialize (hn y).
      assert (h1 := dist_le_1 (pi x) y (hp x)).
      unfold Rdiv. rewrite Rmult_comm. apply Rmult_le_compat; [left; apply Rinv_0_lt_compat; lra|apply pow2_ge_0| |nra].
      apply Rinv_le_contravar; assumption.
    - rewrite Sum_scal. destruct (hp x) as [_ ->]. lra.
  Qed.

End Concentrability.
