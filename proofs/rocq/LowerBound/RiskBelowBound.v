(** * Theorem 4.1: the exact risk below the bound

    Wherever n is at most the bound of D07, the exact Bayes risk of D15 is at least 6 eps, so that every
    learner, deterministic or randomised, base-fails with probability at least 6 eps at some key.

    Serves D15, D18. *)

From Coq Require Import Reals Lra.
From SRVerify Require Import Finite.Sum Finite.Space Scalar.Basics Scalar.LowerBound.
From SRVerify Require Import LowerBound.HardInstance LowerBound.Averages LowerBound.BinaryKeys.
From SRVerify Require Import LowerBound.SampleSize LowerBound.BayesRisk.
Open Scope R_scope.

Section Risk.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** Few draws: the Bayes risk is at least 3/8 of rho. *)
  Lemma bayes_risk_ge (rho : R) (n : nat) : 0 < rho -> rho <= 1 -> 2 <= M ->
    INR n <= d * (M + 1) / (12 * rho) -> 3 / 8 * rho <= @bayes_risk I K FI FK rho n.
  Proof.
    intros h0 h1 hM hn; pose proof (card_pos I FI) as hd.
    set (key := fun _ : I => @point K FK).
    rewrite <- (D15_bayes_risk rho n key) by lra.
    apply Rle_trans with
      (average uniform enum (fun k => rho / d * Sum (fun i => miss rho k n bayes_learner i)) key).
    - pose proof (D06_average_misclassification rho n bayes_learner key h0 h1 hM
                    bayes_learner_proper hn) as h.
      rewrite average_scal in h |- * by apply uniform_dist.
      set (v := average _ _ _ _) in *.
      replace (rho / d * v) with (rho * (/ d * v)) by (field; lra). nra.
    - apply average_le; [apply uniform_dist |]; intro k; apply risk_ge_misses; lra.
  Qed.

  (** D15 against D07: for every kappa_0 >= 2, eps <= 1/16, M = 1 + floor((kappa_0-1)/(8 eps)), d and
      every n up to D07's bound, the exact Bayes risk is at least 6 eps. *)
  Theorem D15_risk_below_bound : forall (kappa0 eps : R) (n : nat),
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
    6 * eps <= @bayes_risk I K FI FK (16 * eps) n.
  Proof.
    intros kappa0 eps n hk h0 h1 hM hM' hn.
    assert (hM2 : 2 <= M) by (apply (key_count_pos kappa0 eps); lra).
    replace (6 * eps) with (3 / 8 * (16 * eps)) by field.
    apply bayes_risk_ge; [lra | lra | exact hM2 |].
    apply Rnot_lt_le; intro h.
    apply (Rlt_not_le _ _ (D07_necessary kappa0 eps M d (ln class_size) (INR n) hk h0 h1
             (card_pos I FI) hM hM' (eq_sym log_class_size) h)); exact hn.
  Qed.

  (** D18, repaired: for every n up to D07's bound, every learner base-fails with probability at
      least 6 eps at some key. *)
  Theorem D18_base_failure : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) ->
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    INR n <= 1 / 3072 * kappa0 * ln (@class_size I K FI FK) / (eps ^ 2 * (1 + ln (kappa0 / eps))) ->
    exists key : I -> K, 6 * eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros W FW w A kappa0 eps n hw hA hk h0 h1 hM hM' hn.
    pose proof (D15_risk_below_bound kappa0 eps n hk h0 h1 hM hM' hn) as h.
    assert (hM2 : 2 <= M) by (apply (key_count_pos kappa0 eps); lra).
    destruct (D15_some_key W FW w A (16 * eps) n hw hA ltac:(lra) ltac:(lra) hM2) as (key & hkey).
    exists key; lra.
  Qed.
End Risk.
