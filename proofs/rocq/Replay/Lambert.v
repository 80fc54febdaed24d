(** * The laws of Lambert W that proof objects may instantiate

    Under the names of the table; the premises say where the branches are defined.  The derivative of the
    principal branch, and what the tactics of [Steps] have to know of it. *)

From Coq Require Import Reals Lra Ranalysis5.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.LambertW Replay.Steps.
Open Scope R_scope.

(** ** The principal branch *)

Lemma law_w0_inverts (a : R) : - exp (- 1) <= a -> W0 a * exp (W0 a) = a.
Proof. intro Ha; apply W0_inverse; exact Ha. Qed.

Lemma law_w0_range (a : R) : - exp (- 1) <= a -> - 1 <= W0 a.
Proof. intro Ha; apply W0_inverse; exact Ha. Qed.

Lemma law_w0_of (a : R) : - 1 <= a -> W0 (a * exp a) = a.
Proof. apply W0_of_root. Qed.

Lemma law_w0_above (a b : R) : - exp (- 1) <= a -> b * exp b <= a -> b <= W0 a.
Proof.
  intros Ha H; destruct (W0_inverse a Ha) as [L E].
  apply Rnot_lt_le; intro C; pose proof (xexp_increasing (W0 a) b L C); lra.
Qed.

Lemma law_w0_above_strict (a b : R) : - exp (- 1) <= a -> b * exp b < a -> b < W0 a.
Proof.
  intros Ha H; destruct (law_w0_above a b Ha ltac:(lra)) as [C | C]; [exact C |].
  exfalso; rewrite C, law_w0_inverts in H by exact Ha; lra.
Qed.

Lemma law_w0_below (a b : R) : - exp (- 1) <= a -> - 1 <= b -> a <= b * exp b -> W0 a <= b.
Proof.
  intros Ha Hb H; destruct (W0_inverse a Ha) as [L E].
  apply Rnot_lt_le; intro C; pose proof (xexp_increasing b (W0 a) Hb C); lra.
Qed.

Lemma law_w0_below_strict (a b : R) : - exp (- 1) <= a -> - 1 <= b -> a < b * exp b -> W0 a < b.
Proof.
  intros Ha Hb H; destruct (law_w0_below a b Ha Hb ltac:(lra)) as [C | C]; [exact C |].
  exfalso; rewrite <- C, law_w0_inverts in H by exact Ha; lra.
Qed.

Lemma law_w0_monotone (a b : R) : - exp (- 1) <= a -> a <= b -> W0 a <= W0 b.
Proof. intros Ha [H | ->]; [left; apply W0_increasing; assumption | right; reflexivity]. Qed.

(** ** The lower branch *)

Lemma law_w1_inverts (a : R) : - exp (- 1) <= a -> a < 0 -> Wm1 a * exp (Wm1 a) = a.
Proof. intros Ha H; apply Wm1_inverse; assumption. Qed.

Lemma law_w1_range (a : R) : - exp (- 1) <= a -> a < 0 -> Wm1 a <= - 1.
Proof. intros Ha H; apply Wm1_inverse; assumption. Qed.

Lemma law_w1_of (a : R) : a <= - 1 -> Wm1 (a * exp a) = a.
Proof. apply Wm1_of_root. Qed.

Lemma law_w1_above (a b : R) : - exp (- 1) <= a -> a < 0 -> b <= - 1 -> a <= b * exp b -> b <= Wm1 a.
Proof.
  intros Ha H0 Hb H; destruct (Wm1_inverse a Ha H0) as [L E].
  apply Rnot_lt_le; intro C; pose proof (xexp_decreasing (Wm1 a) b C Hb); lra.
Qed.

Lemma law_w1_above_strict (a b : R) :
  - exp (- 1) <= a -> a < 0 -> b <= - 1 -> a < b * exp b -> b < Wm1 a.
Proof.
  intros Ha H0 Hb H; destruct (law_w1_above a b Ha H0 Hb ltac:(lra)) as [C | C]; [exact C |].
  exfalso; rewrite C, law_w1_inverts in H by assumption; lra.
Qed.

Lemma law_w1_below (a b : R) : - exp (- 1) <= a -> a < 0 -> b * exp b <= a -> Wm1 a <= b.
Proof.
  intros Ha H0 H; destruct (Wm1_inverse a Ha H0) as [L E].
  apply Rnot_lt_le; intro C; pose proof (xexp_decreasing b (Wm1 a) C L); lra.
Qed.

Lemma law_w1_below_strict (a b : R) : - exp (- 1) <= a -> a < 0 -> b * exp b < a -> Wm1 a < b.
Proof.
  intros Ha H0 H; destruct (law_w1_below a b Ha H0 ltac:(lra)) as [C | C]; [exact C |].
  exfalso; rewrite <- C, law_w1_inverts in H by assumption; lra.
Qed.

Lemma law_w1_monotone (a b : R) : - exp (- 1) <= a -> a <= b -> b < 0 -> Wm1 b <= Wm1 a.
Proof.
  intros Ha [H | ->] Hb; [left; apply Wm1_decreasing; assumption | right; reflexivity].
Qed.

(** ** The derivative of the principal branch *)

Lemma xexp_derive (x : R) : is_derive (fun t => t * exp t) x (exp x * (1 + x)).
Proof. auto_derive; [exact I | ring]. Qed.

