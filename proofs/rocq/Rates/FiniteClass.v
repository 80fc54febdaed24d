(** The rates of section 5: logarithms, the recurrence, statements, proofs. *)

From Coq Require Import Reals Lra Lia List ZArith.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Scalar.Basics.
From SRVerify Require Import Scalar.LambertW Scalar.LambertInversion Finite.Space Policy.Definitions
  Policy.Update OneRound.Concentration OneRound.OneStep Iteration.Rounds Iteration.Learners.
Open Scope R_scope.

(** * The logarithms of the statistical error

    The quantities that the paper hides in O-tilde: the truncation level [B], the moment constant [V4] and
    [eps_stat] of a finite class, for a tail constant [K = k0 n^q] that is polynomial in [n].  Explicit
    bounds from [n = 3] on, and limits as [n] grows. *)

(** [B <= level_rate log n]. *)
Definition level_rate (N k0 : R) (q : nat) : R := ln (2 * (N + k0)) + INR q + 2.

(** [V4 <= moment_rate log n]. *)
Definition moment_rate (N k0 : R) (q : nat) : R := sqrt (sqrt (8 * (2 * M4 (ln N) + M4 (ln (2 * k0) + INR q)))).

(** [eps_stat <= stat_rate log n / sqrt n], with [L = log(|Pi|/delta)]. *)
Definition stat_rate (N k0 : R) (q : nat) (L : R) : R := 2 * level_rate N k0 q * sqrt L + moment_rate N k0 q.

(** The limit of [eps_stat sqrt n / log n]. *)
Definition stat_limit (q : nat) (L : R) : R := 2 * (INR q + 2) * sqrt L + sqrt (sqrt 8) * INR q.

Lemma ln_3_ge_1 x : 3 <= x -> 1 <= ln x.
Proof.
  intros hx. rewrite <- (ln_exp 1). apply ln_le_mono; [apply exp_pos|]. generalize exp_le_3. lra.
Qed.

(** A number of samples whose logarithm exceeds one. *)
Lemma INR_3 n : (3 <= n)%nat -> 3 <= INR n.
Proof. intros h. apply le_INR in h. simpl in h. lra. Qed.

Lemma ln_power_of x q : 0 < x -> ln (x ^ q) = INR q * ln x.
Proof. intros hx. apply ln_pow, hx. Qed.

