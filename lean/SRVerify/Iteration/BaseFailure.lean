import SRVerify.Iteration.Theorem

/-!
# Base failure after several rounds, and assumptions that hold for sure

A round that gives the mode of its base policy more than half of the mass keeps that mode. So the
prompts at which the initial mode is lost after `T` rounds are among those that some round loses,
and base failure is at most the sum of the bounds of the rounds. Where the assumptions hold along every
history, the probability of a failed bound needs no mention of them.

## Main definitions

* `baseFailureBound`: `Σ_t (2/γ) (2 ε + β) √κ_t` over the rounds of a history.

## Main results

* `failure_history_le`: base failure along a history whose rounds have their conclusion.
* `roundsProbability_baseFailure_le_of_round`: the theorem on base failure from a bound for one
  round, for every class.
* `roundsProbability_mono`, `roundsProbability_le_of_sure`: events that imply each other, and
  assumptions that hold along every history.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y I : Type*} [Fintype X] [Fintype Y] {n : ℕ}

/-- `Σ_t (2/γ) (2 ε + β) √κ_t` over the rounds of a history. -/
noncomputable def baseFailureBound (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) (γ ε : ℝ) : List (Fin n → X × Y × Y) → ℝ
  | [] => 0
  | _ :: h =>
    2 / γ * (2 * ε + β) * Real.sqrt (conditionNumber D (currentPolicy pol start learner h)) +
      baseFailureBound D β pol start learner γ ε h

/-- **C34**: a response with more than half of the mass is the mode. -/
theorem hasMode_of_half_lt {p : X → Y → ℝ} (hp : IsPolicy p) {x : X} {y : Y}
    (h : 1 / 2 < p x y) : HasMode p x y := by
  classical
  intro z hz
  have hsplit : p x y + ∑ w ∈ Finset.univ.erase y, p x w = ∑ w, p x w :=
    Finset.add_sum_erase Finset.univ (p x) (Finset.mem_univ y)
  have hle : p x z ≤ ∑ w ∈ Finset.univ.erase y, p x w :=
    Finset.single_le_sum (f := p x) (fun w _ => ((hp x).1 w).le)
      (Finset.mem_erase.mpr ⟨hz, Finset.mem_univ z⟩)
  have hone : ∑ w, p x w = 1 := (hp x).2
  linarith

/-- **C34**: a policy has at most one mode at a prompt. -/
theorem hasMode_unique {p : X → Y → ℝ} {x : X} {y z : Y} (hy : HasMode p x y)
    (hz : HasMode p x z) : y = z := by
  by_contra hne
  have hlt : p x z < p x y := hy z (Ne.symm hne)
  have hgt : p x y < p x z := hz y hne
  linarith

/-- **C34**: if a prompt that fails under `p` at `ystar` fails under `q` there or under `p` at
`zstar`, the probabilities add up. -/
theorem failure_le_add {D : X → ℝ} (hD : IsDist D) {p q : X → Y → ℝ} {ystar zstar : X → Y}
    (h : ∀ x, p x (ystar x) ≤ 1 / 2 → q x (ystar x) ≤ 1 / 2 ∨ p x (zstar x) ≤ 1 / 2) :
    failure D p ystar (1 / 2) ≤ failure D p zstar (1 / 2) + failure D q ystar (1 / 2) := by
  classical
  unfold failure
  rw [← Finset.sum_add_distrib]
  refine Finset.sum_le_sum fun x _ => ?_
  have hDx : 0 ≤ D x := hD.1 x
  by_cases hp : p x (ystar x) ≤ 1 / 2
  · rcases h x hp with hq | hz
    · rw [if_pos hp, if_pos hq]
      split_ifs <;> linarith
    · rw [if_pos hp, if_pos hz]
      split_ifs <;> linarith
  · rw [if_neg hp]
    split_ifs <;> linarith

/-- **C34**: base failure along a nonempty history whose rounds meet their assumptions and have
their conclusion. -/
theorem failure_history_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    {learner : List (Fin n → X × Y × Y) → I} {γ c K ε : ℝ} (hγ : 0 < γ) {ystar : X → Y}
    (hmode : ∀ x, HasMode start x (ystar x)) (h : List (Fin n → X × Y × Y)) :
    ∀ s : Fin n → X × Y × Y,
      EveryRound pol start learner (RoundAssumptions D β pol γ c K) (s :: h) →
        EveryRound pol start learner (RoundConclusion D β γ c ε) (s :: h) →
          failure D (currentPolicy pol start learner (s :: h)) ystar (1 / 2) ≤
            baseFailureBound D β pol start learner γ ε (s :: h) := by
  induction h with
  | nil =>
    intro s _ hall
    obtain ⟨hround, _⟩ := hall
    have hbound := hround.2.2 ystar hmode
    have hform : baseFailureBound D β pol start learner γ ε [s] =
        2 / γ * (2 * ε + β) *
          Real.sqrt (conditionNumber D (currentPolicy pol start learner [])) + 0 := rfl
    rw [hform, add_zero]
    exact hbound
  | cons r h ih =>
    intro s hass hall
    obtain ⟨hround, hrest⟩ := hall
    obtain ⟨hassumed, hassumedrest⟩ := hass
    have hprev := ih r hassumedrest hrest
    have hbase := currentPolicy_isPolicy hpol hstart learner (r :: h)
    obtain ⟨zstar, hlead, _⟩ := exists_mode_of_hasMargin hγ hbase hassumed.margin
    have hzmode : ∀ x, HasMode (currentPolicy pol start learner (r :: h)) x (zstar x) := by
      intro x z hz
      have hgap := hlead x z hz
      exact (Real.log_lt_log_iff ((hbase x).1 z) ((hbase x).1 (zstar x))).mp (by linarith)
    have hstep := hround.2.2 zstar hzmode
    have hsplit : failure D (currentPolicy pol start learner (s :: r :: h)) ystar (1 / 2) ≤
        failure D (currentPolicy pol start learner (s :: r :: h)) zstar (1 / 2) +
          failure D (currentPolicy pol start learner (r :: h)) ystar (1 / 2) := by
      refine failure_le_add hD fun x hx => ?_
      by_cases hq : currentPolicy pol start learner (r :: h) x (ystar x) ≤ 1 / 2
      · exact Or.inl hq
      · have hsame : ystar x = zstar x :=
          hasMode_unique (hasMode_of_half_lt hbase (not_le.mp hq)) (hzmode x)
        rw [hsame] at hx
        exact Or.inr hx
    have hform : baseFailureBound D β pol start learner γ ε (s :: r :: h) =
        2 / γ * (2 * ε + β) *
            Real.sqrt (conditionNumber D (currentPolicy pol start learner (r :: h))) +
          baseFailureBound D β pol start learner γ ε (r :: h) := rfl
    rw [hform]
    linarith

