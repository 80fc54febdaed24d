import SRVerify.Scalar.LambertLevel

/-!
# Theorem 4.1: the rate (appendix D)

Domain, asymptotic direction with its sharp constant, monotonicity and the explicit rate,
entries D11-D14. Each statement is the one that the ledger prints for the check named in the
docstring.

## Main results

* `D12_direction`: (100) overstates the bound
* `D12_sandwich`: the sharp constant `√(1 - 1/e)`
* `D14_explicit_form`: the rate (101), (102)
-/

namespace SRVerify

/-- **D11** (Theorem 4.1), check `small-root-in-coordinates`: `for a in [0, oo), b in real:
exp(2*b)*((1/2) + a) <= (1/2) + a + b implies b <= 0`. With eps = exp(b)/16 and kappa = eps
exp(a - 1/2): f(eps) <= f(1/16) and eps <= kappa sqrt(e) give eps <= 1/16. -/
theorem D11_small_root_in_coordinates :
    ∀ (a b : ℝ), 0 ≤ a → Real.exp (2 * b) * ((1 / 2 : ℝ) + a) ≤ (1 / 2 : ℝ) + a + b → b ≤ 0 := by
  intro a b ha
  intro h
  by_contra hb
  have hlt := D08_increasing_in_coordinates a b ha (not_le.mp hb)
  linarith

