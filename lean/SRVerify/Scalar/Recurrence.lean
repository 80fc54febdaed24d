import SRVerify.Scalar.Iteration

/-!
# Sequences with `κ_{t+1} ≤ a + b √κ_t` (appendix C, C28-C37)

What the recurrence of Lemma C.4 implies for every sequence of real numbers: the fixed point, the
contraction towards it, geometric decay of the excess, and forgetting in `log log κ_0` steps.

## Main definitions

* `recurrenceRoot`, `recurrenceFixedPoint`: `s = (b + √(b² + 4a)) / 2` and `κ* = s²`.
* `recurrenceRate`: `ρ = b / (b + √(b² + 4a))`.

## Main results

* `log_le_sqrt`: `log x ≤ √x`.
* `eq_add_mul_sqrt_iff`: `κ*` is the only positive fixed point, (67), (68).
* `recurrence_le_self`, `recurrence_sub_le`, `hasDerivAt_recurrence`: contraction, (69)-(71).
* `recurrenceRate_le_half`: `ρ ≤ 1/2`, without a small learning rate.
* `recurrence_le_geometric`: `κ_t ≤ κ* + ρ^t max(κ_0 - κ*, 0)`, (72), (73).
* `recurrenceFixedPoint_one`, `sqrt_fixedPoint_le`, `fixedPoint_le`, `contraction_le`: (74)-(77).
* `pow_mul_le_one`, `recurrence_forgets`: Corollary 5.7.
* `recurrence_le_rpow`, `recurrence_burn_in`: `κ_t ≤ (√a + b)² κ_0^{2^{-t}}`.
-/

namespace SRVerify

/-! ### The fixed point -/

/-- The root `s = (b + √(b² + 4a)) / 2` of `s² = a + b s`. -/
noncomputable def recurrenceRoot (a b : ℝ) : ℝ :=
  (b + Real.sqrt (b ^ 2 + 4 * a)) / 2

/-- `κ* = ((b + √(b² + 4a)) / 2)²`, the fixed point of `x = a + b √x`, (68). -/
noncomputable def recurrenceFixedPoint (a b : ℝ) : ℝ :=
  recurrenceRoot a b ^ 2

/-- `ρ = b / (b + √(b² + 4a))`, the contraction factor of (71). -/
noncomputable def recurrenceRate (a b : ℝ) : ℝ :=
  b / (b + Real.sqrt (b ^ 2 + 4 * a))

/-- **C28**, (65): `log x ≤ √x`. -/
theorem log_le_sqrt {x : ℝ} (hx : 0 < x) : Real.log x ≤ Real.sqrt x :=
  le_trans (C28_sharp x hx) (C28_strict x hx).le

/-- The root is positive. -/
theorem recurrenceRoot_pos {a b : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b) :
    0 < recurrenceRoot a b := by
  have hroot := Real.sqrt_pos.mpr (discriminant_pos ha hb hab)
  unfold recurrenceRoot
  linarith

/-- **C29**, (67): `s² = a + b s`. -/
theorem recurrenceRoot_sq {a b : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) :
    recurrenceRoot a b ^ 2 = a + b * recurrenceRoot a b := by
  have hdisc : 0 ≤ b ^ 2 + 4 * a := by positivity
  have hsq := Real.sq_sqrt hdisc
  unfold recurrenceRoot
  linear_combination (1 / 4) * hsq

/-- `√κ* = s`. -/
theorem sqrt_recurrenceFixedPoint {a b : ℝ} (hb : 0 ≤ b) :
    Real.sqrt (recurrenceFixedPoint a b) = recurrenceRoot a b := by
  have hroot : 0 ≤ recurrenceRoot a b := by
    have hsqrt := Real.sqrt_nonneg (b ^ 2 + 4 * a)
    unfold recurrenceRoot
    linarith
  unfold recurrenceFixedPoint
  exact Real.sqrt_sq hroot

/-- `ρ = b / (2 s)`. -/
theorem recurrenceRate_eq (a b : ℝ) : recurrenceRate a b = b / (2 * recurrenceRoot a b) := by
  have hdouble : 2 * recurrenceRoot a b = b + Real.sqrt (b ^ 2 + 4 * a) := by
    unfold recurrenceRoot
    ring
  unfold recurrenceRate
  rw [hdouble]

