(** * The Gibbs update over countably many responses

    Gibbs' inequality, the regularised optimum, its power form under the self-reward and the reward
    identity for laws on the naturals.  What is needed beyond the finite case is that the normaliser and the
    expected reward and divergence of the compared law converge; under the self-reward the normaliser always
    does. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions CountableResponses.Sums.
Open Scope R_scope.

(** [E_{y ~ p} f]. *)
Definition mean_over (p f : nat -> R) : R := Series (fun y => p y * f y).

Definition has_mean (p f : nat -> R) : Prop := ex_series (fun y => p y * f y).

(** [KL(p || q)]: the mean of the log-ratio under [p], with [0 log 0 = 0]. *)
Definition log_ratio (p q : nat -> R) : nat -> R := fun y => ln (p y / q y).

Definition divergence (p q : nat -> R) : R := mean_over p (log_ratio p q).

Definition normaliser (beta : R) (r q : nat -> R) : R := Series (fun y => q y * exp (r y / beta)).

Definition has_normaliser (beta : R) (r q : nat -> R) : Prop := ex_series (fun y => q y * exp (r y / beta)).

Definition gibbs_law (beta : R) (r q : nat -> R) : nat -> R :=
  fun y => q y * exp (r y / beta) / normaliser beta r q.

(** [q^a] normalised. *)
Definition power_law (a : R) (q : nat -> R) : nat -> R :=
  fun y => Rpower (q y) a / Series (fun z => Rpower (q z) a).

(** ** Gibbs' inequality *)

Lemma divergence_slack p q : is_law p -> is_full_law q -> has_mean p (log_ratio p q) ->
  is_series (fun y => p y * log_ratio p q y - (p y - q y)) (divergence p q).
Proof.
  intros [_ sp] [_ sq] h. replace (divergence p q) with (divergence p q - (1 - 1)) by ring.
  apply sum_minus; [apply sum_value, h|apply sum_minus; assumption].
Qed.

Lemma slack_nonneg p q y : is_law p -> is_full_law q -> 0 <= p y * log_ratio p q y - (p y - q y).
Proof. intros [hp _] [hq _]. assert (k := kl_term_ge (p y) (q y) (hp y) (hq y)). unfold log_ratio. lra. Qed.

(** The divergence is nonnegative, and zero only between equal laws. *)
Theorem S01_divergence_countable p q : is_law p -> is_full_law q -> has_mean p (log_ratio p q) ->
  0 <= divergence p q /\ (divergence p q = 0 -> forall y, p y = q y).
Proof.
  intros hp hq h. assert (s := divergence_slack p q hp hq h).
  assert (n : forall y, 0 <= p y * log_ratio p q y - (p y - q y)) by (intros y; apply slack_nonneg; assumption).
  split; [exact (sum_nonneg _ _ n s)|].
  intros e y. rewrite e in s. assert (k := sum_zero _ n s y).
  apply kl_term_eq; [apply hp|apply hq|]. unfold log_ratio in k. lra.
Qed.

(** ** The Gibbs law *)

Section Gibbs.
  Variables (beta : R) (r q : nat -> R).
  Hypothesis hb : 0 < beta.
  Hypothesis hq : is_full_law q.
  Hypothesis hz : has_normaliser beta r q.

  Lemma normaliser_pos : 0 < normaliser beta r q.
  Proof.
    assert (h : forall y, 0 < q y * exp (r y / beta)) by (intros y; apply Rmult_lt_0_compat; [apply hq|apply exp_pos]).
    apply Rlt_le_trans with (q O * exp (r O / beta)); [apply h|].
    apply (term_le (fun y => q y * exp (r y / beta)) _ O); [intros; left; apply h|apply sum_value, hz].
  Qed.

  Lemma gibbs_full_law : is_full_law (gibbs_law beta r q).
  Proof.
    assert (hZ := normaliser_pos). split.
    - intros y. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [apply hq|apply exp_pos]|exact hZ].
    - apply (sum_ext (fun y => / normaliser beta r q * (q y * exp (r y / beta)))).
      + intros y. unfold gibbs_law, Rdiv. ring.
      + replace 1 with (/ normaliser beta r q * normaliser beta r q) by (apply Rinv_l; lra).
        apply sum_scal, sum_value, hz.
  Qed.

  Lemma ln_gibbs_law y : ln (gibbs_law beta r q y) = ln (q y) + r y / beta - ln (normaliser beta r q).
  Proof.
    assert (hZ := normaliser_pos). assert (h := proj1 hq y). unfold gibbs_law.
    rewrite ln_div_pos, ln_mult, ln_exp; [reflexivity|exact h|apply exp_pos| |exact hZ].
    apply Rmult_lt_0_compat; [exact h|apply exp_pos].
  Qed.

  Lemma reward_identity y : r y = beta * ln (gibbs_law beta r q y / q y) + beta * ln (normaliser beta r q).
  Proof.
    assert (hg := proj1 gibbs_full_law y). rewrite ln_div_pos, ln_gibbs_law by (exact hg || apply hq). field. lra.
  Qed.

  (** The divergence from the Gibbs law, in those of the reward and from [q]. *)
  Lemma divergence_from_gibbs p : is_law p -> has_mean p r -> has_mean p (log_ratio p q) ->
    is_series (fun y => p y * log_ratio p (gibbs_law beta r q) y)
      (divergence p q + - / beta * mean_over p r + ln (normaliser beta r q) * 1).
  Proof.
    intros [hp sp] hr hd. assert (hZ := normaliser_pos).
    apply (sum_ext (fun y => p y * log_ratio p q y + - / beta * (p y * r y) + ln (normaliser beta r q) * p y)).
    - intros y. destruct (hp y) as [h|<-]; [|ring].
      unfold log_ratio. rewrite !ln_div_pos, ln_gibbs_law by (exact h || apply hq || apply gibbs_full_law).
      field. lra.
    - apply sum_plus; [apply sum_plus|]; [apply sum_value, hd|apply sum_scal, sum_value, hr|apply sum_scal, sp].
  Qed.

  Lemma gibbs_identity p : is_law p -> has_mean p r -> has_mean p (log_ratio p q) ->
    mean_over p r - beta * divergence p q =
    beta * ln (normaliser beta r q) - beta * divergence p (gibbs_law beta r q).
  Proof.
    intros hp hr hd. assert (s := is_series_unique _ _ (divergence_from_gibbs p hp hr hd)).
    unfold divergence at 2, mean_over at 2. rewrite s. field. lra.
  Qed.

  Lemma gibbs_mean_log_ratio : has_mean (gibbs_law beta r q) r ->
    is_series (fun y => gibbs_law beta r q y * log_ratio (gibbs_law beta r q) q y)
      (/ beta * mean_over (gibbs_law beta r q) r + - ln (normaliser beta r q) * 1).
  Proof.
    intros hr. destruct gibbs_full_law as [hg sg].
    apply (sum_ext (fun y => / beta * (gibbs_law beta r q y * r y) + - ln (normaliser beta r q) * gibbs_law beta r q y)).
    - intros y. unfold log_ratio. rewrite ln_div_pos, ln_gibbs_law by (apply hg || apply hq). field. lra.
    - apply sum_plus; apply sum_scal; [apply sum_value, hr|exact sg].
  Qed.
End Gibbs.

(** S01: the identity. *)
Theorem S01_gibbs_identity_countable beta r q p : 0 < beta -> is_full_law q -> has_normaliser beta r q -> is_law p ->
  has_mean p r -> has_mean p (log_ratio p q) ->
  mean_over p r - beta * divergence p q =
  beta * ln (normaliser beta r q) - beta * divergence p (gibbs_law beta r q).
Proof. intros; apply gibbs_identity; assumption. Qed.

(** S01: no law has a larger value than beta log Z; the Gibbs law has it where its reward converges, and no
    other law has it. *)
Theorem S01_gibbs_optimum_countable beta r q p : 0 < beta -> is_full_law q -> has_normaliser beta r q -> is_law p ->
  has_mean p r -> has_mean p (log_ratio p q) ->
  mean_over p r - beta * divergence p q <= beta * ln (normaliser beta r q) /\
  (has_mean (gibbs_law beta r q) r ->
   mean_over (gibbs_law beta r q) r - beta * divergence (gibbs_law beta r q) q = beta * ln (normaliser beta r q)) /\
  (mean_over p r - beta * divergence p q = beta * ln (normaliser beta r q) -> forall y, p y = gibbs_law beta r q y).
Proof.
  intros hb hq hz hp hr hd. assert (e := gibbs_identity beta r q hb hq hz p hp hr hd).
  assert (hg := gibbs_full_law beta r q hq hz).
  destruct (S01_divergence_countable p (gibbs_law beta r q) hp hg) as [k0 k1];
    [exact (sum_exists _ _ (divergence_from_gibbs beta r q hb hq hz p hp hr hd))|].
  split; [|split].
  - assert (0 <= beta * divergence p (gibbs_law beta r q)) by (apply Rmult_le_pos; lra). lra.
  - intros hs. unfold divergence, mean_over at 2.
    rewrite (is_series_unique _ _ (gibbs_mean_log_ratio beta r q hb hq hz hs)). field. lra.
  - intros h. apply k1. apply (Rmult_eq_reg_l beta); lra.
Qed.

(** S03: the reward is the log-ratio of its Gibbs law, up to a constant. *)
Theorem S03_reward_identity_countable beta r q : 0 < beta -> is_full_law q -> has_normaliser beta r q ->
  forall y, r y = beta * ln (gibbs_law beta r q y / q y) + beta * ln (normaliser beta r q).
Proof. intros hb hq hz; apply reward_identity; assumption. Qed.

(** ** Powers *)

Lemma power_mass q a : 1 <= a -> is_full_law q -> ex_series (fun y => Rpower (q y) a).
Proof.
  intros ha hq. apply (sum_below _ q); [|exists 1; apply hq]. intros y. split; [left; apply exp_pos|].
  assert (h := proj1 hq y). assert (h1 := law_le_1 q y (full_law q hq)).
  assert (hl : ln (q y) <= 0) by (rewrite <- ln_1; apply ln_le; assumption).
  unfold Rpower. rewrite <- (exp_ln (q y)) at 2 by exact h. apply exp_le. nra.
Qed.

Lemma power_mass_pos q a : 1 <= a -> is_full_law q -> 0 < Series (fun y => Rpower (q y) a).
Proof.
  intros ha hq. apply Rlt_le_trans with (Rpower (q O) a); [apply exp_pos|].
  apply (term_le (fun y => Rpower (q y) a) _ O); [intros; left; apply exp_pos|apply sum_value, power_mass; assumption].
Qed.

Lemma power_full_law q a : 1 <= a -> is_full_law q -> is_full_law (power_law a q).
Proof.
  intros ha hq. assert (hS := power_mass_pos q a ha hq). split.
  - intros y. apply Rdiv_lt_0_compat; [apply exp_pos|exact hS].
  - apply (sum_ext (fun y => / Series (fun z => Rpower (q z) a) * Rpower (q y) a)).
    + intros y. unfold power_law, Rdiv. ring.
    + replace 1 with (/ Series (fun z => Rpower (q z) a) * Series (fun z => Rpower (q z) a)) by (apply Rinv_l; lra).
      apply sum_scal, sum_value, power_mass; assumption.
Qed.

Lemma ln_power_law q a y : 1 <= a -> is_full_law q ->
  ln (power_law a q y) = a * ln (q y) - ln (Series (fun z => Rpower (q z) a)).
Proof.
  intros ha hq. unfold power_law. rewrite ln_div_pos by (apply exp_pos || apply power_mass_pos; assumption).
  unfold Rpower at 1. rewrite ln_exp. reflexivity.
Qed.

Lemma self_reward_term beta (q : nat -> R) y : 0 < beta -> 0 < q y -> q y * exp (ln (q y) / beta) = Rpower (q y) (1 + 1 / beta).
Proof.
  intros hb h. unfold Rpower. rewrite <- (exp_ln (q y)) at 1 by exact h. rewrite <- exp_plus. f_equal. field. lra.
Qed.

Lemma exponent_ge_1 beta : 0 < beta -> 1 <= 1 + 1 / beta.
Proof. intros hb. assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra). lra. Qed.

