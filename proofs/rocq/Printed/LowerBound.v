(** Theorem 4.1 as printed. *)

From Coq Require Import Reals Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Scalar.LambertW Scalar.Basics Scalar.LowerBound Scalar.LambertInversion.
Open Scope R_scope.

(** * The scalar checks of K and D01-D07, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the lower bound. *)

(** ** K01: range *)

(** One prompt, N = 3. *)
Theorem K01_range_three_responses :
  forall p1 p2 p3 : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 <= p3 -> p3 <= 1 ->
  p1 + p2 + p3 = 1 -> 1 <= / (Rmax p1 (Rmax p2 p3)) /\ / (Rmax p1 (Rmax p2 p3)) <= 3.
Proof.
  intros p1 p2 p3; intros.
  assert (1 / 3 <= Rmax p1 (Rmax p2 p3)).
  { pose proof (Rmax_l p1 (Rmax p2 p3)); pose proof (Rmax_r p1 (Rmax p2 p3)).
    pose proof (Rmax_l p2 p3); pose proof (Rmax_r p2 p3); lra. }
  assert (Rmax p1 (Rmax p2 p3) <= 1) by (repeat apply Rmax_lub; lra).
  split; [apply inv_ge | apply inv_le]; lra.
Qed.

(** Any N: the mode has at least the mean mass, N u >= 1. *)
Theorem K01_range_scalar :
  forall u N_ : R, 0 < u -> u <= 1 -> 2 <= N_ -> 1 <= N_ * u -> 1 <= / u /\ / u <= N_.
Proof.
  intros; split; [apply inv_ge | apply inv_le]; lra.
Qed.

(** kappa = N forces the uniform distribution. *)
Theorem K01_uniform_three_responses :
  forall p1 p2 p3 : R, 0 <= p1 -> p1 <= 1 -> 0 <= p2 -> p2 <= 1 -> 0 <= p3 -> p3 <= 1 ->
  p1 + p2 + p3 = 1 -> 3 <= / (Rmax p1 (Rmax p2 p3)) -> p1 = 1 / 3 /\ p2 = 1 / 3 /\ p3 = 1 / 3.
Proof.
  intros p1 p2 p3; intros.
  pose proof (Rmax_l p1 (Rmax p2 p3)); pose proof (Rmax_r p1 (Rmax p2 p3)).
  pose proof (Rmax_l p2 p3); pose proof (Rmax_r p2 p3).
  assert (Rmax p1 (Rmax p2 p3) * 3 <= 1) by (apply mul_le_of_le_inv; lra).
  lra.
Qed.

(** An average of numbers that are at most N equals N only if each does. *)
Theorem K01_uniform_two_prompts :
  forall w u v N_ : R, 0 < w -> w < 1 -> 0 < u -> u <= 1 -> 0 < v -> v <= 1 -> 2 <= N_ ->
  1 <= N_ * u -> 1 <= N_ * v -> N_ <= w / u + (1 - w) / v -> N_ * u = 1 /\ N_ * v = 1.
Proof.
  intros w u v N; intros.
  assert (Hu : w / u <= w * N) by (apply div_le_mul; lra).
  assert (Hv : (1 - w) / v <= (1 - w) * N) by (apply div_le_mul; lra).
  assert (Eu : w / u = w * N) by lra.
  assert (Ev : (1 - w) / v = (1 - w) * N) by lra.
  split.
  - apply Rmult_eq_reg_l with w; [| lra].
    replace (w * (N * u)) with (w * N * u) by lra; rewrite <- Eu; field; lra.
  - apply Rmult_eq_reg_l with (1 - w); [| lra].
    replace ((1 - w) * (N * v)) with ((1 - w) * N * v) by lra; rewrite <- Ev; field; lra.
Qed.

(** kappa >= 1/E_x[max pi] for two prompts of any weights. *)
Theorem K01_mean_mode :
  forall w u v : R, 0 <= w -> w <= 1 -> 0 < u -> u <= 1 -> 0 < v -> v <= 1 ->
  / (w * u + (1 - w) * v) <= w / u + (1 - w) / v.
Proof.
  intros w u v; intros.
  assert (0 < w * u + (1 - w) * v) by nra.
  apply inv_le; [assumption |].
  replace ((w / u + (1 - w) / v) * (w * u + (1 - w) * v))
    with (1 + w * (1 - w) * ((u - v) ^ 2 / (u * v))) by (field; lra).
  assert (0 <= (u - v) ^ 2 / (u * v)) by (apply le_div; [nra | pose proof (pow2_ge_0 (u - v)); lra]).
  assert (0 <= w * (1 - w)) by nra.
  nra.
Qed.

(** ** K02: near-uniform *)

(** Two prompts of any weights; one prompt is w = 1. *)
Theorem K02_value :
  forall w eta M : R, 0 <= w -> w <= 1 -> (- 1) < eta -> 0 < M ->
  w / ((1 + eta) / M) + (1 - w) / ((1 + eta) / M) = M / (1 + eta).
Proof.
  intros; field; lra.
