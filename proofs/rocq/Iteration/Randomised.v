(** * Randomised learners

    After each round the learner draws its output from a law that depends on all data and all outputs so far;
    every output that it draws with positive probability minimises the empirical loss.  Whatever is proved of
    all deterministic learners holds for it: choosing, after each history, the output whose future is worst is
    deterministic and at least as bad.  Hence Theorem 5.3 for randomised learners.

    Serves C34. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.ZeroLoss
  Iteration.Rounds Iteration.Trajectory Iteration.FiniteClass.
Import ListNotations.
Open Scope R_scope.

Section Randomised.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable n : nat.

  Local Notation data := (list (X * Y * Y)).

  (** Data and outputs of the rounds played so far, newest first. *)
  Definition record := list (data * I).

  (** [pi_t] after these rounds. *)
  Definition latest (r : record) : policy X Y := match r with [] => pi0 | (_, i) :: _ => pol i end.

  (** The law of the output after new data. *)
  Variable draw : data -> record -> I -> R.
  Hypothesis hdraw : forall s r, is_dist (draw s r).

  (** Every output with positive probability minimises the empirical loss. *)
  Definition draws_minimisers : Prop :=
    forall s r i, 0 < draw s r i -> is_ERM (pair_loss beta (latest r) pol) s i.

  (** Expectation over [T] further rounds: data from the current policy, then the output. *)
  Fixpoint expectation (T : nat) (r : record) (F : record -> R) : R :=
    match T with
    | O => F r
    | S T' => En n (coupled D (latest r) (latest r)) (fun s => E (draw s r) (fun i => expectation T' ((s, i) :: r) F))
    end.

  (** Probability over [T] rounds from the start. *)
  Definition random_PT (T : nat) (P : record -> Prop) : R := expectation T [] (fun r => ind (P r)).

  (** [Q pi_t pi_{t+1}] in each round of the record. *)
  Fixpoint each_round (Q : policy X Y -> policy X Y -> Prop) (r : record) : Prop :=
    match r with [] => True | (_, i) :: r' => Q (latest r') (pol i) /\ each_round Q r' end.

  Lemma latest_law r : is_dist (coupled D (latest r) (latest r)).
  Proof.
    assert (h : is_policy (latest r)) by (destruct r as [|[s i] r]; [exact hpi0|apply hpol]).
    apply coupled_dist; [exact hD| |]; intros x; apply is_full_dist, h.
  Qed.

  Lemma expectation_nonneg T r F : (forall r, 0 <= F r) -> 0 <= expectation T r F.
  Proof.
    intros hF. revert r; induction T as [|T ih]; intros r; [apply hF|]. cbn [expectation].
    rewrite <- (En_const (coupled D (latest r) (latest r)) n 0) by apply latest_law.
    apply En_le; [apply latest_law|]. intros s _. apply E_nonneg; [apply hdraw|]. intros i; apply ih.
  Qed.

  (** ** The worst deterministic choice *)

  Variable T : nat.
  Variable P : record -> Prop.

  Definition worst (s : data) (r : record) : I :=
    argmax (fun i => if decide (0 < draw s r i)
                     then expectation (T - S (length r)) ((s, i) :: r) (fun r => ind (P r)) else -1).

  Lemma worst_drawn s r : 0 < draw s r (worst s r).
  Proof.
    assert (h0 : exists i, 0 < draw s r i).
    { apply NNPP. intros hno. destruct (hdraw s r) as [h1 h2].
      rewrite (Sum_ext _ (fun _ => 0)), Sum_zero in h2; [lra|].
      intros i. apply Rle_antisym; [|apply h1]. apply Rnot_lt_le. intros hi. apply hno. exists i. exact hi. }
    destruct h0 as (i & hi). apply NNPP. intros hno.
    assert (h := argmax_ge (fun i => if decide (0 < draw s r i)
      then expectation (T - S (length r)) ((s, i) :: r) (fun r => ind (P r)) else -1) i).
    fold (worst s r) in h. cbv beta in h.
    destruct (decide (0 < draw s r (worst s r))) as [k|_]; [contradiction|].
    destruct (decide (0 < draw s r i)) as [_|k]; [|contradiction].
    assert (k := expectation_nonneg (T - S (length r)) ((s, i) :: r) (fun r => ind (P r)) (fun r => ind_nonneg (P r))).
    lra.
  Qed.

  Lemma worst_dominates s r :
    E (draw s r) (fun i => expectation (T - S (length r)) ((s, i) :: r) (fun r => ind (P r))) <=
    expectation (T - S (length r)) ((s, worst s r) :: r) (fun r => ind (P r)).
  Proof.
    set (v := fun i => expectation (T - S (length r)) ((s, i) :: r) (fun r => ind (P r))).
    change (E (draw s r) v <= v (worst s r)). rewrite <- (E_const (draw s r) (v (worst s r)) (hdraw s r)).
    apply E_le_on; [apply hdraw|]. intros i hi.
    assert (h := argmax_ge (fun i => if decide (0 < draw s r i) then v i else -1) i).
    fold (worst s r) in h. cbv beta in h. assert (k := worst_drawn s r).
    change (argmax (fun i => if decide (0 < draw s r i) then v i else -1)) with (worst s r) in h.
    destruct (decide (0 < draw s r i)) as [_|c]; [|contradiction].
    destruct (decide (0 < draw s r (worst s r))) as [_|c]; [exact h|contradiction].
  Qed.

  (** The record of the worst choices along the data. *)
  Fixpoint trace (h : history (X := X) (Y := Y)) : record :=
    match h with [] => [] | s :: h' => (s, worst s (trace h')) :: trace h' end.

  Definition worst_learner (h : history (X := X) (Y := Y)) : I :=
    match h with [] => point | s :: h' => worst s (trace h') end.

  Lemma current_trace h : current pol pi0 worst_learner h = latest (trace h).
  Proof. destruct h as [|s h]; reflexivity. Qed.

  Lemma length_trace h : length (trace h) = length h.
  Proof. induction h as [|s h ih]; simpl; [reflexivity|rewrite ih; reflexivity]. Qed.

  Lemma every_round_trace Q h : every_round pol pi0 worst_learner Q h <-> each_round Q (trace h).
  Proof.
    induction h as [|s h ih]; [simpl; tauto|]. simpl. rewrite <- ih, current_trace. reflexivity.
  Qed.

  Lemma worst_learner_minimises : draws_minimisers -> minimises_empirical_loss beta pol pi0 worst_learner.
  Proof. intros h s r. rewrite current_trace. apply h, worst_drawn. Qed.

  Lemma expectation_worst k h : (k + length h = T)%nat ->
    expectation k (trace h) (fun r => ind (P r)) <=
    ET D pol pi0 n worst_learner k h (fun h => ind (P (trace h))).
  Proof.
    revert h; induction k as [|k ih]; intros h hk; [simpl; lra|].
    cbn [expectation ET]. rewrite current_trace. apply En_le; [apply latest_law|]. intros s _.
    eapply Rle_trans; [|apply (ih (s :: h)); simpl; lia].
    assert (e : k = (T - S (length (trace h)))%nat) by (rewrite length_trace; lia).
    cbn [trace]. rewrite e. apply worst_dominates.
  Qed.

  (** The probability of an event under the randomised learner is at most that under a deterministic one. *)
  Lemma random_PT_worst : random_PT T P <= PT D pol pi0 n worst_learner T (fun h => P (trace h)).
  Proof. apply (expectation_worst T []). simpl. lia. Qed.
