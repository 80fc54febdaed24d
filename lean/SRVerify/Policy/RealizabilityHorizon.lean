import SRVerify.Policy.GibbsIterates

/-!
# The realizability horizon (Assumption 5.1 with Definition 6.1, S08)

In the linear softmax class of radius `R` the exact iteration stays realizable up to the round `T`
exactly if some parameter of the initial policy has norm at most `R / α_T`, `α_T = (1 + 1/β)^T`. So
for a fixed radius and a policy that is not uniform it fails in finitely many rounds.

## Main definitions

* `parameterNorm`: the Euclidean norm of a parameter.

## Main results

* `parameterNorm_mul`: the norm scales.
* `realizable_iff`: A-REAL in the round `T` of the exact iteration.
* `rounds_le_of_realizable`: hence `T log(1 + 1/β) ≤ log(R / ‖θ_0‖_min)`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- `‖θ‖ = √(Σ θ_j²)`. -/
noncomputable def parameterNorm (theta : J → ℝ) : ℝ :=
  Real.sqrt (∑ j, theta j ^ 2)

/-- `‖a θ‖ = a ‖θ‖` for `a ≥ 0`. -/
theorem parameterNorm_mul {a : ℝ} (ha : 0 ≤ a) (theta : J → ℝ) :
    parameterNorm (fun j => a * theta j) = a * parameterNorm theta := by
  have hsum : ∑ j, (a * theta j) ^ 2 = a ^ 2 * ∑ j, theta j ^ 2 := by
    rw [Finset.mul_sum]
    exact Finset.sum_congr rfl fun j _ => mul_pow a (theta j) 2
  show Real.sqrt (∑ j, (a * theta j) ^ 2) = a * Real.sqrt (∑ j, theta j ^ 2)
  rw [hsum, Real.sqrt_mul (sq_nonneg a), Real.sqrt_sq ha]

/-- Equal policies stay equal when sharpened. -/
theorem sharpened_congr {q p : Y → ℝ} (h : ∀ y, q y = p y) (a : ℝ) (y : Y) :
    sharpened a q y = sharpened a p y := by
  have e : q = p := funext h
  rw [e]

/-- **S08**: `π_T` of (4) lies in the class of radius `R` exactly if some parameter of the initial
policy has norm at most `R / α_T`. -/
theorem realizable_iff [Nonempty Y] (phi : X → Y → J → ℝ) (theta0 : J → ℝ) {β : ℝ} (hβ : 0 < β)
    (R : ℝ) (T : ℕ) :
    (∃ theta : J → ℝ, parameterNorm theta ≤ R ∧ ∀ x y, linearSoftmax phi theta x y =
        sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta0 x) y) ↔
      ∃ theta : J → ℝ, (1 + 1 / β) ^ T * parameterNorm theta ≤ R ∧
        ∀ x y, linearSoftmax phi theta x y = linearSoftmax phi theta0 x y := by
  have hgrowth : 0 < (1 + 1 / β) ^ T := growth_pos hβ T
  have hpolicy := linearSoftmax_isPolicy phi theta0
  constructor
  · rintro ⟨theta, hnorm, hequal⟩
    refine ⟨fun j => ((1 + 1 / β) ^ T)⁻¹ * theta j, ?_, fun x y => ?_⟩
    · rw [parameterNorm_mul (inv_pos.mpr hgrowth).le, ← mul_assoc,
        mul_inv_cancel₀ hgrowth.ne', one_mul]
      exact hnorm
    · calc linearSoftmax phi (fun j => ((1 + 1 / β) ^ T)⁻¹ * theta j) x y =
            sharpened ((1 + 1 / β) ^ T)⁻¹ (linearSoftmax phi theta x) y :=
          (sharpened_linearSoftmax phi theta ((1 + 1 / β) ^ T)⁻¹ x y).symm
        _ = sharpened ((1 + 1 / β) ^ T)⁻¹
              (sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta0 x)) y :=
          sharpened_congr (hequal x) _ y
        _ = sharpened ((1 + 1 / β) ^ T * ((1 + 1 / β) ^ T)⁻¹) (linearSoftmax phi theta0 x) y :=
          sharpened_sharpened (hpolicy x).1 _ _ y
        _ = sharpened 1 (linearSoftmax phi theta0 x) y := by
          rw [mul_inv_cancel₀ hgrowth.ne']
        _ = linearSoftmax phi theta0 x y := sharpened_one (hpolicy x).2 y
  · rintro ⟨theta, hnorm, hequal⟩
    refine ⟨fun j => (1 + 1 / β) ^ T * theta j, ?_, fun x y => ?_⟩
    · rw [parameterNorm_mul hgrowth.le]
      exact hnorm
    · calc linearSoftmax phi (fun j => (1 + 1 / β) ^ T * theta j) x y =
            sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta x) y :=
          (sharpened_linearSoftmax phi theta ((1 + 1 / β) ^ T) x y).symm
        _ = sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta0 x) y :=
          sharpened_congr (hequal x) _ y

/-- **S08**: if every parameter of the initial policy has norm at least `m > 0`, A-REAL in the round
`T` needs `T log(1 + 1/β) ≤ log(R / m)`. -/
theorem rounds_le_of_realizable [Nonempty Y] (phi : X → Y → J → ℝ) (theta0 : J → ℝ) {β m R : ℝ}
    (hβ : 0 < β) (hm : 0 < m) (T : ℕ)
    (hmin : ∀ theta : J → ℝ, (∀ x y, linearSoftmax phi theta x y = linearSoftmax phi theta0 x y) →
      m ≤ parameterNorm theta)
    (hreal : ∃ theta : J → ℝ, parameterNorm theta ≤ R ∧ ∀ x y, linearSoftmax phi theta x y =
      sharpened ((1 + 1 / β) ^ T) (linearSoftmax phi theta0 x) y) :
    (T : ℝ) * Real.log (1 + 1 / β) ≤ Real.log (R / m) := by
  obtain ⟨theta, hnorm, hequal⟩ := (realizable_iff phi theta0 hβ R T).mp hreal
  have hgrowth : 0 < (1 + 1 / β) ^ T := growth_pos hβ T
  have hscaled := mul_le_mul_of_nonneg_left (hmin theta hequal) hgrowth.le
  have hratio : (1 + 1 / β) ^ T ≤ R / m := by
    rw [le_div_iff₀ hm]
    exact le_trans hscaled hnorm
  rw [← Real.log_pow]
  exact Real.log_le_log hgrowth hratio

end SRVerify
