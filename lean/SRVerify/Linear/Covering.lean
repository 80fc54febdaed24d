import SRVerify.Policy.RealizabilityHorizon

/-!
# Covering of the parameter ball (appendix F)

A maximal `s`-separated set of points of norm at most `R` is an `s`-net, and it has at most
`(1 + 2R/s)^d` points: the balls of radius `s/2` around them are disjoint and lie in the ball of
radius `R + s/2`, so their volumes add up to at most its volume.

## Main definitions

* `packingSizes`: the sizes of the `s`-separated finite sets of points of norm at most `R`.

## Main results

* `card_le_of_separated`: such a set has at most `(1 + 2R/s)^d` points.
* `exists_finset_net`: an `s`-net of that size.
* `exists_parameter_net`: the same for parameters, in the norm of S08.
-/

open MeasureTheory Metric
open scoped BigOperators ENNReal

namespace SRVerify

/-! ### Separated sets -/

section Packing

variable {E : Type*} [NormedAddCommGroup E] [NormedSpace ℝ E] [FiniteDimensional ℝ E]

/-- **F01**: points of norm at most `R`, pairwise at least `s` apart, number at most
`(1 + 2R/s)^d`. -/
theorem card_le_of_separated {R s : ℝ} (hR : 0 ≤ R) (hs : 0 < s) (F : Finset E)
    (hF : ∀ c ∈ F, ‖c‖ ≤ R) (hsep : ∀ c ∈ F, ∀ c' ∈ F, c ≠ c' → s ≤ ‖c - c'‖) :
    (F.card : ℝ) ≤ (1 + 2 * R / s) ^ Module.finrank ℝ E := by
  borelize E
  let μ : Measure E := Measure.addHaar
  have hhalf : 0 < s / 2 := by linarith
  have hbig : 0 < R + s / 2 := by linarith
  have hdisjoint : (F : Set E).PairwiseDisjoint fun c => ball c (s / 2) := by
    intro c hc c' hc' hne
    show Disjoint (ball c (s / 2)) (ball c' (s / 2))
    refine ball_disjoint_ball ?_
    rw [dist_eq_norm]
    have hle := hsep c (Finset.mem_coe.mp hc) c' (Finset.mem_coe.mp hc') hne
    linarith
  have hsubset : (⋃ c ∈ F, ball c (s / 2)) ⊆ ball (0 : E) (R + s / 2) := by
    refine Set.iUnion₂_subset fun c hc => ball_subset_ball' ?_
    rw [dist_zero_right]
    have hle := hF c hc
    linarith
  have hvolume : (F.card : ℝ≥0∞) * ENNReal.ofReal ((s / 2) ^ Module.finrank ℝ E) * μ (ball 0 1) ≤
      ENNReal.ofReal ((R + s / 2) ^ Module.finrank ℝ E) * μ (ball 0 1) :=
    calc (F.card : ℝ≥0∞) * ENNReal.ofReal ((s / 2) ^ Module.finrank ℝ E) * μ (ball 0 1) =
          μ (⋃ c ∈ F, ball c (s / 2)) := by
          rw [measure_biUnion_finset hdisjoint fun c _ => measurableSet_ball]
          simp only [μ.addHaar_ball_of_pos _ hhalf]
          simp only [Finset.sum_const, nsmul_eq_mul, mul_assoc]
      _ ≤ μ (ball (0 : E) (R + s / 2)) := measure_mono hsubset
      _ = ENNReal.ofReal ((R + s / 2) ^ Module.finrank ℝ E) * μ (ball 0 1) := by
          simp only [μ.addHaar_ball_of_pos _ hbig]
  have hscaled : (F.card : ℝ≥0∞) * ENNReal.ofReal ((s / 2) ^ Module.finrank ℝ E) ≤
      ENNReal.ofReal ((R + s / 2) ^ Module.finrank ℝ E) :=
    (ENNReal.mul_le_mul_iff_left (measure_ball_pos _ _ zero_lt_one).ne'
      measure_ball_lt_top.ne).1 hvolume
  have hcount : (F.card : ℝ) * (s / 2) ^ Module.finrank ℝ E ≤
      (R + s / 2) ^ Module.finrank ℝ E := by
    have hle := ENNReal.toReal_le_of_le_ofReal (pow_nonneg hbig.le (Module.finrank ℝ E)) hscaled
    rw [ENNReal.toReal_mul, ENNReal.toReal_natCast,
      ENNReal.toReal_ofReal (pow_nonneg hhalf.le (Module.finrank ℝ E))] at hle
    exact hle
  have hratio : (R + s / 2) / (s / 2) = 1 + 2 * R / s := by
    have hcancel : R / s * s = R := div_mul_cancel₀ R hs.ne'
    rw [div_eq_iff hhalf.ne']
    linear_combination (-1) * hcancel
  rw [← hratio, div_pow, le_div_iff₀ (pow_pos hhalf (Module.finrank ℝ E))]
  exact hcount

/-- The sizes of the finite sets of points of norm at most `R`, pairwise at least `s` apart. -/
def packingSizes (E : Type*) [NormedAddCommGroup E] (R s : ℝ) : Set ℕ :=
  {k | ∃ F : Finset E, F.card = k ∧ (∀ c ∈ F, ‖c‖ ≤ R) ∧
    ∀ c ∈ F, ∀ c' ∈ F, c ≠ c' → s ≤ ‖c - c'‖}

/-- **F01**: some `s`-net of the points of norm at most `R` has at most `(1 + 2R/s)^d` points. -/
theorem exists_finset_net (E : Type*) [NormedAddCommGroup E] [NormedSpace ℝ E]
    [FiniteDimensional ℝ E] {R s : ℝ} (hR : 0 ≤ R) (hs : 0 < s) :
    ∃ F : Finset E, (F.card : ℝ) ≤ (1 + 2 * R / s) ^ Module.finrank ℝ E ∧
      ∀ c : E, ‖c‖ ≤ R → ∃ c' ∈ F, ‖c - c'‖ ≤ s := by
  classical
  have hbound : BddAbove (packingSizes E R s) := by
    refine ⟨⌊(1 + 2 * R / s) ^ Module.finrank ℝ E⌋₊, ?_⟩
    rintro k ⟨F, hcard, hF, hsep⟩
    have hle := card_le_of_separated hR hs F hF hsep
    rw [hcard] at hle
    exact Nat.le_floor hle
  have hnonempty : (packingSizes E R s).Nonempty := by
    refine ⟨0, ?_⟩
    show ∃ F : Finset E, F.card = 0 ∧ (∀ c ∈ F, ‖c‖ ≤ R) ∧
      ∀ c ∈ F, ∀ c' ∈ F, c ≠ c' → s ≤ ‖c - c'‖
    exact ⟨∅, Finset.card_empty, by simp, by simp⟩
  have hmax : ∃ F : Finset E, F.card = sSup (packingSizes E R s) ∧ (∀ c ∈ F, ‖c‖ ≤ R) ∧
      ∀ c ∈ F, ∀ c' ∈ F, c ≠ c' → s ≤ ‖c - c'‖ := Nat.sSup_mem hnonempty hbound
  obtain ⟨F, hcard, hF, hsep⟩ := hmax
  refine ⟨F, card_le_of_separated hR hs F hF hsep, fun c hc => ?_⟩
  by_contra hno
  have hfar : ∀ c' ∈ F, s < ‖c - c'‖ := fun c' hc' => not_le.mp fun hle => hno ⟨c', hc', hle⟩
  have hnot : c ∉ F := by
    intro hmem
    have hlt := hfar c hmem
    rw [sub_self, norm_zero] at hlt
    linarith
  have hmem : (insert c F).card ∈ packingSizes E R s := by
    show ∃ F' : Finset E, F'.card = (insert c F).card ∧ (∀ a ∈ F', ‖a‖ ≤ R) ∧
      ∀ a ∈ F', ∀ a' ∈ F', a ≠ a' → s ≤ ‖a - a'‖
    refine ⟨insert c F, rfl, ?_, ?_⟩
    · intro a ha
      rcases Finset.mem_insert.mp ha with h | h
      · rw [h]
        exact hc
      · exact hF a h
    · intro a ha a' ha' hne
      rcases Finset.mem_insert.mp ha with h | h
      · rcases Finset.mem_insert.mp ha' with h' | h'
        · exact absurd (h.trans h'.symm) hne
        · rw [h]
          exact (hfar a' h').le
      · rcases Finset.mem_insert.mp ha' with h' | h'
        · rw [h', norm_sub_rev]
          exact (hfar a h).le
        · exact hsep a h a' h' hne
  have hle : (insert c F).card ≤ sSup (packingSizes E R s) := le_csSup hbound hmem
  rw [Finset.card_insert_of_notMem hnot, hcard] at hle
  exact absurd hle (Nat.not_succ_le_self _)

end Packing

/-! ### Parameters -/

variable {J : Type*} [Fintype J]

/-- **S08**: the norm of a parameter is that of Mathlib's Euclidean space. -/
theorem norm_eq_parameterNorm (x : EuclideanSpace ℝ J) : ‖x‖ = parameterNorm fun j => x j := by
  calc ‖x‖ = Real.sqrt (‖x‖ ^ 2) := (Real.sqrt_sq (norm_nonneg x)).symm
    _ = Real.sqrt (∑ j, x j ^ 2) := by rw [EuclideanSpace.real_norm_sq_eq]
    _ = parameterNorm fun j => x j := rfl

/-- **F01**: an `s`-net of the parameters of norm at most `R`, of at most `(1 + 2R/s)^d` points. -/
theorem exists_parameter_net (J : Type*) [Fintype J] {R s : ℝ} (hR : 0 ≤ R) (hs : 0 < s) :
    ∃ F : Finset (EuclideanSpace ℝ J), (F.card : ℝ) ≤ (1 + 2 * R / s) ^ Fintype.card J ∧
      ∀ theta : J → ℝ, parameterNorm theta ≤ R →
        ∃ c ∈ F, parameterNorm (fun j => theta j - c j) ≤ s := by
  obtain ⟨F, hcard, hnet⟩ := exists_finset_net (EuclideanSpace ℝ J) hR hs
  have hsize : (F.card : ℝ) ≤ (1 + 2 * R / s) ^ Fintype.card J := by
    calc (F.card : ℝ) ≤ (1 + 2 * R / s) ^ Module.finrank ℝ (EuclideanSpace ℝ J) := hcard
      _ = (1 + 2 * R / s) ^ Fintype.card J := by rw [finrank_euclideanSpace]
  refine ⟨F, hsize, fun theta htheta => ?_⟩
  obtain ⟨x, hx⟩ : ∃ x : EuclideanSpace ℝ J, ∀ j, x j = theta j :=
    ⟨WithLp.toLp 2 theta, fun _ => rfl⟩
  have hself : (fun j => x j) = theta := funext hx
  have hnorm : ‖x‖ ≤ R := by
    calc ‖x‖ = parameterNorm fun j => x j := norm_eq_parameterNorm x
      _ = parameterNorm theta := congrArg parameterNorm hself
      _ ≤ R := htheta
  obtain ⟨c, hc, hle⟩ := hnet x hnorm
  have hdiff : (fun j => theta j - c j) = fun j => (x - c) j := by
    funext j
    show theta j - c j = x j - c j
    rw [hx j]
  refine ⟨c, hc, ?_⟩
  calc parameterNorm (fun j => theta j - c j) = parameterNorm fun j => (x - c) j :=
        congrArg parameterNorm hdiff
    _ = ‖x - c‖ := (norm_eq_parameterNorm (x - c)).symm
    _ ≤ s := hle

end SRVerify
