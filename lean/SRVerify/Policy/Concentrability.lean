import SRVerify.Policy.RewardGap

/-!
# Concentrability (appendix C, C08, C16, C17)

Change of measure for coupled expectations, and the concentrability of the comparator, of the exact
update, and of any policy under the strong constant.

## Main results

* `coupledExpectation_sq_le`, `coupledExpectation_le_sqrt`: Lemma C.2, (22).
* `concentrability_pointMass`: `C(π*) = κ_0`.
* `divergence_pointMass`, `divergence_pointMass_le`: `KL(π*‖π_0) ≤ log κ_0`, (39).
* `concentrability_selfUpdate_le`: `C(p*) ≤ κ_0`.
* `concentrability_le_of_strong`: the strong constant gives `C(π) ≤ 1/c`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### Change of measure -/

/-- The concentrability as a coupled second moment of the density `p / q`. -/
theorem concentrability_eq_coupled (D : X → ℝ) {p q : X → Y → ℝ} (hq : IsPolicy q) :
    concentrability D q p = coupledExpectation D q q (fun x y _ => (p x y / q x y) ^ 2) := by
  have hterm : ∀ x y, p x y ^ 2 / q x y = q x y * (p x y / q x y) ^ 2 := by
    intro x y
    have hpos : 0 < q x y := (hq x).1 y
    have hcancel : q x y * (p x y / q x y) = p x y := mul_div_of_ne hpos.ne' (p x y)
    rw [div_eq_iff hpos.ne']
    linear_combination (-(q x y * (p x y / q x y) + p x y)) * hcancel
  have hprompt : ∀ x, ∑ y, p x y ^ 2 / q x y =
      expect (q x) fun y => expect (q x) fun _ => (p x y / q x y) ^ 2 := by
    intro x
    have hinner : (expect (q x) fun y => expect (q x) fun _ => (p x y / q x y) ^ 2) =
        expect (q x) fun y => (p x y / q x y) ^ 2 :=
      expect_congr fun y => expect_const (hq.isDist x) ((p x y / q x y) ^ 2)
    rw [hinner]
    exact Finset.sum_congr rfl fun y _ => hterm x y
  unfold concentrability coupledExpectation
  exact expect_congr hprompt

/-- **C08**, Lemma C.2 (22): `E_{p,q}[f]² ≤ C(p) E_{q,q}[f²]`. -/
theorem coupledExpectation_sq_le {D : X → ℝ} {p q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x)
    (hq : IsPolicy q) (f : X → Y → Y → ℝ) :
    coupledExpectation D p q f ^ 2 ≤
      concentrability D q p * coupledExpectation D q q (fun x y z => f x y z ^ 2) := by
  have hweight : ∀ t : X × Y × Y, 0 ≤ D t.1 * q t.1 t.2.1 * q t.1 t.2.2 := fun t =>
    mul_nonneg (mul_nonneg (hD t.1) ((hq t.1).1 t.2.1).le) ((hq t.1).1 t.2.2).le
  have hleft : coupledExpectation D p q f =
      expect (fun t : X × Y × Y => D t.1 * q t.1 t.2.1 * q t.1 t.2.2)
        (fun t => p t.1 t.2.1 / q t.1 t.2.1 * f t.1 t.2.1 t.2.2) := by
    rw [coupledExpectation_eq_expect]
    unfold expect
    refine Finset.sum_congr rfl fun t _ => ?_
    show D t.1 * p t.1 t.2.1 * q t.1 t.2.2 * f t.1 t.2.1 t.2.2 =
      D t.1 * q t.1 t.2.1 * q t.1 t.2.2 * (p t.1 t.2.1 / q t.1 t.2.1 * f t.1 t.2.1 t.2.2)
    have hcancel : q t.1 t.2.1 * (p t.1 t.2.1 / q t.1 t.2.1) = p t.1 t.2.1 :=
      mul_div_of_ne ((hq t.1).1 t.2.1).ne' (p t.1 t.2.1)
    linear_combination (-(D t.1 * q t.1 t.2.2 * f t.1 t.2.1 t.2.2)) * hcancel
  have hfirst : concentrability D q p =
      expect (fun t : X × Y × Y => D t.1 * q t.1 t.2.1 * q t.1 t.2.2)
        (fun t => (p t.1 t.2.1 / q t.1 t.2.1) ^ 2) := by
    rw [concentrability_eq_coupled D hq, coupledExpectation_eq_expect]
  have hsecond : coupledExpectation D q q (fun x y z => f x y z ^ 2) =
      expect (fun t : X × Y × Y => D t.1 * q t.1 t.2.1 * q t.1 t.2.2)
        (fun t => f t.1 t.2.1 t.2.2 ^ 2) := by
    rw [coupledExpectation_eq_expect]
  rw [hleft, hfirst, hsecond]
  exact expect_mul_sq_le hweight (fun t : X × Y × Y => p t.1 t.2.1 / q t.1 t.2.1)
    (fun t => f t.1 t.2.1 t.2.2)

/-- The concentrability is nonnegative. -/
theorem concentrability_nonneg {D : X → ℝ} {q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x) (hq : IsPolicy q)
    (p : X → Y → ℝ) : 0 ≤ concentrability D q p := by
  unfold concentrability
  exact expect_nonneg hD fun x => Finset.sum_nonneg fun y _ =>
    div_nonneg (sq_nonneg (p x y)) ((hq x).1 y).le

/-- **C08**, Lemma C.2 (22): `E_{p,q}[f] ≤ √C(p) √E_{q,q}[f²]`. -/
theorem coupledExpectation_le_sqrt {D : X → ℝ} {p q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x)
    (hq : IsPolicy q) (f : X → Y → Y → ℝ) :
    coupledExpectation D p q f ≤
      Real.sqrt (concentrability D q p) *
        Real.sqrt (coupledExpectation D q q (fun x y z => f x y z ^ 2)) := by
  rw [← Real.sqrt_mul (concentrability_nonneg hD hq p)]
  exact Real.le_sqrt_of_sq_le (coupledExpectation_sq_le hD hq f)

/-! ### The comparator -/

/-- The comparator's mass on its own response. -/
theorem pointMass_self (ystar : X → Y) (x : X) : pointMass ystar x (ystar x) = 1 := by
  unfold pointMass
  rw [if_pos rfl]

/-- **C16**: the concentrability of the comparator is `κ_0`, if `ystar` gives modes. -/
theorem concentrability_pointMass (D : X → ℝ) {base : X → Y → ℝ} {ystar : X → Y}
    (hmode : ∀ x, base x (ystar x) = modeMass base x) :
    concentrability D base (pointMass ystar) = conditionNumber D base := by
  have hprompt : ∀ x, ∑ y, pointMass ystar x y ^ 2 / base x y = 1 / modeMass base x := by
    intro x
    have hsum : ∑ y, pointMass ystar x y ^ 2 / base x y =
        expect (pointMass ystar x) (fun y => pointMass ystar x y / base x y) := by
      unfold expect
      refine Finset.sum_congr rfl fun y _ => ?_
      show pointMass ystar x y ^ 2 / base x y =
        pointMass ystar x y * (pointMass ystar x y / base x y)
      ring
    rw [hsum, expect_pointMass ystar x (fun y => pointMass ystar x y / base x y)]
    show pointMass ystar x (ystar x) / base x (ystar x) = 1 / modeMass base x
    rw [pointMass_self, hmode x]
  unfold concentrability conditionNumber
  exact expect_congr hprompt

/-- **C16**, (39): `KL(π*‖π_0) = E_x log(1/π_0(y*(x)|x))`. -/
theorem divergence_pointMass (D : X → ℝ) (base : X → Y → ℝ) (ystar : X → Y) :
    divergence D (pointMass ystar) base =
      expect D (fun x => Real.log (1 / base x (ystar x))) := by
  have hprompt : ∀ x, relativeEntropy (pointMass ystar x) (base x) =
      Real.log (1 / base x (ystar x)) := by
    intro x
    have hpoint : relativeEntropy (pointMass ystar x) (base x) =
        Real.log (pointMass ystar x (ystar x) / base x (ystar x)) :=
      expect_pointMass ystar x fun y => Real.log (pointMass ystar x y / base x y)
    rw [hpoint, pointMass_self]
  unfold divergence
  exact expect_congr hprompt

/-- **C16**, (39): `KL(π*‖π_0) ≤ log κ_0`, if `ystar` gives modes. -/
theorem divergence_pointMass_le [Nonempty Y] {D : X → ℝ} {base : X → Y → ℝ} {ystar : X → Y}
    (hD : IsDist D) (hbase : IsPolicy base) (hmode : ∀ x, base x (ystar x) = modeMass base x) :
    divergence D (pointMass ystar) base ≤ Real.log (conditionNumber D base) := by
  have hprompt : ∀ x, Real.log (1 / base x (ystar x)) = Real.log (1 / modeMass base x) := by
    intro x
    rw [hmode x]
  have hmodes : expect D (fun x => Real.log (1 / base x (ystar x))) =
      expect D (fun x => Real.log (1 / modeMass base x)) := expect_congr hprompt
  rw [divergence_pointMass, hmodes]
  exact kl_le_log_conditionNumber hD hbase

/-! ### The exact update -/

/-- Some response attains the largest probability. -/
theorem exists_eq_modeMass [Nonempty Y] (p : X → Y → ℝ) (x : X) : ∃ y, p x y = modeMass p x :=
  exists_eq_ciSup_of_finite (f := p x)

/-- **C16**: the density of the exact update is at most `1 / max_y π_0(y|x)`. -/
theorem selfUpdate_le_mul [Nonempty Y] {base : X → Y → ℝ} {β : ℝ} (hbase : IsPolicy base)
    (hβ : 0 < β) (x : X) (y : Y) :
    selfUpdate β base x y / base x y ≤ 1 / modeMass base x := by
  obtain ⟨ystar, hstar⟩ := exists_eq_modeMass base x
  have hZ := partitionFunction_pos (hbase x).1 (fun z => Real.log (base x z)) β
  have hdensity : ∀ z, selfUpdate β base x z / base x z =
      Real.exp (Real.log (base x z) / β) /
        partitionFunction (base x) (fun w => Real.log (base x w)) β := by
    intro z
    have hz : 0 < base x z := (hbase x).1 z
    have hform : selfUpdate β base x z = base x z * Real.exp (Real.log (base x z) / β) /
        partitionFunction (base x) (fun w => Real.log (base x w)) β := rfl
    rw [hform, div_div, mul_comm (partitionFunction (base x) (fun w => Real.log (base x w)) β),
      mul_div_mul_left _ _ hz.ne']
  have hlog : Real.log (base x y) ≤ Real.log (base x ystar) := by
    apply Real.log_le_log ((hbase x).1 y)
    rw [hstar]
    exact le_modeMass base x y
  have hexp : Real.exp (Real.log (base x y) / β) ≤ Real.exp (Real.log (base x ystar) / β) :=
    Real.exp_le_exp.mpr (div_le_div_of_nonneg_right hlog hβ.le)
  have hone : selfUpdate β base x ystar ≤ 1 :=
    le_one_of_isDist ((selfUpdate_isPolicy hbase β).isDist x) ystar
  calc selfUpdate β base x y / base x y =
        Real.exp (Real.log (base x y) / β) /
          partitionFunction (base x) (fun w => Real.log (base x w)) β := hdensity y
    _ ≤ Real.exp (Real.log (base x ystar) / β) /
          partitionFunction (base x) (fun w => Real.log (base x w)) β :=
      div_le_div_of_nonneg_right hexp hZ.le
    _ = selfUpdate β base x ystar / base x ystar := (hdensity ystar).symm
    _ ≤ 1 / base x ystar := div_le_div_of_nonneg_right hone ((hbase x).1 ystar).le
    _ = 1 / modeMass base x := by rw [hstar]

/-- **C16**: `C(p*) ≤ κ_0` for the exact update. -/
theorem concentrability_selfUpdate_le [Nonempty Y] {D : X → ℝ} {base : X → Y → ℝ} {β : ℝ}
    (hD : IsDist D) (hbase : IsPolicy base) (hβ : 0 < β) :
    concentrability D base (selfUpdate β base) ≤ conditionNumber D base := by
  have hprompt : ∀ x, ∑ y, selfUpdate β base x y ^ 2 / base x y ≤ 1 / modeMass base x := by
    intro x
    have hterm : ∀ y ∈ Finset.univ, selfUpdate β base x y ^ 2 / base x y ≤
        selfUpdate β base x y * (1 / modeMass base x) := by
      intro y _
      have hle := mul_le_mul_of_nonneg_left (selfUpdate_le_mul hbase hβ x y)
        ((selfUpdate_isPolicy hbase β x).1 y).le
      calc selfUpdate β base x y ^ 2 / base x y =
            selfUpdate β base x y * (selfUpdate β base x y / base x y) := by ring
        _ ≤ selfUpdate β base x y * (1 / modeMass base x) := hle
    calc ∑ y, selfUpdate β base x y ^ 2 / base x y ≤
          ∑ y, selfUpdate β base x y * (1 / modeMass base x) := Finset.sum_le_sum hterm
      _ = (∑ y, selfUpdate β base x y) * (1 / modeMass base x) := by rw [Finset.sum_mul]
      _ = 1 / modeMass base x := by rw [(selfUpdate_isPolicy hbase β x).2, one_mul]
  unfold concentrability conditionNumber
  exact expect_le_expect hD.1 hprompt

/-- **C17**, repaired by the strong constant: `c ≤ π_0(y|x)` for every `y` gives `C(π) ≤ 1/c` for
every policy. -/
theorem concentrability_le_of_strong {D : X → ℝ} {base p : X → Y → ℝ} {c : ℝ} (hD : IsDist D)
    (hc : 0 < c) (hbase : ∀ x y, c ≤ base x y) (hp : IsDistFamily p) :
    concentrability D base p ≤ 1 / c := by
  have hprompt : ∀ x, ∑ y, p x y ^ 2 / base x y ≤ 1 / c := by
    intro x
    have hterm : ∀ y ∈ Finset.univ, p x y ^ 2 / base x y ≤ p x y * (1 / c) := by
      intro y _
      have hnonneg : 0 ≤ p x y := (hp x).1 y
      have hone : p x y ≤ 1 := le_one_of_isDist (hp.isDist x) y
      have hpos : 0 < base x y := lt_of_lt_of_le hc (hbase x y)
      have hsq : p x y ^ 2 ≤ p x y := by nlinarith [mul_nonneg hnonneg (sub_nonneg.mpr hone)]
      calc p x y ^ 2 / base x y ≤ p x y / base x y := div_le_div_of_nonneg_right hsq hpos.le
        _ ≤ p x y / c := div_le_div_of_nonneg_left hnonneg hc (hbase x y)
        _ = p x y * (1 / c) := by ring
    calc ∑ y, p x y ^ 2 / base x y ≤ ∑ y, p x y * (1 / c) := Finset.sum_le_sum hterm
      _ = (∑ y, p x y) * (1 / c) := by rw [Finset.sum_mul]
      _ = 1 / c := by rw [(hp x).2, one_mul]
  have hle : concentrability D base p ≤ expect D (fun _ => 1 / c) := by
    unfold concentrability
    exact expect_le_expect hD.1 hprompt
  rw [expect_const hD] at hle
  exact hle

end SRVerify
