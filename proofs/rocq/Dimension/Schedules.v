(** * Ridge schedules under exponential decay

    Sigma with eigenvalues e^-1, ..., e^-d.  At the ridge 1/d the effective dimension lies between
    (log d - 1)/2 and log d + 2: a single logarithm, and no multiple of log log d bounds it for every d.  At
    1/sqrt n it is at most log(n)/2 + 2 whatever d is, at 1/log d at most log log d + 2.

    Serves G08. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.Basics Scalar.EffectiveDimension Finite.Sum Finite.Space
  Iteration.Satisfiable Linear.Recovery Linear.Horizon Linear.Euclidean Linear.Packing Dimension.Spectrum.
Open Scope R_scope.

Lemma partial_sum_first (f : nat -> R) n : partial_sum f (S n) = f O + partial_sum (fun i => f (S i)) n.
Proof.
  change (S n) with (1 + n)%nat. rewrite partial_sum_split. unfold range_sum. simpl partial_sum at 1.
  rewrite Rplus_0_l. reflexivity.
Qed.

Lemma Sum_rank T (f : nat -> R) : Sum (fun i : upto T => f (rank T i)) = partial_sum f (S T).
Proof.
  revert f; induction T as [|T ih]; intros f; [unfold Sum, sumL; simpl; ring|].
  rewrite partial_sum_first, <- (ih (fun i => f (S i))).
  unfold Sum at 1. change (@enum (upto (S T)) (FiniteType_upto (S T)))
    with (None :: map Some (@enum (upto T) (FiniteType_upto T))).
  rewrite sumL_cons, sumL_map. reflexivity.
Qed.

(** The eigenvalue e^{-i}, i = 1, ..., d. *)
Definition decay (i : nat) : R := exp (- INR (S i)).

(** The diagonal matrix diag(e^-1, ..., e^-d), d = T + 1. *)
Definition decaying (T : nat) : upto T -> upto T -> R := diagonal (fun i => decay (rank T i)).

Lemma decay_nonneg i : 0 <= decay i.
Proof. left; apply exp_pos. Qed.

(** Its effective dimension. *)
Lemma decaying_dimension T l d : 0 < l ->
  is_effective_dimension (decaying T) l d <-> d = effective_dimension decay l (S T).
Proof.
  intros hl. rewrite (G01_effective_dimension (decaying T) identity (fun i => decay (rank T i)) l d).
  - rewrite (Sum_rank T (fun i => decay i / (decay i + l))). reflexivity.
  - apply diagonal_spectral. intros; apply decay_nonneg.
  - exact hl.
Qed.

(** Every ridge l < 1 has d_l <= log(1/l) + 1 + 1/(e-1), whatever d. *)
Theorem G08_upper : forall (T : nat) (l d : R), 0 < l -> l <= 1 -> is_effective_dimension (decaying T) l d ->
  d <= ln (1 / l) + 1 + 1 / (exp 1 - 1).
Proof.
  intros T l d hl hl1 hd. apply (decaying_dimension T l d hl) in hd. subst d.
  assert (hq : 1 <= 1 / l) by (apply le_div; lra). assert (h0 : 0 <= ln (1 / l)) by (apply ln_nonneg, hq).
  destruct (nfloor_ex (ln (1 / l)) h0) as (k & hk & hk').
  apply Rle_trans with (effective_dimension decay l (S k + S T)).
  - unfold effective_dimension. rewrite Nat.add_comm, partial_sum_split.
    assert (0 <= range_sum (fun i => decay i / (decay i + l)) (S T) (S k)); [|lra].
    apply (proj1 (G01_rank (fun i => decay (S T + i)%nat) l (S k) hl (fun i => decay_nonneg _))).
  - eapply Rle_trans; [apply (G03_exponential decay 1 1 l (S k) (S T)); try lra|].
    + intros i; apply decay_nonneg.
    + intros i. unfold decay. rewrite !Rmult_1_l. lra.
    + unfold Rdiv at 1. rewrite Rinv_1, Rmult_1_r, S_INR. lra.
    + rewrite S_INR. lra.
Qed.

(** (log d - 1)/2 <= d_l at l = 1/d. *)
Theorem G08_lower : forall (T : nat) (d : R), is_effective_dimension (decaying T) (/ INR (S T)) d ->
  (ln (INR (S T)) - 1) / 2 <= d.
Proof.
  intros T d hd. assert (hT : 1 <= INR (S T)) by (apply (le_INR 1); lia).
  assert (hl : 0 < / INR (S T)) by (apply Rinv_0_lt_compat; lra).
  apply (decaying_dimension T _ d hl) in hd. subst d.
  assert (h0 : 0 <= ln (INR (S T))) by (apply ln_nonneg, hT).
  destruct (nfloor_ex _ h0) as (k & hk & hk').
  assert (hkT : (k <= S T)%nat).
  { apply INR_le. assert (e := ln_le_sub_1 (INR (S T)) ltac:(lra)). lra. }
  replace (S T) with (k + (S T - k))%nat at 3 by lia.
  apply Rle_trans with (INR k / 2); [lra|].
  apply G02_count; [exact hl|apply decay_nonneg|].
  intros i hi. unfold decay. rewrite exp_Ropp. apply Rinv_le_contravar; [apply exp_pos|].
  apply Rle_trans with (exp (ln (INR (S T)))).
  - apply exp_le. apply Rle_trans with (INR k); [apply le_INR; lia|exact hk].
  - rewrite exp_ln by lra. lra.
Qed.

(** At l = 1/d: (log d - 1)/2 <= d_l <= log d + 2, a single logarithm. *)
Theorem G08_single_logarithm_exact : forall (T : nat) (d : R),
  is_effective_dimension (decaying T) (/ INR (S T)) d ->
  (ln (INR (S T)) - 1) / 2 <= d /\ d <= ln (INR (S T)) + 2.
Proof.
  intros T d hd. split; [apply G08_lower, hd|].
  assert (hT : 1 <= INR (S T)) by (apply (le_INR 1); lia).
  assert (k := G08_upper T (/ INR (S T)) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / INR (S T)) with (INR (S T)) in k by (field; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** No constant: for every C some d has d_l > C log log d at l = 1/d. *)
Theorem G08_no_double_logarithm : forall C : R, exists T : nat, 1 < ln (INR (S T)) /\
  forall d, is_effective_dimension (decaying T) (/ INR (S T)) d -> C * ln (ln (INR (S T))) < d.
Proof.
  intros C. set (K := Rabs C + 1).
  assert (hK : 1 <= K /\ C <= K).
  { unfold K. assert (h1 := Rle_abs C). assert (h2 := Rabs_pos C). lra. }
  set (y := exp (64 * K ^ 2)).
  destruct (nfloor_ex y ltac:(left; apply exp_pos)) as (T & hT & hT').
  exists T. rewrite <- S_INR in hT'. set (x := INR (S T)) in *.
  assert (hx : 64 * K ^ 2 < ln x).
  { rewrite <- (ln_exp (64 * K ^ 2)). apply ln_increasing; [apply exp_pos|exact hT']. }
  assert (hK2 : 1 <= K ^ 2) by nra.
  split; [lra|].
  intros d hd. assert (hlow := G08_lower T d hd). fold x in hlow.
  apply Rlt_le_trans with ((ln x - 1) / 2); [|exact hlow].
  set (l := ln x) in *. assert (hl : 0 < l) by lra.
  assert (hln : ln l <= 2 * sqrt l).
  { assert (hs : 0 < sqrt l) by (apply sqrt_lt_R0, hl).
    rewrite <- (sqrt_sqrt l) at 1 by lra. rewrite ln_mult by exact hs.
    assert (e := ln_le_sub_1 (sqrt l) hs). lra. }
  assert (hl1 : 0 <= ln l) by (apply ln_nonneg; lra).
  assert (hsq : 8 * K <= sqrt l) by (apply le_sqrt_of_sq; nra).
  assert (hss : sqrt l * sqrt l = l) by (apply sqrt_sqrt; lra).
  assert (h1 : C * ln l <= K * (2 * sqrt l)).
  { apply Rle_trans with (K * ln l); [apply Rmult_le_compat_r; lra|apply Rmult_le_compat_l; lra]. }
  nra.
Qed.

(** At l = 1/sqrt n the bound is free of d ... *)
Theorem G08_sample_ridge_bound : forall (T : nat) (n d : R), 1 <= n ->
  is_effective_dimension (decaying T) (/ sqrt n) d -> d <= ln n / 2 + 2.
Proof.
  intros T n d hn hd.
  assert (hs : 1 <= sqrt n) by (apply le_sqrt_of_sq; lra).
  assert (k := G08_upper T (/ sqrt n) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / sqrt n) with (sqrt n) in k by (field; lra). rewrite ln_sqrt in k by lra.
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** ... and at l = 1/log d it is doubly logarithmic. *)
Theorem G08_doubly_logarithmic_ridge : forall (T : nat) (d : R), 1 <= ln (INR (S T)) ->
  is_effective_dimension (decaying T) (/ ln (INR (S T))) d -> d <= ln (ln (INR (S T))) + 2.
Proof.
  intros T d hl hd.
  assert (k := G08_upper T (/ ln (INR (S T))) d ltac:(apply Rinv_0_lt_compat; lra)
    ltac:(rewrite <- Rinv_1; apply Rinv_le_contravar; lra) hd).
  replace (1 / / ln (INR (S T))) with (ln (INR (S T))) in k by (field; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra). lra.
Qed.

(** The ridge that F06 needs, l = B^2/(4 R^2 beta^2 n^2) at beta = 1/sqrt n and the radius
    R = (1 + sqrt n)^rounds r that keeps A-REAL: d_l <= (rounds + 1) log n + 2 rounds log 2 + log(4 r^2/B^2) + 2,
    of order rounds log n, whatever d. *)
Theorem G08_resolution_ridge : forall (T rounds : nat) (n B r d : R), 1 <= n -> 0 < B -> 0 < r ->
  let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
  l <= 1 -> is_effective_dimension (decaying T) l d ->
  d <= INR (S rounds) * ln n + 2 * INR rounds * ln 2 + ln (4 * r ^ 2 / B ^ 2) + 2.
Proof.
  intros T rounds n B r d hn hB hr l hl1 hd.
  assert (hs : 1 <= sqrt n) by (apply le_sqrt_of_sq; lra).
  assert (hss : sqrt n * sqrt n = n) by (apply sqrt_sqrt; lra).
  assert (hB2 : 0 < B ^ 2) by (apply pow_lt, hB). assert (hr2 : 0 < r ^ 2) by (apply pow_lt, hr).
  assert (hp : 0 < (1 + sqrt n) ^ rounds) by (apply pow_lt; lra).
  assert (el : l = B ^ 2 / (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * n)).
  { unfold l. f_equal.
    assert (ei : (/ sqrt n) ^ 2 * n ^ 2 = n).
    { replace (n ^ 2) with ((sqrt n * sqrt n) ^ 2) by (rewrite hss; reflexivity).
      rewrite <- hss at 4. field. lra. }
    replace (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * n)
      with (4 * r ^ 2 * ((1 + sqrt n) ^ rounds) ^ 2 * ((/ sqrt n) ^ 2 * n ^ 2)) by (rewrite ei; reflexivity). ring. }
  assert (hl : 0 < l).
  { assert (hp2 : 0 < ((1 + sqrt n) ^ rounds) ^ 2) by (apply pow_lt, hp).
    rewrite el. apply Rdiv_lt_0_compat; [exact hB2|]. repeat apply Rmult_lt_0_compat; lra. }
  assert (k := G08_upper T l d hl hl1 hd).
  assert (hp2 : 0 < ((1 + sqrt n) ^ rounds) ^ 2) by (apply pow_lt, hp).
  assert (e1 : 1 / l = 4 * r ^ 2 / B ^ 2 * (((1 + sqrt n) ^ rounds) ^ 2 * n)).
  { rewrite el. field. repeat split; lra. }
  assert (hq : 0 < 4 * r ^ 2 / B ^ 2) by (apply Rdiv_lt_0_compat; lra).
  assert (e2 : ln (1 / l) = ln (4 * r ^ 2 / B ^ 2) + (2 * (INR rounds * ln (1 + sqrt n)) + ln n)).
  { assert (hn0 : 0 < n) by lra. assert (hs1 : 0 < 1 + sqrt n) by lra.
    rewrite e1, (ln_mult _ _ hq (Rmult_lt_0_compat _ _ hp2 hn0)), (ln_mult _ _ hp2 hn0).
    rewrite ln_pow by exact hp. rewrite ln_pow by exact hs1. simpl (INR 2). ring. }
  rewrite e2 in k.
  assert (h2 : ln (1 + sqrt n) <= ln 2 + ln n / 2).
  { rewrite <- ln_sqrt, <- ln_mult by lra. apply ln_le; lra. }
  assert (hr0 := pos_INR rounds).
  assert (h3 : INR rounds * ln (1 + sqrt n) <= INR rounds * (ln 2 + ln n / 2)) by (apply Rmult_le_compat_l; lra).
  assert (1 / (exp 1 - 1) <= 1) by (pose proof exp_1_gt_2; apply div_le; lra).
  rewrite S_INR. lra.
Qed.

(** Its hypotheses can be met. *)
Theorem G08_resolution_ridge_instance : exists (T rounds : nat) (n B r d : R), 1 <= n /\ 0 < B /\ 0 < r /\
  let l := B ^ 2 / (4 * ((1 + sqrt n) ^ rounds * r) ^ 2 * (/ sqrt n) ^ 2 * n ^ 2) in
  l <= 1 /\ is_effective_dimension (decaying T) l d.
Proof.
  exists O, O, 1, 1, 1, (effective_dimension decay (1 / 4) 1). repeat split; try lra.
  - rewrite sqrt_1. simpl. lra.
  - assert (e : 1 ^ 2 / (4 * ((1 + sqrt 1) ^ 0 * 1) ^ 2 * (/ sqrt 1) ^ 2 * 1 ^ 2) = 1 / 4)
      by (rewrite sqrt_1; simpl; field).
    rewrite e. apply (decaying_dimension 0 (1 / 4)); [lra|reflexivity].
Qed.
