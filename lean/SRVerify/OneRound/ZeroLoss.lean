import SRVerify.Finite.IndependentDraws

/-!
# Zero empirical loss (appendix C.2)

Under A-REAL an empirical risk minimiser has no loss on any sampled triple. A member of the class
with risk above `τ` does so with probability at most `exp(-n τ / b)`, `b` the largest loss.

## Main definitions

* `zeroLossTerm`: `∏_k (1 - ℓ(z_k) / b)` for a member with risk above `τ`, and `0` for the others.

## Main results

* `pairLoss_eq_zero_of_isMinimiser`: (32), a minimiser has no loss on the sample.
* `sum_zeroLossTerm_le`: (36), (37), the exceptional event of one member.
* `one_le_sum_zeroLossTerm`: the sum of these terms bounds the indicator of the event.
-/

open scoped BigOperators

namespace SRVerify

/-- `(1 - x)^n ≤ exp(-n x)`. -/
theorem one_sub_pow_le_exp {x : ℝ} (hx : x ≤ 1) (n : ℕ) :
    (1 - x) ^ n ≤ Real.exp (-((n : ℝ) * x)) := by
  calc (1 - x) ^ n ≤ Real.exp (-x) ^ n :=
        pow_le_pow_left₀ (sub_nonneg.mpr hx) (Real.one_sub_le_exp_neg x) n
    _ = Real.exp ((n : ℝ) * -x) := (Real.exp_nat_mul (-x) n).symm
    _ = Real.exp (-((n : ℝ) * x)) := by rw [mul_neg]

/-! ### Concentration for one member -/

variable {A I : Type*} [Fintype A]

/-- `∏_k (1 - ℓ(z_k) / b)` if the risk `E ℓ` is above `τ`, else `0`. -/
noncomputable def zeroLossTerm (P l : A → ℝ) (b τ : ℝ) {n : ℕ} (s : Fin n → A) : ℝ :=
  open Classical in if τ < expect P l then ∏ k, (1 - l (s k) / b) else 0

/-- **C15**: the terms are nonnegative. -/
theorem zeroLossTerm_nonneg {P l : A → ℝ} {b : ℝ} (hb : 0 < b) (hl : ∀ a, l a ≤ b) (τ : ℝ) {n : ℕ}
    (s : Fin n → A) : 0 ≤ zeroLossTerm P l b τ s := by
  unfold zeroLossTerm
  split_ifs
  · refine Finset.prod_nonneg fun k _ => ?_
    rw [sub_nonneg, div_le_one hb]
    exact hl (s k)
  · exact le_rfl

/-- **C15**: the term of a member with risk above `τ` and no loss on the sample is one. -/
theorem zeroLossTerm_eq_one {P l : A → ℝ} {b τ : ℝ} {n : ℕ} {s : Fin n → A}
    (hrisk : τ < expect P l) (hzero : ∀ k, l (s k) = 0) : zeroLossTerm P l b τ s = 1 := by
  have hprod : zeroLossTerm P l b τ s = ∏ k, (1 - l (s k) / b) := by
    unfold zeroLossTerm
    exact if_pos hrisk
  rw [hprod]
  refine Finset.prod_eq_one fun k _ => ?_
  rw [hzero k, zero_div, sub_zero]

