(** Section 3 as printed, and the negations of what is refuted. *)

From Coq Require Import Reals Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Scalar.LambertW Scalar.Basics.
Open Scope R_scope.

(** * The scalar checks of S and E, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints. *)

(** ** S01: gibbs-optimum *)

(** Any positive weights and any Z; probabilities make p1 + p2 equal 1. *)
Theorem S01_identity_two_responses :
  forall p1 p2 q1 q2 r1 r2 b Z_ : R, 0 < p1 -> 0 < p2 -> 0 < q1 -> 0 < q2 -> 0 < b -> 0 < Z_ ->
  p1 * r1 + p2 * r2 - b * (p1 * ln (p1 / q1) + p2 * ln (p2 / q2)) = (p1 + p2) * b * ln Z_ - b * (p1
  * ln (p1 / (q1 * exp (r1 / b) / Z_)) + p2 * ln (p2 / (q2 * exp (r2 / b) / Z_))).
Proof.
  intros; rewrite !ln_quotient, !ln_mult, !ln_exp by pos; field; lra.
Qed.

(** With u = p/p*: each term of KL exceeds p - p*, and these sum to 0. *)
Theorem S01_divergence_below_one :
  forall u : R, 0 < u -> u < 1 -> u - 1 < u * ln u.
Proof.
  intros u Hu H; pose proof (ln_ge_1_sub_inv u Hu).
  pose proof (ln_lt_sub_1 (/ u) ltac:(apply Rinv_0_lt_compat; exact Hu)) as Hl.
  rewrite ln_Rinv in Hl by exact Hu.
  assert (/ u <> 1) as Hne by (intro E; assert (u * / u = 1) by (field; lra); rewrite E in *; lra).
  specialize (Hl Hne).
  assert (u * / u = 1) by (field; lra). nra.
Qed.

(** The same above 1: KL vanishes only where p = p*. *)
Theorem S01_divergence_above_one :
  forall u : R, 1 < u -> u - 1 < u * ln u.
Proof.
  intros u Hu.
  pose proof (ln_lt_sub_1 (/ u) ltac:(apply Rinv_0_lt_compat; lra)) as Hl.
  rewrite ln_Rinv in Hl by lra.
  assert (/ u <> 1) as Hne by (intro E; assert (u * / u = 1) by (field; lra); rewrite E in *; lra).
  specialize (Hl Hne).
  assert (u * / u = 1) by (field; lra). nra.
Qed.

(** ** S02: self-reward-power *)

(** with r = log q the optimum is p* = q^{1+1/beta} / sum q^{1+1/beta} *)
Theorem S02_weight :
  forall q b : R, 0 < q -> q <= 1 -> 0 < b -> q * exp (ln q / b) = Rpower q (1 + / b).
Proof.
  intros q b Hq Hq1 Hb; unfold Rpower.
  replace ((1 + / b) * ln q) with (ln q + ln q / b) by lra.
  rewrite exp_plus, exp_ln by exact Hq; reflexivity.
Qed.

(** with r = log q the optimum is p* = q^{1+1/beta} / sum q^{1+1/beta} *)
Theorem S02_two_responses :
  forall q s b : R, 0 < q -> q < 1 -> 0 < s -> s < 1 -> 0 < b ->
  q * exp (ln q / b) / (q * exp (ln q / b) + s * exp (ln s / b)) = Rpower q (1 + / b) / (Rpower q (1
  + / b) + Rpower s (1 + / b)).
Proof.
  intros q s b; intros.
  rewrite !S02_weight by lra; reflexivity.
Qed.

(** ** S03: reward-identity *)

(** r = beta log(p*/q) + beta log Z, and differences lose Z *)
Theorem S03_reward :
  forall q Z_ b r : R, 0 < q -> q < 1 -> 0 < Z_ -> 0 < b ->
  b * ln (q * exp (r / b) / Z_ / q) + b * ln Z_ = r.
Proof.
  intros q Z b r; intros.
  replace (q * exp (r / b) / Z / q) with (exp (r / b) / Z) by (field; lra).
  rewrite ln_quotient, ln_exp by pos; field; lra.
Qed.

(** r = beta log(p*/q) + beta log Z, and differences lose Z *)
Theorem S03_difference :
  forall q q2 Z_ b r r2 : R, 0 < q -> q < 1 -> 0 < q2 -> q2 < 1 -> 0 < Z_ -> 0 < b ->
  b * ln (q * exp (r / b) / Z_ / q) - b * ln (q2 * exp (r2 / b) / Z_ / q2) = r - r2.
