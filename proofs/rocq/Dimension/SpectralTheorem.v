(** The spectral theorem, and the rate log(n)/n. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  Iteration.Learners Linear.SoftmaxClass Linear.FixedRadius Dimension.Covering Dimension.SupMetric.
Import ListNotations.
Open Scope R_scope.

(** * The spectral theorem

    Every symmetric positive semidefinite matrix has an orthonormal basis of eigenvectors: the Rayleigh
    quotient attains its maximum on the unit sphere orthogonal to the eigenvectors found so far, and it is
    attained at another one.  So the statements about spectra hold for every such matrix, and for the second
    moment of any finite law of feature differences.

    Serves G01-G07, G10. *)

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
    apply Sum_ext; intros j. unfold image. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros k; lra.
  Qed.

  Lemma bilinear_sym u v : bilinear u v = bilinear v u.
  Proof.
    unfold bilinear. rewrite Sum_swap. apply Sum_ext; intros j. apply Sum_ext; intros k.
    rewrite (hsym k j). lra.
  Qed.

  Lemma quadratic_bilinear u : quadratic Sigma u = bilinear u u.
  Proof. reflexivity. Qed.

  Lemma bilinear_plus_r u v w : bilinear u (fun j => v j + w j) = bilinear u v + bilinear u w.
  Proof.
    unfold bilinear. rewrite <- Sum_plus. apply Sum_ext; intros j. rewrite <- Sum_plus.
    apply Sum_ext; intros k; lra.
  Qed.

  Lemma bilinear_scale_r u a v : bilinear u (scale a v) = a * bilinear u v.
  Proof.
    unfold bilinear, scale. rewrite Sum_mult_l. apply Sum_ext; intros j. rewrite Sum_mult_l.
    apply Sum_ext; intros k; lra.
  Qed.

  Lemma dot_plus_l u v w : dot (fun j => u j + v j) w = dot u w + dot v w.
  Proof. unfold dot. rewrite <- Sum_plus. apply Sum_ext; intros; lra. Qed.

  Lemma quadratic_line b v t :
    quadratic Sigma (fun j => b j + scale t v j) = quadratic Sigma b + 2 * t * bilinear b v + t ^ 2 * quadratic Sigma v.
  Proof.
    rewrite !quadratic_bilinear. rewrite bilinear_plus_r, bilinear_scale_r.
    rewrite (bilinear_sym (fun j => b j + scale t v j) b), (bilinear_sym (fun j => b j + scale t v j) v).
    rewrite !bilinear_plus_r, !bilinear_scale_r, (bilinear_sym v b). lra.
  Qed.

  Lemma dot_line b v t :
    dot (fun j => b j + scale t v j) (fun j => b j + scale t v j) = dot b b + 2 * t * dot b v + t ^ 2 * dot v v.
  Proof.
    rewrite dot_plus_l, (dot_comm b), (dot_comm (scale t v)), !dot_plus_l.
    rewrite !dot_scale, (dot_comm b (scale t v)), (dot_comm v (scale t v)), !dot_scale, (dot_comm v b). lra.
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
    - intros k _. rewrite Rmult_comm, <- sumL_scal. apply sumL_ext; intros; lra.
  Qed.

  Lemma dot_project v w : dot (project v) w = dot v w - sumL found (fun i => dot v (e i) * dot (e i) w).
  Proof. unfold project. rewrite dot_minus_l, dot_sum. reflexivity. Qed.

  Lemma project_orthogonal v : orthogonal (project v).
  Proof.
    intros i hi. rewrite dot_project.
    rewrite (sumL_ext found _ (fun i' => ind (i' = i) * dot v (e i'))).
    - rewrite (sumL_pick found (fun i' => dot v (e i')) i) by assumption. lra.
    - intros i' hi'. rewrite horth by assumption. lra.
  Qed.

  Lemma project_fixed v : orthogonal v -> forall k, project v k = v k.
  Proof.
    intros h k. unfold project. rewrite (sumL_ext found _ (fun _ => 0)); [rewrite sumL_zero; lra|].
    intros i hi. rewrite h by exact hi. lra.
  Qed.

  Lemma project_norm v : dot (project v) (project v) = dot v v - sumL found (fun i => dot v (e i) ^ 2).
  Proof.
    rewrite dot_project.
    rewrite (sumL_ext found _ (fun _ => 0)).
    - rewrite sumL_zero, Rminus_0_r, dot_comm, dot_project. f_equal. apply sumL_ext; intros i _.
      rewrite (dot_comm (e i)). lra.
    - intros i hi. rewrite (dot_comm (e i)), (project_orthogonal v i hi). lra.
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
    unfold Sum. rewrite sumL_swap. rewrite (sumL_ext found _ (fun _ => 1)); [rewrite sumL_const; lra|].
    intros i hi. rewrite <- (ind_true (i = i) eq_refl), <- (horth i i hi hi).
    apply Sum_ext; intros j; lra.
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
      (fun i => dot u (e i) * e i k + (-1) * (dot v (e i) * e i k))) by (intros; rewrite dot_minus_l; lra).
    rewrite sumL_plus, sumL_scal. lra.
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
          with (Sigma j m * ((b j - a j) * b m + a j * (b m - a m))) by lra.
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
        rewrite Sum_scal. lra. }
    assert (2 * entries * norm (fun k => b k - a k) <= 2 * entries * distance u v) by (apply Rmult_le_compat_l; lra).
    lra.
  Qed.

  Lemma quadratic_scale t v : quadratic Sigma (scale t v) = t ^ 2 * quadratic Sigma v.
  Proof. rewrite !quadratic_bilinear, bilinear_scale_r, bilinear_sym, bilinear_scale_r. lra. Qed.

  Lemma zero_of_dot v : dot v v = 0 -> forall j, v j = 0.
  Proof.
    intros h j. assert (k := Sum_zero_all (fun j => v j * v j) ltac:(intros; nra) h j). cbv beta in k. nra.
  Qed.

  Lemma quadratic_zero v : (forall j, v j = 0) -> quadratic Sigma v = 0.
  Proof.
    intros h. rewrite (quadratic_ext v (scale 0 v)) by (intros j; unfold scale; rewrite h; lra).
    rewrite quadratic_scale. lra.
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
      { intros i hi. rewrite dot_plus_l, dot_scale, ho, hv by exact hi. lra. }
      specialize (hmax _ hl). rewrite quadratic_line, dot_line, hn in hmax. fold mu in hmax. lra. }
    assert (hall : forall v, bilinear b v = mu * dot b v).
    { intros v.
      assert (split : forall k, v k = project v k + sumL found (fun i => dot v (e i) * e i k))
        by (intros k; unfold project; lra).
      set (s := fun k => sumL found (fun i => dot v (e i) * e i k)) in *.
      assert (hbs : bilinear b s = 0).
      { rewrite bilinear_sym, bilinear_image, dot_comm. unfold s. rewrite dot_sum.
        rewrite (sumL_ext found _ (fun _ => 0)); [apply sumL_zero|]. intros i hi.
        rewrite (dot_comm (e i) (image b)), <- (bilinear_image (e i) b), bilinear_sym, bilinear_image.
        assert (k : dot (image (e i)) b = quadratic Sigma (e i) * dot (e i) b).
        { unfold dot. rewrite Sum_mult_l. apply Sum_ext; intros j. rewrite heigen by exact hi. lra. }
        rewrite k, (dot_comm (e i) b), ho by exact hi. lra. }
      assert (hds : dot b s = 0).
      { rewrite dot_comm. unfold s. rewrite dot_sum. rewrite (sumL_ext found _ (fun _ => 0)); [apply sumL_zero|].
        intros i hi. rewrite (dot_comm (e i) b), ho by exact hi. lra. }
      transitivity (bilinear b (fun k => project v k + s k)).
      - unfold bilinear. apply Sum_ext; intros j. apply Sum_ext; intros k. rewrite (split k). reflexivity.
      - rewrite bilinear_plus_r, hbs, (hperp _ (project_orthogonal v)).
        assert (k : dot b v = dot b (project v) + dot b s).
        { rewrite !(dot_comm b), <- dot_plus_l. unfold dot. apply Sum_ext; intros j. rewrite (split j). reflexivity. }
        rewrite k, hds. lra. }
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
      { rewrite Sum_minus, Sum_const, (axes_shares e enum ho). unfold card. lra. }
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
        apply Sum_ext; intros m; lra.
      + intros m. rewrite <- columns, Sum_mult_l. apply Sum_ext; intros i; lra.
    - intros i. apply hpsd.
    - intros j k. rewrite <- (pick_right (Sigma j) k).
      rewrite (Sum_ext (fun m => Sigma j m * ind (m = k)) (fun m => Sum (fun i => Sigma j m * e i m * e i k))).
      + rewrite Sum_swap. apply Sum_ext; intros i.
        rewrite (Sum_ext (fun m => Sigma j m * e i m * e i k) (fun m => e i k * (Sigma j m * e i m))) by (intros; lra).
        rewrite Sum_scal. change (Sum (fun m => Sigma j m * e i m)) with (image Sigma (e i) j).
        rewrite he by apply enum_in. lra.
      + intros m. rewrite <- columns, Sum_mult_l. apply Sum_ext; intros i; lra.
  Qed.
