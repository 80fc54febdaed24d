(** The lower bound solved by Lambert W, and its derivatives. *)

From Coq Require Import Reals Psatz Ranalysis5.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.LambertW Scalar.Basics.
Open Scope R_scope.

(** * Theorem 4.1, Step 6: the Lambert W inversion of the lower bound

    With f(eps) = eps^2 (1 + ln(kappa/eps)) and I = c_0 kappa ln|Pi| / n the lower
    bound of the error is the root of f(eps) = I on (0, kappa sqrt e].  Everything
    follows from one substitution: for w = 2 ln(eps/kappa) - 2,

      f(eps) = - (e^2 kappa^2 / 2) w e^w   and   eps <= kappa sqrt e  <->  w <= -1.

    Serves: D08 (monotonicity, maximum), D09 (closed form), D10 (the branches),
    D12 (the direction of the asymptotic form, sharp constant), D13 (monotonicity
    in the parameters), D14 (rate). *)

(** ** The substitution *)

Lemma f_as_xexp (kappa eps : R) : 0 < kappa -> 0 < eps ->
  eps ^ 2 * (1 + ln (kappa / eps)) =
  - (exp 2 * kappa ^ 2 / 2) * ((2 * ln (eps / kappa) - 2) * exp (2 * ln (eps / kappa) - 2)).
Proof.
  intros Hk He.
  replace (exp (2 * ln (eps / kappa) - 2)) with ((eps / kappa) ^ 2 / exp 2).
  - rewrite !ln_quotient by assumption.
    pose proof (exp_pos 2); field; lra.
  - assert (0 < eps / kappa) by (apply Rdiv_lt_0_compat; assumption).
    unfold Rminus; rewrite exp_plus, exp_Ropp.
    rewrite <- ln_square, exp_ln by (try apply pow_lt; assumption).
    reflexivity.
Qed.

Lemma eps_of_w (kappa w : R) : 0 < kappa -> 2 * ln (kappa * exp (1 + w / 2) / kappa) - 2 = w.
Proof.
  intro Hk; replace (kappa * exp (1 + w / 2) / kappa) with (exp (1 + w / 2)) by (field; lra).
  rewrite ln_exp; lra.
Qed.

Lemma w_of_eps (kappa eps : R) : 0 < kappa -> 0 < eps ->
  kappa * exp (1 + (2 * ln (eps / kappa) - 2) / 2) = eps.
Proof.
  intros Hk He.
  replace (1 + (2 * ln (eps / kappa) - 2) / 2) with (ln (eps / kappa)) by lra.
  rewrite exp_ln by (apply Rdiv_lt_0_compat; assumption); field; lra.
Qed.

Lemma sqrt_e_as_exp : sqrt (exp 1) = exp (1 + -1 / 2).
Proof. rewrite sqrt_exp; f_equal; lra. Qed.

(** eps <= kappa sqrt e <-> w <= -1, in the two directions and strictly. *)
Lemma w_le_of_eps (kappa eps : R) : 0 < kappa -> 0 < eps ->
  eps <= kappa * sqrt (exp 1) -> 2 * ln (eps / kappa) - 2 <= -1.
Proof.
  intros Hk He H.
  assert (ln (eps / kappa) <= ln (sqrt (exp 1))) as Hl.
  { apply ln_le; [apply Rdiv_lt_0_compat; assumption |].
    apply div_le; [exact Hk | lra]. }
  rewrite sqrt_exp, ln_exp in Hl; lra.
Qed.

Lemma w_ge_of_eps (kappa eps : R) : 0 < kappa -> 0 < eps ->
  kappa * sqrt (exp 1) <= eps -> -1 <= 2 * ln (eps / kappa) - 2.
Proof.
  intros Hk He H.
  assert (ln (sqrt (exp 1)) <= ln (eps / kappa)) as Hl.
  { apply ln_le; [apply sqrt_lt_R0, exp_pos |].
    apply le_div; [exact Hk | lra]. }
  rewrite sqrt_exp, ln_exp in Hl; lra.
Qed.

Lemma w_increasing (kappa x y : R) : 0 < kappa -> 0 < x -> x < y ->
  2 * ln (x / kappa) - 2 < 2 * ln (y / kappa) - 2.
Proof.
  intros Hk Hx H.
  assert (ln (x / kappa) < ln (y / kappa)); [| lra].
  apply ln_increasing; [apply Rdiv_lt_0_compat; assumption |].
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; exact Hk | exact H].
Qed.

Lemma scale_pos (kappa : R) : 0 < kappa -> 0 < exp 2 * kappa ^ 2 / 2.
Proof. intro Hk; pose proof (exp_pos 2); pose proof (pow_lt kappa 2 Hk); nra. Qed.

(** ** D08: derivative, monotonicity, maximum *)

