(** One round: tails of the rewards, zero loss, uniform bounds. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Rounds Finite.Space Policy.Definitions Policy.Update.
Import ListNotations.
Open Scope R_scope.

(** * Tails of the rewards

    C12: the upper tail of [log(1/pi0)] and of the likelihood ratio, the fourth moments with the
    constant [M4], what A-TAIL gives for the implicit reward, the witness that without it the lower
    tail is unbounded, and A-TAIL itself (with [K = N]) for the exact update. *)

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
    set (w := u - l) in *. set (e := exp w) in *. replace u with (l + w) by (unfold w; lra).
    assert (0 <= l ^ 3) by (apply pow_le, hl). assert (0 <= l ^ 2) by (apply pow_le, hl).
    assert (l ^ 3 * w <= l ^ 3 * e) by (apply Rmult_le_compat_l; assumption).
    assert (l ^ 2 * w ^ 2 <= l ^ 2 * (2 * e)) by (apply Rmult_le_compat_l; assumption).
    assert (l * w ^ 3 <= l * (6 * e)) by (apply Rmult_le_compat_l; assumption).
    replace ((l + w) ^ 4) with (l ^ 4 + 4 * (l ^ 3 * w) + 6 * (l ^ 2 * w ^ 2) + 4 * (l * w ^ 3) + w ^ 4) by lra.
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
  - replace (exp l * (64 * u ^ 3)) with (1536 * exp l * (u ^ 3 / 24)) by lra.
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
      replace (M4 l - l ^ 4 - r - (M4 l - l ^ 4)) with (- r) by lra.
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
      right. unfold Rminus at 2. rewrite exp_plus. lra.
    - rewrite E_plus, E_scal, E_const by exact hp.
      assert (0 <= M4 l - l ^ 4).
      { unfold M4. assert (0 <= l ^ 3) by (apply pow_le, hl). assert (0 <= l ^ 2) by (apply pow_le, hl). lra. }
      assert ((M4 l - l ^ 4) * exp (- l) * E p (fun a => exp (u a)) <= (M4 l - l ^ 4) * exp (- l) * exp l).
      { apply Rmult_le_compat_l; [apply Rmult_le_pos; [assumption|left; apply exp_pos]|exact h]. }
      assert (e : exp (- l) * exp l = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
      replace ((M4 l - l ^ 4) * exp (- l) * exp l) with ((M4 l - l ^ 4) * (exp (- l) * exp l)) in H0 by lra.
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
    rewrite !ln_div_pos by (apply hb || apply hh). lra.
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
        * replace (- (r x y - r x y')) with (r x y' + - r x y) by lra. lra.
        * replace (r x y - r x y') with (r x y + - r x y') by lra. lra.
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

(** * Zero empirical loss

    C15: with probability at least [1 - delta] over [n] independent draws, every member of a finite
    class with zero empirical loss has risk at most [b log(|Pi|/delta)/n].  C13: under A-REAL every
    empirical risk minimiser of a round has zero loss on each sampled pair. *)

Section ZeroLoss.
  Context {A I : Type} {FA : FiniteType A} {FI : FiniteType I}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable loss : I -> A -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  Hypothesis hloss : forall i z, 0 <= loss i z <= b.

  (** No sampled point has positive loss. *)
  Definition zero_on (i : I) (s : list A) : Prop := List.Forall (fun z => loss i z = 0) s.

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
      rewrite S_INR. simpl pow. rewrite ih, <- exp_plus. f_equal; lra.
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
    unfold empirical_loss; rewrite sumL_nil; unfold Rdiv; lra. }
  assert (hlen : 0 < INR (length s)) by (apply lt_0_INR; lia).
  assert (hs : sumL s (loss i) = 0).
  { apply Rle_antisym; [|apply sumL_nonneg; auto]. specialize (h j). unfold empirical_loss in h.
    rewrite (sumL_ext s (loss j) (fun _ => 0)), sumL_zero in h by auto.
    apply (Rmult_le_reg_r (/ INR (length s))); [apply Rinv_0_lt_compat, hlen|].
    unfold Rdiv in h. lra. }
  split; [unfold empirical_loss; rewrite hs; unfold Rdiv; lra|].
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
    rewrite <- (S03_reward_difference beta (fun y => ln (base x y)) (base x) hbeta (hb x) y y'). lra.
  Qed.

  (** C13: under A-REAL every ERM has empirical loss [0], hence no loss on any sampled pair. *)
  Theorem C13_zero_empirical_loss s i : 0 < beta -> is_policy base -> realizable ->
    is_ERM pair_loss s i -> empirical_loss pair_loss s i = 0 /\ zero_on pair_loss i s.
  Proof.
    intros hbeta hb hr h. destruct (realizable_zero_loss hbeta hb hr) as (j & hj).
    apply (ERM_zero pair_loss s i j pair_loss_nonneg hj h).
  Qed.

End Round.

(** * Uniform bounds through a finite net

    C14 and F05 at the level of samples.  For losses in [0, b] the exponential moment method gives, with
    probability at least [1 - delta], [L <= (8/5)(L^ + b log(|J|/delta)/n)] for every member of a finite
    class ([e/(e-1) < 8/5]): smaller in both constants than the fixed point of Bernstein's inequality.
    Through a net of resolution [h] it bounds the risk of every zero-loss member of an infinite class. *)

Lemma exp_neg_1_le : exp (- 1) <= 3 / 8.
Proof.
  assert (h : 8 / 3 <= exp 1).
  { assert (h := exp_ge_taylor 1 3 ltac:(lra)). unfold sum_f_R0 in h. simpl in h. lra. }
  replace (exp (- 1)) with (/ exp 1) by (rewrite <- exp_Ropp; f_equal; lra).
  replace (3 / 8) with (/ (8 / 3)) by lra. apply Rinv_le_contravar; lra.
Qed.

(** The chord of [e^(-x)] on [0, 1], with [1 - 1/e >= 5/8]. *)
Lemma exp_chord x : 0 <= x <= 1 -> exp (- x) <= 1 - 5 / 8 * x.
Proof.
  intros hx. assert (h := power_concave x (exp (- 1)) hx (exp_pos _)). rewrite ln_exp in h.
  replace (x * - 1) with (- x) in h by lra.
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
    apply En_ext; intros s _. rewrite sumL_cons, <- exp_plus. f_equal; lra.
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
        replace (5 / 8 / b * loss j z) with (5 / 8 * (loss j z / b)) by lra. apply exp_chord.
        destruct (hloss j z) as [h0 h1]. split.
        * apply Rmult_le_pos; [exact h0|left; apply Rinv_0_lt_compat, hb].
        * apply (Rmult_le_reg_r b); [exact hb|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
      + rewrite E_minus, E_scal, E_const by exact hp. unfold risk. right; lra.
    - right. induction n as [|n ih]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; reflexivity|].
      rewrite S_INR. simpl pow. rewrite ih, <- exp_plus. f_equal; lra.
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
        { unfold empirical_loss. rewrite hs. rewrite (sumL_ext s _ (fun z => / b * loss j z)) by (intros; unfold Rdiv; lra).
          rewrite sumL_scal. field; lra. }
        assert (e2 : ln (delta / card J) = - ln (card J / delta)) by (rewrite !ln_div_pos by lra; lra).
        rewrite e1, e2.
        assert (k : INR n / b * (5 / 8) * (8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n))
                    <= INR n / b * (5 / 8) * risk p loss j).
        { apply Rmult_le_compat_l; [|lra]. apply Rmult_le_pos; [|lra]. left; apply Rdiv_lt_0_compat; lra. }
        replace (INR n / b * (5 / 8) * (8 / 5 * (empirical_loss loss s j + b * ln (card J / delta) / INR n)))
          with (INR n * empirical_loss loss s j / b + ln (card J / delta)) in k by (field; lra).
        replace (INR n * (5 / 8 * (risk p loss j / b))) with (INR n / b * (5 / 8) * risk p loss j) by lra.
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
