(** * The spectral theorem

    Every symmetric positive semidefinite matrix has an orthonormal basis of eigenvectors: the Rayleigh
    quotient attains its maximum on the unit sphere orthogonal to the eigenvectors found so far, and it is
    attained at another one.  So the statements about spectra hold for every such matrix, and for the second
    moment of any finite law of feature differences.

    Serves G01-G07, G10. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Iteration.Satisfiable Linear.Recovery Linear.Horizon
  Linear.Euclidean Linear.Packing Linear.SoftmaxClass Dimension.Spectrum Dimension.Covering
  Dimension.BlindDirections Dimension.SupMetric.
Import ListNotations.
Open Scope R_scope.

Section SpectralTheorem.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types (u v w : Dim -> R) (e : Dim -> Dim -> R).

  Definition symmetric (Sigma : Dim -> Dim -> R) : Prop := forall j k, Sigma j k = Sigma k j.

  Definition positive_semidefinite (Sigma : Dim -> Dim -> R) : Prop := forall u, 0 <= quadratic Sigma u.

  Variable Sigma : Dim -> Dim -> R.
  Hypothesis hsym : symmetric Sigma.
  Hypothesis hpsd : positive_semidefinite Sigma.

  (** u' Sigma v, and Sigma u. *)
  Definition bilinear u v : R := Sum (fun j => Sum (fun k => u j * Sigma j k * v k)).
  Definition image u : Dim -> R := fun j => Sum (fun k => Sigma j k * u k).

  Lemma bilinear_image u v : bilinear u v = dot (image v) u.
  Proof.
    apply Sum_ext; intros j. unfold image. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros k; ring.
  Qed.

  Lemma bilinear_sym u v : bilinear u v = bilinear v u.
  Proof.
    unfold bilinear. rewrite Sum_swap. apply Sum_ext; intros j. apply Sum_ext; intros k.
    rewrite (hsym k j). ring.
  Qed.

  Lemma quadratic_bilinear u : quadratic Sigma u = bilinear u u.
  Proof. reflexivity. Qed.

  Lemma bilinear_plus_r u v w : bilinear u (fun j => v j + w j) = bilinear u v + bilinear u w.
  Proof.
    unfold bilinear. rewrite <- Sum_plus. apply Sum_ext; intros j. rewrite <- Sum_plus.
    apply Sum_ext; intros k; ring.
  Qed.

  Lemma bilinear_scale_r u a v : bilinear u (scale a v) = a * bilinear u v.
  Proof.
    unfold bilinear, scale. rewrite Sum_mult_l. apply Sum_ext; intros j. rewrite Sum_mult_l.
    apply Sum_ext; intros k; ring.
  Qed.

  Lemma dot_plus_l u v w : dot (fun j => u j + v j) w = dot u w + dot v w.
  Proof. unfold dot. rewrite <- Sum_plus. apply Sum_ext; intros; ring. Qed.

  Lemma quadratic_line b v t :
    quadratic Sigma (fun j => b j + scale t v j) = quadratic Sigma b + 2 * t * bilinear b v + t ^ 2 * quadratic Sigma v.
  Proof.
    rewrite !quadratic_bilinear. rewrite bilinear_plus_r, bilinear_scale_r.
    rewrite (bilinear_sym (fun j => b j + scale t v j) b), (bilinear_sym (fun j => b j + scale t v j) v).
    rewrite !bilinear_plus_r, !bilinear_scale_r, (bilinear_sym v b). ring.
  Qed.

  Lemma dot_line b v t :
    dot (fun j => b j + scale t v j) (fun j => b j + scale t v j) = dot b b + 2 * t * dot b v + t ^ 2 * dot v v.
  Proof.
    rewrite dot_plus_l, (dot_comm b), (dot_comm (scale t v)), !dot_plus_l.
    rewrite !dot_scale, (dot_comm b (scale t v)), (dot_comm v (scale t v)), !dot_scale, (dot_comm v b). ring.
  Qed.

  (** ** The eigenvectors found so far *)

  Variable e : Dim -> Dim -> R.
  Variable found : list Dim.
  Hypothesis hnodup : NoDup found.
  Hypothesis horth : forall i j, In i found -> In j found -> dot (e i) (e j) = ind (i = j).
  Hypothesis heigen : forall i, In i found -> forall j, image (e i) j = quadratic Sigma (e i) * e i j.

  Definition orthogonal v : Prop := forall i, In i found -> dot v (e i) = 0.

  (** v minus its components. *)
  Definition project v : Dim -> R := fun k => v k - sumL found (fun i => dot v (e i) * e i k).

  Lemma dot_sum v w : dot (fun k => sumL found (fun i => dot v (e i) * e i k)) w =
    sumL found (fun i => dot v (e i) * dot (e i) w).
  Proof.
    unfold dot at 1, Sum. rewrite (sumL_ext enum _ (fun k => sumL found (fun i => dot v (e i) * (e i k * w k)))).
    - rewrite sumL_swap. apply sumL_ext; intros i _. apply sumL_scal.
    - intros k _. rewrite Rmult_comm, <- sumL_scal. apply sumL_ext; intros; ring.
  Qed.

  Lemma dot_project v w : dot (project v) w = dot v w - sumL found (fun i => dot v (e i) * dot (e i) w).
  Proof. unfold project. rewrite dot_minus_l, dot_sum. reflexivity. Qed.

  Lemma project_orthogonal v : orthogonal (project v).
  Proof.
    intros i hi. rewrite dot_project.
    rewrite (sumL_ext found _ (fun i' => ind (i' = i) * dot v (e i'))).
    - rewrite (sumL_pick found (fun i' => dot v (e i')) i) by assumption. ring.
    - intros i' hi'. rewrite horth by assumption. ring.
  Qed.

  Lemma project_fixed v : orthogonal v -> forall k, project v k = v k.
  Proof.
    intros h k. unfold project. rewrite (sumL_ext found _ (fun _ => 0)); [rewrite sumL_zero; ring|].
    intros i hi. rewrite h by exact hi. ring.
  Qed.

  Lemma project_norm v : dot (project v) (project v) = dot v v - sumL found (fun i => dot v (e i) ^ 2).
  Proof.
    rewrite dot_project.
    rewrite (sumL_ext found _ (fun _ => 0)).
    - rewrite sumL_zero, Rminus_0_r, dot_comm, dot_project. f_equal. apply sumL_ext; intros i _.
      rewrite (dot_comm (e i)). ring.
    - intros i hi. rewrite (dot_comm (e i)), (project_orthogonal v i hi). ring.
  Qed.

  Lemma project_le v : dot (project v) (project v) <= dot v v.
  Proof.
    rewrite project_norm. assert (0 <= sumL found (fun i => dot v (e i) ^ 2)); [|lra].
    apply sumL_nonneg; intros; apply pow2_ge_0.
  Qed.

  Lemma dot_axis v j : dot v (fun k => ind (k = j)) = v j.
  Proof. unfold dot. apply pick_right. Qed.

  Lemma axis_norm j : dot (fun k : Dim => ind (k = j)) (fun k => ind (k = j)) = 1.
  Proof. rewrite dot_axis. apply ind_true; reflexivity. Qed.

  (** The coordinates' shares of the found vectors add up to their number. *)
  Lemma axes_shares : Sum (fun j => sumL found (fun i => e i j ^ 2)) = INR (length found).
  Proof.
    unfold Sum. rewrite sumL_swap. rewrite (sumL_ext found _ (fun _ => 1)); [rewrite sumL_const; ring|].
    intros i hi. rewrite <- (ind_true (i = i) eq_refl), <- (horth i i hi hi).
    apply Sum_ext; intros j; ring.
  Qed.

  Lemma axis_project j : dot (project (fun k => ind (k = j))) (project (fun k => ind (k = j))) =
    1 - sumL found (fun i => e i j ^ 2).
  Proof.
    rewrite project_norm, axis_norm. f_equal. apply sumL_ext; intros i _.
    rewrite dot_comm, dot_axis. reflexivity.
  Qed.

  (** With fewer than d vectors there is a unit vector orthogonal to all. *)
  Lemma unit_orthogonal : (length found < length (@enum Dim FD))%nat ->
    exists w, orthogonal w /\ dot w w = 1.
  Proof.
    intros hlen. apply NNPP. intros hno.
    assert (hz : forall w, orthogonal w -> dot w w = 0).
    { intros w hw. apply NNPP. intros hne. assert (h0 := dot_self_nonneg w). apply hno.
      exists (scale (/ norm w) w). assert (hn : 0 < norm w) by (apply sqrt_lt_R0; lra). split.
      - intros i hi. rewrite dot_scale, hw by exact hi. ring.
      - rewrite dot_scale, dot_comm, dot_scale, <- norm_square. field. lra. }
    assert (h : Sum (fun j : Dim => 1) = INR (length found)).
    { rewrite <- axes_shares. apply Sum_ext; intros j.
      assert (k := hz _ (project_orthogonal (fun k => ind (k = j)))). rewrite axis_project in k. lra. }
    rewrite Sum_const in h. unfold card in h. rewrite Rmult_1_r in h. apply INR_eq in h. lia.
  Qed.

  (** ** The largest Rayleigh quotient on their orthogonal complement *)

  Definition entries : R := Sum (fun j => Sum (fun k => Rabs (Sigma j k))).

  Lemma quadratic_bound u : norm u <= 1 -> Rabs (quadratic Sigma u) <= entries.
  Proof.
    intros hu. assert (c : forall j, Rabs (u j) <= 1) by (intros j; eapply Rle_trans; [apply coordinate_le_norm|exact hu]).
    rewrite Rabs_right by (apply Rle_ge, hpsd). apply Sum_le; intros j. apply Sum_le; intros k.
    eapply Rle_trans; [apply Rle_abs|]. rewrite !Rabs_mult.
    assert (h := Rabs_pos (Sigma j k)). assert (h1 := c j). assert (h2 := c k).
    assert (h3 := Rabs_pos (u j)). assert (h4 := Rabs_pos (u k)).
    apply Rle_trans with (1 * Rabs (Sigma j k) * 1); [|lra].
    apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat_r; lra|lra].
  Qed.

  Lemma quadratic_ext u v : (forall j, u j = v j) -> quadratic Sigma u = quadratic Sigma v.
  Proof. intros h. apply Sum_ext; intros j. apply Sum_ext; intros k. rewrite !h. reflexivity. Qed.

  Lemma project_minus u v k : project u k - project v k = project (fun j => u j - v j) k.
  Proof.
    unfold project. rewrite (sumL_ext found (fun i => dot (fun j => u j - v j) (e i) * e i k)
      (fun i => dot u (e i) * e i k + (-1) * (dot v (e i) * e i k))) by (intros; rewrite dot_minus_l; ring).
    rewrite sumL_plus, sumL_scal. ring.
  Qed.

  Lemma project_norm_le u : norm (project u) <= norm u.
  Proof. apply sqrt_le_1_alt, project_le. Qed.

  (** The quotient is Lipschitz on the ball, so its maximum is attained. *)
  Lemma rayleigh_lipschitz : lipschitz_on_ball 1 (fun u => entries - quadratic Sigma (project u)).
  Proof.
    assert (hent : 0 <= entries) by (apply Sum_nonneg; intros j; apply Sum_nonneg; intros k; apply Rabs_pos).
    exists (2 * entries). split; [lra|]. intros u v hu hv.
    set (a := project u). set (b := project v).
    assert (ha : norm a <= 1) by (eapply Rle_trans; [apply project_norm_le|exact hu]).
    assert (hb : norm b <= 1) by (eapply Rle_trans; [apply project_norm_le|exact hv]).
    assert (hd : norm (fun k => b k - a k) <= distance u v).
    { rewrite distance_sym. unfold distance, a, b.
      rewrite (norm_ext _ (project (fun j => v j - u j))) by (intros; apply project_minus).
      apply project_norm_le. }
    assert (k : quadratic Sigma b - quadratic Sigma a <= 2 * entries * norm (fun k => b k - a k)).
    { unfold quadratic, entries. rewrite <- Sum_minus.
      replace (2 * Sum (fun j => Sum (fun k => Rabs (Sigma j k))) * norm (fun k => b k - a k))
        with (Sum (fun j => Sum (fun k => 2 * norm (fun k => b k - a k) * Rabs (Sigma j k)))).
      - apply Sum_le; intros j. rewrite <- Sum_minus. apply Sum_le; intros m.
        eapply Rle_trans; [apply Rle_abs|].
        replace (b j * Sigma j m * b m - a j * Sigma j m * a m)
          with (Sigma j m * ((b j - a j) * b m + a j * (b m - a m))) by ring.
        rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos|].
        eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
        assert (c1 := coordinate_le_norm (fun k => b k - a k) j). assert (c2 := coordinate_le_norm (fun k => b k - a k) m).
        assert (c3 := coordinate_le_norm b m). assert (c4 := coordinate_le_norm a j). cbv beta in c1, c2.
        assert (p1 := Rabs_pos (b j - a j)). assert (p2 := Rabs_pos (b m - a m)).
        assert (p3 := Rabs_pos (b m)). assert (p4 := Rabs_pos (a j)).
        assert (n0 := norm_nonneg (fun k => b k - a k)).
        assert (Rabs (b j - a j) * Rabs (b m) <= norm (fun k => b k - a k) * 1) by (apply Rmult_le_compat; lra).
        assert (Rabs (a j) * Rabs (b m - a m) <= 1 * norm (fun k => b k - a k)) by (apply Rmult_le_compat; lra).
        lra.
      - rewrite (Sum_ext _ (fun j => 2 * norm (fun k => b k - a k) * Sum (fun k => Rabs (Sigma j k))))
          by (intros; apply Sum_scal).
        rewrite Sum_scal. ring. }
    assert (2 * entries * norm (fun k => b k - a k) <= 2 * entries * distance u v) by (apply Rmult_le_compat_l; lra).
    lra.
  Qed.

  Lemma quadratic_scale t v : quadratic Sigma (scale t v) = t ^ 2 * quadratic Sigma v.
  Proof. rewrite !quadratic_bilinear, bilinear_scale_r, bilinear_sym, bilinear_scale_r. ring. Qed.

  Lemma zero_of_dot v : dot v v = 0 -> forall j, v j = 0.
  Proof.
    intros h j. assert (k := Sum_zero_all (fun j => v j * v j) ltac:(intros; nra) h j). cbv beta in k. nra.
  Qed.

  Lemma quadratic_zero v : (forall j, v j = 0) -> quadratic Sigma v = 0.
  Proof.
    intros h. rewrite (quadratic_ext v (scale 0 v)) by (intros j; unfold scale; rewrite h; ring).
    rewrite quadratic_scale. ring.
  Qed.

  (** A nonzero vector scaled to unit length. *)
  Lemma normalised v : orthogonal v -> 0 < dot v v ->
    orthogonal (scale (/ norm v) v) /\ dot (scale (/ norm v) v) (scale (/ norm v) v) = 1 /\
    quadratic Sigma (scale (/ norm v) v) * dot v v = quadratic Sigma v.
  Proof.
    intros ho hv. assert (hn : 0 < norm v) by (apply sqrt_lt_R0; exact hv). split; [|split].
    - intros i hi. rewrite dot_scale, ho by exact hi. ring.
    - rewrite dot_scale, dot_comm, dot_scale, <- norm_square. field. lra.
    - rewrite quadratic_scale, <- norm_square. field. lra.
  Qed.

  Lemma largest_quotient : (length found < length (@enum Dim FD))%nat ->
    exists b, orthogonal b /\ dot b b = 1 /\
      forall v, orthogonal v -> quadratic Sigma v <= quadratic Sigma b * dot v v.
  Proof.
    intros hlen.
    destruct (ball_minimum 1 (fun u => Rmax 0 (entries - quadratic Sigma (project u)))) as (a & ha & hmin).
    - lra.
    - intros u. apply Rmax_l.
    - destruct rayleigh_lipschitz as (L & hL & h). exists L. split; [exact hL|]. intros u v hu hv.
      specialize (h u v hu hv). assert (hd : 0 <= L * distance u v) by (apply Rmult_le_pos; [exact hL|apply norm_nonneg]).
      apply Rmax_lub.
      + assert (k := Rmax_l 0 (entries - quadratic Sigma (project v))). lra.
      + assert (k := Rmax_r 0 (entries - quadratic Sigma (project v))). lra.
    - assert (hin : forall u, norm u <= 1 -> 0 <= entries - quadratic Sigma (project u)).
      { intros u hu. assert (k := quadratic_bound (project u) ltac:(eapply Rle_trans; [apply project_norm_le|exact hu])).
        assert (k2 := Rle_abs (quadratic Sigma (project u))). lra. }
      set (M := quadratic Sigma (project a)).
      assert (hM : forall u, norm u <= 1 -> quadratic Sigma (project u) <= M).
      { intros u hu. specialize (hmin u hu). cbv beta in hmin.
        rewrite !Rmax_right in hmin by (apply hin; assumption). unfold M. lra. }
      assert (hunit : forall v, orthogonal v -> dot v v = 1 -> quadratic Sigma v <= M).
      { intros v ho hv. rewrite <- (quadratic_ext (project v) v (project_fixed v ho)). apply hM.
        unfold norm. rewrite hv, sqrt_1. lra. }
      assert (hb : exists b, orthogonal b /\ dot b b = 1 /\ M <= quadratic Sigma b).
      { destruct (dot_self_nonneg (project a)) as [hpos|hzero].
        - destruct (normalised (project a) (project_orthogonal a) hpos) as (h1 & h2 & h3).
          exists (scale (/ norm (project a)) (project a)). split; [exact h1|]. split; [exact h2|].
          fold M in h3. assert (hle : dot (project a) (project a) <= 1).
          { eapply Rle_trans; [apply project_le|]. rewrite <- norm_square.
            assert (n0 := norm_nonneg a). nra. }
          assert (hq := hpsd (scale (/ norm (project a)) (project a))). nra.
        - destruct (unit_orthogonal hlen) as (w & h1 & h2). exists w. split; [exact h1|]. split; [exact h2|].
          assert (e0 : M = 0) by (apply quadratic_zero, zero_of_dot; auto). rewrite e0. apply hpsd. }
      destruct hb as (b & h1 & h2 & h3). exists b. split; [exact h1|]. split; [exact h2|].
      intros v hv. destruct (dot_self_nonneg v) as [hpos|hzero].
      + destruct (normalised v hv hpos) as (k1 & k2 & k3). rewrite <- k3.
        apply Rmult_le_compat_r; [lra|]. specialize (hunit _ k1 k2). lra.
      + rewrite (quadratic_zero v) by (apply zero_of_dot; auto). rewrite <- hzero. lra.
  Qed.

  (** If 2 t x <= t^2 c for every t then x = 0. *)
  Lemma vanishing_slope x c : (forall t, 2 * t * x <= t ^ 2 * c) -> x = 0.
  Proof.
    intros h. apply Rle_antisym; apply Rnot_lt_le; intros hx.
    - set (t := x / (1 + Rabs c)). assert (hc := Rabs_pos c). assert (hc2 := Rle_abs c).
      assert (ht : 0 < t) by (apply Rdiv_lt_0_compat; lra).
      assert (e1 : t * (1 + Rabs c) = x) by (unfold t; field; lra). specialize (h t). nra.
    - set (t := x / (1 + Rabs c)). assert (hc := Rabs_pos c). assert (hc2 := Rle_abs c).
      assert (e1 : t * (1 + Rabs c) = x) by (unfold t; field; lra).
      assert (ht : t < 0) by nra. specialize (h t). nra.
  Qed.

  (** A maximiser is an eigenvector. *)
  Lemma next_eigenvector : (length found < length (@enum Dim FD))%nat ->
    exists b, orthogonal b /\ dot b b = 1 /\ forall j, image b j = quadratic Sigma b * b j.
  Proof.
    intros hlen. destruct (largest_quotient hlen) as (b & ho & hn & hmax).
    exists b. split; [exact ho|]. split; [exact hn|]. set (mu := quadratic Sigma b) in *.
    assert (hperp : forall v, orthogonal v -> bilinear b v = mu * dot b v).
    { intros v hv. enough (bilinear b v - mu * dot b v = 0) by lra.
      apply (vanishing_slope _ (mu * dot v v - quadratic Sigma v)). intros t.
      assert (hl : orthogonal (fun j => b j + scale t v j)).
      { intros i hi. rewrite dot_plus_l, dot_scale, ho, hv by exact hi. ring. }
      specialize (hmax _ hl). rewrite quadratic_line, dot_line, hn in hmax. fold mu in hmax. lra. }
    assert (hall : forall v, bilinear b v = mu * dot b v).
    { intros v.
      assert (split : forall k, v k = project v k + sumL found (fun i => dot v (e i) * e i k))
        by (intros k; unfold project; ring).
      set (s := fun k => sumL found (fun i => dot v (e i) * e i k)) in *.
      assert (hbs : bilinear b s = 0).
      { rewrite bilinear_sym, bilinear_image, dot_comm. unfold s. rewrite dot_sum.
        rewrite (sumL_ext found _ (fun _ => 0)); [apply sumL_zero|]. intros i hi.
        rewrite (dot_comm (e i) (image b)), <- (bilinear_image (e i) b), bilinear_sym, bilinear_image.
        assert (k : dot (image (e i)) b = quadratic Sigma (e i) * dot (e i) b).
        { unfold dot. rewrite Sum_mult_l. apply Sum_ext; intros j. rewrite heigen by exact hi. ring. }
        rewrite k, (dot_comm (e i) b), ho by exact hi. ring. }
      assert (hds : dot b s = 0).
      { rewrite dot_comm. unfold s. rewrite dot_sum. rewrite (sumL_ext found _ (fun _ => 0)); [apply sumL_zero|].
        intros i hi. rewrite (dot_comm (e i) b), ho by exact hi. ring. }
      transitivity (bilinear b (fun k => project v k + s k)).
      - unfold bilinear. apply Sum_ext; intros j. apply Sum_ext; intros k. rewrite (split k). reflexivity.
      - rewrite bilinear_plus_r, hbs, (hperp _ (project_orthogonal v)).
        assert (k : dot b v = dot b (project v) + dot b s).
        { rewrite !(dot_comm b), <- dot_plus_l. unfold dot. apply Sum_ext; intros j. rewrite (split j). reflexivity. }
        rewrite k, hds. ring. }
    intros j. rewrite <- (dot_axis (image b) j), <- (dot_axis b j). rewrite <- hall, bilinear_sym, bilinear_image.
    reflexivity.
  Qed.
End SpectralTheorem.

Section Existence.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Variable Sigma : Dim -> Dim -> R.
  Hypothesis hsym : symmetric Sigma.
  Hypothesis hpsd : positive_semidefinite Sigma.

  Lemma eigenvectors (l : list Dim) : NoDup l -> exists e : Dim -> Dim -> R,
    (forall i j, In i l -> In j l -> dot (e i) (e j) = ind (i = j)) /\
    (forall i, In i l -> forall j, image Sigma (e i) j = quadratic Sigma (e i) * e i j).
  Proof.
    intros hl. induction hl as [|a l ha hl (e & ho & he)].
    - exists (fun _ _ => 0). split; [intros i j []|intros i []].
    - assert (hlen : (length l < length (@enum Dim FD))%nat).
      { assert (h : (length (a :: l) <= length (@enum Dim FD))%nat).
        { apply NoDup_incl_length; [constructor; assumption|]. intros i _. apply enum_in. }
        simpl in h. lia. }
      destruct (next_eigenvector Sigma hsym hpsd e l hl ho he hlen) as (b & h1 & h2 & h3).
      exists (fun i => if decide (i = a) then b else e i). split.
      + intros i j hi hj. destruct (decide (i = a)) as [->|hia], (decide (j = a)) as [->|hja].
        * rewrite h2, ind_true by reflexivity. reflexivity.
        * destruct hj as [hj|hj]; [congruence|]. rewrite (h1 j hj), ind_false by congruence. reflexivity.
        * destruct hi as [hi|hi]; [congruence|]. rewrite dot_comm, (h1 i hi), ind_false by congruence. reflexivity.
        * destruct hi as [hi|hi]; [congruence|]. destruct hj as [hj|hj]; [congruence|]. apply ho; assumption.
      + intros i hi j. destruct (decide (i = a)) as [->|hia]; [apply h3|].
        destruct hi as [hi|hi]; [congruence|]. apply he, hi.
  Qed.

  (** The spectral theorem: every symmetric positive semidefinite matrix has nonnegative eigenvalues in an
      orthonormal basis. *)
  Theorem G01_spectral_theorem : exists e lam, spectral Sigma e lam.
  Proof.
    destruct (eigenvectors enum enum_nodup) as (e & ho & he).
    assert (horth : forall i j, dot (e i) (e j) = ind (i = j)) by (intros; apply ho; apply enum_in).
    exists e, (fun i => quadratic Sigma (e i)).
    assert (columns : forall j k, Sum (fun i => e i j * e i k) = ind (j = k)).
    { assert (hsum : Sum (fun j => 1 - sumL enum (fun i => e i j ^ 2)) = 0).
      { rewrite Sum_minus, Sum_const, (axes_shares e enum ho). unfold card. ring. }
      assert (hzero : forall j, 1 - sumL enum (fun i => e i j ^ 2) = 0).
      { intros j. apply (Sum_zero_all (fun j => 1 - sumL enum (fun i => e i j ^ 2))); [|exact hsum].
        intros j'. rewrite <- (axis_project e enum enum_nodup ho j'). apply dot_self_nonneg. }
      intros j k. assert (hz := zero_of_dot (project e enum (fun m => ind (m = j)))).
      rewrite (axis_project e enum enum_nodup ho j) in hz. specialize (hz (hzero j) k).
      unfold project in hz.
      transitivity (sumL enum (fun i => dot (fun m => ind (m = j)) (e i) * e i k)).
      - apply sumL_ext; intros i _. rewrite dot_comm, dot_axis. reflexivity.
      - rewrite (ind_iff (j = k) (k = j)) by (split; auto). lra. }
    split; [split; [exact horth|]|split].
    - intros u k. rewrite <- (pick_right u k).
      rewrite (Sum_ext (fun m => u m * ind (m = k)) (fun m => Sum (fun i => u m * e i m * e i k))).
      + rewrite Sum_swap. apply Sum_ext; intros i. unfold dot. rewrite Rmult_comm, Sum_mult_l.
        apply Sum_ext; intros m; ring.
      + intros m. rewrite <- columns, Sum_mult_l. apply Sum_ext; intros i; ring.
    - intros i. apply hpsd.
    - intros j k. rewrite <- (pick_right (Sigma j) k).
      rewrite (Sum_ext (fun m => Sigma j m * ind (m = k)) (fun m => Sum (fun i => Sigma j m * e i m * e i k))).
      + rewrite Sum_swap. apply Sum_ext; intros i.
        rewrite (Sum_ext (fun m => Sigma j m * e i m * e i k) (fun m => e i k * (Sigma j m * e i m))) by (intros; ring).
        rewrite Sum_scal. change (Sum (fun m => Sigma j m * e i m)) with (image Sigma (e i) j).
        rewrite he by apply enum_in. ring.
      + intros m. rewrite <- columns, Sum_mult_l. apply Sum_ext; intros i; ring.
  Qed.
End Existence.

(** ** Consequences *)

(** The second moment of any finite law of differences has a spectrum. *)
Theorem G01_second_moment_spectral : forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R), is_dist p -> exists e lam, spectral (second_moment p delta) e lam.
Proof.
  intros A Dim FA FD p delta hp. apply G01_spectral_theorem.
  - intros j k. unfold second_moment. apply E_ext; intros a; ring.
  - intros u. rewrite quadratic_second_moment. apply E_nonneg; [apply hp|]. intros; apply pow2_ge_0.
