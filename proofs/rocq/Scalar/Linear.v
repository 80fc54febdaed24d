(** The scalar entries of section 6: linear softmax, effective dimension. *)

From Coq Require Import Reals Psatz.
From SRVerify Require Import Scalar.Basics Finite.Space.
Open Scope R_scope.

(** * Theorem 6.2: linear softmax policies

    Lipschitz bounds of the normaliser (F03) and of the log-ratio (F02), first for any two
    score functions, then for inner products with features of norm at most B_phi; the truncated
    loss (F04) with the jump of its indicator form; the uniform bound (F05) and the
    resolution (F06) as arithmetic. *)

(** ** F02, F03: log-ratios *)

Section Softmax.
  Context {Y : Type} {FY : FiniteType Y}.

  (** The normaliser of the scores [a]. *)
  Definition normaliser (a : Y -> R) : R := Sum (fun y => exp (a y)).

  Definition softmax (a : Y -> R) (y : Y) : R := exp (a y) / normaliser a.

  Lemma normaliser_pos (a : Y -> R) : 0 < normaliser a.
  Proof. apply Sum_pos; intro y; apply exp_pos. Qed.

  Lemma normaliser_shift (a b : Y -> R) (t : R) : (forall y, a y <= b y + t) ->
    ln (normaliser a) <= ln (normaliser b) + t.
  Proof.
    intro H.
    assert (normaliser a <= exp t * normaliser b) as Hz.
    { unfold normaliser; rewrite <- Sum_scal; apply Sum_le; intro y.
      rewrite <- exp_plus; apply Scalar.Basics.exp_le; specialize (H y); lra. }
    apply ln_le in Hz; [| apply normaliser_pos].
    rewrite ln_mult, ln_exp in Hz by (try apply exp_pos; apply normaliser_pos). lra.
  Qed.

  (** F03: scores within t of each other have |ln Z_a - ln Z_b| <= t. *)
  Theorem F03_normaliser : forall (a b : Y -> R) (t : R),
    (forall y, Rabs (a y - b y) <= t) -> Rabs (ln (normaliser a / normaliser b)) <= t.
  Proof.
    intros a b t H.
    rewrite ln_quotient by apply normaliser_pos.
    assert (ln (normaliser a) <= ln (normaliser b) + t) by
      (apply normaliser_shift; intro y; specialize (H y); apply abs_bounds in H; lra).
    assert (ln (normaliser b) <= ln (normaliser a) + t) by
      (apply normaliser_shift; intro y; specialize (H y); apply abs_bounds in H; lra).
    apply Rabs_le; lra.
  Qed.

  (** F02: ... and |ln pi_a(y) - ln pi_b(y)| <= 2t. *)
  Theorem F02_log_ratio : forall (a b : Y -> R) (t : R) (y : Y),
    (forall z, Rabs (a z - b z) <= t) -> Rabs (ln (softmax a y) - ln (softmax b y)) <= 2 * t.
  Proof.
    intros a b t y H.
    pose proof (F03_normaliser a b t H) as HZ; specialize (H y).
    unfold softmax; rewrite ln_quotient in HZ by apply normaliser_pos.
    rewrite !ln_quotient, !ln_exp by (try apply exp_pos; apply normaliser_pos).
    apply abs_bounds in H; apply abs_bounds in HZ; apply Rabs_le; lra.
  Qed.
End Softmax.

