(** * Expectation as a functional

    Any set [X] of prompts, with any notion of expectation: a normalised positive linear functional
    on a space of integrable functions that holds the constants.  A law on a finite set, a law on a
    countable set and an integral against a probability measure are such functionals; nothing else
    of measure theory is needed for the one-round bounds of the paper.  Here: Markov, Jensen for
    [1/u] and [log], Cauchy-Schwarz, each asking that the functions in it be integrable. *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Finite.Sum Finite.Space.
Open Scope R_scope.

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
    rewrite (mean_scal _ M c (fun _ => 1)), mean_one by apply integrable_const. ring.
  Qed.

  Lemma integrable_minus f g : integrable M f -> integrable M g -> integrable M (fun x => f x - g x).
  Proof.
    intros hf hg. apply (integrable_ext _ M (fun x => f x + -1 * g x)); [intros; ring|].
    apply integrable_plus; [exact hf|]. apply integrable_scal, hg.
  Qed.

  Lemma mean_minus f g : integrable M f -> integrable M g -> mean M (fun x => f x - g x) = mean M f - mean M g.
  Proof.
    intros hf hg. rewrite (mean_ext _ (fun x => f x + -1 * g x));
      [|intros; ring|apply integrable_minus; assumption].
    rewrite (mean_plus _ M f (fun x => -1 * g x)), mean_scal by (assumption || apply integrable_scal, hg). ring.
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
