import SRVerify.Iteration.BaseFailure
import SRVerify.Linear.Learner

/-!
# Exact rounds at the repaired radius (F10 joined to S08)

The labels of a round are free of noise and the implicit reward is linear in the parameter. So when
the sampled feature differences span all feature differences, a member of the class without loss is
the exact update. At the radius `α_T ‖θ_0‖` the exact update of each of the first `T` rounds lies in
the class, so a learner whose samples span follows the exact path: `π_t ∝ π_0^{α_t}`.

## Main definitions

* `SampleSpans`: every direction that no sampled pair sees is one that no pair sees.

## Main results

* `linearSoftmax_congr`: parameters with the same score differences give the same policy.
* `eq_exactUpdate_of_span`: a member without loss on a sample that spans is the exact update, F10.
* `currentPolicy_eq_of_span`: the exact path, F10 with S08.
* `conditionNumber_le_of_span`: hence `κ(π_T) ≤ 1 + (N - 1) e^{-γ α_T}`.
* `roundsProbability_span_le`: the path is exact at least as likely as all samples span.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- The sampled feature differences span all feature differences: a direction that no sampled pair
sees is one that no pair at any prompt sees. -/
def SampleSpans {n : ℕ} (phi : X → Y → J → ℝ) (s : Fin n → X × Y × Y) : Prop :=
  ∀ v : J → ℝ,
    (∀ k, ∑ j, v j * phi (s k).1 (s k).2.1 j - ∑ j, v j * phi (s k).1 (s k).2.2 j = 0) →
      ∀ x y z, ∑ j, v j * phi x y j - ∑ j, v j * phi x z j = 0

