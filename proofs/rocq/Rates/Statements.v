(** * The paper's rates: statements

    Every conclusion that the paper states with O-tilde, at [beta = 1/sqrt n] and with a tail constant
    [K = k0 n^q] that is polynomial in [n]: an inequality with constants and logarithms written out, valid
    from an explicit [n] on, and the limit of the bound times its rate.  The constants are [level_rate],
    [moment_rate], [stat_rate] and [stat_limit] of [Rates.Logarithms]. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Policy.GapToMass
  OneRound.ZeroLoss OneRound.Tails OneRound.OneStep Iteration.Rounds Iteration.Trajectory
  Scalar.LambertW Rates.Logarithms Rates.Recurrence.
Open Scope R_scope.

(** C18 in the form [O-tilde(sqrt(kappa_0 log(|Pi|/delta) / n))]. *)
Definition gap_rate (N k0 : R) (q : nat) : R := 2 * (2 * level_rate N k0 q + moment_rate N k0 q) + 1.

(** For [n >= 3], [|Pi| >= 3 delta] and [Cbar = kappa_0 log^(2p) n]: with probability at least [1 - delta]
    every empirical risk minimiser that satisfies A-CONC and A-TAIL has
    [J(pistar) - J(hat) <= gap_rate log^(p+1) n sqrt(kappa_0 log(|Pi|/delta) / n)]. *)
Definition Balance_rate : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R) (pol : I -> policy X Y) (base : policy X Y) (k0 delta : R) (q p n : nat),
  let beta := 1 / sqrt (INR n) in
  is_dist D -> (forall i, is_policy (pol i)) -> is_policy base -> 1 <= k0 -> 0 < delta ->
  3 <= card I / delta -> (3 <= n)%nat -> realizable beta base pol ->
  1 - delta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
    conc D base (pol i) <= kappa D base * ln (INR n) ^ (2 * p) ->
    tail_constant D beta base (pol i) <= k0 * INR n ^ q ->
    J D base (comparator base) - J D base (pol i)
      <= gap_rate (card Y) k0 q * ln (INR n) ^ S p * sqrt (kappa D base * ln (card I / delta) / INR n)).

(** At [Cbar = kappa_0] the right side of C18 times [sqrt n / log n] tends to
    [2 sqrt kappa_0 (2 (q+2) sqrt(log(|Pi|/delta)) + 8^(1/4) q)]. *)
Definition Balance_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y) (N k0 m delta : R) (q : nat),
  1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) ->
  is_lim_seq (fun n => gap_bound D (1 / sqrt (INR n)) base (kappa D base)
                (eps_stat N (k0 * INR n ^ q) m (INR n) delta) * (sqrt (INR n) / ln (INR n)))
    (2 * sqrt (kappa D base) * stat_limit q (ln (m / delta))).

(** [2 eps_stat + beta <= drift_rate log n / sqrt n], with [L = log(T |Pi| / delta)]. *)
Definition drift_rate (N k0 : R) (q : nat) (L : R) : R := 2 * stat_rate N k0 q L + 1.

(** Theorem 5.3 for [n >= 3], with [W = drift_rate log n / sqrt n]: the probability that the assumptions
    hold in all [T] rounds and yet
    [P_x(max_y pi_T <= 1/2) > (2/gamma) W (1 + W/(gamma c) + (W/(2 gamma c))^((T-1)/2) sqrt kappa_0)]
    is at most [delta]; from [n >= (4 drift_rate/(gamma c))^4] on the bound may be replaced by
    [(2/gamma) W (2 + sqrt(kappa_0 / 2^(T-1)))]. *)