Qed.

(** G06 for every symmetric positive semidefinite matrix. *)
Theorem G06_every_form : forall (Dim : Type) (FD : FiniteType Dim) (Sigma : Dim -> Dim -> R) (radius eps : R),
  symmetric Sigma -> positive_semidefinite Sigma -> 0 < radius -> 0 < eps ->
  exists (e : Dim -> Dim -> R) (lam : Dim -> R) (d : R) (m : nat) (c : upto m -> Dim -> R),
    spectral Sigma e lam /\ is_effective_dimension Sigma (eps ^ 2 / (4 * radius ^ 2)) d /\
    (forall i, norm (c i) <= radius) /\ covers Sigma radius eps c /\
    ln (card (upto m)) <= 2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / eps)).
Proof.
  intros Dim FD Sigma radius eps hsym hpsd hr he.
  destruct (G01_spectral_theorem Sigma hsym hpsd) as (e & lam & hsp).
  assert (hl : 0 < eps ^ 2 / (4 * radius ^ 2)).
  { apply Rdiv_lt_0_compat; [apply pow_lt, he|]. assert (0 < radius ^ 2) by (apply pow_lt, hr). lra. }
  set (d := Sum (fun i => lam i / (lam i + eps ^ 2 / (4 * radius ^ 2)))).
  assert (hd : is_effective_dimension Sigma (eps ^ 2 / (4 * radius ^ 2)) d)
    by (apply (G01_effective_dimension Sigma e lam _ d hsp hl); reflexivity).
  destruct (G06_effective_dimension Sigma e lam radius eps d hsp hr he hd) as (m & c & h1 & h2 & h3).
  exists e, lam, d, m, c. auto.
