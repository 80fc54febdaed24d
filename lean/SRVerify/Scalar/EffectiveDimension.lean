import SRVerify.Scalar.Basics

/-!
# Effective dimension (Corollary 6.4, appendix G)

The ridge effective dimension under spectral decay, and the schedules of Remark 6.5, entries
G01-G10. Each statement is the one that the ledger prints for the check named in the
docstring.

## Main results

* `G01_term_range`: each term of `d_λ` is at most `1` and at most `λ_i / λ`
* `G06_axis_factor`: the repaired covering factor
* `G07_no_constant`: no constant saves an arbitrary ridge
-/

namespace SRVerify

/-- **G01** (Definition 6.3, Appendix G), check `term-range`: `for x in [0, oo), l in (0, oo): 0
<= x/(x + l) and x/(x + l) <= 1 and x/(x + l) <= x/l`. A zero eigenvalue contributes 0, so the
sum is at most the rank. -/
theorem G01_term_range :
    ∀ (x l : ℝ), 0 ≤ x → 0 < l → 0 ≤ x / (x + l) ∧ x / (x + l) ≤ 1 ∧ x / (x + l) ≤ x / l := by
  intro x l hx hl
  have hden : 0 < x + l := by linarith
  exact ⟨div_nonneg hx hden.le, (div_le_one hden).mpr (by linarith),
    div_le_div_of_nonneg_left hx hl (by linarith)⟩

/-- **G01** (Definition 6.3, Appendix G), check `term-falls`: `for x in [0, oo), l in (0, oo), m
in (0, oo): (l <= m) implies x/(x + m) <= x/(x + l)`. -/
theorem G01_term_falls :
    ∀ (x l m : ℝ), 0 ≤ x → 0 < l → 0 < m → l ≤ m → x / (x + m) ≤ x / (x + l) := by
  intro x l m hx hl hm h
  exact div_le_div_of_nonneg_left hx (by linarith) (by linarith)

/-- **G02** (Appendix G, display (149)), check `large-term`: `for x in [0, oo), l in (0, oo): (l
<= x) implies 1/2 <= x/(x + l)`. -/
theorem G02_large_term :
    ∀ (x l : ℝ), 0 ≤ x → 0 < l → l ≤ x → (1 / 2 : ℝ) ≤ x / (x + l) := by
  intro x l hx hl h
  rw [le_div_iff₀ (by linarith)]
  linarith

/-- **G03** (Lemma G.4 (A), Corollary G.5), check `split-point`: `for r in [1, oo), x in [0, oo):
(log(r) <= x) implies r*exp(-x) <= 1`. r = C/lambda, x = alpha k. -/
theorem G03_split_point :
    ∀ (r x : ℝ), 1 ≤ r → 0 ≤ x → Real.log r ≤ x → r * Real.exp (-x) ≤ 1 := by
  intro r x hr hx h
  have hexp : r ≤ Real.exp x := (Real.log_le_iff_le_exp (by linarith)).mp h
  rw [Real.exp_neg, ← div_eq_mul_inv, div_le_one (Real.exp_pos x)]
  exact hexp

/-- **G03** (Lemma G.4 (A), Corollary G.5), check `tail`: `for y in [0, oo), E in (1, oo): (y <=
1) implies y/(E - 1) <= 1/(E - 1)`. y = r e^{-alpha k}, E = e^alpha: the tail of the series
over lambda. -/
theorem G03_tail :
    ∀ (y E : ℝ), 0 ≤ y → 1 < E → y ≤ 1 → y / (E - 1) ≤ 1 / (E - 1) := by
  intro y E hy hE h
  exact div_le_div_of_nonneg_right h (by linarith)

/-- **G03** (Lemma G.4 (A), Corollary G.5), check `geometric-series`: `for a in (0, oo):
exp(-a)/(1 - exp(-a)) = 1/(exp(a) - 1)`. -/
theorem G03_geometric_series :
    ∀ (a : ℝ), 0 < a → Real.exp (-a) / (1 - Real.exp (-a)) = 1 / (Real.exp a - 1) := by
  intro a ha
  have hE : 1 < Real.exp a := Real.one_lt_exp_iff.mpr ha
  have hinv : (Real.exp a)⁻¹ < 1 := inv_lt_one_of_one_lt₀ hE
  have hcancel : (Real.exp a)⁻¹ * Real.exp a = 1 := inv_mul_cancel₀ (Real.exp_ne_zero a)
  rw [Real.exp_neg, div_eq_div_iff (sub_pos.mpr hinv).ne' (sub_pos.mpr hE).ne']
  linear_combination hcancel