/-- **C29**, (67) and (68): `κ*` is the only positive number with `x = a + b √x`. -/
theorem eq_add_mul_sqrt_iff {a b x : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b) (hx : 0 < x) :
    x = a + b * Real.sqrt x ↔ x = recurrenceFixedPoint a b := by
  have hs := recurrenceRoot_pos ha hb hab
  have hsq := recurrenceRoot_sq ha hb
  constructor
  · intro h
    have hroot : Real.sqrt x ^ 2 = a + b * Real.sqrt x := by
      rw [Real.sq_sqrt hx.le]
      exact h
    have heq := C29_unique (Real.sqrt x) (recurrenceRoot a b) a b (Real.sqrt_pos.mpr hx) hs ha hb
      hroot hsq
    unfold recurrenceFixedPoint
    rw [← heq, Real.sq_sqrt hx.le]
  · intro h
    rw [h, sqrt_recurrenceFixedPoint hb]
    exact hsq

/-! ### Contraction -/

/-- **C30**, (71): `ρ ≥ 0`. -/
theorem recurrenceRate_nonneg {a b : ℝ} (hb : 0 ≤ b) : 0 ≤ recurrenceRate a b := by
  have hsqrt := Real.sqrt_nonneg (b ^ 2 + 4 * a)
  unfold recurrenceRate
  exact div_nonneg hb (by linarith)

/-- **C30**, (71): `ρ ≤ 1/2` for all `a, b ≥ 0` that do not both vanish; no small learning rate. -/
theorem recurrenceRate_le_half {a b : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b) :
    recurrenceRate a b ≤ 1 / 2 :=
  C30_half a b ha hb hab

/-- **C30**, (69): `g(x) = a + b √x` does not exceed `x` beyond the fixed point. -/
theorem recurrence_le_self {a b x : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b)
    (hx : recurrenceFixedPoint a b ≤ x) : a + b * Real.sqrt x ≤ x := by
  have hs := recurrenceRoot_pos ha hb hab
  have hx0 : 0 < x := lt_of_lt_of_le (pow_pos hs 2) hx
  have hroot : recurrenceRoot a b ≤ Real.sqrt x := Real.le_sqrt_of_sq_le hx
  have hle := C30_below_identity (recurrenceRoot a b) (Real.sqrt x) a b hs (Real.sqrt_pos.mpr hx0)
    ha hb (recurrenceRoot_sq ha hb) hroot
  rw [Real.sq_sqrt hx0.le] at hle
  exact hle

/-- **C30**, **C31**, (70): `g(x) - κ* ≤ ρ max(x - κ*, 0)` for every `x ≥ 0`. -/
theorem recurrence_sub_le {a b x : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b) (hx : 0 ≤ x) :
    a + b * Real.sqrt x - recurrenceFixedPoint a b ≤
      recurrenceRate a b * max 0 (x - recurrenceFixedPoint a b) := by
  have hstep := C31_one_step (recurrenceRoot a b) (Real.sqrt x) a b (recurrenceRoot_pos ha hb hab)
    (Real.sqrt_nonneg x) ha hb (recurrenceRoot_sq ha hb)
  rw [Real.sq_sqrt hx, ← recurrenceRate_eq] at hstep
  exact hstep

