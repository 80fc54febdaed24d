(** * Policies that are updated at some prompts only

    A policy that agrees with p* at some prompts and with the base at the others satisfies A-CONC with
    [Cbar = kappa] and A-TAIL with [K = N].  So a learner may be wrong about the prompts that its sample does
    not determine and still meet the assumptions of Theorem 5.3. *)

From Coq Require Import Reals Lra.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.Concentrability OneRound.Tails.
Open Scope R_scope.

Section PartialUpdate.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta.
  Variables base next : policy X Y.
  Hypothesis hbase : is_policy base.
  (** At each prompt either nothing changes or the update is exact. *)
  Hypothesis hpartial : forall x,
    (forall y, next x y = base x y) \/ (forall y, next x y = self_update beta base x y).

  Theorem C17_partial_update : conc D base next <= kappa D base.
  Proof.
    apply E_le; [apply hD|]. intros x. destruct (hpartial x) as [e|e].
    - rewrite (Sum_ext _ (base x)).
      + destruct (hbase x) as [hpos ->]. rewrite <- Rinv_1. apply Rinv_le_contravar.
        * apply Max_policy_pos, hbase.
        * apply Max_policy_le_1, hbase.
      + intros y. rewrite e. destruct (hbase x) as [hpos _]. specialize (hpos y). field. lra.
    - assert (h := C16_update_concentrability (dirac x) (dirac_dist x) base beta hbeta hbase).
      unfold conc, kappa in h. rewrite !E_dirac in h.
      rewrite (Sum_ext _ (fun y => self_update beta base x y ^ 2 / base x y)) by (intros; rewrite e; reflexivity).
      exact h.
  Qed.

  Theorem C12_partial_update : tail_constant D beta base next <= card Y.
  Proof.
    rewrite <- (E_const D (card Y) hD). apply E_le; [apply hD|]. intros x. destruct (hpartial x) as [e|e].
    - rewrite (E_ext (base x) _ (fun _ => 1)).
      + rewrite E_const by apply is_full_dist, hbase. apply card_ge_1.
      + intros y. rewrite e. destruct (hbase x) as [hpos _]. specialize (hpos y).
        unfold Rdiv. rewrite Rinv_r by lra. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0.
    - assert (h := tail_constant_exact_update (dirac x) (dirac_dist x) beta base hbeta hbase).
      unfold tail_constant, E1 in h. rewrite E_dirac in h.
      rewrite (E_ext (base x) _ (fun y => Rpower (base x y / self_update beta base x y) beta))
        by (intros; rewrite e; reflexivity).
      exact h.
  Qed.

End PartialUpdate.
