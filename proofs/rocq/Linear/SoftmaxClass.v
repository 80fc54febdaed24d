(** Linear softmax: exact recovery, the horizon, norms, the class of radius R. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality.
From SRVerify Require Scalar.Linear.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  Iteration.Rounds.
Import ListNotations.
Open Scope R_scope.

(** * Exact recovery in the linear softmax class

    F10: the labels are noise-free and the implicit reward is linear in the parameter, so on the
    event that the sampled feature differences span all feature differences every zero-loss
    parameter gives exactly the Gibbs update; then A-CONC, A-TAIL and A-MARGIN hold for free.  Pairs
    with equal responses carry nothing, and pairs with different ones are rare once the policy is
    sharp. *)

Section LinearSoftmax.
  (** Coordinates are indexed by the finite type [Dim], of [d] elements. *)
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  Definition dot (u v : Dim -> R) : R := Sum (fun j => u j * v j).

  (** [pi_theta(y|x)], proportional to [exp <theta, phi(x,y)>]. *)
  Definition softmax (theta : Dim -> R) : policy X Y := fun x y =>
    exp (dot theta (phi x y)) / Sum (fun z => exp (dot theta (phi x z))).

  (** Feature difference [phi(x,y) - phi(x,y')] of a pair. *)
  Definition feature_difference (z : X * Y * Y) : Dim -> R :=
    let '(x, y, y') := z in fun j => phi x y j - phi x y' j.

  (** [v] is a linear combination of the feature differences of the sample. *)
  Definition in_span (s : list (X * Y * Y)) (v : Dim -> R) : Prop :=
    exists a : X * Y * Y -> R, forall j, v j = sumL s (fun z => a z * feature_difference z j).

  (** The sample spans all feature differences. *)
  Definition spans (s : list (X * Y * Y)) : Prop := forall z, in_span s (feature_difference z).

  Lemma softmax_sum_pos theta x : 0 < Sum (fun z => exp (dot theta (phi x z))).
  Proof. apply Sum_pos; intros; apply exp_pos. Qed.

  Lemma softmax_policy theta : is_policy (softmax theta).
  Proof.
    intros x. split.
    - intros y. apply Rdiv_lt_0_compat; [apply exp_pos|apply softmax_sum_pos].
    - unfold softmax. rewrite (Sum_ext _ (fun y => / Sum (fun z => exp (dot theta (phi x z))) * exp (dot theta (phi x y))))
        by (intros; unfold Rdiv; lra).
      rewrite Sum_scal. apply Rinv_l. generalize (softmax_sum_pos theta x); lra.
  Qed.

  Lemma ln_softmax theta x y :
    ln (softmax theta x y) = dot theta (phi x y) - ln (Sum (fun z => exp (dot theta (phi x z)))).
  Proof. unfold softmax. rewrite ln_div_pos by (apply exp_pos || apply softmax_sum_pos). rewrite ln_exp. reflexivity. Qed.

  Lemma dot_sumL (u : Dim -> R) (s : list (X * Y * Y)) (a : X * Y * Y -> R) (v : Dim -> R) :
    (forall j, v j = sumL s (fun z => a z * feature_difference z j)) ->
    dot u v = sumL s (fun z => a z * dot u (feature_difference z)).
  Proof.
    intros h. unfold dot, Sum.
    rewrite (sumL_ext enum (fun j => u j * v j) (fun j => sumL s (fun z => a z * (u j * feature_difference z j)))).
    - rewrite sumL_swap. apply sumL_ext; intros z _. apply sumL_scal.
    - intros j _. rewrite h, <- sumL_scal. apply sumL_ext; intros; lra.
  Qed.

  (** The residual functional [<beta theta - (1+beta) theta_t, .>] of a parameter. *)
  Definition residual (beta : R) (theta theta_t : Dim -> R) : Dim -> R :=
    fun j => beta * theta j - (1 + beta) * theta_t j.

  Lemma dot_residual beta theta theta_t v :
    dot (residual beta theta theta_t) v = beta * dot theta v - (1 + beta) * dot theta_t v.
  Proof. unfold dot, residual. rewrite <- !Sum_scal, <- Sum_minus. apply Sum_ext; intros; lra. Qed.

  Lemma dot_difference u x y y' : dot u (feature_difference (x, y, y')) = dot u (phi x y) - dot u (phi x y').
  Proof. unfold dot, feature_difference. rewrite <- Sum_minus. apply Sum_ext; intros; lra. Qed.

  Context {I : Type}.
  Variable Theta : I -> Dim -> R.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta.
  Variable theta_t : Dim -> R.

  Let pol (i : I) : policy X Y := softmax (Theta i).
  Let base : policy X Y := softmax theta_t.

  Lemma pair_loss_residual i z :
    pair_loss beta base pol i z = dot (residual beta (Theta i) theta_t) (feature_difference z) ^ 2.
  Proof.
    destruct z as [[x y] y']. rewrite dot_residual, !dot_difference. simpl pair_loss.
    unfold Delta, implicit_reward, pol, base.
    rewrite !ln_div_pos by apply softmax_policy. rewrite !ln_softmax. lra.
  Qed.

  (** F10: a parameter without loss on a spanning sample gives exactly the Gibbs update. *)
  Theorem F10_exact_recovery s i : spans s -> zero_on (pair_loss beta base pol) i s ->
    forall x y, pol i x y = self_update beta base x y.
  Proof.
    intros hs hz x.
    assert (hzero : forall z, In z s -> dot (residual beta (Theta i) theta_t) (feature_difference z) = 0).
    { intros z hin. unfold zero_on in hz. rewrite Forall_forall in hz. specialize (hz z hin).
      rewrite pair_loss_residual in hz. nra. }
    assert (hall : forall y y', dot (residual beta (Theta i) theta_t) (feature_difference (x, y, y')) = 0).
    { intros y y'. destruct (hs (x, y, y')) as (a & ha). rewrite (dot_sumL _ s a _ ha).
      rewrite (sumL_ext s _ (fun _ => 0)); [apply sumL_zero|]. intros z hin. rewrite hzero by exact hin. lra. }
    apply (gibbs_unique beta (fun y => ln (base x y)) (base x) (pol i x)
      (beta * ln (pol i x point / base x point) - ln (base x point)) hbeta
      (softmax_policy theta_t x) (softmax_policy (Theta i) x)).
    intros y. specialize (hall y point). rewrite dot_residual, !dot_difference in hall.
    unfold pol, base. rewrite !ln_div_pos by apply softmax_policy. rewrite !ln_softmax. lra.
  Qed.

  (** F10: under A-REAL every empirical risk minimiser on a spanning sample is the Gibbs update. *)
  Theorem F10_minimiser_is_update s i : realizable beta base pol -> spans s ->
    is_ERM (pair_loss beta base pol) s i -> forall x y, pol i x y = self_update beta base x y.
  Proof.
    intros hreal hs herm. apply (F10_exact_recovery s); [exact hs|].
    apply (C13_zero_empirical_loss beta base pol s i hbeta (softmax_policy theta_t) hreal herm).
  Qed.

  Lemma conc_ext (D : X -> R) b p q : (forall x y, p x y = q x y) -> conc (FX := FX) (FY := FY) D b p = conc D b q.
  Proof. intros h. apply E_ext; intros x. apply Sum_ext; intros y. rewrite h; reflexivity. Qed.

  Lemma has_margin_ext gamma (p q : policy X Y) : (forall x y, p x y = q x y) -> has_margin gamma q -> has_margin gamma p.
  Proof.
    intros h hm x. assert (e : mode p x = mode q x).
    { unfold mode, argmax. induction enum as [|b l ih]; [reflexivity|]. simpl. rewrite ih, !h. reflexivity. }
    intros y hy. rewrite e in *. rewrite !h. apply hm, hy.
  Qed.

  (** F10: on the spanning event A-CONC ([Cbar = kappa]), A-TAIL ([K = N]) and A-MARGIN hold for free. *)
  Theorem F10_assumptions_for_free (D : X -> R) gamma s i : is_dist D -> realizable beta base pol -> spans s ->
    is_ERM (pair_loss beta base pol) s i -> 0 < gamma -> has_margin gamma base ->
    conc D base (pol i) <= kappa D base /\ tail_constant D beta base (pol i) <= card Y /\
    has_margin gamma (pol i).
  Proof.
    intros hD hreal hs herm hg hm. assert (e := F10_minimiser_is_update s i hreal hs herm).
    assert (hb := softmax_policy theta_t : is_policy base). split; [|split].
    - rewrite (conc_ext D base _ _ e). apply (C16_update_concentrability D hD base beta hbeta hb).
    - unfold tail_constant. rewrite (E1_ext D base _ (fun x y => Rpower (base x y / self_update beta base x y) beta))
        by (intros; rewrite e; reflexivity).
      apply (tail_constant_exact_update D hD beta base hbeta hb).
    - apply (has_margin_ext gamma _ (fun x => power (1 + 1 / beta) (base x))).
      + intros x y. rewrite e. apply (S02_self_reward_power beta (base x) hbeta (hb x)).
      + assert (h1 : 0 < 1 / beta) by (apply Rdiv_lt_0_compat; lra).
        assert (h := power_margin gamma (1 + 1 / beta) base ltac:(lra) hg hb hm).
        intros x y hy. specialize (h x y hy). nra.
  Qed.

