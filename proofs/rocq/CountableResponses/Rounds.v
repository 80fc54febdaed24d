(** * Rounds with countably many responses

    Theorem 5.3 on the event that every round is good (C19, C27, C31, C34), any set of prompts, responses the
    naturals.  Good means what it means for finitely many responses: the reward differences are off by e in
    quadratic mean, A-CONC and the weak c hold, and the quantities involved have a mean.  The probability of that
    event is not bounded here: the tails of Appendix C have the number of responses in them. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber OneRound.OneStep
  Iteration.Trajectory AnyPrompts.Expectation CountableResponses.Sums CountableResponses.Gibbs
  CountableResponses.SquareLoss CountableResponses.Iteration CountableResponses.RewardGap.
Open Scope R_scope.

Section Definitions.
  Context {X : Type}.
  Implicit Types base hat : X -> nat -> R.

  (** The gap of the value at a prompt, [ystar] the modes of [base]. *)
  Definition countable_gap (ystar : X -> nat) base hat (x : X) : R :=
    ln (base x (ystar x)) - mean_over (hat x) (fun y => ln (base x y)).

  (** [E_{y ~ p, y' ~ base} |Delta^r - Delta^{r^}|] at a prompt. *)
  Definition coupled_error_at (beta : R) base hat (p : X -> nat -> R) (x : X) : R :=
    pair_over (p x) (base x) (fun y y' => Rabs (error_difference beta (base x) (hat x) y y')).

  (** What is asked of one round from [base], with modes [ystar], to [hat], with modes [wstar]. *)
  Record countable_round (M : expectation X) (beta c e : R) (ystar wstar : X -> nat) base hat : Prop := {
    countable_weak : forall x, c <= hat x (wstar x);
    countable_concentrated : forall x, concentrated (hat x) (base x);
    countable_ratio_mean : forall x, has_mean (hat x) (fun y => ln (hat x y / base x y));
    countable_error_moment : forall x, second_moment (base x) (countable_error beta (base x) (hat x));
    countable_concentrability : mean M (fun x => concentrability (hat x) (base x)) <= countable_kappa M ystar base;
    countable_error_small : mean M (fun x => error_square beta (base x) (hat x)) <= e ^ 2;
    countable_error_integrable : integrable M (fun x => error_square beta (base x) (hat x));
    countable_mode_error_integrable : integrable M (coupled_error_at beta base hat (fun x y => ind (y = ystar x)));
    countable_hat_error_integrable : integrable M (coupled_error_at beta base hat hat);
    countable_concentrability_integrable : integrable M (fun x => concentrability (hat x) (base x));
    countable_divergence_integrable : integrable M (fun x => ln (/ base x (ystar x)));
    countable_gap_integrable : integrable M (countable_gap ystar base hat);
    countable_mass_integrable : integrable M (fun x => hat x (ystar x));
    countable_base_kappa_integrable : integrable M (inverse_mode ystar base);
    countable_kappa_integrable : integrable M (inverse_mode wstar hat)
  }.

End Definitions.

Arguments countable_concentrated {X M beta c e ystar wstar base hat}.
Arguments countable_ratio_mean {X M beta c e ystar wstar base hat}.
Arguments countable_error_moment {X M beta c e ystar wstar base hat}.
Arguments countable_base_kappa_integrable {X M beta c e ystar wstar base hat}.

Section OneRound.
  Context {X : Type} (M : expectation X).
  Variables (beta gamma c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R).
  Hypothesis hbeta : 0 <= beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hq : is_policy_law base.
  Hypothesis hh : is_policy_law hat.
  Hypothesis H : countable_round M beta c e ystar wstar base hat.

  Notation kappa := (countable_kappa M ystar base).

  Lemma kappa_at_least_1 (zstar : X -> nat) (pi : X -> nat -> R) : is_policy_law pi ->
    integrable M (inverse_mode zstar pi) -> 1 <= countable_kappa M zstar pi.
  Proof.
    intros hp hi. rewrite <- (mean_const M 1). apply mean_le; [apply integrable_const|exact hi|]. intros x. unfold inverse_mode.
    assert (h := proj1 (hp x) (zstar x)). assert (h1 := law_le_1 _ (zstar x) (full_law _ (hp x))).
    rewrite <- Rinv_1. apply Rinv_le_contravar; assumption.
  Qed.

  Let e2 : X -> R := fun x => error_square beta (base x) (hat x).

  Lemma root_error : sqrt (mean M e2) <= e.
  Proof. rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt, H. Qed.

  Lemma mode_mean_nonneg x : 0 <= / base x (ystar x).
  Proof. left. apply Rinv_0_lt_compat, hq. Qed.

  Lemma e2_nonneg x : 0 <= e2 x.
  Proof. exact (error_square_nonneg beta (base x) (hat x) (hq x) (countable_error_moment H x)). Qed.

  Lemma mean_mode_error : mean M (coupled_error_at beta base hat (fun x y => ind (y = ystar x))) <= sqrt kappa * e.
  Proof.
    apply Rle_trans with (sqrt kappa * sqrt (mean M e2)); [|apply Rmult_le_compat_l; [apply sqrt_pos|exact root_error]].
    apply (mean_cauchy_schwarz M _ (inverse_mode ystar base) e2); [apply H|apply H|apply H|exact mode_mean_nonneg|exact e2_nonneg|].
    intros x. apply prompt_mode_error; [apply hq|exact (countable_error_moment H x)].
  Qed.

  Lemma mean_hat_error : mean M (coupled_error_at beta base hat hat) <= sqrt kappa * e.
  Proof.
    apply Rle_trans with (sqrt (mean M (fun x => concentrability (hat x) (base x))) * sqrt (mean M e2)).
    - apply (mean_cauchy_schwarz M); [apply H|apply H|apply H| |exact e2_nonneg|].
      + intros x. apply (sum_nonneg (fun y => hat x y ^ 2 / base x y)); [|apply sum_value, (countable_concentrated H x)].
        intros y. apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hq].
      + intros x. apply prompt_hat_error; [apply hq|apply hh|exact (countable_concentrated H x)|exact (countable_error_moment H x)].
    - apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos|apply sqrt_le_1_alt, H|exact root_error].
  Qed.

  Lemma mean_divergence : mean M (fun x => ln (/ base x (ystar x))) <= sqrt kappa.
  Proof.
    assert (hk := kappa_at_least_1 ystar base hq (countable_base_kappa_integrable H)).
    eapply Rle_trans; [|apply log_le_sqrt, hk].
    apply (mean_jensen_ln M (inverse_mode ystar base)); [apply H|apply H| |fold kappa; lra].
    intros x. apply Rinv_0_lt_compat, hq.
  Qed.

  Lemma mean_gap : mean M (countable_gap ystar base hat) <= (2 * e + beta) * sqrt kappa.
  Proof.
    set (f := coupled_error_at beta base hat (fun x y => ind (y = ystar x))). set (g := coupled_error_at beta base hat hat).
    set (d := fun x => ln (/ base x (ystar x))).
    assert (i1 : integrable M f) by apply H. assert (i2 : integrable M g) by apply H. assert (i3 : integrable M d) by apply H.
    apply Rle_trans with (mean M (fun x => f x + g x + beta * d x)).
    - apply mean_le; [apply H| |].
      + apply (integrable_plus _ M (fun x => f x + g x)); [apply integrable_plus; assumption|apply integrable_scal, i3].
      + intros x. apply prompt_gap; [exact hbeta|apply hq|apply hh| | |].
        * exact (countable_concentrated H x).
        * exact (countable_ratio_mean H x).
        * exact (countable_error_moment H x).
    - rewrite (mean_plus _ M (fun x => f x + g x)), (mean_plus _ M f), mean_scal
        by (assumption || apply integrable_scal, i3 || (apply integrable_plus; assumption)).
      assert (k1 := mean_mode_error). assert (k2 := mean_hat_error).
      assert (k3 := Rmult_le_compat_l beta _ _ hbeta mean_divergence). fold f in k1. fold g in k2. fold d in k3. lra.
  Qed.

  (** C02: the mass that the modes of [base] lose. *)
  Lemma mean_missed : margin_at_least gamma ystar base -> (forall x, has_mean (hat x) (fun y => ln (base x y))) ->
    mean M (fun x => 1 - hat x (ystar x)) <= (2 * e + beta) * sqrt kappa / gamma.
  Proof.
    intros hm hl.
    assert (im : integrable M (fun x => 1 - hat x (ystar x))) by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
    apply Rle_trans with (mean M (fun x => / gamma * countable_gap ystar base hat x)).
    - apply mean_le; [exact im|apply integrable_scal, H|]. intros x. rewrite Rmult_comm.
      apply C02_gap_to_mass_countable; [exact hgamma|apply full_law, hh|apply hm|apply hl].
    - rewrite mean_scal by apply H. unfold Rdiv. rewrite Rmult_comm.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hgamma|exact mean_gap].
  Qed.
