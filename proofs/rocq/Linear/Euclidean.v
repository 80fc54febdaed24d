(** * Euclidean space over a finite index set

    The norm of [Horizon] on [Dim -> R]: Cauchy-Schwarz, the triangle inequality, distances.  What F01 and
    Theorem 6.2 need of R^d, for every dimension [d >= 1]. *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Import Finite.Sum Finite.Space Linear.Recovery Linear.Horizon.
Open Scope R_scope.

Section Euclidean.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types u v w : Dim -> R.

  (** The dimension, as a natural number. *)
  Definition dimension : nat := length (@enum Dim FD).

  (** [||u - v||]. *)
  Definition distance u v : R := norm (fun j => u j - v j).

  Lemma card_dimension : card Dim = INR dimension.
  Proof. reflexivity. Qed.

  Lemma dimension_pos : (0 < dimension)%nat.
  Proof. assert (h := @enum_nonempty Dim FD). unfold dimension. lia. Qed.

  Lemma dot_self_nonneg u : 0 <= dot u u.
  Proof. apply Sum_nonneg; intros j. generalize (Rle_0_sqr (u j)). unfold Rsqr. lra. Qed.

  Lemma norm_nonneg u : 0 <= norm u.
  Proof. apply sqrt_pos. Qed.

  Lemma norm_square u : norm u * norm u = dot u u.
  Proof. apply sqrt_sqrt, dot_self_nonneg. Qed.

  Lemma norm_ext u v : (forall j, u j = v j) -> norm u = norm v.
  Proof. intros h. unfold norm, dot. f_equal. apply Sum_ext; intros j. rewrite h; reflexivity. Qed.

  Lemma norm_zero : norm (fun _ : Dim => 0) = 0.
  Proof.
    unfold norm, dot. rewrite (Sum_ext _ (fun _ => 0)) by (intros; ring). rewrite Sum_zero. apply sqrt_0.
  Qed.

  Lemma coordinate_le_norm u j : Rabs (u j) <= norm u.
  Proof.
    rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. unfold Rsqr.
    apply (Sum_term_le (fun i => u i * u i)). intros i. generalize (Rle_0_sqr (u i)). unfold Rsqr. lra.
  Qed.

  Lemma dot_le_norm u v : dot u v <= norm u * norm v.
  Proof.
    assert (h := cauchy_schwarz (fun _ : Dim => 1) u v ltac:(intros; lra)).
    unfold E in h. unfold norm, dot.
    rewrite (Sum_ext (fun j => 1 * (u j * v j)) (fun j => u j * v j)) in h by (intros; ring).
    rewrite (Sum_ext (fun j => 1 * u j ^ 2) (fun j => u j * u j)) in h by (intros; ring).
    rewrite (Sum_ext (fun j => 1 * v j ^ 2) (fun j => v j * v j)) in h by (intros; ring).
    exact h.
  Qed.

  Lemma norm_opp u : norm (fun j => - u j) = norm u.
  Proof. unfold norm, dot. f_equal. apply Sum_ext; intros; ring. Qed.

  Lemma dot_opp u v : dot (fun j => - u j) v = - dot u v.
  Proof.
    unfold dot. rewrite (Sum_ext _ (fun j => (-1) * (u j * v j))) by (intros; ring). rewrite Sum_scal. ring.
  Qed.

  Lemma abs_dot_le_norm u v : Rabs (dot u v) <= norm u * norm v.
  Proof.
    apply Rabs_le. split; [|apply dot_le_norm].
    assert (h := dot_le_norm (fun j => - u j) v). rewrite dot_opp, norm_opp in h. lra.
  Qed.

  Lemma norm_triangle u v : norm (fun j => u j + v j) <= norm u + norm v.
  Proof.
    assert (hu := norm_nonneg u). assert (hv := norm_nonneg v).
    apply Rsqr_incr_0_var; [|lra]. unfold Rsqr. rewrite norm_square.
    replace (dot (fun j => u j + v j) (fun j => u j + v j)) with (dot u u + 2 * dot u v + dot v v).
    - rewrite <- (norm_square u), <- (norm_square v). assert (h := dot_le_norm u v). nra.
    - unfold dot. rewrite <- Sum_scal, <- !Sum_plus. apply Sum_ext; intros; ring.
  Qed.

  Lemma distance_sym u v : distance u v = distance v u.
  Proof. unfold distance. rewrite <- norm_opp. apply norm_ext; intros; ring. Qed.

  (** [||u - w|| >= ||p - q|| - ||a|| - ||b||] for [u = p + a], [w = q + b]. *)
  Lemma distance_shifted p q a b :
    distance p q - norm a - norm b <= distance (fun j => p j + a j) (fun j => q j + b j).
  Proof.
    assert (h1 := norm_triangle (fun j => p j + a j - (q j + b j)) (fun j => b j - a j)).
    assert (h2 := norm_triangle b (fun j => - a j)). rewrite norm_opp in h2.
    unfold distance.
    rewrite (norm_ext (fun j => p j - q j) (fun j => p j + a j - (q j + b j) + (b j - a j))) by (intros; ring).
    rewrite (norm_ext (fun j => b j - a j) (fun j => b j + - a j)) in h1 by (intros; ring). lra.
  Qed.

  Lemma distance_scaled r p u v : 0 <= r ->
    distance (fun j => p j + r * u j) (fun j => p j + r * v j) = r * distance u v.
  Proof.
    intros hr. unfold distance. rewrite <- (norm_scale r _ hr). apply norm_ext; intros j. unfold scale. ring.
  Qed.

  (** A vector whose coordinates are all below [h] in absolute value has squared norm below [d h^2]. *)
  Lemma norm_lt_coordinates u h : (forall j, Rabs (u j) < h) -> norm u * norm u < card Dim * (h * h).
  Proof.
    intros hu. rewrite norm_square, <- Sum_const.
    assert (k : forall j, u j * u j < h * h).
    { intros j. specialize (hu j). apply Rabs_def2 in hu. nra. }
    apply Sum_lt; [intros j; left; apply k|exists point; apply k].
  Qed.

End Euclidean.
