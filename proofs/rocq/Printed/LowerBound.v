(** * The scalar checks of K and D01-D07, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on the lower bound. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics Scalar.LambertInversion Scalar.LowerBound
  Scalar.Preliminaries Printed.Tactics.
Open Scope R_scope.

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
    replace (w * (N * u)) with (w * N * u) by ring; rewrite <- Eu; field; lra.
  - apply Rmult_eq_reg_l with (1 - w); [| lra].
    replace ((1 - w) * (N * v)) with ((1 - w) * N * v) by ring; rewrite <- Ev; field; lra.
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
  rewrite ln_quotient, ln_Rinv by lra; ring.
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
