(** * A linear softmax policy that meets hypotheses

    Two prompts of equal weight, two responses, one feature, which tells the first response from the
    second.  The parameter 1 prefers the first; the exact update at beta = 1 doubles it. *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Policy.ConditionNumber
  OneRound.Tails OneRound.ZeroLoss OneRound.OneStep Linear.Recovery Linear.Horizon Linear.SoftmaxClass
  Linear.LeastNorm Linear.ExactRounds.
From SRVerify Require Import Instances.Examples.
Import ListNotations.
Open Scope R_scope.

Definition one_feature : bool -> bool -> unit -> R := fun _ y _ => if y then 1 else 0.

(** The parameter [a]. *)
Definition one_policy (a : R) : policy bool bool := softmax one_feature (fun _ => a).

Lemma one_norm (a : R) : 0 <= a -> Horizon.norm (fun _ : unit => a) = a.
Proof.
  intros h. unfold Horizon.norm, dot, Sum, sumL; simpl. replace (a * a + 0) with (a ^ 2) by ring. apply sqrt_pow2, h.
Qed.

Lemma one_feature_bounded : bounded_features one_feature 1.
Proof.
  intros x y. unfold one_feature. destruct y; [rewrite (one_norm 1)|rewrite (one_norm 0)]; lra.
Qed.

Lemma one_feature_score (a : R) x y : dot (fun _ : unit => a) (one_feature x y) = if y then a else 0.
Proof. unfold dot, Sum, sumL, one_feature; simpl. destruct y; ring. Qed.

Lemma one_feature_softmax a x y :
  softmax one_feature (fun _ => a) x y = exp (if y then a else 0) / (exp a + 1).
Proof.
  unfold softmax. rewrite one_feature_score. f_equal. unfold Sum, sumL; simpl. rewrite !one_feature_score, exp_0. ring.
Qed.

Lemma one_feature_margin : has_margin 1 (one_policy 1).
Proof.
  unfold one_policy. assert (hmode : forall x, mode (softmax one_feature (fun _ => 1)) x = true).
  { intros x. apply mode_unique. intros [] h; [contradiction|]. rewrite !one_feature_softmax.
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra). rewrite exp_0.
    apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat|]; lra. }
  intros x y h. rewrite hmode in *. destruct y; [contradiction|]. rewrite !ln_softmax, !one_feature_score. lra.
Qed.

(** One pair of different responses. *)
Definition one_pair : list (bool * bool * bool) := [(true, true, false)].

Lemma one_feature_spans : spans one_feature one_pair.
Proof.
  intros [[x y] y']. exists (fun _ => (if y then 1 else 0) - (if y' then 1 else 0)). intros j.
  unfold sumL, feature_difference, one_feature; simpl. ring.
Qed.

Lemma one_feature_update x y : one_policy 2 x y = self_update 1 (one_policy 1) x y.
Proof.
  unfold one_policy. rewrite S08_update_scales by lra. unfold scale. replace ((1 + 1 / 1) * 1) with 2 by field. rewrite one_feature_softmax. reflexivity.
Qed.

(** The parameter 2 in the class of radius 2, which the exact update reaches. *)
Definition two : ball unit 2 := exist _ (fun _ : unit => 2) (Req_le _ _ (one_norm 2 ltac:(lra))).

Lemma one_realizable : realizable 1 (one_policy 1) (linear_class one_feature 2).
Proof. exists two. exact one_feature_update. Qed.

Lemma two_ERM s : is_ERM (pair_loss 1 (one_policy 1) (linear_class one_feature 2)) s two.
Proof.
  intros j. apply Rle_trans with 0.
  - right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; ring|].
    intros [[x y] y'] _. rewrite pair_loss_affine by apply softmax_policy. unfold Delta, one_policy.
    rewrite !ln_softmax, dot_difference, !one_feature_score. simpl proj1_sig. rewrite !one_feature_score. destruct y, y'; ring.
  - destruct s as [|z s]; [right; unfold empirical_loss; rewrite sumL_nil; unfold Rdiv; ring|].
    apply Rmult_le_pos; [apply sumL_nonneg; intros; apply pair_loss_nonneg|].
    left. apply Rinv_0_lt_compat, lt_0_INR. simpl; lia.
Qed.

Lemma two_admissible : admissible fair 1 (one_policy 1) (card bool) (kappa fair (one_policy 1)) (linear_class one_feature 2 two).
Proof.
  destruct (F10_assumptions_for_free one_feature (fun i : ball unit 2 => proj1_sig i) 1 ltac:(lra) (fun _ => 1) fair 1
    one_pair two fair_dist one_realizable one_feature_spans (two_ERM one_pair) ltac:(lra) one_feature_margin) as (h1 & h2 & _).
  split; assumption.
Qed.

(** A policy with these features determines its parameter. *)
Lemma one_parameter (theta : unit -> R) a : same_policy one_feature (fun _ => a) theta -> theta tt = a.
Proof.
  intros h. assert (h' := proj1 (same_policy_iff one_feature (fun _ => a) theta) h (true, true, false)).
  rewrite !dot_difference, !one_feature_score in h'.
  unfold dot, Sum, sumL, one_feature in h'; simpl in h'. lra.
Qed.
