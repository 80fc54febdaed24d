(** * Theorem 5.3: the scalar steps of one round

    Markov's inequality on the mass (C01), the fourth power (C11), the fixed point of
    Bernstein's inequality with its best constant (C14), the moment generating
    polynomial and the level B of C12 and C18, and the tail integral of Lemma C.3: switch point
    (C23), value (C24), the step that does not follow (C25) and the direct bound that
    replaces it (C26). *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics.
Open Scope R_scope.

(** ** C01: Markov on the mass *)

(** u <= 1-d implies 1 <= (1-u)/d. *)
Theorem C01_markov_mass : forall u d : R, 0 <= u -> u <= 1 -> 0 < d -> d < 1 ->
  u <= 1 - d -> 1 <= (1 - u) / d.
Proof. intros u d Hu Hu1 Hd Hd1 H; apply le_div; lra. Qed.

(** The other case of the indicator: 0 <= (1-u)/d. *)
Theorem C01_markov_nonneg : forall u d : R, 0 <= u -> u <= 1 -> 0 < d -> d < 1 ->
  0 <= (1 - u) / d.
Proof. intros u d Hu Hu1 Hd Hd1; apply le_div; lra. Qed.

(** ** C11: the fourth power *)

(** |a-b|^4 <= 8 (a^4 + b^4). *)
Theorem C11_fourth_power : forall a b : R, (a - b) ^ 4 <= 8 * (a ^ 4 + b ^ 4).
Proof.
  intros a b.
  assert (0 <= (a + b) ^ 2 * (7 * a ^ 2 - 10 * a * b + 7 * b ^ 2)); [| nra].
  apply Rmult_le_pos; [apply pow2_ge_0 |].
  replace (7 * a ^ 2 - 10 * a * b + 7 * b ^ 2)
    with (5 * (a - b) ^ 2 + 2 * a ^ 2 + 2 * b ^ 2) by ring.
  pose proof (pow2_ge_0 (a - b)); pose proof (pow2_ge_0 a); pose proof (pow2_ge_0 b); lra.
Qed.

Theorem C11_fourth_power_abs : forall a b : R, Rabs (a - b) ^ 4 <= 8 * (a ^ 4 + b ^ 4).
Proof.
  intros a b; pose proof (C11_fourth_power a b) as H.
  replace (Rabs (a - b) ^ 4) with ((a - b) ^ 4); [exact H |].
  unfold Rabs; destruct (Rcase_abs (a - b)); ring.
Qed.

(** Equality at a = -b. *)
Theorem C11_sharp : forall a : R, (a - - a) ^ 4 = 8 * (a ^ 4 + (- a) ^ 4).
Proof. intro a; ring. Qed.

(** No constant below 8. *)
Theorem C11_best_constant : forall c : R,
  (forall a b : R, (a - b) ^ 4 <= c * (a ^ 4 + b ^ 4)) -> 8 <= c.
Proof. intros c Hc; specialize (Hc 1 (-1)); lra. Qed.

(** ** C12, C18: tails *)

(** M4(l) = l^4 + 4 l^3 + 12 l^2 + 24 l + 24 is e^l times the integral of 4 t^3 e^{-t} from l
    on, plus l^4: the function -(4t^3 + 12t^2 + 24t + 24) e^{-t} has derivative 4 t^3 e^{-t}. *)
Theorem C12_moment_primitive : forall t : R,
  is_derive (fun s => - (4 * s ^ 3 + 12 * s ^ 2 + 24 * s + 24) * exp (- s)) t
            (4 * t ^ 3 * exp (- t)).
Proof. intro t; auto_derive; [exact I | ring]. Qed.

(** l^4 + int_l^u 4 t^3 e^{l-t} dt = M4(l) - e^{l-u}(4u^3 + 12u^2 + 24u + 24). *)
Theorem C12_moment_integral : forall l u : R, l <= u ->
  is_RInt (fun t => 4 * t ^ 3 * exp (l - t)) l u
    ((l ^ 4 + 4 * l ^ 3 + 12 * l ^ 2 + 24 * l + 24) - l ^ 4 -
     exp (l - u) * (4 * u ^ 3 + 12 * u ^ 2 + 24 * u + 24)).
Proof.
  intros l u Hlu.
  set (F := fun s => - (4 * s ^ 3 + 12 * s ^ 2 + 24 * s + 24) * exp (l - s)).
  match goal with |- is_RInt _ _ _ ?v => replace v with (minus (F u) (F l)) end.
  - apply (is_RInt_derive F).
    + intros x _; unfold F, Rminus; auto_derive; [exact I | ring].
    + intros x _; apply continuity_pt_filterlim.
      apply derivable_continuous_pt; apply ex_derive_Reals_0.
      auto_derive; exact I.
  - unfold minus, plus, opp, F; simpl.
    replace (l - l) with 0 by ring; rewrite exp_0; ring.
Qed.

(** At the level B = ln(2(N+K) n^2) the tail 2(N+K) e^{-B} is n^{-2}. *)
Theorem C18_level : forall N K n : R, 0 < N -> 0 < K -> 0 < n ->
  2 * (N + K) * exp (- ln (2 * (N + K) * n ^ 2)) = 1 / n ^ 2.
Proof.
  intros N K n HN HK Hn.
  pose proof (pow_lt n 2 Hn) as Hn2.
  assert (0 < 2 * (N + K) * n ^ 2) by (apply Rmult_lt_0_compat; lra).
  rewrite exp_Ropp, exp_ln by assumption; field; lra.
Qed.

(** ** C14: the fixed point of Bernstein's inequality *)

(** L <= L' + sqrt(2 L s) + s/3 implies L <= 2 L' + (8/3) s. *)
Theorem C14_bernstein : forall L M s : R, 0 <= L -> 0 <= M -> 0 <= s ->
  L <= M + sqrt (2 * L * s) + s / 3 -> L <= 2 * M + 8 / 3 * s.
Proof.
  intros L M s HL HM Hs H.
  assert (sqrt (2 * L * s) <= L / 2 + s); [| lra].
  apply sqrt_le_of_sq; [lra |].
  assert (0 <= (L / 2 - s) ^ 2) by apply pow2_ge_0. nra.
Qed.

(** The best constant is 4/3 + sqrt(5/3): it suffices ... *)
Theorem C14_best : forall L M s : R, 0 <= L -> 0 <= M -> 0 <= s ->
  L <= M + sqrt (2 * L * s) + s / 3 -> L <= 2 * M + (4 / 3 + sqrt (5 / 3)) * s.
Proof.
  intros L M s HL HM Hs H.
  set (q := sqrt (5 / 3)) in *.
  assert (Hq : q * q = 5 / 3) by (unfold q; apply sqrt_sqrt; lra).
  assert (Hq0 : 0 <= q) by apply sqrt_pos.
  destruct (Rle_lt_dec L ((4 / 3 + q) * s)) as [Hle | Hlt]; [lra |].
  assert (sqrt (2 * L * s) <= L / 2 + (4 / 3 + q) * s / 2 - s / 3); [| lra].
  apply sqrt_le_of_sq.
  - assert (0 <= q * s) by (apply Rmult_le_pos; assumption). lra.
  - replace (L / 2 + (4 / 3 + q) * s / 2 - s / 3) with ((L + (2 / 3 + q) * s) / 2) by field.
    assert (1 <= q) by (apply le_sqrt_of_sq; lra).
    assert (0 <= (L - (4 / 3 + q) * s) * (L - (16 / 3 - 3 * q) * s)) as F.
    { apply Rmult_le_pos; [lra |]. nra. }
    replace ((L - (4 / 3 + q) * s) * (L - (16 / 3 - 3 * q) * s))
      with (L * L + (2 * q - 20 / 3) * (L * s) + (64 / 9 + 4 / 3 * q - 3 * (q * q)) * (s * s))
      in F by field.
    replace ((L + (2 / 3 + q) * s) / 2 * ((L + (2 / 3 + q) * s) / 2))
      with ((L * L + 2 * (2 / 3 + q) * (L * s) + (4 / 9 + 4 / 3 * q + q * q) * (s * s)) / 4)
      by field.
    rewrite Hq in *; lra.
Qed.

(** ... and with an empty sum M = 0 it is attained. *)
Theorem C14_best_attained : forall s : R, 0 <= s ->
  (4 / 3 + sqrt (5 / 3)) * s = sqrt (2 * ((4 / 3 + sqrt (5 / 3)) * s) * s) + s / 3.
Proof.
  intros s Hs.
  set (q := sqrt (5 / 3)).
  assert (Hq : q * q = 5 / 3) by (unfold q; apply sqrt_sqrt; lra).
  assert (Hq0 : 0 <= q) by apply sqrt_pos.
  rewrite (sqrt_eq_of_sq ((1 + q) * s)); [field | nra |].
  replace ((1 + q) * s * ((1 + q) * s)) with ((1 + 2 * q + q * q) * (s * s)) by ring.
  rewrite Hq; field.
Qed.

(** ** C15: the union bound's exponential *)

(** (1 - x)^n <= e^{-n x} for x in [0,1]. *)
Theorem C15_exponential : forall (x : R) (n : nat), 0 <= x -> x <= 1 ->
  (1 - x) ^ n <= exp (- (INR n * x)).
Proof.
  intros x n H0 H1.
  replace (exp (- (INR n * x))) with (exp (- x) ^ n).
  - apply pow_incr; split; [lra |].
    pose proof (exp_tangent_0 (- x)); lra.
  - rewrite pow_Rpower, ln_exp by apply exp_pos; f_equal; ring.
Qed.

(** ** C23: the switch point of the tail bound *)

(** A t/(t-1) = 1 at t = 1/(1-A). *)
Theorem C23_switch_value : forall A : R, 0 < A -> A < 1 ->
  A * (1 / (1 - A)) / (1 / (1 - A) - 1) = 1.
Proof. intros A H0 H1; field; lra. Qed.

(** ... and only there. *)
Theorem C23_switch_point : forall A t : R, 0 < A -> A < 1 -> 1 < t ->
  A * t / (t - 1) = 1 -> t = 1 / (1 - A).
Proof.
  intros A t H0 H1 Ht E.
  assert (A * t = t - 1) as E'.
  { replace (A * t) with (A * t / (t - 1) * (t - 1)) by (field; lra). rewrite E; ring. }
  apply Rmult_eq_reg_r with (1 - A); [| lra].
  replace (1 / (1 - A) * (1 - A)) with 1 by (field; lra). lra.
Qed.

(** The switch point lies below 1/c iff A <= 1-c. *)
Theorem C23_inside : forall A c : R, 0 < A -> A < 1 -> 0 < c -> c <= 1 ->
  A <= 1 - c -> 1 / (1 - A) <= 1 / c.
Proof.
  intros A c H0 H1 Hc Hc1 H; unfold Rdiv; apply Rmult_le_compat_l; [lra |].
  apply Rinv_le_contravar; lra.
Qed.

Theorem C23_inside_converse : forall A c : R, 0 < A -> A < 1 -> 0 < c -> c <= 1 ->
  1 / (1 - A) <= 1 / c -> A <= 1 - c.
Proof.
  intros A c H0 H1 Hc Hc1 H.
  apply le_mul_of_div in H; [| lra].
  replace (1 / c * (1 - A)) with ((1 - A) / c) in H by (field; lra).
  apply mul_le_of_div in H; lra.
Qed.

(** ** C24: the value of the tail integral *)

(** The primitive of A t/(t-1) beyond 1. *)
Lemma tail_primitive (A t : R) : 1 < t ->
  is_derive (fun s => A * (s + ln (s - 1))) t (A * t / (t - 1)).
Proof. intro Ht; auto_derive; [lra | field; lra]. Qed.

(** int_1^m min(1, A t/(t-1)) dt = A (m + ln((m-1)(1-A)/A)) with m = 1/c, 0 < A <= 1-c < 1. *)
Theorem C24_integral : forall A c : R, 0 < A -> A <= 1 - c -> 0 < c ->
  is_RInt (fun t => Rmin 1 (A * t / (t - 1))) 1 (1 / c)
          (A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))).
Proof.
  intros A c HA HAc Hc.
  set (m := 1 / c); set (tau := 1 / (1 - A)).
  assert (H1 : 1 < tau) by (unfold tau; apply lt_div; lra).
  assert (Hm : tau <= m) by (unfold tau, m; apply C23_inside; lra).
  assert (Etau : tau * (1 - A) = 1) by (unfold tau; field; lra).
  assert (Ev : A * (m + ln ((m - 1) * (1 - A) / A)) =
               (tau - 1) + (A * (m + ln (m - 1)) - A * (tau + ln (tau - 1)))).
  { replace (tau - 1) with (A / (1 - A)) by (unfold tau; field; lra).
    assert (0 < (m - 1) * (1 - A)) by (apply Rmult_lt_0_compat; lra).
    rewrite !ln_quotient, ln_mult by lra.
    unfold tau; field; lra. }
  rewrite Ev.
  apply (is_RInt_Chasles (V := R_NormedModule) _ 1 tau m).
  - apply is_RInt_ext with (fun _ => 1).
    + intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra.
      symmetry; apply Rmin_left; apply le_div; [lra |]. nra.
    + replace (tau - 1) with (scal (tau - 1) 1) by (unfold scal; simpl; unfold mult; simpl; ring).
      apply (is_RInt_const (V := R_NormedModule)).
  - apply is_RInt_ext with (fun t => A * t / (t - 1)).
    + intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra.
      symmetry; apply Rmin_right; apply div_le; [lra |]. nra.
    + apply (is_RInt_derive (fun s => A * (s + ln (s - 1))));
        intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra.
      * apply tail_primitive; lra.
      * apply continuity_pt_filterlim.
        apply derivable_continuous_pt; apply ex_derive_Reals_0.
        auto_derive; lra.
Qed.

(** The same as the value of the integral. *)
Theorem C24_integral_value : forall A c : R, 0 < A -> A <= 1 - c -> 0 < c ->
  RInt (fun t => Rmin 1 (A * t / (t - 1))) 1 (1 / c) =
  A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)).
