(** Learners that meet the hypotheses of Theorem 5.3: exact, randomised, learning from samples. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Scalar.Basics.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  Iteration.Rounds.
Import ListNotations.
Open Scope R_scope.

(** * Policies that are updated at some prompts only

    A policy that agrees with p* at some prompts and with the base at the others satisfies A-CONC with
    [Cbar = kappa] and A-TAIL with [K = N].  So a learner may be wrong about the prompts that its sample does
    not determine and still meet the assumptions of Theorem 5.3. *)

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

(** * The assumptions of Theorem 5.3 can be met

    For every finite space, every policy of positive margin, every [T] and every sample size there are
    a class and a learner for which A-REAL, A-CONC, A-TAIL (with [K = N]), A-MARGIN and the weak [c]
    (with [c = 1/N]) hold in all [T] rounds on every history.  So C34 is not vacuous. *)

(** ** The index set [0 .. T] *)

Fixpoint upto (T : nat) : Type := match T with O => unit | S t => option (upto t) end.

#[export] Instance FiniteType_upto (T : nat) : FiniteType (upto T).
Proof.
  induction T as [|t ih]; [exact FiniteType_unit|exact FiniteType_option].
Defined.

Fixpoint rank (T : nat) : upto T -> nat :=
  match T return upto T -> nat with
  | O => fun _ => O
  | S t => fun i => match i with None => O | Some j => S (rank t j) end
  end.

Fixpoint nth_index (T k : nat) : upto T :=
  match T return upto T with
  | O => tt
  | S t => match k with O => None | S k' => Some (nth_index t k') end
  end.

Lemma rank_nth T k : (k <= T)%nat -> rank T (nth_index T k) = k.
Proof.
  revert k; induction T as [|t ih]; intros k h; simpl; [lia|].
  destruct k as [|k]; [reflexivity|]. rewrite ih by lia. reflexivity.
Qed.

