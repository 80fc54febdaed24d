(** * Theorem 6.2 for the linear softmax class

    F01 gives the net, F02 its resolution in the sup log-ratio metric, F06 the risk at the resolution
    [B/(beta n)]; then the rounds of [Trajectory] with the error F07.  F09 with [d], [R], [Bphi], [T], [n]
    and [delta] explicit, and its companions C35, C37 and base failure. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.GapToMass OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds Iteration.Trajectory
  Iteration.Satisfiable OneRound.UniformBound Iteration.FiniteNet Linear.Recovery
  Linear.Horizon Linear.Euclidean Linear.Packing Linear.SoftmaxClass Linear.Statements.
Import ListNotations.
Open Scope R_scope.

Section Linear.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable phi : X -> Y -> Dim -> R.
  Variables Bphi radius beta K : R.
  Hypothesis hB : 0 < Bphi.
  Hypothesis hphi : bounded_features phi Bphi.
  Hypothesis hradius : 0 <= radius.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.

  Let pol := linear_class phi radius.
  Let hpol : forall i, is_policy (pol i) := linear_class_policy phi radius.
  Let level : R := trunc_level (card Y) K (INR n).
  Let stat (delta : R) : R := linear_risk (card Y) K (card Dim) radius Bphi beta (INR n) delta.

  (** F01 and F02: a finite net in the sup log-ratio metric, of resolution [e] and at most
      [(1 + 4 R Bphi / e)^d] policies. *)
  Theorem F05_linear_net e : 0 < e ->
    exists (m : nat) (center : upto m -> policy X Y), (forall j, is_policy (center j)) /\
      (forall i, exists j, forall x y, Rabs (ln (pol i x y) - ln (center j x y)) <= e) /\
      card (upto m) <= (1 + 4 * radius * Bphi / e) ^ dimension (Dim := Dim).
  Proof.
    intros he. assert (hs : 0 < e / (2 * Bphi)) by (apply Rdiv_lt_0_compat; lra).
    destruct (F01_net_exists (Dim := Dim) radius (e / (2 * Bphi)) hradius hs) as (m & p & _ & _ & hcard & hnet).
    exists m, (fun j => softmax phi (p j)). split; [intros j; apply softmax_policy|]. split.
    - intros [theta hi]. destruct (hnet theta hi) as (j & hj). exists j. intros x y.
      eapply Rle_trans; [apply (F02_policies phi Bphi theta (p j) hphi)|].
      apply Rle_trans with (2 * (Bphi * (e / (2 * Bphi)))); [|right; field; lra].
      apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; [lra|exact hj].
    - replace (1 + 4 * radius * Bphi / e) with (1 + 2 * radius / (e / (2 * Bphi))) by (field; lra). exact hcard.
  Qed.

  Lemma concentrated_mono base s1 s2 s : s1 <= s2 ->
    concentrated D beta pol base K n s1 s -> concentrated D beta pol base K n s2 s.
  Proof. intros h hc i hz. eapply Rle_trans; [apply hc, hz|exact h]. Qed.

  (** F05 and F06: the concentration event of a round. *)
  Theorem F06_linear_concentration base delta : is_policy base -> 0 < delta <= 1 -> 1 <= K ->
    1 - delta <= Prn n (pair_law D base) (concentrated D beta pol base K n (stat delta)).
  Proof.
    intros hb hd hK. assert (hL : 0 < level) by exact (B_pos K n hn hK).
    assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn).
    set (e := level / (beta * INR n)).
    assert (he : 0 < e) by (apply Rdiv_lt_0_compat; [exact hL|apply Rmult_lt_0_compat; lra]).
    destruct (F05_linear_net e he) as (m & center & hcenter & hnet & hcard).
    eapply Rle_trans; [apply (net_concentration D hD beta hbeta pol hpol center hcenter e hnet n hn K base hb delta);
      lra|].
    apply Prn_mono; [apply (pair_law_dist D hD base hb)|]. intros s _. apply concentrated_mono.
    assert (hc1 := @card_ge_1 (upto m) _).
    eapply Rle_trans; [apply (F06_resolution_policy beta hbeta e n hn K delta hK); [lra|reflexivity]|].
    unfold stat, linear_risk. fold level. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hN|].
    apply Rmult_le_compat_l; [apply pow2_ge_0|]. apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|].
    unfold Rdiv at 1. rewrite ln_mult by (try apply Rinv_0_lt_compat; lra).
    replace (1 / delta) with (/ delta) by (field; lra). apply Rplus_le_compat_r.
    assert (e1 : 1 + 4 * radius * Bphi / e = 1 + 4 * radius * Bphi * beta * INR n / level)
      by (unfold e; field; lra).
    assert (hpos : 0 < 1 + 4 * radius * Bphi / e).
    { assert (0 <= 4 * radius * Bphi / e); [|lra]. apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat, he].
      repeat apply Rmult_le_pos; lra. }
    rewrite <- e1, (card_dimension (Dim := Dim)), <- ln_pow by exact hpos. apply ln_le_mono; [lra|exact hcard].
  Qed.

  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable learner : history (X := X) (Y := Y) -> ball Dim radius.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.
  Variables gamma c delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  Let eps : R := linear_error (card Y) K (card Dim) radius Bphi beta (INR n) (delta / INR T).

  Lemma confidence_range : 0 < delta / INR T <= 1.
  Proof.
    assert (h : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_r (INR T)); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  Qed.

  Lemma linear_error_term : eps = error_term (Y := Y) K n (stat (delta / INR T)).
  Proof. reflexivity. Qed.

  Lemma linear_error_nonneg : 1 <= K -> 0 <= eps.
  Proof. intros _. rewrite linear_error_term. apply error_term_nonneg, hn. Qed.

  (** C18 with the error of F07, in each realizable round. *)
  Lemma F07_linear_balance base : is_policy base -> realizable beta base pol ->
    1 - delta / INR T <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound D beta base (kappa D base) eps).
  Proof.
    intros hb hreal. assert (hd := confidence_range). rewrite linear_error_term.
    apply (balance_from_concentration D hD beta hbeta pol hpol base hb K n hn); [lra|exact hreal|].
    intros hK. apply F06_linear_concentration; assumption.
  Qed.

  Lemma linear_total : INR T * (delta / INR T) = delta.
  Proof. assert (h : 0 < INR T) by (apply lt_0_INR, hT). field; lra. Qed.

  Local Notation assumptions := (every_round pol pi0 learner (round_assumptions D beta pol gamma c K)).
  Local Notation P := (PT D pol pi0 n learner T).

  Theorem F09_linear_softmax :
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2) <= failure_bound D beta pi0 gamma c eps T) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** With the assumptions on every history: the bound holds with probability at least [1 - delta]. *)
  Theorem F09_linear_softmax_sure : (forall h, extends n T [] h -> assumptions h) ->
    1 - delta <= P (fun h =>
      own_failure D (current pol pi0 learner h) (1 / 2) <= failure_bound D beta pi0 gamma c eps T).
  Proof.
    intros hall. assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_failure_sure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT hall).
  Qed.

  (** Base failure after [T] rounds is at most [sum_{t < T} 2 A_t], except with probability [delta]. *)
  Theorem F09_linear_base_failure :
    P (fun h => assumptions h /\
      ~ failure D (current pol pi0 learner h) (mode pi0) (1 / 2)
        <= base_failure_bound D beta pol pi0 learner gamma eps h) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_base_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps (delta / INR T)
      hgamma (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** C35 (147): for [T >= 1 + log kappa_0/log(1/rho)] the initial policy is forgotten. *)
  Theorem F09_linear_corollary_5_7 :
    1 + ln (kappa D pi0) / ln (1 / contraction (slope beta gamma c eps)) <= INR T ->
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * (sqrt (kappa_star (slope beta gamma c eps)) + 1)) <= delta.
  Proof.
    intros hrounds. assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_forgets_geometrically D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps
      (delta / INR T) hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT hrounds).
  Qed.

  (** C37 with F07: the initial condition number enters only through [kappa_0^(2^-T)]. *)
  Theorem F09_linear_doubly_exponential :
    P (fun h => assumptions h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * ((1 + slope beta gamma c eps) * Rpower (kappa D pi0) (/ 2 ^ T))) <= delta.
  Proof.
    assert (hd := confidence_range). rewrite <- linear_total.
    apply (trajectory_forgets_doubly_exponentially D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K eps
      (delta / INR T) hgamma hc (Rlt_le _ _ (proj1 hd)) linear_error_nonneg F07_linear_balance T hT).
  Qed.

  (** C27 with F07, in each realizable round: with probability at least [1 - delta/T] every admissible
      minimiser has [kappa' <= 1 + 2 eps sqrt kappa/(gamma c) + beta log kappa/(gamma c)]. *)
  Theorem F09_linear_recurrence base : is_policy base -> realizable beta base pol -> has_margin gamma base ->
    1 - delta / INR T <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) -> (forall x, c <= Max (pol i x)) ->
      kappa D (pol i) <= 1 + eps * sqrt (kappa D base) / (gamma * c)
        + (eps * sqrt (kappa D base) + beta * ln (kappa D base)) / (gamma * c)).
  Proof.
    intros hb hreal hm. eapply Rle_trans; [apply (F07_linear_balance base hb hreal)|].
    apply Prn_mono; [apply (pair_law_dist D hD base hb)|]. intros s _ hs i hi ha hmax.
    apply (kappa_from_gap D hD beta base gamma (kappa D base) eps c); auto.
  Qed.

End Linear.

Theorem F09_linear_theorem_6_2 : Theorem_6_2.
Proof.
  intros X Y Dim FX FY FD D phi Bphi radius beta gamma c K delta n T pi0 learner hD hpi0 hB hphi hr hbeta hgamma
    hc hdelta hn hT hlearner.
  exact (F09_linear_softmax D hD phi Bphi radius beta K hB hphi hr hbeta n hn pi0 hpi0 learner hlearner gamma c delta
    hgamma hc hdelta T hT).
Qed.

Theorem F09_learner_exists : Learner_exists.
Proof.
  intros X Y Dim FX FY FD phi radius beta pi0 hpi0 hr.
  exists (minimising_learner phi radius hr beta pi0 hpi0). apply minimising_learner_exists.
Qed.
