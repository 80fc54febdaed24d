(** * Inequalities from the signs of derivatives

    For a function on an interval: monotone away from a point at which its value is known, or from an end
    at which its limit is; convex, above its tangents; concave, above its chords.  Derivatives are asked
    for inside only; at the ends the function is continuous, or has a limit. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** ** The mean value theorem, for derivatives inside and continuity at the ends *)

Lemma mean_value (f df : R -> R) (a b : R) : a < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> continuity_pt f a -> continuity_pt f b ->
  exists z, a < z < b /\ f b - f a = df z * (b - a).
Proof.
  intros Hab D Ca Cb.
  assert (pr : forall z, a < z < b -> derivable_pt f z).
  { intros z Hz; exists (df z); apply is_derive_Reals, D, Hz. }
  assert (pi : forall z, a < z < b -> derivable_pt id z) by (intros; apply derivable_pt_id).
  destruct (MVT f id a b pr pi Hab) as [z [Hz E]].
  - intros z Hz.
    destruct (Req_dec z a) as [-> | Ha]; [exact Ca |].
    destruct (Req_dec z b) as [-> | Hb]; [exact Cb |].
    apply derivable_continuous_pt, pr; lra.
  - intros z _; apply derivable_continuous_pt, derivable_pt_id.
  - exists z; split; [exact Hz |].
    rewrite (derive_pt_eq_0 _ _ _ (pi z Hz) (derivable_pt_lim_id z)) in E.
    rewrite (derive_pt_eq_0 _ _ (df z) (pr z Hz)) in E by (apply is_derive_Reals, D, Hz).
    unfold id in E; lra.
Qed.

Lemma differentiable_continuous (f : R -> R) (x : R) : ex_derive f x -> continuity_pt f x.
Proof. intro D; apply continuity_pt_filterlim, (ex_derive_continuous f); exact D. Qed.

(** ** Monotone functions *)

Lemma increasing_on (f df : R -> R) (a b : R) : a <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> 0 <= df z) ->
  continuity_pt f a -> continuity_pt f b -> f a <= f b.
Proof.
  intros Hab D P Ca Cb; destruct (Req_dec a b) as [-> | N]; [lra |].
  destruct (mean_value f df a b) as [z [Hz E]]; try assumption; [lra |].
  pose proof (P z Hz); pose proof (Rmult_le_pos (df z) (b - a)); lra.
Qed.

Lemma strictly_increasing_on (f df : R -> R) (a b : R) : a < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> 0 < df z) ->
  continuity_pt f a -> continuity_pt f b -> f a < f b.
Proof.
  intros Hab D P Ca Cb.
  destruct (mean_value f df a b) as [z [Hz E]]; try assumption.
  pose proof (P z Hz); pose proof (Rmult_lt_0_compat (df z) (b - a)); lra.
Qed.

Lemma decreasing_on (f df : R -> R) (a b : R) : a <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> df z <= 0) ->
  continuity_pt f a -> continuity_pt f b -> f b <= f a.
Proof.
  intros Hab D P Ca Cb; destruct (Req_dec a b) as [-> | N]; [lra |].
  destruct (mean_value f df a b) as [z [Hz E]]; try assumption; [lra |].
  pose proof (P z Hz); pose proof (Rmult_le_pos (- df z) (b - a)); lra.
Qed.

Lemma strictly_decreasing_on (f df : R -> R) (a b : R) : a < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> df z < 0) ->
  continuity_pt f a -> continuity_pt f b -> f b < f a.
Proof.
  intros Hab D P Ca Cb.
  destruct (mean_value f df a b) as [z [Hz E]]; try assumption.
  pose proof (P z Hz); pose proof (Rmult_lt_0_compat (- df z) (b - a)); lra.
Qed.

Lemma constant_on (f df : R -> R) (a b : R) : a <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> df z = 0) ->
  continuity_pt f a -> continuity_pt f b -> f a = f b.
