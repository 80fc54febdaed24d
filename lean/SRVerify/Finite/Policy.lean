import SRVerify.Scalar.Basics

/-!
# Finite prompts and responses

The statements of sections 3 and 4, of appendix C and of section 6 for every finite `X` and `Y` and
every finite spectrum.

## Main results

* `gibbs_identity`, `regularised_reward_le`: the Gibbs variational principle (2), (12).
* `gibbsUpdate_self_reward`, `reward_difference`: (12), (13) and (14) for the self-reward.
* `square_loss_eq_variance`: the loss (3) is twice a variance.
* `one_le_conditionNumber`, `conditionNumber_le_card`: `1 ≤ κ ≤ N`.
* `missing_mass_le_gap`, `failure_le_missing_mass`: Lemma C.1, (8)-(10).
* `conditionNumber_le_one_add`: `κ` after one round, without the tail integral.
* `baseline_cancellation`, `change_of_measure`: (11) and Lemma C.2.
* `kl_le_log_conditionNumber`: Jensen for the logarithm (39).
* `ridgeEffectiveDimension_le_split`: the split of the spectrum (149).
-/

open scoped BigOperators

namespace SRVerify

variable {X Y A : Type*} [Fintype X] [Fintype Y] [Fintype A]

/-- Expectation is monotone. -/
theorem expect_le_expect {p f g : A → ℝ} (hp : ∀ a, 0 ≤ p a) (h : ∀ a, f a ≤ g a) :
    expect p f ≤ expect p g := by
  unfold expect
  exact Finset.sum_le_sum fun a _ => mul_le_mul_of_nonneg_left (h a) (hp a)

/-- The expectation of a constant. -/
theorem expect_const {p : A → ℝ} (hp : IsDist p) (c : ℝ) : expect p (fun _ => c) = c := by
  have hform : expect p (fun _ => c) = ∑ a, p a * c := rfl
  rw [hform, ← Finset.sum_mul, hp.2, one_mul]

/-! ### Section 3 -/

/-- **S01**, (2) and (12): `Σ p r - β KL(p‖q) = β log Z - β KL(p‖p*)` for `p* = q exp(r/β) / Z`. -/
theorem gibbs_identity [Nonempty Y] {p q r : Y → ℝ} {β : ℝ} (hp : IsDist p) (hq : ∀ y, 0 < q y)
    (hβ : 0 < β) :
    expect p r - β * relativeEntropy p q =
      β * Real.log (partitionFunction q r β) - β * relativeEntropy p (gibbsUpdate q r β) := by
  have hZ : 0 < partitionFunction q r β := by
    unfold partitionFunction
    exact Finset.sum_pos (fun y _ => mul_pos (hq y) (Real.exp_pos _)) Finset.univ_nonempty
  have hpoint : ∀ y, p y * r y - β * (p y * Real.log (p y / q y)) =
      β * Real.log (partitionFunction q r β) * p y -
        β * (p y * Real.log (p y / gibbsUpdate q r β y)) := by
    intro y
    rcases (hp.1 y).eq_or_lt with h0 | h0
    · rw [← h0]
      ring
    · have hE := Real.exp_pos (r y / β)
      have hqE : 0 < q y * Real.exp (r y / β) := mul_pos (hq y) hE
      have hcancel : β * (r y / β) = r y := mul_div_of_ne hβ.ne' (r y)
      have hlog : Real.log (p y / gibbsUpdate q r β y) = Real.log (p y) - Real.log (q y) - r y / β +
          Real.log (partitionFunction q r β) := by
        unfold gibbsUpdate
        rw [Real.log_div h0.ne' (div_pos hqE hZ).ne', Real.log_div hqE.ne' hZ.ne',
          Real.log_mul (hq y).ne' hE.ne', Real.log_exp]
        ring
      rw [hlog, Real.log_div h0.ne' (hq y).ne']
      linear_combination (-p y) * hcancel
  have hleft : expect p r - β * relativeEntropy p q =
      ∑ y, (p y * r y - β * (p y * Real.log (p y / q y))) := by
    simp only [relativeEntropy, expect]
    rw [Finset.sum_sub_distrib, Finset.mul_sum]
  have hright : ∑ y, (β * Real.log (partitionFunction q r β) * p y -
        β * (p y * Real.log (p y / gibbsUpdate q r β y))) =
      β * Real.log (partitionFunction q r β) - β * relativeEntropy p (gibbsUpdate q r β) := by
    simp only [relativeEntropy, expect]
    rw [Finset.sum_sub_distrib, ← Finset.mul_sum, ← Finset.mul_sum, hp.2, mul_one]
  rw [hleft, ← hright]
  exact Finset.sum_congr rfl fun y _ => hpoint y

