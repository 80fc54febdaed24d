import SRVerify.Defs

/-!
# Adaptive rounds of self-rewarding

The process of section 5: in round `t` the learner sees `n` fresh pairs from `π_t ⊗ π_t` and
returns an empirical risk minimiser of the class. A history lists the samples of the rounds played,
newest first.

## Main definitions

* `pairLaw`, `pairLoss`, `IsMinimiser`: one round's law, loss (3) and risk minimisers (32).
* `currentPolicy`, `roundsProbability`: `π_t`, and probability over `T` adaptive rounds.
* `RoundAssumptions`, `EveryRound`: A-REAL, A-CONC, A-TAIL, A-MARGIN and the weak constant `c`.
* `failureBound`: the right side of Theorem 5.3, (7) and (80), with explicit constants.
-/

open scoped BigOperators

namespace SRVerify

noncomputable section

variable {X Y I : Type*} [Fintype X] [Fintype Y]

/-- The law of a triple `(x, y, y')`: `x ∼ D`, then `y`, `y'` independent from `p`. -/
def pairLaw (D : X → ℝ) (p : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  D z.1 * p z.1 z.2.1 * p z.1 z.2.2

/-- The square loss (3) of the member `p` on one triple: implicit reward difference against
self-reward difference. -/
def pairLoss (β : ℝ) (base p : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  (β * Real.log (p z.1 z.2.1 / base z.1 z.2.1) - β * Real.log (p z.1 z.2.2 / base z.1 z.2.2) -
    (Real.log (base z.1 z.2.1) - Real.log (base z.1 z.2.2))) ^ 2

/-- `i` minimises the empirical loss on the sample `s`; ties are not resolved. -/
def IsMinimiser {n : ℕ} (β : ℝ) (base : X → Y → ℝ) (pol : I → X → Y → ℝ)
    (s : Fin n → X × Y × Y) (i : I) : Prop :=
  ∀ j, ∑ k, pairLoss β base (pol i) (s k) ≤ ∑ k, pairLoss β base (pol j) (s k)

/-- `π_t` after the rounds of a history: `π_0` at the start, then what the learner returned. -/
def currentPolicy {n : ℕ} (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) : List (Fin n → X × Y × Y) → X → Y → ℝ
  | [] => start
  | s :: h => pol (learner (s :: h))

/-- The learner minimises the empirical loss of the round that it has just seen. -/
def MinimisesEmpiricalLoss {n : ℕ} (β : ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) : Prop :=
  ∀ s h, IsMinimiser β (currentPolicy pol start learner h) pol s (learner (s :: h))

/-- Expectation over `T` further rounds after the history `h`. -/
def roundsExpectation {n : ℕ} (D : X → ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) (F : List (Fin n → X × Y × Y) → ℝ) :
    ℕ → List (Fin n → X × Y × Y) → ℝ
  | 0, h => F h
  | T + 1, h => ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundsExpectation D pol start learner F T (s :: h)

/-- Probability over `T` rounds from the start. -/
def roundsProbability {n : ℕ} (D : X → ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) (T : ℕ)
    (event : List (Fin n → X × Y × Y) → Prop) : ℝ :=
  open Classical in
  roundsExpectation D pol start learner (fun h => if event h then 1 else 0) T []

/-- The assumptions on one round from `base` to `next`. -/
structure RoundAssumptions (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (γ c K : ℝ)
    (base next : X → Y → ℝ) : Prop where
  /-- A-REAL: the exact update of `base` lies in the class. -/
  realizable : ∃ i, ∀ x y, pol i x y = gibbsUpdate (base x) (fun z => Real.log (base x z)) β y
  /-- A-CONC with `C̄ = κ`: the returned policy is no more concentrated than the comparator. -/
  concentrated : concentrability D base next ≤ conditionNumber D base
  /-- A-TAIL: `E_{π_t}[(π_t / π_{t+1})^β] ≤ K`. -/
  tail : (expect D fun x => expect (base x) fun y => (base x y / next x y) ^ β) ≤ K
  /-- A-MARGIN: `γ ≤ γ(π_t)`. -/
  margin : HasMargin γ base
  /-- The weak constant: `c ≤ max_y π_{t+1}(y|x)`. -/
  modes : ∀ x, c ≤ modeMass next x

/-- `Q π_t π_{t+1}` holds in each round of the history. -/
def EveryRound {n : ℕ} (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I)
    (Q : (X → Y → ℝ) → (X → Y → ℝ) → Prop) : List (Fin n → X × Y × Y) → Prop
  | [] => True
  | s :: h => Q (currentPolicy pol start learner h) (currentPolicy pol start learner (s :: h)) ∧
      EveryRound pol start learner Q h

/-- `(2/γ) (2 ε + β) (√κ* + ρ^{(T-1)/2} √κ_0)` with `b = (2 ε + β) / (γ c)`: the right side
of (7). -/
def failureBound (β γ c ε κ₀ : ℝ) (T : ℕ) : ℝ :=
  2 / γ * (2 * ε + β) *
    (Real.sqrt (fixedPoint ((2 * ε + β) / (γ * c))) +
      Real.sqrt (contraction ((2 * ε + β) / (γ * c)) ^ (T - 1)) * Real.sqrt κ₀)

end

end SRVerify
