(** * Uniform bounds through a finite net

    C14 and F05 at the level of samples.  For losses in [0, b] the exponential moment method gives, with
    probability at least [1 - delta], [L <= (8/5)(L^ + b log(|J|/delta)/n)] for every member of a finite
    class ([e/(e-1) < 8/5]): smaller in both constants than the fixed point of Bernstein's inequality.
    Through a net of resolution [h] it bounds the risk of every zero-loss member of an infinite class. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space OneRound.ZeroLoss.
Import ListNotations.
Open Scope R_scope.

Lemma exp_neg_1_le : exp (- 1) <= 3 / 8.
Proof.
  assert (h : 8 / 3 <= exp 1).
  { assert (h := exp_ge_taylor 1 3 ltac:(lra)). unfold sum_f_R0 in h. simpl in h. lra. }
  replace (exp (- 1)) with (/ exp 1) by (rewrite <- exp_Ropp; f_equal; lra).
  replace (3 / 8) with (/ (8 / 3)) by field. apply Rinv_le_contravar; lra.
Qed.

(** The chord of [e^(-x)] on [0, 1], with [1 - 1/e >= 5/8]. *)
Lemma exp_chord x : 0 <= x <= 1 -> exp (- x) <= 1 - 5 / 8 * x.
Proof.
  intros hx. assert (h := power_concave x (exp (- 1)) hx (exp_pos _)). rewrite ln_exp in h.
  replace (x * - 1) with (- x) in h by ring.
  assert (x * exp (- 1) <= x * (3 / 8)) by (apply Rmult_le_compat_l; [lra|exact exp_neg_1_le]). lra.
Qed.

Section Deviation.
  Context {A : Type} {FA : FiniteType A}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.

  Lemma En_exp_sum n (g : A -> R) : En n p (fun s => exp (- sumL s g)) = E p (fun a => exp (- g a)) ^ n.
  Proof.
    induction n as [|n ih]; [simpl; rewrite Ropp_0; apply exp_0|].
    change (E p (fun a => En n p (fun s => exp (- sumL (a :: s) g)))
            = E p (fun a => exp (- g a)) * E p (fun a => exp (- g a)) ^ n).
    rewrite <- ih. rewrite <- E_scal_r. apply E_ext; intros a. rewrite <- En_scal.
    apply En_ext; intros s _. rewrite sumL_cons, <- exp_plus. f_equal; ring.
  Qed.

  (** Markov over samples. *)
  Lemma Prn_markov n (f : list A -> R) : (forall s, 0 <= f s) -> Prn n p (fun s => 1 <= f s) <= En n p f.
  Proof.
    intros hf. apply En_le; [apply hp|]. intros s _. unfold ind.
    destruct (decide (1 <= f s)); [assumption|apply hf].
  Qed.

  Context {J : Type} {FJ : FiniteType J}.
  Variable loss : J -> A -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  Hypothesis hloss : forall j z, 0 <= loss j z <= b.

  Lemma exponential_moment n j :
    En n p (fun s => exp (- sumL s (fun z => loss j z / b))) <= exp (- (INR n * (5 / 8 * (risk p loss j / b)))).
  Proof.
    rewrite En_exp_sum. apply Rle_trans with (exp (- (5 / 8 * (risk p loss j / b))) ^ n).
    - apply pow_incr. split; [apply E_nonneg; [apply hp|intros; left; apply exp_pos]|].
      apply Rle_trans with (1 - 5 / 8 * (risk p loss j / b));
        [|generalize (exp_ge_1_plus (- (5 / 8 * (risk p loss j / b)))); lra].
      apply Rle_trans with (E p (fun z => 1 - 5 / 8 / b * loss j z)).
      + apply E_le; [apply hp|]. intros z.
        replace (5 / 8 / b * loss j z) with (5 / 8 * (loss j z / b)) by (field; lra). apply exp_chord.
        destruct (hloss j z) as [h0 h1]. split.
        * apply Rmult_le_pos; [exact h0|left; apply Rinv_0_lt_compat, hb].
        * apply (Rmult_le_reg_r b); [exact hb|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
      + rewrite E_minus, E_scal, E_const by exact hp. unfold risk. right; field; lra.
    - right. induction n as [|n ih]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; reflexivity|].
      rewrite S_INR. simpl pow. rewrite ih, <- exp_plus. f_equal; ring.
  Qed.

  (** With probability [>= 1 - delta], [L <= (8/5)(L^ + b log(|J|/delta)/n)] for every member. *)
  Theorem C14_relative_deviation n delta : (0 < n)%nat -> 0 < delta ->
    1 - delta <= Prn n p (fun s => forall j,
      risk p loss j <= 8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n)).
  Proof.
    intros hn hd. assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn). assert (hc := @card_ge_1 J FJ).
    set (G := fun j s => risk p loss j <= 8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n)).
    assert (hbad : Prn n p (fun s => exists j, length s = n /\ ~ G j s) <= delta).
    { eapply Rle_trans; [apply Prn_exists, hp|].
      apply Rle_trans with (Sum (fun _ : J => delta / card J)); [|rewrite Sum_const; right; field; lra].
      apply Sum_le; intros j.
      set (f := fun s => delta / card J * exp (INR n * (5 / 8 * (risk p loss j / b))) *
                          exp (- sumL s (fun z => loss j z / b))).
      assert (hd' : 0 < delta / card J) by (apply Rdiv_lt_0_compat; lra).
      apply Rle_trans with (Prn n p (fun s => 1 <= f s)).
      - apply Prn_mono; [apply hp|]. intros s _ [hs hg]. unfold G in hg. apply Rnot_le_lt in hg.
        unfold f. rewrite <- (exp_ln (delta / card J)) by exact hd'. rewrite <- !exp_plus.
        rewrite <- exp_0 at 1. apply exp_le.
        assert (e1 : sumL s (fun z => loss j z / b) = INR n * empirical_loss loss s j / b).
        { unfold empirical_loss. rewrite hs. rewrite (sumL_ext s _ (fun z => / b * loss j z)) by (intros; unfold Rdiv; ring).
          rewrite sumL_scal. field; lra. }
        assert (e2 : ln (delta / card J) = - ln (card J / delta)) by (rewrite !ln_div_pos by lra; ring).
        rewrite e1, e2.
        assert (k : INR n / b * (5 / 8) * (8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n))
                    <= INR n / b * (5 / 8) * risk p loss j).
        { apply Rmult_le_compat_l; [|lra]. apply Rmult_le_pos; [|lra]. left; apply Rdiv_lt_0_compat; lra. }
        replace (INR n / b * (5 / 8) * (8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n)))
          with (INR n * empirical_loss loss s j / b + ln (card J / delta)) in k by (field; lra).
        replace (INR n * (5 / 8 * (risk p loss j / b))) with (INR n / b * (5 / 8) * risk p loss j) by (field; lra).
        lra.
      - eapply Rle_trans; [apply Prn_markov|].
        + intros s. unfold f. apply Rmult_le_pos; [apply Rmult_le_pos|]; left; (exact hd' || apply exp_pos).
        + unfold f. rewrite En_scal.
          apply Rle_trans with (delta / card J * exp (INR n * (5 / 8 * (risk p loss j / b))) *
                                exp (- (INR n * (5 / 8 * (risk p loss j / b))))).
          * apply Rmult_le_compat_l; [|apply exponential_moment].
            apply Rmult_le_pos; left; (exact hd' || apply exp_pos).
          * rewrite Rmult_assoc, <- exp_plus, Rplus_opp_r, exp_0. lra. }
    assert (e := Prn_not p n (fun s => exists j, length s = n /\ ~ G j s) hp).
    apply Rle_trans with (Prn n p (fun s => ~ exists j, length s = n /\ ~ G j s)); [lra|].
    apply Prn_mono; [apply hp|]. intros s hs hno j. apply NNPP. intros hne. apply hno. exists j. auto.
  Qed.

  (** F05 through a net: if each member of a class, of any size, is within [h] of some member of the net,
      then with probability [>= 1 - delta] each of its zero-loss members has
      [L <= (13/5) h + (8/5) b log(|J|/delta)/n]. *)
  Theorem F05_zero_loss_net {I : Type} (member : I -> A -> R) (h : R) n delta :
    (0 < n)%nat -> 0 < delta -> (forall i, exists j, forall z, Rabs (member i z - loss j z) <= h) ->
    1 - delta <= Prn n p (fun s => forall i, zero_on member i s ->
      E p (member i) <= 13 / 5 * h + 8 / 5 * (b * ln (card J / delta) / INR n)).
  Proof.
    intros hn hd hnet. assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn).
    eapply Rle_trans; [apply (C14_relative_deviation n delta hn hd)|].
    apply Prn_mono; [apply hp|]. intros s hs hall i hz. destruct (hnet i) as (j & hj). specialize (hall j).
    assert (emp : empirical_loss loss s j <= h).
    { unfold empirical_loss. rewrite hs. apply (Rmult_le_reg_r (INR n)); [exact hN|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
      rewrite <- hs, (Rmult_comm h), <- sumL_const. apply sumL_le. intros z hin.
      unfold zero_on in hz. rewrite Forall_forall in hz. specialize (hz z hin). specialize (hj z).
      rewrite hz in hj. generalize (Rle_abs (- (0 - loss j z))). rewrite Rabs_Ropp. lra. }
    assert (close : E p (member i) <= risk p loss j + h).
    { unfold risk. rewrite <- (E_const p h hp), <- E_plus. apply E_le; [apply hp|]. intros z.
      generalize (Rle_abs (member i z - loss j z)) (hj z). lra. }
    lra.
  Qed.

End Deviation.