/-- **S01**, **C05**: `KL(p‖q) ≥ 0`. So the Gibbs update maximises (2). -/
theorem relativeEntropy_nonneg {p q : Y → ℝ} (hp : IsDist p) (hq : ∀ y, 0 < q y)
    (hsum : ∑ y, q y = 1) : 0 ≤ relativeEntropy p q := by
  have hpoint : ∀ y, p y - q y ≤ p y * Real.log (p y / q y) := by
    intro y
    rcases (hp.1 y).eq_or_lt with h0 | h0
    · rw [← h0, zero_mul]
      linarith [hq y]
    · have hu := sub_one_le_mul_log (div_pos h0 (hq y))
      have hmul := mul_le_mul_of_nonneg_left hu (hq y).le
      have hcancel : q y * (p y / q y) = p y := mul_div_of_ne (hq y).ne' (p y)
      have hleft : q y * (p y / q y - 1) = p y - q y := by linear_combination hcancel
      have hright : q y * (p y / q y * Real.log (p y / q y)) = p y * Real.log (p y / q y) := by
        rw [← mul_assoc, hcancel]
      linarith
  have htotal : ∑ y, (p y - q y) ≤ ∑ y, p y * Real.log (p y / q y) :=
    Finset.sum_le_sum fun y _ => hpoint y
  rw [Finset.sum_sub_distrib, hp.2, hsum, sub_self] at htotal
  exact htotal

/-- **S01**, (12): the Gibbs update is a distribution. -/
theorem gibbsUpdate_isDist [Nonempty Y] {q r : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y) :
    IsDist (gibbsUpdate q r β) := by
  have hZ : 0 < partitionFunction q r β := by
    unfold partitionFunction
    exact Finset.sum_pos (fun y _ => mul_pos (hq y) (Real.exp_pos _)) Finset.univ_nonempty
  refine ⟨fun y => ?_, ?_⟩
  · unfold gibbsUpdate
    exact (div_pos (mul_pos (hq y) (Real.exp_pos _)) hZ).le
  · unfold gibbsUpdate
    rw [← Finset.sum_div]
    exact div_self hZ.ne'

/-- **S01**, (2): no distribution has a larger regularised reward than `β log Z`, the value of the
Gibbs update. -/
theorem regularised_reward_le [Nonempty Y] {p q r : Y → ℝ} {β : ℝ} (hp : IsDist p)
    (hq : ∀ y, 0 < q y) (hβ : 0 < β) :
    expect p r - β * relativeEntropy p q ≤ β * Real.log (partitionFunction q r β) := by
  have hZ : 0 < partitionFunction q r β := by
    unfold partitionFunction
    exact Finset.sum_pos (fun y _ => mul_pos (hq y) (Real.exp_pos _)) Finset.univ_nonempty
  have hpos : ∀ y, 0 < gibbsUpdate q r β y := by
    intro y
    unfold gibbsUpdate
    exact div_pos (mul_pos (hq y) (Real.exp_pos _)) hZ
  have hkl := relativeEntropy_nonneg hp hpos (gibbsUpdate_isDist hq).2
  have hscaled := mul_nonneg hβ.le hkl
  rw [gibbs_identity hp hq hβ]
  linarith