/-- **G04** (Lemma G.4 (B)), check `tail`: `for r in (0, oo), q in (0, oo), k in natural [1, oo),
p in (1, oo): (r*q <= k) implies k + r*q/(p - 1) <= k*p/(p - 1)`. r = C/lambda, q = k^{1-p}; r
<= k^p gives r q <= k. -/
theorem G04_tail :
    ∀ (r q : ℝ) (k : ℕ) (p : ℝ), 0 < r → 0 < q → 1 ≤ (k : ℝ) → 1 < p → r * q ≤ (k : ℝ) →
      (k : ℝ) + r * q / (p - 1) ≤ (k : ℝ) * p / (p - 1) := by
  intro r q k p hr hq hk hp h
  have hp1 : 0 < p - 1 := by linarith
  have e : (k : ℝ) * p / (p - 1) = (k : ℝ) + (k : ℝ) / (p - 1) := by
    rw [div_eq_iff hp1.ne', add_mul, div_mul_cancel₀ _ hp1.ne']
    ring
  have hdiv := div_le_div_of_nonneg_right h hp1.le
  rw [e]
  linarith

/-- **G04** (Lemma G.4 (B)), check `tail-power`: `for k in [1, oo), p in (1, oo): k^p*k^(1 - p) =
k`. -/
theorem G04_tail_power :
    ∀ (k p : ℝ), 1 ≤ k → 1 < p → k ^ (p : ℝ) * k ^ (1 - p : ℝ) = k := by
  intro k p hk hp
  rw [← Real.rpow_add (by linarith), show p + (1 - p) = 1 by ring, Real.rpow_one]

/-- **G04** (Lemma G.4 (B)), check `power-falls`: `for x in (0, oo), y in (0, oo), p in (1, oo):
(y <= x) implies y^p <= x^p`. The terms fall, which is what the integral test asks for; and r
<= k^p. -/
theorem G04_power_falls :
    ∀ (x y p : ℝ), 0 < x → 0 < y → 1 < p → y ≤ x → y ^ (p : ℝ) ≤ x ^ (p : ℝ) := by
  intro x y p hx hy hp h
  exact Real.rpow_le_rpow hy.le h (by linarith)

/-- **G05** (Lemma G.4 (C)), check `four-eigenvalues`: `for a in [0, oo), b in [0, oo), c in [0,
oo), l in (0, oo): a/(a + l) + b/(b + l) + c/(c + l) <= 2 + c/l`. Two spikes a, b and a tail
c. -/
theorem G05_four_eigenvalues :
    ∀ (a b c l : ℝ), 0 ≤ a → 0 ≤ b → 0 ≤ c → 0 < l →
      a / (a + l) + b / (b + l) + c / (c + l) ≤ 2 + c / l := by
  intro a b c l ha hb hc hl
  have ta := (G01_term_range a l ha hl).2.1
  have tb := (G01_term_range b l hb hl).2.1
  have tc := (G01_term_range c l hc hl).2.2
  linarith

/-- **G06** (Lemma G.2), check `ignored-directions`: `for R in (0, oo), x in [0, oo), l in (0,
oo), e in (0, oo): (x <= l) and (l = e^2/(4*R^2)) implies R*sqrt(x) <= e*(1/2)`. -/
theorem G06_ignored_directions :
    ∀ (R x l e : ℝ), 0 < R → 0 ≤ x → 0 < l → 0 < e → x ≤ l → l = e ^ 2 / (4 * R ^ 2) →
      R * Real.sqrt x ≤ e * (1 / 2 : ℝ) := by
  intro R x l e hR hx hl he h1 h2
  have hroot : Real.sqrt x ≤ e / (2 * R) := by
    refine Real.sqrt_le_iff.mpr ⟨by positivity, ?_⟩
    rw [show (e / (2 * R)) ^ 2 = e ^ 2 / (4 * R ^ 2) by ring, ← h2]
    exact h1
  have hmul := mul_le_mul_of_nonneg_left hroot hR.le
  have hcancel : R * (e / (2 * R)) = e * (1 / 2) := by
    have hinner : R * (e / R) = e := mul_div_of_ne hR.ne' e
    linear_combination (1 / 2) * hinner
  linarith

