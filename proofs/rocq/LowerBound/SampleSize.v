(** Theorem 4.1: necessary sample sizes, in closed form by Lambert W. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Rcomplements.
From SRVerify Require Import Scalar.LambertW Scalar.Basics Scalar.LowerBound Scalar.LambertInversion
  Finite.Space Policy.Definitions LowerBound.HardInstance.
Import ListNotations.
Open Scope R_scope.

(** * Theorem 4.1 on the hard instance

    The count of draws at a prompt (D04), the necessary sample size for every deterministic or
    randomised learner (D06, D07), the statement of the theorem with the Lambert W inversion
    (D11 with D09) and the bound without logarithm (D17).  Failure is base failure throughout;
    the class is Pi = {pi^J : J in [M]^d} with ln|Pi| = d ln M, or its binary part with
    log_2|Pi| = d. *)

(** ** D04: draws at one prompt *)

Lemma En_count {A : Type} {FA : FiniteType A} (p g : A -> R) (n : nat) : is_dist p ->
  En n p (fun s => sumL s g) = INR n * E p g.
Proof.
  intro hp; induction n as [| n IH]; [simpl; ring |].
  cbn [En].
  rewrite (E_ext p _ (fun a => g a + INR n * E p g)).
  - rewrite E_plus, E_const by exact hp; rewrite S_INR; lra.
  - intro a; change (En n p (fun s => g a + sumL s g) = g a + INR n * E p g).
    rewrite En_plus, IH, En_const by exact hp; reflexivity.
Qed.

Section Bound.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** The number of draws at x_i. *)
  Definition draws_at (i : I) (s : list (option I * K)) : R :=
    sumL s (fun o => ind (fst o = Some i)).

  Lemma prompt_probability rho (key : I -> K) i :
    E (draw_law rho key) (fun o => ind (fst o = Some i)) = rho / d.
  Proof.
    pose proof (draw_at rho key i (fun _ => True)) as h; unfold Pr in h.
    rewrite (E_ext (draw_law rho key) _ (fun o => ind (fst o = Some i))) in h
      by (intro; apply ind_iff; tauto).
    rewrite h, (E_ext _ _ (fun _ => 1)) by (intro; apply ind_true; exact Logic.I).
    rewrite E_const by (apply is_full_dist, D01_key_law; lra); ring.
  Qed.

  (** P(n_i <= 2 n rho/d) >= 1/2. *)
  Theorem D04_count : forall (rho : R) (key : I -> K) (n : nat) (i : I), 0 < rho -> rho <= 1 ->
    1 / 2 <= Prn n (draw_law rho key) (fun s => draws_at i s <= 2 * INR n * rho / d).
  Proof.
    intros rho key n i h0 h1; pose proof (card_pos I FI) as hd.
    assert (hp : is_dist (draw_law rho key)) by (apply draw_law_dist; lra).
    destruct n as [| n].
    - unfold Prn; simpl; rewrite ind_true; [lra |].
      unfold draws_at, sumL; simpl; apply le_div; lra.
    - set (t := 2 * INR (S n) * rho / d).
      assert (ht : 0 < t).
      { unfold t; apply Rdiv_lt_0_compat; [| exact hd].
        pose proof (lt_0_INR (S n) ltac:(lia)); nra. }
      assert (hm : Prn (S n) (draw_law rho key) (fun s => ~ draws_at i s <= t) <= 1 / 2).
      { unfold Prn.
        apply Rle_trans with (En (S n) (draw_law rho key) (fun s => / t * draws_at i s)).
        - apply En_le; [apply hp |]; intros s _.
          assert (0 <= draws_at i s) by (apply sumL_nonneg; intros; apply ind_nonneg).
          destruct (classic (draws_at i s <= t)) as [h | h].
          + rewrite ind_false by tauto; apply Rmult_le_pos; [left; apply Rinv_0_lt_compat |]; lra.
          + rewrite ind_true by exact h; apply Rnot_le_lt in h.
            apply Rmult_le_reg_l with t; [exact ht |].
            rewrite <- Rmult_assoc, Rinv_r by lra; lra.
        - rewrite En_scal; unfold draws_at; rewrite En_count, prompt_probability by exact hp.
          unfold t; pose proof (lt_0_INR (S n) ltac:(lia)); right; field; lra. }
      rewrite Prn_not in hm by exact hp; lra.
  Qed.

  (** ** D06: the sample is necessary *)

  Lemma two_keys : 2 <= M -> exists a b : K, a <> b.
  Proof.
    unfold card; intro h; pose proof (@enum_nodup K FK) as hn.
    destruct enum as [| a [| b l]]; simpl in h; try lra.
    exists a, b; inversion hn as [| x y hx]; subst; intros ->; apply hx; left; reflexivity.
  Qed.

  Lemma unseen_often rho (n : nat) : 0 < rho -> rho <= 1 -> 2 <= M ->
    INR n <= d * (M + 1) / (12 * rho) -> 3 / 4 <= (1 - 3 * rho / (d * (M + 1))) ^ n.
  Proof.
    intros h0 h1 hM hn; pose proof (@card_ge_1 I FI) as hd.
    assert (hp : 0 < d * (M + 1)) by (apply Rmult_lt_0_compat; lra).
    assert (3 <= d * (M + 1)) by nra.
    eapply Rle_trans; [| apply bernoulli; [apply le_div; lra | apply div_le; lra]].
    apply mul_le_of_div in hn; [| lra].
    assert (INR n * (3 * rho / (d * (M + 1))) <= 1 / 4); [| lra].
    replace (INR n * (3 * rho / (d * (M + 1)))) with (3 * rho * INR n / (d * (M + 1))) by lra.
    apply div_le; lra.
  Qed.

  (** n <= d(M+1)/(12 rho): under a uniform key the average misclassification of every
      deterministic learner is at least 1/8 (in fact 3/8). *)
  Theorem D06_average_misclassification : forall (rho : R) (n : nat) (A : learner) (key : I -> K),
    0 < rho -> rho <= 1 -> 2 <= M -> proper_output A -> INR n <= d * (M + 1) / (12 * rho) ->
    3 / 8 <= average uniform enum (fun k => / d * Sum (fun i => miss rho k n A i)) key.
  Proof.
    intros rho n A key h0 h1 hM hA hn.
    pose proof (unseen_often rho n h0 h1 hM hn) as hq.
    pose proof (average_misses uniform A rho key n uniform_dist
                  (fun g c h => uniform_pairs g c hM h) hA ltac:(lra) h1); lra.
  Qed.

  (** ... so some key has average misclassification at least 1/8 > 1/16. *)
  Theorem D06_misclassified_key : forall (rho : R) (n : nat) (A : learner),
    0 < rho -> rho <= 1 -> 2 <= M -> proper_output A -> INR n <= d * (M + 1) / (12 * rho) ->
    exists key : I -> K, 1 / 8 <= / d * Sum (fun i => miss rho key n A i).
  Proof.
    intros rho n A h0 h1 hM hA hn.
    pose proof (D06_average_misclassification rho n A (fun _ => point) h0 h1 hM hA hn) as h.
    apply average_attained in h as (key & _ & _ & h); [| apply uniform_dist].
    exists key; lra.
  Qed.

  (** Expected success >= 1-eps at every key, with rho = 16 eps, needs n > d(M+1)/(12 rho):
      for every randomised learner. *)
  Theorem D06_sample_necessary : forall (W : Type) (FW : FiniteType W) (w : W -> R)
      (A : W -> learner) (eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 0 < eps -> eps <= 1 / 16 -> 2 <= M ->
    (forall key, random_risk w (16 * eps) key n A <= eps) ->
    d * (M + 1) / (12 * (16 * eps)) < INR n.
  Proof.
    intros W FW w A eps n hw hA h0 h1 hM hrisk; apply Rnot_le_lt; intro hn.
    destruct (two_keys hM) as (a & b & hab).
    destruct (D17_lower_bound W FW w A (16 * eps) n a b hw hA ltac:(lra) ltac:(lra) hab)
      as (key & _ & h).
    pose proof (unseen_often (16 * eps) n ltac:(lra) ltac:(lra) hM hn).
    specialize (hrisk key).
    set (q := (1 - 3 * (16 * eps) / (d * (M + 1))) ^ n) in *; nra.
  Qed.

  (** ** D07: the theorem *)

  (** |Pi| = M^d. *)
  Definition class_size : R := M ^ length (@enum I FI).

  Lemma log_class_size : ln class_size = d * ln M.
  Proof.
    unfold class_size; rewrite pow_Rpower by apply card_pos; rewrite ln_exp; reflexivity.
  Qed.

  (** For kappa_0 >= 2, eps <= 1/16 and M = 1 + floor((kappa_0-1)/(8 eps)): a learner, deterministic
      or randomised, whose expected base failure is at most eps at every key needs
      n > c_0 kappa_0 ln|Pi| / (eps^2 (1 + ln(kappa_0/eps))), c_0 = 1/3072; and every policy of
      the class has condition number at most kappa_0. *)
  Theorem D07_lower_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) ->
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    (forall key, random_risk w (16 * eps) key n A <= eps) ->
    (forall key : I -> K, kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    1 / 3072 * kappa0 * ln class_size / (eps ^ 2 * (1 + ln (kappa0 / eps))) < INR n.
  Proof.
    intros W FW w A kappa0 eps n hw hA hk h0 h1 hM hM' hrisk.
    assert (hM2 : 2 <= M) by (apply (key_count_pos kappa0 eps); lra).
    split.
    - intro key; apply D02_instance; [lra |].
      replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra).
      exact hM.
    - apply (D07_necessary kappa0 eps M d); try assumption.
      + apply card_pos.
      + symmetry; apply log_class_size.
      + apply (D06_sample_necessary W FW w A); assumption.
  Qed.

  (** The same for a deterministic learner. *)
  Theorem D07_deterministic : forall (A : learner) (kappa0 eps : R) (n : nat),
    proper_output A -> 2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    (forall key, risk (16 * eps) key n A <= eps) ->
    1 / 3072 * kappa0 * ln class_size / (eps ^ 2 * (1 + ln (kappa0 / eps))) < INR n.
  Proof.
    intros A kappa0 eps n hA hk h0 h1 hM hM' hrisk.
    apply (D07_lower_bound unit _ (dirac tt) (fun _ => A)); try assumption.
    - apply dirac_dist.
    - intros; exact hA.
    - intro key; unfold random_risk; rewrite E_dirac; apply hrisk.
  Qed.

  (** ** D11: the theorem inverted *)

  (** If f(eps) <= I := c_0 kappa_0 ln|Pi|/n, on the instance of eps every learner has risk at least eps. *)
  Theorem D11_risk : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 1 <= INR n ->
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    eps ^ 2 * (1 + ln (kappa0 / eps)) <= 1 / 3072 * kappa0 * ln class_size / INR n ->
    exists key : I -> K, eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros W FW w A kappa0 eps n hw hA hn hk h0 h1 hM hM' hI.
    apply NNPP; intro hno.
    assert (hrisk : forall key, random_risk w (16 * eps) key n A <= eps).
    { intro key; left; apply Rnot_le_lt; intro h; apply hno; exists key; exact h. }
    destruct (D07_lower_bound W FW w A kappa0 eps n hw hA hk h0 h1 hM hM' hrisk) as [_ h].
    pose proof (log_ratio_pos kappa0 eps hk h0 h1) as hl.
    assert (0 < eps ^ 2 * (1 + ln (kappa0 / eps))) as hf.
    { apply Rmult_lt_0_compat; [apply pow_lt; exact h0 | lra]. }
    apply lt_mul_of_div in h; [| exact hf].
    apply mul_le_of_div in hI; [| lra]. lra.
  Qed.

  (** Theorem 4.1: risk >= eps_LB = kappa_0 exp(1 + W_{-1}(-2I/(e^2 kappa_0^2))/2)
      whenever I = c_0 kappa_0 ln|Pi|/n <= f(1/16), on the instance with M = M(eps_LB). *)
  Theorem D11_lambert_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 J eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 1 <= INR n -> 2 <= kappa0 ->
    J = 1 / 3072 * kappa0 * ln class_size / INR n -> 0 < J ->
    J <= (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) ->
    eps = kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2) ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    eps <= 1 / 16 /\ exists key : I -> K, eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros W FW w A kappa0 J eps n hw hA hn hk eJ hJ hJ' eE hM hM'.
    assert (hmax : J <= exp 1 * kappa0 ^ 2 / 2).
    { eapply Rle_trans; [exact hJ' | apply D08_maximum; lra]. }
    destruct (D09_range kappa0 J ltac:(lra) hJ hmax) as [h0 h1].
    pose proof (D09_root kappa0 J ltac:(lra) hJ hmax) as hroot.
    rewrite <- eE in h0, h1, hroot.
    assert (hs : 1 <= sqrt (exp 1)) by (apply le_sqrt_of_sq; pose proof exp_1_gt_2; lra).
    assert (heps : eps <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) eps ltac:(lra) ltac:(lra) hgt h1); lra. }
    split; [exact heps |].
    apply (D11_risk W FW w A kappa0 eps n); try assumption.
    rewrite hroot, eJ; lra.
  Qed.

  (** The logarithmic form with its sharp constant: risk >= sqrt(1-1/e) eps~, where
      eps~ = sqrt(c_0 kappa_0 ln|Pi| / (n (1 + ln(kappa_0 n/(2 c_0 ln|Pi|))/2))). *)
  Theorem D14_risk : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 J eps : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 1 <= INR n -> 2 <= kappa0 ->
    J = 1 / 3072 * kappa0 * ln class_size / INR n -> 0 < J ->
    J <= (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) ->
    eps = kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2) ->
    M <= 1 + (kappa0 - 1) / (8 * eps) -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    exists key : I -> K,
      sqrt (1 - 1 / exp 1) *
        sqrt (1 / 3072 * kappa0 * ln class_size /
              (INR n * (1 + ln (kappa0 * INR n / (2 * (1 / 3072) * ln class_size)) / 2))) <=
      random_risk w (16 * eps) key n A.
  Proof.
    intros W FW w A kappa0 J eps n hw hA hn hk eJ hJ hJ' eE hM hM'.
    destruct (D11_lambert_bound W FW w A kappa0 J eps n) as [_ (key & h)]; try assumption.
    exists key; eapply Rle_trans; [| exact h].
    assert (hmax : J <= exp 1 * kappa0 ^ 2 / 2).
    { eapply Rle_trans; [exact hJ' | apply D08_maximum; lra]. }
    assert (hL : 0 < ln class_size).
    { apply Rnot_le_lt; intro hl.
      assert (J <= 0); [| lra].
      rewrite eJ; apply div_le; [lra | nra]. }
    destruct (D12_sandwich kappa0 J ltac:(lra) hJ hmax) as [hs _].
    destruct (D12_setup kappa0 J ltac:(lra) hJ hmax) as [hW eW].
    rewrite <- eE in hs; rewrite eJ in hs, hW, eW.
    rewrite D14_rate in hs; [exact hs | lra | lra | exact hL | lra |].
    rewrite eW; set (w0 := - Wm1 _) in *.
    pose proof (D12_scalar w0 hW) as [hlo _].
    assert (1 / exp 1 < 1) by (pose proof exp_1_gt_2; apply div_lt; lra). nra.
  Qed.

  (** Above f(1/16) the risk is at least 1/16, on the instance with M = M(1/16). *)
  Theorem D11_saturated : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 : R) (n : nat),
    is_dist w -> (forall o, proper_output (A o)) -> 1 <= INR n -> 2 <= kappa0 ->
    (1 / 16) ^ 2 * (1 + ln (kappa0 / (1 / 16))) <= 1 / 3072 * kappa0 * ln class_size / INR n ->
    M <= 1 + (kappa0 - 1) / (8 * (1 / 16)) -> 1 + (kappa0 - 1) / (8 * (1 / 16)) < M + 1 ->
    exists key : I -> K, 1 / 16 <= random_risk w (16 * (1 / 16)) key n A.
  Proof.
    intros W FW w A kappa0 n hw hA hn hk hI hM hM'.
    apply (D11_risk W FW w A kappa0 (1 / 16) n); try assumption; lra.
  Qed.

  (** ** D17: binary keys, no logarithm *)

  (** Risk at most eps at every key in {a,b}^d needs n > c_0 kappa_0 log_2|Pi| / eps^2, log_2|Pi| = d. *)
  Theorem D17_sample_necessary : forall (W : Type) (FW : FiniteType W) (w : W -> R)
      (A : W -> learner) (kappa0 eps : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> a <> b ->
    2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 -> 1 + (kappa0 - 1) / (8 * eps) < M + 1 ->
    (forall key, (forall i, key i = a \/ key i = b) -> random_risk w (16 * eps) key n A <= eps) ->
    1 / 3072 * kappa0 * d / eps ^ 2 < INR n.
  Proof.
    intros W FW w A kappa0 eps n a b hw hA hab hk h0 h1 hM hrisk.
    destruct (D17_lower_bound W FW w A (16 * eps) n a b hw hA ltac:(lra) ltac:(lra) hab)
      as (key & hkey & h).
    apply (D17_necessary kappa0 eps M d n); try assumption; [apply card_ge_1 |].
    eapply Rle_trans; [exact h | apply hrisk, hkey].
  Qed.

  (** For n >= (kappa_0-1) max(d/3, 3/d), at rho = sqrt((kappa_0-1)d/(3n)), every learner has risk at least
      0.1238 sqrt(kappa_0 d/n) at some binary key, and the instance has condition number at most kappa_0. *)
  Theorem D17_rate : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (kappa0 rho : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> a <> b ->
    2 <= kappa0 -> (kappa0 - 1) * d / 3 <= INR n -> (kappa0 - 1) * 3 / d <= INR n -> 1 <= INR n ->
    rho = sqrt ((kappa0 - 1) * d / (3 * INR n)) ->
    M <= 1 + 2 * (kappa0 - 1) / rho -> 2 * (kappa0 - 1) / rho < M ->
    (forall key : I -> K, kappa (prompt_law rho) (key_policy 1 key) <= kappa0) /\
    exists key : I -> K, (forall i, key i = a \/ key i = b) /\
      1238 / 10000 * sqrt (kappa0 * d / INR n) <= random_risk w rho key n A.
  Proof.
    intros W FW w A kappa0 rho n a b hw hA hab hk hn1 hn2 hn erho hM hM'.
    pose proof (@card_ge_1 I FI) as hd.
    assert (hrho : 0 < rho).
    { rewrite erho; apply sqrt_lt_R0, Rdiv_lt_0_compat; nra. }
    assert (hrho1 : rho <= 1).
    { rewrite erho; apply sqrt_le_of_sq; [lra |]; apply div_le; lra. }
    split; [intro key; apply D02_instance; assumption |].
    destruct (D17_lower_bound W FW w A rho n a b hw hA ltac:(lra) hrho1 hab) as (key & hkey & h).
    exists key; split; [exact hkey |].
    eapply Rle_trans; [apply D17_constant; assumption |].
    eapply Rle_trans; [apply (D17_closed_form kappa0 d M n); try lra; rewrite <- erho; exact hM' |].
    rewrite <- erho; exact h.
  Qed.
End Bound.

(** ** Theorem 4.1, instantiated

    For every kappa_0 >= 2, eps <= 1/16 and every number of prompts d there is a number of labels M for
    which the instance exists, has condition number at most kappa_0, and forces
    n > c_0 kappa_0 d ln M/(eps^2 (1 + ln(kappa_0/eps))) on every randomised learner of risk at most eps. *)
Theorem D07_theorem_4_1 : forall (kappa0 eps : R) (d : nat), 2 <= kappa0 -> 0 < eps -> eps <= 1 / 16 ->
  exists M : nat,
    INR (S M) <= 1 + (kappa0 - 1) / (8 * eps) /\ 1 + (kappa0 - 1) / (8 * eps) < INR (S M) + 1 /\
    (forall key : succ_type d -> succ_type M,
       kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
    forall (W : Type) (FW : FiniteType W) (w : W -> R)
           (A : W -> @learner (succ_type d) (succ_type M)) (n : nat),
      is_dist w -> (forall o, proper_output (A o)) ->
      (forall key : succ_type d -> succ_type M, random_risk w (16 * eps) key n A <= eps) ->
      1 / 3072 * kappa0 * (INR (S d) * ln (INR (S M))) / (eps ^ 2 * (1 + ln (kappa0 / eps))) < INR n.
Proof.
  intros kappa0 eps d hk h0 h1.
  assert (hx : 0 <= (kappa0 - 1) / (8 * eps)) by (apply le_div; lra).
  destruct (nfloor_ex ((kappa0 - 1) / (8 * eps)) hx) as (M & hM & hM').
  exists M; rewrite S_INR; split; [lra | split; [lra | split]].
  - intro key; apply D02_instance; [lra |]; rewrite card_succ_type, S_INR.
    replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra). lra.
  - intros W FW w A n hw hA hrisk.
    pose proof (D07_lower_bound W FW w A kappa0 eps n hw hA hk h0 h1) as h.
    rewrite log_class_size, !card_succ_type, (S_INR M) in h.
    apply h; [lra | lra | exact hrisk].
Qed.

(** * D11 and D14: the instance of eps_LB exists

    The number of labels M = 1 + floor((kappa_0-1)/(8 eps)) of the instance depends on eps, and eps_LB on
    ln|Pi| = d ln M: the theorem speaks of a fixed point.  It exists for every kappa_0 >= 2, every
    M >= 2 kappa_0 and arbitrarily large d and n; there Theorem 4.1 in its Lambert form and in its logarithmic
    form holds for every learner.  Without a fixed point the bound holds for every d and n, with ln|Pi|
    replaced by d ln m for any m <= M.

    Serves D11, D14. *)

(** I = c_0 kappa_0 L/n, with L = ln|Pi|. *)
Definition level (kappa0 L : R) (n : nat) : R := 1 / 3072 * kappa0 * L / INR n.

(** eps_LB = kappa_0 exp(1 + W_{-1}(-2I/(e^2 kappa_0^2))/2). *)
Definition eps_LB (kappa0 J : R) : R := kappa0 * exp (1 + Wm1 (- (2 * J) / (exp 2 * kappa0 ^ 2)) / 2).

(** f(eps) = eps^2 (1 + ln(kappa_0/eps)). *)
Definition cost (kappa0 eps : R) : R := eps ^ 2 * (1 + ln (kappa0 / eps)).

(** ** Ratios of large integers are dense *)

Lemma large_ratio (a b : R) (m0 : nat) : 0 < a -> a < b ->
  exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\ (1 <= n)%nat /\
    a < INR (S d) / INR n /\ INR (S d) / INR n < b.
Proof.
  intros ha hab.
  assert (h : 0 <= 2 / (b - a) + (INR m0 + 2) / a + INR m0).
  { pose proof (pos_INR m0).
    assert (0 <= 2 / (b - a)) by (apply le_div; lra).
    assert (0 <= (INR m0 + 2) / a) by (apply le_div; lra). lra. }
  destruct (nfloor_ex _ h) as (k & _ & hk).
  assert (hk1 : 2 / (b - a) < INR (S k) /\ (INR m0 + 2) / a < INR (S k) /\ INR m0 < INR (S k)).
  { rewrite S_INR; pose proof (pos_INR m0).
    assert (0 <= 2 / (b - a)) by (apply le_div; lra).
    assert (0 <= (INR m0 + 2) / a) by (apply le_div; lra). lra. }
  destruct hk1 as (h1 & h2 & h3); set (n := S k) in *.
  apply lt_mul_of_div in h1; [| lra]; apply lt_mul_of_div in h2; [| exact ha].
  assert (hn : 0 < INR n) by (apply lt_0_INR; unfold n; lia).
  destruct (nfloor_ex (INR n * a)) as (d & hd1 & hd2); [nra |].
  exists d, n; split; [| split; [| split; [unfold n; lia | split]]].
  - apply INR_le; lra.
  - apply INR_le; lra.
  - apply lt_div; [exact hn | rewrite S_INR; lra].
  - apply div_lt; [exact hn | rewrite S_INR; lra].
Qed.

(** ** The fixed point *)

Section FixedPoint.
  Variable kappa0 : R.
  Hypothesis hk : 2 <= kappa0.

  Lemma sqrt_e_ge_1 : 1 <= sqrt (exp 1).
  Proof. apply le_sqrt_of_sq; pose proof exp_1_gt_2; lra. Qed.

  Lemma cost_pos (eps : R) : 0 < eps -> eps <= 1 / 16 -> 0 < cost kappa0 eps.
  Proof.
    intros h0 h1; pose proof (log_ratio_pos kappa0 eps hk h0 h1).
    apply Rmult_lt_0_compat; [apply pow_lt, h0 | lra].
  Qed.

  Lemma cost_increasing (x y : R) : 0 < x -> x < y -> y <= 1 / 16 -> cost kappa0 x < cost kappa0 y.
  Proof. intros; pose proof sqrt_e_ge_1; apply D08_increasing; nra. Qed.

  Lemma eps_LB_root (J : R) : 0 < J -> J <= cost kappa0 (1 / 16) ->
    0 < eps_LB kappa0 J /\ eps_LB kappa0 J <= kappa0 * sqrt (exp 1) /\ cost kappa0 (eps_LB kappa0 J) = J.
  Proof.
    intros h0 h1.
    assert (hmax : J <= exp 1 * kappa0 ^ 2 / 2).
    { eapply Rle_trans; [exact h1 | apply D08_maximum; lra]. }
    destruct (D09_range kappa0 J ltac:(lra) h0 hmax) as [h2 h3].
    split; [exact h2 | split; [exact h3 | apply D09_root; lra]].
  Qed.

  (** A level between f(x) and f(y) has its root between x and y. *)
  Lemma eps_LB_between (x y J : R) : 0 < x -> x < y -> y <= 1 / 16 ->
    cost kappa0 x < J -> J < cost kappa0 y -> x < eps_LB kappa0 J /\ eps_LB kappa0 J < y.
  Proof.
    intros hx hxy hy h1 h2.
    pose proof (cost_pos x hx ltac:(lra)) as hc.
    assert (h16 : cost kappa0 y <= cost kappa0 (1 / 16)).
    { destruct hy as [hy | ->]; [left; apply cost_increasing; lra | lra]. }
    destruct (eps_LB_root J ltac:(lra) ltac:(lra)) as (h3 & h4 & h5).
    pose proof sqrt_e_ge_1; split.
    - apply (D13_root_increasing kappa0); try lra; [nra |]. fold (cost kappa0 x).
      fold (cost kappa0 (eps_LB kappa0 J)); lra.
    - apply (D13_root_increasing kappa0); try lra; [nra |]. fold (cost kappa0 y).
      fold (cost kappa0 (eps_LB kappa0 J)); lra.
  Qed.

  (** For every M >= 2 kappa_0 and arbitrarily large d and n: at |Pi| = M^d the level I is in the range of
      Theorem 4.1 and M is the number of labels of the instance of eps_LB. *)
  Theorem D11_fixed_points : forall M m0 : nat, 2 * kappa0 <= INR (S M) ->
    exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\ (1 <= n)%nat /\
      let J := level kappa0 (INR (S d) * ln (INR (S M))) n in
      let eps := eps_LB kappa0 J in
      0 < J /\ J <= cost kappa0 (1 / 16) /\
      INR (S M) <= 1 + (kappa0 - 1) / (8 * eps) /\ 1 + (kappa0 - 1) / (8 * eps) < INR (S M) + 1.
  Proof.
    intros M m0 hM; set (m := INR (S M)) in *.
    set (x := (kappa0 - 1) / (8 * m)); set (y := (kappa0 - 1) / (8 * (m - 1))).
    assert (hx : 0 < x) by (apply Rdiv_lt_0_compat; lra).
    assert (hxy : x < y).
    { unfold x, y, Rdiv; apply Rmult_lt_compat_l; [lra |].
      apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | lra]. }
    assert (hy : y <= 1 / 16) by (apply div_le; lra).
    pose proof (cost_pos x hx ltac:(lra)) as hcx.
    pose proof (cost_increasing x y hx hxy hy) as hcxy.
    assert (hl : 0 < ln m) by (apply ln_gt_0; lra).
    set (c := 1 / 3072 * kappa0 * ln m).
    assert (hc : 0 < c) by (unfold c; repeat apply Rmult_lt_0_compat; lra).
    destruct (large_ratio (cost kappa0 x / c) (cost kappa0 y / c) m0) as (d & n & h1 & h2 & h3 & h4 & h5).
    - apply Rdiv_lt_0_compat; assumption.
    - apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, hc | exact hcxy].
    - exists d, n; split; [exact h1 | split; [exact h2 | split; [exact h3 |]]].
      assert (hn : 0 < INR n) by (apply lt_0_INR; lia).
      cbv zeta; set (J := level kappa0 (INR (S d) * ln m) n).
      assert (eJ : J = INR (S d) / INR n * c) by (unfold J, level, c; lra).
      apply lt_mul_of_div in h4; [| exact hc]; apply mul_lt_of_div in h5; [| exact hc].
      rewrite <- eJ in h4, h5.
      destruct (eps_LB_between x y J hx hxy hy h4 h5) as [hlo hhi].
      set (eps := eps_LB kappa0 J) in *.
      assert (he : 0 < eps) by lra.
      split; [lra | split; [| split]].
      + apply Rle_trans with (cost kappa0 y); [lra |].
        destruct hy as [hy | e]; [left; apply cost_increasing; lra | rewrite e; lra].
      + assert (m - 1 <= (kappa0 - 1) / (8 * eps)); [| lra].
        apply le_div; [lra |]; unfold y in hhi.
        apply mul_lt_of_div in hhi; lra.
      + assert ((kappa0 - 1) / (8 * eps) < m); [| lra].
        apply div_lt; [lra |]; unfold x in hlo.
        apply lt_mul_of_div in hlo; lra.
  Qed.

  (** Theorem 4.1 where its instance exists: for every M >= 2 kappa_0 there are arbitrarily large d and n for
      which the instance with M labels has condition number at most kappa_0 and every learner, deterministic or
      randomised, has risk at least eps_LB, and at least sqrt(1-1/e) eps~, at some key. *)
  Theorem D11_theorem_4_1 : forall M m0 : nat, 2 * kappa0 <= INR (S M) ->
    exists d n : nat, (m0 <= d)%nat /\ (m0 <= n)%nat /\
      let L := INR (S d) * ln (INR (S M)) in
      let eps := eps_LB kappa0 (level kappa0 L n) in
      0 < eps /\ eps <= 1 / 16 /\
      (forall key : succ_type d -> succ_type M,
         kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
      forall (W : Type) (FW : FiniteType W) (w : W -> R)
             (A : W -> @learner (succ_type d) (succ_type M)),
        is_dist w -> (forall o, proper_output (A o)) ->
        (exists key, eps <= random_risk w (16 * eps) key n A) /\
        (exists key,
           sqrt (1 - 1 / exp 1) *
             sqrt (1 / 3072 * kappa0 * L / (INR n * (1 + ln (kappa0 * INR n / (2 * (1 / 3072) * L)) / 2))) <=
           random_risk w (16 * eps) key n A).
  Proof.
    intros M m0 hM.
    destruct (D11_fixed_points M m0 hM) as (d & n & h1 & h2 & h3 & hJ & hJ' & hlo & hhi).
    exists d, n; split; [exact h1 | split; [exact h2 |]].
    assert (hn : 1 <= INR n) by (apply (le_INR 1); exact h3).
    assert (hL : INR (S d) * ln (INR (S M)) = ln (@class_size (succ_type d) (succ_type M) _ _))
      by (rewrite log_class_size, !card_succ_type; reflexivity).
    cbv zeta in *; rewrite hL in *.
    set (J := level kappa0 _ n) in *; set (eps := eps_LB kappa0 J) in *.
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot); fold eps in he, he', hroot.
    assert (heps : eps <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) eps ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 eps) in h; lra. }
    split; [exact he | split; [exact heps | split]].
    - intro key; apply D02_instance; [lra |]; rewrite card_succ_type.
      replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra). exact hlo.
    - intros W FW w A hw hA; split.
      + apply (D11_lambert_bound W FW w A kappa0 J eps n hw hA hn hk eq_refl hJ hJ' eq_refl);
          rewrite card_succ_type; assumption.
      + apply (D14_risk W FW w A kappa0 J eps n hw hA hn hk eq_refl hJ hJ' eq_refl);
          rewrite card_succ_type; assumption.
  Qed.

  (** Without a fixed point: for every d and n and every number m >= 2 of labels that the instance of
      eps = eps_LB(d ln m) contains, every learner has risk at least eps there at some key.  m = 2 always
      qualifies, since eps <= 1/16 gives at least three labels. *)
  Theorem D11_every_size : forall (d n m : nat), (1 <= n)%nat -> (2 <= m)%nat ->
    let J := level kappa0 (INR (S d) * ln (INR m)) n in
    let eps := eps_LB kappa0 J in
    J <= cost kappa0 (1 / 16) -> INR m <= 1 + (kappa0 - 1) / (8 * eps) ->
    exists M : nat, (m <= S M)%nat /\
      (forall key : succ_type d -> succ_type M,
         kappa (prompt_law (16 * eps)) (key_policy 1 key) <= kappa0) /\
      forall (W : Type) (FW : FiniteType W) (w : W -> R)
             (A : W -> @learner (succ_type d) (succ_type M)),
        is_dist w -> (forall o, proper_output (A o)) ->
        exists key, eps <= random_risk w (16 * eps) key n A.
  Proof.
    intros d n m hn hm J eps hJ' hmM.
    assert (hn' : 1 <= INR n) by (apply (le_INR 1); exact hn).
    assert (hm' : 2 <= INR m) by (apply (le_INR 2); exact hm).
    assert (hd : 0 < INR (S d)) by (apply lt_0_INR; lia).
    assert (hl : 0 < ln (INR m)) by (apply ln_gt_0; lra).
    assert (hJ : 0 < J).
    { unfold J, level; apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat; lra | lra]. }
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot); fold eps in he, he', hroot.
    assert (heps : eps <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) eps ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 eps) in h; lra. }
    assert (hx : 0 <= (kappa0 - 1) / (8 * eps)) by (apply le_div; lra).
    destruct (nfloor_ex _ hx) as (M & hM & hM'); exists M.
    assert (hmM' : (m <= S M)%nat).
    { assert (INR m < INR (S (S M))) as h by (rewrite !S_INR; lra). apply INR_lt in h; lia. }
    split; [exact hmM' | split].
    - intro key; apply D02_instance; [lra |]; rewrite card_succ_type, S_INR.
      replace (2 * (kappa0 - 1) / (16 * eps)) with ((kappa0 - 1) / (8 * eps)) by (field; lra). lra.
    - intros W FW w A hw hA.
      apply (D11_risk W FW w A kappa0 eps n hw hA hn' hk he heps);
        rewrite ?card_succ_type, ?(S_INR M); try lra.
      fold (cost kappa0 eps); rewrite hroot, log_class_size, !card_succ_type; unfold J, level.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra |].
      apply Rmult_le_compat_l; [lra |]; apply Rmult_le_compat_l; [lra |].
      apply ln_le; [lra | apply le_INR, hmM'].
  Qed.

  (** At m = 2 the hypothesis on m is met by itself: for every d and n with c_0 kappa_0 d ln 2/n <= f(1/16). *)
  Theorem D11_two_labels : forall (d n : nat), (1 <= n)%nat ->
    let J := level kappa0 (INR (S d) * ln 2) n in
    J <= cost kappa0 (1 / 16) -> 2 <= 1 + (kappa0 - 1) / (8 * eps_LB kappa0 J).
  Proof.
    intros d n hn J hJ'.
    assert (hJ : 0 < J).
    { pose proof (lt_0_INR n ltac:(lia)); pose proof (lt_0_INR (S d) ltac:(lia)).
      pose proof (ln_gt_0 2 ltac:(lra)).
      unfold J, level; apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat; lra | lra]. }
    destruct (eps_LB_root J hJ hJ') as (he & he' & hroot).
    assert (heps : eps_LB kappa0 J <= 1 / 16).
    { apply Rnot_lt_le; intro hgt.
      pose proof (D08_increasing kappa0 (1 / 16) _ ltac:(lra) ltac:(lra) hgt he') as h.
      fold (cost kappa0 (1 / 16)) in h; fold (cost kappa0 (eps_LB kappa0 J)) in h; lra. }
    assert (1 <= (kappa0 - 1) / (8 * eps_LB kappa0 J)) by (apply le_div; lra). lra.
  Qed.
End FixedPoint.
