(** * Theorem 4.1 and Appendix D: the lower bound for one step

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From Coquelicot Require Import Hierarchy Derive.
From SRVerify Require Import Scalar.LambertW Scalar.LambertInversion Finite.Space Policy.Definitions
  LowerBound.HardInstance LowerBound.SampleSize LowerBound.BayesRisk LowerBound.Thresholds.
Import ListNotations.
Open Scope R_scope.

(** D01: the laws P_j are policies. *)
Definition D01_key_law : Prop :=
  forall (K : Type) (FK : FiniteType K) (eta : R) (j : K), 0 <= eta -> is_full (key_law eta j).

(** D01: the key is the unique mode. *)
Definition D01_mode : Prop :=
  forall (K : Type) (FK : FiniteType K) (eta : R) (j y : K),
  0 < eta -> y <> j -> key_law eta j y < key_law eta j j.

(** D01: the mode of pi^J at x_i is the key J_i, at x_0 the fixed response. *)
Definition D01_policy_mode : Prop :=
  forall (I K : Type) (FK : FiniteType K) (eta : R) (key : I -> K) (x : option I),
  0 < eta -> mode (key_policy eta key) x = key_mode key x.

(** D01: the class has M^d different members, one for each key vector. *)
Definition D01_members : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eta : R),
  0 < eta ->
  exists members : list (policy (option I) K),
    NoDup members /\
    length members = (length (@enum K FK) ^ length (@enum I FI))%nat /\
    (forall p : policy (option I) K, In p members <-> (exists key : I -> K, p = key_policy eta key)).

(** D02: kappa(pi^J) for every M, d and key vector. *)
Definition D02_condition_number : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho eta : R) (key : I -> K),
  0 <= eta ->
  kappa (prompt_law rho) (key_policy eta key) =
  1 - rho + rho * (card K + eta) / (1 + eta).

(** D03: the reduction for every learner. *)
Definition D03_misclassification : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho eps : R)
    (key : I -> K) (n : nat) (A : learner),
  0 < rho ->
  rho <= 1 ->
  HardInstance.risk rho key n A <= eps ->
  / card I * Sum (fun i : I => miss rho key n A i) <= eps / rho.

(** D04: P(n_i <= 2 n rho/d) >= 1/2 for every n, d, rho. *)
Definition D04_count : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R)
    (key : I -> K) (n : nat) (i : I),
  0 < rho ->
  rho <= 1 ->
  1 / 2 <=
  Prn n (draw_law rho key)
    (fun s : list (option I * K) => draws_at i s <= 2 * INR n * rho / card I).

(** D05: the event's probability for every M and k. *)
Definition D05_ambiguous_event : Prop :=
  forall (K : Type) (FK : FiniteType K) (a b : K) (k : nat),
  a <> b ->
  Prn k (key_law 1 a) (Forall (fun y : K => ~ (y = a \/ y = b))) = (1 - 3 / (card K + 1)) ^ k.

(** D05: draws that show neither response are equally likely and look the same under both keys. *)
Definition D05_equal_likelihoods : Prop :=
  forall (K : Type) (FK : FiniteType K) (a b : K) (t : list K),
  ambiguous a b t -> likelihood a t = likelihood b t /\ observed a t = observed b t.

(** D05: the likelihood is the probability of exactly these draws. *)
Definition D05_likelihood_law : Prop :=
  forall (K : Type) (FK : FiniteType K) (j : K) (t : list K),
  Prn (length t) (key_law 1 j) (fun s : list K => s = t) = likelihood j t.

(** D05: every guess errs on the event with at least half of its probability. *)
Definition D05_guess_errs : Prop :=
  forall (K : Type) (FK : FiniteType K) (guess : list (K * R) -> K) (a b : K) (k : nat),
  a <> b ->
  1 / 2 * (1 - 3 / (card K + 1)) ^ k <=
  1 / 2 * Prn k (key_law 1 a) (fun t : list K => ambiguous a b t /\ guess (observed a t) <> a) +
  1 / 2 * Prn k (key_law 1 b) (fun t : list K => ambiguous a b t /\ guess (observed b t) <> b).

(** D06: the necessary sample size for every randomised learner. *)
Definition D06_sample_necessary : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (eps : R) (n : nat),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  0 < eps ->
  eps <= 1 / 16 ->
  2 <= card K ->
  (forall key : I -> K, random_risk w (16 * eps) key n A <= eps) ->
  card I * (card K + 1) / (12 * (16 * eps)) < INR n.

(** D07: Theorem 4.1 on the hard class, for every randomised learner. *)
Definition D07_theorem_4_1 : Prop :=
  forall (kappa0 eps : R) (d : nat),
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  exists M : nat,
    INR (S M) <= 1 + (kappa0 - 1) / (8 * eps) /\
    1 + (kappa0 - 1) / (8 * eps) < INR (S M) + 1 /\
    (forall key : succ_type d -> succ_type M,
     kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner) (n : nat),
     is_dist w ->
     (forall o : W, proper_output (A o)) ->
     (forall key : succ_type d -> succ_type M, random_risk w (16 * eps) key n A <= eps) ->
     1 / 3072 * kappa0 * (INR (S d) * ln (INR (S M))) / (eps ^ 2 * (1 + ln (kappa0 / eps))) < INR n).

