(** Theorem 4.1: averages, the hard instance, keys, the ambiguous event, members of the class. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality Arith.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Finite.Space Policy.Definitions.
Import ListNotations.
Open Scope R_scope.

(** * Averages over hidden keys

    Independent redraws of the entries of a key from a prior (the cube average of Yao's argument),
    the two priors that Theorem 4.1 uses (uniform on a pair, uniform on all labels), and the
    change of law on samples that avoid an event.  Serves D06, D15, D16, D17. *)

(** ** Redrawing entries *)

Section Cube.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.

  (** The key with its entry at i replaced. *)
  Definition set_key (key : I -> K) (i : I) (k : K) : I -> K :=
    fun j => if decide (j = i) then k else key j.

  Lemma set_key_same key i k : set_key key i k i = k.
  Proof. unfold set_key; destruct (decide (i = i)); [reflexivity | contradiction]. Qed.

  Lemma set_key_other key i k j : j <> i -> set_key key i k j = key j.
  Proof. intro h; unfold set_key; destruct (decide (j = i)); [contradiction | reflexivity]. Qed.

  Lemma set_key_commute key i j k l : i <> j ->
    set_key (set_key key i k) j l = set_key (set_key key j l) i k.
  Proof.
    intro h; apply functional_extensionality; intro m; unfold set_key.
    destruct (decide (m = j)), (decide (m = i)); congruence.
  Qed.

  (** Expectation of F(key) when the entries listed in l are redrawn independently from u. *)
  Fixpoint average (u : K -> R) (l : list I) (F : (I -> K) -> R) (key : I -> K) : R :=
    match l with
    | [] => F key
    | i :: m => E u (fun k => average u m F (set_key key i k))
    end.

  Variable u : K -> R.
  Hypothesis hu : is_dist u.

  Lemma average_le l F G key : (forall k, F k <= G k) -> average u l F key <= average u l G key.
  Proof.
    intro h; revert key; induction l as [| i l IH]; intro key; simpl; [apply h |].
    apply E_le; [apply hu | intro k; apply IH].
  Qed.

  Lemma average_const l c key : average u l (fun _ => c) key = c.
  Proof.
    revert key; induction l as [| i l IH]; intro key; simpl; [reflexivity |].
    rewrite (E_ext u _ (fun _ => c)) by (intro; apply IH); apply E_const, hu.
  Qed.

  Lemma average_plus l F G key :
    average u l (fun k => F k + G k) key = average u l F key + average u l G key.
  Proof.
    revert key; induction l as [| i l IH]; intro key; simpl; [reflexivity |].
    rewrite <- E_plus; apply E_ext; intro k; apply IH.
  Qed.

  Lemma average_scal l c F key : average u l (fun k => c * F k) key = c * average u l F key.
  Proof.
    revert key; induction l as [| i l IH]; intro key; simpl; [reflexivity |].
    rewrite <- E_scal; apply E_ext; intro k; apply IH.
  Qed.

  Lemma average_sumL {B : Type} l (bs : list B) (F : B -> (I -> K) -> R) key :
    average u l (fun k => sumL bs (fun b => F b k)) key = sumL bs (fun b => average u l (F b) key).
  Proof.
    induction bs as [| b bs IH]; [exact (average_const l 0 key) |].
    rewrite sumL_cons, <- IH, <- average_plus; reflexivity.
  Qed.

  Lemma average_E {B : Type} {FB : FiniteType B} (w : B -> R) l (F : B -> (I -> K) -> R) key :
    average u l (fun k => E w (fun b => F b k)) key = E w (fun b => average u l (F b) key).
  Proof.
    revert key; induction l as [| i l IH]; intro key; simpl; [reflexivity |].
    rewrite (E_ext u _ (fun k => E w (fun b => average u l (F b) (set_key key i k))))
      by (intro; apply IH).
    apply E_swap.
  Qed.

  Lemma average_set_key l F key i k : ~ In i l ->
    average u l F (set_key key i k) = average u l (fun k' => F (set_key k' i k)) key.
  Proof.
    revert key; induction l as [| j l IH]; intros key h; simpl; [reflexivity |].
    apply E_ext; intro l0.
    rewrite <- IH by (intro; apply h; right; assumption).
    rewrite set_key_commute; [reflexivity | intros ->; apply h; left; reflexivity].
  Qed.

  (** An entry that is redrawn contributes at least its worst conditional average. *)
  Lemma average_entry l F key i c : NoDup l -> In i l ->
    (forall k', c <= E u (fun k => F (set_key k' i k))) -> c <= average u l F key.
  Proof.
    intros hn hi h; revert key; induction l as [| j l IH]; intro key; [destruct hi |].
    inversion hn as [| j' l' hj hn' e]; subst; simpl.
    destruct (classic (j = i)) as [-> | hji].
    - rewrite (E_ext u _ (fun k => average u l (fun k' => F (set_key k' i k)) key))
        by (intro; apply average_set_key; exact hj).
      rewrite <- (average_E u l (fun k k' => F (set_key k' i k))).
      rewrite <- (average_const l c key); apply average_le; exact h.
    - destruct hi as [hi | hi]; [contradiction |].
      rewrite <- (E_const u c hu); apply E_le; [apply hu |].
      intro k; apply IH; assumption.
  Qed.

  (** A value at least the mean is taken somewhere on the support. *)
  Lemma E_attained (g : K -> R) c : c <= E u g -> exists k, 0 < u k /\ c <= g k.
  Proof.
    intro h; apply NNPP; intro hno.
    assert (hlt : forall k, 0 < u k -> g k < c).
    { intros k hk; apply Rnot_le_lt; intro hc; apply hno; exists k; auto. }
    assert (hz : forall k, 0 <= u k * (c - g k)).
    { intro k; destruct hu as [h0 _]; destruct (h0 k) as [hk | <-]; [| lra].
      specialize (hlt k hk); nra. }
    assert (E u (fun k => c - g k) = 0) as e0.
    { apply Rle_antisym; [rewrite E_minus, E_const by exact hu; lra | apply Sum_nonneg, hz]. }
    pose proof (Sum_zero_all _ hz e0) as hall; cbv beta in hall.
    assert (Sum u = 0) as es.
    { rewrite (Sum_ext u (fun _ => 0)); [apply Sum_zero |].
      intro k; specialize (hall k); destruct hu as [h0 _]; destruct (h0 k) as [hk | hk]; [| auto].
      specialize (hlt k hk); nra. }
    destruct hu as [_ h1]; lra.
  Qed.

  Lemma average_attained l F key c : c <= average u l F key ->
    exists key', (forall i, In i l -> 0 < u (key' i)) /\
                 (forall i, ~ In i l -> key' i = key i) /\ c <= F key'.
  Proof.
    revert key; induction l as [| i l IH]; intros key h; simpl in h.
    - exists key; split; [intros i [] | split; auto].
    - apply E_attained in h as (k & hk & h).
      apply IH in h as (key' & h1 & h2 & h3).
      exists key'; split; [| split; [| exact h3]].
      + intros j hj; destruct (classic (In j l)) as [hl | hl]; [apply h1, hl |].
        destruct hj as [-> | hj]; [| contradiction].
        rewrite h2, set_key_same by exact hl; exact hk.
      + intros j hj; rewrite h2 by (intro; apply hj; right; assumption).
        apply set_key_other; intros ->; apply hj; left; reflexivity.
  Qed.
End Cube.

(** ** Priors *)

Section Priors.
  Context {K : Type} {FK : FiniteType K}.

  Definition pair_prior (a b : K) : K -> R := fun k => / 2 * dirac a k + / 2 * dirac b k.

  Lemma pair_prior_dist a b : is_dist (pair_prior a b).
  Proof.
    unfold pair_prior; split.
    - intro k; pose proof (ind_nonneg (k = a)); pose proof (ind_nonneg (k = b)).
      unfold dirac; lra.
    - rewrite Sum_plus, !Sum_scal, (proj2 (dirac_dist a)), (proj2 (dirac_dist b)); lra.
  Qed.

  Lemma pair_prior_E a b g : E (pair_prior a b) g = / 2 * (g a + g b).
  Proof.
    unfold E, pair_prior.
    rewrite (Sum_ext _ (fun k => / 2 * (dirac a k * g k) + / 2 * (dirac b k * g k)))
      by (intro; lra).
    rewrite Sum_plus, !Sum_scal.
    pose proof (E_dirac a g) as h1; pose proof (E_dirac b g) as h2; unfold E in h1, h2.
    rewrite h1, h2; lra.
  Qed.

  Lemma pair_prior_support a b k : 0 < pair_prior a b k -> k = a \/ k = b.
  Proof.
    unfold pair_prior, dirac; intro h; apply NNPP; intro hn.
    rewrite !ind_false in h by (intro; apply hn; auto); lra.
  Qed.

  Definition uniform : K -> R := fun _ => / card K.

  Lemma uniform_dist : is_dist uniform.
  Proof.
    pose proof (@card_ge_1 K FK) as h; unfold uniform; split.
    - intro k; left; apply Rinv_0_lt_compat; lra.
    - rewrite Sum_const; field; lra.
  Qed.

  (** If any two entries of g sum to at least c, the mean is at least c/2. *)
  Lemma uniform_pairs (g : K -> R) c : 2 <= card K ->
    (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E uniform g.
  Proof.
    intros hM h.
    assert (hs : Sum (fun a => Sum (fun b => ind (b <> a) * (g a + g b))) =
                 2 * (card K - 1) * Sum g).
    { rewrite (Sum_ext _ (fun a => (card K - 2) * g a + Sum g)).
      - rewrite Sum_plus, Sum_scal, Sum_const; lra.
      - intro a.
        rewrite (Sum_ext _ (fun b => (g a + g b) - ind (b = a) * (g a + g b)))
          by (intro; rewrite ind_not; lra).
        rewrite Sum_minus, (Sum_pick (fun b => g a + g b)), Sum_plus, Sum_const; lra. }
    assert (hc : Sum (fun a : K => Sum (fun b => ind (b <> a) * c)) = card K * (card K - 1) * c).
    { rewrite (Sum_ext _ (fun _ => (card K - 1) * c)); [rewrite Sum_const; lra |].
      intro a; rewrite (Sum_ext _ (fun b => c - ind (b = a) * c)) by (intro; rewrite ind_not; lra).
      rewrite Sum_minus, (Sum_pick (fun _ => c)), Sum_const; lra. }
    assert (hle : card K * (card K - 1) * c <= 2 * (card K - 1) * Sum g).
    { rewrite <- hs, <- hc; apply Sum_le; intro a; apply Sum_le; intro b.
      destruct (classic (b = a)) as [-> | hab]; [rewrite ind_false by tauto; lra |].
      rewrite ind_true by exact hab; specialize (h a b (fun e => hab (eq_sym e))); lra. }
    unfold E, uniform; rewrite Sum_scal.
    apply Rmult_le_reg_l with (2 * (card K - 1) * card K); [nra |].
    replace (2 * (card K - 1) * card K * (/ card K * Sum g)) with (2 * (card K - 1) * Sum g)
      by (field; lra).
    lra.
  Qed.
End Priors.

(** Expectations under two laws agree on samples that avoid their difference. *)
Lemma En_agree {A : Type} {FA : FiniteType A} (p q : A -> R) (P : A -> Prop) n (f : list A -> R) :
  (forall o, P o -> p o = q o) ->
  En n p (fun s => ind (Forall P s) * f s) = En n q (fun s => ind (Forall P s) * f s).
Proof.
  intro h; revert f; induction n as [| n IH]; intro f; simpl; [reflexivity |].
  apply Sum_ext; intro o.
  assert (e : forall r, En n r (fun s => ind (Forall P (o :: s)) * f (o :: s)) =
                        ind (P o) * En n r (fun s => ind (Forall P s) * f (o :: s))).
  { intro r; rewrite <- En_scal; apply En_ext; intros s _.
    rewrite (ind_iff (Forall P (o :: s)) (P o /\ Forall P s)) by (rewrite Forall_cons_iff; tauto).
    rewrite ind_and; lra. }
  rewrite !e, IH.
  destruct (classic (P o)) as [hP | hP]; [rewrite (h o hP); reflexivity |].
  rewrite ind_false by exact hP; lra.
Qed.

(** * Theorem 4.1: the hard instance and its learners

    Prompts x_0 ([None]) and x_1, ..., x_d ([Some i], [i] in a finite type [I] with d elements);
    responses in a finite type [K] with M elements; a hidden key [key i] per prompt.  At x_0
    every policy is one fixed point mass, at x_i it is P_j with j = key i,
    P_j(j) = (1+eta)/(M+eta), P_j(i) = 1/(M+eta) otherwise.

    Serves D01 (the laws), D02 (condition number), D03 (reduction), D18 (the notion of
    failure), and defines the sample-and-evaluate learner of D04-D07, D11, D16, D17. *)

(** ** Finite types of every size *)

#[export] Program Instance Finite_unit : FiniteType unit := {| enum := [tt]; point := tt |}.
Next Obligation. destruct a; left; reflexivity. Qed.
Next Obligation. repeat constructor; intros []. Qed.

#[export] Program Instance Finite_option {A : Type} {FA : FiniteType A} : FiniteType (option A) :=
  {| enum := None :: map Some (@enum A FA); point := None |}.
Next Obligation.
  destruct a as [a |]; [right; apply in_map, enum_in | left; reflexivity].
Qed.
Next Obligation.
  constructor; [intro h; apply in_map_iff in h as (b & h & _); discriminate |].
  apply NoDup_map_injective; [intros a b h; injection h; auto | apply enum_nodup].
Qed.

(** A type with n+1 elements. *)
Fixpoint succ_type (n : nat) : Type := match n with O => unit | S m => option (succ_type m) end.

#[export] Instance Finite_succ_type (n : nat) : FiniteType (succ_type n).
Proof. induction n; simpl; typeclasses eauto. Defined.

Lemma card_option (A : Type) (FA : FiniteType A) : card (option A) = card A + 1.
Proof. unfold card; simpl; rewrite map_length; destruct (length enum); simpl; lra. Qed.

(** Instances of D01 exist for every integer d, M >= 1. *)
Lemma card_succ_type (n : nat) : card (succ_type n) = INR (S n).
Proof.
  induction n as [| n IH]; [reflexivity |].
  change (card (succ_type (S n))) with (card (option (succ_type n))).
  rewrite card_option, IH, (S_INR (S n)); reflexivity.
Qed.

Lemma Sum_option {A : Type} {FA : FiniteType A} (f : option A -> R) :
  Sum f = f None + Sum (fun a => f (Some a)).
Proof. unfold Sum at 1; simpl enum; rewrite sumL_cons, sumL_map; reflexivity. Qed.

Lemma card_pos (A : Type) (FA : FiniteType A) : 0 < card A.
Proof. pose proof (@card_ge_1 A FA); lra. Qed.

Section Instance.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).

  (** ** D01: the laws *)

  (** P_j(y) = (1+eta)/(M+eta) at y = j and 1/(M+eta) elsewhere. *)
  Definition key_law (eta : R) (j : K) : K -> R := fun y => (1 + eta * ind (y = j)) / (M + eta).

  (** The policy of the key. *)
  Definition key_policy (eta : R) (key : I -> K) : policy (option I) K :=
    fun x => match x with None => dirac point | Some i => key_law eta (key i) end.

  (** The response that the policy of the key prefers. *)
  Definition key_mode (key : I -> K) (x : option I) : K :=
    match x with None => point | Some i => key i end.

  (** D = (1-rho) delta_{x_0} + (rho/d) sum_i delta_{x_i}. *)
  Definition prompt_law (rho : R) : option I -> R :=
    fun x => match x with None => 1 - rho | Some _ => rho / d end.

  Lemma prompt_law_nonneg rho x : 0 <= rho -> rho <= 1 -> 0 <= prompt_law rho x.
  Proof.
    intros h0 h1; destruct x as [i |]; simpl; [| lra].
    apply le_div; [apply card_pos | lra].
  Qed.

  Theorem D01_prompt_law : forall rho : R, 0 <= rho -> rho <= 1 -> is_dist (prompt_law rho).
  Proof.
    intros rho h0 h1; split; [intro x; apply prompt_law_nonneg; assumption |].
    rewrite Sum_option; simpl; rewrite Sum_const.
    pose proof (card_pos I FI); field; lra.
  Qed.

  Lemma key_law_at eta j : key_law eta j j = (1 + eta) / (M + eta).
  Proof. unfold key_law; rewrite ind_true by reflexivity; f_equal; lra. Qed.

  Lemma key_law_off eta j y : y <> j -> key_law eta j y = 1 / (M + eta).
  Proof. intro h; unfold key_law; rewrite ind_false by exact h; f_equal; lra. Qed.

  (** P_j is a probability vector of full support. *)
  Theorem D01_key_law : forall (eta : R) (j : K), 0 <= eta -> is_full (key_law eta j).
  Proof.
    intros eta j he; pose proof (card_pos K FK) as hM; split.
    - intro y; unfold key_law; apply Rdiv_lt_0_compat; [| lra].
      pose proof (ind_nonneg (y = j)); nra.
    - unfold key_law.
      rewrite (Sum_ext _ (fun y => / (M + eta) * 1 + / (M + eta) * (ind (y = j) * eta)))
        by (intro; unfold Rdiv; lra).
      rewrite Sum_plus, !Sum_scal, Sum_const, (Sum_pick (fun _ => eta)); field; lra.
  Qed.

  (** Its unique mode is j ... *)
  Theorem D01_mode : forall (eta : R) (j y : K), 0 < eta -> y <> j ->
    key_law eta j y < key_law eta j j.
  Proof.
    intros eta j y he h; pose proof (card_pos K FK).
    rewrite key_law_at, key_law_off by exact h.
    apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat |]; lra.
  Qed.

  (** ... with margin ln(1+eta). *)
  Theorem D01_margin : forall (eta : R) (j y : K), 0 < eta -> y <> j ->
    ln (key_law eta j j) - ln (key_law eta j y) = ln (1 + eta).
  Proof.
    intros eta j y he h; pose proof (card_pos K FK).
    rewrite key_law_at, key_law_off by exact h.
    rewrite !ln_quotient, ln_1 by lra; lra.
  Qed.

  Lemma key_law_Max eta j : 0 <= eta -> Max (key_law eta j) = (1 + eta) / (M + eta).
  Proof.
    intro he; pose proof (card_pos K FK).
    rewrite (Max_unique _ j); [apply key_law_at |].
    intro y; destruct he as [he | <-].
    - destruct (classic (y = j)) as [-> | h]; [lra | left; apply D01_mode; assumption].
    - unfold key_law; right; f_equal; lra.
  Qed.

  Lemma dirac_Max (b : K) : Max (dirac b) = 1.
  Proof.
    rewrite (Max_unique _ b); [apply ind_true; reflexivity |].
    intro y; unfold dirac; rewrite (ind_true (b = b)) by reflexivity; apply ind_range.
  Qed.

  Lemma key_policy_dist eta key x : 0 <= eta -> is_dist (key_policy eta key x).
  Proof.
    intro he; destruct x as [i |]; simpl; [apply is_full_dist, D01_key_law, he | apply dirac_dist].
  Qed.

  (** ** D02: condition number *)

  (** kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta). *)
  Theorem D02_condition_number : forall (rho eta : R) (key : I -> K), 0 <= eta ->
    kappa (prompt_law rho) (key_policy eta key) = (1 - rho) + rho * (M + eta) / (1 + eta).
  Proof.
    intros rho eta key he; pose proof (card_pos K FK); pose proof (card_pos I FI).
    unfold kappa, E; rewrite Sum_option; simpl; rewrite dirac_Max.
    rewrite (Sum_ext _ (fun _ => rho / d * ((M + eta) / (1 + eta)))).
    - rewrite Sum_const; field; lra.
    - intro i; rewrite key_law_Max by exact he; field; lra.
  Qed.

  (** At eta = 1 with M <= 1 + 2(kappa_0-1)/rho the instance has kappa(pi^J) <= kappa_0. *)
  Theorem D02_instance : forall (rho kappa0 : R) (key : I -> K), 0 < rho ->
    M <= 1 + 2 * (kappa0 - 1) / rho -> kappa (prompt_law rho) (key_policy 1 key) <= kappa0.
  Proof.
    intros rho kappa0 key hr hM; rewrite D02_condition_number by lra.
    replace (1 - rho + rho * (M + 1) / (1 + 1)) with (1 + rho * (M - 1) / 2) by lra.
    apply D02_kappa_bound; assumption.
  Qed.

  (** ** Samples and learners *)

  (** What a learner sees of one draw: prompt, response, log-probability. *)
  Definition observation : Type := option I * K * R.

  (** A learner maps the observed draws to any policy (improper ones included). *)
  Definition learner : Type := list observation -> policy (option I) K.

  Definition proper_output (A : learner) : Prop := forall s x, is_dist (A s x).

  (** Law of one draw (x, y): x ~ D, y ~ pi^J(.|x). *)
  Definition draw_law (rho : R) (key : I -> K) : option I * K -> R :=
    fun o => prompt_law rho (fst o) * key_policy 1 key (fst o) (snd o).

  Definition reveal (key : I -> K) (o : option I * K) : observation :=
    (fst o, snd o, ln (key_policy 1 key (fst o) (snd o))).

  (** Expected base failure of the learner on n draws: the risk. *)
  Definition risk (rho : R) (key : I -> K) (n : nat) (A : learner) : R :=
    En n (draw_law rho key)
      (fun s => failure (prompt_law rho) (A (map (reveal key) s)) (key_mode key) (1 / 2)).

  (** Probability that the output fails at prompt x_i. *)
  Definition miss (rho : R) (key : I -> K) (n : nat) (A : learner) (i : I) : R :=
    Prn n (draw_law rho key) (fun s => A (map (reveal key) s) (Some i) (key i) <= 1 / 2).

  Lemma draw_law_nonneg rho key o : 0 <= rho -> rho <= 1 -> 0 <= draw_law rho key o.
  Proof.
    intros h0 h1; unfold draw_law; apply Rmult_le_pos; [apply prompt_law_nonneg; assumption |].
    apply (key_policy_dist 1 key); lra.
  Qed.

  Lemma draw_law_dist rho key : 0 <= rho -> rho <= 1 -> is_dist (draw_law rho key).
  Proof.
    intros h0 h1; split; [intro o; apply draw_law_nonneg; assumption |].
    rewrite Sum_prod; unfold draw_law; simpl.
    rewrite (Sum_ext _ (prompt_law rho)); [apply D01_prompt_law; assumption |].
    intro x; rewrite Sum_scal.
    rewrite (proj2 (key_policy_dist 1 key x ltac:(lra))); lra.
  Qed.

  (** Probability of an event of one draw at a given prompt x_i. *)
  Lemma draw_at rho key (i : I) (P : K -> Prop) :
    Pr (draw_law rho key) (fun o => fst o = Some i /\ P (snd o)) =
    rho / d * Pr (key_law 1 (key i)) P.
  Proof.
    unfold Pr, E at 1; rewrite Sum_prod, Sum_option; simpl.
    rewrite (Sum_ext (fun b => draw_law rho key (None, b) * _) (fun _ => 0)).
    2: { intro y; rewrite ind_false; [lra | intros [h _]; discriminate]. }
    rewrite Sum_zero, Rplus_0_l.
    rewrite (Sum_ext _ (fun j => ind (j = i) * (rho / d * Pr (key_law 1 (key j)) P))).
    - rewrite (Sum_pick (fun j => rho / d * Pr (key_law 1 (key j)) P)); reflexivity.
    - intro j; unfold Pr, E; rewrite <- !Sum_scal; apply Sum_ext; intro y.
      unfold draw_law; simpl; rewrite ind_and.
      assert (ind (Some j = Some i) = ind (j = i)) as ->.
      { apply ind_iff; split; [intro h; injection h; auto | intros ->; reflexivity]. }
      lra.
  Qed.

  (** The risk, split over prompts. *)
  Lemma risk_split rho key n A :
    risk rho key n A =
    (1 - rho) * Prn n (draw_law rho key) (fun s => A (map (reveal key) s) None point <= 1 / 2) +
    rho / d * Sum (fun i => miss rho key n A i).
  Proof.
    unfold risk, failure, Pr, E.
    rewrite (En_ext _ n _ (fun s =>
      (1 - rho) * ind (A (map (reveal key) s) None point <= 1 / 2) +
      rho / d * Sum (fun i => ind (A (map (reveal key) s) (Some i) (key i) <= 1 / 2)))).
    - rewrite En_plus, !En_scal; unfold Sum, miss, Prn; rewrite En_sum; reflexivity.
    - intros s _; rewrite Sum_option; simpl; rewrite Sum_scal; reflexivity.
  Qed.

  Lemma miss_nonneg rho key n A i : 0 <= rho -> rho <= 1 -> 0 <= miss rho key n A i.
  Proof.
    intros h0 h1; unfold miss, Prn.
    rewrite <- (En_const (draw_law rho key) n 0) by (apply draw_law_dist; assumption).
    apply En_le; [intro; apply draw_law_nonneg; assumption | intros; apply ind_nonneg].
  Qed.

  (** ** D03: the reduction *)

  Lemma risk_ge_misses rho key n A : 0 <= rho -> rho <= 1 ->
    rho / d * Sum (fun i => miss rho key n A i) <= risk rho key n A.
  Proof.
    intros h0 h1; rewrite risk_split.
    assert (0 <= Prn n (draw_law rho key) (fun s => A (map (reveal key) s) None point <= 1 / 2)).
    { unfold Prn; rewrite <- (En_const (draw_law rho key) n 0) by (apply draw_law_dist; assumption).
      apply En_le; [intro; apply draw_law_nonneg; assumption | intros; apply ind_nonneg]. }
    nra.
  Qed.

  (** Expected success >= 1-eps makes the average misclassification at most eps/rho. *)
  Theorem D03_misclassification : forall (rho eps : R) (key : I -> K) (n : nat) (A : learner),
    0 < rho -> rho <= 1 -> risk rho key n A <= eps ->
    / d * Sum (fun i => miss rho key n A i) <= eps / rho.
  Proof.
    intros rho eps key n A h0 h1 h.
    pose proof (risk_ge_misses rho key n A ltac:(lra) h1) as hr.
    apply le_div; [exact h0 |].
    replace (/ d * Sum (fun i => miss rho key n A i) * rho)
      with (rho / d * Sum (fun i => miss rho key n A i)) by (unfold Rdiv; lra). lra.
  Qed.

  (** With rho = 16 eps: at most 1/16. *)
  Theorem D03_sixteenth : forall (eps : R) (key : I -> K) (n : nat) (A : learner),
    0 < eps -> eps <= 1 / 16 -> risk (16 * eps) key n A <= eps ->
    / d * Sum (fun i => miss (16 * eps) key n A i) <= 1 / 16.
  Proof.
    intros eps key n A h0 h1 h.
    pose proof (D03_misclassification (16 * eps) eps key n A ltac:(lra) ltac:(lra) h) as hm.
    replace (eps / (16 * eps)) with (1 / 16) in hm by (field; lra). exact hm.
  Qed.

  (** ** D18: which failure *)

  (** With own failure the theorem is void: ignoring the data and putting out a point mass
      never fails. *)
  Theorem D18_own_failure_void : forall (rho : R) (b : option I -> K),
    own_failure (prompt_law rho) (point_policy b) (1 / 2) = 0.
  Proof.
    intros rho b; unfold own_failure, Pr, E.
    rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero |].
    intro x; unfold point_policy; rewrite dirac_Max, ind_false by lra; ring.
  Qed.

  (** For M >= 3 every policy of the class base-fails at every x_i, whatever the key. *)
  Theorem D18_class_fails : forall (key key' : I -> K) (i : I), 3 <= M ->
    key_policy 1 key' (Some i) (key i) <= 1 / 2.
  Proof.
    intros key key' i hM; simpl.
    apply Rle_trans with (Max (key_law 1 (key' i))); [apply Max_ge |].
    rewrite key_law_Max by lra; apply div_le; lra.
  Qed.

  (** So the base failure of every proper answer is at least rho. *)
  Theorem D18_proper_failure : forall (rho : R) (key key' : I -> K), 0 <= rho -> rho <= 1 ->
    3 <= M -> rho <= failure (prompt_law rho) (key_policy 1 key') (key_mode key) (1 / 2).
  Proof.
    intros rho key key' h0 h1 hM; unfold failure, Pr, E; rewrite Sum_option.
    rewrite (Sum_ext (fun a => _) (fun _ => rho / d)).
    - rewrite Sum_const; pose proof (card_pos I FI).
      replace (d * (rho / d)) with rho by (field; lra).
      simpl; pose proof (ind_nonneg (dirac point point <= 1 / 2)); nra.
    - intro i; simpl key_mode; rewrite ind_true by (apply D18_class_fails, hM); simpl; ring.
  Qed.
End Instance.

(** * Theorem 4.1: the exact minimax risk with binary keys

    Two keys a <> b that agree on every draw but those of a and b at x_i cannot be told
    apart when none of these was drawn, which happens with probability exactly
    (1 - 3 rho/(d(M+1)))^n.  Averaging over the cube {a,b}^d (or over any product prior)
    gives the lower bound of D17 for every deterministic or randomised learner, and the learner
    that looks for a and b and otherwise tosses a coin attains it.

    Serves D05 (the probability of the ambiguous event), D16 and D17. *)

(** ** The ambiguous event *)

Section Lower.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** The draw is not one of the responses a, b at x_i. *)
  Definition unseen (i : I) (a b : K) (o : option I * K) : Prop :=
    ~ (fst o = Some i /\ (snd o = a \/ snd o = b)).

  Lemma key_law_pair (a b : K) : a <> b ->
    Pr (key_law 1 a) (fun y => y = a \/ y = b) = 3 / (M + 1).
  Proof.
    intro hab; pose proof (card_pos K FK); unfold Pr, E.
    rewrite (Sum_ext _ (fun y => ind (y = a) * key_law 1 a y + ind (y = b) * key_law 1 a y)).
    - rewrite Sum_plus, !Sum_pick, key_law_at, key_law_off by auto; lra.
    - intro y; assert (ind (y = a \/ y = b) = ind (y = a) + ind (y = b)) as ->; [| lra].
      unfold ind; destruct (decide (y = a)), (decide (y = b)), (decide (y = a \/ y = b));
        subst; try tauto; lra.
  Qed.

  (** D05: two fixed responses, one of them the key, stay unseen in k draws at x_i with
      probability exactly (1 - 3/(M+1))^k. *)
  Theorem D05_ambiguous_event : forall (a b : K) (k : nat), a <> b ->
    Prn k (key_law 1 a) (Forall (fun y => ~ (y = a \/ y = b))) = (1 - 3 / (M + 1)) ^ k.
  Proof.
    intros a b k hab; rewrite (Prn_forall (key_law 1 a)), Pr_not, key_law_pair by
      (try exact hab; apply is_full_dist, D01_key_law; lra); reflexivity.
  Qed.

  (** D05, (88): ... which is at least 1 - 3k/(M+1). *)
  Theorem D05_ambiguous_bound : forall (a b : K) (k : nat), a <> b -> 2 <= M ->
    1 - 3 * INR k / (M + 1) <= Prn k (key_law 1 a) (Forall (fun y => ~ (y = a \/ y = b))).
  Proof. intros a b k hab hM; rewrite D05_ambiguous_event by exact hab; apply D05_bernoulli, hM. Qed.

  Lemma unseen_probability rho (key : I -> K) i a b : 0 <= rho -> rho <= 1 -> a <> b ->
    key i = a \/ key i = b ->
    Pr (draw_law rho key) (unseen i a b) = 1 - 3 * rho / (d * (M + 1)).
  Proof.
    intros h0 h1 hab hk; unfold unseen.
    rewrite Pr_not by (apply draw_law_dist; assumption).
    rewrite (draw_at rho key i (fun y => y = a \/ y = b)).
    assert (Pr (key_law 1 (key i)) (fun y => y = a \/ y = b) = 3 / (M + 1)) as ->.
    { destruct hk as [-> | ->]; [apply key_law_pair, hab |].
      rewrite <- (key_law_pair b a) by auto.
      unfold Pr; apply E_ext; intro y; apply ind_iff; tauto. }
    pose proof (card_pos I FI); pose proof (card_pos K FK); field; lra.
  Qed.

  Lemma set_key_law (key : I -> K) i a b (o : option I * K) : unseen i a b o ->
    key_policy 1 (set_key key i a) (fst o) (snd o) = key_policy 1 (set_key key i b) (fst o) (snd o).
  Proof.
    destruct o as [[j |] y]; simpl; intro h; [| reflexivity].
    destruct (classic (j = i)) as [-> | hj]; [| rewrite !set_key_other by exact hj; reflexivity].
    rewrite !set_key_same.
    rewrite !key_law_off; [reflexivity | |];
      intros ->; apply h; simpl; auto.
  Qed.

  (** Whatever the learner does, it misses under one of the two keys on the ambiguous event. *)
  Lemma two_point (A : learner) (rho : R) (key : I -> K) i a b n : proper_output A -> 0 <= rho -> rho <= 1 -> a <> b ->
    (1 - 3 * rho / (d * (M + 1))) ^ n <=
    miss rho (set_key key i a) n A i + miss rho (set_key key i b) n A i.
  Proof.
    intros hA h0 h1 hab.
    set (ka := set_key key i a); set (kb := set_key key i b).
    rewrite <- (unseen_probability rho ka i a b) by
      (try assumption; left; apply set_key_same).
    rewrite <- (Prn_forall (draw_law rho ka)).
    set (amb := fun s => ind (Forall (unseen i a b) s)).
    set (fa := fun s => ind (A (map (reveal ka) s) (Some i) a <= 1 / 2)).
    set (fb := fun s => ind (A (map (reveal kb) s) (Some i) b <= 1 / 2)).
    assert (hrev : forall s, Forall (unseen i a b) s -> map (reveal ka) s = map (reveal kb) s).
    { intros s hs; induction hs as [| o s ho hs IH]; [reflexivity |].
      simpl; rewrite IH; unfold reveal, ka, kb.
      rewrite (set_key_law key i a b o ho); reflexivity. }
    assert (ha : En n (draw_law rho ka) (fun s => amb s * fa s) <= miss rho ka n A i).
    { unfold miss, Prn; apply En_le; [intro; apply draw_law_nonneg; assumption |].
      intros s _; unfold fa, ka; rewrite set_key_same.
      pose proof (ind_range (Forall (unseen i a b) s)); unfold amb.
      pose proof (ind_nonneg (A (map (reveal (set_key key i a)) s) (Some i) a <= 1 / 2)); nra. }
    assert (hb : En n (draw_law rho ka) (fun s => amb s * fb s) <= miss rho kb n A i).
    { change (En n (draw_law rho ka) (fun s => ind (Forall (unseen i a b) s) * fb s) <=
              miss rho kb n A i).
      rewrite (En_agree _ (draw_law rho kb)).
      - unfold miss, Prn; apply En_le; [intro; apply draw_law_nonneg; assumption |].
        intros s _; unfold fb, kb; rewrite set_key_same.
        pose proof (ind_range (Forall (unseen i a b) s)); unfold amb.
        pose proof (ind_nonneg (A (map (reveal (set_key key i b)) s) (Some i) b <= 1 / 2)); nra.
      - intros o ho; unfold draw_law, ka, kb; rewrite (set_key_law key i a b o ho); reflexivity. }
    eapply Rle_trans; [| apply Rplus_le_compat; [exact ha | exact hb]].
    rewrite <- En_plus; apply En_le; [intro; apply draw_law_nonneg; assumption |].
    intros s _; unfold amb.
    destruct (classic (Forall (unseen i a b) s)) as [hs | hs].
    - rewrite ind_true by exact hs.
      unfold fa, fb; rewrite (hrev s hs).
      pose proof (dist_two_le_1 (A (map (reveal kb) s) (Some i)) a b (hA _ _) hab) as h2.
      destruct (Rle_lt_dec (A (map (reveal kb) s) (Some i) a) (1 / 2)) as [hl | hl].
      + rewrite (ind_true _ hl); pose proof (ind_nonneg (A (map (reveal kb) s) (Some i) b <= 1 / 2)); lra.
      + rewrite (ind_true (A (map (reveal kb) s) (Some i) b <= 1 / 2)) by lra.
        pose proof (ind_nonneg (A (map (reveal kb) s) (Some i) a <= 1 / 2)); lra.
    - rewrite ind_false by exact hs; lra.
  Qed.

  (** Average misclassification over a prior under which every pair costs c. *)
  Lemma average_misses (u : K -> R) (A : learner) (rho : R) (key : I -> K) n : is_dist u ->
    (forall (g : K -> R) c, (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E u g) ->
    proper_output A -> 0 <= rho -> rho <= 1 ->
    (1 - 3 * rho / (d * (M + 1))) ^ n / 2 <=
    average u enum (fun k => / d * Sum (fun i => miss rho k n A i)) key.
  Proof.
    intros hu hpair hA h0 h1; pose proof (card_pos I FI) as hd.
    rewrite average_scal by exact hu.
    unfold Sum; rewrite average_sumL by exact hu.
    change (sumL enum ?f) with (Sum f).
    apply Rmult_le_reg_l with d; [exact hd |].
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    rewrite <- Sum_const; apply Sum_le; intro i.
    apply average_entry with i; [exact hu | apply enum_nodup | apply enum_in |].
    intro k'; apply hpair; intros a b hab.
    apply two_point; assumption.
  Qed.

  (** Randomised learners: a seed of law w. *)
  Definition random_risk {W : Type} {FW : FiniteType W} (w : W -> R) (rho : R) (key : I -> K) (n : nat) (A : W -> learner) : R :=
    E w (fun o => risk rho key n (A o)).

  Lemma average_random_risk {W : Type} {FW : FiniteType W} (w : W -> R) (u : K -> R)
      (A : W -> learner) (rho : R) (key : I -> K) n : is_dist w -> is_dist u ->
    (forall (g : K -> R) c, (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E u g) ->
    (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 ->
    rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <=
    average u enum (fun k => random_risk w rho k n A) key.
  Proof.
    intros hw hu hpair hA h0 h1.
    unfold random_risk; rewrite average_E by exact hu.
    rewrite <- (E_const w (rho / 2 * _) hw); apply E_le; [apply hw |]; intro o.
    eapply Rle_trans; [| apply (average_le u hu enum
      (fun k => rho * (/ d * Sum (fun i => miss rho k n (A o) i))))].
    - rewrite average_scal by exact hu.
      pose proof (average_misses u (A o) rho key n hu hpair (hA o) h0 h1); nra.
    - intro k; replace (rho * (/ d * Sum (fun i => miss rho k n (A o) i)))
        with (rho / d * Sum (fun i => miss rho k n (A o) i)) by (unfold Rdiv; lra).
      apply risk_ge_misses; assumption.
  Qed.

  Lemma pair_prior_pairs (a b : K) : a <> b -> forall (g : K -> R) c,
    (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E (pair_prior a b) g.
  Proof. intros hab g c h; rewrite pair_prior_E; specialize (h a b hab); lra. Qed.

  (** D17, lower bound: every learner, deterministic or randomised, has a key in {a,b}^d at which
      its risk is at least (rho/2)(1 - 3 rho/(d(M+1)))^n. *)
  Theorem D17_lower_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> a <> b ->
    exists key : I -> K, (forall i, key i = a \/ key i = b) /\
      rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <= random_risk w rho key n A.
  Proof.
    intros W FW w A rho n a b hw hA h0 h1 hab.
    pose proof (average_random_risk w (pair_prior a b) A rho (fun _ => a) n hw
                  (pair_prior_dist a b) (pair_prior_pairs a b hab) hA h0 h1) as h.
    apply average_attained in h as (key & h2 & _ & h3); [| apply pair_prior_dist].
    exists key; split; [| exact h3].
    intro i; apply pair_prior_support, h2, enum_in.
  Qed.

  (** D16: the Jensen form of the bound, (rho/2)(1 - 3/(M+1))^(n rho/d), for M > 2. *)
  Theorem D16_lower_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> a <> b -> 2 < M ->
    exists key : I -> K,
      rho / 2 * Rpower (1 - 3 / (M + 1)) (INR n * rho / d) <= random_risk w rho key n A.
  Proof.
    intros W FW w A rho n a b hw hA h0 h1 hab hM.
    destruct (D17_lower_bound W FW w A rho n a b hw hA h0 h1 hab) as (key & _ & h).
    exists key; eapply Rle_trans; [| exact h].
    apply Rmult_le_compat_l; [lra | apply D16_jensen; try assumption; apply card_ge_1].
  Qed.

  (** ** D17: the bound is attained *)

  (** Some draw shows the key at x_i: the response k at its own level, or the response k' at the other one. *)
  Definition shown (s : list (@observation I K)) (i : I) (k k' : K) : Prop :=
    In (Some i, k, ln (2 / (M + 1))) s \/ In (Some i, k', ln (1 / (M + 1))) s.

  Definition coin_guess (a b : K) (coin : bool) (s : list (@observation I K)) (i : I) : K :=
    if decide (shown s i a b) then a
    else if decide (shown s i b a) then b
    else if coin then a else b.

  (** Put out what the data show; otherwise toss one coin. *)
  Definition coin_learner (a b : K) (coin : bool) : learner :=
    fun s x => match x with None => dirac point | Some i => dirac (coin_guess a b coin s i) end.

  Lemma coin_learner_proper a b coin : proper_output (coin_learner a b coin).
  Proof. intros s [i |]; apply dirac_dist. Qed.

  Lemma ln_levels : 1 <= M -> ln (2 / (M + 1)) <> ln (1 / (M + 1)).
  Proof.
    intros h e; rewrite !ln_quotient, ln_1 in e by lra.
    pose proof (ln_gt_0 2 ltac:(lra)); lra.
  Qed.

  Lemma in_reveal (key : I -> K) s x y v : In (x, y, v) (map (reveal key) s) ->
    In (x, y) s /\ v = ln (key_policy 1 key x y).
  Proof.
    intro h; apply in_map_iff in h as ((x', y') & e & h); unfold reveal in e; simpl in e.
    inversion e; subst; auto.
  Qed.

  (** For keys in {a,b}: what is shown is the truth, and it is shown once a or b was drawn. *)
  Lemma shown_truth (key : I -> K) s i k k' : k <> k' -> key i = k' ->
    ~ shown (map (reveal key) s) i k k'.
  Proof.
    intros hne hk h; pose proof (@card_ge_1 K FK) as hM.
    destruct h as [h | h]; apply in_reveal in h as [_ e]; simpl in e; rewrite hk in e.
    - rewrite key_law_off in e by exact hne; exact (ln_levels hM e).
    - rewrite key_law_at in e; replace (1 + 1) with 2 in e by lra; exact (ln_levels hM (eq_sym e)).
  Qed.

  Lemma seen_shown (key : I -> K) s i k k' : k <> k' -> key i = k ->
    ~ Forall (unseen i k k') s -> shown (map (reveal key) s) i k k'.
  Proof.
    intros hne hk h.
    rewrite Forall_forall in h; apply not_all_ex_not in h as (o & h).
    apply imply_to_and in h as [hin h]; apply NNPP in h; destruct h as [hx hy].
    destruct o as [x y]; simpl in hx, hy; subst x.
    apply (in_map (reveal key)) in hin; unfold reveal in hin; simpl in hin.
    rewrite hk in hin; unfold shown.
    destruct hy as [-> | ->].
    - left; rewrite key_law_at in hin; replace (1 + 1) with 2 in hin by ring; exact hin.
    - right; rewrite key_law_off in hin by auto; exact hin.
  Qed.

  Lemma unseen_not_shown (key : I -> K) s i a b k k' : Forall (unseen i a b) s ->
    (k = a /\ k' = b) \/ (k = b /\ k' = a) -> ~ shown (map (reveal key) s) i k k'.
  Proof.
    intros h hk hs; rewrite Forall_forall in h.
    assert (forall y v, y = a \/ y = b -> ~ In (Some i, y, v) (map (reveal key) s)) as hno.
    { intros y v hy hin; apply in_reveal in hin as [hin _].
      apply (h _ hin); simpl; auto. }
    destruct hs as [hs | hs]; refine (hno _ _ _ hs); destruct hk as [[-> ->] | [-> ->]]; auto.
  Qed.

  Lemma dirac_miss (g k : K) : ind (dirac g k <= 1 / 2) = ind (k <> g).
  Proof.
    apply ind_iff; unfold dirac; split.
    - intros h ->; rewrite ind_true in h by reflexivity; lra.
    - intro h; rewrite ind_false by exact h; lra.
  Qed.

  (** The two coins together miss x_i exactly on the ambiguous event. *)
  Lemma coin_miss (key : I -> K) a b s i : a <> b -> key i = a \/ key i = b ->
    ind (coin_learner a b true (map (reveal key) s) (Some i) (key i) <= 1 / 2) +
    ind (coin_learner a b false (map (reveal key) s) (Some i) (key i) <= 1 / 2) =
    ind (Forall (unseen i a b) s).
  Proof.
    intros hab hk; unfold coin_learner; rewrite !dirac_miss; unfold coin_guess.
    destruct (classic (Forall (unseen i a b) s)) as [hs | hs].
    - rewrite (ind_true (Forall _ _)) by exact hs.
      destruct (decide (shown (map (reveal key) s) i a b)) as [h | _];
        [exfalso; revert h; apply (unseen_not_shown key s i a b); auto |].
      destruct (decide (shown (map (reveal key) s) i b a)) as [h | _];
        [exfalso; revert h; apply (unseen_not_shown key s i a b); auto |].
      destruct hk as [-> | ->].
      + rewrite (ind_false (a <> a)), (ind_true (a <> b)) by tauto; lra.
      + rewrite (ind_true (b <> a)), (ind_false (b <> b)) by (auto; tauto); lra.
    - rewrite (ind_false (Forall _ _)) by exact hs.
      destruct hk as [e | e].
      + pose proof (seen_shown key s i a b hab e hs) as h.
        destruct (decide (shown (map (reveal key) s) i a b)) as [_ | h']; [| contradiction].
        rewrite e, (ind_false (a <> a)) by tauto; lra.
      + assert (~ shown (map (reveal key) s) i a b) as hn by (apply shown_truth; assumption).
        assert (shown (map (reveal key) s) i b a) as h.
        { apply seen_shown; auto; intro hf; apply hs; eapply Forall_impl; [| exact hf].
          unfold unseen; tauto. }
        destruct (decide (shown (map (reveal key) s) i a b)) as [h' | _]; [contradiction |].
        destruct (decide (shown (map (reveal key) s) i b a)) as [_ | h']; [| contradiction].
        rewrite e, (ind_false (b <> b)) by tauto; lra.
  Qed.

  Definition fair_coin : bool -> R := fun _ => / 2.

  Lemma fair_coin_dist : is_dist fair_coin.
  Proof. split; [intro; unfold fair_coin; lra | unfold Sum, fair_coin; simpl; lra]. Qed.

  Lemma fair_coin_E (g : bool -> R) : E fair_coin g = / 2 * (g true + g false).
  Proof. unfold E, Sum, fair_coin; simpl; lra. Qed.

  (** D17: the coin learner's risk is exactly (rho/2)(1 - 3 rho/(d(M+1)))^n at every binary key. *)
  Theorem D17_attained : forall (rho : R) (n : nat) (a b : K) (key : I -> K),
    0 <= rho -> rho <= 1 -> a <> b -> (forall i, key i = a \/ key i = b) ->
    random_risk fair_coin rho key n (coin_learner a b) =
    rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n.
  Proof.
    intros rho n a b key h0 h1 hab hk; pose proof (card_pos I FI) as hd.
    unfold random_risk; rewrite fair_coin_E, !risk_split.
    assert (h : forall coin, Prn n (draw_law rho key)
              (fun s => coin_learner a b coin (map (reveal key) s) None point <= 1 / 2) = 0).
    { intro coin; unfold Prn.
      rewrite (En_ext _ n _ (fun _ => 0)); [apply En_const, draw_law_dist; assumption |].
      intros s _; simpl; rewrite dirac_miss; apply ind_false; tauto. }
    rewrite !h.
    assert (e : Sum (fun i => miss rho key n (coin_learner a b true) i) +
                Sum (fun i => miss rho key n (coin_learner a b false) i) =
                d * (1 - 3 * rho / (d * (M + 1))) ^ n).
    { rewrite <- Sum_plus, <- Sum_const; apply Sum_ext; intro i.
      unfold miss, Prn; rewrite <- En_plus.
      rewrite <- (unseen_probability rho key i a b) by auto.
      rewrite <- (Prn_forall (draw_law rho key)); apply En_ext; intros s _.
      apply coin_miss; auto. }
    replace (/ 2 * ((1 - rho) * 0 + rho / d * Sum (fun i => miss rho key n (coin_learner a b true) i) +
                    ((1 - rho) * 0 + rho / d * Sum (fun i => miss rho key n (coin_learner a b false) i))))
      with (/ 2 * (rho / d) * (Sum (fun i => miss rho key n (coin_learner a b true) i) +
                               Sum (fun i => miss rho key n (coin_learner a b false) i))) by lra.
    rewrite e; set (q := _ ^ n); field; lra.
  Qed.

  (** D17: the minimax risk over {a,b}^d is (rho/2)(1 - 3 rho/(d(M+1)))^n: the value v of the game
      is the only number that some learner guarantees at every key and no learner beats. *)
  Theorem D17_minimax : forall (rho : R) (n : nat) (a b : K), 0 <= rho -> rho <= 1 -> a <> b ->
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
       is_dist w -> (forall o, proper_output (A o)) ->
       exists key : I -> K, (forall i, key i = a \/ key i = b) /\
         rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <= random_risk w rho key n A) /\
    (is_dist fair_coin /\ (forall coin, proper_output (coin_learner a b coin)) /\
     forall key : I -> K, (forall i, key i = a \/ key i = b) ->
       random_risk fair_coin rho key n (coin_learner a b) <=
       rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n).
  Proof.
    intros rho n a b h0 h1 hab; split; [| split; [apply fair_coin_dist | split]].
    - intros; apply D17_lower_bound; assumption.
    - apply coin_learner_proper.
    - intros key hk; right; apply D17_attained; assumption.
  Qed.
End Lower.

(** * D05: the ambiguous event

    Two responses a <> b at one prompt, one of them the key.  A sequence of draws that shows neither
    is equally likely under both keys and looks the same under both, log-probabilities included.  So on
    this event every guess errs with average probability at least one half.

    Serves D05 and D01 (the mode of the instance's policies). *)

Section Mode.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.

  (** D01: the mode of the policy of a key is the key, whatever [argmax] does with ties elsewhere. *)
  Theorem D01_policy_mode : forall (eta : R) (key : I -> K) (x : option I), 0 < eta ->
    mode (key_policy eta key) x = key_mode key x.
  Proof.
    intros eta key x he; unfold mode; apply NNPP; intro h.
    pose proof (argmax_ge (key_policy eta key x) (key_mode key x)) as hm.
    destruct x as [i |]; simpl in h, hm.
    - pose proof (D01_mode eta (key i) _ he h); simpl in hm; lra.
    - unfold dirac in hm at 1; rewrite ind_true in hm by reflexivity.
      unfold dirac at 1 in hm; rewrite ind_false in hm by exact h; lra.
  Qed.
End Mode.

Section Ambiguous.
  Context {K : Type} {FK : FiniteType K}.
  Notation M := (card K).

  (** Neither a nor b was drawn. *)
  Definition ambiguous (a b : K) (t : list K) : Prop := Forall (fun y => ~ (y = a \/ y = b)) t.

  (** The likelihood of independent draws under the key j. *)
  Definition likelihood (j : K) (t : list K) : R := fold_right (fun y l => key_law 1 j y * l) 1 t.

  (** What the learner sees of the draws: responses and their log-probabilities. *)
  Definition observed (j : K) (t : list K) : list (K * R) := map (fun y => (y, ln (key_law 1 j y))) t.

  Lemma ambiguous_law (a b y : K) : ~ (y = a \/ y = b) -> key_law 1 a y = key_law 1 b y.
  Proof. intro h; rewrite !key_law_off by tauto; reflexivity. Qed.

  (** D05, (86): on the ambiguous event both keys have the same likelihood. *)
  Theorem D05_equal_likelihoods : forall (a b : K) (t : list K), ambiguous a b t ->
    likelihood a t = likelihood b t /\ observed a t = observed b t.
  Proof.
    intros a b t h; unfold ambiguous in h.
    induction h as [| y t hy ht [IH1 IH2]]; [split; reflexivity |].
    unfold likelihood, observed in *; simpl.
    rewrite IH1, IH2, (ambiguous_law a b y hy); split; reflexivity.
  Qed.

  (** The likelihood is the probability of exactly these draws. *)
  Theorem D05_likelihood_law : forall (j : K) (t : list K),
    Prn (length t) (key_law 1 j) (fun s => s = t) = likelihood j t.
  Proof.
    intros j t; unfold Prn; induction t as [| y t IH]; [apply ind_true; reflexivity |].
    change (likelihood j (y :: t)) with (key_law 1 j y * likelihood j t); rewrite <- IH.
    cbn [length En]; unfold E.
    rewrite <- (Sum_pick (fun z => key_law 1 j z * En (length t) (key_law 1 j) (fun s => ind (s = t))) y).
    apply Sum_ext; intro z.
    rewrite (En_ext _ _ (fun s => ind (z :: s = y :: t)) (fun s => ind (z = y) * ind (s = t))).
    - rewrite En_scal; lra.
    - intros s _; rewrite <- ind_and; apply ind_iff; split.
      + intro e; injection e; auto.
      + intros [-> ->]; reflexivity.
  Qed.

  (** D05: whatever is guessed from the observations, a fair coin between the keys a and b makes the
      guess err on the ambiguous event with at least half of its probability. *)
  Theorem D05_guess_errs : forall (guess : list (K * R) -> K) (a b : K) (k : nat), a <> b ->
    1 / 2 * (1 - 3 / (M + 1)) ^ k <=
    1 / 2 * Prn k (key_law 1 a) (fun t => ambiguous a b t /\ guess (observed a t) <> a) +
    1 / 2 * Prn k (key_law 1 b) (fun t => ambiguous a b t /\ guess (observed b t) <> b).
  Proof.
    intros guess a b k hab.
    rewrite <- (D05_ambiguous_event a b k hab).
    assert (hb : Prn k (key_law 1 b) (fun t => ambiguous a b t /\ guess (observed b t) <> b) =
                 Prn k (key_law 1 a) (fun t => ambiguous a b t /\ guess (observed b t) <> b)).
    { unfold Prn, ambiguous.
      rewrite !(En_ext _ k (fun t => ind (_ /\ _)) (fun t => ind (Forall (fun y => ~ (y = a \/ y = b)) t) *
                 ind (guess (observed b t) <> b))) by (intros; apply ind_and).
      symmetry; apply En_agree; intros y hy; apply ambiguous_law, hy. }
    rewrite hb, <- Rmult_plus_distr_l; apply Rmult_le_compat_l; [lra |].
    unfold Prn; rewrite <- En_plus; apply En_le.
    - intro y; left; apply (D01_key_law 1 a ltac:(lra)).
    - intros t _; destruct (classic (ambiguous a b t)) as [h | h].
      + rewrite (ind_true (Forall _ t)) by exact h.
        destruct (D05_equal_likelihoods a b t h) as [_ e]; rewrite e.
        destruct (classic (guess (observed b t) = a)) as [-> | hg].
        * rewrite (ind_true (_ /\ a <> b)) by auto.
          pose proof (ind_nonneg (ambiguous a b t /\ a <> a)); lra.
        * rewrite (ind_true (_ /\ guess _ <> a)) by auto.
          pose proof (ind_nonneg (ambiguous a b t /\ guess (observed b t) <> b)); lra.
      + rewrite (ind_false (Forall _ t)) by exact h.
        apply Rplus_le_le_0_compat; apply ind_nonneg.
  Qed.
End Ambiguous.

(** * D01: the members of the hard class

    The key vectors are listed by changing one entry after the other; different ones give different
    policies, since the mode at a prompt is its key. *)

Section Members.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.

  (** Key vectors that are arbitrary on a list of prompts. *)
  Fixpoint keys_on (l : list I) : list (I -> K) :=
    match l with
    | [] => [fun _ => point]
    | i :: m => flat_map (fun k => map (fun key => set_key key i k) (keys_on m)) enum
    end.

  Lemma keys_on_length l : length (keys_on l) = (length (@enum K FK) ^ length l)%nat.
  Proof.
    induction l as [|i l ih]; [reflexivity|]. simpl. rewrite <- ih. generalize (@enum K FK). intros e.
    induction e as [|k e ihe]; [reflexivity|]. simpl. rewrite app_length, map_length, ihe. lia.
  Qed.

  (** They are [point] elsewhere. *)
  Lemma keys_on_outside l key j : In key (keys_on l) -> ~ In j l -> key j = point.
  Proof.
    revert key; induction l as [|i l ih]; intros key h hj; simpl in h.
    - destruct h as [<-|[]]. reflexivity.
    - apply in_flat_map in h. destruct h as (k & _ & h). apply in_map_iff in h. destruct h as (key' & <- & h).
      simpl in hj. rewrite set_key_other by (intros ->; tauto). apply ih; tauto.
  Qed.

  Lemma keys_on_every l (key : I -> K) : (forall j, ~ In j l -> key j = point) -> In key (keys_on l).
  Proof.
    revert key; induction l as [|i l ih]; intros key h; simpl.
    - left. apply functional_extensionality. intros j. symmetry. apply h. intros [].
    - apply in_flat_map. exists (key i). split; [apply enum_in|]. apply in_map_iff.
      destruct (decide (In i l)) as [hi|hi].
      + exists key. split.
        * apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj];
            [apply set_key_same|apply set_key_other, hj].
        * apply ih. intros j hj. apply h. intros [->|hl]; contradiction.
      + exists (set_key key i point). split.
        * apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj];
            [apply set_key_same|rewrite !set_key_other by exact hj; reflexivity].
        * apply ih. intros j hj. destruct (decide (j = i)) as [->|hji]; [apply set_key_same|].
          rewrite set_key_other by exact hji. apply h. intros [e|hl]; [congruence|contradiction].
  Qed.

  Lemma map_nodup_on {A B : Type} (f : A -> B) (l : list A) : NoDup l ->
    (forall a b, In a l -> In b l -> f a = f b -> a = b) -> NoDup (map f l).
  Proof.
    intros hl h. induction hl as [|a l ha hl ih]; simpl; constructor.
    - rewrite in_map_iff. intros (b & e & hb). apply ha. rewrite (h a b); [exact hb|left; reflexivity|right; exact hb|auto].
    - apply ih. intros b c hb hc. apply h; right; assumption.
  Qed.

  Lemma flat_map_nodup {A B : Type} (f : A -> list B) (l : list A) : NoDup l -> (forall a, NoDup (f a)) ->
    (forall a a' b, In b (f a) -> In b (f a') -> a = a') -> NoDup (flat_map f l).
  Proof.
    intros hl hf hd. induction hl as [|a l ha hl ih]; simpl; [constructor|].
    apply NoDup_app_disjoint; [apply hf|exact ih|]. intros b hb hb'. apply in_flat_map in hb'.
    destruct hb' as (a' & ha' & hb'). apply ha. rewrite (hd a a' b hb hb'). exact ha'.
  Qed.

  Lemma keys_on_nodup l : NoDup l -> NoDup (keys_on l).
  Proof.
    intros hl. induction hl as [|i l hi hl ih]; simpl; [constructor; [intros []|constructor]|].
    apply flat_map_nodup; [apply enum_nodup| |].
    - intros k. apply map_nodup_on; [exact ih|]. intros f g hf hg e.
      apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj].
      + rewrite (keys_on_outside l f i hf hi), (keys_on_outside l g i hg hi). reflexivity.
      + rewrite <- (set_key_other f i k j hj), e. apply set_key_other, hj.
    - intros k k' f h h'. apply in_map_iff in h, h'. destruct h as (g & <- & _). destruct h' as (g' & e & _).
      rewrite <- (set_key_same g i k), <- e. apply set_key_same.
  Qed.

  (** Different key vectors give different policies. *)
  Lemma key_policy_injective eta (key key' : I -> K) : 0 < eta ->
    key_policy eta key = key_policy eta key' -> key = key'.
  Proof.
    intros he h. apply functional_extensionality. intros i.
    assert (m : mode (key_policy eta key) (Some i) = mode (key_policy eta key') (Some i)) by (rewrite h; reflexivity).
    rewrite !D01_policy_mode in m by exact he. exact m.
  Qed.

  (** D01: the class has [M^d] different members, one for each key vector. *)
  Theorem D01_members eta : 0 < eta ->
    exists members : list (policy (option I) K), NoDup members /\
      length members = (length (@enum K FK) ^ length (@enum I FI))%nat /\
      forall p, In p members <-> exists key : I -> K, p = key_policy eta key.
  Proof.
    intros he. exists (map (key_policy eta) (keys_on enum)). split; [|split].
    - apply NoDup_map_injective; [|apply keys_on_nodup, enum_nodup].
      intros f g. apply key_policy_injective, he.
    - rewrite map_length. apply keys_on_length.
    - intros p. rewrite in_map_iff. split; [intros (key & <- & _); exists key; reflexivity|].
      intros (key & ->). exists key. split; [reflexivity|]. apply keys_on_every. intros j hj. exfalso. apply hj, enum_in.
  Qed.
End Members.
