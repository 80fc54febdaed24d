import SRVerify.Greedy.Comparison

/-!
# A law that greedy decoding misreads (Proposition 4.3, E04, E05)

Mass `q` on one response `A`, a little less on each response with the first token of another
response `B`, and so more on that token than on the first token of `A`.

## Main definitions

* `decoyWeight`: `q` on `A`, `c + e` on `B`, `c` after the first token of `B`, `s` elsewhere.

## Main results

* `decoy_room`: weights with total one, `A` the mode and `B` the heavier first token.
* `sum_decoyWeight`: the total weight.
* `prefixMass_decoy`, `prefixMass_other_le`: masses of first tokens.
* `decoy_isGreedy_iff`: `B` is the only greedy decoding.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-- **E04**: room for the weights; `N` responses, `M` for each first token, `u` the mean weight
after the decoy's first token. -/
theorem decoy_room {N M q : ℝ} (hM : 2 ≤ M) (hN : 2 * M ≤ N) (hNq : 1 < N * q) (hq : q < 1 / 2) :
    ∃ s u : ℝ, 0 < s ∧ s < q ∧ 0 < u ∧ u < q ∧ N * s + (q - s) + M * (u - s) = 1 ∧
      q + (M - 1) * s < M * u := by
  have hq0 : 0 < q := by
    by_contra hneg
    have hprod : N * q ≤ 0 := mul_nonpos_of_nonneg_of_nonpos (by linarith) (not_lt.mp hneg)
    linarith
  have hk : 0 < N - M - 1 := by linarith
  have hN2 : 0 < N - 2 := by linarith
  have hfirst : (1 - (M + 1) * q) / (N - M - 1) < q := by
    rw [div_lt_iff₀ hk]
    linarith
  have hsecond : (1 - (M + 1) * q) / (N - M - 1) < (1 - 2 * q) / (N - 2) := by
    rw [div_lt_div_iff₀ hk hN2]
    linarith [mul_pos (show 0 < M - 1 by linarith) (show 0 < N * q - 1 by linarith)]
  have hthird : 0 < (1 - 2 * q) / (N - 2) := div_pos (by linarith) hN2
  have hroom : max 0 ((1 - (M + 1) * q) / (N - M - 1)) < min q ((1 - 2 * q) / (N - 2)) :=
    max_lt (lt_min hq0 hthird) (lt_min hfirst hsecond)
  obtain ⟨s, hlow, hhigh⟩ := exists_between hroom
  have hs : 0 < s := lt_of_le_of_lt (le_max_left _ _) hlow
  have hsq : s < q := lt_of_lt_of_le hhigh (min_le_left _ _)
  have hlow' : (1 - (M + 1) * q) / (N - M - 1) < s := lt_of_le_of_lt (le_max_right _ _) hlow
  have hhigh' : s < (1 - 2 * q) / (N - 2) := lt_of_lt_of_le hhigh (min_le_right _ _)
  rw [div_lt_iff₀ hk] at hlow'
  rw [lt_div_iff₀ hN2] at hhigh'
  have hM0 : 0 < M := by linarith
  have hMs : 0 < (M - 1) * s := mul_pos (by linarith) hs
  have hu : M * ((1 - q - (N - M - 1) * s) / M) = 1 - q - (N - M - 1) * s :=
    mul_div_of_ne hM0.ne' _
  have htrap : q + (M - 1) * s < 1 - q - (N - M - 1) * s := by linarith
  refine ⟨s, (1 - q - (N - M - 1) * s) / M, hs, hsq, ?_, ?_, ?_, ?_⟩
  · exact div_pos (by linarith) hM0
  · rw [div_lt_iff₀ hM0]
    linarith
  · rw [mul_sub, hu]
    ring
  · rw [hu]
    exact htrap

/-- The law of the construction: `q` on `A`, `c + e` on `B`, `c` on the other responses with the
first token of `B`, `s` elsewhere. -/
noncomputable def decoyWeight (A B : Fin L → Fin V) (q s c e : ℝ) (t : Fin L → Fin V) : ℝ :=
  s + (q - s) * prefixTerm (fun _ => (1 : ℝ)) A L t +
    (c - s) * prefixTerm (fun _ => (1 : ℝ)) B 1 t + e * prefixTerm (fun _ => (1 : ℝ)) B L t