End Existence.

(** ** Consequences *)

(** The second moment of any finite law of differences has a spectrum. *)
Theorem G01_second_moment_spectral : forall (A Dim : Type) (FA : FiniteType A) (FD : FiniteType Dim)
    (p : A -> R) (delta : A -> Dim -> R), is_dist p -> exists e lam, spectral (second_moment p delta) e lam.
Proof.
  intros A Dim FA FD p delta hp. apply G01_spectral_theorem.
  - intros j k. unfold second_moment. apply E_ext; intros a; lra.
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
    rewrite <- (sqrt_sqrt _ h0) at 1. lra.
  - intros kappa hk hc.
    assert (k := proj1 (G10_norm_constant_exact p delta e lam kappa hsp hfull hk) hc (argmax (leverage delta e lam))).
    apply Rsqr_incr_0_var; [|exact hk]. unfold Rsqr. rewrite sqrt_sqrt by exact h0.
    change (leverage delta e lam (argmax (leverage delta e lam))) with (Max (leverage delta e lam)) in k. lra.
Qed.

(** * Noise-free regression at the rate log(n)/n, without the dimension

    A sample that u does not see leaves E <u, delta>^2 <= 6 ||u||^2 b^2 log(n/eta)/n with probability 1 - eta,
    for any differences of norm at most b, in any dimension.

    The kernel K_0(a, b) = <delta_a, delta_b>/b^2 is conditioned on one draw after another, as the covariance of
    a Gaussian process observed with unit noise: K - K(., x)K(x, .)/(1 + K(x, x)).  What a function that
    vanishes on the sample can be stays bounded by the conditioned kernel, and the power sums of the
    eigenvalues of sqrt p K sqrt p fall: one draw lowers E sum lambda^(N+1) by half of sum lambda^(N+2).

    Serves G10. *)

(** ** Powers *)

(** (n+1) q b^n <= n b^(n+1) + q^(n+1). *)
Lemma weighted_power n q b : 0 <= q -> 0 <= b -> INR (S n) * q * b ^ n <= INR n * b ^ S n + q ^ S n.
Proof.
  intros hq hb. induction n as [|n ih]; [simpl; lra|].
  assert (h : 0 <= (INR n + 1) * b ^ n * (b - q) ^ 2).
  { apply Rmult_le_pos; [|apply pow2_ge_0]. apply Rmult_le_pos; [assert (k := pos_INR n); lra|apply pow_le, hb]. }
  apply (Rmult_le_compat_l q) in ih; [|exact hq]. rewrite !S_INR in *. simpl pow in *. lra.
Qed.

Lemma bernoulli n h : 0 <= h <= 1 -> 1 - INR n * h <= (1 - h) ^ n.
Proof.
  intros hh. induction n as [|n ih]; [simpl; lra|].
  apply (Rmult_le_compat_l (1 - h)) in ih; [|lra]. assert (k := pos_INR n). rewrite S_INR. simpl pow.
  assert (0 <= INR n * h * h) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). lra.
Qed.

Lemma pow_le_inv n x y : 0 <= x -> 0 <= y -> x ^ S n <= y ^ S n -> x <= y.
Proof.
  intros hx hy h. apply Rnot_lt_le. intros hlt. assert (k : y ^ S n < x ^ S n); [|lra].
  clear h. induction n as [|n ih]; [simpl; lra|]. change (y * y ^ S n < x * x ^ S n).
  assert (h0 : 0 <= y ^ S n) by (apply pow_le, hy). nra.
