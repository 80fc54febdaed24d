(** * Proposition 4.3: the hypotheses of each theorem hold together *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Greedy.Autoregressive Greedy.Feasibility
  Greedy.Trap.
From SRVerify Require Import Instances.Examples Statements.S4c_Greedy.
Open Scope R_scope.

(** One token that prefers [true], and two independent ones. *)
Definition lean_model : model bool 1 := (lean true, fun _ => tt).
Definition lean_model_twice : model bool 2 := (lean true, fun _ => lean_model).

Lemma lean_below w : lean true w <= lean true true.
Proof. destruct w; unfold lean; lra. Qed.

Theorem E01_success_above_half_satisfiable : ltac:(srverify_hypotheses_of E01_success_above_half).
Proof.
  exists bool, FiniteType_bool, 1%nat, lean_model, (true, tt), (true, tt).
  split; [split; [exact (lean_dist true)|intros; exact I]|]. split.
  - unfold lean_model; cbn. lra.
  - split; [exact lean_below|exact I].
Qed.

Theorem E02_trap_satisfiable : ltac:(srverify_hypotheses_of E02_trap).
Proof.
  exists bool, FiniteType_bool, true, false. split; [discriminate|]. exists O, 1. lra.
Qed.

Theorem E02_trap_is_pick_satisfiable : ltac:(srverify_hypotheses_of E02_trap_is_pick).
Proof.
  exists bool, FiniteType_bool, true, false. split; [discriminate|]. exists O, 1. lra.
Qed.

Theorem E03_half_boundary_satisfiable : ltac:(srverify_hypotheses_of E03_half_boundary).
Proof.
  exists bool, FiniteType_bool. split; [exists true, false; discriminate|].
  exists 2%nat, lean_model_twice, (true, (true, tt)), (true, (true, tt)).
  split; [lia|]. split; [|split].
  - split; [exact (lean_policy true)|]. intros; split; [exact (lean_policy true)|]. intros; exact I.
  - unfold lean_model_twice, lean_model; cbn. lra.
  - split; [exact lean_below|]. split; [exact lean_below|exact I].
Qed.

Theorem E04_feasibility_satisfiable : ltac:(srverify_hypotheses_of E04_feasibility).
Proof.
  exists bool, FiniteType_bool. split; [exists true, false; discriminate|]. exists 2%nat, 1; lia.
Qed.

Theorem E05_hamming_satisfiable : ltac:(srverify_hypotheses_of E05_hamming).
Proof.
  assert (two : exists a b : bool, a <> b) by (exists true, false; discriminate).
  assert (range : / card bool ^ 2 < 1 / 3 < 1 / 2) by (rewrite bool_card; lra).
  exists bool, FiniteType_bool. split; [exact two|]. exists 2%nat, (1 / 3). split; [lia|]. split; [exact range|].
  destruct (Feasibility.E05_hamming two 2 (1 / 3) ltac:(lia) range) as (m & s & d & h).
  exists m, s, d. split; [exact h|exact (ex_intro _ s I)].
Qed.

Theorem E06_not_certain_satisfiable : ltac:(srverify_hypotheses_of E06_not_certain).
Proof.
  destruct Feasibility.E06_not_certain as (m & s & h). exists m, s. split; [exact h|exact (ex_intro _ s I)].
Qed.
