(** Sections 3 and 4: the hypotheses of each theorem hold together. *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update Greedy.Decoding Linear.SoftmaxClass
  Linear.ExactRounds Statements.S3_Preliminaries Statements.S4a_ConditionNumber Statements.S4c_Greedy
  Instances.Examples.
Open Scope R_scope.

(** * Section 3: the hypotheses of each theorem hold together *)

Theorem S01_gibbs_identity_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_identity).
Proof. instance. Qed.

Theorem S01_gibbs_optimum_satisfiable : ltac:(srverify_hypotheses_of S01_gibbs_optimum).
Proof.
  assert (h := Policy.Update.S01_gibbs_optimum 1 fair fair fair ltac:(lra) fair_full fair_dist).
  exists bool, FiniteType_bool, 1, fair, fair, (gibbs 1 fair fair).
  split; [lra|]. split; [exact fair_full|].
  split; [apply is_full_dist, gibbs_full; exact fair_full|]. split; [apply h|exact (ex_intro _ true I)].
Qed.

Theorem S02_self_reward_power_satisfiable : ltac:(srverify_hypotheses_of S02_self_reward_power).
Proof. instance. Qed.

Theorem S03_reward_identity_satisfiable : ltac:(srverify_hypotheses_of S03_reward_identity).
Proof. instance. Qed.

Theorem S03_reward_difference_satisfiable : ltac:(srverify_hypotheses_of S03_reward_difference).
Proof. instance. Qed.

Theorem S04_dpo_square_loss_satisfiable : ltac:(srverify_hypotheses_of S04_dpo_square_loss).
Proof. instance. Qed.

Theorem S04_zero_iff_satisfiable : ltac:(srverify_hypotheses_of S04_zero_iff).
Proof. instance. Qed.

(** The exact iteration from [lean]. *)
Fixpoint updates (t : nat) : policy bool bool :=
  match t with O => lean | S t' => self_update 1 (updates t') end.

Lemma updates_policy t : is_policy (updates t).
Proof. induction t as [|t ih]; [exact lean_policy|apply self_update_policy, ih]. Qed.

Theorem S05_iterated_closed_form_satisfiable : ltac:(srverify_hypotheses_of S05_iterated_closed_form).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair, 1. split; [lra|].
  exists (fun t rho => rho = self_update 1 (updates t)), updates.
  split; [intros; unfold fair; lra|]. split; [exact updates_policy|]. split; [reflexivity|].
  split; [intros t rho ->; apply Rle_refl|]. exact (ex_intro _ O (ex_intro _ true (ex_intro _ true I))).
Qed.

Theorem S06_margin_growth_satisfiable : ltac:(srverify_hypotheses_of S06_margin_growth).
Proof.
  exists bool, bool, FiniteType_bool, 1. split; [lra|].
  exists (ln (3 / 4) - ln (1 / 4)), lean, O. assert (h := lean_log_ratio).
  split; [lra|]. split; [exact lean_policy|exact lean_is_margin].
Qed.

Theorem S07_population_condition_number_satisfiable : ltac:(srverify_hypotheses_of S07_population_condition_number).
Proof. instance. Qed.

Theorem S08_realizable_iff_satisfiable : ltac:(srverify_hypotheses_of S08_realizable_iff).
Proof. instance. Qed.

(** A feature that counts, and one that is 0 everywhere: the parameter (1, 1) is not of least norm. *)
Definition idle_feature : bool -> bool -> bool -> R := fun _ y j => if j then if y then 1 else 0 else 0.

Theorem S08_least_norm_satisfiable : ltac:(srverify_hypotheses_of S08_least_norm).
Proof.
  exists bool, bool, bool, FiniteType_bool, FiniteType_bool, idle_feature, (fun _ => 1).
  destruct (Linear.SoftmaxClass.S08_least_norm idle_feature (fun _ => 1)) as (theta & h). exists theta.
  split; [exact h|]. exists (fun _ => 1). intros x y; reflexivity.
Qed.

Theorem S08_horizon_of_the_class_satisfiable : ltac:(srverify_hypotheses_of S08_horizon_of_the_class).
Proof.
  exists bool, bool, unit, FiniteType_bool, FiniteType_unit, one_feature, (fun _ => 1), 1, 4, (fun _ => 1), 2%nat.
  split; [lra|]. split; [lra|]. split; [rewrite one_norm; lra|]. split; [intros x y; reflexivity|].
  intros theta h. apply one_parameter in h. rewrite one_norm by lra. rewrite <- h.
  eapply Rle_trans; [apply Rle_abs|apply coordinate_le_norm].
Qed.

Ltac one_feature_instance :=
  exists bool, bool, unit, FiniteType_bool, FiniteType_bool, FiniteType_unit, one_feature, 1;
  split; [exact one_feature_bounded|]; exists true, false; split; [discriminate|].

