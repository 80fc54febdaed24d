(** * The policy condition number

    K01: [1 <= kappa <= N], [kappa = N] exactly for uniform policies, [kappa >= 1 / E_x max_y pi].
    K02: near-uniform policies. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
Open Scope R_scope.

Section ConditionNumber.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi : policy X Y.

  Lemma inv_Max_ge_1 pi x : is_policy pi -> 1 <= / Max (pi x).
  Proof.
    intros hp. rewrite <- Rinv_1. apply Rinv_le_contravar; [apply Max_policy_pos, hp|].
    apply Max_policy_le_1, hp.
  Qed.

  Lemma card_Max_ge_1 pi x : is_policy pi -> 1 <= card Y * Max (pi x).
  Proof.
    intros hp. destruct (hp x) as [_ <-]. rewrite <- Sum_const. apply Sum_le; intros y; apply Max_ge.
  Qed.

  Lemma inv_Max_le_card pi x : is_policy pi -> / Max (pi x) <= card Y.
  Proof.
    intros hp. assert (h := card_Max_ge_1 pi x hp). assert (k := Max_policy_pos pi x hp).
    apply (Rmult_le_reg_r (Max (pi x))); [exact k|]. rewrite Rinv_l; lra.
  Qed.

  (** K01: [1 <= kappa(pi) <= N]. *)
  Theorem K01_range pi : is_policy pi -> 1 <= kappa D pi <= card Y.
  Proof.
    intros hp; split.
    - rewrite <- (E_const D 1 hD). apply E_le; [apply hD|]. intros x; apply inv_Max_ge_1, hp.
    - rewrite <- (E_const D (card Y) hD). apply E_le; [apply hD|]. intros x; apply inv_Max_le_card, hp.
  Qed.

  (** K01: [kappa(pi) = N] exactly for the uniform policy. *)
  Theorem K01_uniform_iff pi : (forall x, 0 < D x) -> is_policy pi ->
    kappa D pi = card Y <-> forall x y, pi x y = / card Y.
  Proof.
    intros hpos hp. assert (hc := @card_ge_1 Y FY). split.
    - intros h x.
      assert (hn : forall a, 0 <= D a * (card Y - / Max (pi a))).
      { intros a; apply Rmult_le_pos; [left; apply hpos|]. generalize (inv_Max_le_card pi a hp); lra. }
      assert (hz : Sum (fun a => D a * (card Y - / Max (pi a))) = 0).
      { change (E D (fun a => card Y - / Max (pi a)) = 0). rewrite E_minus, E_const by exact hD.
        fold (kappa D pi); lra. }
      assert (k := Sum_zero_all _ hn hz x). simpl in k.
      destruct (Rmult_integral _ _ k) as [k0|k0]; [generalize (hpos x); lra|].
      assert (hm : Max (pi x) = / card Y) by (replace (card Y) with (/ Max (pi x)) by lra; rewrite Rinv_inv; reflexivity).
      assert (hu : forall y, 0 <= / card Y - pi x y) by (intros y; rewrite <- hm; generalize (Max_ge (pi x) y); lra).
      intros y. enough (/ card Y - pi x y = 0) by lra. apply (Sum_zero_all _ hu).
      rewrite Sum_minus, Sum_const. destruct (hp x) as [_ ->]. rewrite Rinv_r; lra.
    - intros h. unfold kappa. rewrite <- (E_const D (card Y) hD). apply E_ext; intros x.
      unfold Max. rewrite h. apply Rinv_inv.
  Qed.

  (** K01: [kappa(pi) >= 1 / E_x max_y pi]. *)
  Theorem K01_mean_maximum pi : is_policy pi -> / E D (fun x => Max (pi x)) <= kappa D pi.
  Proof.
    intros hp. apply jensen_inv; [exact hD|intros; apply Max_policy_pos, hp|].
    apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; generalize (@card_ge_1 Y FY); lra|].
    rewrite <- (E_const D (/ card Y) hD). apply E_le; [apply hD|]. intros x.
    assert (h := card_Max_ge_1 pi x hp). assert (k := @card_ge_1 Y FY).
    apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra.
  Qed.

  (** K02: [max_y pi = (1 + eta) / M] for all [x] gives [kappa = M / (1 + eta)]. *)
  Theorem K02_near_uniform_policy pi M eta : 0 < M -> -1 < eta -> (forall x, Max (pi x) = (1 + eta) / M) ->
    kappa D pi = M / (1 + eta).
  Proof.
    intros hM he h. unfold kappa. rewrite <- (E_const D (M / (1 + eta)) hD). apply E_ext; intros x.
    rewrite h. field; lra.
  Qed.

End ConditionNumber.
