import SRVerify.Scalar.Preliminaries
import SRVerify.Scalar.ConditionNumber
import SRVerify.Scalar.LowerBound
import SRVerify.LowerBound.Averages
import SRVerify.Scalar.SharperBound
import SRVerify.Scalar.LambertLevel
import SRVerify.Scalar.Rate
import SRVerify.Scalar.Greedy
import SRVerify.Scalar.OneRound
import SRVerify.Scalar.OneStep
import SRVerify.Scalar.Iteration
import SRVerify.Scalar.LinearSoftmax
import SRVerify.Scalar.EffectiveDimension
import SRVerify.Finite.Policy
import SRVerify.Scalar.Refuted
import SRVerify.Iteration.Rounds
import SRVerify.OneRound.ZeroLoss
import SRVerify.OneRound.Tails
import SRVerify.Iteration.Theorem
import SRVerify.Linear.Theorem
import SRVerify.Linear.Companions
import SRVerify.Linear.ExactRounds

/-!
# Headline theorems

## Main results

* `theorem_4_1`: the lower bound for one step, with constant `1/3072` and `κ(π^J) ≤ κ_0`, for
  learners with a seed of their own; `theorem_4_1_deterministic` for those without.
* `lambert_inversion`: its level equation solved by `W_{-1}`.
* `theorem_5_3`: the iteration theorem in full, with explicit constants.
* `theorem_6_2`: the same for the linear softmax class of radius `R` in `ℝ^d`.
* `theorem_6_2_sure`, `theorem_6_2_base_failure`: the same where the assumptions hold for sure, and
  for base failure; `exact_rounds`: the exact path at the repaired radius, when the samples span.
-/

open scoped BigOperators

namespace SRVerify

