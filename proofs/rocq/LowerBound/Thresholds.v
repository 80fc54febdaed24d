(** Theorem 4.1: thresholds to first order, and sample sizes in closed form. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Finite.Space Policy.Definitions
  LowerBound.HardInstance LowerBound.SampleSize LowerBound.BayesRisk.
Open Scope R_scope.

(** * Theorem 4.1: the exact risk below the bound

    Wherever n is at most the bound of D07, the exact Bayes risk of D15 is at least 6 eps, so that every
    learner, deterministic or randomised, base-fails with probability at least 6 eps at some key.

    Serves D15, D18. *)

Section Risk.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** Few draws: the Bayes risk is at least 3/8 of rho. *)
  Lemma bayes_risk_ge (rho : R) (n : nat) : 0 < rho -> rho <= 1 -> 2 <= M ->
    INR n <= d * (M + 1) / (12 * rho) -> 3 / 8 * rho <= @bayes_risk I K FI FK rho n.
  Proof.
    intros h0 h1 hM hn; pose proof (card_pos I FI) as hd.
    set (key := fun _ : I => @point K FK).
    rewrite <- (D15_bayes_risk rho n key) by lra.
    apply Rle_trans with
      (average uniform enum (fun k => rho / d * Sum (fun i => miss rho k n bayes_learner i)) key).
    - pose proof (D06_average_misclassification rho n bayes_learner key h0 h1 hM
                    bayes_learner_proper hn) as h.
      rewrite average_scal in h |- * by apply uniform_dist.
      set (v := average _ _ _ _) in *.
      replace (rho / d * v) with (rho * (/ d * v)) by lra. nra.
    - apply average_le; [apply uniform_dist |]; intro k; apply risk_ge_misses; lra.
  Qed.

  (** D15 against D07: for every kappa_0 >= 2, eps <= 1/16, M = 1 + floor((kappa_0-1)/(8 eps)), d and
      every n up to D07's bound, the exact Bayes risk is at least 6 eps. *)
  Theorem D15_risk_below_bound : forall (kappa0 eps : R) (n : nat),
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
    6 * eps <= @bayes_risk I K FI FK (16 * eps) n.
  Proof.
    intros kappa0 eps n hk h0 h1 hM hM' hn.
    assert (hM2 : 2 <= M) by (apply (key_count_pos kappa0 eps); lra).
    replace (6 * eps) with (3 / 8 * (16 * eps)) by lra.
    apply bayes_risk_ge; [lra | lra | exact hM2 |].
    apply Rnot_lt_le; intro h.
    apply (Rlt_not_le _ _ (D07_necessary kappa0 eps M d (ln class_size) (INR n) hk h0 h1
             (card_pos I FI) hM hM' (eq_sym log_class_size) h)); exact hn.
  Qed.

  (** D18, repaired: for every n up to D07's bound, every learner base-fails with probability at
      least 6 eps at some key. *)
  Theorem D18_base_failure : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) ->
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
    exists key : I -> K, 6 * eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros W FW w A kappa0 eps n hw hA hk h0 h1 hM hM' hn.
    pose proof (D15_risk_below_bound kappa0 eps n hk h0 h1 hM hM' hn) as h.
    assert (hM2 : 2 <= M) by (apply (key_count_pos kappa0 eps); lra).
    destruct (D15_some_key W FW w A (16 * eps) n hw hA ltac:(lra) ltac:(lra) hM2) as (key & hkey).
    exists key; lra.
  Qed.
End Risk.

(** * D15, D16: how many draws the exact risk needs, as eps -> 0

    The risk of the instance with M = 1 + floor(2(kappa_0-1)/rho) labels stays above eps up to, and falls below
    it from, n = d(kappa_0-1) ln x/(x^2 eps^2) draws at rho = x eps.  The best share is x = sqrt e, with
    n = d(kappa_0-1)/(2e eps^2): 1536(kappa_0-1)/(e kappa_0) times D07's bound, 565 for large kappa_0.  At D07's
    own share x = 16 the factor is 12 ln 16 (kappa_0-1)/kappa_0, 6 ln 16 at kappa_0 = 2.  The Jensen form of D16
    reaches 256(kappa_0-1)/(e kappa_0) times D07's bound, 94 for large kappa_0.  All are limits as eps -> 0.

    Serves D15, D16. *)

(** M = 1 + floor(2(kappa_0-1)/rho). *)
Definition instance_size (kappa0 rho M : R) : Prop :=
  M <= 1 + 2 * (kappa0 - 1) / rho /\ 2 * (kappa0 - 1) / rho < M.

(** The draws at which a share x = rho/eps runs out, to first order: d(kappa_0-1) ln x/(x^2 eps^2). *)
Definition draws (kappa0 d x eps : R) : R := d * (kappa0 - 1) * (ln x / x ^ 2) / eps ^ 2.

(** The Jensen form of D16. *)
Definition jensen_risk (d M rho : R) (n : nat) : R := rho / 2 * Rpower (1 - 3 / (M + 1)) (INR n * rho / d).

(** D07's bound with ln|Pi| = d ln M. *)
Definition draws_D07 (kappa0 d M eps : R) : R :=
  1 / 3072 * kappa0 * (d * ln M) / (eps ^ 2 * (1 + ln (kappa0 / eps))).

(** Such instances exist for every share, with condition number at most kappa_0. *)
Theorem D16_instances : forall kappa0 rho : R, 2 <= kappa0 -> 0 < rho -> rho <= 1 ->
  exists M : nat, instance_size kappa0 rho (card (succ_type M)) /\
    forall (d : nat) (key : succ_type d -> succ_type M),
      kappa (prompt_law rho) (key_policy 1 key) <= kappa0.
Proof.
  intros kappa0 rho hk h0 h1.
  destruct (nfloor_ex (2 * (kappa0 - 1) / rho)) as (M & hM & hM'); [apply le_div; lra |].
  exists M; split.
  - split; rewrite card_succ_type, S_INR; lra.
  - intros d key; apply D02_instance; [exact h0 |]; rewrite card_succ_type, S_INR; lra.
Qed.

(** ** Scalars *)

Lemma sqrt_e_gt_1 : 1 < sqrt (exp 1).
Proof.
  pose proof exp_1_gt_2; pose proof (sqrt_pos (exp 1)); pose proof (sqrt_sqrt (exp 1) ltac:(lra)).
  apply Rnot_le_lt; intro h; nra.
Qed.

(** y e^{-t y^2/(2e)} < 1 for t > 1: the best share is sqrt e. *)
Lemma share_scalar (y t : R) : 0 < y -> 1 < t -> y * exp (- (t * y ^ 2 / (2 * exp 1))) < 1.
Proof.
  intros hy ht; pose proof (exp_pos 1) as he; pose proof (pow_lt y 2 hy) as h2.
  pose proof (D16_best_share y hy) as h; apply le_mul_of_div in h; [| exact h2].
  rewrite <- (exp_ln y) at 1 by exact hy.
  rewrite <- exp_plus; apply Rlt_le_trans with (exp 0); [| rewrite exp_0; lra]; apply exp_increasing.
  replace (t * y ^ 2 / (2 * exp 1)) with (t * (1 / (2 * exp 1) * y ^ 2)) by lra.
  assert (hq : 0 < 1 / (2 * exp 1) * y ^ 2) by (apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat |]; lra).
  set (q := 1 / (2 * exp 1) * y ^ 2) in *.
  assert (0 < (t - 1) * q) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(** The same for large y and a coefficient below one. *)
Lemma share_scalar_large (y t : R) : 0 < t -> 2 * exp 1 / t <= y -> y * exp (- (t * y ^ 2 / (2 * exp 1))) < 1.
Proof.
  intros ht hy; pose proof (exp_pos 1) as he.
  assert (h0 : 0 < 2 * exp 1 / t) by (apply Rdiv_lt_0_compat; lra).
  assert (hy0 : 0 < y) by lra.
  pose proof (ln_le_sub_1 y hy0) as hl; apply le_mul_of_div in hy; [| exact ht].
  rewrite <- (exp_ln y) at 1 by lra.
  rewrite <- exp_plus; apply Rlt_le_trans with (exp 0); [| rewrite exp_0; lra]; apply exp_increasing.
  assert (y <= t * y ^ 2 / (2 * exp 1)); [| lra].
  apply le_div; [lra |]; apply Rmult_le_compat_l with (r := y) in hy; lra.
Qed.

(** A risk of at most (a eps y) exp(-(n/d)(...)) form is below eps: shared by the exact risk (b = 1) and the
    Jensen form (b = 2), where y = rho/(b eps). *)
Lemma upper_scalar (kappa0 theta : R) : 2 <= kappa0 -> 1 < theta -> exists eps0, 0 < eps0 /\
  forall b rho eps s : R, 1 <= b -> b <= 2 -> 0 < eps -> eps < eps0 -> 0 < rho -> rho <= 1 ->
    theta * ((kappa0 - 1) / (2 * exp 1 * (b * eps) ^ 2)) * (rho ^ 2 / (kappa0 - 1 + rho)) <= s ->
    rho / b * exp (- s) < eps.
Proof.
  intros hk ht; pose proof (exp_pos 1) as he.
  set (rho1 := (kappa0 - 1) * ((theta - 1) / (theta + 1))).
  assert (hq : 0 < (theta - 1) / (theta + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (hr1 : 0 < rho1) by (apply Rmult_lt_0_compat; lra).
  exists (rho1 / (2 * (4 * exp 1))).
  split; [apply Rdiv_lt_0_compat; lra |].
  intros b rho eps s hb hb' h0 h1 hr hr1' hs.
  set (y := rho / (b * eps)).
  assert (hbe : 0 < b * eps) by (apply Rmult_lt_0_compat; lra).
  assert (hy : 0 < y) by (apply Rdiv_lt_0_compat; assumption).
  set (c := (kappa0 - 1) / (kappa0 - 1 + rho)).
  assert (hc : c * (kappa0 - 1 + rho) = kappa0 - 1) by (unfold c; field; lra).
  assert (hcpos : 0 < c) by (apply Rdiv_lt_0_compat; lra).
  replace (theta * ((kappa0 - 1) / (2 * exp 1 * (b * eps) ^ 2)) * (rho ^ 2 / (kappa0 - 1 + rho)))
    with (theta * c * y ^ 2 / (2 * exp 1)) in hs by (unfold c, y; field; lra).
  assert (hgoal : y * exp (- s) < 1).
  { apply Rle_lt_trans with (y * exp (- (theta * c * y ^ 2 / (2 * exp 1)))).
    { apply Rmult_le_compat_l; [lra | apply exp_le; lra]. }
    destruct (Rle_lt_dec rho rho1) as [hle | hgt].
    - apply share_scalar; [exact hy |].
      assert (e : (kappa0 - 1 + rho1) * (theta + 1) = (kappa0 - 1) * (2 * theta))
        by (unfold rho1; field; lra).
      assert (h : (kappa0 - 1) * (theta + 1) <= theta * c * (2 * (kappa0 - 1))).
      { replace (theta * c * (2 * (kappa0 - 1))) with (c * ((kappa0 - 1) * (2 * theta))) by lra.
        rewrite <- e, <- hc at 1.
        replace (c * (kappa0 - 1 + rho) * (theta + 1)) with (c * ((kappa0 - 1 + rho) * (theta + 1))) by lra.
        apply Rmult_le_compat_l; [lra |]; apply Rmult_le_compat_r; lra. }
      assert (0 < (kappa0 - 1) * (theta - 1)) by (apply Rmult_lt_0_compat; lra).
      apply (Rmult_lt_reg_l (2 * (kappa0 - 1))); lra.
    - apply share_scalar_large; [apply Rmult_lt_0_compat; lra |].
      assert (hc2 : 1 / 2 <= c) by (apply le_div; lra).
      assert (htc : 1 / 2 <= theta * c) by (assert (0 <= (theta - 1) * c) by (apply Rmult_le_pos; lra); lra).
      apply Rle_trans with (4 * exp 1).
      + apply div_le; [lra |]. assert (0 <= exp 1 * (theta * c - 1 / 2)) by (apply Rmult_le_pos; lra). lra.
      + apply le_div; [exact hbe |].
        apply Rle_trans with rho1; [| lra].
        apply mul_lt_of_div in h1; [| lra].
        assert (0 <= exp 1 * eps * (2 - b)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). lra. }
  replace (rho / b * exp (- s)) with (eps * (y * exp (- s))) by (unfold y; field; lra).
  assert (0 < eps * (1 - y * exp (- s))) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(** ** The exact risk *)

(** Below the first-order count of draws the exact risk at the share x is at least eps. *)
Theorem D15_share_below : forall kappa0 x theta : R, 2 <= kappa0 -> 1 < x -> 0 < theta -> theta < 1 ->
  exists eps0, 0 < eps0 /\
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps : R) (n : nat),
    0 < eps -> eps < eps0 -> instance_size kappa0 (x * eps) (card K) ->
    INR n <= theta * draws kappa0 (card I) x eps ->
    x * eps <= 1 /\ eps <= @bayes_risk I K FI FK (x * eps) n.
Proof.
  intros kappa0 x theta hk hx ht0 ht1.
  set (eta := exp (- ((1 + theta) / 2 * ln x)) - / x).
  assert (hl : 0 < ln x) by (apply ln_gt_0, hx).
  assert (heta : 0 < eta).
  { unfold eta; assert (ei : / x = exp (- ln x)) by (rewrite exp_Ropp, exp_ln by lra; reflexivity).
    rewrite ei; assert (exp (- ln x) < exp (- ((1 + theta) / 2 * ln x))) by (apply exp_increasing; nra). lra. }
  set (e2 := (kappa0 - 1) * ((1 - theta) / (1 + theta))); set (e3 := 2 * (kappa0 - 1) * eta).
  assert (h2 : 0 < e2) by (apply Rmult_lt_0_compat; [lra | apply Rdiv_lt_0_compat; lra]).
  assert (h3 : 0 < e3) by (unfold e3; repeat apply Rmult_lt_0_compat; lra).
  set (e0 := Rmin 1 (Rmin e2 e3)).
  assert (he0 : 0 < e0) by (unfold e0; repeat apply Rmin_glb_lt; lra).
  exists (e0 / x); split; [apply Rdiv_lt_0_compat; lra |].
  intros I K FI FK eps n heps heps0 [hM hM'] hn.
  pose proof (@card_ge_1 I FI) as hd.
  set (rho := x * eps) in *.
  assert (hr : 0 < rho) by (apply Rmult_lt_0_compat; lra).
  assert (hr0 : rho < e0) by (apply mul_lt_of_div in heps0; unfold rho; lra).
  assert (hr1 : rho <= 1) by (pose proof (Rmin_l 1 (Rmin e2 e3)); unfold e0 in hr0; lra).
  assert (hr2 : rho <= e2).
  { pose proof (Rmin_r 1 (Rmin e2 e3)); pose proof (Rmin_l e2 e3); unfold e0 in hr0; lra. }
  assert (hr3 : rho <= e3).
  { pose proof (Rmin_r 1 (Rmin e2 e3)); pose proof (Rmin_r e2 e3); unfold e0 in hr0; lra. }
  split; [exact hr1 |].
  set (s := rho ^ 2 / (card I * (kappa0 - 1))).
  assert (hdk : 0 < card I * (kappa0 - 1)) by (apply Rmult_lt_0_compat; lra).
  assert (hs : s <= (1 - theta) / (1 + theta)).
  { apply div_le; [exact hdk |].
    assert (hq : 0 < (1 - theta) / (1 + theta)) by (apply Rdiv_lt_0_compat; lra).
    replace (rho ^ 2) with (rho * rho) by lra. apply Rle_trans with (1 * e2); [apply Rmult_le_compat; lra|].
    unfold e2. rewrite Rmult_1_l, Rmult_comm. apply Rmult_le_compat_l; [lra|].
    rewrite <- (Rmult_1_l (kappa0 - 1)) at 1. apply Rmult_le_compat_r; lra. }
  assert (hs1 : 2 * theta / (1 + theta) <= 1 - s).
  { replace (2 * theta / (1 + theta)) with (1 - (1 - theta) / (1 + theta)) by (field; lra). lra. }
  assert (hs2 : 0 < 2 * theta / (1 + theta)) by (apply Rdiv_lt_0_compat; lra).
  pose proof (@D15_lower I K FI FK kappa0 rho n hk hr hr1 ltac:(fold s; lra) hM') as h; fold s in h.
  assert (hns : INR n * s <= theta * ln x).
  { unfold s; replace (INR n * (rho ^ 2 / (card I * (kappa0 - 1))))
      with (INR n * (rho ^ 2 / (card I * (kappa0 - 1)))) by reflexivity.
    apply Rle_trans with (theta * draws kappa0 (card I) x eps * (rho ^ 2 / (card I * (kappa0 - 1)))).
    - apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; [apply pow_lt, hr | exact hdk] | exact hn].
    - right; unfold draws, rho; field; lra. }
  assert (hexp : INR n * s / (1 - s) <= (1 + theta) / 2 * ln x).
  { apply div_le; [lra |].
    apply Rle_trans with ((1 + theta) / 2 * ln x * (2 * theta / (1 + theta))).
    - eapply Rle_trans; [exact hns |]; right; field; lra.
    - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | exact hs1]. }
  eapply Rle_trans; [| exact h].
  replace eps with (rho * / x) by (unfold rho; field; lra).
  apply Rmult_le_compat_l; [lra |].
  assert (hlow : exp (- ((1 + theta) / 2 * ln x)) <= exp (- (INR n * s / (1 - s)))) by (apply exp_le; lra).
  assert (rho / (2 * (kappa0 - 1)) <= eta).
  { apply div_le; [lra | unfold e3 in hr3; lra]. }
  unfold eta in *; lra.
Qed.

(** From the first-order count on, the exact risk at the share x is below eps. *)
Theorem D15_share_above : forall kappa0 x theta : R, 2 <= kappa0 -> 1 < x -> 1 < theta ->
  exists eps0, 0 < eps0 /\
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps : R) (n : nat),
    0 < eps -> eps < eps0 -> instance_size kappa0 (x * eps) (card K) ->
    theta * draws kappa0 (card I) x eps <= INR n ->
    x * eps <= 1 /\ @bayes_risk I K FI FK (x * eps) n < eps.
Proof.
  intros kappa0 x theta hk hx ht.
  assert (hl : 0 < ln x) by (apply ln_gt_0, hx).
  set (e2 := (kappa0 - 1) * ((theta - 1) / 2)).
  assert (h2 : 0 < e2) by (apply Rmult_lt_0_compat; lra).
  set (e0 := Rmin 1 e2).
  assert (he0 : 0 < e0) by (unfold e0; apply Rmin_glb_lt; lra).
  exists (e0 / x); split; [apply Rdiv_lt_0_compat; lra |].
  intros I K FI FK eps n heps heps0 [hM hM'] hn.
  pose proof (@card_ge_1 I FI) as hd.
  set (rho := x * eps) in *.
  assert (hr : 0 < rho) by (apply Rmult_lt_0_compat; lra).
  assert (hr0 : rho < e0) by (apply mul_lt_of_div in heps0; unfold rho; lra).
  pose proof (Rmin_l 1 e2); pose proof (Rmin_r 1 e2); unfold e0 in hr0.
  split; [lra |].
  eapply Rle_lt_trans; [apply (@D15_upper I K FI FK kappa0 rho n hk hr ltac:(lra) hM hM') |].
  replace eps with (rho * exp (- ln x)) by (rewrite exp_Ropp, exp_ln by lra; unfold rho; field; lra).
  apply Rmult_lt_compat_l; [exact hr |]; apply exp_increasing, Ropp_lt_contravar.
  assert (hdk : 0 < card I * (kappa0 - 1 + rho)) by (apply Rmult_lt_0_compat; lra).
  apply lt_div; [exact hdk |].
  apply Rlt_le_trans with (theta * draws kappa0 (card I) x eps * rho ^ 2).
  - replace (theta * draws kappa0 (card I) x eps * rho ^ 2) with (ln x * (card I * ((kappa0 - 1) * theta)))
      by (unfold draws, rho; field; lra).
    apply Rmult_lt_compat_l; [exact hl |]; apply Rmult_lt_compat_l; [lra |].
    assert ((kappa0 - 1) * ((theta - 1) / 2) < (kappa0 - 1) * (theta - 1)) by (apply Rmult_lt_compat_l; lra).
    unfold e2 in *; lra.
  - apply Rmult_le_compat_r; [left; apply pow_lt, hr | exact hn].
Qed.

(** D16: whatever the share, from d(kappa_0-1)/(2e eps^2) draws on the exact risk is below eps. *)
Theorem D16_every_share_above : forall kappa0 theta : R, 2 <= kappa0 -> 1 < theta ->
  exists eps0, 0 < eps0 /\
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho eps : R) (n : nat),
    0 < eps -> eps < eps0 -> 0 < rho -> rho <= 1 -> instance_size kappa0 rho (card K) ->
    theta * (card I * (kappa0 - 1) / (2 * exp 1 * eps ^ 2)) <= INR n ->
    @bayes_risk I K FI FK rho n < eps.
Proof.
  intros kappa0 theta hk ht; pose proof (exp_pos 1) as he.
  destruct (upper_scalar kappa0 theta hk ht) as (eps0 & he0 & h).
  exists eps0; split; [exact he0 |].
  intros I K FI FK rho eps n h0 h1 hr hr1 [hM hM'] hn; pose proof (@card_ge_1 I FI) as hd.
  eapply Rle_lt_trans; [apply (@D15_upper I K FI FK kappa0 rho n hk hr hr1 hM hM') |].
  replace rho with (rho / 1) at 1 by lra.
  apply (h 1 rho eps); try lra.
  apply Rle_trans with (theta * (card I * (kappa0 - 1) / (2 * exp 1 * eps ^ 2)) *
                        (rho ^ 2 / (card I * (kappa0 - 1 + rho)))).
  - right; field; lra.
  - replace (INR n * rho ^ 2 / (card I * (kappa0 - 1 + rho)))
      with (INR n * (rho ^ 2 / (card I * (kappa0 - 1 + rho)))) by (unfold Rdiv; lra).
    apply Rmult_le_compat_r; [| exact hn].
    left; apply Rdiv_lt_0_compat; [apply pow_lt, hr | apply Rmult_lt_0_compat; lra].
Qed.

(** ** The Jensen form *)

Theorem D16_jensen_below : forall kappa0 x theta : R, 2 <= kappa0 -> 1 < x -> 0 < theta -> theta < 1 ->
  exists eps0, 0 < eps0 /\
  forall (d M eps : R) (n : nat), 1 <= d -> 0 < eps -> eps < eps0 -> instance_size kappa0 (2 * x * eps) M ->
    INR n <= theta * (draws kappa0 d x eps / 6) -> eps <= jensen_risk d M (2 * x * eps) n.
Proof.
  intros kappa0 x theta hk hx ht0 ht1.
  assert (hl : 0 < ln x) by (apply ln_gt_0, hx).
  set (e0 := Rmin 1 ((kappa0 - 1) * ((1 - theta) / 2))).
  assert (he0 : 0 < e0) by (unfold e0; apply Rmin_glb_lt; nra).
  exists (e0 / (2 * x)); split; [apply Rdiv_lt_0_compat; lra |].
  intros d M eps n hd heps heps0 [hM hM'] hn.
  set (rho := 2 * x * eps) in *.
  assert (hr : 0 < rho) by (unfold rho; repeat apply Rmult_lt_0_compat; lra).
  assert (hr0 : rho < e0) by (apply mul_lt_of_div in heps0; unfold rho; lra).
  pose proof (Rmin_l 1 ((kappa0 - 1) * ((1 - theta) / 2))).
  pose proof (Rmin_r 1 ((kappa0 - 1) * ((1 - theta) / 2))); unfold e0 in hr0.
  assert (hMr : 2 * (kappa0 - 1) < M * rho) by (apply lt_mul_of_div; assumption).
  assert (hM2 : 2 < M).
  { apply (Rmult_lt_reg_r rho); [exact hr |]. apply Rle_lt_trans with (2 * (kappa0 - 1)); [| exact hMr].
    apply Rmult_le_compat_l; lra. }
  set (y := 3 / (M + 1)).
  assert (hy0 : 0 <= y) by (apply le_div; lra).
  assert (hy : y <= 3 * rho / (2 * (kappa0 - 1))).
  { apply div_le; [lra |].
    replace (3 * rho / (2 * (kappa0 - 1)) * (M + 1)) with (3 * ((M + 1) * rho) / (2 * (kappa0 - 1)))
      by lra.
    apply le_div; lra. }
  assert (hy1 : y <= 1 - theta).
  { eapply Rle_trans; [exact hy |]; apply div_le; [lra |].
    apply Rle_trans with (3 * ((kappa0 - 1) * ((1 - theta) / 2))); [lra |].
    assert (0 <= (kappa0 - 1) * (1 - theta)) by (apply Rmult_le_pos; lra). lra. }
  assert (hp0 : 0 <= INR n * rho / d).
  { apply le_div; [lra |]; rewrite Rmult_0_l; apply Rmult_le_pos; [apply pos_INR | lra]. }
  assert (hmain : INR n * rho / d * y <= theta * ln x).
  { apply Rle_trans with (INR n * rho / d * (3 * rho / (2 * (kappa0 - 1)))).
    - apply Rmult_le_compat_l; assumption.
    - replace (INR n * rho / d * (3 * rho / (2 * (kappa0 - 1))))
        with (INR n * (3 * rho ^ 2 / (2 * d * (kappa0 - 1)))) by (field; lra).
      apply Rle_trans with (theta * (draws kappa0 d x eps / 6) * (3 * rho ^ 2 / (2 * d * (kappa0 - 1)))).
      + apply Rmult_le_compat_r; [| exact hn].
        left; apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; try apply pow_lt; lra.
      + right; unfold draws, rho; field; lra. }
  unfold jensen_risk; fold y.
  replace eps with (rho / 2 * exp (- ln x)) by (rewrite exp_Ropp, exp_ln by lra; unfold rho; field; lra).
  apply Rmult_le_compat_l; [lra |]; unfold Rpower; apply exp_le.
  pose proof (ln_ge_1_sub_inv (1 - y) ltac:(lra)) as hlog.
  assert (hlog2 : - (y / theta) <= ln (1 - y)).
  { eapply Rle_trans; [| exact hlog].
    assert (/ (1 - y) <= / theta) by (apply Rinv_le_contravar; lra).
    replace (1 - / (1 - y)) with (- (y * / (1 - y))) by (field; lra).
    apply Ropp_le_contravar; unfold Rdiv; apply Rmult_le_compat_l; assumption. }
  apply Rle_trans with (INR n * rho / d * - (y / theta)).
  - replace (INR n * rho / d * - (y / theta)) with (- (INR n * rho / d * y / theta)) by lra.
    apply Ropp_le_contravar, div_le; lra.
  - apply Rmult_le_compat_l; assumption.
Qed.

Theorem D16_jensen_above : forall kappa0 theta : R, 2 <= kappa0 -> 1 < theta ->
  exists eps0, 0 < eps0 /\
  forall (d M rho eps : R) (n : nat), 1 <= d -> 0 < eps -> eps < eps0 -> 0 < rho -> rho <= 1 -> 2 < M ->
    instance_size kappa0 rho M -> theta * (d * (kappa0 - 1) / (12 * exp 1 * eps ^ 2)) <= INR n ->
    jensen_risk d M rho n < eps.
Proof.
  intros kappa0 theta hk ht; pose proof (exp_pos 1) as he.
  destruct (upper_scalar kappa0 theta hk ht) as (eps0 & he0 & h).
  exists eps0; split; [exact he0 |].
  intros d M rho eps n hd h0 h1 hr hr1 hM2 [hM _] hn.
  set (s := INR n * rho / d * (3 / (M + 1))).
  assert (hp0 : 0 <= INR n * rho / d).
  { apply le_div; [lra |]; rewrite Rmult_0_l; apply Rmult_le_pos; [apply pos_INR | lra]. }
  apply Rle_lt_trans with (rho / 2 * exp (- s)).
  - unfold jensen_risk; apply Rmult_le_compat_l; [lra |]; unfold Rpower; apply exp_le.
    assert (3 / (M + 1) < 1) by (apply div_lt; lra).
    pose proof (ln_le_sub_1 (1 - 3 / (M + 1)) ltac:(lra)) as hlog.
    replace (- s) with (INR n * rho / d * - (3 / (M + 1))) by (unfold s; lra).
    apply Rmult_le_compat_l; [exact hp0 | lra].
  - apply (h 2 rho eps); try lra.
    assert (hM3 : rho * (M + 1) <= 2 * (kappa0 - 1 + rho)).
    { replace (2 * (kappa0 - 1 + rho)) with (rho * (2 + 2 * (kappa0 - 1) / rho)) by (field; lra).
      apply Rmult_le_compat_l; lra. }
    apply Rle_trans with (theta * (d * (kappa0 - 1) / (12 * exp 1 * eps ^ 2)) *
                          (3 / 2 * (rho ^ 2 / (d * (kappa0 - 1 + rho))))).
    + right; field; lra.
    + apply Rle_trans with (INR n * (3 / 2 * (rho ^ 2 / (d * (kappa0 - 1 + rho))))).
      * apply Rmult_le_compat_r; [| exact hn].
        apply Rmult_le_pos; [lra |].
        left; apply Rdiv_lt_0_compat; [apply pow_lt, hr | apply Rmult_lt_0_compat; lra].
      * unfold s; replace (INR n * rho / d * (3 / (M + 1))) with (INR n * (3 * rho / (d * (M + 1))))
          by (field; lra).
        apply Rmult_le_compat_l; [apply pos_INR |].
        apply le_div; [apply Rmult_lt_0_compat; lra |].
        replace (3 / 2 * (rho ^ 2 / (d * (kappa0 - 1 + rho))) * (d * (M + 1)))
          with (3 * rho * (rho * (M + 1)) / (2 * (kappa0 - 1 + rho))) by (field; lra).
        apply div_le; [lra |]. apply Rmult_le_compat_l; lra.
Qed.

(** ** Against D07 *)

(** D07's bound is kappa_0 d/(3072 eps^2) to first order. *)
Theorem D07_first_order : forall kappa0 eta : R, 2 <= kappa0 -> 0 < eta ->
  exists eps0, 0 < eps0 /\ forall d M eps : R, 0 < d -> 0 < eps -> eps < eps0 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    (1 - eta) * (kappa0 * d / (3072 * eps ^ 2)) <= draws_D07 kappa0 d M eps /\
    draws_D07 kappa0 d M eps <= kappa0 * d / (3072 * eps ^ 2).
Proof.
  intros kappa0 eta hk heta.
  set (e1 := kappa0 * exp (- ((1 + ln 16) / eta))).
  assert (h1 : 0 < e1) by (apply Rmult_lt_0_compat; [lra | apply exp_pos]).
  exists (Rmin (1 / 16) e1); split; [apply Rmin_glb_lt; lra |].
  intros d M eps hd h0 heps hM hM'.
  pose proof (Rmin_l (1 / 16) e1); pose proof (Rmin_r (1 / 16) e1).
  assert (heps' : eps <= 1 / 16) by lra.
  pose proof (log_ratio_pos kappa0 eps hk h0 heps') as hl.
  pose proof (D07_log_key_count kappa0 eps M hk h0 heps' hM hM') as hup.
  assert (hlo : ln (kappa0 / eps) - ln 16 <= ln M).
  { rewrite <- ln_quotient by (try apply Rdiv_lt_0_compat; lra); apply ln_le.
    - apply Rdiv_lt_0_compat; [apply Rdiv_lt_0_compat |]; lra.
    - replace (kappa0 / eps / 16) with (kappa0 / 16 / eps) by lra.
      apply Rle_trans with ((kappa0 - 1) / (8 * eps)); [| lra].
      apply div_le; [exact h0 |].
      replace ((kappa0 - 1) / (8 * eps) * eps) with ((kappa0 - 1) / 8) by (field; lra). lra. }
  set (l := ln (kappa0 / eps)) in *.
  assert (hbig : (1 + ln 16) <= eta * (1 + l)).
  { assert ((1 + ln 16) / eta < l).
    { unfold l; rewrite <- (ln_exp ((1 + ln 16) / eta)); apply ln_increasing; [apply exp_pos |].
      apply lt_div; [exact h0 |].
      apply Rlt_le_trans with (exp ((1 + ln 16) / eta) * e1).
      - apply Rmult_lt_compat_l; [apply exp_pos | lra].
      - unfold e1; rewrite <- Rmult_assoc, (Rmult_comm (exp _)), Rmult_assoc, <- exp_plus, Rplus_opp_r, exp_0; lra. }
    apply lt_mul_of_div in H1; [| exact heta]. lra. }
  assert (hu : 0 < kappa0 * d / (3072 * eps ^ 2)).
  { pose proof (pow_lt eps 2 h0); apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra. }
  assert (e : draws_D07 kappa0 d M eps = ln M / (1 + l) * (kappa0 * d / (3072 * eps ^ 2))).
  { unfold draws_D07; fold l; field; lra. }
  rewrite e; split.
  - apply Rmult_le_compat_r; [lra |]; apply le_div; [lra |]. lra.
  - rewrite <- (Rmult_1_l (kappa0 * d / (3072 * eps ^ 2))) at 2.
    apply Rmult_le_compat_r; [lra |]; apply div_le; lra.
Qed.

(** D16: at the share sqrt e the exact risk is still eps at any factor below 1536(kappa_0-1)/(e kappa_0) of
    D07's bound ... *)
Theorem D16_exact_gain_below : forall kappa0 r : R, 2 <= kappa0 -> 0 < r ->
  r < 1536 * (kappa0 - 1) / (exp 1 * kappa0) ->
  exists eps0, 0 < eps0 /\
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (eps M7 : R) (n : nat),
    0 < eps -> eps < eps0 -> instance_size kappa0 (sqrt (exp 1) * eps) (card K) ->
    M7 <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
    INR n <= r * draws_D07 kappa0 (card I) M7 eps ->
    eps <= @bayes_risk I K FI FK (sqrt (exp 1) * eps) n.
Proof.
  intros kappa0 r hk hr hr'; pose proof (exp_pos 1) as he; pose proof exp_1_gt_2 as he2.
  pose proof sqrt_e_gt_1 as hx.
  set (theta := r * (exp 1 * kappa0) / (1536 * (kappa0 - 1))).
  assert (ht : 0 < theta) by (apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat |]; lra).
  assert (ht1 : theta < 1).
  { apply mul_lt_of_div in hr'; [| apply Rmult_lt_0_compat; lra]. apply div_lt; lra. }
  destruct (D15_share_below kappa0 (sqrt (exp 1)) theta hk hx ht ht1) as (e1 & he1 & h1).
  destruct (D07_first_order kappa0 1 hk ltac:(lra)) as (e2 & he2' & h2).
  exists (Rmin e1 e2); split; [apply Rmin_glb_lt; assumption |].
  intros I K FI FK eps M7 n h0 heps hM hM7 hM7' hn.
  pose proof (Rmin_l e1 e2); pose proof (Rmin_r e1 e2); pose proof (@card_ge_1 I FI) as hd.
  apply (h1 I K FI FK eps n h0 ltac:(lra) hM).
  destruct (h2 (@card I FI) M7 eps ltac:(lra) h0 ltac:(lra) hM7 hM7') as [_ hup].
  eapply Rle_trans; [exact hn |].
  apply Rle_trans with (r * (kappa0 * card I / (3072 * eps ^ 2))); [apply Rmult_le_compat_l; lra |].
  right; unfold draws, theta; rewrite D16_best_share_attained; field; lra.
Qed.

(** ... and at any larger factor it is below eps, whatever the share. *)
Theorem D16_exact_gain_above : forall kappa0 r : R, 2 <= kappa0 ->
  1536 * (kappa0 - 1) / (exp 1 * kappa0) < r ->
  exists eps0, 0 < eps0 /\
  forall (I K : Type) (FI : FiniteType I) (FK : FiniteType K) (rho eps M7 : R) (n : nat),
    0 < eps -> eps < eps0 -> 0 < rho -> rho <= 1 -> instance_size kappa0 rho (card K) ->
    M7 <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
    r * draws_D07 kappa0 (card I) M7 eps <= INR n ->
    @bayes_risk I K FI FK rho n < eps.
Proof.
  intros kappa0 r hk hr'; pose proof (exp_pos 1) as he.
  set (theta := r * (exp 1 * kappa0) / (1536 * (kappa0 - 1))).
  assert (hek : 0 < exp 1 * kappa0) by (apply Rmult_lt_0_compat; lra).
  assert (hr : 0 < r).
  { assert (0 < 1536 * (kappa0 - 1) / (exp 1 * kappa0)) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (ht1 : 1 < theta).
  { apply lt_mul_of_div in hr'; [| exact hek]. apply lt_div; lra. }
  set (theta1 := (1 + theta) / 2).
  destruct (D16_every_share_above kappa0 theta1 hk ltac:(unfold theta1; lra)) as (e1 & he1 & h1).
  set (eta := 1 - theta1 / theta).
  assert (heta : 0 < eta).
  { unfold eta; assert (theta1 / theta < 1) by (apply div_lt; unfold theta1; lra). lra. }
  destruct (D07_first_order kappa0 eta hk heta) as (e2 & he2' & h2).
  exists (Rmin e1 e2); split; [apply Rmin_glb_lt; assumption |].
  intros I K FI FK rho eps M7 n h0 heps hrho hrho1 hM hM7 hM7' hn.
  pose proof (Rmin_l e1 e2); pose proof (Rmin_r e1 e2); pose proof (@card_ge_1 I FI) as hd.
  apply (h1 I K FI FK rho eps n h0 ltac:(lra) hrho hrho1 hM).
  destruct (h2 (@card I FI) M7 eps ltac:(lra) h0 ltac:(lra) hM7 hM7') as [hlo _].
  eapply Rle_trans; [| exact hn].
  apply Rle_trans with (r * ((1 - eta) * (kappa0 * card I / (3072 * eps ^ 2)))); [| apply Rmult_le_compat_l; lra].
  right; unfold eta; replace r with (theta * (1536 * (kappa0 - 1)) / (exp 1 * kappa0)) by (unfold theta; field; lra).
  field; lra.
Qed.

(** The Jensen form likewise, with 256(kappa_0-1)/(e kappa_0). *)
Theorem D16_jensen_gain_below : forall kappa0 r : R, 2 <= kappa0 -> 0 < r ->
  r < 256 * (kappa0 - 1) / (exp 1 * kappa0) ->
  exists eps0, 0 < eps0 /\
  forall (d M eps M7 : R) (n : nat), 1 <= d -> 0 < eps -> eps < eps0 ->
    instance_size kappa0 (2 * sqrt (exp 1) * eps) M ->
    M7 <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
    INR n <= r * draws_D07 kappa0 d M7 eps -> eps <= jensen_risk d M (2 * sqrt (exp 1) * eps) n.
Proof.
  intros kappa0 r hk hr hr'; pose proof (exp_pos 1) as he; pose proof exp_1_gt_2 as he2.
  pose proof sqrt_e_gt_1 as hx.
  set (theta := r * (exp 1 * kappa0) / (256 * (kappa0 - 1))).
  assert (ht : 0 < theta) by (apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat |]; lra).
  assert (ht1 : theta < 1).
  { apply mul_lt_of_div in hr'; [| apply Rmult_lt_0_compat; lra]. apply div_lt; lra. }
  destruct (D16_jensen_below kappa0 (sqrt (exp 1)) theta hk hx ht ht1) as (e1 & he1 & h1).
  destruct (D07_first_order kappa0 1 hk ltac:(lra)) as (e2 & he2' & h2).
  exists (Rmin e1 e2); split; [apply Rmin_glb_lt; assumption |].
  intros d M eps M7 n hd h0 heps hM hM7 hM7' hn.
  pose proof (Rmin_l e1 e2); pose proof (Rmin_r e1 e2).
  apply (h1 d M eps n hd h0 ltac:(lra) hM).
  destruct (h2 d M7 eps ltac:(lra) h0 ltac:(lra) hM7 hM7') as [_ hup].
  eapply Rle_trans; [exact hn |].
  apply Rle_trans with (r * (kappa0 * d / (3072 * eps ^ 2))); [apply Rmult_le_compat_l; lra |].
  right; unfold draws, theta; rewrite D16_best_share_attained; field; lra.
Qed.

Theorem D16_jensen_gain_above : forall kappa0 r : R, 2 <= kappa0 ->
  256 * (kappa0 - 1) / (exp 1 * kappa0) < r ->
  exists eps0, 0 < eps0 /\
  forall (d M rho eps M7 : R) (n : nat), 1 <= d -> 0 < eps -> eps < eps0 -> 0 < rho -> rho <= 1 -> 2 < M ->
    instance_size kappa0 rho M ->
    M7 <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M7 + 1 ->
    r * draws_D07 kappa0 d M7 eps <= INR n -> jensen_risk d M rho n < eps.
Proof.
  intros kappa0 r hk hr'; pose proof (exp_pos 1) as he.
  set (theta := r * (exp 1 * kappa0) / (256 * (kappa0 - 1))).
  assert (hek : 0 < exp 1 * kappa0) by (apply Rmult_lt_0_compat; lra).
  assert (hr : 0 < r).
  { assert (0 < 256 * (kappa0 - 1) / (exp 1 * kappa0)) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (ht1 : 1 < theta).
  { apply lt_mul_of_div in hr'; [| exact hek]. apply lt_div; lra. }
  set (theta1 := (1 + theta) / 2).
  destruct (D16_jensen_above kappa0 theta1 hk ltac:(unfold theta1; lra)) as (e1 & he1 & h1).
  set (eta := 1 - theta1 / theta).
  assert (heta : 0 < eta).
  { unfold eta; assert (theta1 / theta < 1) by (apply div_lt; unfold theta1; lra). lra. }
  destruct (D07_first_order kappa0 eta hk heta) as (e2 & he2' & h2).
  exists (Rmin e1 e2); split; [apply Rmin_glb_lt; assumption |].
  intros d M rho eps M7 n hd h0 heps hrho hrho1 hM2 hM hM7 hM7' hn.
  pose proof (Rmin_l e1 e2); pose proof (Rmin_r e1 e2).
  apply (h1 d M rho eps n hd h0 ltac:(lra) hrho hrho1 hM2 hM).
  destruct (h2 d M7 eps ltac:(lra) h0 ltac:(lra) hM7 hM7') as [hlo _].
  eapply Rle_trans; [| exact hn].
  apply Rle_trans with (r * ((1 - eta) * (kappa0 * d / (3072 * eps ^ 2)))); [| apply Rmult_le_compat_l; lra].
  right; unfold eta; replace r with (theta * (256 * (kappa0 - 1)) / (exp 1 * kappa0)) by (unfold theta; field; lra).
  field; lra.
Qed.

(** * The sharper lower bounds on instances that exist

    D17 and the saturated part of D11 with the number of labels chosen: for every kappa_0 >= 2 and every number
    of prompts the instance exists, has condition number at most kappa_0, and the bound holds on it for every
    learner, deterministic or randomised.

    Serves D11, D17. *)

(** Theorem 4.1 without its logarithm: for n >= (kappa_0-1) max(d/3, 3/d) every learner has risk at least
    0.1238 sqrt(kappa_0 log_2|Pi|/n), log_2|Pi| = d, at some binary key. *)
Theorem D17_theorem_rate : forall (kappa0 : R) (d n : nat), 2 <= kappa0 ->
  (kappa0 - 1) * INR (S d) / 3 <= INR n -> (kappa0 - 1) * 3 / INR (S d) <= INR n ->
  exists (rho : R) (M : nat) (a b : succ_type M), 0 < rho /\ rho <= 1 /\ a <> b /\
    (forall key : succ_type d -> succ_type M, kappa (prompt_law rho) (key_policy 1 key) <= kappa0) /\
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)),
      is_dist w -> (forall o, proper_output (A o)) ->
      exists key : succ_type d -> succ_type M, (forall i, key i = a \/ key i = b) /\
        1238 / 10000 * sqrt (kappa0 * INR (S d) / INR n) <= random_risk w rho key n A.
Proof.
  intros kappa0 d n hk hn1 hn2.
  assert (hd : 1 <= INR (S d)) by (apply (le_INR 1); lia).
  assert (hn : 1 <= INR n).
  { destruct (Rle_lt_dec 3 (INR (S d))) as [h | h].
    - apply Rle_trans with ((kappa0 - 1) * INR (S d) / 3); [apply le_div; nra | exact hn1].
    - apply Rle_trans with ((kappa0 - 1) * 3 / INR (S d)); [apply le_div; nra | exact hn2]. }
  set (rho := sqrt ((kappa0 - 1) * INR (S d) / (3 * INR n))).
  assert (hrho : 0 < rho) by (apply sqrt_lt_R0, Rdiv_lt_0_compat; nra).
  assert (hrho1 : rho <= 1) by (apply sqrt_le_of_sq; [lra |]; apply div_le; lra).
  destruct (D16_instances kappa0 rho hk hrho hrho1) as (M & [hM hM'] & hkappa).
  assert (hM2 : 2 <= card (succ_type M)).
  { apply Rle_trans with (2 * (kappa0 - 1) / rho); [apply le_div; lra | lra]. }
  destruct (two_keys hM2) as (a & b & hab).
  exists rho, M, a, b; split; [exact hrho | split; [exact hrho1 | split; [exact hab | split]]].
  - intro key; apply hkappa.
  - intros W FW w A hw hA.
    pose proof (D17_rate W FW w A kappa0 rho n a b hw hA hab hk) as h.
    rewrite card_succ_type in h.
    destruct (h hn1 hn2 hn eq_refl hM hM') as [_ hkey]; exact hkey.
Qed.

(** Success at least 1-eps at every binary key needs n > c_0 kappa_0 log_2|Pi|/eps^2. *)
Theorem D17_theorem_sample : forall (kappa0 eps : R) (d : nat), 2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
  exists (M : nat) (a b : succ_type M), a <> b /\
    (forall key : succ_type d -> succ_type M, kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)) (n : nat),
      is_dist w -> (forall o, proper_output (A o)) ->
      (forall key : succ_type d -> succ_type M, (forall i, key i = a \/ key i = b) ->
         random_risk w (16 * eps) key n A <= eps) ->
      1 / 3072 * kappa0 * INR (S d) / eps ^ 2 < INR n.
Proof.
  intros kappa0 eps d hk h0 h1.
  destruct (D16_instances kappa0 (16 * eps) hk ltac:(lra) ltac:(lra)) as (M & [hM hM'] & hkappa).
  replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) in hM, hM' by (field; lra).
  assert (hM2 : 2 <= card (succ_type M)).
  { apply Rle_trans with ((kappa0 - 1) / (8 * eps)); [apply le_div; nra | lra]. }
  destruct (two_keys hM2) as (a & b & hab).
  exists M, a, b; split; [exact hab | split; [intro key; apply hkappa |]].
  intros W FW w A n hw hA hrisk.
  pose proof (D17_sample_necessary W FW w A kappa0 eps n a b hw hA hab hk h0 h1 ltac:(lra) hrisk) as h.
  rewrite card_succ_type in h; exact h.
Qed.

(** D11, saturated: where c_0 kappa_0 d ln M(1/16)/n is at least f(1/16), every learner has risk at least 1/16. *)
Theorem D11_theorem_saturated : forall (kappa0 : R) (d : nat), 2 <= kappa0 ->
  exists M : nat,
    (forall key : succ_type d -> succ_type M, kappa (prompt_law (16 * (1 / 16))) (key_policy 1 key) <= kappa0) /\
    forall n : nat, (1 <= n)%nat -> cost kappa0 (1 / 16) <= level kappa0 (INR (S d) * ln (INR (S M))) n ->
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)),
      is_dist w -> (forall o, proper_output (A o)) ->
      exists key : succ_type d -> succ_type M, 1 / 16 <= random_risk w (16 * (1 / 16)) key n A.
Proof.
  intros kappa0 d hk.
  destruct (D16_instances kappa0 (16 * (1 / 16)) hk ltac:(lra) ltac:(lra)) as (M & [hM hM'] & hkappa).
  replace (2 * (kappa0 - 1) / (16 * (1 / 16))) with ((kappa0 - 1) / (8 * (1 / 16))) in hM, hM' by lra.
  exists M; split; [intro key; apply hkappa |].
  intros n hn hlevel W FW w A hw hA.
  assert (hn1 : 1 <= INR n) by (apply (le_INR 1); exact hn).
  apply (D11_saturated W FW w A kappa0 n hw hA hn1 hk); [| exact hM | lra].
  rewrite log_class_size, !card_succ_type; exact hlevel.
Qed.

(** There is such an n: n = 1 and enough prompts. *)
Theorem D11_saturated_instance : forall kappa0 : R, 2 <= kappa0 ->
  forall M : nat, (1 <= M)%nat -> exists d : nat, cost kappa0 (1 / 16) <= level kappa0 (INR (S d) * ln (INR (S M))) 1.
Proof.
  intros kappa0 hk M hM.
  assert (hM2 : 2 <= INR (S M)) by (apply (le_INR 2); lia).
  assert (hl : 0 < ln (INR (S M))) by (apply ln_gt_0; lra).
  pose proof (cost_pos kappa0 hk (1 / 16) ltac:(lra) ltac:(lra)) as hc.
  assert (hq : 0 < 1 / 3072 * kappa0 * ln (INR (S M))) by (repeat apply Rmult_lt_0_compat; lra).
  set (x := cost kappa0 (1 / 16) / (1 / 3072 * kappa0 * ln (INR (S M)))).
  assert (hx : 0 <= x) by (left; apply Rdiv_lt_0_compat; assumption).
  destruct (nfloor_ex x hx) as (d & _ & hd); exists d; rewrite <- S_INR in hd.
  assert (el : level kappa0 (INR (S d) * ln (INR (S M))) 1 = 1 / 3072 * kappa0 * (INR (S d) * ln (INR (S M)))).
  { unfold level; change (INR 1) with 1; lra. }
  rewrite el; apply Rlt_le; apply lt_mul_of_div in hd; [| exact hq]. nra.
Qed.
