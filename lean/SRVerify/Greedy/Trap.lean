import SRVerify.Greedy.Feasibility

/-!
# The trap of the paper (Proposition 4.3, appendix E, E02)

The construction of appendix E: a first token of conditional mass `q` with a deterministic
continuation, and a trap of mass `q + e` whose continuations all stay below `q`. It has room exactly
for `1/(3 + (V-2) V^{L-1}) < q < 1/2`, and greedy decoding then misses the mode.

## Main definitions

* `IsTrap`: the construction for the mode `A` and the trap's first token, that of `B`.
* `trapLaw`: a law of that form.

## Main results

* `prefixMass_one_eq_pow`: a first token begins `V^{L-1}` responses.
* `trap_misses`: with the trap greedy decoding never returns the mode.
* `trap_room`: what is left for the other first tokens.
* `trap_feasibility_iff`: the range.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-- The construction of appendix E: mass `q` on the first token of `A`, all of it on `A`; mass
`q + e` on the first token of `B`, with conditionals after it below `q / (q + e)`; every response
but `A` below `q`. -/
def IsTrap (A B : Fin L → Fin V) (q e : ℝ) (p : (Fin L → Fin V) → ℝ) : Prop :=
  IsDist p ∧ prefixMass p A 1 = q ∧ prefixMass p B 1 = q + e ∧ p A = q ∧
    (∀ v, AgreeBelow 1 v B → prefixMass p v 2 < q) ∧ ∀ v, v ≠ A → p v < q

/-- **E02**: with the trap greedy decoding never returns the mode. -/
theorem trap_misses {A B : Fin L → Fin V} {q e : ℝ} {p : (Fin L → Fin V) → ℝ} (hL : 0 < L)
    (he : 0 < e) (htrap : IsTrap A B q e p) {g : Fin L → Fin V} (hg : IsGreedy p g) : g ≠ A := by
  obtain ⟨_, hA, hB, _, _, _⟩ := htrap
  intro hgA
  rw [hgA] at hg
  have hstep : prefixMass p B 1 ≤ prefixMass p A 1 :=
    hg ⟨0, hL⟩ B fun j hj => absurd hj (Nat.not_lt_zero _)
  rw [hA, hB] at hstep
  linarith

/-- Agreement in the first token. -/
theorem agreeBelow_one {v w : Fin L → Fin V} (hL : 0 < L) (h : v ⟨0, hL⟩ = w ⟨0, hL⟩) :
    AgreeBelow 1 v w := by
  intro j hj
  have hj0 : j = ⟨0, hL⟩ := Fin.ext (Nat.lt_one_iff.mp hj)
  rw [hj0]
  exact h

