(** Theorem 5.3 as printed. *)

From Coq Require Import Reals Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Scalar.Rounds.
Open Scope R_scope.

(** * The scalar checks of C01-C16, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on one round. *)

(** ** C02: gap-to-mass *)

(** One prompt, N = 3; l_i = log pi_0(y_i) and y* is the first response. *)
Theorem C02_three_responses :
  forall p1 p2 p3 l1 l2 l3 gamma : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 <= p3 ->
  p3 <= 1 -> 0 < gamma -> p1 + p2 + p3 = 1 -> gamma <= l1 - l2 -> gamma <= l1 - l3 ->
  1 - p1 <= (l1 - (p1 * l1 + p2 * l2 + p3 * l3)) / gamma.
Proof.
  intros p1 p2 p3 l1 l2 l3 gamma; intros; apply le_div; [assumption | nra].
Qed.

(** ** C03: lemma-c1 *)

(** P_x(pi-hat(y*|x) <= 1-d) <= (J(pi* ) - J(pi-hat))/(gamma d) *)
Theorem C03_chain :
  forall failing missing gap gamma d : R, 0 <= failing -> failing <= 1 -> 0 <= missing ->
  missing <= 1 -> 0 <= gap -> 0 < gamma -> 0 < d -> d < 1 -> failing <= missing / d ->
  missing <= gap / gamma -> failing <= gap / (gamma * d).
Proof.
  intros f m gap gamma d; intros.
  apply Rle_trans with (m / d); [assumption |].
  replace (gap / (gamma * d)) with (gap / gamma / d) by (field; lra).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat |]; assumption.
Qed.

(** ** C04: baseline-cancellation *)

