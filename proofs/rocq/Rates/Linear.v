(** The rates of section 6. *)

From Coq Require Import Reals List Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep Iteration.Rounds Linear.SoftmaxClass Linear.FixedRadius Rates.FiniteClass.
Open Scope R_scope.

(** * The rate of Theorem 6.2: statements

    Theorem 6.2 at [beta = 1/sqrt n], a tail constant [K = k0 n^q] and the repaired radius
    [R = alpha_T nu] of S08, which grows like [n^(T/2)]: an explicit inequality of order
    [log^(3/2) n / sqrt n], and the limit of the bound times its rate. *)

(** [R = alpha_T nu] at [beta = 1/sqrt n], that is [(1 + sqrt n)^T nu]. *)
Definition repaired_radius (nu n : R) (T : nat) : R := alpha (1 / sqrt n) T * nu.

(** [log(1 + 4 R Bphi beta n / B) <= radius_rate log n]: the repaired radius costs [d (T+1)/2 log n]. *)
Definition radius_rate (nu Bphi : R) (T : nat) : R := ln (1 + 4 * nu * Bphi) + INR T * ln 2 + (INR T + 1) / 2.

(** [linear_error <= linear_rate log^(3/2) n / sqrt n] at confidence [delta/T]. *)
Definition linear_rate (N k0 : R) (q : nat) (d nu Bphi delta : R) (T : nat) : R :=
  level_rate N k0 q * sqrt (24 + 32 / 3 * (d * radius_rate nu Bphi T + ln (1 / (delta / INR T)))) + moment_rate N k0 q.

(** The limit of [linear_error sqrt n / log^(3/2) n]. *)
Definition linear_limit (q : nat) (d : R) (T : nat) : R := (INR q + 2) * sqrt (16 / 3 * d * (INR T + 1)).

(** Theorem 6.2 for [n >= 3] with [W = (2 linear_rate + 1) log^(3/2) n / sqrt n]; from
    [n >= (15 (2 linear_rate + 1)/(gamma c))^4] on in the short form. *)
Definition Theorem_6_2_rate : Prop :=
  forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
    (D : X -> R) (phi : X -> Y -> Dim -> R) (Bphi nu gamma c k0 delta : R) (q n T : nat) (pi0 : policy X Y),
  let beta := 1 / sqrt (INR n) in
  let radius := repaired_radius nu (INR n) T in
  let pol := linear_class phi radius in
  let rate := 2 * linear_rate (card Y) k0 q (card Dim) nu Bphi delta T + 1 in
  let W := rate * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)) in
  forall learner : history (X := X) (Y := Y) -> SoftmaxClass.ball Dim radius,
  let violates bound := PT D pol pi0 n learner T (fun h =>
    every_round pol pi0 learner (round_assumptions D beta pol gamma c (k0 * INR n ^ q)) h /\
    ~ own_failure D (current pol pi0 learner h) (1 / 2) <= bound) in
  is_dist D -> is_policy pi0 -> 0 < Bphi -> bounded_features phi Bphi -> 0 <= nu -> 0 < gamma -> 0 < c ->
  1 <= k0 -> 0 < delta <= 1 -> (3 <= n)%nat -> (0 < T)%nat -> minimises_empirical_loss beta pol pi0 learner ->
  violates (2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt (kappa D pi0)))
    <= delta /\
  ((15 * rate / (gamma * c)) ^ 4 <= INR n ->
   violates (2 / gamma * W * (2 + sqrt (kappa D pi0 / 2 ^ (T - 1)))) <= delta).

(** The bound of Theorem 6.2 times [sqrt n / log^(3/2) n] tends to
    [(4/gamma) (q+2) sqrt((16/3) d (T+1))], times [1 + sqrt kappa_0] if [T = 1]. *)
Definition Theorem_6_2_limit : Prop :=
  forall (X Y : Type) (FX : FiniteType X) (FY : FiniteType Y) (D : X -> R) (pi0 : policy X Y)
    (N k0 d nu Bphi delta gamma c : R) (q T : nat),
  is_dist D -> is_policy pi0 -> 1 <= N -> 1 <= k0 -> 0 <= d -> 0 < nu -> 0 < Bphi -> 0 < delta <= 1 ->
  0 < gamma -> 0 < c -> (0 < T)%nat ->
  is_lim_seq (fun n => failure_bound D (1 / sqrt (INR n)) pi0 gamma c
      (linear_error N (k0 * INR n ^ q) d (repaired_radius nu (INR n) T) Bphi (1 / sqrt (INR n)) (INR n)
         (delta / INR T)) T * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n)))))
    (2 / gamma * (2 * linear_limit q d T) * initial_share (kappa D pi0) T).

