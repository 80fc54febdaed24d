(** * Adaptive rounds

    The law of a history of [T] rounds: the data of a round are [n] independent pairs drawn from the
    current policy, which depends on all earlier data; the learner chooses its output from the whole
    history.  The law is an iterated expectation.  C38: the union bound over rounds. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  OneRound.ZeroLoss OneRound.OneStep.
Import ListNotations.
Open Scope R_scope.

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

End Rounds.
