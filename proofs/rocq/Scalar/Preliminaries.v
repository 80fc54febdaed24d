(** * Scalar parts of Sections 3, 4 and of Proposition 4.3

    S06-S09 (margin growth and the two horizons), K02 and K03 (the examples of
    Remark 4.2), E02-E04 and E06 (the arithmetic of the greedy trap). *)

From Coq Require Import Reals Lra Psatz.
From SRVerify Require Import Scalar.Basics.
Open Scope R_scope.

Lemma growth_gt_1 (beta : R) : 0 < beta -> 1 < 1 + 1 / beta.
Proof. intro Hb; assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra); lra. Qed.

(** ** S: the exact iteration *)

(** S06: one exact round multiplies log-ratios, hence the margin, by 1 + 1/beta. *)
Theorem S06_margin_step : forall beta p q : R, 0 < beta -> 0 < p -> 0 < q ->
  ln (Rpower p (1 + 1 / beta)) - ln (Rpower q (1 + 1 / beta)) =
  (1 + 1 / beta) * (ln p - ln q).
Proof. intros beta p q Hb Hp Hq; unfold Rpower; rewrite !ln_exp; ring. Qed.

(** S07: a policy whose log-margin is g has 1/max <= 1 + (N-1) e^{-g}. *)
Theorem S07_inverse_mode : forall u N g : R, 0 < u -> 1 <= N ->
  1 - u <= (N - 1) * (u * exp (- g)) -> 1 / u <= 1 + (N - 1) * exp (- g).
Proof.
  intros u N g Hu HN H; apply div_le; [exact Hu |]. lra.
Qed.

(** S08: alpha_T theta <= R iff T <= ln(R/theta)/ln(1 + 1/beta). *)
Theorem S08_horizon : forall (theta radius beta : R) (T : nat),
  0 < theta -> 0 < radius -> 0 < beta ->
  (1 + 1 / beta) ^ T * theta <= radius -> INR T <= ln (radius / theta) / ln (1 + 1 / beta).
Proof.
  intros theta radius beta T Ht Hr Hb H.
  pose proof (growth_gt_1 beta Hb) as Hg; pose proof (ln_gt_0 _ Hg) as Hl.
  apply le_div; [exact Hl |].
  rewrite <- (ln_exp (INR T * ln (1 + 1 / beta))), <- pow_Rpower by lra.
  apply ln_le; [apply pow_lt; lra | apply le_div; assumption].
Qed.

Theorem S08_horizon_converse : forall (theta radius beta : R) (T : nat),
  0 < theta -> 0 < radius -> 0 < beta ->
  INR T <= ln (radius / theta) / ln (1 + 1 / beta) -> (1 + 1 / beta) ^ T * theta <= radius.
Proof.
  intros theta radius beta T Ht Hr Hb H.
  pose proof (growth_gt_1 beta Hb) as Hg; pose proof (ln_gt_0 _ Hg) as Hl.
  apply mul_le_of_div in H; [| exact Hl].
  apply mul_le_of_div; [exact Ht |].
  rewrite pow_Rpower by lra.
  rewrite <- (exp_ln (radius / theta)) by (apply Rdiv_lt_0_compat; assumption).
  apply exp_le; exact H.
Qed.

(** S08 at T = 1: theta <= R beta/(1+beta). *)
Theorem S08_first_round : forall theta radius beta : R, 0 < beta ->
  (1 + 1 / beta) * theta <= radius -> theta <= radius * beta / (1 + beta).
Proof.
  intros theta radius beta Hb H; apply le_div; [lra |].
  replace (theta * (1 + beta)) with ((1 + 1 / beta) * theta * beta) by (field; lra). nra.
Qed.

(** S08: the margin is at most 2 B theta, hence beta ln(kappa)/gamma >= (1+beta) ln(kappa)/(2 B R). *)
Theorem S08_bias_stays : forall gamma B theta radius beta kappa : R,
  0 < gamma -> 0 < B -> 0 < radius -> 0 < beta -> 1 <= kappa ->
  gamma <= 2 * B * theta -> theta <= radius * beta / (1 + beta) ->
  (1 + beta) * ln kappa / (2 * B * radius) <= beta * ln kappa / gamma.
Proof.
  intros gamma B theta radius beta kappa Hg HB Hr Hb Hk H1 H2.
  pose proof (ln_nonneg kappa Hk) as Hl.
  apply mul_le_of_div in H2; [| lra].
  assert (gamma * (1 + beta) <= 2 * B * radius * beta).
  { assert (2 * B * (theta * (1 + beta)) <= 2 * B * (radius * beta))
      by (apply Rmult_le_compat_l; lra).
    assert (gamma * (1 + beta) <= 2 * B * theta * (1 + beta))
      by (apply Rmult_le_compat_r; lra).
    lra. }
  assert (0 < B * radius) by (apply Rmult_lt_0_compat; assumption).
  apply div_le; [lra |].
  replace (beta * ln kappa / gamma * (2 * B * radius))
    with (2 * B * radius * beta * ln kappa / gamma) by (field; lra).
  apply le_div; [exact Hg |]. nra.
