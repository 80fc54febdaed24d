(** The scalar entries of Theorem 5.3: one round, the recurrence. *)

From Coq Require Import Reals Psatz.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Basics.
Open Scope R_scope.

(** * Theorem 5.3: the scalar steps of one round

    Markov's inequality on the mass (C01), the fourth power (C11), the fixed point of
    Bernstein's inequality with its best constant (C14), the moment generating
    polynomial and the level B of C12 and C18, and the tail integral of Lemma C.3: switch point
    (C23), value (C24), the step that does not follow (C25) and the direct bound that
    replaces it (C26). *)

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
    with (5 * (a - b) ^ 2 + 2 * a ^ 2 + 2 * b ^ 2) by lra.
  pose proof (pow2_ge_0 (a - b)); pose proof (pow2_ge_0 a); pose proof (pow2_ge_0 b); lra.
Qed.

Theorem C11_fourth_power_abs : forall a b : R, Rabs (a - b) ^ 4 <= 8 * (a ^ 4 + b ^ 4).
Proof.
  intros a b; pose proof (C11_fourth_power a b) as H.
  replace (Rabs (a - b) ^ 4) with ((a - b) ^ 4); [exact H |].
  unfold Rabs; destruct (Rcase_abs (a - b)); lra.
Qed.

(** Equality at a = -b. *)
Theorem C11_sharp : forall a : R, (a - - a) ^ 4 = 8 * (a ^ 4 + (- a) ^ 4).
Proof. intro a; lra. Qed.

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
Proof. intro t; auto_derive; [exact I | lra]. Qed.

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
    + intros x _; unfold F, Rminus; auto_derive; [exact I | lra].
    + intros x _; apply continuity_pt_filterlim.
      apply derivable_continuous_pt; apply ex_derive_Reals_0.
      auto_derive; exact I.
  - unfold minus, plus, opp, F; simpl.
    replace (l - l) with 0 by lra; rewrite exp_0; lra.
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
  - replace (L / 2 + (4 / 3 + q) * s / 2 - s / 3) with ((L + (2 / 3 + q) * s) / 2) by lra.
    assert (1 <= q) by (apply le_sqrt_of_sq; lra).
    assert (0 <= (L - (4 / 3 + q) * s) * (L - (16 / 3 - 3 * q) * s)) as F.
    { apply Rmult_le_pos; [lra |]. nra. }
    replace ((L - (4 / 3 + q) * s) * (L - (16 / 3 - 3 * q) * s))
      with (L * L + (2 * q - 20 / 3) * (L * s) + (64 / 9 + 4 / 3 * q - 3 * (q * q)) * (s * s))
      in F by lra.
    replace ((L + (2 / 3 + q) * s) / 2 * ((L + (2 / 3 + q) * s) / 2))
      with ((L * L + 2 * (2 / 3 + q) * (L * s) + (4 / 9 + 4 / 3 * q + q * q) * (s * s)) / 4)
      by lra.
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
  rewrite (sqrt_eq_of_sq ((1 + q) * s)); [lra | nra |].
  replace ((1 + q) * s * ((1 + q) * s)) with ((1 + 2 * q + q * q) * (s * s)) by lra.
  rewrite Hq; lra.
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
  - rewrite pow_Rpower, ln_exp by apply exp_pos; f_equal; lra.
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
  { replace (A * t) with (A * t / (t - 1) * (t - 1)) by (field; lra). rewrite E; lra. }
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
  replace (1 / c * (1 - A)) with ((1 - A) / c) in H by lra.
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
    unfold tau; lra. }
  rewrite Ev.
  apply (is_RInt_Chasles (V := R_NormedModule) _ 1 tau m).
  - apply is_RInt_ext with (fun _ => 1).
    + intros x Hx; rewrite Rmin_left, Rmax_right in Hx by lra.
      symmetry; apply Rmin_left; apply le_div; [lra |]. nra.
    + replace (tau - 1) with (scal (tau - 1) 1) by (unfold scal; simpl; unfold mult; simpl; lra).
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

