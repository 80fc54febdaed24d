(** * Corollary 6.4 and Appendix G: the effective dimension

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From SRVerify Require Import Finite.Space Scalar.Linear Policy.Definitions Policy.Update
  OneRound.Concentration Iteration.Learners Linear.SoftmaxClass Linear.FixedRadius Dimension.Covering
  Dimension.SupMetric Dimension.SpectralTheorem.
Import ListNotations.
Open Scope R_scope.

(** G01: 0 <= d_lambda <= number of eigenvalues. *)
Definition G01_rank : Prop :=
  forall (lam : nat -> R) (l : R) (n : nat),
  0 < l -> (forall i : nat, 0 <= lam i) -> 0 <= effective_dimension lam l n <= INR n.

(** G01: d_lambda <= tr Sigma/lambda. *)
Definition G01_trace : Prop :=
  forall (lam : nat -> R) (l : R) (n : nat),
  0 < l -> (forall i : nat, 0 <= lam i) -> effective_dimension lam l n <= partial_sum lam n / l.

(** G01: d_lambda is non-increasing in lambda. *)
Definition G01_antitone : Prop :=
  forall (lam : nat -> R) (l m : R) (n : nat),
  0 < l ->
  l <= m -> (forall i : nat, 0 <= lam i) -> effective_dimension lam m n <= effective_dimension lam l n.

(** G01: tr Sigma(Sigma + lambda I)^-1 = sum lambda_i/(lambda_i + lambda), whatever the orthonormal basis. *)
Definition G01_effective_dimension : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l -> is_effective_dimension Sigma l d <-> d = Sum (fun i : Dim => lam i / (lam i + l)).

(** G01: 0 <= d_lambda <= min(rank Sigma, tr Sigma/lambda), non-increasing in lambda, for every positive
    semidefinite form. *)
Definition G01_range : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l ->
  is_effective_dimension Sigma l d ->
  0 <= d /\
  d <= rank_of lam /\
  d <= trace Sigma / l /\ (forall l' d' : R, l <= l' -> is_effective_dimension Sigma l' d' -> d' <= d).

(** G01: every symmetric positive semidefinite matrix has nonnegative eigenvalues in an orthonormal basis. *)
Definition G01_spectral_theorem : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma : Dim -> Dim -> R),
  symmetric Sigma ->
  positive_semidefinite Sigma ->
  exists (e : Dim -> Dim -> R) (lam : Dim -> R), Dimension.Covering.spectral Sigma e lam.

(** G01: E delta delta' has a spectrum, for every finite law of feature differences. *)
Definition G01_second_moment_spectral : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R),
  is_dist p ->
  exists (e : Dim -> Dim -> R) (lam : Dim -> R), Dimension.Covering.spectral (second_moment p delta) e lam.

(** G01: sigma^2 I has d_lambda = d sigma^2/(sigma^2 + lambda). *)
Definition G01_isotropic : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (sigma l d : R),
  0 < l ->
  is_effective_dimension (fun j k : Dim => sigma ^ 2 * identity j k) l d ->
  d = card Dim * (sigma ^ 2 / (sigma ^ 2 + l)).

(** G02: the k-split for every k. *)
Definition G02_split : Prop :=
  forall (lam : nat -> R) (l : R) (k n : nat),
  0 < l ->
  (forall i : nat, 0 <= lam i) -> effective_dimension lam l (k + n) <= INR k + range_sum lam k n / l.

(** G02: the lower bound. *)
Definition G02_count : Prop :=
  forall (lam : nat -> R) (l : R) (k n : nat),
  0 < l ->
  (forall i : nat, 0 <= lam i) ->
  (forall i : nat, (i < k)%nat -> l <= lam i) -> INR k / 2 <= effective_dimension lam l (k + n).

(** G02: the k-split for every form and every set of directions. *)
Definition G02_split_of_forms : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l ->
  is_effective_dimension Sigma l d -> forall S : Dim -> Prop, d <= size_of S + tail_of lam S / l.

