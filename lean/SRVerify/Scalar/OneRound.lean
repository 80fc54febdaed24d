import SRVerify.Scalar.Basics

/-!
# From the reward gap to mass on the mode (appendix C)

Lemma C.1, the gap decomposition, change of measure and tails, entries C01-C13. Each statement
is the one that the ledger prints for the check named in the docstring.

## Main results

* `C03_chain`: Lemma C.1
* `C06_decomposition`: the gap decomposition (18)
* `C08_two_outcomes`: change of measure, Lemma C.2
* `C11_inequality`: `(a - b)^4 ≤ 8 (a^4 + b^4)`
-/

namespace SRVerify

/-- **C01** (Lemma C.1, (9)), check `indicator-one`: `for u in [0, 1], d in (0, 1): (u <= 1 - d)
implies 1 <= (1 - u)/d`. -/
theorem C01_indicator_one :
    ∀ (u d : ℝ), 0 ≤ u → u ≤ 1 → 0 < d → d < 1 → u ≤ 1 - d → 1 ≤ (1 - u) / d := by
  intro u d hu hu' hd hd' h
  rw [le_div_iff₀ hd]
  linarith

/-- **C01** (Lemma C.1, (9)), check `indicator-zero`: `for u in [0, 1], d in (0, 1): 0 <= (1 -
u)/d`. -/
theorem C01_indicator_zero :
    ∀ (u d : ℝ), 0 ≤ u → u ≤ 1 → 0 < d → d < 1 → 0 ≤ (1 - u) / d := by
  intro u d hu hu' hd hd'
  exact div_nonneg (by linarith) hd.le

