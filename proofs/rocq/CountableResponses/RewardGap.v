(** * The gap of the value over countably many responses

    At one prompt, responses the naturals: the change of measure of Lemma C.2, the decomposition of the value
    gap, and from them the gap after a round on the concentration event. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions AnyPrompts.Expectation CountableResponses.Sums
  CountableResponses.Gibbs CountableResponses.SquareLoss CountableResponses.Iteration.
Open Scope R_scope.

(** [E_{y ~ p, y' ~ q} f]. *)
Definition pair_over (p q : nat -> R) (f : nat -> nat -> R) : R := mean_over p (fun y => mean_over q (f y)).

(** [C(p) = sum p^2/q]. *)
Definition concentrability (p q : nat -> R) : R := Series (fun y => p y ^ 2 / q y).

Definition concentrated (p q : nat -> R) : Prop := ex_series (fun y => p y ^ 2 / q y).

(** The error of the reward [log base] against the implicit reward of [hat], and its differences. *)
Definition countable_error (beta : R) (base hat : nat -> R) : nat -> R :=
  fun y => ln (base y) - beta * ln (hat y / base y).

Definition error_difference (beta : R) (base hat : nat -> R) : nat -> nat -> R :=
  fun y y' => countable_error beta base hat y - countable_error beta base hat y'.

Lemma mean_monotone p f g a b : is_law p -> (forall y, f y <= g y) -> is_series (fun y => p y * f y) a ->
  is_series (fun y => p y * g y) b -> a <= b.
Proof.
  intros hp h. apply sum_le. intros y. apply Rmult_le_compat_l; [apply hp|apply h].
Qed.

Lemma absolute_first p f : is_law p -> has_mean p (fun y => Rabs (f y)) -> has_mean p f.
Proof.
  intros hp h. apply ex_series_Rabs. apply (ex_series_ext (fun y => p y * Rabs (f y))); [|exact h].
  intros y. rewrite Rabs_mult, (Rabs_pos_eq (p y)) by apply hp. reflexivity.
Qed.

(** ** Change of measure *)

Lemma weighted_square a b u t : 0 < b -> 0 < t -> 2 * (a * u) <= t * (a ^ 2 / b) + / t * (b * u ^ 2).
Proof.
  intros hb ht. apply (Rmult_le_reg_r (b * t)); [apply Rmult_lt_0_compat; assumption|].
  replace ((t * (a ^ 2 / b) + / t * (b * u ^ 2)) * (b * t)) with ((t * a) ^ 2 + (b * u) ^ 2) by (field; lra).
  assert (h := pow2_ge_0 (t * a - b * u)). lra.
Qed.

Section Measure.
  Variables p q : nat -> R.
  Hypothesis hp : is_law p.
  Hypothesis hq : is_full_law q.
  Hypothesis hc : concentrated p q.

  (** What has a second moment under [q] has a mean under [p]. *)
  Lemma mean_transfer g s : (forall y, 0 <= g y) -> (forall y, g y ^ 2 <= s y) -> has_mean q s -> has_mean p g.
  Proof.
    intros hg hs h. apply (sum_below _ (fun y => / 2 * (p y ^ 2 / q y + q y * s y))).
    - intros y. assert (hy := proj1 hp y). assert (hz := proj1 hq y). specialize (hg y). specialize (hs y).
      split; [apply Rmult_le_pos; assumption|].
      assert (k := weighted_square (p y) (q y) (g y) 1 hz Rlt_0_1). rewrite Rinv_1, !Rmult_1_l in k.
      assert (q y * g y ^ 2 <= q y * s y) by (apply Rmult_le_compat_l; lra). lra.
    - apply (sum_exists _ (/ 2 * (concentrability p q + mean_over q s))). apply sum_scal, sum_plus; apply sum_value; assumption.
  Qed.

  (** Cauchy-Schwarz. *)
  Lemma mean_change g s : (forall y, 0 <= g y) -> (forall y, g y ^ 2 <= s y) -> has_mean q s ->
    mean_over p g <= sqrt (concentrability p q) * sqrt (mean_over q s).
  Proof.
    intros hg hs h. assert (hm := mean_transfer g s hg hs h).
    assert (hs0 : forall y, 0 <= s y) by (intros y; specialize (hs y); assert (k := pow2_ge_0 (g y)); lra).
    apply le_geometric_mean.
    - apply (sum_nonneg (fun y => p y ^ 2 / q y)); [|apply sum_value, hc]. intros y. assert (hz := proj1 hq y).
      apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hz].
    - apply (sum_nonneg (fun y => q y * s y)); [|apply sum_value, h]. intros y. apply Rmult_le_pos; [left; apply hq|apply hs0].
    - intros t ht.
      apply (sum_le (fun y => 2 * (p y * g y)) (fun y => t * (p y ^ 2 / q y) + / t * (q y * s y))).
      + intros y. assert (hz := proj1 hq y). assert (k := weighted_square (p y) (q y) (g y) t hz ht).
        assert (hi := Rinv_0_lt_compat t ht). specialize (hs y).
        assert (/ t * (q y * g y ^ 2) <= / t * (q y * s y)) by (apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]).
        lra.
      + apply sum_scal, sum_value, hm.
      + apply sum_plus; apply sum_scal, sum_value; assumption.
  Qed.
End Measure.

(** The mean of an absolute value, squared. *)
Lemma jensen_square q h : is_law q -> second_moment q h -> mean_over q (fun y => Rabs (h y)) ^ 2 <= mean_over q (fun y => h y ^ 2).
Proof.
  intros hq h2. set (a := fun y => Rabs (h y)).
  assert (ha2 : second_moment q a).
  { apply (ex_series_ext (fun y => q y * h y ^ 2)); [|exact h2]. intros y. unfold a. rewrite pow2_abs. reflexivity. }
  assert (s := square_difference q a hq ha2 (mean_over q a)).
  assert (k := sum_nonneg _ _ (fun y => Rmult_le_pos _ _ (proj1 hq y) (pow2_ge_0 _)) s).
  assert (e : mean_over q (fun y => a y ^ 2) = mean_over q (fun y => h y ^ 2)).
  { apply Series_ext. intros y. unfold a. rewrite pow2_abs. reflexivity. }
  rewrite e in k. fold a. lra.
Qed.

(** C08 (Lemma C.2). *)
Theorem C08_change_of_measure_countable (p q : nat -> R) (f : nat -> nat -> R) : is_law p -> is_full_law q ->
  concentrated p q -> (forall y, second_moment q (f y)) -> has_mean q (fun y => mean_over q (fun y' => f y y' ^ 2)) ->
  has_mean p (fun y => mean_over q (fun y' => Rabs (f y y'))) /\
  pair_over p q (fun y y' => Rabs (f y y')) <=
  sqrt (concentrability p q) * sqrt (pair_over q q (fun y y' => f y y' ^ 2)).
