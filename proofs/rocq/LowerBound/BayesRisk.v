(** Theorem 4.1: the exact Bayes and minimax risk, and its limits. *)

From Coq Require Import Reals Lra Lia List Classical PeanoNat.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Finite.Space Policy.Definitions
  LowerBound.HardInstance.
Import ListNotations.
Open Scope R_scope.

(** * Theorem 4.1: the exact Bayes risk of the hard instance

    Under uniform keys, a key that was not drawn at x_i is uniform on the labels that were not
    drawn there.  So for k draws at x_i with D_k distinct labels the best guess fails with
    probability 1 - 1/(M - D_k), and the Bayes risk is

      rho E_{k ~ Bin(n, rho/d)} [ ((M-1)/(M+1))^k (1 - E[1/(M - D_k)]) ],

    D_k the number of distinct values in k uniform draws from the M-1 labels off the key.
    No learner has a smaller average risk, and the learner that reads the key off the sample
    or else puts out some undrawn label attains it: this is the exact Bayes risk, and a lower bound
    of the minimax risk.

    Serves D15. *)

(** ** Binomial mixtures *)

(** One toss of a coin of bias p, and the number of heads in a list of tosses. *)
Definition biased_coin (p : R) : bool -> R := fun b => if b then p else 1 - p.

Fixpoint heads (b : list bool) : nat :=
  match b with [] => O | true :: c => S (heads c) | false :: c => heads c end.

(** E_{k ~ Bin(n,p)} g(k): the number of heads in n independent tosses. *)
Definition E_binomial (n : nat) (p : R) (g : nat -> R) : R :=
  En n (biased_coin p) (fun b => g (heads b)).

Lemma biased_coin_E (p : R) (g : bool -> R) : E (biased_coin p) g = p * g true + (1 - p) * g false.
Proof. unfold E, Sum, biased_coin; simpl; lra. Qed.

Lemma En_E {A B : Type} {FA : FiniteType A} {FB : FiniteType B} n (p : A -> R) (w : B -> R)
    (f : B -> list A -> R) :
  En n p (fun s => E w (fun b => f b s)) = E w (fun b => En n p (f b)).
Proof.
  unfold E at 1, Sum; rewrite En_sum; apply sumL_ext; intros b _; apply En_scal.
Qed.

(** Independent draws conditioned on an event, given by its normalised law. *)
Lemma En_condition {A : Type} {FA : FiniteType A} (p q : A -> R) (P : A -> Prop) (c : R) n f :
  (forall a, ind (P a) * p a = c * q a) ->
  En n p (fun s => ind (Forall P s) * f s) = c ^ n * En n q f.
Proof.
  intro h; revert f; induction n as [| n IH]; intro f; cbn [En].
  - rewrite ind_true by constructor; simpl; lra.
  - unfold E; rewrite <- Sum_scal; apply Sum_ext; intro a.
    rewrite (En_ext p n _ (fun s => ind (P a) * (ind (Forall P s) * f (a :: s)))).
    + rewrite En_scal, IH.
      transitivity ((ind (P a) * p a) * (c ^ n * En n q (fun s => f (a :: s)))); [lra |].
      rewrite h; simpl; lra.
    + intros s _; rewrite (ind_iff (Forall P (a :: s)) (P a /\ Forall P s))
        by (rewrite Forall_cons_iff; tauto).
      rewrite ind_and; ring.
Qed.

