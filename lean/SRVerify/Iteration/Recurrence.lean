import SRVerify.Scalar.Recurrence
import SRVerify.Policy.RewardGap

/-!
# One round and the recurrence, for policies (appendix C, C26-C37)

From the reward gap of a round to the condition number of the next policy, without the tail
integral, and what a sequence of rounds does to it. The gap is the hypothesis here: C18 bounds it
with probability `1 - δ`.

## Main results

* `conditionNumber_le_one_div`, `conditionNumber_le_of_missing_mass`: the direct bound on `κ`.
* `conditionNumber_le_of_gap`, `conditionNumber_recurrence`: the recurrence (44), (59).
* `conditionNumber_step`: `κ_{t+1} ≤ 1 + b √κ_t`, (66).
* `conditionNumber_geometric`: `κ_t ≤ κ* + ρ^t max(κ_0 - κ*, 0)`.
* `conditionNumber_forgets`: Corollary 5.7.
* `conditionNumber_doubly_exponential`: `κ_t ≤ (1 + b)² κ_0^{2^{-t}}`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### One round -/

/-- **C26**: `κ(π̂) ≤ 1/c` if `c ≤ max_y π̂` at every prompt. -/
theorem conditionNumber_le_one_div {D : X → ℝ} {p : X → Y → ℝ} {c : ℝ} (hD : IsDist D) (hc : 0 < c)
    (hmodes : ∀ x, c ≤ modeMass p x) : conditionNumber D p ≤ 1 / c := by
  have hle : conditionNumber D p ≤ expect D (fun _ => 1 / c) :=
    expect_le_expect hD.1 fun x => one_div_le_one_div_of_le hc (hmodes x)
  rw [expect_const hD] at hle
  exact hle

/-- **C26**: `κ(π̂) ≤ 1 + A/c` for every bound `A` on the mass that `π̂` misses at `ystar`. -/
theorem conditionNumber_le_of_missing_mass [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} {c A : ℝ}
    {ystar : X → Y} (hD : IsDist D) (hp : IsPolicy p) (hc : 0 < c)
    (hmodes : ∀ x, c ≤ modeMass p x) (hmiss : expect D (fun x => 1 - p x (ystar x)) ≤ A) :
    conditionNumber D p ≤ 1 + A / c := by
  have hdirect := conditionNumber_le_one_add hD hp hc hmodes
  have hprompt : ∀ x, 1 - modeMass p x ≤ 1 - p x (ystar x) := by
    intro x
    have hle := le_modeMass p x (ystar x)
    linarith
  have hmean : expect D (fun x => 1 - modeMass p x) ≤ A :=
    le_trans (expect_le_expect hD.1 hprompt) hmiss
  have hdiv : expect D (fun x => 1 - modeMass p x) / c ≤ A / c :=
    div_le_div_of_nonneg_right hmean hc.le
  linarith

/-- **C27**, (44): a round with reward gap at most `(√κ + √C̄) ε + β log κ` gives
`κ' ≤ 1 + ε √C̄ / (γ c) + (ε √κ + β log κ) / (γ c)`. -/
theorem conditionNumber_le_of_gap [Nonempty Y] {D : X → ℝ} {base hat : X → Y → ℝ} {ystar : X → Y}
    {γ c ε β C : ℝ} (hD : IsDist D) (hhat : IsPolicy hat) (hγ : 0 < γ) (hc : 0 < c)
    (hmargin : ∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z))
    (hmodes : ∀ x, c ≤ modeMass hat x)
    (hgap : expectedReward D base (pointMass ystar) - expectedReward D base hat ≤
      (Real.sqrt (conditionNumber D base) + Real.sqrt C) * ε +
        β * Real.log (conditionNumber D base)) :
    conditionNumber D hat ≤ 1 + ε * Real.sqrt C / (γ * c) +
      (ε * Real.sqrt (conditionNumber D base) + β * Real.log (conditionNumber D base)) /
        (γ * c) := by
  have hmiss := missing_mass_le_gap (base := base) (ystar := ystar) hD hhat hγ hmargin
  rw [← expectedReward_pointMass D base ystar] at hmiss
  have hbound := le_trans hmiss (div_le_div_of_nonneg_right hgap hγ.le)
  have hkappa := conditionNumber_le_of_missing_mass (ystar := ystar) hD hhat hc hmodes hbound
  have hform : ((Real.sqrt (conditionNumber D base) + Real.sqrt C) * ε +
        β * Real.log (conditionNumber D base)) / γ / c =
      ε * Real.sqrt C / (γ * c) +
        (ε * Real.sqrt (conditionNumber D base) + β * Real.log (conditionNumber D base)) /
          (γ * c) := by
    rw [div_div, ← add_div]
    exact congrArg (fun u : ℝ => u / (γ * c)) (by ring)
  rw [hform] at hkappa
  linarith