Proof.
  intros Hab D P Ca Cb; apply Rle_antisym.
  - apply increasing_on with df; try assumption; intros z Hz; rewrite (P z Hz); lra.
  - apply decreasing_on with df; try assumption; intros z Hz; rewrite (P z Hz); lra.
Qed.

(** ** Limits at an excluded or infinite end *)

(** What lies below a value all along the way to an end has a limit that does. *)
Lemma limit_below (F : (R -> Prop) -> Prop) {P : ProperFilter F} (f : R -> R) (l c : R) :
  filterlim f F (locally l) -> F (fun z => f z <= c) -> l <= c.
Proof.
  intros L H; apply (filterlim_le (F := F) f (fun _ => c) l c); [exact H | exact L |].
  apply filterlim_const.
Qed.

Lemma decreasing_to_infinity (f df : R -> R) (l x : R) :
  (forall z, x <= z -> is_derive f z (df z)) -> (forall z, x < z -> df z <= 0) ->
  is_lim f p_infty l -> l <= f x.
Proof.
  intros D P L; apply (limit_below (Rbar_locally' p_infty) f l (f x) L).
  exists x; intros z Hz; apply decreasing_on with df.
  - lra.
  - intros; apply D; lra.
  - intros; apply P; lra.
  - apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra.
  - apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df z); apply D; lra.
Qed.

Lemma strictly_decreasing_to_infinity (f df : R -> R) (l x : R) :
  (forall z, x <= z -> is_derive f z (df z)) -> (forall z, x < z -> df z < 0) ->
  is_lim f p_infty l -> l < f x.
Proof.
  intros D P L; apply Rle_lt_trans with (f (x + 1)).
  - apply decreasing_to_infinity with df; [| | exact L].
    + intros; apply D; lra.
    + intros z Hz; left; apply P; lra.
  - apply strictly_decreasing_on with df; try lra.
    + intros; apply D; lra.
    + intros; apply P; lra.
    + apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra.
    + apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df (x + 1)); apply D; lra.
Qed.

Lemma increasing_from_infinity (f df : R -> R) (l x : R) :
  (forall z, z <= x -> is_derive f z (df z)) -> (forall z, z < x -> 0 <= df z) ->
  is_lim f m_infty l -> l <= f x.
Proof.
  intros D P L; apply (limit_below (Rbar_locally' m_infty) f l (f x) L).
  exists x; intros z Hz; apply increasing_on with df.
  - lra.
  - intros; apply D; lra.
  - intros; apply P; lra.
  - apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df z); apply D; lra.
  - apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra.
Qed.

Lemma strictly_increasing_from_infinity (f df : R -> R) (l x : R) :
  (forall z, z <= x -> is_derive f z (df z)) -> (forall z, z < x -> 0 < df z) ->
  is_lim f m_infty l -> l < f x.
Proof.
  intros D P L; apply Rle_lt_trans with (f (x - 1)).
  - apply increasing_from_infinity with df; [| | exact L].
    + intros; apply D; lra.
    + intros z Hz; left; apply P; lra.
  - apply strictly_increasing_on with df; try lra.
    + intros; apply D; lra.
    + intros; apply P; lra.
    + apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df (x - 1)); apply D; lra.
    + apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra.
Qed.

(** ** Convex and concave functions *)

(** A function with a nonnegative second derivative lies above its tangent at [p]. *)
Lemma above_tangent (f df ddf : R -> R) (p x : R) :
  (forall z, Rmin p x < z < Rmax p x \/ z = p -> is_derive f z (df z)) ->
  (forall z, Rmin p x < z < Rmax p x \/ z = p -> is_derive df z (ddf z)) ->
  (forall z, Rmin p x < z < Rmax p x -> 0 <= ddf z) ->
  continuity_pt f x -> f p + df p * (x - p) <= f x.
