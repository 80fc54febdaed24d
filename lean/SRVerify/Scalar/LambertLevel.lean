import SRVerify.Scalar.LambertW

/-!
# Theorem 4.1: inversion by Lambert W (appendix D)

The level `f(ε) = ε² (1 + log(κ/ε))`, its root in closed form and the branches, entries
D08-D10. Each statement is the one that the ledger prints for the check named in the
docstring.

## Main results

* `D08_increasing`: `f` increases up to `κ √e`
* `D09_root`: the closed form solves `f(ε) = J`
* `D10_principal_root`: so does the principal branch
-/

namespace SRVerify

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `derivative-positive`: `for kappa in (0,
oo), eps in (0, oo): (eps < kappa*exp(1/2)) implies 0 < eps*(1 + 2*log(kappa/eps))`. -/
theorem D08_derivative_positive :
    ∀ (kappa eps : ℝ), 0 < kappa → 0 < eps → eps < kappa * Real.exp (1 / 2 : ℝ) →
      0 < eps * (1 + 2 * Real.log (kappa / eps)) := by
  intro kappa eps hkappa heps h
  have hlog := Real.log_lt_log heps h
  rw [Real.log_mul hkappa.ne' (Real.exp_ne_zero _), Real.log_exp] at hlog
  rw [Real.log_div hkappa.ne' heps.ne']
  exact mul_pos heps (by linarith)

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `derivative-negative`: `for kappa in (0,
oo), eps in (0, oo): (kappa*exp(1/2) < eps) implies eps*(1 + 2*log(kappa/eps)) < 0`. -/
theorem D08_derivative_negative :
    ∀ (kappa eps : ℝ), 0 < kappa → 0 < eps → kappa * Real.exp (1 / 2 : ℝ) < eps →
      eps * (1 + 2 * Real.log (kappa / eps)) < 0 := by
  intro kappa eps hkappa heps h
  have hlog := Real.log_lt_log (mul_pos hkappa (Real.exp_pos _)) h
  rw [Real.log_mul hkappa.ne' (Real.exp_ne_zero _), Real.log_exp] at hlog
  rw [Real.log_div hkappa.ne' heps.ne']
  exact mul_neg_of_pos_of_neg heps (by linarith)

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `increasing-in-coordinates`: `for a in
[0, oo), b in (0, oo): (1/2) + a + b < exp(2*b)*((1/2) + a)`. f(x) < f(y) divided by kappa^2
exp(1-2a-2b). -/
theorem D08_increasing_in_coordinates :
    ∀ (a b : ℝ), 0 ≤ a → 0 < b → (1 / 2 : ℝ) + a + b < Real.exp (2 * b) * ((1 / 2 : ℝ) + a) := by
  intro a b ha hb
  have hne : 2 * b ≠ 0 := (show 0 < 2 * b by linarith).ne'
  have hexp := Real.add_one_lt_exp hne
  have hmul := mul_lt_mul_of_pos_right hexp (show 0 < 1 / 2 + a by linarith)
  linarith [hmul, mul_nonneg ha hb.le]

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `decreasing-in-coordinates`: `for a in
[0, oo), b in (0, oo): ((1/2) - a - b)*exp(2*b) < (1/2) - a`. f(y) < f(x) divided by kappa^2
exp(1+2a). -/
theorem D08_decreasing_in_coordinates :
    ∀ (a b : ℝ), 0 ≤ a → 0 < b → ((1 / 2 : ℝ) - a - b) * Real.exp (2 * b) < (1 / 2 : ℝ) - a := by
  intro a b ha hb
  have hne : -(2 * b) ≠ 0 := (show -(2 * b) < 0 by linarith).ne
  have hE := Real.exp_pos (2 * b)
  have hone : 1 ≤ Real.exp (2 * b) := Real.one_le_exp (by linarith)
  have hcancel : Real.exp (2 * b) * Real.exp (-(2 * b)) = 1 := by
    rw [← Real.exp_add, add_neg_cancel, Real.exp_zero]
  have hmul := mul_lt_mul_of_pos_left (Real.add_one_lt_exp hne) hE
  rw [hcancel] at hmul
  linarith [hmul, mul_nonneg ha (sub_nonneg.mpr hone)]

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `coordinates`: `for kappa in (0, oo), s
in real: (kappa*exp((1/2) - s))^2*(1 + log(kappa/(kappa*exp((1/2) - s)))) = kappa^2*exp(1 -
2*s)*((1/2) + s)`. The curve at kappa exp(1/2 - s); s = a, a+b on the left, -a, -a-b on the
right. -/
theorem D08_coordinates :
    ∀ (kappa s : ℝ), 0 < kappa →
      (kappa * Real.exp ((1 / 2 : ℝ) - s)) ^ 2 * (1 +
      Real.log (kappa / (kappa * Real.exp ((1 / 2 : ℝ) - s)))) =
      kappa ^ 2 * Real.exp (1 - 2 * s) * ((1 / 2 : ℝ) + s) := by
  intro kappa s hkappa
  rw [level_mul_exp hkappa, show 2 * ((1 / 2 : ℝ) - s) = 1 - 2 * s by ring]
  ring

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `increasing`: `for kappa in (0, oo), x
in (0, oo), y in (0, oo): (x < y) and (y <= kappa*sqrt(exp(1))) implies x^2*(1 + log(kappa/x))
< y^2*(1 + log(kappa/y))`. The two-point form in the paper's coordinates. -/
theorem D08_increasing :
    ∀ (kappa x y : ℝ), 0 < kappa → 0 < x → 0 < y → x < y →
      y ≤ kappa * Real.sqrt (Real.exp 1) →
      x ^ 2 * (1 + Real.log (kappa / x)) < y ^ 2 * (1 + Real.log (kappa / y)) := by
  intro kappa x y hkappa hx hy h1 h2
  have hb : 0 < Real.log y - Real.log x := sub_pos.mpr (Real.log_lt_log hx h1)
  have ha : 0 ≤ Real.log kappa - Real.log y + 1 / 2 := by
    have hlog := Real.log_le_log hy h2
    rw [sqrt_exp_one, Real.log_mul hkappa.ne' (Real.exp_ne_zero _), Real.log_exp] at hlog
    linarith
  have key := D08_increasing_in_coordinates _ _ ha hb
  have hx2 : 0 < x ^ 2 := by positivity
  have hscaled := mul_lt_mul_of_pos_left key hx2
  rw [Real.log_div hkappa.ne' hx.ne', Real.log_div hkappa.ne' hy.ne', sq_eq_sq_mul_exp hx hy]
  linarith

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `decreasing`: `for kappa in (0, oo), x
in (0, oo), y in (0, oo): (kappa*sqrt(exp(1)) <= x) and (x < y) implies y^2*(1 + log(kappa/y))
< x^2*(1 + log(kappa/x))`. -/
theorem D08_decreasing :
    ∀ (kappa x y : ℝ), 0 < kappa → 0 < x → 0 < y → kappa * Real.sqrt (Real.exp 1) ≤ x →
      x < y → y ^ 2 * (1 + Real.log (kappa / y)) < x ^ 2 * (1 + Real.log (kappa / x)) := by
  intro kappa x y hkappa hx hy h1 h2
  have hb : 0 < Real.log y - Real.log x := sub_pos.mpr (Real.log_lt_log hx h2)
  have ha : 0 ≤ Real.log x - Real.log kappa - 1 / 2 := by
    have hlog := Real.log_le_log (mul_pos hkappa (Real.sqrt_pos.mpr (Real.exp_pos 1))) h1
    rw [sqrt_exp_one, Real.log_mul hkappa.ne' (Real.exp_ne_zero _), Real.log_exp] at hlog
    linarith
  have key := D08_decreasing_in_coordinates _ _ ha hb
  have hx2 : 0 < x ^ 2 := by positivity
  have hscaled := mul_lt_mul_of_pos_left key hx2
  rw [Real.log_div hkappa.ne' hx.ne', Real.log_div hkappa.ne' hy.ne', sq_eq_sq_mul_exp hx hy]
  linarith

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `maximum-value`: `for kappa in (0, oo):
(kappa*sqrt(exp(1)))^2*(1 + log(kappa/(kappa*sqrt(exp(1))))) = exp(1)*kappa^2*(1/2)`. -/
theorem D08_maximum_value :
    ∀ (kappa : ℝ), 0 < kappa →
      (kappa * Real.sqrt (Real.exp 1)) ^ 2 * (1 +
      Real.log (kappa / (kappa * Real.sqrt (Real.exp 1)))) =
      Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) := by
  intro kappa hkappa
  rw [sqrt_exp_one, level_mul_exp hkappa, show 2 * (1 / 2 : ℝ) = 1 by norm_num]
  ring

/-- **D08** (Appendix D, Step 5; (93), (94), (95)), check `maximum`: `for kappa in (0, oo), eps in
(0, oo): eps^2*(1 + log(kappa/eps)) <= exp(1)*kappa^2*(1/2)`. -/
theorem D08_maximum :
    ∀ (kappa eps : ℝ), 0 < kappa → 0 < eps →
      eps ^ 2 * (1 + Real.log (kappa / eps)) ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) := by
  intro kappa eps hkappa heps
  have he := Real.exp_pos 1
  have hscale : 0 < kappa ^ 2 * Real.exp 1 := by positivity
  obtain ⟨v, hv⟩ : ∃ v, v = eps ^ 2 / (kappa ^ 2 * Real.exp 1) := ⟨_, rfl⟩
  have hv0 : 0 < v := by
    rw [hv]
    positivity
  have hsq : eps ^ 2 = v * (kappa ^ 2 * Real.exp 1) := by
    rw [hv, div_mul_cancel₀ _ hscale.ne']
  have hlog : Real.log v = 2 * Real.log eps - (2 * Real.log kappa + 1) := by
    have hk2 : kappa ^ 2 ≠ 0 := by positivity
    have he2 : eps ^ 2 ≠ 0 := by positivity
    rw [hv, Real.log_div he2 hscale.ne', Real.log_mul hk2 he.ne', log_sq, log_sq, Real.log_exp]
  have hlevel : 1 + (Real.log kappa - Real.log eps) = (1 - Real.log v) / 2 := by
    rw [hlog]
    ring
  have hkey := mul_le_mul_of_nonneg_right (sub_one_le_mul_log hv0) hscale.le
  have hhalf : v * (kappa ^ 2 * Real.exp 1) * ((1 - Real.log v) / 2) =
      (v * (kappa ^ 2 * Real.exp 1) - v * Real.log v * (kappa ^ 2 * Real.exp 1)) * (1 / 2) := by
    ring
  rw [Real.log_div hkappa.ne' heps.ne', hlevel, hsq, hhalf]
  linarith

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `argument`: `for kappa in (0, oo),
J in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies -exp(-1) <= (-(2*J))/(exp(2)*kappa^2) and
(-(2*J))/(exp(2)*kappa^2) < 0`. -/
theorem D09_argument :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      -Real.exp (-1) ≤ (-(2 * J)) / (Real.exp 2 * kappa ^ 2) ∧
      (-(2 * J)) / (Real.exp 2 * kappa ^ 2) < 0 := by
  intro kappa J hkappa hJ h
  have hden : 0 < Real.exp 2 * kappa ^ 2 := by positivity
  have hexp : Real.exp (-1) * Real.exp 2 = Real.exp 1 := by
    rw [← Real.exp_add]
    norm_num
  have hscaled : Real.exp (-1) * (Real.exp 2 * kappa ^ 2) = Real.exp 1 * kappa ^ 2 := by
    rw [← mul_assoc, hexp]
  refine ⟨?_, div_neg_of_neg_of_pos (by linarith) hden⟩
  rw [le_div_iff₀ hden]
  linarith

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `root`: `for kappa in (0, oo), J
in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies (kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)))^2*(1 + log(kappa/(kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2))))) = J`. -/
theorem D09_root :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      (kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ))) ^ 2 * (1 +
      Real.log (kappa / (kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ))))) = J := by
  intro kappa J hkappa hJ h
  obtain ⟨hlow, hneg⟩ := D09_argument kappa J hkappa hJ h
  exact level_of_lambert hkappa (lambertWm1_spec hlow hneg).2

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `root-in-coordinates`: `for kappa
in (0, oo), w in [1, oo): (kappa*exp(1 - w*(1/2)))^2*(1 + log(kappa/(kappa*exp(1 - w*(1/2)))))
= kappa^2*exp(2)*(1/2)*(w*exp(-w))`. -/
theorem D09_root_in_coordinates :
    ∀ (kappa w : ℝ), 0 < kappa → 1 ≤ w →
      (kappa * Real.exp (1 - w * (1 / 2 : ℝ))) ^ 2 * (1 +
      Real.log (kappa / (kappa * Real.exp (1 - w * (1 / 2 : ℝ))))) =
      kappa ^ 2 * Real.exp 2 * (1 / 2 : ℝ) * (w * Real.exp (-w)) := by
  intro kappa w hkappa hw
  have hexp : Real.exp (2 * (1 - w * (1 / 2 : ℝ))) = Real.exp 2 * Real.exp (-w) := by
    rw [← Real.exp_add]
    congr 1
    ring
  rw [level_mul_exp hkappa, hexp]
  ring

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `square-root-form`: `for kappa in
(0, oo), J in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)) =
sqrt(2*J/(-LambertW((-(2*J))/(exp(2)*kappa^2), -1)))`. -/
theorem D09_square_root_form :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) =
      Real.sqrt (2 * J / (-SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)))) := by
  intro kappa J hkappa hJ h
  obtain ⟨hlow, hneg⟩ := D09_argument kappa J hkappa hJ h
  obtain ⟨hW, hspec⟩ := lambertWm1_spec hlow hneg
  exact sqrt_form_of_lambert hkappa (by linarith) hspec

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `square-root-in-coordinates`: `for
kappa in (0, oo), w in [1, oo): sqrt(2*(kappa^2*exp(2)*(1/2)*(w*exp(-w)))/w) = kappa*exp(1 -
w*(1/2))`. -/
theorem D09_square_root_in_coordinates :
    ∀ (kappa w : ℝ), 0 < kappa → 1 ≤ w →
      Real.sqrt (2 * (kappa ^ 2 * Real.exp 2 * (1 / 2 : ℝ) * (w * Real.exp (-w))) / w) =
      kappa * Real.exp (1 - w * (1 / 2 : ℝ)) := by
  intro kappa w hkappa hw
  have hw0 : 0 < w := by linarith
  have hexp : Real.exp (2 * (1 - w * (1 / 2 : ℝ))) = Real.exp 2 * Real.exp (-w) := by
    rw [← Real.exp_add]
    congr 1
    ring
  have hsq : 2 * (kappa ^ 2 * Real.exp 2 * (1 / 2 : ℝ) * (w * Real.exp (-w))) / w =
      (kappa * Real.exp (1 - w * (1 / 2 : ℝ))) ^ 2 := by
    rw [div_eq_iff hw0.ne', mul_pow, exp_sq, hexp]
    ring
  rw [hsq, Real.sqrt_sq (mul_pos hkappa (Real.exp_pos _)).le]

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `range-in-coordinates`: `for w in
[1, oo): 0 < exp(1 - w*(1/2)) and exp(1 - w*(1/2)) <= exp(1/2)`. Divided by kappa: the root
lies in (0, kappa sqrt(e)]. -/
theorem D09_range_in_coordinates :
    ∀ (w : ℝ), 1 ≤ w →
      0 < Real.exp (1 - w * (1 / 2 : ℝ)) ∧
      Real.exp (1 - w * (1 / 2 : ℝ)) ≤ Real.exp (1 / 2 : ℝ) := by
  intro w hw
  exact ⟨Real.exp_pos _, Real.exp_le_exp.mpr (by linarith)⟩

/-- **D09** (Appendix D, Step 6; (96), (97), (98), (99)), check `range`: `for kappa in (0, oo), J
in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies 0 < kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)) and kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)) <= kappa*sqrt(exp(1))`. -/
theorem D09_range :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      0 < kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) ∧
      kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) ≤
      kappa * Real.sqrt (Real.exp 1) := by
  intro kappa J hkappa hJ h
  obtain ⟨hlow, hneg⟩ := D09_argument kappa J hkappa hJ h
  have hW := (lambertWm1_spec hlow hneg).1
  refine ⟨mul_pos hkappa (Real.exp_pos _), ?_⟩
  rw [sqrt_exp_one]
  exact mul_le_mul_of_nonneg_left (Real.exp_le_exp.mpr (by linarith)) hkappa.le

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `lower-branch`: `for z in (0, oo):
(z <= exp(-1)) implies LambertW(-z, -1) <= -1`. The hypothesis is the domain of W: outside it
the conclusion has no value. -/
theorem D10_lower_branch :
    ∀ (z : ℝ), 0 < z → z ≤ Real.exp (-1) → SRVerify.lambertWm1 (-z) ≤ (-1) := by
  intro z hz h
  exact (lambertWm1_spec (by linarith) (by linarith)).1

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `principal-branch`: `for z in (0,
oo): (z <= exp(-1)) implies -1 <= LambertW(-z, 0) and LambertW(-z, 0) < 0`. -/
theorem D10_principal_branch :
    ∀ (z : ℝ), 0 < z → z ≤ Real.exp (-1) →
      (-1) ≤ SRVerify.lambertW0 (-z) ∧ SRVerify.lambertW0 (-z) < 0 := by
  intro z hz h
  obtain ⟨hlow, hspec⟩ := lambertW0_spec (show -Real.exp (-1) ≤ -z by linarith)
  refine ⟨hlow, ?_⟩
  by_contra hnot
  have hprod := mul_nonneg (not_lt.mp hnot) (Real.exp_pos (lambertW0 (-z))).le
  linarith

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `lower-root`: `for kappa in (0,
oo), w in real: (w <= -1) implies kappa*exp(1 + w*(1/2)) <= kappa*sqrt(exp(1))`. -/
theorem D10_lower_root :
    ∀ (kappa w : ℝ), 0 < kappa → w ≤ (-1) →
      kappa * Real.exp (1 + w * (1 / 2 : ℝ)) ≤ kappa * Real.sqrt (Real.exp 1) := by
  intro kappa w hkappa h
  rw [sqrt_exp_one]
  exact mul_le_mul_of_nonneg_left (Real.exp_le_exp.mpr (by linarith)) hkappa.le

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `lower-root-only`: `for kappa in
(0, oo), w in real: (kappa*exp(1 + w*(1/2)) <= kappa*sqrt(exp(1))) implies w <= -1`. -/
theorem D10_lower_root_only :
    ∀ (kappa w : ℝ), 0 < kappa →
      kappa * Real.exp (1 + w * (1 / 2 : ℝ)) ≤ kappa * Real.sqrt (Real.exp 1) → w ≤ (-1) := by
  intro kappa w hkappa h
  rw [sqrt_exp_one] at h
  have hexp := Real.exp_le_exp.mp (le_of_mul_le_mul_left h hkappa)
  linarith

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `principal-range`: `for kappa in
(0, oo), w in [-1, 0): kappa*sqrt(exp(1)) <= kappa*exp(1 + w*(1/2)) and kappa*exp(1 + w*(1/2))
< exp(1)*kappa`. -/
theorem D10_principal_range :
    ∀ (kappa w : ℝ), 0 < kappa → (-1) ≤ w → w < 0 →
      kappa * Real.sqrt (Real.exp 1) ≤ kappa * Real.exp (1 + w * (1 / 2 : ℝ)) ∧
      kappa * Real.exp (1 + w * (1 / 2 : ℝ)) < Real.exp 1 * kappa := by
  intro kappa w hkappa hw hw'
  rw [sqrt_exp_one, mul_comm (Real.exp 1) kappa]
  exact ⟨mul_le_mul_of_nonneg_left (Real.exp_le_exp.mpr (by linarith)) hkappa.le,
    mul_lt_mul_of_pos_left (Real.exp_lt_exp.mpr (by linarith)) hkappa⟩

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `principal-root`: `for kappa in
(0, oo), J in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies (kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), 0)*(1/2)))^2*(1 + log(kappa/(kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), 0)*(1/2))))) = J`. The other branch solves the same
equation. -/
theorem D10_principal_root :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      (kappa * Real.exp (1 +
      SRVerify.lambertW0 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ))) ^ 2 * (1 +
      Real.log (kappa / (kappa * Real.exp (1 +
      SRVerify.lambertW0 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ))))) = J := by
  intro kappa J hkappa hJ h
  obtain ⟨hlow, hneg⟩ := D09_argument kappa J hkappa hJ h
  exact level_of_lambert hkappa (lambertW0_spec hlow).2

/-- **D10** (Appendix D, Step 6; (96), (97), (98), (99)), check `no-probability`: `for kappa in
[1, oo), w in [-1, 0): 1 < kappa*exp(1 + w*(1/2))`. -/
theorem D10_no_probability :
    ∀ (kappa w : ℝ), 1 ≤ kappa → (-1) ≤ w → w < 0 →
      1 < kappa * Real.exp (1 + w * (1 / 2 : ℝ)) := by
  intro kappa w hkappa hw hw'
  have hexp : 1 < Real.exp (1 + w * (1 / 2 : ℝ)) := Real.one_lt_exp_iff.mpr (by linarith)
  have hmul := mul_le_mul_of_nonneg_right hkappa (Real.exp_pos (1 + w * (1 / 2 : ℝ))).le
  linarith

end SRVerify
