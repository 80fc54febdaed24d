import SRVerify.Policy.Gibbs
import SRVerify.Scalar.OneRound

/-!
# From the reward gap to mass on the mode, for policies (appendix C, C02-C07)

Lemma C.1, the optimality of the learned policy under its implicit reward, the decomposition of the
reward gap and its split into regions, for every finite set of prompts and responses.

## Main definitions

* `policyExpectation`: `E_x E_{y∼p} f(x, y)`.
* `implicitReward`: `r̂ = β log(π̂/π_0)`.
* `divergence`: `KL(p‖q) = E_x KL(p(·|x)‖q(·|x))`.
* `rewardError`: `E_{p,π_0} |Δ^r - Δ^r̂|`.

## Main results

* `failure_le_gap`: Lemma C.1, (8).
* `coupled_difference`: baseline cancellation (11).
* `implicit_value`, `implicit_value_le_zero`, `implicit_value_self`: DPO optimality (15).
* `gap_decomposition`: (15)-(18).
* `coupledExpectation_split`, `sq_sub_le_of_region`: the region split (21).
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-- `E_x E_{y∼p} f(x, y)`. -/
noncomputable def policyExpectation (D : X → ℝ) (p f : X → Y → ℝ) : ℝ :=
  expect D fun x => expect (p x) (f x)

/-- The implicit reward `r̂ = β log(π̂/π_0)` of the learned policy `hat`. -/
noncomputable def implicitReward (β : ℝ) (base hat : X → Y → ℝ) (x : X) (y : Y) : ℝ :=
  β * Real.log (hat x y / base x y)

/-- `KL(p‖q) = E_x KL(p(·|x)‖q(·|x))`. -/
noncomputable def divergence (D : X → ℝ) (p q : X → Y → ℝ) : ℝ :=
  expect D fun x => relativeEntropy (p x) (q x)

/-- `E_{p,π_0} |Δ^r - Δ^r̂|` with `r = log π_0` and `r̂ = β log(π̂/π_0)`. -/
noncomputable def rewardError (D : X → ℝ) (β : ℝ) (base hat p : X → Y → ℝ) : ℝ :=
  coupledExpectation D p base fun x y z =>
    |Real.log (base x y) - Real.log (base x z) -
      (implicitReward β base hat x y - implicitReward β base hat x z)|

/-- A family of distributions at one prompt. -/
theorem IsDistFamily.isDist {p : X → Y → ℝ} (hp : IsDistFamily p) (x : X) : IsDist (p x) :=
  hp x

/-! ### Lemma C.1 -/

/-- The expected self-reward is an expectation over prompts and responses. -/
theorem expectedReward_eq (D : X → ℝ) (base p : X → Y → ℝ) :
    expectedReward D base p = policyExpectation D p (fun x y => Real.log (base x y)) :=
  rfl

/-- `J(π*) = E_x log π_0(y*(x)|x)`. -/
theorem expectedReward_pointMass (D : X → ℝ) (base : X → Y → ℝ) (ystar : X → Y) :
    expectedReward D base (pointMass ystar) =
      expect D (fun x => Real.log (base x (ystar x))) := by
  unfold expectedReward
  exact expect_congr fun x => expect_pointMass ystar x fun y => Real.log (base x y)

/-- **C03**, Lemma C.1 (8): `P_x(π̂(y*|x) ≤ 1 - δ) ≤ (J(π*) - J(π̂)) / (γ δ)`. -/
theorem failure_le_gap {D : X → ℝ} {base p : X → Y → ℝ} {γ δ : ℝ} {ystar : X → Y} (hD : IsDist D)
    (hp : IsPolicy p) (hγ : 0 < γ) (hδ : 0 < δ)
    (hmargin : ∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z)) :
    failure D p ystar (1 - δ) ≤
      (expectedReward D base (pointMass ystar) - expectedReward D base p) / (γ * δ) := by
  have hone : ∀ x, p x (ystar x) ≤ 1 := fun x => le_one_of_isDist (hp.isDist x) (ystar x)
  have hfail := failure_le_missing_mass (p := p) (ystar := ystar) hD hδ hone
  have hmiss := missing_mass_le_gap (base := base) (ystar := ystar) hD hp hγ hmargin
  rw [expectedReward_pointMass, ← div_div]
  exact le_trans hfail (div_le_div_of_nonneg_right hmiss hδ.le)