(** f'(eps) = eps (1 + 2 ln(kappa/eps)). *)
Theorem D08_derivative : forall kappa eps : R, 0 < kappa -> 0 < eps ->
  is_derive (fun e => e ^ 2 * (1 + ln (kappa / e))) eps (eps * (1 + 2 * ln (kappa / eps))).
Proof.
  intros kappa eps Hk He.
  auto_derive.
  - split; [lra | split; [apply Rdiv_lt_0_compat; assumption | exact I]].
  - unfold Rdiv; field; lra.
Qed.

(** 0 < x < y <= kappa sqrt e  ->  f(x) < f(y). *)
Theorem D08_increasing : forall kappa x y : R, 0 < kappa -> 0 < x -> x < y ->
  y <= kappa * sqrt (exp 1) ->
  x ^ 2 * (1 + ln (kappa / x)) < y ^ 2 * (1 + ln (kappa / y)).
Proof.
  intros kappa x y Hk Hx Hxy Hy.
  rewrite !f_as_xexp by lra.
  pose proof (scale_pos kappa Hk) as Hs.
  pose proof (xexp_decreasing _ _ (w_increasing kappa x y Hk Hx Hxy)
                (w_le_of_eps kappa y Hk ltac:(lra) Hy)) as H.
  nra.
Qed.

(** kappa sqrt e <= x < y  ->  f(y) < f(x). *)
Theorem D08_decreasing : forall kappa x y : R, 0 < kappa ->
  kappa * sqrt (exp 1) <= x -> x < y ->
  y ^ 2 * (1 + ln (kappa / y)) < x ^ 2 * (1 + ln (kappa / x)).
Proof.
  intros kappa x y Hk Hx Hxy.
  assert (0 < kappa * sqrt (exp 1)) by (apply Rmult_lt_0_compat; [exact Hk | apply sqrt_lt_R0, exp_pos]).
  rewrite !f_as_xexp by lra.
  pose proof (scale_pos kappa Hk) as Hs.
  pose proof (xexp_increasing _ _ (w_ge_of_eps kappa x Hk ltac:(lra) Hx)
                (w_increasing kappa x y Hk ltac:(lra) Hxy)) as Hm.
  nra.
Qed.

(** f(kappa sqrt e) = e kappa^2 / 2. *)
Theorem D08_maximum_value : forall kappa : R, 0 < kappa ->
  (kappa * sqrt (exp 1)) ^ 2 * (1 + ln (kappa / (kappa * sqrt (exp 1)))) = exp 1 * kappa ^ 2 / 2.
Proof.
  intros kappa Hk.
  assert (Hs : 0 < sqrt (exp 1)) by apply sqrt_lt_R0, exp_pos.
  replace (kappa / (kappa * sqrt (exp 1))) with (/ sqrt (exp 1)) by (field; lra).
  rewrite ln_Rinv, ln_sqrt, ln_exp by (try exact Hs; apply exp_pos).
  replace ((kappa * sqrt (exp 1)) ^ 2) with (kappa ^ 2 * (sqrt (exp 1) * sqrt (exp 1))) by lra.
  rewrite sqrt_sqrt by (left; apply exp_pos); lra.
Qed.

(** f(eps) <= e kappa^2 / 2 for all eps > 0. *)
Theorem D08_maximum : forall kappa eps : R, 0 < kappa -> 0 < eps ->
  eps ^ 2 * (1 + ln (kappa / eps)) <= exp 1 * kappa ^ 2 / 2.
Proof.
  intros kappa eps Hk He.
  rewrite <- (D08_maximum_value kappa Hk).
  destruct (Rtotal_order eps (kappa * sqrt (exp 1))) as [H | [<- | H]].
  - left; apply D08_increasing; lra.
  - right; reflexivity.
  - left; apply D08_decreasing; lra.
Qed.

(** ** D09: the closed form *)

Lemma argument_range (kappa J : R) : 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  - exp (-1) <= - (2 * J) / (exp 2 * kappa ^ 2) < 0.
Proof.
  intros Hk HJ Hmax.
  assert (0 < exp 2 * kappa ^ 2) by (pose proof (scale_pos kappa Hk); lra).
  split.
  - apply le_div; [assumption |].
    replace (- exp (-1) * (exp 2 * kappa ^ 2)) with (- ((exp (-1) * exp 2) * kappa ^ 2)) by lra.
    rewrite <- exp_plus; replace (-1 + 2) with 1 by lra; lra.
  - apply div_lt; lra.
Qed.

(** Any w <= -1 with w e^w = -2I/(e^2 kappa^2) gives a root: f(kappa e^{1+w/2}) = I. *)
Theorem D09_root_of_w : forall kappa J w : R, 0 < kappa ->
  w * exp w = - (2 * J) / (exp 2 * kappa ^ 2) ->
  (kappa * exp (1 + w / 2)) ^ 2 * (1 + ln (kappa / (kappa * exp (1 + w / 2)))) = J.
Proof.
  intros kappa J w Hk E.
  assert (0 < exp 2 * kappa ^ 2) by (pose proof (scale_pos kappa Hk); lra).
  rewrite f_as_xexp, eps_of_w, E;
    [| exact Hk | exact Hk | apply Rmult_lt_0_compat; [exact Hk | apply exp_pos]].
  pose proof (exp_pos 2); field; lra.
Qed.

(** f(eps_LB) = I with eps_LB = kappa exp(1 + W_{-1}(-2I/(e^2 kappa^2))/2). *)
Theorem D09_root : forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  (kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)) ^ 2 *
  (1 + ln (kappa / (kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)))) = J.