Proof. intros; apply is_RInt_unique, C24_integral; assumption. Qed.

(** ** C25: the linear relaxation that does not follow *)

(** ln((m-1)(1-A)/A) <= m holds exactly when A >= (m-1)/(m-1+e^m). *)
Theorem C25_condition : forall A m : R, 0 < A -> A < 1 -> 1 < m ->
  ln ((m - 1) * (1 - A) / A) <= m -> (m - 1) / (m - 1 + exp m) <= A.
Proof.
  intros A m HA HA1 Hm H; pose proof (exp_pos m) as He.
  assert (0 < (m - 1) * (1 - A) / A) as Hp.
  { apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra | exact HA]. }
  apply exp_le in H; rewrite exp_ln in H by exact Hp.
  apply le_mul_of_div in H; [| exact HA].
  apply div_le; lra.
Qed.

Theorem C25_condition_converse : forall A m : R, 0 < A -> A < 1 -> 1 < m ->
  (m - 1) / (m - 1 + exp m) <= A -> ln ((m - 1) * (1 - A) / A) <= m.
Proof.
  intros A m HA HA1 Hm H; pose proof (exp_pos m) as He.
  apply le_mul_of_div in H; [| lra].
  rewrite <- (ln_exp m) at 2; apply ln_le.
  - apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra | exact HA].
  - apply div_le; lra.