/-! ### Baseline cancellation -/

/-- Coupled expectation of a difference. -/
theorem coupledExpectation_sub (D : X → ℝ) (p q : X → Y → ℝ) (f g : X → Y → Y → ℝ) :
    coupledExpectation D p q (fun x y z => f x y z - g x y z) =
      coupledExpectation D p q f - coupledExpectation D p q g := by
  simp only [coupledExpectation, expect_sub]

/-- Equal functions have equal coupled expectations. -/
theorem coupledExpectation_congr {D : X → ℝ} {p q : X → Y → ℝ} {f g : X → Y → Y → ℝ}
    (h : ∀ x y z, f x y z = g x y z) :
    coupledExpectation D p q f = coupledExpectation D p q g := by
  have e : f = g := funext fun x => funext fun y => funext fun z => h x y z
  rw [e]

/-- **C04**, (11): `E_{p,q}[Δ^f] = E_p f - E_q f`. -/
theorem coupled_difference (D : X → ℝ) {p q : X → Y → ℝ} (hp : IsDistFamily p)
    (hq : IsDistFamily q) (f : X → Y → ℝ) :
    coupledExpectation D p q (fun x y z => f x y - f x z) =
      policyExpectation D p f - policyExpectation D q f := by
  have hprompt : ∀ x, (expect (p x) fun y => expect (q x) fun z => f x y - f x z) =
      expect (p x) (f x) - expect (q x) (f x) := fun x =>
    baseline_cancellation (hp.isDist x) (hq.isDist x) (f x)
  have hmean : coupledExpectation D p q (fun x y z => f x y - f x z) =
      expect D (fun x => expect (p x) (f x) - expect (q x) (f x)) := by
    unfold coupledExpectation
    exact expect_congr hprompt
  rw [hmean, expect_sub]
  rfl

/-! ### Optimality of the learned policy -/

/-- **C05**, (15), at one prompt: `E_p[β log(h/q)] = β KL(p‖q) - β KL(p‖h)`. -/
theorem expect_log_ratio {p q h : Y → ℝ} (hp : IsDist p) (hq : ∀ y, 0 < q y) (hh : ∀ y, 0 < h y)
    (β : ℝ) :
    expect p (fun y => β * Real.log (h y / q y)) =
      β * relativeEntropy p q - β * relativeEntropy p h := by
  have hpoint : ∀ y, p y * (β * Real.log (h y / q y)) =
      β * (p y * Real.log (p y / q y)) - β * (p y * Real.log (p y / h y)) := by
    intro y
    rcases (hp.1 y).eq_or_lt with h0 | h0
    · rw [← h0]
      ring
    · rw [Real.log_div (hh y).ne' (hq y).ne', Real.log_div h0.ne' (hq y).ne',
        Real.log_div h0.ne' (hh y).ne']
      ring
  have hsum : ∑ y, p y * (β * Real.log (h y / q y)) =
      β * ∑ y, p y * Real.log (p y / q y) - β * ∑ y, p y * Real.log (p y / h y) := by
    rw [Finset.mul_sum, Finset.mul_sum, ← Finset.sum_sub_distrib]
    exact Finset.sum_congr rfl fun y _ => hpoint y
  exact hsum

/-- The divergence from a policy of full support is nonnegative. -/
theorem divergence_nonneg {D : X → ℝ} {p q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x) (hp : IsDistFamily p)
    (hq : IsPolicy q) : 0 ≤ divergence D p q := by
  unfold divergence
  exact expect_nonneg hD fun x => relativeEntropy_nonneg (hp.isDist x) (hq x).1 (hq x).2

/-- The divergence of a policy from itself is zero. -/
theorem divergence_self (D : X → ℝ) {p : X → Y → ℝ} (hp : IsPolicy p) : divergence D p p = 0 := by
  have hzero : divergence D p p = expect D (fun _ => (0 : ℝ)) := by
    unfold divergence
    exact expect_congr fun x => relativeEntropy_self (hp x).1
  rw [hzero]
  simp [expect]

