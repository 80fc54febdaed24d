(** * Proposition 4.3: greedy decoding

    E01: mass above one half is found.  E03: at one half with full support too; the boundary needs a
    tie and a zero.  E04: under full support greedy decoding can miss a unique mode of mass [q] exactly
    for [1/V^L < q < 1/2].  E05: its output can differ from the mode everywhere.  E06: existence is not
    universality. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Greedy.Autoregressive.
Import ListNotations.
Open Scope R_scope.

Section Greedy.
  Context {V : Type} {FV : FiniteType V}.

  (** [s] is the only sequence of largest probability. *)
  Definition unique_mode (L : nat) (m : model V L) (s : seqs V L) : Prop :=
    forall t, t <> s -> seq_prob L m t < seq_prob L m s.

  (** A conditional above one half is the only choice. *)
  Lemma majority_token (p : V -> R) v w : is_dist p -> 1 / 2 < p v -> p v <= p w -> w = v.
  Proof.
    intros hp hv hw. apply NNPP; intros h. generalize (dist_two_le_1 p w v hp h). lra.
  Qed.

  Lemma product_above_half a b : 0 <= a <= 1 -> 0 <= b <= 1 -> 1 / 2 < a * b -> 1 / 2 < a /\ 1 / 2 < b.
  Proof. intros; split; nra. Qed.

  (** E01: [pi(y*|x) > 1/2] implies that greedy decoding returns [y*]. *)
  Theorem E01_success_above_half L m s g : is_model L m -> 1 / 2 < seq_prob L m s -> is_greedy L m g -> g = s.
  Proof.
    revert m s g; induction L as [|l ih]; intros m s g hm hs hg; [destruct s, g; reflexivity|].
    destruct s as [v s], g as [w g], hm as [h1 h2], hg as [g1 g2]. simpl in hs, g1, g2.
    assert (hr : 0 <= seq_prob l (snd m v) s <= 1)
      by (split; [apply seq_prob_dist, h2|apply seq_prob_le_1, h2]).
    destruct (product_above_half (fst m v) (seq_prob l (snd m v) s)) as [k1 k2].
    - split; [apply h1|apply dist_le_1, h1].
    - exact hr.
    - exact hs.
    - assert (w = v) by (apply (majority_token (fst m)); auto). subst w.
      f_equal. apply (ih (snd m v)); auto.
  Qed.

  Hypothesis two_tokens : exists a b : V, a <> b.

  Lemma other_token (v : V) : exists w, w <> v.
  Proof.
    destruct two_tokens as (a & b & h). destruct (classic (a = v)) as [->|k]; [exists b; congruence|exists a; exact k].
  Qed.

  Lemma full_token_lt_1 (p : V -> R) v : is_full p -> p v < 1.
  Proof.
    intros hp. destruct (other_token v) as (w & hw).
    generalize (dist_two_le_1 p w v (is_full_dist p hp) hw) (proj1 hp w). lra.
  Qed.

  Lemma full_sequence_lt_1 l m s : is_full_model (S l) m -> seq_prob (S l) m s < 1.
  Proof.
    intros [h1 h2]. destruct s as [v s]. simpl. assert (k := full_token_lt_1 (fst m) v h1).
    assert (hr : 0 <= seq_prob l (snd m v) s <= 1).
    { split; [apply seq_prob_dist|apply seq_prob_le_1]; apply full_model_is_model, h2. }
    assert (0 < fst m v) by apply h1. nra.
  Qed.

  (** E03: under full support and [L >= 2], mass at least one half is found: no tie is possible. *)
  Theorem E03_half_boundary L m s g : (2 <= L)%nat -> is_full_model L m -> 1 / 2 <= seq_prob L m s ->
    is_greedy L m g -> g = s.
  Proof.
    intros hL hm hs hg. destruct L as [|[|l]]; [lia|lia|].
    assert (hm' := full_model_is_model _ _ hm).
    destruct s as [v s], g as [w g], hm as [h1 h2], hg as [g1 g2], hm' as [d1 d2].
    change (1 / 2 <= fst m v * seq_prob (S l) (snd m v) s) in hs.
    assert (k1 := full_token_lt_1 (fst m) v h1).
    assert (k2 := full_sequence_lt_1 l (snd m v) s (h2 v)).
    assert (k3 : 0 < fst m v) by apply h1.
    assert (k4 : 0 <= seq_prob (S l) (snd m v) s) by apply seq_prob_dist, d2.
    assert (w = v) by (apply (majority_token (fst m)); [exact d1|nra|apply g1]). subst w.
    f_equal. apply (E01_success_above_half (S l) (snd m v)); [apply d2|nra|exact g2].
  Qed.

  (** ** The construction of E04 and E05 *)

  (** Weights: [q] at the mode [a a ... a], [c + e] at the decoy [b b ... b], [c] elsewhere after
      [b], [s0] everywhere else. *)
  Definition decoy_weight (l : nat) (a b : V) (q s0 c e : R) : seqs V (S l) -> R := fun t =>
    s0 + ind (fst t = a) * (ind (snd t = constant_seq a l) * (q - s0))
       + ind (fst t = b) * ((c - s0) + ind (snd t = constant_seq b l) * e).

  Lemma card_vocabulary_ge_2 : 2 <= card V.
  Proof.
    destruct two_tokens as (a & b & h). rewrite <- (Rmult_1_r (card V)), <- Sum_const.
    generalize (Sum_two_le (fun _ : V => 1) a b (fun _ => Rle_0_1) h). lra.
  Qed.

  Lemma card_suffixes_ge_2 l : 2 <= card (seqs V (S l)).
  Proof.
    rewrite card_seqs. assert (h := card_vocabulary_ge_2).
    apply Rle_trans with (card V); [exact h|]. rewrite <- (Rmult_1_r (card V)) at 1. simpl.
    apply Rmult_le_compat_l; [lra|]. apply pow_R1_Rle. lra.
  Qed.

  Lemma Sum_ind_const {A : Type} {FA : FiniteType A} (b : A) (c : R) : Sum (fun a => ind (a = b) * c) = c.
  Proof. exact (Sum_pick (fun _ => c) b). Qed.

  (** Mass of the first token [v]. *)
  Lemma decoy_token_mass l a b q s0 c e v :
    Sum (fun t => decoy_weight l a b q s0 c e (v, t)) =
      card (seqs V l) * s0 + ind (v = a) * (q - s0) + ind (v = b) * (card (seqs V l) * (c - s0) + e).
  Proof.
    unfold decoy_weight. simpl fst. simpl snd. rewrite !Sum_plus.
    rewrite (Sum_const (A := seqs V l) s0).
    rewrite (Sum_scal (ind (v = a)) (fun t => ind (t = constant_seq a l) * (q - s0))), Sum_ind_const.
    rewrite (Sum_scal (ind (v = b)) (fun t => (c - s0) + ind (t = constant_seq b l) * e)), Sum_plus.
    rewrite (Sum_const (A := seqs V l) (c - s0)), Sum_ind_const. reflexivity.
  Qed.

  Lemma decoy_total l a b q s0 c e :
    Sum (decoy_weight l a b q s0 c e) =
      card V * (card (seqs V l) * s0) + (q - s0) + (card (seqs V l) * (c - s0) + e).
  Proof.
    rewrite Sum_seqs_S. rewrite (Sum_ext _ _ (decoy_token_mass l a b q s0 c e)).
    rewrite !Sum_plus, Sum_const, !Sum_ind_const. reflexivity.
  Qed.

  (** After a constant weight with a bump at [b b ... b], greedy decoding returns exactly [b b ... b]. *)
  Lemma bump_greedy l (f : seqs V l -> R) b c e g : 0 < c -> 0 < e ->
    (forall t, f t = c + ind (t = constant_seq b l) * e) ->
    is_greedy l (chain l f) g <-> g = constant_seq b l.
  Proof.
    intros hc he. revert f g; induction l as [|l ih]; intros f g hf.
    { destruct g; simpl; split; auto. }
    assert (hpos : forall t, 0 < f t).
    { intros t. rewrite hf. generalize (ind_nonneg (t = constant_seq b (S l))). nra. }
    assert (mass : forall v, Sum (fun t => f (v, t)) = card (seqs V l) * c + ind (v = b) * e).
    { intros v. rewrite (Sum_ext _ (fun t => c + ind (t = constant_seq b l) * (ind (v = b) * e))).
      - rewrite Sum_plus, Sum_ind_const, (Sum_const (A := seqs V l)). reflexivity.
      - intros t. rewrite hf. f_equal. rewrite <- Rmult_assoc, <- ind_and. f_equal.
        apply ind_iff. split; [intros h; apply pair_equal_spec in h; tauto|intros [-> ->]; reflexivity]. }
    assert (hT : 0 < Sum (fun w => Sum (fun t => f (w, t)))) by (apply Sum_pos; intros; apply Sum_pos; auto).
    assert (best : forall v, (forall w, fst (chain (S l) f) w <= fst (chain (S l) f) v) <-> v = b).
    { intros v. simpl. set (T := Sum (fun w => Sum (fun t => f (w, t)))) in *. split.
      - intros h. apply NNPP; intros hv. specialize (h b). rewrite !mass in h.
        rewrite (ind_true (b = b)), (ind_false (v = b)) in h by auto.
        apply (Rmult_le_compat_r T) in h; [|lra]. unfold Rdiv in h.
        rewrite !Rmult_assoc, Rinv_l in h by lra. lra.
      - intros -> w. rewrite !mass. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hT|].
        rewrite (ind_true (b = b)) by reflexivity. generalize (ind_range (w = b)). nra. }
    destruct g as [v g].
    change (is_greedy (S l) (chain (S l) f) (v, g)) with
      ((forall w, fst (chain (S l) f) w <= fst (chain (S l) f) v) /\
       is_greedy l (chain l (fun t => f (v, t))) g).
    rewrite best. change (constant_seq b (S l)) with (b, constant_seq b l). split.
    - intros [-> h]. f_equal. apply (ih (fun t => f (b, t))); [|exact h].
      intros t. rewrite hf. f_equal. f_equal. apply ind_iff.
      split; [intros k; apply pair_equal_spec in k as [_ k]; exact k|intros ->; reflexivity].
    - intros h. apply pair_equal_spec in h as [-> hg]. split; [reflexivity|]. apply (ih (fun t => f (b, t))); [|exact hg].
      intros t. rewrite hf. f_equal. f_equal. apply ind_iff.
      split; [intros k; apply pair_equal_spec in k as [_ k]; exact k|intros ->; reflexivity].
  Qed.

  (** Room for the weights: [N] sequences, [m] after each first token. *)
  Lemma decoy_room N m q : 2 <= m -> 2 * m <= N -> / N < q < 1 / 2 ->
    exists s0 u, 0 < s0 < q /\ 0 < u < q /\ N * s0 + (q - s0) + m * (u - s0) = 1 /\ q + (m - 1) * s0 < m * u.
  Proof.
    intros hm hN hq. assert (hNq : 1 < N * q).
    { destruct hq as [hq _]. apply (Rmult_lt_compat_l N) in hq; [|lra]. rewrite Rinv_r in hq; lra. }
    destruct (Rlt_dec 1 ((m + 1) * q)) as [h|h].
    - set (s0 := (1 - 2 * q) / (2 * (N - 1))).
      assert (es : 2 * (N - 1) * s0 = 1 - 2 * q) by (unfold s0; field; lra).
      assert (hs : 0 < s0) by (apply Rdiv_lt_0_compat; lra).
      exists s0, ((1 - q - (N - m - 1) * s0) / m).
      set (u := (1 - q - (N - m - 1) * s0) / m).
      assert (eu : m * u = 1 - q - (N - m - 1) * s0) by (unfold u; field; lra).
      assert (hk : 0 < (N - m - 1) * s0) by (apply Rmult_lt_0_compat; lra).
      repeat split.
      + exact hs.
      + apply (Rmult_lt_reg_l N); [lra|]. nra.
      + apply (Rmult_lt_reg_l m); [lra|]. nra.
      + apply (Rmult_lt_reg_l m); [lra|]. nra.
      + nra.
      + nra.
    - set (h0 := (N * q - 1) / (2 * m * N)). set (k := N - m - 1). assert (hk : 1 <= k) by (unfold k; lra).
      assert (eh : 2 * N * (m * h0) = N * q - 1) by (unfold h0; field; lra).
      assert (hh : 0 < h0) by (apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
      set (s0 := (1 - q - m * (q - h0)) / k).
      assert (es : k * s0 = 1 - q - m * q + m * h0) by (unfold s0; field; lra).
      assert (hmh : 0 < m * h0) by (apply Rmult_lt_0_compat; lra).
      assert (hmh2 : 2 * (m * h0) <= N * q - 1) by nra.
      assert (hqs : k * (q - s0) = N * q - 1 - m * h0) by (rewrite Rmult_minus_distr_l, es; unfold k; ring).
      exists s0, (q - h0). repeat split.
      + apply (Rmult_lt_reg_l k); [lra|]. lra.
      + apply (Rmult_lt_reg_l k); [lra|]. lra.
      + apply (Rmult_lt_reg_l m); [lra|]. nra.
      + lra.
      + unfold k in es. lra.
      + assert (hlt : m * h0 < (m - 1) * (q - s0)); [|lra].
        apply (Rmult_lt_reg_l k); [lra|].
        replace (k * ((m - 1) * (q - s0))) with ((m - 1) * (k * (q - s0))) by ring. rewrite hqs.
        apply Rlt_le_trans with (1 * (N * q - 1 - m * h0)); [|apply Rmult_le_compat_r; lra].
        unfold k. nra.
  Qed.

  (** E04 and E05, the construction: for [1/V^L < q < 1/2] some model of full support has a unique
      mode of mass [q], and its greedy output is unique and differs from the mode in every position. *)
  Theorem E05_hamming L q : (2 <= L)%nat -> / card V ^ L < q < 1 / 2 ->
    exists (m : model V L) (s d : seqs V L), is_full_model L m /\ unique_mode L m s /\ seq_prob L m s = q /\
      (forall g, is_greedy L m g <-> g = d) /\ differ_everywhere L s d.
  Proof.
    intros hL hq. destruct L as [|[|l]]; [lia|lia|].
    destruct two_tokens as (a & b & hab).
    set (M := card (seqs V (S l))). assert (hM : 2 <= M) by apply card_suffixes_ge_2.
    assert (hV := card_vocabulary_ge_2).
    assert (hN : card V ^ S (S l) = card V * M) by (unfold M; rewrite card_seqs; reflexivity).
    rewrite hN in hq.
    destruct (decoy_room (card V * M) M q hM (Rmult_le_compat_r M 2 (card V) ltac:(lra) hV) hq)
      as (s0 & u & hs & hu & htot & hroom).
    set (e := Rmin (q - u) u). assert (he : 0 < e /\ e <= q - u /\ e <= u).
    { unfold e. split; [apply Rmin_glb_lt; lra|split; [apply Rmin_l|apply Rmin_r]]. }
    set (c := u - e / M). assert (ec : M * c + e = M * u) by (unfold c; field; lra).
    assert (heM : 2 * (e / M) <= e).
    { apply Rle_trans with (M * (e / M)); [|right; field; lra].
      apply Rmult_le_compat_r; [|exact hM]. left. apply Rdiv_lt_0_compat; lra. }
    assert (hc : 0 < c) by (unfold c; lra).
    assert (hce : c + e < q) by (unfold c; assert (0 < e / M) by (apply Rdiv_lt_0_compat; lra); lra).
    set (f := decoy_weight (S l) a b q s0 c e).
    assert (val : forall v (t : seqs V (S l)), f (v, t) = s0 + ind (v = a) * (ind (t = constant_seq a (S l)) * (q - s0))
       + ind (v = b) * ((c - s0) + ind (t = constant_seq b (S l)) * e)) by reflexivity.
    assert (fmode : f (constant_seq a (S (S l))) = q).
    { change (constant_seq a (S (S l))) with (a, constant_seq a (S l)). rewrite val.
      rewrite !(ind_true (_ = _)), (ind_false (a = b)) by auto. ring. }
    assert (fother : forall t, t <> constant_seq a (S (S l)) -> 0 < f t < q).
    { intros [v t] ht. rewrite val. destruct (classic (v = a)) as [->|hva].
      - rewrite (ind_false (a = b)), (ind_true (a = a)) by auto.
        rewrite (ind_false (t = _)); [lra|]. intros ->. apply ht. reflexivity.
      - rewrite (ind_false (v = a)) by exact hva. destruct (classic (v = b)) as [->|hvb].
        + rewrite (ind_true (b = b)) by reflexivity.
          assert (bump : forall P, 0 <= ind P * e <= e) by (intros P; generalize (ind_range P); split; nra).
          match goal with |- context [ind ?P * e] => generalize (bump P) end. lra.
        + rewrite (ind_false (v = b)) by exact hvb. lra. }
    assert (fpos : forall t, 0 < f t).
    { intros t. destruct (classic (t = constant_seq a (S (S l)))) as [->|ht]; [rewrite fmode; lra|apply fother, ht]. }
    assert (total : Sum f = 1).
    { unfold f. rewrite decoy_total. fold M. lra. }
    assert (prob : forall t, seq_prob (S (S l)) (chain (S (S l)) f) t = f t).
    { intros t. rewrite chain_prob by exact fpos. rewrite total. field. }
    exists (chain (S (S l)) f), (constant_seq a (S (S l))), (constant_seq b (S (S l))).
    split; [apply chain_full, fpos|]. split; [intros t ht; rewrite !prob, fmode; apply fother, ht|].
    split; [rewrite prob; exact fmode|]. split.
    - intros [v g].
      change (is_greedy (S (S l)) (chain (S (S l)) f) (v, g)) with
        ((forall w, fst (chain (S (S l)) f) w <= fst (chain (S (S l)) f) v) /\
         is_greedy (S l) (chain (S l) (fun t => f (v, t))) g).
      assert (root : forall w, fst (chain (S (S l)) f) w =
          M * s0 + ind (w = a) * (q - s0) + ind (w = b) * (M * (c - s0) + e)).
      { intros w. change (fst (chain (S (S l)) f) w) with
          (Sum (fun t => f (w, t)) / Sum (fun x => Sum (fun t => f (x, t)))).
        assert (e1 : Sum (fun x => Sum (fun t => f (x, t))) = 1) by exact (eq_trans (eq_sym (Sum_seqs_S _ f)) total).
        rewrite e1. unfold Rdiv. rewrite Rinv_1, Rmult_1_r. exact (decoy_token_mass (S l) a b q s0 c e w). }
      assert (best : (forall w, fst (chain (S (S l)) f) w <= fst (chain (S (S l)) f) v) <-> v = b).
      { split.
        - intros h. apply NNPP; intros hv. specialize (h b). rewrite !root in h.
          rewrite (ind_true (b = b)), (ind_false (v = b)), (ind_false (b = a)) in h by auto.
          generalize (ind_range (v = a)). nra.
        - intros -> w. rewrite !root. rewrite (ind_true (b = b)), (ind_false (b = a)) by auto.
          destruct (classic (w = a)) as [->|hwa].
          + rewrite (ind_true (a = a)), (ind_false (a = b)) by auto. nra.
          + rewrite (ind_false (w = a)) by exact hwa. generalize (ind_range (w = b)). nra. }
      rewrite best. change (constant_seq b (S (S l))) with (b, constant_seq b (S l)).
      assert (sub : is_greedy (S l) (chain (S l) (fun t => f (b, t))) g <-> g = constant_seq b (S l)).
      { apply (bump_greedy (S l) (fun t => f (b, t)) b c e g hc (proj1 he)).
        intros t. rewrite val, (ind_false (b = a)), (ind_true (b = b)) by auto.
        assert (flat : forall x y, s0 + 0 * (x * (q - s0)) + 1 * ((c - s0) + y * e) = c + y * e) by (intros; ring).
        apply flat. }
      split.
      + intros [-> h]. f_equal. apply sub, h.
      + intros h. apply pair_equal_spec in h as [-> hg]. split; [reflexivity|]. apply sub. exact hg.
    - clear -hab. induction (S (S l)) as [|k ih]; simpl; auto.
  Qed.

  (** E04: under full support, a model with a unique mode of mass [q] that greedy decoding can miss
      exists exactly for [1/V^L < q < 1/2]. *)
  Theorem E04_feasibility L q : (2 <= L)%nat ->
    (exists (m : model V L) (s g : seqs V L), is_full_model L m /\ unique_mode L m s /\ seq_prob L m s = q /\
       is_greedy L m g /\ g <> s)
    <-> / card V ^ L < q < 1 / 2.
  Proof.
    intros hL. split.
    - intros (m & s & g & hm & hu & hq & hg & hne). split.
      + assert (hc : 0 < card V ^ L) by (apply pow_lt; generalize card_vocabulary_ge_2; lra).
        apply (Rmult_lt_reg_l (card V ^ L)); [exact hc|]. rewrite Rinv_r by lra.
        rewrite <- card_seqs, <- Sum_const. destruct (seq_prob_full L m hm) as [_ <-].
        apply Sum_lt.
        * intros t. destruct (classic (t = s)) as [->|ht]; [lra|]. specialize (hu t ht). lra.
        * exists g. specialize (hu g hne). lra.
      + apply Rnot_le_lt. intros hhalf. apply hne. apply (E03_half_boundary L m s g hL hm); [lra|exact hg].
    - intros hq. destruct (E05_hamming L q hL hq) as (m & s & d & hm & hu & hp & hg & hd).
      exists m, s, d. repeat split; auto; [apply hg; reflexivity|].
      intros ->. destruct L as [|l]; [lia|]. destruct hd as [h _]. apply h. reflexivity.
  Qed.

End Greedy.

(** E03: at exactly one half with zero-mass responses and an adversarial tie greedy can miss:
      first token (1/2, 1/2), then (1, 0) after the first and (1/2, 1/2) after the second. *)
Theorem E03_tie_witness : exists (m : model bool 2) (s g : seqs bool 2),
  is_model 2 m /\ unique_mode 2 m s /\ seq_prob 2 m s = 1 / 2 /\ is_greedy 2 m g /\ g <> s.
Proof.
  set (half := fun _ : bool => 1 / 2). set (sure := fun v : bool => if v then 1 else 0).
  exists (half, fun v : bool => if v then (sure, fun _ => tt) else (half, fun _ => tt)),
    (true, (true, tt)), (false, (true, tt)).
  split; [|split; [|split; [|split]]].
  - assert (hh : is_dist half) by (split; [intros [|]; unfold half; lra|unfold Sum, half; simpl; lra]).
    assert (hs : is_dist sure) by (split; [intros [|]; unfold sure; lra|unfold Sum, sure; simpl; lra]).
    split; [exact hh|]. intros [|]; (split; [assumption|intros; exact I]).
  - intros [[|] [[|] []]] h; unfold half, sure; simpl; try lra; exfalso; apply h; reflexivity.
  - unfold half, sure; simpl; lra.
  - split; [intros [|]; unfold half; simpl; lra|]. split; [intros [|]; unfold half; simpl; lra|exact I].
  - discriminate.
Qed.

(** E06: both steps (7/10, 3/10): the mode has mass 49/100 <= 1/2 and greedy decoding returns it. *)
Theorem E06_not_certain : exists (m : model bool 2) (s : seqs bool 2),
  is_full_model 2 m /\ unique_mode 2 m s /\ seq_prob 2 m s = 49 / 100 /\ 49 / 100 <= 1 / 2 /\
  forall g, is_greedy 2 m g <-> g = s.
Proof.
  set (p := fun v : bool => if v then 7 / 10 else 3 / 10).
  assert (hp : is_full p) by (split; [intros [|]; unfold p; lra|unfold Sum, p; simpl; lra]).
  exists (p, fun _ : bool => (p, fun _ : bool => tt)), (true, (true, tt)).
  split; [|split; [|split; [|split]]].
  - split; [exact hp|]. intros v; split; [exact hp|]. intros; exact I.
  - intros [[|] [[|] []]] h; unfold p; simpl; try lra; exfalso; apply h; reflexivity.
  - unfold p; simpl; lra.
  - lra.
  - intros [v [w []]]. split.
    + intros [h1 [h2 _]]. specialize (h1 true). specialize (h2 true). unfold p in h1, h2. simpl in h1, h2.
      destruct v, w; try lra; reflexivity.
    + intros h. inversion h; subst. split; [|split; [|exact I]]; intros [|]; unfold p; simpl; lra.
Qed.