/-- The indicator of a prefix where it holds. -/
theorem prefixTerm_one {w v : Fin L → Fin V} {k : ℕ} (h : AgreeBelow k v w) :
    prefixTerm (fun _ => (1 : ℝ)) w k v = 1 :=
  prefixTerm_of_agree (fun _ => (1 : ℝ)) h

/-- The indicator of a prefix where it fails. -/
theorem prefixTerm_one_of_not {w v : Fin L → Fin V} {k : ℕ} (h : ¬ AgreeBelow k v w) :
    prefixTerm (fun _ => (1 : ℝ)) w k v = 0 :=
  prefixTerm_of_not (fun _ => (1 : ℝ)) h

/-- Agreement in all tokens is equality. -/
theorem eq_of_agreeBelow_full {v w : Fin L → Fin V} (h : AgreeBelow L v w) : v = w :=
  funext fun i => h i i.isLt

/-- The total weight of the construction. -/
theorem sum_decoyWeight (A B : Fin L → Fin V) (q s c e : ℝ) :
    ∑ t, decoyWeight A B q s c e t =
      (Fintype.card (Fin L → Fin V) : ℝ) * s + (q - s) +
        (c - s) * prefixMass (fun _ => (1 : ℝ)) B 1 + e := by
  have hA : ∑ t, prefixTerm (fun _ => (1 : ℝ)) A L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hB : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hB1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B 1 t = prefixMass (fun _ => (1 : ℝ)) B 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) B 1).symm
  have hs : ∑ _t : Fin L → Fin V, s = (Fintype.card (Fin L → Fin V) : ℝ) * s := by
    rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul]
  unfold decoyWeight
  rw [Finset.sum_add_distrib, Finset.sum_add_distrib, Finset.sum_add_distrib, ← Finset.mul_sum,
    ← Finset.mul_sum, ← Finset.mul_sum, hA, hB, hB1, hs, mul_one, mul_one]

section Construction

variable {A B : Fin L → Fin V} {q s c e : ℝ}