Definition Theorem_5_3_rate : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R) (pol : I -> policy X Y) (pi0 : policy X Y) (learner : history (X := X) (Y := Y) -> I)
    (gamma c k0 delta : R) (q n T : nat),
  let beta := 1 / sqrt (INR n) in
  let rate := drift_rate (card Y) k0 q (ln (INR T * card I / delta)) in
  let W := rate * (ln (INR n) / sqrt (INR n)) in
  let violates bound := PT D pol pi0 n learner T (fun h =>
    every_round pol pi0 learner (round_assumptions D beta pol gamma c (k0 * INR n ^ q)) h /\
    ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound) in
  is_dist D -> (forall i, is_policy (pol i)) -> is_policy pi0 -> 0 < gamma -> 0 < c -> 1 <= k0 ->
  0 < delta <= 1 -> (3 <= n)%nat -> (0 < T)%nat -> minimises_empirical_loss beta pol pi0 learner ->
  violates (2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt (kappa D pi0)))
    <= delta /\
  ((4 * rate / (gamma * c)) ^ 4 <= INR n ->
   violates (2 / gamma * W * (2 + sqrt (kappa D pi0 / 2 ^ (T - 1)))) <= delta).

(** Theorem 5.3's bound times [sqrt n / log n] tends to [(4/gamma) stat_limit], and to
    [(4/gamma) stat_limit (1 + sqrt kappa_0)] if [T = 1]. *)
Definition Theorem_5_3_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (pi0 : policy X Y)
    (N k0 m delta gamma c : R) (q T : nat),
  is_dist D -> is_policy pi0 -> 1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) -> 0 < gamma -> 0 < c -> (0 < T)%nat ->
  is_lim_seq (fun n => failure_bound D (1 / sqrt (INR n)) pi0 gamma c
                (eps_stat N (k0 * INR n ^ q) m (INR n) delta) T * (sqrt (INR n) / ln (INR n)))
    (2 / gamma * (2 * stat_limit q (ln (m / delta))) * initial_share (kappa D pi0) T).

(** C32 for [n >= 3], [b] the slope of C27 and [B = drift_rate log n / (gamma c sqrt n)]:
    [kappa* <= 1 + B + B^2], [rho <= B/2]; and [(kappa* - 1) sqrt n / log n -> 2 stat_limit / (gamma c)],
    [rho sqrt n / log n -> stat_limit / (gamma c)]. *)
Definition Ceiling_rate : Prop :=
  forall (N k0 m delta gamma c : R) (q : nat),
  let b n := slope (1 / sqrt (INR n)) gamma c (eps_stat N (k0 * INR n ^ q) m (INR n) delta) in
  let B n := drift_rate N k0 q (ln (m / delta)) * (ln (INR n) / sqrt (INR n)) / (gamma * c) in
  1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) -> 0 < gamma -> 0 < c ->
  (forall n, (3 <= n)%nat -> kappa_star (b n) <= 1 + B n + B n ^ 2 /\ contraction (b n) <= B n / 2) /\
  is_lim_seq (fun n => (kappa_star (b n) - 1) * (sqrt (INR n) / ln (INR n)))
    (2 * stat_limit q (ln (m / delta)) / (gamma * c)) /\
  is_lim_seq (fun n => contraction (b n) * (sqrt (INR n) / ln (INR n)))
    (2 * stat_limit q (ln (m / delta)) / (2 * gamma * c)).

(** [eps_LB] of D09 at [I = kappa_0 log m / (3072 n)]. *)
Definition lower_bound_rate (kappa0 m n : R) : R :=
  let J := kappa0 * ln m / (3072 * n) in kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2).

Definition match_rate (N k0 kappa0 : R) (q : nat) : R :=
  2 * gap_rate N k0 q * sqrt (1536 * (3 + ln (3072 * kappa0)) / (1 - 1 / exp 1)).

(** Remark 5.4 at [T = 1], where C19 bounds base failure by [2 A]: [2 A] dominates [eps_LB], and it exceeds
    it at most by the factor [(match_rate/gamma) sqrt(log(|Pi|/delta)/log |Pi|) log^(p+3/2) n], if
    [I <= e kappa_0^2/2]. *)
