(** * Section 5, Appendices C.1 to C.3: one round

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Hierarchy RInt RInt_gen Rbar.
From SRVerify Require Rates.FiniteClass.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.LearnedConcentrability.
Import ListNotations.
Open Scope R_scope.

(** C02: for every finite policy and prompt set. *)
Definition C02_gap_to_mass : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base pi : policy X Y) (gamma : R),
  0 < gamma ->
  has_margin gamma base ->
  (forall x : X, is_dist (pi x)) ->
  missed_mass D base pi <= (J D base (comparator base) - J D base pi) / gamma.

(** C03: for every finite policy and prompt set. *)
Definition C03_lemma_C1 : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base pi : policy X Y) (gamma d : R),
  0 < gamma ->
  has_margin gamma base ->
  (forall x : X, is_dist (pi x)) ->
  0 < d ->
  failure D pi (mode base) (1 - d) <=
  (J D base (comparator base) - J D base pi) / (gamma * d).

(** C04: for every pair of finite policies. *)
Definition C04_baseline_cancellation : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (pi rho : policy X Y) (f : X -> Y -> R),
  (forall x : X, is_dist (pi x)) ->
  (forall x : X, is_dist (rho x)) ->
  E2 D pi rho (Delta f) = E1 D pi f - E1 D rho f.

(** C05: for every pair of finite policies. *)
Definition C05_dpo_optimality : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base hat pi : policy X Y) (beta : R),
  0 <= beta ->
  is_policy base ->
  is_policy hat ->
  (forall x : X, is_dist (pi x)) ->
  E1 D pi (implicit_reward beta base hat) - beta * KL D pi base <= 0 /\
  E1 D hat (implicit_reward beta base hat) - beta * KL D hat base =
  0.

(** C05: the value is -beta KL(pi||pi-hat), for every pair of finite policies. *)
Definition C05_dpo_value : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (base hat pi : policy X Y) (beta : R),
  is_policy base ->
  is_policy hat ->
  (forall x : X, is_dist (pi x)) ->
  E1 D pi (implicit_reward beta base hat) - beta * KL D pi base = - beta * KL D pi hat.

(** C06: for all finite policies. *)
Definition C06_gap_decomposition : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base hat : policy X Y) (star : X -> Y -> R) (beta : R),
  0 <= beta ->
  is_policy base ->
  is_policy hat ->
  (forall x : X, is_dist (star x)) ->
  J D base star - J D base hat <=
  reward_error D beta base hat star + reward_error D beta base hat hat +
  beta * KL D star base.