(** S02: under the self-reward the normaliser converges, and the update is the power. *)
Theorem S02_self_reward_power_countable beta q : 0 < beta -> is_full_law q ->
  has_normaliser beta (fun y => ln (q y)) q /\
  is_full_law (power_law (1 + 1 / beta) q) /\
  forall y, gibbs_law beta (fun z => ln (q z)) q y = power_law (1 + 1 / beta) q y.
Proof.
  intros hb hq. assert (ha := exponent_ge_1 beta hb).
  assert (e : forall y, q y * exp (ln (q y) / beta) = Rpower (q y) (1 + 1 / beta)).
  { intros y. apply self_reward_term; [exact hb|apply hq]. }
  split; [|split; [apply power_full_law; assumption|]].
  - apply (ex_series_ext (fun y => Rpower (q y) (1 + 1 / beta))); [intros; symmetry; apply e|].
    apply power_mass; assumption.
  - intros y. unfold gibbs_law, power_law, normaliser. rewrite e, (Series_ext _ _ e). reflexivity.
Qed.

Lemma power_law_ext a (q p : nat -> R) : (forall y, q y = p y) -> forall y, power_law a q y = power_law a p y.
Proof. intros e y. unfold power_law. rewrite e. f_equal. apply Series_ext. intros z. rewrite e. reflexivity. Qed.

