import SRVerify.Finite.Expectation

/-!
# The range of the condition number (section 4, K01)

For every finite set of prompts and responses: `κ = N` only for the uniform policy, and
`κ ≥ 1 / E_x[max_y π]`. The bounds `1 ≤ κ ≤ N` are in `SRVerify.Finite`.

## Main results

* `conditionNumber_eq_card_iff`: `κ(π) = N` exactly for the uniform policy.
* `one_div_mean_modeMass_le`: `κ(π) ≥ 1 / E_x[max_y π]`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-- **K01**: `1 / max_y π(y|x) ≤ N` at every prompt. -/
theorem one_div_modeMass_le_card [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) :
    1 / modeMass p x ≤ (Fintype.card Y : ℝ) := by
  rw [div_le_iff₀ (modeMass_pos hp x)]
  exact one_le_card_mul_modeMass hp x

/-- **K01**: if `1 / max_y π(y|x) = N`, every response has probability `1/N`. -/
theorem eq_one_div_card_of_modeMass [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) {x : X}
    (hmode : modeMass p x = 1 / (Fintype.card Y : ℝ)) (y : Y) :
    p x y = 1 / (Fintype.card Y : ℝ) := by
  have hcard : 0 < (Fintype.card Y : ℝ) := by
    have hpos : 0 < Fintype.card Y := Fintype.card_pos
    exact_mod_cast hpos
  have hnonneg : ∀ z ∈ Finset.univ, 0 ≤ 1 / (Fintype.card Y : ℝ) - p x z := by
    intro z _
    have hle := le_modeMass p x z
    rw [hmode] at hle
    linarith
  have htotal : ∑ z, (1 / (Fintype.card Y : ℝ) - p x z) = 0 := by
    rw [Finset.sum_sub_distrib, (hp x).2, Finset.sum_const, Finset.card_univ, nsmul_eq_mul,
      mul_one_div_cancel hcard.ne', sub_self]
  have hzero : 1 / (Fintype.card Y : ℝ) - p x y = 0 :=
    (Finset.sum_eq_zero_iff_of_nonneg hnonneg).mp htotal y (Finset.mem_univ y)
  linarith

/-- **K01**: where every prompt can occur, `κ(π) = N` exactly for the uniform policy. -/
theorem conditionNumber_eq_card_iff [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ}
    (hD : IsDist D) (hpos : ∀ x, 0 < D x) (hp : IsPolicy p) :
    conditionNumber D p = (Fintype.card Y : ℝ) ↔ ∀ x y, p x y = 1 / (Fintype.card Y : ℝ) := by
  have hcard : 0 < (Fintype.card Y : ℝ) := by
    have hcard' : 0 < Fintype.card Y := Fintype.card_pos
    exact_mod_cast hcard'
  constructor
  · intro h x y
    have hdeficit : expect D (fun x => (Fintype.card Y : ℝ) - 1 / modeMass p x) = 0 := by
      have hself : expect D (fun x => 1 / modeMass p x) = conditionNumber D p := rfl
      rw [expect_sub, expect_const hD, hself, h, sub_self]
    have hzero : (Fintype.card Y : ℝ) - 1 / modeMass p x = 0 :=
      eq_zero_of_expect_eq_zero (f := fun x => (Fintype.card Y : ℝ) - 1 / modeMass p x) hpos
        (fun a => sub_nonneg.mpr (one_div_modeMass_le_card hp a)) hdeficit x
    have hinv : 1 / modeMass p x = (Fintype.card Y : ℝ) := by linarith
    have hmode : modeMass p x = 1 / (Fintype.card Y : ℝ) := by
      rw [← hinv, one_div_one_div]
    exact eq_one_div_card_of_modeMass hp hmode y
  · intro h
    have hmode : ∀ x, modeMass p x = 1 / (Fintype.card Y : ℝ) := by
      intro x
      have hconst : p x = fun _ => 1 / (Fintype.card Y : ℝ) := funext (h x)
      have hsup : modeMass p x = ⨆ _y : Y, 1 / (Fintype.card Y : ℝ) := by
        show iSup (p x) = iSup (fun _ : Y => 1 / (Fintype.card Y : ℝ))
        rw [hconst]
      exact hsup.trans ciSup_const
    have hprompt : ∀ x, 1 / modeMass p x = (Fintype.card Y : ℝ) := by
      intro x
      rw [hmode x, one_div_one_div]
    have hmean : conditionNumber D p = expect D (fun _ => (Fintype.card Y : ℝ)) := by
      unfold conditionNumber
      exact expect_congr hprompt
    rw [hmean, expect_const hD]

/-- **K01**: `κ(π) ≥ 1 / E_x[max_y π(y|x)]`, by the tangent `1/u ≥ 2/m - u/m²`. -/
theorem one_div_mean_modeMass_le [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} (hD : IsDist D)
    (hp : IsPolicy p) : 1 / expect D (modeMass p) ≤ conditionNumber D p := by
  have hcard : 0 < (Fintype.card Y : ℝ) := by
    have hcard' : 0 < Fintype.card Y := Fintype.card_pos
    exact_mod_cast hcard'
  have hlower : 1 / (Fintype.card Y : ℝ) ≤ expect D (modeMass p) := by
    have hle : expect D (fun _ => 1 / (Fintype.card Y : ℝ)) ≤ expect D (modeMass p) := by
      refine expect_le_expect hD.1 fun x => ?_
      show 1 / (Fintype.card Y : ℝ) ≤ modeMass p x
      rw [div_le_iff₀ hcard, mul_comm]
      exact one_le_card_mul_modeMass hp x
    rw [expect_const hD] at hle
    exact hle
  have hm : 0 < expect D (modeMass p) := lt_of_lt_of_le (div_pos one_pos hcard) hlower
  have htangent : ∀ x, 2 * (1 / expect D (modeMass p)) -
      (1 / expect D (modeMass p)) ^ 2 * modeMass p x ≤ 1 / modeMass p x := by
    intro x
    have htangents : ∀ t u : ℝ, (2 * t - t ^ 2 * u) * u ≤ 1 := by
      intro t u
      nlinarith [sq_nonneg (t * u - 1)]
    rw [le_div_iff₀ (modeMass_pos hp x)]
    exact htangents (1 / expect D (modeMass p)) (modeMass p x)
  have hle : expect D (fun x => 2 * (1 / expect D (modeMass p)) -
      (1 / expect D (modeMass p)) ^ 2 * modeMass p x) ≤ conditionNumber D p :=
    expect_le_expect hD.1 htangent
  have hmean : expect D (fun x => 2 * (1 / expect D (modeMass p)) -
      (1 / expect D (modeMass p)) ^ 2 * modeMass p x) = 1 / expect D (modeMass p) := by
    have hcancel : expect D (modeMass p) * (1 / expect D (modeMass p)) = 1 :=
      mul_one_div_cancel hm.ne'
    have hlinear : expect D (fun x => (1 / expect D (modeMass p)) ^ 2 * modeMass p x) =
        (1 / expect D (modeMass p)) ^ 2 * expect D (modeMass p) :=
      expect_mul_left D ((1 / expect D (modeMass p)) ^ 2) (modeMass p)
    rw [expect_sub, expect_const hD, hlinear]
    linear_combination (-(1 / expect D (modeMass p))) * hcancel
  rw [hmean] at hle
  exact hle

end SRVerify
