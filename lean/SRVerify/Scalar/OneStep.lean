import SRVerify.Scalar.Basics

/-!
# One step (appendix C)

Concentration, balance, and the bound on `κ` after one round, entries C14-C26. Each statement
is the one that the ledger prints for the check named in the docstring.

## Main results

* `C14_fixed_point`: the Bernstein fixed point
* `C18_balance`: the balance (40)
* `C26_pointwise`: `1/u ≤ 1 + (1 - u)/c`, which replaces the tail integral
-/

namespace SRVerify

/-- **C14** (Appendix C.2, (35)), check `variance`: `for l in [0, oo), b in [0, oo): (l <= b)
implies l^2 <= b*l`. -/
theorem C14_variance :
    ∀ (l b : ℝ), 0 ≤ l → 0 ≤ b → l ≤ b → l ^ 2 ≤ b * l := by
  intro l b hl hb h
  have hmul := mul_le_mul_of_nonneg_right h hl
  linarith

/-- **C14** (Appendix C.2, (35)), check `fixed-point`: `for L in [0, oo), M in [0, oo), s in [0,
oo): (L <= M + sqrt(2*L*s) + s*(1/3)) implies L <= 2*M + (8/3)*s`. -/
theorem C14_fixed_point :
    ∀ (L M s : ℝ), 0 ≤ L → 0 ≤ M → 0 ≤ s → L ≤ M + Real.sqrt (2 * L * s) + s * (1 / 3 : ℝ) →
      L ≤ 2 * M + (8 / 3 : ℝ) * s := by
  intro L M s hL hM hs h
  have hroot : Real.sqrt (2 * L * s) ≤ L / 2 + s :=
    Real.sqrt_le_iff.mpr ⟨by linarith, by linarith [sq_nonneg (L / 2 - s)]⟩
  linarith

/-- **C15** (Appendix C.2, (33), (36)-(38)), check `one-loss`: `for l in [0, oo), b in (0, oo): (l
<= b) implies 0 <= 1 - l/b`. The indicator of l = 0 is at most 1 - l/b. -/
theorem C15_one_loss :
    ∀ (l b : ℝ), 0 ≤ l → 0 < b → l ≤ b → 0 ≤ 1 - l / b := by
  intro l b hl hb h
  rw [sub_nonneg, div_le_one hb]
  exact h

/-- **C15** (Appendix C.2, (33), (36)-(38)), check `exponential`: `for x in [0, 1]: 1 - x <=
exp(-x)`. -/
theorem C15_exponential :
    ∀ (x : ℝ), 0 ≤ x → x ≤ 1 → 1 - x ≤ Real.exp (-x) := by
  intro x hx hx'
  exact Real.one_sub_le_exp_neg x

/-- **C15** (Appendix C.2, (33), (36)-(38)), check `power-step`: `for power in [0, 1], q in [0,
1], bound in [0, 1], e in (0, 1]: (power <= bound) and (q <= e) implies power*q <= bound*e`.
Induction over n: (1-x)^n <= e^(-nx). -/
theorem C15_power_step :
    ∀ (power q bound e : ℝ), 0 ≤ power → power ≤ 1 → 0 ≤ q → q ≤ 1 → 0 ≤ bound → bound ≤ 1 →
      0 < e → e ≤ 1 → power ≤ bound → q ≤ e → power * q ≤ bound * e := by
  intro power q bound e hpower hpower' hq hq' hbound hbound' he he' h1 h2
  exact mul_le_mul h1 h2 hq hbound

/-- **C15** (Appendix C.2, (33), (36)-(38)), check `union`: `for size in [1, oo), delta in (0, 1):
size*exp(-log(size/delta)) = delta`. |Pi| e^(-nL/b) at n L/b = log(|Pi|/delta). -/
theorem C15_union :
    ∀ (size delta : ℝ), 1 ≤ size → 0 < delta → delta < 1 →
      size * Real.exp (-Real.log (size / delta)) = delta := by
  intro size delta hsize hdelta hdelta'
  have hsize0 : 0 < size := by linarith
  rw [Real.exp_neg, Real.exp_log (div_pos hsize0 hdelta), inv_div]
  exact mul_div_of_ne hsize0.ne' delta