Qed.

(** The witness m = 2, A = 1/1000: C24's value gives 1.0089, the relaxed form would be 1.004. *)
Theorem C25_witness :
  1 + 2 * (1 / 1000) * 2 < 1 + 1 / 1000 * (2 + ln ((2 - 1) * (1 - 1 / 1000) / (1 / 1000))).
Proof.
  assert (exp 2 < 999) as H by (rewrite exp_2_exp_1; pose proof exp_le_3; pose proof (exp_pos 1); nra).
  apply ln_increasing in H; [| apply exp_pos]; rewrite ln_exp in H.
  replace ((2 - 1) * (1 - 1 / 1000) / (1 / 1000)) with 999 by field; lra.
Qed.

(** ** C26: the direct one-step bound *)

(** 1/u <= 1 + (1-u)/c for u in [c,1]. *)
Theorem C26_direct : forall u c : R, 0 < c -> c <= u -> u <= 1 -> 1 / u <= 1 + (1 - u) / c.
Proof.
  intros u c Hc Hcu Hu.
  assert (1 / u - 1 <= (1 - u) / c); [| lra].
  replace (1 / u - 1) with ((1 - u) / u) by (field; lra).
  apply Rmult_le_compat_l; [lra |]. apply Rinv_le_contravar; lra.
Qed.

(** Equality at u = c: no constant below 1 in front of (1-u)/c. *)
Theorem C26_sharp : forall c : R, 0 < c -> 1 / c = 1 + (1 - c) / c.
Proof. intros c Hc; field; lra. Qed.

(** The inequality that Lemma C.3 wants is true by C26: 1 + A/c <= 1 + 2A/c. *)
Theorem C25_repaired : forall A c k : R, 0 <= A -> 0 < c -> k <= 1 + A / c -> k <= 1 + 2 * A / c.
Proof.
  intros A c k HA Hc H.
  assert (0 <= A / c) by (apply le_div; lra).
  replace (2 * A / c) with (2 * (A / c)) by (field; lra). lra.
Qed.

(** C24's value is never below A/c: C26 is never worse. *)
Theorem C26_never_worse : forall A c : R, 0 < A -> A <= 1 - c -> 0 < c ->
  A / c <= A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)).
Proof.
  intros A c HA HAc Hc.
  assert (0 <= ln ((1 / c - 1) * (1 - A) / A)) as Hl.
  { apply ln_nonneg, le_div; [exact HA |].
    apply Rmult_le_reg_r with c; [exact Hc |].
    replace ((1 / c - 1) * (1 - A) * c) with ((1 - c) * (1 - A)) by (field; lra). nra. }
  replace (A / c) with (A * (1 / c)) by (field; lra). nra.
Qed.

(** C24's value minus A/c, exactly. *)
Theorem C26_difference : forall A c : R, 0 < c ->
  A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)) - A / c = A * ln ((1 / c - 1) * (1 - A) / A).
Proof. intros A c Hc; set (l := ln _); field; lra. Qed.