/-- **C05**, (15): `E_p[r̂] - β KL(p‖π_0) = -β KL(p‖π̂)` for every `p`. -/
theorem implicit_value (D : X → ℝ) {base hat p : X → Y → ℝ} (hbase : IsPolicy base)
    (hhat : IsPolicy hat) (hp : IsDistFamily p) (β : ℝ) :
    policyExpectation D p (implicitReward β base hat) - β * divergence D p base =
      -(β * divergence D p hat) := by
  have hprompt : ∀ x, expect (p x) (implicitReward β base hat x) =
      β * relativeEntropy (p x) (base x) - β * relativeEntropy (p x) (hat x) := fun x =>
    expect_log_ratio (q := base x) (h := hat x) (hp.isDist x) (hbase x).1 (hhat x).1 β
  have hmean : policyExpectation D p (implicitReward β base hat) =
      expect D (fun x => β * relativeEntropy (p x) (base x) -
        β * relativeEntropy (p x) (hat x)) := by
    unfold policyExpectation
    exact expect_congr hprompt
  have hlinear : expect D (fun x => β * relativeEntropy (p x) (base x) -
      β * relativeEntropy (p x) (hat x)) = β * divergence D p base - β * divergence D p hat := by
    rw [expect_sub, expect_mul_left, expect_mul_left]
    rfl
  rw [hmean, hlinear]
  ring

/-- **C05**, (15): no policy has a positive value under the implicit reward. -/
theorem implicit_value_le_zero {D : X → ℝ} {base hat p : X → Y → ℝ} {β : ℝ} (hD : ∀ x, 0 ≤ D x)
    (hβ : 0 ≤ β) (hbase : IsPolicy base) (hhat : IsPolicy hat) (hp : IsDistFamily p) :
    policyExpectation D p (implicitReward β base hat) - β * divergence D p base ≤ 0 := by
  rw [implicit_value D hbase hhat hp β]
  have hkl := mul_nonneg hβ (divergence_nonneg hD hp hhat)
  linarith

/-- **C05**, (15): the learned policy attains the value zero. -/
theorem implicit_value_self (D : X → ℝ) {base hat : X → Y → ℝ} (hbase : IsPolicy base)
    (hhat : IsPolicy hat) (β : ℝ) :
    policyExpectation D hat (implicitReward β base hat) - β * divergence D hat base = 0 := by
  rw [implicit_value D hbase hhat hhat.isDistFamily β, divergence_self D hhat]
  ring

/-! ### The decomposition -/

/-- `|(E_p r - E_{π_0} r) - (E_p r̂ - E_{π_0} r̂)| ≤ E_{p,π_0} |Δ^r - Δ^r̂|`, by (11). -/
theorem abs_reward_difference_le {D : X → ℝ} {base hat p : X → Y → ℝ} {β : ℝ} (hD : ∀ x, 0 ≤ D x)
    (hbase : IsDistFamily base) (hp : IsDistFamily p) :
    |expectedReward D base p - expectedReward D base base -
        (policyExpectation D p (implicitReward β base hat) -
          policyExpectation D base (implicitReward β base hat))| ≤
      rewardError D β base hat p := by
  have hreward : coupledExpectation D p base
        (fun x y z => Real.log (base x y) - Real.log (base x z)) =
      expectedReward D base p - expectedReward D base base :=
    coupled_difference D hp hbase fun x y => Real.log (base x y)
  have himplicit : coupledExpectation D p base
        (fun x y z => implicitReward β base hat x y - implicitReward β base hat x z) =
      policyExpectation D p (implicitReward β base hat) -
        policyExpectation D base (implicitReward β base hat) :=
    coupled_difference D hp hbase (implicitReward β base hat)
  have hsplit : coupledExpectation D p base
        (fun x y z => Real.log (base x y) - Real.log (base x z) -
          (implicitReward β base hat x y - implicitReward β base hat x z)) =
      coupledExpectation D p base (fun x y z => Real.log (base x y) - Real.log (base x z)) -
        coupledExpectation D p base
          (fun x y z => implicitReward β base hat x y - implicitReward β base hat x z) :=
    coupledExpectation_sub D p base (fun x y z => Real.log (base x y) - Real.log (base x z))
      (fun x y z => implicitReward β base hat x y - implicitReward β base hat x z)
  have hle : |coupledExpectation D p base
        (fun x y z => Real.log (base x y) - Real.log (base x z) -
          (implicitReward β base hat x y - implicitReward β base hat x z))| ≤
      rewardError D β base hat p :=
    abs_coupledExpectation_le hD (fun x => (hp x).1) (fun x => (hbase x).1)
      (fun x y z => Real.log (base x y) - Real.log (base x z) -
        (implicitReward β base hat x y - implicitReward β base hat x z))
  rw [hsplit, hreward, himplicit] at hle
  exact hle

