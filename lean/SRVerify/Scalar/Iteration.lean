import SRVerify.Scalar.Basics

/-!
# The recurrence (appendix C, C27-C38)

The recurrence of Lemma C.4, its fixed point and contraction, and the two rates of forgetting.
Each statement is the one that the ledger prints for the check named in the docstring.

## Main results

* `C28_sharp`: `log x ≤ (2/e) √x`
* `C30_half`: the contraction factor is at most one half
* `C31_one_step`: one step of the geometric bound
* `C37_one_step`: one step of the doubly exponential bound
-/

namespace SRVerify

/-- **C27** (Lemma C.3, (44), (59), (61)-(64)), check `one-step`: `for k in [1, oo), A in [0, oo),
s in [1, oo), q in [1, oo), l in [0, oo), e in (0, oo), b in (0, 1], gamma in (0, oo), c in
(0, 1]: (k <= 1 + A/c) and (A <= ((s + q)*e + b*l)/gamma) and (q <= s) implies k <= 1 +
2*e/(gamma*c)*s + b/(gamma*c)*l`. s = sqrt(kappa_t), q = sqrt(C-bar_t), l = log kappa_t. -/
theorem C27_one_step :
    ∀ (k A s q l e b gamma c : ℝ), 1 ≤ k → 0 ≤ A → 1 ≤ s → 1 ≤ q → 0 ≤ l → 0 < e → 0 < b →
      b ≤ 1 → 0 < gamma → 0 < c → c ≤ 1 → k ≤ 1 + A / c → A ≤ ((s + q) * e + b * l) / gamma →
      q ≤ s → k ≤ 1 + 2 * e / (gamma * c) * s + b / (gamma * c) * l := by
  intro k A s q l e b gamma c hk hA hs hq hl he hb hb' hgamma hc hc' h1 h2 h3
  have hnum : (s + q) * e + b * l ≤ 2 * s * e + b * l := by
    have hmul := mul_le_mul_of_nonneg_right h3 he.le
    linarith
  have hA' : A ≤ (2 * s * e + b * l) / gamma :=
    le_trans h2 (div_le_div_of_nonneg_right hnum hgamma.le)
  have hAc : A / c ≤ (2 * s * e + b * l) / gamma / c := div_le_div_of_nonneg_right hA' hc.le
  calc k ≤ 1 + A / c := h1
    _ ≤ 1 + (2 * s * e + b * l) / gamma / c := by linarith
    _ = 1 + 2 * e / (gamma * c) * s + b / (gamma * c) * l := by
      rw [div_div]
      ring

/-- **C28** (Lemma C.4, (65), (66)), check `sharp`: `for x in (0, oo): log(x) <=
2/exp(1)*sqrt(x)`. -/
theorem C28_sharp :
    ∀ (x : ℝ), 0 < x → Real.log x ≤ 2 / Real.exp 1 * Real.sqrt x := by
  intro x hx
  have hlog := log_le_div_exp_one (Real.sqrt_pos.mpr hx)
  rw [Real.log_sqrt hx.le] at hlog
  have e : 2 / Real.exp 1 * Real.sqrt x = 2 * (Real.sqrt x / Real.exp 1) := by ring
  rw [e]
  linarith

/-- **C28** (Lemma C.4, (65), (66)), check `in-coordinates`: `for v in (0, oo): 1 + log(v) <= v`. -/
theorem C28_in_coordinates :
    ∀ (v : ℝ), 0 < v → 1 + Real.log v ≤ v := by
  intro v hv
  linarith [Real.log_le_sub_one_of_pos hv]

/-- **C28** (Lemma C.4, (65), (66)), check `strict`: `for x in (0, oo): 2/exp(1)*sqrt(x) <
sqrt(x)`. -/
theorem C28_strict :
    ∀ (x : ℝ), 0 < x → 2 / Real.exp 1 * Real.sqrt x < Real.sqrt x := by
  intro x hx
  have hlt : 2 / Real.exp 1 < 1 := by
    rw [div_lt_one (Real.exp_pos 1)]
    linarith [Real.exp_one_gt_d9]
  have hmul := mul_lt_mul_of_pos_right hlt (Real.sqrt_pos.mpr hx)
  linarith

