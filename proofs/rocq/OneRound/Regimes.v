(** * The two regimes of the bound on kappa_1

    F08: below saturation C24 and C26 apply, beyond it the tail bound is at least one on all of (1, 1/c], its
    capped integral is [1/c - 1], and [kappa_1 <= 1/c]. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.GapToMass
  OneRound.OneStep OneRound.TailIntegral.
Open Scope R_scope.

(** F08: for [A >= 1 - c] the integral of [min(1, A t/(t-1))] over [1, 1/c] is [1/c - 1]. *)
Theorem F08_saturated_integral A c : 0 < c < 1 -> 1 - c <= A ->
  is_RInt (fun t => Rmin 1 (A * t / (t - 1))) 1 (1 / c) (1 / c - 1).
Proof.
  intros hc hA. assert (hm : 1 < 1 / c).
  { apply (Rmult_lt_reg_r c); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  apply (is_RInt_ext (fun _ => 1)).
  - intros t. rewrite Rmin_left, Rmax_right by lra. intros ht. symmetry. apply Rmin_left.
    apply (Rmult_le_reg_r (t - 1)); [lra|]. replace (A * t / (t - 1) * (t - 1)) with (A * t) by (field; lra).
    assert (hct : c * t <= 1).
    { apply Rlt_le, (Rmult_lt_reg_l (/ c)); [apply Rinv_0_lt_compat; lra|].
      rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra. replace (/ c * 1) with (1 / c) by (field; lra). apply ht. }
    nra.
  - replace (1 / c - 1) with (scal (1 / c - 1) 1) by (unfold scal; simpl; unfold mult; simpl; ring).
    apply (is_RInt_const (V := R_NormedModule)).
Qed.

(** F08: both regimes for policies. *)
Theorem F08_regimes {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (D : X -> R) (base pi : policy X Y) gamma A c :
  is_dist D -> is_policy pi -> 0 < gamma -> has_margin gamma base ->
  (J D base (comparator base) - J D base pi) / gamma <= A -> 0 < A -> 0 < c < 1 -> (forall x, c <= Max (pi x)) ->
  (A <= 1 - c -> kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))) /\
  (1 - c <= A -> kappa D pi <= 1 / c).
Proof.
  intros hD hp hg hm hA hA0 hc h. split; intros hAc.
  - apply (C24_condition_number D base pi gamma A c); try assumption; apply hc.
  - replace (1 / c) with (/ c) by (field; lra). eapply Rle_trans; [apply (C26_direct_one_step D hD pi c hp); [apply hc|exact h]|].
    apply Rmin_l.
Qed.
