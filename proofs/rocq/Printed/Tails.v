(** * The scalar checks of C17-C26, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on one round. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Scalar.OneRound Printed.Tactics.
Open Scope R_scope.

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
  replace (p1 ^ 2 / c + p2 ^ 2 / c) with ((p1 ^ 2 + p2 ^ 2) / c) by (field; lra).
  apply div_le; [assumption |]. rewrite Rinv_l by lra. nra.
Qed.

(** ** C18: balance *)

(** J(pi* ) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0 *)
Theorem C18_level_stated :
  forall N_ K n : R, 2 <= N_ -> 1 <= K -> 1 <= n ->
  2 * (N_ + K) * exp (- ln (2 * (N_ + K) * n ^ 2)) = / n ^ 2.
Proof.
  intros N K n HN HK Hn.
  rewrite C18_level by lra; field; lra.
Qed.

(** log(1/pi_0) >= 0, so E|Delta^r|^4 <= 2 M4(log N): no factor 8 here. *)
Theorem C18_reward_difference :
  forall a b : R, 0 <= a -> 0 <= b -> (a - b) ^ 4 <= a ^ 4 + b ^ 4.
Proof.
  intros a b Ha Hb.
  assert (0 <= a ^ 4) by (apply pow_le; exact Ha); assert (0 <= b ^ 4) by (apply pow_le; exact Hb).
  destruct (Rle_lt_dec a b) as [Hab | Hab].
  - replace ((a - b) ^ 4) with ((b - a) ^ 4) by ring.
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
  rewrite S; field; lra.
Qed.

(** J(pi* ) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0 *)
Theorem C18_good_region_scale :
  forall B s n : R, 0 < B -> 0 < s -> 0 < n -> sqrt (4 * B ^ 2 * s / n) = 2 * B * sqrt (s / n).
Proof.
  intros B s n HB Hs Hn.
  assert (0 < s / n) by pos.
  apply sqrt_eq_of_sq; [apply Rmult_le_pos; [lra | apply sqrt_pos] |].
  replace (2 * B * sqrt (s / n) * (2 * B * sqrt (s / n)))
    with (4 * B ^ 2 * (sqrt (s / n) * sqrt (s / n))) by ring.
  rewrite sqrt_sqrt by lra; field; lra.
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
  rewrite E; field; lra.
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