(** G02: the count for every form. *)
Definition G02_count_of_forms : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l -> is_effective_dimension Sigma l d -> size_of (fun i : Dim => l <= lam i) / 2 <= d.

(** G03: for every number of eigenvalues. *)
Definition G03_exponential : Prop :=
  forall (lam : nat -> R) (C alpha l : R) (k n : nat),
  0 < C ->
  0 < alpha ->
  0 < l ->
  (forall i : nat, 0 <= lam i) ->
  (forall i : nat, lam i <= C * exp (- (alpha * INR (S i)))) ->
  ln (C / l) / alpha <= INR k -> effective_dimension lam l (k + n) <= INR k + 1 / (exp alpha - 1).

(** G03: for every form with that spectrum, in any orthonormal basis. *)
Definition G03_exponential_forms : Prop :=
  forall (T : nat) (Sigma e : upto T -> upto T -> R) (lam : upto T -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l ->
  is_effective_dimension Sigma l d ->
  forall (C alpha : R) (k : nat),
  0 < C ->
  0 < alpha ->
  (forall i : upto T, lam i <= C * exp (- (alpha * INR (S (rank T i))))) ->
  ln (C / l) / alpha <= INR k -> d <= INR k + 1 / (exp alpha - 1).

(** G03: diag(e^-1, ..., e^-d) has that decay. *)
Definition G03_instance : Prop :=
  forall T : nat,
  spectral (decaying T) identity (fun i : upto T => decay (rank T i)) /\
  (forall i : upto T, decay (rank T i) <= 1 * exp (- (1 * INR (S (rank T i))))).

(** G04: for every number of eigenvalues. *)
Definition G04_polynomial : Prop :=
  forall (lam : nat -> R) (C p l : R) (k n : nat),
  0 < C ->
  1 < p ->
  0 < l ->
  (forall i : nat, 0 <= lam i) ->
  (forall i : nat, lam i <= C * Rpower (INR (S i)) (- p)) ->
  (1 <= k)%nat ->
  Rpower (C / l) (1 / p) <= INR k -> effective_dimension lam l (k + n) <= INR k * (p / (p - 1)).

(** G04: for every form with that spectrum, in any orthonormal basis. *)
Definition G04_polynomial_forms : Prop :=
  forall (T : nat) (Sigma e : upto T -> upto T -> R) (lam : upto T -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l ->
  is_effective_dimension Sigma l d ->
  forall (C p : R) (k : nat),
  0 < C ->
  1 < p ->
  (forall i : upto T, lam i <= C * Rpower (INR (S (rank T i))) (- p)) ->
  (1 <= k)%nat -> Rpower (C / l) (1 / p) <= INR k -> d <= INR k * (p / (p - 1)).

(** G04: diag(1, 2^-2, ..., d^-2) has that decay. *)
Definition G04_instance : Prop :=
  forall T : nat,
  let lam := fun i : upto T => Rpower (INR (S (rank T i))) (-2) in
  spectral (diagonal lam) identity lam /\
  (forall i : upto T, lam i <= 1 * Rpower (INR (S (rank T i))) (-2)).

(** G05: for every number of spikes and eigenvalues. *)
Definition G05_spiked : Prop :=
  forall (lam : nat -> R) (l tail : R) (k n : nat),
  0 < l ->
  (forall i : nat, 0 <= lam i) ->
  range_sum lam k n <= tail -> effective_dimension lam l (k + n) <= INR k + tail / l.

(** G05: for every form and every set of directions: tail mass at most lambda gives k + 1. *)
Definition G05_spiked_forms : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R),
  spectral Sigma e lam ->
  0 < l ->
  is_effective_dimension Sigma l d ->
  forall (S : Dim -> Prop) (tau : R),
  tail_of lam S <= tau -> d <= size_of S + tau / l /\ (tau <= l -> d <= size_of S + 1).

(** G06: the constant is at most 4.31. *)
Definition G06_constant : Prop :=
  4 * (1 + sqrt 3 / 2) / sqrt 3 <= 431 / 100.

(** G06: the ellipsoid has a cover of that log-size, centres inside it, in every dimension. *)
Definition G06_covering : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R)
    (lam : Dim -> R) (radius eps : R),
  spectral Sigma e lam ->
  0 < radius ->
  0 < eps ->
  let l := eps ^ 2 / (4 * radius ^ 2) in
  exists (m : nat) (c : upto m -> Dim -> R),
    (forall i : upto m, Linear.SoftmaxClass.norm (c i) <= radius) /\
    covers Sigma radius eps c /\
    ln (card (upto m)) <=
    Sum
      (fun i : Dim =>
       ind (l < lam i) * ln (4 * (1 + sqrt 3 / 2) * radius * sqrt (lam i) / (sqrt 3 * eps))).