Definition Remark_5_4 : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y)
    (k0 gamma m delta : R) (q p n : nat),
  let l := ln (INR n) in
  let A := mass_bound D (1 / sqrt (INR n)) base gamma (kappa D base * l ^ (2 * p))
             (eps_stat (card Y) (k0 * INR n ^ q) m (INR n) delta) in
  let lower := lower_bound_rate (kappa D base) m (INR n) in
  is_dist D -> is_policy base -> 0 < gamma -> has_margin gamma base -> 2 <= kappa D base -> 1 <= k0 ->
  2 <= m -> 0 < delta <= 1 -> 3 <= m / delta -> (3 <= n)%nat ->
  kappa D base * ln m / (3072 * INR n) <= exp 1 * kappa D base ^ 2 / 2 ->
  lower <= 2 * A <= match_rate (card Y) k0 (kappa D base) q / gamma
                    * sqrt (ln (m / delta) / ln m) * (l ^ S p * sqrt l) * lower.

(** An instance of Theorem 5.3's rate: two prompts, three responses, T = 2, n = 10^14, delta = 1/20.  All
    hypotheses hold with the assumptions on every history, the short form applies and is at most 1/400, and
    the initial policy fails everywhere. *)
Definition Theorem_5_3_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  exists (I : Type) (FI : FiniteType I) (n : nat) (pi0 : policy bool (option bool)) (pol : I -> policy bool (option bool))
    (learner : history (X := bool) (Y := option bool) -> I),
  let beta := 1 / sqrt (INR n) in
  let rate := drift_rate 3 3 0 (ln (2 * 3 / (1 / 20))) in
  let W := rate * (ln (INR n) / sqrt (INR n)) in
    INR n = 10 ^ 14 /\ card I = 3 /\ is_dist D /\ is_policy pi0 /\ (forall i, is_policy (pol i)) /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 nil h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h) /\
    (4 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n /\
    2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 400 /\
    own_failure D pi0 (1 / 2) = 1 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 400).

(** The hypotheses of Remark 5.4 hold together, for the initial policy of that instance. *)
Definition Remark_5_4_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  exists base : policy bool (option bool),
    is_dist D /\ is_policy base /\ has_margin (1 / 2) base /\ 2 <= kappa D base /\ 3 <= 3 / 1 /\
    kappa D base * ln 3 / (3072 * 3) <= exp 1 * kappa D base ^ 2 / 2 /\
    0 < lower_bound_rate (kappa D base) 3 3.

(** The hypotheses of C18's rate hold together: the class of p* and the base, n = 3, delta = 1/20; p* is an
    admissible empirical risk minimiser on every sample. *)
Definition Balance_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let beta := 1 / sqrt (INR 3) in
  exists (base : policy bool (option bool)) (pol : bool -> policy bool (option bool)),
    is_dist D /\ is_policy base /\ (forall i, is_policy (pol i)) /\ 3 <= card bool / (1 / 20) /\
    realizable beta base pol /\
    conc D base (pol true) <= kappa D base * ln (INR 3) ^ (2 * 0) /\
    tail_constant D beta base (pol true) <= 3 * INR 3 ^ 0 /\
    forall s, is_ERM (pair_loss beta base pol) s true.

(** At [Cbar = kappa_0] the ratio of the two sides of Remark 5.4 grows exactly like [log^(3/2) n]:
    [2 A / (eps_LB log^(3/2) n)] tends to [(4/gamma) stat_limit sqrt(1536 / log |Pi|)]. *)
Definition Remark_5_4_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y)
    (k0 gamma m delta : R) (q : nat),
  is_dist D -> is_policy base -> 0 < gamma -> 1 <= k0 -> 2 <= m -> 0 <= ln (m / delta) ->
  is_lim_seq (fun n =>
      2 * mass_bound D (1 / sqrt (INR n)) base gamma (kappa D base) (eps_stat (card Y) (k0 * INR n ^ q) m (INR n) delta)
      / lower_bound_rate (kappa D base) m (INR n) / (ln (INR n) * sqrt (ln (INR n))))
    (4 / gamma * stat_limit q (ln (m / delta)) * sqrt (1536 / ln m)).
