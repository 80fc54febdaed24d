(** Positive semidefinite forms: spectrum, ellipsoids, covering numbers, schedules, decay. *)

From Coq Require Import Reals Lra Lia List Classical ZArith Compare_dec.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.Basics Finite.Space Scalar.Linear Iteration.Learners Linear.SoftmaxClass
  Linear.FixedRadius.
Import ListNotations.
Open Scope R_scope.

(** * Positive semidefinite forms by their spectrum

    A symmetric matrix Sigma with eigenvalues lambda_i >= 0 in an orthonormal basis e_i; its quadratic form
    u' Sigma u = ||Sigma^{1/2} u||^2; the effective dimension d_l = tr Sigma (Sigma + l I)^{-1} and its value
    sum_i lambda_i/(lambda_i + l), whatever the basis; the rank.

    Serves G01, G06-G08, G10. *)

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
    - intros k. rewrite (h u k) at 1. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i; lra.
  Qed.

  Lemma basis_norm e u : orthonormal_basis e -> norm u * norm u = Sum (fun i => dot u (e i) ^ 2).
  Proof. intros h. rewrite norm_square, (basis_dot e u u h). apply Sum_ext; intros; lra. Qed.

  (** u' Sigma u = sum_i lambda_i <u, e_i>^2. *)
  Lemma quadratic_spectral Sigma e lam u : spectral Sigma e lam ->
    quadratic Sigma u = Sum (fun i => lam i * dot u (e i) ^ 2).
  Proof.
    intros (_ & _ & h). unfold quadratic.
    rewrite (Sum_ext _ (fun j => Sum (fun i => u j * (lam i * (e i j * dot u (e i)))))).
    - rewrite Sum_swap. apply Sum_ext; intros i.
      rewrite (Sum_ext _ (fun j => (lam i * dot u (e i)) * (u j * e i j))) by (intros; lra).
      rewrite Sum_scal. fold (dot u (e i)). lra.
    - intros j. rewrite (Sum_ext _ (fun k => Sum (fun i => u j * (lam i * (e i j * (u k * e i k)))))).
      + rewrite Sum_swap. apply Sum_ext; intros i. rewrite !Sum_scal. reflexivity.
      + intros k. rewrite h, Rmult_assoc, (Rmult_comm _ (u k)), <- Rmult_assoc, Sum_mult_l.
        apply Sum_ext; intros i; lra.
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
  Proof. rewrite (Sum_ext _ (fun m => ind (m = k) * f m)) by (intros; lra). apply Sum_pick. Qed.

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
      + rewrite pick_left. lra.
      + intros i'. rewrite Sum_scal. fold (dot (e i) (e i')). rewrite ho. lra.
    - intros m. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i.
      rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros i'. lra.
  Qed.

  Lemma diagonal_trace e f : orthonormal_basis e -> trace (diagonal_in e f) = Sum f.
  Proof.
    intros [ho _]. unfold trace, diagonal_in. rewrite Sum_swap. apply Sum_ext; intros i.
    rewrite Sum_scal. fold (dot (e i) (e i)). rewrite ho, ind_true by reflexivity. lra.
  Qed.

  (** The ridge inverse exists ... *)
  Lemma ridge_inverse_exists Sigma e lam l : spectral Sigma e lam -> 0 < l ->
    ridge_inverse Sigma l (diagonal_in e (fun i => / (lam i + l))).
  Proof.
    intros (he & hl & hs) hl0 j k.
    transitivity (matrix_product (diagonal_in e (fun i => lam i + l)) (diagonal_in e (fun i => / (lam i + l))) j k).
    - unfold matrix_product. apply Sum_ext; intros m. f_equal. rewrite hs. unfold identity.
      rewrite <- (basis_columns e j m he), <- Sum_scal, <- Sum_plus. apply Sum_ext; intros i; lra.
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
        rewrite <- (basis_columns e m b he), <- Sum_scal, <- Sum_plus. apply Sum_ext; intros i; lra.
      - unfold B. rewrite diagonal_product by exact he. unfold diagonal_in, identity.
        rewrite <- (basis_columns e a b he). apply Sum_ext; intros i. specialize (hl i). field. lra. }
    transitivity (matrix_product (matrix_product B S) A j k).
    - unfold matrix_product at 1. rewrite (Sum_ext _ (fun m => ind (j = m) * A m k)).
      + symmetry. apply (pick_left (fun m => A m k)).
      + intros m. rewrite hBS. reflexivity.
    - transitivity (matrix_product B (matrix_product S A) j k).
      + unfold matrix_product.
        rewrite (Sum_ext _ (fun m => Sum (fun q => B j q * S q m * A m k))).
        * rewrite Sum_swap. apply Sum_ext; intros q. rewrite Sum_mult_l. apply Sum_ext; intros m; lra.
        * intros m. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros q; lra.
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
    rewrite (Sum_ext _ (fun i => ind (i = j) * (lam i * ind (i = k)))) by (intros; lra).
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

(** * Packings of an ellipsoid

    Points of an ellipsoid with semi-axes a_j, pairwise at least 2s apart, where s <= theta a_j for every axis:
    there are at most prod_j (1+theta) a_j/s of them.  That is the ratio of the volumes of (1+theta) E and of
    the s-ball, but no volume is needed: with A = diag(s/((1+theta) a_j)) the maps x |-> p_i + A x carry
    (1+theta) E onto the disjoint balls p_i + s B inside it, so words of length m give N^m disjoint translates
    of A^m (1+theta) E, and counting boxes, with any constant whatever, bounds N^m by C det(A)^{-m}.

    Directions outside a chosen set of coordinates are ignored throughout.  Serves G06. *)

(** ** Products of different ranges *)

Fixpoint choices {A : Type} (ls : list (list A)) : list (list A) :=
  match ls with
  | [] => [[]]
  | l :: ls' => map (fun c => fst c :: snd c) (list_prod l (choices ls'))
  end.

Lemma choices_length {A : Type} (ls : list (list A)) :
  length (choices ls) = fold_right (fun l n => (length l * n)%nat) 1%nat ls.
Proof.
  induction ls as [|l ls ih]; [reflexivity|]. simpl. rewrite map_length, prod_length, ih. reflexivity.
Qed.

Lemma choices_in {B A : Type} (f : B -> A) (g : B -> list A) (l : list B) :
  (forall b, In b l -> In (f b) (g b)) -> In (map f l) (choices (map g l)).
Proof.
  induction l as [|b l ih]; intros h; [left; reflexivity|].
  simpl. apply in_map_iff. exists (f b, map f l). split; [reflexivity|]. apply in_prod.
  - apply h; left; reflexivity.
  - apply ih; intros c hc; apply h; right; exact hc.
Qed.

