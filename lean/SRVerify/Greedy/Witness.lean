import SRVerify.Greedy.Comparison

/-!
# Greedy decoding is not certain to fail (Remark 4.4, E06)

With independent tokens of one law greedy decoding finds the mode, however small its mass is.

## Main definitions

* `productLaw`: independent tokens of law `θ`.

## Main results

* `productLaw_isGreedy_iff`: the mode is the only greedy decoding.
* `greedy_not_certain`: a mode of mass `49/100` that greedy decoding finds.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-- Independent tokens of law `θ`. -/
noncomputable def productLaw (theta : Fin V → ℝ) (t : Fin L → Fin V) : ℝ :=
  ∏ i, theta (t i)

/-- **E06**: with independent tokens of one law greedy decoding finds the mode, however small its
mass is. -/
theorem productLaw_isGreedy_iff {theta : Fin V → ℝ} {a : Fin V} (hpos : ∀ x, 0 < theta x)
    (hbest : ∀ x, x ≠ a → theta x < theta a) (g : Fin L → Fin V) :
    IsGreedy (productLaw theta) g ↔ g = fun _ => a := by
  refine isGreedy_iff_of_strict (w := fun _ => a) (fun i v hv hi => ?_) g
  have hlt : ∀ t : Fin L → Fin V, AgreeBelow ((i : ℕ) + 1) t (fun _ => a) →
      productLaw theta (swapToken i a (v i) t) < productLaw theta t := by
    intro t ht
    have hti : t i = a := ht i (Nat.lt_add_one (i : ℕ))
    have hself : theta (swapToken i a (v i) t i) < theta (t i) := by
      rw [swapToken_same, hti, Equiv.swap_apply_left]
      exact hbest (v i) hi
    unfold productLaw
    refine Finset.prod_lt_prod (fun j _ => hpos _) (fun j _ => ?_) ⟨i, Finset.mem_univ i, hself⟩
    by_cases hj : j = i
    · rw [hj]
      exact hself.le
    · exact le_of_eq (by rw [swapToken_of_ne hj])
  exact prefixMass_lt_of_swap (w := fun _ => a) hv (fun t ht => (hlt t ht).le)
    (hlt (fun _ => a) (AgreeBelow.refl ((i : ℕ) + 1) fun _ => a))

/-- The mode of independent tokens. -/
theorem productLaw_lt {theta : Fin V → ℝ} {a : Fin V} (hpos : ∀ x, 0 < theta x)
    (hbest : ∀ x, x ≠ a → theta x < theta a) {v : Fin L → Fin V} (hv : v ≠ fun _ => a) :
    productLaw theta v < productLaw theta (fun _ : Fin L => a) := by
  obtain ⟨i, hi⟩ := Function.ne_iff.mp hv
  unfold productLaw
  refine Finset.prod_lt_prod (fun j _ => hpos _) (fun j _ => ?_)
    ⟨i, Finset.mem_univ i, hbest (v i) hi⟩
  by_cases hj : v j = a
  · exact le_of_eq (by rw [hj])
  · exact (hbest (v j) hj).le

/-- The law `(7/10, 3/10)` of one token. -/
noncomputable def unevenToken (x : Fin 2) : ℝ :=
  if x = 0 then 7 / 10 else 3 / 10

/-- **E06**, Remark 4.4: with `V = L = 2` and both tokens `(7/10, 3/10)` the mode has mass
`49/100 ≤ 1/2`, and it is the only greedy decoding. So greedy decoding is not certain to fail. -/
theorem greedy_not_certain :
    ∃ (p : (Fin 2 → Fin 2) → ℝ) (w : Fin 2 → Fin 2), (∀ v, 0 < p v) ∧ ∑ v, p v = 1 ∧
      (∀ v, v ≠ w → p v < p w) ∧ p w = 49 / 100 ∧ p w ≤ 1 / 2 ∧ ∀ g, IsGreedy p g ↔ g = w := by
  have hzero : unevenToken 0 = 7 / 10 := by
    unfold unevenToken
    exact if_pos rfl
  have hother : ∀ x : Fin 2, x ≠ 0 → unevenToken x = 3 / 10 := by
    intro x hx
    unfold unevenToken
    exact if_neg hx
  have hpos : ∀ x, 0 < unevenToken x := by
    intro x
    by_cases hx : x = 0
    · rw [hx, hzero]
      norm_num
    · rw [hother x hx]
      norm_num
  have hbest : ∀ x, x ≠ 0 → unevenToken x < unevenToken 0 := by
    intro x hx
    rw [hother x hx, hzero]
    norm_num
  have hone : unevenToken 1 = 3 / 10 := hother 1 (by decide)
  have hsum : ∑ x, unevenToken x = 1 := by
    rw [Fin.sum_univ_two, hzero, hone]
    norm_num
  have hmass : productLaw unevenToken (fun _ : Fin 2 => (0 : Fin 2)) = 49 / 100 := by
    unfold productLaw
    rw [Fin.prod_univ_two]
    show unevenToken 0 * unevenToken 0 = 49 / 100
    rw [hzero]
    norm_num
  refine ⟨productLaw unevenToken, fun _ => 0, fun v => ?_, ?_,
    fun v hv => productLaw_lt hpos hbest hv, hmass, ?_, productLaw_isGreedy_iff hpos hbest⟩
  · unfold productLaw
    exact Finset.prod_pos fun i _ => hpos (v i)
  · have hpower : (∑ x, unevenToken x) ^ 2 = ∑ t : Fin 2 → Fin 2, ∏ i, unevenToken (t i) :=
      Fintype.sum_pow unevenToken 2
    rw [hsum, one_pow] at hpower
    exact hpower.symm
  · rw [hmass]
    norm_num

end SRVerify
