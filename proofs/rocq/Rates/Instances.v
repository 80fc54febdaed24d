(** Instances with numbers: Theorem 6.2, exact recovery, the rates. *)

From Coq Require Import Reals Lra Lia List ZArith.
From SRVerify Require Import Scalar.Enclosures.
From SRVerify Require Import Scalar.LambertInversion Finite.Space Policy.Definitions Policy.Update
  OneRound.Concentration OneRound.OneStep Iteration.Rounds Iteration.Learners Linear.SoftmaxClass
  Linear.FixedRadius Linear.ExactRounds Rates.FiniteClass Rates.Linear.
Import ListNotations.
Open Scope R_scope.

(** * An instance of Theorem 6.2

    Two prompts with one feature each, three responses, the lazy learner: every hypothesis of Theorem 6.2
    holds, the bound is far below one, and the learner does not always return the exact update. *)

Section Instance.
  Let D := fun _ : bool => 1 / 2.
  Let target : option bool := Some true.
  Let beta := 1 / 1000.
  Let radius := 10 ^ 6.
  Let phi := prompt_features (X := bool) target.
  Let pi0 := softmax phi (fun _ : bool => 1 / 2).

  Lemma instance_law : is_dist D.
  Proof. split; [intros; unfold D; lra|]. unfold Sum, D, sumL. simpl. lra. Qed.

  Lemma instance_responses : card (option bool) = 3.
  Proof. unfold card. simpl. lra. Qed.

  Lemma instance_dimension : card bool = 2.
  Proof. unfold card. simpl. lra. Qed.

  (** The initial policy gives its mode less than one half. *)
  Lemma instance_initial_mass x y : pi0 x y <= 1 / 2.
  Proof.
    set (theta := fun _ : bool => 1 / 2).
    assert (hs : forall z, dot theta (phi x z) = ind (z = target) * (1 / 2)) by (intros z; exact (score_prompt target theta x z)).
    assert (he1 : 1 < exp (1 / 2)) by compute_bounds. assert (he2 : exp (1 / 2) < 2) by compute_bounds.
    assert (sum : Sum (fun z => exp (dot theta (phi x z))) = exp (1 / 2) + 2).
    { rewrite (Sum_ext _ (fun z => exp (ind (z = target) * (1 / 2)))) by (intros; rewrite hs; reflexivity).
      unfold Sum, target, sumL. simpl. rewrite (ind_true (Some true = Some true)) by reflexivity.
      rewrite (ind_false (None = Some true)), (ind_false (Some false = Some true)) by discriminate.
      rewrite Rmult_0_l, exp_0, Rmult_1_l. lra. }
    assert (num : exp (dot theta (phi x y)) <= exp (1 / 2)).
    { apply exp_le. rewrite hs. assert (h := ind_range (y = target)). lra. }
    unfold pi0, softmax. fold theta. rewrite sum. apply (Rmult_le_reg_r (exp (1 / 2) + 2)); [lra|].
    unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra. lra.
  Qed.

  Lemma instance_initial_failure : own_failure D pi0 (1 / 2) = 1.
  Proof.
    unfold own_failure, Pr. rewrite (E_ext D _ (fun _ => 1)) by (intros; apply ind_true, instance_initial_mass).
    apply E_const, instance_law.
  Qed.

  Lemma instance_radius : alpha beta 2 * norm (fun _ : bool => 1 / 2) <= radius.
  Proof.
    assert (hn : norm (fun _ : bool => 1 / 2) <= 4 / 5).
    { unfold norm, dot, Sum, sumL. simpl. compute_bounds. }
    assert (ha : alpha beta 2 = 1002001) by (unfold alpha, beta; lra). rewrite ha. unfold radius. lra.
  Qed.

  Lemma instance_error : 1 / 1000 <= linear_error 3 3 2 radius 1 beta (10 ^ 12) (1 / 20 / 2) <= 8 / 5000.
  Proof. unfold linear_error, linear_risk, trunc_level, V4, M4, radius, beta. split; compute_bounds. Qed.

  Lemma instance_bound n : INR n = 10 ^ 12 ->
    failure_bound D beta pi0 (1 / 2) (1 / 3) (linear_error 3 3 2 radius 1 beta (INR n) (1 / 20 / 2)) 2 <= 1 / 40.
  Proof.
    intros ->. assert (he := instance_error). set (e := linear_error 3 3 2 radius 1 beta (10 ^ 12) (1 / 20 / 2)) in *.
    assert (hk := K01_range D instance_law pi0 (softmax_policy phi _)). rewrite instance_responses in hk.
    unfold failure_bound, kappa_star, contraction, slope, beta. change (2 - 1)%nat with 1%nat. rewrite pow_1.
    set (k := kappa D pi0) in *. destruct hk as [hk1 hk2]. clearbody e k. compute_bounds.
  Qed.

  Theorem F09_theorem_6_2_instance : Theorem_6_2_instance.
  Proof.
    assert (hn : exists n, INR n = 10 ^ 12).
    { exists (Z.to_nat 1000000000000). rewrite INR_IZR_INZ, Z2Nat.id by lia. lra. }
    destruct hn as (n & hn). assert (hpos : (0 < n)%nat) by (apply INR_lt; simpl; lra).
    assert (hb : 0 < beta <= 1) by (unfold beta; lra). assert (hr : 0 <= radius) by (unfold radius; lra).
    set (learner := lazy_learner (X := bool) target beta (1 / 2) radius hr).
    assert (hmin := lazy_learner_minimises (X := bool) target beta (1 / 2) radius hb ltac:(lra) hr).
    assert (hass : forall h, extends n 2 [] h -> every_round (linear_class phi radius) pi0 learner
      (round_assumptions D beta (linear_class phi radius) (1 / 2) (1 / 3) 3) h).
    { intros h hext. assert (hlen := extends_length n _ _ _ hext). simpl in hlen.
      assert (k := F09_lazy_learner_assumptions D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2
        instance_radius h ltac:(rewrite hlen; lia)).
      rewrite instance_responses in k. replace (/ 3) with (1 / 3) in k by lra. exact k. }
    exists n, learner. split; [exact hn|]. split; [exact instance_law|]. split; [apply softmax_policy|].
    split; [apply prompt_features_bounded|]. split; [exact hmin|]. split; [exact hass|]. split; [|split; [|split]].
    - apply (F09_lazy_learner_not_exact D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2 instance_radius n true None);
        [lia|unfold D; lra|discriminate].
    - exact instance_initial_failure.
    - apply instance_bound, hn.
    - assert (k := F09_linear_softmax_sure D instance_law phi 1 radius beta 3 ltac:(lra)
        (prompt_features_bounded (X := bool) target) hr hb n hpos pi0 (softmax_policy phi _) learner hmin (1 / 2) (1 / 3) (1 / 20)
        ltac:(lra) ltac:(lra) ltac:(lra) 2%nat ltac:(lia) hass).
      rewrite instance_responses, instance_dimension in k. simpl (INR 2) in k.
      eapply Rle_trans; [|eapply Rle_trans; [exact k|]]; [lra|].
      apply (PT_mono D (linear_class phi radius) pi0 n learner instance_law (linear_class_policy phi radius)
        (softmax_policy phi _)).
      intros h _ hh. eapply Rle_trans; [exact hh|]. replace (1 + 1) with 2 by lra. apply instance_bound, hn.
  Qed.

