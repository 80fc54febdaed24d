import SRVerify.Scalar.Basics

/-!
# The real branches of the Lambert W function

`w ↦ w exp w` falls on `(-∞, -1]` and grows on `[-1, ∞)`; so its two inverses exist. The level
equation of Theorem 4.1 is solved by them.

## Main results

* `mul_exp_lt_mul_exp_of_le_neg_one`, `mul_exp_lt_mul_exp_of_neg_one_le`: monotonicity.
* `lambertWm1_spec`, `lambertW0_spec`: existence, on `[-1/e, 0)` and on `[-1/e, ∞)`.
* `lambertWm1_mul_exp`, `lambertW0_mul_exp`: uniqueness.
* `level_of_lambert`: `ε = κ exp(1 + W/2)` solves `ε² (1 + log(κ/ε)) = J`.
-/

namespace SRVerify

/-- `w ↦ w exp w` strictly decreases on `(-∞, -1]` (D10). -/
theorem mul_exp_lt_mul_exp_of_le_neg_one {u v : ℝ} (huv : u < v) (hv : v ≤ -1) :
    v * Real.exp v < u * Real.exp u := by
  have hd : 0 < v - u := sub_pos.mpr huv
  have hexp := Real.add_one_lt_exp hd.ne'
  have hneg := mul_lt_mul_of_neg_left hexp (show v < 0 by linarith)
  have hle := mul_le_mul_of_nonneg_right hv hd.le
  have hlt : v * Real.exp (v - u) < u := by linarith
  have hsplit : Real.exp v = Real.exp (v - u) * Real.exp u := by
    rw [← Real.exp_add, sub_add_cancel]
  rw [hsplit, ← mul_assoc]
  exact mul_lt_mul_of_pos_right hlt (Real.exp_pos u)

/-- `w ↦ w exp w` strictly increases on `[-1, ∞)` (D10). -/
theorem mul_exp_lt_mul_exp_of_neg_one_le {u v : ℝ} (huv : u < v) (hu : -1 ≤ u) :
    u * Real.exp u < v * Real.exp v := by
  have hd : 0 < v - u := sub_pos.mpr huv
  have hlt : u * Real.exp (u - v) < v := by
    rcases le_total 0 u with h | h
    · have hone : Real.exp (u - v) ≤ 1 := Real.exp_le_one_iff.mpr (by linarith)
      have hmul := mul_le_mul_of_nonneg_left hone h
      linarith
    · have hle := mul_le_mul_of_nonneg_right hu hd.le
      rcases h.eq_or_lt with h0 | h0
      · rw [h0, zero_mul]
        linarith
      · have hstrict := Real.add_one_lt_exp (show u - v ≠ 0 from (sub_neg.mpr huv).ne)
        have hneg := mul_lt_mul_of_neg_left hstrict h0
        linarith
  have hsplit : Real.exp u = Real.exp (u - v) * Real.exp v := by
    rw [← Real.exp_add, sub_add_cancel]
  rw [hsplit, ← mul_assoc]
  exact mul_lt_mul_of_pos_right hlt (Real.exp_pos v)