Proof.
  intros hp hq hc h2 hm.
  assert (g0 : forall y, 0 <= mean_over q (fun y' => Rabs (f y y'))).
  { intros y. apply (sum_nonneg (fun y' => q y' * Rabs (f y y'))).
    - intros y'. apply Rmult_le_pos; [left; apply hq|apply Rabs_pos].
    - apply sum_value, absolute_mean; [apply full_law, hq|apply h2]. }
  assert (gs : forall y, mean_over q (fun y' => Rabs (f y y')) ^ 2 <= mean_over q (fun y' => f y y' ^ 2)).
  { intros y. apply jensen_square; [apply full_law, hq|apply h2]. }
  split.
  - exact (mean_transfer p q hp hq hc _ _ g0 gs hm).
  - exact (mean_change p q hp hq hc _ _ g0 gs hm).
Qed.

(** ** The decomposition *)

(** The modulus of a mean is at most the mean of what bounds the modulus. *)
Lemma mean_abs p f g a b : is_law p -> (forall y, Rabs (f y) <= g y) -> is_series (fun y => p y * f y) a ->
  is_series (fun y => p y * g y) b -> Rabs a <= b.
Proof.
  intros hp h sa sb. apply Rabs_le. split.
  - assert (k : -1 * b <= a); [|lra].
    apply (sum_le (fun y => -1 * (p y * g y)) (fun y => p y * f y)); [|apply sum_scal, sb|exact sa].
    intros y. assert (h0 := proj1 hp y). specialize (h y). apply Rabs_le_between in h. nra.
  - apply (mean_monotone p f g); [exact hp| |exact sa|exact sb].
    intros y. eapply Rle_trans; [apply Rle_abs|apply h].
Qed.

(** The mean of [c - f] and of [f - c]. *)
Lemma mean_from p f c : is_law p -> has_mean p f -> is_series (fun y => p y * (c - f y)) (c - mean_over p f).
Proof.
  intros hp hf. apply (sum_ext (fun y => c * p y - p y * f y)); [intros y; ring|].
  replace (c - mean_over p f) with (c * 1 - mean_over p f) by ring.
  apply sum_minus; [apply sum_scal, hp|apply sum_value, hf].
Qed.

Section Decomposition.
  Variables (beta : R) (base hat : nat -> R).
  Hypothesis hb : 0 <= beta.
  Hypothesis hq : is_full_law base.
  Hypothesis hh : is_full_law hat.
  Let delta := countable_error beta base hat.
  Hypothesis hd : has_mean base (fun y => Rabs (delta y)).

  Let spread (y : nat) : R := mean_over base (fun y' => Rabs (error_difference beta base hat y y')).

  Lemma spread_terms y : is_series (fun y' => base y' * Rabs (error_difference beta base hat y y')) (spread y).
  Proof.
    apply sum_value, (sum_below _ (fun y' => Rabs (delta y) * base y' + base y' * Rabs (delta y'))).
    - intros y'. assert (h0 := proj1 (full_law base hq) y'). split; [apply Rmult_le_pos; [exact h0|apply Rabs_pos]|].
      assert (k := Rabs_triang (delta y) (- delta y')). rewrite Rabs_Ropp in k. unfold error_difference, Rminus.
      fold delta. nra.
    - apply (sum_exists _ (Rabs (delta y) * 1 + mean_over base (fun y => Rabs (delta y)))).
      apply sum_plus; [apply sum_scal, hq|apply sum_value, hd].
  Qed.

  Lemma spread_le y : spread y <= Rabs (delta y) + mean_over base (fun y => Rabs (delta y)).
  Proof.
    apply (sum_le (fun y' => base y' * Rabs (error_difference beta base hat y y'))
             (fun y' => Rabs (delta y) * base y' + base y' * Rabs (delta y'))).
    - intros y'. assert (h0 := proj1 (full_law base hq) y').
      assert (k := Rabs_triang (delta y) (- delta y')). rewrite Rabs_Ropp in k. unfold error_difference, Rminus.
      fold delta. nra.
    - apply spread_terms.
    - assert (t := sum_plus _ _ _ _ (sum_scal (Rabs (delta y)) _ _ (proj2 hq)) (sum_value _ hd)).
      rewrite Rmult_1_r in t. exact t.
  Qed.

  Lemma base_mean : has_mean base delta.
  Proof. apply absolute_first; [apply full_law, hq|exact hd]. Qed.

  Lemma spread_ge y : Rabs (delta y - mean_over base delta) <= spread y.
  Proof.
    apply (mean_abs base (fun y' => delta y - delta y') (fun y' => Rabs (error_difference beta base hat y y')));
      [apply full_law, hq|intros; right; reflexivity| |apply spread_terms].
    apply mean_from; [apply full_law, hq|exact base_mean].
  Qed.

  (** The mean of the error under a law and under the base policy differ by the coupled error. *)
  Lemma coupled_error p : is_law p -> has_mean p (fun y => Rabs (delta y)) ->
    Rabs (mean_over base delta - mean_over p delta) <= pair_over p base (fun y y' => Rabs (error_difference beta base hat y y')).
  Proof.
    intros hp ha.
    apply (mean_abs p (fun y => mean_over base delta - delta y) spread); [exact hp| | |].
    - intros y. rewrite Rabs_minus_sym. apply spread_ge.
    - apply mean_from; [exact hp|apply absolute_first; assumption].
    - apply sum_value, (sum_below _ (fun y => p y * Rabs (delta y) + mean_over base (fun y => Rabs (delta y)) * p y)).
      + intros y. assert (h0 := proj1 hp y). assert (k := spread_le y).
        assert (0 <= spread y) by (eapply Rle_trans; [apply Rabs_pos|apply spread_ge]).
        split; [apply Rmult_le_pos; assumption|nra].
      + apply (sum_exists _ (mean_over p (fun y => Rabs (delta y)) + mean_over base (fun y => Rabs (delta y)) * 1)).
        apply sum_plus; [apply sum_value, ha|apply sum_scal, hp].
  Qed.

  (** The reward is the error and the implicit reward, whose mean is beta (KL(p||base) - KL(p||hat)). *)
  Lemma implicit_terms p : is_law p -> forall y,
    p y * log_ratio p base y = p y * log_ratio p hat y + p y * ln (hat y / base y).
  Proof.
    intros hp y. destruct (proj1 hp y) as [h|<-]; [|ring].
    unfold log_ratio. rewrite !ln_div_pos by (exact h || apply hh || apply hq). ring.
  Qed.

  Lemma reward_mean p : has_mean p (fun y => ln (hat y / base y)) -> has_mean p delta ->
    mean_over p (fun y => ln (base y)) = mean_over p delta + beta * mean_over p (fun y => ln (hat y / base y)).
  Proof.
    intros hi he. apply is_series_unique.
    apply (sum_ext (fun y => p y * delta y + beta * (p y * ln (hat y / base y)))).
    - intros y. unfold delta, countable_error. ring.
    - apply sum_plus; [apply sum_value, he|apply sum_scal, sum_value, hi].
  Qed.

  (** C06: the decomposition of the value gap, against any comparator. *)
  Lemma gap_decomposition star : is_law star -> has_mean star (fun y => Rabs (delta y)) ->
    has_mean hat (fun y => Rabs (delta y)) ->
    has_mean star (fun y => ln (hat y / base y)) -> has_mean star (log_ratio star base) ->
    has_mean hat (fun y => ln (hat y / base y)) ->
    mean_over star (fun y => ln (base y)) - mean_over hat (fun y => ln (base y)) <=
    pair_over star base (fun y y' => Rabs (error_difference beta base hat y y')) +
    pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * divergence star base.
  Proof.
    intros hs hds hdh his hks hih. assert (lh := full_law hat hh).
    rewrite (reward_mean star), (reward_mean hat) by (assumption || apply absolute_first; assumption).
    assert (c1 := coupled_error star hs hds). assert (c2 := coupled_error hat lh hdh).
    apply Rabs_le_between in c1. apply Rabs_le_between in c2.
    assert (k1 : mean_over star (fun y => ln (hat y / base y)) <= divergence star base).
    { assert (hm : is_series (fun y => star y * log_ratio star hat y) (divergence star base - mean_over star (fun y => ln (hat y / base y)))).
      { apply (sum_ext (fun y => star y * log_ratio star base y - star y * ln (hat y / base y))).
        - intros y. rewrite (implicit_terms star hs y). ring.
        - apply sum_minus; apply sum_value; assumption. }
      assert (e := is_series_unique _ _ hm).
      destruct (S01_divergence_countable star hat hs hh (sum_exists _ _ hm)) as [k _].
      unfold divergence at 1, mean_over at 1 in k. rewrite e in k. lra. }
    assert (k2 : 0 <= mean_over hat (fun y => ln (hat y / base y))).
    { apply (S01_divergence_countable hat base lh hq hih). }
    assert (beta * mean_over star (fun y => ln (hat y / base y)) <= beta * divergence star base) by (apply Rmult_le_compat_l; assumption).
    assert (0 <= beta * mean_over hat (fun y => ln (hat y / base y))) by (apply Rmult_le_pos; assumption). lra.
  Qed.
End Decomposition.

(** C06: the value gap against any comparator, by the coupled errors of both laws and the comparator's divergence. *)
Theorem C06_gap_decomposition_countable (beta : R) (base hat star : nat -> R) : 0 <= beta -> is_full_law base ->
  is_full_law hat -> is_law star ->
  has_mean base (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean hat (fun y => Rabs (countable_error beta base hat y)) ->
  has_mean star (fun y => ln (hat y / base y)) -> has_mean star (log_ratio star base) ->
  has_mean hat (fun y => ln (hat y / base y)) ->
  mean_over star (fun y => ln (base y)) - mean_over hat (fun y => ln (base y)) <=
  pair_over star base (fun y y' => Rabs (error_difference beta base hat y y')) +
  pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * divergence star base.
Proof. intros; apply gap_decomposition; assumption. Qed.

(** ** One round *)

Lemma point_mean_over f z : mean_over (fun y => ind (y = z)) f = f z.
Proof. apply is_series_unique, point_mean. Qed.

Lemma point_has_mean f z : has_mean (fun y => ind (y = z)) f.
Proof. exact (sum_exists _ _ (point_mean f z)). Qed.

Section OnePrompt.
  Variables (beta : R) (base hat : nat -> R).
  Hypothesis hb : 0 <= beta.
  Hypothesis hq : is_full_law base.
  Hypothesis hh : is_full_law hat.
  Hypothesis hc : concentrated hat base.
  Hypothesis hi : has_mean hat (fun y => ln (hat y / base y)).
  Hypothesis h2 : second_moment base (countable_error beta base hat).
  Let delta := countable_error beta base hat.
  Let lq : is_law base := full_law base hq.
  Let lh : is_law hat := full_law hat hh.

  (** The mean square of the error of the reward differences. *)
  Definition error_square : R := pair_over base base (fun y y' => error_difference beta base hat y y' ^ 2).

  Lemma error_second_moment y : second_moment base (error_difference beta base hat y).
  Proof. exact (sum_exists _ _ (square_difference base delta lq h2 (delta y))). Qed.

  Lemma error_square_mean : has_mean base (fun y => mean_over base (fun y' => error_difference beta base hat y y' ^ 2)).
  Proof. exact (sum_exists _ _ (pair_variance base delta lq h2)). Qed.

  Lemma error_square_nonneg : 0 <= error_square.
  Proof.
    apply (sum_nonneg (fun y => base y * mean_over base (fun y' => error_difference beta base hat y y' ^ 2))).
    - intros y. apply Rmult_le_pos; [apply lq|].
      apply (sum_nonneg (fun y' => base y' * error_difference beta base hat y y' ^ 2)).
      + intros y'. apply Rmult_le_pos; [apply lq|apply pow2_ge_0].
      + apply sum_value, error_second_moment.
    - apply sum_value, error_square_mean.
  Qed.

  (** The value gap against the response [z], through the coupled errors of the point mass and of [hat]. *)
  Lemma prompt_gap z : ln (base z) - mean_over hat (fun y => ln (base y)) <=
    pair_over (fun y => ind (y = z)) base (fun y y' => Rabs (error_difference beta base hat y y')) +
    pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) + beta * ln (/ base z).
  Proof.
    assert (ha := absolute_mean base delta lq h2).
    assert (hah : has_mean hat (fun y => Rabs (delta y))).
    { apply (mean_transfer hat base lh hq hc _ (fun y => delta y ^ 2)); [intros; apply Rabs_pos| |exact h2].
      intros y. rewrite pow2_abs. right. reflexivity. }
    assert (g := C06_gap_decomposition_countable beta base hat (fun y => ind (y = z)) hb hq hh (point_law z) ha
                   (point_has_mean _ z) hah (point_has_mean _ z) (point_has_mean _ z) hi).
    rewrite (point_mean_over (fun y => ln (base y))) in g.
    replace (divergence (fun y => ind (y = z)) base) with (ln (/ base z)) in g
      by (symmetry; apply is_series_unique, (C16_comparator_countable base z hq)).
    exact g.
  Qed.

  Lemma prompt_mode_error z :
    pair_over (fun y => ind (y = z)) base (fun y y' => Rabs (error_difference beta base hat y y')) <=
    sqrt (/ base z) * sqrt error_square.
  Proof.
    destruct (C16_comparator_countable base z hq) as [_ cc].
    assert (e : concentrability (fun y => ind (y = z)) base = / base z) by exact (is_series_unique _ _ cc). rewrite <- e.
    apply C08_change_of_measure_countable; [apply point_law|exact hq|exact (sum_exists _ _ cc)| |exact error_square_mean].
    exact error_second_moment.
  Qed.

  Lemma prompt_hat_error : pair_over hat base (fun y y' => Rabs (error_difference beta base hat y y')) <=
    sqrt (concentrability hat base) * sqrt error_square.
  Proof.
    apply C08_change_of_measure_countable; [exact lh|exact hq|exact hc|exact error_second_moment|exact error_square_mean].
  Qed.
End OnePrompt.

(** C18, C19: on the event that the reward differences have mean squared error at most e^2, the value gap at a
    prompt is at most (sqrt(1/q(z)) + sqrt(C(hat))) e + beta ln(1/q(z)), z the comparator's response. *)
Theorem C19_round_countable (beta e : R) (base hat : nat -> R) (z : nat) : 0 <= beta -> 0 <= e ->
  is_full_law base -> is_full_law hat -> concentrated hat base ->
  has_mean hat (fun y => ln (hat y / base y)) ->
  second_moment base (countable_error beta base hat) ->
  pair_over base base (fun y y' => error_difference beta base hat y y' ^ 2) <= e ^ 2 ->
  ln (base z) - mean_over hat (fun y => ln (base y)) <=
  (sqrt (/ base z) + sqrt (concentrability hat base)) * e + beta * ln (/ base z).
Proof.
  intros hb he hq hh hc hi h2 hs.
  assert (g := prompt_gap beta base hat hb hq hh hc hi h2 z).
  assert (b1 := prompt_mode_error beta base hat hq h2 z). assert (b2 := prompt_hat_error beta base hat hq hh hc h2).
  assert (hr : sqrt (error_square beta base hat) <= e).
  { rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt, hs. }
  assert (k1 := Rmult_le_compat_l _ _ _ (sqrt_pos (/ base z)) hr).
  assert (k2 := Rmult_le_compat_l _ _ _ (sqrt_pos (concentrability hat base)) hr). lra.
Qed.
