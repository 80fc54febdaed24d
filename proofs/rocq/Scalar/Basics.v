(** Real analysis that the scalar files share. *)

From Coq Require Import Reals Psatz.
Open Scope R_scope.

(** * Elementary facts on exp, ln, sqrt and powers shared by the scalar files

    Nothing here belongs to one entry of the paper: tangent bounds of ln and exp,
    quotients under ln, Bernoulli's inequality, order of square roots. *)

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
  rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption); lra.
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
Proof. intro Hx; replace (x ^ 2) with (x * x) by lra; rewrite ln_mult by exact Hx; lra. Qed.

Lemma ln_sqrt (x : R) : 0 < x -> ln (sqrt x) = ln x / 2.
Proof.
  intro Hx; pose proof (sqrt_lt_R0 x Hx) as Hs.
  rewrite <- (sqrt_sqrt x) at 2 by lra.
  rewrite ln_mult by exact Hs; lra.
Qed.

Lemma sqrt_exp (x : R) : sqrt (exp x) = exp (x / 2).
Proof.
  replace (exp x) with (exp (x / 2) * exp (x / 2)) by (rewrite <- exp_plus; f_equal; lra).
  apply sqrt_square; left; apply exp_pos.
Qed.

Lemma exp_2_exp_1 : exp 2 = exp 1 ^ 2.
Proof. replace 2 with (1 + 1) by lra; rewrite exp_plus; lra. Qed.

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
Proof. rewrite exp_Ropp; unfold Rdiv; lra. Qed.

(** * Scalar parts of Sections 3, 4 and of Proposition 4.3

    S06-S09 (margin growth and the two horizons), K02 and K03 (the examples of
    Remark 4.2), E02-E04 and E06 (the arithmetic of the greedy trap). *)

Lemma growth_gt_1 (beta : R) : 0 < beta -> 1 < 1 + 1 / beta.
Proof. intro Hb; assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra); lra. Qed.

(** ** S: the exact iteration *)

(** S06: one exact round multiplies log-ratios, hence the margin, by 1 + 1/beta. *)
Theorem S06_margin_step : forall beta p q : R, 0 < beta -> 0 < p -> 0 < q ->
  ln (Rpower p (1 + 1 / beta)) - ln (Rpower q (1 + 1 / beta)) =
  (1 + 1 / beta) * (ln p - ln q).
Proof. intros beta p q Hb Hp Hq; unfold Rpower; rewrite !ln_exp; lra. Qed.

(** S07: a policy whose log-margin is g has 1/max <= 1 + (N-1) e^{-g}. *)
Theorem S07_inverse_mode : forall u N g : R, 0 < u -> 1 <= N ->
  1 - u <= (N - 1) * (u * exp (- g)) -> 1 / u <= 1 + (N - 1) * exp (- g).
Proof.
  intros u N g Hu HN H; apply div_le; [exact Hu |]. lra.
Qed.

(** S08: alpha_T theta <= R iff T <= ln(R/theta)/ln(1 + 1/beta). *)
Theorem S08_horizon : forall (theta radius beta : R) (T : nat),
  0 < theta -> 0 < radius -> 0 < beta ->
  (1 + 1 / beta) ^ T * theta <= radius -> INR T <= ln (radius / theta) / ln (1 + 1 / beta).
Proof.
  intros theta radius beta T Ht Hr Hb H.
  pose proof (growth_gt_1 beta Hb) as Hg; pose proof (ln_gt_0 _ Hg) as Hl.
  apply le_div; [exact Hl |].
  rewrite <- (ln_exp (INR T * ln (1 + 1 / beta))), <- pow_Rpower by lra.
  apply ln_le; [apply pow_lt; lra | apply le_div; assumption].
Qed.

Theorem S08_horizon_converse : forall (theta radius beta : R) (T : nat),
  0 < theta -> 0 < radius -> 0 < beta ->
  INR T <= ln (radius / theta) / ln (1 + 1 / beta) -> (1 + 1 / beta) ^ T * theta <= radius.
Proof.
  intros theta radius beta T Ht Hr Hb H.
  pose proof (growth_gt_1 beta Hb) as Hg; pose proof (ln_gt_0 _ Hg) as Hl.
  apply mul_le_of_div in H; [| exact Hl].
  apply mul_le_of_div; [exact Ht |].
  rewrite pow_Rpower by lra.
  rewrite <- (exp_ln (radius / theta)) by (apply Rdiv_lt_0_compat; assumption).
  apply exp_le; exact H.
Qed.