(** D08: the derivative of f. *)
Definition D08_derivative : Prop :=
  forall kappa eps : R,
  0 < kappa ->
  0 < eps ->
  is_derive (fun e => e ^ 2 * (1 + ln (kappa / e)))
    eps (eps * (1 + 2 * ln (kappa / eps))).

(** D08: f increases up to kappa sqrt(e). *)
Definition D08_increasing : Prop :=
  forall kappa x y : R,
  0 < kappa ->
  0 < x ->
  x < y -> y <= kappa * sqrt (exp 1) -> x ^ 2 * (1 + ln (kappa / x)) < y ^ 2 * (1 + ln (kappa / y)).

(** D08: f decreases beyond. *)
Definition D08_decreasing : Prop :=
  forall kappa x y : R,
  0 < kappa ->
  kappa * sqrt (exp 1) <= x -> x < y -> y ^ 2 * (1 + ln (kappa / y)) < x ^ 2 * (1 + ln (kappa / x)).

(** D09: a root on (0, kappa sqrt(e)] is the closed form. *)
Definition D09_closed_form : Prop :=
  forall kappa J eps : R,
  0 < kappa ->
  0 < J ->
  0 < eps ->
  eps <= kappa * sqrt (exp 1) ->
  eps ^ 2 * (1 + ln (kappa / eps)) = J ->
  eps = kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2).

(** D09: the root is unique. *)
Definition D09_unique : Prop :=
  forall kappa x y : R,
  0 < kappa ->
  0 < x ->
  x <= kappa * sqrt (exp 1) ->
  0 < y ->
  y <= kappa * sqrt (exp 1) -> x ^ 2 * (1 + ln (kappa / x)) = y ^ 2 * (1 + ln (kappa / y)) -> x = y.

(** D11: risk >= eps_LB on the instance with M = M(eps_LB). *)
Definition D11_lambert_bound : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 J eps : R)
    (n : nat),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  1 <= INR n ->
  2 <= kappa0 ->
  J = 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / INR n ->
  0 < J ->
  J <= (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) ->
  eps = kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2) ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  eps <= 1 / 16 /\ (exists key : I -> K, eps <= random_risk w (16 * eps) key n A).

(** D11, refuted: wherever eps_LB <= 1/16, M(eps_LB) labels and a whole number of keys make |Pi|. *)
Definition D11_instance_exists : Prop :=
  forall (kappa0 : R) (size n : nat),
  2 <= kappa0 ->
  (2 <= size)%nat ->
  (1 <= n)%nat ->
  let eps := eps_LB kappa0 (level kappa0 (ln (INR size)) n) in
  eps <= 1 / 16 ->
  exists M d : nat,
    (1 <= d)%nat /\
    INR M <= 1 + (kappa0 - 1) / (8 * eps) < INR M + 1 /\
    INR d * ln (INR M) = ln (INR size).