Section ExactLearner.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable gamma : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hmargin : has_margin gamma pi0.
  Variable T : nat.

  (** [pi_t] of the exact iteration (S05). *)
  Definition iterate (t : nat) : policy X Y := fun x => power (alpha beta t) (pi0 x).

  (** The class: the exact iterates of rounds [1 .. T+1]. *)
  Definition iterates (i : upto T) : policy X Y := iterate (S (rank T i)).

  (** Returns the next exact iterate; after round [T+1] any empirical risk minimiser. *)
  Fixpoint exact_learner (h : history (X := X) (Y := Y)) : upto T :=
    match h with
    | [] => point
    | s :: h' =>
        if Nat.leb (length h') T then nth_index T (length h')
        else argmax (fun i => - empirical_loss
          (pair_loss beta (match h' with [] => pi0 | _ :: _ => iterates (exact_learner h') end) iterates) s i)
    end.

  Local Notation current := (Rounds.current iterates pi0 exact_learner).

  Lemma iterate_policy t : is_policy (iterate t).
  Proof. intros x; apply power_full. Qed.

  Lemma iterate_0 : iterate 0 = pi0.
  Proof.
    apply functional_extensionality; intros x. apply functional_extensionality; intros y.
    apply power_one, hpi0.
  Qed.

  Lemma update_iterate t : self_update beta (iterate t) = iterate (S t).
  Proof.
    apply functional_extensionality; intros x. apply functional_extensionality; intros y.
    unfold self_update. rewrite (S02_self_reward_power beta (iterate t x)); [|lra|apply iterate_policy].
    unfold iterate. rewrite power_power by apply hpi0. f_equal. unfold alpha; simpl; lra.
  Qed.

  Lemma current_iterate h : (length h <= S T)%nat -> current h = iterate (length h).
  Proof.
    destruct h as [|s h]; intros hl; [symmetry; apply iterate_0|].
    simpl in hl. simpl Rounds.current. rewrite (proj2 (Nat.leb_le (length h) T)) by lia.
    unfold iterates. rewrite rank_nth by lia. reflexivity.
  Qed.

  Lemma current_realizable h : (length h <= T)%nat -> realizable beta (current h) iterates.
  Proof.
    intros hl. exists (nth_index T (length h)). intros x y.
    rewrite current_iterate, update_iterate by lia. unfold iterates. rewrite rank_nth by lia. reflexivity.
  Qed.

  Lemma empirical_loss_nonneg {A I : Type} (loss : I -> A -> R) s i :
    (forall z, 0 <= loss i z) -> 0 <= empirical_loss loss s i.
  Proof.
    intros h. unfold empirical_loss, Rdiv. apply Rmult_le_pos; [apply sumL_nonneg; auto|].
    destruct (length s) as [|k]; [simpl; rewrite Rinv_0; lra|].
    left; apply Rinv_0_lt_compat, lt_0_INR; lia.
  Qed.

  Lemma exact_learner_minimises : minimises_empirical_loss beta iterates pi0 exact_learner.
  Proof.
    intros s h j. destruct (Nat.leb_spec (length h) T) as [hl|hl].
    - assert (e : exact_learner (s :: h) = nth_index T (length h))
        by (simpl; rewrite (proj2 (Nat.leb_le (length h) T) hl); reflexivity).
      rewrite e. apply Rle_trans with 0; [|apply empirical_loss_nonneg; intros; apply pair_loss_nonneg].
      right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; lra|].
      intros [[x y] y'] _. rewrite (current_iterate h) by lia.
      unfold pair_loss, Delta, implicit_reward, iterates. rewrite rank_nth by lia. rewrite <- update_iterate.
      unfold self_update.
      rewrite <- (S03_reward_difference beta (fun y => ln (iterate (length h) x y)) (iterate (length h) x)
        ltac:(lra) (iterate_policy (length h) x) y y'). lra.
    - simpl exact_learner. rewrite (proj2 (Nat.leb_gt (length h) T) hl).
      apply Ropp_le_cancel.
      exact (argmax_ge (fun i => - empirical_loss (pair_loss beta (current h) iterates) s i) j).
  Qed.

  Lemma alpha_ge_1 t : 1 <= alpha beta t.
  Proof. apply pow_R1_Rle. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

  Lemma iterate_assumptions t : realizable beta (iterate t) iterates ->
    round_assumptions D beta iterates gamma (/ card Y) (card Y) (iterate t) (iterate (S t)).
  Proof.
    intros hreal. assert (hN := @card_ge_1 Y FY). rewrite <- update_iterate.
    split; [exact hreal|]. split; [|split; [|split]].
    - apply C16_update_concentrability; [exact hD|lra|apply iterate_policy].
    - apply tail_constant_exact_update; [exact hD|lra|apply iterate_policy].
    - intros x y hy.
      assert (h := power_margin gamma (alpha beta t) pi0 (alpha_pos beta ltac:(lra) t) hgamma hpi0 hmargin x y hy).
      assert (k := alpha_ge_1 t). change (power (alpha beta t) (pi0 x)) with (iterate t x) in h.
      apply Rle_trans with (alpha beta t * gamma); [nra|exact h].
    - intros x. rewrite update_iterate.
      assert (h := card_Max_ge_1 (iterate (S t)) x (iterate_policy (S t))).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r by lra. exact h.
  Qed.

  Lemma exact_learner_assumptions h : (length h <= S T)%nat ->
    every_round iterates pi0 exact_learner
      (round_assumptions D beta iterates gamma (/ card Y) (card Y)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl. split; [|apply ih; lia].
    rewrite (current_iterate (s :: h)) by (simpl; lia). simpl length.
    assert (hr := current_realizable h ltac:(lia)). rewrite (current_iterate h) in * by lia.
    apply iterate_assumptions, hr.
  Qed.

  (** The hypotheses of C34 hold on every history for this class and learner. *)
  Theorem C34_assumptions_satisfiable n :
    exists (I : Type) (FI : FiniteType I) (pol : I -> policy X Y) (learner : history (X := X) (Y := Y) -> I),
      (forall i, is_policy (pol i)) /\ minimises_empirical_loss beta pol pi0 learner /\
      forall h, extends n T [] h ->
        every_round pol pi0 learner (round_assumptions D beta pol gamma (/ card Y) (card Y)) h.
  Proof.
    exists (upto T), (FiniteType_upto T), iterates, exact_learner.
    split; [intros i; apply iterate_policy|]. split; [exact exact_learner_minimises|].
    intros h hext. apply exact_learner_assumptions.
    apply extends_length in hext. simpl in hext. lia.
  Qed.

End ExactLearner.

(** * Randomised learners

    After each round the learner draws its output from a law that depends on all data and all outputs so far;
    every output that it draws with positive probability minimises the empirical loss.  Whatever is proved of
    all deterministic learners holds for it: choosing, after each history, the output whose future is worst is
    deterministic and at least as bad.  Hence Theorem 5.3 for randomised learners.

    Serves C34. *)

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
          ind (is_ERM (pair_loss beta (latest pol pi0 r) pol) s i))) by (intros; unfold Rdiv; lra).
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

(** * Theorem 5.3 speaks about learning

    One prompt, three responses, beta = 1; pi_0 puts mass 1/N^2 on the third.  The class holds the exact update,
    a policy astray that agrees with it on the first two responses but puts 1/(2N) on the third, and the exact
    updates of both in all later rounds.  As long as no pair of the first round shows the third response, astray
    is an empirical risk minimiser; the learner returns it then, and follows the exact updates from there on.
    Every assumption of Theorem 5.3, A-CONC with Cbar_t <= kappa_t among them, holds in every round on every
    history, and with probability at least (1 - 1/N^2)^(2n), at least 1/2 for N = 2(n+1), the learner's policies
    are not those of the exact iteration in any round: the hypotheses do not force the empirical minimiser to be
    the exact update, however large the sample.

    Serves C34. *)

Inductive answer := first | second | third.

#[export] Program Instance FiniteType_answer : FiniteType answer :=
  {| enum := [first; second; third]; point := first |}.
Next Obligation. destruct a; simpl; tauto. Qed.
Next Obligation. repeat constructor; simpl; intuition discriminate. Qed.

Lemma Sum_answer (f : answer -> R) : Sum f = f first + (f second + f third).
Proof. unfold Sum, sumL; simpl; lra. Qed.

Lemma card_answer : card answer = 3.
Proof. unfold card; simpl; ring. Qed.

(** The only prompt. *)
Definition sole_prompt : unit -> R := fun _ => 1.

Lemma E_sole_prompt f : E sole_prompt f = f tt.
Proof. unfold E, Sum, sumL, sole_prompt; simpl; lra. Qed.

Lemma sole_prompt_dist : is_dist sole_prompt.
Proof. split; [intros; unfold sole_prompt; lra|unfold Sum, sumL, sole_prompt; simpl; lra]. Qed.

Section Instance.
  (** A rare response of mass 1/N^2, on which the stray policy puts 1/(2N). *)
  Variable N : R.
  Hypothesis hN : 2 <= N.

  Definition rare : R := / N ^ 2.
  Definition stray : R := / (2 * N).

  (** ** The two starting points *)

  Definition origin : policy unit answer := fun _ y =>
    match y with first => 2 / 3 * (1 - rare) | second => 1 / 3 * (1 - rare) | third => rare end.

  Definition astray : policy unit answer := fun _ y =>
    match y with first => 4 / 5 * (1 - stray) | second => 1 / 5 * (1 - stray) | third => stray end.

  Lemma stray_range : 0 < stray /\ stray <= 1 / 4.
  Proof.
    unfold stray. split; [apply Rinv_0_lt_compat; lra|].
    replace (1 / 4) with (/ 4) by lra. apply Rinv_le_contravar; lra.
  Qed.

  Lemma rare_stray : rare = 4 * stray ^ 2.
  Proof. unfold rare, stray. field. lra. Qed.

  Lemma rare_range : 0 < rare /\ rare <= 1 / 4.
  Proof. rewrite rare_stray. assert (h := stray_range). nra. Qed.

  Lemma origin_policy : is_policy origin.
  Proof.
    assert (h := rare_range). intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; lra].
  Qed.

  Lemma astray_policy : is_policy astray.
  Proof.
    assert (h := stray_range). intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; lra].
  Qed.

  Lemma origin_mode x : mode origin x = first.
  Proof. assert (h := rare_range). apply mode_unique. intros [] hy; simpl; try lra; congruence. Qed.

  Lemma astray_mode x : mode astray x = first.
  Proof. assert (h := stray_range). apply mode_unique. intros [] hy; simpl; try lra; congruence. Qed.

  Lemma margin_value p q : 0 < p -> 0 < q -> 4 / 3 * q <= p -> ln (4 / 3) <= ln p - ln q.
  Proof.
    intros hp hq h. assert (e : ln (4 / 3 * q) <= ln p) by (apply ln_le_mono; lra).
    rewrite ln_mult in e by lra. lra.
  Qed.

  Lemma origin_margin : has_margin (ln (4 / 3)) origin.
  Proof.
    assert (h := rare_range). intros x y hy. rewrite (origin_mode x) in *.
    apply margin_value; [simpl; lra|destruct y; simpl; lra|]. destruct y; simpl; try lra. congruence.
  Qed.

  Lemma astray_margin : has_margin (ln (4 / 3)) astray.
  Proof.
    assert (h := stray_range). intros x y hy. rewrite (astray_mode x) in *.
    apply margin_value; [simpl; lra|destruct y; simpl; lra|]. destruct y; simpl; try lra. congruence.
  Qed.

  Lemma margin_positive : 0 < ln (4 / 3).
  Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.

  Lemma origin_kappa : kappa sole_prompt origin = / (2 / 3 * (1 - rare)).
  Proof.
    unfold kappa. rewrite E_sole_prompt. change (Max (origin tt)) with (origin tt (mode origin tt)).
    rewrite origin_mode. reflexivity.
  Qed.

  Lemma astray_concentrability : conc sole_prompt origin astray <= kappa sole_prompt origin.
  Proof.
    rewrite origin_kappa. unfold conc. rewrite E_sole_prompt, Sum_answer. cbn [origin astray].
    assert (hr := rare_range). assert (hs := stray_range).
    apply (Rmult_le_reg_r (1 - rare)); [lra|].
    replace (((4 / 5 * (1 - stray)) ^ 2 / (2 / 3 * (1 - rare)) +
        ((1 / 5 * (1 - stray)) ^ 2 / (1 / 3 * (1 - rare)) + stray ^ 2 / rare)) * (1 - rare))
      with (27 / 25 * (1 - stray) ^ 2 + stray ^ 2 / rare * (1 - rare)) by (field; lra).
    replace (/ (2 / 3 * (1 - rare)) * (1 - rare)) with (3 / 2) by (field; lra).
    replace (stray ^ 2 / rare) with (1 / 4) by (rewrite rare_stray; field; lra).
    assert ((1 - stray) ^ 2 <= 1) by nra. lra.
  Qed.

  Lemma astray_tail : tail_constant sole_prompt 1 origin astray <= card answer.
  Proof.
    assert (hr := rare_range). assert (hs := stray_range).
    rewrite card_answer. unfold tail_constant, E1. rewrite E_sole_prompt. unfold E. rewrite Sum_answer.
    cbn [origin astray]. rewrite !Rpower_1 by (apply Rdiv_lt_0_compat; lra).
    replace (2 / 3 * (1 - rare) * (2 / 3 * (1 - rare) / (4 / 5 * (1 - stray))) +
        (1 / 3 * (1 - rare) * (1 / 3 * (1 - rare) / (1 / 5 * (1 - stray))) + rare * (rare / stray)))
      with (10 / 9 * (1 - rare) ^ 2 / (1 - stray) + rare * (rare / stray)) by (field; lra).
    assert (h1 : 10 / 9 * (1 - rare) ^ 2 / (1 - stray) <= 2).
    { apply (Rmult_le_reg_r (1 - stray)); [lra|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra. nra. }
    assert (h2 : rare / stray = 4 * stray) by (rewrite rare_stray; field; lra).
    rewrite h2. nra.
  Qed.

  (** Neither response of the pair is the third. *)
  Definition untouched (z : unit * answer * answer) : Prop := snd (fst z) <> third /\ snd z <> third.

  (** On such pairs astray has the implicit reward of the exact update. *)
  Lemma astray_agrees z : untouched z ->
    let '(x, y, y') := z in
    Delta (implicit_reward 1 origin astray) x y y' = Delta (fun x y => ln (origin x y)) x y y'.
  Proof.
    assert (hr := rare_range). assert (hs := stray_range).
    destruct z as [[x y] y']. intros [h1 h2]. unfold Delta, implicit_reward. simpl in h1, h2.
    set (u := 1 / 3 * (1 - rare)). set (v := 1 / 5 * (1 - stray) / u).
    assert (hu : 0 < u) by (unfold u; lra).
    assert (hv : 0 < v) by (apply Rdiv_lt_0_compat; lra).
    assert (e1 : ln (2 / 3 * (1 - rare)) = ln 2 + ln u).
    { rewrite <- ln_mult by lra. f_equal. unfold u. lra. }
    assert (e2 : ln (4 / 5 * (1 - stray) / (2 / 3 * (1 - rare))) = ln 2 + ln v).
    { rewrite <- ln_mult by lra. f_equal. unfold v, u. field. lra. }
    destruct y, y'; cbn [origin astray]; try congruence; fold u; fold v; rewrite ?e1, ?e2; lra.
  Qed.

  Lemma untouched_probability : Pr (coupled sole_prompt origin origin) untouched = (1 - rare) ^ 2.
  Proof.
    unfold Pr. transitivity (E2 sole_prompt origin origin (fun _ y y' => ind (y <> third) * ind (y' <> third))).
    - rewrite E2_coupled. apply E_ext; intros [[x y] y']. unfold untouched; simpl. apply ind_and.
    - unfold E2. rewrite E_sole_prompt. unfold E. rewrite !Sum_answer. cbn [origin].
      rewrite !(ind_true (first <> third)), !(ind_true (second <> third)), !(ind_false (third <> third))
        by (try discriminate; intros h; apply h; reflexivity). lra.
  Qed.

Section Learner.
  (** The number of rounds. *)
  Variable T : nat.

  (** After t rounds: the exact iterates of pi_0, or astray after one round and its exact iterates. *)
  Definition chain (exact : bool) (t : nat) : policy unit answer :=
    match t with
    | O => origin
    | S k => if exact then iterate 1 origin (S k) else iterate 1 astray k
    end.

  Definition members (i : bool * upto T) : policy unit answer := chain (fst i) (S (rank T (snd i))).

  Local Notation data := (history (X := unit) (Y := answer)).

  (** Whether the first round showed the third response. *)
  Definition warned (h : data) : bool := if decide (Forall untouched (last h [])) then false else true.

  Fixpoint stray_learner (h : data) : bool * upto T :=
    match h with
    | [] => point
    | s :: h' =>
        if Nat.leb (length h') T then (warned h, nth_index T (length h'))
        else argmax (fun i => - empirical_loss
          (pair_loss 1 (match h' with [] => origin | _ :: _ => members (stray_learner h') end) members) s i)
    end.

  Local Notation current := (Rounds.current members origin stray_learner).

  Lemma chain_policy b t : is_policy (chain b t).
  Proof.
    destruct t as [|k]; [exact origin_policy|]. unfold chain.
    destruct b; intros x; apply power_full.
  Qed.

  Lemma members_policy i : is_policy (members i).
  Proof. apply chain_policy. Qed.

  Lemma unit_beta : 0 < 1 <= 1.
  Proof. lra. Qed.

  (** Every policy of a chain is updated to the next one, but for the first step to astray. *)
  Lemma chain_update b t : self_update 1 (chain b t) = chain (match t with O => true | _ => b end) (S t).
  Proof.
    destruct t as [|k]; unfold chain.
    - rewrite <- (update_iterate 1 unit_beta origin origin_policy 0), (iterate_0 1 origin origin_policy).
      reflexivity.
    - destruct b.
      + apply (update_iterate 1 unit_beta origin origin_policy).
      + apply (update_iterate 1 unit_beta astray astray_policy).
  Qed.

  Lemma chain_realizable b t : (t <= T)%nat -> realizable 1 (chain b t) members.
  Proof.
    intros ht. exists (match t with O => true | _ => b end, nth_index T t). intros x y.
    rewrite chain_update. unfold members. simpl fst; simpl snd. rewrite rank_nth by exact ht. reflexivity.
  Qed.

  Lemma warned_cons s s' h : warned (s :: s' :: h) = warned (s' :: h).
  Proof. reflexivity. Qed.

  Lemma current_chain h : (length h <= S T)%nat -> current h = chain (warned h) (length h).
  Proof.
    destruct h as [|s h]; intros hl; [reflexivity|].
    simpl in hl. simpl Rounds.current. rewrite (proj2 (Nat.leb_le (length h) T)) by lia.
    unfold members. simpl fst; simpl snd. rewrite rank_nth by lia. reflexivity.
  Qed.

  (** One round follows the exact update, or it is the first and goes astray on untouched data. *)
  Lemma current_step s h : (length h <= T)%nat ->
    current (s :: h) = self_update 1 (current h) \/
    (h = [] /\ Forall untouched s /\ current (s :: h) = astray).
  Proof.
    intros hl. rewrite (current_chain (s :: h)) by (simpl; lia). rewrite (current_chain h) by lia.
    destruct h as [|s' h].
    - unfold warned. simpl last. destruct (decide (Forall untouched s)) as [hs|hs].
      + right. split; [reflexivity|]. split; [exact hs|]. apply (iterate_0 1 astray astray_policy).
      + left. symmetry. apply (chain_update true 0).
    - left. rewrite warned_cons. symmetry. apply (chain_update _ (S (length h))).
  Qed.

  Lemma zero_losses_minimal base s i : (forall z, In z s -> pair_loss 1 base members i z = 0) ->
    is_ERM (pair_loss 1 base members) s i.
  Proof.
    intros h j. apply Rle_trans with 0; [|apply empirical_loss_nonneg; intros; apply pair_loss_nonneg].
    right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)) by exact h.
    rewrite sumL_zero; unfold Rdiv; ring.
  Qed.

  Lemma stray_learner_minimises : minimises_empirical_loss 1 members origin stray_learner.
  Proof.
    intros s h. destruct (Nat.leb_spec (length h) T) as [hl|hl].
    - apply zero_losses_minimal. intros z hz.
      change (members (stray_learner (s :: h))) with (current (s :: h)).
      assert (e : members (stray_learner (s :: h)) = current (s :: h)) by reflexivity.
      destruct z as [[x y] y']. unfold pair_loss. rewrite e.
      destruct (current_step s h hl) as [hu|(-> & hs & ha)].
      + rewrite hu. unfold Delta, implicit_reward, self_update.
        rewrite <- (S03_reward_difference 1 (fun y => ln (current h x y)) (current h x) ltac:(lra)
          (current_policy members origin stray_learner members_policy origin_policy h x) y y').
        lra.
      + rewrite ha. rewrite Forall_forall in hs.
        change (current []) with origin.
        assert (k := astray_agrees (x, y, y') (hs _ hz)). simpl in k. rewrite k. lra.
    - intros j. simpl stray_learner. rewrite (proj2 (Nat.leb_gt (length h) T) hl).
      apply Ropp_le_cancel.
      exact (argmax_ge (fun i => - empirical_loss (pair_loss 1 (current h) members) s i) j).
  Qed.

  Lemma chain_margin b t : has_margin (ln (4 / 3)) (chain b t).
  Proof.
    assert (hg := margin_positive).
    assert (grow : forall (pi : policy unit answer) k, is_policy pi -> has_margin (ln (4 / 3)) pi ->
              has_margin (ln (4 / 3)) (iterate 1 pi k)).
    { intros pi k hp hm x y hy.
      assert (h := power_margin (ln (4 / 3)) (alpha 1 k) pi (alpha_pos 1 ltac:(lra) k) hg hp hm x y hy).
      assert (ha := alpha_ge_1 1 unit_beta k).
      apply Rle_trans with (alpha 1 k * ln (4 / 3)); [nra|exact h]. }
    destruct t as [|k]; [exact origin_margin|]. unfold chain.
    destruct b; apply grow; auto using origin_policy, astray_policy, origin_margin, astray_margin.
  Qed.

  Lemma stray_round s h : (length h <= T)%nat ->
    round_assumptions sole_prompt 1 members (ln (4 / 3)) (/ card answer) (card answer)
      (current h) (current (s :: h)).
  Proof.
    intros hl. assert (hcard := @card_ge_1 answer _).
    assert (hp := current_policy members origin stray_learner members_policy origin_policy h).
    assert (hp' := current_policy members origin stray_learner members_policy origin_policy (s :: h)).
    split; [rewrite (current_chain h) by lia; apply chain_realizable, hl|].
    split; [|split; [|split]].
    - destruct (current_step s h hl) as [->|(-> & _ & ->)].
      + apply C16_update_concentrability; [exact sole_prompt_dist|lra|exact hp].
      + exact astray_concentrability.
    - destruct (current_step s h hl) as [->|(-> & _ & ->)].
      + apply tail_constant_exact_update; [exact sole_prompt_dist|lra|exact hp].
      + exact astray_tail.
    - rewrite (current_chain h) by lia. apply chain_margin.
    - intros x. assert (k := card_Max_ge_1 (current (s :: h)) x hp').
      apply (Rmult_le_reg_l (card answer)); [lra|]. rewrite Rinv_r by lra. exact k.
  Qed.

  Lemma stray_assumptions h : (length h <= S T)%nat ->
    every_round members origin stray_learner
      (round_assumptions sole_prompt 1 members (ln (4 / 3)) (/ card answer) (card answer)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl.
    split; [apply stray_round; lia|apply ih; lia].
  Qed.

  (** The iterates of astray and of the exact update differ in every round. *)
  Lemma chains_differ t : chain false (S t) tt third * chain true (S t) tt first <>
    chain true (S t) tt third * chain false (S t) tt first.
  Proof.
    unfold chain, iterate, power.
    set (zf := Sum (fun z => Rpower (astray tt z) (alpha 1 t))).
    set (zt := Sum (fun z => Rpower (origin tt z) (alpha 1 (S t)))).
    assert (hf : 0 < zf) by apply Rpower_sum_pos. assert (ht : 0 < zt) by apply Rpower_sum_pos.
    assert (ea : alpha 1 (S t) = 2 * alpha 1 t) by (unfold alpha; simpl; lra).
    assert (ha := alpha_pos 1 ltac:(lra) t).
    unfold Rpower; cbn [origin astray]; rewrite ea. set (a := alpha 1 t) in *.
    assert (hr := rare_range). assert (hs := stray_range).
    set (of := 2 / 3 * (1 - rare)). set (af := 4 / 5 * (1 - stray)).
    assert (h1 : 0 < of) by (unfold of; lra). assert (h2 : 0 < af) by (unfold af; lra).
    assert (lt : exp (2 * a * ln rare) * exp (a * ln af) < exp (a * ln stray) * exp (2 * a * ln of)).
    { rewrite <- !exp_plus. apply exp_increasing.
      assert (k1 : ln (rare * rare * af) < ln (stray * of * of)).
      { apply ln_increasing; [repeat apply Rmult_lt_0_compat; lra|]. unfold of, af. rewrite rare_stray.
        set (q := stray) in *. assert (q ^ 2 <= 1 / 16) by nra. assert (q ^ 3 <= 1 / 64) by nra.
        assert (9 / 16 <= (1 - 4 * q ^ 2) ^ 2) by nra.
        replace (4 * q ^ 2 * (4 * q ^ 2) * (4 / 5 * (1 - q))) with (q * (64 / 5 * q ^ 3 * (1 - q))) by lra.
        replace (q * (2 / 3 * (1 - 4 * q ^ 2)) * (2 / 3 * (1 - 4 * q ^ 2)))
          with (q * (4 / 9 * (1 - 4 * q ^ 2) ^ 2)) by lra.
        apply Rmult_lt_compat_l; [lra|]. assert (0 < q ^ 3) by (apply pow_lt; lra). nra. }
      rewrite !ln_mult in k1 by (repeat apply Rmult_lt_0_compat; lra). nra. }
    intros h. apply (f_equal (fun u => u * (zf * zt))) in h. cbv beta in h.
    replace (exp (a * ln stray) / zf * (exp (2 * a * ln of) / zt) * (zf * zt))
      with (exp (a * ln stray) * exp (2 * a * ln of)) in h by (field; lra).
    replace (exp (2 * a * ln rare) / zt * (exp (a * ln af) / zf) * (zf * zt))
      with (exp (2 * a * ln rare) * exp (a * ln af)) in h by (field; lra).
    lra.
  Qed.

  Lemma extends_app n k h h' : extends (X := unit) (Y := answer) n k h h' -> exists l, h' = l ++ h.
  Proof.
    induction 1 as [h|k h s h' _ _ (l & ->)]; [exists []; reflexivity|].
    exists (l ++ [s]). rewrite <- app_assoc. reflexivity.
  Qed.

  Lemma last_of_app (s : list (unit * answer * answer)) (l : data) : last (l ++ [s]) [] = s.
  Proof. apply last_last. Qed.

  (** On untouched data the learner's policies are never those of the exact iteration. *)
  Lemma stray_differs (l : data) s : (length l <= T)%nat -> Forall untouched s ->
    exists y, current (l ++ [s]) tt y <> iterate 1 origin (S (length l)) tt y.
  Proof.
    intros hl hs.
    assert (e : current (l ++ [s]) = chain false (S (length l))).
    { rewrite current_chain by (rewrite app_length; simpl; lia).
      assert (hw : warned (l ++ [s]) = false).
      { unfold warned. rewrite last_of_app. destruct (decide (Forall untouched s)); [reflexivity|contradiction]. }
      rewrite hw, app_length. simpl length. rewrite Nat.add_1_r. reflexivity. }
    apply NNPP. intros hno. apply (chains_differ (length l)).
    assert (h : forall y, chain false (S (length l)) tt y = chain true (S (length l)) tt y).
    { intros y. apply NNPP. intros hy. apply hno. exists y. rewrite e. exact hy. }
    rewrite !h. lra.
  Qed.
End Learner.
End Instance.

(** ... hence with probability at least (1 - 1/N^2)^(2n) after T rounds. *)
Lemma stray_probability k T n : 2 <= k -> (0 < T)%nat ->
  ((1 - rare k) ^ 2) ^ n <= PT sole_prompt (members k T) (origin k) n (stray_learner k T) T
    (fun h => exists y, current (members k T) (origin k) (stray_learner k T) h tt y <> iterate 1 (origin k) T tt y).
Proof.
  intros hk hT. rewrite <- (untouched_probability k).
  rewrite <- (Prn_forall (coupled sole_prompt (origin k) (origin k))). unfold PT, Prn.
  destruct T as [|t]; [lia|]. set (T := S t) in *.
  change (ET sole_prompt (members k T) (origin k) n (stray_learner k T) (S t) [] ?F)
    with (En n (coupled sole_prompt (origin k) (origin k))
           (fun s => ET sole_prompt (members k T) (origin k) n (stray_learner k T) t [s] F)).
  apply En_le.
  - apply coupled_dist; [exact sole_prompt_dist| |]; intros x; apply is_full_dist, origin_policy, hk.
  - intros s hs.
    rewrite <- (ET_const sole_prompt (members k T) (origin k) n (stray_learner k T) sole_prompt_dist
      (members_policy k hk T) (origin_policy k hk) t [s] (ind (Forall untouched s))).
    apply (ET_le sole_prompt (members k T) (origin k) n (stray_learner k T) sole_prompt_dist
      (members_policy k hk T) (origin_policy k hk)).
    intros h' he. apply ind_mono. intros hu.
    assert (hlen := extends_length n t [s] h' he). simpl in hlen.
    destruct (extends_app n t [s] h' he) as (l & ->). rewrite app_length in hlen. simpl in hlen.
    assert (hl : length l = t) by lia.
    assert (hd := stray_differs k hk T l s ltac:(unfold T; lia) hu). rewrite hl in hd. exact hd.
Qed.

(** For every number of rounds and of pairs there are a base policy, a class and a learner that meet every
    hypothesis of Theorem 5.3 on every history, A-CONC with [Cbar_t <= kappa_t] among them, although with
    probability at least 1/2 the empirical risk minimiser is not the exact update, in any round. *)
Theorem C34_learning_instance : forall T n : nat, (0 < T)%nat ->
  exists (pi0 : policy unit answer) (I : Type) (FI : FiniteType I) (pol : I -> policy unit answer)
         (learner : history (X := unit) (Y := answer) -> I),
    is_policy pi0 /\ (forall i, is_policy (pol i)) /\ minimises_empirical_loss 1 pol pi0 learner /\
    (forall h, extends n T [] h -> every_round pol pi0 learner
       (round_assumptions sole_prompt 1 pol (ln (4 / 3)) (/ card answer) (card answer)) h) /\
    1 / 2 <= PT sole_prompt pol pi0 n learner T
      (fun h => exists y, current pol pi0 learner h tt y <> iterate 1 pi0 T tt y).
Proof.
  intros T n hT. set (k := 2 * (INR n + 1)). assert (hn := pos_INR n).
  assert (hk : 2 <= k) by (unfold k; lra).
  exists (origin k), (bool * upto T)%type, _, (members k T), (stray_learner k T).
  split; [apply origin_policy, hk|]. split; [apply members_policy, hk|].
  split; [apply stray_learner_minimises, hk|]. split.
  - intros h hext. apply stray_assumptions; [exact hk|]. apply extends_length in hext. simpl in hext. lia.
  - eapply Rle_trans; [|apply stray_probability; assumption].
    rewrite <- pow_mult. assert (hr := rare_range k hk).
    eapply Rle_trans; [|apply Scalar.Basics.bernoulli; lra]. rewrite mult_INR. simpl (INR 2).
    assert (h : INR n * rare k <= 1 / 4); [|lra].
    unfold rare. apply (Rmult_le_reg_r (k ^ 2)); [apply pow_lt; lra|].
    rewrite Rmult_assoc, Rinv_l by (apply Rgt_not_eq, pow_lt; lra). unfold k. nra.
Qed.
