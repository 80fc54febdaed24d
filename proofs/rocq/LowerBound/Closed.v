(** * The sharper lower bounds on instances that exist

    D17 and the saturated part of D11 with the number of labels chosen: for every kappa_0 >= 2 and every number
    of prompts the instance exists, has condition number at most kappa_0, and the bound holds on it for every
    learner, deterministic or randomised.

    Serves D11, D17. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics LowerBound.HardInstance LowerBound.Averages LowerBound.BinaryKeys
  LowerBound.SampleSize LowerBound.LambertInstances LowerBound.Thresholds.
Open Scope R_scope.

(** Theorem 4.1 without its logarithm: for n >= (kappa_0-1) max(d/3, 3/d) every learner has risk at least
    0.1238 sqrt(kappa_0 log_2|Pi|/n), log_2|Pi| = d, at some binary key. *)
Theorem D17_theorem_rate : forall (kappa0 : R) (d n : nat), 2 <= kappa0 ->
  (kappa0 - 1) * INR (S d) / 3 <= INR n -> (kappa0 - 1) * 3 / INR (S d) <= INR n ->
  exists (rho : R) (M : nat) (a b : succ_type M), 0 < rho /\ rho <= 1 /\ a <> b /\
    (forall key : succ_type d -> succ_type M, kappa (prompt_law rho) (key_policy 1 key) <= kappa0) /\
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)),
      is_dist w -> (forall o, proper_output (A o)) ->
      exists key : succ_type d -> succ_type M, (forall i, key i = a \/ key i = b) /\
        1238 / 10000 * sqrt (kappa0 * INR (S d) / INR n) <= random_risk w rho key n A.
