(** * Statements that the audit refutes: their negations

    Where the ledger expects a statement to be refuted, the kernel is asked for the negation of the
    printed statement: [~ (forall x, bounds -> ... -> conclusion)].  The printer adds, before the
    hypotheses, the conditions under which every term is defined, unless the bounds plainly give them,
    so that no value without meaning (ln of a negative number, a division by 0) refutes anything.
    Each theorem is named after its entry and check, and its proof gives the point that decides.

    Serves: S08, S09, D12, E03, C12, C25, C38, F04, G06, G07, G08. *)

From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From SRVerify Require Import Scalar.LambertW Scalar.Basics.
Open Scope R_scope.

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
    ltac:(interval)).
  rewrite pow_1, Rinv_1 in H.
  assert (exp ((- (1)) * (1 + 1)) < 1 / 4) by interval.
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
  replace (exp 2 * 1 ^ 2 / (2 * 1)) with (exp 2 / 2) in H by field.
  assert (E : - (2 * 1) / (exp 2 * 1 ^ 2) = -2 * exp (-2)).
  { replace (-2) with (- (2)) at 2 by ring; rewrite exp_Ropp; field; lra. }
  rewrite E, (Wm1_of_root (-2)) in H by lra.
  specialize (H ltac:(right; interval) ltac:(interval) ltac:(split; interval) ltac:(interval)).
  replace (1 + -2 * (1 / 2)) with 0 in H by field.
  rewrite exp_0 in H.
  assert (1 < sqrt (2 * 1 / ln (exp 2 / 2))) by interval.
  lra.
Qed.

(** lower-bound-in-coordinates: log w > 0 beyond w = 1. *)
Theorem D12_lower_bound_in_coordinates_refuted :
  ~ (forall w : R, 1 <= w -> w <= w - ln w).
Proof.
  intro H; specialize (H 2 ltac:(lra)).
  assert (0 < ln 2) by interval; lra.
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
  intro H; specialize (H (1 / 8) 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(interval)).
  assert (exp (- (1)) < 1 / 2) by interval; lra.
Qed.

(** C25, dropped-logarithm: at A = 1/10, m = 2 the dropped logarithm is log 9 > 2. *)
Theorem C25_dropped_logarithm_refuted :
  ~ (forall A m : R, 0 < A -> A < 1 -> 1 < m -> 0 < (m - 1) * (1 - A) / A -> A <= 1 + (- 1) / m ->
     1 + A * (m + ln ((m - 1) * (1 - A) / A)) <= 1 + 2 * A * m).
Proof.
  intro H.
  specialize (H (1 / 10) 2 ltac:(lra) ltac:(lra) ltac:(lra)).
  replace ((2 - 1) * (1 - 1 / 10) / (1 / 10)) with 9 in H by field.
  specialize (H ltac:(lra) ltac:(lra)).
  assert (2 < ln 9) by interval; lra.
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
  assert (2 / (1 + 9) * ln 50 < ln 10) by interval; lra.
Qed.

(** G07, constant-one: at lambda = 1. *)
Theorem G07_constant_one_refuted :
  ~ (forall l : R, 0 < l -> ln 10 <= ln 11 / (1 + l)).
Proof.
  intro H; specialize (H 1 ltac:(lra)).
  assert (ln 11 / (1 + 1) < ln 10) by interval; lra.
Qed.

(** G07, constant-thousand: at lambda = 1999. *)
Theorem G07_constant_thousand_refuted :
  ~ (forall l : R, 0 < l -> ln 10 <= 1000 / (1 + l) * ln 11).
Proof.
  intro H; specialize (H 1999 ltac:(lra)).
  assert (1000 / (1 + 1999) * ln 11 < ln 10) by interval; lra.
Qed.

(** G08, doubly-logarithmic: at d = e^20, (20 - 1)/2 > 3 log 20. *)
Theorem G08_doubly_logarithmic_refuted :
  ~ (forall d : R, 3 <= d -> 0 < ln d -> (ln d - 1) * (1 / 2) <= 3 * ln (ln d)).
Proof.
  intro H; specialize (H (exp 20) ltac:(interval)).
  rewrite ln_exp in H; specialize (H ltac:(lra)).
  assert (3 * ln 20 < (20 - 1) * (1 / 2)) by interval; lra.
Qed.