End Randomised.

(** Such a learner exists for every class: draw uniformly among all empirical risk minimisers. *)
Section UniformMinimiser.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable beta : R.
  Variable pol : I -> policy X Y.
  Variable pi0 : policy X Y.

  Definition uniform_minimiser (s : list (X * Y * Y)) (r : record (X := X) (Y := Y) (I := I)) (i : I) : R :=
    ind (is_ERM (pair_loss beta (latest pol pi0 r) pol) s i) /
    Sum (fun j => ind (is_ERM (pair_loss beta (latest pol pi0 r) pol) s j)).

  Theorem C34_random_minimisers : (forall s r, is_dist (uniform_minimiser s r)) /\
    draws_minimisers beta pol pi0 uniform_minimiser /\
    forall s r i, is_ERM (pair_loss beta (latest pol pi0 r) pol) s i -> 0 < uniform_minimiser s r i.
  Proof.
    assert (hpos : forall s r, 0 < Sum (fun j => ind (is_ERM (pair_loss beta (latest pol pi0 r) pol) s j))).
    { intros s r. set (loss := pair_loss beta (latest pol pi0 r) pol).
      set (i := argmax (fun j => - empirical_loss loss s j)).
      assert (hi : is_ERM loss s i).
      { intros j. apply Ropp_le_cancel. exact (argmax_ge (fun j => - empirical_loss loss s j) j). }
      apply Rlt_le_trans with (ind (is_ERM loss s i)); [rewrite ind_true by exact hi; lra|].
      apply (Sum_term_le (fun j => ind (is_ERM loss s j))). intros; apply ind_nonneg. }
    split; [|split].
    - intros s r. specialize (hpos s r). unfold uniform_minimiser. split.
      + intros i. apply Rmult_le_pos; [apply ind_nonneg|left; apply Rinv_0_lt_compat, hpos].
      + set (Z := Sum _) in *. rewrite (Sum_ext _ (fun i => / Z *
          ind (is_ERM (pair_loss beta (latest pol pi0 r) pol) s i))) by (intros; unfold Rdiv; ring).
        rewrite Sum_scal. fold Z. apply Rinv_l. lra.
    - intros s r i hi. apply NNPP. intros hno. unfold uniform_minimiser in hi. rewrite ind_false in hi by exact hno.
      unfold Rdiv in hi. lra.
    - intros s r i hi. unfold uniform_minimiser. rewrite ind_true by exact hi.
      apply Rdiv_lt_0_compat; [lra|apply hpos].
  Qed.
