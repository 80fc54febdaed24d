import SRVerify.Finite.Expectation

/-!
# Autoregressive models and greedy decoding (Proposition 4.3, E01, E03, K03)

A model over responses of length `L` is its law on `Fin L → Fin V`; its conditionals are ratios of
prefix masses. Greedy decoding, as `IsGreedy` states it, maximises each conditional in turn.

## Main definitions

* `AgreeBelow`: equal in the first `k` tokens.
* `tokenProb`: the conditional probability of a token given the ones before it.

## Main results

* `prod_tokenProb`: the chain rule.
* `isGreedy_iff_tokenProb`: greedy decoding maximises the conditionals.
* `exists_isGreedy`: every law has a greedy decoding.
* `greedy_of_half_lt`: mass above one half is found.
* `greedy_of_half_le`: mass one half is found too, under full support and for `V, L ≥ 2`.
* `autoregressive_mass_le`, `autoregressive_conditionNumber`: Remark 4.2.
-/

open scoped BigOperators

namespace SRVerify

variable {V L : ℕ}

/-! ### Prefixes -/

/-- `v` and `w` have the same first `k` tokens. -/
def AgreeBelow (k : ℕ) (v w : Fin L → Fin V) : Prop :=
  ∀ i : Fin L, (i : ℕ) < k → v i = w i

/-- The summand of `prefixMass`: `p v` if `v` agrees with `w` in the first `k` tokens, else `0`. -/
noncomputable def prefixTerm (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) (k : ℕ)
    (v : Fin L → Fin V) : ℝ :=
  open Classical in if AgreeBelow k v w then p v else 0

/-- The summand at a response that agrees. -/
theorem prefixTerm_of_agree (p : (Fin L → Fin V) → ℝ) {w v : Fin L → Fin V} {k : ℕ}
    (h : AgreeBelow k v w) : prefixTerm p w k v = p v := by
  unfold prefixTerm
  exact if_pos h

/-- The summand at a response that does not agree. -/
theorem prefixTerm_of_not (p : (Fin L → Fin V) → ℝ) {w v : Fin L → Fin V} {k : ℕ}
    (h : ¬ AgreeBelow k v w) : prefixTerm p w k v = 0 := by
  unfold prefixTerm
  exact if_neg h

/-- A prefix mass is the sum of its summands. -/
theorem prefixMass_eq_sum (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) (k : ℕ) :
    prefixMass p w k = ∑ v, prefixTerm p w k v := by
  unfold prefixMass
  refine Finset.sum_congr rfl fun v _ => ?_
  by_cases h : AgreeBelow k v w
  · have h' : ∀ i : Fin L, (i : ℕ) < k → v i = w i := h
    rw [prefixTerm_of_agree p h]
    exact if_pos h'
  · have h' : ¬ ∀ i : Fin L, (i : ℕ) < k → v i = w i := h
    rw [prefixTerm_of_not p h]
    exact if_neg h'

/-- Every response agrees with itself. -/
theorem AgreeBelow.refl (k : ℕ) (v : Fin L → Fin V) : AgreeBelow k v v := fun _ _ => rfl

/-- Agreement is symmetric. -/
theorem AgreeBelow.symm {k : ℕ} {v w : Fin L → Fin V} (h : AgreeBelow k v w) : AgreeBelow k w v :=
  fun i hi => (h i hi).symm

