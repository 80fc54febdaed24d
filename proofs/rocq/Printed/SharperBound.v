(** * The scalar checks of D15-D18, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the lower bound. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Printed.Tactics.
Open Scope R_scope.

(** ** D15: exact-bayes-risk *)

(** Equally likely labels: no guess, randomised or not, does better than any other. *)
Theorem D15_posterior :
  forall g : R, 0 <= g -> g <= 1 -> g * (1 / 2) + (1 - g) * (1 / 2) = 1 / 2.
Proof.
  intros; lra.
Qed.

(** eps -> 0 at kappa_0 = 2: 16 exp(-256 n eps^2/d) = 1 against n = d/(1536 eps^2). *)
Theorem D15_threshold_limit :
  3072 * ln 16 * (1 / 512) = 6 * ln 16 /\ 83 / 5 < 6 * ln 16 /\ 6 * ln 16 < 167 / 10.
Proof.
  split; [field | split; interval].
Qed.

(** ** D16: jensen-constant *)

(** q^(n p) <= (1 - p + p q)^n = E q^k for k ~ Bin(n, p): concavity of log. *)
Theorem D16_jensen_stated :
  forall p q : R, 0 <= p -> p <= 1 -> 0 < q -> p * ln q <= ln (1 - p + p * q).
Proof.
  intros p q Hp Hp1 Hq.
  pose proof (bernoulli_fractional q p Hq Hp Hp1) as H.
  apply ln_le in H; [| pos].
  unfold Rpower in H; rewrite ln_exp in H.
  replace (1 - p + p * q) with (1 - p * (1 - q)) by ring; exact H.
Qed.

(** The same from two tangents of log at c. *)
Theorem D16_jensen_from_tangents :
  forall p q c log_q log_c : R, 0 <= p -> p <= 1 -> 0 < q -> 0 < c -> c = 1 - p + p * q ->
  log_q <= log_c + q / c - 1 -> 0 <= log_c + / c - 1 -> p * log_q <= log_c.
Proof.
  intros p q c lq lc Hp Hp1 Hq Hc Ec Hlq H0.
  assert (p * lq <= p * (lc + q / c - 1)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= (1 - p) * (lc + / c - 1)) by (apply Rmult_le_pos; lra).
  assert (p * (q / c) + (1 - p) * / c = 1).
  { replace (p * (q / c) + (1 - p) * / c) with ((1 - p + p * q) / c) by (field; lra).
    rewrite <- Ec; field; lra. }
  lra.
Qed.

(** One draw's factor in E q^k at q = 1 - 3/(M+1). *)
Theorem D16_binomial_mean :
  forall (rho : R) (d : nat) (M : nat), 0 < rho -> rho <= 1 -> 1 <= INR d -> 2 <= INR M ->
  1 - rho / INR d + rho / INR d * (1 - 3 / (INR M + 1)) = 1 - 3 * rho / (INR d * (INR M + 1)).
Proof.
  intros; field; lra.
Qed.

(** log(x/2)/x^2 with x = 2y; (2/3) of it is 1/(12 e), attained at x = 2 sqrt(e). *)
Theorem D16_best_rho :
  forall y : R, 0 < y -> ln y / (2 * y) ^ 2 <= / (8 * exp 1).
Proof.
  intros y Hy.
  pose proof (exp_pos 1); pose proof (D16_best_share y Hy).
  replace (ln y / (2 * y) ^ 2) with (ln y / y ^ 2 / 4) by (field; lra).
  replace (/ (8 * exp 1)) with (1 / (2 * exp 1) / 4) by (field; lra). lra.
Qed.

(** risk(n) >= (rho/2)(1 - 3/(M+1))^(n rho/d); best constants as eps -> 0 *)
Theorem D16_best_rho_exact :
  forall x : R, 0 < x -> ln x / x ^ 2 <= / (2 * exp 1).
Proof.
  intros x Hx.
  replace (/ (2 * exp 1)) with (1 / (2 * exp 1)) by (pose proof (exp_pos 1); field; lra).
  apply D16_best_share; exact Hx.
Qed.

(** x = 2 sqrt(e) v, and x = sqrt(e) v, in the two inequalities above; equality at v = 1. *)
Theorem D16_best_rho_in_coordinates :
  forall v : R, 0 < v -> 1 + 2 * ln v <= v ^ 2.
Proof.
  intros v Hv.
  pose proof (ln_le_sub_1 (v ^ 2) ltac:(pos)) as H; rewrite ln_square in H by exact Hv; lra.
Qed.

(** risk(n) >= (rho/2)(1 - 3/(M+1))^(n rho/d); best constants as eps -> 0 *)
Theorem D16_gains :
  94 < 3072 / (12 * exp 1) /\ 565 < 3072 / (2 * exp 1) /\ 3072 / (2 * exp 1) < 566.
Proof.
  repeat split; interval.
Qed.

(** ** D17: binary-keys *)

(** risk = 8 eps (1-x)^n <= eps with x = 48 eps/(d(M+1)); (1-x)^n >= 1 - n x is D05's induction. *)
Theorem D17_bernoulli :
  forall n x power : R, 0 <= n -> 0 <= x -> x <= 1 -> 0 <= power -> power <= 1 ->
  8 * power <= 1 -> 1 - n * x <= power -> 7 / 8 <= n * x.
Proof.
  intros; lra.
Qed.

(** With D07's M + 1 >= kappa_0/(16 eps). *)
Theorem D17_sample_size :
  forall kappa eps d M n : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> 1 <= d -> 0 <= n ->
  7 / 8 <= n * (48 * eps / (d * (M + 1))) -> kappa / (16 * eps) <= M + 1 ->
  1 / 3072 * kappa * d / eps ^ 2 < n.
Proof.
  intros kappa eps d M n Hk He He' Hd Hn H1 H2.
  apply le_mul_of_div in H2; [| lra].
  assert (HM : 0 < M + 1) by nra.
  assert (Hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_compat_r with (r := d * (M + 1)) in H1; [| lra].
  replace (n * (48 * eps / (d * (M + 1))) * (d * (M + 1))) with (48 * eps * n) in H1 by (field; lra).
  assert (d * kappa <= d * ((M + 1) * (16 * eps))) by (apply Rmult_le_compat_l; lra).
  assert (7 / 8 * (d * (M + 1)) * (16 * eps) <= 48 * eps * n * (16 * eps))
    by (apply Rmult_le_compat_r; lra).
  assert (0 < d * kappa) by nra.
  apply div_lt; [pos | lra].
Qed.

(** A draw hits an undecided prompt's two labels with a share a, a(2n+1) <= 1; 6 n rho/d is 2(kappa_0-1)/rho at rho^2 = (kappa_0-1)d/(3n). *)
Theorem D17_share :
  forall d n rho M : R, 1 <= d -> 0 < n -> 0 < rho -> rho <= 1 -> 6 * n * rho / d < M ->
  3 * rho <= d -> 3 * rho / (d * (M + 1)) * (2 * n + 1) <= 1.
Proof.
  intros d n rho M Hd Hn Hr Hr1 HM Hrd.
  apply lt_mul_of_div in HM; [| lra].
  assert (0 < n * rho) by pos.
  assert (0 < M) by nra.
  assert (0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
  replace (3 * rho / (d * (M + 1)) * (2 * n + 1)) with (3 * rho * (2 * n + 1) / (d * (M + 1)))
    by (field; lra).
  apply div_le; lra.
Qed.

(** n >= 3(kappa_0-1)/d with kappa_0-1 = 3 n rho^2/d. *)
Theorem D17_share_hypothesis :
  forall d n rho : R, 1 <= d -> 0 < n -> 0 < rho -> rho <= 1 ->
  3 * (3 * n * rho ^ 2 / d) <= n * d -> 3 * rho <= d.
Proof.
  intros d n rho Hd Hn Hr Hr1 H.
  replace (3 * (3 * n * rho ^ 2 / d)) with (9 * n * rho ^ 2 / d) in H by (field; lra).
  apply le_mul_of_div in H; [| lra].
  assert (9 * (rho * rho) <= d * d); [| nra].
  apply Rmult_le_reg_l with n; [exact Hn | lra].
Qed.

(** 1 - a >= 2n/(2n+1) = 1/(1 + 1/(2n)) >= exp(-1/(2n)). *)
Theorem D17_share_to_exponential :
  forall x : R, 0 <= x -> exp (- x) <= / (1 + x).
Proof.
  intros x Hx; apply inv_ge; [lra |].
  pose proof (exp_tangent_0 x) as H; pose proof (exp_pos (- x)).
  assert (exp (- x) * exp x = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0). nra.
Qed.

(** keys among two labels: risk (rho/2)(1 - 3 rho/(d(M+1)))^n, n > c_0 kappa_0 log2|Pi|/eps^2, no logarithm *)
Theorem D17_share_complement :
  forall a n : R, 0 < a -> 0 < n -> a * (2 * n + 1) <= 1 -> / (1 + / (2 * n)) <= 1 - a.
Proof.
  intros a n Ha Hn H.
  assert (0 < / (2 * n)) by (apply Rinv_0_lt_compat; lra).
  apply inv_le; [lra |].
  apply Rmult_le_reg_r with (2 * n); [lra |].
  replace ((1 - a) * (1 + / (2 * n)) * (2 * n)) with ((2 * n + 1) * (1 - a)) by (field; lra). lra.
Qed.

(** So (1-a)^n >= exp(-1/2), and the risk is at least rho/2 exp(-1/2). *)
Theorem D17_power :
  forall n : nat, 1 <= INR n -> exp ((- 1) / (2 * INR n)) ^ n = exp (- 1 / 2).
Proof.
  intros n Hn; rewrite pow_Rpower, ln_exp by apply exp_pos.
  f_equal; field; lra.
Qed.

(** Where n >= (kappa_0-1) d/3 comes from. *)
Theorem D17_rho_at_most_one :
  forall K d n : R, 0 < K -> 1 <= d -> 0 < n -> K * d * (1 / 3) <= n ->
  sqrt (K * d / (3 * n)) <= 1.
Proof.
  intros K d n HK Hd Hn H; apply sqrt_le_of_sq; [lra |].
  apply div_le; lra.
Qed.

(** 0.1238 sqrt(kappa_0 d/n) <= e^(-1/2)/2 sqrt((kappa_0-1)d/(3n)), squared. *)
Theorem D17_closed_constant :
  forall kappa : R, 2 <= kappa -> 383161 / 25000000 * kappa <= exp (- 1) * (kappa - 1) * (1 / 12).
Proof.
  intros kappa Hk.
  match goal with |- context [exp ?t] =>
    assert (2 * (383161 / 25000000) <= exp t * (1 / 12)) by interval; set (x := exp t) in * end.
  nra.
Qed.

(** Small x: n >= log(8)/x = log(8) d(M+1)/(48 eps), 4 log 8 times c_0 kappa_0 d/eps^2. *)
Theorem D17_constant_slack :
  forall x n : R, 0 < x -> 0 < n -> 8 * exp ((- x) * n) <= 1 -> ln 8 <= x * n.
Proof.
  intros x n Hx Hn H.
  apply ln_le in H; [| pos].
  rewrite ln_mult, ln_exp, ln_1 in H by pos; lra.
Qed.

(** ** D18: failure-notion *)

(** with failure to its own mode Theorem 4.1 is void; it speaks of failure to the base's mode *)
Theorem D18_class_fails_stated :
  forall M : R, 3 <= M -> 2 / (M + 1) <= 1 / 2.
Proof.
  intros; apply div_le; lra.
Qed.
