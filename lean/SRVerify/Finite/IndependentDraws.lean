import SRVerify.Policy.RewardGap
import SRVerify.Iteration.Rounds

/-!
# Triples and independent draws

The law of a triple `(x, y, y')` as one law, and `n` independent draws from a law.

## Main definitions

* `coupledLaw`: `x ∼ D`, then `y ∼ p(·|x)` and `y' ∼ q(·|x)` independent.

## Main results

* `expect_mul_le_sqrt`: `E[u v] ≤ √(E u²) √(E v²)`.
* `expect_coupledLaw`: an expectation over triples is a coupled expectation.
* `coupledLaw_isDist`, `prodLaw_isDist`: these laws are distributions.
* `sum_prod_mul_one_sub`: `E ∏_k (1 - ℓ(z_k) / b) = (1 - E ℓ / b)^n` over `n` draws.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y A : Type*} [Fintype X] [Fintype Y] [Fintype A]

/-- A distribution has a point. -/
theorem nonempty_of_isDist {p : A → ℝ} (hp : IsDist p) : Nonempty A := by
  by_contra hempty
  have hfalse : IsEmpty A := not_nonempty_iff.mp hempty
  have hsum := hp.2
  rw [Finset.univ_eq_empty, Finset.sum_empty] at hsum
  exact zero_ne_one hsum

/-- **C08**, **C09**: `E[u v] ≤ √(E u²) √(E v²)`. -/
theorem expect_mul_le_sqrt {p : A → ℝ} (hp : ∀ a, 0 ≤ p a) (u v : A → ℝ) :
    expect p (fun a => u a * v a) ≤
      Real.sqrt (expect p fun a => u a ^ 2) * Real.sqrt (expect p fun a => v a ^ 2) := by
  have hu : 0 ≤ expect p (fun a => u a ^ 2) := expect_nonneg hp fun a => sq_nonneg (u a)
  rw [← Real.sqrt_mul hu]
  exact Real.le_sqrt_of_sq_le (expect_mul_sq_le hp u v)

/-! ### Triples -/

/-- The law of `(x, y, y')`: `x ∼ D`, then `y` from `p` and `y'` from `q`, independent. -/
noncomputable def coupledLaw (D : X → ℝ) (p q : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  D z.1 * p z.1 z.2.1 * q z.1 z.2.2

/-- An expectation over triples is a coupled expectation. -/
theorem expect_coupledLaw (D : X → ℝ) (p q : X → Y → ℝ) (f : X → Y → Y → ℝ) :
    expect (coupledLaw D p q) (fun z => f z.1 z.2.1 z.2.2) = coupledExpectation D p q f :=
  (coupledExpectation_eq_expect D p q f).symm

/-- The expectation over triples of a function of `(x, y)`. -/
theorem expect_coupledLaw_fst (D : X → ℝ) (p : X → Y → ℝ) {q : X → Y → ℝ} (hq : IsDistFamily q)
    (g : X → Y → ℝ) :
    expect (coupledLaw D p q) (fun z => g z.1 z.2.1) =
      expect D (fun x => expect (p x) (g x)) := by
  have hinner : ∀ x y, expect (q x) (fun _ => g x y) = g x y := fun x y =>
    expect_const (hq.isDist x) (g x y)
  have hprompt : ∀ x, expect (p x) (fun y => expect (q x) (fun _ => g x y)) =
      expect (p x) (g x) := fun x => expect_congr (hinner x)
  have hiterated : expect (coupledLaw D p q) (fun z => g z.1 z.2.1) =
      expect D (fun x => expect (p x) (fun y => expect (q x) (fun _ => g x y))) :=
    expect_coupledLaw D p q fun x y _ => g x y
  rw [hiterated]
  exact expect_congr hprompt

/-- The expectation over triples of a function of `(x, y')`. -/
theorem expect_coupledLaw_snd (D : X → ℝ) {p : X → Y → ℝ} (hp : IsDistFamily p) (q : X → Y → ℝ)
    (g : X → Y → ℝ) :
    expect (coupledLaw D p q) (fun z => g z.1 z.2.2) =
      expect D (fun x => expect (q x) (g x)) := by
  have hprompt : ∀ x, expect (p x) (fun _ => expect (q x) (g x)) = expect (q x) (g x) := fun x =>
    expect_const (hp.isDist x) (expect (q x) (g x))
  have hiterated : expect (coupledLaw D p q) (fun z => g z.1 z.2.2) =
      expect D (fun x => expect (p x) (fun _ => expect (q x) (g x))) :=
    expect_coupledLaw D p q fun x _ y' => g x y'
  rw [hiterated]
  exact expect_congr hprompt

/-- The law of a triple is a distribution. -/
theorem coupledLaw_isDist {D : X → ℝ} (hD : IsDist D) {p q : X → Y → ℝ} (hp : IsDistFamily p)
    (hq : IsDistFamily q) : IsDist (coupledLaw D p q) := by
  refine ⟨fun z => mul_nonneg (mul_nonneg (hD.1 z.1) ((hp z.1).1 z.2.1)) ((hq z.1).1 z.2.2), ?_⟩
  have hone : ∑ z, coupledLaw D p q z = expect (coupledLaw D p q) (fun _ => (1 : ℝ)) :=
    Finset.sum_congr rfl fun z _ => (mul_one (coupledLaw D p q z)).symm
  have hmarginal : expect (coupledLaw D p q) (fun _ => (1 : ℝ)) =
      expect D (fun x => expect (p x) (fun _ => (1 : ℝ))) :=
    expect_coupledLaw_fst D p hq fun _ _ => 1
  have hinner : ∀ x, expect (p x) (fun _ => (1 : ℝ)) = 1 := fun x => expect_const (hp.isDist x) 1
  have houter : expect D (fun x => expect (p x) (fun _ => (1 : ℝ))) =
      expect D (fun _ => (1 : ℝ)) := expect_congr hinner
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
    have hmean : ∑ a, P a * l a = expect P l := rfl
    rw [Finset.sum_congr rfl fun a _ => hsplit a, Finset.sum_sub_distrib, hP.2, ← Finset.sum_div,
      hmean]
  rw [← hone, Fintype.sum_pow]
  exact Finset.sum_congr rfl fun s _ => Finset.prod_mul_distrib.symm

end SRVerify
