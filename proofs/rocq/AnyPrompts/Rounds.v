(** * Rounds over any set of prompts

    Theorem 5.3 on the event that every round is good (C27 to C34), for any set of prompts and any
    expectation over it: kappa forgets its start geometrically, and the policy base-fails with
    probability at most [(2/gamma) (2 e + beta) (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)

From Coq Require Import Reals Lra Lia.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber
  Policy.GapToMass OneRound.OneStep Iteration.Trajectory AnyPrompts.Expectation AnyPrompts.OneRound.
Open Scope R_scope.

Section Rounds.
  Context {X Y : Type} {FY : FiniteType Y} (M : expectation X).
  Variables (beta gamma c e : R) (T : nat) (p : nat -> policy X Y).
  Hypothesis hbeta : 0 < beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hT : (0 < T)%nat.
  Hypothesis hp : forall t, is_policy (p t).
  Hypothesis hmargin : forall t, (t < T)%nat -> has_margin gamma (p t).
  Hypothesis hround : forall t, (t < T)%nat -> any_round M beta c e (p t) (p (S t)).

  Let b : R := (2 * e + beta) / (gamma * c).

  Lemma any_slope_pos : 0 < b.
  Proof. unfold b. apply Rdiv_lt_0_compat; [lra|]. apply Rmult_lt_0_compat; assumption. Qed.

  Lemma any_kappa_pos t : (t < T)%nat -> 1 <= mean_kappa M (p t).
  Proof. intros h. apply K01_range_any_prompts; [apply hp|apply (hround t h)]. Qed.

  Lemma any_excess t : (t <= T)%nat ->
    Rmax (mean_kappa M (p t) - kappa_star b) 0 <= contraction b ^ t * Rmax (mean_kappa M (p O) - kappa_star b) 0.
  Proof.
    assert (hb := any_slope_pos). induction t as [|t ih]; intros h; [simpl; lra|].
    assert (hk := any_kappa_pos t ltac:(lia)).
    eapply Rle_trans; [apply (excess_step b (mean_kappa M (p t)));
      [lra|lra|apply (C27_any_prompts M beta gamma c e); auto; try lra; apply hmargin; lia]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range; lra|apply ih; lia].
  Qed.

  (** C31: the condition number after [T] rounds. *)
  Theorem C31_any_prompts :
    mean_kappa M (p T) <= kappa_star b + contraction b ^ T * Rmax (mean_kappa M (p O) - kappa_star b) 0.
  Proof.
    generalize (any_excess T ltac:(lia)), (Rmax_l (mean_kappa M (p T) - kappa_star b) 0). lra.
  Qed.

  (** C34: base failure after [T] rounds. *)
  Theorem C34_any_prompts :
    integrable M (fun x => ind (p T x (mode (p (T - 1)%nat) x) <= 1 / 2)) ->
    integrable M (fun x => ind (Max (p T x) <= 1 / 2)) ->
    mean M (fun x => ind (Max (p T x) <= 1 / 2)) <=
      2 / gamma * (2 * e + beta) *
      (sqrt (kappa_star b) + sqrt (contraction b ^ (T - 1)) * sqrt (mean_kappa M (p O))).
  Proof.
    intros i1 i2. assert (hb := any_slope_pos).
    set (t := (T - 1)%nat) in *. assert (ht : (t < T)%nat) by (unfold t; lia).
    assert (eT : T = S t) by (unfold t; lia).
    assert (R0 := hround t ht). rewrite <- eT in R0.
    assert (hk := any_kappa_pos t ht). assert (hk0 := any_kappa_pos 0 hT).
    assert (hex := any_excess t ltac:(lia)).
    assert (i3 : integrable M (fun x => ind (p T x (mode (p t) x) <= 1 - 1 / 2))).
    { apply (integrable_ext _ M (fun x => ind (p T x (mode (p t) x) <= 1 / 2))); [|exact i1].
      intros x; apply ind_iff; split; intros h; lra. }
    apply Rle_trans with (mean M (fun x => ind (p T x (mode (p t) x) <= 1 - 1 / 2))).
    { apply mean_le; [exact i2|exact i3|].
      intros x. apply ind_mono. intros h. generalize (Max_ge (p T x) (mode (p t) x)). lra. }
    eapply Rle_trans; [apply (C03_any_prompts M (p t) (p T) gamma (1 / 2));
      [exact hgamma|apply hmargin, ht|intros x; apply is_full_dist, hp|lra|apply R0|apply R0|exact i3]|].
    apply Rle_trans with (2 / gamma * (2 * e + beta) * sqrt (mean_kappa M (p t))).
    - replace (2 / gamma * (2 * e + beta) * sqrt (mean_kappa M (p t)))
        with ((2 * e + beta) * sqrt (mean_kappa M (p t)) / (gamma * (1 / 2))) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
      apply (C19_any_prompts M beta c e); (apply hp || lra || exact R0).
    - apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
      apply sqrt_after_rounds; lra.
  Qed.

End Rounds.
