import SRVerify.Scalar.Basics

/-!
# Policy condition number (section 4)

The range of `κ`, near-uniform and autoregressive policies, entries K01-K03. Each statement is
the one that the ledger prints for the check named in the docstring.

## Main results

* `K01_range_scalar`: `1 ≤ 1/u ≤ N`
* `K01_mean_mode`: `κ ≥ 1 / E_x[max_y π]`
* `K03_length_as_stated`: `L ≥ log n / log(1/p)` gives `κ ≥ n`
-/

namespace SRVerify

/-- **K01** (Section 4, definition (5)), check `range-three-responses`: `for p1 in [0, 1], p2 in
[0, 1], p3 in [0, 1]: (p1 + p2 + p3 = 1) implies 1 <= 1/max(p1, p2, p3) and 1/max(p1, p2, p3)
<= 3`. One prompt, N = 3. -/
theorem K01_range_three_responses :
    ∀ (p1 p2 p3 : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 ≤ p3 → p3 ≤ 1 →
      p1 + p2 + p3 = 1 → 1 ≤ 1 / (max p1 (max p2 p3)) ∧ 1 / (max p1 (max p2 p3)) ≤ 3 := by
  intro p1 p2 p3 hp1 hp1' hp2 hp2' hp3 hp3' h
  have a1 : p1 ≤ max p1 (max p2 p3) := le_max_left _ _
  have a2 : p2 ≤ max p1 (max p2 p3) := le_trans (le_max_left _ _) (le_max_right _ _)
  have a3 : p3 ≤ max p1 (max p2 p3) := le_trans (le_max_right _ _) (le_max_right _ _)
  have hone : max p1 (max p2 p3) ≤ 1 := max_le hp1' (max_le hp2' hp3')
  have hpos : 0 < max p1 (max p2 p3) := by linarith
  constructor
  · rw [le_div_iff₀ hpos]
    linarith
  · rw [div_le_iff₀ hpos]
    linarith

/-- **K01** (Section 4, definition (5)), check `range-scalar`: `for u in (0, 1], N in [2, oo): (1
<= N*u) implies 1 <= 1/u and 1/u <= N`. Any N: the mode has at least the mean mass, N u >= 1. -/
theorem K01_range_scalar :
    ∀ (u N : ℝ), 0 < u → u ≤ 1 → 2 ≤ N → 1 ≤ N * u → 1 ≤ 1 / u ∧ 1 / u ≤ N := by
  intro u N hu hu' hN h
  constructor
  · rw [le_div_iff₀ hu]
    linarith
  · rw [div_le_iff₀ hu]
    linarith

/-- **K01** (Section 4, definition (5)), check `uniform-three-responses`: `for p1 in [0, 1], p2 in
[0, 1], p3 in [0, 1]: (p1 + p2 + p3 = 1) and (3 <= 1/max(p1, p2, p3)) implies p1 = 1/3 and p2
= 1/3 and p3 = 1/3`. kappa = N forces the uniform distribution. -/
theorem K01_uniform_three_responses :
    ∀ (p1 p2 p3 : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 ≤ p3 → p3 ≤ 1 →
      p1 + p2 + p3 = 1 → 3 ≤ 1 / (max p1 (max p2 p3)) →
      p1 = (1 / 3 : ℝ) ∧ p2 = (1 / 3 : ℝ) ∧ p3 = (1 / 3 : ℝ) := by
  intro p1 p2 p3 hp1 hp1' hp2 hp2' hp3 hp3' h1 h2
  have a1 : p1 ≤ max p1 (max p2 p3) := le_max_left _ _
  have a2 : p2 ≤ max p1 (max p2 p3) := le_trans (le_max_left _ _) (le_max_right _ _)
  have a3 : p3 ≤ max p1 (max p2 p3) := le_trans (le_max_right _ _) (le_max_right _ _)
  have hpos : 0 < max p1 (max p2 p3) := by linarith
  rw [le_div_iff₀ hpos] at h2
  exact ⟨by linarith, by linarith, by linarith⟩

/-- **K01** (Section 4, definition (5)), check `uniform-two-prompts`: `for w in (0, 1), u in (0,
1], v in (0, 1], N in [2, oo): (1 <= N*u) and (1 <= N*v) and (N <= w/u + (1 - w)/v) implies
N*u = 1 and N*v = 1`. An average of numbers that are at most N equals N only if each does. -/
theorem K01_uniform_two_prompts :
    ∀ (w u v N : ℝ), 0 < w → w < 1 → 0 < u → u ≤ 1 → 0 < v → v ≤ 1 → 2 ≤ N → 1 ≤ N * u →
      1 ≤ N * v → N ≤ w / u + (1 - w) / v → N * u = 1 ∧ N * v = 1 := by
  intro w u v N hw hw' hu hu' hv hv' hN h1 h2 h3
  have hw1 : 0 < 1 - w := sub_pos.mpr hw'
  have au : w / u ≤ w * N := by
    rw [div_le_iff₀ hu]
    linarith [mul_le_mul_of_nonneg_left h1 hw.le]
  have av : (1 - w) / v ≤ (1 - w) * N := by
    rw [div_le_iff₀ hv]
    linarith [mul_le_mul_of_nonneg_left h2 hw1.le]
  have eu : w / u = w * N := le_antisymm au (by linarith)
  have ev : (1 - w) / v = (1 - w) * N := le_antisymm av (by linarith)
  rw [div_eq_iff hu.ne'] at eu
  rw [div_eq_iff hv.ne'] at ev
  constructor
  · exact mul_left_cancel₀ hw.ne' (show w * (N * u) = w * 1 by linarith)
  · exact mul_left_cancel₀ hw1.ne' (show (1 - w) * (N * v) = (1 - w) * 1 by linarith)

/-- **K01** (Section 4, definition (5)), check `mean-mode`: `for w in [0, 1], u in (0, 1], v in
(0, 1]: 1/(w*u + (1 - w)*v) <= w/u + (1 - w)/v`. kappa >= 1/E_x[max pi] for two prompts of any
weights. -/
theorem K01_mean_mode :
    ∀ (w u v : ℝ), 0 ≤ w → w ≤ 1 → 0 < u → u ≤ 1 → 0 < v → v ≤ 1 →
      1 / (w * u + (1 - w) * v) ≤ w / u + (1 - w) / v := by
  intro w u v hw hw' hu hu' hv hv'
  have hmix : 0 < w * u + (1 - w) * v := mix_pos hw hw' hu hv
  rw [div_add_div _ _ hu.ne' hv.ne', div_le_div_iff₀ hmix (mul_pos hu hv)]
  linarith [mul_nonneg (mul_nonneg hw (sub_nonneg.mpr hw')) (sq_nonneg (u - v))]

/-- **K02** (Remark 4.2), check `value`: `for w in [0, 1], eta in (-1, oo), M in (0, oo): w/((1 +
eta)/M) + (1 - w)/((1 + eta)/M) = M/(1 + eta)`. Two prompts of any weights; one prompt is w =
1. -/
theorem K02_value :
    ∀ (w eta M : ℝ), 0 ≤ w → w ≤ 1 → (-1) < eta → 0 < M →
      w / ((1 + eta) / M) + (1 - w) / ((1 + eta) / M) = M / (1 + eta) := by
  intro w eta M hw hw' heta hM
  rw [← add_div, show w + (1 - w) = 1 by ring, one_div_div]

/-- **K03** (Remark 4.2; (103)), check `product-step`: `for mass in [0, 1], c in [0, 1], bound in
[0, 1], p in (0, 1): (mass <= bound) and (c <= p) implies mass*c <= bound*p`. One more token
multiplies the mass by c <= p and the bound by p. -/
theorem K03_product_step :
    ∀ (mass c bound p : ℝ), 0 ≤ mass → mass ≤ 1 → 0 ≤ c → c ≤ 1 → 0 ≤ bound → bound ≤ 1 →
      0 < p → p < 1 → mass ≤ bound → c ≤ p → mass * c ≤ bound * p := by
  intro mass c bound p hmass hmass' hc hc' hbound hbound' hp hp' h1 h2
  exact mul_le_mul h1 h2 hc hbound

/-- **K03** (Remark 4.2; (103)), check `product-three-tokens`: `for c1 in [0, 1], c2 in [0, 1], c3
in [0, 1], p in (0, 1): (c1 <= p) and (c2 <= p) and (c3 <= p) implies c1*c2*c3 <= p^3`. -/
theorem K03_product_three_tokens :
    ∀ (c1 c2 c3 p : ℝ), 0 ≤ c1 → c1 ≤ 1 → 0 ≤ c2 → c2 ≤ 1 → 0 ≤ c3 → c3 ≤ 1 → 0 < p → p < 1 →
      c1 ≤ p → c2 ≤ p → c3 ≤ p → c1 * c2 * c3 ≤ p ^ 3 := by
  intro c1 c2 c3 p hc1 hc1' hc2 hc2' hc3 hc3' hp hp' h1 h2 h3
  have h12 : c1 * c2 ≤ p * p := mul_le_mul h1 h2 hc2 hp.le
  calc c1 * c2 * c3 ≤ p * p * p := mul_le_mul h12 h3 hc3 (mul_pos hp hp).le
    _ = p ^ 3 := by ring

/-- **K03** (Remark 4.2; (103)), check `condition-number`: `for u in (0, 1], bound in (0, 1]: (u
<= bound) implies 1/bound <= 1/u`. With bound = p^L: kappa >= p^-L. -/
theorem K03_condition_number :
    ∀ (u bound : ℝ), 0 < u → u ≤ 1 → 0 < bound → bound ≤ 1 → u ≤ bound → 1 / bound ≤ 1 / u := by
  intro u bound hu hu' hbound hbound' h
  exact one_div_le_one_div_of_le hu h

/-- **K03** (Remark 4.2; (103)), check `length`: `for s in (0, oo), t in [0, oo), L in real: (t/s
<= L) implies exp(t) <= exp(L*s)`. With t = log n and s = log(1/p): L >= log n/log(1/p) makes
p^-L at least n. -/
theorem K03_length :
    ∀ (s t L : ℝ), 0 < s → 0 ≤ t → t / s ≤ L → Real.exp t ≤ Real.exp (L * s) := by
  intro s t L hs ht h
  exact Real.exp_le_exp.mpr ((div_le_iff₀ hs).mp h)

/-- **K03** (Remark 4.2; (103)), check `logarithms`: `for n in [1, oo): exp(log(n)) = n and 0 <=
log(n)`. t = log n. -/
theorem K03_logarithms :
    ∀ (n : ℝ), 1 ≤ n → Real.exp (Real.log n) = n ∧ 0 ≤ Real.log n := by
  intro n hn
  exact ⟨Real.exp_log (by linarith), Real.log_nonneg hn⟩

/-- **K03** (Remark 4.2; (103)), check `step-logarithm`: `for p in (0, 1): 0 < log(1/p)`. s =
log(1/p) is positive. -/
theorem K03_step_logarithm :
    ∀ (p : ℝ), 0 < p → p < 1 → 0 < Real.log (1 / p) := by
  intro p hp hp'
  apply Real.log_pos
  rw [lt_div_iff₀ hp]
  linarith

/-- **K03** (Remark 4.2; (103)), check `length-as-power`: `for p in (0, 1), L in (0, oo): (1/p)^L
= exp(L*log(1/p))`. The power of the paper, written with exp and log. -/
theorem K03_length_as_power :
    ∀ (p L : ℝ), 0 < p → p < 1 → 0 < L → (1 / p) ^ (L : ℝ) = Real.exp (L * Real.log (1 / p)) := by
  intro p L hp hp' hL
  have hbase : 0 < 1 / p := by positivity
  rw [Real.rpow_def_of_pos hbase, mul_comm L]

/-- **K03** (Remark 4.2; (103)), check `length-as-stated`: `for p in (0, 1), n in [1, oo), L in
(0, oo): (log(n)/log(1/p) <= L) implies n <= (1/p)^L`. -/
theorem K03_length_as_stated :
    ∀ (p n L : ℝ), 0 < p → p < 1 → 1 ≤ n → 0 < L → Real.log n / Real.log (1 / p) ≤ L →
      n ≤ (1 / p) ^ (L : ℝ) := by
  intro p n L hp hp' hn hL h
  have hlog : 0 < Real.log (1 / p) := K03_step_logarithm p hp hp'
  have hlen : Real.log n ≤ L * Real.log (1 / p) := (div_le_iff₀ hlog).mp h
  rw [K03_length_as_power p L hp hp' hL]
  exact (Real.log_le_iff_le_exp (by linarith)).mp hlen

end SRVerify
