(** * The laws that proof objects may instantiate

    One lemma per line of the table, without those of Lambert W, under the same name.  A power with a real
    exponent is [Rpower]; the premises say where the terms are defined, as far as that is needed. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

(** ** Exponentials and logarithms *)

Lemma law_exp_sum (a b : R) : exp (a + b) = exp a * exp b.
Proof. apply exp_plus. Qed.

Lemma law_exp_negative (a : R) : exp (- a) = / exp a.
Proof. apply exp_Ropp. Qed.

Lemma law_exp_difference (a b : R) : exp (a - b) = exp a / exp b.
Proof. unfold Rminus; rewrite exp_plus, exp_Ropp; reflexivity. Qed.

Lemma law_exp_multiple (a b : R) : exp (a * b) = Rpower (exp a) b.
Proof. unfold Rpower; rewrite ln_exp, Rmult_comm; reflexivity. Qed.

Lemma law_exp_log (a : R) : 0 < a -> exp (ln a) = a.
Proof. apply exp_ln. Qed.

Lemma law_log_exp (a : R) : ln (exp a) = a.
Proof. apply ln_exp. Qed.

Lemma law_log_product (a b : R) : 0 < a -> 0 < b -> ln (a * b) = ln a + ln b.
Proof. apply ln_mult. Qed.

Lemma law_log_inverse (a : R) : 0 < a -> ln (/ a) = - ln a.
Proof. apply ln_Rinv. Qed.

Lemma law_log_quotient (a b : R) : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof.
  intros Ha Hb; unfold Rdiv; rewrite ln_mult, ln_Rinv; try assumption; [reflexivity |].
  apply Rinv_0_lt_compat; exact Hb.
Qed.

Lemma law_log_power (a b : R) : 0 < a -> ln (Rpower a b) = b * ln a.
Proof. intros _; unfold Rpower; apply ln_exp. Qed.

Lemma law_log_sqrt (a : R) : 0 < a -> ln (sqrt a) = ln a / 2.
Proof.
  intro Ha; rewrite <- (sqrt_sqrt a) at 2 by lra.
  rewrite ln_mult by (apply sqrt_lt_R0; exact Ha); lra.
Qed.

Lemma law_exp_above (a : R) : 1 + a <= exp a.
Proof.
  destruct (Req_dec a 0) as [-> | N]; [rewrite exp_0; lra |].
  left; apply exp_ineq1; exact N.
Qed.

Lemma law_exp_above_strict (a : R) : a <> 0 -> 1 + a < exp a.
Proof. apply exp_ineq1. Qed.

Lemma law_exp_below (a : R) : a < 1 -> exp a <= / (1 - a).
Proof.
  intro Ha; rewrite <- (Ropp_involutive a) at 1; rewrite exp_Ropp.
  apply Rinv_le_contravar; [lra |].
  pose proof (law_exp_above (- a)); lra.
Qed.

Lemma law_log_below (a : R) : 0 < a -> ln a <= a - 1.
Proof. intro Ha; pose proof (law_exp_above (ln a)) as H; rewrite exp_ln in H by exact Ha; lra. Qed.

Lemma law_log_below_strict (a : R) : 0 < a -> a <> 1 -> ln a < a - 1.
Proof.
  intros Ha N; pose proof (law_exp_above_strict (ln a)) as H; rewrite exp_ln in H by exact Ha.
  enough (1 + ln a < a) by lra; apply H; intro E; apply N.
  rewrite <- (exp_ln a Ha), E; apply exp_0.
Qed.

Lemma law_log_above (a : R) : 0 < a -> 1 - / a <= ln a.
Proof.
  intro Ha; pose proof (law_log_below (/ a) (Rinv_0_lt_compat a Ha)) as H.
  rewrite ln_Rinv in H by exact Ha; lra.
Qed.

Lemma law_exp_strict (a b : R) : a < b -> exp a < exp b.
Proof. apply exp_increasing. Qed.

Lemma law_exp_monotone (a b : R) : a <= b -> exp a <= exp b.
Proof. intros [H | ->]; [left; apply exp_increasing; exact H | right; reflexivity]. Qed.

Lemma law_exp_reflects_strict (a b : R) : exp a < exp b -> a < b.
Proof. apply exp_lt_inv. Qed.

Lemma law_exp_reflects (a b : R) : exp a <= exp b -> a <= b.
Proof. intro H; apply Rnot_lt_le; intro L; apply exp_increasing in L; lra. Qed.

Lemma law_log_strict (a b : R) : 0 < a -> a < b -> ln a < ln b.
Proof. apply ln_increasing. Qed.

Lemma law_log_monotone (a b : R) : 0 < a -> a <= b -> ln a <= ln b.
Proof. intros Ha [H | ->]; [left; apply ln_increasing; assumption | right; reflexivity]. Qed.

Lemma law_log_reflects_strict (a b : R) : 0 < a -> 0 < b -> ln a < ln b -> a < b.
Proof. apply ln_lt_inv. Qed.

Lemma law_log_reflects (a b : R) : 0 < a -> 0 < b -> ln a <= ln b -> a <= b.
Proof. intros Ha Hb H; apply Rnot_lt_le; intro L; apply ln_increasing in L; lra. Qed.

(** ** Powers *)

Lemma law_power_exp (a b : R) : 0 < a -> Rpower a b = exp (b * ln a).
Proof. reflexivity. Qed.

Lemma law_power_sum (a b c : R) : 0 < a -> Rpower a (b + c) = Rpower a b * Rpower a c.
Proof. intros _; apply Rpower_plus. Qed.

Lemma law_power_difference (a b c : R) : 0 < a -> Rpower a (b - c) = Rpower a b / Rpower a c.
Proof. intros _; unfold Rminus; rewrite Rpower_plus, Rpower_Ropp; reflexivity. Qed.

Lemma law_power_product (a b c : R) : 0 < a -> 0 < b -> Rpower (a * b) c = Rpower a c * Rpower b c.
Proof. intros; symmetry; apply Rpower_mult_distr; assumption. Qed.

Lemma law_power_quotient (a b c : R) : 0 < a -> 0 < b -> Rpower (a / b) c = Rpower a c / Rpower b c.
Proof.
  intros Ha Hb; unfold Rpower; rewrite law_log_quotient by assumption.
  rewrite Rmult_minus_distr_l; apply law_exp_difference.
Qed.

Lemma law_power_power (a b c : R) : 0 < a -> Rpower (Rpower a b) c = Rpower a (b * c).
Proof. intros _; apply Rpower_mult. Qed.

Lemma law_power_positive (a b : R) : 0 < a -> 0 < Rpower a b.
Proof. intros _; apply exp_pos. Qed.

Lemma law_power_strict (a b c : R) : 0 < a -> a < b -> 0 < c -> Rpower a c < Rpower b c.
Proof.
  intros; unfold Rpower; apply exp_increasing, Rmult_lt_compat_l; [assumption |].
  apply ln_increasing; assumption.
Qed.

Lemma law_power_monotone (a b c : R) : 0 < a -> a <= b -> 0 <= c -> Rpower a c <= Rpower b c.
Proof.
  intros; unfold Rpower; apply law_exp_monotone, Rmult_le_compat_l; [assumption |].
  apply law_log_monotone; assumption.
Qed.

Lemma law_power_reflects (a b c : R) : 0 < a -> 0 < b -> 0 < c -> Rpower a c <= Rpower b c -> a <= b.
Proof.
  intros; apply Rnot_lt_le; intro L.
  pose proof (law_power_strict b a c ltac:(assumption) L ltac:(assumption)); lra.
Qed.

Lemma law_power_reflects_strict (a b c : R) : 0 < a -> 0 < b -> 0 < c ->
  Rpower a c < Rpower b c -> a < b.
Proof.
  intros; apply Rnot_le_lt; intro L.
  pose proof (law_power_monotone b a c ltac:(assumption) L ltac:(lra)); lra.
Qed.

Lemma law_power_exponent (a b c : R) : 1 <= a -> b <= c -> Rpower a b <= Rpower a c.
Proof.
  intros Ha H; unfold Rpower; apply law_exp_monotone, Rmult_le_compat_r; [| exact H].
  rewrite <- ln_1; apply law_log_monotone; lra.
Qed.

Lemma law_power_exponent_small (a b c : R) : 0 < a -> a <= 1 -> b <= c -> Rpower a c <= Rpower a b.
Proof.
  intros H0 Ha H; unfold Rpower; apply law_exp_monotone.
  assert (ln a <= 0) by (rewrite <- ln_1; apply law_log_monotone; lra).
  pose proof (Rmult_le_pos (c - b) (- ln a)); lra.
Qed.

Lemma law_bernoulli (a b : R) : 0 < 1 + a -> 1 <= b -> 1 + b * a <= Rpower (1 + a) b.
Proof.
  intros Ha Hb; unfold Rpower.
  (* With t = ln (1 + a): exp (b t) = exp t exp ((b - 1) t) >= exp t (1 + (b - 1) t), and t >= a / (1 + a). *)
  pose proof (law_log_above (1 + a) Ha) as T.
  replace (b * ln (1 + a)) with (ln (1 + a) + (b - 1) * ln (1 + a)) by ring.
  rewrite exp_plus, exp_ln by exact Ha.
  pose proof (law_exp_above ((b - 1) * ln (1 + a))) as E.
  apply Rle_trans with ((1 + a) * (1 + (b - 1) * ln (1 + a))).
  - assert (0 <= (b - 1) * ((1 + a) * (ln (1 + a) - (1 - / (1 + a))))).
    { apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]. }
    replace ((1 + a) * (ln (1 + a) - (1 - / (1 + a)))) with ((1 + a) * ln (1 + a) - a) in H
      by (field; lra).
    lra.
  - apply Rmult_le_compat_l; lra.
