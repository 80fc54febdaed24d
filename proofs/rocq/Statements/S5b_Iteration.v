(** * Theorem 5.3, Corollary 5.7 and Appendices C.4, C.5: the iteration

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Rbar Lim_seq.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.Rounds Iteration.Learners Rates.FiniteClass.
Import ListNotations.
Open Scope R_scope.

(** C27: for every finite class under the assumptions. *)
Definition C27_recurrence : Prop :=
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
  forall gamma delta Cbar c : R,
  0 < delta <= card I ->
  realizable beta base pol ->
  0 < gamma ->
  has_margin gamma base ->
  0 < c ->
  1 - delta <=
  Prn n (pair_law D base)
    (fun s : list (X * Y * Y) =>
     forall i : I,
     is_ERM (pair_loss beta base pol) s i ->
     admissible D beta base K Cbar (pol i) ->
     (forall x : X, c <= Max (pol i x)) ->
     kappa D (pol i) <=
     1 + eps_stat (card Y) K (card I) (INR n) delta * sqrt Cbar / (gamma * c) +
     (eps_stat (card Y) K (card I) (INR n) delta * sqrt (kappa D base) +
      beta * ln (kappa D base)) / (gamma * c)).

(** C31: the bound at every t, for every sequence under the recurrence. *)
Definition C31_geometric : Prop :=
  forall (a b : R) (k : nat -> R),
  0 <= a ->
  0 <= b ->
  0 < a + b ->
  (forall t : nat, 0 <= k t) ->
  (forall t : nat, k (S t) <= a + b * sqrt (k t)) ->
  forall t : nat,
  k t <=
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 +
  (b / (b + sqrt (b ^ 2 + 4 * a))) ^ t * Rmax (k 0%nat - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) 0.

(** C32: kappa* - 1 and rho at beta = 1/sqrt n: explicit bounds from n = 3 on, and limits. *)
Definition C32_ceiling_rate : Prop :=
  SRVerify.Rates.FiniteClass.Ceiling_rate.

(** C34: Theorem 5.3 with explicit constants. *)
Definition C34_theorem_5_3 : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c K delta : R,
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
     failure_bound D beta pi0 gamma c (eps_rounds (Y := Y) (I := I) n K delta T) T) <= delta.

(** C34: base failure is at most the sum of 2 A_t. *)
Definition C34_base_failure : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  PT D pol pi0 n learner T
    (fun h : history =>
     every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h /\
     ~
     failure D (current pol pi0 learner h) (mode pi0) (1 / 2) <=
     base_failure_bound D beta pol pi0 learner gamma (eps_rounds (Y := Y) (I := I) n K delta T) h) <= delta.

(** C34: the assumptions hold for some class, every T. *)
Definition C34_assumptions_satisfiable : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall gamma : R,
  0 < gamma ->
  has_margin gamma pi0 ->
  forall T n : nat,
  exists (I : Type) (_ : FiniteType I) (pol : I -> policy X Y)
  (learner : history -> I),
    (forall i : I, is_policy (pol i)) /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h : history,
     extends n T [] h ->
     every_round pol pi0 learner
       (round_assumptions D beta pol gamma (/ card Y) (card Y)) h).

(** C34: with probability >= 1-delta if the assumptions hold on every history. *)
Definition C34_theorem_5_3_sure : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  (forall h : history,
   extends n T [] h -> every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h) ->
  1 - delta <=
  PT D pol pi0 n learner T
    (fun h : history =>
     own_failure D (current pol pi0 learner h) (1 / 2) <=
     failure_bound D beta pi0 gamma c (eps_rounds (Y := Y) (I := I) n K delta T) T).

(** C34: all assumptions hold on every history although with probability at least 1/2, whatever n, the
    empirical risk minimiser is not the exact update. *)
Definition C34_learning_instance : Prop :=
  forall T n : nat,
  (0 < T)%nat ->
  exists
    (pi0 : policy unit answer) (I : Type) (_ : FiniteType I)
  (pol : I -> policy unit answer) (learner : history -> I),
    is_policy pi0 /\
    (forall i : I, is_policy (pol i)) /\
    minimises_empirical_loss 1 pol pi0 learner /\
    (forall h : history,
     extends n T [] h ->
     every_round pol pi0 learner
       (round_assumptions sole_prompt 1 pol (ln (4 / 3)) (/ card answer)
          (card answer)) h) /\
    1 / 2 <=
    PT sole_prompt pol pi0 n learner T
      (fun h : history => exists y : answer, current pol pi0 learner h tt y <> iterate 1 pi0 T tt y).

