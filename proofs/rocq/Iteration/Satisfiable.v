(** * The assumptions of Theorem 5.3 can be met

    For every finite space, every policy of positive margin, every [T] and every sample size there are
    a class and a learner for which A-REAL, A-CONC, A-TAIL (with [K = N]), A-MARGIN and the weak [c]
    (with [c = 1/N]) hold in all [T] rounds on every history.  So C34 is not vacuous. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss
  Iteration.Rounds Iteration.Trajectory.
Import ListNotations.
Open Scope R_scope.

(** ** The index set [0 .. T] *)

Fixpoint upto (T : nat) : Type := match T with O => unit | S t => option (upto t) end.

#[export] Instance FiniteType_upto (T : nat) : FiniteType (upto T).
Proof.
  induction T as [|t ih]; [exact FiniteType_unit|exact FiniteType_option].
Defined.

Fixpoint rank (T : nat) : upto T -> nat :=
  match T return upto T -> nat with
  | O => fun _ => O
  | S t => fun i => match i with None => O | Some j => S (rank t j) end
  end.

Fixpoint nth_index (T k : nat) : upto T :=
  match T return upto T with
  | O => tt
  | S t => match k with O => None | S k' => Some (nth_index t k') end
  end.

Lemma rank_nth T k : (k <= T)%nat -> rank T (nth_index T k) = k.
Proof.
  revert k; induction T as [|t ih]; intros k h; simpl; [lia|].
  destruct k as [|k]; [reflexivity|]. rewrite ih by lia. reflexivity.
Qed.

