(** * Zero empirical loss

    C15: with probability at least [1 - delta] over [n] independent draws, every member of a finite
    class with zero empirical loss has risk at most [b log(|Pi|/delta)/n].  C13: under A-REAL every
    empirical risk minimiser of a round has zero loss on each sampled pair. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs.
Import ListNotations.
Open Scope R_scope.

Section ZeroLoss.
  Context {A I : Type} {FA : FiniteType A} {FI : FiniteType I}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable loss : I -> A -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  Hypothesis hloss : forall i z, 0 <= loss i z <= b.

  (** No sampled point has positive loss. *)
  Definition zero_on (i : I) (s : list A) : Prop := Forall (fun z => loss i z = 0) s.

  Definition risk (i : I) : R := E p (loss i).

  Lemma zero_probability i : Pr p (fun z => loss i z = 0) <= 1 - risk i / b.
  Proof.
    unfold Pr, risk. apply (Rmult_le_reg_l b); [exact hb|].
    replace (b * (1 - E p (loss i) / b)) with (b - E p (loss i)) by (field; lra).
    rewrite <- (E_const p b hp) at 2. rewrite <- E_minus, <- E_scal. apply E_le; [apply hp|]. intros z.
    destruct (hloss i z) as [h0 h1]. unfold ind. destruct (decide (loss i z = 0)) as [h|h]; lra.
  Qed.

  (** (36)-(37): [P(zero empirical loss) <= (1 - L/b)^n <= e^(-n L/b)]. *)
  Lemma zero_sample_probability n i : Prn n p (zero_on i) <= exp (- (INR n * (risk i / b))).
  Proof.
    unfold zero_on. rewrite Prn_forall.
    apply Rle_trans with (exp (- (risk i / b)) ^ n).
    - apply pow_incr. split; [apply Pr_range, hp|].
      eapply Rle_trans; [apply zero_probability|]. generalize (exp_ge_1_plus (- (risk i / b))); lra.
    - right. induction n as [|n ih]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; reflexivity|].
      rewrite S_INR. simpl pow. rewrite ih, <- exp_plus. f_equal; ring.
  Qed.

  (** C15, the exceptional event. *)
  Theorem C15_exceptional_event n delta : (0 < n)%nat -> 0 < delta ->
    Prn n p (fun s => exists i, zero_on i s /\ b * ln (card I / delta) / INR n < risk i) <= delta.
  Proof.
    intros hn hd. assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn). assert (hc := @card_ge_1 I FI).
    eapply Rle_trans; [apply Prn_exists, hp|].
    apply Rle_trans with (Sum (fun _ : I => delta / card I)); [|rewrite Sum_const; right; field; lra].
    apply Sum_le; intros i. set (tau := b * ln (card I / delta) / INR n).
    destruct (Rlt_dec tau (risk i)) as [h|h].
    - apply Rle_trans with (Prn n p (zero_on i)); [apply Prn_mono; [apply hp|]; tauto|].
      eapply Rle_trans; [apply zero_sample_probability|].
      replace (delta / card I) with (exp (- ln (card I / delta))).
      + apply exp_le. apply Ropp_le_contravar.
        replace (ln (card I / delta)) with (INR n * (tau / b)) by (unfold tau; field; lra).
        apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hb|lra].
      + rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra). field; lra.
    - left. apply Rle_lt_trans with 0; [|apply Rdiv_lt_0_compat; lra].
      unfold Prn. rewrite (En_ext p n _ (fun _ => 0)); [right; apply En_const, hp|].
      intros s _. apply ind_false. tauto.
  Qed.

  (** C15: with probability [>= 1 - delta], zero empirical loss implies [L <= b log(|Pi|/delta)/n]. *)
  Theorem C15_zero_loss_concentration n delta : (0 < n)%nat -> 0 < delta ->
    1 - delta <= Prn n p (fun s => forall i, zero_on i s -> risk i <= b * ln (card I / delta) / INR n).
  Proof.
    intros hn hd. assert (h := C15_exceptional_event n delta hn hd).
    assert (e := Prn_not p n
      (fun s => exists i, zero_on i s /\ b * ln (card I / delta) / INR n < risk i) hp).
    apply Rle_trans with
      (Prn n p (fun s => ~ exists i, zero_on i s /\ b * ln (card I / delta) / INR n < risk i)); [lra|].
    apply Prn_mono; [apply hp|]. intros s _ hs i hi. apply Rnot_lt_le; intros hlt. apply hs; exists i; auto.
  Qed.

