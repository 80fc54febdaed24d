(** * D05: the ambiguous event

    Two responses a <> b at one prompt, one of them the key.  A sequence of draws that shows neither
    is equally likely under both keys and looks the same under both, log-probabilities included.  So on
    this event every guess errs with average probability at least one half.

    Serves D05 and D01 (the mode of the instance's policies). *)

From Coq Require Import Reals Lra List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics LowerBound.HardInstance LowerBound.Averages
  LowerBound.BinaryKeys.
Import ListNotations.
Open Scope R_scope.

Section Mode.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.

  (** D01: the mode of the policy of a key is the key, whatever [argmax] does with ties elsewhere. *)
  Theorem D01_policy_mode : forall (eta : R) (key : I -> K) (x : option I), 0 < eta ->
    mode (key_policy eta key) x = key_mode key x.
  Proof.
    intros eta key x he; unfold mode; apply NNPP; intro h.
    pose proof (argmax_ge (key_policy eta key x) (key_mode key x)) as hm.
    destruct x as [i |]; simpl in h, hm.
    - pose proof (D01_mode eta (key i) _ he h); simpl in hm; lra.
    - unfold dirac in hm at 1; rewrite ind_true in hm by reflexivity.
      unfold dirac at 1 in hm; rewrite ind_false in hm by exact h; lra.
  Qed.
End Mode.

Section Ambiguous.
  Context {K : Type} {FK : FiniteType K}.
  Notation M := (card K).

  (** Neither a nor b was drawn. *)
  Definition ambiguous (a b : K) (t : list K) : Prop := Forall (fun y => ~ (y = a \/ y = b)) t.

  (** The likelihood of independent draws under the key j. *)
  Definition likelihood (j : K) (t : list K) : R := fold_right (fun y l => key_law 1 j y * l) 1 t.

  (** What the learner sees of the draws: responses and their log-probabilities. *)
  Definition observed (j : K) (t : list K) : list (K * R) := map (fun y => (y, ln (key_law 1 j y))) t.

  Lemma ambiguous_law (a b y : K) : ~ (y = a \/ y = b) -> key_law 1 a y = key_law 1 b y.
  Proof. intro h; rewrite !key_law_off by tauto; reflexivity. Qed.

  (** D05, (86): on the ambiguous event both keys have the same likelihood. *)
  Theorem D05_equal_likelihoods : forall (a b : K) (t : list K), ambiguous a b t ->
    likelihood a t = likelihood b t /\ observed a t = observed b t.
  Proof.
    intros a b t h; unfold ambiguous in h.
    induction h as [| y t hy ht [IH1 IH2]]; [split; reflexivity |].
    unfold likelihood, observed in *; simpl.
    rewrite IH1, IH2, (ambiguous_law a b y hy); split; reflexivity.
  Qed.

  (** The likelihood is the probability of exactly these draws. *)
  Theorem D05_likelihood_law : forall (j : K) (t : list K),
    Prn (length t) (key_law 1 j) (fun s => s = t) = likelihood j t.
  Proof.
    intros j t; unfold Prn; induction t as [| y t IH]; [apply ind_true; reflexivity |].
    change (likelihood j (y :: t)) with (key_law 1 j y * likelihood j t); rewrite <- IH.
    cbn [length En]; unfold E.
    rewrite <- (Sum_pick (fun z => key_law 1 j z * En (length t) (key_law 1 j) (fun s => ind (s = t))) y).
    apply Sum_ext; intro z.
    rewrite (En_ext _ _ (fun s => ind (z :: s = y :: t)) (fun s => ind (z = y) * ind (s = t))).
    - rewrite En_scal; ring.
    - intros s _; rewrite <- ind_and; apply ind_iff; split.
      + intro e; injection e; auto.
      + intros [-> ->]; reflexivity.
  Qed.

  (** D05: whatever is guessed from the observations, a fair coin between the keys a and b makes the
      guess err on the ambiguous event with at least half of its probability. *)
  Theorem D05_guess_errs : forall (guess : list (K * R) -> K) (a b : K) (k : nat), a <> b ->
    1 / 2 * (1 - 3 / (M + 1)) ^ k <=
    1 / 2 * Prn k (key_law 1 a) (fun t => ambiguous a b t /\ guess (observed a t) <> a) +
    1 / 2 * Prn k (key_law 1 b) (fun t => ambiguous a b t /\ guess (observed b t) <> b).
  Proof.
    intros guess a b k hab.
    rewrite <- (D05_ambiguous_event a b k hab).
    assert (hb : Prn k (key_law 1 b) (fun t => ambiguous a b t /\ guess (observed b t) <> b) =
                 Prn k (key_law 1 a) (fun t => ambiguous a b t /\ guess (observed b t) <> b)).
    { unfold Prn, ambiguous.
      rewrite !(En_ext _ k (fun t => ind (_ /\ _)) (fun t => ind (Forall (fun y => ~ (y = a \/ y = b)) t) *
                 ind (guess (observed b t) <> b))) by (intros; apply ind_and).
      symmetry; apply En_agree; intros y hy; apply ambiguous_law, hy. }
    rewrite hb, <- Rmult_plus_distr_l; apply Rmult_le_compat_l; [lra |].
    unfold Prn; rewrite <- En_plus; apply En_le.
    - intro y; left; apply (D01_key_law 1 a ltac:(lra)).
    - intros t _; destruct (classic (ambiguous a b t)) as [h | h].
      + rewrite (ind_true (Forall _ t)) by exact h.
        destruct (D05_equal_likelihoods a b t h) as [_ e]; rewrite e.
        destruct (classic (guess (observed b t) = a)) as [-> | hg].
        * rewrite (ind_true (_ /\ a <> b)) by auto.
          pose proof (ind_nonneg (ambiguous a b t /\ a <> a)); lra.
        * rewrite (ind_true (_ /\ guess _ <> a)) by auto.
          pose proof (ind_nonneg (ambiguous a b t /\ guess (observed b t) <> b)); lra.
      + rewrite (ind_false (Forall _ t)) by exact h.
        apply Rplus_le_le_0_compat; apply ind_nonneg.
  Qed.
End Ambiguous.
