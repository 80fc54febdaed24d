(** * The two real branches of the Lambert W function

    The map [x |-> x e^x] strictly decreases on (-oo,-1] and strictly increases
    on [-1,+oo).  This file defines its two real inverses

    - [W0]  on [-1/e, +oo), the principal branch, with values in [-1, +oo);
    - [Wm1] on [-1/e, 0),   the lower branch, with values in (-oo, -1];

    and proves that they are inverses, unique, monotone and of the stated
    ranges, with the elementary bounds of the lower branch that entries D09,
    D10 and D12 rest on.

    Both branches are total functions, defined as least upper bounds (Coquelicot's
    [Lub_Rbar], hence by the completeness of R, no choice beyond it) of the set
    of points that lie to the left of the wanted root:
    [W0 z = sup {x >= -1 | x e^x <= z}] and [Wm1 z = sup {x <= -1 | z <= x e^x}].
    Outside the domains their value means nothing and no lemma speaks of it.

    Serves: D09, D10, D12, D13. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** ** Monotonicity of x e^x *)

Lemma exp_gt_one_plus (h : R) : 0 < h -> 1 + h < exp h.
Proof. intro; apply exp_ineq1; lra. Qed.

Lemma exp_ge_one_plus (h : R) : 1 + h <= exp h.
Proof. apply exp_ineq1_le. Qed.

(** x e^x strictly decreases on (-oo, -1]. *)
Lemma xexp_decreasing (x y : R) : x < y -> y <= -1 -> y * exp y < x * exp x.
Proof.
  intros Hxy Hy.
  replace (exp y) with (exp x * exp (y - x)) by (rewrite <- exp_plus; f_equal; lra).
  pose proof (exp_pos x) as Hx.
  pose proof (exp_gt_one_plus (y - x) ltac:(lra)) as Hh.
  assert (y * exp (y - x) < x) by nra.
  nra.
Qed.

(** x e^x strictly increases on [-1, +oo). *)
Lemma xexp_increasing (x y : R) : -1 <= x -> x < y -> x * exp x < y * exp y.
Proof.
  intros Hx Hxy.
  replace (exp x) with (exp y * exp (x - y)) by (rewrite <- exp_plus; f_equal; ring).
  pose proof (exp_pos y) as Hy.
  pose proof (exp_pos (x - y)) as Hp.
  assert (1 + (x - y) < exp (x - y)) as Hh by (apply exp_ineq1; lra).
  assert (x * exp (x - y) < y) as H.
  { destruct (Rle_lt_dec 0 x) as [H0 | H0].
    - assert (exp (x - y) < 1) by (rewrite <- exp_0; apply exp_increasing; lra). nra.
    - nra. }
  nra.
Qed.

(** The minimum of x e^x is -1/e, at -1. *)
Lemma xexp_minimum (x : R) : - exp (-1) <= x * exp x.
Proof.
  replace (- exp (-1)) with (-1 * exp (-1)) by lra.
  destruct (Rtotal_order x (-1)) as [H | [-> | H]].
  - left; apply xexp_decreasing; lra.
  - right; reflexivity.
  - left; apply xexp_increasing; lra.
Qed.

Lemma xexp_injective_low (x y : R) : x <= -1 -> y <= -1 -> x * exp x = y * exp y -> x = y.
Proof.
  intros Hx Hy E; destruct (Rtotal_order x y) as [H | [H | H]]; [| exact H |].
  - pose proof (xexp_decreasing x y H Hy); lra.
  - pose proof (xexp_decreasing y x H Hx); lra.
Qed.

Lemma xexp_injective_high (x y : R) : -1 <= x -> -1 <= y -> x * exp x = y * exp y -> x = y.
Proof.
  intros Hx Hy E; destruct (Rtotal_order x y) as [H | [H | H]]; [| exact H |].
  - pose proof (xexp_increasing x y Hx H); lra.
  - pose proof (xexp_increasing y x Hy H); lra.
Qed.

(** ** Existence of the roots, by the intermediate value theorem *)