/-- **C15**, (36), (37): the mean of the term over `n` draws is at most `exp(-n τ / b)`. -/
theorem sum_zeroLossTerm_le {P l : A → ℝ} (hP : IsDist P) {b : ℝ} (hb : 0 < b)
    (hl : ∀ a, l a ≤ b) (τ : ℝ) (n : ℕ) :
    ∑ s : Fin n → A, (∏ k, P (s k)) * zeroLossTerm P l b τ s ≤
      Real.exp (-((n : ℝ) * (τ / b))) := by
  by_cases h : τ < expect P l
  · have hterm : ∀ s : Fin n → A, zeroLossTerm P l b τ s = ∏ k, (1 - l (s k) / b) := by
      intro s
      unfold zeroLossTerm
      exact if_pos h
    have hpower : ∑ s : Fin n → A, (∏ k, P (s k)) * zeroLossTerm P l b τ s =
        (1 - expect P l / b) ^ n := by
      rw [← sum_prod_mul_one_sub hP l b n]
      exact Finset.sum_congr rfl fun s _ => by rw [hterm s]
    have hle : expect P l ≤ b := by
      calc expect P l ≤ expect P (fun _ => b) := expect_le_expect hP.1 hl
        _ = b := expect_const hP b
    have hratio : expect P l / b ≤ 1 := by
      rw [div_le_one hb]
      exact hle
    have hmono : (n : ℝ) * (τ / b) ≤ (n : ℝ) * (expect P l / b) :=
      mul_le_mul_of_nonneg_left (div_le_div_of_nonneg_right h.le hb.le) (Nat.cast_nonneg n)
    rw [hpower]
    calc (1 - expect P l / b) ^ n ≤ Real.exp (-((n : ℝ) * (expect P l / b))) :=
          one_sub_pow_le_exp hratio n
      _ ≤ Real.exp (-((n : ℝ) * (τ / b))) := Real.exp_le_exp.mpr (neg_le_neg hmono)
  · have hzero : ∑ s : Fin n → A, (∏ k, P (s k)) * zeroLossTerm P l b τ s = 0 := by
      refine Finset.sum_eq_zero fun s _ => ?_
      have hterm : zeroLossTerm P l b τ s = 0 := by
        unfold zeroLossTerm
        exact if_neg h
      rw [hterm, mul_zero]
    rw [hzero]
    exact (Real.exp_pos _).le

/-- **C15**, (33), (38): if a member with risk above `τ` has no loss on the sample, the terms of the
class sum to at least one. -/
theorem one_le_sum_zeroLossTerm [Fintype I] {P : A → ℝ} {l : I → A → ℝ} {b τ : ℝ} (hb : 0 < b)
    (hl : ∀ i a, l i a ≤ b) {n : ℕ} {s : Fin n → A} {i : I} (hrisk : τ < expect P (l i))
    (hzero : ∀ k, l i (s k) = 0) : 1 ≤ ∑ j, zeroLossTerm P (l j) b τ s := by
  have hle : zeroLossTerm P (l i) b τ s ≤ ∑ j, zeroLossTerm P (l j) b τ s :=
    Finset.single_le_sum (f := fun j => zeroLossTerm P (l j) b τ s)
      (fun j _ => zeroLossTerm_nonneg hb (hl j) τ s) (Finset.mem_univ i)
  rw [zeroLossTerm_eq_one hrisk hzero] at hle
  exact hle

/-- **C15**: the mean of the sum over the class is at most `|Π| exp(-n τ / b)`. -/
theorem sum_sum_zeroLossTerm_le [Fintype I] {P : A → ℝ} (hP : IsDist P) {l : I → A → ℝ} {b : ℝ}
    (hb : 0 < b) (hl : ∀ i a, l i a ≤ b) (τ : ℝ) (n : ℕ) :
    ∑ s : Fin n → A, (∏ k, P (s k)) * ∑ i, zeroLossTerm P (l i) b τ s ≤
      (Fintype.card I : ℝ) * Real.exp (-((n : ℝ) * (τ / b))) := by
  have hopen : ∀ s : Fin n → A, (∏ k, P (s k)) * ∑ i, zeroLossTerm P (l i) b τ s =
      ∑ i, (∏ k, P (s k)) * zeroLossTerm P (l i) b τ s := fun s =>
    Finset.mul_sum Finset.univ (fun i => zeroLossTerm P (l i) b τ s) (∏ k, P (s k))
  calc ∑ s : Fin n → A, (∏ k, P (s k)) * ∑ i, zeroLossTerm P (l i) b τ s =
        ∑ s : Fin n → A, ∑ i, (∏ k, P (s k)) * zeroLossTerm P (l i) b τ s :=
        Finset.sum_congr rfl fun s _ => hopen s
    _ = ∑ i, ∑ s : Fin n → A, (∏ k, P (s k)) * zeroLossTerm P (l i) b τ s := Finset.sum_comm
    _ ≤ ∑ _i : I, Real.exp (-((n : ℝ) * (τ / b))) :=
        Finset.sum_le_sum fun i _ => sum_zeroLossTerm_le hP hb (hl i) τ n
    _ = (Fintype.card I : ℝ) * Real.exp (-((n : ℝ) * (τ / b))) := by
        rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul]