Section Features.
  Context {Y : Type} {FY : FiniteType Y} {I : Type} {FI : FiniteType I}.

  (** Inner product and Euclidean norm on R^I. *)
  Definition inner (u v : I -> R) : R := Sum (fun i => u i * v i).
  Definition norm (u : I -> R) : R := sqrt (Sum (fun i => u i ^ 2)).

  Lemma inner_le (u v : I -> R) : inner u v <= norm u * norm v.
  Proof.
    pose proof (cauchy_schwarz (fun _ : I => 1) u v ltac:(intro; lra)) as H.
    unfold E in H; unfold inner, norm.
    rewrite (Sum_ext _ (fun i => u i * v i)) in H by (intro; lra).
    rewrite (Sum_ext (fun i => 1 * u i ^ 2) (fun i => u i ^ 2)) in H by (intro; lra).
    rewrite (Sum_ext (fun i => 1 * v i ^ 2) (fun i => v i ^ 2)) in H by (intro; lra).
    exact H.
  Qed.

  Lemma norm_opp (u : I -> R) : norm (fun i => - u i) = norm u.
  Proof. unfold norm; f_equal; apply Sum_ext; intro; lra. Qed.

  Lemma inner_abs_le (u v : I -> R) : Rabs (inner u v) <= norm u * norm v.
  Proof.
    apply Rabs_le; split; [| apply inner_le].
    pose proof (inner_le (fun i => - u i) v) as H; rewrite norm_opp in H.
    assert (inner (fun i => - u i) v = - inner u v) as E.
    { unfold inner; rewrite (Sum_ext _ (fun i => (-1) * (u i * v i))) by (intro; lra).
      rewrite Sum_scal; lra. }
    rewrite E in H; lra.
  Qed.

  Lemma inner_minus (u v w : I -> R) : inner u w - inner v w = inner (fun i => u i - v i) w.
  Proof. unfold inner; rewrite <- Sum_minus; apply Sum_ext; intro; lra. Qed.

  Lemma scores_close (theta theta' : I -> R) (phi : Y -> I -> R) (B : R) (y : Y) :
    norm (phi y) <= B ->
    Rabs (inner theta (phi y) - inner theta' (phi y)) <= B * norm (fun i => theta i - theta' i).
  Proof.
    intro HB; rewrite inner_minus, Rmult_comm.
    eapply Rle_trans; [apply inner_abs_le |].
    apply Rmult_le_compat_l; [apply sqrt_pos | exact HB].
  Qed.

  (** F03: |ln(Z_theta/Z_theta')| <= B_phi |theta - theta'|. *)
  Theorem F03_normaliser_linear : forall (theta theta' : I -> R) (phi : Y -> I -> R) (B : R),
    (forall y, norm (phi y) <= B) ->
    Rabs (ln (normaliser (fun y => inner theta (phi y)) / normaliser (fun y => inner theta' (phi y))))
    <= B * norm (fun i => theta i - theta' i).
  Proof. intros theta theta' phi B HB; apply F03_normaliser; intro y; apply scores_close, HB. Qed.

  (** F02: |ln pi_theta(y) - ln pi_theta'(y)| <= 2 B_phi |theta - theta'|. *)
  Theorem F02_log_ratio_lipschitz : forall (theta theta' : I -> R) (phi : Y -> I -> R) (B : R) (y : Y),
    (forall z, norm (phi z) <= B) ->
    Rabs (ln (softmax (fun z => inner theta (phi z)) y) - ln (softmax (fun z => inner theta' (phi z)) y))
    <= 2 * B * norm (fun i => theta i - theta' i).
  Proof.
    intros theta theta' phi B y HB; rewrite Rmult_assoc.
    apply F02_log_ratio; intro z; apply scores_close, HB.
  Qed.
End Features.

(** The scalar triangle inequality of F02: a score and a normaliser, each within t. *)
Theorem F02_scalar : forall u v t : R, Rabs u <= t -> Rabs v <= t -> Rabs (u - v) <= 2 * t.
Proof.
  intros u v t Hu Hv; apply abs_bounds in Hu; apply abs_bounds in Hv; apply Rabs_le; lra.
Qed.

(** ** F04: the truncated loss *)

Lemma clip_range (B x : R) : 0 <= B -> - B <= Rmax (- B) (Rmin B x) <= B.
Proof.
  intro HB; split; [apply Rmax_l | apply Rmax_lub; [lra | apply Rmin_l]].
Qed.

Lemma clip_lipschitz (B x y : R) : 0 <= B ->
  Rabs (Rmax (- B) (Rmin B x) - Rmax (- B) (Rmin B y)) <= Rabs (x - y).
Proof.
  intro HB; unfold Rmin; destruct (Rle_dec B x), (Rle_dec B y);
    unfold Rmax; repeat (destruct Rle_dec);
    unfold Rabs; repeat (destruct Rcase_abs); lra.
Qed.

(** F04 with projection: |l_x - l_y| <= 8 beta e B when |x - y| <= 2 beta e. *)
Theorem F04_projected_loss : forall B beta e x y z : R, 0 <= B -> 0 <= beta -> 0 <= e ->
  Rabs (x - y) <= 2 * beta * e ->
  Rabs ((Rmax (- B) (Rmin B x) - Rmax (- B) (Rmin B z)) ^ 2 -
        (Rmax (- B) (Rmin B y) - Rmax (- B) (Rmin B z)) ^ 2) <= 8 * beta * e * B.
Proof.
  intros B beta e x y z HB Hb He H.
  pose proof (clip_lipschitz B x y HB) as L.
  pose proof (clip_range B x HB); pose proof (clip_range B y HB); pose proof (clip_range B z HB).
  set (cx := Rmax (- B) (Rmin B x)) in *; set (cy := Rmax (- B) (Rmin B y)) in *.
  set (cz := Rmax (- B) (Rmin B z)) in *.
  replace ((cx - cz) ^ 2 - (cy - cz) ^ 2) with ((cx - cy) * (cx + cy - 2 * cz)) by lra.
  rewrite Rabs_mult.
  replace (8 * beta * e * B) with (2 * beta * e * (4 * B)) by lra.
  apply Rmult_le_compat; try apply Rabs_pos; [lra | apply Rabs_le; lra].
Qed.

(** F04 with an indicator fails: log-ratios B and B + 2s beyond the threshold differ by 2s,
    the losses by 4B^2 (reference -B, indicator 0 beyond the threshold). *)
Theorem F04_indicator_jump : forall B s : R, 0 < s -> s < B / 2 ->
  8 * s * B < Rabs ((B - - B) ^ 2 * 1 - ((B + 2 * s) - - B) ^ 2 * 0).
Proof.
  intros B s Hs HsB.
  rewrite Rabs_pos_eq by nra. nra.
Qed.

(** ** F05, F06: the uniform bound *)

(** From the net point to the policy: with b = 4B^2 and Lip = 8 beta e B,
    L <= 24 beta e B + (32/3) B^2 lognet/n. *)
Theorem F05_uniform_bound : forall L L' emp beta e B lognet n : R, 0 < n ->
  L <= L' + 8 * beta * e * B -> emp <= 8 * beta * e * B ->
  L' <= 2 * emp + 8 / 3 * (4 * B ^ 2 * lognet / n) ->
  L <= 24 * beta * e * B + 32 / 3 * B ^ 2 * lognet / n.
Proof.
  intros L L' emp beta e B lognet n Hn H1 H2 H3.
  replace (32 / 3 * B ^ 2 * lognet / n) with (8 / 3 * (4 * B ^ 2 * lognet / n)) by lra.
  lra.
Qed.

(** The net: s = e/(2 B_phi) makes log-ratios e-close and d ln(1 + 2R/s) = d ln(1 + 4 R B_phi/e). *)
Theorem F05_net_size : forall d radius Bphi e : R, 0 < Bphi -> 0 < e ->
  d * ln (1 + 2 * radius / (e / (2 * Bphi))) = d * ln (1 + 4 * radius * Bphi / e).
Proof. intros d radius Bphi e HB He; do 3 f_equal; field; lra. Qed.

(** F06: e = B/(beta n) turns F05 into B^2 (24 + (32/3)(d ln(1 + 4 R B_phi beta n/B) + ln(1/delta)))/n. *)
Theorem F06_resolution : forall beta B n d radius Bphi delta : R,
  0 < beta -> 0 < B -> 0 < n -> 0 < delta ->
  24 * beta * (B / (beta * n)) * B +
    32 / 3 * B ^ 2 * (d * ln (1 + 4 * radius * Bphi / (B / (beta * n))) + ln (1 / delta)) / n =
  B ^ 2 * (24 + 32 / 3 * (d * ln (1 + 4 * radius * Bphi * beta * n / B) + ln (1 / delta))) / n.
Proof.
  intros beta B n d radius Bphi delta Hb HB Hn Hd.
  replace (4 * radius * Bphi / (B / (beta * n))) with (4 * radius * Bphi * beta * n / B)
    by (field; lra).
  set (l := ln (1 + _)); set (m := ln (1 / delta)); field; lra.
Qed.

(** * Corollary 6.4: the ridge effective dimension

    d_l = sum_i lambda_i/(lambda_i + l) for l > 0 and eigenvalues lambda_i >= 0, as a
    sum over the first n indices (any n, so the bounds pass to every rank).
    G01 (range), G02 (the k-split), G03 (exponential), G04 (polynomial), G05 (spiked),
    G06 and G07 (scalar parts), G09. *)

(** f 0 + ... + f (n-1). *)
Fixpoint partial_sum (f : nat -> R) (n : nat) : R :=
  match n with O => 0 | S m => partial_sum f m + f m end.

(** f k + ... + f (k+n-1). *)
Definition range_sum (f : nat -> R) (k n : nat) : R := partial_sum (fun i => f (k + i)%nat) n.

Definition effective_dimension (lam : nat -> R) (l : R) (n : nat) : R :=
  partial_sum (fun i => lam i / (lam i + l)) n.

Lemma partial_sum_le (f g : nat -> R) (n : nat) :
  (forall i, (i < n)%nat -> f i <= g i) -> partial_sum f n <= partial_sum g n.
Proof.
  induction n as [| n IH]; intro H; simpl; [lra |].
  pose proof (IH (fun i h => H i (Nat.lt_lt_succ_r _ _ h))); pose proof (H n ltac:(lia)); lra.
Qed.

Lemma partial_sum_split (f : nat -> R) (k n : nat) :
  partial_sum f (k + n) = partial_sum f k + range_sum f k n.
Proof.
  unfold range_sum; induction n as [| n IH]; [rewrite Nat.add_0_r; simpl; lra |].
  rewrite Nat.add_succ_r; simpl; rewrite IH; lra.
Qed.

Lemma partial_sum_const (c : R) (n : nat) : partial_sum (fun _ => c) n = INR n * c.
Proof. induction n as [| n IH]; [simpl; lra |]. rewrite S_INR; simpl; rewrite IH; lra. Qed.

Lemma partial_sum_scal (c : R) (f : nat -> R) (n : nat) :
  partial_sum (fun i => c * f i) n = c * partial_sum f n.
Proof. induction n as [| n IH]; simpl; [lra | rewrite IH; lra]. Qed.

(** ** One term *)

(** x/(x+l) <= 1. *)
Theorem G02_term_le_1 : forall x l : R, 0 <= x -> 0 < l -> x / (x + l) <= 1.
Proof. intros x l Hx Hl; apply div_le; lra. Qed.

(** x/(x+l) <= x/l. *)
Theorem G02_term_le_ratio : forall x l : R, 0 <= x -> 0 < l -> x / (x + l) <= x / l.
Proof.
  intros x l Hx Hl; apply Rmult_le_compat_l; [exact Hx |]. apply Rinv_le_contravar; lra.
Qed.

(** x >= l gives 1/2 <= x/(x+l). *)
Theorem G02_term_ge_half : forall x l : R, 0 < l -> l <= x -> 1 / 2 <= x / (x + l).
Proof. intros x l Hl Hx; apply le_div; lra. Qed.

(** x/(x+l) is non-increasing in l. *)
Theorem G01_term_antitone : forall x l m : R, 0 <= x -> 0 < l -> l <= m ->
  x / (x + m) <= x / (x + l).
Proof.
  intros x l m Hx Hl Hlm; apply Rmult_le_compat_l; [exact Hx |]. apply Rinv_le_contravar; lra.
Qed.

Theorem G01_term_nonneg : forall x l : R, 0 <= x -> 0 < l -> 0 <= x / (x + l).
Proof. intros x l Hx Hl; apply le_div; lra. Qed.

(** ** G01, G02: range and the k-split *)

(** d_l <= tr/l. *)
Theorem G01_trace : forall (lam : nat -> R) (l : R) (n : nat), 0 < l -> (forall i, 0 <= lam i) ->
  effective_dimension lam l n <= partial_sum lam n / l.
Proof.
  intros lam l n Hl H.
  replace (partial_sum lam n / l) with (/ l * partial_sum lam n) by (unfold Rdiv; lra).
  rewrite <- partial_sum_scal; apply partial_sum_le; intros i _.
  rewrite Rmult_comm; apply G02_term_le_ratio; auto.
Qed.

Theorem G01_antitone : forall (lam : nat -> R) (l m : R) (n : nat), 0 < l -> l <= m ->
  (forall i, 0 <= lam i) -> effective_dimension lam m n <= effective_dimension lam l n.
Proof.
  intros lam l m n Hl Hlm H; apply partial_sum_le; intros i _; apply G01_term_antitone; auto.
Qed.

(** d_l <= k + (1/l) sum_{k <= i < k+n} lambda_i. *)
Theorem G02_split : forall (lam : nat -> R) (l : R) (k n : nat), 0 < l -> (forall i, 0 <= lam i) ->
  effective_dimension lam l (k + n) <= INR k + range_sum lam k n / l.
Proof.
  intros lam l k n Hl H; unfold effective_dimension; rewrite partial_sum_split.
  apply Rplus_le_compat.
  - rewrite <- (Rmult_1_r (INR k)), <- partial_sum_const.
    apply partial_sum_le; intros i _; apply G02_term_le_1; auto.
  - apply (G01_trace (fun i => lam (k + i)%nat)); auto.
Qed.

(** At most n terms and no more than n. *)
Theorem G01_rank : forall (lam : nat -> R) (l : R) (n : nat), 0 < l -> (forall i, 0 <= lam i) ->
  0 <= effective_dimension lam l n /\ effective_dimension lam l n <= INR n.
Proof.
  intros lam l n Hl H; split.
  - replace 0 with (partial_sum (fun _ => 0) n) by (rewrite partial_sum_const; lra).
    apply partial_sum_le; intros i _; apply G01_term_nonneg; auto.
  - rewrite <- (Rmult_1_r (INR n)), <- partial_sum_const.
    apply partial_sum_le; intros i _; apply G02_term_le_1; auto.
Qed.

(** k/2 <= d_l when the first k eigenvalues are at least l: the count #{lambda_i >= l}/2. *)
Theorem G02_count : forall (lam : nat -> R) (l : R) (k n : nat), 0 < l -> (forall i, 0 <= lam i) ->
  (forall i, (i < k)%nat -> l <= lam i) -> INR k / 2 <= effective_dimension lam l (k + n).
Proof.
  intros lam l k n Hl H Hk; unfold effective_dimension; rewrite partial_sum_split.
  assert (INR k / 2 <= partial_sum (fun i => lam i / (lam i + l)) k).
  { replace (INR k / 2) with (INR k * (1 / 2)) by lra; rewrite <- partial_sum_const.
    apply partial_sum_le; intros i Hi; apply G02_term_ge_half; auto. }
  assert (0 <= range_sum (fun i => lam i / (lam i + l)) k n); [| lra].
  apply (proj1 (G01_rank (fun i => lam (k + i)%nat) l n Hl (fun i => H _))).
Qed.

(** ** G03: exponential decay *)

(** Geometric tail: sum_{j < n} e^{-a(k+1+j)} <= e^{-ak}/(e^a - 1). *)
Lemma geometric_tail (a : R) (k n : nat) : 0 < a ->
  range_sum (fun i => exp (- (a * INR (S i)))) k n <=
  (exp (- (a * INR k)) - exp (- (a * INR (k + n)))) / (exp a - 1).
Proof.
  intro Ha; pose proof (exp_gt_1 a Ha) as He; unfold range_sum.
  induction n as [| n IH].
  - rewrite Nat.add_0_r; simpl; unfold Rdiv; rewrite Rminus_diag_eq by reflexivity; lra.
  - cbn [partial_sum]; cbv beta.
    assert (exp (- (a * INR (S (k + n)))) =
            (exp (- (a * INR (k + n))) - exp (- (a * INR (k + S n)))) / (exp a - 1)) as E.
    { rewrite Nat.add_succ_r, S_INR.
      set (t := INR (k + n)).
      replace (exp (- (a * t))) with (exp a * exp (- (a * (t + 1))))
        by (rewrite <- exp_plus; f_equal; lra).
      field; lra. }
    rewrite E.
    unfold Rdiv in *; lra.
Qed.

(** lambda_i <= C e^{-alpha i} (i >= 1) and k >= ln(C/l)/alpha: d_l <= k + 1/(e^alpha - 1). *)
Theorem G03_exponential : forall (lam : nat -> R) (C alpha l : R) (k n : nat),
  0 < C -> 0 < alpha -> 0 < l -> (forall i, 0 <= lam i) ->
  (forall i, lam i <= C * exp (- (alpha * INR (S i)))) ->
  ln (C / l) / alpha <= INR k ->
  effective_dimension lam l (k + n) <= INR k + 1 / (exp alpha - 1).
Proof.
  intros lam C alpha l k n HC Ha Hl H0 H Hk.
  pose proof (exp_gt_1 alpha Ha) as He.
  eapply Rle_trans; [apply G02_split; assumption |].
  apply Rplus_le_compat_l.
  assert (range_sum lam k n <= C * (exp (- (alpha * INR k)) / (exp alpha - 1))) as Ht.
  { eapply Rle_trans.
    - apply (partial_sum_le _ (fun i => C * exp (- (alpha * INR (S (k + i)))))); intros i _; apply H.
    - rewrite (partial_sum_scal C (fun i => exp (- (alpha * INR (S (k + i)))))).
      apply Rmult_le_compat_l; [lra |].
      eapply Rle_trans; [apply (geometric_tail alpha k n Ha) |].
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra |].
      pose proof (exp_pos (- (alpha * INR (k + n)))); lra. }
  apply le_mul_of_div in Hk; [| exact Ha].
  assert (C * exp (- (alpha * INR k)) <= l) as Hsmall.
  { apply exp_le in Hk; rewrite exp_ln in Hk by (apply Rdiv_lt_0_compat; assumption).
    apply le_mul_of_div in Hk; [| exact Hl].
    rewrite exp_Ropp; apply div_le; [apply exp_pos |].
    replace (alpha * INR k) with (INR k * alpha) by lra; lra. }
  apply div_le; [exact Hl |].
  eapply Rle_trans; [exact Ht |].
  replace (C * (exp (- (alpha * INR k)) / (exp alpha - 1)))
    with (C * exp (- (alpha * INR k)) / (exp alpha - 1)) by (unfold Rdiv; lra).
  replace (1 / (exp alpha - 1) * l) with (l / (exp alpha - 1)) by lra.
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact Hsmall].
Qed.

(** ** G04: polynomial decay *)

(** i^{-p} <= ((i-1)^{1-p} - i^{1-p})/(p-1) for i > 1, p > 1. *)
Lemma power_telescope (p x : R) : 1 < p -> 1 < x ->
  Rpower x (- p) <= (Rpower (x - 1) (1 - p) - Rpower x (1 - p)) / (p - 1).
Proof.
  intros Hp Hx; apply le_div; [lra |].
  assert (Rpower (x - 1) (1 - p) = Rpower x (1 - p) * exp ((1 - p) * ln (1 - / x))) as ->.
  { unfold Rpower; rewrite <- exp_plus; f_equal.
    replace (x - 1) with (x * (1 - / x)) by (field; lra).
    rewrite ln_mult; [lra | lra |].
    assert (/ x < 1) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra). lra. }
  assert (/ x < 1) as Hi by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  pose proof (Rinv_0_lt_compat x ltac:(lra)) as Hi0.
  pose proof (ln_le_sub_1 (1 - / x) ltac:(lra)) as Hl.
  pose proof (exp_tangent_0 ((1 - p) * ln (1 - / x))) as He.
  assert ((p - 1) * / x <= (1 - p) * ln (1 - / x)) by nra.
  assert (Rpower x (- p) = Rpower x (1 - p) * / x) as ->.
  { replace (- p) with ((1 - p) + - (1)) by ring.
    rewrite Rpower_plus, Rpower_Ropp, Rpower_1 by lra; reflexivity. }
  assert (0 < Rpower x (1 - p)) by (unfold Rpower; apply exp_pos).
  nra.
Qed.

Lemma power_tail (p : R) (k n : nat) : 1 < p -> (1 <= k)%nat ->
  range_sum (fun i => Rpower (INR (S i)) (- p)) k n <=
  (Rpower (INR k) (1 - p) - Rpower (INR (k + n)) (1 - p)) / (p - 1).
Proof.
  intros Hp Hk; unfold range_sum; induction n as [| n IH].
  - rewrite Nat.add_0_r; simpl; unfold Rdiv; rewrite Rminus_diag_eq by reflexivity; lra.
  - cbn [partial_sum]; cbv beta.
    assert (1 <= INR (k + n)) by (change 1 with (INR 1); apply le_INR; lia).
    pose proof (power_telescope p (INR (S (k + n))) Hp ltac:(rewrite S_INR; lra)) as T.
    replace (INR (S (k + n)) - 1) with (INR (k + n)) in T by (rewrite S_INR; lra).
    rewrite Nat.add_succ_r; unfold Rdiv in *; lra.
Qed.

(** lambda_i <= C i^{-p} (i >= 1), p > 1 and k >= (C/l)^{1/p}, k >= 1: d_l <= k p/(p-1). *)
Theorem G04_polynomial : forall (lam : nat -> R) (C p l : R) (k n : nat),
  0 < C -> 1 < p -> 0 < l -> (forall i, 0 <= lam i) ->
  (forall i, lam i <= C * Rpower (INR (S i)) (- p)) ->
  (1 <= k)%nat -> Rpower (C / l) (1 / p) <= INR k ->
  effective_dimension lam l (k + n) <= INR k * (p / (p - 1)).
Proof.
  intros lam C p l k n HC Hp Hl H0 H Hk1 Hk.
  eapply Rle_trans; [apply G02_split; assumption |].
  assert (HK : 1 <= INR k) by (change 1 with (INR 1); apply le_INR; exact Hk1).
  assert (range_sum lam k n <= C * (Rpower (INR k) (1 - p) / (p - 1))) as Ht.
  { eapply Rle_trans.
    - apply (partial_sum_le _ (fun i => C * Rpower (INR (S (k + i))) (- p))); intros i _; apply H.
    - rewrite (partial_sum_scal C (fun i => Rpower (INR (S (k + i))) (- p))).
      apply Rmult_le_compat_l; [lra |].
      eapply Rle_trans; [apply (power_tail p k n Hp Hk1) |].
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra |].
      assert (0 < Rpower (INR (k + n)) (1 - p)) by (unfold Rpower; apply exp_pos); lra. }
  assert (Hpow : C * Rpower (INR k) (- p) <= l).
  { assert (C / l <= Rpower (INR k) p) as Hc.
    { assert (0 < C / l) by (apply Rdiv_lt_0_compat; assumption).
      replace (C / l) with (Rpower (Rpower (C / l) (1 / p)) p).
      - apply Rle_Rpower_l; [lra |]. split; [unfold Rpower; apply exp_pos | exact Hk].
      - rewrite Rpower_mult; replace (1 / p * p) with 1 by (field; lra).
        apply Rpower_1; assumption. }
    apply le_mul_of_div in Hc; [| exact Hl].
    rewrite Rpower_Ropp; apply div_le; [unfold Rpower; apply exp_pos | lra]. }
  replace (INR k * (p / (p - 1))) with (INR k + INR k / (p - 1)) by (field; lra).
  apply Rplus_le_compat_l.
  apply div_le; [exact Hl |].
  eapply Rle_trans; [exact Ht |].
  assert (E : Rpower (INR k) (1 - p) = INR k * Rpower (INR k) (- p)).
  { unfold Rminus; rewrite Rpower_plus, Rpower_1 by lra; reflexivity. }
  rewrite E.
  replace (C * (INR k * Rpower (INR k) (- p) / (p - 1)))
    with (INR k / (p - 1) * (C * Rpower (INR k) (- p))) by (unfold Rdiv; lra).
  apply Rmult_le_compat_l; [apply le_div; lra | exact Hpow].
Qed.

(** ** G05, G09: spiked spectra *)

(** d_l <= k + tail/l. *)
Theorem G05_spiked : forall (lam : nat -> R) (l tail : R) (k n : nat), 0 < l ->
  (forall i, 0 <= lam i) -> range_sum lam k n <= tail ->
  effective_dimension lam l (k + n) <= INR k + tail / l.
Proof.
  intros lam l tail k n Hl H Ht.
  eapply Rle_trans; [apply G02_split; assumption |].
  apply Rplus_le_compat_l, Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact Hl | exact Ht].
Qed.

(** Tail mass at most l: d_l <= k + 1. *)
Theorem G09_log_rank : forall (lam : nat -> R) (l : R) (k n : nat), 0 < l ->
  (forall i, 0 <= lam i) -> range_sum lam k n <= l ->
  effective_dimension lam l (k + n) <= INR k + 1.
Proof.
  intros lam l k n Hl H Ht.
  replace 1 with (l / l) by (field; lra); apply G05_spiked; assumption.
Qed.

(** ** G06, G07: scalar parts *)

(** 4 (1 + sqrt 3/2)/sqrt 3 <= 4.31 <= 5. *)
Theorem G06_constant : 4 * (1 + sqrt 3 / 2) / sqrt 3 <= 431 / 100.
Proof.
  assert (17319 / 10000 <= sqrt 3) by (apply le_sqrt_of_sq; lra).
  apply div_le; lra.
Qed.

(** With d_l = 1/(1+l) no constant c saves ln 10 <= c d_l ln(1 + 1/0.1) for all l > 0. *)
Theorem G07_no_constant : forall c : R,
  exists l : R, 0 < l /\ c * (1 / (1 + l)) * ln (1 + 1 / (1 / 10)) < ln 10.
Proof.
  intro c; replace (1 + 1 / (1 / 10)) with 11 by lra.
  exists (1 + 2 * Rabs c).
  pose proof (Rle_abs c); pose proof (Rabs_pos c).
  split; [lra |].
  assert (c * (1 / (1 + (1 + 2 * Rabs c))) <= 1 / 2).
  { replace (c * (1 / (1 + (1 + 2 * Rabs c)))) with (c / (2 + 2 * Rabs c)) by (field; lra).
    apply div_le; lra. }
  assert (1 / 2 * ln 11 < ln 10).
  { assert (ln 11 < ln (10 ^ 2)) as H' by (apply ln_increasing; lra); rewrite ln_square in H' by lra; lra. }
  assert (0 < ln 11) by (apply ln_gt_0; lra).
  nra.
Qed.
