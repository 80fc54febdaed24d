import SRVerify.Scalar

/-!
# Theorem 4.1: the lower bound and its sharper forms (appendix D)

The hard instance, the count of visits, the scalar inequality (92) and the bounds without a
logarithm, entries D01-D07 and D15-D18. Each statement is the one that the ledger prints
for the check named in the docstring.

## Main results

* `D07_necessary`: the scalar inequality (92) with constant `1/3072`
* `D16_jensen`: Jensen in place of the Markov count
* `D17_necessary_as_printed`: binary keys: no logarithm
-/

namespace SRVerify

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `sums-to-one`: `for M in
natural [2, oo), eta in (0, oo): (1 + eta)/(M + eta) + (M - 1)/(M + eta) = 1`. -/
theorem D01_sums_to_one :
    ∀ (M : ℕ) (eta : ℝ), 2 ≤ (M : ℝ) → 0 < eta →
      (1 + eta) / ((M : ℝ) + eta) + ((M : ℝ) - 1) / ((M : ℝ) + eta) = 1 := by
  intro M eta hM heta
  have hden : (M : ℝ) + eta ≠ 0 := by
    have hpos : 0 < (M : ℝ) + eta := by linarith
    exact hpos.ne'
  rw [← add_div, div_eq_one_iff_eq hden]
  ring

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `prompt-weights`: `for d in
natural [1, oo), rho in (0, 1]: (1 - rho) + d*(rho/d) = 1`. -/
theorem D01_prompt_weights :
    ∀ (d : ℕ) (rho : ℝ), 1 ≤ (d : ℝ) → 0 < rho → rho ≤ 1 → 1 - rho + (d : ℝ) * (rho / (d : ℝ)) = 1 := by
  intro d rho hd hrho hrho'
  have hd0 : (d : ℝ) ≠ 0 := by
    have hpos : 0 < (d : ℝ) := by linarith
    exact hpos.ne'
  have e : (d : ℝ) * (rho / (d : ℝ)) = rho := mul_div_of_ne hd0 rho
  linarith

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `unique-mode`: `for M in
natural [2, oo), eta in (0, oo): 1/(M + eta) < (1 + eta)/(M + eta)`. -/
theorem D01_unique_mode :
    ∀ (M : ℕ) (eta : ℝ), 2 ≤ (M : ℝ) → 0 < eta → 1 / ((M : ℝ) + eta) < (1 + eta) / ((M : ℝ) + eta) := by
  intro M eta hM heta
  exact div_lt_div_of_pos_right (by linarith) (by linarith)

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `margin`: `for M in natural
[2, oo), eta in (0, oo): log((1 + eta)/(M + eta)) - log(1/(M + eta)) = log(1 + eta)`. -/
theorem D01_margin :
    ∀ (M : ℕ) (eta : ℝ), 2 ≤ (M : ℝ) → 0 < eta →
      Real.log ((1 + eta) / ((M : ℝ) + eta)) - Real.log (1 / ((M : ℝ) + eta)) = Real.log (1 + eta) := by
  intro M eta hM heta
  have hden : (M : ℝ) + eta ≠ 0 := by
    have hpos : 0 < (M : ℝ) + eta := by linarith
    exact hpos.ne'
  have hnum : 1 + eta ≠ 0 := by
    have hpos : 0 < 1 + eta := by linarith
    exact hpos.ne'
  rw [Real.log_div hnum hden, Real.log_div one_ne_zero hden, Real.log_one]
  ring

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `unit-eta`: `for M in
natural [2, oo): 2/(M + 1) = 2/(M + 1)`. -/
theorem D01_unit_eta :
    ∀ (M : ℕ), 2 ≤ (M : ℝ) → 2 / ((M : ℝ) + 1) = 2 / ((M : ℝ) + 1) := by
  intro M hM
  rfl

/-- **D02** (Appendix D, Step 3), check `value`: `for rho in (0, 1], d in natural [1, oo), M in
natural [2, oo), eta in (0, oo): (1 - rho) + d*(rho/d)/((1 + eta)/(M + eta)) = (1 - rho) +
rho*(M + eta)/(1 + eta)`. -/
theorem D02_value :
    ∀ (rho : ℝ) (d M : ℕ) (eta : ℝ), 0 < rho → rho ≤ 1 → 1 ≤ (d : ℝ) → 2 ≤ (M : ℝ) → 0 < eta →
      1 - rho + (d : ℝ) * (rho / (d : ℝ)) / ((1 + eta) / ((M : ℝ) + eta)) =
      1 - rho + rho * ((M : ℝ) + eta) / (1 + eta) := by
  intro rho d M eta hrho hrho' hd hM heta
  have hd0 : (d : ℝ) ≠ 0 := by
    have hpos : 0 < (d : ℝ) := by linarith
    exact hpos.ne'
  have e : (d : ℝ) * (rho / (d : ℝ)) = rho := mul_div_of_ne hd0 rho
  rw [e, div_div_eq_mul_div]

/-- **D02** (Appendix D, Step 3), check `value-at-unit-eta`: `for rho in real, M in real: (1 -
rho) + rho*(M + 1)*(1/2) = 1 + rho*(M - 1)*(1/2)`. -/
theorem D02_value_at_unit_eta :
    ∀ (rho M : ℝ), 1 - rho + rho * (M + 1) * (1 / 2 : ℝ) = 1 + rho * (M - 1) * (1 / 2 : ℝ) := by
  intro rho M
  ring

