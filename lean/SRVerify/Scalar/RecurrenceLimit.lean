import SRVerify.Scalar.Recurrence

/-!
# The exact rate of the recurrence (appendix C, C37)

For `κ_{t+1} = a + b √κ_t` the excess over the fixed point shrinks in the limit by exactly the
factor `ρ` of (71) in each step: the contraction factor cannot be improved.

## Main results

* `recurrence_excess_succ`: `κ_{t+1} - κ* = b / (√κ_t + √κ*) (κ_t - κ*)`.
* `recurrence_tendsto`: `κ_t → κ*`.
* `recurrence_ratio_tendsto`: `(κ_{t+1} - κ*) / (κ_t - κ*) → ρ`.
-/

open Filter Topology

namespace SRVerify

variable {a b : ℝ} {kappa : ℕ → ℝ}

/-- The terms of the recurrence stay positive. -/
theorem recurrence_pos (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) (t : ℕ) : 0 < kappa t := by
  induction t with
  | zero => exact hstart
  | succ t ih =>
    rw [hstep t]
    exact add_pos_of_pos_of_nonneg ha (mul_nonneg hb.le (Real.sqrt_nonneg (kappa t)))

/-- **C37**: `κ_{t+1} - κ* = b / (√κ_t + √κ*) (κ_t - κ*)`. -/
theorem recurrence_excess_succ (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) (t : ℕ) :
    kappa (t + 1) - recurrenceFixedPoint a b =
      b / (Real.sqrt (kappa t) + recurrenceRoot a b) *
        (kappa t - recurrenceFixedPoint a b) := by
  have hs := recurrenceRoot_pos ha.le hb.le (add_pos ha hb)
  have hsq : recurrenceRoot a b ^ 2 = a + b * recurrenceRoot a b :=
    recurrenceRoot_sq ha.le hb.le
  have hk := recurrence_pos ha hb hstart hstep t
  have hexact := C37_exact_ratio (Real.sqrt (kappa t)) (recurrenceRoot a b) a b
    (Real.sqrt_pos.mpr hk) hs ha.le hb.le
  rw [Real.sq_sqrt hk.le, ← hsq, ← hstep t] at hexact
  exact hexact

/-- The recurrence never reaches its fixed point from elsewhere. -/
theorem recurrence_ne (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hne : kappa 0 ≠ recurrenceFixedPoint a b)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) (t : ℕ) :
    kappa t - recurrenceFixedPoint a b ≠ 0 := by
  have hs := recurrenceRoot_pos ha.le hb.le (add_pos ha hb)
  induction t with
  | zero => exact sub_ne_zero.mpr hne
  | succ t ih =>
    have hden : 0 < Real.sqrt (kappa t) + recurrenceRoot a b :=
      add_pos_of_nonneg_of_pos (Real.sqrt_nonneg (kappa t)) hs
    rw [recurrence_excess_succ ha hb hstart hstep t]
    exact mul_ne_zero (div_pos hb hden).ne' ih