/-- **S02**, (12) with the self-reward `r = log q`: `p* = q^{1 + 1/β} / Σ q^{1 + 1/β}`. -/
theorem gibbsUpdate_self_reward {q : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y) (y : Y) :
    gibbsUpdate q (fun z => Real.log (q z)) β y =
      q y ^ (1 + 1 / β : ℝ) / ∑ z, q z ^ (1 + 1 / β : ℝ) := by
  have hweight : ∀ z, q z * Real.exp (Real.log (q z) / β) = q z ^ (1 + 1 / β : ℝ) := fun z =>
    mul_exp_log_div (hq z)
  simp only [gibbsUpdate, partitionFunction, hweight]

/-- **S03**, (13) and (14): the log-ratio differences of the Gibbs update are the reward
differences. -/
theorem reward_difference [Nonempty Y] {q r : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y) (hβ : 0 < β)
    (y z : Y) :
    β * Real.log (gibbsUpdate q r β y / q y) - β * Real.log (gibbsUpdate q r β z / q z) =
      r y - r z := by
  have hZ : 0 < partitionFunction q r β := by
    unfold partitionFunction
    exact Finset.sum_pos (fun y _ => mul_pos (hq y) (Real.exp_pos _)) Finset.univ_nonempty
  have hy : Real.log (gibbsUpdate q r β y / q y) = r y / β - Real.log (partitionFunction q r β) :=
    log_gibbs_ratio (hq y) hZ
  have hz : Real.log (gibbsUpdate q r β z / q z) = r z / β - Real.log (partitionFunction q r β) :=
    log_gibbs_ratio (hq z) hZ
  have cy : β * (r y / β) = r y := mul_div_of_ne hβ.ne' (r y)
  have cz : β * (r z / β) = r z := mul_div_of_ne hβ.ne' (r z)
  rw [hy, hz]
  linear_combination cy - cz

/-- **S04**, (3): `Σ_y Σ_z q_y q_z (h_y - h_z)² = 2 (Σ q h² - (Σ q h)²)`, twice the variance. -/
theorem square_loss_eq_variance {q h : Y → ℝ} (hq : IsDist q) :
    ∑ y, ∑ z, q y * q z * (h y - h z) ^ 2 =
      2 * (expect q (fun y => h y ^ 2) - expect q h ^ 2) := by
  have hinner : ∀ y, ∑ z, q y * q z * (h y - h z) ^ 2 =
      q y * h y ^ 2 - 2 * (q y * h y) * expect q h + q y * expect q (fun z => h z ^ 2) := by
    intro y
    have hsplit : ∀ z, q y * q z * (h y - h z) ^ 2 =
        q y * h y ^ 2 * q z - 2 * (q y * h y) * (q z * h z) + q y * (q z * h z ^ 2) := by
      intro z
      ring
    rw [Finset.sum_congr rfl fun z _ => hsplit z, Finset.sum_add_distrib, Finset.sum_sub_distrib,
      ← Finset.mul_sum, ← Finset.mul_sum, ← Finset.mul_sum, hq.2, mul_one]
    rfl
  rw [Finset.sum_congr rfl fun y _ => hinner y, Finset.sum_add_distrib, Finset.sum_sub_distrib,
    ← Finset.sum_mul, ← Finset.sum_mul, ← Finset.mul_sum, hq.2]
  have hmean : ∑ y, q y * h y = expect q h := rfl
  have hsquare : ∑ y, q y * h y ^ 2 = expect q (fun y => h y ^ 2) := rfl
  rw [hmean, hsquare]
  ring

/-! ### Section 4 -/

/-- No response is more likely than the mode. -/
theorem le_modeMass (p : X → Y → ℝ) (x : X) (y : Y) : p x y ≤ modeMass p x :=
  le_ciSup (Set.finite_range (p x)).bddAbove y

