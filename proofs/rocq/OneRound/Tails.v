(** * Tails of the rewards

    C12: the upper tail of [log(1/pi0)] and of the likelihood ratio, the fourth moments with the
    constant [M4], what A-TAIL gives for the implicit reward, the witness that without it the lower
    tail is unbounded, and A-TAIL itself (with [K = N]) for the exact update. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.OneRound Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.GapToMass.
Open Scope R_scope.

(** [M4(l) = l^4 + 4 l^3 + 12 l^2 + 24 l + 24], the fourth moment of [l + Exp(1)]. *)
Definition M4 (l : R) : R := l ^ 4 + 4 * l ^ 3 + 12 * l ^ 2 + 24 * l + 24.

Lemma exp_powers w : 0 <= w -> w <= exp w /\ w ^ 2 <= 2 * exp w /\ w ^ 3 <= 6 * exp w /\ w ^ 4 <= 24 * exp w.
Proof.
  intros h. assert (t := exp_ge_taylor w 4 h). unfold sum_f_R0 in t. simpl in t.
  assert (0 <= w * w) by (apply Rmult_le_pos; lra).
  assert (0 <= w * w * w) by (apply Rmult_le_pos; lra).
  assert (0 <= w * w * w * w) by (apply Rmult_le_pos; lra).
  simpl. lra.
Qed.

Lemma fourth_power_exp l u : 0 <= l -> 0 <= u -> u ^ 4 <= l ^ 4 + (M4 l - l ^ 4) * exp (u - l).
Proof.
  intros hl hu. destruct (Rle_dec u l) as [h|h].
  - assert (u ^ 4 <= l ^ 4) by (apply pow_incr; lra).
    assert (0 <= (M4 l - l ^ 4) * exp (u - l)); [|lra].
    apply Rmult_le_pos; [|left; apply exp_pos]. unfold M4.
    assert (0 <= l ^ 3) by (apply pow_le, hl). assert (0 <= l ^ 2) by (apply pow_le, hl). lra.
  - destruct (exp_powers (u - l)) as (p1 & p2 & p3 & p4); [lra|].
    set (w := u - l) in *. set (e := exp w) in *. replace u with (l + w) by (unfold w; ring).
    assert (0 <= l ^ 3) by (apply pow_le, hl). assert (0 <= l ^ 2) by (apply pow_le, hl).
    assert (l ^ 3 * w <= l ^ 3 * e) by (apply Rmult_le_compat_l; assumption).
    assert (l ^ 2 * w ^ 2 <= l ^ 2 * (2 * e)) by (apply Rmult_le_compat_l; assumption).
    assert (l * w ^ 3 <= l * (6 * e)) by (apply Rmult_le_compat_l; assumption).
    replace ((l + w) ^ 4) with (l ^ 4 + 4 * (l ^ 3 * w) + 6 * (l ^ 2 * w ^ 2) + 4 * (l * w ^ 3) + w ^ 4) by ring.
    unfold M4. lra.
Qed.

(** [e^(l-u) (4u^3 + 12u^2 + 24u + 24)] falls below every bound. *)
Lemma moment_remainder (l eps : R) : 0 < eps ->
  exists m, forall u, m < u -> 0 <= exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24) < eps.
Proof.
  intros he. assert (hl := exp_pos l).
  assert (hq : 0 < 1536 * exp l / eps) by (apply Rdiv_lt_0_compat; lra).
  exists (1 + 1536 * exp l / eps). intros u hu.
  assert (h1 : 1 <= u) by lra.
  destruct (exp_powers u ltac:(lra)) as (_ & _ & _ & p4).
  assert (h2 : u <= u ^ 2) by nra. assert (h3 : u ^ 2 <= u ^ 3) by nra.
  assert (hp : 0 < 4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24 <= 64 * u ^ 3) by lra.
  set (p := 4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24) in *.
  unfold Rminus. rewrite exp_plus, exp_Ropp. assert (hu0 := exp_pos u).
  assert (hi : 0 < / exp u) by (apply Rinv_0_lt_compat, hu0).
  split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
  apply (Rmult_lt_reg_r (exp u)); [exact hu0|].
  replace (exp l * / exp u * p * exp u) with (exp l * p) by (field; lra).
  assert (hb : 1536 * exp l < eps * u).
  { assert (h : 1536 * exp l / eps * eps < u * eps) by (apply Rmult_lt_compat_r; lra).
    replace (1536 * exp l / eps * eps) with (1536 * exp l) in h by (field; lra). lra. }
  apply Rle_lt_trans with (exp l * (64 * u ^ 3)); [apply Rmult_le_compat_l; lra|].
  apply Rlt_le_trans with (eps * u * (u ^ 3 / 24)).
  - replace (exp l * (64 * u ^ 3)) with (1536 * exp l * (u ^ 3 / 24)) by field.
    apply Rmult_lt_compat_r; [|exact hb]. assert (0 < u ^ 3) by (apply pow_lt; lra). lra.
  - replace (eps * u * (u ^ 3 / 24)) with (eps * (u ^ 4 / 24)) by field.
    apply Rmult_le_compat_l; lra.