/-- Every `z ∈ [-1/e, 0)` is `w exp w` for some `w ≤ -1`. -/
theorem exists_mul_exp_of_neg {z : ℝ} (hz : -Real.exp (-1) ≤ z) (hneg : z < 0) :
    ∃ w ∈ Set.Iic (-1 : ℝ), w * Real.exp w = z := by
  obtain ⟨u, hu⟩ : ∃ u, u = 2 / (-z) := ⟨_, rfl⟩
  have hzpos : 0 < -z := neg_pos.mpr hneg
  have hu0 : 0 < u := by
    rw [hu]
    exact div_pos two_pos hzpos
  have huz : u * (-z) = 2 := by rw [hu, div_mul_cancel₀ _ hzpos.ne']
  have hsmall : -z ≤ 1 := by
    have hone : Real.exp (-1) ≤ 1 := Real.exp_le_one_iff.mpr (by norm_num)
    linarith
  have hu1 : 1 ≤ u := by
    by_contra hlt
    have hmul := mul_lt_mul_of_pos_right (not_le.mp hlt) hzpos
    linarith
  have hquad := Real.quadratic_le_exp_of_nonneg hu0.le
  have hprod : u * u ≤ 2 * Real.exp u := by
    rw [← sq]
    linarith
  have hexp : u ≤ -z * Real.exp u := by
    have hscaled := mul_le_mul_of_nonneg_right hprod hzpos.le
    have hleft : u * u * -z = 2 * u := by linear_combination u * huz
    linarith
  have hcancel : Real.exp u * Real.exp (-u) = 1 := by
    rw [← Real.exp_add, add_neg_cancel, Real.exp_zero]
  have hfar : z ≤ -u * Real.exp (-u) := by
    have hscaled := mul_le_mul_of_nonneg_right hexp (Real.exp_pos (-u)).le
    have hright : -z * Real.exp u * Real.exp (-u) = -z := by linear_combination (-z) * hcancel
    linarith
  have hcont : ContinuousOn (fun w : ℝ => w * Real.exp w) (Set.Icc (-u) (-1)) := by
    first
      | fun_prop
      | exact (continuous_id.mul Real.continuous_exp).continuousOn
  have hmem : z ∈ Set.Icc ((fun w : ℝ => w * Real.exp w) (-1))
      ((fun w : ℝ => w * Real.exp w) (-u)) := by
    refine ⟨?_, hfar⟩
    show (-1 : ℝ) * Real.exp (-1) ≤ z
    linarith
  obtain ⟨w, hw, hwz⟩ := intermediate_value_Icc' (by linarith) hcont hmem
  exact ⟨w, hw.2, hwz⟩

/-- Every `z ≥ -1/e` is `w exp w` for some `w ≥ -1`. -/
theorem exists_mul_exp {z : ℝ} (hz : -Real.exp (-1) ≤ z) :
    ∃ w ∈ Set.Ici (-1 : ℝ), w * Real.exp w = z := by
  have hmax : 0 ≤ max z 0 := le_max_right _ _
  have hcont : ContinuousOn (fun w : ℝ => w * Real.exp w) (Set.Icc (-1) (max z 0)) := by
    first
      | fun_prop
      | exact (continuous_id.mul Real.continuous_exp).continuousOn
  have hmem : z ∈ Set.Icc ((fun w : ℝ => w * Real.exp w) (-1))
      ((fun w : ℝ => w * Real.exp w) (max z 0)) := by
    refine ⟨?_, ?_⟩
    · show (-1 : ℝ) * Real.exp (-1) ≤ z
      linarith
    · show z ≤ max z 0 * Real.exp (max z 0)
      have hone := Real.one_le_exp hmax
      have hmul := mul_le_mul_of_nonneg_left hone hmax
      have hle : z ≤ max z 0 := le_max_left _ _
      linarith
  obtain ⟨w, hw, hwz⟩ := intermediate_value_Icc (by linarith) hcont hmem
  exact ⟨w, hw.1, hwz⟩

/-- `lambertWm1 z` is the `w ≤ -1` with `w exp w = z`, if there is one. -/
theorem lambertWm1_spec_of_exists {z : ℝ}
    (h : ∃ w ∈ Set.Iic (-1 : ℝ), w * Real.exp w = z) :
    lambertWm1 z ≤ -1 ∧ lambertWm1 z * Real.exp (lambertWm1 z) = z := by
  have hmem : Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Iic (-1)) z ∈ Set.Iic (-1 : ℝ) :=
    Function.invFunOn_mem (f := fun w : ℝ => w * Real.exp w) h
  have heq : (fun w : ℝ => w * Real.exp w)
      (Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Iic (-1)) z) = z :=
    Function.invFunOn_eq (f := fun w : ℝ => w * Real.exp w) h
  exact ⟨Set.mem_Iic.mp hmem, heq⟩

/-- `lambertW0 z` is the `w ≥ -1` with `w exp w = z`, if there is one. -/
theorem lambertW0_spec_of_exists {z : ℝ}
    (h : ∃ w ∈ Set.Ici (-1 : ℝ), w * Real.exp w = z) :
    -1 ≤ lambertW0 z ∧ lambertW0 z * Real.exp (lambertW0 z) = z := by
  have hmem : Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Ici (-1)) z ∈ Set.Ici (-1 : ℝ) :=
    Function.invFunOn_mem (f := fun w : ℝ => w * Real.exp w) h
  have heq : (fun w : ℝ => w * Real.exp w)
      (Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Ici (-1)) z) = z :=
    Function.invFunOn_eq (f := fun w : ℝ => w * Real.exp w) h
  exact ⟨Set.mem_Ici.mp hmem, heq⟩

/-- `W_{-1}(z) ≤ -1` and `W_{-1}(z) exp W_{-1}(z) = z` on `[-1/e, 0)` (D09, D10). -/
theorem lambertWm1_spec {z : ℝ} (hz : -Real.exp (-1) ≤ z) (hneg : z < 0) :
    lambertWm1 z ≤ -1 ∧ lambertWm1 z * Real.exp (lambertWm1 z) = z :=
  lambertWm1_spec_of_exists (exists_mul_exp_of_neg hz hneg)

/-- `W_0(z) ≥ -1` and `W_0(z) exp W_0(z) = z` on `[-1/e, ∞)` (D10). -/
theorem lambertW0_spec {z : ℝ} (hz : -Real.exp (-1) ≤ z) :
    -1 ≤ lambertW0 z ∧ lambertW0 z * Real.exp (lambertW0 z) = z :=
  lambertW0_spec_of_exists (exists_mul_exp hz)

/-- `W_{-1}(w exp w) = w` for `w ≤ -1` (D09). -/
theorem lambertWm1_mul_exp {w : ℝ} (hw : w ≤ -1) : lambertWm1 (w * Real.exp w) = w := by
  obtain ⟨hmem, heq⟩ := lambertWm1_spec_of_exists (z := w * Real.exp w) ⟨w, hw, rfl⟩
  rcases lt_trichotomy (lambertWm1 (w * Real.exp w)) w with hlt | he | hgt
  · have hstrict := mul_exp_lt_mul_exp_of_le_neg_one hlt hw
    linarith
  · exact he
  · have hstrict := mul_exp_lt_mul_exp_of_le_neg_one hgt hmem
    linarith

