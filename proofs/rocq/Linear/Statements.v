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

(** S08 joined to F10: at the repaired radius [R >= alpha_T ||theta_0||] none of A-REAL, A-CONC, A-TAIL,
    A-MARGIN is an assumption on the event that every sample spans the feature differences.  If the pairs of
    [Z] span and are all seen in a round, except with probability [eta] on the exact path, then with
    probability at least [1 - T eta] the learner's policy is exactly [pi_T], proportional to
    [pi_0^alpha_T], the assumptions hold in all rounds (with [c = 1/N], [K = N]), and
    [kappa_T <= 1 + (N-1) e^(-gamma alpha_T)]. *)
Definition Exact_recovery : Prop :=
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

(** An instance of Theorem 6.2: d = 2, T = 2, two prompts, three responses, n = 10^12, beta = 1/1000.  All
    hypotheses hold, the assumptions on every history; the learner differs from the exact path with positive
    probability; the initial policy fails everywhere; and the bound is at most 1/40. *)
Definition Theorem_6_2_instance : Prop :=
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

(** An instance of [Exact_recovery]: two prompts, three responses, d = 2, T = 2, beta = 1, n = 100, R = 3.
    Every learner that minimises the empirical loss is exact after both rounds with probability at least
    49/50, and such learners exist. *)
Definition Exact_recovery_instance : Prop :=
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