/-- **G06** (Lemma G.2), check `two-parts`: `for e in (0, oo): (e*(1/2))^2 + (sqrt(3)*e*(1/2))^2 =
e^2`. The ignored and the covered directions are orthogonal. -/
theorem G06_two_parts :
    ∀ (e : ℝ), 0 < e → (e * (1 / 2 : ℝ)) ^ 2 + (Real.sqrt 3 * e * (1 / 2 : ℝ)) ^ 2 = e ^ 2 := by
  intro e he
  have hsq := Real.sq_sqrt (show (0 : ℝ) ≤ 3 by norm_num)
  linear_combination (1 / 4 * e ^ 2) * hsq

/-- **G06** (Lemma G.2), check `packing-ball`: `for a in (0, oo), e in (0, oo): (e*(1/2) <= a)
implies sqrt(3)*e*(1/4) <= sqrt(3)*(1/2)*a`. a = R sqrt(lambda_i) >= eps/2 for every axis of E: the
ball of the packing radius s = sqrt3 eps/4 lies in (sqrt3/2) E, hence E and the balls in
(1 + sqrt3/2) E. -/
theorem G06_packing_ball :
    ∀ (a e : ℝ), 0 < a → 0 < e → e * (1 / 2 : ℝ) ≤ a →
      Real.sqrt 3 * e * (1 / 4 : ℝ) ≤ Real.sqrt 3 * (1 / 2 : ℝ) * a := by
  intro a e _ _ h
  have hroot : 0 ≤ Real.sqrt 3 := Real.sqrt_nonneg 3
  have hgap : 0 ≤ Real.sqrt 3 * (a * (1 / 2) - e * (1 / 4)) := mul_nonneg hroot (by linarith)
  linarith [hgap]

/-- **G06** (Lemma G.2), check `axis-factor`: `for a in (0, oo), e in (0, oo): (1 +
sqrt(3)*(1/2))*a/(sqrt(3)*e*(1/4)) = 4*(1 + sqrt(3)*(1/2))*a/(sqrt(3)*e)`. What one axis of
(1 + sqrt3/2) E contributes to the ratio of volumes. -/
theorem G06_axis_factor :
    ∀ (a e : ℝ), 0 < a → 0 < e →
      (1 + Real.sqrt 3 * (1 / 2 : ℝ)) * a / (Real.sqrt 3 * e * (1 / 4 : ℝ)) =
        4 * (1 + Real.sqrt 3 * (1 / 2 : ℝ)) * a / (Real.sqrt 3 * e) := by
  intro a e _ he
  have hroot : Real.sqrt 3 ≠ 0 := (Real.sqrt_pos.mpr (by norm_num)).ne'
  have hscale : e ≠ 0 := he.ne'
  rw [div_eq_div_iff (mul_ne_zero (mul_ne_zero hroot hscale) (by norm_num))
    (mul_ne_zero hroot hscale)]
  ring

/-- **G06** (Lemma G.2), check `constant`: `4*(1 + sqrt(3)*(1/2))/sqrt(3) <= 431/100 and 431/100
<= 5`. -/
theorem G06_constant :
    (4 * (1 + Real.sqrt 3 * (1 / 2 : ℝ)) / Real.sqrt 3 : ℝ) ≤ (431 / 100 : ℝ) ∧
      ((431 / 100 : ℝ) : ℝ) ≤ 5 := by
  have hroot : 1732 / 1000 ≤ Real.sqrt 3 := Real.le_sqrt_of_sq_le (by norm_num)
  constructor
  · rw [div_le_iff₀ (by linarith)]
    linarith
  · norm_num

/-- **G06** (Lemma G.2), check `count`: `for x in [0, oo), l in (0, oo): (l < x) implies 1/2 <=
x/(x + l)`. Each direction counted adds at least 1/2 to d_lambda: k <= 2 d_lambda. -/
theorem G06_count :
    ∀ (x l : ℝ), 0 ≤ x → 0 < l → l < x → (1 / 2 : ℝ) ≤ x / (x + l) := by
  intro x l hx hl h
  rw [le_div_iff₀ (by linarith)]
  linarith

