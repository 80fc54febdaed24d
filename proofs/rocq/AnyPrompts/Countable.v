(** * Countably many prompts

    A law on the naturals gives an expectation on the bounded functions. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Hierarchy Series Rcomplements.
From SRVerify Require Import AnyPrompts.Expectation.
Open Scope R_scope.

Section Countable.
  Variable w : nat -> R.
  Hypothesis hw : forall k, 0 <= w k.
  Hypothesis hs : is_series w 1.

  Definition bounded (f : nat -> R) : Prop := exists B, forall k, Rabs (f k) <= B.

  Definition weighted_sum (f : nat -> R) : R := Series (fun k => w k * f k).

  Lemma weighted_converges f : bounded f -> ex_series (fun k => w k * f k).
  Proof.
    intros [B hB]. apply (ex_series_le (V := R_CompleteNormedModule) _ (fun k => w k * B)).
    - intros k. change (norm (w k * f k)) with (Rabs (w k * f k)). rewrite Rabs_mult, (Rabs_pos_eq (w k)) by apply hw.
      apply Rmult_le_compat_l; [apply hw|apply hB].
    - apply ex_series_scal_r. exists 1. exact hs.
  Qed.

  Lemma bounded_ext f g : (forall k, f k = g k) -> bounded f -> bounded g.
  Proof. intros e [B h]. exists B. intros k. rewrite <- e. apply h. Qed.

  Lemma bounded_const c : bounded (fun _ => c).
  Proof. exists (Rabs c). intros; right; reflexivity. Qed.

  Lemma bounded_plus f g : bounded f -> bounded g -> bounded (fun k => f k + g k).
  Proof.
    intros [B h] [C k]. exists (B + C). intros x. eapply Rle_trans; [apply Rabs_triang|].
    apply Rplus_le_compat; auto.
  Qed.

  Lemma bounded_scal c f : bounded f -> bounded (fun k => c * f k).
  Proof.
    intros [B h]. exists (Rabs c * B). intros x. rewrite Rabs_mult.
    apply Rmult_le_compat_l; [apply Rabs_pos|apply h].
  Qed.

  Lemma weighted_one : weighted_sum (fun _ => 1) = 1.
  Proof.
    unfold weighted_sum. rewrite (Series_ext _ w) by (intros; ring). apply is_series_unique, hs.
  Qed.

  Lemma weighted_plus f g : bounded f -> bounded g ->
    weighted_sum (fun k => f k + g k) = weighted_sum f + weighted_sum g.
  Proof.
    intros hf hg. unfold weighted_sum. rewrite <- Series_plus by (apply weighted_converges; assumption).
    apply Series_ext; intros; ring.
  Qed.

  Lemma weighted_scal c f : bounded f -> weighted_sum (fun k => c * f k) = c * weighted_sum f.
  Proof.
    intros _. unfold weighted_sum. rewrite <- Series_scal_l. apply Series_ext; intros; ring.
  Qed.

  Lemma weighted_le f g : bounded f -> bounded g -> (forall k, f k <= g k) -> weighted_sum f <= weighted_sum g.
  Proof.
    intros hf hg h.
    assert (hd : bounded (fun k => g k + -1 * f k)) by (apply bounded_plus; [exact hg|apply bounded_scal, hf]).
    assert (h0 : Series (fun k => 0 * w k) <= weighted_sum (fun k => g k + -1 * f k)).
    { apply Series_le; [|apply weighted_converges, hd]. intros k. rewrite Rmult_0_l. split; [right; reflexivity|].
      apply Rmult_le_pos; [apply hw|]. specialize (h k); lra. }
    rewrite Series_scal_l, Rmult_0_l in h0.
    rewrite (weighted_plus g (fun k => -1 * f k) hg (bounded_scal (-1) f hf)), (weighted_scal (-1) f hf) in h0.
    lra.
  Qed.

  Definition countable_expectation : expectation nat :=
    Expectation nat bounded weighted_sum bounded_ext bounded_const bounded_plus bounded_scal
      weighted_one weighted_plus weighted_scal weighted_le.

End Countable.

(** The geometric law [2^-(k+1)]. *)
Definition halving (k : nat) : R := (1 / 2) ^ S k.

Lemma halving_nonneg k : 0 <= halving k.
Proof. apply pow_le; lra. Qed.

Lemma halving_sum : is_series halving 1.
Proof.
  assert (q : Rabs (1 / 2) < 1) by (rewrite Rabs_pos_eq; lra).
  replace 1 with (1 / 2 * (/ (1 - 1 / 2))) by field.
  exact (is_series_scal_l (1 / 2) _ _ (is_series_geom (1 / 2) q)).
Qed.

Definition geometric : expectation nat := countable_expectation halving halving_nonneg halving_sum.
