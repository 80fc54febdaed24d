(** * The realizability horizon

    S08: in the linear softmax class the exact update maps [theta] to [(1 + 1/beta) theta]; along S05 the
    policy of round [T] has a parameter of norm at most [R] exactly if the initial policy has one of norm
    at most [R / alpha_T]. *)

From Coq Require Import Reals Lra Lia List FunctionalExtensionality.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Linear.Recovery.
Open Scope R_scope.

Section Horizon.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  Definition scale (a : R) (theta : Dim -> R) : Dim -> R := fun j => a * theta j.

  (** Euclidean norm of a parameter. *)
  Definition norm (theta : Dim -> R) : R := sqrt (dot theta theta).

  Lemma dot_scale a u v : dot (scale a u) v = a * dot u v.
  Proof. unfold dot, scale. rewrite <- Sum_scal. apply Sum_ext; intros; ring. Qed.

  Lemma dot_comm (u v : Dim -> R) : dot u v = dot v u.
  Proof. apply Sum_ext; intros; ring. Qed.

  Lemma norm_scale a theta : 0 <= a -> norm (scale a theta) = a * norm theta.
  Proof.
    intros ha. unfold norm. rewrite dot_scale, dot_comm, dot_scale.
    rewrite <- (sqrt_pow2 a ha) at 3. rewrite <- sqrt_mult_alt by apply pow2_ge_0. f_equal. ring.
  Qed.

  (** Powers of a softmax policy scale its parameter. *)
  Lemma power_softmax a theta x y : power a (softmax phi theta x) y = softmax phi (scale a theta) x y.
  Proof.
    set (Z := Sum (fun z => exp (dot theta (phi x z)))). assert (hZ : 0 < Z) by apply softmax_sum_pos.
    rewrite (power_ext a (softmax phi theta x) (fun z => exp (dot theta (phi x z)) / Z)) by reflexivity.
    rewrite power_scale by (exact hZ || intros; apply exp_pos).
    assert (e : forall z, Rpower (exp (dot theta (phi x z))) a = exp (dot (scale a theta) (phi x z))).
    { intros z. unfold Rpower. rewrite ln_exp, dot_scale. reflexivity. }
    unfold power, softmax. rewrite e. f_equal. apply Sum_ext; intros; apply e.
  Qed.

  (** S08: one exact round maps [theta] to [(1 + 1/beta) theta]. *)
  Theorem S08_update_scales beta theta x y : 0 < beta ->
    self_update beta (softmax phi theta) x y = softmax phi (scale (1 + 1 / beta) theta) x y.
  Proof.
    intros hb. unfold self_update. rewrite S02_self_reward_power by (exact hb || apply softmax_policy).
    apply power_softmax.
  Qed.

  (** S08: [pi_T] of S05 lies in the class of radius [R] exactly if some parameter of the initial policy
      has norm at most [R / alpha_T]. *)
  Theorem S08_realizable_iff beta theta0 radius T : 0 < beta ->
    (exists theta, norm theta <= radius /\
       forall x y, softmax phi theta x y = power (alpha beta T) (softmax phi theta0 x) y)
    <-> (exists theta, alpha beta T * norm theta <= radius /\
       forall x y, softmax phi theta x y = softmax phi theta0 x y).
  Proof.
    intros hb. assert (ha := alpha_pos beta hb T). split.
    - intros (theta & hr & he). exists (scale (/ alpha beta T) theta). split.
      + rewrite norm_scale by (left; apply Rinv_0_lt_compat, ha).
        rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra. exact hr.
      + intros x y. rewrite <- power_softmax.
        rewrite (power_ext _ _ _ (he x)), power_power by apply softmax_policy.
        rewrite Rinv_r by lra. apply power_one, softmax_policy.
    - intros (theta & hr & he). exists (scale (alpha beta T) theta). split.
      + rewrite norm_scale by lra. exact hr.
      + intros x y. rewrite <- power_softmax. apply power_ext, he.
  Qed.

End Horizon.
