import SRVerify.Finite.Policy
import SRVerify.Scalar.LowerBound

/-!
# The hard instance on average (appendix D)

Two keys that differ at `x_i` only give the same sample, and the same log-probabilities, as long as
neither of their two labels is drawn at `x_i`. On such samples a learner misses one of the two. The
average over the keys with labels in `{a, b}` turns this into a lower bound on the risk.

## Main definitions

* `drawLaw`, `unseenLaw`: the law of one draw, and its part without the two labels at `x_i`.
* `missed`, `missRate`: base failure at `x_i`, and its probability after `n` draws.
* `binaryKey`, `flipAt`: the keys of the cube `{a, b}^d`, and the change of one entry.

## Main results

* `conditionNumber_hardInstance_le`: `κ(π^J) ≤ 1 + ϱ (M - 1) / 2`.
* `two_point_misses`: two keys that differ at `x_i` are missed with probability at least
  `(1 - 3ϱ / (d (M + 1)))^n` in sum.
* `unseen_often`: this is at least `3/4` for `n ≤ d (M + 1) / (12 ϱ)`.
* `lt_samples_of_randomisedRisk_le`: so risk at most `ϱ / 16` at every key needs more samples, for
  learners with a seed of their own too.
-/

open scoped BigOperators

namespace SRVerify

variable {d M : ℕ}

/-! ### Misses at one prompt -/

/-- `1` if `p` base-fails at `x_i` with the label `y`, that is `p(y|x_i) ≤ 1/2`, else `0`. -/
noncomputable def missed (p : Option (Fin d) → Fin M → ℝ) (i : Fin d) (y : Fin M) : ℝ :=
  open Classical in if p (some i) y ≤ 1 / 2 then 1 else 0

/-- **D03**: an indicator is nonnegative. -/
theorem missed_nonneg (p : Option (Fin d) → Fin M → ℝ) (i : Fin d) (y : Fin M) :
    0 ≤ missed p i y := by
  unfold missed
  split_ifs
  · exact zero_le_one
  · exact le_rfl

/-- **D03**, **D05**: at most one of two labels has mass above `1/2`. -/
theorem one_le_missed_add {p : Option (Fin d) → Fin M → ℝ} (hp : IsDistFamily p) (i : Fin d)
    {a b : Fin M} (hab : a ≠ b) : 1 ≤ missed p i a + missed p i b := by
  have hsum : p (some i) a + p (some i) b ≤ 1 := by
    have hle : ∑ y ∈ ({a, b} : Finset (Fin M)), p (some i) y ≤ ∑ y, p (some i) y :=
      Finset.sum_le_univ_sum_of_nonneg fun y => (hp (some i)).1 y
    rw [Finset.sum_pair hab, (hp (some i)).2] at hle
    exact hle
  by_cases ha : p (some i) a ≤ 1 / 2
  · have e : missed p i a = 1 := by
      unfold missed
      exact if_pos ha
    have hb := missed_nonneg p i b
    linarith
  · have hb : p (some i) b ≤ 1 / 2 := by
      have hlt := not_le.mp ha
      linarith
    have e : missed p i b = 1 := by
      unfold missed
      exact if_pos hb
    have ha' := missed_nonneg p i a
    linarith

/-! ### The cube of keys -/

/-- The key with the label `a` where `σ` is true and `b` elsewhere. -/
def binaryKey (a b : Fin M) (σ : Fin d → Bool) (j : Fin d) : Fin M :=
  if σ j then a else b

/-- `σ` with its entry at `i` changed. -/
def flipAt (i : Fin d) (σ : Fin d → Bool) (j : Fin d) : Bool :=
  if j = i then !σ j else σ j

/-- **D05**: changing an entry twice changes nothing. -/
theorem flipAt_involutive (i : Fin d) : Function.Involutive (flipAt i) := by
  intro σ
  funext j
  by_cases h : j = i
  · have hone : flipAt i σ j = !σ j := if_pos h
    have htwo : flipAt i (flipAt i σ) j = !flipAt i σ j := if_pos h
    rw [htwo, hone, Bool.not_not]
  · have hone : flipAt i σ j = σ j := if_neg h
    have htwo : flipAt i (flipAt i σ) j = flipAt i σ j := if_neg h
    rw [htwo, hone]