/-- `W_0(w exp w) = w` for `w ≥ -1` (D10). -/
theorem lambertW0_mul_exp {w : ℝ} (hw : -1 ≤ w) : lambertW0 (w * Real.exp w) = w := by
  obtain ⟨hmem, heq⟩ := lambertW0_spec_of_exists (z := w * Real.exp w) ⟨w, hw, rfl⟩
  rcases lt_trichotomy (lambertW0 (w * Real.exp w)) w with hlt | he | hgt
  · have hstrict := mul_exp_lt_mul_exp_of_neg_one_le hlt hmem
    linarith
  · exact he
  · have hstrict := mul_exp_lt_mul_exp_of_neg_one_le hgt hw
    linarith

/-- `exp(2 (1 + W/2)) = e² exp W`. -/
theorem exp_two_mul_half (W : ℝ) :
    Real.exp (2 * (1 + W * (1 / 2 : ℝ))) = Real.exp 2 * Real.exp W := by
  rw [← Real.exp_add]
  congr 1
  ring

/-- `ε = κ exp(1 + W/2)` solves `ε² (1 + log(κ/ε)) = J` if `W exp W = -2J / (e² κ²)` (D09, D10). -/
theorem level_of_lambert {kappa J W : ℝ} (hkappa : 0 < kappa)
    (hspec : W * Real.exp W = (-(2 * J)) / (Real.exp 2 * kappa ^ 2)) :
    (kappa * Real.exp (1 + W * (1 / 2 : ℝ))) ^ 2 *
      (1 + Real.log (kappa / (kappa * Real.exp (1 + W * (1 / 2 : ℝ))))) = J := by
  have hden : Real.exp 2 * kappa ^ 2 ≠ 0 := by positivity
  rw [eq_div_iff hden] at hspec
  rw [level_mul_exp hkappa, exp_two_mul_half]
  linear_combination (-1 / 2) * hspec

/-- `κ exp(1 + W/2) = √(2J / (-W))` (D09). -/
theorem sqrt_form_of_lambert {kappa J W : ℝ} (hkappa : 0 < kappa) (hW : W < 0)
    (hspec : W * Real.exp W = (-(2 * J)) / (Real.exp 2 * kappa ^ 2)) :
    kappa * Real.exp (1 + W * (1 / 2 : ℝ)) = Real.sqrt (2 * J / (-W)) := by
  have hden : Real.exp 2 * kappa ^ 2 ≠ 0 := by positivity
  rw [eq_div_iff hden] at hspec
  have hsq : 2 * J / (-W) = (kappa * Real.exp (1 + W * (1 / 2 : ℝ))) ^ 2 := by
    rw [div_eq_iff (neg_ne_zero.mpr hW.ne), mul_pow, exp_sq, exp_two_mul_half]
    linear_combination hspec
  rw [hsq, Real.sqrt_sq (mul_pos hkappa (Real.exp_pos _)).le]

/-- `log(e² κ² / (2J)) = -W - log(-W)` (D12). -/
theorem log_level_of_lambert {kappa J W : ℝ} (hkappa : 0 < kappa) (hJ : 0 < J) (hW : W < 0)
    (hspec : W * Real.exp W = (-(2 * J)) / (Real.exp 2 * kappa ^ 2)) :
    Real.log (Real.exp 2 * kappa ^ 2 / (2 * J)) = -W - Real.log (-W) := by
  have hden : 0 < Real.exp 2 * kappa ^ 2 := by positivity
  have h2J : 2 * J ≠ 0 := (show 0 < 2 * J by linarith).ne'
  rw [eq_div_iff hden.ne'] at hspec
  have hWpos : 0 < -W := neg_pos.mpr hW
  have hprod : 2 * J = -W * Real.exp W * (Real.exp 2 * kappa ^ 2) := by linear_combination hspec
  have hlog : Real.log (2 * J) = Real.log (-W) + W + Real.log (Real.exp 2 * kappa ^ 2) := by
    rw [hprod, Real.log_mul (mul_pos hWpos (Real.exp_pos W)).ne' hden.ne',
      Real.log_mul hWpos.ne' (Real.exp_ne_zero W), Real.log_exp]
  rw [Real.log_div hden.ne' h2J, hlog]
  ring

/-- `log z = log(-W) + W` if `W exp W = -z` (D12). -/
theorem log_of_lambert {W z : ℝ} (hW : W < 0) (hspec : W * Real.exp W = -z) :
    Real.log z = Real.log (-W) + W := by
  have hz : z = -W * Real.exp W := by linear_combination hspec
  rw [hz, Real.log_mul (neg_pos.mpr hW).ne' (Real.exp_ne_zero W), Real.log_exp]

end SRVerify
