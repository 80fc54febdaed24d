(** * The scalar checks of F and G, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the files on linear softmax policies and the effective dimension. *)

From Coq Require Import Reals Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Scalar.Basics Scalar.Linear.
Open Scope R_scope.

(** ** F01: net *)

(** The quotient of the volumes. *)
Theorem F01_volume_ratio :
  forall (R_ : R) (s : R) (d : nat), 0 < R_ -> 0 < s -> 1 <= INR d ->
  ((R_ + s * (1 / 2)) / (s * (1 / 2))) ^ d = (1 + 2 * R_ / s) ^ d.
Proof.
  intros R s d Hr Hs Hd; f_equal; field; lra.
Qed.

(** N disjoint balls of volume a in a ball of volume b. *)
Theorem F01_volumes_compare :
  forall a b N_ : R, 0 < a -> 0 < b -> 0 <= N_ -> N_ * a <= b -> N_ <= b / a.
Proof.
  intros; apply le_div; lra.
Qed.

(** ** F02: log-ratio-lipschitz *)

(** u: difference of scores, v: of log-normalisers. *)
Theorem F02_two_terms :
  forall u v t : R, 0 <= t -> Rabs u <= t -> Rabs v <= t -> Rabs (u - v) <= 2 * t.
Proof.
  intros u v t Ht; apply F02_scalar.
Qed.

(** ** F03: normaliser *)

(** |log Z_theta/Z_theta'| <= B_phi ||theta - theta'|| *)
Theorem F03_one_score :
  forall a c : R, a <= c -> exp a <= exp c.
Proof. intros a c H; apply exp_le; exact H. Qed.

(** The larger score b + t moves the weight by e^t. *)
Theorem F03_factor :
  forall b t : R, 0 <= t -> exp (b + t) = exp t * exp b.
Proof. intros b t Ht; rewrite exp_plus; lra. Qed.

(** E = e^t; three responses, and the other direction with the roles exchanged. *)
Theorem F03_sum_of_scores :
  forall x1 x2 x3 y1 y2 y3 E_ : R, 0 < x1 -> 0 < x2 -> 0 < x3 -> 0 < y1 -> 0 < y2 -> 0 < y3 ->
  1 <= E_ -> x1 <= E_ * y1 -> x2 <= E_ * y2 -> x3 <= E_ * y3 ->
  x1 + x2 + x3 <= E_ * (y1 + y2 + y3).
Proof.
  intros; lra.
Qed.

(** A common shift attains the bound. *)
Theorem F03_one_score_attains :
  forall b t : R, 0 <= t -> ln (exp (b + t) / exp b) = t.
Proof.
  intros b t Ht; rewrite ln_quotient, !ln_exp by apply exp_pos; lra.
Qed.

(** ** F04: loss-lipschitz *)

(** Projected values x, y, s lie in [-B, B]. *)
Theorem F04_projection :
  forall x y s B t : R, 0 <= B -> 0 <= t -> Rabs x <= B -> Rabs y <= B -> Rabs s <= B ->
  Rabs (x - y) <= 2 * t -> Rabs ((x - s) ^ 2 - (y - s) ^ 2) <= 8 * t * B.
Proof.
  intros x y s B t HB Ht Hx Hy Hs H.
  apply abs_bounds in Hx; apply abs_bounds in Hy; apply abs_bounds in Hs.
  replace ((x - s) ^ 2 - (y - s) ^ 2) with ((x - y) * (x + y - 2 * s)) by lra.
  rewrite Rabs_mult; replace (8 * t * B) with (2 * t * (4 * B)) by lra.
  apply Rmult_le_compat; try apply Rabs_pos; [exact H | apply Rabs_le; lra].
Qed.

(** Projecting on [-B, B] does not increase distances. *)
Theorem F04_projection_contracts :
  forall x y B : R, 0 <= B ->
  Rabs ((Rmin B (Rmax x (- B))) - (Rmin B (Rmax y (- B)))) <= Rabs (x - y).
Proof.
  intros x y B HB; unfold Rmax; destruct (Rle_dec x (- B)), (Rle_dec y (- B));
    unfold Rmin; repeat (destruct Rle_dec);
    unfold Rabs; repeat (destruct Rcase_abs); lra.
Qed.

(** ** F05: uniform-bound *)