Proof.
  intros q q2 Z b r r2; intros.
  replace (q * exp (r / b) / Z / q) with (exp (r / b) / Z) by (field; lra).
  replace (q2 * exp (r2 / b) / Z / q2) with (exp (r2 / b) / Z) by (field; lra).
  rewrite !ln_quotient, !ln_exp by pos; field; lra.
Qed.

(** ** S04: dpo-square-loss *)

(** An identity: it needs no sign of the third probability 1 - q1 - q2. *)
Theorem S04_variance_three_responses :
  forall q1 q2 h1 h2 h3 : R, 0 < q1 -> q1 < 1 -> 0 < q2 -> q2 < 1 ->
  2 * q1 * q2 * (h1 - h2) ^ 2 + 2 * q1 * (1 - q1 - q2) * (h1 - h3) ^ 2 + 2 * q2 * (1 - q1 - q2) *
  (h2 - h3) ^ 2 = 2 * (q1 * h1 ^ 2 + q2 * h2 ^ 2 + (1 - q1 - q2) * h3 ^ 2 - (q1 * h1 + q2 * h2 + (1
  - q1 - q2) * h3) ^ 2).
Proof.
  intros; lra.
Qed.

(** the pairwise square loss is twice a variance, zero exactly at p* *)
Theorem S04_zero_iff_constant :
  forall q1 q2 q3 h1 h2 h3 : R, 0 < q1 -> q1 < 1 -> 0 < q2 -> q2 < 1 -> 0 < q3 -> q3 < 1 ->
  q1 * q2 * (h1 - h2) ^ 2 + q1 * q3 * (h1 - h3) ^ 2 + q2 * q3 * (h2 - h3) ^ 2 = 0 ->
  h1 = h2 /\ h2 = h3.
Proof.
  intros q1 q2 q3 h1 h2 h3; intros.
  assert (0 < q1 * q2) by pos; assert (0 < q1 * q3) by pos; assert (0 < q2 * q3) by pos.
  pose proof (pow2_ge_0 (h1 - h2)); pose proof (pow2_ge_0 (h1 - h3)); pose proof (pow2_ge_0 (h2 - h3)).
  assert ((h1 - h2) ^ 2 = 0) as E1 by nra.
  assert ((h2 - h3) ^ 2 = 0) as E2 by nra.
  rewrite <- Rsqr_pow2 in E1, E2; apply Rsqr_0_uniq in E1; apply Rsqr_0_uniq in E2; lra.
Qed.

(** ** S05: iterated-closed-form *)

(** exact rounds under A-REAL give pi_T proportional to pi_0^{alpha_T}, alpha_T = (1+1/beta)^T *)
Theorem S05_powers_multiply :
  forall q a b : R, 0 < q -> q <= 1 -> 0 < a -> 0 < b ->
  Rpower (Rpower q a) (1 + / b) = Rpower q (a * (1 + / b)).
Proof.
  intros; apply Rpower_mult.
Qed.

(** Two responses; c = 1 + 1/beta. *)
Theorem S05_normaliser_cancels :
  forall q s a c Z_ : R, 0 < q -> q < 1 -> 0 < s -> s < 1 -> 0 < a -> 0 < c -> 0 < Z_ ->
  Rpower (Rpower q a / Z_) c / (Rpower (Rpower q a / Z_) c + Rpower (Rpower s a / Z_) c) = Rpower q
  (a * c) / (Rpower q (a * c) + Rpower s (a * c)).
Proof.
  intros q s a c Z; intros.
  rewrite !Rpower_quotient by pos; rewrite !Rpower_mult.
  assert (0 < Rpower q (a * c)) by pos; assert (0 < Rpower s (a * c)) by pos; assert (0 < Rpower Z c) by pos.
  field; lra.
Qed.

(** ** S06: margin-growth *)

(** the margin of pi_T is alpha_T times the margin of pi_0 along S05 *)
Theorem S06_log_difference :
  forall q s a Z_ : R, 0 < q -> q < 1 -> 0 < s -> s < 1 -> 0 < a -> 0 < Z_ ->
  ln (Rpower q a / Z_) - ln (Rpower s a / Z_) = a * (ln q - ln s).
Proof.
  intros; rewrite !ln_quotient by pos; unfold Rpower; rewrite !ln_exp; lra.
Qed.

(** ** S07: population-condition-number *)

