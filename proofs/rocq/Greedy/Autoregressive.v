(** * Autoregressive models

    Responses of length [L] over a vocabulary, models as trees of conditionals, greedy decoding with
    adversarial ties, and the chain rule: every joint law of full support is such a model.
    K03: the condition number of a model whose conditionals stay below [p]. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber.
Import ListNotations.
Open Scope R_scope.

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
        rewrite Sum_scal. destruct (ih _ (h2 v)) as [_ ->]. ring.
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
    transitivity (Sum (fun _ : seqs (S l) => 1)); [rewrite Sum_const; ring|].
    rewrite Sum_seqs_S.
    rewrite (Sum_ext _ (fun _ => card (seqs l)))
      by (intros; transitivity (card (seqs l) * 1); [apply (Sum_const (A := seqs l))|ring]).
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
    assert (hlp : ln (1 / p) = - ln p) by (rewrite ln_div_pos, ln_1 by lra; ring).
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