(** An instance of Theorem 6.2's rate: d = 2, T = 2, two prompts, three responses, n = 10^18, the repaired
    radius [R = alpha_2 ||theta_0||].  All hypotheses hold with the assumptions on every history, the short form
    applies and is at most 1/2000, the learner is not always exact, and the initial policy fails everywhere. *)
Definition Theorem_6_2_rate_instance : Prop :=
  let D := fun _ : bool => 1 / 2 in
  let phi := fun (x : bool) (y : option bool) (j : bool) => ind (j = x) * ind (y = Some true) in
  let theta0 := fun _ : bool => 1 / 2 in
  let pi0 := softmax phi theta0 in
  let nu := norm theta0 in
  let rate := 2 * linear_rate 3 3 0 2 nu 1 (1 / 20) 2 + 1 in
  exists n : nat,
  let beta := 1 / sqrt (INR n) in
  let radius := repaired_radius nu (INR n) 2 in
  let pol := linear_class phi radius in
  let W := rate * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)) in
  exists learner : history (X := bool) (Y := option bool) -> SoftmaxClass.ball bool radius,
    INR n = 10 ^ 18 /\ is_dist D /\ is_policy pi0 /\ bounded_features phi 1 /\
    minimises_empirical_loss beta pol pi0 learner /\
    (forall h, extends n 2 nil h ->
       every_round pol pi0 learner (round_assumptions D beta pol (1 / 2) (1 / 3) (3 * INR n ^ 0)) h) /\
    0 < PT D pol pi0 n learner 2 (fun h => exists x y,
       current pol pi0 learner h x y <> softmax phi (Linear.SoftmaxClass.scale (alpha beta 2) theta0) x y) /\
    (15 * rate / (1 / 2 * (1 / 3))) ^ 4 <= INR n /\
    2 / (1 / 2) * W * (2 + sqrt (kappa D pi0 / 2 ^ (2 - 1))) <= 1 / 2000 /\
    own_failure D pi0 (1 / 2) = 1 /\
    19 / 20 <= PT D pol pi0 n learner 2 (fun h => own_failure D (current pol pi0 learner h) (1 / 2) <= 1 / 2000).

(** * The rate of Theorem 6.2

    F09 at [beta = 1/sqrt n] and the repaired radius: the covering number contributes
    [d (T+1)/2 log n], so the statistical error is of order [sqrt(d T) log^(3/2) n / sqrt n]. *)

