import SRVerify.Iteration.Theorem
import SRVerify.OneRound.ProjectedLoss
import SRVerify.OneRound.UniformBound

/-!
# Theorem 5.3 for a class with a finite net (appendix F)

The class may be infinite. In each round it needs a finite net in the sup log-ratio metric, at some
resolution `e`: the loss truncated by projection is Lipschitz in this metric, so the uniform bound
replaces the union bound of C18.

## Main definitions

* `netRisk`: `16 β e B + 4 B² l / n`, the risk above which zero empirical loss is unlikely.

## Main results

* `sum_uniformFailure_projectedLoss_le`: members without loss on the sample have small risk, F05.
* `sum_roundFailure_le_of_net`: one round through a net, F05 and F07.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y I J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- `16 β e B + 4 B² l / n`, with `l = log(|J| / η)` for a net `J` of resolution `e` at the
confidence `η`. -/
noncomputable def netRisk (β e B l n : ℝ) : ℝ :=
  4 * B ^ 2 * (l / n) + 2 * (8 * (β * e) * B)

/-- **F05**: `m exp(-n (4 B² (l/n)) / (4 B²)) = η` for `l = log(m/η)`. -/
theorem mul_exp_neg_log {m n b η : ℝ} (hm : 0 < m) (hn : 0 < n) (hb : 0 < b) (hη : 0 < η) :
    m * Real.exp (-(n * (b * (Real.log (m / η) / n) / b))) = η := by
  have hexponent : n * (b * (Real.log (m / η) / n) / b) = Real.log (m / η) := by
    rw [mul_div_cancel_left₀ _ hb.ne']
    exact mul_div_of_ne hn.ne' _
  rw [hexponent, Real.exp_neg, Real.exp_log (div_pos hm hη), inv_div]
  exact mul_div_of_ne hm.ne' η

/-- **F05**: except with probability `η`, every member of the class without loss on the sample has
projected risk at most `netRisk`. -/
theorem sum_uniformFailure_projectedLoss_le [Nonempty J] {D : X → ℝ} (hD : IsDist D) {β B e η : ℝ}
    (hβ : 0 ≤ β) (hB : 0 < B) (he : 0 ≤ e) (hη : 0 < η) {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {center : J → X → Y → ℝ} (hcenter : ∀ j, IsPolicy (center j))
    (hnet : ∀ i, ∃ j, ∀ x y, |Real.log (pol i x y) - Real.log (center j x y)| ≤ e)
    {base : X → Y → ℝ} (hb : IsPolicy base) {n : ℕ} (hn : 0 < n) :
    ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        uniformFailure (pairLaw D base) (fun i => projectedLoss β B base (pol i))
          (netRisk β e B (Real.log ((Fintype.card J : ℝ) / η)) n) s ≤ η := by
  have hlaw : IsDist (pairLaw D base) := coupledLaw_isDist hD hb.isDistFamily hb.isDistFamily
  have hn0 : (0 : ℝ) < (n : ℝ) := Nat.cast_pos.mpr hn
  have hJ0 : (0 : ℝ) < (Fintype.card J : ℝ) := Nat.cast_pos.mpr Fintype.card_pos
  have hb0 : 0 < 4 * B ^ 2 := by positivity
  have hh : 0 ≤ 8 * (β * e) * B :=
    mul_nonneg (mul_nonneg (by norm_num) (mul_nonneg hβ he)) hB.le
  have hnear : ∀ i, ∃ j, ∀ z,
      |projectedLoss β B base (pol i) z - projectedLoss β B base (center j) z| ≤
        8 * (β * e) * B := by
    intro i
    obtain ⟨j, hj⟩ := hnet i
    exact ⟨j, fun z => abs_projectedLoss_sub_le hβ hB.le he hb (hpol i) (hcenter j) hj z⟩
  have hmean := sum_uniformFailure_le (l := fun j => projectedLoss β B base (center j))
    (m := fun i => projectedLoss β B base (pol i)) hlaw hb0 hh
    (fun j z => projectedLoss_le hB base (center j) z) hnear
    (4 * B ^ 2 * (Real.log ((Fintype.card J : ℝ) / η) / (n : ℝ))) n
  rw [mul_exp_neg_log hJ0 hn0 hb0 hη] at hmean
  exact hmean

/-- **F05**, **F07**: over the sample of one round, and for every choice `output` of empirical risk
minimisers, the round meets its assumptions and not its conclusion with probability at most `η`, at
every error `ε` with `√netRisk + V_4 / √n ≤ ε`. -/
theorem sum_roundFailure_le_of_net [Nonempty J] {D : X → ℝ} (hD : IsDist D) {β e η : ℝ}
    (hβ : 0 < β) (hβ' : β ≤ 1) (he : 0 ≤ e) (hη : 0 < η) {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {center : J → X → Y → ℝ} (hcenter : ∀ j, IsPolicy (center j))
    (hnet : ∀ i, ∃ j, ∀ x y, |Real.log (pol i x y) - Real.log (center j x y)| ≤ e)
    {base : X → Y → ℝ} (hb : IsPolicy base) {n : ℕ} (hn : 0 < n)
    (output : (Fin n → X × Y × Y) → I) (hmin : ∀ s, IsMinimiser β base pol s (output s))
    {γ c K ε : ℝ} (hγ : 0 < γ) (hc : 0 < c) (hK : 1 ≤ K) (hε : 0 ≤ ε)
    (hlevel : Real.sqrt (netRisk β e (truncationLevel (Fintype.card Y : ℝ) K n)
        (Real.log ((Fintype.card J : ℝ) / η)) n) +
      tailConstant (Fintype.card Y : ℝ) K / Real.sqrt (n : ℝ) ≤ ε) :
    ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β pol γ c K ε base (pol (output s)) ≤ η := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hb.isDist (Classical.arbitrary X))
  have hlaw : IsDist (pairLaw D base) := coupledLaw_isDist hD hb.isDistFamily hb.isDistFamily
  have hn0 : (0 : ℝ) < (n : ℝ) := Nat.cast_pos.mpr hn
  have hn1 : (1 : ℝ) ≤ (n : ℝ) := Nat.one_le_cast.mpr hn
  obtain ⟨B, hB⟩ : ∃ B : ℝ, B = truncationLevel (Fintype.card Y : ℝ) K (n : ℝ) := ⟨_, rfl⟩
  have hB0 : 0 < B := by
    rw [hB]
    exact truncationLevel_pos (Nat.cast_nonneg _) hK hn1
  obtain ⟨r, hr⟩ : ∃ r : ℝ,
      r = netRisk β e B (Real.log ((Fintype.card J : ℝ) / η)) (n : ℝ) := ⟨_, rfl⟩
  rw [← hB, ← hr] at hlevel
  have hpoint : ∀ s : Fin n → X × Y × Y, roundFailure D β pol γ c K ε base (pol (output s)) ≤
      uniformFailure (pairLaw D base) (fun i => projectedLoss β B base (pol i)) r s := by
    intro s
    by_cases hfail : RoundAssumptions D β pol γ c K base (pol (output s)) ∧
        ¬ RoundConclusion D β γ c ε base (pol (output s))
    · obtain ⟨hass, hnot⟩ := hfail
      have hzero : ∀ k, projectedLoss β B base (pol (output s)) (s k) = 0 := fun k =>
        projectedLoss_eq_zero (pairLoss_eq_zero_of_isMinimiser hβ hb hass.realizable (hmin s) k)
      have htruncated : r < expect (pairLaw D base) (truncatedLoss β B base (pol (output s))) := by
        rw [hB]
        exact lt_truncatedRisk hD hβ hβ' hb (hpol (output s)) hγ hc hε hn0 hlevel hass hnot
      have hprojected : expect (pairLaw D base) (truncatedLoss β B base (pol (output s))) ≤
          expect (pairLaw D base) (projectedLoss β B base (pol (output s))) :=
        expect_le_expect hlaw.1 fun z =>
          truncatedLoss_le_projectedLoss β B base (pol (output s)) z
      have hexists : ∃ i, (∀ k, projectedLoss β B base (pol i) (s k) = 0) ∧
          r < expect (pairLaw D base) (projectedLoss β B base (pol i)) :=
        ⟨output s, hzero, lt_of_lt_of_le htruncated hprojected⟩
      have hone : uniformFailure (pairLaw D base) (fun i => projectedLoss β B base (pol i)) r s =
          1 := by
        unfold uniformFailure
        exact if_pos hexists
      rw [hone]
      exact roundFailure_le_one D β pol γ c K ε base (pol (output s))
    · have hzero : roundFailure D β pol γ c K ε base (pol (output s)) = 0 := by
        unfold roundFailure
        exact if_neg hfail
      rw [hzero]
      exact uniformFailure_nonneg _ _ r s
  calc ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β pol γ c K ε base (pol (output s)) ≤
        ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
          uniformFailure (pairLaw D base) (fun i => projectedLoss β B base (pol i)) r s :=
        Finset.sum_le_sum fun s _ => mul_le_mul_of_nonneg_left (hpoint s)
          (Finset.prod_nonneg fun k _ => hlaw.1 (s k))
    _ ≤ η := by
        rw [hr]
        exact sum_uniformFailure_projectedLoss_le hD hβ.le hB0 he hη hpol hcenter hnet hb hn

end SRVerify