/-- Agreement is transitive. -/
theorem AgreeBelow.trans {k : ℕ} {u v w : Fin L → Fin V} (h : AgreeBelow k u v)
    (h' : AgreeBelow k v w) : AgreeBelow k u w :=
  fun i hi => (h i hi).trans (h' i hi)

/-- Agreement in more tokens is stronger. -/
theorem AgreeBelow.mono {k l : ℕ} {v w : Fin L → Fin V} (hkl : k ≤ l) (h : AgreeBelow l v w) :
    AgreeBelow k v w :=
  fun i hi => h i (lt_of_lt_of_le hi hkl)

/-- One more equal token. -/
theorem AgreeBelow.succ {i : Fin L} {v w : Fin L → Fin V} (h : AgreeBelow (i : ℕ) v w)
    (hi : v i = w i) : AgreeBelow ((i : ℕ) + 1) v w := by
  intro j hj
  rcases Nat.lt_or_ge (j : ℕ) (i : ℕ) with hlt | hge
  · exact h j hlt
  · have hji : j = i := Fin.ext (by omega)
    rw [hji]
    exact hi

/-- Different responses have a first token in which they differ. -/
theorem exists_first_difference {v w : Fin L → Fin V} (h : v ≠ w) :
    ∃ i : Fin L, v i ≠ w i ∧ AgreeBelow (i : ℕ) v w := by
  classical
  have hex : ∃ n : ℕ, ∃ hn : n < L, v ⟨n, hn⟩ ≠ w ⟨n, hn⟩ := by
    obtain ⟨i, hi⟩ := Function.ne_iff.mp h
    exact ⟨(i : ℕ), i.isLt, hi⟩
  obtain ⟨hlt, hspec⟩ := Nat.find_spec hex
  refine ⟨⟨Nat.find hex, hlt⟩, hspec, fun j hj => ?_⟩
  by_contra hne
  exact Nat.find_min hex hj ⟨j.isLt, hne⟩

/-- Responses with the same prefix have the same prefix mass. -/
theorem prefixMass_congr (p : (Fin L → Fin V) → ℝ) {v w : Fin L → Fin V} {k : ℕ}
    (h : AgreeBelow k v w) : prefixMass p v k = prefixMass p w k := by
  rw [prefixMass_eq_sum, prefixMass_eq_sum]
  refine Finset.sum_congr rfl fun t _ => ?_
  by_cases ht : AgreeBelow k t v
  · rw [prefixTerm_of_agree p ht, prefixTerm_of_agree p (ht.trans h)]
  · have ht' : ¬ AgreeBelow k t w := fun hw => ht (hw.trans h.symm)
    rw [prefixTerm_of_not p ht, prefixTerm_of_not p ht']

/-- The empty prefix has all the mass. -/
theorem prefixMass_zero (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) :
    prefixMass p w 0 = ∑ v, p v := by
  rw [prefixMass_eq_sum]
  refine Finset.sum_congr rfl fun v _ => ?_
  exact prefixTerm_of_agree p fun i hi => absurd hi (Nat.not_lt_zero _)

/-- The full prefix is the response. -/
theorem prefixMass_full (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) :
    prefixMass p w L = p w := by
  have hother : ∀ v ∈ Finset.univ, v ≠ w → prefixTerm p w L v = 0 := by
    intro v _ hv
    refine prefixTerm_of_not p fun h => hv ?_
    exact funext fun i => h i i.isLt
  rw [prefixMass_eq_sum]
  have hsum : ∑ v, prefixTerm p w L v = prefixTerm p w L w :=
    Finset.sum_eq_single_of_mem w (Finset.mem_univ w) hother
  rw [hsum, prefixTerm_of_agree p (AgreeBelow.refl L w)]

/-- The summands are nonnegative. -/
theorem prefixTerm_nonneg {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v) (w : Fin L → Fin V) (k : ℕ)
    (v : Fin L → Fin V) : 0 ≤ prefixTerm p w k v := by
  by_cases h : AgreeBelow k v w
  · rw [prefixTerm_of_agree p h]
    exact hp v
  · exact le_of_eq (prefixTerm_of_not p h).symm

/-- A prefix has at least the mass of each response that it begins. -/
theorem le_prefixMass {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v) {v w : Fin L → Fin V} {k : ℕ}
    (h : AgreeBelow k v w) : p v ≤ prefixMass p w k := by
  have hle : prefixTerm p w k v ≤ ∑ t, prefixTerm p w k t :=
    Finset.single_le_sum (f := fun t => prefixTerm p w k t)
      (fun t _ => prefixTerm_nonneg hp w k t) (Finset.mem_univ v)
  rw [prefixTerm_of_agree p h, ← prefixMass_eq_sum] at hle
  exact hle

/-- A prefix has at least the mass of two responses that it begins. -/
theorem add_le_prefixMass {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v) {u v w : Fin L → Fin V}
    {k : ℕ} (hu : AgreeBelow k u w) (hv : AgreeBelow k v w) (hne : u ≠ v) :
    p u + p v ≤ prefixMass p w k := by
  have hle : prefixTerm p w k u + prefixTerm p w k v ≤ ∑ t, prefixTerm p w k t :=
    Finset.add_le_sum (f := fun t => prefixTerm p w k t)
      (fun t _ => prefixTerm_nonneg hp w k t) (Finset.mem_univ u) (Finset.mem_univ v) hne
  rw [prefixTerm_of_agree p hu, prefixTerm_of_agree p hv, ← prefixMass_eq_sum] at hle
  exact hle

/-- The prefixes of responses that differ are disjoint: pointwise form. -/
theorem prefixTerm_add_le {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v) {v w : Fin L → Fin V}
    {k : ℕ} {i : Fin L} (hi : (i : ℕ) < k) (hne : v i ≠ w i) (t : Fin L → Fin V) :
    prefixTerm p v k t + prefixTerm p w k t ≤ p t := by
  have ht := hp t
  by_cases hv : AgreeBelow k t v
  · have hw : ¬ AgreeBelow k t w := fun hw => hne ((hv i hi).symm.trans (hw i hi))
    have e1 := prefixTerm_of_agree p hv
    have e2 := prefixTerm_of_not p hw
    linarith
  · have e1 := prefixTerm_of_not p hv
    by_cases hw : AgreeBelow k t w
    · have e2 := prefixTerm_of_agree p hw
      linarith
    · have e2 := prefixTerm_of_not p hw
      linarith

/-- The prefixes of responses that differ are disjoint. -/
theorem prefixMass_add_le {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 ≤ p v) {v w : Fin L → Fin V}
    {k : ℕ} {i : Fin L} (hi : (i : ℕ) < k) (hne : v i ≠ w i) :
    prefixMass p v k + prefixMass p w k ≤ ∑ t, p t := by
  rw [prefixMass_eq_sum, prefixMass_eq_sum, ← Finset.sum_add_distrib]
  exact Finset.sum_le_sum fun t _ => prefixTerm_add_le hp hi hne t

/-- Two disjoint prefixes that miss a response of positive mass. -/
theorem prefixMass_add_lt {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 < p v) {u v w : Fin L → Fin V}
    {k : ℕ} {i : Fin L} (hi : (i : ℕ) < k) (hne : v i ≠ w i) (huv : ¬ AgreeBelow k u v)
    (huw : ¬ AgreeBelow k u w) : prefixMass p v k + prefixMass p w k < ∑ t, p t := by
  have hstrict : prefixTerm p v k u + prefixTerm p w k u < p u := by
    rw [prefixTerm_of_not p huv, prefixTerm_of_not p huw, add_zero]
    exact hp u
  rw [prefixMass_eq_sum, prefixMass_eq_sum, ← Finset.sum_add_distrib]
  exact Finset.sum_lt_sum (fun t _ => prefixTerm_add_le (fun s => (hp s).le) hi hne t)
    ⟨u, Finset.mem_univ u, hstrict⟩

/-! ### Conditionals -/

/-- The conditional probability of the token `w k` after the first `k` tokens of `w`. -/
noncomputable def tokenProb (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) (k : ℕ) : ℝ :=
  prefixMass p w (k + 1) / prefixMass p w k

/-- Prefix masses are positive under full support. -/
theorem prefixMass_pos {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 < p v) (w : Fin L → Fin V) (k : ℕ) :
    0 < prefixMass p w k :=
  lt_of_lt_of_le (hp w) (le_prefixMass (fun v => (hp v).le) (AgreeBelow.refl k w))

/-- The chain rule: `p w` is the product of the conditionals along `w`. -/
theorem prod_tokenProb {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 < p v) (hsum : ∑ v, p v = 1)
    (w : Fin L → Fin V) : ∏ k ∈ Finset.range L, tokenProb p w k = p w := by
  have hall : ∀ n, ∏ k ∈ Finset.range n, tokenProb p w k = prefixMass p w n := by
    intro n
    induction n with
    | zero => rw [Finset.prod_range_zero, prefixMass_zero, hsum]
    | succ n ih =>
      have hpos := prefixMass_pos hp w n
      rw [Finset.prod_range_succ, ih]
      unfold tokenProb
      exact mul_div_of_ne hpos.ne' (prefixMass p w (n + 1))
  rw [hall L, prefixMass_full]

/-- Under full support greedy decoding maximises the conditional of every step. -/
theorem isGreedy_iff_tokenProb {p : (Fin L → Fin V) → ℝ} (hp : ∀ v, 0 < p v) (w : Fin L → Fin V) :
    IsGreedy p w ↔ ∀ (i : Fin L) (v : Fin L → Fin V), AgreeBelow (i : ℕ) v w →
      tokenProb p v (i : ℕ) ≤ tokenProb p w (i : ℕ) := by
  have hstep : ∀ (i : Fin L) (v : Fin L → Fin V), AgreeBelow (i : ℕ) v w →
      (tokenProb p v (i : ℕ) ≤ tokenProb p w (i : ℕ) ↔
        prefixMass p v ((i : ℕ) + 1) ≤ prefixMass p w ((i : ℕ) + 1)) := by
    intro i v hv
    have hpos := prefixMass_pos hp w (i : ℕ)
    unfold tokenProb
    rw [prefixMass_congr p hv]
    exact div_le_div_iff_of_pos_right hpos
  constructor
  · intro h i v hv
    exact (hstep i v hv).mpr (h i v hv)
  · intro h i v hv
    exact (hstep i v hv).mp (h i v hv)

/-- Every law on nonempty vocabularies has a greedy decoding. -/
theorem exists_isGreedy (hV : 0 < V) (p : (Fin L → Fin V) → ℝ) : ∃ w, IsGreedy p w := by
  classical
  have hall : ∀ n : ℕ, ∃ w : Fin L → Fin V, ∀ (i : Fin L) (v : Fin L → Fin V), (i : ℕ) < n →
      AgreeBelow (i : ℕ) v w →
        prefixMass p v ((i : ℕ) + 1) ≤ prefixMass p w ((i : ℕ) + 1) := by
    intro n
    induction n with
    | zero => exact ⟨fun _ => ⟨0, hV⟩, fun i _ hi => absurd hi (Nat.not_lt_zero _)⟩
    | succ n ih =>
      obtain ⟨w, hw⟩ := ih
      have hself : w ∈ Finset.univ.filter (fun v => AgreeBelow n v w) :=
        Finset.mem_filter.mpr ⟨Finset.mem_univ w, AgreeBelow.refl n w⟩
      obtain ⟨best, hbest, hmax⟩ := Finset.exists_max_image
        (Finset.univ.filter (fun v => AgreeBelow n v w)) (fun v => prefixMass p v (n + 1))
        ⟨w, hself⟩
      have hagree : AgreeBelow n best w := (Finset.mem_filter.mp hbest).2
      refine ⟨best, fun i v hi hv => ?_⟩
      rcases Nat.lt_or_ge (i : ℕ) n with hlt | hge
      · have hold := hw i v hlt (hv.trans (hagree.mono hlt.le))
        have hsame : prefixMass p best ((i : ℕ) + 1) = prefixMass p w ((i : ℕ) + 1) :=
          prefixMass_congr p (hagree.mono (Nat.succ_le_of_lt hlt))
        rw [hsame]
        exact hold
      · have hin : (i : ℕ) = n := by omega
        rw [hin] at hv ⊢
        exact hmax v (Finset.mem_filter.mpr ⟨Finset.mem_univ v, hv.trans hagree⟩)
  obtain ⟨w, hw⟩ := hall L
  exact ⟨w, fun i v hv => hw i v i.isLt hv⟩

/-! ### Where greedy decoding cannot fail -/

/-- **E01**: a response of mass above one half is the only greedy decoding. -/
theorem greedy_of_half_lt {p : (Fin L → Fin V) → ℝ} (hp : IsDist p) {w g : Fin L → Fin V}
    (hw : 1 / 2 < p w) (hg : IsGreedy p g) : g = w := by
  by_contra hne
  obtain ⟨i, hi, hagree⟩ := exists_first_difference hne
  have hgreedy := hg i w hagree.symm
  have htwo : prefixMass p g ((i : ℕ) + 1) + prefixMass p w ((i : ℕ) + 1) ≤ ∑ t, p t :=
    prefixMass_add_le hp.1 (Nat.lt_add_one (i : ℕ)) hi
  have hmode := le_prefixMass hp.1 (AgreeBelow.refl ((i : ℕ) + 1) w)
  rw [hp.2] at htwo
  linarith

/-- **E03**, **E04**: under full support and for `V, L ≥ 2` a response of mass at least one half is
the only greedy decoding: no tie is possible. -/
theorem greedy_of_half_le {p : (Fin L → Fin V) → ℝ} (hV : 2 ≤ V) (hL : 2 ≤ L) (hp : ∀ v, 0 < p v)
    (hsum : ∑ v, p v = 1) {w g : Fin L → Fin V} (hw : 1 / 2 ≤ p w) (hg : IsGreedy p g) :
    g = w := by
  have hnonneg : ∀ v, 0 ≤ p v := fun v => (hp v).le
  have hother : ∀ t : Fin V, ∃ s : Fin V, s ≠ t := by
    haveI : Nontrivial (Fin V) := Fin.nontrivial_iff_two_le.mpr hV
    exact fun t => exists_ne t
  by_contra hne
  obtain ⟨i, hi, hagree⟩ := exists_first_difference hne
  have hgreedy := hg i w hagree.symm
  rcases Nat.lt_or_ge ((i : ℕ) + 1) L with hlt | hge
  · have hlast : L - 1 < L := by omega
    obtain ⟨s, hs⟩ := hother (w ⟨L - 1, hlast⟩)
    have hdiffer : Function.update w ⟨L - 1, hlast⟩ s ≠ w := by
      intro h
      have hvalue := congrFun h ⟨L - 1, hlast⟩
      rw [Function.update_self] at hvalue
      exact hs hvalue
    have hsame : AgreeBelow ((i : ℕ) + 1) (Function.update w ⟨L - 1, hlast⟩ s) w := by
      intro j hj
      have hjne : j ≠ ⟨L - 1, hlast⟩ := by
        intro h
        have hval : (j : ℕ) = L - 1 := congrArg Fin.val h
        omega
      exact Function.update_of_ne hjne _ _
    have hpair := add_le_prefixMass hnonneg hsame (AgreeBelow.refl ((i : ℕ) + 1) w) hdiffer
    have htwo : prefixMass p g ((i : ℕ) + 1) + prefixMass p w ((i : ℕ) + 1) ≤ ∑ t, p t :=
      prefixMass_add_le hnonneg (Nat.lt_add_one (i : ℕ)) hi
    have hpos := hp (Function.update w ⟨L - 1, hlast⟩ s)
    rw [hsum] at htwo
    linarith
  · have hfirst : 0 < L := by omega
    have hi0 : 0 < (i : ℕ) := by
      have hlt := i.isLt
      omega
    obtain ⟨s, hs⟩ := hother (w ⟨0, hfirst⟩)
    have hvalue : Function.update w ⟨0, hfirst⟩ s ⟨0, hfirst⟩ = s := Function.update_self _ _ _
    have hgw : g ⟨0, hfirst⟩ = w ⟨0, hfirst⟩ := hagree ⟨0, hfirst⟩ hi0
    have hnotw : ¬ AgreeBelow ((i : ℕ) + 1) (Function.update w ⟨0, hfirst⟩ s) w := by
      intro h
      have hzero := h ⟨0, hfirst⟩ (Nat.succ_pos (i : ℕ))
      rw [hvalue] at hzero
      exact hs hzero
    have hnotg : ¬ AgreeBelow ((i : ℕ) + 1) (Function.update w ⟨0, hfirst⟩ s) g := by
      intro h
      have hzero := h ⟨0, hfirst⟩ (Nat.succ_pos (i : ℕ))
      rw [hvalue, hgw] at hzero
      exact hs hzero
    have htwo : prefixMass p g ((i : ℕ) + 1) + prefixMass p w ((i : ℕ) + 1) < ∑ t, p t :=
      prefixMass_add_lt hp (Nat.lt_add_one (i : ℕ)) hi hnotg hnotw
    have hmode := le_prefixMass hnonneg (AgreeBelow.refl ((i : ℕ) + 1) w)
    rw [hsum] at htwo
    linarith

/-! ### Remark 4.2 -/

/-- **K03**, (103): if no conditional exceeds `r`, no response has more than `r^L`. -/
theorem autoregressive_mass_le {p : (Fin L → Fin V) → ℝ} {r : ℝ} (hr : 0 ≤ r)
    (hsum : ∑ v, p v = 1)
    (hcond : ∀ w k, k < L → prefixMass p w (k + 1) ≤ r * prefixMass p w k) (w : Fin L → Fin V) :
    p w ≤ r ^ L := by
  have hall : ∀ n, n ≤ L → prefixMass p w n ≤ r ^ n := by
    intro n
    induction n with
    | zero =>
      intro _
      exact le_of_eq (by rw [prefixMass_zero, hsum, pow_zero])
    | succ n ih =>
      intro hn
      have hbound := ih (by omega)
      have hscaled := mul_le_mul_of_nonneg_left hbound hr
      calc prefixMass p w (n + 1) ≤ r * prefixMass p w n := hcond w n (by omega)
        _ ≤ r * r ^ n := hscaled
        _ = r ^ (n + 1) := by ring
  have hfull := hall L le_rfl
  rw [prefixMass_full] at hfull
  exact hfull

/-- **K03**, Remark 4.2: then `κ ≥ r^{-L}`. -/
theorem autoregressive_conditionNumber {X : Type*} [Fintype X] {D : X → ℝ}
    {p : X → (Fin L → Fin V) → ℝ} {r : ℝ} (hV : 0 < V) (hD : IsDist D) (hp : IsPolicy p)
    (hr : 0 < r)
    (hcond : ∀ x w k, k < L → prefixMass (p x) w (k + 1) ≤ r * prefixMass (p x) w k) :
    1 / r ^ L ≤ conditionNumber D p := by
  haveI : Nonempty (Fin L → Fin V) := ⟨fun _ => ⟨0, hV⟩⟩
  have hprompt : ∀ x, 1 / r ^ L ≤ 1 / modeMass p x := by
    intro x
    apply one_div_le_one_div_of_le (modeMass_pos hp x)
    unfold modeMass
    exact ciSup_le fun w => autoregressive_mass_le (p := p x) hr.le (hp x).2 (hcond x) w
  have hle : expect D (fun _ => 1 / r ^ L) ≤ conditionNumber D p :=
    expect_le_expect hD.1 hprompt
  rw [expect_const hD] at hle
  exact hle

end SRVerify