Proof.
  intros D DD P Cx.
  assert (Cp : continuity_pt f p).
  { apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df p); apply D; now right. }
  assert (Cd : forall z, Rmin p x < z < Rmax p x \/ z = p -> continuity_pt df z).
  { intros z Hz; apply continuity_pt_filterlim, (ex_derive_continuous df).
    exists (ddf z); apply DD; exact Hz. }
  destruct (Rtotal_order p x) as [H | [<- | H]]; [| lra |].
  - rewrite Rmin_left, Rmax_right in * by lra.
    destruct (mean_value f df p x) as [z [Hz E]]; try assumption; [auto |].
    assert (df p <= df z).
    { apply increasing_on with ddf; try lra; try (apply Cd; auto; lra).
      - intros w Hw; apply DD; left; lra.
      - intros w Hw; apply P; lra. }
    pose proof (Rmult_le_pos (df z - df p) (x - p)); lra.
  - rewrite Rmin_right, Rmax_left in * by lra.
    destruct (mean_value f df x p) as [z [Hz E]]; try assumption; [auto |].
    assert (df z <= df p).
    { apply increasing_on with ddf; try lra; try (apply Cd; auto; lra).
      - intros w Hw; apply DD; left; lra.
      - intros w Hw; apply P; lra. }
    pose proof (Rmult_le_pos (df p - df z) (p - x)); lra.
Qed.

(** A function with a nonpositive second derivative lies above its chord. *)
Lemma above_chord (f df ddf : R -> R) (a b x : R) : a < x < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z <= 0) -> continuity_pt f a -> continuity_pt f b ->
  f a * (b - x) + f b * (x - a) <= f x * (b - a).
Proof.
  intros Hx D DD P Ca Cb.
  assert (Cx : continuity_pt f x).
  { apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra. }
  destruct (mean_value f df a x) as [u [Hu Eu]]; try assumption; [lra | intros; apply D; lra |].
  destruct (mean_value f df x b) as [v [Hv Ev]]; try assumption; [lra | intros; apply D; lra |].
  assert (df v <= df u).
  { apply decreasing_on with ddf; try lra.
    - intros; apply DD; lra.
    - intros; apply P; lra.
    - apply continuity_pt_filterlim, (ex_derive_continuous df); exists (ddf u); apply DD; lra.
    - apply continuity_pt_filterlim, (ex_derive_continuous df); exists (ddf v); apply DD; lra. }
  assert (0 <= (df u - df v) * ((x - a) * (b - x))).
  { apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]. }
  replace (f b) with (f x + df v * (b - x)) by lra.
  replace (f a) with (f x - df u * (x - a)) by lra.
  lra.
Qed.

Lemma strictly_above_chord (f df ddf : R -> R) (a b x : R) : a < x < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z < 0) -> continuity_pt f a -> continuity_pt f b ->
  f a * (b - x) + f b * (x - a) < f x * (b - a).
Proof.
  intros Hx D DD P Ca Cb.
  assert (Cx : continuity_pt f x).
  { apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df x); apply D; lra. }
  destruct (mean_value f df a x) as [u [Hu Eu]]; try assumption; [lra | intros; apply D; lra |].
  destruct (mean_value f df x b) as [v [Hv Ev]]; try assumption; [lra | intros; apply D; lra |].
  assert (df v < df u).
  { apply strictly_decreasing_on with ddf; try lra.
    - intros; apply DD; lra.
    - intros; apply P; lra.
    - apply continuity_pt_filterlim, (ex_derive_continuous df); exists (ddf u); apply DD; lra.
    - apply continuity_pt_filterlim, (ex_derive_continuous df); exists (ddf v); apply DD; lra. }
  assert (0 < (df u - df v) * ((x - a) * (b - x))).
  { apply Rmult_lt_0_compat; [lra | apply Rmult_lt_0_compat; lra]. }
  replace (f b) with (f x + df v * (b - x)) by lra.
  replace (f a) with (f x - df u * (x - a)) by lra.
  lra.
