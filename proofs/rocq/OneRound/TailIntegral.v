(** * The tail integral

    C21: [E V = 1 + int_1^m P(V > t) dt] for a random variable with values in [1, m] on a finite
    space, and its form for the condition number; then the paper's bound on [kappa_1], C22 integrated
    with the value C24. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber
  Policy.GapToMass Scalar.OneRound.
Open Scope R_scope.

(** [int_1^m 1{t < v} dt = v - 1] for [1 <= v <= m]. *)
Lemma is_RInt_step v m : 1 <= v <= m -> is_RInt (fun t => ind (t < v)) 1 m (v - 1).
Proof.
  intros hv.
  assert (h1 : is_RInt (fun t => ind (t < v)) 1 v (v - 1)).
  { apply (is_RInt_ext (fun _ => 1)).
    - intros t ht. rewrite Rmin_left, Rmax_right in ht by lra. symmetry; apply ind_true; lra.
    - generalize (is_RInt_const (V := R_NormedModule) 1 v 1). unfold scal; simpl; unfold mult; simpl.
      rewrite Rmult_1_r. trivial. }
  assert (h2 : is_RInt (fun t => ind (t < v)) v m 0).
  { apply (is_RInt_ext (fun _ => 0)).
    - intros t ht. rewrite Rmin_left, Rmax_right in ht by lra. symmetry; apply ind_false; lra.
    - generalize (is_RInt_const (V := R_NormedModule) v m 0). unfold scal; simpl; unfold mult; simpl.
      rewrite Rmult_0_r. trivial. }
  generalize (is_RInt_Chasles _ 1 v m _ _ h1 h2). unfold plus; simpl. rewrite Rplus_0_r. trivial.
Qed.

Lemma is_RInt_sumL {A : Type} (l : list A) (f : A -> R -> R) (v : A -> R) a b :
  (forall i, is_RInt (f i) a b (v i)) -> is_RInt (fun t => sumL l (fun i => f i t)) a b (sumL l v).
Proof.
  intros h. induction l as [|i l ih].
  - rewrite sumL_nil. apply (is_RInt_ext (fun _ => 0)); [intros; rewrite sumL_nil; reflexivity|].
    generalize (is_RInt_const (V := R_NormedModule) a b 0). unfold scal; simpl; unfold mult; simpl.
    rewrite Rmult_0_r. trivial.
  - rewrite sumL_cons. apply (is_RInt_ext (fun t => f i t + sumL l (fun j => f j t))).
    + intros; reflexivity.
    + apply (is_RInt_plus (V := R_NormedModule)); [apply h|exact ih].
Qed.

(** C21: [int_1^m P(V > t) dt = E V - 1] for [V] in [1, m]. *)
Theorem C21_tail_integral {A : Type} {FA : FiniteType A} (p V : A -> R) m :
  is_dist p -> (forall a, 1 <= V a <= m) ->
  is_RInt (fun t => Pr p (fun a => t < V a)) 1 m (E p V - 1).
Proof.
  intros hp hV. replace (E p V - 1) with (E p (fun a => V a - 1)) by (rewrite E_minus, E_const by exact hp; reflexivity).
  apply is_RInt_sumL. intros a.
  apply (is_RInt_scal (V := R_NormedModule)). apply is_RInt_step, hV.
Qed.

(** C21 for the condition number: [kappa = 1 + int_1^{1/c} P_x(1/max_y pi > t) dt] with the weak [c]. *)
Theorem C21_condition_number {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (pi : policy X Y) c :
  is_dist D -> is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
  kappa D pi = 1 + RInt (fun t => Pr D (fun x => t < / Max (pi x))) 1 (/ c).
Proof.
  intros hD hp hc h. rewrite (is_RInt_unique _ 1 (/ c) (kappa D pi - 1)); [ring|].
  apply (C21_tail_integral D (fun x => / Max (pi x)) (/ c) hD). intros x. split.
  - apply inv_Max_ge_1, hp.
  - apply Rinv_le_contravar; [exact hc|apply h].
Qed.

(** (52)-(56): C22 integrated,
    [kappa_1 <= 1 + A (1/c + log((1/c - 1)(1 - A)/A))] for every [A <= 1 - c] that bounds the gap over the
    margin. *)
Theorem C24_condition_number {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (base pi : policy X Y) gamma A c :
  is_dist D -> is_policy pi -> 0 < gamma -> has_margin gamma base ->
  (J D base (comparator base) - J D base pi) / gamma <= A ->
  0 < A -> A <= 1 - c -> 0 < c -> (forall x, c <= Max (pi x)) ->
  kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)).
Proof.
  intros hD hp hg hm hA hA0 hAc hc h.
  assert (left_integral : is_RInt (fun t => Pr D (fun x => t < / Max (pi x))) 1 (1 / c) (kappa D pi - 1)).
  { apply (C21_tail_integral D (fun x => / Max (pi x)) (1 / c) hD). intros x. split.
    - apply inv_Max_ge_1, hp.
    - unfold Rdiv. rewrite Rmult_1_l. apply Rinv_le_contravar; [exact hc|apply h]. }
  assert (hc1 : 1 <= 1 / c).
  { apply (Rmult_le_reg_r c); [exact hc|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  enough (kappa D pi - 1 <= A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))) by lra.
  apply (is_RInt_le _ _ 1 (1 / c) _ _ hc1 left_integral (C24_integral A c hA0 hAc hc)).
  intros t ht. apply (C22_tail_bound D hD base pi gamma A t); auto. apply ht.
Qed.