Section Bounds.
  Variables N k0 : R.
  Hypothesis hN : 1 <= N.
  Hypothesis hk : 1 <= k0.
  Variable q : nat.

  Lemma level_rate_pos : 2 <= level_rate N k0 q.
  Proof.
    unfold level_rate. assert (0 <= ln (2 * (N + k0))) by (apply ln_ge_0; lra). generalize (pos_INR q). lra.
  Qed.

  Lemma moment_rate_nonneg : 0 <= moment_rate N k0 q.
  Proof. apply sqrt_pos. Qed.

  Lemma level_upper_log x : 1 <= x ->
    trunc_level N (k0 * x ^ q) x <= ln (2 * (N + k0)) + (INR q + 2) * ln x.
  Proof.
    intros hx. assert (hq : 1 <= x ^ q) by (apply pow_R1_Rle, hx).
    assert (h2 : 0 < x ^ 2) by (apply pow_lt; lra).
    unfold trunc_level. apply Rle_trans with (ln (2 * (N + k0) * x ^ q * x ^ 2)).
    - apply ln_le_mono; [apply Rmult_lt_0_compat; [|exact h2]; nra|].
      apply Rmult_le_compat_r; [lra|]. nra.
    - rewrite !ln_mult by (repeat (apply Rmult_lt_0_compat || apply pow_lt); lra).
      rewrite !ln_power_of by lra. simpl (INR 2).
      right; lra.
  Qed.

  Lemma level_lower_log x : 1 <= x -> ln (2 * k0) + (INR q + 2) * ln x <= trunc_level N (k0 * x ^ q) x.
  Proof.
    intros hx. assert (hq : 1 <= x ^ q) by (apply pow_R1_Rle, hx).
    assert (h2 : 0 < x ^ 2) by (apply pow_lt; lra).
    unfold trunc_level. apply Rle_trans with (ln (2 * k0 * x ^ q * x ^ 2)).
    - rewrite !ln_mult by (repeat (apply Rmult_lt_0_compat || apply pow_lt); lra).
      rewrite !ln_power_of by lra. simpl (INR 2). right; lra.
    - apply ln_le_mono; [repeat (apply Rmult_lt_0_compat || apply pow_lt); lra|].
      apply Rmult_le_compat_r; [lra|]. nra.
  Qed.

  Lemma level_upper x : 3 <= x -> trunc_level N (k0 * x ^ q) x <= level_rate N k0 q * ln x.
  Proof.
    intros hx. eapply Rle_trans; [apply level_upper_log; lra|]. assert (hl := ln_3_ge_1 x hx).
    assert (h0 : 0 <= ln (2 * (N + k0))) by (apply ln_ge_0; lra). unfold level_rate.
    assert (ln (2 * (N + k0)) * 1 <= ln (2 * (N + k0)) * ln x) by (apply Rmult_le_compat_l; lra). lra.
  Qed.

  Lemma level_ge_1 x : 3 <= x -> 1 <= trunc_level N (k0 * x ^ q) x.
  Proof.
    intros hx. eapply Rle_trans; [|apply level_lower_log; lra]. assert (hl := ln_3_ge_1 x hx).
    assert (0 <= ln (2 * k0)) by (apply ln_ge_0; lra). assert (hq := pos_INR q). nra.
  Qed.

  Lemma M4_monotone a b : 0 <= a <= b -> M4 a <= M4 b.
  Proof.
    intros h. unfold M4. assert (a ^ 2 <= b ^ 2) by (apply pow_incr; lra).
    assert (a ^ 3 <= b ^ 3) by (apply pow_incr; lra). assert (a ^ 4 <= b ^ 4) by (apply pow_incr; lra). lra.
  Qed.

  Lemma M4_scale a l : 0 <= a -> 1 <= l -> M4 (a * l) <= l ^ 4 * M4 a.
  Proof.
    intros ha hl. unfold M4. rewrite !Rpow_mult_distr.
    assert (h0 : 1 <= l ^ 4) by (apply pow_R1_Rle, hl).
    assert (h1 : l <= l ^ 4) by (rewrite <- (pow_1 l) at 1; apply Rle_pow; [exact hl|lia]).
    assert (h2 : l ^ 2 <= l ^ 4) by (apply Rle_pow; [exact hl|lia]).
    assert (h3 : l ^ 3 <= l ^ 4) by (apply Rle_pow; [exact hl|lia]).
    assert (p1 : 0 <= a ^ 2) by (apply pow_le, ha). assert (p2 : 0 <= a ^ 3) by (apply pow_le, ha).
    assert (a ^ 3 * l ^ 3 <= a ^ 3 * l ^ 4) by (apply Rmult_le_compat_l; lra).
    assert (a ^ 2 * l ^ 2 <= a ^ 2 * l ^ 4) by (apply Rmult_le_compat_l; lra).
    assert (a * l <= a * l ^ 4) by (apply Rmult_le_compat_l; lra). lra.
  Qed.

  Lemma M4_nonneg a : 0 <= a -> 24 <= M4 a.
  Proof.
    intros ha. unfold M4. assert (0 <= a ^ 2) by (apply pow_le, ha). assert (0 <= a ^ 3) by (apply pow_le, ha).
    assert (0 <= a ^ 4) by (apply pow_le, ha). lra.
  Qed.

  Lemma fourth_root_scale a l : 0 <= l -> sqrt (sqrt (a * l ^ 4)) = sqrt (sqrt a) * l.
  Proof.
    intros hl. replace (a * l ^ 4) with ((l ^ 2) ^ 2 * a) by lra.
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by apply pow2_ge_0.
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by exact hl. lra.
  Qed.

  Lemma ln_tail x : 1 <= x -> ln (2 * (k0 * x ^ q)) = ln (2 * k0) + INR q * ln x.
  Proof.
    intros hx. replace (2 * (k0 * x ^ q)) with (2 * k0 * x ^ q) by lra.
    rewrite ln_mult by (apply pow_lt || idtac; lra). rewrite ln_power_of by lra. reflexivity.
  Qed.

  Lemma moment_upper x : 3 <= x -> V4 N (k0 * x ^ q) <= moment_rate N k0 q * ln x.
  Proof.
    intros hx. assert (hl := ln_3_ge_1 x hx). unfold V4, moment_rate.
    rewrite <- fourth_root_scale by lra. apply sqrt_le_1_alt, sqrt_le_1_alt.
    rewrite ln_tail by lra. assert (a0 : 0 <= ln (2 * k0)) by (apply ln_ge_0; lra). assert (hq := pos_INR q).
    assert (hn : 0 <= ln N) by (apply ln_ge_0, hN).
    assert (h1 : M4 (ln (2 * k0) + INR q * ln x) <= ln x ^ 4 * M4 (ln (2 * k0) + INR q)).
    { eapply Rle_trans; [|apply M4_scale; lra]. apply M4_monotone. split; [|nra].
      apply Rplus_le_le_0_compat; [exact a0|]. apply Rmult_le_pos; lra. }
    assert (h2 : 1 <= ln x ^ 4) by (apply pow_R1_Rle, hl).
    assert (h3 := M4_nonneg (ln N) hn).
    assert (M4 (ln N) * 1 <= M4 (ln N) * ln x ^ 4) by (apply Rmult_le_compat_l; lra). lra.
  Qed.

  Lemma sqrt_quotient a x : 0 <= a -> 0 < x -> sqrt (a / x) = sqrt a / sqrt x.
  Proof. intros ha hx. apply sqrt_div_alt, hx. Qed.

  (** [eps_stat <= stat_rate log n / sqrt n] for [n >= 3]. *)
  Theorem C18_error_rate m x delta : 3 <= x -> 0 <= ln (m / delta) ->
    eps_stat N (k0 * x ^ q) m x delta <= stat_rate N k0 q (ln (m / delta)) * (ln x / sqrt x).
  Proof.
    intros hx hL. assert (hl := ln_3_ge_1 x hx). assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra).
    unfold eps_stat, stat_rate. rewrite sqrt_quotient by lra. set (s := sqrt (ln (m / delta))).
    assert (hs0 : 0 <= s) by apply sqrt_pos.
    assert (h1 := level_upper x hx). assert (h2 := moment_upper x hx).
    replace (2 * trunc_level N (k0 * x ^ q) x * (s / sqrt x) + V4 N (k0 * x ^ q) / sqrt x)
      with ((2 * trunc_level N (k0 * x ^ q) x * s + V4 N (k0 * x ^ q)) / sqrt x) by lra.
    replace ((2 * level_rate N k0 q * s + moment_rate N k0 q) * (ln x / sqrt x))
      with ((2 * level_rate N k0 q * s + moment_rate N k0 q) * ln x / sqrt x) by lra.
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hs|].
    assert (trunc_level N (k0 * x ^ q) x * s <= level_rate N k0 q * ln x * s) by (apply Rmult_le_compat_r; lra). lra.
  Qed.

  (** ** Limits *)

  Lemma log_diverges : is_lim_seq (fun n => ln (INR n)) p_infty.
  Proof.
    apply (is_lim_comp_seq ln INR p_infty p_infty); [exact is_lim_ln_p| |exact is_lim_seq_INR].
    exists O. intros n _. discriminate.
  Qed.

  Lemma inverse_log_vanishes : is_lim_seq (fun n => / ln (INR n)) 0.
  Proof. apply (is_lim_seq_inv _ p_infty); [exact log_diverges|discriminate]. Qed.

  Lemma eventually_3 (P : nat -> Prop) : (forall n, (3 <= n)%nat -> P n) -> eventually P.
  Proof. intros h. exists 3%nat. exact h. Qed.

  Lemma affine_log_limit a b : is_lim_seq (fun n => a * / ln (INR n) + b) b.
  Proof.
    replace (Finite b) with (Finite (a * 0 + b)) by (f_equal; lra).
    apply is_lim_seq_plus'; [|apply is_lim_seq_const].
    apply is_lim_seq_mult'; [apply is_lim_seq_const|exact inverse_log_vanishes].
  Qed.

  Lemma level_limit :
    is_lim_seq (fun n => trunc_level N (k0 * INR n ^ q) (INR n) / ln (INR n)) (INR q + 2).
  Proof.
    apply (is_lim_seq_le_le_loc (fun n => ln (2 * k0) * / ln (INR n) + (INR q + 2)) _
      (fun n => ln (2 * (N + k0)) * / ln (INR n) + (INR q + 2))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (h1 := level_lower_log (INR n) ltac:(lra)). assert (h2 := level_upper_log (INR n) ltac:(lra)).
      assert (hi : 0 < / ln (INR n)) by (apply Rinv_0_lt_compat; lra).
      apply (Rmult_le_compat_r (/ ln (INR n))) in h1; [|lra]. apply (Rmult_le_compat_r (/ ln (INR n))) in h2; [|lra].
      rewrite Rmult_plus_distr_r, Rmult_assoc, Rinv_r, Rmult_1_r in h1, h2 by lra. unfold Rdiv. lra.
    - apply affine_log_limit.
    - apply affine_log_limit.
  Qed.

  Lemma moment_limit : is_lim_seq (fun n => V4 N (k0 * INR n ^ q) / ln (INR n)) (sqrt (sqrt 8) * INR q).
  Proof.
    set (a := ln (2 * k0)). set (d := INR q).
    set (g := fun t => 8 * (2 * M4 (ln N) * t ^ 4 + ((a * t + d) ^ 4 + 4 * t * (a * t + d) ^ 3
      + 12 * t ^ 2 * (a * t + d) ^ 2 + 24 * t ^ 3 * (a * t + d) + 24 * t ^ 4))).
    assert (hd : 0 <= d) by apply pos_INR.
    assert (e0 : sqrt (sqrt 8) * d = sqrt (sqrt (g 0))).
    { assert (e : g 0 = 8 * d ^ 4) by (unfold g; lra). rewrite e, fourth_root_scale by exact hd. reflexivity. }
    rewrite e0. apply (is_lim_seq_ext_loc (fun n => sqrt (sqrt (g (/ ln (INR n)))))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (e : 8 * (2 * M4 (ln N) + M4 (ln (2 * (k0 * INR n ^ q)))) = g (/ ln (INR n)) * ln (INR n) ^ 4).
      { rewrite ln_tail by lra. fold a d. unfold g, M4 at 2. field. lra. }
      unfold V4. rewrite e, fourth_root_scale by lra. field. lra.
    - apply (is_lim_seq_continuous (fun t => sqrt (sqrt (g t)))); [|exact inverse_log_vanishes].
      assert (hg : continuity_pt g 0) by (unfold g; reg).
      assert (hpos : 0 <= g 0).
      { assert (e : g 0 = 8 * d ^ 4) by (unfold g; lra). rewrite e. assert (0 <= d ^ 4) by (apply pow_le, hd). lra. }
      apply (continuity_pt_comp (fun t => sqrt (g t)) sqrt).
      + apply (continuity_pt_comp g sqrt); [exact hg|]. apply continuity_pt_sqrt, hpos.
      + apply continuity_pt_sqrt, sqrt_pos.
  Qed.

  (** [eps_stat sqrt n / log n] tends to [2 (q+2) sqrt(log(|Pi|/delta)) + 8^(1/4) q]. *)
  Theorem C18_error_limit m delta : 0 <= ln (m / delta) ->
    is_lim_seq (fun n => eps_stat N (k0 * INR n ^ q) m (INR n) delta * (sqrt (INR n) / ln (INR n)))
      (stat_limit q (ln (m / delta))).
  Proof.
    intros hL. apply (is_lim_seq_ext_loc (fun n =>
      2 * (trunc_level N (k0 * INR n ^ q) (INR n) / ln (INR n)) * sqrt (ln (m / delta))
      + V4 N (k0 * INR n ^ q) / ln (INR n))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra).
      unfold eps_stat. rewrite sqrt_quotient by lra. field. lra.
    - unfold stat_limit. apply is_lim_seq_plus'; [|apply moment_limit].
      apply is_lim_seq_mult'; [|apply is_lim_seq_const].
      apply is_lim_seq_mult'; [apply is_lim_seq_const|apply level_limit].
  Qed.

  Lemma inverse_sqrt_vanishes : is_lim_seq (fun n => / sqrt (INR n)) 0.
  Proof.
    apply (is_lim_seq_inv _ p_infty); [|discriminate].
    apply (is_lim_comp_seq sqrt INR p_infty p_infty); [exact (is_lim_sqrt_p (fun x => x) p_infty (is_lim_id p_infty))| |exact is_lim_seq_INR].
    exists O. intros n _. discriminate.
  Qed.

  Lemma log_log_vanishes : is_lim_seq (fun n => ln (ln (INR n)) / ln (INR n)) 0.
  Proof.
    apply (is_lim_comp_seq (fun y => ln y / y) (fun n => ln (INR n)) p_infty 0); [exact is_lim_div_ln_p| |exact log_diverges].
    exists O. intros n _. discriminate.
  Qed.

  Lemma inverse_root_log_vanishes : is_lim_seq (fun n => / sqrt (ln (INR n))) 0.
  Proof.
    apply (is_lim_seq_inv _ p_infty); [|discriminate].
    apply (is_lim_comp_seq sqrt (fun n => ln (INR n)) p_infty p_infty); [| |exact log_diverges].
    - apply (is_lim_sqrt_p (fun x => x)), is_lim_id.
    - exists O. intros n _. discriminate.
  Qed.

End Bounds.

(** * Rates of the recurrence and of the failure bound

    C32 and the last step of C34 for a drift [w = 2 eps + beta] that tends to 0: explicit inequalities in
    [w], and limits along every sequence of drifts.  Serves Theorems 5.3 and 6.2 alike. *)

(** [(2/gamma) w (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] with [b = w/(gamma c)]. *)
Definition drift_bound (gamma c kappa0 w : R) (T : nat) : R :=
  2 / gamma * w * (sqrt (kappa_star (w / (gamma * c))) + sqrt (contraction (w / (gamma * c)) ^ (T - 1)) * sqrt kappa0).

Lemma failure_bound_drift {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (D : X -> R) beta
  (pi0 : policy X Y) gamma c eps T :
  failure_bound D beta pi0 gamma c eps T = drift_bound gamma c (kappa D pi0) (2 * eps + beta) T.
Proof. reflexivity. Qed.

(** C32: [sqrt kappa* <= 1 + b]. *)
Lemma sqrt_disc_le b : 0 <= b -> sqrt (b ^ 2 + 4) <= b + 2.
Proof.
  intros hb. rewrite <- (sqrt_pow2 (b + 2)) by lra. apply sqrt_le_1_alt. nra.
Qed.

Lemma sqrt_disc_ge b : 0 <= b -> 2 <= sqrt (b ^ 2 + 4).
Proof.
  intros hb. apply Rle_trans with (sqrt (2 ^ 2)); [right; symmetry; apply sqrt_pow2; lra|].
  apply sqrt_le_1_alt. generalize (pow2_ge_0 b). lra.
Qed.

Lemma sqrt_kappa_star b : 0 <= b -> sqrt (kappa_star b) = (b + sqrt (b ^ 2 + 4)) / 2.
Proof. intros hb. unfold kappa_star. apply sqrt_pow2. generalize (sqrt_disc_ge b hb). lra. Qed.

Theorem C32_root_ceiling b : 0 <= b -> sqrt (kappa_star b) <= 1 + b.
Proof. intros hb. rewrite sqrt_kappa_star by exact hb. generalize (sqrt_disc_le b hb). lra. Qed.

Theorem C32_fixed_point_ceiling b : 0 <= b -> kappa_star b <= 1 + b + b ^ 2.
Proof.
  intros hb. set (s := sqrt (b ^ 2 + 4)). assert (h := sqrt_disc_le b hb). assert (h2 := sqrt_disc_ge b hb). fold s in h, h2.
  assert (e : s ^ 2 = b ^ 2 + 4) by (unfold s; apply pow2_sqrt; generalize (pow2_ge_0 b); lra).
  unfold kappa_star. fold s. replace (((b + s) / 2) ^ 2) with ((b ^ 2 + 2 * b * s + s ^ 2) / 4) by lra.
  rewrite e. assert (b * s <= b * (b + 2)) by (apply Rmult_le_compat_l; assumption). lra.
Qed.

Theorem C32_contraction_ceiling b : 0 <= b -> 0 <= contraction b <= b / 2.
Proof.
  intros hb. assert (h := sqrt_disc_ge b hb). split; [apply contraction_range, hb|].
  unfold contraction, Rdiv. apply Rmult_le_compat_l; [exact hb|]. apply Rinv_le_contravar; lra.
Qed.

Section Explicit.
  Variables gamma c kappa0 : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hkappa : 1 <= kappa0.

  Lemma slope_mono w W : 0 <= w <= W -> 0 <= w / (gamma * c) <= W / (gamma * c).
  Proof.
    intros h. assert (hi : 0 < / (gamma * c)) by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption).
    split; [apply Rmult_le_pos; lra|apply Rmult_le_compat_r; lra].
  Qed.

  (** The bound in terms of any upper bound [W] on the drift. *)
  Theorem C34_drift_ceiling w W T : 0 <= w <= W ->
    drift_bound gamma c kappa0 w T
    <= 2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt kappa0).
  Proof.
    intros h. set (b := w / (gamma * c)). set (b' := W / (gamma * c)).
    assert (hb : 0 <= b <= b') by (apply slope_mono, h). assert (hg : 0 < 2 / gamma) by (apply Rdiv_lt_0_compat; lra).
    replace (W / (2 * gamma * c)) with (b' / 2) by (unfold b'; field; lra).
    unfold drift_bound. fold b. apply Rmult_le_compat.
    - apply Rmult_le_pos; lra.
    - apply Rplus_le_le_0_compat; [apply sqrt_pos|]. apply Rmult_le_pos; apply sqrt_pos.
    - apply Rmult_le_compat_l; lra.
    - apply Rplus_le_compat; [generalize (C32_root_ceiling b (proj1 hb)); lra|].
      apply Rmult_le_compat_r; [apply sqrt_pos|]. apply sqrt_le_1_alt, pow_incr.
      generalize (C32_contraction_ceiling b (proj1 hb)). lra.
  Qed.

  (** Once [W <= gamma c] the bound is at most [(2/gamma) W (2 + sqrt(kappa_0 / 2^(T-1)))]. *)
  Theorem C34_drift_simple w W T : 0 <= w <= W -> W <= gamma * c ->
    drift_bound gamma c kappa0 w T <= 2 / gamma * W * (2 + sqrt (kappa0 / 2 ^ (T - 1))).
  Proof.
    intros h hW. eapply Rle_trans; [apply (C34_drift_ceiling w W T h)|].
    assert (hgc : 0 < gamma * c) by (apply Rmult_lt_0_compat; assumption).
    assert (hb : 0 <= W / (gamma * c) <= 1).
    { split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hgc]|].
      apply (Rmult_le_reg_r (gamma * c)); [exact hgc|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (h2 : 0 < 2 ^ (T - 1)) by (apply pow_lt; lra).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
    apply Rplus_le_compat; [lra|]. unfold Rdiv at 2. rewrite (Rmult_comm kappa0), sqrt_mult_alt
      by (left; apply Rinv_0_lt_compat, h2).
    apply Rmult_le_compat_r; [apply sqrt_pos|]. apply sqrt_le_1_alt.
    rewrite <- pow_inv. apply pow_incr.
    replace (W / (2 * gamma * c)) with (W / (gamma * c) / 2) by (field; lra). lra.
  Qed.

  (** ** Limits along a sequence of drifts *)

  Variable w : nat -> R.
  Hypothesis hw : forall n, 0 <= w n.
  Hypothesis hlim : is_lim_seq w 0.

  Let b (n : nat) : R := w n / (gamma * c).

  Lemma slope_vanishes : is_lim_seq b 0.
  Proof.
    unfold b, Rdiv. replace (Finite 0) with (Finite (0 * / (gamma * c))) by (f_equal; lra).
    apply is_lim_seq_mult'; [exact hlim|apply is_lim_seq_const].
  Qed.

  Lemma disc_limit : is_lim_seq (fun n => sqrt (b n ^ 2 + 4)) 2.
  Proof.
    replace (Finite 2) with (Finite ((fun t => sqrt (t ^ 2 + 4)) 0)).
    - apply (is_lim_seq_continuous (fun t => sqrt (t ^ 2 + 4))); [|exact slope_vanishes].
      apply (continuity_pt_comp (fun t => t ^ 2 + 4) sqrt); [reg|]. apply continuity_pt_sqrt. lra.
    - f_equal. replace (0 ^ 2 + 4) with (2 ^ 2) by lra. apply sqrt_pow2. lra.
  Qed.

  Lemma slope_nonneg n : 0 <= b n.
  Proof. apply (slope_mono (w n) (w n)). specialize (hw n). lra. Qed.

  Lemma root_limit : is_lim_seq (fun n => sqrt (kappa_star (b n))) 1.
  Proof.
    apply (is_lim_seq_ext (fun n => (b n + sqrt (b n ^ 2 + 4)) * / 2)).
    - intros n. rewrite sqrt_kappa_star by apply slope_nonneg. reflexivity.
    - replace (Finite 1) with (Finite ((0 + 2) * / 2)) by (f_equal; lra).
      apply is_lim_seq_mult'; [|apply is_lim_seq_const].
      apply is_lim_seq_plus'; [exact slope_vanishes|exact disc_limit].
  Qed.

  Lemma disc_sum_inverse : is_lim_seq (fun n => / (b n + sqrt (b n ^ 2 + 4))) (/ 2).
  Proof.
    replace (Finite (/ 2)) with (Rbar_inv (Finite 2)) by reflexivity.
    apply is_lim_seq_inv; [|intros e; injection e; lra].
    replace (Finite 2) with (Finite (0 + 2)) by (f_equal; lra).
    apply is_lim_seq_plus'; [exact slope_vanishes|exact disc_limit].
  Qed.

  Lemma contraction_limit : is_lim_seq (fun n => contraction (b n)) 0.
  Proof.
    unfold contraction, Rdiv. replace (Finite 0) with (Finite (0 * / 2)) by (f_equal; lra).
    apply is_lim_seq_mult'; [exact slope_vanishes|exact disc_sum_inverse].
  Qed.

  Lemma power_limit k : is_lim_seq (fun n => contraction (b n) ^ k) (0 ^ k).
  Proof.
    apply (is_lim_seq_continuous (fun t => t ^ k)); [reg|exact contraction_limit].
  Qed.

  (** What is left of [sqrt kappa* + rho^((T-1)/2) sqrt kappa_0]: 1, and [1 + sqrt kappa_0] if [T = 1]. *)
  Definition initial_share (T : nat) : R := 1 + sqrt (0 ^ (T - 1)) * sqrt kappa0.

  Lemma initial_share_one : initial_share 1 = 1 + sqrt kappa0.
  Proof. unfold initial_share. simpl. rewrite sqrt_1. lra. Qed.

  Lemma initial_share_later T : (2 <= T)%nat -> initial_share T = 1.
  Proof. intros hT. unfold initial_share. rewrite pow_i by lia. rewrite sqrt_0. lra. Qed.

  (** [r_n] a rate with [w_n r_n -> l]: the failure bound times [r_n] tends to [(2/gamma) l]
      times [initial_share]. *)
  Theorem C34_drift_limit (r : nat -> R) (l : R) T : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => drift_bound gamma c kappa0 (w n) T * r n) (2 / gamma * l * initial_share T).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => 2 / gamma * (w n * r n) *
      (sqrt (kappa_star (b n)) + sqrt (contraction (b n) ^ (T - 1)) * sqrt kappa0))).
    - intros n. unfold drift_bound. fold (b n). lra.
    - apply is_lim_seq_mult'; [apply is_lim_seq_mult'; [apply is_lim_seq_const|exact hl]|].
      apply is_lim_seq_plus'; [exact root_limit|]. apply is_lim_seq_mult'; [|apply is_lim_seq_const].
      apply (is_lim_seq_continuous sqrt); [|apply power_limit]. apply continuity_pt_sqrt.
      apply pow_le. lra.
  Qed.

  (** C32: [(kappa* - 1) r_n -> l/(gamma c)] and [rho r_n -> l/(2 gamma c)]. *)
  Theorem C32_fixed_point_limit (r : nat -> R) (l : R) : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => (kappa_star (b n) - 1) * r n) (l / (gamma * c)).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => w n * r n * / (gamma * c) * sqrt (kappa_star (b n)))).
    - intros n. assert (hb := slope_nonneg n). rewrite sqrt_kappa_star by exact hb.
      assert (e : sqrt (b n ^ 2 + 4) ^ 2 = b n ^ 2 + 4) by (apply pow2_sqrt; generalize (pow2_ge_0 (b n)); lra).
      set (s := sqrt (b n ^ 2 + 4)) in *. unfold kappa_star. fold s.
      replace (((b n + s) / 2) ^ 2 - 1) with ((b n ^ 2 + 2 * b n * s + s ^ 2 - 4) / 4) by lra. rewrite e.
      unfold b. field. lra.
    - replace (Finite (l / (gamma * c))) with (Finite (l * / (gamma * c) * 1)) by (f_equal; unfold Rdiv; lra).
      apply is_lim_seq_mult'; [|exact root_limit]. apply is_lim_seq_mult'; [exact hl|apply is_lim_seq_const].
  Qed.

  Theorem C32_contraction_limit (r : nat -> R) (l : R) : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => contraction (b n) * r n) (l / (2 * gamma * c)).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => w n * r n * / (gamma * c) * / (b n + sqrt (b n ^ 2 + 4)))).
    - intros n. unfold contraction, Rdiv, b, Rdiv. lra.
    - replace (Finite (l / (2 * gamma * c))) with (Finite (l * / (gamma * c) * / 2)) by (f_equal; field; lra).
      apply is_lim_seq_mult'; [|exact disc_sum_inverse]. apply is_lim_seq_mult'; [exact hl|apply is_lim_seq_const].
  Qed.