End LinearSoftmax.

(** F10: a pair with [y = y'] contributes nothing. *)
Theorem F10_equal_pair {X Y Dim : Type} (phi : X -> Y -> Dim -> R) x y j :
  feature_difference phi (x, y, y) j = 0.
Proof. unfold feature_difference; lra. Qed.

(** F10: a pair with [y <> y'] has probability at most [2 (1 - 1/kappa)]. *)
Theorem F10_informative_pairs {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (base : policy X Y) : is_dist D -> is_policy base ->
  E2 D base base (fun _ y y' => ind (y <> y')) <= 2 * (1 - / kappa D base).
Proof.
  intros hD hb. apply Rle_trans with (E D (fun x => 2 * (1 - Max (base x)))).
  - apply E_le; [apply hD|]. intros x. set (ys := mode base x). change (Max (base x)) with (base x ys).
    assert (hbd := is_full_dist _ (hb x)).
    apply Rle_trans with (E (base x) (fun y => E (base x) (fun y' => ind (y <> ys) + ind (y' <> ys)))).
    + apply E_le; [apply hbd|]. intros y. apply E_le; [apply hbd|]. intros y'.
      eapply Rle_trans; [|apply ind_or]. apply ind_mono. intros h.
      destruct (classic (y = ys)) as [->|hy]; [right|left; exact hy]. intros ->; contradiction.
    + rewrite (E_ext (base x) _ (fun y => ind (y <> ys) + E (base x) (fun y' => ind (y' <> ys))))
        by (intros y; rewrite E_plus, E_const by exact hbd; reflexivity).
      rewrite E_plus, E_const by exact hbd.
      assert (e : E (base x) (fun y => ind (y <> ys)) = 1 - base x ys).
      { rewrite (E_ext (base x) _ (fun y => 1 - ind (y = ys))) by (intros; apply ind_not).
        rewrite E_minus, E_const by exact hbd. f_equal. unfold E.
        rewrite <- (Sum_pick (base x) ys). apply Sum_ext; intros; lra. }
      rewrite e. lra.
  - rewrite E_scal, E_minus, E_const by exact hD. apply Rmult_le_compat_l; [lra|].
    assert (h := K01_mean_maximum D hD base hb). assert (hk := K01_range D hD base hb).
    assert (hm : 0 < E D (fun x => Max (base x))).
    { apply Rlt_le_trans with (/ card Y); [apply Rinv_0_lt_compat; generalize (@card_ge_1 Y FY); lra|].
      rewrite <- (E_const D (/ card Y) hD). apply E_le; [apply hD|]. intros x.
      assert (h1 := card_Max_ge_1 base x hb). assert (k := @card_ge_1 Y FY).
      apply (Rmult_le_reg_l (card Y)); [lra|]. rewrite Rinv_r; lra. }
    apply Rplus_le_compat_l, Ropp_le_contravar.
    rewrite <- (Rinv_inv (E D (fun x => Max (base x)))). apply Rinv_le_contravar; [apply Rinv_0_lt_compat, hm|exact h].
Qed.

(** * The realizability horizon

    S08: in the linear softmax class the exact update maps [theta] to [(1 + 1/beta) theta]; along S05 the
    policy of round [T] has a parameter of norm at most [R] exactly if the initial policy has one of norm
    at most [R / alpha_T]. *)

Section Horizon.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.

  Definition scale (a : R) (theta : Dim -> R) : Dim -> R := fun j => a * theta j.

  (** Euclidean norm of a parameter. *)
  Definition norm (theta : Dim -> R) : R := sqrt (dot theta theta).

  Lemma dot_scale a u v : dot (scale a u) v = a * dot u v.
  Proof. unfold dot, scale. rewrite <- Sum_scal. apply Sum_ext; intros; lra. Qed.

  Lemma dot_comm (u v : Dim -> R) : dot u v = dot v u.
  Proof. apply Sum_ext; intros; lra. Qed.

  Lemma norm_scale a theta : 0 <= a -> norm (scale a theta) = a * norm theta.
  Proof.
    intros ha. unfold norm. rewrite dot_scale, dot_comm, dot_scale.
    rewrite <- (sqrt_pow2 a ha) at 3. rewrite <- sqrt_mult_alt by apply pow2_ge_0. f_equal. lra.
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

(** * Euclidean space over a finite index set

    The norm of [Horizon] on [Dim -> R]: Cauchy-Schwarz, the triangle inequality, distances.  What F01 and
    Theorem 6.2 need of R^d, for every dimension [d >= 1]. *)

Section Euclidean.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types u v w : Dim -> R.

  (** The dimension, as a natural number. *)
  Definition dimension : nat := length (@enum Dim FD).

  (** [||u - v||]. *)
  Definition distance u v : R := norm (fun j => u j - v j).

  Lemma card_dimension : card Dim = INR dimension.
  Proof. reflexivity. Qed.

  Lemma dimension_pos : (0 < dimension)%nat.
  Proof. assert (h := @enum_nonempty Dim FD). unfold dimension. lia. Qed.

  Lemma dot_self_nonneg u : 0 <= dot u u.
  Proof. apply Sum_nonneg; intros j. generalize (Rle_0_sqr (u j)). unfold Rsqr. lra. Qed.

  Lemma norm_nonneg u : 0 <= norm u.
  Proof. apply sqrt_pos. Qed.

  Lemma norm_square u : norm u * norm u = dot u u.
  Proof. apply sqrt_sqrt, dot_self_nonneg. Qed.

  Lemma norm_ext u v : (forall j, u j = v j) -> norm u = norm v.
  Proof. intros h. unfold norm, dot. f_equal. apply Sum_ext; intros j. rewrite h; reflexivity. Qed.

  Lemma norm_zero : norm (fun _ : Dim => 0) = 0.
  Proof.
    unfold norm, dot. rewrite (Sum_ext _ (fun _ => 0)) by (intros; lra). rewrite Sum_zero. apply sqrt_0.
  Qed.

  Lemma coordinate_le_norm u j : Rabs (u j) <= norm u.
  Proof.
    rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. unfold Rsqr.
    apply (Sum_term_le (fun i => u i * u i)). intros i. generalize (Rle_0_sqr (u i)). unfold Rsqr. lra.
  Qed.

  Lemma dot_le_norm u v : dot u v <= norm u * norm v.
  Proof.
    assert (h := cauchy_schwarz (fun _ : Dim => 1) u v ltac:(intros; lra)).
    unfold E in h. unfold norm, dot.
    rewrite (Sum_ext (fun j => 1 * (u j * v j)) (fun j => u j * v j)) in h by (intros; lra).
    rewrite (Sum_ext (fun j => 1 * u j ^ 2) (fun j => u j * u j)) in h by (intros; lra).
    rewrite (Sum_ext (fun j => 1 * v j ^ 2) (fun j => v j * v j)) in h by (intros; lra).
    exact h.
  Qed.

  Lemma norm_opp u : norm (fun j => - u j) = norm u.
  Proof. unfold norm, dot. f_equal. apply Sum_ext; intros; lra. Qed.

  Lemma dot_opp u v : dot (fun j => - u j) v = - dot u v.
  Proof.
    unfold dot. rewrite (Sum_ext _ (fun j => (-1) * (u j * v j))) by (intros; lra). rewrite Sum_scal. lra.
  Qed.

  Lemma abs_dot_le_norm u v : Rabs (dot u v) <= norm u * norm v.
  Proof.
    apply Rabs_le. split; [|apply dot_le_norm].
    assert (h := dot_le_norm (fun j => - u j) v). rewrite dot_opp, norm_opp in h. lra.
  Qed.

  Lemma norm_triangle u v : norm (fun j => u j + v j) <= norm u + norm v.
  Proof.
    assert (hu := norm_nonneg u). assert (hv := norm_nonneg v).
    apply Rsqr_incr_0_var; [|lra]. unfold Rsqr. rewrite norm_square.
    replace (dot (fun j => u j + v j) (fun j => u j + v j)) with (dot u u + 2 * dot u v + dot v v).
    - rewrite <- (norm_square u), <- (norm_square v). assert (h := dot_le_norm u v). nra.
    - unfold dot. rewrite <- Sum_scal, <- !Sum_plus. apply Sum_ext; intros; lra.
  Qed.

  Lemma distance_sym u v : distance u v = distance v u.
  Proof. unfold distance. rewrite <- norm_opp. apply norm_ext; intros; lra. Qed.

  (** [||u - w|| >= ||p - q|| - ||a|| - ||b||] for [u = p + a], [w = q + b]. *)
  Lemma distance_shifted p q a b :
    distance p q - norm a - norm b <= distance (fun j => p j + a j) (fun j => q j + b j).
  Proof.
    assert (h1 := norm_triangle (fun j => p j + a j - (q j + b j)) (fun j => b j - a j)).
    assert (h2 := norm_triangle b (fun j => - a j)). rewrite norm_opp in h2.
    unfold distance.
    rewrite (norm_ext (fun j => p j - q j) (fun j => p j + a j - (q j + b j) + (b j - a j))) by (intros; lra).
    rewrite (norm_ext (fun j => b j - a j) (fun j => b j + - a j)) in h1 by (intros; lra). lra.
  Qed.

  Lemma distance_scaled r p u v : 0 <= r ->
    distance (fun j => p j + r * u j) (fun j => p j + r * v j) = r * distance u v.
  Proof.
    intros hr. unfold distance. rewrite <- (norm_scale r _ hr). apply norm_ext; intros j. unfold scale. lra.
  Qed.

  (** A vector whose coordinates are all below [h] in absolute value has squared norm below [d h^2]. *)
  Lemma norm_lt_coordinates u h : (forall j, Rabs (u j) < h) -> norm u * norm u < card Dim * (h * h).
  Proof.
    intros hu. rewrite norm_square, <- Sum_const.
    assert (k : forall j, u j * u j < h * h).
    { intros j. specialize (hu j). apply Rabs_def2 in hu. nra. }
    apply Sum_lt; [intros j; left; apply k|exists point; apply k].
  Qed.

End Euclidean.

(** * The linear softmax class of radius R

    The class of Definition 6.1, its log-ratios (F02 for policies), its square loss (a polynomial of degree
    two in the parameter) and its empirical risk minimisers: a Lipschitz function attains its minimum on the
    ball, so a learner that minimises the empirical loss after every history exists.  No choice is used:
    the minimiser is built coordinate by coordinate from least upper bounds. *)

(** Parameters of norm at most [radius]. *)
Definition ball (Dim : Type) {FD : FiniteType Dim} (radius : R) : Type := {theta : Dim -> R | norm theta <= radius}.

(** [Pi_R]: the softmax policies with a parameter in the ball. *)
Definition linear_class {X Y Dim : Type} {FY : FiniteType Y} {FD : FiniteType Dim} (phi : X -> Y -> Dim -> R)
  (radius : R) : ball Dim radius -> policy X Y := fun i => softmax phi (proj1_sig i).

(** [||phi(x,y)|| <= Bphi] for all prompts and responses. *)
Definition bounded_features {X Y Dim : Type} {FD : FiniteType Dim} (phi : X -> Y -> Dim -> R) (Bphi : R) : Prop :=
  forall x y, norm (phi x y) <= Bphi.

(** ** Minima on the ball *)

Section Minimum.
  Context {Dim : Type} {FD : FiniteType Dim}.
  Implicit Types (u v : Dim -> R) (A : R -> (Dim -> R) -> Prop).

  (** A family of non-empty sets that shrinks with [e]. *)
  Definition nested A : Prop :=
    (forall e e' u, e <= e' -> A e u -> A e' u) /\ (forall e, 0 < e -> exists u, A e u).

  (** The lower limit of a coordinate is approached inside the sets. *)
  Lemma nested_coordinate A j M : nested A -> (forall e u, A e u -> Rabs (u j) <= M) ->
    {a : R | forall e, 0 < e -> exists u, A e u /\ Rabs (u j - a) <= e}.
  Proof.
    intros [hmono hne] hM. set (L := fun x => exists e, 0 < e /\ forall u, A e u -> x <= u j).
    destruct (completeness L) as (a & hub & hlub).
    - exists M. intros x (e & he & h). destruct (hne e he) as (u & hu).
      generalize (h u hu) (hM e u hu) (Rle_abs (u j)). lra.
    - exists (- M). exists 1. split; [lra|]. intros u hu.
      generalize (hM 1 u hu) (Rle_abs (- u j)). rewrite Rabs_Ropp. lra.
    - exists a. intros e he. apply NNPP. intros hno.
      assert (hlow : exists x, L x /\ a - e < x).
      { apply NNPP. intros hx. assert (hb : is_upper_bound L (a - e)).
        { intros x hLx. apply Rnot_lt_le. intros hlt. apply hx. exists x. auto. }
        specialize (hlub (a - e) hb). lra. }
      destruct hlow as (x & (e0 & he0 & hx) & hax).
      assert (ha : L (a + e)).
      { exists (Rmin e0 e). split; [apply Rmin_glb_lt; assumption|]. intros u hu.
        assert (h0 := hmono _ e0 u (Rmin_l e0 e) hu). assert (h1 := hmono _ e u (Rmin_r e0 e) hu).
        specialize (hx u h0). apply Rnot_lt_le. intros hlt. apply hno. exists u. split; [exact h1|].
        apply Rabs_le. lra. }
      specialize (hub (a + e) ha). lra.
  Qed.

  Lemma nested_coordinates (l : list Dim) M : forall A, nested A -> (forall e u j, A e u -> Rabs (u j) <= M) ->
    {a : Dim -> R | forall e, 0 < e -> exists u, A e u /\ forall j, In j l -> Rabs (u j - a j) <= e}.
  Proof.
    induction l as [|j l ih]; intros A hA hM.
    - exists (fun _ => 0). intros e he. destruct (proj2 hA e he) as (u & hu). exists u. split; [exact hu|].
      intros j [].
    - destruct (nested_coordinate A j M hA (fun e u => hM e u j)) as (aj & haj).
      set (A' := fun e u => A e u /\ Rabs (u j - aj) <= e).
      assert (hA' : nested A').
      { split; [intros e e' u he [h1 h2]; split; [exact (proj1 hA e e' u he h1)|lra]|exact haj]. }
      destruct (ih A' hA' (fun e u i h => hM e u i (proj1 h))) as (a & ha).
      exists (fun i => if decide (i = j) then aj else a i). intros e he.
      destruct (ha e he) as (u & [hu huj] & hl). exists u. split; [exact hu|]. intros i hi.
      destruct (decide (i = j)) as [->|hij]; [exact huj|]. destruct hi as [->|hi]; [contradiction|]. apply hl, hi.
  Qed.

  Lemma distance_le_coordinates u v h : 0 < h -> (forall j, Rabs (u j - v j) <= h) ->
    distance u v <= 2 * card Dim * h.
  Proof.
    intros hh hc. assert (hd := @card_ge_1 Dim FD).
    assert (k := norm_lt_coordinates (fun j => u j - v j) (2 * h) ltac:(intros j; specialize (hc j); lra)).
    change (norm (fun j => u j - v j)) with (distance u v) in k.
    apply Rsqr_incr_0_var; [|nra]. unfold Rsqr.
    assert (card Dim * (h * h) <= card Dim * card Dim * (h * h)) by (apply Rmult_le_compat_r; nra). lra.
  Qed.

  (** [f(u) <= f(v) + L ||u - v||] on the ball, for some [L >= 0]. *)
  Definition lipschitz_on_ball (radius : R) (f : (Dim -> R) -> R) : Prop :=
    exists L, 0 <= L /\ forall u v, norm u <= radius -> norm v <= radius -> f u <= f v + L * distance u v.

  Theorem ball_minimum radius (f : (Dim -> R) -> R) : 0 <= radius -> (forall u, 0 <= f u) ->
    lipschitz_on_ball radius f ->
    {a : Dim -> R | norm a <= radius /\ forall u, norm u <= radius -> f a <= f u}.
  Proof.
    intros hR hf hL.
    destruct (completeness (fun x => exists u, norm u <= radius /\ x = - f u)) as (m & hub & hlub).
    - exists 0. intros x (u & _ & ->). specialize (hf u). lra.
    - exists (- f (fun _ => 0)). exists (fun _ => 0). split; [rewrite norm_zero; exact hR|reflexivity].
    - set (A := fun e u => norm u <= radius /\ f u <= - m + e).
      assert (hA : nested A).
      { split; [intros e e' u he [h1 h2]; split; [exact h1|lra]|]. intros e he. apply NNPP. intros hno.
        assert (hb : is_upper_bound (fun x => exists u, norm u <= radius /\ x = - f u) (m - e)).
        { intros x (u & hu & ->). apply Rnot_lt_le. intros hlt. apply hno. exists u. split; [exact hu|lra]. }
        specialize (hlub _ hb). lra. }
      destruct (nested_coordinates enum radius A hA) as (a & ha).
      { intros e u j [hu _]. eapply Rle_trans; [apply coordinate_le_norm|exact hu]. }
      assert (near : forall e, 0 < e -> exists u, norm u <= radius /\ f u <= - m + e /\ distance a u <= 2 * card Dim * e).
      { intros e he. destruct (ha e he) as (u & [h1 h2] & h3). exists u. split; [exact h1|]. split; [exact h2|].
        rewrite distance_sym. apply distance_le_coordinates; [exact he|]. intros j; apply h3, enum_in. }
      assert (hd := @card_ge_1 Dim FD).
      assert (hnorm : norm a <= radius).
      { apply Rnot_lt_le. intros hlt. set (e := (norm a - radius) / (4 * card Dim)).
        assert (he : 0 < e) by (apply Rdiv_lt_0_compat; lra). destruct (near e he) as (u & h1 & _ & h3).
        assert (h := norm_triangle u (fun j => a j - u j)).
        rewrite (norm_ext (fun j => u j + (a j - u j)) a) in h by (intros; lra).
        change (norm (fun j => a j - u j)) with (distance a u) in h.
        assert (2 * card Dim * e = (norm a - radius) / 2) by (unfold e; field; lra). lra. }
      exists a. split; [exact hnorm|]. intros u hu.
      assert (hm : - m <= f u) by (specialize (hub (- f u) (ex_intro _ u (conj hu eq_refl))); lra).
      apply Rle_trans with (- m); [|exact hm]. destruct hL as (L & hL0 & hL).
      apply Rnot_lt_le. intros hlt. set (w := 1 + L * (2 * card Dim)).
      assert (hw : 1 <= w) by (unfold w; assert (0 <= L * (2 * card Dim)) by (apply Rmult_le_pos; lra); lra).
      set (e := (f a + m) / (2 * w)). assert (he : 0 < e) by (apply Rdiv_lt_0_compat; lra).
      destruct (near e he) as (v & h1 & h2 & h3). specialize (hL a v hnorm h1).
      assert (L * distance a v <= L * (2 * card Dim * e)) by (apply Rmult_le_compat_l; assumption).
      assert (e1 : e * w = (f a + m) / 2) by (unfold e; field; lra). unfold w in e1. lra.
  Qed.

  Lemma lipschitz_sum {Z : Type} radius (l : list Z) (f : Z -> (Dim -> R) -> R) :
    (forall z, lipschitz_on_ball radius (f z)) -> lipschitz_on_ball radius (fun u => sumL l (fun z => f z u)).
  Proof.
    intros hf. induction l as [|z l (L & hL & h)].
    - exists 0. split; [lra|]. intros u v _ _. rewrite !sumL_nil. lra.
    - destruct (hf z) as (L' & hL' & h'). exists (L' + L). split; [lra|]. intros u v hu hv.
      rewrite !sumL_cons. specialize (h u v hu hv). specialize (h' u v hu hv). lra.
  Qed.

  Lemma lipschitz_scaled radius c f : 0 <= c -> lipschitz_on_ball radius f ->
    lipschitz_on_ball radius (fun u => f u * c).
  Proof.
    intros hc (L & hL & h). exists (c * L). split; [apply Rmult_le_pos; assumption|]. intros u v hu hv.
    specialize (h u v hu hv). assert (c * f u <= c * (f v + L * distance u v)) by (apply Rmult_le_compat_l; assumption).
    lra.
  Qed.

  (** The square of an affine function. *)
  Lemma lipschitz_square radius b c (w : Dim -> R) : 0 <= radius ->
    lipschitz_on_ball radius (fun u => (b * dot u w - c) ^ 2).
  Proof.
    intros hR. assert (hw := norm_nonneg w). set (M := Rabs b * (radius * norm w) + Rabs c).
    assert (hb := Rabs_pos b). assert (hcc := Rabs_pos c).
    assert (hM : 0 <= M).
    { unfold M. assert (0 <= Rabs b * (radius * norm w)); [|lra]. repeat apply Rmult_le_pos; assumption. }
    assert (bound : forall u, norm u <= radius -> Rabs (b * dot u w - c) <= M).
    { intros u hu. unfold Rminus. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp, Rabs_mult.
      apply Rplus_le_compat_r, Rmult_le_compat_l; [exact hb|].
      eapply Rle_trans; [apply abs_dot_le_norm|]. apply Rmult_le_compat_r; assumption. }
    exists (2 * M * (Rabs b * norm w)). split; [repeat apply Rmult_le_pos; lra|]. intros u v hu hv.
    assert (h1 := bound u hu). assert (h2 := bound v hv).
    assert (hdiff : Rabs (b * dot u w - c - (b * dot v w - c)) <= Rabs b * (distance u v * norm w)).
    { replace (b * dot u w - c - (b * dot v w - c)) with (b * dot (fun j => u j - v j) w).
      - rewrite Rabs_mult. apply Rmult_le_compat_l; [exact hb|apply abs_dot_le_norm].
      - unfold dot. rewrite (Sum_ext (fun j => (u j - v j) * w j) (fun j => u j * w j - v j * w j)) by (intros; lra).
        rewrite Sum_minus. lra. }
    set (x := b * dot u w - c) in *. set (y := b * dot v w - c) in *.
    assert (e : x ^ 2 - y ^ 2 = (x - y) * (x + y)) by lra.
    assert (hp : Rabs ((x - y) * (x + y)) <= Rabs b * (distance u v * norm w) * (2 * M)).
    { rewrite Rabs_mult. apply Rmult_le_compat; try apply Rabs_pos; [exact hdiff|].
      eapply Rle_trans; [apply Rabs_triang|]. lra. }
    generalize (Rle_abs ((x - y) * (x + y))). lra.
  Qed.

End Minimum.

(** ** The class *)

Section Class.
  Context {X Y Dim : Type} {FX : FiniteType X} {FY : FiniteType Y} {FD : FiniteType Dim}.
  Variable phi : X -> Y -> Dim -> R.
  Variable radius : R.

  Lemma linear_class_policy i : is_policy (linear_class phi radius i).
  Proof. apply softmax_policy. Qed.

  (** F02 for policies: log-ratios move by at most [2 Bphi ||theta - theta'||]. *)
  Theorem F02_policies Bphi theta theta' : bounded_features phi Bphi -> forall x y,
    Rabs (ln (softmax phi theta x y) - ln (softmax phi theta' x y)) <= 2 * (Bphi * distance theta theta').
  Proof.
    intros hphi x y. apply (Scalar.Linear.F02_log_ratio (fun y => dot theta (phi x y)) (fun y => dot theta' (phi x y))).
    intros z. replace (dot theta (phi x z) - dot theta' (phi x z)) with (dot (fun j => theta j - theta' j) (phi x z)).
    - eapply Rle_trans; [apply abs_dot_le_norm|]. rewrite Rmult_comm. apply Rmult_le_compat_r; [apply norm_nonneg|apply hphi].
    - unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; lra.
  Qed.

  (** The square loss of a pair is the square of an affine function of the parameter. *)
  Lemma pair_loss_affine beta (base : policy X Y) i z : is_policy base ->
    pair_loss beta base (linear_class phi radius) i z =
    (beta * dot (proj1_sig i) (feature_difference phi z)
     - (1 + beta) * (let '(x, y, y') := z in Delta (fun x y => ln (base x y)) x y y')) ^ 2.
  Proof.
    intros hb. destruct z as [[x y] y']. rewrite dot_difference. simpl pair_loss. unfold Delta, implicit_reward.
    rewrite !ln_div_pos by (apply linear_class_policy || apply hb). unfold linear_class. rewrite !ln_softmax. lra.
  Qed.

  Hypothesis hradius : 0 <= radius.

  (** An empirical risk minimiser, for every base policy and sample. *)
  Theorem empirical_minimiser beta (base : policy X Y) (s : list (X * Y * Y)) : is_policy base ->
    {i : ball Dim radius | is_ERM (pair_loss beta base (linear_class phi radius)) s i}.
  Proof.
    intros hb.
    set (q := fun (z : X * Y * Y) (u : Dim -> R) => (beta * dot u (feature_difference phi z)
       - (1 + beta) * (let '(x, y, y') := z in Delta (fun x y => ln (base x y)) x y y')) ^ 2).
    set (f := fun u => sumL s (fun z => q z u) * / INR (length s)).
    assert (hlen : 0 <= / INR (length s)).
    { destruct (length s) as [|k]; [simpl; rewrite Rinv_0; lra|]. left; apply Rinv_0_lt_compat, lt_0_INR; lia. }
    destruct (ball_minimum radius f hradius) as (a & ha & hmin).
    - intros u. apply Rmult_le_pos; [|exact hlen]. apply sumL_nonneg. intros z _. apply pow2_ge_0.
    - apply lipschitz_scaled; [exact hlen|]. apply lipschitz_sum. intros z. apply lipschitz_square, hradius.
    - exists (exist _ a ha). intros j.
      assert (e : forall i, empirical_loss (pair_loss beta base (linear_class phi radius)) s i = f (proj1_sig i)).
      { intros i. unfold empirical_loss, f, Rdiv. f_equal. apply sumL_ext. intros z _. apply pair_loss_affine, hb. }
      rewrite !e. apply hmin, (proj2_sig j).
  Qed.

  Variable beta : R.
  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.

  Definition ball_center : ball Dim radius := exist _ (fun _ => 0) (eq_ind_r (fun r => r <= radius) hradius norm_zero).

  (** The learner that returns the minimiser just built. *)
  Fixpoint minimising_learner (h : history (X := X) (Y := Y)) : ball Dim radius :=
    match h with
    | [] => ball_center
    | s :: h' =>
        match h' with
        | [] => proj1_sig (empirical_minimiser beta pi0 s hpi0)
        | _ :: _ => proj1_sig (empirical_minimiser beta (linear_class phi radius (minimising_learner h')) s
                                 (linear_class_policy _))
        end
    end.

  (** Learners that minimise the empirical loss in every round exist. *)
  Theorem minimising_learner_exists :
    minimises_empirical_loss beta (linear_class phi radius) pi0 minimising_learner.
  Proof.
    intros s h. destruct h as [|s' h].
    - simpl minimising_learner. exact (proj2_sig (empirical_minimiser beta pi0 s hpi0)).
    - change (minimising_learner (s :: s' :: h)) with
        (proj1_sig (empirical_minimiser beta (linear_class phi radius (minimising_learner (s' :: h))) s
                      (linear_class_policy _))).
      exact (proj2_sig (empirical_minimiser beta _ s _)).
  Qed.

End Class.

(** * The least norm among the parameters of a policy

    S08's horizon in its own terms: every softmax policy has a parameter of least norm, and along the exact
    path the policy of round [T] lies in the class of radius [R] exactly if
    [T <= log(R / ||theta_0||_min) / log(1 + 1/beta)]. *)

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
        * unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; lra.
      + intros v hv. assert (hm : - m <= norm v) by (specialize (hub (- norm v) (ex_intro _ v (conj hv eq_refl))); lra).
        apply Rle_trans with (- m); [|exact hm]. apply Rnot_lt_le. intros hlt.
        set (e := (norm a + m) / (2 * (1 + 2 * card Dim))). assert (he : 0 < e) by (apply Rdiv_lt_0_compat; lra).
        destruct (near e he) as (u & _ & h2 & h3). assert (h := norm_triangle u (fun j => a j - u j)).
        rewrite (norm_ext (fun j => u j + (a j - u j)) a) in h by (intros; lra).
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
