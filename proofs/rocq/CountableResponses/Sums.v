(** * Laws on countably many responses

    Series with nonnegative terms, point masses, laws on the naturals, and that each law has a mode. *)

From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum.
Open Scope R_scope.

(** ** Linear combinations of convergent series *)

Lemma sum_ext (f g : nat -> R) (a : R) : (forall k, f k = g k) -> is_series f a -> is_series g a.
Proof. exact (is_series_ext f g a). Qed.

Lemma sum_plus (f g : nat -> R) (a b : R) : is_series f a -> is_series g b -> is_series (fun k => f k + g k) (a + b).
Proof. exact (is_series_plus f g a b). Qed.

Lemma sum_scal (c : R) (f : nat -> R) (a : R) : is_series f a -> is_series (fun k => c * f k) (c * a).
Proof. exact (is_series_scal_l c f a). Qed.

Lemma sum_minus (f g : nat -> R) (a b : R) : is_series f a -> is_series g b -> is_series (fun k => f k - g k) (a - b).
Proof.
  intros hf hg. apply (sum_ext (fun k => f k + -1 * g k)); [intros; ring|].
  replace (a - b) with (a + -1 * b) by ring. apply sum_plus; [exact hf|apply sum_scal, hg].
Qed.

Lemma sum_value (f : nat -> R) : ex_series f -> is_series f (Series f).
Proof. apply Series_correct. Qed.

Lemma sum_exists (f : nat -> R) (a : R) : is_series f a -> ex_series f.
Proof. intros h; exists a; exact h. Qed.

(** ** Order *)

(** A term is at most a sum whose other terms are nonnegative. *)
Lemma term_le (f : nat -> R) (a : R) (j : nat) : (forall k, k <> j -> 0 <= f k) -> is_series f a -> f j <= a.
Proof.
  intros h hf.
  assert (hn : forall n, (if le_dec j n then f j else 0) <= sum_n f n).
  { induction n as [|n ih].
    - rewrite sum_O. destruct (le_dec j 0) as [k|k].
      + replace j with O by lia. lra.
      + apply h. lia.
    - rewrite sum_Sn. change (plus (sum_n f n) (f (S n))) with (sum_n f n + f (S n)).
      destruct (Nat.eq_dec j (S n)) as [->|e].
      + destruct (le_dec (S n) n) as [k|_]; [lia|]. destruct (le_dec (S n) (S n)) as [_|k]; [lra|lia].
      + assert (0 <= f (S n)) by (apply h; lia).
        destruct (le_dec j n), (le_dec j (S n)); (lra || lia). }
  apply (is_lim_seq_le_loc (fun _ => f j) (sum_n f) (f j) a).
  - exists j. intros n hj. specialize (hn n). destruct (le_dec j n); [exact hn|lia].
  - apply is_lim_seq_const.
  - exact hf.
Qed.

Lemma sum_nonneg (f : nat -> R) (a : R) : (forall k, 0 <= f k) -> is_series f a -> 0 <= a.
Proof. intros h hf. apply Rle_trans with (f O); [apply h|]. apply (term_le f a O); auto. Qed.

Lemma sum_le (f g : nat -> R) (a b : R) : (forall k, f k <= g k) -> is_series f a -> is_series g b -> a <= b.
Proof.
  intros h hf hg. assert (k := sum_nonneg _ _ (fun k => Rge_le _ _ (Rge_minus _ _ (Rle_ge _ _ (h k)))) (sum_minus g f b a hg hf)). lra.
Qed.

Lemma sum_zero (f : nat -> R) : (forall k, 0 <= f k) -> is_series f 0 -> forall k, f k = 0.
Proof. intros h hf k. apply Rle_antisym; [apply (term_le f 0 k); auto|apply h]. Qed.

(** Nonnegative terms below those of a convergent series have a sum. *)
Lemma sum_below (f g : nat -> R) : (forall k, 0 <= f k <= g k) -> ex_series g -> ex_series f.
Proof.
  intros h hg. apply (ex_series_le (V := R_CompleteNormedModule) f g); [|exact hg].
  intros k. change (norm (f k)) with (Rabs (f k)). rewrite Rabs_pos_eq; apply h.
