import SRVerify.OneRound.Balance
import SRVerify.Scalar.LinearSoftmax

/-!
# The loss truncated by projection (Lemma F.4)

Truncated by an indicator, as in appendix C, the loss jumps and is not Lipschitz in the log-ratios.
Truncated by projection of both differences onto `[-B, B]` it is, and it bounds the former.

## Main definitions

* `clip`: projection onto `[-B, B]`.
* `projectedLoss`: `(clip_B Δ^r̂ - clip_B Δ^r)²`.

## Main results

* `truncatedLoss_le_projectedLoss`: it is at least the loss truncated by the indicator.
* `projectedLoss_le`: it is at most `4 B²`.
* `abs_projectedLoss_sub_le`: log-ratios within `e` give losses within `8 β e B`, F04.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-- Projection onto `[-B, B]`. -/
noncomputable def clip (B x : ℝ) : ℝ :=
  min B (max x (-B))

/-- The square loss of the two differences, both projected onto `[-B, B]`. -/
noncomputable def projectedLoss (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  (clip B (implicitGap β base hat z) - clip B (rewardGap base z)) ^ 2

/-- **F04**: projected values lie in `[-B, B]`. -/
theorem abs_clip_le {B : ℝ} (hB : 0 ≤ B) (x : ℝ) : |clip B x| ≤ B := by
  unfold clip
  exact abs_le.mpr ⟨le_min (by linarith) (le_max_right x (-B)), min_le_left B (max x (-B))⟩

/-- **F04**: values in `[-B, B]` stay. -/
theorem clip_eq_self {B x : ℝ} (hx : |x| ≤ B) : clip B x = x := by
  obtain ⟨hlow, hhigh⟩ := abs_le.mp hx
  unfold clip
  rw [max_eq_left hlow, min_eq_right hhigh]

/-- **F04**: the projected loss is at most `4 B²`. -/
theorem projectedLoss_le {β B : ℝ} (hB : 0 < B) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    projectedLoss β B base hat z ≤ 4 * B ^ 2 := by
  unfold projectedLoss
  exact sq_sub_le_of_region hB (abs_clip_le hB.le _) (abs_clip_le hB.le _)

/-- **F05**: no loss, no projected loss. -/
theorem projectedLoss_eq_zero {β B : ℝ} {base hat : X → Y → ℝ} {z : X × Y × Y}
    (h : pairLoss β base hat z = 0) : projectedLoss β B base hat z = 0 := by
  rw [pairLoss_eq] at h
  have hroot : implicitGap β base hat z - rewardGap base z = 0 := (pow_eq_zero_iff two_ne_zero).mp h
  have hgap : implicitGap β base hat z = rewardGap base z := sub_eq_zero.mp hroot
  unfold projectedLoss
  rw [hgap, sub_self, zero_pow two_ne_zero]

/-- **F04**: the loss truncated by the indicator is at most the projected loss. -/
theorem truncatedLoss_le_projectedLoss (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    truncatedLoss β B base hat z ≤ projectedLoss β B base hat z := by
  unfold truncatedLoss projectedLoss
  rcases badIndicator_cases β B base hat z with ⟨h0, hreward, himplicit⟩ | ⟨h1, _⟩
  · exact le_of_eq (by
      rw [h0, sub_zero, mul_one, pairLoss_eq, clip_eq_self hreward, clip_eq_self himplicit])
  · rw [h1, sub_self, mul_zero]
    exact sq_nonneg _

/-- **F04**: log-ratios within `e` give implicit reward differences within `2 β e`. -/
theorem abs_implicitGap_sub_le {β e : ℝ} (hβ : 0 ≤ β) {base hat hat' : X → Y → ℝ}
    (hb : IsPolicy base) (hh : IsPolicy hat) (hh' : IsPolicy hat')
    (hnear : ∀ x y, |Real.log (hat x y) - Real.log (hat' x y)| ≤ e) (z : X × Y × Y) :
    |implicitGap β base hat z - implicitGap β base hat' z| ≤ 2 * (β * e) := by
  have hform : implicitGap β base hat z - implicitGap β base hat' z =
      β * (Real.log (hat z.1 z.2.1) - Real.log (hat' z.1 z.2.1)) -
        β * (Real.log (hat z.1 z.2.2) - Real.log (hat' z.1 z.2.2)) := by
    unfold implicitGap
    rw [Real.log_div ((hh z.1).1 z.2.1).ne' ((hb z.1).1 z.2.1).ne',
      Real.log_div ((hh z.1).1 z.2.2).ne' ((hb z.1).1 z.2.2).ne',
      Real.log_div ((hh' z.1).1 z.2.1).ne' ((hb z.1).1 z.2.1).ne',
      Real.log_div ((hh' z.1).1 z.2.2).ne' ((hb z.1).1 z.2.2).ne']
    ring
  have hscaled : ∀ y, |β * (Real.log (hat z.1 y) - Real.log (hat' z.1 y))| ≤ β * e := by
    intro y
    rw [abs_mul, abs_of_nonneg hβ]
    exact mul_le_mul_of_nonneg_left (hnear z.1 y) hβ
  rw [hform]
  exact F02_two_terms _ _ _ (le_trans (abs_nonneg _) (hscaled z.2.1)) (hscaled z.2.1)
    (hscaled z.2.2)

/-- **F04**, (115): log-ratios within `e` give projected losses within `8 β e B`. -/
theorem abs_projectedLoss_sub_le {β B e : ℝ} (hβ : 0 ≤ β) (hB : 0 ≤ B) (he : 0 ≤ e)
    {base hat hat' : X → Y → ℝ} (hb : IsPolicy base) (hh : IsPolicy hat) (hh' : IsPolicy hat')
    (hnear : ∀ x y, |Real.log (hat x y) - Real.log (hat' x y)| ≤ e) (z : X × Y × Y) :
    |projectedLoss β B base hat z - projectedLoss β B base hat' z| ≤ 8 * (β * e) * B := by
  unfold projectedLoss
  refine F04_projection _ _ _ B (β * e) hB (mul_nonneg hβ he) (abs_clip_le hB _) (abs_clip_le hB _)
    (abs_clip_le hB _) ?_
  exact le_trans
    (F04_projection_contracts (implicitGap β base hat z) (implicitGap β base hat' z) B hB)
    (abs_implicitGap_sub_le hβ hb hh hh' hnear z)

end SRVerify