/-- A first token begins `V^{L-1}` responses. -/
theorem prefixMass_one_eq_pow (hV : 0 < V) (hL : 0 < L) (B : Fin L → Fin V) :
    prefixMass (fun _ => (1 : ℝ)) B 1 = (V : ℝ) ^ (L - 1) := by
  have hinner : ∀ t : Fin L → Fin V,
      ∑ x : Fin V, prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t = 1 := by
    intro t
    have hother : ∀ x ∈ Finset.univ, x ≠ t ⟨0, hL⟩ →
        prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t = 0 := by
      intro x _ hx
      refine prefixTerm_one_of_not fun h => hx ?_
      exact (h ⟨0, hL⟩ Nat.zero_lt_one).symm
    have hsingle : ∑ x : Fin V, prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t =
        prefixTerm (fun _ => (1 : ℝ)) (fun _ => t ⟨0, hL⟩) 1 t :=
      Finset.sum_eq_single_of_mem (t ⟨0, hL⟩) (Finset.mem_univ (t ⟨0, hL⟩)) hother
    rw [hsingle]
    exact prefixTerm_one (agreeBelow_one hL rfl)
  have hmass : ∀ x : Fin V, ∑ t : Fin L → Fin V, prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t =
      prefixMass (fun _ => (1 : ℝ)) B 1 := by
    intro x
    rw [← prefixMass_eq_sum]
    exact prefixMass_one_eq hL (fun _ => x) B
  have hleft : ∑ x : Fin V, ∑ t : Fin L → Fin V,
      prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t =
        (V : ℝ) * prefixMass (fun _ => (1 : ℝ)) B 1 := by
    have hconst : ∑ x : Fin V, ∑ t : Fin L → Fin V,
        prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t =
          ∑ _x : Fin V, prefixMass (fun _ => (1 : ℝ)) B 1 :=
      Finset.sum_congr rfl fun x _ => hmass x
    rw [hconst, Finset.sum_const, Finset.card_univ, Fintype.card_fin, nsmul_eq_mul]
  have hright : ∑ t : Fin L → Fin V, ∑ x : Fin V,
      prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t = (V : ℝ) ^ L := by
    have hconst : ∑ t : Fin L → Fin V, ∑ x : Fin V,
        prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t = ∑ _t : Fin L → Fin V, (1 : ℝ) :=
      Finset.sum_congr rfl fun t _ => hinner t
    rw [hconst, Finset.sum_const, Finset.card_univ, nsmul_eq_mul, mul_one, card_responses]
  have hswap : ∑ x : Fin V, ∑ t : Fin L → Fin V,
      prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t =
        ∑ t : Fin L → Fin V, ∑ x : Fin V,
          prefixTerm (fun _ => (1 : ℝ)) (fun _ => x) 1 t := Finset.sum_comm
  have hpow : (V : ℝ) * (V : ℝ) ^ (L - 1) = (V : ℝ) ^ L := by
    have hle : 1 ≤ L := by omega
    rw [← pow_succ', Nat.sub_add_cancel hle]
  have hV0 : (V : ℝ) ≠ 0 := by
    have hpos : (0 : ℝ) < (V : ℝ) := by exact_mod_cast hV
    exact hpos.ne'
  apply mul_left_cancel₀ hV0
  rw [← hleft, hswap, hright, hpow]

/-- **E02**: room for the other first tokens, `C` responses of weight `w` each. -/
theorem trap_room {q C : ℝ} (hC : 0 ≤ C) (hq : 1 < (3 + C) * q) (hq' : q < 1 / 2) :
    ∃ e w : ℝ, 0 < e ∧ e ≤ 1 - 2 * q ∧ e < q ∧ 0 ≤ w ∧ w < q ∧ q + (q + e) + C * w = 1 := by
  have hq0 : 0 < q := by
    by_contra hneg
    have hprod : (3 + C) * q ≤ 0 :=
      mul_nonpos_of_nonneg_of_nonpos (by linarith) (not_lt.mp hneg)
    linarith
  rcases lt_or_ge (1 : ℝ) (3 * q) with h | h
  · exact ⟨1 - 2 * q, 0, by linarith, le_rfl, by linarith, le_rfl, hq0, by ring⟩
  · have hC0 : 0 < C := by
      rcases hC.eq_or_lt with h0 | h0
      · rw [← h0] at hq
        linarith
      · exact h0
    have hroom : 1 - 3 * q < min (1 - 2 * q) (C * q) := lt_min (by linarith) (by linarith)
    obtain ⟨x, hlow, hhigh⟩ := exists_between hroom
    have hx1 : x < 1 - 2 * q := lt_of_lt_of_le hhigh (min_le_left _ _)
    have hx2 : x < C * q := lt_of_lt_of_le hhigh (min_le_right _ _)
    have hcancel : C * (x / C) = x := mul_div_of_ne hC0.ne' x
    refine ⟨1 - 2 * q - x, x / C, by linarith, by linarith, by linarith,
      div_nonneg (by linarith) hC, ?_, ?_⟩
    · rw [div_lt_iff₀ hC0]
      linarith
    · rw [hcancel]
      ring

/-- `q` on `A`, `r` on each response with the first token of `B`, nothing on the others with the
first token of `A`, `w` elsewhere. -/
noncomputable def trapLaw (A B : Fin L → Fin V) (q r w : ℝ) (t : Fin L → Fin V) : ℝ :=
  q * prefixTerm (fun _ => (1 : ℝ)) A L t + r * prefixTerm (fun _ => (1 : ℝ)) B 1 t +
    w * (1 - prefixTerm (fun _ => (1 : ℝ)) A 1 t - prefixTerm (fun _ => (1 : ℝ)) B 1 t)

section Construction

variable {A B : Fin L → Fin V} {q r w : ℝ}

/-- The weight of the mode. -/
theorem trapLaw_mode (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) : trapLaw A B q r w A = q := by
  have hB : ¬ AgreeBelow 1 A B := fun h => hAB (h ⟨0, hL⟩ Nat.zero_lt_one)
  unfold trapLaw
  rw [prefixTerm_one (AgreeBelow.refl L A), prefixTerm_one_of_not hB,
    prefixTerm_one (AgreeBelow.refl 1 A)]
  ring

/-- The weight of the other responses with the mode's first token. -/
theorem trapLaw_twin (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) {t : Fin L → Fin V}
    (ht : AgreeBelow 1 t A) (hne : t ≠ A) : trapLaw A B q r w t = 0 := by
  have hB : ¬ AgreeBelow 1 t B := fun h =>
    hAB ((ht ⟨0, hL⟩ Nat.zero_lt_one).symm.trans (h ⟨0, hL⟩ Nat.zero_lt_one))
  have hfull : ¬ AgreeBelow L t A := fun h => hne (eq_of_agreeBelow_full h)
  unfold trapLaw
  rw [prefixTerm_one_of_not hfull, prefixTerm_one_of_not hB, prefixTerm_one ht]
  ring

/-- The weight after the trap. -/
theorem trapLaw_trap (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) {t : Fin L → Fin V}
    (ht : AgreeBelow 1 t B) : trapLaw A B q r w t = r := by
  have hA : ¬ AgreeBelow 1 t A := fun h =>
    hAB ((h ⟨0, hL⟩ Nat.zero_lt_one).symm.trans (ht ⟨0, hL⟩ Nat.zero_lt_one))
  have hfull : ¬ AgreeBelow L t A := fun h => hA (h.mono (Nat.succ_le_of_lt hL))
  unfold trapLaw
  rw [prefixTerm_one_of_not hfull, prefixTerm_one ht, prefixTerm_one_of_not hA]
  ring

/-- The weight elsewhere. -/
theorem trapLaw_other (hL : 0 < L) {t : Fin L → Fin V} (hA : ¬ AgreeBelow 1 t A)
    (hB : ¬ AgreeBelow 1 t B) : trapLaw A B q r w t = w := by
  have hfull : ¬ AgreeBelow L t A := fun h => hA (h.mono (Nat.succ_le_of_lt hL))
  unfold trapLaw
  rw [prefixTerm_one_of_not hfull, prefixTerm_one_of_not hB, prefixTerm_one_of_not hA]
  ring

/-- The total weight. -/
theorem sum_trapLaw (A B : Fin L → Fin V) (q r w : ℝ) :
    ∑ t, trapLaw A B q r w t = q + r * prefixMass (fun _ => (1 : ℝ)) B 1 +
      w * ((V : ℝ) ^ L - prefixMass (fun _ => (1 : ℝ)) A 1 -
        prefixMass (fun _ => (1 : ℝ)) B 1) := by
  have hA : ∑ t, prefixTerm (fun _ => (1 : ℝ)) A L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hA1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) A 1 t = prefixMass (fun _ => (1 : ℝ)) A 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) A 1).symm
  have hB1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B 1 t = prefixMass (fun _ => (1 : ℝ)) B 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) B 1).symm
  have hone : ∑ _t : Fin L → Fin V, (1 : ℝ) = (V : ℝ) ^ L := by
    rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul, mul_one, card_responses]
  unfold trapLaw
  rw [Finset.sum_add_distrib, Finset.sum_add_distrib, ← Finset.mul_sum, ← Finset.mul_sum,
    ← Finset.mul_sum, Finset.sum_sub_distrib, Finset.sum_sub_distrib, hA, hA1, hB1, hone, mul_one]

