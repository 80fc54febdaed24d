(** * The linear softmax class of radius R

    The class of Definition 6.1, its log-ratios (F02 for policies), its square loss (a polynomial of degree
    two in the parameter) and its empirical risk minimisers: a Lipschitz function attains its minimum on the
    ball, so a learner that minimises the empirical loss after every history exists.  No choice is used:
    the minimiser is built coordinate by coordinate from least upper bounds. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  OneRound.ZeroLoss Iteration.Rounds Linear.Recovery Linear.Horizon Linear.Euclidean.
From SRVerify Require Scalar.Linear.
Import ListNotations.
Open Scope R_scope.

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
    assert (card Dim * (h * h) <= card Dim * card Dim * (h * h)) by (apply Rmult_le_compat_r; nra). nra.
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
        rewrite (norm_ext (fun j => u j + (a j - u j)) a) in h by (intros; ring).
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
      - unfold dot. rewrite (Sum_ext (fun j => (u j - v j) * w j) (fun j => u j * w j - v j * w j)) by (intros; ring).
        rewrite Sum_minus. ring. }
    set (x := b * dot u w - c) in *. set (y := b * dot v w - c) in *.
    assert (e : x ^ 2 - y ^ 2 = (x - y) * (x + y)) by ring.
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
    - unfold dot. rewrite <- Sum_minus. apply Sum_ext; intros; ring.
  Qed.

  (** The square loss of a pair is the square of an affine function of the parameter. *)
  Lemma pair_loss_affine beta (base : policy X Y) i z : is_policy base ->
    pair_loss beta base (linear_class phi radius) i z =
    (beta * dot (proj1_sig i) (feature_difference phi z)
     - (1 + beta) * (let '(x, y, y') := z in Delta (fun x y => ln (base x y)) x y y')) ^ 2.
  Proof.
    intros hb. destruct z as [[x y] y']. rewrite dot_difference. simpl pair_loss. unfold Delta, implicit_reward.
    rewrite !ln_div_pos by (apply linear_class_policy || apply hb). unfold linear_class. rewrite !ln_softmax. ring.
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
