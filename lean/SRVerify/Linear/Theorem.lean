import SRVerify.Iteration.FiniteNet
import SRVerify.Linear.SoftmaxClass

/-!
# Theorem 6.2 for the linear softmax class (appendix F)

F01 and F02 give the net, F06 the risk at the resolution `e = B / (β n)`; then the rounds of
Theorem 5.3 with the error of F07.

## Main definitions

* `linearRisk`: `B² (24 + (32/3) (d log(1 + 4 R B_φ β n / B) + log(1/δ))) / n`.
* `linearError`: `√linearRisk + V_4 / √n`.

## Main results

* `netRisk_le_linearRisk`: the risk of a net at this resolution, F06.
* `sum_roundFailure_linearClass_le`: one round.
* `roundsProbability_linearClass_le`: Theorem 6.2, F09.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- `B² (24 + (32/3) (d log(1 + 4 R B_φ β n / B) + log(1/δ))) / n` with `B = log(2 (N + K) n²)`: the
risk of F06, for features of norm at most `b = B_φ`. -/
noncomputable def linearRisk (N K d R b β n δ : ℝ) : ℝ :=
  truncationLevel N K n ^ 2 *
    (24 + 32 / 3 * (d * Real.log (1 + 4 * R * b * β * n / truncationLevel N K n) +
      Real.log (1 / δ))) / n

/-- `√linearRisk + V_4 / √n`: the statistical error of F07. -/
noncomputable def linearError (N K d R b β n δ : ℝ) : ℝ :=
  Real.sqrt (linearRisk N K d R b β n δ) + tailConstant N K / Real.sqrt n

/-- **F07**: the statistical error is nonnegative. -/
theorem linearError_nonneg (N K d R b β n δ : ℝ) : 0 ≤ linearError N K d R b β n δ := by
  have hV : 0 ≤ tailConstant N K := Real.sqrt_nonneg _
  have hfirst := Real.sqrt_nonneg (linearRisk N K d R b β n δ)
  have hsecond : 0 ≤ tailConstant N K / Real.sqrt n := div_nonneg hV (Real.sqrt_nonneg n)
  unfold linearError
  linarith