/-- **C27**, (59): with `C̄ ≤ κ`, `κ' ≤ 1 + b_1 √κ + b_2 log κ` for `b_1 = 2 ε / (γ c)` and
`b_2 = β / (γ c)`. -/
theorem conditionNumber_recurrence [Nonempty Y] {D : X → ℝ} {base hat : X → Y → ℝ} {ystar : X → Y}
    {γ c ε β C : ℝ} (hD : IsDist D) (hhat : IsPolicy hat) (hγ : 0 < γ) (hc : 0 < c) (hε : 0 ≤ ε)
    (hC : C ≤ conditionNumber D base)
    (hmargin : ∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z))
    (hmodes : ∀ x, c ≤ modeMass hat x)
    (hgap : expectedReward D base (pointMass ystar) - expectedReward D base hat ≤
      (Real.sqrt (conditionNumber D base) + Real.sqrt C) * ε +
        β * Real.log (conditionNumber D base)) :
    conditionNumber D hat ≤ 1 + 2 * ε / (γ * c) * Real.sqrt (conditionNumber D base) +
      β / (γ * c) * Real.log (conditionNumber D base) := by
  have hle := conditionNumber_le_of_gap (base := base) (ystar := ystar) hD hhat hγ hc hmargin
    hmodes hgap
  have hγc : 0 < γ * c := mul_pos hγ hc
  have hroot : ε * Real.sqrt C / (γ * c) ≤
      ε * Real.sqrt (conditionNumber D base) / (γ * c) :=
    div_le_div_of_nonneg_right (mul_le_mul_of_nonneg_left (Real.sqrt_le_sqrt hC) hε) hγc.le
  have hform : ε * Real.sqrt (conditionNumber D base) / (γ * c) +
        (ε * Real.sqrt (conditionNumber D base) + β * Real.log (conditionNumber D base)) /
          (γ * c) =
      2 * ε / (γ * c) * Real.sqrt (conditionNumber D base) +
        β / (γ * c) * Real.log (conditionNumber D base) := by
    ring
  linarith

/-- **C28**, (66): a round with reward gap at most `2 √κ ε + β log κ` gives `κ' ≤ 1 + b √κ` with
`b = (2 ε + β) / (γ c)`. -/
theorem conditionNumber_step [Nonempty Y] {D : X → ℝ} {base hat : X → Y → ℝ} {ystar : X → Y}
    {γ c ε β : ℝ} (hD : IsDist D) (hbase : IsPolicy base) (hhat : IsPolicy hat) (hγ : 0 < γ)
    (hc : 0 < c) (hε : 0 ≤ ε) (hβ : 0 ≤ β)
    (hmargin : ∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z))
    (hmodes : ∀ x, c ≤ modeMass hat x)
    (hgap : expectedReward D base (pointMass ystar) - expectedReward D base hat ≤
      (Real.sqrt (conditionNumber D base) + Real.sqrt (conditionNumber D base)) * ε +
        β * Real.log (conditionNumber D base)) :
    conditionNumber D hat ≤
      1 + (2 * ε + β) / (γ * c) * Real.sqrt (conditionNumber D base) := by
  have hle := conditionNumber_recurrence (base := base) (ystar := ystar)
    (C := conditionNumber D base) hD hhat hγ hc hε le_rfl hmargin hmodes hgap
  have hκ : 0 < conditionNumber D base := lt_of_lt_of_le one_pos (one_le_conditionNumber hD hbase)
  have hrate : 0 ≤ β / (γ * c) := div_nonneg hβ (mul_pos hγ hc).le
  have hlog := mul_le_mul_of_nonneg_left (log_le_sqrt hκ) hrate
  have hform : 2 * ε / (γ * c) * Real.sqrt (conditionNumber D base) +
        β / (γ * c) * Real.sqrt (conditionNumber D base) =
      (2 * ε + β) / (γ * c) * Real.sqrt (conditionNumber D base) := by
    ring
  linarith

