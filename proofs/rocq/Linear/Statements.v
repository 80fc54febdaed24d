(** * Theorem 6.2: statements

    What is proved about the linear softmax class of radius R in R^d, in one place.  [LinearIteration] and
    [LinearRecovery] prove these propositions; [LinearInstance] gives instances that meet all hypotheses. *)

From Coq Require Import Reals List.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds Iteration.Trajectory Linear.Recovery
  Linear.Horizon Linear.Euclidean Linear.SoftmaxClass.
Import ListNotations.
Open Scope R_scope.

(** F06 for the class: [B^2 (24 + (32/3)(d log(1 + 4 R Bphi beta n / B) + log(1/delta))) / n] with
    [B = log(2 (N + K) n^2)]. *)
Definition linear_risk (N K d radius Bphi beta n delta : R) : R :=
  trunc_level N K n ^ 2 *
  (24 + 32 / 3 * (d * ln (1 + 4 * radius * Bphi * beta * n / trunc_level N K n) + ln (1 / delta))) / n.

(** F07: the statistical error [sqrt(linear_risk) + V4 n^(-1/2)]. *)
Definition linear_error (N K d radius Bphi beta n delta : R) : R :=
  sqrt (linear_risk N K d radius Bphi beta n delta) + V4 N K / sqrt n.

(** Theorem 6.2, repaired.  In the linear softmax class of radius R over R^d with features of norm at most
    [Bphi], for every learner that minimises the empirical loss: the probability that A-REAL, A-CONC,
    A-TAIL, A-MARGIN and the weak [c] hold in all [T] rounds and yet
    [P_x(max_y pi_T <= 1/2) > (2/gamma)(2 eps + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] is at most
    [delta], where [eps] is [linear_error] at confidence [delta/T]. *)
Definition Theorem_6_2 : Prop :=
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

(** Learners that minimise the empirical loss after every history exist, for every initial policy. *)
Definition Learner_exists : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (radius beta : R) (pi0 : policy X Y),
  is_policy pi0 -> 0 <= radius ->
  exists learner : history (X := X) (Y := Y) -> ball Dim radius,
    minimises_empirical_loss beta (linear_class phi radius) pi0 learner.