/-- **G07** (Lemma G.2 ('fix any lambda > 0')), check `no-constant`: `for c in (0, oo): c/(1 +
2*c)*log(11) < log(10)`. Every constant c fails at lambda = 2c. -/
theorem G07_no_constant :
    ∀ (c : ℝ), 0 < c → c / (1 + 2 * c) * Real.log 11 < Real.log 10 := by
  intro c hc
  have hhalf : c / (1 + 2 * c) < 1 / 2 := by
    rw [div_lt_iff₀ (by linarith)]
    linarith
  have hlog := Real.log_lt_log (show (0 : ℝ) < 11 by norm_num) (show (11 : ℝ) < 10 ^ 2 by norm_num)
  rw [log_sq] at hlog
  have hpos : 0 < Real.log 11 := Real.log_pos (by norm_num)
  have hmul := mul_lt_mul_of_pos_right hhalf hpos
  linarith

/-- **G08** (Remark 6.5, Corollary 6.4), check `single-logarithm`: `for d in [3, oo): log(d)*1 + 1
+ 1/(exp(1) - 1) <= 4*log(d)`. G03 at alpha = 1, C = 1, lambda = 1/d: d_lambda = O(log d). -/
theorem G08_single_logarithm :
    ∀ (d : ℝ), 3 ≤ d → Real.log d * 1 + 1 + 1 / (Real.exp 1 - 1) ≤ 4 * Real.log d := by
  intro d hd
  have he := Real.exp_one_lt_d9
  have he' := Real.exp_one_gt_d9
  have hlog : 1 ≤ Real.log d := (Real.le_log_iff_exp_le (by linarith)).mpr (by linarith)
  have hseries : 1 / (Real.exp 1 - 1) ≤ 1 := by
    rw [div_le_one (by linarith)]
    linarith
  linarith

/-- **G08** (Remark 6.5, Corollary 6.4), check `sample-ridge`: `for n in [3, oo): log(sqrt(n)) + 1
+ 1/(exp(1) - 1) <= 3*log(n)`. lambda = 1/sqrt(n): d_lambda = O(log n), free of d. -/
theorem G08_sample_ridge :
    ∀ (n : ℝ), 3 ≤ n → Real.log (Real.sqrt n) + 1 + 1 / (Real.exp 1 - 1) ≤ 3 * Real.log n := by
  intro n hn
  have he := Real.exp_one_lt_d9
  have he' := Real.exp_one_gt_d9
  have hn0 : 0 < n := by linarith
  have hlog : 1 ≤ Real.log n := (Real.le_log_iff_exp_le hn0).mpr (by linarith)
  have hseries : 1 / (Real.exp 1 - 1) ≤ 1 := by
    rw [div_le_one (by linarith)]
    linarith
  rw [Real.log_sqrt hn0.le]
  linarith