(** D11: no number of keys d >= 1 gives M^d = 3. *)
Definition D11_no_instance : Prop :=
  forall (eps : R) (M d : nat),
  0 < eps ->
  eps <= 1 / 16 ->
  eps ^ 2 * (1 + ln (2 / eps)) = 1 / 3072 * 2 * ln 3 ->
  INR M <= 1 + (2 - 1) / (8 * eps) ->
  1 + (2 - 1) / (8 * eps) < INR M + 1 -> (1 <= d)%nat -> INR d * ln (INR M) <> ln 3.

(** D11: risk >= 1/16 where I > f(1/16). *)
Definition D11_saturated : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 : R) (n : nat),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  1 <= INR n ->
  2 <= kappa0 ->
  (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / INR n ->
  card K <= 1 + (kappa0 - 1) / (8 * (1 / 16)) ->
  1 + (kappa0 - 1) / (8 * (1 / 16)) < card K + 1 ->
  exists key : I -> K, 1 / 16 <= random_risk w (16 * (1 / 16)) key n A.

(** D11: M = M(eps_LB) for every kappa_0 >= 2, M >= 2 kappa_0 and arbitrarily large d and n. *)
Definition D11_fixed_points : Prop :=
  forall kappa0 : R,
  2 <= kappa0 ->
  forall M m0 : nat,
  2 * kappa0 <= INR (S M) ->
  exists d n : nat,
    (m0 <= d)%nat /\
    (m0 <= n)%nat /\
    (1 <= n)%nat /\
    (let J := level kappa0 (INR (S d) * ln (INR (S M))) n in
     let eps := eps_LB kappa0 J in
     0 < J /\ J <= cost kappa0 (1 / 16) /\ INR (S M) <= 1 + (kappa0 - 1) / (8 * eps) < INR (S M) + 1).

(** D11: risk >= eps_LB and >= sqrt(1-1/e) eps~ there, for every randomised learner. *)
Definition D11_theorem_4_1 : Prop :=
  forall kappa0 : R,
  2 <= kappa0 ->
  forall M m0 : nat,
  2 * kappa0 <= INR (S M) ->
  exists d n : nat,
    (m0 <= d)%nat /\
    (m0 <= n)%nat /\
    (let L := INR (S d) * ln (INR (S M)) in
     let eps := eps_LB kappa0 (level kappa0 L n) in
     0 < eps /\
     eps <= 1 / 16 /\
     (forall key : succ_type d -> succ_type M,
      kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
     (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
      is_dist w ->
      (forall o : W, proper_output (A o)) ->
      (exists key : succ_type d -> succ_type M, eps <= random_risk w (16 * eps) key n A) /\
      (exists key : succ_type d -> succ_type M,
         sqrt (1 - 1 / exp 1) *
         sqrt (1 / 3072 * kappa0 * L / (INR n * (1 + ln (kappa0 * INR n / (2 * (1 / 3072) * L)) / 2))) <=
         random_risk w (16 * eps) key n A))).

(** D11: risk >= eps_LB(d log m) for every d, n and m <= M(eps_LB). *)
Definition D11_every_size : Prop :=
  forall kappa0 : R,
  2 <= kappa0 ->
  forall d n m : nat,
  (1 <= n)%nat ->
  (2 <= m)%nat ->
  let J := level kappa0 (INR (S d) * ln (INR m)) n in
  let eps := eps_LB kappa0 J in
  J <= cost kappa0 (1 / 16) ->
  INR m <= 1 + (kappa0 - 1) / (8 * eps) ->
  exists M : nat,
    (m <= S M)%nat /\
    (forall key : succ_type d -> succ_type M,
     kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
     is_dist w ->
     (forall o : W, proper_output (A o)) ->
     exists key : succ_type d -> succ_type M, eps <= random_risk w (16 * eps) key n A).

(** D11: m = 2 is always allowed. *)
Definition D11_two_labels : Prop :=
  forall kappa0 : R,
  2 <= kappa0 ->
  forall d n : nat,
  (1 <= n)%nat ->
  let J := level kappa0 (INR (S d) * ln 2) n in
  J <= cost kappa0 (1 / 16) -> 2 <= 1 + (kappa0 - 1) / (8 * eps_LB kappa0 J).

(** D12: log(1/z) < -W_{-1}(-z): eps~ exceeds eps_LB, so (100) is no lower bound. *)
Definition D12_direction_strict : Prop :=
  forall z : R, 0 < z -> z < exp (-1) -> ln (/ z) < - Wm1 (- z).

(** D12: the repaired (100). *)
Definition D12_sandwich : Prop :=
  forall kappa J : R,
  0 < kappa ->
  0 < J ->
  J <= exp 1 * kappa ^ 2 / 2 ->
  sqrt (1 - 1 / exp 1) * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <=
  sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))).