Qed.

(** ** K03: autoregressive *)

(** One more token multiplies the mass by c <= p and the bound by p. *)
Theorem K03_product_step :
  forall mass c bound p : R, 0 <= mass -> mass <= 1 -> 0 <= c -> c <= 1 -> 0 <= bound ->
  bound <= 1 -> 0 < p -> p < 1 -> mass <= bound -> c <= p -> mass * c <= bound * p.
Proof.
  intros; nra.
Qed.

(** conditionals <= p give pi(y* ) <= p^L and kappa >= p^-L; L >= log n/log(1/p) gives kappa >= n *)
Theorem K03_product_three_tokens :
  forall c1 c2 c3 p : R, 0 <= c1 -> c1 <= 1 -> 0 <= c2 -> c2 <= 1 -> 0 <= c3 -> c3 <= 1 ->
  0 < p -> p < 1 -> c1 <= p -> c2 <= p -> c3 <= p -> c1 * c2 * c3 <= p ^ 3.
Proof.
  intros c1 c2 c3 p; intros.
  assert (c1 * c2 <= p * p) by (apply Rmult_le_compat; lra).
  assert (c1 * c2 * c3 <= p * p * p) by (apply Rmult_le_compat; nra).
  lra.
Qed.

(** With bound = p^L: kappa >= p^-L. *)
Theorem K03_condition_number :
  forall u bound : R, 0 < u -> u <= 1 -> 0 < bound -> bound <= 1 -> u <= bound -> / bound <= / u.
Proof.
  intros; apply Rinv_le_contravar; lra.
Qed.

(** With t = log n and s = log(1/p): L >= log n/log(1/p) makes p^-L at least n. *)
Theorem K03_length_stated :
  forall s t L : R, 0 < s -> 0 <= t -> t / s <= L -> exp t <= exp (L * s).
Proof.
  intros s t L Hs Ht H.
  apply exp_le, le_mul_of_div; assumption.
Qed.

(** t = log n. *)
Theorem K03_logarithms :
  forall n : R, 1 <= n -> exp (ln n) = n /\ 0 <= ln n.
Proof.
  intros; split; [apply exp_ln; lra | apply ln_nonneg; assumption].
Qed.

(** s = log(1/p) is positive. *)
Theorem K03_step_logarithm :
  forall p : R, 0 < p -> p < 1 -> 0 < ln (/ p).
Proof.
  intros p Hp Hp1; apply ln_gt_0.
  rewrite <- Rinv_1; apply Rinv_lt_contravar; lra.
Qed.

(** The power of the paper, written with exp and log. *)
Theorem K03_length_as_power :
  forall p L : R, 0 < p -> p < 1 -> 0 < L -> Rpower (/ p) L = exp (L * ln (/ p)).
Proof.
  intros; repeat split; lra.
Qed.

(** ** D01: hard-instance *)

(** the hard class: a point mass and d prompts with a hidden key among M labels *)
Theorem D01_sums_to_one :
  forall (M : nat) (eta : R), 2 <= INR M -> 0 < eta ->
  (1 + eta) / (INR M + eta) + (INR M - 1) / (INR M + eta) = 1.
Proof.
  intros; field; lra.
Qed.

(** the hard class: a point mass and d prompts with a hidden key among M labels *)
Theorem D01_prompt_weights :
  forall (d : nat) (rho : R), 1 <= INR d -> 0 < rho -> rho <= 1 ->
  1 - rho + INR d * (rho / INR d) = 1.
Proof.
  intros; field; lra.
Qed.

(** the hard class: a point mass and d prompts with a hidden key among M labels *)
Theorem D01_unique_mode :
  forall (M : nat) (eta : R), 2 <= INR M -> 0 < eta -> / (INR M + eta) < (1 + eta) / (INR M + eta).
Proof.
  intros M eta; intros.
  apply div_lt_div; lra.
Qed.

(** the hard class: a point mass and d prompts with a hidden key among M labels *)
Theorem D01_margin_stated :
  forall (M : nat) (eta : R), 2 <= INR M -> 0 < eta ->
  ln ((1 + eta) / (INR M + eta)) - ln (/ (INR M + eta)) = ln (1 + eta).
Proof.
  intros M eta; intros.
  rewrite ln_quotient, ln_Rinv by lra; lra.
Qed.

(** the hard class: a point mass and d prompts with a hidden key among M labels *)
Theorem D01_unit_eta :
  forall M : nat, 2 <= INR M -> 2 / (INR M + 1) = 2 / (INR M + 1).
Proof.
  intros; lra.
Qed.

(** ** D02: coverage *)

(** kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta); at eta = 1 it is <= kappa_0 iff M <= 1+2(kappa_0-1)/rho *)
Theorem D02_value_stated :
  forall (rho : R) (d : nat) (M : nat) (eta : R), 0 < rho -> rho <= 1 -> 1 <= INR d ->
  2 <= INR M -> 0 < eta ->
  1 - rho + INR d * (rho / INR d) / ((1 + eta) / (INR M + eta)) = 1 - rho + rho * (INR M + eta) / (1
  + eta).
