(** * Noise-free regression at the rate log(n)/n, without the dimension

    A sample that u does not see leaves E <u, delta>^2 <= 6 ||u||^2 b^2 log(n/eta)/n with probability 1 - eta,
    for any differences of norm at most b, in any dimension.

    The kernel K_0(a, b) = <delta_a, delta_b>/b^2 is conditioned on one draw after another, as the covariance of
    a Gaussian process observed with unit noise: K - K(., x)K(x, .)/(1 + K(x, x)).  What a function that
    vanishes on the sample can be stays bounded by the conditioned kernel, and the power sums of the
    eigenvalues of sqrt p K sqrt p fall: one draw lowers E sum lambda^(N+1) by half of sum lambda^(N+2).

    Serves G10. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs OneRound.ZeroLoss Linear.Recovery
  Linear.Horizon Linear.Euclidean Dimension.Spectrum Dimension.BlindDirections Dimension.SupMetric
  Dimension.SpectralTheorem.
Import ListNotations.
Open Scope R_scope.

(** ** Powers *)

(** (n+1) q b^n <= n b^(n+1) + q^(n+1). *)
Lemma weighted_power n q b : 0 <= q -> 0 <= b -> INR (S n) * q * b ^ n <= INR n * b ^ S n + q ^ S n.
Proof.
  intros hq hb. induction n as [|n ih]; [simpl; lra|].
  assert (h : 0 <= (INR n + 1) * b ^ n * (b - q) ^ 2).
  { apply Rmult_le_pos; [|apply pow2_ge_0]. apply Rmult_le_pos; [assert (k := pos_INR n); lra|apply pow_le, hb]. }
  apply (Rmult_le_compat_l q) in ih; [|exact hq]. rewrite !S_INR in *. simpl pow in *. nra.
Qed.

Lemma bernoulli n h : 0 <= h <= 1 -> 1 - INR n * h <= (1 - h) ^ n.
Proof.
  intros hh. induction n as [|n ih]; [simpl; lra|].
  apply (Rmult_le_compat_l (1 - h)) in ih; [|lra]. assert (k := pos_INR n). rewrite S_INR. simpl pow.
  assert (0 <= INR n * h * h) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). nra.
Qed.

Lemma pow_le_inv n x y : 0 <= x -> 0 <= y -> x ^ S n <= y ^ S n -> x <= y.
Proof.
  intros hx hy h. apply Rnot_lt_le. intros hlt. assert (k : y ^ S n < x ^ S n); [|lra].
  clear h. induction n as [|n ih]; [simpl; lra|]. change (y * y ^ S n < x * x ^ S n).
  assert (h0 : 0 <= y ^ S n) by (apply pow_le, hy). nra.
Qed.

(** ** Power sums of eigenvalues *)