End UniformMinimiser.

Section Theorem53.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.
  (** The randomised learner: every output that it draws is an empirical risk minimiser. *)
  Variable draw : list (X * Y * Y) -> record (X := X) (Y := Y) (I := I) -> I -> R.
  Hypothesis hdraw : forall s r, is_dist (draw s r).
  Hypothesis hlearner : draws_minimisers beta pol pi0 draw.
  Variables gamma c K delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  Local Notation eps := (eps_rounds (Y := Y) (I := I) n K delta T).

  Local Notation fails bound := (fun r => each_round pol pi0 (round_assumptions D beta pol gamma c K) r /\
    ~ own_failure D (latest pol pi0 r) (1 / 2) <= bound).

  (** A bound on own failure that holds for every deterministic learner holds for the randomised one. *)
  Lemma failure_transfer bound :
    (forall A : history (X := X) (Y := Y) -> I, minimises_empirical_loss beta pol pi0 A ->
       PT D pol pi0 n A T (fun h => every_round pol pi0 A (round_assumptions D beta pol gamma c K) h /\
         ~ own_failure D (current pol pi0 A h) (1 / 2) <= bound) <= delta) ->
    random_PT D pol pi0 n draw T (fails bound) <= delta.
  Proof.
    intros hall.
    eapply Rle_trans; [apply (random_PT_worst D hD pol hpol pi0 hpi0 n draw hdraw T (fails bound))|].
    set (A := worst_learner D pol pi0 n draw T (fails bound)).
    assert (hA : minimises_empirical_loss beta pol pi0 A).
    { apply (worst_learner_minimises D hD beta pol hpol pi0 hpi0 n draw hdraw T (fails bound) hlearner). }
    eapply Rle_trans; [|apply (hall A hA)].
    right. unfold PT. f_equal. apply functional_extensionality. intros h. apply ind_iff.
    unfold A. rewrite every_round_trace, current_trace. reflexivity.
  Qed.

  (** C34 (Theorem 5.3) for randomised learners: the probability that the assumptions hold in all [T] rounds
      and yet [P_x(max_y pi_T(y|x) <= 1/2)] exceeds the bound is at most [delta]. *)
  Theorem C34_theorem_5_3_randomised :
    random_PT D pol pi0 n draw T (fails (failure_bound D beta pi0 gamma c eps T)) <= delta.
  Proof.
    apply failure_transfer. intros A hA.
    apply (C34_theorem_5_3 D hD beta hbeta pol hpol pi0 hpi0 n hn A hA gamma c K delta hgamma hc hdelta T hT).
  Qed.

  (** C35 (Corollary 5.7) and C37 likewise. *)
  Theorem C35_corollary_5_7_randomised :
    1 + ln (kappa D pi0) / ln (1 / contraction (slope beta gamma c eps)) <= INR T ->
    random_PT D pol pi0 n draw T
      (fails (2 / gamma * (2 * eps + beta) * (sqrt (kappa_star (slope beta gamma c eps)) + 1))) <= delta.
  Proof.
    intros hrounds. apply failure_transfer. intros A hA.
    apply (C35_corollary_5_7_policy D hD beta hbeta pol hpol pi0 hpi0 n hn A hA gamma c K delta hgamma hc hdelta
      T hT hrounds).
  Qed.

  Theorem C37_doubly_exponential_randomised :
    random_PT D pol pi0 n draw T (fails (2 / gamma * (2 * eps + beta) *
      ((1 + slope beta gamma c eps) * Rpower (kappa D pi0) (/ 2 ^ T)))) <= delta.
  Proof.
    apply failure_transfer. intros A hA.
    apply (C37_doubly_exponential_policy D hD beta hbeta pol hpol pi0 hpi0 n hn A hA gamma c K delta hgamma hc
      hdelta T hT).
  Qed.
End Theorem53.
