import SRVerify.Scalar.Basics

/-!
# Preliminaries (section 3)

The Gibbs optimum, the self-reward identity and the iterated closed form, entries S01-S09.
Each statement is the one that the ledger prints for the check named in the docstring.

## Main results

* `S01_identity_two_responses`: the Gibbs variational identity (2), (12)
* `S05_powers_multiply`: the powers of the iterated closed form (4)
* `S08_one_round`: what a fixed radius costs in one round
* `S09_least_probability`: why the strong constant of Lemma C.3 decays
-/

namespace SRVerify

/-- **S01** (Section 3, displays (2) and (12)), check `identity-two-responses`: `for p1 in (0,
oo), p2 in (0, oo), q1 in (0, oo), q2 in (0, oo), r1 in real, r2 in real, b in (0, oo), Z in
(0, oo): p1*r1 + p2*r2 - b*(p1*log(p1/q1) + p2*log(p2/q2)) = (p1 + p2)*b*log(Z) -
b*(p1*log(p1/(q1*exp(r1/b)/Z)) + p2*log(p2/(q2*exp(r2/b)/Z)))`. Any positive weights and any
Z; probabilities make p1 + p2 equal 1. -/
theorem S01_identity_two_responses :
    ∀ (p1 p2 q1 q2 r1 r2 b Z : ℝ), 0 < p1 → 0 < p2 → 0 < q1 → 0 < q2 → 0 < b → 0 < Z →
      p1 * r1 + p2 * r2 - b * (p1 * Real.log (p1 / q1) + p2 * Real.log (p2 / q2)) =
      (p1 + p2) * b * Real.log Z - b * (p1 * Real.log (p1 / (q1 * Real.exp (r1 / b) / Z)) +
      p2 * Real.log (p2 / (q2 * Real.exp (r2 / b) / Z))) := by
  intro p1 p2 q1 q2 r1 r2 b Z hp1 hp2 hq1 hq2 hb hZ
  have expand : ∀ p q r : ℝ, 0 < p → 0 < q →
      Real.log (p / (q * Real.exp (r / b) / Z)) = Real.log p - Real.log q - r / b + Real.log Z := by
    intro p q r hp hq
    have hE := Real.exp_pos (r / b)
    have hqE : q * Real.exp (r / b) ≠ 0 := (mul_pos hq hE).ne'
    have hden : q * Real.exp (r / b) / Z ≠ 0 := (div_pos (mul_pos hq hE) hZ).ne'
    rw [Real.log_div hp.ne' hden, Real.log_div hqE hZ.ne', Real.log_mul hq.ne' hE.ne', Real.log_exp]
    ring
  have c1 : b * (r1 / b) = r1 := mul_div_of_ne hb.ne' r1
  have c2 : b * (r2 / b) = r2 := mul_div_of_ne hb.ne' r2
  rw [expand p1 q1 r1 hp1 hq1, expand p2 q2 r2 hp2 hq2, Real.log_div hp1.ne' hq1.ne',
    Real.log_div hp2.ne' hq2.ne']
  linear_combination (-p1) * c1 - p2 * c2

/-- **S01** (Section 3, displays (2) and (12)), check `divergence-below-one`: `for u in (0, 1): u
- 1 < u*log(u)`. With u = p/p*: each term of KL exceeds p - p*, and these sum to 0. -/
theorem S01_divergence_below_one :
    ∀ (u : ℝ), 0 < u → u < 1 → u - 1 < u * Real.log u := by
  intro u hu hu'
  exact sub_one_lt_mul_log hu hu'.ne

/-- **S01** (Section 3, displays (2) and (12)), check `divergence-above-one`: `for u in (1, oo): u
- 1 < u*log(u)`. The same above 1: KL vanishes only where p = p*. -/
theorem S01_divergence_above_one :
    ∀ (u : ℝ), 1 < u → u - 1 < u * Real.log u := by
  intro u hu
  exact sub_one_lt_mul_log (zero_lt_one.trans hu) hu.ne'