/-! ### Many rounds -/

/-- **C31**, (73), for policies whose condition numbers obey (66). -/
theorem conditionNumber_geometric [Nonempty Y] {D : X → ℝ} {pol : ℕ → X → Y → ℝ} {b : ℝ}
    (hD : IsDist D) (hpol : ∀ t, IsPolicy (pol t)) (hb : 0 ≤ b)
    (hstep : ∀ t, conditionNumber D (pol (t + 1)) ≤
      1 + b * Real.sqrt (conditionNumber D (pol t))) (t : ℕ) :
    conditionNumber D (pol t) ≤ fixedPoint b +
      contraction b ^ t * max 0 (conditionNumber D (pol 0) - fixedPoint b) := by
  have hone : ∀ s, 1 ≤ conditionNumber D (pol s) := fun s => one_le_conditionNumber hD (hpol s)
  have hle := recurrence_le_geometric (a := 1) (kappa := fun s => conditionNumber D (pol s))
    zero_le_one hb (by linarith) (fun s => le_trans zero_le_one (hone s)) hstep t
  rw [recurrenceFixedPoint_one, recurrenceRate_one] at hle
  exact hle

/-- **C35**, Corollary 5.7, for policies: after `1 + log κ_0 / log(1/ρ)` rounds `κ ≤ κ* + 1`. -/
theorem conditionNumber_forgets [Nonempty Y] {D : X → ℝ} {pol : ℕ → X → Y → ℝ} {b : ℝ} {T : ℕ}
    (hD : IsDist D) (hpol : ∀ t, IsPolicy (pol t)) (hb : 0 < b)
    (hstep : ∀ t, conditionNumber D (pol (t + 1)) ≤
      1 + b * Real.sqrt (conditionNumber D (pol t))) (hT : 0 < T)
    (hrounds : 1 + Real.log (conditionNumber D (pol 0)) / Real.log (1 / contraction b) ≤ (T : ℝ)) :
    conditionNumber D (pol (T - 1)) ≤ fixedPoint b + 1 := by
  have hone : ∀ s, 1 ≤ conditionNumber D (pol s) := fun s => one_le_conditionNumber hD (hpol s)
  rw [← recurrenceRate_one] at hrounds
  have hle := recurrence_forgets (a := 1) (kappa := fun s => conditionNumber D (pol s)) zero_le_one
    hb (fun s => le_trans zero_le_one (hone s)) (lt_of_lt_of_le one_pos (hone 0)) hstep hT hrounds
  rw [recurrenceFixedPoint_one] at hle
  exact hle

/-- **C37** for policies: `κ_t ≤ (1 + b)² κ_0^{2^{-t}}`, so the start is forgotten in
`log log κ_0` rounds. -/
theorem conditionNumber_doubly_exponential [Nonempty Y] {D : X → ℝ} {pol : ℕ → X → Y → ℝ} {b : ℝ}
    (hD : IsDist D) (hpol : ∀ t, IsPolicy (pol t)) (hb : 0 ≤ b)
    (hstep : ∀ t, conditionNumber D (pol (t + 1)) ≤
      1 + b * Real.sqrt (conditionNumber D (pol t))) (t : ℕ) :
    conditionNumber D (pol t) ≤
      (1 + b) ^ 2 * conditionNumber D (pol 0) ^ (((1 : ℝ) / 2) ^ t : ℝ) := by
  have hle := recurrence_le_rpow (a := 1) (kappa := fun s => conditionNumber D (pol s)) le_rfl hb
    (one_le_conditionNumber hD (hpol 0)) hstep t
  rw [Real.sqrt_one] at hle
  exact hle

end SRVerify
