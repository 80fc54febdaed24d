import SRVerify.Scalar

/-!
# Statements of the paper that fail

For checks that the audit refutes, the negation of the printed statement, by an explicit point. The
theorem of the check `C38/delta-once` is `C38_delta_once_refuted`.

## Main results

* `S08_fixed_radius_refuted`: a fixed radius R keeps A-REAL only while alpha_T ||theta_0|| <= R
* `D12_lower_bound_in_coordinates_refuted`: (100) overstates: sqrt(1-1/e) eps~ <= eps_LB <=
  eps~, and sqrt(1-1/e) is sharp
* `E03_room_up_to_half_refuted`: mass exactly 1/2 is not below 1/2: there greedy can fail by a
  tie only
* `C38_delta_once_refuted`: T rounds need delta/T each: log(T|Pi|/delta) in eps_stat
* `F04_indicator_refuted`: the truncated loss is Lipschitz if truncation projects, not if it
  cuts by an indicator
* `G07_constant_one_refuted`: 'fix any lambda > 0' in Lemma G.2 is false, and no universal
  constant saves it
-/

namespace SRVerify

/-- **S08** (Assumption 5.1 with Definition 6.1), check `fixed-radius` fails: `for b in (0, 1], m
in (0, oo), R in (0, oo), T in natural [0, oo): (m <= R) implies (1 + 1/b)^T*m <= R`. -/
theorem S08_fixed_radius_refuted :
    ¬ (∀ (b m R : ℝ) (T : ℕ), 0 < b → b ≤ 1 → 0 < m → 0 < R → m ≤ R → (1 + 1 / b) ^ T * m ≤ R) := by
  intro h
  have hbad := h 1 1 1 1 (by norm_num) (by norm_num) (by norm_num) (by norm_num) (by norm_num)
  norm_num at hbad

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

/-- **G07** (Lemma G.2 ('fix any lambda > 0')), check `constant-one` fails: `for l in (0, oo):
log(10) <= log(11)/(1 + l)`. -/
theorem G07_constant_one_refuted :
    ¬ (∀ (l : ℝ), 0 < l → Real.log 10 ≤ Real.log 11 / (1 + l)) := by
  intro h
  have hbad := h 1 (by norm_num)
  have hlog := Real.log_lt_log (show (0 : ℝ) < 11 by norm_num) (show (11 : ℝ) < 10 ^ 2 by norm_num)
  rw [Real.log_pow] at hlog
  push_cast at hlog
  have hhalf : Real.log 11 / (1 + 1) = Real.log 11 / 2 := by norm_num
  rw [hhalf] at hbad
  linarith

end SRVerify