Proof.
  intros; field; lra.
Qed.

(** kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta); at eta = 1 it is <= kappa_0 iff M <= 1+2(kappa_0-1)/rho *)
Theorem D02_value :
  forall rho M : R, 1 - rho + rho * (M + 1) * (1 / 2) = 1 + rho * (M - 1) * (1 / 2).
Proof.
  intros; lra.
Qed.

(** kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta); at eta = 1 it is <= kappa_0 iff M <= 1+2(kappa_0-1)/rho *)
Theorem D02_coverage :
  forall kappa rho M : R, 0 < rho -> M <= 1 + 2 * (kappa - 1) / rho ->
  1 + rho * (M - 1) * (1 / 2) <= kappa.
Proof.
  intros kappa rho M Hr H.
  apply D02_kappa_bound in H; lra.
Qed.

(** kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta); at eta = 1 it is <= kappa_0 iff M <= 1+2(kappa_0-1)/rho *)
Theorem D02_coverage_converse :
  forall kappa rho M : R, 0 < rho -> 1 + rho * (M - 1) * (1 / 2) <= kappa ->
  M <= 1 + 2 * (kappa - 1) / rho.
Proof.
  intros kappa rho M Hr H.
  apply D02_key_bound; lra.
Qed.

(** ** D03: reduction *)

(** At most one label has mass above 1/2. *)
Theorem D03_one_label :
  forall p q : R, 0 <= p -> p <= 1 -> 0 <= q -> q <= 1 -> 1 / 2 < p -> p + q <= 1 -> q < 1 / 2.
Proof.
  intros; lra.
Qed.

(** other is the failure mass at x_0. *)
Theorem D03_average_error :
  forall other rho avg eps : R, 0 <= other -> 0 < rho -> rho <= 1 -> 0 <= avg -> avg <= 1 ->
  0 < eps -> other + rho * avg <= eps -> avg <= eps / rho.
Proof.
  intros; apply le_div; lra.
Qed.

(** ** D04: markov-count *)

(** The indicator of k > 2m is at most k/(2m). *)
Theorem D04_indicator :
  forall k m : R, 0 <= k -> 0 < m -> 2 * m < k -> 1 <= k / (2 * m).
Proof.
  intros; apply le_div; lra.
Qed.

(** the number of draws at x_i is at most twice its mean with probability >= 1/2 *)
Theorem D04_mean :
  forall m : R, 0 < m -> 1 - m / (2 * m) = 1 / 2.
Proof.
  intros; field; lra.
Qed.

(** ** D05: ambiguous-event *)

(** two candidate keys both stay unseen with probability exactly (1-3/(M+1))^k >= 1-3k/(M+1) *)
Theorem D05_one_draw :
  forall M : R, 2 <= M -> 1 - (2 / (M + 1) + / (M + 1)) = 1 - 3 / (M + 1).
Proof.
  intros; lra.
Qed.