(** * Theorem 5.3: the recurrence kappa_{t+1} <= a + b sqrt(kappa_t)

    From ln x <= (2/e) sqrt x (C28) over the fixed point (C29), the contraction
    (C30) and its geometric consequence (C31) to the ceiling at a = 1 (C32), the
    number of rounds (C35) and the doubly exponential forgetting of the
    initialisation (C37).

    Notation: kappa_s is the fixed point, root a b := (b + sqrt(b^2+4a))/2 = sqrt(kappa_s), and
    rho := b/(b + sqrt(b^2+4a)).  In the theorems both are written out. *)

(** ** C28: logarithm against square root *)

(** ln x <= (2/e) sqrt x. *)
Theorem C28_log_sqrt : forall x : R, 0 < x -> ln x <= 2 / exp 1 * sqrt x.
Proof.
  intros x Hx; pose proof (exp_pos 1) as He; pose proof (sqrt_lt_R0 x Hx) as Hs.
  pose proof (ln_le_sub_1 (sqrt x / exp 1) ltac:(apply Rdiv_lt_0_compat; assumption)) as H.
  rewrite ln_quotient, ln_exp, ln_sqrt in H by assumption.
  replace (2 / exp 1 * sqrt x) with (2 * (sqrt x / exp 1)) by (field; lra). lra.
Qed.

(** (2/e) sqrt x < sqrt x. *)
Theorem C28_strict : forall x : R, 0 < x -> 2 / exp 1 * sqrt x < sqrt x.
Proof.
  intros x Hx; pose proof (sqrt_lt_R0 x Hx); pose proof exp_1_gt_2.
  assert (2 / exp 1 < 1) by (apply div_lt; lra). nra.
Qed.

Theorem C28_log_lt_sqrt : forall x : R, 0 < x -> ln x < sqrt x.
Proof.
  intros x Hx; eapply Rle_lt_trans; [apply C28_log_sqrt | apply C28_strict]; exact Hx.
Qed.

(** Equality at x = e^2. *)
Theorem C28_equality : ln (exp 2) = 2 / exp 1 * sqrt (exp 2).
Proof.
  rewrite ln_exp, sqrt_exp; replace (2 / 2) with 1 by field.
  pose proof (exp_pos 1); field; lra.
Qed.

