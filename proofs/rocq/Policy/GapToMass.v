(** * From the value gap to the mass of the mode

    C02 and C03 (Lemma C.1), the gap decomposition C04-C07, the inclusion C20 and the tail bound
    C22, for every finite prompt and response set. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
Open Scope R_scope.

Section GapToMass.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi rho base : policy X Y.

  (** The comparator: the point mass at the mode of [base]. *)
  Definition comparator base : policy X Y := point_policy (mode base).

  Lemma comparator_dist base x : is_dist (comparator base x).
  Proof. apply dirac_dist. Qed.

  (** Expected mass that [pi] puts off the mode of [base]. *)
  Definition missed_mass base pi : R := E D (fun x => 1 - pi x (mode base x)).

  (** C02: [E_x[1 - pi(y*|x)] <= (J(pistar) - J(pi)) / gamma]. *)
  Theorem C02_gap_to_mass base pi gamma : 0 < gamma -> has_margin gamma base ->
    (forall x, is_dist (pi x)) ->
    missed_mass base pi <= (J D base (comparator base) - J D base pi) / gamma.
  Proof.
    intros hg hm hp. apply (Rmult_le_reg_r gamma); [exact hg|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    unfold J, comparator. rewrite E1_point. unfold E1, missed_mass. rewrite <- E_minus, <- E_scal_r.
    apply E_le; [apply hD|]. intros x. set (ys := mode base x). destruct (hp x) as [h0 h1].
    rewrite <- (E_const (pi x) (ln (base x ys)) (hp x)), <- E_minus.
    assert (e : 1 - pi x ys = Sum (fun y => ind (y <> ys) * pi x y))
      by (rewrite <- h1; rewrite (Sum_split (pi x) ys) at 1; ring).
    rewrite e, Rmult_comm, <- Sum_scal. apply Sum_le; intros y.
    destruct (classic (y = ys)) as [->|hy].
    - rewrite ind_false by tauto. right; ring.
    - rewrite ind_true by exact hy. specialize (hm x y hy). fold ys in hm.
      rewrite (Rmult_comm gamma), Rmult_1_l. apply Rmult_le_compat_l; [apply h0|exact hm].
  Qed.

  (** C03 (Lemma C.1): [P_x(pi(y*|x) <= 1 - d) <= (J(pistar) - J(pi)) / (gamma d)]. *)
  Theorem C03_lemma_C1 base pi gamma d : 0 < gamma -> has_margin gamma base ->
    (forall x, is_dist (pi x)) -> 0 < d ->
    failure D pi (mode base) (1 - d) <= (J D base (comparator base) - J D base pi) / (gamma * d).
  Proof.
    intros hg hm hp hd. apply Rle_trans with (missed_mass base pi / d).
    - apply Rle_trans with (Pr D (fun x => d <= 1 - pi x (mode base x))).
      + apply Pr_mono; [apply hD|]. intros x h; lra.
      + apply markov; [apply hD| |exact hd]. intros x. generalize (dist_le_1 (pi x) (mode base x) (hp x)); lra.
    - replace ((J D base (comparator base) - J D base pi) / (gamma * d))
        with ((J D base (comparator base) - J D base pi) / gamma / d) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hd|]. apply C02_gap_to_mass; assumption.
  Qed.

  (** C04: [E_{pi,base}[Delta^f] = E_pi[f] - E_base[f]]. *)
  Theorem C04_baseline_cancellation pi rho f : (forall x, is_dist (pi x)) -> (forall x, is_dist (rho x)) ->
    E2 D pi rho (Delta f) = E1 D pi f - E1 D rho f.
  Proof.
    intros hp hr. unfold E2, E1, Delta. rewrite <- E_minus. apply E_ext; intros x.
    rewrite (E_ext (pi x) _ (fun y => f x y - E (rho x) (f x))).
    - rewrite E_minus, E_const by apply hp; reflexivity.
    - intros y. rewrite E_minus, E_const by apply hr; reflexivity.
  Qed.

  (** C05: [E_pi[r^] - beta KL(pi||base) = - beta KL(pi||hat)], for [r^ = beta log(hat/base)]. *)
  Theorem C05_dpo_value base hat pi beta : is_policy base -> is_policy hat -> (forall x, is_dist (pi x)) ->
    E1 D pi (implicit_reward beta base hat) - beta * KL D pi base = - beta * KL D pi hat.
  Proof.
    intros hb hh hp. unfold E1, KL. rewrite <- !E_scal, <- E_minus. apply E_ext; intros x.
    unfold kl. rewrite <- !E_scal, <- E_minus. apply Sum_ext; intros y.
    destruct (hp x) as [h _]. destruct (h y) as [hy|hy]; [|rewrite <- hy; ring].
    f_equal. unfold implicit_reward. rewrite !ln_div_pos by (exact hy || apply hb || apply hh). ring.
  Qed.

  Lemma KL_nonneg pi rho : (forall x, is_dist (pi x)) -> is_policy rho -> 0 <= KL D pi rho.
  Proof. intros hp hr; apply E_nonneg; [apply hD|]. intros x; apply kl_nonneg; auto. Qed.

  (** C05: [hat] maximises the value under its implicit reward, and its value is [0]. *)
  Theorem C05_dpo_optimality base hat pi beta : 0 <= beta -> is_policy base -> is_policy hat ->
    (forall x, is_dist (pi x)) ->
    E1 D pi (implicit_reward beta base hat) - beta * KL D pi base <= 0 /\
    E1 D hat (implicit_reward beta base hat) - beta * KL D hat base = 0.
  Proof.
    intros hbeta hb hh hp. split.
    - rewrite C05_dpo_value by assumption. generalize (KL_nonneg pi hat hp hh); nra.
    - rewrite C05_dpo_value by (assumption || (intros x; apply is_full_dist, hh)).
      replace (KL D hat hat) with 0; [ring|]. unfold KL. symmetry.
      rewrite (E_ext D _ (fun _ => 0)) by (intros x; apply kl_refl, hh). apply E_const, hD.
  Qed.

  (** [E_{pi,base} |Delta^r - Delta^r^|] for [r = log base], [r^ = beta log(hat/base)]. *)
  Definition reward_error beta base hat pi : R :=
    E2 D pi base (fun x y y' =>
      Rabs (Delta (fun x y => ln (base x y)) x y y' - Delta (implicit_reward beta base hat) x y y')).

  (** C06: [J(pistar) - J(hat) <= E_{pistar,base}|..| + E_{hat,base}|..| + beta KL(pistar||base)],
      for any comparator [star]. *)
  Theorem C06_gap_decomposition base hat star beta : 0 <= beta -> is_policy base -> is_policy hat ->
    (forall x, is_dist (star x)) ->
    J D base star - J D base hat <=
      reward_error beta base hat star + reward_error beta base hat hat + beta * KL D star base.
  Proof.
    intros hbeta hb hh hs.
    set (r := fun (x : X) (y : Y) => ln (base x y)). set (rh := implicit_reward beta base hat).
    assert (hhd : forall x, is_dist (hat x)) by (intros x; apply is_full_dist, hh).
    assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    assert (step : forall pi, (forall x, is_dist (pi x)) ->
      Rabs ((E1 D pi r - E1 D pi rh) - (E1 D base r - E1 D base rh)) <= reward_error beta base hat pi).
    { intros pi hp.
      replace ((E1 D pi r - E1 D pi rh) - (E1 D base r - E1 D base rh))
        with (E2 D pi base (fun x y y' => Delta r x y y' - Delta rh x y y')).
      - rewrite E2_coupled. eapply Rle_trans; [apply E_abs_le, coupled_dist; assumption|].
        unfold reward_error. rewrite E2_coupled. right. apply E_ext; intros [[x y] y']; reflexivity.
      - transitivity (E2 D pi base (Delta (fun x y => r x y - rh x y))).
        + apply E2_ext; intros; unfold Delta; ring.
        + rewrite C04_baseline_cancellation by assumption. rewrite !E1_minus; ring. }
    assert (h1 := Rle_trans _ _ _ (Rle_abs _) (step star hs)).
    assert (h2 := step hat hhd). rewrite <- Rabs_Ropp in h2. apply (Rle_trans _ _ _ (Rle_abs _)) in h2.
    destruct (C05_dpo_optimality base hat star beta hbeta hb hh hs) as [h3 h4]. fold rh in h3, h4.
    assert (h5 : 0 <= beta * KL D hat base) by (apply Rmult_le_pos; [exact hbeta|apply KL_nonneg; assumption]).
    unfold J. fold r. lra.
  Qed.

  (** C07: [|u| = |u| 1_G + |u| 1_{G^c}]. *)
  Theorem C07_region_split pi rho (f : X -> Y -> Y -> R) (G : X -> Y -> Y -> Prop) :
    E2 D pi rho f =
      E2 D pi rho (fun x y y' => f x y y' * ind (G x y y')) +
      E2 D pi rho (fun x y y' => f x y y' * ind (~ G x y y')).
  Proof. rewrite <- E2_plus. apply E2_ext; intros; rewrite ind_not; ring. Qed.

  (** C20: [max_y pi <= u] implies that the mode of [base] has mass at most [u]. *)
  Theorem C20_own_mode pi base u : own_failure D pi u <= failure D pi (mode base) u.
  Proof. apply Pr_mono; [apply hD|]. intros x h. eapply Rle_trans; [apply Max_ge|exact h]. Qed.

  (** C22: [P_x(1 / max_y pi > t) <= min(1, A t / (t-1))] for every [A] that bounds the gap over the margin. *)
  Theorem C22_tail_bound base pi gamma A t : 0 < gamma -> has_margin gamma base -> is_policy pi ->
    (J D base (comparator base) - J D base pi) / gamma <= A -> 1 < t ->
    Pr D (fun x => t < / Max (pi x)) <= Rmin 1 (A * t / (t - 1)).
  Proof.
    intros hg hm hp hA ht. apply Rmin_glb; [apply Pr_range, hD|].
    set (d := (t - 1) / t). assert (hd : 0 < d) by (apply Rdiv_lt_0_compat; lra).
    apply Rle_trans with (failure D pi (mode base) (1 - d)).
    - apply Pr_mono; [apply hD|]. intros x h. assert (hM := Max_policy_pos pi x hp).
      eapply Rle_trans; [apply Max_ge|]. replace (1 - d) with (/ t) by (unfold d; field; lra).
      rewrite <- (Rinv_inv (Max (pi x))). apply Rinv_le_contravar; lra.
    - assert (hpd : forall x, is_dist (pi x)) by (intros x; apply is_full_dist, hp).
      eapply Rle_trans; [apply (C03_lemma_C1 base pi gamma d); assumption|].
      replace ((J D base (comparator base) - J D base pi) / (gamma * d))
        with ((J D base (comparator base) - J D base pi) / gamma * (t / (t - 1)))
        by (unfold d; field; lra).
      replace (A * t / (t - 1)) with (A * (t / (t - 1))) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|exact hA].
  Qed.

End GapToMass.