/-- **C30**, (70) and (71): the derivative of `g` is in `[0, ρ]` beyond the fixed point. -/
theorem hasDerivAt_recurrence {a b x : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b)
    (hx : recurrenceFixedPoint a b ≤ x) :
    HasDerivAt (fun y : ℝ => a + b * Real.sqrt y) (b * (1 / (2 * Real.sqrt x))) x ∧
      0 ≤ b * (1 / (2 * Real.sqrt x)) ∧ b * (1 / (2 * Real.sqrt x)) ≤ recurrenceRate a b := by
  have hs := recurrenceRoot_pos ha hb hab
  have hx0 : 0 < x := lt_of_lt_of_le (pow_pos hs 2) hx
  have hsqrt : 0 < Real.sqrt x := Real.sqrt_pos.mpr hx0
  have hroot : recurrenceRoot a b ≤ Real.sqrt x := Real.le_sqrt_of_sq_le hx
  refine ⟨((Real.hasDerivAt_sqrt hx0.ne').const_mul b).const_add a, by positivity, ?_⟩
  have hbound := C30_derivative_bound (recurrenceRoot a b) (Real.sqrt x) b hs hsqrt hb hroot
  rw [recurrenceRate_eq, mul_one_div]
  exact hbound

/-! ### Geometric decay -/

/-- **C31**, (72): the excess over `κ*` shrinks by `ρ` in each step. -/
theorem recurrence_excess_le {a b : ℝ} {kappa : ℕ → ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (hab : 0 < a + b)
    (hnonneg : ∀ t, 0 ≤ kappa t) (hstep : ∀ t, kappa (t + 1) ≤ a + b * Real.sqrt (kappa t))
    (t : ℕ) :
    max 0 (kappa t - recurrenceFixedPoint a b) ≤
      recurrenceRate a b ^ t * max 0 (kappa 0 - recurrenceFixedPoint a b) := by
  have hrate : 0 ≤ recurrenceRate a b := recurrenceRate_nonneg hb
  induction t with
  | zero => exact le_of_eq (by rw [pow_zero, one_mul])
  | succ t ih =>
    have hone : kappa (t + 1) - recurrenceFixedPoint a b ≤
        recurrenceRate a b * max 0 (kappa t - recurrenceFixedPoint a b) := by
      have hg := recurrence_sub_le ha hb hab (hnonneg t)
      have hk := hstep t
      linarith
    have hscaled := mul_le_mul_of_nonneg_left ih hrate
    have hpos : 0 ≤ recurrenceRate a b * max 0 (kappa t - recurrenceFixedPoint a b) :=
      mul_nonneg hrate (le_max_left 0 (kappa t - recurrenceFixedPoint a b))
    calc max 0 (kappa (t + 1) - recurrenceFixedPoint a b) ≤
          recurrenceRate a b * max 0 (kappa t - recurrenceFixedPoint a b) := max_le hpos hone
      _ ≤ recurrenceRate a b *
          (recurrenceRate a b ^ t * max 0 (kappa 0 - recurrenceFixedPoint a b)) := hscaled
      _ = recurrenceRate a b ^ (t + 1) * max 0 (kappa 0 - recurrenceFixedPoint a b) := by
        ring

/-- **C31**, (73): `κ_t ≤ κ* + ρ^t max(κ_0 - κ*, 0)`. -/
theorem recurrence_le_geometric {a b : ℝ} {kappa : ℕ → ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b)
    (hab : 0 < a + b) (hnonneg : ∀ t, 0 ≤ kappa t)
    (hstep : ∀ t, kappa (t + 1) ≤ a + b * Real.sqrt (kappa t)) (t : ℕ) :
    kappa t ≤ recurrenceFixedPoint a b +
      recurrenceRate a b ^ t * max 0 (kappa 0 - recurrenceFixedPoint a b) := by
  have hexcess := recurrence_excess_le ha hb hab hnonneg hstep t
  have hle := le_max_right (0 : ℝ) (kappa t - recurrenceFixedPoint a b)
  linarith

/-! ### The case `a = 1` -/

/-- **C29** at `a = 1`: the fixed point of Theorem 5.3. -/
theorem recurrenceFixedPoint_one (b : ℝ) : recurrenceFixedPoint 1 b = fixedPoint b := by
  unfold recurrenceFixedPoint recurrenceRoot fixedPoint
  rw [mul_one]

/-- **C30** at `a = 1`: the contraction factor of Theorem 5.3. -/
theorem recurrenceRate_one (b : ℝ) : recurrenceRate 1 b = contraction b := by
  unfold recurrenceRate contraction
  rw [mul_one]

/-- **C32**, (74): `√κ* ≤ 1 + b`. -/
theorem sqrt_fixedPoint_le {b : ℝ} (hb : 0 ≤ b) : Real.sqrt (fixedPoint b) ≤ 1 + b := by
  have hceiling := C32_sqrt_ceiling b hb
  rw [← recurrenceFixedPoint_one, sqrt_recurrenceFixedPoint hb]
  unfold recurrenceRoot
  rw [mul_one]
  linarith

/-- **C32**, (75): `κ* ≤ 1 + b + b²`. -/
theorem fixedPoint_le {b : ℝ} (hb : 0 ≤ b) : fixedPoint b ≤ 1 + b + b ^ 2 := by
  have hceiling := C32_ceiling b hb
  have hform : fixedPoint b = ((b + Real.sqrt (b ^ 2 + 4)) * (1 / 2 : ℝ)) ^ 2 := by
    unfold fixedPoint
    ring
  rw [hform]
  exact hceiling

/-- **C32**, (76) and (77): `ρ ≤ b / (2 + b) ≤ b / 2`. -/
theorem contraction_le {b : ℝ} (hb : 0 ≤ b) :
    contraction b ≤ b / (2 + b) ∧ b / (2 + b) ≤ b / 2 := by
  refine ⟨C32_rate b hb, ?_⟩
  have hhalf := C32_rate_half b hb
  linarith

/-! ### Forgetting the start -/

/-- **C35**, Corollary 5.7: `T ≥ 1 + log κ_0 / log(1/ρ)` gives `ρ^{T-1} κ_0 ≤ 1`. -/
theorem pow_mul_le_one {rho start : ℝ} {T : ℕ} (hrho : 0 < rho) (hrho' : rho < 1)
    (hstart : 0 < start) (hT : 0 < T)
    (hrounds : 1 + Real.log start / Real.log (1 / rho) ≤ (T : ℝ)) :
    rho ^ (T - 1) * start ≤ 1 := by
  obtain ⟨k, rfl⟩ : ∃ k, T = k + 1 := ⟨T - 1, by omega⟩
  have hinv : 0 < 1 / rho := one_div_pos.mpr hrho
  have hlog : 0 < Real.log (1 / rho) := by
    apply Real.log_pos
    rw [lt_div_iff₀ hrho]
    linarith
  have hk : Real.log start / Real.log (1 / rho) ≤ (k : ℝ) := by
    have hcast : ((k + 1 : ℕ) : ℝ) = (k : ℝ) + 1 := Nat.cast_succ k
    rw [hcast] at hrounds
    linarith
  have hle : Real.log start ≤ (k : ℝ) * Real.log (1 / rho) := (div_le_iff₀ hlog).mp hk
  have hpower : start ≤ (1 / rho) ^ k := by
    calc start = Real.exp (Real.log start) := (Real.exp_log hstart).symm
      _ ≤ Real.exp ((k : ℝ) * Real.log (1 / rho)) := Real.exp_le_exp.mpr hle
      _ = (1 / rho) ^ k := by rw [Real.exp_nat_mul, Real.exp_log hinv]
  have hcancel : rho ^ k * (1 / rho) ^ k = 1 := by
    rw [← mul_pow, mul_one_div_cancel hrho.ne', one_pow]
  have hsub : k + 1 - 1 = k := by omega
  rw [hsub]
  calc rho ^ k * start ≤ rho ^ k * (1 / rho) ^ k :=
        mul_le_mul_of_nonneg_left hpower (pow_pos hrho k).le
    _ = 1 := hcancel

/-- **C35**, Corollary 5.7: from then on the start adds at most one, `κ_{T-1} ≤ κ* + 1`. -/
theorem recurrence_forgets {a b : ℝ} {kappa : ℕ → ℝ} {T : ℕ} (ha : 0 ≤ a) (hb : 0 < b)
    (hnonneg : ∀ t, 0 ≤ kappa t) (hstart : 0 < kappa 0)
    (hstep : ∀ t, kappa (t + 1) ≤ a + b * Real.sqrt (kappa t)) (hT : 0 < T)
    (hrounds : 1 + Real.log (kappa 0) / Real.log (1 / recurrenceRate a b) ≤ (T : ℝ)) :
    kappa (T - 1) ≤ recurrenceFixedPoint a b + 1 := by
  have hab : 0 < a + b := by linarith
  have hs := recurrenceRoot_pos ha hb.le hab
  have hrate : 0 < recurrenceRate a b := by
    rw [recurrenceRate_eq]
    exact div_pos hb (by linarith)
  have hhalf := recurrenceRate_le_half ha hb.le hab
  have hpower := pow_mul_le_one hrate (by linarith) hstart hT hrounds
  have hgeometric := recurrence_le_geometric ha hb.le hab hnonneg hstep (T - 1)
  have hfixed : 0 ≤ recurrenceFixedPoint a b := (pow_pos hs 2).le
  have hmax : max 0 (kappa 0 - recurrenceFixedPoint a b) ≤ kappa 0 :=
    max_le hstart.le (by linarith)
  have hscaled := mul_le_mul_of_nonneg_left hmax (pow_pos hrate (T - 1)).le
  linarith

/-- **C37**: `κ_t ≤ (√a + b)² κ_0^{2^{-t}}` for `a ≥ 1`. -/
theorem recurrence_le_rpow {a b : ℝ} {kappa : ℕ → ℝ} (ha : 1 ≤ a) (hb : 0 ≤ b)
    (hstart : 1 ≤ kappa 0) (hstep : ∀ t, kappa (t + 1) ≤ a + b * Real.sqrt (kappa t)) (t : ℕ) :
    kappa t ≤ (Real.sqrt a + b) ^ 2 * kappa 0 ^ (((1 : ℝ) / 2) ^ t : ℝ) := by
  have ha0 : 0 ≤ a := by linarith
  have hone_sq : (1 : ℝ) ^ 2 ≤ a := by
    rw [one_pow]
    exact ha
  have hp : 1 ≤ Real.sqrt a := Real.le_sqrt_of_sq_le hone_sq
  have hp2 : Real.sqrt a ^ 2 = a := Real.sq_sqrt ha0
  have hpb : 0 ≤ Real.sqrt a + b := by linarith
  have hstart0 : 0 < kappa 0 := by linarith
  induction t with
  | zero =>
    rw [pow_zero, Real.rpow_one]
    exact C37_start (Real.sqrt a) b (kappa 0) hp hb hstart
  | succ t ih =>
    have hu : 1 ≤ kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ) :=
      Real.one_le_rpow hstart (by positivity)
    have hexponent : ((1 : ℝ) / 2) ^ t = ((1 : ℝ) / 2) ^ (t + 1) + ((1 : ℝ) / 2) ^ (t + 1) := by
      have hhalves : ∀ u : ℝ, u = u * (1 / 2) + u * (1 / 2) := fun u => by ring
      rw [pow_succ]
      exact hhalves _
    have hsquare : kappa 0 ^ (((1 : ℝ) / 2) ^ t : ℝ) =
        (kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ)) ^ 2 := by
      rw [hexponent, Real.rpow_add hstart0, sq]
    have hroot : Real.sqrt (kappa t) ≤
        (Real.sqrt a + b) * kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ) := by
      have hnonneg : 0 ≤ (Real.sqrt a + b) * kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ) :=
        mul_nonneg hpb (by linarith)
      calc Real.sqrt (kappa t) ≤
            Real.sqrt (((Real.sqrt a + b) * kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ)) ^ 2) := by
            apply Real.sqrt_le_sqrt
            rw [mul_pow, ← hsquare]
            exact ih
        _ = (Real.sqrt a + b) * kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ) := Real.sqrt_sq hnonneg
    have hscaled := mul_le_mul_of_nonneg_left hroot hb
    have hone := C37_one_step (Real.sqrt a) b (kappa 0 ^ (((1 : ℝ) / 2) ^ (t + 1) : ℝ)) hp hb hu
    have hk := hstep t
    rw [hp2] at hone
    linarith