/-- The weight of the mode. -/
theorem decoyWeight_mode (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    decoyWeight A B q s c e A = q := by
  have hfirst : ¬ AgreeBelow 1 A B := fun h => hAB (h ⟨0, hL⟩ Nat.zero_lt_one)
  have hfull : ¬ AgreeBelow L A B := fun h => hAB (h ⟨0, hL⟩ hL)
  unfold decoyWeight
  rw [prefixTerm_one (AgreeBelow.refl L A), prefixTerm_one_of_not hfirst,
    prefixTerm_one_of_not hfull]
  ring

/-- The weight of the decoy. -/
theorem decoyWeight_decoy (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    decoyWeight A B q s c e B = c + e := by
  have hfull : ¬ AgreeBelow L B A := fun h => hAB (h ⟨0, hL⟩ hL).symm
  unfold decoyWeight
  rw [prefixTerm_one_of_not hfull, prefixTerm_one (AgreeBelow.refl 1 B),
    prefixTerm_one (AgreeBelow.refl L B)]
  ring

/-- The weight after the decoy's first token. -/
theorem decoyWeight_branch (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) {t : Fin L → Fin V}
    (ht : AgreeBelow 1 t B) (hne : t ≠ B) : decoyWeight A B q s c e t = c := by
  have hA : ¬ AgreeBelow L t A := by
    intro h
    have htA : t ⟨0, hL⟩ = A ⟨0, hL⟩ := h ⟨0, hL⟩ hL
    have htB : t ⟨0, hL⟩ = B ⟨0, hL⟩ := ht ⟨0, hL⟩ Nat.zero_lt_one
    exact hAB (htA.symm.trans htB)
  have hB : ¬ AgreeBelow L t B := fun h => hne (eq_of_agreeBelow_full h)
  unfold decoyWeight
  rw [prefixTerm_one_of_not hA, prefixTerm_one ht, prefixTerm_one_of_not hB]
  ring

/-- The weight of the other responses. -/
theorem decoyWeight_other (hL : 0 < L) {t : Fin L → Fin V} (ht : ¬ AgreeBelow 1 t B) (hne : t ≠ A) :
    decoyWeight A B q s c e t = s := by
  have hA : ¬ AgreeBelow L t A := fun h => hne (eq_of_agreeBelow_full h)
  have hB : ¬ AgreeBelow L t B := fun h => ht (h.mono (Nat.succ_le_of_lt hL))
  unfold decoyWeight
  rw [prefixTerm_one_of_not hA, prefixTerm_one_of_not ht, prefixTerm_one_of_not hB]
  ring

/-- The mass of the decoy's first token. -/
theorem prefixMass_decoy (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    prefixMass (decoyWeight A B q s c e) B 1 = c * prefixMass (fun _ => (1 : ℝ)) B 1 + e := by
  have hpoint : ∀ t, prefixTerm (decoyWeight A B q s c e) B 1 t =
      c * prefixTerm (fun _ => (1 : ℝ)) B 1 t + e * prefixTerm (fun _ => (1 : ℝ)) B L t := by
    intro t
    by_cases ht : AgreeBelow 1 t B
    · have e1 := prefixTerm_of_agree (decoyWeight A B q s c e) ht
      have e2 := prefixTerm_one ht
      by_cases htB : t = B
      · have e3 : prefixTerm (fun _ => (1 : ℝ)) B L t = 1 := by
          rw [htB]
          exact prefixTerm_one (AgreeBelow.refl L B)
        have e4 : decoyWeight A B q s c e t = c + e := by
          rw [htB]
          exact decoyWeight_decoy hL hAB
        rw [e1, e2, e3, e4]
        ring
      · have hfull : ¬ AgreeBelow L t B := fun h => htB (eq_of_agreeBelow_full h)
        have e3 := prefixTerm_one_of_not hfull
        have e4 : decoyWeight A B q s c e t = c := decoyWeight_branch hL hAB ht htB
        rw [e1, e2, e3, e4]
        ring
    · have hfull : ¬ AgreeBelow L t B := fun h => ht (h.mono (Nat.succ_le_of_lt hL))
      have e1 := prefixTerm_of_not (decoyWeight A B q s c e) ht
      have e2 := prefixTerm_one_of_not ht
      have e3 := prefixTerm_one_of_not hfull
      rw [e1, e2, e3]
      ring
  have hB : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hB1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B 1 t = prefixMass (fun _ => (1 : ℝ)) B 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) B 1).symm
  have hsum : ∑ t, prefixTerm (decoyWeight A B q s c e) B 1 t =
      ∑ t, (c * prefixTerm (fun _ => (1 : ℝ)) B 1 t +
        e * prefixTerm (fun _ => (1 : ℝ)) B L t) :=
    Finset.sum_congr rfl fun t _ => hpoint t
  rw [Finset.sum_add_distrib, ← Finset.mul_sum, ← Finset.mul_sum, hB, hB1, mul_one,
    ← prefixMass_eq_sum] at hsum
  exact hsum

/-- The mass of any other first token. -/
theorem prefixMass_other_le (hL : 0 < L) (hsq : s ≤ q) {v : Fin L → Fin V}
    (hv : v ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    prefixMass (decoyWeight A B q s c e) v 1 ≤
      s * prefixMass (fun _ => (1 : ℝ)) v 1 + (q - s) := by
  have hone : ∀ t : Fin L → Fin V, 0 ≤ prefixTerm (fun _ => (1 : ℝ)) A L t := fun t =>
    prefixTerm_nonneg (fun _ => zero_le_one) A L t
  have hpoint : ∀ t, prefixTerm (decoyWeight A B q s c e) v 1 t ≤
      s * prefixTerm (fun _ => (1 : ℝ)) v 1 t + (q - s) * prefixTerm (fun _ => (1 : ℝ)) A L t := by
    intro t
    have hscaled := mul_nonneg (sub_nonneg.mpr hsq) (hone t)
    by_cases ht : AgreeBelow 1 t v
    · have hB : ¬ AgreeBelow 1 t B := fun h =>
        hv ((ht ⟨0, hL⟩ Nat.zero_lt_one).symm.trans (h ⟨0, hL⟩ Nat.zero_lt_one))
      have hfull : ¬ AgreeBelow L t B := fun h => hB (h.mono (Nat.succ_le_of_lt hL))
      have e1 := prefixTerm_of_agree (decoyWeight A B q s c e) ht
      have e2 := prefixTerm_one ht
      have e3 := prefixTerm_one_of_not hB
      have e4 := prefixTerm_one_of_not hfull
      have e5 : decoyWeight A B q s c e t = s + (q - s) * prefixTerm (fun _ => (1 : ℝ)) A L t := by
        unfold decoyWeight
        rw [e3, e4]
        ring
      rw [e1, e2, e5]
      linarith
    · have e1 := prefixTerm_of_not (decoyWeight A B q s c e) ht
      have e2 := prefixTerm_one_of_not ht
      rw [e1, e2]
      linarith
  have hA : ∑ t, prefixTerm (fun _ => (1 : ℝ)) A L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hv1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) v 1 t = prefixMass (fun _ => (1 : ℝ)) v 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) v 1).symm
  have hle : ∑ t, prefixTerm (decoyWeight A B q s c e) v 1 t ≤
      ∑ t, (s * prefixTerm (fun _ => (1 : ℝ)) v 1 t +
        (q - s) * prefixTerm (fun _ => (1 : ℝ)) A L t) :=
    Finset.sum_le_sum fun t _ => hpoint t
  rw [Finset.sum_add_distrib, ← Finset.mul_sum, ← Finset.mul_sum, hA, hv1, mul_one,
    ← prefixMass_eq_sum] at hle
  exact hle

