(** Blind directions, and covers in the sup metric. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.Basics Finite.Space Scalar.Linear Policy.Definitions Policy.Update
  OneRound.Concentration Iteration.Learners Linear.SoftmaxClass Linear.FixedRadius Dimension.Covering.
Import ListNotations.
Open Scope R_scope.

(** * Noise-free regression without the dimension

    A sample on which <u, delta> vanishes says how large E <u, delta>^2 can be, whatever the dimension: at most
    ||u||^2 b^2/sqrt(n eta) with probability 1 - eta for any differences of norm at most b, and at most
    ||u||^2 b^2 log(n/eta)/n when each difference has a single coordinate.  So zero-loss members of the linear
    softmax class of radius R have a loss free of d, without a comparison of norms.

    Serves G10. *)

(** ** The variance of a sample mean *)

Lemma En_sum_square {A : Type} {FA : FiniteType A} (p g : A -> R) n : is_dist p -> E p g = 0 ->
  En n p (fun s => sumL s g) = 0 /\ En n p (fun s => sumL s g ^ 2) = INR n * E p (fun a => g a ^ 2).
Proof.
  intros hp hg. induction n as [|n [ih1 ih2]].
  - split; [reflexivity|]. cbn [En]. rewrite sumL_nil. simpl. lra.
  - split.
    + cbn [En]. rewrite (E_ext p _ g); [exact hg|]. intros a.
      rewrite (En_ext p n _ (fun s => g a + sumL s g)) by (intros; apply sumL_cons).
      rewrite En_plus, ih1, En_const by exact hp. lra.
    + cbn [En]. rewrite (E_ext p _ (fun a => g a ^ 2 + INR n * E p (fun a => g a ^ 2))).
      * rewrite E_plus, E_const by exact hp. rewrite S_INR. lra.
      * intros a. rewrite (En_ext p n _ (fun s => g a ^ 2 + (2 * g a * sumL s g + sumL s g ^ 2)))
          by (intros; rewrite sumL_cons; lra).
        rewrite En_plus, En_plus, En_scal, ih1, ih2, En_const by exact hp. lra.
Qed.

(** Markov for samples. *)
Lemma Prn_markov {A : Type} {FA : FiniteType A} (p : A -> R) n (f : list A -> R) t : is_dist p ->
  (forall s, 0 <= f s) -> 0 < t -> Prn n p (fun s => t <= f s) <= En n p f / t.
Proof.
  intros hp hf ht. unfold Rdiv. rewrite Rmult_comm, <- En_scal. apply En_le; [apply hp|]. intros s _.
  destruct (classic (t <= f s)) as [h|h].
  - rewrite ind_true by exact h. apply (Rmult_le_reg_l t); [exact ht|].
    rewrite <- Rmult_assoc, Rinv_r; lra.
  - rewrite ind_false by exact h. apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, ht|apply hf].
Qed.