(** G06: hence of log-size at most 2 d_lambda log+(5R sqrt(lambda_1)/eps). *)
Definition G06_effective_dimension : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma e : Dim -> Dim -> R)
    (lam : Dim -> R) (radius eps d : R),
  spectral Sigma e lam ->
  0 < radius ->
  0 < eps ->
  is_effective_dimension Sigma (eps ^ 2 / (4 * radius ^ 2)) d ->
  exists (m : nat) (c : upto m -> Dim -> R),
    (forall i : upto m, Linear.SoftmaxClass.norm (c i) <= radius) /\
    covers Sigma radius eps c /\
    ln (card (upto m)) <= 2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / eps)).

(** G06: the cover and its bound for every symmetric positive semidefinite matrix. *)
Definition G06_every_form : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (Sigma : Dim -> Dim -> R) (radius eps : R),
  symmetric Sigma ->
  positive_semidefinite Sigma ->
  0 < radius ->
  0 < eps ->
  exists
    (e : Dim -> Dim -> R) (lam : Dim -> R) (d : R) (m : nat) (c : Iteration.Learners.upto m -> Dim -> R),
    Dimension.Covering.spectral Sigma e lam /\
    Dimension.Covering.is_effective_dimension Sigma (eps ^ 2 / (4 * radius ^ 2)) d /\
    (forall i : Iteration.Learners.upto m, Linear.SoftmaxClass.norm (c i) <= radius) /\
    Covering.covers Sigma radius eps c /\
    ln (card (Iteration.Learners.upto m)) <=
    2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / eps)).

(** G07: for every c some lambda violates the bound. *)
Definition G07_no_constant : Prop :=
  forall c : R, exists l : R, 0 < l /\ c * (1 / (1 + l)) * ln (1 + 1 / (1 / 10)) < ln 10.

(** G07: ten centres cover [-1, 1] at resolution 1/10, and no cover has fewer. *)
Definition G07_covering_number : Prop :=
  (exists c : upto 9 -> unit -> R, covers identity 1 (1 / 10) c) /\
  (forall (J : Type) (FJ : FiniteType J) (c : J -> unit -> R),
   covers identity 1 (1 / 10) c -> 10 <= card J).

(** G07: for every C some ridge makes C d_lambda log(1 + R/eps) smaller than the log-size of every cover. *)
Definition G07_no_universal_constant : Prop :=
  forall C : R,
  exists l d : R,
    0 < l /\
    is_effective_dimension (Dim := unit) identity l d /\
    (forall (J : Type) (FJ : FiniteType J) (c : J -> unit -> R),
     covers identity 1 (1 / 10) c -> C * d * ln (1 + 1 / (1 / 10)) < ln (card J)).

(** G08: at lambda = 1/d: (log d - 1)/2 <= d_lambda <= log d + 2. *)
Definition G08_single_logarithm_exact : Prop :=
  forall (T : nat) (d : R),
  is_effective_dimension (decaying T) (/ INR (S T)) d ->
  (ln (INR (S T)) - 1) / 2 <= d <= ln (INR (S T)) + 2.

(** G08: for every C some d has d_lambda > C log log d at lambda = 1/d. *)
Definition G08_no_double_logarithm : Prop :=
  forall C : R,
  exists T : nat,
    1 < ln (INR (S T)) /\
    (forall d : R, is_effective_dimension (decaying T) (/ INR (S T)) d -> C * ln (ln (INR (S T))) < d).

