(** * Instances of the rates

    The hypotheses of the rates of Theorems 5.3 and 6.2 and of Remark 5.4 hold together, at sample sizes where
    the bounds are far below one, for an initial policy that fails everywhere. *)

From Coq Require Import Reals Lra Lia List ZArith.
From Interval Require Import Tactic.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.Concentrability OneRound.Tails OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds
  Iteration.Trajectory Iteration.Satisfiable Linear.Recovery Linear.Horizon Linear.Euclidean
  Linear.Packing Linear.SoftmaxClass Linear.LazyLearner Linear.Instance Scalar.LambertInversion
  Rates.Logarithms Rates.Recurrence Rates.Statements Rates.FiniteClass Rates.LinearStatements
  Rates.Linear.
Import ListNotations.
Open Scope R_scope.

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
      replace (3 * INR n ^ 0) with 3 by (simpl; ring). exact k. }
    exists (upto 2), (FiniteType_upto 2), n, pi0, pol, learner. intros beta' rate W.
    assert (hcard : card (upto 2) = 3) by (rewrite card_upto; simpl; lra).
    assert (hroot : sqrt (10 ^ 14) = 10 ^ 7).
    { replace (10 ^ 14) with ((10 ^ 7) ^ 2) by ring. apply sqrt_pow2. lra. }
    assert (hrate : 50 <= rate <= 55).
    { unfold rate, drift_rate, stat_rate, level_rate, moment_rate, M4. simpl (INR 0). split; interval. }
    assert (hW : W <= 55 * (ln (10 ^ 14) / 10 ^ 7)).
    { unfold W. rewrite hn, hroot. apply Rmult_le_compat_r; [interval|lra]. }
    assert (hbig : (4 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n).
    { rewrite hn. apply Rle_trans with ((4 * 55 / (1 / 2 * (1 / 3))) ^ 4); [|lra].
      apply pow_incr. lra. }
    assert (hbound : 2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 400).
    { destruct instance_kappa as [hk1 hk2]. set (k := kappa D pi0) in *. clearbody k.
      change (2 - 1)%nat with 1%nat. rewrite pow_1.
      apply Rle_trans with (2 / (1 / 2) * (55 * (ln (10 ^ 14) / 10 ^ 7)) * (2 + sqrt (k / 2))); [|interval].
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
      rewrite <- (S03_reward_difference beta (fun y => ln (pi0 x y)) (pi0 x) ltac:(lra) (hpi0 x) y y'). ring.
  Qed.

  Theorem C36_match_instance : Remark_5_4_instance.
  Proof.
    exists pi0. destruct instance_kappa as [hk1 hk2]. split; [exact instance_law|].
    split; [apply softmax_policy|]. split; [exact instance_margin|]. split; [exact hk1|]. split; [lra|].
    fold D. set (k := kappa D pi0) in *. clearbody k.
    assert (hJ : k * ln 3 / (3072 * 3) <= exp 1 * k ^ 2 / 2) by (apply Rle_trans with 1; interval).
    assert (hJ0 : 0 < k * ln 3 / (3072 * 3)) by interval.
    split; [exact hJ|]. exact (proj1 (D09_range k (k * ln 3 / (3072 * 3)) ltac:(lra) hJ0 hJ)).
  Qed.

  Theorem F09_rate_instance : Theorem_6_2_rate_instance.
  Proof.
    destruct (sample_size 18) as (n & hn). assert (h3 := at_least_3 n _ hn ltac:(lra)).
    set (beta := 1 / sqrt (INR n)). assert (hb := beta_rate n h3 : 0 < beta <= 1).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    cbv delta [Theorem_6_2_rate_instance]. intros D' phi' theta0' pi0' nu rate. exists n. intros beta' radius pol W.
    assert (hnu : 7 / 10 <= nu <= 71 / 100).
    { unfold nu, norm, dot, Sum, sumL, theta0'. simpl. split; interval. }
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
    { replace (10 ^ 18) with ((10 ^ 9) ^ 2) by ring. apply sqrt_pow2. lra. }
    assert (hrate : 100 <= rate <= 130).
    { unfold rate, linear_rate, radius_rate, level_rate, moment_rate, M4. clearbody nu. simpl INR. split; interval. }
    assert (hW : W <= 130 * (ln (10 ^ 18) * sqrt (ln (10 ^ 18)) / 10 ^ 9)).
    { unfold W. rewrite hn, hroot. apply Rmult_le_compat_r; [interval|lra]. }
    assert (hbig : (15 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n).
    { rewrite hn. apply Rle_trans with ((15 * 130 / (1 / 2 * (1 / 3))) ^ 4); [|lra]. apply pow_incr. lra. }
    assert (hbound : 2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 2000).
    { destruct instance_kappa as [hk1 hk2]. set (k := kappa D pi0) in *. clearbody k.
      change (2 - 1)%nat with 1%nat. rewrite pow_1.
      apply Rle_trans with (2 / (1 / 2) * (130 * (ln (10 ^ 18) * sqrt (ln (10 ^ 18)) / 10 ^ 9)) * (2 + sqrt (k / 2)));
        [|interval].
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
Proof. cbv zeta beta. split; [|split]; interval with (i_prec 80). Qed.