End OneRound.

(** C19: the mean value gap after a good round. *)
Theorem C19_countable (X : Type) (M : expectation X) (beta c e : R) (ystar wstar : X -> nat) (base hat : X -> nat -> R) :
  0 <= beta -> 0 <= e -> is_policy_law base -> is_policy_law hat -> countable_round M beta c e ystar wstar base hat ->
  mean M (countable_gap ystar base hat) <= (2 * e + beta) * sqrt (countable_kappa M ystar base).
Proof. intros hb he hq hh H. apply (mean_gap M beta c e ystar wstar); assumption. Qed.

(** The self-reward has a mean under the learned policy of a good round. *)
Lemma learned_log_mean {X : Type} (M : expectation X) beta c e ystar wstar (base hat : X -> nat -> R) : 0 < beta ->
  is_policy_law base -> is_policy_law hat -> countable_round M beta c e ystar wstar base hat ->
  forall x, has_mean (hat x) (fun y => ln (base x y)).
Proof.
  intros hb hq hh H x.
  assert (hd : has_mean (hat x) (countable_error beta (base x) (hat x))).
  { apply absolute_first; [apply full_law, hh|].
    apply (mean_transfer (hat x) (base x) (full_law _ (hh x)) (hq x) (countable_concentrated H x) _
             (fun y => countable_error beta (base x) (hat x) y ^ 2)); [intros; apply Rabs_pos| |exact (countable_error_moment H x)].
    intros y. rewrite pow2_abs. right. reflexivity. }
  apply (sum_exists _ (mean_over (hat x) (countable_error beta (base x) (hat x)) +
                       beta * mean_over (hat x) (fun y => ln (hat x y / base x y)))).
  apply (sum_ext (fun y => hat x y * countable_error beta (base x) (hat x) y + beta * (hat x y * ln (hat x y / base x y)))).
  - intros y. unfold countable_error. ring.
  - apply sum_plus; [apply sum_value, hd|apply sum_scal, sum_value, (countable_ratio_mean H x)].