/-- **C16** (Appendix C.2, (39)), check `tangent`: `for x in (0, oo): log(x) <= x - 1`. log u <=
log c + u/c - 1 is this at x = u/c. -/
theorem C16_tangent :
    ∀ (x : ℝ), 0 < x → Real.log x ≤ x - 1 := by
  intro x hx
  exact Real.log_le_sub_one_of_pos hx

/-- **C16** (Appendix C.2, (39)), check `jensen-two-prompts`: `for w in [0, 1], a in [1, oo), b in
[1, oo), c in [1, oo), la in real, lb in real, lc in real: (c = w*a + (1 - w)*b) and (la <= lc
+ a/c - 1) and (lb <= lc + b/c - 1) implies w*la + (1 - w)*lb <= lc`. a, b are 1/pi_0(y*) at
two prompts, c their mean, la, lb, lc the logarithms. -/
theorem C16_jensen_two_prompts :
    ∀ (w a b c la lb lc : ℝ), 0 ≤ w → w ≤ 1 → 1 ≤ a → 1 ≤ b → 1 ≤ c →
      c = w * a + (1 - w) * b → la ≤ lc + a / c - 1 → lb ≤ lc + b / c - 1 →
      w * la + (1 - w) * lb ≤ lc := by
  intro w a b c la lb lc hw hw' ha hb hc h1 h2 h3
  have hc0 : 0 < c := by linarith
  have hmean : w * (a / c) + (1 - w) * (b / c) = 1 := by
    have e : w * (a / c) + (1 - w) * (b / c) = (w * a + (1 - w) * b) / c := by ring
    rw [e, ← h1, div_self hc0.ne']
  have hleft := mul_le_mul_of_nonneg_left h2 hw
  have hright := mul_le_mul_of_nonneg_left h3 (sub_nonneg.mpr hw')
  have hopen : w * (lc + a / c - 1) + (1 - w) * (lc + b / c - 1) = lc := by
    linear_combination hmean
  linarith

/-- **C16** (Appendix C.2, (39)), check `point-mass`: `for u in (0, 1], v in (0, 1]: 1/u + 0/v =
1/u`. -/
theorem C16_point_mass :
    ∀ (u v : ℝ), 0 < u → u ≤ 1 → 0 < v → v ≤ 1 → 1 / u + 0 / v = 1 / u := by
  intro u v hu hu' hv hv'
  rw [zero_div, add_zero]

/-- **C16** (Appendix C.2, (39)), check `update-two-responses`: `for q in (0, 1], m in (0, 1], x
in (0, 1], X in (0, 1]: (x <= X) implies (q*x^2 + m*X^2)/(q*x + m*X)^2 <= 1/m`. sum p*^2/q <=
1/max q for two responses, m the mode's mass; only x <= X is used. -/
theorem C16_update_two_responses :
    ∀ (q m x X : ℝ), 0 < q → q ≤ 1 → 0 < m → m ≤ 1 → 0 < x → x ≤ 1 → 0 < X → X ≤ 1 → x ≤ X →
      (q * x ^ 2 + m * X ^ 2) / (q * x + m * X) ^ 2 ≤ 1 / m := by
  intro q m x X hq hq' hm hm' hx hx' hX hX' h
  have hden : 0 < (q * x + m * X) ^ 2 := by positivity
  rw [div_le_div_iff₀ hden hm]
  have hcross := mul_nonneg (mul_nonneg (mul_nonneg hq.le hm.le) hx.le)
    (show 0 ≤ 2 * X - x by linarith)
  linarith [hcross, sq_nonneg (q * x)]

/-- **C17** (Appendix C.2, after (39)), check `strong-c`: `for p1 in [0, 1], p2 in [0, 1], q1 in
(0, 1], q2 in (0, 1], c in (0, 1]: (p1 + p2 = 1) and (c <= q1) and (c <= q2) implies p1^2/q1 +
p2^2/q2 <= 1/c`. The strong c bounds the concentrability of every policy by 1/c. -/
theorem C17_strong_c :
    ∀ (p1 p2 q1 q2 c : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 < q1 → q1 ≤ 1 → 0 < q2 →
      q2 ≤ 1 → 0 < c → c ≤ 1 → p1 + p2 = 1 → c ≤ q1 → c ≤ q2 →
      p1 ^ 2 / q1 + p2 ^ 2 / q2 ≤ 1 / c := by
  intro p1 p2 q1 q2 c hp1 hp1' hp2 hp2' hq1 hq1' hq2 hq2' hc hc' h1 h2 h3
  have hone : ∀ p q : ℝ, 0 ≤ p → p ≤ 1 → 0 < q → c ≤ q → p ^ 2 / q ≤ p / c := by
    intro p q hp hp' hq hcq
    rw [div_le_div_iff₀ hq hc]
    have hpc : p * c ≤ 1 * q := mul_le_mul hp' hcq hc.le zero_le_one
    have hmul := mul_le_mul_of_nonneg_left hpc hp
    linarith
  have hsum : p1 / c + p2 / c = 1 / c := by rw [← add_div, h1]
  have b1 := hone p1 q1 hp1 hp1' hq1 h2
  have b2 := hone p2 q2 hp2 hp2' hq2 h3
  linarith

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `level`: `for N in [2, oo), K in [1, oo),
n in [1, oo): 2*(N + K)*exp(-log(2*(N + K)*n^2)) = 1/n^2`. -/
theorem C18_level :
    ∀ (N K n : ℝ), 2 ≤ N → 1 ≤ K → 1 ≤ n →
      2 * (N + K) * Real.exp (-Real.log (2 * (N + K) * n ^ 2)) = 1 / n ^ 2 := by
  intro N K n hN hK hn
  have hNK : 0 < N + K := by linarith
  have hn0 : 0 < n := by linarith
  have hn2 : 0 < n ^ 2 := pow_pos hn0 2
  have hlevel : 0 < 2 * (N + K) * n ^ 2 := mul_pos (by linarith) hn2
  rw [Real.exp_neg, Real.exp_log hlevel, ← div_eq_mul_inv,
    div_eq_div_iff hlevel.ne' hn2.ne']
  ring

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `reward-difference`: `for a in [0, oo), b
in [0, oo): (a - b)^4 <= a^4 + b^4`. log(1/pi_0) >= 0, so E|Delta^r|^4 <= 2 M4(log N): no
factor 8 here. -/
theorem C18_reward_difference :
    ∀ (a b : ℝ), 0 ≤ a → 0 ≤ b → (a - b) ^ 4 ≤ a ^ 4 + b ^ 4 := by
  intro a b ha hb
  rcases le_total a b with hab | hab
  · have hpow := pow_le_pow_left₀ (sub_nonneg.mpr hab) (show b - a ≤ b by linarith) 4
    have hflip : (a - b) ^ 4 = (b - a) ^ 4 := by ring
    have ha4 : 0 ≤ a ^ 4 := by positivity
    linarith
  · have hpow := pow_le_pow_left₀ (sub_nonneg.mpr hab) (show a - b ≤ a by linarith) 4
    have hb4 : 0 ≤ b ^ 4 := by positivity
    linarith

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `one-expectation`: `for good in [0, oo),
bad in [0, oo), C in [1, oo), main in [0, oo), V in (0, oo), h in (0, oo): (good <= C*main)
and (bad <= C*V*h) implies good + bad <= C*(main + V*h)`. C is sqrt(C(pi)), main 2B
sqrt(log(|Pi|/delta)/n), V is V_4, h is 1/sqrt(n). -/
theorem C18_one_expectation :
    ∀ (good bad C main V h : ℝ), 0 ≤ good → 0 ≤ bad → 1 ≤ C → 0 ≤ main → 0 < V → 0 < h →
      good ≤ C * main → bad ≤ C * V * h → good + bad ≤ C * (main + V * h) := by
  intro good bad C main V h hgood hbad hC hmain hV hh h1 h2
  linarith

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `bad-region-scale`: `for V in (0, oo), n
in (0, oo): sqrt(sqrt(1/n^2)*V^2) = V/sqrt(n)`. C09: E[f^2 1_bad] <= sqrt(P) sqrt(E f^4) =
V_4^2/n, whose root enters C08. -/
theorem C18_bad_region_scale :
    ∀ (V n : ℝ), 0 < V → 0 < n → Real.sqrt (Real.sqrt (1 / n ^ 2) * V ^ 2) = V / Real.sqrt n := by
  intro V n hV hn
  have hroot : Real.sqrt (1 / n ^ 2) = 1 / n := by
    rw [show 1 / n ^ 2 = (1 / n) ^ 2 by ring, Real.sqrt_sq (by positivity)]
  rw [hroot, show 1 / n * V ^ 2 = V ^ 2 / n by ring, Real.sqrt_div (sq_nonneg V),
    Real.sqrt_sq hV.le]

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `good-region-scale`: `for B in (0, oo), s
in (0, oo), n in (0, oo): sqrt(4*B^2*s/n) = 2*B*sqrt(s/n)`. -/
theorem C18_good_region_scale :
    ∀ (B s n : ℝ), 0 < B → 0 < s → 0 < n →
      Real.sqrt (4 * B ^ 2 * s / n) = 2 * B * Real.sqrt (s / n) := by
  intro B s n hB hs hn
  rw [show 4 * B ^ 2 * s / n = (2 * B) ^ 2 * (s / n) by ring, Real.sqrt_mul (sq_nonneg _),
    Real.sqrt_sq (by positivity)]

/-- **C18** (Appendix C.2, (29)-(31), (39), (40)), check `balance`: `for gap in real, rk in [1,
oo), rc in [1, oo), e in (0, oo), es in [0, oo), eh in [0, oo), b in (0, 1], kl in [0, oo), lk
in [0, oo): (gap <= es + eh + b*kl) and (es <= rk*e) and (eh <= rc*e) and (kl <= lk) implies
gap <= (rk + rc)*e + b*lk`. C06 with rk = sqrt(kappa_0), rc = sqrt(C-bar), e = eps_stat, lk =
log kappa_0. -/
theorem C18_balance :
    ∀ (gap rk rc e es eh b kl lk : ℝ), 1 ≤ rk → 1 ≤ rc → 0 < e → 0 ≤ es → 0 ≤ eh → 0 < b →
      b ≤ 1 → 0 ≤ kl → 0 ≤ lk → gap ≤ es + eh + b * kl → es ≤ rk * e → eh ≤ rc * e →
      kl ≤ lk → gap ≤ (rk + rc) * e + b * lk := by
  intro gap rk rc e es eh b kl lk hrk hrc he hes heh hb hb' hkl hlk h1 h2 h3 h4
  have hmul := mul_le_mul_of_nonneg_left h4 hb.le
  linarith

/-- **C19** (Appendix C.2, (41), (42)), check `chain`: `for failing in [0, 1], gap in [0, oo), S
in [0, oo), gamma in (0, oo), d in (0, 1): (failing <= gap/(gamma*d)) and (gap <= S) implies
failing <= S/gamma/d`. -/
theorem C19_chain :
    ∀ (failing gap S gamma d : ℝ), 0 ≤ failing → failing ≤ 1 → 0 ≤ gap → 0 ≤ S → 0 < gamma →
      0 < d → d < 1 → failing ≤ gap / (gamma * d) → gap ≤ S → failing ≤ S / gamma / d := by
  intro failing gap S gamma d hfailing hfailing' hgap hS hgamma hd hd' h1 h2
  calc failing ≤ gap / (gamma * d) := h1
    _ ≤ S / (gamma * d) := div_le_div_of_nonneg_right h2 (mul_pos hgamma hd).le
    _ = S / gamma / d := (div_div _ _ _).symm

/-- **C20** (Appendix C.3, (43)), check `three-responses`: `for p1 in [0, 1], p2 in [0, 1], p3 in
[0, 1], d in (0, 1): (max(p1, p2, p3) <= 1 - d) implies p1 <= 1 - d`. -/
theorem C20_three_responses :
    ∀ (p1 p2 p3 d : ℝ), 0 ≤ p1 → p1 ≤ 1 → 0 ≤ p2 → p2 ≤ 1 → 0 ≤ p3 → p3 ≤ 1 → 0 < d → d < 1 →
      (max p1 (max p2 p3)) ≤ 1 - d → p1 ≤ 1 - d := by
  intro p1 p2 p3 d hp1 hp1' hp2 hp2' hp3 hp3' hd hd' h
  exact le_trans (le_max_left _ _) h

/-- **C21** (Lemma C.3, (45)-(47)), check `two-values`: `for w in [0, 1], a in [1, oo), b in [1,
oo), m in [1, oo): w*a + (1 - w)*b = 1 + ((a - 1)*1 + (b - a)*(1 - w) + (m - b)*0)`. P(X > t)
is 1 on [1, a), 1-w on [a, b), 0 on [b, m]. -/
theorem C21_two_values :
    ∀ (w a b m : ℝ), 0 ≤ w → w ≤ 1 → 1 ≤ a → 1 ≤ b → 1 ≤ m →
      w * a + (1 - w) * b = 1 + ((a - 1) * 1 + (b - a) * (1 - w) + (m - b) * 0) := by
  intro w a b m hw hw' ha hb hm
  ring

/-- **C22** (Lemma C.3, (48)-(51)), check `threshold`: `for u in (0, 1], t in (1, oo): (t < 1/u)
implies u <= 1 - (1 + (-1)/t)`. -/
theorem C22_threshold :
    ∀ (u t : ℝ), 0 < u → u ≤ 1 → 1 < t → t < 1 / u → u ≤ 1 - (1 + (-1) / t) := by
  intro u t hu hu' ht h
  have ht0 : 0 < t := by linarith
  rw [lt_div_iff₀ hu] at h
  have e : 1 - (1 + (-1) / t) = 1 / t := by ring
  rw [e, le_div_iff₀ ht0]
  linarith

/-- **C22** (Lemma C.3, (48)-(51)), check `level`: `for A in [0, oo), t in (1, oo): A/(1 + (-1)/t)
= A*t/(t - 1)`. -/
theorem C22_level :
    ∀ (A t : ℝ), 0 ≤ A → 1 < t → A / (1 + (-1) / t) = A * t / (t - 1) := by
  intro A t hA ht
  have ht0 : t ≠ 0 := by
    have hpos : 0 < t := by linarith
    exact hpos.ne'
  have e : 1 + (-1) / t = (t - 1) / t := by
    rw [eq_div_iff ht0, add_mul, div_mul_cancel₀ _ ht0]
    ring
  rw [e, div_div_eq_mul_div]

/-- **C23** (Lemma C.3, (53)), check `only-point`: `for A in (0, 1), t in (1, oo): (A*t/(t - 1) =
1) implies t = 1/(1 - A)`. -/
theorem C23_only_point :
    ∀ (A t : ℝ), 0 < A → A < 1 → 1 < t → A * t / (t - 1) = 1 → t = 1 / (1 - A) := by
  intro A t hA hA' ht h
  have ht1 : t - 1 ≠ 0 := by
    have hpos : 0 < t - 1 := by linarith
    exact hpos.ne'
  have hA1 : 1 - A ≠ 0 := by
    have hpos : 0 < 1 - A := by linarith
    exact hpos.ne'
  rw [div_eq_one_iff_eq ht1] at h
  rw [eq_div_iff hA1]
  linarith

/-- **C23** (Lemma C.3, (53)), check `value`: `for A in (0, 1): A/(1 - A)/(1/(1 - A) - 1) = 1`. -/
theorem C23_value :
    ∀ (A : ℝ), 0 < A → A < 1 → A / (1 - A) / (1 / (1 - A) - 1) = 1 := by
  intro A hA hA'
  have hA1 : 1 - A ≠ 0 := by
    have hpos : 0 < 1 - A := by linarith
    exact hpos.ne'
  have e : 1 / (1 - A) - 1 = A / (1 - A) := by
    rw [eq_div_iff hA1, sub_mul, div_mul_cancel₀ _ hA1]
    ring
  rw [e, div_self (div_pos hA (by linarith)).ne']

/-- **C23** (Lemma C.3, (53)), check `inside`: `for A in (0, 1), c in (0, 1]: (A <= 1 - c) implies
1/(1 - A) <= 1/c`. -/
theorem C23_inside :
    ∀ (A c : ℝ), 0 < A → A < 1 → 0 < c → c ≤ 1 → A ≤ 1 - c → 1 / (1 - A) ≤ 1 / c := by
  intro A c hA hA' hc hc' h
  exact one_div_le_one_div_of_le hc (by linarith)

/-- **C23** (Lemma C.3, (53)), check `inside-only`: `for A in (0, 1), c in (0, 1]: (1/(1 - A) <=
1/c) implies A <= 1 - c`. -/
theorem C23_inside_only :
    ∀ (A c : ℝ), 0 < A → A < 1 → 0 < c → c ≤ 1 → 1 / (1 - A) ≤ 1 / c → A ≤ 1 - c := by
  intro A c hA hA' hc hc' h
  have hA1 : 0 < 1 - A := by linarith
  rw [div_le_div_iff₀ hA1 hc] at h
  linarith

/-- **C24** (Lemma C.3, (54)-(56)), check `value`: `for s in (0, oo), k in (0, oo): s + s/(1 +
s)*((1 + k) + log(k)) - s/(1 + s)*((1 + s) + log(s)) = s/(1 + s)*((1 + k) + log(k/s))`. A =
s/(1+s), m = 1+k, (m-1)(1-A)/A = k/s. -/
theorem C24_value :
    ∀ (s k : ℝ), 0 < s → 0 < k →
      s + s / (1 + s) * (1 + k + Real.log k) - s / (1 + s) * (1 + s + Real.log s) =
      s / (1 + s) * (1 + k + Real.log (k / s)) := by
  intro s k hs hk
  have hs1 : 1 + s ≠ 0 := by
    have hpos : 0 < 1 + s := by linarith
    exact hpos.ne'
  have hcancel : s / (1 + s) * (1 + s) = s := div_mul_cancel₀ s hs1
  rw [Real.log_div hk.ne' hs.ne']
  linear_combination (-1) * hcancel

/-- **C25** (Lemma C.3, (57), (58)), check `condition`: `for A in (0, 1), m in (1, oo): ((m -
1)/(m - 1 + exp(m)) <= A) implies log((m - 1)*(1 - A)/A) <= m`. Where the step is allowed. -/
theorem C25_condition :
    ∀ (A m : ℝ), 0 < A → A < 1 → 1 < m → (m - 1) / (m - 1 + Real.exp m) ≤ A →
      Real.log ((m - 1) * (1 - A) / A) ≤ m := by
  intro A m hA hA' hm h
  have hE := Real.exp_pos m
  have hden : 0 < m - 1 + Real.exp m := by linarith
  have hratio : 0 < (m - 1) * (1 - A) / A :=
    div_pos (mul_pos (by linarith) (by linarith)) hA
  rw [div_le_iff₀ hden] at h
  apply (Real.log_le_iff_le_exp hratio).mpr
  rw [div_le_iff₀ hA]
  linarith

/-- **C25** (Lemma C.3, (57), (58)), check `conclusion`: `for A in [0, oo), c in (0, 1], k in [1,
oo): (k <= 1 + A/c) implies k <= 1 + 2*A/c`. -/
theorem C25_conclusion :
    ∀ (A c k : ℝ), 0 ≤ A → 0 < c → c ≤ 1 → 1 ≤ k → k ≤ 1 + A / c → k ≤ 1 + 2 * A / c := by
  intro A c k hA hc hc' hk h
  have hle : A / c ≤ 2 * A / c := div_le_div_of_nonneg_right (by linarith) hc.le
  linarith

/-- **C25** (Lemma C.3, (57), (58)), check `witness`: `10089/10000 < 1 + (1/1000)*(2 + log(999))
and 251/250 = 251/250`. -/
theorem C25_witness :
    ((10089 / 10000 : ℝ) : ℝ) < 1 + (1 / 1000 : ℝ) * (2 + Real.log 999) ∧
      ((251 / 250 : ℝ) : ℝ) = (251 / 250 : ℝ) := by
  have htwo := Real.log_two_gt_d9
  have h1024 : Real.log 1024 = 10 * Real.log 2 := by
    rw [show (1024 : ℝ) = 2 ^ 10 by norm_num, Real.log_pow]
    norm_num
  have htan := Real.log_le_sub_one_of_pos (show (0 : ℝ) < 1024 / 999 by norm_num)
  rw [Real.log_div (by norm_num) (by norm_num), h1024] at htan
  refine ⟨?_, rfl⟩
  linarith

/-- **C26** (Lemma C.3 (ours)), check `pointwise`: `for u in (0, 1], c in (0, 1]: (c <= u) implies
1/u <= 1 + (1 - u)/c`. -/
theorem C26_pointwise :
    ∀ (u c : ℝ), 0 < u → u ≤ 1 → 0 < c → c ≤ 1 → c ≤ u → 1 / u ≤ 1 + (1 - u) / c := by
  intro u c hu hu' hc hc' h
  have hsplit : (1 - u) / u = 1 / u - 1 := by rw [sub_div, div_self hu.ne']
  have hle : (1 - u) / u ≤ (1 - u) / c := div_le_div_of_nonneg_left (by linarith) hc h
  linarith

/-- **C26** (Lemma C.3 (ours)), check `averaged`: `for w in [0, 1], u in (0, 1], v in (0, 1], c in
(0, 1]: (c <= u) and (c <= v) implies w/u + (1 - w)/v <= 1 + (w*(1 - u) + (1 - w)*(1 - v))/c`. -/
theorem C26_averaged :
    ∀ (w u v c : ℝ), 0 ≤ w → w ≤ 1 → 0 < u → u ≤ 1 → 0 < v → v ≤ 1 → 0 < c → c ≤ 1 → c ≤ u →
      c ≤ v → w / u + (1 - w) / v ≤ 1 + (w * (1 - u) + (1 - w) * (1 - v)) / c := by
  intro w u v c hw hw' hu hu' hv hv' hc hc' h1 h2
  have a := mul_le_mul_of_nonneg_left (C26_pointwise u c hu hu' hc hc' h1) hw
  have b := mul_le_mul_of_nonneg_left (C26_pointwise v c hv hv' hc hc' h2) (sub_nonneg.mpr hw')
  calc w / u + (1 - w) / v = w * (1 / u) + (1 - w) * (1 / v) := by ring
    _ ≤ w * (1 + (1 - u) / c) + (1 - w) * (1 + (1 - v) / c) := add_le_add a b
    _ = 1 + (w * (1 - u) + (1 - w) * (1 - v)) / c := by ring

/-- **C26** (Lemma C.3 (ours)), check `trivial-bound`: `for u in (0, 1], c in (0, 1]: (c <= u)
implies 1/u <= 1/c`. -/
theorem C26_trivial_bound :
    ∀ (u c : ℝ), 0 < u → u ≤ 1 → 0 < c → c ≤ 1 → c ≤ u → 1 / u ≤ 1 / c := by
  intro u c hu hu' hc hc' h
  exact one_div_le_one_div_of_le hc h

/-- **C26** (Lemma C.3 (ours)), check `never-worse`: `for A in (0, 1), c in (0, 1): (A <= 1 - c)
implies 1 <= (1/c - 1)*(1 - A)/A`. So the logarithm in C24 is nonnegative. -/
theorem C26_never_worse :
    ∀ (A c : ℝ), 0 < A → A < 1 → 0 < c → c < 1 → A ≤ 1 - c → 1 ≤ (1 / c - 1) * (1 - A) / A := by
  intro A c hA hA' hc hc' h
  have hcancel : 1 / c * c = 1 := one_div_mul_cancel hc.ne'
  have hone : 0 ≤ 1 / c - 1 := by
    have hge : 1 ≤ 1 / c := (one_le_div hc).mpr hc'.le
    linarith
  have hmul := mul_le_mul_of_nonneg_left (show c ≤ 1 - A by linarith) hone
  have hopen : (1 / c - 1) * c = 1 - c := by linear_combination hcancel
  rw [le_div_iff₀ hA]
  linarith

end SRVerify
