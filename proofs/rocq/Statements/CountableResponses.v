(** * Sections 3 to 5 over countably many responses

    Statements only, in the paper's order: the entries whose arguments need no more of the set of responses
    than that series converge.  Responses are the naturals; prompts are any set, with expectation over them as
    in [AnyPrompts.Expectation]. *)

From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Update Iteration.Rounds AnyPrompts.Rounds
  CountableResponses.Gibbs CountableResponses.Rounds.
Open Scope R_scope.

(** S01: Gibbs' inequality. *)
Definition S01_divergence_countable : Prop :=
  forall p q : nat -> R,
  is_law p ->
  is_full_law q ->
  has_mean p (log_ratio p q) ->
  0 <= divergence p q /\ (divergence p q = 0 -> forall y : nat, p y = q y).

(** S01: the identity. *)
Definition S01_gibbs_identity_countable : Prop :=
  forall (beta : R) (r q p : nat -> R),
  0 < beta ->
  is_full_law q ->
  has_normaliser beta r q ->
  is_law p ->
  has_mean p r ->
  has_mean p (log_ratio p q) ->
  mean_over p r - beta * divergence p q =
  beta * ln (normaliser beta r q) - beta * divergence p (gibbs_law beta r q).

(** S01: p* is the unique maximiser, value beta log Z. *)
Definition S01_gibbs_optimum_countable : Prop :=
  forall (beta : R) (r q p : nat -> R),
  0 < beta ->
  is_full_law q ->
  has_normaliser beta r q ->
  is_law p ->
  has_mean p r ->
  has_mean p (log_ratio p q) ->
  mean_over p r - beta * divergence p q <= beta * ln (normaliser beta r q) /\
  (has_mean (gibbs_law beta r q) r ->
   mean_over (gibbs_law beta r q) r - beta * divergence (gibbs_law beta r q) q = beta * ln (normaliser beta r q)) /\
  (mean_over p r - beta * divergence p q = beta * ln (normaliser beta r q) ->
   forall y : nat, p y = gibbs_law beta r q y).

(** S02: under the self-reward the normaliser converges, and the update is the power. *)
Definition S02_self_reward_power_countable : Prop :=
  forall (beta : R) (q : nat -> R),
  0 < beta ->
  is_full_law q ->
  has_normaliser beta (fun y : nat => ln (q y)) q /\
  is_full_law (power_law (1 + 1 / beta) q) /\
  (forall y : nat, gibbs_law beta (fun z : nat => ln (q z)) q y = power_law (1 + 1 / beta) q y).

(** S03: the reward is the log-ratio of its Gibbs law, up to a constant. *)
Definition S03_reward_identity_countable : Prop :=
  forall (beta : R) (r q : nat -> R),
  0 < beta ->
  is_full_law q ->
  has_normaliser beta r q ->
  forall y : nat, r y = beta * ln (gibbs_law beta r q y / q y) + beta * ln (normaliser beta r q).

(** S04: the loss is twice the variance. *)
Definition S04_square_loss_countable : Prop :=
  forall (beta : R) (r q p : nat -> R),
  is_full_law q ->
  second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 2 * countable_variance q (residual beta r q p).

(** S04: it is zero iff the normaliser converges and p is the Gibbs law. *)
Definition S04_zero_iff_countable : Prop :=
  forall (beta : R) (r q p : nat -> R),
  0 < beta ->
  is_full_law q ->
  is_full_law p ->
  second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 0 <-> has_normaliser beta r q /\ (forall y : nat, p y = gibbs_law beta r q y).

(** S05: T exact updates are a power. *)
Definition S05_iterated_closed_form_countable : Prop :=
  forall (X : Type) (beta : R) (pi : nat -> X -> nat -> R),
  0 < beta ->
  is_policy_law (pi 0%nat) ->
  (forall (t : nat) (x : X) (y : nat), pi (S t) x y = exact_update beta (pi t) x y) ->
  forall T : nat,
  is_policy_law (pi T) /\ (forall (x : X) (y : nat), pi T x y = power_law (alpha beta T) (pi 0%nat x) y).

(** S06: the margin is exactly alpha_T times the first one. *)
Definition S06_margin_growth_countable : Prop :=
  forall (X : Type) (beta gamma : R) (ystar : X -> nat) (pi : X -> nat -> R) (T : nat),
  0 < beta ->
  is_policy_law pi ->
  margin_is gamma ystar pi ->
  margin_is (alpha beta T * gamma) ystar (fun x : X => power_law (alpha beta T) (pi x)).

(** S07: kappa - 1 falls by the factor exp(-gamma (alpha_T - 1)), whatever the number of responses. *)
Definition S07_population_condition_number_countable : Prop :=
  forall (X : Type) (M : expectation X) (beta gamma : R) (ystar : X -> nat) (pi : X -> nat -> R) (T : nat),
  0 < beta ->
  0 <= gamma ->
  is_policy_law pi ->
  margin_at_least gamma ystar pi ->
  integrable M (inverse_mode ystar pi) ->
  integrable M (inverse_mode ystar (fun x : X => power_law (alpha beta T) (pi x))) ->
  countable_kappa M ystar (fun x : X => power_law (alpha beta T) (pi x)) <=
  1 + exp (- (gamma * (alpha beta T - 1))) * (countable_kappa M ystar pi - 1).

(** K01: a policy has a mode at every prompt. *)
Definition K01_modes_exist_countable : Prop :=
  forall (X : Type) (pi : X -> nat -> R),
  is_policy_law pi -> forall x : X, exists y : nat, forall z : nat, pi x z <= pi x y.

(** K01: kappa >= 1 and kappa >= 1/E_x[max pi]. *)
Definition K01_range_countable : Prop :=
  forall (X : Type) (M : expectation X) (ystar : X -> nat) (pi : X -> nat -> R),
  is_policy_law pi ->
  is_mode ystar pi ->
  integrable M (inverse_mode ystar pi) ->
  1 <= countable_kappa M ystar pi /\
  (integrable M (fun x : X => pi x (ystar x)) ->
   0 < mean M (fun x : X => pi x (ystar x)) ->
   / mean M (fun x : X => pi x (ystar x)) <= countable_kappa M ystar pi).

(** K02: a mode of the same mass at every prompt. *)
Definition K02_near_uniform_countable : Prop :=
  forall (X : Type) (M : expectation X) (ystar : X -> nat) (pi : X -> nat -> R) (m eta : R),
  0 < m ->
  -1 < eta ->
  is_policy_law pi ->
  is_mode ystar pi ->
  (forall (x : X) (y : nat), pi x y <= (1 + eta) / m) ->
  (forall x : X, exists y : nat, pi x y = (1 + eta) / m) ->
  countable_kappa M ystar pi = m / (1 + eta).

(** C02: from the value gap to the mass of the mode. *)
Definition C02_gap_to_mass_countable : Prop :=
  forall (gamma : R) (q p : nat -> R) (z : nat),
  0 < gamma ->
  is_law p ->
  (forall y : nat, y <> z -> gamma <= ln (q z) - ln (q y)) ->
  has_mean p (fun y : nat => ln (q y)) ->
  1 - p z <= (ln (q z) - mean_over p (fun y : nat => ln (q y))) / gamma.

(** C06: the decomposition of the value gap, against any comparator. *)
Definition C06_gap_decomposition_countable : Prop :=
  forall (beta : R) (base hat star : nat -> R),
  0 <= beta ->
  is_full_law base ->
  is_full_law hat ->
  is_law star ->
  has_mean base (fun y : nat => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y : nat => Rabs (countable_error beta base hat y)) ->
  has_mean hat (fun y : nat => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y : nat => ln (hat y / base y)) ->
  has_mean star (log_ratio star base) ->
  has_mean hat (fun y : nat => ln (hat y / base y)) ->
  mean_over star (fun y : nat => ln (base y)) - mean_over hat (fun y : nat => ln (base y)) <=
  pair_over star base (fun y y' : nat => Rabs (error_difference beta base hat y y')) +
  pair_over hat base (fun y y' : nat => Rabs (error_difference beta base hat y y')) + beta * divergence star base.

