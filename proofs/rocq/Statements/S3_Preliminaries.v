(** * Section 3 and Appendix C.2: the regularised optimum and the exact iteration

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update Iteration.Rounds
  Linear.SoftmaxClass Linear.FixedRadius Linear.ExactRounds Rates.Linear.
Import ListNotations.
Open Scope R_scope.

(** S01: the identity, for every finite set of responses. *)
Definition S01_gibbs_identity : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q p : Y -> R),
  0 < beta ->
  is_full q ->
  is_dist p ->
  E p r - beta * kl p q =
  beta * ln (partition beta r q) - beta * kl p (gibbs beta r q).

(** S01: p* is the unique maximiser, value beta log Z. *)
Definition S01_gibbs_optimum : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q p : Y -> R),
  0 < beta ->
  is_full q ->
  is_dist p ->
  E p r - beta * kl p q <= beta * ln (partition beta r q) /\
  E (gibbs beta r q) r - beta * kl (gibbs beta r q) q = beta * ln (partition beta r q) /\
  (E p r - beta * kl p q = beta * ln (partition beta r q) ->
   forall y : Y, p y = gibbs beta r q y).

(** S02: the power form, for every finite set of responses. *)
Definition S02_self_reward_power : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (q : Y -> R),
  0 < beta ->
  is_full q -> forall y : Y, gibbs beta (fun z : Y => ln (q z)) q y = power (1 + 1 / beta) q y.

(** S03: the identity for every finite set of responses. *)
Definition S03_reward_identity : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q : Y -> R),
  0 < beta ->
  is_full q ->
  forall y : Y, r y = beta * ln (gibbs beta r q y / q y) + beta * ln (partition beta r q).

(** S03: the differences likewise. *)
Definition S03_reward_difference : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q : Y -> R),
  0 < beta ->
  is_full q ->
  forall y y' : Y,
  r y - r y' = beta * ln (gibbs beta r q y / q y) - beta * ln (gibbs beta r q y' / q y').

(** S04: the loss is twice the variance, any size. *)
Definition S04_dpo_square_loss : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q p : Y -> R),
  is_full q -> square_loss beta r q p = 2 * variance q (fun y : Y => beta * ln (p y / q y) - r y).

(** S04: it is zero iff p = p*, any size. *)
Definition S04_zero_iff : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (beta : R) (r q p : Y -> R),
  0 < beta ->
  is_full q ->
  is_full p -> square_loss beta r q p = 0 <-> (forall y : Y, p y = gibbs beta r q y).

(** S05: the closed form for every T and finite spaces. *)
Definition S05_iterated_closed_form : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (beta : R),
  0 < beta ->
  forall (Class : nat -> policy X Y -> Prop) (pi : nat -> policy X Y),
  (forall x : X, 0 < D x) ->
  (forall t : nat, is_policy (pi t)) ->
  (forall t : nat, Class t (self_update beta (pi t))) ->
  (forall (t : nat) (rho : policy X Y),
   Class t rho -> population_loss D beta (pi t) (pi (S t)) <= population_loss D beta (pi t) rho) ->
  forall (T : nat) (x : X) (y : Y), pi T x y = power (alpha beta T) (pi 0%nat x) y.

(** S06: the margin is exactly alpha_T times the first one. *)
Definition S06_margin_growth : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (beta : R),
  0 < beta ->
  forall (gamma : R) (pi : policy X Y) (T : nat),
  0 < gamma ->
  is_policy pi ->
  is_margin gamma pi ->
  is_margin (alpha beta T * gamma) (fun x : X => power (alpha beta T) (pi x)).

(** S07: the bound for every T and finite spaces. *)
Definition S07_population_condition_number : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (beta : R),
  0 < beta ->
  forall (gamma : R) (pi : policy X Y) (T : nat),
  is_dist D ->
  0 < gamma ->
  is_policy pi ->
  has_margin gamma pi ->
  kappa D (fun x : X => power (alpha beta T) (pi x)) <=
  1 + (card Y - 1) * exp (- (gamma * alpha beta T)).

(** S08: A-REAL up to T iff alpha_T ||theta_0|| <= R. *)
Definition S08_realizable_iff : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (beta : R) (theta0 : Dim -> R) (radius : R) (T : nat),
  0 < beta ->
  (exists theta : Dim -> R,
     Linear.SoftmaxClass.norm theta <= radius /\
     (forall (x : X) (y : Y), softmax phi theta x y = power (alpha beta T) (softmax phi theta0 x) y)) <->
  (exists theta : Dim -> R,
     alpha beta T * Linear.SoftmaxClass.norm theta <= radius /\
     (forall (x : X) (y : Y), softmax phi theta x y = softmax phi theta0 x y)).

(** S08: every softmax policy has a parameter of least norm. *)
Definition S08_least_norm : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (theta0 : Dim -> R),
  exists theta : Dim -> R,
    same_policy phi theta0 theta /\
    (forall theta' : Dim -> R, same_policy phi theta0 theta' -> Linear.SoftmaxClass.norm theta <= Linear.SoftmaxClass.norm theta').

(** S08: pi_T lies in the class iff T <= log(R/||theta_0||_min)/log(1 + 1/beta). *)
Definition S08_horizon_of_the_class : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (theta0 : Dim -> R) (beta radius : R) (theta : Dim -> R)
    (T : nat),
  0 < beta ->
  0 < radius ->
  0 < Linear.SoftmaxClass.norm theta ->
  same_policy phi theta0 theta ->
  (forall theta' : Dim -> R,
   same_policy phi theta0 theta' -> Linear.SoftmaxClass.norm theta <= Linear.SoftmaxClass.norm theta') ->
  (exists theta' : Dim -> R,
     Linear.SoftmaxClass.norm theta' <= radius /\
     (forall (x : X) (y : Y),
      Linear.SoftmaxClass.softmax phi theta' x y =
      Policy.Update.power (Policy.Update.alpha beta T) (Linear.SoftmaxClass.softmax phi theta0 x) y)) <->
  INR T <= ln (radius / Linear.SoftmaxClass.norm theta) / ln (1 + 1 / beta).

