(** * D15: the minimax risk is the Bayes risk

    The learner that reads the key off the sample, or else puts out a uniformly random label among those
    that were not drawn, has the same risk at every key: the Bayes risk.  No learner beats the Bayes risk at
    every key, so it is the minimax risk of the class, and the formula does not depend on the label that is
    set aside in it.

    Serves D15. *)

From Coq Require Import Reals Lra Lia List Classical PeanoNat.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics LowerBound.HardInstance LowerBound.Averages
  LowerBound.BinaryKeys LowerBound.BayesRisk.
Import ListNotations.
Open Scope R_scope.

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
  rewrite <- Sum_scal; apply Sum_ext; intro s; cbn [seed_law snd]; ring.
Qed.

Lemma seed_law_dist (m : nat) : is_dist (seed_law m).
Proof.
  induction m as [| p [h0 h1]]; [split; [intro; simpl; lra | unfold Sum; simpl; ring] |].
  pose proof (lt_0_INR (S p) ltac:(lia)) as hp.
  split.
  - intros [a s]; cbn [seed_law snd]; apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, hp | apply h0].
  - transitivity (E (seed_law (S p)) (fun _ => 1)).
    { unfold E; apply Sum_ext; intro; ring. }
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
  destruct (decide (P a)); [cbn [length]; rewrite S_INR, IH; ring | rewrite IH; ring].
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
    - rewrite sumL_plus, sumL_scal, sumL_const, (sumL_pick l (fun _ => 1) k) by assumption; ring.
    - intros y _; rewrite ind_not, (ind_iff (k = y) (y = k)) by (split; auto); ring.
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
      rewrite key_law_at in h; replace (1 + 1) with 2 in h by ring; exact h.
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
               (fun s => equalising_learner u (map (reveal key) s) None point <= 1 / 2) = 0) as ->; [| ring].
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
