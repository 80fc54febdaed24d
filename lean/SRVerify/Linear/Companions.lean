import SRVerify.Iteration.BaseFailure
import SRVerify.Linear.Theorem

/-!
# Companions of Theorem 6.2

The sure form, in which the assumptions hold along every history, and the form for base failure: the
mass that `π_T` leaves to the modes of the initial policy.

## Main results

* `sum_roundFailure_linearRound_le`: every round, at confidence `δ / T`.
* `roundsProbability_linearClass_sure_le`: Theorem 6.2 where the assumptions hold for sure.
* `roundsProbability_linearClass_baseFailure_le`: Theorem 6.2 for base failure.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- **F09**: after every history the next round of the linear softmax class meets its assumptions
and not its conclusion with probability at most `δ / T`. -/
theorem sum_roundFailure_linearRound_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {phi : X → Y → J → ℝ} {b R : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) {start : X → Y → ℝ}
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) {γ c K δ : ℝ}
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) {T : ℕ} (hT : 0 < T)
    (h : List (Fin n → X × Y × Y)) :
    ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy (linearClass phi R) start learner h) (s k)) *
        roundFailure D β (linearClass phi R) γ c K
          (linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ)))
          (currentPolicy (linearClass phi R) start learner h)
          (currentPolicy (linearClass phi R) start learner (s :: h)) ≤ δ / (T : ℝ) := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hstart.isDist (Classical.arbitrary X))
  have hpol : ∀ theta : ParameterBall J R, IsPolicy (linearClass phi R theta) := fun theta =>
    linearSoftmax_isPolicy phi theta.1
  have hT0 : (0 : ℝ) < (T : ℝ) := Nat.cast_pos.mpr hT
  have hT1 : (1 : ℝ) ≤ (T : ℝ) := Nat.one_le_cast.mpr hT
  have hη : 0 < δ / (T : ℝ) := div_pos hδ hT0
  have hη' : δ / (T : ℝ) ≤ 1 := by
    rw [div_le_one hT0]
    linarith
  exact sum_roundFailure_linearClass_le hD hβ hβ' hb hphi hR
    (currentPolicy_isPolicy hpol hstart learner h) hn (fun s => learner (s :: h))
    (fun s => hlearner s h) hγ hc hη hη'

/-- **F09**, Theorem 6.2, the sure form: if the assumptions hold in every round of every history of
`T` rounds, the probability that the bound fails is at most `δ`. -/
theorem roundsProbability_linearClass_sure_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {phi : X → Y → J → ℝ} {b R : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) {start : X → Y → ℝ}
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) {γ c K δ : ℝ}
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) {T : ℕ} (hT : 0 < T)
    (hsure : ∀ h : List (Fin n → X × Y × Y), h.length = T →
      EveryRound (linearClass phi R) start learner
        (RoundAssumptions D β (linearClass phi R) γ c K) h) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      failureBound β γ c (linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ)))
          (conditionNumber D start) T <
        ownFailure D (currentPolicy (linearClass phi R) start learner h) (1 / 2)) ≤ δ := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hstart.isDist (Classical.arbitrary X))
  have hpol : ∀ theta : ParameterBall J R, IsPolicy (linearClass phi R theta) := fun theta =>
    linearSoftmax_isPolicy phi theta.1
  exact roundsProbability_le_of_sure hD hpol hstart learner T hsure
    (roundsProbability_linearClass_le hD hβ hβ' hb hphi hR hstart hn hlearner hγ hc hδ hδ' hT)

/-- **F09**, Theorem 6.2 for base failure: over `T` adaptive rounds of the linear softmax class the
probability that the assumptions hold in every round and yet `P_x(π_T(y*(x)|x) ≤ 1/2)`, with `y*`
the modes of the initial policy, exceeds `Σ_t (2/γ) (2 ε + β) √κ_t` is at most `δ`. -/
theorem roundsProbability_linearClass_baseFailure_le {D : X → ℝ} (hD : IsDist D) {β : ℝ}
    (hβ : 0 < β) (hβ' : β ≤ 1) {phi : X → Y → J → ℝ} {b R : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) {start : X → Y → ℝ}
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) {γ c K δ : ℝ}
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) {T : ℕ} (hT : 0 < T) {ystar : X → Y}
    (hmode : ∀ x, HasMode start x (ystar x)) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      EveryRound (linearClass phi R) start learner
          (RoundAssumptions D β (linearClass phi R) γ c K) h ∧
        baseFailureBound D β (linearClass phi R) start learner γ
            (linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ))) h <
          failure D (currentPolicy (linearClass phi R) start learner h) ystar (1 / 2)) ≤ δ := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hstart.isDist (Classical.arbitrary X))
  have hpol : ∀ theta : ParameterBall J R, IsPolicy (linearClass phi R theta) := fun theta =>
    linearSoftmax_isPolicy phi theta.1
  have hT0 : (0 : ℝ) < (T : ℝ) := Nat.cast_pos.mpr hT
  have hall := roundsProbability_baseFailure_le_of_round hD hpol hstart learner hγ hmode
    (sum_roundFailure_linearRound_le hD hβ hβ' hb hphi hR hstart hn hlearner (K := K) hγ hc hδ hδ'
      hT) hT
  rw [mul_div_of_ne hT0.ne'] at hall
  exact hall

end SRVerify
