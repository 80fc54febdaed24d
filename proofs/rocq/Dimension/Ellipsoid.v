(** * Packings of an ellipsoid

    Points of an ellipsoid with semi-axes a_j, pairwise at least 2s apart, where s <= theta a_j for every axis:
    there are at most prod_j (1+theta) a_j/s of them.  That is the ratio of the volumes of (1+theta) E and of
    the s-ball, but no volume is needed: with A = diag(s/((1+theta) a_j)) the maps x |-> p_i + A x carry
    (1+theta) E onto the disjoint balls p_i + s B inside it, so words of length m give N^m disjoint translates
    of A^m (1+theta) E, and counting boxes, with any constant whatever, bounds N^m by C det(A)^{-m}.

    Directions outside a chosen set of coordinates are ignored throughout.  Serves G06. *)

From Coq Require Import Reals Lra Lia List Classical ZArith.
From SRVerify Require Import Finite.Sum Finite.Space Iteration.Satisfiable Linear.Packing.
Import ListNotations.
Open Scope R_scope.

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
    rewrite ind_false by exact k. ring.
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
    destruct (decide (P j)); [rewrite sumL_cons; ring|ring].
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
    { rewrite <- over_scal, <- !over_plus. apply over_ext; intros; ring. }
    rewrite e. set (u := over (fun j => f j ^ 2)) in *. set (v := over (fun j => g j ^ 2)) in *.
    set (w := over (fun j => f j * g j)) in *.
    assert (hw : w <= x * y).
    { apply Rnot_lt_le; intros hlt. assert (0 <= x * y) by (apply Rmult_le_pos; assumption).
      assert (h2 : (x * y) * (x * y) < w * w) by nra.
      assert (h3 : u * v <= x ^ 2 * y ^ 2) by (apply Rmult_le_compat; lra).
      replace (x ^ 2 * y ^ 2) with ((x * y) * (x * y)) in h3 by ring. simpl in cs. lra. }
    nra.
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
    unfold outer. nra.
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
        replace ((theta * t / s * (z j - p i j)) ^ 2) with ((theta * t / s) ^ 2 * (z j - p i j) ^ 2) by ring.
        replace (((z j - p i j) / outer j) ^ 2) with ((/ outer j) ^ 2 * (z j - p i j) ^ 2) by (unfold Rdiv; ring).
        apply Rmult_le_compat_r; [apply pow2_ge_0|]. apply pow_incr.
        split; [left; apply Rinv_0_lt_compat, ho|].
        apply (Rmult_le_reg_r (outer j)); [exact ho|]. rewrite Rinv_l by lra.
        replace (theta * t / s * outer j) with ((t * (1 + theta)) * (theta * a j) / s) by (unfold outer; field; lra).
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
    - replace (theta * t + t) with (t * (1 + theta)) by ring. rewrite e1. ring.
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
        set (q := / (outer j * shrink j ^ S m)). field. }
      assert (h2 : gauge (S m) (fun j => z j - v j) < 1).
      { apply Rle_lt_trans with (/ 4 * gauge (S m) (fun j => u j - v j)); [right|lra].
        unfold gauge. rewrite <- over_scal. apply over_ext; intros j _. unfold z, Rdiv.
        set (q := / (outer j * shrink j ^ S m)). field. }
      assert (k1 := translate_near m (i, w) z h1). assert (k2 := translate_near m (i', w') z h2).
      simpl fst in k1, k2. specialize (hsep i i' hi).
      assert (k := over_triangle (fun j => z j - p i' j) (fun j => p i j - z j) s s ltac:(lra) ltac:(lra) k2
        ltac:(left; eapply Rle_lt_trans; [right|exact k1]; apply over_ext; intros; ring)).
      cbv beta in k. rewrite (over_ext (fun j => (z j - p i' j + (p i j - z j)) ^ 2) (fun j => (p i j - p i' j) ^ 2)) in k
        by (intros; ring).
      replace (s + s) with (2 * s) in k by ring. lra.
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
        - apply over_ext; intros j' hj'. unfold Rdiv. ring. }
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
      { apply over_ext; intros j hj. unfold v, Rdiv. ring. }
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
            rewrite over_scal. assert (0 < h ^ 2) by (apply pow_lt, hh). nra. }
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
