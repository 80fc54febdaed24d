(** Countably many responses: sums, the Gibbs optimum, the square loss. *)

From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Definitions.
Open Scope R_scope.

(** * Laws on countably many responses

    Series with nonnegative terms, point masses, laws on the naturals, and that each law has a mode. *)

(** ** Linear combinations of convergent series *)

Lemma sum_ext (f g : nat -> R) (a : R) : (forall k, f k = g k) -> is_series f a -> is_series g a.
Proof. exact (is_series_ext f g a). Qed.

Lemma sum_plus (f g : nat -> R) (a b : R) : is_series f a -> is_series g b -> is_series (fun k => f k + g k) (a + b).
Proof. exact (is_series_plus f g a b). Qed.

Lemma sum_scal (c : R) (f : nat -> R) (a : R) : is_series f a -> is_series (fun k => c * f k) (c * a).
Proof. exact (is_series_scal_l c f a). Qed.

Lemma sum_minus (f g : nat -> R) (a b : R) : is_series f a -> is_series g b -> is_series (fun k => f k - g k) (a - b).
Proof.
  intros hf hg. apply (sum_ext (fun k => f k + -1 * g k)); [intros; lra|].
  replace (a - b) with (a + -1 * b) by lra. apply sum_plus; [exact hf|apply sum_scal, hg].
Qed.

Lemma sum_value (f : nat -> R) : ex_series f -> is_series f (Series f).
Proof. apply Series_correct. Qed.

Lemma sum_exists (f : nat -> R) (a : R) : is_series f a -> ex_series f.
Proof. intros h; exists a; exact h. Qed.

(** ** Order *)

(** A term is at most a sum whose other terms are nonnegative. *)
Lemma term_le (f : nat -> R) (a : R) (j : nat) : (forall k, k <> j -> 0 <= f k) -> is_series f a -> f j <= a.
Proof.
  intros h hf.
  assert (hn : forall n, (if le_dec j n then f j else 0) <= sum_n f n).
  { induction n as [|n ih].
    - rewrite sum_O. destruct (le_dec j 0) as [k|k].
      + replace j with O by lia. lra.
      + apply h. lia.
    - rewrite sum_Sn. change (plus (sum_n f n) (f (S n))) with (sum_n f n + f (S n)).
      destruct (Nat.eq_dec j (S n)) as [->|e].
      + destruct (le_dec (S n) n) as [k|_]; [lia|]. destruct (le_dec (S n) (S n)) as [_|k]; [lra|lia].
      + assert (0 <= f (S n)) by (apply h; lia).
        destruct (le_dec j n), (le_dec j (S n)); (lra || lia). }
  apply (is_lim_seq_le_loc (fun _ => f j) (sum_n f) (f j) a).
  - exists j. intros n hj. specialize (hn n). destruct (le_dec j n); [exact hn|lia].
  - apply is_lim_seq_const.
  - exact hf.
Qed.

Lemma sum_nonneg (f : nat -> R) (a : R) : (forall k, 0 <= f k) -> is_series f a -> 0 <= a.
Proof. intros h hf. apply Rle_trans with (f O); [apply h|]. apply (term_le f a O); auto. Qed.

Lemma sum_le (f g : nat -> R) (a b : R) : (forall k, f k <= g k) -> is_series f a -> is_series g b -> a <= b.
Proof.
  intros h hf hg. assert (k := sum_nonneg _ _ (fun k => Rge_le _ _ (Rge_minus _ _ (Rle_ge _ _ (h k)))) (sum_minus g f b a hg hf)). lra.
Qed.

Lemma sum_zero (f : nat -> R) : (forall k, 0 <= f k) -> is_series f 0 -> forall k, f k = 0.
Proof. intros h hf k. apply Rle_antisym; [apply (term_le f 0 k); auto|apply h]. Qed.

(** Nonnegative terms below those of a convergent series have a sum. *)
Lemma sum_below (f g : nat -> R) : (forall k, 0 <= f k <= g k) -> ex_series g -> ex_series f.
Proof.
  intros h hg. apply (ex_series_le (V := R_CompleteNormedModule) f g); [|exact hg].
  intros k. change (norm (f k)) with (Rabs (f k)). rewrite Rabs_pos_eq; apply h.
Qed.

(** ** Point masses *)

