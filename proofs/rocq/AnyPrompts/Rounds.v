(** Sections 4 and 5 over any set of prompts. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Hierarchy Series Rcomplements.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.OneStep Iteration.Rounds.
Open Scope R_scope.

(** * Expectation as a functional

    Any set [X] of prompts, with any notion of expectation: a normalised positive linear functional
    on a space of integrable functions that holds the constants.  A law on a finite set, a law on a
    countable set and an integral against a probability measure are such functionals; nothing else
    of measure theory is needed for the one-round bounds of the paper.  Here: Markov, Jensen for
    [1/u] and [log], Cauchy-Schwarz, each asking that the functions in it be integrable. *)

(** A normalised positive linear functional. *)
Record expectation (X : Type) : Type := Expectation {
  integrable : (X -> R) -> Prop;
  mean : (X -> R) -> R;
  integrable_ext : forall f g, (forall x, f x = g x) -> integrable f -> integrable g;
  integrable_const : forall c, integrable (fun _ => c);
  integrable_plus : forall f g, integrable f -> integrable g -> integrable (fun x => f x + g x);
  integrable_scal : forall c f, integrable f -> integrable (fun x => c * f x);
  mean_one : mean (fun _ => 1) = 1;
  mean_plus : forall f g, integrable f -> integrable g -> mean (fun x => f x + g x) = mean f + mean g;
  mean_scal : forall c f, integrable f -> mean (fun x => c * f x) = c * mean f;
  mean_le : forall f g, integrable f -> integrable g -> (forall x, f x <= g x) -> mean f <= mean g
}.

Arguments integrable {X}.
Arguments mean {X}.

Section Facts.
  Context {X : Type} (M : expectation X).
  Implicit Types f g h : X -> R.

  Lemma mean_ext f g : (forall x, f x = g x) -> integrable M f -> mean M f = mean M g.
  Proof.
    intros e hf. assert (hg : integrable M g) by (apply (integrable_ext _ M f); assumption).
    apply Rle_antisym; apply mean_le; (assumption || (intros x; rewrite e; right; reflexivity)).
  Qed.

  Lemma mean_const c : mean M (fun _ => c) = c.
  Proof.
    rewrite <- (mean_ext (fun _ => c * 1)) by (intros; ring || apply integrable_const).
    rewrite (mean_scal _ M c (fun _ => 1)), mean_one by apply integrable_const. lra.
  Qed.

  Lemma integrable_minus f g : integrable M f -> integrable M g -> integrable M (fun x => f x - g x).
  Proof.
    intros hf hg. apply (integrable_ext _ M (fun x => f x + -1 * g x)); [intros; lra|].
    apply integrable_plus; [exact hf|]. apply integrable_scal, hg.
  Qed.

  Lemma mean_minus f g : integrable M f -> integrable M g -> mean M (fun x => f x - g x) = mean M f - mean M g.
  Proof.
    intros hf hg. rewrite (mean_ext _ (fun x => f x + -1 * g x));
      [|intros; lra|apply integrable_minus; assumption].
    rewrite (mean_plus _ M f (fun x => -1 * g x)), mean_scal by (assumption || apply integrable_scal, hg). lra.
  Qed.

  (** An affine function of an integrable one. *)
  Lemma integrable_affine a b f : integrable M f -> integrable M (fun x => a + b * f x).
  Proof.
    intros hf. apply (integrable_plus _ M (fun _ => a)); [apply integrable_const|apply integrable_scal, hf].
  Qed.

  Lemma mean_affine a b f : integrable M f -> mean M (fun x => a + b * f x) = a + b * mean M f.
  Proof.
    intros hf. rewrite (mean_plus _ M (fun _ => a)), mean_const, mean_scal
      by (exact hf || apply integrable_const || apply integrable_scal, hf). reflexivity.
  Qed.

  Lemma mean_nonneg f : integrable M f -> (forall x, 0 <= f x) -> 0 <= mean M f.
  Proof. intros hf h. rewrite <- (mean_const 0). apply mean_le; [apply integrable_const|exact hf|exact h]. Qed.

  (** ** Inequalities *)

  (** Markov. *)
  Lemma mean_markov f t : integrable M f -> integrable M (fun x => ind (t <= f x)) -> (forall x, 0 <= f x) -> 0 < t ->
    mean M (fun x => ind (t <= f x)) <= mean M f / t.
  Proof.
    intros hf hi h ht. apply (Rmult_le_reg_l t); [exact ht|].
    replace (t * (mean M f / t)) with (mean M f) by (field; lra).
    rewrite <- (mean_scal _ M) by exact hi. apply mean_le; [apply integrable_scal, hi|exact hf|].
    intros x. unfold ind. destruct (decide _) as [k|_]; [lra|]. specialize (h x); lra.
  Qed.

  (** Jensen for the inverse, by its tangent at the mean. *)
  Lemma mean_jensen_inv f : integrable M f -> integrable M (fun x => / f x) -> (forall x, 0 < f x) ->
    0 < mean M f -> / mean M f <= mean M (fun x => / f x).
  Proof.
    intros hf hi h hm. set (m := mean M f) in *.
    assert (ht := integrable_affine (2 / m) (- (/ m * / m)) f hf).
    apply Rle_trans with (mean M (fun x => 2 / m + - (/ m * / m) * f x)).
    - rewrite mean_affine by exact hf. fold m. right. field. lra.
    - apply mean_le; [exact ht|exact hi|]. intros x. specialize (h x). set (u := f x) in *.
      apply (Rmult_le_reg_r (u * (m * m))); [repeat apply Rmult_lt_0_compat; assumption|].
      replace (/ u * (u * (m * m))) with (m * m) by (field; lra).
      replace ((2 / m + - (/ m * / m) * u) * (u * (m * m))) with (2 * m * u - u * u) by (field; lra).
      generalize (pow2_ge_0 (m - u)). lra.
  Qed.

  (** Jensen for the logarithm, likewise. *)
  Lemma mean_jensen_ln f : integrable M f -> integrable M (fun x => ln (f x)) -> (forall x, 0 < f x) ->
    0 < mean M f -> mean M (fun x => ln (f x)) <= ln (mean M f).
  Proof.
    intros hf hl h hm. set (m := mean M f) in *.
    assert (ht := integrable_affine (ln m - 1) (/ m) f hf).
    apply Rle_trans with (mean M (fun x => (ln m - 1) + / m * f x)).
    - apply mean_le; [exact hl|exact ht|]. intros x. specialize (h x).
      assert (k := ln_le_minus_1 (f x / m) (Rdiv_lt_0_compat _ _ h hm)). rewrite ln_div_pos in k by assumption.
      unfold Rdiv in k. lra.
    - rewrite mean_affine by exact hf. fold m. right. field. lra.
  Qed.

  (** [sqrt a sqrt b <= (t a + b / t) / 2]. *)
  Lemma weighted_mean_ge a b t : 0 <= a -> 0 <= b -> 0 < t -> 2 * (sqrt a * sqrt b) <= t * a + / t * b.
  Proof.
    intros ha hb ht. assert (ea := sqrt_sqrt a ha). assert (eb := sqrt_sqrt b hb).
    set (u := sqrt a) in *. set (v := sqrt b) in *. rewrite <- ea, <- eb.
    apply (Rmult_le_reg_l t); [exact ht|].
    replace (t * (t * (u * u) + / t * (v * v))) with (t * u * (t * u) + v * v) by (field; lra).
    generalize (pow2_ge_0 (t * u - v)). lra.
  Qed.

  (** What lies below [(t a + b / t) / 2] for every [t > 0] lies below the geometric mean. *)
  Lemma le_geometric_mean (a b c : R) : 0 <= a -> 0 <= b -> (forall t, 0 < t -> 2 * c <= t * a + / t * b) ->
    c <= sqrt a * sqrt b.
  Proof.
    intros ha hb hall. destruct (Rle_dec c (sqrt a * sqrt b)) as [k|k]; [exact k|exfalso].
    apply Rnot_le_lt in k. assert (pa := sqrt_pos a). assert (pb := sqrt_pos b).
    assert (h0 : 0 < c) by (assert (0 <= sqrt a * sqrt b) by (apply Rmult_le_pos; assumption); lra).
    destruct (Req_dec a 0) as [->|na].
    - specialize (hall ((b + 1) / c) ltac:(apply Rdiv_lt_0_compat; lra)).
      replace (/ ((b + 1) / c) * b) with (c * (b / (b + 1))) in hall by (field; lra).
      assert (b / (b + 1) < 1) by (apply (Rmult_lt_reg_r (b + 1)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra).
      nra.
    - assert (a0 : 0 < a) by lra. assert (sa := sqrt_lt_R0 a a0).
      destruct (Req_dec b 0) as [->|nb].
      + specialize (hall (c / a) ltac:(apply Rdiv_lt_0_compat; lra)).
        replace (c / a * a) with c in hall by (field; lra). lra.
      + assert (sb := sqrt_lt_R0 b ltac:(lra)).
        specialize (hall (sqrt b / sqrt a) ltac:(apply Rdiv_lt_0_compat; lra)).
        rewrite <- (sqrt_sqrt a ha) in hall at 2. rewrite <- (sqrt_sqrt b hb) in hall at 3.
        replace (sqrt b / sqrt a * (sqrt a * sqrt a)) with (sqrt a * sqrt b) in hall by (field; lra).
        replace (/ (sqrt b / sqrt a) * (sqrt b * sqrt b)) with (sqrt a * sqrt b) in hall by (field; lra).
        lra.
  Qed.

  (** Cauchy-Schwarz, for what lies below the product of two roots. *)
  Lemma mean_cauchy_schwarz h a b : integrable M h -> integrable M a -> integrable M b ->
    (forall x, 0 <= a x) -> (forall x, 0 <= b x) -> (forall x, h x <= sqrt (a x) * sqrt (b x)) ->
    mean M h <= sqrt (mean M a) * sqrt (mean M b).
  Proof.
    intros ih ia ib ha hb hle. apply le_geometric_mean; [apply mean_nonneg; assumption..|]. intros t ht.
    rewrite <- (mean_scal _ M 2 h ih), <- (mean_scal _ M t a ia), <- (mean_scal _ M (/ t) b ib).
    rewrite <- (mean_plus _ M) by (apply integrable_scal; assumption).
    apply mean_le; [apply integrable_scal, ih|apply integrable_plus; apply integrable_scal; assumption|].
    intros x. generalize (weighted_mean_ge (a x) (b x) t (ha x) (hb x) ht) (hle x). lra.
  Qed.

End Facts.

(** ** A law on a finite set *)

Program Definition finite_expectation {X : Type} {FX : FiniteType X} (D : X -> R) (hD : is_dist D) : expectation X :=
  Expectation X (fun _ => True) (E D) _ _ _ _ _ _ _ _.
Next Obligation. apply E_const, hD. Qed.
Next Obligation. apply E_plus. Qed.
Next Obligation. apply E_scal. Qed.
Next Obligation. apply E_le; [apply hD|assumption]. Qed.

(** * Countably many prompts

    A law on the naturals gives an expectation on the bounded functions. *)

Section Countable.
  Variable w : nat -> R.
  Hypothesis hw : forall k, 0 <= w k.
  Hypothesis hs : is_series w 1.

  Definition bounded (f : nat -> R) : Prop := exists B, forall k, Rabs (f k) <= B.

  Definition weighted_sum (f : nat -> R) : R := Series (fun k => w k * f k).

  Lemma weighted_converges f : bounded f -> ex_series (fun k => w k * f k).
  Proof.
    intros [B hB]. apply (ex_series_le (V := R_CompleteNormedModule) _ (fun k => w k * B)).
    - intros k. change (norm (w k * f k)) with (Rabs (w k * f k)). rewrite Rabs_mult, (Rabs_pos_eq (w k)) by apply hw.
      apply Rmult_le_compat_l; [apply hw|apply hB].
    - apply ex_series_scal_r. exists 1. exact hs.
  Qed.

  Lemma bounded_ext f g : (forall k, f k = g k) -> bounded f -> bounded g.
  Proof. intros e [B h]. exists B. intros k. rewrite <- e. apply h. Qed.

  Lemma bounded_const c : bounded (fun _ => c).
  Proof. exists (Rabs c). intros; right; reflexivity. Qed.

  Lemma bounded_plus f g : bounded f -> bounded g -> bounded (fun k => f k + g k).
  Proof.
    intros [B h] [C k]. exists (B + C). intros x. eapply Rle_trans; [apply Rabs_triang|].
    apply Rplus_le_compat; auto.
  Qed.

  Lemma bounded_scal c f : bounded f -> bounded (fun k => c * f k).
  Proof.
    intros [B h]. exists (Rabs c * B). intros x. rewrite Rabs_mult.
    apply Rmult_le_compat_l; [apply Rabs_pos|apply h].
  Qed.

  Lemma weighted_one : weighted_sum (fun _ => 1) = 1.
  Proof.
    unfold weighted_sum. rewrite (Series_ext _ w) by (intros; lra). apply is_series_unique, hs.
  Qed.

  Lemma weighted_plus f g : bounded f -> bounded g ->
    weighted_sum (fun k => f k + g k) = weighted_sum f + weighted_sum g.
  Proof.
    intros hf hg. unfold weighted_sum. rewrite <- Series_plus by (apply weighted_converges; assumption).
    apply Series_ext; intros; lra.
  Qed.

  Lemma weighted_scal c f : bounded f -> weighted_sum (fun k => c * f k) = c * weighted_sum f.
  Proof.
    intros _. unfold weighted_sum. rewrite <- Series_scal_l. apply Series_ext; intros; lra.
  Qed.

  Lemma weighted_le f g : bounded f -> bounded g -> (forall k, f k <= g k) -> weighted_sum f <= weighted_sum g.
  Proof.
    intros hf hg h.
    assert (hd : bounded (fun k => g k + -1 * f k)) by (apply bounded_plus; [exact hg|apply bounded_scal, hf]).
    assert (h0 : Series (fun k => 0 * w k) <= weighted_sum (fun k => g k + -1 * f k)).
    { apply Series_le; [|apply weighted_converges, hd]. intros k. rewrite Rmult_0_l. split; [right; reflexivity|].
      apply Rmult_le_pos; [apply hw|]. specialize (h k); lra. }
    rewrite Series_scal_l, Rmult_0_l in h0.
    rewrite (weighted_plus g (fun k => -1 * f k) hg (bounded_scal (-1) f hf)), (weighted_scal (-1) f hf) in h0.
    lra.
  Qed.

  Definition countable_expectation : expectation nat :=
    Expectation nat bounded weighted_sum bounded_ext bounded_const bounded_plus bounded_scal
      weighted_one weighted_plus weighted_scal weighted_le.

End Countable.

(** The geometric law [2^-(k+1)]. *)
Definition halving (k : nat) : R := (1 / 2) ^ S k.

Lemma halving_nonneg k : 0 <= halving k.
Proof. apply pow_le; lra. Qed.

Lemma halving_sum : is_series halving 1.
Proof.
  assert (q : Rabs (1 / 2) < 1) by (rewrite Rabs_pos_eq; lra).
  replace 1 with (1 / 2 * (/ (1 - 1 / 2))) by lra.
  exact (is_series_scal_l (1 / 2) _ _ (is_series_geom (1 / 2) q)).
Qed.

Definition geometric : expectation nat := countable_expectation halving halving_nonneg halving_sum.

(** * One round over any set of prompts

    The bounds of section 5 that do not look at how prompts are drawn, for any set [X] of prompts
    and any expectation over it ([AnyPrompts.Expectation]), responses finite: K01, K02, C02, C03, C08,
    C16, C26, and from them one round of the iteration, C27, on the event that the learner's reward
    differences have mean squared error at most [e^2].

    At one prompt they are the finite theorems; the mean over prompts needs positivity alone. *)

Section Definitions.
  Context {X Y : Type} {FY : FiniteType Y}.
  Implicit Types base hat pi : policy X Y.

  (** [kappa(pi) = E_x [1 / max_y pi(y|x)]]. *)
  Definition mean_kappa (M : expectation X) pi : R := mean M (fun x => / Max (pi x)).

  (** The gap of the value at one prompt, [log base(y*|x) - E_{y ~ pi} log base(y|x)]. *)
  Definition value_gap base pi (x : X) : R := ln (Max (base x)) - E (pi x) (fun y => ln (base x y)).

  (** [E_{y ~ pi, y' ~ base} f] at one prompt. *)
  Definition pair_mean base pi (f : X -> Y -> Y -> R) (x : X) : R :=
    E (pi x) (fun y => E (base x) (fun y' => f x y y')).

  (** The concentrability at one prompt, [sum_y pi^2 / base]. *)
  Definition conc_at base pi (x : X) : R := Sum (fun y => pi x y ^ 2 / base x y).

  (** The error of the learned reward differences, [Delta^r - Delta^{r^}] for [r = log base] and
      [r^ = beta log (hat / base)]. *)
  Definition difference_error (beta : R) base hat : X -> Y -> Y -> R := fun x y y' =>
    Delta (fun x y => ln (base x y)) x y y' - Delta (implicit_reward beta base hat) x y y'.

End Definitions.

Section OnePrompt.
  (** A policy at one prompt is a policy over one prompt. *)
  Context {X Y : Type} {FY : FiniteType Y}.
  Implicit Types base hat pi : policy X Y.

  Let at_prompt (pi : policy X Y) (x : X) : policy unit Y := fun _ => pi x.
  Let sure : unit -> R := dirac tt.

  Lemma sure_dist : is_dist sure.
  Proof. apply dirac_dist. Qed.

  Lemma E_sure f : E sure f = f tt.
  Proof. apply E_dirac. Qed.

  Lemma gap_to_mass_at base pi gamma x : 0 < gamma -> has_margin gamma base -> is_dist (pi x) ->
    gamma * (1 - pi x (mode base x)) <= value_gap base pi x.
  Proof.
    intros hg hm hp.
    assert (h := C02_gap_to_mass sure sure_dist (at_prompt base x) (at_prompt pi x) gamma hg
                   (fun _ y => hm x y) (fun _ => hp)).
    unfold missed_mass, J, comparator in h. rewrite E1_point in h. unfold E1 in h. rewrite !E_sure in h.
    apply (Rmult_le_compat_l gamma) in h; [|lra].
    replace (gamma * ((ln (at_prompt base x tt (mode (at_prompt base x) tt)) -
      E (at_prompt pi x tt) (fun y => ln (at_prompt base x tt y))) / gamma))
      with (value_gap base pi x) in h; [exact h|].
    unfold value_gap, Max, at_prompt, mode. field. lra.
  Qed.

  Lemma pair_mean_le_at base pi f x : is_full (base x) -> is_dist (pi x) ->
    pair_mean base pi f x <=
      sqrt (conc_at base pi x) * sqrt (pair_mean base base (fun x y y' => f x y y' ^ 2) x).
  Proof.
    intros hb hp.
    assert (h := C08_lemma_C2 sure sure_dist (at_prompt base x) (at_prompt pi x) (fun _ => f x)
                   (fun _ => hb) (fun _ => hp)).
    unfold E2, conc in h. rewrite !E_sure in h. exact h.
  Qed.

  Lemma gap_decomposition_at base hat star beta x : 0 <= beta -> is_full (base x) -> is_full (hat x) ->
    is_dist (star x) ->
    E (star x) (fun y => ln (base x y)) - E (hat x) (fun y => ln (base x y)) <=
      pair_mean base star (fun x y y' => Rabs (difference_error beta base hat x y y')) x +
      pair_mean base hat (fun x y y' => Rabs (difference_error beta base hat x y y')) x +
      beta * kl (star x) (base x).
  Proof.
    intros hbeta hb hh hs.
    assert (h := C06_gap_decomposition sure sure_dist (at_prompt base x) (at_prompt hat x) (at_prompt star x) beta
                   hbeta (fun _ => hb) (fun _ => hh) (fun _ => hs)).
    unfold J, E1, reward_error, E2, KL in h. rewrite !E_sure in h. exact h.
  Qed.

  Lemma kl_comparator_at base x : kl (comparator base x) (base x) = ln (/ Max (base x)).
  Proof.
    unfold kl, comparator, point_policy. rewrite E_dirac. unfold dirac. rewrite ind_true by reflexivity.
    unfold Rdiv. rewrite Rmult_1_l. reflexivity.
  Qed.

  Lemma conc_comparator_at base x : conc_at base (comparator base) x = / Max (base x).
  Proof.
    change (/ Max (base x)) with (/ base x (mode base x)).
    rewrite <- (Sum_pick (fun y => / base x y) (mode base x)). apply Sum_ext; intros y.
    unfold comparator, point_policy, dirac. simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  Lemma conc_at_nonneg base pi x : is_full (base x) -> 0 <= conc_at base pi x.
  Proof.
    intros [hb _]. apply Sum_nonneg; intros y.
    apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hb].
  Qed.

  Lemma pair_mean_nonneg base pi f x : is_full (base x) -> is_dist (pi x) -> (forall x y y', 0 <= f x y y') ->
    0 <= pair_mean base pi f x.
  Proof.
    intros hb hp h. apply E_nonneg; [apply hp|]. intros y. apply E_nonneg; [|intros; apply h].
    apply (is_full_dist _ hb).
  Qed.

End OnePrompt.

Section AnyPrompts.
  Context {X Y : Type} {FY : FiniteType Y} (M : expectation X).
  Implicit Types base hat pi : policy X Y.

  (** K01: [1 <= kappa(pi) <= N]. *)
  Theorem K01_range_any_prompts pi : is_policy pi -> integrable M (fun x => / Max (pi x)) ->
    1 <= mean_kappa M pi <= card Y.
  Proof.
    intros hp hi; split.
    - rewrite <- (mean_const M 1). apply mean_le; [apply integrable_const|exact hi|].
      intros x; apply inv_Max_ge_1, hp.
    - rewrite <- (mean_const M (card Y)). apply mean_le; [exact hi|apply integrable_const|].
      intros x; apply inv_Max_le_card, hp.
  Qed.

  (** K01: [kappa(pi) >= 1 / E_x max_y pi]. *)
  Theorem K01_mean_maximum_any_prompts pi : is_policy pi -> integrable M (fun x => / Max (pi x)) ->
    integrable M (fun x => Max (pi x)) -> / mean M (fun x => Max (pi x)) <= mean_kappa M pi.
  Proof.
    intros hp hi hm. apply mean_jensen_inv; [exact hm|exact hi|intros; apply Max_policy_pos, hp|].
    assert (hc := @card_ge_1 Y FY).
    apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; lra|].
    rewrite <- (mean_const M (/ card Y)). apply mean_le; [apply integrable_const|exact hm|]. intros x.
    assert (h := card_Max_ge_1 pi x hp). apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra.
  Qed.

  (** K02: a constant mode. *)
  Theorem K02_any_prompts pi m eta : 0 < m -> -1 < eta -> (forall x, Max (pi x) = (1 + eta) / m) ->
    mean_kappa M pi = m / (1 + eta).
  Proof.
    intros hm he h. unfold mean_kappa. rewrite <- (mean_const M (m / (1 + eta))).
    symmetry. apply mean_ext; [|apply integrable_const]. intros x. rewrite h. field; lra.
  Qed.

  Lemma integrable_missed base pi : integrable M (fun x => pi x (mode base x)) ->
    integrable M (fun x => 1 - pi x (mode base x)).
  Proof. apply (integrable_minus M (fun _ => 1)), integrable_const. Qed.

  (** C02: [E_x [1 - pi(y*|x)] <= (J(pistar) - J(pi)) / gamma]. *)
  Theorem C02_any_prompts base pi gamma : 0 < gamma -> has_margin gamma base -> (forall x, is_dist (pi x)) ->
    integrable M (fun x => pi x (mode base x)) -> integrable M (value_gap base pi) ->
    mean M (fun x => 1 - pi x (mode base x)) <= mean M (value_gap base pi) / gamma.
  Proof.
    intros hg hm hp hi hv. apply (Rmult_le_reg_l gamma); [exact hg|].
    replace (gamma * (mean M (value_gap base pi) / gamma)) with (mean M (value_gap base pi)) by (field; lra).
    assert (hi' := integrable_missed base pi hi).
    rewrite <- (mean_scal _ M) by exact hi'. apply mean_le; [apply integrable_scal, hi'|exact hv|].
    intros x. apply gap_to_mass_at; auto.
  Qed.

  (** C03 (Lemma C.1): [P_x (pi(y*|x) <= 1 - d) <= (J(pistar) - J(pi)) / (gamma d)]. *)
  Theorem C03_any_prompts base pi gamma d : 0 < gamma -> has_margin gamma base -> (forall x, is_dist (pi x)) -> 0 < d ->
    integrable M (fun x => pi x (mode base x)) -> integrable M (value_gap base pi) ->
    integrable M (fun x => ind (pi x (mode base x) <= 1 - d)) ->
    mean M (fun x => ind (pi x (mode base x) <= 1 - d)) <= mean M (value_gap base pi) / (gamma * d).
  Proof.
    intros hg hm hp hd hi hv hk.
    assert (e : forall x, ind (pi x (mode base x) <= 1 - d) = ind (d <= 1 - pi x (mode base x)))
      by (intros x; apply ind_iff; split; intros; lra).
    assert (hi' := integrable_missed base pi hi).
    rewrite (mean_ext M _ (fun x => ind (d <= 1 - pi x (mode base x))) e hk).
    eapply Rle_trans; [apply mean_markov; [exact hi'|apply (integrable_ext _ M _ _ e hk)| |exact hd]|].
    - intros x. generalize (dist_le_1 (pi x) (mode base x) (hp x)); lra.
    - replace (mean M (value_gap base pi) / (gamma * d)) with (mean M (value_gap base pi) / gamma / d) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hd|]. apply C02_any_prompts; assumption.
  Qed.

  (** C08 (Lemma C.2): [E_{pi,base} f <= sqrt C(pi) sqrt (E_{base,base} f^2)]. *)
  Theorem C08_any_prompts base pi f : is_policy base -> (forall x, is_dist (pi x)) ->
    integrable M (pair_mean base pi f) -> integrable M (conc_at base pi) ->
    integrable M (pair_mean base base (fun x y y' => f x y y' ^ 2)) ->
    mean M (pair_mean base pi f) <=
      sqrt (mean M (conc_at base pi)) * sqrt (mean M (pair_mean base base (fun x y y' => f x y y' ^ 2))).
  Proof.
    intros hb hp h1 h2 h3. apply mean_cauchy_schwarz; [assumption..| | |].
    - intros x; apply conc_at_nonneg, hb.
    - intros x; apply pair_mean_nonneg; [apply hb|apply is_full_dist, hb|]. intros; apply pow2_ge_0.
    - intros x; apply pair_mean_le_at; [apply hb|apply hp].
  Qed.

  (** C16: [KL(pistar || base) <= log kappa]. *)
  Theorem C16_any_prompts base : is_policy base -> integrable M (fun x => / Max (base x)) ->
    integrable M (fun x => kl (comparator base x) (base x)) ->
    mean M (fun x => kl (comparator base x) (base x)) <= ln (mean_kappa M base).
  Proof.
    intros hb hk hl. rewrite (mean_ext M _ (fun x => ln (/ Max (base x)))); [|apply kl_comparator_at|exact hl].
    apply mean_jensen_ln; [exact hk| |intros; apply Rinv_0_lt_compat, Max_policy_pos, hb|].
    - exact (integrable_ext _ M _ _ (kl_comparator_at base) hl).
    - generalize (K01_range_any_prompts base hb hk). unfold mean_kappa. lra.
  Qed.

  (** C26: [kappa(pi) <= 1 + E_x [1 - pi(y*|x)] / c] with the weak [c]. *)
  Theorem C26_any_prompts base pi c : is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
    integrable M (fun x => / Max (pi x)) -> integrable M (fun x => pi x (mode base x)) ->
    mean_kappa M pi <= 1 + mean M (fun x => 1 - pi x (mode base x)) / c.
  Proof.
    intros hp hc h hk hi.
    assert (hi' := integrable_missed base pi hi).
    replace (1 + mean M (fun x => 1 - pi x (mode base x)) / c)
      with (mean M (fun x => 1 + / c * (1 - pi x (mode base x)))).
    - apply mean_le; [exact hk|apply integrable_affine, hi'|].
      intros x. rewrite (Rmult_comm (/ c)). eapply Rle_trans.
      + apply (inverse_linear c); [exact hc|]. split; [apply h|apply Max_policy_le_1, hp].
      + apply Rplus_le_compat_l. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hc|].
        generalize (Max_ge (pi x) (mode base x)); lra.
    - rewrite mean_affine by exact hi'. unfold Rdiv; lra.
  Qed.

  (** What is asked of one round: the learned policy [hat] keeps the weak [c] and A-CONC, its reward
      differences are off by [e] in quadratic mean, and the quantities involved have a mean. *)
  Record any_round (beta c e : R) base hat : Prop := {
    round_weak : forall x, c <= Max (hat x);
    round_concentrability : mean M (conc_at base hat) <= mean_kappa M base;
    round_error : mean M (pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2)) <= e ^ 2;
    round_error_integrable :
      integrable M (pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2));
    round_mode_error_integrable :
      integrable M (pair_mean base (comparator base) (fun x y y' => Rabs (difference_error beta base hat x y y')));
    round_hat_error_integrable :
      integrable M (pair_mean base hat (fun x y y' => Rabs (difference_error beta base hat x y y')));
    round_concentrability_integrable : integrable M (conc_at base hat);
    round_divergence_integrable : integrable M (fun x => kl (comparator base x) (base x));
    round_gap_integrable : integrable M (value_gap base hat);
    round_mass_integrable : integrable M (fun x => hat x (mode base x));
    round_base_kappa_integrable : integrable M (fun x => / Max (base x));
    round_kappa_integrable : integrable M (fun x => / Max (hat x))
  }.

  (** C19: [J(pistar) - J(hat) <= (2 e + beta) sqrt kappa]. *)
  Theorem C19_any_prompts beta c e base hat : 0 <= beta -> 0 <= e -> is_policy base -> is_policy hat ->
    any_round beta c e base hat ->
    mean M (value_gap base hat) <= (2 * e + beta) * sqrt (mean_kappa M base).
  Proof.
    intros hbeta he hb hh H.
    destruct (K01_range_any_prompts base hb (round_base_kappa_integrable _ _ _ _ _ H)) as [hk1 _].
    assert (hkl : mean M (fun x => kl (comparator base x) (base x)) <= sqrt (mean_kappa M base)).
    { eapply Rle_trans; [apply C16_any_prompts; [exact hb|apply H|apply H]|apply log_le_sqrt, hk1]. }
    set (f := fun x y y' => Rabs (difference_error beta base hat x y y')).
    assert (hff : forall x, pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2) x =
                            pair_mean base base (fun x y y' => f x y y' ^ 2) x).
    { intros x. apply E_ext; intros y; apply E_ext; intros y'. unfold f. rewrite pow2_abs. reflexivity. }
    assert (hif : integrable M (pair_mean base base (fun x y y' => f x y y' ^ 2)))
      by exact (integrable_ext _ M _ _ hff (round_error_integrable _ _ _ _ _ H)).
    assert (hroot : sqrt (mean M (pair_mean base base (fun x y y' => f x y y' ^ 2))) <= e).
    { rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt.
      rewrite <- (mean_ext M _ _ hff) by apply H. apply H. }
    assert (hd : forall x, is_dist (comparator base x)) by (intros x; apply dirac_dist).
    assert (hs1 : mean M (pair_mean base (comparator base) f) <= sqrt (mean_kappa M base) * e).
    { assert (hc : integrable M (conc_at base (comparator base))).
      { apply (integrable_ext _ M (fun x => / Max (base x))); [|apply H]. intros x; symmetry; apply conc_comparator_at. }
      eapply Rle_trans; [apply C08_any_prompts; [exact hb|exact hd|apply H|exact hc|exact hif]|].
      rewrite (mean_ext M _ _ (conc_comparator_at base) hc).
      apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos|right; reflexivity|exact hroot]. }
    assert (hs2 : mean M (pair_mean base hat f) <= sqrt (mean_kappa M base) * e).
    { eapply Rle_trans; [apply C08_any_prompts; [exact hb|intros x; apply is_full_dist, hh|apply H|apply H|exact hif]|].
      apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos| |exact hroot].
      apply sqrt_le_1_alt, H. }
    assert (hdiv := round_divergence_integrable _ _ _ _ _ H).
    assert (i1 := round_mode_error_integrable _ _ _ _ _ H).
    assert (i2 := round_hat_error_integrable _ _ _ _ _ H).
    apply Rle_trans with (mean M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x +
                                           beta * kl (comparator base x) (base x))).
    - apply mean_le; [apply H| |].
      + apply (integrable_plus _ M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x));
          [apply integrable_plus; assumption|apply integrable_scal, hdiv].
      + intros x. assert (h := gap_decomposition_at base hat (comparator base) beta x hbeta (hb x) (hh x) (hd x)).
        unfold comparator at 1, point_policy in h. rewrite E_dirac in h. exact h.
    - rewrite (mean_plus _ M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x)),
        (mean_plus _ M (pair_mean base (comparator base) f)), mean_scal
        by (assumption || apply integrable_scal, hdiv || (apply integrable_plus; assumption)).
      assert (beta * mean M (fun x => kl (comparator base x) (base x)) <= beta * sqrt (mean_kappa M base))
        by (apply Rmult_le_compat_l; assumption).
      lra.
  Qed.

  (** C27: [kappa(hat) <= 1 + ((2 e + beta) / (gamma c)) sqrt kappa(base)]. *)
  Theorem C27_any_prompts beta gamma c e base hat : 0 <= beta -> 0 <= e -> 0 < gamma -> 0 < c ->
    is_policy base -> is_policy hat -> has_margin gamma base -> any_round beta c e base hat ->
    mean_kappa M hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (mean_kappa M base).
  Proof.
    intros hbeta he hg hc hb hh hm H.
    eapply Rle_trans; [apply (C26_any_prompts base hat c); [exact hh|exact hc|apply H|apply H|apply H]|].
    apply Rplus_le_compat_l.
    replace ((2 * e + beta) / (gamma * c) * sqrt (mean_kappa M base))
      with ((2 * e + beta) * sqrt (mean_kappa M base) / gamma / c) by (field; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hc|].
    eapply Rle_trans; [apply (C02_any_prompts base hat gamma); [exact hg|exact hm| |apply H|apply H]|].
    - intros x; apply is_full_dist, hh.
    - apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hg|]. apply (C19_any_prompts beta c); assumption.
  Qed.