/-- **S02** (Section 3, displays (1), (2) and (12)), check `weight`: `for q in (0, 1], b in (0,
oo): q*exp(log(q)/b) = q^(1 + 1/b)`. -/
theorem S02_weight :
    ∀ (q b : ℝ), 0 < q → q ≤ 1 → 0 < b → q * Real.exp (Real.log q / b) = q ^ (1 + 1 / b : ℝ) := by
  intro q b hq hq' hb
  exact mul_exp_log_div hq

/-- **S02** (Section 3, displays (1), (2) and (12)), check `two-responses`: `for q in (0, 1), s in
(0, 1), b in (0, oo): q*exp(log(q)/b)/(q*exp(log(q)/b) + s*exp(log(s)/b)) = q^(1 + 1/b)/(q^(1
+ 1/b) + s^(1 + 1/b))`. -/
theorem S02_two_responses :
    ∀ (q s b : ℝ), 0 < q → q < 1 → 0 < s → s < 1 → 0 < b →
      q * Real.exp (Real.log q / b) / (q * Real.exp (Real.log q / b) +
      s * Real.exp (Real.log s / b)) =
      q ^ (1 + 1 / b : ℝ) / (q ^ (1 + 1 / b : ℝ) + s ^ (1 + 1 / b : ℝ)) := by
  intro q s b hq hq' hs hs' hb
  rw [mul_exp_log_div hq, mul_exp_log_div hs]

/-- **S03** (Appendix C.2, displays (13) and (14)), check `reward`: `for q in (0, 1), Z in (0,
oo), b in (0, oo), r in real: b*log(q*exp(r/b)/Z/q) + b*log(Z) = r`. -/
theorem S03_reward :
    ∀ (q Z b r : ℝ), 0 < q → q < 1 → 0 < Z → 0 < b →
      b * Real.log (q * Real.exp (r / b) / Z / q) + b * Real.log Z = r := by
  intro q Z b r hq hq' hZ hb
  have c : b * (r / b) = r := mul_div_of_ne hb.ne' r
  rw [log_gibbs_ratio hq hZ]
  linear_combination c

/-- **S03** (Appendix C.2, displays (13) and (14)), check `difference`: `for q in (0, 1), q2 in
(0, 1), Z in (0, oo), b in (0, oo), r in real, r2 in real: b*log(q*exp(r/b)/Z/q) -
b*log(q2*exp(r2/b)/Z/q2) = r - r2`. -/
theorem S03_difference :
    ∀ (q q2 Z b r r2 : ℝ), 0 < q → q < 1 → 0 < q2 → q2 < 1 → 0 < Z → 0 < b →
      b * Real.log (q * Real.exp (r / b) / Z / q) -
      b * Real.log (q2 * Real.exp (r2 / b) / Z / q2) = r - r2 := by
  intro q q2 Z b r r2 hq hq' hq2 hq2' hZ hb
  have c1 : b * (r / b) = r := mul_div_of_ne hb.ne' r
  have c2 : b * (r2 / b) = r2 := mul_div_of_ne hb.ne' r2
  rw [log_gibbs_ratio hq hZ, log_gibbs_ratio hq2 hZ]
  linear_combination c1 - c2