(** D12: no larger constant. *)
Definition D12_sharp : Prop :=
  forall c : R,
  (forall kappa J : R,
   0 < kappa ->
   0 < J ->
   J <= exp 1 * kappa ^ 2 / 2 ->
   c * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <=
   kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2)) ->
  c <= sqrt (1 - 1 / exp 1).

(** D13: the derivative in kappa_0 of any positive function that solves f(eps) = C kappa near kappa_0 and is
    differentiable there. *)
Definition D13_derivative_in_kappa : Prop :=
  forall (C k dg : R) (g : R -> R),
  0 < k ->
  0 < g k ->
  locally k
    (fun t : R =>
     g t ^ 2 * (1 + ln (t / g t)) = C * t) ->
  is_derive g k dg ->
  0 < 1 + 2 * ln (k / g k) -> dg = g k * ln (k / g k) / (k * (1 + 2 * ln (k / g k))).

(** D13: eps_LB is differentiable in kappa_0 wherever I < e kappa_0^2/2, with that derivative. *)
Definition D13_eps_derivative : Prop :=
  forall C k : R,
  0 < C ->
  2 * C / exp 1 < k ->
  is_derive (eps_of_kappa C) k
    (eps_of_kappa C k * ln (k / eps_of_kappa C k) / (k * (1 + 2 * ln (k / eps_of_kappa C k)))).

(** D13: the hypotheses of the derivative's theorem hold together at C = 1, kappa_0 = 2. *)
Definition D13_derivative_instance : Prop :=
  exists (C k dg : R) (g : R -> R),
    0 < k /\
    0 < g k /\
    locally k
      (fun t : R =>
       g t ^ 2 * (1 + ln (t / g t)) = C * t) /\ is_derive g k dg /\ 0 < 1 + 2 * ln (k / g k).

(** D13: eps_LB increases with I. *)
Definition D13_increasing_in_I : Prop :=
  forall kappa J J' : R,
  0 < kappa ->
  0 < J ->
  J < J' ->
  J' <= exp 1 * kappa ^ 2 / 2 ->
  kappa * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa ^ 2)) / 2) <
  kappa * exp (1 + Wm1 (- (2 * J') / (exp 2 * kappa ^ 2)) / 2).

(** D13: eps_LB increases with kappa_0. *)
Definition D13_increasing_in_kappa : Prop :=
  forall C k1 k2 x y : R,
  0 < C ->
  0 < x ->
  x < k1 ->
  k1 < k2 ->
  0 < y ->
  y <= k2 * sqrt (exp 1) ->
  x ^ 2 * (1 + ln (k1 / x)) = C * k1 -> y ^ 2 * (1 + ln (k2 / y)) = C * k2 -> x < y.

(** D14: the explicit form of eps~. *)
Definition D14_rate : Prop :=
  forall c kappa L n : R,
  0 < c ->
  0 < kappa ->
  0 < L ->
  0 < n ->
  0 < ln (exp 2 * kappa ^ 2 / (2 * (c * kappa * L / n))) ->
  sqrt (2 * (c * kappa * L / n) / ln (exp 2 * kappa ^ 2 / (2 * (c * kappa * L / n)))) =
  sqrt (c * kappa * L / (n * (1 + ln (kappa * n / (2 * c * L)) / 2))).

(** D14: risk >= sqrt(1-1/e) eps~ for every randomised learner. *)
Definition D14_risk : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 J eps : R)
    (n : nat),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  1 <= INR n ->
  2 <= kappa0 ->
  J = 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / INR n ->
  0 < J ->
  J <= (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) ->
  eps = kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2) ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  exists key : I -> K,
    sqrt (1 - 1 / exp 1) *
    sqrt
      (1 / 3072 * kappa0 * ln (@class_size I K FI FK) /
       (INR n * (1 + ln (kappa0 * INR n / (2 * (1 / 3072) * ln (@class_size I K FI FK))) / 2))) <=
    random_risk w (16 * eps) key n A.

(** D15: the exact risk formula for every M, d, n, rho. *)
Definition D15_bayes_risk : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat) (key : I -> K),
  0 <= rho ->
  rho <= 1 ->
  2 <= card K ->
  average uniform enum (fun k : I -> K => HardInstance.risk rho k n bayes_learner)
    key = bayes_risk (I := I) (K := K) rho n.