/-! ### Probabilities -/

/-- **C38**: an event that implies another along histories of the right length is no more
likely. -/
theorem roundsProbability_mono {D : X → ℝ} (hD : IsDist D) {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    (learner : List (Fin n → X × Y × Y) → I) (T : ℕ)
    {event other : List (Fin n → X × Y × Y) → Prop}
    (h : ∀ h, h.length = T → event h → other h) :
    roundsProbability D pol start learner T event ≤
      roundsProbability D pol start learner T other := by
  classical
  unfold roundsProbability
  refine roundsExpectation_le hD hpol hstart learner _ _ T [] ?_
  intro h' hlength
  have hempty : ([] : List (Fin n → X × Y × Y)).length = 0 := rfl
  have hT : h'.length = T := by omega
  by_cases hevent : event h'
  · exact le_trans (le_of_eq (if_pos hevent)) (le_of_eq (if_pos (h h' hT hevent)).symm)
  · refine le_trans (le_of_eq (if_neg hevent)) ?_
    by_cases hother : other h'
    · exact le_trans zero_le_one (le_of_eq (if_pos hother).symm)
    · exact le_of_eq (if_neg hother).symm

/-- **C34**: where the assumptions hold along every history of `T` rounds, they need not be part of
the event. -/
theorem roundsProbability_le_of_sure {D : X → ℝ} (hD : IsDist D) {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    (learner : List (Fin n → X × Y × Y) → I) (T : ℕ)
    {assumed event : List (Fin n → X × Y × Y) → Prop} {r : ℝ}
    (hsure : ∀ h, h.length = T → assumed h)
    (hle : roundsProbability D pol start learner T (fun h => assumed h ∧ event h) ≤ r) :
    roundsProbability D pol start learner T event ≤ r :=
  le_trans (roundsProbability_mono hD hpol hstart learner T fun h hT hevent =>
    ⟨hsure h hT, hevent⟩) hle

/-- **C34**, **C38**: for a class of any size, if every round meets its assumptions and not its
conclusion with conditional probability at most `η`, then over `T` adaptive rounds the probability
that the assumptions hold in every round and base failure exceeds the sum of the bounds of the
rounds is at most `T η`. -/
theorem roundsProbability_baseFailure_le_of_round {D : X → ℝ} (hD : IsDist D) {β : ℝ}
    {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ}
    (hstart : IsPolicy start) (learner : List (Fin n → X × Y × Y) → I) {γ c K ε η : ℝ} (hγ : 0 < γ)
    {ystar : X → Y} (hmode : ∀ x, HasMode start x (ystar x))
    (hround : ∀ h : List (Fin n → X × Y × Y), ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
          (currentPolicy pol start learner (s :: h)) ≤ η)
    {T : ℕ} (hT : 0 < T) :
    roundsProbability D pol start learner T (fun h =>
      EveryRound pol start learner (RoundAssumptions D β pol γ c K) h ∧
        baseFailureBound D β pol start learner γ ε h <
          failure D (currentPolicy pol start learner h) ystar (1 / 2)) ≤ (T : ℝ) * η := by
  classical
  have hcount := roundsExpectation_failedRounds_le hD hpol hstart learner hround T []
  have hnil : failedRounds D β pol start learner γ c K ε [] = 0 := rfl
  rw [hnil, zero_add] at hcount
  unfold roundsProbability
  refine le_trans (roundsExpectation_le hD hpol hstart learner _
    (failedRounds D β pol start learner γ c K ε) T [] ?_) hcount
  intro h hlength
  have hcountnonneg := failedRounds_nonneg D β pol start learner γ c K ε h
  by_cases hevent : EveryRound pol start learner (RoundAssumptions D β pol γ c K) h ∧
      baseFailureBound D β pol start learner γ ε h <
        failure D (currentPolicy pol start learner h) ystar (1 / 2)
  · refine le_trans (le_of_eq (if_pos hevent)) ?_
    by_contra hfew
    obtain ⟨hall, hfail⟩ := hevent
    have hconclusion := everyRound_conclusion h hall (not_le.mp hfew)
    cases h with
    | nil => omega
    | cons s h =>
      exact absurd hfail
        (not_lt.mpr (failure_history_le hD hpol hstart hγ hmode h s hall hconclusion))
  · refine le_trans (le_of_eq (if_neg hevent)) ?_
    exact hcountnonneg

end SRVerify