/-- **C37**: once `2^t ≥ log_2 κ_0`, that is `2^{-t} log κ_0 ≤ log 2`, `κ_t ≤ 2 (√a + b)²`. -/
theorem recurrence_burn_in {a b : ℝ} {kappa : ℕ → ℝ} (ha : 1 ≤ a) (hb : 0 ≤ b)
    (hstart : 1 ≤ kappa 0) (hstep : ∀ t, kappa (t + 1) ≤ a + b * Real.sqrt (kappa t)) (t : ℕ)
    (hburn : Real.log (kappa 0) * ((1 : ℝ) / 2) ^ t ≤ Real.log 2) :
    kappa t ≤ 2 * (Real.sqrt a + b) ^ 2 := by
  have hle := recurrence_le_rpow ha hb hstart hstep t
  have hstart0 : 0 < kappa 0 := by linarith
  have htwo : kappa 0 ^ (((1 : ℝ) / 2) ^ t : ℝ) ≤ 2 := by
    rw [Real.rpow_def_of_pos hstart0]
    calc Real.exp (Real.log (kappa 0) * ((1 : ℝ) / 2) ^ t) ≤ Real.exp (Real.log 2) :=
          Real.exp_le_exp.mpr hburn
      _ = 2 := Real.exp_log two_pos
  have hscaled := mul_le_mul_of_nonneg_left htwo (sq_nonneg (Real.sqrt a + b))
  linarith

end SRVerify
