import SRVerify.Finite.Policy

/-!
# Expectations over finite sets

What later modules need of `expect p f = ∑ a, p a * f a`, and coupled expectations: `x ∼ D`, then
`y` and `z` independent from two policies.

## Main definitions

* `coupledExpectation`: `E_x E_{y∼p} E_{z∼q} f(x, y, z)`.
* `pointMass`: the policy that always answers `ystar x`.

## Main results

* `expect_add`, `expect_sub`, `expect_mul_left`, `expect_div`: linearity.
* `abs_expect_le_expect_abs`: `|E f| ≤ E |f|`.
* `expect_mul_sq_le`: the inequality of Cauchy and Schwarz.
* `coupledExpectation_eq_expect`: a coupled expectation is one over triples.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y A : Type*} [Fintype X] [Fintype Y] [Fintype A]

/-! ### One expectation -/

/-- Equal functions have equal expectations. -/
theorem expect_congr {p f g : A → ℝ} (h : ∀ a, f a = g a) : expect p f = expect p g := by
  have e : f = g := funext h
  rw [e]

/-- `E[f + g] = E f + E g`. -/
theorem expect_add (p f g : A → ℝ) :
    expect p (fun a => f a + g a) = expect p f + expect p g := by
  simp only [expect, mul_add, Finset.sum_add_distrib]

/-- `E[f - g] = E f - E g`. -/
theorem expect_sub (p f g : A → ℝ) :
    expect p (fun a => f a - g a) = expect p f - expect p g := by
  simp only [expect, mul_sub, Finset.sum_sub_distrib]

/-- `E[c f] = c E f`. -/
theorem expect_mul_left (p : A → ℝ) (c : ℝ) (f : A → ℝ) :
    expect p (fun a => c * f a) = c * expect p f := by
  simp only [expect, Finset.mul_sum]
  exact Finset.sum_congr rfl fun a _ => mul_left_comm (p a) c (f a)

/-- `E[f / c] = E f / c`. -/
theorem expect_div (p : A → ℝ) (f : A → ℝ) (c : ℝ) :
    expect p (fun a => f a / c) = expect p f / c := by
  simp only [expect, Finset.sum_div, mul_div_assoc]

/-- The expectation of a nonnegative function. -/
theorem expect_nonneg {p f : A → ℝ} (hp : ∀ a, 0 ≤ p a) (hf : ∀ a, 0 ≤ f a) : 0 ≤ expect p f := by
  unfold expect
  exact Finset.sum_nonneg fun a _ => mul_nonneg (hp a) (hf a)

/-- `|E f| ≤ E |f|`. -/
theorem abs_expect_le_expect_abs {p : A → ℝ} (hp : ∀ a, 0 ≤ p a) (f : A → ℝ) :
    |expect p f| ≤ expect p (fun a => |f a|) := by
  have hle : |∑ a, p a * f a| ≤ ∑ a, |p a * f a| :=
    Finset.abs_sum_le_sum_abs (fun a => p a * f a) Finset.univ
  have habs : ∑ a, |p a * f a| = ∑ a, p a * |f a| :=
    Finset.sum_congr rfl fun a _ => by rw [abs_mul, abs_of_nonneg (hp a)]
  rw [habs] at hle
  exact hle

/-- A nonnegative function of expectation zero under positive weights vanishes. -/
theorem eq_zero_of_expect_eq_zero {p f : A → ℝ} (hp : ∀ a, 0 < p a) (hf : ∀ a, 0 ≤ f a)
    (h : expect p f = 0) (a : A) : f a = 0 := by
  have hsum : ∑ b, p b * f b = 0 := h
  have hnonneg : ∀ b ∈ Finset.univ, 0 ≤ p b * f b := fun b _ => mul_nonneg (hp b).le (hf b)
  have hterm : p a * f a = 0 :=
    (Finset.sum_eq_zero_iff_of_nonneg hnonneg).mp hsum a (Finset.mem_univ a)
  exact (mul_eq_zero.mp hterm).resolve_left (hp a).ne'

