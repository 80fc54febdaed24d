(** * The scalar checks of D08-D14, in the form in which the ledger prints them

    Each theorem is named after its entry and check and is what [srverify export --to rocq] prints;
    most follow at once from the file on Lambert W. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From SRVerify Require Import Scalar.Basics Scalar.LambertW Scalar.LambertInversion Scalar.LowerBound
  Printed.Tactics.
Open Scope R_scope.

(** ** D08: monotone *)

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_derivative_positive :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> eps < kappa * exp (1 / 2) ->
  0 < eps * (1 + 2 * ln (kappa / eps)).
Proof.
  intros kappa eps Hk He H.
  apply Rmult_lt_0_compat; [exact He |].
  apply ln_increasing in H; [| exact He].
  rewrite ln_mult, ln_exp in H by (try apply exp_pos; exact Hk).
  rewrite ln_quotient by assumption; lra.
Qed.

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_derivative_negative :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> kappa * exp (1 / 2) < eps ->
  eps * (1 + 2 * ln (kappa / eps)) < 0.
Proof.
  intros kappa eps Hk He H.
  apply ln_increasing in H; [| apply Rmult_lt_0_compat; [exact Hk | apply exp_pos]].
  rewrite ln_mult, ln_exp in H by (try apply exp_pos; exact Hk).
  assert (1 + 2 * ln (kappa / eps) < 0) by (rewrite ln_quotient by assumption; lra).
  nra.
Qed.

(** f(x) < f(y) divided by kappa^2 exp(1-2a-2b). *)
Theorem D08_increasing_in_coordinates :
  forall a b : R, 0 <= a -> 0 < b -> 1 / 2 + a + b < exp (2 * b) * (1 / 2 + a).
Proof.
  intros a b Ha Hb.
  pose proof (exp_ineq1 (2 * b) ltac:(lra)).
  assert (0 <= a * b) by nra.
  assert ((1 + 2 * b) * (1 / 2 + a) < exp (2 * b) * (1 / 2 + a)) by (apply Rmult_lt_compat_r; lra).
  lra.
Qed.

(** f(y) < f(x) divided by kappa^2 exp(1+2a). *)
Theorem D08_decreasing_in_coordinates :
  forall a b : R, 0 <= a -> 0 < b -> (1 / 2 - a - b) * exp (2 * b) < 1 / 2 - a.
Proof.
  intros a b Ha Hb.
  assert (E : exp (- (2 * b)) * exp (2 * b) = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  pose proof (exp_pos (2 * b)) as Hp; pose proof (exp_pos (- (2 * b))) as Hm.
  pose proof (exp_ineq1 (- (2 * b)) ltac:(lra)) as H1.
  assert (1 / 2 - a - b < (1 / 2 - a) * exp (- (2 * b))) as H.
  { destruct (Rlt_le_dec a (1 / 2)) as [H | H].
    - assert ((1 / 2 - a) * (1 + - (2 * b)) < (1 / 2 - a) * exp (- (2 * b)))
        by (apply Rmult_lt_compat_l; lra).
      assert (0 <= a * b) by nra. lra.
    - pose proof (exp_le_1 (- (2 * b)) ltac:(lra)). nra. }
  apply Rmult_lt_compat_r with (r := exp (2 * b)) in H; [| exact Hp].
  replace ((1 / 2 - a) * exp (- (2 * b)) * exp (2 * b))
    with ((1 / 2 - a) * (exp (- (2 * b)) * exp (2 * b))) in H by ring.
  rewrite E in H; lra.
Qed.

(** The curve at kappa exp(1/2 - s); s = a, a+b on the left, -a, -a-b on the right. *)
Theorem D08_coordinates :
  forall kappa s : R, 0 < kappa ->
  (kappa * exp (1 / 2 - s)) ^ 2 * (1 + ln (kappa / (kappa * exp (1 / 2 - s)))) = kappa ^ 2 * exp (1
  - 2 * s) * (1 / 2 + s).
Proof.
  intros kappa s Hk.
  rewrite ln_ratio_exp, scaled_exp_sq by exact Hk.
  replace (2 * (1 / 2 - s)) with (1 - 2 * s) by field; field.
Qed.

(** f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; maximum e kappa^2/2 *)
Theorem D08_maximum_value_stated :
  forall kappa : R, 0 < kappa ->
  (kappa * sqrt (exp 1)) ^ 2 * (1 + ln (kappa / (kappa * sqrt (exp 1)))) = exp 1 * kappa ^ 2 * (1 /
  2).
Proof.
  intros; halves; apply D08_maximum_value; assumption.
Qed.

(** ** D09: lambert-closed-form *)

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_argument :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  - exp (- 1) <= (- (2 * J)) / (exp 2 * kappa ^ 2) /\ (- (2 * J)) / (exp 2 * kappa ^ 2) < 0.
Proof.
  intros; halves.
  match goal with |- ?a <= _ /\ _ => change a with (- exp (-1)) end.
  apply argument_range; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_root_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  (kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))) ^ 2 * (1 + ln (kappa /
  (kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))))) = J.
