(** Proposition 4.3: autoregressive models, when greedy decoding finds the mode, and traps. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update.
Import ListNotations.
Open Scope R_scope.

(** * Autoregressive models

    Responses of length [L] over a vocabulary, models as trees of conditionals, greedy decoding with
    adversarial ties, and the chain rule: every joint law of full support is such a model.
    K03: the condition number of a model whose conditionals stay below [p]. *)

Section Sequences.
  Context {V : Type} {FV : FiniteType V}.

  (** [seqs L] is [V^L]. *)
  Fixpoint seqs (L : nat) : Type :=
    match L with O => unit | S l => (V * seqs l)%type end.
  Arguments seqs : simpl never.

  #[export] Instance FiniteType_seqs (L : nat) : FiniteType (seqs L).
  Proof. induction L as [|l ih]; [exact FiniteType_unit|exact (FiniteType_prod (FA := FV) (FB := ih))]. Defined.

  (** The sequence that repeats one token. *)
  Fixpoint constant_seq (v : V) (L : nat) : seqs L :=
    match L return seqs L with O => tt | S l => (v, constant_seq v l) end.

  (** The sequences differ in every position (Hamming distance [L]). *)
  Fixpoint differ_everywhere (L : nat) : seqs L -> seqs L -> Prop :=
    match L return seqs L -> seqs L -> Prop with
    | O => fun _ _ => True
    | S l => fun s t => fst s <> fst t /\ differ_everywhere l (snd s) (snd t)
    end.

  (** A model of length [L]: a conditional for the next token and, after each token, a model of the
      rest. *)
  Fixpoint model (L : nat) : Type :=
    match L with O => unit | S l => ((V -> R) * (V -> model l))%type end.
  Arguments model : simpl never.

  (** Every conditional is a probability vector. *)
  Fixpoint is_model (L : nat) : model L -> Prop :=
    match L return model L -> Prop with
    | O => fun _ => True
    | S l => fun m => is_dist (fst m) /\ forall v, is_model l (snd m v)
    end.

  (** Every conditional has full support. *)
  Fixpoint is_full_model (L : nat) : model L -> Prop :=
    match L return model L -> Prop with
    | O => fun _ => True
    | S l => fun m => is_full (fst m) /\ forall v, is_full_model l (snd m v)
    end.

  (** Probability of a sequence: the product of the conditionals along it. *)
  Fixpoint seq_prob (L : nat) : model L -> seqs L -> R :=
    match L return model L -> seqs L -> R with
    | O => fun _ _ => 1
    | S l => fun m s => fst m (fst s) * seq_prob l (snd m (fst s)) (snd s)
    end.

  (** [s] is an output of greedy decoding: each token maximises its conditional; any maximiser may
      be taken. *)
  Fixpoint is_greedy (L : nat) : model L -> seqs L -> Prop :=
    match L return model L -> seqs L -> Prop with
    | O => fun _ _ => True
    | S l => fun m s => (forall w, fst m w <= fst m (fst s)) /\ is_greedy l (snd m (fst s)) (snd s)
    end.

  (** Every conditional probability in the model is at most [p]. *)
  Fixpoint conditionals_le (p : R) (L : nat) : model L -> Prop :=
    match L return model L -> Prop with
    | O => fun _ => True
    | S l => fun m => (forall v, fst m v <= p) /\ forall v, conditionals_le p l (snd m v)
    end.

  Lemma full_model_is_model L m : is_full_model L m -> is_model L m.
  Proof.
    revert m; induction L as [|l ih]; intros m h; simpl in *; [exact I|].
    destruct h as [h1 h2]; split; [apply is_full_dist, h1|intros v; apply ih, h2].
  Qed.

  Lemma Sum_seqs_S L (f : seqs (S L) -> R) : Sum f = Sum (fun v => Sum (fun s => f (v, s))).
  Proof. exact (Sum_prod (FA := FV) (FB := FiniteType_seqs L) f). Qed.

  Lemma seq_prob_dist L m : is_model L m -> is_dist (seq_prob L m).
  Proof.
    revert m; induction L as [|l ih]; intros m h.
    - split; [intros; simpl; lra|]. unfold Sum; simpl; lra.
    - destruct h as [h1 h2]. split.
      + intros [v s]; simpl. apply Rmult_le_pos; [apply h1|apply (ih _ (h2 v))].
      + rewrite Sum_seqs_S. destruct h1 as [_ <-]. apply Sum_ext; intros v.
        rewrite (Sum_ext _ (fun s => fst m v * seq_prob l (snd m v) s)) by reflexivity.
        rewrite Sum_scal. destruct (ih _ (h2 v)) as [_ ->]. lra.
  Qed.

  Lemma seq_prob_full L m : is_full_model L m -> is_full (seq_prob L m).
  Proof.
    intros h. split; [|apply seq_prob_dist, full_model_is_model, h].
    revert m h; induction L as [|l ih]; intros m h s; simpl; [lra|].
    destruct h as [h1 h2]. apply Rmult_lt_0_compat; [apply h1|apply ih, h2].
  Qed.

  Lemma seq_prob_le_1 L m s : is_model L m -> seq_prob L m s <= 1.
  Proof. intros h. apply dist_le_1, seq_prob_dist, h. Qed.

  Lemma card_seqs L : card (seqs L) = card V ^ L.
  Proof.
    induction L as [|l ih]; [reflexivity|].
    transitivity (Sum (fun _ : seqs (S l) => 1)); [rewrite Sum_const; lra|].
    rewrite Sum_seqs_S.
    rewrite (Sum_ext _ (fun _ => card (seqs l)))
      by (intros; transitivity (card (seqs l) * 1); [apply (Sum_const (A := seqs l))|lra]).
    rewrite Sum_const, ih. reflexivity.
  Qed.

  (** ** The chain rule *)

  (** Conditionals of a positive weight on sequences. *)
  Fixpoint chain (L : nat) : (seqs L -> R) -> model L :=
    match L return (seqs L -> R) -> model L with
    | O => fun _ => tt
    | S l => fun f =>
        (fun v => Sum (fun s => f (v, s)) / Sum (fun w => Sum (fun s => f (w, s))),
         fun v => chain l (fun s => f (v, s)))
    end.

  Lemma chain_full L f : (forall s, 0 < f s) -> is_full_model L (chain L f).
  Proof.
    revert f; induction L as [|l ih]; intros f h; simpl; [exact I|]. split; [|intros v; apply ih; auto].
    assert (hp : forall v, 0 < Sum (fun s : seqs l => f (v, s))) by (intros; apply Sum_pos; auto).
    split.
    - intros v. apply Rdiv_lt_0_compat; [apply hp|apply Sum_pos, hp].
    - set (T := Sum (fun w => Sum (fun s : seqs l => f (w, s)))).
      rewrite (Sum_ext _ (fun v => / T * Sum (fun s => f (v, s)))) by (intros; apply Rmult_comm).
      rewrite Sum_scal. apply Rinv_l. apply Rgt_not_eq, Sum_pos, hp.
  Qed.

  (** Chain rule: the model [chain f] gives [s] the probability [f s / sum f]. *)
  Lemma chain_prob L f s : (forall s, 0 < f s) -> seq_prob L (chain L f) s = f s / Sum f.
  Proof.
    revert f s; induction L as [|l ih]; intros f s h.
    - destruct s. unfold Sum; simpl. assert (0 < f tt) by apply h. field; lra.
    - destruct s as [v s]. rewrite Sum_seqs_S.
      set (a := Sum (fun s : seqs l => f (v, s))). set (T := Sum (fun w => Sum (fun s : seqs l => f (w, s)))).
      change (a / T * seq_prob l (chain l (fun s => f (v, s))) s = f ((v, s) : seqs (S l)) / T).
      assert (ha : 0 < a) by (apply Sum_pos; auto).
      assert (hT : 0 < T) by (apply Sum_pos; intros; apply Sum_pos; auto).
      assert (e : forall u c : R, u = c / a -> a / T * u = c / T) by (intros u c ->; field; lra).
      apply e, ih. auto.
  Qed.

  (** ** K03 *)

  (** K03: conditionals at most [p] give sequence probabilities at most [p^L]. *)
  Theorem K03_sequence_probability p L m s : is_model L m -> conditionals_le p L m -> seq_prob L m s <= p ^ L.
  Proof.
    revert m; induction L as [|l ih]; intros m hm hp; simpl; [lra|].
    destruct hm as [h1 h2], hp as [p1 p2].
    apply Rmult_le_compat; [apply h1|apply seq_prob_dist, h2|apply p1|apply ih; auto].
  Qed.

  (** K03: hence [kappa >= p^(-L)]. *)
  Theorem K03_autoregressive_policy {X : Type} {FX : FiniteType X} (D : X -> R) p L (m : X -> model L) :
    is_dist D -> 0 < p -> (forall x, is_full_model L (m x)) -> (forall x, conditionals_le p L (m x)) ->
    / p ^ L <= kappa D (fun x => seq_prob L (m x)).
  Proof.
    intros hD hp hm hc. unfold kappa. rewrite <- (E_const D (/ p ^ L) hD). apply E_le; [apply hD|]. intros x.
    apply Rinv_le_contravar.
    - apply (Max_policy_pos (fun x => seq_prob L (m x))). intros y; apply seq_prob_full, hm.
    - apply K03_sequence_probability; [apply full_model_is_model, hm|apply hc].
  Qed.

  (** K03: [L >= log n / log(1/p)] gives [kappa >= n]. *)
  Theorem K03_length_policy {X : Type} {FX : FiniteType X} (D : X -> R) p L (m : X -> model L) n :
    is_dist D -> 0 < p < 1 -> 0 < n -> ln n / ln (1 / p) <= INR L ->
    (forall x, is_full_model L (m x)) -> (forall x, conditionals_le p L (m x)) ->
    n <= kappa D (fun x => seq_prob L (m x)).
  Proof.
    intros hD hp hn hL hm hc. eapply Rle_trans; [|apply (K03_autoregressive_policy D p L m); auto; lra].
    assert (hlp : ln (1 / p) = - ln p) by (rewrite ln_div_pos, ln_1 by lra; lra).
    assert (hneg : ln p < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
    assert (h : ln n <= INR L * - ln p).
    { rewrite hlp in hL. apply (Rmult_le_compat_r (- ln p)) in hL; [|lra].
      replace (ln n / - ln p * - ln p) with (ln n) in hL by (field; lra). exact hL. }
    rewrite <- (exp_ln n hn). replace (/ p ^ L) with (exp (INR L * - ln p)); [apply exp_le, h|].
    rewrite <- pow_inv. rewrite <- Rpower_pow by (apply Rinv_0_lt_compat; lra).
    unfold Rpower. rewrite ln_Rinv by lra. reflexivity.
  Qed.

End Sequences.

Arguments seqs V L : clear implicits.
Arguments model V L : clear implicits.

(** * Proposition 4.3: greedy decoding

    E01: mass above one half is found.  E03: at one half with full support too; the boundary needs a
    tie and a zero.  E04: under full support greedy decoding can miss a unique mode of mass [q] exactly
    for [1/V^L < q < 1/2].  E05: its output can differ from the mode everywhere.  E06: existence is not
    universality. *)

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
      + apply (Rmult_lt_reg_l m); [lra|]. lra.
      + lra.
      + lra.
    - set (h0 := (N * q - 1) / (2 * m * N)). set (k := N - m - 1). assert (hk : 1 <= k) by (unfold k; lra).
      assert (eh : 2 * N * (m * h0) = N * q - 1) by (unfold h0; field; lra).
      assert (hh : 0 < h0) by (apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
      set (s0 := (1 - q - m * (q - h0)) / k).
      assert (es : k * s0 = 1 - q - m * q + m * h0) by (unfold s0; field; lra).
      assert (hmh : 0 < m * h0) by (apply Rmult_lt_0_compat; lra).
      assert (hmh2 : 2 * (m * h0) <= N * q - 1) by nra.
      assert (hqs : k * (q - s0) = N * q - 1 - m * h0) by (rewrite Rmult_minus_distr_l, es; unfold k; lra).
      exists s0, (q - h0). repeat split.
      + apply (Rmult_lt_reg_l k); [lra|]. lra.
      + apply (Rmult_lt_reg_l k); [lra|]. lra.
      + apply (Rmult_lt_reg_l m); [lra|]. assert (m * h0 < q) by (apply (Rmult_lt_reg_l N); lra).
        assert (0 <= (m - 1) * q) by (apply Rmult_le_pos; lra). lra.
      + lra.
      + unfold k in es. lra.
      + assert (hlt : m * h0 < (m - 1) * (q - s0)); [|lra].
        apply (Rmult_lt_reg_l k); [lra|].
        replace (k * ((m - 1) * (q - s0))) with ((m - 1) * (k * (q - s0))) by lra. rewrite hqs.
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
      rewrite !(ind_true (_ = _)), (ind_false (a = b)) by auto. lra. }
    assert (fother : forall t, t <> constant_seq a (S (S l)) -> 0 < f t < q).
    { intros [v t] ht. rewrite val. destruct (classic (v = a)) as [->|hva].
      - rewrite (ind_false (a = b)), (ind_true (a = a)) by auto.
        rewrite (ind_false (t = _)); [lra|]. intros ->. apply ht. reflexivity.
      - rewrite (ind_false (v = a)) by exact hva. destruct (classic (v = b)) as [->|hvb].
        + rewrite (ind_true (b = b)) by reflexivity.
          assert (bump : forall P, 0 <= ind P * e <= e) by (intros P; assert (hP := ind_range P); split;
            [apply Rmult_le_pos; lra|rewrite <- (Rmult_1_l e) at 2; apply Rmult_le_compat_r; lra]).
          match goal with |- context [ind ?P * e] => generalize (bump P) end. lra.
        + rewrite (ind_false (v = b)) by exact hvb. lra. }
    assert (fpos : forall t, 0 < f t).
    { intros t. destruct (classic (t = constant_seq a (S (S l)))) as [->|ht]; [rewrite fmode; lra|apply fother, ht]. }
    assert (total : Sum f = 1).
    { unfold f. rewrite decoy_total. fold M. lra. }
    assert (prob : forall t, seq_prob (S (S l)) (chain (S (S l)) f) t = f t).
    { intros t. rewrite chain_prob by exact fpos. rewrite total. lra. }
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
          destruct (ind_range (v = a)) as [_ hi].
          assert (0 <= (1 - ind (v = a)) * (q - s0)) by (apply Rmult_le_pos; lra). lra.
        - intros -> w. rewrite !root. rewrite (ind_true (b = b)), (ind_false (b = a)) by auto.
          destruct (classic (w = a)) as [->|hwa].
          + rewrite (ind_true (a = a)), (ind_false (a = b)) by auto. lra.
          + rewrite (ind_false (w = a)) by exact hwa. destruct (ind_range (w = b)) as [_ hi].
            assert (0 <= (1 - ind (w = b)) * (M * (c - s0) + e)) by (apply Rmult_le_pos; lra). lra. }
      rewrite best. change (constant_seq b (S (S l))) with (b, constant_seq b (S l)).
      assert (sub : is_greedy (S l) (chain (S l) (fun t => f (b, t))) g <-> g = constant_seq b (S l)).
      { apply (bump_greedy (S l) (fun t => f (b, t)) b c e g hc (proj1 he)).
        intros t. rewrite val, (ind_false (b = a)), (ind_true (b = b)) by auto.
        assert (flat : forall x y, s0 + 0 * (x * (q - s0)) + 1 * ((c - s0) + y * e) = c + y * e) by (intros; lra).
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

(** * Proposition 4.3: the trap of the paper

    E02: the construction of Appendix E (a mode with a deterministic continuation, a trap of slightly
    larger first conditional) has room exactly for [1/(3 + (V-2) V^(L-1)) < q < 1/2], which is
    [q > 1/3] for [V = 2]; then greedy decoding misses the mode.  The trap can be greedy's own pick
    exactly for [1/(2V-1) < q < 1/2]. *)

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
    - rewrite !Sum_minus, Sum_const, (Sum_pick (fun _ => z) a), (Sum_pick (fun _ => z) b). lra.
    - intros v. rewrite ind_and, !ind_not. destruct (classic (v = a)) as [->|hv].
      + rewrite (ind_true (a = a)), (ind_false (a = b)) by auto. lra.
      + rewrite (ind_false (v = a)) by exact hv. lra.
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
    { unfold first. rewrite (ind_true (a = a)), (ind_false (a = b)), (ind_false (a <> a /\ a <> b)) by tauto. lra. }
    assert (first_b : first b = q + e).
    { unfold first. rewrite (ind_false (b = a)), (ind_true (b = b)), (ind_false (b <> a /\ b <> b)) by auto || tauto.
      lra. }
    assert (first_other : forall v, v <> a -> v <> b -> first v = z).
    { intros v h1 h2. unfold first.
      rewrite (ind_false (v = a)), (ind_false (v = b)), (ind_true (v <> a /\ v <> b)) by tauto. lra. }
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
        with (3 * q + (card V - 2) * (card V ^ S l * q)) by lra. lra.
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