Lemma xexp_continuous (x : R) : continuity_pt (fun t => t * exp t) x.
Proof.
  apply derivable_continuous_pt.
  apply derivable_pt_mult; [apply derivable_pt_id | apply derivable_pt_exp].
Qed.

Lemma xexp_IVT (a b z : R) : a <= b ->
  (a * exp a - z) * (b * exp b - z) <= 0 -> exists x, a <= x <= b /\ x * exp x = z.
Proof.
  intros Hab Hz.
  destruct (IVT_cor (fun t => t * exp t - z) a b) as [x [Hx E]]; try assumption.
  - intro t; apply continuity_pt_minus; [apply xexp_continuous | apply continuity_pt_const].
    intros ? ?; reflexivity.
  - exists x; split; [exact Hx | lra].
Qed.

(** On the far left x e^x is as close to 0 as we like: [x = -4/s] gives [|x e^x| <= s]. *)
Lemma xexp_far_left (s : R) : 0 < s -> - s <= - (4 / s) * exp (- (4 / s)).
Proof.
  intros Hs.
  set (t := 4 / s).
  assert (Ht : 0 < t) by (unfold t; apply Rdiv_lt_0_compat; lra).
  assert (Est : s = 4 / t) by (unfold t; field; lra).
  pose proof (exp_ge_one_plus (t / 2)) as Hh.
  assert (E : exp t = exp (t / 2) * exp (t / 2)) by (rewrite <- exp_plus; f_equal; lra).
  assert (t * t <= 4 * exp t) by nra.
  assert (exp (- t) * exp t = 1) as Hinv by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  pose proof (exp_pos (- t)) as Hm.
  assert (t * exp (- t) <= 4 / t).
  { apply Rmult_le_reg_r with t; [lra |].
    replace (4 / t * t) with 4 by (field; lra). nra. }
  rewrite Est; lra.
Qed.

Lemma W0_exists (z : R) : - exp (-1) <= z -> exists w, -1 <= w /\ w * exp w = z.
Proof.
  intro Hz.
  destruct (xexp_IVT (-1) (Rmax 0 z) z) as [w [Hw E]].
  - pose proof (Rmax_l 0 z); lra.
  - assert (z <= Rmax 0 z * exp (Rmax 0 z)).
    { pose proof (Rmax_l 0 z); pose proof (Rmax_r 0 z).
      assert (1 <= exp (Rmax 0 z)) by (pose proof (exp_ge_one_plus (Rmax 0 z)); lra). nra. }
    assert (-1 * exp (-1) - z <= 0) by lra. nra.
  - exists w; lra.
Qed.

Lemma Wm1_exists (z : R) : - exp (-1) <= z -> z < 0 -> exists w, w <= -1 /\ w * exp w = z.
Proof.
  intros Hz H0.
  assert (Hsmall : exp (-1) <= 1) by (rewrite <- exp_0; left; apply exp_increasing; lra).
  pose proof (xexp_far_left (- z) ltac:(lra)) as Hfar.
  assert (1 <= 4 / - z).
  { apply Rmult_le_reg_r with (- z); [lra |].
    replace (4 / - z * - z) with 4 by (field; lra); lra. }
  destruct (xexp_IVT (- (4 / - z)) (-1) z) as [w [Hw E]].
  - lra.
  - assert (-1 * exp (-1) - z <= 0) by lra. nra.
  - exists w; lra.
Qed.

(** ** The branches *)

Definition W0 (z : R) : R := real (Lub_Rbar (fun x => -1 <= x /\ x * exp x <= z)).

Definition Wm1 (z : R) : R := real (Lub_Rbar (fun x => x <= -1 /\ z <= x * exp x)).

Lemma W0_of_root (w : R) : -1 <= w -> W0 (w * exp w) = w.
Proof.
  intro Hw; unfold W0.
  rewrite (is_lub_Rbar_unique _ (Finite w)); [reflexivity |].
  split.
  - intros x [Hx Hle]; simpl.
    destruct (Rle_lt_dec x w) as [H | H]; [exact H |].
    pose proof (xexp_increasing w x Hw H); lra.
  - intros b Hb; apply (Hb w); split; lra.
