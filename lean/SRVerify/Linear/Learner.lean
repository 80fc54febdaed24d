import SRVerify.Iteration.Rounds
import SRVerify.Linear.SoftmaxClass

/-!
# Learners of the linear softmax class exist (appendix F)

Theorem 6.2 is about learners that minimise the empirical loss over an infinite class. The loss of a
pair is the square of an affine function of the parameter and the parameter ball is compact, so a
minimiser exists for every base policy and sample, and with it a learner.

## Main results

* `isCompact_parameterBall`: the parameters of norm at most `R` are a compact set.
* `pairLoss_linearSoftmax`: the loss as the square of an affine function.
* `exists_isMinimiser`, `exists_minimising_learner`: minimisers of one round, and learners.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- **F09**: `‖0‖ = 0`. -/
theorem parameterNorm_zero (J : Type*) [Fintype J] : parameterNorm (fun _ : J => (0 : ℝ)) = 0 := by
  have hsum : ∑ _j : J, (0 : ℝ) ^ 2 = 0 :=
    Finset.sum_eq_zero fun _ _ => zero_pow two_ne_zero
  show Real.sqrt (∑ _j : J, (0 : ℝ) ^ 2) = 0
  rw [hsum, Real.sqrt_zero]

/-- **F09**: `|θ_j| ≤ ‖θ‖`. -/
theorem abs_coordinate_le (theta : J → ℝ) (j : J) : |theta j| ≤ parameterNorm theta := by
  have hle : theta j ^ 2 ≤ ∑ i, theta i ^ 2 :=
    Finset.single_le_sum (f := fun i => theta i ^ 2) (fun i _ => sq_nonneg (theta i))
      (Finset.mem_univ j)
  unfold parameterNorm
  exact Real.abs_le_sqrt hle

/-- **F09**: the parameters of norm at most `R` are a compact set. -/
theorem isCompact_parameterBall (J : Type*) [Fintype J] (R : ℝ) :
    IsCompact {theta : J → ℝ | parameterNorm theta ≤ R} := by
  have hsquares : Continuous fun theta : J → ℝ => ∑ j, theta j ^ 2 :=
    continuous_finsetSum Finset.univ fun j _ => (continuous_apply j).pow 2
  have hnorm : Continuous fun theta : J → ℝ => parameterNorm theta := hsquares.sqrt
  have hclosed : IsClosed {theta : J → ℝ | parameterNorm theta ≤ R} :=
    isClosed_le hnorm continuous_const
  have hball : Bornology.IsBounded (Metric.closedBall (0 : J → ℝ) R) := Metric.isBounded_closedBall
  have hbounded : Bornology.IsBounded {theta : J → ℝ | parameterNorm theta ≤ R} := by
    refine hball.subset ?_
    intro theta htheta
    have hle : parameterNorm theta ≤ R := htheta
    have hR : 0 ≤ R := le_trans (parameterNorm_nonneg theta) hle
    rw [mem_closedBall_zero_iff, pi_norm_le_iff_of_nonneg hR]
    intro j
    rw [Real.norm_eq_abs]
    exact le_trans (abs_coordinate_le theta j) hle
  exact Metric.isCompact_of_isClosed_isBounded hclosed hbounded

/-- **F09**: the loss of a pair is the square of an affine function of the parameter. -/
theorem pairLoss_linearSoftmax [Nonempty Y] (β : ℝ) {base : X → Y → ℝ} (hb : IsPolicy base)
    (phi : X → Y → J → ℝ) (theta : J → ℝ) (z : X × Y × Y) :
    pairLoss β base (linearSoftmax phi theta) z =
      (β * (∑ j, theta j * phi z.1 z.2.1 j - ∑ j, theta j * phi z.1 z.2.2 j) -
        (1 + β) * (Real.log (base z.1 z.2.1) - Real.log (base z.1 z.2.2))) ^ 2 := by
  have hpolicy := linearSoftmax_isPolicy phi theta
  unfold pairLoss
  rw [Real.log_div ((hpolicy z.1).1 z.2.1).ne' ((hb z.1).1 z.2.1).ne',
    Real.log_div ((hpolicy z.1).1 z.2.2).ne' ((hb z.1).1 z.2.2).ne',
    log_linearSoftmax phi theta z.1 z.2.1, log_linearSoftmax phi theta z.1 z.2.2]
  ring

