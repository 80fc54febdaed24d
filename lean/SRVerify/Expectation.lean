import SRVerify.Finite
import SRVerify.Rounds

/-!
# Expectations over finite laws

The algebra of `expect`, the law of a triple `(x, y, y')`, and `n` independent draws.

## Main definitions

* `coupledLaw`: `x ∼ D`, then `y ∼ p(·|x)` and `y' ∼ q(·|x)` independent.
* `pointPolicy`: the policy that always answers `ystar x`.

## Main results

* `expect_mul_le_sqrt`: the Cauchy-Schwarz inequality.
* `expect_coupledLaw`: expectations over triples as iterated ones.
* `sum_prod_mul_one_sub`: `E ∏_k (1 - ℓ(z_k) / b) = (1 - E ℓ / b)^n` over `n` draws.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y A : Type*} [Fintype X] [Fintype Y] [Fintype A]

/-! ### Algebra -/

/-- The expectation of a sum. -/
theorem expect_add_eq (p f g : A → ℝ) :
    expect p (fun a => f a + g a) = expect p f + expect p g := by
  show ∑ a, p a * (f a + g a) = ∑ a, p a * f a + ∑ a, p a * g a
  rw [← Finset.sum_add_distrib]
  exact Finset.sum_congr rfl fun a _ => mul_add (p a) (f a) (g a)

/-- The expectation of a difference. -/
theorem expect_sub_eq (p f g : A → ℝ) :
    expect p (fun a => f a - g a) = expect p f - expect p g := by
  show ∑ a, p a * (f a - g a) = ∑ a, p a * f a - ∑ a, p a * g a
  rw [← Finset.sum_sub_distrib]
  exact Finset.sum_congr rfl fun a _ => mul_sub (p a) (f a) (g a)

/-- The expectation of a multiple. -/
theorem expect_const_mul (c : ℝ) (p f : A → ℝ) :
    expect p (fun a => c * f a) = c * expect p f := by
  show ∑ a, p a * (c * f a) = c * ∑ a, p a * f a
  rw [Finset.mul_sum]
  exact Finset.sum_congr rfl fun a _ => mul_left_comm (p a) c (f a)

/-- The expectation of a nonnegative function is nonnegative. -/
theorem expect_nonneg_of {p f : A → ℝ} (hp : ∀ a, 0 ≤ p a) (hf : ∀ a, 0 ≤ f a) :
    0 ≤ expect p f := by
  show 0 ≤ ∑ a, p a * f a
  exact Finset.sum_nonneg fun a _ => mul_nonneg (hp a) (hf a)

/-- Functions that agree have the same expectation. -/
theorem expect_congr_fun {p f g : A → ℝ} (h : ∀ a, f a = g a) : expect p f = expect p g := by
  have hfg : f = g := funext h
  rw [hfg]

/-- **C06**: `|E f| ≤ E |f|`. -/
theorem abs_expect_le {p : A → ℝ} (hp : ∀ a, 0 ≤ p a) (f : A → ℝ) :
    |expect p f| ≤ expect p (fun a => |f a|) := by
  show |∑ a, p a * f a| ≤ ∑ a, p a * |f a|
  calc |∑ a, p a * f a| ≤ ∑ a, |p a * f a| := Finset.abs_sum_le_sum_abs _ _
    _ = ∑ a, p a * |f a| :=
        Finset.sum_congr rfl fun a _ => by rw [abs_mul, abs_of_nonneg (hp a)]

/-- **C08**, **C09**: `E[u v] ≤ √(E u²) √(E v²)`. -/
theorem expect_mul_le_sqrt {p : A → ℝ} (hp : ∀ a, 0 ≤ p a) (u v : A → ℝ) :
    expect p (fun a => u a * v a) ≤
      Real.sqrt (expect p fun a => u a ^ 2) * Real.sqrt (expect p fun a => v a ^ 2) := by
  have hu : 0 ≤ expect p (fun a => u a ^ 2) := expect_nonneg_of hp fun a => sq_nonneg (u a)
  have hcs : (∑ a, p a * (u a * v a)) ^ 2 ≤
      (∑ a, p a * u a ^ 2) * ∑ a, p a * v a ^ 2 := by
    refine Finset.sum_sq_le_sum_mul_sum_of_sq_eq_mul Finset.univ
      (fun a _ => mul_nonneg (hp a) (sq_nonneg (u a)))
      (fun a _ => mul_nonneg (hp a) (sq_nonneg (v a))) fun a _ => ?_
    ring
  rw [← Real.sqrt_mul hu]
  exact Real.le_sqrt_of_sq_le hcs

