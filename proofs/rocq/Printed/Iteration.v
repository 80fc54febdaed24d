(** * The scalar checks of C27-C38, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the iteration. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Scalar.Recurrence Scalar.OneRound Printed.Tactics.
Open Scope R_scope.

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
    replace (0 ^ 2 + 4 * 0) with 0 by ring; rewrite sqrt_0; field.
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
  assert ((s - t) * (s + t - b) = 0) as E by nra.
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
  assert (0 <= (s - r) * (s + r - b)) by (apply Rmult_le_pos; lra). nra.
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
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by ring; halves.
  apply C32_sqrt_ceiling; exact Hb.
Qed.

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_ceiling_stated :
  forall b : R, 0 <= b -> ((b + sqrt (b ^ 2 + 4)) * (1 / 2)) ^ 2 <= 1 + b + b ^ 2.
Proof.
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by ring; halves.
  apply C32_ceiling; exact Hb.
Qed.

(** a = 1: sqrt(kappa* ) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2 *)
Theorem C32_rate :
  forall b : R, 0 <= b -> b / (b + sqrt (b ^ 2 + 4)) <= b / (2 + b).
Proof.
  intros b Hb; replace (b ^ 2 + 4) with (b ^ 2 + 4 * 1) by ring.
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
  replace (ln kappa - (T - 1) * - ln rho) with ((T - 1) * ln rho + ln kappa) by ring.
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