/-- **C28** (Lemma C.4, (65), (66)), check `merged`: `for b1 in [0, oo), b2 in [0, oo), s in [1,
oo), l in [0, oo): (l <= s) implies 1 + b1*s + b2*l <= 1 + (b1 + b2)*s`. -/
theorem C28_merged :
    ∀ (b1 b2 s l : ℝ), 0 ≤ b1 → 0 ≤ b2 → 1 ≤ s → 0 ≤ l → l ≤ s →
      1 + b1 * s + b2 * l ≤ 1 + (b1 + b2) * s := by
  intro b1 b2 s l hb1 hb2 hs hl h
  have hmul := mul_le_mul_of_nonneg_left h hb2
  linarith

/-- **C29** (Lemma C.4, (67), (68)), check `fixed-point`: `for a in [0, oo), b in [0, oo): ((b +
sqrt(b^2 + 4*a))*(1/2))^2 = a + b*sqrt(((b + sqrt(b^2 + 4*a))*(1/2))^2)`. -/
theorem C29_fixed_point :
    ∀ (a b : ℝ), 0 ≤ a → 0 ≤ b →
      ((b + Real.sqrt (b ^ 2 + 4 * a)) * (1 / 2 : ℝ)) ^ 2 =
      a + b * Real.sqrt (((b + Real.sqrt (b ^ 2 + 4 * a)) * (1 / 2 : ℝ)) ^ 2) := by
  intro a b ha hb
  have hdisc : 0 ≤ b ^ 2 + 4 * a := by positivity
  have hroot : 0 ≤ (b + Real.sqrt (b ^ 2 + 4 * a)) * (1 / 2 : ℝ) := by positivity
  have hsq := Real.sq_sqrt hdisc
  rw [Real.sqrt_sq hroot]
  linear_combination (1 / 4) * hsq

