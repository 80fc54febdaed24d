(** * D15, D16: the exact risk between two closed forms, and its limits as eps -> 0

    The Bayes risk lies between rho ((1-2a)^n - (1-a)^n/M) and rho (1-2a)^n, a = rho/(d(M+1)).  With
    M = 1 + floor(2(kappa_0-1)/rho) this fixes the number of draws up to which the risk stays above eps, to
    first order as eps -> 0: n = d(kappa_0-1) ln x/(x^2 eps^2) at rho = x eps, at most d(kappa_0-1)/(2e eps^2)
    whatever rho is, attained at rho = sqrt e eps.  The Jensen form of D16 gives a sixth of that.  Against
    D07's bound these are 1536(kappa_0-1)/(e kappa_0) and 256(kappa_0-1)/(e kappa_0) times as many draws.

    Serves D15, D16. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound LowerBound.HardInstance LowerBound.Averages
  LowerBound.BinaryKeys LowerBound.BayesRisk LowerBound.MinimaxRisk.
Import ListNotations.
Open Scope R_scope.

(** ** The binomial generating function *)

Lemma E_binomial_power (n : nat) (p s : R) : E_binomial n p (fun k => s ^ k) = (1 - p + p * s) ^ n.
Proof.
  unfold E_binomial; induction n as [| n IH]; [reflexivity |].
  cbn [En]; rewrite biased_coin_E.
  change (p * En n (biased_coin p) (fun b => s * s ^ heads b) +
          (1 - p) * En n (biased_coin p) (fun b => s ^ heads b) = (1 - p + p * s) ^ S n).
  rewrite En_scal, IH; simpl; ring.
Qed.

Lemma E_binomial_le (n : nat) (p : R) (f g : nat -> R) : 0 <= p -> p <= 1 ->
  (forall k, f k <= g k) -> E_binomial n p f <= E_binomial n p g.
Proof.
  intros h0 h1 h; unfold E_binomial; apply En_le; [| intros b _; apply h].
  intros [|]; unfold biased_coin; lra.
Qed.

Section Sandwich.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation bayes_risk := (@bayes_risk I K FI FK).

  Lemma distinct_le_card (t : list K) : 0 <= M - distinct t.
  Proof. rewrite distinct_missing; apply Sum_nonneg; intro; apply ind_nonneg. Qed.

  Lemma inv_nonneg (x : R) : 0 <= x -> 0 <= / x.
  Proof. intros [h | <-]; [left; apply Rinv_0_lt_compat, h | rewrite Rinv_0; lra]. Qed.

  (** E[1/(M - D_k)] <= (M/(M-1))^k / M: the right guess among the undrawn labels, counted over the keys. *)
  Lemma undrawn_mean (j : K) (k : nat) : 2 <= M ->
    ((M - 1) / M) ^ k * En k (off_key j) (fun t => / (M - distinct t)) <= / M.
  Proof.
    intro hM; set (v := fun j : K => ((M - 1) / M) ^ k * En k (off_key j) (fun t => / (M - distinct t))).
    assert (hv : forall i, v i = v j).
    { intro i; unfold v; f_equal; rewrite (En_off_key_swap j i).
      apply En_ext; intros t _; rewrite distinct_map_swap; reflexivity. }
    assert (hs : Sum v <= 1).
    { apply Rle_trans with (Sum (fun i => En k uniform
        (fun t => ind (~ In i t) * / (M - distinct t)))).
      - right; apply Sum_ext; intro i; unfold v; symmetry.
        rewrite (En_ext _ k _ (fun t => ind (Forall (fun y => y <> i) t) * / (M - distinct t))).
        + apply En_condition; intro y; unfold uniform, off_key; field; lra.
        + intros t _; f_equal; apply ind_iff; rewrite Forall_forall; split.
          * intros h y hy ->; contradiction.
          * intros h hi; exact (h i hi eq_refl).
      - unfold Sum; rewrite <- (En_sum uniform k enum (fun i t => ind (~ In i t) * / (M - distinct t))).
        rewrite <- (En_const uniform k 1 uniform_dist); apply En_le; [apply uniform_dist |].
        intros t _; change (sumL enum ?f) with (Sum f).
        rewrite (Sum_ext _ (fun i => / (M - distinct t) * ind (~ In i t))) by (intro; ring).
        rewrite Sum_scal, <- distinct_missing.
        destruct (distinct_le_card t) as [h | h]; [rewrite Rinv_l; lra | rewrite <- h; lra]. }
    rewrite (Sum_ext v (fun _ => v j)), Sum_const in hs by exact hv; fold (v j).
    apply Rmult_le_reg_l with M; [lra |]; rewrite Rinv_r by lra; exact hs.
  Qed.

  Lemma bayes_failure_le (j : K) (k : nat) : 2 <= M -> bayes_failure j k <= ((M - 1) / (M + 1)) ^ k.
  Proof.
    intro hM; unfold bayes_failure.
    assert (hq : 0 <= ((M - 1) / (M + 1)) ^ k) by (apply pow_le, le_div; lra).
    assert (0 <= En k (off_key j) (fun t => / (M - distinct t))).
    { rewrite <- (En_const (off_key j) k 0 (off_key_dist j hM)).
      apply En_le; [apply off_key_dist, hM |]; intros t _; apply inv_nonneg, distinct_le_card. }
    nra.
  Qed.

  Lemma bayes_failure_ge (j : K) (k : nat) : 2 <= M ->
    ((M - 1) / (M + 1)) ^ k - / M * (M / (M + 1)) ^ k <= bayes_failure j k.
  Proof.
    intro hM; unfold bayes_failure; rewrite Rmult_minus_distr_l, Rmult_1_r.
    apply Rplus_le_compat_l, Ropp_le_contravar.
    replace ((M - 1) / (M + 1)) with (M / (M + 1) * ((M - 1) / M)) by (field; lra).
    rewrite Rpow_mult_distr, Rmult_assoc, (Rmult_comm (/ M)).
    apply Rmult_le_compat_l; [apply pow_le, le_div; lra | apply undrawn_mean, hM].
  Qed.

  (** D15: rho ((1-2a)^n - (1-a)^n/M) <= risk(n) <= rho (1-2a)^n at a = rho/(d(M+1)). *)
  Theorem D15_sandwich : forall (rho : R) (n : nat), 0 <= rho -> rho <= 1 -> 2 <= M ->
    rho * ((1 - 2 * rho / (d * (M + 1))) ^ n - / M * (1 - rho / (d * (M + 1))) ^ n) <= bayes_risk rho n /\
    bayes_risk rho n <= rho * (1 - 2 * rho / (d * (M + 1))) ^ n.
  Proof.
    intros rho n h0 h1 hM; pose proof (@card_ge_1 I FI) as hd.
    assert (hp0 : 0 <= rho / d) by (apply le_div; lra).
    assert (hp1 : rho / d <= 1) by (apply div_le; lra).
    rewrite (D15_formula rho n point).
    assert (e1 : 1 - 2 * rho / (d * (M + 1)) = 1 - rho / d + rho / d * ((M - 1) / (M + 1))) by (field; lra).
    assert (e2 : 1 - rho / (d * (M + 1)) = 1 - rho / d + rho / d * (M / (M + 1))) by (field; lra).
    rewrite e1, e2, <- !E_binomial_power.
    split; apply Rmult_le_compat_l; try exact h0.
    - apply Rle_trans with (E_binomial n (rho / d)
        (fun k => ((M - 1) / (M + 1)) ^ k - / M * (M / (M + 1)) ^ k)).
      + right; unfold E_binomial.
        rewrite (En_ext _ n (fun b => ((M - 1) / (M + 1)) ^ heads b - / M * (M / (M + 1)) ^ heads b)
          (fun b => ((M - 1) / (M + 1)) ^ heads b + - / M * (M / (M + 1)) ^ heads b))
          by (intros; ring).
        rewrite En_plus, En_scal; ring.
      + apply E_binomial_le; try assumption; intro k; apply bayes_failure_ge, hM.
    - apply E_binomial_le; try assumption; intro k; apply bayes_failure_le, hM.
  Qed.

  (** ** With the instance's number of labels *)

  Lemma power_le_exp (y : R) (n : nat) : y <= 1 -> (1 - y) ^ n <= exp (- (INR n * y)).
  Proof.
    intro h; replace (exp (- (INR n * y))) with (exp (- y) ^ n).
    - apply pow_incr; split; [lra |]; pose proof (exp_tangent_0 (- y)); lra.
    - induction n as [| n IH]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; reflexivity |].
      rewrite S_INR; simpl pow; rewrite IH, <- exp_plus; f_equal; ring.
  Qed.

  Lemma power_ge_exp (y : R) (n : nat) : 0 <= y -> y < 1 -> exp (- (INR n * y / (1 - y))) <= (1 - y) ^ n.
  Proof.
    intros h0 h1; rewrite pow_Rpower by lra; apply exp_le.
    pose proof (ln_ge_1_sub_inv (1 - y) ltac:(lra)) as hl; pose proof (pos_INR n) as hn.
    replace (- (INR n * y / (1 - y))) with (INR n * (1 - / (1 - y))) by (field; lra).
    apply Rmult_le_compat_l; assumption.
  Qed.

  (** The exact risk is at most rho exp(-n rho^2/(d(kappa_0-1+rho))) ... *)
  Theorem D15_upper : forall (kappa0 rho : R) (n : nat), 2 <= kappa0 -> 0 < rho -> rho <= 1 ->
    M <= 1 + 2 * (kappa0 - 1) / rho -> 2 * (kappa0 - 1) / rho < M ->
    bayes_risk rho n <= rho * exp (- (INR n * rho ^ 2 / (d * (kappa0 - 1 + rho)))).
  Proof.
    intros kappa0 rho n hk h0 h1 hM hM'; pose proof (@card_ge_1 I FI) as hd.
    assert (hM2 : 2 <= M).
    { apply lt_mul_of_div in hM'; [nra | exact h0]. }
    eapply Rle_trans; [apply D15_sandwich; lra |]; apply Rmult_le_compat_l; [lra |].
    assert (hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
    eapply Rle_trans; [apply power_le_exp, div_le; nra |]; apply exp_le, Ropp_le_contravar.
    unfold Rdiv at 1; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR |].
    apply le_div; [exact hp |]; fold (rho ^ 2 / (d * (kappa0 - 1 + rho))).
    assert (hM3 : rho * (M + 1) <= 2 * (kappa0 - 1 + rho)).
    { replace (2 * (kappa0 - 1 + rho)) with (rho * (2 + 2 * (kappa0 - 1) / rho)) by (field; lra).
      apply Rmult_le_compat_l; lra. }
    replace (rho ^ 2 / (d * (kappa0 - 1 + rho)) * (d * (M + 1)))
      with (rho * (rho * (M + 1)) / (kappa0 - 1 + rho)) by (field; lra).
    apply div_le; [lra |]. nra.
  Qed.

  (** ... and at least rho (exp(-(n rho^2/(d(kappa_0-1)))/(1 - rho^2/(d(kappa_0-1)))) - rho/(2(kappa_0-1))). *)
  Theorem D15_lower : forall (kappa0 rho : R) (n : nat), 2 <= kappa0 -> 0 < rho -> rho <= 1 ->
    rho ^ 2 / (d * (kappa0 - 1)) < 1 -> 2 * (kappa0 - 1) / rho < M ->
    rho * (exp (- (INR n * (rho ^ 2 / (d * (kappa0 - 1))) / (1 - rho ^ 2 / (d * (kappa0 - 1))))) -
           rho / (2 * (kappa0 - 1))) <= bayes_risk rho n.
  Proof.
    intros kappa0 rho n hk h0 h1 hs hM'; pose proof (@card_ge_1 I FI) as hd.
    assert (hM : 2 * (kappa0 - 1) < M * rho) by (apply lt_mul_of_div; assumption).
    assert (hM2 : 2 <= M) by nra.
    assert (hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
    eapply Rle_trans; [| apply D15_sandwich; lra]; apply Rmult_le_compat_l; [lra |].
    set (s := rho ^ 2 / (d * (kappa0 - 1))) in *.
    assert (ha0 : 0 <= 2 * rho / (d * (M + 1))) by (apply le_div; lra).
    assert (ha : 2 * rho / (d * (M + 1)) <= s).
    { apply div_le; [exact hp |]; unfold s.
      replace (rho ^ 2 / (d * (kappa0 - 1)) * (d * (M + 1))) with (rho * ((M + 1) * rho) / (kappa0 - 1))
        by (field; lra).
      apply le_div; [lra |]. nra. }
    set (a := 2 * rho / (d * (M + 1))) in *.
    apply Rplus_le_compat.
    - eapply Rle_trans; [| apply power_ge_exp; lra]; apply exp_le, Ropp_le_contravar.
      unfold Rdiv; rewrite !Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR |].
      apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; lra | lra |].
      apply Rinv_le_contravar; lra.
    - apply Ropp_le_contravar.
      assert (hb : 0 <= rho / (d * (M + 1)) <= 1).
      { split; [apply le_div; lra | apply div_le; nra]. }
      assert (0 <= (1 - rho / (d * (M + 1))) ^ n <= 1) by (apply pow_le_1; lra).
      apply Rle_trans with (/ M * 1).
      + apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; lra | lra].
      + rewrite Rmult_1_r; apply le_div; [lra |].
        apply Rmult_le_reg_l with M; [lra |].
        replace (M * (/ M * (2 * (kappa0 - 1)))) with (2 * (kappa0 - 1)) by (field; lra). lra.
  Qed.
End Sandwich.