Lemma point_sum (j : nat) : is_series (fun k => ind (k = j)) 1.
Proof.
  assert (hn : forall n, sum_n (fun k => ind (k = j)) n = if le_dec j n then 1 else 0).
  { induction n as [|n ih].
    - rewrite sum_O. destruct (le_dec j 0); [apply ind_true; lia|apply ind_false; lia].
    - rewrite sum_Sn, ih. change plus with Rplus.
      destruct (Nat.eq_dec (S n) j) as [e|e].
      + rewrite ind_true by exact e. destruct (le_dec j n), (le_dec j (S n)); (lia || lra).
      + rewrite ind_false by exact e. destruct (le_dec j n), (le_dec j (S n)); (lia || lra). }
  change (is_lim_seq (sum_n (fun k => ind (k = j))) 1).
  apply (is_lim_seq_ext_loc (fun _ => 1)); [|apply is_lim_seq_const].
  exists j. intros n h. rewrite hn. destruct (le_dec j n); [reflexivity|lia].
Qed.

Lemma point_mean (f : nat -> R) (j : nat) : is_series (fun k => ind (k = j) * f k) (f j).
Proof.
  apply (sum_ext (fun k => f j * ind (k = j))).
  - intros k. destruct (Nat.eq_dec k j) as [->|e]; [lra|]. rewrite ind_false by exact e. lra.
  - replace (f j) with (f j * 1) at 1 by ring. apply sum_scal, point_sum.
Qed.

(** ** Laws *)

Definition is_law (p : nat -> R) : Prop := (forall k, 0 <= p k) /\ is_series p 1.

Definition is_full_law (q : nat -> R) : Prop := (forall k, 0 < q k) /\ is_series q 1.

Lemma full_law q : is_full_law q -> is_law q.
Proof. intros [h s]. split; [intros; left; apply h|exact s]. Qed.

Lemma law_le_1 p k : is_law p -> p k <= 1.
Proof. intros [h s]. apply (term_le p 1 k); auto. Qed.

Lemma point_law j : is_law (fun k => ind (k = j)).
Proof. split; [intros; apply ind_nonneg|apply point_sum]. Qed.

(** The largest of the first values. *)
Lemma first_maximum (p : nat -> R) n : exists j, forall k, (k <= n)%nat -> p k <= p j.
Proof.
  induction n as [|n (j & h)].
  - exists O. intros k hk. replace k with O by lia. lra.
  - destruct (Rle_dec (p (S n)) (p j)) as [k|k].
    + exists j. intros i hi. destruct (Nat.eq_dec i (S n)) as [->|]; [exact k|apply h; lia].
    + exists (S n). intros i hi. destruct (Nat.eq_dec i (S n)) as [->|]; [lra|]. specialize (h i ltac:(lia)). lra.
Qed.

(** Every law on countably many responses has a mode. *)
Lemma law_has_mode p : is_law p -> exists j, forall k, p k <= p j.
Proof.
  intros [h s].
  assert (hpos : exists i, 0 < p i).
  { destruct (Classical_Prop.classic (exists i, 0 < p i)) as [k|k]; [exact k|exfalso].
    assert (h0 : forall i, p i <= 0) by (intros i; apply Rnot_lt_le; intros hi; apply k; exists i; exact hi).
    assert (e : 1 <= 0 * 1).
    { apply (sum_le p (fun i => 0 * p i)); [|exact s|apply sum_scal, s]. intros i. rewrite Rmult_0_l. apply h0. }
    lra. }
  destruct hpos as (i & hi).
  assert (hl : is_lim_seq p 0) by (apply ex_series_lim_0; exists 1; exact s).
  apply is_lim_seq_spec in hl. destruct (hl (mkposreal _ hi)) as (N & hN). simpl in hN.
  destruct (first_maximum p (N + i)) as (j & hj). exists j. intros k.
  destruct (le_dec k (N + i)) as [hk|hk]; [apply hj, hk|].
  specialize (hN k ltac:(lia)). rewrite Rminus_0_r, Rabs_pos_eq in hN by apply h.
  specialize (hj i ltac:(lia)). lra.
Qed.