Section LinearRate.
  Variables N k0 d nu Bphi delta : R.
  Hypothesis hN : 1 <= N.
  Hypothesis hk0 : 1 <= k0.
  Hypothesis hd : 0 <= d.
  Hypothesis hnu : 0 <= nu.
  Hypothesis hB : 0 < Bphi.
  Hypothesis hdelta : 0 < delta <= 1.
  Variables q T : nat.
  Hypothesis hT : (0 < T)%nat.

  Let level (x : R) : R := trunc_level N (k0 * x ^ q) x.

  (** [log(1 + 4 R Bphi beta n / B)] at the repaired radius. *)
  Definition net_log (x : R) : R :=
    ln (1 + 4 * repaired_radius nu x T * Bphi * (1 / sqrt x) * x / trunc_level N (k0 * x ^ q) x).

  Let conf : R := ln (1 / (delta / INR T)).

  Lemma confidence_nonneg : 0 <= conf.
  Proof.
    assert (h : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    unfold conf. replace (1 / (delta / INR T)) with (INR T * 1 / delta) by (field; lra).
    apply rounds_log; [exact hT|lra|exact hdelta].
  Qed.

  Lemma root_ge_1 x : 3 <= x -> 1 <= sqrt x.
  Proof. intros hx. rewrite <- sqrt_1. apply sqrt_le_1_alt. lra. Qed.

  Lemma radius_expanded x : 3 <= x -> repaired_radius nu x T = (1 + sqrt x) ^ T * nu.
  Proof.
    intros hx. assert (h := root_ge_1 x hx). unfold repaired_radius, alpha. f_equal. f_equal. field. lra.
  Qed.

  Lemma net_argument x : 3 <= x ->
    4 * repaired_radius nu x T * Bphi * (1 / sqrt x) * x / level x
    = 4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) / level x.
  Proof.
    intros hx. assert (h := root_ge_1 x hx). assert (hl := level_ge_1 N k0 hN hk0 q x hx). fold (level x) in hl.
    rewrite radius_expanded by exact hx.
    assert (e : 1 / sqrt x * x = sqrt x) by (rewrite <- (sqrt_sqrt x) at 2 by lra; field; lra).
    replace (4 * ((1 + sqrt x) ^ T * nu) * Bphi * (1 / sqrt x) * x / level x)
      with (4 * nu * Bphi * ((1 + sqrt x) ^ T * (1 / sqrt x * x)) / level x) by lra.
    rewrite e. reflexivity.
  Qed.

  Lemma ln_root x : 0 < x -> ln (sqrt x) = ln x / 2.
  Proof.
    intros hx. rewrite <- (sqrt_sqrt x) at 2 by lra. rewrite ln_mult by (apply sqrt_lt_R0; exact hx). lra.
  Qed.

  Lemma net_log_upper x : 3 <= x ->
    net_log x <= (ln (1 + 4 * nu * Bphi) + INR T * ln 2) + (INR T + 1) / 2 * ln x.
  Proof.
    intros hx. assert (h := root_ge_1 x hx). assert (hl := level_ge_1 N k0 hN hk0 q x hx). fold (level x) in hl.
    unfold net_log. fold (level x). rewrite net_argument by exact hx.
    assert (hv : 0 <= 4 * nu * Bphi) by (repeat apply Rmult_le_pos; lra).
    assert (h1 : 1 <= (2 * sqrt x) ^ T) by (apply pow_R1_Rle; lra).
    assert (h2 : (1 + sqrt x) ^ T <= (2 * sqrt x) ^ T) by (apply pow_incr; lra).
    assert (h0 : 0 <= (1 + sqrt x) ^ T) by (apply pow_le; lra).
    assert (hm : 0 <= (1 + sqrt x) ^ T * sqrt x <= (2 * sqrt x) ^ T * sqrt x).
    { split; [apply Rmult_le_pos; lra|apply Rmult_le_compat_r; lra]. }
    assert (h3 : 1 <= (2 * sqrt x) ^ T * sqrt x) by nra.
    apply Rle_trans with (ln ((1 + 4 * nu * Bphi) * ((2 * sqrt x) ^ T * sqrt x))).
    - apply ln_le_mono.
      + assert (0 <= 4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) / level x); [|lra].
        apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra].
      + assert (h4 : 4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) / level x
                     <= 4 * nu * Bphi * ((2 * sqrt x) ^ T * sqrt x)).
        { apply Rle_trans with (4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) * 1).
          - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
          - rewrite Rmult_1_r. apply Rmult_le_compat_l; lra. }
        lra.
    - rewrite !ln_mult by (repeat (apply Rmult_lt_0_compat || apply pow_lt); lra).
      rewrite ln_power_of by lra. rewrite ln_mult by lra. rewrite ln_root by lra. right; lra.
  Qed.

  Lemma net_log_rate x : 3 <= x -> net_log x <= radius_rate nu Bphi T * ln x.
  Proof.
    intros hx. eapply Rle_trans; [apply net_log_upper, hx|]. assert (hl := ln_3_ge_1 x hx).
    assert (hv : 0 <= 4 * nu * Bphi) by (repeat apply Rmult_le_pos; lra).
    assert (h1 : 0 <= ln (1 + 4 * nu * Bphi)) by (apply ln_ge_0; lra). assert (h2 : 0 <= ln 2) by (apply ln_ge_0; lra).
    assert (h3 : 0 <= INR T * ln 2) by (apply Rmult_le_pos; [apply pos_INR|exact h2]). unfold radius_rate.
    assert ((ln (1 + 4 * nu * Bphi) + INR T * ln 2) * 1 <= (ln (1 + 4 * nu * Bphi) + INR T * ln 2) * ln x)
      by (apply Rmult_le_compat_l; lra). lra.
  Qed.

  Lemma net_log_nonneg x : 3 <= x -> 0 <= net_log x.
  Proof.
    intros hx. unfold net_log. fold (level x). rewrite net_argument by exact hx. apply ln_ge_0.
    assert (h := root_ge_1 x hx). assert (hl := level_ge_1 N k0 hN hk0 q x hx). fold (level x) in hl.
    assert (0 <= 4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) / level x); [|lra].
    apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; lra].
    repeat apply Rmult_le_pos; try lra. apply pow_le; lra.
  Qed.

  Definition error_at (x : R) : R :=
    linear_error N (k0 * x ^ q) d (repaired_radius nu x T) Bphi (1 / sqrt x) x (delta / INR T).

  Lemma risk_at x : linear_risk N (k0 * x ^ q) d (repaired_radius nu x T) Bphi (1 / sqrt x) x (delta / INR T)
    = level x ^ 2 * (24 + 32 / 3 * (d * net_log x + conf)) / x.
  Proof. reflexivity. Qed.

  Lemma error_nonneg x : 3 <= x -> 0 <= error_at x.
  Proof.
    intros hx. apply Rplus_le_le_0_compat; [apply sqrt_pos|].
    apply Rmult_le_pos; [apply V4_nonneg|left; apply Rinv_0_lt_compat, sqrt_lt_R0; lra].
  Qed.

  (** F07 at the repaired radius: [linear_error <= linear_rate log^(3/2) n / sqrt n]. *)
  Theorem F07_error_rate x : 3 <= x ->
    error_at x <= linear_rate N k0 q d nu Bphi delta T * (ln x * sqrt (ln x) / sqrt x).
  Proof.
    intros hx. assert (hl := ln_3_ge_1 x hx). assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra).
    assert (hsl : 1 <= sqrt (ln x)) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hl).
    assert (hc := confidence_nonneg). assert (hn0 := net_log_nonneg x hx). assert (hn1 := net_log_rate x hx).
    assert (hb0 := level_ge_1 N k0 hN hk0 q x hx). assert (hb1 := level_upper N k0 hN hk0 q x hx).
    fold (level x) in hb0, hb1. assert (hlr := level_rate_pos N k0 hN hk0 q).
    set (rr := radius_rate nu Bphi T) in *. set (lr := level_rate N k0 q) in *.
    set (S1 := 24 + 32 / 3 * (d * net_log x + conf)). set (S2 := 24 + 32 / 3 * (d * rr + conf)).
    assert (hrr : 0 <= rr) by (apply (Rmult_le_reg_r (ln x)); lra).
    assert (hS2 : 0 <= S2). { unfold S2. assert (0 <= d * rr) by (apply Rmult_le_pos; assumption). lra. }
    assert (hS : 0 <= S1 <= S2 * ln x).
    { assert (p1 : 0 <= d * net_log x) by (apply Rmult_le_pos; assumption).
      assert (p2 : d * net_log x <= d * (rr * ln x)) by (apply Rmult_le_compat_l; assumption).
      assert (p3 : conf * 1 <= conf * ln x) by (apply Rmult_le_compat_l; lra).
      unfold S1, S2. split; lra. }
    assert (hroot : sqrt (level x ^ 2 * S1 / x) <= lr * ln x * (sqrt S2 * sqrt (ln x)) / sqrt x).
    { rewrite sqrt_div_alt by lra. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hs|].
      rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by lra.
      rewrite <- sqrt_mult_alt by exact hS2. apply Rmult_le_compat; [lra|apply sqrt_pos|exact hb1|].
      apply sqrt_le_1_alt, hS. }
    assert (hV := moment_upper N k0 hN hk0 q x hx).
    assert (hm := moment_rate_nonneg N k0 q). set (mr := moment_rate N k0 q) in *.
    unfold error_at, linear_error, linear_rate. rewrite risk_at. fold S1 lr mr rr. fold conf. fold S2.
    replace ((lr * sqrt S2 + mr) * (ln x * sqrt (ln x) / sqrt x))
      with (lr * ln x * (sqrt S2 * sqrt (ln x)) / sqrt x + mr * ln x * sqrt (ln x) / sqrt x) by lra.
    apply Rplus_le_compat; [exact hroot|]. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hs|].
    eapply Rle_trans; [exact hV|]. rewrite <- (Rmult_1_r (mr * ln x)) at 1.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact hsl].
  Qed.

  Lemma linear_rate_nonneg : 0 <= linear_rate N k0 q d nu Bphi delta T.
  Proof.
    unfold linear_rate. apply Rplus_le_le_0_compat; [|apply moment_rate_nonneg].
    apply Rmult_le_pos; [|apply sqrt_pos]. generalize (level_rate_pos N k0 hN hk0 q). lra.
  Qed.

  Definition linear_drift (n : nat) : R := 2 * error_at (INR n) + 1 / sqrt (INR n).

  Lemma linear_drift_range n : (3 <= n)%nat -> 0 <= linear_drift n <=
    (2 * linear_rate N k0 q d nu Bphi delta T + 1) * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)).
  Proof.
    intros hn. assert (hx := INR_3 n hn). assert (hl := ln_3_ge_1 _ hx).
    assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra).
    assert (hsl : 1 <= sqrt (ln (INR n))) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, hl).
    assert (hv : 0 < / sqrt (INR n)) by (apply Rinv_0_lt_compat, hs).
    assert (h1 := F07_error_rate (INR n) hx). assert (h0 := error_nonneg (INR n) hx).
    unfold linear_drift. replace (1 / sqrt (INR n)) with (/ sqrt (INR n)) by lra. split; [lra|].
    assert (1 * / sqrt (INR n) <= ln (INR n) * sqrt (ln (INR n)) * / sqrt (INR n)).
    { apply Rmult_le_compat_r; [lra|]. nra. }
    unfold Rdiv in *. lra.
  Qed.

  (** ** Limits *)

  Hypothesis hnu0 : 0 < nu.

  Lemma net_log_lower x : 3 <= x ->
    ln (4 * nu * Bphi) - ln (level_rate N k0 q) + (INR T + 1) / 2 * ln x - ln (ln x) <= net_log x.
  Proof.
    intros hx. assert (h := root_ge_1 x hx). assert (hl := level_ge_1 N k0 hN hk0 q x hx).
    assert (hu := level_upper N k0 hN hk0 q x hx). fold (level x) in hl, hu. assert (hlx := ln_3_ge_1 x hx).
    assert (hlr := level_rate_pos N k0 hN hk0 q). set (lr := level_rate N k0 q) in *.
    unfold net_log. fold (level x). rewrite net_argument by exact hx.
    assert (hp : 0 < sqrt x ^ T) by (apply pow_lt; lra).
    assert (hv : 0 < 4 * nu * Bphi) by (repeat apply Rmult_lt_0_compat; lra).
    apply Rle_trans with (ln (4 * nu * Bphi * (sqrt x ^ T * sqrt x) / (lr * ln x))).
    - unfold Rdiv at 2. assert (h1 : 0 < lr * ln x) by (apply Rmult_lt_0_compat; lra).
      assert (h2 : 0 < 4 * nu * Bphi * (sqrt x ^ T * sqrt x)) by (apply Rmult_lt_0_compat; [exact hv|apply Rmult_lt_0_compat; lra]).
      fold (4 * nu * Bphi * (sqrt x ^ T * sqrt x) / (lr * ln x)).
      rewrite ln_div_pos by assumption. rewrite !ln_mult by (try apply Rmult_lt_0_compat; lra).
      rewrite ln_power_of by lra. rewrite !ln_root by lra. right; lra.
    - apply ln_le_mono; [apply Rdiv_lt_0_compat; [|apply Rmult_lt_0_compat; lra]|].
      + apply Rmult_lt_0_compat; [exact hv|apply Rmult_lt_0_compat; lra].
      + assert (h1 : sqrt x ^ T <= (1 + sqrt x) ^ T) by (apply pow_incr; lra).
        assert (h2 : sqrt x ^ T * sqrt x <= (1 + sqrt x) ^ T * sqrt x) by (apply Rmult_le_compat_r; lra).
        assert (h3 : 4 * nu * Bphi * (sqrt x ^ T * sqrt x) / (lr * ln x)
                     <= 4 * nu * Bphi * ((1 + sqrt x) ^ T * sqrt x) / level x); [|lra].
        apply Rmult_le_compat.
        * apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra].
        * left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra.
        * apply Rmult_le_compat_l; lra.
        * apply Rinv_le_contravar; lra.
  Qed.

  Lemma net_log_limit : is_lim_seq (fun n => net_log (INR n) / ln (INR n)) ((INR T + 1) / 2).
  Proof.
    set (a := ln (4 * nu * Bphi) - ln (level_rate N k0 q)). set (t := (INR T + 1) / 2).
    set (e := ln (1 + 4 * nu * Bphi) + INR T * ln 2).
    apply (is_lim_seq_le_le_loc (fun n => a * / ln (INR n) + t - ln (ln (INR n)) / ln (INR n)) _
      (fun n => e * / ln (INR n) + t)).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (h1 := net_log_lower (INR n) hn). assert (h2 := net_log_upper (INR n) hn). fold a t in h1. fold e t in h2.
      assert (hi : 0 < / ln (INR n)) by (apply Rinv_0_lt_compat; lra). split.
      + replace (a * / ln (INR n) + t - ln (ln (INR n)) / ln (INR n))
          with ((a + t * ln (INR n) - ln (ln (INR n))) * / ln (INR n)) by (field; lra).
        apply Rmult_le_compat_r; [lra|exact h1].
      + replace (e * / ln (INR n) + t) with ((e + t * ln (INR n)) * / ln (INR n)) by (field; lra).
        apply Rmult_le_compat_r; [lra|exact h2].
    - replace (Finite t) with (Finite (t - 0)) by (f_equal; lra).
      apply is_lim_seq_minus'; [apply affine_log_limit|exact log_log_vanishes].
    - apply affine_log_limit.
  Qed.

  Lemma error_limit : is_lim_seq (fun n => error_at (INR n) * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n)))))
    (linear_limit q d T).
  Proof.
    set (l := fun n => ln (INR n)).
    set (z := fun n => (level (INR n) / l n) ^ 2 * (24 * / l n + 32 / 3 * (d * (net_log (INR n) / l n) + conf * / l n))).
    set (z0 := (INR q + 2) ^ 2 * (24 * 0 + 32 / 3 * (d * ((INR T + 1) / 2) + conf * 0))).
    assert (hz : is_lim_seq z z0).
    { unfold z, z0. apply is_lim_seq_mult'.
      - apply (is_lim_seq_continuous (fun t => t ^ 2)); [reg|]. apply level_limit; assumption.
      - apply is_lim_seq_plus'; apply is_lim_seq_mult'; try apply is_lim_seq_const; [exact inverse_log_vanishes|].
        apply is_lim_seq_plus'; apply is_lim_seq_mult'; try apply is_lim_seq_const;
          [exact net_log_limit|exact inverse_log_vanishes]. }
    assert (hqpos := pos_INR q). assert (hTpos := pos_INR T).
    assert (ez : linear_limit q d T = sqrt z0).
    { unfold linear_limit, z0. rewrite (sqrt_mult_alt ((INR q + 2) ^ 2)) by apply pow2_ge_0. rewrite sqrt_pow2 by lra. f_equal. f_equal. lra. }
    assert (hz0 : 0 <= z0).
    { unfold z0. apply Rmult_le_pos; [apply pow2_ge_0|]. assert (0 <= d * ((INR T + 1) / 2)) by (apply Rmult_le_pos; lra). lra. }
    apply (is_lim_seq_ext_loc (fun n => sqrt (z n) + V4 N (k0 * INR n ^ q) / ln (INR n) * / sqrt (ln (INR n)))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. set (x := INR n) in *. assert (hl := ln_3_ge_1 x hn).
      assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra). assert (hsl : 0 < sqrt (ln x)) by (apply sqrt_lt_R0; lra).
      unfold error_at, linear_error. rewrite risk_at.
      set (S1 := 24 + 32 / 3 * (d * net_log x + conf)).
      assert (hb0 := level_ge_1 N k0 hN hk0 q x hn). fold (level x) in hb0.
      assert (ezn : sqrt (z n) = level x * sqrt S1 / (ln x * sqrt (ln x))).
      { assert (e : z n = level x ^ 2 * S1 / (ln x ^ 2 * ln x)) by (unfold z, l, S1; fold x; field; lra).
        rewrite e, sqrt_div_alt by (apply Rmult_lt_0_compat; [apply pow_lt|]; lra).
        rewrite !sqrt_mult_alt by apply pow2_ge_0. rewrite !sqrt_pow2 by lra. reflexivity. }
      rewrite ezn, sqrt_div_alt by lra. rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by lra.
      field. lra.
    - rewrite ez. replace (Finite (sqrt z0)) with (Finite (sqrt z0 + sqrt (sqrt 8) * INR q * 0)) by (f_equal; lra).
      apply is_lim_seq_plus'.
      + apply (is_lim_seq_continuous sqrt); [apply continuity_pt_sqrt, hz0|exact hz].
      + apply is_lim_seq_mult'; [apply moment_limit; assumption|exact inverse_root_log_vanishes].
  Qed.

  Definition linear_tail_drift (n : nat) : R := linear_drift (Nat.max 3 n).

  Lemma linear_tail_nonneg n : 0 <= linear_tail_drift n.
  Proof. apply linear_drift_range. lia. Qed.

  Lemma linear_drift_limit :
    is_lim_seq (fun n => linear_tail_drift n * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n))))) (2 * linear_limit q d T).
  Proof.
    apply (is_lim_seq_ext_loc (fun n => 2 * (error_at (INR n) * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n)))))
      + / ln (INR n) * / sqrt (ln (INR n)))).
    - apply eventually_3. intros n hn. unfold linear_tail_drift, linear_drift. rewrite Nat.max_r by exact hn.
      apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra). assert (0 < sqrt (ln (INR n))) by (apply sqrt_lt_R0; lra).
      field. lra.
    - replace (Finite (2 * linear_limit q d T)) with (Finite (2 * linear_limit q d T + 0 * 0)) by (f_equal; lra).
      apply is_lim_seq_plus'; apply is_lim_seq_mult'.
      + apply is_lim_seq_const.
      + exact error_limit.
      + exact inverse_log_vanishes.
      + exact inverse_root_log_vanishes.
  Qed.

  (** [log^(3/2) n <= 15 n^(1/4)]. *)
  Lemma log_power_fourth_root x : 1 <= x -> ln x * sqrt (ln x) <= 15 * sqrt (sqrt x).
  Proof.
    intros hx. assert (hl : 0 <= ln x) by (apply ln_ge_0, hx). set (u := exp (ln x / 6)).
    assert (hu : ln x / 6 <= u - 1) by (unfold u; generalize (exp_ge_1_plus (ln x / 6)); lra).
    assert (e3 : u ^ 3 = sqrt x).
    { rewrite <- (exp_ln (sqrt x)) by (apply sqrt_lt_R0; lra). rewrite ln_root by lra.
      unfold u. simpl. rewrite Rmult_1_r, <- !exp_plus. f_equal. lra. }
    assert (hs0 := sqrt_pos (ln x)). assert (hs1 := sqrt_pos x). assert (hs2 := sqrt_pos (sqrt x)).
    apply Rsqr_incr_0_var; [|lra]. unfold Rsqr.
    replace (15 * sqrt (sqrt x) * (15 * sqrt (sqrt x))) with (225 * (sqrt (sqrt x) * sqrt (sqrt x))) by lra.
    replace (ln x * sqrt (ln x) * (ln x * sqrt (ln x))) with (ln x * ln x * (sqrt (ln x) * sqrt (ln x))) by lra.
    rewrite !sqrt_sqrt by lra. rewrite <- e3.
    assert (h6 : 0 <= ln x <= 6 * u) by lra.
    assert (h3 : ln x ^ 3 <= (6 * u) ^ 3) by (apply pow_incr; exact h6).
    assert (0 <= u ^ 3) by (apply pow_le; lra). lra.
  Qed.

  Lemma log_power_over_root x : 1 <= x -> ln x * sqrt (ln x) / sqrt x <= 15 / sqrt (sqrt x).
  Proof.
    intros hx. assert (h := log_power_fourth_root x hx).
    assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0; lra). assert (hss : 0 < sqrt (sqrt x)) by (apply sqrt_lt_R0, hs).
    apply (Rmult_le_reg_r (sqrt x)); [exact hs|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    replace (15 / sqrt (sqrt x) * sqrt x) with (15 * sqrt (sqrt x)); [exact h|].
    rewrite <- (sqrt_sqrt (sqrt x)) at 3 by lra. field. lra.
  Qed.

  Lemma linear_drift_vanishes : is_lim_seq linear_tail_drift 0.
  Proof.
    apply (is_lim_seq_ext_loc (fun n => linear_tail_drift n * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n))))
      * (ln (INR n) * sqrt (ln (INR n)) / sqrt (INR n)))).
    - apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
      assert (0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra). assert (0 < sqrt (ln (INR n))) by (apply sqrt_lt_R0; lra).
      field. lra.
    - replace (Finite 0) with (Finite (2 * linear_limit q d T * 0)) by (f_equal; ring).
      apply is_lim_seq_mult'; [exact linear_drift_limit|].
      apply (is_lim_seq_le_le_loc (fun _ => 0) _ (fun n => 15 * / sqrt (sqrt (INR n)))).
      + apply eventually_3. intros n hn. apply INR_3 in hn. assert (hl := ln_3_ge_1 _ hn).
        split; [|apply (log_power_over_root (INR n)); lra].
        apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply sqrt_pos]|left; apply Rinv_0_lt_compat, sqrt_lt_R0; lra].
      + apply is_lim_seq_const.
      + replace (Finite 0) with (Finite (15 * 0)) by (f_equal; lra).
        apply is_lim_seq_mult'; [apply is_lim_seq_const|]. exact inverse_fourth_root_vanishes.
  Qed.

