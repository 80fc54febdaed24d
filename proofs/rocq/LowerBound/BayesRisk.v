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

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics LowerBound.HardInstance LowerBound.Averages
  LowerBound.BinaryKeys.
Import ListNotations.
Open Scope R_scope.

(** ** Binomial mixtures *)

(** One toss of a coin of bias p, and the number of heads in a list of tosses. *)
Definition biased_coin (p : R) : bool -> R := fun b => if b then p else 1 - p.

Fixpoint heads (b : list bool) : nat :=
  match b with [] => O | true :: c => S (heads c) | false :: c => heads c end.

(** E_{k ~ Bin(n,p)} g(k): the number of heads in n independent tosses. *)
Definition E_binomial (n : nat) (p : R) (g : nat -> R) : R :=
  En n (biased_coin p) (fun b => g (heads b)).

Lemma biased_coin_E (p : R) (g : bool -> R) : E (biased_coin p) g = p * g true + (1 - p) * g false.
Proof. unfold E, Sum, biased_coin; simpl; ring. Qed.

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
  - rewrite ind_true by constructor; simpl; ring.
  - unfold E; rewrite <- Sum_scal; apply Sum_ext; intro a.
    rewrite (En_ext p n _ (fun s => ind (P a) * (ind (Forall P s) * f (a :: s)))).
    + rewrite En_scal, IH.
      transitivity ((ind (P a) * p a) * (c ^ n * En n q (fun s => f (a :: s)))); [ring |].
      rewrite h; simpl; ring.
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
    apply Sum_ext; intro y; rewrite ind_not; ring.
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
      - rewrite ind_true by exact e; unfold hit; ring.
      - rewrite ind_false by exact e; unfold rest; ring. }
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
        ring. }
    assert (hrest : E (draw_law rho key) (fun o => 1 - ind (fst o = Some i)) = 1 - rho / d).
    { rewrite E_minus, E_const by (apply draw_law_dist; assumption); f_equal.
      rewrite (E_ext _ _ (fun o => ind (fst o = Some i /\ True))) by
        (intro; apply ind_iff; tauto).
      change (Pr (draw_law rho key) (fun o => fst o = Some i /\ (fun _ => True) (snd o)) = rho / d).
      rewrite draw_at; unfold Pr.
      rewrite (E_ext _ _ (fun _ => 1)) by (intro; apply ind_true; exact Logic.I).
      rewrite E_const by (apply is_full_dist, D01_key_law; lra); ring. }
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
        (intro; rewrite ind_not; unfold Rdiv; ring).
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
        rewrite (En_ext _ k _ (fun t => 1 + (-1) * / (M - distinct t))) by (intros; ring).
        rewrite En_plus, En_scal, En_const by (apply off_key_dist; exact hM); ring.
      + intro y; unfold off_key; destruct (classic (y = j)) as [h | h].
        * rewrite ind_false by tauto; unfold Rdiv; ring.
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
               (fun j => blind_failure t * ind (~ In j t))) by (intro; ring).
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
    rewrite Sum_zero, Rminus_0_r; ring.
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
               (fun j => blind_failure t * ind (~ In j t))) by (intro; ring).
    rewrite Sum_scal, <- distinct_missing.
    rewrite (Sum_ext _ (fun j => ind (~ In j t) - ind (j = g) * ind (~ In j t)))
      by (intro; rewrite (ind_not (_ = g)); ring).
    rewrite Sum_minus, (Sum_pick (fun j => ind (~ In j t))), <- distinct_missing.
    destruct (classic (exists j, ~ In j t)) as [h | h].
    - rewrite (ind_true _ (hg h)); pose proof (distinct_le t g (hg h)).
      unfold blind_failure; field; lra.
    - assert (e : M - distinct t = 0).
      { rewrite distinct_missing, (Sum_ext _ (fun _ => 0)); [apply Sum_zero |].
        intro j; apply ind_false; intro hj; apply h; exists j; exact hj. }
      rewrite e, (ind_false (~ In g t)) by (intro hj; apply h; exists g; exact hj); ring.
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
        rewrite ind_false; [ring |]; intro hne; apply hne; symmetry.
        rewrite <- (set_key_same key i j) at 2; apply bayes_guess_seen; rewrite set_key_same; exact h.
      + rewrite (ind_true (~ In (Some i, j) s)) by exact h.
        unfold guess; rewrite blind_reveal_agrees by exact h; ring.
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
