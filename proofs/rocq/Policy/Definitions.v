(** * Policies and their functionals

    Definitions of section 0 of the restatement for finite prompts [X] and responses [Y]: policy,
    mode, margin, condition number, concentrability, Kullback-Leibler divergence, self-reward value,
    coupled expectation.  Then the few facts about them that every later file uses. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Space.
Open Scope R_scope.

Section Definitions.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.

  (** [pi x y] is the probability of response [y] at prompt [x]. *)
  Definition policy := X -> Y -> R.

  Definition is_policy (pi : policy) : Prop := forall x, is_full (pi x).

  (** A mode of the policy at [x]; unique as soon as the margin is positive. *)
  Definition mode (pi : policy) (x : X) : Y := argmax (pi x).

  (** [gamma <= gamma(pi)]: the log-probability of the mode exceeds every other one by [gamma]. *)
  Definition has_margin (gamma : R) (pi : policy) : Prop :=
    forall x y, y <> mode pi x -> gamma <= ln (pi x (mode pi x)) - ln (pi x y).

  (** [gamma = gamma(pi)], the infimum of the margins over prompts. *)
  Definition is_margin (gamma : R) (pi : policy) : Prop :=
    has_margin gamma pi /\ forall g, has_margin g pi -> g <= gamma.

  (** The point mass at [ystar x]: the comparator [pi*] for [ystar = mode pi0]. *)
  Definition point_policy (ystar : X -> Y) : policy := fun x => dirac (ystar x).

  (** [E1 D pi f = E_x E_{y ~ pi} f]. *)
  Definition E1 (D : X -> R) (pi : policy) (f : X -> Y -> R) : R := E D (fun x => E (pi x) (f x)).

  (** Coupled expectation: [y ~ pi] and [y' ~ rho] independent given [x]. *)
  Definition E2 (D : X -> R) (pi rho : policy) (f : X -> Y -> Y -> R) : R :=
    E D (fun x => E (pi x) (fun y => E (rho x) (fun y' => f x y y'))).

  (** The law of a triple [(x, y, y')]. *)
  Definition coupled (D : X -> R) (pi rho : policy) : X * Y * Y -> R :=
    fun z => let '(x, y, y') := z in D x * (pi x y * rho x y').

  (** [Delta^f(x, y, y') = f(x, y) - f(x, y')]. *)
  Definition Delta (f : X -> Y -> R) : X -> Y -> Y -> R := fun x y y' => f x y - f x y'.

  (** [kappa(pi) = E_x [1 / max_y pi(y|x)]]. *)
  Definition kappa (D : X -> R) (pi : policy) : R := E D (fun x => / Max (pi x)).

  (** [C(pi) = E_x sum_y pi^2 / base]. *)
  Definition conc (D : X -> R) (base pi : policy) : R :=
    E D (fun x => Sum (fun y => pi x y ^ 2 / base x y)).

  (** [KL(p || q) = sum_y p log (p / q)], with [0 log 0 = 0]. *)
  Definition kl (p q : Y -> R) : R := E p (fun y => ln (p y / q y)).

  Definition KL (D : X -> R) (pi rho : policy) : R := E D (fun x => kl (pi x) (rho x)).

  (** [J(pi) = E_x E_{y ~ pi} log base(y|x)], the value under the self-reward of [base]. *)
  Definition J (D : X -> R) (base pi : policy) : R := E1 D pi (fun x y => ln (base x y)).

  (** The implicit reward [beta log (pi / base)]. *)
  Definition implicit_reward (beta : R) (base pi : policy) : X -> Y -> R :=
    fun x y => beta * ln (pi x y / base x y).

  (** [P_x(mass of [ystar x] under [pi] is at most [u])]. *)
  Definition failure (D : X -> R) (pi : policy) (ystar : X -> Y) (u : R) : R :=
    Pr D (fun x => pi x (ystar x) <= u).

  (** [P_x(max_y pi(y|x) <= u)]. *)
  Definition own_failure (D : X -> R) (pi : policy) (u : R) : R := Pr D (fun x => Max (pi x) <= u).

End Definitions.

Arguments policy X Y : clear implicits.

Section Facts.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types (pi rho : policy X Y).

  Lemma policy_dist pi x : is_policy pi -> is_dist (pi x).
  Proof. intros h; exact (is_full_dist _ (h x)). Qed.

  Lemma Max_policy_pos pi x : is_policy pi -> 0 < Max (pi x).
  Proof. intros h; apply Rlt_le_trans with (pi x point); [apply h|apply Max_ge]. Qed.

  Lemma Max_policy_le_1 pi x : is_policy pi -> Max (pi x) <= 1.
  Proof. intros h; apply (dist_le_1 (pi x)), policy_dist, h. Qed.

  Lemma E1_plus pi f g : E1 D pi (fun x y => f x y + g x y) = E1 D pi f + E1 D pi g.
  Proof. unfold E1; rewrite <- E_plus; apply E_ext; intros; apply E_plus. Qed.

  Lemma E1_minus pi f g : E1 D pi (fun x y => f x y - g x y) = E1 D pi f - E1 D pi g.
  Proof. unfold E1; rewrite <- E_minus; apply E_ext; intros; apply E_minus. Qed.

  Lemma E1_scal pi c f : E1 D pi (fun x y => c * f x y) = c * E1 D pi f.
  Proof. unfold E1; rewrite <- E_scal; apply E_ext; intros; apply E_scal. Qed.

  Lemma E1_ext pi f g : (forall x y, f x y = g x y) -> E1 D pi f = E1 D pi g.
  Proof. intros h; apply E_ext; intros x; apply E_ext; auto. Qed.

  Lemma E1_le pi f g : (forall x y, 0 <= pi x y) -> (forall x y, f x y <= g x y) -> E1 D pi f <= E1 D pi g.
  Proof. intros hp h; apply E_le; [apply hD|]. intros x; apply E_le; auto. Qed.

  Lemma E1_point (ystar : X -> Y) f : E1 D (point_policy ystar) f = E D (fun x => f x (ystar x)).
  Proof. apply E_ext; intros x; apply E_dirac. Qed.

  Lemma coupled_dist pi rho : (forall x, is_dist (pi x)) -> (forall x, is_dist (rho x)) ->
    is_dist (coupled D pi rho).
  Proof.
    intros hp hr. split.
    - intros [[x y] y']; simpl. repeat apply Rmult_le_pos; [apply hD|apply hp|apply hr].
    - rewrite Sum_prod, Sum_prod. destruct hD as [_ <-]. apply Sum_ext; intros x.
      rewrite (Sum_ext _ (fun y => D x * pi x y)).
      + rewrite Sum_scal. destruct (hp x) as [_ ->]; lra.
      + intros y. simpl. rewrite (Sum_ext _ (fun y' => D x * pi x y * rho x y')) by (intros; lra).
        rewrite Sum_scal. destruct (hr x) as [_ ->]; lra.
  Qed.

  (** The coupled expectation is an expectation under the law of the triple. *)
  Lemma E2_coupled pi rho f :
    E2 D pi rho f = E (coupled D pi rho) (fun z => let '(x, y, y') := z in f x y y').
  Proof.
    unfold E2, E at 4. rewrite Sum_prod, Sum_prod. apply Sum_ext; intros x.
    unfold E. rewrite <- Sum_scal. apply Sum_ext; intros y.
    rewrite <- Sum_scal, <- Sum_scal. apply Sum_ext; intros y'. simpl; lra.
  Qed.

  Lemma E2_ext pi rho f g : (forall x y y', f x y y' = g x y y') -> E2 D pi rho f = E2 D pi rho g.
  Proof. intros h; apply E_ext; intros x; apply E_ext; intros y; apply E_ext; auto. Qed.

  Lemma E2_le pi rho f g : (forall x y, 0 <= pi x y) -> (forall x y, 0 <= rho x y) ->
    (forall x y y', f x y y' <= g x y y') -> E2 D pi rho f <= E2 D pi rho g.
  Proof.
    intros hp hr h. apply E_le; [apply hD|]. intros x. apply E_le; [apply hp|]. intros y.
    apply E_le; [apply hr|]. auto.
  Qed.

  Lemma E2_plus pi rho f g : E2 D pi rho (fun x y y' => f x y y' + g x y y') = E2 D pi rho f + E2 D pi rho g.
  Proof.
    unfold E2; rewrite <- E_plus; apply E_ext; intros x. rewrite <- E_plus; apply E_ext; intros y.
    apply E_plus.
  Qed.

  Lemma E2_scal pi rho c f : E2 D pi rho (fun x y y' => c * f x y y') = c * E2 D pi rho f.
  Proof.
    unfold E2; rewrite <- E_scal; apply E_ext; intros x. rewrite <- E_scal; apply E_ext; intros y.
    apply E_scal.
  Qed.

  Lemma E2_nonneg pi rho f : (forall x y, 0 <= pi x y) -> (forall x y, 0 <= rho x y) ->
    (forall x y y', 0 <= f x y y') -> 0 <= E2 D pi rho f.
  Proof.
    intros hp hr h. apply E_nonneg; [apply hD|]. intros x. apply E_nonneg; [apply hp|]. intros y.
    apply E_nonneg; [apply hr|]. auto.
  Qed.

  Lemma E2_fst pi rho f : (forall x, is_dist (rho x)) -> E2 D pi rho (fun x y _ => f x y) = E1 D pi f.
  Proof. intros h; apply E_ext; intros x; apply E_ext; intros y; apply E_const, h. Qed.

  Lemma E2_snd pi rho f : (forall x, is_dist (pi x)) -> E2 D pi rho (fun x _ y' => f x y') = E1 D rho f.
  Proof. intros h; apply E_ext; intros x; apply E_const, h. Qed.

End Facts.

(** ** Divergence *)

Section Divergence.
  Context {Y : Type} {FY : FiniteType Y}.
  Implicit Types (p q : Y -> R).

  (** [p log (p/q) >= p - q], with equality only at [p = q]. *)
  Lemma kl_term_ge a b : 0 <= a -> 0 < b -> a - b <= a * ln (a / b).
  Proof.
    intros [ha|ha] hb.
    - assert (h : ln (b / a) <= b / a - 1) by (apply ln_le_minus_1, Rdiv_lt_0_compat; assumption).
      rewrite ln_div_pos in * by assumption.
      assert (a * (ln b - ln a) <= a * (b / a - 1)) by (apply Rmult_le_compat_l; lra).
      replace (a * (b / a - 1)) with (b - a) in H by (field; lra). lra.
    - rewrite <- ha; lra.
  Qed.

  Lemma kl_term_eq a b : 0 <= a -> 0 < b -> a * ln (a / b) = a - b -> a = b.
  Proof.
    intros [ha|ha] hb h; [|rewrite <- ha in *; lra].
    destruct (Req_dec (b / a) 1) as [h1|h1].
    - apply (Rmult_eq_compat_r a) in h1. replace (b / a * a) with b in h1 by (field; lra). lra.
    - exfalso. assert (k : ln (b / a) < b / a - 1) by (apply ln_lt_minus_1; [apply Rdiv_lt_0_compat; assumption|exact h1]).
      rewrite ln_div_pos in * by assumption.
      assert (a * (ln b - ln a) < a * (b / a - 1)) by (apply Rmult_lt_compat_l; lra).
      replace (a * (b / a - 1)) with (b - a) in H by (field; lra). lra.
  Qed.

  (** Gibbs' inequality. *)
  Lemma kl_nonneg p q : is_dist p -> is_full q -> 0 <= kl p q.
  Proof.
    intros [hp sp] [hq sq]. replace 0 with (Sum (fun y => p y - q y)) by (rewrite Sum_minus; lra).
    apply Sum_le; intros y; apply kl_term_ge; auto.
  Qed.

  Lemma kl_zero p q : is_dist p -> is_full q -> kl p q = 0 -> forall y, p y = q y.
  Proof.
    intros [hp sp] [hq sq] h y. apply kl_term_eq; [apply hp|apply hq|].
    assert (k : forall y, p y * ln (p y / q y) - (p y - q y) = 0).
    { apply Sum_zero_all.
      - intros z. generalize (kl_term_ge (p z) (q z) (hp z) (hq z)); lra.
      - rewrite Sum_minus, Sum_minus. unfold kl, E in h. lra. }
    specialize (k y); lra.
  Qed.

  Lemma kl_refl p : is_full p -> kl p p = 0.
  Proof.
    intros [hp _]. unfold kl, E. rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero|].
    intros y. specialize (hp y). unfold Rdiv; rewrite Rinv_r, ln_1 by lra; lra.
  Qed.

End Divergence.
