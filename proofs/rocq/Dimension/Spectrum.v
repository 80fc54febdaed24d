(** * Positive semidefinite forms by their spectrum

    A symmetric matrix Sigma with eigenvalues lambda_i >= 0 in an orthonormal basis e_i; its quadratic form
    u' Sigma u = ||Sigma^{1/2} u||^2; the effective dimension d_l = tr Sigma (Sigma + l I)^{-1} and its value
    sum_i lambda_i/(lambda_i + l), whatever the basis; the rank.

    Serves G01, G06-G08, G10. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Linear.Recovery Linear.Horizon Linear.Euclidean.
Open Scope R_scope.

Section Spectrum.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types (Sigma A : Dim -> Dim -> R) (e : Dim -> Dim -> R) (lam : Dim -> R) (u v : Dim -> R).

  (** Orthonormal, and every vector is the sum of its components. *)
  Definition orthonormal_basis e : Prop :=
    (forall i j, dot (e i) (e j) = ind (i = j)) /\
    (forall u k, u k = Sum (fun i => dot u (e i) * e i k)).

  (** Sigma = sum_i lambda_i e_i e_i' with lambda_i >= 0. *)
  Definition spectral Sigma e lam : Prop :=
    orthonormal_basis e /\ (forall i, 0 <= lam i) /\
    (forall j k, Sigma j k = Sum (fun i => lam i * (e i j * e i k))).

  (** u' Sigma u. *)
  Definition quadratic Sigma u : R := Sum (fun j => Sum (fun k => u j * Sigma j k * u k)).

  Definition matrix_product A Sigma : Dim -> Dim -> R := fun j k => Sum (fun m => A j m * Sigma m k).

  Definition trace A : R := Sum (fun j => A j j).

  Definition identity : Dim -> Dim -> R := fun j k => ind (j = k).

  (** A is the inverse of Sigma + l I. *)
  Definition ridge_inverse Sigma (l : R) A : Prop :=
    forall j k, matrix_product (fun j k => Sigma j k + l * identity j k) A j k = identity j k.

  (** d_l = tr Sigma (Sigma + l I)^{-1}. *)
  Definition is_effective_dimension Sigma (l d : R) : Prop :=
    exists A, ridge_inverse Sigma l A /\ d = trace (matrix_product Sigma A).

  (** The number of positive eigenvalues. *)
  Definition rank_of lam : R := Sum (fun i => ind (0 < lam i)).

  Lemma Sum_mult_l (c : R) (f : Dim -> R) : c * Sum f = Sum (fun j => c * f j).
  Proof. symmetry; apply Sum_scal. Qed.

  (** Parseval. *)
  Lemma basis_dot e u v : orthonormal_basis e -> dot u v = Sum (fun i => dot u (e i) * dot v (e i)).
  Proof.
    intros [_ h]. unfold dot at 1.
    rewrite (Sum_ext _ (fun k => Sum (fun i => dot u (e i) * (e i k * v k)))).
    - rewrite Sum_swap. apply Sum_ext; intros i. rewrite Sum_scal, (dot_comm v). reflexivity.
    - intros k. rewrite (h u k) at 1. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i; ring.
  Qed.

  Lemma basis_norm e u : orthonormal_basis e -> norm u * norm u = Sum (fun i => dot u (e i) ^ 2).
  Proof. intros h. rewrite norm_square, (basis_dot e u u h). apply Sum_ext; intros; ring. Qed.

  (** u' Sigma u = sum_i lambda_i <u, e_i>^2. *)
  Lemma quadratic_spectral Sigma e lam u : spectral Sigma e lam ->
    quadratic Sigma u = Sum (fun i => lam i * dot u (e i) ^ 2).
  Proof.
    intros (_ & _ & h). unfold quadratic.
    rewrite (Sum_ext _ (fun j => Sum (fun i => u j * (lam i * (e i j * dot u (e i)))))).
    - rewrite Sum_swap. apply Sum_ext; intros i.
      rewrite (Sum_ext _ (fun j => (lam i * dot u (e i)) * (u j * e i j))) by (intros; ring).
      rewrite Sum_scal. fold (dot u (e i)). ring.
    - intros j. rewrite (Sum_ext _ (fun k => Sum (fun i => u j * (lam i * (e i j * (u k * e i k)))))).
      + rewrite Sum_swap. apply Sum_ext; intros i. rewrite !Sum_scal. reflexivity.
      + intros k. rewrite h, Rmult_assoc, (Rmult_comm _ (u k)), <- Rmult_assoc, Sum_mult_l.
        apply Sum_ext; intros i; ring.
  Qed.

  Lemma quadratic_nonneg Sigma e lam u : spectral Sigma e lam -> 0 <= quadratic Sigma u.
  Proof.
    intros h. rewrite (quadratic_spectral Sigma e lam u h). apply Sum_nonneg; intros i.
    apply Rmult_le_pos; [apply h|apply pow2_ge_0].
  Qed.

  (** Completeness read columnwise: sum_i e_i(j) e_i(k) = 1{j = k}. *)
  Lemma basis_columns e j k : orthonormal_basis e -> Sum (fun i => e i j * e i k) = ind (j = k).
  Proof.
    intros [_ h]. rewrite (h (fun m => ind (j = m)) k) at 1. apply Sum_ext; intros i. f_equal.
    unfold dot. rewrite (Sum_ext _ (fun m => ind (m = j) * e i m)).
    - symmetry. apply (Sum_pick (fun m => e i m)).
    - intros m. f_equal. apply ind_iff. split; auto.
  Qed.

  Lemma pick_right (f : Dim -> R) k : Sum (fun m => f m * ind (m = k)) = f k.
  Proof. rewrite (Sum_ext _ (fun m => ind (m = k) * f m)) by (intros; ring). apply Sum_pick. Qed.

  Lemma pick_left (f : Dim -> R) k : Sum (fun m => ind (k = m) * f m) = f k.
  Proof.
    rewrite (Sum_ext _ (fun m => ind (m = k) * f m)); [apply Sum_pick|].
    intros m. f_equal. apply ind_iff. split; auto.
  Qed.

  (** The matrix sum_i f_i e_i e_i'. *)
  Definition diagonal_in e (f : Dim -> R) : Dim -> Dim -> R := fun j k => Sum (fun i => f i * (e i j * e i k)).

  Lemma diagonal_product e f g j k : orthonormal_basis e ->
    matrix_product (diagonal_in e f) (diagonal_in e g) j k = diagonal_in e (fun i => f i * g i) j k.
  Proof.
    intros [ho _]. unfold matrix_product, diagonal_in.
    rewrite (Sum_ext _ (fun m => Sum (fun i => Sum (fun i' => f i * g i' * (e i j * e i' k) * (e i m * e i' m))))).
    - rewrite Sum_swap. apply Sum_ext; intros i.
      rewrite Sum_swap.
      rewrite (Sum_ext _ (fun i' => ind (i = i') * (f i * g i' * (e i j * e i' k)))).
      + rewrite pick_left. ring.
      + intros i'. rewrite Sum_scal. fold (dot (e i) (e i')). rewrite ho. ring.
    - intros m. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i.
      rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i'. ring.
  Qed.

  Lemma diagonal_trace e f : orthonormal_basis e -> trace (diagonal_in e f) = Sum f.
  Proof.
    intros [ho _]. unfold trace, diagonal_in. rewrite Sum_swap. apply Sum_ext; intros i.
    rewrite Sum_scal. fold (dot (e i) (e i)). rewrite ho, ind_true by reflexivity. ring.
  Qed.

  (** The ridge inverse exists ... *)
  Lemma ridge_inverse_exists Sigma e lam l : spectral Sigma e lam -> 0 < l ->
    ridge_inverse Sigma l (diagonal_in e (fun i => / (lam i + l))).
  Proof.
    intros (he & hl & hs) hl0 j k.
    transitivity (matrix_product (diagonal_in e (fun i => lam i + l)) (diagonal_in e (fun i => / (lam i + l))) j k).
    - unfold matrix_product. apply Sum_ext; intros m. f_equal. rewrite hs. unfold identity.
      rewrite <- (basis_columns e j m he), <- Sum_scal, <- Sum_plus. apply Sum_ext; intros i; ring.
    - rewrite diagonal_product by exact he. unfold diagonal_in, identity.
      rewrite <- (basis_columns e j k he). apply Sum_ext; intros i. specialize (hl i). field. lra.
  Qed.

  (** ... and it is unique, so d_l does not depend on the choice of an inverse or a basis. *)
  Lemma ridge_inverse_unique Sigma e lam l A j k : spectral Sigma e lam -> 0 < l -> ridge_inverse Sigma l A ->
    A j k = diagonal_in e (fun i => / (lam i + l)) j k.
  Proof.
    intros hsp hl0 hA. assert (hsp' := hsp). destruct hsp' as (he & hl & hs).
    set (B := diagonal_in e (fun i => / (lam i + l))).
    set (S := fun j k => Sigma j k + l * identity j k).
    assert (hBS : forall j k, matrix_product B S j k = identity j k).
    { intros a b. transitivity (matrix_product B (diagonal_in e (fun i => lam i + l)) a b).
      - unfold matrix_product. apply Sum_ext; intros m. f_equal. unfold S. rewrite hs. unfold identity, diagonal_in.
        rewrite <- (basis_columns e m b he), <- Sum_scal, <- Sum_plus. apply Sum_ext; intros i; ring.
      - unfold B. rewrite diagonal_product by exact he. unfold diagonal_in, identity.
        rewrite <- (basis_columns e a b he). apply Sum_ext; intros i. specialize (hl i). field. lra. }
    transitivity (matrix_product (matrix_product B S) A j k).
    - unfold matrix_product at 1. rewrite (Sum_ext _ (fun m => ind (j = m) * A m k)).
      + symmetry. apply (pick_left (fun m => A m k)).
      + intros m. rewrite hBS. reflexivity.
    - transitivity (matrix_product B (matrix_product S A) j k).
      + unfold matrix_product.
        rewrite (Sum_ext _ (fun m => Sum (fun q => B j q * S q m * A m k))).
        * rewrite Sum_swap. apply Sum_ext; intros q. rewrite Sum_mult_l. apply Sum_ext; intros m; ring.
        * intros m. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros q; ring.
      + unfold matrix_product at 1. rewrite (Sum_ext _ (fun m => B j m * ind (m = k))).
        * apply (pick_right (fun m => B j m)).
        * intros m. f_equal. apply hA.
  Qed.

  (** G01: tr Sigma (Sigma + l I)^{-1} = sum_i lambda_i/(lambda_i + l). *)
  Theorem G01_effective_dimension Sigma e lam l d : spectral Sigma e lam -> 0 < l ->
    is_effective_dimension Sigma l d <-> d = Sum (fun i => lam i / (lam i + l)).
  Proof.
    intros hsp hl0. assert (hsp' := hsp). destruct hsp' as (he & hl & hs).
    assert (value : forall A, ridge_inverse Sigma l A ->
              trace (matrix_product Sigma A) = Sum (fun i => lam i / (lam i + l))).
    { intros A hA. rewrite <- (diagonal_trace e (fun i => lam i / (lam i + l)) he).
      unfold trace. apply Sum_ext; intros j.
      change (diagonal_in e (fun i => lam i / (lam i + l)) j j)
        with (diagonal_in e (fun i => lam i * / (lam i + l)) j j).
      rewrite <- diagonal_product by exact he. unfold matrix_product. apply Sum_ext; intros m.
      rewrite (ridge_inverse_unique Sigma e lam l A m j hsp hl0 hA). f_equal. apply hs. }
    split.
    - intros (A & hA & ->). apply value, hA.
    - intros ->. exists (diagonal_in e (fun i => / (lam i + l))).
      assert (h := ridge_inverse_exists Sigma e lam l hsp hl0). split; [exact h|symmetry; apply value, h].
  Qed.

  (** G01: 0 <= d_l <= min(rank Sigma, tr Sigma/l), and d_l is non-increasing in l. *)
  Theorem G01_range Sigma e lam l d : spectral Sigma e lam -> 0 < l -> is_effective_dimension Sigma l d ->
    0 <= d /\ d <= rank_of lam /\ d <= trace Sigma / l /\
    forall l' d', l <= l' -> is_effective_dimension Sigma l' d' -> d' <= d.
  Proof.
    intros hsp hl0 hd. apply (G01_effective_dimension Sigma e lam l d hsp hl0) in hd. subst d.
    assert (hsp' := hsp). destruct hsp' as (he & hl & hs).
    assert (hi : 0 < / l) by (apply Rinv_0_lt_compat, hl0).
    split; [|split; [|split]].
    - apply Sum_nonneg; intros i. specialize (hl i). apply Rmult_le_pos; [exact hl|].
      left; apply Rinv_0_lt_compat; lra.
    - apply Sum_le; intros i. destruct (hl i) as [h|h].
      + rewrite ind_true by exact h. apply (Rmult_le_reg_r (lam i + l)); [lra|].
        unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
      + rewrite <- h. unfold Rdiv. rewrite Rmult_0_l. apply ind_nonneg.
    - assert (ht : trace Sigma = Sum lam).
      { rewrite <- (diagonal_trace e lam he). unfold trace. apply Sum_ext; intros j. apply hs. }
      rewrite ht. unfold Rdiv at 2. rewrite Rmult_comm, <- Sum_scal. apply Sum_le; intros i.
      specialize (hl i). unfold Rdiv. rewrite Rmult_comm. apply Rmult_le_compat_r; [exact hl|].
      apply Rinv_le_contravar; lra.
    - intros l' d' hll hd'. apply (G01_effective_dimension Sigma e lam l' d' hsp ltac:(lra)) in hd'. subst d'.
      apply Sum_le; intros i. specialize (hl i). apply Rmult_le_compat_l; [exact hl|].
      apply Rinv_le_contravar; lra.
  Qed.

  (** The coordinate axes are an orthonormal basis, and a diagonal matrix has its entries as eigenvalues. *)
  Lemma axes_basis : orthonormal_basis identity.
  Proof.
    split.
    - intros i j. unfold dot, identity. rewrite (pick_left (fun m => ind (j = m)) i).
      apply ind_iff. split; auto.
    - intros u k. unfold identity. rewrite (Sum_ext _ (fun i => u i * ind (i = k))).
      + symmetry. apply pick_right.
      + intros i. f_equal. unfold dot. rewrite (Sum_ext _ (fun m => u m * ind (m = i))).
        * apply pick_right.
        * intros m. f_equal. apply ind_iff. split; auto.
  Qed.

  Definition diagonal lam : Dim -> Dim -> R := fun j k => lam j * ind (j = k).

  Lemma diagonal_spectral lam : (forall i, 0 <= lam i) -> spectral (diagonal lam) identity lam.
  Proof.
    intros h. split; [exact axes_basis|]. split; [exact h|]. intros j k. unfold diagonal, identity.
    rewrite (Sum_ext _ (fun i => ind (i = j) * (lam i * ind (i = k)))) by (intros; ring).
    symmetry. apply (Sum_pick (fun i => lam i * ind (i = k))).
  Qed.

  (** G01: sigma^2 I has d_l = d sigma^2/(sigma^2 + l). *)
  Theorem G01_isotropic : forall sigma l d, 0 < l -> is_effective_dimension (fun j k => sigma ^ 2 * identity j k) l d ->
    d = card Dim * (sigma ^ 2 / (sigma ^ 2 + l)).
  Proof.
    intros sigma l d hl hd.
    apply (G01_effective_dimension _ identity (fun _ => sigma ^ 2) l d) in hd; [|apply diagonal_spectral|exact hl].
    - rewrite hd. apply Sum_const.
    - intros _. apply pow2_ge_0.
  Qed.
End Spectrum.