(** D15: the exact risk is at least 6 eps for every n up to D07's bound, every kappa_0, d and eps. *)
Definition D15_risk_below_bound : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (kappa0 eps : R) (n : nat),
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
  6 * eps <= bayes_risk (I := I) (K := K) (16 * eps) n.

(** D15: the exact risk is above eps for every n up to 16.6 times D07's bound, every kappa_0, d and eps. *)
Definition D15_threshold_above : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (kappa0 eps : R),
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  forall n : nat,
  INR n <= 83 / 5 * (1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps)))) ->
  eps < bayes_risk (I := I) (K := K) (16 * eps) n.

(** D15: and at most eps from the last whole number below 85.3 times that bound on. *)
Definition D15_threshold_below : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (kappa0 eps : R),
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  forall n : nat,
  853 / 10 * (1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps)))) <= INR n + 1 ->
  bayes_risk (I := I) (K := K) (16 * eps) n <= eps.

(** D15: the minimax risk over all keys is the Bayes risk, every M, d, n, rho. *)
Definition D15_minimax : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat),
  0 <= rho ->
  rho <= 1 ->
  2 <= card K ->
  (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
   is_dist w ->
   (forall o : W, proper_output (A o)) ->
   exists key : I -> K, bayes_risk (I := I) (K := K) rho n <= random_risk w rho key n A) /\
  (exists (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
     is_dist w /\
     (forall o : W, proper_output (A o)) /\
     (forall key : I -> K, random_risk w rho key n A = bayes_risk (I := I) (K := K) rho n)).

(** D15: the learner that picks a random undrawn label has the Bayes risk at every key. *)
Definition D15_equaliser : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat) (key : I -> K),
  0 <= rho ->
  rho <= 1 ->
  2 <= card K ->
  random_risk (seed_law (length enum)) rho key n equalising_learner = bayes_risk (I := I) (K := K) rho n.

(** D15: the formula does not depend on the label set aside. *)
Definition D15_formula : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat) (j : K),
  bayes_risk (I := I) (K := K) rho n = rho * E_binomial n (rho / card I) (bayes_failure j).

(** D15: no randomised learner has a smaller average risk under uniform keys. *)
Definition D15_bayes_lower : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (rho : R) (n : nat)
    (key : I -> K),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  0 <= rho ->
  rho <= 1 ->
  2 <= card K ->
  bayes_risk (I := I) (K := K) rho n <=
  average uniform enum (fun k : I -> K => random_risk w rho k n A) key.

(** D15: rho((1-2a)^n - (1-a)^n/M) <= risk(n) <= rho(1-2a)^n, a = rho/(d(M+1)), every M, d, n, rho. *)
Definition D15_sandwich : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat),
  0 <= rho ->
  rho <= 1 ->
  2 <= card K ->
  rho *
  ((1 - 2 * rho / (card I * (card K + 1))) ^ n -
   / card K * (1 - rho / (card I * (card K + 1))) ^ n) <= bayes_risk (I := I) (K := K) rho n <=
  rho * (1 - 2 * rho / (card I * (card K + 1))) ^ n.