/-- **D05**: a quantity that every pair `σ`, `flipAt i σ` shares has mean at least half of the
pair's bound. -/
theorem card_mul_le_two_mul_sum (i : Fin d) (F : (Fin d → Bool) → ℝ) (q : ℝ)
    (h : ∀ σ, q ≤ F σ + F (flipAt i σ)) :
    (Fintype.card (Fin d → Bool) : ℝ) * q ≤ 2 * ∑ σ, F σ := by
  have hflip : ∑ σ, F (flipAt i σ) = ∑ σ, F σ :=
    Function.Bijective.sum_comp (flipAt_involutive i).bijective F
  calc (Fintype.card (Fin d → Bool) : ℝ) * q = ∑ _σ : Fin d → Bool, q := by
        rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul]
    _ ≤ ∑ σ, (F σ + F (flipAt i σ)) := Finset.sum_le_sum fun σ _ => h σ
    _ = ∑ σ, F σ + ∑ σ, F (flipAt i σ) := Finset.sum_add_distrib
    _ = 2 * ∑ σ, F σ := by
        rw [hflip]
        ring

variable [NeZero M]

/-! ### One draw -/

/-- The law of one draw `(x, y)`: `x` from (81), `y` from the policy of the key, (82)-(85). -/
noncomputable def drawLaw (rho : ℝ) (key : Fin d → Fin M) (o : Option (Fin d) × Fin M) : ℝ :=
  hardPrompts d rho o.1 * hardInstance key o.1 o.2

/-- The law of one draw, without the label of the key and the label `b` at `x_i`. -/
noncomputable def unseenLaw (rho : ℝ) (key : Fin d → Fin M) (i : Fin d) (b : Fin M)
    (o : Option (Fin d) × Fin M) : ℝ :=
  if o = (some i, key i) ∨ o = (some i, b) then 0 else drawLaw rho key o

/-- **D01**, (81): the weights of the prompts are nonnegative. -/
theorem hardPrompts_nonneg {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (x : Option (Fin d)) :
    0 ≤ hardPrompts d rho x := by
  cases x with
  | none =>
    show 0 ≤ 1 - rho
    linarith
  | some i =>
    show 0 ≤ rho / (d : ℝ)
    exact div_nonneg h0 (Nat.cast_nonneg d)

/-- **D01**, (82)-(85): the weights of the responses are nonnegative. -/
theorem hardInstance_nonneg (key : Fin d → Fin M) (x : Option (Fin d)) (y : Fin M) :
    0 ≤ hardInstance key x y := by
  cases x with
  | none =>
    show (0 : ℝ) ≤ (if y = 0 then 1 else 0)
    split_ifs
    · exact zero_le_one
    · exact le_rfl
  | some i =>
    show (0 : ℝ) ≤ (if y = key i then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1))
    split_ifs
    · positivity
    · positivity

/-- **D01**, (82)-(85): the weights of the responses sum to one. -/
theorem sum_hardInstance (key : Fin d → Fin M) (x : Option (Fin d)) :
    ∑ y, hardInstance key x y = 1 := by
  cases x with
  | none =>
    show ∑ y : Fin M, (if y = 0 then (1 : ℝ) else 0) = 1
    rw [Finset.sum_ite_eq' Finset.univ (0 : Fin M), if_pos (Finset.mem_univ _)]
  | some i =>
    have hsplit : ∀ y, hardInstance key (some i) y =
        1 / ((M : ℝ) + 1) + (if y = key i then 1 / ((M : ℝ) + 1) else 0) := by
      intro y
      show (if y = key i then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1)) =
        1 / ((M : ℝ) + 1) + (if y = key i then 1 / ((M : ℝ) + 1) else 0)
      by_cases hy : y = key i
      · rw [if_pos hy, if_pos hy]
        ring
      · rw [if_neg hy, if_neg hy, add_zero]
    have hM : (M : ℝ) + 1 ≠ 0 := by positivity
    rw [Finset.sum_congr rfl fun y _ => hsplit y, Finset.sum_add_distrib, Finset.sum_const,
      Finset.card_univ, Fintype.card_fin, nsmul_eq_mul, Finset.sum_ite_eq' Finset.univ (key i),
      if_pos (Finset.mem_univ _)]
    have e : (M : ℝ) * (1 / ((M : ℝ) + 1)) + 1 / ((M : ℝ) + 1) =
        ((M : ℝ) + 1) * (1 / ((M : ℝ) + 1)) := by ring
    rw [e, mul_one_div_cancel hM]