Qed.

Lemma law_bernoulli_below (a b : R) :
  0 < 1 + a -> 0 <= b -> b <= 1 -> Rpower (1 + a) b <= 1 + b * a.
Proof.
  intros Ha Hb Hc; unfold Rpower; set (L := ln (1 + a)).
  (* The tangents of exp at b L, at the points L and 0, with weights b and 1 - b. *)
  assert (E1 : exp (b * L) * exp ((1 - b) * L) = 1 + a).
  { rewrite <- exp_plus; replace (b * L + (1 - b) * L) with L by ring; apply exp_ln; exact Ha. }
  assert (E2 : exp (b * L) * exp (- (b * L)) = 1).
  { rewrite <- exp_plus; replace (b * L + - (b * L)) with 0 by ring; apply exp_0. }
  pose proof (law_exp_above ((1 - b) * L)) as T1.
  pose proof (law_exp_above (- (b * L))) as T2.
  pose proof (exp_pos (b * L)) as X.
  assert (H1 : 0 <= b * (exp (b * L) * (exp ((1 - b) * L) - (1 + (1 - b) * L)))).
  { apply Rmult_le_pos; [exact Hb | apply Rmult_le_pos; lra]. }
  assert (H2 : 0 <= (1 - b) * (exp (b * L) * (exp (- (b * L)) - (1 + - (b * L))))).
  { apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]. }
  replace (b * (exp (b * L) * (exp ((1 - b) * L) - (1 + (1 - b) * L))))
    with (b * (exp (b * L) * exp ((1 - b) * L)) - exp (b * L) * (b + b * (1 - b) * L)) in H1 by ring.
  replace ((1 - b) * (exp (b * L) * (exp (- (b * L)) - (1 + - (b * L)))))
    with ((1 - b) * (exp (b * L) * exp (- (b * L))) - exp (b * L) * ((1 - b) - b * (1 - b) * L))
    in H2 by ring.
  rewrite E1 in H1; rewrite E2 in H2; lra.