Qed.


(** ** K: Remark 4.2 *)

(** K02: max pi = (1+eta)/M gives kappa = M/(1+eta). *)
Theorem K02_near_uniform : forall M eta : R, 0 < M -> 0 <= eta ->
  1 / ((1 + eta) / M) = M / (1 + eta).
Proof. intros M eta HM He; field; lra. Qed.

(** K03: a mode of mass u <= p^L has 1/u >= (1/p)^L. *)
Theorem K03_autoregressive : forall (p u : R) (L : nat), 0 < p -> p < 1 -> 0 < u ->
  u <= p ^ L -> (1 / p) ^ L <= 1 / u.
Proof.
  intros p u L Hp Hp1 Hu H.
  replace ((1 / p) ^ L) with (/ p ^ L).
  - unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; assumption.
  - replace (1 / p) with (/ p) by (field; lra). rewrite <- pow_inv; reflexivity.
Qed.

(** K03: the product of L conditionals in [0,p] is at most p^L (one more factor). *)
Theorem K03_step : forall (p u v : R) (L : nat), 0 <= u -> u <= p ^ L -> 0 <= v -> v <= p ->
  u * v <= p ^ S L.
Proof.
  intros p u v L Hu H Hv H'; rewrite <- tech_pow_Rmult, Rmult_comm.
  apply Rmult_le_compat; assumption.
Qed.

(** K03: L >= ln n / ln(1/p) gives (1/p)^L >= n. *)
Theorem K03_length : forall (p n : R) (L : nat), 0 < p -> p < 1 -> 1 <= n ->
  ln n / ln (1 / p) <= INR L -> n <= (1 / p) ^ L.
Proof.
  intros p n L Hp Hp1 Hn H.
  assert (1 < 1 / p) by (apply lt_div; lra).
  apply le_mul_of_div in H; [| apply ln_gt_0; assumption].
  rewrite pow_Rpower by lra.
  rewrite <- (exp_ln n) at 1 by lra; apply exp_le; exact H.
Qed.

(** ** E: the arithmetic of the greedy trap *)

(** E02: with m sequences outside the two branches there is room (masses q, q + s, and a rest
    below m q) only if q > 1/(3+m). *)
Theorem E02_room_necessary : forall q s rest m : R, 0 < q -> 0 < s -> s < q -> 0 <= m ->
  rest <= m * q -> q + (q + s) + rest = 1 -> 1 / (3 + m) < q.
Proof. intros q s rest m Hq Hs Hsq Hm Hr E; apply div_lt; nra. Qed.

(** ... and then there is: for m >= 1 the excess s and the mean mass u < q of the others exist. *)
Theorem E02_room_sufficient : forall q m : R, 0 < q -> q < 1 / 2 -> 0 < m -> 1 / (3 + m) < q ->
  exists s u : R, 0 < s /\ s < q /\ s <= 1 - 2 * q /\ 0 <= u /\ u < q /\ q + (q + s) + m * u = 1.
Proof.
  intros q m Hq Hq2 Hm H.
  apply lt_mul_of_div in H; [| lra].
  exists ((1 - 2 * q) / (1 + m)), ((1 - 2 * q) / (1 + m)).
  assert (0 < (1 - 2 * q) / (1 + m)) by (apply Rdiv_lt_0_compat; lra).
  assert ((1 - 2 * q) / (1 + m) < q) by (apply div_lt; lra).
  assert ((1 - 2 * q) / (1 + m) <= 1 - 2 * q).
  { apply div_le; [lra |]. nra. }
  repeat split; try lra; field; lra.
Qed.

(** E02 for V = 2 (no other branch): room iff q > 1/3. *)
Theorem E02_room_binary : forall q s : R, 0 < s -> s < q -> q + (q + s) = 1 -> 1 / 3 < q.
Proof. intros; lra. Qed.

(** E03: at q = 1/2 no excess 0 < s <= 1 - 2q is left. *)
Theorem E03_half : forall q s : R, q = 1 / 2 -> s <= 1 - 2 * q -> s <= 0.
Proof. intros; lra. Qed.

(** E04: a mode of mass q among V^L responses, all others of smaller mass, has q > 1/V^L. *)
Theorem E04_lower : forall q rest n : R, 2 <= n -> rest < (n - 1) * q -> q + rest = 1 -> 1 / n < q.
Proof. intros q rest n Hn Hr E; apply div_lt; lra. Qed.

(** E01: a product above 1/2 of factors in [0,1] has both factors above 1/2. *)
Theorem E01_factor : forall u v : R, 0 <= u -> u <= 1 -> 0 <= v -> v <= 1 ->
  1 / 2 < u * v -> 1 / 2 < u /\ 1 / 2 < v.
Proof. intros; split; nra. Qed.

(** E06: the mode of the independent (0.7, 0.3) model has mass 0.49 <= 1/2, above the three others. *)
Theorem E06_witness :
  7 / 10 * (7 / 10) <= 1 / 2 /\ 7 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\
  3 / 10 * (3 / 10) < 7 / 10 * (7 / 10) /\ 1 / 2 < 7 / 10.
Proof. lra. Qed.