Proof.
  intros kappa J Hk HJ Hmax.
  destruct (argument_range kappa J Hk HJ Hmax) as [H1 H2].
  apply D09_root_of_w; [exact Hk | apply Wm1_inverse; assumption].
Qed.

(** 0 < eps_LB <= kappa sqrt e. *)
Theorem D09_range : forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  0 < kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) /\
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <= kappa * sqrt (exp 1).
Proof.
  intros kappa J Hk HJ Hmax.
  destruct (argument_range kappa J Hk HJ Hmax) as [H1 H2].
  destruct (Wm1_inverse _ H1 H2) as [Hw _].
  split; [apply Rmult_lt_0_compat; [exact Hk | apply exp_pos] |].
  rewrite sqrt_exp; apply Rmult_le_compat_l; [lra | apply exp_le; lra].
Qed.

(** f is injective on (0, kappa sqrt e], so the root there is unique. *)
Theorem D09_unique : forall kappa x y : R, 0 < kappa ->
  0 < x -> x <= kappa * sqrt (exp 1) -> 0 < y -> y <= kappa * sqrt (exp 1) ->
  x ^ 2 * (1 + ln (kappa / x)) = y ^ 2 * (1 + ln (kappa / y)) -> x = y.
Proof.
  intros kappa x y Hk Hx Hx' Hy Hy' E.
  destruct (Rtotal_order x y) as [H | [H | H]]; [| exact H |].
  - pose proof (D08_increasing kappa x y Hk Hx H Hy'); lra.
  - pose proof (D08_increasing kappa y x Hk Hy H Hx'); lra.
Qed.

(** Every root eps of f(eps) = I on (0, kappa sqrt e] is eps_LB. *)
Theorem D09_closed_form : forall kappa J eps : R, 0 < kappa -> 0 < J ->
  0 < eps -> eps <= kappa * sqrt (exp 1) ->
  eps ^ 2 * (1 + ln (kappa / eps)) = J ->
  eps = kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros kappa J eps Hk HJ He Hle E.
  assert (J <= exp 1 * kappa ^ 2 / 2) as Hmax by (rewrite <- E; apply D08_maximum; assumption).
  destruct (D09_range kappa J Hk HJ Hmax) as [H1 H2].
  apply (D09_unique kappa); try assumption.
  rewrite E; symmetry; apply D09_root; assumption.
Qed.

(** The second form: kappa e^{1+w/2} = sqrt(2I/(-w)) whenever w < 0 solves the equation. *)
Theorem D09_sqrt_form_of_w : forall kappa J w : R, 0 < kappa -> w < 0 ->
  w * exp w = - (2 * J) / (exp 2 * kappa ^ 2) ->
  kappa * exp (1 + w / 2) = sqrt (2 * J / - w).
Proof.
  intros kappa J w Hk Hw E; symmetry; apply sqrt_eq_of_sq.
  - left; apply Rmult_lt_0_compat; [exact Hk | apply exp_pos].
  - assert (Hs : 0 < exp 2 * kappa ^ 2) by (pose proof (scale_pos kappa Hk); lra).
    replace (2 * J) with (- (w * exp w) * (exp 2 * kappa ^ 2)).
    2: { rewrite E; pose proof (exp_pos 2); field; lra. }
    replace (kappa * exp (1 + w / 2) * (kappa * exp (1 + w / 2)))
      with (kappa ^ 2 * (exp (1 + w / 2) * exp (1 + w / 2))) by lra.
    rewrite <- exp_plus.
    replace (1 + w / 2 + (1 + w / 2)) with (2 + w) by lra.
    rewrite exp_plus; field; lra.
Qed.

(** eps_LB = sqrt(2I / (-W)). *)
Theorem D09_sqrt_form : forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) =
  sqrt (2 * J / - Wm1 (- (2 * J) / (exp 2 * kappa ^ 2))).
Proof.
  intros kappa J Hk HJ Hmax.
  destruct (argument_range kappa J Hk HJ Hmax) as [H1 H2].
  destruct (Wm1_inverse _ H1 H2) as [Hw E].
  apply D09_sqrt_form_of_w; [exact Hk | lra | exact E].
Qed.

(** ** D10: which branch *)

(** eps <= kappa sqrt e  <->  w := 2 ln(eps/kappa) - 2 <= -1 (two directions). *)
Theorem D10_lower_solution : forall kappa w : R, 0 < kappa -> w <= -1 ->
  kappa * exp (1 + w / 2) <= kappa * sqrt (exp 1).
Proof.
  intros kappa w Hk Hw; rewrite sqrt_exp.
  apply Rmult_le_compat_l; [lra | apply exp_le; lra].
Qed.

Theorem D10_lower_solution_only : forall kappa w : R, 0 < kappa ->
  kappa * exp (1 + w / 2) <= kappa * sqrt (exp 1) -> w <= -1.
Proof.
  intros kappa w Hk H.
  assert (0 < kappa * exp (1 + w / 2)) by (apply Rmult_lt_0_compat; [exact Hk | apply exp_pos]).
  pose proof (w_le_of_eps kappa _ Hk ltac:(eassumption) H) as Hw.
  rewrite eps_of_w in Hw by exact Hk; exact Hw.
Qed.

(** The W_0 branch, -1 <= w < 0, gives eps in [kappa sqrt e, e kappa). *)
Theorem D10_principal_solution : forall kappa w : R, 0 < kappa -> -1 <= w -> w < 0 ->
  kappa * sqrt (exp 1) <= kappa * exp (1 + w / 2) /\ kappa * exp (1 + w / 2) < exp 1 * kappa.
Proof.
  intros kappa w Hk H1 H0; split.
  - rewrite sqrt_exp; apply Rmult_le_compat_l; [lra | apply exp_le; lra].
  - rewrite (Rmult_comm (exp 1)); apply Rmult_lt_compat_l; [lra | apply exp_increasing; lra].
Qed.

(** The W_0 branch solves f(eps) = I too, and its root exceeds 1 as soon as kappa >= 1:
    it is not a probability. *)
Theorem D10_principal_root : forall kappa J : R, 1 <= kappa -> 0 < J ->
  J <= exp 1 * kappa ^ 2 / 2 ->
  (kappa * exp (1 + W0 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)) ^ 2 *
  (1 + ln (kappa / (kappa * exp (1 + W0 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)))) = J /\
  1 < kappa * exp (1 + W0 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros kappa J Hk HJ Hmax.
  destruct (argument_range kappa J ltac:(lra) HJ Hmax) as [H1 H2].
  destruct (W0_inverse _ H1) as [Hw E].
  split; [apply D09_root_of_w; [lra | exact E] |].
  set (W := W0 _) in *.
  assert (-1 <= W) as HW by exact Hw.
  assert (1 < exp (1 + W / 2)) as Hgt by (apply exp_gt_1; lra).
  clear E H1 H2 Hmax; nra.
Qed.

(** ** D12: the direction of the asymptotic form, with the sharp constant *)

(** ln w <= w/e, with equality at w = e. *)
Lemma ln_le_div_e (w : R) : 0 < w -> ln w <= w / exp 1.
Proof.
  intro Hw; pose proof (exp_pos 1) as He.
  pose proof (ln_le_sub_1 (w / exp 1) ltac:(apply Rdiv_lt_0_compat; assumption)) as H.
  rewrite ln_quotient, ln_exp in H by assumption; lra.
Qed.

(** The scalar inequality behind D12, at w = -W: (1 - 1/e) w <= w - ln w <= w. *)
Theorem D12_scalar : forall w : R, 1 <= w ->
  (1 - 1 / exp 1) * w <= w - ln w /\ w - ln w <= w.
Proof.
  intros w Hw; pose proof (ln_le_div_e w ltac:(lra)); pose proof (ln_nonneg w Hw).
  split; [unfold Rdiv in *; lra | lra].
Qed.

(** -W_{-1}(-z) >= ln(1/z), strictly off z = 1/e: eps~ >= eps_LB, the wrong direction. *)
Theorem D12_direction : forall z : R, 0 < z -> z <= exp (-1) -> ln (/ z) <= - Wm1 (- z).
Proof. exact Wm1_ge_log. Qed.

Theorem D12_direction_strict : forall z : R, 0 < z -> z < exp (-1) -> ln (/ z) < - Wm1 (- z).
Proof. exact Wm1_gt_log. Qed.

Lemma log_argument (kappa J : R) : 0 < kappa -> 0 < J ->
  exp 2 * kappa ^ 2 / (2 * J) = / (2 * J / (exp 2 * kappa ^ 2)).
Proof. intros Hk HJ; pose proof (exp_pos 2); field; lra. Qed.

(** From c w <= v <= w one gets sqrt c sqrt(q/v) <= sqrt(q/w) <= sqrt(q/v). *)
Lemma sqrt_sandwich (c q v w : R) : 0 <= c -> 0 < q -> 0 < v -> 0 < w ->
  c * w <= v -> v <= w ->
  sqrt c * sqrt (q / v) <= sqrt (q / w) /\ sqrt (q / w) <= sqrt (q / v).
Proof.
  intros Hc Hq Hv Hw Hlo Hhi; split.
  - rewrite <- sqrt_mult_alt by exact Hc; apply sqrt_le_1_alt.
    apply le_div; [exact Hw |].
    replace (c * (q / v) * w) with ((c * w) * q / v) by lra.
    apply div_le; [exact Hv | nra].
  - apply sqrt_le_1_alt; apply le_div; [exact Hv |].
    replace (q / w * v) with (q * v / w) by lra.
    apply div_le; [exact Hw | nra].
Qed.

Lemma D12_setup (kappa J : R) : 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  let w := - Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) in
  1 <= w /\ ln (exp 2 * kappa ^ 2 / (2 * J)) = w - ln w.
Proof.
  intros Hk HJ Hmax w.
  destruct (argument_range kappa J Hk HJ Hmax) as [H1 H2].
  assert (Earg : - (2 * J) / (exp 2 * kappa ^ 2) = - (2 * J / (exp 2 * kappa ^ 2)))
    by (pose proof (exp_pos 2); lra).
  unfold w; rewrite Earg in *.
  destruct (Wm1_log_equation (2 * J / (exp 2 * kappa ^ 2)) ltac:(lra) ltac:(lra)) as [Hw E].
  split; [exact Hw |].
  rewrite log_argument by assumption; lra.
Qed.

(** sqrt(1-1/e) eps~ <= eps_LB <= eps~ with eps~ = sqrt(2I / ln(e^2 kappa^2/(2I))). *)
Theorem D12_sandwich : forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  sqrt (1 - 1 / exp 1) * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
    kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) /\
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <=
    sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))).