/-- **S04** (Section 3, display (3); Appendix E, displays (106) and (107)), check
`variance-three-responses`: `for q1 in (0, 1), q2 in (0, 1), h1 in real, h2 in real, h3 in
real: 2*q1*q2*(h1 - h2)^2 + 2*q1*(1 - q1 - q2)*(h1 - h3)^2 + 2*q2*(1 - q1 - q2)*(h2 - h3)^2 =
2*(q1*h1^2 + q2*h2^2 + (1 - q1 - q2)*h3^2 - (q1*h1 + q2*h2 + (1 - q1 - q2)*h3)^2)`. An
identity: it needs no sign of the third probability 1 - q1 - q2. -/
theorem S04_variance_three_responses :
    ∀ (q1 q2 h1 h2 h3 : ℝ), 0 < q1 → q1 < 1 → 0 < q2 → q2 < 1 →
      2 * q1 * q2 * (h1 - h2) ^ 2 + 2 * q1 * (1 - q1 - q2) * (h1 - h3) ^ 2 +
      2 * q2 * (1 - q1 - q2) * (h2 - h3) ^ 2 =
      2 * (q1 * h1 ^ 2 + q2 * h2 ^ 2 + (1 - q1 - q2) * h3 ^ 2 - (q1 * h1 + q2 * h2 +
      (1 - q1 - q2) * h3) ^ 2) := by
  intro q1 q2 h1 h2 h3 hq1 hq1' hq2 hq2'
  ring

/-- **S04** (Section 3, display (3); Appendix E, displays (106) and (107)), check
`zero-iff-constant`: `for q1 in (0, 1), q2 in (0, 1), q3 in (0, 1), h1 in real, h2 in real, h3
in real: (q1*q2*(h1 - h2)^2 + q1*q3*(h1 - h3)^2 + q2*q3*(h2 - h3)^2 = 0) implies h1 = h2 and
h2 = h3`. -/
theorem S04_zero_iff_constant :
    ∀ (q1 q2 q3 h1 h2 h3 : ℝ), 0 < q1 → q1 < 1 → 0 < q2 → q2 < 1 → 0 < q3 → q3 < 1 →
      q1 * q2 * (h1 - h2) ^ 2 + q1 * q3 * (h1 - h3) ^ 2 + q2 * q3 * (h2 - h3) ^ 2 = 0 →
      h1 = h2 ∧ h2 = h3 := by
  intro q1 q2 q3 h1 h2 h3 hq1 hq1' hq2 hq2' hq3 hq3' h
  have a12 := mul_nonneg (mul_pos hq1 hq2).le (sq_nonneg (h1 - h2))
  have a13 := mul_nonneg (mul_pos hq1 hq3).le (sq_nonneg (h1 - h3))
  have a23 := mul_nonneg (mul_pos hq2 hq3).le (sq_nonneg (h2 - h3))
  have e12 : q1 * q2 * (h1 - h2) ^ 2 = 0 := le_antisymm (by linarith) a12
  have e23 : q2 * q3 * (h2 - h3) ^ 2 = 0 := le_antisymm (by linarith) a23
  have s12 := (mul_eq_zero.mp e12).resolve_left (mul_pos hq1 hq2).ne'
  have s23 := (mul_eq_zero.mp e23).resolve_left (mul_pos hq2 hq3).ne'
  have d12 : h1 - h2 = 0 := (pow_eq_zero_iff two_ne_zero).mp s12
  have d23 : h2 - h3 = 0 := (pow_eq_zero_iff two_ne_zero).mp s23
  exact ⟨by linarith, by linarith⟩