(** A power of a power. *)
Lemma power_law_power a b q : 1 <= a -> 1 <= b -> is_full_law q ->
  forall y, power_law a (power_law b q) y = power_law (b * a) q y.
Proof.
  intros ha hb hq y. set (Z := Series (fun z => Rpower (q z) b)).
  assert (hZ : 0 < Z) by (apply power_mass_pos; assumption).
  assert (e : forall z, Rpower (power_law b q z) a = Rpower (q z) (b * a) * exp (- (a * ln Z))).
  { intros z. unfold Rpower at 1. rewrite ln_power_law by assumption. fold Z. unfold Rpower. rewrite <- exp_plus. f_equal. ring. }
  unfold power_law at 1. rewrite e, (Series_ext _ _ e), Series_scal_r. unfold power_law.
  assert (hp : 0 < Series (fun z => Rpower (q z) (b * a))) by (apply power_mass_pos; [nra|exact hq]).
  assert (he := exp_pos (- (a * ln Z))). field. lra.
Qed.

Lemma power_law_one q : is_full_law q -> forall y, power_law 1 q y = q y.
Proof.
  intros hq y. unfold power_law.
  rewrite (Series_ext _ q) by (intros z; apply Rpower_1, hq). rewrite (is_series_unique q 1) by apply hq.
  rewrite Rpower_1 by apply hq. field.
Qed.
