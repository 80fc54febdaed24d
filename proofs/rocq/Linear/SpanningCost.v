(** * What spanning costs

    F10: a sample that spans has at least as many pairs with different responses as there are linearly
    independent feature differences; the expected number of such pairs is at most [2 n (1 - 1/kappa)].  So
    spanning is unlikely once the policy is sharp.  And without A-REAL the minimiser moves with the sample. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber OneRound.ZeroLoss OneRound.OneStep OneRound.UniformBound Linear.Recovery
  Linear.Horizon Linear.Euclidean Linear.SoftmaxClass Linear.ExactRounds Linear.LazyLearner.
Import ListNotations.
Open Scope R_scope.

(** ** More vectors than generators are dependent *)

Lemma finite_choice {I : Type} (P : I -> R -> Prop) (L : list I) : (forall i, In i L -> exists t, P i t) ->
  exists t : I -> R, forall i, In i L -> P i (t i).
Proof.
  induction L as [|i L ih]; intros h; [exists (fun _ => 0); intros i []|].
  destruct (h i (or_introl eq_refl)) as (ti & hti). destruct ih as (t & ht); [intros k hk; apply h; right; exact hk|].
  exists (fun k => if decide (k = i) then ti else t k). intros k hk.
  destruct (decide (k = i)) as [->|hne]; [exact hti|]. destruct hk as [e|hk]; [congruence|apply ht, hk].
Qed.

Section Steinitz.
  Context {Dim I K : Type}.
  Variable g : K -> Dim -> R.

  Definition combination_of (G : list K) (v : Dim -> R) : Prop :=
    exists b : K -> R, forall j, v j = sumL G (fun k => b k * g k j).

  Lemma more_vectors_than_generators (G : list K) : forall (f : I -> Dim -> R) (L : list I), NoDup L ->
    (length G < length L)%nat -> (forall i, In i L -> combination_of G (f i)) ->
    exists a : I -> R, (exists i, In i L /\ a i <> 0) /\ forall j, sumL L (fun i => a i * f i j) = 0.
  Proof.
    induction G as [|k G ih]; intros f L hL hlen hspan.
    - destruct L as [|i L]; [simpl in hlen; lia|]. exists (fun _ => 1).
      split; [exists i; split; [left; reflexivity|lra]|]. intros j.
      rewrite (sumL_ext _ _ (fun _ => 0)); [apply sumL_zero|]. intros i' hi'.
      destruct (hspan i' hi') as (b & hb). rewrite hb, sumL_nil. ring.
    - destruct (classic (forall i, In i L -> combination_of G (f i))) as [hall|hsome].
      + apply ih; [exact hL|simpl in hlen; lia|exact hall].
      + apply not_all_ex_not in hsome as (i0 & hi0). apply imply_to_and in hi0 as [hin hnot].
        destruct (hspan i0 hin) as (b & hb).
        assert (hb0 : b k <> 0).
        { intros e. apply hnot. exists b. intros j. rewrite hb, sumL_cons, e. ring. }
        destruct (in_split i0 L hin) as (L1 & L2 & ->).
        assert (hL' := NoDup_remove_1 L1 L2 i0 hL). assert (hni := NoDup_remove_2 L1 L2 i0 hL).
        assert (hsub : forall i, In i (L1 ++ L2) -> In i (L1 ++ i0 :: L2)).
        { intros i h. apply in_app_or in h. apply in_or_app. destruct h as [h|h]; [left; exact h|right; right; exact h]. }
        destruct (finite_choice (fun i t => combination_of G (fun j => f i j - t * f i0 j)) (L1 ++ L2)) as (t & ht).
        { intros i hi. destruct (hspan i (hsub i hi)) as (bi & hbi). exists (bi k / b k).
          exists (fun k' => bi k' - bi k / b k * b k'). intros j. rewrite hbi, hb, !sumL_cons.
          rewrite (sumL_ext G (fun k' => (bi k' - bi k / b k * b k') * g k' j)
            (fun k' => bi k' * g k' j + - (bi k / b k) * (b k' * g k' j))) by (intros; ring).
          rewrite sumL_plus, sumL_scal. field. exact hb0. }
        destruct (ih (fun i j => f i j - t i * f i0 j) (L1 ++ L2) hL') as (a & (i1 & hi1 & ha1) & hsum).
        { rewrite app_length in *. simpl in hlen. lia. }
        { exact ht. }
        set (a0 := - sumL (L1 ++ L2) (fun i => a i * t i)).
        exists (fun i => if decide (i = i0) then a0 else a i). split.
        * exists i1. split; [apply hsub, hi1|]. destruct (decide (i1 = i0)) as [->|_]; [contradiction|exact ha1].
        * intros j. assert (keep : forall l, (forall i, In i l -> In i (L1 ++ L2)) ->
            sumL l (fun i => (if decide (i = i0) then a0 else a i) * f i j) = sumL l (fun i => a i * f i j)).
          { intros l hl. apply sumL_ext. intros i hi. destruct (decide (i = i0)) as [->|_]; [|reflexivity].
            exfalso. apply hni, hl, hi. }
          rewrite sumL_app, sumL_cons.
          rewrite (keep L1) by (intros; apply in_or_app; left; assumption).
          rewrite (keep L2) by (intros; apply in_or_app; right; assumption).
          destruct (decide (i0 = i0)) as [_|h]; [|congruence].
          specialize (hsum j).
          rewrite (sumL_ext _ _ (fun i => a i * f i j + - f i0 j * (a i * t i))) in hsum by (intros; ring).
          rewrite sumL_plus, sumL_scal, sumL_app in hsum. unfold a0. lra.
  Qed.

End Steinitz.

(** ** Informative pairs *)

Section Cost.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  (** The pairs of a sample with different responses. *)
  Definition distinct (z : X * Y * Y) : bool := if decide (snd (fst z) <> snd z) then true else false.

  Definition distinct_pairs (s : list (X * Y * Y)) : list (X * Y * Y) := filter distinct s.

  (** Linearly independent feature differences. *)
  Definition independent_pairs (L : list (X * Y * Y)) : Prop :=
    forall a : X * Y * Y -> R, (forall j, sumL L (fun z => a z * feature_difference phi z j) = 0) ->
    forall z, In z L -> a z = 0.

  Lemma sum_distinct (s : list (X * Y * Y)) (a : X * Y * Y -> R) j :
    sumL s (fun z => a z * feature_difference phi z j)
    = sumL (distinct_pairs s) (fun z => a z * feature_difference phi z j).
  Proof.
    induction s as [|[[x y] y'] s ih]; [reflexivity|]. rewrite sumL_cons, ih. unfold distinct_pairs. simpl filter.
    unfold distinct at 2. cbn [fst snd]. destruct (decide (y <> y')) as [hne|he].
    - rewrite sumL_cons. reflexivity.
    - apply NNPP in he. subst y'. rewrite (F10_equal_pair phi x y j). ring.
  Qed.

  (** F10: a spanning sample has at least as many pairs with different responses as there are independent
      feature differences. *)
  Theorem F10_spanning_needs_pairs (s L : list (X * Y * Y)) : spans phi s -> NoDup L -> independent_pairs L ->
    (length L <= length (distinct_pairs s))%nat.
  Proof.
    intros hs hL hind. destruct (Nat.le_gt_cases (length L) (length (distinct_pairs s))) as [h|h]; [exact h|exfalso].
    destruct (more_vectors_than_generators (feature_difference phi) (distinct_pairs s)
      (feature_difference phi) L hL h) as (a & (z & hz & haz) & hsum).
    - intros z _. destruct (hs z) as (b & hb). exists b. intros j. rewrite hb. apply sum_distinct.
    - apply haz, (hind a hsum z hz).
  Qed.

  Lemma En_sumL (p : X * Y * Y -> R) n (f : X * Y * Y -> R) : is_dist p ->
    En n p (fun s => sumL s f) = INR n * E p f.
  Proof.
    intros hp. induction n as [|n ih]; [simpl; ring|]. rewrite S_INR.
    change (E p (fun a => En n p (fun s => sumL (a :: s) f)) = (INR n + 1) * E p f).
    rewrite (E_ext p _ (fun a => f a + INR n * E p f)).
    - rewrite E_plus, E_const by exact hp. ring.
    - intros a. rewrite <- ih. rewrite (En_ext p n _ (fun s => f a + sumL s f)) by (intros; apply sumL_cons).
      rewrite En_plus, En_const by exact hp. reflexivity.
  Qed.

  Lemma distinct_count (s : list (X * Y * Y)) :
    INR (length (distinct_pairs s)) = sumL s (fun z => let '(x, y, y') := z in ind (y <> y')).
  Proof.
    induction s as [|[[x y] y'] s ih]; [reflexivity|]. rewrite sumL_cons, <- ih. unfold distinct_pairs. simpl filter.
    unfold distinct at 1. simpl. destruct (decide (y <> y')) as [h|h].
    - rewrite ind_true by exact h. change (length ((x, y, y') :: filter distinct s)) with (S (length (filter distinct s))).
      rewrite S_INR. ring.
    - rewrite ind_false by exact h. ring.
  Qed.

  Variable D : X -> R.
  Hypothesis hD : is_dist D.

  (** F10: the expected number of pairs with different responses is at most [2 n (1 - 1/kappa)]. *)
  Theorem F10_expected_distinct_pairs base n : is_policy base ->
    En n (pair_law D base) (fun s => INR (length (distinct_pairs s))) <= 2 * INR n * (1 - / kappa D base).
  Proof.
    intros hb. rewrite (En_ext _ n _ (fun s => sumL s (fun z => let '(x, y, y') := z in ind (y <> y'))))
      by (intros; apply distinct_count).
    rewrite En_sumL by (apply (pair_law_dist D hD base hb)).
    assert (h := F10_informative_pairs D base hD hb). rewrite E2_coupled in h.
    replace (2 * INR n * (1 - / kappa D base)) with (INR n * (2 * (1 - / kappa D base))) by ring.
    apply Rmult_le_compat_l; [apply pos_INR|exact h].
  Qed.

  (** F10: so a sample spans with probability at most [2 n (1 - 1/kappa) / dim]. *)
  Theorem F10_spanning_is_costly base n (L : list (X * Y * Y)) : is_policy base -> NoDup L -> independent_pairs L ->
    (0 < length L)%nat ->
    Prn n (pair_law D base) (spans phi) <= 2 * INR n * (1 - / kappa D base) / INR (length L).
  Proof.
    intros hb hL hind hpos. assert (hlaw := pair_law_dist D hD base hb).
    assert (hk : 0 < INR (length L)) by (apply lt_0_INR, hpos).
    set (count := fun s => / INR (length L) * INR (length (distinct_pairs s))).
    apply Rle_trans with (Prn n (pair_law D base) (fun s => 1 <= count s)).
    - apply Prn_mono; [apply hlaw|]. intros s _ hs. assert (h := F10_spanning_needs_pairs s L hs hL hind).
      apply le_INR in h. unfold count. apply (Rmult_le_reg_l (INR (length L))); [exact hk|].
      rewrite <- Rmult_assoc, Rinv_r by lra. lra.
    - eapply Rle_trans; [apply (Prn_markov (pair_law D base) hlaw)|].
      + intros s. apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, hk|apply pos_INR].
      + unfold count. rewrite En_scal. unfold Rdiv. rewrite Rmult_comm.
        apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hk|]. apply F10_expected_distinct_pairs, hb.
  Qed.

  (** F10 along S05: in round [t+1] of the exact path the probability is at most
      [2 n (N - 1) e^(-gamma alpha_t) / dim]. *)
  Theorem F10_spanning_is_hopeless gamma beta theta0 t n (L : list (X * Y * Y)) : 0 < beta <= 1 -> 0 < gamma ->
    has_margin gamma (softmax phi theta0) -> NoDup L -> independent_pairs L -> (0 < length L)%nat ->
    Prn n (pair_law D (softmax phi (scale (alpha beta t) theta0))) (spans phi)
      <= 2 * INR n * ((card Y - 1) * exp (- (gamma * alpha beta t))) / INR (length L).
  Proof.
    intros hbeta hg hm hL hind hpos. set (base := softmax phi (scale (alpha beta t) theta0)).
    assert (hb : is_policy base) by apply softmax_policy.
    assert (hk : 0 < INR (length L)) by (apply lt_0_INR, hpos).
    assert (hkap : kappa D base <= 1 + (card Y - 1) * exp (- (gamma * alpha beta t))).
    { rewrite (Rmult_comm gamma). apply kappa_margin; [exact hD|exact hb|].
      apply (ExactRounds.exact_margin phi beta gamma hbeta hg theta0 hm t). }
    assert (h1 : 1 <= kappa D base) by (apply K01_range; assumption).
    assert (h2 : 1 - / kappa D base <= kappa D base - 1).
    { apply (Rmult_le_reg_r (kappa D base)); [lra|]. rewrite Rmult_minus_distr_r, Rinv_l by lra. nra. }
    eapply Rle_trans; [apply (F10_spanning_is_costly base n L hb hL hind hpos)|].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hk|].
    apply Rmult_le_compat_l; [assert (h := pos_INR n); lra|lra].
  Qed.

End Cost.

(** ** Without A-REAL *)

(** F10: with the features of [LazyLearner] and a radius below [(1 + 1/beta) g], every empirical minimiser of a
    pair at [x0] and every one of a pair at [x1] are different policies. *)
Theorem F10_minimiser_moves {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (target y0 : Y) (x0 x1 : X)
  beta g radius : y0 <> target -> x0 <> x1 -> 0 < beta -> 0 < radius -> beta * radius < (1 + beta) * g ->
  let phi := prompt_features target in
  let loss := pair_loss beta (softmax phi (fun _ => g)) (linear_class phi radius) in
  forall i j : ball X radius, is_ERM loss [(x0, target, y0)] i -> is_ERM loss [(x1, target, y0)] j ->
  exists y, linear_class phi radius i x0 y <> linear_class phi radius j x0 y.
Proof.
  intros hy hx hbeta hr hg phi loss i j hi hj.
  assert (single : forall x (k : ball X radius), empirical_loss loss [(x, target, y0)] k
                   = (beta * proj1_sig k x - (1 + beta) * g) ^ 2).
  { intros x k. unfold empirical_loss, loss. simpl length. rewrite sumL_cons, sumL_nil.
    change (linear_class phi radius) with (fun i : ball X radius => softmax phi (proj1_sig i)).
    rewrite (pair_loss_residual phi (fun i : ball X radius => proj1_sig i) beta (fun _ => g)).
    rewrite dot_difference. unfold phi. rewrite !score_prompt.
    rewrite (ind_true (target = target)) by reflexivity. rewrite (ind_false (y0 = target)) by exact hy.
    unfold residual. simpl. field. }
  assert (extreme : forall x (k : ball X radius), is_ERM loss [(x, target, y0)] k -> proj1_sig k x = radius).
  { intros x [theta hn] hk. simpl proj1_sig.
    assert (hbest : norm (fun z : X => radius * ind (z = x)) <= radius).
    { unfold norm, dot. rewrite (Sum_ext _ (fun z => ind (z = x) * (radius * radius))).
      - rewrite (Sum_pick (fun _ => radius * radius) x). rewrite sqrt_square; lra.
      - intros z. generalize (ind_idem (z = x)). nra. }
    specialize (hk (exist (fun theta => norm theta <= radius) _ hbest)). rewrite !single in hk. simpl proj1_sig in hk.
    rewrite (ind_true (x = x)), Rmult_1_r in hk by reflexivity.
    assert (hc := coordinate_le_norm theta x). assert (ha := Rle_abs (theta x)).
    assert (hle : theta x <= radius) by lra.
    apply Rle_antisym; [exact hle|]. apply Rnot_lt_le. intros hlt.
    assert (beta * theta x < beta * radius) by (apply Rmult_lt_compat_l; assumption). nra. }
  assert (e0 := extreme x0 i hi). assert (e1 := extreme x1 j hj).
  assert (ej : proj1_sig j x0 = 0).
  { destruct j as [theta hn]. simpl in *. assert (hsq : norm theta * norm theta <= radius * radius).
    { apply Rmult_le_compat; try apply norm_nonneg; assumption. }
    rewrite norm_square in hsq. assert (h2 := Sum_two_le (fun z => theta z * theta z) x1 x0
      ltac:(intros z; generalize (Rle_0_sqr (theta z)); unfold Rsqr; lra) ltac:(congruence)).
    change (theta x1 * theta x1 + theta x0 * theta x0 <= dot theta theta) in h2. rewrite e1 in h2. nra. }
  apply NNPP. intros hno.
  assert (same : forall y, linear_class phi radius i x0 y = linear_class phi radius j x0 y).
  { intros y. apply NNPP. intros hne. apply hno. exists y. exact hne. }
  assert (k1 := softmax_target target (proj1_sig i) x0 y0 hy). assert (k2 := softmax_target target (proj1_sig j) x0 y0 hy).
  fold phi in k1, k2. unfold linear_class in same. rewrite (same target), (same y0) in k1. lra.
Qed.

(** ** How fast it becomes hopeless *)

(** Two responses: a pair has different responses with probability [2 p (1 - p)]. *)
Lemma two_responses_distinct (q : bool -> R) : is_full q ->
  E q (fun y => E q (fun y' => ind (y <> y'))) = 2 * (q true * q false).
Proof.
  intros _. unfold E, Sum, sumL. simpl.
  rewrite (ind_true (true <> false)), (ind_true (false <> true)) by discriminate.
  rewrite !ind_false by (intros h; apply h; reflexivity). ring.
Qed.

(** F10's example, pi_0 = (3/5, 2/5) and beta = 1/10: a pair with different responses takes about 2, 44 and
    10^21 draws in rounds 0, 1 and 2 of the exact path. *)
Theorem F10_draws_per_pair : let q t := power (alpha (1 / 10) t) (fun y : bool => if y then 3 / 5 else 2 / 5) in
  let draws t := / E (q t) (fun y => E (q t) (fun y' => ind (y <> y'))) in
  2 <= draws 0%nat <= 21 / 10 /\ 44 <= draws 1%nat <= 45 /\ 10 ^ 21 <= draws 2%nat <= 11 / 10 * 10 ^ 21.
Proof.
  intros q draws.
  assert (value : forall t k, alpha (1 / 10) t = INR k ->
    draws t = ((3 / 2) ^ k + 1) ^ 2 / (2 * (3 / 2) ^ k)).
  { intros t k e. unfold draws. rewrite two_responses_distinct by apply power_full. unfold q, power. rewrite e.
    unfold Sum, sumL. simpl. rewrite !Rpower_pow by lra.
    assert (h : (3 / 5) ^ k = (3 / 2) ^ k * (2 / 5) ^ k) by (rewrite <- Rpow_mult_distr; f_equal; lra). rewrite h.
    assert (h1 : 0 < (3 / 2) ^ k) by (apply pow_lt; lra). assert (h2 : 0 < (2 / 5) ^ k) by (apply pow_lt; lra).
    field. repeat split; nra. }
  assert (a0 : alpha (1 / 10) 0 = INR 1) by (unfold alpha; simpl; ring).
  assert (a1 : alpha (1 / 10) 1 = INR 11) by (unfold alpha; simpl; field).
  assert (a2 : alpha (1 / 10) 2 = INR 121) by (unfold alpha; rewrite INR_IZR_INZ; simpl; field).
  rewrite (value 0%nat 1%nat a0), (value 1%nat 11%nat a1), (value 2%nat 121%nat a2).
  repeat split; lra.
Qed.