Section Regression.
  Context {A Dim : Type} {FA : FiniteType A} {FD : FiniteType Dim}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable delta : A -> Dim -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.

  (** u is orthogonal to every difference of the sample. *)
  Definition blind (u : Dim -> R) (s : list A) : Prop := forall a, In a s -> dot u (delta a) = 0.

  (** ** Any differences *)

  (** E delta_j delta_k. *)
  Definition moment (j k : Dim) : R := E p (fun a => delta a j * delta a k).

  (** sum_{jk} (sample sum of delta_j delta_k - its mean)^2. *)
  Definition scatter (s : list A) : R :=
    Sum (fun j => Sum (fun k => sumL s (fun a => delta a j * delta a k - moment j k) ^ 2)).

  Hypothesis hdelta : forall a, norm (delta a) <= b.

  Lemma scatter_nonneg s : 0 <= scatter s.
  Proof. apply Sum_nonneg; intros j. apply Sum_nonneg; intros k. apply pow2_ge_0. Qed.

  Lemma fourth_norm a : Sum (fun j => Sum (fun k => (delta a j * delta a k) ^ 2)) <= b ^ 4.
  Proof.
    rewrite (Sum_ext _ (fun j => dot (delta a) (delta a) * (delta a j * delta a j))).
    - rewrite Sum_scal. fold (dot (delta a) (delta a)). rewrite <- norm_square.
      assert (h := hdelta a). assert (h0 := norm_nonneg (delta a)).
      assert (h2 : norm (delta a) * norm (delta a) <= b * b) by (apply Rmult_le_compat; lra).
      replace (b ^ 4) with ((b * b) * (b * b)) by lra. apply Rmult_le_compat; nra.
    - intros j. unfold dot. rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. lra.
  Qed.

  Lemma scatter_mean n : En n p scatter <= INR n * b ^ 4.
  Proof.
    unfold scatter, Sum. rewrite En_sum.
    rewrite (sumL_ext enum _ (fun j => sumL enum (fun k => INR n *
      E p (fun a => (delta a j * delta a k - moment j k) ^ 2)))).
    - change (Sum (fun j => Sum (fun k => INR n * E p (fun a => (delta a j * delta a k - moment j k) ^ 2)))
              <= INR n * b ^ 4).
      apply Rle_trans with (Sum (fun j => Sum (fun k => INR n * E p (fun a => (delta a j * delta a k) ^ 2)))).
      + apply Sum_le; intros j. apply Sum_le; intros k. apply Rmult_le_compat_l; [apply pos_INR|].
        rewrite (E_ext p (fun a => (delta a j * delta a k - moment j k) ^ 2)
          (fun a => (delta a j * delta a k) ^ 2 + (- (2 * moment j k) * (delta a j * delta a k) + moment j k ^ 2)))
          by (intros; lra).
        rewrite E_plus, E_plus, E_scal, E_const by exact hp. fold (moment j k).
        assert (h := pow2_ge_0 (moment j k)). lra.
      + rewrite (Sum_ext _ (fun j => INR n * Sum (fun k => E p (fun a => (delta a j * delta a k) ^ 2))))
          by (intros; apply Sum_scal).
        rewrite Sum_scal. apply Rmult_le_compat_l; [apply pos_INR|].
        apply Rle_trans with (E p (fun a => Sum (fun j => Sum (fun k => (delta a j * delta a k) ^ 2)))).
        * right. unfold E.
          rewrite (Sum_ext (fun j => Sum (fun k => Sum (fun a => p a * (delta a j * delta a k) ^ 2)))
            (fun j => Sum (fun a => p a * Sum (fun k => (delta a j * delta a k) ^ 2)))).
          -- rewrite Sum_swap. apply Sum_ext; intros a. apply Sum_scal.
          -- intros j. rewrite Sum_swap. apply Sum_ext; intros a. apply Sum_scal.
        * rewrite <- (E_const p (b ^ 4) hp). apply E_le; [apply hp|]. intros a. apply fourth_norm.
    - intros j _. change (En n p (fun s => sumL enum (fun k =>
        sumL s (fun a => delta a j * delta a k - moment j k) ^ 2)) =
        sumL enum (fun k => INR n * E p (fun a => (delta a j * delta a k - moment j k) ^ 2))).
      rewrite En_sum. apply sumL_ext; intros k _.
      apply En_sum_square; [exact hp|]. rewrite E_minus, E_const by exact hp. unfold moment. lra.
  Qed.

  Lemma dot_square u a : dot u (delta a) ^ 2 = Sum (fun j => Sum (fun k => u j * u k * (delta a j * delta a k))).
  Proof.
    unfold dot. replace (Sum (fun j => u j * delta a j) ^ 2)
      with (Sum (fun j => u j * delta a j) * Sum (fun j => u j * delta a j)) by lra.
    rewrite <- Sum_scal. apply Sum_ext; intros j. rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. lra.
  Qed.

  (** E <u, delta>^2 = u' E[delta delta'] u. *)
  Lemma mean_square u : E p (fun a => dot u (delta a) ^ 2) = Sum (fun j => Sum (fun k => u j * u k * moment j k)).
  Proof.
    unfold E. rewrite (Sum_ext _ (fun a => Sum (fun j => Sum (fun k => u j * u k * (p a * (delta a j * delta a k)))))).
    - rewrite Sum_swap. apply Sum_ext; intros j. rewrite Sum_swap. apply Sum_ext; intros k. apply Sum_scal.
    - intros a. rewrite dot_square, <- Sum_scal. apply Sum_ext; intros j. rewrite <- Sum_scal.
      apply Sum_ext; intros k. lra.
  Qed.

  (** E <u, delta>^2 n <= ||u||^2 sqrt(scatter) on samples that u does not see. *)
  Lemma blind_scatter u s : blind u s ->
    INR (length s) * E p (fun a => dot u (delta a) ^ 2) <= norm u * norm u * sqrt (scatter s).
  Proof.
    intros hu.
    assert (hpop := mean_square u).
    assert (hsam : Sum (fun j => Sum (fun k => u j * u k * sumL s (fun a => delta a j * delta a k))) = 0).
    { transitivity (sumL s (fun a => dot u (delta a) ^ 2)).
      - unfold Sum. rewrite (sumL_ext enum _ (fun j => sumL s (fun a => sumL enum (fun k => u j * u k * (delta a j * delta a k))))).
        + rewrite sumL_swap. apply sumL_ext; intros a _. symmetry. apply dot_square.
        + intros j _. rewrite sumL_swap. apply sumL_ext; intros k _. symmetry. apply sumL_scal.
      - rewrite (sumL_ext s _ (fun _ => 0)); [apply sumL_zero|]. intros a ha. rewrite hu by exact ha. ring. }
    set (g := fun jk : Dim * Dim => u (fst jk) * u (snd jk)).
    set (h := fun jk : Dim * Dim => - sumL s (fun a => delta a (fst jk) * delta a (snd jk) - moment (fst jk) (snd jk))).
    assert (e : INR (length s) * E p (fun a => dot u (delta a) ^ 2) = E (fun _ : Dim * Dim => 1) (fun jk => g jk * h jk)).
    { rewrite hpop. unfold E. rewrite Sum_prod. unfold g, h. simpl fst; simpl snd.
      rewrite <- (Rminus_0_r (INR (length s) * _)), <- hsam, <- Sum_scal, <- Sum_minus.
      apply Sum_ext; intros j. rewrite <- Sum_scal, <- Sum_minus. apply Sum_ext; intros k.
      rewrite (sumL_ext s (fun a => delta a j * delta a k - moment j k)
        (fun a => delta a j * delta a k + (- 1) * moment j k)) by (intros; lra).
      rewrite sumL_plus, sumL_const. lra. }
    rewrite e. eapply Rle_trans; [apply (cauchy_schwarz (fun _ : Dim * Dim => 1) g h); intros; lra|].
    apply Req_le. f_equal.
    - rewrite <- (sqrt_square (norm u * norm u)) by (apply Rmult_le_pos; apply norm_nonneg). f_equal.
      rewrite norm_square. unfold E, g, dot. rewrite Sum_prod, <- Sum_scal. apply Sum_ext; intros j. simpl fst; simpl snd.
      rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. lra.
    - f_equal. unfold E, h, scatter. rewrite Sum_prod. apply Sum_ext; intros j. apply Sum_ext; intros k.
      simpl fst; simpl snd. lra.
  Qed.

  (** G10: with probability 1 - eta every u that vanishes on the sample has
      E <u, delta>^2 <= ||u||^2 b^2/sqrt(n eta), in any dimension. *)
  Theorem G10_blind_directions n eta : (0 < n)%nat -> 0 < eta ->
    1 - eta <= Prn n p (fun s => forall u, blind u s ->
      E p (fun a => dot u (delta a) ^ 2) <= norm u ^ 2 * (b ^ 2 / sqrt (INR n * eta))).
  Proof.
    intros hn he. assert (hN : 0 < INR n) by (apply lt_0_INR, hn).
    set (t := INR n * b ^ 4 / eta). assert (hb4 : 0 < b ^ 4) by (apply pow_lt, hb).
    assert (ht : 0 < t) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
    assert (hm : Prn n p (fun s => t <= scatter s) <= eta).
    { eapply Rle_trans; [apply (Prn_markov p n scatter t hp scatter_nonneg ht)|].
      apply (Rmult_le_reg_r t); [exact ht|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
      eapply Rle_trans; [apply scatter_mean|]. right. unfold t. field. lra. }
    apply Rle_trans with (Prn n p (fun s => ~ t <= scatter s)); [rewrite Prn_not by exact hp; lra|].
    apply Prn_mono; [apply hp|]. intros s hs hlt u hu. apply Rnot_le_lt in hlt.
    assert (k := blind_scatter u s hu). rewrite hs in k.
    assert (hsq : 0 < sqrt (INR n * eta)) by (apply sqrt_lt_R0, Rmult_lt_0_compat; assumption).
    assert (hst : sqrt (scatter s) <= INR n * (b ^ 2 / sqrt (INR n * eta))).
    { apply Rsqr_incr_0_var.
      - unfold Rsqr. rewrite sqrt_sqrt by apply scatter_nonneg.
        replace (INR n * (b ^ 2 / sqrt (INR n * eta)) * (INR n * (b ^ 2 / sqrt (INR n * eta))))
          with (INR n ^ 2 * b ^ 4 / (sqrt (INR n * eta) * sqrt (INR n * eta))) by (field; lra).
        rewrite sqrt_sqrt by (apply Rmult_le_pos; lra).
        replace (INR n ^ 2 * b ^ 4 / (INR n * eta)) with t by (unfold t; field; lra). lra.
      - apply Rmult_le_pos; [lra|]. left. apply Rdiv_lt_0_compat; [apply pow_lt, hb|exact hsq]. }
    apply (Rmult_le_reg_l (INR n)); [exact hN|]. eapply Rle_trans; [exact k|].
    replace (INR n * (norm u ^ 2 * (b ^ 2 / sqrt (INR n * eta))))
      with (norm u * norm u * (INR n * (b ^ 2 / sqrt (INR n * eta)))) by lra.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; apply norm_nonneg|exact hst].
  Qed.
End Regression.

(** ** One coordinate per difference *)