/-- **D06** (appendix D, (89), (90)). A learner, deterministic or with a seed `ω` of law `w`, whose
risk is at most `ε` at every key of the hard instance with `ϱ = 16 ε` needs
`n > d (M + 1) / (12 · 16 ε)` samples. -/
theorem D06_sample_necessary {d M n : ℕ} [NeZero M] {Ω : Type*} [Fintype Ω] (w : Ω → ℝ)
    (hw : IsDist w) (eps : ℝ) (heps : 0 < eps) (heps' : eps ≤ 1 / 16) (hd : 1 ≤ d) (hM : 2 ≤ M)
    (guess : Ω → (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ ω s r, IsDistFamily (guess ω s r))
    (hrisk : ∀ key, randomisedRisk w (16 * eps) n guess key ≤ eps) :
    (d : ℝ) * ((M : ℝ) + 1) / (12 * (16 * eps)) < (n : ℝ) :=
  lt_samples_of_randomisedRisk_le hw (rho := 16 * eps) (eps := eps) rfl (by linarith) (by linarith)
    hd hM guess hguess hrisk

/-- **D07**, Theorem 4.1 (92). For `κ_0 ≥ 2`, `0 < ε ≤ 1/16` and `M = 1 + ⌊(κ_0 - 1) / (8 ε)⌋`,
`κ(π^J) ≤ κ_0` at every key of the hard instance, and a learner, deterministic or with a seed `ω` of
law `w`, whose risk (base failure) is at most `ε` at every key needs
`n > c_0 κ_0 log|Π| / (ε² (1 + log(κ_0/ε)))` samples, `|Π| = M^d` and `c_0 = 1/3072`. It follows
from `conditionNumber_hardInstance_le`, `D06_sample_necessary` and `D07_necessary`. -/
theorem theorem_4_1 {d M n : ℕ} [NeZero M] {Ω : Type*} [Fintype Ω] (w : Ω → ℝ) (hw : IsDist w)
    (kappa eps : ℝ) (hkappa : 2 ≤ kappa) (heps : 0 < eps) (heps' : eps ≤ 1 / 16) (hd : 1 ≤ d)
    (hM : M = 1 + ⌊(kappa - 1) / (8 * eps)⌋₊)
    (guess : Ω → (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ ω s r, IsDistFamily (guess ω s r))
    (hrisk : ∀ key, randomisedRisk w (16 * eps) n guess key ≤ eps) :
    (∀ key : Fin d → Fin M,
        conditionNumber (hardPrompts d (16 * eps)) (hardInstance key) ≤ kappa) ∧
      kappa / (3072 * eps ^ 2 * (1 + Real.log (kappa / eps))) * Real.log ((M : ℝ) ^ d) <
        (n : ℝ) := by
  have hfloor : (kappa - 1) / (8 * eps) < (M : ℝ) := by
    have hlt := Nat.lt_floor_add_one ((kappa - 1) / (8 * eps))
    rw [hM]
    push_cast
    linarith
  have htwo : 2 ≤ (kappa - 1) / (8 * eps) := by
    rw [le_div_iff₀ (by linarith)]
    linarith
  have hM2 : (2 : ℝ) < (M : ℝ) := by linarith
  have hM2' : 2 ≤ M := by exact_mod_cast hM2.le
  have hd1 : (1 : ℝ) ≤ (d : ℝ) := by exact_mod_cast hd
  have hsamples := D06_sample_necessary w hw eps heps heps' hd hM2' guess hguess hrisk
  have hlevel := D07_necessary kappa eps M hkappa heps heps' hfloor
  have hlog : 0 < Real.log (M : ℝ) := Real.log_pos (by linarith)
  have hratio : 0 ≤ Real.log (kappa / eps) := by
    apply Real.log_nonneg
    rw [le_div_iff₀ heps]
    linarith
  have hpos : 0 < kappa / (3072 * eps ^ 2 * (1 + Real.log (kappa / eps))) :=
    div_pos (by linarith) (mul_pos (by positivity) (by linarith))
  have hfloor' : (M : ℝ) - 1 ≤ (kappa - 1) / (8 * eps) := by
    have hle := Nat.floor_le (by linarith : 0 ≤ (kappa - 1) / (8 * eps))
    rw [hM]
    push_cast
    linarith
  have hcap : 1 + 16 * eps * (((M : ℝ) - 1) / 2) ≤ kappa := by
    rw [le_div_iff₀ (by linarith)] at hfloor'
    linarith
  refine ⟨fun key => le_trans (conditionNumber_hardInstance_le (by linarith) (by linarith)
    (by linarith : 0 < (d : ℝ)).ne' key) hcap, ?_⟩
  rw [Real.log_pow]
  exact D07_necessary_samples _ eps M (Real.log M) d n hpos heps heps' hM2 hlog (by linarith) hlevel
    hsamples

/-- **D07** for a deterministic learner: `theorem_4_1` with one seed. -/
theorem theorem_4_1_deterministic {d M n : ℕ} [NeZero M] (kappa eps : ℝ) (hkappa : 2 ≤ kappa)
    (heps : 0 < eps) (heps' : eps ≤ 1 / 16) (hd : 1 ≤ d) (hM : M = 1 + ⌊(kappa - 1) / (8 * eps)⌋₊)
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (hguess : ∀ s r, IsDistFamily (guess s r))
    (hrisk : ∀ key, hardRisk (16 * eps) n guess key ≤ eps) :
    kappa / (3072 * eps ^ 2 * (1 + Real.log (kappa / eps))) * Real.log ((M : ℝ) ^ d) < (n : ℝ) := by
  have hw : IsDist fun _ : Unit => (1 : ℝ) := ⟨fun _ => zero_le_one, by simp⟩
  refine (theorem_4_1 (fun _ : Unit => (1 : ℝ)) hw kappa eps hkappa heps heps' hd hM
    (fun _ => guess) (fun _ => hguess) fun key => ?_).2
  simpa [randomisedRisk] using hrisk key

/-- **D09**, the inversion (96)-(99). On `(0, κ √e]` the level equation
`ε² (1 + log(κ/ε)) = J` has exactly one solution, `ε = κ exp(1 + W_{-1}(-2J / (e² κ²)) / 2)`. -/
theorem lambert_inversion (kappa J eps : ℝ) (hkappa : 0 < kappa) (hJ : 0 < J)
    (hmax : J ≤ Real.exp 1 * kappa ^ 2 * (1 / 2 : ℝ)) (heps : 0 < eps)
    (heps' : eps ≤ kappa * Real.sqrt (Real.exp 1)) :
    eps ^ 2 * (1 + Real.log (kappa / eps)) = J ↔
      eps = kappa *
        Real.exp (1 + lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)) := by
  obtain ⟨hpos, hrange⟩ := D09_range kappa J hkappa hJ hmax
  have hroot := D09_root kappa J hkappa hJ hmax
  constructor
  · intro hlevel
    rcases lt_trichotomy eps
      (kappa * Real.exp (1 + lambertWm1 ((-(2 * J)) / (Real.exp 2 * kappa ^ 2)) * (1 / 2 : ℝ)))
      with hlt | heq | hgt
    · have hstrict := D08_increasing kappa eps _ hkappa heps hpos hlt hrange
      linarith
    · exact heq
    · have hstrict := D08_increasing kappa _ eps hkappa hpos heps hgt heps'
      linarith
  · intro heq
    rw [heq]
    exact hroot

/-- **C34**, Theorem 5.3, (7) and (80). Over `T` adaptive rounds the probability that the
assumptions hold in every round and yet
`P_x(max_y π_T(y|x) ≤ 1/2) > (2/γ) (2 ε_stat + β) (√κ* + ρ^{(T-1)/2} √κ_0)` is at most `δ`, with
`ε_stat` at `log(T |Π| / δ)`, `b = (2 ε_stat + β) / (γ c)`, and `κ*`, `ρ` of C29, C30 at `a = 1`.
The proof is in `OneRound/` and `Iteration/Theorem.lean`. -/
theorem theorem_5_3 {X Y I : Type*} [Fintype X] [Fintype Y] [Fintype I] (D : X → ℝ) (hD : IsDist D)
    (β : ℝ) (hβ : 0 < β) (hβ' : β ≤ 1) (pol : I → X → Y → ℝ) (hpol : ∀ i, IsPolicy (pol i))
    (start : X → Y → ℝ) (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    (learner : List (Fin n → X × Y × Y) → I)
    (hlearner : MinimisesEmpiricalLoss β pol start learner) (γ c K δ : ℝ) (hγ : 0 < γ) (hc : 0 < c)
    (hδ : 0 < δ) (hδ' : δ ≤ 1) (T : ℕ) (hT : 0 < T) :
    roundsProbability D pol start learner T (fun h =>
      EveryRound pol start learner (RoundAssumptions D β pol γ c K) h ∧
        failureBound β γ c
            (statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ)
            (conditionNumber D start) T <
          ownFailure D (currentPolicy pol start learner h) (1 / 2)) ≤ δ :=
  roundsProbability_le hD hβ hβ' hpol hstart hn hlearner hγ hc hδ hT

/-- **F09**, Theorem 6.2, with (117)-(120) and (139)-(148). The class is infinite: the softmax
policies over `ℝ^d` with features of norm at most `B_φ` and a parameter of norm at most `R`. Over
`T` adaptive rounds the probability that the assumptions, A-REAL among them, hold in every round and
yet `P_x(max_y π_T(y|x) ≤ 1/2) > (2/γ) (2 ε + β) (√κ* + ρ^{(T-1)/2} √κ_0)` is at most `δ`, with
`ε = √(B² (24 + (32/3) (d log(1 + 4 R B_φ β n / B) + log(T/δ))) / n) + V_4 / √n` and
`B = log(2 (N + K) n²)`. Such learners exist: `exists_minimising_learner`. The proof is in
`Linear/`, `Iteration/FiniteNet.lean` and `OneRound/UniformBound.lean`. -/
theorem theorem_6_2 {X Y : Type*} [Fintype X] [Fintype Y] {d : ℕ} (D : X → ℝ) (hD : IsDist D)
    (β : ℝ) (hβ : 0 < β) (hβ' : β ≤ 1) (phi : X → Y → Fin d → ℝ) (Bphi R : ℝ) (hBphi : 0 < Bphi)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ Bphi) (hR : 0 ≤ R) (start : X → Y → ℝ)
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    (learner : List (Fin n → X × Y × Y) → ParameterBall (Fin d) R)
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) (γ c K δ : ℝ)
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) (T : ℕ) (hT : 0 < T) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      EveryRound (linearClass phi R) start learner
          (RoundAssumptions D β (linearClass phi R) γ c K) h ∧
        failureBound β γ c
            (linearError (Fintype.card Y) K d R Bphi β n (δ / (T : ℝ)))
            (conditionNumber D start) T <
          ownFailure D (currentPolicy (linearClass phi R) start learner h) (1 / 2)) ≤ δ := by
  have hbound := roundsProbability_linearClass_le hD hβ hβ' hBphi hphi hR hstart hn hlearner
    (K := K) hγ hc hδ hδ' hT
  rw [Fintype.card_fin] at hbound
  exact hbound

/-- **F09**, Theorem 6.2, the sure form: if the assumptions hold in every round of every history of
`T` rounds, the probability that the bound fails is at most `δ`. -/
theorem theorem_6_2_sure {X Y : Type*} [Fintype X] [Fintype Y] {d : ℕ} (D : X → ℝ) (hD : IsDist D)
    (β : ℝ) (hβ : 0 < β) (hβ' : β ≤ 1) (phi : X → Y → Fin d → ℝ) (Bphi R : ℝ) (hBphi : 0 < Bphi)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ Bphi) (hR : 0 ≤ R) (start : X → Y → ℝ)
    (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    (learner : List (Fin n → X × Y × Y) → ParameterBall (Fin d) R)
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) (γ c K δ : ℝ)
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) (T : ℕ) (hT : 0 < T)
    (hsure : ∀ h : List (Fin n → X × Y × Y), h.length = T →
      EveryRound (linearClass phi R) start learner
        (RoundAssumptions D β (linearClass phi R) γ c K) h) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      failureBound β γ c (linearError (Fintype.card Y) K d R Bphi β n (δ / (T : ℝ)))
          (conditionNumber D start) T <
        ownFailure D (currentPolicy (linearClass phi R) start learner h) (1 / 2)) ≤ δ := by
  have hbound := roundsProbability_linearClass_sure_le hD hβ hβ' hBphi hphi hR hstart hn hlearner
    hγ hc hδ hδ' hT hsure
  rw [Fintype.card_fin] at hbound
  exact hbound

/-- **F09**, Theorem 6.2 for base failure: the probability that the assumptions hold in every round
and yet `P_x(π_T(y*(x)|x) ≤ 1/2)`, with `y*` the modes of the initial policy, exceeds
`Σ_t (2/γ) (2 ε + β) √κ_t` is at most `δ`. -/
theorem theorem_6_2_base_failure {X Y : Type*} [Fintype X] [Fintype Y] {d : ℕ} (D : X → ℝ)
    (hD : IsDist D) (β : ℝ) (hβ : 0 < β) (hβ' : β ≤ 1) (phi : X → Y → Fin d → ℝ) (Bphi R : ℝ)
    (hBphi : 0 < Bphi) (hphi : ∀ x y, parameterNorm (phi x y) ≤ Bphi) (hR : 0 ≤ R)
    (start : X → Y → ℝ) (hstart : IsPolicy start) {n : ℕ} (hn : 0 < n)
    (learner : List (Fin n → X × Y × Y) → ParameterBall (Fin d) R)
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) start learner) (γ c K δ : ℝ)
    (hγ : 0 < γ) (hc : 0 < c) (hδ : 0 < δ) (hδ' : δ ≤ 1) (T : ℕ) (hT : 0 < T) (ystar : X → Y)
    (hmode : ∀ x, HasMode start x (ystar x)) :
    roundsProbability D (linearClass phi R) start learner T (fun h =>
      EveryRound (linearClass phi R) start learner
          (RoundAssumptions D β (linearClass phi R) γ c K) h ∧
        baseFailureBound D β (linearClass phi R) start learner γ
            (linearError (Fintype.card Y) K d R Bphi β n (δ / (T : ℝ))) h <
          failure D (currentPolicy (linearClass phi R) start learner h) ystar (1 / 2)) ≤ δ := by
  have hbound := roundsProbability_linearClass_baseFailure_le hD hβ hβ' hBphi hphi hR hstart hn
    hlearner (K := K) hγ hc hδ hδ' hT hmode
  rw [Fintype.card_fin] at hbound
  exact hbound

/-- **F10** joined to **S08**: at the radius `α_T ‖θ_0‖` the probability that `π_T` is exactly
`π_0^{α_T} / Σ π_0^{α_T}`, the softmax policy of `α_T θ_0`, is at least the probability that the
sampled feature differences of every round span all feature differences. -/
theorem exact_rounds {X Y : Type*} [Fintype X] [Fintype Y] [Nonempty Y] {d : ℕ} (D : X → ℝ)
    (hD : IsDist D) (β : ℝ) (hβ : 0 < β) (phi : X → Y → Fin d → ℝ) (theta0 : Fin d → ℝ) (R : ℝ)
    (T : ℕ) (hR : (1 + 1 / β) ^ T * parameterNorm theta0 ≤ R) {n : ℕ}
    (learner : List (Fin n → X × Y × Y) → ParameterBall (Fin d) R)
    (hlearner : MinimisesEmpiricalLoss β (linearClass phi R) (linearSoftmax phi theta0) learner) :
    roundsProbability D (linearClass phi R) (linearSoftmax phi theta0) learner T
        (fun h => ∀ s ∈ h, SampleSpans phi s) ≤
      roundsProbability D (linearClass phi R) (linearSoftmax phi theta0) learner T (fun h =>
        currentPolicy (linearClass phi R) (linearSoftmax phi theta0) learner h =
          linearSoftmax phi (fun j => (1 + 1 / β) ^ T * theta0 j)) :=
  roundsProbability_span_le hD hβ hR hlearner

end SRVerify