/-! ### Policies -/

/-- A policy of full support is a family of distributions. -/
theorem isDistFamily_of_isPolicy {p : X → Y → ℝ} (hp : IsPolicy p) : IsDistFamily p :=
  fun x => ⟨fun y => ((hp x).1 y).le, (hp x).2⟩

/-- A family of distributions is a distribution at each prompt. -/
theorem isDist_of_isDistFamily {p : X → Y → ℝ} (hp : IsDistFamily p) (x : X) : IsDist (p x) :=
  hp x

/-- A distribution has a point. -/
theorem nonempty_of_isDist {p : A → ℝ} (hp : IsDist p) : Nonempty A := by
  by_contra hempty
  have hfalse : IsEmpty A := not_nonempty_iff.mp hempty
  have hsum := hp.2
  rw [Finset.univ_eq_empty, Finset.sum_empty] at hsum
  exact zero_ne_one hsum

/-- No response has more than all the mass. -/
theorem le_one_of_isPolicy {p : X → Y → ℝ} (hp : IsPolicy p) (x : X) (y : Y) : p x y ≤ 1 := by
  have hle : p x y ≤ ∑ z, p x z :=
    Finset.single_le_sum (f := fun z => p x z) (fun z _ => ((hp x).1 z).le) (Finset.mem_univ y)
  rw [(hp x).2] at hle
  exact hle

/-- The point mass at `ystar x`. -/
noncomputable def pointPolicy (ystar : X → Y) (x : X) (y : Y) : ℝ :=
  open Classical in if y = ystar x then 1 else 0

/-- **C16**: the mass of `ystar x` is one. -/
theorem pointPolicy_self (ystar : X → Y) (x : X) : pointPolicy ystar x (ystar x) = 1 := by
  unfold pointPolicy
  exact if_pos rfl

/-- **C16**: the mass of the other responses is zero. -/
theorem pointPolicy_of_ne (ystar : X → Y) (x : X) {y : Y} (hy : y ≠ ystar x) :
    pointPolicy ystar x y = 0 := by
  unfold pointPolicy
  exact if_neg hy

/-- **C16**: sums against a function that vanishes with the point mass. -/
theorem sum_pointPolicy (ystar : X → Y) (x : X) (f : Y → ℝ)
    (hf : ∀ y, pointPolicy ystar x y = 0 → f y = 0) : ∑ y, f y = f (ystar x) :=
  Finset.sum_eq_single (ystar x)
    (fun y _ hy => hf y (pointPolicy_of_ne ystar x hy))
    (fun hy => absurd (Finset.mem_univ (ystar x)) hy)

/-- **C16**: the expectation under a point mass is the value there. -/
theorem expect_pointPolicy (ystar : X → Y) (x : X) (f : Y → ℝ) :
    expect (pointPolicy ystar x) f = f (ystar x) := by
  have hsum : ∑ y, pointPolicy ystar x y * f y = pointPolicy ystar x (ystar x) * f (ystar x) :=
    sum_pointPolicy ystar x (fun y => pointPolicy ystar x y * f y) fun y hy => by
      show pointPolicy ystar x y * f y = 0
      rw [hy, zero_mul]
  show ∑ y, pointPolicy ystar x y * f y = f (ystar x)
  rw [hsum, pointPolicy_self, one_mul]

/-- **C16**: a point mass is a distribution. -/
theorem pointPolicy_isDistFamily (ystar : X → Y) : IsDistFamily (pointPolicy ystar) := by
  intro x
  refine ⟨fun y => ?_, ?_⟩
  · unfold pointPolicy
    split_ifs
    · exact zero_le_one
    · exact le_rfl
  · rw [sum_pointPolicy ystar x (pointPolicy ystar x) fun y hy => hy, pointPolicy_self]

/-! ### Triples -/

/-- The law of `(x, y, y')`: `x ∼ D`, then `y` from `p` and `y'` from `q`, independent. -/
noncomputable def coupledLaw (D : X → ℝ) (p q : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  D z.1 * p z.1 z.2.1 * q z.1 z.2.2

/-- An expectation over triples is an iterated expectation. -/
theorem expect_coupledLaw (D : X → ℝ) (p q : X → Y → ℝ) (f : X × Y × Y → ℝ) :
    expect (coupledLaw D p q) f =
      expect D (fun x => expect (p x) (fun y => expect (q x) (fun y' => f (x, y, y')))) := by
  show ∑ z, coupledLaw D p q z * f z =
    ∑ x, D x * ∑ y, p x y * ∑ y', q x y' * f (x, y, y')
  rw [Fintype.sum_prod_type]
  refine Finset.sum_congr rfl fun x _ => ?_
  rw [Fintype.sum_prod_type, Finset.mul_sum]
  refine Finset.sum_congr rfl fun y _ => ?_
  rw [Finset.mul_sum, Finset.mul_sum]
  refine Finset.sum_congr rfl fun y' _ => ?_
  show D x * p x y * q x y' * f (x, y, y') = D x * (p x y * (q x y' * f (x, y, y')))
  ring

