import SRVerify.Scalar.Basics

/-!
# Theorem 4.1: the lower bound (appendix D)

The hard instance, the count of visits and the scalar inequality (92), entries D01-D07. Each
statement is the one that the ledger prints for the check named in the docstring.

## Main results

* `D05_bernoulli`: two unseen labels, by Bernoulli
* `D06_misclassification`: the average error of one eighth
* `D07_necessary`: the scalar inequality (92) with constant `1/3072`
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
    ∀ (d : ℕ) (rho : ℝ), 1 ≤ (d : ℝ) → 0 < rho → rho ≤ 1 →
      1 - rho + (d : ℝ) * (rho / (d : ℝ)) = 1 := by
  intro d rho hd hrho hrho'
  have hd0 : (d : ℝ) ≠ 0 := by
    have hpos : 0 < (d : ℝ) := by linarith
    exact hpos.ne'
  have e : (d : ℝ) * (rho / (d : ℝ)) = rho := mul_div_of_ne hd0 rho
  linarith

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `unique-mode`: `for M in
natural [2, oo), eta in (0, oo): 1/(M + eta) < (1 + eta)/(M + eta)`. -/
theorem D01_unique_mode :
    ∀ (M : ℕ) (eta : ℝ), 2 ≤ (M : ℝ) → 0 < eta →
      1 / ((M : ℝ) + eta) < (1 + eta) / ((M : ℝ) + eta) := by
  intro M eta hM heta
  exact div_lt_div_of_pos_right (by linarith) (by linarith)

/-- **D01** (Appendix D, Step 1; (81), (82), (83), (84), (85)), check `margin`: `for M in natural
[2, oo), eta in (0, oo): log((1 + eta)/(M + eta)) - log(1/(M + eta)) = log(1 + eta)`. -/
theorem D01_margin :
    ∀ (M : ℕ) (eta : ℝ), 2 ≤ (M : ℝ) → 0 < eta →
      Real.log ((1 + eta) / ((M : ℝ) + eta)) - Real.log (1 / ((M : ℝ) + eta)) =
      Real.log (1 + eta) := by
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
    ∀ (rho : ℝ) (d M : ℕ) (eta : ℝ), 0 < rho → rho ≤ 1 → 1 ≤ (d : ℝ) → 2 ≤ (M : ℝ) →
      0 < eta → 1 - rho + (d : ℝ) * (rho / (d : ℝ)) / ((1 + eta) / ((M : ℝ) + eta)) =
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
    ∀ (p q : ℝ), 0 ≤ p → p ≤ 1 → 0 ≤ q → q ≤ 1 → (1 / 2 : ℝ) < p → p + q ≤ 1 →
      q < (1 / 2 : ℝ) := by
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
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      (kappa - 1) / (8 * eps) < M → kappa / (16 * eps) ≤ M + 1 := by
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
    ∀ (kappa eps a log_labels log_ratio : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      0 < a → 0 < log_labels → 0 < log_ratio → kappa / (16 * eps) ≤ a →
      log_labels ≤ log_ratio →
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
    ∀ (kappa eps M : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      (kappa - 1) / (8 * eps) < M →
      kappa / (3072 * eps ^ 2 * (1 + Real.log (kappa / eps))) ≤
      (M + 1) / (192 * eps * Real.log M) := by
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

end SRVerify