Section Bayes.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** ** What was drawn at x_i *)

  (** The responses drawn at x_i, in order. *)
  Fixpoint labels_at (i : I) (s : list (option I * K)) : list K :=
    match s with
    | [] => []
    | (x, y) :: t => if decide (x = Some i) then y :: labels_at i t else labels_at i t
    end.

  (** The number of distinct labels of a list. *)
  Definition distinct (t : list K) : R := Sum (fun y => ind (In y t)).

  Lemma distinct_missing t : M - distinct t = Sum (fun y => ind (~ In y t)).
  Proof.
    unfold distinct; rewrite <- (Rmult_1_r M), <- Sum_const, <- Sum_minus.
    apply Sum_ext; intro y; rewrite ind_not; lra.
  Qed.

  Lemma distinct_le t (j : K) : ~ In j t -> 1 <= M - distinct t.
  Proof.
    intro h; rewrite distinct_missing, <- (ind_true (~ In j t) h).
    apply (Sum_term_le (fun y => ind (~ In y t))); intro; apply ind_nonneg.
  Qed.

  Lemma in_labels i s y : In y (labels_at i s) <-> In (Some i, y) s.
  Proof.
    induction s as [| (x, z) s IH]; simpl; [tauto |].
    destruct (decide (x = Some i)) as [-> | hx]; simpl; rewrite IH.
    - split; intros [h | h]; auto; [left; congruence | left; congruence].
    - split; [auto |]. intros [h | h]; [exfalso; apply hx; congruence | exact h].
  Qed.

  (** The law of the labels at x_i: a binomial number of draws from the key's law. *)
  Lemma labels_law rho key i n (g : list K -> R) : 0 <= rho -> rho <= 1 ->
    En n (draw_law rho key) (fun s => g (labels_at i s)) =
    E_binomial n (rho / d) (fun k => En k (key_law 1 (key i)) g).
  Proof.
    intros h0 h1; unfold E_binomial; revert g.
    induction n as [| n IH]; intro g; [reflexivity |].
    cbn [En]; rewrite biased_coin_E.
    set (rest := En n (draw_law rho key) (fun s => g (labels_at i s))).
    set (hit := fun y => En n (draw_law rho key) (fun s => g (y :: labels_at i s))).
    assert (hsplit : forall o, En n (draw_law rho key) (fun s => g (labels_at i (o :: s))) =
              ind (fst o = Some i) * hit (snd o) + (1 - ind (fst o = Some i)) * rest).
    { intros (x, y); simpl; destruct (decide (x = Some i)) as [e | e].
      - rewrite ind_true by exact e; unfold hit; lra.
      - rewrite ind_false by exact e; unfold rest; lra. }
    rewrite (E_ext (draw_law rho key) _ _ hsplit), E_plus, E_scal_r.
    assert (hhit : E (draw_law rho key) (fun o => ind (fst o = Some i) * hit (snd o)) =
                   rho / d * E (key_law 1 (key i)) hit).
    { unfold E at 1; rewrite Sum_prod, Sum_option; simpl.
      rewrite (Sum_ext (fun b => draw_law rho key (None, b) * _) (fun _ => 0)).
      2: { intro y; rewrite ind_false by discriminate; ring. }
      rewrite Sum_zero, Rplus_0_l.
      rewrite (Sum_ext _ (fun j => ind (j = i) * (rho / d * E (key_law 1 (key j)) hit))).
      - rewrite (Sum_pick (fun j => rho / d * E (key_law 1 (key j)) hit)); reflexivity.
      - intro j; unfold E; rewrite <- !Sum_scal; apply Sum_ext; intro y.
        unfold draw_law; simpl.
        assert (ind (Some j = Some i) = ind (j = i)) as ->.
        { apply ind_iff; split; [intro h; injection h; auto | intros ->; reflexivity]. }
        lra. }
    assert (hrest : E (draw_law rho key) (fun o => 1 - ind (fst o = Some i)) = 1 - rho / d).
    { rewrite E_minus, E_const by (apply draw_law_dist; assumption); f_equal.
      rewrite (E_ext _ _ (fun o => ind (fst o = Some i /\ True))) by
        (intro; apply ind_iff; tauto).
      change (Pr (draw_law rho key) (fun o => fst o = Some i /\ (fun _ => True) (snd o)) = rho / d).
      rewrite draw_at; unfold Pr.
      rewrite (E_ext _ _ (fun _ => 1)) by (intro; apply ind_true; exact Logic.I).
      rewrite E_const by (apply is_full_dist, D01_key_law; lra); lra. }
    rewrite hhit, hrest; unfold rest; rewrite IH; f_equal.
    f_equal; unfold hit.
    rewrite (E_ext _ _ (fun y => En n (biased_coin (rho / d))
               (fun b => En (heads b) (key_law 1 (key i)) (fun t => g (y :: t)))))
      by (intro y; apply (IH (fun t => g (y :: t)))).
    rewrite <- (En_E n (biased_coin (rho / d))); reflexivity.
  Qed.

  (** ** The Bayes value *)

  (** Uniform law on the labels other than j. *)
  Definition off_key (j : K) : K -> R := fun y => ind (y <> j) / (M - 1).

  (** Conditional failure probability of the best guess after the draws t, none of them the key. *)
  Definition blind_failure (t : list K) : R := 1 - / (M - distinct t).

  (** ((M-1)/(M+1))^k (1 - E[1/(M - D_k)]), D_k over k uniform draws from the M-1 labels off j. *)
  Definition bayes_failure (j : K) (k : nat) : R :=
    ((M - 1) / (M + 1)) ^ k * (1 - En k (off_key j) (fun t => / (M - distinct t))).

  Lemma off_key_dist j : 2 <= M -> is_dist (off_key j).
  Proof.
    intro hM; unfold off_key; split.
    - intro y; apply le_div; [lra | pose proof (ind_nonneg (y <> j)); lra].
    - rewrite (Sum_ext _ (fun y => / (M - 1) * (1 - ind (y = j) * 1))) by
        (intro; rewrite ind_not; unfold Rdiv; lra).
      rewrite Sum_scal, Sum_minus, Sum_const, (Sum_pick (fun _ => 1)); field; lra.
  Qed.

  (** k draws from P_j: the mean failure of the best guess, with the key undrawn. *)
  Lemma blind_mean j k : 2 <= M ->
    En k (key_law 1 j) (fun t => ind (~ In j t) * blind_failure t) = bayes_failure j k.
  Proof.
    intro hM.
    rewrite (En_ext _ k _ (fun t => ind (Forall (fun y => y <> j) t) * blind_failure t)).
    - rewrite (En_condition (key_law 1 j) (off_key j) _ ((M - 1) / (M + 1))).
      + unfold bayes_failure, blind_failure; f_equal.
        rewrite (En_ext _ k _ (fun t => 1 + (-1) * / (M - distinct t))) by (intros; lra).
        rewrite En_plus, En_scal, En_const by (apply off_key_dist; exact hM); lra.
      + intro y; unfold off_key; destruct (classic (y = j)) as [h | h].
        * rewrite ind_false by tauto; unfold Rdiv; lra.
        * rewrite ind_true, key_law_off by exact h; field; lra.
    - intros t _; f_equal; apply ind_iff; rewrite Forall_forall; split.
      + intros h y hy ->; contradiction.
      + intros h hj; exact (h j hj eq_refl).
  Qed.

  (** The Bayes risk rho E_{k ~ Bin(n, rho/d)} [bayes_failure], averaged over the key's label (by
      symmetry every label has the same value). *)
  Definition bayes_risk (rho : R) (n : nat) : R :=
    rho * E uniform (fun j => E_binomial n (rho / d) (bayes_failure j)).

  (** ** No learner does better *)

  (** Law of a draw that is not the key at x_i, whatever the key is there. *)
  Definition blind_law (rho : R) (key : I -> K) (i : I) (o : option I * K) : R :=
    if decide (fst o = Some i) then rho / d * (1 / (M + 1)) else draw_law rho key o.

  Definition blind_reveal (key : I -> K) (i : I) (o : option I * K) : @observation I K :=
    if decide (fst o = Some i) then (fst o, snd o, ln (1 / (M + 1))) else reveal key o.

  Lemma blind_policy key i j (o : option I * K) : o <> (Some i, j) ->
    key_policy 1 (set_key key i j) (fst o) (snd o) =
    if decide (fst o = Some i) then 1 / (M + 1) else key_policy 1 key (fst o) (snd o).
  Proof.
    destruct o as [x y]; simpl; intro h.
    destruct (decide (x = Some i)) as [-> | hx]; simpl.
    - rewrite set_key_same; apply key_law_off; intros ->; apply h; reflexivity.
    - destruct x as [k |]; simpl; [| reflexivity].
      rewrite set_key_other by (intros ->; apply hx; reflexivity); reflexivity.
  Qed.

  Lemma blind_law_agrees rho key i j (o : option I * K) : o <> (Some i, j) ->
    draw_law rho (set_key key i j) o = blind_law rho key i o.
  Proof.
    intro h; unfold draw_law, blind_law; rewrite blind_policy by exact h.
    destruct (decide (fst o = Some i)) as [e | e]; [rewrite e; reflexivity | reflexivity].
  Qed.

  Lemma blind_reveal_agrees key i j s : ~ In (Some i, j) s ->
    map (reveal (set_key key i j)) s = map (blind_reveal key i) s.
  Proof.
    induction s as [| o s IH]; simpl; intro h; [reflexivity |].
    rewrite IH by tauto; f_equal; unfold reveal, blind_reveal.
    rewrite blind_policy by (intros ->; tauto).
    destruct (decide (fst o = Some i)); reflexivity.
  Qed.

  (** Samples without (Some i, j), under the blind law. *)
  Lemma blind_transfer rho key i j n (f : list (option I * K) -> R) :
    En n (draw_law rho (set_key key i j)) (fun s => ind (~ In (Some i, j) s) * f s) =
    En n (blind_law rho key i) (fun s => ind (~ In (Some i, j) s) * f s).
  Proof.
    set (P := fun o : option I * K => o <> (Some i, j)).
    assert (h : forall p, En n p (fun s => ind (~ In (Some i, j) s) * f s) =
                          En n p (fun s => ind (Forall P s) * f s)).
    { intro p; apply En_ext; intros s _; f_equal; apply ind_iff; rewrite Forall_forall; unfold P.
      split; [intros h o ho ->; contradiction | intros h hin; exact (h _ hin eq_refl)]. }
    rewrite !h; apply En_agree; intros o ho; apply blind_law_agrees, ho.
  Qed.

  (** Whatever is put out, at most one undrawn label is right. *)
  Lemma undrawn_failures (t : list K) (p : K -> R) : is_dist p ->
    Sum (fun j => ind (~ In j t) * blind_failure t) <=
    Sum (fun j => ind (~ In j t) * ind (p j <= 1 / 2)).
  Proof.
    intro hp.
    rewrite (Sum_ext (fun j => ind (~ In j t) * blind_failure t)
               (fun j => blind_failure t * ind (~ In j t))) by (intro; lra).
    rewrite Sum_scal, <- distinct_missing.
    destruct (classic (exists j, ~ In j t)) as [(j & hj) | hno].
    - pose proof (distinct_le t j hj) as hD; unfold blind_failure.
      replace ((1 - / (M - distinct t)) * (M - distinct t)) with (M - distinct t - 1) by (field; lra).
      rewrite distinct_missing.
      assert (h1 : Sum (fun k => ind (1 / 2 < p k)) <= 1).
      { destruct (classic (exists a, 1 / 2 < p a)) as [(a & ha) | hna].
        - rewrite (Sum_ext _ (fun k => ind (k = a) * 1)).
          + rewrite (Sum_pick (fun _ => 1)); lra.
          + intro k; rewrite Rmult_1_r; apply ind_iff; split; [| intros ->; exact ha].
            intro hk; apply NNPP; intro hka.
            pose proof (dist_two_le_1 p k a hp hka); lra.
        - rewrite (Sum_ext _ (fun _ => 0)); [rewrite Sum_zero; lra |].
          intro k; apply ind_false; intro hk; apply hna; exists k; exact hk. }
      assert (h2 : Sum (fun k => ind (~ In k t)) - Sum (fun k => ind (1 / 2 < p k)) <=
                   Sum (fun k => ind (~ In k t) * ind (p k <= 1 / 2))).
      { rewrite <- Sum_minus; apply Sum_le; intro k.
        destruct (Rle_lt_dec (p k) (1 / 2)) as [h | h].
        - rewrite (ind_true (p k <= 1 / 2) h), (ind_false (1 / 2 < p k)) by lra; lra.
        - rewrite (ind_true (1 / 2 < p k) h), (ind_false (p k <= 1 / 2)) by lra.
          pose proof (ind_range (~ In k t)); lra. }
      lra.
    - rewrite distinct_missing, (Sum_ext _ (fun _ => 0)).
      + rewrite Sum_zero, Rmult_0_r; apply Sum_nonneg; intro k.
        apply Rmult_le_pos; apply ind_nonneg.
      + intro k; apply ind_false; intro h; apply hno; exists k; exact h.
  Qed.

  Lemma blind_law_nonneg rho key i o : 0 <= rho -> rho <= 1 -> 0 <= blind_law rho key i o.
  Proof.
    intros h0 h1; unfold blind_law; destruct (decide _); [| apply draw_law_nonneg; assumption].
    pose proof (card_pos I FI); pose proof (card_pos K FK).
    apply Rmult_le_pos; [apply le_div; lra | apply le_div; lra].
  Qed.

  (** The failure of the best guess, on the samples of the key's own law. *)
  Lemma bayes_value rho key i n : 0 <= rho -> rho <= 1 -> 2 <= M ->
    E uniform (fun j => E_binomial n (rho / d) (bayes_failure j)) =
    E uniform (fun j => En n (blind_law rho key i)
      (fun s => ind (~ In j (labels_at i s)) * blind_failure (labels_at i s))).
  Proof.
    intros h0 h1 hM; apply E_ext; intro j.
    transitivity (En n (draw_law rho (set_key key i j))
      (fun s => ind (~ In j (labels_at i s)) * blind_failure (labels_at i s))).
    - rewrite (labels_law rho (set_key key i j) i n
                 (fun t => ind (~ In j t) * blind_failure t)) by assumption.
      rewrite set_key_same; unfold E_binomial; apply En_ext; intros b _.
      symmetry; apply blind_mean, hM.
    - assert (e : forall s, ind (~ In j (labels_at i s)) = ind (~ In (Some i, j) s)).
      { intro s; apply ind_iff; rewrite in_labels; tauto. }
      rewrite (En_ext (draw_law _ _) n _ (fun s => ind (~ In (Some i, j) s) * blind_failure (labels_at i s)))
        by (intros; rewrite e; reflexivity).
      rewrite blind_transfer; apply En_ext; intros s _; rewrite e; reflexivity.
  Qed.

  Lemma average_miss_ge rho key i n (A : learner) : 0 <= rho -> rho <= 1 -> 2 <= M ->
    proper_output A ->
    E uniform (fun j => E_binomial n (rho / d) (bayes_failure j)) <=
    E uniform (fun j => miss rho (set_key key i j) n A i).
  Proof.
    intros h0 h1 hM hA; rewrite (bayes_value rho key i n) by assumption.
    apply Rle_trans with (E uniform (fun j => En n (blind_law rho key i)
      (fun s => ind (~ In j (labels_at i s)) *
                ind (A (map (blind_reveal key i) s) (Some i) j <= 1 / 2)))).
    - rewrite <- !(En_E n (blind_law rho key i)).
      apply En_le; [intro; apply blind_law_nonneg; assumption |]; intros s _.
      unfold E, uniform; rewrite !Sum_scal; apply Rmult_le_compat_l.
      + left; apply Rinv_0_lt_compat, card_pos.
      + apply undrawn_failures, hA.
    - apply E_le; [apply uniform_dist |]; intro j.
      assert (e : forall s, ind (~ In j (labels_at i s)) = ind (~ In (Some i, j) s)).
      { intro s; apply ind_iff; rewrite in_labels; tauto. }
      rewrite (En_ext (blind_law _ _ _) n _ (fun s => ind (~ In (Some i, j) s) *
                ind (A (map (blind_reveal key i) s) (Some i) j <= 1 / 2)))
        by (intros; rewrite e; reflexivity).
      rewrite <- (blind_transfer rho key i j n
                   (fun s => ind (A (map (blind_reveal key i) s) (Some i) j <= 1 / 2))).
      unfold miss, Prn; apply En_le; [intro; apply draw_law_nonneg; assumption |]; intros s _.
      rewrite set_key_same.
      destruct (classic (In (Some i, j) s)) as [h | h].
      + rewrite ind_false by tauto; rewrite Rmult_0_l; apply ind_nonneg.
      + rewrite ind_true, blind_reveal_agrees by exact h; lra.
  Qed.

  (** D15, lower bound: under uniform keys no learner, deterministic or randomised, has an
      average risk below the Bayes risk. *)
  Theorem D15_bayes_lower : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat) (key : I -> K),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> 2 <= M ->
    bayes_risk rho n <= average uniform enum (fun k => random_risk w rho k n A) key.
  Proof.
    intros W FW w A rho n key hw hA h0 h1 hM; pose proof (card_pos I FI) as hd.
    unfold random_risk; rewrite average_E by apply uniform_dist.
    rewrite <- (E_const w (bayes_risk rho n) hw); apply E_le; [apply hw |]; intro o.
    eapply Rle_trans; [| apply (average_le uniform uniform_dist enum
      (fun k => rho / d * Sum (fun i => miss rho k n (A o) i)));
      intro k; apply risk_ge_misses; assumption].
    rewrite average_scal by apply uniform_dist; unfold Sum.
    rewrite average_sumL by apply uniform_dist.
    change (sumL enum ?f) with (Sum f); unfold bayes_risk.
    set (v := E uniform (fun j => E_binomial n (rho / d) (bayes_failure j))).
    replace (rho * v) with (rho / d * (d * v)) by (field; lra).
    apply Rmult_le_compat_l; [apply le_div; lra |].
    rewrite <- Sum_const; apply Sum_le; intro i.
    apply average_entry with i; [apply uniform_dist | apply enum_nodup | apply enum_in |].
    intro k; unfold v; apply average_miss_ge; auto.
  Qed.

  (** So some key has at least that risk: the minimax risk is at least the Bayes risk. *)
  Theorem D15_some_key : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> 2 <= M ->
    exists key : I -> K, bayes_risk rho n <= random_risk w rho key n A.
  Proof.
    intros W FW w A rho n hw hA h0 h1 hM.
    pose proof (D15_bayes_lower W FW w A rho n (fun _ => point) hw hA h0 h1 hM) as h.
    apply average_attained in h as (key & _ & _ & h); [| apply uniform_dist].
    exists key; exact h.
  Qed.

  (** Without data the best guess fails with probability 1 - 1/M. *)
  Theorem D15_no_data : forall j : K, bayes_failure j 0 = 1 - / M.
  Proof.
    intro j; unfold bayes_failure; simpl; unfold distinct.
    rewrite (Sum_ext _ (fun _ => 0)) by (intro; apply ind_false; intros []).
    rewrite Sum_zero, Rminus_0_r; lra.
  Qed.

  (** ** The Bayes learner *)

  (** The label seen at the key's level, if there is one; otherwise some label that was not drawn. *)
  Definition bayes_guess (s : list (@observation I K)) (i : I) : K :=
    if decide (exists k, In (Some i, k, ln (2 / (M + 1))) s)
    then argmax (fun k => ind (In (Some i, k, ln (2 / (M + 1))) s))
    else argmax (fun k => ind (forall v, ~ In (Some i, k, v) s)).

  Definition bayes_learner : learner :=
    fun s x => match x with None => dirac point | Some i => dirac (bayes_guess s i) end.

  Lemma bayes_learner_proper : proper_output bayes_learner.
  Proof. intros s [i |]; apply dirac_dist. Qed.

  Lemma argmax_ind (P : K -> Prop) : (exists k, P k) -> P (argmax (fun k => ind (P k))).
  Proof.
    intros (k & hk); apply NNPP; intro h.
    pose proof (argmax_ge (fun k => ind (P k)) k) as hm; cbv beta in hm.
    rewrite (ind_true (P k) hk), (ind_false _ h) in hm; lra.
  Qed.

  Lemma key_level_only (key : I -> K) s i k : In (Some i, k, ln (2 / (M + 1))) (map (reveal key) s) -> k = key i.
  Proof.
    intro h; apply in_reveal in h as [_ e]; simpl in e; apply NNPP; intro hk.
    rewrite key_law_off in e by exact hk.
    exact (ln_levels (@card_ge_1 K FK) e).
  Qed.

  Lemma bayes_guess_seen (key : I -> K) s i : In (Some i, key i) s -> bayes_guess (map (reveal key) s) i = key i.
  Proof.
    intro h.
    assert (hk : exists k, In (Some i, k, ln (2 / (M + 1))) (map (reveal key) s)).
    { exists (key i); apply (in_map (reveal key)) in h; unfold reveal in h; simpl in h.
      rewrite key_law_at in h; replace (1 + 1) with 2 in h by ring; exact h. }
    unfold bayes_guess; destruct (decide _) as [_ | hn]; [| contradiction].
    apply (key_level_only key s i), (argmax_ind _ hk).
  Qed.

  Lemma bayes_guess_unseen (key : I -> K) s i : ~ In (Some i, key i) s ->
    ~ In (Some i, bayes_guess (map (reveal key) s) i) s.
  Proof.
    intro h; unfold bayes_guess; destruct (decide _) as [(k & hk) | _].
    - exfalso; pose proof (key_level_only key s i k hk); subst k.
      apply in_reveal in hk as [hk _]; contradiction.
    - intro hin.
      set (P := fun k => forall v, ~ In (Some i, k, v) (map (reveal key) s)) in *.
      assert (hP : P (argmax (fun k => ind (P k)))).
      { apply argmax_ind; exists (key i); intros v hv; apply in_reveal in hv as [hv _]; contradiction. }
      apply (in_map (reveal key)) in hin; unfold reveal in hin at 1; simpl in hin.
      exact (hP _ hin).
  Qed.

  (** With one undrawn label put out, the other undrawn labels are the failures. *)
  Lemma undrawn_exact (t : list K) (g : K) : ((exists j, ~ In j t) -> ~ In g t) ->
    Sum (fun j => ind (~ In j t) * ind (j <> g)) =
    Sum (fun j => ind (~ In j t) * blind_failure t).
  Proof.
    intro hg.
    rewrite (Sum_ext (fun j => ind (~ In j t) * blind_failure t)
               (fun j => blind_failure t * ind (~ In j t))) by (intro; lra).
    rewrite Sum_scal, <- distinct_missing.
    rewrite (Sum_ext _ (fun j => ind (~ In j t) - ind (j = g) * ind (~ In j t)))
      by (intro; rewrite (ind_not (_ = g)); lra).
    rewrite Sum_minus, (Sum_pick (fun j => ind (~ In j t))), <- distinct_missing.
    destruct (classic (exists j, ~ In j t)) as [h | h].
    - rewrite (ind_true _ (hg h)); pose proof (distinct_le t g (hg h)).
      unfold blind_failure; field; lra.
    - assert (e : M - distinct t = 0).
      { rewrite distinct_missing, (Sum_ext _ (fun _ => 0)); [apply Sum_zero |].
        intro j; apply ind_false; intro hj; apply h; exists j; exact hj. }
      rewrite e, (ind_false (~ In g t)) by (intro hj; apply h; exists g; exact hj); lra.
  Qed.

  Lemma average_miss_bayes (rho : R) (key : I -> K) i n : 0 <= rho -> rho <= 1 -> 2 <= M ->
    E uniform (fun j => miss rho (set_key key i j) n bayes_learner i) =
    E uniform (fun j => E_binomial n (rho / d) (bayes_failure j)).
  Proof.
    intros h0 h1 hM; rewrite (bayes_value rho key i n) by assumption.
    set (guess := fun s => bayes_guess (map (blind_reveal key i) s) i).
    assert (e : forall s j, ind (~ In j (labels_at i s)) = ind (~ In (Some i, j) s)).
    { intros s j; apply ind_iff; rewrite in_labels; tauto. }
    transitivity (E uniform (fun j => En n (blind_law rho key i)
      (fun s => ind (~ In j (labels_at i s)) * ind (j <> guess s)))).
    - apply E_ext; intro j.
      rewrite (En_ext (blind_law _ _ _) n _
        (fun s => ind (~ In (Some i, j) s) * ind (j <> guess s))) by (intros; rewrite e; reflexivity).
      rewrite <- (blind_transfer rho key i j n (fun s => ind (j <> guess s))).
      unfold miss, Prn; apply En_ext; intros s _; unfold bayes_learner; rewrite dirac_miss.
      rewrite set_key_same.
      destruct (classic (In (Some i, j) s)) as [h | h].
      + rewrite (ind_false (~ In (Some i, j) s)) by tauto.
        rewrite ind_false; [lra |]; intro hne; apply hne; symmetry.
        rewrite <- (set_key_same key i j) at 2; apply bayes_guess_seen; rewrite set_key_same; exact h.
      + rewrite (ind_true (~ In (Some i, j) s)) by exact h.
        unfold guess; rewrite blind_reveal_agrees by exact h; lra.
    - rewrite <- !(En_E n (blind_law rho key i)); apply En_ext; intros s _.
      unfold E, uniform; rewrite !Sum_scal; f_equal.
      apply undrawn_exact; intros (j & hj); rewrite in_labels in hj |- *.
      unfold guess; rewrite <- (blind_reveal_agrees key i j s hj).
      apply bayes_guess_unseen; rewrite set_key_same; exact hj.
  Qed.

  Lemma average_entry_exact (F : (I -> K) -> R) key i c :
    (forall k', E uniform (fun k => F (set_key k' i k)) = c) -> average uniform enum F key = c.
  Proof.
    intro h; apply Rle_antisym.
    - assert (- c <= average uniform enum (fun k => (-1) * F k) key) as hn.
      { apply average_entry with i; [apply uniform_dist | apply enum_nodup | apply enum_in |].
        intro k'; rewrite E_scal, h; lra. }
      rewrite average_scal in hn by apply uniform_dist; lra.
    - apply average_entry with i; [apply uniform_dist | apply enum_nodup | apply enum_in |].
      intro k'; rewrite h; lra.
  Qed.

  (** D15, attained: the Bayes learner's average risk under uniform keys is exactly the formula. *)
  Theorem D15_bayes_risk : forall (rho : R) (n : nat) (key : I -> K), 0 <= rho -> rho <= 1 -> 2 <= M ->
    average uniform enum (fun k => risk rho k n bayes_learner) key = bayes_risk rho n.
  Proof.
    intros rho n key h0 h1 hM; pose proof (card_pos I FI) as hd.
    transitivity (average uniform enum
      (fun k => rho / d * Sum (fun i => miss rho k n bayes_learner i)) key).
    - apply Rle_antisym; apply average_le; try apply uniform_dist; intro k;
        [| apply risk_ge_misses; assumption].
      rewrite risk_split.
      assert (Prn n (draw_law rho k)
               (fun s => bayes_learner (map (reveal k) s) None point <= 1 / 2) = 0) as ->; [| lra].
      unfold Prn; rewrite (En_ext _ n _ (fun _ => 0)); [apply En_const, draw_law_dist; assumption |].
      intros s _; unfold bayes_learner; rewrite dirac_miss; apply ind_false; tauto.
    - rewrite average_scal by apply uniform_dist; unfold Sum.
      rewrite average_sumL by apply uniform_dist.
      change (sumL enum ?f) with (Sum f); unfold bayes_risk.
      set (v := E uniform (fun j => E_binomial n (rho / d) (bayes_failure j))).
      rewrite (Sum_ext _ (fun _ => v)); [rewrite Sum_const; field; lra |].
      intro i; apply average_entry_exact with i; intro k; apply average_miss_bayes; assumption.
  Qed.
End Bayes.

(** * D15: the minimax risk is the Bayes risk

    The learner that reads the key off the sample, or else puts out a uniformly random label among those
    that were not drawn, has the same risk at every key: the Bayes risk.  No learner beats the Bayes risk at
    every key, so it is the minimax risk of the class, and the formula does not depend on the label that is
    set aside in it.

    Serves D15. *)

(** ** A seed that holds a uniform index below every k <= m *)

Fixpoint seed (m : nat) : Type := match m with O => unit | S p => (succ_type p * seed p)%type end.

#[export] Instance Finite_seed (m : nat) : FiniteType (seed m).
Proof. induction m; simpl; typeclasses eauto. Defined.

Fixpoint seed_law (m : nat) : seed m -> R :=
  match m with O => fun _ => 1 | S p => fun s => / INR (S p) * seed_law p (snd s) end.

(** The number of an element of a type with p+1 elements. *)
Fixpoint position (p : nat) : succ_type p -> nat :=
  match p with
  | O => fun _ => O
  | S q => fun o => match o with None => O | Some a => S (position q a) end
  end.

(** The seed's index below k. *)
Fixpoint index_below (m k : nat) : seed m -> nat :=
  match m with
  | O => fun _ => O
  | S p => fun s => if Nat.eqb k (S p) then position p (fst s) else index_below p k (snd s)
  end.

Lemma sumL_seq_shift (f : nat -> R) (n : nat) :
  sumL (seq 1 n) f = sumL (seq 0 n) (fun i => f (S i)).
Proof. rewrite <- seq_shift; apply sumL_map. Qed.

Lemma Sum_position (p : nat) (f : nat -> R) :
  Sum (fun a => f (position p a)) = sumL (seq 0 (S p)) f.
Proof.
  revert f; induction p as [| p IH]; intro f; [reflexivity |].
  change (Sum (fun a : option (succ_type p) => f (position (S p) a)) = sumL (seq 0 (S (S p))) f).
  rewrite Sum_option; cbn [position].
  rewrite (IH (fun i => f (S i))), <- sumL_seq_shift; reflexivity.
Qed.

Lemma sumL_nth {A : Type} (l : list A) (f : A -> R) (a : A) :
  sumL (seq 0 (length l)) (fun i => f (nth i l a)) = sumL l f.
Proof.
  induction l as [| b l IH]; [reflexivity |].
  cbn [length seq]; rewrite !sumL_cons, sumL_seq_shift; cbn [nth]; rewrite IH; reflexivity.
Qed.

Lemma seed_law_E (p : nat) (f : seed (S p) -> R) :
  E (seed_law (S p)) f = / INR (S p) * Sum (fun a => E (seed_law p) (fun s => f (a, s))).
Proof.
  unfold E; change (Sum (fun a : succ_type p * seed p => seed_law (S p) a * f a) =
    / INR (S p) * Sum (fun a => Sum (fun s => seed_law p s * f (a, s)))).
  rewrite Sum_prod, <- Sum_scal; apply Sum_ext; intro a.
  rewrite <- Sum_scal; apply Sum_ext; intro s; cbn [seed_law snd]; lra.
Qed.

Lemma seed_law_dist (m : nat) : is_dist (seed_law m).
Proof.
  induction m as [| p [h0 h1]]; [split; [intro; simpl; lra | unfold Sum; simpl; lra] |].
  pose proof (lt_0_INR (S p) ltac:(lia)) as hp.
  split.
  - intros [a s]; cbn [seed_law snd]; apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, hp | apply h0].
  - transitivity (E (seed_law (S p)) (fun _ => 1)).
    { unfold E; apply Sum_ext; intro; lra. }
    rewrite seed_law_E, (Sum_ext _ (fun _ => 1)).
    + rewrite Sum_const, card_succ_type; field; lra.
    + intro a; apply E_const; split; assumption.
Qed.

(** The index below k is uniform. *)
Lemma index_below_law (m k : nat) (f : nat -> R) : (1 <= k <= m)%nat ->
  E (seed_law m) (fun s => f (index_below m k s)) = / INR k * sumL (seq 0 k) f.
Proof.
  induction m as [| p IH]; intro hk; [lia |].
  rewrite seed_law_E; cbn [index_below fst snd].
  destruct (Nat.eqb_spec k (S p)) as [-> | hne].
  - f_equal; rewrite <- Sum_position; apply Sum_ext; intro a; apply E_const, seed_law_dist.
  - rewrite (Sum_ext _ (fun _ => / INR k * sumL (seq 0 k) f)).
    + rewrite Sum_const, card_succ_type; pose proof (lt_0_INR (S p) ltac:(lia)).
      rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; reflexivity.
    + intro a; apply IH; lia.
Qed.

Lemma length_of_filter {A : Type} (P : A -> bool) (l : list A) : (length (filter P l) <= length l)%nat.
Proof. induction l as [| a l IH]; simpl; [lia | destruct (P a); simpl; lia]. Qed.

Lemma length_filter_ind {A : Type} (P : A -> Prop) (l : list A) :
  INR (length (filter (fun a => if decide (P a) then true else false) l)) = sumL l (fun a => ind (P a)).
Proof.
  induction l as [| a l IH]; [reflexivity |].
  rewrite sumL_cons; simpl filter; unfold ind at 1.
  destruct (decide (P a)); [cbn [length]; rewrite S_INR, IH; lra | rewrite IH; lra].
Qed.

Section Minimax.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).
  Notation m := (length (@enum K FK)).
  Notation bayes_risk := (@bayes_risk I K FI FK).

  (** ** The equalising learner *)

  (** The labels that were not drawn at x_i. *)
  Definition undrawn (s : list (@observation I K)) (i : I) : list K :=
    filter (fun k => if decide (forall v, ~ In (Some i, k, v) s) then true else false) enum.

  (** The label seen at the key's level, if there is one; otherwise a random undrawn label. *)
  Definition random_guess (u : seed m) (s : list (@observation I K)) (i : I) : K :=
    if decide (exists k, In (Some i, k, ln (2 / (M + 1))) s)
    then argmax (fun k => ind (In (Some i, k, ln (2 / (M + 1))) s))
    else nth (index_below m (length (undrawn s i)) u) (undrawn s i) point.

  Definition equalising_learner (u : seed m) : learner :=
    fun s x => match x with None => dirac point | Some i => dirac (random_guess u s i) end.

  Lemma equalising_proper u : proper_output (equalising_learner u).
  Proof. intros s [i |]; apply dirac_dist. Qed.

  Lemma in_undrawn (key : I -> K) s i k :
    In k (undrawn (map (reveal key) s) i) <-> ~ In k (labels_at i s).
  Proof.
    unfold undrawn; rewrite filter_In, in_labels.
    destruct (decide (forall v, ~ In (Some i, k, v) (map (reveal key) s))) as [h | h]; split.
    - intros _ hin; apply (in_map (reveal key)) in hin; exact (h _ hin).
    - intros _; split; [apply enum_in | reflexivity].
    - intros [_ e]; discriminate.
    - intro hk; exfalso; apply h; intros v hv; apply in_reveal in hv as [hv _]; contradiction.
  Qed.

  Lemma length_undrawn (key : I -> K) s i :
    INR (length (undrawn (map (reveal key) s) i)) = M - distinct (labels_at i s).
  Proof.
    rewrite distinct_missing; unfold undrawn; rewrite length_filter_ind; apply Sum_ext; intro k.
    apply ind_iff; rewrite <- (in_undrawn key); unfold undrawn; rewrite filter_In.
    destruct (decide (forall v, ~ In (Some i, k, v) (map (reveal key) s))); split; try tauto.
    - intros _; split; [apply enum_in | reflexivity].
    - intros [_ e]; discriminate.
  Qed.

  Lemma sumL_off (l : list K) (k : K) : NoDup l -> In k l ->
    sumL l (fun y => ind (k <> y)) = INR (length l) - 1.
  Proof.
    intros hn hk; rewrite (sumL_ext l _ (fun y => 1 + (-1) * (ind (y = k) * 1))).
    - rewrite sumL_plus, sumL_scal, sumL_const, (sumL_pick l (fun _ => 1) k) by assumption; lra.
    - intros y _; rewrite ind_not, (ind_iff (k = y) (y = k)) by (split; auto); lra.
  Qed.

  (** On samples without the key the random guess errs with probability 1 - 1/(M - D). *)
  Lemma random_guess_errs (key : I -> K) s i :
    E (seed_law m) (fun u => ind (key i <> random_guess u (map (reveal key) s) i)) =
    ind (~ In (key i) (labels_at i s)) * blind_failure (labels_at i s).
  Proof.
    destruct (classic (In (key i) (labels_at i s))) as [h | h].
    - rewrite (ind_false (~ In _ _)), Rmult_0_l by tauto.
      rewrite (E_ext _ _ (fun _ => 0)); [apply E_const, seed_law_dist |].
      intro u; apply ind_false; intro hne; apply hne; symmetry.
      apply in_labels in h.
      rewrite <- (bayes_guess_seen key s i h); unfold random_guess, bayes_guess.
      destruct (decide _) as [_ | hn]; [reflexivity |].
      exfalso; apply hn; exists (key i); apply (in_map (reveal key)) in h; unfold reveal in h; simpl in h.
      rewrite key_law_at in h; replace (1 + 1) with 2 in h by lra; exact h.
    - rewrite ind_true, Rmult_1_l by exact h.
      assert (hno : ~ exists k, In (Some i, k, ln (2 / (M + 1))) (map (reveal key) s)).
      { intros (k & hk); pose proof (key_level_only key s i k hk); subst k.
        apply in_reveal in hk as [hk _]; apply h, in_labels, hk. }
      unfold random_guess; destruct (decide _) as [hy | _]; [contradiction |].
      set (l := undrawn (map (reveal key) s) i).
      assert (hk : In (key i) l) by (apply in_undrawn, h).
      assert (hl : (1 <= length l <= m)%nat).
      { split; [destruct l; [destruct hk | simpl; lia] | apply length_of_filter]. }
      rewrite (index_below_law m (length l) (fun j => ind (key i <> nth j l point)) hl).
      rewrite (sumL_nth l (fun y => ind (key i <> y)) point).
      rewrite sumL_off; [| apply NoDup_filter, enum_nodup | exact hk].
      unfold blind_failure; rewrite <- (length_undrawn key); fold l.
      pose proof (lt_0_INR (length l) ltac:(lia)); field; lra.
  Qed.

  Lemma equalising_miss (rho : R) (key : I -> K) n i : 0 <= rho -> rho <= 1 -> 2 <= M ->
    E (seed_law m) (fun u => miss rho key n (equalising_learner u) i) =
    E_binomial n (rho / d) (bayes_failure (key i)).
  Proof.
    intros h0 h1 hM; unfold miss, Prn.
    rewrite <- (En_E n (draw_law rho key) (seed_law m)
      (fun u s => ind (equalising_learner u (map (reveal key) s) (Some i) (key i) <= 1 / 2))).
    rewrite (En_ext _ n _ (fun s => ind (~ In (key i) (labels_at i s)) * blind_failure (labels_at i s))).
    - rewrite (labels_law rho key i n (fun t => ind (~ In (key i) t) * blind_failure t)) by assumption.
      unfold E_binomial; apply En_ext; intros b _; apply blind_mean, hM.
    - intros s _; rewrite <- random_guess_errs; apply E_ext; intro u.
      unfold equalising_learner; apply dirac_miss.
  Qed.

  (** ** The formula does not depend on the label set aside *)

  Definition swap (j k y : K) : K := if decide (y = j) then k else if decide (y = k) then j else y.

  Lemma swap_involutive j k y : swap j k (swap j k y) = y.
  Proof. unfold swap; repeat destruct (decide _); congruence. Qed.

  Lemma swap_eq j k y z : z = swap j k y <-> y = swap j k z.
  Proof. split; intros ->; symmetry; apply swap_involutive. Qed.

  Lemma Sum_swap_label j k (g : K -> R) : Sum (fun y => g (swap j k y)) = Sum g.
  Proof.
    transitivity (Sum (fun y => Sum (fun z => ind (z = swap j k y) * g z))).
    { apply Sum_ext; intro y; symmetry; apply Sum_pick. }
    rewrite Sum_swap; apply Sum_ext; intro z.
    rewrite (Sum_ext _ (fun y => ind (y = swap j k z) * g z)); [apply (Sum_pick (fun _ => g z)) |].
    intro y; rewrite (ind_iff _ _ (swap_eq j k y z)); reflexivity.
  Qed.

  Lemma distinct_map_swap j k t : distinct (map (swap j k) t) = distinct t.
  Proof.
    unfold distinct; rewrite <- (Sum_swap_label j k (fun y => ind (In y (map (swap j k) t)))).
    apply Sum_ext; intro y; apply ind_iff; rewrite in_map_iff; split.
    - intros (z & e & hz); apply (f_equal (swap j k)) in e; rewrite !swap_involutive in e; subst; exact hz.
    - intro h; exists y; auto.
  Qed.

  Lemma off_key_swap j k y : off_key k (swap j k y) = off_key j y.
  Proof.
    unfold off_key; f_equal; apply ind_iff; unfold swap.
    destruct (decide (y = j)) as [-> | h1]; [tauto |].
    destruct (decide (y = k)) as [-> | h2]; split; congruence.
  Qed.

  Lemma En_off_key_swap j k n (f : list K -> R) :
    En n (off_key k) f = En n (off_key j) (fun t => f (map (swap j k) t)).
  Proof.
    revert f; induction n as [| n IH]; intro f; [reflexivity |].
    cbn [En map]; unfold E.
    rewrite <- (Sum_swap_label j k (fun y => off_key k y * En n (off_key k) (fun s => f (y :: s)))).
    apply Sum_ext; intro y; rewrite off_key_swap, IH; reflexivity.
  Qed.

  Lemma bayes_failure_label j k n : bayes_failure j n = bayes_failure k n.
  Proof.
    unfold bayes_failure; do 2 f_equal; rewrite (En_off_key_swap j k).
    apply En_ext; intros t _; rewrite distinct_map_swap; reflexivity.
  Qed.

  (** The Bayes risk with any label j set aside. *)
  Theorem D15_formula : forall (rho : R) (n : nat) (j : K),
    bayes_risk rho n = rho * E_binomial n (rho / d) (bayes_failure j).
  Proof.
    intros rho n j; unfold bayes_risk; f_equal.
    rewrite (E_ext _ _ (fun _ => E_binomial n (rho / d) (bayes_failure j))).
    - apply E_const, uniform_dist.
    - intro k; unfold E_binomial; apply En_ext; intros b _; apply bayes_failure_label.
  Qed.

  (** ** D15: the minimax equality *)

  (** The equalising learner has the Bayes risk at every key. *)
  Theorem D15_equaliser : forall (rho : R) (n : nat) (key : I -> K), 0 <= rho -> rho <= 1 -> 2 <= M ->
    random_risk (seed_law m) rho key n equalising_learner = bayes_risk rho n.
  Proof.
    intros rho n key h0 h1 hM; pose proof (card_pos I FI) as hd; unfold random_risk.
    rewrite (E_ext _ _ (fun u => rho / d * Sum (fun i => miss rho key n (equalising_learner u) i))).
    - rewrite E_scal.
      transitivity (rho / d * Sum (fun i => E (seed_law m)
        (fun u => miss rho key n (equalising_learner u) i))).
      { f_equal; unfold E at 1; rewrite (Sum_ext _ (fun u => Sum (fun i =>
          seed_law m u * miss rho key n (equalising_learner u) i))) by (intro; symmetry; apply Sum_scal).
        apply Sum_swap. }
      rewrite (D15_formula rho n point).
      rewrite (Sum_ext _ (fun _ => E_binomial n (rho / d) (bayes_failure point))).
      + rewrite Sum_const; field; lra.
      + intro i; rewrite equalising_miss by assumption.
        unfold E_binomial; apply En_ext; intros b _; apply bayes_failure_label.
    - intro u; rewrite risk_split.
      assert (Prn n (draw_law rho key)
               (fun s => equalising_learner u (map (reveal key) s) None point <= 1 / 2) = 0) as ->; [| lra].
      unfold Prn; rewrite (En_ext _ n _ (fun _ => 0)); [apply En_const, draw_law_dist; assumption |].
      intros s _; unfold equalising_learner; rewrite dirac_miss; apply ind_false; tauto.
  Qed.

  (** The minimax risk over all keys is the Bayes risk: no learner, deterministic or randomised, is below
      it at every key, and one is equal to it at every key. *)
  Theorem D15_minimax : forall (rho : R) (n : nat), 0 <= rho -> rho <= 1 -> 2 <= M ->
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
       is_dist w -> (forall o, proper_output (A o)) ->
       exists key : I -> K, bayes_risk rho n <= random_risk w rho key n A) /\
    (exists (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
       is_dist w /\ (forall o, proper_output (A o)) /\
       forall key : I -> K, random_risk w rho key n A = bayes_risk rho n).
  Proof.
    intros rho n h0 h1 hM; split.
    - intros W FW w A hw hA; apply D15_some_key; assumption.
    - exists (seed m), _, (seed_law m), equalising_learner.
      split; [apply seed_law_dist | split; [apply equalising_proper |]].
      intro key; apply D15_equaliser; assumption.
  Qed.
End Minimax.

(** * D15, D16: the exact risk between two closed forms, and its limits as eps -> 0

    The Bayes risk lies between rho ((1-2a)^n - (1-a)^n/M) and rho (1-2a)^n, a = rho/(d(M+1)).  With
    M = 1 + floor(2(kappa_0-1)/rho) this fixes the number of draws up to which the risk stays above eps, to
    first order as eps -> 0: n = d(kappa_0-1) ln x/(x^2 eps^2) at rho = x eps, at most d(kappa_0-1)/(2e eps^2)
    whatever rho is, attained at rho = sqrt e eps.  The Jensen form of D16 gives a sixth of that.  Against
    D07's bound these are 1536(kappa_0-1)/(e kappa_0) and 256(kappa_0-1)/(e kappa_0) times as many draws.

    Serves D15, D16. *)

(** ** The binomial generating function *)

Lemma E_binomial_power (n : nat) (p s : R) : E_binomial n p (fun k => s ^ k) = (1 - p + p * s) ^ n.
Proof.
  unfold E_binomial; induction n as [| n IH]; [reflexivity |].
  cbn [En]; rewrite biased_coin_E.
  change (p * En n (biased_coin p) (fun b => s * s ^ heads b) +
          (1 - p) * En n (biased_coin p) (fun b => s ^ heads b) = (1 - p + p * s) ^ S n).
  rewrite En_scal, IH; simpl; lra.
Qed.

Lemma E_binomial_le (n : nat) (p : R) (f g : nat -> R) : 0 <= p -> p <= 1 ->
  (forall k, f k <= g k) -> E_binomial n p f <= E_binomial n p g.
Proof.
  intros h0 h1 h; unfold E_binomial; apply En_le; [| intros b _; apply h].
  intros [|]; unfold biased_coin; lra.
Qed.

Section Sandwich.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation bayes_risk := (@bayes_risk I K FI FK).

  Lemma distinct_le_card (t : list K) : 0 <= M - distinct t.
  Proof. rewrite distinct_missing; apply Sum_nonneg; intro; apply ind_nonneg. Qed.

  Lemma inv_nonneg (x : R) : 0 <= x -> 0 <= / x.
  Proof. intros [h | <-]; [left; apply Rinv_0_lt_compat, h | rewrite Rinv_0; lra]. Qed.

  (** E[1/(M - D_k)] <= (M/(M-1))^k / M: the right guess among the undrawn labels, counted over the keys. *)
  Lemma undrawn_mean (j : K) (k : nat) : 2 <= M ->
    ((M - 1) / M) ^ k * En k (off_key j) (fun t => / (M - distinct t)) <= / M.
  Proof.
    intro hM; set (v := fun j : K => ((M - 1) / M) ^ k * En k (off_key j) (fun t => / (M - distinct t))).
    assert (hv : forall i, v i = v j).
    { intro i; unfold v; f_equal; rewrite (En_off_key_swap j i).
      apply En_ext; intros t _; rewrite distinct_map_swap; reflexivity. }
    assert (hs : Sum v <= 1).
    { apply Rle_trans with (Sum (fun i => En k uniform
        (fun t => ind (~ In i t) * / (M - distinct t)))).
      - right; apply Sum_ext; intro i; unfold v; symmetry.
        rewrite (En_ext _ k _ (fun t => ind (Forall (fun y => y <> i) t) * / (M - distinct t))).
        + apply En_condition; intro y; unfold uniform, off_key; field; lra.
        + intros t _; f_equal; apply ind_iff; rewrite Forall_forall; split.
          * intros h y hy ->; contradiction.
          * intros h hi; exact (h i hi eq_refl).
      - unfold Sum; rewrite <- (En_sum uniform k enum (fun i t => ind (~ In i t) * / (M - distinct t))).
        rewrite <- (En_const uniform k 1 uniform_dist); apply En_le; [apply uniform_dist |].
        intros t _; change (sumL enum ?f) with (Sum f).
        rewrite (Sum_ext _ (fun i => / (M - distinct t) * ind (~ In i t))) by (intro; lra).
        rewrite Sum_scal, <- distinct_missing.
        destruct (distinct_le_card t) as [h | h]; [rewrite Rinv_l; lra | rewrite <- h; lra]. }
    rewrite (Sum_ext v (fun _ => v j)), Sum_const in hs by exact hv; fold (v j).
    apply Rmult_le_reg_l with M; [lra |]; rewrite Rinv_r by lra; exact hs.
  Qed.

  Lemma bayes_failure_le (j : K) (k : nat) : 2 <= M -> bayes_failure j k <= ((M - 1) / (M + 1)) ^ k.
  Proof.
    intro hM; unfold bayes_failure.
    assert (hq : 0 <= ((M - 1) / (M + 1)) ^ k) by (apply pow_le, le_div; lra).
    assert (0 <= En k (off_key j) (fun t => / (M - distinct t))).
    { rewrite <- (En_const (off_key j) k 0 (off_key_dist j hM)).
      apply En_le; [apply off_key_dist, hM |]; intros t _; apply inv_nonneg, distinct_le_card. }
    nra.
  Qed.

  Lemma bayes_failure_ge (j : K) (k : nat) : 2 <= M ->
    ((M - 1) / (M + 1)) ^ k - / M * (M / (M + 1)) ^ k <= bayes_failure j k.
  Proof.
    intro hM; unfold bayes_failure; rewrite Rmult_minus_distr_l, Rmult_1_r.
    apply Rplus_le_compat_l, Ropp_le_contravar.
    replace ((M - 1) / (M + 1)) with (M / (M + 1) * ((M - 1) / M)) by (field; lra).
    rewrite Rpow_mult_distr, Rmult_assoc, (Rmult_comm (/ M)).
    apply Rmult_le_compat_l; [apply pow_le, le_div; lra | apply undrawn_mean, hM].
  Qed.

  (** D15: rho ((1-2a)^n - (1-a)^n/M) <= risk(n) <= rho (1-2a)^n at a = rho/(d(M+1)). *)
  Theorem D15_sandwich : forall (rho : R) (n : nat), 0 <= rho -> rho <= 1 -> 2 <= M ->
    rho * ((1 - 2 * rho / (d * (M + 1))) ^ n - / M * (1 - rho / (d * (M + 1))) ^ n) <= bayes_risk rho n /\
    bayes_risk rho n <= rho * (1 - 2 * rho / (d * (M + 1))) ^ n.
  Proof.
    intros rho n h0 h1 hM; pose proof (@card_ge_1 I FI) as hd.
    assert (hp0 : 0 <= rho / d) by (apply le_div; lra).
    assert (hp1 : rho / d <= 1) by (apply div_le; lra).
    rewrite (D15_formula rho n point).
    assert (e1 : 1 - 2 * rho / (d * (M + 1)) = 1 - rho / d + rho / d * ((M - 1) / (M + 1))) by (field; lra).
    assert (e2 : 1 - rho / (d * (M + 1)) = 1 - rho / d + rho / d * (M / (M + 1))) by (field; lra).
    rewrite e1, e2, <- !E_binomial_power.
    split; apply Rmult_le_compat_l; try exact h0.
    - apply Rle_trans with (E_binomial n (rho / d)
        (fun k => ((M - 1) / (M + 1)) ^ k - / M * (M / (M + 1)) ^ k)).
      + right; unfold E_binomial.
        rewrite (En_ext _ n (fun b => ((M - 1) / (M + 1)) ^ heads b - / M * (M / (M + 1)) ^ heads b)
          (fun b => ((M - 1) / (M + 1)) ^ heads b + - / M * (M / (M + 1)) ^ heads b))
          by (intros; lra).
        rewrite En_plus, En_scal; lra.
      + apply E_binomial_le; try assumption; intro k; apply bayes_failure_ge, hM.
    - apply E_binomial_le; try assumption; intro k; apply bayes_failure_le, hM.
  Qed.

  (** ** With the instance's number of labels *)

  Lemma power_le_exp (y : R) (n : nat) : y <= 1 -> (1 - y) ^ n <= exp (- (INR n * y)).
  Proof.
    intro h; replace (exp (- (INR n * y))) with (exp (- y) ^ n).
    - apply pow_incr; split; [lra |]; pose proof (exp_tangent_0 (- y)); lra.
    - induction n as [| n IH]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; reflexivity |].
      rewrite S_INR; simpl pow; rewrite IH, <- exp_plus; f_equal; lra.
  Qed.

  Lemma power_ge_exp (y : R) (n : nat) : 0 <= y -> y < 1 -> exp (- (INR n * y / (1 - y))) <= (1 - y) ^ n.
  Proof.
    intros h0 h1; rewrite pow_Rpower by lra; apply exp_le.
    pose proof (ln_ge_1_sub_inv (1 - y) ltac:(lra)) as hl; pose proof (pos_INR n) as hn.
    replace (- (INR n * y / (1 - y))) with (INR n * (1 - / (1 - y))) by (field; lra).
    apply Rmult_le_compat_l; assumption.
  Qed.

  (** The exact risk is at most rho exp(-n rho^2/(d(kappa_0-1+rho))) ... *)
  Theorem D15_upper : forall (kappa0 rho : R) (n : nat), 2 <= kappa0 -> 0 < rho -> rho <= 1 ->
    M <= 1 + 2 * (kappa0 - 1) / rho -> 2 * (kappa0 - 1) / rho < M ->
    bayes_risk rho n <= rho * exp (- (INR n * rho ^ 2 / (d * (kappa0 - 1 + rho)))).
  Proof.
    intros kappa0 rho n hk h0 h1 hM hM'; pose proof (@card_ge_1 I FI) as hd.
    assert (hM2 : 2 <= M).
    { apply lt_mul_of_div in hM'; [nra | exact h0]. }
    eapply Rle_trans; [apply D15_sandwich; lra |]; apply Rmult_le_compat_l; [lra |].
    assert (hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
    eapply Rle_trans; [apply power_le_exp, div_le; nra |]; apply exp_le, Ropp_le_contravar.
    unfold Rdiv at 1; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR |].
    apply le_div; [exact hp |]; fold (rho ^ 2 / (d * (kappa0 - 1 + rho))).
    assert (hM3 : rho * (M + 1) <= 2 * (kappa0 - 1 + rho)).
    { replace (2 * (kappa0 - 1 + rho)) with (rho * (2 + 2 * (kappa0 - 1) / rho)) by (field; lra).
      apply Rmult_le_compat_l; lra. }
    replace (rho ^ 2 / (d * (kappa0 - 1 + rho)) * (d * (M + 1)))
      with (rho * (rho * (M + 1)) / (kappa0 - 1 + rho)) by (field; lra).
    apply div_le; [lra |]. nra.
  Qed.

  (** ... and at least rho (exp(-(n rho^2/(d(kappa_0-1)))/(1 - rho^2/(d(kappa_0-1)))) - rho/(2(kappa_0-1))). *)
  Theorem D15_lower : forall (kappa0 rho : R) (n : nat), 2 <= kappa0 -> 0 < rho -> rho <= 1 ->
    rho ^ 2 / (d * (kappa0 - 1)) < 1 -> 2 * (kappa0 - 1) / rho < M ->
    rho * (exp (- (INR n * (rho ^ 2 / (d * (kappa0 - 1))) / (1 - rho ^ 2 / (d * (kappa0 - 1))))) -
           rho / (2 * (kappa0 - 1))) <= bayes_risk rho n.
  Proof.
    intros kappa0 rho n hk h0 h1 hs hM'; pose proof (@card_ge_1 I FI) as hd.
    assert (hM : 2 * (kappa0 - 1) < M * rho) by (apply lt_mul_of_div; assumption).
    assert (hM2 : 2 <= M) by nra.
    assert (hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
    eapply Rle_trans; [| apply D15_sandwich; lra]; apply Rmult_le_compat_l; [lra |].
    set (s := rho ^ 2 / (d * (kappa0 - 1))) in *.
    assert (ha0 : 0 <= 2 * rho / (d * (M + 1))) by (apply le_div; lra).
    assert (ha : 2 * rho / (d * (M + 1)) <= s).
    { apply div_le; [exact hp |]; unfold s.
      replace (rho ^ 2 / (d * (kappa0 - 1)) * (d * (M + 1))) with (rho * ((M + 1) * rho) / (kappa0 - 1))
        by (field; lra).
      apply le_div; [lra |]. nra. }
    set (a := 2 * rho / (d * (M + 1))) in *.
    apply Rplus_le_compat.
    - eapply Rle_trans; [| apply power_ge_exp; lra]; apply exp_le, Ropp_le_contravar.
      unfold Rdiv; rewrite !Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR |].
      apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; lra | lra |].
      apply Rinv_le_contravar; lra.
    - apply Ropp_le_contravar.
      assert (hb : 0 <= rho / (d * (M + 1)) <= 1).
      { split; [apply le_div; lra | apply div_le; nra]. }
      assert (0 <= (1 - rho / (d * (M + 1))) ^ n <= 1) by (apply pow_le_1; lra).
      apply Rle_trans with (/ M * 1).
      + apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; lra | lra].
      + rewrite Rmult_1_r; apply le_div; [lra |].
        apply Rmult_le_reg_l with M; [lra |].
        replace (M * (/ M * (2 * (kappa0 - 1)))) with (2 * (kappa0 - 1)) by (field; lra). lra.
  Qed.
End Sandwich.

(** * Theorem 4.1: the exact risk against polynomials in the number of undrawn labels

    While the key is undrawn, let c be the number of other undrawn labels.  The best guess fails with
    probability 1 - 1/(c + 1), and the means of 1, c and c(c-1)/2 are powers: with a = rho/(d(M+1)), after n
    draws they are (1-2a)^n, (M-1)(1-3a)^n and (M-1)(M-2)/2 (1-4a)^n.  So every polynomial of degree two above
    1 - 1/(c + 1) at the whole numbers c < M bounds the exact risk of D15.

    Serves D15. *)

(** A number of elements is a whole number. *)
Lemma Sum_ind_whole {A : Type} {F : FiniteType A} (P : A -> Prop) : exists m : nat, Sum (fun a => ind (P a)) = INR m.
Proof.
  unfold Sum; induction (@enum A F) as [| a l (m & IH)]; [exists O; reflexivity |].
  rewrite sumL_cons, IH; destruct (classic (P a)) as [h | h].
  - exists (S m); rewrite ind_true, S_INR by exact h; lra.
  - exists m; rewrite ind_false by exact h; lra.
Qed.

Section Undrawn.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation bayes_risk := (@bayes_risk I K FI FK).

  (** The number of undrawn labels other than j. *)
  Definition others (j : K) (t : list K) : R := Sum (fun y => ind (y <> j /\ ~ In y t)).

  Lemma others_nil (j : K) : others j [] = M - 1.
  Proof.
    unfold others; rewrite (Sum_ext _ (fun y => 1 - ind (y = j) * 1)).
    - rewrite Sum_minus, Sum_const, (Sum_pick (fun _ => 1)); lra.
    - intro y; rewrite (ind_iff _ (~ (y = j))) by (simpl; tauto); rewrite ind_not; lra.
  Qed.

  Lemma others_le (j : K) (t : list K) : others j t <= M - 1.
  Proof. rewrite <- (others_nil j); apply Sum_le; intro y; apply ind_mono; simpl; tauto. Qed.

  Lemma others_undrawn (j : K) (t : list K) : ~ In j t -> M - distinct t = others j t + 1.
  Proof.
    intro h; rewrite distinct_missing; unfold others.
    rewrite (Sum_ext _ (fun y => ind (y <> j /\ ~ In y t) + ind (y = j) * 1)).
    - rewrite Sum_plus, (Sum_pick (fun _ => 1)); reflexivity.
    - intro y; destruct (classic (y = j)) as [-> | hy].
      + rewrite (ind_true _ h), (ind_true (j = j)), ind_false by tauto; lra.
      + rewrite (ind_false (y = j)), (ind_iff (y <> j /\ _) (~ In y t)) by tauto; lra.
  Qed.

  Lemma others_again (j y : K) (t : list K) : In y t -> others j (y :: t) = others j t.
  Proof.
    intro h; apply Sum_ext; intro z; apply ind_iff; simpl; split; [tauto |].
    intros [h1 h2]; split; [exact h1 |]; intros [-> | hz]; auto.
  Qed.

  Lemma others_new (j y : K) (t : list K) : y <> j -> ~ In y t -> others j (y :: t) = others j t - 1.
  Proof.
    intros hy h; unfold others.
    rewrite (Sum_ext _ (fun z => ind (z <> j /\ ~ In z t) - ind (z = y) * 1)).
    - rewrite Sum_minus, (Sum_pick (fun _ => 1)); reflexivity.
    - intro z; destruct (classic (z = y)) as [-> | hz].
      + rewrite (ind_true (y = y)), (ind_true (y <> j /\ ~ In y t)), ind_false; [lra | simpl; tauto | tauto | reflexivity].
      + rewrite (ind_false (z = y)) by exact hz; rewrite Rmult_0_l, Rminus_0_r; apply ind_iff; simpl.
        split; [tauto |]; intros [h1 h2]; split; [exact h1 |]; intros [e | e]; [apply hz; auto | auto].
  Qed.

  (** One more draw from P_j, with the key undrawn before and after. *)
  Lemma draw_one (j : K) (t : list K) (g : R -> R) : 2 <= M ->
    E (key_law 1 j) (fun y => ind (~ In j (y :: t)) * g (others j (y :: t))) =
    ind (~ In j t) * (((M - 1 - others j t) * g (others j t) + others j t * g (others j t - 1)) / (M + 1)).
  Proof.
    intro hM; set (c := others j t).
    assert (hc : Sum (fun y => ind (y <> j /\ In y t)) = M - 1 - c).
    { rewrite <- (others_nil j); unfold c, others; rewrite <- Sum_minus; apply Sum_ext; intro y.
      rewrite !ind_and, (ind_not (In y t)), (ind_true (~ In y [])) by (simpl; tauto); lra. }
    unfold E; rewrite (Sum_ext _ (fun y => ind (~ In j t) / (M + 1) * g c * ind (y <> j /\ In y t) +
                                    ind (~ In j t) / (M + 1) * g (c - 1) * ind (y <> j /\ ~ In y t))).
    - rewrite Sum_plus, !Sum_scal, hc; fold (others j t); fold c; lra.
    - intro y; destruct (classic (y = j)) as [-> | hy].
      + rewrite (ind_false (~ In j (j :: t))), !(ind_false (j <> j /\ _)) by (simpl; tauto); lra.
      + rewrite key_law_off by exact hy.
        rewrite (ind_iff (~ In j (y :: t)) (~ In j t)) by (simpl; split; [tauto | intros h [e | e]; auto]).
        destruct (classic (In y t)) as [h | h].
        * rewrite others_again by exact h; fold c.
          rewrite (ind_true (y <> j /\ In y t)), (ind_false (y <> j /\ ~ In y t)) by tauto; lra.
        * rewrite others_new by assumption; fold c.
          rewrite (ind_false (y <> j /\ In y t)), (ind_true (y <> j /\ ~ In y t)) by tauto; lra.
  Qed.

  (** A function that one draw multiplies by s has a power of s for its mean. *)
  Lemma eigenfunction_mean (j : K) (g : R -> R) (s : R) (k : nat) : 2 <= M ->
    (forall c, (M - 1 - c) * g c + c * g (c - 1) = s * (M + 1) * g c) ->
    En k (key_law 1 j) (fun t => ind (~ In j t) * g (others j t)) = s ^ k * g (M - 1).
  Proof.
    intros hM h; induction k as [| k IH].
    - cbn [En]; rewrite ind_true, others_nil by (intros []); simpl; lra.
    - cbn [En]; rewrite <- (En_E k (key_law 1 j) (key_law 1 j)
        (fun y t => ind (~ In j (y :: t)) * g (others j (y :: t)))).
      rewrite (En_ext _ k _ (fun t => s * (ind (~ In j t) * g (others j t)))).
      + rewrite En_scal, IH; simpl; lra.
      + intros t _; rewrite draw_one by exact hM; rewrite h; field; lra.
  Qed.

  Section Quadratic.
    Variables p q r : R.
    Hypothesis above : forall m : nat, INR m <= M - 1 ->
      1 - / (INR m + 1) <= p + q * INR m + r * (INR m * (INR m - 1) / 2).

    Lemma bayes_failure_quadratic (j : K) (k : nat) : 2 <= M -> bayes_failure j k <=
      p * ((M - 1) / (M + 1)) ^ k + q * (M - 1) * ((M - 2) / (M + 1)) ^ k +
      r * ((M - 1) * (M - 2) / 2) * ((M - 3) / (M + 1)) ^ k.
    Proof.
      intro hM; rewrite <- blind_mean by exact hM.
      eapply Rle_trans with (En k (key_law 1 j) (fun t =>
        (p * (ind (~ In j t) * 1) + q * (ind (~ In j t) * others j t)) +
        r * (ind (~ In j t) * (others j t * (others j t - 1) / 2)))).
      - apply En_le; [apply is_full_dist, D01_key_law; lra |]; intros t _.
        destruct (classic (In j t)) as [h | h]; [rewrite ind_false by tauto; lra |].
        rewrite (ind_true _ h); unfold blind_failure; rewrite (others_undrawn j t h).
        destruct (Sum_ind_whole (fun y => y <> j /\ ~ In y t)) as (m & e); fold (others j t) in e.
        pose proof (others_le j t) as hl; rewrite e in *; specialize (above m hl); lra.
      - rewrite !En_plus, !En_scal; right.
        rewrite (eigenfunction_mean j (fun _ => 1) ((M - 1) / (M + 1))) by (first [exact hM | intro; field; lra]).
        rewrite (eigenfunction_mean j (fun c => c) ((M - 2) / (M + 1))) by (first [exact hM | intro; field; lra]).
        rewrite (eigenfunction_mean j (fun c => c * (c - 1) / 2) ((M - 3) / (M + 1)))
          by (first [exact hM | intro; field; lra]).
        lra.
    Qed.

    Lemma bayes_risk_quadratic (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> 2 <= M -> a = rho / (d * (M + 1)) ->
      bayes_risk rho n <=
      rho * (p * (1 - 2 * a) ^ n + q * (M - 1) * (1 - 3 * a) ^ n + r * ((M - 1) * (M - 2) / 2) * (1 - 4 * a) ^ n).
    Proof.
      intros h0 h1 hM ->; pose proof (@card_ge_1 I FI) as hd.
      assert (hp0 : 0 <= rho / d) by (apply le_div; lra).
      assert (hp1 : rho / d <= 1) by (apply div_le; lra).
      rewrite (D15_formula rho n point); apply Rmult_le_compat_l; [exact h0 |].
      eapply Rle_trans; [apply E_binomial_le with
        (g := fun k => p * ((M - 1) / (M + 1)) ^ k + q * (M - 1) * ((M - 2) / (M + 1)) ^ k +
                       r * ((M - 1) * (M - 2) / 2) * ((M - 3) / (M + 1)) ^ k); try assumption;
                     intro k; apply bayes_failure_quadratic, hM |].
      right; unfold E_binomial; rewrite !En_plus, !En_scal.
      pose proof (fun s => E_binomial_power n (rho / d) s) as e; unfold E_binomial in e; rewrite !e.
      f_equal; [f_equal |]; f_equal; f_equal; field; lra.
    Qed.
  End Quadratic.

  (** Three labels: the risk is exactly what the quadratic through 0, 1/2, 2/3 gives. *)
  Lemma bayes_risk_three (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> M = 3 -> a = rho / (d * (M + 1)) ->
    bayes_risk rho n <= rho * ((1 - 3 * a) ^ n - (1 - 4 * a) ^ n / 3).
  Proof.
    intros h0 h1 hM ha; pose proof (bayes_risk_quadratic 0 (1 / 2) (- (1 / 3))) as h.
    eapply Rle_trans; [apply h; try eassumption; [| lra] |].
    - intros m hm; rewrite hM in hm; assert (hm2 : (m <= 2)%nat) by (apply INR_le; simpl (INR 2); lra).
      destruct m as [| [| [| m]]]; [simpl; lra | simpl; lra | simpl; lra | lia].
    - rewrite hM; right; lra.
  Qed.

  (** Any number of labels: the chord of 1 - 1/(c + 1) from c = 1 to c = 2. *)
  Lemma bayes_risk_chord (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> 2 <= M -> a = rho / (d * (M + 1)) ->
    bayes_risk rho n <= rho * ((1 - 2 * a) ^ n / 3 + (M - 1) / 6 * (1 - 3 * a) ^ n).
  Proof.
    intros h0 h1 hM ha; pose proof (bayes_risk_quadratic (1 / 3) (1 / 6) 0) as h.
    eapply Rle_trans; [apply h; try eassumption |].
    - intros m _; assert (hw : 0 <= (INR m - 1) * (INR m - 2)).
      { destruct m as [| [| m]]; [simpl; lra | simpl; lra |].
        rewrite !S_INR; pose proof (pos_INR m); nra. }
      assert (hp : 0 < INR m + 1) by (pose proof (pos_INR m); lra).
      apply Rmult_le_reg_r with (INR m + 1); [exact hp |].
      rewrite Rmult_minus_distr_r, Rinv_l by lra; nra.
    - right; lra.
  Qed.
End Undrawn.