/-- **S04** (Section 3, display (3); Appendix E, displays (106) and (107)), check
`constant-gives-gibbs`: `for p in (0, oo), q in (0, oo), b in (0, oo), r in real, c in real:
(b*log(p/q) - r = c) implies p = q*exp((r + c)/b)`. A constant h means p proportional to q
e^{r/beta}. -/
theorem S04_constant_gives_gibbs :
    ∀ (p q b r c : ℝ), 0 < p → 0 < q → 0 < b → b * Real.log (p / q) - r = c →
      p = q * Real.exp ((r + c) / b) := by
  intro p q b r c hp hq hb h
  have hlog : Real.log (p / q) = (r + c) / b := by
    rw [eq_div_iff hb.ne']
    linarith
  have hratio : p / q = Real.exp ((r + c) / b) := by
    rw [← hlog, Real.exp_log (div_pos hp hq)]
  rw [← hratio]
  exact (mul_div_of_ne hq.ne' p).symm

/-- **S05** (Section 3, display (4); Appendix E, displays (108) and (109)), check
`powers-multiply`: `for q in (0, 1], a in (0, oo), b in (0, oo): (q^a)^(1 + 1/b) = q^(a*(1 +
1/b))`. -/
theorem S05_powers_multiply :
    ∀ (q a b : ℝ), 0 < q → q ≤ 1 → 0 < a → 0 < b →
      (q ^ (a : ℝ)) ^ (1 + 1 / b : ℝ) = q ^ (a * (1 + 1 / b) : ℝ) := by
  intro q a b hq hq' ha hb
  exact (Real.rpow_mul hq.le a (1 + 1 / b)).symm

/-- **S05** (Section 3, display (4); Appendix E, displays (108) and (109)), check
`normaliser-cancels`: `for q in (0, 1), s in (0, 1), a in (0, oo), c in (0, oo), Z in (0, oo):
(q^a/Z)^c/((q^a/Z)^c + (s^a/Z)^c) = q^(a*c)/(q^(a*c) + s^(a*c))`. Two responses; c = 1 +
1/beta. -/
theorem S05_normaliser_cancels :
    ∀ (q s a c Z : ℝ), 0 < q → q < 1 → 0 < s → s < 1 → 0 < a → 0 < c → 0 < Z →
      (q ^ (a : ℝ) / Z) ^ (c : ℝ) / ((q ^ (a : ℝ) / Z) ^ (c : ℝ) +
      (s ^ (a : ℝ) / Z) ^ (c : ℝ)) = q ^ (a * c : ℝ) / (q ^ (a * c : ℝ) + s ^ (a * c : ℝ)) := by
  intro q s a c Z hq hq' hs hs' ha hc hZ
  have hZc := Real.rpow_pos_of_pos hZ c
  have eq' : (q ^ a / Z) ^ c = q ^ (a * c) / Z ^ c := by
    rw [Real.div_rpow (Real.rpow_nonneg hq.le a) hZ.le, Real.rpow_mul hq.le a c]
  have es' : (s ^ a / Z) ^ c = s ^ (a * c) / Z ^ c := by
    rw [Real.div_rpow (Real.rpow_nonneg hs.le a) hZ.le, Real.rpow_mul hs.le a c]
  rw [eq', es', ← add_div, div_div_div_cancel_right₀ hZc.ne']

/-- **S06** (beyond the paper), check `log-difference`: `for q in (0, 1), s in (0, 1), a in (0,
oo), Z in (0, oo): log(q^a/Z) - log(s^a/Z) = a*(log(q) - log(s))`. -/
theorem S06_log_difference :
    ∀ (q s a Z : ℝ), 0 < q → q < 1 → 0 < s → s < 1 → 0 < a → 0 < Z →
      Real.log (q ^ (a : ℝ) / Z) - Real.log (s ^ (a : ℝ) / Z) = a * (Real.log q - Real.log s) := by
  intro q s a Z hq hq' hs hs' ha hZ
  rw [Real.log_div (Real.rpow_pos_of_pos hq a).ne' hZ.ne',
    Real.log_div (Real.rpow_pos_of_pos hs a).ne' hZ.ne', Real.log_rpow hq, Real.log_rpow hs]
  ring

/-- **S07** (beyond the paper), check `inverse-mode-three-responses`: `for u in (0, 1], v in [0,
1], w in [0, 1], E in (0, 1): (u + v + w = 1) and (v <= u*E) and (w <= u*E) implies 1/u <= 1 +
2*E`. One prompt, three responses with mode mass u, E = e^{-margin}. -/
theorem S07_inverse_mode_three_responses :
    ∀ (u v w E : ℝ), 0 < u → u ≤ 1 → 0 ≤ v → v ≤ 1 → 0 ≤ w → w ≤ 1 → 0 < E → E < 1 →
      u + v + w = 1 → v ≤ u * E → w ≤ u * E → 1 / u ≤ 1 + 2 * E := by
  intro u v w E hu hu' hv hv' hw hw' hE hE' h1 h2 h3
  rw [div_le_iff₀ hu]
  linarith [h1, h2, h3]

/-- **S07** (beyond the paper), check `inverse-mode`: `for u in (0, 1], E in (0, 1), N in [2, oo):
(1 - u <= (N - 1)*u*E) implies 1/u <= 1 + (N - 1)*E`. Any N with E = e^{-margin}: the other
responses have mass at most (N-1) u E together. -/
theorem S07_inverse_mode :
    ∀ (u E N : ℝ), 0 < u → u ≤ 1 → 0 < E → E < 1 → 2 ≤ N → 1 - u ≤ (N - 1) * u * E →
      1 / u ≤ 1 + (N - 1) * E := by
  intro u E N hu hu' hE hE' hN h
  rw [div_le_iff₀ hu]
  linarith [h]

/-- **S08** (Assumption 5.1 with Definition 6.1), check `horizon`: `for r in (0, oo), t in real:
(t <= log(r)) implies exp(t) <= r`. t = T log(1 + 1/beta) and r = R/||theta_0||: up to the
horizon the radius suffices. -/
theorem S08_horizon :
    ∀ (r t : ℝ), 0 < r → t ≤ Real.log r → Real.exp t ≤ r := by
  intro r t hr h
  exact (Real.le_log_iff_exp_le hr).mp h

/-- **S08** (Assumption 5.1 with Definition 6.1), check `beyond-horizon`: `for r in (0, oo), t in
real: (log(r) < t) implies r < exp(t)`. Beyond the horizon it does not. -/
theorem S08_beyond_horizon :
    ∀ (r t : ℝ), 0 < r → Real.log r < t → r < Real.exp t := by
  intro r t hr h
  exact (Real.log_lt_iff_lt_exp hr).mp h

/-- **S08** (Assumption 5.1 with Definition 6.1), check `growth-as-exponential`: `for b in (0,
oo), T in (0, oo): (1 + 1/b)^T = exp(T*log(1 + 1/b))`. alpha_T = e^t. -/
theorem S08_growth_as_exponential :
    ∀ (b T : ℝ), 0 < b → 0 < T → (1 + 1 / b) ^ (T : ℝ) = Real.exp (T * Real.log (1 + 1 / b)) := by
  intro b T hb hT
  have hbase : 0 < 1 + 1 / b := by positivity
  rw [Real.rpow_def_of_pos hbase, mul_comm T]

/-- **S08** (Assumption 5.1 with Definition 6.1), check `one-round`: `for g in (0, oo), B in (0,
oo), R in (0, oo), b in (0, oo), m in (0, oo): ((1 + 1/b)*m <= R) and (g <= 2*B*m) implies g
<= 2*B*R*b/(1 + b)`. One round bounds the margin: gamma <= 2 B_phi ||theta_0||. -/
theorem S08_one_round :
    ∀ (g B R b m : ℝ), 0 < g → 0 < B → 0 < R → 0 < b → 0 < m → (1 + 1 / b) * m ≤ R →
      g ≤ 2 * B * m → g ≤ 2 * B * R * b / (1 + b) := by
  intro g B R b m hg hB hR hb hm h1 h2
  have hscaled : (1 + b) * m ≤ R * b := by
    have hmul := mul_le_mul_of_nonneg_right h1 hb.le
    have e : (1 + 1 / b) * m * b = (1 + b) * m := by
      have hinv : 1 / b * b = 1 := one_div_mul_cancel hb.ne'
      linear_combination m * hinv
    linarith
  have hden : 0 < 1 + b := by linarith
  rw [le_div_iff₀ hden]
  calc g * (1 + b) ≤ 2 * B * m * (1 + b) := mul_le_mul_of_nonneg_right h2 hden.le
    _ = 2 * B * ((1 + b) * m) := by ring
    _ ≤ 2 * B * (R * b) := mul_le_mul_of_nonneg_left hscaled (by positivity)
    _ = 2 * B * R * b := by ring

/-- **S08** (Assumption 5.1 with Definition 6.1), check `bias-stays`: `for g in (0, oo), B in (0,
oo), R in (0, oo), b in (0, oo), k in [0, oo): (g <= 2*B*R*b/(1 + b)) implies (1 +
b)*k/(2*B*R) <= b*k/g`. With k = log kappa_0: the bias term does not vanish with beta. -/
theorem S08_bias_stays :
    ∀ (g B R b k : ℝ), 0 < g → 0 < B → 0 < R → 0 < b → 0 ≤ k → g ≤ 2 * B * R * b / (1 + b) →
      (1 + b) * k / (2 * B * R) ≤ b * k / g := by
  intro g B R b k hg hB hR hb hk h
  have hden : 0 < 1 + b := by linarith
  rw [le_div_iff₀ hden] at h
  have hBR : 0 < 2 * B * R := by positivity
  rw [div_le_div_iff₀ hBR hg]
  have hmul := mul_le_mul_of_nonneg_left h hk
  linarith

/-- **S09** (Lemma C.3 against Definition 5.2), check `least-probability`: `for u in (0, 1], v in
(0, 1], g in [0, oo): (v <= u*exp(-g)) implies v <= exp(-g)`. A response other than the mode,
at margin g. -/
theorem S09_least_probability :
    ∀ (u v g : ℝ), 0 < u → u ≤ 1 → 0 < v → v ≤ 1 → 0 ≤ g → v ≤ u * Real.exp (-g) →
      v ≤ Real.exp (-g) := by
  intro u v g hu hu' hv hv' hg h
  calc v ≤ u * Real.exp (-g) := h
    _ ≤ 1 * Real.exp (-g) := mul_le_mul_of_nonneg_right hu' (Real.exp_pos _).le
    _ = Real.exp (-g) := one_mul _

/-- **S09** (Lemma C.3 against Definition 5.2), check `hundred-samples`: `179000 <= exp(121/10)
and exp(121/10) < 180000`. n = 100, beta = 1/10, gamma_0 = 1/10, T = 2. -/
theorem S09_hundred_samples :
    (179000 : ℝ) ≤ Real.exp (121 / 10 : ℝ) ∧ (Real.exp (121 / 10 : ℝ) : ℝ) < 180000 := by
  have hpow : Real.exp (121 / 10 : ℝ) ^ 10 = Real.exp 1 ^ 121 := by
    rw [← Real.exp_nat_mul, ← Real.exp_nat_mul]
    congr 1
    norm_num
  have hlow : (2.7182818283 : ℝ) ^ 121 ≤ Real.exp 1 ^ 121 :=
    pow_le_pow_left₀ (by norm_num) Real.exp_one_gt_d9.le 121
  have hhigh : Real.exp 1 ^ 121 ≤ (2.7182818286 : ℝ) ^ 121 :=
    pow_le_pow_left₀ (Real.exp_pos 1).le Real.exp_one_lt_d9.le 121
  constructor
  · apply (pow_le_pow_iff_left₀ (by norm_num) (Real.exp_pos _).le (by norm_num : 10 ≠ 0)).mp
    rw [hpow]
    exact le_trans (by norm_num) hlow
  · apply (pow_lt_pow_iff_left₀ (Real.exp_pos _).le (by norm_num) (by norm_num : 10 ≠ 0)).mp
    rw [hpow]
    exact lt_of_le_of_lt hhigh (by norm_num)

/-- **S09** (Lemma C.3 against Definition 5.2), check `weak-constant`: `for u in (0, 1], N in [2,
oo): (1 <= N*u) implies 1/N <= u`. The mode's mass is at least the mean mass: c = 1/N is
always available. -/
theorem S09_weak_constant :
    ∀ (u N : ℝ), 0 < u → u ≤ 1 → 2 ≤ N → 1 ≤ N * u → 1 / N ≤ u := by
  intro u N hu hu' hN h
  rw [div_le_iff₀ (by linarith)]
  linarith

end SRVerify