(** S08: gamma <= 2 B_phi ||theta||. *)
Definition S08_margin_needs_norm : Prop :=
  forall X Y Dim : Type,
  FiniteType X ->
  forall (FY : FiniteType Y) (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (Bphi : R),
  SoftmaxClass.bounded_features phi Bphi ->
  forall y1 y2 : Y,
  y1 <> y2 ->
  forall (gamma : R) (theta : Dim -> R),
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta) ->
  gamma <= 2 * Bphi * Linear.SoftmaxClass.norm theta.

(** S08: A-REAL in the first round forces gamma <= 2 B_phi R beta/(1 + beta). *)
Definition S08_margin_at_fixed_radius : Prop :=
  forall X Y Dim : Type,
  FiniteType X ->
  forall (FY : FiniteType Y) (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (Bphi : R),
  SoftmaxClass.bounded_features phi Bphi ->
  forall y1 y2 : Y,
  y1 <> y2 ->
  forall radius beta gamma : R,
  0 < Bphi ->
  0 < beta <= 1 ->
  0 < gamma ->
  forall theta0 : Dim -> R,
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta0) ->
  OneRound.Concentration.realizable beta (Linear.SoftmaxClass.softmax phi theta0) (SoftmaxClass.linear_class phi radius) ->
  gamma <= 2 * Bphi * radius * beta / (1 + beta).

(** S08: A-REAL along the exact path ends after log(2 B_phi R/gamma)/log(1 + 1/beta) rounds. *)
Definition S08_rounds_at_fixed_radius : Prop :=
  forall X Y Dim : Type,
  FiniteType X ->
  forall (FY : FiniteType Y) (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (Bphi : R),
  SoftmaxClass.bounded_features phi Bphi ->
  forall y1 y2 : Y,
  y1 <> y2 ->
  forall radius beta gamma : R,
  0 < Bphi ->
  0 < radius ->
  0 < beta <= 1 ->
  0 < gamma ->
  forall theta0 : Dim -> R,
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta0) ->
  forall T : nat,
  (0 < T)%nat ->
  (forall t : nat,
   (t < T)%nat ->
   OneRound.Concentration.realizable beta (ExactRounds.exact_policy phi beta theta0 t)
     (SoftmaxClass.linear_class phi radius)) ->
  INR T <= ln (2 * Bphi * radius / gamma) / ln (1 + 1 / beta).

(** S08: beta log kappa_0/gamma >= (1 + beta) log kappa_0/(2 B_phi R). *)
Definition S08_bias_at_fixed_radius : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (Bphi : R),
  SoftmaxClass.bounded_features phi Bphi ->
  forall y1 y2 : Y,
  y1 <> y2 ->
  forall radius beta gamma : R,
  0 < Bphi ->
  0 < radius ->
  0 < beta <= 1 ->
  0 < gamma ->
  forall theta0 : Dim -> R,
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta0) ->
  forall D : X -> R,
  is_dist D ->
  OneRound.Concentration.realizable beta (Linear.SoftmaxClass.softmax phi theta0) (SoftmaxClass.linear_class phi radius) ->
  (1 + beta) * ln (kappa D (Linear.SoftmaxClass.softmax phi theta0)) / (2 * Bphi * radius) <=
  beta * ln (kappa D (Linear.SoftmaxClass.softmax phi theta0)) / gamma.

(** S08: the bound of Theorem 6.2 stays above (1 + beta)/(B_phi R) for every n. *)
Definition S08_bound_at_fixed_radius : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (Bphi : R),
  SoftmaxClass.bounded_features phi Bphi ->
  forall y1 y2 : Y,
  y1 <> y2 ->
  forall radius beta gamma : R,
  0 < Bphi ->
  0 < radius ->
  0 < beta <= 1 ->
  0 < gamma ->
  forall theta0 : Dim -> R,
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta0) ->
  forall (D : X -> R) (c eps : R) (T : nat),
  0 < c ->
  0 <= eps ->
  OneRound.Concentration.realizable beta (Linear.SoftmaxClass.softmax phi theta0) (SoftmaxClass.linear_class phi radius) ->
  (1 + beta) / (Bphi * radius) <=
  failure_bound D beta (Linear.SoftmaxClass.softmax phi theta0) gamma c eps T.

(** S08: the repaired radius adds d T log(1 + 1/beta) to the logarithm of the covering number. *)
Definition S08_complexity_of_the_repaired_radius : Prop :=
  forall (d nu Bphi e beta : R) (T : nat),
  0 <= d ->
  0 <= nu ->
  0 < Bphi ->
  0 < e ->
  0 < beta <= 1 ->
  d * ln (1 + 4 * (Policy.Update.alpha beta T * nu) * Bphi / e) <=
  d * (ln (1 + 4 * nu * Bphi / e) + INR T * ln (1 + 1 / beta)).

(** S09: every T, finite spaces. *)
Definition S09_minimum_probability : Prop :=
  forall (X Y : Type) (FY : FiniteType Y) (beta : R),
  0 < beta ->
  forall (gamma : R) (pi : policy X Y) (T : nat) (x : X) (y : Y),
  0 < gamma ->
  is_policy pi ->
  has_margin gamma pi ->
  y <> mode pi x -> power (alpha beta T) (pi x) y <= exp (- (gamma * alpha beta T)).