Qed.

Lemma Wm1_of_root (w : R) : w <= -1 -> Wm1 (w * exp w) = w.
Proof.
  intro Hw; unfold Wm1.
  rewrite (is_lub_Rbar_unique _ (Finite w)); [reflexivity |].
  split.
  - intros x [Hx Hle]; simpl.
    destruct (Rle_lt_dec x w) as [H | H]; [exact H |].
    pose proof (xexp_decreasing w x H Hx); lra.
  - intros b Hb; apply (Hb w); split; lra.
Qed.

(** W0(z) e^{W0(z)} = z for z >= -1/e, and W0(z) >= -1. *)
Theorem W0_inverse (z : R) : - exp (-1) <= z -> -1 <= W0 z /\ W0 z * exp (W0 z) = z.
Proof.
  intro Hz; destruct (W0_exists z Hz) as [w [Hw <-]].
  rewrite W0_of_root by exact Hw; split; [exact Hw | reflexivity].
Qed.

(** W_{-1}(z) e^{W_{-1}(z)} = z for -1/e <= z < 0, and W_{-1}(z) <= -1. *)
Theorem Wm1_inverse (z : R) :
  - exp (-1) <= z -> z < 0 -> Wm1 z <= -1 /\ Wm1 z * exp (Wm1 z) = z.
Proof.
  intros Hz H0; destruct (Wm1_exists z Hz H0) as [w [Hw <-]].
  rewrite Wm1_of_root by exact Hw; split; [exact Hw | reflexivity].
Qed.

Lemma W0_unique (z w : R) : -1 <= w -> w * exp w = z -> w = W0 z.
Proof. intros Hw <-; symmetry; apply W0_of_root; exact Hw. Qed.

Lemma Wm1_unique (z w : R) : w <= -1 -> w * exp w = z -> w = Wm1 z.
Proof. intros Hw <-; symmetry; apply Wm1_of_root; exact Hw. Qed.

(** Every real solution of w e^w = z lies on one of the two branches. *)
Theorem W_two_branches (z w : R) : w * exp w = z -> w = W0 z \/ w = Wm1 z.
Proof.
  intro E; destruct (Rle_lt_dec w (-1)) as [H | H].
  - right; apply Wm1_unique; assumption.
  - left; apply W0_unique; [lra | assumption].
Qed.

(** ** Monotonicity, special values, ranges *)

(** W0 strictly increases on [-1/e, +oo). *)
Theorem W0_increasing (x y : R) : - exp (-1) <= x -> x < y -> W0 x < W0 y.
Proof.
  intros Hx Hxy.
  destruct (W0_inverse x Hx) as [Hwx Ex].
  destruct (W0_inverse y ltac:(lra)) as [Hwy Ey].
  destruct (Rlt_le_dec (W0 x) (W0 y)) as [H | [H | H]]; [exact H | |].
  - pose proof (xexp_increasing _ _ Hwy H); lra.
  - rewrite H in Ey; lra.
Qed.

(** W_{-1} strictly decreases on [-1/e, 0). *)
Theorem Wm1_decreasing (x y : R) : - exp (-1) <= x -> x < y -> y < 0 -> Wm1 y < Wm1 x.
Proof.
  intros Hx Hxy Hy.
  destruct (Wm1_inverse x Hx ltac:(lra)) as [Hwx Ex].
  destruct (Wm1_inverse y ltac:(lra) Hy) as [Hwy Ey].
  destruct (Rlt_le_dec (Wm1 y) (Wm1 x)) as [H | [H | H]]; [exact H | |].
  - pose proof (xexp_decreasing _ _ H Hwy); lra.
  - rewrite H in Ex; lra.
Qed.

Lemma W0_at_branch_point : W0 (- exp (-1)) = -1.
Proof. symmetry; apply W0_unique; [lra | lra]. Qed.

Lemma Wm1_at_branch_point : Wm1 (- exp (-1)) = -1.
Proof. symmetry; apply Wm1_unique; [lra | lra]. Qed.

