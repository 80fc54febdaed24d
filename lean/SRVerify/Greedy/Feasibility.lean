import SRVerify.Greedy.Decoy

/-!
# Where greedy decoding fails (Proposition 4.3, E03-E05)

For `V, L ≥ 2` and full support greedy decoding can miss a unique mode of mass `q` exactly for
`1/V^L < q < 1/2`, and then it can differ from it in every token. At `q = 1/2` it takes a tie and
responses of mass zero.

## Main results

* `greedy_hamming`: the construction, with a greedy decoding that differs everywhere.
* `greedy_feasibility_iff`: the range.
* `greedy_tie_at_half`: the boundary.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-- The number of responses. -/
theorem card_responses (V L : ℕ) : (Fintype.card (Fin L → Fin V) : ℝ) = (V : ℝ) ^ L := by
  rw [Fintype.card_fun, Fintype.card_fin, Fintype.card_fin, Nat.cast_pow]

/-- Two responses that differ in every token; each first token begins at least two responses, and at
most half of all. -/
theorem exists_first_tokens (hV : 2 ≤ V) (hL : 2 ≤ L) :
    ∃ A B : Fin L → Fin V, (∀ i, A i ≠ B i) ∧ 2 ≤ prefixMass (fun _ => (1 : ℝ)) B 1 ∧
      2 * prefixMass (fun _ => (1 : ℝ)) B 1 ≤ (V : ℝ) ^ L := by
  have hL0 : 0 < L := by omega
  have hV0 : 0 < V := by omega
  have hV1 : 1 < V := by omega
  have hab : (⟨0, hV0⟩ : Fin V) ≠ ⟨1, hV1⟩ := by
    intro h
    have hval : (0 : ℕ) = 1 := congrArg Fin.val h
    omega
  obtain ⟨A, hA⟩ : ∃ A : Fin L → Fin V, A = fun _ => ⟨0, hV0⟩ := ⟨_, rfl⟩
  obtain ⟨B, hB⟩ : ∃ B : Fin L → Fin V, B = fun _ => ⟨1, hV1⟩ := ⟨_, rfl⟩
  have hdiffer : ∀ i, A i ≠ B i := by
    intro i
    rw [hA, hB]
    exact hab
  have hones : ∀ v : Fin L → Fin V, 0 ≤ (fun _ : Fin L → Fin V => (1 : ℝ)) v := fun _ => zero_le_one
  refine ⟨A, B, hdiffer, ?_, ?_⟩
  · have hlast : L - 1 < L := by omega
    have hne : Function.update B ⟨L - 1, hlast⟩ (A ⟨L - 1, hlast⟩) ≠ B := by
      intro h
      have hvalue := congrFun h ⟨L - 1, hlast⟩
      rw [Function.update_self] at hvalue
      exact hdiffer ⟨L - 1, hlast⟩ hvalue
    have hagree : AgreeBelow 1 (Function.update B ⟨L - 1, hlast⟩ (A ⟨L - 1, hlast⟩)) B := by
      intro j hj
      have hjne : j ≠ ⟨L - 1, hlast⟩ := by
        intro h
        have hval : (j : ℕ) = L - 1 := congrArg Fin.val h
        omega
      exact Function.update_of_ne hjne _ _
    have hpair : (1 : ℝ) + 1 ≤ prefixMass (fun _ => (1 : ℝ)) B 1 :=
      add_le_prefixMass (p := fun _ => (1 : ℝ)) hones hagree (AgreeBelow.refl 1 B) hne
    linarith
  · have hpair : prefixMass (fun _ => (1 : ℝ)) A 1 + prefixMass (fun _ => (1 : ℝ)) B 1 ≤
        ∑ _v : Fin L → Fin V, (1 : ℝ) :=
      prefixMass_add_le (p := fun _ => (1 : ℝ)) hones (i := ⟨0, hL0⟩) (k := 1) Nat.zero_lt_one
        (hdiffer ⟨0, hL0⟩)
    have htotal : ∑ _v : Fin L → Fin V, (1 : ℝ) = (V : ℝ) ^ L := by
      rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul, mul_one, card_responses]
    have hsame : prefixMass (fun _ => (1 : ℝ)) A 1 = prefixMass (fun _ => (1 : ℝ)) B 1 :=
      prefixMass_one_eq hL0 A B
    rw [htotal, hsame] at hpair
    linarith