Proof.
  intros kappa J Hk HJ H; halves; apply D09_root; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_root_in_coordinates :
  forall kappa w : R, 0 < kappa -> 1 <= w ->
  (kappa * exp (1 - w * (1 / 2))) ^ 2 * (1 + ln (kappa / (kappa * exp (1 - w * (1 / 2))))) = kappa ^
  2 * exp 2 * (1 / 2) * (w * exp (- w)).
Proof.
  intros kappa w Hk Hw; halves.
  rewrite ln_ratio_exp, scaled_exp_sq by exact Hk.
  replace (2 * (1 - w / 2)) with (2 - w) by field; rewrite exp_2_split; field.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_square_root_form :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) = sqrt (2 * J / (- Wm1 ((- (2
  * J)) / (exp 2 * kappa ^ 2)))).
Proof.
  intros kappa J Hk HJ H; halves; apply D09_sqrt_form; assumption.
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_square_root_in_coordinates :
  forall kappa w : R, 0 < kappa -> 1 <= w ->
  sqrt (2 * (kappa ^ 2 * exp 2 * (1 / 2) * (w * exp (- w))) / w) = kappa * exp (1 - w * (1 / 2)).
Proof.
  intros kappa w Hk Hw; halves.
  apply sqrt_eq_of_sq; [left; apply Rmult_lt_0_compat; [exact Hk | apply exp_pos] |].
  replace (kappa * exp (1 - w / 2) * (kappa * exp (1 - w / 2)))
    with ((kappa * exp (1 - w / 2)) ^ 2) by ring.
  rewrite scaled_exp_sq; replace (2 * (1 - w / 2)) with (2 - w) by field.
  rewrite exp_2_split; field; lra.
Qed.

(** Divided by kappa: the root lies in (0, kappa sqrt(e)]. *)
Theorem D09_range_in_coordinates :
  forall w : R, 1 <= w -> 0 < exp (1 - w * (1 / 2)) /\ exp (1 - w * (1 / 2)) <= exp (1 / 2).
Proof.
  intros; halves; split; [apply exp_pos | apply exp_le; lra].
Qed.

(** the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W = W_{-1}(-2I/(e kappa)^2) *)
Theorem D09_range_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  0 < kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) /\ kappa * exp (1 + Wm1
  ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) <= kappa * sqrt (exp 1).
Proof.
  intros; halves; apply D09_range; assumption.
Qed.

(** ** D10: branch *)

(** The hypothesis is the domain of W: outside it the conclusion has no value. *)
Theorem D10_lower_branch_stated :
  forall z : R, 0 < z -> z <= exp (- 1) -> Wm1 (- z) <= (- 1).
Proof.
  intros z Hz Hz'.
  change (Wm1 (- z) <= -1); apply Wm1_inverse; [| lra].
  change (exp (- (1))) with (exp (-1)) in Hz'; lra.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_principal_branch_stated :
  forall z : R, 0 < z -> z <= exp (- 1) -> (- 1) <= W0 (- z) /\ W0 (- z) < 0.
Proof.
  intros z Hz Hz'.
  change (exp (- (1))) with (exp (-1)) in Hz'.
  split; [apply (proj1 (W0_inverse (- z) ltac:(lra))) | apply W0_neg; lra].
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_lower_branch :
  forall kappa w : R, 0 < kappa -> w <= (- 1) ->
  kappa * exp (1 + w * (1 / 2)) <= kappa * sqrt (exp 1).
Proof.
  intros; halves; apply D10_lower_solution; assumption.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_lower_branch_only :
  forall kappa w : R, 0 < kappa -> kappa * exp (1 + w * (1 / 2)) <= kappa * sqrt (exp 1) ->
  w <= (- 1).
Proof.
  intros kappa w Hk H; halves; apply (D10_lower_solution_only kappa); assumption.
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_principal_branch :
  forall kappa w : R, 0 < kappa -> (- 1) <= w -> w < 0 ->
  kappa * sqrt (exp 1) <= kappa * exp (1 + w * (1 / 2)) /\ kappa * exp (1 + w * (1 / 2)) < exp 1 *
  kappa.
Proof.
  intros; halves; apply D10_principal_solution; assumption.
Qed.