/-- **F09**: for every base policy and sample some member of the class minimises the empirical
loss. -/
theorem exists_isMinimiser [Nonempty Y] (phi : X → Y → J → ℝ) {R : ℝ} (hR : 0 ≤ R) (β : ℝ)
    {base : X → Y → ℝ} (hb : IsPolicy base) {n : ℕ} (s : Fin n → X × Y × Y) :
    ∃ theta : ParameterBall J R, IsMinimiser β base (linearClass phi R) s theta := by
  obtain ⟨f, hf⟩ : ∃ f : (J → ℝ) → ℝ, ∀ theta, f theta =
      ∑ k, (β * (∑ j, theta j * phi (s k).1 (s k).2.1 j - ∑ j, theta j * phi (s k).1 (s k).2.2 j) -
        (1 + β) * (Real.log (base (s k).1 (s k).2.1) - Real.log (base (s k).1 (s k).2.2))) ^ 2 :=
    ⟨fun theta => ∑ k, (β * (∑ j, theta j * phi (s k).1 (s k).2.1 j -
        ∑ j, theta j * phi (s k).1 (s k).2.2 j) -
      (1 + β) * (Real.log (base (s k).1 (s k).2.1) - Real.log (base (s k).1 (s k).2.2))) ^ 2,
      fun _ => rfl⟩
  have hloss : ∀ theta, f theta = ∑ k, pairLoss β base (linearSoftmax phi theta) (s k) := by
    intro theta
    rw [hf theta]
    exact Finset.sum_congr rfl fun k _ => (pairLoss_linearSoftmax β hb phi theta (s k)).symm
  have hscore : ∀ x y, Continuous fun theta : J → ℝ => ∑ j, theta j * phi x y j := fun x y =>
    continuous_finsetSum Finset.univ fun j _ => (continuous_apply j).mul continuous_const
  have hcontinuous : Continuous f := by
    rw [funext hf]
    exact continuous_finsetSum Finset.univ fun k _ =>
      ((continuous_const.mul ((hscore (s k).1 (s k).2.1).sub (hscore (s k).1 (s k).2.2))).sub
        continuous_const).pow 2
  have hzero : parameterNorm (fun _ : J => (0 : ℝ)) ≤ R := by
    rw [parameterNorm_zero J]
    exact hR
  obtain ⟨theta, htheta, hmin⟩ := (isCompact_parameterBall J R).exists_isMinOn
    ⟨fun _ => (0 : ℝ), hzero⟩ hcontinuous.continuousOn
  refine ⟨⟨theta, htheta⟩, fun other => ?_⟩
  have hle : f theta ≤ f other.1 := isMinOn_iff.mp hmin other.1 other.2
  rw [hloss theta, hloss other.1] at hle
  exact hle

/-- **F09**: learners that minimise the empirical loss after every history exist, for every initial
policy. -/
theorem exists_minimising_learner [Nonempty Y] (phi : X → Y → J → ℝ) {R : ℝ} (hR : 0 ≤ R) (β : ℝ)
    {start : X → Y → ℝ} (hstart : IsPolicy start) (n : ℕ) :
    ∃ learner : List (Fin n → X × Y × Y) → ParameterBall J R,
      MinimisesEmpiricalLoss β (linearClass phi R) start learner := by
  classical
  obtain ⟨center, _⟩ : ∃ center : ParameterBall J R, center.1 = fun _ => (0 : ℝ) :=
    ⟨⟨fun _ => (0 : ℝ), le_of_eq_of_le (parameterNorm_zero J) hR⟩, rfl⟩
  have hexists : ∀ (base : X → Y → ℝ) (s : Fin n → X × Y × Y), ∃ theta : ParameterBall J R,
      IsPolicy base → IsMinimiser β base (linearClass phi R) s theta := by
    intro base s
    by_cases hb : IsPolicy base
    · obtain ⟨theta, htheta⟩ := exists_isMinimiser phi hR β hb s
      exact ⟨theta, fun _ => htheta⟩
    · exact ⟨center, fun h => absurd h hb⟩
  choose pick hpick using hexists
  -- the policies of the rounds come first; the learner reads its parameters off them
  obtain ⟨policies, hnil, hcons⟩ : ∃ policies : List (Fin n → X × Y × Y) → X → Y → ℝ,
      policies [] = start ∧ ∀ s h, policies (s :: h) = linearClass phi R (pick (policies h) s) :=
    ⟨fun h => List.foldr (fun s base => linearClass phi R (pick base s)) start h, rfl,
      fun _ _ => rfl⟩
  obtain ⟨learner, hlearner⟩ : ∃ learner : List (Fin n → X × Y × Y) → ParameterBall J R,
      ∀ s h, learner (s :: h) = pick (policies h) s :=
    ⟨fun history => (match history with
      | [] => center
      | s :: h => pick (policies h) s), fun _ _ => rfl⟩
  have hpolicy : ∀ h, IsPolicy (policies h) := by
    intro h
    cases h with
    | nil =>
      rw [hnil]
      exact hstart
    | cons s h =>
      rw [hcons s h]
      exact linearSoftmax_isPolicy phi (pick (policies h) s).1
  have hcurrent : ∀ h, currentPolicy (linearClass phi R) start learner h = policies h := by
    intro h
    cases h with
    | nil => exact hnil.symm
    | cons s h =>
      show linearClass phi R (learner (s :: h)) = policies (s :: h)
      rw [hlearner s h, hcons s h]
  refine ⟨learner, fun s h => ?_⟩
  rw [hcurrent h, hlearner s h]
  exact hpick (policies h) s (hpolicy h)

end SRVerify