Section Powers.
  Context {A : Type} {FA : FiniteType A}.
  Implicit Types (B e f : A -> A -> R) (lam mu : A -> R).

  Fixpoint matrix_power B (n : nat) : A -> A -> R :=
    match n with O => identity | S n' => matrix_product B (matrix_power B n') end.

  Lemma matrix_power_spectral B e lam n j k : spectral B e lam ->
    matrix_power B n j k = diagonal_in e (fun i => lam i ^ n) j k.
  Proof.
    intros (he & hl & hs). revert j k. induction n as [|n ih]; intros j k.
    - unfold diagonal_in. simpl. rewrite (Sum_ext _ (fun i => e i j * e i k)) by (intros; ring).
      symmetry. apply basis_columns, he.
    - transitivity (matrix_product (diagonal_in e lam) (diagonal_in e (fun i => lam i ^ n)) j k).
      + simpl. unfold matrix_product. apply Sum_ext; intros m. rewrite ih, hs. reflexivity.
      + rewrite diagonal_product by exact he. reflexivity.
  Qed.

  (** tr B^n = sum lambda_i^n. *)
  Lemma trace_power B e lam n : spectral B e lam -> trace (matrix_power B n) = Sum (fun i => lam i ^ n).
  Proof.
    intros h. rewrite <- (diagonal_trace e (fun i => lam i ^ n) (proj1 h)). unfold trace.
    apply Sum_ext; intros j. apply matrix_power_spectral, h.
  Qed.

  Lemma trace_spectral B e lam : spectral B e lam -> trace B = Sum lam.
  Proof.
    intros (he & hl & hs). rewrite <- (diagonal_trace e lam he). unfold trace. apply Sum_ext; intros j. apply hs.
  Qed.

  Lemma basis_unit e i : orthonormal_basis e -> norm (e i) * norm (e i) = 1.
  Proof. intros [h _]. rewrite norm_square, h. apply ind_true. reflexivity. Qed.

  Lemma quadratic_eigenvector B e lam i : spectral B e lam -> quadratic B (e i) = lam i.
  Proof.
    intros h. rewrite (quadratic_spectral B e lam _ h).
    rewrite (Sum_ext _ (fun l => ind (l = i) * lam l)); [apply Sum_pick|].
    intros l. rewrite (proj1 (proj1 h)). rewrite (ind_iff (i = l) (l = i)) by (split; auto).
    replace (ind (l = i) ^ 2) with (ind (l = i) * ind (l = i)) by ring. rewrite ind_idem. ring.
  Qed.

  Lemma eigenvector B e lam i k : spectral B e lam -> Sum (fun j => e i j * B j k) = lam i * e i k.
  Proof.
    intros ((ho & _) & _ & hs).
    rewrite (Sum_ext _ (fun j => Sum (fun l => lam l * e l k * (e i j * e l j)))).
    - rewrite Sum_swap. rewrite (Sum_ext _ (fun l => ind (l = i) * (lam l * e l k))).
      + apply (Sum_pick (fun l => lam l * e l k)).
      + intros l. rewrite Sum_scal. fold (dot (e i) (e l)). rewrite ho, (ind_iff (i = l) (l = i)) by (split; auto). ring.
    - intros j. rewrite hs, Sum_mult_l. apply Sum_ext; intros l; ring.
  Qed.

  (** If B' <= B, then tr B'^(N+1) <= tr B^N B', N >= 1. *)
  Lemma power_drop N B e lam B' f mu : spectral B e lam -> spectral B' f mu ->
    (forall u, quadratic B' u <= quadratic B u) ->
    Sum (fun l => mu l ^ S (S N)) <= Sum (fun i => lam i ^ S N * quadratic B' (e i)).
  Proof.
    intros hB hB' hle. set (w := fun i l => dot (e i) (f l) ^ 2).
    assert (hw : forall i l, 0 <= w i l) by (intros; apply pow2_ge_0).
    assert (rows : forall i, quadratic B' (e i) = Sum (fun l => mu l * w i l))
      by (intros i; apply (quadratic_spectral B' f mu _ hB')).
    assert (columns : forall l, quadratic B (f l) = Sum (fun i => lam i * w i l)).
    { intros l. rewrite (quadratic_spectral B e lam _ hB). apply Sum_ext; intros i. unfold w. rewrite dot_comm. reflexivity. }
    assert (ones : forall l, Sum (fun i => w i l) = 1).
    { intros l. rewrite <- (basis_unit f l (proj1 hB')), (basis_norm e (f l) (proj1 hB)).
      apply Sum_ext; intros i. unfold w. rewrite dot_comm. reflexivity. }
    apply Rle_trans with (Sum (fun l => mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (quadratic B (f l) - mu l)))).
    { apply Sum_le; intros l. assert (h := hle (f l)). rewrite (quadratic_eigenvector B' f mu l hB') in h.
      assert (0 <= INR (S N) * (mu l ^ S N * (quadratic B (f l) - mu l))); [|lra].
      apply Rmult_le_pos; [apply pos_INR|]. apply Rmult_le_pos; [apply pow_le, hB'|lra]. }
    apply Rle_trans with (Sum (fun l => Sum (fun i => w i l *
      (mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (lam i - mu l)))))).
    { right. apply Sum_ext; intros l. rewrite columns.
      rewrite (Sum_ext (fun i => w i l * (mu l ^ S (S N) + INR (S N) * (mu l ^ S N * (lam i - mu l))))
        (fun i => (mu l ^ S (S N) - INR (S N) * mu l ^ S N * mu l) * w i l
          + INR (S N) * mu l ^ S N * (lam i * w i l))) by (intros; ring).
      rewrite Sum_plus, !Sum_scal, ones. ring. }
    rewrite Sum_swap. apply Sum_le; intros i. rewrite rows, Sum_mult_l. apply Sum_le; intros l.
    assert (hl := proj1 (proj2 hB) i). assert (hm := proj1 (proj2 hB') l).
    assert (k := weighted_power N (lam i) (mu l) hl hm).
    apply (Rmult_le_compat_l (mu l)) in k; [|exact hm].
    replace (lam i ^ S N * (mu l * w i l)) with (w i l * (mu l * lam i ^ S N)) by ring.
    apply Rmult_le_compat_l; [apply hw|]. rewrite !S_INR in *. simpl pow in *. nra.
  Qed.
End Powers.

(** ** Kernels conditioned on draws *)

Section Conditioned.
  Context {A : Type} {FA : FiniteType A}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Implicit Types (K : A -> A -> R) (f u : A -> R).

  (** K given an observation at x with unit noise. *)
  Definition conditioned K (x : A) : A -> A -> R := fun a b => K a b - K a x * K x b / (1 + K x x).

  Fixpoint conditioned_on K (s : list A) : A -> A -> R :=
    match s with [] => K | x :: s' => conditioned (conditioned_on K s') x end.

  Definition bounded_kernel K : Prop := symmetric K /\ positive_semidefinite K /\ forall a, K a a <= 1.

  (** f is a multiple of the unit ball of K's Hilbert space. *)
  Definition reproduced K f (M : R) : Prop := forall u, Sum (fun a => u a * f a) ^ 2 <= M * quadratic K u.

  Definition axis (x : A) : A -> R := fun a => ind (a = x).

  Lemma quadratic_axis K x : quadratic K (axis x) = K x x.
  Proof.
    unfold quadratic, axis. rewrite (Sum_ext _ (fun j => ind (j = x) * Sum (fun k => ind (k = x) * K j k))).
    - rewrite (Sum_pick (fun j => Sum (fun k => ind (k = x) * K j k))). apply (Sum_pick (fun k => K x k)).
    - intros j. rewrite Sum_mult_l. apply Sum_ext; intros k; ring.
  Qed.

  Lemma bilinear_axis K u x : bilinear K u (axis x) = Sum (fun a => u a * K a x).
  Proof.
    unfold bilinear, axis. apply Sum_ext; intros j.
    rewrite (Sum_ext _ (fun k => ind (k = x) * (u j * K j k))) by (intros; ring).
    apply (Sum_pick (fun k => u j * K j k)).
  Qed.

  Lemma diagonal_range K x : bounded_kernel K -> 0 <= K x x <= 1.
  Proof. intros (_ & h & h1). split; [rewrite <- quadratic_axis; apply h|apply h1]. Qed.

  Lemma quadratic_conditioned K x u : symmetric K ->
    quadratic (conditioned K x) u = quadratic K u - Sum (fun a => u a * K a x) ^ 2 / (1 + K x x).
  Proof.
    intros hK. set (g := Sum (fun a => u a * K a x)). unfold quadratic.
    rewrite (Sum_ext _ (fun j => Sum (fun k => u j * K j k * u k) + - (g / (1 + K x x)) * (u j * K j x))).
    - rewrite Sum_plus, Sum_scal. fold g. unfold Rdiv. ring.
    - intros j. rewrite (Sum_ext _ (fun k => u j * K j k * u k + - (u j * K j x / (1 + K x x)) * (u k * K k x))).
      + rewrite Sum_plus, Sum_scal. fold g. unfold Rdiv. ring.
      + intros k. unfold conditioned. rewrite (hK x k). unfold Rdiv. ring.
  Qed.

  Lemma conditioned_reproduced K f M x : bounded_kernel K -> 0 <= M -> f x = 0 -> reproduced K f M ->
    reproduced (conditioned K x) f M.
  Proof.
    intros hK hM hf h u. assert (hx := diagonal_range K x hK). rewrite quadratic_conditioned by apply hK.
    set (g := Sum (fun a => u a * K a x)). set (t := - g / (1 + K x x)).
    assert (k := h (fun a => u a + scale t (axis x) a)).
    rewrite (quadratic_line K (proj1 hK)), bilinear_axis, quadratic_axis in k. fold g in k.
    replace (Sum (fun a => (u a + scale t (axis x) a) * f a)) with (Sum (fun a => u a * f a)) in k.
    - eapply Rle_trans; [exact k|]. apply Rmult_le_compat_l; [exact hM|].
      assert (e : g ^ 2 / (1 + K x x) = t ^ 2 * (1 + K x x)) by (unfold t; field; lra).
      assert (e2 : 2 * t * g = - 2 * (t ^ 2 * (1 + K x x))) by (unfold t; field; lra).
      rewrite e, e2. assert (q := pow2_ge_0 t). nra.
    - rewrite (Sum_ext (fun a => (u a + scale t (axis x) a) * f a) (fun a => u a * f a + t * (ind (a = x) * f a)))
        by (intros; unfold scale, axis; ring).
      rewrite Sum_plus, Sum_scal, (Sum_pick f), hf. ring.
  Qed.

  Lemma conditioned_bounded K x : bounded_kernel K -> bounded_kernel (conditioned K x).
  Proof.
    intros hK. assert (hx := diagonal_range K x hK). split; [|split].
    - intros a b. unfold conditioned. rewrite (proj1 hK a b), (proj1 hK a x), (proj1 hK x b). unfold Rdiv. ring.
    - intros u. assert (h := conditioned_reproduced K (fun _ => 0) 1 x hK ltac:(lra) eq_refl).
      assert (h0 : reproduced K (fun _ => 0) 1).
      { intros v. rewrite (Sum_ext _ (fun _ => 0)) by (intros; ring). rewrite Sum_zero.
        assert (k := proj1 (proj2 hK) v). simpl. lra. }
      specialize (h h0 u). assert (k := pow2_ge_0 (Sum (fun a => u a * 0))). lra.
    - intros a. unfold conditioned. rewrite (proj1 hK x a).
      assert (0 <= K a x * K a x / (1 + K x x)).
      { apply Rmult_le_pos; [nra|]. left. apply Rinv_0_lt_compat. lra. }
      assert (h := proj2 (proj2 hK) a). lra.
  Qed.

  Lemma conditioned_on_bounded K s : bounded_kernel K -> bounded_kernel (conditioned_on K s).
  Proof. intros h. induction s as [|x s ih]; [exact h|apply conditioned_bounded, ih]. Qed.

  Lemma conditioned_on_reproduced K f M s : bounded_kernel K -> 0 <= M -> (forall x, In x s -> f x = 0) ->
    reproduced K f M -> reproduced (conditioned_on K s) f M.
  Proof.
    intros hK hM. induction s as [|x s ih]; intros hf h; [exact h|].
    apply conditioned_reproduced; [apply conditioned_on_bounded, hK|exact hM|apply hf; left; reflexivity|].
    apply ih; [intros y hy; apply hf; right; exact hy|exact h].
  Qed.

  (** sqrt p K sqrt p. *)
  Definition weighted K : A -> A -> R := fun a b => sqrt (p a) * K a b * sqrt (p b).

  Lemma root a : sqrt (p a) * sqrt (p a) = p a.
  Proof. apply sqrt_sqrt, hp. Qed.

  Lemma quadratic_weighted K u : quadratic (weighted K) u = quadratic K (fun a => u a * sqrt (p a)).
  Proof. unfold quadratic, weighted. apply Sum_ext; intros j. apply Sum_ext; intros k. ring. Qed.

  Lemma weighted_spectral K : bounded_kernel K -> exists e lam, spectral (weighted K) e lam.
  Proof.
    intros (h1 & h2 & _). apply G01_spectral_theorem.
    - intros a b. unfold weighted. rewrite (h1 a b). ring.
    - intros u. rewrite quadratic_weighted. apply h2.
  Qed.

  Lemma weighted_trace K : bounded_kernel K -> trace (weighted K) <= 1.
  Proof.
    intros hK. rewrite <- (proj2 hp). unfold trace, weighted. apply Sum_le; intros a.
    replace (sqrt (p a) * K a a * sqrt (p a)) with (sqrt (p a) * sqrt (p a) * K a a) by ring. rewrite root.
    assert (h := diagonal_range K a hK). assert (h0 := proj1 hp a). nra.
  Qed.

  (** sum of lambda^(N+1) over the eigenvalues of sqrt p K sqrt p. *)
  Definition energy N K : R := trace (matrix_power (weighted K) (S N)).

  Lemma energy_nonneg N K : bounded_kernel K -> 0 <= energy N K.
  Proof.
    intros hK. destruct (weighted_spectral K hK) as (e & lam & h). unfold energy. rewrite (trace_power _ e lam _ h).
    apply Sum_nonneg; intros i. apply pow_le, h.
  Qed.

  (** One draw lowers the energy on average. *)
  Lemma energy_drop N K e lam : bounded_kernel K -> spectral (weighted K) e lam ->
    E p (fun x => energy (S N) (conditioned K x)) <=
    Sum (fun i => lam i ^ S (S N)) - 1 / 2 * Sum (fun i => lam i ^ S (S (S N))).
  Proof.
    intros hK hsp. assert (hlam := proj1 (proj2 hsp)).
    set (g := fun i x => Sum (fun a => e i a * sqrt (p a) * K a x)).
    assert (one : forall x, energy (S N) (conditioned K x) <= Sum (fun i => lam i ^ S N * (lam i - 1 / 2 * g i x ^ 2))).
    { intros x. assert (hx := diagonal_range K x hK).
      destruct (weighted_spectral (conditioned K x) (conditioned_bounded K x hK)) as (f & mu & hsp').
      assert (hq : forall u, quadratic (weighted (conditioned K x)) u =
        quadratic (weighted K) u - Sum (fun a => u a * sqrt (p a) * K a x) ^ 2 / (1 + K x x)).
      { intros u. rewrite !quadratic_weighted. apply (quadratic_conditioned K x _ (proj1 hK)). }
      unfold energy. rewrite (trace_power _ f mu _ hsp').
      eapply Rle_trans; [apply (power_drop N _ e lam _ f mu hsp hsp')|].
      - intros u. rewrite hq. assert (0 <= Sum (fun a => u a * sqrt (p a) * K a x) ^ 2 / (1 + K x x)); [|lra].
        apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; lra].
      - apply Sum_le; intros i. apply Rmult_le_compat_l; [apply pow_le, hlam|].
        rewrite hq, (quadratic_eigenvector _ e lam i hsp). fold (g i x).
        assert (1 / 2 * g i x ^ 2 <= g i x ^ 2 / (1 + K x x)); [|lra].
        unfold Rdiv at 2. rewrite Rmult_comm. apply Rmult_le_compat_l; [apply pow2_ge_0|].
        unfold Rdiv. rewrite Rmult_1_l. apply Rinv_le_contravar; lra. }
    eapply Rle_trans; [apply (E_le p _ _ (proj1 hp) one)|].
    right. unfold E.
    rewrite (Sum_ext _ (fun x => Sum (fun i => p x * lam i ^ S (S N) + - (1 / 2) * lam i ^ S N * (p x * g i x ^ 2)))).
    - rewrite Sum_swap. rewrite <- Sum_scal, <- Sum_minus. apply Sum_ext; intros i.
      rewrite Sum_plus, Sum_scal.
      rewrite (Sum_ext _ (fun x => lam i ^ S (S N) * p x)) by (intros; ring). rewrite Sum_scal, (proj2 hp).
      rewrite (Sum_ext _ (fun x => lam i ^ 2 * (e i x * e i x))).
      + rewrite Sum_scal. fold (dot (e i) (e i)). rewrite (proj1 (proj1 hsp)), ind_true by reflexivity. simpl. ring.
      + intros x. assert (k : sqrt (p x) * g i x = lam i * e i x).
        { rewrite <- (eigenvector (weighted K) e lam i x hsp). unfold g. rewrite Sum_mult_l.
          apply Sum_ext; intros a. unfold weighted. ring. }
        transitivity (sqrt (p x) * sqrt (p x) * g i x ^ 2); [rewrite root; reflexivity|].
        replace (sqrt (p x) * sqrt (p x) * g i x ^ 2) with ((sqrt (p x) * g i x) ^ 2) by ring.
        rewrite k. ring.
    - intros x. rewrite Sum_mult_l. apply Sum_ext; intros i. simpl. ring.
  Qed.

  Lemma energy_recurrence N q K : bounded_kernel K -> 0 <= q ->
    E p (fun x => energy (S N) (conditioned K x)) <=
    (1 - INR (S (S N)) * q / (2 * INR (S N))) * energy (S N) K + q ^ S (S N) / (2 * INR (S N)).
  Proof.
    intros hK hq. destruct (weighted_spectral K hK) as (e & lam & hsp).
    eapply Rle_trans; [apply (energy_drop N K e lam hK hsp)|].
    unfold energy. rewrite (trace_power _ e lam _ hsp).
    assert (hN : 0 < INR (S N)) by (apply lt_0_INR; lia).
    assert (ht := weighted_trace K hK). rewrite (trace_spectral _ e lam hsp) in ht.
    assert (young : INR (S (S N)) * q * Sum (fun i => lam i ^ S (S N)) <=
      INR (S N) * Sum (fun i => lam i ^ S (S (S N))) + q ^ S (S N)).
    { apply Rle_trans with (INR (S N) * Sum (fun i => lam i ^ S (S (S N))) + q ^ S (S N) * Sum lam).
      - rewrite <- !Sum_scal, <- Sum_plus. apply Sum_le; intros i. assert (hi := proj1 (proj2 hsp) i).
        assert (k := weighted_power (S N) q (lam i) hq hi). apply (Rmult_le_compat_l (lam i)) in k; [|exact hi].
        simpl pow in *. lra.
      - assert (h0 : 0 <= q ^ S (S N)) by (apply pow_le, hq). nra. }
    apply (Rmult_le_reg_l (2 * INR (S N))); [lra|].
    replace (2 * INR (S N) * ((1 - INR (S (S N)) * q / (2 * INR (S N))) * Sum (fun i => lam i ^ S (S N)) +
      q ^ S (S N) / (2 * INR (S N)))) with
      (2 * INR (S N) * Sum (fun i => lam i ^ S (S N)) - INR (S (S N)) * q * Sum (fun i => lam i ^ S (S N)) + q ^ S (S N))
      by (field; lra).
    lra.
  Qed.

  Lemma draw_last n (h : list A -> R) : En (S n) p h = En n p (fun s => E p (fun a => h (a :: s))).
  Proof.
    cbn [En]. unfold E, Sum. rewrite (En_sum p n enum (fun a s => p a * h (a :: s))).
    apply sumL_ext; intros a _. symmetry. apply (En_scal p n (p a)).
  Qed.

  (** E sum lambda^(N+1) <= (2N/(n + 2N))^N after n draws, N >= 1. *)
  Lemma energy_bound N K n : bounded_kernel K ->
    En n p (fun s => energy (S N) (conditioned_on K s)) <= (2 * INR (S N) / (INR n + 2 * INR (S N))) ^ S N.
  Proof.
    intros hK. assert (hN : 0 < INR (S N)) by (apply lt_0_INR; lia).
    assert (hN1 : 1 <= INR (S N)) by (apply (le_INR 1); lia).
    induction n as [|n ih].
    - simpl En. destruct (weighted_spectral K hK) as (e & lam & hsp).
      unfold energy. rewrite (trace_power _ e lam _ hsp).
      assert (ht := weighted_trace K hK). rewrite (trace_spectral _ e lam hsp) in ht.
      replace (2 * INR (S N) / (INR 0 + 2 * INR (S N))) with 1 by (change (INR 0) with 0; field; lra). rewrite pow1.
      eapply Rle_trans; [|exact ht]. apply Sum_le; intros i.
      assert (hi := proj1 (proj2 hsp) i). assert (hi1 : lam i <= 1).
      { eapply Rle_trans; [apply (Sum_term_le lam i), hsp|exact ht]. }
      change (lam i * lam i ^ S N <= lam i). rewrite <- (Rmult_1_r (lam i)) at 3.
      apply Rmult_le_compat_l; [exact hi|]. rewrite <- (pow1 (S N)). apply pow_incr. split; assumption.
    - assert (hn := pos_INR n). set (q := 2 * INR (S N) / (INR n + 2 * INR (S N))) in *.
      assert (hq : 0 < q) by (apply Rdiv_lt_0_compat; lra).
      assert (hq1 : q <= 1) by (apply (Rmult_le_reg_r (INR n + 2 * INR (S N))); [lra|]; unfold q; field_simplify; lra).
      set (c := INR (S (S N)) * q / (2 * INR (S N))).
      assert (hc : c <= 1).
      { unfold c. apply (Rmult_le_reg_r (2 * INR (S N))); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
        rewrite (S_INR (S N)). nra. }
      rewrite draw_last.
      apply Rle_trans with (En n p (fun s => q ^ S (S N) / (2 * INR (S N)) + (1 - c) * energy (S N) (conditioned_on K s))).
      { apply En_le; [apply hp|]. intros s _. simpl conditioned_on.
        eapply Rle_trans; [apply (energy_recurrence N q); [apply conditioned_on_bounded, hK|lra]|]. unfold c. lra. }
      rewrite En_plus, En_scal, En_const by exact hp.
      apply Rle_trans with (q ^ S N * (1 - q / 2)).
      + apply Rle_trans with (q ^ S (S N) / (2 * INR (S N)) + (1 - c) * q ^ S N).
        * apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|exact ih].
        * right. unfold c. rewrite (S_INR (S N)). change (q ^ S (S N)) with (q * q ^ S N). field. lra.
      + set (h := 1 / (INR (S n) + 2 * INR (S N))).
        assert (hh : 0 <= h <= 1).
        { assert (hd : 1 <= INR (S n) + 2 * INR (S N)) by (assert (k := pos_INR (S n)); lra). unfold h. split.
          - apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra.
          - apply (Rmult_le_reg_r (INR (S n) + 2 * INR (S N))); [lra|]. field_simplify; lra. }
        assert (hb := bernoulli (S N) h hh).
        assert (e : 2 * INR (S N) / (INR (S n) + 2 * INR (S N)) = q * (1 - h)).
        { unfold q, h. rewrite (S_INR n). field. lra. }
        rewrite e, Rpow_mult_distr. apply Rmult_le_compat_l; [apply pow_le; lra|].
        eapply Rle_trans; [|exact hb].
        assert (INR (S N) * h <= q / 2); [|lra].
        unfold h, q. rewrite (S_INR n). replace (2 * INR (S N) / (INR n + 2 * INR (S N)) / 2)
          with (INR (S N) * (1 / (INR n + 2 * INR (S N)))) by (field; lra).
        apply Rmult_le_compat_l; [lra|]. unfold Rdiv. rewrite !Rmult_1_l. apply Rinv_le_contravar; lra.
  Qed.

  (** What the energy says of a function that the kernel reproduces. *)
  Lemma energy_controls N K f M s : bounded_kernel K -> 0 <= M -> 0 <= s -> reproduced K f M ->
    energy N K <= s ^ S N -> E p (fun a => f a ^ 2) <= M * s.
  Proof.
    intros hK hM hs hf hen. destruct (weighted_spectral K hK) as (e & lam & hsp).
    unfold energy in hen. rewrite (trace_power _ e lam _ hsp) in hen.
    assert (hlam : forall i, lam i <= s).
    { intros i. apply (pow_le_inv N); [apply hsp|exact hs|]. eapply Rle_trans; [|exact hen].
      apply (Sum_term_le (fun i => lam i ^ S N)). intros j. apply pow_le, hsp. }
    set (w := fun a => sqrt (p a) * f a). set (V := E p (fun a => f a ^ 2)).
    assert (hV : V = dot w w).
    { unfold V, E, dot, w. apply Sum_ext; intros a.
      transitivity (sqrt (p a) * sqrt (p a) * f a ^ 2); [rewrite root; reflexivity|ring]. }
    assert (hV0 : 0 <= V) by (rewrite hV; apply dot_self_nonneg).
    assert (hq : quadratic (weighted K) w <= s * V).
    { rewrite (quadratic_spectral _ e lam w hsp), hV, <- norm_square, (basis_norm e w (proj1 hsp)), <- Sum_scal.
      apply Sum_le; intros i. apply Rmult_le_compat_r; [apply pow2_ge_0|apply hlam]. }
    assert (k := hf (fun a => w a * sqrt (p a))). rewrite <- quadratic_weighted in k.
    replace (Sum (fun a => w a * sqrt (p a) * f a)) with V in k.
    - destruct hV0 as [hpos|<-]; [|apply Rmult_le_pos; assumption].
      apply (Rmult_le_reg_r V); [exact hpos|]. simpl in k.
      apply (Rmult_le_compat_l M) in hq; [|exact hM]. lra.
    - unfold V, E, w. apply Sum_ext; intros a.
      transitivity (sqrt (p a) * sqrt (p a) * f a ^ 2); [rewrite root; reflexivity|ring].
  Qed.
End Conditioned.

(** ** The rate *)

Section Rate.
  Context {A Dim : Type} {FA : FiniteType A} {FD : FiniteType Dim}.
  Variable p : A -> R.
  Hypothesis hp : is_dist p.
  Variable delta : A -> Dim -> R.
  Variable b : R.
  Hypothesis hb : 0 < b.
  Hypothesis hdelta : forall a, norm (delta a) <= b.

  Definition feature_kernel : A -> A -> R := fun a a' => dot (delta a) (delta a') / b ^ 2.

  (** sum_a u_a delta_a. *)
  Let total (u : A -> R) : Dim -> R := fun j => Sum (fun a => u a * delta a j).

  Lemma dot_total v u : dot v (total u) = Sum (fun a => u a * dot v (delta a)).
  Proof.
    unfold dot, total. rewrite (Sum_ext _ (fun j => Sum (fun a => u a * (v j * delta a j)))).
    - rewrite Sum_swap. apply Sum_ext; intros a. apply Sum_scal.
    - intros j. rewrite Sum_mult_l. apply Sum_ext; intros a; ring.
  Qed.

  Lemma quadratic_feature_kernel u : quadratic feature_kernel u = norm (total u) * norm (total u) / b ^ 2.
  Proof.
    rewrite norm_square, dot_total. unfold quadratic, feature_kernel, Rdiv. rewrite Rmult_comm, <- Sum_scal.
    apply Sum_ext; intros a. rewrite dot_comm, dot_total, <- Rmult_assoc, Sum_mult_l.
    apply Sum_ext; intros a'. ring.
  Qed.

  Lemma feature_kernel_bounded : bounded_kernel feature_kernel.
  Proof.
    assert (hb2 : 0 < b ^ 2) by (apply pow_lt, hb). assert (hi : 0 < / b ^ 2) by (apply Rinv_0_lt_compat, hb2).
    split; [|split].
    - intros a a'. unfold feature_kernel. rewrite dot_comm. reflexivity.
    - intros u. rewrite quadratic_feature_kernel. apply Rmult_le_pos; [|lra]. apply Rle_0_sqr.
    - intros a. unfold feature_kernel. rewrite <- norm_square. apply (Rmult_le_reg_r (b ^ 2)); [exact hb2|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. assert (h := hdelta a). assert (h0 := norm_nonneg (delta a)). nra.
  Qed.

  Lemma feature_kernel_reproduces v : reproduced feature_kernel (fun a => dot v (delta a)) (norm v ^ 2 * b ^ 2).
  Proof.
    intros u. rewrite <- dot_total, quadratic_feature_kernel.
    assert (hb2 : 0 < b ^ 2) by (apply pow_lt, hb).
    replace (norm v ^ 2 * b ^ 2 * (norm (total u) * norm (total u) / b ^ 2))
      with ((norm v * norm (total u)) ^ 2) by (field; lra).
    rewrite <- (pow2_abs (dot v (total u))). apply pow_incr. split; [apply Rabs_pos|apply abs_dot_le_norm].
  Qed.

  (** G10: with probability 1 - eta every u that vanishes on the sample has
      E <u, delta>^2 <= 6 ||u||^2 b^2 log(n/eta)/n, in any dimension. *)
  Theorem G10_blind_logarithm n eta : (3 <= n)%nat -> 0 < eta <= 1 ->
    1 - eta <= Prn n p (fun s => forall u, blind delta u s ->
      E p (fun a => dot u (delta a) ^ 2) <= norm u ^ 2 * (6 * b ^ 2 * (ln (INR n / eta) / INR n))).
  Proof.
    intros hn he. assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR, hn).
    set (L := ln (INR n / eta)).
    assert (hq : 3 <= INR n / eta).
    { apply (Rmult_le_reg_r eta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
    assert (hL : 1 <= L).
    { unfold L. rewrite <- (ln_exp 1). apply ln_le_mono; [apply exp_pos|]. apply Rle_trans with 3; [apply exp_le_3|exact hq]. }
    destruct (nfloor_ex L ltac:(lra)) as (m & hm & hm').
    destruct m as [|N]; [simpl in hm'; lra|].
    set (k := INR (S N)) in *. assert (hk : 1 <= k) by (apply (le_INR 1); lia).
    set (r := 2 * k / INR n). assert (hr : 0 < r) by (apply Rdiv_lt_0_compat; lra).
    set (s := exp 1 * r). assert (hs : 0 < s) by (apply Rmult_lt_0_compat; [apply exp_pos|exact hr]).
    set (stat := fun z => energy p (S N) (conditioned_on feature_kernel z)).
    assert (hK := feature_kernel_bounded).
    assert (hstat : forall z, 0 <= stat z).
    { intros z. apply energy_nonneg, conditioned_on_bounded, hK. }
    assert (hbad : Prn n p (fun z => s ^ S (S N) <= stat z) <= eta).
    { assert (hsp : 0 < s ^ S (S N)) by (apply pow_lt, hs).
      eapply Rle_trans; [apply (Prn_markov p n stat _ hp hstat hsp)|].
      apply (Rmult_le_reg_r (s ^ S (S N))); [exact hsp|].
      replace (En n p stat / s ^ S (S N) * s ^ S (S N)) with (En n p stat) by (field; lra).
      eapply Rle_trans; [apply (energy_bound p hp N feature_kernel n hK)|]. fold k.
      apply Rle_trans with (r ^ S N).
      { apply pow_incr. split; [left; apply Rdiv_lt_0_compat; lra|]. unfold r, Rdiv.
        apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra. }
      assert (he2 : INR n / eta <= exp 1 ^ S (S N)).
      { rewrite <- (exp_ln (INR n / eta)) by lra. fold L. rewrite <- Rpower_pow by apply exp_pos.
        unfold Rpower. rewrite ln_exp, Rmult_1_r. apply exp_le. rewrite (S_INR (S N)). fold k. lra. }
      unfold s. rewrite Rpow_mult_distr. change (r ^ S (S N)) with (r * r ^ S N).
      assert (hrN : 0 < r ^ S N) by (apply pow_lt, hr).
      assert (h1 : 1 <= eta * (exp 1 ^ S (S N) * r)).
      { apply Rle_trans with (eta * (INR n / eta * r)).
        - replace (eta * (INR n / eta * r)) with (2 * k) by (unfold r; field; lra). lra.
        - apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; [lra|exact he2]. }
      nra. }
    apply Rle_trans with (Prn n p (fun z => ~ s ^ S (S N) <= stat z)); [rewrite Prn_not by exact hp; lra|].
    apply Prn_mono; [apply hp|]. intros z _ hz u hu. apply Rnot_le_lt in hz.
    apply Rle_trans with (norm u ^ 2 * b ^ 2 * s).
    - apply (energy_controls p hp (S N) (conditioned_on feature_kernel z) (fun a => dot u (delta a))).
      + apply conditioned_on_bounded, hK.
      + apply Rmult_le_pos; apply pow2_ge_0.
      + lra.
      + apply conditioned_on_reproduced; [exact hK|apply Rmult_le_pos; apply pow2_ge_0|exact hu|].
        apply feature_kernel_reproduces.
      + unfold stat in hz. lra.
    - replace (norm u ^ 2 * (6 * b ^ 2 * (L / INR n))) with (norm u ^ 2 * b ^ 2 * (3 * (2 * L / INR n))) by (field; lra).
      apply Rmult_le_compat_l; [apply Rmult_le_pos; apply pow2_ge_0|]. unfold s.
      apply Rmult_le_compat; [left; apply exp_pos|lra|apply exp_le_3|].
      unfold r, Rdiv. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra].
  Qed.
End Rate.

(** G10 without A-NORM, for any features: with probability 1 - eta every zero-loss member of the class of
    radius R has loss at most 96 beta^2 R^2 B_phi^2 log(n/eta)/n, free of d. *)
Theorem G10_zero_loss_logarithm : forall (X Y Dim : Type) (FX : FiniteType X) (FY : FiniteType Y) (FD : FiniteType Dim)
  (D : X -> R), is_dist D -> forall (phi : X -> Y -> Dim -> R) (beta radius Bphi : R), 0 < beta -> 0 < Bphi ->
  (forall x y, norm (phi x y) <= Bphi) -> forall theta_t : Dim -> R, norm (scale (1 + 1 / beta) theta_t) <= radius ->
  forall (n : nat) (eta : R), (3 <= n)%nat -> 0 < eta <= 1 -> 0 <= radius ->
  1 - eta <= Prn n (coupled D (softmax phi theta_t) (softmax phi theta_t)) (fun s =>
    forall theta, norm theta <= radius ->
      zero_on (pair_loss beta (softmax phi theta_t) (fun theta : Dim -> R => softmax phi theta)) theta s ->
      E (coupled D (softmax phi theta_t) (softmax phi theta_t))
        (pair_loss beta (softmax phi theta_t) (fun theta : Dim -> R => softmax phi theta) theta) <=
      96 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 * (ln (INR n / eta) / INR n)).
Proof.
  intros X Y Dim FX FY FD D hD phi beta radius Bphi hbeta hBphi hphi theta_t hreal n eta hn he hr.
  assert (hpd := pairs_dist D hD phi theta_t).
  eapply Rle_trans; [apply (G10_blind_logarithm (coupled D (softmax phi theta_t) (softmax phi theta_t)) hpd
    (feature_difference phi) (2 * Bphi) ltac:(lra) (difference_norm phi Bphi hphi) n eta hn he)|].
  apply Prn_mono; [apply hpd|]. intros s _ hs theta ht hz.
  specialize (hs _ (zero_loss_blind phi beta theta_t s theta hz)).
  rewrite (E_ext _ (pair_loss beta _ _ theta) (fun z => dot (residual beta theta theta_t) (feature_difference phi z) ^ 2))
    by (intros z; apply (pair_loss_residual phi (fun theta => theta) beta theta_t theta z)).
  eapply Rle_trans; [exact hs|].
  assert (hN : 3 <= INR n) by (replace 3 with (INR 3) by (simpl; ring); apply le_INR, hn).
  assert (hq : 1 <= INR n / eta).
  { apply (Rmult_le_reg_r eta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
  assert (hl : 0 <= ln (INR n / eta) / INR n).
  { apply Rmult_le_pos; [apply ln_ge_0, hq|left; apply Rinv_0_lt_compat; lra]. }
  assert (hres := residual_norm beta radius hbeta theta_t hreal theta ht).
  replace (96 * beta ^ 2 * radius ^ 2 * Bphi ^ 2 * (ln (INR n / eta) / INR n))
    with ((2 * beta * radius) ^ 2 * (6 * (2 * Bphi) ^ 2 * (ln (INR n / eta) / INR n))) by ring.
  apply Rmult_le_compat_r.
  - apply Rmult_le_pos; [|exact hl]. apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - apply pow_incr. split; [apply norm_nonneg|exact hres].
Qed.