End Explicit.

(** * The paper's rates: statements

    Every conclusion that the paper states with O-tilde, at [beta = 1/sqrt n] and with a tail constant
    [K = k0 n^q] that is polynomial in [n]: an inequality with constants and logarithms written out, valid
    from an explicit [n] on, and the limit of the bound times its rate.  The constants are [level_rate],
    [moment_rate], [stat_rate] and [stat_limit] of [Rates.Logarithms]. *)

(** C18 in the form [O-tilde(sqrt(kappa_0 log(|Pi|/delta) / n))]. *)
Definition gap_rate (N k0 : R) (q : nat) : R := 2 * (2 * level_rate N k0 q + moment_rate N k0 q) + 1.

(** For [n >= 3], [|Pi| >= 3 delta] and [Cbar = kappa_0 log^(2p) n]: with probability at least [1 - delta]
    every empirical risk minimiser that satisfies A-CONC and A-TAIL has
    [J(pistar) - J(hat) <= gap_rate log^(p+1) n sqrt(kappa_0 log(|Pi|/delta) / n)]. *)
Definition Balance_rate : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R) (pol : I -> policy X Y) (base : policy X Y) (k0 delta : R) (q p n : nat),
  let beta := 1 / sqrt (INR n) in
  is_dist D -> (forall i, is_policy (pol i)) -> is_policy base -> 1 <= k0 -> 0 < delta ->
  3 <= card I / delta -> (3 <= n)%nat -> realizable beta base pol ->
  1 - delta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
    conc D base (pol i) <= kappa D base * ln (INR n) ^ (2 * p) ->
    tail_constant D beta base (pol i) <= k0 * INR n ^ q ->
    J D base (comparator base) - J D base (pol i)
      <= gap_rate (card Y) k0 q * ln (INR n) ^ S p * sqrt (kappa D base * ln (card I / delta) / INR n)).

