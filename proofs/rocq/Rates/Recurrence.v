(** * Rates of the recurrence and of the failure bound

    C32 and the last step of C34 for a drift [w = 2 eps + beta] that tends to 0: explicit inequalities in
    [w], and limits along every sequence of drifts.  Serves Theorems 5.3 and 6.2 alike. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.ConditionNumber
  Iteration.Trajectory.
Open Scope R_scope.

(** [(2/gamma) w (sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] with [b = w/(gamma c)]. *)
Definition drift_bound (gamma c kappa0 w : R) (T : nat) : R :=
  2 / gamma * w * (sqrt (kappa_star (w / (gamma * c))) + sqrt (contraction (w / (gamma * c)) ^ (T - 1)) * sqrt kappa0).

Lemma failure_bound_drift {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (D : X -> R) beta
  (pi0 : policy X Y) gamma c eps T :
  failure_bound D beta pi0 gamma c eps T = drift_bound gamma c (kappa D pi0) (2 * eps + beta) T.
Proof. reflexivity. Qed.

(** C32: [sqrt kappa* <= 1 + b]. *)
Lemma sqrt_disc_le b : 0 <= b -> sqrt (b ^ 2 + 4) <= b + 2.
Proof.
  intros hb. rewrite <- (sqrt_pow2 (b + 2)) by lra. apply sqrt_le_1_alt. nra.
Qed.

Lemma sqrt_disc_ge b : 0 <= b -> 2 <= sqrt (b ^ 2 + 4).
Proof.
  intros hb. apply Rle_trans with (sqrt (2 ^ 2)); [right; symmetry; apply sqrt_pow2; lra|].
  apply sqrt_le_1_alt. generalize (pow2_ge_0 b). lra.
Qed.

Lemma sqrt_kappa_star b : 0 <= b -> sqrt (kappa_star b) = (b + sqrt (b ^ 2 + 4)) / 2.
Proof. intros hb. unfold kappa_star. apply sqrt_pow2. generalize (sqrt_disc_ge b hb). lra. Qed.

Theorem C32_root_ceiling b : 0 <= b -> sqrt (kappa_star b) <= 1 + b.
Proof. intros hb. rewrite sqrt_kappa_star by exact hb. generalize (sqrt_disc_le b hb). lra. Qed.

Theorem C32_fixed_point_ceiling b : 0 <= b -> kappa_star b <= 1 + b + b ^ 2.
Proof.
  intros hb. set (s := sqrt (b ^ 2 + 4)). assert (h := sqrt_disc_le b hb). assert (h2 := sqrt_disc_ge b hb). fold s in h, h2.
  assert (e : s ^ 2 = b ^ 2 + 4) by (unfold s; apply pow2_sqrt; generalize (pow2_ge_0 b); lra).
  unfold kappa_star. fold s. replace (((b + s) / 2) ^ 2) with ((b ^ 2 + 2 * b * s + s ^ 2) / 4) by field.
  rewrite e. assert (b * s <= b * (b + 2)) by (apply Rmult_le_compat_l; assumption). lra.
Qed.

Theorem C32_contraction_ceiling b : 0 <= b -> 0 <= contraction b <= b / 2.
Proof.
  intros hb. assert (h := sqrt_disc_ge b hb). split; [apply contraction_range, hb|].
  unfold contraction, Rdiv. apply Rmult_le_compat_l; [exact hb|]. apply Rinv_le_contravar; lra.
Qed.

Section Explicit.
  Variables gamma c kappa0 : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hkappa : 1 <= kappa0.

  Lemma slope_mono w W : 0 <= w <= W -> 0 <= w / (gamma * c) <= W / (gamma * c).
  Proof.
    intros h. assert (hi : 0 < / (gamma * c)) by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; assumption).
    split; [apply Rmult_le_pos; lra|apply Rmult_le_compat_r; lra].
  Qed.

  (** The bound in terms of any upper bound [W] on the drift. *)
  Theorem C34_drift_ceiling w W T : 0 <= w <= W ->
    drift_bound gamma c kappa0 w T
    <= 2 / gamma * W * (1 + W / (gamma * c) + sqrt ((W / (2 * gamma * c)) ^ (T - 1)) * sqrt kappa0).
  Proof.
    intros h. set (b := w / (gamma * c)). set (b' := W / (gamma * c)).
    assert (hb : 0 <= b <= b') by (apply slope_mono, h). assert (hg : 0 < 2 / gamma) by (apply Rdiv_lt_0_compat; lra).
    replace (W / (2 * gamma * c)) with (b' / 2) by (unfold b'; field; lra).
    unfold drift_bound. fold b. apply Rmult_le_compat.
    - apply Rmult_le_pos; lra.
    - apply Rplus_le_le_0_compat; [apply sqrt_pos|]. apply Rmult_le_pos; apply sqrt_pos.
    - apply Rmult_le_compat_l; lra.
    - apply Rplus_le_compat; [generalize (C32_root_ceiling b (proj1 hb)); lra|].
      apply Rmult_le_compat_r; [apply sqrt_pos|]. apply sqrt_le_1_alt, pow_incr.
      generalize (C32_contraction_ceiling b (proj1 hb)). lra.
  Qed.

  (** Once [W <= gamma c] the bound is at most [(2/gamma) W (2 + sqrt(kappa_0 / 2^(T-1)))]. *)
  Theorem C34_drift_simple w W T : 0 <= w <= W -> W <= gamma * c ->
    drift_bound gamma c kappa0 w T <= 2 / gamma * W * (2 + sqrt (kappa0 / 2 ^ (T - 1))).
  Proof.
    intros h hW. eapply Rle_trans; [apply (C34_drift_ceiling w W T h)|].
    assert (hgc : 0 < gamma * c) by (apply Rmult_lt_0_compat; assumption).
    assert (hb : 0 <= W / (gamma * c) <= 1).
    { split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, hgc]|].
      apply (Rmult_le_reg_r (gamma * c)); [exact hgc|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (h2 : 0 < 2 ^ (T - 1)) by (apply pow_lt; lra).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]|].
    apply Rplus_le_compat; [lra|]. unfold Rdiv at 2. rewrite (Rmult_comm kappa0), sqrt_mult_alt
      by (left; apply Rinv_0_lt_compat, h2).
    apply Rmult_le_compat_r; [apply sqrt_pos|]. apply sqrt_le_1_alt.
    rewrite <- pow_inv. apply pow_incr.
    replace (W / (2 * gamma * c)) with (W / (gamma * c) / 2) by (field; lra). lra.
  Qed.

  (** ** Limits along a sequence of drifts *)

  Variable w : nat -> R.
  Hypothesis hw : forall n, 0 <= w n.
  Hypothesis hlim : is_lim_seq w 0.

  Let b (n : nat) : R := w n / (gamma * c).

  Lemma slope_vanishes : is_lim_seq b 0.
  Proof.
    unfold b, Rdiv. replace (Finite 0) with (Finite (0 * / (gamma * c))) by (f_equal; ring).
    apply is_lim_seq_mult'; [exact hlim|apply is_lim_seq_const].
  Qed.

  Lemma disc_limit : is_lim_seq (fun n => sqrt (b n ^ 2 + 4)) 2.
  Proof.
    replace (Finite 2) with (Finite ((fun t => sqrt (t ^ 2 + 4)) 0)).
    - apply (is_lim_seq_continuous (fun t => sqrt (t ^ 2 + 4))); [|exact slope_vanishes].
      apply (continuity_pt_comp (fun t => t ^ 2 + 4) sqrt); [reg|]. apply continuity_pt_sqrt. lra.
    - f_equal. replace (0 ^ 2 + 4) with (2 ^ 2) by ring. apply sqrt_pow2. lra.
  Qed.

  Lemma slope_nonneg n : 0 <= b n.
  Proof. apply (slope_mono (w n) (w n)). specialize (hw n). lra. Qed.

  Lemma root_limit : is_lim_seq (fun n => sqrt (kappa_star (b n))) 1.
  Proof.
    apply (is_lim_seq_ext (fun n => (b n + sqrt (b n ^ 2 + 4)) * / 2)).
    - intros n. rewrite sqrt_kappa_star by apply slope_nonneg. reflexivity.
    - replace (Finite 1) with (Finite ((0 + 2) * / 2)) by (f_equal; field).
      apply is_lim_seq_mult'; [|apply is_lim_seq_const].
      apply is_lim_seq_plus'; [exact slope_vanishes|exact disc_limit].
  Qed.

  Lemma disc_sum_inverse : is_lim_seq (fun n => / (b n + sqrt (b n ^ 2 + 4))) (/ 2).
  Proof.
    replace (Finite (/ 2)) with (Rbar_inv (Finite 2)) by reflexivity.
    apply is_lim_seq_inv; [|intros e; injection e; lra].
    replace (Finite 2) with (Finite (0 + 2)) by (f_equal; ring).
    apply is_lim_seq_plus'; [exact slope_vanishes|exact disc_limit].
  Qed.

  Lemma contraction_limit : is_lim_seq (fun n => contraction (b n)) 0.
  Proof.
    unfold contraction, Rdiv. replace (Finite 0) with (Finite (0 * / 2)) by (f_equal; ring).
    apply is_lim_seq_mult'; [exact slope_vanishes|exact disc_sum_inverse].
  Qed.

  Lemma power_limit k : is_lim_seq (fun n => contraction (b n) ^ k) (0 ^ k).
  Proof.
    apply (is_lim_seq_continuous (fun t => t ^ k)); [reg|exact contraction_limit].
  Qed.

  (** What is left of [sqrt kappa* + rho^((T-1)/2) sqrt kappa_0]: 1, and [1 + sqrt kappa_0] if [T = 1]. *)
  Definition initial_share (T : nat) : R := 1 + sqrt (0 ^ (T - 1)) * sqrt kappa0.

  Lemma initial_share_one : initial_share 1 = 1 + sqrt kappa0.
  Proof. unfold initial_share. simpl. rewrite sqrt_1. ring. Qed.

  Lemma initial_share_later T : (2 <= T)%nat -> initial_share T = 1.
  Proof. intros hT. unfold initial_share. rewrite pow_i by lia. rewrite sqrt_0. ring. Qed.

  (** [r_n] a rate with [w_n r_n -> l]: the failure bound times [r_n] tends to [(2/gamma) l]
      times [initial_share]. *)
  Theorem C34_drift_limit (r : nat -> R) (l : R) T : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => drift_bound gamma c kappa0 (w n) T * r n) (2 / gamma * l * initial_share T).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => 2 / gamma * (w n * r n) *
      (sqrt (kappa_star (b n)) + sqrt (contraction (b n) ^ (T - 1)) * sqrt kappa0))).
    - intros n. unfold drift_bound. fold (b n). ring.
    - apply is_lim_seq_mult'; [apply is_lim_seq_mult'; [apply is_lim_seq_const|exact hl]|].
      apply is_lim_seq_plus'; [exact root_limit|]. apply is_lim_seq_mult'; [|apply is_lim_seq_const].
      apply (is_lim_seq_continuous sqrt); [|apply power_limit]. apply continuity_pt_sqrt.
      apply pow_le. lra.
  Qed.

  (** C32: [(kappa* - 1) r_n -> l/(gamma c)] and [rho r_n -> l/(2 gamma c)]. *)
  Theorem C32_fixed_point_limit (r : nat -> R) (l : R) : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => (kappa_star (b n) - 1) * r n) (l / (gamma * c)).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => w n * r n * / (gamma * c) * sqrt (kappa_star (b n)))).
    - intros n. assert (hb := slope_nonneg n). rewrite sqrt_kappa_star by exact hb.
      assert (e : sqrt (b n ^ 2 + 4) ^ 2 = b n ^ 2 + 4) by (apply pow2_sqrt; generalize (pow2_ge_0 (b n)); lra).
      set (s := sqrt (b n ^ 2 + 4)) in *. unfold kappa_star. fold s.
      replace (((b n + s) / 2) ^ 2 - 1) with ((b n ^ 2 + 2 * b n * s + s ^ 2 - 4) / 4) by field. rewrite e.
      unfold b. field. lra.
    - replace (Finite (l / (gamma * c))) with (Finite (l * / (gamma * c) * 1)) by (f_equal; unfold Rdiv; ring).
      apply is_lim_seq_mult'; [|exact root_limit]. apply is_lim_seq_mult'; [exact hl|apply is_lim_seq_const].
  Qed.

  Theorem C32_contraction_limit (r : nat -> R) (l : R) : is_lim_seq (fun n => w n * r n) l ->
    is_lim_seq (fun n => contraction (b n) * r n) (l / (2 * gamma * c)).
  Proof.
    intros hl. apply (is_lim_seq_ext (fun n => w n * r n * / (gamma * c) * / (b n + sqrt (b n ^ 2 + 4)))).
    - intros n. unfold contraction, Rdiv, b, Rdiv. ring.
    - replace (Finite (l / (2 * gamma * c))) with (Finite (l * / (gamma * c) * / 2)) by (f_equal; field; lra).
      apply is_lim_seq_mult'; [|exact disc_sum_inverse]. apply is_lim_seq_mult'; [exact hl|apply is_lim_seq_const].
  Qed.

End Explicit.