/-- **E04**, **E05**: the decoy is the only greedy decoding of the construction. -/
theorem decoy_isGreedy_iff (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) (he : 0 < e) (hsq : s ≤ q)
    (htrap : s * prefixMass (fun _ => (1 : ℝ)) B 1 + (q - s) <
      c * prefixMass (fun _ => (1 : ℝ)) B 1 + e) (g : Fin L → Fin V) :
    IsGreedy (decoyWeight A B q s c e) g ↔ g = B := by
  refine isGreedy_iff_of_strict (fun i v hv hi => ?_) g
  rcases Nat.eq_zero_or_pos (i : ℕ) with hzero | hpos
  · have hi0 : i = ⟨0, hL⟩ := Fin.ext hzero
    have hv0 : v ⟨0, hL⟩ ≠ B ⟨0, hL⟩ := by
      rw [← hi0]
      exact hi
    have hother := prefixMass_other_le (A := A) (B := B) (c := c) (e := e) hL hsq hv0
    have hcount := prefixMass_one_eq hL v B
    have hdecoy := prefixMass_decoy (q := q) (s := s) (c := c) (e := e) hL hAB
    rw [hcount] at hother
    rw [hzero, zero_add, hdecoy]
    linarith
  · have hswap0 : ∀ t : Fin L → Fin V, AgreeBelow ((i : ℕ) + 1) t B →
        AgreeBelow 1 (swapToken i (B i) (v i) t) B ∧ swapToken i (B i) (v i) t ≠ B := by
      intro t ht
      constructor
      · intro j hj
        have hj0 : (j : ℕ) = 0 := by omega
        have hji : j ≠ i := by
          intro h
          rw [h] at hj0
          omega
        rw [swapToken_of_ne hji]
        exact ht j (by omega)
      · intro h
        have hvalue := congrFun h i
        rw [swapToken_same, ht i (Nat.lt_add_one (i : ℕ)), Equiv.swap_apply_left] at hvalue
        exact hi hvalue
    refine prefixMass_lt_of_swap hv (fun t ht => ?_) ?_
    · obtain ⟨hbranch, hne⟩ := hswap0 t ht
      have e1 : decoyWeight A B q s c e (swapToken i (B i) (v i) t) = c :=
        decoyWeight_branch hL hAB hbranch hne
      by_cases htB : t = B
      · have e2 : decoyWeight A B q s c e t = c + e := by
          rw [htB]
          exact decoyWeight_decoy hL hAB
        linarith
      · have ht1 : AgreeBelow 1 t B := ht.mono (by omega)
        have e2 : decoyWeight A B q s c e t = c := decoyWeight_branch hL hAB ht1 htB
        linarith
    · obtain ⟨hbranch, hne⟩ := hswap0 B (AgreeBelow.refl ((i : ℕ) + 1) B)
      have e1 : decoyWeight A B q s c e (swapToken i (B i) (v i) B) = c :=
        decoyWeight_branch hL hAB hbranch hne
      have e2 : decoyWeight A B q s c e B = c + e := decoyWeight_decoy hL hAB
      linarith

end Construction

end SRVerify
