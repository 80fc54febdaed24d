(** * The closed bounds of the exact risk at 85.3 times D07's bound

    With M labels and a = rho/(d(M+1)), 85.3 times D07's bound means (n + 1) a >= late M.  From there on each
    bound of the exact risk over rho is at most 1/16; at three labels and many keys it is 1/16 up to 2 parts in
    10 000.

    Serves D15. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From SRVerify Require Import Scalar.Basics Replay.Calculus LowerBound.RiskLimits.
Open Scope R_scope.

(** ** ln(1 - x) between polynomials *)

Lemma ln_one_minus_derive x : x < 1 -> is_derive (fun t => ln (1 - t)) x (- / (1 - x)).
Proof. intros hx. auto_derive; [lra|field; lra]. Qed.

Lemma ln_one_minus_le x : 0 <= x < 1 -> ln (1 - x) <= - (x + x ^ 2 / 2 + x ^ 3 / 3).
Proof.
  intros hx. set (f := fun t => ln (1 - t) + (t + t ^ 2 / 2 + t ^ 3 / 3)).
  assert (hd : forall z, z < 1 -> is_derive f z (- (z ^ 3 / (1 - z)))).
  { intros z hz. unfold f. auto_derive; [lra|field; lra]. }
  assert (h : f x <= f 0).
  { apply (decreasing_on f (fun z => - (z ^ 3 / (1 - z)))); [lra| | | |].
    - intros z hz. apply hd. lra.
    - intros z hz. assert (0 <= z ^ 3 / (1 - z)) by (apply le_div; [lra|]; rewrite Rmult_0_l; apply pow_le; lra). lra.
    - apply differentiable_continuous. eexists. apply hd. lra.
    - apply differentiable_continuous. eexists. apply hd. lra. }
  unfold f in h. rewrite Rminus_0_r, ln_1 in h. lra.
Qed.

Lemma ln_one_minus_ge x : 0 <= x <= 1 / 2 -> - (x + x ^ 2 / 2 + 2 / 3 * x ^ 3) <= ln (1 - x).
Proof.
  intros hx. set (f := fun t => ln (1 - t) + (t + t ^ 2 / 2 + 2 / 3 * t ^ 3)).
  assert (hd : forall z, z < 1 -> is_derive f z (z ^ 2 * (1 - 2 * z) / (1 - z))).
  { intros z hz. unfold f. auto_derive; [lra|field; lra]. }
  assert (h : f 0 <= f x).
  { apply (increasing_on f (fun z => z ^ 2 * (1 - 2 * z) / (1 - z))); [lra| | | |].
    - intros z hz. apply hd. lra.
    - intros z hz. apply le_div; [lra|]. rewrite Rmult_0_l. apply Rmult_le_pos; [apply pow2_ge_0|lra].
    - apply differentiable_continuous. eexists. apply hd. lra.
    - apply differentiable_continuous. eexists. apply hd. lra. }
  unfold f in h. rewrite Rminus_0_r, ln_1 in h. lra.
Qed.

(** ** Powers of 1 - c a late enough *)

Lemma power_late T a c n : 0 < a -> 0 <= c -> c * a < 1 -> T <= (INR n + 1) * a ->
  (1 - c * a) ^ n <= exp (- ((T - a) * (c + c ^ 2 * a / 2 + c ^ 3 * a ^ 2 / 3))).
Proof.
  intros ha hc hca hT. rewrite pow_Rpower by lra. apply exp_le.
  assert (hl := ln_one_minus_le (c * a) ltac:(split; [apply Rmult_le_pos|]; lra)).
  set (s := c + c ^ 2 * a / 2 + c ^ 3 * a ^ 2 / 3).
  replace (c * a + (c * a) ^ 2 / 2 + (c * a) ^ 3 / 3) with (a * s) in hl by (unfold s; field).
  assert (hs : 0 <= s).
  { unfold s. assert (h2 := pow_le c 2 hc). assert (h3 := pow_le c 3 hc). assert (h4 := pow2_ge_0 a).
    assert (0 <= c ^ 2 * a) by (apply Rmult_le_pos; lra). assert (0 <= c ^ 3 * a ^ 2) by (apply Rmult_le_pos; lra). lra. }
  assert (hn := pos_INR n). apply Rle_trans with (INR n * - (a * s)); [apply Rmult_le_compat_l; assumption|].
  assert (0 <= (INR n * a - (T - a)) * s) by (apply Rmult_le_pos; lra). lra.
Qed.

(** Twice 85.3 times D07's bound times a, in terms of the number of labels. *)
Definition late (M : R) : R := 853 / 240 * ln M / (1 + ln (8 * (M + 1))).

Lemma log_labels M : 3 <= M -> 0 < 1 + ln (8 * (M + 1)) /\ 0 < ln M.
Proof.
  intros hM. assert (0 < ln (8 * (M + 1))) by (apply ln_gt_0; lra). assert (0 < ln M) by (apply ln_gt_0; lra). lra.
Qed.

(** More labels are later. *)
Lemma late_increases M M' : 3 <= M -> M <= M' -> late M <= late M'.
Proof.
  intros hM hM'. destruct (log_labels M hM) as [p l]. destruct (log_labels M' ltac:(lra)) as [p' l'].
  assert (hl : ln M <= ln M') by (apply ln_le; lra).
  assert (hq : ln (8 * (M' + 1)) <= ln (8 * (M + 1)) + (ln M' - ln M)).
  { rewrite <- ln_quotient, <- ln_mult by (try apply Rdiv_lt_0_compat; lra). apply ln_le; [lra|].
    replace (8 * (M + 1) * (M' / M)) with (8 * (M' + M' / M)) by (field; lra).
    assert (1 <= M' / M) by (apply le_div; lra). lra. }
  assert (h1 : ln M <= 1 + ln (8 * (M + 1))).
  { assert (ln M <= ln (8 * (M + 1))) by (apply ln_le; lra). lra. }
  unfold late. apply le_div; [exact p'|].
  replace (853 / 240 * ln M / (1 + ln (8 * (M + 1))) * (1 + ln (8 * (M' + 1))))
    with (853 / 240 * (ln M * (1 + ln (8 * (M' + 1)))) / (1 + ln (8 * (M + 1)))) by (field; lra).
  apply div_le; [exact p|]. nra.
Qed.

(** *** Eight labels or more *)

Lemma late_many M a n : 8 <= M -> 0 < a -> a <= / 9 -> late M <= (INR n + 1) * a -> (1 - 2 * a) ^ n <= 1 / 16.
Proof.
  intros hM ha ha9 hT. assert (h8 : 14 / 10 <= late 8) by (unfold late; interval).
  assert (hl := late_increases 8 M ltac:(lra) hM).
  eapply Rle_trans; [apply (power_late (14 / 10) a 2 n); lra|].
  apply Rle_trans with (exp (- (28 / 10))); [apply exp_le|interval].
  assert (h : 0 <= a * (4 / 5 + a * (26 / 15 - 8 / 3 * a)))
      by (apply Rmult_le_pos; [lra|]; apply Rplus_le_le_0_compat; [lra|]; apply Rmult_le_pos; lra).
  nra.
Qed.

(** *** From four to eight labels *)

Lemma late_several M a n : 4 <= M <= 8 -> 0 < a -> a <= / 5 -> late M <= (INR n + 1) * a ->
  (1 - 2 * a) ^ n / 3 + (M - 1) / 6 * (1 - 3 * a) ^ n <= 1 / 16.
Proof.
  intros hM ha ha5 hT. assert (h4 : 105 / 100 <= late 4) by (unfold late; interval).
  assert (hl := late_increases 4 M ltac:(lra) ltac:(lra)).
  set (T := late M) in *.
  assert (k2 := power_late T a 2 n ha ltac:(lra) ltac:(lra) hT).
  assert (k3 := power_late T a 3 n ha ltac:(lra) ltac:(lra) hT).
  assert (e2 : exp (- ((T - a) * (2 + 2 ^ 2 * a / 2 + 2 ^ 3 * a ^ 2 / 3))) <= exp (- (2 * T))).
  { apply exp_le.
    assert (h : 0 <= a * (2 * (T - 1) + a * (8 / 3 * T - 2 - 8 / 3 * a)))
      by (apply Rmult_le_pos; [lra|]; apply Rplus_le_le_0_compat; [lra|]; apply Rmult_le_pos; lra).
    nra. }
  assert (e3 : exp (- ((T - a) * (3 + 3 ^ 2 * a / 2 + 3 ^ 3 * a ^ 2 / 3))) <= exp (- (3 * T))).
  { apply exp_le.
    assert (h : 0 <= a * (9 / 2 * T - 3 + a * (9 * T - 9 / 2 - 9 * a)))
      by (apply Rmult_le_pos; [lra|]; apply Rplus_le_le_0_compat; [lra|]; apply Rmult_le_pos; lra).
    nra. }
  assert (hn : exp (- (2 * T)) / 3 + (M - 1) / 6 * exp (- (3 * T)) <= 1 / 16).
  { unfold T, late. interval with (i_bisect M, i_depth 20). }
  assert (hM6 : (M - 1) / 6 * (1 - 3 * a) ^ n <= (M - 1) / 6 * exp (- (3 * T))) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

(** *** Three labels *)

(** p^n - q^n/3 falls with n wherever q >= p^3. *)
Lemma exponents_fall u v m n : 0 <= m -> m <= n -> 0 <= u -> u <= v -> v <= 3 * u ->
  exp (- (n * u)) - exp (- (n * v)) / 3 <= exp (- (m * u)) - exp (- (m * v)) / 3.
Proof.
  intros hm hn hu huv hv. set (s := n - m).
  replace (- (n * u)) with (- (m * u) + - (s * u)) by (unfold s; ring).
  replace (- (n * v)) with (- (m * v) + - (s * v)) by (unfold s; ring). rewrite !exp_plus.
  set (q := exp (- (s * u))). assert (hs : 0 <= s) by (unfold s; lra).
  assert (hq : 0 < q <= 1).
  { split; [apply exp_pos|]. apply exp_le_1. assert (0 <= s * u) by (apply Rmult_le_pos; lra). lra. }
  assert (hq' : q ^ 3 <= exp (- (s * v))).
  { unfold q. replace (exp (- (s * u)) ^ 3) with (exp (- (s * (3 * u)))).
    - apply exp_le. apply Ropp_le_contravar, Rmult_le_compat_l; lra.
    - simpl. rewrite Rmult_1_r, <- !exp_plus. f_equal. ring. }
  assert (hp : exp (- (m * v)) <= exp (- (m * u))) by (apply exp_le, Ropp_le_contravar, Rmult_le_compat_l; lra).
  assert (hp0 := exp_pos (- (m * v))). set (P := exp (- (m * u))) in *. set (P' := exp (- (m * v))) in *.
  assert (h3 : (1 - exp (- (s * v))) / 3 <= 1 - q).
  { assert (e : 1 - q ^ 3 = (1 - q) * (1 + q + q ^ 2)) by ring.
    assert (1 + q + q ^ 2 <= 3) by nra. nra. }
  assert (h4 : P' * ((1 - exp (- (s * v))) / 3) <= P' * (1 - q)) by (apply Rmult_le_compat_l; lra).
  assert (h5 : P' * (1 - q) <= P * (1 - q)) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma three_number a : 0 <= a <= 1 / 8 ->
  exp (- ((late 3 - a) * (3 + 9 / 2 * a + 9 * a ^ 2))) - exp (- ((late 3 - a) * (4 + 8 * a + 128 / 3 * a ^ 2))) / 3 <= 1 / 16.
Proof. intros ha. unfold late. interval with (i_bisect a, i_depth 30). Qed.

Lemma late_three a n : 0 < a -> a <= 1 / 8 -> late 3 <= (INR n + 1) * a ->
  (1 - 3 * a) ^ n - (1 - 4 * a) ^ n / 3 <= 1 / 16.
Proof.
  intros ha ha8 hT. assert (h3 : 87 / 100 <= late 3) by (unfold late; interval).
  set (u := - ln (1 - 3 * a)). set (v := - ln (1 - 4 * a)). set (m := late 3 / a - 1).
  assert (hma : m * a = late 3 - a) by (unfold m; field; lra).
  assert (hm0 : 0 <= m) by (assert (1 <= late 3 / a) by (apply le_div; lra); unfold m; lra).
  assert (hmn : m <= INR n) by (apply (Rmult_le_reg_r a); lra).
  assert (lu := ln_one_minus_le (3 * a) ltac:(lra)). assert (lv := ln_one_minus_ge (4 * a) ltac:(lra)).
  assert (hu0 : 0 <= u) by (unfold u; assert (k := ln_le_sub_1 (1 - 3 * a) ltac:(lra)); lra).
  assert (huv : u <= v) by (unfold u, v; assert (ln (1 - 4 * a) <= ln (1 - 3 * a)) by (apply ln_le; lra); lra).
  assert (hv : v <= 3 * u).
  { unfold u, v. assert (k : ln ((1 - 3 * a) ^ 3) <= ln (1 - 4 * a)).
    { apply ln_le; [apply pow_lt; lra|]. assert (0 <= a * (5 - 27 * a + 27 * a ^ 2)) by (apply Rmult_le_pos; nra). lra. }
    rewrite <- Rpower_pow in k by lra. unfold Rpower in k. rewrite ln_exp in k. simpl (INR 3) in k. lra. }
  assert (k := exponents_fall u v m (INR n) hm0 hmn hu0 huv hv).
  rewrite !pow_Rpower by lra. fold u v in k.
  replace (INR n * ln (1 - 3 * a)) with (- (INR n * u)) by (unfold u; ring).
  replace (INR n * ln (1 - 4 * a)) with (- (INR n * v)) by (unfold v; ring).
  eapply Rle_trans; [exact k|]. eapply Rle_trans; [|apply (three_number a); lra].
  assert (e1 : exp (- (m * u)) <= exp (- ((late 3 - a) * (3 + 9 / 2 * a + 9 * a ^ 2)))).
  { apply exp_le, Ropp_le_contravar. rewrite <- hma, Rmult_assoc. apply Rmult_le_compat_l; [exact hm0|]. unfold u. lra. }
  assert (e2 : exp (- ((late 3 - a) * (4 + 8 * a + 128 / 3 * a ^ 2))) <= exp (- (m * v))).
  { apply exp_le, Ropp_le_contravar. rewrite <- hma, Rmult_assoc. apply Rmult_le_compat_l; [exact hm0|]. unfold v. lra. }
  lra.
Qed.

(** With one key, a = rho/4 and rho > 2/3: three draws are needed, and four are enough. *)
Lemma late_three_one_key a n : 1 / 6 <= a -> a <= 1 / 4 -> late 3 <= (INR n + 1) * a ->
  (1 - 3 * a) ^ n - (1 - 4 * a) ^ n / 3 <= 1 / 16.
Proof.
  intros ha ha4 hT. assert (h3 : 87 / 100 <= late 3) by (unfold late; interval).
  assert (h4 : 0 <= (1 - 4 * a) ^ n) by (apply pow_le; lra).
  apply Rle_trans with ((1 - 3 * a) ^ n); [lra|].
  destruct n as [|[|[|[|n]]]]; try (simpl INR in hT; lra).
  - simpl INR in hT. assert (hb : 0 <= 1 - 3 * a <= 36 / 100) by lra.
    apply Rle_trans with ((36 / 100) ^ 3); [apply pow_incr; exact hb|lra].
  - change (S (S (S (S n)))) with (4 + n)%nat. rewrite pow_add. assert (hb : 0 <= 1 - 3 * a <= 1 / 2) by lra.
    assert (k := pow_le_1 (1 - 3 * a) n ltac:(lra) ltac:(lra)).
    assert (k4 : (1 - 3 * a) ^ 4 <= (1 / 2) ^ 4) by (apply pow_incr; exact hb).
    assert (0 <= (1 - 3 * a) ^ 4) by (apply pow_le; lra). nra.
Qed.