(** One prompt, three responses with mode mass u and E = e^{-margin}. *)
Theorem S07_inverse_mode_three_responses :
  forall u v w E_ : R, 0 < u -> u <= 1 -> 0 <= v -> v <= 1 -> 0 <= w -> w <= 1 -> 0 < E_ -> E_ < 1 ->
  u + v + w = 1 -> v <= u * E_ -> w <= u * E_ -> / u <= 1 + 2 * E_.
Proof.
  intros; apply inv_le; lra.
Qed.

(** Any N with E = e^{-margin}: the other responses have mass at most (N-1) u E together. *)
Theorem S07_inverse_mode_stated :
  forall u E_ N_ : R, 0 < u -> u <= 1 -> 0 < E_ -> E_ < 1 -> 2 <= N_ ->
  1 - u <= (N_ - 1) * u * E_ -> / u <= 1 + (N_ - 1) * E_.
Proof.
  intros; apply inv_le; lra.
Qed.

(** ** S08: realizability-horizon *)

(** t = T log(1 + 1/beta) and r = R/||theta_0||: up to the horizon the radius suffices. *)
Theorem S08_horizon_stated :
  forall r t : R, 0 < r -> t <= ln r -> exp t <= r.
Proof.
  intros r t Hr H; rewrite <- (exp_ln r) by exact Hr; apply exp_le; exact H.
Qed.

(** Beyond the horizon it does not. *)
Theorem S08_beyond_horizon :
  forall r t : R, 0 < r -> ln r < t -> r < exp t.
Proof.
  intros r t Hr H; rewrite <- (exp_ln r) by exact Hr; apply exp_increasing; exact H.
Qed.

(** alpha_T = e^t. *)
Theorem S08_growth_as_exponential :
  forall b T : R, 0 < b -> 0 < T -> Rpower (1 + / b) T = exp (T * ln (1 + / b)).
Proof.
  intros; repeat split; lra.
Qed.

(** One round bounds the margin: gamma <= 2 B_phi ||theta_0||. *)
Theorem S08_one_round :
  forall g B R_ b m : R, 0 < g -> 0 < B -> 0 < R_ -> 0 < b -> 0 < m -> (1 + / b) * m <= R_ ->
  g <= 2 * B * m -> g <= 2 * B * R_ * b / (1 + b).
Proof.
  intros g B r b m; intros.
  assert ((1 + b) * m <= r * b).
  { replace ((1 + b) * m) with ((1 + / b) * m * b) by (field; lra). apply Rmult_le_compat_r; lra. }
  assert (g * (1 + b) <= 2 * B * m * (1 + b)) by (apply Rmult_le_compat_r; lra).
  assert (2 * B * ((1 + b) * m) <= 2 * B * (r * b)) by (apply Rmult_le_compat_l; lra).
  apply le_div; lra.
Qed.

(** With k = log kappa_0: the bias term does not vanish with beta. *)
Theorem S08_bias_stays_stated :
  forall g B R_ b k : R, 0 < g -> 0 < B -> 0 < R_ -> 0 < b -> 0 <= k ->
  g <= 2 * B * R_ * b / (1 + b) -> (1 + b) * k / (2 * B * R_) <= b * k / g.
Proof.
  intros g B r b k Hg HB Hr Hb Hk H.
  apply mul_le_of_div in H; [| lra].
  assert (0 < B * r) by pos.
  apply div_le; [lra |].
  replace (b * k / g * (2 * B * r)) with (2 * B * r * b * k / g) by lra.
  apply le_div; [exact Hg |].
  replace ((1 + b) * k * g) with (g * (1 + b) * k) by lra.
  apply Rmult_le_compat_r; assumption.
Qed.

(** ** S09: minimum-probability-horizon *)

(** A response other than the mode, at margin g. *)
Theorem S09_least_probability :
  forall u v g : R, 0 < u -> u <= 1 -> 0 < v -> v <= 1 -> 0 <= g -> v <= u * exp (- g) ->
  v <= exp (- g).
Proof.
  intros; nra.
Qed.

(** n = 100, beta = 1/10, gamma_0 = 1/10, T = 2. *)
Theorem S09_hundred_samples :
  179000 <= exp (121 / 10) /\ exp (121 / 10) < 180000.
Proof.
  intros; split; compute_bounds.
Qed.

