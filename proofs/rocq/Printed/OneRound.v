(** * The scalar checks of C01-C16, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on one round. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Scalar.OneRound Printed.Tactics.
Open Scope R_scope.

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
  intros; rewrite !ln_quotient by assumption; ring.
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
  replace (INR k * (s / INR N)) with (INR k * s / INR N) by (field; lra).
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
  { replace (w * (a / c) + (1 - w) * (b / c)) with ((w * a + (1 - w) * b) / c) by (field; lra).
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