Lemma W0_continuous (z : R) : - exp (- 1) < z -> continuity_pt W0 z.
Proof.
  intro Hz; set (ub := W0 (z + 1)).
  assert (Eu : ub * exp ub = z + 1) by (apply law_w0_inverts; lra).
  assert (El : - 1 * exp (- 1) = - exp (- 1)) by ring.
  assert (Hu : - 1 < ub).
  { destruct (law_w0_range (z + 1) ltac:(lra)) as [H | H]; [exact H |].
    exfalso; fold ub in H; rewrite <- H, El in Eu; lra. }
  apply (continuity_pt_recip_interv (fun t => t * exp t) W0 (- 1) ub Hu).
  - intros x y Hx Hxy _; apply xexp_increasing; assumption.
  - intros x Hx _; unfold comp, id; apply law_w0_inverts; rewrite El in Hx; exact Hx.
  - intros x Hx Hx'; rewrite El in Hx; rewrite Eu in Hx'; split.
    + apply law_w0_range; exact Hx.
    + unfold ub; apply law_w0_monotone; assumption.
  - intros a _; apply xexp_continuous.
  - rewrite El, Eu; lra.
Qed.

Lemma W0_inside (z : R) : - exp (- 1) < z -> - 1 < W0 z.
Proof.
  intro Hz; destruct (law_w0_range z ltac:(lra)) as [H | H]; [exact H |].
  exfalso; pose proof (law_w0_inverts z ltac:(lra)) as E; rewrite <- H in E; lra.
Qed.

Theorem W0_derive (z : R) : - exp (- 1) < z -> is_derive W0 z (/ (exp (W0 z) * (1 + W0 z))).
Proof.
  intro Hz; pose proof (W0_inside z Hz) as Hw; pose proof (exp_pos (W0 z)) as He.
  assert (Hne : 0 < exp (W0 z) * (1 + W0 z)) by (apply Rmult_lt_0_compat; lra).
  set (lb := (z - exp (- 1)) / 2); set (ub := z + 1).
  assert (Hlb : - exp (- 1) < lb) by (unfold lb; lra).
  assert (Prf : forall a, W0 lb <= a <= W0 ub -> derivable_pt (fun t => t * exp t) a).
  { intros a _; apply ex_derive_Reals_0; exists (exp a * (1 + a)); apply xexp_derive. }
  assert (Prg : W0 lb <= W0 z <= W0 ub).
  { unfold ub; split; apply law_w0_monotone; unfold lb in *; lra. }
  assert (Ed : derive_pt (fun t => t * exp t) (W0 z) (Prf (W0 z) Prg) = exp (W0 z) * (1 + W0 z)).
  { rewrite Derive_Reals; apply is_derive_unique, xexp_derive. }
  apply is_derive_Reals.
  replace (/ (exp (W0 z) * (1 + W0 z)))
    with (1 / derive_pt (fun t => t * exp t) (W0 z) (Prf (W0 z) Prg)).
  - apply (derivable_pt_lim_recip_interv (fun t => t * exp t) W0 lb ub z Prf).
    + apply W0_continuous; exact Hz.
    + unfold lb, ub; lra.
    + unfold lb, ub; lra.
    + intros x Hx; unfold comp, id; apply law_w0_inverts; unfold lb in Hx, Hlb; lra.
    + cbv beta; rewrite Ed; lra.
  - rewrite Ed; field; lra.
Qed.

Lemma W0_differentiable (z : R) : - exp (- 1) < z -> ex_derive (fun t => W0 t) z.
Proof. intro Hz; exists (/ (exp (W0 z) * (1 + W0 z))); apply W0_derive; exact Hz. Qed.

Lemma W0_Derive (z : R) : - exp (- 1) < z -> Derive (fun t => W0 t) z = / (exp (W0 z) * (1 + W0 z)).
Proof. intro Hz; apply is_derive_unique, W0_derive; exact Hz. Qed.

(** What the tactics of the steps have to know of it. *)

Lemma below_zero (z : R) : 0 <= z -> - exp (- 1) < z.
Proof. intro Hz; pose proof (exp_pos (- 1)); lra. Qed.

Ltac special_value ::= rewrite W0_at_0.

Ltac special_side ::= match goal with
  | |- ex_derive _ _ => apply W0_differentiable; first [apply below_zero; side_bound | side_bound]
  | |- 0 <= W0 ?z => apply law_w0_above; [left; apply below_zero; side_bound | rewrite Rmult_0_l; side_bound]
  | |- 0 < W0 ?z => apply W0_pos; side_bound
  | |- - 1 < W0 ?z => apply W0_inside; first [apply below_zero; side_bound | side_bound]
  | |- - exp (- 1) < ?z => apply below_zero; side_bound
  | |- - exp (- 1) <= ?z => left; apply below_zero; side_bound
  | |- 0 < 1 + W0 ?z =>
      let h := fresh in assert (h : - 1 < W0 z) by (apply W0_inside; first [apply below_zero; side_bound | side_bound]); lra
  | |- 0 < W0 ?z + 1 =>
      let h := fresh in assert (h : - 1 < W0 z) by (apply W0_inside; first [apply below_zero; side_bound | side_bound]); lra
  end.

Ltac special_derivative ::= repeat match goal with
  | |- context [Derive (fun t => W0 t) ?z] =>
      rewrite (W0_Derive z) by (first [apply below_zero; side_bound | side_bound])
  | |- context [Derive W0 ?z] =>
      rewrite (W0_Derive z : Derive W0 z = _) by (first [apply below_zero; side_bound | side_bound])
  end.
