import SRVerify.Scalar.LowerBound

/-!
# Theorem 4.1: sharper forms (appendix D)

Jensen in place of the Markov count, and binary keys, which need no logarithm, entries
D15-D18. Each statement is the one that the ledger prints for the check named in the
docstring.

## Main results

* `D16_jensen`: Jensen in place of the Markov count
* `D16_gains`: what it gains: factors 94 and 565
* `D17_necessary_as_printed`: binary keys: no logarithm
-/

namespace SRVerify

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
  exact D16_jensen_from_tangents p q (1 - p + p * q) (Real.log q) (Real.log (1 - p + p * q))
    hp hp' hq hc rfl (log_le_tangent hq hc) hone

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
  rw [log_sq, le_div_iff₀ he] at hlog
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
  rw [log_sq, le_div_iff₀ he] at hlog
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
  rw [log_sq] at hlog
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
  linarith [ha, hb, hpos]

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
  have hdM : 3 ≤ d * (M + 1) := by
    have hmul := mul_le_mul_of_nonneg_right hd (show 0 ≤ M + 1 by linarith)
    linarith
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
    ∀ (d n rho M : ℝ), 1 ≤ d → 0 < n → 0 < rho → rho ≤ 1 → 6 * n * rho / d < M →
      3 * rho ≤ d → 3 * rho / (d * (M + 1)) * (2 * n + 1) ≤ 1 := by
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
