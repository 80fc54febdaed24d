(** Theorem 6.2: packings and nets of the ball, statement, proof. *)

From Coq Require Import Reals Lra Lia List Classical ZArith.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.Rounds Iteration.Learners Linear.SoftmaxClass.
Import ListNotations.
Open Scope R_scope.

(** * Packings and nets of a Euclidean ball

    F01 for every dimension [d >= 1]: an [s]-separated family in the ball of radius [R] has at most
    [(1 + 2R/s)^d] members, and a maximal one is an [s]-net.  The constant is that of the volume argument,
    but no volume is needed: a family of [N] points with ratio [r < s/(2R+s)] generates self-similar
    families of [N^k] points with separation of order [r^k] in a fixed ball, and counting grid cells, with
    any constant whatever, gives [N^k <= (A r^-k)^d] for all [k], hence [N <= r^-d]. *)

(** ** Cards *)

Lemma card_prod {A B : Type} {FA : FiniteType A} {FB : FiniteType B} : card (A * B) = card A * card B.
Proof.
  rewrite <- (Rmult_1_r (card (A * B))), <- Sum_const, Sum_prod.
  rewrite (Sum_ext _ (fun _ => card B)) by (intros; rewrite Sum_const; lra). apply Sum_const.
Qed.

Lemma card_upto m : card (upto m) = INR (S m).
Proof.
  unfold card. f_equal. induction m as [|m ih]; [reflexivity|].
  change (S (length (map Some (@enum (upto m) (FiniteType_upto m)))) = S (S m)).
  rewrite map_length, ih. reflexivity.
Qed.

(** ** Tuples of cells *)

Fixpoint tuples {A : Type} (l : list A) (d : nat) : list (list A) :=
  match d with
  | O => [[]]
  | S d' => map (fun c => fst c :: snd c) (list_prod l (tuples l d'))
  end.

Lemma tuples_length {A : Type} (l : list A) d : length (tuples l d) = (length l ^ d)%nat.
Proof.
  induction d as [|d ih]; [reflexivity|]. simpl. rewrite map_length, prod_length, ih. reflexivity.
Qed.

Lemma tuples_in {A : Type} (l : list A) (t : list A) : (forall a, In a t -> In a l) -> In t (tuples l (length t)).
Proof.
  induction t as [|a t ih]; intros h; [left; reflexivity|].
  simpl. apply in_map_iff. exists (a, t). split; [reflexivity|]. apply in_prod.
  - apply h; left; reflexivity.
  - apply ih; intros b hb; apply h; right; exact hb.
Qed.

(** The integers from [-M] to [M]. *)
Definition symmetric_range (M : nat) : list Z := map (fun k => (Z.of_nat k - Z.of_nat M)%Z) (seq 0 (2 * M + 1)).

Lemma symmetric_range_length M : length (symmetric_range M) = (2 * M + 1)%nat.
Proof. unfold symmetric_range. rewrite map_length. apply seq_length. Qed.

Lemma symmetric_range_in M z : (- Z.of_nat M <= z <= Z.of_nat M)%Z -> In z (symmetric_range M).
Proof.
  intros h. apply in_map_iff. exists (Z.to_nat (z + Z.of_nat M)). split; [lia|]. apply in_seq. lia.
Qed.