(** At [Cbar = kappa_0] the right side of C18 times [sqrt n / log n] tends to
    [2 sqrt kappa_0 (2 (q+2) sqrt(log(|Pi|/delta)) + 8^(1/4) q)]. *)
Definition Balance_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y) (N k0 m delta : R) (q : nat),
  1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) ->
  is_lim_seq (fun n => gap_bound D (1 / sqrt (INR n)) base (kappa D base)
                (eps_stat N (k0 * INR n ^ q) m (INR n) delta) * (sqrt (INR n) / ln (INR n)))
    (2 * sqrt (kappa D base) * stat_limit q (ln (m / delta))).

(** [2 eps_stat + beta <= drift_rate log n / sqrt n], with [L = log(T |Pi| / delta)]. *)
Definition drift_rate (N k0 : R) (q : nat) (L : R) : R := 2 * stat_rate N k0 q L + 1.

(** Theorem 5.3 for [n >= 3], with [W = drift_rate log n / sqrt n]: the probability that the assumptions
    hold in all [T] rounds and yet
    [P_x(max_y pi_T <= 1/2) > (2/gamma) W (1 + W/(gamma c) + (W/(2 gamma c))^((T-1)/2) sqrt kappa_0)]
    is at most [delta]; from [n >= (4 drift_rate/(gamma c))^4] on the bound may be replaced by
    [(2/gamma) W (2 + sqrt(kappa_0 / 2^(T-1)))]. *)
Definition Theorem_5_3_rate : Prop :=
  forall (X Y I : Type) (FX : FiniteType X) (FY : FiniteType Y) (FI : FiniteType I)
    (D : X -> R) (pol : I -> policy X Y) (pi0 : policy X Y) (learner : history (X := X) (Y := Y) -> I)
    (gamma c k0 delta : R) (q n T : nat),
  let beta := 1 / sqrt (INR n) in
  let rate := drift_rate (card Y) k0 q (ln (INR T * card I / delta)) in
  let W := rate * (ln (INR n) / sqrt (INR n)) in
  let violates bound := PT D pol pi0 n learner T (fun h =>
    every_round pol pi0 learner (round_assumptions D beta pol gamma c (k0 * INR n ^ q)) h /\
    ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound) in
  is_dist D -> (forall i, is_policy (pol i)) -> is_policy pi0 -> 0 < gamma -> 0 < c -> 1 <= k0 ->
  0 < delta <= 1 -> (3 <= n)%nat -> (0 < T)%nat -> minimises_empirical_loss beta pol pi0 learner ->
  violates (2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt (kappa D pi0)))
    <= delta /\
  ((4 * rate / (gamma * c)) ^ 4 <= INR n ->
   violates (2 / gamma * W * (2 + sqrt (kappa D pi0 / 2 ^ (T - 1)))) <= delta).

(** Theorem 5.3's bound times [sqrt n / log n] tends to [(4/gamma) stat_limit], and to
    [(4/gamma) stat_limit (1 + sqrt kappa_0)] if [T = 1]. *)
Definition Theorem_5_3_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (pi0 : policy X Y)
    (N k0 m delta gamma c : R) (q T : nat),
  is_dist D -> is_policy pi0 -> 1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) -> 0 < gamma -> 0 < c -> (0 < T)%nat ->
  is_lim_seq (fun n => failure_bound D (1 / sqrt (INR n)) pi0 gamma c
                (eps_stat N (k0 * INR n ^ q) m (INR n) delta) T * (sqrt (INR n) / ln (INR n)))
    (2 / gamma * (2 * stat_limit q (ln (m / delta))) * initial_share (kappa D pi0) T).

(** C32 for [n >= 3], [b] the slope of C27 and [B = drift_rate log n / (gamma c sqrt n)]:
    [kappa* <= 1 + B + B^2], [rho <= B/2]; and [(kappa* - 1) sqrt n / log n -> 2 stat_limit / (gamma c)],
    [rho sqrt n / log n -> stat_limit / (gamma c)]. *)
Definition Ceiling_rate : Prop :=
  forall (N k0 m delta gamma c : R) (q : nat),
  let b n := slope (1 / sqrt (INR n)) gamma c (eps_stat N (k0 * INR n ^ q) m (INR n) delta) in
  let B n := drift_rate N k0 q (ln (m / delta)) * (ln (INR n) / sqrt (INR n)) / (gamma * c) in
  1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) -> 0 < gamma -> 0 < c ->
  (forall n, (3 <= n)%nat -> kappa_star (b n) <= 1 + B n + B n ^ 2 /\ contraction (b n) <= B n / 2) /\
  is_lim_seq (fun n => (kappa_star (b n) - 1) * (sqrt (INR n) / ln (INR n)))
    (2 * stat_limit q (ln (m / delta)) / (gamma * c)) /\
  is_lim_seq (fun n => contraction (b n) * (sqrt (INR n) / ln (INR n)))
    (2 * stat_limit q (ln (m / delta)) / (2 * gamma * c)).

(** [eps_LB] of D09 at [I = kappa_0 log m / (3072 n)]. *)
Definition lower_bound_rate (kappa0 m n : R) : R :=
  let J := kappa0 * ln m / (3072 * n) in kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2).

Definition match_rate (N k0 kappa0 : R) (q : nat) : R :=
  2 * gap_rate N k0 q * sqrt (1536 * (3 + ln (3072 * kappa0)) / (1 - 1 / exp 1)).

(** Remark 5.4 at [T = 1], where C19 bounds base failure by [2 A]: [2 A] dominates [eps_LB], and it exceeds
    it at most by the factor [(match_rate/gamma) sqrt(log(|Pi|/delta)/log |Pi|) log^(p+3/2) n], if
    [I <= e kappa_0^2/2]. *)
Definition Remark_5_4 : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y)
    (k0 gamma m delta : R) (q p n : nat),
  let l := ln (INR n) in
  let A := mass_bound D (1 / sqrt (INR n)) base gamma (kappa D base * l ^ (2 * p))
             (eps_stat (card Y) (k0 * INR n ^ q) m (INR n) delta) in
  let lower := lower_bound_rate (kappa D base) m (INR n) in
  is_dist D -> is_policy base -> 0 < gamma -> has_margin gamma base -> 2 <= kappa D base -> 1 <= k0 ->
  2 <= m -> 0 < delta <= 1 -> 3 <= m / delta -> (3 <= n)%nat ->
  kappa D base * ln m / (3072 * INR n) <= exp 1 * kappa D base ^ 2 / 2 ->
  lower <= 2 * A <= match_rate (card Y) k0 (kappa D base) q / gamma
                    * sqrt (ln (m / delta) / ln m) * (l ^ S p * sqrt l) * lower.

(** An instance of Theorem 5.3's rate: two prompts, three responses, T = 2, n = 10^14, delta = 1/20.  All
    hypotheses hold with the assumptions on every history, the short form applies and is at most 1/400, and
    the initial policy fails everywhere. *)
Definition Theorem_5_3_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  exists (I : Type) (FI : FiniteType I) (n : nat) (pi0 : policy bool (option bool)) (pol : I -> policy bool (option bool))
    (learner : history (X := bool) (Y := option bool) -> I),
  let beta := 1 / sqrt (INR n) in
  let rate := drift_rate 3 3 0 (ln (2 * 3 / (1 / 20))) in
  let W := rate * (ln (INR n) / sqrt (INR n)) in
    INR n = 10 ^ 14 /\ card I = 3 /\ is_dist D /\ is_policy pi0 /\ (forall i, is_policy (pol i)) /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 nil h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h) /\
    (4 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n /\
    2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 400 /\
    own_failure D pi0 (1 / 2) = 1 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 400).

(** The hypotheses of Remark 5.4 hold together, for the initial policy of that instance. *)
Definition Remark_5_4_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  exists base : policy bool (option bool),
    is_dist D /\ is_policy base /\ has_margin (1 / 2) base /\ 2 <= kappa D base /\ 3 <= 3 / 1 /\
    kappa D base * ln 3 / (3072 * 3) <= exp 1 * kappa D base ^ 2 / 2 /\
    0 < lower_bound_rate (kappa D base) 3 3.

(** The hypotheses of C18's rate hold together: the class of p* and the base, n = 3, delta = 1/20; p* is an
    admissible empirical risk minimiser on every sample. *)
Definition Balance_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let beta := 1 / sqrt (INR 3) in
  exists (base : policy bool (option bool)) (pol : bool -> policy bool (option bool)),
    is_dist D /\ is_policy base /\ (forall i, is_policy (pol i)) /\ 3 <= card bool / (1 / 20) /\
    realizable beta base pol /\
    conc D base (pol true) <= kappa D base * ln (INR 3) ^ (2 * 0) /\
    tail_constant D beta base (pol true) <= 3 * INR 3 ^ 0 /\
    forall s, is_ERM (pair_loss beta base pol) s true.

(** At [Cbar = kappa_0] the ratio of the two sides of Remark 5.4 grows exactly like [log^(3/2) n]:
    [2 A / (eps_LB log^(3/2) n)] tends to [(4/gamma) stat_limit sqrt(1536 / log |Pi|)]. *)
Definition Remark_5_4_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (base : policy X Y)
    (k0 gamma m delta : R) (q : nat),
  is_dist D -> is_policy base -> 0 < gamma -> 1 <= k0 -> 2 <= m -> 0 <= ln (m / delta) ->
  is_lim_seq (fun n =>
      2 * mass_bound D (1 / sqrt (INR n)) base gamma (kappa D base) (eps_stat (card Y) (k0 * INR n ^ q) m (INR n) delta)
      / lower_bound_rate (kappa D base) m (INR n) / (ln (INR n) * sqrt (ln (INR n))))
    (4 / gamma * stat_limit q (ln (m / delta)) * sqrt (1536 / ln m)).