/-- **D01**: the weights of one draw are nonnegative. -/
theorem drawLaw_nonneg {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (key : Fin d → Fin M)
    (o : Option (Fin d) × Fin M) : 0 ≤ drawLaw rho key o :=
  mul_nonneg (hardPrompts_nonneg h0 h1 o.1) (hardInstance_nonneg key o.1 o.2)

/-- **D01**: the weights of one draw sum to one. -/
theorem sum_drawLaw (rho : ℝ) (hd : (d : ℝ) ≠ 0) (key : Fin d → Fin M) :
    ∑ o, drawLaw rho key o = 1 := by
  have hinner : ∀ x, ∑ y, drawLaw rho key (x, y) = hardPrompts d rho x := by
    intro x
    have e : ∑ y, drawLaw rho key (x, y) =
        hardPrompts d rho x * ∑ y, hardInstance key x y :=
      (Finset.mul_sum Finset.univ (fun y => hardInstance key x y) (hardPrompts d rho x)).symm
    rw [e, sum_hardInstance, mul_one]
  have hsome : ∑ i : Fin d, hardPrompts d rho (some i) = rho := by
    show ∑ _i : Fin d, rho / (d : ℝ) = rho
    rw [Finset.sum_const, Finset.card_univ, Fintype.card_fin, nsmul_eq_mul]
    exact mul_div_of_ne hd rho
  rw [Fintype.sum_prod_type, Finset.sum_congr rfl fun x _ => hinner x, Fintype.sum_option, hsome]
  show 1 - rho + rho = 1
  ring

/-- **D05**, (88): one draw avoids two labels at `x_i`, one of them the key, with probability
`1 - (ϱ/d) 3 / (M + 1)`. -/
theorem sum_unseenLaw (rho : ℝ) (hd : (d : ℝ) ≠ 0) (key : Fin d → Fin M) (i : Fin d) {b : Fin M}
    (hb : b ≠ key i) :
    ∑ o, unseenLaw rho key i b o = 1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1)) := by
  have hpoint : ∀ o, unseenLaw rho key i b o = drawLaw rho key o -
      (if o = (some i, key i) then drawLaw rho key o else 0) -
      (if o = (some i, b) then drawLaw rho key o else 0) := by
    intro o
    unfold unseenLaw
    by_cases h1 : o = (some i, key i)
    · have h2 : ¬ o = (some i, b) := by
        intro h2
        rw [h1] at h2
        exact hb (congrArg Prod.snd h2).symm
      have h : o = (some i, key i) ∨ o = (some i, b) := Or.inl h1
      rw [if_pos h, if_pos h1, if_neg h2]
      ring
    · by_cases h2 : o = (some i, b)
      · have h : o = (some i, key i) ∨ o = (some i, b) := Or.inr h2
        rw [if_pos h, if_neg h1, if_pos h2]
        ring
      · have h : ¬ (o = (some i, key i) ∨ o = (some i, b)) := fun h => h.elim h1 h2
        rw [if_neg h, if_neg h1, if_neg h2]
        ring
  have e1 : drawLaw rho key (some i, key i) = rho / (d : ℝ) * (2 / ((M : ℝ) + 1)) := by
    show rho / (d : ℝ) * (if key i = key i then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1)) =
      rho / (d : ℝ) * (2 / ((M : ℝ) + 1))
    rw [if_pos rfl]
  have e2 : drawLaw rho key (some i, b) = rho / (d : ℝ) * (1 / ((M : ℝ) + 1)) := by
    show rho / (d : ℝ) * (if b = key i then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1)) =
      rho / (d : ℝ) * (1 / ((M : ℝ) + 1))
    rw [if_neg hb]
  rw [Finset.sum_congr rfl fun o _ => hpoint o, Finset.sum_sub_distrib, Finset.sum_sub_distrib,
    sum_drawLaw rho hd key, Finset.sum_ite_eq' Finset.univ (some i, key i),
    if_pos (Finset.mem_univ _), Finset.sum_ite_eq' Finset.univ (some i, b),
    if_pos (Finset.mem_univ _), e1, e2]
  ring