Section Packing.
  Context {Dim : Type} {FD : FiniteType Dim}.

  (** The members of a family are at pairwise distance at least [s]. *)
  Definition separated {I : Type} (s : R) (p : I -> Dim -> R) : Prop :=
    forall i i', i <> i' -> s <= distance (p i) (p i').

  Definition in_ball {I : Type} (radius : R) (p : I -> Dim -> R) : Prop := forall i, norm (p i) <= radius.

  (** ** A crude count of cells *)

  Definition cell (h : R) (u : Dim -> R) : list Z := map (fun j => Int_part (u j / h)) enum.

  Lemma cell_close h u v : 0 < h -> cell h u = cell h v -> forall j, Rabs (u j - v j) < h.
  Proof.
    intros hh e j. assert (ej : Int_part (u j / h) = Int_part (v j / h)).
    { assert (k := enum_in j). unfold cell in e. revert e k. generalize (@enum Dim FD). intros l e k.
      induction l as [|i l ih]; [destruct k|]. simpl in e. injection e as e1 e2.
      destruct k as [->|k]; [exact e1|exact (ih e2 k)]. }
    destruct (base_Int_part (u j / h)) as [a1 a2]. destruct (base_Int_part (v j / h)) as [b1 b2].
    rewrite ej in a1, a2.
    replace (u j - v j) with (h * (u j / h - v j / h)) by (field; lra).
    rewrite Rabs_mult, (Rabs_right h) by lra. apply Rlt_le_trans with (h * 1); [|lra].
    apply Rmult_lt_compat_l; [exact hh|]. apply Rabs_def1; lra.
  Qed.

  Lemma packing_cells {I : Type} {FI : FiniteType I} (p : I -> Dim -> R) radius s :
    0 <= radius -> 0 < s -> in_ball radius p -> separated s p ->
    card I <= (2 * (radius * card Dim / s) + 3) ^ dimension (Dim := Dim).
  Proof.
    intros hr hs hball hsep. assert (hd := @card_ge_1 Dim FD).
    set (h := s / card Dim). assert (hh : 0 < h) by (apply Rdiv_lt_0_compat; lra).
    set (q := radius / h). assert (hq : 0 <= q) by (apply Rmult_le_pos; [exact hr|left; apply Rinv_0_lt_compat, hh]).
    assert (eq : radius * card Dim / s = q) by (unfold q, h; field; lra). rewrite eq.
    destruct (archimed q) as [up1 up2].
    assert (hup : (0 <= up q)%Z) by (apply le_IZR; lra).
    set (M := Z.to_nat (up q)). assert (eM : IZR (Z.of_nat M) = IZR (up q)) by (unfold M; rewrite Z2Nat.id; auto).
    assert (hinj : forall i i', cell h (p i) = cell h (p i') -> i = i').
    { intros i i' e. apply NNPP. intros hne. specialize (hsep i i' hne).
      assert (k := norm_lt_coordinates (fun j => p i j - p i' j) h (cell_close h _ _ hh e)).
      change (distance (p i) (p i') * distance (p i) (p i') < card Dim * (h * h)) in k.
      assert (e2 : card Dim * (h * h) = s * s * / card Dim) by (unfold h; field; lra). rewrite e2 in k.
      assert (/ card Dim <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      assert (s * s * / card Dim <= s * s * 1) by (apply Rmult_le_compat_l; [nra|assumption]).
      assert (s * s <= distance (p i) (p i') * distance (p i) (p i')) by (apply Rmult_le_compat; lra). lra. }
    assert (hlen : (length (@enum I FI) <= (2 * M + 1) ^ dimension (Dim := Dim))%nat).
    { rewrite <- (map_length (fun i => cell h (p i))), <- (symmetric_range_length M), <- tuples_length.
      apply NoDup_incl_length; [apply NoDup_map_injective; [exact hinj|apply enum_nodup]|].
      intros c hc. apply in_map_iff in hc as (i & <- & _).
      replace (dimension (Dim := Dim)) with (length (cell h (p i))) by (unfold cell; apply map_length).
      apply tuples_in. intros z hz. apply in_map_iff in hz as (j & <- & _). apply symmetric_range_in.
      assert (hj : Rabs (p i j / h) <= q).
      { unfold Rdiv. rewrite Rabs_mult, (Rabs_right (/ h)) by (left; apply Rinv_0_lt_compat, hh).
        apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hh|].
        eapply Rle_trans; [apply coordinate_le_norm|apply hball]. }
      assert (hj1 := Rle_abs (p i j / h)). assert (hj2 := Rle_abs (- (p i j / h))). rewrite Rabs_Ropp in hj2.
      destruct (base_Int_part (p i j / h)) as [b1 b2].
      assert (lo : IZR (- Z.of_nat M - 1) < IZR (Int_part (p i j / h))).
      { rewrite minus_IZR, opp_IZR, eM. lra. }
      assert (hi : IZR (Int_part (p i j / h)) < IZR (Z.of_nat M)) by lra.
      apply lt_IZR in lo. apply lt_IZR in hi. lia. }
    apply le_INR in hlen. rewrite pow_INR, plus_INR, mult_INR in hlen. unfold card.
    eapply Rle_trans; [exact hlen|]. apply pow_incr.
    assert (eM' : INR M = IZR (up q)) by (rewrite INR_IZR_INZ; exact eM).
    rewrite eM'. simpl INR. lra.
  Qed.

  (** ** Self-similar families *)

  Fixpoint word (I : Type) (k : nat) : Type := match k with O => unit | S k' => (I * word I k')%type end.

  #[local] Instance FiniteType_word (I : Type) {FI : FiniteType I} (k : nat) : FiniteType (word I k).
  Proof. induction k as [|k ih]; [exact FiniteType_unit|exact FiniteType_prod]. Defined.

  Lemma card_word (I : Type) {FI : FiniteType I} k : card (word I k) = card I ^ k.
  Proof.
    induction k as [|k ih]; [reflexivity|]. change (card (I * word I k) = card I * card I ^ k).
    rewrite <- ih. apply (@card_prod I (word I k) FI (FiniteType_word I k)).
  Qed.

  (** [p(i1) + r p(i2) + r^2 p(i3) + ...] over the words of length [k]. *)
  Fixpoint self_similar {I : Type} (r : R) (p : I -> Dim -> R) (k : nat) : word I k -> Dim -> R :=
    match k with
    | O => fun _ _ => 0
    | S k' => fun w j => p (fst w) j + r * self_similar r p k' (snd w) j
    end.

  Lemma self_similar_ball {I : Type} r radius (p : I -> Dim -> R) k : 0 < r < 1 -> 0 <= radius ->
    in_ball radius p -> in_ball (radius / (1 - r)) (self_similar r p k).
  Proof.
    intros hr hR hp. induction k as [|k ih]; intros w.
    - change (norm (fun _ : Dim => 0) <= radius / (1 - r)). rewrite norm_zero.
      apply Rmult_le_pos; [exact hR|left; apply Rinv_0_lt_compat; lra].
    - destruct w as [i w]. eapply Rle_trans; [apply norm_triangle|].
      change (norm (p i) + norm (scale r (self_similar r p k w)) <= radius / (1 - r)).
      rewrite norm_scale by lra. specialize (ih w). specialize (hp i).
      apply Rle_trans with (radius + r * (radius / (1 - r))); [|right; field; lra].
      apply Rplus_le_compat; [exact hp|]. apply Rmult_le_compat_l; [lra|exact ih].
  Qed.

  Lemma self_similar_separated {I : Type} r radius s eta (p : I -> Dim -> R) k : 0 < r < 1 -> 0 <= radius ->
    0 < eta -> eta <= s - 2 * (r * (radius / (1 - r))) -> in_ball radius p -> separated s p ->
    separated (eta * r ^ k) (self_similar r p k).
  Proof.
    intros hr hR he hes hp hsep. induction k as [|k ih]; intros w w' hne.
    - destruct w, w'. congruence.
    - destruct w as [i w], w' as [i' w'].
      destruct (classic (i = i')) as [<-|hi].
      + assert (hw : w <> w') by congruence. specialize (ih w w' hw).
        change (eta * (r * r ^ k) <= distance (fun j => p i j + r * self_similar r p k w j)
                                              (fun j => p i j + r * self_similar r p k w' j)).
        rewrite distance_scaled by lra. replace (eta * (r * r ^ k)) with (r * (eta * r ^ k)) by lra.
        apply Rmult_le_compat_l; [lra|exact ih].
      + specialize (hsep i i' hi). assert (b := self_similar_ball r radius p k hr hR hp).
        assert (b1 := b w). assert (b2 := b w').
        apply Rle_trans with eta.
        * apply Rle_trans with (eta * 1); [|lra]. apply Rmult_le_compat_l; [lra|].
          rewrite <- (pow1 (S k)). apply pow_incr. lra.
        * change (eta <= distance (fun j => p i j + r * self_similar r p k w j)
                                  (fun j => p i' j + r * self_similar r p k w' j)).
          eapply Rle_trans; [|apply (distance_shifted (p i) (p i') (scale r (self_similar r p k w))
            (scale r (self_similar r p k w')))]. rewrite !norm_scale by lra.
          assert (r * norm (self_similar r p k w) <= r * (radius / (1 - r))) by (apply Rmult_le_compat_l; lra).
          assert (r * norm (self_similar r p k w') <= r * (radius / (1 - r))) by (apply Rmult_le_compat_l; lra).
          lra.
  Qed.

  (** If all powers of a number are bounded it is at most one. *)
  Lemma bounded_powers x A : 0 <= x -> (forall k, x ^ k <= A) -> x <= 1.
  Proof.
    intros hx h. apply Rnot_lt_le. intros hlt. destruct (archimed ((A + 1) / (x - 1))) as [a _].
    set (z := up ((A + 1) / (x - 1))) in *.
    assert (hA : 0 <= A) by (specialize (h O); simpl in h; lra).
    assert (hq : 0 <= (A + 1) / (x - 1)) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (hz : (0 <= z)%Z) by (apply le_IZR; lra).
    specialize (h (Z.to_nat z)). assert (b := poly (Z.to_nat z) (x - 1) ltac:(lra)).
    replace (1 + (x - 1)) with x in b by lra. rewrite INR_IZR_INZ, Z2Nat.id in b by exact hz.
    assert ((A + 1) / (x - 1) * (x - 1) < IZR z * (x - 1)) by (apply Rmult_lt_compat_r; lra).
    replace ((A + 1) / (x - 1) * (x - 1)) with (A + 1) in H by (field; lra). lra.
  Qed.

  Lemma packing_ratio {I : Type} {FI : FiniteType I} (p : I -> Dim -> R) radius s t : 0 <= radius -> 0 < s ->
    1 + 2 * radius / s < t -> in_ball radius p -> separated s p -> card I <= t ^ dimension (Dim := Dim).
  Proof.
    intros hR hs ht hball hsep. set (d := dimension (Dim := Dim)).
    assert (hq : 0 <= 2 * radius / s) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hs]).
    set (r := / t). assert (hr : 0 < r < 1).
    { split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_lt_contravar; lra. }
    assert (ert : r * t = 1) by (unfold r; apply Rinv_l; lra).
    set (eta := s - 2 * (r * (radius / (1 - r)))).
    assert (he : 0 < eta).
    { assert (k : 2 * radius < s * (t - 1)).
      { apply (Rmult_lt_compat_l s) in ht; [|exact hs].
        replace (s * (1 + 2 * radius / s)) with (s + 2 * radius) in ht by (field; lra). lra. }
      assert (e : eta = (s * (t - 1) - 2 * radius) / (t - 1)) by (unfold eta, r; field; lra).
      rewrite e. apply Rdiv_lt_0_compat; lra. }
    set (rho := radius / (1 - r)).
    assert (hrho : 0 <= rho) by (apply Rmult_le_pos; [exact hR|left; apply Rinv_0_lt_compat; lra]).
    assert (hd1 := @card_ge_1 Dim FD).
    set (A := 2 * (rho * card Dim / eta) + 3).
    assert (hA : 0 <= A).
    { assert (0 <= rho * card Dim / eta); [|unfold A; lra].
      apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, he]. }
    assert (hpow : forall k, (card I * r ^ d) ^ k <= A ^ d).
    { intros k. assert (hk : 0 < r ^ k) by (apply pow_lt; lra).
      assert (hk1 : r ^ k <= 1) by (rewrite <- (pow1 k); apply pow_incr; lra).
      assert (c := packing_cells (FI := FiniteType_word I k) (self_similar r p k) rho (eta * r ^ k) hrho
        ltac:(apply Rmult_lt_0_compat; assumption)
        (self_similar_ball r radius p k hr hR hball)
        (self_similar_separated r radius s eta p k hr hR he (Rle_refl _) hball hsep)).
      rewrite card_word in c. fold d in c.
      assert (c2 : (2 * (rho * card Dim / (eta * r ^ k)) + 3) ^ d <= (A / r ^ k) ^ d).
      { apply pow_incr. split.
        - apply Rplus_le_le_0_compat; [|lra]. apply Rmult_le_pos; [lra|].
          apply Rmult_le_pos; [apply Rmult_le_pos; lra|].
          left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption.
        - replace (2 * (rho * card Dim / (eta * r ^ k)) + 3)
            with ((2 * (rho * card Dim / eta) + 3 * r ^ k) / r ^ k) by (field; lra).
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hk|]. unfold A. lra. }
      rewrite Rpow_mult_distr, <- pow_mult, Nat.mul_comm, pow_mult.
      apply Rle_trans with ((A / r ^ k) ^ d * (r ^ k) ^ d).
      - apply Rmult_le_compat_r; [apply pow_le; lra|lra].
      - rewrite <- Rpow_mult_distr. right. f_equal. field. lra. }
    assert (hone := bounded_powers (card I * r ^ d) (A ^ d)
      ltac:(apply Rmult_le_pos; [generalize (@card_ge_1 I FI); lra|apply pow_le; lra]) hpow).
    assert (htd : 0 < t ^ d) by (apply pow_lt; lra).
    apply Rle_trans with (card I * r ^ d * t ^ d).
    - rewrite Rmult_assoc, <- Rpow_mult_distr, ert, pow1. lra.
    - apply Rle_trans with (1 * t ^ d); [|lra]. apply Rmult_le_compat_r; [lra|exact hone].
  Qed.

  (** F01: at most [(1 + 2R/s)^d] points of the [R]-ball have pairwise distances at least [s]. *)
  Theorem F01_packing_number {I : Type} {FI : FiniteType I} (p : I -> Dim -> R) radius s :
    0 <= radius -> 0 < s -> in_ball radius p -> separated s p ->
    card I <= (1 + 2 * radius / s) ^ dimension (Dim := Dim).
  Proof.
    intros hR hs hball hsep. set (q := 1 + 2 * radius / s). set (d := dimension (Dim := Dim)).
    assert (hd : (0 < d)%nat) by apply dimension_pos. assert (hdr : 0 < INR d) by (apply lt_0_INR, hd).
    assert (hN := @card_ge_1 I FI).
    assert (hq : 1 <= q).
    { assert (0 <= 2 * radius / s) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hs]). unfold q; lra. }
    set (x := exp (ln (card I) / INR d)).
    assert (ex : x ^ d = card I).
    { rewrite <- Rpower_pow by apply exp_pos. unfold Rpower, x. rewrite ln_exp.
      replace (INR d * (ln (card I) / INR d)) with (ln (card I)) by (field; lra). apply exp_ln. lra. }
    destruct (Rle_dec x q) as [h|h]; [rewrite <- ex; apply pow_incr; split; [left; apply exp_pos|exact h]|].
    exfalso. apply Rnot_le_lt in h. assert (k := packing_ratio p radius s ((q + x) / 2) hR hs ltac:(fold q; lra) hball hsep).
    fold d in k. rewrite <- ex in k. revert k. apply Rlt_not_le.
    clear ex. clearbody x q. destruct d as [|d]; [lia|]. clear - h hq.
    induction d as [|d ih]; [simpl; lra|].
    change (((q + x) / 2) * ((q + x) / 2) ^ S d < x * x ^ S d).
    assert (hpow : 0 < ((q + x) / 2) ^ S d) by (apply pow_lt; lra).
    apply Rlt_trans with (x * ((q + x) / 2) ^ S d);
      [apply Rmult_lt_compat_r; lra|apply Rmult_lt_compat_l; lra].
  Qed.

  (** F01: a maximal [s]-packing exists; it is an [s]-net of the [R]-ball with at most [(1 + 2R/s)^d] points. *)
  Theorem F01_net_exists radius s : 0 <= radius -> 0 < s ->
    exists (m : nat) (p : upto m -> Dim -> R), in_ball radius p /\ separated s p /\
      card (upto m) <= (1 + 2 * radius / s) ^ dimension (Dim := Dim) /\
      forall u, norm u <= radius -> exists i, distance u (p i) <= s.
  Proof.
    intros hR hs. apply NNPP. intros hno.
    assert (hall : forall m, exists p : upto m -> Dim -> R, in_ball radius p /\ separated s p).
    { induction m as [|m (p & hb & hp)].
      - exists (fun _ _ => 0). split; [intros i; rewrite norm_zero; exact hR|].
        intros [] [] hne. congruence.
      - destruct (classic (exists u, norm u <= radius /\ forall i, s <= distance u (p i))) as [(u & hu & hfar)|hnet].
        + exists (fun i : option (upto m) => match i with None => u | Some i' => p i' end). split.
          * intros [i|]; [apply hb|exact hu].
          * intros [i|] [i'|] hne; [apply hp; congruence|rewrite distance_sym; apply hfar|apply hfar|congruence].
        + exfalso. apply hno. exists m, p. split; [exact hb|]. split; [exact hp|].
          split; [apply (F01_packing_number p radius s); assumption|].
          intros u hu. apply NNPP. intros hfar. apply hnet. exists u. split; [exact hu|].
          intros i. apply Rnot_lt_le. intros hlt. apply hfar. exists i. lra. }
    set (Q := (1 + 2 * radius / s) ^ dimension (Dim := Dim)).
    assert (hQ : forall m, INR (S m) <= Q).
    { intros m. destruct (hall m) as (p & hb & hp). rewrite <- card_upto.
      apply (F01_packing_number p radius s); assumption. }
    destruct (archimed Q) as [a _]. assert (q0 := hQ O). simpl in q0.
    assert (hz : (0 <= up Q)%Z) by (apply le_IZR; lra).
    specialize (hQ (Z.to_nat (up Q))). rewrite S_INR, INR_IZR_INZ, Z2Nat.id in hQ by exact hz. lra.
  Qed.

End Packing.

(** * Theorem 6.2: statements

    What is proved about the linear softmax class of radius R in R^d, in one place.  [LinearIteration] and
    [LinearRecovery] prove these propositions; [LinearInstance] gives instances that meet all hypotheses. *)

(** F06 for the class: [B^2 (24 + (32/3)(d log(1 + 4 R Bphi beta n / B) + log(1/delta))) / n] with
    [B = log(2 (N + K) n^2)]. *)
Definition linear_risk (N K d radius Bphi beta n delta : R) : R :=
  trunc_level N K n ^ 2 *
  (24 + 32 / 3 * (d * ln (1 + 4 * radius * Bphi * beta * n / trunc_level N K n) + ln (1 / delta))) / n.

(** F07: the statistical error [sqrt(linear_risk) + V4 n^(-1/2)]. *)
Definition linear_error (N K d radius Bphi beta n delta : R) : R :=
  sqrt (linear_risk N K d radius Bphi beta n delta) + V4 N K / sqrt n.

(** Theorem 6.2, repaired.  In the linear softmax class of radius R over R^d with features of norm at most
    [Bphi], for every learner that minimises the empirical loss: the probability that A-REAL, A-CONC,
    A-TAIL, A-MARGIN and the weak [c] hold in all [T] rounds and yet
    [P_x(max_y pi_T <= 1/2) > (2/gamma)(2 eps + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] is at most
    [delta], where [eps] is [linear_error] at confidence [delta/T]. *)
Definition Theorem_6_2 : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (Bphi radius beta gamma c K delta : R) (n T : nat)
    (pi0 : policy X Y) (learner : history (X := X) (Y := Y) -> ball Dim radius),
  is_dist D -> is_policy pi0 -> 0 < Bphi -> bounded_features phi Bphi -> 0 <= radius ->
  0 < beta <= 1 -> 0 < gamma -> 0 < c -> 0 < delta <= 1 -> (0 < n)%nat -> (0 < T)%nat ->
  minimises_empirical_loss beta (linear_class phi radius) pi0 learner ->
  PT D (linear_class phi radius) pi0 n learner T (fun h =>
    every_round (linear_class phi radius) pi0 learner
      (round_assumptions D beta (linear_class phi radius) gamma c K) h /\
    ~ own_failure D (current (linear_class phi radius) pi0 learner h) (1 / 2)
      <= failure_bound D beta pi0 gamma c
           (linear_error (card Y) K (card Dim) radius Bphi beta (INR n) (delta / INR T)) T) <= delta.

(** Learners that minimise the empirical loss after every history exist, for every initial policy. *)
Definition Learner_exists : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (phi : X -> Y -> Dim -> R) (radius beta : R) (pi0 : policy X Y),
  is_policy pi0 -> 0 <= radius ->
  exists learner : history (X := X) (Y := Y) -> ball Dim radius,
    minimises_empirical_loss beta (linear_class phi radius) pi0 learner.

(** S08 joined to F10: at the repaired radius [R >= alpha_T ||theta_0||] none of A-REAL, A-CONC, A-TAIL,
    A-MARGIN is an assumption on the event that every sample spans the feature differences.  If the pairs of
    [Z] span and are all seen in a round, except with probability [eta] on the exact path, then with
    probability at least [1 - T eta] the learner's policy is exactly [pi_T], proportional to
    [pi_0^alpha_T], the assumptions hold in all rounds (with [c = 1/N], [K = N]), and
    [kappa_T <= 1 + (N-1) e^(-gamma alpha_T)]. *)
Definition Exact_recovery : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (radius beta gamma eta : R) (n T : nat)
    (theta0 : Dim -> R) (Z : list (X * Y * Y)) (learner : history (X := X) (Y := Y) -> ball Dim radius),
  let pol := linear_class phi radius in
  let exact t := softmax phi (scale (alpha beta t) theta0) in
  is_dist D -> 0 < beta <= 1 -> 0 < gamma -> has_margin gamma (softmax phi theta0) ->
  alpha beta T * norm theta0 <= radius ->
  minimises_empirical_loss beta pol (softmax phi theta0) learner ->
  spans phi Z -> 0 <= eta ->
  (forall t, (t < T)%nat -> sumL Z (fun z => (1 - coupled D (exact t) (exact t) z) ^ n) <= eta) ->
  1 - INR T * eta <= PT D pol (softmax phi theta0) n learner T (fun h =>
    (forall x y, current pol (softmax phi theta0) learner h x y = exact T x y) /\
    every_round pol (softmax phi theta0) learner
      (round_assumptions D beta pol gamma (/ card Y) (card Y)) h /\
    kappa D (current pol (softmax phi theta0) learner h)
      <= 1 + (card Y - 1) * exp (- (gamma * alpha beta T))).

(** An instance of Theorem 6.2: d = 2, T = 2, two prompts, three responses, n = 10^12, beta = 1/1000.  All
    hypotheses hold, the assumptions on every history; the learner differs from the exact path with positive
    probability; the initial policy fails everywhere; and the bound is at most 1/40. *)
Definition Theorem_6_2_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let pi0 := softmax phi (fun _ => 1 / 2) in
  let beta := 1 / 1000 in
  let radius := 10 ^ 6 in
  let pol := linear_class phi radius in
  let bound n := failure_bound D beta pi0 (1 / 2) (1 / 3)
    (linear_error 3 3 2 radius 1 beta (INR n) (1 / 20 / 2)) 2 in
  exists (n : nat) (learner : history (X := bool) (Y := option bool) -> ball bool radius),
    INR n = 10 ^ 12 /\ is_dist D /\ is_policy pi0 /\ bounded_features phi 1 /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 [] h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) 3) h) /\
    0 < PT D pol pi0 n learner 2 (fun h => exists x y,
       current pol pi0 learner h x y <> softmax phi (scale (alpha beta 2) (fun _ => 1 / 2)) x y) /\
    own_failure D pi0 (1 / 2) = 1 /\ bound n <= 1 / 40 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 40).

(** An instance of [Exact_recovery]: two prompts, three responses, d = 2, T = 2, beta = 1, n = 100, R = 3.
    Every learner that minimises the empirical loss is exact after both rounds with probability at least
    49/50, and such learners exist. *)
Definition Exact_recovery_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let theta0 := fun _ : bool => 1 / 2 in
  let pi0 := softmax phi theta0 in
  let pol := linear_class phi 3 in
  (exists learner, minimises_empirical_loss 1 pol pi0 learner) /\
  forall learner, minimises_empirical_loss 1 pol pi0 learner ->
    49 / 50 <= PT D pol pi0 100 learner 2 (fun h =>
      (forall x y, current pol pi0 learner h x y = softmax phi (scale 4 theta0) x y) /\
      every_round pol pi0 learner (round_assumptions D 1 pol (1 / 2) (1 / 3) 3) h).

(** * Theorem 6.2 for the linear softmax class

    F01 gives the net, F02 its resolution in the sup log-ratio metric, F06 the risk at the resolution
    [B/(beta n)]; then the rounds of [Trajectory] with the error F07.  F09 with [d], [R], [Bphi], [T], [n]
    and [delta] explicit, and its companions C35, C37 and base failure. *)

Section Linear.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable phi : X -> Y -> Dim -> R.
  Variables Bphi radius beta K : R.
  Hypothesis hB : 0 < Bphi.
  Hypothesis hphi : bounded_features phi Bphi.
  Hypothesis hradius : 0 <= radius.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.

  Let pol := linear_class phi radius.
  Let hpol : forall i, is_policy (pol i) := linear_class_policy phi radius.
  Let level : R := trunc_level (card Y) K (INR n).
  Let stat (delta : R) : R := linear_risk (card Y) K (card Dim) radius Bphi beta (INR n) delta.

  (** F01 and F02: a finite net in the sup log-ratio metric, of resolution [e] and at most
      [(1 + 4 R Bphi / e)^d] policies. *)
  Theorem F05_linear_net e : 0 < e ->
    exists (m : nat) (center : upto m -> policy X Y), (forall j, is_policy (center j)) /\
      (forall i, exists j, forall x y, Rabs (ln (pol i x y) - ln (center j x y)) <= e) /\
      card (upto m) <= (1 + 4 * radius * Bphi / e) ^ dimension (Dim := Dim).
  Proof.
    intros he. assert (hs : 0 < e / (2 * Bphi)) by (apply Rdiv_lt_0_compat; lra).
    destruct (F01_net_exists (Dim := Dim) radius (e / (2 * Bphi)) hradius hs) as (m & p & _ & _ & hcard & hnet).
    exists m, (fun j => softmax phi (p j)). split; [intros j; apply softmax_policy|]. split.
    - intros [theta hi]. destruct (hnet theta hi) as (j & hj). exists j. intros x y.
      eapply Rle_trans; [apply (F02_policies phi Bphi theta (p j) hphi)|].
      apply Rle_trans with (2 * (Bphi * (e / (2 * Bphi)))); [|right; field; lra].
      apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; [lra|exact hj].
    - replace (1 + 4 * radius * Bphi / e) with (1 + 2 * radius / (e / (2 * Bphi))) by (field; lra). exact hcard.
  Qed.

  Lemma concentrated_mono base s1 s2 s : s1 <= s2 ->
    concentrated D beta pol base K n s1 s -> concentrated D beta pol base K n s2 s.
  Proof. intros h hc i hz. eapply Rle_trans; [apply hc, hz|exact h]. Qed.

  (** F05 and F06: the concentration event of a round. *)
  Theorem F06_linear_concentration base delta : is_policy base -> 0 < delta <= 1 -> 1 <= K ->
    1 - delta <= Prn n (pair_law D base) (concentrated D beta pol base K n (stat delta)).
  Proof.
    intros hb hd hK. assert (hL : 0 < level) by exact (B_pos K n hn hK).
    assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn).
    set (e := level / (beta * INR n)).
    assert (he : 0 < e) by (apply Rdiv_lt_0_compat; [exact hL|apply Rmult_lt_0_compat; lra]).
    destruct (F05_linear_net e he) as (m & center & hcenter & hnet & hcard).
    eapply Rle_trans; [apply (net_concentration D hD beta hbeta pol hpol center hcenter e hnet n hn K base hb delta);
      lra|].
    apply Prn_mono; [apply (pair_law_dist D hD base hb)|]. intros s _. apply concentrated_mono.
    assert (hc1 := @card_ge_1 (upto m) _).
    eapply Rle_trans; [apply (F06_resolution_policy beta hbeta e n hn K delta hK); [lra|reflexivity]|].
    unfold stat, linear_risk. fold level. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hN|].
    apply Rmult_le_compat_l; [apply pow2_ge_0|]. apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|].
    unfold Rdiv at 1. rewrite ln_mult by (try apply Rinv_0_lt_compat; lra).
    replace (1 / delta) with (/ delta) by lra. apply Rplus_le_compat_r.
    assert (e1 : 1 + 4 * radius * Bphi / e = 1 + 4 * radius * Bphi * beta * INR n / level)
      by (unfold e; field; lra).
    assert (hpos : 0 < 1 + 4 * radius * Bphi / e).
    { assert (0 <= 4 * radius * Bphi / e); [|lra]. apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat, he].
      repeat apply Rmult_le_pos; lra. }
    rewrite <- e1, (card_dimension (Dim := Dim)), <- ln_pow by exact hpos. apply ln_le_mono; [lra|exact hcard].
  Qed.

  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable learner : history (X := X) (Y := Y) -> ball Dim radius.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.
  Variables gamma c delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  Let eps : R := linear_error (card Y) K (card Dim) radius Bphi beta (INR n) (delta / INR T).

  Lemma confidence_range : 0 < delta / INR T <= 1.
  Proof.
    assert (h : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_r (INR T)); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  Qed.

  Lemma linear_error_term : eps = error_term (Y := Y) K n (stat (delta / INR T)).
  Proof. reflexivity. Qed.

  Lemma linear_error_nonneg : 1 <= K -> 0 <= eps.
  Proof. intros _. rewrite linear_error_term. apply error_term_nonneg, hn. Qed.

  (** C18 with the error of F07, in each realizable round. *)
  Lemma F07_linear_balance base : is_policy base -> realizable beta base pol ->
    1 - delta / INR T <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound D beta base (kappa D base) eps).
  Proof.
    intros hb hreal. assert (hd := confidence_range). rewrite linear_error_term.
    apply (balance_from_concentration D hD beta hbeta pol hpol base hb K n hn); [lra|exact hreal|].
    intros hK. apply F06_linear_concentration; assumption.
  Qed.

  Lemma linear_total : INR T * (delta / INR T) = delta.
  Proof. assert (h : 0 < INR T) by (apply lt_0_INR, hT). field; lra. Qed.

  Local Notation assumptions := (every_round pol pi0 learner (round_assumptions D beta pol gamma c K)).
  Local Notation P := (PT D pol pi0 n learner T).

  Theorem F09_linear_softmax :
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2) <= failure_bound D beta pi0 gamma c eps T) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** With the assumptions on every history: the bound holds with probability at least [1 - delta]. *)
  Theorem F09_linear_softmax_sure : (forall h, extends n T [] h -> assumptions h) ->
    1 - delta <= P (fun h =>
      own_failure D (current pol pi0 learner h) (1 / 2) <= failure_bound D beta pi0 gamma c eps T).
  Proof.
    intros hall. assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_failure_sure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT hall).
  Qed.

  (** Base failure after [T] rounds is at most [sum_{t < T} 2 A_t], except with probability [delta]. *)
  Theorem F09_linear_base_failure :
    P (fun h => assumptions h /\
      ~ failure D (current pol pi0 learner h) (mode pi0) (1 / 2)
        <= base_failure_bound D beta pol pi0 learner gamma eps h) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_base_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** C35 (147): for [T >= 1 + log kappa_0/log(1/rho)] the initial policy is forgotten. *)
  Theorem F09_linear_corollary_5_7 :
    1 + ln (kappa D pi0) / ln (1 / contraction (slope beta gamma c eps)) <= INR T ->
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * (sqrt (kappa_star (slope beta gamma c eps)) + 1)) <= delta.
  Proof.
    intros hrounds. assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_forgets_geometrically D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps
      (delta / INR T) hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT hrounds).
  Qed.

  (** C37 with F07: the initial condition number enters only through [kappa_0^(2^-T)]. *)
  Theorem F09_linear_doubly_exponential :
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * ((1 + slope beta gamma c eps) * Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_forgets_doubly_exponentially D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps
      (delta / INR T) hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** C27 with F07, in each realizable round: with probability at least [1 - delta/T] every admissible
      minimiser has [kappa' <= 1 + 2 eps sqrt kappa/(gamma c) + beta log kappa/(gamma c)]. *)
  Theorem F09_linear_recurrence base : is_policy base -> realizable beta base pol -> has_margin gamma base ->
    1 - delta / INR T <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) -> (forall x, c <= Max (pol i x)) ->
      kappa D (pol i) <= 1 + eps * sqrt (kappa D base) / (gamma * c)
        + (eps * sqrt (kappa D base) + beta * ln (kappa D base)) / (gamma * c)).
  Proof.
    intros hb hreal hm. eapply Rle_trans; [apply (F07_linear_balance base hb hreal)|].
    apply Prn_mono; [apply (pair_law_dist D hD base hb)|]. intros s _ hs i hi ha hmax.
    apply (kappa_from_gap D hD beta base gamma (kappa D base) eps c); auto.
  Qed.

End Linear.

Theorem F09_linear_theorem_6_2 : Theorem_6_2.
Proof.
  intros X Y Dim FX FY FD D phi Bphi radius beta gamma c K delta n T pi0 learner hD hpi0 hB hphi hr hbeta hgamma
    hc hdelta hn hT hlearner.
  exact (F09_linear_softmax D hD phi Bphi radius beta K hB hphi hr hbeta n hn pi0 hpi0 learner hlearner gamma c delta
    hgamma hc hdelta T hT).
Qed.

Theorem F09_learner_exists : Learner_exists.
Proof.
  intros X Y Dim FX FY FD phi radius beta pi0 hpi0 hr.
  exists (minimising_learner phi radius hr beta pi0 hpi0). apply minimising_learner_exists.
Qed.