/-- The inequality of Cauchy and Schwarz: `(E[f g])² ≤ E[f²] E[g²]`. -/
theorem expect_mul_sq_le {w : A → ℝ} (hw : ∀ a, 0 ≤ w a) (f g : A → ℝ) :
    expect w (fun a => f a * g a) ^ 2 ≤
      expect w (fun a => f a ^ 2) * expect w (fun a => g a ^ 2) := by
  have hroot : ∀ a, Real.sqrt (w a) * Real.sqrt (w a) = w a := fun a => Real.mul_self_sqrt (hw a)
  have hproduct : ∑ a, Real.sqrt (w a) * f a * (Real.sqrt (w a) * g a) =
      expect w (fun a => f a * g a) := by
    unfold expect
    refine Finset.sum_congr rfl fun a _ => ?_
    show Real.sqrt (w a) * f a * (Real.sqrt (w a) * g a) = w a * (f a * g a)
    linear_combination (f a * g a) * hroot a
  have hsquare : ∀ h : A → ℝ, ∑ a, (Real.sqrt (w a) * h a) ^ 2 = expect w (fun a => h a ^ 2) := by
    intro h
    unfold expect
    refine Finset.sum_congr rfl fun a _ => ?_
    show (Real.sqrt (w a) * h a) ^ 2 = w a * h a ^ 2
    linear_combination (h a ^ 2) * hroot a
  calc expect w (fun a => f a * g a) ^ 2 =
        (∑ a, Real.sqrt (w a) * f a * (Real.sqrt (w a) * g a)) ^ 2 := by rw [hproduct]
    _ ≤ (∑ a, (Real.sqrt (w a) * f a) ^ 2) * ∑ a, (Real.sqrt (w a) * g a) ^ 2 :=
      Finset.sum_mul_sq_le_sq_mul_sq Finset.univ (fun a => Real.sqrt (w a) * f a)
        (fun a => Real.sqrt (w a) * g a)
    _ = expect w (fun a => f a ^ 2) * expect w (fun a => g a ^ 2) := by rw [hsquare f, hsquare g]

/-- No weight of a distribution exceeds one. -/
theorem le_one_of_isDist {p : A → ℝ} (hp : IsDist p) (a : A) : p a ≤ 1 := by
  have hle : p a ≤ ∑ b, p b := Finset.single_le_sum (fun b _ => hp.1 b) (Finset.mem_univ a)
  rw [hp.2] at hle
  exact hle

/-- A policy at one prompt is a distribution. -/
theorem IsPolicy.isDist {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) : IsDist (p x) :=
  ⟨fun y => ((hp x).1 y).le, (hp x).2⟩

/-- A policy is a family of distributions. -/
theorem IsPolicy.isDistFamily {p : X → Y → ℝ} (hp : IsPolicy p) : IsDistFamily p := fun x =>
  ⟨fun y => ((hp x).1 y).le, (hp x).2⟩

/-! ### Coupled expectations -/

/-- `E_x E_{y∼p} E_{z∼q} f(x, y, z)`: `x ∼ D`, then `y` and `z` independent from `p` and `q`. -/
noncomputable def coupledExpectation (D : X → ℝ) (p q : X → Y → ℝ) (f : X → Y → Y → ℝ) : ℝ :=
  expect D fun x => expect (p x) fun y => expect (q x) fun z => f x y z

/-- The policy that always answers `ystar x`: the comparator `π*` of appendix C for the modes of
the base policy. -/
noncomputable def pointMass (ystar : X → Y) (x : X) (y : Y) : ℝ :=
  open Classical in if y = ystar x then 1 else 0

