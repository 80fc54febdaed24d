(** * Theorem 5.3: the iteration

    C34 and C38.  [T] adaptive rounds: the data of a round are [n] independent pairs drawn from the
    current policy, which depends on all earlier data; the learner returns any empirical risk
    minimiser of the round, chosen from the whole history (ties are the adversary's).  The law of a
    history is an iterated expectation.  Local versions of C28-C33 are proved for the recurrence. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import FiniteSum FiniteSpace Policy Gibbs ConditionNumber GapToMass
  Concentrability Tails ZeroLoss OneStep.
Import ListNotations.
Open Scope R_scope.

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
    unfold s. set (w := sqrt (b ^ 2 + 4)) in *. replace (((b + w) / 2) ^ 2) with ((b ^ 2 + 2 * b * w + w ^ 2) / 4) by field.
    rewrite q. field. }
  change (kappa_star b) with (s ^ 2). assert (er : contraction b = b / (2 * s)).
  { unfold contraction, s. f_equal. field. }
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
    apply Rle_trans with (b * (v - s)); [nra|].
    replace (b / (2 * s) * (v ^ 2 - s ^ 2)) with (b * (v - s) * ((v + s) / (2 * s))) by (field; lra).
    rewrite <- (Rmult_1_r (b * (v - s))) at 1. apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    apply (Rmult_le_reg_r (2 * s)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma sqrt_add_le x y : 0 <= x -> 0 <= y -> sqrt (x + y) <= sqrt x + sqrt y.
Proof.
  intros hx hy. assert (p1 := sqrt_pos x). assert (p2 := sqrt_pos y).
  rewrite <- (sqrt_pow2 (sqrt x + sqrt y)) by lra. apply sqrt_le_1_alt.
  rewrite <- (pow2_sqrt x), <- (pow2_sqrt y) at 1 by assumption. nra.
Qed.

(** ** Adaptive rounds *)

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
    - apply En_ext; intros s _. rewrite (ih (s :: h)). ring.
    - rewrite En_plus, En_scal. ring.
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

  (** ** Theorem 5.3 *)

  Variables gamma c K delta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Hypothesis hn : (0 < n)%nat.
  Hypothesis hlearner : minimises_empirical_loss.

  (** The assumptions on one round with base [base] and output [next]: A-REAL, A-CONC with
      [Cbar <= kappa], A-TAIL with [K], A-MARGIN with [gamma], and the weak [c] on the output. *)
  Definition round_assumptions (base next : policy X Y) : Prop :=
    realizable beta base pol /\
    conc D base next <= kappa D base /\
    tail_constant D beta base next <= K /\
    has_margin gamma base /\
    (forall x, c <= Max (next x)).

  (** [eps_stat] with [log(T |Pi| / delta)]. *)
  Definition eps_rounds (T : nat) : R := eps_stat (card Y) K (INR T * card I) (INR n) delta.

  (** [b = (2 eps_stat + beta) / (gamma c)]. *)
  Definition slope (T : nat) : R := (2 * eps_rounds T + beta) / (gamma * c).

  (** [(2/gamma) (2 eps_stat + beta) (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)
  Definition failure_bound (T : nat) : R :=
    2 / gamma * (2 * eps_rounds T + beta) *
    (sqrt (kappa_star (slope T)) + sqrt (contraction (slope T) ^ (T - 1)) * sqrt (kappa D pi0)).

  (** A round is bad if its assumptions hold and the conclusion of C18 fails. *)
  Definition round_bad (T : nat) (base : policy X Y) (_ : list pair) (next : policy X Y) : Prop :=
    round_assumptions base next /\
    ~ J D base (comparator base) - J D base next
        <= 2 * sqrt (kappa D base) * eps_rounds T + beta * ln (kappa D base).

  Lemma eps_rounds_eq T : (0 < T)%nat ->
    eps_rounds T = eps_stat (card Y) K (card I) (INR n) (delta / INR T).
  Proof.
    intros hT. assert (0 < INR T) by (apply lt_0_INR; exact hT).
    unfold eps_rounds, eps_stat. replace (card I / (delta / INR T)) with (INR T * card I / delta) by (field; lra).
    reflexivity.
  Qed.

  Lemma round_bad_probability T h : (0 < T)%nat ->
    Prn n (coupled D (current h) (current h)) (fun s => round_bad T (current h) s (current (s :: h)))
      <= delta / INR T.
  Proof.
    intros hT. assert (hTpos : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    assert (hm := @card_ge_1 I FI). assert (hd : 0 < delta / INR T <= card I).
    { split; [apply Rdiv_lt_0_compat; lra|]. apply Rle_trans with 1; [|exact hm].
      apply (Rmult_le_reg_r (INR T)); [lra|]. unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    destruct (classic (realizable beta (current h) pol)) as [hreal|hreal].
    - assert (k := C18_balance D hD beta hbeta pol hpol (current h) (current_policy h) K n hn
        (delta / INR T) (kappa D (current h)) hd hreal).
      assert (e := Prn_not (coupled D (current h) (current h)) n (fun s => forall i,
        is_ERM (pair_loss beta (current h) pol) s i ->
        admissible D beta (current h) K (kappa D (current h)) (pol i) ->
        J D (current h) (comparator (current h)) - J D (current h) (pol i)
          <= gap_bound D beta (current h) K n (kappa D (current h)) (delta / INR T) (I := I)) (current_law h)).
      unfold pair_law in k. eapply Rle_trans; [|apply Req_le in e; eapply Rle_trans; [exact e|]]; [|lra].
      apply Prn_mono; [apply current_law|]. intros s _ [(_ & h1 & h2 & _ & _) hgap] hall. apply hgap.
      specialize (hall (learner (s :: h)) (hlearner s h) (conj h1 h2)).
      unfold gap_bound in hall. rewrite eps_rounds_eq by exact hT. simpl current at 2.
      eapply Rle_trans; [exact hall|]. right; ring.
    - unfold Prn. rewrite (En_ext _ n _ (fun _ => 0)).
      + rewrite En_const by apply current_law. lra.
      + intros s _. apply ind_false. intros [(hr & _) _]. contradiction.
  Qed.

  (** Along a history without bad rounds the condition numbers satisfy the recurrence of C27. *)
  Lemma round_kappa T base next : is_policy base -> is_policy next ->
    0 <= eps_rounds T -> round_assumptions base next ->
    J D base (comparator base) - J D base next
      <= 2 * sqrt (kappa D base) * eps_rounds T + beta * ln (kappa D base) ->
    kappa D next <= 1 + slope T * sqrt (kappa D base) /\
    own_failure D next (1 / 2) <= 2 / gamma * (2 * eps_rounds T + beta) * sqrt (kappa D base).
  Proof.
    intros hb hx he (_ & _ & _ & hm & hmax) hgap.
    assert (hk : 1 <= kappa D base) by (apply K01_range; assumption).
    assert (hln : ln (kappa D base) <= sqrt (kappa D base)) by (apply log_le_sqrt, hk).
    assert (hgap' : J D base (comparator base) - J D base next <= (2 * eps_rounds T + beta) * sqrt (kappa D base)).
    { eapply Rle_trans; [exact hgap|].
      assert (beta * ln (kappa D base) <= beta * sqrt (kappa D base)) by (apply Rmult_le_compat_l; lra). lra. }
    assert (hxd : forall x, is_dist (next x)) by (intros x; apply is_full_dist, hx).
    split.
    - eapply Rle_trans.
      + apply (C26_gap_form D hD base next c ((2 * eps_rounds T + beta) * sqrt (kappa D base) / gamma)); auto.
        eapply Rle_trans; [apply (C02_gap_to_mass D hD base next gamma); assumption|].
        apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hgamma|exact hgap'].
      + right. unfold slope. field. lra.
    - eapply Rle_trans; [apply (C20_own_mode D hD next base)|].
      replace (1 / 2) with (1 - 1 / 2) by lra.
      eapply Rle_trans; [apply (C03_lemma_C1 D hD base next gamma (1 / 2)); (assumption || lra)|].
      replace (2 / gamma * (2 * eps_rounds T + beta) * sqrt (kappa D base))
        with ((2 * eps_rounds T + beta) * sqrt (kappa D base) / (gamma * (1 / 2))) by (field; lra).
      apply Rmult_le_compat_r; [|exact hgap']. left; apply Rinv_0_lt_compat; lra.
  Qed.

  Lemma history_excess T h : 0 <= eps_rounds T -> every_round round_assumptions h -> ~ some_round (round_bad T) h ->
    Rmax (kappa D (current h) - kappa_star (slope T)) 0
      <= contraction (slope T) ^ length h * Rmax (kappa D pi0 - kappa_star (slope T)) 0.
  Proof.
    intros he. assert (hb : 0 <= slope T).
    { unfold slope. apply Rmult_le_pos; [lra|]. left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption. }
    induction h as [|s h ih]; intros hall hgood; [simpl; lra|].
    destruct hall as [hround hall]. apply not_or_and in hgood as [hgood hrest].
    specialize (ih hall hrest).
    assert (hk : 1 <= kappa D (current h)) by (apply K01_range; [exact hD|apply current_policy]).
    destruct (round_kappa T (current h) (current (s :: h))) as [hkappa _];
      try apply current_policy; try assumption.
    { apply NNPP. intros hne. apply hgood. split; assumption. }
    eapply Rle_trans; [apply (excess_step (slope T) (kappa D (current h))); [exact hb|lra|exact hkappa]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range, hb|exact ih].
  Qed.

  (** The deterministic half of Theorem 5.3: no bad round, hence a small failure. *)
  Lemma history_failure T h : (0 < T)%nat -> length h = T -> 0 <= eps_rounds T ->
    every_round round_assumptions h -> ~ some_round (round_bad T) h ->
    own_failure D (current h) (1 / 2) <= failure_bound T.
  Proof.
    intros hT hlen he hall hgood. destruct h as [|s h]; [simpl in hlen; lia|].
    destruct hall as [hround hall]. apply not_or_and in hgood as [hgood hrest].
    assert (hlen' : length h = (T - 1)%nat) by (simpl in hlen; lia).
    assert (hex := history_excess T h he hall hrest). rewrite hlen' in hex.
    destruct (round_kappa T (current h) (current (s :: h))) as [_ hfail];
      try apply current_policy; try assumption.
    { apply NNPP. intros hne. apply hgood. split; assumption. }
    eapply Rle_trans; [exact hfail|]. unfold failure_bound.
    assert (hb : 0 <= slope T).
    { unfold slope. apply Rmult_le_pos; [lra|]. left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption. }
    assert (hk0 : 1 <= kappa D pi0) by (apply K01_range; assumption).
    assert (hstar : 0 <= kappa_star (slope T)) by apply pow2_ge_0.
    assert (hrho : 0 <= contraction (slope T) ^ (T - 1)) by (apply pow_le, contraction_range, hb).
    apply Rmult_le_compat_l.
    { apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]. }
    apply Rle_trans with (sqrt (kappa_star (slope T) + contraction (slope T) ^ (T - 1) * kappa D pi0)).
    - apply sqrt_le_1_alt. generalize (Rmax_l (kappa D (current h) - kappa_star (slope T)) 0). intros hl.
      assert (contraction (slope T) ^ (T - 1) * Rmax (kappa D pi0 - kappa_star (slope T)) 0
              <= contraction (slope T) ^ (T - 1) * kappa D pi0); [|lra].
      apply Rmult_le_compat_l; [exact hrho|]. apply Rmax_lub; lra.
    - eapply Rle_trans; [apply sqrt_add_le; [exact hstar|apply Rmult_le_pos; lra]|].
      rewrite sqrt_mult_alt by exact hrho. lra.
  Qed.

  Lemma assumptions_K s h : every_round round_assumptions (s :: h) -> 1 <= K.
  Proof.
    intros [(_ & _ & hK & _) _]. eapply Rle_trans; [|exact hK].
    apply tail_constant_ge_1; [exact hD|lra|apply current_policy|apply current_policy].
  Qed.

  Lemma eps_rounds_nonneg T : 1 <= K -> 0 <= eps_rounds T.
  Proof.
    intros hK. apply eps_stat_nonneg; [apply card_ge_1|lra|].
    change 1 with (INR 1). apply le_INR. exact hn.
  Qed.

  (** C34 (Theorem 5.3): the probability that the assumptions hold in all [T] rounds and yet
      [P_x(max_y pi_T(y|x) <= 1/2) > (2/gamma)(2 eps_stat + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]
      is at most [delta]. *)
  Theorem C34_theorem_5_3 T : (0 < T)%nat ->
    PT T (fun h => every_round round_assumptions h /\
                   failure_bound T < own_failure D (current h) (1 / 2)) <= delta.
  Proof.
    intros hT. assert (hTpos : 0 < INR T) by (apply lt_0_INR; exact hT).
    apply Rle_trans with (PT T (some_round (round_bad T))).
    - apply PT_mono. intros h hext [hall hfail]. apply NNPP. intros hgood.
      assert (hlen := extends_length _ _ _ hext). simpl in hlen. rewrite Nat.add_0_r in hlen.
      assert (hK : 1 <= K).
      { destruct h as [|s h]; [simpl in hlen; lia|]. apply (assumptions_K s h hall). }
      assert (k := history_failure T h hT hlen (eps_rounds_nonneg T hK) hall hgood). lra.
    - eapply Rle_trans; [apply (C38_union_over_rounds (round_bad T) (delta / INR T))|].
      + intros h; apply round_bad_probability, hT.
      + right; field; lra.
  Qed.

  (** C34 (Theorem 5.3), assumptions on every history: with probability at least [1 - delta],
      [P_x(max_y pi_T(y|x) <= 1/2) <= (2/gamma)(2 eps_stat + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)]. *)
  Theorem C34_theorem_5_3_sure T : (0 < T)%nat ->
    (forall h, extends T [] h -> every_round round_assumptions h) ->
    1 - delta <= PT T (fun h => own_failure D (current h) (1 / 2) <= failure_bound T).
  Proof.
    intros hT hass. assert (h := C34_theorem_5_3 T hT).
    apply Rle_trans with (PT T (fun h => ~ (every_round round_assumptions h /\
                   failure_bound T < own_failure D (current h) (1 / 2)))).
    - rewrite PT_not. lra.
    - apply PT_mono. intros k hk hne. apply Rnot_lt_le. intros hlt. apply hne. split; [apply hass, hk|exact hlt].
  Qed.

End Rounds.