End Instance.

(** * An instance of exact recovery

    The prompts and features of [Linear.Instance] at beta = 1: a pair per prompt spans, each has probability
    above 6/100 on the exact path, so 100 pairs a round suffice for two rounds. *)

Section RecoveryInstance.
  Let D := fun _ : bool => 1 / 2.
  Let target : option bool := Some true.
  Let phi := prompt_features (X := bool) target.
  Let theta0 := fun _ : bool => 1 / 2.

  (** One informative pair for each prompt. *)
  Let Z : list (bool * option bool * option bool) := [(true, target, None); (false, target, None)].

  Lemma informative_pair b j : feature_difference phi (b, target, None) j = ind (j = b).
  Proof.
    unfold feature_difference, phi, prompt_features. rewrite (ind_true (target = target)) by reflexivity.
    rewrite (ind_false (None = target)) by discriminate. lra.
  Qed.

  Lemma instance_spans : spans phi Z.
  Proof.
    intros z. exists (fun w => let '(b, _, _) := w in feature_difference phi z b). intros j.
    unfold Z, sumL. cbn [fold_right]. rewrite !informative_pair.
    destruct j.
    - rewrite (ind_true (true = true)), (ind_false (true = false)) by (reflexivity || discriminate). lra.
    - rewrite (ind_true (false = false)), (ind_false (false = true)) by (reflexivity || discriminate). lra.
  Qed.

  (** The mass of a response when the coordinate of the prompt is [s]. *)
  Lemma prompt_mass s theta b y : theta b = s ->
    softmax phi theta b y = exp (ind (y = target) * s) / (exp s + 2).
  Proof.
    intros <-. unfold softmax. rewrite (score_prompt target theta b y). f_equal.
    rewrite (Sum_ext _ (fun z => exp (ind (z = target) * theta b))) by (intros z; rewrite (score_prompt target theta b z); reflexivity).
    unfold Sum, sumL, target. simpl. rewrite (ind_true (Some true = Some true)) by reflexivity.
    rewrite (ind_false (None = Some true)), (ind_false (Some false = Some true)) by discriminate.
    rewrite Rmult_0_l, exp_0, Rmult_1_l. lra.
  Qed.

  Lemma pair_mass b s theta : theta b = s -> 1 / 2 <= s <= 1 ->
    6 / 100 <= coupled D (softmax phi theta) (softmax phi theta) (b, target, None) <= 1.
  Proof.
    intros e hs. unfold coupled. rewrite !(prompt_mass s theta b) by exact e.
    rewrite (ind_true (target = target)) by reflexivity. rewrite (ind_false (None = target)) by discriminate.
    rewrite Rmult_0_l, exp_0, Rmult_1_l. unfold D. split; compute_bounds_on s 12%nat.
  Qed.

  Lemma instance_missed t : (t < 2)%nat ->
    sumL Z (fun z => (1 - coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) z) ^ 100) <= 1 / 100.
  Proof.
    intros ht. assert (hp : forall b, 6 / 100 <=
      coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) (b, target, None) <= 1).
    { intros b. apply (pair_mass b (alpha 1 t * (1 / 2))); [reflexivity|].
      assert (ht' : t = 0%nat \/ t = 1%nat) by lia. unfold alpha.
      destruct ht' as [-> | ->]; simpl; lra. }
    assert (h : forall b, (1 - coupled D (exact_policy phi 1 theta0 t) (exact_policy phi 1 theta0 t) (b, target, None)) ^ 100
                          <= 1 / 200).
    { intros b. apply Rle_trans with ((94 / 100) ^ 100); [|compute_bounds]. apply pow_incr. generalize (hp b). lra. }
    unfold Z, sumL. cbn [fold_right]. apply Rle_trans with (1 / 200 + (1 / 200 + 0)); [|lra].
    apply Rplus_le_compat; [apply h|]. apply Rplus_le_compat; [apply h|lra].
  Qed.

  Theorem F10_recovery_instance : Exact_recovery_instance.
  Proof.
    cbv delta [Exact_recovery_instance]. intros D' phi' theta0' pi0 pol. assert (hr : 0 <= 3) by lra.
    assert (hpi0 : is_policy pi0) by apply softmax_policy. split.
    - exists (minimising_learner phi 3 hr 1 pi0 hpi0). apply minimising_learner_exists.
    - intros learner hl.
      assert (hm : has_margin (1 / 2) pi0) by (apply prompt_margin; [lra|intros x; unfold theta0'; lra]).
      assert (ha : alpha 1 2 = 4) by (unfold alpha; lra).
      assert (hradius : alpha 1 2 * norm theta0 <= 3).
      { assert (hn : norm theta0 <= 71 / 100) by (unfold norm, dot, Sum, sumL, theta0; simpl; compute_bounds).
        rewrite ha. lra. }
      assert (h := F10_recovery_at_the_repaired_radius bool (option bool) bool _ _ _ D phi 3 1 (1 / 2) (1 / 100) 100%nat
        2%nat theta0 Z learner instance_law ltac:(lra) ltac:(lra) hm hradius hl instance_spans ltac:(lra) instance_missed).
      cbv zeta in h. rewrite ha, instance_responses in h. replace (INR 2) with 2 in h by (simpl; lra).
      eapply Rle_trans; [|eapply Rle_trans; [exact h|]]; [lra|].
      apply (PT_mono D pol pi0 100 learner instance_law (linear_class_policy phi 3) hpi0).
      intros k _ (h1 & h2 & _). split; [intros x y; rewrite <- ha; exact (h1 x y)|]. replace (1 / 3) with (/ 3) by lra. exact h2.
  Qed.

End RecoveryInstance.

(** * Instances of the rates

    The hypotheses of the rates of Theorems 5.3 and 6.2 and of Remark 5.4 hold together, at sample sizes where
    the bounds are far below one, for an initial policy that fails everywhere. *)

Lemma sample_size (k : nat) : exists n, INR n = 10 ^ k.
Proof.
  exists (Z.to_nat (10 ^ Z.of_nat k)). rewrite INR_IZR_INZ, Z2Nat.id by (apply Z.pow_nonneg; lia).
  rewrite <- pow_IZR. reflexivity.
Qed.

Lemma at_least_3 n x : INR n = x -> 3 <= x -> (3 <= n)%nat.
Proof. intros e h. apply INR_le. simpl. lra. Qed.

Section Instances.
  Let D := fun _ : bool => 1 / 2.
  Let target : option bool := Some true.
  Let phi := prompt_features (X := bool) target.
  Let theta0 := fun _ : bool => 1 / 2.
  Let pi0 := softmax phi theta0.

  Lemma instance_margin : has_margin (1 / 2) pi0.
  Proof. apply prompt_margin; [lra|]. intros x. unfold theta0. lra. Qed.

  Lemma instance_kappa : 2 <= kappa D pi0 <= 3.
  Proof.
    assert (hk := K01_range D instance_law pi0 (softmax_policy phi _)). rewrite instance_responses in hk.
    split; [|apply hk]. rewrite <- (E_const D 2 instance_law). apply E_le; [apply instance_law|]. intros x.
    assert (h := instance_initial_mass x (argmax (pi0 x))). change (Max (pi0 x) <= 1 / 2) in h.
    assert (h0 := Max_policy_pos pi0 x (softmax_policy phi _)).
    apply (Rmult_le_reg_r (Max (pi0 x))); [exact h0|]. rewrite Rinv_l by lra. lra.
  Qed.

  (** If the assumptions hold on every history, a bound that is violated with probability at most [delta]
      holds with probability at least [1 - delta]. *)
  Lemma sure_bound {I : Type} (pol : I -> policy bool (option bool)) learner n Q bound bound' delta :
    (forall i, is_policy (pol i)) ->
    (forall h, extends n 2 [] h -> every_round pol pi0 learner Q h) ->
    PT D pol pi0 n learner 2 (fun h => every_round pol pi0 learner Q h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound) <= delta -> bound <= bound' ->
    1 - delta <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= bound').
  Proof.
    intros hpol hall h hb. assert (hpi0 : is_policy pi0) by apply softmax_policy.
    apply Rle_trans with (1 - PT D pol pi0 n learner 2 (fun h => every_round pol pi0 learner Q h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound)); [lra|].
    rewrite <- (PT_not D pol pi0 n learner instance_law hpol hpi0).
    apply (PT_mono D pol pi0 n learner instance_law hpol hpi0). intros k hk hne.
    apply Rle_trans with bound; [|exact hb]. apply Rnot_lt_le. intros hlt. apply hne.
    split; [apply hall, hk|lra].
  Qed.

  Theorem C34_rate_instance : Theorem_5_3_rate_instance.
  Proof.
    destruct (sample_size 14) as (n & hn). assert (h3 := at_least_3 n _ hn ltac:(lra)).
    set (beta := 1 / sqrt (INR n)). assert (hb := beta_rate n h3 : 0 < beta <= 1).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    set (pol := iterates beta pi0 2). set (learner := exact_learner beta pi0 2).
    assert (hpol : forall i, is_policy (pol i)) by (intros i; apply iterate_policy).
    assert (hmin : minimises_empirical_loss beta pol pi0 learner) by (apply exact_learner_minimises; assumption).
    assert (hass : forall h, extends n 2 [] h ->
      every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h).
    { intros h hext. apply extends_length in hext. simpl in hext.
      assert (k := exact_learner_assumptions D instance_law beta hb pi0 hpi0 (1 / 2) ltac:(lra) instance_margin 2 h
        ltac:(rewrite hext; lia)).
      rewrite instance_responses in k. replace (/ 3) with (1 / 3) in k by lra.
      replace (3 * INR n ^ 0) with 3 by (simpl; lra). exact k. }
    exists (upto 2), (FiniteType_upto 2), n, pi0, pol, learner. intros beta' rate W.
    assert (hcard : card (upto 2) = 3) by (rewrite card_upto; simpl; lra).
    assert (hroot : sqrt (10 ^ 14) = 10 ^ 7).
    { replace (10 ^ 14) with ((10 ^ 7) ^ 2) by lra. apply sqrt_pow2. lra. }
    assert (hrate : 50 <= rate <= 55).
    { unfold rate, drift_rate, stat_rate, level_rate, moment_rate, M4. simpl (INR 0). split; compute_bounds. }
    assert (hW : W <= 55 * (ln (10 ^ 14) / 10 ^ 7)).
    { unfold W. rewrite hn, hroot. apply Rmult_le_compat_r; [compute_bounds|lra]. }
    assert (hbig : (4 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n).
    { rewrite hn. apply Rle_trans with ((4 * 55 / (1 / 2 * (1 / 3))) ^ 4); [|lra].
      apply pow_incr. lra. }
    assert (hbound : 2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 400).
    { destruct instance_kappa as [hk1 hk2]. set (k := kappa D pi0) in *. clearbody k.
      change (2 - 1)%nat with 1%nat. rewrite pow_1.
      apply Rle_trans with (2 / (1 / 2) * (55 * (ln (10 ^ 14) / 10 ^ 7)) * (2 + sqrt (k / 2))); [|compute_bounds].
      apply Rmult_le_compat_r; [generalize (sqrt_pos (k / 2)); lra|]. apply Rmult_le_compat_l; lra. }
    split; [exact hn|]. split; [exact hcard|]. split; [exact instance_law|]. split; [exact hpi0|].
    split; [exact hpol|]. split; [exact hmin|]. split; [exact hass|]. split; [exact hbig|].
    split; [exact hbound|]. split; [exact instance_initial_failure|].
    replace (19 / 20) with (1 - 1 / 20) by lra.
    assert (h := C34_rate bool (option bool) (upto 2) _ _ (FiniteType_upto 2) D pol pi0 learner (1 / 2) (1 / 3) 3 (1 / 20)
      0%nat n 2%nat instance_law hpol hpi0 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) h3 ltac:(lia) hmin).
    cbv zeta in h. rewrite instance_responses, hcard in h. replace (INR 2) with 2 in h by (simpl; lra).
    apply (sure_bound pol learner n _ _ (1 / 400) (1 / 20) hpol hass (proj2 h hbig) hbound).
  Qed.

  Theorem C18_gap_rate_instance : Balance_rate_instance.
  Proof.
    cbv delta [Balance_rate_instance]. intros D' beta. assert (hb := beta_rate 3 ltac:(lia) : 0 < beta <= 1).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    set (pol := fun b : bool => if b then self_update beta pi0 else pi0). exists pi0, pol.
    split; [exact instance_law|]. split; [exact hpi0|].
    split; [intros []; [apply self_update_policy, hpi0|exact hpi0]|].
    split; [rewrite instance_dimension; lra|]. split; [exists true; reflexivity|]. split; [|split].
    - simpl. rewrite Rmult_1_r. apply (C16_update_concentrability D instance_law); [lra|exact hpi0].
    - assert (h := tail_constant_exact_update D instance_law beta pi0 (proj1 hb) hpi0).
      rewrite instance_responses in h. rewrite pow_O, Rmult_1_r. exact h.
    - intros s j. apply Rle_trans with 0; [|apply empirical_loss_nonneg; intros; apply pair_loss_nonneg].
      right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; ring|].
      intros [[x y] y'] _. unfold pair_loss, Delta, implicit_reward, pol, self_update.
      rewrite <- (S03_reward_difference beta (fun y => ln (pi0 x y)) (pi0 x) ltac:(lra) (hpi0 x) y y'). lra.
  Qed.

  Theorem C36_match_instance : Remark_5_4_instance.
  Proof.
    exists pi0. destruct instance_kappa as [hk1 hk2]. split; [exact instance_law|].
    split; [apply softmax_policy|]. split; [exact instance_margin|]. split; [exact hk1|]. split; [lra|].
    fold D. set (k := kappa D pi0) in *. clearbody k.
    assert (hJ : k * ln 3 / (3072 * 3) <= exp 1 * k ^ 2 / 2) by (apply Rle_trans with 1; compute_bounds).
    assert (hJ0 : 0 < k * ln 3 / (3072 * 3)) by compute_bounds.
    split; [exact hJ|]. exact (proj1 (D09_range k (k * ln 3 / (3072 * 3)) ltac:(lra) hJ0 hJ)).
  Qed.

  Theorem F09_rate_instance : Theorem_6_2_rate_instance.
  Proof.
    destruct (sample_size 18) as (n & hn). assert (h3 := at_least_3 n _ hn ltac:(lra)).
    set (beta := 1 / sqrt (INR n)). assert (hb := beta_rate n h3 : 0 < beta <= 1).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    cbv delta [Theorem_6_2_rate_instance]. intros D' phi' theta0' pi0' nu rate. exists n. intros beta' radius pol W.
    assert (hnu : 7 / 10 <= nu <= 71 / 100).
    { unfold nu, norm, dot, Sum, sumL, theta0'. simpl. split; compute_bounds. }
    assert (hr : 0 <= radius).
    { unfold radius. rewrite radius_expanded by (rewrite hn; lra). apply Rmult_le_pos; [|lra]. apply pow_le.
      generalize (sqrt_pos (INR n)). lra. }
    set (learner := lazy_learner (X := bool) target beta (1 / 2) radius hr).
    assert (hmin := lazy_learner_minimises (X := bool) target beta (1 / 2) radius hb ltac:(lra) hr).
    assert (hradius : alpha beta 2 * norm (theta_start (X := bool) (1 / 2)) <= radius) by (right; reflexivity).
    assert (hpol : forall i, is_policy (pol i)) by (intros i; apply linear_class_policy).
    assert (hass : forall h, extends n 2 [] h ->
      every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h).
    { intros h hext. apply extends_length in hext. simpl in hext.
      assert (k := F09_lazy_learner_assumptions D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2 hradius h
        ltac:(rewrite hext; lia)).
      rewrite instance_responses in k. replace (/ 3) with (1 / 3) in k by lra.
      replace (3 * INR n ^ 0) with 3 by (simpl; ring). exact k. }
    exists learner.
    assert (hroot : sqrt (10 ^ 18) = 10 ^ 9).
    { replace (10 ^ 18) with ((10 ^ 9) ^ 2) by lra. apply sqrt_pow2. lra. }
    assert (hrate : 100 <= rate <= 130).
    { unfold rate, linear_rate, radius_rate, level_rate, moment_rate, M4. clearbody nu. simpl INR. split; compute_bounds. }
    assert (hW : W <= 130 * (ln (10 ^ 18) * sqrt (ln (10 ^ 18)) / 10 ^ 9)).
    { unfold W. rewrite hn, hroot. apply Rmult_le_compat_r; [compute_bounds|lra]. }
    assert (hbig : (15 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n).
    { rewrite hn. apply Rle_trans with ((15 * 130 / (1 / 2 * (1 / 3))) ^ 4); [|lra]. apply pow_incr. lra. }
    assert (hbound : 2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 2000).
    { destruct instance_kappa as [hk1 hk2]. set (k := kappa D pi0) in *. clearbody k.
      change (2 - 1)%nat with 1%nat. rewrite pow_1.
      apply Rle_trans with (2 / (1 / 2) * (130 * (ln (10 ^ 18) * sqrt (ln (10 ^ 18)) / 10 ^ 9)) * (2 + sqrt (k / 2)));
        [|compute_bounds].
      apply Rmult_le_compat_r; [generalize (sqrt_pos (k / 2)); lra|]. apply Rmult_le_compat_l; lra. }
    split; [exact hn|]. split; [exact instance_law|]. split; [exact hpi0|].
    split; [apply prompt_features_bounded|]. split; [exact hmin|]. split; [exact hass|]. split.
    { apply (F09_lazy_learner_not_exact D instance_law target beta (1 / 2) radius hb ltac:(lra) hr 2 hradius n true None);
        [lia|unfold D; lra|discriminate]. }
    split; [exact hbig|]. split; [exact hbound|]. split; [exact instance_initial_failure|].
    replace (19 / 20) with (1 - 1 / 20) by lra.
    assert (h := F09_rate bool (option bool) bool _ _ _ D phi 1 nu (1 / 2) (1 / 3) 3 (1 / 20) 0%nat n 2%nat pi0 learner
      instance_law hpi0 ltac:(lra) (prompt_features_bounded (X := bool) target) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)
      ltac:(lra) h3 ltac:(lia) hmin).
    cbv zeta in h. rewrite instance_responses, instance_dimension in h.
    apply (sure_bound pol learner n _ _ (1 / 2000) (1 / 20) hpol hass (proj2 h hbig) hbound).
  Qed.

End Instances.

(** C37: kappa_0 = 10^12, b = 1/100, t = 3: the doubly exponential bound, the geometric one, the recurrence. *)
Theorem C37_forgetting :
  let kappa0 := 10 ^ 12 in
  let b := 1 / 100 in
  let star := ((b + sqrt (b ^ 2 + 4)) / 2) ^ 2 in
  let rho := b / (b + sqrt (b ^ 2 + 4)) in
  let step := fun k => 1 + b * sqrt k in
  (1 + b) ^ 2 * Rpower kappa0 (/ 2 ^ 3) < 323 / 10 /\
  123000 < star + rho ^ 3 * (kappa0 - star) /\
  step (step (step kappa0)) < 10142 / 10000.
Proof. cbv zeta beta. split; [|split]; compute_bounds. Qed.