/-- The expectation over triples of a function of `(x, y)`. -/
theorem expect_coupledLaw_fst (D : X → ℝ) (p : X → Y → ℝ) {q : X → Y → ℝ} (hq : IsDistFamily q)
    (g : X → Y → ℝ) :
    expect (coupledLaw D p q) (fun z => g z.1 z.2.1) =
      expect D (fun x => expect (p x) (g x)) := by
  rw [expect_coupledLaw]
  refine expect_congr_fun fun x => ?_
  refine expect_congr_fun fun y => ?_
  exact expect_const (isDist_of_isDistFamily hq x) (g x y)

/-- The expectation over triples of a function of `(x, y')`. -/
theorem expect_coupledLaw_snd (D : X → ℝ) {p : X → Y → ℝ} (hp : IsDistFamily p) (q : X → Y → ℝ)
    (g : X → Y → ℝ) :
    expect (coupledLaw D p q) (fun z => g z.1 z.2.2) =
      expect D (fun x => expect (q x) (g x)) := by
  rw [expect_coupledLaw]
  refine expect_congr_fun fun x => ?_
  exact expect_const (isDist_of_isDistFamily hp x) (expect (q x) (g x))

/-- The law of a triple is a distribution. -/
theorem coupledLaw_isDist {D : X → ℝ} (hD : IsDist D) {p q : X → Y → ℝ} (hp : IsDistFamily p)
    (hq : IsDistFamily q) : IsDist (coupledLaw D p q) := by
  refine ⟨fun z => mul_nonneg (mul_nonneg (hD.1 z.1) ((hp z.1).1 z.2.1)) ((hq z.1).1 z.2.2), ?_⟩
  have hone : ∑ z, coupledLaw D p q z = expect (coupledLaw D p q) (fun _ => (1 : ℝ)) :=
    Finset.sum_congr rfl fun z _ => (mul_one (coupledLaw D p q z)).symm
  have hinner : ∀ x, expect (p x) (fun _ => (1 : ℝ)) = 1 := fun x =>
    expect_const (isDist_of_isDistFamily hp x) 1
  have hmarginal : expect (coupledLaw D p q) (fun _ => (1 : ℝ)) =
      expect D (fun x => expect (p x) (fun _ => (1 : ℝ))) :=
    expect_coupledLaw_fst D p hq fun _ _ => 1
  have houter : expect D (fun x => expect (p x) (fun _ => (1 : ℝ))) =
      expect D (fun _ => (1 : ℝ)) := expect_congr_fun hinner
  rw [hone, hmarginal, houter]
  exact expect_const hD 1

/-! ### Independent draws -/

/-- The law of `n` independent draws is a distribution. -/
theorem prodLaw_isDist {P : A → ℝ} (hP : IsDist P) (n : ℕ) :
    IsDist (fun s : Fin n → A => ∏ k, P (s k)) := by
  refine ⟨fun s => Finset.prod_nonneg fun k _ => hP.1 (s k), ?_⟩
  show ∑ s : Fin n → A, ∏ k, P (s k) = 1
  rw [← Fintype.sum_pow P n, hP.2, one_pow]

/-- **C15**, (36): `E ∏_k (1 - ℓ(z_k) / b) = (1 - E ℓ / b)^n` over `n` independent draws. -/
theorem sum_prod_mul_one_sub {P : A → ℝ} (hP : IsDist P) (l : A → ℝ) (b : ℝ) (n : ℕ) :
    ∑ s : Fin n → A, (∏ k, P (s k)) * ∏ k, (1 - l (s k) / b) = (1 - expect P l / b) ^ n := by
  have hone : ∑ a, P a * (1 - l a / b) = 1 - expect P l / b := by
    have hsplit : ∀ a, P a * (1 - l a / b) = P a - P a * l a / b := fun a => by ring
    rw [Finset.sum_congr rfl fun a _ => hsplit a, Finset.sum_sub_distrib, hP.2, ← Finset.sum_div]
    rfl
  rw [← hone, Fintype.sum_pow]
  exact Finset.sum_congr rfl fun s _ => Finset.prod_mul_distrib.symm

end SRVerify