Section OneFeature.
  Context {A Dim : Type} {FA : FiniteType A} {FD : FiniteType Dim}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable delta : A -> Dim -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  (** The only coordinate of a difference. *)
  Variable feature : A -> Dim.
  Hypothesis hfeature : forall a j, j <> feature a -> delta a j = 0.
  Hypothesis hsize : forall a, Rabs (delta a (feature a)) <= b.

  (** The draw shows coordinate j. *)
  Definition shows (j : Dim) (a : A) : Prop := feature a = j /\ delta a j <> 0.

  Definition weight (j : Dim) : R := Pr p (shows j).

  Lemma dot_feature u a : dot u (delta a) = u (feature a) * delta a (feature a).
  Proof.
    unfold dot. rewrite (Sum_ext _ (fun j => ind (j = feature a) * (u j * delta a j))).
    - apply (Sum_pick (fun j => u j * delta a j)).
    - intros j. destruct (classic (j = feature a)) as [->|h]; [rewrite ind_true by reflexivity; lra|].
      rewrite hfeature by exact h. lra.
  Qed.

  Lemma weights_sum : Sum weight <= 1.
  Proof.
    unfold weight, Pr, E. rewrite Sum_swap. destruct hp as [h0 <-]. apply Sum_le; intros a.
    rewrite Sum_scal. rewrite <- (Rmult_1_r (p a)) at 2. apply Rmult_le_compat_l; [apply h0|].
    apply Rle_trans with (Sum (fun j => ind (j = feature a) * 1)); [|rewrite (Sum_pick (fun _ => 1)); lra].
    apply Sum_le; intros j. rewrite Rmult_1_r. apply ind_mono. intros [h _]; auto.
  Qed.

  Lemma weight_range j : 0 <= weight j <= 1.
  Proof. apply Pr_range, hp. Qed.

  Lemma loss_weights u : E p (fun a => dot u (delta a) ^ 2) <= b ^ 2 * Sum (fun j => weight j * u j ^ 2).
  Proof.
    apply Rle_trans with (E p (fun a => b ^ 2 * Sum (fun j => ind (shows j a) * u j ^ 2))).
    - apply E_le; [apply hp|]. intros a. rewrite dot_feature.
      destruct (Req_dec (delta a (feature a)) 0) as [h|h].
      + rewrite h, Rmult_0_r. apply Rle_trans with 0; [simpl; lra|]. apply Rmult_le_pos; [apply pow2_ge_0|].
        apply Sum_nonneg; intros j. apply Rmult_le_pos; [apply ind_nonneg|apply pow2_ge_0].
      + apply Rle_trans with (b ^ 2 * (u (feature a) ^ 2)).
        * rewrite Rpow_mult_distr, Rmult_comm. apply Rmult_le_compat_r; [apply pow2_ge_0|].
          rewrite <- (pow2_abs (delta a (feature a))). apply pow_incr. split; [apply Rabs_pos|apply hsize].
        * apply Rmult_le_compat_l; [apply pow2_ge_0|].
          rewrite <- (Rmult_1_l (u (feature a) ^ 2)), <- (ind_true (shows (feature a) a)) by (split; auto).
          apply (Sum_term_le (fun j => ind (shows j a) * u j ^ 2)).
          intros j. apply Rmult_le_pos; [apply ind_nonneg|apply pow2_ge_0].
    - right. rewrite E_scal. f_equal. unfold E.
      rewrite (Sum_ext _ (fun a => Sum (fun j => p a * (ind (shows j a) * u j ^ 2)))) by (intros; symmetry; apply Sum_scal).
      rewrite Sum_swap. apply Sum_ext; intros j. unfold weight, Pr, E.
      rewrite (Sum_ext _ (fun a => u j ^ 2 * (p a * ind (shows j a)))) by (intros; lra).
      rewrite Sum_scal. lra.
  Qed.

  Lemma blind_shown u s j : blind delta u s -> Exists (shows j) s -> u j = 0.
  Proof.
    intros hu hs. apply Exists_exists in hs as (a & ha & e & hne). specialize (hu a ha).
    rewrite dot_feature, e in hu. apply Rmult_integral in hu as [h|h]; [exact h|contradiction].
  Qed.

  (** G10: with probability 1 - eta every u that vanishes on the sample has
      E <u, delta>^2 <= ||u||^2 b^2 log(n/eta)/n, in any dimension. *)
  Theorem G10_blind_coordinates n eta : (3 <= n)%nat -> 0 < eta <= 1 ->
    1 - eta <= Prn n p (fun s => forall u, blind delta u s ->
      E p (fun a => dot u (delta a) ^ 2) <= norm u ^ 2 * (b ^ 2 * (ln (INR n / eta) / INR n))).
  Proof.
    intros hn he. assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; lra); apply le_INR, hn).
    set (t := ln (INR n / eta) / INR n).
    assert (hq : 3 <= INR n / eta).
    { apply (Rmult_le_reg_r eta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
    assert (hln : 1 <= ln (INR n / eta)).
    { rewrite <- (ln_exp 1). apply ln_le_mono; [apply exp_pos|]. apply Rle_trans with 3; [apply exp_le_3|exact hq]. }
    assert (ht : 0 < t) by (apply Rdiv_lt_0_compat; lra).
    set (heavy := fun j => t < weight j).
    assert (hcount : Sum (fun j => ind (heavy j)) <= / t).
    { apply (Rmult_le_reg_l t); [exact ht|]. rewrite Rinv_r, <- Sum_scal by lra.
      eapply Rle_trans; [|apply weights_sum]. apply Sum_le; intros j.
      destruct (classic (heavy j)) as [h|h]; [rewrite ind_true by exact h; unfold heavy in h; lra|].
      rewrite ind_false by exact h. rewrite Rmult_0_r. apply weight_range. }
    assert (hmiss : Prn n p (fun s => exists j, heavy j /\ Forall (fun a => ~ shows j a) s) <= eta).
    { eapply Rle_trans; [apply (Prn_exists p n (fun j s => heavy j /\ Forall (fun a => ~ shows j a) s)); apply hp|].
      apply Rle_trans with (Sum (fun j => ind (heavy j) * (eta / INR n))).
      - apply Sum_le; intros j. destruct (classic (heavy j)) as [h|h].
        + rewrite ind_true, Rmult_1_l by exact h.
          apply Rle_trans with (Prn n p (fun s => Forall (fun a => ~ shows j a) s)).
          { apply Prn_mono; [apply hp|]. intros s _ [_ k]; exact k. }
          rewrite (Prn_forall p n (fun a => ~ shows j a)), Pr_not by exact hp. fold (weight j).
          apply Rle_trans with (exp (- t) ^ n).
          * apply pow_incr. assert (k := weight_range j). split; [lra|].
            assert (k2 := exp_ge_1_plus (- t)). unfold heavy in h. lra.
          * right. rewrite <- Rpower_pow by apply exp_pos. unfold Rpower. rewrite ln_exp.
            replace (INR n * - t) with (- ln (INR n / eta)) by (unfold t; field; lra).
            rewrite exp_Ropp, exp_ln by lra. field. lra.
        + rewrite (ind_false (heavy j)) by exact h. rewrite Rmult_0_l. unfold Prn.
          rewrite (En_ext p n _ (fun _ => 0)); [right; apply En_const, hp|]. intros s _. apply ind_false. tauto.
      - rewrite (Sum_ext _ (fun j => eta / INR n * ind (heavy j))) by (intros; lra). rewrite Sum_scal.
        apply Rle_trans with (eta / INR n * / t).
        + apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|exact hcount].
        + unfold t. replace (eta / INR n * / (ln (INR n / eta) / INR n)) with (eta * / ln (INR n / eta)) by (field; lra).
          apply Rle_trans with (eta * 1); [|lra]. apply Rmult_le_compat_l; [lra|].
          rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
    apply Rle_trans with (Prn n p (fun s => ~ exists j, heavy j /\ Forall (fun a => ~ shows j a) s)).
    { rewrite Prn_not by exact hp. lra. }
    apply Prn_mono; [apply hp|]. intros s _ hs u hu.
    eapply Rle_trans; [apply loss_weights|].
    replace (norm u ^ 2 * (b ^ 2 * t)) with (b ^ 2 * (t * (norm u * norm u))) by lra.
    apply Rmult_le_compat_l; [apply pow2_ge_0|].
    rewrite norm_square. unfold dot. rewrite <- Sum_scal. apply Sum_le; intros j.
    replace (u j * u j) with (u j ^ 2) by ring.
    destruct (classic (heavy j)) as [h|h].
    - assert (hj : u j = 0).
      { apply (blind_shown u s j hu). apply NNPP. intros hno. apply hs. exists j. split; [exact h|].
        apply Forall_forall. intros a ha hsh. apply hno, Exists_exists. exists a. auto. }
      rewrite hj. simpl. lra.
    - unfold heavy in h. apply Rmult_le_compat_r; [apply pow2_ge_0|lra].
  Qed.
End OneFeature.

(** * Two metrics on linear softmax policies

    One feature per prompt, phi(x_i, 1) = e_i, phi(x_i, 2) = 0: a net in the sup log-ratio metric has at least
    2^d members as soon as R > 2 sqrt d eps, while the effective dimension of Sigma stays below
    log(1/lambda) + 3 whatever d is, when the prompts have weights proportional to e^-i.  Under A-NORM a cover in
    the Sigma^{1/2} metric is one in the sup metric of the feature differences, but its constant satisfies
    kappa_phi^2 >= rank Sigma; for the zero-loss members of the class the loss is free of d without it.

    Serves G10. *)

(** ** The constant of the norm comparison *)

Section NormComparison.
  Context {A Dim : Type} {FA : FiniteType A} {FD : FiniteType Dim}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable delta : A -> Dim -> R.

  (** Sigma = E delta delta'. *)
  Definition second_moment : Dim -> Dim -> R := fun j k => E p (fun a => delta a j * delta a k).

  (** A-NORM: |<theta, delta>| <= kappa ||Sigma^{1/2} theta|| for every theta and every difference. *)
  Definition norm_comparison (kappa : R) : Prop :=
    forall theta a, Rabs (dot theta (delta a)) <= kappa * sqrt (quadratic second_moment theta).

  Lemma quadratic_second_moment theta : quadratic second_moment theta = E p (fun a => dot theta (delta a) ^ 2).
  Proof.
    rewrite (mean_square p delta theta). unfold quadratic. apply Sum_ext; intros j. apply Sum_ext; intros k.
    change (moment p delta j k) with (second_moment j k). lra.
  Qed.

  (** G10: kappa_phi^2 >= rank Sigma, for every law of the differences: never free of the dimension. *)
  Theorem G10_norm_constant e lam kappa : spectral second_moment e lam -> 0 <= kappa -> norm_comparison kappa ->
    rank_of lam <= kappa ^ 2.
  Proof.
    intros hsp hk hc. assert (hsp' := hsp). destruct hsp' as (he & hl & hs).
    set (w := fun i => ind (0 < lam i) / lam i).
    assert (hw : forall i, lam i * w i ^ 2 = w i /\ lam i * w i = ind (0 < lam i) /\ 0 <= w i).
    { intros i. unfold w. destruct (hl i) as [h|h].
      - rewrite ind_true by exact h. split; [field; lra|]. split; [field; lra|].
        left. apply Rdiv_lt_0_compat; lra.
      - rewrite <- h, ind_false by lra. unfold Rdiv. rewrite Rmult_0_l. simpl. repeat split; lra. }
    set (f := fun a i => w i * dot (delta a) (e i)).
    set (g := fun a => Sum (fun i => w i * dot (delta a) (e i) ^ 2)).
    assert (hg : forall a, g a <= kappa ^ 2).
    { intros a. set (th := combination e (f a)).
      assert (coord : forall i, dot th (e i) = f a i) by (intros i; apply combination_dot, he).
      assert (h1 : dot th (delta a) = g a).
      { rewrite (basis_dot e _ _ he). apply Sum_ext; intros i. rewrite coord. unfold f. lra. }
      assert (h2 : quadratic second_moment th = g a).
      { rewrite (quadratic_spectral second_moment e lam th hsp). apply Sum_ext; intros i. rewrite coord. unfold f.
        destruct (hw i) as [h _]. replace (lam i * (w i * dot (delta a) (e i)) ^ 2)
          with ((lam i * w i ^ 2) * dot (delta a) (e i) ^ 2) by lra. rewrite h. reflexivity. }
      assert (h0 : 0 <= g a).
      { apply Sum_nonneg; intros i. apply Rmult_le_pos; [apply hw|apply pow2_ge_0]. }
      specialize (hc th a). rewrite h1, h2 in hc. rewrite Rabs_right in hc by lra.
      assert (hsq := sqrt_sqrt (g a) h0). assert (hs0 := sqrt_pos (g a)).
      destruct hs0 as [hs0|hs0].
      - assert (sqrt (g a) <= kappa).
        { apply (Rmult_le_reg_r (sqrt (g a))); [exact hs0|]. rewrite hsq. exact hc. }
        nra.
      - rewrite <- hs0 in hsq. nra. }
    apply Rle_trans with (E p g); [right|rewrite <- (E_const p (kappa ^ 2) hp); apply E_le; [apply hp|exact hg]].
    unfold rank_of, g, E.
    rewrite (Sum_ext (fun a => p a * Sum (fun i => w i * dot (delta a) (e i) ^ 2))
      (fun a => Sum (fun i => w i * (p a * dot (delta a) (e i) ^ 2)))).
    - rewrite Sum_swap. apply Sum_ext; intros i. rewrite Sum_scal.
      destruct (hw i) as (_ & h & _). rewrite <- h, Rmult_comm. f_equal.
      assert (q := quadratic_second_moment (e i)). unfold E in q.
      rewrite (Sum_ext (fun a => p a * dot (delta a) (e i) ^ 2) (fun a => p a * dot (e i) (delta a) ^ 2))
        by (intros a; rewrite dot_comm; reflexivity).
      rewrite <- q, (quadratic_spectral second_moment e lam (e i) hsp).
      rewrite (Sum_ext _ (fun j => ind (j = i) * lam j)); [symmetry; apply Sum_pick|].
      intros j. rewrite (proj1 he). rewrite (ind_iff (i = j) (j = i)) by (split; auto).
      replace (ind (j = i) ^ 2) with (ind (j = i) * ind (j = i)) by lra. rewrite ind_idem. lra.
    - intros a. rewrite <- Sum_scal. apply Sum_ext; intros i. lra.
  Qed.

  (** delta' Sigma^+ delta, in coordinates. *)
  Definition leverage (e : Dim -> Dim -> R) (lam : Dim -> R) (a : A) : R :=
    Sum (fun i => ind (0 < lam i) / lam i * dot (delta a) (e i) ^ 2).

  (** G10: where every difference has positive probability, A-NORM holds with kappa exactly if
      kappa^2 >= max delta' Sigma^+ delta: the best constant is that maximum, and there always is one. *)
  Theorem G10_norm_constant_exact e lam kappa : spectral second_moment e lam -> (forall a, 0 < p a) -> 0 <= kappa ->
    norm_comparison kappa <-> forall a, leverage e lam a <= kappa ^ 2.
  Proof.
    intros hsp hfull hk. assert (hsp' := hsp). destruct hsp' as (he & hl & hs).
    set (w := fun i => ind (0 < lam i) / lam i).
    assert (hw : forall i, lam i * w i ^ 2 = w i /\ 0 <= w i).
    { intros i. unfold w. destruct (hl i) as [h|h].
      - rewrite ind_true by exact h. split; [field; lra|]. left. apply Rdiv_lt_0_compat; lra.
      - rewrite <- h, ind_false by lra. unfold Rdiv. rewrite Rmult_0_l. simpl. split; lra. }
    assert (hlev : forall a, 0 <= leverage e lam a).
    { intros a. apply Sum_nonneg; intros i. apply Rmult_le_pos; [apply hw|apply pow2_ge_0]. }
    split.
    - intros hc a. set (th := combination e (fun i => w i * dot (delta a) (e i))).
      assert (coord : forall i, dot th (e i) = w i * dot (delta a) (e i))
        by (intros i; exact (combination_dot e (fun i => w i * dot (delta a) (e i)) i he)).
      assert (h1 : dot th (delta a) = leverage e lam a).
      { rewrite (basis_dot e _ _ he). apply Sum_ext; intros i. rewrite coord. unfold w. lra. }
      assert (h2 : quadratic second_moment th = leverage e lam a).
      { rewrite (quadratic_spectral second_moment e lam th hsp). apply Sum_ext; intros i. rewrite coord.
        destruct (hw i) as [h _]. replace (lam i * (w i * dot (delta a) (e i)) ^ 2)
          with ((lam i * w i ^ 2) * dot (delta a) (e i) ^ 2) by lra. rewrite h. reflexivity. }
      specialize (hc th a). assert (h0 := hlev a). rewrite h1, h2, Rabs_right in hc by lra.
      assert (hsq := sqrt_sqrt _ h0). assert (hs0 := sqrt_pos (leverage e lam a)).
      set (r := sqrt (leverage e lam a)) in *. destruct hs0 as [hs0|hs0].
      + assert (r <= kappa) by (apply (Rmult_le_reg_r r); [exact hs0|lra]). nra.
      + rewrite <- hs0 in hsq. nra.
    - intros hb th a.
      assert (hnull : forall i, lam i = 0 -> dot (delta a) (e i) = 0).
      { intros i h0. assert (q := quadratic_second_moment (e i)).
        rewrite (quadratic_spectral second_moment e lam (e i) hsp) in q.
        rewrite (Sum_ext _ (fun j => ind (j = i) * (lam j * dot (e i) (e j) ^ 2))) in q.
        - rewrite (Sum_pick (fun j => lam j * dot (e i) (e j) ^ 2)), h0, Rmult_0_l in q.
          assert (k := Sum_zero_all (fun a => p a * dot (e i) (delta a) ^ 2)
            ltac:(intros b; apply Rmult_le_pos; [left; apply hfull|apply pow2_ge_0]) (eq_sym q) a).
          cbv beta in k. specialize (hfull a). rewrite dot_comm.
          apply Rmult_integral in k as [k|k]; [lra|nra].
        - intros j. rewrite (proj1 he i j). destruct (classic (j = i)) as [->|hne]; [rewrite !ind_true by reflexivity; lra|].
          rewrite (ind_false (i = j)), (ind_false (j = i)) by congruence. lra. }
      assert (hcs := cauchy_schwarz (fun _ : Dim => 1) (fun i => sqrt (lam i) * dot th (e i))
        (fun i => sqrt (w i) * dot (delta a) (e i)) ltac:(intros; lra)).
      assert (hcs' := cauchy_schwarz (fun _ : Dim => 1) (fun i => - (sqrt (lam i) * dot th (e i)))
        (fun i => sqrt (w i) * dot (delta a) (e i)) ltac:(intros; lra)).
      assert (e1 : E (fun _ : Dim => 1) (fun i => sqrt (lam i) * dot th (e i) * (sqrt (w i) * dot (delta a) (e i))) =
                   dot th (delta a)).
      { rewrite (basis_dot e th (delta a) he). apply Sum_ext; intros i. cbv beta. destruct (hl i) as [h|h].
        - assert (hwi : sqrt (lam i) * sqrt (w i) = 1).
          { rewrite <- sqrt_mult_alt by (left; exact h). unfold w. rewrite ind_true by exact h.
            replace (lam i * (1 / lam i)) with 1 by (field; lra). apply sqrt_1. }
          replace (1 * (sqrt (lam i) * dot th (e i) * (sqrt (w i) * dot (delta a) (e i))))
            with (dot th (e i) * dot (delta a) (e i) * (sqrt (lam i) * sqrt (w i))) by lra.
          rewrite hwi. lra.
        - rewrite (hnull i (eq_sym h)). lra. }
      assert (e2 : forall f : Dim -> R, (f = (fun i => sqrt (lam i) * dot th (e i)) \/
                     f = (fun i => - (sqrt (lam i) * dot th (e i)))) ->
                   E (fun _ : Dim => 1) (fun i => f i ^ 2) = quadratic second_moment th).
      { intros f hf. rewrite (quadratic_spectral second_moment e lam th hsp). apply Sum_ext; intros i.
        assert (k : sqrt (lam i) * sqrt (lam i) = lam i) by (apply sqrt_sqrt, hl).
        rewrite <- k at 1. destruct hf as [-> | ->]; lra. }
      assert (e3 : E (fun _ : Dim => 1) (fun i => (sqrt (w i) * dot (delta a) (e i)) ^ 2) = leverage e lam a).
      { apply Sum_ext; intros i. fold (w i). assert (k : sqrt (w i) * sqrt (w i) = w i) by (apply sqrt_sqrt, hw).
        rewrite <- k at 2. lra. }
      cbv beta in hcs, hcs'. rewrite e1, e3, (e2 _ (or_introl eq_refl)) in hcs.
      rewrite (E_ext (fun _ : Dim => 1) (fun i => - (sqrt (lam i) * dot th (e i)) * (sqrt (w i) * dot (delta a) (e i)))
        (fun i => (-1) * (sqrt (lam i) * dot th (e i) * (sqrt (w i) * dot (delta a) (e i))))) in hcs' by (intros; lra).
      rewrite E_scal, e1, e3, (e2 _ (or_intror eq_refl)) in hcs'.
      assert (hroot : sqrt (leverage e lam a) <= kappa).
      { apply Rsqr_incr_0_var; [|exact hk]. unfold Rsqr. rewrite sqrt_sqrt by apply hlev. specialize (hb a). lra. }
      assert (hq := sqrt_pos (quadratic second_moment th)).
      assert (hfin : sqrt (quadratic second_moment th) * sqrt (leverage e lam a) <=
                     kappa * sqrt (quadratic second_moment th)) by (rewrite Rmult_comm; apply Rmult_le_compat_r; lra).
      apply Rabs_le. lra.
  Qed.

  (** G10 under A-NORM: a cover of the ball in the sup metric of the differences, of log-size at most
      2 d_l log+(5 kappa R sqrt lambda_1/eps) at l = eps^2/(4 kappa^2 R^2). *)
  Theorem G10_cover_under_norm_comparison e lam kappa radius eps d : spectral second_moment e lam ->
    0 < kappa -> norm_comparison kappa -> 0 < radius -> 0 < eps ->
    is_effective_dimension second_moment ((eps / kappa) ^ 2 / (4 * radius ^ 2)) d ->
    exists (m : nat) (c : upto m -> Dim -> R),
      (forall i, norm (c i) <= radius) /\
      (forall theta, norm theta <= radius -> exists i, forall a, Rabs (dot (fun k => theta k - c i k) (delta a)) <= eps) /\
      ln (card (upto m)) <= 2 * d * Rmax 0 (ln (5 * radius * sqrt (Max lam) / (eps / kappa))).
  Proof.
    intros hsp hk hc hr he hd.
    assert (hek : 0 < eps / kappa) by (apply Rdiv_lt_0_compat; assumption).
    destruct (G06_effective_dimension second_moment e lam radius (eps / kappa) d hsp hr hek hd) as (m & c & h1 & h2 & h3).
    exists m, c. split; [exact h1|]. split; [|exact h3].
    intros theta ht. destruct (h2 theta ht) as (i & hi). exists i. intros a.
    eapply Rle_trans; [apply hc|]. apply Rle_trans with (kappa * (eps / kappa)); [|right; field; lra].
    apply Rmult_le_compat_l; [lra|]. apply Rsqr_incr_0_var; [|lra]. unfold Rsqr.
    rewrite sqrt_sqrt by apply (quadratic_nonneg second_moment e lam _ hsp). simpl in hi. lra.
  Qed.
End NormComparison.

(** ** One feature per prompt *)

Section OneFeaturePerPrompt.
  Context {Dim : Type} {FD : FiniteType Dim}.

  (** phi(x_i, 1) = e_i and phi(x_i, 2) = 0; the prompts are the coordinates. *)
  Definition prompt_feature (x : Dim) (y : bool) : Dim -> R := fun j => if y then ind (j = x) else 0.

  Lemma dot_prompt_feature theta x : dot theta (prompt_feature x true) = theta x.
  Proof. unfold dot, prompt_feature. apply pick_right. Qed.

  Lemma dot_prompt_none theta x : dot theta (prompt_feature x false) = 0.
  Proof. unfold dot, prompt_feature. rewrite (Sum_ext _ (fun _ => 0)) by (intros; lra). apply Sum_zero. Qed.

  Lemma log_odds theta x :
    ln (softmax prompt_feature theta x true) - ln (softmax prompt_feature theta x false) = theta x.
  Proof. rewrite !ln_softmax, dot_prompt_feature, dot_prompt_none. lra. Qed.

  (** A net of the class in the sup log-ratio metric; its members may be any positive functions. *)
  Definition log_ratio_net (radius eps : R) {J : Type} (q : J -> Dim -> bool -> R) : Prop :=
    forall theta, norm theta <= radius -> exists j, forall x y,
      Rabs (ln (softmax prompt_feature theta x y) - ln (q j x y)) <= eps.

  (** Two parameters served by one member agree up to 4 eps in every coordinate. *)
  Lemma served_together theta theta' (q : Dim -> bool -> R) eps :
    (forall x y, Rabs (ln (softmax prompt_feature theta x y) - ln (q x y)) <= eps) ->
    (forall x y, Rabs (ln (softmax prompt_feature theta' x y) - ln (q x y)) <= eps) ->
    forall x, Rabs (theta x - theta' x) <= 4 * eps.
  Proof.
    intros h h' x. rewrite <- (log_odds theta x), <- (log_odds theta' x).
    assert (k1 := h x true). assert (k2 := h x false). assert (k3 := h' x true). assert (k4 := h' x false).
    apply Rabs_le_between in k1. apply Rabs_le_between in k2. apply Rabs_le_between in k3.
    apply Rabs_le_between in k4. apply Rabs_le. lra.
  Qed.
End OneFeaturePerPrompt.

(** Sign vectors over d = T + 1 coordinates. *)
Fixpoint bit (k : nat) : word bool k -> nat -> bool :=
  match k with
  | O => fun _ _ => false
  | S k' => fun w i => match i with O => fst w | S i' => bit k' (snd w) i' end
  end.

Lemma bits_determine k (w w' : word bool k) : (forall i, (i < k)%nat -> bit k w i = bit k w' i) -> w = w'.
Proof.
  induction k as [|k ih]; intros h; [destruct w, w'; reflexivity|].
  destruct w as [b w], w' as [b' w']. f_equal.
  - exact (h O ltac:(lia)).
  - apply ih. intros i hi. exact (h (S i) ltac:(lia)).
Qed.

(** G10: in d dimensions every net in the sup log-ratio metric has at least 2^d members once R > 2 sqrt d eps. *)
Theorem G10_sup_entropy : forall (T : nat) (radius eps : R), 0 < eps -> 2 * sqrt (INR (S T)) * eps < radius ->
  forall (J : Type) (FJ : FiniteType J) (q : J -> upto T -> bool -> R), log_ratio_net radius eps q ->
    INR (S T) * ln 2 <= ln (card J).
Proof.
  intros T radius eps he hr J FJ q hq.
  assert (hd : 1 <= INR (S T)) by (change 1 with (INR 1); apply le_INR; lia).
  assert (hs : 1 <= sqrt (INR (S T))) by (apply le_sqrt_of_sq; lra).
  assert (hss : sqrt (INR (S T)) * sqrt (INR (S T)) = INR (S T)) by (apply sqrt_sqrt; lra).
  set (h := radius / sqrt (INR (S T))).
  assert (hh : 2 * eps < h) by (apply lt_div; lra).
  set (theta := fun (w : word bool (S T)) (j : upto T) => if bit (S T) w (rank T j) then h else - h).
  assert (hnorm : forall w, norm (theta w) <= radius).
  { intros w. apply Rsqr_incr_0_var; [|nra]. unfold Rsqr. rewrite norm_square. unfold dot.
    rewrite (Sum_ext _ (fun _ => h * h)).
    - rewrite Sum_const, card_upto. right. unfold h. rewrite <- hss at 1. field. lra.
    - intros j. unfold theta. destruct (bit (S T) w (rank T j)); ring. }
  assert (hcard : card (word bool (S T)) (F := FiniteType_word bool (S T)) = 2 ^ S T).
  { rewrite card_word. replace (card bool) with 2; [reflexivity|]. unfold card. simpl. lra. }
  assert (hle : 2 ^ S T <= card J).
  { rewrite <- hcard.
    apply (separated_count (FA := FiniteType_word bool (S T)) (fun w j => forall x y,
      Rabs (ln (softmax prompt_feature (theta w) x y) - ln (q j x y)) <= eps)).
    - intros w. apply hq, hnorm.
    - intros j w w' hw hw'. apply bits_determine. intros i hi.
      assert (k := served_together (theta w) (theta w') (q j) eps hw hw' (nth_index T i)).
      unfold theta in k. rewrite rank_nth in k by lia.
      destruct (bit (S T) w i), (bit (S T) w' i); try reflexivity; exfalso; apply Rabs_le_between in k; lra. }
  apply ln_le_mono in hle; [|apply pow_lt; lra]. rewrite ln_pow in hle by lra. exact hle.
Qed.

(** ** Its spectrum *)

(** Prompt weights proportional to e^-i. *)
Definition decaying_prompts (T : nat) (x : upto T) : R := decay (rank T x) / partial_sum decay (S T).

Lemma decay_sum_ge T : exp (-1) <= partial_sum decay (S T).
Proof.
  rewrite partial_sum_first. assert (h : 0 <= partial_sum (fun i => decay (S i)) T).
  { apply Rle_trans with (partial_sum (fun _ => 0) T); [rewrite partial_sum_const; lra|].
    apply partial_sum_le. intros i _. apply decay_nonneg. }
  unfold decay at 1. simpl INR. replace (- (1)) with (-1) by lra. lra.
Qed.

Lemma decaying_prompts_dist T : is_dist (decaying_prompts T).
Proof.
  assert (h := decay_sum_ge T). assert (h0 := exp_pos (-1)). split.
  - intros x. unfold decaying_prompts. apply Rmult_le_pos; [apply decay_nonneg|].
    left. apply Rinv_0_lt_compat. lra.
  - unfold decaying_prompts. rewrite (Sum_ext _ (fun x => / partial_sum decay (S T) * decay (rank T x)))
      by (intros; unfold Rdiv; lra).
    rewrite Sum_scal, Sum_rank. apply Rinv_l. lra.
Qed.

(** The uniform base policy on two responses. *)
Definition even_policy {X : Type} : policy X bool := fun _ _ => 1 / 2.

Lemma even_policy_policy {X : Type} : is_policy (X := X) even_policy.
Proof. intros x. split; [intros; unfold even_policy; lra|unfold Sum, sumL, even_policy; simpl; lra]. Qed.

(** Sigma of the example is diagonal, with half the weights as eigenvalues. *)
Lemma example_moment T j k :
  second_moment (coupled (decaying_prompts T) even_policy even_policy) (feature_difference prompt_feature) j k =
  diagonal (fun i => decaying_prompts T i / 2) j k.
Proof.
  unfold second_moment.
  transitivity (E2 (decaying_prompts T) even_policy even_policy (fun x y y' =>
    feature_difference prompt_feature (x, y, y') j * feature_difference prompt_feature (x, y, y') k)).
  - rewrite E2_coupled. apply E_ext; intros [[x y] y']. reflexivity.
  - unfold E2, E, even_policy.
    rewrite (Sum_ext _ (fun x => ind (x = j) * (decaying_prompts T x / 2 * ind (x = k)))).
    + rewrite (Sum_pick (fun x => decaying_prompts T x / 2 * ind (x = k))). reflexivity.
    + intros x. unfold Sum, sumL, feature_difference, prompt_feature. simpl.
      rewrite (ind_iff (j = x) (x = j)), (ind_iff (k = x) (x = k)) by (split; auto).
      lra.
Qed.

Lemma pairs_of_example T : is_dist (coupled (decaying_prompts T) even_policy even_policy).
Proof.
  apply coupled_dist; [apply decaying_prompts_dist| |]; intros x; apply is_full_dist, even_policy_policy.
Qed.

Lemma example_spectral T :
  spectral (second_moment (coupled (decaying_prompts T) even_policy even_policy)
    (feature_difference prompt_feature)) identity (fun i => decaying_prompts T i / 2).
Proof.
  assert (hpos : forall i, 0 <= decaying_prompts T i / 2).
  { intros i. assert (h := proj1 (decaying_prompts_dist T) i). lra. }
  destruct (diagonal_spectral (fun i => decaying_prompts T i / 2) hpos) as (h1 & h2 & h3).
  split; [exact h1|]. split; [exact h2|]. intros j k. rewrite <- h3. apply example_moment.
Qed.

(** A-NORM can be met, and in d = T + 1 dimensions its constant is at least d. *)
Theorem G10_norm_comparison_instance : forall T : nat, exists kappa, 0 < kappa /\
  norm_comparison (coupled (decaying_prompts T) even_policy even_policy)
    (feature_difference prompt_feature) kappa /\
  INR (S T) <= kappa ^ 2.
Proof.
  intros T. set (lam := fun i : upto T => decaying_prompts T i / 2).
  assert (hsp := example_spectral T). fold lam in hsp.
  assert (hpos : forall i, 0 < lam i).
  { intros i. unfold lam, decaying_prompts, Rdiv. assert (hZ := decay_sum_ge T). assert (h0 := exp_pos (-1)).
    apply Rmult_lt_0_compat; [|lra]. apply Rmult_lt_0_compat; [apply exp_pos|apply Rinv_0_lt_compat; lra]. }
  assert (hroot : forall i, 0 < sqrt (lam i)) by (intros i; apply sqrt_lt_R0, hpos).
  set (kappa := Sum (fun i => / sqrt (lam i))).
  assert (hk : 0 < kappa) by (apply Sum_pos; intros i; apply Rinv_0_lt_compat, hroot).
  assert (hnc : norm_comparison (coupled (decaying_prompts T) even_policy even_policy)
    (feature_difference prompt_feature) kappa).
  { intros th [[x y] y'].
    assert (hd : Rabs (dot th (feature_difference prompt_feature (x, y, y'))) <= Rabs (th x)).
    { rewrite dot_difference. assert (h0 := Rabs_pos (th x)).
      destruct y, y'; rewrite ?dot_prompt_feature, ?dot_prompt_none.
      - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. exact h0.
      - rewrite Rminus_0_r. lra.
      - unfold Rminus. rewrite Rplus_0_l, Rabs_Ropp. lra.
      - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. exact h0. }
    eapply Rle_trans; [exact hd|].
    rewrite (quadratic_spectral _ identity lam th hsp).
    assert (hx : sqrt (lam x) * Rabs (th x) <= sqrt (Sum (fun i => lam i * dot th (identity i) ^ 2))).
    { rewrite <- sqrt_Rsqr_abs, <- sqrt_mult_alt by (left; apply hpos). apply sqrt_le_1_alt. unfold Rsqr.
      replace (lam x * (th x * th x)) with (lam x * dot th (identity x) ^ 2).
      - apply (Sum_term_le (fun i => lam i * dot th (identity i) ^ 2)).
        intros i. apply Rmult_le_pos; [left; apply hpos|apply pow2_ge_0].
      - unfold dot, identity. rewrite (Sum_ext _ (fun j => th j * ind (j = x))).
        + rewrite pick_right. lra.
        + intros j. f_equal. apply ind_iff. split; auto. }
    assert (hkx : / sqrt (lam x) <= kappa).
    { apply (Sum_term_le (fun i => / sqrt (lam i))). intros i. left. apply Rinv_0_lt_compat, hroot. }
    apply Rle_trans with (/ sqrt (lam x) * (sqrt (lam x) * Rabs (th x))).
    - right. specialize (hroot x). field. lra.
    - apply Rmult_le_compat; [left; apply Rinv_0_lt_compat, hroot| |exact hkx|exact hx].
      apply Rmult_le_pos; [apply sqrt_pos|apply Rabs_pos]. }
  exists kappa. split; [exact hk|]. split; [exact hnc|].
  assert (h := G10_norm_constant (coupled (decaying_prompts T) even_policy even_policy)
    (pairs_of_example T) (feature_difference prompt_feature) identity lam kappa hsp ltac:(lra) hnc).
  eapply Rle_trans; [right|exact h]. unfold rank_of.
  rewrite (Sum_ext _ (fun _ => 1)) by (intros i; apply ind_true, hpos). rewrite Sum_const, card_upto. lra.
Qed.

(** G10: d_l <= log(1/l) + 3 whatever d is, so no bound in d_l can replace the entropy of the sup metric. *)
Theorem G10_small_dimension : forall (T : nat) (l d : R), 0 < l -> l <= 1 ->
  is_effective_dimension (second_moment (coupled (decaying_prompts T) even_policy even_policy)
    (feature_difference prompt_feature)) l d ->
  d <= ln (1 / l) + 3.
Proof.
  intros T l d hl hl1 hd.
  set (lam := fun i : upto T => decaying_prompts T i / 2).
  assert (hsp := example_spectral T). fold lam in hsp.
  apply (G01_effective_dimension _ identity lam l d hsp hl) in hd. subst d.
  set (Z := partial_sum decay (S T)). assert (hZ := decay_sum_ge T). fold Z in hZ. assert (h0 := exp_pos (-1)).
  set (mu := fun i => decay i / Z / 2).
  assert (e : Sum (fun i => lam i / (lam i + l)) = effective_dimension mu l (S T)).
  { exact (Sum_rank T (fun i => mu i / (mu i + l))). }
  rewrite e.
  assert (he := exp_1_gt_2). assert (em : exp (-1) * exp 1 = 1).
  { rewrite <- exp_plus. replace (-1 + 1) with 0 by ring. apply exp_0. }
  assert (he3 := exp_le_3).
  assert (hmu : forall i, mu i <= 3 / 2 * exp (- (1 * INR (S i)))).
  { intros i. unfold mu. rewrite Rmult_1_l. change (exp (- INR (S i))) with (decay i).
    assert (hi := decay_nonneg i).
    apply Rle_trans with (decay i * (3 / 2)); [|lra]. unfold Rdiv. rewrite Rmult_assoc.
    apply Rmult_le_compat_l; [exact hi|]. apply Rmult_le_compat_r; [lra|].
    apply (Rmult_le_reg_r Z); [lra|]. rewrite Rinv_l by lra. nra. }
  assert (hmu0 : forall i, 0 <= mu i).
  { intros i. unfold mu. assert (hi := decay_nonneg i).
    apply Rmult_le_pos; [|lra]. apply Rmult_le_pos; [exact hi|left; apply Rinv_0_lt_compat; lra]. }
  assert (hq : 1 <= 3 / 2 / l) by (apply le_div; lra).
  assert (hl0 : 0 <= ln (3 / 2 / l)) by (apply ln_nonneg, hq).
  destruct (nfloor_ex _ hl0) as (k & hk & hk').
  apply Rle_trans with (effective_dimension mu l (S k + S T)).
  - unfold effective_dimension. rewrite Nat.add_comm, partial_sum_split.
    assert (0 <= range_sum (fun i => mu i / (mu i + l)) (S T) (S k)); [|lra].
    apply (proj1 (G01_rank (fun i => mu (S T + i)%nat) l (S k) hl (fun i => hmu0 _))).
  - eapply Rle_trans; [apply (G03_exponential mu (3 / 2) 1 l (S k) (S T)); try lra; try assumption|].
    + unfold Rdiv at 1. rewrite Rinv_1, Rmult_1_r, S_INR. lra.
    + assert (hlog : ln (3 / 2 / l) = ln (3 / 2) + ln (1 / l)).
      { rewrite <- ln_mult by (try apply Rdiv_lt_0_compat; lra). f_equal. field. lra. }
      assert (h32 : ln (3 / 2) <= 1 / 2) by (assert (h := ln_le_sub_1 (3 / 2) ltac:(lra)); lra).
      assert (1 / (exp 1 - 1) <= 1) by (apply div_le; lra).
      rewrite S_INR. lra.
Qed.

(** ** The loss of zero-loss members, without A-NORM *)

Section ZeroLossMembers.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable phi : X -> Y -> Dim -> R.
  Variables beta radius Bphi : R.
  Hypothesis hbeta : 0 < beta.
  Hypothesis hBphi : 0 < Bphi.
  Hypothesis hphi : forall x y, norm (phi x y) <= Bphi.
  (** The base policy; A-REAL: its exact update has a parameter in the ball. *)
  Variable theta_t : Dim -> R.
  Hypothesis hreal : norm (scale (1 + 1 / beta) theta_t) <= radius.

  Local Notation base := (softmax phi theta_t).
  Local Notation loss := (pair_loss beta base (fun theta : Dim -> R => softmax phi theta)).

  Lemma residual_norm theta : norm theta <= radius -> norm (residual beta theta theta_t) <= 2 * beta * radius.
  Proof.
    intros h. assert (hb : 0 < 1 + 1 / beta) by (assert (0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra); lra).
    assert (k := norm_triangle (scale beta theta) (fun j => - (scale beta (scale (1 + 1 / beta) theta_t)) j)).
    rewrite norm_opp, !norm_scale in k by lra.
    assert (e : norm (residual beta theta theta_t) =
      norm (fun j => scale beta theta j + - scale beta (scale (1 + 1 / beta) theta_t) j)).
    { apply norm_ext; intros j. unfold residual, scale. field. lra. }
    rewrite e. rewrite norm_scale in hreal by lra. nra.
  Qed.

  Lemma pairs_dist : is_dist (coupled D base base).
  Proof. apply coupled_dist; [exact hD| |]; intros x; apply is_full_dist, softmax_policy. Qed.

  Lemma zero_loss_blind s theta : zero_on loss theta s ->
    blind (feature_difference phi) (residual beta theta theta_t) s.
  Proof.
    intros h z hz. unfold zero_on in h. rewrite Forall_forall in h. specialize (h z hz).
    rewrite (pair_loss_residual phi (fun theta => theta) beta theta_t theta z) in h. nra.
  Qed.

  Lemma difference_norm z : norm (feature_difference phi z) <= 2 * Bphi.
  Proof.
    destruct z as [[x y] y']. assert (k := norm_triangle (phi x y) (fun j => - phi x y' j)).
    rewrite norm_opp in k. assert (h1 := hphi x y). assert (h2 := hphi x y').
    apply Rle_trans with (norm (fun j => phi x y j + - phi x y' j)); [|lra].
    right. apply norm_ext; intros j. reflexivity.
  Qed.

  (** G10 without A-NORM: with probability 1 - eta every zero-loss member of the class of radius R has
      loss at most 16 beta^2 R^2 B_phi^2/sqrt(n eta), free of d. *)
  Theorem G10_zero_loss_members n eta : (0 < n)%nat -> 0 < eta -> 0 <= radius ->
    1 - eta <= Prn n (coupled D base base) (fun s => forall theta, norm theta <= radius -> zero_on loss theta s ->
      E (coupled D base base) (loss theta) <= 16 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 / sqrt (INR n * eta)).
  Proof.
    intros hn he hr.
    eapply Rle_trans; [apply (G10_blind_directions (coupled D base base) pairs_dist (feature_difference phi) (2 * Bphi)
      ltac:(lra) difference_norm n eta hn he)|].
    apply Prn_mono; [apply pairs_dist|]. intros s _ hs theta ht hz.
    specialize (hs _ (zero_loss_blind s theta hz)).
    rewrite (E_ext _ (loss theta) (fun z => dot (residual beta theta theta_t) (feature_difference phi z) ^ 2))
      by (intros z; apply (pair_loss_residual phi (fun theta => theta) beta theta_t theta z)).
    eapply Rle_trans; [exact hs|].
    assert (hN : 0 < INR n) by (apply lt_0_INR, hn).
    assert (hsq : 0 < sqrt (INR n * eta)) by (apply sqrt_lt_R0, Rmult_lt_0_compat; assumption).
    assert (hn2 : norm (residual beta theta theta_t) ^ 2 <= (2 * beta * radius) ^ 2).
    { apply pow_incr. split; [apply norm_nonneg|apply residual_norm, ht]. }
    apply Rle_trans with ((2 * beta * radius) ^ 2 * ((2 * Bphi) ^ 2 / sqrt (INR n * eta))).
    - apply Rmult_le_compat_r; [|exact hn2]. left. apply Rdiv_lt_0_compat; [apply pow_lt; lra|exact hsq].
    - right. field. lra.
  Qed.
End ZeroLossMembers.

(** In the example the rate is log(n/eta)/n: with probability 1 - eta every zero-loss member has loss at most
    4 beta^2 R^2 log(n/eta)/n, whatever the number of prompts and their weights. *)
Theorem G10_example_loss : forall (Dim : Type) (FD : FiniteType Dim) (D : Dim -> R) (beta radius eta : R)
    (theta_t : Dim -> R) (n : nat),
  is_dist D -> 0 < beta -> norm (scale (1 + 1 / beta) theta_t) <= radius -> (3 <= n)%nat -> 0 < eta <= 1 ->
  let base := softmax prompt_feature theta_t in
  let loss := pair_loss beta base (fun theta : Dim -> R => softmax prompt_feature theta) in
  1 - eta <= Prn n (coupled D base base) (fun s => forall theta, norm theta <= radius -> zero_on loss theta s ->
    E (coupled D base base) (loss theta) <= 4 * beta ^ 2 * radius ^ 2 * (ln (INR n / eta) / INR n)).
Proof.
  intros Dim FD D beta radius eta theta_t n hD hbeta hreal hn he base loss.
  assert (hlaw : is_dist (coupled D base base)) by (apply pairs_dist, hD).
  set (feature := fun z : Dim * bool * bool => fst (fst z)).
  assert (hfeature : forall z j, j <> feature z -> feature_difference prompt_feature z j = 0).
  { intros [[x y] y'] j hj. unfold feature in hj. simpl in hj. unfold feature_difference, prompt_feature.
    destruct y, y'; rewrite ?ind_false by exact hj; lra. }
  assert (hsize : forall z, Rabs (feature_difference prompt_feature z (feature z)) <= 1).
  { intros [[x y] y']. unfold feature, feature_difference, prompt_feature. simpl.
    destruct y, y'; rewrite ?ind_true by reflexivity; apply Rabs_le; lra. }
  eapply Rle_trans; [apply (G10_blind_coordinates (coupled D base base) hlaw (feature_difference prompt_feature) 1
    feature hfeature hsize n eta hn he)|].
  apply Prn_mono; [apply hlaw|]. intros s _ hs theta ht hz.
  specialize (hs _ (zero_loss_blind prompt_feature beta theta_t s theta hz)).
  rewrite (E_ext _ (loss theta) (fun z => dot (residual beta theta theta_t) (feature_difference prompt_feature z) ^ 2))
    by (intros z; apply (pair_loss_residual prompt_feature (fun theta => theta) beta theta_t theta z)).
  eapply Rle_trans; [exact hs|].
  assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; lra); apply le_INR, hn).
  assert (hln : 0 <= ln (INR n / eta)).
  { apply ln_nonneg. apply le_div; [lra|]. lra. }
  assert (hq : 0 <= ln (INR n / eta) / INR n) by (apply le_div; lra).
  assert (hn2 : norm (residual beta theta theta_t) ^ 2 <= (2 * beta * radius) ^ 2).
  { apply pow_incr. split; [apply norm_nonneg|apply (residual_norm beta radius hbeta theta_t hreal theta ht)]. }
  apply Rle_trans with ((2 * beta * radius) ^ 2 * (1 ^ 2 * (ln (INR n / eta) / INR n))); [|right; lra].
  apply Rmult_le_compat_r; [|exact hn2]. rewrite pow1. lra.
Qed.
