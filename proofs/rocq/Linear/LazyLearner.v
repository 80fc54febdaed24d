(** * A learner that meets the assumptions of Theorem 6.2 without always returning p*

    One feature per prompt: [phi(x, y)] is the unit vector of [x] for one target response and 0 otherwise,
    so [d] is the number of prompts.  The lazy learner scales the coordinates of the prompts that its sample
    determines by [1 + 1/beta] and leaves the others alone.  It minimises the empirical loss, all
    assumptions hold on every history, for every sample size and number of rounds at the repaired radius of
    S08, and with positive probability its policy is not the exact one. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber OneRound.ZeroLoss OneRound.OneStep Iteration.Rounds Iteration.Trajectory
  Iteration.PartialUpdate Iteration.Satisfiable Linear.Recovery Linear.Horizon Linear.Euclidean Linear.SoftmaxClass
  Linear.ExactRounds.
Import ListNotations.
Open Scope R_scope.

Section LazyLearner.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable target : Y.

  (** The unit vector of [x] at the target response, 0 at the others. *)
  Definition prompt_features (x : X) (y : Y) : X -> R := fun j => ind (j = x) * ind (y = target).

  Local Notation phi := prompt_features.

  Lemma score_prompt theta x y : dot theta (phi x y) = ind (y = target) * theta x.
  Proof.
    unfold dot, prompt_features.
    rewrite (Sum_ext _ (fun j => ind (j = x) * (ind (y = target) * theta j))) by (intros; ring).
    exact (Sum_pick (fun j => ind (y = target) * theta j) x).
  Qed.

  Lemma prompt_features_bounded : bounded_features phi 1.
  Proof.
    intros x y. unfold norm. rewrite score_prompt. unfold prompt_features. rewrite (ind_true (x = x)) by reflexivity.
    rewrite Rmult_1_l, ind_idem. apply Rle_trans with (sqrt 1); [|right; apply sqrt_1].
    apply sqrt_le_1_alt, ind_range.
  Qed.

  Lemma softmax_prompt theta theta' x y : theta x = theta' x -> softmax phi theta x y = softmax phi theta' x y.
  Proof.
    intros e. unfold softmax. rewrite !score_prompt, e. f_equal. apply Sum_ext; intros z.
    rewrite !score_prompt, e. reflexivity.
  Qed.

  Lemma softmax_target theta x y : y <> target -> ln (softmax phi theta x target) - ln (softmax phi theta x y) = theta x.
  Proof.
    intros hy. rewrite !ln_softmax, !score_prompt. rewrite ind_true by reflexivity. rewrite ind_false by exact hy. ring.
  Qed.

  Lemma prompt_margin g theta : 0 < g -> (forall x, g <= theta x) -> has_margin g (softmax phi theta).
  Proof.
    intros hg h x y. assert (e : mode (softmax phi theta) x = target).
    { apply mode_unique. intros z hz. apply ln_lt_inv; try apply softmax_policy.
      assert (k := softmax_target theta x z hz). specialize (h x). lra. }
    rewrite e. intros hy. rewrite softmax_target by exact hy. apply h.
  Qed.

  Variables beta g radius : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hg : 0 < g.
  Hypothesis hr0 : 0 <= radius.

  Definition theta_start : X -> R := fun _ => g.

  (** The sample determines the coordinate of [x]. *)
  Definition informative (x : X) (s : list (X * Y * Y)) : Prop := Exists (fun z => feature_difference phi z x <> 0) s.

  Fixpoint lazy_parameter (h : history (X := X) (Y := Y)) : X -> R :=
    match h with
    | [] => theta_start
    | s :: h' => fun x => if decide (informative x s) then (1 + 1 / beta) * lazy_parameter h' x else lazy_parameter h' x
    end.

  (** The lazy parameter while it lies in the ball, then any empirical risk minimiser. *)
  Fixpoint lazy_learner (h : history (X := X) (Y := Y)) : ball X radius :=
    match h with
    | [] => ball_center radius hr0
    | s :: h' =>
        match decide (norm (lazy_parameter (s :: h')) <= radius) with
        | left p => exist _ (lazy_parameter (s :: h')) p
        | right _ => proj1_sig (empirical_minimiser phi radius hr0 beta
            (softmax phi (match h' with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h') end)) s
            (softmax_policy phi _))
        end
    end.

  Let pol := linear_class phi radius.
  Let pi0 := softmax phi theta_start.

  Lemma factor_pos : 2 <= 1 + 1 / beta.
  Proof.
    assert (h : 1 <= 1 / beta); [|lra]. apply (Rmult_le_reg_r beta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
  Qed.

  Lemma lazy_range h x : g <= lazy_parameter h x <= alpha beta (length h) * g.
  Proof.
    assert (hf := factor_pos). induction h as [|s h ih]; [unfold alpha; simpl; unfold theta_start; lra|].
    change (alpha beta (length (s :: h))) with ((1 + 1 / beta) * alpha beta (length h)).
    simpl lazy_parameter. destruct (decide _); split; try lra; nra.
  Qed.

  Lemma norm_mono (u v : X -> R) : (forall j, 0 <= u j <= v j) -> norm u <= norm v.
  Proof. intros h. apply sqrt_le_1_alt, Sum_le. intros j. specialize (h j). nra. Qed.

  Lemma lazy_norm h : norm (lazy_parameter h) <= alpha beta (length h) * norm theta_start.
  Proof.
    assert (ha := alpha_at_least_1 beta hbeta (length h)). rewrite <- norm_scale by lra.
    apply norm_mono. intros j. assert (k := lazy_range h j). unfold scale, theta_start. lra.
  Qed.

  Lemma lazy_grows s h : norm (lazy_parameter h) <= norm (lazy_parameter (s :: h)).
  Proof.
    apply norm_mono. intros j. assert (k := lazy_range h j). assert (hf := factor_pos).
    simpl lazy_parameter. destruct (decide _); nra.
  Qed.

  Lemma learner_lazy s h : norm (lazy_parameter (s :: h)) <= radius ->
    proj1_sig (lazy_learner (s :: h)) = lazy_parameter (s :: h).
  Proof.
    intros hn. cbn [lazy_learner]. destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p|p];
      [reflexivity|contradiction].
  Qed.

  Lemma current_lazy h : norm (lazy_parameter h) <= radius -> current pol pi0 lazy_learner h = softmax phi (lazy_parameter h).
  Proof.
    destruct h as [|s h]; intros hn; [reflexivity|].
    change (current pol pi0 lazy_learner (s :: h)) with (softmax phi (proj1_sig (lazy_learner (s :: h)))).
    rewrite learner_lazy by exact hn. reflexivity.
  Qed.

  Lemma lazy_no_loss s h z : In z s ->
    pair_loss beta (softmax phi (lazy_parameter h)) (fun i : unit => softmax phi (lazy_parameter (s :: h))) tt z = 0.
  Proof.
    intros hz.
    rewrite (pair_loss_residual phi (fun _ : unit => lazy_parameter (s :: h)) beta (lazy_parameter h)).
    assert (e : dot (residual beta (lazy_parameter (s :: h)) (lazy_parameter h)) (feature_difference phi z) = 0).
    { unfold dot. rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero|]. intros j. unfold residual. simpl lazy_parameter.
      destruct (decide (informative j s)) as [hi|hi]; [field; lra|].
      assert (e0 : feature_difference phi z j = 0); [|rewrite e0; ring].
      apply NNPP. intros hne. apply hi, Exists_exists. exists z. auto. }
    rewrite e. ring.
  Qed.

  Theorem lazy_learner_minimises : minimises_empirical_loss beta pol pi0 lazy_learner.
  Proof.
    intros s h j. destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p|p].
    - rewrite (current_lazy h) by (eapply Rle_trans; [apply lazy_grows|exact p]).
      apply Rle_trans with 0.
      + right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)); [rewrite sumL_zero; unfold Rdiv; ring|].
        intros z hz. rewrite <- (lazy_no_loss s h z hz). destruct z as [[x y] y']. unfold pair_loss, pol, linear_class.
        rewrite (learner_lazy s h p). reflexivity.
      + apply empirical_loss_nonneg. intros; apply pair_loss_nonneg.
    - assert (e : current pol pi0 lazy_learner h =
        softmax phi (match h with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h) end)) by (destruct h; reflexivity).
      rewrite e. cbn [lazy_learner].
      destruct (decide (norm (lazy_parameter (s :: h)) <= radius)) as [p'|p']; [contradiction|].
      exact (proj2_sig (empirical_minimiser phi radius hr0 beta
        (softmax phi (match h with [] => theta_start | _ :: _ => proj1_sig (lazy_learner h) end)) s (softmax_policy phi _)) j).
  Qed.

  Variable T : nat.
  (** The repaired radius of S08. *)
  Hypothesis hradius : alpha beta T * norm theta_start <= radius.

  Lemma lazy_in_ball h : (length h <= T)%nat -> norm (lazy_parameter h) <= radius.
  Proof.
    intros hl. eapply Rle_trans; [apply lazy_norm|]. eapply Rle_trans; [|exact hradius].
    apply Rmult_le_compat_r; [apply norm_nonneg|apply alpha_monotone; assumption].
  Qed.

  (** All assumptions of Theorem 6.2 hold along every history of at most [T] rounds. *)
  Theorem F09_lazy_learner_assumptions h : (length h <= T)%nat ->
    every_round pol pi0 lazy_learner (round_assumptions D beta pol g (/ card Y) (card Y)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl. split; [|apply ih; lia].
    rewrite (current_lazy h), (current_lazy (s :: h)) by (apply lazy_in_ball; simpl; lia).
    set (base := softmax phi (lazy_parameter h)). set (next := softmax phi (lazy_parameter (s :: h))).
    assert (hb : is_policy base) by apply softmax_policy.
    assert (hpartial : forall x, (forall y, next x y = base x y) \/ (forall y, next x y = self_update beta base x y)).
    { intros x. destruct (decide (informative x s)) as [hi|hi]; [right|left]; intros y; unfold next, base.
      - rewrite S08_update_scales by lra. apply softmax_prompt. simpl lazy_parameter. unfold scale.
        destruct (decide (informative x s)); [reflexivity|contradiction].
      - apply softmax_prompt. simpl lazy_parameter. destruct (decide (informative x s)); [contradiction|reflexivity]. }
    split; [|split; [|split; [|split]]].
    - assert (hn : norm (scale (1 + 1 / beta) (lazy_parameter h)) <= radius).
      { assert (hf := factor_pos). rewrite norm_scale by lra. eapply Rle_trans; [|exact hradius].
        apply Rle_trans with ((1 + 1 / beta) * (alpha beta (length h) * norm theta_start)).
        - apply Rmult_le_compat_l; [lra|apply lazy_norm].
        - rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [apply norm_nonneg|].
          change ((1 + 1 / beta) * alpha beta (length h)) with (alpha beta (S (length h))).
          apply alpha_monotone; [assumption|lia]. }
      exists (exist _ (scale (1 + 1 / beta) (lazy_parameter h)) hn). intros x y. unfold base.
      rewrite S08_update_scales by lra. reflexivity.
    - apply (C17_partial_update D hD beta ltac:(lra) base next hb hpartial).
    - apply (C12_partial_update D hD beta ltac:(lra) base next hb hpartial).
    - apply prompt_margin; [exact hg|]. intros x. apply lazy_range.
    - intros x. assert (hN := @card_ge_1 Y FY).
      assert (k := card_Max_ge_1 next x (softmax_policy phi _)).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r by lra. exact k.
  Qed.

  (** ** It is not the exact learner *)

  Variable n : nat.

  Lemma En_point {A : Type} {FA : FiniteType A} (p : A -> R) z m (f : list A -> R) : (forall a, 0 <= p a) -> 0 < p z ->
    (forall s, 0 <= f s) -> 0 < f (repeat z m) -> 0 < En m p f.
  Proof.
    intros hp hz. revert f. induction m as [|m ih]; intros f hf h; [exact h|].
    apply Rlt_le_trans with (p z * En m p (fun s => f (z :: s))).
    - apply Rmult_lt_0_compat; [exact hz|]. apply ih; [intros; apply hf|exact h].
    - apply (Sum_term_le (fun a => p a * En m p (fun s => f (a :: s)))). intros a. apply Rmult_le_pos; [apply hp|].
      rewrite <- (Rmult_0_l (En m p (fun _ => 0))), <- En_scal. apply En_le; [exact hp|]. intros s _.
      rewrite Rmult_0_l. apply hf.
  Qed.

  Lemma ET_point z m h (F : history (X := X) (Y := Y) -> R) : (forall k, 0 <= F k) ->
    (forall k, 0 < coupled D (current pol pi0 lazy_learner k) (current pol pi0 lazy_learner k) z) ->
    0 < F (repeat (repeat z n) m ++ h) -> 0 < ET D pol pi0 n lazy_learner m h F.
  Proof.
    intros hF hz. assert (hpol : forall i, is_policy (pol i)) by (intros i; apply linear_class_policy).
    assert (hpi0 : is_policy pi0) by apply softmax_policy.
    revert h. induction m as [|m ih]; intros h hpos; [exact hpos|]. simpl ET.
    assert (hlaw := current_law D pol pi0 lazy_learner hD hpol hpi0 h).
    apply (En_point _ z); [apply hlaw|apply hz| |].
    - intros s. rewrite <- (ET_const D pol pi0 n lazy_learner hD hpol hpi0 m (s :: h) 0).
      apply (ET_le D pol pi0 n lazy_learner hD hpol hpi0). intros; apply hF.
    - apply ih. change (repeat z n :: h) with ([repeat z n] ++ h).
      rewrite app_assoc. rewrite <- repeat_cons. exact hpos.
  Qed.

  (** With positive probability the policy after [T] rounds differs from [pi_T] of S05. *)
  Theorem F09_lazy_learner_not_exact x0 y0 : (0 < T)%nat -> 0 < D x0 -> y0 <> target ->
    0 < PT D pol pi0 n lazy_learner T (fun h =>
      exists x y, current pol pi0 lazy_learner h x y <> softmax phi (scale (alpha beta T) theta_start) x y).
  Proof.
    intros hT hx hy. apply (ET_point (x0, target, target)).
    - intros; apply ind_nonneg.
    - intros k. simpl. assert (hp := current_policy pol pi0 lazy_learner (linear_class_policy phi radius)
        (softmax_policy phi theta_start) k x0). destruct hp as [hp _]. specialize (hp target).
      repeat apply Rmult_lt_0_compat; assumption.
    - rewrite app_nil_r. rewrite ind_true; [lra|]. set (h := repeat (repeat (x0, target, target) n) T).
      assert (hlen : length h = T) by apply repeat_length.
      assert (hlazy : forall m, lazy_parameter (repeat (repeat (x0, target, target) n) m) = theta_start).
      { induction m as [|m ih]; [reflexivity|]. apply functional_extensionality; intros x. simpl lazy_parameter.
        rewrite ih. destruct (decide _) as [hi|_]; [|reflexivity]. exfalso.
        apply Exists_exists in hi as (z & hz & hne). apply repeat_spec in hz. subst z. apply hne, F10_equal_pair. }
      exists x0, target. rewrite current_lazy by (apply lazy_in_ball, Nat.eq_le_incl; exact hlen). unfold h. rewrite hlazy. intros e.
      assert (k1 := softmax_target theta_start x0 y0 hy).
      assert (k2 := softmax_target (scale (alpha beta T) theta_start) x0 y0 hy).
      unfold theta_start, scale in k1, k2.
      (* equal masses of the target would give equal odds, since the other responses share the rest equally *)
      assert (odds : forall theta, softmax phi theta x0 target * (1 + (card Y - 1) * exp (- theta x0)) = 1).
      { intros theta. destruct (softmax_policy phi theta x0) as [_ hs].
        rewrite (Sum_split _ target) in hs.
        rewrite (Sum_ext _ (fun y => softmax phi theta x0 target * exp (- theta x0) * ind (y <> target))) in hs.
        - rewrite Sum_scal in hs.
          assert (ec : Sum (fun y => ind (y <> target)) = card Y - 1).
          { rewrite (Sum_ext _ (fun y => 1 - ind (y = target) * 1)) by (intros; rewrite ind_not; ring).
            rewrite Sum_minus, Sum_const, Sum_pick. ring. }
          rewrite ec in hs. lra.
        - intros y. unfold ind. destruct (decide (y <> target)) as [hne|_]; [|ring].
          assert (k := softmax_target theta x0 y hne).
          assert (k' : softmax phi theta x0 y = softmax phi theta x0 target * exp (- theta x0)); [|rewrite k'; ring].
          rewrite <- (exp_ln (softmax phi theta x0 y)) by apply softmax_policy.
          rewrite <- (exp_ln (softmax phi theta x0 target)) at 1 by apply softmax_policy.
          rewrite <- exp_plus. f_equal. lra. }
      assert (o1 := odds theta_start). assert (o2 := odds (scale (alpha beta T) theta_start)).
      rewrite e in o1. unfold scale, theta_start in o1, o2.
      set (p := softmax phi (fun _ : X => alpha beta T * g) x0 target) in *.
      assert (hp : 0 < p) by apply softmax_policy.
      assert (hcard : 0 < card Y - 1).
      { assert (k := Sum_two_le (fun _ : Y => 1) target y0 ltac:(intros; lra) ltac:(congruence)).
        rewrite Sum_const in k. lra. }
      assert (hexp : exp (- (alpha beta T * g)) < exp (- g)).
      { apply exp_increasing. assert (hf := factor_pos).
        assert (1 < alpha beta T); [|nra]. unfold alpha. apply Rlt_pow_R1; [lra|exact hT]. }
      assert ((card Y - 1) * exp (- (alpha beta T * g)) < (card Y - 1) * exp (- g)) by (apply Rmult_lt_compat_l; assumption).
      nra.
  Qed.

End LazyLearner.