/-- **D02** (Appendix D, Step 3), check `enough`: `for kappa in real, rho in (0, oo), M in real:
(M <= 1 + 2*(kappa - 1)/rho) implies 1 + rho*(M - 1)*(1/2) <= kappa`. -/
theorem D02_enough :
    ∀ (kappa rho M : ℝ), 0 < rho → M ≤ 1 + 2 * (kappa - 1) / rho →
      1 + rho * (M - 1) * (1 / 2 : ℝ) ≤ kappa := by
  intro kappa rho M hrho h
  have hM : M - 1 ≤ 2 * (kappa - 1) / rho := by linarith
  rw [le_div_iff₀ hrho] at hM
  linarith

/-- **D02** (Appendix D, Step 3), check `needed`: `for kappa in real, rho in (0, oo), M in real:
(1 + rho*(M - 1)*(1/2) <= kappa) implies M <= 1 + 2*(kappa - 1)/rho`. -/
theorem D02_needed :
    ∀ (kappa rho M : ℝ), 0 < rho → 1 + rho * (M - 1) * (1 / 2 : ℝ) ≤ kappa →
      M ≤ 1 + 2 * (kappa - 1) / rho := by
  intro kappa rho M hrho h
  have hM : M - 1 ≤ 2 * (kappa - 1) / rho := by
    rw [le_div_iff₀ hrho]
    linarith
  linarith

/-- **D03** (Appendix D, Step 2), check `one-label`: `for p in [0, 1], q in [0, 1]: (1/2 < p) and
(p + q <= 1) implies q < 1/2`. At most one label has mass above 1/2. -/
theorem D03_one_label :
    ∀ (p q : ℝ), 0 ≤ p → p ≤ 1 → 0 ≤ q → q ≤ 1 → (1 / 2 : ℝ) < p → p + q ≤ 1 → q < (1 / 2 : ℝ) := by
  intro p q hp hp' hq hq' h1 h2
  linarith

/-- **D03** (Appendix D, Step 2), check `average-error`: `for other in [0, oo), rho in (0, 1], avg
in [0, 1], eps in (0, oo): (other + rho*avg <= eps) implies avg <= eps/rho`. other is the
failure mass at x_0. -/
theorem D03_average_error :
    ∀ (other rho avg eps : ℝ), 0 ≤ other → 0 < rho → rho ≤ 1 → 0 ≤ avg → avg ≤ 1 → 0 < eps →
      other + rho * avg ≤ eps → avg ≤ eps / rho := by
  intro other rho avg eps hother hrho hrho' havg havg' heps h
  rw [le_div_iff₀ hrho]
  linarith

/-- **D03** (Appendix D, Step 2), check `at-sixteen-eps`: `for eps in (0, oo), avg in real:
(16*eps*avg <= eps) implies avg <= 1/16`. -/
theorem D03_at_sixteen_eps :
    ∀ (eps avg : ℝ), 0 < eps → 16 * eps * avg ≤ eps → avg ≤ (1 / 16 : ℝ) := by
  intro eps avg heps h
  exact le_of_mul_le_mul_left (show eps * avg ≤ eps * (1 / 16) by linarith) heps

/-- **D04** (Appendix D, Step 4 (i)), check `indicator`: `for k in [0, oo), m in (0, oo): (2*m <
k) implies 1 <= k/(2*m)`. The indicator of k > 2m is at most k/(2m). -/
theorem D04_indicator :
    ∀ (k m : ℝ), 0 ≤ k → 0 < m → 2 * m < k → 1 ≤ k / (2 * m) := by
  intro k m hk hm h
  rw [le_div_iff₀ (by linarith)]
  linarith

/-- **D04** (Appendix D, Step 4 (i)), check `mean`: `for m in (0, oo): 1 - m/(2*m) = 1/2`. -/
theorem D04_mean :
    ∀ (m : ℝ), 0 < m → 1 - m / (2 * m) = (1 / 2 : ℝ) := by
  intro m hm
  have hden : 2 * m ≠ 0 := by
    have hpos : 0 < 2 * m := by linarith
    exact hpos.ne'
  have e : m / (2 * m) = 1 / 2 := by
    rw [div_eq_iff hden]
    ring
  rw [e]
  norm_num

/-- **D05** (Appendix D, Step 4 (ii)), check `one-draw`: `for M in [2, oo): 1 - (2/(M + 1) + 1/(M
+ 1)) = 1 - 3/(M + 1)`. -/
theorem D05_one_draw :
    ∀ (M : ℝ), 2 ≤ M → 1 - (2 / (M + 1) + 1 / (M + 1)) = 1 - 3 / (M + 1) := by
  intro M hM
  rw [← add_div, show (2 : ℝ) + 1 = 3 by norm_num]

/-- **D05** (Appendix D, Step 4 (ii)), check `share`: `for M in [2, oo): 0 < 3/(M + 1) and 3/(M +
1) <= 1`. The share that Bernoulli's inequality is applied to; M >= 2 is what keeps it at most
1. -/
theorem D05_share :
    ∀ (M : ℝ), 2 ≤ M → 0 < 3 / (M + 1) ∧ 3 / (M + 1) ≤ 1 := by
  intro M hM
  have hden : 0 < M + 1 := by linarith
  exact ⟨div_pos (by norm_num) hden, by rw [div_le_one hden]; linarith⟩

