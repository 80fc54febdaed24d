(** * An instance of Theorem 6.2

    Two prompts with one feature each, three responses, the lazy learner: every hypothesis of Theorem 6.2
    holds, the bound is far below one, and the learner does not always return the exact update. *)

From Coq Require Import Reals Lra Lia List ZArith.
From Interval Require Import Tactic.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber OneRound.Tails OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds
  Iteration.Trajectory Linear.Recovery Linear.Horizon Linear.Euclidean Linear.SoftmaxClass
  Linear.Statements Linear.Theorem Linear.LazyLearner.
Import ListNotations.
Open Scope R_scope.

Section Instance.
  Let D := fun _ : bool => 1 / 2.
  Let target : option bool := Some true.
  Let beta := 1 / 1000.
  Let radius := 10 ^ 6.
  Let phi := prompt_features (X := bool) target.
  Let pi0 := softmax phi (fun _ : bool => 1 / 2).

  Lemma instance_law : is_dist D.
  Proof. split; [intros; unfold D; lra|]. unfold Sum, D, sumL. simpl. lra. Qed.

  Lemma instance_responses : card (option bool) = 3.
  Proof. unfold card. simpl. lra. Qed.

  Lemma instance_dimension : card bool = 2.
  Proof. unfold card. simpl. lra. Qed.

  (** The initial policy gives its mode less than one half. *)
  Lemma instance_initial_mass x y : pi0 x y <= 1 / 2.
  Proof.
    set (theta := fun _ : bool => 1 / 2).
    assert (hs : forall z, dot theta (phi x z) = ind (z = target) * (1 / 2)) by (intros z; exact (score_prompt target theta x z)).
    assert (he1 : 1 < exp (1 / 2)) by interval. assert (he2 : exp (1 / 2) < 2) by interval.
    assert (sum : Sum (fun z => exp (dot theta (phi x z))) = exp (1 / 2) + 2).
    { rewrite (Sum_ext _ (fun z => exp (ind (z = target) * (1 / 2)))) by (intros; rewrite hs; reflexivity).
      unfold Sum, target, sumL. simpl. rewrite (ind_true (Some true = Some true)) by reflexivity.
      rewrite (ind_false (None = Some true)), (ind_false (Some false = Some true)) by discriminate.
      rewrite Rmult_0_l, exp_0, Rmult_1_l. lra. }
    assert (num : exp (dot theta (phi x y)) <= exp (1 / 2)).
    { apply exp_le. rewrite hs. assert (h := ind_range (y = target)). lra. }
    unfold pi0, softmax. fold theta. rewrite sum. apply (Rmult_le_reg_r (exp (1 / 2) + 2)); [lra|].
    unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra. lra.
  Qed.

  Lemma instance_initial_failure : own_failure D pi0 (1 / 2) = 1.
  Proof.
    unfold own_failure, Pr. rewrite (E_ext D _ (fun _ => 1)) by (intros; apply ind_true, instance_initial_mass).
    apply E_const, instance_law.
  Qed.

  Lemma instance_radius : alpha beta 2 * norm (fun _ : bool => 1 / 2) <= radius.
  Proof.
    assert (hn : norm (fun _ : bool => 1 / 2) <= 4 / 5).
    { unfold norm, dot, Sum, sumL. simpl. interval. }
    assert (ha : alpha beta 2 = 1002001) by (unfold alpha, beta; field). rewrite ha. unfold radius. lra.
  Qed.

  Lemma instance_error : 1 / 1000 <= linear_error 3 3 2 radius 1 beta (10 ^ 12) (1 / 20 / 2) <= 8 / 5000.
  Proof. unfold linear_error, linear_risk, trunc_level, V4, M4, radius, beta. split; interval. Qed.

  Lemma instance_bound n : INR n = 10 ^ 12 ->
    failure_bound D beta pi0 (1 / 2) (1 / 3) (linear_error 3 3 2 radius 1 beta (INR n) (1 / 20 / 2)) 2 <= 1 / 40.
  Proof.
    intros ->. assert (he := instance_error). set (e := linear_error 3 3 2 radius 1 beta (10 ^ 12) (1 / 20 / 2)) in *.
    assert (hk := K01_range D instance_law pi0 (softmax_policy phi _)). rewrite instance_responses in hk.
    unfold failure_bound, kappa_star, contraction, slope, beta. change (2 - 1)%nat with 1%nat. rewrite pow_1.
    set (k := kappa D pi0) in *. destruct hk as [hk1 hk2]. clearbody e k. interval.
  Qed.

  Theorem F09_theorem_6_2_instance : Theorem_6_2_instance.
  Proof.
    assert (hn : exists n, INR n = 10 ^ 12).
    { exists (Z.to_nat 1000000000000). rewrite INR_IZR_INZ, Z2Nat.id by lia. lra. }
    destruct hn as (n & hn). assert (hpos : (0 < n)%nat) by (apply INR_lt; simpl; lra).
    assert (hb : 0 < beta <= 1) by (unfold beta; lra). assert (hr : 0 <= radius) by (unfold radius; lra).
    set (learner := lazy_learner (X := bool) target beta (1 / 2) radius hr).
    assert (hmin := lazy_learner_minimises (X := bool) target beta (1 / 2) radius hb ltac:(lra) hr).
    assert (hass : forall h, extends n 2 [] h -> every_round (linear_class phi radius) pi0 learner
      (round_assumptions D beta (linear_class phi radius) (1 / 2) (1 / 3) 3) h).
    { intros h hext. assert (hlen := extends_length n _ _ _ hext). simpl in hlen.
      assert (k := F09_lazy_learner_assumptions D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2
        instance_radius h ltac:(rewrite hlen; lia)).
      rewrite instance_responses in k. replace (/ 3) with (1 / 3) in k by lra. exact k. }
    exists n, learner. split; [exact hn|]. split; [exact instance_law|]. split; [apply softmax_policy|].
    split; [apply prompt_features_bounded|]. split; [exact hmin|]. split; [exact hass|]. split; [|split; [|split]].
    - apply (F09_lazy_learner_not_exact D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2 instance_radius n true None);
        [lia|unfold D; lra|discriminate].
    - exact instance_initial_failure.
    - apply instance_bound, hn.
    - assert (k := F09_linear_softmax_sure D instance_law phi 1 radius beta 3 ltac:(lra)
        (prompt_features_bounded (X := bool) target) hr hb n hpos pi0 (softmax_policy phi _) learner hmin (1 / 2) (1 / 3) (1 / 20)
        ltac:(lra) ltac:(lra) ltac:(lra) 2%nat ltac:(lia) hass).
      rewrite instance_responses, instance_dimension in k. simpl (INR 2) in k.
      eapply Rle_trans; [|eapply Rle_trans; [exact k|]]; [lra|].
      apply (PT_mono D (linear_class phi radius) pi0 n learner instance_law (linear_class_policy phi radius)
        (softmax_policy phi _)).
      intros h _ hh. eapply Rle_trans; [exact hh|]. replace (1 + 1) with 2 by lra. apply instance_bound, hn.
  Qed.

End Instance.