(** * Rates for a finite class

    C18, C32 and Theorem 5.3 at [beta = 1/sqrt n] as explicit inequalities and as limits, from the error of
    [Rates.Logarithms] and the recurrence of [Rates.Recurrence]; Remark 5.4 (C36) from these and the
    sandwich of D12. *)

Lemma beta_rate n : (3 <= n)%nat -> 0 < 1 / sqrt (INR n) <= 1.
Proof.
  intros hn. apply INR_3 in hn. assert (h : 1 <= sqrt (INR n)).
  { rewrite <- sqrt_1. apply sqrt_le_1_alt. lra. }
  split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_r (sqrt (INR n))); [lra|].
  unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma log_count_ge_1 u : 3 <= u -> 1 <= ln u.
Proof. apply ln_3_ge_1. Qed.

(** [stat_rate <= (2 level_rate + moment_rate) sqrt L] for [L >= 1]. *)
Lemma stat_rate_root N k0 q L : 1 <= L -> stat_rate N k0 q L <= (2 * level_rate N k0 q + moment_rate N k0 q) * sqrt L.
Proof.
  intros hL. assert (h : 1 <= sqrt L) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hL).
  assert (hm := moment_rate_nonneg N k0 q). unfold stat_rate.
  assert (moment_rate N k0 q * 1 <= moment_rate N k0 q * sqrt L) by (apply Rmult_le_compat_l; assumption). lra.
Qed.

(** The right side of C18 at [Cbar = kappa log^(2p) n]. *)
Lemma gap_bound_rate {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (D : X -> R) (base : policy X Y)
  N k0 m delta q p n : 1 <= kappa D base -> 1 <= N -> 1 <= k0 -> 1 <= ln (m / delta) -> (3 <= n)%nat ->
  gap_bound D (1 / sqrt (INR n)) base (kappa D base * ln (INR n) ^ (2 * p)) (eps_stat N (k0 * INR n ^ q) m (INR n) delta)
  <= gap_rate N k0 q * ln (INR n) ^ S p * sqrt (kappa D base * ln (m / delta) / INR n).
Proof.
  intros hk hN hk0 hL hn. assert (hx := INR_3 n hn). assert (hl := ln_3_ge_1 _ hx).
  set (k := kappa D base) in *. set (x := INR n) in *. set (l := ln x) in *. set (L := ln (m / delta)) in *.
  assert (hsx : 0 < sqrt x) by (apply sqrt_lt_R0; lra).
  assert (hsk : 1 <= sqrt k) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hk).
  assert (hsL : 1 <= sqrt L) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hL).
  assert (hlp : 1 <= l ^ p) by (apply pow_R1_Rle, hl).
  assert (ecb : sqrt (k * l ^ (2 * p)) = sqrt k * l ^ p).
  { rewrite sqrt_mult_alt by lra. f_equal. rewrite Nat.mul_comm, pow_mult. apply sqrt_pow2. lra. }
  assert (eroot : sqrt (k * L / x) = sqrt k * sqrt L / sqrt x).
  { rewrite sqrt_div_alt by lra. rewrite sqrt_mult_alt by lra. reflexivity. }
  assert (heps : eps_stat N (k0 * x ^ q) m x delta <= (2 * level_rate N k0 q + moment_rate N k0 q) * sqrt L * (l / sqrt x)).
  { eapply Rle_trans; [apply (C18_error_rate N k0 hN hk0 q m x delta hx); fold L; lra|]. fold L l.
    apply Rmult_le_compat_r; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hsx]|apply stat_rate_root, hL]. }
  set (r := 2 * level_rate N k0 q + moment_rate N k0 q) in *.
  assert (hr : 0 <= r).
  { unfold r. generalize (level_rate_pos N k0 hN hk0 q) (moment_rate_nonneg N k0 q). lra. }
  assert (hlog : ln k <= sqrt k) by (apply log_le_sqrt, hk).
  unfold gap_bound. fold k. rewrite ecb, eroot.
  set (v := / sqrt x). assert (hv : 0 < v) by (apply Rinv_0_lt_compat, hsx).
  change (l / sqrt x) with (l * v) in heps. change (sqrt k * sqrt L / sqrt x) with (sqrt k * sqrt L * v).
  replace (1 / sqrt x) with v by (unfold v; lra).
  assert (h1 : (sqrt k + sqrt k * l ^ p) * eps_stat N (k0 * x ^ q) m x delta
               <= 2 * (sqrt k * l ^ p) * (r * sqrt L * (l * v))).
  { apply Rle_trans with ((sqrt k + sqrt k * l ^ p) * (r * sqrt L * (l * v))).
    - apply Rmult_le_compat_l; [assert (0 <= sqrt k * l ^ p) by (apply Rmult_le_pos; lra); lra|exact heps].
    - apply Rmult_le_compat_r; [repeat apply Rmult_le_pos; lra|].
      assert (0 <= sqrt k * (l ^ p - 1)) by (apply Rmult_le_pos; lra). lra. }
  assert (h2 : v * ln k <= sqrt k * sqrt L * v * l ^ S p).
  { apply Rle_trans with (v * sqrt k * 1); [rewrite Rmult_1_r; apply Rmult_le_compat_l; lra|].
    replace (sqrt k * sqrt L * v * l ^ S p) with (v * sqrt k * (sqrt L * l ^ S p)) by lra.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    assert (1 <= l ^ S p) by (apply pow_R1_Rle, hl).
    apply Rle_trans with (1 * 1); [lra|apply Rmult_le_compat; lra]. }
  unfold gap_rate. fold r. simpl pow in *.
  replace ((2 * r + 1) * (l * l ^ p) * (sqrt k * sqrt L * v))
    with (2 * (sqrt k * l ^ p) * (r * sqrt L * (l * v)) + sqrt k * sqrt L * v * (l * l ^ p)) by lra.
  lra.
Qed.

Theorem C18_gap_rate : Balance_rate.
Proof.
  intros X Y I FX FY FI D pol base k0 delta q p n beta hD hpol hb hk0 hd hm hn hreal.
  assert (hN := @card_ge_1 Y FY). assert (hL := log_count_ge_1 _ hm). assert (hnpos : (0 < n)%nat) by lia.
  assert (hk : 1 <= kappa D base) by (apply K01_range; assumption).
  assert (hdm : 0 < delta <= card I).
  { split; [exact hd|]. apply (Rmult_le_reg_r (/ delta)); [apply Rinv_0_lt_compat, hd|].
    rewrite Rinv_r by lra. unfold Rdiv in hm. lra. }
  eapply Rle_trans; [apply (C18_balance D hD beta (beta_rate n hn) pol hpol base hb (k0 * INR n ^ q) n hnpos delta
    (kappa D base * ln (INR n) ^ (2 * p)) hdm hreal)|].
  apply Prn_mono; [apply (pair_law_dist D hD base hb)|]. intros s _ h i hi hc ht.
  eapply Rle_trans; [apply (h i hi (conj hc ht))|]. apply gap_bound_rate; assumption.
Qed.

Lemma log_rate_vanishes : is_lim_seq (fun n => 1 / sqrt (INR n) * (sqrt (INR n) / ln (INR n))) 0.
Proof.
  apply (is_lim_seq_ext_loc (fun n => / ln (INR n))); [|exact inverse_log_vanishes].
  apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
  assert (0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra). field. lra.
Qed.

Theorem C18_gap_limit : Balance_limit.
Proof.
  intros X Y FX FY D base N k0 m delta q hN hk0 hL. set (k := kappa D base).
  apply (is_lim_seq_ext (fun n => 2 * sqrt k * (eps_stat N (k0 * INR n ^ q) m (INR n) delta * (sqrt (INR n) / ln (INR n)))
    + ln k * (1 / sqrt (INR n) * (sqrt (INR n) / ln (INR n))))).
  - intros n. unfold gap_bound. fold k. lra.
  - replace (Finite (2 * sqrt k * stat_limit q (ln (m / delta))))
      with (Finite (2 * sqrt k * stat_limit q (ln (m / delta)) + ln k * 0)) by (f_equal; lra).
    apply is_lim_seq_plus'; (apply is_lim_seq_mult'; [apply is_lim_seq_const|]).
    + apply C18_error_limit; assumption.
    + exact log_rate_vanishes.
Qed.

(** ** The drift [2 eps + beta] *)

Section Drift.
  Variables N k0 m delta : R.
  Hypothesis hN : 1 <= N.
  Hypothesis hk0 : 1 <= k0.
  Variable q : nat.
  Hypothesis hL : 0 <= ln (m / delta).

  Definition drift (n : nat) : R := 2 * eps_stat N (k0 * INR n ^ q) m (INR n) delta + 1 / sqrt (INR n).

  Lemma drift_range n : (3 <= n)%nat -> 0 <= drift n <= drift_rate N k0 q (ln (m / delta)) * (ln (INR n) / sqrt (INR n)).
  Proof.
    intros hn. assert (hx := INR_3 n hn). assert (hl := ln_3_ge_1 _ hx).
    assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra).
    assert (hv : 0 < / sqrt (INR n)) by (apply Rinv_0_lt_compat, hs).
    assert (h1 := C18_error_rate N k0 hN hk0 q m (INR n) delta hx hL).
    assert (hq : 1 <= INR n ^ q) by (apply pow_R1_Rle; lra).
    assert (h0 := eps_stat_nonneg N (k0 * INR n ^ q) m (INR n) delta hN ltac:(nra) ltac:(lra)).
    unfold drift, drift_rate. replace (1 / sqrt (INR n)) with (/ sqrt (INR n)) by lra. split; [lra|].
    assert (/ sqrt (INR n) * 1 <= / sqrt (INR n) * ln (INR n)) by (apply Rmult_le_compat_l; lra).
    unfold Rdiv in *. lra.
  Qed.

  (** The drift away from the first samples, where the logarithm may vanish. *)
  Definition tail_drift (n : nat) : R := drift (Nat.max 3 n).

  Lemma tail_drift_nonneg n : 0 <= tail_drift n.
  Proof. apply drift_range. lia. Qed.

  Lemma eventually_tail (f : R -> nat -> R) l : is_lim_seq (fun n => f (tail_drift n) n) l ->
    is_lim_seq (fun n => f (drift n) n) l.
  Proof.
    apply is_lim_seq_ext_loc. apply eventually_3. intros n hn. unfold tail_drift. f_equal. f_equal. lia.
  Qed.

  Lemma drift_limit : is_lim_seq (fun n => tail_drift n * (sqrt (INR n) / ln (INR n))) (2 * stat_limit q (ln (m / delta))).
  Proof.
    apply (is_lim_seq_ext_loc (fun n => 2 * (eps_stat N (k0 * INR n ^ q) m (INR n) delta * (sqrt (INR n) / ln (INR n)))
      + 1 / sqrt (INR n) * (sqrt (INR n) / ln (INR n)))).
    - apply eventually_3. intros n hn. unfold tail_drift, drift. rewrite Nat.max_r by exact hn. lra.
    - replace (Finite (2 * stat_limit q (ln (m / delta)))) with (Finite (2 * stat_limit q (ln (m / delta)) + 0))
        by (f_equal; lra).
      apply is_lim_seq_plus'; [|exact log_rate_vanishes]. apply is_lim_seq_mult'; [apply is_lim_seq_const|].
      apply C18_error_limit; assumption.
  Qed.