Qed.

(** C12: [l^4 + int_l^oo 4 t^3 e^(l-t) dt = M4(l)], the integral to infinity as a limit. *)
Theorem C12_moment_improper (l : R) :
  is_RInt_gen (fun t => 4 * t ^ 3 * exp (l - t)) (at_point l) (Rbar_locally p_infty) (M4 l - l ^ 4).
Proof.
  intros P [eps hP]. destruct (moment_remainder l eps (cond_pos eps)) as (m & hm).
  apply (Filter_prod _ _ _ (fun a => a = l) (fun u => Rmax l m < u)).
  - reflexivity.
  - exists (Rmax l m). intros u hu; exact hu.
  - intros a u -> hu. assert (ha := Rmax_l l m). assert (hb := Rmax_r l m).
    exists (M4 l - l ^ 4 - exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24)). split.
    + apply C12_moment_integral. lra.
    + apply hP. specialize (hm u ltac:(lra)).
      change (Rabs (M4 l - l ^ 4 - exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24) - (M4 l - l ^ 4)) < eps).
      set (r := exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24)) in *.
      replace (M4 l - l ^ 4 - r - (M4 l - l ^ 4)) with (- r) by ring.
      rewrite Rabs_Ropp, Rabs_right; lra.
Qed.

Section Moments.
  Context {A : Type} {F : FiniteType A}.

  (** [u >= 0] and [E e^u <= e^l] give [E u^4 <= M4(l)]. *)
  Lemma fourth_moment (p u : A -> R) l : is_dist p -> 0 <= l -> (forall a, 0 <= u a) ->
    E p (fun a => exp (u a)) <= exp l -> E p (fun a => u a ^ 4) <= M4 l.
  Proof.
    intros hp hl hu h.
    apply Rle_trans with (E p (fun a => l ^ 4 + (M4 l - l ^ 4) * exp (- l) * exp (u a))).
    - apply E_le; [apply hp|]. intros a. eapply Rle_trans; [apply (fourth_power_exp l); auto|].
      right. unfold Rminus at 2. rewrite exp_plus. ring.
    - rewrite E_plus, E_scal, E_const by exact hp.
      assert (0 <= M4 l - l ^ 4).
      { unfold M4. assert (0 <= l ^ 3) by (apply pow_le, hl). assert (0 <= l ^ 2) by (apply pow_le, hl). lra. }
      assert ((M4 l - l ^ 4) * exp (- l) * E p (fun a => exp (u a)) <= (M4 l - l ^ 4) * exp (- l) * exp l).
      { apply Rmult_le_compat_l; [apply Rmult_le_pos; [assumption|left; apply exp_pos]|exact h]. }
      assert (e : exp (- l) * exp l = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
      replace ((M4 l - l ^ 4) * exp (- l) * exp l) with ((M4 l - l ^ 4) * (exp (- l) * exp l)) in H0 by ring.
      rewrite e in H0. lra.
  Qed.

  (** Chernoff: [P(u > t) <= e^(-t) E e^u]. *)
  Lemma chernoff (p u : A -> R) t : (forall a, 0 <= p a) ->
    Pr p (fun a => t < u a) <= exp (- t) * E p (fun a => exp (u a)).
  Proof.
    intros hp. apply Rle_trans with (Pr p (fun a => exp t <= exp (u a))).
    - apply Pr_mono; [exact hp|]. intros a h; apply exp_le; lra.
    - eapply Rle_trans; [apply markov; [exact hp|intros; left; apply exp_pos|apply exp_pos]|].
      rewrite exp_Ropp. unfold Rdiv. rewrite Rmult_comm. lra.
  Qed.
End Moments.

Section OnePrompt.
  Context {Y : Type} {FY : FiniteType Y}.
  Implicit Types p q : Y -> R.

  (** C12: [P_{y ~ q}(q(y) <= e^(-t) / N) <= e^(-t)]. *)
  Theorem C12_upper_tail q t : is_full q -> Pr q (fun y => q y <= exp (- t) / card Y) <= exp (- t).
  Proof.
    intros hq. assert (hc := @card_ge_1 Y FY). apply Rle_trans with (Sum (fun _ : Y => exp (- t) / card Y)).
    - apply Sum_le; intros y. unfold ind. destruct (decide _) as [h|h]; [lra|].
      rewrite Rmult_0_r. left. apply Rdiv_lt_0_compat; [apply exp_pos|lra].
    - rewrite Sum_const. right; field; lra.
  Qed.

  (** C12: [P_q(p/q >= e^t) <= e^(-t)]. *)
  Theorem C12_ratio_tail q p t : is_full q -> is_dist p -> Pr q (fun y => exp t <= p y / q y) <= exp (- t).
  Proof.
    intros hq hp. eapply Rle_trans.
    - apply markov; [intros; left; apply hq| |apply exp_pos].
      intros y. apply Rmult_le_pos; [apply hp|]. left; apply Rinv_0_lt_compat, hq.
    - replace (E q (fun y => p y / q y)) with 1.
      + rewrite exp_Ropp. unfold Rdiv; lra.
      + destruct hp as [_ <-]. apply Sum_ext; intros y. assert (0 < q y) by apply hq. field; lra.
  Qed.

  Lemma exp_neg_ln_mean q : is_full q -> E q (fun y => exp (- ln (q y))) = card Y.
  Proof.
    intros hq. rewrite <- (Rmult_1_r (card Y)), <- (Sum_const (A := Y)). apply Sum_ext; intros y.
    assert (0 < q y) by apply hq. rewrite exp_Ropp, exp_ln by assumption. field; lra.
  Qed.

  Lemma neg_ln_nonneg q y : is_full q -> 0 <= - ln (q y).
  Proof.
    intros hq. assert (h := dist_le_1 q y (is_full_dist q hq)).
    apply ln_le_mono in h; [|apply hq]. rewrite ln_1 in h. lra.
  Qed.

  (** C12: [E log^4(1/q) <= M4(log N)]. *)
  Theorem C12_fourth_moment q : is_full q -> E q (fun y => (- ln (q y)) ^ 4) <= M4 (ln (card Y)).
  Proof.
    intros hq. assert (hc := @card_ge_1 Y FY). apply fourth_moment.
    - apply is_full_dist, hq.
    - apply ln_ge_0, hc.
    - intros; apply neg_ln_nonneg, hq.
    - rewrite exp_neg_ln_mean, exp_ln by (exact hq || lra). lra.
  Qed.

  (** C12: for [beta <= 1], [E_q e^(beta log(p/q)) <= 1]. *)
  Lemma implicit_reward_upper q p beta : is_full q -> is_full p -> 0 <= beta <= 1 ->
    E q (fun y => exp (beta * ln (p y / q y))) <= 1.
  Proof.
    intros hq hp hb. apply (jensen_power q (fun y => p y / q y) beta).
    - apply is_full_dist, hq.
    - intros y; apply Rdiv_lt_0_compat; [apply hp|apply hq].
    - exact hb.
    - right. destruct hp as [_ <-]. apply Sum_ext; intros y. assert (0 < q y) by apply hq. field; lra.
  Qed.

End OnePrompt.

(** C12: without an assumption the lower tail is free: [q = (1/2, 1/2)], [p = (1-s, s)] has
    [P_q(q/p >= e^t) >= 1/2] as soon as [s <= e^(-t)/2]. *)
Theorem C12_lower_tail_unbounded t : 0 <= t -> exists p : bool -> R, is_full p /\
  1 / 2 <= Pr (fun _ : bool => 1 / 2) (fun y => exp t <= (1 / 2) / p y).
Proof.
  intros ht. assert (he : 0 < exp (- t) <= 1).
  { split; [apply exp_pos|]. rewrite <- exp_0. apply exp_le; lra. }
  exists (fun b : bool => if b then 1 - exp (- t) / 2 else exp (- t) / 2). split.
  - split; [intros [|]; lra|]. unfold Sum; simpl; lra.
  - unfold Pr, E, Sum; simpl. set (P := exp t <= 1 / 2 / (1 - exp (- t) / 2)).
    generalize (ind_nonneg P). rewrite (ind_true (exp t <= 1 / 2 / (exp (- t) / 2))); [lra|].
    rewrite exp_Ropp. right. field. apply Rgt_not_eq, exp_pos.
Qed.

Section Policies.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi base hat : policy X Y.

  (** A-TAIL: [E_base[(base/hat)^beta] <= K]. *)
  Definition tail_constant (beta : R) base hat : R := E1 D base (fun x y => Rpower (base x y / hat x y) beta).

  (** A-TAIL holds with [K = N] for the exact update. *)
  Theorem tail_constant_exact_update beta base : 0 < beta -> is_policy base ->
    tail_constant beta base (self_update beta base) <= card Y.
  Proof.
    intros hbeta hb. unfold tail_constant, E1. rewrite <- (E_const D (card Y) hD).
    apply E_le; [apply hD|]. intros x. rewrite <- (Rmult_1_r (card Y)), <- (Sum_const (A := Y)).
    apply Sum_le; intros y. unfold self_update, gibbs. set (q := base x).
    assert (hq : is_full q) by apply hb. assert (hy : 0 < q y) by apply hq.
    assert (hZ := partition_pos beta (fun y => ln (q y)) q hq).
    assert (hZ1 : partition beta (fun y => ln (q y)) q <= 1).
    { destruct hq as [hq0 <-]. apply Sum_le; intros z. rewrite <- (Rmult_1_r (q z)) at 3.
      apply Rmult_le_compat_l; [left; apply hq0|]. rewrite <- exp_0. apply exp_le.
      assert (h := neg_ln_nonneg q z (hb x)).
      apply (Rmult_le_reg_r beta); [exact hbeta|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    set (Z := partition beta (fun y => ln (q y)) q) in *. unfold Rpower.
    replace (q y / (q y * exp (ln (q y) / beta) / Z)) with (Z / exp (ln (q y) / beta))
      by (field; split; [lra|split; apply Rgt_not_eq; [apply exp_pos|exact hy]]).
    rewrite ln_div_pos, ln_exp by (exact hZ || apply exp_pos).
    replace (beta * (ln Z - ln (q y) / beta)) with (beta * ln Z + - ln (q y)) by (field; lra).
    rewrite exp_plus, (exp_Ropp (ln (q y))), exp_ln by exact hy.
    replace (q y * (exp (beta * ln Z) * / q y)) with (exp (beta * ln Z)) by (field; lra).
    rewrite <- exp_0. apply exp_le. apply ln_le_mono in hZ1; [|exact hZ]. rewrite ln_1 in hZ1. nra.
  Qed.

  Lemma tail_constant_exp beta base hat : is_policy base -> is_policy hat ->
    tail_constant beta base hat = E1 D base (fun x y => exp (- implicit_reward beta base hat x y)).
  Proof.
    intros hb hh. apply E1_ext; intros x y. unfold Rpower, implicit_reward. f_equal.
    rewrite !ln_div_pos by (apply hb || apply hh). ring.
  Qed.

  Lemma tail_constant_ge_1 beta base hat : 0 <= beta <= 1 -> is_policy base -> is_policy hat ->
    1 <= tail_constant beta base hat.
  Proof.
    intros hbeta hb hh. rewrite tail_constant_exp by assumption.
    rewrite <- (E_const D 1 hD). apply E_le; [apply hD|]. intros x.
    assert (hu := implicit_reward_upper (base x) (hat x) beta (hb x) (hh x) hbeta).
    assert (hbd := is_full_dist _ (hb x)).
    apply Rle_trans with (E (base x) (fun y => 2 - exp (implicit_reward beta base hat x y))).
    - rewrite E_minus, E_const by exact hbd. unfold implicit_reward. lra.
    - apply E_le; [apply hbd|]. intros y. rewrite exp_Ropp.
      set (e := exp _). assert (he : 0 < e) by apply exp_pos.
      apply Rminus_le. replace (2 - e - / e) with (- ((e - 1) ^ 2 / e)) by (field; lra).
      apply Ropp_le_cancel. rewrite Ropp_0, Ropp_involutive.
      apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat, he].
  Qed.

  (** [E_{base,base} e^{|Delta r|} <= 2N]. *)
  Lemma exp_reward_difference base : is_policy base ->
    E2 D base base (fun x y y' => exp (Rabs (Delta (fun x y => ln (base x y)) x y y'))) <= 2 * card Y.
  Proof.
    intros hb. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    apply Rle_trans with (E2 D base base (fun x y y' => exp (- ln (base x y)) + exp (- ln (base x y')))).
    - apply E2_le; [exact hD|intros; left; apply hb|intros; left; apply hb|]. intros x y y'. unfold Delta.
      assert (h1 := neg_ln_nonneg (base x) y (hb x)). assert (h2 := neg_ln_nonneg (base x) y' (hb x)).
      assert (p1 := exp_pos (- ln (base x y))). assert (p2 := exp_pos (- ln (base x y'))).
      unfold Rabs; destruct (Rcase_abs _).
      + apply Rle_trans with (exp (- ln (base x y))); [apply exp_le; lra|lra].
      + apply Rle_trans with (exp (- ln (base x y'))); [apply exp_le; lra|lra].
    - rewrite E2_plus.
      rewrite (E2_fst D base base (fun x y => exp (- ln (base x y)))) by exact hbd.
      rewrite (E2_snd D base base (fun x y => exp (- ln (base x y)))) by exact hbd.
      unfold E1. rewrite (E_ext D _ (fun _ => card Y)) by (intros x; apply exp_neg_ln_mean, hb).
      rewrite E_const by exact hD. lra.
  Qed.

  (** [E_{base,base} e^{|Delta r^|} <= 2K]. *)
  Lemma exp_implicit_difference beta base hat K : 0 <= beta <= 1 -> is_policy base -> is_policy hat ->
    tail_constant beta base hat <= K ->
    E2 D base base (fun x y y' => exp (Rabs (Delta (implicit_reward beta base hat) x y y'))) <= 2 * K.
  Proof.
    intros hbeta hb hh hK. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    set (r := implicit_reward beta base hat).
    assert (hu : forall x, E (base x) (fun y => exp (r x y)) <= 1)
      by (intros x; apply implicit_reward_upper; auto).
    assert (side : forall x, E (base x) (fun y => E (base x) (fun y' => exp (r x y) * exp (- r x y')))
                             <= E (base x) (fun y => exp (- r x y))).
    { intros x. rewrite (E_ext (base x) _ (fun y => exp (r x y) * E (base x) (fun y' => exp (- r x y'))))
        by (intros; apply E_scal).
      rewrite E_scal_r. rewrite <- (Rmult_1_l (E (base x) (fun y => exp (- r x y)))) at 2.
      apply Rmult_le_compat_r; [|apply hu].
      apply E_nonneg; [apply hbd|intros; left; apply exp_pos]. }
    apply Rle_trans with (E D (fun x => 2 * E (base x) (fun y => exp (- r x y)))).
    - apply E_le; [apply hD|]. intros x.
      apply Rle_trans with (E (base x) (fun y => E (base x) (fun y' =>
          exp (r x y) * exp (- r x y') + exp (r x y') * exp (- r x y)))).
      + apply E_le; [apply hbd|]. intros y. apply E_le; [apply hbd|]. intros y'. unfold Delta.
        rewrite <- !exp_plus.
        assert (p1 := exp_pos (r x y + - r x y')). assert (p2 := exp_pos (r x y' + - r x y)).
        unfold Rabs; destruct (Rcase_abs _).
        * replace (- (r x y - r x y')) with (r x y' + - r x y) by ring. lra.
        * replace (r x y - r x y') with (r x y + - r x y') by ring. lra.
      + rewrite (E_ext (base x) _ (fun y => E (base x) (fun y' => exp (r x y) * exp (- r x y'))
            + E (base x) (fun y' => exp (r x y') * exp (- r x y)))) by (intros; apply E_plus).
        rewrite E_plus, (E_swap (base x) (base x) (fun y y' => exp (r x y') * exp (- r x y))).
        specialize (side x). lra.
    - rewrite E_scal. rewrite tail_constant_exp in hK by assumption. unfold E1 in hK. fold r in hK. lra.
  Qed.

  (** C12: under A-TAIL, [P(|Delta r^| > t) <= 2 K e^(-t)]. *)
  Theorem C12_implicit_tail beta base hat K t : 0 <= beta <= 1 -> is_policy base -> is_policy hat ->
    tail_constant beta base hat <= K ->
    Pr (coupled D base base) (fun z => let '(x, y, y') := z in
      t < Rabs (Delta (implicit_reward beta base hat) x y y')) <= 2 * K * exp (- t).
  Proof.
    intros hbeta hb hh hK. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    assert (h := chernoff (coupled D base base)
      (fun z => let '(x, y, y') := z in Rabs (Delta (implicit_reward beta base hat) x y y')) t
      (proj1 (coupled_dist D hD base base hbd hbd))).
    assert (k := exp_implicit_difference beta base hat K hbeta hb hh hK). rewrite E2_coupled in k.
    eapply Rle_trans; [|eapply Rle_trans; [exact h|]].
    - right. apply E_ext; intros [[x y] y']; reflexivity.
    - rewrite (Rmult_comm (2 * K)). apply Rmult_le_compat_l; [left; apply exp_pos|].
      eapply Rle_trans; [right|exact k]. apply E_ext; intros [[x y] y']; reflexivity.
  Qed.

  Lemma reward_tail base t : is_policy base ->
    Pr (coupled D base base) (fun z => let '(x, y, y') := z in
      t < Rabs (Delta (fun x y => ln (base x y)) x y y')) <= 2 * card Y * exp (- t).
  Proof.
    intros hb. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    assert (h := chernoff (coupled D base base)
      (fun z => let '(x, y, y') := z in Rabs (Delta (fun x y => ln (base x y)) x y y')) t
      (proj1 (coupled_dist D hD base base hbd hbd))).
    assert (k := exp_reward_difference base hb). rewrite E2_coupled in k.
    eapply Rle_trans; [|eapply Rle_trans; [exact h|]].
    - right. apply E_ext; intros [[x y] y']; reflexivity.
    - rewrite (Rmult_comm (2 * card Y)). apply Rmult_le_compat_l; [left; apply exp_pos|].
      eapply Rle_trans; [right|exact k]. apply E_ext; intros [[x y] y']; reflexivity.
  Qed.

  (** C12: under A-TAIL, [E |Delta r^|^4 <= M4(log 2K)]. *)
  Theorem C12_implicit_fourth_moment beta base hat K : 0 <= beta <= 1 -> is_policy base -> is_policy hat ->
    tail_constant beta base hat <= K ->
    E2 D base base (fun x y y' => Rabs (Delta (implicit_reward beta base hat) x y y') ^ 4) <= M4 (ln (2 * K)).
  Proof.
    intros hbeta hb hh hK. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    assert (h1 := tail_constant_ge_1 beta base hat hbeta hb hh).
    assert (k := exp_implicit_difference beta base hat K hbeta hb hh hK). rewrite E2_coupled in *.
    set (u := fun z : X * Y * Y => let '(x, y, y') := z in Rabs (Delta (implicit_reward beta base hat) x y y')).
    eapply Rle_trans; [|apply (fourth_moment (coupled D base base) u)].
    - right. apply E_ext; intros [[x y] y']; reflexivity.
    - apply coupled_dist; assumption.
    - apply ln_ge_0; lra.
    - intros [[x y] y']; apply Rabs_pos.
    - rewrite exp_ln by lra. eapply Rle_trans; [right|exact k]. apply E_ext; intros [[x y] y']; reflexivity.
  Qed.

  (** [E |Delta r|^4 <= 2 M4(log N)], from [|u - v|^4 <= u^4 + v^4] for [u, v >= 0]. *)
  Lemma reward_fourth_moment base : is_policy base ->
    E2 D base base (fun x y y' => Rabs (Delta (fun x y => ln (base x y)) x y y') ^ 4) <= 2 * M4 (ln (card Y)).
  Proof.
    intros hb. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    apply Rle_trans with (E2 D base base (fun x y y' => (- ln (base x y)) ^ 4 + (- ln (base x y')) ^ 4)).
    - apply E2_le; [exact hD|intros; left; apply hb|intros; left; apply hb|]. intros x y y'. unfold Delta.
      assert (h1 := neg_ln_nonneg (base x) y (hb x)). assert (h2 := neg_ln_nonneg (base x) y' (hb x)).
      assert (p1 := pow_le _ 4 h1). assert (p2 := pow_le _ 4 h2).
      unfold Rabs; destruct (Rcase_abs _).
      + apply Rle_trans with ((- ln (base x y)) ^ 4); [apply pow_incr; lra|lra].
      + apply Rle_trans with ((- ln (base x y')) ^ 4); [apply pow_incr; lra|lra].
    - rewrite E2_plus.
      rewrite (E2_fst D base base (fun x y => (- ln (base x y)) ^ 4)) by exact hbd.
      rewrite (E2_snd D base base (fun x y => (- ln (base x y)) ^ 4)) by exact hbd.
      assert (E1 D base (fun x y => (- ln (base x y)) ^ 4) <= M4 (ln (card Y))); [|lra].
      unfold E1. rewrite <- (E_const D (M4 (ln (card Y))) hD). apply E_le; [apply hD|].
      intros x; apply C12_fourth_moment, hb.
  Qed.

End Policies.