End ZeroLoss.

(** ** Empirical risk minimisation *)

(** [L^(i) = (1/n) sum_k loss i z_k]. *)
Definition empirical_loss {A I : Type} (loss : I -> A -> R) (s : list A) (i : I) : R :=
  sumL s (loss i) / INR (length s).

(** A minimiser of the empirical loss over the class; ties are not resolved. *)
Definition is_ERM {A I : Type} (loss : I -> A -> R) (s : list A) (i : I) : Prop :=
  forall j, empirical_loss loss s i <= empirical_loss loss s j.

Lemma ERM_zero {A I : Type} (loss : I -> A -> R) (s : list A) (i j : I) :
  (forall k z, 0 <= loss k z) -> (forall z, loss j z = 0) -> is_ERM loss s i ->
  empirical_loss loss s i = 0 /\ zero_on loss i s.
Proof.
  intros hn hj h.
  destruct (Nat.eq_dec (length s) 0) as [h0|h0].
  { apply length_zero_iff_nil in h0. subst s. split; [|constructor].
    unfold empirical_loss; rewrite sumL_nil; unfold Rdiv; ring. }
  assert (hlen : 0 < INR (length s)) by (apply lt_0_INR; lia).
  assert (hs : sumL s (loss i) = 0).
  { apply Rle_antisym; [|apply sumL_nonneg; auto]. specialize (h j). unfold empirical_loss in h.
    rewrite (sumL_ext s (loss j) (fun _ => 0)), sumL_zero in h by auto.
    apply (Rmult_le_reg_r (/ INR (length s))); [apply Rinv_0_lt_compat, hlen|].
    unfold Rdiv in h. lra. }
  split; [unfold empirical_loss; rewrite hs; unfold Rdiv; ring|].
  apply Forall_forall. intros z hz. apply Rle_antisym; [|apply hn]. rewrite <- hs.
  apply sumL_term_le; auto.
Qed.

Section Round.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable beta : R.
  Variable base : policy X Y.
  Variable pol : I -> policy X Y.

  (** The square loss of a pair: [(Delta^{r^} - Delta^r)^2] with [r = log base]. *)
  Definition pair_loss (i : I) : X * Y * Y -> R := fun z => let '(x, y, y') := z in
    (Delta (implicit_reward beta base (pol i)) x y y' - Delta (fun x y => ln (base x y)) x y y') ^ 2.

  (** A-REAL for one round: the exact update lies in the class. *)
  Definition realizable : Prop := exists j, forall x y, pol j x y = self_update beta base x y.

  Lemma pair_loss_nonneg i z : 0 <= pair_loss i z.
  Proof. destruct z as [[x y] y']; apply pow2_ge_0. Qed.

  Lemma realizable_zero_loss : 0 < beta -> is_policy base -> realizable ->
    exists j, forall z, pair_loss j z = 0.
  Proof.
    intros hbeta hb (j & hj). exists j. intros [[x y] y']. simpl. unfold Delta, implicit_reward.
    rewrite !hj. unfold self_update.
    rewrite <- (S03_reward_difference beta (fun y => ln (base x y)) (base x) hbeta (hb x) y y'). ring.
  Qed.

  (** C13: under A-REAL every ERM has empirical loss [0], hence no loss on any sampled pair. *)
  Theorem C13_zero_empirical_loss s i : 0 < beta -> is_policy base -> realizable ->
    is_ERM pair_loss s i -> empirical_loss pair_loss s i = 0 /\ zero_on pair_loss i s.
  Proof.
    intros hbeta hb hr h. destruct (realizable_zero_loss hbeta hb hr) as (j & hj).
    apply (ERM_zero pair_loss s i j pair_loss_nonneg hj h).
  Qed.

End Round.
