import SRVerify.Scalar.LambertW

/-!
# Statements of the paper that fail

For checks that the audit refutes, the negation of the printed statement, by an explicit point at
which every term is defined: where the domains do not plainly give that, the printed negation asks
for it. The theorem of the check `C38/delta-once` is `C38_delta_once_refuted`.

## Main results

* `S08_fixed_radius_refuted`: a fixed radius R keeps A-REAL only while alpha_T ||theta_0|| <= R
* `S09_strong_constant_refuted`: a strong c uniform over T rounds is at most e^{-gamma_0
  alpha_T}: use the weak one
* `D12_lower_bound_as_stated_refuted`: (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and
  sqrt(1-1/e) is sharp
* `D12_lower_bound_in_coordinates_refuted`: (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~,
  and sqrt(1-1/e) is sharp
* `E03_room_up_to_half_refuted`: mass exactly 1/2 is not below 1/2: there greedy can fail by a
  tie only
* `C12_lower_tail_unbounded_refuted`: P(pi_0/pi-hat >= e^t) <= e^-t is false for pi_0 = (1/2,
  1/2), pi-hat = (1-s, s).
* `C25_dropped_logarithm_refuted`: kappa_1 <= 1 + 2A/c does not follow by dropping the logarithm;
  it is true by C26
* `C38_delta_once_refuted`: T rounds need delta/T each: log(T|Pi|/delta) in eps_stat
* `F04_indicator_refuted`: the truncated loss is Lipschitz if truncation projects, not if it cuts
  by an indicator
* `G06_any_ridge_refuted`: with lambda = eps^2/(4R^2): log-covering <= sum_{i<=k}
  log(4(1+sqrt3/2)R sqrt(lambda_i)/(sqrt3 eps)) <= 2 d_lambda log+(5R sqrt(lambda_1)/eps)
* `G07_constant_one_refuted`: 'fix any lambda > 0' in Lemma G.2 is false, and no universal
  constant saves it
* `G07_constant_thousand_refuted`: 'fix any lambda > 0' in Lemma G.2 is false, and no universal
  constant saves it
* `G08_doubly_logarithmic_refuted`: under exponential decay lambda = 1/d gives log d, not log log
  d; the sample-dependent ridge needs the resolution of F06
-/

namespace SRVerify

/-- **S08** (Assumption 5.1 with Definition 6.1), check `fixed-radius` fails: `for b in (0, 1], m
in (0, oo), R in (0, oo), T in natural [0, oo): (m <= R) implies (1 + 1/b)^T*m <= R`. -/
theorem S08_fixed_radius_refuted :
    ¬ (∀ (b m R : ℝ) (T : ℕ), 0 < b → b ≤ 1 → 0 < m → 0 < R → m ≤ R → (1 + 1 / b) ^ T * m ≤ R) := by
  intro h
  have hbad := h 1 1 1 1 (by norm_num) (by norm_num) (by norm_num) (by norm_num) (by norm_num)
  norm_num at hbad

/-- **S09** (Lemma C.3 against Definition 5.2), check `strong-constant` fails: `for c in (0,
1/2], g in (0, 1], b in (0, 1], T in natural [0, oo): (c <= exp(-g)) implies c <= exp((-g)*(1 +
1/b)^T)`. -/
theorem S09_strong_constant_refuted :
    ¬ (∀ (c g b : ℝ) (T : ℕ), 0 < c → c ≤ (1 / 2 : ℝ) → 0 < g → g ≤ 1 → 0 < b → b ≤ 1 → c ≤
      Real.exp (-g) → c ≤ Real.exp ((-g) * (1 + 1 / b) ^ T)) := by
  intro h
  have hsmall : Real.exp (-1) < 2 / 5 := by linarith [Real.exp_neg_one_lt_d9]
  have hlarge : (1 / 4 : ℝ) ≤ Real.exp (-1) := by linarith [Real.exp_neg_one_gt_d9]
  have hbad := h (1 / 4) 1 1 1 (by norm_num) (by norm_num) (by norm_num) (by norm_num)
    (by norm_num) (by norm_num) hlarge
  have harg : (-1 : ℝ) * (1 + 1 / 1) ^ 1 = -1 + -1 := by norm_num
  rw [harg, Real.exp_add] at hbad
  have hpos := Real.exp_pos (-1)
  have hsq : Real.exp (-1) * Real.exp (-1) ≤ Real.exp (-1) * (2 / 5) :=
    mul_le_mul_of_nonneg_left hsmall.le hpos.le
  linarith

/-- **D12** (Appendix D, Step 6, (100)), check `lower-bound-as-stated` fails: `for kappa in (0,
oo), J in (0, oo): (J <= exp(1)*kappa^2*(1/2)) implies sqrt(2*J/log(exp(2)*kappa^2/(2*J))) <=
kappa*exp(1 + LambertW((-(2*J))/(exp(2)*kappa^2), -1)*(1/2))`. -/
theorem D12_lower_bound_as_stated_refuted :
    ¬ (∀ (kappa J : ℝ), 0 < kappa → 0 < J → Real.log (Real.exp 2 * kappa ^ 2 / (2 * J)) < 0 ∨ 0 <
      Real.log (Real.exp 2 * kappa ^ 2 / (2 * J)) → 0 ≤ 2 * J / Real.log (Real.exp 2 * kappa ^ 2
      / (2 * J)) → -Real.exp (-1) ≤ (-(2 * J)) / (Real.exp 2 * kappa ^ 2) ∧ (-(2 * J)) /
      (Real.exp 2 * kappa ^ 2) < 0 → J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ) → Real.sqrt (2 * J
      / Real.log (Real.exp 2 * kappa ^ 2 / (2 * J))) ≤ kappa * Real.exp (1 + SRVerify.lambertWm1
      ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ))) := by
  intro h
  have hlow := Real.log_two_gt_d9
  have hhigh := Real.log_two_lt_d9
  have hquotient : Real.exp 2 * 1 ^ 2 / (2 * 1) = Real.exp 2 / 2 := by ring
  have hlog : Real.log (Real.exp 2 / 2) = 2 - Real.log 2 := by
    rw [Real.log_div (Real.exp_pos 2).ne' two_ne_zero, Real.log_exp]
  have hpoint : (-(2 * 1)) / (Real.exp 2 * 1 ^ 2) = -2 * Real.exp (-2) := by
    rw [Real.exp_neg]
    ring
  have hW : lambertWm1 ((-(2 * 1)) / (Real.exp 2 * 1 ^ 2)) = -2 := by
    rw [hpoint]
    exact lambertWm1_mul_exp (by norm_num)
  have hsplit : Real.exp (-2) = Real.exp (-1) * Real.exp (-1) := by
    rw [← Real.exp_add]
    norm_num
  have hsq : Real.exp (-1) * Real.exp (-1) ≤ Real.exp (-1) * (1 / 2) :=
    mul_le_mul_of_nonneg_left (by linarith [Real.exp_neg_one_lt_d9]) (Real.exp_pos (-1)).le
  have hnonzero : Real.log (Real.exp 2 * 1 ^ 2 / (2 * 1)) < 0 ∨
      0 < Real.log (Real.exp 2 * 1 ^ 2 / (2 * 1)) := by
    rw [hquotient, hlog]
    right
    linarith
  have hroot : 0 ≤ 2 * 1 / Real.log (Real.exp 2 * 1 ^ 2 / (2 * 1)) := by
    rw [hquotient, hlog]
    exact div_nonneg (by norm_num) (by linarith)
  have hbranch : -Real.exp (-1) ≤ (-(2 * 1)) / (Real.exp 2 * 1 ^ 2) ∧
      (-(2 * 1)) / (Real.exp 2 * 1 ^ 2) < 0 := by
    rw [hpoint, hsplit]
    have hpos := mul_pos (Real.exp_pos (-1)) (Real.exp_pos (-1))
    constructor <;> linarith
  have hlevel : 1 ≤ Real.exp 1 * 1 ^ 2 * (1 / 2 : ℝ) := by
    have hhalf : Real.exp 1 * 1 ^ 2 * (1 / 2 : ℝ) = Real.exp 1 / 2 := by ring
    rw [hhalf]
    linarith [Real.exp_one_gt_d9]
  have hbad := h 1 1 (by norm_num) (by norm_num) hnonzero hroot hbranch hlevel
  have hzero : (1 : ℝ) + -2 * (1 / 2) = 0 := by norm_num
  rw [hW, hzero, Real.exp_zero, hquotient, hlog] at hbad
  have hlt : 1 < 2 * 1 / (2 - Real.log 2) := by
    rw [lt_div_iff₀ (by linarith)]
    linarith
  have hsqrt := Real.sqrt_lt_sqrt zero_le_one hlt
  rw [Real.sqrt_one] at hsqrt
  linarith

/-- **D12** (Appendix D, Step 6, (100)), check `lower-bound-in-coordinates` fails: `for w in [1,
oo): w <= w - log(w)`. -/
theorem D12_lower_bound_in_coordinates_refuted :
    ¬ (∀ (w : ℝ), 1 ≤ w → w ≤ w - Real.log w) := by
  intro h
  have hbad := h 2 (by norm_num)
  linarith [Real.log_two_gt_d9]

/-- **E03** (Proposition 4.3 ('at most 1/2')), check `room-up-to-half` fails: `for q in (0, 1/2]:
0 < 1 - 2*q`. -/
theorem E03_room_up_to_half_refuted :
    ¬ (∀ (q : ℝ), 0 < q → q ≤ (1 / 2 : ℝ) → 0 < 1 - 2 * q) := by
  intro h
  have hbad := h (1 / 2) (by norm_num) (by norm_num)
  norm_num at hbad

/-- **C12** (Appendix C.2, (27)), check `lower-tail-unbounded` fails: `for s in (0, 1/2), t in
[0, oo): (exp(t) <= (1/2)/s) implies 1/2 <= exp(-t)`. -/
theorem C12_lower_tail_unbounded_refuted :
    ¬ (∀ (s t : ℝ), 0 < s → s < (1 / 2 : ℝ) → 0 ≤ t → Real.exp t ≤ (1 / 2 : ℝ) / s → (1 / 2 : ℝ)
      ≤ Real.exp (-t)) := by
  intro h
  have hfour : (1 / 2 : ℝ) / (1 / 8) = 4 := by norm_num
  have hexp : Real.exp 1 ≤ (1 / 2 : ℝ) / (1 / 8) := by
    rw [hfour]
    linarith [Real.exp_one_lt_d9]
  have hbad := h (1 / 8) 1 (by norm_num) (by norm_num) (by norm_num) hexp
  linarith [Real.exp_neg_one_lt_d9]

/-- **C25** (Lemma C.3, (57), (58)), check `dropped-logarithm` fails: `for A in (0, 1), m in (1,
oo): (A <= 1 + (-1)/m) implies 1 + A*(m + log((m - 1)*(1 - A)/A)) <= 1 + 2*A*m`. -/
theorem C25_dropped_logarithm_refuted :
    ¬ (∀ (A m : ℝ), 0 < A → A < 1 → 1 < m → 0 < (m - 1) * (1 - A) / A → A ≤ 1 + (-1) / m → 1 + A
      * (m + Real.log ((m - 1) * (1 - A) / A)) ≤ 1 + 2 * A * m) := by
  intro h
  have hnine : ((2 : ℝ) - 1) * (1 - 1 / 10) / (1 / 10) = 9 := by norm_num
  have hbad := h (1 / 10) 2 (by norm_num) (by norm_num) (by norm_num) (by norm_num) (by norm_num)
  rw [hnine] at hbad
  have hthree : Real.exp 1 < 3 := by linarith [Real.exp_one_lt_d9]
  have hlog := (Real.lt_log_iff_exp_lt (show (0 : ℝ) < 3 by norm_num)).mpr hthree
  have hpow : Real.log ((3 : ℝ) ^ 2) = 2 * Real.log 3 := log_sq 3
  have hsq : (3 : ℝ) ^ 2 = 9 := by norm_num
  rw [hsq] at hpow
  linarith

/-- **C38** (Theorem 5.3), check `delta-once` fails: `for delta in (0, 1): 1 - (1 - delta)^2 <=
delta`. -/
theorem C38_delta_once_refuted :
    ¬ (∀ (delta : ℝ), 0 < delta → delta < 1 → 1 - (1 - delta) ^ 2 ≤ delta) := by
  intro h
  have hbad := h (1 / 2) (by norm_num) (by norm_num)
  norm_num at hbad

/-- **F04** (Lemma F.4, display (115)), check `indicator` fails: `for B in (0, oo), t in (0, oo):
(B - (-B))^2 + 0 <= 8*t*B`. -/
theorem F04_indicator_refuted :
    ¬ (∀ (B t : ℝ), 0 < B → 0 < t → (B - (-B)) ^ 2 + 0 ≤ 8 * t * B) := by
  intro h
  have hbad := h 1 (1 / 4) (by norm_num) (by norm_num)
  norm_num at hbad

/-- **G06** (Lemma G.2), check `any-ridge` fails: `for l in (0, oo): log(10) <= 2/(1 +
l)*log(50)`. -/
theorem G06_any_ridge_refuted :
    ¬ (∀ (l : ℝ), 0 < l → Real.log 10 ≤ 2 / (1 + l) * Real.log 50) := by
  intro h
  have hbad := h 9 (by norm_num)
  have hlog := Real.log_lt_log (show (0 : ℝ) < 50 by norm_num) (show (50 : ℝ) < 10 ^ 2 by norm_num)
  rw [log_sq] at hlog
  have hfifth : (2 : ℝ) / (1 + 9) = 1 / 5 := by norm_num
  rw [hfifth] at hbad
  have hpos := Real.log_pos (show (1 : ℝ) < 10 by norm_num)
  linarith

/-- **G07** (Lemma G.2 ('fix any lambda > 0')), check `constant-one` fails: `for l in (0, oo):
log(10) <= log(11)/(1 + l)`. -/
theorem G07_constant_one_refuted :
    ¬ (∀ (l : ℝ), 0 < l → Real.log 10 ≤ Real.log 11 / (1 + l)) := by
  intro h
  have hbad := h 1 (by norm_num)
  have hlog := Real.log_lt_log (show (0 : ℝ) < 11 by norm_num) (show (11 : ℝ) < 10 ^ 2 by norm_num)
  rw [log_sq] at hlog
  have hhalf : Real.log 11 / (1 + 1) = Real.log 11 / 2 := by norm_num
  rw [hhalf] at hbad
  linarith

/-- **G07** (Lemma G.2 ('fix any lambda > 0')), check `constant-thousand` fails: `for l in (0,
oo): log(10) <= 1000/(1 + l)*log(11)`. -/
theorem G07_constant_thousand_refuted :
    ¬ (∀ (l : ℝ), 0 < l → Real.log 10 ≤ 1000 / (1 + l) * Real.log 11) := by
  intro h
  have hbad := h 1999 (by norm_num)
  have hlog := Real.log_lt_log (show (0 : ℝ) < 11 by norm_num) (show (11 : ℝ) < 10 ^ 2 by norm_num)
  rw [log_sq] at hlog
  have hhalf : (1000 : ℝ) / (1 + 1999) = 1 / 2 := by norm_num
  rw [hhalf] at hbad
  linarith

/-- **G08** (Remark 6.5, Corollary 6.4), check `doubly-logarithmic` fails: `for d in [3, oo):
(log(d) - 1)*(1/2) <= 3*log(log(d))`. -/
theorem G08_doubly_logarithmic_refuted :
    ¬ (∀ (d : ℝ), 3 ≤ d → 0 < Real.log d → (Real.log d - 1) * (1 / 2 : ℝ) ≤ 3 * Real.log
      (Real.log d)) := by
  intro h
  have hlarge : 3 ≤ Real.exp 64 := by linarith [Real.add_one_le_exp (64 : ℝ)]
  have hpos : 0 < Real.log (Real.exp 64) := by
    rw [Real.log_exp]
    norm_num
  have hbad := h (Real.exp 64) hlarge hpos
  rw [Real.log_exp] at hbad
  have hpow : Real.log ((2 : ℝ) ^ 6) = 6 * Real.log 2 := by
    have h6 := Real.log_pow (2 : ℝ) 6
    rwa [Nat.cast_ofNat] at h6
  have hsixtyfour : (2 : ℝ) ^ 6 = 64 := by norm_num
  rw [hsixtyfour] at hpow
  linarith [Real.log_two_lt_d9]

end SRVerify