(** D15: as eps -> 0 the risk at rho = x eps is at least eps up to d(kappa_0-1) log(x)/(x^2 eps^2) draws; at x
    = 16 that is 12 log(16)(kappa_0-1)/kappa_0 times D07. *)
Definition D15_share_below : Prop :=
  forall kappa0 x theta : R,
  2 <= kappa0 ->
  1 < x ->
  0 < theta ->
  theta < 1 ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps : R) (n : nat),
     0 < eps ->
     eps < eps0 ->
     instance_size kappa0 (x * eps) (card K) ->
     INR n <= theta * draws kappa0 (card I) x eps -> x * eps <= 1 /\ eps <= bayes_risk (I := I) (K := K) (x * eps) n).

(** D15: and below eps from there on. *)
Definition D15_share_above : Prop :=
  forall kappa0 x theta : R,
  2 <= kappa0 ->
  1 < x ->
  1 < theta ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps : R) (n : nat),
     0 < eps ->
     eps < eps0 ->
     instance_size kappa0 (x * eps) (card K) ->
     theta * draws kappa0 (card I) x eps <= INR n -> x * eps <= 1 /\ bayes_risk (I := I) (K := K) (x * eps) n < eps).

(** D16: the Jensen form for every randomised learner. *)
Definition D16_lower_bound : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (rho : R) (n : nat)
    (a b : K),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  0 <= rho ->
  rho <= 1 ->
  a <> b ->
  2 < card K ->
  exists key : I -> K,
    rho / 2 * Rpower (1 - 3 / (card K + 1)) (INR n * rho / card I) <= random_risk w rho key n A.

(** D16: as eps -> 0 the exact risk at rho = sqrt(e) eps is at least eps at every factor below
    1536(kappa_0-1)/(e kappa_0) of D07's bound. *)
Definition D16_exact_gain_below : Prop :=
  forall kappa0 r : R,
  2 <= kappa0 ->
  0 < r ->
  r < 1536 * (kappa0 - 1) / (exp 1 * kappa0) ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps M7 : R) (n : nat),
     0 < eps ->
     eps < eps0 ->
     instance_size kappa0 (sqrt (exp 1) * eps) (card K) ->
     M7 <= 1 + (kappa0 - 1) / (8 * eps) ->
     1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
     INR n <= r * draws_D07 kappa0 (card I) M7 eps -> eps <= bayes_risk (I := I) (K := K) (sqrt (exp 1) * eps) n).

(** D16: and at every larger factor it is below eps, whatever rho. *)
Definition D16_exact_gain_above : Prop :=
  forall kappa0 r : R,
  2 <= kappa0 ->
  1536 * (kappa0 - 1) / (exp 1 * kappa0) < r ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho eps M7 : R) (n : nat),
     0 < eps ->
     eps < eps0 ->
     0 < rho ->
     rho <= 1 ->
     instance_size kappa0 rho (card K) ->
     M7 <= 1 + (kappa0 - 1) / (8 * eps) ->
     1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
     r * draws_D07 kappa0 (card I) M7 eps <= INR n -> bayes_risk (I := I) (K := K) rho n < eps).

(** D16: the Jensen form is at least eps at every factor below 256(kappa_0-1)/(e kappa_0) at rho = 2 sqrt(e)
    eps. *)
Definition D16_jensen_gain_below : Prop :=
  forall kappa0 r : R,
  2 <= kappa0 ->
  0 < r ->
  r < 256 * (kappa0 - 1) / (exp 1 * kappa0) ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (d M eps M7 : R) (n : nat),
     1 <= d ->
     0 < eps ->
     eps < eps0 ->
     instance_size kappa0 (2 * sqrt (exp 1) * eps) M ->
     M7 <= 1 + (kappa0 - 1) / (8 * eps) ->
     1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
     INR n <= r * draws_D07 kappa0 d M7 eps -> eps <= jensen_risk d M (2 * sqrt (exp 1) * eps) n).