End Drift.

(** [log n / sqrt n -> 0], since [log n <= 4 n^(1/4)]. *)
Lemma log_fourth_root x : 1 <= x -> ln x <= 4 * sqrt (sqrt x).
Proof.
  intros hx. assert (hs : 1 <= sqrt x) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hx).
  assert (hss : 1 <= sqrt (sqrt x)) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hs).
  set (u := sqrt (sqrt x)) in *. assert (e : x = u * u * (u * u)).
  { unfold u. rewrite !sqrt_sqrt; lra. }
  rewrite e, !ln_mult by nra. generalize (ln_le_minus_1 u ltac:(lra)). lra.
Qed.

Lemma log_over_root x : 1 <= x -> ln x / sqrt x <= 4 / sqrt (sqrt x).
Proof.
  intros hx. assert (h := log_fourth_root x hx).
  assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra). assert (hss : 0 < sqrt (sqrt x)) by (apply sqrt_lt_R0, hs).
  apply (Rmult_le_reg_r (sqrt x)); [exact hs|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  replace (4 / sqrt (sqrt x) * sqrt x) with (4 * sqrt (sqrt x)); [exact h|].
  rewrite <- (sqrt_sqrt (sqrt x)) at 3 by lra. field. lra.
Qed.

Lemma inverse_fourth_root_vanishes : is_lim_seq (fun n => / sqrt (sqrt (INR n))) 0.
Proof.
  apply (is_lim_seq_inv _ p_infty); [|discriminate].
  apply (is_lim_comp_seq (fun x => sqrt (sqrt x)) INR p_infty p_infty); [| |exact is_lim_seq_INR].
  - apply (is_lim_sqrt_p sqrt), (is_lim_sqrt_p (fun x => x)), is_lim_id.
  - exists O. intros n _. discriminate.
Qed.

Lemma log_over_root_vanishes : is_lim_seq (fun n => ln (INR n) / sqrt (INR n)) 0.
Proof.
  apply (is_lim_seq_le_le_loc (fun _ => 0) _ (fun n => 4 * / sqrt (sqrt (INR n)))).
  - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
    split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, sqrt_lt_R0; lra]|].
    apply (log_over_root (INR n)). lra.
  - apply is_lim_seq_const.
  - replace (Finite 0) with (Finite (4 * 0)) by (f_equal; lra).
    apply is_lim_seq_mult'; [apply is_lim_seq_const|].
    exact inverse_fourth_root_vanishes.
Qed.

Lemma drift_vanishes N k0 m delta q : 1 <= N -> 1 <= k0 -> 0 <= ln (m / delta) ->
  is_lim_seq (tail_drift N k0 m delta q) 0.
Proof.
  intros hN hk0 hL.
  apply (is_lim_seq_ext_loc (fun n => tail_drift N k0 m delta q n * (sqrt (INR n) / ln (INR n)) * (ln (INR n) / sqrt (INR n)))).
  - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
    assert (0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra). field. lra.
  - replace (Finite 0) with (Finite (2 * stat_limit q (ln (m / delta)) * 0)) by (f_equal; lra).
    apply is_lim_seq_mult'; [apply drift_limit; assumption|exact log_over_root_vanishes].
Qed.

Lemma rounds_log T m delta : (0 < T)%nat -> 1 <= m -> 0 < delta <= 1 -> 0 <= ln (INR T * m / delta).
Proof.
  intros hT hm hd. apply ln_ge_0. assert (h : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
  apply (Rmult_le_reg_r delta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
Qed.

Theorem C34_rate : Theorem_5_3_rate.
Proof.
  intros X Y I FX FY FI D pol pi0 learner gamma c k0 delta q n T beta rate W violates hD hpol hpi0 hg hc hk0 hd hn hT hl.
  assert (hb := beta_rate n hn : 0 < beta <= 1). assert (hnpos : (0 < n)%nat) by lia.
  assert (hL := rounds_log T (card I) delta hT (@card_ge_1 I FI) hd).
  assert (hw := drift_range (card Y) k0 (INR T * card I) delta (@card_ge_1 Y FY) hk0 q hL n hn).
  fold rate in hw. fold W in hw. set (w := drift (card Y) k0 (INR T * card I) delta q n) in *.
  assert (h := C34_theorem_5_3 D hD beta hb pol hpol pi0 hpi0 n hnpos learner hl gamma c (k0 * INR n ^ q) delta hg hc
    hd T hT).
  assert (hk : 1 <= kappa D pi0) by (apply K01_range; assumption).
  assert (mono : forall bound, drift_bound gamma c (kappa D pi0) w T <= bound -> violates bound <= delta).
  { intros bound hbound. eapply Rle_trans; [|exact h]. unfold violates.
    apply (PT_mono D pol pi0 n learner hD hpol hpi0). intros k _ [h1 h2]. split; [exact h1|]. intros h3.
    apply h2. eapply Rle_trans; [exact h3|exact hbound]. }
  split.
  - apply mono, (C34_drift_ceiling gamma c (kappa D pi0) hg hc w W T hw).
  - intros hbig. apply mono, (C34_drift_simple gamma c (kappa D pi0) hg hc w W T hw).
    assert (hx := INR_3 n hn). assert (hgc : 0 < gamma * c) by (apply Rmult_lt_0_compat; assumption).
    assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra).
    assert (hss : 0 < sqrt (sqrt (INR n))) by (apply sqrt_lt_R0, hs).
    assert (hr : 0 <= rate).
    { unfold rate, drift_rate, stat_rate. assert (h1 := level_rate_pos (card Y) k0 (@card_ge_1 Y FY) hk0 q).
      assert (h2 := moment_rate_nonneg (card Y) k0 q).
      assert (h3 := sqrt_pos (ln (INR T * card I / delta))).
      assert (0 <= level_rate (card Y) k0 q * sqrt (ln (INR T * card I / delta))) by (apply Rmult_le_pos; lra). lra. }
    assert (hroot : 4 * rate / (gamma * c) <= sqrt (sqrt (INR n))).
    { rewrite <- (sqrt_pow2 (4 * rate / (gamma * c))) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hgc]).
      apply sqrt_le_1_alt. rewrite <- (sqrt_pow2 ((4 * rate / (gamma * c)) ^ 2)) by apply pow2_ge_0.
      apply sqrt_le_1_alt. rewrite <- pow_mult. exact hbig. }
    unfold W. apply Rle_trans with (rate * (4 / sqrt (sqrt (INR n)))).
    + apply Rmult_le_compat_l; [exact hr|]. apply log_over_root. lra.
    + apply (Rmult_le_reg_r (sqrt (sqrt (INR n)))); [exact hss|].
      replace (rate * (4 / sqrt (sqrt (INR n))) * sqrt (sqrt (INR n))) with (4 * rate) by (field; lra).
      apply (Rmult_le_compat_l (gamma * c)) in hroot; [|lra].
      replace (gamma * c * (4 * rate / (gamma * c))) with (4 * rate) in hroot by (field; lra). exact hroot.
Qed.

Theorem C34_rate_limit : Theorem_5_3_limit.
Proof.
  intros X Y FX FY D pi0 N k0 m delta gamma c q T hD hpi0 hN hk0 hL hg hc hT.
  apply (eventually_tail N k0 m delta q (fun w n => drift_bound gamma c (kappa D pi0) w T * (sqrt (INR n) / ln (INR n)))).
  assert (hk : 1 <= kappa D pi0) by (apply K01_range; assumption).
  apply (C34_drift_limit gamma c (kappa D pi0) hg hc (tail_drift N k0 m delta q)).
  - intros n. apply tail_drift_nonneg; assumption.
  - apply drift_vanishes; assumption.
  - apply drift_limit; assumption.
Qed.

Theorem C32_ceiling_rate : Ceiling_rate.
Proof.
  intros N k0 m delta gamma c q b B hN hk0 hL hg hc. split; [|split].
  - intros n hn. assert (hw := drift_range N k0 m delta hN hk0 q hL n hn).
    assert (hb := slope_mono gamma c hg hc _ _ hw). change (drift N k0 m delta q n / (gamma * c)) with (b n) in hb.
    fold (B n) in hb. assert (h1 := C32_fixed_point_ceiling (b n) (proj1 hb)).
    assert (h2 := C32_contraction_ceiling (b n) (proj1 hb)).
    assert (b n ^ 2 <= B n ^ 2) by (apply pow_incr; exact hb). split; lra.
  - apply (eventually_tail N k0 m delta q (fun w n => (kappa_star (w / (gamma * c)) - 1) * (sqrt (INR n) / ln (INR n)))).
    apply (C32_fixed_point_limit gamma c hg hc (tail_drift N k0 m delta q)).
    + intros n. apply tail_drift_nonneg; assumption.
    + apply drift_vanishes; assumption.
    + apply drift_limit; assumption.
  - apply (eventually_tail N k0 m delta q (fun w n => contraction (w / (gamma * c)) * (sqrt (INR n) / ln (INR n)))).
    apply (C32_contraction_limit gamma c hg hc (tail_drift N k0 m delta q)).
    + apply drift_vanishes; assumption.
    + apply drift_limit; assumption.
Qed.

(** ** Remark 5.4 *)