End AnyPrompts.

(** * Rounds over any set of prompts

    Theorem 5.3 on the event that every round is good (C27 to C34), for any set of prompts and any
    expectation over it: kappa forgets its start geometrically, and the policy base-fails with
    probability at most [(2/gamma) (2 e + beta) (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)

Section Rounds.
  Context {X Y : Type} {FY : FiniteType Y} (M : expectation X).
  Variables (beta gamma c e : R) (T : nat) (p : nat -> policy X Y).
  Hypothesis hbeta : 0 < beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hT : (0 < T)%nat.
  Hypothesis hp : forall t, is_policy (p t).
  Hypothesis hmargin : forall t, (t < T)%nat -> has_margin gamma (p t).
  Hypothesis hround : forall t, (t < T)%nat -> any_round M beta c e (p t) (p (S t)).

  Let b : R := (2 * e + beta) / (gamma * c).

  Lemma any_slope_pos : 0 < b.
  Proof. unfold b. apply Rdiv_lt_0_compat; [lra|]. apply Rmult_lt_0_compat; assumption. Qed.

  Lemma any_kappa_pos t : (t < T)%nat -> 1 <= mean_kappa M (p t).
  Proof. intros h. apply K01_range_any_prompts; [apply hp|apply (hround t h)]. Qed.

  Lemma any_excess t : (t <= T)%nat ->
    Rmax (mean_kappa M (p t) - kappa_star b) 0 <= contraction b ^ t * Rmax (mean_kappa M (p O) - kappa_star b) 0.
  Proof.
    assert (hb := any_slope_pos). induction t as [|t ih]; intros h; [simpl; lra|].
    assert (hk := any_kappa_pos t ltac:(lia)).
    eapply Rle_trans; [apply (excess_step b (mean_kappa M (p t)));
      [lra|lra|apply (C27_any_prompts M beta gamma c e); auto; try lra; apply hmargin; lia]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range; lra|apply ih; lia].
  Qed.

  (** C31: the condition number after [T] rounds. *)
  Theorem C31_any_prompts :
    mean_kappa M (p T) <= kappa_star b + contraction b ^ T * Rmax (mean_kappa M (p O) - kappa_star b) 0.
  Proof.
    generalize (any_excess T ltac:(lia)), (Rmax_l (mean_kappa M (p T) - kappa_star b) 0). lra.
  Qed.

  (** C34: base failure after [T] rounds. *)
  Theorem C34_any_prompts :
    integrable M (fun x => ind (p T x (mode (p (T - 1)%nat) x) <= 1 / 2)) ->
    integrable M (fun x => ind (Max (p T x) <= 1 / 2)) ->
    mean M (fun x => ind (Max (p T x) <= 1 / 2)) <=
      2 / gamma * (2 * e + beta) *
      (sqrt (kappa_star b) + sqrt (contraction b ^ (T - 1)) * sqrt (mean_kappa M (p O))).
  Proof.
    intros i1 i2. assert (hb := any_slope_pos).
    set (t := (T - 1)%nat) in *. assert (ht : (t < T)%nat) by (unfold t; lia).
    assert (eT : T = S t) by (unfold t; lia).
    assert (R0 := hround t ht). rewrite <- eT in R0.
    assert (hk := any_kappa_pos t ht). assert (hk0 := any_kappa_pos 0 hT).
    assert (hex := any_excess t ltac:(lia)).
    assert (i3 : integrable M (fun x => ind (p T x (mode (p t) x) <= 1 - 1 / 2))).
    { apply (integrable_ext _ M (fun x => ind (p T x (mode (p t) x) <= 1 / 2))); [|exact i1].
      intros x; apply ind_iff; split; intros h; lra. }
    apply Rle_trans with (mean M (fun x => ind (p T x (mode (p t) x) <= 1 - 1 / 2))).
    { apply mean_le; [exact i2|exact i3|].
      intros x. apply ind_mono. intros h. generalize (Max_ge (p T x) (mode (p t) x)). lra. }
    eapply Rle_trans; [apply (C03_any_prompts M (p t) (p T) gamma (1 / 2));
      [exact hgamma|apply hmargin, ht|intros x; apply is_full_dist, hp|lra|apply R0|apply R0|exact i3]|].
    apply Rle_trans with (2 / gamma * (2 * e + beta) * sqrt (mean_kappa M (p t))).
    - replace (2 / gamma * (2 * e + beta) * sqrt (mean_kappa M (p t)))
        with ((2 * e + beta) * sqrt (mean_kappa M (p t)) / (gamma * (1 / 2))) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
      apply (C19_any_prompts M beta c e); (apply hp || lra || exact R0).
    - apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
      apply sqrt_after_rounds; lra.
  Qed.

End Rounds.
