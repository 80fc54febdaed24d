(** * Averages over hidden keys

    Independent redraws of the entries of a key from a prior (the cube average of Yao's argument),
    the two priors that Theorem 4.1 uses (uniform on a pair, uniform on all labels), and the
    change of law on samples that avoid an event.  Serves D06, D15, D16, D17. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality.
From SRVerify Require Import Finite.Sum Finite.Space.
Import ListNotations.
Open Scope R_scope.

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
      by (intro; ring).
    rewrite Sum_plus, !Sum_scal.
    pose proof (E_dirac a g) as h1; pose proof (E_dirac b g) as h2; unfold E in h1, h2.
    rewrite h1, h2; ring.
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
      - rewrite Sum_plus, Sum_scal, Sum_const; ring.
      - intro a.
        rewrite (Sum_ext _ (fun b => (g a + g b) - ind (b = a) * (g a + g b)))
          by (intro; rewrite ind_not; ring).
        rewrite Sum_minus, (Sum_pick (fun b => g a + g b)), Sum_plus, Sum_const; ring. }
    assert (hc : Sum (fun a : K => Sum (fun b => ind (b <> a) * c)) = card K * (card K - 1) * c).
    { rewrite (Sum_ext _ (fun _ => (card K - 1) * c)); [rewrite Sum_const; ring |].
      intro a; rewrite (Sum_ext _ (fun b => c - ind (b = a) * c)) by (intro; rewrite ind_not; ring).
      rewrite Sum_minus, (Sum_pick (fun _ => c)), Sum_const; ring. }
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
    rewrite ind_and; ring. }
  rewrite !e, IH.
  destruct (classic (P o)) as [hP | hP]; [rewrite (h o hP); reflexivity |].
  rewrite ind_false by exact hP; ring.
Qed.