Proof.
  intros kappa0 d n hk hn1 hn2.
  assert (hd : 1 <= INR (S d)) by (apply (le_INR 1); lia).
  assert (hn : 1 <= INR n).
  { destruct (Rle_lt_dec 3 (INR (S d))) as [h | h].
    - apply Rle_trans with ((kappa0 - 1) * INR (S d) / 3); [apply le_div; nra | exact hn1].
    - apply Rle_trans with ((kappa0 - 1) * 3 / INR (S d)); [apply le_div; nra | exact hn2]. }
  set (rho := sqrt ((kappa0 - 1) * INR (S d) / (3 * INR n))).
  assert (hrho : 0 < rho) by (apply sqrt_lt_R0, Rdiv_lt_0_compat; nra).
  assert (hrho1 : rho <= 1) by (apply sqrt_le_of_sq; [lra |]; apply div_le; lra).
  destruct (D16_instances kappa0 rho hk hrho hrho1) as (M & [hM hM'] & hkappa).
  assert (hM2 : 2 <= card (succ_type M)).
  { apply Rle_trans with (2 * (kappa0 - 1) / rho); [apply le_div; nra | lra]. }
  destruct (two_keys hM2) as (a & b & hab).
  exists rho, M, a, b; split; [exact hrho | split; [exact hrho1 | split; [exact hab | split]]].
  - intro key; apply hkappa.
  - intros W FW w A hw hA.
    pose proof (D17_rate W FW w A kappa0 rho n a b hw hA hab hk) as h.
    rewrite card_succ_type in h.
    destruct (h hn1 hn2 hn eq_refl hM hM') as [_ hkey]; exact hkey.
Qed.

(** Success at least 1-eps at every binary key needs n > c_0 kappa_0 log_2|Pi|/eps^2. *)
Theorem D17_theorem_sample : forall (kappa0 eps : R) (d : nat), 2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
  exists (M : nat) (a b : succ_type M), a <> b /\
    (forall key : succ_type d -> succ_type M, kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)) (n : nat),
      is_dist w -> (forall o, proper_output (A o)) ->
      (forall key : succ_type d -> succ_type M, (forall i, key i = a \/ key i = b) ->
         random_risk w (16 * eps) key n A <= eps) ->
      1 / 3072 * kappa0 * INR (S d) / eps ^ 2 < INR n.
Proof.
  intros kappa0 eps d hk h0 h1.
  destruct (D16_instances kappa0 (16 * eps) hk ltac:(lra) ltac:(lra)) as (M & [hM hM'] & hkappa).
  replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) in hM, hM' by (field; lra).
  assert (hM2 : 2 <= card (succ_type M)).
  { apply Rle_trans with ((kappa0 - 1) / (8 * eps)); [apply le_div; nra | lra]. }
  destruct (two_keys hM2) as (a & b & hab).
  exists M, a, b; split; [exact hab | split; [intro key; apply hkappa |]].
  intros W FW w A n hw hA hrisk.
  pose proof (D17_sample_necessary W FW w A kappa0 eps n a b hw hA hab hk h0 h1 ltac:(lra) hrisk) as h.
  rewrite card_succ_type in h; exact h.
Qed.

(** D11, saturated: where c_0 kappa_0 d ln M(1/16)/n is at least f(1/16), every learner has risk at least 1/16. *)
Theorem D11_theorem_saturated : forall (kappa0 : R) (d : nat), 2 <= kappa0 ->
  exists M : nat,
    (forall key : succ_type d -> succ_type M, kappa (prompt_law (16 * (1 / 16))) (key_policy 1 key) <= kappa0) /\
    forall n : nat, (1 <= n)%nat -> cost kappa0 (1 / 16) <= level kappa0 (INR (S d) * ln (INR (S M))) n ->
    forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> @learner (succ_type d) (succ_type M)),
      is_dist w -> (forall o, proper_output (A o)) ->
      exists key : succ_type d -> succ_type M, 1 / 16 <= random_risk w (16 * (1 / 16)) key n A.
Proof.
  intros kappa0 d hk.
  destruct (D16_instances kappa0 (16 * (1 / 16)) hk ltac:(lra) ltac:(lra)) as (M & [hM hM'] & hkappa).
  replace (2 * (kappa0 - 1) / (16 * (1 / 16))) with ((kappa0 - 1) / (8 * (1 / 16))) in hM, hM' by (field; lra).
  exists M; split; [intro key; apply hkappa |].
  intros n hn hlevel W FW w A hw hA.
  assert (hn1 : 1 <= INR n) by (apply (le_INR 1); exact hn).
  apply (D11_saturated W FW w A kappa0 n hw hA hn1 hk); [| exact hM | lra].
  rewrite log_class_size, !card_succ_type; exact hlevel.
Qed.

(** There is such an n: n = 1 and enough prompts. *)
Theorem D11_saturated_instance : forall kappa0 : R, 2 <= kappa0 ->
  forall M : nat, (1 <= M)%nat -> exists d : nat, cost kappa0 (1 / 16) <= level kappa0 (INR (S d) * ln (INR (S M))) 1.
Proof.
  intros kappa0 hk M hM.
  assert (hM2 : 2 <= INR (S M)) by (apply (le_INR 2); lia).
  assert (hl : 0 < ln (INR (S M))) by (apply ln_gt_0; lra).
  pose proof (cost_pos kappa0 hk (1 / 16) ltac:(lra) ltac:(lra)) as hc.
  assert (hq : 0 < 1 / 3072 * kappa0 * ln (INR (S M))) by (repeat apply Rmult_lt_0_compat; lra).
  set (x := cost kappa0 (1 / 16) / (1 / 3072 * kappa0 * ln (INR (S M)))).
  assert (hx : 0 <= x) by (left; apply Rdiv_lt_0_compat; assumption).
  destruct (nfloor_ex x hx) as (d & _ & hd); exists d; rewrite <- S_INR in hd.
  assert (el : level kappa0 (INR (S d) * ln (INR (S M))) 1 = 1 / 3072 * kappa0 * (INR (S d) * ln (INR (S M)))).
  { unfold level; change (INR 1) with 1; field. }
  rewrite el; apply Rlt_le; apply lt_mul_of_div in hd; [| exact hq]. nra.
Qed.