/-- **F10**: parameters whose scores differ by the same at every pair give the same policy. -/
theorem linearSoftmax_congr [Nonempty Y] {phi : X → Y → J → ℝ} {theta theta' : J → ℝ} {x : X}
    (h : ∀ y z, ∑ j, theta j * phi x y j - ∑ j, theta j * phi x z j =
      ∑ j, theta' j * phi x y j - ∑ j, theta' j * phi x z j) (y : Y) :
    linearSoftmax phi theta x y = linearSoftmax phi theta' x y := by
  obtain ⟨c, hc⟩ : ∃ c : ℝ, c = ∑ j, theta j * phi x y j - ∑ j, theta' j * phi x y j := ⟨_, rfl⟩
  have hscore : ∀ z, ∑ j, theta j * phi x z j = c + ∑ j, theta' j * phi x z j := by
    intro z
    have hz := h y z
    linarith
  have hexp : ∀ z, Real.exp (∑ j, theta j * phi x z j) =
      Real.exp c * Real.exp (∑ j, theta' j * phi x z j) := by
    intro z
    rw [hscore z, Real.exp_add]
  have hsum : ∑ z, Real.exp (∑ j, theta j * phi x z j) =
      Real.exp c * ∑ z, Real.exp (∑ j, theta' j * phi x z j) := by
    rw [Finset.mul_sum]
    exact Finset.sum_congr rfl fun z _ => hexp z
  unfold linearSoftmax
  rw [hexp y, hsum, mul_div_mul_left _ _ (Real.exp_ne_zero c)]

/-- **F10**: scores are linear in the parameter. -/
theorem score_combination (a b : ℝ) (theta theta' : J → ℝ) (u : J → ℝ) :
    ∑ j, (a * theta j - b * theta' j) * u j =
      a * ∑ j, theta j * u j - b * ∑ j, theta' j * u j := by
  rw [Finset.mul_sum, Finset.mul_sum, ← Finset.sum_sub_distrib]
  exact Finset.sum_congr rfl fun j _ => by ring

/-- **F10**: `β (a' - b') = (1 + β) (a - b)` gives `a' - b' = (1 + 1/β) (a - b)`. -/
theorem exact_score_difference {β a b a' b' : ℝ} (hβ : 0 < β)
    (h : β * a' - (1 + β) * a - (β * b' - (1 + β) * b) = 0) :
    a' - b' = (1 + 1 / β) * a - (1 + 1 / β) * b := by
  have hfactor : β * (1 + 1 / β) = 1 + β := by
    rw [mul_add, mul_one, mul_one_div_cancel hβ.ne', add_comm]
  have hmul : β * (a' - b') = β * ((1 + 1 / β) * a - (1 + 1 / β) * b) := by
    linear_combination h - (a - b) * hfactor
  exact mul_left_cancel₀ hβ.ne' hmul

/-- **F10**: if a parameter has no loss on a sample that spans, drawn from the softmax policy of
`theta`, its policy is the exact update, the softmax policy of `(1 + 1/β) theta`. -/
theorem eq_exactUpdate_of_span [Nonempty Y] {β : ℝ} (hβ : 0 < β) {phi : X → Y → J → ℝ}
    {theta theta' : J → ℝ} {n : ℕ} {s : Fin n → X × Y × Y} (hspan : SampleSpans phi s)
    (hloss : ∀ k, pairLoss β (linearSoftmax phi theta) (linearSoftmax phi theta') (s k) = 0)
    (x : X) (y : Y) :
    linearSoftmax phi theta' x y = linearSoftmax phi (fun j => (1 + 1 / β) * theta j) x y := by
  have hsampled : ∀ k, ∑ j, (β * theta' j - (1 + β) * theta j) * phi (s k).1 (s k).2.1 j -
      ∑ j, (β * theta' j - (1 + β) * theta j) * phi (s k).1 (s k).2.2 j = 0 := by
    intro k
    have hk := hloss k
    rw [pairLoss_linearSoftmax β (linearSoftmax_isPolicy phi theta) phi theta' (s k),
      log_linearSoftmax phi theta (s k).1 (s k).2.1, log_linearSoftmax phi theta (s k).1 (s k).2.2]
      at hk
    have hroot := (pow_eq_zero_iff two_ne_zero).mp hk
    rw [score_combination β (1 + β) theta' theta (phi (s k).1 (s k).2.1),
      score_combination β (1 + β) theta' theta (phi (s k).1 (s k).2.2)]
    linear_combination hroot
  have hall := hspan (fun j => β * theta' j - (1 + β) * theta j) hsampled
  refine linearSoftmax_congr (fun u v => ?_) y
  have huv : ∑ j, (β * theta' j - (1 + β) * theta j) * phi x u j -
      ∑ j, (β * theta' j - (1 + β) * theta j) * phi x v j = 0 := hall x u v
  rw [score_combination β (1 + β) theta' theta (phi x u),
    score_combination β (1 + β) theta' theta (phi x v)] at huv
  have hscale : ∀ w : J → ℝ,
      ∑ j, (1 + 1 / β) * theta j * w j = (1 + 1 / β) * ∑ j, theta j * w j := by
    intro w
    rw [Finset.mul_sum]
    exact Finset.sum_congr rfl fun j _ => mul_assoc (1 + 1 / β) (theta j) (w j)
  show ∑ j, theta' j * phi x u j - ∑ j, theta' j * phi x v j =
    ∑ j, (1 + 1 / β) * theta j * phi x u j - ∑ j, (1 + 1 / β) * theta j * phi x v j
  rw [hscale (phi x u), hscale (phi x v)]
  exact exact_score_difference hβ huv

/-- **S08**: `α_t ≤ α_T` for `t ≤ T`. -/
theorem growth_le {β : ℝ} (hβ : 0 < β) {t T : ℕ} (h : t ≤ T) :
    (1 + 1 / β) ^ t ≤ (1 + 1 / β) ^ T := by
  have hbase : 1 ≤ 1 + 1 / β := by
    have hpos : 0 < 1 / β := one_div_pos.mpr hβ
    linarith
  exact pow_le_pow_right₀ hbase h

/-- **F10**, **S08**: at the radius `α_T ‖θ_0‖` a learner that minimises the empirical loss follows
the exact path as long as every sample spans. -/
theorem currentPolicy_eq_of_span [Nonempty Y] {β : ℝ} (hβ : 0 < β) {phi : X → Y → J → ℝ}
    {theta0 : J → ℝ} {R : ℝ} {T : ℕ} (hR : (1 + 1 / β) ^ T * parameterNorm theta0 ≤ R) {n : ℕ}
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) (linearSoftmax phi theta0) learner)
    (h : List (Fin n → X × Y × Y)) (hlength : h.length ≤ T) (hspan : ∀ s ∈ h, SampleSpans phi s) :
    currentPolicy (linearClass phi R) (linearSoftmax phi theta0) learner h =
      linearSoftmax phi (fun j => (1 + 1 / β) ^ h.length * theta0 j) := by
  induction h with
  | nil =>
    have hzero : (fun j => (1 + 1 / β) ^ ([] : List (Fin n → X × Y × Y)).length * theta0 j) =
        theta0 := by
      funext j
      rw [List.length_nil, pow_zero, one_mul]
    rw [hzero]
    rfl
  | cons s h ih =>
    have hcons : (s :: h).length = h.length + 1 := rfl
    have hbase := ih (by omega) fun r hr => hspan r (List.mem_cons_of_mem s hr)
    obtain ⟨theta, htheta⟩ : ∃ theta : J → ℝ, theta = fun j => (1 + 1 / β) ^ h.length * theta0 j :=
      ⟨_, rfl⟩
    rw [← htheta] at hbase
    have hnext : (fun j => (1 + 1 / β) ^ (s :: h).length * theta0 j) =
        fun j => (1 + 1 / β) * theta j := by
      funext j
      have hj : theta j = (1 + 1 / β) ^ h.length * theta0 j := congrFun htheta j
      rw [hcons, hj, pow_succ]
      ring
    have hnorm : parameterNorm (fun j => (1 + 1 / β) * theta j) ≤ R := by
      rw [← hnext, parameterNorm_mul (growth_pos hβ _).le]
      exact le_trans (mul_le_mul_of_nonneg_right (growth_le hβ hlength)
        (parameterNorm_nonneg theta0)) hR
    have hreal : ∃ i : ParameterBall J R, ∀ x y, linearClass phi R i x y =
        gibbsUpdate (linearSoftmax phi theta x)
          (fun w => Real.log (linearSoftmax phi theta x w)) β y :=
      ⟨⟨fun j => (1 + 1 / β) * theta j, hnorm⟩, fun x y =>
        (selfUpdate_linearSoftmax phi theta β x y).symm⟩
    have hmin := hlearner s h
    rw [hbase] at hmin
    have hloss : ∀ k, pairLoss β (linearSoftmax phi theta)
        (linearSoftmax phi (learner (s :: h)).1) (s k) = 0 := fun k =>
      pairLoss_eq_zero_of_isMinimiser (pol := linearClass phi R) hβ
        (linearSoftmax_isPolicy phi theta) hreal hmin k
    rw [hnext]
    funext x y
    exact eq_exactUpdate_of_span hβ (hspan s (List.mem_cons.mpr (Or.inl rfl))) hloss x y

/-- **F10**, **S08**, **S07**: hence `κ(π_T) ≤ 1 + (N - 1) e^{-γ α_T}`. -/
theorem conditionNumber_le_of_span [Nonempty Y] {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    {phi : X → Y → J → ℝ} {theta0 : J → ℝ} {R γ : ℝ} {T : ℕ}
    (hR : (1 + 1 / β) ^ T * parameterNorm theta0 ≤ R)
    (hmargin : HasMargin γ (linearSoftmax phi theta0)) {n : ℕ}
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) (linearSoftmax phi theta0) learner)
    (h : List (Fin n → X × Y × Y)) (hlength : h.length = T) (hspan : ∀ s ∈ h, SampleSpans phi s) :
    conditionNumber D (currentPolicy (linearClass phi R) (linearSoftmax phi theta0) learner h) ≤
      1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-(γ * (1 + 1 / β) ^ T)) := by
  rw [currentPolicy_eq_of_span hβ hR hlearner h hlength.le hspan, hlength]
  have hsharp : linearSoftmax phi (fun j => (1 + 1 / β) ^ T * theta0 j) =
      fun x => sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta0 x) := by
    funext x y
    exact (sharpened_linearSoftmax phi theta0 ((1 + 1 / β) ^ T) x y).symm
  rw [hsharp]
  exact conditionNumber_iterate_le hD (linearSoftmax_isPolicy phi theta0) hβ hmargin T

/-- **F10**, **S08**: over `T` rounds the path is exact at least as likely as all samples span. -/
theorem roundsProbability_span_le [Nonempty Y] {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    {phi : X → Y → J → ℝ} {theta0 : J → ℝ} {R : ℝ} {T : ℕ}
    (hR : (1 + 1 / β) ^ T * parameterNorm theta0 ≤ R) {n : ℕ}
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) (linearSoftmax phi theta0) learner) :
    roundsProbability D (linearClass phi R) (linearSoftmax phi theta0) learner T
        (fun h => ∀ s ∈ h, SampleSpans phi s) ≤
      roundsProbability D (linearClass phi R) (linearSoftmax phi theta0) learner T (fun h =>
        currentPolicy (linearClass phi R) (linearSoftmax phi theta0) learner h =
          linearSoftmax phi (fun j => (1 + 1 / β) ^ T * theta0 j)) := by
  have hpol : ∀ theta : ParameterBall J R, IsPolicy (linearClass phi R theta) := fun theta =>
    linearSoftmax_isPolicy phi theta.1
  refine roundsProbability_mono hD hpol (linearSoftmax_isPolicy phi theta0) learner T ?_
  intro h hlength hspan
  have hexact := currentPolicy_eq_of_span hβ hR hlearner h hlength.le hspan
  rw [hlength] at hexact
  exact hexact

end SRVerify