Theorem C36_match : Remark_5_4.
Proof.
  intros X Y FX FY D base k0 gamma m delta q p n l A lower hD hb hg hm hk hk0 hm2 hd hmd hn hJ.
  assert (hx := INR_3 n hn). assert (hl := ln_3_ge_1 _ hx : 1 <= l). assert (hL := log_count_ge_1 _ hmd).
  assert (hk1 : 1 <= kappa D base) by lra.
  assert (hN := @card_ge_1 Y FY). set (k := kappa D base) in *. set (x := INR n) in *.
  set (L := ln (m / delta)) in *. set (M := ln m).
  assert (hM2 : 1 / 2 <= M).
  { unfold M. apply Rle_trans with (ln 2); [|apply ln_le_mono; lra].
    assert (h := ln_le_minus_1 (/ 2) ltac:(lra)). rewrite ln_Rinv in h by lra. lra. }
  assert (hML : M <= L).
  { unfold M, L. apply ln_le_mono; [lra|]. apply (Rmult_le_reg_r delta); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. apply Rmult_le_compat_l; lra. }
  set (eps := eps_stat (card Y) (k0 * x ^ q) m x delta) in *.
  set (I0 := k * M / (3072 * x)). assert (hI : 0 < I0) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  assert (hsx : 0 < sqrt x) by (apply sqrt_lt_R0; lra).
  change (I0 <= exp 1 * k ^ 2 / 2) in hJ.
  destruct (D12_sandwich k I0 ltac:(lra) hI hJ) as [hlo hhi].
  assert (elow : lower = k * exp (1 + Scalar.LambertW.Wm1 (- (2 * I0) / (exp 2 * k ^ 2)) / 2)) by reflexivity.
  rewrite <- elow in hlo, hhi.
  assert (e1 : 2 < exp 1) by exact Scalar.Basics.exp_1_gt_2.
  (* the logarithm of e^2 kappa^2 / (2 I) *)
  set (g := ln (exp 2 * k ^ 2 / (2 * I0))) in *.
  assert (eg : exp 2 * k ^ 2 / (2 * I0) = exp 2 * (1536 * k / M) * x) by (unfold I0; field; lra).
  assert (hmargin : gamma <= trunc_level (card Y) (k0 * x ^ q) x).
  { assert (h1 := kappa_margin D gamma base hD hb hm). fold k in h1.
    assert (hpos : 0 < (card Y - 1) * exp (- gamma)) by lra.
    assert (hN1 : 0 < card Y - 1).
    { apply Rnot_le_lt. intros hne. assert (he := exp_pos (- gamma)).
      assert ((card Y - 1) * exp (- gamma) <= 0 * exp (- gamma)) by (apply Rmult_le_compat_r; lra). lra. }
    assert (h2 : exp gamma <= card Y - 1).
    { apply (Rmult_le_reg_r (exp (- gamma))); [apply exp_pos|]. rewrite <- exp_plus.
      replace (gamma + - gamma) with 0 by lra. rewrite exp_0. lra. }
    apply Rle_trans with (ln (card Y - 1)); [rewrite <- (ln_exp gamma); apply ln_le_mono; [apply exp_pos|exact h2]|].
    unfold trunc_level. apply ln_le_mono; [exact hN1|].
    assert (hq : 1 <= x ^ q) by (apply pow_R1_Rle; lra). assert (h2x : 1 <= x ^ 2) by (apply pow_R1_Rle; lra).
    assert (hkq : 0 <= k0 * x ^ q) by (apply Rmult_le_pos; lra).
    assert ((card Y + k0 * x ^ q) * 1 <= (card Y + k0 * x ^ q) * x ^ 2) by (apply Rmult_le_compat_l; lra). lra. }
  assert (hg1 : 1 <= g).
  { unfold g. apply Rle_trans with (ln (exp 1)); [rewrite ln_exp; lra|]. apply ln_le_mono; [apply exp_pos|].
    apply (Rmult_le_reg_r (2 * I0)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
    replace (exp 2) with (exp 1 * exp 1) by (rewrite <- exp_plus; f_equal; lra).
    assert (exp 1 * (2 * I0) <= exp 1 * (exp 1 * k ^ 2)) by (apply Rmult_le_compat_l; lra). lra. }
  assert (hkM : 0 <= k * M / x) by (apply Rmult_le_pos; [apply Rmult_le_pos|left; apply Rinv_0_lt_compat]; lra).
  set (root := sqrt (k * M / x)).
  assert (hroot : 0 <= root) by apply sqrt_pos.
  assert (hA : A = gap_bound D (1 / sqrt x) base (k * l ^ (2 * p)) eps / gamma) by reflexivity.
  assert (hlk : 0 <= ln k) by (apply ln_ge_0; lra).
  split.
  - (* eps_LB <= sqrt(2 I) <= sqrt(kappa log m / n) <= 2 A *)
    apply Rle_trans with root.
    + eapply Rle_trans; [exact hhi|]. apply sqrt_le_1_alt.
      apply Rle_trans with (2 * I0).
      * apply (Rmult_le_reg_r g); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
        apply Rmult_le_compat_l; lra.
      * unfold I0. replace (2 * (k * M / (3072 * x))) with (k * M / x * (/ 1536)) by (field; lra).
        lra.
    + rewrite hA. set (B := trunc_level (card Y) (k0 * x ^ q) x) in *.
      assert (hroot2 : root <= sqrt k * sqrt (L / x)).
      { unfold root. rewrite <- sqrt_mult_alt by lra. apply sqrt_le_1_alt.
        unfold Rdiv. rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
        apply Rmult_le_compat_l; lra. }
      assert (heps : 2 * B * sqrt (L / x) <= eps).
      { unfold eps, eps_stat. fold B L. assert (0 <= V4 (card Y) (k0 * x ^ q) / sqrt x); [|lra].
        apply Rmult_le_pos; [apply V4_nonneg|left; apply Rinv_0_lt_compat, hsx]. }
      assert (hs1 : 1 <= sqrt k) by (rewrite <- sqrt_1; apply sqrt_le_1_alt; lra).
      assert (hs2 := sqrt_pos (L / x)). assert (hs3 := sqrt_pos (k * l ^ (2 * p))).
      assert (hBpos : 0 < B) by lra.
      assert (heps0 : 0 <= eps).
      { eapply Rle_trans; [|exact heps]. repeat apply Rmult_le_pos; lra. }
      apply (Rmult_le_reg_r gamma); [exact hg|].
      replace (2 * (gap_bound D (1 / sqrt x) base (k * l ^ (2 * p)) eps / gamma) * gamma)
        with (2 * gap_bound D (1 / sqrt x) base (k * l ^ (2 * p)) eps) by (field; lra).
      unfold gap_bound. fold k.
      assert (hbeta : 0 <= 1 / sqrt x * ln k).
      { apply Rmult_le_pos; [|exact hlk]. left; apply Rdiv_lt_0_compat; lra. }
      assert (h1 : root * gamma <= sqrt k * sqrt (L / x) * B) by (apply Rmult_le_compat; lra).
      assert (h2 : sqrt k * (2 * B * sqrt (L / x)) <= sqrt k * eps) by (apply Rmult_le_compat_l; lra).
      assert (h3 : 0 <= sqrt (k * l ^ (2 * p)) * eps) by (apply Rmult_le_pos; assumption).
      assert (h4 : 0 <= sqrt k * sqrt (L / x) * B) by (repeat apply Rmult_le_pos; lra). lra.
  - (* 2 A <= (2 gap_rate/gamma) log^(p+1) n sqrt(kappa L / n), and sqrt(kappa M / n) against eps_LB *)
    assert (hup := gap_bound_rate D base (card Y) k0 m delta q p n hk1 hN hk0 hL hn).
    fold k x l L eps in hup.
    set (G := 3 + ln (3072 * k)). assert (hG : 3 <= G) by (unfold G; assert (0 <= ln (3072 * k)) by (apply ln_ge_0; lra); lra).
    assert (hgG : g <= G * l).
    { unfold g. rewrite eg. apply Rle_trans with (ln (exp 2 * (3072 * k) * x)).
      - apply ln_le_mono.
        + repeat apply Rmult_lt_0_compat; try apply exp_pos; try lra. apply Rinv_0_lt_compat; lra.
        + apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_l; [left; apply exp_pos|].
          apply (Rmult_le_reg_r M); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
          replace (3072 * k * M) with (1536 * k * (2 * M)) by ring. apply Rmult_le_compat_l; lra.
      - rewrite !ln_mult by (repeat apply Rmult_lt_0_compat; try apply exp_pos; lra).
        rewrite ln_exp. fold l. unfold G. rewrite (ln_mult 3072 k) by lra.
        assert (h0 : 0 <= ln 3072 + ln k) by (assert (0 <= ln 3072) by (apply ln_ge_0; lra); lra).
        assert ((2 + (ln 3072 + ln k)) * 1 <= (2 + (ln 3072 + ln k)) * l) by (apply Rmult_le_compat_l; lra). lra. }
    set (e := 1 - 1 / exp 1). assert (he : 0 < e).
    { unfold e. assert (1 / exp 1 < 1); [|lra]. apply (Rmult_lt_reg_r (exp 1)); [lra|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    (* root <= sqrt(1536 G/e) sqrt l * lower *)
    assert (hroot3 : root <= sqrt (1536 * G / e) * sqrt l * lower).
    { apply Rle_trans with (sqrt (1536 * G / e) * sqrt l * (sqrt e * sqrt (2 * I0 / g))).
      2:{ apply Rmult_le_compat_l; [apply Rmult_le_pos; apply sqrt_pos|exact hlo]. }
      assert (hAe : 0 <= 1536 * G / e) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, he]).
      assert (eprod : sqrt (1536 * G / e) * sqrt l * (sqrt e * sqrt (2 * I0 / g))
                      = sqrt (1536 * G / e * l * (e * (2 * I0 / g)))).
      { rewrite (sqrt_mult_alt (1536 * G / e * l)) by (apply Rmult_le_pos; lra).
        rewrite (sqrt_mult_alt (1536 * G / e)) by exact hAe. rewrite (sqrt_mult_alt e) by lra. reflexivity. }
      rewrite eprod.
      apply sqrt_le_1_alt. unfold I0.
      replace (1536 * G / e * l * (e * (2 * (k * M / (3072 * x)) / g))) with (k * M / x * (G * l / g)) by (field; lra).
      rewrite <- (Rmult_1_r (k * M / x)) at 1. apply Rmult_le_compat_l.
      - exact hkM.
      - apply (Rmult_le_reg_r g); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (esplit : sqrt (k * L / x) = sqrt (L / M) * root).
    { unfold root. rewrite <- sqrt_mult_alt by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      f_equal. field. lra. }
    rewrite esplit in hup. rewrite hA.
    apply (Rmult_le_reg_r gamma); [exact hg|].
    replace (2 * (gap_bound D (1 / sqrt x) base (k * l ^ (2 * p)) eps / gamma) * gamma)
      with (2 * gap_bound D (1 / sqrt x) base (k * l ^ (2 * p)) eps) by (field; lra).
    unfold match_rate. fold k G e M. set (R0 := gap_rate (card Y) k0 q) in *.
    assert (hR0 : 0 <= R0).
    { unfold R0, gap_rate. generalize (level_rate_pos (card Y) k0 hN hk0 q) (moment_rate_nonneg (card Y) k0 q). lra. }
    replace (2 * R0 * sqrt (1536 * G / e) / gamma * sqrt (L / M) * (l ^ S p * sqrt l) * lower * gamma)
      with (2 * (R0 * l ^ S p * (sqrt (L / M) * (sqrt (1536 * G / e) * sqrt l * lower)))) by (field; lra).
    apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [exact hup|].
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact hR0|apply pow_le; lra]|].
    apply Rmult_le_compat_l; [apply sqrt_pos|exact hroot3].
