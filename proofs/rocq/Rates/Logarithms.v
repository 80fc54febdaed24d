(** * The logarithms of the statistical error

    The quantities that the paper hides in O-tilde: the truncation level [B], the moment constant [V4] and
    [eps_stat] of a finite class, for a tail constant [K = k0 n^q] that is polynomial in [n].  Explicit
    bounds from [n = 3] on, and limits as [n] grows. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space OneRound.Tails OneRound.OneStep.
Open Scope R_scope.

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
      right; ring.
  Qed.

  Lemma level_lower_log x : 1 <= x -> ln (2 * k0) + (INR q + 2) * ln x <= trunc_level N (k0 * x ^ q) x.
  Proof.
    intros hx. assert (hq : 1 <= x ^ q) by (apply pow_R1_Rle, hx).
    assert (h2 : 0 < x ^ 2) by (apply pow_lt; lra).
    unfold trunc_level. apply Rle_trans with (ln (2 * k0 * x ^ q * x ^ 2)).
    - rewrite !ln_mult by (repeat (apply Rmult_lt_0_compat || apply pow_lt); lra).
      rewrite !ln_power_of by lra. simpl (INR 2). right; ring.
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
    intros hl. replace (a * l ^ 4) with ((l ^ 2) ^ 2 * a) by ring.
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by apply pow2_ge_0.
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by exact hl. ring.
  Qed.

  Lemma ln_tail x : 1 <= x -> ln (2 * (k0 * x ^ q)) = ln (2 * k0) + INR q * ln x.
  Proof.
    intros hx. replace (2 * (k0 * x ^ q)) with (2 * k0 * x ^ q) by ring.
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
      with ((2 * trunc_level N (k0 * x ^ q) x * s + V4 N (k0 * x ^ q)) / sqrt x) by (field; lra).
    replace ((2 * level_rate N k0 q * s + moment_rate N k0 q) * (ln x / sqrt x))
      with ((2 * level_rate N k0 q * s + moment_rate N k0 q) * ln x / sqrt x) by (field; lra).
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
    replace (Finite b) with (Finite (a * 0 + b)) by (f_equal; ring).
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
    { assert (e : g 0 = 8 * d ^ 4) by (unfold g; ring). rewrite e, fourth_root_scale by exact hd. reflexivity. }
    rewrite e0. apply (is_lim_seq_ext_loc (fun n => sqrt (sqrt (g (/ ln (INR n)))))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (e : 8 * (2 * M4 (ln N) + M4 (ln (2 * (k0 * INR n ^ q)))) = g (/ ln (INR n)) * ln (INR n) ^ 4).
      { rewrite ln_tail by lra. fold a d. unfold g, M4 at 2. field. lra. }
      unfold V4. rewrite e, fourth_root_scale by lra. field. lra.
    - apply (is_lim_seq_continuous (fun t => sqrt (sqrt (g t)))); [|exact inverse_log_vanishes].
      assert (hg : continuity_pt g 0) by (unfold g; reg).
      assert (hpos : 0 <= g 0).
      { assert (e : g 0 = 8 * d ^ 4) by (unfold g; ring). rewrite e. assert (0 <= d ^ 4) by (apply pow_le, hd). lra. }
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
