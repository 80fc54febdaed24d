(** * Theorem 6.2: linear softmax policies

    Lipschitz bounds of the normaliser (F03) and of the log-ratio (F02), first for any two
    score functions, then for inner products with features of norm at most B_phi; the truncated
    loss (F04) with the jump of its indicator form; the uniform bound (F05) and the
    resolution (F06) as arithmetic. *)

From Coq Require Import Reals Lra Psatz.
From SRVerify Require Import Finite.Sum Finite.Space Scalar.Basics.
Open Scope R_scope.

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
    rewrite (Sum_ext _ (fun i => u i * v i)) in H by (intro; ring).
    rewrite (Sum_ext (fun i => 1 * u i ^ 2) (fun i => u i ^ 2)) in H by (intro; ring).
    rewrite (Sum_ext (fun i => 1 * v i ^ 2) (fun i => v i ^ 2)) in H by (intro; ring).
    exact H.
  Qed.

  Lemma norm_opp (u : I -> R) : norm (fun i => - u i) = norm u.
  Proof. unfold norm; f_equal; apply Sum_ext; intro; ring. Qed.

  Lemma inner_abs_le (u v : I -> R) : Rabs (inner u v) <= norm u * norm v.
  Proof.
    apply Rabs_le; split; [| apply inner_le].
    pose proof (inner_le (fun i => - u i) v) as H; rewrite norm_opp in H.
    assert (inner (fun i => - u i) v = - inner u v) as E.
    { unfold inner; rewrite (Sum_ext _ (fun i => (-1) * (u i * v i))) by (intro; ring).
      rewrite Sum_scal; ring. }
    rewrite E in H; lra.
  Qed.

  Lemma inner_minus (u v w : I -> R) : inner u w - inner v w = inner (fun i => u i - v i) w.
  Proof. unfold inner; rewrite <- Sum_minus; apply Sum_ext; intro; ring. Qed.

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
  replace ((cx - cz) ^ 2 - (cy - cz) ^ 2) with ((cx - cy) * (cx + cy - 2 * cz)) by ring.
  rewrite Rabs_mult.
  replace (8 * beta * e * B) with (2 * beta * e * (4 * B)) by ring.
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
  replace (32 / 3 * B ^ 2 * lognet / n) with (8 / 3 * (4 * B ^ 2 * lognet / n)) by (field; lra).
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
