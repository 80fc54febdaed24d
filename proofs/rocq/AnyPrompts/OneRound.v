(** * One round over any set of prompts

    The bounds of section 5 that do not look at how prompts are drawn, for any set [X] of prompts
    and any expectation over it ([AnyPrompts.Expectation]), responses finite: K01, K02, C02, C03, C08,
    C16, C26, and from them one round of the iteration, C27, on the event that the learner's reward
    differences have mean squared error at most [e^2].

    At one prompt they are the finite theorems; the mean over prompts needs positivity alone. *)

From Coq Require Import Reals Lra Lia List.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber
  Policy.GapToMass Policy.Concentrability OneRound.OneStep Iteration.Trajectory AnyPrompts.Expectation.
Open Scope R_scope.

Section Definitions.
  Context {X Y : Type} {FY : FiniteType Y}.
  Implicit Types base hat pi : policy X Y.

  (** [kappa(pi) = E_x [1 / max_y pi(y|x)]]. *)
  Definition mean_kappa (M : expectation X) pi : R := mean M (fun x => / Max (pi x)).

  (** The gap of the value at one prompt, [log base(y*|x) - E_{y ~ pi} log base(y|x)]. *)
  Definition value_gap base pi (x : X) : R := ln (Max (base x)) - E (pi x) (fun y => ln (base x y)).

  (** [E_{y ~ pi, y' ~ base} f] at one prompt. *)
  Definition pair_mean base pi (f : X -> Y -> Y -> R) (x : X) : R :=
    E (pi x) (fun y => E (base x) (fun y' => f x y y')).

  (** The concentrability at one prompt, [sum_y pi^2 / base]. *)
  Definition conc_at base pi (x : X) : R := Sum (fun y => pi x y ^ 2 / base x y).

  (** The error of the learned reward differences, [Delta^r - Delta^{r^}] for [r = log base] and
      [r^ = beta log (hat / base)]. *)
  Definition difference_error (beta : R) base hat : X -> Y -> Y -> R := fun x y y' =>
    Delta (fun x y => ln (base x y)) x y y' - Delta (implicit_reward beta base hat) x y y'.

End Definitions.

Section OnePrompt.
  (** A policy at one prompt is a policy over one prompt. *)
  Context {X Y : Type} {FY : FiniteType Y}.
  Implicit Types base hat pi : policy X Y.

  Let at_prompt (pi : policy X Y) (x : X) : policy unit Y := fun _ => pi x.
  Let sure : unit -> R := dirac tt.

  Lemma sure_dist : is_dist sure.
  Proof. apply dirac_dist. Qed.

  Lemma E_sure f : E sure f = f tt.
  Proof. apply E_dirac. Qed.

  Lemma gap_to_mass_at base pi gamma x : 0 < gamma -> has_margin gamma base -> is_dist (pi x) ->
    gamma * (1 - pi x (mode base x)) <= value_gap base pi x.
  Proof.
    intros hg hm hp.
    assert (h := C02_gap_to_mass sure sure_dist (at_prompt base x) (at_prompt pi x) gamma hg
                   (fun _ y => hm x y) (fun _ => hp)).
    unfold missed_mass, J, comparator in h. rewrite E1_point in h. unfold E1 in h. rewrite !E_sure in h.
    apply (Rmult_le_compat_l gamma) in h; [|lra].
    replace (gamma * ((ln (at_prompt base x tt (mode (at_prompt base x) tt)) -
      E (at_prompt pi x tt) (fun y => ln (at_prompt base x tt y))) / gamma))
      with (value_gap base pi x) in h; [exact h|].
    unfold value_gap, Max, at_prompt, mode. field. lra.
  Qed.

  Lemma pair_mean_le_at base pi f x : is_full (base x) -> is_dist (pi x) ->
    pair_mean base pi f x <=
      sqrt (conc_at base pi x) * sqrt (pair_mean base base (fun x y y' => f x y y' ^ 2) x).
  Proof.
    intros hb hp.
    assert (h := C08_lemma_C2 sure sure_dist (at_prompt base x) (at_prompt pi x) (fun _ => f x)
                   (fun _ => hb) (fun _ => hp)).
    unfold E2, conc in h. rewrite !E_sure in h. exact h.
  Qed.

  Lemma gap_decomposition_at base hat star beta x : 0 <= beta -> is_full (base x) -> is_full (hat x) ->
    is_dist (star x) ->
    E (star x) (fun y => ln (base x y)) - E (hat x) (fun y => ln (base x y)) <=
      pair_mean base star (fun x y y' => Rabs (difference_error beta base hat x y y')) x +
      pair_mean base hat (fun x y y' => Rabs (difference_error beta base hat x y y')) x +
      beta * kl (star x) (base x).
  Proof.
    intros hbeta hb hh hs.
    assert (h := C06_gap_decomposition sure sure_dist (at_prompt base x) (at_prompt hat x) (at_prompt star x) beta
                   hbeta (fun _ => hb) (fun _ => hh) (fun _ => hs)).
    unfold J, E1, reward_error, E2, KL in h. rewrite !E_sure in h. exact h.
  Qed.

  Lemma kl_comparator_at base x : kl (comparator base x) (base x) = ln (/ Max (base x)).
  Proof.
    unfold kl, comparator, point_policy. rewrite E_dirac. unfold dirac. rewrite ind_true by reflexivity.
    unfold Rdiv. rewrite Rmult_1_l. reflexivity.
  Qed.

  Lemma conc_comparator_at base x : conc_at base (comparator base) x = / Max (base x).
  Proof.
    change (/ Max (base x)) with (/ base x (mode base x)).
    rewrite <- (Sum_pick (fun y => / base x y) (mode base x)). apply Sum_ext; intros y.
    unfold comparator, point_policy, dirac. simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  Lemma conc_at_nonneg base pi x : is_full (base x) -> 0 <= conc_at base pi x.
  Proof.
    intros [hb _]. apply Sum_nonneg; intros y.
    apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, hb].
  Qed.

  Lemma pair_mean_nonneg base pi f x : is_full (base x) -> is_dist (pi x) -> (forall x y y', 0 <= f x y y') ->
    0 <= pair_mean base pi f x.
  Proof.
    intros hb hp h. apply E_nonneg; [apply hp|]. intros y. apply E_nonneg; [|intros; apply h].
    apply (is_full_dist _ hb).
  Qed.