Proof.
  intros kappa J Hk HJ Hmax.
  rewrite D09_sqrt_form by assumption.
  destruct (D12_setup kappa J Hk HJ Hmax) as [Hw ->].
  set (w := - Wm1 (- (2 * J) / (exp 2 * kappa ^ 2))) in *.
  destruct (D12_scalar w Hw) as [Hlo Hhi].
  assert (1 / exp 1 < 1) by (pose proof exp_1_gt_2; apply div_lt; lra).
  apply sqrt_sandwich; try lra; nra.
Qed.

(** At w = e, that is 2I = e^{3-e} kappa^2, the lower inequality is an equality. *)
Theorem D12_attained : forall kappa : R, 0 < kappa ->
  sqrt (1 - 1 / exp 1) *
    sqrt (2 * (exp (3 - exp 1) * kappa ^ 2 / 2) /
          ln (exp 2 * kappa ^ 2 / (2 * (exp (3 - exp 1) * kappa ^ 2 / 2)))) =
  kappa * exp (1 + Wm1 (- (2 * (exp (3 - exp 1) * kappa ^ 2 / 2)) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros kappa Hk.
  pose proof (exp_pos 1) as He; pose proof exp_1_gt_2 as He2.
  pose proof (pow_lt kappa 2 Hk) as Hk2.
  pose proof (exp_pos 2) as Hp2.
  assert (Earg : - (2 * (exp (3 - exp 1) * kappa ^ 2 / 2)) / (exp 2 * kappa ^ 2) =
                 - exp 1 * exp (- exp 1)).
  { replace (exp (3 - exp 1)) with (exp 2 * (exp 1 * exp (- exp 1)))
      by (rewrite <- !exp_plus; f_equal; lra).
    field; lra. }
  assert (EW : Wm1 (- (2 * (exp (3 - exp 1) * kappa ^ 2 / 2)) / (exp 2 * kappa ^ 2)) = - exp 1).
  { symmetry; apply Wm1_unique; [lra | rewrite Earg; reflexivity]. }
  rewrite EW, (D09_sqrt_form_of_w kappa (exp (3 - exp 1) * kappa ^ 2 / 2) (- exp 1));
    [| exact Hk | lra | symmetry; exact Earg].
  replace (exp 2 * kappa ^ 2 / (2 * (exp (3 - exp 1) * kappa ^ 2 / 2)))
    with (exp 2 / exp (3 - exp 1)) by (pose proof (exp_pos (3 - exp 1)); field; lra).
  rewrite ln_quotient, !ln_exp by apply exp_pos.
  assert (1 / exp 1 < 1) by (apply div_lt; lra).
  rewrite <- sqrt_mult_alt by lra; f_equal.
  field; lra.
Qed.

(** No constant larger than sqrt(1 - 1/e) will do. *)
Theorem D12_sharp : forall c : R,
  (forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
    c * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
    kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)) ->
  c <= sqrt (1 - 1 / exp 1).
Proof.
  intros c Hc.
  pose proof (exp_pos 1) as He; pose proof exp_1_gt_2 as He2.
  pose proof (exp_pos (3 - exp 1)) as Hp.
  specialize (Hc 1 (exp (3 - exp 1) * 1 ^ 2 / 2) ltac:(lra) ltac:(lra)).
  assert (exp (3 - exp 1) * 1 ^ 2 / 2 <= exp 1 * 1 ^ 2 / 2) as Hle.
  { assert (exp (3 - exp 1) <= exp 1) by (apply exp_le; lra). lra. }
  specialize (Hc Hle).
  rewrite <- (D12_attained 1 ltac:(lra)) in Hc.
  set (s := sqrt (2 * (exp (3 - exp 1) * 1 ^ 2 / 2) /
             ln (exp 2 * 1 ^ 2 / (2 * (exp (3 - exp 1) * 1 ^ 2 / 2))))) in Hc.
  apply Rmult_le_reg_r with s; [| exact Hc].
  unfold s; apply sqrt_lt_R0.
  replace (exp 2 * 1 ^ 2 / (2 * (exp (3 - exp 1) * 1 ^ 2 / 2)))
    with (exp 2 / exp (3 - exp 1)) by (field; lra).
  rewrite ln_quotient, !ln_exp by apply exp_pos.
  apply Rdiv_lt_0_compat; lra.
Qed.

(** ln(w)/w decreases beyond e: for e <= v <= w, ln w <= w ln v / v. *)
Lemma ln_ratio_decreasing (v w : R) : exp 1 <= v -> v <= w -> ln w <= w * (ln v / v).
Proof.
  intros Hv Hvw; pose proof exp_1_gt_2.
  assert (ln w = ln v + ln (w / v)) as -> by (rewrite ln_quotient; lra).
  pose proof (ln_le_sub_1 (w / v) ltac:(apply Rdiv_lt_0_compat; lra)) as H1.
  assert (1 <= ln v) by (rewrite <- (ln_exp 1) at 1; apply ln_le; [apply exp_pos | exact Hv]).
  assert (1 <= w / v) by (apply le_div; lra).
  replace (w * (ln v / v)) with (ln v * (w / v)) by lra.
  nra.
Qed.

(** On the range where the bound applies (kappa >= 2, eps_LB <= 1/16) one has
    w >= 2(1 + ln 32), and the constant improves to sqrt(1 - ln w/w) there. *)
Theorem D12_restricted : forall kappa J : R, 2 <= kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <= 1 / 16 ->
  sqrt (1 - ln (2 * (1 + ln 32)) / (2 * (1 + ln 32))) *
    sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros kappa J Hk HJ Hmax Heps.
  rewrite D09_sqrt_form by (try assumption; lra).
  assert (Hw0 : 2 * (1 + ln 32) <= - Wm1 (- (2 * J) / (exp 2 * kappa ^ 2))).
  { set (W := Wm1 _) in *.
    assert (H : exp (1 + W / 2) <= / 32).
    { pose proof (exp_pos (1 + W / 2)). nra. }
    assert (1 + W / 2 <= ln (/ 32)) as H'.
    { rewrite <- (ln_exp (1 + W / 2)); apply ln_le; [apply exp_pos | exact H]. }
    rewrite ln_Rinv in H' by lra; lra. }
  destruct (D12_setup kappa J ltac:(lra) HJ Hmax) as [Hw ->].
  set (w := - Wm1 (- (2 * J) / (exp 2 * kappa ^ 2))) in *.
  set (v := 2 * (1 + ln 32)) in *.
  assert (1 <= ln 32) as H32.
  { rewrite <- (ln_exp 1); apply ln_le; [apply exp_pos | pose proof exp_le_3; lra]. }
  assert (exp 1 <= v) as Hv by (unfold v; pose proof exp_le_3; lra).
  assert (Hratio : 0 <= 1 - ln v / v).
  { pose proof (ln_le_sub_1 v ltac:(unfold v; lra)).
    assert (ln v / v <= 1) by (apply div_le; unfold v in *; lra); lra. }
  pose proof (ln_ratio_decreasing v w Hv Hw0) as Hl.
  pose proof (ln_nonneg w ltac:(lra)); pose proof (ln_lt_sub_1 w ltac:(lra)).
  pose proof exp_1_gt_2.
  apply sqrt_sandwich; lra.
Qed.

(** ** D13: monotonicity in the parameters *)

(** A larger right-hand side has a larger root: so eps_LB strictly decreases in n and
    strictly increases in ln|Pi|. *)
Theorem D13_root_increasing : forall kappa x y : R, 0 < kappa ->
  0 < x -> x <= kappa * sqrt (exp 1) -> 0 < y -> y <= kappa * sqrt (exp 1) ->
  x ^ 2 * (1 + ln (kappa / x)) < y ^ 2 * (1 + ln (kappa / y)) -> x < y.
Proof.
  intros kappa x y Hk Hx Hx' Hy Hy' H.
  destruct (Rlt_le_dec x y) as [L | [L | <-]]; [exact L | | lra].
  pose proof (D08_increasing kappa y x Hk Hy L Hx'); lra.
Qed.

(** eps_LB at a larger I is larger. *)
Theorem D13_increasing_in_I : forall kappa J J' : R, 0 < kappa -> 0 < J -> J < J' ->
  J' <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <
  kappa * exp (1 + Wm1 (- (2 * J') / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros kappa J J' Hk HJ HJJ Hmax.
  destruct (D09_range kappa J Hk HJ ltac:(lra)) as [A1 A2].
  destruct (D09_range kappa J' Hk ltac:(lra) Hmax) as [B1 B2].
  apply (D13_root_increasing kappa); try assumption.
  rewrite !D09_root by lra; exact HJJ.
Qed.

(** With I = c kappa L/n: eps_LB strictly decreases in n ... *)
Theorem D13_decreasing_in_n : forall c kappa L n m : R, 0 < c -> 0 < kappa -> 0 < L -> 0 < n ->
  n < m -> c * kappa * L / n <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * (c * kappa * L / m)) / (exp 2 * kappa ^ 2)) / 2) <
  kappa * exp (1 + Wm1 (- (2 * (c * kappa * L / n)) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros c kappa L n m Hc Hk HL Hn Hnm Hmax.
  assert (Hp : 0 < c * kappa * L) by (repeat apply Rmult_lt_0_compat; assumption).
  apply D13_increasing_in_I; try assumption; [apply Rdiv_lt_0_compat; lra |].
  apply Rmult_lt_compat_l; [exact Hp | apply Rinv_lt_contravar; nra].
Qed.

(** ... and strictly increases in L = ln|Pi|. *)
Theorem D13_increasing_in_class : forall c kappa L L' n : R, 0 < c -> 0 < kappa -> 0 < L -> 0 < n ->
  L < L' -> c * kappa * L' / n <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * (c * kappa * L / n)) / (exp 2 * kappa ^ 2)) / 2) <
  kappa * exp (1 + Wm1 (- (2 * (c * kappa * L' / n)) / (exp 2 * kappa ^ 2)) / 2).
Proof.
  intros c kappa L L' n Hc Hk HL Hn HLL Hmax.
  assert (Hp : 0 < c * kappa) by (apply Rmult_lt_0_compat; assumption).
  apply D13_increasing_in_I; try assumption.
  - apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra.
  - apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; exact Hn |].
    apply Rmult_lt_compat_l; assumption.
Qed.

(** (1 + ln(kappa/eps))/kappa strictly decreases in kappa >= eps. *)
Lemma one_plus_ln_ratio (eps k1 k2 : R) : 0 < eps -> eps <= k1 -> k1 < k2 ->
  (1 + ln (k2 / eps)) * k1 < (1 + ln (k1 / eps)) * k2.
Proof.
  intros He H1 H2.
  rewrite !ln_quotient by lra.
  assert (ln eps <= ln k1) by (apply ln_le; lra).
  assert (ln k2 - ln k1 < k2 / k1 - 1) as Hl.
  { rewrite <- ln_quotient by lra; apply ln_lt_sub_1; [apply Rdiv_lt_0_compat; lra |].
    intro E; assert (k2 = k2 / k1 * k1) as E2 by (field; lra); rewrite E in E2; lra. }
  assert ((ln k2 - ln k1) * k1 < k2 - k1).
  { apply Rmult_lt_compat_r with (r := k1) in Hl; [| lra].
    replace ((k2 / k1 - 1) * k1) with (k2 - k1) in Hl by (field; lra); exact Hl. }
  nra.
Qed.

(** With I = C kappa, the root strictly increases in kappa as long as it stays below kappa. *)
Theorem D13_increasing_in_kappa : forall C k1 k2 x y : R, 0 < C ->
  0 < x -> x < k1 -> k1 < k2 -> 0 < y -> y <= k2 * sqrt (exp 1) ->
  x ^ 2 * (1 + ln (k1 / x)) = C * k1 -> y ^ 2 * (1 + ln (k2 / y)) = C * k2 -> x < y.
Proof.
  intros C k1 k2 x y HC Hx Hxk Hkk Hy Hyk Ex Ey.
  pose proof (one_plus_ln_ratio x k1 k2 Hx ltac:(lra) Hkk) as H.
  assert (H1 : 1 <= sqrt (exp 1)).
  { apply le_sqrt_of_sq; pose proof exp_1_gt_2; lra. }
  apply (D13_root_increasing k2); try assumption; try nra.
  rewrite Ey.
  apply Rmult_lt_reg_r with k1; [lra |].
  replace (C * k2 * k1) with ((C * k1) * k2) by lra; rewrite <- Ex.
  pose proof (pow_lt x 2 Hx); nra.
Qed.

(** d/dkappa of the two sides of f(eps) = C kappa: for any function eps = g(kappa) that is positive
    and differentiable at kappa = k and solves the equation near k,
    g' = eps ln(kappa/eps) / (kappa (1 + 2 ln(kappa/eps))).  eps_LB is such a function
    ([D13_eps_differentiable]). *)
Theorem D13_derivative_in_kappa : forall (C k dg : R) (g : R -> R), 0 < k -> 0 < g k ->
  locally k (fun t => g t ^ 2 * (1 + ln (t / g t)) = C * t) ->
  is_derive g k dg -> 0 < 1 + 2 * ln (k / g k) ->
  dg = g k * ln (k / g k) / (k * (1 + 2 * ln (k / g k))).
Proof.
  intros C k dg g Hk Hgk Heq Hd Hden.
  assert (D1 : is_derive (fun t => g t ^ 2 * (1 + ln (t / g t))) k
                 (g k * dg * (1 + 2 * ln (k / g k)) + g k ^ 2 / k)).
  { assert (ex_derive g k) by (exists dg; exact Hd).
    auto_derive.
    - repeat split; try assumption; try lra. apply Rdiv_lt_0_compat; assumption.
    - replace (Derive (fun x => g x) k) with dg by (symmetry; apply is_derive_unique; exact Hd).
      unfold Rdiv; field; lra. }
  assert (D2 : is_derive (fun t => C * t) k C) by (auto_derive; [exact I | ring]).
  assert (E : g k * dg * (1 + 2 * ln (k / g k)) + g k ^ 2 / k = C).
  { rewrite <- (is_derive_unique _ _ _ D1), <- (is_derive_unique _ _ _ D2).
    apply Derive_ext_loc; exact Heq. }
  assert (E' : C = g k ^ 2 * (1 + ln (k / g k)) / k)
    by (rewrite (locally_singleton _ _ Heq); field; lra).
  rewrite E' in E.
  set (l := ln (k / g k)) in *.
  assert (dg * (1 + 2 * l) * k = g k * l) as H.
  { apply Rmult_eq_reg_l with (g k / k); [| apply Rgt_not_eq, Rdiv_lt_0_compat; assumption].
    replace (g k / k * (dg * (1 + 2 * l) * k)) with (g k * dg * (1 + 2 * l)) by (field; lra).
    replace (g k * dg * (1 + 2 * l)) with (g k ^ 2 * (1 + l) / k - g k ^ 2 / k) by lra.
    lra. }
  rewrite <- H; field; lra.
Qed.

(** ** D14: the rate *)

(** With I = c kappa L / n the radicand of eps~ is c kappa L / (n (1 + ln(kappa n/(2 c L))/2)). *)
Theorem D14_rate : forall c kappa L n : R, 0 < c -> 0 < kappa -> 0 < L -> 0 < n ->
  0 < ln (exp 2 * kappa ^ 2 / (2 * (c * kappa * L / n))) ->
  sqrt (2 * (c * kappa * L / n) / ln (exp 2 * kappa ^ 2 / (2 * (c * kappa * L / n)))) =
  sqrt (c * kappa * L / (n * (1 + ln (kappa * n / (2 * c * L)) / 2))).
Proof.
  intros c kappa L n Hc Hk HL Hn Hpos.
  pose proof (exp_pos 2) as He.
  assert (HcL : 0 < 2 * c * L) by (apply Rmult_lt_0_compat; lra).
  assert (E : exp 2 * kappa ^ 2 / (2 * (c * kappa * L / n)) = exp 2 * (kappa * n / (2 * c * L)))
    by (field; lra).
  rewrite E in *.
  assert (0 < kappa * n) by (apply Rmult_lt_0_compat; assumption).
  rewrite ln_mult, ln_exp in * by (try apply Rdiv_lt_0_compat; assumption).
  f_equal; field; lra.
Qed.

(** * The derivative of the lower Lambert branch

    W_{-1} is differentiable inside its domain, with derivative 1/(e^w (1+w)) at w = W_{-1}(z).  Hence
    eps_LB is differentiable in kappa_0 wherever it is defined, and D13's formula for a differentiable
    root of f(eps) = C kappa speaks of the root that the paper uses.

    Serves D13. *)

(** The reflected map -x e^x increases on (-oo,-1]; its inverse is z |-> W_{-1}(-z). *)
Definition minus_xexp (x : R) : R := - (x * exp x).

Lemma minus_xexp_derive (x : R) : is_derive minus_xexp x (- (exp x * (1 + x))).
Proof. unfold minus_xexp; auto_derive; [exact I | lra]. Qed.

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
  assert (eu : minus_xexp (-1) = exp (-1)) by (unfold minus_xexp; lra).
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
  - rewrite ed; field; split; lra.
Qed.

(** W_{-1}'(z) = 1/(e^w (1+w)) at w = W_{-1}(z), for -1/e < z < 0. *)
Theorem Wm1_derive : forall z : R, - exp (-1) < z -> z < 0 ->
  is_derive Wm1 z (/ (exp (Wm1 z) * (1 + Wm1 z))).
Proof.
  intros z h0 h1.
  apply (is_derive_ext (fun t => Wm1 (- - t))); [intro t; rewrite Ropp_involutive; reflexivity |].
  pose proof (reflected_derive (- z) ltac:(lra) ltac:(lra)) as h; rewrite Ropp_involutive in h.
  assert (ho : is_derive Ropp z (-1)) by (auto_derive; [exact I | lra]).
  pose proof (is_derive_comp (fun t => Wm1 (- t)) Ropp z _ _ h ho) as hc.
  change (is_derive (fun t => Wm1 (- - t)) z (-1 * - / (exp (Wm1 z) * (1 + Wm1 z)))) in hc.
  replace (/ (exp (Wm1 z) * (1 + Wm1 z))) with (-1 * - / (exp (Wm1 z) * (1 + Wm1 z))) by lra.
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