/-- **C06**, (15)-(18): for every comparator `star`,
`J(star) - J(π̂) ≤ E_{star,π_0}|Δ^r - Δ^r̂| + E_{π̂,π_0}|Δ^r - Δ^r̂| + β KL(star‖π_0)`. -/
theorem gap_decomposition {D : X → ℝ} {base hat star : X → Y → ℝ} {β : ℝ} (hD : ∀ x, 0 ≤ D x)
    (hβ : 0 < β) (hbase : IsPolicy base) (hhat : IsPolicy hat) (hstar : IsDistFamily star) :
    expectedReward D base star - expectedReward D base hat ≤
      rewardError D β base hat star + rewardError D β base hat hat +
        β * divergence D star base := by
  have hvalue : policyExpectation D star (implicitReward β base hat) - β * divergence D star base ≤
      policyExpectation D hat (implicitReward β base hat) - β * divergence D hat base := by
    rw [implicit_value_self D hbase hhat β]
    exact implicit_value_le_zero hD hβ.le hbase hhat hstar
  have hscalar := C06_decomposition (expectedReward D base star) (expectedReward D base hat)
    (expectedReward D base base) (policyExpectation D star (implicitReward β base hat))
    (policyExpectation D hat (implicitReward β base hat))
    (policyExpectation D base (implicitReward β base hat)) (divergence D star base)
    (divergence D hat base) β (divergence_nonneg hD hstar hbase)
    (divergence_nonneg hD hhat.isDistFamily hbase) hβ hvalue
  have hfirst := abs_reward_difference_le (hat := hat) (β := β) hD hbase.isDistFamily hstar
  have hsecond := abs_reward_difference_le (hat := hat) (β := β) hD hbase.isDistFamily
    hhat.isDistFamily
  linarith

/-! ### Regions -/

/-- **C07**, (21): an expectation splits into its parts on a region and off it. -/
theorem coupledExpectation_split (D : X → ℝ) (p q : X → Y → ℝ) (f : X → Y → Y → ℝ)
    (G : X → Y → Y → Prop) [∀ x y z, Decidable (G x y z)] :
    coupledExpectation D p q f =
      coupledExpectation D p q (fun x y z => if G x y z then f x y z else 0) +
        coupledExpectation D p q (fun x y z => if G x y z then 0 else f x y z) := by
  rw [← coupledExpectation_add]
  refine coupledExpectation_congr fun x y z => ?_
  show f x y z = (if G x y z then f x y z else 0) + (if G x y z then 0 else f x y z)
  by_cases h : G x y z
  · rw [if_pos h, if_pos h, add_zero]
  · rw [if_neg h, if_neg h, zero_add]

/-- **C07**, (21): where both reward differences are at most `B`, the square loss is at most
`4 B²`. -/
theorem sq_sub_le_of_region {u v B : ℝ} (hB : 0 < B) (hu : |u| ≤ B) (hv : |v| ≤ B) :
    (u - v) ^ 2 ≤ 4 * B ^ 2 := by
  have hle := C07_on_the_region u v B hB hu hv
  have hpow := pow_le_pow_left₀ (abs_nonneg (u - v)) hle 2
  rw [sq_abs] at hpow
  calc (u - v) ^ 2 ≤ (2 * B) ^ 2 := hpow
    _ = 4 * B ^ 2 := by ring

end SRVerify