/-- The distance to the fixed point shrinks at least by `b / √κ* < 1`. -/
theorem recurrence_abs_le (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) (t : ℕ) :
    |kappa t - recurrenceFixedPoint a b| ≤
      (b / recurrenceRoot a b) ^ t * |kappa 0 - recurrenceFixedPoint a b| := by
  have hs := recurrenceRoot_pos ha.le hb.le (add_pos ha hb)
  induction t with
  | zero => exact le_of_eq (by rw [pow_zero, one_mul])
  | succ t ih =>
    have hroot := Real.sqrt_nonneg (kappa t)
    have hden : 0 < Real.sqrt (kappa t) + recurrenceRoot a b :=
      add_pos_of_nonneg_of_pos hroot hs
    have hrate : b / (Real.sqrt (kappa t) + recurrenceRoot a b) ≤ b / recurrenceRoot a b :=
      div_le_div_of_nonneg_left hb.le hs (by linarith)
    have hpos : 0 ≤ b / recurrenceRoot a b := (div_pos hb hs).le
    rw [recurrence_excess_succ ha hb hstart hstep t, abs_mul, abs_of_pos (div_pos hb hden)]
    calc b / (Real.sqrt (kappa t) + recurrenceRoot a b) *
          |kappa t - recurrenceFixedPoint a b| ≤
          b / recurrenceRoot a b * |kappa t - recurrenceFixedPoint a b| :=
        mul_le_mul_of_nonneg_right hrate (abs_nonneg _)
      _ ≤ b / recurrenceRoot a b *
          ((b / recurrenceRoot a b) ^ t * |kappa 0 - recurrenceFixedPoint a b|) :=
        mul_le_mul_of_nonneg_left ih hpos
      _ = (b / recurrenceRoot a b) ^ (t + 1) * |kappa 0 - recurrenceFixedPoint a b| := by
        rw [pow_succ', mul_assoc]

/-- **C37**: `κ_t → κ*`. -/
theorem recurrence_tendsto (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) :
    Tendsto kappa atTop (𝓝 (recurrenceFixedPoint a b)) := by
  have hs := recurrenceRoot_pos ha.le hb.le (add_pos ha hb)
  have hsq : recurrenceRoot a b ^ 2 = a + b * recurrenceRoot a b :=
    recurrenceRoot_sq ha.le hb.le
  have hsmall : b < recurrenceRoot a b := by
    have hmul : b * recurrenceRoot a b < recurrenceRoot a b * recurrenceRoot a b := by
      rw [← sq, hsq]
      linarith
    exact lt_of_mul_lt_mul_right hmul hs.le
  have hratio : b / recurrenceRoot a b < 1 := (div_lt_one hs).mpr hsmall
  have hgeometric : Tendsto
      (fun t : ℕ => (b / recurrenceRoot a b) ^ t * |kappa 0 - recurrenceFixedPoint a b|) atTop
      (𝓝 (0 * |kappa 0 - recurrenceFixedPoint a b|)) :=
    (tendsto_pow_atTop_nhds_zero_of_lt_one (div_pos hb hs).le hratio).mul tendsto_const_nhds
  rw [zero_mul] at hgeometric
  have hbound : ∀ t, ‖kappa t - recurrenceFixedPoint a b‖ ≤
      (b / recurrenceRoot a b) ^ t * |kappa 0 - recurrenceFixedPoint a b| := by
    intro t
    rw [Real.norm_eq_abs]
    exact recurrence_abs_le ha hb hstart hstep t
  have hzero : Tendsto (fun t => kappa t - recurrenceFixedPoint a b) atTop (𝓝 0) :=
    squeeze_zero_norm hbound hgeometric
  exact tendsto_sub_nhds_zero_iff.mp hzero

/-- **C37**: for `κ_{t+1} = a + b √κ_t` with `b > 0` and `κ_0 ≠ κ*` the ratio of successive excesses
tends to exactly `ρ`. -/
theorem recurrence_ratio_tendsto (ha : 0 < a) (hb : 0 < b) (hstart : 0 < kappa 0)
    (hne : kappa 0 ≠ recurrenceFixedPoint a b)
    (hstep : ∀ t, kappa (t + 1) = a + b * Real.sqrt (kappa t)) :
    Tendsto (fun t => (kappa (t + 1) - recurrenceFixedPoint a b) /
      (kappa t - recurrenceFixedPoint a b)) atTop (𝓝 (recurrenceRate a b)) := by
  have hs := recurrenceRoot_pos ha.le hb.le (add_pos ha hb)
  have hform : ∀ t, (kappa (t + 1) - recurrenceFixedPoint a b) /
      (kappa t - recurrenceFixedPoint a b) =
        b / (Real.sqrt (kappa t) + recurrenceRoot a b) := by
    intro t
    rw [recurrence_excess_succ ha hb hstart hstep t, mul_div_assoc,
      div_self (recurrence_ne ha hb hstart hne hstep t), mul_one]
  have hroot : Tendsto (fun t => Real.sqrt (kappa t)) atTop (𝓝 (recurrenceRoot a b)) := by
    have hcomp : Tendsto (fun t => Real.sqrt (kappa t)) atTop
        (𝓝 (Real.sqrt (recurrenceFixedPoint a b))) :=
      (Real.continuous_sqrt.tendsto (recurrenceFixedPoint a b)).comp
        (recurrence_tendsto ha hb hstart hstep)
    rw [sqrt_recurrenceFixedPoint hb.le] at hcomp
    exact hcomp
  have hden : Tendsto (fun t => Real.sqrt (kappa t) + recurrenceRoot a b) atTop
      (𝓝 (recurrenceRoot a b + recurrenceRoot a b)) := hroot.add tendsto_const_nhds
  have htwo : recurrenceRoot a b + recurrenceRoot a b ≠ 0 := (add_pos hs hs).ne'
  have hconst : Tendsto (fun _ : ℕ => b) atTop (𝓝 b) := tendsto_const_nhds
  have hquotient : Tendsto (fun t => b / (Real.sqrt (kappa t) + recurrenceRoot a b)) atTop
      (𝓝 (b / (recurrenceRoot a b + recurrenceRoot a b))) :=
    Filter.Tendsto.div hconst hden htwo
  rw [recurrenceRate_eq, two_mul]
  exact (tendsto_congr hform).mpr hquotient

end SRVerify
