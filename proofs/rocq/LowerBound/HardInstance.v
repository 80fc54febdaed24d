(** * Theorem 4.1: the hard instance and its learners

    Prompts x_0 ([None]) and x_1, ..., x_d ([Some i], [i] in a finite type [I] with d elements);
    responses in a finite type [K] with M elements; a hidden key [key i] per prompt.  At x_0
    every policy is one fixed point mass, at x_i it is P_j with j = key i,
    P_j(j) = (1+eta)/(M+eta), P_j(i) = 1/(M+eta) otherwise.

    Serves D01 (the laws), D02 (condition number), D03 (reduction), D18 (the notion of
    failure), and defines the sample-and-evaluate learner of D04-D07, D11, D16, D17. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound.
Import ListNotations.
Open Scope R_scope.

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
  Proof. unfold key_law; rewrite ind_true by reflexivity; f_equal; ring. Qed.

  Lemma key_law_off eta j y : y <> j -> key_law eta j y = 1 / (M + eta).
  Proof. intro h; unfold key_law; rewrite ind_false by exact h; f_equal; ring. Qed.

  (** P_j is a probability vector of full support. *)
  Theorem D01_key_law : forall (eta : R) (j : K), 0 <= eta -> is_full (key_law eta j).
  Proof.
    intros eta j he; pose proof (card_pos K FK) as hM; split.
    - intro y; unfold key_law; apply Rdiv_lt_0_compat; [| lra].
      pose proof (ind_nonneg (y = j)); nra.
    - unfold key_law.
      rewrite (Sum_ext _ (fun y => / (M + eta) * 1 + / (M + eta) * (ind (y = j) * eta)))
        by (intro; unfold Rdiv; ring).
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
    rewrite !ln_quotient, ln_1 by lra; ring.
  Qed.

  Lemma key_law_Max eta j : 0 <= eta -> Max (key_law eta j) = (1 + eta) / (M + eta).
  Proof.
    intro he; pose proof (card_pos K FK).
    rewrite (Max_unique _ j); [apply key_law_at |].
    intro y; destruct he as [he | <-].
    - destruct (classic (y = j)) as [-> | h]; [lra | left; apply D01_mode; assumption].
    - unfold key_law; right; f_equal; ring.
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
    replace (1 - rho + rho * (M + 1) / (1 + 1)) with (1 + rho * (M - 1) / 2) by field.
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
    rewrite (proj2 (key_policy_dist 1 key x ltac:(lra))); ring.
  Qed.

  (** Probability of an event of one draw at a given prompt x_i. *)
  Lemma draw_at rho key (i : I) (P : K -> Prop) :
    Pr (draw_law rho key) (fun o => fst o = Some i /\ P (snd o)) =
    rho / d * Pr (key_law 1 (key i)) P.
  Proof.
    unfold Pr, E at 1; rewrite Sum_prod, Sum_option; simpl.
    rewrite (Sum_ext (fun b => draw_law rho key (None, b) * _) (fun _ => 0)).
    2: { intro y; rewrite ind_false; [ring | intros [h _]; discriminate]. }
    rewrite Sum_zero, Rplus_0_l.
    rewrite (Sum_ext _ (fun j => ind (j = i) * (rho / d * Pr (key_law 1 (key j)) P))).
    - rewrite (Sum_pick (fun j => rho / d * Pr (key_law 1 (key j)) P)); reflexivity.
    - intro j; unfold Pr, E; rewrite <- !Sum_scal; apply Sum_ext; intro y.
      unfold draw_law; simpl; rewrite ind_and.
      assert (ind (Some j = Some i) = ind (j = i)) as ->.
      { apply ind_iff; split; [intro h; injection h; auto | intros ->; reflexivity]. }
      ring.
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
      with (rho / d * Sum (fun i => miss rho key n A i)) by (unfold Rdiv; ring). lra.
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