/-- `max_y π(y|x) ≤ 1`. -/
theorem modeMass_le_one [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) :
    modeMass p x ≤ 1 := by
  refine ciSup_le fun y => ?_
  have hle : p x y ≤ ∑ z, p x z :=
    Finset.single_le_sum (fun z _ => ((hp x).1 z).le) (Finset.mem_univ y)
  rw [(hp x).2] at hle
  exact hle

/-- `max_y π(y|x) > 0`. -/
theorem modeMass_pos [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) : 0 < modeMass p x := by
  obtain ⟨y⟩ := ‹Nonempty Y›
  exact lt_of_lt_of_le ((hp x).1 y) (le_modeMass p x y)

/-- `N max_y π(y|x) ≥ 1`. -/
theorem one_le_card_mul_modeMass {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) :
    1 ≤ (Fintype.card Y : ℝ) * modeMass p x := by
  have hle : ∑ y, p x y ≤ ∑ _y : Y, modeMass p x := Finset.sum_le_sum fun y _ => le_modeMass p x y
  rw [(hp x).2, Finset.sum_const, Finset.card_univ, nsmul_eq_mul] at hle
  exact hle

/-- **K01**: `κ(π) ≥ 1`. -/
theorem one_le_conditionNumber [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} (hD : IsDist D)
    (hp : IsPolicy p) : 1 ≤ conditionNumber D p := by
  have hle : expect D (fun _ => (1 : ℝ)) ≤ conditionNumber D p := by
    refine expect_le_expect hD.1 fun x => ?_
    show 1 ≤ 1 / modeMass p x
    rw [le_div_iff₀ (modeMass_pos hp x), one_mul]
    exact modeMass_le_one hp x
  rw [expect_const hD] at hle
  exact hle

/-- **K01**: `κ(π) ≤ N`. -/
theorem conditionNumber_le_card [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} (hD : IsDist D)
    (hp : IsPolicy p) : conditionNumber D p ≤ Fintype.card Y := by
  have hle : conditionNumber D p ≤ expect D (fun _ => (Fintype.card Y : ℝ)) := by
    refine expect_le_expect hD.1 fun x => ?_
    show 1 / modeMass p x ≤ (Fintype.card Y : ℝ)
    rw [div_le_iff₀ (modeMass_pos hp x)]
    exact one_le_card_mul_modeMass hp x
  rw [expect_const hD] at hle
  exact hle

/-- **K02**, Remark 4.2: `max_y π = (1 + η) / M` at every prompt gives `κ = M / (1 + η)`. -/
theorem conditionNumber_of_modeMass_eq {D : X → ℝ} {p : X → Y → ℝ} {η M : ℝ} (hD : IsDist D)
    (hmode : ∀ x, modeMass p x = (1 + η) / M) : conditionNumber D p = M / (1 + η) := by
  have hconst : conditionNumber D p = expect D (fun _ => M / (1 + η)) := by
    unfold conditionNumber
    simp only [hmode, one_div_div]
  rw [hconst, expect_const hD]

/-! ### Appendix C -/

/-- **C01**, **C03**, (8) and (9): `P_x(π̂(y*|x) ≤ 1 - δ) ≤ E_x[1 - π̂(y*|x)] / δ`, by Markov. -/
theorem failure_le_missing_mass {D : X → ℝ} {p : X → Y → ℝ} {ystar : X → Y} {δ : ℝ} (hD : IsDist D)
    (hδ : 0 < δ) (hp : ∀ x, p x (ystar x) ≤ 1) :
    failure D p ystar (1 - δ) ≤ expect D (fun x => 1 - p x (ystar x)) / δ := by
  classical
  have hmass : expect D (fun x => 1 - p x (ystar x)) = ∑ x, D x * (1 - p x (ystar x)) := rfl
  rw [le_div_iff₀ hδ, hmass]
  unfold failure
  rw [Finset.sum_mul]
  refine Finset.sum_le_sum fun x _ => ?_
  by_cases hx : p x (ystar x) ≤ 1 - δ
  · rw [if_pos hx]
    have hge : δ ≤ 1 - p x (ystar x) := by linarith
    exact mul_le_mul_of_nonneg_left hge (hD.1 x)
  · rw [if_neg hx, zero_mul]
    exact mul_nonneg (hD.1 x) (sub_nonneg.mpr (hp x))