Theorem S08_margin_needs_norm_satisfiable : ltac:(srverify_hypotheses_of S08_margin_needs_norm).
Proof. one_feature_instance. exists 1, (fun _ => 1). exact one_feature_margin. Qed.

Theorem S08_margin_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_margin_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1).
  split; [exact one_feature_margin|exact one_realizable].
Qed.

(** Two rounds: the exact path stays in the class of radius 4. *)
Theorem S08_rounds_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_rounds_at_fixed_radius).
Proof.
  one_feature_instance. exists 4, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists 2%nat. split; [lia|].
  apply (exact_realizable one_feature 4 1 ltac:(lra) (fun _ => 1) 2). rewrite one_norm by lra. unfold alpha; simpl; lra.
Qed.

Theorem S08_bias_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_bias_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists fair. split; [exact fair_dist|exact one_realizable].
Qed.

Theorem S08_bound_at_fixed_radius_satisfiable : ltac:(srverify_hypotheses_of S08_bound_at_fixed_radius).
Proof.
  one_feature_instance. exists 2, 1, 1. repeat (split; [lra|]). exists (fun _ => 1). split; [exact one_feature_margin|].
  exists fair, 1, 1, 1%nat. split; [lra|]. split; [lra|exact one_realizable].
Qed.

Theorem S08_complexity_of_the_repaired_radius_satisfiable :
  ltac:(srverify_hypotheses_of S08_complexity_of_the_repaired_radius).
Proof. instance. Qed.

Theorem S09_minimum_probability_satisfiable : ltac:(srverify_hypotheses_of S09_minimum_probability).
Proof.
  exists bool, bool, FiniteType_bool, 1. split; [lra|]. exists 1, lean, O, true, false.
  split; [lra|]. split; [exact lean_policy|]. split; [exact lean_margin|]. rewrite lean_mode; discriminate.
Qed.

(** * Section 4: the hypotheses of each theorem hold together *)

Theorem K01_range_satisfiable : ltac:(srverify_hypotheses_of K01_range).
Proof. instance. Qed.

Theorem K01_uniform_iff_satisfiable : ltac:(srverify_hypotheses_of K01_uniform_iff).
Proof. instance. Qed.

Theorem K01_mean_maximum_satisfiable : ltac:(srverify_hypotheses_of K01_mean_maximum).
Proof. instance. Qed.

Theorem K02_near_uniform_policy_satisfiable : ltac:(srverify_hypotheses_of K02_near_uniform_policy).
Proof.
  exists bool, bool, FiniteType_bool, FiniteType_bool, fair. split; [exact fair_dist|].
  exists lean, 1, (-1 / 4). split; [lra|]. split; [lra|]. intros; rewrite lean_max; lra.
Qed.

(** One fair token. *)
Definition coin_model : model bool 1 := (fair, fun _ => tt).

Lemma coin_model_full : is_full_model 1 coin_model.
Proof. split; [exact fair_full|]. intros; exact I. Qed.

Lemma coin_model_model : is_model 1 coin_model.
Proof. split; [exact fair_dist|]. intros; exact I. Qed.

Lemma coin_model_le : conditionals_le (1 / 2) 1 coin_model.
Proof. split; [intros; apply Rle_refl|]. intros; exact I. Qed.

Theorem K03_sequence_probability_satisfiable : ltac:(srverify_hypotheses_of K03_sequence_probability).
Proof.
  exists bool, FiniteType_bool, (1 / 2), 1%nat, coin_model, (true, tt).
  split; [exact coin_model_model|exact coin_model_le].
Qed.

Theorem K03_autoregressive_policy_satisfiable : ltac:(srverify_hypotheses_of K03_autoregressive_policy).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, (1 / 2), 1%nat, (fun _ => coin_model).
  split; [exact fair_dist|]. split; [lra|]. split; intros; [exact coin_model_full|exact coin_model_le].
Qed.

Theorem K03_length_policy_satisfiable : ltac:(srverify_hypotheses_of K03_length_policy).
Proof.
  exists bool, FiniteType_bool, bool, FiniteType_bool, fair, (1 / 2), 1%nat, (fun _ => coin_model), 1.
  split; [exact fair_dist|]. split; [lra|]. split; [lra|]. split.
  - rewrite ln_1. unfold Rdiv. rewrite Rmult_0_l. simpl; lra.
  - split; intros; [exact coin_model_full|exact coin_model_le].
Qed.

(** * Proposition 4.3: the hypotheses of each theorem hold together *)

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
  destruct (Greedy.Decoding.E05_hamming two 2 (1 / 3) ltac:(lia) range) as (m & s & d & h).
  exists m, s, d. split; [exact h|exact (ex_intro _ s I)].
Qed.

Theorem E06_not_certain_satisfiable : ltac:(srverify_hypotheses_of E06_not_certain).
Proof.
  destruct Greedy.Decoding.E06_not_certain as (m & s & h). exists m, s. split; [exact h|exact (ex_intro _ s I)].
Qed.