(** C07: for all finite policies. *)
Definition C07_region_split : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (pi rho : policy X Y) (f : X -> Y -> Y -> R) (G : X -> Y -> Y -> Prop),
  E2 D pi rho f =
  E2 D pi rho (fun (x : X) (y y' : Y) => f x y y' * ind (G x y y')) +
  E2 D pi rho (fun (x : X) (y y' : Y) => f x y y' * ind (~ G x y y')).

(** C08: for all finite policies. *)
Definition C08_lemma_C2 : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base pi : policy X Y) (f : X -> Y -> Y -> R),
  is_policy base ->
  (forall x : X, is_dist (pi x)) ->
  E2 D pi base f <=
  sqrt (conc D base pi) *
  sqrt (E2 D base base (fun (x : X) (y y' : Y) => f x y y' ^ 2)).

(** C09: for every finite probability space. *)
Definition C09_bad_region : Prop :=
  forall (A : Type) (FA : FiniteType A) (p f : A -> R) (Bad : A -> Prop),
  (forall a : A, 0 <= p a) ->
  E p (fun a : A => f a ^ 2 * ind (Bad a)) <=
  sqrt (Pr p Bad) * sqrt (E p (fun a : A => f a ^ 4)).

(** C10: for every finite probability space. *)
Definition C10_union : Prop :=
  forall (A : Type) (FA : FiniteType A) (p : A -> R) (P Q : A -> Prop),
  (forall a : A, 0 <= p a) ->
  Pr p (fun a : A => ~ (P a /\ Q a)) <=
  Pr p (fun a : A => ~ P a) + Pr p (fun a : A => ~ Q a).

(** C12: the integral behind M4, up to any u. *)
Definition C12_moment_integral : Prop :=
  forall l u : R,
  l <= u ->
  is_RInt (fun t : R => 4 * t ^ 3 * exp (l - t)) l u
    (l ^ 4 + 4 * l ^ 3 + 12 * l ^ 2 + 24 * l + 24 - l ^ 4 -
     exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24)).

(** C12: P(pi_0 <= e^-t/N) <= e^-t. *)
Definition C12_upper_tail : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (q : Y -> R) (t : R),
  is_full q -> Pr q (fun y : Y => q y <= exp (- t) / card Y) <= exp (- t).

(** C12: E log^4(1/pi_0) <= M4(log N). *)
Definition C12_fourth_moment : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (q : Y -> R),
  is_full q -> E q (fun y : Y => (- ln (q y)) ^ 4) <= M4 (ln (card Y)).

(** C12: P(|Delta^r-hat| > t) <= 2K e^-t. *)
Definition C12_implicit_tail : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (beta : R) (base hat : policy X Y) (K t : R),
  0 <= beta <= 1 ->
  is_policy base ->
  is_policy hat ->
  tail_constant D beta base hat <= K ->
  Pr (coupled D base base)
    (fun '(x, y, y') => t < Rabs (Delta (implicit_reward beta base hat) x y y')) <=
  2 * K * exp (- t).

(** C12: E|Delta^r-hat|^4 <= M4(log 2K). *)
Definition C12_implicit_fourth_moment : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (beta : R) (base hat : policy X Y) (K : R),
  0 <= beta <= 1 ->
  is_policy base ->
  is_policy hat ->
  tail_constant D beta base hat <= K ->
  E2 D base base
    (fun (x : X) (y y' : Y) =>
     Rabs (Delta (implicit_reward beta base hat) x y y') ^ 4) <=
  M4 (ln (2 * K)).

(** C12: the integral to infinity, as a limit. *)
Definition C12_moment_improper : Prop :=
  forall l : R,
  is_RInt_gen (fun t : R => 4 * t ^ 3 * exp (l - t)) (at_point l)
    (Rbar_locally p_infty) (M4 l - l ^ 4).

(** C13: for every finite class and sample. *)
Definition C13_zero_empirical_loss : Prop :=
  forall (X Y I : Type) (FY : FiniteType Y) (beta : R) (base : policy X Y)
    (pol : I -> policy X Y) (s : list (X * Y * Y)) (i : I),
  0 < beta ->
  is_policy base ->
  realizable beta base pol ->
  is_ERM (pair_loss beta base pol) s i ->
  empirical_loss (pair_loss beta base pol) s i = 0 /\ zero_on (pair_loss beta base pol) i s.

(** C15: for every finite class, by product weights. *)
Definition C15_zero_loss_concentration : Prop :=
  forall (A I : Type) (FA : FiniteType A) (FI : FiniteType I) (p : A -> R),
  is_dist p ->
  forall (loss : I -> A -> R) (b : R),
  0 < b ->
  (forall (i : I) (z : A), 0 <= loss i z <= b) ->
  forall (n : nat) (delta : R),
  (0 < n)%nat ->
  0 < delta ->
  1 - delta <=
  Prn n p
    (fun s : list A =>
     forall i : I, zero_on loss i s -> risk p loss i <= b * ln (card I / delta) / INR n).

(** C16: KL(pi*||pi_0) <= log kappa_0. *)
Definition C16_kl_jensen : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall base : policy X Y,
  is_policy base ->
  KL D (comparator base) base =
  E D (fun x : X => ln (1 / base x (mode base x))) /\
  KL D (comparator base) base <= ln (kappa D base).

(** C16: C(pi* ) = kappa_0. *)
Definition C16_comparator_concentrability : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (base : policy X Y),
  is_policy base -> conc D base (comparator base) = kappa D base.

(** C16: C(p* ) <= kappa_0. *)
Definition C16_update_concentrability : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base : policy X Y) (beta : R),
  0 < beta ->
  is_policy base ->
  conc D base (self_update beta base) <= kappa D base.

(** C17: the witness and its bound. *)
Definition C17_learned_concentrability : Prop :=
  forall n : nat,
  INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in
  let zeta := / 10 ^ 14 in
  let base := start zeta in
  let pol := two_policies beta zeta in
  realizable beta base pol /\
  has_margin (2 / 5) base /\
  (forall i : bool, tail_constant one_prompt beta base (pol i) <= 3) /\
  mass_bound one_prompt beta base (2 / 5) (kappa one_prompt base)
    (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) / (1 / 2) <=
  3 / 100 /\
  99 / 100 <=
  Prn n (coupled one_prompt base base)
    (fun s : list (unit * response * response) =>
     exists i : bool,
       is_ERM (pair_loss beta base pol) s i /\
       own_failure one_prompt (pol i) (1 / 2) = 1 /\
       failure one_prompt (pol i) (mode base) (1 / 2) = 1).

(** C17: C(pi) <= 1/c under the strong c. *)
Definition C17_strong_c : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base pi : policy X Y) (c : R),
  0 < c ->
  (forall (x : X) (y : Y), c <= base x y) ->
  (forall x : X, is_dist (pi x)) -> conc D base pi <= / c.

(** C17, refuted: C19's bound at d = 1/2 with kappa_0 in place of C(pi-hat), for own failure and hence for
    base failure. *)
Definition C17_kappa_suffices : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall base : policy X Y,
  is_policy base ->
  forall (K : R) (n : nat),
  (0 < n)%nat ->
  forall gamma delta : R,
  0 < delta <= card I ->
  realizable beta base pol ->
  0 < gamma ->
  has_margin gamma base ->
  1 - delta <=
  Prn n (pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : I,
     is_ERM (pair_loss beta base pol) s i ->
     tail_constant D beta base (pol i) <= K ->
     own_failure D (pol i) (1 / 2) <=
     mass_bound D beta base gamma (kappa D base) (eps_stat (card Y) K (card I) (INR n) delta) / (1 / 2)).

(** C17: with kappa_0 in place of C(pi-hat) the one-round bound is false on the witness. *)
Definition C17_A_CONC_needed : Prop :=
  forall n : nat,
  INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in
  let base := start (/ 10 ^ 14) in
  let pol := two_policies beta (/ 10 ^ 14) in
  ~
  1 - 1 / 20 <=
  Prn n (coupled one_prompt base base)
    (fun s : list (unit * response * response) =>
     forall i : bool,
     is_ERM (pair_loss beta base pol) s i ->
     tail_constant one_prompt beta base (pol i) <= 3 ->
     own_failure one_prompt (pol i) (1 / 2) <=
     mass_bound one_prompt beta base (2 / 5) (kappa one_prompt base)
       (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) / (1 / 2)).

(** C18: the bound for every finite class under the assumptions. *)
Definition C18_balance : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall base : policy X Y,
  is_policy base ->
  forall (K : R) (n : nat),
  (0 < n)%nat ->
  forall delta Cbar : R,
  0 < delta <= card I ->
  realizable beta base pol ->
  1 - delta <=
  Prn n (pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : I,
     is_ERM (pair_loss beta base pol) s i ->
     admissible D beta base K Cbar (pol i) ->
     J D base (comparator base) - J D base (pol i) <=
     gap_bound D beta base Cbar (eps_stat (card Y) K (card I) (INR n) delta)).

(** C18: without A-REAL the bound fails. *)
Definition C18_A_REAL_needed : Prop :=
  forall n : nat,
  INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in
  let base := start (/ 10 ^ 14) in
  let pol := fun _ : bool => base in
  forall (s : list (unit * response * response)) (i : bool),
  is_ERM (pair_loss beta base pol) s i /\
  admissible one_prompt beta base 3 (kappa one_prompt base) (pol i) /\
  gap_bound one_prompt beta base (kappa one_prompt base)
    (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) <
  J one_prompt base (comparator base) - J one_prompt base (pol i).

(** C18: for n >= 3, beta = 1/sqrt n, K = k0 n^q: C log^(p+1) n sqrt(kappa_0 log(|Pi|/delta)/n). *)
Definition C18_gap_rate : Prop :=
  SRVerify.Rates.FiniteClass.Balance_rate.

(** C18: the bound times sqrt n/log n has a finite limit. *)
Definition C18_gap_limit : Prop :=
  SRVerify.Rates.FiniteClass.Balance_limit.

(** C18: the hypotheses of the rate hold together. *)
Definition C18_gap_rate_instance : Prop :=
  SRVerify.Rates.FiniteClass.Balance_rate_instance.

(** C19: for every finite class under the assumptions. *)
Definition C19_suboptimality : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall base : policy X Y,
  is_policy base ->
  forall (K : R) (n : nat),
  (0 < n)%nat ->
  forall gamma delta Cbar : R,
  0 < delta <= card I ->
  realizable beta base pol ->
  0 < gamma ->
  has_margin gamma base ->
  1 - delta <=
  Prn n (pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : I,
     is_ERM (pair_loss beta base pol) s i ->
     admissible D beta base K Cbar (pol i) ->
     forall d : R,
     0 < d ->
     failure D (pol i) (mode base) (1 - d) <=
     mass_bound D beta base gamma Cbar (eps_stat (card Y) K (card I) (INR n) delta) / d).

(** C20: own failure is at most base failure. *)
Definition C20_own_mode : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (pi base : policy X Y) (u : R),
  own_failure D pi u <= failure D pi (mode base) u.

(** C21: for every finite law, as a Riemann integral. *)
Definition C21_tail_integral : Prop :=
  forall (A : Type) (FA : FiniteType A) (p V : A -> R) (m : R),
  is_dist p ->
  (forall a : A, 1 <= V a <= m) ->
  is_RInt (fun t : R => Pr p (fun a : A => t < V a)) 1 m (E p V - 1).

(** C22: for every finite policy. *)
Definition C22_tail_bound : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base pi : policy X Y) (gamma A t : R),
  0 < gamma ->
  has_margin gamma base ->
  is_policy pi ->
  (J D base (comparator base) - J D base pi) / gamma <= A ->
  1 < t -> Pr D (fun x : X => t < / Max (pi x)) <= Rmin 1 (A * t / (t - 1)).

(** C24: the Riemann integral. *)
Definition C24_integral : Prop :=
  forall A c : R,
  0 < A ->
  A <= 1 - c ->
  0 < c ->
  is_RInt (fun t : R => Rmin 1 (A * t / (t - 1))) 1 (1 / c)
    (A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))).

(** C24: kappa_1 <= 1 + A(m + log((m-1)(1-A)/A)) for every finite policy. *)
Definition C24_condition_number : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (base pi : policy X Y) (gamma A c : R),
  is_dist D ->
  is_policy pi ->
  0 < gamma ->
  has_margin gamma base ->
  (J D base (comparator base) - J D base pi) / gamma <= A ->
  0 < A ->
  A <= 1 - c ->
  0 < c ->
  (forall x : X, c <= Max (pi x)) ->
  kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)).

(** C25: 1.00891 > 1.004 at m = 2, A = 1/1000. *)
Definition C25_witness : Prop :=
  1 + 2 * (1 / 1000) * 2 < 1 + 1 / 1000 * (2 + ln ((2 - 1) * (1 - 1 / 1000) / (1 / 1000))).

(** C26: for every finite policy. *)
Definition C26_direct_one_step : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (pi : policy X Y) (c : R),
  is_policy pi ->
  0 < c ->
  (forall x : X, c <= Max (pi x)) ->
  kappa D pi <= Rmin (/ c) (1 + E D (fun x : X => 1 - Max (pi x)) / c).