Qed.

(** * How far apart the two bounds of Remark 5.4 are

    [-W_(-1)] grows like the logarithm of its argument's inverse, so [eps_LB sqrt n sqrt(log n)] has a limit,
    and C36's ratio is exactly of order [log^(3/2) n]. *)

Section Match.
  Variables k m : R.
  Hypothesis hk : 1 <= k.
  Hypothesis hm : 2 <= m.

  Let M : R := ln m.

  (** [w = -W_(-1)] at [I = kappa_0 log m / (3072 n)]. *)
  Definition branch_value (n : nat) : R := - Wm1 (- (2 * (k * ln m / (3072 * INR n))) / (exp 2 * k ^ 2)).

  Lemma log_class_ge_half : 1 / 2 <= M.
  Proof.
    unfold M. apply Rle_trans with (ln 2); [|apply ln_le_mono; lra].
    assert (h := ln_le_minus_1 (/ 2) ltac:(lra)). rewrite ln_Rinv in h by lra. lra.
  Qed.

  Lemma in_domain : exists n0, (3 <= n0)%nat /\ forall n, (n0 <= n)%nat ->
    3 <= INR n /\ 0 < k * M / (3072 * INR n) <= exp 1 * k ^ 2 / 2.
  Proof.
    destruct (archimed M) as [a _]. assert (hM := log_class_ge_half).
    assert (hz : (0 <= up M)%Z) by (apply le_IZR; lra).
    exists (Nat.max 3 (Z.to_nat (up M))). split; [lia|]. intros n hn.
    assert (h3 : 3 <= INR n) by (apply INR_3; lia).
    assert (hMn : M <= INR n).
    { apply Rle_trans with (INR (Z.to_nat (up M))); [|apply le_INR; lia].
      rewrite INR_IZR_INZ, Z2Nat.id by exact hz. lra. }
    split; [exact h3|]. split; [apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra|].
    assert (e1 : 2 < exp 1) by exact Scalar.Basics.exp_1_gt_2.
    apply Rle_trans with k.
    - apply (Rmult_le_reg_r (3072 * INR n)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
      apply Rmult_le_compat_l; lra.
    - nra.
  Qed.

  Definition branch_argument : R := ln (exp 2 * (1536 * k / M)).

  (** [w - log w = branch_argument + log n]. *)
  Lemma branch_equation n : 3 <= INR n -> 0 < k * M / (3072 * INR n) <= exp 1 * k ^ 2 / 2 ->
    1 <= branch_value n /\ branch_value n - ln (branch_value n) = branch_argument + ln (INR n).
  Proof.
    intros hn [hJ0 hJ]. assert (hM := log_class_ge_half).
    destruct (D12_setup k (k * M / (3072 * INR n)) ltac:(lra) hJ0 hJ) as [hw e].
    split; [exact hw|]. fold (branch_value n) in e.
    change (- Wm1 (- (2 * (k * M / (3072 * INR n))) / (exp 2 * k ^ 2))) with (branch_value n) in e. rewrite <- e.
    unfold branch_argument. assert (hp : 0 < 1536 * k / M) by (apply Rdiv_lt_0_compat; lra).
    rewrite <- ln_mult by (try apply Rmult_lt_0_compat; try apply exp_pos; lra). f_equal. field. lra.
  Qed.

  (** [-W_(-1) / log n] tends to 1. *)
  Theorem branch_limit : is_lim_seq (fun n => branch_value n / ln (INR n)) 1.
  Proof.
    destruct in_domain as (n0 & hn0 & hdom). set (g := branch_argument). set (C := 2 * Rabs g + 2).
    assert (hC : 2 <= C) by (unfold C; generalize (Rabs_pos g); lra).
    apply (is_lim_seq_le_le_loc (fun n => g * / ln (INR n) + 1) _
      (fun n => g * / ln (INR n) + 1 + (ln C * / ln (INR n) + ln (ln (INR n)) / ln (INR n)))).
    - exists n0. intros n hn. destruct (hdom n hn) as [h3 hJ]. destruct (branch_equation n h3 hJ) as [hw e].
      fold g in e. set (w := branch_value n) in *. set (l := ln (INR n)) in *.
      assert (hl : 1 <= l) by (apply ln_3_ge_1, h3). assert (hi : 0 < / l) by (apply Rinv_0_lt_compat; lra).
      assert (hlw : 0 <= ln w) by (apply ln_ge_0, hw).
      assert (hw2 : w <= 2 * (g + l)).
      { assert (h := ln_le_minus_1 (w / 2) ltac:(lra)). rewrite ln_div_pos in h by lra.
        assert (h2 := ln_le_minus_1 2 ltac:(lra)). lra. }
      assert (hwC : w <= C * l).
      { unfold C. assert (ha := Rle_abs g). assert (hp := Rabs_pos g). nra. }
      assert (hlog : ln w <= ln C + ln l) by (rewrite <- ln_mult by lra; apply ln_le_mono; lra).
      replace (g * / l + 1) with ((g + l) * / l) by (field; lra).
      replace ((g + l) * / l + (ln C * / l + ln l / l)) with ((g + l + (ln C + ln l)) * / l) by lra.
      split; apply Rmult_le_compat_r; lra.
    - apply affine_log_limit.
    - replace (Finite 1) with (Finite (1 + (0 + 0))) by (f_equal; lra).
      apply is_lim_seq_plus'; [apply affine_log_limit|]. apply is_lim_seq_plus'; [|exact log_log_vanishes].
      apply (is_lim_seq_ext (fun n => ln C * / ln (INR n) + 0)); [intros; lra|apply affine_log_limit].
  Qed.

  (** [eps_LB = sqrt(kappa log m / 1536) / (sqrt n sqrt w)]. *)
  Lemma lower_bound_value n : 3 <= INR n -> 0 < k * M / (3072 * INR n) <= exp 1 * k ^ 2 / 2 ->
    lower_bound_rate k m (INR n) = sqrt (k * M / 1536) / (sqrt (INR n) * sqrt (branch_value n)).
  Proof.
    intros hn hJ. destruct (branch_equation n hn hJ) as [hw _].
    change (lower_bound_rate k m (INR n)) with
      (k * exp (1 + Wm1 (- (2 * (k * M / (3072 * INR n))) / (exp 2 * k ^ 2)) / 2)).
    rewrite D09_sqrt_form by (lra || apply hJ).
    change (- Wm1 (- (2 * (k * M / (3072 * INR n))) / (exp 2 * k ^ 2))) with (branch_value n).
    assert (hM := log_class_ge_half).
    rewrite <- sqrt_mult_alt by lra. rewrite <- sqrt_div_alt by (apply Rmult_lt_0_compat; lra).
    f_equal. field. lra.
  Qed.

End Match.

Theorem C36_match_limit : Remark_5_4_limit.
Proof.
  intros X Y FX FY D base k0 gamma m delta q hD hb hg hk0 hm hL. set (k := kappa D base).
  assert (hk : 1 <= k) by (apply K01_range; assumption). assert (hM := log_class_ge_half m hm).
  set (M := ln m) in *. assert (hroot : 0 < sqrt (k * M / 1536)).
  { apply sqrt_lt_R0. assert (0 < k * M) by (apply Rmult_lt_0_compat; lra). lra. }
  destruct (in_domain k m hk hm) as (n0 & hn0 & hdom).
  set (gap := fun n => gap_bound D (1 / sqrt (INR n)) base k (eps_stat (card Y) (k0 * INR n ^ q) m (INR n) delta)).
  apply (is_lim_seq_ext_loc (fun n => 2 / gamma * (gap n * (sqrt (INR n) / ln (INR n)))
    * sqrt (branch_value k m n / ln (INR n)) * / sqrt (k * M / 1536))).
  - exists n0. intros n hn. destruct (hdom n hn) as [h3 hJ]. destruct (branch_equation k m hk hm n h3 hJ) as [hw _].
    rewrite (lower_bound_value k m hk hm n h3 hJ). fold M. assert (hl := ln_3_ge_1 _ h3).
    assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra). assert (hsl : 0 < sqrt (ln (INR n))) by (apply sqrt_lt_R0; lra).
    assert (hsw : 0 < sqrt (branch_value k m n)) by (apply sqrt_lt_R0; lra).
    rewrite sqrt_div_alt by lra. unfold mass_bound. fold (gap n). field. repeat split; lra.
  - assert (hlim : 2 / gamma * (2 * sqrt k * stat_limit q (ln (m / delta))) * 1 * / sqrt (k * M / 1536)
                   = 4 / gamma * stat_limit q (ln (m / delta)) * sqrt (1536 / M)).
    { assert (hsk : 0 < sqrt k) by (apply sqrt_lt_R0; lra). assert (hsM : 0 < sqrt (M / 1536)) by (apply sqrt_lt_R0; lra).
      assert (e1 : sqrt (k * M / 1536) = sqrt k * sqrt (M / 1536)).
      { rewrite <- sqrt_mult_alt by lra. f_equal. lra. }
      assert (e2 : sqrt (1536 / M) = / sqrt (M / 1536)).
      { rewrite <- sqrt_inv. f_equal. field. lra. }
      rewrite e1, e2. field. repeat split; lra. }
    rewrite <- hlim. apply is_lim_seq_mult'; [|apply is_lim_seq_const]. apply is_lim_seq_mult'.
    + apply is_lim_seq_mult'; [apply is_lim_seq_const|].
      apply (C18_gap_limit X Y FX FY D base (card Y) k0 m delta q); [apply card_ge_1|exact hk0|exact hL].
    + replace (Finite 1) with (Finite (sqrt 1)) by (f_equal; apply sqrt_1).
      apply (is_lim_seq_continuous sqrt); [apply continuity_pt_sqrt; lra|apply branch_limit; assumption].
Qed.
