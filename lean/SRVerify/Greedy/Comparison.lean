import SRVerify.Greedy.Autoregressive

/-!
# Comparing prefixes (Proposition 4.3)

Two prefixes that differ in their last token are compared by exchanging that token in every response
of the one to get the responses of the other.

## Main definitions

* `swapToken`: exchange two tokens at one position.

## Main results

* `isGreedy_iff_of_strict`: what makes a response the only greedy decoding.
* `prefixMass_le_of_swap`, `prefixMass_lt_of_swap`: comparison by exchange.
* `prefixMass_one_eq`: every first token begins equally many responses.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-- If at every step any other token has a lighter prefix, `w` is the only greedy decoding. -/
theorem isGreedy_iff_of_strict {p : (Fin L → Fin V) → ℝ} {w : Fin L → Fin V}
    (h : ∀ (i : Fin L) (v : Fin L → Fin V), AgreeBelow (i : ℕ) v w → v i ≠ w i →
      prefixMass p v ((i : ℕ) + 1) < prefixMass p w ((i : ℕ) + 1)) (g : Fin L → Fin V) :
    IsGreedy p g ↔ g = w := by
  constructor
  · intro hg
    by_contra hne
    obtain ⟨i, hi, hagree⟩ := exists_first_difference hne
    have hgreedy := hg i w hagree.symm
    have hstrict := h i g hagree hi
    linarith
  · intro hgw
    rw [hgw]
    intro i v hv
    by_cases hi : v i = w i
    · have hagree : AgreeBelow ((i : ℕ) + 1) v w := AgreeBelow.succ hv hi
      exact le_of_eq (prefixMass_congr p hagree)
    · exact (h i v hv hi).le

/-- Exchange the tokens `x` and `y` at the position `i`. -/
def swapToken (i : Fin L) (x y : Fin V) : (Fin L → Fin V) ≃ (Fin L → Fin V) :=
  Equiv.piCongrRight (β₁ := fun _ => Fin V) (β₂ := fun _ => Fin V)
    fun j => if j = i then Equiv.swap x y else Equiv.refl (Fin V)

/-- At the position the tokens are exchanged. -/
theorem swapToken_same (i : Fin L) (x y : Fin V) (t : Fin L → Fin V) :
    swapToken i x y t i = Equiv.swap x y (t i) := by
  have hform : swapToken i x y t i =
      (if i = i then Equiv.swap x y else Equiv.refl (Fin V)) (t i) := by
    first
      | rfl
      | simp only [swapToken, Equiv.piCongrRight_apply, Pi.map_apply]
  have hif : (if i = i then Equiv.swap x y else Equiv.refl (Fin V)) = Equiv.swap x y := if_pos rfl
  exact hform.trans (congrArg (fun e : Fin V ≃ Fin V => e (t i)) hif)

/-- Elsewhere nothing changes. -/
theorem swapToken_of_ne {i j : Fin L} (hj : j ≠ i) (x y : Fin V) (t : Fin L → Fin V) :
    swapToken i x y t j = t j := by
  have hform : swapToken i x y t j =
      (if j = i then Equiv.swap x y else Equiv.refl (Fin V)) (t j) := by
    first
      | rfl
      | simp only [swapToken, Equiv.piCongrRight_apply, Pi.map_apply]
  have hif : (if j = i then Equiv.swap x y else Equiv.refl (Fin V)) = Equiv.refl (Fin V) :=
    if_neg hj
  exact hform.trans (congrArg (fun e : Fin V ≃ Fin V => e (t j)) hif)

/-- The exchange carries the prefix of `w` to that of `v`. -/
theorem agreeBelow_swapToken_iff {i : Fin L} {v w : Fin L → Fin V} (h : AgreeBelow (i : ℕ) v w)
    (t : Fin L → Fin V) :
    AgreeBelow ((i : ℕ) + 1) (swapToken i (w i) (v i) t) v ↔ AgreeBelow ((i : ℕ) + 1) t w := by
  have hi : (i : ℕ) < (i : ℕ) + 1 := Nat.lt_add_one (i : ℕ)
  have hbelow : ∀ j : Fin L, (j : ℕ) < (i : ℕ) → swapToken i (w i) (v i) t j = t j := by
    intro j hj
    refine swapToken_of_ne ?_ (w i) (v i) t
    intro hji
    rw [hji] at hj
    exact lt_irrefl _ hj
  constructor
  · intro hs
    have hprefix : AgreeBelow (i : ℕ) t w := by
      intro j hj
      have hstep := hs j (lt_trans hj hi)
      rw [hbelow j hj] at hstep
      exact hstep.trans (h j hj)
    have hself := hs i hi
    rw [swapToken_same] at hself
    have hvalue : t i = w i :=
      (Equiv.swap (w i) (v i)).injective (hself.trans (Equiv.swap_apply_left (w i) (v i)).symm)
    exact AgreeBelow.succ hprefix hvalue
  · intro ht
    have hprefix : AgreeBelow (i : ℕ) (swapToken i (w i) (v i) t) v := by
      intro j hj
      rw [hbelow j hj, h j hj]
      exact ht j (lt_trans hj hi)
    have hvalue : swapToken i (w i) (v i) t i = v i := by
      rw [swapToken_same, ht i hi, Equiv.swap_apply_left]
    exact AgreeBelow.succ hprefix hvalue