(** The mode's mass is at least the mean mass: c = 1/N is always available. *)
Theorem S09_weak_constant :
  forall u N_ : R, 0 < u -> u <= 1 -> 2 <= N_ -> 1 <= N_ * u -> / N_ <= u.
Proof.
  intros; apply inv_le; lra.
Qed.

(** ** E01: success-above-half *)

(** c is one conditional along the mode, m the product of the others. *)
Theorem E01_conditional :
  forall c m : R, 0 <= c -> c <= 1 -> 0 <= m -> m <= 1 -> 1 / 2 < c * m -> 1 / 2 < c.
Proof.
  intros; nra.
Qed.

(** Any other token of the step has a smaller conditional. *)
Theorem E01_no_rival :
  forall c d : R, 0 <= c -> c <= 1 -> 0 <= d -> d <= 1 -> 1 / 2 < c -> c + d <= 1 -> d < c.
Proof.
  intros; lra.
Qed.

(** ** E02: trap *)

(** V = 2: the whole rest goes to the trap. *)
Theorem E02_room_binary_stated :
  forall q : R, 1 / 3 < q -> q < 1 / 2 -> 0 < 1 - 2 * q /\ 1 - 2 * q < q.
Proof.
  intros; lra.
Qed.

(** the trap construction has room iff q > 1/3 (V = 2) or q > 1/(3+(V-2)V^{L-1}) (V >= 3) *)
Theorem E02_room_binary_needed :
  forall q e_ : R, 0 < q -> q < 1 / 2 -> 0 < e_ -> e_ < 1 -> e_ = 1 - 2 * q -> e_ < q -> 1 / 3 < q.
Proof.
  intros; lra.
Qed.

(** V >= 3: an e fits between what must and what may go to the trap. *)
Theorem E02_room :
  forall q S_ : R, 0 < q -> q < 1 / 2 -> 0 < S_ -> 1 < (3 + S_) * q ->
  (Rmax 0 (1 - 2 * q - S_ * q)) < (Rmin q (1 - 2 * q)).
Proof.
  intros q S Hq Hq2 HS H.
  apply Rmax_lub_lt; apply Rmin_glb_lt; nra.
Qed.

(** the trap construction has room iff q > 1/3 (V = 2) or q > 1/(3+(V-2)V^{L-1}) (V >= 3) *)
Theorem E02_room_needed :
  forall q S_ e_ : R, 0 < q -> q < 1 / 2 -> 0 < S_ -> 0 < e_ -> e_ < 1 -> e_ < q ->
  1 - 2 * q - e_ <= S_ * q -> 1 < (3 + S_) * q.
Proof.
  intros; lra.
Qed.

(** At the largest trap, e near q, the mean of the other tokens lies below the trap. *)
Theorem E02_greedy_pick :
  forall (q : R) (V : nat), 0 < q -> q < 1 / 2 -> 3 <= INR V -> 1 < (2 * INR V - 1) * q ->
  (1 - 3 * q) / (INR V - 2) < 2 * q.
Proof.
  intros; apply div_lt; lra.
Qed.

(** If every other token is lighter than the trap, their mean is. *)
Theorem E02_greedy_pick_needed :
  forall (q : R) (e_ : R) (V : nat), 0 < q -> q < 1 / 2 -> 0 < e_ -> e_ < 1 -> 3 <= INR V ->
  1 - 2 * q - e_ < (INR V - 2) * (q + e_) -> e_ < q -> 1 < (2 * INR V - 1) * q.
Proof.
  intros; nra.
Qed.

(** ** E03: half-boundary *)

(** mass exactly 1/2 is not below 1/2: there greedy can fail by a tie only *)
Theorem E03_room_below_half :
  forall q : R, 0 < q -> q < 1 / 2 -> 0 < 1 - 2 * q.
Proof.
  intros; lra.
Qed.

(** At 1/2 no other token can be strictly heavier. *)
Theorem E03_only_ties :
  forall c m : R, 0 <= c -> c <= 1 -> 0 <= m -> m <= 1 -> 1 / 2 <= c * m ->
  1 / 2 <= c /\ 1 - c <= c.
Proof.
  intros; nra.
Qed.

(** Full support and L >= 2 make the product m of the other conditionals less than 1. *)
Theorem E03_no_tie_with_full_support :
  forall c m : R, 0 < c -> c < 1 -> 0 < m -> m < 1 -> 1 / 2 <= c * m -> 1 / 2 < c.
Proof.
  intros; nra.
Qed.

(** ** E04: feasibility *)

(** M = V^L sequences, the others each lighter than the mode. *)
Theorem E04_above_the_mean :
  forall (q : R) (M : nat), 0 < q -> q < 1 -> 2 <= INR M -> 1 - q < (INR M - 1) * q ->
  1 < INR M * q.
Proof.
  intros; lra.
Qed.

(** V = 2, H = 2^{L-1}: the first token's mass a fits. *)
Theorem E04_room_binary :
  forall (q : R) (H : nat), 0 < q -> q < 1 / 2 -> 2 <= INR H -> 1 < 2 * INR H * q ->
  (Rmax q (1 - INR H * q)) < (Rmin (1 / 2) (INR H * q)).
Proof.
  intros q H Hq Hq2 HH HqH.
  apply Rmax_lub_lt; apply Rmin_glb_lt; nra.
Qed.

(** * Statements that the audit refutes: their negations

    Where the ledger expects a statement to be refuted, the kernel is asked for the negation of the
    printed statement: [~ (forall x, bounds -> ... -> conclusion)].  The printer adds, before the
    hypotheses, the conditions under which every term is defined, unless the bounds plainly give them,
    so that no value without meaning (ln of a negative number, a division by 0) refutes anything.
    Each theorem is named after its entry and check, and its proof gives the point that decides.

    Serves: S08, S09, D12, E03, C12, C25, C38, F04, G06, G07, G08. *)

(** ** Section 3 *)

(** S08, fixed-radius: at beta = 1 one round doubles the parameter, out of the ball of radius 1. *)
Theorem S08_fixed_radius_refuted :
  ~ (forall (b : R) (m : R) (R_ : R) (T : nat), 0 < b -> b <= 1 -> 0 < m -> 0 < R_ -> m <= R_ ->
     (1 + / b) ^ T * m <= R_).
Proof.
  intro H; specialize (H 1 1 1 1%nat ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  rewrite pow_1, Rinv_1 in H; lra.
Qed.

(** S09, strong-constant: at gamma = beta = 1 the constant 1/4 is below e^{-1}, but above e^{-2}. *)
Theorem S09_strong_constant_refuted :
  ~ (forall (c : R) (g : R) (b : R) (T : nat), 0 < c -> c <= 1 / 2 -> 0 < g -> g <= 1 -> 0 < b ->
     b <= 1 -> c <= exp (- g) -> c <= exp ((- g) * (1 + / b) ^ T)).
Proof.
  intro H.
  specialize (H (1 / 4) 1 1 1%nat ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)
    ltac:(compute_bounds)).
  rewrite pow_1, Rinv_1 in H.
  assert (exp ((- (1)) * (1 + 1)) < 1 / 4) by compute_bounds.
  lra.
Qed.

(** ** D12: the asymptotic form is no lower bound *)

(** lower-bound-as-stated: at kappa = I = 1 the root is eps_LB = 1 (W = -2), and eps~ = 1.23... *)
Theorem D12_lower_bound_as_stated_refuted :
  ~ (forall kappa J : R, 0 < kappa -> 0 < J ->
     ln (exp 2 * kappa ^ 2 / (2 * J)) < 0 \/ 0 < ln (exp 2 * kappa ^ 2 / (2 * J)) ->
     0 <= 2 * J / ln (exp 2 * kappa ^ 2 / (2 * J)) ->
     - exp (- 1) <= (- (2 * J)) / (exp 2 * kappa ^ 2) /\ (- (2 * J)) / (exp 2 * kappa ^ 2) < 0 ->
     J <= exp 1 * kappa ^ 2 * (1 / 2) ->
     sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
     kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))).