Section Ellipsoid.
  Context {Dim : Type} {FD : FiniteType Dim}.
  (** The directions that count. *)
  Variable P : Dim -> Prop.

  (** Sum over these directions. *)
  Definition over (f : Dim -> R) : R := E (fun j => ind (P j)) f.

  (** They as a list. *)
  Definition chosen : list Dim := filter (fun j => if decide (P j) then true else false) enum.

  Lemma chosen_in j : In j chosen <-> P j.
  Proof.
    unfold chosen. rewrite filter_In. destruct (decide (P j)) as [h|h]; split; try tauto.
    - intros _; split; [apply enum_in|reflexivity].
    - intros [_ e]; discriminate.
  Qed.

  Lemma over_ext f g : (forall j, P j -> f j = g j) -> over f = over g.
  Proof.
    intros h. apply Sum_ext; intros j. destruct (classic (P j)) as [k|k]; [rewrite (h j k); reflexivity|].
    rewrite ind_false by exact k. lra.
  Qed.

  Lemma over_le f g : (forall j, P j -> f j <= g j) -> over f <= over g.
  Proof.
    intros h. apply E_le_on; [intros; apply ind_nonneg|]. intros j hj. apply h.
    apply NNPP; intros k. rewrite ind_false in hj by exact k. lra.
  Qed.

  Lemma over_nonneg f : (forall j, P j -> 0 <= f j) -> 0 <= over f.
  Proof.
    intros h. replace 0 with (over (fun _ => 0 * 0)) by (unfold over; rewrite E_scal; ring).
    apply over_le; intros j hj. specialize (h j hj). lra.
  Qed.

  Lemma over_plus f g : over (fun j => f j + g j) = over f + over g.
  Proof. apply E_plus. Qed.

  Lemma over_scal c f : over (fun j => c * f j) = c * over f.
  Proof. apply E_scal. Qed.

  Lemma over_chosen f : over f = sumL chosen f.
  Proof.
    unfold over, E, Sum, chosen. generalize (@enum Dim FD). intros l.
    induction l as [|j l ih]; [reflexivity|]. rewrite sumL_cons, ih. simpl filter. unfold ind at 1.
    destruct (decide (P j)); [rewrite sumL_cons; lra|lra].
  Qed.

  (** The triangle inequality for [sqrt (over f^2)]. *)
  Lemma over_triangle f g x y : 0 <= x -> 0 <= y -> over (fun j => f j ^ 2) < x ^ 2 -> over (fun j => g j ^ 2) <= y ^ 2 ->
    over (fun j => (f j + g j) ^ 2) < (x + y) ^ 2.
  Proof.
    intros hx hy hf hg.
    assert (cs := cauchy_schwarz_sq (fun j => ind (P j)) f g ltac:(intros; apply ind_nonneg)).
    change (over (fun j => f j * g j) ^ 2 <= over (fun j => f j ^ 2) * over (fun j => g j ^ 2)) in cs.
    assert (h0 : 0 <= over (fun j => f j ^ 2)) by (apply over_nonneg; intros; apply pow2_ge_0).
    assert (h1 : 0 <= over (fun j => g j ^ 2)) by (apply over_nonneg; intros; apply pow2_ge_0).
    assert (e : over (fun j => (f j + g j) ^ 2) =
                over (fun j => f j ^ 2) + 2 * over (fun j => f j * g j) + over (fun j => g j ^ 2)).
    { rewrite <- over_scal, <- !over_plus. apply over_ext; intros; lra. }
    rewrite e. set (u := over (fun j => f j ^ 2)) in *. set (v := over (fun j => g j ^ 2)) in *.
    set (w := over (fun j => f j * g j)) in *.
    assert (hw : w <= x * y).
    { apply Rnot_lt_le; intros hlt. assert (0 <= x * y) by (apply Rmult_le_pos; assumption).
      assert (h2 : (x * y) * (x * y) < w * w) by nra.
      assert (h3 : u * v <= x ^ 2 * y ^ 2) by (apply Rmult_le_compat; lra).
      replace (x ^ 2 * y ^ 2) with ((x * y) * (x * y)) in h3 by lra. simpl in cs. lra. }
    lra.
  Qed.

  (** ** Self-affine families *)

  Variable a : Dim -> R.
  Variables s theta : R.
  Hypothesis hs : 0 < s.
  Hypothesis htheta : 0 < theta.
  Hypothesis haxes : forall j, P j -> s <= theta * a j.

  (** The axes of (1+theta) E, and the contraction. *)
  Definition outer (j : Dim) : R := (1 + theta) * a j.
  Definition shrink (j : Dim) : R := s / outer j.

  Lemma axis_pos j : P j -> 0 < a j.
  Proof. intros h. specialize (haxes j h). nra. Qed.

  Lemma outer_pos j : P j -> 0 < outer j.
  Proof. intros h. assert (k := axis_pos j h). unfold outer. nra. Qed.

  Lemma shrink_range j : P j -> 0 < shrink j /\ shrink j <= 1.
  Proof.
    intros h. assert (k := outer_pos j h). assert (ha := haxes j h). assert (hp := axis_pos j h).
    unfold shrink. split; [apply Rdiv_lt_0_compat; assumption|].
    apply (Rmult_le_reg_r (outer j)); [exact k|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
    unfold outer. lra.
  Qed.

  (** The squared norm whose unit ball is A^m (1+theta) E. *)
  Definition gauge (m : nat) (x : Dim -> R) : R := over (fun j => (x j / (outer j * shrink j ^ m)) ^ 2).

  Variable I : Type.
  Context {FI : FiniteType I}.
  Variable p : I -> Dim -> R.
  Hypothesis hin : forall i, over (fun j => (p i j / a j) ^ 2) <= 1.
  Hypothesis hsep : forall i i', i <> i' -> (2 * s) ^ 2 <= over (fun j => (p i j - p i' j) ^ 2).

  Fixpoint self_affine (m : nat) : word I m -> Dim -> R :=
    match m with
    | O => fun _ _ => 0
    | S m' => fun w j => p (fst w) j + shrink j * self_affine m' (snd w) j
    end.

  Lemma gauge_step m x q : gauge m (fun j => (x j - p q j) / shrink j) = gauge (S m) (fun j => x j - p q j).
  Proof.
    apply over_ext; intros j hj. f_equal. assert (h := outer_pos j hj).
    destruct (shrink_range j hj) as [h1 _]. simpl. field.
      repeat split; first [lra | apply Rgt_not_eq, pow_lt, h1].
  Qed.

  (** p_i + s B lies in (1+theta) E. *)
  Lemma ball_inside i z : over (fun j => (z j - p i j) ^ 2) < s ^ 2 -> gauge 0 z < 1.
  Proof.
    intros h. set (t := / (1 + theta)). assert (ht : 0 < t) by (apply Rinv_0_lt_compat; lra).
    assert (e1 : t * (1 + theta) = 1) by (unfold t; apply Rinv_l; lra).
    assert (hf : over (fun j => ((z j - p i j) / outer j) ^ 2) < (theta * t) ^ 2).
    { apply Rle_lt_trans with ((theta * t / s) ^ 2 * over (fun j => (z j - p i j) ^ 2)).
      - rewrite <- over_scal. apply over_le; intros j hj.
        rewrite <- Rpow_mult_distr. assert (ho := outer_pos j hj). assert (ha := haxes j hj).
        replace ((theta * t / s * (z j - p i j)) ^ 2) with ((theta * t / s) ^ 2 * (z j - p i j) ^ 2) by lra.
        replace (((z j - p i j) / outer j) ^ 2) with ((/ outer j) ^ 2 * (z j - p i j) ^ 2) by (unfold Rdiv; lra).
        apply Rmult_le_compat_r; [apply pow2_ge_0|]. apply pow_incr.
        split; [left; apply Rinv_0_lt_compat, ho|].
        apply (Rmult_le_reg_r (outer j)); [exact ho|]. rewrite Rinv_l by lra.
        replace (theta * t / s * outer j) with ((t * (1 + theta)) * (theta * a j) / s) by (unfold outer; lra).
        rewrite e1, Rmult_1_l. apply (Rmult_le_reg_r s); [exact hs|].
        unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
      - replace ((theta * t) ^ 2) with ((theta * t / s) ^ 2 * s ^ 2) by (field; lra).
        apply Rmult_lt_compat_l; [|exact h]. apply pow_lt, Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact hs]. }
    assert (hg : over (fun j => (p i j / outer j) ^ 2) <= t ^ 2).
    { apply Rle_trans with (t ^ 2 * over (fun j => (p i j / a j) ^ 2)).
      - right. rewrite <- over_scal. apply over_ext; intros j hj. assert (k := axis_pos j hj).
        unfold outer, t. field. lra.
      - rewrite <- (Rmult_1_r (t ^ 2)) at 2. apply Rmult_le_compat_l; [apply pow2_ge_0|apply hin]. }
    assert (k := over_triangle (fun j => (z j - p i j) / outer j) (fun j => p i j / outer j) (theta * t) t
      ltac:(apply Rmult_le_pos; lra) ltac:(lra) hf hg).
    unfold gauge. replace 1 with ((theta * t + t) ^ 2).
    - eapply Rle_lt_trans; [right|exact k]. apply over_ext; intros j hj. assert (ho := outer_pos j hj).
      simpl. field. lra.
    - replace (theta * t + t) with (t * (1 + theta)) by lra. rewrite e1. lra.
  Qed.

  (** Every translate lies in (1+theta) E, and in the ball of its first letter. *)
  Lemma translate_inside m (w : word I m) z : gauge m (fun j => z j - self_affine m w j) < 1 -> gauge 0 z < 1.
  Proof.
    revert w z; induction m as [|m ih]; intros w z h.
    - eapply Rle_lt_trans; [right|exact h]. apply over_ext; intros j _. cbn [self_affine]. rewrite Rminus_0_r. reflexivity.
    - destruct w as [i w]. apply (ball_inside i).
      assert (k : gauge 0 (fun j => (z j - p i j) / shrink j) < 1).
      { apply (ih w). eapply Rle_lt_trans; [right|exact h]. apply over_ext; intros j hj. f_equal.
        assert (ho := outer_pos j hj). destruct (shrink_range j hj) as [h1 _]. simpl. field.
      repeat split; first [lra | apply Rgt_not_eq, pow_lt, h1]. }
      unfold gauge in k.
      rewrite (over_ext _ (fun j => / s ^ 2 * (z j - p i j) ^ 2)) in k.
      + rewrite over_scal in k. assert (hs2 : 0 < s ^ 2) by (apply pow_lt, hs).
        apply (Rmult_lt_reg_l (/ s ^ 2)); [apply Rinv_0_lt_compat, hs2|]. rewrite Rinv_l by lra. exact k.
      + intros j hj. assert (ho := outer_pos j hj). unfold shrink. simpl. field. lra.
  Qed.

  Lemma translate_near m (w : word I (S m)) z : gauge (S m) (fun j => z j - self_affine (S m) w j) < 1 ->
    over (fun j => (z j - p (fst w) j) ^ 2) < s ^ 2.
  Proof.
    destruct w as [i w]. intros h. simpl fst.
    assert (k : gauge 0 (fun j => (z j - p i j) / shrink j) < 1).
    { apply (translate_inside m w). eapply Rle_lt_trans; [right|exact h]. apply over_ext; intros j hj. f_equal.
      assert (ho := outer_pos j hj). destruct (shrink_range j hj) as [h1 _]. simpl. field.
      repeat split; first [lra | apply Rgt_not_eq, pow_lt, h1]. }
    unfold gauge in k.
    rewrite (over_ext _ (fun j => / s ^ 2 * (z j - p i j) ^ 2)) in k.
    - rewrite over_scal in k. assert (hs2 : 0 < s ^ 2) by (apply pow_lt, hs).
      apply (Rmult_lt_reg_l (/ s ^ 2)); [apply Rinv_0_lt_compat, hs2|]. rewrite Rinv_l by lra. exact k.
    - intros j hj. assert (ho := outer_pos j hj). unfold shrink. simpl. field. lra.
  Qed.

  (** The translates are disjoint: their centres are at least two gauge units apart. *)
  Lemma translates_apart m (w w' : word I m) : w <> w' ->
    4 <= gauge m (fun j => self_affine m w j - self_affine m w' j).
  Proof.
    revert w w'; induction m as [|m ih]; intros w w' hne; [destruct w, w'; congruence|].
    destruct w as [i w], w' as [i' w'].
    destruct (classic (i = i')) as [<-|hi].
    - assert (hw : w <> w') by congruence. eapply Rle_trans; [apply (ih w w' hw)|].
      right. apply over_ext; intros j hj. f_equal. assert (ho := outer_pos j hj).
      destruct (shrink_range j hj) as [h1 _]. simpl. field.
      repeat split; first [lra | apply Rgt_not_eq, pow_lt, h1].
    - apply Rnot_lt_le; intros hlt.
      set (u := self_affine (S m) (i, w)) in *. set (v := self_affine (S m) (i', w')) in *.
      set (z := fun j => (u j + v j) / 2).
      assert (h1 : gauge (S m) (fun j => z j - u j) < 1).
      { apply Rle_lt_trans with (/ 4 * gauge (S m) (fun j => u j - v j)); [right|lra].
        unfold gauge. rewrite <- over_scal. apply over_ext; intros j _. unfold z, Rdiv.
        set (q := / (outer j * shrink j ^ S m)). lra. }
      assert (h2 : gauge (S m) (fun j => z j - v j) < 1).
      { apply Rle_lt_trans with (/ 4 * gauge (S m) (fun j => u j - v j)); [right|lra].
        unfold gauge. rewrite <- over_scal. apply over_ext; intros j _. unfold z, Rdiv.
        set (q := / (outer j * shrink j ^ S m)). lra. }
      assert (k1 := translate_near m (i, w) z h1). assert (k2 := translate_near m (i', w') z h2).
      simpl fst in k1, k2. specialize (hsep i i' hi).
      assert (k := over_triangle (fun j => z j - p i' j) (fun j => p i j - z j) s s ltac:(lra) ltac:(lra) k2
        ltac:(left; eapply Rle_lt_trans; [right|exact k1]; apply over_ext; intros; lra)).
      cbv beta in k. rewrite (over_ext (fun j => (z j - p i' j + (p i j - z j)) ^ 2) (fun j => (p i j - p i' j) ^ 2)) in k
        by (intros; lra).
      replace (s + s) with (2 * s) in k by lra. lra.
  Qed.

  (** ** Counting boxes *)

  Lemma words_bound m : INR m * ln (card I) <=
    over (fun _ => ln (card Dim + 3)) + INR m * over (fun j => ln (outer j / s)).
  Proof.
    assert (hN := @card_ge_1 I FI). assert (hd := @card_ge_1 Dim FD).
    set (v := fun (w : word I m) j => self_affine m w j / (outer j * shrink j ^ m)).
    assert (hbox : forall w j, P j -> Rabs (v w j) <= / shrink j ^ m).
    { intros w j hj. assert (ho := outer_pos j hj). destruct (shrink_range j hj) as [h1 _].
      assert (hp : 0 < shrink j ^ m) by (apply pow_lt, h1).
      assert (g : gauge 0 (self_affine m w) < 1).
      { apply (translate_inside m w).
        replace (gauge m (fun j => self_affine m w j - self_affine m w j)) with (over (fun _ => 0 * 0)).
        - rewrite over_scal. lra.
        - apply over_ext; intros j' hj'. unfold Rdiv. lra. }
      assert (hj2 : (self_affine m w j / outer j) ^ 2 <= 1).
      { left. eapply Rle_lt_trans; [|exact g]. unfold gauge, over, E.
        rewrite <- (Rmult_1_l (_ ^ 2)), <- (ind_true (P j) hj).
        replace (self_affine m w j / outer j) with (self_affine m w j / (outer j * shrink j ^ 0))
          by (simpl; rewrite Rmult_1_r; reflexivity).
        apply (Sum_term_le (fun j => ind (P j) * (self_affine m w j / (outer j * shrink j ^ 0)) ^ 2)).
        intros b. apply Rmult_le_pos; [apply ind_nonneg|apply pow2_ge_0]. }
      assert (hj3 : Rabs (self_affine m w j / outer j) <= 1).
      { apply Rabs_le. nra. }
      unfold v. replace (self_affine m w j / (outer j * shrink j ^ m))
        with (self_affine m w j / outer j * / shrink j ^ m) by (field; lra).
      rewrite Rabs_mult, (Rabs_right (/ shrink j ^ m)) by (left; apply Rinv_0_lt_compat, hp).
      rewrite <- (Rmult_1_l (/ shrink j ^ m)) at 2.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hp|exact hj3]. }
    set (h := 2 / card Dim). assert (hh : 0 < h) by (apply Rdiv_lt_0_compat; lra).
    set (box := fun w => map (fun j => Int_part (v w j / h)) chosen).
    assert (hinj : forall w w', box w = box w' -> w = w').
    { intros w w' e. apply NNPP; intros hne. assert (k := translates_apart m w w' hne).
      assert (close : forall j, P j -> (v w j - v w' j) ^ 2 < h ^ 2).
      { intros j hj. apply chosen_in in hj.
        assert (ej : Int_part (v w j / h) = Int_part (v w' j / h)).
        { unfold box in e. revert e hj. generalize chosen. intros l e hj.
          induction l as [|b l ihl]; [destruct hj|]. simpl in e. injection e as e1 e2.
          destruct hj as [->|hj]; [exact e1|exact (ihl e2 hj)]. }
        destruct (base_Int_part (v w j / h)) as [a1 a2]. destruct (base_Int_part (v w' j / h)) as [b1 b2].
        rewrite ej in a1, a2.
        assert (d1 : -1 < v w j / h - v w' j / h < 1) by lra.
        replace (v w j - v w' j) with (h * (v w j / h - v w' j / h)) by (field; lra).
        rewrite Rpow_mult_distr. assert (0 < h ^ 2) by (apply pow_lt, hh).
        assert ((v w j / h - v w' j / h) ^ 2 < 1) by nra. nra. }
      assert (k2 : gauge m (fun j => self_affine m w j - self_affine m w' j) =
                   over (fun j => (v w j - v w' j) ^ 2)).
      { apply over_ext; intros j hj. unfold v, Rdiv. lra. }
      rewrite k2 in k.
      assert (k3 : over (fun j => (v w j - v w' j) ^ 2) <= card Dim * h ^ 2).
      { rewrite <- Sum_const. apply Sum_le; intros j. destruct (classic (P j)) as [hj|hj].
        - rewrite ind_true by exact hj. specialize (close j hj). lra.
        - rewrite ind_false by exact hj. assert (0 <= h ^ 2) by apply pow2_ge_0. lra. }
      assert (e3 : card Dim * h ^ 2 = 4 * / card Dim) by (unfold h; field; lra).
      destruct (Req_dec (card Dim) 1) as [h1|h1].
      - (* one direction: the bound is strict *)
        assert (k4 : over (fun j => (v w j - v w' j) ^ 2) < card Dim * h ^ 2).
        { destruct (classic (exists j, P j)) as [(j & hj)|hno].
          - rewrite <- Sum_const. apply Sum_lt.
            + intros b. destruct (classic (P b)) as [hb|hb].
              * rewrite ind_true by exact hb. specialize (close b hb). lra.
              * rewrite ind_false by exact hb. assert (0 <= h ^ 2) by apply pow2_ge_0. lra.
            + exists j. rewrite ind_true by exact hj. specialize (close j hj). lra.
          - rewrite (over_ext _ (fun _ => 0 * 0)) by (intros j hj; exfalso; apply hno; exists j; exact hj).
            rewrite over_scal. assert (0 < h ^ 2) by (apply pow_lt, hh). lra. }
        rewrite e3, h1, Rinv_1 in k4. lra.
      - assert (/ card Dim < 1) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra). lra. }
    set (M := fun j => Z.to_nat (up (/ shrink j ^ m / h))).
    assert (hM : forall j, P j -> IZR (Z.of_nat (M j)) = IZR (up (/ shrink j ^ m / h)) /\
              INR (2 * M j + 1) <= (card Dim + 3) * / shrink j ^ m).
    { intros j hj. destruct (shrink_range j hj) as [h1 h2].
      assert (hp : 0 < shrink j ^ m) by (apply pow_lt, h1).
      assert (hp1 : shrink j ^ m <= 1) by (rewrite <- (pow1 m); apply pow_incr; lra).
      assert (hi : 1 <= / shrink j ^ m) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      assert (hq : 0 <= / shrink j ^ m / h) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hh]).
      destruct (archimed (/ shrink j ^ m / h)) as [up1 up2].
      assert (hup : (0 <= up (/ shrink j ^ m / h))%Z) by (apply le_IZR; lra).
      assert (eM : IZR (Z.of_nat (M j)) = IZR (up (/ shrink j ^ m / h))) by (unfold M; rewrite Z2Nat.id; auto).
      assert (eI : INR (M j) = IZR (up (/ shrink j ^ m / h))) by (rewrite INR_IZR_INZ; exact eM).
      split; [exact eM|]. rewrite plus_INR, mult_INR, eI. simpl INR.
      assert (eq : / shrink j ^ m / h = card Dim / 2 * / shrink j ^ m) by (unfold h; field; lra).
      set (y := IZR (up (/ shrink j ^ m / h))) in *. rewrite eq in up2. lra. }
    assert (hcount : INR (length (@enum (word I m) (FiniteType_word I m))) <=
                     exp (sumL chosen (fun j => ln (card Dim + 3) + INR m * ln (outer j / s)))).
    { apply Rle_trans with (INR (length (choices (map (fun j => symmetric_range (M j)) chosen)))).
      - apply le_INR. rewrite <- (map_length box). apply NoDup_incl_length.
        + apply NoDup_map_injective; [exact hinj|apply enum_nodup].
        + intros c hc. apply in_map_iff in hc as (w & <- & _). unfold box. apply choices_in. intros j hj.
          apply chosen_in in hj. apply symmetric_range_in.
          assert (hb := hbox w j hj). destruct (hM j hj) as [eM _].
          destruct (archimed (/ shrink j ^ m / h)) as [up1 up2].
          assert (hv : Rabs (v w j / h) <= / shrink j ^ m / h).
          { unfold Rdiv. rewrite Rabs_mult, (Rabs_right (/ h)) by (left; apply Rinv_0_lt_compat, hh).
            apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hh|exact hb]. }
          assert (hj1 := Rle_abs (v w j / h)). assert (hj2 := Rle_abs (- (v w j / h))). rewrite Rabs_Ropp in hj2.
          destruct (base_Int_part (v w j / h)) as [b1 b2].
          assert (lo : IZR (- Z.of_nat (M j) - 1) < IZR (Int_part (v w j / h))).
          { rewrite minus_IZR, opp_IZR, eM. lra. }
          assert (hi : IZR (Int_part (v w j / h)) < IZR (Z.of_nat (M j))) by lra.
          apply lt_IZR in lo. apply lt_IZR in hi. lia.
      - rewrite choices_length. assert (hall : forall j, In j chosen -> P j) by (intros j; apply chosen_in).
        revert hall. generalize chosen. intros l hall. induction l as [|j l ihl].
        + change (1 <= exp 0). rewrite exp_0. lra.
        + change (INR (length (symmetric_range (M j)) *
                       fold_right (fun l n => (length l * n)%nat) 1%nat (map (fun j => symmetric_range (M j)) l))
                  <= exp (sumL (j :: l) (fun j => ln (card Dim + 3) + INR m * ln (outer j / s)))).
          rewrite mult_INR, sumL_cons, exp_plus, symmetric_range_length.
          assert (hj : P j) by (apply hall; left; reflexivity). destruct (hM j hj) as [_ hM2].
          destruct (shrink_range j hj) as [h1 _]. assert (hp : 0 < shrink j ^ m) by (apply pow_lt, h1).
          apply Rmult_le_compat; [apply pos_INR|apply pos_INR| |apply ihl; intros b hb; apply hall; right; exact hb].
          rewrite exp_plus, exp_ln by lra. eapply Rle_trans; [exact hM2|].
          right. f_equal. assert (ho := outer_pos j hj).
          replace (outer j / s) with (/ shrink j) by (unfold shrink; field; lra).
          assert (hi : 0 < / shrink j) by (apply Rinv_0_lt_compat, h1).
          change (exp (INR m * ln (/ shrink j))) with (Rpower (/ shrink j) (INR m)).
          rewrite Rpower_pow by exact hi. symmetry. apply pow_inv. }
    assert (hw : card I ^ m <= exp (sumL chosen (fun j => ln (card Dim + 3) + INR m * ln (outer j / s)))).
    { rewrite <- (card_word I m). exact hcount. }
    apply ln_le_mono in hw; [|apply pow_lt; lra]. rewrite ln_exp, ln_pow in hw by lra.
    rewrite sumL_plus, sumL_scal in hw. rewrite !over_chosen. exact hw.
  Qed.

  (** At most prod_j (1+theta) a_j/s points. *)
  Theorem ellipsoid_packing : ln (card I) <= over (fun j => ln ((1 + theta) * a j / s)).
  Proof.
    apply Rnot_lt_le; intros hlt. set (x := ln (card I)) in *. set (y := over (fun j => ln ((1 + theta) * a j / s))) in *.
    set (c := over (fun _ : Dim => ln (card Dim + 3))).
    assert (hbound : forall m, INR m * (x - y) <= c).
    { intros m. assert (k := words_bound m). fold c in k. change (over (fun j => ln (outer j / s))) with y in k.
      fold x in k. lra. }
    destruct (archimed (c / (x - y))) as [h1 _].
    assert (hc : 0 <= c) by (specialize (hbound O); simpl in hbound; lra).
    assert (hq : 0 <= c / (x - y)) by (apply Rmult_le_pos; [exact hc|left; apply Rinv_0_lt_compat; lra]).
    assert (hz : (0 <= up (c / (x - y)))%Z) by (apply le_IZR; lra).
    specialize (hbound (Z.to_nat (up (c / (x - y))))). rewrite INR_IZR_INZ, Z2Nat.id in hbound by exact hz.
    apply (Rmult_gt_compat_r (x - y)) in h1; [|lra].
    replace (c / (x - y) * (x - y)) with c in h1 by (field; lra). lra.
  Qed.
End Ellipsoid.

(** * The covering lemma for ellipsoids, repaired

    G06: {Sigma^{1/2} theta : ||theta|| <= R} has a cover of resolution eps whose log-size is at most
    sum_{lambda_i > l} log(4(1+sqrt3/2) R sqrt lambda_i/(sqrt3 eps)) at l = eps^2/(4R^2), hence at most
    2 d_l log+(5R sqrt lambda_1/eps).  The centres are points of the ellipsoid.  G07: with any other ridge there
    is no such bound, whatever the constant.

    Serves G06, G07. *)

(** Distinct points need distinct centres if no centre serves two of them. *)
Lemma separated_count {A J : Type} {FA : FiniteType A} {FJ : FiniteType J} (near : A -> J -> Prop) :
  (forall a, exists j, near a j) -> (forall j a a', near a j -> near a' j -> a = a') -> card A <= card J.
Proof.
  intros h1 h2. rewrite <- (Rmult_1_r (card A)), <- (Rmult_1_r (card J)), <- !Sum_const.
  apply Rle_trans with (Sum (fun a => Sum (fun j => ind (near a j)))).
  - apply Sum_le; intros a. destruct (h1 a) as (j & hj). rewrite <- (ind_true (near a j) hj).
    apply (Sum_term_le (fun j => ind (near a j))). intros; apply ind_nonneg.
  - rewrite Sum_swap. apply Sum_le; intros j. destruct (classic (exists a, near a j)) as [(a & ha)|hno].
    + rewrite (Sum_ext _ (fun b => ind (b = a) * 1)); [rewrite (Sum_pick (fun _ => 1)); lra|].
      intros b. rewrite Rmult_1_r. apply ind_iff. split; [intros hb; apply (h2 j); assumption|intros ->; exact ha].
    + rewrite (Sum_ext _ (fun _ => 0)); [rewrite Sum_zero; lra|].
      intros b. apply ind_false. intros hb. apply hno; exists b; exact hb.
Qed.

Section Cover.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types (Sigma e : Dim -> Dim -> R) (lam : Dim -> R).

  (** Every point of the R-ball is within eps of a centre in the norm ||Sigma^{1/2} u||: a cover of the
      ellipsoid {Sigma^{1/2} theta : ||theta|| <= R}. *)
  Definition covers Sigma (radius eps : R) {J : Type} (c : J -> Dim -> R) : Prop :=
    forall theta, norm theta <= radius -> exists j, quadratic Sigma (fun k => theta k - c j k) <= eps ^ 2.

  (** A maximal packing of an ellipsoid is a net of it. *)
  Lemma ellipsoid_net (P : Dim -> Prop) (a : Dim -> R) s theta : 0 < s -> 0 < theta ->
    (forall j, P j -> s <= theta * a j) ->
    exists (m : nat) (p : upto m -> Dim -> R),
      (forall i, over P (fun j => (p i j / a j) ^ 2) <= 1) /\
      ln (card (upto m)) <= over P (fun j => ln ((1 + theta) * a j / s)) /\
      forall u, over P (fun j => (u j / a j) ^ 2) <= 1 -> exists i, over P (fun j => (u j - p i j) ^ 2) < (2 * s) ^ 2.
  Proof.
    intros hs ht ha. set (Q := over P (fun j => ln ((1 + theta) * a j / s))).
    apply NNPP. intros hno.
    assert (hall : forall m, exists p : upto m -> Dim -> R,
      (forall i, over P (fun j => (p i j / a j) ^ 2) <= 1) /\
      (forall i i', i <> i' -> (2 * s) ^ 2 <= over P (fun j => (p i j - p i' j) ^ 2))).
    { induction m as [|m (p & hb & hp)].
      - exists (fun _ _ => 0). split.
        + intros i. rewrite (over_ext P _ (fun _ => 0 * 0)) by (intros; unfold Rdiv; lra).
          rewrite over_scal. lra.
        + intros [] [] hne. congruence.
      - destruct (classic (exists u, over P (fun j => (u j / a j) ^ 2) <= 1 /\
            forall i, (2 * s) ^ 2 <= over P (fun j => (u j - p i j) ^ 2))) as [(u & hu & hfar)|hnet].
        + exists (fun i : option (upto m) => match i with None => u | Some i' => p i' end). split.
          * intros [i|]; [apply hb|exact hu].
          * intros [i|] [i'|] hne; [apply hp; congruence| |apply hfar|congruence].
            rewrite (over_ext P _ (fun j => (u j - p i j) ^ 2)) by (intros; lra). apply hfar.
        + exfalso. apply hno. exists m, p. split; [exact hb|]. split.
          * apply (ellipsoid_packing P a s theta hs ht ha (upto m) p hb hp).
          * intros u hu. apply NNPP. intros hfar. apply hnet. exists u. split; [exact hu|].
            intros i. apply Rnot_lt_le. intros hlt. apply hfar. exists i. exact hlt. }
    assert (hQ : forall m, INR (S m) <= exp Q).
    { intros m. destruct (hall m) as (p & hb & hp). rewrite <- card_upto.
      assert (k := ellipsoid_packing P a s theta hs ht ha (upto m) p hb hp). fold Q in k.
      rewrite <- (exp_ln (card (upto m))) by (generalize (@card_ge_1 (upto m) _); lra). apply exp_le, k. }
    destruct (archimed (exp Q)) as [h1 _]. assert (q0 := exp_pos Q).
    assert (hz : (0 <= up (exp Q))%Z) by (apply le_IZR; lra).
    specialize (hQ (Z.to_nat (up (exp Q)))). rewrite S_INR, INR_IZR_INZ, Z2Nat.id in hQ by exact hz. lra.
  Qed.

  (** The vector with given coordinates in the basis. *)
  Definition combination e (f : Dim -> R) : Dim -> R := fun k => Sum (fun i => f i * e i k).

  Lemma combination_dot e f i : orthonormal_basis e -> dot (combination e f) (e i) = f i.
  Proof.
    intros [ho _]. unfold dot, combination.
    rewrite (Sum_ext _ (fun k => Sum (fun i' => f i' * (e i' k * e i k)))).
    - rewrite Sum_swap. rewrite (Sum_ext _ (fun i' => f i' * ind (i' = i))).
      + apply pick_right.
      + intros i'. rewrite Sum_scal. f_equal. apply ho.
    - intros k. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros; lra.
  Qed.

  Lemma dot_minus_l u v w : dot (fun k : Dim => u k - v k) w = dot u w - dot v w.
  Proof. unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; lra. Qed.

  (** G06: the cover, with its log-size direction by direction. *)
  Theorem G06_covering Sigma e lam radius eps : spectral Sigma e lam -> 0 < radius -> 0 < eps ->
    let l := eps ^ 2 / (4 * radius ^ 2) in
    exists (m : nat) (c : upto m -> Dim -> R),
      (forall i, norm (c i) <= radius) /\ covers Sigma radius eps c /\
      ln (card (upto m)) <= Sum (fun i => ind (l < lam i) *
        ln (4 * (1 + sqrt 3 / 2) * radius * sqrt (lam i) / (sqrt 3 * eps))).
  Proof.
    intros hsp hr he l. assert (hsp' := hsp). destruct hsp' as (hb & hl & _).
    assert (h3 : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
    assert (h33 : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra).
    assert (hr2 : 0 < radius ^ 2) by (apply pow_lt, hr). assert (he2 : 0 < eps ^ 2) by (apply pow_lt, he).
    assert (hl0 : 0 < l) by (apply Rdiv_lt_0_compat; lra).
    assert (el : l * (4 * radius ^ 2) = eps ^ 2) by (unfold l; field; lra).
    set (P := fun i => l < lam i). set (a := fun i => radius * sqrt (lam i)).
    set (s := sqrt 3 * eps / 4). set (theta := sqrt 3 / 2).
    assert (hs : 0 < s) by (unfold s; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
    assert (hroot : forall i, P i -> 0 < sqrt (lam i)) by (intros i hi; apply sqrt_lt_R0; unfold P in hi; lra).
    assert (haxes : forall j, P j -> s <= theta * a j).
    { intros j hj. unfold s, theta, a. assert (k : eps / 2 <= radius * sqrt (lam j)).
      { apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [lra|apply sqrt_pos]]. unfold Rsqr.
        replace (radius * sqrt (lam j) * (radius * sqrt (lam j))) with (radius ^ 2 * (sqrt (lam j) * sqrt (lam j))) by lra.
        rewrite sqrt_sqrt by apply hl. unfold P in hj. nra. }
      nra. }
    destruct (ellipsoid_net P a s theta hs ltac:(unfold theta; lra) haxes) as (m & p & hin & hcard & hnet).
    set (f := fun i j => ind (P j) * (p i j / sqrt (lam j))).
    exists m, (fun i => combination e (f i)).
    assert (coord : forall i j, dot (combination e (f i)) (e j) = f i j) by (intros; apply combination_dot, hb).
    split; [|split].
    - intros i. apply Rsqr_incr_0_var; [|lra]. unfold Rsqr. rewrite (basis_norm e _ hb).
      rewrite (Sum_ext _ (fun j => f i j ^ 2)) by (intros; rewrite coord; reflexivity).
      apply Rle_trans with (radius ^ 2 * over P (fun j => (p i j / a j) ^ 2)).
      + right. unfold over, E. rewrite <- Sum_scal. apply Sum_ext; intros j. unfold f, a.
        destruct (classic (P j)) as [hj|hj].
        * rewrite ind_true by exact hj. assert (k := hroot j hj). field. lra.
        * rewrite ind_false by exact hj. lra.
      + specialize (hin i). nra.
    - intros th hth. set (t := fun j => dot th (e j)). set (u := fun j => sqrt (lam j) * t j).
      assert (ht : Sum (fun j => t j ^ 2) <= radius ^ 2).
      { unfold t. rewrite <- (basis_norm e th hb). assert (k := norm_nonneg th). nra. }
      destruct (hnet u) as (i & hi).
      + apply Rle_trans with (/ radius ^ 2 * Sum (fun j => t j ^ 2)).
        * rewrite <- Sum_scal. apply Sum_le; intros j. destruct (classic (P j)) as [hj|hj].
          -- rewrite ind_true by exact hj. assert (k := hroot j hj). right. unfold u, a. field. lra.
          -- rewrite ind_false, Rmult_0_l by exact hj.
             apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, hr2|apply pow2_ge_0].
        * apply (Rmult_le_reg_l (radius ^ 2)); [exact hr2|]. rewrite <- Rmult_assoc, Rinv_r by lra. lra.
      + exists i. rewrite (quadratic_spectral Sigma e lam _ hsp).
        apply Rle_trans with (over P (fun j => (u j - p i j) ^ 2) + l * Sum (fun j => t j ^ 2)).
        * unfold over, E. rewrite <- Sum_scal, <- Sum_plus. apply Sum_le; intros j.
          rewrite dot_minus_l, coord. fold (t j). assert (h2 := pow2_ge_0 (t j)). unfold f.
          destruct (classic (P j)) as [hj|hj].
          -- rewrite !(ind_true (P j)) by exact hj. assert (k := hroot j hj).
             assert (hll : lam j = sqrt (lam j) * sqrt (lam j)) by (rewrite sqrt_sqrt; [reflexivity|apply hl]).
             apply Rle_trans with ((u j - p i j) ^ 2); [|nra]. right.
             rewrite hll at 1. unfold u. field. lra.
          -- rewrite !(ind_false (P j)) by exact hj. unfold P in hj. specialize (hl j).
             replace (t j - 0 * (p i j / sqrt (lam j))) with (t j) by lra.
             assert (lam j * t j ^ 2 <= l * t j ^ 2) by (apply Rmult_le_compat_r; lra). lra.
        * assert (e4 : (2 * s) ^ 2 = 3 / 4 * eps ^ 2).
          { unfold s. replace ((2 * (sqrt 3 * eps / 4)) ^ 2) with ((sqrt 3 * sqrt 3) * (eps ^ 2 / 4)) by lra.
            rewrite h33. lra. }
          rewrite e4 in hi. assert (l * Sum (fun j => t j ^ 2) <= l * radius ^ 2) by (apply Rmult_le_compat_l; lra).
          lra.
    - eapply Rle_trans; [exact hcard|]. right. unfold over, E. apply Sum_ext; intros j. f_equal. f_equal.
      unfold theta, a, s. field. lra.
  Qed.

  (** G06: at the ridge l = eps^2/(4R^2) the log-covering number is at most 2 d_l log+(5R sqrt lambda_1/eps). *)
  Theorem G06_effective_dimension Sigma e lam radius eps d : spectral Sigma e lam -> 0 < radius -> 0 < eps ->
    is_effective_dimension Sigma (eps ^ 2 / (4 * radius ^ 2)) d ->
    exists (m : nat) (c : upto m -> Dim -> R),
      (forall i, norm (c i) <= radius) /\ covers Sigma radius eps c /\
      ln (card (upto m)) <= 2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / eps)).
  Proof.
    intros hsp hr he hd. set (l := eps ^ 2 / (4 * radius ^ 2)) in *.
    assert (hl0 : 0 < l).
    { assert (0 < radius ^ 2) by (apply pow_lt, hr). assert (0 < eps ^ 2) by (apply pow_lt, he).
      apply Rdiv_lt_0_compat; lra. }
    apply (G01_effective_dimension Sigma e lam l d hsp hl0) in hd. subst d.
    destruct (G06_covering Sigma e lam radius eps hsp hr he) as (m & c & h1 & h2 & h3). fold l in h3.
    exists m, c. split; [exact h1|]. split; [exact h2|]. eapply Rle_trans; [exact h3|].
    assert (hl : forall i, 0 <= lam i) by apply hsp.
    assert (q3 : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
    assert (q33 : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra).
    set (L := Rmax 0 (ln (5 * radius * sqrt (Max lam) / eps))).
    assert (hL : 0 <= L) by apply Rmax_l.
    replace (2 * Sum (fun i => lam i / (lam i + l)) * L) with (Sum (fun i => 2 * L * (lam i / (lam i + l))))
      by (rewrite Sum_scal; lra).
    apply Sum_le; intros i. destruct (classic (l < lam i)) as [hi|hi].
    - rewrite ind_true, Rmult_1_l by exact hi.
      assert (hs : 0 < sqrt (lam i)) by (apply sqrt_lt_R0; lra).
      assert (hm : sqrt (lam i) <= sqrt (Max lam)) by (apply sqrt_le_1_alt, Max_ge).
      apply Rle_trans with L.
      + eapply Rle_trans; [|apply Rmax_r]. apply ln_le_mono.
        * repeat first [apply Rdiv_lt_0_compat | apply Rmult_lt_0_compat]; lra.
        * apply Rle_trans with (5 * radius * sqrt (lam i) / eps).
          -- replace (4 * (1 + sqrt 3 / 2) * radius * sqrt (lam i) / (sqrt 3 * eps))
               with (4 * (1 + sqrt 3 / 2) / sqrt 3 * (radius * sqrt (lam i) / eps)) by (field; lra).
             replace (5 * radius * sqrt (lam i) / eps) with (5 * (radius * sqrt (lam i) / eps)) by lra.
             apply Rmult_le_compat_r.
             ++ left. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra.
             ++ apply (Rmult_le_reg_r (sqrt 3)); [exact q3|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra.
                assert (4 / 3 <= sqrt 3) by (apply Rsqr_incr_0_var; [unfold Rsqr|]; lra). lra.
          -- apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, he|]. apply Rmult_le_compat_l; lra.
      + assert (1 / 2 <= lam i / (lam i + l)).
        { apply (Rmult_le_reg_r (lam i + l)); [lra|]. unfold Rdiv at 2. rewrite Rmult_assoc, Rinv_l; lra. }
        nra.
    - rewrite ind_false, Rmult_0_l by exact hi. specialize (hl i).
      apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [exact hl|left; apply Rinv_0_lt_compat; lra].
  Qed.
End Cover.

(** ** G07: no other ridge *)

Lemma rank_injective T (i i' : upto T) : rank T i = rank T i' -> i = i'.
Proof.
  induction T as [|T ih]; [destruct i, i'; reflexivity|].
  destruct i as [i|], i' as [i'|]; simpl; intros h; try discriminate; [|reflexivity].
  f_equal. apply ih. lia.
Qed.

Lemma norm_unit (u : unit -> R) : norm u = Rabs (u tt).
Proof.
  unfold norm, dot, Sum, sumL. simpl. rewrite Rplus_0_r. fold (Rsqr (u tt)). apply sqrt_Rsqr_abs.
Qed.

Lemma quadratic_unit (u : unit -> R) : quadratic identity u = u tt ^ 2.
Proof.
  unfold quadratic, identity, Sum, sumL. simpl. rewrite ind_true by reflexivity. lra.
Qed.

Lemma unit_spectral : spectral (Dim := unit) identity identity (fun _ => 1).
Proof.
  split; [exact axes_basis|]. split; [intros; lra|]. intros j k. unfold identity, Sum, sumL. simpl.
  destruct j, k. rewrite ind_true by reflexivity. lra.
Qed.

(** d = 1, Sigma = 1, R = 1, eps = 1/10: the covering number is 10 ... *)
Theorem G07_covering_number :
  (exists c : upto 9 -> unit -> R, covers identity 1 (1 / 10) c) /\
  forall (J : Type) (FJ : FiniteType J) (c : J -> unit -> R), covers identity 1 (1 / 10) c -> 10 <= card J.
Proof.
  split.
  - exists (fun i _ => -1 + 1 / 10 + 2 / 10 * INR (rank 9 i)). intros th hth. rewrite norm_unit in hth.
    set (t := th tt) in *. assert (ht : -1 <= t <= 1).
    { assert (k1 := Rle_abs t). assert (k2 := Rle_abs (- t)). rewrite Rabs_Ropp in k2. lra. }
    assert (hk : exists k, (k <= 9)%nat /\ Rabs (t - (-1 + 1 / 10 + 2 / 10 * INR k)) <= 1 / 10).
    { destruct (nfloor_ex (5 * (t + 1)) ltac:(lra)) as (k & k1 & k2).
      destruct (le_lt_dec k 9) as [h|h].
      - exists k. split; [exact h|]. apply Rabs_le. lra.
      - exists 9%nat. split; [lia|]. apply (le_INR 10) in h. simpl in h |- *. apply Rabs_le. lra. }
    destruct hk as (k & hk & hd). exists (nth_index 9 k). rewrite quadratic_unit, rank_nth by exact hk.
    fold t. rewrite <- (pow2_abs (t - _)). apply pow_incr. split; [apply Rabs_pos|exact hd].
  - intros J FJ c hc.
    assert (e : 10 = card (upto 9)) by (rewrite card_upto; simpl; lra). rewrite e.
    set (x := fun i : upto 9 => -1 + 2 / 9 * INR (rank 9 i)).
    apply (separated_count (fun i j => Rabs (x i - c j tt) <= 1 / 10)).
    + intros i. assert (hx : norm (fun _ : unit => x i) <= 1).
      { rewrite norm_unit. unfold x. assert (h : (rank 9 i <= 9)%nat).
        { clear. generalize 9%nat i. intros T j. induction T as [|T ih]; [simpl; lia|].
          destruct j as [j|]; simpl; [specialize (ih j); lia|lia]. }
        apply le_INR in h. assert (h0 := pos_INR (rank 9 i)).
        assert (e9 : INR 9 = 9) by (simpl; lra). rewrite e9 in h. apply Rabs_le. lra. }
      destruct (hc _ hx) as (j & hj). exists j. rewrite quadratic_unit in hj.
      apply Rabs_le. nra.
    + intros j i i' h h'. apply rank_injective. apply INR_eq. unfold x in h, h'.
      apply Rabs_le_between in h. apply Rabs_le_between in h'.
      assert (hd : Rabs (INR (rank 9 i) - INR (rank 9 i')) < 1) by (apply Rabs_def1; lra).
      destruct (Nat.eq_dec (rank 9 i) (rank 9 i')) as [->|hne]; [reflexivity|exfalso].
      apply Rabs_def2 in hd. destruct (Nat.lt_trichotomy (rank 9 i) (rank 9 i')) as [hlt|[hlt|hlt]]; [|contradiction|].
      * assert (hs : (S (rank 9 i) <= rank 9 i')%nat) by lia. apply le_INR in hs. rewrite S_INR in hs. lra.
      * assert (hs : (S (rank 9 i') <= rank 9 i)%nat) by lia. apply le_INR in hs. rewrite S_INR in hs. lra.
Qed.

(** ... while d_l = 1/(1+l) vanishes: for every constant C some ridge l makes C d_l log(1 + R/eps) smaller than
    the log-size of every cover. *)
Theorem G07_no_universal_constant : forall C : R, exists l d : R,
  0 < l /\ is_effective_dimension (Dim := unit) identity l d /\
  forall (J : Type) (FJ : FiniteType J) (c : J -> unit -> R), covers identity 1 (1 / 10) c ->
    C * d * ln (1 + 1 / (1 / 10)) < ln (card J).
Proof.
  intros C. destruct (G07_no_constant C) as (l & hl & h). exists l, (1 / (1 + l)).
  split; [exact hl|]. split.
  - apply (G01_effective_dimension identity identity (fun _ => 1) l _ unit_spectral hl).
    unfold Sum, sumL. simpl. lra.
  - intros J FJ c hc. eapply Rlt_le_trans; [exact h|]. apply ln_le_mono; [lra|].
    apply (proj2 G07_covering_number J FJ c hc).
Qed.

(** * Ridge schedules under exponential decay

    Sigma with eigenvalues e^-1, ..., e^-d.  At the ridge 1/d the effective dimension lies between
    (log d - 1)/2 and log d + 2: a single logarithm, and no multiple of log log d bounds it for every d.  At
    1/sqrt n it is at most log(n)/2 + 2 whatever d is, at 1/log d at most log log d + 2.

    Serves G08. *)

Lemma partial_sum_first (f : nat -> R) n : partial_sum f (S n) = f O + partial_sum (fun i => f (S i)) n.
Proof.
  change (S n) with (1 + n)%nat. rewrite partial_sum_split. unfold range_sum. simpl partial_sum at 1.
  rewrite Rplus_0_l. reflexivity.
Qed.

Lemma Sum_rank T (f : nat -> R) : Sum (fun i : upto T => f (rank T i)) = partial_sum f (S T).
Proof.
  revert f; induction T as [|T ih]; intros f; [unfold Sum, sumL; simpl; lra|].
  rewrite partial_sum_first, <- (ih (fun i => f (S i))).
  unfold Sum at 1. change (@enum (upto (S T)) (FiniteType_upto (S T)))
    with (None :: map Some (@enum (upto T) (FiniteType_upto T))).
  rewrite sumL_cons, sumL_map. reflexivity.
Qed.

(** The eigenvalue e^{-i}, i = 1, ..., d. *)
Definition decay (i : nat) : R := exp (- INR (S i)).

(** The diagonal matrix diag(e^-1, ..., e^-d), d = T + 1. *)
Definition decaying (T : nat) : upto T -> upto T -> R := diagonal (fun i => decay (rank T i)).

Lemma decay_nonneg i : 0 <= decay i.
Proof. left; apply exp_pos. Qed.

(** Its effective dimension. *)
Lemma decaying_dimension T l d : 0 < l ->
  is_effective_dimension (decaying T) l d <-> d = effective_dimension decay l (S T).
Proof.
  intros hl. rewrite (G01_effective_dimension (decaying T) identity (fun i => decay (rank T i)) l d).
  - rewrite (Sum_rank T (fun i => decay i / (decay i + l))). reflexivity.
  - apply diagonal_spectral. intros; apply decay_nonneg.
  - exact hl.
Qed.

(** Every ridge l < 1 has d_l <= log(1/l) + 1 + 1/(e-1), whatever d. *)
Theorem G08_upper : forall (T : nat) (l d : R), 0 < l -> l <= 1 -> is_effective_dimension (decaying T) l d ->
  d <= ln (1 / l) + 1 + 1 / (exp 1 - 1).
Proof.
  intros T l d hl hl1 hd. apply (decaying_dimension T l d hl) in hd. subst d.
  assert (hq : 1 <= 1 / l) by (apply le_div; lra). assert (h0 : 0 <= ln (1 / l)) by (apply ln_nonneg, hq).
  destruct (nfloor_ex (ln (1 / l)) h0) as (k & hk & hk').
  apply Rle_trans with (effective_dimension decay l (S k + S T)).
  - unfold effective_dimension. rewrite Nat.add_comm, partial_sum_split.
    assert (0 <= range_sum (fun i => decay i / (decay i + l)) (S T) (S k)); [|lra].
    apply (proj1 (G01_rank (fun i => decay (S T + i)%nat) l (S k) hl (fun i => decay_nonneg _))).
  - eapply Rle_trans; [apply (G03_exponential decay 1 1 l (S k) (S T)); try lra|].
    + intros i; apply decay_nonneg.
    + intros i. unfold decay. rewrite !Rmult_1_l. lra.
    + unfold Rdiv at 1. rewrite Rinv_1, Rmult_1_r, S_INR. lra.
    + rewrite S_INR. lra.
Qed.

(** (log d - 1)/2 <= d_l at l = 1/d. *)
Theorem G08_lower : forall (T : nat) (d : R), is_effective_dimension (decaying T) (/ INR (S T)) d ->
  (ln (INR (S T)) - 1) / 2 <= d.
Proof.
  intros T d hd. assert (hT : 1 <= INR (S T)) by (apply (le_INR 1); lia).
  assert (hl : 0 < / INR (S T)) by (apply Rinv_0_lt_compat; lra).
  apply (decaying_dimension T _ d hl) in hd. subst d.
  assert (h0 : 0 <= ln (INR (S T))) by (apply ln_nonneg, hT).
  destruct (nfloor_ex _ h0) as (k & hk & hk').
  assert (hkT : (k <= S T)%nat).
  { apply INR_le. assert (e := ln_le_sub_1 (INR (S T)) ltac:(lra)). lra. }
  replace (S T) with (k + (S T - k))%nat at 3 by lia.
  apply Rle_trans with (INR k / 2); [lra|].
  apply G02_count; [exact hl|apply decay_nonneg|].
  intros i hi. unfold decay. rewrite exp_Ropp. apply Rinv_le_contravar; [apply exp_pos|].
  apply Rle_trans with (exp (ln (INR (S T)))).
  - apply exp_le. apply Rle_trans with (INR k); [apply le_INR; lia|exact hk].
  - rewrite exp_ln by lra. lra.
Qed.

(** At l = 1/d: (log d - 1)/2 <= d_l <= log d + 2, a single logarithm. *)
Theorem G08_single_logarithm_exact : forall (T : nat) (d : R),
  is_effective_dimension (decaying T) (/ INR (S T)) d ->
  (ln (INR (S T)) - 1) / 2 <= d /\ d <= ln (INR (S T)) + 2.
Proof.
  intros T d hd. split; [apply G08_lower, hd|].
  assert (hT : 1 <= INR (S T)) by (apply (le_INR 1); lia).
  assert (k := G08_upper T (/ INR (S T)) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / INR (S T)) with (INR (S T)) in k by (field; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** No constant: for every C some d has d_l > C log log d at l = 1/d. *)
Theorem G08_no_double_logarithm : forall C : R, exists T : nat, 1 < ln (INR (S T)) /\
  forall d, is_effective_dimension (decaying T) (/ INR (S T)) d -> C * ln (ln (INR (S T))) < d.
Proof.
  intros C. set (K := Rabs C + 1).
  assert (hK : 1 <= K /\ C <= K).
  { unfold K. assert (h1 := Rle_abs C). assert (h2 := Rabs_pos C). lra. }
  set (y := exp (64 * K ^ 2)).
  destruct (nfloor_ex y ltac:(left; apply exp_pos)) as (T & hT & hT').
  exists T. rewrite <- S_INR in hT'. set (x := INR (S T)) in *.
  assert (hx : 64 * K ^ 2 < ln x).
  { rewrite <- (ln_exp (64 * K ^ 2)). apply ln_increasing; [apply exp_pos|exact hT']. }
  assert (hK2 : 1 <= K ^ 2) by nra.
  split; [lra|].
  intros d hd. assert (hlow := G08_lower T d hd). fold x in hlow.
  apply Rlt_le_trans with ((ln x - 1) / 2); [|exact hlow].
  set (l := ln x) in *. assert (hl : 0 < l) by lra.
  assert (hln : ln l <= 2 * sqrt l).
  { assert (hs : 0 < sqrt l) by (apply sqrt_lt_R0, hl).
    rewrite <- (sqrt_sqrt l) at 1 by lra. rewrite ln_mult by exact hs.
    assert (e := ln_le_sub_1 (sqrt l) hs). lra. }
  assert (hl1 : 0 <= ln l) by (apply ln_nonneg; lra).
  assert (hsq : 8 * K <= sqrt l) by (apply le_sqrt_of_sq; nra).
  assert (hss : sqrt l * sqrt l = l) by (apply sqrt_sqrt; lra).
  assert (h1 : C * ln l <= K * (2 * sqrt l)).
  { apply Rle_trans with (K * ln l); [apply Rmult_le_compat_r; lra|apply Rmult_le_compat_l; lra]. }
  nra.
Qed.

(** At l = 1/sqrt n the bound is free of d ... *)
Theorem G08_sample_ridge_bound : forall (T : nat) (n d : R), 1 <= n ->
  is_effective_dimension (decaying T) (/ sqrt n) d -> d <= ln n / 2 + 2.
Proof.
  intros T n d hn hd.
  assert (hs : 1 <= sqrt n) by (apply le_sqrt_of_sq; lra).
  assert (k := G08_upper T (/ sqrt n) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / sqrt n) with (sqrt n) in k by (field; lra). rewrite ln_sqrt in k by lra.
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** ... and at l = 1/log d it is doubly logarithmic. *)
Theorem G08_doubly_logarithmic_ridge : forall (T : nat) (d : R), 1 <= ln (INR (S T)) ->
  is_effective_dimension (decaying T) (/ ln (INR (S T))) d -> d <= ln (ln (INR (S T))) + 2.
Proof.
  intros T d hl hd.
  assert (k := G08_upper T (/ ln (INR (S T))) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / ln (INR (S T))) with (ln (INR (S T))) in k by (field; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** The ridge that F06 needs, l = B^2/(4 R^2 beta^2 n^2) at beta = 1/sqrt n and the radius
    R = (1 + sqrt n)^rounds r that keeps A-REAL: d_l <= (rounds + 1) log n + 2 rounds log 2 + log(4 r^2/B^2) + 2,
    of order rounds log n, whatever d. *)
Theorem G08_resolution_ridge : forall (T rounds : nat) (n B r d : R), 1 <= n -> 0 < B -> 0 < r ->
  let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
  l <= 1 -> is_effective_dimension (decaying T) l d ->
  d <= INR (S rounds) * ln n + 2 * INR rounds * ln 2 + ln (4 * r ^ 2 / B ^ 2) + 2.
Proof.
  intros T rounds n B r d hn hB hr l hl1 hd.
  assert (hs : 1 <= sqrt n) by (apply le_sqrt_of_sq; lra).
  assert (hss : sqrt n * sqrt n = n) by (apply sqrt_sqrt; lra).
  assert (hB2 : 0 < B ^ 2) by (apply pow_lt, hB). assert (hr2 : 0 < r ^ 2) by (apply pow_lt, hr).
  assert (hp : 0 < (1 + sqrt n) ^ rounds) by (apply pow_lt; lra).
  assert (el : l = B ^ 2 / (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * n)).
  { unfold l. f_equal.
    assert (ei : (/ sqrt n) ^ 2 * n ^ 2 = n).
    { replace (n ^ 2) with ((sqrt n * sqrt n) ^ 2) by (rewrite hss; reflexivity).
      rewrite <- hss at 4. field. lra. }
    replace (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * n)
      with (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * ((/ sqrt n) ^ 2 * n ^ 2)) by (rewrite ei; reflexivity). lra. }
  assert (hl : 0 < l).
  { assert (hp2 : 0 < ((1 + sqrt n) ^ rounds) ^ 2) by (apply pow_lt, hp).
    rewrite el. apply Rdiv_lt_0_compat; [exact hB2|]. repeat apply Rmult_lt_0_compat; lra. }
  assert (k := G08_upper T l d hl hl1 hd).
  assert (hp2 : 0 < ((1 + sqrt n) ^ rounds) ^ 2) by (apply pow_lt, hp).
  assert (e1 : 1 / l = 4 * r ^ 2 / B ^ 2 * (((1 + sqrt n) ^ rounds) ^ 2 * n)).
  { rewrite el. field. repeat split; lra. }
  assert (hq : 0 < 4 * r ^ 2 / B ^ 2) by (apply Rdiv_lt_0_compat; lra).
  assert (e2 : ln (1 / l) = ln (4 * r ^ 2 / B ^ 2) + (2 * (INR rounds * ln (1 + sqrt n)) + ln n)).
  { assert (hn0 : 0 < n) by lra. assert (hs1 : 0 < 1 + sqrt n) by lra.
    rewrite e1, (ln_mult _ _ hq (Rmult_lt_0_compat _ _ hp2 hn0)), (ln_mult _ _ hp2 hn0).
    rewrite ln_pow by exact hp. rewrite ln_pow by exact hs1. simpl (INR 2). lra. }
  rewrite e2 in k.
  assert (h2 : ln (1 + sqrt n) <= ln 2 + ln n / 2).
  { rewrite <- ln_sqrt, <- ln_mult by lra. apply ln_le; lra. }
  assert (hr0 := pos_INR rounds).
  assert (h3 : INR rounds * ln (1 + sqrt n) <= INR rounds * (ln 2 + ln n / 2)) by (apply Rmult_le_compat_l; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra).
  rewrite S_INR. lra.
Qed.

(** Its hypotheses can be met. *)
Theorem G08_resolution_ridge_instance : exists (T rounds : nat) (n B r d : R), 1 <= n /\ 0 < B /\ 0 < r /\
  let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
  l <= 1 /\ is_effective_dimension (decaying T) l d.
Proof.
  exists O, O, 1, 1, 1, (effective_dimension decay (1 / 4) 1). repeat split; try lra.
  - rewrite sqrt_1. simpl. lra.
  - assert (e : 1 ^ 2 / (4 * ((1 + sqrt 1) ^ 0 * 1) ^ 2 * (/ sqrt 1) ^ 2 * 1 ^ 2) = 1 / 4)
      by (rewrite sqrt_1; simpl; lra).
    rewrite e. apply (decaying_dimension 0 (1 / 4)); [lra|reflexivity].
Qed.

(** * The effective dimension of a form under decay of its spectrum

    The k-split and the count for every positive semidefinite form and every set of directions, hence spiked
    spectra; exponential and polynomial decay of the eigenvalues lambda_1, ..., lambda_d in any orthonormal
    basis.

    Serves G02-G05, G09. *)

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
      with (Sum (fun i => / l * (ind (~ S i) * lam i))) by (rewrite Sum_scal; unfold Rdiv; lra).
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
