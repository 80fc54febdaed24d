(** * An instance of exact recovery

    The prompts and features of [Linear.Instance] at beta = 1: a pair per prompt spans, each has probability
    above 6/100 on the exact path, so 100 pairs a round suffice for two rounds. *)

From Coq Require Import Reals Lra Lia List.
From Interval Require Import Tactic.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.ZeroLoss
  Iteration.Rounds Iteration.Trajectory Linear.Recovery Linear.Horizon Linear.Euclidean
  Linear.SoftmaxClass Linear.Statements Linear.ExactRounds Linear.LazyLearner Linear.Instance.
Import ListNotations.
Open Scope R_scope.

Section RecoveryInstance.
  Let D := fun _ : bool => 1 / 2.
  Let target : option bool := Some true.
  Let phi := prompt_features (X := bool) target.
  Let theta0 := fun _ : bool => 1 / 2.

  (** One informative pair for each prompt. *)
  Let Z : list (bool * option bool * option bool) := [(true, target, None); (false, target, None)].

  Lemma informative_pair b j : feature_difference phi (b, target, None) j = ind (j = b).
  Proof.
    unfold feature_difference, phi, prompt_features. rewrite (ind_true (target = target)) by reflexivity.
    rewrite (ind_false (None = target)) by discriminate. ring.
  Qed.

  Lemma instance_spans : spans phi Z.
  Proof.
    intros z. exists (fun w => let '(b, _, _) := w in feature_difference phi z b). intros j.
    unfold Z, sumL. cbn [fold_right]. rewrite !informative_pair.
    destruct j.
    - rewrite (ind_true (true = true)), (ind_false (true = false)) by (reflexivity || discriminate). ring.
    - rewrite (ind_true (false = false)), (ind_false (false = true)) by (reflexivity || discriminate). ring.
  Qed.

  (** The mass of a response when the coordinate of the prompt is [s]. *)
  Lemma prompt_mass s theta b y : theta b = s ->
    softmax phi theta b y = exp (ind (y = target) * s) / (exp s + 2).
  Proof.
    intros <-. unfold softmax. rewrite (score_prompt target theta b y). f_equal.
    rewrite (Sum_ext _ (fun z => exp (ind (z = target) * theta b))) by (intros z; rewrite (score_prompt target theta b z); reflexivity).
    unfold Sum, sumL, target. simpl. rewrite (ind_true (Some true = Some true)) by reflexivity.
    rewrite (ind_false (None = Some true)), (ind_false (Some false = Some true)) by discriminate.
    rewrite Rmult_0_l, exp_0, Rmult_1_l. lra.
  Qed.

  Lemma pair_mass b s theta : theta b = s -> 1 / 2 <= s <= 1 ->
    6 / 100 <= coupled D (softmax phi theta) (softmax phi theta) (b, target, None) <= 1.
  Proof.
    intros e hs. unfold coupled. rewrite !(prompt_mass s theta b) by exact e.
    rewrite (ind_true (target = target)) by reflexivity. rewrite (ind_false (None = target)) by discriminate.
    rewrite Rmult_0_l, exp_0, Rmult_1_l. unfold D. split; interval with (i_bisect s).
  Qed.

  Lemma instance_missed t : (t < 2)%nat ->
    sumL Z (fun z => (1 - coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) z) ^ 100) <= 1 / 100.
  Proof.
    intros ht. assert (hp : forall b, 6 / 100 <=
      coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) (b, target, None) <= 1).
    { intros b. apply (pair_mass b (alpha 1 t * (1 / 2))); [reflexivity|].
      assert (ht' : t = 0%nat \/ t = 1%nat) by lia. unfold alpha.
      destruct ht' as [-> | ->]; simpl; lra. }
    assert (h : forall b, (1 - coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) (b, target, None)) ^ 100
                          <= 1 / 200).
    { intros b. apply Rle_trans with ((94 / 100) ^ 100); [|interval]. apply pow_incr. generalize (hp b). lra. }
    unfold Z, sumL. cbn [fold_right]. generalize (h true) (h false). lra.
  Qed.

  Theorem F10_recovery_instance : Exact_recovery_instance.
  Proof.
    cbv delta [Exact_recovery_instance]. intros D' phi' theta0' pi0 pol. assert (hr : 0 <= 3) by lra.
    assert (hpi0 : is_policy pi0) by apply softmax_policy. split.
    - exists (minimising_learner phi 3 hr 1 pi0 hpi0). apply minimising_learner_exists.
    - intros learner hl.
      assert (hm : has_margin (1 / 2) pi0) by (apply prompt_margin; [lra|intros x; unfold theta0'; lra]).
      assert (ha : alpha 1 2 = 4) by (unfold alpha; field).
      assert (hradius : alpha 1 2 * norm theta0 <= 3).
      { assert (hn : norm theta0 <= 71 / 100) by (unfold norm, dot, Sum, sumL, theta0; simpl; interval).
        rewrite ha. lra. }
      assert (h := F10_recovery_at_the_repaired_radius bool (option bool) bool _ _ _ D phi 3 1 (1 / 2) (1 / 100) 100%nat
        2%nat theta0 Z learner instance_law ltac:(lra) ltac:(lra) hm hradius hl instance_spans ltac:(lra) instance_missed).
      cbv zeta in h. rewrite ha, instance_responses in h. replace (INR 2) with 2 in h by (simpl; lra).
      eapply Rle_trans; [|eapply Rle_trans; [exact h|]]; [lra|].
      apply (PT_mono D pol pi0 100 learner instance_law (linear_class_policy phi 3) hpi0).
      intros k _ (h1 & h2 & _). split; [intros x y; rewrite <- ha; exact (h1 x y)|]. replace (1 / 3) with (/ 3) by lra. exact h2.
  Qed.

End RecoveryInstance.