(** C34: at beta = 1/sqrt n the bound is explicit and of order log n/sqrt n from n = 3 on. *)
Definition C34_rate : Prop :=
  SRVerify.Rates.FiniteClass.Theorem_5_3_rate.

(** C34: the bound times sqrt n/log n has a finite limit. *)
Definition C34_rate_limit : Prop :=
  SRVerify.Rates.FiniteClass.Theorem_5_3_limit.

(** C34: T = 2, n = 10^14: the hypotheses hold and the bound is at most 1/400. *)
Definition C34_rate_instance : Prop :=
  SRVerify.Rates.FiniteClass.Theorem_5_3_rate_instance.

(** C34: Theorem 5.3 for learners that draw their output at random among empirical risk minimisers, from all
    data and outputs so far. *)
Definition C34_theorem_5_3_randomised : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall draw : list (X * Y * Y) -> record -> I -> R,
  (forall (s : list (X * Y * Y)) (r : record), is_dist (draw s r)) ->
  draws_minimisers beta pol pi0 draw ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  random_PT D pol pi0 n draw T
    (fun r : record =>
     each_round pol pi0 (round_assumptions D beta pol gamma c K) r /\
     ~
     own_failure D (latest pol pi0 r) (1 / 2) <=
     failure_bound D beta pi0 gamma c (eps_rounds (Y := Y) (I := I) n K delta T) T) <= delta.

(** C34: such a learner exists for every class and draws every minimiser. *)
Definition C34_random_minimisers : Prop :=
  forall (X Y I : Type) (FI : FiniteType I) (beta : R) (pol : I -> policy X Y)
    (pi0 : policy X Y),
  (forall (s : list (X * Y * Y)) (r : record), is_dist (uniform_minimiser beta pol pi0 s r)) /\
  draws_minimisers beta pol pi0 (uniform_minimiser beta pol pi0) /\
  (forall (s : list (X * Y * Y)) (r : record) (i : I),
   is_ERM (pair_loss beta (latest pol pi0 r) pol) s i -> 0 < uniform_minimiser beta pol pi0 s r i).

(** C35: the failure bound after that many rounds, for every finite class. *)
Definition C35_corollary_5_7_policy : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  1 +
  ln (kappa D pi0) /
  ln (1 / contraction (slope beta gamma c (eps_rounds (Y := Y) (I := I) n K delta T))) <=
  INR T ->
  PT D pol pi0 n learner T
    (fun h : history =>
     every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h /\
     ~
     own_failure D (current pol pi0 learner h) (1 / 2) <=
     2 / gamma * (2 * eps_rounds (Y := Y) (I := I) n K delta T + beta) *
     (sqrt (kappa_star (slope beta gamma c (eps_rounds (Y := Y) (I := I) n K delta T))) + 1)) <=
  delta.