/-- **G08** (Remark 6.5, Corollary 6.4), check `coarse-resolution`: `for R in (0, oo), n in (0,
oo), l in (0, oo), e in (0, oo): (l = 1/sqrt(n)) and (e = 2*R/sqrt(sqrt(n))) implies l =
e^2/(4*R^2)`. G06's tie for lambda = 1/sqrt(n): eps = 2R n^{-1/4}. -/
theorem G08_coarse_resolution :
    ∀ (R n l e : ℝ), 0 < R → 0 < n → 0 < l → 0 < e → l = 1 / Real.sqrt n →
      e = 2 * R / Real.sqrt (Real.sqrt n) → l = e ^ 2 / (4 * R ^ 2) := by
  intro R n l e hR hn hl he h1 h2
  have hroot : 0 < Real.sqrt n := Real.sqrt_pos.mpr hn
  have hden : Real.sqrt n * (4 * R ^ 2) ≠ 0 := by positivity
  rw [h1, h2, div_pow, Real.sq_sqrt hroot.le, div_div, div_eq_div_iff hroot.ne' hden]
  ring

/-- **G08** (Remark 6.5, Corollary 6.4), check `fine-resolution`: `for B in (0, oo), R in (0, oo),
b in (0, oo), n in (0, oo), l in (0, oo), e in (0, oo): (e = B/(b*n)) and (l = e^2/(4*R^2))
implies l = B^2/(4*R^2*b^2*n^2)`. What F06's resolution asks of the ridge. -/
theorem G08_fine_resolution :
    ∀ (B R b n l e : ℝ), 0 < B → 0 < R → 0 < b → 0 < n → 0 < l → 0 < e → e = B / (b * n) →
      l = e ^ 2 / (4 * R ^ 2) → l = B ^ 2 / (4 * R ^ 2 * b ^ 2 * n ^ 2) := by
  intro B R b n l e hB hR hb hn hl he h1 h2
  rw [h2, h1]
  ring

/-- **G09** (Remark G.8), check `tail`: `for k in natural [0, oo), tau in [0, oo), l in (0, oo):
(tau <= l) implies k + tau/l <= k + 1`. -/
theorem G09_tail :
    ∀ (k : ℕ) (tau l : ℝ), 0 ≤ tau → 0 < l → tau ≤ l → (k : ℝ) + tau / l ≤ (k : ℝ) + 1 := by
  intro k tau l htau hl h
  have hle := (div_le_one hl).mpr h
  linarith

/-- **G10** (Appendix G against Appendix F), check `norms-compare`: `for a in real, b in real, s
in (0, oo), t in (0, oo), k in (0, oo): (1 <= k^2*s) and (1 <= k^2*t) implies max(a^2, b^2) <=
k^2*(s*a^2 + t*b^2)`. Two directions with eigenvalues s, t: A-NORM holds with this kappa_phi =
k. -/
theorem G10_norms_compare :
    ∀ (a b s t k : ℝ), 0 < s → 0 < t → 0 < k → 1 ≤ k ^ 2 * s → 1 ≤ k ^ 2 * t →
      (max (a ^ 2) (b ^ 2)) ≤ k ^ 2 * (s * a ^ 2 + t * b ^ 2) := by
  intro a b s t k hs ht hk h1 h2
  have a1 := mul_le_mul_of_nonneg_right h1 (sq_nonneg a)
  have b1 := mul_le_mul_of_nonneg_right h2 (sq_nonneg b)
  have a2 : 0 ≤ k ^ 2 * s * a ^ 2 := by positivity
  have b2 : 0 ≤ k ^ 2 * t * b ^ 2 := by positivity
  exact max_le (by linarith) (by linarith)

/-- **G10** (Appendix G against Appendix F), check `unseen-directions`: `for b in (0, oo), q in
[0, oo), l in (0, oo), u in [0, oo), R in (0, oo): (q <= l*u^2) and (u <= 2*R) implies b^2*q
<= 4*b^2*R^2*l`. The bound without A-NORM: q = u' Sigma u on the sample's kernel, ||u|| <= 2R. -/
theorem G10_unseen_directions :
    ∀ (b q l u R : ℝ), 0 < b → 0 ≤ q → 0 < l → 0 ≤ u → 0 < R → q ≤ l * u ^ 2 → u ≤ 2 * R →
      b ^ 2 * q ≤ 4 * b ^ 2 * R ^ 2 * l := by
  intro b q l u R hb hq hl hu hR h1 h2
  have hsq := pow_le_pow_left₀ hu h2 2
  have hscaled := mul_le_mul_of_nonneg_left hsq hl.le
  have hq' : q ≤ l * (2 * R) ^ 2 := le_trans h1 hscaled
  have hmul := mul_le_mul_of_nonneg_left hq' (sq_nonneg b)
  linarith

/-- **G10** (Appendix G against Appendix F), check `rare-prompt`: `for w in [0, 1), t in (0, oo),
n in natural [1, oo): (1 - (1 - w)^n <= 1 - exp(-t)) implies w <= t/n`. A prompt that n draws
miss with probability e^{-t} or more has weight at most t/n. -/
theorem G10_rare_prompt :
    ∀ (w t : ℝ) (n : ℕ), 0 ≤ w → w < 1 → 0 < t → 1 ≤ (n : ℝ) →
      1 - (1 - w) ^ n ≤ 1 - Real.exp (-t) → w ≤ t / (n : ℝ) := by
  intro w t n hw hw' ht hn h
  have hn0 : 0 < (n : ℝ) := by linarith
  have hlow : Real.exp (-t) ≤ (1 - w) ^ n := by linarith
  have hhigh : (1 - w) ^ n ≤ Real.exp (-w) ^ n :=
    pow_le_pow_left₀ (by linarith) (Real.one_sub_le_exp_neg w) n
  rw [← Real.exp_nat_mul] at hhigh
  have hexp := Real.exp_le_exp.mp (hlow.trans hhigh)
  rw [le_div_iff₀ hn0]
  linarith

end SRVerify
