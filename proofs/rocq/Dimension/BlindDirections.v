(** * Noise-free regression without the dimension

    A sample on which <u, delta> vanishes says how large E <u, delta>^2 can be, whatever the dimension: at most
    ||u||^2 b^2/sqrt(n eta) with probability 1 - eta for any differences of norm at most b, and at most
    ||u||^2 b^2 log(n/eta)/n when each difference has a single coordinate.  So zero-loss members of the linear
    softmax class of radius R have a loss free of d, without a comparison of norms.

    Serves G10. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.ZeroLoss
  Linear.Recovery Linear.Horizon Linear.Euclidean.
Import ListNotations.
Open Scope R_scope.

(** ** The variance of a sample mean *)

Lemma En_sum_square {A : Type} {FA : FiniteType A} (p g : A -> R) n : is_dist p -> E p g = 0 ->
  En n p (fun s => sumL s g) = 0 /\ En n p (fun s => sumL s g ^ 2) = INR n * E p (fun a => g a ^ 2).
Proof.
  intros hp hg. induction n as [|n [ih1 ih2]].
  - split; [reflexivity|]. cbn [En]. rewrite sumL_nil. simpl. ring.
  - split.
    + cbn [En]. rewrite (E_ext p _ g); [exact hg|]. intros a.
      rewrite (En_ext p n _ (fun s => g a + sumL s g)) by (intros; apply sumL_cons).
      rewrite En_plus, ih1, En_const by exact hp. ring.
    + cbn [En]. rewrite (E_ext p _ (fun a => g a ^ 2 + INR n * E p (fun a => g a ^ 2))).
      * rewrite E_plus, E_const by exact hp. rewrite S_INR. ring.
      * intros a. rewrite (En_ext p n _ (fun s => g a ^ 2 + (2 * g a * sumL s g + sumL s g ^ 2)))
          by (intros; rewrite sumL_cons; ring).
        rewrite En_plus, En_plus, En_scal, ih1, ih2, En_const by exact hp. ring.
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
      replace (b ^ 4) with ((b * b) * (b * b)) by ring. apply Rmult_le_compat; nra.
    - intros j. unfold dot. rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. ring.
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
          by (intros; ring).
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
      apply En_sum_square; [exact hp|]. rewrite E_minus, E_const by exact hp. unfold moment. ring.
  Qed.

  Lemma dot_square u a : dot u (delta a) ^ 2 = Sum (fun j => Sum (fun k => u j * u k * (delta a j * delta a k))).
  Proof.
    unfold dot. replace (Sum (fun j => u j * delta a j) ^ 2)
      with (Sum (fun j => u j * delta a j) * Sum (fun j => u j * delta a j)) by ring.
    rewrite <- Sum_scal. apply Sum_ext; intros j. rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. ring.
  Qed.

  (** E <u, delta>^2 = u' E[delta delta'] u. *)
  Lemma mean_square u : E p (fun a => dot u (delta a) ^ 2) = Sum (fun j => Sum (fun k => u j * u k * moment j k)).
  Proof.
    unfold E. rewrite (Sum_ext _ (fun a => Sum (fun j => Sum (fun k => u j * u k * (p a * (delta a j * delta a k)))))).
    - rewrite Sum_swap. apply Sum_ext; intros j. rewrite Sum_swap. apply Sum_ext; intros k. apply Sum_scal.
    - intros a. rewrite dot_square, <- Sum_scal. apply Sum_ext; intros j. rewrite <- Sum_scal.
      apply Sum_ext; intros k. ring.
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
        (fun a => delta a j * delta a k + (- 1) * moment j k)) by (intros; ring).
      rewrite sumL_plus, sumL_const. ring. }
    rewrite e. eapply Rle_trans; [apply (cauchy_schwarz (fun _ : Dim * Dim => 1) g h); intros; lra|].
    apply Req_le. f_equal.
    - rewrite <- (sqrt_square (norm u * norm u)) by (apply Rmult_le_pos; apply norm_nonneg). f_equal.
      rewrite norm_square. unfold E, g, dot. rewrite Sum_prod, <- Sum_scal. apply Sum_ext; intros j. simpl fst; simpl snd.
      rewrite Rmult_comm, <- Sum_scal. apply Sum_ext; intros k. ring.
    - f_equal. unfold E, h, scatter. rewrite Sum_prod. apply Sum_ext; intros j. apply Sum_ext; intros k.
      simpl fst; simpl snd. ring.
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
      with (norm u * norm u * (INR n * (b ^ 2 / sqrt (INR n * eta)))) by ring.
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
    - intros j. destruct (classic (j = feature a)) as [->|h]; [rewrite ind_true by reflexivity; ring|].
      rewrite hfeature by exact h. ring.
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
      rewrite (Sum_ext _ (fun a => u j ^ 2 * (p a * ind (shows j a)))) by (intros; ring).
      rewrite Sum_scal. ring.
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
    intros hn he. assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR, hn).
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
      - rewrite (Sum_ext _ (fun j => eta / INR n * ind (heavy j))) by (intros; ring). rewrite Sum_scal.
        apply Rle_trans with (eta / INR n * / t).
        + apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|exact hcount].
        + unfold t. replace (eta / INR n * / (ln (INR n / eta) / INR n)) with (eta * / ln (INR n / eta)) by (field; lra).
          apply Rle_trans with (eta * 1); [|lra]. apply Rmult_le_compat_l; [lra|].
          rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
    apply Rle_trans with (Prn n p (fun s => ~ exists j, heavy j /\ Forall (fun a => ~ shows j a) s)).
    { rewrite Prn_not by exact hp. lra. }
    apply Prn_mono; [apply hp|]. intros s _ hs u hu.
    eapply Rle_trans; [apply loss_weights|].
    replace (norm u ^ 2 * (b ^ 2 * t)) with (b ^ 2 * (t * (norm u * norm u))) by ring.
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
