(** T rounds: their law, what they give, Theorem 5.3 for a finite class and for a finite net. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep.
Import ListNotations.
Open Scope R_scope.

(** * Adaptive rounds

    The law of a history of [T] rounds: the data of a round are [n] independent pairs drawn from the
    current policy, which depends on all earlier data; the learner chooses its output from the whole
    history.  The law is an iterated expectation.  C38: the union bound over rounds. *)

Section Rounds.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable D : X -> R.
  Variable beta : R.
  (** The class [Pi], indexed by a finite type, and the initial policy. *)
  Variable pol : I -> policy X Y.
  Variable pi0 : policy X Y.
  (** Pairs per round. *)
  Variable n : nat.

  Definition pair : Type := X * Y * Y.

  (** The data sets of the rounds played so far, newest first. *)
  Definition history := list (list pair).

  (** The learner: what it returns after a history. *)
  Variable learner : history -> I.

  (** [pi_t] after [t] rounds of data. *)
  Definition current (h : history) : policy X Y :=
    match h with [] => pi0 | _ :: _ => pol (learner h) end.

  (** The learner minimises the empirical loss of the round it has just seen. *)
  Definition minimises_empirical_loss : Prop :=
    forall (S : list pair) (h : history), is_ERM (pair_loss beta (current h) pol) S (learner (S :: h)).

  (** Expectation over [T] further rounds: [n] pairs from [D], [pi_t (x) pi_t], then the rest. *)
  Fixpoint ET (T : nat) (h : history) (F : history -> R) : R :=
    match T with
    | O => F h
    | S T' => En n (coupled D (current h) (current h)) (fun s => ET T' (s :: h) F)
    end.

  (** Probability over [T] rounds from the start. *)
  Definition PT (T : nat) (P : history -> Prop) : R := ET T [] (fun h => ind (P h)).

  (** [Q pi_t pi_{t+1}] holds in each round of the history. *)
  Fixpoint every_round (Q : policy X Y -> policy X Y -> Prop) (h : history) : Prop :=
    match h with
    | [] => True
    | _ :: h' => Q (current h') (current h) /\ every_round Q h'
    end.

  Hypothesis hD : is_dist D.
  Hypothesis hpol : forall i, is_policy (pol i).
  Hypothesis hpi0 : is_policy pi0.

  Lemma current_policy h : is_policy (current h).
  Proof. destruct h; [exact hpi0|apply hpol]. Qed.

  Lemma current_law h : is_dist (coupled D (current h) (current h)).
  Proof. apply pair_law_dist; [exact hD|apply current_policy]. Qed.

  (** A history of [T] rounds after [h], each with [n] pairs. *)
  Inductive extends : nat -> history -> history -> Prop :=
  | extends_now h : extends 0 h h
  | extends_later T h s h' : length s = n -> extends T (s :: h) h' -> extends (S T) h h'.

  Lemma ET_le T h (F G : history -> R) : (forall h', extends T h h' -> F h' <= G h') -> ET T h F <= ET T h G.
  Proof.
    revert h; induction T as [|T ih]; intros h hFG; simpl; [apply hFG; constructor|].
    apply En_le; [apply current_law|]. intros s hs. apply ih. intros h' he. apply hFG.
    apply extends_later with s; assumption.
  Qed.

  Lemma ET_const T h c : ET T h (fun _ => c) = c.
  Proof.
    revert h; induction T as [|T ih]; intros h; simpl; [reflexivity|].
    rewrite (En_ext _ n _ (fun _ => c)) by (intros; apply ih). apply En_const, current_law.
  Qed.

  Lemma ET_minus T h (F G : history -> R) : ET T h (fun k => F k - G k) = ET T h F - ET T h G.
  Proof.
    revert h; induction T as [|T ih]; intros h; simpl; [reflexivity|].
    transitivity (En n (coupled D (current h) (current h)) (fun s => ET T (s :: h) F + (-1) * ET T (s :: h) G)).
    - apply En_ext; intros s _. rewrite (ih (s :: h)). lra.
    - rewrite En_plus, En_scal. lra.
  Qed.

  Lemma PT_not T (P : history -> Prop) : PT T (fun h => ~ P h) = 1 - PT T P.
  Proof.
    unfold PT. rewrite <- (ET_const T [] 1) at 1. rewrite <- ET_minus.
    apply Rle_antisym; apply ET_le; intros; rewrite ind_not; lra.
  Qed.

  Lemma PT_mono T (P Q : history -> Prop) : (forall h, extends T [] h -> P h -> Q h) -> PT T P <= PT T Q.
  Proof. intros h; apply ET_le; intros k hk; apply ind_mono; auto. Qed.

  Lemma extends_length T h h' : extends T h h' -> length h' = (T + length h)%nat.
  Proof. induction 1; simpl in *; lia. Qed.

  (** ** Union over rounds *)

  (** Some round of the history is bad: [bad pi_t data pi_{t+1}]. *)
  Fixpoint some_round (bad : policy X Y -> list pair -> policy X Y -> Prop) (h : history) : Prop :=
    match h with
    | [] => False
    | s :: h' => bad (current h') s (current h) \/ some_round bad h'
    end.

  (** C38: if each round is bad with conditional probability at most [eta], then some round of [T]
      is bad with probability at most [T eta]. *)
  Theorem C38_union_over_rounds bad eta T :
    (forall h, Prn n (coupled D (current h) (current h)) (fun s => bad (current h) s (current (s :: h))) <= eta) ->
    PT T (some_round bad) <= INR T * eta.
  Proof.
    intros hbad. unfold PT.
    enough (k : forall T h, ET T h (fun k => ind (some_round bad k)) <= ind (some_round bad h) + INR T * eta).
    { eapply Rle_trans; [apply k|]. rewrite ind_false by (simpl; tauto). lra. }
    clear T. intros T; induction T as [|T ih]; intros h; [simpl; lra|]. simpl ET.
    apply Rle_trans with (En n (coupled D (current h) (current h))
      (fun s => ind (bad (current h) s (current (s :: h))) + (ind (some_round bad h) + INR T * eta))).
    - apply En_le; [apply current_law|]. intros s _. eapply Rle_trans; [apply ih|].
      assert (e := ind_or (bad (current h) s (current (s :: h))) (some_round bad h)).
      change (some_round bad (s :: h)) with (bad (current h) s (current (s :: h)) \/ some_round bad h). lra.
    - rewrite En_plus, En_const by apply current_law. specialize (hbad h). unfold Prn in hbad.
      rewrite S_INR. lra.
  Qed.

