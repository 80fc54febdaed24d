(** * D11 and D14: the instance of eps_LB exists

    The number of labels M = 1 + floor((kappa_0-1)/(8 eps)) of the instance depends on eps, and eps_LB on
    ln|Pi| = d ln M: the theorem speaks of a fixed point.  It exists for every kappa_0 >= 2, every
    M >= 2 kappa_0 and arbitrarily large d and n; there Theorem 4.1 in its Lambert form and in its logarithmic
    form holds for every learner.  Without a fixed point the bound holds for every d and n, with ln|Pi|
    replaced by d ln m for any m <= M.

    Serves D11, D14. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound Scalar.LambertInversion Scalar.LambertW.
From SRVerify Require Import LowerBound.HardInstance LowerBound.Averages LowerBound.BinaryKeys
  LowerBound.SampleSize.
Open Scope R_scope.

(** I = c_0 kappa_0 L/n, with L = ln|Pi|. *)
Definition level (kappa0 L : R) (n : nat) : R := 1 / 3072 * kappa0 * L / INR n.

(** eps_LB = kappa_0 exp(1 + W_{-1}(-2I/(e^2 kappa_0^2))/2). *)
Definition eps_LB (kappa0 J : R) : R := kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2).

(** f(eps) = eps^2 (1 + ln(kappa_0/eps)). *)
Definition cost (kappa0 eps : R) : R := eps ^ 2 * (1 + ln (kappa0 / eps)).

(** ** Ratios of large integers are dense *)

Lemma large_ratio (a b : R) (m0 : nat) : 0 < a -> a < b ->
  exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\ (1 <= n)%nat /\
    a < INR (S d) / INR n /\ INR (S d) / INR n < b.
Proof.
  intros ha hab.
  assert (h : 0 <= 2 / (b - a) + (INR m0 + 2) / a + INR m0).
  { pose proof (pos_INR m0).
    assert (0 <= 2 / (b - a)) by (apply le_div; lra).
    assert (0 <= (INR m0 + 2) / a) by (apply le_div; lra). lra. }
  destruct (nfloor_ex _ h) as (k & _ & hk).
  assert (hk1 : 2 / (b - a) < INR (S k) /\ (INR m0 + 2) / a < INR (S k) /\ INR m0 < INR (S k)).
  { rewrite S_INR; pose proof (pos_INR m0).
    assert (0 <= 2 / (b - a)) by (apply le_div; lra).
    assert (0 <= (INR m0 + 2) / a) by (apply le_div; lra). lra. }
  destruct hk1 as (h1 & h2 & h3); set (n := S k) in *.
  apply lt_mul_of_div in h1; [| lra]; apply lt_mul_of_div in h2; [| exact ha].
  assert (hn : 0 < INR n) by (apply lt_0_INR; unfold n; lia).
  destruct (nfloor_ex (INR n * a)) as (d & hd1 & hd2); [nra |].
  exists d, n; split; [| split; [| split; [unfold n; lia | split]]].
  - apply INR_le; nra.
  - apply INR_le; lra.
  - apply lt_div; [exact hn | rewrite S_INR; lra].
  - apply div_lt; [exact hn | rewrite S_INR; nra].
Qed.

(** ** The fixed point *)