(** The share that Bernoulli's inequality is applied to; M >= 2 is what keeps it at most 1. *)
Theorem D05_share :
  forall M : R, 2 <= M -> 0 < 3 / (M + 1) /\ 3 / (M + 1) <= 1.
Proof.
  intros; split; [apply Rdiv_lt_0_compat; lra | apply div_le; lra].
Qed.

(** Induction over k for (1-x)^k >= 1-kx; at k = 0 both sides are 1. *)
Theorem D05_bernoulli_step :
  forall k x power : R, 0 <= k -> 0 <= x -> x <= 1 -> 1 - k * x <= power ->
  1 - (k + 1) * x <= power * (1 - x).
Proof.
  intros; nra.
Qed.

(** Betting on the first key with probability g errs with probability 1/2 either way. *)
Theorem D05_guess :
  forall g : R, 0 <= g -> g <= 1 -> g * (1 / 2) + (1 - g) * (1 / 2) = 1 / 2.
Proof.
  intros; lra.
Qed.

(** ** D06: sample-necessary *)

(** n <= d(M+1)/(12 rho) leaves an average misclassification of at least 1/8 *)
Theorem D06_visits :
  forall n d M rho k : R, 0 < d -> 2 <= M -> 0 < rho -> n <= d * (M + 1) / (12 * rho) ->
  k <= 2 * n * rho / d -> k <= (M + 1) * (1 / 6).
Proof.
  intros n d M rho k Hd HM Hr Hn Hk.
  apply mul_le_of_div in Hn; [| lra].
  apply mul_le_of_div in Hk; [| lra].
  apply Rmult_le_reg_r with d; [exact Hd | lra].
Qed.

(** n <= d(M+1)/(12 rho) leaves an average misclassification of at least 1/8 *)
Theorem D06_misclassification_stated :
  forall n d rho M k : R, 0 < d -> 0 < rho -> 2 <= M -> n <= d * (M + 1) / (12 * rho) ->
  k <= 2 * n * rho / d -> 1 / 8 <= 1 / 2 * (1 / 2 * (1 - 3 * k / (M + 1))).
Proof.
  intros n d rho M k Hd Hr HM Hn Hk.
  apply (D06_misclassification n d M rho k); assumption.
Qed.

(** An average error of 1/8 exceeds the 1/16 that D03 allows. *)
Theorem D06_contradiction :
  forall eps avg : R, 0 < eps -> 1 / 8 <= avg -> eps < 16 * eps * avg.
Proof.
  intros; nra.
Qed.

(** ** D07: scalar-inequality *)

(** M + 1 >= kappa_0/(16 eps). *)
Theorem D07_label_count :
  forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> (kappa - 1) / (8 * eps) < M ->
  kappa / (16 * eps) <= M + 1.
Proof.
  intros kappa eps M Hk He He' HM; apply D07_key_count; lra.
Qed.

(** success >= 1-eps needs n > c_0 kappa_0 log|Pi| / (eps^2 (1 + log(kappa_0/eps))), c_0 = 1/3072 *)
Theorem D07_label_bound :
  forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  M <= 1 + (kappa - 1) / (8 * eps) -> (kappa - 1) / (8 * eps) < M -> 2 < M /\ M <= kappa / eps.
Proof.
  intros kappa eps M Hk He He' HM HM'; split; [| apply key_count_upper; assumption].
  apply lt_mul_of_div in HM'; [nra | lra].
Qed.

(** log M <= log(kappa_0/eps), a fortiori 1 + log(kappa_0/eps). *)
Theorem D07_log_labels :
  forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  M <= 1 + (kappa - 1) / (8 * eps) -> (kappa - 1) / (8 * eps) < M ->
  0 < ln M /\ ln M <= ln (kappa / eps).
Proof.
  intros kappa eps M Hk He He' HM HM'.
  pose proof HM' as H2; apply lt_mul_of_div in H2; [| lra].
  split; [apply ln_gt_0; nra | apply D07_log_key_count; lra].
Qed.

(** a = M+1, log_labels = log M, log_ratio = log(kappa_0/eps). *)
Theorem D07_combine :
  forall kappa eps a log_labels log_ratio : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> 0 < a ->
  0 < log_labels -> 0 < log_ratio -> kappa / (16 * eps) <= a -> log_labels <= log_ratio ->
  kappa / (3072 * eps ^ 2 * (1 + log_ratio)) < a / (192 * eps * log_labels).
Proof.
  intros kappa eps a ll lr Hk He He' Ha Hll Hlr H1 H2.
  assert (He2 : 0 < eps ^ 2) by (apply pow_lt; exact He).
  apply le_mul_of_div in H1; [| lra].
  apply Rlt_le_trans with (kappa / (3072 * eps ^ 2 * ll)).
  - apply Rmult_lt_compat_l; [lra |].
    apply Rinv_lt_contravar; [| apply Rmult_lt_compat_l; lra].
    repeat apply Rmult_lt_0_compat; lra.
  - apply div_le; [repeat apply Rmult_lt_0_compat; lra |].
    replace (a / (192 * eps * ll) * (3072 * eps ^ 2 * ll)) with (a * (16 * eps)) by (field; lra).
    exact H1.
Qed.

(** The scalar inequality of (92) per unit of log|Pi|; M has no upper bound here. *)
Theorem D07_necessary_stated :
  forall kappa eps M : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 -> (kappa - 1) / (8 * eps) < M ->
  kappa / (3072 * eps ^ 2 * (1 + ln (kappa / eps))) <= (M + 1) / (192 * eps * ln M).
Proof.
  intros kappa eps M Hk He He' HM'.
  pose proof HM' as H2; apply lt_mul_of_div in H2; [| lra].
  assert (HM2 : 2 < M) by nra.
  assert (Hv : exp 1 <= kappa / eps).
  { apply Rle_trans with 32; [pose proof exp_le_3; lra | apply le_div; lra]. }
  pose proof exp_1_gt_2.
  pose proof (log_ratio_pos kappa eps Hk He He') as Hl.
  pose proof (ln_gt_0 M ltac:(lra)) as HlM.
  destruct (Rle_lt_dec M (kappa / eps)) as [Hle | Hlt].
  - pose proof (D07_key_count kappa eps M Hk He He' ltac:(lra)).
    assert (ln M <= ln (kappa / eps)) by (apply ln_le; lra).
    left; apply (D07_combine kappa eps (M + 1) (ln M) (ln (kappa / eps))); lra.
  - pose proof (Scalar.LambertInversion.ln_ratio_decreasing (kappa / eps) M Hv ltac:(lra)) as Hr.
    set (l := ln (kappa / eps)) in *.
    assert (0 < 192 * eps * ln M) by pos.
    assert (0 < eps ^ 2) by (apply pow_lt; exact He).
    apply le_div; [assumption |].
    replace (kappa / (3072 * eps ^ 2 * (1 + l)) * (192 * eps * ln M))
      with (kappa / eps * ln M / (16 * (1 + l))) by (field; lra).
    apply div_le; [lra |].
    assert (kappa / eps * ln M <= kappa / eps * (M * (l / (kappa / eps))))
      by (apply Rmult_le_compat_l; lra).
    replace (kappa / eps * (M * (l / (kappa / eps)))) with (M * l) in * by (field; lra).
    nra.
Qed.

(** D06's n > d(M+1)/(12 rho) with log|Pi| = d log M, level the left side of `necessary`. *)
Theorem D07_necessary_samples :
  forall level eps M log_labels d n : R, 0 < level -> 0 < eps -> eps <= 1 / 16 -> 2 < M ->
  0 < log_labels -> 0 < d -> level <= (M + 1) / (192 * eps * log_labels) ->
  d * (M + 1) / (12 * (16 * eps)) < n -> level * (d * log_labels) < n.
Proof.
  intros level eps M ll d n Hl He He' HM Hll Hd H1 H2.
  assert (0 < 192 * eps * ll) by pos.
  apply mul_le_of_div in H1; [| assumption].
  apply lt_mul_of_div in H2; [| lra].
  assert (d * (level * (192 * eps * ll)) <= d * (M + 1)) by (apply Rmult_le_compat_l; lra).
  apply Rmult_lt_reg_r with (192 * eps); [lra |]. lra.
Qed.

(** * The scalar checks of D08-D14, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on Lambert W. *)

(** ** D08: monotone *)

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_derivative_positive :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> eps < kappa * exp (1 / 2) ->
  0 < eps * (1 + 2 * ln (kappa / eps)).
Proof.
  intros kappa eps Hk He H.
  apply Rmult_lt_0_compat; [exact He |].
  apply ln_increasing in H; [| exact He].
  rewrite ln_mult, ln_exp in H by (try apply exp_pos; exact Hk).
  rewrite ln_quotient by assumption; lra.
Qed.

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_derivative_negative :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> kappa * exp (1 / 2) < eps ->
  eps * (1 + 2 * ln (kappa / eps)) < 0.
Proof.
  intros kappa eps Hk He H.
  apply ln_increasing in H; [| apply Rmult_lt_0_compat; [exact Hk | apply exp_pos]].
  rewrite ln_mult, ln_exp in H by (try apply exp_pos; exact Hk).
  assert (1 + 2 * ln (kappa / eps) < 0) by (rewrite ln_quotient by assumption; lra).
  nra.
Qed.

(** f(x) < f(y) divided by kappa^2 exp(1-2a-2b). *)
Theorem D08_increasing_in_coordinates :
  forall a b : R, 0 <= a -> 0 < b -> 1 / 2 + a + b < exp (2 * b) * (1 / 2 + a).
Proof.
  intros a b Ha Hb.
  pose proof (exp_ineq1 (2 * b) ltac:(lra)).
  assert (0 <= a * b) by nra.
  assert ((1 + 2 * b) * (1 / 2 + a) < exp (2 * b) * (1 / 2 + a)) by (apply Rmult_lt_compat_r; lra).
  lra.
Qed.

(** f(y) < f(x) divided by kappa^2 exp(1+2a). *)
Theorem D08_decreasing_in_coordinates :
  forall a b : R, 0 <= a -> 0 < b -> (1 / 2 - a - b) * exp (2 * b) < 1 / 2 - a.
Proof.
  intros a b Ha Hb.
  assert (E : exp (- (2 * b)) * exp (2 * b) = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  pose proof (exp_pos (2 * b)) as Hp; pose proof (exp_pos (- (2 * b))) as Hm.
  pose proof (exp_ineq1 (- (2 * b)) ltac:(lra)) as H1.
  assert (1 / 2 - a - b < (1 / 2 - a) * exp (- (2 * b))) as H.
  { destruct (Rlt_le_dec a (1 / 2)) as [H | H].
    - assert ((1 / 2 - a) * (1 + - (2 * b)) < (1 / 2 - a) * exp (- (2 * b)))
        by (apply Rmult_lt_compat_l; lra).
      assert (0 <= a * b) by nra. lra.
    - pose proof (exp_le_1 (- (2 * b)) ltac:(lra)). nra. }
  apply Rmult_lt_compat_r with (r := exp (2 * b)) in H; [| exact Hp].
  replace ((1 / 2 - a) * exp (- (2 * b)) * exp (2 * b))
    with ((1 / 2 - a) * (exp (- (2 * b)) * exp (2 * b))) in H by lra.
  rewrite E in H; lra.
Qed.

(** The curve at kappa exp(1/2 - s); s = a, a+b on the left, -a, -a-b on the right. *)
Theorem D08_coordinates :
  forall kappa s : R, 0 < kappa ->
  (kappa * exp (1 / 2 - s)) ^ 2 * (1 + ln (kappa / (kappa * exp (1 / 2 - s)))) = kappa ^ 2 * exp (1
  - 2 * s) * (1 / 2 + s).
Proof.
  intros kappa s Hk.
  rewrite ln_ratio_exp, scaled_exp_sq by exact Hk.
  replace (2 * (1 / 2 - s)) with (1 - 2 * s) by lra; lra.
Qed.

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_maximum_value_stated :
  forall kappa : R, 0 < kappa ->
  (kappa * sqrt (exp 1)) ^ 2 * (1 + ln (kappa / (kappa * sqrt (exp 1)))) = exp 1 * kappa ^ 2 * (1 /
  2).
Proof.
  intros; halves; apply D08_maximum_value; assumption.
Qed.

(** ** D09: lambert-closed-form *)

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_argument :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  - exp (- 1) <= (- (2 * J)) / (exp 2 * kappa ^ 2) /\ (- (2 * J)) / (exp 2 * kappa ^ 2) < 0.
Proof.
  intros; halves.
  match goal with |- ?a <= _ /\ _ => change a with (- exp (-1)) end.
  apply argument_range; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_root_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  (kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))) ^ 2 * (1 + ln (kappa /
  (kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))))) = J.
Proof.
  intros kappa J Hk HJ H; halves; apply D09_root; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_root_in_coordinates :
  forall kappa w : R, 0 < kappa -> 1 <= w ->
  (kappa * exp (1 - w * (1 / 2))) ^ 2 * (1 + ln (kappa / (kappa * exp (1 - w * (1 / 2))))) = kappa ^
  2 * exp 2 * (1 / 2) * (w * exp (- w)).
Proof.
  intros kappa w Hk Hw; halves.
  rewrite ln_ratio_exp, scaled_exp_sq by exact Hk.
  replace (2 * (1 - w / 2)) with (2 - w) by lra; rewrite exp_2_split; lra.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_square_root_form :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) = sqrt (2 * J / (- Wm1 ((- (2
  * J)) / (exp 2 * kappa ^ 2)))).