End OnePrompt.

Section AnyPrompts.
  Context {X Y : Type} {FY : FiniteType Y} (M : expectation X).
  Implicit Types base hat pi : policy X Y.

  (** K01: [1 <= kappa(pi) <= N]. *)
  Theorem K01_range_any_prompts pi : is_policy pi -> integrable M (fun x => / Max (pi x)) ->
    1 <= mean_kappa M pi <= card Y.
  Proof.
    intros hp hi; split.
    - rewrite <- (mean_const M 1). apply mean_le; [apply integrable_const|exact hi|].
      intros x; apply inv_Max_ge_1, hp.
    - rewrite <- (mean_const M (card Y)). apply mean_le; [exact hi|apply integrable_const|].
      intros x; apply inv_Max_le_card, hp.
  Qed.

  (** K01: [kappa(pi) >= 1 / E_x max_y pi]. *)
  Theorem K01_mean_maximum_any_prompts pi : is_policy pi -> integrable M (fun x => / Max (pi x)) ->
    integrable M (fun x => Max (pi x)) -> / mean M (fun x => Max (pi x)) <= mean_kappa M pi.
  Proof.
    intros hp hi hm. apply mean_jensen_inv; [exact hm|exact hi|intros; apply Max_policy_pos, hp|].
    assert (hc := @card_ge_1 Y FY).
    apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; lra|].
    rewrite <- (mean_const M (/ card Y)). apply mean_le; [apply integrable_const|exact hm|]. intros x.
    assert (h := card_Max_ge_1 pi x hp). apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra.
  Qed.

  (** K02: a constant mode. *)
  Theorem K02_any_prompts pi m eta : 0 < m -> -1 < eta -> (forall x, Max (pi x) = (1 + eta) / m) ->
    mean_kappa M pi = m / (1 + eta).
  Proof.
    intros hm he h. unfold mean_kappa. rewrite <- (mean_const M (m / (1 + eta))).
    symmetry. apply mean_ext; [|apply integrable_const]. intros x. rewrite h. field; lra.
  Qed.

  Lemma integrable_missed base pi : integrable M (fun x => pi x (mode base x)) ->
    integrable M (fun x => 1 - pi x (mode base x)).
  Proof. apply (integrable_minus M (fun _ => 1)), integrable_const. Qed.

  (** C02: [E_x [1 - pi(y*|x)] <= (J(pistar) - J(pi)) / gamma]. *)
  Theorem C02_any_prompts base pi gamma : 0 < gamma -> has_margin gamma base -> (forall x, is_dist (pi x)) ->
    integrable M (fun x => pi x (mode base x)) -> integrable M (value_gap base pi) ->
    mean M (fun x => 1 - pi x (mode base x)) <= mean M (value_gap base pi) / gamma.
  Proof.
    intros hg hm hp hi hv. apply (Rmult_le_reg_l gamma); [exact hg|].
    replace (gamma * (mean M (value_gap base pi) / gamma)) with (mean M (value_gap base pi)) by (field; lra).
    assert (hi' := integrable_missed base pi hi).
    rewrite <- (mean_scal _ M) by exact hi'. apply mean_le; [apply integrable_scal, hi'|exact hv|].
    intros x. apply gap_to_mass_at; auto.
  Qed.

  (** C03 (Lemma C.1): [P_x (pi(y*|x) <= 1 - d) <= (J(pistar) - J(pi)) / (gamma d)]. *)
  Theorem C03_any_prompts base pi gamma d : 0 < gamma -> has_margin gamma base -> (forall x, is_dist (pi x)) -> 0 < d ->
    integrable M (fun x => pi x (mode base x)) -> integrable M (value_gap base pi) ->
    integrable M (fun x => ind (pi x (mode base x) <= 1 - d)) ->
    mean M (fun x => ind (pi x (mode base x) <= 1 - d)) <= mean M (value_gap base pi) / (gamma * d).
  Proof.
    intros hg hm hp hd hi hv hk.
    assert (e : forall x, ind (pi x (mode base x) <= 1 - d) = ind (d <= 1 - pi x (mode base x)))
      by (intros x; apply ind_iff; split; intros; lra).
    assert (hi' := integrable_missed base pi hi).
    rewrite (mean_ext M _ (fun x => ind (d <= 1 - pi x (mode base x))) e hk).
    eapply Rle_trans; [apply mean_markov; [exact hi'|apply (integrable_ext _ M _ _ e hk)| |exact hd]|].
    - intros x. generalize (dist_le_1 (pi x) (mode base x) (hp x)); lra.
    - replace (mean M (value_gap base pi) / (gamma * d)) with (mean M (value_gap base pi) / gamma / d) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hd|]. apply C02_any_prompts; assumption.
  Qed.

  (** C08 (Lemma C.2): [E_{pi,base} f <= sqrt C(pi) sqrt (E_{base,base} f^2)]. *)
  Theorem C08_any_prompts base pi f : is_policy base -> (forall x, is_dist (pi x)) ->
    integrable M (pair_mean base pi f) -> integrable M (conc_at base pi) ->
    integrable M (pair_mean base base (fun x y y' => f x y y' ^ 2)) ->
    mean M (pair_mean base pi f) <=
      sqrt (mean M (conc_at base pi)) * sqrt (mean M (pair_mean base base (fun x y y' => f x y y' ^ 2))).
  Proof.
    intros hb hp h1 h2 h3. apply mean_cauchy_schwarz; [assumption..| | |].
    - intros x; apply conc_at_nonneg, hb.
    - intros x; apply pair_mean_nonneg; [apply hb|apply is_full_dist, hb|]. intros; apply pow2_ge_0.
    - intros x; apply pair_mean_le_at; [apply hb|apply hp].
  Qed.

  (** C16: [KL(pistar || base) <= log kappa]. *)
  Theorem C16_any_prompts base : is_policy base -> integrable M (fun x => / Max (base x)) ->
    integrable M (fun x => kl (comparator base x) (base x)) ->
    mean M (fun x => kl (comparator base x) (base x)) <= ln (mean_kappa M base).
  Proof.
    intros hb hk hl. rewrite (mean_ext M _ (fun x => ln (/ Max (base x)))); [|apply kl_comparator_at|exact hl].
    apply mean_jensen_ln; [exact hk| |intros; apply Rinv_0_lt_compat, Max_policy_pos, hb|].
    - exact (integrable_ext _ M _ _ (kl_comparator_at base) hl).
    - generalize (K01_range_any_prompts base hb hk). unfold mean_kappa. lra.
  Qed.

  (** C26: [kappa(pi) <= 1 + E_x [1 - pi(y*|x)] / c] with the weak [c]. *)
  Theorem C26_any_prompts base pi c : is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
    integrable M (fun x => / Max (pi x)) -> integrable M (fun x => pi x (mode base x)) ->
    mean_kappa M pi <= 1 + mean M (fun x => 1 - pi x (mode base x)) / c.
  Proof.
    intros hp hc h hk hi.
    assert (hi' := integrable_missed base pi hi).
    replace (1 + mean M (fun x => 1 - pi x (mode base x)) / c)
      with (mean M (fun x => 1 + / c * (1 - pi x (mode base x)))).
    - apply mean_le; [exact hk|apply integrable_affine, hi'|].
      intros x. rewrite (Rmult_comm (/ c)). eapply Rle_trans.
      + apply (inverse_linear c); [exact hc|]. split; [apply h|apply Max_policy_le_1, hp].
      + apply Rplus_le_compat_l. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hc|].
        generalize (Max_ge (pi x) (mode base x)); lra.
    - rewrite mean_affine by exact hi'. unfold Rdiv; ring.
  Qed.

  (** What is asked of one round: the learned policy [hat] keeps the weak [c] and A-CONC, its reward
      differences are off by [e] in quadratic mean, and the quantities involved have a mean. *)
  Record any_round (beta c e : R) base hat : Prop := {
    round_weak : forall x, c <= Max (hat x);
    round_concentrability : mean M (conc_at base hat) <= mean_kappa M base;
    round_error : mean M (pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2)) <= e ^ 2;
    round_error_integrable :
      integrable M (pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2));
    round_mode_error_integrable :
      integrable M (pair_mean base (comparator base) (fun x y y' => Rabs (difference_error beta base hat x y y')));
    round_hat_error_integrable :
      integrable M (pair_mean base hat (fun x y y' => Rabs (difference_error beta base hat x y y')));
    round_concentrability_integrable : integrable M (conc_at base hat);
    round_divergence_integrable : integrable M (fun x => kl (comparator base x) (base x));
    round_gap_integrable : integrable M (value_gap base hat);
    round_mass_integrable : integrable M (fun x => hat x (mode base x));
    round_base_kappa_integrable : integrable M (fun x => / Max (base x));
    round_kappa_integrable : integrable M (fun x => / Max (hat x))
  }.

  (** C19: [J(pistar) - J(hat) <= (2 e + beta) sqrt kappa]. *)
  Theorem C19_any_prompts beta c e base hat : 0 <= beta -> 0 <= e -> is_policy base -> is_policy hat ->
    any_round beta c e base hat ->
    mean M (value_gap base hat) <= (2 * e + beta) * sqrt (mean_kappa M base).
  Proof.
    intros hbeta he hb hh H.
    destruct (K01_range_any_prompts base hb (round_base_kappa_integrable _ _ _ _ _ H)) as [hk1 _].
    assert (hkl : mean M (fun x => kl (comparator base x) (base x)) <= sqrt (mean_kappa M base)).
    { eapply Rle_trans; [apply C16_any_prompts; [exact hb|apply H|apply H]|apply log_le_sqrt, hk1]. }
    set (f := fun x y y' => Rabs (difference_error beta base hat x y y')).
    assert (hff : forall x, pair_mean base base (fun x y y' => difference_error beta base hat x y y' ^ 2) x =
                            pair_mean base base (fun x y y' => f x y y' ^ 2) x).
    { intros x. apply E_ext; intros y; apply E_ext; intros y'. unfold f. rewrite pow2_abs. reflexivity. }
    assert (hif : integrable M (pair_mean base base (fun x y y' => f x y y' ^ 2)))
      by exact (integrable_ext _ M _ _ hff (round_error_integrable _ _ _ _ _ H)).
    assert (hroot : sqrt (mean M (pair_mean base base (fun x y y' => f x y y' ^ 2))) <= e).
    { rewrite <- (sqrt_pow2 e he). apply sqrt_le_1_alt.
      rewrite <- (mean_ext M _ _ hff) by apply H. apply H. }
    assert (hd : forall x, is_dist (comparator base x)) by (intros x; apply dirac_dist).
    assert (hs1 : mean M (pair_mean base (comparator base) f) <= sqrt (mean_kappa M base) * e).
    { assert (hc : integrable M (conc_at base (comparator base))).
      { apply (integrable_ext _ M (fun x => / Max (base x))); [|apply H]. intros x; symmetry; apply conc_comparator_at. }
      eapply Rle_trans; [apply C08_any_prompts; [exact hb|exact hd|apply H|exact hc|exact hif]|].
      rewrite (mean_ext M _ _ (conc_comparator_at base) hc).
      apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos|right; reflexivity|exact hroot]. }
    assert (hs2 : mean M (pair_mean base hat f) <= sqrt (mean_kappa M base) * e).
    { eapply Rle_trans; [apply C08_any_prompts; [exact hb|intros x; apply is_full_dist, hh|apply H|apply H|exact hif]|].
      apply Rmult_le_compat; [apply sqrt_pos|apply sqrt_pos| |exact hroot].
      apply sqrt_le_1_alt, H. }
    assert (hdiv := round_divergence_integrable _ _ _ _ _ H).
    assert (i1 := round_mode_error_integrable _ _ _ _ _ H).
    assert (i2 := round_hat_error_integrable _ _ _ _ _ H).
    apply Rle_trans with (mean M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x +
                                           beta * kl (comparator base x) (base x))).
    - apply mean_le; [apply H| |].
      + apply (integrable_plus _ M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x));
          [apply integrable_plus; assumption|apply integrable_scal, hdiv].
      + intros x. assert (h := gap_decomposition_at base hat (comparator base) beta x hbeta (hb x) (hh x) (hd x)).
        unfold comparator at 1, point_policy in h. rewrite E_dirac in h. exact h.
    - rewrite (mean_plus _ M (fun x => pair_mean base (comparator base) f x + pair_mean base hat f x)),
        (mean_plus _ M (pair_mean base (comparator base) f)), mean_scal
        by (assumption || apply integrable_scal, hdiv || (apply integrable_plus; assumption)).
      assert (beta * mean M (fun x => kl (comparator base x) (base x)) <= beta * sqrt (mean_kappa M base))
        by (apply Rmult_le_compat_l; assumption).
      lra.
  Qed.

  (** C27: [kappa(hat) <= 1 + ((2 e + beta) / (gamma c)) sqrt kappa(base)]. *)
  Theorem C27_any_prompts beta gamma c e base hat : 0 <= beta -> 0 <= e -> 0 < gamma -> 0 < c ->
    is_policy base -> is_policy hat -> has_margin gamma base -> any_round beta c e base hat ->
    mean_kappa M hat <= 1 + (2 * e + beta) / (gamma * c) * sqrt (mean_kappa M base).
  Proof.
    intros hbeta he hg hc hb hh hm H.
    eapply Rle_trans; [apply (C26_any_prompts base hat c); [exact hh|exact hc|apply H|apply H|apply H]|].
    apply Rplus_le_compat_l.
    replace ((2 * e + beta) / (gamma * c) * sqrt (mean_kappa M base))
      with ((2 * e + beta) * sqrt (mean_kappa M base) / gamma / c) by (field; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hc|].
    eapply Rle_trans; [apply (C02_any_prompts base hat gamma); [exact hg|exact hm| |apply H|apply H]|].
    - intros x; apply is_full_dist, hh.
    - apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hg|]. apply (C19_any_prompts beta c); assumption.
  Qed.

End AnyPrompts.
