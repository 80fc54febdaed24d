(** * Elementary facts on exp, ln, sqrt and powers shared by the scalar files

    Nothing here belongs to one entry of the paper: tangent bounds of ln and exp,
    quotients under ln, Bernoulli's inequality, order of square roots. *)

From Coq Require Import Reals Lra Psatz.
Open Scope R_scope.

Lemma exp_tangent_0 (x : R) : 1 + x <= exp x.
Proof. apply exp_ineq1_le. Qed.

(** ln x <= x - 1. *)
Lemma ln_le_sub_1 (x : R) : 0 < x -> ln x <= x - 1.
Proof.
  intro Hx; pose proof (exp_tangent_0 (ln x)) as H.
  rewrite exp_ln in H by exact Hx; lra.
Qed.

(** ln x < x - 1 off x = 1. *)
Lemma ln_lt_sub_1 (x : R) : 0 < x -> x <> 1 -> ln x < x - 1.
Proof.
  intros Hx H1.
  assert (ln x <> 0) as Hne.
  { intro E; apply H1; rewrite <- (exp_ln x Hx), E; apply exp_0. }
  pose proof (exp_ineq1 (ln x) Hne) as H; rewrite exp_ln in H by exact Hx; lra.
Qed.

Lemma ln_quotient (x y : R) : 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof.
  intros Hx Hy; unfold Rdiv.
  rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption); ring.
Qed.

Lemma ln_le (x y : R) : 0 < x -> x <= y -> ln x <= ln y.
Proof. intros Hx [H | ->]; [left; apply ln_increasing; assumption | right; reflexivity]. Qed.

Lemma exp_le (x y : R) : x <= y -> exp x <= exp y.
Proof. intros [H | ->]; [left; apply exp_increasing; assumption | right; reflexivity]. Qed.

Lemma exp_gt_1 (x : R) : 0 < x -> 1 < exp x.
Proof. intro Hx; pose proof (exp_increasing 0 x Hx) as H; rewrite exp_0 in H; exact H. Qed.

Lemma exp_ge_1 (x : R) : 0 <= x -> 1 <= exp x.
Proof. intro Hx; pose proof (exp_le 0 x Hx) as H; rewrite exp_0 in H; exact H. Qed.

Lemma exp_le_1 (x : R) : x <= 0 -> exp x <= 1.
Proof. intro Hx; pose proof (exp_le x 0 Hx) as H; rewrite exp_0 in H; exact H. Qed.

Lemma ln_nonneg (x : R) : 1 <= x -> 0 <= ln x.
Proof. intro Hx; rewrite <- ln_1; apply ln_le; lra. Qed.

Lemma ln_gt_0 (x : R) : 1 < x -> 0 < ln x.
Proof. intro Hx; rewrite <- ln_1; apply ln_increasing; lra. Qed.

(** 1 - 1/x <= ln x. *)
Lemma ln_ge_1_sub_inv (x : R) : 0 < x -> 1 - / x <= ln x.
Proof.
  intro Hx; pose proof (ln_le_sub_1 (/ x) (Rinv_0_lt_compat x Hx)) as H.
  rewrite ln_Rinv in H by exact Hx; lra.
Qed.

Lemma ln_square (x : R) : 0 < x -> ln (x ^ 2) = 2 * ln x.
Proof. intro Hx; replace (x ^ 2) with (x * x) by ring; rewrite ln_mult by exact Hx; ring. Qed.

Lemma ln_sqrt (x : R) : 0 < x -> ln (sqrt x) = ln x / 2.
Proof.
  intro Hx; pose proof (sqrt_lt_R0 x Hx) as Hs.
  rewrite <- (sqrt_sqrt x) at 2 by lra.
  rewrite ln_mult by exact Hs; field.
Qed.

Lemma sqrt_exp (x : R) : sqrt (exp x) = exp (x / 2).
Proof.
  replace (exp x) with (exp (x / 2) * exp (x / 2)) by (rewrite <- exp_plus; f_equal; field).
  apply sqrt_square; left; apply exp_pos.
Qed.

Lemma exp_2_exp_1 : exp 2 = exp 1 ^ 2.
Proof. replace 2 with (1 + 1) by ring; rewrite exp_plus; ring. Qed.

Lemma exp_1_gt_2 : 2 < exp 1.
Proof. pose proof (exp_ineq1 1 ltac:(lra)); lra. Qed.

Lemma pow_le_1 (x : R) (n : nat) : 0 <= x -> x <= 1 -> 0 <= x ^ n <= 1.
Proof. intros H0 H1; induction n as [| n IH]; simpl; [lra | nra]. Qed.

(** Bernoulli: 1 - n x <= (1 - x)^n for x <= 1 (only the range [0,1] is used). *)
Lemma bernoulli (x : R) (n : nat) : 0 <= x -> x <= 1 -> 1 - INR n * x <= (1 - x) ^ n.
Proof.
  intros H0 H1; induction n as [| n IH]; [simpl; lra |].
  rewrite S_INR; simpl.
  assert (0 <= INR n) by apply pos_INR.
  assert (INR n * x * x >= 0) by nra.
  nra.
Qed.

Lemma pow_Rpower (x : R) (n : nat) : 0 < x -> x ^ n = exp (INR n * ln x).
Proof.
  intro Hx; rewrite <- Rpower_pow by exact Hx; reflexivity.