(** S08 at T = 1: theta <= R beta/(1+beta). *)
Theorem S08_first_round : forall theta radius beta : R, 0 < beta ->
  (1 + 1 / beta) * theta <= radius -> theta <= radius * beta / (1 + beta).
Proof.
  intros theta radius beta Hb H; apply le_div; [lra |].
  replace (theta * (1 + beta)) with ((1 + 1 / beta) * theta * beta) by (field; lra). nra.
Qed.

(** S08: the margin is at most 2 B theta, hence beta ln(kappa)/gamma >= (1+beta) ln(kappa)/(2 B R). *)
Theorem S08_bias_stays : forall gamma B theta radius beta kappa : R,
  0 < gamma -> 0 < B -> 0 < radius -> 0 < beta -> 1 <= kappa ->
  gamma <= 2 * B * theta -> theta <= radius * beta / (1 + beta) ->
  (1 + beta) * ln kappa / (2 * B * radius) <= beta * ln kappa / gamma.
Proof.
  intros gamma B theta radius beta kappa Hg HB Hr Hb Hk H1 H2.
  pose proof (ln_nonneg kappa Hk) as Hl.
  apply mul_le_of_div in H2; [| lra].
  assert (gamma * (1 + beta) <= 2 * B * radius * beta).
  { assert (2 * B * (theta * (1 + beta)) <= 2 * B * (radius * beta))
      by (apply Rmult_le_compat_l; lra).
    assert (gamma * (1 + beta) <= 2 * B * theta * (1 + beta))
      by (apply Rmult_le_compat_r; lra).
    lra. }
  assert (0 < B * radius) by (apply Rmult_lt_0_compat; assumption).
  apply div_le; [lra |].
  replace (beta * ln kappa / gamma * (2 * B * radius))
    with (2 * B * radius * beta * ln kappa / gamma) by lra.
  apply le_div; [exact Hg |]. nra.
Qed.

(** ** K: Remark 4.2 *)

(** K02: max pi = (1+eta)/M gives kappa = M/(1+eta). *)
Theorem K02_near_uniform : forall M eta : R, 0 < M -> 0 <= eta ->
  1 / ((1 + eta) / M) = M / (1 + eta).
Proof. intros M eta HM He; field; lra. Qed.

(** K03: a mode of mass u <= p^L has 1/u >= (1/p)^L. *)
Theorem K03_autoregressive : forall (p u : R) (L : nat), 0 < p -> p < 1 -> 0 < u ->
  u <= p ^ L -> (1 / p) ^ L <= 1 / u.
Proof.
  intros p u L Hp Hp1 Hu H.
  replace ((1 / p) ^ L) with (/ p ^ L).
  - unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; assumption.
  - replace (1 / p) with (/ p) by lra. rewrite <- pow_inv; reflexivity.
Qed.

(** K03: the product of L conditionals in [0,p] is at most p^L (one more factor). *)
Theorem K03_step : forall (p u v : R) (L : nat), 0 <= u -> u <= p ^ L -> 0 <= v -> v <= p ->
  u * v <= p ^ S L.
Proof.
  intros p u v L Hu H Hv H'; rewrite <- tech_pow_Rmult, Rmult_comm.
  apply Rmult_le_compat; assumption.
Qed.

(** K03: L >= ln n / ln(1/p) gives (1/p)^L >= n. *)
Theorem K03_length : forall (p n : R) (L : nat), 0 < p -> p < 1 -> 1 <= n ->
  ln n / ln (1 / p) <= INR L -> n <= (1 / p) ^ L.
Proof.
  intros p n L Hp Hp1 Hn H.
  assert (1 < 1 / p) by (apply lt_div; lra).
  apply le_mul_of_div in H; [| apply ln_gt_0; assumption].
  rewrite pow_Rpower by lra.
  rewrite <- (exp_ln n) at 1 by lra; apply exp_le; exact H.
Qed.

(** ** E: the arithmetic of the greedy trap *)

(** E02: with m sequences outside the two branches there is room (masses q, q + s, and a rest
    below m q) only if q > 1/(3+m). *)
Theorem E02_room_necessary : forall q s rest m : R, 0 < q -> 0 < s -> s < q -> 0 <= m ->
  rest <= m * q -> q + (q + s) + rest = 1 -> 1 / (3 + m) < q.
Proof. intros q s rest m Hq Hs Hsq Hm Hr E; apply div_lt; nra. Qed.