(** M, E: loss and empirical loss at the net point; t = beta e B; s = B^2 log(|net|/delta)/n. *)
Theorem F05_three_moves :
  forall L M E_ t s : R, 0 <= L -> 0 <= M -> 0 <= E_ -> 0 <= t -> 0 <= s -> L <= M + 8 * t ->
  E_ <= 8 * t -> M <= 2 * E_ + 8 / 3 * (4 * s) -> L <= 24 * t + 32 / 3 * s.
Proof.
  intros; lra.
Qed.

(** zero empirical loss gives L <= 24 beta e B + (32/3) B^2 log(|net|/delta)/n *)
Theorem F05_net_size_stated :
  forall (R_ : R) (B : R) (e_ : R) (d : nat), 0 < R_ -> 0 < B -> 0 < e_ -> 1 <= INR d ->
  INR d * ln (1 + 2 * R_ / (e_ / (2 * B))) = INR d * ln (1 + 4 * R_ * B / e_).
Proof.
  intros R B e d Hr HB He Hd; apply F05_net_size; assumption.
Qed.

(** ** F06: resolution *)

(** P = B_phi, D = delta, b = beta. *)
Theorem F06_substitution :
  forall b B n d R_ P D_ : R, 0 < b -> 0 < B -> 0 < n -> 0 <= d -> 0 < R_ -> 0 < P -> 0 < D_ ->
  D_ < 1 ->
  24 * b * (B / (b * n)) * B + 32 / 3 * B ^ 2 * (d * ln (1 + 4 * R_ * P / (B / (b * n))) + ln (/
  D_)) / n = B ^ 2 * (24 + 32 / 3 * (d * ln (1 + 4 * R_ * P * b * n / B) + ln (/ D_))) / n.
Proof.
  intros b B n d R P D; intros.
  replace (4 * R * P / (B / (b * n))) with (4 * R * P * b * n / B) by (field; lra).
  set (l := ln (1 + _)); set (m := ln (/ D)); field; lra.
Qed.

(** ** F07: stat-error *)

(** the square root of F06 replaces 2B sqrt(log(|Pi|/delta)/n) in C18 *)
Theorem F07_finite_class :
  forall B l n : R, 0 < B -> 0 < l -> 0 < n -> sqrt (4 * B ^ 2 * l / n) = 2 * B * sqrt (l / n).
Proof.
  intros B l n HB Hl Hn.
  assert (0 < l / n) by pos.
  apply sqrt_eq_of_sq; [apply Rmult_le_pos; [lra | apply sqrt_pos] |].
  replace (2 * B * sqrt (l / n) * (2 * B * sqrt (l / n)))
    with (4 * B ^ 2 * (sqrt (l / n) * sqrt (l / n))) by lra.
  rewrite sqrt_sqrt by lra; lra.
Qed.

(** the square root of F06 replaces 2B sqrt(log(|Pi|/delta)/n) in C18 *)
Theorem F07_monotone :
  forall L U : R, 0 <= L -> 0 <= U -> L <= U -> sqrt L <= sqrt U.
Proof.
  intros; apply sqrt_le_1_alt; assumption.
Qed.

(** ** F08: regimes *)

(** both branches of C24; saturated for A >= 1 - c, where kappa_1 <= 1/c *)
Theorem F08_saturated :
  forall A c t : R, 0 < A -> 0 < c -> c < 1 -> 1 < t -> 1 - c <= A -> t <= / c ->
  1 <= A * t / (t - 1).
Proof.
  intros A c t HA Hc Hc1 Ht H H'.
  assert (c * t <= 1) by (apply mul_le_of_le_inv; assumption).
  apply le_div; [lra |]. nra.
Qed.

(** 1 plus the integral of 1 over (1, 1/c]. *)
Theorem F08_saturated_value :
  forall c : R, 0 < c -> c < 1 -> 1 + (/ c - 1) = / c.
Proof.
  intros; lra.
Qed.

(** ** F09: theorem-6-2 *)

(** s = sqrt(kappa), l = log kappa, under A-CONC with C_t <= kappa_t. *)
Theorem F09_one_round :
  forall k1 e_ s b l g c A : R, 1 <= k1 -> 0 <= e_ -> 1 <= s -> 0 < b -> b <= 1 -> 0 <= l ->
  0 < g -> 0 < c -> c <= 1 -> 0 <= A -> k1 <= 1 + A / c -> A = (2 * e_ * s + b * l) / g ->
  k1 <= 1 + (2 * e_ * s + b * l) / (g * c).