Lemma W0_at_0 : W0 0 = 0.
Proof. symmetry; apply W0_unique; [lra | lra]. Qed.

(** W0 maps [-1/e, 0) into [-1, 0) and (0, +oo) into (0, +oo). *)
Lemma W0_neg (z : R) : - exp (-1) <= z -> z < 0 -> W0 z < 0.
Proof. intros Hz H0; rewrite <- W0_at_0; apply W0_increasing; assumption. Qed.

Lemma W0_pos (z : R) : 0 < z -> 0 < W0 z.
Proof.
  intro Hz; rewrite <- W0_at_0; apply W0_increasing; [| exact Hz].
  pose proof (exp_pos (-1)); lra.
Qed.

(** Range: every w >= -1 is a value of W0, every w <= -1 a value of W_{-1}. *)
Lemma W0_surjective (w : R) : -1 <= w -> exists z, - exp (-1) <= z /\ W0 z = w.
Proof. intro Hw; exists (w * exp w); split; [apply xexp_minimum | apply W0_of_root; exact Hw]. Qed.

Lemma Wm1_surjective (w : R) : w <= -1 -> exists z, - exp (-1) <= z < 0 /\ Wm1 z = w.
Proof.
  intro Hw; exists (w * exp w); split; [split | apply Wm1_of_root; exact Hw].
  - apply xexp_minimum.
  - pose proof (exp_pos w); nra.
Qed.

(** The two branches meet only at the branch point. *)
Lemma Wm1_lt_W0 (z : R) : - exp (-1) < z -> z < 0 -> Wm1 z < W0 z.
Proof.
  intros Hz H0.
  destruct (Wm1_inverse z ltac:(lra) H0) as [Hm Em].
  destruct (W0_inverse z ltac:(lra)) as [Hp Ep].
  destruct (Rle_lt_or_eq_dec _ _ Hm) as [H | H]; [lra |].
  rewrite H in Em; lra.
Qed.

(** ** The logarithmic form of the equation and the basic bounds of the lower branch *)

(** With w = -W_{-1}(-z): w e^{-w} = z, that is w = ln w + ln(1/z). *)
Lemma Wm1_log_equation (z : R) : 0 < z -> z <= exp (-1) ->
  1 <= - Wm1 (- z) /\ - Wm1 (- z) = ln (- Wm1 (- z)) + ln (/ z).
Proof.
  intros H0 Hz.
  destruct (Wm1_inverse (- z) ltac:(lra) ltac:(lra)) as [Hw E].
  set (W := Wm1 (- z)) in *.
  split; [lra |].
  assert (Ez : z = - W * exp W) by lra.
  rewrite ln_Rinv by exact H0.
  rewrite Ez, ln_mult, ln_exp by (try apply exp_pos; lra).
  lra.
Qed.

(** -W_{-1}(-z) >= ln(1/z) for 0 < z <= 1/e. *)
Theorem Wm1_ge_log (z : R) : 0 < z -> z <= exp (-1) -> ln (/ z) <= - Wm1 (- z).
Proof.
  intros H0 Hz; destruct (Wm1_log_equation z H0 Hz) as [Hw E].
  assert (0 <= ln (- Wm1 (- z))); [| lra].
  rewrite <- ln_1; destruct Hw as [Hw | <-]; [left; apply ln_increasing; lra | right; reflexivity].
Qed.

(** Strictly above the branch point: -W_{-1}(-z) > ln(1/z) for 0 < z < 1/e. *)
Theorem Wm1_gt_log (z : R) : 0 < z -> z < exp (-1) -> ln (/ z) < - Wm1 (- z).
Proof.
  intros H0 Hz; destruct (Wm1_log_equation z H0 ltac:(lra)) as [Hw E].
  assert (1 < - Wm1 (- z)).
  { pose proof (Wm1_decreasing (- exp (-1)) (- z) ltac:(lra) ltac:(lra) ltac:(lra)) as H.
    rewrite Wm1_at_branch_point in H; lra. }
  assert (0 < ln (- Wm1 (- z))) by (rewrite <- ln_1; apply ln_increasing; lra).
  lra.
Qed.