/-- **E05**: for `V, L ≥ 2` and `1/V^L < q < 1/2` some law of full support has a unique mode of mass
`q` and one greedy decoding, which differs from the mode in every token. -/
theorem greedy_hamming (hV : 2 ≤ V) (hL : 2 ≤ L) {q : ℝ} (hq : 1 / (V : ℝ) ^ L < q)
    (hq' : q < 1 / 2) :
    ∃ (p : (Fin L → Fin V) → ℝ) (w d : Fin L → Fin V), (∀ v, 0 < p v) ∧ ∑ v, p v = 1 ∧
      (∀ v, v ≠ w → p v < p w) ∧ p w = q ∧ (∀ g, IsGreedy p g ↔ g = d) ∧ ∀ i, d i ≠ w i := by
  have hL0 : 0 < L := by omega
  obtain ⟨A, B, hdiffer, hcount, htwice⟩ := exists_first_tokens hV hL
  have hAB : A ⟨0, hL0⟩ ≠ B ⟨0, hL0⟩ := hdiffer ⟨0, hL0⟩
  obtain ⟨M, hMdef⟩ : ∃ M : ℝ, M = prefixMass (fun _ => (1 : ℝ)) B 1 := ⟨_, rfl⟩
  have hM2 : 2 ≤ M := by
    rw [hMdef]
    exact hcount
  have hN : 2 * M ≤ (V : ℝ) ^ L := by
    rw [hMdef]
    exact htwice
  have hpow : 0 < (V : ℝ) ^ L := by linarith
  have hNq : 1 < (V : ℝ) ^ L * q := by
    have hmul := (div_lt_iff₀ hpow).mp hq
    linarith
  obtain ⟨s, u, hs, hsq, hu, huq, htotal, htrap⟩ := decoy_room hM2 hN hNq hq'
  obtain ⟨e, hedef⟩ : ∃ e : ℝ, e = min (q - u) u := ⟨_, rfl⟩
  have he : 0 < e := by
    rw [hedef]
    exact lt_min (by linarith) hu
  have heq : e ≤ q - u := by
    rw [hedef]
    exact min_le_left _ _
  have heu : e ≤ u := by
    rw [hedef]
    exact min_le_right _ _
  have hM0 : 0 < M := by linarith
  have heM : 0 < e / M := div_pos he hM0
  have hehalf : e / M ≤ e / 2 := div_le_div_of_nonneg_left he.le two_pos hM2
  have hMe : M * (e / M) = e := mul_div_of_ne hM0.ne' e
  obtain ⟨c, hcdef⟩ : ∃ c : ℝ, c = u - e / M := ⟨_, rfl⟩
  have hc : 0 < c := by linarith
  have hce : c + e < q := by linarith
  have hmass : c * M + e = M * u := by
    rw [hcdef]
    linear_combination (-1) * hMe
  have hvalue : ∀ v, v ≠ A → 0 < decoyWeight A B q s c e v ∧ decoyWeight A B q s c e v < q := by
    intro v hv
    by_cases hv1 : AgreeBelow 1 v B
    · by_cases hvB : v = B
      · rw [hvB, decoyWeight_decoy hL0 hAB]
        exact ⟨by linarith, hce⟩
      · rw [decoyWeight_branch hL0 hAB hv1 hvB]
        exact ⟨hc, by linarith⟩
    · rw [decoyWeight_other hL0 hv1 hv]
      exact ⟨hs, hsq⟩
  have hmode : decoyWeight A B q s c e A = q := decoyWeight_mode hL0 hAB
  have hq0 : 0 < q := by linarith
  refine ⟨decoyWeight A B q s c e, A, B, fun v => ?_, ?_, fun v hv => ?_, hmode, ?_,
    fun i => (hdiffer i).symm⟩
  · by_cases hv : v = A
    · rw [hv, hmode]
      exact hq0
    · exact (hvalue v hv).1
  · rw [sum_decoyWeight, card_responses, ← hMdef]
    linear_combination htotal + hmass
  · rw [hmode]
    exact (hvalue v hv).2
  · refine decoy_isGreedy_iff hL0 hAB he hsq.le ?_
    rw [← hMdef]
    linarith

/-- **E04**: for `V, L ≥ 2` and full support, a law with a unique mode of mass `q` that some greedy
decoding misses exists exactly for `1/V^L < q < 1/2`. -/
theorem greedy_feasibility_iff (hV : 2 ≤ V) (hL : 2 ≤ L) (q : ℝ) :
    (∃ (p : (Fin L → Fin V) → ℝ) (w g : Fin L → Fin V), (∀ v, 0 < p v) ∧ ∑ v, p v = 1 ∧
      (∀ v, v ≠ w → p v < p w) ∧ p w = q ∧ IsGreedy p g ∧ g ≠ w) ↔
      1 / (V : ℝ) ^ L < q ∧ q < 1 / 2 := by
  constructor
  · rintro ⟨p, w, g, hp, hsum, hmode, hw, hg, hne⟩
    have hV0 : (0 : ℝ) < (V : ℝ) := by
      have hpos : 0 < V := by omega
      exact_mod_cast hpos
    constructor
    · have hlt : ∑ v, p v < ∑ _v : Fin L → Fin V, q := by
        refine Finset.sum_lt_sum (fun v _ => ?_) ⟨g, Finset.mem_univ g, ?_⟩
        · by_cases hv : v = w
          · exact le_of_eq (by rw [hv, hw])
          · rw [← hw]
            exact (hmode v hv).le
        · rw [← hw]
          exact hmode g hne
      rw [hsum, Finset.sum_const, Finset.card_univ, nsmul_eq_mul, card_responses] at hlt
      rw [div_lt_iff₀ (pow_pos hV0 L)]
      linarith
    · by_contra hhalf
      refine hne (greedy_of_half_le hV hL hp hsum ?_ hg)
      rw [hw]
      exact not_lt.mp hhalf
  · rintro ⟨hq, hq'⟩
    obtain ⟨p, w, d, hp, hsum, hmode, hw, hgreedy, hdiffer⟩ := greedy_hamming hV hL hq hq'
    refine ⟨p, w, d, hp, hsum, hmode, hw, (hgreedy d).mpr rfl, ?_⟩
    intro hdw
    have hfirst : 0 < L := by omega
    exact hdiffer ⟨0, hfirst⟩ (congrFun hdw ⟨0, hfirst⟩)

/-- **E03**: at mass exactly one half, with responses of mass zero allowed and the tie broken
against the mode, greedy decoding can miss the unique mode. -/
theorem greedy_tie_at_half (hV : 2 ≤ V) (hL : 2 ≤ L) :
    ∃ (p : (Fin L → Fin V) → ℝ) (w g : Fin L → Fin V), IsDist p ∧ (∀ v, v ≠ w → p v < p w) ∧
      p w = 1 / 2 ∧ IsGreedy p g ∧ g ≠ w := by
  have hL0 : 0 < L := by omega
  obtain ⟨A, B, hdiffer, hcount, _⟩ := exists_first_tokens hV hL
  have hAB : A ⟨0, hL0⟩ ≠ B ⟨0, hL0⟩ := hdiffer ⟨0, hL0⟩
  obtain ⟨M, hMdef⟩ : ∃ M : ℝ, M = prefixMass (fun _ => (1 : ℝ)) B 1 := ⟨_, rfl⟩
  rw [← hMdef] at hcount
  have hM0 : 0 < M := by linarith
  obtain ⟨c, hcdef⟩ : ∃ c : ℝ, c = 1 / 2 / M := ⟨_, rfl⟩
  have hcM : c * M = 1 / 2 := by
    rw [hcdef]
    exact div_mul_cancel₀ (1 / 2 : ℝ) hM0.ne'
  have hc0 : 0 < c := by
    rw [hcdef]
    exact div_pos (by norm_num) hM0
  have hchalf : c < 1 / 2 := by
    have hscaled := mul_le_mul_of_nonneg_left hcount hc0.le
    linarith
  have hmode : decoyWeight A B (1 / 2) 0 c 0 A = 1 / 2 := decoyWeight_mode hL0 hAB
  have hbranch : ∀ t, AgreeBelow 1 t B → decoyWeight A B (1 / 2) 0 c 0 t = c := by
    intro t ht
    by_cases htB : t = B
    · have hdecoy : decoyWeight A B (1 / 2) 0 c 0 B = c + 0 := decoyWeight_decoy hL0 hAB
      rw [htB, hdecoy, add_zero]
    · exact decoyWeight_branch hL0 hAB ht htB
  have hvalue : ∀ v, v ≠ A → 0 ≤ decoyWeight A B (1 / 2) 0 c 0 v ∧
      decoyWeight A B (1 / 2) 0 c 0 v < 1 / 2 := by
    intro v hv
    by_cases hv1 : AgreeBelow 1 v B
    · rw [hbranch v hv1]
      exact ⟨hc0.le, hchalf⟩
    · rw [decoyWeight_other hL0 hv1 hv]
      exact ⟨le_rfl, by norm_num⟩
  refine ⟨decoyWeight A B (1 / 2) 0 c 0, A, B, ⟨fun v => ?_, ?_⟩, fun v hv => ?_, hmode, ?_, ?_⟩
  · by_cases hv : v = A
    · rw [hv, hmode]
      norm_num
    · exact (hvalue v hv).1
  · rw [sum_decoyWeight, ← hMdef]
    linear_combination hcM
  · rw [hmode]
    exact (hvalue v hv).2
  · intro i v hv
    by_cases hi : v i = B i
    · have hagree : AgreeBelow ((i : ℕ) + 1) v B := AgreeBelow.succ hv hi
      exact le_of_eq (prefixMass_congr _ hagree)
    · rcases Nat.eq_zero_or_pos (i : ℕ) with hzero | hpos
      · have hi0 : i = ⟨0, hL0⟩ := Fin.ext hzero
        have hv0 : v ⟨0, hL0⟩ ≠ B ⟨0, hL0⟩ := by
          rw [← hi0]
          exact hi
        have hhalf : (0 : ℝ) ≤ 1 / 2 := by norm_num
        have hother := prefixMass_other_le (A := A) (B := B) (c := c) (e := 0) hL0 hhalf hv0
        have hdecoy : prefixMass (decoyWeight A B (1 / 2) 0 c 0) B 1 =
            c * prefixMass (fun _ => (1 : ℝ)) B 1 + 0 := prefixMass_decoy hL0 hAB
        rw [← hMdef] at hdecoy
        rw [hzero, zero_add, hdecoy]
        linarith
      · refine prefixMass_le_of_swap hv fun t ht => ?_
        have ht1 : AgreeBelow 1 t B := ht.mono (by omega)
        have hs1 : AgreeBelow 1 (swapToken i (B i) (v i) t) B := by
          intro j hj
          have hj0 : (j : ℕ) = 0 := by omega
          have hji : j ≠ i := by
            intro h
            rw [h] at hj0
            omega
          rw [swapToken_of_ne hji]
          exact ht j (by omega)
        exact le_of_eq ((hbranch _ hs1).trans (hbranch t ht1).symm)
  · intro hBA
    exact hdiffer ⟨0, hL0⟩ (congrFun hBA ⟨0, hL0⟩).symm

end SRVerify
