import SRVerify.Scalar.Basics

/-!
# Greedy decoding (Proposition 4.3, appendix E)

When greedy decoding finds the mode, entries E01-E04. Each statement is the one that the
ledger prints for the check named in the docstring.

## Main results

* `E01_conditional`: mass above one half forces every step above one half
* `E02_room`: room for the trap
* `E04_room_binary`: feasibility exactly below one half
-/

namespace SRVerify

/-- **E01** (Proposition 4.3, converse side), check `conditional`: `for c in [0, 1], m in [0, 1]:
(1/2 < c*m) implies 1/2 < c`. c is one conditional along the mode, m the product of the
others. -/
theorem E01_conditional :
    ∀ (c m : ℝ), 0 ≤ c → c ≤ 1 → 0 ≤ m → m ≤ 1 → (1 / 2 : ℝ) < c * m → (1 / 2 : ℝ) < c := by
  intro c m hc hc' hm hm' h
  have hle := mul_le_mul_of_nonneg_left hm' hc
  linarith

/-- **E01** (Proposition 4.3, converse side), check `no-rival`: `for c in [0, 1], d in [0, 1]:
(1/2 < c) and (c + d <= 1) implies d < c`. Any other token of the step has a smaller
conditional. -/
theorem E01_no_rival :
    ∀ (c d : ℝ), 0 ≤ c → c ≤ 1 → 0 ≤ d → d ≤ 1 → (1 / 2 : ℝ) < c → c + d ≤ 1 → d < c := by
  intro c d hc hc' hd hd' h1 h2
  linarith

/-- **E02** (Proposition 4.3, Appendix E), check `room-binary`: `for q in (1/3, 1/2): 0 < 1 - 2*q
and 1 - 2*q < q`. V = 2: the whole rest goes to the trap. -/
theorem E02_room_binary :
    ∀ (q : ℝ), (1 / 3 : ℝ) < q → q < (1 / 2 : ℝ) → 0 < 1 - 2 * q ∧ 1 - 2 * q < q := by
  intro q hq hq'
  exact ⟨by linarith, by linarith⟩

/-- **E02** (Proposition 4.3, Appendix E), check `room-binary-needed`: `for q in (0, 1/2), e in
(0, 1): (e = 1 - 2*q) and (e < q) implies 1/3 < q`. -/
theorem E02_room_binary_needed :
    ∀ (q e : ℝ), 0 < q → q < (1 / 2 : ℝ) → 0 < e → e < 1 → e = 1 - 2 * q → e < q →
      (1 / 3 : ℝ) < q := by
  intro q e hq hq' he he' h1 h2
  linarith

/-- **E02** (Proposition 4.3, Appendix E), check `room`: `for q in (0, 1/2), S in (0, oo): (1 < (3
+ S)*q) implies max(0, 1 - 2*q - S*q) < min(q, 1 - 2*q)`. V >= 3: an e fits between what must
and what may go to the trap. -/
theorem E02_room :
    ∀ (q S : ℝ), 0 < q → q < (1 / 2 : ℝ) → 0 < S → 1 < (3 + S) * q →
      (max (0 : ℝ) (1 - 2 * q - S * q)) < (min q (1 - 2 * q)) := by
  intro q S hq hq' hS h
  have hSq := mul_pos hS hq
  exact max_lt (lt_min hq (by linarith)) (lt_min (by linarith) (by linarith))

/-- **E02** (Proposition 4.3, Appendix E), check `room-needed`: `for q in (0, 1/2), S in (0, oo),
e in (0, 1): (e < q) and (1 - 2*q - e <= S*q) implies 1 < (3 + S)*q`. -/
theorem E02_room_needed :
    ∀ (q S e : ℝ), 0 < q → q < (1 / 2 : ℝ) → 0 < S → 0 < e → e < 1 → e < q →
      1 - 2 * q - e ≤ S * q → 1 < (3 + S) * q := by
  intro q S e hq hq' hS he he' h1 h2
  linarith

/-- **E02** (Proposition 4.3, Appendix E), check `greedy-pick`: `for q in (0, 1/2), V in natural
[3, oo): (1 < (2*V - 1)*q) implies (1 - 3*q)/(V - 2) < 2*q`. At the largest trap, e near q,
the mean of the other tokens lies below the trap. -/
theorem E02_greedy_pick :
    ∀ (q : ℝ) (V : ℕ), 0 < q → q < (1 / 2 : ℝ) → 3 ≤ (V : ℝ) → 1 < (2 * (V : ℝ) - 1) * q →
      (1 - 3 * q) / ((V : ℝ) - 2) < 2 * q := by
  intro q V hq hq' hV h
  rw [div_lt_iff₀ (by linarith)]
  linarith