Proof.
  intros kappa J Hk HJ H; halves; apply D09_sqrt_form; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_square_root_in_coordinates :
  forall kappa w : R, 0 < kappa -> 1 <= w ->
  sqrt (2 * (kappa ^ 2 * exp 2 * (1 / 2) * (w * exp (- w))) / w) = kappa * exp (1 - w * (1 / 2)).
Proof.
  intros kappa w Hk Hw; halves.
  apply sqrt_eq_of_sq; [left; apply Rmult_lt_0_compat; [exact Hk | apply exp_pos] |].
  replace (kappa * exp (1 - w / 2) * (kappa * exp (1 - w / 2)))
    with ((kappa * exp (1 - w / 2)) ^ 2) by lra.
  rewrite scaled_exp_sq; replace (2 * (1 - w / 2)) with (2 - w) by lra.
  rewrite exp_2_split; field; lra.
Qed.

(** Divided by kappa: the root lies in (0, kappa sqrt(e)]. *)
Theorem D09_range_in_coordinates :
  forall w : R, 1 <= w -> 0 < exp (1 - w * (1 / 2)) /\ exp (1 - w * (1 / 2)) <= exp (1 / 2).
Proof.
  intros; halves; split; [apply exp_pos | apply exp_le; lra].
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_range_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  0 < kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) /\ kappa * exp (1 + Wm1
  ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) <= kappa * sqrt (exp 1).