(** G08: at lambda = 1/sqrt(n): d_lambda <= log(n)/2 + 2, free of d. *)
Definition G08_sample_ridge_bound : Prop :=
  forall (T : nat) (n d : R),
  1 <= n -> is_effective_dimension (decaying T) (/ sqrt n) d -> d <= ln n / 2 + 2.

(** G08: at lambda = 1/log d: d_lambda <= log log d + 2. *)
Definition G08_doubly_logarithmic_ridge : Prop :=
  forall (T : nat) (d : R),
  1 <= ln (INR (S T)) ->
  is_effective_dimension (decaying T) (/ ln (INR (S T))) d -> d <= ln (ln (INR (S T))) + 2.

(** G08: at the ridge of F06's resolution, beta = 1/sqrt(n) and R = (1 + sqrt(n))^T r: d_lambda <= (T+1) log n
    + 2T log 2 + log(4r^2/B^2) + 2. *)
Definition G08_resolution_ridge : Prop :=
  forall (T rounds : nat) (n B r d : R),
  1 <= n ->
  0 < B ->
  0 < r ->
  let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
  l <= 1 ->
  Dimension.Covering.is_effective_dimension (decaying T) l d ->
  d <= INR (S rounds) * ln n + 2 * INR rounds * ln 2 + ln (4 * r ^ 2 / B ^ 2) + 2.

(** G08: its hypotheses can be met. *)
Definition G08_resolution_ridge_instance : Prop :=
  exists (T rounds : nat) (n B r d : R),
    1 <= n /\
    0 < B /\
    0 < r /\
    (let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
     l <= 1 /\ Dimension.Covering.is_effective_dimension (decaying T) l d).

(** G09: for every number of directions. *)
Definition G09_log_rank : Prop :=
  forall (lam : nat -> R) (l : R) (k n : nat),
  0 < l ->
  (forall i : nat, 0 <= lam i) ->
  range_sum lam k n <= l -> effective_dimension lam l (k + n) <= INR k + 1.

(** G10: on the kernel of a sample E<u, delta>^2 <= ||u||^2 b^2/sqrt(n delta) with probability 1-delta, in any
    dimension. *)
Definition G10_blind_directions : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim) (p : A -> R),
  is_dist p ->
  forall (delta : A -> Dim -> R) (b : R),
  0 < b ->
  (forall a : A, Linear.SoftmaxClass.norm (delta a) <= b) ->
  forall (n : nat) (eta : R),
  (0 < n)%nat ->
  0 < eta ->
  1 - eta <=
  Prn n p
    (fun s : list A =>
     forall u : Dim -> R,
     blind delta u s ->
     E p (fun a : A => dot u (delta a) ^ 2) <= Linear.SoftmaxClass.norm u ^ 2 * (b ^ 2 / sqrt (INR n * eta))).

(** G10: and <= 6 ||u||^2 b^2 log(n/delta)/n, likewise for any differences in any dimension. *)
Definition G10_blind_logarithm : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim) (p : A -> R),
  is_dist p ->
  forall (delta : A -> Dim -> R) (b : R),
  0 < b ->
  (forall a : A, Linear.SoftmaxClass.norm (delta a) <= b) ->
  forall (n : nat) (eta : R),
  (3 <= n)%nat ->
  0 < eta <= 1 ->
  1 - eta <=
  Prn n p
    (fun s : list A =>
     forall u : Dim -> R,
     blind delta u s ->
     E p (fun a : A => dot u (delta a) ^ 2) <=
     Linear.SoftmaxClass.norm u ^ 2 * (6 * b ^ 2 * (ln (INR n / eta) / INR n))).

(** G10: and <= ||u||^2 b^2 log(n/delta)/n where each difference has one coordinate, as in the example. *)
Definition G10_blind_coordinates : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim) (p : A -> R),
  is_dist p ->
  forall (delta : A -> Dim -> R) (b : R) (feature : A -> Dim),
  (forall (a : A) (j : Dim), j <> feature a -> delta a j = 0) ->
  (forall a : A, Rabs (delta a (feature a)) <= b) ->
  forall (n : nat) (eta : R),
  (3 <= n)%nat ->
  0 < eta <= 1 ->
  1 - eta <=
  Prn n p
    (fun s : list A =>
     forall u : Dim -> R,
     blind delta u s ->
     E p (fun a : A => dot u (delta a) ^ 2) <=
     Linear.SoftmaxClass.norm u ^ 2 * (b ^ 2 * (ln (INR n / eta) / INR n))).