Proof.
  intro H.
  pose proof (exp_pos 2) as He.
  specialize (H 1 1 ltac:(lra) ltac:(lra)).
  replace (exp 2 * 1 ^ 2 / (2 * 1)) with (exp 2 / 2) in H by lra.
  assert (E : - (2 * 1) / (exp 2 * 1 ^ 2) = -2 * exp (-2)).
  { replace (-2) with (- (2)) at 2 by lra; rewrite exp_Ropp; field; lra. }
  rewrite E, (Wm1_of_root (-2)) in H by lra.
  specialize (H ltac:(right; compute_bounds) ltac:(compute_bounds) ltac:(split; compute_bounds) ltac:(compute_bounds)).
  replace (1 + -2 * (1 / 2)) with 0 in H by lra.
  rewrite exp_0 in H.
  assert (1 < sqrt (2 * 1 / ln (exp 2 / 2))) by compute_bounds.
  lra.
Qed.

(** lower-bound-in-coordinates: log w > 0 beyond w = 1. *)
Theorem D12_lower_bound_in_coordinates_refuted :
  ~ (forall w : R, 1 <= w -> w <= w - ln w).
Proof.
  intro H; specialize (H 2 ltac:(lra)).
  assert (0 < ln 2) by compute_bounds; lra.
Qed.