/-- **C29** (Lemma C.4, (67), (68)), check `root`: `for s in [0, oo), q in [0, oo), a in [0, oo),
b in [0, oo): (2*s = b + q) and (q^2 = b^2 + 4*a) implies s^2 = a + b*s`. -/
theorem C29_root :
    ∀ (s q a b : ℝ), 0 ≤ s → 0 ≤ q → 0 ≤ a → 0 ≤ b → 2 * s = b + q → q ^ 2 = b ^ 2 + 4 * a →
      s ^ 2 = a + b * s := by
  intro s q a b hs hq ha hb h1 h2
  have hq' : q = 2 * s - b := by linarith
  rw [hq'] at h2
  linarith

/-- **C29** (Lemma C.4, (67), (68)), check `positive`: `for a in [0, oo), b in [0, oo): (0 < a +
b) implies 0 < ((b + sqrt(b^2 + 4*a))*(1/2))^2`. -/
theorem C29_positive :
    ∀ (a b : ℝ), 0 ≤ a → 0 ≤ b → 0 < a + b →
      0 < ((b + Real.sqrt (b ^ 2 + 4 * a)) * (1 / 2 : ℝ)) ^ 2 := by
  intro a b ha hb h
  have hdisc := Real.sqrt_pos.mpr (discriminant_pos ha hb h)
  have hroot : 0 < (b + Real.sqrt (b ^ 2 + 4 * a)) * (1 / 2 : ℝ) := by linarith
  exact pow_pos hroot 2

/-- **C29** (Lemma C.4, (67), (68)), check `unique`: `for s in (0, oo), t in (0, oo), a in [0,
oo), b in [0, oo): (s^2 = a + b*s) and (t^2 = a + b*t) implies s = t`. -/
theorem C29_unique :
    ∀ (s t a b : ℝ), 0 < s → 0 < t → 0 ≤ a → 0 ≤ b → s ^ 2 = a + b * s → t ^ 2 = a + b * t →
      s = t := by
  intro s t a b hs ht ha hb h1 h2
  have hsb := le_fixed_point hs ha h1
  have hprod : (s - t) * (s + t - b) = 0 := by linear_combination h1 - h2
  rcases mul_eq_zero.mp hprod with h | h
  · linarith
  · linarith

/-- **C30** (Lemma C.4, (69)-(71)), check `monotone`: `for x in [0, oo), y in [0, oo), a in [0,
oo), b in [0, oo): (x <= y) implies a + b*sqrt(x) <= a + b*sqrt(y)`. -/
theorem C30_monotone :
    ∀ (x y a b : ℝ), 0 ≤ x → 0 ≤ y → 0 ≤ a → 0 ≤ b → x ≤ y →
      a + b * Real.sqrt x ≤ a + b * Real.sqrt y := by
  intro x y a b hx hy ha hb h
  have hmul := mul_le_mul_of_nonneg_left (Real.sqrt_le_sqrt h) hb
  linarith

/-- **C30** (Lemma C.4, (69)-(71)), check `below-identity`: `for r in (0, oo), s in (0, oo), a in
[0, oo), b in [0, oo): (r^2 = a + b*r) and (r <= s) implies a + b*s <= s^2`. g(x) <= x for x =
s^2 >= kappa* = r^2. -/
theorem C30_below_identity :
    ∀ (r s a b : ℝ), 0 < r → 0 < s → 0 ≤ a → 0 ≤ b → r ^ 2 = a + b * r → r ≤ s →
      a + b * s ≤ s ^ 2 := by
  intro r s a b hr hs ha hb h1 h2
  have hrb := le_fixed_point hr ha h1
  have hprod := mul_nonneg (sub_nonneg.mpr h2) (show 0 ≤ s + r - b by linarith)
  linarith [hprod]

/-- **C30** (Lemma C.4, (69)-(71)), check `derivative-bound`: `for r in (0, oo), s in (0, oo), b
in [0, oo): (r <= s) implies b/(2*s) <= b/(2*r)`. g'(x) = b/(2 sqrt(x)) at x = s^2; 2r = b +
sqrt(b^2+4a) makes the bound rho. -/
theorem C30_derivative_bound :
    ∀ (r s b : ℝ), 0 < r → 0 < s → 0 ≤ b → r ≤ s → b / (2 * s) ≤ b / (2 * r) := by
  intro r s b hr hs hb h
  exact div_le_div_of_nonneg_left hb (by linarith) (by linarith)

/-- **C30** (Lemma C.4, (69)-(71)), check `half`: `for a in [0, oo), b in [0, oo): (0 < a + b)
implies b/(b + sqrt(b^2 + 4*a)) <= 1/2`. -/
theorem C30_half :
    ∀ (a b : ℝ), 0 ≤ a → 0 ≤ b → 0 < a + b →
      b / (b + Real.sqrt (b ^ 2 + 4 * a)) ≤ (1 / 2 : ℝ) := by
  intro a b ha hb h
  have hdisc := Real.sqrt_pos.mpr (discriminant_pos ha hb h)
  have hge : b ≤ Real.sqrt (b ^ 2 + 4 * a) := Real.le_sqrt_of_sq_le (by linarith)
  rw [div_le_iff₀ (by linarith)]
  linarith

/-- **C30** (Lemma C.4, (69)-(71)), check `half-for-small-rates`: `for a in [0, oo), b in [0, oo):
(b <= 1/10) and (0 < a + b) implies b/(b + sqrt(b^2 + 4*a)) <= 1/2`. Lemma C.4 with the
hypothesis it states. -/
theorem C30_half_for_small_rates :
    ∀ (a b : ℝ), 0 ≤ a → 0 ≤ b → b ≤ (1 / 10 : ℝ) → 0 < a + b →
      b / (b + Real.sqrt (b ^ 2 + 4 * a)) ≤ (1 / 2 : ℝ) := by
  intro a b ha hb h1 h2
  exact C30_half a b ha hb h2

/-- **C31** (Lemma C.4, (72), (73)), check `one-step`: `for r in (0, oo), s in [0, oo), a in [0,
oo), b in [0, oo): (r^2 = a + b*r) implies a + b*s - r^2 <= b/(2*r)*max(0, s^2 - r^2)`. -/
theorem C31_one_step :
    ∀ (r s a b : ℝ), 0 < r → 0 ≤ s → 0 ≤ a → 0 ≤ b → r ^ 2 = a + b * r →
      a + b * s - r ^ 2 ≤ b / (2 * r) * (max (0 : ℝ) (s ^ 2 - r ^ 2)) := by
  intro r s a b hr hs ha hb h
  have e : a + b * s - r ^ 2 = b * (s - r) := by linear_combination -h
  have hrate : 0 ≤ b / (2 * r) := by positivity
  rw [e]
  rcases le_total s r with hsr | hsr
  · have hneg := mul_nonneg hb (sub_nonneg.mpr hsr)
    have hmax : 0 ≤ b / (2 * r) * (max (0 : ℝ) (s ^ 2 - r ^ 2)) :=
      mul_nonneg hrate (le_max_left _ _)
    linarith
  · have hmax : b / (2 * r) * (s ^ 2 - r ^ 2) ≤ b / (2 * r) * (max (0 : ℝ) (s ^ 2 - r ^ 2)) :=
      mul_le_mul_of_nonneg_left (le_max_right _ _) hrate
    have hstep : b * (s - r) ≤ b / (2 * r) * (s ^ 2 - r ^ 2) := by
      rw [div_mul_eq_mul_div, le_div_iff₀ (by linarith)]
      linarith [mul_nonneg hb (sq_nonneg (s - r))]
    linarith

/-- **C31** (Lemma C.4, (72), (73)), check `induction`: `for next in [0, oo), ks in [0, oo), k in
[0, oo), rho in [0, 1/2], power in [0, 1], excess in [0, oo): (next - ks <= rho*max(0, k -
ks)) and (k - ks <= power*excess) implies next - ks <= rho*power*excess`. -/
theorem C31_induction :
    ∀ (next ks k rho power excess : ℝ), 0 ≤ next → 0 ≤ ks → 0 ≤ k → 0 ≤ rho →
      rho ≤ (1 / 2 : ℝ) → 0 ≤ power → power ≤ 1 → 0 ≤ excess →
      next - ks ≤ rho * (max (0 : ℝ) (k - ks)) → k - ks ≤ power * excess →
      next - ks ≤ rho * power * excess := by
  intro next ks k rho power excess hnext hks hk hrho hrho' hpower hpower' hexcess h1 h2
  have hmax : max (0 : ℝ) (k - ks) ≤ power * excess := max_le (mul_nonneg hpower hexcess) h2
  have hmul := mul_le_mul_of_nonneg_left hmax hrho
  linarith

/-- **C32** (Lemma C.4, (74)-(77)), check `sqrt-ceiling`: `for b in [0, oo): (b + sqrt(b^2 +
4))*(1/2) <= 1 + b`. -/
theorem C32_sqrt_ceiling :
    ∀ (b : ℝ), 0 ≤ b → (b + Real.sqrt (b ^ 2 + 4)) * (1 / 2 : ℝ) ≤ 1 + b := by
  intro b hb
  have hroot : Real.sqrt (b ^ 2 + 4) ≤ b + 2 :=
    Real.sqrt_le_iff.mpr ⟨by linarith, by linarith⟩
  linarith

/-- **C32** (Lemma C.4, (74)-(77)), check `ceiling`: `for b in [0, oo): ((b + sqrt(b^2 +
4))*(1/2))^2 <= 1 + b + b^2`. -/
theorem C32_ceiling :
    ∀ (b : ℝ), 0 ≤ b → ((b + Real.sqrt (b ^ 2 + 4)) * (1 / 2 : ℝ)) ^ 2 ≤ 1 + b + b ^ 2 := by
  intro b hb
  have hsq := Real.sq_sqrt (show 0 ≤ b ^ 2 + 4 by positivity)
  have hmul := mul_le_mul_of_nonneg_left (C32_sqrt_ceiling b hb) hb
  linarith [hsq, hmul]

/-- **C32** (Lemma C.4, (74)-(77)), check `rate`: `for b in [0, oo): b/(b + sqrt(b^2 + 4)) <= b/(2
+ b)`. -/
theorem C32_rate :
    ∀ (b : ℝ), 0 ≤ b → b / (b + Real.sqrt (b ^ 2 + 4)) ≤ b / (2 + b) := by
  intro b hb
  have hroot : 2 ≤ Real.sqrt (b ^ 2 + 4) :=
    Real.le_sqrt_of_sq_le (by linarith [sq_nonneg b])
  exact div_le_div_of_nonneg_left hb (by linarith) (by linarith)

/-- **C32** (Lemma C.4, (74)-(77)), check `rate-half`: `for b in [0, oo): b/(2 + b) <= b*(1/2)`. -/
theorem C32_rate_half :
    ∀ (b : ℝ), 0 ≤ b → b / (2 + b) ≤ b * (1 / 2 : ℝ) := by
  intro b hb
  rw [div_le_iff₀ (by linarith)]
  linarith [mul_nonneg hb hb]

/-- **C33** (Appendix C.5, (79)), check `inequality`: `for x in [0, oo), y in [0, oo): sqrt(x + y)
<= sqrt(x) + sqrt(y)`. -/
theorem C33_inequality :
    ∀ (x y : ℝ), 0 ≤ x → 0 ≤ y → Real.sqrt (x + y) ≤ Real.sqrt x + Real.sqrt y := by
  intro x y hx hy
  have sx := Real.sq_sqrt hx
  have sy := Real.sq_sqrt hy
  have px := Real.sqrt_nonneg x
  have py := Real.sqrt_nonneg y
  exact Real.sqrt_le_iff.mpr ⟨by linarith, by linarith [mul_nonneg px py]⟩

/-- **C34** (Theorem 5.3, (7), (80)), check `last-round`: `for A in [0, oo), s in [1, oo), q in
[1, oo), l in [0, oo), e in (0, oo), b in (0, 1], gamma in (0, oo): (A <= ((s + q)*e +
b*l)/gamma) and (q <= s) and (l <= s) implies A <= (2*e + b)*s/gamma`. -/
theorem C34_last_round :
    ∀ (A s q l e b gamma : ℝ), 0 ≤ A → 1 ≤ s → 1 ≤ q → 0 ≤ l → 0 < e → 0 < b → b ≤ 1 →
      0 < gamma → A ≤ ((s + q) * e + b * l) / gamma → q ≤ s → l ≤ s →
      A ≤ (2 * e + b) * s / gamma := by
  intro A s q l e b gamma hA hs hq hl he hb hb' hgamma h1 h2 h3
  have hq' := mul_le_mul_of_nonneg_right h2 he.le
  have hl' := mul_le_mul_of_nonneg_left h3 hb.le
  exact le_trans h1 (div_le_div_of_nonneg_right (by linarith) hgamma.le)

/-- **C34** (Theorem 5.3, (7), (80)), check `root`: `for k in [1, oo), ks in [0, oo), power in [0,
1], start in [1, oo): (k <= ks + power*start) implies sqrt(k) <= sqrt(ks) +
sqrt(power)*sqrt(start)`. power = rho^(T-1), start = kappa_0 >= max(kappa_0 - kappa*, 0). -/
theorem C34_root :
    ∀ (k ks power start : ℝ), 1 ≤ k → 0 ≤ ks → 0 ≤ power → power ≤ 1 → 1 ≤ start →
      k ≤ ks + power * start → Real.sqrt k ≤ Real.sqrt ks + Real.sqrt power * Real.sqrt start := by
  intro k ks power start hk hks hpower hpower' hstart h
  have hstart0 : 0 ≤ start := by linarith
  calc Real.sqrt k ≤ Real.sqrt (ks + power * start) := Real.sqrt_le_sqrt h
    _ ≤ Real.sqrt ks + Real.sqrt (power * start) :=
      C33_inequality ks (power * start) hks (mul_nonneg hpower hstart0)
    _ = Real.sqrt ks + Real.sqrt power * Real.sqrt start := by rw [Real.sqrt_mul hpower]

/-- **C34** (Theorem 5.3, (7), (80)), check `failure`: `for failing in [0, 1], A in [0, oo), s in
[1, oo), rs in [0, oo), rp in [0, oo), e in (0, oo), b in (0, 1], gamma in (0, oo): (failing
<= A*2) and (A <= (2*e + b)*s/gamma) and (s <= rs + rp) implies failing <= 2/gamma*(2*e +
b)*(rs + rp)`. -/
theorem C34_failure :
    ∀ (failing A s rs rp e b gamma : ℝ), 0 ≤ failing → failing ≤ 1 → 0 ≤ A → 1 ≤ s → 0 ≤ rs →
      0 ≤ rp → 0 < e → 0 < b → b ≤ 1 → 0 < gamma → failing ≤ A * 2 →
      A ≤ (2 * e + b) * s / gamma → s ≤ rs + rp →
      failing ≤ 2 / gamma * (2 * e + b) * (rs + rp) := by
  intro failing A s rs rp e b gamma hfailing hfailing' hA hs hrs hrp he hb hb' hgamma h1 h2 h3
  have hmul := mul_le_mul_of_nonneg_left h3 (show 0 ≤ 2 * e + b by linarith)
  have hdiv : (2 * e + b) * s / gamma ≤ (2 * e + b) * (rs + rp) / gamma :=
    div_le_div_of_nonneg_right hmul hgamma.le
  have hsplit : 2 / gamma * (2 * e + b) * (rs + rp) = 2 * ((2 * e + b) * (rs + rp) / gamma) := by
    ring
  rw [hsplit]
  linarith

/-- **C35** (Corollary 5.7), check `logarithm`: `for l in [0, oo), s in (0, oo), T in real: (1 +
l/s <= T) implies l - (T - 1)*s <= 0`. -/
theorem C35_logarithm :
    ∀ (l s T : ℝ), 0 ≤ l → 0 < s → 1 + l / s ≤ T → l - (T - 1) * s ≤ 0 := by
  intro l s T hl hs h
  have hle : l / s ≤ T - 1 := by linarith
  rw [div_le_iff₀ hs] at hle
  linarith

/-- **C35** (Corollary 5.7), check `exponential`: `for x in (-oo, 0]: exp(x) <= 1`. -/
theorem C35_exponential :
    ∀ (x : ℝ), x ≤ 0 → Real.exp x ≤ 1 := by
  intro x hx
  exact Real.exp_le_one_iff.mpr hx

/-- **C35** (Corollary 5.7), check `as-power`: `for rho in (0, 1), kappa in [1, oo), T in [1, oo):
rho^(T - 1)*kappa = exp(log(kappa) - (T - 1)*log(1/rho))`. -/
theorem C35_as_power :
    ∀ (rho kappa T : ℝ), 0 < rho → rho < 1 → 1 ≤ kappa → 1 ≤ T →
      rho ^ (T - 1 : ℝ) * kappa = Real.exp (Real.log kappa - (T - 1) * Real.log (1 / rho)) := by
  intro rho kappa T hrho hrho' hkappa hT
  have e : Real.log kappa - (T - 1) * Real.log (1 / rho) =
      Real.log rho * (T - 1) + Real.log kappa := by
    rw [one_div, Real.log_inv]
    ring
  rw [e, Real.exp_add, Real.exp_log (show 0 < kappa by linarith),
    Real.rpow_def_of_pos hrho]

/-- **C36** (Remark 5.4), check `margin`: `for u in (0, 1], N in [2, oo), g in (0, 1): (1 - u <=
(N - 1)*(g*u)) implies 1/u - 1 <= (N - 1)*g`. Each other response has at most e^-gamma of the
mode's mass; g = e^-gamma. -/
theorem C36_margin :
    ∀ (u N g : ℝ), 0 < u → u ≤ 1 → 2 ≤ N → 0 < g → g < 1 → 1 - u ≤ (N - 1) * (g * u) →
      1 / u - 1 ≤ (N - 1) * g := by
  intro u N g hu hu' hN hg hg' h
  have hsplit : (1 - u) / u = 1 / u - 1 := by rw [sub_div, div_self hu.ne']
  rw [← hsplit, div_le_iff₀ hu]
  linarith

/-- **C36** (Remark 5.4), check `dominates`: `for e in [0, oo), X in [0, oo), R in [0, oo), B in
(0, oo), gamma in (0, oo): (4*B*R/gamma <= X) and (gamma <= B) and (e^2 <= R^2*(1/1536))
implies e <= X`. e = eps_LB, X = 2A, R = sqrt(kappa_0 log|Pi|/n). -/
theorem C36_dominates :
    ∀ (e X R B gamma : ℝ), 0 ≤ e → 0 ≤ X → 0 ≤ R → 0 < B → 0 < gamma →
      4 * B * R / gamma ≤ X → gamma ≤ B → e ^ 2 ≤ R ^ 2 * (1 / 1536 : ℝ) → e ≤ X := by
  intro e X R B gamma he hX hR hB hgamma h1 h2 h3
  have hR' : 4 * R ≤ 4 * B * R / gamma := by
    rw [le_div_iff₀ hgamma]
    have hmul := mul_le_mul_of_nonneg_left h2 hR
    linarith
  have hsq : e ^ 2 ≤ R ^ 2 := by linarith [sq_nonneg R]
  have heR : e ≤ R := (pow_le_pow_iff_left₀ he hR two_ne_zero).mp hsq
  linarith

/-- **C37** (Corollary 5.7 (ours)), check `one-step`: `for p in [1, oo), b in [0, oo), u in [1,
oo): p^2 + b*(p + b)*u <= (p + b)^2*u`. p = sqrt(a), u = kappa_0^(2^-(t+1)), sqrt(x) <= (p+b)
u. -/
theorem C37_one_step :
    ∀ (p b u : ℝ), 1 ≤ p → 0 ≤ b → 1 ≤ u → p ^ 2 + b * (p + b) * u ≤ (p + b) ^ 2 * u := by
  intro p b u hp hb hu
  have hu' : 0 ≤ u - 1 := by linarith
  have hp0 : 0 ≤ p := by linarith
  have hu0 : 0 ≤ u := by linarith
  linarith [mul_nonneg (sq_nonneg p) hu', mul_nonneg (mul_nonneg hp0 hb) hu0]

/-- **C37** (Corollary 5.7 (ours)), check `start`: `for p in [1, oo), b in [0, oo), k in [1, oo):
k <= (p + b)^2*k`. -/
theorem C37_start :
    ∀ (p b k : ℝ), 1 ≤ p → 0 ≤ b → 1 ≤ k → k ≤ (p + b) ^ 2 * k := by
  intro p b k hp hb hk
  have hone : 1 ≤ (p + b) ^ 2 := by
    linarith [mul_nonneg (show 0 ≤ p + b - 1 by linarith) (show 0 ≤ p + b + 1 by linarith)]
  have hmul := mul_le_mul_of_nonneg_right hone (show 0 ≤ k by linarith)
  linarith

/-- **C37** (Corollary 5.7 (ours)), check `burn-in`: `for l in [0, oo), h in (0, 1]: (l*h <=
log(2)) implies exp(l*h) <= 2`. kappa_0^h with h = 2^-t, l = log kappa_0: at most 2 once 2^t
>= log2 kappa_0. -/
theorem C37_burn_in :
    ∀ (l h : ℝ), 0 ≤ l → 0 < h → h ≤ 1 → l * h ≤ Real.log 2 → Real.exp (l * h) ≤ 2 := by
  intro l h hl hh hh' h₀
  calc Real.exp (l * h) ≤ Real.exp (Real.log 2) := Real.exp_le_exp.mpr h₀
    _ = 2 := Real.exp_log two_pos

/-- **C37** (Corollary 5.7 (ours)), check `exact-ratio`: `for s in (0, oo), r in (0, oo), a in [0,
oo), b in [0, oo): (a + b*s) - (a + b*r) = b/(s + r)*(s^2 - r^2)`. -/
theorem C37_exact_ratio :
    ∀ (s r a b : ℝ), 0 < s → 0 < r → 0 ≤ a → 0 ≤ b →
      a + b * s - (a + b * r) = b / (s + r) * (s ^ 2 - r ^ 2) := by
  intro s r a b hs hr ha hb
  have hsr : s + r ≠ 0 := by
    have hpos : 0 < s + r := by linarith
    exact hpos.ne'
  have hcancel : b / (s + r) * (s + r) = b := div_mul_cancel₀ b hsr
  linear_combination (-(s - r)) * hcancel

/-- **C38** (Theorem 5.3), check `union`: `for T in natural [1, oo), delta in (0, 1): T*(delta/T)
= delta`. -/
theorem C38_union :
    ∀ (T : ℕ) (delta : ℝ), 1 ≤ (T : ℝ) → 0 < delta → delta < 1 →
      (T : ℝ) * (delta / (T : ℝ)) = delta := by
  intro T delta hT hdelta hdelta'
  have hT0 : (T : ℝ) ≠ 0 := by
    have hpos : 0 < (T : ℝ) := by linarith
    exact hpos.ne'
  exact mul_div_of_ne hT0 delta

/-- **C38** (Theorem 5.3), check `logarithm`: `for T in natural [1, oo), size in [1, oo), delta in
(0, 1): log(size/(delta/T)) = log(T*size/delta)`. -/
theorem C38_logarithm :
    ∀ (T : ℕ) (size delta : ℝ), 1 ≤ (T : ℝ) → 1 ≤ size → 0 < delta → delta < 1 →
      Real.log (size / (delta / (T : ℝ))) = Real.log ((T : ℝ) * size / delta) := by
  intro T size delta hT hsize hdelta hdelta'
  rw [div_div_eq_mul_div, mul_comm size]

end SRVerify
