import SRVerify.OneRound.ZeroLoss

/-!
# A uniform bound through a finite net (appendix F)

A class of any size, each member of which has a loss within `h` of a net member's. If a member has
no loss on the sample, its net member has loss at most `h` on each sampled point. So the net
member's loss less `h`, cut at zero, vanishes on the sample, and the union bound of C15 over the net
applies to these losses: with probability at least `1 - |J| exp(-n τ / b)` every member without loss
on the sample has risk at most `τ + 2h`.

## Main definitions

* `reducedLoss`: `max(ℓ - h, 0)`.
* `uniformFailure`: `1` if some member has no loss on the sample and risk above `r`, else `0`.

## Main results

* `sum_uniformFailure_le`: the mean of this indicator, F05.
-/

open scoped BigOperators

namespace SRVerify

variable {A I J : Type*} [Fintype A]

/-- `max(ℓ - h, 0)`, the loss less `h`, cut at zero. -/
noncomputable def reducedLoss (h : ℝ) (l : A → ℝ) (a : A) : ℝ :=
  max (l a - h) 0

/-- `1` if some member `m i` of the class has no loss on the sample and risk above `r`, else `0`. -/
noncomputable def uniformFailure (P : A → ℝ) (m : I → A → ℝ) (r : ℝ) {n : ℕ} (s : Fin n → A) : ℝ :=
  open Classical in if ∃ i, (∀ k, m i (s k) = 0) ∧ r < expect P (m i) then 1 else 0

/-- **F05**: an indicator is nonnegative. -/
theorem uniformFailure_nonneg (P : A → ℝ) (m : I → A → ℝ) (r : ℝ) {n : ℕ} (s : Fin n → A) :
    0 ≤ uniformFailure P m r s := by
  unfold uniformFailure
  split_ifs
  · exact zero_le_one
  · exact le_rfl

/-- **F05**: the reduced loss is at most the largest loss. -/
theorem reducedLoss_le {h b : ℝ} (hh : 0 ≤ h) (hb : 0 ≤ b) {l : A → ℝ} (hl : ∀ a, l a ≤ b) (a : A) :
    reducedLoss h l a ≤ b := by
  have hle := hl a
  unfold reducedLoss
  exact max_le (by linarith) hb

/-- **F05**: reduction by `h` lowers the risk by at most `h`. -/
theorem expect_sub_le_expect_reducedLoss {P : A → ℝ} (hP : IsDist P) (h : ℝ) (l : A → ℝ) :
    expect P l - h ≤ expect P (reducedLoss h l) := by
  have hmean : expect P (fun a => l a - h) = expect P l - expect P (fun _ => h) :=
    expect_sub P l fun _ => h
  rw [expect_const hP h] at hmean
  rw [← hmean]
  exact expect_le_expect hP.1 fun a => le_max_left (l a - h) 0

/-- **F05**: a member within `h` of the net member `l` has risk at most `h` above that of `l`. -/
theorem expect_le_expect_add_of_near {P : A → ℝ} (hP : IsDist P) {m l : A → ℝ} {h : ℝ}
    (hnear : ∀ a, |m a - l a| ≤ h) : expect P m ≤ expect P l + h := by
  have hmean : expect P (fun a => l a + h) = expect P l + expect P (fun _ => h) :=
    expect_add P l fun _ => h
  rw [expect_const hP h] at hmean
  rw [← hmean]
  refine expect_le_expect hP.1 fun a => ?_
  show m a ≤ l a + h
  have hle := (abs_le.mp (hnear a)).2
  linarith

/-- **F05**: through a net of losses of at most `b` and of resolution `h`, the probability that some
member of the class has no loss on the sample and risk above `τ + 2h` is at most
`|J| exp(-n τ / b)`. -/
theorem sum_uniformFailure_le [Fintype J] {P : A → ℝ} (hP : IsDist P) {l : J → A → ℝ}
    {m : I → A → ℝ} {b h : ℝ} (hb : 0 < b) (hh : 0 ≤ h) (hl : ∀ j a, l j a ≤ b)
    (hnet : ∀ i, ∃ j, ∀ a, |m i a - l j a| ≤ h) (τ : ℝ) (n : ℕ) :
    ∑ s : Fin n → A, (∏ k, P (s k)) * uniformFailure P m (τ + 2 * h) s ≤
      (Fintype.card J : ℝ) * Real.exp (-((n : ℝ) * (τ / b))) := by
  have hreduced : ∀ j a, reducedLoss h (l j) a ≤ b := fun j a => reducedLoss_le hh hb.le (hl j) a
  have hpoint : ∀ s : Fin n → A, uniformFailure P m (τ + 2 * h) s ≤
      ∑ j, zeroLossTerm P (reducedLoss h (l j)) b τ s := by
    intro s
    by_cases hfail : ∃ i, (∀ k, m i (s k) = 0) ∧ τ + 2 * h < expect P (m i)
    · have hone : uniformFailure P m (τ + 2 * h) s = 1 := by
        unfold uniformFailure
        exact if_pos hfail
      obtain ⟨i, hzero, hrisk⟩ := hfail
      obtain ⟨j, hj⟩ := hnet i
      have hvanish : ∀ k, reducedLoss h (l j) (s k) = 0 := by
        intro k
        have hle := (abs_le.mp (hj (s k))).1
        rw [hzero k] at hle
        unfold reducedLoss
        exact max_eq_right (by linarith)
      have hmember := expect_le_expect_add_of_near hP hj
      have hcut := expect_sub_le_expect_reducedLoss hP h (l j)
      have hlarge : τ < expect P (reducedLoss h (l j)) := by linarith
      rw [hone]
      exact one_le_sum_zeroLossTerm (l := fun j => reducedLoss h (l j)) hb hreduced hlarge hvanish
    · have hzero : uniformFailure P m (τ + 2 * h) s = 0 := by
        unfold uniformFailure
        exact if_neg hfail
      rw [hzero]
      exact Finset.sum_nonneg fun j _ => zeroLossTerm_nonneg hb (hreduced j) τ s
  calc ∑ s : Fin n → A, (∏ k, P (s k)) * uniformFailure P m (τ + 2 * h) s ≤
        ∑ s : Fin n → A, (∏ k, P (s k)) * ∑ j, zeroLossTerm P (reducedLoss h (l j)) b τ s :=
        Finset.sum_le_sum fun s _ => mul_le_mul_of_nonneg_left (hpoint s)
          (Finset.prod_nonneg fun k _ => hP.1 (s k))
    _ ≤ (Fintype.card J : ℝ) * Real.exp (-((n : ℝ) * (τ / b))) :=
        sum_sum_zeroLossTerm_le (l := fun j => reducedLoss h (l j)) hP hb hreduced τ n

end SRVerify