Proof.
  intros k1 e s b l g c A Hk He Hs Hb Hb1 Hl Hg Hc Hc1 HA H E.
  replace ((2 * e * s + b * l) / (g * c)) with (A / c); [exact H |].
  rewrite E; field; lra.
Qed.

(** By C28, log kappa <= sqrt(kappa). *)
Theorem F09_recurrence :
  forall e_ s b l g c : R, 0 <= e_ -> 1 <= s -> 0 < b -> b <= 1 -> 0 <= l -> 0 < g -> 0 < c ->
  c <= 1 -> l <= s -> 1 + (2 * e_ * s + b * l) / (g * c) <= 1 + (2 * e_ + b) / (g * c) * s.
Proof.
  intros e s b l g c He Hs Hb Hb1 Hl Hg Hc Hc1 H.
  apply Rplus_le_compat_l.
  replace ((2 * e + b) / (g * c) * s) with ((2 * e + b) * s / (g * c)) by lra.
  apply Rmult_le_compat_r; [left; pos | nra].
Qed.

(** ** F10: exact-recovery *)

(** Dimension 2: two independent differences leave no error. *)
Theorem F10_two_equations :
  forall u v a1 a2 b1 b2 : R, a1 * u + a2 * v = 0 -> b1 * u + b2 * v = 0 ->
  a1 * b2 < a2 * b1 \/ a2 * b1 < a1 * b2 -> u = 0 /\ v = 0.
Proof.
  intros u v a1 a2 b1 b2 H1 H2 Hdet.
  assert (Hne : a1 * b2 - a2 * b1 <> 0) by (destruct Hdet; lra).
  assert (Eu : u * (a1 * b2 - a2 * b1) = 0).
  { replace (u * (a1 * b2 - a2 * b1)) with (b2 * (a1 * u + a2 * v) - a2 * (b1 * u + b2 * v)) by lra.
    rewrite H1, H2; lra. }
  assert (Ev : v * (a1 * b2 - a2 * b1) = 0).
  { replace (v * (a1 * b2 - a2 * b1)) with (a1 * (b1 * u + b2 * v) - b1 * (a1 * u + a2 * v)) by lra.
    rewrite H1, H2; lra. }
  apply Rmult_integral in Eu; apply Rmult_integral in Ev; tauto.
Qed.

