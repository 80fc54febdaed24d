(** * Sums over finite types

    The layer under every statement about prompts, responses and samples.  A [FiniteType] type is a
    non-empty type with a duplicate-free list of all its elements; [Sum f] adds [f] over it.
    Proved here: linearity, order, Fubini, sums over products, indicators of arbitrary
    propositions, and [argmax].  Serves every entry of S, K01, C and E that speaks of finite
    distributions. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coq Require ClassicalDedekindReals.
Import ListNotations.
Open Scope R_scope.

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
  Proof. induction l as [|a l ih]; [unfold sumL; simpl; ring|]; rewrite !sumL_cons, ih; ring. Qed.

  Lemma sumL_scal l c f : sumL l (fun a => c * f a) = c * sumL l f.
  Proof. induction l as [|a l ih]; [unfold sumL; simpl; ring|]; rewrite !sumL_cons, ih; ring. Qed.

  Lemma sumL_le l f g : (forall a, In a l -> f a <= g a) -> sumL l f <= sumL l g.
  Proof.
    induction l as [|a l ih]; intros h; [unfold sumL; simpl; lra|].
    rewrite !sumL_cons. apply Rplus_le_compat.
    - apply h; left; reflexivity.
    - apply ih; intros b hb; apply h; right; exact hb.
  Qed.

  Lemma sumL_zero l : sumL l (fun _ => 0) = 0.
  Proof. induction l as [|a l ih]; [reflexivity|]; rewrite sumL_cons, ih; ring. Qed.

  Lemma sumL_const l c : sumL l (fun _ => c) = INR (length l) * c.
  Proof.
    induction l as [|a l ih]; [unfold sumL; simpl; ring|].
    rewrite sumL_cons, ih; change (length (a :: l)) with (S (length l)); rewrite S_INR; ring.
  Qed.

  Lemma sumL_nonneg l f : (forall a, In a l -> 0 <= f a) -> 0 <= sumL l f.
  Proof. intros h; rewrite <- (sumL_zero l); apply sumL_le; exact h. Qed.

  Lemma sumL_app l m f : sumL (l ++ m) f = sumL l f + sumL m f.
  Proof.
    induction l as [|a l ih]; [unfold sumL at 2; simpl; ring|].
    simpl app; rewrite !sumL_cons, ih; ring.
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
      + intros c hc; rewrite ind_false; [ring|]; intros ->; contradiction.
    - rewrite ind_false by exact hab. destruct hb as [hb|hb]; [contradiction|].
      rewrite ih by assumption; ring.
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
    rewrite (Sum_ext _ (fun a => f a + (-1) * g a)) by (intros; ring).
    rewrite Sum_plus, Sum_scal; ring.
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
    apply Sum_ext; intros a. rewrite (ind_not (a = b)); ring.
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
  Proof. rewrite <- Sum_plus; apply Sum_ext; intros a; rewrite ind_not; ring. Qed.

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
