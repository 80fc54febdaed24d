(** * Theorem 5.3

    C34 for a finite class, with the corollaries C35 and C37 for policies and the bound on base failure:
    one theorem from the definitions to the probability statement, under A-REAL, A-CONC, A-TAIL,
    A-MARGIN and the weak [c] in every round.  The assumptions are part of the event, so they are asked
    only of the history that occurs. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss
  OneRound.OneStep Iteration.Rounds Iteration.Trajectory.
Import ListNotations.
Open Scope R_scope.

Section Iteration.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  (** The class [Pi], indexed by a finite type, and the initial policy. *)
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  (** Pairs per round. *)
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.
  (** The learner: any selection of empirical risk minimisers. *)
  Variable learner : history (X := X) (Y := Y) -> I.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.
  Variables gamma c K delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  (** The number of rounds. *)
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  Local Notation current := (Rounds.current pol pi0 learner).
  Local Notation PT := (Rounds.PT D pol pi0 n learner T).
  Local Notation assumptions :=
    (Rounds.every_round pol pi0 learner (round_assumptions D beta pol gamma c K)).

  (** [eps_stat] with [log(T |Pi| / delta)]. *)
  Definition eps_rounds : R := eps_stat (card Y) K (INR T * card I) (INR n) delta.

  Local Notation b := (slope beta gamma c eps_rounds).

  Lemma rounds_ge_1 : 1 <= INR T.
  Proof. change 1 with (INR 1); apply le_INR; exact hT. Qed.

  Lemma eps_rounds_eq : eps_rounds = eps_stat (card Y) K (card I) (INR n) (delta / INR T).
  Proof.
    assert (h := rounds_ge_1). unfold eps_rounds, eps_stat.
    replace (card I / (delta / INR T)) with (INR T * card I / delta) by (field; lra).
    reflexivity.
  Qed.

  Lemma eps_rounds_nonneg : 1 <= K -> 0 <= eps_rounds.
  Proof. intros hK. apply eps_stat_nonneg; [apply card_ge_1|lra|apply n_ge_1, hn]. Qed.

  Lemma confidence_nonneg : 0 <= delta / INR T.
  Proof. assert (h := rounds_ge_1). left; apply Rdiv_lt_0_compat; lra. Qed.

  (** C18 at confidence [delta/T]. *)
  Lemma round_balance base : is_policy base -> realizable beta base pol ->
    1 - delta / INR T <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound D beta base (kappa D base) eps_rounds).
  Proof.
    intros hb hreal. assert (h := rounds_ge_1). rewrite eps_rounds_eq.
    apply (C18_balance D hD beta hbeta pol hpol base hb K n hn); [|exact hreal].
    split; [apply Rdiv_lt_0_compat; lra|]. apply Rle_trans with 1; [|apply card_ge_1].
    apply (Rmult_le_reg_r (INR T)); [lra|]. unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra.
  Qed.

  Lemma total_confidence : INR T * (delta / INR T) = delta.
  Proof. assert (h := rounds_ge_1). field; lra. Qed.

  (** C34 (Theorem 5.3): the probability that the assumptions hold in all [T] rounds and yet
      [P_x(max_y pi_T(y|x) <= 1/2) > (2/gamma)(2 eps_stat + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]
      is at most [delta]. *)
  Theorem C34_theorem_5_3 :
    PT (fun h => assumptions h /\
      ~ own_failure D (current h) (1 / 2) <= failure_bound D beta pi0 gamma c eps_rounds T) <= delta.
  Proof.
    rewrite <- total_confidence.
    apply (trajectory_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps_rounds
      (delta / INR T) hgamma hc confidence_nonneg eps_rounds_nonneg round_balance T hT).
  Qed.

  (** C34 (Theorem 5.3), assumptions on every history: with probability at least [1 - delta],
      [P_x(max_y pi_T(y|x) <= 1/2) <= (2/gamma)(2 eps_stat + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)
  Theorem C34_theorem_5_3_sure : (forall h, extends n T [] h -> assumptions h) ->
    1 - delta <= PT (fun h =>
      own_failure D (current h) (1 / 2) <= failure_bound D beta pi0 gamma c eps_rounds T).
  Proof.
    intros hass. rewrite <- total_confidence.
    apply (trajectory_failure_sure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps_rounds
      (delta / INR T) hgamma hc confidence_nonneg eps_rounds_nonneg round_balance T hT hass).
  Qed.

  (** Base failure after [T] rounds is at most [sum_{t < T} 2 A_t], except with probability [delta]. *)
  Theorem C34_base_failure :
    PT (fun h => assumptions h /\
      ~ failure D (current h) (mode pi0) (1 / 2)
        <= base_failure_bound D beta pol pi0 learner gamma eps_rounds h) <= delta.
  Proof.
    rewrite <- total_confidence.
    apply (trajectory_base_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps_rounds
      (delta / INR T) hgamma confidence_nonneg eps_rounds_nonneg round_balance T hT).
  Qed.

  (** C35 (Corollary 5.7): for [T >= 1 + log kappa_0 / log(1/rho)] the initial policy is forgotten:
      [failure <= (2/gamma)(2 eps_stat + beta)(sqrt kappa* + 1)]. *)
  Theorem C35_corollary_5_7_policy :
    1 + ln (kappa D pi0) / ln (1 / contraction b) <= INR T ->
    PT (fun h => assumptions h /\
      ~ own_failure D (current h) (1 / 2)
        <= 2 / gamma * (2 * eps_rounds + beta) * (sqrt (kappa_star b) + 1)) <= delta.
  Proof.
    intros hrounds. rewrite <- total_confidence.
    apply (trajectory_forgets_geometrically D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K
      eps_rounds (delta / INR T) hgamma hc confidence_nonneg eps_rounds_nonneg round_balance T hT hrounds).
  Qed.

  (** C37 for policies: the initial condition number enters only through [kappa_0^(2^-T)]:
      [failure <= (2/gamma)(2 eps_stat + beta)(1 + b) kappa_0^(2^-T)]. *)
  Theorem C37_doubly_exponential_policy :
    PT (fun h => assumptions h /\
      ~ own_failure D (current h) (1 / 2)
        <= 2 / gamma * (2 * eps_rounds + beta) * ((1 + b) * Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.
  Proof.
    rewrite <- total_confidence.
    apply (trajectory_forgets_doubly_exponentially D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K
      eps_rounds (delta / INR T) hgamma hc confidence_nonneg eps_rounds_nonneg round_balance T hT).
  Qed.

End Iteration.
