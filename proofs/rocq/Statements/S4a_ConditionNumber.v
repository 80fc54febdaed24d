(** * Section 4: the policy condition number

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From SRVerify Require Import Finite.Space Policy.Definitions Greedy.Decoding.
Import ListNotations.
Open Scope R_scope.

(** K01: 1 <= kappa <= N for every finite policy. *)
Definition K01_range : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall pi : policy X Y,
  is_policy pi -> 1 <= kappa D pi <= card Y.

(** K01: kappa = N iff uniform, for every finite policy. *)
Definition K01_uniform_iff : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall pi : policy X Y,
  (forall x : X, 0 < D x) ->
  is_policy pi ->
  kappa D pi = card Y <-> (forall (x : X) (y : Y), pi x y = / card Y).

(** K01: kappa >= 1/E_x[max pi] for every finite policy. *)
Definition K01_mean_maximum : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall pi : policy X Y,
  is_policy pi -> / E D (fun x : X => Max (pi x)) <= kappa D pi.

(** K02: kappa = M/(1+eta) for every policy with max pi = (1+eta)/M at every prompt. *)
Definition K02_near_uniform_policy : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R),
  is_dist D ->
  forall (pi : policy X Y) (M eta : R),
  0 < M ->
  -1 < eta -> (forall x : X, Max (pi x) = (1 + eta) / M) -> kappa D pi = M / (1 + eta).

(** K03: conditionals at most p give sequence probabilities at most p^L. *)
Definition K03_sequence_probability : Prop :=
  forall (V : Type) (FV : FiniteType V) (p : R) (L : nat) (m : model V L) (s : seqs V L),
  is_model L m -> conditionals_le p L m -> seq_prob L m s <= p ^ L.

(** K03: kappa >= p^-L for every policy of autoregressive models. *)
Definition K03_autoregressive_policy : Prop :=
  forall (V : Type) (FV : FiniteType V) (X : Type) (FX : FiniteType X)
    (D : X -> R) (p : R) (L : nat) (m : X -> model V L),
  is_dist D ->
  0 < p ->
  (forall x : X, is_full_model L (m x)) ->
  (forall x : X, conditionals_le p L (m x)) ->
  / p ^ L <= kappa D (fun x : X => seq_prob L (m x)).

(** K03: L >= log n/log(1/p) gives kappa >= n for such a policy. *)
Definition K03_length_policy : Prop :=
  forall (V : Type) (FV : FiniteType V) (X : Type) (FX : FiniteType X)
    (D : X -> R) (p : R) (L : nat) (m : X -> model V L) (n : R),
  is_dist D ->
  0 < p < 1 ->
  0 < n ->
  ln n / ln (1 / p) <= INR L ->
  (forall x : X, is_full_model L (m x)) ->
  (forall x : X, conditionals_le p L (m x)) -> n <= kappa D (fun x : X => seq_prob L (m x)).
