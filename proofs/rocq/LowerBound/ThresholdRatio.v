(** Theorem 4.1: how far its sample size is from the true one. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Replay.Calculus Scalar.Basics Finite.Space LowerBound.HardInstance
  LowerBound.SampleSize LowerBound.BayesRisk.
Open Scope R_scope.

(** * No instance: kappa_0 = 2, three policies, one draw

    D11.  At the bound's own eps the hard instance has M >= 4 labels, so no number of keys makes its
    class have three members. *)

(** The root of [eps^2 (1 + log (2/eps)) = (1/3072) 2 log 3] lies below 1/24. *)
Lemma root_below : forall eps : R, 0 < eps -> eps <= 1 / 16 ->
  eps ^ 2 * (1 + ln (2 / eps)) = 1 / 3072 * 2 * ln 3 -> eps < 1 / 24.
Proof.
  intros eps hpos hle heq. destruct (Rlt_dec eps (1 / 24)) as [h | h]; [exact h | exfalso].
  assert (hl : 0 <= ln (2 / eps)).
  { rewrite <- ln_1. destruct (Req_dec 1 (2 / eps)) as [e | ne]; [rewrite <- e; lra|].
    left. apply ln_increasing; [lra|]. apply (Rmult_lt_reg_r eps); [exact hpos|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (h3 : ln 3 <= 11 / 10) by compute_bounds.
  assert (hsq : 1 / 576 <= eps ^ 2) by nra.
  assert (hm : eps ^ 2 * 1 <= eps ^ 2 * (1 + ln (2 / eps))) by (apply Rmult_le_compat_l; nra).
  lra.
Qed.

(** D11: with M = 1 + floor((kappa_0 - 1)/(8 eps)) labels at kappa_0 = 2, M^d = 3 has no solution d >= 1. *)
Theorem D11_no_instance : forall (eps : R) (M d : nat), 0 < eps -> eps <= 1 / 16 ->
  eps ^ 2 * (1 + ln (2 / eps)) = 1 / 3072 * 2 * ln 3 ->
  INR M <= 1 + (2 - 1) / (8 * eps) -> 1 + (2 - 1) / (8 * eps) < INR M + 1 -> (1 <= d)%nat ->
  INR d * ln (INR M) <> ln 3.
Proof.
  intros eps M d hpos hle heq _ hM hd.
  assert (h := root_below eps hpos hle heq).
  assert (hq : 3 < (2 - 1) / (8 * eps)).
  { apply (Rmult_lt_reg_r (8 * eps)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (h4 : 3 < INR M) by lra.
  assert (hlog : ln 3 < ln (INR M)) by (apply ln_increasing; lra).
  assert (hone : 1 <= INR d) by (apply (le_INR 1); exact hd).
  assert (h0 : 0 < ln 3) by compute_bounds.
  nra.
Qed.

(** * The closed bounds of the exact risk at 85.3 times D07's bound

    With M labels and a = rho/(d(M+1)), 85.3 times D07's bound means (n + 1) a >= late M.  From there on each
    bound of the exact risk over rho is at most 1/16; at three labels and many keys it is 1/16 up to 2 parts in
    10 000.

    Serves D15. *)

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
  replace (c * a + (c * a) ^ 2 / 2 + (c * a) ^ 3 / 3) with (a * s) in hl by (unfold s; lra).
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
    with (853 / 240 * (ln M * (1 + ln (8 * (M' + 1)))) / (1 + ln (8 * (M + 1)))) by lra.
  apply div_le; [exact p|]. nra.
Qed.

(** *** Eight labels or more *)

Lemma late_many M a n : 8 <= M -> 0 < a -> a <= / 9 -> late M <= (INR n + 1) * a -> (1 - 2 * a) ^ n <= 1 / 16.
Proof.
  intros hM ha ha9 hT. assert (h8 : 14 / 10 <= late 8) by (unfold late; compute_bounds).
  assert (hl := late_increases 8 M ltac:(lra) hM).
  eapply Rle_trans; [apply (power_late (14 / 10) a 2 n); lra|].
  apply Rle_trans with (exp (- (28 / 10))); [apply exp_le|compute_bounds].
  assert (h : 0 <= a * (4 / 5 + a * (26 / 15 - 8 / 3 * a)))
      by (apply Rmult_le_pos; [lra|]; apply Rplus_le_le_0_compat; [lra|]; apply Rmult_le_pos; lra).
  nra.
Qed.

(** *** From four to eight labels *)

Lemma late_several M a n : 4 <= M <= 8 -> 0 < a -> a <= / 5 -> late M <= (INR n + 1) * a ->
  (1 - 2 * a) ^ n / 3 + (M - 1) / 6 * (1 - 3 * a) ^ n <= 1 / 16.
Proof.
  intros hM ha ha5 hT. assert (h4 : 105 / 100 <= late 4) by (unfold late; compute_bounds).
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
  { assert (part : forall b c, 4 <= b <= M -> M <= c ->
      exp (- (2 * late b)) / 3 + (c - 1) / 6 * exp (- (3 * late b)) <= 1 / 16 ->
      exp (- (2 * T)) / 3 + (M - 1) / 6 * exp (- (3 * T)) <= 1 / 16).
    { intros b c hb hc. assert (hT' := late_increases b M ltac:(lra) ltac:(lra)). fold T in hT'.
      assert (exp (- (2 * T)) <= exp (- (2 * late b))) by (apply exp_le; lra).
      assert ((M - 1) / 6 * exp (- (3 * T)) <= (c - 1) / 6 * exp (- (3 * late b)));
        [apply Rmult_le_compat; try lra; [apply Rlt_le, exp_pos|apply exp_le; lra]|lra]. }
    unfold late in part. destruct (Rle_dec M (405 / 100)); [apply (part 4 (405 / 100)); [lra|lra|compute_bounds]|].
    destruct (Rle_dec M (42 / 10)); [apply (part (405 / 100) (42 / 10)); [lra|lra|compute_bounds]|].
    destruct (Rle_dec M (46 / 10)); [apply (part (42 / 10) (46 / 10)); [lra|lra|compute_bounds]|].
    destruct (Rle_dec M (56 / 10)); [apply (part (46 / 10) (56 / 10)); [lra|lra|compute_bounds]|].
    apply (part (56 / 10) 8); [lra|lra|compute_bounds]. }
  assert (hM6 : (M - 1) / 6 * (1 - 3 * a) ^ n <= (M - 1) / 6 * exp (- (3 * T))) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

(** *** Three labels *)

(** p^n - q^n/3 falls with n wherever q >= p^3. *)
Lemma exponents_fall u v m n : 0 <= m -> m <= n -> 0 <= u -> u <= v -> v <= 3 * u ->
  exp (- (n * u)) - exp (- (n * v)) / 3 <= exp (- (m * u)) - exp (- (m * v)) / 3.
Proof.
  intros hm hn hu huv hv. set (s := n - m).
  replace (- (n * u)) with (- (m * u) + - (s * u)) by (unfold s; lra).
  replace (- (n * v)) with (- (m * v) + - (s * v)) by (unfold s; lra). rewrite !exp_plus.
  set (q := exp (- (s * u))). assert (hs : 0 <= s) by (unfold s; lra).
  assert (hq : 0 < q <= 1).
  { split; [apply exp_pos|]. apply exp_le_1. assert (0 <= s * u) by (apply Rmult_le_pos; lra). lra. }
  assert (hq' : q ^ 3 <= exp (- (s * v))).
  { unfold q. replace (exp (- (s * u)) ^ 3) with (exp (- (s * (3 * u)))).
    - apply exp_le. apply Ropp_le_contravar, Rmult_le_compat_l; lra.
    - simpl. rewrite Rmult_1_r, <- !exp_plus. f_equal. lra. }
  assert (hp : exp (- (m * v)) <= exp (- (m * u))) by (apply exp_le, Ropp_le_contravar, Rmult_le_compat_l; lra).
  assert (hp0 := exp_pos (- (m * v))). set (P := exp (- (m * u))) in *. set (P' := exp (- (m * v))) in *.
  assert (h3 : (1 - exp (- (s * v))) / 3 <= 1 - q).
  { assert (e : 1 - q ^ 3 = (1 - q) * (1 + q + q ^ 2)) by lra.
    assert (1 + q + q ^ 2 <= 3) by nra. nra. }
  assert (h4 : P' * ((1 - exp (- (s * v))) / 3) <= P' * (1 - q)) by (apply Rmult_le_compat_l; lra).
  assert (h5 : P' * (1 - q) <= P * (1 - q)) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma three_number a : 0 <= a <= 1 / 8 ->
  exp (- ((late 3 - a) * (3 + 9 / 2 * a + 9 * a ^ 2))) - exp (- ((late 3 - a) * (4 + 8 * a + 128 / 3 * a ^ 2))) / 3 <= 1 / 16.
Proof.
  intros ha. assert (hL : 874 / 1000 <= late 3 <= 875 / 1000) by (unfold late; compute_bounds).
  assert (part : forall b c, 0 <= b <= a -> a <= c <= 1 / 8 ->
    exp (- ((late 3 - b) * (3 + 9 / 2 * b + 9 * b ^ 2))) - exp (- ((late 3 - c) * (4 + 8 * c + 128 / 3 * c ^ 2))) / 3 <= 1 / 16 ->
    exp (- ((late 3 - a) * (3 + 9 / 2 * a + 9 * a ^ 2))) - exp (- ((late 3 - a) * (4 + 8 * a + 128 / 3 * a ^ 2))) / 3 <= 1 / 16).
  { intros b c hb hc. set (L := late 3) in *.
    assert (h1 : exp (- ((L - a) * (3 + 9 / 2 * a + 9 * a ^ 2))) <= exp (- ((L - b) * (3 + 9 / 2 * b + 9 * b ^ 2)))).
    { apply exp_le, Ropp_le_contravar, Rminus_le.
      replace (_ - _) with (- ((a - b) * (9 / 2 * L - 3 + (a + b) * (9 * L - 9 / 2 - 9 * (a + b)) + 9 * a * b))) by ring.
      apply Ropp_le_cancel. rewrite Ropp_0, Ropp_involutive. apply Rmult_le_pos; [lra|].
      assert (0 <= (a + b) * (9 * L - 9 / 2 - 9 * (a + b))) by (apply Rmult_le_pos; lra).
      assert (0 <= a * b) by (apply Rmult_le_pos; lra). lra. }
    assert (h2 : exp (- ((L - c) * (4 + 8 * c + 128 / 3 * c ^ 2))) <= exp (- ((L - a) * (4 + 8 * a + 128 / 3 * a ^ 2)))).
    { apply exp_le, Ropp_le_contravar, Rminus_le.
      replace (_ - _) with (- ((c - a) * (8 * L - 4 + (c + a) * (128 / 3 * L - 8 - 128 / 3 * (c + a)) + 128 / 3 * (c * a)))) by field.
      apply Ropp_le_cancel. rewrite Ropp_0, Ropp_involutive. apply Rmult_le_pos; [lra|].
      assert (0 <= (c + a) * (128 / 3 * L - 8 - 128 / 3 * (c + a))) by (apply Rmult_le_pos; lra).
      assert (0 <= c * a) by (apply Rmult_le_pos; lra). lra. }
    lra. }
  unfold late in part |- *.
  destruct (Rle_dec a (39 / 100000)); [apply (part 0 (39 / 100000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (124 / 100000)); [apply (part (39 / 100000) (124 / 100000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (31 / 10000)); [apply (part (124 / 100000) (31 / 10000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (7 / 1000)); [apply (part (31 / 10000) (7 / 1000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (147 / 10000)); [apply (part (7 / 1000) (147 / 10000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (287 / 10000)); [apply (part (147 / 10000) (287 / 10000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (53 / 1000)); [apply (part (287 / 10000) (53 / 1000)); [lra|lra|compute_bounds]|].
  destruct (Rle_dec a (95 / 1000)); [apply (part (53 / 1000) (95 / 1000)); [lra|lra|compute_bounds]|].
  apply (part (95 / 1000) (1 / 8)); [lra|lra|compute_bounds].
Qed.

Lemma late_three a n : 0 < a -> a <= 1 / 8 -> late 3 <= (INR n + 1) * a ->
  (1 - 3 * a) ^ n - (1 - 4 * a) ^ n / 3 <= 1 / 16.
Proof.
  intros ha ha8 hT. assert (h3 : 87 / 100 <= late 3) by (unfold late; compute_bounds).
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
  replace (INR n * ln (1 - 3 * a)) with (- (INR n * u)) by (unfold u; lra).
  replace (INR n * ln (1 - 4 * a)) with (- (INR n * v)) by (unfold v; lra).
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
  intros ha ha4 hT. assert (h3 : 87 / 100 <= late 3) by (unfold late; compute_bounds).
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

(** * Theorem 4.1: how far its sample size is from the true one

    At every size the exact Bayes risk of D15 is above eps up to 16.6 times D07's bound, and at most eps
    from the last whole number below 85.3 times that bound on: the least sample size that suffices lies
    between.  The first constant is 6 log 16 rounded down, the limit at kappa_0 = 2 as eps -> 0; the second
    is the limit at kappa_0 = 2, eps = 1/16, three labels and many keys, rounded up.

    Serves D15. *)

(** ** Powers of 1 - y *)

Lemma exp_ge_quadratic t : 0 <= t -> 1 + t + t ^ 2 / 2 <= exp t.
Proof.
  intros ht. assert (k := exp_ge_taylor t 2 ht). unfold sum_f_R0 in k. simpl in k. simpl. lra.
Qed.

(** 1 - y >= exp(-y(1 + y)) up to 1/2. *)
Lemma one_minus_ge y : 0 <= y <= 1 / 2 -> exp (- (y * (1 + y))) <= 1 - y.
Proof.
  intros hy. set (t := y * (1 + y)). assert (ht : 0 <= t) by (unfold t; nra).
  assert (k := exp_ge_quadratic t ht). rewrite exp_Ropp.
  apply (Rmult_le_reg_r (exp t)); [apply exp_pos|]. rewrite Rinv_l by (apply Rgt_not_eq, exp_pos).
  apply Rle_trans with ((1 - y) * (1 + t + t ^ 2 / 2)); [|apply Rmult_le_compat_l; lra].
  assert (e : (1 - y) * (1 + t + t ^ 2 / 2) - 1 = y ^ 2 * ((1 - y) * (1 + y) ^ 2 / 2 - y)) by (unfold t; lra).
  assert (h : 0 <= (1 - y) * (1 + y) ^ 2 / 2 - y) by nra.
  assert (0 <= y ^ 2 * ((1 - y) * (1 + y) ^ 2 / 2 - y)) by (apply Rmult_le_pos; [apply pow2_ge_0|exact h]). lra.
Qed.

Lemma power_ge_exp y n : 0 <= y <= 1 / 2 -> exp (- (INR n * y * (1 + y))) <= (1 - y) ^ n.
Proof.
  intros hy. assert (h := one_minus_ge y hy).
  apply Rle_trans with (exp (- (y * (1 + y))) ^ n).
  - right. rewrite pow_Rpower by apply exp_pos. rewrite ln_exp. f_equal. lra.
  - apply pow_incr. split; [left; apply exp_pos|exact h].
Qed.

(** ** Numbers *)

(** The exponent at 83/5 times D07's bound, for M labels. *)
Definition exponent (M s : R) : R := 83 / 30 * ln M / (1 + s).

(** What is left of the risk, over rho, at exponent U. *)
Definition rest (M U : R) : R := exp (- (U * (1 + 2 / (M + 1)))) - / M * exp (- (U / 2)).

(** The rest falls with the exponent, as long as it is positive. *)
Definition enough (M U : R) : Prop := 1 / 16 < rest M U /\ / M <= exp (- (U * (1 / 2 + 2 / (M + 1)))).

Lemma enough_below M U V : 0 < M -> U <= V -> enough M V -> enough M U.
Proof.
  intros hM hV [hr1 hr2]. assert (hq : 0 < 2 / (M + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (split_rest : forall W, rest M W = exp (- (W / 2)) * (exp (- (W * (1 / 2 + 2 / (M + 1)))) - / M)).
  { intros W. unfold rest. rewrite Rmult_minus_distr_l, <- exp_plus. f_equal; [f_equal; lra|lra]. }
  assert (hr3 : exp (- (V * (1 / 2 + 2 / (M + 1)))) <= exp (- (U * (1 / 2 + 2 / (M + 1))))).
  { apply exp_le, Ropp_le_contravar, Rmult_le_compat_r; lra. }
  split; [|lra]. rewrite split_rest in *. eapply Rlt_le_trans; [exact hr1|].
  apply Rmult_le_compat; [left; apply exp_pos|lra|apply exp_le; lra|lra].
Qed.

Lemma rest_at_three : enough 3 (exponent 3 (ln 32)).
Proof. unfold enough, rest, exponent. split; compute_bounds. Qed.

Lemma rest_middle l : ln 4 <= l <= 12 -> enough (exp l) (83 / 30 * l / (1 + (l + ln 8))).
Proof.
  intros hl. assert (h : 138 / 100 <= l <= 12) by (assert (138 / 100 <= ln 4) by compute_bounds; lra).
  clear hl. unfold enough, rest. split; [compute_bounds_on l 30%nat|].
  apply Rminus_le, Ropp_le_cancel. rewrite Ropp_0, Ropp_minus_distr. compute_bounds_on l 30%nat.
Qed.

Lemma rest_large l : 12 <= l -> enough (exp l) (83 / 30 * l / (1 + (l + ln 8))).
Proof.
  intros hl. set (M := exp l). set (U := 83 / 30 * l / (1 + (l + ln 8))). assert (h8 : 2 <= ln 8 <= 21 / 10) by (split; compute_bounds).
  assert (hM : 72 <= M /\ 6 * l <= M).
  { assert (k := exp_ge_quadratic l ltac:(lra)). unfold M. split; nra. }
  assert (hinv : 0 < / M <= 1 / 10000).
  { split; [apply Rinv_0_lt_compat; lra|]. unfold M. rewrite <- exp_Ropp.
    apply Rle_trans with (exp (- (12))); [apply exp_le; lra|compute_bounds]. }
  assert (hU0 : 0 <= U) by (unfold U; apply le_div; nra).
  assert (hc : U * (1 + 2 / (M + 1)) <= 83 / 30).
  { unfold U. assert (hs : 0 < 1 + (l + ln 8)) by lra. assert (hM1 : 0 < M + 1) by lra.
    replace (83 / 30 * l / (1 + (l + ln 8)) * (1 + 2 / (M + 1))) with (83 / 30 * (l * (M + 3)) / ((1 + (l + ln 8)) * (M + 1)))
      by (field; lra).
    apply div_le; [apply Rmult_lt_0_compat; lra|]. nra. }
  assert (he : 628 / 10000 <= exp (- (U * (1 + 2 / (M + 1))))).
  { apply Rle_trans with (exp (- (83 / 30))); [compute_bounds|apply exp_le; lra]. }
  assert (hf : exp (- (U / 2)) <= 1) by (apply exp_le_1; lra). assert (hf0 := exp_pos (- (U / 2))).
  unfold enough, rest. split; [nra|]. apply Rle_trans with (exp (- (U * (1 + 2 / (M + 1))))); [lra|].
  apply exp_le. lra.
Qed.

Section Ratio.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation bound kappa0 eps := (1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps)))).

  Variables kappa0 eps : R.
  Hypothesis hk : 2 <= kappa0.
  Hypothesis h0 : 0 < eps.
  Hypothesis h1 : eps <= 1 / 16.
  Hypothesis hM : M <= 1 + (kappa0 - 1) / (8 * eps).
  Hypothesis hM' : 1 + (kappa0 - 1) / (8 * eps) < M + 1.

  Lemma labels : 3 <= M /\ (M = 3 \/ 4 <= M).
  Proof.
    assert (h : 2 <= (kappa0 - 1) / (8 * eps)) by (apply le_div; lra).
    unfold card in *. set (m := length (@enum K FK)) in *.
    assert (hm : (2 < m)%nat) by (apply INR_lt; simpl (INR 2); lra).
    destruct (Nat.eq_dec m 3) as [e|hne]; [rewrite e; simpl; lra|].
    assert (h4 : (4 <= m)%nat) by lia. apply le_INR in h4. simpl (INR 4) in h4. lra.
  Qed.

  Lemma labels_upper : 8 * eps * M <= 8 * eps + kappa0 - 1.
  Proof. assert (h := hM). apply Rplus_le_compat_l with (r := - (1)) in h.
    replace (- (1) + (1 + (kappa0 - 1) / (8 * eps))) with ((kappa0 - 1) / (8 * eps)) in h by lra.
    apply mul_le_of_div in h; lra.
  Qed.

  Lemma labels_lower : kappa0 - 1 < 8 * eps * M.
  Proof. assert (h := hM'). assert (k : (kappa0 - 1) / (8 * eps) < M) by lra. apply lt_mul_of_div in k; lra. Qed.

  (** The logarithm of D07's bound is at least ln M + ln 8 and ln 32. *)
  Lemma log_range : ln M + ln 8 <= ln (kappa0 / eps) /\ ln 32 <= ln (kappa0 / eps).
  Proof.
    assert (hm := labels). assert (hu := labels_upper). split.
    - rewrite <- ln_mult by lra. apply ln_le; [lra|]. apply le_div; [exact h0|]. lra.
    - apply ln_le; [lra|]. apply le_div; [exact h0|]. lra.
  Qed.

  Let y := 2 * (16 * eps) / (d * (M + 1)).

  Lemma step_range : 0 <= y <= 2 / (M + 1).
  Proof.
    assert (hm := labels). assert (hd := @card_ge_1 I FI). unfold y. split.
    - apply le_div; nra.
    - apply div_le; [nra|]. replace (2 / (M + 1) * (d * (M + 1))) with (2 * d) by (field; lra). lra.
  Qed.

  Lemma bound_step : bound kappa0 eps * y
    = 1 / 96 * (kappa0 / (eps * (M + 1))) * (ln M / (1 + ln (kappa0 / eps))).
  Proof.
    assert (hm := labels). assert (hd := @card_ge_1 I FI). assert (hL := log_range).
    assert (h32 : 0 < ln 32) by compute_bounds. unfold y. rewrite log_class_size. field. repeat split; lra.
  Qed.

  (** D15: above eps up to 16.6 times D07's bound. *)
  Theorem D15_threshold_above n : INR n <= 83 / 5 * bound kappa0 eps -> eps < @bayes_risk I K FI FK (16 * eps) n.
  Proof.
    intros hn. assert (hm := labels). assert (hL := log_range). assert (hy := step_range).
    assert (h32 : 0 < ln 32) by compute_bounds. assert (hlow := labels_lower).
    set (L := ln (kappa0 / eps)) in *. set (U := exponent M L).
    assert (hlM : 0 < ln M) by (apply ln_gt_0; lra).
    assert (hu : INR n * y <= U).
    { apply Rle_trans with (83 / 5 * bound kappa0 eps * y); [apply Rmult_le_compat_r; [lra|exact hn]|].
      rewrite Rmult_assoc, bound_step. fold L. unfold U, exponent.
      assert (hq : kappa0 / (eps * (M + 1)) <= 16).
      { apply div_le; [apply Rmult_lt_0_compat|]; lra. }
      assert (hr : 0 < ln M / (1 + L)) by (apply Rdiv_lt_0_compat; lra).
      replace (83 / 30 * ln M / (1 + L)) with (83 / 5 * (1 / 96 * 16 * (ln M / (1 + L)))) by lra.
      apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; lra. }
    assert (hgood : exists V, U <= V /\ enough M V).
    { destruct hm as [hm3 [e3|hm4]].
      - exists (exponent 3 (ln 32)). split; [|rewrite e3; exact rest_at_three].
        unfold U, exponent. rewrite e3. assert (h3 : 0 < ln 3) by compute_bounds.
        apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra.
      - exists (83 / 30 * ln M / (1 + (ln M + ln 8))). split.
        + unfold U, exponent. apply Rmult_le_compat_l; [lra|]. assert (0 < ln 8) by compute_bounds. apply Rinv_le_contravar; lra.
        + rewrite <- (exp_ln M) at 1 by lra. assert (hl4 : ln 4 <= ln M) by (apply ln_le; lra).
          destruct (Rle_dec (ln M) 12) as [h12|h12]; [apply rest_middle; lra|apply rest_large; lra]. }
    destruct hgood as (V & hV & hgood).
    destruct (D15_sandwich (I := I) (K := K) (16 * eps) n ltac:(lra) ltac:(lra) ltac:(lra)) as [hs _].
    eapply Rlt_le_trans; [|exact hs]. fold y.
    assert (ea : 1 - 16 * eps / (d * (M + 1)) = 1 - y / 2) by (unfold y; assert (hd := @card_ge_1 I FI); lra).
    rewrite ea.
    assert (hM1 : 2 / (M + 1) <= 1 / 2) by (apply div_le; lra).
    assert (g1 := power_ge_exp y n ltac:(lra)).
    assert (g2 := power_le_exp (y / 2) n ltac:(lra)).
    set (u := INR n * y) in *. assert (hu0 : 0 <= u) by (apply Rmult_le_pos; [apply pos_INR|lra]).
    replace (INR n * (y / 2)) with (u / 2) in g2 by (unfold u; lra).
    assert (hi : 0 < / M) by (apply Rinv_0_lt_compat; lra).
    assert (g3 : exp (- (u * (1 + 2 / (M + 1)))) <= (1 - y) ^ n).
    { eapply Rle_trans; [|exact g1]. apply exp_le, Ropp_le_contravar.
      change (INR n * y) with u. apply Rmult_le_compat_l; lra. }
    assert (hM0 : 0 < M) by lra. assert (huV : u <= V) by lra.
    destruct (enough_below M u V hM0 huV hgood) as [hr _]. unfold rest in hr.
    assert (g4 : / M * (1 - y / 2) ^ n <= / M * exp (- (u / 2))) by (apply Rmult_le_compat_l; lra).
    assert (hfin : 1 / 16 < (1 - y) ^ n - / M * (1 - y / 2) ^ n) by lra.
    apply Rle_lt_trans with (16 * eps * (1 / 16)); [lra|]. apply Rmult_lt_compat_l; lra.
  Qed.

  (** w (1 - ln w) increases up to 1. *)
  Lemma entropy_increases w w' : 0 < w -> w <= w' -> w' <= 1 -> w * (1 - ln w) <= w' * (1 - ln w').
  Proof.
    intros hw hww hw'. assert (h := ln_le_sub_1 (w' / w) ltac:(apply Rdiv_lt_0_compat; lra)).
    rewrite ln_quotient in h by lra. apply (Rmult_le_compat_l w) in h; [|lra].
    replace (w * (w' / w - 1)) with (w' - w) in h by (field; lra).
    assert (hl : ln w' <= 0) by (rewrite <- ln_1; apply ln_le; lra). nra.
  Qed.

  (** At 85.3 times D07's bound, (n + 1) rho/(d(M+1)) is at least [late M]. *)
  Lemma late_enough n : 853 / 10 * bound kappa0 eps <= INR n + 1 -> late M <= (INR n + 1) * (y / 2).
  Proof.
    intros hn. assert (hm := labels). assert (hL := log_range). assert (hy := step_range).
    assert (h32 : 0 < ln 32) by compute_bounds. assert (hup := labels_upper).
    assert (hlM : 0 < ln M) by (apply ln_gt_0; lra).
    set (L := ln (kappa0 / eps)) in *.
    assert (hq : 8 * (M + 1) / (1 + ln (8 * (M + 1))) <= kappa0 / (eps * (1 + L))).
    { set (w := eps / kappa0). set (w' := / (8 * (M + 1))).
      assert (hw : 0 < w) by (apply Rdiv_lt_0_compat; lra).
      assert (hww : w <= w').
      { unfold w, w'. apply div_le; [lra|]. apply (Rmult_le_reg_l (8 * (M + 1))); [lra|].
        rewrite <- Rmult_assoc, Rinv_r by lra. lra. }
      assert (hw1 : w' <= 1) by (unfold w'; rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      assert (k := entropy_increases w w' hw hww hw1).
      assert (e1 : 1 - ln w = 1 + L) by (unfold w, L; rewrite !ln_quotient by lra; lra).
      assert (e2 : 1 - ln w' = 1 + ln (8 * (M + 1))) by (unfold w'; rewrite ln_Rinv by lra; lra).
      rewrite e1, e2 in k.
      assert (hp : 0 < 1 + ln (8 * (M + 1))) by (apply log_labels; lra).
      replace (8 * (M + 1) / (1 + ln (8 * (M + 1)))) with (/ (w' * (1 + ln (8 * (M + 1))))) by (unfold w'; field; lra).
      replace (kappa0 / (eps * (1 + L))) with (/ (w * (1 + L))) by (unfold w; field; lra).
      apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|exact k]. }
    apply Rle_trans with (853 / 10 * bound kappa0 eps * (y / 2)); [|apply Rmult_le_compat_r; [lra|exact hn]].
    set (b := bound kappa0 eps). replace (853 / 10 * b * (y / 2)) with (853 / 20 * (b * y)) by lra. unfold b.
    rewrite bound_step. fold L.
    replace (853 / 20 * (1 / 96 * (kappa0 / (eps * (M + 1))) * (ln M / (1 + L))))
      with (853 / 1920 * (ln M / (M + 1)) * (kappa0 / (eps * (1 + L)))) by (field; lra).
    assert (hr : 0 < 853 / 1920 * (ln M / (M + 1))) by (apply Rmult_lt_0_compat; [lra|apply Rdiv_lt_0_compat; lra]).
    apply Rle_trans with (853 / 1920 * (ln M / (M + 1)) * (8 * (M + 1) / (1 + ln (8 * (M + 1)))));
      [|apply Rmult_le_compat_l; [left; exact hr|exact hq]].
    right. unfold late. destruct (log_labels M (proj1 hm)) as [hp _]. field. repeat split; lra.
  Qed.

  (** D15: at most eps from the last whole number below 85.3 times D07's bound on. *)
  Theorem D15_threshold_below n : 853 / 10 * bound kappa0 eps <= INR n + 1 -> @bayes_risk I K FI FK (16 * eps) n <= eps.
  Proof.
    intros hn. assert (hm := labels). assert (hy := step_range). assert (hT := late_enough n hn).
    assert (hd := @card_ge_1 I FI). set (a := y / 2) in *.
    assert (ea : a = 16 * eps / (d * (M + 1))) by (unfold a, y; lra).
    assert (ha0 : 0 < a) by (rewrite ea; apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
    assert (ha : a * (M + 1) <= 1).
    { unfold a. apply Rle_trans with (2 / (M + 1) / 2 * (M + 1)); [apply Rmult_le_compat_r; lra|]. right. field. lra. }
    assert (goal_of : forall r, @bayes_risk I K FI FK (16 * eps) n <= 16 * eps * r -> r <= 1 / 16 ->
                      @bayes_risk I K FI FK (16 * eps) n <= eps) by (intros r k kr; assert (16 * eps * r <= 16 * eps * (1 / 16)) by (apply Rmult_le_compat_l; lra); lra).
    destruct hm as [_ [e3|hm4]].
    - apply (goal_of _ (bayes_risk_three (I := I) (K := K) (16 * eps) a n ltac:(lra) ltac:(lra) e3 ea)).
      rewrite e3 in hT, ea. assert (hlow := labels_lower). rewrite e3 in hlow.
      assert (hcard : d = 1 \/ 2 <= d).
      { unfold card in *. set (m := length (@enum I FI)) in *.
        destruct (Nat.eq_dec m 1) as [e|hne]; [left; rewrite e; reflexivity|right].
        assert (h1' : (1 <= m)%nat) by (apply INR_le; simpl (INR 1); lra).
        assert (h2 : (2 <= m)%nat) by lia. apply le_INR in h2. simpl (INR 2) in h2. lra. }
      destruct hcard as [e1|h2].
      + apply late_three_one_key; [| |exact hT]; rewrite ea, e1; lra.
      + apply late_three; [exact ha0| |exact hT]. rewrite ea. apply div_le; lra.
    - destruct (Rle_dec 8 M) as [h8|h8].
      + destruct (D15_sandwich (I := I) (K := K) (16 * eps) n ltac:(lra) ltac:(lra) ltac:(lra)) as [_ hs].
        replace (2 * (16 * eps) / (d * (M + 1))) with (2 * a) in hs by (rewrite ea; lra).
        apply (goal_of _ hs), (late_many M); [exact h8|exact ha0| |exact hT].
        assert (0 <= a * (M - 8)) by (apply Rmult_le_pos; lra). lra.
      + apply (goal_of _ (bayes_risk_chord (I := I) (K := K) (16 * eps) a n ltac:(lra) ltac:(lra) ltac:(lra) ea)).
        apply late_several; [lra|exact ha0| |exact hT].
        assert (0 <= a * (M - 4)) by (apply Rmult_le_pos; lra). lra.
  Qed.
End Ratio.