/-- **C20**, (43): own failure implies base failure. -/
theorem ownFailure_le_failure {D : X → ℝ} {p : X → Y → ℝ} (hD : IsDist D) (ystar : X → Y) (u : ℝ) :
    ownFailure D p u ≤ failure D p ystar u := by
  classical
  unfold ownFailure failure
  refine Finset.sum_le_sum fun x _ => ?_
  by_cases hown : modeMass p x ≤ u
  · have hbase : p x (ystar x) ≤ u := le_trans (le_modeMass p x (ystar x)) hown
    exact le_of_eq (by rw [if_pos hown, if_pos hbase])
  · rw [if_neg hown]
    split_ifs
    · exact hD.1 x
    · exact le_rfl

/-- **C26**: `κ(π̂) ≤ 1 + E_x[1 - max_y π̂] / c` if `c ≤ max_y π̂` at every prompt. -/
theorem conditionNumber_le_one_add [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} {c : ℝ} (hD : IsDist D)
    (hp : IsPolicy p) (hc : 0 < c) (hmodes : ∀ x, c ≤ modeMass p x) :
    conditionNumber D p ≤ 1 + expect D (fun x => 1 - modeMass p x) / c := by
  have hpoint : ∀ x, 1 / modeMass p x ≤ 1 + (1 - modeMass p x) / c := by
    intro x
    have hu := modeMass_pos hp x
    have hsplit : (1 - modeMass p x) / modeMass p x = 1 / modeMass p x - 1 := by
      rw [sub_div, div_self hu.ne']
    have hle : (1 - modeMass p x) / modeMass p x ≤ (1 - modeMass p x) / c :=
      div_le_div_of_nonneg_left (sub_nonneg.mpr (modeMass_le_one hp x)) hc (hmodes x)
    linarith
  have hle : conditionNumber D p ≤ expect D (fun x => 1 + (1 - modeMass p x) / c) :=
    expect_le_expect hD.1 hpoint
  have hmean : expect D (fun x => 1 + (1 - modeMass p x) / c) =
      1 + expect D (fun x => 1 - modeMass p x) / c := by
    have hsplit : ∀ x, D x * (1 + (1 - modeMass p x) / c) =
        D x + D x * (1 - modeMass p x) / c := by
      intro x
      ring
    show ∑ x, D x * (1 + (1 - modeMass p x) / c) = 1 + (∑ x, D x * (1 - modeMass p x)) / c
    rw [Finset.sum_congr rfl fun x _ => hsplit x, Finset.sum_add_distrib, hD.2, ← Finset.sum_div]
  rw [hmean] at hle
  exact hle

/-- **C02**, (10), at one prompt: `γ (1 - π(y*)) ≤ log π_0(y*) - E_π log π_0` if `y*` leads by
`γ`. -/
theorem margin_mul_missing_mass_le {p l : Y → ℝ} {γ : ℝ} {ystar : Y} (hp : IsDist p)
    (hmargin : ∀ z, z ≠ ystar → γ ≤ l ystar - l z) :
    (1 - p ystar) * γ ≤ l ystar - expect p l := by
  classical
  have hpoint : ∀ z, p z * γ - (if z = ystar then p z * γ else 0) ≤ p z * (l ystar - l z) := by
    intro z
    by_cases hz : z = ystar
    · rw [if_pos hz, hz]
      exact le_of_eq (by ring)
    · rw [if_neg hz, sub_zero]
      exact mul_le_mul_of_nonneg_left (hmargin z hz) (hp.1 z)
  have htotal : ∑ z, (p z * γ - (if z = ystar then p z * γ else 0)) ≤
      ∑ z, p z * (l ystar - l z) := Finset.sum_le_sum fun z _ => hpoint z
  have hleft : ∑ z, (p z * γ - (if z = ystar then p z * γ else 0)) = γ - p ystar * γ := by
    rw [Finset.sum_sub_distrib, ← Finset.sum_mul, hp.2, one_mul,
      Finset.sum_ite_eq' Finset.univ ystar, if_pos (Finset.mem_univ ystar)]
  have hright : ∑ z, p z * (l ystar - l z) = l ystar - expect p l := by
    have hsplit : ∀ z, p z * (l ystar - l z) = p z * l ystar - p z * l z := by
      intro z
      ring
    rw [Finset.sum_congr rfl fun z _ => hsplit z, Finset.sum_sub_distrib, ← Finset.sum_mul, hp.2,
      one_mul]
    rfl
  rw [hleft, hright] at htotal
  linarith

/-- **C02**, (10): `E_x[1 - π̂(y*|x)] ≤ (J(π*) - J(π̂)) / γ`, with `J(π*) = E_x log π_0(y*|x)`. -/
theorem missing_mass_le_gap {D : X → ℝ} {base p : X → Y → ℝ} {γ : ℝ} {ystar : X → Y} (hD : IsDist D)
    (hp : IsPolicy p) (hγ : 0 < γ)
    (hmargin : ∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z)) :
    expect D (fun x => 1 - p x (ystar x)) ≤
      (expect D (fun x => Real.log (base x (ystar x))) - expectedReward D base p) / γ := by
  rw [le_div_iff₀ hγ]
  have hpoint : ∀ x, (1 - p x (ystar x)) * γ ≤
      Real.log (base x (ystar x)) - expect (p x) (fun y => Real.log (base x y)) := fun x =>
    margin_mul_missing_mass_le (p := p x) (l := fun y => Real.log (base x y)) (ystar := ystar x)
      ⟨fun y => ((hp x).1 y).le, (hp x).2⟩ (hmargin x)
  have hle : expect D (fun x => (1 - p x (ystar x)) * γ) ≤
      expect D (fun x => Real.log (base x (ystar x)) -
        expect (p x) (fun y => Real.log (base x y))) := expect_le_expect hD.1 hpoint
  have hleft : expect D (fun x => (1 - p x (ystar x)) * γ) =
      expect D (fun x => 1 - p x (ystar x)) * γ := by
    show ∑ x, D x * ((1 - p x (ystar x)) * γ) = (∑ x, D x * (1 - p x (ystar x))) * γ
    rw [Finset.sum_mul]
    exact Finset.sum_congr rfl fun x _ => (mul_assoc _ _ _).symm
  have hright : expect D (fun x => Real.log (base x (ystar x)) -
        expect (p x) (fun y => Real.log (base x y))) =
      expect D (fun x => Real.log (base x (ystar x))) - expectedReward D base p := by
    have hsplit : ∀ f g : X → ℝ, expect D (fun x => f x - g x) = expect D f - expect D g := by
      intro f g
      show ∑ x, D x * (f x - g x) = ∑ x, D x * f x - ∑ x, D x * g x
      rw [← Finset.sum_sub_distrib]
      exact Finset.sum_congr rfl fun x _ => mul_sub (D x) (f x) (g x)
    exact hsplit (fun x => Real.log (base x (ystar x)))
      (fun x => expect (p x) (fun y => Real.log (base x y)))
  rw [← hleft, ← hright]
  exact hle

/-- **C04**, (11), at one prompt: `E_{y∼p, z∼q}[f(y) - f(z)] = E_p f - E_q f`. -/
theorem baseline_cancellation {p q : Y → ℝ} (hp : IsDist p) (hq : IsDist q) (f : Y → ℝ) :
    (expect p fun y => expect q fun z => f y - f z) = expect p f - expect q f := by
  have hinner : ∀ y, (expect q fun z => f y - f z) = f y - expect q f := by
    intro y
    have hsplit : ∀ z, q z * (f y - f z) = q z * f y - q z * f z := by
      intro z
      ring
    show ∑ z, q z * (f y - f z) = f y - ∑ z, q z * f z
    rw [Finset.sum_congr rfl fun z _ => hsplit z, Finset.sum_sub_distrib, ← Finset.sum_mul, hq.2,
      one_mul]
  have houter : ∀ y, p y * (f y - expect q f) = p y * f y - p y * expect q f := by
    intro y
    ring
  have hmean : (expect p fun y => expect q fun z => f y - f z) =
      expect p (fun y => f y - expect q f) := by
    simp only [hinner]
  have hsum : ∑ y, p y * (f y - expect q f) = ∑ y, p y * f y - expect q f := by
    rw [Finset.sum_congr rfl fun y _ => houter y, Finset.sum_sub_distrib, ← Finset.sum_mul, hp.2,
      one_mul]
  rw [hmean]
  exact hsum

/-- **C08**, Lemma C.2 (22), at one prompt: `(E_p f)² ≤ (Σ p²/q) (E_q f²)`. -/
theorem change_of_measure {p q f : Y → ℝ} (hq : ∀ y, 0 < q y) :
    expect p f ^ 2 ≤ (∑ y, p y ^ 2 / q y) * expect q (fun y => f y ^ 2) := by
  have hcs := Finset.sum_mul_sq_le_sq_mul_sq Finset.univ (fun y => p y / Real.sqrt (q y))
    (fun y => Real.sqrt (q y) * f y)
  have hroot : ∀ y, 0 < Real.sqrt (q y) := fun y => Real.sqrt_pos.mpr (hq y)
  have hproduct : ∀ y, p y / Real.sqrt (q y) * (Real.sqrt (q y) * f y) = p y * f y := by
    intro y
    rw [← mul_assoc, div_mul_cancel₀ _ (hroot y).ne']
  have hfirst : ∀ y, (p y / Real.sqrt (q y)) ^ 2 = p y ^ 2 / q y := by
    intro y
    rw [div_pow, Real.sq_sqrt (hq y).le]
  have hsecond : ∀ y, (Real.sqrt (q y) * f y) ^ 2 = q y * f y ^ 2 := by
    intro y
    rw [mul_pow, Real.sq_sqrt (hq y).le]
  simp only [hproduct, hfirst, hsecond] at hcs
  show (∑ y, p y * f y) ^ 2 ≤ (∑ y, p y ^ 2 / q y) * ∑ y, q y * f y ^ 2
  exact hcs

/-- **C16**, (39): `KL(π*‖π_0) = E_x log(1/π_0(y*|x)) ≤ log κ_0`, by Jensen. -/
theorem kl_le_log_conditionNumber [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} (hD : IsDist D)
    (hp : IsPolicy p) :
    expect D (fun x => Real.log (1 / modeMass p x)) ≤ Real.log (conditionNumber D p) := by
  have hκ : 0 < conditionNumber D p := lt_of_lt_of_le one_pos (one_le_conditionNumber hD hp)
  have hle : expect D (fun x => Real.log (1 / modeMass p x)) ≤
      expect D (fun x => Real.log (conditionNumber D p) +
        1 / modeMass p x / conditionNumber D p - 1) :=
    expect_le_expect hD.1 fun x => log_le_tangent (one_div_pos.mpr (modeMass_pos hp x)) hκ
  have hmean : expect D (fun x => Real.log (conditionNumber D p) +
        1 / modeMass p x / conditionNumber D p - 1) = Real.log (conditionNumber D p) := by
    have hsplit : ∀ x, D x * (Real.log (conditionNumber D p) +
          1 / modeMass p x / conditionNumber D p - 1) =
        D x * (Real.log (conditionNumber D p) - 1) +
          D x * (1 / modeMass p x) * (1 / conditionNumber D p) := by
      intro x
      ring
    have hself : ∑ x, D x * (1 / modeMass p x) = conditionNumber D p := rfl
    have hcancel : conditionNumber D p * (1 / conditionNumber D p) = 1 := mul_one_div_cancel hκ.ne'
    show ∑ x, D x * (Real.log (conditionNumber D p) +
      1 / modeMass p x / conditionNumber D p - 1) = Real.log (conditionNumber D p)
    rw [Finset.sum_congr rfl fun x _ => hsplit x, Finset.sum_add_distrib, ← Finset.sum_mul,
      ← Finset.sum_mul, hD.2, hself, hcancel]
    ring
  rw [hmean] at hle
  exact hle

/-! ### Section 6 -/

variable {ι : Type*} [Fintype ι]

/-- **G01**: `d_λ` is at most the number of eigenvalues. -/
theorem ridgeEffectiveDimension_le_card {eigenvalue : ι → ℝ} {ridge : ℝ}
    (heigenvalue : ∀ i, 0 ≤ eigenvalue i) (hridge : 0 < ridge) :
    ridgeEffectiveDimension eigenvalue ridge ≤ Fintype.card ι := by
  have hle : ridgeEffectiveDimension eigenvalue ridge ≤ ∑ _i : ι, (1 : ℝ) := by
    unfold ridgeEffectiveDimension
    refine Finset.sum_le_sum fun i _ => ?_
    have hi := heigenvalue i
    have hden : 0 < eigenvalue i + ridge := by linarith
    rw [div_le_one hden]
    linarith
  rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul, mul_one] at hle
  exact hle

/-- **G01**: `d_λ` does not increase with `λ`. -/
theorem ridgeEffectiveDimension_anti {eigenvalue : ι → ℝ} {ridge ridge' : ℝ}
    (heigenvalue : ∀ i, 0 ≤ eigenvalue i) (hridge : 0 < ridge) (hle : ridge ≤ ridge') :
    ridgeEffectiveDimension eigenvalue ridge' ≤ ridgeEffectiveDimension eigenvalue ridge := by
  unfold ridgeEffectiveDimension
  refine Finset.sum_le_sum fun i _ => ?_
  have hi := heigenvalue i
  exact div_le_div_of_nonneg_left hi (by linarith) (by linarith)

/-- **G02**, (149): `d_λ ≤ |s| + (1/λ) Σ_{i ∉ s} λ_i` for every set `s` of directions. -/
theorem ridgeEffectiveDimension_le_split [DecidableEq ι] {eigenvalue : ι → ℝ} {ridge : ℝ}
    (heigenvalue : ∀ i, 0 ≤ eigenvalue i) (hridge : 0 < ridge) (s : Finset ι) :
    ridgeEffectiveDimension eigenvalue ridge ≤
      (s.card : ℝ) + (∑ i ∈ sᶜ, eigenvalue i) / ridge := by
  have hinside : ∑ i ∈ s, eigenvalue i / (eigenvalue i + ridge) ≤ (s.card : ℝ) := by
    have hle : ∑ i ∈ s, eigenvalue i / (eigenvalue i + ridge) ≤ ∑ _i ∈ s, (1 : ℝ) := by
      refine Finset.sum_le_sum fun i _ => ?_
      have hi := heigenvalue i
      have hden : 0 < eigenvalue i + ridge := by linarith
      rw [div_le_one hden]
      linarith
    rw [Finset.sum_const, nsmul_eq_mul, mul_one] at hle
    exact hle
  have houtside : ∑ i ∈ sᶜ, eigenvalue i / (eigenvalue i + ridge) ≤
      (∑ i ∈ sᶜ, eigenvalue i) / ridge := by
    rw [Finset.sum_div]
    refine Finset.sum_le_sum fun i _ => ?_
    have hi := heigenvalue i
    exact div_le_div_of_nonneg_left hi hridge (by linarith)
  have hsplit : ∑ i ∈ s, eigenvalue i / (eigenvalue i + ridge) +
      ∑ i ∈ sᶜ, eigenvalue i / (eigenvalue i + ridge) =
        ∑ i, eigenvalue i / (eigenvalue i + ridge) :=
    Finset.sum_add_sum_compl s fun i => eigenvalue i / (eigenvalue i + ridge)
  unfold ridgeEffectiveDimension
  linarith

end SRVerify