(** C08 (Lemma C.2). *)
Definition C08_change_of_measure_countable : Prop :=
  forall (p q : nat -> R) (f : nat -> nat -> R),
  is_law p ->
  is_full_law q ->
  concentrated p q ->
  (forall y : nat, second_moment q (f y)) ->
  has_mean q (fun y : nat => mean_over q (fun y' : nat => f y y' ^ 2)) ->
  has_mean p (fun y : nat => mean_over q (fun y' : nat => Rabs (f y y'))) /\
  pair_over p q (fun y y' : nat => Rabs (f y y')) <=
  sqrt (concentrability p q) * sqrt (pair_over q q (fun y y' : nat => f y y' ^ 2)).

(** C16: the divergence and the concentrability of the point mass at the mode. *)
Definition C16_comparator_countable : Prop :=
  forall (q : nat -> R) (z : nat),
  is_full_law q ->
  is_series (fun y : nat => ind (y = z) * log_ratio (fun y0 : nat => ind (y0 = z)) q y) (ln (/ q z)) /\
  is_series (fun y : nat => ind (y = z) ^ 2 / q y) (/ q z).

(** C16: the concentrability of the exact update is at most 1/max pi. *)
Definition C16_update_countable : Prop :=
  forall (beta : R) (q : nat -> R) (z : nat),
  0 < beta ->
  is_full_law q ->
  (forall y : nat, q y <= q z) ->
  ex_series (fun y : nat => power_law (1 + 1 / beta) q y ^ 2 / q y) /\
  Series (fun y : nat => power_law (1 + 1 / beta) q y ^ 2 / q y) <= / q z.