(** The other branch solves the same equation. *)
Theorem D10_principal_root_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  (kappa * exp (1 + W0 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))) ^ 2 * (1 + ln (kappa / (kappa
  * exp (1 + W0 ((- (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2))))) = J.
Proof.
  intros kappa J Hk HJ H; halves.
  destruct (argument_range kappa J Hk HJ H) as [H1 _].
  apply D09_root_of_w; [exact Hk | apply W0_inverse; exact H1].
Qed.

(** the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1 *)
Theorem D10_no_probability :
  forall kappa w : R, 1 <= kappa -> (- 1) <= w -> w < 0 -> 1 < kappa * exp (1 + w * (1 / 2)).
Proof.
  intros; interval.
Qed.

(** ** D11: domain *)

(** With eps = exp(b)/16 and kappa = eps exp(a - 1/2): f(eps) <= f(1/16) and eps <= kappa sqrt(e) give eps <= 1/16. *)
Theorem D11_small_root_in_coordinates :
  forall a b : R, 0 <= a -> exp (2 * b) * (1 / 2 + a) <= 1 / 2 + a + b -> b <= 0.
Proof.
  intros a b Ha H; apply Rnot_lt_le; intro Hb.
  pose proof (D08_increasing_in_coordinates a b Ha Hb); lra.
Qed.

(** ** D12: asymptotic-direction *)

(** log(1/z) at z = w exp(-w); eps_LB^2 = 2I/w and eps~^2 = 2I/log(1/z). *)
Theorem D12_ratio :
  forall w : R, 1 <= w -> ln (/ (w * exp (- w))) = w - ln w.
Proof.
  intros w Hw; pose proof (exp_pos (- w)).
  rewrite ln_Rinv, ln_mult, ln_exp by (try apply Rmult_lt_0_compat; lra); ring.
Qed.

(** (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and sqrt(1-1/e) is sharp *)
Theorem D12_sandwich_in_coordinates :
  forall w : R, 1 <= w -> (1 - exp (- 1)) * w <= w - ln w /\ w - ln w <= w.
Proof.
  intros w Hw.
  pose proof (D12_scalar w Hw) as H; rewrite <- exp_Ropp_1 in H; exact H.
Qed.

(** log w <= w/e at w = e v: equality at v = 1. *)
Theorem D12_sandwich_at_e :
  forall v : R, 0 < v -> 1 + ln v <= v.
Proof.
  intros v Hv; pose proof (ln_le_sub_1 v Hv); lra.
Qed.

(** A constant c that is valid at w = e is at most 1 - 1/e. *)
Theorem D12_sharp_stated :
  forall c : R, c * exp 1 <= exp 1 - ln (exp 1) -> c <= 1 - exp (- 1).
Proof.
  intros c H; rewrite ln_exp in H.
  pose proof (exp_pos 1).
  apply Rmult_le_reg_r with (exp 1); [assumption |].
  assert (exp (- (1)) * exp 1 = 1) as E by (rewrite exp_Ropp_1; field; lra).
  change (exp (- (1))) with (exp (-1)) in E; lra.
Qed.

(** The repaired (100) in the paper's variables. *)
Theorem D12_sandwich_stated :
  forall kappa J : R, 0 < kappa -> 0 < J -> J <= exp 1 * kappa ^ 2 * (1 / 2) ->
  sqrt (1 - exp (- 1)) * sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))) <= kappa * exp (1 + Wm1 ((-
  (2 * J)) / (exp 2 * kappa ^ 2)) * (1 / 2)) /\ kappa * exp (1 + Wm1 ((- (2 * J)) / (exp 2 * kappa ^
  2)) * (1 / 2)) <= sqrt (2 * J / ln (exp 2 * kappa ^ 2 / (2 * J))).
Proof.
  intros kappa J Hk HJ H; halves.
  pose proof (D12_sandwich kappa J Hk HJ H) as S; rewrite <- exp_Ropp_1 in S; exact S.
Qed.

(** w = 2 + 2 log(kappa/eps) where the bound applies. *)
Theorem D12_applicable_range :
  forall kappa eps : R, 2 <= kappa -> 0 < eps -> eps <= 1 / 16 ->
  2 * (1 + ln 32) <= 2 + 2 * ln (kappa / eps).
Proof.
  intros kappa eps Hk He He'.
  assert (ln 32 <= ln (kappa / eps)) by (apply ln_le; [lra | apply le_div; lra]).
  lra.
Qed.

(** (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and sqrt(1-1/e) is sharp *)
Theorem D12_applicable_constant :
  forall w : R, 2 * (1 + ln 32) <= w -> 294849 / 390625 <= 1 - ln w / w.
Proof.
  intros w Hw; set (v := 2 * (1 + ln 32)) in *.
  assert (exp 1 <= v) by (unfold v; interval).
  pose proof (ln_ratio_decreasing v w ltac:(assumption) Hw).
  assert (294849 / 390625 <= 1 - ln v / v) by (unfold v; interval).
  pose proof exp_1_gt_2.
  assert (ln w / w <= ln v / v) by (apply div_le; lra).
  lra.
Qed.

(** ** D13: monotonicity *)

(** w exp(-w) at w = 1+a+b against w = 1+a, divided by exp(-1-a). *)
Theorem D13_level_decreases :
  forall a b : R, 0 <= a -> 0 < b -> (1 + a + b) * exp (- b) < 1 + a.
Proof.
  intros a b Ha Hb.
  assert (E : exp (- b) * exp b = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  pose proof (exp_pos b); pose proof (exp_pos (- b)).
  pose proof (exp_ineq1 b ltac:(lra)).
  assert (1 + a + b < (1 + a) * exp b) by nra.
  apply Rmult_lt_reg_r with (exp b); [assumption |].
  rewrite Rmult_assoc, E; lra.
Qed.

(** The root kappa exp(1 - w/2) at w = 1+a+b against w = 1+a. *)
Theorem D13_root_decreases :
  forall b : R, 0 < b -> exp ((- b) * (1 / 2)) < 1.
Proof.
  intros b Hb; halves.
  pose proof (exp_increasing (- b / 2) 0 ltac:(lra)) as H; rewrite exp_0 in H; exact H.
Qed.

(** eps_LB decreases in n, increases in log|Pi| and, where eps_LB < kappa_0, in kappa_0 *)
Theorem D13_level_in_samples :
  forall kappa L n m : R, 0 < kappa -> 0 < L -> 0 < n -> 0 < m -> n < m ->
  kappa * L / (3072 * m) < kappa * L / (3072 * n).
Proof.
  intros kappa L n m Hk HL Hn Hm H.
  apply Rmult_lt_compat_l; [apply Rmult_lt_0_compat; assumption |].
  apply Rinv_lt_contravar; nra.
Qed.

(** eps_LB decreases in n, increases in log|Pi| and, where eps_LB < kappa_0, in kappa_0 *)
Theorem D13_derivative_positive :
  forall kappa eps : R, 0 < kappa -> 0 < eps -> eps < kappa ->
  0 < eps * ln (kappa / eps) / (kappa * (1 + 2 * ln (kappa / eps))).
Proof.
  intros kappa eps Hk He H.
  assert (0 < ln (kappa / eps)) by (apply ln_gt_0, lt_div; lra).
  apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; lra.
Qed.

(** ** D14: rate *)

(** The one step of the derivation. *)
Theorem D14_logarithms :
  forall kappa L n : R, 0 < kappa -> 0 < L -> 0 < n ->
  ln (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n))) = 2 * (1 + 1 / 2 * ln (kappa * n / (1 /
  1536 * L))).
Proof.
  intros kappa L n Hk HL Hn.
  replace (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n)))
    with (exp 2 * (kappa * n / (1 / 1536 * L))) by (field; lra).
  rewrite ln_mult, ln_exp; [field | apply exp_pos |].
  apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra.