/-- The mass of the prefix of `v` as a sum over the responses with the prefix of `w`. -/
theorem prefixTerm_swapToken_le {p : (Fin L → Fin V) → ℝ} {i : Fin L} {v w : Fin L → Fin V}
    (h : AgreeBelow (i : ℕ) v w)
    (hle : ∀ t, AgreeBelow ((i : ℕ) + 1) t w → p (swapToken i (w i) (v i) t) ≤ p t)
    (t : Fin L → Fin V) :
    prefixTerm p v ((i : ℕ) + 1) (swapToken i (w i) (v i) t) ≤
      prefixTerm p w ((i : ℕ) + 1) t := by
  by_cases ht : AgreeBelow ((i : ℕ) + 1) t w
  · rw [prefixTerm_of_agree p ht,
      prefixTerm_of_agree p ((agreeBelow_swapToken_iff h t).mpr ht)]
    exact hle t ht
  · have hs : ¬ AgreeBelow ((i : ℕ) + 1) (swapToken i (w i) (v i) t) v := fun hs =>
      ht ((agreeBelow_swapToken_iff h t).mp hs)
    exact le_of_eq ((prefixTerm_of_not p hs).trans (prefixTerm_of_not p ht).symm)

/-- If exchanging the token never gains mass, the prefix of `v` is no heavier than that of `w`. -/
theorem prefixMass_le_of_swap {p : (Fin L → Fin V) → ℝ} {i : Fin L} {v w : Fin L → Fin V}
    (h : AgreeBelow (i : ℕ) v w)
    (hle : ∀ t, AgreeBelow ((i : ℕ) + 1) t w → p (swapToken i (w i) (v i) t) ≤ p t) :
    prefixMass p v ((i : ℕ) + 1) ≤ prefixMass p w ((i : ℕ) + 1) := by
  rw [prefixMass_eq_sum, prefixMass_eq_sum,
    ← Equiv.sum_comp (swapToken i (w i) (v i)) (prefixTerm p v ((i : ℕ) + 1))]
  exact Finset.sum_le_sum fun t _ => prefixTerm_swapToken_le h hle t

/-- If moreover it loses mass at `w`, the prefix of `v` is lighter. -/
theorem prefixMass_lt_of_swap {p : (Fin L → Fin V) → ℝ} {i : Fin L} {v w : Fin L → Fin V}
    (h : AgreeBelow (i : ℕ) v w)
    (hle : ∀ t, AgreeBelow ((i : ℕ) + 1) t w → p (swapToken i (w i) (v i) t) ≤ p t)
    (hlt : p (swapToken i (w i) (v i) w) < p w) :
    prefixMass p v ((i : ℕ) + 1) < prefixMass p w ((i : ℕ) + 1) := by
  have hself : AgreeBelow ((i : ℕ) + 1) w w := AgreeBelow.refl ((i : ℕ) + 1) w
  have hstrict : prefixTerm p v ((i : ℕ) + 1) (swapToken i (w i) (v i) w) <
      prefixTerm p w ((i : ℕ) + 1) w := by
    rw [prefixTerm_of_agree p hself,
      prefixTerm_of_agree p ((agreeBelow_swapToken_iff h w).mpr hself)]
    exact hlt
  rw [prefixMass_eq_sum, prefixMass_eq_sum,
    ← Equiv.sum_comp (swapToken i (w i) (v i)) (prefixTerm p v ((i : ℕ) + 1))]
  exact Finset.sum_lt_sum (fun t _ => prefixTerm_swapToken_le h hle t)
    ⟨w, Finset.mem_univ w, hstrict⟩

/-- The number of responses with the first token of `v` does not depend on `v`. -/
theorem prefixMass_one_eq (hL : 0 < L) (v w : Fin L → Fin V) :
    prefixMass (fun _ => (1 : ℝ)) v 1 = prefixMass (fun _ => (1 : ℝ)) w 1 := by
  have hnone : ∀ u u' : Fin L → Fin V, AgreeBelow (((⟨0, hL⟩ : Fin L)) : ℕ) u u' :=
    fun u u' j hj => absurd hj (Nat.not_lt_zero _)
  have hle : ∀ u u' : Fin L → Fin V,
      prefixMass (fun _ => (1 : ℝ)) u 1 ≤ prefixMass (fun _ => (1 : ℝ)) u' 1 := fun u u' =>
    prefixMass_le_of_swap (p := fun _ => (1 : ℝ)) (i := ⟨0, hL⟩) (hnone u u') fun _ _ => le_rfl
  exact le_antisymm (hle v w) (hle w v)

end SRVerify