Qed.

(** G10: A-NORM holds for some constant wherever every difference has positive probability; the best one is
    the square root of max delta' Sigma^+ delta. *)
Theorem G10_norm_comparison_always : forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R), is_dist p -> (forall a, 0 < p a) ->
  exists (e : Dim -> Dim -> R) (lam : Dim -> R), spectral (second_moment p delta) e lam /\
    norm_comparison p delta (sqrt (Max (leverage delta e lam))) /\
    forall kappa, 0 <= kappa -> norm_comparison p delta kappa -> sqrt (Max (leverage delta e lam)) <= kappa.
Proof.
  intros A Dim FA FD p delta hp hfull.
  destruct (G01_second_moment_spectral A Dim FA FD p delta hp) as (e & lam & hsp).
  exists e, lam. split; [exact hsp|].
  assert (h0 : 0 <= Max (leverage delta e lam)).
  { eapply Rle_trans; [|apply (Max_ge (leverage delta e lam) point)].
    apply Sum_nonneg; intros i. apply Rmult_le_pos; [|apply pow2_ge_0].
    assert (hl : 0 <= lam i) by apply hsp. destruct hl as [hl|hl].
    - rewrite ind_true by exact hl. left. apply Rdiv_lt_0_compat; lra.
    - rewrite <- hl, ind_false by lra. unfold Rdiv. rewrite Rmult_0_l. lra. }
  split.
  - apply (G10_norm_constant_exact p delta e lam _ hsp hfull (sqrt_pos _)). intros a.
    replace (sqrt (Max (leverage delta e lam)) ^ 2) with (Max (leverage delta e lam)); [apply Max_ge|].
    rewrite <- (sqrt_sqrt _ h0) at 1. ring.
  - intros kappa hk hc.
    assert (k := proj1 (G10_norm_constant_exact p delta e lam kappa hsp hfull hk) hc (argmax (leverage delta e lam))).
    apply Rsqr_incr_0_var; [|exact hk]. unfold Rsqr. rewrite sqrt_sqrt by exact h0.
    change (leverage delta e lam (argmax (leverage delta e lam))) with (Max (leverage delta e lam)) in k. lra.
Qed.