(** D16: and below eps at every larger factor, whatever rho. *)
Definition D16_jensen_gain_above : Prop :=
  forall kappa0 r : R,
  2 <= kappa0 ->
  256 * (kappa0 - 1) / (exp 1 * kappa0) < r ->
  exists eps0 : R,
    0 < eps0 /\
    (forall (d M rho eps M7 : R) (n : nat),
     1 <= d ->
     0 < eps ->
     eps < eps0 ->
     0 < rho ->
     rho <= 1 ->
     2 < M ->
     instance_size kappa0 rho M ->
     M7 <= 1 + (kappa0 - 1) / (8 * eps) ->
     1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
     r * draws_D07 kappa0 d M7 eps <= INR n -> jensen_risk d M rho n < eps).

(** D16: the instances exist for every rho, with condition number at most kappa_0. *)
Definition D16_instances : Prop :=
  forall kappa0 rho : R,
  2 <= kappa0 ->
  0 < rho ->
  rho <= 1 ->
  exists M : nat,
    instance_size kappa0 rho (card (succ_type M)) /\
    (forall (d : nat) (key : succ_type d -> succ_type M),
     kappa (prompt_law rho) (key_policy 1 key) <= kappa0).

(** D17: the exact minimax risk for every M, d, n, rho. *)
Definition D17_minimax : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (n : nat) (a b : K),
  0 <= rho ->
  rho <= 1 ->
  a <> b ->
  (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
   is_dist w ->
   (forall o : W, proper_output (A o)) ->
   exists key : I -> K,
     (forall i : I, key i = a \/ key i = b) /\
     rho / 2 * (1 - 3 * rho / (card I * (card K + 1))) ^ n <= random_risk w rho key n A) /\
  is_dist fair_coin /\
  (forall coin : bool, proper_output (I := I) (coin_learner a b coin)) /\
  (forall key : I -> K,
   (forall i : I, key i = a \/ key i = b) ->
   random_risk fair_coin rho key n (coin_learner a b) <=
   rho / 2 * (1 - 3 * rho / (card I * (card K + 1))) ^ n).

(** D17: success >= 1-eps needs n > c_0 kappa_0 log_2|Pi|/eps^2, for every randomised learner. *)
Definition D17_sample_necessary : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 eps : R)
    (n : nat) (a b : K),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  a <> b ->
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  (forall key : I -> K,
   (forall i : I, key i = a \/ key i = b) -> random_risk w (16 * eps) key n A <= eps) ->
  1 / 3072 * kappa0 * card I / eps ^ 2 < INR n.

(** D17: risk >= 0.1238 sqrt(kappa_0 log_2|Pi|/n), for every randomised learner. *)
Definition D17_rate : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 rho : R)
    (n : nat) (a b : K),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  a <> b ->
  2 <= kappa0 ->
  (kappa0 - 1) * card I / 3 <= INR n ->
  (kappa0 - 1) * 3 / card I <= INR n ->
  1 <= INR n ->
  rho = sqrt ((kappa0 - 1) * card I / (3 * INR n)) ->
  card K <= 1 + 2 * (kappa0 - 1) / rho ->
  2 * (kappa0 - 1) / rho < card K ->
  (forall key : I -> K, kappa (prompt_law rho) (key_policy 1 key) <= kappa0) /\
  (exists key : I -> K,
     (forall i : I, key i = a \/ key i = b) /\
     1238 / 10000 * sqrt (kappa0 * card I / INR n) <= random_risk w rho key n A).

(** D18: a constant learner never own-fails. *)
Definition D18_own_failure_void : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho : R) (b : option I -> K),
  own_failure (prompt_law rho) (point_policy b) (1 / 2) = 0.

(** D18, refuted: up to D07's bound every learner fails to its own mode, with mass eps in expectation at
    some key. *)
Definition D18_own_failure : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (A : learner) (kappa0 eps : R) (n : nat),
  proper_output A ->
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
  exists key : I -> K,
    eps <=
    En n (draw_law (16 * eps) key)
      (fun s => own_failure (prompt_law (16 * eps)) (A (map (reveal key) s)) (1 / 2)).

