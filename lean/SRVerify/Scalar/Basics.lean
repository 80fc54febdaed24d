import SRVerify.Defs

/-!
# Elementary inequalities

Facts on `exp`, `log` and square roots that the sections share.

## Main results

* `log_le_tangent`: `log x ≤ log c + x / c - 1`.
* `log_le_div_exp_one`: `log x ≤ x / e`.
* `sub_one_le_mul_log`: `u - 1 ≤ u log u`, strict for `u ≠ 1`.
* `level_mul_exp`: the level `f(ε) = ε² (1 + log(κ/ε))` in the coordinate `ε = κ exp x`.
-/

namespace SRVerify

/-- `b (r / b) = r` for `b ≠ 0`. -/
theorem mul_div_of_ne {b : ℝ} (hb : b ≠ 0) (r : ℝ) : b * (r / b) = r := by
  rw [← mul_div_assoc, mul_div_cancel_left₀ r hb]

/-- A mixture of positive numbers is positive. -/
theorem mix_pos {w u v : ℝ} (hw : 0 ≤ w) (hw' : w ≤ 1) (hu : 0 < u) (hv : 0 < v) :
    0 < w * u + (1 - w) * v := by
  rcases le_total w (1 / 2) with h | h
  · have h1 := mul_nonneg hw hu.le
    have h2 := mul_pos (show 0 < 1 - w by linarith) hv
    linarith
  · have h1 := mul_pos (show 0 < w by linarith) hu
    have h2 := mul_nonneg (sub_nonneg.mpr hw') hv.le
    linarith

/-- `log (x²) = 2 log x`. -/
theorem log_sq (x : ℝ) : Real.log (x ^ 2) = 2 * Real.log x := by
  have h := Real.log_pow x 2
  rwa [Nat.cast_ofNat] at h

/-- The tangent of the logarithm at `c` lies above it. -/
theorem log_le_tangent {x c : ℝ} (hx : 0 < x) (hc : 0 < c) :
    Real.log x ≤ Real.log c + x / c - 1 := by
  have h := Real.log_le_sub_one_of_pos (div_pos hx hc)
  rw [Real.log_div hx.ne' hc.ne'] at h
  linarith

/-- `log x ≤ x / e`. -/
theorem log_le_div_exp_one {x : ℝ} (hx : 0 < x) : Real.log x ≤ x / Real.exp 1 := by
  have h := log_le_tangent hx (Real.exp_pos 1)
  rw [Real.log_exp] at h
  linarith

/-- `u - 1 ≤ u log u`. -/
theorem sub_one_le_mul_log {u : ℝ} (hu : 0 < u) : u - 1 ≤ u * Real.log u := by
  have h := Real.log_le_sub_one_of_pos (inv_pos.mpr hu)
  rw [Real.log_inv] at h
  have hmul := mul_le_mul_of_nonneg_left h hu.le
  have hcancel : u * (u⁻¹ - 1) = 1 - u := by rw [mul_sub, mul_inv_cancel₀ hu.ne', mul_one]
  rw [hcancel] at hmul
  linarith

/-- `u - 1 < u log u` for `u ≠ 1`. -/
theorem sub_one_lt_mul_log {u : ℝ} (hu : 0 < u) (hne : u ≠ 1) : u - 1 < u * Real.log u := by
  have hinv : u⁻¹ ≠ 1 := fun e => hne (by rw [← inv_inv u, e, inv_one])
  have h := Real.log_lt_sub_one_of_pos (inv_pos.mpr hu) hinv
  rw [Real.log_inv] at h
  have hmul := mul_lt_mul_of_pos_left h hu
  have hcancel : u * (u⁻¹ - 1) = 1 - u := by rw [mul_sub, mul_inv_cancel₀ hu.ne', mul_one]
  rw [hcancel] at hmul
  linarith

/-- `q exp(log q / b) = q^{1 + 1/b}`. -/
theorem mul_exp_log_div {q b : ℝ} (hq : 0 < q) :
    q * Real.exp (Real.log q / b) = q ^ (1 + 1 / b : ℝ) := by
  have e : Real.log q * (1 + 1 / b) = Real.log q + Real.log q / b := by ring
  rw [Real.rpow_def_of_pos hq, e, Real.exp_add, Real.exp_log hq]

/-- The log-ratio of the Gibbs update to its base is `r / b - log Z`. -/
theorem log_gibbs_ratio {q Z b r : ℝ} (hq : 0 < q) (hZ : 0 < Z) :
    Real.log (q * Real.exp (r / b) / Z / q) = r / b - Real.log Z := by
  have hE := Real.exp_pos (r / b)
  have hqE : 0 < q * Real.exp (r / b) := mul_pos hq hE
  rw [Real.log_div (div_pos hqE hZ).ne' hq.ne', Real.log_div hqE.ne' hZ.ne',
    Real.log_mul hq.ne' hE.ne', Real.log_exp]
  ring

/-- `(exp x)² = exp (2x)`. -/
theorem exp_sq (x : ℝ) : Real.exp x ^ 2 = Real.exp (2 * x) := by
  rw [sq, ← Real.exp_add, two_mul]

/-- `√e = exp (1/2)`. -/
theorem sqrt_exp_one : Real.sqrt (Real.exp 1) = Real.exp (1 / 2 : ℝ) :=
  (Real.exp_half 1).symm

/-- `log(κ / (κ exp x)) = -x`. -/
theorem log_div_mul_exp {kappa : ℝ} (hkappa : 0 < kappa) (x : ℝ) :
    Real.log (kappa / (kappa * Real.exp x)) = -x := by
  rw [Real.log_div hkappa.ne' (mul_pos hkappa (Real.exp_pos x)).ne',
    Real.log_mul hkappa.ne' (Real.exp_ne_zero x), Real.log_exp]
  ring

/-- `f(κ exp x) = κ² exp(2x) (1 - x)` for `f(ε) = ε² (1 + log(κ/ε))`. -/
theorem level_mul_exp {kappa : ℝ} (hkappa : 0 < kappa) (x : ℝ) :
    (kappa * Real.exp x) ^ 2 * (1 + Real.log (kappa / (kappa * Real.exp x))) =
      kappa ^ 2 * Real.exp (2 * x) * (1 - x) := by
  rw [log_div_mul_exp hkappa, mul_pow, exp_sq]
  ring

/-- `y² = x² exp(2 (log y - log x))`. -/
theorem sq_eq_sq_mul_exp {x y : ℝ} (hx : 0 < x) (hy : 0 < y) :
    y ^ 2 = x ^ 2 * Real.exp (2 * (Real.log y - Real.log x)) := by
  have e : x * Real.exp (Real.log y - Real.log x) = y := by
    rw [Real.exp_sub, Real.exp_log hy, Real.exp_log hx, mul_div_of_ne hx.ne']
  rw [← exp_sq, ← mul_pow, e]

/-- `b² + 4a > 0` for nonnegative `a`, `b` that do not both vanish. -/
theorem discriminant_pos {a b : ℝ} (ha : 0 ≤ a) (hb : 0 ≤ b) (h : 0 < a + b) :
    0 < b ^ 2 + 4 * a := by
  rcases hb.eq_or_lt with hb0 | hb0
  · have ha0 : 0 < a := by linarith
    have hsq := sq_nonneg b
    linarith
  · have hsq : 0 < b ^ 2 := pow_pos hb0 2
    linarith

/-- A positive solution of `s² = a + b s` is at least `b`. -/
theorem le_fixed_point {s a b : ℝ} (hs : 0 < s) (ha : 0 ≤ a) (h : s ^ 2 = a + b * s) : b ≤ s := by
  have hmul : b * s ≤ s * s := by
    rw [← sq]
    linarith
  exact le_of_mul_le_mul_right hmul hs

end SRVerify
