(** * Theorem 4.1: the scalar inequalities of the lower bound

    Condition number of the hard instance (D02), Bernoulli and the ambiguous event
    (D05), the necessary sample size (D06), its form with the parameters of the
    instance (D07), the Jensen form (D16) and the binary keys (D17).
    Real variables stand for the counts d, M of the instance wherever the
    inequality does not need them to be integers. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Replay.Calculus.
Open Scope R_scope.

(** ** D02: condition number of the instance *)

(** kappa <= kappa_0 if M <= 1 + 2(kappa_0-1)/rho. *)
Theorem D02_kappa_bound : forall kappa rho M : R, 0 < rho ->
  M <= 1 + 2 * (kappa - 1) / rho -> 1 + rho * (M - 1) / 2 <= kappa.
Proof.
  intros kappa rho M Hr HM.
  assert ((M - 1) * rho <= 2 * (kappa - 1)) by (apply mul_le_of_div; lra). lra.
Qed.

(** Conversely kappa <= kappa_0 forces M <= 1 + 2(kappa_0-1)/rho. *)
Theorem D02_key_bound : forall kappa rho M : R, 0 < rho ->
  1 + rho * (M - 1) / 2 <= kappa -> M <= 1 + 2 * (kappa - 1) / rho.
Proof.
  intros kappa rho M Hr H.
  assert (M - 1 <= 2 * (kappa - 1) / rho) by (apply le_div; lra). lra.
Qed.

(** ** D03: the reduction, scalar part *)

(** Success at least 1-eps and an error mass rho*avg <= eps: with rho = 16 eps, avg <= 1/16. *)
Theorem D03_reduction : forall eps avg : R, 0 < eps ->
  16 * eps * avg <= eps -> avg <= 1 / 16.
Proof. intros eps avg He H; nra. Qed.

(** ** D05: the ambiguous event *)

(** (1 - 3/(M+1))^k >= 1 - 3k/(M+1) for M >= 2. *)
Theorem D05_bernoulli : forall (M : R) (k : nat), 2 <= M ->
  1 - 3 * INR k / (M + 1) <= (1 - 3 / (M + 1)) ^ k.
Proof.
  intros M k HM.
  assert (0 <= 3 / (M + 1)) by (apply le_div; lra).
  assert (3 / (M + 1) <= 1) by (apply div_le; lra).
  pose proof (bernoulli (3 / (M + 1)) k ltac:(assumption) ltac:(assumption)) as B.
  replace (3 * INR k / (M + 1)) with (INR k * (3 / (M + 1))) by (field; lra).
  exact B.
Qed.

(** ** D06: the sample is necessary *)

(** n <= d(M+1)/(12 rho) and k <= 2 n rho/d: half of half of the ambiguous event is >= 1/8. *)
Theorem D06_misclassification : forall n d M rho k : R, 0 < d -> 0 < rho -> 2 <= M ->
  n <= d * (M + 1) / (12 * rho) -> k <= 2 * n * rho / d ->
  1 / 8 <= 1 / 2 * (1 / 2 * (1 - 3 * k / (M + 1))).
Proof.
  intros n d M rho k Hd Hr HM Hn Hk.
  apply mul_le_of_div in Hn; [| lra].
  apply mul_le_of_div in Hk; [| lra].
  assert (k * d * 6 <= d * (M + 1)) by lra.
  assert (6 * k <= M + 1) by nra.
  assert (3 * k / (M + 1) <= 1 / 2) by (apply div_le; lra).
  lra.
Qed.

(** ** D07: the parameters of the instance *)

Lemma key_count_pos (kappa eps M : R) : 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  (kappa - 1) / (8 * eps) < M -> 2 <= M.
Proof.
  intros Hk He He' HM.
  apply lt_mul_of_div in HM; [| lra]. nra.
Qed.

(** M + 1 >= kappa/(16 eps). *)
Theorem D07_key_count : forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  1 + (kappa - 1) / (8 * eps) < M + 1 -> kappa / (16 * eps) <= M + 1.
Proof.
  intros kappa eps M Hk He He' HM.
  assert (kappa / (16 * eps) <= (kappa - 1) / (8 * eps)); [| lra].
  apply div_le; [lra |].
  replace ((kappa - 1) / (8 * eps) * (16 * eps)) with (2 * (kappa - 1)) by (field; lra). lra.
Qed.

Lemma key_count_upper (kappa eps M : R) : 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  M <= 1 + (kappa - 1) / (8 * eps) -> M <= kappa / eps.
Proof.
  intros Hk He He' HM.
  apply le_div; [exact He |].
  assert ((kappa - 1) / (8 * eps) * (8 * eps) = kappa - 1) by (field; lra). nra.
Qed.

(** ln M <= ln(kappa/eps). *)
Theorem D07_log_key_count : forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  M <= 1 + (kappa - 1) / (8 * eps) -> 1 + (kappa - 1) / (8 * eps) < M + 1 ->
  ln M <= ln (kappa / eps).
Proof.
  intros kappa eps M Hk He He' HM HM'.
  pose proof (key_count_pos kappa eps M Hk He He' ltac:(lra)).
  apply ln_le; [lra | apply key_count_upper; assumption].
Qed.

Lemma log_ratio_pos (kappa eps : R) : 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  0 < ln (kappa / eps).
Proof. intros; apply ln_gt_0, lt_div; lra. Qed.

(** D07 without the "1+": n > d(M+1)/(12 * 16 eps) with d ln M = L forces
    n > kappa L / (3072 eps^2 ln(kappa/eps)). *)
Theorem D07_necessary_sharp : forall kappa eps M d L n : R,
  2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> 0 < d ->
  M <= 1 + (kappa - 1) / (8 * eps) -> 1 + (kappa - 1) / (8 * eps) < M + 1 ->
  d * ln M = L -> d * (M + 1) / (12 * (16 * eps)) < n ->
  1 / 3072 * kappa * L / (eps ^ 2 * ln (kappa / eps)) < n.
Proof.
  intros kappa eps M d L n Hk He He' Hd HM HM' <- Hn.
  pose proof (D07_key_count kappa eps M Hk He He' HM') as H1.
  pose proof (D07_log_key_count kappa eps M Hk He He' HM HM') as H2.
  pose proof (log_ratio_pos kappa eps Hk He He') as H3.
  set (l := ln (kappa / eps)) in *.
  apply div_lt; [apply Rmult_lt_0_compat; [apply pow_lt |]; assumption |].
  apply lt_mul_of_div in Hn; [| lra].
  apply le_mul_of_div in H1; [| lra].
  assert (d * kappa < 3072 * n * eps ^ 2).
  { assert (d * kappa <= d * ((M + 1) * (16 * eps))) by (apply Rmult_le_compat_l; lra).
    assert (d * (M + 1) * (16 * eps) < n * (12 * (16 * eps)) * (16 * eps))
      by (apply Rmult_lt_compat_r; lra).
    lra. }
  assert (d * kappa * ln M <= d * kappa * l)
    by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | exact H2]).
  assert (d * kappa * l < 3072 * n * eps ^ 2 * l) by (apply Rmult_lt_compat_r; assumption).
  lra.
Qed.

(** D07 as the paper states it: n > c_0 kappa L / (eps^2 (1 + ln(kappa/eps))), c_0 = 1/3072. *)
Theorem D07_necessary : forall kappa eps M d L n : R,
  2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> 0 < d ->
  M <= 1 + (kappa - 1) / (8 * eps) -> 1 + (kappa - 1) / (8 * eps) < M + 1 ->
  d * ln M = L -> d * (M + 1) / (12 * (16 * eps)) < n ->
  1 / 3072 * kappa * L / (eps ^ 2 * (1 + ln (kappa / eps))) < n.
Proof.
  intros kappa eps M d L n Hk He He' Hd HM HM' HL Hn.
  eapply Rle_lt_trans; [| apply (D07_necessary_sharp kappa eps M d L n); eassumption].
  pose proof (log_ratio_pos kappa eps Hk He He') as H3.
  pose proof (key_count_pos kappa eps M Hk He He' ltac:(lra)).
  assert (0 <= L).
  { rewrite <- HL; apply Rmult_le_pos; [lra | apply ln_nonneg; lra]. }
  assert (0 < eps ^ 2) by (apply pow_lt; assumption).
  apply Rmult_le_compat_l; [apply Rmult_le_pos; lra |].
  apply Rinv_le_contravar; [apply Rmult_lt_0_compat; assumption |].
  apply Rmult_le_compat_l; lra.
Qed.

(** ** D04: the Markov count, scalar part *)

(** Markov at twice the mean leaves at least one half. *)
Theorem D04_markov : forall mean : R, 0 < mean -> 1 / 2 <= 1 - mean / (2 * mean).
Proof. intros m Hm; replace (m / (2 * m)) with (1 / 2) by (field; lra); lra. Qed.

(** ** D16: the Jensen form *)

(** q^k lies above its tangent at the mean: q^m (1 + (k-m) ln q) <= q^k. *)
Theorem D16_tangent : forall q m k : R, 0 < q ->
  Rpower q m * (1 + (k - m) * ln q) <= Rpower q k.
Proof.
  intros q m k Hq; unfold Rpower.
  replace (k * ln q) with (m * ln q + (k - m) * ln q) by lra.
  rewrite exp_plus; apply Rmult_le_compat_l; [left; apply exp_pos | apply exp_tangent_0].
Qed.

(** Fractional Bernoulli: q^p <= 1 - p(1-q) for p in [0,1]. *)
Lemma bernoulli_fractional (q p : R) : 0 < q -> 0 <= p -> p <= 1 ->
  Rpower q p <= 1 - p * (1 - q).
Proof.
  intros Hq H0 H1.
  pose proof (D16_tangent q p 1 Hq) as A.
  pose proof (D16_tangent q p 0 Hq) as B.
  rewrite Rpower_1 in A by exact Hq; rewrite Rpower_O in B by exact Hq.
  nra.
Qed.

(** (1-3/(M+1))^{n rho/d} <= (1 - 3 rho/(d(M+1)))^n: Jensen's bound against the exact mean. *)
Theorem D16_jensen : forall (rho d M : R) (n : nat), 0 <= rho -> rho <= 1 -> 1 <= d -> 2 < M ->
  Rpower (1 - 3 / (M + 1)) (INR n * rho / d) <= (1 - 3 * rho / (d * (M + 1))) ^ n.
Proof.
  intros rho d M n H0 H1 Hd HM.
  assert (3 / (M + 1) < 1) as Hlt by (apply div_lt; lra).
  set (q := 1 - 3 / (M + 1)).
  assert (Hq : 0 < q) by (unfold q; lra).
  replace (INR n * rho / d) with (rho / d * INR n) by lra.
  rewrite <- Rpower_mult, Rpower_pow by (unfold Rpower; apply exp_pos).
  apply pow_incr; split; [left; apply exp_pos |].
  replace (1 - 3 * rho / (d * (M + 1))) with (1 - rho / d * (1 - q)) by (unfold q; field; lra).
  apply bernoulli_fractional; [exact Hq | apply le_div; lra | apply div_le; lra].
Qed.

(** The best share: n >= (2 d(kappa-1)/3) ln(rho/(2 eps))/rho^2, and with x = rho/(2 eps) the factor
    ln(x)/x^2 is at most 1/(2e), attained at x = sqrt e, that is rho = 2 sqrt(e) eps. *)
Theorem D16_best_share : forall x : R, 0 < x -> ln x / x ^ 2 <= 1 / (2 * exp 1).
Proof.
  intros x Hx; pose proof (pow_lt x 2 Hx) as Hx2; pose proof (exp_pos 1) as He.
  apply div_le; [exact Hx2 |].
  pose proof (ln_le_sub_1 (x ^ 2 / exp 1) ltac:(apply Rdiv_lt_0_compat; assumption)) as H.
  rewrite ln_quotient, ln_exp, ln_square in H by assumption.
  replace (1 / (2 * exp 1) * x ^ 2) with (x ^ 2 / exp 1 / 2) by (field; lra). lra.
Qed.

Theorem D16_best_share_attained : ln (sqrt (exp 1)) / sqrt (exp 1) ^ 2 = 1 / (2 * exp 1).
Proof.
  pose proof (exp_pos 1); rewrite ln_sqrt, ln_exp by assumption.
  replace (sqrt (exp 1) ^ 2) with (exp 1) by (rewrite <- Rsqr_pow2, Rsqr_sqrt; lra).
  field; lra.
Qed.

(** ** D17: binary keys *)

(** Risk (rho/2)(1 - 3 rho/(d(M+1)))^n <= eps at rho = 16 eps forces
    n >= (7/8) d (M+1)/(48 eps). *)
Lemma D17_sample (eps d M : R) (n : nat) : 0 < eps -> eps <= 1 / 16 -> 1 <= d -> 2 <= M ->
  16 * eps / 2 * (1 - 3 * (16 * eps) / (d * (M + 1))) ^ n <= eps ->
  7 * d * (M + 1) <= 384 * eps * INR n.
Proof.
  intros He He' Hd HM H.
  assert (Hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
  assert (3 <= d * (M + 1)) by nra.
  set (x := 3 * (16 * eps) / (d * (M + 1))) in *.
  assert (0 <= x) by (unfold x; apply le_div; lra).
  assert (x <= 1) by (unfold x; apply div_le; lra).
  pose proof (bernoulli x n ltac:(assumption) ltac:(assumption)) as B.
  assert ((1 - x) ^ n <= 1 / 8) by nra.
  assert (7 / 8 <= INR n * x) as C by lra.
  assert (x * (d * (M + 1)) = 48 * eps) as E by (unfold x; field; lra).
  apply Rmult_le_compat_r with (r := d * (M + 1)) in C; [| lra].
  rewrite Rmult_assoc, E in C; lra.
Qed.

(** n > c_0 kappa log_2|Pi| / eps^2 with log_2|Pi| = d: no logarithm of kappa/eps. *)
Theorem D17_necessary : forall (kappa eps M d : R) (n : nat),
  2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> 1 <= d ->
  1 + (kappa - 1) / (8 * eps) < M + 1 ->
  16 * eps / 2 * (1 - 3 * (16 * eps) / (d * (M + 1))) ^ n <= eps ->
  1 / 3072 * kappa * d / eps ^ 2 < INR n.
Proof.
  intros kappa eps M d n Hk He He' Hd HM H.
  pose proof (key_count_pos kappa eps M Hk He He' ltac:(lra)) as HM2.
  pose proof (D17_sample eps d M n He He' Hd HM2 H) as Hn.
  pose proof (D07_key_count kappa eps M Hk He He' HM) as HM3.
  apply le_mul_of_div in HM3; [| lra].
  apply div_lt; [apply pow_lt; exact He |].
  assert (d * kappa <= d * ((M + 1) * (16 * eps))) by (apply Rmult_le_compat_l; lra).
  assert (7 * d * (M + 1) * (16 * eps) <= 384 * eps * INR n * (16 * eps))
    by (apply Rmult_le_compat_r; lra).
  assert (0 < d * kappa) by nra.
  lra.
Qed.

(** 1 - a >= e^{-1/(2n)} when 1/a >= 2n+1. *)
Lemma one_sub_ge_exp (a n : R) : 0 < a -> 0 < n -> a * (2 * n + 1) <= 1 ->
  exp (- (1 / (2 * n))) <= 1 - a.
Proof.
  intros Ha Hn H.
  assert (a < 1) by nra.
  rewrite <- (exp_ln (1 - a)) by lra; apply exp_le.
  pose proof (ln_ge_1_sub_inv (1 - a) ltac:(lra)) as L.
  assert (/ (1 - a) <= 1 + 1 / (2 * n)); [| lra].
  assert (0 < 1 / (2 * n)) by (apply Rdiv_lt_0_compat; lra).
  apply Rmult_le_reg_r with (1 - a); [lra |].
  rewrite Rinv_l by lra.
  apply Rmult_le_reg_r with (2 * n); [lra |].
  replace ((1 + 1 / (2 * n)) * (1 - a) * (2 * n)) with ((2 * n + 1) * (1 - a)) by (field; lra).
  lra.
Qed.

(** Closed form: for n >= (kappa-1) max(d/3, 3/d), at rho = sqrt((kappa-1)d/(3n)),
    the risk (rho/2)(1 - 3 rho/(d(M+1)))^n is at least (1/2) e^{-1/2} rho. *)
Theorem D17_closed_form : forall (kappa d M : R) (n : nat),
  1 < kappa -> 1 <= d -> (kappa - 1) * 3 / d <= INR n ->
  2 * (kappa - 1) / sqrt ((kappa - 1) * d / (3 * INR n)) < M ->
  1 / 2 * exp (- (1 / 2)) * sqrt ((kappa - 1) * d / (3 * INR n)) <=
  sqrt ((kappa - 1) * d / (3 * INR n)) / 2 *
    (1 - 3 * sqrt ((kappa - 1) * d / (3 * INR n)) / (d * (M + 1))) ^ n.
Proof.
  intros kappa d M n Hk Hd Hn HM.
  assert (HN : 0 < INR n).
  { eapply Rlt_le_trans; [| exact Hn]; apply Rdiv_lt_0_compat; lra. }
  set (N := INR n) in *.
  assert (Hq : 0 < (kappa - 1) * d / (3 * N)) by (apply Rdiv_lt_0_compat; nra).
  set (rho := sqrt ((kappa - 1) * d / (3 * N))) in *.
  assert (Hrho : 0 < rho) by (apply sqrt_lt_R0; exact Hq).
  assert (Hsq : rho * rho * (3 * N) = (kappa - 1) * d).
  { unfold rho; rewrite sqrt_sqrt by lra; field; lra. }
  apply le_mul_of_div in Hn; [| lra].
  apply lt_mul_of_div in HM; [| exact Hrho].
  assert (Hrd : 3 * rho <= d).
  { assert (9 * (rho * rho) <= d * d); [| nra].
    apply Rmult_le_reg_r with N; [exact HN |].
    nra. }
  assert (HM0 : 0 < M) by nra.
  assert (HdM : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
  set (a := 3 * rho / (d * (M + 1))).
  assert (Ha : 0 < a) by (unfold a; apply Rdiv_lt_0_compat; lra).
  assert (Ha' : a * (2 * N + 1) <= 1).
  { apply Rmult_le_reg_r with (d * (M + 1)); [exact HdM |].
    replace (a * (2 * N + 1) * (d * (M + 1))) with (3 * rho * (2 * N + 1)) by (unfold a; field; lra).
    assert (2 * N * 3 * rho <= d * M).
    { apply Rmult_le_reg_r with rho; [exact Hrho |].
      replace (2 * N * 3 * rho * rho) with (2 * (rho * rho * (3 * N))) by lra.
      rewrite Hsq; nra. }
    lra. }
  pose proof (one_sub_ge_exp a N Ha HN Ha') as H1.
  assert (exp (- (1 / 2)) <= (1 - a) ^ n) as H2.
  { replace (exp (- (1 / 2))) with (exp (- (1 / (2 * N))) ^ n).
    - apply pow_incr; split; [left; apply exp_pos | exact H1].
    - rewrite pow_Rpower by apply exp_pos; rewrite ln_exp; fold N; f_equal; field; lra. }
  nra.
Qed.

(** Five terms of the series: exp(t) (1 - t + ... - t^5/120) falls from 1. *)
Lemma exp_opp_ge (t : R) : 0 <= t ->
  1 - t + t ^ 2 / 2 - t ^ 3 / 6 + t ^ 4 / 24 - t ^ 5 / 120 <= exp (- t).
Proof.
  intro Ht; set (f := fun t => exp t * (1 - t + t ^ 2 / 2 - t ^ 3 / 6 + t ^ 4 / 24 - t ^ 5 / 120)).
  assert (D : forall z, is_derive f z (- (exp z * (z ^ 5 / 120)))) by (intro z; unfold f; auto_derive; [exact I | lra]).
  assert (f t <= f 0) as H.
  { apply (decreasing_on f (fun z => - (exp z * (z ^ 5 / 120)))); [exact Ht | intros; apply D | | |].
    - intros z Hz; assert (0 <= exp z * (z ^ 5 / 120)); [| lra].
      apply Rmult_le_pos; [left; apply exp_pos | apply le_div; [lra |]; rewrite Rmult_0_l; apply pow_le; lra].
    - apply differentiable_continuous; eexists; apply D.
    - apply differentiable_continuous; eexists; apply D. }
  unfold f in H; rewrite exp_0 in H; rewrite exp_Ropp.
  apply (Rmult_le_reg_l (exp t)); [apply exp_pos |].
  rewrite Rinv_r by (apply Rgt_not_eq, exp_pos); lra.
Qed.

(** ... hence at least 0.1238 sqrt(kappa log_2|Pi| / n) for kappa >= 2. *)
Theorem D17_constant : forall (kappa d : R) (n : nat),
  2 <= kappa -> 1 <= d -> 1 <= INR n ->
  1238 / 10000 * sqrt (kappa * d / INR n) <=
  1 / 2 * exp (- (1 / 2)) * sqrt ((kappa - 1) * d / (3 * INR n)).
Proof.
  intros kappa d n Hk Hd Hn.
  set (N := INR n) in *.
  assert (0 <= kappa * d / N) as Hnn by (apply le_div; nra).
  assert (sqrt (1 / 6) * sqrt (kappa * d / N) <= sqrt ((kappa - 1) * d / (3 * N))) as H.
  { rewrite <- sqrt_mult_alt by lra; apply sqrt_le_1_alt.
    apply le_div; [lra |].
    replace (1 / 6 * (kappa * d / N) * (3 * N)) with (kappa * d / 2) by (field; lra). nra. }
  assert (1238 / 10000 <= 1 / 2 * exp (- (1 / 2)) * sqrt (1 / 6)) as Hc.
  { pose proof (exp_opp_ge (1 / 2) ltac:(lra)); assert (408248 / 1000000 <= sqrt (1 / 6)) by (apply le_sqrt_of_sq; lra).
    nra. }
  pose proof (exp_pos (- (1 / 2))).
  eapply Rle_trans; [apply Rmult_le_compat_r; [apply sqrt_pos | exact Hc] |].
  rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra | exact H].
Qed.