(** G10: in d dimensions every net in the sup log-ratio metric has at least 2^d members once R > 2 sqrt(d)
    eps. *)
Definition G10_sup_entropy : Prop :=
  forall (T : nat) (radius eps : R),
  0 < eps ->
  2 * sqrt (INR (S T)) * eps < radius ->
  forall (J : Type) (FJ : FiniteType J) (q : J -> upto T -> bool -> R),
  log_ratio_net radius eps q -> INR (S T) * ln 2 <= ln (card J).

(** G10: while d_lambda <= log(1/lambda) + 3 in the example, whatever d. *)
Definition G10_small_dimension : Prop :=
  forall (T : nat) (l d : R),
  0 < l ->
  l <= 1 ->
  is_effective_dimension
    (second_moment (coupled (decaying_prompts T) even_policy even_policy)
       (feature_difference prompt_feature)) l d -> d <= ln (1 / l) + 3.

(** G10: kappa_phi^2 >= rank Sigma under A-NORM, for every law of the differences. *)
Definition G10_norm_constant : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim) (p : A -> R),
  is_dist p ->
  forall (delta : A -> Dim -> R) (e : Dim -> Dim -> R) (lam : Dim -> R) (kappa : R),
  spectral (second_moment p delta) e lam ->
  0 <= kappa -> norm_comparison p delta kappa -> rank_of lam <= kappa ^ 2.

(** G10: A-NORM holds in the example, with kappa_phi^2 >= d. *)
Definition G10_norm_comparison_instance : Prop :=
  forall T : nat,
  exists kappa : R,
    0 < kappa /\
    norm_comparison (coupled (decaying_prompts T) even_policy even_policy)
      (feature_difference prompt_feature) kappa /\ INR (S T) <= kappa ^ 2.

(** G10: under A-NORM a sup-metric cover of log-size at most 2 d_lambda log+(5 kappa R sqrt(lambda_1)/eps). *)
Definition G10_cover_under_norm_comparison : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim) (p : A -> R)
    (delta : A -> Dim -> R) (e : Dim -> Dim -> R) (lam : Dim -> R) (kappa radius eps d : R),
  spectral (second_moment p delta) e lam ->
  0 < kappa ->
  norm_comparison p delta kappa ->
  0 < radius ->
  0 < eps ->
  is_effective_dimension (second_moment p delta) ((eps / kappa) ^ 2 / (4 * radius ^ 2)) d ->
  exists (m : nat) (c : upto m -> Dim -> R),
    (forall i : upto m, Linear.SoftmaxClass.norm (c i) <= radius) /\
    (forall theta : Dim -> R,
     Linear.SoftmaxClass.norm theta <= radius ->
     exists i : upto m, forall a : A, Rabs (dot (fun k : Dim => theta k - c i k) (delta a)) <= eps) /\
    ln (card (upto m)) <= 2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / (eps / kappa))).

(** G10: without A-NORM zero-loss members have loss at most 16 beta^2 R^2 B^2/sqrt(n delta), free of d. *)
Definition G10_zero_loss_members : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (beta radius Bphi : R),
  0 < beta ->
  0 < Bphi ->
  (forall (x : X) (y : Y), Linear.SoftmaxClass.norm (phi x y) <= Bphi) ->
  forall theta_t : Dim -> R,
  Linear.SoftmaxClass.norm (scale (1 + 1 / beta) theta_t) <= radius ->
  forall (n : nat) (eta : R),
  (0 < n)%nat ->
  0 < eta ->
  0 <= radius ->
  1 - eta <=
  Prn n (coupled D (softmax phi theta_t) (softmax phi theta_t))
    (fun s : list (X * Y * Y) =>
     forall theta : Dim -> R,
     Linear.SoftmaxClass.norm theta <= radius ->
     zero_on (pair_loss beta (softmax phi theta_t) (fun theta0 : Dim -> R => softmax phi theta0)) theta
       s ->
     E (coupled D (softmax phi theta_t) (softmax phi theta_t))
       (pair_loss beta (softmax phi theta_t) (fun theta0 : Dim -> R => softmax phi theta0) theta) <=
     16 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 / sqrt (INR n * eta)).