/-- **C02** (Lemma C.1, (10)), check `three-responses`: `for p1 in [0, 1], p2 in [0, 1], p3 in [0,
1], l1 in real, l2 in real, l3 in real, gamma in (0, oo): (p1 + p2 + p3 = 1) and (gamma <= l1
- l2) and (gamma <= l1 - l3) implies 1 - p1 <= (l1 - (p1*l1 + p2*l2 + p3*l3))/gamma`. One
prompt, N = 3; l_i = log pi_0(y_i) and y* is the first response. -/
theorem C02_three_responses :
    ∀ (p1 p2 p3 l1 l2 l3 gamma : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 ≤ p3 → p3 ≤ 1 →
      0 < gamma → p1 + p2 + p3 = 1 → gamma ≤ l1 - l2 → gamma ≤ l1 - l3 →
      1 - p1 ≤ (l1 - (p1 * l1 + p2 * l2 + p3 * l3)) / gamma := by
  intro p1 p2 p3 l1 l2 l3 gamma hp1 hp1' hp2 hp2' hp3 hp3' hgamma h1 h2 h3
  have hp : p1 = 1 - p2 - p3 := by linarith
  subst hp
  rw [le_div_iff₀ hgamma]
  have hm2 := mul_le_mul_of_nonneg_left h2 hp2
  have hm3 := mul_le_mul_of_nonneg_left h3 hp3
  linarith

/-- **C03** (Lemma C.1, (8)), check `chain`: `for failing in [0, 1], missing in [0, 1], gap in [0,
oo), gamma in (0, oo), d in (0, 1): (failing <= missing/d) and (missing <= gap/gamma) implies
failing <= gap/(gamma*d)`. -/
theorem C03_chain :
    ∀ (failing missing gap gamma d : ℝ), 0 ≤ failing → failing ≤ 1 → 0 ≤ missing →
      missing ≤ 1 → 0 ≤ gap → 0 < gamma → 0 < d → d < 1 → failing ≤ missing / d →
      missing ≤ gap / gamma → failing ≤ gap / (gamma * d) := by
  intro failing missing gap gamma d hfailing hfailing' hmissing hmissing' hgap hgamma hd hd' h1 h2
  calc failing ≤ missing / d := h1
    _ ≤ gap / gamma / d := div_le_div_of_nonneg_right h2 hd.le
    _ = gap / (gamma * d) := div_div _ _ _

/-- **C04** (Appendix C.2, (11)), check `two-responses`: `for p in [0, 1], q in [0, 1], f in real,
g in real: p*q*(f - f) + p*(1 - q)*(f - g) + (1 - p)*q*(g - f) + (1 - p)*(1 - q)*(g - g) =
(p*f + (1 - p)*g) - (q*f + (1 - q)*g)`. -/
theorem C04_two_responses :
    ∀ (p q f g : ℝ), 0 ≤ p → p ≤ 1 → 0 ≤ q → q ≤ 1 →
      p * q * (f - f) + p * (1 - q) * (f - g) + (1 - p) * q * (g - f) +
      (1 - p) * (1 - q) * (g - g) = p * f + (1 - p) * g - (q * f + (1 - q) * g) := by
  intro p q f g hp hp' hq hq'
  ring

/-- **C05** (Appendix C.2, (15)), check `value-two-responses`: `for b in (0, oo), p1 in (0, oo),
p2 in (0, oo), h1 in (0, oo), h2 in (0, oo), q1 in (0, oo), q2 in (0, oo): p1*b*log(h1/q1) +
p2*b*log(h2/q2) - b*(p1*log(p1/q1) + p2*log(p2/q2)) = (-b)*(p1*log(p1/h1) + p2*log(p2/h2))`. -/
theorem C05_value_two_responses :
    ∀ (b p1 p2 h1 h2 q1 q2 : ℝ), 0 < b → 0 < p1 → 0 < p2 → 0 < h1 → 0 < h2 → 0 < q1 →
      0 < q2 → p1 * b * Real.log (h1 / q1) +
      p2 * b * Real.log (h2 / q2) - b * (p1 * Real.log (p1 / q1) + p2 * Real.log (p2 / q2)) =
      (-b) * (p1 * Real.log (p1 / h1) + p2 * Real.log (p2 / h2)) := by
  intro b p1 p2 h1 h2 q1 q2 hb hp1 hp2 hh1 hh2 hq1 hq2
  rw [Real.log_div hh1.ne' hq1.ne', Real.log_div hh2.ne' hq2.ne', Real.log_div hp1.ne' hq1.ne',
    Real.log_div hp2.ne' hq2.ne', Real.log_div hp1.ne' hh1.ne', Real.log_div hp2.ne' hh2.ne']
  ring

/-- **C05** (Appendix C.2, (15)), check `divergence-pointwise`: `for u in (0, oo): u - 1 <=
u*log(u)`. With u = p/h, times h and summed: KL(p||h) >= sum p - sum h = 0. -/
theorem C05_divergence_pointwise :
    ∀ (u : ℝ), 0 < u → u - 1 ≤ u * Real.log u := by
  intro u hu
  exact sub_one_le_mul_log hu

/-- **C05** (Appendix C.2, (15)), check `own-value`: `for b in (0, oo), p1 in (0, oo), p2 in (0,
oo), q1 in (0, oo), q2 in (0, oo): p1*b*log(p1/q1) + p2*b*log(p2/q2) - b*(p1*log(p1/q1) +
p2*log(p2/q2)) = 0`. -/
theorem C05_own_value :
    ∀ (b p1 p2 q1 q2 : ℝ), 0 < b → 0 < p1 → 0 < p2 → 0 < q1 → 0 < q2 →
      p1 * b * Real.log (p1 / q1) +
      p2 * b * Real.log (p2 / q2) - b * (p1 * Real.log (p1 / q1) + p2 * Real.log (p2 / q2)) =
      0 := by
  intro b p1 p2 q1 q2 hb hp1 hp2 hq1 hq2
  ring

/-- **C06** (Appendix C.2, (15)-(18)), check `decomposition`: `for Rs in real, Rh in real, R0 in
real, Hs in real, Hh in real, H0 in real, ks in [0, oo), kh in [0, oo), b in (0, oo): (Hs -
b*ks <= Hh - b*kh) implies Rs - Rh <= abs((Rs - R0) - (Hs - H0)) + abs((Rh - R0) - (Hh - H0))
+ b*ks`. -/
theorem C06_decomposition :
    ∀ (Rs Rh R0 Hs Hh H0 ks kh b : ℝ), 0 ≤ ks → 0 ≤ kh → 0 < b → Hs - b * ks ≤ Hh - b * kh →
      Rs - Rh ≤ |Rs - R0 - (Hs - H0)| + |Rh - R0 - (Hh - H0)| + b * ks := by
  intro Rs Rh R0 Hs Hh H0 ks kh b hks hkh hb h
  have hs := le_abs_self (Rs - R0 - (Hs - H0))
  have hh := neg_abs_le (Rh - R0 - (Hh - H0))
  have hkl := mul_nonneg hb.le hkh
  linarith

/-- **C06** (Appendix C.2, (15)-(18)), check `mean-of-absolute-value`: `for w in [0, 1], f in
real, g in real: abs(w*f + (1 - w)*g) <= w*abs(f) + (1 - w)*abs(g)`. |E f| <= E|f|. -/
theorem C06_mean_of_absolute_value :
    ∀ (w f g : ℝ), 0 ≤ w → w ≤ 1 → |w * f + (1 - w) * g| ≤ w * |f| + (1 - w) * |g| := by
  intro w f g hw hw'
  have hw1 : 0 ≤ 1 - w := sub_nonneg.mpr hw'
  have a1 := mul_le_mul_of_nonneg_left (le_abs_self f) hw
  have a2 := mul_le_mul_of_nonneg_left (le_abs_self g) hw1
  have b1 := mul_le_mul_of_nonneg_left (neg_abs_le f) hw
  have b2 := mul_le_mul_of_nonneg_left (neg_abs_le g) hw1
  exact abs_le.mpr ⟨by linarith, by linarith⟩

/-- **C07** (Appendix C.2, (21)), check `split`: `for f in real, g in [0, 1]: abs(f) = abs(f)*g +
abs(f)*(1 - g)`. -/
theorem C07_split :
    ∀ (f g : ℝ), 0 ≤ g → g ≤ 1 → |f| = |f| * g + |f| * (1 - g) := by
  intro f g hg hg'
  ring

/-- **C07** (Appendix C.2, (21)), check `on-the-region`: `for f in real, g in real, B in (0, oo):
(abs(f) <= B) and (abs(g) <= B) implies abs(f - g) <= 2*B`. So the truncated loss is at most
4B^2. -/
theorem C07_on_the_region :
    ∀ (f g B : ℝ), 0 < B → |f| ≤ B → |g| ≤ B → |f - g| ≤ 2 * B := by
  intro f g B hB h1 h2
  obtain ⟨f1, f2⟩ := abs_le.mp h1
  obtain ⟨g1, g2⟩ := abs_le.mp h2
  exact abs_le.mpr ⟨by linarith, by linarith⟩

/-- **C08** (Lemma C.2, (22), (23), (28)), check `two-outcomes`: `for p1 in [0, 1], p2 in [0, 1],
q1 in (0, 1], q2 in (0, 1], f1 in [0, oo), f2 in [0, oo): (p1*f1 + p2*f2)^2 <= (p1^2/q1 +
p2^2/q2)*(q1*f1^2 + q2*f2^2)`. -/
theorem C08_two_outcomes :
    ∀ (p1 p2 q1 q2 f1 f2 : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 < q1 → q1 ≤ 1 → 0 < q2 →
      q2 ≤ 1 → 0 ≤ f1 → 0 ≤ f2 →
      (p1 * f1 + p2 * f2) ^ 2 ≤ (p1 ^ 2 / q1 + p2 ^ 2 / q2) * (q1 * f1 ^ 2 + q2 * f2 ^ 2) := by
  intro p1 p2 q1 q2 f1 f2 hp1 hp1' hp2 hp2' hq1 hq1' hq2 hq2' hf1 hf2
  rw [div_add_div _ _ hq1.ne' hq2.ne', div_mul_eq_mul_div, le_div_iff₀ (mul_pos hq1 hq2)]
  linarith [sq_nonneg (p1 * q2 * f2 - q1 * p2 * f1)]

/-- **C08** (Lemma C.2, (22), (23), (28)), check `square-root`: `for e in [0, oo), C in [0, oo), S
in [0, oo): (e^2 <= C*S) implies e <= sqrt(C)*sqrt(S)`. -/
theorem C08_square_root :
    ∀ (e C S : ℝ), 0 ≤ e → 0 ≤ C → 0 ≤ S → e ^ 2 ≤ C * S → e ≤ Real.sqrt C * Real.sqrt S := by
  intro e C S he hC hS h
  rw [← Real.sqrt_mul hC]
  exact Real.le_sqrt_of_sq_le h

/-- **C09** (Appendix C.2, (24)), check `two-outcomes`: `for w in [0, 1], a in natural [0, 1], b
in natural [0, 1], x in [0, oo), y in [0, oo): (w*a*x + (1 - w)*b*y)^2 <= (w*a + (1 -
w)*b)*(w*x^2 + (1 - w)*y^2)`. a, b are the indicators, x, y the values of f^2. -/
theorem C09_two_outcomes :
    ∀ (w : ℝ) (a b : ℕ) (x y : ℝ), 0 ≤ w → w ≤ 1 → (a : ℝ) ≤ 1 → (b : ℝ) ≤ 1 → 0 ≤ x →
      0 ≤ y → (w * (a : ℝ) * x + (1 - w) * (b : ℝ) * y) ^ 2 ≤
      (w * (a : ℝ) + (1 - w) * (b : ℝ)) * (w * x ^ 2 + (1 - w) * y ^ 2) := by
  intro w a b x y hw hw' ha hb hx hy
  have hw1 : 0 ≤ 1 - w := sub_nonneg.mpr hw'
  have ha0 : 0 ≤ (a : ℝ) * (1 - (a : ℝ)) := mul_nonneg (Nat.cast_nonneg a) (sub_nonneg.mpr ha)
  have hb0 : 0 ≤ (b : ℝ) * (1 - (b : ℝ)) := mul_nonneg (Nat.cast_nonneg b) (sub_nonneg.mpr hb)
  have hmoment : 0 ≤ w * x ^ 2 + (1 - w) * y ^ 2 :=
    add_nonneg (mul_nonneg hw (sq_nonneg x)) (mul_nonneg hw1 (sq_nonneg y))
  have hcs := mul_nonneg (mul_nonneg hw hw1) (sq_nonneg ((a : ℝ) * y - (b : ℝ) * x))
  have hind := mul_nonneg (add_nonneg (mul_nonneg hw ha0) (mul_nonneg hw1 hb0)) hmoment
  linarith [hcs, hind]

/-- **C10** (Appendix C.2, (25)), check `indicators`: `for a in [0, 1], b in [0, 1]: max(a, b) <=
a + b`. -/
theorem C10_indicators :
    ∀ (a b : ℝ), 0 ≤ a → a ≤ 1 → 0 ≤ b → b ≤ 1 → (max a b) ≤ a + b := by
  intro a b ha ha' hb hb'
  exact max_le (by linarith) (by linarith)

/-- **C11** (Appendix C.2, (26)), check `inequality`: `for a in real, b in real: (a - b)^4 <=
8*(a^4 + b^4)`. -/
theorem C11_inequality :
    ∀ (a b : ℝ), (a - b) ^ 4 ≤ 8 * (a ^ 4 + b ^ 4) := by
  intro a b
  linarith [sq_nonneg ((a + b) * (a - b)), sq_nonneg ((a + b) * a), sq_nonneg ((a + b) * b)]

/-- **C11** (Appendix C.2, (26)), check `equality`: `for a in real: (a - (-a))^4 = 8*(a^4 +
(-a)^4)`. -/
theorem C11_equality :
    ∀ (a : ℝ), (a - (-a)) ^ 4 = 8 * (a ^ 4 + (-a) ^ 4) := by
  intro a
  ring

/-- **C12** (Appendix C.2, (27)), check `small-probabilities`: `for k in natural [0, oo), N in
natural [2, oo), s in [0, 1]: (k <= N) implies k*(s/N) <= s`. At most N responses with mass at
most e^-t/N each; s = e^-t. -/
theorem C12_small_probabilities :
    ∀ (k N : ℕ) (s : ℝ), 2 ≤ (N : ℝ) → 0 ≤ s → s ≤ 1 → (k : ℝ) ≤ (N : ℝ) →
      (k : ℝ) * (s / (N : ℝ)) ≤ s := by
  intro k N s hN hs hs' h
  rw [← mul_div_assoc, div_le_iff₀ (by linarith)]
  have hmul := mul_le_mul_of_nonneg_left h hs
  linarith

/-- **C12** (Appendix C.2, (27)), check `ratio-tail`: `for ratio in [0, oo), level in (0, oo):
(level <= ratio) implies 1 <= ratio/level`. Markov for pi-hat/pi_0 at level e^t; its mean
under pi_0 is sum pi-hat = 1. -/
theorem C12_ratio_tail :
    ∀ (ratio level : ℝ), 0 ≤ ratio → 0 < level → level ≤ ratio → 1 ≤ ratio / level := by
  intro ratio level hratio hlevel h
  rw [le_div_iff₀ hlevel]
  linarith

/-- **C12** (Appendix C.2, (27)), check `implicit-moment-from-tangent`: `for b in [0, 1], c in (0,
oo), u in (0, oo), l1 in real, l2 in real: (c*(1 + l1) <= 1) and (c*(1 + l2) <= u) and (b*l2 +
(1 - b)*l1 = 0) implies c <= 1 + b*(u - 1)`. Tangents of exp at b l: l1 = -b l, l2 = (1-b) l,
c = exp(b l), u = exp(l). -/
theorem C12_implicit_moment_from_tangent :
    ∀ (b c u l1 l2 : ℝ), 0 ≤ b → b ≤ 1 → 0 < c → 0 < u → c * (1 + l1) ≤ 1 →
      c * (1 + l2) ≤ u → b * l2 + (1 - b) * l1 = 0 → c ≤ 1 + b * (u - 1) := by
  intro b c u l1 l2 hb hb' hc hu h1 h2 h3
  have a1 := mul_le_mul_of_nonneg_left h1 (sub_nonneg.mpr hb')
  have a2 := mul_le_mul_of_nonneg_left h2 hb
  have hzero : c * (b * l2 + (1 - b) * l1) = 0 := by rw [h3, mul_zero]
  linarith

/-- **C12** (Appendix C.2, (27)), check `implicit-moment`: `for b in [0, 1], l in real: exp(b*l)
<= 1 + b*(exp(l) - 1)`. u^beta <= 1 + beta(u-1) at u = pi-hat/pi_0 = e^l: E e^r-hat <= 1 for
beta <= 1. -/
theorem C12_implicit_moment :
    ∀ (b l : ℝ), 0 ≤ b → b ≤ 1 → Real.exp (b * l) ≤ 1 + b * (Real.exp l - 1) := by
  intro b l hb hb'
  have hE := Real.exp_pos (b * l)
  have h1 : Real.exp (b * l) * (1 + -(b * l)) ≤ 1 := by
    have hmul := mul_le_mul_of_nonneg_left (Real.add_one_le_exp (-(b * l))) hE.le
    rw [← Real.exp_add, add_neg_cancel, Real.exp_zero] at hmul
    linarith
  have h2 : Real.exp (b * l) * (1 + (l - b * l)) ≤ Real.exp l := by
    have hmul := mul_le_mul_of_nonneg_left (Real.add_one_le_exp (l - b * l)) hE.le
    rw [← Real.exp_add, add_sub_cancel] at hmul
    linarith
  exact C12_implicit_moment_from_tangent b (Real.exp (b * l)) (Real.exp l) (-(b * l)) (l - b * l)
    hb hb' hE (Real.exp_pos l) h1 h2 (by ring)

/-- **C12** (Appendix C.2, (27)), check `difference-tail`: `for p in [0, 1], q in [0, 1], up in
[0, oo), down in [0, oo), K in [1, oo), s in (0, 1]: (p <= up*down*s) and (q <= up*down*s) and
(up <= 1) and (down <= K) implies p + q <= 2*K*s`. p, q bound the two tails of Delta^r-hat; up
= E e^r-hat, down = E e^-r-hat, s = e^-t. -/
theorem C12_difference_tail :
    ∀ (p q up down K s : ℝ), 0 ≤ p → p ≤ 1 → 0 ≤ q → q ≤ 1 → 0 ≤ up → 0 ≤ down → 1 ≤ K →
      0 < s → s ≤ 1 → p ≤ up * down * s → q ≤ up * down * s → up ≤ 1 → down ≤ K →
      p + q ≤ 2 * K * s := by
  intro p q up down K s hp hp' hq hq' hup hdown hK hs hs' h1 h2 h3 h4
  have hmass : up * down ≤ 1 * K := mul_le_mul h3 h4 hdown zero_le_one
  have hscaled := mul_le_mul_of_nonneg_right hmass hs.le
  linarith

/-- **C12** (Appendix C.2, (27)), check `exact-update`: `for q in (0, 1], Z in (0, 1], b in (0,
1]: q*(Z/q^(1/b))^b = Z^b`. pi_0/p* = Z/pi_0^(1/beta): each of the N responses contributes
Z^beta <= 1. -/
theorem C12_exact_update :
    ∀ (q Z b : ℝ), 0 < q → q ≤ 1 → 0 < Z → Z ≤ 1 → 0 < b → b ≤ 1 →
      q * (Z / q ^ (1 / b : ℝ)) ^ (b : ℝ) = Z ^ (b : ℝ) := by
  intro q Z b hq hq' hZ hZ' hb hb'
  rw [Real.div_rpow hZ.le (Real.rpow_nonneg hq.le _), ← Real.rpow_mul hq.le,
    one_div_mul_cancel hb.ne', Real.rpow_one]
  exact mul_div_of_ne hq.ne' _

/-- **C13** (Appendix C.2, (32), (34)), check `exact-fit`: `for b in (0, oo), Z in (0, oo), q1 in
(0, oo), q2 in (0, oo): b*log(q1^(1 + 1/b)/Z/q1) - b*log(q2^(1 + 1/b)/Z/q2) = log(q1) -
log(q2)`. Delta of beta log(p*/pi_0) equals Delta^r on every pair. -/
theorem C13_exact_fit :
    ∀ (b Z q1 q2 : ℝ), 0 < b → 0 < Z → 0 < q1 → 0 < q2 →
      b * Real.log (q1 ^ (1 + 1 / b : ℝ) / Z / q1) - b * Real.log (q2 ^ (1 +
      1 / b : ℝ) / Z / q2) = Real.log q1 - Real.log q2 := by
  intro b Z q1 q2 hb hZ hq1 hq2
  have hlog : ∀ q : ℝ, 0 < q → Real.log (q ^ (1 + 1 / b : ℝ) / Z / q) =
      (1 + 1 / b) * Real.log q - Real.log Z - Real.log q := by
    intro q hq
    have hpow := Real.rpow_pos_of_pos hq (1 + 1 / b)
    rw [Real.log_div (div_pos hpow hZ).ne' hq.ne', Real.log_div hpow.ne' hZ.ne', Real.log_rpow hq]
  have hcancel : b * (1 / b) = 1 := mul_one_div_cancel hb.ne'
  rw [hlog q1 hq1, hlog q2 hq2]
  linear_combination (Real.log q1 - Real.log q2) * hcancel

/-- **C13** (Appendix C.2, (32), (34)), check `minimum`: `for least in [0, oo): (least <= 0)
implies least = 0`. -/
theorem C13_minimum :
    ∀ (least : ℝ), 0 ≤ least → least ≤ 0 → least = 0 := by
  intro least hleast h
  exact le_antisymm h hleast

end SRVerify
