(** * The derivative of the lower Lambert branch

    W_{-1} is differentiable inside its domain, with derivative 1/(e^w (1+w)) at w = W_{-1}(z).  Hence
    eps_LB is differentiable in kappa_0 wherever it is defined, and D13's formula for a differentiable
    root of f(eps) = C kappa speaks of the root that the paper uses.

    Serves D13. *)

From Coq Require Import Reals Lra Psatz Ranalysis5.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.LambertW Scalar.Basics Scalar.LambertInversion.
Open Scope R_scope.

(** The reflected map -x e^x increases on (-oo,-1]; its inverse is z |-> W_{-1}(-z). *)
Definition minus_xexp (x : R) : R := - (x * exp x).

Lemma minus_xexp_derive (x : R) : is_derive minus_xexp x (- (exp x * (1 + x))).
Proof. unfold minus_xexp; auto_derive; [exact I | ring]. Qed.

Lemma minus_xexp_continuous (x : R) : continuity_pt minus_xexp x.
Proof. apply continuity_pt_opp, xexp_continuous. Qed.

Lemma reflected_inverse (z : R) : 0 < z -> z <= exp (-1) ->
  Wm1 (- z) <= -1 /\ minus_xexp (Wm1 (- z)) = z.
Proof.
  intros h0 h1; destruct (Wm1_inverse (- z)) as [hw e]; [lra | lra |].
  split; [exact hw | unfold minus_xexp; lra].
Qed.

Lemma reflected_monotone (x y : R) : 0 < x -> x <= y -> y <= exp (-1) -> Wm1 (- x) <= Wm1 (- y).
Proof.
  intros h0 hxy h1; destruct hxy as [hxy | ->]; [| lra].
  left; apply Wm1_decreasing; lra.
Qed.

Lemma reflected_continuous (z : R) : 0 < z -> z < exp (-1) -> continuity_pt (fun t => Wm1 (- t)) z.
Proof.
  intros h0 h1.
  set (lb := Wm1 (- (z / 2))).
  destruct (reflected_inverse (z / 2)) as [hl el]; [lra | lra |]; fold lb in hl, el.
  assert (eu : minus_xexp (-1) = exp (-1)) by (unfold minus_xexp; ring).
  assert (hlb : lb < -1).
  { destruct hl as [hl | hl]; [exact hl |]; rewrite hl, eu in el; lra. }
  apply (continuity_pt_recip_interv minus_xexp (fun t => Wm1 (- t)) lb (-1) hlb).
  - intros x y _ hxy hy; unfold minus_xexp; pose proof (xexp_decreasing x y hxy hy); lra.
  - intros x hx hx'; unfold comp, id; apply reflected_inverse; lra.
  - intros x hx hx'; rewrite el in hx; rewrite eu in hx'; split.
    + unfold lb; apply reflected_monotone; lra.
    + apply reflected_inverse; lra.
  - intros a _; apply minus_xexp_continuous.
  - rewrite el, eu; lra.
Qed.

Lemma reflected_derive (z : R) : 0 < z -> z < exp (-1) ->
  is_derive (fun t => Wm1 (- t)) z (- / (exp (Wm1 (- z)) * (1 + Wm1 (- z)))).
Proof.
  intros h0 h1.
  set (w := Wm1 (- z)).
  assert (hw : w < -1).
  { destruct (reflected_inverse z h0 ltac:(lra)) as [[hw | hw] e]; [exact hw |].
    rewrite hw in e; unfold minus_xexp in e; lra. }
  pose proof (exp_pos w) as he.
  assert (hne : exp w * (1 + w) <> 0) by nra.
  set (lb := z / 2); set (ub := (z + exp (-1)) / 2).
  assert (Prf : forall a, Wm1 (- lb) <= a <= Wm1 (- ub) -> derivable_pt minus_xexp a).
  { intros a _; apply ex_derive_Reals_0; exists (- (exp a * (1 + a))); apply minus_xexp_derive. }
  assert (Prg : Wm1 (- lb) <= Wm1 (- z) <= Wm1 (- ub)).
  { unfold lb, ub; split; apply reflected_monotone; lra. }
  assert (ed : derive_pt minus_xexp (Wm1 (- z)) (Prf (Wm1 (- z)) Prg) = - (exp w * (1 + w))).
  { rewrite Derive_Reals; apply is_derive_unique, minus_xexp_derive. }
  apply is_derive_Reals.
  replace (- / (exp w * (1 + w)))
    with (1 / derive_pt minus_xexp (Wm1 (- z)) (Prf (Wm1 (- z)) Prg)).
  - apply (derivable_pt_lim_recip_interv minus_xexp (fun t => Wm1 (- t)) lb ub z Prf).
    + apply reflected_continuous; assumption.
    + unfold lb, ub; lra.
    + unfold lb, ub; lra.
    + intros x hx; unfold comp, id; apply reflected_inverse; unfold lb, ub in hx; lra.
    + cbv beta; rewrite ed; lra.
  - rewrite ed; field; split; nra.