(** P(y != y') <= 1 - u^2 for mode mass u. *)
Theorem F10_distinct_pairs :
  forall u : R, 0 <= u -> u <= 1 -> 1 - u ^ 2 <= 2 * (1 - u).
Proof.
  intros; nra.
Qed.

(** Jensen: E[1 - u] <= 1 - 1/kappa. *)
Theorem F10_distinct_pairs_two_prompts :
  forall w u v : R, 0 <= w -> w <= 1 -> 0 < u -> u <= 1 -> 0 < v -> v <= 1 ->
  2 * (w * (1 - u) + (1 - w) * (1 - v)) <= 2 * (1 + (- 1) / (w / u + (1 - w) / v)).
Proof.
  intros w u v Hw Hw1 Hu Hu1 Hv Hv1.
  assert (0 < / u) by (apply Rinv_0_lt_compat; exact Hu).
  assert (0 < / v) by (apply Rinv_0_lt_compat; exact Hv).
  assert (HX : 0 < w / u + (1 - w) / v) by (unfold Rdiv; nra).
  assert (/ (w / u + (1 - w) / v) <= w * u + (1 - w) * v) as Hinv.
  { apply inv_le; [exact HX |].
    replace ((w * u + (1 - w) * v) * (w / u + (1 - w) / v))
      with (1 + w * (1 - w) * ((u - v) ^ 2 / (u * v))) by (field; lra).
    assert (0 <= (u - v) ^ 2 / (u * v)) by (apply le_div; [nra | pose proof (pow2_ge_0 (u - v)); lra]).
    assert (0 <= w * (1 - w)) by nra.
    nra. }
  unfold Rdiv in *; lra.
Qed.

(** ** G01: range *)

(** A zero eigenvalue contributes 0, so the sum is at most the rank. *)
Theorem G01_term_range :
  forall x l : R, 0 <= x -> 0 < l -> 0 <= x / (x + l) /\ x / (x + l) <= 1 /\ x / (x + l) <= x / l.
Proof.
  intros x l Hx Hl; split; [| split].
  - apply G01_term_nonneg; assumption.
  - apply G02_term_le_1; assumption.
  - apply G02_term_le_ratio; assumption.
Qed.

(** 0 <= d_lambda <= min(rank Sigma, tr Sigma/lambda), non-increasing; d sigma^2/(sigma^2+lambda) for sigma^2 I *)
Theorem G01_term_falls :
  forall x l m : R, 0 <= x -> 0 < l -> 0 < m -> l <= m -> x / (x + m) <= x / (x + l).
Proof.
  intros; apply G01_term_antitone; assumption.
Qed.

(** ** G02: k-split *)

(** d_lambda <= k + (1/lambda) sum_{i>k} lambda_i for every k; d_lambda >= #{lambda_i >= lambda}/2 *)
Theorem G02_large_term :
  forall x l : R, 0 <= x -> 0 < l -> l <= x -> 1 / 2 <= x / (x + l).
Proof.
  intros; apply G02_term_ge_half; assumption.
Qed.

(** ** G03: exponential *)

(** r = C/lambda, x = alpha k. *)
Theorem G03_split_point :
  forall r x : R, 1 <= r -> 0 <= x -> ln r <= x -> r * exp (- x) <= 1.
Proof.
  intros r x Hr Hx H; apply le_exp_of_ln in H; [| lra].
  rewrite exp_Ropp; fold (r / exp x); apply div_le; [apply exp_pos | lra].
Qed.

(** y = r e^{-alpha k}, E = e^alpha: the tail of the series over lambda. *)
Theorem G03_tail :
  forall y E_ : R, 0 <= y -> 1 < E_ -> y <= 1 -> y / (E_ - 1) <= / (E_ - 1).
Proof.
  intros y E Hy HE H.
  rewrite <- (Rmult_1_l (/ (E - 1))); apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact H].
Qed.

(** lambda_i <= C e^{-alpha i}, lambda <= C: d_lambda <= ceil(log(C/lambda)/alpha) + 1/(e^alpha - 1) *)
Theorem G03_geometric_series :
  forall a : R, 0 < a -> exp (- a) / (1 - exp (- a)) = / (exp a - 1).
Proof.
  intros a Ha; pose proof (exp_gt_1 a Ha).
  rewrite exp_Ropp; field; lra.
Qed.

(** ** G04: polynomial *)

(** r = C/lambda, q = k^{1-p}; r <= k^p gives r q <= k. *)
Theorem G04_tail :
  forall (r : R) (q : R) (k : nat) (p : R), 0 < r -> 0 < q -> 1 <= INR k -> 1 < p ->
  r * q <= INR k -> INR k + r * q / (p - 1) <= INR k * p / (p - 1).
Proof.
  intros r q k p Hr Hq Hk Hp H.
  replace (INR k * p / (p - 1)) with (INR k + INR k / (p - 1)) by (field; lra).
  apply Rplus_le_compat_l, Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact H].
Qed.

(** lambda_i <= C i^{-p}, p > 1: d_lambda <= ceil((C/lambda)^{1/p}) p/(p-1) *)
Theorem G04_tail_power :
  forall k p : R, 1 <= k -> 1 < p -> Rpower k p * Rpower k (1 - p) = k.
Proof.
  intros k p Hk Hp; rewrite <- Rpower_plus.
  replace (p + (1 - p)) with 1 by lra; apply Rpower_1; lra.
Qed.

(** The terms fall, which is what the integral test asks for; and r <= k^p. *)
Theorem G04_power_falls :
  forall x y p : R, 0 < x -> 0 < y -> 1 < p -> y <= x -> Rpower y p <= Rpower x p.
Proof.
  intros x y p Hx Hy Hp H; apply Rle_Rpower_l; lra.
Qed.

(** ** G05: spiked *)

(** Two spikes a, b and a tail c. *)
Theorem G05_four_eigenvalues :
  forall a b c l : R, 0 <= a -> 0 <= b -> 0 <= c -> 0 < l ->
  a / (a + l) + b / (b + l) + c / (c + l) <= 2 + c / l.
Proof.
  intros a b c l; intros.
  assert (a / (a + l) <= 1) by (apply G02_term_le_1; assumption).
  assert (b / (b + l) <= 1) by (apply G02_term_le_1; assumption).
  assert (c / (c + l) <= c / l) by (apply G02_term_le_ratio; assumption).
  lra.
Qed.

(** ** G06: covering *)

(** with lambda = eps^2/(4R^2): log-covering <= sum_{i<=k} log(4(1+sqrt3/2)R sqrt(lambda_i)/(sqrt3 eps)) <= 2 d_lambda log+(5R sqrt(lambda_1)/eps) *)
Theorem G06_ignored_directions :
  forall R_ x l e_ : R, 0 < R_ -> 0 <= x -> 0 < l -> 0 < e_ -> x <= l ->
  l = e_ ^ 2 / (4 * R_ ^ 2) -> R_ * sqrt x <= e_ * (1 / 2).
Proof.
  intros R x l e HR Hx Hl He H E; halves.
  assert (sqrt x <= e / (2 * R)) as Hs.
  { apply sqrt_le_of_sq; [left; pos |].
    replace (e / (2 * R) * (e / (2 * R))) with (e ^ 2 / (4 * R ^ 2)) by (field; lra). lra. }
  replace (e / 2) with (R * (e / (2 * R))) by (field; lra).
  apply Rmult_le_compat_l; lra.
Qed.

(** The ignored and the covered directions are orthogonal. *)
Theorem G06_two_parts :
  forall e_ : R, 0 < e_ -> (e_ * (1 / 2)) ^ 2 + (sqrt 3 * e_ * (1 / 2)) ^ 2 = e_ ^ 2.
Proof.
  intros e He; halves.
  pose proof (sqrt_sqrt 3 ltac:(lra)) as S.
  replace ((e / 2) ^ 2 + (sqrt 3 * e / 2) ^ 2) with (e ^ 2 * (1 + sqrt 3 * sqrt 3) / 4) by lra.
  rewrite S; lra.
Qed.

(** Every axis a = R sqrt(lambda_i) is at least eps/2: the ball of radius sqrt3 eps/4 lies in (sqrt3/2) E. *)
Theorem G06_packing_ball :
  forall a e_ : R, 0 < a -> 0 < e_ -> e_ * (1 / 2) <= a ->
  sqrt 3 * e_ * (1 / 4) <= sqrt 3 * (1 / 2) * a.
Proof.
  intros a e Ha He H. pose proof (sqrt_lt_R0 3 ltac:(lra)) as S. nra.
Qed.

(** What one axis of (1 + sqrt3/2) E contributes to the ratio of volumes. *)
Theorem G06_axis_factor :
  forall a e_ : R, 0 < a -> 0 < e_ ->
  (1 + sqrt 3 * (1 / 2)) * a / (sqrt 3 * e_ * (1 / 4)) = 4 * (1 + sqrt 3 * (1 / 2)) * a / (sqrt 3 * e_).
Proof.
  intros a e Ha He. pose proof (sqrt_lt_R0 3 ltac:(lra)) as S. field. lra.
Qed.

(** with lambda = eps^2/(4R^2): log-covering <= sum_{i<=k} log(4(1+sqrt3/2)R sqrt(lambda_i)/(sqrt3 eps)) <= 2 d_lambda log+(5R sqrt(lambda_1)/eps) *)
Theorem G06_constant_stated :
  4 * (1 + sqrt 3 * (1 / 2)) / sqrt 3 <= 431 / 100 /\ 431 / 100 <= 5.
Proof.
  intros; compute_bounds.
Qed.

(** Each direction counted adds at least 1/2 to d_lambda: k <= 2 d_lambda. *)
Theorem G06_count :
  forall x l : R, 0 <= x -> 0 < l -> l < x -> 1 / 2 <= x / (x + l).
Proof.
  intros; apply G02_term_ge_half; lra.
Qed.

(** ** G07: arbitrary-ridge *)

(** Every constant c fails at lambda = 2c. *)
Theorem G07_no_constant_stated :
  forall c : R, 0 < c -> c / (1 + 2 * c) * ln 11 < ln 10.
Proof.
  intros c Hc.
  assert (c / (1 + 2 * c) <= 1 / 2) by (apply div_le; lra).
  assert (1 / 2 * ln 11 < ln 10) by compute_bounds.
  assert (0 < ln 11) by (apply ln_gt_0; lra).
  nra.
Qed.

(** ** G08: schedules *)

(** G03 at alpha = 1, C = 1, lambda = 1/d: d_lambda = O(log d). *)
Theorem G08_single_logarithm :
  forall d : R, 3 <= d -> ln d * 1 + 1 + / (exp 1 - 1) <= 4 * ln d.
Proof.
  intros d Hd.
  assert (ln 3 <= ln d) by (apply ln_le; lra).
  assert (1 + / (exp 1 - 1) <= 3 * ln 3) by compute_bounds. lra.
Qed.

(** lambda = 1/sqrt(n): d_lambda = O(log n), free of d. *)
Theorem G08_sample_ridge :
  forall n : R, 3 <= n -> ln (sqrt n) + 1 + / (exp 1 - 1) <= 3 * ln n.
Proof.
  intros n Hn; rewrite ln_sqrt by lra.
  assert (ln 3 <= ln n) by (apply ln_le; lra).
  assert (1 + / (exp 1 - 1) <= 5 / 2 * ln 3) by compute_bounds. lra.
Qed.

(** G06's tie for lambda = 1/sqrt(n): eps = 2R n^{-1/4}. *)
Theorem G08_coarse_resolution :
  forall R_ n l e_ : R, 0 < R_ -> 0 < n -> 0 < l -> 0 < e_ -> l = / sqrt n ->
  e_ = 2 * R_ / sqrt (sqrt n) -> l = e_ ^ 2 / (4 * R_ ^ 2).
Proof.
  intros R n l e HR Hn Hl He El Ee; subst l e.
  pose proof (sqrt_lt_R0 n Hn) as S; pose proof (sqrt_lt_R0 (sqrt n) S) as S'.
  pose proof (sqrt_sqrt (sqrt n) ltac:(lra)) as Q.
  replace ((2 * R / sqrt (sqrt n)) ^ 2 / (4 * R ^ 2)) with (/ (sqrt (sqrt n) * sqrt (sqrt n)))
    by (field; lra).
  rewrite Q; reflexivity.
Qed.

(** What F06's resolution asks of the ridge. *)
Theorem G08_fine_resolution :
  forall B R_ b n l e_ : R, 0 < B -> 0 < R_ -> 0 < b -> 0 < n -> 0 < l -> 0 < e_ ->
  e_ = B / (b * n) -> l = e_ ^ 2 / (4 * R_ ^ 2) -> l = B ^ 2 / (4 * R_ ^ 2 * b ^ 2 * n ^ 2).
Proof.
  intros B R b n l e HB HR Hb Hn Hl He Ee El; subst l e.
  field; lra.
Qed.

(** ** G09: log-rank *)

(** tail mass tau beyond k directions and lambda >= tau give d_lambda <= k + 1 *)
Theorem G09_tail :
  forall (k : nat) (tau : R) (l : R), 0 <= tau -> 0 < l -> tau <= l ->
  INR k + tau / l <= INR k + 1.
Proof.
  intros k tau l Ht Hl H.
  apply Rplus_le_compat_l, div_le; lra.
Qed.

(** ** G10: metric-mismatch *)

(** Two directions with eigenvalues s, t: A-NORM holds with this kappa_phi = k. *)
Theorem G10_norms_compare :
  forall a b s t k : R, 0 < s -> 0 < t -> 0 < k -> 1 <= k ^ 2 * s -> 1 <= k ^ 2 * t ->
  (Rmax (a ^ 2) (b ^ 2)) <= k ^ 2 * (s * a ^ 2 + t * b ^ 2).
Proof.
  intros a b s t k Hs Ht Hk H1 H2.
  pose proof (pow2_ge_0 a) as Ha; pose proof (pow2_ge_0 b) as Hb; pose proof (pow_lt k 2 Hk) as Hk2.
  assert (a ^ 2 <= k ^ 2 * s * a ^ 2) by nra.
  assert (b ^ 2 <= k ^ 2 * t * b ^ 2) by nra.
  assert (0 <= k ^ 2 * s * a ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  assert (0 <= k ^ 2 * t * b ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  apply Rmax_lub; lra.
Qed.

(** The bound without A-NORM: q = u' Sigma u on the sample's kernel, ||u|| <= 2R. *)
Theorem G10_unseen_directions :
  forall b q l u R_ : R, 0 < b -> 0 <= q -> 0 < l -> 0 <= u -> 0 < R_ -> q <= l * u ^ 2 ->
  u <= 2 * R_ -> b ^ 2 * q <= 4 * b ^ 2 * R_ ^ 2 * l.
Proof.
  intros b q l u R Hb Hq Hl Hu HR H1 H2.
  pose proof (pow_lt b 2 Hb).
  assert (u ^ 2 <= 4 * R ^ 2) by nra.
  assert (l * u ^ 2 <= l * (4 * R ^ 2)) by (apply Rmult_le_compat_l; lra).
  replace (4 * b ^ 2 * R ^ 2 * l) with (b ^ 2 * (l * (4 * R ^ 2))) by lra.
  apply Rmult_le_compat_l; lra.
Qed.