(** D18: up to D07's bound every learner base-fails with probability at least 6 eps at some key. *)
Definition D18_base_failure : Prop :=
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (W : Type)
    (FW : FiniteType W) (w : W -> R) (A : W -> learner) (kappa0 eps : R)
    (n : nat),
  is_dist w ->
  (forall o : W, proper_output (A o)) ->
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  card K <= 1 + (kappa0 - 1) / (8 * eps) ->
  1 + (kappa0 - 1) / (8 * eps) < card K + 1 ->
  INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
  exists key : I -> K, 6 * eps <= random_risk w (16 * eps) key n A.

(** D18: for M >= 3 every pi^J base-fails. *)
Definition D18_class_fails : Prop :=
  forall (I K : Type) (FK : FiniteType K) (key key' : I -> K) (i : I),
  3 <= card K -> key_policy 1 key' (Some i) (key i) <= 1 / 2.

(** D11: on the closed instance the risk is at least 1/16 wherever I > f(1/16). *)
Definition D11_theorem_saturated : Prop :=
  forall (kappa0 : R) (d : nat),
  2 <= kappa0 ->
  exists M : nat,
    (forall key : succ_type d -> succ_type M,
     kappa (prompt_law (16 * (1 / 16))) (key_policy 1 key) <=
     kappa0) /\
    (forall n : nat,
     (1 <= n)%nat ->
     cost kappa0 (1 / 16) <=
     level kappa0 (INR (S d) * ln (INR (S M))) n ->
     forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
     is_dist w ->
     (forall o : W, proper_output (A o)) ->
     exists key : succ_type d -> succ_type M,
       1 / 16 <= random_risk w (16 * (1 / 16)) key n A).

(** D11: such saturated instances exist for every kappa_0 and M. *)
Definition D11_saturated_instance : Prop :=
  forall kappa0 : R,
  2 <= kappa0 ->
  forall M : nat,
  (1 <= M)%nat ->
  exists d : nat,
    cost kappa0 (1 / 16) <=
    level kappa0 (INR (S d) * ln (INR (S M))) 1.

(** D17: the rate 0.1238 sqrt(kappa_0 log_2|Pi|/n) on an instance that exists. *)
Definition D17_theorem_rate : Prop :=
  forall (kappa0 : R) (d n : nat),
  2 <= kappa0 ->
  (kappa0 - 1) * INR (S d) / 3 <= INR n ->
  (kappa0 - 1) * 3 / INR (S d) <= INR n ->
  exists (rho : R) (M : nat) (a b : succ_type M),
    0 < rho /\
    rho <= 1 /\
    a <> b /\
    (forall key : succ_type d -> succ_type M,
     kappa (prompt_law rho) (key_policy 1 key) <= kappa0) /\
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
     is_dist w ->
     (forall o : W, proper_output (A o)) ->
     exists key : succ_type d -> succ_type M,
       (forall i : succ_type d, key i = a \/ key i = b) /\
       1238 / 10000 * sqrt (kappa0 * INR (S d) / INR n) <= random_risk w rho key n A).

(** D17: the necessary sample size on an instance that exists. *)
Definition D17_theorem_sample : Prop :=
  forall (kappa0 eps : R) (d : nat),
  2 <= kappa0 ->
  0 < eps ->
  eps <= 1 / 16 ->
  exists (M : nat) (a b : succ_type M),
    a <> b /\
    (forall key : succ_type d -> succ_type M,
     kappa (prompt_law (16 * eps)) (key_policy 1 key) <=
     kappa0) /\
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
       (n : nat),
     is_dist w ->
     (forall o : W, proper_output (A o)) ->
     (forall key : succ_type d -> succ_type M,
      (forall i : succ_type d, key i = a \/ key i = b) ->
      random_risk w (16 * eps) key n A <= eps) ->
     1 / 3072 * kappa0 * INR (S d) / eps ^ 2 < INR n).
