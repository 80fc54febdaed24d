(** * Theorem 4.1: how far its sample size is from the true one

    At every size the exact Bayes risk of D15 is above eps up to 16.6 times D07's bound, and at most eps
    from the last whole number below 85.3 times that bound on: the least sample size that suffices lies
    between.  The first constant is 6 log 16 rounded down, the limit at kappa_0 = 2 as eps -> 0; the second
    is the limit at kappa_0 = 2, eps = 1/16, three labels and many keys, rounded up.

    Serves D15. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import ElemFct.
From Interval Require Import Tactic.
From SRVerify Require Import Finite.Sum Finite.Space Scalar.Basics.
From SRVerify Require Import LowerBound.HardInstance LowerBound.SampleSize LowerBound.BayesRisk LowerBound.RiskLimits
  LowerBound.UndrawnLabels LowerBound.LateDraws.
Open Scope R_scope.

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
  assert (e : (1 - y) * (1 + t + t ^ 2 / 2) - 1 = y ^ 2 * ((1 - y) * (1 + y) ^ 2 / 2 - y)) by (unfold t; field).
  assert (h : 0 <= (1 - y) * (1 + y) ^ 2 / 2 - y) by nra.
  assert (0 <= y ^ 2 * ((1 - y) * (1 + y) ^ 2 / 2 - y)) by (apply Rmult_le_pos; [apply pow2_ge_0|exact h]). lra.
Qed.

Lemma power_ge_exp y n : 0 <= y <= 1 / 2 -> exp (- (INR n * y * (1 + y))) <= (1 - y) ^ n.
Proof.
  intros hy. assert (h := one_minus_ge y hy).
  apply Rle_trans with (exp (- (y * (1 + y))) ^ n).
  - right. rewrite pow_Rpower by apply exp_pos. rewrite ln_exp. f_equal. ring.
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
  { intros W. unfold rest. rewrite Rmult_minus_distr_l, <- exp_plus. f_equal; [f_equal; field; lra|ring]. }
  assert (hr3 : exp (- (V * (1 / 2 + 2 / (M + 1)))) <= exp (- (U * (1 / 2 + 2 / (M + 1))))).
  { apply exp_le, Ropp_le_contravar, Rmult_le_compat_r; lra. }
  split; [|lra]. rewrite split_rest in *. eapply Rlt_le_trans; [exact hr1|].
  apply Rmult_le_compat; [left; apply exp_pos|lra|apply exp_le; lra|lra].
Qed.

Lemma rest_at_three : enough 3 (exponent 3 (ln 32)).
Proof. unfold enough, rest, exponent. split; interval. Qed.

Lemma rest_middle l : ln 4 <= l <= 12 -> enough (exp l) (83 / 30 * l / (1 + (l + ln 8))).
Proof.
  intros hl. assert (h : 138 / 100 <= l <= 12) by (assert (138 / 100 <= ln 4) by interval; lra).
  clear hl. unfold enough, rest. split; [interval with (i_bisect l, i_depth 30)|].
  apply Rminus_le, Ropp_le_cancel. rewrite Ropp_0, Ropp_minus_distr. interval with (i_bisect l, i_depth 30).
Qed.

Lemma rest_large l : 12 <= l -> enough (exp l) (83 / 30 * l / (1 + (l + ln 8))).
Proof.
  intros hl. set (M := exp l). set (U := 83 / 30 * l / (1 + (l + ln 8))). assert (h8 : 2 <= ln 8 <= 21 / 10) by (split; interval).
  assert (hM : 72 <= M /\ 6 * l <= M).
  { assert (k := exp_ge_quadratic l ltac:(lra)). unfold M. split; nra. }
  assert (hinv : 0 < / M <= 1 / 10000).
  { split; [apply Rinv_0_lt_compat; lra|]. unfold M. rewrite <- exp_Ropp.
    apply Rle_trans with (exp (- (12))); [apply exp_le; lra|interval]. }
  assert (hU0 : 0 <= U) by (unfold U; apply le_div; nra).
  assert (hc : U * (1 + 2 / (M + 1)) <= 83 / 30).
  { unfold U. assert (hs : 0 < 1 + (l + ln 8)) by lra. assert (hM1 : 0 < M + 1) by lra.
    replace (83 / 30 * l / (1 + (l + ln 8)) * (1 + 2 / (M + 1))) with (83 / 30 * (l * (M + 3)) / ((1 + (l + ln 8)) * (M + 1)))
      by (field; lra).
    apply div_le; [apply Rmult_lt_0_compat; lra|]. nra. }
  assert (he : 628 / 10000 <= exp (- (U * (1 + 2 / (M + 1))))).
  { apply Rle_trans with (exp (- (83 / 30))); [interval|apply exp_le; lra]. }
  assert (hf : exp (- (U / 2)) <= 1) by (apply exp_le_1; lra). assert (hf0 := exp_pos (- (U / 2))).
  unfold enough, rest. split; [nra|]. apply Rle_trans with (exp (- (U * (1 + 2 / (M + 1))))); [lra|].
  apply exp_le. nra.
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
    replace (- (1) + (1 + (kappa0 - 1) / (8 * eps))) with ((kappa0 - 1) / (8 * eps)) in h by ring.
    apply mul_le_of_div in h; lra.
  Qed.

  Lemma labels_lower : kappa0 - 1 < 8 * eps * M.
  Proof. assert (h := hM'). assert (k : (kappa0 - 1) / (8 * eps) < M) by lra. apply lt_mul_of_div in k; lra. Qed.

  (** The logarithm of D07's bound is at least ln M + ln 8 and ln 32. *)
  Lemma log_range : ln M + ln 8 <= ln (kappa0 / eps) /\ ln 32 <= ln (kappa0 / eps).
  Proof.
    assert (hm := labels). assert (hu := labels_upper). split.
    - rewrite <- ln_mult by lra. apply ln_le; [lra|]. apply le_div; [exact h0|]. nra.
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
    assert (h32 : 0 < ln 32) by interval. unfold y. rewrite log_class_size. field. repeat split; lra.
  Qed.

  (** D15: above eps up to 16.6 times D07's bound. *)
  Theorem D15_threshold_above n : INR n <= 83 / 5 * bound kappa0 eps -> eps < @bayes_risk I K FI FK (16 * eps) n.
  Proof.
    intros hn. assert (hm := labels). assert (hL := log_range). assert (hy := step_range).
    assert (h32 : 0 < ln 32) by interval. assert (hlow := labels_lower).
    set (L := ln (kappa0 / eps)) in *. set (U := exponent M L).
    assert (hlM : 0 < ln M) by (apply ln_gt_0; lra).
    assert (hu : INR n * y <= U).
    { apply Rle_trans with (83 / 5 * bound kappa0 eps * y); [apply Rmult_le_compat_r; [lra|exact hn]|].
      rewrite Rmult_assoc, bound_step. fold L. unfold U, exponent.
      assert (hq : kappa0 / (eps * (M + 1)) <= 16).
      { apply div_le; [apply Rmult_lt_0_compat|]; lra. }
      assert (hr : 0 < ln M / (1 + L)) by (apply Rdiv_lt_0_compat; lra).
      replace (83 / 30 * ln M / (1 + L)) with (83 / 5 * (1 / 96 * 16 * (ln M / (1 + L)))) by (field; lra).
      apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; lra. }
    assert (hgood : exists V, U <= V /\ enough M V).
    { destruct hm as [hm3 [e3|hm4]].
      - exists (exponent 3 (ln 32)). split; [|rewrite e3; exact rest_at_three].
        unfold U, exponent. rewrite e3. assert (h3 : 0 < ln 3) by interval.
        apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra.
      - exists (83 / 30 * ln M / (1 + (ln M + ln 8))). split.
        + unfold U, exponent. apply Rmult_le_compat_l; [lra|]. assert (0 < ln 8) by interval. apply Rinv_le_contravar; lra.
        + rewrite <- (exp_ln M) at 1 by lra. assert (hl4 : ln 4 <= ln M) by (apply ln_le; lra).
          destruct (Rle_dec (ln M) 12) as [h12|h12]; [apply rest_middle; lra|apply rest_large; lra]. }
    destruct hgood as (V & hV & hgood).
    destruct (D15_sandwich (I := I) (K := K) (16 * eps) n ltac:(lra) ltac:(lra) ltac:(lra)) as [hs _].
    eapply Rlt_le_trans; [|exact hs]. fold y.
    assert (ea : 1 - 16 * eps / (d * (M + 1)) = 1 - y / 2) by (unfold y; assert (hd := @card_ge_1 I FI); field; lra).
    rewrite ea.
    assert (hM1 : 2 / (M + 1) <= 1 / 2) by (apply div_le; lra).
    assert (g1 := power_ge_exp y n ltac:(lra)).
    assert (g2 := power_le_exp (y / 2) n ltac:(lra)).
    set (u := INR n * y) in *. assert (hu0 : 0 <= u) by (apply Rmult_le_pos; [apply pos_INR|lra]).
    replace (INR n * (y / 2)) with (u / 2) in g2 by (unfold u; field).
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
    assert (h32 : 0 < ln 32) by interval. assert (hup := labels_upper).
    assert (hlM : 0 < ln M) by (apply ln_gt_0; lra).
    set (L := ln (kappa0 / eps)) in *.
    assert (hq : 8 * (M + 1) / (1 + ln (8 * (M + 1))) <= kappa0 / (eps * (1 + L))).
    { set (w := eps / kappa0). set (w' := / (8 * (M + 1))).
      assert (hw : 0 < w) by (apply Rdiv_lt_0_compat; lra).
      assert (hww : w <= w').
      { unfold w, w'. apply div_le; [lra|]. apply (Rmult_le_reg_l (8 * (M + 1))); [lra|].
        rewrite <- Rmult_assoc, Rinv_r by lra. nra. }
      assert (hw1 : w' <= 1) by (unfold w'; rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      assert (k := entropy_increases w w' hw hww hw1).
      assert (e1 : 1 - ln w = 1 + L) by (unfold w, L; rewrite !ln_quotient by lra; ring).
      assert (e2 : 1 - ln w' = 1 + ln (8 * (M + 1))) by (unfold w'; rewrite ln_Rinv by lra; ring).
      rewrite e1, e2 in k.
      assert (hp : 0 < 1 + ln (8 * (M + 1))) by (apply log_labels; lra).
      replace (8 * (M + 1) / (1 + ln (8 * (M + 1)))) with (/ (w' * (1 + ln (8 * (M + 1))))) by (unfold w'; field; lra).
      replace (kappa0 / (eps * (1 + L))) with (/ (w * (1 + L))) by (unfold w; field; lra).
      apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|exact k]. }
    apply Rle_trans with (853 / 10 * bound kappa0 eps * (y / 2)); [|apply Rmult_le_compat_r; [lra|exact hn]].
    set (b := bound kappa0 eps). replace (853 / 10 * b * (y / 2)) with (853 / 20 * (b * y)) by field. unfold b.
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
    assert (ea : a = 16 * eps / (d * (M + 1))) by (unfold a, y; field; lra).
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
      + apply late_three; [exact ha0| |exact hT]. rewrite ea. apply div_le; nra.
    - destruct (Rle_dec 8 M) as [h8|h8].
      + destruct (D15_sandwich (I := I) (K := K) (16 * eps) n ltac:(lra) ltac:(lra) ltac:(lra)) as [_ hs].
        replace (2 * (16 * eps) / (d * (M + 1))) with (2 * a) in hs by (rewrite ea; field; lra).
        apply (goal_of _ hs), (late_many M); [exact h8|exact ha0|nra|exact hT].
      + apply (goal_of _ (bayes_risk_chord (I := I) (K := K) (16 * eps) a n ltac:(lra) ltac:(lra) ltac:(lra) ea)).
        apply late_several; [lra|exact ha0|nra|exact hT].
  Qed.
End Ratio.