Qed.

(** W_{-1}'(z) = 1/(e^w (1+w)) at w = W_{-1}(z), for -1/e < z < 0. *)
Theorem Wm1_derive : forall z : R, - exp (-1) < z -> z < 0 ->
  is_derive Wm1 z (/ (exp (Wm1 z) * (1 + Wm1 z))).
Proof.
  intros z h0 h1.
  apply (is_derive_ext (fun t => Wm1 (- - t))); [intro t; rewrite Ropp_involutive; reflexivity |].
  pose proof (reflected_derive (- z) ltac:(lra) ltac:(lra)) as h; rewrite Ropp_involutive in h.
  assert (ho : is_derive Ropp z (-1)) by (auto_derive; [exact I | ring]).
  pose proof (is_derive_comp (fun t => Wm1 (- t)) Ropp z _ _ h ho) as hc.
  change (is_derive (fun t => Wm1 (- - t)) z (-1 * - / (exp (Wm1 z) * (1 + Wm1 z)))) in hc.
  replace (/ (exp (Wm1 z) * (1 + Wm1 z))) with (-1 * - / (exp (Wm1 z) * (1 + Wm1 z))) by ring.
  exact hc.
Qed.

(** ** D13: eps_LB is a differentiable root *)

(** eps_LB as a function of kappa_0, where I = C kappa_0. *)
Definition eps_of_kappa (C kappa : R) : R :=
  kappa * exp (1 + Wm1 (- (2 * (C * kappa)) / (exp 2 * kappa ^ 2)) / 2).

(** Beyond kappa_0 = 2C/e, where I < e kappa_0^2/2, eps_LB meets every hypothesis of
    [D13_derivative_in_kappa]: it is positive, a root of f(eps) = C kappa near kappa_0,
    below kappa_0 sqrt e, and differentiable. *)
Theorem D13_eps_differentiable : forall C k : R, 0 < C -> 2 * C / exp 1 < k ->
  0 < eps_of_kappa C k /\
  locally k (fun t => eps_of_kappa C t ^ 2 * (1 + ln (t / eps_of_kappa C t)) = C * t) /\
  0 < 1 + 2 * ln (k / eps_of_kappa C k) /\ ex_derive (eps_of_kappa C) k.
Proof.
  intros C k hC hk.
  pose proof (exp_pos 1) as he.
  assert (h0 : 0 < 2 * C / exp 1) by (apply Rdiv_lt_0_compat; lra).
  assert (hmax : forall t, 2 * C / exp 1 < t -> C * t < exp 1 * t ^ 2 / 2).
  { intros t ht; assert (2 * C < t * exp 1).
    { apply Rmult_lt_compat_r with (r := exp 1) in ht; [| exact he].
      replace (2 * C / exp 1 * exp 1) with (2 * C) in ht by (field; lra); exact ht. }
    assert (0 < t) by lra; nra. }
  assert (hz : forall t, 2 * C / exp 1 < t ->
            - exp (-1) < - (2 * (C * t)) / (exp 2 * t ^ 2) /\ - (2 * (C * t)) / (exp 2 * t ^ 2) < 0).
  { intros t ht; pose proof (hmax t ht) as hm; assert (ht0 : 0 < t) by lra.
    assert (e2 : exp 2 = exp 1 * exp 1) by (rewrite <- exp_plus; f_equal; lra).
    assert (em : exp (-1) = / exp 1) by (rewrite <- exp_Ropp; f_equal; lra).
    assert (hd : 0 < exp 2 * t ^ 2) by (apply Rmult_lt_0_compat; [apply exp_pos | nra]).
    assert (hi : 0 < / (exp 2 * t ^ 2)) by (apply Rinv_0_lt_compat; exact hd).
    assert (hCt : 0 < C * t) by (apply Rmult_lt_0_compat; assumption).
    split; [| unfold Rdiv; nra].
    apply Rmult_lt_reg_r with (exp 2 * t ^ 2); [exact hd |].
    assert (ec : forall p q, 0 < q -> p / q * q = p) by (intros; field; lra).
    rewrite ec, em, e2 by exact hd.
    replace (- / exp 1 * (exp 1 * exp 1 * t ^ 2)) with (- (exp 1 * t ^ 2)) by (field; lra). lra. }
  assert (hroot : forall t, 2 * C / exp 1 < t ->
            0 < eps_of_kappa C t /\ eps_of_kappa C t ^ 2 * (1 + ln (t / eps_of_kappa C t)) = C * t).
  { intros t ht; pose proof (hmax t ht); assert (0 < t) by lra.
    assert (0 < C * t) by (apply Rmult_lt_0_compat; assumption).
    split; [apply D09_range | apply D09_root]; lra. }
  split; [apply hroot, hk | split; [| split]].
  - exists (mkposreal (k - 2 * C / exp 1) ltac:(lra)); intros t ht.
    apply hroot; change (Rabs (t - k) < k - 2 * C / exp 1) in ht; apply Rabs_def2 in ht; lra.
  - destruct (hz k hk) as [h1 h2]; pose proof (hmax k hk).
    set (z := - (2 * (C * k)) / (exp 2 * k ^ 2)) in *.
    assert (hw : Wm1 z < -1).
    { destruct (Wm1_inverse z) as [[hw | hw] e]; [lra | lra | exact hw |]; rewrite hw in e; lra. }
    unfold eps_of_kappa; fold z.
    replace (k / (k * exp (1 + Wm1 z / 2))) with (/ exp (1 + Wm1 z / 2))
      by (pose proof (exp_pos (1 + Wm1 z / 2)); field; lra).
    rewrite <- exp_Ropp, ln_exp; lra.
  - destruct (hz k hk) as [h1 h2]; unfold eps_of_kappa.
    auto_derive; split; [| split; [| exact I]].
    + exists (/ (exp (Wm1 (- (2 * (C * k)) / (exp 2 * k ^ 2))) * (1 + Wm1 (- (2 * (C * k)) / (exp 2 * k ^ 2))))).
      apply Wm1_derive; assumption.
    + apply Rgt_not_eq, Rmult_lt_0_compat; [apply exp_pos | assert (0 < k) by lra; nra].
Qed.

(** So d eps_LB/d kappa_0 = eps ln(kappa_0/eps)/(kappa_0 (1 + 2 ln(kappa_0/eps))) at eps = eps_LB. *)
Theorem D13_eps_derivative : forall C k : R, 0 < C -> 2 * C / exp 1 < k ->
  is_derive (eps_of_kappa C) k
    (eps_of_kappa C k * ln (k / eps_of_kappa C k) / (k * (1 + 2 * ln (k / eps_of_kappa C k)))).
Proof.
  intros C k hC hk; destruct (D13_eps_differentiable C k hC hk) as (hp & hl & hd & (dg & hg)).
  assert (hk0 : 0 < k).
  { pose proof (exp_pos 1); assert (0 < 2 * C / exp 1) by (apply Rdiv_lt_0_compat; lra); lra. }
  rewrite <- (D13_derivative_in_kappa C k dg _ hk0 hp hl hg hd); exact hg.
Qed.

(** The hypotheses of [D13_derivative_in_kappa] hold together at C = 1, kappa_0 = 2. *)
Theorem D13_derivative_instance : exists (C k dg : R) (g : R -> R),
  0 < k /\ 0 < g k /\ locally k (fun t => g t ^ 2 * (1 + ln (t / g t)) = C * t) /\
  is_derive g k dg /\ 0 < 1 + 2 * ln (k / g k).
Proof.
  assert (h : 2 * 1 / exp 1 < 2).
  { pose proof exp_1_gt_2; apply Rmult_lt_reg_r with (exp 1); [lra |].
    replace (2 * 1 / exp 1 * exp 1) with 2 by (field; lra); lra. }
  destruct (D13_eps_differentiable 1 2 ltac:(lra) h) as (hp & hl & hd & (dg & hg)).
  exists 1, 2, dg, (eps_of_kappa 1).
  split; [lra | split; [exact hp | split; [exact hl | split; [exact hg | exact hd]]]].
Qed.