Qed.

Lemma law_bernoulli_above (a b : R) :
  0 < a -> 0 <= b -> b <= 1 -> a / (a + b - a * b) <= Rpower a b.
Proof.
  intros Ha Hb Hc.
  assert (P : 0 < / a) by (apply Rinv_0_lt_compat; exact Ha).
  pose proof (law_bernoulli_below (/ a - 1) b) as H.
  replace (1 + (/ a - 1)) with (/ a) in H by ring; specialize (H P Hb Hc).
  assert (E : Rpower (/ a) b * Rpower a b = 1).
  { unfold Rpower; rewrite <- exp_plus, ln_Rinv by exact Ha.
    replace (b * - ln a + b * ln a) with 0 by ring; apply exp_0. }
  assert (Q : 0 < Rpower a b) by apply exp_pos.
  assert (D : 0 < a + b - a * b).
  { assert (0 <= a * (1 - b)) by (apply Rmult_le_pos; lra).
    destruct (Rle_lt_or_eq_dec 0 b Hb) as [B | B]; [lra | rewrite <- B; lra]. }
  assert (S : 1 <= (1 + b * (/ a - 1)) * Rpower a b).
  { apply Rle_trans with (Rpower (/ a) b * Rpower a b); [lra | apply Rmult_le_compat_r; lra]. }
  apply (Rmult_le_reg_r (a + b - a * b)); [exact D |].
  unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  replace (Rpower a b * (a + b - a * b)) with (a * ((1 + b * (/ a - 1)) * Rpower a b))
    by (field; lra).
  rewrite <- (Rmult_1_r a) at 1; apply Rmult_le_compat_l; lra.
