(** * How far apart the two bounds of Remark 5.4 are

    [-W_(-1)] grows like the logarithm of its argument's inverse, so [eps_LB sqrt n sqrt(log n)] has a limit,
    and C36's ratio is exactly of order [log^(3/2) n]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Scalar.Basics.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber
  OneRound.OneStep Scalar.LambertW Scalar.LambertInversion Rates.Logarithms Rates.Statements
  Rates.FiniteClass.
Open Scope R_scope.

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
      replace ((g + l) * / l + (ln C * / l + ln l / l)) with ((g + l + (ln C + ln l)) * / l) by (field; lra).
      split; apply Rmult_le_compat_r; lra.
    - apply affine_log_limit.
    - replace (Finite 1) with (Finite (1 + (0 + 0))) by (f_equal; ring).
      apply is_lim_seq_plus'; [apply affine_log_limit|]. apply is_lim_seq_plus'; [|exact log_log_vanishes].
      apply (is_lim_seq_ext (fun n => ln C * / ln (INR n) + 0)); [intros; ring|apply affine_log_limit].
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
      { rewrite <- sqrt_mult_alt by lra. f_equal. field. }
      assert (e2 : sqrt (1536 / M) = / sqrt (M / 1536)).
      { rewrite <- sqrt_inv. f_equal. field. lra. }
      rewrite e1, e2. field. repeat split; lra. }
    rewrite <- hlim. apply is_lim_seq_mult'; [|apply is_lim_seq_const]. apply is_lim_seq_mult'.
    + apply is_lim_seq_mult'; [apply is_lim_seq_const|].
      apply (C18_gap_limit X Y FX FY D base (card Y) k0 m delta q); [apply card_ge_1|exact hk0|exact hL].
    + replace (Finite 1) with (Finite (sqrt 1)) by (f_equal; apply sqrt_1).
      apply (is_lim_seq_continuous sqrt); [apply continuity_pt_sqrt; lra|apply branch_limit; assumption].
Qed.