(** G10: and at most 96 beta^2 R^2 B^2 log(n/delta)/n, for any features. *)
Definition G10_zero_loss_logarithm : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R),
  is_dist D ->
  forall (phi : X -> Y -> Dim -> R) (beta radius Bphi : R),
  0 < beta ->
  0 < Bphi ->
  (forall (x : X) (y : Y), Linear.SoftmaxClass.norm (phi x y) <= Bphi) ->
  forall theta_t : Dim -> R,
  Linear.SoftmaxClass.norm (scale (1 + 1 / beta) theta_t) <= radius ->
  forall (n : nat) (eta : R),
  (3 <= n)%nat ->
  0 < eta <= 1 ->
  0 <= radius ->
  1 - eta <=
  Prn n (coupled D (softmax phi theta_t) (softmax phi theta_t))
    (fun s : list (X * Y * Y) =>
     forall theta : Dim -> R,
     Linear.SoftmaxClass.norm theta <= radius ->
     zero_on (pair_loss beta (softmax phi theta_t) (fun theta0 : Dim -> R => softmax phi theta0)) theta
       s ->
     E (coupled D (softmax phi theta_t) (softmax phi theta_t))
       (pair_loss beta (softmax phi theta_t) (fun theta0 : Dim -> R => softmax phi theta0) theta) <=
     96 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 * (ln (INR n / eta) / INR n)).

(** G10: and at most 4 beta^2 R^2 log(n/delta)/n in the example. *)
Definition G10_example_loss : Prop :=
  forall (Dim : Type) (FD : FiniteType Dim) (D : Dim -> R) (beta radius eta : R)
    (theta_t : Dim -> R) (n : nat),
  is_dist D ->
  0 < beta ->
  Linear.SoftmaxClass.norm (scale (1 + 1 / beta) theta_t) <= radius ->
  (3 <= n)%nat ->
  0 < eta <= 1 ->
  let base := softmax prompt_feature theta_t in
  let loss := pair_loss beta base (fun theta : Dim -> R => softmax prompt_feature theta) in
  1 - eta <=
  Prn n (coupled D base base)
    (fun s : list (Dim * bool * bool) =>
     forall theta : Dim -> R,
     Linear.SoftmaxClass.norm theta <= radius ->
     zero_on loss theta s ->
     E (coupled D base base) (loss theta) <=
     4 * beta ^ 2 * radius ^ 2 * (ln (INR n / eta) / INR n)).

(** G10: A-NORM holds with kappa_phi exactly if kappa_phi^2 >= max delta' Sigma^+ delta, for every law of full
    support. *)
Definition G10_norm_constant_exact : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R) (e : Dim -> Dim -> R) (lam : Dim -> R)
    (kappa : R),
  Dimension.Covering.spectral (second_moment p delta) e lam ->
  (forall a : A, 0 < p a) ->
  0 <= kappa ->
  norm_comparison p delta kappa <-> (forall a : A, leverage delta e lam a <= kappa ^ 2).

(** G10: so A-NORM always holds for some constant, and that maximum is the best. *)
Definition G10_norm_comparison_always : Prop :=
  forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R),
  is_dist p ->
  (forall a : A, 0 < p a) ->
  exists (e : Dim -> Dim -> R) (lam : Dim -> R),
    Dimension.Covering.spectral (second_moment p delta) e lam /\
    norm_comparison p delta (sqrt (Max (leverage delta e lam))) /\
    (forall kappa : R,
     0 <= kappa -> norm_comparison p delta kappa -> sqrt (Max (leverage delta e lam)) <= kappa).