Qed.

(** ** Square roots and squares *)

Lemma law_sqrt_square (a : R) : 0 <= a -> sqrt a ^ 2 = a.
Proof. intro Ha; simpl; rewrite Rmult_1_r; apply sqrt_sqrt; exact Ha. Qed.

Lemma law_sqrt_of_square (a : R) : sqrt (a ^ 2) = Rabs a.
Proof. replace (a ^ 2) with (Rsqr a) by (unfold Rsqr; ring); apply sqrt_Rsqr_abs. Qed.

Lemma law_sqrt_product (a b : R) : 0 <= a -> 0 <= b -> sqrt (a * b) = sqrt a * sqrt b.
Proof. apply sqrt_mult. Qed.

Lemma law_sqrt_quotient (a b : R) : 0 <= a -> 0 < b -> sqrt (a / b) = sqrt a / sqrt b.
Proof. apply sqrt_div. Qed.

Lemma law_sqrt_nonneg (a : R) : 0 <= sqrt a.
Proof. apply sqrt_pos. Qed.

Lemma law_sqrt_monotone (a b : R) : a <= b -> sqrt a <= sqrt b.
Proof. apply sqrt_le_1_alt. Qed.

Lemma law_sqrt_strict (a b : R) : 0 <= a -> a < b -> sqrt a < sqrt b.
Proof. intros; apply sqrt_lt_1_alt; split; assumption. Qed.

Lemma law_squares_reflect (a b : R) : 0 <= b -> a ^ 2 <= b ^ 2 -> a <= b.
Proof.
  intros Hb H; apply Rnot_lt_le; intro L.
  pose proof (Rmult_lt_0_compat (a - b) (a + b)); lra.
Qed.

Lemma law_squares_reflect_strict (a b : R) : 0 <= b -> a ^ 2 < b ^ 2 -> a < b.
Proof.
  intros Hb H; apply Rnot_le_lt; intro L.
  pose proof (Rmult_le_pos (a - b) (a + b)); lra.
Qed.

