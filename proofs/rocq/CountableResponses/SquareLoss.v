(** * The square loss over countably many responses

    For two independent responses the mean square of a difference is twice the variance, where the second
    moment converges; so the DPO square loss is zero at the Gibbs law only. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions CountableResponses.Sums CountableResponses.Gibbs.
Open Scope R_scope.

(** [beta log (p/q) - r]: constant at the Gibbs law. *)
Definition residual (beta : R) (r q p : nat -> R) : nat -> R := fun y => beta * ln (p y / q y) - r y.

Definition second_moment (q h : nat -> R) : Prop := has_mean q (fun y => h y ^ 2).

Definition countable_variance (q h : nat -> R) : R := mean_over q (fun y => h y ^ 2) - mean_over q h ^ 2.

(** [E_{y, y' ~ q} (Delta^{beta log (p/q)} - Delta^r)^2]. *)
Definition countable_square_loss (beta : R) (r q p : nat -> R) : R :=
  mean_over q (fun y => mean_over q (fun y' =>
    ((beta * ln (p y / q y) - beta * ln (p y' / q y')) - (r y - r y')) ^ 2)).

Section Moments.
  Variables q h : nat -> R.
  Hypothesis hq : is_law q.
  Hypothesis h2 : second_moment q h.

  Lemma absolute_mean : has_mean q (fun y => Rabs (h y)).
  Proof.
    apply (sum_below _ (fun y => q y + q y * h y ^ 2)).
    - intros y. assert (hy := proj1 hq y). assert (ha := Rabs_pos (h y)).
      assert (hs := pow2_abs (h y)). rewrite <- hs. assert (hd := pow2_ge_0 (Rabs (h y) - 1)).
      split; [apply Rmult_le_pos; assumption|]. nra.
    - apply (sum_exists _ (1 + mean_over q (fun y => h y ^ 2))). apply sum_plus; [apply hq|apply sum_value, h2].
  Qed.

  Lemma first_moment : has_mean q h.
  Proof.
    apply ex_series_Rabs. apply (ex_series_ext (fun y => q y * Rabs (h y))); [|exact absolute_mean].
    intros y. rewrite Rabs_mult, (Rabs_pos_eq (q y)) by apply hq. reflexivity.
  Qed.

  (** The mean square of the difference to a number. *)
  Lemma square_difference c :
    is_series (fun y => q y * (c - h y) ^ 2) (c ^ 2 * 1 - 2 * c * mean_over q h + mean_over q (fun y => h y ^ 2)).
  Proof.
    apply (sum_ext (fun y => c ^ 2 * q y - 2 * c * (q y * h y) + q y * h y ^ 2)); [intros y; ring|].
    apply sum_plus; [apply sum_minus; apply sum_scal; [apply hq|apply sum_value, first_moment]|apply sum_value, h2].
  Qed.

  Lemma pair_variance : is_series (fun y => q y * mean_over q (fun y' => (h y - h y') ^ 2)) (2 * countable_variance q h).
  Proof.
    set (m := mean_over q h). set (s := mean_over q (fun y => h y ^ 2)).
    apply (sum_ext (fun y => q y * h y ^ 2 - 2 * m * (q y * h y) + s * q y)).
    - intros y. unfold mean_over at 1. rewrite (is_series_unique _ _ (square_difference (h y))). fold m s. ring.
    - replace (2 * countable_variance q h) with (s - 2 * m * m + s * 1) by (unfold countable_variance; fold m s; ring).
      apply sum_plus; [apply sum_minus; [apply sum_value, h2|apply sum_scal, sum_value, first_moment]|].
      apply sum_scal, hq.
  Qed.

  Lemma variance_zero : (forall y, 0 < q y) -> countable_variance q h = 0 -> forall y, h y = mean_over q h.
  Proof.
    intros hp e y. assert (s := square_difference (mean_over q h)). set (m := mean_over q h) in *.
    replace (m ^ 2 * 1 - 2 * m * m + mean_over q (fun y => h y ^ 2)) with 0 in s.
    - assert (k := sum_zero _ (fun y => Rmult_le_pos _ _ (proj1 hq y) (pow2_ge_0 _)) s y). cbv beta in k.
      apply Rmult_integral in k as [k|k]; [specialize (hp y); lra|].
      assert (m - h y = 0) by (apply Rsqr_0_uniq; unfold Rsqr; lra). lra.
    - unfold countable_variance in e. fold m in e. lra.
  Qed.
End Moments.

(** S04: the loss is twice the variance. *)
Theorem S04_square_loss_countable beta r q p : is_full_law q -> second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 2 * countable_variance q (residual beta r q p).
Proof.
  intros hq h. rewrite <- (is_series_unique _ _ (pair_variance q _ (full_law q hq) h)).
  apply Series_ext. intros y. f_equal. apply Series_ext. intros y'. f_equal. unfold residual. ring.
Qed.

(** S04: it is zero iff the normaliser converges and p is the Gibbs law. *)
Theorem S04_zero_iff_countable beta r q p : 0 < beta -> is_full_law q -> is_full_law p ->
  second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 0 <-> has_normaliser beta r q /\ forall y, p y = gibbs_law beta r q y.
Proof.
  intros hb hq hp h. rewrite S04_square_loss_countable by assumption. split.
  - intros e. assert (k := variance_zero q _ (full_law q hq) h (proj1 hq) ltac:(lra)).
    set (m := mean_over q (residual beta r q p)) in *.
    assert (ep : forall y, p y * exp (- (m / beta)) = q y * exp (r y / beta)).
    { intros y. specialize (k y). unfold residual in k. assert (h1 := proj1 hq y). assert (h2 := proj1 hp y).
      rewrite ln_div_pos in k by assumption. rewrite <- (exp_ln (p y)), <- (exp_ln (q y)) by assumption.
      rewrite <- !exp_plus. f_equal. apply (Rmult_eq_reg_l beta); [|lra]. field_simplify; lra. }
    assert (sz : is_series (fun y => q y * exp (r y / beta)) (exp (- (m / beta)) * 1)).
    { apply (sum_ext (fun y => exp (- (m / beta)) * p y)); [intros y; rewrite <- ep; ring|]. apply sum_scal, hp. }
    split; [exact (sum_exists _ _ sz)|]. intros y. unfold gibbs_law, normaliser.
    rewrite (is_series_unique _ _ sz), <- ep. assert (he := exp_pos (- (m / beta))). field. lra.
  - intros [hz e].
    assert (k : forall y, residual beta r q p y = - (beta * ln (normaliser beta r q))).
    { intros y. unfold residual. rewrite e. assert (i := reward_identity beta r q hb hq hz y). lra. }
    set (c := - (beta * ln (normaliser beta r q))) in *.
    assert (m1 : mean_over q (residual beta r q p) = c).
    { unfold mean_over. rewrite (Series_ext _ (fun y => c * q y)) by (intros y; rewrite k; ring).
      rewrite Series_scal_l, (is_series_unique q 1) by apply hq. ring. }
    assert (m2 : mean_over q (fun y => residual beta r q p y ^ 2) = c ^ 2).
    { unfold mean_over. rewrite (Series_ext _ (fun y => c ^ 2 * q y)) by (intros y; rewrite k; ring).
      rewrite Series_scal_l, (is_series_unique q 1) by apply hq. ring. }
    unfold countable_variance. rewrite m1, m2. ring.
Qed.