(** * The Gibbs update over countably many responses

    Gibbs' inequality, the regularised optimum, its power form under the self-reward and the reward
    identity for laws on the naturals.  What is needed beyond the finite case is that the normaliser and the
    expected reward and divergence of the compared law converge; under the self-reward the normaliser always
    does. *)

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
  intros [_ sp] [_ sq] h. replace (divergence p q) with (divergence p q - (1 - 1)) by lra.
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
      + intros y. unfold gibbs_law, Rdiv. lra.
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
    - intros y. destruct (hp y) as [h|<-]; [|lra].
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
    + intros y. unfold power_law, Rdiv. lra.
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
  { intros z. unfold Rpower at 1. rewrite ln_power_law by assumption. fold Z. unfold Rpower. rewrite <- exp_plus. f_equal. lra. }
  unfold power_law at 1. rewrite e, (Series_ext _ _ e), Series_scal_r. unfold power_law.
  assert (hp : 0 < Series (fun z => Rpower (q z) (b * a))) by (apply power_mass_pos; [nra|exact hq]).
  assert (he := exp_pos (- (a * ln Z))). field. lra.
Qed.

Lemma power_law_one q : is_full_law q -> forall y, power_law 1 q y = q y.
Proof.
  intros hq y. unfold power_law.
  rewrite (Series_ext _ q) by (intros z; apply Rpower_1, hq). rewrite (is_series_unique q 1) by apply hq.
  rewrite Rpower_1 by apply hq. lra.
Qed.

(** * The square loss over countably many responses

    For two independent responses the mean square of a difference is twice the variance, where the second
    moment converges; so the DPO square loss is zero at the Gibbs law only. *)

(** [beta log (p/q) - r]: constant at the Gibbs law. *)
Definition residual (beta : R) (r q p : nat -> R) : nat -> R := fun y => beta * ln (p y / q y) - r y.

Definition second_moment (q h : nat -> R) : Prop := has_mean q (fun y => h y ^ 2).

Definition countable_variance (q h : nat -> R) : R := mean_over q (fun y => h y ^ 2) - mean_over q h ^ 2.