Section ExactLearner.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable gamma : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hmargin : has_margin gamma pi0.
  Variable T : nat.

  (** [pi_t] of the exact iteration (S05). *)
  Definition iterate (t : nat) : policy X Y := fun x => power (alpha beta t) (pi0 x).

  (** The class: the exact iterates of rounds [1 .. T+1]. *)
  Definition iterates (i : upto T) : policy X Y := iterate (S (rank T i)).

  (** Returns the next exact iterate; after round [T+1] any empirical risk minimiser. *)
  Fixpoint exact_learner (h : history (X := X) (Y := Y)) : upto T :=
    match h with
    | [] => point
    | s :: h' =>
        if Nat.leb (length h') T then nth_index T (length h')
        else argmax (fun i => - empirical_loss
          (pair_loss beta (match h' with [] => pi0 | _ :: _ => iterates (exact_learner h') end) iterates) s i)
    end.

  Local Notation current := (Rounds.current iterates pi0 exact_learner).

  Lemma iterate_policy t : is_policy (iterate t).
  Proof. intros x; apply power_full. Qed.

  Lemma iterate_0 : iterate 0 = pi0.
  Proof.
    apply functional_extensionality; intros x. apply functional_extensionality; intros y.
    apply power_one, hpi0.
  Qed.

  Lemma update_iterate t : self_update beta (iterate t) = iterate (S t).
  Proof.
    apply functional_extensionality; intros x. apply functional_extensionality; intros y.
    unfold self_update. rewrite (S02_self_reward_power beta (iterate t x)); [|lra|apply iterate_policy].
    unfold iterate. rewrite power_power by apply hpi0. f_equal. unfold alpha; simpl; ring.
  Qed.

  Lemma current_iterate h : (length h <= S T)%nat -> current h = iterate (length h).
  Proof.
    destruct h as [|s h]; intros hl; [symmetry; apply iterate_0|].
    simpl in hl. simpl Rounds.current. rewrite (proj2 (Nat.leb_le (length h) T)) by lia.
    unfold iterates. rewrite rank_nth by lia. reflexivity.
  Qed.

  Lemma current_realizable h : (length h <= T)%nat -> realizable beta (current h) iterates.
  Proof.
    intros hl. exists (nth_index T (length h)). intros x y.
    rewrite current_iterate, update_iterate by lia. unfold iterates. rewrite rank_nth by lia. reflexivity.
  Qed.

  Lemma empirical_loss_nonneg {A I : Type} (loss : I -> A -> R) s i :
    (forall z, 0 <= loss i z) -> 0 <= empirical_loss loss s i.
  Proof.
    intros h. unfold empirical_loss, Rdiv. apply Rmult_le_pos; [apply sumL_nonneg; auto|].
    destruct (length s) as [|k]; [simpl; rewrite Rinv_0; lra|].
    left; apply Rinv_0_lt_compat, lt_0_INR; lia.
  Qed.

  Lemma exact_learner_minimises : minimises_empirical_loss beta iterates pi0 exact_learner.
  Proof.
    intros s h j. destruct (Nat.leb_spec (length h) T) as [hl|hl].
    - assert (e : exact_learner (s :: h) = nth_index T (length h))
        by (simpl; rewrite (proj2 (Nat.leb_le (length h) T) hl); reflexivity).
      rewrite e. apply Rle_trans with 0; [|apply empirical_loss_nonneg; intros; apply pair_loss_nonneg].
      right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; ring|].
      intros [[x y] y'] _. rewrite (current_iterate h) by lia.
      unfold pair_loss, Delta, implicit_reward, iterates. rewrite rank_nth by lia. rewrite <- update_iterate.
      unfold self_update.
      rewrite <- (S03_reward_difference beta (fun y => ln (iterate (length h) x y)) (iterate (length h) x)
        ltac:(lra) (iterate_policy (length h) x) y y'). ring.
    - simpl exact_learner. rewrite (proj2 (Nat.leb_gt (length h) T) hl).
      apply Ropp_le_cancel.
      exact (argmax_ge (fun i => - empirical_loss (pair_loss beta (current h) iterates) s i) j).
  Qed.

  Lemma alpha_ge_1 t : 1 <= alpha beta t.
  Proof. apply pow_R1_Rle. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

  Lemma iterate_assumptions t : realizable beta (iterate t) iterates ->
    round_assumptions D beta iterates gamma (/ card Y) (card Y) (iterate t) (iterate (S t)).
  Proof.
    intros hreal. assert (hN := @card_ge_1 Y FY). rewrite <- update_iterate.
    split; [exact hreal|]. split; [|split; [|split]].
    - apply C16_update_concentrability; [exact hD|lra|apply iterate_policy].
    - apply tail_constant_exact_update; [exact hD|lra|apply iterate_policy].
    - intros x y hy.
      assert (h := power_margin gamma (alpha beta t) pi0 (alpha_pos beta ltac:(lra) t) hgamma hpi0 hmargin x y hy).
      assert (k := alpha_ge_1 t). change (power (alpha beta t) (pi0 x)) with (iterate t x) in h.
      apply Rle_trans with (alpha beta t * gamma); [nra|exact h].
    - intros x. rewrite update_iterate.
      assert (h := card_Max_ge_1 (iterate (S t)) x (iterate_policy (S t))).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r by lra. exact h.
  Qed.

  Lemma exact_learner_assumptions h : (length h <= S T)%nat ->
    every_round iterates pi0 exact_learner
      (round_assumptions D beta iterates gamma (/ card Y) (card Y)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl. split; [|apply ih; lia].
    rewrite (current_iterate (s :: h)) by (simpl; lia). simpl length.
    assert (hr := current_realizable h ltac:(lia)). rewrite (current_iterate h) in * by lia.
    apply iterate_assumptions, hr.
  Qed.

  (** The hypotheses of C34 hold on every history for this class and learner. *)
  Theorem C34_assumptions_satisfiable n :
    exists (I : Type) (FI : FiniteType I) (pol : I -> policy X Y) (learner : history (X := X) (Y := Y) -> I),
      (forall i, is_policy (pol i)) /\ minimises_empirical_loss beta pol pi0 learner /\
      forall h, extends n T [] h ->
        every_round pol pi0 learner (round_assumptions D beta pol gamma (/ card Y) (card Y)) h.
  Proof.
    exists (upto T), (FiniteType_upto T), iterates, exact_learner.
    split; [intros i; apply iterate_policy|]. split; [exact exact_learner_minimises|].
    intros h hext. apply exact_learner_assumptions.
    apply extends_length in hext. simpl in hext. lia.
  Qed.

End ExactLearner.