Lemma law_sqrt_below (a b : R) : 0 <= b -> a <= b ^ 2 -> sqrt a <= b.
Proof.
  intros Hb H; rewrite <- (sqrt_Rsqr b Hb); apply sqrt_le_1_alt.
  replace (Rsqr b) with (b ^ 2) by (unfold Rsqr; ring); exact H.
Qed.

Lemma law_sqrt_above (a b : R) : b ^ 2 <= a -> b <= sqrt a.
Proof.
  intro H; destruct (Rle_lt_dec 0 b) as [Hb | Hb]; [| pose proof (sqrt_pos a); lra].
  rewrite <- (sqrt_Rsqr b Hb); apply sqrt_le_1_alt.
  replace (Rsqr b) with (b ^ 2) by (unfold Rsqr; ring); exact H.
Qed.

(** ** Absolute values, least and greatest *)

Lemma law_abs_nonneg (a : R) : 0 <= a -> Rabs a = a.
Proof. apply Rabs_pos_eq. Qed.

Lemma law_abs_nonpos (a : R) : a <= 0 -> Rabs a = - a.
Proof. apply Rabs_left1. Qed.

Lemma law_abs_square (a : R) : Rabs a ^ 2 = a ^ 2.
Proof. apply pow2_abs. Qed.

Lemma law_abs_zero (a : R) : 0 <= Rabs a.
Proof. apply Rabs_pos. Qed.

Lemma law_abs_above (a : R) : a <= Rabs a.
Proof. apply Rle_abs. Qed.

Lemma law_abs_above_negative (a : R) : - a <= Rabs a.
Proof. rewrite <- Rabs_Ropp; apply Rle_abs. Qed.

Lemma law_abs_product (a b : R) : Rabs (a * b) = Rabs a * Rabs b.
Proof. apply Rabs_mult. Qed.

Lemma law_abs_below (a b : R) : - b <= a -> a <= b -> Rabs a <= b.
Proof. intros H K; apply Rabs_le; split; assumption. Qed.

Lemma law_abs_below_strict (a b : R) : - b < a -> a < b -> Rabs a < b.
Proof. intros H K; apply Rabs_def1; assumption. Qed.

Lemma law_abs_triangle (a b : R) : Rabs (a + b) <= Rabs a + Rabs b.
Proof. apply Rabs_triang. Qed.

Lemma law_min_left (a b : R) : a <= b -> Rmin a b = a.
Proof. apply Rmin_left. Qed.

Lemma law_min_right (a b : R) : b <= a -> Rmin a b = b.
Proof. apply Rmin_right. Qed.

Lemma law_min_below_left (a b : R) : Rmin a b <= a.
Proof. apply Rmin_l. Qed.

Lemma law_min_below_right (a b : R) : Rmin a b <= b.
Proof. apply Rmin_r. Qed.

Lemma law_min_three (a b c : R) : Rmin a (Rmin b c) = Rmin a (Rmin b c).
Proof. reflexivity. Qed.

Lemma law_max_left (a b : R) : b <= a -> Rmax a b = a.
Proof. apply Rmax_left. Qed.

Lemma law_max_right (a b : R) : a <= b -> Rmax a b = b.
Proof. apply Rmax_right. Qed.

Lemma law_max_above_left (a b : R) : a <= Rmax a b.
Proof. apply Rmax_l. Qed.

Lemma law_max_above_right (a b : R) : b <= Rmax a b.
Proof. apply Rmax_r. Qed.

Lemma law_max_three (a b c : R) : Rmax a (Rmax b c) = Rmax a (Rmax b c).
Proof. reflexivity. Qed.

(** ** Order *)

Lemma law_antisymmetric (a b : R) : a <= b -> b <= a -> a = b.
Proof. apply Rle_antisym. Qed.

Lemma law_zero_product (a b : R) : a * b = 0 -> a = 0 \/ b = 0.
Proof. apply Rmult_integral. Qed.