(** E_{pi,pi_0}[f(y) - f(y')] = E_pi[f] - E_{pi_0}[f] *)
Theorem C04_two_responses :
  forall p q f g : R, 0 <= p -> p <= 1 -> 0 <= q -> q <= 1 ->
  p * q * (f - f) + p * (1 - q) * (f - g) + (1 - p) * q * (g - f) + (1 - p) * (1 - q) * (g - g) = p
  * f + (1 - p) * g - (q * f + (1 - q) * g).
Proof.
  intros; lra.
Qed.

(** ** C05: dpo-optimality *)

(** with r-hat = beta log(pi-hat/pi_0): E_pi[r-hat] - beta KL(pi||pi_0) = -beta KL(pi||pi-hat) <= 0 *)
Theorem C05_value_two_responses :
  forall b p1 p2 h1 h2 q1 q2 : R, 0 < b -> 0 < p1 -> 0 < p2 -> 0 < h1 -> 0 < h2 -> 0 < q1 ->
  0 < q2 ->
  p1 * b * ln (h1 / q1) + p2 * b * ln (h2 / q2) - b * (p1 * ln (p1 / q1) + p2 * ln (p2 / q2)) = (-
  b) * (p1 * ln (p1 / h1) + p2 * ln (p2 / h2)).
Proof.
  intros; rewrite !ln_quotient by assumption; lra.
Qed.

(** With u = p/h, times h and summed: KL(p||h) >= sum p - sum h = 0. *)
Theorem C05_divergence_pointwise :
  forall u : R, 0 < u -> u - 1 <= u * ln u.
Proof.
  intros u Hu; pose proof (ln_ge_1_sub_inv u Hu).
  assert (u * / u = 1) by (field; lra). nra.
Qed.

(** with r-hat = beta log(pi-hat/pi_0): E_pi[r-hat] - beta KL(pi||pi_0) = -beta KL(pi||pi-hat) <= 0 *)
Theorem C05_own_value :
  forall b p1 p2 q1 q2 : R, 0 < b -> 0 < p1 -> 0 < p2 -> 0 < q1 -> 0 < q2 ->
  p1 * b * ln (p1 / q1) + p2 * b * ln (p2 / q2) - b * (p1 * ln (p1 / q1) + p2 * ln (p2 / q2)) = 0.
Proof.
  intros; lra.
Qed.

(** ** C06: gap-decomposition *)

(** J(pi* ) - J(pi-hat) <= E_{pi*,pi_0}|D| + E_{pi-hat,pi_0}|D| + beta KL(pi*||pi_0), D = Delta^r - Delta^r-hat *)
Theorem C06_decomposition :
  forall Rs Rh R0 Hs Hh H0 ks kh b : R, 0 <= ks -> 0 <= kh -> 0 < b ->
  Hs - b * ks <= Hh - b * kh ->
  Rs - Rh <= Rabs (Rs - R0 - (Hs - H0)) + Rabs (Rh - R0 - (Hh - H0)) + b * ks.
Proof.
  intros Rs Rh R0 Hs Hh H0 ks kh b Hks Hkh Hb H.
  pose proof (Rle_abs (Rs - R0 - (Hs - H0))).
  pose proof (Rle_abs (- (Rh - R0 - (Hh - H0)))) as Hneg; rewrite Rabs_Ropp in Hneg.
  assert (0 <= b * kh) by (apply Rmult_le_pos; lra). lra.
Qed.

(** |E f| <= E|f|. *)
Theorem C06_mean_of_absolute_value :
  forall w f g : R, 0 <= w -> w <= 1 ->
  Rabs (w * f + (1 - w) * g) <= w * Rabs f + (1 - w) * Rabs g.
Proof.
  intros w f g Hw Hw1.
  pose proof (Rle_abs f); pose proof (Rle_abs g).
  pose proof (Rle_abs (- f)) as Hf; pose proof (Rle_abs (- g)) as Hg; rewrite Rabs_Ropp in Hf, Hg.
  apply Rabs_le; nra.
Qed.

(** ** C07: region-split *)

(** |D| = |D| 1_G + |D| 1_{G^c}, and |D| <= 2B on G *)
Theorem C07_split :
  forall f g : R, 0 <= g -> g <= 1 -> Rabs f = Rabs f * g + Rabs f * (1 - g).
Proof.
  intros; lra.
Qed.

(** So the truncated loss is at most 4B^2. *)
Theorem C07_on_the_region :
  forall f g B : R, 0 < B -> Rabs f <= B -> Rabs g <= B -> Rabs (f - g) <= 2 * B.
Proof.
  intros f g B HB Hf Hg; apply abs_bounds in Hf; apply abs_bounds in Hg.
  apply Rabs_le; lra.
Qed.

(** ** C08: lemma-c2 *)

(** f >= 0: E_{pi,pi_0}[f] <= sqrt(C(pi)) sqrt(E_{pi_0,pi_0}[f^2]) *)
Theorem C08_two_outcomes :
  forall p1 p2 q1 q2 f1 f2 : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 < q1 -> q1 <= 1 ->
  0 < q2 -> q2 <= 1 -> 0 <= f1 -> 0 <= f2 ->
  (p1 * f1 + p2 * f2) ^ 2 <= (p1 ^ 2 / q1 + p2 ^ 2 / q2) * (q1 * f1 ^ 2 + q2 * f2 ^ 2).
Proof.
  intros p1 p2 q1 q2 f1 f2; intros.
  assert (0 < q1 * q2) by pos.
  replace ((p1 ^ 2 / q1 + p2 ^ 2 / q2) * (q1 * f1 ^ 2 + q2 * f2 ^ 2))
    with ((p1 * f1 + p2 * f2) ^ 2 + (p1 * f2 * q2 - p2 * f1 * q1) ^ 2 / (q1 * q2)) by (field; lra).
  assert (0 <= (p1 * f2 * q2 - p2 * f1 * q1) ^ 2 / (q1 * q2)); [| lra].
  apply le_div; [assumption | pose proof (pow2_ge_0 (p1 * f2 * q2 - p2 * f1 * q1)); lra].
Qed.

(** f >= 0: E_{pi,pi_0}[f] <= sqrt(C(pi)) sqrt(E_{pi_0,pi_0}[f^2]) *)
Theorem C08_square_root :
  forall e_ C_ S_ : R, 0 <= e_ -> 0 <= C_ -> 0 <= S_ -> e_ ^ 2 <= C_ * S_ ->
  e_ <= sqrt C_ * sqrt S_.
Proof.
  intros e C S He HC HS H.
  rewrite <- sqrt_mult_alt by exact HC; apply le_sqrt_of_sq; lra.
Qed.

(** ** C09: bad-region *)

(** a, b are the indicators, x, y the values of f^2. *)
Theorem C09_two_outcomes :
  forall (w : R) (a : nat) (b : nat) (x : R) (y : R), 0 <= w -> w <= 1 -> INR a <= 1 ->
  INR b <= 1 -> 0 <= x -> 0 <= y ->
  (w * INR a * x + (1 - w) * INR b * y) ^ 2 <= (w * INR a + (1 - w) * INR b) * (w * x ^ 2 + (1 - w)
  * y ^ 2).
Proof.
  intros w a b x y Hw Hw1 Ha Hb Hx Hy.
  pose proof (pow2_ge_0 (x - y)); pose proof (pow2_ge_0 x); pose proof (pow2_ge_0 y).
  assert (0 <= w * (1 - w)) by nra.
  assert (0 <= w * (1 - w) * (x - y) ^ 2) by (apply Rmult_le_pos; assumption).
  assert (0 <= w * (1 - w) * x ^ 2) by (apply Rmult_le_pos; assumption).
  assert (0 <= w * (1 - w) * y ^ 2) by (apply Rmult_le_pos; assumption).
  destruct a as [| [| a]];
    [| | exfalso; rewrite !S_INR in Ha; pose proof (pos_INR a); lra];
    (destruct b as [| [| b]]; [| | exfalso; rewrite !S_INR in Hb; pose proof (pos_INR b); lra]);
    simpl INR; lra.
Qed.

(** ** C10: union *)

(** P(A or B) <= P(A) + P(B) *)
Theorem C10_indicators :
  forall a b : R, 0 <= a -> a <= 1 -> 0 <= b -> b <= 1 -> (Rmax a b) <= a + b.
Proof.
  intros; apply Rmax_lub; lra.
Qed.

(** ** C12: tails *)

(** At most N responses with mass at most e^-t/N each; s = e^-t. *)
Theorem C12_small_probabilities :
  forall (k : nat) (N_ : nat) (s : R), 2 <= INR N_ -> 0 <= s -> s <= 1 -> INR k <= INR N_ ->
  INR k * (s / INR N_) <= s.
Proof.
  intros k N s HN Hs Hs1 Hk.
  replace (INR k * (s / INR N)) with (INR k * s / INR N) by lra.
  apply div_le; nra.
Qed.

(** Markov for pi-hat/pi_0 at level e^t; its mean under pi_0 is sum pi-hat = 1. *)
Theorem C12_ratio_tail_stated :
  forall ratio level : R, 0 <= ratio -> 0 < level -> level <= ratio -> 1 <= ratio / level.
Proof.
  intros; apply le_div; lra.
Qed.

(** u^beta <= 1 + beta(u-1) at u = pi-hat/pi_0 = e^l: E e^r-hat <= 1 for beta <= 1. *)
Theorem C12_implicit_moment :
  forall b l : R, 0 <= b -> b <= 1 -> exp (b * l) <= 1 + b * (exp l - 1).
Proof.
  intros b l Hb Hb1.
  pose proof (Scalar.LowerBound.bernoulli_fractional (exp l) b (exp_pos l) Hb Hb1) as H.
  unfold Rpower in H; rewrite ln_exp in H; lra.
Qed.

(** Tangents of exp at b l: l1 = -b l, l2 = (1-b) l, c = exp(b l), u = exp(l). *)
Theorem C12_implicit_moment_from_tangent :
  forall b c u l1 l2 : R, 0 <= b -> b <= 1 -> 0 < c -> 0 < u -> c * (1 + l1) <= 1 ->
  c * (1 + l2) <= u -> b * l2 + (1 - b) * l1 = 0 -> c <= 1 + b * (u - 1).
Proof.
  intros; nra.
Qed.

(** p, q bound the two tails of Delta^r-hat; up = E e^r-hat, down = E e^-r-hat, s = e^-t. *)
Theorem C12_difference_tail :
  forall p q up down K s : R, 0 <= p -> p <= 1 -> 0 <= q -> q <= 1 -> 0 <= up -> 0 <= down ->
  1 <= K -> 0 < s -> s <= 1 -> p <= up * down * s -> q <= up * down * s -> up <= 1 -> down <= K ->
  p + q <= 2 * K * s.
Proof.
  intros p q up down K s; intros.
  assert (up * down <= 1 * K) by (apply Rmult_le_compat; assumption).
  assert (up * down * s <= 1 * K * s) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(** pi_0/p* = Z/pi_0^(1/beta): each of the N responses contributes Z^beta <= 1. *)
Theorem C12_exact_update :
  forall q Z_ b : R, 0 < q -> q <= 1 -> 0 < Z_ -> Z_ <= 1 -> 0 < b -> b <= 1 ->
  q * Rpower (Z_ / Rpower q (/ b)) b = Rpower Z_ b.
Proof.
  intros q Z b; intros.
  rewrite Rpower_quotient, Rpower_mult by pos.
  replace (/ b * b) with 1 by (field; lra); rewrite Rpower_1 by lra; field; lra.
Qed.

(** ** C13: zero-empirical-loss *)

(** Delta of beta log(p*/pi_0) equals Delta^r on every pair. *)
Theorem C13_exact_fit :
  forall b Z_ q1 q2 : R, 0 < b -> 0 < Z_ -> 0 < q1 -> 0 < q2 ->
  b * ln (Rpower q1 (1 + / b) / Z_ / q1) - b * ln (Rpower q2 (1 + / b) / Z_ / q2) = ln q1 - ln q2.
Proof.
  intros b Z q1 q2; intros.
  rewrite !ln_quotient by pos; unfold Rpower; rewrite !ln_exp; field; lra.
Qed.

(** A-REAL makes the empirical minimum 0 *)
Theorem C13_minimum :
  forall least : R, 0 <= least -> least <= 0 -> least = 0.
Proof.
  intros; lra.
Qed.

(** ** C14: bernstein-fixed-point *)

(** Var l <= b E l for l in [0, b]; L <= M + sqrt(2Ls) + s/3 gives L <= 2M + (8/3)s *)
Theorem C14_variance :
  forall l b : R, 0 <= l -> 0 <= b -> l <= b -> l ^ 2 <= b * l.
Proof.
  intros; nra.
Qed.

(** Var l <= b E l for l in [0, b]; L <= M + sqrt(2Ls) + s/3 gives L <= 2M + (8/3)s *)
Theorem C14_fixed_point :
  forall L M s : R, 0 <= L -> 0 <= M -> 0 <= s -> L <= M + sqrt (2 * L * s) + s * (1 / 3) ->
  L <= 2 * M + 8 / 3 * s.
Proof.
  intros L M s HL HM Hs H; apply C14_bernstein; try assumption; lra.
Qed.

(** ** C15: zero-loss-concentration *)

(** The indicator of l = 0 is at most 1 - l/b. *)
Theorem C15_one_loss :
  forall l b : R, 0 <= l -> 0 < b -> l <= b -> 0 <= 1 - l / b.
Proof.
  intros l b Hl Hb H; assert (l / b <= 1) by (apply div_le; lra); lra.
Qed.

(** with probability >= 1-delta zero empirical loss implies L <= b log(|Pi|/delta)/n *)
Theorem C15_exponential_stated :
  forall x : R, 0 <= x -> x <= 1 -> 1 - x <= exp (- x).
Proof.
  intros x Hx Hx1; pose proof (exp_tangent_0 (- x)); lra.
Qed.

(** Induction over n: (1-x)^n <= e^(-nx). *)
Theorem C15_power_step :
  forall power q bound e_ : R, 0 <= power -> power <= 1 -> 0 <= q -> q <= 1 -> 0 <= bound ->
  bound <= 1 -> 0 < e_ -> e_ <= 1 -> power <= bound -> q <= e_ -> power * q <= bound * e_.
Proof.
  intros; nra.
Qed.

(** |Pi| e^(-nL/b) at n L/b = log(|Pi|/delta). *)
Theorem C15_union :
  forall size delta : R, 1 <= size -> 0 < delta -> delta < 1 ->
  size * exp (- ln (size / delta)) = delta.
Proof.
  intros size delta Hs Hd Hd1.
  assert (0 < size / delta) by pos.
  rewrite exp_Ropp, exp_ln by assumption; field; lra.
Qed.

(** ** C16: kl-jensen *)

(** log u <= log c + u/c - 1 is this at x = u/c. *)
Theorem C16_tangent :
  forall x : R, 0 < x -> ln x <= x - 1.
Proof.
  intros; apply ln_le_sub_1; assumption.
Qed.

(** a, b are 1/pi_0(y* ) at two prompts, c their mean, la, lb, lc the logarithms. *)
Theorem C16_jensen_two_prompts :
  forall w a b c la lb lc : R, 0 <= w -> w <= 1 -> 1 <= a -> 1 <= b -> 1 <= c ->
  c = w * a + (1 - w) * b -> la <= lc + a / c - 1 -> lb <= lc + b / c - 1 ->
  w * la + (1 - w) * lb <= lc.
Proof.
  intros w a b c la lb lc Hw Hw1 Ha Hb Hc E H1 H2.
  assert (w * la <= w * (lc + a / c - 1)) by (apply Rmult_le_compat_l; lra).
  assert ((1 - w) * lb <= (1 - w) * (lc + b / c - 1)) by (apply Rmult_le_compat_l; lra).
  assert (w * (a / c) + (1 - w) * (b / c) = 1).
  { replace (w * (a / c) + (1 - w) * (b / c)) with ((w * a + (1 - w) * b) / c) by lra.
    rewrite <- E; field; lra. }
  lra.
Qed.

(** KL(pi*||pi_0) <= log kappa_0; C(pi* ) = kappa_0; C(p* ) <= kappa_0 *)
Theorem C16_point_mass :
  forall u v : R, 0 < u -> u <= 1 -> 0 < v -> v <= 1 -> / u + 0 / v = / u.
Proof.
  intros; lra.
Qed.

(** sum p*^2/q <= 1/max q for two responses, m the mode's mass; only x <= X is used. *)
Theorem C16_update_two_responses :
  forall q m x X : R, 0 < q -> q <= 1 -> 0 < m -> m <= 1 -> 0 < x -> x <= 1 -> 0 < X -> X <= 1 ->
  x <= X -> (q * x ^ 2 + m * X ^ 2) / (q * x + m * X) ^ 2 <= / m.
Proof.
  intros q m x X; intros.
  assert (0 < q * x) by pos; assert (0 < m * X) by pos.
  assert (0 < (q * x + m * X) ^ 2) by (apply pow_lt; lra).
  apply div_le; [assumption |].
  apply Rmult_le_reg_l with m; [lra |].
  replace (m * (/ m * (q * x + m * X) ^ 2)) with ((q * x + m * X) ^ 2) by (field; lra).
  assert (0 <= m * (q * x) * (X - x)) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  assert (0 <= m * (q * x) * X) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  pose proof (pow2_ge_0 (q * x)).
  lra.
Qed.

(** * The scalar checks of C17-C26, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on one round. *)

(** ** C17: learned-concentrability *)

(** The strong c bounds the concentrability of every policy by 1/c. *)
Theorem C17_strong_c_stated :
  forall p1 p2 q1 q2 c : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 < q1 -> q1 <= 1 ->
  0 < q2 -> q2 <= 1 -> 0 < c -> c <= 1 -> p1 + p2 = 1 -> c <= q1 -> c <= q2 ->
  p1 ^ 2 / q1 + p2 ^ 2 / q2 <= / c.
Proof.
  intros p1 p2 q1 q2 c; intros.
  pose proof (pow2_ge_0 p1); pose proof (pow2_ge_0 p2).
  assert (p1 ^ 2 / q1 <= p1 ^ 2 / c) by (apply Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra).
  assert (p2 ^ 2 / q2 <= p2 ^ 2 / c) by (apply Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra).
  assert (p1 ^ 2 / c + p2 ^ 2 / c <= / c); [| lra].
  replace (p1 ^ 2 / c + p2 ^ 2 / c) with ((p1 ^ 2 + p2 ^ 2) / c) by lra.
  apply div_le; [assumption |]. rewrite Rinv_l by lra. nra.
Qed.

(** ** C18: balance *)

(** J(pi* ) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0 *)
Theorem C18_level_stated :
  forall N_ K n : R, 2 <= N_ -> 1 <= K -> 1 <= n ->
  2 * (N_ + K) * exp (- ln (2 * (N_ + K) * n ^ 2)) = / n ^ 2.
Proof.
  intros N K n HN HK Hn.
  rewrite C18_level by lra; lra.
Qed.

(** log(1/pi_0) >= 0, so E|Delta^r|^4 <= 2 M4(log N): no factor 8 here. *)
Theorem C18_reward_difference :
  forall a b : R, 0 <= a -> 0 <= b -> (a - b) ^ 4 <= a ^ 4 + b ^ 4.
Proof.
  intros a b Ha Hb.
  assert (0 <= a ^ 4) by (apply pow_le; exact Ha); assert (0 <= b ^ 4) by (apply pow_le; exact Hb).
  destruct (Rle_lt_dec a b) as [Hab | Hab].
  - replace ((a - b) ^ 4) with ((b - a) ^ 4) by lra.
    assert ((b - a) ^ 4 <= b ^ 4) by (apply pow_incr; lra). lra.
  - assert ((a - b) ^ 4 <= a ^ 4) by (apply pow_incr; lra). lra.
Qed.

(** C is sqrt(C(pi)), main 2B sqrt(log(|Pi|/delta)/n), V is V_4, h is 1/sqrt(n). *)
Theorem C18_one_expectation :
  forall good bad C_ main V h : R, 0 <= good -> 0 <= bad -> 1 <= C_ -> 0 <= main -> 0 < V ->
  0 < h -> good <= C_ * main -> bad <= C_ * V * h -> good + bad <= C_ * (main + V * h).
Proof.
  intros; lra.
Qed.

(** C09: E[f^2 1_bad] <= sqrt(P) sqrt(E f^4) = V_4^2/n, whose root enters C08. *)
Theorem C18_bad_region_scale :
  forall V n : R, 0 < V -> 0 < n -> sqrt (sqrt (/ n ^ 2) * V ^ 2) = V / sqrt n.
Proof.
  intros V n HV Hn.
  pose proof (sqrt_lt_R0 n Hn); pose proof (sqrt_sqrt n ltac:(lra)) as S.
  pose proof (Rinv_0_lt_compat n Hn).
  rewrite (sqrt_eq_of_sq (/ n) (/ n ^ 2)) by (try lra; field; lra).
  apply sqrt_eq_of_sq; [left; pos |].
  replace (V / sqrt n * (V / sqrt n)) with (V ^ 2 / (sqrt n * sqrt n)) by (field; lra).
  rewrite S; lra.
Qed.

(** J(pi* ) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0 *)
Theorem C18_good_region_scale :
  forall B s n : R, 0 < B -> 0 < s -> 0 < n -> sqrt (4 * B ^ 2 * s / n) = 2 * B * sqrt (s / n).
Proof.
  intros B s n HB Hs Hn.
  assert (0 < s / n) by pos.
  apply sqrt_eq_of_sq; [apply Rmult_le_pos; [lra | apply sqrt_pos] |].
  replace (2 * B * sqrt (s / n) * (2 * B * sqrt (s / n)))
    with (4 * B ^ 2 * (sqrt (s / n) * sqrt (s / n))) by lra.
  rewrite sqrt_sqrt by lra; lra.
Qed.

(** C06 with rk = sqrt(kappa_0), rc = sqrt(C-bar), e = eps_stat, lk = log kappa_0. *)
Theorem C18_balance_stated :
  forall gap rk rc e_ es eh b kl lk : R, 1 <= rk -> 1 <= rc -> 0 < e_ -> 0 <= es -> 0 <= eh ->
  0 < b -> b <= 1 -> 0 <= kl -> 0 <= lk -> gap <= es + eh + b * kl -> es <= rk * e_ ->
  eh <= rc * e_ -> kl <= lk -> gap <= (rk + rc) * e_ + b * lk.
Proof.
  intros; nra.
Qed.

(** ** C19: suboptimality *)

(** P_x(pi-hat(y*|x) <= 1-d) <= A/d, A = ((sqrt(kappa_0)+sqrt(C-bar)) eps_stat + beta log kappa_0)/gamma *)
Theorem C19_chain :
  forall failing gap S_ gamma d : R, 0 <= failing -> failing <= 1 -> 0 <= gap -> 0 <= S_ ->
  0 < gamma -> 0 < d -> d < 1 -> failing <= gap / (gamma * d) -> gap <= S_ ->
  failing <= S_ / gamma / d.
Proof.
  intros f gap S gamma d; intros.
  apply Rle_trans with (gap / (gamma * d)); [assumption |].
  replace (S / gamma / d) with (S / (gamma * d)) by (field; lra).
  apply Rmult_le_compat_r; [left; pos | assumption].
Qed.

(** ** C20: own-mode *)

(** {max_y pi-hat <= 1-d} is contained in {pi-hat(y* ) <= 1-d} *)
Theorem C20_three_responses :
  forall p1 p2 p3 d : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 <= p3 -> p3 <= 1 ->
  0 < d -> d < 1 -> (Rmax p1 (Rmax p2 p3)) <= 1 - d -> p1 <= 1 - d.
Proof.
  intros p1 p2 p3 d; intros.
  pose proof (Rmax_l p1 (Rmax p2 p3)); lra.
Qed.

(** ** C21: tail-integral *)

(** P(X > t) is 1 on [1, a), 1-w on [a, b), 0 on [b, m]. *)
Theorem C21_two_values :
  forall w a b m : R, 0 <= w -> w <= 1 -> 1 <= a -> 1 <= b -> 1 <= m ->
  w * a + (1 - w) * b = 1 + ((a - 1) * 1 + (b - a) * (1 - w) + (m - b) * 0).
Proof.
  intros; lra.
Qed.

(** ** C22: tail-bound *)

(** P(1/max pi-hat > t) <= min(1, A t/(t-1)) for t > 1 *)
Theorem C22_threshold :
  forall u t : R, 0 < u -> u <= 1 -> 1 < t -> t < / u -> u <= 1 - (1 + (- 1) / t).
Proof.
  intros u t Hu Hu1 Ht H.
  pose proof (mul_le_of_le_inv t u Hu ltac:(lra)).
  assert (u <= 1 / t) by (apply le_div; lra).
  unfold Rdiv in *; lra.
Qed.

(** P(1/max pi-hat > t) <= min(1, A t/(t-1)) for t > 1 *)
Theorem C22_level :
  forall A t : R, 0 <= A -> 1 < t -> A / (1 + (- 1) / t) = A * t / (t - 1).
Proof.
  intros; field; lra.
Qed.

(** ** C23: switch-point *)

(** A t/(t-1) = 1 iff t = 1/(1-A); 1/(1-A) <= 1/c iff A <= 1-c *)
Theorem C23_only_point :
  forall A t : R, 0 < A -> A < 1 -> 1 < t -> A * t / (t - 1) = 1 -> t = / (1 - A).
Proof.
  intros A t HA HA1 Ht E; apply C23_switch_point in E; try assumption.
  rewrite E; lra.
Qed.

(** A t/(t-1) = 1 iff t = 1/(1-A); 1/(1-A) <= 1/c iff A <= 1-c *)
Theorem C23_value :
  forall A : R, 0 < A -> A < 1 -> A / (1 - A) / (/ (1 - A) - 1) = 1.
Proof.
  intros; field; lra.
Qed.

(** A t/(t-1) = 1 iff t = 1/(1-A); 1/(1-A) <= 1/c iff A <= 1-c *)
Theorem C23_inside_stated :
  forall A c : R, 0 < A -> A < 1 -> 0 < c -> c <= 1 -> A <= 1 - c -> / (1 - A) <= / c.
Proof.
  intros; apply Rinv_le_contravar; lra.
Qed.

(** A t/(t-1) = 1 iff t = 1/(1-A); 1/(1-A) <= 1/c iff A <= 1-c *)
Theorem C23_inside_only :
  forall A c : R, 0 < A -> A < 1 -> 0 < c -> c <= 1 -> / (1 - A) <= / c -> A <= 1 - c.
Proof.
  intros A c HA HA1 Hc Hc1 H; apply Rnot_lt_le; intro Hlt.
  assert (/ c < / (1 - A)) by (apply Rinv_lt_contravar; [pos | lra]). lra.
Qed.

(** ** C24: integral-value *)

(** A = s/(1+s), m = 1+k, (m-1)(1-A)/A = k/s. *)
Theorem C24_value :
  forall s k : R, 0 < s -> 0 < k ->
  s + s / (1 + s) * (1 + k + ln k) - s / (1 + s) * (1 + s + ln s) = s / (1 + s) * (1 + k + ln (k /
  s)).
Proof.
  intros s k Hs Hk; rewrite ln_quotient by assumption; field; lra.
Qed.

(** ** C25: linear-relaxation *)

(** kappa_1 <= 1 + 2A/c does not follow by dropping the logarithm; it is true by C26 *)
Theorem C25_conclusion :
  forall A c k : R, 0 <= A -> 0 < c -> c <= 1 -> 1 <= k -> k <= 1 + A / c -> k <= 1 + 2 * A / c.
Proof.
  intros; lra.
Qed.

(** ** C26: direct-one-step *)

(** 1/u <= 1 + (1-u)/c on [c, 1]: kappa_1 <= 1 + A/c, no tail integral, no logarithm *)
Theorem C26_pointwise :
  forall u c : R, 0 < u -> u <= 1 -> 0 < c -> c <= 1 -> c <= u -> / u <= 1 + (1 - u) / c.
Proof.
  intros u c Hu Hu1 Hc Hc1 H.
  pose proof (C26_direct u c Hc H Hu1) as D; unfold Rdiv at 1 in D; lra.
Qed.

(** 1/u <= 1 + (1-u)/c on [c, 1]: kappa_1 <= 1 + A/c, no tail integral, no logarithm *)
Theorem C26_averaged :
  forall w u v c : R, 0 <= w -> w <= 1 -> 0 < u -> u <= 1 -> 0 < v -> v <= 1 -> 0 < c -> c <= 1 ->
  c <= u -> c <= v -> w / u + (1 - w) / v <= 1 + (w * (1 - u) + (1 - w) * (1 - v)) / c.
Proof.
  intros w u v c; intros.
  assert (1 / u <= 1 + (1 - u) / c) as Du by (apply C26_direct; assumption).
  assert (1 / v <= 1 + (1 - v) / c) as Dv by (apply C26_direct; assumption).
  assert (w * (1 / u) <= w * (1 + (1 - u) / c)) by (apply Rmult_le_compat_l; assumption).
  assert ((1 - w) * (1 / v) <= (1 - w) * (1 + (1 - v) / c)) by (apply Rmult_le_compat_l; lra).
  unfold Rdiv in *; lra.
Qed.

(** 1/u <= 1 + (1-u)/c on [c, 1]: kappa_1 <= 1 + A/c, no tail integral, no logarithm *)
Theorem C26_trivial_bound :
  forall u c : R, 0 < u -> u <= 1 -> 0 < c -> c <= 1 -> c <= u -> / u <= / c.
Proof.
  intros; apply Rinv_le_contravar; assumption.
Qed.

(** So the logarithm in C24 is nonnegative. *)
Theorem C26_never_worse_stated :
  forall A c : R, 0 < A -> A < 1 -> 0 < c -> c < 1 -> A <= 1 - c -> 1 <= (/ c - 1) * (1 - A) / A.
Proof.
  intros A c HA HA1 Hc Hc1 H.
  assert (1 <= / c * (1 - A)) by (apply Rmult_le_reg_l with c; [lra |]; rewrite <- Rmult_assoc, Rinv_r; lra).
  apply le_div; lra.
Qed.

(** * The scalar checks of C27-C38, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the iteration. *)

(** ** C27: recurrence *)

(** s = sqrt(kappa_t), q = sqrt(C-bar_t), l = log kappa_t. *)
Theorem C27_one_step :
  forall k A s q l e_ b gamma c : R, 1 <= k -> 0 <= A -> 1 <= s -> 1 <= q -> 0 <= l -> 0 < e_ ->
  0 < b -> b <= 1 -> 0 < gamma -> 0 < c -> c <= 1 -> k <= 1 + A / c ->
  A <= ((s + q) * e_ + b * l) / gamma -> q <= s ->
  k <= 1 + 2 * e_ / (gamma * c) * s + b / (gamma * c) * l.
Proof.
  intros k A s q l e b gamma c; intros.
  assert (A / c <= ((s + q) * e + b * l) / gamma / c)
    by (apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat |]; assumption).
  replace (1 + 2 * e / (gamma * c) * s + b / (gamma * c) * l)
    with (1 + ((s + s) * e + b * l) / gamma / c) by (field; lra).
  assert (((s + q) * e + b * l) / gamma / c <= ((s + s) * e + b * l) / gamma / c); [| lra].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption |].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption | nra].
Qed.

(** ** C28: log-sqrt *)

(** log x <= (2/e) sqrt(x) < sqrt(x); so kappa_{t+1} <= a + b sqrt(kappa_t), a = 1, b = b_1 + b_2 *)
Theorem C28_in_coordinates :
  forall v : R, 0 < v -> 1 + ln v <= v.
Proof.
  intros v Hv; pose proof (ln_le_sub_1 v Hv); lra.
Qed.

(** log x <= (2/e) sqrt(x) < sqrt(x); so kappa_{t+1} <= a + b sqrt(kappa_t), a = 1, b = b_1 + b_2 *)
Theorem C28_merged :
  forall b1 b2 s l : R, 0 <= b1 -> 0 <= b2 -> 1 <= s -> 0 <= l -> l <= s ->
  1 + b1 * s + b2 * l <= 1 + (b1 + b2) * s.
Proof.
  intros; nra.
Qed.

(** ** C29: fixed-point *)

(** kappa* = ((b + sqrt(b^2+4a))/2)^2 is the only x > 0 with x = a + b sqrt(x) *)
Theorem C29_fixed_point_stated :
  forall a b : R, 0 <= a -> 0 <= b ->
  ((b + sqrt (b ^ 2 + 4 * a)) * (1 / 2)) ^ 2 = a + b * sqrt (((b + sqrt (b ^ 2 + 4 * a)) * (1 / 2))
  ^ 2).
Proof.
  intros a b Ha Hb; halves.
  destruct (Rle_lt_or_eq_dec 0 (a + b) ltac:(lra)) as [Hab | Hab].
  - apply C29_fixed_point; assumption.
  - assert (a = 0) by lra; assert (b = 0) by lra; subst a b.
    replace (0 ^ 2 + 4 * 0) with 0 by lra; rewrite sqrt_0; lra.
Qed.

(** kappa* = ((b + sqrt(b^2+4a))/2)^2 is the only x > 0 with x = a + b sqrt(x) *)
Theorem C29_root :
  forall s q a b : R, 0 <= s -> 0 <= q -> 0 <= a -> 0 <= b -> 2 * s = b + q ->
  q ^ 2 = b ^ 2 + 4 * a -> s ^ 2 = a + b * s.
Proof.
  intros; nra.
Qed.

(** kappa* = ((b + sqrt(b^2+4a))/2)^2 is the only x > 0 with x = a + b sqrt(x) *)
Theorem C29_positive_stated :
  forall a b : R, 0 <= a -> 0 <= b -> 0 < a + b -> 0 < ((b + sqrt (b ^ 2 + 4 * a)) * (1 / 2)) ^ 2.
Proof.
  intros; halves; apply C29_positive; assumption.
Qed.

(** kappa* = ((b + sqrt(b^2+4a))/2)^2 is the only x > 0 with x = a + b sqrt(x) *)
Theorem C29_unique_stated :
  forall s t a b : R, 0 < s -> 0 < t -> 0 <= a -> 0 <= b -> s ^ 2 = a + b * s ->
  t ^ 2 = a + b * t -> s = t.
Proof.
  intros s t a b Hs Ht Ha Hb Es Et.
  assert ((s - t) * (s + t - b) = 0) as E by lra.
  apply Rmult_integral in E as [E | E]; [lra |].
  assert (b <= s) by (destruct (Rle_lt_dec b s); [assumption | nra]). lra.
Qed.

(** ** C30: contraction *)

(** g(x) = a + b sqrt(x) contracts by rho = b/(b + sqrt(b^2+4a)) <= 1/2 on [kappa*, oo), for all a, b *)
Theorem C30_monotone_stated :
  forall x y a b : R, 0 <= x -> 0 <= y -> 0 <= a -> 0 <= b -> x <= y ->
  a + b * sqrt x <= a + b * sqrt y.
Proof.
  intros x y a b Hx Hy Ha Hb H; apply C30_monotone; assumption.
Qed.

(** g(x) <= x for x = s^2 >= kappa* = r^2. *)
Theorem C30_below_identity_stated :
  forall r s a b : R, 0 < r -> 0 < s -> 0 <= a -> 0 <= b -> r ^ 2 = a + b * r -> r <= s ->
  a + b * s <= s ^ 2.
Proof.
  intros r s a b Hr Hs Ha Hb E H.
  assert (b <= r) by (destruct (Rle_lt_dec b r); [assumption | nra]).
  assert (0 <= (s - r) * (s + r - b)) by (apply Rmult_le_pos; lra). lra.
Qed.

(** g'(x) = b/(2 sqrt(x)) at x = s^2; 2r = b + sqrt(b^2+4a) makes the bound rho. *)
Theorem C30_derivative_bound_stated :
  forall r s b : R, 0 < r -> 0 < s -> 0 <= b -> r <= s -> b / (2 * s) <= b / (2 * r).
Proof.
  intros r s b Hr Hs Hb H.
  apply Rmult_le_compat_l; [exact Hb | apply Rinv_le_contravar; lra].
Qed.

(** Lemma C.4 with the hypothesis it states. *)
Theorem C30_half_for_small_rates :
  forall a b : R, 0 <= a -> 0 <= b -> b <= 1 / 10 -> 0 < a + b ->
  b / (b + sqrt (b ^ 2 + 4 * a)) <= 1 / 2.
Proof.
  intros a b Ha Hb Hs Hab; apply C30_rho_half; assumption.
Qed.

(** ** C31: geometric *)

(** kappa_t <= kappa* + rho^t max(kappa_0 - kappa*, 0) *)
Theorem C31_one_step :
  forall r s a b : R, 0 < r -> 0 <= s -> 0 <= a -> 0 <= b -> r ^ 2 = a + b * r ->
  a + b * s - r ^ 2 <= b / (2 * r) * (Rmax 0 (s ^ 2 - r ^ 2)).
Proof.
  intros r s a b Hr Hs Ha Hb E.
  replace (a + b * s - r ^ 2) with (b * (s - r)) by lra.
  apply Rle_trans with (b / (2 * r) * (2 * r * (s - r))); [right; field; lra |].
  apply Rmult_le_compat_l; [apply le_div; lra |].
  destruct (Rle_lt_dec r s) as [H | H].
  - pose proof (Rmax_r 0 (s ^ 2 - r ^ 2)); pose proof (pow2_ge_0 (s - r)); lra.
  - pose proof (Rmax_l 0 (s ^ 2 - r ^ 2)); nra.
Qed.

(** kappa_t <= kappa* + rho^t max(kappa_0 - kappa*, 0) *)
Theorem C31_induction :
  forall next ks k rho power excess : R, 0 <= next -> 0 <= ks -> 0 <= k -> 0 <= rho ->
  rho <= 1 / 2 -> 0 <= power -> power <= 1 -> 0 <= excess ->
  next - ks <= rho * (Rmax 0 (k - ks)) -> k - ks <= power * excess ->
  next - ks <= rho * power * excess.
Proof.
  intros next ks k rho power excess Hn Hks Hk Hr Hr2 Hp Hp1 He H1 H2.
  assert (0 <= power * excess) by (apply Rmult_le_pos; assumption).
  assert (Rmax 0 (k - ks) <= power * excess) by (apply Rmax_lub; lra).
  assert (rho * Rmax 0 (k - ks) <= rho * (power * excess)) by (apply Rmult_le_compat_l; assumption).
  lra.
Qed.

(** ** C32: ceiling *)

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_sqrt_ceiling_stated :
  forall b : R, 0 <= b -> (b + sqrt (b ^ 2 + 4)) * (1 / 2) <= 1 + b.
Proof.
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by lra; halves.
  apply C32_sqrt_ceiling; exact Hb.
Qed.

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_ceiling_stated :
  forall b : R, 0 <= b -> ((b + sqrt (b ^ 2 + 4)) * (1 / 2)) ^ 2 <= 1 + b + b ^ 2.
Proof.
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by lra; halves.
  apply C32_ceiling; exact Hb.
Qed.

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_rate :
  forall b : R, 0 <= b -> b / (b + sqrt (b ^ 2 + 4)) <= b / (2 + b).
Proof.
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by lra.
  apply C32_rho; exact Hb.
Qed.

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_rate_half :
  forall b : R, 0 <= b -> b / (2 + b) <= b * (1 / 2).
Proof.
  intros b Hb; halves; apply C32_rho_half_b; exact Hb.
Qed.

(** ** C34: theorem-5-3 *)

(** P_x(max pi_T <= 1/2) <= 2 A_{T-1} <= (2/gamma)(2 eps_stat + beta)(sqrt(kappa* ) + rho^((T-1)/2) sqrt(kappa_0)) *)
Theorem C34_last_round :
  forall A s q l e_ b gamma : R, 0 <= A -> 1 <= s -> 1 <= q -> 0 <= l -> 0 < e_ -> 0 < b ->
  b <= 1 -> 0 < gamma -> A <= ((s + q) * e_ + b * l) / gamma -> q <= s -> l <= s ->
  A <= (2 * e_ + b) * s / gamma.
Proof.
  intros A s q l e b gamma; intros.
  apply Rle_trans with (((s + q) * e + b * l) / gamma); [assumption |].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption | nra].
Qed.

(** power = rho^(T-1), start = kappa_0 >= max(kappa_0 - kappa*, 0). *)
Theorem C34_root :
  forall k ks power start : R, 1 <= k -> 0 <= ks -> 0 <= power -> power <= 1 -> 1 <= start ->
  k <= ks + power * start -> sqrt k <= sqrt ks + sqrt power * sqrt start.
Proof.
  intros k ks power start Hk Hks Hp Hp1 Hs H.
  rewrite <- sqrt_mult_alt by exact Hp.
  apply Rle_trans with (sqrt (ks + power * start)); [apply sqrt_le_1_alt; exact H |].
  apply C33_sqrt_subadditive; [exact Hks | apply Rmult_le_pos; lra].
Qed.

(** P_x(max pi_T <= 1/2) <= 2 A_{T-1} <= (2/gamma)(2 eps_stat + beta)(sqrt(kappa* ) + rho^((T-1)/2) sqrt(kappa_0)) *)
Theorem C34_failure :
  forall failing A s rs rp e_ b gamma : R, 0 <= failing -> failing <= 1 -> 0 <= A -> 1 <= s ->
  0 <= rs -> 0 <= rp -> 0 < e_ -> 0 < b -> b <= 1 -> 0 < gamma -> failing <= A * 2 ->
  A <= (2 * e_ + b) * s / gamma -> s <= rs + rp -> failing <= 2 / gamma * (2 * e_ + b) * (rs + rp).
Proof.
  intros; nra.
Qed.

(** ** C35: corollary-5-7 *)

(** T >= 1 + log kappa_0/log(1/rho) gives rho^(T-1) kappa_0 <= 1 *)
Theorem C35_logarithm :
  forall l s T : R, 0 <= l -> 0 < s -> 1 + l / s <= T -> l - (T - 1) * s <= 0.
Proof.
  intros l s T Hl Hs H.
  assert (l / s <= T - 1) as H' by lra; apply le_mul_of_div in H'; lra.
Qed.

(** T >= 1 + log kappa_0/log(1/rho) gives rho^(T-1) kappa_0 <= 1 *)
Theorem C35_exponential :
  forall x : R, x <= 0 -> exp x <= 1.
Proof.
  intros x [Hx | ->]; [left; rewrite <- exp_0; apply exp_increasing; exact Hx | rewrite exp_0; lra].
Qed.

(** T >= 1 + log kappa_0/log(1/rho) gives rho^(T-1) kappa_0 <= 1 *)
Theorem C35_as_power :
  forall rho kappa T : R, 0 < rho -> rho < 1 -> 1 <= kappa -> 1 <= T ->
  Rpower rho (T - 1) * kappa = exp (ln kappa - (T - 1) * ln (/ rho)).
Proof.
  intros rho kappa T Hr Hr1 Hk HT; unfold Rpower.
  rewrite ln_Rinv by exact Hr.
  replace (ln kappa - (T - 1) * - ln rho) with ((T - 1) * ln rho + ln kappa) by lra.
  rewrite exp_plus, exp_ln by lra; reflexivity.
Qed.

(** ** C36: single-round-match *)

(** Each other response has at most e^-gamma of the mode's mass; g = e^-gamma. *)
Theorem C36_margin :
  forall u N_ g : R, 0 < u -> u <= 1 -> 2 <= N_ -> 0 < g -> g < 1 ->
  1 - u <= (N_ - 1) * (g * u) -> / u - 1 <= (N_ - 1) * g.
Proof.
  intros u N g; intros.
  assert (/ u <= 1 + (N - 1) * g); [apply inv_le; lra | lra].
Qed.

(** e = eps_LB, X = 2A, R = sqrt(kappa_0 log|Pi|/n). *)
Theorem C36_dominates :
  forall e_ X R_ B gamma : R, 0 <= e_ -> 0 <= X -> 0 <= R_ -> 0 < B -> 0 < gamma ->
  4 * B * R_ / gamma <= X -> gamma <= B -> e_ ^ 2 <= R_ ^ 2 * (1 / 1536) -> e_ <= X.
Proof.
  intros e X R B gamma He HX HR HB Hg H1 H2 H3.
  apply le_mul_of_div in H1; [| exact Hg].
  assert (X * gamma <= X * B) by (apply Rmult_le_compat_l; assumption).
  assert (4 * R <= X) by (apply Rmult_le_reg_l with B; lra).
  assert (0 <= R ^ 2) by apply pow2_ge_0.
  assert (e <= R) by (destruct (Rle_lt_dec e R); [assumption | nra]). lra.
Qed.

(** ** C37: doubly-exponential *)

(** p = sqrt(a), u = kappa_0^(2^-(t+1)), sqrt(x) <= (p+b) u. *)
Theorem C37_one_step :
  forall p b u : R, 1 <= p -> 0 <= b -> 1 <= u -> p ^ 2 + b * (p + b) * u <= (p + b) ^ 2 * u.
Proof.
  intros p b u Hp Hb Hu.
  assert (0 <= p * b * u) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  assert (p * p * 1 <= p * p * u) by (apply Rmult_le_compat_l; nra).
  lra.
Qed.

(** kappa_t <= (sqrt(a)+b)^2 kappa_0^(2^-t): the initialisation is forgotten in log log kappa_0 rounds *)
Theorem C37_start :
  forall p b k : R, 1 <= p -> 0 <= b -> 1 <= k -> k <= (p + b) ^ 2 * k.
Proof.
  intros p b k Hp Hb Hk.
  assert (1 <= (p + b) ^ 2) by nra. nra.
Qed.

(** kappa_t <= (sqrt(a)+b)^2 kappa_0^(2^-t): the initialisation is forgotten in log log kappa_0 rounds *)
Theorem C37_exact_ratio_stated :
  forall s r a b : R, 0 < s -> 0 < r -> 0 <= a -> 0 <= b ->
  a + b * s - (a + b * r) = b / (s + r) * (s ^ 2 - r ^ 2).
Proof.
  intros; field; lra.
Qed.

(** ** C38: union-over-rounds *)

(** T rounds need delta/T each: log(T|Pi|/delta) in eps_stat *)
Theorem C38_union :
  forall (T : nat) (delta : R), 1 <= INR T -> 0 < delta -> delta < 1 ->
  INR T * (delta / INR T) = delta.
Proof.
  intros; field; lra.
Qed.

(** T rounds need delta/T each: log(T|Pi|/delta) in eps_stat *)
Theorem C38_logarithm :
  forall (T : nat) (size : R) (delta : R), 1 <= INR T -> 1 <= size -> 0 < delta -> delta < 1 ->
  ln (size / (delta / INR T)) = ln (INR T * size / delta).
Proof.
  intros T size delta HT Hs Hd Hd1; f_equal; field; lra.
Qed.