Proof.
  intros; halves; apply D09_range; assumption.
Qed.

(** ** D10: branch *)

(** The hypothesis is the domain of W: outside it the conclusion has no value. *)
Theorem D10_lower_branch_stated :
  forall z : R, 0 < z -> z <= exp (- 1) -> Wm1 (- z) <= (- 1).
Proof.
  intros z Hz Hz'.
  change (Wm1 (- z) <= -1); apply Wm1_inverse; [| lra].
  change (exp (- (1))) with (exp (-1)) in Hz'; lra.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_principal_branch_stated :
  forall z : R, 0 < z -> z <= exp (- 1) -> (- 1) <= W0 (- z) /\ W0 (- z) < 0.
Proof.
  intros z Hz Hz'.
  change (exp (- (1))) with (exp (-1)) in Hz'.
  split; [apply (proj1 (W0_inverse (- z) ltac:(lra))) | apply W0_neg; lra].
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_lower_branch :
  forall kappa w : R, 0 < kappa -> w <= (- 1) ->
  kappa * exp (1 + w * (1 / 2)) <= kappa * sqrt (exp 1).
Proof.
  intros; halves; apply D10_lower_solution; assumption.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_lower_branch_only :
  forall kappa w : R, 0 < kappa -> kappa * exp (1 + w * (1 / 2)) <= kappa * sqrt (exp 1) ->
  w <= (- 1).
Proof.
  intros kappa w Hk H; halves; apply (D10_lower_solution_only kappa); assumption.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_principal_branch :
  forall kappa w : R, 0 < kappa -> (- 1) <= w -> w < 0 ->
  kappa * sqrt (exp 1) <= kappa * exp (1 + w * (1 / 2)) /\ kappa * exp (1 + w * (1 / 2)) < exp 1 *
  kappa.
Proof.
  intros; halves; apply D10_principal_solution; assumption.
Qed.

(** The other branch solves the same equation. *)
Theorem D10_principal_root_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  (kappa * exp (1 + W0 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))) ^ 2 * (1 + ln (kappa / (kappa
  * exp (1 + W0 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))))) = J.