(** So the recurrence of C27 becomes kappa' <= 1 + (b_1 + b_2) sqrt kappa. *)
Theorem C28_recurrence : forall b1 b2 x y : R, 0 <= b2 -> 0 < x ->
  y <= 1 + b1 * sqrt x + b2 * ln x -> y <= 1 + (b1 + b2) * sqrt x.
Proof. intros b1 b2 x y Hb Hx H; pose proof (C28_log_lt_sqrt x Hx). nra. Qed.

(** ** C29: the fixed point *)

Section FixedPoint.
Variables a b : R.
Hypothesis Ha : 0 <= a.
Hypothesis Hb : 0 <= b.
Hypothesis Hab : 0 < a + b.

Local Notation D := (sqrt (b ^ 2 + 4 * a)).
Local Notation r := ((b + sqrt (b ^ 2 + 4 * a)) / 2).

Lemma disc_sq : D * D = b ^ 2 + 4 * a.
Proof using Ha Hb Hab. apply sqrt_sqrt; nra. Qed.

Lemma disc_ge_b : b <= D.
Proof using Ha Hb Hab. apply le_sqrt_of_sq; nra. Qed.

Lemma disc_pos : 0 < b + D.
Proof using Ha Hb Hab.
  pose proof disc_ge_b; pose proof disc_sq.
  destruct Hb as [H1 | H1]; [lra |].
  assert (0 < D) by (apply sqrt_lt_R0; nra). lra.
Qed.

Lemma root_pos : 0 < r.
Proof using Ha Hb Hab. pose proof disc_pos; lra. Qed.

Lemma root_equation : r * r = a + b * r.
Proof using Ha Hb Hab. pose proof disc_sq; nra. Qed.

Lemma root_unique (s : R) : 0 < s -> s * s = a + b * s -> s = r.
Proof using Ha Hb Hab.
  intros Hs E; pose proof root_pos; pose proof root_equation.
  assert ((s - r) * (s + r - b) = 0) as F by nra.
  apply Rmult_integral in F as [F | F]; [lra |].
  pose proof disc_ge_b.
  assert (s = (b - D) / 2) by lra. lra.
Qed.

Lemma sqrt_fixed : sqrt (r ^ 2) = r.
Proof using Ha Hb Hab. apply sqrt_eq_of_sq; [left; apply root_pos | ring]. Qed.

Lemma rho_as_root : b / (b + D) = b / (2 * r).
Proof using Ha Hb Hab. pose proof disc_pos; field; lra. Qed.
End FixedPoint.

(** kappa_s = ((b + sqrt(b^2+4a))/2)^2 satisfies kappa_s = a + b sqrt(kappa_s). *)
Theorem C29_fixed_point : forall a b : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 =
  a + b * sqrt (((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
Proof.
  intros a b Ha Hb Hab; rewrite sqrt_fixed by assumption.
  rewrite <- root_equation by assumption; ring.
Qed.

Theorem C29_positive : forall a b : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  0 < ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2.
Proof. intros a b Ha Hb Hab; apply pow_lt, root_pos; assumption. Qed.

(** It is the only x > 0 with x = a + b sqrt x. *)
Theorem C29_unique : forall a b x : R, 0 <= a -> 0 <= b -> 0 < a + b -> 0 < x ->
  x = a + b * sqrt x -> x = ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2.
Proof.
  intros a b x Ha Hb Hab Hx E.
  pose proof (sqrt_lt_R0 x Hx); pose proof (sqrt_sqrt x ltac:(lra)) as S.
  rewrite <- (root_unique a b Ha Hb Hab (sqrt x)) by (try assumption; lra).
  lra.
Qed.

(** ** C30: contraction, without any bound on the learning rate *)

(** g(x) = a + b sqrt x is non-decreasing. *)
Theorem C30_monotone : forall a b x y : R, 0 <= b -> 0 <= x -> x <= y ->
  a + b * sqrt x <= a + b * sqrt y.
Proof.
  intros a b x y Hb Hx Hxy.
  pose proof (sqrt_le_1_alt x y Hxy). nra.
Qed.

(** g(x) <= x for x >= kappa_s. *)
Theorem C30_below_identity : forall a b x : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 <= x -> a + b * sqrt x <= x.
Proof.
  intros a b x Ha Hb Hab Hx.
  pose proof (root_pos a b Ha Hb Hab) as Hr; pose proof (root_equation a b Ha Hb Hab) as E.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (0 <= x) by nra.
  assert (r <= sqrt x) by (apply le_sqrt_of_sq; nra).
  pose proof (sqrt_sqrt x ltac:(assumption)) as S.
  assert (b <= r) by (destruct (Rle_lt_dec b r); [assumption | nra]).
  nra.
Qed.

(** g' = b/(2 sqrt x) at x > 0. *)
Theorem C30_derivative : forall a b x : R, 0 < x ->
  is_derive (fun t => a + b * sqrt t) x (b / (2 * sqrt x)).
Proof.
  intros a b x Hx; pose proof (sqrt_lt_R0 x Hx).
  auto_derive; [exact Hx |]. field; lra.
Qed.

(** 0 <= g' <= rho on [kappa_s, oo). *)
Theorem C30_derivative_bound : forall a b x : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 <= x ->
  0 <= b / (2 * sqrt x) /\ b / (2 * sqrt x) <= b / (b + sqrt (b ^ 2 + 4 * a)).
Proof.
  intros a b x Ha Hb Hab Hx.
  rewrite rho_as_root by assumption.
  pose proof (root_pos a b Ha Hb Hab) as Hr.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (r <= sqrt x) by (apply le_sqrt_of_sq; nra).
  split; [apply le_div; lra |].
  apply Rmult_le_compat_l; [exact Hb |].
  apply Rinv_le_contravar; lra.
Qed.

(** rho = b/(b + sqrt(b^2+4a)) <= 1/2. *)
Theorem C30_rho_half : forall a b : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  b / (b + sqrt (b ^ 2 + 4 * a)) <= 1 / 2.
Proof.
  intros a b Ha Hb Hab.
  pose proof (disc_pos a b Ha Hb Hab); pose proof (disc_ge_b a b Ha Hb Hab).
  apply div_le; lra.
Qed.

Theorem C30_rho_nonneg : forall a b : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  0 <= b / (b + sqrt (b ^ 2 + 4 * a)).
Proof.
  intros a b Ha Hb Hab; pose proof (disc_pos a b Ha Hb Hab); apply le_div; lra.
Qed.

(** The constant 1/2 is attained at a = 0. *)
Theorem C30_rho_attained : forall b : R, 0 < b -> b / (b + sqrt (b ^ 2 + 4 * 0)) = 1 / 2.
Proof.
  intros b Hb; rewrite (sqrt_eq_of_sq b) by nra; field; lra.
Qed.

(** One step contracts the excess: g(x) - kappa_s <= rho (x - kappa_s) for x >= kappa_s. *)
Lemma contraction_step (a b x : R) : 0 <= a -> 0 <= b -> 0 < a + b ->
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 <= x ->
  a + b * sqrt x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 <=
  b / (b + sqrt (b ^ 2 + 4 * a)) * (x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
Proof.
  intros Ha Hb Hab Hx.
  rewrite rho_as_root by assumption.
  pose proof (root_pos a b Ha Hb Hab) as Hr; pose proof (root_equation a b Ha Hb Hab) as E.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (0 <= x) by nra.
  assert (Hs : r <= sqrt x) by (apply le_sqrt_of_sq; nra).
  pose proof (sqrt_sqrt x ltac:(assumption)) as S.
  set (s := sqrt x) in *.
  apply Rmult_le_reg_r with (2 * r); [lra |].
  replace (b / (2 * r) * (x - r ^ 2) * (2 * r)) with (b * (x - r ^ 2)) by (field; lra).
  assert (0 <= b * ((s - r) * (s - r))) by (apply Rmult_le_pos; [exact Hb | apply Rle_0_sqr]).
  replace (a + b * s - r ^ 2) with (b * (s - r)) by (replace (r ^ 2) with (r * r) by ring; lra).
  rewrite <- S; lra.
Qed.

(** ** C31: geometric decay *)

Lemma recurrence_max (a b x y : R) : 0 <= a -> 0 <= b -> 0 < a + b ->
  0 <= x -> y <= a + b * sqrt x ->
  Rmax (y - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) 0 <=
  b / (b + sqrt (b ^ 2 + 4 * a)) * Rmax (x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) 0.
Proof.
  intros Ha Hb Hab Hx Hy.
  pose proof (C30_rho_nonneg a b Ha Hb Hab) as Hrho.
  pose proof (C29_fixed_point a b Ha Hb Hab) as Efix.
  pose proof (contraction_step a b x Ha Hb Hab) as Hc.
  set (k := ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) in *.
  set (rho := b / (b + sqrt (b ^ 2 + 4 * a))) in *.
  destruct (Rle_lt_dec k x) as [H | H].
  - rewrite (Rmax_left (x - k)) by lra.
    specialize (Hc H); apply Rmax_lub; [lra | nra].
  - rewrite (Rmax_right (x - k)) by lra.
    pose proof (C30_monotone a b x k Hb Hx ltac:(lra)).
    apply Rmax_lub; lra.
Qed.

(** kappa_t <= kappa_s + rho^t max(kappa_0 - kappa_s, 0). *)
Theorem C31_geometric : forall (a b : R) (k : nat -> R), 0 <= a -> 0 <= b -> 0 < a + b ->
  (forall t, 0 <= k t) -> (forall t, k (S t) <= a + b * sqrt (k t)) ->
  forall t : nat,
  k t <= ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 +
         (b / (b + sqrt (b ^ 2 + 4 * a))) ^ t *
         Rmax (k O - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) 0.
Proof.
  intros a b k Ha Hb Hab Hk Hrec t.
  pose proof (C30_rho_nonneg a b Ha Hb Hab) as Hrho.
  set (ks := ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
  set (rho := b / (b + sqrt (b ^ 2 + 4 * a))) in *.
  assert (Rmax (k t - ks) 0 <= rho ^ t * Rmax (k O - ks) 0) as H.
  { induction t as [| t IH]; [simpl; lra |].
    eapply Rle_trans; [apply (recurrence_max a b (k t)); auto |].
    fold ks rho; simpl; rewrite Rmult_assoc; apply Rmult_le_compat_l; assumption. }
  pose proof (Rmax_l (k t - ks) 0); lra.
Qed.

(** One round of C31, as a scalar statement. *)
Theorem C31_step : forall a b x : R, 0 <= a -> 0 <= b -> 0 < a + b ->
  ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 <= x ->
  a + b * sqrt x <= ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 +
  b / (b + sqrt (b ^ 2 + 4 * a)) * (x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
Proof. intros a b x Ha Hb Hab Hx; pose proof (contraction_step a b x Ha Hb Hab Hx); lra. Qed.

(** ** C32: the ceiling at a = 1 *)

(** sqrt kappa_s <= 1 + b. *)
Theorem C32_sqrt_ceiling : forall b : R, 0 <= b -> (b + sqrt (b ^ 2 + 4 * 1)) / 2 <= 1 + b.
Proof.
  intros b Hb; assert (sqrt (b ^ 2 + 4 * 1) <= b + 2); [| lra].
  apply sqrt_le_of_sq; nra.
Qed.

(** kappa_s <= 1 + b + b^2. *)
Theorem C32_ceiling : forall b : R, 0 <= b ->
  ((b + sqrt (b ^ 2 + 4 * 1)) / 2) ^ 2 <= 1 + b + b ^ 2.
Proof.
  intros b Hb; pose proof (C32_sqrt_ceiling b Hb) as H.
  pose proof (root_equation 1 b ltac:(lra) Hb ltac:(lra)) as E.
  set (r := (b + sqrt (b ^ 2 + 4 * 1)) / 2) in *. nra.
Qed.

(** rho <= b/(2+b). *)
Theorem C32_rho : forall b : R, 0 <= b -> b / (b + sqrt (b ^ 2 + 4 * 1)) <= b / (2 + b).
Proof.
  intros b Hb; assert (2 <= sqrt (b ^ 2 + 4 * 1)) by (apply le_sqrt_of_sq; nra).
  apply Rmult_le_compat_l; [exact Hb |]. apply Rinv_le_contravar; lra.
Qed.

(** b/(2+b) <= b/2. *)
Theorem C32_rho_half_b : forall b : R, 0 <= b -> b / (2 + b) <= b / 2.
Proof.
  intros b Hb; apply Rmult_le_compat_l; [exact Hb |]. apply Rinv_le_contravar; lra.
Qed.

(** ** C33: subadditivity of the square root *)

Theorem C33_sqrt_subadditive : forall x y : R, 0 <= x -> 0 <= y ->
  sqrt (x + y) <= sqrt x + sqrt y.
Proof.
  intros x y Hx Hy.
  pose proof (sqrt_pos x); pose proof (sqrt_pos y).
  pose proof (sqrt_sqrt x Hx); pose proof (sqrt_sqrt y Hy).
  apply sqrt_le_of_sq; nra.
Qed.

(** ** C34: from the recurrence to the rate, scalar part *)

(** sqrt(kappa_s + rho^t m) <= sqrt kappa_s + sqrt(rho)^t sqrt m, the shape of (80). *)
Theorem C34_sqrt_rate : forall (ks rho m : R) (t : nat), 0 <= ks -> 0 <= rho -> 0 <= m ->
  sqrt (ks + rho ^ t * m) <= sqrt ks + sqrt rho ^ t * sqrt m.
Proof.
  intros ks rho m t Hks Hrho Hm.
  assert (sqrt (rho ^ t) = sqrt rho ^ t) as <-.
  { induction t as [| t IH]; simpl; [apply sqrt_1 |].
    rewrite sqrt_mult_alt, IH by exact Hrho; reflexivity. }
  pose proof (pow_le rho t Hrho).
  rewrite <- sqrt_mult_alt by assumption.
  apply C33_sqrt_subadditive; [exact Hks | apply Rmult_le_pos; assumption].
Qed.

(** ** C35: the number of rounds *)

(** T >= 1 + ln kappa_0 / ln(1/rho) gives rho^{T-1} kappa_0 <= 1 (real exponent). *)
Theorem C35_rounds : forall kappa rho T : R, 1 <= kappa -> 0 < rho -> rho < 1 ->
  1 + ln kappa / ln (1 / rho) <= T -> Rpower rho (T - 1) * kappa <= 1.
Proof.
  intros kappa rho T Hk Hr Hr1 HT.
  assert (Hl : 0 < ln (1 / rho)) by (apply ln_gt_0, lt_div; lra).
  assert (E : ln (1 / rho) = - ln rho) by (rewrite ln_quotient, ln_1 by lra; ring).
  assert (ln kappa / ln (1 / rho) <= T - 1) as H by lra.
  apply le_mul_of_div in H; [| exact Hl]; rewrite E in H.
  unfold Rpower; rewrite <- (exp_ln kappa) at 1 by lra.
  rewrite <- exp_plus; apply exp_le_1; lra.
Qed.

(** The same with the number of rounds as a natural number: T = t + 1. *)
Theorem C35_rounds_nat : forall (kappa rho : R) (t : nat), 1 <= kappa -> 0 < rho -> rho < 1 ->
  1 + ln kappa / ln (1 / rho) <= INR (S t) -> rho ^ t * kappa <= 1.
Proof.
  intros kappa rho t Hk Hr Hr1 HT.
  rewrite <- Rpower_pow by exact Hr.
  replace (INR t) with (INR (S t) - 1) by (rewrite S_INR; ring).
  apply C35_rounds; assumption.
Qed.

(** ** C37: doubly exponential forgetting *)

(** The induction step: x <= (sqrt a + b)^2 u^2 and u >= 1 give a + b sqrt x <= (sqrt a + b)^2 u. *)
Theorem C37_step : forall a b x u : R, 0 <= a -> 0 <= b -> 0 <= x -> 1 <= u ->
  x <= (sqrt a + b) ^ 2 * u ^ 2 -> a + b * sqrt x <= (sqrt a + b) ^ 2 * u.
Proof.
  intros a b x u Ha Hb Hx Hu H.
  pose proof (sqrt_pos a) as Hs; pose proof (sqrt_sqrt a Ha) as S.
  set (s := sqrt a) in *.
  assert (sqrt x <= (s + b) * u) by (apply sqrt_le_of_sq; [apply Rmult_le_pos; lra | lra]).
  assert (b * sqrt x <= b * ((s + b) * u)) by (apply Rmult_le_compat_l; assumption).
  assert (0 <= s * b * u) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
  assert (s * s <= s * s * u) by nra.
  nra.
Qed.

Lemma Rpower_halving (x : R) (t : nat) :
  Rpower x (/ 2 ^ S t) ^ 2 = Rpower x (/ 2 ^ t).
Proof.
  replace (Rpower x (/ 2 ^ S t) ^ 2) with (Rpower x (/ 2 ^ S t) * Rpower x (/ 2 ^ S t)) by ring.
  rewrite <- Rpower_plus; f_equal; simpl.
  pose proof (pow_lt 2 t ltac:(lra)); field; lra.
Qed.

Lemma Rpower_ge_1 (x y : R) : 1 <= x -> 0 <= y -> 1 <= Rpower x y.
Proof.
  intros Hx Hy; unfold Rpower; apply exp_ge_1.
  apply Rmult_le_pos; [exact Hy | apply ln_nonneg; exact Hx].
Qed.

(** kappa_t <= (sqrt a + b)^2 kappa_0^(2^-t). *)
Theorem C37_doubly_exponential : forall (a b : R) (k : nat -> R), 1 <= a -> 0 <= b -> 1 <= k O ->
  (forall t, 0 <= k t) -> (forall t, k (S t) <= a + b * sqrt (k t)) ->
  forall t : nat, k t <= (sqrt a + b) ^ 2 * Rpower (k O) (/ 2 ^ t).
Proof.
  intros a b k Ha Hb H0 Hk Hrec t.
  induction t as [| t IH].
  - rewrite pow_O, Rinv_1, Rpower_1 by lra.
    assert (1 <= sqrt a) by (apply le_sqrt_of_sq; lra).
    assert (1 <= (sqrt a + b) ^ 2) by nra. nra.
  - eapply Rle_trans; [apply Hrec |].
    apply C37_step; [lra | exact Hb | apply Hk | |].
    + apply Rpower_ge_1; [exact H0 |].
      left; apply Rinv_0_lt_compat, pow_lt; lra.
    + rewrite Rpower_halving; exact IH.
Qed.

(** After t >= log2 log2 kappa_0 rounds kappa_0^(2^-t) <= 2. *)
Theorem C37_burn_in : forall (kappa : R) (t : nat), 1 < kappa ->
  ln kappa / ln 2 <= 2 ^ t -> Rpower kappa (/ 2 ^ t) <= 2.
Proof.
  intros kappa t Hk H.
  pose proof (ln_gt_0 2 ltac:(lra)) as Hl2.
  apply le_mul_of_div in H; [| exact Hl2].
  pose proof (pow_lt 2 t ltac:(lra)) as Hp.
  unfold Rpower; rewrite <- (exp_ln 2) at 2 by lra; apply exp_le.
  replace (/ 2 ^ t * ln kappa) with (ln kappa / 2 ^ t) by (field; lra).
  apply div_le; [exact Hp | lra].
Qed.

(** ... so kappa_t <= 2 (sqrt a + b)^2 from then on. *)
Theorem C37_after_burn_in : forall (a b : R) (k : nat -> R), 1 <= a -> 0 <= b -> 1 < k O ->
  (forall t, 0 <= k t) -> (forall t, k (S t) <= a + b * sqrt (k t)) ->
  forall t : nat, ln (k O) / ln 2 <= 2 ^ t -> k t <= 2 * (sqrt a + b) ^ 2.
Proof.
  intros a b k Ha Hb H0 Hk Hrec t Ht.
  pose proof (C37_doubly_exponential a b k Ha Hb ltac:(lra) Hk Hrec t).
  pose proof (C37_burn_in (k O) t H0 Ht).
  pose proof (pow2_ge_0 (sqrt a + b)). nra.
Qed.

(** With equality in the recurrence the excess is multiplied by b/(sqrt x + sqrt kappa_s),
    which tends to rho as x tends to kappa_s. *)
Theorem C37_exact_ratio : forall a b x : R, 0 <= a -> 0 <= b -> 0 < a + b -> 0 <= x ->
  a + b * sqrt x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 =
  b / (sqrt x + (b + sqrt (b ^ 2 + 4 * a)) / 2) *
  (x - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
Proof.
  intros a b x Ha Hb Hab Hx.
  pose proof (root_pos a b Ha Hb Hab) as Hr; pose proof (root_equation a b Ha Hb Hab) as E.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  pose proof (sqrt_pos x) as Hs; pose proof (sqrt_sqrt x Hx) as S.
  set (s := sqrt x) in *; rewrite <- S.
  replace (s * s - r ^ 2) with ((s + r) * (s - r)) by ring.
  replace (b / (s + r) * ((s + r) * (s - r))) with (b * s - b * r) by (field; lra).
  lra.
Qed.

(** kappa_t -> kappa_s for the recurrence with equality. *)
Theorem C37_limit : forall (a b : R) (k : nat -> R), 1 <= a -> 0 <= b -> 0 <= k O ->
  (forall t, k (S t) = a + b * sqrt (k t)) ->
  is_lim_seq k (((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2).
Proof.
  intros a b k Ha Hb H0 Hrec.
  pose proof (root_pos a b ltac:(lra) Hb ltac:(lra)) as Hr.
  pose proof (root_equation a b ltac:(lra) Hb ltac:(lra)) as E.
  assert (Hk : forall t, 0 <= k t).
  { intros [| t]; [exact H0 |]. rewrite Hrec; pose proof (sqrt_pos (k t)); nra. }
  pose proof (fun x => C37_exact_ratio a b x ltac:(lra) Hb ltac:(lra)) as Hratio.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (Hbr : b < r) by (destruct (Rlt_le_dec b r); [assumption | nra]).
  set (q := b / r).
  assert (Hq0 : 0 <= q) by (unfold q; apply le_div; lra).
  assert (Hq1 : q < 1) by (unfold q; apply div_lt; lra).
  assert (Hgeo : forall t, Rabs (k t - r ^ 2) <= q ^ t * Rabs (k O - r ^ 2)).
  { induction t as [| t IH]; [simpl; lra |].
    rewrite Hrec, Hratio by apply Hk.
    rewrite Rabs_mult; simpl; rewrite Rmult_assoc.
    apply Rmult_le_compat; try apply Rabs_pos; [| exact IH].
    pose proof (sqrt_pos (k t)).
    rewrite Rabs_pos_eq by (apply le_div; lra).
    apply Rmult_le_compat_l; [exact Hb |]. apply Rinv_le_contravar; lra. }
  apply is_lim_seq_spec; intro eps.
  assert (is_lim_seq (fun t => q ^ t * Rabs (k O - r ^ 2)) 0) as Hlim.
  { replace 0 with (0 * Rabs (k O - r ^ 2)) by ring.
    apply (is_lim_seq_scal_r (fun t => q ^ t) (Rabs (k O - r ^ 2)) 0).
    apply is_lim_seq_geom; rewrite Rabs_pos_eq; assumption. }
  apply is_lim_seq_spec in Hlim; destruct (Hlim eps) as [N HN].
  exists N; intros t Ht; specialize (HN t Ht).
  rewrite Rminus_0_r in HN.
  pose proof (Rle_abs (q ^ t * Rabs (k O - r ^ 2))); specialize (Hgeo t); lra.
Qed.

Lemma limit_of_ratio : forall (a b : R) (k : nat -> R), 1 <= a -> 0 <= b -> 0 <= k O ->
  (forall t, k (S t) = a + b * sqrt (k t)) ->
  is_lim_seq (fun t => b / (sqrt (k t) + (b + sqrt (b ^ 2 + 4 * a)) / 2))
             (b / (b + sqrt (b ^ 2 + 4 * a))).
Proof.
  intros a b k Ha Hb H0 Hrec.
  pose proof (root_pos a b ltac:(lra) Hb ltac:(lra)) as Hr.
  pose proof (C37_limit a b k Ha Hb H0 Hrec) as Hlim.
  rewrite rho_as_root by lra.
  pose proof (sqrt_fixed a b ltac:(lra) Hb ltac:(lra)) as Hsq.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (is_lim_seq (fun t => sqrt (k t)) r) as Hs.
  { rewrite <- Hsq; apply is_lim_seq_continuous; [| exact Hlim].
    apply continuity_pt_sqrt; nra. }
  replace (2 * r) with (r + r) by ring.
  apply (is_lim_seq_div' (fun _ => b) (fun t => sqrt (k t) + r)).
  - apply is_lim_seq_const.
  - apply (is_lim_seq_plus' (fun t => sqrt (k t)) (fun _ => r)); [exact Hs | apply is_lim_seq_const].
  - lra.
Qed.

(** For b > 0 and kappa_0 <> kappa_s the ratio of successive excesses tends to exactly rho. *)
Theorem C37_limit_ratio : forall (a b : R) (k : nat -> R), 1 <= a -> 0 < b -> 0 <= k O ->
  k O <> ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2 ->
  (forall t, k (S t) = a + b * sqrt (k t)) ->
  is_lim_seq (fun t => (k (S t) - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2) /
                       (k t - ((b + sqrt (b ^ 2 + 4 * a)) / 2) ^ 2))
             (b / (b + sqrt (b ^ 2 + 4 * a))).
Proof.
  intros a b k Ha Hb H0 Hne Hrec.
  pose proof (limit_of_ratio a b k Ha ltac:(lra) H0 Hrec) as Hlim.
  pose proof (root_pos a b ltac:(lra) ltac:(lra) ltac:(lra)) as Hr.
  assert (Hk : forall t, 0 <= k t).
  { intros [| t]; [exact H0 |]. rewrite Hrec; pose proof (sqrt_pos (k t)); nra. }
  pose proof (fun x => C37_exact_ratio a b x ltac:(lra) ltac:(lra) ltac:(lra)) as Hratio.
  set (rho := b / (b + sqrt (b ^ 2 + 4 * a))) in *.
  set (r := (b + sqrt (b ^ 2 + 4 * a)) / 2) in *.
  assert (Hne' : forall t, k t - r ^ 2 <> 0).
  { induction t as [| t IH]; [lra |].
    rewrite Hrec, Hratio by apply Hk.
    apply Rmult_integral_contrapositive_currified; [| exact IH].
    pose proof (sqrt_pos (k t)).
    apply Rgt_not_eq, Rdiv_lt_0_compat; lra. }
  eapply is_lim_seq_ext; [| exact Hlim].
  intro t; cbv beta; rewrite Hrec, Hratio by apply Hk.
  pose proof (sqrt_pos (k t)); specialize (Hne' t).
  set (excess := k t - r ^ 2) in *; field; split; [lra | exact Hne'].
Qed.
