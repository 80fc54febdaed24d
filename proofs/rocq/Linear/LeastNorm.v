(** * The least norm among the parameters of a policy

    S08's horizon in its own terms: every softmax policy has a parameter of least norm, and along the exact
    path the policy of round [T] lies in the class of radius [R] exactly if
    [T <= log(R / ||theta_0||_min) / log(1 + 1/beta)]. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs Linear.Recovery
  Linear.Horizon Linear.Euclidean Linear.SoftmaxClass.
Open Scope R_scope.

Section LeastNorm.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.
  Variable theta0 : Dim -> R.

  (** [theta] gives the policy of [theta0]. *)
  Definition same_policy (theta : Dim -> R) : Prop := forall x y, softmax phi theta x y = softmax phi theta0 x y.

  (** Equal policies mean equal score differences. *)
  Lemma same_policy_iff theta :
    same_policy theta <-> forall z, dot theta (feature_difference phi z) = dot theta0 (feature_difference phi z).
  Proof.
    split.
    - intros h [[x y] y']. rewrite !dot_difference. assert (h1 := h x y). assert (h2 := h x y').
      apply (f_equal ln) in h1. apply (f_equal ln) in h2. rewrite !ln_softmax in h1, h2. lra.
    - intros h x y. assert (k : forall y', dot theta (phi x y') - dot theta0 (phi x y') = dot theta (phi x y) - dot theta0 (phi x y)).
      { intros y'. specialize (h (x, y', y)). rewrite !dot_difference in h. lra. }
      set (t := dot theta (phi x y) - dot theta0 (phi x y)) in *.
      assert (e : forall y', exp (dot theta (phi x y')) = exp t * exp (dot theta0 (phi x y'))).
      { intros y'. rewrite <- exp_plus. f_equal. specialize (k y'). lra. }
      unfold softmax. rewrite e. rewrite (Sum_ext _ (fun z => exp t * exp (dot theta0 (phi x z)))) by (intros; apply e).
      rewrite Sum_scal. assert (hp := softmax_sum_pos phi theta0 x). assert (ht := exp_pos t). field. lra.
  Qed.

  (** S08: the least norm is attained. *)
  Theorem S08_least_norm_exists :
    {theta : Dim -> R | same_policy theta /\ forall theta', same_policy theta' -> norm theta <= norm theta'}.
  Proof.
    destruct (completeness (fun r => exists theta, same_policy theta /\ r = - norm theta)) as (m & hub & hlub).
    - exists 0. intros r (theta & _ & ->). assert (h := norm_nonneg theta). lra.
    - exists (- norm theta0). exists theta0. split; [intros x y; reflexivity|reflexivity].
    - set (A := fun e theta => (same_policy theta /\ norm theta <= - m + e) /\ norm theta <= norm theta0).
      assert (hA : nested A).
      { split; [intros e e' u he [[h1 h2] h3]; split; [split; [exact h1|lra]|exact h3]|]. intros e he. apply NNPP. intros hno.
        assert (hb : is_upper_bound (fun r => exists theta, same_policy theta /\ r = - norm theta) (m - e)).
        { intros r (u & hu & ->). apply Rnot_lt_le. intros hlt. apply hno.
          destruct (Rle_dec (norm u) (norm theta0)) as [hle|hle].
          - exists u. split; [split; [exact hu|lra]|exact hle].
          - exists theta0. split; [split; [intros x y; reflexivity|lra]|lra]. }
        specialize (hlub _ hb). lra. }
      destruct (nested_coordinates enum (norm theta0) A hA) as (a & ha).
      { intros e u j [_ hu]. eapply Rle_trans; [apply coordinate_le_norm|exact hu]. }
      assert (hd := @card_ge_1 Dim FD).
      assert (near : forall e, 0 < e -> exists u, same_policy u /\ norm u <= - m + e /\ distance a u <= 2 * card Dim * e).
      { intros e he. destruct (ha e he) as (u & [[h1 h2] _] & h3). exists u. split; [exact h1|]. split; [exact h2|].
        rewrite distance_sym. apply distance_le_coordinates; [exact he|]. intros j; apply h3, enum_in. }
      exists a. split.
      + apply same_policy_iff. intros z. apply cond_eq. intros eps heps.
        set (w := norm (feature_difference phi z)). assert (hw : 0 <= w) by apply norm_nonneg.
        set (e := eps / (2 * (2 * card Dim * (w + 1)))).
        assert (hden : 0 < 2 * card Dim * (w + 1)) by (apply Rmult_lt_0_compat; lra).
        assert (he : 0 < e) by (apply Rdiv_lt_0_compat; lra).
        destruct (near e he) as (u & h1 & _ & h3). rewrite <- (proj1 (same_policy_iff u) h1 z).
        replace (dot a (feature_difference phi z) - dot u (feature_difference phi z))
          with (dot (fun j => a j - u j) (feature_difference phi z)).
        * eapply Rle_lt_trans; [apply abs_dot_le_norm|]. change (norm (fun j => a j - u j)) with (distance a u). fold w.
          apply Rle_lt_trans with (2 * card Dim * e * (w + 1)).
          -- apply Rmult_le_compat; [apply norm_nonneg|exact hw|exact h3|lra].
          -- assert (e1 : 2 * card Dim * e * (w + 1) = eps / 2) by (unfold e; field; lra). lra.
        * unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; ring.
      + intros v hv. assert (hm : - m <= norm v) by (specialize (hub (- norm v) (ex_intro _ v (conj hv eq_refl))); lra).
        apply Rle_trans with (- m); [|exact hm]. apply Rnot_lt_le. intros hlt.
        set (e := (norm a + m) / (2 * (1 + 2 * card Dim))). assert (he : 0 < e) by (apply Rdiv_lt_0_compat; lra).
        destruct (near e he) as (u & _ & h2 & h3). assert (h := norm_triangle u (fun j => a j - u j)).
        rewrite (norm_ext (fun j => u j + (a j - u j)) a) in h by (intros; ring).
        change (norm (fun j => a j - u j)) with (distance a u) in h.
        assert (e1 : e * (1 + 2 * card Dim) = (norm a + m) / 2) by (unfold e; field; lra). lra.
  Qed.

  Theorem S08_least_norm :
    exists theta, same_policy theta /\ forall theta', same_policy theta' -> norm theta <= norm theta'.
  Proof. destruct S08_least_norm_exists as (theta & h). exists theta; exact h. Qed.

  (** S08: [pi_T] of S05 lies in the class of radius [R] exactly if
      [T <= log(R/||theta_0||_min)/log(1 + 1/beta)]. *)
  Theorem S08_horizon_of_the_class beta radius theta T : 0 < beta -> 0 < radius -> 0 < norm theta ->
    same_policy theta -> (forall theta', same_policy theta' -> norm theta <= norm theta') ->
    (exists theta', norm theta' <= radius /\
       forall x y, softmax phi theta' x y = power (alpha beta T) (softmax phi theta0 x) y)
    <-> INR T <= ln (radius / norm theta) / ln (1 + 1 / beta).
  Proof.
    intros hb hr hpos hsame hmin. assert (ha := alpha_pos beta hb T). rewrite (S08_realizable_iff phi beta theta0 radius T hb).
    assert (key : (exists theta', alpha beta T * norm theta' <= radius /\
                    forall x y, softmax phi theta' x y = softmax phi theta0 x y) <-> alpha beta T * norm theta <= radius).
    { split.
      - intros (theta' & h1 & h2). eapply Rle_trans; [|exact h1]. apply Rmult_le_compat_l; [lra|exact (hmin theta' h2)].
      - intros h. exists theta. split; [exact h|exact hsame]. }
    rewrite key. assert (hf : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
    assert (hl : 0 < ln (1 + 1 / beta)) by (rewrite <- ln_1; apply ln_increasing; lra).
    assert (hln : ln (alpha beta T * norm theta) = INR T * ln (1 + 1 / beta) + ln (norm theta)).
    { rewrite ln_mult by lra. unfold alpha. rewrite ln_pow by lra. reflexivity. }
    assert (hq : ln (radius / norm theta) = ln radius - ln (norm theta)) by (apply ln_div_pos; lra).
    set (l := ln (1 + 1 / beta)) in *. rewrite hq. split; intros h.
    - apply ln_le_mono in h; [|apply Rmult_lt_0_compat; lra]. apply (Rmult_le_reg_r l); [exact hl|].
      replace ((ln radius - ln (norm theta)) / l * l) with (ln radius - ln (norm theta)) by (field; lra). lra.
    - apply (Rmult_le_compat_r l) in h; [|lra].
      replace ((ln radius - ln (norm theta)) / l * l) with (ln radius - ln (norm theta)) in h by (field; lra).
      rewrite <- (exp_ln radius) by exact hr. rewrite <- (exp_ln (alpha beta T * norm theta)) by (apply Rmult_lt_0_compat; lra).
      apply exp_le. lra.
  Qed.

End LeastNorm.