(** C19: the value gap at a prompt, on the event that the reward differences have mean squared error at most
    e^2; z is the comparator's response. *)
Definition C19_round_countable : Prop :=
  forall (beta e : R) (base hat : nat -> R) (z : nat),
  0 <= beta ->
  0 <= e ->
  is_full_law base ->
  is_full_law hat ->
  concentrated hat base ->
  has_mean hat (fun y : nat => ln (hat y / base y)) ->
  second_moment base (countable_error beta base hat) ->
  pair_over base base (fun y y' : nat => error_difference beta base hat y y' ^ 2) <= e ^ 2 ->
  ln (base z) - mean_over hat (fun y : nat => ln (base y)) <=
  (sqrt (/ base z) + sqrt (concentrability hat base)) * e + beta * ln (/ base z).

(** C19: the mean value gap after a good round, any set of prompts. *)
Definition C19_countable : Prop :=
  forall (X : Type) (M : expectation X) (beta c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R),
  0 <= beta ->
  0 <= e ->
  is_policy_law base ->
  is_policy_law hat ->
  countable_round M beta c e ystar wstar base hat ->
  mean M (countable_gap ystar base hat) <= (2 * e + beta) * sqrt (countable_kappa M ystar base).

(** C27: the recurrence. *)
Definition C27_countable : Prop :=
  forall (X : Type) (M : expectation X) (beta gamma c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R),
  0 < beta ->
  0 < gamma ->
  0 < c ->
  0 <= e ->
  is_policy_law base ->
  is_policy_law hat ->
  margin_at_least gamma ystar base ->
  is_mode wstar hat ->
  countable_round M beta c e ystar wstar base hat ->
  countable_kappa M wstar hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (countable_kappa M ystar base).

(** C31: the condition number after T good rounds. *)
Definition C31_countable : Prop :=
  forall (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat),
  0 < beta ->
  0 < gamma ->
  0 < c ->
  0 <= e ->
  (0 < T)%nat ->
  (forall t : nat, is_policy_law (p t)) ->
  (forall t : nat, is_mode (ystar t) (p t)) ->
  (forall t : nat, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t : nat, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  countable_kappa M (ystar T) (p T) <=
  kappa_star ((2 * e + beta) / (gamma * c)) +
  contraction ((2 * e + beta) / (gamma * c)) ^ T *
  Rmax (countable_kappa M (ystar 0%nat) (p 0%nat) - kappa_star ((2 * e + beta) / (gamma * c))) 0.

(** C34: failure after T good rounds. *)
Definition C34_countable : Prop :=
  forall (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat),
  0 < beta ->
  0 < gamma ->
  0 < c ->
  0 <= e ->
  (0 < T)%nat ->
  (forall t : nat, is_policy_law (p t)) ->
  (forall t : nat, is_mode (ystar t) (p t)) ->
  (forall t : nat, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t : nat, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  integrable M (fun x : X => ind (p T x (ystar T x) <= 1 / 2)) ->
  mean M (fun x : X => ind (p T x (ystar T x) <= 1 / 2)) <=
  2 / gamma * (2 * e + beta) *
  (sqrt (kappa_star ((2 * e + beta) / (gamma * c))) +
   sqrt (contraction ((2 * e + beta) / (gamma * c)) ^ (T - 1)) *
   sqrt (countable_kappa M (ystar 0%nat) (p 0%nat))).