Qed.

(** C27: the recurrence. *)
Theorem C27_countable (X : Type) (M : expectation X) (beta gamma c e : R) (ystar wstar : X -> nat)
    (base hat : X -> nat -> R) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e ->
  is_policy_law base -> is_policy_law hat -> margin_at_least gamma ystar base -> is_mode wstar hat ->
  countable_round M beta c e ystar wstar base hat ->
  countable_kappa M wstar hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (countable_kappa M ystar base).
Proof.
  intros hb hg hc he hq hh hm hw H. set (k := sqrt (countable_kappa M ystar base)).
  assert (im : integrable M (fun x => 1 - hat x (ystar x)))
    by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
  apply Rle_trans with (mean M (fun x => 1 + / c * (1 - hat x (ystar x)))).
  - apply mean_le; [apply H|apply integrable_affine, im|]. intros x. unfold inverse_mode.
    assert (h1 := law_le_1 _ (wstar x) (full_law _ (hh x))). assert (hwx := hw x (ystar x)).
    eapply Rle_trans; [apply (inverse_linear c); [exact hc|split; [apply H|exact h1]]|].
    apply Rplus_le_compat_l. unfold Rdiv. rewrite Rmult_comm.
    apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat, hc|lra].
  - rewrite mean_affine by exact im. apply Rplus_le_compat_l.
    assert (h := mean_missed M beta gamma c e ystar wstar base hat ltac:(lra) hg he hq hh H hm
                   (learned_log_mean M beta c e ystar wstar base hat hb hq hh H)). fold k in h.
    replace ((2 * e + beta) / (gamma * c) * k) with (/ c * ((2 * e + beta) * k / gamma)) by (field; lra).
    apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat, hc|exact h].
Qed.