/-- A coupled expectation is an expectation over triples `(x, y, z)`. -/
theorem coupledExpectation_eq_expect (D : X → ℝ) (p q : X → Y → ℝ) (f : X → Y → Y → ℝ) :
    coupledExpectation D p q f =
      expect (fun t : X × Y × Y => D t.1 * p t.1 t.2.1 * q t.1 t.2.2)
        (fun t => f t.1 t.2.1 t.2.2) := by
  have hleft : coupledExpectation D p q f =
      ∑ x, ∑ y, ∑ z, D x * p x y * q x z * f x y z := by
    show ∑ x, D x * ∑ y, p x y * ∑ z, q x z * f x y z =
      ∑ x, ∑ y, ∑ z, D x * p x y * q x z * f x y z
    refine Finset.sum_congr rfl fun x _ => ?_
    rw [Finset.mul_sum]
    refine Finset.sum_congr rfl fun y _ => ?_
    rw [← mul_assoc, Finset.mul_sum]
    exact Finset.sum_congr rfl fun z _ => (mul_assoc (D x * p x y) (q x z) (f x y z)).symm
  have hright : ∑ t : X × Y × Y, D t.1 * p t.1 t.2.1 * q t.1 t.2.2 * f t.1 t.2.1 t.2.2 =
      ∑ x, ∑ y, ∑ z, D x * p x y * q x z * f x y z := by
    rw [Fintype.sum_prod_type]
    exact Finset.sum_congr rfl fun x _ =>
      Fintype.sum_prod_type fun u : Y × Y => D x * p x u.1 * q x u.2 * f x u.1 u.2
  exact hleft.trans hright.symm

/-- Coupled expectation is additive. -/
theorem coupledExpectation_add (D : X → ℝ) (p q : X → Y → ℝ) (f g : X → Y → Y → ℝ) :
    coupledExpectation D p q (fun x y z => f x y z + g x y z) =
      coupledExpectation D p q f + coupledExpectation D p q g := by
  simp only [coupledExpectation, expect_add]

/-- Coupled expectation is monotone. -/
theorem coupledExpectation_mono {D : X → ℝ} {p q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x)
    (hp : ∀ x y, 0 ≤ p x y) (hq : ∀ x y, 0 ≤ q x y) {f g : X → Y → Y → ℝ}
    (h : ∀ x y z, f x y z ≤ g x y z) :
    coupledExpectation D p q f ≤ coupledExpectation D p q g := by
  unfold coupledExpectation
  exact expect_le_expect hD fun x => expect_le_expect (hp x) fun y =>
    expect_le_expect (hq x) fun z => h x y z

/-- `|E f| ≤ E |f|` for coupled expectations. -/
theorem abs_coupledExpectation_le {D : X → ℝ} {p q : X → Y → ℝ} (hD : ∀ x, 0 ≤ D x)
    (hp : ∀ x y, 0 ≤ p x y) (hq : ∀ x y, 0 ≤ q x y) (f : X → Y → Y → ℝ) :
    |coupledExpectation D p q f| ≤ coupledExpectation D p q (fun x y z => |f x y z|) := by
  have hweight : ∀ t : X × Y × Y, 0 ≤ D t.1 * p t.1 t.2.1 * q t.1 t.2.2 := fun t =>
    mul_nonneg (mul_nonneg (hD t.1) (hp t.1 t.2.1)) (hq t.1 t.2.2)
  rw [coupledExpectation_eq_expect, coupledExpectation_eq_expect]
  exact abs_expect_le_expect_abs hweight fun t => f t.1 t.2.1 t.2.2

/-- Under the comparator every expectation is the value at `ystar x`. -/
theorem expect_pointMass (ystar : X → Y) (x : X) (f : Y → ℝ) :
    expect (pointMass ystar x) f = f (ystar x) := by
  classical
  have hother : ∀ y ∈ Finset.univ, y ≠ ystar x → pointMass ystar x y * f y = 0 := by
    intro y _ hy
    unfold pointMass
    rw [if_neg hy, zero_mul]
  have hself : pointMass ystar x (ystar x) = 1 := by
    unfold pointMass
    rw [if_pos rfl]
  have hsum : ∑ y, pointMass ystar x y * f y = pointMass ystar x (ystar x) * f (ystar x) :=
    Finset.sum_eq_single_of_mem (ystar x) (Finset.mem_univ (ystar x)) hother
  unfold expect
  rw [hsum, hself, one_mul]

/-- The comparator is a family of distributions. -/
theorem pointMass_isDistFamily (ystar : X → Y) : IsDistFamily (pointMass ystar) := by
  intro x
  refine ⟨fun y => ?_, ?_⟩
  · unfold pointMass
    split_ifs
    · exact zero_le_one
    · exact le_rfl
  · have hone : expect (pointMass ystar x) (fun _ => (1 : ℝ)) = 1 :=
      expect_pointMass ystar x (fun _ => (1 : ℝ))
    simp only [expect, mul_one] at hone
    exact hone

end SRVerify