Proof.
  intros kappa J Hk HJ H; halves.
  destruct (argument_range kappa J Hk HJ H) as [H1 _].
  apply D09_root_of_w; [exact Hk | apply W0_inverse; exact H1].
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_no_probability :
  forall kappa w : R, 1 <= kappa -> (- 1) <= w -> w < 0 -> 1 < kappa * exp (1 + w * (1 / 2)).
Proof.
  intros kappa w h1 h2 h3. assert (h : 1 < exp (1 + w * (1 / 2))) by compute_bounds. nra.
Qed.

(** ** D11: domain *)

(** With eps = exp(b)/16 and kappa = eps exp(a - 1/2): f(eps) <= f(1/16) and eps <= kappa sqrt(e) give eps <= 1/16. *)
Theorem D11_small_root_in_coordinates :
  forall a b : R, 0 <= a -> exp (2 * b) * (1 / 2 + a) <= 1 / 2 + a + b -> b <= 0.
Proof.
  intros a b Ha H; apply Rnot_lt_le; intro Hb.
  pose proof (D08_increasing_in_coordinates a b Ha Hb); lra.
Qed.

(** ** D12: asymptotic-direction *)

(** log(1/z) at z = w exp(-w); eps_LB^2 = 2I/w and eps~^2 = 2I/log(1/z). *)
Theorem D12_ratio :
  forall w : R, 1 <= w -> ln (/ (w * exp (- w))) = w - ln w.
Proof.
  intros w Hw; pose proof (exp_pos (- w)).
  rewrite ln_Rinv, ln_mult, ln_exp by (try apply Rmult_lt_0_compat; lra); lra.
Qed.

(** (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and sqrt(1-1/e) is sharp *)
Theorem D12_sandwich_in_coordinates :
  forall w : R, 1 <= w -> (1 - exp (- 1)) * w <= w - ln w /\ w - ln w <= w.
Proof.
  intros w Hw.
  pose proof (D12_scalar w Hw) as H; rewrite <- exp_Ropp_1 in H; exact H.
Qed.

(** log w <= w/e at w = e v: equality at v = 1. *)
Theorem D12_sandwich_at_e :
  forall v : R, 0 < v -> 1 + ln v <= v.
Proof.
  intros v Hv; pose proof (ln_le_sub_1 v Hv); lra.
Qed.

(** A constant c that is valid at w = e is at most 1 - 1/e. *)
Theorem D12_sharp_stated :
  forall c : R, c * exp 1 <= exp 1 - ln (exp 1) -> c <= 1 - exp (- 1).
Proof.
  intros c H; rewrite ln_exp in H.
  pose proof (exp_pos 1).
  apply Rmult_le_reg_r with (exp 1); [assumption |].
  assert (exp (- (1)) * exp 1 = 1) as E by (rewrite exp_Ropp_1; field; lra).
  change (exp (- (1))) with (exp (-1)) in E; lra.
Qed.

(** The repaired (100) in the paper's variables. *)
Theorem D12_sandwich_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  sqrt (1 - exp (- 1)) * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <= kappa * exp (1 + Wm1 ((-
  (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) /\ kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^
  2)) * (1 / 2)) <= sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))).
Proof.
  intros kappa J Hk HJ H; halves.
  pose proof (D12_sandwich kappa J Hk HJ H) as S; rewrite <- exp_Ropp_1 in S; exact S.
Qed.

(** w = 2 + 2 log(kappa/eps) where the bound applies. *)
Theorem D12_applicable_range :
  forall kappa eps : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  2 * (1 + ln 32) <= 2 + 2 * ln (kappa / eps).
Proof.
  intros kappa eps Hk He He'.
  assert (ln 32 <= ln (kappa / eps)) by (apply ln_le; [lra | apply le_div; lra]).
  lra.
Qed.

