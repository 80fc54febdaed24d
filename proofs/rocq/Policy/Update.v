(** One update of a policy: Gibbs form, condition number, gap and mass, concentrability. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Space Policy.Definitions.
Open Scope R_scope.

(** * Gibbs update and its iteration

    S01-S07: the optimum of the regularised objective, its form under self-reward, the reward
    identity, the square loss as twice a variance, the closed form of the exact iteration, growth of
    the margin and the doubly exponential fall of the condition number.  Also S09's bound on the
    least probability. *)

Section OnePrompt.
  Context {Y : Type} {FY : FiniteType Y}.
  Implicit Types (p q r : Y -> R).

  (** Partition function [Z = sum_y q e^(r/beta)]. *)
  Definition partition (beta : R) r q : R := Sum (fun y => q y * exp (r y / beta)).

  (** Gibbs update [p* = q e^(r/beta) / Z]. *)
  Definition gibbs (beta : R) r q : Y -> R := fun y => q y * exp (r y / beta) / partition beta r q.

  (** [q^a / sum q^a]. *)
  Definition power (a : R) q : Y -> R := fun y => Rpower (q y) a / Sum (fun z => Rpower (q z) a).

  Definition variance q f : R := E q (fun y => f y ^ 2) - (E q f) ^ 2.

  (** [E_{y,y' ~ q}[(Delta^{beta log(p/q)} - Delta^r)^2]]. *)
  Definition square_loss (beta : R) r q p : R :=
    E q (fun y => E q (fun y' =>
      ((beta * ln (p y / q y) - beta * ln (p y' / q y')) - (r y - r y')) ^ 2)).

  Lemma partition_pos beta r q : is_full q -> 0 < partition beta r q.
  Proof. intros [h _]; apply Sum_pos; intros y; apply Rmult_lt_0_compat; [apply h|apply exp_pos]. Qed.

  Lemma gibbs_full beta r q : is_full q -> is_full (gibbs beta r q).
  Proof.
    intros hq; generalize (partition_pos beta r q hq); intros hZ. split.
    - intros y. apply Rdiv_lt_0_compat; [|exact hZ]. apply Rmult_lt_0_compat; [apply hq|apply exp_pos].
    - unfold gibbs. rewrite (Sum_ext _ (fun y => / partition beta r q * (q y * exp (r y / beta))))
        by (intros; unfold Rdiv; lra).
      rewrite Sum_scal. fold (partition beta r q). apply Rinv_l; lra.
  Qed.

  Lemma Rpower_sum_pos a q : 0 < Sum (fun z => Rpower (q z) a).
  Proof. apply Sum_pos; intros; apply exp_pos. Qed.

  Lemma power_full a q : is_full (power a q).
  Proof.
    split.
    - intros y; apply Rdiv_lt_0_compat; [apply exp_pos|apply Rpower_sum_pos].
    - unfold power. rewrite (Sum_ext _ (fun y => / Sum (fun z => Rpower (q z) a) * Rpower (q y) a))
        by (intros; unfold Rdiv; lra).
      rewrite Sum_scal. apply Rinv_l. generalize (Rpower_sum_pos a q); lra.
  Qed.

  Lemma ln_power a q y : 0 < q y -> ln (power a q y) = a * ln (q y) - ln (Sum (fun z => Rpower (q z) a)).
  Proof.
    intros h. unfold power. rewrite ln_div_pos; [|apply exp_pos|apply Rpower_sum_pos].
    unfold Rpower at 1; rewrite ln_exp; reflexivity.
  Qed.

  (** A positive vector whose logarithm is affine in [log q e^(r/beta)] is the Gibbs update. *)
  Lemma gibbs_unique beta r q p c : 0 < beta -> is_full q -> is_full p ->
    (forall y, beta * ln (p y / q y) = r y + c) -> forall y, p y = gibbs beta r q y.
  Proof.
    intros hb [hq sq] [hp sp] h y.
    assert (e : forall z, p z = exp (c / beta) * (q z * exp (r z / beta))).
    { intros z. assert (l : ln (p z) = ln (q z) + r z / beta + c / beta).
      { specialize (h z). rewrite ln_div_pos in h by auto.
        apply (Rmult_eq_reg_l beta); [|lra]. field_simplify; lra. }
      rewrite <- (exp_ln (p z)) by auto. rewrite l, !exp_plus, exp_ln by auto. lra. }
    assert (k : exp (c / beta) * partition beta r q = 1).
    { rewrite <- sp. unfold partition. rewrite <- Sum_scal. apply Sum_ext; intros z; symmetry; apply e. }
    rewrite e. unfold gibbs. assert (hZ : 0 < partition beta r q) by (apply partition_pos; split; assumption).
    replace (exp (c / beta)) with (/ partition beta r q); [unfold Rdiv; lra|].
    apply (Rmult_eq_reg_r (partition beta r q)); [|lra]. rewrite k, Rinv_l; lra.
  Qed.

  Lemma ln_gibbs beta r q y : is_full q -> ln (gibbs beta r q y) = ln (q y) + r y / beta - ln (partition beta r q).
  Proof.
    intros hq. unfold gibbs. rewrite ln_div_pos;
      [|apply Rmult_lt_0_compat; [apply hq|apply exp_pos]|apply partition_pos; exact hq].
    rewrite ln_mult, ln_exp by (apply exp_pos || apply hq). reflexivity.
  Qed.

  (** S01: [sum p r - beta KL(p||q) = beta log Z - beta KL(p||p_opt)], [p_opt] the Gibbs update. *)
  Theorem S01_gibbs_identity beta r q p : 0 < beta -> is_full q -> is_dist p ->
    E p r - beta * kl p q = beta * ln (partition beta r q) - beta * kl p (gibbs beta r q).
  Proof.
    intros hb hq hp. unfold kl.
    rewrite <- (E_const p (beta * ln (partition beta r q)) hp), <- !E_scal, <- !E_minus.
    apply Sum_ext; intros y. destruct hp as [hp _]. destruct (hp y) as [h|h]; [|rewrite <- h; lra].
    f_equal. rewrite !ln_div_pos; [|exact h|apply gibbs_full; exact hq|exact h|apply hq].
    rewrite ln_gibbs by exact hq. field; lra.
  Qed.

  (** S01: [p*] maximises the regularised value, the maximum is [beta log Z]. *)
  Theorem S01_gibbs_optimum beta r q p : 0 < beta -> is_full q -> is_dist p ->
    E p r - beta * kl p q <= beta * ln (partition beta r q) /\
    E (gibbs beta r q) r - beta * kl (gibbs beta r q) q = beta * ln (partition beta r q) /\
    (E p r - beta * kl p q = beta * ln (partition beta r q) -> forall y, p y = gibbs beta r q y).
  Proof.
    intros hb hq hp. assert (hg := gibbs_full beta r q hq).
    assert (k : 0 <= kl p (gibbs beta r q)) by (apply kl_nonneg; assumption).
    split; [|split].
    - rewrite S01_gibbs_identity by assumption.
      assert (0 <= beta * kl p (gibbs beta r q)) by (apply Rmult_le_pos; lra). lra.
    - rewrite S01_gibbs_identity by (assumption || apply is_full_dist, hg). rewrite kl_refl by exact hg. lra.
    - rewrite S01_gibbs_identity by assumption. intros h. apply kl_zero; [exact hp|exact hg|].
      apply (Rmult_eq_reg_l beta); lra.
  Qed.

  (** S02: with [r = log q] the update is [q^(1+1/beta) / sum q^(1+1/beta)]. *)
  Theorem S02_self_reward_power beta q : 0 < beta -> is_full q ->
    forall y, gibbs beta (fun z => ln (q z)) q y = power (1 + 1 / beta) q y.
  Proof.
    intros hb [hq _].
    assert (e : forall z, q z * exp (ln (q z) / beta) = Rpower (q z) (1 + 1 / beta)).
    { intros z. unfold Rpower. rewrite <- (exp_ln (q z)) at 1 by apply hq. rewrite <- exp_plus.
      f_equal. lra. }
    intros y. unfold gibbs, power, partition. rewrite e. f_equal. apply Sum_ext; intros z; apply e.
  Qed.

  (** S03: [r = beta log(p*/q) + beta log Z]. *)
  Theorem S03_reward_identity beta r q : 0 < beta -> is_full q ->
    forall y, r y = beta * ln (gibbs beta r q y / q y) + beta * ln (partition beta r q).
  Proof.
    intros hb hq y. rewrite ln_div_pos; [|apply gibbs_full; exact hq|apply hq].
    rewrite ln_gibbs by exact hq. field; lra.
  Qed.

  (** S03: hence [Delta^r = Delta^{beta log(p*/q)}]. *)
  Theorem S03_reward_difference beta r q : 0 < beta -> is_full q ->
    forall y y', r y - r y' = beta * ln (gibbs beta r q y / q y) - beta * ln (gibbs beta r q y' / q y').
  Proof.
    intros hb hq y y'. generalize (S03_reward_identity beta r q hb hq y), (S03_reward_identity beta r q hb hq y').
    lra.
  Qed.

  (** [E_{y,y' ~ q}[(h(y) - h(y'))^2] = 2 Var_q h]. *)
  Lemma pair_variance q h : is_dist q -> E q (fun y => E q (fun y' => (h y - h y') ^ 2)) = 2 * variance q h.
  Proof.
    intros hq. unfold variance.
    transitivity (E q (fun y => (h y ^ 2 + E q (fun z => h z ^ 2)) - 2 * E q h * h y)).
    - apply E_ext; intros y.
      rewrite (E_ext q _ (fun y' => (h y ^ 2 + h y' ^ 2) - 2 * h y * h y')) by (intros; lra).
      rewrite E_minus, E_plus, E_scal, E_const by exact hq. lra.
    - rewrite E_minus, E_plus, E_scal, E_const by exact hq. lra.
  Qed.

  Lemma variance_zero q h : is_full q -> variance q h = 0 -> exists c, forall y, h y = c.
  Proof.
    intros hq hv. exists (h point). intros y.
    assert (z : E q (fun y => E q (fun y' => (h y - h y') ^ 2)) = 0)
      by (rewrite pair_variance by (apply is_full_dist; exact hq); lra).
    assert (hn : forall a, 0 <= E q (fun y' => (h a - h y') ^ 2)).
    { intros a; apply E_nonneg; [intros; left; apply hq|intros; apply pow2_ge_0]. }
    assert (z1 := Sum_zero_all _ (fun a => Rmult_le_pos _ _ (Rlt_le _ _ (proj1 hq a)) (hn a)) z y).
    simpl in z1. destruct (Rmult_integral _ _ z1) as [h0|h0]; [generalize (proj1 hq y); lra|].
    assert (hn' : forall a, 0 <= q a * (h y - h a) ^ 2)
      by (intros; apply Rmult_le_pos; [left; apply hq|apply pow2_ge_0]).
    assert (z2 := Sum_zero_all _ hn' h0 point).
    simpl in z2. destruct (Rmult_integral _ _ z2) as [h1|h1]; [generalize (proj1 hq point); lra|].
    nra.
  Qed.

  (** S04: the square loss is twice the variance of [beta log(p/q) - r]. *)
  Theorem S04_dpo_square_loss beta r q p : is_full q ->
    square_loss beta r q p = 2 * variance q (fun y => beta * ln (p y / q y) - r y).
  Proof.
    intros hq. rewrite <- pair_variance by (apply is_full_dist; exact hq).
    apply E_ext; intros y; apply E_ext; intros y'. lra.
  Qed.

  Lemma square_loss_nonneg beta r q p : is_full q -> 0 <= square_loss beta r q p.
  Proof.
    intros hq. apply E_nonneg; [intros; left; apply hq|]. intros y.
    apply E_nonneg; [intros; left; apply hq|]. intros; apply pow2_ge_0.
  Qed.

  (** S04: it vanishes exactly at [p = p*]. *)
  Theorem S04_zero_iff beta r q p : 0 < beta -> is_full q -> is_full p ->
    square_loss beta r q p = 0 <-> forall y, p y = gibbs beta r q y.
  Proof.
    intros hb hq hp. split.
    - rewrite S04_dpo_square_loss by exact hq. intros h.
      destruct (variance_zero q _ hq ltac:(apply (Rmult_eq_reg_l 2); [rewrite h; ring|lra])) as (c & hc).
      apply (gibbs_unique beta r q p c); auto. intros y; specialize (hc y); lra.
    - intros h. unfold square_loss, E. rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero|]. intros y.
      rewrite (Sum_ext _ (fun _ => 0)); [rewrite Sum_zero; lra|]. intros y'.
      rewrite !h, <- (S03_reward_difference beta r q hb hq y y'). lra.
  Qed.

  (** ** Powers of powers *)

  Lemma power_one q : is_full q -> forall y, power 1 q y = q y.
  Proof.
    intros [hq sq] y. unfold power. rewrite (Sum_ext _ q) by (intros; apply Rpower_1, hq).
    rewrite sq, Rpower_1 by apply hq. lra.
  Qed.

  Lemma power_scale a q c : 0 < c -> (forall y, 0 < q y) ->
    forall y, power a (fun z => q z / c) y = power a q y.
  Proof.
    intros hc hq.
    assert (e : forall z, Rpower (q z / c) a = exp (- a * ln c) * Rpower (q z) a).
    { intros z. unfold Rpower. rewrite ln_div_pos, <- exp_plus by auto. f_equal; lra. }
    intros y. unfold power. rewrite e, (Sum_ext _ _ e), Sum_scal. field.
    split; apply Rgt_not_eq; [apply Rpower_sum_pos|apply exp_pos].
  Qed.

  Lemma power_ext a q p : (forall y, q y = p y) -> forall y, power a q y = power a p y.
  Proof. intros h y. unfold power. rewrite h. f_equal. apply Sum_ext; intros; rewrite h; reflexivity. Qed.

  Lemma power_power a b q : (forall y, 0 < q y) -> forall y, power a (power b q) y = power (b * a) q y.
  Proof.
    intros hq y. unfold power at 2. rewrite power_scale; [|apply Rpower_sum_pos|intros; apply exp_pos].
    unfold power. rewrite Rpower_mult. f_equal. apply Sum_ext; intros; apply Rpower_mult.
  Qed.

End OnePrompt.

(** ** The exact iteration *)

Section Iteration.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta.
  Implicit Types (pi base : policy X Y).

  (** One exact round: the Gibbs update of [base] under its own log-probability. *)
  Definition self_update base : policy X Y := fun x => gibbs beta (fun y => ln (base x y)) (base x).

  (** Population square loss of a round with base [base] (3). *)
  Definition population_loss base pi : R :=
    E2 D base base (fun x y y' =>
      (Delta (implicit_reward beta base pi) x y y' - Delta (fun x y => ln (base x y)) x y y') ^ 2).

  (** [alpha_T = (1 + 1/beta)^T]. *)
  Definition alpha (T : nat) : R := (1 + 1 / beta) ^ T.

  Lemma alpha_pos T : 0 < alpha T.
  Proof. apply pow_lt. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

  Lemma self_update_policy base : is_policy base -> is_policy (self_update base).
  Proof. intros h x; apply gibbs_full, h. Qed.

  Lemma population_loss_prompts base pi :
    population_loss base pi = E D (fun x => square_loss beta (fun y => ln (base x y)) (base x) (pi x)).
  Proof. reflexivity. Qed.

  Lemma population_loss_zero base pi : (forall x, 0 < D x) -> is_policy base -> is_policy pi ->
    population_loss base pi = 0 <-> forall x y, pi x y = self_update base x y.
  Proof.
    intros hD hb hp. rewrite population_loss_prompts. split.
    - intros h x. assert (hn : forall a, 0 <= D a * square_loss beta (fun y => ln (base a y)) (base a) (pi a)).
      { intros a; apply Rmult_le_pos; [left; apply hD|apply square_loss_nonneg, hb]. }
      assert (k := Sum_zero_all _ hn h x). simpl in k.
      destruct (Rmult_integral _ _ k) as [k0|k0]; [generalize (hD x); lra|].
      apply (proj1 (S04_zero_iff beta _ (base x) (pi x) hbeta (hb x) (hp x)) k0).
    - intros h. unfold E. rewrite (Sum_ext _ (fun _ => 0)); [apply Sum_zero|]. intros x.
      rewrite (proj2 (S04_zero_iff beta _ (base x) (pi x) hbeta (hb x) (hp x)) (h x)). ring.
  Qed.

  (** S05: exact minimisation over classes that contain the update (A-REAL) gives
      [pi_T = pi_0^alpha_T / sum pi_0^alpha_T]. *)
  Theorem S05_iterated_closed_form (Class : nat -> policy X Y -> Prop) (pi : nat -> policy X Y) :
    (forall x, 0 < D x) ->
    (forall t, is_policy (pi t)) ->
    (forall t, Class t (self_update (pi t))) ->
    (forall t rho, Class t rho -> population_loss (pi t) (pi (S t)) <= population_loss (pi t) rho) ->
    forall T x y, pi T x y = power (alpha T) (pi 0%nat x) y.
  Proof.
    intros hD hp hreal hmin.
    assert (step : forall t x y, pi (S t) x y = self_update (pi t) x y).
    { intros t. apply (proj1 (population_loss_zero (pi t) (pi (S t)) hD (hp t) (hp (S t)))).
      apply Rle_antisym.
      - rewrite <- (proj2 (population_loss_zero (pi t) (self_update (pi t)) hD (hp t)
                             (self_update_policy _ (hp t))) (fun x y => eq_refl)).
        apply hmin, hreal.
      - rewrite population_loss_prompts. apply E_nonneg; [intros; left; apply hD|].
        intros x; apply square_loss_nonneg, hp. }
    intros T; induction T as [|T ih]; intros x y.
    - unfold alpha; simpl. symmetry; apply power_one, hp.
    - rewrite step. unfold self_update.
      rewrite S02_self_reward_power by (exact hbeta || apply hp).
      rewrite (power_ext _ _ _ (ih x)), power_power by apply hp.
      unfold alpha; simpl. rewrite Rmult_comm; reflexivity.
  Qed.

  (** ** Margins *)

  Lemma margin_mode_strict gamma pi x y : 0 < gamma -> is_policy pi -> has_margin gamma pi ->
    y <> mode pi x -> pi x y < pi x (mode pi x).
  Proof.
    intros hg hp hm hy. specialize (hm x y hy). apply ln_lt_inv; [apply hp|apply hp|lra].
  Qed.

  (** A strict maximiser is the mode. *)
  Lemma mode_unique pi x ystar : (forall y, y <> ystar -> pi x y < pi x ystar) -> mode pi x = ystar.
  Proof.
    intros h. apply NNPP; intros hne. generalize (h _ hne), (argmax_ge (pi x) ystar). unfold mode; lra.
  Qed.

  Lemma power_mode gamma a pi x : 0 < a -> 0 < gamma -> is_policy pi -> has_margin gamma pi ->
    mode (fun x => power a (pi x)) x = mode pi x.
  Proof.
    intros ha hg hp hm. apply mode_unique. intros y hy.
    apply ln_lt_inv; [apply power_full|apply power_full|].
    rewrite !ln_power by apply hp. specialize (hm x y hy).
    assert (0 < a * (ln (pi x (mode pi x)) - ln (pi x y))) by (apply Rmult_lt_0_compat; lra). lra.
  Qed.

  Lemma power_margin gamma a pi : 0 < a -> 0 < gamma -> is_policy pi -> has_margin gamma pi ->
    has_margin (a * gamma) (fun x => power a (pi x)).
  Proof.
    intros ha hg hp hm x y. rewrite (power_mode gamma) by assumption. intros hy.
    rewrite !ln_power by apply hp. specialize (hm x y hy).
    assert (a * gamma <= a * (ln (pi x (mode pi x)) - ln (pi x y))) by (apply Rmult_le_compat_l; lra). lra.
  Qed.

  (** S06: [gamma(pi_T) = alpha_T gamma(pi_0)], for [pi_T] of S05. *)
  Theorem S06_margin_growth gamma pi T : 0 < gamma -> is_policy pi -> is_margin gamma pi ->
    is_margin (alpha T * gamma) (fun x => power (alpha T) (pi x)).
  Proof.
    intros hg hp [hm hbest]. assert (ha := alpha_pos T). split; [apply power_margin; assumption|].
    intros g h. assert (k : g / alpha T <= gamma).
    { apply hbest. intros x y hy. assert (e := power_mode gamma (alpha T) pi x ha hg hp hm).
      specialize (h x y). rewrite e in h. specialize (h hy). rewrite !ln_power in h by apply hp.
      apply (Rmult_le_reg_l (alpha T)); [exact ha|].
      replace (alpha T * (g / alpha T)) with g by (field; lra). lra. }
    apply (Rmult_le_compat_l (alpha T)) in k; [|lra].
    replace (alpha T * (g / alpha T)) with g in k by (field; lra). exact k.
  Qed.

  (** A policy of margin [gamma] has [kappa <= 1 + (N-1) e^(-gamma)]. *)
  Lemma kappa_margin gamma pi : is_dist D -> is_policy pi -> has_margin gamma pi ->
    kappa D pi <= 1 + (card Y - 1) * exp (- gamma).
  Proof.
    intros hD hp hm. unfold kappa.
    apply Rle_trans with (E D (fun _ => 1 + (card Y - 1) * exp (- gamma)));
      [|right; apply E_const, hD].
    apply E_le; [apply hD|]. intros x. set (ys := mode pi x).
    assert (hpos : 0 < pi x ys) by apply hp. change (Max (pi x)) with (pi x ys).
    apply Rle_trans with (Sum (fun y => (ind (y = ys) * (1 - exp (- gamma)) + exp (- gamma)))).
    - apply Rle_trans with (Sum (fun y => / pi x ys * pi x y)).
      + rewrite Sum_scal. destruct (hp x) as [_ ->]; lra.
      + apply Sum_le; intros y. destruct (classic (y = ys)) as [->|hy].
        * rewrite ind_true by reflexivity. rewrite Rinv_l; lra.
        * rewrite ind_false by exact hy. apply (Rmult_le_reg_l (pi x ys)); [exact hpos|].
          rewrite <- Rmult_assoc, Rinv_r by lra.
          specialize (hm x y hy). fold ys in hm.
          assert (h : exp (ln (pi x y)) <= exp (ln (pi x ys) + - gamma)) by (apply exp_le; lra).
          rewrite exp_plus, !exp_ln in h by apply hp. lra.
    - rewrite Sum_plus, Sum_pick, Sum_const. right; lra.
  Qed.

  (** S07: [kappa(pi_T) <= 1 + (N-1) e^(-gamma_0 alpha_T)]. *)
  Theorem S07_population_condition_number gamma pi T :
    is_dist D -> 0 < gamma -> is_policy pi -> has_margin gamma pi ->
    kappa D (fun x => power (alpha T) (pi x)) <= 1 + (card Y - 1) * exp (- (gamma * alpha T)).
  Proof.
    intros hD hg hp hm. apply kappa_margin; [exact hD|intros x; apply power_full|].
    rewrite Rmult_comm. apply power_margin; auto. apply alpha_pos.
  Qed.

  (** S09: along S05 the least probability is at most [e^(-gamma_0 alpha_T)] (for two responses or more). *)
  Theorem S09_minimum_probability gamma pi T x y : 0 < gamma -> is_policy pi -> has_margin gamma pi ->
    y <> mode pi x -> power (alpha T) (pi x) y <= exp (- (gamma * alpha T)).
  Proof.
    intros hg hp hm hy. assert (ha := alpha_pos T).
    assert (h := power_margin gamma (alpha T) pi ha hg hp hm x y).
    rewrite (power_mode gamma) in h by assumption. specialize (h hy).
    assert (hpos := proj1 (power_full (alpha T) (pi x)) y).
    rewrite <- (exp_ln _ hpos). apply exp_le.
    assert (k := dist_le_1 _ (mode pi x) (is_full_dist _ (power_full (alpha T) (pi x)))).
    apply ln_le_mono in k; [|apply power_full]. rewrite ln_1 in k. lra.
  Qed.

End Iteration.

(** * The policy condition number

    K01: [1 <= kappa <= N], [kappa = N] exactly for uniform policies, [kappa >= 1 / E_x max_y pi].
    K02: near-uniform policies. *)

Section ConditionNumber.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi : policy X Y.

  Lemma inv_Max_ge_1 pi x : is_policy pi -> 1 <= / Max (pi x).
  Proof.
    intros hp. rewrite <- Rinv_1. apply Rinv_le_contravar; [apply Max_policy_pos, hp|].
    apply Max_policy_le_1, hp.
  Qed.

  Lemma card_Max_ge_1 pi x : is_policy pi -> 1 <= card Y * Max (pi x).
  Proof.
    intros hp. destruct (hp x) as [_ <-]. rewrite <- Sum_const. apply Sum_le; intros y; apply Max_ge.
  Qed.

  Lemma inv_Max_le_card pi x : is_policy pi -> / Max (pi x) <= card Y.
  Proof.
    intros hp. assert (h := card_Max_ge_1 pi x hp). assert (k := Max_policy_pos pi x hp).
    apply (Rmult_le_reg_r (Max (pi x))); [exact k|]. rewrite Rinv_l; lra.
  Qed.

  (** K01: [1 <= kappa(pi) <= N]. *)
  Theorem K01_range pi : is_policy pi -> 1 <= kappa D pi <= card Y.
  Proof.
    intros hp; split.
    - rewrite <- (E_const D 1 hD). apply E_le; [apply hD|]. intros x; apply inv_Max_ge_1, hp.
    - rewrite <- (E_const D (card Y) hD). apply E_le; [apply hD|]. intros x; apply inv_Max_le_card, hp.
  Qed.

  (** K01: [kappa(pi) = N] exactly for the uniform policy. *)
  Theorem K01_uniform_iff pi : (forall x, 0 < D x) -> is_policy pi ->
    kappa D pi = card Y <-> forall x y, pi x y = / card Y.
  Proof.
    intros hpos hp. assert (hc := @card_ge_1 Y FY). split.
    - intros h x.
      assert (hn : forall a, 0 <= D a * (card Y - / Max (pi a))).
      { intros a; apply Rmult_le_pos; [left; apply hpos|]. generalize (inv_Max_le_card pi a hp); lra. }
      assert (hz : Sum (fun a => D a * (card Y - / Max (pi a))) = 0).
      { change (E D (fun a => card Y - / Max (pi a)) = 0). rewrite E_minus, E_const by exact hD.
        fold (kappa D pi); lra. }
      assert (k := Sum_zero_all _ hn hz x). simpl in k.
      destruct (Rmult_integral _ _ k) as [k0|k0]; [generalize (hpos x); lra|].
      assert (hm : Max (pi x) = / card Y) by (replace (card Y) with (/ Max (pi x)) by lra; rewrite Rinv_inv; reflexivity).
      assert (hu : forall y, 0 <= / card Y - pi x y) by (intros y; rewrite <- hm; generalize (Max_ge (pi x) y); lra).
      intros y. enough (/ card Y - pi x y = 0) by lra. apply (Sum_zero_all _ hu).
      rewrite Sum_minus, Sum_const. destruct (hp x) as [_ ->]. rewrite Rinv_r; lra.
    - intros h. unfold kappa. rewrite <- (E_const D (card Y) hD). apply E_ext; intros x.
      unfold Max. rewrite h. apply Rinv_inv.
  Qed.

  (** K01: [kappa(pi) >= 1 / E_x max_y pi]. *)
  Theorem K01_mean_maximum pi : is_policy pi -> / E D (fun x => Max (pi x)) <= kappa D pi.
  Proof.
    intros hp. apply jensen_inv; [exact hD|intros; apply Max_policy_pos, hp|].
    apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; generalize (@card_ge_1 Y FY); lra|].
    rewrite <- (E_const D (/ card Y) hD). apply E_le; [apply hD|]. intros x.
    assert (h := card_Max_ge_1 pi x hp). assert (k := @card_ge_1 Y FY).
    apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra.
  Qed.

  (** K02: [max_y pi = (1 + eta) / M] for all [x] gives [kappa = M / (1 + eta)]. *)
  Theorem K02_near_uniform_policy pi M eta : 0 < M -> -1 < eta -> (forall x, Max (pi x) = (1 + eta) / M) ->
    kappa D pi = M / (1 + eta).
  Proof.
    intros hM he h. unfold kappa. rewrite <- (E_const D (M / (1 + eta)) hD). apply E_ext; intros x.
    rewrite h. field; lra.
  Qed.

End ConditionNumber.

(** * From the value gap to the mass of the mode

    C02 and C03 (Lemma C.1), the gap decomposition C04-C07, the inclusion C20 and the tail bound
    C22, for every finite prompt and response set. *)

Section GapToMass.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi rho base : policy X Y.

  (** The comparator: the point mass at the mode of [base]. *)
  Definition comparator base : policy X Y := point_policy (mode base).

  Lemma comparator_dist base x : is_dist (comparator base x).
  Proof. apply dirac_dist. Qed.

  (** Expected mass that [pi] puts off the mode of [base]. *)
  Definition missed_mass base pi : R := E D (fun x => 1 - pi x (mode base x)).

  (** C02: [E_x[1 - pi(y*|x)] <= (J(pistar) - J(pi)) / gamma]. *)
  Theorem C02_gap_to_mass base pi gamma : 0 < gamma -> has_margin gamma base ->
    (forall x, is_dist (pi x)) ->
    missed_mass base pi <= (J D base (comparator base) - J D base pi) / gamma.
  Proof.
    intros hg hm hp. apply (Rmult_le_reg_r gamma); [exact hg|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    unfold J, comparator. rewrite E1_point. unfold E1, missed_mass. rewrite <- E_minus, <- E_scal_r.
    apply E_le; [apply hD|]. intros x. set (ys := mode base x). destruct (hp x) as [h0 h1].
    rewrite <- (E_const (pi x) (ln (base x ys)) (hp x)), <- E_minus.
    assert (e : 1 - pi x ys = Sum (fun y => ind (y <> ys) * pi x y))
      by (rewrite <- h1; rewrite (Sum_split (pi x) ys) at 1; lra).
    rewrite e, Rmult_comm, <- Sum_scal. apply Sum_le; intros y.
    destruct (classic (y = ys)) as [->|hy].
    - rewrite ind_false by tauto. right; lra.
    - rewrite ind_true by exact hy. specialize (hm x y hy). fold ys in hm.
      rewrite (Rmult_comm gamma), Rmult_1_l. apply Rmult_le_compat_l; [apply h0|exact hm].
  Qed.

  (** C03 (Lemma C.1): [P_x(pi(y*|x) <= 1 - d) <= (J(pistar) - J(pi)) / (gamma d)]. *)
  Theorem C03_lemma_C1 base pi gamma d : 0 < gamma -> has_margin gamma base ->
    (forall x, is_dist (pi x)) -> 0 < d ->
    failure D pi (mode base) (1 - d) <= (J D base (comparator base) - J D base pi) / (gamma * d).
  Proof.
    intros hg hm hp hd. apply Rle_trans with (missed_mass base pi / d).
    - apply Rle_trans with (Pr D (fun x => d <= 1 - pi x (mode base x))).
      + apply Pr_mono; [apply hD|]. intros x h; lra.
      + apply markov; [apply hD| |exact hd]. intros x. generalize (dist_le_1 (pi x) (mode base x) (hp x)); lra.
    - replace ((J D base (comparator base) - J D base pi) / (gamma * d))
        with ((J D base (comparator base) - J D base pi) / gamma / d) by (field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hd|]. apply C02_gap_to_mass; assumption.
  Qed.

  (** C04: [E_{pi,base}[Delta^f] = E_pi[f] - E_base[f]]. *)
  Theorem C04_baseline_cancellation pi rho f : (forall x, is_dist (pi x)) -> (forall x, is_dist (rho x)) ->
    E2 D pi rho (Delta f) = E1 D pi f - E1 D rho f.
  Proof.
    intros hp hr. unfold E2, E1, Delta. rewrite <- E_minus. apply E_ext; intros x.
    rewrite (E_ext (pi x) _ (fun y => f x y - E (rho x) (f x))).
    - rewrite E_minus, E_const by apply hp; reflexivity.
    - intros y. rewrite E_minus, E_const by apply hr; reflexivity.
  Qed.

  (** C05: [E_pi[r^] - beta KL(pi||base) = - beta KL(pi||hat)], for [r^ = beta log(hat/base)]. *)
  Theorem C05_dpo_value base hat pi beta : is_policy base -> is_policy hat -> (forall x, is_dist (pi x)) ->
    E1 D pi (implicit_reward beta base hat) - beta * KL D pi base = - beta * KL D pi hat.
  Proof.
    intros hb hh hp. unfold E1, KL. rewrite <- !E_scal, <- E_minus. apply E_ext; intros x.
    unfold kl. rewrite <- !E_scal, <- E_minus. apply Sum_ext; intros y.
    destruct (hp x) as [h _]. destruct (h y) as [hy|hy]; [|rewrite <- hy; lra].
    f_equal. unfold implicit_reward. rewrite !ln_div_pos by (exact hy || apply hb || apply hh). lra.
  Qed.

  Lemma KL_nonneg pi rho : (forall x, is_dist (pi x)) -> is_policy rho -> 0 <= KL D pi rho.
  Proof. intros hp hr; apply E_nonneg; [apply hD|]. intros x; apply kl_nonneg; auto. Qed.

  (** C05: [hat] maximises the value under its implicit reward, and its value is [0]. *)
  Theorem C05_dpo_optimality base hat pi beta : 0 <= beta -> is_policy base -> is_policy hat ->
    (forall x, is_dist (pi x)) ->
    E1 D pi (implicit_reward beta base hat) - beta * KL D pi base <= 0 /\
    E1 D hat (implicit_reward beta base hat) - beta * KL D hat base = 0.
  Proof.
    intros hbeta hb hh hp. split.
    - rewrite C05_dpo_value by assumption. generalize (KL_nonneg pi hat hp hh); nra.
    - rewrite C05_dpo_value by (assumption || (intros x; apply is_full_dist, hh)).
      replace (KL D hat hat) with 0; [ring|]. unfold KL. symmetry.
      rewrite (E_ext D _ (fun _ => 0)) by (intros x; apply kl_refl, hh). apply E_const, hD.
  Qed.

  (** [E_{pi,base} |Delta^r - Delta^r^|] for [r = log base], [r^ = beta log(hat/base)]. *)
  Definition reward_error beta base hat pi : R :=
    E2 D pi base (fun x y y' =>
      Rabs (Delta (fun x y => ln (base x y)) x y y' - Delta (implicit_reward beta base hat) x y y')).

  (** C06: [J(pistar) - J(hat) <= E_{pistar,base}|..| + E_{hat,base}|..| + beta KL(pistar||base)],
      for any comparator [star]. *)
  Theorem C06_gap_decomposition base hat star beta : 0 <= beta -> is_policy base -> is_policy hat ->
    (forall x, is_dist (star x)) ->
    J D base star - J D base hat <=
      reward_error beta base hat star + reward_error beta base hat hat + beta * KL D star base.
  Proof.
    intros hbeta hb hh hs.
    set (r := fun (x : X) (y : Y) => ln (base x y)). set (rh := implicit_reward beta base hat).
    assert (hhd : forall x, is_dist (hat x)) by (intros x; apply is_full_dist, hh).
    assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    assert (step : forall pi, (forall x, is_dist (pi x)) ->
      Rabs ((E1 D pi r - E1 D pi rh) - (E1 D base r - E1 D base rh)) <= reward_error beta base hat pi).
    { intros pi hp.
      replace ((E1 D pi r - E1 D pi rh) - (E1 D base r - E1 D base rh))
        with (E2 D pi base (fun x y y' => Delta r x y y' - Delta rh x y y')).
      - rewrite E2_coupled. eapply Rle_trans; [apply E_abs_le, coupled_dist; assumption|].
        unfold reward_error. rewrite E2_coupled. right. apply E_ext; intros [[x y] y']; reflexivity.
      - transitivity (E2 D pi base (Delta (fun x y => r x y - rh x y))).
        + apply E2_ext; intros; unfold Delta; lra.
        + rewrite C04_baseline_cancellation by assumption. rewrite !E1_minus; lra. }
    assert (h1 := Rle_trans _ _ _ (Rle_abs _) (step star hs)).
    assert (h2 := step hat hhd). rewrite <- Rabs_Ropp in h2. apply (Rle_trans _ _ _ (Rle_abs _)) in h2.
    destruct (C05_dpo_optimality base hat star beta hbeta hb hh hs) as [h3 h4]. fold rh in h3, h4.
    assert (h5 : 0 <= beta * KL D hat base) by (apply Rmult_le_pos; [exact hbeta|apply KL_nonneg; assumption]).
    unfold J. fold r. lra.
  Qed.

  (** C07: [|u| = |u| 1_G + |u| 1_{G^c}]. *)
  Theorem C07_region_split pi rho (f : X -> Y -> Y -> R) (G : X -> Y -> Y -> Prop) :
    E2 D pi rho f =
      E2 D pi rho (fun x y y' => f x y y' * ind (G x y y')) +
      E2 D pi rho (fun x y y' => f x y y' * ind (~ G x y y')).
  Proof. rewrite <- E2_plus. apply E2_ext; intros; rewrite ind_not; lra. Qed.

  (** C20: [max_y pi <= u] implies that the mode of [base] has mass at most [u]. *)
  Theorem C20_own_mode pi base u : own_failure D pi u <= failure D pi (mode base) u.
  Proof. apply Pr_mono; [apply hD|]. intros x h. eapply Rle_trans; [apply Max_ge|exact h]. Qed.

  (** C22: [P_x(1 / max_y pi > t) <= min(1, A t / (t-1))] for every [A] that bounds the gap over the margin. *)
  Theorem C22_tail_bound base pi gamma A t : 0 < gamma -> has_margin gamma base -> is_policy pi ->
    (J D base (comparator base) - J D base pi) / gamma <= A -> 1 < t ->
    Pr D (fun x => t < / Max (pi x)) <= Rmin 1 (A * t / (t - 1)).
  Proof.
    intros hg hm hp hA ht. apply Rmin_glb; [apply Pr_range, hD|].
    set (d := (t - 1) / t). assert (hd : 0 < d) by (apply Rdiv_lt_0_compat; lra).
    apply Rle_trans with (failure D pi (mode base) (1 - d)).
    - apply Pr_mono; [apply hD|]. intros x h. assert (hM := Max_policy_pos pi x hp).
      eapply Rle_trans; [apply Max_ge|]. replace (1 - d) with (/ t) by (unfold d; field; lra).
      rewrite <- (Rinv_inv (Max (pi x))). apply Rinv_le_contravar; lra.
    - assert (hpd : forall x, is_dist (pi x)) by (intros x; apply is_full_dist, hp).
      eapply Rle_trans; [apply (C03_lemma_C1 base pi gamma d); assumption|].
      replace ((J D base (comparator base) - J D base pi) / (gamma * d))
        with ((J D base (comparator base) - J D base pi) / gamma * (t / (t - 1)))
        by (unfold d; field; lra).
      replace (A * t / (t - 1)) with (A * (t / (t - 1))) by lra.
      apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|exact hA].
  Qed.

End GapToMass.

(** * Concentrability

    C08 (Lemma C.2), C09, C10, and C16: change of measure by the concentrability, the bad region,
    the exact concentrability of the comparator and of the Gibbs update. *)

Section Concentrability.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi base : policy X Y.

  (** C08 (Lemma C.2): [E_{pi,base}[f] <= sqrt C(pi) sqrt E_{base,base}[f^2]]. *)
  Theorem C08_lemma_C2 base pi f : is_policy base -> (forall x, is_dist (pi x)) ->
    E2 D pi base f <= sqrt (conc D base pi) * sqrt (E2 D base base (fun x y y' => f x y y' ^ 2)).
  Proof.
    intros hb hp. assert (hbd : forall x, is_dist (base x)) by (intros x; apply is_full_dist, hb).
    set (w := fun z : X * Y * Y => let '(x, y, _) := z in pi x y / base x y).
    set (g := fun z : X * Y * Y => let '(x, y, y') := z in f x y y').
    assert (e1 : E2 D pi base f = E (coupled D base base) (fun z => w z * g z)).
    { rewrite E2_coupled. apply Sum_ext; intros [[x y] y']; simpl.
      assert (0 < base x y) by apply hb. field; lra. }
    assert (e2 : conc D base pi = E (coupled D base base) (fun z => w z ^ 2)).
    { transitivity (E2 D base base (fun x y _ => (pi x y / base x y) ^ 2)).
      - rewrite E2_fst by exact hbd. apply E_ext; intros x. apply Sum_ext; intros y.
        assert (0 < base x y) by apply hb. field; lra.
      - rewrite E2_coupled. apply E_ext; intros [[x y] y']; reflexivity. }
    assert (e3 : E2 D base base (fun x y y' => f x y y' ^ 2) = E (coupled D base base) (fun z => g z ^ 2)).
    { rewrite E2_coupled. apply E_ext; intros [[x y] y']; reflexivity. }
    rewrite e1, e2, e3. apply cauchy_schwarz. apply coupled_dist; assumption.
  Qed.

  (** C09: [E[f^2 1_A] <= sqrt P(A) sqrt E[f^4]]. *)
  Theorem C09_bad_region {A : Type} {FA : FiniteType A} (p f : A -> R) (Bad : A -> Prop) :
    (forall a, 0 <= p a) ->
    E p (fun a => f a ^ 2 * ind (Bad a)) <= sqrt (Pr p Bad) * sqrt (E p (fun a => f a ^ 4)).
  Proof.
    intros hp. rewrite Rmult_comm.
    rewrite (E_ext p (fun a => f a ^ 4) (fun a => (f a ^ 2) ^ 2)) by (intros; lra).
    unfold Pr. rewrite (E_ext p (fun a => ind (Bad a)) (fun a => ind (Bad a) ^ 2)).
    - apply (cauchy_schwarz p (fun a => f a ^ 2) (fun a => ind (Bad a)) hp).
    - intros a. simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  (** C10: [P(not (A and B)) <= P(not A) + P(not B)]. *)
  Theorem C10_union {A : Type} {FA : FiniteType A} (p : A -> R) (P Q : A -> Prop) : (forall a, 0 <= p a) ->
    Pr p (fun a => ~ (P a /\ Q a)) <= Pr p (fun a => ~ P a) + Pr p (fun a => ~ Q a).
  Proof.
    intros hp. eapply Rle_trans; [|apply Pr_or, hp]. apply Pr_mono; [exact hp|].
    intros a h. apply not_and_or, h.
  Qed.

  Lemma ln_inv_pos u : 0 < u -> ln (1 / u) = - ln u.
  Proof. intros h. rewrite ln_div_pos, ln_1 by lra. lra. Qed.

  Lemma KL_comparator base : is_policy base ->
    KL D (comparator base) base = E D (fun x => ln (1 / base x (mode base x))).
  Proof.
    intros hb. apply E_ext; intros x. unfold kl, comparator, point_policy. rewrite E_dirac.
    unfold dirac. rewrite ind_true by reflexivity. reflexivity.
  Qed.

  (** C16: the divergence of the comparator is [E_x log (1/base(y*|x)) <= log kappa]. *)
  Theorem C16_kl_jensen base : is_policy base ->
    KL D (comparator base) base = E D (fun x => ln (1 / base x (mode base x))) /\
    KL D (comparator base) base <= ln (kappa D base).
  Proof.
    intros hb. split; [apply KL_comparator, hb|]. rewrite KL_comparator by exact hb.
    unfold kappa. rewrite (E_ext D (fun x => ln (1 / base x (mode base x))) (fun x => ln (/ Max (base x)))).
    - apply jensen_ln; [exact hD|]. intros x; apply Rinv_0_lt_compat, Max_policy_pos, hb.
    - intros x. unfold Rdiv. rewrite Rmult_1_l. reflexivity.
  Qed.

  (** C16: the concentrability of the comparator is exactly [kappa]. *)
  Theorem C16_comparator_concentrability base : is_policy base -> conc D base (comparator base) = kappa D base.
  Proof.
    intros hb. apply E_ext; intros x. set (ys := mode base x).
    change (/ Max (base x)) with (/ base x ys). rewrite <- (Sum_pick (fun y => / base x y) ys).
    apply Sum_ext; intros y. unfold comparator, point_policy, dirac. fold ys.
    simpl. rewrite Rmult_1_r, ind_idem. reflexivity.
  Qed.

  (** C16: the concentrability of the Gibbs update is at most [kappa]. *)
  Theorem C16_update_concentrability base beta : 0 < beta -> is_policy base ->
    conc D base (self_update beta base) <= kappa D base.
  Proof.
    intros hbeta hb. apply E_le; [apply hD|]. intros x. set (ys := mode base x).
    change (/ Max (base x)) with (/ base x ys).
    set (q := self_update beta base x). assert (hq : is_full q) by apply (self_update_policy beta base hb).
    assert (hZ : 0 < partition beta (fun y => ln (base x y)) (base x)) by apply partition_pos, hb.
    apply Rle_trans with (Sum (fun y => / base x ys * q y)).
    - apply Sum_le; intros y.
      assert (hy : 0 < base x y) by apply hb. assert (hs : 0 < base x ys) by apply hb.
      assert (ratio : q y / base x y <= / base x ys).
      { apply Rle_trans with (q ys / base x ys).
        - unfold q, self_update, gibbs. set (Z := partition _ _ _) in *.
          replace (base x y * exp (ln (base x y) / beta) / Z / base x y)
            with (exp (ln (base x y) / beta) / Z) by (field; lra).
          replace (base x ys * exp (ln (base x ys) / beta) / Z / base x ys)
            with (exp (ln (base x ys) / beta) / Z) by (field; lra).
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hZ|]. apply exp_le.
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hbeta|].
          apply ln_le_mono; [exact hy|apply Max_ge].
        - unfold Rdiv. rewrite <- (Rmult_1_l (/ base x ys)) at 2.
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hs|].
          apply dist_le_1, is_full_dist, hq. }
      replace (q y ^ 2 / base x y) with (q y / base x y * q y) by lra.
      apply Rmult_le_compat_r; [left; apply hq|exact ratio].
    - rewrite Sum_scal. destruct hq as [_ ->]. lra.
  Qed.

  (** C17, repaired by the strong [c]: [c <= base(y|x)] for all [y] gives [C(pi) <= 1/c] for every [pi]. *)
  Theorem C17_strong_c base pi c : 0 < c -> (forall x y, c <= base x y) -> (forall x, is_dist (pi x)) ->
    conc D base pi <= / c.
  Proof.
    intros hc hb hp. rewrite <- (E_const D (/ c) hD). apply E_le; [apply hD|]. intros x.
    apply Rle_trans with (Sum (fun y => / c * pi x y)).
    - apply Sum_le; intros y. assert (h := hb x y). destruct (hp x) as [hn _]. specialize (hn y).
      assert (h1 := dist_le_1 (pi x) y (hp x)).
      unfold Rdiv. rewrite Rmult_comm. apply Rmult_le_compat; [left; apply Rinv_0_lt_compat; lra|apply pow2_ge_0| |nra].
      apply Rinv_le_contravar; assumption.
    - rewrite Sum_scal. destruct (hp x) as [_ ->]. lra.
  Qed.

End Concentrability.
