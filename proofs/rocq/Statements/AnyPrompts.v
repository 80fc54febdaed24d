(** * Sections 4 and 5 over any set of prompts

    Statements only, in the paper's order: the entries whose proofs need of the law of the prompts that
    expectation is linear, monotone and normalised ([AnyPrompts.Rounds.expectation]). *)

From Coq Require Import Reals.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update Iteration.Rounds AnyPrompts.Rounds.
Open Scope R_scope.

(** K01: 1 <= kappa <= N. *)
Definition K01_range_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (pi : policy X Y),
  is_policy pi ->
  integrable M (fun x : X => / Max (pi x)) ->
  1 <= mean_kappa M pi <= card Y.

(** K01: kappa >= 1 / E_x[max pi]. *)
Definition K01_mean_maximum_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (pi : policy X Y),
  is_policy pi ->
  integrable M (fun x : X => / Max (pi x)) ->
  integrable M (fun x : X => Max (pi x)) ->
  / mean M (fun x : X => Max (pi x)) <= mean_kappa M pi.

(** K02: a mode of the same mass at every prompt. *)
Definition K02_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (pi : policy X Y) (m eta : R),
  0 < m ->
  -1 < eta ->
  (forall x : X, Max (pi x) = (1 + eta) / m) ->
  mean_kappa M pi = m / (1 + eta).

(** C02: from the value gap to the mass of the mode. *)
Definition C02_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (base pi : policy X Y) (gamma : R),
  0 < gamma ->
  has_margin gamma base ->
  (forall x : X, is_dist (pi x)) ->
  integrable M (fun x : X => pi x (mode base x)) ->
  integrable M (value_gap base pi) ->
  mean M (fun x : X => 1 - pi x (mode base x)) <= mean M (value_gap base pi) / gamma.

(** C03 (Lemma C.1). *)
Definition C03_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (base pi : policy X Y) (gamma d : R),
  0 < gamma ->
  has_margin gamma base ->
  (forall x : X, is_dist (pi x)) ->
  0 < d ->
  integrable M (fun x : X => pi x (mode base x)) ->
  integrable M (value_gap base pi) ->
  integrable M (fun x : X => ind (pi x (mode base x) <= 1 - d)) ->
  mean M (fun x : X => ind (pi x (mode base x) <= 1 - d)) <= mean M (value_gap base pi) / (gamma * d).

(** C08 (Lemma C.2). *)
Definition C08_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (base pi : policy X Y) (f : X -> Y -> Y -> R),
  is_policy base ->
  (forall x : X, is_dist (pi x)) ->
  integrable M (pair_mean base pi f) ->
  integrable M (conc_at base pi) ->
  integrable M (pair_mean base base (fun x y y' => f x y y' ^ 2)) ->
  mean M (pair_mean base pi f) <=
  sqrt (mean M (conc_at base pi)) * sqrt (mean M (pair_mean base base (fun x y y' => f x y y' ^ 2))).

(** C16: the divergence of the comparator. *)
Definition C16_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (base : policy X Y),
  is_policy base ->
  integrable M (fun x : X => / Max (base x)) ->
  integrable M (fun x : X => kl (comparator base x) (base x)) ->
  mean M (fun x : X => kl (comparator base x) (base x)) <= ln (mean_kappa M base).

(** C19: suboptimality after a good round. *)
Definition C19_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (beta c e : R) (base hat : policy X Y),
  0 <= beta ->
  0 <= e ->
  is_policy base ->
  is_policy hat ->
  any_round M beta c e base hat ->
  mean M (value_gap base hat) <= (2 * e + beta) * sqrt (mean_kappa M base).

(** C26: the direct one-step bound, with the weak c. *)
Definition C26_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (base pi : policy X Y) (c : R),
  is_policy pi ->
  0 < c ->
  (forall x : X, c <= Max (pi x)) ->
  integrable M (fun x : X => / Max (pi x)) ->
  integrable M (fun x : X => pi x (mode base x)) ->
  mean_kappa M pi <= 1 + mean M (fun x : X => 1 - pi x (mode base x)) / c.

(** C27: the recurrence. *)
Definition C27_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (beta gamma c e : R) (base hat : policy X Y),
  0 <= beta ->
  0 <= e ->
  0 < gamma ->
  0 < c ->
  is_policy base ->
  is_policy hat ->
  has_margin gamma base ->
  any_round M beta c e base hat ->
  mean_kappa M hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (mean_kappa M base).

(** C31: the condition number after T good rounds. *)
Definition C31_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (beta gamma c e : R) (T : nat)
    (p : nat -> policy X Y),
  0 < beta ->
  0 < gamma ->
  0 < c ->
  0 <= e ->
  (0 < T)%nat ->
  (forall t : nat, is_policy (p t)) ->
  (forall t : nat, (t < T)%nat -> has_margin gamma (p t)) ->
  (forall t : nat, (t < T)%nat -> any_round M beta c e (p t) (p (S t))) ->
  mean_kappa M (p T) <=
  kappa_star ((2 * e + beta) / (gamma * c)) +
  contraction ((2 * e + beta) / (gamma * c)) ^ T *
  Rmax (mean_kappa M (p 0%nat) - kappa_star ((2 * e + beta) / (gamma * c))) 0.

(** C34: failure after T good rounds. *)
Definition C34_any_prompts : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (M : expectation X) (beta gamma c e : R) (T : nat)
    (p : nat -> policy X Y),
  0 < beta ->
  0 < gamma ->
  0 < c ->
  0 <= e ->
  (0 < T)%nat ->
  (forall t : nat, is_policy (p t)) ->
  (forall t : nat, (t < T)%nat -> has_margin gamma (p t)) ->
  (forall t : nat, (t < T)%nat -> any_round M beta c e (p t) (p (S t))) ->
  integrable M (fun x : X => ind (p T x (mode (p (T - 1)%nat) x) <= 1 / 2)) ->
  integrable M (fun x : X => ind (Max (p T x) <= 1 / 2)) ->
  mean M (fun x : X => ind (Max (p T x) <= 1 / 2)) <=
  2 / gamma * (2 * e + beta) *
  (sqrt (kappa_star ((2 * e + beta) / (gamma * c))) +
   sqrt (contraction ((2 * e + beta) / (gamma * c)) ^ (T - 1)) * sqrt (mean_kappa M (p 0%nat))).
