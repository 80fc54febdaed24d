(** Finite types: sums, expectation, independent draws. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coq Require ClassicalDedekindReals.
Import ListNotations.
Open Scope R_scope.

(** * Sums over finite types

    The layer under every statement about prompts, responses and samples.  A [FiniteType] type is a
    non-empty type with a duplicate-free list of all its elements; [Sum f] adds [f] over it.
    Proved here: linearity, order, Fubini, sums over products, indicators of arbitrary
    propositions, and [argmax].  Serves every entry of S, K01, C and E that speaks of finite
    distributions. *)

(** ** Indicators *)

(** Every proposition is decided by the axioms of the classical reals. *)
Definition decide (P : Prop) : {P} + {~ P} :=
  match ClassicalDedekindReals.sig_not_dec P with
  | left h => left (NNPP P h)
  | right h => right h
  end.

(** The indicator [1{P}]. *)
Definition ind (P : Prop) : R := if decide P then 1 else 0.

Lemma ind_true (P : Prop) : P -> ind P = 1.
Proof. intros h; unfold ind; destruct (decide P); tauto. Qed.

Lemma ind_false (P : Prop) : ~ P -> ind P = 0.
Proof. intros h; unfold ind; destruct (decide P); tauto. Qed.

Lemma ind_range (P : Prop) : 0 <= ind P <= 1.
Proof. unfold ind; destruct (decide P); lra. Qed.

Lemma ind_nonneg (P : Prop) : 0 <= ind P.
Proof. apply ind_range. Qed.

Lemma ind_mono (P Q : Prop) : (P -> Q) -> ind P <= ind Q.
Proof. intros h; unfold ind; destruct (decide P), (decide Q); try lra; tauto. Qed.

Lemma ind_iff (P Q : Prop) : (P <-> Q) -> ind P = ind Q.
Proof. intros [h k]; apply Rle_antisym; apply ind_mono; assumption. Qed.

Lemma ind_or (P Q : Prop) : ind (P \/ Q) <= ind P + ind Q.
Proof. unfold ind; destruct (decide P), (decide Q), (decide (P \/ Q)); try lra; tauto. Qed.

Lemma ind_and (P Q : Prop) : ind (P /\ Q) = ind P * ind Q.
Proof. unfold ind; destruct (decide P), (decide Q), (decide (P /\ Q)); try lra; tauto. Qed.

Lemma ind_not (P : Prop) : ind (~ P) = 1 - ind P.
Proof. unfold ind; destruct (decide P), (decide (~ P)); try lra; tauto. Qed.

Lemma ind_idem (P : Prop) : ind P * ind P = ind P.
Proof. unfold ind; destruct (decide P); ring. Qed.

(** ** Sums over lists *)

Definition sumL {A : Type} (l : list A) (f : A -> R) : R :=
  fold_right (fun a s => f a + s) 0 l.

Section SumL.
  Context {A : Type}.
  Implicit Types (l : list A) (f g : A -> R).

  Lemma sumL_nil f : sumL [] f = 0.
  Proof. reflexivity. Qed.

  Lemma sumL_cons a l f : sumL (a :: l) f = f a + sumL l f.
  Proof. reflexivity. Qed.

  Lemma sumL_ext l f g : (forall a, In a l -> f a = g a) -> sumL l f = sumL l g.
  Proof.
    induction l as [|a l ih]; intros h; [reflexivity|].
    rewrite !sumL_cons, h by (left; reflexivity).
    rewrite ih; [reflexivity|]. intros b hb; apply h; right; exact hb.
  Qed.

  Lemma sumL_plus l f g : sumL l (fun a => f a + g a) = sumL l f + sumL l g.
  Proof. induction l as [|a l ih]; [unfold sumL; simpl; ring|]; rewrite !sumL_cons, ih; lra. Qed.

  Lemma sumL_scal l c f : sumL l (fun a => c * f a) = c * sumL l f.
  Proof. induction l as [|a l ih]; [unfold sumL; simpl; lra|]; rewrite !sumL_cons, ih; lra. Qed.

  Lemma sumL_le l f g : (forall a, In a l -> f a <= g a) -> sumL l f <= sumL l g.
  Proof.
    induction l as [|a l ih]; intros h; [unfold sumL; simpl; lra|].
    rewrite !sumL_cons. apply Rplus_le_compat.
    - apply h; left; reflexivity.
    - apply ih; intros b hb; apply h; right; exact hb.
  Qed.

  Lemma sumL_zero l : sumL l (fun _ => 0) = 0.
  Proof. induction l as [|a l ih]; [reflexivity|]; rewrite sumL_cons, ih; lra. Qed.

  Lemma sumL_const l c : sumL l (fun _ => c) = INR (length l) * c.
  Proof.
    induction l as [|a l ih]; [unfold sumL; simpl; lra|].
    rewrite sumL_cons, ih; change (length (a :: l)) with (S (length l)); rewrite S_INR; lra.
  Qed.

  Lemma sumL_nonneg l f : (forall a, In a l -> 0 <= f a) -> 0 <= sumL l f.
  Proof. intros h; rewrite <- (sumL_zero l); apply sumL_le; exact h. Qed.

  Lemma sumL_app l m f : sumL (l ++ m) f = sumL l f + sumL m f.
  Proof.
    induction l as [|a l ih]; [unfold sumL at 2; simpl; lra|].
    simpl app; rewrite !sumL_cons, ih; lra.
  Qed.

  Lemma sumL_term_le l f a :
    (forall b, In b l -> 0 <= f b) -> In a l -> f a <= sumL l f.
  Proof.
    induction l as [|b l ih]; intros h ha; [destruct ha|].
    rewrite sumL_cons. destruct ha as [->|ha].
    - enough (0 <= sumL l f) by lra. apply sumL_nonneg; intros c hc; apply h; right; exact hc.
    - assert (0 <= f b) by (apply h; left; reflexivity).
      enough (f a <= sumL l f) by lra. apply ih; [intros c hc; apply h; right; exact hc|exact ha].
  Qed.

  Lemma sumL_pick l f b :
    NoDup l -> In b l -> sumL l (fun a => ind (a = b) * f a) = f b.
  Proof.
    induction l as [|a l ih]; intros hn hb; [destruct hb|].
    inversion hn as [|a' l' hal hl]; subst. rewrite sumL_cons.
    destruct (classic (a = b)) as [->|hab].
    - rewrite ind_true by reflexivity.
      rewrite (sumL_ext l _ (fun _ => 0)).
      + rewrite sumL_zero; ring.
      + intros c hc; rewrite ind_false; [lra|]; intros ->; contradiction.
    - rewrite ind_false by exact hab. destruct hb as [hb|hb]; [contradiction|].
      rewrite ih by assumption; lra.
  Qed.

End SumL.

Lemma sumL_map {A B : Type} (h : A -> B) (l : list A) (f : B -> R) :
  sumL (map h l) f = sumL l (fun a => f (h a)).
Proof. induction l as [|a l ih]; [reflexivity|]; simpl map; rewrite !sumL_cons, ih; reflexivity. Qed.

Lemma sumL_swap {A B : Type} (l : list A) (m : list B) (f : A -> B -> R) :
  sumL l (fun a => sumL m (f a)) = sumL m (fun b => sumL l (fun a => f a b)).
Proof.
  induction l as [|a l ih].
  - rewrite sumL_nil. symmetry. apply (sumL_zero m).
  - rewrite sumL_cons, ih, <- sumL_plus. apply sumL_ext; intros; reflexivity.
Qed.

Lemma sumL_prod {A B : Type} (l : list A) (m : list B) (f : A * B -> R) :
  sumL (list_prod l m) f = sumL l (fun a => sumL m (fun b => f (a, b))).
Proof.
  induction l as [|a l ih]; [reflexivity|].
  simpl list_prod. rewrite sumL_app, sumL_map, sumL_cons, ih; reflexivity.
Qed.

(** ** Finite types *)

(** A finite non-empty type: [enum] lists every element once, [point] is one of them. *)
Class FiniteType (A : Type) := {
  enum : list A;
  enum_in : forall a : A, In a enum;
  enum_nodup : NoDup enum;
  point : A
}.

Lemma NoDup_app_disjoint {A : Type} (u v : list A) :
  NoDup u -> NoDup v -> (forall z, In z u -> ~ In z v) -> NoDup (u ++ v).
Proof.
  intros hu hv. induction hu as [|z u hz hu ih]; intros hd; simpl; [exact hv|]. constructor.
  - rewrite in_app_iff; intros [h|h]; [contradiction|]. exact (hd z (or_introl eq_refl) h).
  - apply ih; intros w hw; apply hd; right; exact hw.
Qed.

Lemma NoDup_map_injective {A B : Type} (h : A -> B) (l : list A) :
  (forall a b, h a = h b -> a = b) -> NoDup l -> NoDup (map h l).
Proof.
  intros hinj hl. induction hl as [|a l ha hl ih]; simpl; constructor; [|exact ih].
  rewrite in_map_iff; intros (c & hc & hin). apply hinj in hc; subst; contradiction.
Qed.

Lemma NoDup_list_prod {A B : Type} (l : list A) (m : list B) :
  NoDup l -> NoDup m -> NoDup (list_prod l m).
Proof.
  intros hl hm. induction hl as [|a l ha hl ih]; simpl; [constructor|].
  apply NoDup_app_disjoint; [|exact ih|].
  - apply NoDup_map_injective; [|exact hm]. intros b c h; inversion h; reflexivity.
  - intros z hz hz'. apply in_map_iff in hz as (b & <- & _).
    apply in_prod_iff in hz' as [hal _]; contradiction.
Qed.

#[export] Program Instance FiniteType_prod {A B : Type} {FA : FiniteType A} {FB : FiniteType B} : FiniteType (A * B) :=
  {| enum := list_prod (@enum A FA) (@enum B FB); point := (point, point) |}.
Next Obligation. apply in_prod; apply enum_in. Qed.
Next Obligation. apply NoDup_list_prod; apply enum_nodup. Qed.

#[export] Program Instance FiniteType_bool : FiniteType bool :=
  {| enum := [true; false]; point := true |}.
Next Obligation. destruct a; auto. Qed.
Next Obligation. repeat constructor; simpl; intuition discriminate. Qed.

#[export] Program Instance FiniteType_unit : FiniteType unit := {| enum := [tt]; point := tt |}.
Next Obligation. destruct a; auto. Qed.
Next Obligation. repeat constructor; auto. Qed.

#[export] Program Instance FiniteType_option {A : Type} {FA : FiniteType A} : FiniteType (option A) :=
  {| enum := None :: map Some enum; point := None |}.
Next Obligation.
  destruct a as [a|]; [right; apply in_map, enum_in|left; reflexivity].
Qed.
Next Obligation.
  constructor.
  - rewrite in_map_iff. intros (a & h & _). discriminate.
  - apply NoDup_map_injective; [intros a b h; congruence|apply enum_nodup].
Qed.

(** The number of elements, as a real. *)
Definition card (A : Type) {F : FiniteType A} : R := INR (length (@enum A F)).

Definition Sum {A : Type} {F : FiniteType A} (f : A -> R) : R := sumL enum f.

Section Sum.
  Context {A : Type} {F : FiniteType A}.
  Implicit Types (f g : A -> R).

  Lemma enum_nonempty : (1 <= length (@enum A F))%nat.
  Proof. generalize (enum_in (@point A F)); destruct enum; simpl; [tauto|lia]. Qed.

  Lemma card_ge_1 : 1 <= card A.
  Proof. unfold card; change 1 with (INR 1); apply le_INR, enum_nonempty. Qed.

  Lemma Sum_ext f g : (forall a, f a = g a) -> Sum f = Sum g.
  Proof. intros h; apply sumL_ext; auto. Qed.

  Lemma Sum_plus f g : Sum (fun a => f a + g a) = Sum f + Sum g.
  Proof. apply sumL_plus. Qed.

  Lemma Sum_scal c f : Sum (fun a => c * f a) = c * Sum f.
  Proof. apply sumL_scal. Qed.

  Lemma Sum_minus f g : Sum (fun a => f a - g a) = Sum f - Sum g.
  Proof.
    rewrite (Sum_ext _ (fun a => f a + (-1) * g a)) by (intros; lra).
    rewrite Sum_plus, Sum_scal; lra.
  Qed.

  Lemma Sum_le f g : (forall a, f a <= g a) -> Sum f <= Sum g.
  Proof. intros h; apply sumL_le; auto. Qed.

  Lemma Sum_nonneg f : (forall a, 0 <= f a) -> 0 <= Sum f.
  Proof. intros h; apply sumL_nonneg; auto. Qed.

  Lemma Sum_zero : Sum (fun _ : A => 0) = 0.
  Proof. apply sumL_zero. Qed.

  Lemma Sum_const c : Sum (fun _ : A => c) = card A * c.
  Proof. apply sumL_const. Qed.

  Lemma Sum_term_le f a : (forall b, 0 <= f b) -> f a <= Sum f.
  Proof. intros h; apply sumL_term_le; [auto|apply enum_in]. Qed.

  Lemma Sum_pick f b : Sum (fun a => ind (a = b) * f a) = f b.
  Proof. apply sumL_pick; [apply enum_nodup|apply enum_in]. Qed.

  Lemma Sum_pos f : (forall a, 0 < f a) -> 0 < Sum f.
  Proof.
    intros h. apply Rlt_le_trans with (f point); [apply h|].
    apply Sum_term_le; intros b; left; apply h.
  Qed.

  (** The part of a sum away from one element. *)
  Lemma Sum_split f b : Sum f = f b + Sum (fun a => ind (a <> b) * f a).
  Proof.
    rewrite <- (Sum_pick f b). rewrite <- Sum_plus.
    apply Sum_ext; intros a. rewrite (ind_not (a = b)); lra.
  Qed.

  Lemma Sum_two_le f a b : (forall c, 0 <= f c) -> a <> b -> f a + f b <= Sum f.
  Proof.
    intros h hab. rewrite (Sum_split f a).
    enough (f b <= Sum (fun c => ind (c <> a) * f c)) by lra.
    rewrite <- (Rmult_1_l (f b)), <- (ind_true (b <> a)) by auto.
    apply (Sum_term_le (fun c => ind (c <> a) * f c)).
    intros c; apply Rmult_le_pos; [apply ind_nonneg|apply h].
  Qed.

  Lemma Sum_zero_all f : (forall a, 0 <= f a) -> Sum f = 0 -> forall a, f a = 0.
  Proof. intros h h0 a. apply Rle_antisym; [rewrite <- h0; apply Sum_term_le; exact h|apply h]. Qed.

  Lemma Sum_lt f g : (forall a, f a <= g a) -> (exists a, f a < g a) -> Sum f < Sum g.
  Proof.
    intros h (a & ha). cut (0 < Sum g - Sum f); [lra|]. rewrite <- Sum_minus.
    apply Rlt_le_trans with (g a - f a); [lra|].
    apply (Sum_term_le (fun a => g a - f a)); intros b; specialize (h b); lra.
  Qed.

  Lemma Sum_ind_le_split f (P : A -> Prop) :
    Sum f = Sum (fun a => f a * ind (P a)) + Sum (fun a => f a * ind (~ P a)).
  Proof. rewrite <- Sum_plus; apply Sum_ext; intros a; rewrite ind_not; lra. Qed.

  (** ** The maximum and where it is attained *)

  Definition argmax (f : A -> R) : A :=
    fold_right (fun a b => if Rle_dec (f b) (f a) then a else b) point enum.

  Lemma argmax_ge f a : f a <= f (argmax f).
  Proof.
    unfold argmax. generalize (enum_in a). induction enum as [|b l ih]; intros ha; [destruct ha|].
    simpl. set (m := fold_right _ _ l) in *.
    destruct (Rle_dec (f m) (f b)) as [h|h]; destruct ha as [->|ha]; try lra; specialize (ih ha); lra.
  Qed.

  (** [Max f = max_a f a]. *)
  Definition Max (f : A -> R) : R := f (argmax f).

  Lemma Max_ge f a : f a <= Max f.
  Proof. apply argmax_ge. Qed.

  Lemma Max_unique f b : (forall a, f a <= f b) -> Max f = f b.
  Proof. intros h; apply Rle_antisym; [apply h|apply argmax_ge]. Qed.

End Sum.

Lemma Sum_swap {A B : Type} {FA : FiniteType A} {FB : FiniteType B} (f : A -> B -> R) :
  Sum (fun a => Sum (f a)) = Sum (fun b => Sum (fun a => f a b)).
Proof. apply sumL_swap. Qed.

Lemma Sum_prod {A B : Type} {FA : FiniteType A} {FB : FiniteType B} (f : A * B -> R) :
  Sum f = Sum (fun a => Sum (fun b => f (a, b))).
Proof. apply sumL_prod. Qed.

(** * Finite probability spaces

    Expectation [E p f = sum_a p a * f a] under a weight [p] on a finite type, its algebra, and the
    inequalities that the paper uses: Jensen for [log], [1/u] and powers, Cauchy-Schwarz, Markov,
    the union bound; then the law of [n] independent draws as an iterated expectation [En].
    Serves S01-S04, K01, C02-C10, C12, C13, C15, C16, C21, C34. *)

(** A probability vector. *)
Definition is_dist {A : Type} {F : FiniteType A} (p : A -> R) : Prop :=
  (forall a, 0 <= p a) /\ Sum p = 1.

(** A probability vector of full support. *)
Definition is_full {A : Type} {F : FiniteType A} (p : A -> R) : Prop :=
  (forall a, 0 < p a) /\ Sum p = 1.

Definition E {A : Type} {F : FiniteType A} (p f : A -> R) : R := Sum (fun a => p a * f a).

(** Probability of an event. *)
Definition Pr {A : Type} {F : FiniteType A} (p : A -> R) (P : A -> Prop) : R := E p (fun a => ind (P a)).

(** The point mass at [b]. *)
Definition dirac {A : Type} (b : A) : A -> R := fun a => ind (a = b).

(** ** The logarithm from above *)

Lemma exp_ge_1_plus (x : R) : 1 + x <= exp x.
Proof.
  destruct (Req_dec x 0) as [->|h]; [rewrite exp_0; lra|]. left; apply exp_ineq1; exact h.
Qed.

Lemma exp_le (x y : R) : x <= y -> exp x <= exp y.
Proof. intros [h| ->]; [left; apply exp_increasing; exact h|right; reflexivity]. Qed.

Lemma ln_le_minus_1 (u : R) : 0 < u -> ln u <= u - 1.
Proof. intros h. generalize (exp_ge_1_plus (ln u)). rewrite exp_ln by exact h. lra. Qed.

Lemma ln_lt_minus_1 (u : R) : 0 < u -> u <> 1 -> ln u < u - 1.
Proof.
  intros h hu. assert (ln u <> 0).
  { intros h0. apply hu. rewrite <- (exp_ln u h), h0. apply exp_0. }
  generalize (exp_ineq1 (ln u) H). rewrite exp_ln by exact h. lra.
Qed.

Lemma ln_le_mono (u v : R) : 0 < u -> u <= v -> ln u <= ln v.
Proof. intros hu [h| ->]; [left; apply ln_increasing; assumption|right; reflexivity]. Qed.

Lemma ln_ge_0 (u : R) : 1 <= u -> 0 <= ln u.
Proof. intros h. rewrite <- ln_1. apply ln_le_mono; lra. Qed.

Lemma ln_div_pos (u v : R) : 0 < u -> 0 < v -> ln (u / v) = ln u - ln v.
Proof.
  intros hu hv. unfold Rdiv. rewrite ln_mult; [|exact hu|apply Rinv_0_lt_compat; exact hv].
  rewrite ln_Rinv by exact hv. lra.
Qed.

(** [u^beta <= 1 - beta + beta u]: the power is concave for [beta <= 1]. *)
Lemma power_concave (b u : R) : 0 <= b <= 1 -> 0 < u -> exp (b * ln u) <= 1 - b + b * u.
Proof.
  intros hb hu. set (m := 1 - b + b * u).
  assert (hm : 0 < m).
  { unfold m. destruct (Rle_dec b (1/2)) as [h|h].
    - assert (0 <= b * u) by (apply Rmult_le_pos; lra). lra.
    - assert (0 < b * u) by (apply Rmult_lt_0_compat; lra). lra. }
  rewrite <- (exp_ln m hm). apply exp_le.
  assert (h1 : ln (u / m) <= u / m - 1) by (apply ln_le_minus_1, Rdiv_lt_0_compat; assumption).
  assert (h2 : ln (1 / m) <= 1 / m - 1) by (apply ln_le_minus_1, Rdiv_lt_0_compat; lra).
  rewrite ln_div_pos in h1, h2 by lra. rewrite ln_1 in h2.
  assert (h3 : b * (u / m - 1) + (1 - b) * (1 / m - 1) = 0) by (unfold m in *; field; lra).
  assert (h4 : b * (ln u - ln m) <= b * (u / m - 1)) by (apply Rmult_le_compat_l; lra).
  assert (h5 : (1 - b) * (0 - ln m) <= (1 - b) * (1 / m - 1)) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

Section Weights.
  Context {A : Type} {F : FiniteType A}.
  Implicit Types (p f g : A -> R).

  Lemma is_full_dist p : is_full p -> is_dist p.
  Proof. intros [h k]; split; [intros a; left; apply h|exact k]. Qed.

  Lemma dist_le_1 p a : is_dist p -> p a <= 1.
  Proof. intros [h k]; rewrite <- k; apply Sum_term_le; exact h. Qed.

  Lemma dist_two_le_1 p a b : is_dist p -> a <> b -> p a + p b <= 1.
  Proof. intros [h k] hab; rewrite <- k; apply Sum_two_le; assumption. Qed.

  Lemma dirac_dist (b : A) : is_dist (dirac b).
  Proof.
    split; [intros a; apply ind_nonneg|]. unfold dirac.
    rewrite (Sum_ext _ (fun a => ind (a = b) * 1)) by (intros; lra). exact (Sum_pick (fun _ => 1) b).
  Qed.

  Lemma E_dirac (b : A) f : E (dirac b) f = f b.
  Proof. apply Sum_pick. Qed.

  (** ** Algebra *)

  Lemma E_ext p f g : (forall a, f a = g a) -> E p f = E p g.
  Proof. intros h; apply Sum_ext; intros a; rewrite h; reflexivity. Qed.

  Lemma E_plus p f g : E p (fun a => f a + g a) = E p f + E p g.
  Proof. unfold E; rewrite <- Sum_plus; apply Sum_ext; intros; lra. Qed.

  Lemma E_minus p f g : E p (fun a => f a - g a) = E p f - E p g.
  Proof. unfold E; rewrite <- Sum_minus; apply Sum_ext; intros; lra. Qed.

  Lemma E_scal p c f : E p (fun a => c * f a) = c * E p f.
  Proof. unfold E; rewrite <- Sum_scal; apply Sum_ext; intros; lra. Qed.

  Lemma E_scal_r p c f : E p (fun a => f a * c) = E p f * c.
  Proof. rewrite (E_ext p _ (fun a => c * f a)) by (intros; lra). rewrite E_scal; lra. Qed.

  Lemma E_const p c : is_dist p -> E p (fun _ => c) = c.
  Proof.
    intros [_ h]. unfold E. rewrite (Sum_ext _ (fun a => c * p a)) by (intros; lra).
    rewrite Sum_scal, h; lra.
  Qed.

  Lemma E_le p f g : (forall a, 0 <= p a) -> (forall a, f a <= g a) -> E p f <= E p g.
  Proof. intros hp h; apply Sum_le; intros a; apply Rmult_le_compat_l; auto. Qed.

  Lemma E_le_on p f g : (forall a, 0 <= p a) -> (forall a, 0 < p a -> f a <= g a) -> E p f <= E p g.
  Proof.
    intros hp h; apply Sum_le; intros a. destruct (hp a) as [ha|ha].
    - apply Rmult_le_compat_l; [lra|apply h; exact ha].
    - rewrite <- ha; lra.
  Qed.

  Lemma E_nonneg p f : (forall a, 0 <= p a) -> (forall a, 0 <= f a) -> 0 <= E p f.
  Proof. intros hp hf; apply Sum_nonneg; intros a; apply Rmult_le_pos; auto. Qed.

  Lemma E_abs_le p f : (forall a, 0 <= p a) -> Rabs (E p f) <= E p (fun a => Rabs (f a)).
  Proof.
    intros hp. apply Rabs_le. split.
    - replace (- E p (fun a => Rabs (f a))) with (E p (fun a => (-1) * Rabs (f a))) by (rewrite E_scal; lra).
      apply E_le; [exact hp|]. intros a; generalize (Rle_abs (- f a)); rewrite Rabs_Ropp; lra.
    - apply E_le; [exact hp|]. intros a; apply Rle_abs.
  Qed.

  (** ** Probability *)

  Lemma Pr_range p (P : A -> Prop) : is_dist p -> 0 <= Pr p P <= 1.
  Proof.
    intros hp; split.
    - apply E_nonneg; [apply hp|]. intros; apply ind_nonneg.
    - rewrite <- (E_const p 1 hp). apply E_le; [apply hp|]. intros; apply ind_range.
  Qed.

  Lemma Pr_mono p (P Q : A -> Prop) : (forall a, 0 <= p a) -> (forall a, P a -> Q a) -> Pr p P <= Pr p Q.
  Proof. intros hp h; apply E_le; [exact hp|]. intros a; apply ind_mono; auto. Qed.

  Lemma Pr_not p (P : A -> Prop) : is_dist p -> Pr p (fun a => ~ P a) = 1 - Pr p P.
  Proof.
    intros hp. unfold Pr. rewrite <- (E_const p 1 hp) at 1. rewrite <- E_minus.
    apply E_ext; intros; apply ind_not.
  Qed.

  (** Union bound for two events (C10). *)
  Lemma Pr_or p (P Q : A -> Prop) : (forall a, 0 <= p a) -> Pr p (fun a => P a \/ Q a) <= Pr p P + Pr p Q.
  Proof. intros hp. unfold Pr. rewrite <- E_plus. apply E_le; [exact hp|]. intros; apply ind_or. Qed.

  (** Markov: [P(f >= t) <= E f / t]. *)
  Lemma markov p f t : (forall a, 0 <= p a) -> (forall a, 0 <= f a) -> 0 < t ->
    Pr p (fun a => t <= f a) <= E p f / t.
  Proof.
    intros hp hf ht. apply Rmult_le_reg_r with t; [exact ht|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    unfold Pr. rewrite <- E_scal_r. apply E_le; [exact hp|]. intros a. unfold ind.
    destruct (decide (t <= f a)) as [h|h]; specialize (hf a); lra.
  Qed.

  (** ** Jensen, Cauchy-Schwarz *)

  (** Jensen for [log]: [E log f <= log E f]. *)
  Lemma jensen_ln p f : is_dist p -> (forall a, 0 < f a) -> E p (fun a => ln (f a)) <= ln (E p f).
  Proof.
    intros hp hf.
    assert (hm : 0 < E p f).
    { destruct (Rle_lt_or_eq_dec 0 (E p f)) as [h|h]; [apply E_nonneg; [apply hp|intros; left; apply hf]|exact h|].
      exfalso. assert (h0 : forall a, p a * f a = 0).
      { apply Sum_zero_all; [|symmetry; exact h]. intros a; apply Rmult_le_pos; [apply hp|left; apply hf]. }
      destruct hp as [_ hs]. rewrite (Sum_ext p (fun _ => 0)), Sum_zero in hs; [lra|].
      intros a; destruct (Rmult_integral _ _ (h0 a)) as [h1|h1]; [exact h1|specialize (hf a); lra]. }
    apply Rle_trans with (E p (fun a => ln (E p f) - 1 + / E p f * f a)).
    - apply E_le; [apply hp|]. intros a.
      assert (h : ln (f a / E p f) <= f a / E p f - 1) by (apply ln_le_minus_1, Rdiv_lt_0_compat; auto).
      rewrite ln_div_pos in h by auto. unfold Rdiv in h; lra.
    - rewrite E_plus, E_scal, E_const by exact hp. rewrite Rinv_l by lra; lra.
  Qed.

  (** Jensen for [1/u]: [1 <= E f * E (1/f)]. *)
  Lemma jensen_inv p f : is_dist p -> (forall a, 0 < f a) -> 0 < E p f -> / E p f <= E p (fun a => / f a).
  Proof.
    intros hp hf hm. set (m := E p f) in *.
    apply Rle_trans with (E p (fun a => 2 / m + (- / (m * m)) * f a)).
    - rewrite E_plus, E_scal, E_const by exact hp. fold m. right; field; lra.
    - apply E_le; [apply hp|]. intros a. specialize (hf a).
      apply Rminus_le. replace (2 / m + - / (m * m) * f a - / f a)
        with (- ((f a - m) * (f a - m) / (m * m * f a))) by (field; lra).
      apply Ropp_le_cancel. rewrite Ropp_0, Ropp_involutive.
      apply Rmult_le_pos; [apply Rle_0_sqr|].
      left; apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra.
  Qed.

  (** Cauchy-Schwarz: [(E fg)^2 <= E f^2 E g^2]. *)
  Lemma cauchy_schwarz_sq p f g : (forall a, 0 <= p a) ->
    E p (fun a => f a * g a) ^ 2 <= E p (fun a => f a ^ 2) * E p (fun a => g a ^ 2).
  Proof.
    intros hp. set (b := E p (fun a => f a * g a)). set (u := E p (fun a => f a ^ 2)).
    set (v := E p (fun a => g a ^ 2)).
    assert (q : forall t, 0 <= u - 2 * t * b + t * t * v).
    { intros t. replace (u - 2 * t * b + t * t * v) with (E p (fun a => (f a - t * g a) ^ 2)).
      - apply E_nonneg; [exact hp|intros; apply pow2_ge_0].
      - unfold u, b, v. rewrite <- !E_scal, <- E_minus, <- E_plus. apply E_ext; intros; lra. }
    assert (hu : 0 <= u) by (apply E_nonneg; [exact hp|intros; apply pow2_ge_0]).
    assert (hv : 0 <= v) by (apply E_nonneg; [exact hp|intros; apply pow2_ge_0]).
    destruct hv as [hv|hv].
    - specialize (q (b / v)).
      replace (u - 2 * (b / v) * b + b / v * (b / v) * v) with ((u * v - b ^ 2) / v) in q by (field; lra).
      assert (0 <= (u * v - b ^ 2) / v * v) by (apply Rmult_le_pos; lra).
      replace ((u * v - b ^ 2) / v * v) with (u * v - b ^ 2) in H by (field; lra). lra.
    - rewrite <- hv in *. destruct (Req_dec b 0) as [->|hb]; [lra|].
      exfalso. specialize (q ((u + 1) / (2 * b))).
      replace (u - 2 * ((u + 1) / (2 * b)) * b + (u + 1) / (2 * b) * ((u + 1) / (2 * b)) * 0) with (-1) in q
        by (field; exact hb). lra.
  Qed.

  Lemma cauchy_schwarz p f g : (forall a, 0 <= p a) ->
    E p (fun a => f a * g a) <= sqrt (E p (fun a => f a ^ 2)) * sqrt (E p (fun a => g a ^ 2)).
  Proof.
    intros hp.
    assert (hu : 0 <= E p (fun a => f a ^ 2)) by (apply E_nonneg; [exact hp|intros; apply pow2_ge_0]).
    rewrite <- sqrt_mult_alt by exact hu.
    apply Rle_trans with (Rabs (E p (fun a => f a * g a))); [apply Rle_abs|].
    rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. unfold Rsqr.
    replace (E p (fun a => f a * g a) * E p (fun a => f a * g a))
      with (E p (fun a => f a * g a) ^ 2) by lra.
    apply cauchy_schwarz_sq; exact hp.
  Qed.

End Weights.

Lemma E_swap {A B : Type} {FA : FiniteType A} {FB : FiniteType B} (p : A -> R) (q : B -> R) (f : A -> B -> R) :
  E p (fun a => E q (f a)) = E q (fun b => E p (fun a => f a b)).
Proof.
  unfold E. transitivity (Sum (fun a => Sum (fun b => p a * (q b * f a b)))).
  - apply Sum_ext; intros a; rewrite <- Sum_scal; apply Sum_ext; intros; lra.
  - rewrite Sum_swap. apply Sum_ext; intros b; rewrite <- Sum_scal; apply Sum_ext; intros; lra.
Qed.

(** ** [n] independent draws

    [En n p f] is the expectation of [f] over lists of [n] independent draws from [p]. *)
Fixpoint En {A : Type} {F : FiniteType A} (n : nat) (p : A -> R) (f : list A -> R) : R :=
  match n with
  | O => f []
  | S m => E p (fun a => En m p (fun s => f (a :: s)))
  end.

Definition Prn {A : Type} {F : FiniteType A} (n : nat) (p : A -> R) (P : list A -> Prop) : R :=
  En n p (fun s => ind (P s)).

Section Samples.
  Context {A : Type} {F : FiniteType A}.
  Variable p : A -> R.
  Implicit Types (f g : list A -> R).

  Lemma En_ext n f g : (forall s, length s = n -> f s = g s) -> En n p f = En n p g.
  Proof.
    revert f g; induction n as [|n ih]; intros f g h; simpl; [apply h; reflexivity|].
    apply E_ext; intros a; apply ih; intros s hs; apply h; simpl; congruence.
  Qed.

  Lemma En_plus n f g : En n p (fun s => f s + g s) = En n p f + En n p g.
  Proof.
    revert f g; induction n as [|n ih]; intros f g; simpl; [reflexivity|].
    rewrite <- E_plus; apply E_ext; intros a; apply ih.
  Qed.

  Lemma En_scal n c f : En n p (fun s => c * f s) = c * En n p f.
  Proof.
    revert f; induction n as [|n ih]; intros f; simpl; [reflexivity|].
    rewrite <- E_scal; apply E_ext; intros a; apply ih.
  Qed.

  Lemma En_const n c : is_dist p -> En n p (fun _ => c) = c.
  Proof.
    intros hp; induction n as [|n ih]; simpl; [reflexivity|].
    rewrite (E_ext p _ (fun _ => c)) by (intros; exact ih). apply E_const; exact hp.
  Qed.

  (** Order, on samples of the right length. *)
  Lemma En_le n f g : (forall a, 0 <= p a) -> (forall s, length s = n -> f s <= g s) -> En n p f <= En n p g.
  Proof.
    intros hp; revert f g; induction n as [|n ih]; intros f g h; simpl; [apply h; reflexivity|].
    apply E_le; [exact hp|]. intros a; apply ih; intros s hs; apply h; simpl; congruence.
  Qed.

  Lemma En_sum {B : Type} n (l : list B) (f : B -> list A -> R) :
    En n p (fun s => sumL l (fun b => f b s)) = sumL l (fun b => En n p (f b)).
  Proof.
    induction l as [|b l ih].
    - rewrite sumL_nil. rewrite (En_ext n _ (fun s => 0 * 0)) by (intros; rewrite sumL_nil; lra).
      rewrite (En_scal n 0 (fun _ => 0)); lra.
    - rewrite sumL_cons, <- ih, <- En_plus. apply En_ext; intros; reflexivity.
  Qed.

  (** Independence: all [n] draws fall in an event with the [n]-th power of its probability. *)
  Lemma Prn_forall n (P : A -> Prop) : Prn n p (fun s => Forall P s) = Pr p P ^ n.
  Proof.
    unfold Prn. induction n as [|n ih]; simpl; [apply ind_true; constructor|].
    transitivity (E p (fun a => ind (P a) * Pr p P ^ n)).
    - apply E_ext; intros a. rewrite <- ih, <- En_scal. apply En_ext; intros s _.
      rewrite <- ind_and. apply ind_iff. rewrite Forall_cons_iff; tauto.
    - rewrite E_scal_r; reflexivity.
  Qed.

  Lemma Prn_mono n (P Q : list A -> Prop) : (forall a, 0 <= p a) ->
    (forall s, length s = n -> P s -> Q s) -> Prn n p P <= Prn n p Q.
  Proof. intros hp h; apply En_le; [exact hp|]. intros s hs; apply ind_mono; auto. Qed.

  Lemma Prn_not n (P : list A -> Prop) : is_dist p -> Prn n p (fun s => ~ P s) = 1 - Prn n p P.
  Proof.
    intros hp. unfold Prn. rewrite (En_ext n _ (fun s => 1 + (-1) * ind (P s))) by (intros; rewrite ind_not; lra).
    rewrite En_plus, En_scal, (En_const n 1 hp); lra.
  Qed.

  Lemma Prn_sure n (P : list A -> Prop) : is_dist p -> (forall s, P s) -> Prn n p P = 1.
  Proof.
    intros hp h. unfold Prn. rewrite (En_ext n _ (fun _ => 1)) by (intros; apply ind_true, h).
    apply En_const, hp.
  Qed.

  (** Union bound over a finite family. *)
  Lemma Prn_exists {I : Type} {FI : FiniteType I} n (P : I -> list A -> Prop) : (forall a, 0 <= p a) ->
    Prn n p (fun s => exists i, P i s) <= Sum (fun i => Prn n p (P i)).
  Proof.
    intros hp. unfold Prn, Sum. rewrite <- En_sum. apply En_le; [exact hp|]. intros s _.
    destruct (classic (exists i, P i s)) as [(i & hi)|h].
    - rewrite ind_true by (exists i; exact hi). rewrite <- (ind_true (P i s) hi).
      apply (sumL_term_le enum (fun i => ind (P i s))); [intros; apply ind_nonneg|apply enum_in].
    - rewrite ind_false by exact h. apply sumL_nonneg; intros; apply ind_nonneg.
  Qed.

End Samples.

(** Jensen for powers: [E f^beta <= (E f)^beta] in the form used by C12, [E f <= 1 -> E f^beta <= 1]. *)
Lemma jensen_power {A : Type} {F : FiniteType A} (p f : A -> R) (b : R) :
  is_dist p -> (forall a, 0 < f a) -> 0 <= b <= 1 -> E p f <= 1 -> E p (fun a => Rpower (f a) b) <= 1.
Proof.
  intros hp hf hb h. apply Rle_trans with (E p (fun a => 1 - b + b * f a)).
  - apply E_le; [apply hp|]. intros a. apply power_concave; auto.
  - rewrite E_plus, E_scal, E_const by exact hp.
    assert (b * E p f <= b * 1) by (apply Rmult_le_compat_l; lra). lra.
Qed.
