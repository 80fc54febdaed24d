(** * Proposition 4.3: the trap of the paper

    E02: the construction of Appendix E (a mode with a deterministic continuation, a trap of slightly
    larger first conditional) has room exactly for [1/(3 + (V-2) V^(L-1)) < q < 1/2], which is
    [q > 1/3] for [V = 2]; then greedy decoding misses the mode.  The trap can be greedy's own pick
    exactly for [1/(2V-1) < q < 1/2]. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Greedy.Autoregressive Greedy.Feasibility.
Open Scope R_scope.

Section Trap.
  Context {V : Type} {FV : FiniteType V}.
  Variables a b : V.
  Hypothesis hab : a <> b.

  (** The construction with parameters [q] and [e]: first conditional [q] at [a] and [q + e] at [b], mass
      [q] on the sequence [a a ... a], conditionals after [b] below [q/(q+e)], every other sequence
      below [q]. *)
  Definition is_trap (l : nat) (q e : R) (m : model V (S (S l))) : Prop :=
    is_model (S (S l)) m /\ fst m a = q /\ fst m b = q + e /\
    seq_prob (S (S l)) m (constant_seq a (S (S l))) = q /\
    (forall v, fst (snd m b) v < q / (q + e)) /\
    forall t, t <> constant_seq a (S (S l)) -> seq_prob (S (S l)) m t < q.

  Lemma vocabulary_ge_2 : 2 <= card V.
  Proof. apply card_vocabulary_ge_2. exists a, b; exact hab. Qed.

  (** All mass on one sequence. *)
  Fixpoint point_model (l : nat) : model V l :=
    match l return model V l with O => tt | S k => (dirac a, fun _ => point_model k) end.

  (** Equal conditionals. *)
  Fixpoint uniform_model (l : nat) : model V l :=
    match l return model V l with O => tt | S k => (fun _ => / card V, fun _ => uniform_model k) end.

  Lemma point_model_ok l : is_model l (point_model l).
  Proof. induction l as [|k ih]; [exact I|]. split; [apply dirac_dist|intros; exact ih]. Qed.

  Lemma uniform_dist : is_dist (fun _ : V => / card V).
  Proof.
    assert (h := vocabulary_ge_2). split; [intros; left; apply Rinv_0_lt_compat; lra|].
    rewrite Sum_const. apply Rinv_r. lra.
  Qed.

  Lemma uniform_model_ok l : is_model l (uniform_model l).
  Proof. induction l as [|k ih]; [exact I|]. split; [exact uniform_dist|intros; exact ih]. Qed.

  Lemma point_prob l t : seq_prob l (point_model l) t = ind (t = constant_seq a l).
  Proof.
    induction l as [|k ih].
    - destruct t. rewrite ind_true by reflexivity. reflexivity.
    - destruct t as [v t]. change (dirac a v * seq_prob k (point_model k) t = ind ((v, t) = (a, constant_seq a k))).
      rewrite ih. unfold dirac. rewrite <- ind_and. apply ind_iff.
      split; [intros [-> ->]; reflexivity|intros h; apply pair_equal_spec in h; exact h].
  Qed.

  Lemma uniform_prob l t : seq_prob l (uniform_model l) t = / card V ^ l.
  Proof.
    induction l as [|k ih]; [simpl; rewrite Rinv_1; reflexivity|]. destruct t as [v t].
    change (/ card V * seq_prob k (uniform_model k) t = / (card V * card V ^ k)).
    rewrite ih, Rinv_mult. reflexivity.
  Qed.

  (** Responses that start with neither [a] nor [b]. *)
  Definition free_sequences (l : nat) : R := (card V - 2) * card V ^ S l.

  Lemma free_nonneg l : 0 <= free_sequences l.
  Proof.
    assert (h := vocabulary_ge_2). apply Rmult_le_pos; [lra|apply pow_le; lra].
  Qed.

  Lemma Sum_three (x y z : R) :
    Sum (fun v => ind (v = a) * x + ind (v = b) * y + ind (v <> a /\ v <> b) * z) = x + y + (card V - 2) * z.
  Proof.
    rewrite !Sum_plus, (Sum_pick (fun _ => x) a), (Sum_pick (fun _ => y) b). f_equal.
    rewrite (Sum_ext _ (fun v => z - ind (v = a) * z - ind (v = b) * z)).
    - rewrite !Sum_minus, Sum_const, (Sum_pick (fun _ => z) a), (Sum_pick (fun _ => z) b). ring.
    - intros v. rewrite ind_and, !ind_not. destruct (classic (v = a)) as [->|hv].
      + rewrite (ind_true (a = a)), (ind_false (a = b)) by auto. ring.
      + rewrite (ind_false (v = a)) by exact hv. ring.
  Qed.

  (** Room for the mass outside the mode and the trap: [w] per free sequence. *)
  Lemma trap_room q C : 0 <= C -> / (3 + C) < q < 1 / 2 ->
    exists e w, 0 < e <= 1 - 2 * q /\ e < q /\ 0 <= w < q /\ q + (q + e) + C * w = 1.
  Proof.
    intros hC [h1 h2]. assert (hpos : 0 < / (3 + C)) by (apply Rinv_0_lt_compat; lra).
    assert (h3 : 1 < (3 + C) * q).
    { apply (Rmult_lt_compat_l (3 + C)) in h1; [|lra]. rewrite Rinv_r in h1; lra. }
    destruct (Rlt_dec 1 (3 * q)) as [h|h].
    - exists (1 - 2 * q), 0. repeat split; lra.
    - assert (hCpos : 0 < C) by (destruct hC as [hC| <-]; [exact hC|lra]).
      set (x := (1 - 3 * q + Rmin (1 - 2 * q) (C * q)) / 2).
      assert (m1 := Rmin_l (1 - 2 * q) (C * q)). assert (m2 := Rmin_r (1 - 2 * q) (C * q)).
      assert (m3 : 1 - 3 * q < Rmin (1 - 2 * q) (C * q)) by (apply Rmin_glb_lt; lra).
      assert (hx : 1 - 3 * q < x /\ x < 1 - 2 * q /\ x < C * q) by (unfold x; lra).
      exists (1 - 2 * q - x), (x / C).
      assert (ex : C * (x / C) = x) by (field; lra).
      repeat split; try lra.
      + apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hCpos].
      + apply (Rmult_lt_reg_l C); [exact hCpos|]. lra.
  Qed.

  (** The construction with mass [z] on every other first token. *)
  Lemma trap_exists l q e z : 0 < e < q -> 0 <= z < card V ^ S l * q -> q + (q + e) + (card V - 2) * z = 1 ->
    exists m, is_trap l q e m /\ forall v, v <> a -> v <> b -> fst m v = z.
  Proof.
    intros he hz htot. assert (hV := vocabulary_ge_2).
    set (first := fun v => ind (v = a) * q + ind (v = b) * (q + e) + ind (v <> a /\ v <> b) * z).
    set (rest := fun v => if decide (v = a) then point_model (S l) else uniform_model (S l)).
    assert (first_a : first a = q).
    { unfold first. rewrite (ind_true (a = a)), (ind_false (a = b)), (ind_false (a <> a /\ a <> b)) by tauto. ring. }
    assert (first_b : first b = q + e).
    { unfold first. rewrite (ind_false (b = a)), (ind_true (b = b)), (ind_false (b <> a /\ b <> b)) by auto || tauto.
      ring. }
    assert (first_other : forall v, v <> a -> v <> b -> first v = z).
    { intros v h1 h2. unfold first.
      rewrite (ind_false (v = a)), (ind_false (v = b)), (ind_true (v <> a /\ v <> b)) by tauto. ring. }
    assert (rest_a : rest a = point_model (S l)) by (unfold rest; destruct (decide (a = a)); tauto).
    assert (rest_other : forall v, v <> a -> rest v = uniform_model (S l))
      by (intros v h; unfold rest; destruct (decide (v = a)); tauto).
    assert (hpow : 0 < card V ^ S l) by (apply pow_lt; lra).
    assert (hpow2 : 2 <= card V ^ S l).
    { simpl. rewrite <- (Rmult_1_r 2). apply Rmult_le_compat; try lra. apply pow_R1_Rle. lra. }
    exists (first, rest). split; [|exact first_other].
    split; [split; [split|]|split; [exact first_a|split; [exact first_b|split; [|split]]]].
    - intros v. apply Rplus_le_le_0_compat; [apply Rplus_le_le_0_compat|];
        apply Rmult_le_pos; (apply ind_nonneg || lra).
    - change (Sum first = 1). unfold first. rewrite Sum_three. exact htot.
    - intros v. change (is_model (S l) (rest v)). unfold rest. destruct (decide (v = a)).
      + apply point_model_ok.
      + apply uniform_model_ok.
    - change (first a * seq_prob (S l) (rest a) (constant_seq a (S l)) = q).
      rewrite first_a, rest_a, point_prob, ind_true by reflexivity. ring.
    - intros v. change (fst (rest b) v < q / (q + e)). rewrite rest_other by auto.
      change (/ card V < q / (q + e)). apply Rle_lt_trans with (/ 2); [apply Rinv_le_contravar; lra|].
      apply (Rmult_lt_reg_r (2 * (q + e))); [lra|].
      replace (q / (q + e) * (2 * (q + e))) with (2 * q) by (field; lra). lra.
    - intros [v t] ht. change (first v * seq_prob (S l) (rest v) t < q).
      destruct (classic (v = a)) as [->|hva].
      + rewrite first_a, rest_a, point_prob, ind_false; [lra|]. intros ->. apply ht. reflexivity.
      + rewrite rest_other, uniform_prob by exact hva. destruct (classic (v = b)) as [->|hvb].
        * rewrite first_b. apply Rle_lt_trans with ((q + e) * / 2); [|lra].
          apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra.
        * rewrite first_other by assumption. apply (Rmult_lt_reg_r (card V ^ S l)); [exact hpow|].
          rewrite Rmult_assoc, Rinv_l by lra. lra.
  Qed.

  (** First conditionals add up to one, so a common bound [u] on the other tokens bounds their mass. *)
  Lemma first_conditional_total l q e u (m : model V (S (S l))) : is_trap l q e m ->
    (forall v, v <> a -> v <> b -> fst m v <= u) -> 1 <= q + (q + e) + (card V - 2) * u.
  Proof.
    intros ([[_ h1] _] & ha & hb & _) token. rewrite <- Sum_three, <- h1. apply Sum_le; intros v.
    destruct (classic (v = a)) as [->|hva].
    - rewrite (ind_true (a = a)), (ind_false (a = b)), (ind_false (a <> a /\ a <> b)) by tauto. lra.
    - destruct (classic (v = b)) as [->|hvb].
      + rewrite (ind_false (b = a)), (ind_true (b = b)), (ind_false (b <> a /\ b <> b)) by tauto. lra.
      + rewrite (ind_false (v = a)), (ind_false (v = b)), (ind_true (v <> a /\ v <> b)) by tauto.
        specialize (token v hva hvb). lra.
  Qed.

  (** E02: the trap has room exactly for [1/(3 + (V-2) V^(L-1)) < q < 1/2], with [L = l + 2]. *)
  Theorem E02_trap l q : 0 < q ->
    (exists e m, 0 < e <= 1 - 2 * q /\ e < q /\ is_trap l q e m)
    <-> / (3 + free_sequences l) < q < 1 / 2.
  Proof.
    intros hq. assert (hV := vocabulary_ge_2). assert (hF := free_nonneg l).
    assert (hcard : card (seqs V (S l)) = card V ^ S l) by apply card_seqs.
    split.
    - intros (e & m & he & heq & hm). split; [|lra].
      apply (Rmult_lt_reg_l (3 + free_sequences l)); [lra|]. rewrite Rinv_r by lra.
      assert (hle : 1 <= q + (q + e) + (card V - 2) * (card V ^ S l * q)).
      { apply (first_conditional_total l q e _ m hm). intros v hva hvb.
        destruct hm as ([_ hsub] & _ & _ & _ & _ & hother).
        assert (hd := seq_prob_dist (S l) (snd m v) (hsub v)).
        rewrite <- hcard, <- (Sum_const (A := seqs V (S l))).
        rewrite <- (Rmult_1_r (fst m v)), <- (proj2 hd), <- Sum_scal. apply Sum_le; intros t.
        left. apply (hother (v, t)). intros k. apply pair_equal_spec in k as [k _]. contradiction. }
      unfold free_sequences. replace ((3 + (card V - 2) * card V ^ S l) * q)
        with (3 * q + (card V - 2) * (card V ^ S l * q)) by ring. lra.
    - intros hr. destruct (trap_room q (free_sequences l) hF hr) as (e & w & he & heq & hw & htot).
      assert (hpow : 0 < card V ^ S l) by (apply pow_lt; lra).
      destruct (trap_exists l q e (card V ^ S l * w)) as (m & hm & _).
      + lra.
      + split; [apply Rmult_le_pos; lra|apply Rmult_lt_compat_l; lra].
      + unfold free_sequences in htot. lra.
      + exists e, m. repeat split; (assumption || lra || apply hm).
  Qed.

  (** E02: the trap can be greedy's first token exactly for [1/(2V - 1) < q < 1/2]. *)
  Theorem E02_trap_is_pick l q : 0 < q ->
    (exists e m, 0 < e <= 1 - 2 * q /\ e < q /\ is_trap l q e m /\ forall v, fst m v <= fst m b)
    <-> / (2 * card V - 1) < q < 1 / 2.
  Proof.
    intros hq. assert (hV := vocabulary_ge_2). split.
    - intros (e & m & he & heq & hm & hpick). split; [|lra].
      apply (Rmult_lt_reg_l (2 * card V - 1)); [lra|]. rewrite Rinv_r by lra.
      assert (hle : 1 <= q + (q + e) + (card V - 2) * (q + e)).
      { apply (first_conditional_total l q e _ m hm). intros v _ _.
        destruct hm as (_ & _ & hb & _). rewrite <- hb. apply hpick. }
      assert ((card V - 2) * e <= (card V - 2) * q) by (apply Rmult_le_compat_l; lra). lra.
    - intros [h1 h2].
      assert (h3 : 1 < (2 * card V - 1) * q).
      { apply (Rmult_lt_compat_l (2 * card V - 1)) in h1; [|lra]. rewrite Rinv_r in h1; lra. }
      assert (hpow2 : 2 <= card V ^ S l).
      { simpl. rewrite <- (Rmult_1_r 2). apply Rmult_le_compat; try lra. apply pow_R1_Rle. lra. }
      enough (exists e z, 0 < e <= 1 - 2 * q /\ e < q /\ 0 <= z <= q + e /\ q + (q + e) + (card V - 2) * z = 1)
        as (e & z & he & heq & hz & htot).
      { destruct (trap_exists l q e z) as (m & hm & hother); [lra| |exact htot|].
        - split; [lra|]. apply Rlt_le_trans with (2 * q); [lra|apply Rmult_le_compat_r; lra].
        - exists e, m. split; [exact he|]. split; [exact heq|]. split; [exact hm|]. intros v.
          destruct hm as (_ & ha & hb & _). rewrite hb.
          destruct (classic (v = a)) as [->|hva]; [lra|]. destruct (classic (v = b)) as [->|hvb]; [lra|].
          rewrite hother by assumption. lra. }
      destruct (Rlt_dec 1 (3 * q)) as [h|h].
      + exists (1 - 2 * q), 0. repeat split; lra.
      + assert (hV2 : 2 < card V) by (apply Rnot_le_lt; intros k; nra).
        set (low := Rmax 0 ((1 - card V * q) / (card V - 1))).
        assert (k1 := Rmax_l 0 ((1 - card V * q) / (card V - 1))).
        assert (k2 := Rmax_r 0 ((1 - card V * q) / (card V - 1))). fold low in k1, k2.
        assert (k3 : low < q).
        { apply Rmax_lub_lt; [exact hq|]. apply (Rmult_lt_reg_r (card V - 1)); [lra|].
          unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
        set (e := (low + q) / 2). assert (ke : low < e /\ e < q /\ 0 < e) by (unfold e; lra).
        assert (k4 : 1 - card V * q <= (card V - 1) * e).
        { apply (Rmult_le_compat_r (card V - 1)) in k2; [|lra]. unfold Rdiv in k2.
          rewrite Rmult_assoc, Rinv_l, Rmult_1_r in k2 by lra.
          assert (low * (card V - 1) <= e * (card V - 1)) by (apply Rmult_le_compat_r; lra). lra. }
        exists e, ((1 - 2 * q - e) / (card V - 2)).
        assert (ez : (card V - 2) * ((1 - 2 * q - e) / (card V - 2)) = 1 - 2 * q - e) by (field; lra).
        repeat split; try lra.
        * apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra].
        * apply (Rmult_le_reg_l (card V - 2)); [lra|]. rewrite ez. lra.
  Qed.

  (** E02: with the trap greedy decoding never returns the mode. *)
  Theorem E02_trap_misses l q e m g : 0 < e -> is_trap l q e m -> is_greedy (S (S l)) m g ->
    g <> constant_seq a (S (S l)).
  Proof.
    intros he (_ & ha & hb & _) [hg _] h. subst g. specialize (hg b).
    change (fst m b <= fst m a) in hg. lra.
  Qed.

End Trap.