/-- **D11** (Theorem 4.1), check `small-root`: `for kappa in [2, oo), eps in (0, oo): (eps <=
kappa*sqrt(exp(1))) and (eps^2*(1 + log(kappa/eps)) <= (1/256)*(1 + log(16*kappa))) implies
eps <= 1/16`. I <= f(1/16) puts eps_LB at or below 1/16. -/
theorem D11_small_root :
    ∀ (kappa eps : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ kappa * Real.sqrt (Real.exp 1) →
      eps ^ 2 * (1 + Real.log (kappa / eps)) ≤ (1 / 256 : ℝ) * (1 + Real.log (16 * kappa)) →
      eps ≤ (1 / 16 : ℝ) := by
  intro kappa eps hkappa heps h1 h2
  by_contra hnot
  have hlt := D08_increasing kappa (1 / 16) eps (by linarith) (by norm_num) heps (not_le.mp hnot) h1
  rw [show kappa / (1 / 16 : ℝ) = 16 * kappa by ring, show (1 / 16 : ℝ) ^ 2 = 1 / 256 by norm_num]
    at hlt
  linarith

/-- **D12** (Appendix D, Step 6, (100)), check `direction`: `for z in (0, oo): (z <= exp(-1))
implies log(1/z) <= -LambertW(-z, -1)`. -/
theorem D12_direction :
    ∀ (z : ℝ), 0 < z → z ≤ Real.exp (-1) → Real.log (1 / z) ≤ -SRVerify.lambertWm1 (-z) := by
  intro z hz h
  obtain ⟨hW, hspec⟩ := lambertWm1_spec (show -Real.exp (-1) ≤ -z by linarith) (by linarith)
  have hlog := Real.log_nonneg (show 1 ≤ -lambertWm1 (-z) by linarith)
  rw [one_div, Real.log_inv, log_of_lambert (by linarith) hspec]
  linarith

/-- **D12** (Appendix D, Step 6, (100)), check `ratio`: `for w in [1, oo): log(1/(w*exp(-w))) = w
- log(w)`. log(1/z) at z = w exp(-w); eps_LB^2 = 2I/w and eps~^2 = 2I/log(1/z). -/
theorem D12_ratio :
    ∀ (w : ℝ), 1 ≤ w → Real.log (1 / (w * Real.exp (-w))) = w - Real.log w := by
  intro w hw
  have hw0 : 0 < w := by linarith
  rw [one_div, Real.log_inv, Real.log_mul hw0.ne' (Real.exp_ne_zero _), Real.log_exp]
  ring

/-- **D12** (Appendix D, Step 6, (100)), check `sandwich-in-coordinates`: `for w in [1, oo): (1 -
exp(-1))*w <= w - log(w) and w - log(w) <= w`. -/
theorem D12_sandwich_in_coordinates :
    ∀ (w : ℝ), 1 ≤ w → (1 - Real.exp (-1)) * w ≤ w - Real.log w ∧ w - Real.log w ≤ w := by
  intro w hw
  have hw0 : 0 < w := by linarith
  have hlog := log_le_div_exp_one hw0
  have e : w / Real.exp 1 = Real.exp (-1) * w := by
    rw [Real.exp_neg, div_eq_inv_mul]
  have hnonneg := Real.log_nonneg hw
  exact ⟨by linarith, by linarith⟩

/-- **D12** (Appendix D, Step 6, (100)), check `sandwich-at-e`: `for v in (0, oo): 1 + log(v) <=
v`. log w <= w/e at w = e v: equality at v = 1. -/
theorem D12_sandwich_at_e :
    ∀ (v : ℝ), 0 < v → 1 + Real.log v ≤ v := by
  intro v hv
  linarith [Real.log_le_sub_one_of_pos hv]

/-- **D12** (Appendix D, Step 6, (100)), check `sharp`: `for c in real: (c*exp(1) <= exp(1) -
log(exp(1))) implies c <= 1 - exp(-1)`. A constant c that is valid at w = e is at most 1 -
1/e. -/
theorem D12_sharp :
    ∀ (c : ℝ), c * Real.exp 1 ≤ Real.exp 1 - Real.log (Real.exp 1) → c ≤ 1 - Real.exp (-1) := by
  intro c h
  rw [Real.log_exp] at h
  have hcancel : Real.exp (-1) * Real.exp 1 = 1 := by
    rw [← Real.exp_add]
    norm_num
  exact le_of_mul_le_mul_right
    (show c * Real.exp 1 ≤ (1 - Real.exp (-1)) * Real.exp 1 by linarith) (Real.exp_pos 1)

/-- **D12** (Appendix D, Step 6, (100)), check `sandwich`: `for kappa in (0, oo), J in (0, oo): (J
<= exp(1)*kappa^2*(1/2)) implies sqrt(1 - exp(-1))*sqrt(2*J/log(exp(2)*kappa^2/(2*J))) <=
kappa*exp(1 + LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)) and kappa*exp(1 +
LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2)) <= sqrt(2*J/log(exp(2)*kappa^2/(2*J)))`. The
repaired (100) in the paper's variables. -/
theorem D12_sandwich :
    ∀ (kappa J : ℝ), 0 < kappa → 0 < J → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      Real.sqrt (1 -
      Real.exp (-1)) * Real.sqrt (2 * J / Real.log (Real.exp 2 * kappa ^ 2 / (2 * J))) ≤
      kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) ∧
      kappa * Real.exp (1 +
      SRVerify.lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) ≤
      Real.sqrt (2 * J / Real.log (Real.exp 2 * kappa ^ 2 / (2 * J))) := by
  intro kappa J hkappa hJ h
  obtain ⟨hlow, hneg⟩ := D09_argument kappa J hkappa hJ h
  obtain ⟨hW, hspec⟩ := lambertWm1_spec hlow hneg
  rw [sqrt_form_of_lambert hkappa (by linarith) hspec,
    log_level_of_lambert hkappa hJ (by linarith) hspec]
  obtain ⟨hsharp, hupper⟩ := D12_sandwich_in_coordinates
    (-lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2))) (by linarith)
  obtain ⟨w, hw⟩ : ∃ w, w = -lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) := ⟨_, rfl⟩
  rw [← hw] at hsharp hupper ⊢
  have hw0 : 0 < w := by linarith
  have hc : 0 < 1 - Real.exp (-1) := by
    have hlt := Real.exp_lt_exp.mpr (show (-1 : ℝ) < 0 by norm_num)
    rw [Real.exp_zero] at hlt
    linarith
  have hl : 0 < w - Real.log w := lt_of_lt_of_le (mul_pos hc hw0) hsharp
  have h2J : 0 ≤ 2 * J := by linarith
  constructor
  · rw [← Real.sqrt_mul hc.le]
    apply Real.sqrt_le_sqrt
    rw [← mul_div_assoc, div_le_div_iff₀ hl hw0]
    have hmul := mul_le_mul_of_nonneg_left hsharp h2J
    linarith
  · exact Real.sqrt_le_sqrt (div_le_div_of_nonneg_left h2J hl hupper)