Section FixedPoint.
  Variable kappa0 : R.
  Hypothesis hk : 2 <= kappa0.

  Lemma sqrt_e_ge_1 : 1 <= sqrt (exp 1).
  Proof. apply le_sqrt_of_sq; pose proof exp_1_gt_2; lra. Qed.

  Lemma cost_pos (eps : R) : 0 < eps -> eps <= 1 / 16 -> 0 < cost kappa0 eps.
  Proof.
    intros h0 h1; pose proof (log_ratio_pos kappa0 eps hk h0 h1).
    apply Rmult_lt_0_compat; [apply pow_lt, h0 | lra].
  Qed.

  Lemma cost_increasing (x y : R) : 0 < x -> x < y -> y <= 1 / 16 -> cost kappa0 x < cost kappa0 y.
  Proof. intros; pose proof sqrt_e_ge_1; apply D08_increasing; nra. Qed.

  Lemma eps_LB_root (J : R) : 0 < J -> J <= cost kappa0 (1 / 16) ->
    0 < eps_LB kappa0 J /\ eps_LB kappa0 J <= kappa0 * sqrt (exp 1) /\ cost kappa0 (eps_LB kappa0 J) = J.
  Proof.
    intros h0 h1.
    assert (hmax : J <= exp 1 * kappa0 ^ 2 / 2).
    { eapply Rle_trans; [exact h1 | apply D08_maximum; lra]. }
    destruct (D09_range kappa0 J ltac:(lra) h0 hmax) as [h2 h3].
    split; [exact h2 | split; [exact h3 | apply D09_root; lra]].
  Qed.

  (** A level between f(x) and f(y) has its root between x and y. *)
  Lemma eps_LB_between (x y J : R) : 0 < x -> x < y -> y <= 1 / 16 ->
    cost kappa0 x < J -> J < cost kappa0 y -> x < eps_LB kappa0 J /\ eps_LB kappa0 J < y.
  Proof.
    intros hx hxy hy h1 h2.
    pose proof (cost_pos x hx ltac:(lra)) as hc.
    assert (h16 : cost kappa0 y <= cost kappa0 (1 / 16)).
    { destruct hy as [hy | ->]; [left; apply cost_increasing; lra | lra]. }
    destruct (eps_LB_root J ltac:(lra) ltac:(lra)) as (h3 & h4 & h5).
    pose proof sqrt_e_ge_1; split.
    - apply (D13_root_increasing kappa0); try lra; [nra |]. fold (cost kappa0 x).
      fold (cost kappa0 (eps_LB kappa0 J)); lra.
    - apply (D13_root_increasing kappa0); try lra; [nra |]. fold (cost kappa0 y).
      fold (cost kappa0 (eps_LB kappa0 J)); lra.
  Qed.

  (** For every M >= 2 kappa_0 and arbitrarily large d and n: at |Pi| = M^d the level I is in the range of
      Theorem 4.1 and M is the number of labels of the instance of eps_LB. *)
  Theorem D11_fixed_points : forall M m0 : nat, 2 * kappa0 <= INR (S M) ->
    exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\ (1 <= n)%nat /\
      let J := level kappa0 (INR (S d) * ln (INR (S M))) n in
      let eps := eps_LB kappa0 J in
      0 < J /\ J <= cost kappa0 (1 / 16) /\
      INR (S M) <= 1 + (kappa0 - 1) / (8 * eps) /\ 1 + (kappa0 - 1) / (8 * eps) < INR (S M) + 1.
  Proof.
    intros M m0 hM; set (m := INR (S M)) in *.
    set (x := (kappa0 - 1) / (8 * m)); set (y := (kappa0 - 1) / (8 * (m - 1))).
    assert (hx : 0 < x) by (apply Rdiv_lt_0_compat; lra).
    assert (hxy : x < y).
    { unfold x, y, Rdiv; apply Rmult_lt_compat_l; [lra |].
      apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | lra]. }
    assert (hy : y <= 1 / 16) by (apply div_le; lra).
    pose proof (cost_pos x hx ltac:(lra)) as hcx.
    pose proof (cost_increasing x y hx hxy hy) as hcxy.
    assert (hl : 0 < ln m) by (apply ln_gt_0; lra).
    set (c := 1 / 3072 * kappa0 * ln m).
    assert (hc : 0 < c) by (unfold c; repeat apply Rmult_lt_0_compat; lra).
    destruct (large_ratio (cost kappa0 x / c) (cost kappa0 y / c) m0) as (d & n & h1 & h2 & h3 & h4 & h5).
    - apply Rdiv_lt_0_compat; assumption.
    - apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, hc | exact hcxy].
    - exists d, n; split; [exact h1 | split; [exact h2 | split; [exact h3 |]]].
      assert (hn : 0 < INR n) by (apply lt_0_INR; lia).
      cbv zeta; set (J := level kappa0 (INR (S d) * ln m) n).
      assert (eJ : J = INR (S d) / INR n * c) by (unfold J, level, c; field; lra).
      apply lt_mul_of_div in h4; [| exact hc]; apply mul_lt_of_div in h5; [| exact hc].
      rewrite <- eJ in h4, h5.
      destruct (eps_LB_between x y J hx hxy hy h4 h5) as [hlo hhi].
      set (eps := eps_LB kappa0 J) in *.
      assert (he : 0 < eps) by lra.
      split; [lra | split; [| split]].
      + apply Rle_trans with (cost kappa0 y); [lra |].
        destruct hy as [hy | e]; [left; apply cost_increasing; lra | rewrite e; lra].
      + assert (m - 1 <= (kappa0 - 1) / (8 * eps)); [| lra].
        apply le_div; [lra |]; unfold y in hhi.
        apply mul_lt_of_div in hhi; lra.
      + assert ((kappa0 - 1) / (8 * eps) < m); [| lra].
        apply div_lt; [lra |]; unfold x in hlo.
        apply lt_mul_of_div in hlo; lra.
  Qed.

  (** Theorem 4.1 where its instance exists: for every M >= 2 kappa_0 there are arbitrarily large d and n for
      which the instance with M labels has condition number at most kappa_0 and every learner, deterministic or
      randomised, has risk at least eps_LB, and at least sqrt(1-1/e) eps~, at some key. *)
  Theorem D11_theorem_4_1 : forall M m0 : nat, 2 * kappa0 <= INR (S M) ->
    exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\
      let L := INR (S d) * ln (INR (S M)) in
      let eps := eps_LB kappa0 (level kappa0 L n) in
      0 < eps /\ eps <= 1 / 16 /\
      (forall key : succ_type d -> succ_type M,
         kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
      forall (W : Type) (FW : FiniteType W) (w : W -> R)
             (A : W -> @learner (succ_type d) (succ_type M)),
        is_dist w -> (forall o, proper_output (A o)) ->
        (exists key, eps <= random_risk w (16 * eps) key n A) /\
        (exists key,
           sqrt (1 - 1 / exp 1) *
             sqrt (1 / 3072 * kappa0 * L / (INR n * (1 + ln (kappa0 * INR n / (2 * (1 / 3072) * L)) / 2))) <=
           random_risk w (16 * eps) key n A).
  Proof.
    intros M m0 hM.
    destruct (D11_fixed_points M m0 hM) as (d & n & h1 & h2 & h3 & hJ & hJ' & hlo & hhi).
    exists d, n; split; [exact h1 | split; [exact h2 |]].
    assert (hn : 1 <= INR n) by (apply (le_INR 1); exact h3).
    assert (hL : INR (S d) * ln (INR (S M)) = ln (@class_size (succ_type d) (succ_type M) _ _))
      by (rewrite log_class_size, !card_succ_type; reflexivity).
    cbv zeta in *; rewrite hL in *.
    set (J := level kappa0 _ n) in *; set (eps := eps_LB kappa0 J) in *.
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot); fold eps in he, he', hroot.
    assert (heps : eps <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) eps ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 eps) in h; lra. }
    split; [exact he | split; [exact heps | split]].
    - intro key; apply D02_instance; [lra |]; rewrite card_succ_type.
      replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra). exact hlo.
    - intros W FW w A hw hA; split.
      + apply (D11_lambert_bound W FW w A kappa0 J eps n hw hA hn hk eq_refl hJ hJ' eq_refl);
          rewrite card_succ_type; assumption.
      + apply (D14_risk W FW w A kappa0 J eps n hw hA hn hk eq_refl hJ hJ' eq_refl);
          rewrite card_succ_type; assumption.
  Qed.

  (** Without a fixed point: for every d and n and every number m >= 2 of labels that the instance of
      eps = eps_LB(d ln m) contains, every learner has risk at least eps there at some key.  m = 2 always
      qualifies, since eps <= 1/16 gives at least three labels. *)
  Theorem D11_every_size : forall (d n m : nat), (1 <= n)%nat -> (2 <= m)%nat ->
    let J := level kappa0 (INR (S d) * ln (INR m)) n in
    let eps := eps_LB kappa0 J in
    J <= cost kappa0 (1 / 16) -> INR m <= 1 + (kappa0 - 1) / (8 * eps) ->
    exists M : nat, (m <= S M)%nat /\
      (forall key : succ_type d -> succ_type M,
         kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
      forall (W : Type) (FW : FiniteType W) (w : W -> R)
             (A : W -> @learner (succ_type d) (succ_type M)),
        is_dist w -> (forall o, proper_output (A o)) ->
        exists key, eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros d n m hn hm J eps hJ' hmM.
    assert (hn' : 1 <= INR n) by (apply (le_INR 1); exact hn).
    assert (hm' : 2 <= INR m) by (apply (le_INR 2); exact hm).
    assert (hd : 0 < INR (S d)) by (apply lt_0_INR; lia).
    assert (hl : 0 < ln (INR m)) by (apply ln_gt_0; lra).
    assert (hJ : 0 < J).
    { unfold J, level; apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat; lra | lra]. }
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot); fold eps in he, he', hroot.
    assert (heps : eps <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) eps ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 eps) in h; lra. }
    assert (hx : 0 <= (kappa0 - 1) / (8 * eps)) by (apply le_div; lra).
    destruct (nfloor_ex _ hx) as (M & hM & hM'); exists M.
    assert (hmM' : (m <= S M)%nat).
    { assert (INR m < INR (S (S M))) as h by (rewrite !S_INR; lra). apply INR_lt in h; lia. }
    split; [exact hmM' | split].
    - intro key; apply D02_instance; [lra |]; rewrite card_succ_type, S_INR.
      replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra). lra.
    - intros W FW w A hw hA.
      apply (D11_risk W FW w A kappa0 eps n hw hA hn' hk he heps);
        rewrite ?card_succ_type, ?(S_INR M); try lra.
      fold (cost kappa0 eps); rewrite hroot, log_class_size, !card_succ_type; unfold J, level.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra |].
      apply Rmult_le_compat_l; [lra |]; apply Rmult_le_compat_l; [lra |].
      apply ln_le; [lra | apply le_INR, hmM'].
  Qed.

  (** At m = 2 the hypothesis on m is met by itself: for every d and n with c_0 kappa_0 d ln 2/n <= f(1/16). *)
  Theorem D11_two_labels : forall (d n : nat), (1 <= n)%nat ->
    let J := level kappa0 (INR (S d) * ln 2) n in
    J <= cost kappa0 (1 / 16) -> 2 <= 1 + (kappa0 - 1) / (8 * eps_LB kappa0 J).
  Proof.
    intros d n hn J hJ'.
    assert (hJ : 0 < J).
    { pose proof (lt_0_INR n ltac:(lia)); pose proof (lt_0_INR (S d) ltac:(lia)).
      pose proof (ln_gt_0 2 ltac:(lra)).
      unfold J, level; apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat; lra | lra]. }
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot).
    assert (heps : eps_LB kappa0 J <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) _ ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 (eps_LB kappa0 J)) in h; lra. }
    assert (1 <= (kappa0 - 1) / (8 * eps_LB kappa0 J)) by (apply le_div; lra). lra.
  Qed.
End FixedPoint.