/-- **E02** (Proposition 4.3, Appendix E), check `greedy-pick-needed`: `for q in (0, 1/2), e in
(0, 1), V in natural [3, oo): (1 - 2*q - e < (V - 2)*(q + e)) and (e < q) implies 1 < (2*V -
1)*q`. If every other token is lighter than the trap, their mean is. -/
theorem E02_greedy_pick_needed :
    ∀ (q e : ℝ) (V : ℕ), 0 < q → q < (1 / 2 : ℝ) → 0 < e → e < 1 → 3 ≤ (V : ℝ) →
      1 - 2 * q - e < ((V : ℝ) - 2) * (q + e) → e < q → 1 < (2 * (V : ℝ) - 1) * q := by
  intro q e V hq hq' he he' hV h1 h2
  have hmul := mul_lt_mul_of_pos_left h2 (show 0 < (V : ℝ) - 1 by linarith)
  linarith

/-- **E03** (Proposition 4.3 ('at most 1/2')), check `room-below-half`: `for q in (0, 1/2): 0 < 1
- 2*q`. -/
theorem E03_room_below_half :
    ∀ (q : ℝ), 0 < q → q < (1 / 2 : ℝ) → 0 < 1 - 2 * q := by
  intro q hq hq'
  linarith

/-- **E03** (Proposition 4.3 ('at most 1/2')), check `only-ties`: `for c in [0, 1], m in [0, 1]:
(1/2 <= c*m) implies 1/2 <= c and 1 - c <= c`. At 1/2 no other token can be strictly heavier. -/
theorem E03_only_ties :
    ∀ (c m : ℝ), 0 ≤ c → c ≤ 1 → 0 ≤ m → m ≤ 1 → (1 / 2 : ℝ) ≤ c * m →
      (1 / 2 : ℝ) ≤ c ∧ 1 - c ≤ c := by
  intro c m hc hc' hm hm' h
  have hle := mul_le_mul_of_nonneg_left hm' hc
  exact ⟨by linarith, by linarith⟩

/-- **E03** (Proposition 4.3 ('at most 1/2')), check `no-tie-with-full-support`: `for c in (0, 1),
m in (0, 1): (1/2 <= c*m) implies 1/2 < c`. Full support and L >= 2 make the product m of the
other conditionals less than 1. -/
theorem E03_no_tie_with_full_support :
    ∀ (c m : ℝ), 0 < c → c < 1 → 0 < m → m < 1 → (1 / 2 : ℝ) ≤ c * m → (1 / 2 : ℝ) < c := by
  intro c m hc hc' hm hm' h
  have hlt := mul_lt_mul_of_pos_left hm' hc
  linarith

/-- **E04** (beyond the paper; sharpens Proposition 4.3), check `above-the-mean`: `for q in (0,
1), M in natural [2, oo): (1 - q < (M - 1)*q) implies 1 < M*q`. M = V^L sequences, the others
each lighter than the mode. -/
theorem E04_above_the_mean :
    ∀ (q : ℝ) (M : ℕ), 0 < q → q < 1 → 2 ≤ (M : ℝ) → 1 - q < ((M : ℝ) - 1) * q →
      1 < (M : ℝ) * q := by
  intro q M hq hq' hM h
  linarith

/-- **E04** (beyond the paper; sharpens Proposition 4.3), check `room-binary`: `for q in (0, 1/2),
H in natural [2, oo): (1 < 2*H*q) implies max(q, 1 - H*q) < min(1/2, H*q)`. V = 2, H =
2^{L-1}: the first token's mass a fits. -/
theorem E04_room_binary :
    ∀ (q : ℝ) (H : ℕ), 0 < q → q < (1 / 2 : ℝ) → 2 ≤ (H : ℝ) → 1 < 2 * (H : ℝ) * q →
      (max q (1 - (H : ℝ) * q)) < (min (1 / 2 : ℝ) ((H : ℝ) * q)) := by
  intro q H hq hq' hH h
  have hmul := mul_le_mul_of_nonneg_right hH hq.le
  exact max_lt (lt_min hq' (by linarith)) (lt_min (by linarith) (by linarith))

end SRVerify