Section Trajectory.
  Context {X : Type} (M : expectation X).
  Variables (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R) (ystar : nat -> X -> nat).
  Hypothesis hbeta : 0 < beta.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis he : 0 <= e.
  Hypothesis hT : (0 < T)%nat.
  Hypothesis hp : forall t, is_policy_law (p t).
  Hypothesis hy : forall t, is_mode (ystar t) (p t).
  Hypothesis hmargin : forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t).
  Hypothesis hround : forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t)).

  Let b : R := (2 * e + beta) / (gamma * c).
  Let kappa (t : nat) : R := countable_kappa M (ystar t) (p t).

  Lemma slope_positive : 0 < b.
  Proof. unfold b. apply Rdiv_lt_0_compat; [lra|]. apply Rmult_lt_0_compat; assumption. Qed.

  Lemma kappa_range t : (t < T)%nat -> 1 <= kappa t.
  Proof. intros h. apply kappa_at_least_1; [apply hp|apply (hround t h)]. Qed.

  Lemma kappa_excess t : (t <= T)%nat ->
    Rmax (kappa t - kappa_star b) 0 <= contraction b ^ t * Rmax (kappa O - kappa_star b) 0.
  Proof.
    assert (hb := slope_positive). induction t as [|t ih]; intros h; [simpl; lra|].
    assert (hk := kappa_range t ltac:(lia)).
    eapply Rle_trans; [apply (excess_step b (kappa t));
      [lra|lra|apply (C27_countable X M beta gamma c e); auto; apply hmargin; lia]|].
    simpl pow. rewrite Rmult_assoc. apply Rmult_le_compat_l; [apply contraction_range; lra|apply ih; lia].
  Qed.

  Lemma trajectory_kappa : kappa T <= kappa_star b + contraction b ^ T * Rmax (kappa O - kappa_star b) 0.
  Proof. generalize (kappa_excess T ltac:(lia)), (Rmax_l (kappa T - kappa_star b) 0). lra. Qed.

  Lemma trajectory_failure :
    integrable M (fun x => ind (p T x (ystar T x) <= 1 / 2)) ->
    mean M (fun x => ind (p T x (ystar T x) <= 1 / 2)) <=
      2 / gamma * (2 * e + beta) * (sqrt (kappa_star b) + sqrt (contraction b ^ (T - 1)) * sqrt (kappa O)).
  Proof.
    intros i2. assert (hb := slope_positive).
    set (t := (T - 1)%nat) in *. assert (ht : (t < T)%nat) by (unfold t; lia).
    assert (eT : T = S t) by (unfold t; lia).
    assert (H := hround t ht). rewrite <- eT in H.
    assert (hk := kappa_range t ht). assert (hk0 := kappa_range 0 hT). assert (hex := kappa_excess t ltac:(lia)).
    assert (im : integrable M (fun x => 1 - p T x (ystar t x)))
      by (apply (integrable_minus M (fun _ => 1)); [apply integrable_const|apply H]).
    apply Rle_trans with (mean M (fun x => 2 * (1 - p T x (ystar t x)))).
    - apply mean_le; [exact i2|apply integrable_scal, im|]. intros x.
      assert (h1 := law_le_1 _ (ystar t x) (full_law _ (hp T x))). assert (hyx := hy T x (ystar t x)).
      unfold ind. destruct (decide _) as [k|_]; lra.
    - rewrite mean_scal by exact im.
      assert (h := mean_missed M beta gamma c e (ystar t) (ystar T) (p t) (p T) ltac:(lra) hgamma he (hp t) (hp T) H (hmargin t ht)
                     (learned_log_mean M beta c e (ystar t) (ystar T) (p t) (p T) hbeta (hp t) (hp T) H)).
      fold (kappa t) in h.
      apply Rle_trans with (2 / gamma * (2 * e + beta) * sqrt (kappa t)).
      + replace (2 / gamma * (2 * e + beta) * sqrt (kappa t)) with (2 * ((2 * e + beta) * sqrt (kappa t) / gamma)) by (field; lra).
        lra.
      + apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
        apply sqrt_after_rounds; lra.
  Qed.
End Trajectory.

(** C31: the condition number after T good rounds. *)
Theorem C31_countable (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e -> (0 < T)%nat ->
  (forall t, is_policy_law (p t)) -> (forall t, is_mode (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  countable_kappa M (ystar T) (p T) <=
  kappa_star ((2 * e + beta) / (gamma * c)) +
  contraction ((2 * e + beta) / (gamma * c)) ^ T *
  Rmax (countable_kappa M (ystar 0%nat) (p 0%nat) - kappa_star ((2 * e + beta) / (gamma * c))) 0.
Proof. intros; apply trajectory_kappa; assumption. Qed.

(** C34: failure after T good rounds. *)
Theorem C34_countable (X : Type) (M : expectation X) (beta gamma c e : R) (T : nat) (p : nat -> X -> nat -> R)
    (ystar : nat -> X -> nat) : 0 < beta -> 0 < gamma -> 0 < c -> 0 <= e -> (0 < T)%nat ->
  (forall t, is_policy_law (p t)) -> (forall t, is_mode (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> margin_at_least gamma (ystar t) (p t)) ->
  (forall t, (t < T)%nat -> countable_round M beta c e (ystar t) (ystar (S t)) (p t) (p (S t))) ->
  integrable M (fun x => ind (p T x (ystar T x) <= 1 / 2)) ->
  mean M (fun x => ind (p T x (ystar T x) <= 1 / 2)) <=
  2 / gamma * (2 * e + beta) *
  (sqrt (kappa_star ((2 * e + beta) / (gamma * c))) +
   sqrt (contraction ((2 * e + beta) / (gamma * c)) ^ (T - 1)) * sqrt (countable_kappa M (ystar 0%nat) (p 0%nat))).
Proof. intros; apply trajectory_failure; assumption. Qed.
