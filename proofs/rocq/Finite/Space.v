(** * Finite probability spaces

    Expectation [E p f = sum_a p a * f a] under a weight [p] on a finite type, its algebra, and the
    inequalities that the paper uses: Jensen for [log], [1/u] and powers, Cauchy-Schwarz, Markov,
    the union bound; then the law of [n] independent draws as an iterated expectation [En].
    Serves S01-S04, K01, C02-C10, C12, C13, C15, C16, C21, C34. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum.
Import ListNotations.
Open Scope R_scope.

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
  rewrite ln_Rinv by exact hv. ring.
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
    rewrite (Sum_ext _ (fun a => ind (a = b) * 1)) by (intros; ring). exact (Sum_pick (fun _ => 1) b).
  Qed.

  Lemma E_dirac (b : A) f : E (dirac b) f = f b.
  Proof. apply Sum_pick. Qed.

  (** ** Algebra *)

  Lemma E_ext p f g : (forall a, f a = g a) -> E p f = E p g.
  Proof. intros h; apply Sum_ext; intros a; rewrite h; reflexivity. Qed.

  Lemma E_plus p f g : E p (fun a => f a + g a) = E p f + E p g.
  Proof. unfold E; rewrite <- Sum_plus; apply Sum_ext; intros; ring. Qed.

  Lemma E_minus p f g : E p (fun a => f a - g a) = E p f - E p g.
  Proof. unfold E; rewrite <- Sum_minus; apply Sum_ext; intros; ring. Qed.

  Lemma E_scal p c f : E p (fun a => c * f a) = c * E p f.
  Proof. unfold E; rewrite <- Sum_scal; apply Sum_ext; intros; ring. Qed.

  Lemma E_scal_r p c f : E p (fun a => f a * c) = E p f * c.
  Proof. rewrite (E_ext p _ (fun a => c * f a)) by (intros; ring). rewrite E_scal; ring. Qed.

  Lemma E_const p c : is_dist p -> E p (fun _ => c) = c.
  Proof.
    intros [_ h]. unfold E. rewrite (Sum_ext _ (fun a => c * p a)) by (intros; ring).
    rewrite Sum_scal, h; ring.
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
    - replace (- E p (fun a => Rabs (f a))) with (E p (fun a => (-1) * Rabs (f a))) by (rewrite E_scal; ring).
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
      - unfold u, b, v. rewrite <- !E_scal, <- E_minus, <- E_plus. apply E_ext; intros; ring. }
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
      with (E p (fun a => f a * g a) ^ 2) by ring.
    apply cauchy_schwarz_sq; exact hp.
  Qed.

End Weights.

Lemma E_swap {A B : Type} {FA : FiniteType A} {FB : FiniteType B} (p : A -> R) (q : B -> R) (f : A -> B -> R) :
  E p (fun a => E q (f a)) = E q (fun b => E p (fun a => f a b)).
Proof.
  unfold E. transitivity (Sum (fun a => Sum (fun b => p a * (q b * f a b)))).
  - apply Sum_ext; intros a; rewrite <- Sum_scal; apply Sum_ext; intros; ring.
  - rewrite Sum_swap. apply Sum_ext; intros b; rewrite <- Sum_scal; apply Sum_ext; intros; ring.
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
    - rewrite sumL_nil. rewrite (En_ext n _ (fun s => 0 * 0)) by (intros; rewrite sumL_nil; ring).
      rewrite (En_scal n 0 (fun _ => 0)); ring.
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
    intros hp. unfold Prn. rewrite (En_ext n _ (fun s => 1 + (-1) * ind (P s))) by (intros; rewrite ind_not; ring).
    rewrite En_plus, En_scal, (En_const n 1 hp); ring.
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