Qed.

(** eps~ = sqrt(c_0 kappa L/(n(1 + log(kappa n/(2 c_0 L))/2))): the rate of (6) *)
Theorem D14_denominator_positive :
  forall kappa L n : R, 0 < kappa -> 0 < L -> 0 < n ->
  1 / 3072 * kappa * L / n <= exp 1 * kappa ^ 2 * (1 / 2) ->
  0 < 1 + 1 / 2 * ln (kappa * n / (1 / 1536 * L)).
Proof.
  intros kappa L n Hk HL Hn H; halves.
  assert (1 <= ln (exp 2 * kappa ^ 2 / (2 * (1 / 3072 * kappa * L / n)))) as Hl.
  { rewrite <- (ln_exp 1) at 1; apply ln_le; [apply exp_pos |].
    assert (0 < kappa * L / n) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
    replace (1 / 3072 * kappa * L / n) with (1 / 3072 * (kappa * L / n)) in * by (field; lra).
    apply le_div; [lra |]. pose proof (exp_pos 1). rewrite exp_2_exp_1. nra. }
  rewrite D14_logarithms in Hl by assumption; lra.
Qed.

(** J = c_0 kappa_0 L/n and l = log(kappa_0 n/(2 c_0 L)). *)
Theorem D14_explicit_form_in_coordinates :
  forall J l : R, 0 < J -> (- 2) < l ->
  sqrt (2 * J / (2 * (1 + 1 / 2 * l))) = sqrt (J / (1 + 1 / 2 * l)).
Proof.
  intros J l HJ Hl; f_equal; field; lra.
Qed.