End LinearRate.

Theorem F09_rate : Theorem_6_2_rate.
Proof.
  intros X Y Dim FX FY FD D phi Bphi nu gamma c k0 delta q n T pi0 beta radius pol rate W learner violates
    hD hpi0 hB hphi hnu hg hc hk0 hd hn hT hl.
  assert (hb := beta_rate n hn : 0 < beta <= 1). assert (hnpos : (0 < n)%nat) by lia.
  assert (hN := @card_ge_1 Y FY). assert (hdim := @card_ge_1 Dim FD).
  assert (hd0 : 0 <= card Dim) by (apply Rle_trans with 1; [apply Rle_0_1|exact hdim]). assert (hx := INR_3 n hn).
  assert (hpol : forall i, is_policy (pol i)) by (intros i; apply linear_class_policy).
  assert (hw := linear_drift_range (card Y) k0 (card Dim) nu Bphi delta hN hk0 hd0 hnu hB hd q T hT n hn).
  fold rate in hw. fold W in hw.
  set (w := linear_drift (card Y) k0 (card Dim) nu Bphi delta q T n) in *.
  assert (hr : 0 <= radius).
  { unfold radius. rewrite radius_expanded by exact hx. apply Rmult_le_pos; [|exact hnu]. apply pow_le.
    generalize (sqrt_pos (INR n)). lra. }
  assert (h := F09_linear_softmax D hD phi Bphi radius beta (k0 * INR n ^ q) hB hphi hr hb n hnpos pi0 hpi0 learner hl
    gamma c delta hg hc hd T hT).
  assert (mono : forall bound, drift_bound gamma c (kappa D pi0) w T <= bound -> violates bound <= delta).
  { intros bound hbound. eapply Rle_trans; [|exact h]. unfold violates.
    apply (PT_mono D pol pi0 n learner hD hpol hpi0). intros k _ [h1 h2]. split; [exact h1|]. intros h3.
    apply h2. eapply Rle_trans; [exact h3|exact hbound]. }
  split.
  - apply mono, (C34_drift_ceiling gamma c (kappa D pi0) hg hc w W T hw).
  - intros hbig. apply mono, (C34_drift_simple gamma c (kappa D pi0) hg hc w W T hw).
    assert (hgc : 0 < gamma * c) by (apply Rmult_lt_0_compat; assumption).
    assert (hs : 0 < sqrt (INR n)) by (apply sqrt_lt_R0; lra).
    assert (hss : 0 < sqrt (sqrt (INR n))) by (apply sqrt_lt_R0, hs).
    assert (hrate : 0 <= rate).
    { unfold rate. generalize (linear_rate_nonneg (card Y) k0 (card Dim) nu Bphi delta hN hk0 q T). lra. }
    assert (hroot : 15 * rate / (gamma * c) <= sqrt (sqrt (INR n))).
    { rewrite <- (sqrt_pow2 (15 * rate / (gamma * c))) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hgc]).
      apply sqrt_le_1_alt. rewrite <- (sqrt_pow2 ((15 * rate / (gamma * c)) ^ 2)) by apply pow2_ge_0.
      apply sqrt_le_1_alt. rewrite <- pow_mult. exact hbig. }
    unfold W. apply Rle_trans with (rate * (15 / sqrt (sqrt (INR n)))).
    + apply Rmult_le_compat_l; [exact hrate|]. apply log_power_over_root. lra.
    + apply (Rmult_le_reg_r (sqrt (sqrt (INR n)))); [exact hss|].
      replace (rate * (15 / sqrt (sqrt (INR n))) * sqrt (sqrt (INR n))) with (15 * rate) by (field; lra).
      apply (Rmult_le_compat_l (gamma * c)) in hroot; [|lra].
      replace (gamma * c * (15 * rate / (gamma * c))) with (15 * rate) in hroot by (field; lra). exact hroot.
Qed.

Theorem F09_rate_limit : Theorem_6_2_limit.
Proof.
  intros X Y FX FY D pi0 N k0 d nu Bphi delta gamma c q T hD hpi0 hN hk0 hd hnu hB hdelta hg hc hT.
  apply (is_lim_seq_ext_loc (fun n => drift_bound gamma c (kappa D pi0)
    (linear_tail_drift N k0 d nu Bphi delta q T n) T * (sqrt (INR n) / (ln (INR n) * sqrt (ln (INR n)))))).
  - apply eventually_3. intros n hn. unfold linear_tail_drift. rewrite Nat.max_r by exact hn. reflexivity.
  - assert (hnu' : 0 <= nu) by lra. apply (C34_drift_limit gamma c (kappa D pi0) hg hc).
    + intros n. apply linear_tail_nonneg; assumption.
    + apply linear_drift_vanishes; assumption.
    + apply linear_drift_limit; assumption.
Qed.