Qed.

(** ** Point masses *)

Lemma point_sum (j : nat) : is_series (fun k => ind (k = j)) 1.
Proof.
  assert (hn : forall n, sum_n (fun k => ind (k = j)) n = if le_dec j n then 1 else 0).
  { induction n as [|n ih].
    - rewrite sum_O. destruct (le_dec j 0); [apply ind_true; lia|apply ind_false; lia].
    - rewrite sum_Sn, ih. change plus with Rplus.
      destruct (Nat.eq_dec (S n) j) as [e|e].
      + rewrite ind_true by exact e. destruct (le_dec j n), (le_dec j (S n)); (lia || lra).
      + rewrite ind_false by exact e. destruct (le_dec j n), (le_dec j (S n)); (lia || lra). }
  change (is_lim_seq (sum_n (fun k => ind (k = j))) 1).
  apply (is_lim_seq_ext_loc (fun _ => 1)); [|apply is_lim_seq_const].
  exists j. intros n h. rewrite hn. destruct (le_dec j n); [reflexivity|lia].
Qed.

Lemma point_mean (f : nat -> R) (j : nat) : is_series (fun k => ind (k = j) * f k) (f j).
Proof.
  apply (sum_ext (fun k => f j * ind (k = j))).
  - intros k. destruct (Nat.eq_dec k j) as [->|e]; [ring|]. rewrite ind_false by exact e. ring.
  - replace (f j) with (f j * 1) at 1 by ring. apply sum_scal, point_sum.
Qed.

(** ** Laws *)

Definition is_law (p : nat -> R) : Prop := (forall k, 0 <= p k) /\ is_series p 1.

Definition is_full_law (q : nat -> R) : Prop := (forall k, 0 < q k) /\ is_series q 1.

Lemma full_law q : is_full_law q -> is_law q.
Proof. intros [h s]. split; [intros; left; apply h|exact s]. Qed.

Lemma law_le_1 p k : is_law p -> p k <= 1.
Proof. intros [h s]. apply (term_le p 1 k); auto. Qed.

Lemma point_law j : is_law (fun k => ind (k = j)).
Proof. split; [intros; apply ind_nonneg|apply point_sum]. Qed.

(** The largest of the first values. *)
Lemma first_maximum (p : nat -> R) n : exists j, forall k, (k <= n)%nat -> p k <= p j.
Proof.
  induction n as [|n (j & h)].
  - exists O. intros k hk. replace k with O by lia. lra.
  - destruct (Rle_dec (p (S n)) (p j)) as [k|k].
    + exists j. intros i hi. destruct (Nat.eq_dec i (S n)) as [->|]; [exact k|apply h; lia].
    + exists (S n). intros i hi. destruct (Nat.eq_dec i (S n)) as [->|]; [lra|]. specialize (h i ltac:(lia)). lra.
Qed.

(** Every law on countably many responses has a mode. *)
Lemma law_has_mode p : is_law p -> exists j, forall k, p k <= p j.
Proof.
  intros [h s].
  assert (hpos : exists i, 0 < p i).
  { destruct (Classical_Prop.classic (exists i, 0 < p i)) as [k|k]; [exact k|exfalso].
    assert (h0 : forall i, p i <= 0) by (intros i; apply Rnot_lt_le; intros hi; apply k; exists i; exact hi).
    assert (e : 1 <= 0 * 1).
    { apply (sum_le p (fun i => 0 * p i)); [|exact s|apply sum_scal, s]. intros i. rewrite Rmult_0_l. apply h0. }
    lra. }
  destruct hpos as (i & hi).
  assert (hl : is_lim_seq p 0) by (apply ex_series_lim_0; exists 1; exact s).
  apply is_lim_seq_spec in hl. destruct (hl (mkposreal _ hi)) as (N & hN). simpl in hN.
  destruct (first_maximum p (N + i)) as (j & hj). exists j. intros k.
  destruct (le_dec k (N + i)) as [hk|hk]; [apply hj, hk|].
  specialize (hN k ltac:(lia)). rewrite Rminus_0_r, Rabs_pos_eq in hN by apply h.
  specialize (hj i ltac:(lia)). lra.
Qed.