End Rounds.

(** * The iteration, for a given statistical error

    What [T] adaptive rounds give once each round satisfies the balance of C18 with an error [eps],
    except with probability [eta]: own failure (C34), base failure, the forgetting of C35 and C37.  The
    class may be infinite; [FiniteClass] and [FiniteNet] supply [eps].  The steps of C28-C33 that the
    proof needs are proved here for the recurrence with [a = 1]. *)

(** ** The scalar recurrence [k' <= 1 + b sqrt k] *)

(** [kappa* = ((b + sqrt(b^2 + 4)) / 2)^2]. *)
Definition kappa_star (b : R) : R := ((b + sqrt (b ^ 2 + 4)) / 2) ^ 2.

(** [rho = b / (b + sqrt(b^2 + 4))]. *)
Definition contraction (b : R) : R := b / (b + sqrt (b ^ 2 + 4)).

Lemma log_le_sqrt x : 1 <= x -> ln x <= sqrt x.
Proof.
  intros hx. set (u := sqrt (sqrt x)).
  assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra).
  assert (hu : 0 < u) by (apply sqrt_lt_R0; exact hs).
  assert (e1 : sqrt x = u * u) by (unfold u; rewrite sqrt_sqrt; lra).
  assert (e2 : x = (u * u) * (u * u)) by (rewrite <- e1, sqrt_sqrt; lra).
  rewrite e1. rewrite e2 at 1. rewrite !ln_mult by (repeat apply Rmult_lt_0_compat; exact hu).
  assert (h := ln_le_minus_1 u hu). generalize (pow2_ge_0 (u - 2)). nra.
Qed.

Lemma sqrt_disc_gt b : 0 <= b -> b < sqrt (b ^ 2 + 4).
Proof. intros hb. rewrite <- (sqrt_pow2 b hb) at 1. apply sqrt_lt_1_alt. generalize (pow2_ge_0 b). lra. Qed.

Lemma contraction_range b : 0 <= b -> 0 <= contraction b <= 1 / 2.
Proof.
  intros hb. assert (h := sqrt_disc_gt b hb). unfold contraction. split.
  - apply Rmult_le_pos; [exact hb|]. left; apply Rinv_0_lt_compat; lra.
  - apply (Rmult_le_reg_r (b + sqrt (b ^ 2 + 4))); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(** One step contracts the excess over [kappa*]. *)
Lemma excess_step b x y : 0 <= b -> 0 <= x -> y <= 1 + b * sqrt x ->
  Rmax (y - kappa_star b) 0 <= contraction b * Rmax (x - kappa_star b) 0.
Proof.
  intros hb hx hy. assert (hr := contraction_range b hb). assert (hd := sqrt_disc_gt b hb).
  set (s := (b + sqrt (b ^ 2 + 4)) / 2). assert (hs : 0 < s) by (unfold s; lra).
  assert (es : s ^ 2 = 1 + b * s).
  { assert (q : sqrt (b ^ 2 + 4) ^ 2 = b ^ 2 + 4) by (apply pow2_sqrt; generalize (pow2_ge_0 b); lra).
    unfold s. set (w := sqrt (b ^ 2 + 4)) in *.
    replace (((b + w) / 2) ^ 2) with ((b ^ 2 + 2 * b * w + w ^ 2) / 4) by lra.
    rewrite q. lra. }
  change (kappa_star b) with (s ^ 2). assert (er : contraction b = b / (2 * s)).
  { unfold contraction, s. f_equal. lra. }
  assert (hk : 0 <= contraction b * Rmax (x - s ^ 2) 0) by (apply Rmult_le_pos; [apply hr|apply Rmax_r]).
  apply Rmax_lub; [|exact hk].
  destruct (Rle_dec x (s ^ 2)) as [h|h].
  - apply Rle_trans with 0; [|exact hk].
    assert (sqrt x <= s) by (rewrite <- (sqrt_pow2 s) by lra; apply sqrt_le_1_alt; exact h).
    assert (b * sqrt x <= b * s) by (apply Rmult_le_compat_l; lra). lra.
  - apply Rle_trans with (contraction b * (x - s ^ 2)); [|apply Rmult_le_compat_l; [apply hr|apply Rmax_l]].
    rewrite er. assert (hsx : s <= sqrt x) by (rewrite <- (sqrt_pow2 s) by lra; apply sqrt_le_1_alt; lra).
    assert (ex : x = sqrt x ^ 2) by (rewrite pow2_sqrt; lra).
    set (v := sqrt x) in *. rewrite ex.
    apply Rle_trans with (b * (v - s)); [lra|].
    replace (b / (2 * s) * (v ^ 2 - s ^ 2)) with (b * (v - s) * ((v + s) / (2 * s))) by lra.
    rewrite <- (Rmult_1_r (b * (v - s))) at 1. apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    apply (Rmult_le_reg_r (2 * s)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma sqrt_add_le x y : 0 <= x -> 0 <= y -> sqrt (x + y) <= sqrt x + sqrt y.
Proof.
  intros hx hy. assert (p1 := sqrt_pos x). assert (p2 := sqrt_pos y).
  rewrite <- (sqrt_pow2 (sqrt x + sqrt y)) by lra. apply sqrt_le_1_alt.
  rewrite <- (pow2_sqrt x), <- (pow2_sqrt y) at 1 by assumption. nra.
Qed.

(** The root of what the excess leaves after [t] rounds. *)
Lemma sqrt_after_rounds b k0 k t : 0 <= b -> 0 <= k0 ->
  Rmax (k - kappa_star b) 0 <= contraction b ^ t * Rmax (k0 - kappa_star b) 0 ->
  sqrt k <= sqrt (kappa_star b) + sqrt (contraction b ^ t) * sqrt k0.
Proof.
  intros hb hk0 hex. assert (hstar : 0 <= kappa_star b) by apply pow2_ge_0.
  assert (hrho : 0 <= contraction b ^ t) by (apply pow_le, contraction_range, hb).
  apply Rle_trans with (sqrt (kappa_star b + contraction b ^ t * k0)).
  - apply sqrt_le_1_alt. generalize (Rmax_l (k - kappa_star b) 0). intros hl.
    assert (contraction b ^ t * Rmax (k0 - kappa_star b) 0 <= contraction b ^ t * k0); [|lra].
    apply Rmult_le_compat_l; [exact hrho|]. apply Rmax_lub; lra.
  - eapply Rle_trans; [apply sqrt_add_le; [exact hstar|apply Rmult_le_pos; lra]|].
    rewrite sqrt_mult_alt by exact hrho. lra.
Qed.

(** ** Rounds with a given error *)

Section Trajectory.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  (** The class [Pi], indexed by any type, and the initial policy. *)
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  (** Pairs per round. *)
  Variable n : nat.
  (** The learner: any selection of empirical risk minimisers. *)
  Variable learner : history (X := X) (Y := Y) -> I.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.

  Local Notation current := (Rounds.current pol pi0 learner).
  Local Notation every_round := (Rounds.every_round pol pi0 learner).
  Local Notation some_round := (Rounds.some_round pol pi0 learner).
  Local Notation PT := (Rounds.PT D pol pi0 n learner).
  Local Notation extends := (Rounds.extends n).

  Let current_policy : forall h, is_policy (current h) := current_policy pol pi0 learner hpol hpi0.
  Let current_law : forall h, is_dist (coupled D (current h) (current h)) :=
    current_law D pol pi0 learner hD hpol hpi0.

  Variables gamma c K eps eta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis heta : 0 <= eta.
  Hypothesis heps : 1 <= K -> 0 <= eps.

  (** C18 with error [eps]: in each realizable round, with probability [>= 1 - eta], for every ERM. *)
  Hypothesis hbalance : forall base, is_policy base -> realizable beta base pol ->
    1 - eta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K (kappa D base) (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound D beta base (kappa D base) eps).

  (** The assumptions on one round with base [base] and output [next]: A-REAL, A-CONC with
      [Cbar <= kappa], A-TAIL with [K], A-MARGIN with [gamma], and the weak [c] on the output. *)
  Definition round_assumptions (base next : policy X Y) : Prop :=
    realizable beta base pol /\
    conc D base next <= kappa D base /\
    tail_constant D beta base next <= K /\
    has_margin gamma base /\
    (forall x, c <= Max (next x)).

  (** [b = (2 eps + beta) / (gamma c)]. *)
  Definition slope : R := (2 * eps + beta) / (gamma * c).

  (** [(2/gamma) (2 eps + beta) (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)
  Definition failure_bound (T : nat) : R :=
    2 / gamma * (2 * eps + beta) *
    (sqrt (kappa_star slope) + sqrt (contraction slope ^ (T - 1)) * sqrt (kappa D pi0)).

  (** A round is bad if its assumptions hold and the conclusion of C18 fails. *)
  Definition round_bad (base : policy X Y) (_ : list (X * Y * Y)) (next : policy X Y) : Prop :=
    round_assumptions base next /\
    ~ J D base (comparator base) - J D base next
        <= 2 * sqrt (kappa D base) * eps + beta * ln (kappa D base).

  Lemma round_bad_probability h :
    Prn n (coupled D (current h) (current h)) (fun s => round_bad (current h) s (current (s :: h))) <= eta.
  Proof.
    destruct (classic (realizable beta (current h) pol)) as [hreal|hreal].
    - assert (k := hbalance (current h) (current_policy h) hreal). unfold pair_law in k.
      assert (e := Prn_not (coupled D (current h) (current h)) n (fun s => forall i,
        is_ERM (pair_loss beta (current h) pol) s i ->
        admissible D beta (current h) K (kappa D (current h)) (pol i) ->
        J D (current h) (comparator (current h)) - J D (current h) (pol i)
          <= gap_bound D beta (current h) (kappa D (current h)) eps) (current_law h)).
      eapply Rle_trans; [|apply Req_le in e; eapply Rle_trans; [exact e|]]; [|lra].
      apply Prn_mono; [apply current_law|]. intros s _ [(_ & h1 & h2 & _ & _) hgap] hall. apply hgap.
      specialize (hall (learner (s :: h)) (hlearner s h) (conj h1 h2)).
      unfold gap_bound in hall. simpl Rounds.current at 2.
      eapply Rle_trans; [exact hall|]. right; lra.
    - unfold Prn. rewrite (En_ext _ n _ (fun _ => 0)).
      + rewrite En_const by apply current_law. exact heta.
      + intros s _. apply ind_false. intros [(hr & _) _]. contradiction.
  Qed.

  (** A round that is not bad: mass at the old mode, the recurrence of C27, own failure. *)
  Lemma round_failure (base next : policy X Y) : is_policy base -> is_policy next -> has_margin gamma base ->
    J D base (comparator base) - J D base next
      <= 2 * sqrt (kappa D base) * eps + beta * ln (kappa D base) ->
    failure D next (mode base) (1 / 2) <=
      2 / gamma * (2 * sqrt (kappa D base) * eps + beta * ln (kappa D base)).
  Proof.
    intros hb hx hm hgap. replace (1 / 2) with (1 - 1 / 2) at 1 by lra.
    eapply Rle_trans; [apply (C03_lemma_C1 D hD base next gamma (1 / 2)); try (assumption || lra);
      intros x; apply is_full_dist, hx|].
    replace (2 / gamma * (2 * sqrt (kappa D base) * eps + beta * ln (kappa D base)))
      with ((2 * sqrt (kappa D base) * eps + beta * ln (kappa D base)) / (gamma * (1 / 2))) by (field; lra).
    apply Rmult_le_compat_r; [|exact hgap]. left; apply Rinv_0_lt_compat; lra.
  Qed.

  Lemma log_to_sqrt k : 1 <= k ->
    2 * sqrt k * eps + beta * ln k <= (2 * eps + beta) * sqrt k.
  Proof.
    intros hk. assert (beta * ln k <= beta * sqrt k) by (apply Rmult_le_compat_l; [lra|apply log_le_sqrt, hk]). lra.
  Qed.

  Lemma round_kappa (base next : policy X Y) : is_policy base -> is_policy next -> round_assumptions base next ->
    J D base (comparator base) - J D base next
      <= 2 * sqrt (kappa D base) * eps + beta * ln (kappa D base) ->
    kappa D next <= 1 + slope * sqrt (kappa D base) /\
    own_failure D next (1 / 2) <= 2 / gamma * (2 * eps + beta) * sqrt (kappa D base).
  Proof.
    intros hb hx (_ & _ & _ & hm & hmax) hgap.
    assert (hk : 1 <= kappa D base) by (apply K01_range; assumption).
    assert (hlog := log_to_sqrt (kappa D base) hk). split.
    - eapply Rle_trans.
      + apply (C26_gap_form D hD base next c ((2 * eps + beta) * sqrt (kappa D base) / gamma)); auto.
        eapply Rle_trans; [apply (C02_gap_to_mass D hD base next gamma); auto; intros x; apply is_full_dist, hx|].
        apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hgamma|lra].
      + right. unfold slope. field. lra.
    - eapply Rle_trans; [apply (C20_own_mode D hD next base)|].
      eapply Rle_trans; [apply (round_failure base next); assumption|].
      rewrite (Rmult_assoc (2 / gamma)). apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|exact hlog].
  Qed.

  Lemma slope_pos : 0 <= eps -> 0 < slope.
  Proof. intros he. apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; assumption]. Qed.

  Lemma current_kappa h : 1 <= kappa D (current h).
  Proof. apply K01_range; [exact hD|apply current_policy]. Qed.

  (** The gap of the newest round of a history without bad rounds. *)
  Lemma newest_gap s h : every_round round_assumptions (s :: h) -> ~ some_round (round_bad) (s :: h) ->
    round_assumptions (current h) (current (s :: h)) /\
    J D (current h) (comparator (current h)) - J D (current h) (current (s :: h))
      <= 2 * sqrt (kappa D (current h)) * eps + beta * ln (kappa D (current h)).
  Proof.
    intros [hround _] hgood. apply not_or_and in hgood as [hgood _]. split; [exact hround|].
    apply NNPP. intros hne. apply hgood. split; assumption.
  Qed.

  (** ** Deterministic consequences along a history without bad rounds *)

  Lemma history_step s h : every_round round_assumptions (s :: h) -> ~ some_round (round_bad) (s :: h) ->
    kappa D (current (s :: h)) <= 1 + slope * sqrt (kappa D (current h)) /\
    own_failure D (current (s :: h)) (1 / 2)
      <= 2 / gamma * (2 * eps + beta) * sqrt (kappa D (current h)).
  Proof.
    intros hall hgood. destruct (newest_gap s h hall hgood) as [hass hgap].
    exact (round_kappa (current h) (current (s :: h)) (current_policy h) (current_policy (s :: h)) hass hgap).
  Qed.

  (** C31 along the history. *)
  Lemma history_excess h : 0 <= eps -> every_round round_assumptions h -> ~ some_round (round_bad) h ->
    Rmax (kappa D (current h) - kappa_star slope) 0
      <= contraction slope ^ length h * Rmax (kappa D pi0 - kappa_star slope) 0.
  Proof.
    intros he. assert (hb := Rlt_le _ _ (slope_pos he)).
    induction h as [|s h ih]; intros hall hgood; [simpl; lra|].
    destruct (history_step s h hall hgood) as [hkappa _].
    destruct hall as [_ hall]. apply not_or_and in hgood as [_ hrest]. specialize (ih hall hrest).
    assert (hk := current_kappa h).
    eapply Rle_trans; [apply (excess_step slope (kappa D (current h))); [exact hb|lra|exact hkappa]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range, hb|exact ih].
  Qed.

  (** C37 along the history: [kappa_t <= (1 + b)^2 kappa_0^(2^-t)]. *)
  Lemma history_forgets h : 0 <= eps -> every_round round_assumptions h -> ~ some_round (round_bad) h ->
    kappa D (current h) <= (1 + slope) ^ 2 * Rpower (kappa D pi0) (/ 2 ^ length h).
  Proof.
    intros he. assert (hb := slope_pos he). set (b := slope) in *.
    assert (hk0 : 1 <= kappa D pi0) by (apply K01_range; assumption).
    induction h as [|s h ih]; intros hall hgood.
    - simpl length. rewrite pow_O, Rinv_1, Rpower_1 by lra. change (current []) with pi0. nra.
    - destruct (history_step s h hall hgood) as [hkappa _]. fold b in hkappa.
      destruct hall as [_ hall]. apply not_or_and in hgood as [_ hrest]. specialize (ih hall hrest).
      set (u := Rpower (kappa D pi0) (/ 2 ^ length h)) in *.
      assert (hu : 1 <= u).
      { rewrite <- (Rpower_O (kappa D pi0)) by lra. apply Rle_Rpower; [lra|].
        left; apply Rinv_0_lt_compat, pow_lt; lra. }
      assert (eu : Rpower (kappa D pi0) (/ 2 ^ length (s :: h)) = sqrt u).
      { rewrite <- Rpower_sqrt by lra. unfold u. rewrite Rpower_mult. f_equal. simpl.
        assert (0 < 2 ^ length h) by (apply pow_lt; lra). field. lra. }
      rewrite eu. assert (hsu : 1 <= sqrt u) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hu).
      assert (hroot : sqrt (kappa D (current h)) <= (1 + b) * sqrt u).
      { rewrite <- (sqrt_pow2 (1 + b)) by lra. rewrite <- sqrt_mult_alt by apply pow2_ge_0.
        apply sqrt_le_1_alt, ih. }
      eapply Rle_trans; [exact hkappa|].
      apply Rle_trans with (1 + b * ((1 + b) * sqrt u)); [apply Rplus_le_compat_l, Rmult_le_compat_l; lra|].
      assert (0 <= b * sqrt u) by (apply Rmult_le_pos; lra). lra.
  Qed.

  Lemma rate_pos : 0 <= eps -> 0 <= 2 / gamma * (2 * eps + beta).
  Proof. intros he. apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]. Qed.

  Lemma history_failure T h : (0 < T)%nat -> length h = T -> 0 <= eps ->
    every_round round_assumptions h -> ~ some_round (round_bad) h ->
    own_failure D (current h) (1 / 2) <= failure_bound T.
  Proof.
    intros hT hlen he hall hgood. destruct h as [|s h]; [simpl in hlen; lia|].
    destruct (history_step s h hall hgood) as [_ hfail].
    destruct hall as [_ hall]. apply not_or_and in hgood as [_ hrest].
    assert (hlen' : length h = (T - 1)%nat) by (simpl in hlen; lia).
    assert (hex := history_excess h he hall hrest). rewrite hlen' in hex.
    eapply Rle_trans; [exact hfail|]. unfold failure_bound.
    assert (hb := Rlt_le _ _ (slope_pos he)).
    assert (hk0 : 1 <= kappa D pi0) by (apply K01_range; assumption).
    apply Rmult_le_compat_l; [apply rate_pos, he|]. apply sqrt_after_rounds; lra.
  Qed.

  Lemma history_failure_forgets T h : (0 < T)%nat -> length h = T -> 0 <= eps ->
    every_round round_assumptions h -> ~ some_round (round_bad) h ->
    own_failure D (current h) (1 / 2)
      <= 2 / gamma * (2 * eps + beta) * ((1 + slope) * Rpower (kappa D pi0) (/ 2 ^ T)).
  Proof.
    intros hT hlen he hall hgood. destruct h as [|s h]; [simpl in hlen; lia|].
    destruct (history_step s h hall hgood) as [_ hfail].
    destruct hall as [_ hall]. apply not_or_and in hgood as [_ hrest].
    assert (hf := history_forgets h he hall hrest). assert (hb := slope_pos he).
    eapply Rle_trans; [exact hfail|]. apply Rmult_le_compat_l; [apply rate_pos, he|].
    apply Rle_trans with (sqrt ((1 + slope) ^ 2 * Rpower (kappa D pi0) (/ 2 ^ length h))); [apply sqrt_le_1_alt, hf|].
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by lra.
    rewrite <- Rpower_sqrt by apply exp_pos. rewrite Rpower_mult. right. f_equal. f_equal.
    rewrite <- hlen. simpl. assert (0 < 2 ^ length h) by (apply pow_lt; lra). field. lra.
  Qed.

  (** [sum_{t < T} 2 A_t] along a history, with the condition numbers that occurred. *)
  Fixpoint base_failure_bound (h : history (X := X) (Y := Y)) : R :=
    match h with
    | [] => 0
    | _ :: h' => 2 / gamma * (2 * sqrt (kappa D (current h')) * eps + beta * ln (kappa D (current h')))
                 + base_failure_bound h'
    end.

  (** A majority response is the mode. *)
  Lemma majority_mode (p : policy X Y) x y : is_policy p -> 1 / 2 < p x y -> mode p x = y.
  Proof.
    intros hp hy. apply mode_unique. intros z hz.
    generalize (dist_two_le_1 (p x) z y (is_full_dist _ (hp x)) hz). lra.
  Qed.

  Lemma history_base_failure h : h <> [] ->
    every_round round_assumptions h -> ~ some_round (round_bad) h ->
    failure D (current h) (mode pi0) (1 / 2) <= base_failure_bound h.
  Proof.
    induction h as [|s h ih]; intros hne hall hgood; [congruence|].
    destruct (newest_gap s h hall hgood) as [(hr & hcc & ht & hm & hmax) hgap].
    assert (hstep := round_failure (current h) (current (s :: h)) (current_policy h) (current_policy (s :: h)) hm hgap).
    destruct hall as [_ hall]. apply not_or_and in hgood as [_ hrest].
    change (base_failure_bound (s :: h)) with
      (2 / gamma * (2 * sqrt (kappa D (current h)) * eps + beta * ln (kappa D (current h)))
       + base_failure_bound h).
    destruct h as [|s' h'].
    - simpl base_failure_bound. change (current []) with pi0 in *. lra.
    - specialize (ih ltac:(discriminate) hall hrest). set (h := s' :: h') in *.
      apply Rle_trans with (failure D (current (s :: h)) (mode (current h)) (1 / 2)
                            + failure D (current h) (mode pi0) (1 / 2)); [|lra].
      eapply Rle_trans; [|apply Pr_or, hD]. apply Pr_mono; [apply hD|]. intros x hx.
      destruct (Rle_dec (current h x (mode pi0 x)) (1 / 2)) as [k|k]; [right; exact k|left].
      rewrite (majority_mode (current h) x (mode pi0 x) (current_policy h)) by lra. exact hx.
  Qed.

  (** ** The probability statements *)

  Lemma assumptions_K s h : every_round round_assumptions (s :: h) -> 1 <= K.
  Proof.
    intros [(_ & _ & hK & _) _]. eapply Rle_trans; [|exact hK].
    apply tail_constant_ge_1; [exact hD|lra|apply current_policy|apply current_policy].
  Qed.

  (** What follows from the absence of bad rounds fails with probability at most [T eta]. *)
  Theorem holds_without_bad_rounds T (P : history -> Prop) : (0 < T)%nat ->
    (forall h, length h = T -> 0 <= eps -> every_round round_assumptions h ->
               ~ some_round round_bad h -> P h) ->
    PT T (fun h => every_round round_assumptions h /\ ~ P h) <= INR T * eta.
  Proof.
    intros hT hP. apply Rle_trans with (PT T (some_round round_bad)).
    - apply (PT_mono D pol pi0 n learner hD hpol hpi0). intros h hext [hall hfail]. apply NNPP. intros hgood.
      assert (hlen := extends_length n _ _ _ hext). simpl in hlen. rewrite Nat.add_0_r in hlen.
      apply hfail, hP; auto. apply heps.
      destruct h as [|s h]; [simpl in hlen; lia|]. apply (assumptions_K s h hall).
    - apply (C38_union_over_rounds D pol pi0 n learner hD hpol hpi0 round_bad eta).
      intros h; apply round_bad_probability.
  Qed.

  (** Own failure after [T] rounds (C34), except with probability [T eta]. *)
  Theorem trajectory_failure T : (0 < T)%nat ->
    PT T (fun h => every_round round_assumptions h /\
                   ~ own_failure D (current h) (1 / 2) <= failure_bound T) <= INR T * eta.
  Proof. intros hT. apply holds_without_bad_rounds; [exact hT|]. intros; apply history_failure; assumption. Qed.

  (** The same with the assumptions on every history. *)
  Theorem trajectory_failure_sure T : (0 < T)%nat ->
    (forall h, extends T [] h -> every_round round_assumptions h) ->
    1 - INR T * eta <= PT T (fun h => own_failure D (current h) (1 / 2) <= failure_bound T).
  Proof.
    intros hT hass. assert (h := trajectory_failure T hT).
    apply Rle_trans with (PT T (fun h => ~ (every_round round_assumptions h /\
                   ~ own_failure D (current h) (1 / 2) <= failure_bound T))).
    - rewrite (PT_not D pol pi0 n learner hD hpol hpi0). lra.
    - apply (PT_mono D pol pi0 n learner hD hpol hpi0). intros k hk hne. apply NNPP. intros hlt.
      apply hne. split; [apply hass, hk|exact hlt].
  Qed.

  (** Base failure after [T] rounds is at most [sum_{t < T} 2 A_t]. *)
  Theorem trajectory_base_failure T : (0 < T)%nat ->
    PT T (fun h => every_round round_assumptions h /\
                   ~ failure D (current h) (mode pi0) (1 / 2) <= base_failure_bound h) <= INR T * eta.
  Proof.
    intros hT. apply holds_without_bad_rounds; [exact hT|]. intros h hlen he hall hgood.
    apply history_base_failure; auto. intros ->. simpl in hlen. lia.
  Qed.

  (** C35 (Corollary 5.7): for [T >= 1 + log kappa_0 / log(1/rho)] the initial policy is forgotten:
      [failure <= (2/gamma)(2 eps + beta)(sqrt kappa* + 1)]. *)
  Theorem trajectory_forgets_geometrically T : (0 < T)%nat ->
    1 + ln (kappa D pi0) / ln (1 / contraction slope) <= INR T ->
    PT T (fun h => every_round round_assumptions h /\
      ~ own_failure D (current h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * (sqrt (kappa_star slope) + 1)) <= INR T * eta.
  Proof.
    intros hT hrounds. apply holds_without_bad_rounds; [exact hT|]. intros h hlen he hall hgood.
    eapply Rle_trans; [apply (history_failure T h); assumption|]. unfold failure_bound.
    apply Rmult_le_compat_l; [apply rate_pos, he|]. apply Rplus_le_compat_l.
    assert (hb := slope_pos he). assert (hr := contraction_range slope (Rlt_le _ _ hb)).
    assert (hk0 : 1 <= kappa D pi0) by (apply K01_range; assumption).
    set (rho := contraction slope) in *.
    assert (hrho : 0 < rho).
    { unfold rho, contraction. apply Rdiv_lt_0_compat; [exact hb|].
      generalize (sqrt_disc_gt slope (Rlt_le _ _ hb)). lra. }
    rewrite <- sqrt_mult_alt by (apply pow_le; lra). rewrite <- sqrt_1. apply sqrt_le_1_alt.
    assert (hl : ln (1 / rho) = - ln rho) by (rewrite ln_div_pos, ln_1 by lra; ring).
    assert (hneg : ln rho < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
    assert (hT1 : INR (T - 1) = INR T - 1) by (rewrite minus_INR by lia; reflexivity).
    assert (hlog : ln (kappa D pi0) <= INR (T - 1) * - ln rho).
    { rewrite hT1. rewrite hl in hrounds.
      apply (Rmult_le_reg_r (/ - ln rho)); [apply Rinv_0_lt_compat; lra|].
      rewrite Rmult_assoc, Rinv_r, Rmult_1_r by lra. unfold Rdiv in hrounds. lra. }
    rewrite <- Rpower_pow by exact hrho. unfold Rpower.
    rewrite <- (exp_ln (kappa D pi0)) by lra. rewrite <- exp_plus. rewrite <- exp_0. apply exp_le. lra.
  Qed.

  (** C37 for policies: the initial condition number enters only through [kappa_0^(2^-T)]:
      [failure <= (2/gamma)(2 eps + beta)(1 + b) kappa_0^(2^-T)]. *)
  Theorem trajectory_forgets_doubly_exponentially T : (0 < T)%nat ->
    PT T (fun h => every_round round_assumptions h /\
      ~ own_failure D (current h) (1 / 2)
        <= 2 / gamma * (2 * eps + beta) * ((1 + slope) * Rpower (kappa D pi0) (/ 2 ^ T))) <= INR T * eta.
  Proof. intros hT. apply holds_without_bad_rounds; [exact hT|]. intros; apply history_failure_forgets; assumption. Qed.

End Trajectory.

(** * Theorem 5.3

    C34 for a finite class, with the corollaries C35 and C37 for policies and the bound on base failure:
    one theorem from the definitions to the probability statement, under A-REAL, A-CONC, A-TAIL,
    A-MARGIN and the weak [c] in every round.  The assumptions are part of the event, so they are asked
    only of the history that occurs. *)

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

(** * Theorem 6.2: the iteration for a class with a finite net

    F04, F05-F07 and F09 for policies.  The class may be infinite; it needs a finite net in the sup
    log-ratio metric at some resolution [e] (for linear softmax F01 and F02 give one).  The loss truncated by
    projection is Lipschitz in that metric, so the uniform bound replaces the union bound of C18, and
    Theorem 5.3 follows with the new statistical error. *)

(** Projection onto [-B, B]. *)
Definition clip (B x : R) : R := Rmax (- B) (Rmin B x).

Lemma clip_bounds B x : 0 <= B -> - B <= clip B x <= B.
Proof. intros hB. unfold clip. split; [apply Rmax_l|]. apply Rmax_lub; [lra|apply Rmin_l]. Qed.

Lemma clip_inside B x : Rabs x <= B -> clip B x = x.
Proof. intros h. apply Rabs_bounds in h. unfold clip. rewrite Rmin_right, Rmax_right; lra. Qed.

Lemma clip_contracts B x y : 0 <= B -> Rabs (clip B x - clip B y) <= Rabs (x - y).
Proof.
  intros hB. assert (h1 := Rle_abs (x - y)). assert (h2 := Rle_abs (- (x - y))). rewrite Rabs_Ropp in h2.
  apply Rabs_le. unfold clip, Rmax, Rmin.
  destruct (Rle_dec B x), (Rle_dec B y);
    repeat match goal with |- context [Rle_dec ?u ?v] => destruct (Rle_dec u v) end;
    lra.
Qed.

(** F04: the square of a projected difference moves by at most [4 B |a - a'|]. *)
Lemma projected_square B a a' u t : 0 <= B -> - B <= a <= B -> - B <= a' <= B -> - B <= u <= B ->
  Rabs (a - a') <= t -> Rabs ((a - u) ^ 2 - (a' - u) ^ 2) <= 4 * B * t.
Proof.
  intros hB ha ha' hu ht. replace ((a - u) ^ 2 - (a' - u) ^ 2) with ((a - a') * (a + a' - 2 * u)) by lra.
  rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat; try apply Rabs_pos; [apply Rabs_le; lra|exact ht].
Qed.

Section Net.
  Context {X Y I J : Type} {FX : FiniteType X} {FY : FiniteType Y} {FJ : FiniteType J}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  (** The net and its resolution in the sup log-ratio metric. *)
  Variable center : J -> policy X Y.
  Hypothesis hcenter : forall j, is_policy (center j).
  Variable e : R.
  Hypothesis he : 0 <= e.
  Hypothesis hnet : forall i, exists j, forall x y, Rabs (ln (pol i x y) - ln (center j x y)) <= e.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.
  Variable K : R.

  Let B : R := trunc_level (card Y) K (INR n).

  Section Round.
    Variable base : policy X Y.
    Hypothesis hbase : is_policy base.

    (** The loss truncated by projection. *)
    Definition projected_loss (pi : policy X Y) : X * Y * Y -> R := fun z => let '(x, y, y') := z in
      (clip B (Delta (implicit_reward beta base pi) x y y')
       - clip B (Delta (fun x y => ln (base x y)) x y y')) ^ 2.

    Lemma projected_range pi z : 0 <= B -> 0 <= projected_loss pi z <= 4 * B ^ 2.
    Proof.
      intros hB. destruct z as [[x y] y']. simpl projected_loss.
      set (a := Delta (implicit_reward beta base pi) x y y'). set (u := Delta _ x y y').
      split; [apply pow2_ge_0|]. assert (h1 := clip_bounds B a hB). assert (h2 := clip_bounds B u hB). nra.
    Qed.

    Lemma projected_zero i s : zero_on (pair_loss beta base pol) i s -> zero_on (fun i => projected_loss (pol i)) i s.
    Proof.
      apply Forall_impl. intros [[x y] y'] h. simpl in *.
      assert (eq : Delta (implicit_reward beta base (pol i)) x y y' = Delta (fun x y => ln (base x y)) x y y') by nra.
      rewrite eq. lra.
    Qed.

    Lemma truncated_le_projected i z : truncated_loss beta pol base K n i z <= projected_loss (pol i) z.
    Proof.
      destruct z as [[x y] y']. unfold truncated_loss, projected_loss, ind. destruct (decide _) as [[h1 h2]|h].
      - rewrite !clip_inside by assumption. lra.
      - rewrite Rmult_0_r. apply pow2_ge_0.
    Qed.

    (** F04 for policies: log-ratios within [e] give projected losses within [8 beta e B]. *)
    Theorem F04_projected_loss_policy pi rho z : 0 <= B -> is_policy pi -> is_policy rho ->
      (forall x y, Rabs (ln (pi x y) - ln (rho x y)) <= e) ->
      Rabs (projected_loss pi z - projected_loss rho z) <= 8 * beta * e * B.
    Proof.
      intros hB hp hr hclose. destruct z as [[x y] y']. unfold projected_loss.
      replace (8 * beta * e * B) with (4 * B * (2 * beta * e)) by lra.
      apply projected_square; [exact hB|apply clip_bounds, hB|apply clip_bounds, hB|apply clip_bounds, hB|].
      eapply Rle_trans; [apply clip_contracts, hB|]. unfold Delta, implicit_reward.
      rewrite !ln_div_pos by (apply hp || apply hr || apply hbase).
      assert (h1 := Rabs_bounds _ _ (hclose x y)). assert (h2 := Rabs_bounds _ _ (hclose x y')).
      apply Rabs_le. split; nra.
    Qed.

    (** [(13/5) 8 beta e B + (8/5) 4 B^2 log(|net|/delta)/n]. *)
    Definition net_risk (delta : R) : R :=
      13 / 5 * (8 * beta * e * B) + 8 / 5 * (4 * B ^ 2 * ln (card J / delta) / INR n).

    (** F05: the concentration event for a class with a net. *)
    Lemma net_concentration delta : 0 < delta -> 1 <= K ->
      1 - delta <= Prn n (pair_law D base) (concentrated D beta pol base K n (net_risk delta)).
    Proof.
      intros hd hK. assert (hB : 0 < B) by exact (B_pos K n hn hK).
      assert (hlaw := pair_law_dist D hD base hbase).
      eapply Rle_trans; [apply (F05_zero_loss_net (pair_law D base) hlaw (fun j => projected_loss (center j))
        (4 * B ^ 2) ltac:(nra) (fun j z => projected_range (center j) z (Rlt_le _ _ hB))
        (fun i => projected_loss (pol i)) (8 * beta * e * B) n delta hn hd)|].
      - intros i. destruct (hnet i) as (j & hj). exists j. intros z.
        apply F04_projected_loss_policy; [lra|apply hpol|apply hcenter|exact hj].
      - apply Prn_mono; [apply hlaw|]. intros s _ h i hz.
        eapply Rle_trans; [|apply (h i (projected_zero i s hz))].
        apply E_le; [apply hlaw|]. intros z; apply truncated_le_projected.
    Qed.

  End Round.

  (** F06: at the resolution [e = B/(beta n)] the bound is at most
      [B^2 (24 + (32/3) log(|net|/delta)) / n]. *)
  Theorem F06_resolution_policy delta : 1 <= K -> 0 < delta <= card J -> e = B / (beta * INR n) ->
    net_risk delta <= B ^ 2 * (24 + 32 / 3 * ln (card J / delta)) / INR n.
  Proof.
    intros hK hd hres. assert (hB : 0 < B) by exact (B_pos K n hn hK).
    assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn).
    assert (hl : 0 <= ln (card J / delta)).
    { apply ln_ge_0. apply (Rmult_le_reg_r delta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    unfold net_risk. rewrite hres.
    replace (13 / 5 * (8 * beta * (B / (beta * INR n)) * B) + 8 / 5 * (4 * B ^ 2 * ln (card J / delta) / INR n))
      with (B ^ 2 * (104 / 5 + 32 / 5 * ln (card J / delta)) / INR n) by (field; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hN|].
    apply Rmult_le_compat_l; [apply pow2_ge_0|lra].
  Qed.

  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable learner : history (X := X) (Y := Y) -> I.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.
  Variables gamma c delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  (** F07: the statistical error [sqrt(net_risk(delta/T)) + V4 n^(-1/2)]. *)
  Definition net_error : R := error_term (Y := Y) K n (net_risk (delta / INR T)).

  (** F09 (Theorem 6.2): Theorem 5.3 for every class with a finite net, with the error of F07.  The
      probability that the assumptions hold in all [T] rounds and yet
      [P_x(max_y pi_T <= 1/2) > (2/gamma)(2 eps + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] is at most
      [delta]. *)
  Theorem F09_theorem_6_2 :
    PT D pol pi0 n learner T (fun h =>
      every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= failure_bound D beta pi0 gamma c net_error T) <= delta.
  Proof.
    assert (hTpos : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    assert (hd : 0 < delta / INR T) by (apply Rdiv_lt_0_compat; lra).
    assert (total : INR T * (delta / INR T) = delta) by (field; lra). rewrite <- total.
    apply (trajectory_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K net_error
      (delta / INR T) hgamma hc (Rlt_le _ _ hd)); [|intros base hb hreal|exact hT].
    - intros _. apply error_term_nonneg, hn.
    - apply (balance_from_concentration D hD beta hbeta pol hpol base hb K n hn); [lra|exact hreal|].
      intros hK. apply net_concentration; assumption.
  Qed.

End Net.