Qed.

(** x <= y / z from x z <= y, and the like. *)
Lemma le_div (x y z : R) : 0 < z -> x * z <= y -> x <= y / z.
Proof.
  intros Hz H; apply Rmult_le_reg_r with z; [exact Hz |].
  replace (y / z * z) with y by (field; lra); exact H.
Qed.

Lemma div_le (x y z : R) : 0 < z -> y <= x * z -> y / z <= x.
Proof.
  intros Hz H; apply Rmult_le_reg_r with z; [exact Hz |].
  replace (y / z * z) with y by (field; lra); exact H.
Qed.

Lemma lt_div (x y z : R) : 0 < z -> x * z < y -> x < y / z.
Proof.
  intros Hz H; apply Rmult_lt_reg_r with z; [exact Hz |].
  replace (y / z * z) with y by (field; lra); exact H.
Qed.

Lemma div_lt (x y z : R) : 0 < z -> y < x * z -> y / z < x.
Proof.
  intros Hz H; apply Rmult_lt_reg_r with z; [exact Hz |].
  replace (y / z * z) with y by (field; lra); exact H.
Qed.

Lemma mul_le_of_div (x y z : R) : 0 < z -> x <= y / z -> x * z <= y.
Proof.
  intros Hz H; apply Rmult_le_compat_r with (r := z) in H; [| lra].
  replace (y / z * z) with y in H by (field; lra); exact H.
Qed.

Lemma le_mul_of_div (x y z : R) : 0 < z -> y / z <= x -> y <= x * z.
Proof.
  intros Hz H; apply Rmult_le_compat_r with (r := z) in H; [| lra].
  replace (y / z * z) with y in H by (field; lra); exact H.
Qed.

Lemma mul_lt_of_div (x y z : R) : 0 < z -> x < y / z -> x * z < y.
Proof.
  intros Hz H; apply Rmult_lt_compat_r with (r := z) in H; [| lra].
  replace (y / z * z) with y in H by (field; lra); exact H.
Qed.

Lemma lt_mul_of_div (x y z : R) : 0 < z -> y / z < x -> y < x * z.
Proof.
  intros Hz H; apply Rmult_lt_compat_r with (r := z) in H; [| lra].
  replace (y / z * z) with y in H by (field; lra); exact H.
Qed.

(** x <= sqrt y from x^2 <= y. *)
Lemma le_sqrt_of_sq (x y : R) : x * x <= y -> x <= sqrt y.
Proof.
  intro H; destruct (Rle_lt_dec 0 x) as [Hx | Hx].
  - rewrite <- (sqrt_square x Hx); apply sqrt_le_1_alt; exact H.
  - pose proof (sqrt_pos y); lra.
Qed.

Lemma sqrt_le_of_sq (x y : R) : 0 <= x -> y <= x * x -> sqrt y <= x.
Proof. intros Hx H; rewrite <- (sqrt_square x Hx); apply sqrt_le_1_alt; exact H. Qed.

(** sqrt y = x from y = x^2. *)
Lemma sqrt_eq_of_sq (x y : R) : 0 <= x -> y = x * x -> sqrt y = x.
Proof. intros Hx ->; apply sqrt_square; exact Hx. Qed.

(** |x| <= t unfolded. *)
Lemma abs_bounds (x t : R) : Rabs x <= t -> - t <= x <= t.
Proof.
  intro H; pose proof (Rle_abs x); pose proof (Rle_abs (- x)); rewrite Rabs_Ropp in *; lra.
Qed.

(** c <= 1/x and 1/x <= c without division. *)
Lemma inv_ge (c x : R) : 0 < x -> c * x <= 1 -> c <= / x.
Proof.
  intros Hx H; apply Rmult_le_reg_r with x; [exact Hx |].
  rewrite Rinv_l by lra; exact H.
Qed.

Lemma inv_le (c x : R) : 0 < x -> 1 <= c * x -> / x <= c.
Proof.
  intros Hx H; apply Rmult_le_reg_r with x; [exact Hx |].
  rewrite Rinv_l by lra; exact H.
Qed.

Lemma mul_le_of_le_inv (c x : R) : 0 < x -> c <= / x -> x * c <= 1.
Proof.
  intros Hx H; apply Rmult_le_compat_l with (r := x) in H; [| lra].
  rewrite Rinv_r in H by lra; exact H.
Qed.

(** w/u <= w N when 1 <= N u. *)
Lemma div_le_mul (w u N : R) : 0 <= w -> 0 < u -> 1 <= N * u -> w / u <= w * N.
Proof. intros Hw Hu H; apply Rmult_le_compat_l; [exact Hw | apply inv_le; assumption]. Qed.

Lemma le_exp_of_ln (x y : R) : 0 < x -> ln x <= y -> x <= exp y.
Proof. intros Hx H; rewrite <- (exp_ln x Hx); apply exp_le; exact H. Qed.

(** 1/z < y/z for 1 < y. *)
Lemma div_lt_div (y z : R) : 0 < z -> 1 < y -> / z < y / z.
Proof.
  intros Hz Hy; pose proof (Rinv_0_lt_compat z Hz); unfold Rdiv; nra.
Qed.

Lemma exp_Ropp_1 : exp (- (1)) = 1 / exp 1.
Proof. rewrite exp_Ropp; unfold Rdiv; ring. Qed.