/-- The mass of the mode's first token. -/
theorem prefixMass_trapLaw_mode (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    prefixMass (trapLaw A B q r w) A 1 = q := by
  have hpoint : ∀ t, prefixTerm (trapLaw A B q r w) A 1 t =
      q * prefixTerm (fun _ => (1 : ℝ)) A L t := by
    intro t
    by_cases ht : AgreeBelow 1 t A
    · have e1 := prefixTerm_of_agree (trapLaw A B q r w) ht
      by_cases htA : t = A
      · have e2 : prefixTerm (fun _ => (1 : ℝ)) A L t = 1 := by
          rw [htA]
          exact prefixTerm_one (AgreeBelow.refl L A)
        have e3 : trapLaw A B q r w t = q := by
          rw [htA]
          exact trapLaw_mode hL hAB
        rw [e1, e2, e3, mul_one]
      · have hfull : ¬ AgreeBelow L t A := fun h => htA (eq_of_agreeBelow_full h)
        have e2 := prefixTerm_one_of_not hfull
        have e3 : trapLaw A B q r w t = 0 := trapLaw_twin hL hAB ht htA
        rw [e1, e2, e3, mul_zero]
    · have hfull : ¬ AgreeBelow L t A := fun h => ht (h.mono (Nat.succ_le_of_lt hL))
      have e1 := prefixTerm_of_not (trapLaw A B q r w) ht
      have e2 := prefixTerm_one_of_not hfull
      rw [e1, e2, mul_zero]
  have hA : ∑ t, prefixTerm (fun _ => (1 : ℝ)) A L t = 1 := by
    rw [← prefixMass_eq_sum, prefixMass_full]
  have hsum : ∑ t, prefixTerm (trapLaw A B q r w) A 1 t =
      ∑ t, q * prefixTerm (fun _ => (1 : ℝ)) A L t := Finset.sum_congr rfl fun t _ => hpoint t
  rw [← Finset.mul_sum, hA, mul_one, ← prefixMass_eq_sum] at hsum
  exact hsum

/-- The mass of the trap. -/
theorem prefixMass_trapLaw_trap (hL : 0 < L) (hAB : A ⟨0, hL⟩ ≠ B ⟨0, hL⟩) :
    prefixMass (trapLaw A B q r w) B 1 = r * prefixMass (fun _ => (1 : ℝ)) B 1 := by
  have hpoint : ∀ t, prefixTerm (trapLaw A B q r w) B 1 t =
      r * prefixTerm (fun _ => (1 : ℝ)) B 1 t := by
    intro t
    by_cases ht : AgreeBelow 1 t B
    · have e1 := prefixTerm_of_agree (trapLaw A B q r w) ht
      have e2 := prefixTerm_one ht
      have e3 : trapLaw A B q r w t = r := trapLaw_trap hL hAB ht
      rw [e1, e2, e3, mul_one]
    · have e1 := prefixTerm_of_not (trapLaw A B q r w) ht
      have e2 := prefixTerm_one_of_not ht
      rw [e1, e2, mul_zero]
  have hB1 : ∑ t, prefixTerm (fun _ => (1 : ℝ)) B 1 t = prefixMass (fun _ => (1 : ℝ)) B 1 :=
    (prefixMass_eq_sum (fun _ => (1 : ℝ)) B 1).symm
  have hsum : ∑ t, prefixTerm (trapLaw A B q r w) B 1 t =
      ∑ t, r * prefixTerm (fun _ => (1 : ℝ)) B 1 t := Finset.sum_congr rfl fun t _ => hpoint t
  rw [← Finset.mul_sum, hB1, ← prefixMass_eq_sum] at hsum
  exact hsum

end Construction

/-- Two disjoint prefixes inside a shorter one. -/
theorem prefixMass_add_le_prefixMass {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v)
    {u v w : Fin L → Fin V} {k l : ℕ} {i : Fin L} (hkl : k ≤ l) (hi : (i : ℕ) < l)
    (hne : u i ≠ v i) (hu : AgreeBelow k u w) (hv : AgreeBelow k v w) :
    prefixMass p u l + prefixMass p v l ≤ prefixMass p w k := by
  have hpoint : ∀ t, prefixTerm p u l t + prefixTerm p v l t ≤ prefixTerm p w k t := by
    intro t
    have hterm := prefixTerm_nonneg hp w k t
    by_cases htu : AgreeBelow l t u
    · have htv : ¬ AgreeBelow l t v := fun htv => hne ((htu i hi).symm.trans (htv i hi))
      have htw : AgreeBelow k t w := (htu.mono hkl).trans hu
      have e1 := prefixTerm_of_agree p htu
      have e2 := prefixTerm_of_not p htv
      have e3 := prefixTerm_of_agree p htw
      linarith
    · have e1 := prefixTerm_of_not p htu
      by_cases htv : AgreeBelow l t v
      · have htw : AgreeBelow k t w := (htv.mono hkl).trans hv
        have e2 := prefixTerm_of_agree p htv
        have e3 := prefixTerm_of_agree p htw
        linarith
      · have e2 := prefixTerm_of_not p htv
        linarith
  rw [prefixMass_eq_sum, prefixMass_eq_sum, prefixMass_eq_sum, ← Finset.sum_add_distrib]
  exact Finset.sum_le_sum fun t _ => hpoint t

/-- **E02**: for `V, L ≥ 2` and first tokens that differ the trap of appendix E has room exactly for
`1/(3 + (V - 2) V^{L-1}) < q < 1/2`. -/
theorem trap_feasibility_iff (hV : 2 ≤ V) (hL : 2 ≤ L) {A B : Fin L → Fin V}
    (hAB : ∀ h : 0 < L, A ⟨0, h⟩ ≠ B ⟨0, h⟩) {q : ℝ} (hq : 0 < q) :
    (∃ (e : ℝ) (p : (Fin L → Fin V) → ℝ), 0 < e ∧ e ≤ 1 - 2 * q ∧ e < q ∧ IsTrap A B q e p) ↔
      1 / (3 + ((V : ℝ) - 2) * (V : ℝ) ^ (L - 1)) < q ∧ q < 1 / 2 := by
  have hL0 : 0 < L := by omega
  have hV0 : 0 < V := by omega
  have hfirst : A ⟨0, hL0⟩ ≠ B ⟨0, hL0⟩ := hAB hL0
  have hVreal : (2 : ℝ) ≤ (V : ℝ) := by exact_mod_cast hV
  obtain ⟨M, hMdef⟩ : ∃ M : ℝ, M = (V : ℝ) ^ (L - 1) := ⟨_, rfl⟩
  have hMA : prefixMass (fun _ => (1 : ℝ)) A 1 = M := by
    rw [hMdef]
    exact prefixMass_one_eq_pow hV0 hL0 A
  have hMB : prefixMass (fun _ => (1 : ℝ)) B 1 = M := by
    rw [hMdef]
    exact prefixMass_one_eq_pow hV0 hL0 B
  have hN : (V : ℝ) ^ L = (V : ℝ) * M := by
    have hle : 1 ≤ L := by omega
    rw [hMdef, ← pow_succ', Nat.sub_add_cancel hle]
  have hM0 : 0 < M := by
    rw [hMdef]
    exact pow_pos (by linarith) (L - 1)
  have hC : 0 ≤ ((V : ℝ) - 2) * M := mul_nonneg (by linarith) hM0.le
  have hden : 0 < 3 + ((V : ℝ) - 2) * M := by linarith
  rw [← hMdef, div_lt_iff₀ hden]
  constructor
  · rintro ⟨e, p, he, hehalf, heq, hdist, hA, hB, _, _, hother⟩
    refine ⟨?_, by linarith⟩
    have hpoint : ∀ t, p t ≤ prefixTerm p A 1 t + prefixTerm p B 1 t +
        q * (1 - prefixTerm (fun _ => (1 : ℝ)) A 1 t - prefixTerm (fun _ => (1 : ℝ)) B 1 t) := by
      intro t
      by_cases htA : AgreeBelow 1 t A
      · have htB : ¬ AgreeBelow 1 t B := fun h =>
          hfirst ((htA ⟨0, hL0⟩ Nat.zero_lt_one).symm.trans (h ⟨0, hL0⟩ Nat.zero_lt_one))
        rw [prefixTerm_of_agree p htA, prefixTerm_of_not p htB, prefixTerm_one htA,
          prefixTerm_one_of_not htB]
        linarith
      · by_cases htB : AgreeBelow 1 t B
        · rw [prefixTerm_of_not p htA, prefixTerm_of_agree p htB, prefixTerm_one_of_not htA,
            prefixTerm_one htB]
          linarith
        · have hne : t ≠ A := by
            intro h
            rw [h] at htA
            exact htA (AgreeBelow.refl 1 A)
          have hlt := hother t hne
          rw [prefixTerm_of_not p htA, prefixTerm_of_not p htB, prefixTerm_one_of_not htA,
            prefixTerm_one_of_not htB]
          linarith
    have hsum : ∑ t, p t ≤ ∑ t, (prefixTerm p A 1 t + prefixTerm p B 1 t +
        q * (1 - prefixTerm (fun _ => (1 : ℝ)) A 1 t -
          prefixTerm (fun _ => (1 : ℝ)) B 1 t)) := Finset.sum_le_sum fun t _ => hpoint t
    have hone : ∑ _t : Fin L → Fin V, (1 : ℝ) = (V : ℝ) ^ L := by
      rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul, mul_one, card_responses]
    rw [hdist.2, Finset.sum_add_distrib, Finset.sum_add_distrib, ← Finset.mul_sum,
      Finset.sum_sub_distrib, Finset.sum_sub_distrib, hone, ← prefixMass_eq_sum,
      ← prefixMass_eq_sum, ← prefixMass_eq_sum, ← prefixMass_eq_sum, hA, hB, hMA, hMB, hN] at hsum
    linarith
  · rintro ⟨hroom, hq'⟩
    obtain ⟨e, w, he, hehalf, heq, hw, hwq, htotal⟩ :=
      trap_room hC (by linarith : 1 < (3 + ((V : ℝ) - 2) * M) * q) hq'
    obtain ⟨r, hrdef⟩ : ∃ r : ℝ, r = (q + e) / M := ⟨_, rfl⟩
    have hrM : r * M = q + e := by
      rw [hrdef]
      exact div_mul_cancel₀ (q + e) hM0.ne'
    have hr : 0 ≤ r := by
      rw [hrdef]
      exact div_nonneg (by linarith) hM0.le
    have hnonneg : ∀ v, 0 ≤ trapLaw A B q r w v := by
      intro v
      by_cases hvB : AgreeBelow 1 v B
      · rw [trapLaw_trap hL0 hfirst hvB]
        exact hr
      · by_cases hvA : AgreeBelow 1 v A
        · by_cases hv : v = A
          · rw [hv, trapLaw_mode hL0 hfirst]
            exact hq.le
          · exact le_of_eq (trapLaw_twin hL0 hfirst hvA hv).symm
        · rw [trapLaw_other hL0 hvA hvB]
          exact hw
    have hmassB : prefixMass (trapLaw A B q r w) B 1 = q + e := by
      rw [prefixMass_trapLaw_trap hL0 hfirst, hMB]
      exact hrM
    have hbranch : ∀ v, AgreeBelow 1 v B → prefixMass (trapLaw A B q r w) v 2 < q := by
      intro v hv
      have hL1 : 1 < L := by omega
      obtain ⟨s, hs⟩ : ∃ s : Fin V, s ≠ v ⟨1, hL1⟩ := by
        haveI : Nontrivial (Fin V) := Fin.nontrivial_iff_two_le.mpr hV
        exact exists_ne (v ⟨1, hL1⟩)
      have hvalue : Function.update v ⟨1, hL1⟩ s ⟨1, hL1⟩ = s := Function.update_self _ _ _
      have hkeep : AgreeBelow 1 (Function.update v ⟨1, hL1⟩ s) v := by
        intro j hj
        have hjne : j ≠ ⟨1, hL1⟩ := by
          intro h
          have hval : (j : ℕ) = 1 := congrArg Fin.val h
          omega
        exact Function.update_of_ne hjne _ _
      have hsame : prefixMass (trapLaw A B q r w) v 2 ≤
          prefixMass (trapLaw A B q r w) (Function.update v ⟨1, hL1⟩ s) 2 := by
        refine prefixMass_le_of_swap (i := ⟨1, hL1⟩) hkeep.symm fun t ht => ?_
        have ht1 : AgreeBelow 1 t (Function.update v ⟨1, hL1⟩ s) :=
          AgreeBelow.mono (show (1 : ℕ) ≤ 2 from one_le_two) ht
        have htB : AgreeBelow 1 t B := (ht1.trans hkeep).trans hv
        have hj0 : (⟨0, hL0⟩ : Fin L) ≠ ⟨1, hL1⟩ := by
          intro h
          have hval : (0 : ℕ) = 1 := congrArg Fin.val h
          omega
        have hsB : AgreeBelow 1 (swapToken ⟨1, hL1⟩ (Function.update v ⟨1, hL1⟩ s ⟨1, hL1⟩)
            (v ⟨1, hL1⟩) t) B := by
          refine agreeBelow_one hL0 ?_
          rw [swapToken_of_ne hj0]
          exact htB ⟨0, hL0⟩ Nat.zero_lt_one
        exact le_of_eq ((trapLaw_trap hL0 hfirst hsB).trans (trapLaw_trap hL0 hfirst htB).symm)
      have hdiffer : v ⟨1, hL1⟩ ≠ Function.update v ⟨1, hL1⟩ s ⟨1, hL1⟩ := by
        rw [hvalue]
        exact hs.symm
      have htwo : ((⟨1, hL1⟩ : Fin L) : ℕ) < 2 := Nat.lt_add_one 1
      have hpair : prefixMass (trapLaw A B q r w) v 2 +
          prefixMass (trapLaw A B q r w) (Function.update v ⟨1, hL1⟩ s) 2 ≤
            prefixMass (trapLaw A B q r w) B 1 :=
        prefixMass_add_le_prefixMass (i := ⟨1, hL1⟩) hnonneg one_le_two htwo hdiffer hv
          (hkeep.trans hv)
      rw [hmassB] at hpair
      linarith
    have hmassr : r < q := by
      have hB2 : trapLaw A B q r w B ≤ prefixMass (trapLaw A B q r w) B 2 :=
        le_prefixMass hnonneg (AgreeBelow.refl 2 B)
      have hlt := hbranch B (AgreeBelow.refl 1 B)
      rw [trapLaw_trap hL0 hfirst (AgreeBelow.refl 1 B)] at hB2
      linarith
    refine ⟨e, trapLaw A B q r w, he, hehalf, heq, ⟨hnonneg, ?_⟩,
      prefixMass_trapLaw_mode hL0 hfirst, hmassB, trapLaw_mode hL0 hfirst, hbranch, fun v hv => ?_⟩
    · rw [sum_trapLaw, hMA, hMB, hN]
      linear_combination htotal + hrM
    · by_cases hvB : AgreeBelow 1 v B
      · rw [trapLaw_trap hL0 hfirst hvB]
        exact hmassr
      · by_cases hvA : AgreeBelow 1 v A
        · rw [trapLaw_twin hL0 hfirst hvA hv]
          exact hq
        · rw [trapLaw_other hL0 hvA hvB]
          exact hwq

end SRVerify
