(** Examples that the instances share. *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Export Instances.Generate.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.Rounds Linear.SoftmaxClass Linear.ExactRounds.
Import ListNotations.
Open Scope R_scope.

(** * Examples that meet hypotheses

    Two prompts of equal weight, two responses, the policy (3/4, 1/4) at both: what most theorems about
    finite policies are shown to speak about.  The tactic [instance] proves that a theorem's hypotheses,
    as [srverify_hypotheses_of] generates them, hold together: it takes these examples, 1 for every
    number, and leaves what it cannot prove. *)

(** The fair law. *)
Definition fair : bool -> R := fun _ => 1 / 2.

Lemma fair_full : is_full fair.
Proof. split; [intros; unfold fair; lra|]. unfold Sum, fair, sumL; simpl; lra. Qed.

Lemma fair_dist : is_dist fair.
Proof. apply is_full_dist, fair_full. Qed.

(** Prefers [true]. *)
Definition lean : policy bool bool := fun _ y => if y then 3 / 4 else 1 / 4.

Lemma lean_policy : is_policy lean.
Proof.
  intros x; split; [intros []; unfold lean; lra|]. unfold Sum, lean, sumL; simpl; lra.
Qed.

Lemma lean_dist x : is_dist (lean x).
Proof. apply is_full_dist, lean_policy. Qed.

Lemma lean_mode x : mode lean x = true.
Proof. apply mode_unique. intros [] h; [contradiction|unfold lean; lra]. Qed.

Lemma lean_log_ratio : 1 <= ln (3 / 4) - ln (1 / 4).
Proof.
  rewrite <- ln_div_pos by lra. replace (3 / 4 / (1 / 4)) with 3 by lra. rewrite <- (ln_exp 1).
  apply ln_le_mono; [apply exp_pos|exact exp_le_3].
Qed.

Lemma lean_margin : has_margin 1 lean.
Proof.
  intros x y h. rewrite lean_mode in *. destruct y; [contradiction|]. exact lean_log_ratio.
Qed.

Lemma lean_is_margin : is_margin (ln (3 / 4) - ln (1 / 4)) lean.
Proof.
  split.
  - intros x y h. rewrite lean_mode in *. destruct y; [contradiction|]. right; reflexivity.
  - intros g h. specialize (h true false). rewrite lean_mode in h. apply h. discriminate.
Qed.

Lemma lean_max x : Max (lean x) = 3 / 4.
Proof. unfold Max. fold (mode lean x). rewrite lean_mode. reflexivity. Qed.

(** The class of the exact update alone, which A-REAL, A-CONC and A-TAIL allow. *)
Definition update_class : unit -> policy bool bool := fun _ => self_update 1 lean.

Lemma update_class_policy i : is_policy (update_class i).
Proof. apply self_update_policy. exact lean_policy. Qed.

Lemma update_class_realizable : realizable 1 lean update_class.
Proof. exists tt; reflexivity. Qed.

Lemma update_class_ERM s i : is_ERM (pair_loss 1 lean update_class) s i.
Proof. intros []. destruct i. right; reflexivity. Qed.

Lemma update_class_admissible i : admissible fair 1 lean (tail_constant fair 1 lean (update_class tt))
  (conc fair lean (update_class tt)) (update_class i).
Proof. destruct i; split; right; reflexivity. Qed.

Lemma lean_tail : tail_constant fair 1 lean lean <= 1.
Proof.
  unfold tail_constant, E1. right.
  rewrite (E_ext fair _ (fun _ => 1)); [apply E_const, fair_dist|]. intros x.
  rewrite (E_ext (lean x) _ (fun _ => 1)); [apply E_const, lean_dist|]. intros y.
  replace (lean x y / lean x y) with 1 by (destruct y; unfold lean; lra). apply Rpower_1; lra.
Qed.

Lemma bool_card : card bool = 2.
Proof. unfold card; simpl; lra. Qed.

Lemma unit_card : card unit = 1.
Proof. unfold card; simpl; lra. Qed.

(** Histories of every length exist. *)
Lemma some_extension {X Y : Type} n T (z : X * Y * Y) (h : history (X := X) (Y := Y)) :
  exists h', extends n T h h'.
Proof.
  revert h; induction T as [|T ih]; intros h; [exists h; constructor|].
  destruct (ih (repeat z n :: h)) as (h' & k). exists h'. apply (extends_later _ _ _ (repeat z n)); [|exact k].
  apply repeat_length.
Qed.

(** ** The tactic *)

Ltac instance_fact :=
  lazymatch goal with
  | |- True => exact I
  | |- is_dist fair => exact fair_dist
  | |- is_full fair => exact fair_full
  | |- is_policy lean => exact lean_policy
  | |- has_margin 1 lean => exact lean_margin
  | |- is_dist (lean _) => apply lean_dist
  | |- forall x, is_dist (lean x) => exact lean_dist
  | |- is_policy (update_class _) => apply update_class_policy
  | |- forall i, is_policy (update_class i) => exact update_class_policy
  | |- realizable 1 lean update_class => exact update_class_realizable
  | |- is_ERM (pair_loss 1 lean update_class) _ _ => apply update_class_ERM
  | |- admissible fair 1 lean _ _ (update_class _) => apply update_class_admissible
  | |- tail_constant fair 1 lean lean <= 1 => exact lean_tail
  | |- forall x, _ <= Max (lean x) => intros; rewrite lean_max; lra
  | |- (_ <= _)%nat => lia
  | |- (_ < _)%nat => lia
  | |- _ <> _ => discriminate
  | |- forall _, _ => intros; unfold fair, lean; lra
  | |- context [card unit] => rewrite unit_card; lra
  | |- context [card bool] => rewrite bool_card; lra
  | |- context [INR 1] => simpl INR; lra
  | |- _ <= _ => lra
  | |- _ < _ => lra
  | |- _ <= _ <= _ => lra
  | |- _ < _ <= _ => lra
  | |- _ <= _ < _ => lra
  | |- _ < _ < _ => lra
  end.

Ltac instance :=
  cbv beta;
  lazymatch goal with
  | |- @ex Type _ => exists bool; instance
  | |- @ex (FiniteType ?A) _ => let F := constr:(_ : FiniteType A) in exists F; instance
  | |- @ex (policy bool bool) _ => exists lean; instance
  | |- @ex (bool -> R) _ => exists fair; instance
  | |- @ex (bool -> bool -> R) _ => exists lean; instance
  | |- @ex (bool -> Prop) _ => exists (fun _ => True); instance
  | |- @ex R _ => exists 1; instance
  | |- @ex nat _ => exists 1%nat; instance
  | |- @ex bool _ => exists true; instance
  | |- @ex unit _ => exists tt; instance
  | |- @ex (list _) _ => exists nil; instance
  | |- @ex (?A -> bool) _ => exists (fun _ => true); instance
  | |- @ex (?A -> R) _ => exists (fun _ => 1); instance
  | |- @ex (?A -> ?B -> R) _ => exists (fun _ _ => 1); instance
  | |- @ex (?A -> ?B -> ?C -> R) _ => exists (fun _ _ _ => 1); instance
  | |- @ex (?A -> Prop) _ => exists (fun _ => True); instance
  | |- @ex _ _ => idtac
  | |- _ /\ _ => first [solve [instance_fact] | split; [try (solve [instance_fact])|instance]]
  | |- _ => try (solve [instance_fact])
  end.

(** * A linear softmax policy that meets hypotheses

    Two prompts of equal weight, two responses, one feature, which tells the first response from the
    second.  The parameter 1 prefers the first; the exact update at beta = 1 doubles it. *)

Definition one_feature : bool -> bool -> unit -> R := fun _ y _ => if y then 1 else 0.

(** The parameter [a]. *)
Definition one_policy (a : R) : policy bool bool := softmax one_feature (fun _ => a).

Lemma one_norm (a : R) : 0 <= a -> Linear.SoftmaxClass.norm (fun _ : unit => a) = a.
Proof.
  intros h. unfold Linear.SoftmaxClass.norm, dot, Sum, sumL; simpl. replace (a * a + 0) with (a ^ 2) by lra. apply sqrt_pow2, h.
Qed.

Lemma one_feature_bounded : bounded_features one_feature 1.
Proof.
  intros x y. unfold one_feature. destruct y; [rewrite (one_norm 1)|rewrite (one_norm 0)]; lra.
Qed.

Lemma one_feature_score (a : R) x y : dot (fun _ : unit => a) (one_feature x y) = if y then a else 0.
Proof. unfold dot, Sum, sumL, one_feature; simpl. destruct y; lra. Qed.

Lemma one_feature_softmax a x y :
  softmax one_feature (fun _ => a) x y = exp (if y then a else 0) / (exp a + 1).
Proof.
  unfold softmax. rewrite one_feature_score. f_equal. unfold Sum, sumL; simpl. rewrite !one_feature_score, exp_0. lra.
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
  unfold sumL, feature_difference, one_feature; simpl. lra.
Qed.

Lemma one_feature_update x y : one_policy 2 x y = self_update 1 (one_policy 1) x y.
Proof.
  unfold one_policy. rewrite S08_update_scales by lra. unfold scale. replace ((1 + 1 / 1) * 1) with 2 by lra. rewrite one_feature_softmax. reflexivity.
Qed.

(** The parameter 2 in the class of radius 2, which the exact update reaches. *)
Definition two : ball unit 2 := exist _ (fun _ : unit => 2) (Req_le _ _ (one_norm 2 ltac:(lra))).

Lemma one_realizable : realizable 1 (one_policy 1) (linear_class one_feature 2).
Proof. exists two. exact one_feature_update. Qed.

Lemma two_ERM s : is_ERM (pair_loss 1 (one_policy 1) (linear_class one_feature 2)) s two.
Proof.
  intros j. apply Rle_trans with 0.
  - right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; lra|].
    intros [[x y] y'] _. rewrite pair_loss_affine by apply softmax_policy. unfold Delta, one_policy.
    rewrite !ln_softmax, dot_difference, !one_feature_score. simpl proj1_sig. rewrite !one_feature_score. destruct y, y'; lra.
  - destruct s as [|z s]; [right; unfold empirical_loss; rewrite sumL_nil; unfold Rdiv; lra|].
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
