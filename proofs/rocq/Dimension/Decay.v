(** * The effective dimension of a form under decay of its spectrum

    The k-split and the count for every positive semidefinite form and every set of directions, hence spiked
    spectra; exponential and polynomial decay of the eigenvalues lambda_1, ..., lambda_d in any orthonormal
    basis.

    Serves G02-G05, G09. *)

From Coq Require Import Reals Lra Lia List Classical Compare_dec.
From SRVerify Require Import Scalar.EffectiveDimension Finite.Sum Finite.Space Iteration.Satisfiable
  Linear.Recovery Linear.Horizon Linear.Euclidean Linear.Packing Dimension.Spectrum Dimension.Covering
  Dimension.Schedules.
Open Scope R_scope.

(** ** Any form *)

Section AnyForm.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Variables (Sigma e : Dim -> Dim -> R) (lam : Dim -> R) (l d : R).
  Hypothesis hsp : spectral Sigma e lam.
  Hypothesis hl : 0 < l.
  Hypothesis hd : is_effective_dimension Sigma l d.

  (** The number of directions in a set. *)
  Definition size_of (S : Dim -> Prop) : R := Sum (fun i => ind (S i)).

  (** The eigenvalues outside it. *)
  Definition tail_of (S : Dim -> Prop) : R := Sum (fun i => ind (~ S i) * lam i).

  (** G02: d_l <= k + (1/l) times the eigenvalues outside any k directions. *)
  Theorem G02_split_of_forms : forall S : Dim -> Prop, d <= size_of S + tail_of S / l.
  Proof.
    intros S. apply (G01_effective_dimension Sigma e lam l d hsp hl) in hd. rewrite hd.
    unfold size_of, tail_of. replace (Sum (fun i => ind (~ S i) * lam i) / l)
      with (Sum (fun i => / l * (ind (~ S i) * lam i))) by (rewrite Sum_scal; unfold Rdiv; ring).
    rewrite <- Sum_plus. apply Sum_le; intros i. assert (h : 0 <= lam i) by apply hsp.
    destruct (classic (S i)) as [k|k].
    - rewrite ind_true, (ind_false (~ S i)) by tauto.
      assert (g := G02_term_le_1 (lam i) l h hl). lra.
    - rewrite ind_false, (ind_true (~ S i)) by tauto.
      assert (g := G02_term_le_ratio (lam i) l h hl). unfold Rdiv in *. lra.
  Qed.

  (** G02: half the number of eigenvalues >= l is at most d_l. *)
  Theorem G02_count_of_forms : size_of (fun i => l <= lam i) / 2 <= d.
  Proof.
    apply (G01_effective_dimension Sigma e lam l d hsp hl) in hd. rewrite hd.
    unfold size_of, Rdiv at 1. rewrite Rmult_comm, <- Sum_scal. apply Sum_le; intros i.
    assert (h : 0 <= lam i) by apply hsp. destruct (classic (l <= lam i)) as [k|k].
    - rewrite ind_true by exact k. assert (g := G02_term_ge_half (lam i) l hl k). lra.
    - rewrite ind_false, Rmult_0_r by exact k. apply G01_term_nonneg; assumption.
  Qed.

  (** G05, G09: eigenvalues of total tau outside k directions give d_l <= k + tau/l, and k + 1 if tau <= l. *)
  Theorem G05_spiked_forms : forall (S : Dim -> Prop) (tau : R), tail_of S <= tau ->
    d <= size_of S + tau / l /\ (tau <= l -> d <= size_of S + 1).
  Proof.
    intros S tau h. assert (k := G02_split_of_forms S).
    assert (hi : 0 < / l) by (apply Rinv_0_lt_compat, hl).
    assert (h1 : tail_of S / l <= tau / l) by (apply Rmult_le_compat_r; lra).
    split; [lra|]. intros ht. assert (tau / l <= 1); [|lra].
    apply (Rmult_le_reg_r l); [exact hl|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  Qed.
End AnyForm.

(** ** Decay in the order of the eigenvalues *)

Section Ordered.
  (** d = T + 1 eigenvalues. *)
  Variable T : nat.
  Variables (Sigma e : upto T -> upto T -> R) (lam : upto T -> R) (l d : R).
  Hypothesis hsp : spectral Sigma e lam.
  Hypothesis hl : 0 < l.
  Hypothesis hd : is_effective_dimension Sigma l d.

  Lemma rank_le i : (rank T i <= T)%nat.
  Proof.
    clear. revert i. induction T as [|t ih]; intros i; [simpl; lia|].
    destruct i as [i|]; simpl; [specialize (ih i); lia|lia].
  Qed.

  Lemma nth_rank i : nth_index T (rank T i) = i.
  Proof. apply rank_injective. apply rank_nth, rank_le. Qed.

  (** The spectrum as a sequence, zero beyond d. *)
  Definition sequence (i : nat) : R := if le_dec i T then lam (nth_index T i) else 0.

  Lemma sequence_nonneg i : 0 <= sequence i.
  Proof. unfold sequence. destruct (le_dec i T); [apply hsp|lra]. Qed.

  Lemma ordered_dimension k : d <= effective_dimension sequence l (k + S T).
  Proof.
    apply (G01_effective_dimension Sigma e lam l d hsp hl) in hd. rewrite hd.
    rewrite (Sum_ext _ (fun i => sequence (rank T i) / (sequence (rank T i) + l))).
    - rewrite (Sum_rank T (fun i => sequence i / (sequence i + l))).
      unfold effective_dimension. rewrite Nat.add_comm, partial_sum_split.
      assert (0 <= range_sum (fun i => sequence i / (sequence i + l)) (S T) k); [|lra].
      apply (proj1 (G01_rank (fun i => sequence (S T + i)%nat) l k hl (fun i => sequence_nonneg _))).
    - intros i. unfold sequence. destruct (le_dec (rank T i) T) as [_|h]; [rewrite nth_rank; reflexivity|].
      exfalso. apply h, rank_le.
  Qed.

  (** G03: lambda_i <= C e^{-alpha i} gives d_l <= k + 1/(e^alpha - 1) for every k >= ln(C/l)/alpha. *)
  Theorem G03_exponential_forms : forall (C alpha : R) (k : nat), 0 < C -> 0 < alpha ->
    (forall i, lam i <= C * exp (- (alpha * INR (S (rank T i))))) -> ln (C / l) / alpha <= INR k ->
    d <= INR k + 1 / (exp alpha - 1).
  Proof.
    intros C alpha k hC ha h hk. eapply Rle_trans; [apply (ordered_dimension k)|].
    apply (G03_exponential sequence C alpha l k (S T)); auto using sequence_nonneg.
    intros i. unfold sequence. destruct (le_dec i T) as [hi|hi].
    - specialize (h (nth_index T i)). rewrite rank_nth in h by exact hi. exact h.
    - apply Rmult_le_pos; [lra|left; apply exp_pos].
  Qed.

  (** G04: lambda_i <= C i^{-p}, p > 1, gives d_l <= k p/(p-1) for every k >= max(1, (C/l)^{1/p}). *)
  Theorem G04_polynomial_forms : forall (C p : R) (k : nat), 0 < C -> 1 < p ->
    (forall i, lam i <= C * Rpower (INR (S (rank T i))) (- p)) -> (1 <= k)%nat -> Rpower (C / l) (1 / p) <= INR k ->
    d <= INR k * (p / (p - 1)).
  Proof.
    intros C p k hC hp h hk1 hk. eapply Rle_trans; [apply (ordered_dimension k)|].
    apply (G04_polynomial sequence C p l k (S T)); auto using sequence_nonneg.
    intros i. unfold sequence. destruct (le_dec i T) as [hi|hi].
    - specialize (h (nth_index T i)). rewrite rank_nth in h by exact hi. exact h.
    - apply Rmult_le_pos; [lra|]. unfold Rpower. left; apply exp_pos.
  Qed.
End Ordered.

(** Their hypotheses can be met: diag(e^-1, ..., e^-d) decays exponentially, and diag(1^-2, ..., d^-2)
    polynomially. *)
Theorem G03_instance : forall T : nat, spectral (decaying T) identity (fun i => decay (rank T i)) /\
  forall i : upto T, decay (rank T i) <= 1 * exp (- (1 * INR (S (rank T i)))).
Proof.
  intros T. split; [apply diagonal_spectral; intros; apply decay_nonneg|].
  intros i. unfold decay. rewrite !Rmult_1_l. lra.
Qed.

Theorem G04_instance : forall T : nat,
  let lam := fun i : upto T => Rpower (INR (S (rank T i))) (- 2) in
  spectral (diagonal lam) identity lam /\ forall i, lam i <= 1 * Rpower (INR (S (rank T i))) (- 2).
Proof.
  intros T lam. split; [apply diagonal_spectral; intros; unfold lam, Rpower; left; apply exp_pos|].
  intros i. unfold lam. lra.
Qed.