(** ... and then there is: for m >= 1 the excess s and the mean mass u < q of the others exist. *)
Theorem E02_room_sufficient : forall q m : R, 0 < q -> q < 1 / 2 -> 0 < m -> 1 / (3 + m) < q ->
  exists s u : R, 0 < s /\ s < q /\ s <= 1 - 2 * q /\ 0 <= u /\ u < q /\ q + (q + s) + m * u = 1.
Proof.
  intros q m Hq Hq2 Hm H.
  apply lt_mul_of_div in H; [| lra].
  exists ((1 - 2 * q) / (1 + m)), ((1 - 2 * q) / (1 + m)).
  assert (0 < (1 - 2 * q) / (1 + m)) by (apply Rdiv_lt_0_compat; lra).
  assert ((1 - 2 * q) / (1 + m) < q) by (apply div_lt; lra).
  assert ((1 - 2 * q) / (1 + m) <= 1 - 2 * q).
  { apply div_le; [lra |]. nra. }
  repeat split; try lra; field; lra.
Qed.

(** E02 for V = 2 (no other branch): room iff q > 1/3. *)
Theorem E02_room_binary : forall q s : R, 0 < s -> s < q -> q + (q + s) = 1 -> 1 / 3 < q.
Proof. intros; lra. Qed.

(** E03: at q = 1/2 no excess 0 < s <= 1 - 2q is left. *)
Theorem E03_half : forall q s : R, q = 1 / 2 -> s <= 1 - 2 * q -> s <= 0.
Proof. intros; lra. Qed.

(** E04: a mode of mass q among V^L responses, all others of smaller mass, has q > 1/V^L. *)
Theorem E04_lower : forall q rest n : R, 2 <= n -> rest < (n - 1) * q -> q + rest = 1 -> 1 / n < q.
Proof. intros q rest n Hn Hr E; apply div_lt; lra. Qed.

(** E01: a product above 1/2 of factors in [0,1] has both factors above 1/2. *)
Theorem E01_factor : forall u v : R, 0 <= u -> u <= 1 -> 0 <= v -> v <= 1 ->
  1 / 2 < u * v -> 1 / 2 < u /\ 1 / 2 < v.
Proof. intros; split; nra. Qed.

(** E06: the mode of the independent (0.7, 0.3) model has mass 0.49 <= 1/2, above the three others. *)
Theorem E06_witness :
  7 / 10 * (7 / 10) <= 1 / 2 /\ 7 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\
  3 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\ 1 / 2 < 7 / 10.
Proof. lra. Qed.

(** * Shared by the files of scalar checks in their printed form

    The ledger prints x/2 as x * (1/2) and e^{-1} as exp (- 1); these bridge to the forms of the other
    files. *)

(** Write x / 2 for x * (1/2) everywhere. *)
Ltac halves := repeat match goal with
  | H : context [?x * (1 / 2)] |- _ => replace (x * (1 / 2)) with (x / 2) in H by field
  | |- context [?x * (1 / 2)] => replace (x * (1 / 2)) with (x / 2) by field
  end.

(** ln(kappa/(kappa e^s)) = -s. *)
Lemma ln_ratio_exp (kappa s : R) : 0 < kappa -> ln (kappa / (kappa * exp s)) = - s.
Proof.
  intro Hk; pose proof (exp_pos s).
  replace (kappa / (kappa * exp s)) with (/ exp s) by (field; lra).
  rewrite ln_Rinv, ln_exp by assumption; reflexivity.
Qed.

Lemma scaled_exp_sq (kappa s : R) : (kappa * exp s) ^ 2 = kappa ^ 2 * exp (2 * s).
Proof. replace (2 * s) with (s + s) by lra; rewrite exp_plus; lra. Qed.

Lemma exp_2_split (w : R) : exp (2 - w) = exp 2 * exp (- w).
Proof. rewrite <- exp_plus; f_equal; ring. Qed.

(** Positivity of products, quotients, powers and exponentials of positive terms. *)
Ltac pos := repeat first
  [ apply exp_pos | apply Rdiv_lt_0_compat | apply Rinv_0_lt_compat | apply pow_lt
  | (unfold Rpower; apply exp_pos) | apply Rmult_lt_0_compat ]; lra.

Lemma Rpower_quotient (x y c : R) : 0 < x -> 0 < y -> Rpower (x / y) c = Rpower x c / Rpower y c.
Proof.
  intros Hx Hy; unfold Rpower; rewrite ln_quotient by assumption.
  replace (c * (ln x - ln y)) with (c * ln x + - (c * ln y)) by lra.
  rewrite exp_plus, exp_Ropp; reflexivity.
Qed.