/-- **F06**: at the resolution `B / (β n)` a net of `m ≤ (1 + 4 R B_φ / e)^d` policies has
`netRisk ≤ linearRisk`. -/
theorem netRisk_le_linearRisk {N K R b β n δ m : ℝ} {d : ℕ} (hB : 0 < truncationLevel N K n)
    (hR : 0 ≤ R) (hb : 0 < b) (hβ : 0 < β) (hn : 0 < n) (hδ : 0 < δ) (hδ' : δ ≤ 1) (hm : 0 < m)
    (hsize : m ≤ (1 + 4 * R * b / (truncationLevel N K n / (β * n))) ^ d) :
    netRisk β (truncationLevel N K n / (β * n)) (truncationLevel N K n) (Real.log (m / δ)) n ≤
      linearRisk N K d R b β n δ := by
  unfold linearRisk
  obtain ⟨B, hBdef⟩ : ∃ B : ℝ, B = truncationLevel N K n := ⟨_, rfl⟩
  rw [← hBdef] at hB hsize ⊢
  have hresolution : 4 * R * b / (B / (β * n)) = 4 * R * b * β * n / B := by
    rw [div_div_eq_mul_div]
    ring
  rw [hresolution] at hsize
  obtain ⟨q, hq⟩ : ∃ q : ℝ, q = 1 + 4 * R * b * β * n / B := ⟨_, rfl⟩
  rw [← hq] at hsize ⊢
  have hquot : 0 ≤ 4 * R * b * β * n / B := by positivity
  have hq1 : 1 ≤ q := by
    rw [hq]
    linarith
  have hlogq : 0 ≤ (d : ℝ) * Real.log q := mul_nonneg (Nat.cast_nonneg d) (Real.log_nonneg hq1)
  have hinv : 1 ≤ 1 / δ := by
    rw [le_div_iff₀ hδ]
    linarith
  have hlogδ : 0 ≤ Real.log (1 / δ) := Real.log_nonneg hinv
  have hlogm : Real.log m ≤ (d : ℝ) * Real.log q := by
    rw [← Real.log_pow]
    exact Real.log_le_log hm hsize
  have hsplit : Real.log (m / δ) = Real.log m + Real.log (1 / δ) := by
    rw [← Real.log_mul hm.ne' (one_div_pos.mpr hδ).ne', mul_one_div]
  have hform : netRisk β (B / (β * n)) B (Real.log (m / δ)) n =
      B ^ 2 * (16 + 4 * Real.log (m / δ)) / n := by
    have hcancel : β * (B / (β * n)) = B / n := by
      rw [← mul_div_assoc, mul_div_mul_left _ _ hβ.ne']
    unfold netRisk
    rw [hcancel]
    ring
  have hinner : 16 + 4 * Real.log (m / δ) ≤
      24 + 32 / 3 * ((d : ℝ) * Real.log q + Real.log (1 / δ)) := by
    rw [hsplit]
    linarith
  rw [hform]
  exact div_le_div_of_nonneg_right (mul_le_mul_of_nonneg_left hinner (sq_nonneg B)) hn.le

/-- **F05**-**F07**: in one round of the linear softmax class the round meets its assumptions and
not its conclusion with probability at most `η`. -/
theorem sum_roundFailure_linearClass_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {phi : X → Y → J → ℝ} {b R : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) {base : X → Y → ℝ}
    (hbase : IsPolicy base) {n : ℕ} (hn : 0 < n)
    (output : (Fin n → X × Y × Y) → ParameterBall J R)
    (hmin : ∀ s, IsMinimiser β base (linearClass phi R) s (output s)) {γ c K η : ℝ} (hγ : 0 < γ)
    (hc : 0 < c) (hη : 0 < η) (hη' : η ≤ 1) :
    ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β (linearClass phi R) γ c K
          (linearError (Fintype.card Y) K (Fintype.card J) R b β n η) base
          (linearClass phi R (output s)) ≤ η := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hbase.isDist (Classical.arbitrary X))
  have hpol : ∀ theta : ParameterBall J R, IsPolicy (linearClass phi R theta) := fun theta =>
    linearSoftmax_isPolicy phi theta.1
  have hn0 : (0 : ℝ) < (n : ℝ) := Nat.cast_pos.mpr hn
  have hn1 : (1 : ℝ) ≤ (n : ℝ) := Nat.one_le_cast.mpr hn
  by_cases hK : 1 ≤ K
  · have hB : 0 < truncationLevel (Fintype.card Y : ℝ) K (n : ℝ) :=
      truncationLevel_pos (Nat.cast_nonneg _) hK hn1
    have he : 0 < truncationLevel (Fintype.card Y : ℝ) K (n : ℝ) / (β * (n : ℝ)) :=
      div_pos hB (mul_pos hβ hn0)
    obtain ⟨F, center, hsize, hcenter, hnet⟩ := exists_linear_net hb hphi hR he
    obtain ⟨i, _⟩ := hnet
      (output fun _ => (Classical.arbitrary X, Classical.arbitrary Y, Classical.arbitrary Y))
    haveI : Nonempty F := ⟨i⟩
    have hcard : (Fintype.card F : ℝ) = (F.card : ℝ) := by rw [Fintype.card_coe]
    have hm : (0 : ℝ) < (Fintype.card F : ℝ) := Nat.cast_pos.mpr Fintype.card_pos
    rw [← hcard] at hsize
    have hrisk := netRisk_le_linearRisk hB hR hb hβ hn0 hη hη' hm hsize
    refine sum_roundFailure_le_of_net hD hβ hβ' he.le hη hpol hcenter hnet hbase hn output hmin hγ
      hc hK (linearError_nonneg _ _ _ _ _ _ _ _) ?_
    unfold linearError
    have hroot := Real.sqrt_le_sqrt hrisk
    linarith
  · have hzero : ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β (linearClass phi R) γ c K
          (linearError (Fintype.card Y) K (Fintype.card J) R b β n η) base
          (linearClass phi R (output s)) = 0 := by
      refine Finset.sum_eq_zero fun s _ => ?_
      rw [roundFailure_eq_zero hD hβ.le hβ' hbase (hpol (output s)) hK, mul_zero]
    rw [hzero]
    exact hη.le

/-- **F09**, Theorem 6.2: over `T` adaptive rounds of the linear softmax class the probability that
the assumptions hold in every round and the bound fails is at most `δ`. -/
theorem roundsProbability_linearClass_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {phi : X → Y → J → ℝ} {b R : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) {start : X → Y → ℝ}
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    {learner : List (Fin n → X × Y × Y) → ParameterBall J R}
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) {γ c K δ : ℝ}
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) {T : ℕ} (hT : 0 < T) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      EveryRound (linearClass phi R) start learner
          (RoundAssumptions D β (linearClass phi R) γ c K) h ∧
        failureBound β γ c
            (linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ)))
            (conditionNumber D start) T <
          ownFailure D (currentPolicy (linearClass phi R) start learner h) (1 / 2)) ≤ δ := by
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
  have hround : ∀ h : List (Fin n → X × Y × Y), ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy (linearClass phi R) start learner h) (s k)) *
        roundFailure D β (linearClass phi R) γ c K
          (linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ)))
          (currentPolicy (linearClass phi R) start learner h)
          (currentPolicy (linearClass phi R) start learner (s :: h)) ≤ δ / (T : ℝ) := by
    intro h
    exact sum_roundFailure_linearClass_le hD hβ hβ' hb hphi hR
      (currentPolicy_isPolicy hpol hstart learner h) hn (fun s => learner (s :: h))
      (fun s => hlearner s h) hγ hc hη hη'
  have hε : 1 ≤ K →
      0 ≤ linearError (Fintype.card Y) K (Fintype.card J) R b β n (δ / (T : ℝ)) :=
    fun _ => linearError_nonneg _ _ _ _ _ _ _ _
  have hall := roundsProbability_le_of_round hD hβ hβ' hpol hstart learner hγ hc hε hround hT
  rw [mul_div_of_ne hT0.ne'] at hall
  exact hall

end SRVerify