(** [E_{y, y' ~ q} (Delta^{beta log (p/q)} - Delta^r)^2]. *)
Definition countable_square_loss (beta : R) (r q p : nat -> R) : R :=
  mean_over q (fun y => mean_over q (fun y' =>
    ((beta * ln (p y / q y) - beta * ln (p y' / q y')) - (r y - r y')) ^ 2)).

Section Moments.
  Variables q h : nat -> R.
  Hypothesis hq : is_law q.
  Hypothesis h2 : second_moment q h.

  Lemma absolute_mean : has_mean q (fun y => Rabs (h y)).
  Proof.
    apply (sum_below _ (fun y => q y + q y * h y ^ 2)).
    - intros y. assert (hy := proj1 hq y). assert (ha := Rabs_pos (h y)).
      assert (hs := pow2_abs (h y)). rewrite <- hs. assert (hd := pow2_ge_0 (Rabs (h y) - 1)).
      split; [apply Rmult_le_pos; assumption|]. nra.
    - apply (sum_exists _ (1 + mean_over q (fun y => h y ^ 2))). apply sum_plus; [apply hq|apply sum_value, h2].
  Qed.

  Lemma first_moment : has_mean q h.
  Proof.
    apply ex_series_Rabs. apply (ex_series_ext (fun y => q y * Rabs (h y))); [|exact absolute_mean].
    intros y. rewrite Rabs_mult, (Rabs_pos_eq (q y)) by apply hq. reflexivity.
  Qed.

  (** The mean square of the difference to a number. *)
  Lemma square_difference c :
    is_series (fun y => q y * (c - h y) ^ 2) (c ^ 2 * 1 - 2 * c * mean_over q h + mean_over q (fun y => h y ^ 2)).
  Proof.
    apply (sum_ext (fun y => c ^ 2 * q y - 2 * c * (q y * h y) + q y * h y ^ 2)); [intros y; lra|].
    apply sum_plus; [apply sum_minus; apply sum_scal; [apply hq|apply sum_value, first_moment]|apply sum_value, h2].
  Qed.

  Lemma pair_variance : is_series (fun y => q y * mean_over q (fun y' => (h y - h y') ^ 2)) (2 * countable_variance q h).
  Proof.
    set (m := mean_over q h). set (s := mean_over q (fun y => h y ^ 2)).
    apply (sum_ext (fun y => q y * h y ^ 2 - 2 * m * (q y * h y) + s * q y)).
    - intros y. unfold mean_over at 1. rewrite (is_series_unique _ _ (square_difference (h y))). fold m s. lra.
    - replace (2 * countable_variance q h) with (s - 2 * m * m + s * 1) by (unfold countable_variance; fold m s; lra).
      apply sum_plus; [apply sum_minus; [apply sum_value, h2|apply sum_scal, sum_value, first_moment]|].
      apply sum_scal, hq.
  Qed.

  Lemma variance_zero : (forall y, 0 < q y) -> countable_variance q h = 0 -> forall y, h y = mean_over q h.
  Proof.
    intros hp e y. assert (s := square_difference (mean_over q h)). set (m := mean_over q h) in *.
    replace (m ^ 2 * 1 - 2 * m * m + mean_over q (fun y => h y ^ 2)) with 0 in s.
    - assert (k := sum_zero _ (fun y => Rmult_le_pos _ _ (proj1 hq y) (pow2_ge_0 _)) s y). cbv beta in k.
      apply Rmult_integral in k as [k|k]; [specialize (hp y); lra|].
      assert (m - h y = 0) by (apply Rsqr_0_uniq; unfold Rsqr; lra). lra.
    - unfold countable_variance in e. fold m in e. lra.
  Qed.
End Moments.

(** S04: the loss is twice the variance. *)
Theorem S04_square_loss_countable beta r q p : is_full_law q -> second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 2 * countable_variance q (residual beta r q p).
Proof.
  intros hq h. rewrite <- (is_series_unique _ _ (pair_variance q _ (full_law q hq) h)).
  apply Series_ext. intros y. f_equal. apply Series_ext. intros y'. f_equal. unfold residual. lra.
Qed.

(** S04: it is zero iff the normaliser converges and p is the Gibbs law. *)
Theorem S04_zero_iff_countable beta r q p : 0 < beta -> is_full_law q -> is_full_law p ->
  second_moment q (residual beta r q p) ->
  countable_square_loss beta r q p = 0 <-> has_normaliser beta r q /\ forall y, p y = gibbs_law beta r q y.
Proof.
  intros hb hq hp h. rewrite S04_square_loss_countable by assumption. split.
  - intros e. assert (k := variance_zero q _ (full_law q hq) h (proj1 hq) ltac:(lra)).
    set (m := mean_over q (residual beta r q p)) in *.
    assert (ep : forall y, p y * exp (- (m / beta)) = q y * exp (r y / beta)).
    { intros y. specialize (k y). unfold residual in k. assert (h1 := proj1 hq y). assert (h2 := proj1 hp y).
      rewrite ln_div_pos in k by assumption. rewrite <- (exp_ln (p y)), <- (exp_ln (q y)) by assumption.
      rewrite <- !exp_plus. f_equal. apply (Rmult_eq_reg_l beta); [|lra]. field_simplify; lra. }
    assert (sz : is_series (fun y => q y * exp (r y / beta)) (exp (- (m / beta)) * 1)).
    { apply (sum_ext (fun y => exp (- (m / beta)) * p y)); [intros y; rewrite <- ep; lra|]. apply sum_scal, hp. }
    split; [exact (sum_exists _ _ sz)|]. intros y. unfold gibbs_law, normaliser.
    rewrite (is_series_unique _ _ sz), <- ep. assert (he := exp_pos (- (m / beta))). field. lra.
  - intros [hz e].
    assert (k : forall y, residual beta r q p y = - (beta * ln (normaliser beta r q))).
    { intros y. unfold residual. rewrite e. assert (i := reward_identity beta r q hb hq hz y). lra. }
    set (c := - (beta * ln (normaliser beta r q))) in *.
    assert (m1 : mean_over q (residual beta r q p) = c).
    { unfold mean_over. rewrite (Series_ext _ (fun y => c * q y)) by (intros y; rewrite k; lra).
      rewrite Series_scal_l, (is_series_unique q 1) by apply hq. ring. }
    assert (m2 : mean_over q (fun y => residual beta r q p y ^ 2) = c ^ 2).
    { unfold mean_over. rewrite (Series_ext _ (fun y => c ^ 2 * q y)) by (intros y; rewrite k; lra).
      rewrite Series_scal_l, (is_series_unique q 1) by apply hq. lra. }
    unfold countable_variance. rewrite m1, m2. lra.
Qed.