/-- **D05** (Appendix D, Step 4 (ii)), check `bernoulli-step`: `for k in [0, oo), x in [0, 1],
power in real: (1 - k*x <= power) implies 1 - (k + 1)*x <= power*(1 - x)`. Induction over k
for (1-x)^k >= 1-kx; at k = 0 both sides are 1. -/
theorem D05_bernoulli_step :
    ∀ (k x power : ℝ), 0 ≤ k → 0 ≤ x → x ≤ 1 → 1 - k * x ≤ power →
      1 - (k + 1) * x ≤ power * (1 - x) := by
  intro k x power hk hx hx' h
  nlinarith [mul_le_mul_of_nonneg_right h (sub_nonneg.mpr hx'), mul_nonneg hk (sq_nonneg x)]

/-- **D05** (Appendix D, Step 4 (ii)), check `bernoulli`: `for M in [2, oo), k in natural [0, oo):
1 - 3*k/(M + 1) <= (1 - 3/(M + 1))^k`. The inequality as the paper writes it. -/
theorem D05_bernoulli :
    ∀ (M : ℝ) (k : ℕ), 2 ≤ M → 1 - 3 * (k : ℝ) / (M + 1) ≤ (1 - 3 / (M + 1)) ^ k := by
  intro M k hM
  have hshare := (D05_share M hM).2
  have hbern := one_add_mul_le_pow (show -2 ≤ -(3 / (M + 1)) by linarith) k
  calc 1 - 3 * (k : ℝ) / (M + 1) = 1 + (k : ℝ) * -(3 / (M + 1)) := by ring
    _ ≤ (1 + -(3 / (M + 1))) ^ k := hbern
    _ = (1 - 3 / (M + 1)) ^ k := by rw [← sub_eq_add_neg]

/-- **D05** (Appendix D, Step 4 (ii)), check `guess`: `for g in [0, 1]: g*(1/2) + (1 - g)*(1/2) =
1/2`. Betting on the first key with probability g errs with probability 1/2 either way. -/
theorem D05_guess :
    ∀ (g : ℝ), 0 ≤ g → g ≤ 1 → g * (1 / 2 : ℝ) + (1 - g) * (1 / 2 : ℝ) = (1 / 2 : ℝ) := by
  intro g hg hg'
  ring

/-- **D06** (Appendix D, Step 4; (89), (90)), check `visits`: `for n in real, d in (0, oo), M in
[2, oo), rho in (0, oo), k in real: (n <= d*(M + 1)/(12*rho)) and (k <= 2*n*rho/d) implies k
<= (M + 1)*(1/6)`. -/
theorem D06_visits :
    ∀ (n d M rho k : ℝ), 0 < d → 2 ≤ M → 0 < rho → n ≤ d * (M + 1) / (12 * rho) →
      k ≤ 2 * n * rho / d → k ≤ (M + 1) * (1 / 6 : ℝ) := by
  intro n d M rho k hd hM hrho h1 h2
  have hden : 0 < 12 * rho := by linarith
  rw [le_div_iff₀ hden] at h1
  have hbound : 2 * n * rho / d ≤ (M + 1) * (1 / 6) := by
    rw [div_le_iff₀ hd]
    linarith
  linarith

/-- **D06** (Appendix D, Step 4; (89), (90)), check `misclassification`: `for n in real, d in (0,
oo), rho in (0, oo), M in [2, oo), k in real: (n <= d*(M + 1)/(12*rho)) and (k <= 2*n*rho/d)
implies 1/8 <= (1/2)*((1/2)*(1 - 3*k/(M + 1)))`. -/
theorem D06_misclassification :
    ∀ (n d rho M k : ℝ), 0 < d → 0 < rho → 2 ≤ M → n ≤ d * (M + 1) / (12 * rho) →
      k ≤ 2 * n * rho / d → (1 / 8 : ℝ) ≤ (1 / 2 : ℝ) * ((1 / 2 : ℝ) * (1 - 3 * k / (M + 1))) := by
  intro n d rho M k hd hrho hM h1 h2
  have hk := D06_visits n d M rho k hd hM hrho h1 h2
  have hshare : 3 * k / (M + 1) ≤ 1 / 2 := by
    rw [div_le_iff₀ (by linarith)]
    linarith
  linarith

/-- **D06** (Appendix D, Step 4; (89), (90)), check `contradiction`: `for eps in (0, oo), avg in
real: (1/8 <= avg) implies eps < 16*eps*avg`. An average error of 1/8 exceeds the 1/16 that
D03 allows. -/
theorem D06_contradiction :
    ∀ (eps avg : ℝ), 0 < eps → (1 / 8 : ℝ) ≤ avg → eps < 16 * eps * avg := by
  intro eps avg heps h
  have hmul := mul_le_mul_of_nonneg_left h heps.le
  linarith

/-- **D07** (Appendix D, Step 5; (91), (92)), check `label-count`: `for kappa in [2, oo), eps in
(0, 1/16], M in real: ((kappa - 1)/(8*eps) < M) implies kappa/(16*eps) <= M + 1`. M + 1 >=
kappa_0/(16 eps). -/
theorem D07_label_count :
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) → (kappa - 1) / (8 * eps) < M →
      kappa / (16 * eps) ≤ M + 1 := by
  intro kappa eps M hkappa heps heps' h
  have hden : 0 < 8 * eps := by linarith
  have hden' : 0 < 16 * eps := by linarith
  rw [div_lt_iff₀ hden] at h
  rw [div_le_iff₀ hden']
  linarith

/-- **D07** (Appendix D, Step 5; (91), (92)), check `label-bound`: `for kappa in [2, oo), eps in
(0, 1/16], M in real: (M <= 1 + (kappa - 1)/(8*eps)) and ((kappa - 1)/(8*eps) < M) implies 2 <
M and M <= kappa/eps`. -/
theorem D07_label_bound :
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      M ≤ 1 + (kappa - 1) / (8 * eps) → (kappa - 1) / (8 * eps) < M → 2 < M ∧ M ≤ kappa / eps := by
  intro kappa eps M hkappa heps heps' h1 h2
  have hden : 0 < 8 * eps := by linarith
  have htwo : 2 ≤ (kappa - 1) / (8 * eps) := by
    rw [le_div_iff₀ hden]
    linarith
  have hbound : ∀ t : ℝ, t * (8 * eps) = kappa - 1 → 1 + t ≤ kappa / eps := by
    intro t ht
    rw [le_div_iff₀ heps]
    linarith
  have hratio := hbound _ (div_mul_cancel₀ (kappa - 1) hden.ne')
  exact ⟨by linarith, by linarith⟩

/-- **D07** (Appendix D, Step 5; (91), (92)), check `log-labels`: `for kappa in [2, oo), eps in
(0, 1/16], M in real: (M <= 1 + (kappa - 1)/(8*eps)) and ((kappa - 1)/(8*eps) < M) implies 0 <
log(M) and log(M) <= log(kappa/eps)`. log M <= log(kappa_0/eps), a fortiori 1 +
log(kappa_0/eps). -/
theorem D07_log_labels :
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      M ≤ 1 + (kappa - 1) / (8 * eps) → (kappa - 1) / (8 * eps) < M →
      0 < Real.log M ∧ Real.log M ≤ Real.log (kappa / eps) := by
  intro kappa eps M hkappa heps heps' h1 h2
  obtain ⟨hlow, hhigh⟩ := D07_label_bound kappa eps M hkappa heps heps' h1 h2
  exact ⟨Real.log_pos (by linarith), Real.log_le_log (by linarith) hhigh⟩

/-- **D07** (Appendix D, Step 5; (91), (92)), check `combine`: `for kappa in [2, oo), eps in (0,
1/16], a in (0, oo), log_labels in (0, oo), log_ratio in (0, oo): (kappa/(16*eps) <= a) and
(log_labels <= log_ratio) implies kappa/(3072*eps^2*(1 + log_ratio)) <
a/(192*eps*log_labels)`. a = M+1, log_labels = log M, log_ratio = log(kappa_0/eps). -/
theorem D07_combine :
    ∀ (kappa eps a log_labels log_ratio : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) → 0 < a →
      0 < log_labels → 0 < log_ratio → kappa / (16 * eps) ≤ a → log_labels ≤ log_ratio →
      kappa / (3072 * eps ^ 2 * (1 + log_ratio)) < a / (192 * eps * log_labels) := by
  intro kappa eps a log_labels log_ratio hkappa heps heps' ha hlog_labels hlog_ratio h1 h2
  have hden : 0 < 16 * eps := by linarith
  rw [div_le_iff₀ hden] at h1
  have hleft : 0 < 3072 * eps ^ 2 * (1 + log_ratio) := by positivity
  have hright : 0 < 192 * eps * log_labels := by positivity
  rw [div_lt_div_iff₀ hleft hright]
  have hscale : 0 < 3072 * eps ^ 2 := by positivity
  calc kappa * (192 * eps * log_labels) ≤ a * (16 * eps) * (192 * eps * log_labels) :=
        mul_le_mul_of_nonneg_right h1 hright.le
    _ = a * (3072 * eps ^ 2 * log_labels) := by ring
    _ < a * (3072 * eps ^ 2 * (1 + log_ratio)) :=
        mul_lt_mul_of_pos_left (mul_lt_mul_of_pos_left (by linarith) hscale) ha

/-- **D07** (Appendix D, Step 5; (91), (92)), check `necessary`: `for kappa in [2, oo), eps in (0,
1/16], M in real: ((kappa - 1)/(8*eps) < M) implies kappa/(3072*eps^2*(1 + log(kappa/eps))) <=
(M + 1)/(192*eps*log(M))`. The scalar inequality of (92) per unit of log|Pi|; M has no upper
bound here. -/
theorem D07_necessary :
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) → (kappa - 1) / (8 * eps) < M →
      kappa / (3072 * eps ^ 2 * (1 + Real.log (kappa / eps))) ≤ (M + 1) / (192 * eps * Real.log M) := by
  intro kappa eps M hkappa heps heps' h
  have hden : 0 < 8 * eps := by linarith
  have hden' : 0 < 16 * eps := by linarith
  have htwo : 2 ≤ (kappa - 1) / (8 * eps) := by
    rw [le_div_iff₀ hden]
    linarith
  have hM : 2 < M := by linarith
  have hcount := D07_label_count kappa eps M hkappa heps heps' h
  rw [div_le_iff₀ hden'] at hcount
  obtain ⟨r, hr⟩ : ∃ r, r = kappa / eps := ⟨_, rfl⟩
  have hkr : kappa = r * eps := by rw [hr, div_mul_cancel₀ kappa heps.ne']
  have hr32 : 32 ≤ r := by
    rw [hr, le_div_iff₀ heps]
    linarith
  have hr0 : 0 < r := by linarith
  have hM0 : 0 < M := by linarith
  have hlr : 0 ≤ Real.log r := Real.log_nonneg (by linarith)
  have hlM : 0 < Real.log M := Real.log_pos (by linarith)
  have hlabels : r ≤ 16 * (M + 1) :=
    le_of_mul_le_mul_right (show r * eps ≤ 16 * (M + 1) * eps by linarith) heps
  have key : r * Real.log M ≤ 16 * (M + 1) * (1 + Real.log r) := by
    rcases le_total M r with hMr | hMr
    · have hlog := Real.log_le_log hM0 hMr
      exact mul_le_mul hlabels (by linarith) hlM.le (by linarith)
    · have htan : Real.log M ≤ Real.log r + M / r - 1 := log_le_tangent hM0 hr0
      have hscaled : r * Real.log M ≤ r * (Real.log r + M / r - 1) :=
        mul_le_mul_of_nonneg_left htan hr0.le
      have hcancel : r * (M / r) = M := mul_div_of_ne hr0.ne' M
      have hopen : r * (Real.log r + M / r - 1) = r * Real.log r + M - r := by
        linear_combination hcancel
      have hmono : r * Real.log r ≤ M * Real.log r := mul_le_mul_of_nonneg_right hMr hlr
      nlinarith [mul_nonneg hM0.le hlr]
  have hpos1 : 0 < 3072 * eps ^ 2 * (1 + Real.log r) := mul_pos (by positivity) (by linarith)
  have hpos2 : 0 < 192 * eps * Real.log M := mul_pos (by linarith) hlM
  rw [← hr, div_le_div_iff₀ hpos1 hpos2, hkr]
  have hfinal := mul_le_mul_of_nonneg_left key (show 0 ≤ 192 * eps ^ 2 by positivity)
  nlinarith [hfinal]

/-- **D07** (Appendix D, Step 5; (91), (92)), check `necessary-samples`: `for level in (0, oo),
eps in (0, 1/16], M in (2, oo), log_labels in (0, oo), d in (0, oo), n in real: (level <= (M +
1)/(192*eps*log_labels)) and (d*(M + 1)/(12*(16*eps)) < n) implies level*(d*log_labels) < n`.
D06's n > d(M+1)/(12 rho) with log|Pi| = d log M, level the left side of `necessary`. -/
theorem D07_necessary_samples :
    ∀ (level eps M log_labels d n : ℝ), 0 < level → 0 < eps → eps ≤ (1 / 16 : ℝ) → 2 < M →
      0 < log_labels → 0 < d → level ≤ (M + 1) / (192 * eps * log_labels) →
      d * (M + 1) / (12 * (16 * eps)) < n → level * (d * log_labels) < n := by
  intro level eps M log_labels d n hlevel heps heps' hM hlog_labels hd h1 h2
  have hden1 : 0 < 192 * eps * log_labels := by positivity
  have hden2 : 0 < 12 * (16 * eps) := by linarith
  rw [le_div_iff₀ hden1] at h1
  rw [div_lt_iff₀ hden2] at h2
  have hscaled := mul_le_mul_of_nonneg_left h1 hd.le
  have hprod : level * (d * log_labels) * (192 * eps) < n * (192 * eps) := by linarith
  exact lt_of_mul_lt_mul_right hprod (by linarith)

/-- **D15** (Appendix D (ours)), check `posterior`: `for g in [0, 1]: g*(1/2) + (1 - g)*(1/2) =
1/2`. Equally likely labels: no guess, randomised or not, does better than any other. -/
theorem D15_posterior :
    ∀ (g : ℝ), 0 ≤ g → g ≤ 1 → g * (1 / 2 : ℝ) + (1 - g) * (1 / 2 : ℝ) = (1 / 2 : ℝ) := by
  intro g hg hg'
  ring

/-- **D15** (Appendix D (ours)), check `threshold-limit`: `3072*log(16)*(1/512) = 6*log(16) and
83/5 < 6*log(16) and 6*log(16) < 167/10`. eps -> 0 at kappa_0 = 2: 16 exp(-256 n eps^2/d) = 1
against n = d/(1536 eps^2). -/
theorem D15_threshold_limit :
    (3072 * Real.log 16 * (1 / 512 : ℝ) : ℝ) = 6 * Real.log 16 ∧
      ((83 / 5 : ℝ) : ℝ) < 6 * Real.log 16 ∧ (6 * Real.log 16 : ℝ) < (167 / 10 : ℝ) := by
  have hlog : Real.log 16 = 4 * Real.log 2 := by
    rw [show (16 : ℝ) = 2 ^ 4 by norm_num, Real.log_pow]
    norm_num
  have hlow := Real.log_two_gt_d9
  have hhigh := Real.log_two_lt_d9
  refine ⟨by ring, ?_, ?_⟩
  · rw [hlog]
    linarith
  · rw [hlog]
    linarith

/-- **D16** (Appendix D, Step 4 (ours)), check `jensen-from-tangents`: `for p in [0, 1], q in (0,
oo), c in (0, oo), log_q in real, log_c in real: (c = 1 - p + p*q) and (log_q <= log_c + q/c -
1) and (0 <= log_c + 1/c - 1) implies p*log_q <= log_c`. The same from two tangents of log at
c. -/
theorem D16_jensen_from_tangents :
    ∀ (p q c log_q log_c : ℝ), 0 ≤ p → p ≤ 1 → 0 < q → 0 < c → c = 1 - p + p * q →
      log_q ≤ log_c + q / c - 1 → 0 ≤ log_c + 1 / c - 1 → p * log_q ≤ log_c := by
  intro p q c log_q log_c hp hp' hq hc h1 h2 h3
  have hmean : p * (q / c) + (1 - p) * (1 / c) = 1 := by
    have e : p * (q / c) + (1 - p) * (1 / c) = (1 - p + p * q) / c := by ring
    rw [e, ← h1, div_self hc.ne']
  have hleft := mul_le_mul_of_nonneg_left h2 hp
  have hright := mul_le_mul_of_nonneg_left h3 (sub_nonneg.mpr hp')
  have hopen : p * (log_c + q / c - 1) + (1 - p) * (log_c + 1 / c - 1) = log_c := by
    linear_combination hmean
  linarith

/-- **D16** (Appendix D, Step 4 (ours)), check `jensen`: `for p in [0, 1], q in (0, oo): p*log(q)
<= log(1 - p + p*q)`. q^(n p) <= (1 - p + p q)^n = E q^k for k ~ Bin(n, p): concavity of log. -/
theorem D16_jensen :
    ∀ (p q : ℝ), 0 ≤ p → p ≤ 1 → 0 < q → p * Real.log q ≤ Real.log (1 - p + p * q) := by
  intro p q hp hp' hq
  have hmix := mix_pos hp hp' hq one_pos
  have hc : 0 < 1 - p + p * q := by linarith
  have hone := log_le_tangent one_pos hc
  rw [Real.log_one] at hone
  exact D16_jensen_from_tangents p q (1 - p + p * q) (Real.log q) (Real.log (1 - p + p * q)) hp hp' hq
    hc rfl (log_le_tangent hq hc) hone

/-- **D16** (Appendix D, Step 4 (ours)), check `binomial-mean`: `for rho in (0, 1], d in natural
[1, oo), M in natural [2, oo): (1 - rho/d) + rho/d*(1 - 3/(M + 1)) = 1 - 3*rho/(d*(M + 1))`.
One draw's factor in E q^k at q = 1 - 3/(M+1). -/
theorem D16_binomial_mean :
    ∀ (rho : ℝ) (d M : ℕ), 0 < rho → rho ≤ 1 → 1 ≤ (d : ℝ) → 2 ≤ (M : ℝ) →
      1 - rho / (d : ℝ) + rho / (d : ℝ) * (1 - 3 / ((M : ℝ) + 1)) =
      1 - 3 * rho / ((d : ℝ) * ((M : ℝ) + 1)) := by
  intro rho d M hrho hrho' hd hM
  have hprod : rho / (d : ℝ) * (3 / ((M : ℝ) + 1)) = 3 * rho / ((d : ℝ) * ((M : ℝ) + 1)) := by
    rw [div_mul_div_comm, mul_comm rho 3]
  calc 1 - rho / (d : ℝ) + rho / (d : ℝ) * (1 - 3 / ((M : ℝ) + 1))
      = 1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1)) := by ring
    _ = 1 - 3 * rho / ((d : ℝ) * ((M : ℝ) + 1)) := by rw [hprod]

/-- **D16** (Appendix D, Step 4 (ours)), check `best-rho`: `for y in (0, oo): log(y)/(2*y)^2 <=
1/(8*exp(1))`. log(x/2)/x^2 with x = 2y; (2/3) of it is 1/(12 e), attained at x = 2 sqrt(e). -/
theorem D16_best_rho :
    ∀ (y : ℝ), 0 < y → Real.log y / (2 * y) ^ 2 ≤ 1 / (8 * Real.exp 1) := by
  intro y hy
  have he := Real.exp_pos 1
  have hlog := log_le_div_exp_one (show 0 < y ^ 2 by positivity)
  rw [Real.log_pow, le_div_iff₀ he] at hlog
  push_cast at hlog
  have hleft : 0 < (2 * y) ^ 2 := by positivity
  have hright : 0 < 8 * Real.exp 1 := by linarith
  rw [div_le_div_iff₀ hleft hright]
  linarith

/-- **D16** (Appendix D, Step 4 (ours)), check `best-rho-exact`: `for x in (0, oo): log(x)/x^2 <=
1/(2*exp(1))`. -/
theorem D16_best_rho_exact :
    ∀ (x : ℝ), 0 < x → Real.log x / x ^ 2 ≤ 1 / (2 * Real.exp 1) := by
  intro x hx
  have he := Real.exp_pos 1
  have hlog := log_le_div_exp_one (show 0 < x ^ 2 by positivity)
  rw [Real.log_pow, le_div_iff₀ he] at hlog
  push_cast at hlog
  have hleft : 0 < x ^ 2 := by positivity
  have hright : 0 < 2 * Real.exp 1 := by linarith
  rw [div_le_div_iff₀ hleft hright]
  linarith

/-- **D16** (Appendix D, Step 4 (ours)), check `best-rho-in-coordinates`: `for v in (0, oo): 1 +
2*log(v) <= v^2`. x = 2 sqrt(e) v, and x = sqrt(e) v, in the two inequalities above; equality
at v = 1. -/
theorem D16_best_rho_in_coordinates :
    ∀ (v : ℝ), 0 < v → 1 + 2 * Real.log v ≤ v ^ 2 := by
  intro v hv
  have hlog := Real.log_le_sub_one_of_pos (show 0 < v ^ 2 by positivity)
  rw [Real.log_pow] at hlog
  push_cast at hlog
  linarith

/-- **D16** (Appendix D, Step 4 (ours)), check `gains`: `94 < 3072/(12*exp(1)) and 565 <
3072/(2*exp(1)) and 3072/(2*exp(1)) < 566`. -/
theorem D16_gains :
    (94 : ℝ) < 3072 / (12 * Real.exp 1) ∧ (565 : ℝ) < 3072 / (2 * Real.exp 1) ∧
      (3072 / (2 * Real.exp 1) : ℝ) < 566 := by
  have he := Real.exp_one_lt_d9
  have he' := Real.exp_one_gt_d9
  have hpos := Real.exp_pos 1
  refine ⟨?_, ?_, ?_⟩
  · rw [lt_div_iff₀ (by linarith)]
    linarith
  · rw [lt_div_iff₀ (by linarith)]
    linarith
  · rw [div_lt_iff₀ (by linarith)]
    linarith

/-- **D17** (Appendix D (ours)), check `bernoulli`: `for n in [0, oo), x in [0, 1], power in [0,
1]: (8*power <= 1) and (1 - n*x <= power) implies 7/8 <= n*x`. risk = 8 eps (1-x)^n <= eps
with x = 48 eps/(d(M+1)); (1-x)^n >= 1 - n x is D05's induction. -/
theorem D17_bernoulli :
    ∀ (n x power : ℝ), 0 ≤ n → 0 ≤ x → x ≤ 1 → 0 ≤ power → power ≤ 1 → 8 * power ≤ 1 →
      1 - n * x ≤ power → (7 / 8 : ℝ) ≤ n * x := by
  intro n x power hn hx hx' hpower hpower' h1 h2
  linarith

/-- **D17** (Appendix D (ours)), check `sample-size`: `for kappa in [2, oo), eps in (0, 1/16], d
in [1, oo), M in real, n in [0, oo): (7/8 <= n*(48*eps/(d*(M + 1)))) and (kappa/(16*eps) <= M
+ 1) implies (1/3072)*kappa*d/eps^2 < n`. With D07's M + 1 >= kappa_0/(16 eps). -/
theorem D17_sample_size :
    ∀ (kappa eps d M n : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) → 1 ≤ d → 0 ≤ n →
      (7 / 8 : ℝ) ≤ n * (48 * eps / (d * (M + 1))) → kappa / (16 * eps) ≤ M + 1 →
      (1 / 3072 : ℝ) * kappa * d / eps ^ 2 < n := by
  intro kappa eps d M n hkappa heps heps' hd hn h1 h2
  have hd0 : 0 < d := by linarith
  have hk0 : 0 < kappa := by linarith
  have hden : 0 < 16 * eps := by linarith
  have hM : 0 < M + 1 := lt_of_lt_of_le (div_pos hk0 hden) h2
  have hdM : 0 < d * (M + 1) := mul_pos hd0 hM
  rw [← mul_div_assoc, le_div_iff₀ hdM] at h1
  rw [div_le_iff₀ hden] at h2
  rw [div_lt_iff₀ (by positivity)]
  have ha := mul_le_mul_of_nonneg_right h2 hd0.le
  have hb := mul_le_mul_of_nonneg_left h1 hden.le
  have hpos : 0 < kappa * d := mul_pos hk0 hd0
  nlinarith [ha, hb, hpos]

/-- **D17** (Appendix D (ours)), check `necessary-as-printed`: `for kappa in [2, oo), eps in (0,
1/16], M in real, d in [1, oo), n in natural [0, oo): (1 + (kappa - 1)/(8*eps) < M + 1) and
(16*eps*(1/2)*(1 - 3*(16*eps)/(d*(M + 1)))^n <= eps) implies (1/3072)*kappa*d/eps^2 < n`. -/
theorem D17_necessary_as_printed :
    ∀ (kappa eps M d : ℝ) (n : ℕ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) → 1 ≤ d →
      1 + (kappa - 1) / (8 * eps) < M + 1 →
      16 * eps * (1 / 2 : ℝ) * (1 - 3 * (16 * eps) / (d * (M + 1))) ^ n ≤ eps →
      (1 / 3072 : ℝ) * kappa * d / eps ^ 2 < (n : ℝ) := by
  intro kappa eps M d n hkappa heps heps' hd h1 h2
  have hden : 0 < 8 * eps := by linarith
  have htwo : 2 ≤ (kappa - 1) / (8 * eps) := by
    rw [le_div_iff₀ hden]
    linarith
  have hM : (kappa - 1) / (8 * eps) < M := by linarith
  have hcount := D07_label_count kappa eps M hkappa heps heps' hM
  have hM3 : 3 ≤ M + 1 := by linarith
  have hdM : 3 ≤ d * (M + 1) := by nlinarith [mul_le_mul_of_nonneg_right hd (show 0 ≤ M + 1 by linarith)]
  obtain ⟨x, hx⟩ : ∃ x, x = 3 * (16 * eps) / (d * (M + 1)) := ⟨_, rfl⟩
  have hx1 : x ≤ 1 := by
    rw [hx, div_le_one (by linarith)]
    linarith
  rw [← hx] at h2
  have hpow : 8 * (1 - x) ^ n ≤ 1 :=
    le_of_mul_le_mul_left (show eps * (8 * (1 - x) ^ n) ≤ eps * 1 by linarith) heps
  have hbern := one_add_mul_le_pow (show -2 ≤ -x by linarith) n
  rw [← sub_eq_add_neg] at hbern
  have hvisit : 7 / 8 ≤ (n : ℝ) * (48 * eps / (d * (M + 1))) := by
    rw [show 48 * eps = 3 * (16 * eps) by ring, ← hx]
    linarith
  exact D17_sample_size kappa eps d M n hkappa heps heps' hd (Nat.cast_nonneg n) hvisit hcount

/-- **D17** (Appendix D (ours)), check `share`: `for d in [1, oo), n in (0, oo), rho in (0, 1], M
in real: (6*n*rho/d < M) and (3*rho <= d) implies 3*rho/(d*(M + 1))*(2*n + 1) <= 1`. A draw
hits an undecided prompt's two labels with a share a, a(2n+1) <= 1; 6 n rho/d is
2(kappa_0-1)/rho at rho^2 = (kappa_0-1)d/(3n). -/
theorem D17_share :
    ∀ (d n rho M : ℝ), 1 ≤ d → 0 < n → 0 < rho → rho ≤ 1 → 6 * n * rho / d < M → 3 * rho ≤ d →
      3 * rho / (d * (M + 1)) * (2 * n + 1) ≤ 1 := by
  intro d n rho M hd hn hrho hrho' h1 h2
  have hd0 : 0 < d := by linarith
  have hM : 0 < M := lt_trans (by positivity) h1
  have hdM : 0 < d * (M + 1) := by positivity
  rw [div_lt_iff₀ hd0] at h1
  rw [div_mul_eq_mul_div, div_le_one hdM]
  linarith

/-- **D17** (Appendix D (ours)), check `share-hypothesis`: `for d in [1, oo), n in (0, oo), rho in
(0, 1]: (3*(3*n*rho^2/d) <= n*d) implies 3*rho <= d`. n >= 3(kappa_0-1)/d with kappa_0-1 = 3 n
rho^2/d. -/
theorem D17_share_hypothesis :
    ∀ (d n rho : ℝ), 1 ≤ d → 0 < n → 0 < rho → rho ≤ 1 → 3 * (3 * n * rho ^ 2 / d) ≤ n * d →
      3 * rho ≤ d := by
  intro d n rho hd hn hrho hrho' h
  have hd0 : 0 < d := by linarith
  rw [← mul_div_assoc, div_le_iff₀ hd0] at h
  have hsq : 9 * rho ^ 2 ≤ d ^ 2 :=
    le_of_mul_le_mul_left (show n * (9 * rho ^ 2) ≤ n * d ^ 2 by linarith) hn
  exact (pow_le_pow_iff_left₀ (by linarith) hd0.le two_ne_zero).mp (by linarith)

/-- **D17** (Appendix D (ours)), check `share-to-exponential`: `for x in [0, oo): exp(-x) <= 1/(1
+ x)`. 1 - a >= 2n/(2n+1) = 1/(1 + 1/(2n)) >= exp(-1/(2n)). -/
theorem D17_share_to_exponential :
    ∀ (x : ℝ), 0 ≤ x → Real.exp (-x) ≤ 1 / (1 + x) := by
  intro x hx
  rw [Real.exp_neg, ← one_div]
  exact one_div_le_one_div_of_le (by linarith) (by linarith [Real.add_one_le_exp x])

/-- **D17** (Appendix D (ours)), check `share-complement`: `for a in (0, oo), n in (0, oo):
(a*(2*n + 1) <= 1) implies 1/(1 + 1/(2*n)) <= 1 - a`. -/
theorem D17_share_complement :
    ∀ (a n : ℝ), 0 < a → 0 < n → a * (2 * n + 1) ≤ 1 → 1 / (1 + 1 / (2 * n)) ≤ 1 - a := by
  intro a n ha hn h
  have hn2 : 0 < 2 * n := by linarith
  obtain ⟨y, hy⟩ : ∃ y, y = 1 / (2 * n) := ⟨_, rfl⟩
  have hy0 : 0 < y := by
    rw [hy]
    positivity
  have hcancel : y * (2 * n) = 1 := by
    rw [hy]
    exact one_div_mul_cancel hn2.ne'
  have hscaled := mul_le_mul_of_nonneg_left h hy0.le
  have hopen : y * (a * (2 * n + 1)) = a * (1 + y) := by linear_combination a * hcancel
  rw [← hy, div_le_iff₀ (by linarith)]
  linarith

/-- **D17** (Appendix D (ours)), check `power`: `for n in natural [1, oo): exp((-1)/(2*n))^n =
exp(-1/2)`. So (1-a)^n >= exp(-1/2), and the risk is at least rho/2 exp(-1/2). -/
theorem D17_power :
    ∀ (n : ℕ), 1 ≤ (n : ℝ) → Real.exp ((-1) / (2 * (n : ℝ))) ^ n = Real.exp (-1 / 2 : ℝ) := by
  intro n hn
  have hn0 : (n : ℝ) ≠ 0 := by
    have hpos : 0 < (n : ℝ) := by linarith
    exact hpos.ne'
  have hden : 2 * (n : ℝ) ≠ 0 := by
    have hpos : 0 < 2 * (n : ℝ) := by linarith
    exact hpos.ne'
  rw [← Real.exp_nat_mul]
  congr 1
  rw [← mul_div_assoc, div_eq_iff hden]
  ring

/-- **D17** (Appendix D (ours)), check `rho-at-most-one`: `for K in (0, oo), d in [1, oo), n in
(0, oo): (K*d*(1/3) <= n) implies sqrt(K*d/(3*n)) <= 1`. Where n >= (kappa_0-1) d/3 comes
from. -/
theorem D17_rho_at_most_one :
    ∀ (K d n : ℝ), 0 < K → 1 ≤ d → 0 < n → K * d * (1 / 3 : ℝ) ≤ n →
      Real.sqrt (K * d / (3 * n)) ≤ 1 := by
  intro K d n hK hd hn h
  refine Real.sqrt_le_iff.mpr ⟨zero_le_one, ?_⟩
  rw [one_pow, div_le_one (by linarith)]
  linarith

/-- **D17** (Appendix D (ours)), check `closed-constant`: `for kappa in [2, oo):
(383161/25000000)*kappa <= exp(-1)*(kappa - 1)*(1/12)`. 0.1238 sqrt(kappa_0 d/n) <= e^(-1/2)/2
sqrt((kappa_0-1)d/(3n)), squared. -/
theorem D17_closed_constant :
    ∀ (kappa : ℝ), 2 ≤ kappa →
      (383161 / 25000000 : ℝ) * kappa ≤ Real.exp (-1) * (kappa - 1) * (1 / 12 : ℝ) := by
  intro kappa hkappa
  have he := Real.exp_neg_one_gt_d9
  have hmul := mul_le_mul_of_nonneg_right he.le (show 0 ≤ kappa - 1 by linarith)
  linarith

/-- **D17** (Appendix D (ours)), check `constant-slack`: `for x in (0, oo), n in (0, oo):
8*exp((-x)*n) <= 1 implies log(8) <= x*n`. Small x: n >= log(8)/x = log(8) d(M+1)/(48 eps), 4
log 8 times c_0 kappa_0 d/eps^2. -/
theorem D17_constant_slack :
    ∀ (x n : ℝ), 0 < x → 0 < n → 8 * Real.exp ((-x) * n) ≤ 1 → Real.log 8 ≤ x * n := by
  intro x n hx hn
  intro h
  have hlog := Real.log_le_log (show 0 < 8 * Real.exp ((-x) * n) by positivity) h
  rw [Real.log_mul (by norm_num) (Real.exp_ne_zero _), Real.log_exp, Real.log_one] at hlog
  linarith

/-- **D18** (Theorem 4.1), check `class-fails`: `for M in [3, oo): 2/(M + 1) <= 1/2`. -/
theorem D18_class_fails :
    ∀ (M : ℝ), 3 ≤ M → 2 / (M + 1) ≤ (1 / 2 : ℝ) := by
  intro M hM
  rw [div_le_iff₀ (by linarith)]
  linarith

end SRVerify