/-- **D05**: at a draw that avoids the labels of both keys at `x_i` the two policies agree. -/
theorem hardInstance_congr (key key' : Fin d → Fin M) (i : Fin d)
    (hkey : ∀ j, j ≠ i → key' j = key j) (o : Option (Fin d) × Fin M)
    (h : ¬ (o = (some i, key i) ∨ o = (some i, key' i))) :
    hardInstance key' o.1 o.2 = hardInstance key o.1 o.2 := by
  obtain ⟨x, y⟩ := o
  cases x with
  | none => rfl
  | some j =>
    show (if y = key' j then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1)) =
      (if y = key j then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1))
    by_cases hj : j = i
    · have hy : ¬ y = key j := fun e => h (Or.inl (by rw [e, hj]))
      have hy' : ¬ y = key' j := fun e => h (Or.inr (by rw [e, hj]))
      rw [if_neg hy, if_neg hy']
    · rw [hkey j hj]

/-- **D02**, (5): `κ(π^J) ≤ 1 + ϱ (M - 1) / 2` at every key. -/
theorem conditionNumber_hardInstance_le {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (hd : (d : ℝ) ≠ 0)
    (key : Fin d → Fin M) :
    conditionNumber (hardPrompts d rho) (hardInstance key) ≤ 1 + rho * (((M : ℝ) - 1) / 2) := by
  have hM : 0 < (M : ℝ) + 1 := by positivity
  have hnone : 1 / modeMass (hardInstance key) none ≤ 1 := by
    have hle := le_modeMass (hardInstance key) none (0 : Fin M)
    have e : hardInstance key none (0 : Fin M) = 1 := if_pos rfl
    rw [e] at hle
    rw [div_le_one (by linarith)]
    exact hle
  have hsome : ∀ i, 1 / modeMass (hardInstance key) (some i) ≤ ((M : ℝ) + 1) / 2 := by
    intro i
    have hle := le_modeMass (hardInstance key) (some i) (key i)
    have e : hardInstance key (some i) (key i) = 2 / ((M : ℝ) + 1) := if_pos rfl
    rw [e] at hle
    have hpos : 0 < 2 / ((M : ℝ) + 1) := div_pos two_pos hM
    calc 1 / modeMass (hardInstance key) (some i) ≤ 1 / (2 / ((M : ℝ) + 1)) :=
          one_div_le_one_div_of_le hpos hle
      _ = ((M : ℝ) + 1) / 2 := by rw [one_div_div]
  have hfirst : (1 - rho) * (1 / modeMass (hardInstance key) none) ≤ 1 - rho :=
    mul_le_of_le_one_right (by linarith) hnone
  have hrest : ∑ i : Fin d, rho / (d : ℝ) * (1 / modeMass (hardInstance key) (some i)) ≤
      rho * (((M : ℝ) + 1) / 2) := by
    calc ∑ i : Fin d, rho / (d : ℝ) * (1 / modeMass (hardInstance key) (some i)) ≤
          ∑ _i : Fin d, rho / (d : ℝ) * (((M : ℝ) + 1) / 2) :=
          Finset.sum_le_sum fun i _ =>
            mul_le_mul_of_nonneg_left (hsome i) (div_nonneg h0 (Nat.cast_nonneg d))
      _ = rho * (((M : ℝ) + 1) / 2) := by
          rw [Finset.sum_const, Finset.card_univ, Fintype.card_fin, nsmul_eq_mul, ← mul_assoc,
            mul_div_of_ne hd rho]
  have hsplit : conditionNumber (hardPrompts d rho) (hardInstance key) =
      (1 - rho) * (1 / modeMass (hardInstance key) none) +
        ∑ i : Fin d, rho / (d : ℝ) * (1 / modeMass (hardInstance key) (some i)) :=
    Fintype.sum_option fun x : Option (Fin d) =>
      hardPrompts d rho x * (1 / modeMass (hardInstance key) x)
  rw [hsplit]
  linarith

/-! ### Risk -/

/-- The probability over `n` draws that the learner base-fails at `x_i`. -/
noncomputable def missRate (rho : ℝ) (n : ℕ)
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (key : Fin d → Fin M) (i : Fin d) : ℝ :=
  ∑ s : Fin n → Option (Fin d) × Fin M, (∏ k, drawLaw rho key (s k)) *
    missed (guess s fun k => Real.log (hardInstance key (s k).1 (s k).2)) i (key i)

/-- **D03**, (87): the probability of base failure is at least that of the prompts `x_i`. -/
theorem mean_missed_le_failure {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1)
    (p : Option (Fin d) → Fin M → ℝ) (key : Fin d → Fin M) :
    ∑ i, rho / (d : ℝ) * missed p i (key i) ≤
      failure (hardPrompts d rho) p (fun x => x.elim 0 key) (1 / 2) := by
  unfold failure
  rw [Fintype.sum_option]
  refine le_add_of_nonneg_of_le ?_ ?_
  · split_ifs
    · exact hardPrompts_nonneg h0 h1 none
    · exact le_rfl
  · refine Finset.sum_le_sum fun i _ => ?_
    by_cases h : p (some i) (key i) ≤ 1 / 2
    · have e : rho / (d : ℝ) * missed p i (key i) = rho / (d : ℝ) := by
        have hone : missed p i (key i) = 1 := by
          unfold missed
          exact if_pos h
        rw [hone, mul_one]
      rw [e]
      exact le_of_eq (if_pos h).symm
    · have e : rho / (d : ℝ) * missed p i (key i) = 0 := by
        have hzero : missed p i (key i) = 0 := by
          unfold missed
          exact if_neg h
        rw [hzero, mul_zero]
      rw [e]
      exact le_of_eq (if_neg h).symm

/-- **D03**, (87): the risk is at least `(ϱ/d) ∑_i P(miss at x_i)`. -/
theorem mean_missRate_le_hardRisk {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) {n : ℕ}
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (key : Fin d → Fin M) :
    rho / (d : ℝ) * ∑ i, missRate rho n guess key i ≤ hardRisk rho n guess key := by
  have e : rho / (d : ℝ) * ∑ i, missRate rho n guess key i =
      ∑ s : Fin n → Option (Fin d) × Fin M, (∏ k, drawLaw rho key (s k)) *
        ∑ i, rho / (d : ℝ) *
          missed (guess s fun k => Real.log (hardInstance key (s k).1 (s k).2)) i (key i) := by
    unfold missRate
    rw [Finset.sum_comm, Finset.mul_sum]
    refine Finset.sum_congr rfl fun s _ => ?_
    rw [Finset.mul_sum, Finset.mul_sum]
    refine Finset.sum_congr rfl fun i _ => ?_
    ring
  rw [e]
  unfold hardRisk
  refine Finset.sum_le_sum fun s _ => ?_
  exact mul_le_mul_of_nonneg_left (mean_missed_le_failure h0 h1 _ key)
    (Finset.prod_nonneg fun k _ => drawLaw_nonneg h0 h1 key (s k))

/-- **D05**, (86)-(88): under two keys that differ at `x_i` only, the probabilities of a miss at
`x_i` sum to at least `(1 - (ϱ/d) 3 / (M + 1))^n`. -/
theorem two_point_misses {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (hd : (d : ℝ) ≠ 0) {n : ℕ}
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ s r, IsDistFamily (guess s r)) (key key' : Fin d → Fin M) (i : Fin d)
    (hi : key' i ≠ key i) (hkey : ∀ j, j ≠ i → key' j = key j) :
    (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n ≤
      missRate rho n guess key i + missRate rho n guess key' i := by
  have hpow : (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n =
      ∑ s : Fin n → Option (Fin d) × Fin M, ∏ k, unseenLaw rho key i (key' i) (s k) := by
    rw [← sum_unseenLaw rho hd key i hi, Fintype.sum_pow]
  have hpoint : ∀ s : Fin n → Option (Fin d) × Fin M,
      ∏ k, unseenLaw rho key i (key' i) (s k) ≤
        (∏ k, drawLaw rho key (s k)) *
            missed (guess s fun k => Real.log (hardInstance key (s k).1 (s k).2)) i (key i) +
          (∏ k, drawLaw rho key' (s k)) *
            missed (guess s fun k => Real.log (hardInstance key' (s k).1 (s k).2)) i (key' i) := by
    intro s
    have hw : 0 ≤ ∏ k, drawLaw rho key (s k) :=
      Finset.prod_nonneg fun k _ => drawLaw_nonneg h0 h1 key (s k)
    have hw' : 0 ≤ ∏ k, drawLaw rho key' (s k) :=
      Finset.prod_nonneg fun k _ => drawLaw_nonneg h0 h1 key' (s k)
    by_cases hall : ∀ k, ¬ (s k = (some i, key i) ∨ s k = (some i, key' i))
    · have hsame : ∀ k, hardInstance key' (s k).1 (s k).2 = hardInstance key (s k).1 (s k).2 :=
        fun k => hardInstance_congr key key' i hkey (s k) (hall k)
      have hunseen : ∏ k, unseenLaw rho key i (key' i) (s k) = ∏ k, drawLaw rho key (s k) := by
        refine Finset.prod_congr rfl fun k _ => ?_
        unfold unseenLaw
        exact if_neg (hall k)
      have hlaw : ∏ k, drawLaw rho key' (s k) = ∏ k, drawLaw rho key (s k) := by
        refine Finset.prod_congr rfl fun k _ => ?_
        unfold drawLaw
        rw [hsame k]
      have hlog : (fun k => Real.log (hardInstance key' (s k).1 (s k).2)) =
          fun k => Real.log (hardInstance key (s k).1 (s k).2) := by
        funext k
        rw [hsame k]
      rw [hunseen, hlaw, hlog, ← mul_add]
      exact le_mul_of_one_le_right hw (one_le_missed_add (hguess s _) i hi.symm)
    · obtain ⟨k, hk⟩ := not_forall.mp hall
      have hzero : ∏ k, unseenLaw rho key i (key' i) (s k) = 0 := by
        refine Finset.prod_eq_zero (Finset.mem_univ k) ?_
        unfold unseenLaw
        exact if_pos (not_not.mp hk)
      rw [hzero]
      exact add_nonneg (mul_nonneg hw (missed_nonneg _ _ _)) (mul_nonneg hw' (missed_nonneg _ _ _))
  rw [hpow]
  unfold missRate
  rw [← Finset.sum_add_distrib]
  exact Finset.sum_le_sum fun s _ => hpoint s

/-- **D05**, **D06**, (89): for `n ≤ d (M + 1) / (12 ϱ)` this probability is at least `3/4`. -/
theorem unseen_often {rho : ℝ} {n : ℕ} (h0 : 0 < rho) (h1 : rho ≤ 1) (hd : 1 ≤ (d : ℝ))
    (hM : 2 ≤ (M : ℝ)) (hn : (n : ℝ) ≤ (d : ℝ) * ((M : ℝ) + 1) / (12 * rho)) :
    3 / 4 ≤ (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n := by
  have hd0 : 0 < (d : ℝ) := by linarith
  have hM0 : 0 < (M : ℝ) + 1 := by linarith
  have hprod : 0 < (d : ℝ) * ((M : ℝ) + 1) := mul_pos hd0 hM0
  obtain ⟨t, ht⟩ : ∃ t, t = rho / (d : ℝ) * (3 / ((M : ℝ) + 1)) := ⟨_, rfl⟩
  have hcancel : t * ((d : ℝ) * ((M : ℝ) + 1)) = rho * 3 := by
    rw [ht, mul_mul_mul_comm, div_mul_cancel₀ _ hd0.ne', div_mul_cancel₀ _ hM0.ne']
  have ht1 : t ≤ 1 := by
    have hfirst : rho / (d : ℝ) ≤ 1 := by
      rw [div_le_one hd0]
      linarith
    have hsecond : 3 / ((M : ℝ) + 1) ≤ 1 := by
      rw [div_le_one hM0]
      linarith
    rw [ht]
    calc rho / (d : ℝ) * (3 / ((M : ℝ) + 1)) ≤ 1 * 1 :=
          mul_le_mul hfirst hsecond (div_nonneg (by norm_num) hM0.le) zero_le_one
      _ = 1 := one_mul 1
  have hquarter : (n : ℝ) * t ≤ 1 / 4 := by
    rw [le_div_iff₀ (by linarith : 0 < 12 * rho)] at hn
    refine le_of_mul_le_mul_right ?_ hprod
    rw [mul_assoc, hcancel]
    linarith
  have hbern := one_add_mul_le_pow (show -2 ≤ -t by linarith) n
  rw [← ht]
  calc (3 / 4 : ℝ) ≤ 1 + (n : ℝ) * -t := by linarith
    _ ≤ (1 + -t) ^ n := hbern
    _ = (1 - t) ^ n := by rw [← sub_eq_add_neg]

/-! ### The average over the cube -/

/-- **D05**, **D06**: the misses at `x_i`, summed over the cube `{a, b}^d` of keys. -/
theorem card_mul_le_sum_missRate {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (hd : (d : ℝ) ≠ 0) {n : ℕ}
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ s r, IsDistFamily (guess s r)) {a b : Fin M} (hab : a ≠ b) (i : Fin d) :
    (Fintype.card (Fin d → Bool) : ℝ) * (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n ≤
      2 * ∑ σ, missRate rho n guess (binaryKey a b σ) i := by
  refine card_mul_le_two_mul_sum i (fun σ => missRate rho n guess (binaryKey a b σ) i) _ ?_
  intro σ
  refine two_point_misses h0 h1 hd guess hguess (binaryKey a b σ) (binaryKey a b (flipAt i σ)) i
    ?_ ?_
  · by_cases hσ : σ i = true
    · have hflip : flipAt i σ i = !σ i := if_pos rfl
      have hfalse : flipAt i σ i = false := by rw [hflip, hσ, Bool.not_true]
      have hne : ¬ (flipAt i σ i = true) := by
        rw [hfalse]
        exact Bool.false_ne_true
      have hkey : binaryKey a b σ i = a := if_pos hσ
      have hkey' : binaryKey a b (flipAt i σ) i = b := if_neg hne
      rw [hkey, hkey']
      exact hab.symm
    · have hflip : flipAt i σ i = !σ i := if_pos rfl
      have hfalse : σ i = false := Bool.eq_false_of_not_eq_true hσ
      have htrue : flipAt i σ i = true := by rw [hflip, hfalse, Bool.not_false]
      have hkey : binaryKey a b σ i = b := if_neg hσ
      have hkey' : binaryKey a b (flipAt i σ) i = a := if_pos htrue
      rw [hkey, hkey']
      exact hab
  · intro j hj
    have hflip : flipAt i σ j = σ j := if_neg hj
    unfold binaryKey
    rw [hflip]

/-- **D06**: the risk, summed over the cube `{a, b}^d` of keys. -/
theorem card_mul_le_sum_hardRisk {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (hd : (d : ℝ) ≠ 0) {n : ℕ}
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ s r, IsDistFamily (guess s r)) {a b : Fin M} (hab : a ≠ b) :
    rho * ((Fintype.card (Fin d → Bool) : ℝ) *
        (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n) ≤
      2 * ∑ σ, hardRisk rho n guess (binaryKey a b σ) := by
  obtain ⟨F, hF⟩ : ∃ F : ℝ, F = (Fintype.card (Fin d → Bool) : ℝ) *
      (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n := ⟨_, rfl⟩
  rw [← hF]
  have hlower : (d : ℝ) * F ≤ 2 * ∑ i, ∑ σ, missRate rho n guess (binaryKey a b σ) i := by
    calc (d : ℝ) * F = ∑ _i : Fin d, F := by
          rw [Finset.sum_const, Finset.card_univ, Fintype.card_fin, nsmul_eq_mul]
      _ ≤ ∑ i, 2 * ∑ σ, missRate rho n guess (binaryKey a b σ) i := by
          refine Finset.sum_le_sum fun i _ => ?_
          rw [hF]
          exact card_mul_le_sum_missRate h0 h1 hd guess hguess hab i
      _ = 2 * ∑ i, ∑ σ, missRate rho n guess (binaryKey a b σ) i := by
          rw [Finset.mul_sum]
  have hupper : rho / (d : ℝ) * ∑ i, ∑ σ, missRate rho n guess (binaryKey a b σ) i ≤
      ∑ σ, hardRisk rho n guess (binaryKey a b σ) := by
    rw [Finset.sum_comm, Finset.mul_sum]
    exact Finset.sum_le_sum fun σ _ => mean_missRate_le_hardRisk h0 h1 guess (binaryKey a b σ)
  calc rho * F = rho / (d : ℝ) * ((d : ℝ) * F) := by
        rw [← mul_assoc (rho / (d : ℝ)), div_mul_cancel₀ _ hd]
    _ ≤ rho / (d : ℝ) * (2 * ∑ i, ∑ σ, missRate rho n guess (binaryKey a b σ) i) :=
        mul_le_mul_of_nonneg_left hlower (div_nonneg h0 (Nat.cast_nonneg d))
    _ = 2 * (rho / (d : ℝ) * ∑ i, ∑ σ, missRate rho n guess (binaryKey a b σ) i) :=
        mul_left_comm _ _ _
    _ ≤ 2 * ∑ σ, hardRisk rho n guess (binaryKey a b σ) :=
        mul_le_mul_of_nonneg_left hupper zero_le_two

/-- **D06**: the same for a learner that draws a seed first. -/
theorem card_mul_le_sum_randomisedRisk {Ω : Type*} [Fintype Ω] {w : Ω → ℝ} (hw : IsDist w)
    {rho : ℝ} (h0 : 0 ≤ rho) (h1 : rho ≤ 1) (hd : (d : ℝ) ≠ 0) {n : ℕ}
    (guess : Ω → (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ ω s r, IsDistFamily (guess ω s r)) {a b : Fin M} (hab : a ≠ b) :
    rho * ((Fintype.card (Fin d → Bool) : ℝ) *
        (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n) ≤
      2 * ∑ σ, randomisedRisk w rho n guess (binaryKey a b σ) := by
  obtain ⟨F, hF⟩ : ∃ F : ℝ, F = rho * ((Fintype.card (Fin d → Bool) : ℝ) *
      (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n) := ⟨_, rfl⟩
  rw [← hF]
  calc F = ∑ ω, w ω * F := by rw [← Finset.sum_mul, hw.2, one_mul]
    _ ≤ ∑ ω, w ω * (2 * ∑ σ, hardRisk rho n (guess ω) (binaryKey a b σ)) := by
        refine Finset.sum_le_sum fun ω _ => mul_le_mul_of_nonneg_left ?_ (hw.1 ω)
        rw [hF]
        exact card_mul_le_sum_hardRisk h0 h1 hd (guess ω) (hguess ω) hab
    _ = ∑ ω, ∑ σ, 2 * (w ω * hardRisk rho n (guess ω) (binaryKey a b σ)) := by
        refine Finset.sum_congr rfl fun ω _ => ?_
        rw [Finset.mul_sum, Finset.mul_sum]
        refine Finset.sum_congr rfl fun σ _ => ?_
        exact mul_left_comm _ _ _
    _ = 2 * ∑ σ, randomisedRisk w rho n guess (binaryKey a b σ) := by
        rw [Finset.sum_comm, Finset.mul_sum]
        refine Finset.sum_congr rfl fun σ _ => ?_
        unfold randomisedRisk
        rw [Finset.mul_sum]

/-- **D06**, (89), (90): if `ϱ = 16 ε` and the risk, over the seed too, is at most `ε` at every key,
then `n > d (M + 1) / (12 ϱ)`. -/
theorem lt_samples_of_randomisedRisk_le {Ω : Type*} [Fintype Ω] {w : Ω → ℝ} (hw : IsDist w) {n : ℕ}
    {rho eps : ℝ} (hrho : rho = 16 * eps) (h0 : 0 < rho) (h1 : rho ≤ 1) (hd : 1 ≤ d) (hM : 2 ≤ M)
    (guess : Ω → (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ ω s r, IsDistFamily (guess ω s r))
    (hrisk : ∀ key, randomisedRisk w rho n guess key ≤ eps) :
    (d : ℝ) * ((M : ℝ) + 1) / (12 * rho) < (n : ℝ) := by
  by_contra hnot
  have hd1 : (1 : ℝ) ≤ (d : ℝ) := by exact_mod_cast hd
  have hM2 : (2 : ℝ) ≤ (M : ℝ) := by exact_mod_cast hM
  have hd0 : (d : ℝ) ≠ 0 := by
    have hpos : 0 < (d : ℝ) := by linarith
    exact hpos.ne'
  have heps : 0 < eps := by linarith
  obtain ⟨a, b, hab⟩ : ∃ a b : Fin M, a ≠ b :=
    ⟨⟨0, by omega⟩, ⟨1, by omega⟩, fun h => Nat.zero_ne_one (congrArg Fin.val h)⟩
  have hlower := card_mul_le_sum_randomisedRisk hw h0.le h1 hd0 guess hguess hab
  obtain ⟨q, hq⟩ : ∃ q : ℝ, q = (1 - rho / (d : ℝ) * (3 / ((M : ℝ) + 1))) ^ n := ⟨_, rfl⟩
  have hoften : 3 / 4 ≤ q := by
    rw [hq]
    exact unseen_often h0 h1 hd1 hM2 (not_lt.mp hnot)
  obtain ⟨C, hC⟩ : ∃ C : ℝ, C = (Fintype.card (Fin d → Bool) : ℝ) := ⟨_, rfl⟩
  have hC0 : 0 < C := by
    rw [hC]
    exact Nat.cast_pos.mpr Fintype.card_pos
  rw [← hq, ← hC] at hlower
  have hupper : ∑ σ, randomisedRisk w rho n guess (binaryKey a b σ) ≤ C * eps := by
    calc ∑ σ, randomisedRisk w rho n guess (binaryKey a b σ) ≤ ∑ _σ : Fin d → Bool, eps :=
          Finset.sum_le_sum fun σ _ => hrisk (binaryKey a b σ)
      _ = C * eps := by
          rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul, hC]
  have hfinal : rho * (C * q) ≤ 2 * (C * eps) :=
    le_trans hlower (mul_le_mul_of_nonneg_left hupper zero_le_two)
  rw [hrho] at hfinal
  have hmass : eps * C * 3 ≤ eps * C * (4 * q) :=
    mul_le_mul_of_nonneg_left (by linarith) (mul_pos heps hC0).le
  have hpos := mul_pos heps hC0
  linarith

end SRVerify