/-- **D12** (Appendix D, Step 6, (100)), check `applicable-range`: `for kappa in [2, oo), eps in
(0, 1/16]: 2*(1 + log(32)) <= 2 + 2*log(kappa/eps)`. w = 2 + 2 log(kappa/eps) where the bound
applies. -/
theorem D12_applicable_range :
    ∀ (kappa eps : ℝ), 2 ≤ kappa → 0 < eps → eps ≤ (1 / 16 : ℝ) →
      2 * (1 + Real.log 32) ≤ 2 + 2 * Real.log (kappa / eps) := by
  intro kappa eps hkappa heps heps'
  have hlog : Real.log 32 ≤ Real.log (kappa / eps) := by
    apply Real.log_le_log (by norm_num)
    rw [le_div_iff₀ heps]
    linarith
  linarith

/-- **D12** (Appendix D, Step 6, (100)), check `applicable-constant`: `for w in real: (2*(1 +
log(32)) <= w) implies 294849/390625 <= 1 - log(w)/w`. -/
theorem D12_applicable_constant :
    ∀ (w : ℝ), 2 * (1 + Real.log 32) ≤ w → (294849 / 390625 : ℝ) ≤ 1 - Real.log w / w := by
  intro w h
  have hlow := Real.log_two_gt_d9
  have hhigh := Real.log_two_lt_d9
  have h32 : Real.log 32 = 5 * Real.log 2 := by
    rw [show (32 : ℝ) = 2 ^ 5 by norm_num, Real.log_pow]
    norm_num
  have hw0 : 0 < w := by linarith
  have htan : Real.log w ≤ Real.log (893 / 100) + 100 / 893 * w - 1 := by
    have hline := log_le_tangent hw0 (show (0 : ℝ) < 893 / 100 by norm_num)
    have hslope : w / (893 / 100) = 100 / 893 * w := by ring
    rw [hslope] at hline
    exact hline
  have hsmall : Real.log (1003443 / 1000000 : ℝ) ≤ 1003443 / 1000000 - 1 :=
    Real.log_le_sub_one_of_pos (by norm_num)
  have hnum : Real.log (893 / 100) ≤ 3 * Real.log 2 + 32 * Real.log (1003443 / 1000000 : ℝ) := by
    have hle : (893 / 100 : ℝ) ≤ 2 ^ 3 * (1003443 / 1000000 : ℝ) ^ 32 := by norm_num
    have hlog := Real.log_le_log (by norm_num) hle
    rw [Real.log_mul (by norm_num) (by norm_num), Real.log_pow, Real.log_pow] at hlog
    push_cast at hlog
    linarith
  have hratio : Real.log w / w ≤ 95776 / 390625 := by
    rw [div_le_iff₀ hw0]
    linarith
  linarith