/-! ### Empirical risk minimisation -/

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-- **S04**: the loss is a square. -/
theorem pairLoss_nonneg (β : ℝ) (base p : X → Y → ℝ) (z : X × Y × Y) :
    0 ≤ pairLoss β base p z := by
  unfold pairLoss
  exact sq_nonneg _

/-- **C13**, (14): the exact update has no loss on any triple. -/
theorem pairLoss_gibbsUpdate_eq_zero [Nonempty Y] {β : ℝ} (hβ : 0 < β) {base : X → Y → ℝ}
    (hbase : IsPolicy base) {p : X → Y → ℝ}
    (hp : ∀ x y, p x y = gibbsUpdate (base x) (fun w => Real.log (base x w)) β y)
    (z : X × Y × Y) : pairLoss β base p z = 0 := by
  have hdiff : β * Real.log (gibbsUpdate (base z.1) (fun w => Real.log (base z.1 w)) β z.2.1 /
        base z.1 z.2.1) -
      β * Real.log (gibbsUpdate (base z.1) (fun w => Real.log (base z.1 w)) β z.2.2 /
        base z.1 z.2.2) =
      Real.log (base z.1 z.2.1) - Real.log (base z.1 z.2.2) :=
    reward_difference (r := fun w => Real.log (base z.1 w)) (hbase z.1).1 hβ z.2.1 z.2.2
  unfold pairLoss
  rw [hp z.1 z.2.1, hp z.1 z.2.2, hdiff, sub_self, zero_pow two_ne_zero]

/-- **C13**, (32): under A-REAL an empirical risk minimiser has no loss on any sampled triple. -/
theorem pairLoss_eq_zero_of_isMinimiser [Nonempty Y] {β : ℝ} (hβ : 0 < β) {base : X → Y → ℝ}
    (hbase : IsPolicy base) {pol : I → X → Y → ℝ}
    (hreal : ∃ i, ∀ x y, pol i x y = gibbsUpdate (base x) (fun w => Real.log (base x w)) β y)
    {n : ℕ} {s : Fin n → X × Y × Y} {i : I} (hmin : IsMinimiser β base pol s i) (k : Fin n) :
    pairLoss β base (pol i) (s k) = 0 := by
  obtain ⟨j, hj⟩ := hreal
  have hsum : ∑ k, pairLoss β base (pol i) (s k) ≤ 0 := by
    calc ∑ k, pairLoss β base (pol i) (s k) ≤ ∑ k, pairLoss β base (pol j) (s k) := hmin j
      _ = 0 := Finset.sum_eq_zero fun k _ => pairLoss_gibbsUpdate_eq_zero hβ hbase hj (s k)
  have hle : pairLoss β base (pol i) (s k) ≤ ∑ k, pairLoss β base (pol i) (s k) :=
    Finset.single_le_sum (f := fun k => pairLoss β base (pol i) (s k))
      (fun k _ => pairLoss_nonneg β base (pol i) (s k)) (Finset.mem_univ k)
  exact le_antisymm (le_trans hle hsum) (pairLoss_nonneg β base (pol i) (s k))

end SRVerify