Qed.

(** Between its ends a concave function is at least the lesser of its values there. *)
Lemma concave_between (f df ddf : R -> R) (a b x : R) : a < b -> a <= x <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z <= 0) -> continuity_pt f a -> continuity_pt f b ->
  0 <= f a -> 0 <= f b -> 0 <= f x.
Proof.
  intros Hab Hx D DD P Ca Cb Ha Hb.
  destruct (Req_dec x a) as [-> | Na]; [exact Ha |].
  destruct (Req_dec x b) as [-> | Nb]; [exact Hb |].
  pose proof (above_chord f df ddf a b x ltac:(lra) D DD P Ca Cb).
  pose proof (Rmult_le_pos (f a) (b - x) Ha ltac:(lra)).
  pose proof (Rmult_le_pos (f b) (x - a) Hb ltac:(lra)).
  apply Rmult_le_reg_r with (b - a); lra.
Qed.

(** Strictly so if it is positive at one end, except at the other. *)
Lemma concave_between_low (f df ddf : R -> R) (a b x : R) : a < b -> a < x <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z <= 0) -> continuity_pt f a -> continuity_pt f b ->
  0 <= f a -> 0 < f b -> 0 < f x.
Proof.
  intros Hab Hx D DD P Ca Cb Ha Hb.
  destruct (Req_dec x b) as [-> | Nb]; [exact Hb |].
  pose proof (above_chord f df ddf a b x ltac:(lra) D DD P Ca Cb).
  pose proof (Rmult_le_pos (f a) (b - x) Ha ltac:(lra)).
  pose proof (Rmult_lt_0_compat (f b) (x - a) Hb ltac:(lra)).
  apply Rmult_lt_reg_r with (b - a); lra.
Qed.

Lemma concave_between_high (f df ddf : R -> R) (a b x : R) : a < b -> a <= x < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z <= 0) -> continuity_pt f a -> continuity_pt f b ->
  0 < f a -> 0 <= f b -> 0 < f x.
Proof.
  intros Hab Hx D DD P Ca Cb Ha Hb.
  destruct (Req_dec x a) as [-> | Na]; [exact Ha |].
  pose proof (above_chord f df ddf a b x ltac:(lra) D DD P Ca Cb).
  pose proof (Rmult_lt_0_compat (f a) (b - x) Ha ltac:(lra)).
  pose proof (Rmult_le_pos (f b) (x - a) Hb ltac:(lra)).
  apply Rmult_lt_reg_r with (b - a); lra.
Qed.

Lemma strictly_concave_between (f df ddf : R -> R) (a b x : R) : a < x < b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z < 0) -> continuity_pt f a -> continuity_pt f b ->
  0 <= f a -> 0 <= f b -> 0 < f x.
Proof.
  intros Hx D DD P Ca Cb Ha Hb.
  pose proof (strictly_above_chord f df ddf a b x Hx D DD P Ca Cb).
  pose proof (Rmult_le_pos (f a) (b - x) Ha ltac:(lra)).
  pose proof (Rmult_le_pos (f b) (x - a) Hb ltac:(lra)).
  apply Rmult_lt_reg_r with (b - a); lra.
Qed.

Lemma concave_between_both (f df ddf : R -> R) (a b x : R) : a < b -> a <= x <= b ->
  (forall z, a < z < b -> is_derive f z (df z)) -> (forall z, a < z < b -> is_derive df z (ddf z)) ->
  (forall z, a < z < b -> ddf z <= 0) -> continuity_pt f a -> continuity_pt f b ->
  0 < f a -> 0 < f b -> 0 < f x.
Proof.
  intros Hab Hx D DD P Ca Cb Ha Hb.
  destruct (Req_dec x a) as [-> | Na]; [exact Ha |].
  apply (concave_between_low f df ddf a b x); try assumption; lra.
Qed.