(** ** Proposition 4.3 *)

(** E03, room-up-to-half: at q = 1/2 there is no room. *)
Theorem E03_room_up_to_half_refuted :
  ~ (forall q : R, 0 < q -> q <= 1 / 2 -> 0 < 1 - 2 * q).
Proof. intro H; specialize (H (1 / 2) ltac:(lra) ltac:(lra)); lra. Qed.

(** ** Theorem 5.3 *)

(** C12, lower-tail-unbounded: s = 1/8, t = 1. *)
Theorem C12_lower_tail_unbounded_refuted :
  ~ (forall s t : R, 0 < s -> s < 1 / 2 -> 0 <= t -> exp t <= 1 / 2 / s -> 1 / 2 <= exp (- t)).
Proof.
  intro H; specialize (H (1 / 8) 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(compute_bounds)).
  assert (exp (- (1)) < 1 / 2) by compute_bounds; lra.
Qed.

(** C25, dropped-logarithm: at A = 1/10, m = 2 the dropped logarithm is log 9 > 2. *)
Theorem C25_dropped_logarithm_refuted :
  ~ (forall A m : R, 0 < A -> A < 1 -> 1 < m -> 0 < (m - 1) * (1 - A) / A -> A <= 1 + (- 1) / m ->
     1 + A * (m + ln ((m - 1) * (1 - A) / A)) <= 1 + 2 * A * m).
Proof.
  intro H.
  specialize (H (1 / 10) 2 ltac:(lra) ltac:(lra) ltac:(lra)).
  replace ((2 - 1) * (1 - 1 / 10) / (1 / 10)) with 9 in H by lra.
  specialize (H ltac:(lra) ltac:(lra)).
  assert (2 < ln 9) by compute_bounds; lra.
Qed.

(** C38, delta-once: two rounds that each fail with probability 1/2 fail with probability 3/4. *)
Theorem C38_delta_once_refuted :
  ~ (forall delta : R, 0 < delta -> delta < 1 -> 1 - (1 - delta) ^ 2 <= delta).
Proof. intro H; specialize (H (1 / 2) ltac:(lra) ltac:(lra)); lra. Qed.

(** ** Theorem 6.2 *)

(** F04, indicator: the loss jumps by 4B^2 = 4 where beta e = 1/4 allows 2. *)
Theorem F04_indicator_refuted :
  ~ (forall B t : R, 0 < B -> 0 < t -> (B - (- B)) ^ 2 + 0 <= 8 * t * B).
Proof. intro H; specialize (H 1 (1 / 4) ltac:(lra) ltac:(lra)); lra. Qed.

(** ** Corollary 6.4 *)

(** G06, any-ridge: at lambda = 9 the effective dimension is 1/10. *)
Theorem G06_any_ridge_refuted :
  ~ (forall l : R, 0 < l -> ln 10 <= 2 / (1 + l) * ln 50).
Proof.
  intro H; specialize (H 9 ltac:(lra)).
  assert (2 / (1 + 9) * ln 50 < ln 10) by compute_bounds; lra.
Qed.

(** G07, constant-one: at lambda = 1. *)
Theorem G07_constant_one_refuted :
  ~ (forall l : R, 0 < l -> ln 10 <= ln 11 / (1 + l)).
Proof.
  intro H; specialize (H 1 ltac:(lra)).
  assert (ln 11 / (1 + 1) < ln 10) by compute_bounds; lra.
Qed.

(** G07, constant-thousand: at lambda = 1999. *)
Theorem G07_constant_thousand_refuted :
  ~ (forall l : R, 0 < l -> ln 10 <= 1000 / (1 + l) * ln 11).
Proof.
  intro H; specialize (H 1999 ltac:(lra)).
  assert (1000 / (1 + 1999) * ln 11 < ln 10) by compute_bounds; lra.
Qed.

(** G08, doubly-logarithmic: at d = e^20, (20 - 1)/2 > 3 log 20. *)
Theorem G08_doubly_logarithmic_refuted :
  ~ (forall d : R, 3 <= d -> 0 < ln d -> (ln d - 1) * (1 / 2) <= 3 * ln (ln d)).
Proof.
  intro H; specialize (H (exp 20) ltac:(compute_bounds)).
  rewrite ln_exp in H; specialize (H ltac:(lra)).
  assert (3 * ln 20 < (20 - 1) * (1 / 2)) by compute_bounds; lra.
Qed.
