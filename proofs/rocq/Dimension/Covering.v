(** * The covering lemma for ellipsoids, repaired

    G06: {Sigma^{1/2} theta : ||theta|| <= R} has a cover of resolution eps whose log-size is at most
    sum_{lambda_i > l} log(4(1+sqrt3/2) R sqrt lambda_i/(sqrt3 eps)) at l = eps^2/(4R^2), hence at most
    2 d_l log+(5R sqrt lambda_1/eps).  The centres are points of the ellipsoid.  G07: with any other ridge there
    is no such bound, whatever the constant.

    Serves G06, G07. *)

From Coq Require Import Reals Lra Lia List Classical Compare_dec.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.EffectiveDimension Finite.Sum Finite.Space Iteration.Satisfiable
  Linear.Recovery Linear.Horizon Linear.Euclidean Linear.Packing Dimension.Spectrum Dimension.Ellipsoid.
Open Scope R_scope.

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
        + intros i. rewrite (over_ext P _ (fun _ => 0 * 0)) by (intros; unfold Rdiv; ring).
          rewrite over_scal. lra.
        + intros [] [] hne. congruence.
      - destruct (classic (exists u, over P (fun j => (u j / a j) ^ 2) <= 1 /\
            forall i, (2 * s) ^ 2 <= over P (fun j => (u j - p i j) ^ 2))) as [(u & hu & hfar)|hnet].
        + exists (fun i : option (upto m) => match i with None => u | Some i' => p i' end). split.
          * intros [i|]; [apply hb|exact hu].
          * intros [i|] [i'|] hne; [apply hp; congruence| |apply hfar|congruence].
            rewrite (over_ext P _ (fun j => (u j - p i j) ^ 2)) by (intros; ring). apply hfar.
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
    - intros k. rewrite Rmult_comm, Sum_mult_l. apply Sum_ext; intros; ring.
  Qed.

  Lemma dot_minus_l u v w : dot (fun k : Dim => u k - v k) w = dot u w - dot v w.
  Proof. unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; ring. Qed.

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
        replace (radius * sqrt (lam j) * (radius * sqrt (lam j))) with (radius ^ 2 * (sqrt (lam j) * sqrt (lam j))) by ring.
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
        * rewrite ind_false by exact hj. ring.
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
             replace (t j - 0 * (p i j / sqrt (lam j))) with (t j) by ring.
             assert (lam j * t j ^ 2 <= l * t j ^ 2) by (apply Rmult_le_compat_r; lra). lra.
        * assert (e4 : (2 * s) ^ 2 = 3 / 4 * eps ^ 2).
          { unfold s. replace ((2 * (sqrt 3 * eps / 4)) ^ 2) with ((sqrt 3 * sqrt 3) * (eps ^ 2 / 4)) by field.
            rewrite h33. field. }
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
      by (rewrite Sum_scal; ring).
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
             replace (5 * radius * sqrt (lam i) / eps) with (5 * (radius * sqrt (lam i) / eps)) by (field; lra).
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
  unfold quadratic, identity, Sum, sumL. simpl. rewrite ind_true by reflexivity. ring.
Qed.

Lemma unit_spectral : spectral (Dim := unit) identity identity (fun _ => 1).
Proof.
  split; [exact axes_basis|]. split; [intros; lra|]. intros j k. unfold identity, Sum, sumL. simpl.
  destruct j, k. rewrite ind_true by reflexivity. ring.
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
    assert (e : 10 = card (upto 9)) by (rewrite card_upto; simpl; ring). rewrite e.
    set (x := fun i : upto 9 => -1 + 2 / 9 * INR (rank 9 i)).
    apply (separated_count (fun i j => Rabs (x i - c j tt) <= 1 / 10)).
    + intros i. assert (hx : norm (fun _ : unit => x i) <= 1).
      { rewrite norm_unit. unfold x. assert (h : (rank 9 i <= 9)%nat).
        { clear. generalize 9%nat i. intros T j. induction T as [|T ih]; [simpl; lia|].
          destruct j as [j|]; simpl; [specialize (ih j); lia|lia]. }
        apply le_INR in h. assert (h0 := pos_INR (rank 9 i)).
        assert (e9 : INR 9 = 9) by (simpl; ring). rewrite e9 in h. apply Rabs_le. lra. }
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
    unfold Sum, sumL. simpl. ring.
  - intros J FJ c hc. eapply Rlt_le_trans; [exact h|]. apply ln_le_mono; [lra|].
    apply (proj2 G07_covering_number J FJ c hc).
Qed.
