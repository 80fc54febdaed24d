(** * Proposition 4.3 and Appendix E: greedy decoding

    Statements only, in the paper's order. *)

From Coq Require Import Reals List.
From SRVerify Require Import Finite.Space Greedy.Decoding.
Import ListNotations.
Open Scope R_scope.

(** E01: every vocabulary, length and model. *)
Definition E01_success_above_half : Prop :=
  forall (V : Type) (FV : FiniteType V) (L : nat) (m : model V L) (s g : seqs V L),
  is_model L m -> 1 / 2 < seq_prob L m s -> is_greedy L m g -> g = s.

(** E02: the trap has room in exactly that range, every V and L. *)
Definition E02_trap : Prop :=
  forall (V : Type) (FV : FiniteType V) (a b : V),
  a <> b ->
  forall (l : nat) (q : R),
  0 < q ->
  (exists (e : R) (m : model V (S (S l))), 0 < e <= 1 - 2 * q /\ e < q /\ is_trap a b l q e m) <->
  / (3 + free_sequences l) < q < 1 / 2.

(** E02: and greedy picks it in exactly that range. *)
Definition E02_trap_is_pick : Prop :=
  forall (V : Type) (FV : FiniteType V) (a b : V),
  a <> b ->
  forall (l : nat) (q : R),
  0 < q ->
  (exists (e : R) (m : model V (S (S l))),
     0 < e <= 1 - 2 * q /\ e < q /\ is_trap a b l q e m /\ (forall v : V, fst m v <= fst m b)) <->
  / (2 * card V - 1) < q < 1 / 2.

(** E03: at mass 1/2 or more greedy returns the mode. *)
Definition E03_half_boundary : Prop :=
  forall (V : Type) (FV : FiniteType V),
  (exists a b : V, a <> b) ->
  forall (L : nat) (m : model V L) (s g : seqs V L),
  (2 <= L)%nat -> is_full_model L m -> 1 / 2 <= seq_prob L m s -> is_greedy L m g -> g = s.

(** E04: the equivalence for every V, L >= 2. *)
Definition E04_feasibility : Prop :=
  forall (V : Type) (FV : FiniteType V),
  (exists a b : V, a <> b) ->
  forall (L : nat) (q : R),
  (2 <= L)%nat ->
  (exists (m : model V L) (s g : seqs V L),
     is_full_model L m /\ unique_mode L m s /\ seq_prob L m s = q /\ is_greedy L m g /\ g <> s) <->
  / card V ^ L < q < 1 / 2.

(** E05: for every V, L >= 2 and 1/V^L < q < 1/2. *)
Definition E05_hamming : Prop :=
  forall (V : Type) (FV : FiniteType V),
  (exists a b : V, a <> b) ->
  forall (L : nat) (q : R),
  (2 <= L)%nat ->
  / card V ^ L < q < 1 / 2 ->
  exists (m : model V L) (s d : seqs V L),
    is_full_model L m /\
    unique_mode L m s /\
    seq_prob L m s = q /\ (forall g : seqs V L, is_greedy L m g <-> g = d) /\ differ_everywhere L s d.

(** E06, refuted: low mode mass makes greedy decoding certain to fail. *)
Definition E06_certain_failure : Prop :=
  forall (V : Type) (FV : FiniteType V) (L : nat) (m : model V L) (s g : seqs V L),
  is_full_model L m -> unique_mode L m s -> seq_prob L m s <= 1 / 2 -> is_greedy L m g -> g <> s.

(** E06: 0.7 * 0.7 = 0.49 <= 1/2 while each step's mode has 0.7. *)
Definition E06_witness : Prop :=
  7 / 10 * (7 / 10) <= 1 / 2 /\
  7 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\ 3 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\ 1 / 2 < 7 / 10.

(** E06: a full-support model of mode mass 0.49 that greedy decodes. *)
Definition E06_not_certain : Prop :=
  exists (m : model bool 2) (s : seqs bool 2),
    is_full_model 2 m /\
    unique_mode 2 m s /\
    seq_prob 2 m s = 49 / 100 /\
    49 / 100 <= 1 / 2 /\ (forall g : seqs bool 2, is_greedy 2 m g <-> g = s).
