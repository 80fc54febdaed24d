(** * Rates for a finite class

    C18, C32 and Theorem 5.3 at [beta = 1/sqrt n] as explicit inequalities and as limits, from the error of
    [Rates.Logarithms] and the recurrence of [Rates.Recurrence]; Remark 5.4 (C36) from these and the
    sandwich of D12. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Scalar.Basics.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass OneRound.ZeroLoss OneRound.Tails OneRound.OneStep
  Iteration.Rounds Iteration.Trajectory Iteration.FiniteClass Iteration.Satisfiable
  Scalar.LambertInversion Rates.Logarithms Rates.Recurrence Rates.Statements.
Open Scope R_scope.

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
  replace (1 / sqrt x) with v by (unfold v; field; lra).
  assert (h1 : (sqrt k + sqrt k * l ^ p) * eps_stat N (k0 * x ^ q) m x delta
               <= 2 * (sqrt k * l ^ p) * (r * sqrt L * (l * v))).
  { apply Rle_trans with ((sqrt k + sqrt k * l ^ p) * (r * sqrt L * (l * v))).
    - apply Rmult_le_compat_l; [nra|exact heps].
    - apply Rmult_le_compat_r; [|nra]. repeat apply Rmult_le_pos; lra. }
  assert (h2 : v * ln k <= sqrt k * sqrt L * v * l ^ S p).
  { apply Rle_trans with (v * sqrt k * 1); [rewrite Rmult_1_r; apply Rmult_le_compat_l; lra|].
    replace (sqrt k * sqrt L * v * l ^ S p) with (v * sqrt k * (sqrt L * l ^ S p)) by ring.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    assert (1 <= l ^ S p) by (apply pow_R1_Rle, hl). nra. }
  unfold gap_rate. fold r. simpl pow in *.
  replace ((2 * r + 1) * (l * l ^ p) * (sqrt k * sqrt L * v))
    with (2 * (sqrt k * l ^ p) * (r * sqrt L * (l * v)) + sqrt k * sqrt L * v * (l * l ^ p)) by ring.
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
  - intros n. unfold gap_bound. fold k. ring.
  - replace (Finite (2 * sqrt k * stat_limit q (ln (m / delta))))
      with (Finite (2 * sqrt k * stat_limit q (ln (m / delta)) + ln k * 0)) by (f_equal; ring).
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
    unfold drift, drift_rate. replace (1 / sqrt (INR n)) with (/ sqrt (INR n)) by (field; lra). split; [lra|].
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
    - apply eventually_3. intros n hn. unfold tail_drift, drift. rewrite Nat.max_r by exact hn. ring.
    - replace (Finite (2 * stat_limit q (ln (m / delta)))) with (Finite (2 * stat_limit q (ln (m / delta)) + 0))
        by (f_equal; ring).
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
  - replace (Finite 0) with (Finite (4 * 0)) by (f_equal; ring).
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
  - replace (Finite 0) with (Finite (2 * stat_limit q (ln (m / delta)) * 0)) by (f_equal; ring).
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
      replace (gamma + - gamma) with 0 by ring. rewrite exp_0. lra. }
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