/-- **D13** (Appendix D, Step 6), check `level-decreases`: `for a in [0, oo), b in (0, oo): (1 + a
+ b)*exp(-b) < 1 + a`. w exp(-w) at w = 1+a+b against w = 1+a, divided by exp(-1-a). -/
theorem D13_level_decreases :
    ∀ (a b : ℝ), 0 ≤ a → 0 < b → (1 + a + b) * Real.exp (-b) < 1 + a := by
  intro a b ha hb
  have hexp := mul_lt_mul_of_pos_left (Real.add_one_lt_exp hb.ne') (show 0 < 1 + a by linarith)
  have hlt : 1 + a + b < (1 + a) * Real.exp b := by linarith [mul_nonneg ha hb.le]
  have hmul := mul_lt_mul_of_pos_right hlt (Real.exp_pos (-b))
  have hcancel : (1 + a) * Real.exp b * Real.exp (-b) = 1 + a := by
    rw [mul_assoc, ← Real.exp_add, add_neg_cancel, Real.exp_zero, mul_one]
  linarith

/-- **D13** (Appendix D, Step 6), check `root-decreases`: `for b in (0, oo): exp((-b)*(1/2)) < 1`.
The root kappa exp(1 - w/2) at w = 1+a+b against w = 1+a. -/
theorem D13_root_decreases :
    ∀ (b : ℝ), 0 < b → Real.exp ((-b) * (1 / 2 : ℝ)) < 1 := by
  intro b hb
  have hlt := Real.exp_lt_exp.mpr (show (-b) * (1 / 2 : ℝ) < 0 by linarith)
  rwa [Real.exp_zero] at hlt

/-- **D13** (Appendix D, Step 6), check `level-in-samples`: `for kappa in (0, oo), L in (0, oo), n
in (0, oo), m in (0, oo): (n < m) implies kappa*L/(3072*m) < kappa*L/(3072*n)`. -/
theorem D13_level_in_samples :
    ∀ (kappa L n m : ℝ), 0 < kappa → 0 < L → 0 < n → 0 < m → n < m →
      kappa * L / (3072 * m) < kappa * L / (3072 * n) := by
  intro kappa L n m hkappa hL hn hm h
  have hkL := mul_pos hkappa hL
  rw [div_lt_div_iff₀ (by linarith) (by linarith)]
  linarith [mul_lt_mul_of_pos_left h hkL]

/-- **D13** (Appendix D, Step 6), check `derivative-positive`: `for kappa in (0, oo), eps in (0,
oo): (eps < kappa) implies 0 < eps*log(kappa/eps)/(kappa*(1 + 2*log(kappa/eps)))`. -/
theorem D13_derivative_positive :
    ∀ (kappa eps : ℝ), 0 < kappa → 0 < eps → eps < kappa →
      0 < eps * Real.log (kappa / eps) / (kappa * (1 + 2 * Real.log (kappa / eps))) := by
  intro kappa eps hkappa heps h
  have hlog : 0 < Real.log (kappa / eps) := by
    apply Real.log_pos
    rw [lt_div_iff₀ heps]
    linarith
  exact div_pos (mul_pos heps hlog) (mul_pos hkappa (by linarith))

/-- **D14** (Appendix D, Step 6; Theorem 4.1, (6)), check `logarithms`: `for kappa in (0, oo), L
in (0, oo), n in (0, oo): log(exp(2)*kappa^2/(2*((1/3072)*kappa*L/n))) = 2*(1 +
(1/2)*log(kappa*n/((1/1536)*L)))`. The one step of the derivation. -/
theorem D14_logarithms :
    ∀ (kappa L n : ℝ), 0 < kappa → 0 < L → 0 < n →
      Real.log (Real.exp 2 * kappa ^ 2 / (2 * ((1 / 3072 : ℝ) * kappa * L / n))) =
      2 * (1 + (1 / 2 : ℝ) * Real.log (kappa * n / ((1 / 1536 : ℝ) * L))) := by
  intro kappa L n hkappa hL hn
  have hratio : 0 < kappa * n / ((1 / 1536 : ℝ) * L) := by positivity
  have e : Real.exp 2 * kappa ^ 2 / (2 * ((1 / 3072 : ℝ) * kappa * L / n)) =
      Real.exp 2 * (kappa * n / ((1 / 1536 : ℝ) * L)) := by
    have hleft : 2 * ((1 / 3072 : ℝ) * kappa * L / n) ≠ 0 := by positivity
    have hright : (1 / 1536 : ℝ) * L ≠ 0 := by positivity
    have hcancel : n * (1 / n) = 1 := mul_one_div_cancel hn.ne'
    have hquotient : Real.exp 2 * (kappa * n / ((1 / 1536 : ℝ) * L)) =
        Real.exp 2 * (kappa * n) / ((1 / 1536 : ℝ) * L) := (mul_div_assoc _ _ _).symm
    rw [hquotient, div_eq_div_iff hleft hright]
    linear_combination (-(Real.exp 2 * kappa ^ 2 * L * (1 / 1536))) * hcancel
  rw [e, Real.log_mul (Real.exp_ne_zero 2) hratio.ne', Real.log_exp]
  ring

/-- **D14** (Appendix D, Step 6; Theorem 4.1, (6)), check `denominator-positive`: `for kappa in
(0, oo), L in (0, oo), n in (0, oo): ((1/3072)*kappa*L/n <= exp(1)*kappa^2*(1/2)) implies 0 <
1 + (1/2)*log(kappa*n/((1/1536)*L))`. -/
theorem D14_denominator_positive :
    ∀ (kappa L n : ℝ), 0 < kappa → 0 < L → 0 < n →
      (1 / 3072 : ℝ) * kappa * L / n ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      0 < 1 + (1 / 2 : ℝ) * Real.log (kappa * n / ((1 / 1536 : ℝ) * L)) := by
  intro kappa L n hkappa hL hn h
  rw [div_le_iff₀ hn] at h
  have hcancel : Real.exp (-1) * Real.exp 1 = 1 := by
    rw [← Real.exp_add]
    norm_num
  have hlevel : (1 / 1536 : ℝ) * L ≤ Real.exp 1 * (kappa * n) :=
    le_of_mul_le_mul_left
      (show kappa * ((1 / 1536 : ℝ) * L) ≤ kappa * (Real.exp 1 * (kappa * n)) by linarith) hkappa
  have hratio : Real.exp (-1) ≤ kappa * n / ((1 / 1536 : ℝ) * L) := by
    rw [le_div_iff₀ (by linarith)]
    have hmul := mul_le_mul_of_nonneg_left hlevel (Real.exp_pos (-1)).le
    have e : Real.exp (-1) * (Real.exp 1 * (kappa * n)) = kappa * n := by
      rw [← mul_assoc, hcancel, one_mul]
    linarith
  have hlog := Real.log_le_log (Real.exp_pos (-1)) hratio
  rw [Real.log_exp] at hlog
  linarith

/-- **D14** (Appendix D, Step 6; Theorem 4.1, (6)), check `explicit-form`: `for kappa in (0, oo),
L in (0, oo), n in (0, oo): ((1/3072)*kappa*L/n <= exp(1)*kappa^2*(1/2)) implies
sqrt(2*((1/3072)*kappa*L/n)/log(exp(2)*kappa^2/(2*((1/3072)*kappa*L/n)))) =
sqrt((1/3072)*kappa*L/(n*(1 + (1/2)*log(kappa*n/((1/1536)*L)))))`. -/
theorem D14_explicit_form :
    ∀ (kappa L n : ℝ), 0 < kappa → 0 < L → 0 < n →
      (1 / 3072 : ℝ) * kappa * L / n ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) →
      Real.sqrt (2 * ((1 / 3072 : ℝ) * kappa * L / n) / Real.log (Real.exp 2 *
      kappa ^ 2 / (2 * ((1 / 3072 : ℝ) * kappa * L / n)))) =
      Real.sqrt ((1 / 3072 : ℝ) * kappa * L / (n * (1 +
      (1 / 2 : ℝ) * Real.log (kappa * n / ((1 / 1536 : ℝ) * L))))) := by
  intro kappa L n hkappa hL hn h
  have htwo : (2 : ℝ) ≠ 0 := by norm_num
  rw [D14_logarithms kappa L n hkappa hL hn, mul_div_mul_left _ _ htwo, div_div]

/-- **D14** (Appendix D, Step 6; Theorem 4.1, (6)), check `explicit-form-in-coordinates`: `for J
in (0, oo), l in (-2, oo): sqrt(2*J/(2*(1 + (1/2)*l))) = sqrt(J/(1 + (1/2)*l))`. J = c_0
kappa_0 L/n and l = log(kappa_0 n/(2 c_0 L)). -/
theorem D14_explicit_form_in_coordinates :
    ∀ (J l : ℝ), 0 < J → (-2) < l →
      Real.sqrt (2 * J / (2 * (1 + (1 / 2 : ℝ) * l))) = Real.sqrt (J / (1 + (1 / 2 : ℝ) * l)) := by
  intro J l hJ hl
  have htwo : (2 : ℝ) ≠ 0 := by norm_num
  rw [mul_div_mul_left _ _ htwo]

end SRVerify