Qed.

(** ** Power sums of eigenvalues *)

Section Powers.
  Context {A : Type} {FA : FiniteType A}.
  Implicit Types (B e f : A -> A -> R) (lam mu : A -> R).

  Fixpoint matrix_power B (n : nat) : A -> A -> R :=
    match n with O => identity | S n' => matrix_product B (matrix_power B n') end.

  Lemma matrix_power_spectral B e lam n j k : spectral B e lam ->
    matrix_power B n j k = diagonal_in e (fun i => lam i ^ n) j k.
  Proof.
    intros (he & hl & hs). revert j k. induction n as [|n ih]; intros j k.
    - unfold diagonal_in. simpl. rewrite (Sum_ext _ (fun i => e i j * e i k)) by (intros; lra).
      symmetry. apply basis_columns, he.
    - transitivity (matrix_product (diagonal_in e lam) (diagonal_in e (fun i => lam i ^ n)) j k).
      + simpl. unfold matrix_product. apply Sum_ext; intros m. rewrite ih, hs. reflexivity.
      + rewrite diagonal_product by exact he. reflexivity.
  Qed.

  (** tr B^n = sum lambda_i^n. *)
  Lemma trace_power B e lam n : spectral B e lam -> trace (matrix_power B n) = Sum (fun i => lam i ^ n).
  Proof.
    intros h. rewrite <- (diagonal_trace e (fun i => lam i ^ n) (proj1 h)). unfold trace.
    apply Sum_ext; intros j. apply matrix_power_spectral, h.
  Qed.

  Lemma trace_spectral B e lam : spectral B e lam -> trace B = Sum lam.
  Proof.
    intros (he & hl & hs). rewrite <- (diagonal_trace e lam he). unfold trace. apply Sum_ext; intros j. apply hs.
  Qed.

  Lemma basis_unit e i : orthonormal_basis e -> norm (e i) * norm (e i) = 1.
  Proof. intros [h _]. rewrite norm_square, h. apply ind_true. reflexivity. Qed.

  Lemma quadratic_eigenvector B e lam i : spectral B e lam -> quadratic B (e i) = lam i.
  Proof.
    intros h. rewrite (quadratic_spectral B e lam _ h).
    rewrite (Sum_ext _ (fun l => ind (l = i) * lam l)); [apply Sum_pick|].
    intros l. rewrite (proj1 (proj1 h)). rewrite (ind_iff (i = l) (l = i)) by (split; auto).
    replace (ind (l = i) ^ 2) with (ind (l = i) * ind (l = i)) by lra. rewrite ind_idem. lra.
  Qed.

  Lemma eigenvector B e lam i k : spectral B e lam -> Sum (fun j => e i j * B j k) = lam i * e i k.
  Proof.
    intros ((ho & _) & _ & hs).
    rewrite (Sum_ext _ (fun j => Sum (fun l => lam l * e l k * (e i j * e l j)))).
    - rewrite Sum_swap. rewrite (Sum_ext _ (fun l => ind (l = i) * (lam l * e l k))).
      + apply (Sum_pick (fun l => lam l * e l k)).
      + intros l. rewrite Sum_scal. fold (dot (e i) (e l)). rewrite ho, (ind_iff (i = l) (l = i)) by (split; auto). lra.
    - intros j. rewrite hs, Sum_mult_l. apply Sum_ext; intros l; lra.
  Qed.

  (** If B' <= B, then tr B'^(N+1) <= tr B^N B', N >= 1. *)
  Lemma power_drop N B e lam B' f mu : spectral B e lam -> spectral B' f mu ->
    (forall u, quadratic B' u <= quadratic B u) ->
    Sum (fun l => mu l ^ S (S N)) <= Sum (fun i => lam i ^ S N * quadratic B' (e i)).
  Proof.
    intros hB hB' hle. set (w := fun i l => dot (e i) (f l) ^ 2).
    assert (hw : forall i l, 0 <= w i l) by (intros; apply pow2_ge_0).
    assert (rows : forall i, quadratic B' (e i) = Sum (fun l => mu l * w i l))
      by (intros i; apply (quadratic_spectral B' f mu _ hB')).
    assert (columns : forall l, quadratic B (f l) = Sum (fun i => lam i * w i l)).
    { intros l. rewrite (quadratic_spectral B e lam _ hB). apply Sum_ext; intros i. unfold w. rewrite dot_comm. reflexivity. }
    assert (ones : forall l, Sum (fun i => w i l) = 1).
    { intros l. rewrite <- (basis_unit f l (proj1 hB')), (basis_norm e (f l) (proj1 hB)).
      apply Sum_ext; intros i. unfold w. rewrite dot_comm. reflexivity. }
    apply Rle_trans with (Sum (fun l => mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (quadratic B (f l) - mu l)))).
    { apply Sum_le; intros l. assert (h := hle (f l)). rewrite (quadratic_eigenvector B' f mu l hB') in h.
      assert (0 <= INR (S N) * (mu l ^ S N * (quadratic B (f l) - mu l))); [|lra].
      apply Rmult_le_pos; [apply pos_INR|]. apply Rmult_le_pos; [apply pow_le, hB'|lra]. }
    apply Rle_trans with (Sum (fun l => Sum (fun i => w i l *
      (mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (lam i - mu l)))))).
    { right. apply Sum_ext; intros l. rewrite columns.
      rewrite (Sum_ext (fun i => w i l * (mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (lam i - mu l))))
        (fun i => (mu l ^ S (S N) - INR (S N) * mu l ^ S N * mu l) * w i l
          + INR (S N) * mu l ^ S N * (lam i * w i l))) by (intros; lra).
      rewrite Sum_plus, !Sum_scal, ones. lra. }
    rewrite Sum_swap. apply Sum_le; intros i. rewrite rows, Sum_mult_l. apply Sum_le; intros l.
    assert (hl := proj1 (proj2 hB) i). assert (hm := proj1 (proj2 hB') l).
    assert (k := weighted_power N (lam i) (mu l) hl hm).
    apply (Rmult_le_compat_l (mu l)) in k; [|exact hm].
    replace (lam i ^ S N * (mu l * w i l)) with (w i l * (mu l * lam i ^ S N)) by lra.
    apply Rmult_le_compat_l; [apply hw|]. rewrite !S_INR in *. simpl pow in *. nra.
  Qed.
End Powers.

(** ** Kernels conditioned on draws *)

Section Conditioned.
  Context {A : Type} {FA : FiniteType A}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Implicit Types (K : A -> A -> R) (f u : A -> R).

  (** K given an observation at x with unit noise. *)
  Definition conditioned K (x : A) : A -> A -> R := fun a b => K a b - K a x * K x b / (1 + K x x).

  Fixpoint conditioned_on K (s : list A) : A -> A -> R :=
    match s with [] => K | x :: s' => conditioned (conditioned_on K s') x end.

  Definition bounded_kernel K : Prop := symmetric K /\ positive_semidefinite K /\ forall a, K a a <= 1.

  (** f is a multiple of the unit ball of K's Hilbert space. *)
  Definition reproduced K f (M : R) : Prop := forall u, Sum (fun a => u a * f a) ^ 2 <= M * quadratic K u.

  Definition axis (x : A) : A -> R := fun a => ind (a = x).

  Lemma quadratic_axis K x : quadratic K (axis x) = K x x.
  Proof.
    unfold quadratic, axis. rewrite (Sum_ext _ (fun j => ind (j = x) * Sum (fun k => ind (k = x) * K j k))).
    - rewrite (Sum_pick (fun j => Sum (fun k => ind (k = x) * K j k))). apply (Sum_pick (fun k => K x k)).
    - intros j. rewrite Sum_mult_l. apply Sum_ext; intros k; lra.
  Qed.

  Lemma bilinear_axis K u x : bilinear K u (axis x) = Sum (fun a => u a * K a x).
  Proof.
    unfold bilinear, axis. apply Sum_ext; intros j.
    rewrite (Sum_ext _ (fun k => ind (k = x) * (u j * K j k))) by (intros; lra).
    apply (Sum_pick (fun k => u j * K j k)).
  Qed.

  Lemma diagonal_range K x : bounded_kernel K -> 0 <= K x x <= 1.
  Proof. intros (_ & h & h1). split; [rewrite <- quadratic_axis; apply h|apply h1]. Qed.

  Lemma quadratic_conditioned K x u : symmetric K ->
    quadratic (conditioned K x) u = quadratic K u - Sum (fun a => u a * K a x) ^ 2 / (1 + K x x).
  Proof.
    intros hK. set (g := Sum (fun a => u a * K a x)). unfold quadratic.
    rewrite (Sum_ext _ (fun j => Sum (fun k => u j * K j k * u k) + - (g / (1 + K x x)) * (u j * K j x))).
    - rewrite Sum_plus, Sum_scal. fold g. unfold Rdiv. lra.
    - intros j. rewrite (Sum_ext _ (fun k => u j * K j k * u k + - (u j * K j x / (1 + K x x)) * (u k * K k x))).
      + rewrite Sum_plus, Sum_scal. fold g. unfold Rdiv. lra.
      + intros k. unfold conditioned. rewrite (hK x k). unfold Rdiv. lra.
  Qed.

  Lemma conditioned_reproduced K f M x : bounded_kernel K -> 0 <= M -> f x = 0 -> reproduced K f M ->
    reproduced (conditioned K x) f M.
  Proof.
    intros hK hM hf h u. assert (hx := diagonal_range K x hK). rewrite quadratic_conditioned by apply hK.
    set (g := Sum (fun a => u a * K a x)). set (t := - g / (1 + K x x)).
    assert (k := h (fun a => u a + scale t (axis x) a)).
    rewrite (quadratic_line K (proj1 hK)), bilinear_axis, quadratic_axis in k. fold g in k.
    replace (Sum (fun a => (u a + scale t (axis x) a) * f a)) with (Sum (fun a => u a * f a)) in k.
    - eapply Rle_trans; [exact k|]. apply Rmult_le_compat_l; [exact hM|].
      assert (e : g ^ 2 / (1 + K x x) = t ^ 2 * (1 + K x x)) by (unfold t; field; lra).
      assert (e2 : 2 * t * g = - 2 * (t ^ 2 * (1 + K x x))) by (unfold t; field; lra).
      rewrite e, e2. assert (q := pow2_ge_0 t). nra.
    - rewrite (Sum_ext (fun a => (u a + scale t (axis x) a) * f a) (fun a => u a * f a + t * (ind (a = x) * f a)))
        by (intros; unfold scale, axis; lra).
      rewrite Sum_plus, Sum_scal, (Sum_pick f), hf. lra.
  Qed.

  Lemma conditioned_bounded K x : bounded_kernel K -> bounded_kernel (conditioned K x).
  Proof.
    intros hK. assert (hx := diagonal_range K x hK). split; [|split].
    - intros a b. unfold conditioned. rewrite (proj1 hK a b), (proj1 hK a x), (proj1 hK x b). unfold Rdiv. lra.
    - intros u. assert (h := conditioned_reproduced K (fun _ => 0) 1 x hK ltac:(lra) eq_refl).
      assert (h0 : reproduced K (fun _ => 0) 1).
      { intros v. rewrite (Sum_ext _ (fun _ => 0)) by (intros; lra). rewrite Sum_zero.
        assert (k := proj1 (proj2 hK) v). simpl. lra. }
      specialize (h h0 u). assert (k := pow2_ge_0 (Sum (fun a => u a * 0))). lra.
    - intros a. unfold conditioned. rewrite (proj1 hK x a).
      assert (0 <= K a x * K a x / (1 + K x x)).
      { apply Rmult_le_pos; [nra|]. left. apply Rinv_0_lt_compat. lra. }
      assert (h := proj2 (proj2 hK) a). lra.
  Qed.

  Lemma conditioned_on_bounded K s : bounded_kernel K -> bounded_kernel (conditioned_on K s).
  Proof. intros h. induction s as [|x s ih]; [exact h|apply conditioned_bounded, ih]. Qed.

  Lemma conditioned_on_reproduced K f M s : bounded_kernel K -> 0 <= M -> (forall x, In x s -> f x = 0) ->
    reproduced K f M -> reproduced (conditioned_on K s) f M.
  Proof.
    intros hK hM. induction s as [|x s ih]; intros hf h; [exact h|].
    apply conditioned_reproduced; [apply conditioned_on_bounded, hK|exact hM|apply hf; left; reflexivity|].
    apply ih; [intros y hy; apply hf; right; exact hy|exact h].
  Qed.

  (** sqrt p K sqrt p. *)
  Definition weighted K : A -> A -> R := fun a b => sqrt (p a) * K a b * sqrt (p b).

  Lemma root a : sqrt (p a) * sqrt (p a) = p a.
  Proof. apply sqrt_sqrt, hp. Qed.

  Lemma quadratic_weighted K u : quadratic (weighted K) u = quadratic K (fun a => u a * sqrt (p a)).
  Proof. unfold quadratic, weighted. apply Sum_ext; intros j. apply Sum_ext; intros k. lra. Qed.

  Lemma weighted_spectral K : bounded_kernel K -> exists e lam, spectral (weighted K) e lam.
  Proof.
    intros (h1 & h2 & _). apply G01_spectral_theorem.
    - intros a b. unfold weighted. rewrite (h1 a b). lra.
    - intros u. rewrite quadratic_weighted. apply h2.
  Qed.

  Lemma weighted_trace K : bounded_kernel K -> trace (weighted K) <= 1.
  Proof.
    intros hK. rewrite <- (proj2 hp). unfold trace, weighted. apply Sum_le; intros a.
    replace (sqrt (p a) * K a a * sqrt (p a)) with (sqrt (p a) * sqrt (p a) * K a a) by lra. rewrite root.
    assert (h := diagonal_range K a hK). assert (h0 := proj1 hp a). nra.
  Qed.

  (** sum of lambda^(N+1) over the eigenvalues of sqrt p K sqrt p. *)
  Definition energy N K : R := trace (matrix_power (weighted K) (S N)).

  Lemma energy_nonneg N K : bounded_kernel K -> 0 <= energy N K.
  Proof.
    intros hK. destruct (weighted_spectral K hK) as (e & lam & h). unfold energy. rewrite (trace_power _ e lam _ h).
    apply Sum_nonneg; intros i. apply pow_le, h.
  Qed.

  (** One draw lowers the energy on average. *)
  Lemma energy_drop N K e lam : bounded_kernel K -> spectral (weighted K) e lam ->
    E p (fun x => energy (S N) (conditioned K x)) <=
    Sum (fun i => lam i ^ S (S N)) - 1 / 2 * Sum (fun i => lam i ^ S (S (S N))).
  Proof.
    intros hK hsp. assert (hlam := proj1 (proj2 hsp)).
    set (g := fun i x => Sum (fun a => e i a * sqrt (p a) * K a x)).
    assert (one : forall x, energy (S N) (conditioned K x) <= Sum (fun i => lam i ^ S N * (lam i - 1 / 2 * g i x ^ 2))).
    { intros x. assert (hx := diagonal_range K x hK).
      destruct (weighted_spectral (conditioned K x) (conditioned_bounded K x hK)) as (f & mu & hsp').
      assert (hq : forall u, quadratic (weighted (conditioned K x)) u =
        quadratic (weighted K) u - Sum (fun a => u a * sqrt (p a) * K a x) ^ 2 / (1 + K x x)).
      { intros u. rewrite !quadratic_weighted. apply (quadratic_conditioned K x _ (proj1 hK)). }
      unfold energy. rewrite (trace_power _ f mu _ hsp').
      eapply Rle_trans; [apply (power_drop N _ e lam _ f mu hsp hsp')|].
      - intros u. rewrite hq. assert (0 <= Sum (fun a => u a * sqrt (p a) * K a x) ^ 2 / (1 + K x x)); [|lra].
        apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; lra].
      - apply Sum_le; intros i. apply Rmult_le_compat_l; [apply pow_le, hlam|].
        rewrite hq, (quadratic_eigenvector _ e lam i hsp). fold (g i x).
        assert (1 / 2 * g i x ^ 2 <= g i x ^ 2 / (1 + K x x)); [|lra].
        unfold Rdiv at 2. rewrite Rmult_comm. apply Rmult_le_compat_l; [apply pow2_ge_0|].
        unfold Rdiv. rewrite Rmult_1_l. apply Rinv_le_contravar; lra. }
    eapply Rle_trans; [apply (E_le p _ _ (proj1 hp) one)|].
    right. unfold E.
    rewrite (Sum_ext _ (fun x => Sum (fun i => p x * lam i ^ S (S N) + - (1 / 2) * lam i ^ S N * (p x * g i x ^ 2)))).
    - rewrite Sum_swap. rewrite <- Sum_scal, <- Sum_minus. apply Sum_ext; intros i.
      rewrite Sum_plus, Sum_scal.
      rewrite (Sum_ext _ (fun x => lam i ^ S (S N) * p x)) by (intros; lra). rewrite Sum_scal, (proj2 hp).
      rewrite (Sum_ext _ (fun x => lam i ^ 2 * (e i x * e i x))).
      + rewrite Sum_scal. fold (dot (e i) (e i)). rewrite (proj1 (proj1 hsp)), ind_true by reflexivity. simpl. lra.
      + intros x. assert (k : sqrt (p x) * g i x = lam i * e i x).
        { rewrite <- (eigenvector (weighted K) e lam i x hsp). unfold g. rewrite Sum_mult_l.
          apply Sum_ext; intros a. unfold weighted. lra. }
        transitivity (sqrt (p x) * sqrt (p x) * g i x ^ 2); [rewrite root; reflexivity|].
        replace (sqrt (p x) * sqrt (p x) * g i x ^ 2) with ((sqrt (p x) * g i x) ^ 2) by lra.
        rewrite k. lra.
    - intros x. rewrite Sum_mult_l. apply Sum_ext; intros i. simpl. lra.
  Qed.

  Lemma energy_recurrence N q K : bounded_kernel K -> 0 <= q ->
    E p (fun x => energy (S N) (conditioned K x)) <=
    (1 - INR (S (S N)) * q / (2 * INR (S N))) * energy (S N) K + q ^ S (S N) / (2 * INR (S N)).
  Proof.
    intros hK hq. destruct (weighted_spectral K hK) as (e & lam & hsp).
    eapply Rle_trans; [apply (energy_drop N K e lam hK hsp)|].
    unfold energy. rewrite (trace_power _ e lam _ hsp).
    assert (hN : 0 < INR (S N)) by (apply lt_0_INR; lia).
    assert (ht := weighted_trace K hK). rewrite (trace_spectral _ e lam hsp) in ht.
    assert (young : INR (S (S N)) * q * Sum (fun i => lam i ^ S (S N)) <=
      INR (S N) * Sum (fun i => lam i ^ S (S (S N))) + q ^ S (S N)).
    { apply Rle_trans with (INR (S N) * Sum (fun i => lam i ^ S (S (S N))) + q ^ S (S N) * Sum lam).
      - rewrite <- !Sum_scal, <- Sum_plus. apply Sum_le; intros i. assert (hi := proj1 (proj2 hsp) i).
        assert (k := weighted_power (S N) q (lam i) hq hi). apply (Rmult_le_compat_l (lam i)) in k; [|exact hi].
        simpl pow in *. lra.
      - assert (h0 : 0 <= q ^ S (S N)) by (apply pow_le, hq). nra. }
    apply (Rmult_le_reg_l (2 * INR (S N))); [lra|].
    replace (2 * INR (S N) * ((1 - INR (S (S N)) * q / (2 * INR (S N))) * Sum (fun i => lam i ^ S (S N)) +
      q ^ S (S N) / (2 * INR (S N)))) with
      (2 * INR (S N) * Sum (fun i => lam i ^ S (S N)) - INR (S (S N)) * q * Sum (fun i => lam i ^ S (S N)) + q ^ S (S N))
      by (field; lra).
    lra.
  Qed.

  Lemma draw_last n (h : list A -> R) : En (S n) p h = En n p (fun s => E p (fun a => h (a :: s))).
  Proof.
    cbn [En]. unfold E, Sum. rewrite (En_sum p n enum (fun a s => p a * h (a :: s))).
    apply sumL_ext; intros a _. symmetry. apply (En_scal p n (p a)).
  Qed.

  (** E sum lambda^(N+1) <= (2N/(n + 2N))^N after n draws, N >= 1. *)
  Lemma energy_bound N K n : bounded_kernel K ->
    En n p (fun s => energy (S N) (conditioned_on K s)) <= (2 * INR (S N) / (INR n + 2 * INR (S N))) ^ S N.
  Proof.
    intros hK. assert (hN : 0 < INR (S N)) by (apply lt_0_INR; lia).
    assert (hN1 : 1 <= INR (S N)) by (apply (le_INR 1); lia).
    induction n as [|n ih].
    - simpl En. destruct (weighted_spectral K hK) as (e & lam & hsp).
      unfold energy. rewrite (trace_power _ e lam _ hsp).
      assert (ht := weighted_trace K hK). rewrite (trace_spectral _ e lam hsp) in ht.
      replace (2 * INR (S N) / (INR 0 + 2 * INR (S N))) with 1 by (change (INR 0) with 0; field; lra). rewrite pow1.
      eapply Rle_trans; [|exact ht]. apply Sum_le; intros i.
      assert (hi := proj1 (proj2 hsp) i). assert (hi1 : lam i <= 1).
      { eapply Rle_trans; [apply (Sum_term_le lam i), hsp|exact ht]. }
      change (lam i * lam i ^ S N <= lam i). rewrite <- (Rmult_1_r (lam i)) at 3.
      apply Rmult_le_compat_l; [exact hi|]. rewrite <- (pow1 (S N)). apply pow_incr. split; assumption.
    - assert (hn := pos_INR n). set (q := 2 * INR (S N) / (INR n + 2 * INR (S N))) in *.
      assert (hq : 0 < q) by (apply Rdiv_lt_0_compat; lra).
      assert (hq1 : q <= 1) by (apply (Rmult_le_reg_r (INR n + 2 * INR (S N))); [lra|]; unfold q; field_simplify; lra).
      set (c := INR (S (S N)) * q / (2 * INR (S N))).
      assert (hc : c <= 1).
      { unfold c. apply (Rmult_le_reg_r (2 * INR (S N))); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
        rewrite (S_INR (S N)). nra. }
      rewrite draw_last.
      apply Rle_trans with (En n p (fun s => q ^ S (S N) / (2 * INR (S N)) + (1 - c) * energy (S N) (conditioned_on K s))).
      { apply En_le; [apply hp|]. intros s _. simpl conditioned_on.
        eapply Rle_trans; [apply (energy_recurrence N q); [apply conditioned_on_bounded, hK|lra]|]. unfold c. lra. }
      rewrite En_plus, En_scal, En_const by exact hp.
      apply Rle_trans with (q ^ S N * (1 - q / 2)).
      + apply Rle_trans with (q ^ S (S N) / (2 * INR (S N)) + (1 - c) * q ^ S N).
        * apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|exact ih].
        * right. unfold c. rewrite (S_INR (S N)). change (q ^ S (S N)) with (q * q ^ S N). field. lra.
      + set (h := 1 / (INR (S n) + 2 * INR (S N))).
        assert (hh : 0 <= h <= 1).
        { assert (hd : 1 <= INR (S n) + 2 * INR (S N)) by (assert (k := pos_INR (S n)); lra). unfold h. split.
          - apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra.
          - apply (Rmult_le_reg_r (INR (S n) + 2 * INR (S N))); [lra|]. field_simplify; lra. }
        assert (hb := bernoulli (S N) h hh).
        assert (e : 2 * INR (S N) / (INR (S n) + 2 * INR (S N)) = q * (1 - h)).
        { unfold q, h. rewrite (S_INR n). field. lra. }
        rewrite e, Rpow_mult_distr. apply Rmult_le_compat_l; [apply pow_le; lra|].
        eapply Rle_trans; [|exact hb].
        assert (INR (S N) * h <= q / 2); [|lra].
        unfold h, q. rewrite (S_INR n). replace (2 * INR (S N) / (INR n + 2 * INR (S N)) / 2)
          with (INR (S N) * (1 / (INR n + 2 * INR (S N)))) by lra.
        apply Rmult_le_compat_l; [lra|]. unfold Rdiv. rewrite !Rmult_1_l. apply Rinv_le_contravar; lra.
  Qed.

  (** What the energy says of a function that the kernel reproduces. *)
  Lemma energy_controls N K f M s : bounded_kernel K -> 0 <= M -> 0 <= s -> reproduced K f M ->
    energy N K <= s ^ S N -> E p (fun a => f a ^ 2) <= M * s.
  Proof.
    intros hK hM hs hf hen. destruct (weighted_spectral K hK) as (e & lam & hsp).
    unfold energy in hen. rewrite (trace_power _ e lam _ hsp) in hen.
    assert (hlam : forall i, lam i <= s).
    { intros i. apply (pow_le_inv N); [apply hsp|exact hs|]. eapply Rle_trans; [|exact hen].
      apply (Sum_term_le (fun i => lam i ^ S N)). intros j. apply pow_le, hsp. }
    set (w := fun a => sqrt (p a) * f a). set (V := E p (fun a => f a ^ 2)).
    assert (hV : V = dot w w).
    { unfold V, E, dot, w. apply Sum_ext; intros a.
      transitivity (sqrt (p a) * sqrt (p a) * f a ^ 2); [rewrite root; reflexivity|lra]. }
    assert (hV0 : 0 <= V) by (rewrite hV; apply dot_self_nonneg).
    assert (hq : quadratic (weighted K) w <= s * V).
    { rewrite (quadratic_spectral _ e lam w hsp), hV, <- norm_square, (basis_norm e w (proj1 hsp)), <- Sum_scal.
      apply Sum_le; intros i. apply Rmult_le_compat_r; [apply pow2_ge_0|apply hlam]. }
    assert (k := hf (fun a => w a * sqrt (p a))). rewrite <- quadratic_weighted in k.
    replace (Sum (fun a => w a * sqrt (p a) * f a)) with V in k.
    - destruct hV0 as [hpos|<-]; [|apply Rmult_le_pos; assumption].
      apply (Rmult_le_reg_r V); [exact hpos|]. simpl in k.
      apply (Rmult_le_compat_l M) in hq; [|exact hM]. lra.
    - unfold V, E, w. apply Sum_ext; intros a.
      transitivity (sqrt (p a) * sqrt (p a) * f a ^ 2); [rewrite root; reflexivity|lra].
  Qed.
End Conditioned.

(** ** The rate *)

Section Rate.
  Context {A Dim : Type} {FA : FiniteType A} {FD : FiniteType Dim}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable delta : A -> Dim -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  Hypothesis hdelta : forall a, norm (delta a) <= b.

  Definition feature_kernel : A -> A -> R := fun a a' => dot (delta a) (delta a') / b ^ 2.

  (** sum_a u_a delta_a. *)
  Let total (u : A -> R) : Dim -> R := fun j => Sum (fun a => u a * delta a j).

  Lemma dot_total v u : dot v (total u) = Sum (fun a => u a * dot v (delta a)).
  Proof.
    unfold dot, total. rewrite (Sum_ext _ (fun j => Sum (fun a => u a * (v j * delta a j)))).
    - rewrite Sum_swap. apply Sum_ext; intros a. apply Sum_scal.
    - intros j. rewrite Sum_mult_l. apply Sum_ext; intros a; lra.
  Qed.

  Lemma quadratic_feature_kernel u : quadratic feature_kernel u = norm (total u) * norm (total u) / b ^ 2.
  Proof.
    rewrite norm_square, dot_total. unfold quadratic, feature_kernel, Rdiv. rewrite Rmult_comm, <- Sum_scal.
    apply Sum_ext; intros a. rewrite dot_comm, dot_total, <- Rmult_assoc, Sum_mult_l.
    apply Sum_ext; intros a'. lra.
  Qed.

  Lemma feature_kernel_bounded : bounded_kernel feature_kernel.
  Proof.
    assert (hb2 : 0 < b ^ 2) by (apply pow_lt, hb). assert (hi : 0 < / b ^ 2) by (apply Rinv_0_lt_compat, hb2).
    split; [|split].
    - intros a a'. unfold feature_kernel. rewrite dot_comm. reflexivity.
    - intros u. rewrite quadratic_feature_kernel. apply Rmult_le_pos; [|lra]. apply Rle_0_sqr.
    - intros a. unfold feature_kernel. rewrite <- norm_square. apply (Rmult_le_reg_r (b ^ 2)); [exact hb2|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. assert (h := hdelta a). assert (h0 := norm_nonneg (delta a)). nra.
  Qed.

  Lemma feature_kernel_reproduces v : reproduced feature_kernel (fun a => dot v (delta a)) (norm v ^ 2 * b ^ 2).
  Proof.
    intros u. rewrite <- dot_total, quadratic_feature_kernel.
    assert (hb2 : 0 < b ^ 2) by (apply pow_lt, hb).
    replace (norm v ^ 2 * b ^ 2 * (norm (total u) * norm (total u) / b ^ 2))
      with ((norm v * norm (total u)) ^ 2) by (field; lra).
    rewrite <- (pow2_abs (dot v (total u))). apply pow_incr. split; [apply Rabs_pos|apply abs_dot_le_norm].
  Qed.

  (** G10: with probability 1 - eta every u that vanishes on the sample has
      E <u, delta>^2 <= 6 ||u||^2 b^2 log(n/eta)/n, in any dimension. *)
  Theorem G10_blind_logarithm n eta : (3 <= n)%nat -> 0 < eta <= 1 ->
    1 - eta <= Prn n p (fun s => forall u, blind delta u s ->
      E p (fun a => dot u (delta a) ^ 2) <= norm u ^ 2 * (6 * b ^ 2 * (ln (INR n / eta) / INR n))).
  Proof.
    intros hn he. assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; lra); apply le_INR, hn).
    set (L := ln (INR n / eta)).
    assert (hq : 3 <= INR n / eta).
    { apply (Rmult_le_reg_r eta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
    assert (hL : 1 <= L).
    { unfold L. rewrite <- (ln_exp 1). apply ln_le_mono; [apply exp_pos|]. apply Rle_trans with 3; [apply exp_le_3|exact hq]. }
    destruct (nfloor_ex L ltac:(lra)) as (m & hm & hm').
    destruct m as [|N]; [simpl in hm'; lra|].
    set (k := INR (S N)) in *. assert (hk : 1 <= k) by (apply (le_INR 1); lia).
    set (r := 2 * k / INR n). assert (hr : 0 < r) by (apply Rdiv_lt_0_compat; lra).
    set (s := exp 1 * r). assert (hs : 0 < s) by (apply Rmult_lt_0_compat; [apply exp_pos|exact hr]).
    set (stat := fun z => energy p (S N) (conditioned_on feature_kernel z)).
    assert (hK := feature_kernel_bounded).
    assert (hstat : forall z, 0 <= stat z).
    { intros z. unfold stat. apply energy_nonneg, conditioned_on_bounded, hK. }
    assert (hbad : Prn n p (fun z => s ^ S (S N) <= stat z) <= eta).
    { assert (hsp : 0 < s ^ S (S N)) by (apply pow_lt, hs).
      eapply Rle_trans; [apply (Prn_markov p n stat _ hp hstat hsp)|].
      apply (Rmult_le_reg_r (s ^ S (S N))); [exact hsp|].
      replace (En n p stat / s ^ S (S N) * s ^ S (S N)) with (En n p stat) by (field; lra).
      eapply Rle_trans; [apply (energy_bound p hp N feature_kernel n hK)|]. fold k.
      apply Rle_trans with (r ^ S N).
      { apply pow_incr. split; [left; apply Rdiv_lt_0_compat; lra|]. unfold r, Rdiv.
        apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra. }
      assert (he2 : INR n / eta <= exp 1 ^ S (S N)).
      { rewrite <- (exp_ln (INR n / eta)) by lra. fold L. rewrite <- Rpower_pow by apply exp_pos.
        unfold Rpower. rewrite ln_exp, Rmult_1_r. apply exp_le. rewrite (S_INR (S N)). fold k. lra. }
      unfold s. rewrite Rpow_mult_distr. change (r ^ S (S N)) with (r * r ^ S N).
      assert (hrN : 0 < r ^ S N) by (apply pow_lt, hr).
      assert (h1 : 1 <= eta * (exp 1 ^ S (S N) * r)).
      { apply Rle_trans with (eta * (INR n / eta * r)).
        - replace (eta * (INR n / eta * r)) with (2 * k) by (unfold r; field; lra). lra.
        - apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; [lra|exact he2]. }
      nra. }
    apply Rle_trans with (Prn n p (fun z => ~ s ^ S (S N) <= stat z)); [rewrite Prn_not by exact hp; lra|].
    apply Prn_mono; [apply hp|]. intros z _ hz u hu. apply Rnot_le_lt in hz.
    apply Rle_trans with (norm u ^ 2 * b ^ 2 * s).
    - apply (energy_controls p hp (S N) (conditioned_on feature_kernel z) (fun a => dot u (delta a))).
      + apply conditioned_on_bounded, hK.
      + apply Rmult_le_pos; apply pow2_ge_0.
      + lra.
      + apply conditioned_on_reproduced; [exact hK|apply Rmult_le_pos; apply pow2_ge_0|exact hu|].
        apply feature_kernel_reproduces.
      + unfold stat in hz. lra.
    - replace (norm u ^ 2 * (6 * b ^ 2 * (L / INR n))) with (norm u ^ 2 * b ^ 2 * (3 * (2 * L / INR n))) by lra.
      apply Rmult_le_compat_l; [apply Rmult_le_pos; apply pow2_ge_0|]. unfold s.
      apply Rmult_le_compat; [left; apply exp_pos|lra|apply exp_le_3|].
      unfold r, Rdiv. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra].
  Qed.
End Rate.

(** G10 without A-NORM, for any features: with probability 1 - eta every zero-loss member of the class of
    radius R has loss at most 96 beta^2 R^2 B_phi^2 log(n/eta)/n, free of d. *)
Theorem G10_zero_loss_logarithm : forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
  (D : X -> R), is_dist D -> forall (phi : X -> Y -> Dim -> R) (beta radius Bphi : R), 0 < beta -> 0 < Bphi ->
  (forall x y, norm (phi x y) <= Bphi) -> forall theta_t : Dim -> R, norm (scale (1 + 1 / beta) theta_t) <= radius ->
  forall (n : nat) (eta : R), (3 <= n)%nat -> 0 < eta <= 1 -> 0 <= radius ->
  1 - eta <= Prn n (coupled D (softmax phi theta_t) (softmax phi theta_t)) (fun s =>
    forall theta, norm theta <= radius ->
      zero_on (pair_loss beta (softmax phi theta_t) (fun theta : Dim -> R => softmax phi theta)) theta s ->
      E (coupled D (softmax phi theta_t) (softmax phi theta_t))
        (pair_loss beta (softmax phi theta_t) (fun theta : Dim -> R => softmax phi theta) theta) <=
      96 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 * (ln (INR n / eta) / INR n)).
Proof.
  intros X Y Dim FX FY FD D hD phi beta radius Bphi hbeta hBphi hphi theta_t hreal n eta hn he hr.
  assert (hpd := pairs_dist D hD phi theta_t).
  eapply Rle_trans; [apply (G10_blind_logarithm (coupled D (softmax phi theta_t) (softmax phi theta_t)) hpd
    (feature_difference phi) (2 * Bphi) ltac:(lra) (difference_norm phi Bphi hphi) n eta hn he)|].
  apply Prn_mono; [apply hpd|]. intros s _ hs theta ht hz.
  specialize (hs _ (zero_loss_blind phi beta theta_t s theta hz)).
  rewrite (E_ext _ (pair_loss beta _ _ theta) (fun z => dot (residual beta theta theta_t) (feature_difference phi z) ^ 2))
    by (intros z; apply (pair_loss_residual phi (fun theta => theta) beta theta_t theta z)).
  eapply Rle_trans; [exact hs|].
  assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR, hn).
  assert (hq : 1 <= INR n / eta).
  { apply (Rmult_le_reg_r eta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  assert (hl : 0 <= ln (INR n / eta) / INR n).
  { apply Rmult_le_pos; [apply ln_ge_0, hq|left; apply Rinv_0_lt_compat; lra]. }
  assert (hres := residual_norm beta radius hbeta theta_t hreal theta ht).
  replace (96 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 * (ln (INR n / eta) / INR n))
    with ((2 * beta * radius) ^ 2 * (6 * (2 * Bphi) ^ 2 * (ln (INR n / eta) / INR n))) by lra.
  apply Rmult_le_compat_r.
  - apply Rmult_le_pos; [|exact hl]. apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - apply pow_incr. split; [apply norm_nonneg|exact hres].
Qed.