(** (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and sqrt(1-1/e) is sharp *)
Theorem D12_applicable_constant :
  forall w : R, 2 * (1 + ln 32) <= w -> 294849 / 390625 <= 1 - ln w / w.
Proof.
  intros w Hw; set (v := 2 * (1 + ln 32)) in *.
  assert (exp 1 <= v) by (unfold v; compute_bounds).
  pose proof (ln_ratio_decreasing v w ltac:(assumption) Hw).
  assert (294849 / 390625 <= 1 - ln v / v) by (unfold v; compute_bounds).
  pose proof exp_1_gt_2.
  assert (ln w / w <= ln v / v) by (apply div_le; lra).
  lra.
Qed.

(** ** D13: monotonicity *)

(** w exp(-w) at w = 1+a+b against w = 1+a, divided by exp(-1-a). *)
Theorem D13_level_decreases :
  forall a b : R, 0 <= a -> 0 < b -> (1 + a + b) * exp (- b) < 1 + a.
Proof.
  intros a b Ha Hb.
  assert (E : exp (- b) * exp b = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  pose proof (exp_pos b); pose proof (exp_pos (- b)).
  pose proof (exp_ineq1 b ltac:(lra)).
  assert (1 + a + b < (1 + a) * exp b) by nra.
  apply Rmult_lt_reg_r with (exp b); [assumption |].
  rewrite Rmult_assoc, E; lra.
Qed.

(** The root kappa exp(1 - w/2) at w = 1+a+b against w = 1+a. *)
Theorem D13_root_decreases :
  forall b : R, 0 < b -> exp ((- b) * (1 / 2)) < 1.
Proof.
  intros b Hb; halves.
  pose proof (exp_increasing (- b / 2) 0 ltac:(lra)) as H; rewrite exp_0 in H; exact H.
Qed.

(** eps_LB decreases in n, increases in log|Pi| and, where eps_LB < kappa_0, in kappa_0 *)
Theorem D13_level_in_samples :
  forall kappa L n m : R, 0 < kappa -> 0 < L -> 0 < n -> 0 < m -> n < m ->
  kappa * L / (3072 * m) < kappa * L / (3072 * n).
Proof.
  intros kappa L n m Hk HL Hn Hm H.
  apply Rmult_lt_compat_l; [apply Rmult_lt_0_compat; assumption |].
  apply Rinv_lt_contravar; nra.
Qed.

(** eps_LB decreases in n, increases in log|Pi| and, where eps_LB < kappa_0, in kappa_0 *)
Theorem D13_derivative_positive :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> eps < kappa ->
  0 < eps * ln (kappa / eps) / (kappa * (1 + 2 * ln (kappa / eps))).
Proof.
  intros kappa eps Hk He H.
  assert (0 < ln (kappa / eps)) by (apply ln_gt_0, lt_div; lra).
  apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; lra.
Qed.

(** ** D14: rate *)

(** The one step of the derivation. *)
Theorem D14_logarithms :
  forall kappa L n : R, 0 < kappa -> 0 < L -> 0 < n ->
  ln (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n))) = 2 * (1 + 1 / 2 * ln (kappa * n / (1 /
  1536 * L))).
Proof.
  intros kappa L n Hk HL Hn.
  replace (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n)))
    with (exp 2 * (kappa * n / (1 / 1536 * L))) by (field; lra).
  rewrite ln_mult, ln_exp; [lra | apply exp_pos |].
  apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra.
Qed.

(** eps~ = sqrt(c_0 kappa L/(n(1 + log(kappa n/(2 c_0 L))/2))): the rate of (6) *)
Theorem D14_denominator_positive :
  forall kappa L n : R, 0 < kappa -> 0 < L -> 0 < n ->
  1 / 3072 * kappa * L / n <= exp 1 * kappa ^ 2 * (1 / 2) ->
  0 < 1 + 1 / 2 * ln (kappa * n / (1 / 1536 * L)).
Proof.
  intros kappa L n Hk HL Hn H; halves.
  assert (1 <= ln (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n)))) as Hl.
  { rewrite <- (ln_exp 1) at 1; apply ln_le; [apply exp_pos |].
    assert (0 < kappa * L / n) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
    replace (1 / 3072 * kappa * L / n) with (1 / 3072 * (kappa * L / n)) in * by lra.
    apply le_div; [lra |]. pose proof (exp_pos 1). rewrite exp_2_exp_1. nra. }
  rewrite D14_logarithms in Hl by assumption; lra.
Qed.

(** J = c_0 kappa_0 L/n and l = log(kappa_0 n/(2 c_0 L)). *)
Theorem D14_explicit_form_in_coordinates :
  forall J l : R, 0 < J -> (- 2) < l ->
  sqrt (2 * J / (2 * (1 + 1 / 2 * l))) = sqrt (J / (1 + 1 / 2 * l)).
Proof.
  intros J l HJ Hl; f_equal; field; lra.
Qed.

(** * The scalar checks of D15-D18, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the lower bound. *)

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
  split; [lra | split; compute_bounds].
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
  replace (1 - p + p * q) with (1 - p * (1 - q)) by lra; exact H.
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
  { replace (p * (q / c) + (1 - p) * / c) with ((1 - p + p * q) / c) by lra.
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
  replace (/ (2 * exp 1)) with (1 / (2 * exp 1)) by (pose proof (exp_pos 1); lra).
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
  repeat split; compute_bounds.
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
    by lra.
  apply div_le; lra.
Qed.

(** n >= 3(kappa_0-1)/d with kappa_0-1 = 3 n rho^2/d. *)
Theorem D17_share_hypothesis :
  forall d n rho : R, 1 <= d -> 0 < n -> 0 < rho -> rho <= 1 ->
  3 * (3 * n * rho ^ 2 / d) <= n * d -> 3 * rho <= d.
Proof.
  intros d n rho Hd Hn Hr Hr1 H.
  replace (3 * (3 * n * rho ^ 2 / d)) with (9 * n * rho ^ 2 / d) in H by lra.
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
    assert (2 * (383161 / 25000000) <= exp t * (1 / 12)) by compute_bounds; set (x := exp t) in * end.
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