(** C35: likewise for learners that draw among empirical risk minimisers. *)
Definition C35_corollary_5_7_randomised : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FI : FiniteType I) (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall draw : list (X * Y * Y) -> record -> I -> R,
  (forall (s : list (X * Y * Y)) (r : record), is_dist (draw s r)) ->
  draws_minimisers beta pol pi0 draw ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  1 +
  ln (kappa D pi0) /
  ln
    (1 /
     contraction (slope beta gamma c (Iteration.Rounds.eps_rounds (Y := Y) (I := I) n K delta T))) <=
  INR T ->
  random_PT D pol pi0 n draw T
    (fun r : record =>
     each_round pol pi0 (round_assumptions D beta pol gamma c K) r /\
     ~
     own_failure D (latest pol pi0 r) (1 / 2) <=
     2 / gamma * (2 * Iteration.Rounds.eps_rounds (Y := Y) (I := I) n K delta T + beta) *
     (sqrt
        (kappa_star (slope beta gamma c (Iteration.Rounds.eps_rounds (Y := Y) (I := I) n K delta T))) +
      1)) <= delta.

(** C36: eps_LB <= 2A <= C log^(p+3/2) n eps_LB with C explicit, at beta = 1/sqrt n, K = k0 n^q. *)
Definition C36_match : Prop :=
  SRVerify.Rates.FiniteClass.Remark_5_4.

(** C36: the hypotheses of the match hold together. *)
Definition C36_match_instance : Prop :=
  SRVerify.Rates.FiniteClass.Remark_5_4_instance.

(** C36: at C-bar = kappa_0 the ratio over log^(3/2) n tends to a positive constant. *)
Definition C36_match_limit : Prop :=
  SRVerify.Rates.FiniteClass.Remark_5_4_limit.

(** C37: the failure bound with kappa_0^(2^-T), for every finite class. *)
Definition C37_doubly_exponential_policy : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall learner : history -> I,
  minimises_empirical_loss beta pol pi0 learner ->
  forall gamma c K delta : R,
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
     2 / gamma * (2 * eps_rounds (Y := Y) (I := I) n K delta T + beta) *
     ((1 + slope beta gamma c (eps_rounds (Y := Y) (I := I) n K delta T)) *
      Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.

(** C37: the ratio of successive excesses tends to rho. *)
Definition C37_limit_ratio : Prop :=
  forall (a b : R) (k : nat -> R),
  1 <= a ->
  0 < b ->
  0 <= k 0%nat ->
  k 0%nat <> ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 ->
  (forall t : nat, k (S t) = a + b * sqrt (k t)) ->
  is_lim_seq
    (fun t : nat =>
     (k (S t) - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) / (k t - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2))
    (Finite (b / (b + sqrt (b ^ 2 + 4 * a)))).

(** C37: kappa_0 = 10^12, b = 1/100, t = 3: this bound, that of C31, and the recurrence itself. *)
Definition C37_forgetting : Prop :=
  let kappa0 := 10 ^ 12 in
  let b := 1 / 100 in
  let star := ((b + sqrt (b ^ 2 + 4)) / 2) ^ 2 in
  let rho := b / (b + sqrt (b ^ 2 + 4)) in
  let step := fun k => 1 + b * sqrt k in
  (1 + b) ^ 2 * Rpower kappa0 (/ 2 ^ 3) < 323 / 10 /\
  123000 < star + rho ^ 3 * (kappa0 - star) /\
  step (step (step kappa0)) < 10142 / 10000.

(** C37: likewise for learners that draw among empirical risk minimisers. *)
Definition C37_doubly_exponential_randomised : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y)
    (FI : FiniteType I) (D : X -> R),
  is_dist D ->
  forall beta : R,
  0 < beta <= 1 ->
  forall pol : I -> policy X Y,
  (forall i : I, is_policy (pol i)) ->
  forall pi0 : policy X Y,
  is_policy pi0 ->
  forall n : nat,
  (0 < n)%nat ->
  forall draw : list (X * Y * Y) -> record -> I -> R,
  (forall (s : list (X * Y * Y)) (r : record), is_dist (draw s r)) ->
  draws_minimisers beta pol pi0 draw ->
  forall gamma c K delta : R,
  0 < gamma ->
  0 < c ->
  0 < delta <= 1 ->
  forall T : nat,
  (0 < T)%nat ->
  random_PT D pol pi0 n draw T
    (fun r : record =>
     each_round pol pi0 (round_assumptions D beta pol gamma c K) r /\
     ~
     own_failure D (latest pol pi0 r) (1 / 2) <=
     2 / gamma * (2 * Iteration.Rounds.eps_rounds (Y := Y) (I := I) n K delta T + beta) *
     ((1 + slope beta gamma c (Iteration.Rounds.eps_rounds (Y := Y) (I := I) n K delta T)) *
      Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.

(** C38: the union bound over T rounds. *)
Definition C38_union_over_rounds : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R)
    (pol : I -> policy X Y) (pi0 : policy X Y) (n : nat)
    (learner : history -> I),
  is_dist D ->
  (forall i : I, is_policy (pol i)) ->
  is_policy pi0 ->
  forall (bad : policy X Y -> list (X * Y * Y) -> policy X Y -> Prop)
    (eta : R) (T : nat),
  (forall h : history,
   Prn n (coupled D (current pol pi0 learner h) (current pol pi0 learner h))
     (fun s : list (X * Y * Y) => bad (current pol pi0 learner h) s (current pol pi0 learner (s :: h))) <=
   eta) -> PT D pol pi0 n learner T (some_round pol pi0 learner bad) <= INR T * eta.
