(** * Theorem 6.2 and Appendix F: linear softmax policies

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Hierarchy RInt.
From SRVerify Require Import Finite.Space Scalar.Linear Policy.Definitions Policy.Update
  OneRound.Concentration OneRound.OneStep Iteration.Rounds Iteration.Learners Linear.SoftmaxClass
  Linear.FixedRadius Linear.ExactRounds Rates.Linear.
Import ListNotations.
Open Scope R_scope.

(** F01: an s-separated family in the R-ball of R^d has at most (1 + 2R/s)^d members, for every d. *)
Definition F01_packing_number : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (I : Type) (FI : FiniteType I)
    (p : I -> Dim -> R) (radius s : R),
  0 <= radius ->
  0 < s -> in_ball radius p -> separated s p -> card I <= (1 + 2 * radius / s) ^ dimension (Dim := Dim).

(** F01: a maximal s-packing exists and is an s-net with at most (1 + 2R/s)^d points. *)
Definition F01_net_exists : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (radius s : R),
  0 <= radius ->
  0 < s ->
  exists (m : nat) (p : upto m -> Dim -> R),
    in_ball radius p /\
    separated s p /\
    card (upto m) <= (1 + 2 * radius / s) ^ dimension (Dim := Dim) /\
    (forall u : Dim -> R, Linear.SoftmaxClass.norm u <= radius -> exists i : upto m, distance u (p i) <= s).

(** F02: finite responses, any dimension. *)
Definition F02_log_ratio_lipschitz : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (I : Type) (FI : FiniteType I)
    (theta theta' : I -> R) (phi : Y -> I -> R) (B : R) (y : Y),
  (forall z : Y, Scalar.Linear.norm (phi z) <= B) ->
  Rabs
    (ln (Scalar.Linear.softmax (fun z : Y => inner theta (phi z)) y) -
     ln (Scalar.Linear.softmax (fun z : Y => inner theta' (phi z)) y)) <=
  2 * B * Scalar.Linear.norm (fun i : I => theta i - theta' i).

(** F02: softmax policies over R^d, every d. *)
Definition F02_policies : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (Bphi : R) (theta theta' : Dim -> R),
  bounded_features phi Bphi ->
  forall (x : X) (y : Y),
  Rabs (ln (softmax phi theta x y) - ln (softmax phi theta' x y)) <=
  2 * (Bphi * distance theta theta').

(** F03: finite responses, any dimension. *)
Definition F03_normaliser_linear : Prop :=
  forall (Y : Type) (FY : FiniteType Y) (I : Type) (FI : FiniteType I)
    (theta theta' : I -> R) (phi : Y -> I -> R) (B : R),
  (forall y : Y, Scalar.Linear.norm (phi y) <= B) ->
  Rabs
    (ln (normaliser (fun y : Y => inner theta (phi y)) / normaliser (fun y : Y => inner theta' (phi y)))) <=
  B * Scalar.Linear.norm (fun i : I => theta i - theta' i).

(** F04: 8 beta e B for projected losses. *)
Definition F04_projected_loss : Prop :=
  forall B beta e x y z : R,
  0 <= B ->
  0 <= beta ->
  0 <= e ->
  Rabs (x - y) <= 2 * beta * e ->
  Rabs
    ((Rmax (- B) (Rmin B x) - Rmax (- B) (Rmin B z)) ^ 2 -
     (Rmax (- B) (Rmin B y) - Rmax (- B) (Rmin B z)) ^ 2) <= 8 * beta * e * B.

(** F04: the indicator's jump exceeds every such bound. *)
Definition F04_indicator_jump : Prop :=
  forall B s : R, 0 < s -> s < B / 2 -> 8 * s * B < Rabs ((B - - B) ^ 2 * 1 - (B + 2 * s - - B) ^ 2 * 0).

(** F05: the three moves together. *)
Definition F05_uniform_bound : Prop :=
  forall L L' emp beta e B lognet n : R,
  0 < n ->
  L <= L' + 8 * beta * e * B ->
  emp <= 8 * beta * e * B ->
  L' <= 2 * emp + 8 / 3 * (4 * B ^ 2 * lognet / n) ->
  L <= 24 * beta * e * B + 32 / 3 * B ^ 2 * lognet / n.

(** F05: a net of the class in the sup log-ratio metric, at most (1 + 4 R B_phi/e)^d policies. *)
Definition F05_linear_net : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (Bphi radius : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  forall e : R,
  0 < e ->
  exists (m : nat) (center : Iteration.Learners.upto m -> policy X Y),
    (forall j : Iteration.Learners.upto m, is_policy (center j)) /\
    (forall i : SoftmaxClass.ball Dim radius,
     exists j : Iteration.Learners.upto m,
       forall (x : X) (y : Y),
       Rabs (ln (SoftmaxClass.linear_class phi radius i x y) - ln (center j x y)) <= e) /\
    card (Iteration.Learners.upto m) <= (1 + 4 * radius * Bphi / e) ^ dimension (Dim := Dim).

(** F05: uniformly over a class with a finite net, by exponential moments. *)
Definition F05_zero_loss_net : Prop :=
  forall (A : Type) (FA : FiniteType A) (p : A -> R),
  is_dist p ->
  forall (J : Type) (FJ : FiniteType J) (loss : J -> A -> R) (b : R),
  0 < b ->
  (forall (j : J) (z : A), 0 <= loss j z <= b) ->
  forall (I : Type) (member : I -> A -> R) (h : R) (n : nat) (delta : R),
  (0 < n)%nat ->
  0 < delta ->
  (forall i : I, exists j : J, forall z : A, Rabs (member i z - loss j z) <= h) ->
  1 - delta <=
  Prn n p
    (fun s : list A =>
     forall i : I,
     zero_on member i s ->
     E p (member i) <= 13 / 5 * h + 8 / 5 * (b * ln (card J / delta) / INR n)).

(** F06: the same identity. *)
Definition F06_resolution : Prop :=
  forall beta B n d radius Bphi delta : R,
  0 < beta ->
  0 < B ->
  0 < n ->
  0 < delta ->
  24 * beta * (B / (beta * n)) * B +
  32 / 3 * B ^ 2 * (d * ln (1 + 4 * radius * Bphi / (B / (beta * n))) + ln (1 / delta)) / n =
  B ^ 2 * (24 + 32 / 3 * (d * ln (1 + 4 * radius * Bphi * beta * n / B) + ln (1 / delta))) / n.

(** F06: with probability >= 1-delta, for every zero-loss member of the linear class. *)
Definition F06_linear_concentration : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall (base : policy X Y) (delta : R),
  is_policy base ->
  0 < delta <= 1 ->
  1 <= K ->
  1 - delta <=
  Prn n (OneStep.pair_law D base)
    (OneStep.concentrated D beta (SoftmaxClass.linear_class phi radius) base K n
       (Linear.FixedRadius.linear_risk (card Y) K (card Dim) radius Bphi beta (INR n) delta)).

(** F07: C18 for the linear class with this error, every minimiser. *)
Definition F07_linear_balance : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall delta : R,
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  forall base : policy X Y,
  is_policy base ->
  OneRound.Concentration.realizable beta base (SoftmaxClass.linear_class phi radius) ->
  1 - delta / INR T <=
  Prn n (OneStep.pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : SoftmaxClass.ball Dim radius,
     OneRound.Concentration.is_ERM (OneRound.Concentration.pair_loss beta base (SoftmaxClass.linear_class phi radius)) s i ->
     OneStep.admissible D beta base K (kappa D base)
       (SoftmaxClass.linear_class phi radius i) ->
     J D base (Policy.Update.comparator base) -
     J D base (SoftmaxClass.linear_class phi radius i) <=
     OneStep.gap_bound D beta base (kappa D base)
       (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
          (INR n) (delta / INR T))).

(** F07: at beta = 1/sqrt n and the repaired radius the error is of order log^(3/2) n/sqrt n. *)
Definition F07_error_rate : Prop :=
  forall N k0 d nu Bphi delta : R,
  1 <= N ->
  1 <= k0 ->
  0 <= d ->
  0 <= nu ->
  0 < Bphi ->
  0 < delta <= 1 ->
  forall q T : nat,
  (0 < T)%nat ->
  forall x : R,
  3 <= x ->
  error_at N k0 d nu Bphi delta q T x <=
  Rates.Linear.linear_rate N k0 q d nu Bphi delta T * (ln x * sqrt (ln x) / sqrt x).

(** F08: the Riemann integral is 1/c - 1. *)
Definition F08_saturated_integral : Prop :=
  forall A c : R,
  0 < c < 1 ->
  1 - c <= A -> is_RInt (fun t : R => Rmin 1 (A * t / (t - 1))) 1 (1 / c) (1 / c - 1).

(** F08: both regimes for every finite policy and prompt set. *)
Definition F08_regimes : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (base pi : policy X Y) (gamma A c : R),
  is_dist D ->
  is_policy pi ->
  0 < gamma ->
  has_margin gamma base ->
  (J D base (Policy.Update.comparator base) - J D base pi) / gamma <= A ->
  0 < A ->
  0 < c < 1 ->
  (forall x : X, c <= Max (pi x)) ->
  (A <= 1 - c -> kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))) /\
  (1 - c <= A -> kappa D pi <= 1 / c).

(** F09: Theorem 6.2 for every class with a finite net. *)
Definition F09_theorem_6_2 : Prop :=
  forall (X Y I J : Type) (FX : FiniteType X) (FY : FiniteType Y) (FJ : FiniteType J)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall center : J -> policy X Y,
  (forall j : J, is_policy (center j)) ->
  forall e : R,
  (forall i : I, exists j : J, forall (x : X) (y : Y), Rabs (ln (pol i x y) - ln (center j x y)) <= e) ->
  forall n : nat,
  (0 < n)%nat ->
  forall (K : R) (pi0 : policy X Y),
  is_policy pi0 ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  PT D pol pi0 n learner T
    (fun h : history =>
     every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h /\
     ~
     own_failure D (current pol pi0 learner h) (1 / 2) <=
     failure_bound D beta pi0 gamma c (net_error (Y := Y) (J := J) beta e n K delta T) T) <= delta.

(** F09: Theorem 6.2 for the linear softmax class with d, R, B_phi, T, n and delta explicit. *)
Definition F09_linear_theorem_6_2 : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (Bphi radius beta gamma c K delta : R) (n T : nat)
    (pi0 : policy X Y) (learner : history (X := X) (Y := Y) -> ball Dim radius),
  is_dist D -> is_policy pi0 -> 0 < Bphi -> bounded_features phi Bphi -> 0 <= radius ->
  0 < beta <= 1 -> 0 < gamma -> 0 < c -> 0 < delta <= 1 -> (0 < n)%nat -> (0 < T)%nat ->
  minimises_empirical_loss beta (linear_class phi radius) pi0 learner ->
  PT D (linear_class phi radius) pi0 n learner T (fun h =>
    every_round (linear_class phi radius) pi0 learner
      (round_assumptions D beta (linear_class phi radius) gamma c K) h /\
    ~ own_failure D (current (linear_class phi radius) pi0 learner h) (1 / 2)
      <= failure_bound D beta pi0 gamma c
           (linear_error (card Y) K (card Dim) radius Bphi beta (INR n) (delta / INR T)) T) <= delta.

(** F09: learners that minimise the empirical loss in every round exist. *)
Definition F09_learner_exists : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (radius beta : R) (pi0 : policy X Y),
  is_policy pi0 -> 0 <= radius ->
  exists learner : history (X := X) (Y := Y) -> ball Dim radius,
    minimises_empirical_loss beta (linear_class phi radius) pi0 learner.

(** F09: C27 for the linear class with F07. *)
Definition F09_linear_recurrence : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall gamma c delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  forall base : policy X Y,
  is_policy base ->
  OneRound.Concentration.realizable beta base (SoftmaxClass.linear_class phi radius) ->
  has_margin gamma base ->
  1 - delta / INR T <=
  Prn n (OneStep.pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : SoftmaxClass.ball Dim radius,
     OneRound.Concentration.is_ERM (OneRound.Concentration.pair_loss beta base (SoftmaxClass.linear_class phi radius)) s i ->
     OneStep.admissible D beta base K (kappa D base)
       (SoftmaxClass.linear_class phi radius i) ->
     (forall x : X, c <= Max (SoftmaxClass.linear_class phi radius i x)) ->
     kappa D (SoftmaxClass.linear_class phi radius i) <=
     1 +
     Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta (INR n) (delta / INR T) *
     sqrt (kappa D base) / (gamma * c) +
     (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
        (INR n) (delta / INR T) * sqrt (kappa D base) +
      beta * ln (kappa D base)) / (gamma * c)).

(** F09: base failure is at most the sum of 2 A_t. *)
Definition F09_linear_base_failure : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall learner : Rounds.history -> SoftmaxClass.ball Dim radius,
  Rounds.minimises_empirical_loss beta (SoftmaxClass.linear_class phi radius) pi0 learner ->
  forall gamma c delta : R,
  0 < gamma ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  Rounds.PT D (SoftmaxClass.linear_class phi radius) pi0 n learner T
    (fun h : Rounds.history =>
     Rounds.every_round (SoftmaxClass.linear_class phi radius) pi0 learner
       (round_assumptions D beta (SoftmaxClass.linear_class phi radius) gamma c K) h /\
     ~
     failure D (Rounds.current (SoftmaxClass.linear_class phi radius) pi0 learner h)
       (mode pi0) (1 / 2) <=
     base_failure_bound D beta (SoftmaxClass.linear_class phi radius) pi0 learner gamma
       (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
          (INR n) (delta / INR T)) h) <= delta.

(** F09: C35 for the linear class. *)
Definition F09_linear_corollary_5_7 : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall learner : Rounds.history -> SoftmaxClass.ball Dim radius,
  Rounds.minimises_empirical_loss beta (SoftmaxClass.linear_class phi radius) pi0 learner ->
  forall gamma c delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  1 +
  ln (kappa D pi0) /
  ln
    (1 /
     contraction
       (slope beta gamma c
          (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
             (INR n) (delta / INR T)))) <= INR T ->
  Rounds.PT D (SoftmaxClass.linear_class phi radius) pi0 n learner T
    (fun h : Rounds.history =>
     Rounds.every_round (SoftmaxClass.linear_class phi radius) pi0 learner
       (round_assumptions D beta (SoftmaxClass.linear_class phi radius) gamma c K) h /\
     ~
     own_failure D
       (Rounds.current (SoftmaxClass.linear_class phi radius) pi0 learner h)
       (1 / 2) <=
     2 / gamma *
     (2 *
      Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
        (INR n) (delta / INR T) + beta) *
     (sqrt
        (kappa_star
           (slope beta gamma c
              (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
                 (INR n) (delta / INR T)))) + 1)) <= delta.

(** F09: C37 for the linear class. *)
Definition F09_linear_doubly_exponential : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (Bphi radius beta K : R),
  0 < Bphi ->
  SoftmaxClass.bounded_features phi Bphi ->
  0 <= radius ->
  0 < beta <= 1 ->
  forall n : nat,
  (0 < n)%nat ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall learner : Rounds.history -> SoftmaxClass.ball Dim radius,
  Rounds.minimises_empirical_loss beta (SoftmaxClass.linear_class phi radius) pi0 learner ->
  forall gamma c delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  Rounds.PT D (SoftmaxClass.linear_class phi radius) pi0 n learner T
    (fun h : Rounds.history =>
     Rounds.every_round (SoftmaxClass.linear_class phi radius) pi0 learner
       (round_assumptions D beta (SoftmaxClass.linear_class phi radius) gamma c K) h /\
     ~
     own_failure D
       (Rounds.current (SoftmaxClass.linear_class phi radius) pi0 learner h)
       (1 / 2) <=
     2 / gamma *
     (2 *
      Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
        (INR n) (delta / INR T) + beta) *
     ((1 +
       slope beta gamma c
         (Linear.FixedRadius.linear_error (card Y) K (card Dim) radius Bphi beta
            (INR n) (delta / INR T))) * Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.

(** F09: d = 2, T = 2, n = 10^12: the hypotheses hold, the bound is 1/40, not always p*. *)
Definition F09_theorem_6_2_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let pi0 := softmax phi (fun _ => 1 / 2) in
  let beta := 1 / 1000 in
  let radius := 10 ^ 6 in
  let pol := linear_class phi radius in
  let bound n := failure_bound D beta pi0 (1 / 2) (1 / 3)
    (linear_error 3 3 2 radius 1 beta (INR n) (1 / 20 / 2)) 2 in
  exists (n : nat) (learner : history (X := bool) (Y := option bool) -> ball bool radius),
    INR n = 10 ^ 12 /\ is_dist D /\ is_policy pi0 /\ bounded_features phi 1 /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 [] h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) 3) h) /\
    0 < PT D pol pi0 n learner 2 (fun h => exists x y,
       current pol pi0 learner h x y <> softmax phi (scale (alpha beta 2) (fun _ => 1 / 2)) x y) /\
    own_failure D pi0 (1 / 2) = 1 /\ bound n <= 1 / 40 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 40).

(** F09: at beta = 1/sqrt n and R = alpha_T nu: explicit, of order log^(3/2) n/sqrt n from n = 3 on. *)
Definition F09_rate : Prop :=
  SRVerify.Rates.Linear.Theorem_6_2_rate.

(** F09: the bound times sqrt n/log^(3/2) n has a finite limit. *)
Definition F09_rate_limit : Prop :=
  SRVerify.Rates.Linear.Theorem_6_2_limit.

(** F09: d = 2, T = 2, n = 10^18, R = alpha_2 ||theta_0||: the bound is at most 1/2000. *)
Definition F09_rate_instance : Prop :=
  SRVerify.Rates.Linear.Theorem_6_2_rate_instance.

(** F10: zero loss on a spanning sample gives p*, any dimension. *)
Definition F10_exact_recovery : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (I : Type) (Theta : I -> Dim -> R) (beta : R),
  0 < beta ->
  forall (theta_t : Dim -> R) (s : list (X * Y * Y)) (i : I),
  spans phi s ->
  zero_on (pair_loss beta (softmax phi theta_t) (fun i0 : I => softmax phi (Theta i0))) i s ->
  forall (x : X) (y : Y), softmax phi (Theta i) x y = self_update beta (softmax phi theta_t) x y.

(** F10: under A-REAL every empirical minimiser is p*. *)
Definition F10_minimiser_is_update : Prop :=
  forall (X Y Dim : Type) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (I : Type) (Theta : I -> Dim -> R) (beta : R),
  0 < beta ->
  forall (theta_t : Dim -> R) (s : list (X * Y * Y)) (i : I),
  realizable beta (softmax phi theta_t) (fun i0 : I => softmax phi (Theta i0)) ->
  spans phi s ->
  is_ERM (pair_loss beta (softmax phi theta_t) (fun i0 : I => softmax phi (Theta i0))) s i ->
  forall (x : X) (y : Y), softmax phi (Theta i) x y = self_update beta (softmax phi theta_t) x y.

(** F10: A-CONC, A-TAIL and A-MARGIN for the minimiser. *)
Definition F10_assumptions_for_free : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (I : Type) (Theta : I -> Dim -> R) (beta : R),
  0 < beta ->
  forall (theta_t : Dim -> R) (D : X -> R) (gamma : R) (s : list (X * Y * Y)) (i : I),
  is_dist D ->
  realizable beta (softmax phi theta_t) (fun i0 : I => softmax phi (Theta i0)) ->
  spans phi s ->
  is_ERM (pair_loss beta (softmax phi theta_t) (fun i0 : I => softmax phi (Theta i0))) s i ->
  0 < gamma ->
  has_margin gamma (softmax phi theta_t) ->
  conc D (softmax phi theta_t) (softmax phi (Theta i)) <=
  kappa D (softmax phi theta_t) /\
  tail_constant D beta (softmax phi theta_t) (softmax phi (Theta i)) <= card Y /\
  has_margin gamma (softmax phi (Theta i)).

(** F10: at R >= alpha_T ||theta_0|| the T rounds are exact with the probability that samples span. *)
Definition F10_recovery_at_the_repaired_radius : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (radius beta gamma eta : R) (n T : nat)
    (theta0 : Dim -> R) (Z : list (X * Y * Y)) (learner : history (X := X) (Y := Y) -> ball Dim radius),
  let pol := linear_class phi radius in
  let exact t := softmax phi (scale (alpha beta t) theta0) in
  is_dist D -> 0 < beta <= 1 -> 0 < gamma -> has_margin gamma (softmax phi theta0) ->
  alpha beta T * norm theta0 <= radius ->
  minimises_empirical_loss beta pol (softmax phi theta0) learner ->
  spans phi Z -> 0 <= eta ->
  (forall t, (t < T)%nat -> sumL Z (fun z => (1 - coupled D (exact t) (exact t) z) ^ n) <= eta) ->
  1 - INR T * eta <= PT D pol (softmax phi theta0) n learner T (fun h =>
    (forall x y, current pol (softmax phi theta0) learner h x y = exact T x y) /\
    every_round pol (softmax phi theta0) learner
      (round_assumptions D beta pol gamma (/ card Y) (card Y)) h /\
    kappa D (current pol (softmax phi theta0) learner h)
      <= 1 + (card Y - 1) * exp (- (gamma * alpha beta T))).

(** F10: d = 2, T = 2, beta = 1, n = 100: exact with probability at least 49/50. *)
Definition F10_recovery_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let theta0 := fun _ : bool => 1 / 2 in
  let pi0 := softmax phi theta0 in
  let pol := linear_class phi 3 in
  (exists learner, minimises_empirical_loss 1 pol pi0 learner) /\
  forall learner, minimises_empirical_loss 1 pol pi0 learner ->
    49 / 50 <= PT D pol pi0 100 learner 2 (fun h =>
      (forall x y, current pol pi0 learner h x y = softmax phi (scale 4 theta0) x y) /\
      every_round pol pi0 learner (round_assumptions D 1 pol (1 / 2) (1 / 3) 3) h).

(** F10: P(y != y') <= 2(1 - 1/kappa). *)
Definition F10_informative_pairs : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (base : policy X Y),
  is_dist D ->
  is_policy base ->
  E2 D base base (fun (_ : X) (y y' : Y) => ind (y <> y')) <=
  2 * (1 - / kappa D base).

(** F10: a spanning sample has at least dim(span) pairs with different responses. *)
Definition F10_spanning_needs_pairs : Prop :=
  forall (X Y Dim : Type) (phi : X -> Y -> Dim -> R) (s L : list (X * Y * Y)),
  Linear.SoftmaxClass.spans phi s ->
  NoDup L -> independent_pairs phi L -> (length L <= length (distinct_pairs s))%nat.

(** F10: the expected number of pairs with different responses is at most 2n(1 - 1/kappa). *)
Definition F10_expected_distinct_pairs : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (base : policy X Y) (n : nat),
  is_policy base ->
  En n (OneStep.pair_law D base)
    (fun s : list (X * Y * Y) => INR (length (distinct_pairs s))) <=
  2 * INR n * (1 - / kappa D base).

(** F10: P(spans) <= 2n(N - 1) exp(-gamma alpha_t)/dim along the exact path. *)
Definition F10_spanning_is_hopeless : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FD : FiniteType Dim) (phi : X -> Y -> Dim -> R) (D : X -> R),
  is_dist D ->
  forall (gamma beta : R) (theta0 : Dim -> R) (t n : nat) (L : list (X * Y * Y)),
  0 < beta <= 1 ->
  0 < gamma ->
  has_margin gamma (Linear.SoftmaxClass.softmax phi theta0) ->
  NoDup L ->
  independent_pairs phi L ->
  (0 < length L)%nat ->
  Prn n
    (OneStep.pair_law D (Linear.SoftmaxClass.softmax phi (Linear.SoftmaxClass.scale (Policy.Update.alpha beta t) theta0)))
    (Linear.SoftmaxClass.spans phi) <=
  2 * INR n * ((card Y - 1) * exp (- (gamma * Policy.Update.alpha beta t))) / INR (length L).

(** F10: pi_0 = (3/5, 2/5), beta = 1/10: about 2, 44 and 10^21 draws per informative pair. *)
Definition F10_draws_per_pair : Prop :=
  let q :=
    fun t : nat =>
    Policy.Update.power (Policy.Update.alpha (1 / 10) t) (fun y : bool => if y then 3 / 5 else 2 / 5) in
  let draws :=
    fun t : nat =>
    / E (q t) (fun y : bool => E (q t) (fun y' : bool => ind (y <> y'))) in
  2 <= draws 0%nat <= 21 / 10 /\
  44 <= draws 1%nat <= 45 /\ 10 ^ 21 <= draws 2%nat <= 11 / 10 * 10 ^ 21.

(** F10: without A-REAL the minimisers of two samples are different policies. *)
Definition F10_minimiser_moves : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (target y0 : Y)
    (x0 x1 : X) (beta g radius : R),
  y0 <> target ->
  x0 <> x1 ->
  0 < beta ->
  0 < radius ->
  beta * radius < (1 + beta) * g ->
  let phi := Linear.ExactRounds.prompt_features target in
  let loss :=
    OneRound.Concentration.pair_loss beta (Linear.SoftmaxClass.softmax phi (fun _ : X => g))
      (SoftmaxClass.linear_class phi radius) in
  forall i j : SoftmaxClass.ball X radius,
  OneRound.Concentration.is_ERM loss [(x0, target, y0)] i ->
  OneRound.Concentration.is_ERM loss [(x1, target, y0)] j ->
  exists y : Y,
    SoftmaxClass.linear_class phi radius i x0 y <> SoftmaxClass.linear_class phi radius j x0 y.
