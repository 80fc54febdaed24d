(** * The rate of Theorem 6.2: statements

    Theorem 6.2 at [beta = 1/sqrt n], a tail constant [K = k0 n^q] and the repaired radius
    [R = alpha_T nu] of S08, which grows like [n^(T/2)]: an explicit inequality of order
    [log^(3/2) n / sqrt n], and the limit of the bound times its rate. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.OneStep
  Iteration.Rounds Iteration.Trajectory Linear.Recovery Linear.Horizon Linear.SoftmaxClass
  Linear.Statements Rates.Logarithms Rates.Recurrence Rates.Statements.
Open Scope R_scope.

(** [R = alpha_T nu] at [beta = 1/sqrt n], that is [(1 + sqrt n)^T nu]. *)
Definition repaired_radius (nu n : R) (T : nat) : R := alpha (1 / sqrt n) T * nu.

(** [log(1 + 4 R Bphi beta n / B) <= radius_rate log n]: the repaired radius costs [d (T+1)/2 log n]. *)
Definition radius_rate (nu Bphi : R) (T : nat) : R := ln (1 + 4 * nu * Bphi) + INR T * ln 2 + (INR T + 1) / 2.

(** [linear_error <= linear_rate log^(3/2) n / sqrt n] at confidence [delta/T]. *)
Definition linear_rate (N k0 : R) (q : nat) (d nu Bphi delta : R) (T : nat) : R :=
  level_rate N k0 q * sqrt (24 + 32 / 3 * (d * radius_rate nu Bphi T + ln (1 / (delta / INR T)))) + moment_rate N k0 q.

(** The limit of [linear_error sqrt n / log^(3/2) n]. *)
Definition linear_limit (q : nat) (d : R) (T : nat) : R := (INR q + 2) * sqrt (16 / 3 * d * (INR T + 1)).

(** Theorem 6.2 for [n >= 3] with [W = (2 linear_rate + 1) log^(3/2) n / sqrt n]; from
    [n >= (15 (2 linear_rate + 1)/(gamma c))^4] on in the short form. *)
Definition Theorem_6_2_rate : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (Bphi nu gamma c k0 delta : R) (q n T : nat) (pi0 : policy X Y),
  let beta := 1 / sqrt (INR n) in
  let radius := repaired_radius nu (INR n) T in
  let pol := linear_class phi radius in
  let rate := 2 * linear_rate (card Y) k0 q (card Dim) nu Bphi delta T + 1 in
  let W := rate * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)) in
  forall learner : history (X := X) (Y := Y) -> SoftmaxClass.ball Dim radius,
  let violates bound := PT D pol pi0 n learner T (fun h =>
    every_round pol pi0 learner (round_assumptions D beta pol gamma c (k0 * INR n ^ q)) h /\
    ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound) in
  is_dist D -> is_policy pi0 -> 0 < Bphi -> bounded_features phi Bphi -> 0 <= nu -> 0 < gamma -> 0 < c ->
  1 <= k0 -> 0 < delta <= 1 -> (3 <= n)%nat -> (0 < T)%nat -> minimises_empirical_loss beta pol pi0 learner ->
  violates (2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt (kappa D pi0)))
    <= delta /\
  ((15 * rate / (gamma * c)) ^ 4 <= INR n ->
   violates (2 / gamma * W * (2 + sqrt (kappa D pi0 / 2 ^ (T - 1)))) <= delta).

(** The bound of Theorem 6.2 times [sqrt n / log^(3/2) n] tends to
    [(4/gamma) (q+2) sqrt((16/3) d (T+1))], times [1 + sqrt kappa_0] if [T = 1]. *)
Definition Theorem_6_2_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (pi0 : policy X Y)
    (N k0 d nu Bphi delta gamma c : R) (q T : nat),
  is_dist D -> is_policy pi0 -> 1 <= N -> 1 <= k0 -> 0 <= d -> 0 < nu -> 0 < Bphi -> 0 < delta <= 1 ->
  0 < gamma -> 0 < c -> (0 < T)%nat ->
  is_lim_seq (fun n => failure_bound D (1 / sqrt (INR n)) pi0 gamma c
      (linear_error N (k0 * INR n ^ q) d (repaired_radius nu (INR n) T) Bphi (1 / sqrt (INR n)) (INR n)
         (delta / INR T)) T * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n)))))
    (2 / gamma * (2 * linear_limit q d T) * initial_share (kappa D pi0) T).

(** An instance of Theorem 6.2's rate: d = 2, T = 2, two prompts, three responses, n = 10^18, the repaired
    radius [R = alpha_2 ||theta_0||].  All hypotheses hold with the assumptions on every history, the short form
    applies and is at most 1/2000, the learner is not always exact, and the initial policy fails everywhere. *)
Definition Theorem_6_2_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let theta0 := fun _ : bool => 1 / 2 in
  let pi0 := softmax phi theta0 in
  let nu := norm theta0 in
  let rate := 2 * linear_rate 3 3 0 2 nu 1 (1 / 20) 2 + 1 in
  exists n : nat,
  let beta := 1 / sqrt (INR n) in
  let radius := repaired_radius nu (INR n) 2 in
  let pol := linear_class phi radius in
  let W := rate * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)) in
  exists learner : history (X := bool) (Y := option bool) -> SoftmaxClass.ball bool radius,
    INR n = 10 ^ 18 /\ is_dist D /\ is_policy pi0 /\ bounded_features phi 1 /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 nil h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h) /\
    0 < PT D pol pi0 n learner 2 (fun h => exists x y,
       current pol pi0 learner h x y <> softmax phi (Horizon.scale (alpha beta 2) theta0) x y) /\
    (15 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n /\
    2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 2000 /\
    own_failure D pi0 (1 / 2) = 1 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 2000).
