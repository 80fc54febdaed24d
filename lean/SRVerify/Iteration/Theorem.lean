import SRVerify.OneRound.Balance

/-!
# Theorem 5.3 by rounds (appendix C.5)

One round fails its conclusion, although its assumptions hold, with probability at most `δ / T`;
over `T` adaptive rounds some round does with probability at most `δ`; and a history without such a
round has the bound of Theorem 5.3.

## Main definitions

* `roundFailure`: `1` if a round meets its assumptions and not its conclusion, else `0`.
* `failedRounds`: how many rounds of a history do so.

## Main results

* `sum_roundFailure_le`: one round, C13, C15 and C18.
* `roundsExpectation_failedRounds_le`: the union bound over adaptive rounds, C38.
* `conditionNumber_history_le`: `κ_t ≤ κ* + ρ^t κ_0` along a good history, C29-C31.
* `roundsProbability_le_of_round`: the theorem from a bound for one round, for every class.
* `roundsProbability_le`: Theorem 5.3, C34.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y I : Type*} [Fintype X] [Fintype Y]

/-! ### One round -/

/-- `1` if the round from `base` to `next` meets its assumptions and not its conclusion, else
`0`. -/
noncomputable def roundFailure (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (γ c K ε : ℝ)
    (base next : X → Y → ℝ) : ℝ :=
  open Classical in
  if RoundAssumptions D β pol γ c K base next ∧ ¬ RoundConclusion D β γ c ε base next then 1 else 0

/-- **C38**: an indicator is nonnegative. -/
theorem roundFailure_nonneg (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (γ c K ε : ℝ)
    (base next : X → Y → ℝ) : 0 ≤ roundFailure D β pol γ c K ε base next := by
  unfold roundFailure
  split_ifs
  · exact zero_le_one
  · exact le_rfl

/-- **C38**: an indicator is at most one. -/
theorem roundFailure_le_one (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (γ c K ε : ℝ)
    (base next : X → Y → ℝ) : roundFailure D β pol γ c K ε base next ≤ 1 := by
  unfold roundFailure
  split_ifs
  · exact le_rfl
  · exact zero_le_one

/-- **C38**: A-TAIL fails in every round for a constant below one. -/
theorem roundFailure_eq_zero {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 ≤ β) (hβ' : β ≤ 1)
    {pol : I → X → Y → ℝ} {γ c K ε : ℝ} {base next : X → Y → ℝ} (hb : IsPolicy base)
    (hnext : IsPolicy next) (hK : ¬ 1 ≤ K) : roundFailure D β pol γ c K ε base next = 0 := by
  unfold roundFailure
  refine if_neg ?_
  rintro ⟨hass, _⟩
  exact hK (one_le_tail hD hβ hβ' hb hnext hass.tail)

/-- **C18**: the truncation level is positive for `K ≥ 1` and `n ≥ 1`. -/
theorem truncationLevel_pos {N K n : ℝ} (hN : 0 ≤ N) (hK : 1 ≤ K) (hn : 1 ≤ n) :
    0 < truncationLevel N K n := by
  have hn2 : 1 ≤ n ^ 2 := one_le_pow₀ hn
  have hNK : 1 ≤ N + K := by linarith
  have hprod : 1 * 1 ≤ (N + K) * n ^ 2 := mul_le_mul hNK hn2 zero_le_one (by linarith)
  unfold truncationLevel
  refine Real.log_pos ?_
  have hassoc : 2 * (N + K) * n ^ 2 = 2 * ((N + K) * n ^ 2) := mul_assoc 2 (N + K) (n ^ 2)
  rw [hassoc]
  linarith

/-- **C18**: `ε_stat` is nonnegative for `K ≥ 1` and `n ≥ 1`. -/
theorem statisticalError_nonneg {N K m n δ : ℝ} (hN : 0 ≤ N) (hK : 1 ≤ K) (hn : 1 ≤ n) :
    0 ≤ statisticalError N K m n δ := by
  have hB := truncationLevel_pos hN hK hn
  have hV : 0 ≤ tailConstant N K := Real.sqrt_nonneg _
  unfold statisticalError
  have hfirst : 0 ≤ 2 * truncationLevel N K n * Real.sqrt (Real.log (m / δ) / n) :=
    mul_nonneg (by linarith) (Real.sqrt_nonneg _)
  have hsecond : 0 ≤ tailConstant N K / Real.sqrt n := div_nonneg hV (Real.sqrt_nonneg _)
  linarith

/-- **C13**, **C15**, **C18**: over the sample of one round, and for every choice `output` of
empirical risk minimisers, the round meets its assumptions and not its conclusion with probability
at most `δ / T`. -/
theorem sum_roundFailure_le [Fintype I] {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i)) {base : X → Y → ℝ}
    (hb : IsPolicy base) {n : ℕ} (hn : 0 < n) (output : (Fin n → X × Y × Y) → I)
    (hmin : ∀ s, IsMinimiser β base pol s (output s)) {γ c K δ : ℝ} (hγ : 0 < γ) (hc : 0 < c)
    (hδ : 0 < δ) {T : ℕ} (hT : 0 < T) :
    ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β pol γ c K
          (statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ)
          base (pol (output s)) ≤ δ / (T : ℝ) := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hb.isDist (Classical.arbitrary X))
  have hlaw : IsDist (pairLaw D base) := coupledLaw_isDist hD hb.isDistFamily hb.isDistFamily
  have hn0 : (0 : ℝ) < (n : ℝ) := Nat.cast_pos.mpr hn
  have hn1 : (1 : ℝ) ≤ (n : ℝ) := Nat.one_le_cast.mpr hn
  have hT0 : (0 : ℝ) < (T : ℝ) := Nat.cast_pos.mpr hT
  have hN : (0 : ℝ) ≤ (Fintype.card Y : ℝ) := Nat.cast_nonneg _
  have hη : 0 < δ / (T : ℝ) := div_pos hδ hT0
  obtain ⟨ε, hε⟩ : ∃ ε : ℝ, ε =
      statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ := ⟨_, rfl⟩
  rw [← hε]
  by_cases hK : 1 ≤ K
  · -- the truncated losses and the exceptional event
    obtain ⟨B, hB⟩ : ∃ B : ℝ, B = truncationLevel (Fintype.card Y : ℝ) K (n : ℝ) := ⟨_, rfl⟩
    have hB0 : 0 < B := by
      rw [hB]
      exact truncationLevel_pos hN hK hn1
    have hb0 : 0 < 4 * B ^ 2 := by positivity
    haveI : Nonempty I :=
      ⟨output fun _ => (Classical.arbitrary X, Classical.arbitrary Y, Classical.arbitrary Y)⟩
    have hI0 : (0 : ℝ) < (Fintype.card I : ℝ) := Nat.cast_pos.mpr Fintype.card_pos
    obtain ⟨l, hl⟩ : ∃ l : ℝ, l = Real.log ((T : ℝ) * (Fintype.card I : ℝ) / δ) := ⟨_, rfl⟩
    obtain ⟨τ, hτ⟩ : ∃ τ : ℝ, τ = 4 * B ^ 2 * (l / (n : ℝ)) := ⟨_, rfl⟩
    have hroot : Real.sqrt τ + tailConstant (Fintype.card Y : ℝ) K / Real.sqrt (n : ℝ) = ε := by
      have hsquare : 4 * B ^ 2 * (l / (n : ℝ)) = (2 * B) ^ 2 * (l / (n : ℝ)) := by ring
      have hB2 : 0 ≤ 2 * B := by linarith
      rw [hτ, hsquare, Real.sqrt_mul (sq_nonneg (2 * B)), Real.sqrt_sq hB2, hε]
      unfold statisticalError
      rw [hl, hB]
    have hε0 : 0 ≤ ε := by
      rw [hε]
      exact statisticalError_nonneg hN hK hn1
    have hlevel : (Fintype.card I : ℝ) * Real.exp (-((n : ℝ) * (τ / (4 * B ^ 2)))) =
        δ / (T : ℝ) := by
      have hexponent : (n : ℝ) * (τ / (4 * B ^ 2)) = l := by
        rw [hτ, mul_div_cancel_left₀ _ hb0.ne']
        exact mul_div_of_ne hn0.ne' l
      have hpos : 0 < (T : ℝ) * (Fintype.card I : ℝ) / δ := div_pos (mul_pos hT0 hI0) hδ
      have hexp : Real.exp (-l) = δ / ((T : ℝ) * (Fintype.card I : ℝ)) := by
        rw [hl, Real.exp_neg, Real.exp_log hpos, inv_div]
      have hcancel : (Fintype.card I : ℝ) * (δ / ((T : ℝ) * (Fintype.card I : ℝ))) =
          δ / (T : ℝ) := by
        rw [← mul_div_assoc, mul_comm (Fintype.card I : ℝ) δ, mul_div_mul_right _ _ hI0.ne']
      rw [hexponent, hexp, hcancel]
    have hpoint : ∀ s : Fin n → X × Y × Y,
        roundFailure D β pol γ c K ε base (pol (output s)) ≤
          ∑ i, zeroLossTerm (pairLaw D base) (truncatedLoss β B base (pol i)) (4 * B ^ 2) τ s := by
      intro s
      have hsum : 0 ≤
          ∑ i, zeroLossTerm (pairLaw D base) (truncatedLoss β B base (pol i)) (4 * B ^ 2) τ s :=
        Finset.sum_nonneg fun i _ =>
          zeroLossTerm_nonneg hb0 (truncatedLoss_le hB0 base (pol i)) τ s
      by_cases hfail : RoundAssumptions D β pol γ c K base (pol (output s)) ∧
          ¬ RoundConclusion D β γ c ε base (pol (output s))
      · have hone : roundFailure D β pol γ c K ε base (pol (output s)) = 1 := by
          unfold roundFailure
          exact if_pos hfail
        obtain ⟨hass, hnot⟩ := hfail
        have hzero : ∀ k, truncatedLoss β B base (pol (output s)) (s k) = 0 := fun k =>
          truncatedLoss_eq_zero
            (pairLoss_eq_zero_of_isMinimiser hβ hb hass.realizable (hmin s) k)
        have hrisk : τ < expect (pairLaw D base) (truncatedLoss β B base (pol (output s))) := by
          rw [hB]
          exact lt_truncatedRisk hD hβ hβ' hb (hpol (output s)) hγ hc hε0 hn0 hroot.le hass hnot
        rw [hone]
        exact one_le_sum_zeroLossTerm
          (l := fun i => truncatedLoss β B base (pol i)) hb0
          (fun i => truncatedLoss_le hB0 base (pol i)) hrisk hzero
      · have hzero : roundFailure D β pol γ c K ε base (pol (output s)) = 0 := by
          unfold roundFailure
          exact if_neg hfail
        rw [hzero]
        exact hsum
    calc ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
          roundFailure D β pol γ c K ε base (pol (output s)) ≤
          ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
            ∑ i, zeroLossTerm (pairLaw D base) (truncatedLoss β B base (pol i)) (4 * B ^ 2) τ s :=
          Finset.sum_le_sum fun s _ => mul_le_mul_of_nonneg_left (hpoint s)
            (Finset.prod_nonneg fun k _ => hlaw.1 (s k))
      _ ≤ (Fintype.card I : ℝ) * Real.exp (-((n : ℝ) * (τ / (4 * B ^ 2)))) :=
          sum_sum_zeroLossTerm_le (l := fun i => truncatedLoss β B base (pol i)) hlaw hb0
            (fun i => truncatedLoss_le hB0 base (pol i)) τ n
      _ = δ / (T : ℝ) := hlevel
  · -- A-TAIL fails for every policy
    have hzero : ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D base (s k)) *
        roundFailure D β pol γ c K ε base (pol (output s)) = 0 := by
      refine Finset.sum_eq_zero fun s _ => ?_
      rw [roundFailure_eq_zero hD hβ.le hβ' hb (hpol (output s)) hK, mul_zero]
    rw [hzero]
    exact hη.le

/-! ### Histories -/

variable {n : ℕ}

/-- The number of rounds of a history that meet their assumptions and not their conclusion. -/
noncomputable def failedRounds (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) (γ c K ε : ℝ) : List (Fin n → X × Y × Y) → ℝ
  | [] => 0
  | s :: h =>
    roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
        (currentPolicy pol start learner (s :: h)) +
      failedRounds D β pol start learner γ c K ε h

/-- **C38**: the number of failed rounds is nonnegative. -/
theorem failedRounds_nonneg (D : X → ℝ) (β : ℝ) (pol : I → X → Y → ℝ) (start : X → Y → ℝ)
    (learner : List (Fin n → X × Y × Y) → I) (γ c K ε : ℝ) (h : List (Fin n → X × Y × Y)) :
    0 ≤ failedRounds D β pol start learner γ c K ε h := by
  induction h with
  | nil => exact le_rfl
  | cons s h ih =>
    show 0 ≤ roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
        (currentPolicy pol start learner (s :: h)) +
      failedRounds D β pol start learner γ c K ε h
    exact add_nonneg (roundFailure_nonneg D β pol γ c K ε _ _) ih

/-- The current policy has full support. -/
theorem currentPolicy_isPolicy {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i))
    {start : X → Y → ℝ} (hstart : IsPolicy start) (learner : List (Fin n → X × Y × Y) → I)
    (h : List (Fin n → X × Y × Y)) : IsPolicy (currentPolicy pol start learner h) := by
  cases h with
  | nil => exact hstart
  | cons s h => exact hpol (learner (s :: h))

/-- **C38**: expectation over adaptive rounds is monotone; only histories of the right length
count. -/
theorem roundsExpectation_le {D : X → ℝ} (hD : IsDist D) {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    (learner : List (Fin n → X × Y × Y) → I) (F G : List (Fin n → X × Y × Y) → ℝ) (T : ℕ)
    (h : List (Fin n → X × Y × Y)) (hFG : ∀ h', h'.length = T + h.length → F h' ≤ G h') :
    roundsExpectation D pol start learner F T h ≤ roundsExpectation D pol start learner G T h := by
  induction T generalizing h with
  | zero => exact hFG h (Nat.zero_add h.length).symm
  | succ T ih =>
    have hbase := currentPolicy_isPolicy hpol hstart learner h
    have hlaw : IsDist (pairLaw D (currentPolicy pol start learner h)) :=
      coupledLaw_isDist hD hbase.isDistFamily hbase.isDistFamily
    show ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundsExpectation D pol start learner F T (s :: h) ≤
      ∑ s : Fin n → X × Y × Y, (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundsExpectation D pol start learner G T (s :: h)
    refine Finset.sum_le_sum fun s _ => ?_
    refine mul_le_mul_of_nonneg_left (ih (s :: h) fun h' hlength => hFG h' ?_)
      (Finset.prod_nonneg fun k _ => hlaw.1 (s k))
    have hcons : (s :: h).length = h.length + 1 := rfl
    omega

/-- **C38**: if every round fails with conditional probability at most `η`, the expected number of
failed rounds is at most `T η`. -/
theorem roundsExpectation_failedRounds_le {D : X → ℝ} (hD : IsDist D) {β : ℝ}
    {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ}
    (hstart : IsPolicy start) (learner : List (Fin n → X × Y × Y) → I) {γ c K ε η : ℝ}
    (hround : ∀ h, ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
          (currentPolicy pol start learner (s :: h)) ≤ η)
    (T : ℕ) (h : List (Fin n → X × Y × Y)) :
    roundsExpectation D pol start learner (failedRounds D β pol start learner γ c K ε) T h ≤
      failedRounds D β pol start learner γ c K ε h + (T : ℝ) * η := by
  induction T generalizing h with
  | zero =>
    have hzero : failedRounds D β pol start learner γ c K ε h + ((0 : ℕ) : ℝ) * η =
        failedRounds D β pol start learner γ c K ε h := by
      rw [Nat.cast_zero, zero_mul, add_zero]
    exact le_of_eq hzero.symm
  | succ T ih =>
    have hbase := currentPolicy_isPolicy hpol hstart learner h
    have hlaw : IsDist (pairLaw D (currentPolicy pol start learner h)) :=
      coupledLaw_isDist hD hbase.isDistFamily hbase.isDistFamily
    have hprod : IsDist (fun s : Fin n → X × Y × Y =>
        ∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) := prodLaw_isDist hlaw n
    obtain ⟨r, hr⟩ : ∃ r : ℝ,
        r = failedRounds D β pol start learner γ c K ε h + (T : ℝ) * η := ⟨_, rfl⟩
    have hpoint : ∀ s : Fin n → X × Y × Y,
        (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
            roundsExpectation D pol start learner
              (failedRounds D β pol start learner γ c K ε) T (s :: h) ≤
          (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
              roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
                (currentPolicy pol start learner (s :: h)) +
            (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) * r := by
      intro s
      have hstep := ih (s :: h)
      have hcons : failedRounds D β pol start learner γ c K ε (s :: h) =
          roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
              (currentPolicy pol start learner (s :: h)) +
            failedRounds D β pol start learner γ c K ε h := rfl
      rw [hcons] at hstep
      have hle : roundsExpectation D pol start learner
            (failedRounds D β pol start learner γ c K ε) T (s :: h) ≤
          roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
              (currentPolicy pol start learner (s :: h)) + r := by
        rw [hr]
        linarith
      rw [← mul_add]
      exact mul_le_mul_of_nonneg_left hle (hprod.1 s)
    have hconst : ∑ s : Fin n → X × Y × Y,
        (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) * r = r :=
      expect_const hprod r
    have hsum : ∑ s : Fin n → X × Y × Y,
        (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
          roundsExpectation D pol start learner
            (failedRounds D β pol start learner γ c K ε) T (s :: h) ≤ η + r := by
      refine le_trans (Finset.sum_le_sum fun s _ => hpoint s) ?_
      rw [Finset.sum_add_distrib, hconst]
      have hη := hround h
      linarith
    show ∑ s : Fin n → X × Y × Y,
        (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
          roundsExpectation D pol start learner
            (failedRounds D β pol start learner γ c K ε) T (s :: h) ≤
      failedRounds D β pol start learner γ c K ε h + ((T + 1 : ℕ) : ℝ) * η
    refine le_trans hsum ?_
    rw [hr]
    push_cast
    linarith

/-! ### The recurrence along a history -/

/-- **C29**-**C31**: `κ' ≤ 1 + b √κ` and `κ ≤ κ* + t` give `κ' ≤ κ* + ρ t`, for `t ≥ 0`. -/
theorem fixedPoint_step {b k k' t : ℝ} (hb : 0 ≤ b) (hk : 0 ≤ k) (ht : 0 ≤ t)
    (hstep : k' ≤ 1 + b * Real.sqrt k) (h : k ≤ fixedPoint b + t) :
    k' ≤ fixedPoint b + contraction b * t := by
  have hdisc : 0 < Real.sqrt (b ^ 2 + 4) := Real.sqrt_pos.mpr (by positivity)
  obtain ⟨r, hr⟩ : ∃ r : ℝ, r = (b + Real.sqrt (b ^ 2 + 4)) / 2 := ⟨_, rfl⟩
  have hr0 : 0 < r := by
    rw [hr]
    linarith
  have hdouble : 2 * r = b + Real.sqrt (b ^ 2 + 4) := by
    rw [hr]
    ring
  have hrsq : r ^ 2 = 1 + b * r := by
    have hsq := Real.sq_sqrt (show 0 ≤ b ^ 2 + 4 by positivity)
    exact C29_root r (Real.sqrt (b ^ 2 + 4)) 1 b hr0.le hdisc.le zero_le_one hb hdouble
      (by linarith)
  have hfix : fixedPoint b = r ^ 2 := by
    unfold fixedPoint
    rw [hr]
  have hrate : contraction b = b / (2 * r) := by
    unfold contraction
    rw [hdouble]
  have hone := C31_one_step r (Real.sqrt k) 1 b hr0 (Real.sqrt_nonneg k) zero_le_one hb hrsq
  rw [Real.sq_sqrt hk] at hone
  have hrate0 : 0 ≤ b / (2 * r) := div_nonneg hb (by linarith)
  rw [hfix] at h
  have hmax : max (0 : ℝ) (k - r ^ 2) ≤ t := max_le ht (by linarith)
  have hmul := mul_le_mul_of_nonneg_left hmax hrate0
  rw [hfix, hrate]
  linarith

/-- **C30**: `0 ≤ ρ ≤ 1`. -/
theorem contraction_range {b : ℝ} (hb : 0 ≤ b) : 0 ≤ contraction b ∧ contraction b ≤ 1 := by
  have hdisc : 0 < Real.sqrt (b ^ 2 + 4) := Real.sqrt_pos.mpr (by positivity)
  have hden : 0 < b + Real.sqrt (b ^ 2 + 4) := by linarith
  unfold contraction
  refine ⟨div_nonneg hb hden.le, ?_⟩
  rw [div_le_one hden]
  linarith

/-- **C29**: `κ* ≥ 0`. -/
theorem fixedPoint_nonneg (b : ℝ) : 0 ≤ fixedPoint b := by
  unfold fixedPoint
  exact sq_nonneg _

/-- **C38**: if all assumptions hold along a history and fewer than one round fails, then every
round has its conclusion. -/
theorem everyRound_conclusion {D : X → ℝ} {β : ℝ} {pol : I → X → Y → ℝ} {start : X → Y → ℝ}
    {learner : List (Fin n → X × Y × Y) → I} {γ c K ε : ℝ} (h : List (Fin n → X × Y × Y))
    (hall : EveryRound pol start learner (RoundAssumptions D β pol γ c K) h)
    (hfew : failedRounds D β pol start learner γ c K ε h < 1) :
    EveryRound pol start learner (RoundConclusion D β γ c ε) h := by
  induction h with
  | nil => exact trivial
  | cons s h ih =>
    obtain ⟨hround, hrest⟩ := hall
    have hcons : failedRounds D β pol start learner γ c K ε (s :: h) =
        roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
            (currentPolicy pol start learner (s :: h)) +
          failedRounds D β pol start learner γ c K ε h := rfl
    rw [hcons] at hfew
    have hfirst := roundFailure_nonneg D β pol γ c K ε (currentPolicy pol start learner h)
      (currentPolicy pol start learner (s :: h))
    have hothers := failedRounds_nonneg D β pol start learner γ c K ε h
    refine ⟨?_, ih hrest (by linarith)⟩
    by_contra hnot
    have hone : roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
        (currentPolicy pol start learner (s :: h)) = 1 := by
      unfold roundFailure
      exact if_pos ⟨hround, hnot⟩
    linarith

/-- **C31**, (72), (73): `κ_t ≤ κ* + ρ^t κ_0` along a history whose rounds have their
conclusion. -/
theorem conditionNumber_history_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    {learner : List (Fin n → X × Y × Y) → I} {γ c ε : ℝ}
    (hb : 0 ≤ (2 * ε + β) / (γ * c)) (h : List (Fin n → X × Y × Y))
    (hall : EveryRound pol start learner (RoundConclusion D β γ c ε) h) :
    conditionNumber D (currentPolicy pol start learner h) ≤
      fixedPoint ((2 * ε + β) / (γ * c)) +
        contraction ((2 * ε + β) / (γ * c)) ^ h.length * conditionNumber D start := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hstart.isDist (Classical.arbitrary X))
  have hκ0 : 0 ≤ conditionNumber D start := le_trans zero_le_one (one_le_conditionNumber hD hstart)
  obtain ⟨b, hbdef⟩ : ∃ b : ℝ, b = (2 * ε + β) / (γ * c) := ⟨_, rfl⟩
  rw [← hbdef] at hb ⊢
  have hrho := (contraction_range hb).1
  induction h with
  | nil =>
    have hfix := fixedPoint_nonneg b
    show conditionNumber D start ≤ fixedPoint b + contraction b ^ 0 * conditionNumber D start
    rw [pow_zero, one_mul]
    linarith
  | cons s h ih =>
    obtain ⟨hround, hrest⟩ := hall
    have hbound := ih hrest
    have hbase := currentPolicy_isPolicy hpol hstart learner h
    have hk : 0 ≤ conditionNumber D (currentPolicy pol start learner h) :=
      le_trans zero_le_one (one_le_conditionNumber hD hbase)
    have hstep : conditionNumber D (currentPolicy pol start learner (s :: h)) ≤
        1 + b * Real.sqrt (conditionNumber D (currentPolicy pol start learner h)) := by
      rw [hbdef]
      exact hround.1
    have hexcess : 0 ≤ contraction b ^ h.length * conditionNumber D start :=
      mul_nonneg (pow_nonneg hrho _) hκ0
    have hnext := fixedPoint_step hb hk hexcess hstep hbound
    have hlength : (s :: h).length = h.length + 1 := rfl
    rw [hlength, pow_succ]
    have hring : contraction b ^ h.length * contraction b * conditionNumber D start =
        contraction b * (contraction b ^ h.length * conditionNumber D start) := by ring
    rw [hring]
    exact hnext

/-- **C34**, (80): the bound of Theorem 5.3 along a nonempty history whose rounds have their
conclusion. -/
theorem ownFailure_history_le {D : X → ℝ} (hD : IsDist D) {β : ℝ} {pol : I → X → Y → ℝ}
    (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ} (hstart : IsPolicy start)
    {learner : List (Fin n → X × Y × Y) → I} {γ c ε : ℝ} (hβ : 0 < β) (hγ : 0 < γ) (hc : 0 < c)
    (hε : 0 ≤ ε) (s : Fin n → X × Y × Y) (h : List (Fin n → X × Y × Y))
    (hall : EveryRound pol start learner (RoundConclusion D β γ c ε) (s :: h)) :
    ownFailure D (currentPolicy pol start learner (s :: h)) (1 / 2) ≤
      failureBound β γ c ε (conditionNumber D start) (h.length + 1) := by
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := nonempty_of_isDist (hstart.isDist (Classical.arbitrary X))
  have hb : 0 ≤ (2 * ε + β) / (γ * c) := div_nonneg (by linarith) (mul_pos hγ hc).le
  obtain ⟨hround, hrest⟩ := hall
  have hκ := conditionNumber_history_le hD hpol hstart hb h hrest
  have hκ0 := one_le_conditionNumber hD hstart
  have hbase := one_le_conditionNumber hD (currentPolicy_isPolicy hpol hstart learner h)
  obtain ⟨hrho, hrho'⟩ := contraction_range hb
  have hroot := C34_root (conditionNumber D (currentPolicy pol start learner h))
    (fixedPoint ((2 * ε + β) / (γ * c))) (contraction ((2 * ε + β) / (γ * c)) ^ h.length)
    (conditionNumber D start) hbase (fixedPoint_nonneg _) (pow_nonneg hrho _)
    (pow_le_one₀ hrho hrho') hκ0 hκ
  have hfactor : 0 ≤ 2 / γ * (2 * ε + β) :=
    mul_nonneg (div_nonneg zero_le_two hγ.le) (by linarith)
  have hlength : h.length + 1 - 1 = h.length := Nat.add_sub_cancel
  unfold failureBound
  rw [hlength]
  exact le_trans hround.2.1 (mul_le_mul_of_nonneg_left hroot hfactor)

/-! ### The theorem -/

/-- **C34**, **C38**: for a class of any size, if every round meets its assumptions and not its
conclusion with conditional probability at most `η`, then over `T` adaptive rounds the probability
that the assumptions hold in every round and the bound of Theorem 5.3 fails is at most `T η`. -/
theorem roundsProbability_le_of_round {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ}
    (hstart : IsPolicy start) (learner : List (Fin n → X × Y × Y) → I) {γ c K ε η : ℝ} (hγ : 0 < γ)
    (hc : 0 < c) (hε : 1 ≤ K → 0 ≤ ε)
    (hround : ∀ h : List (Fin n → X × Y × Y), ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundFailure D β pol γ c K ε (currentPolicy pol start learner h)
          (currentPolicy pol start learner (s :: h)) ≤ η)
    {T : ℕ} (hT : 0 < T) :
    roundsProbability D pol start learner T (fun h =>
      EveryRound pol start learner (RoundAssumptions D β pol γ c K) h ∧
        failureBound β γ c ε (conditionNumber D start) T <
          ownFailure D (currentPolicy pol start learner h) (1 / 2)) ≤ (T : ℝ) * η := by
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
      failureBound β γ c ε (conditionNumber D start) T <
        ownFailure D (currentPolicy pol start learner h) (1 / 2)
  · refine le_trans (le_of_eq (if_pos hevent)) ?_
    by_contra hfew
    obtain ⟨hall, hfail⟩ := hevent
    have hconclusion := everyRound_conclusion h hall (not_le.mp hfew)
    cases h with
    | nil => omega
    | cons s h =>
      have hcons : (s :: h).length = h.length + 1 := rfl
      have hempty : ([] : List (Fin n → X × Y × Y)).length = 0 := rfl
      have hTlength : h.length + 1 = T := by omega
      obtain ⟨hass, _⟩ := hall
      have hK : 1 ≤ K := one_le_tail hD hβ.le hβ' (currentPolicy_isPolicy hpol hstart learner h)
        (currentPolicy_isPolicy hpol hstart learner (s :: h)) hass.tail
      have hbound := ownFailure_history_le hD hpol hstart hβ hγ hc (hε hK) s h hconclusion
      rw [hTlength] at hbound
      exact absurd hfail (not_lt.mpr hbound)
  · refine le_trans (le_of_eq (if_neg hevent)) ?_
    exact hcountnonneg

/-- **C34**, **C38**, Theorem 5.3 (7), (80): over `T` adaptive rounds the probability that the
assumptions hold in every round and the bound fails is at most `δ`. -/
theorem roundsProbability_le [Fintype I] {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {pol : I → X → Y → ℝ} (hpol : ∀ i, IsPolicy (pol i)) {start : X → Y → ℝ}
    (hstart : IsPolicy start) (hn : 0 < n) {learner : List (Fin n → X × Y × Y) → I}
    (hlearner : MinimisesEmpiricalLoss β pol start learner) {γ c K δ : ℝ} (hγ : 0 < γ)
    (hc : 0 < c) (hδ : 0 < δ) {T : ℕ} (hT : 0 < T) :
    roundsProbability D pol start learner T (fun h =>
      EveryRound pol start learner (RoundAssumptions D β pol γ c K) h ∧
        failureBound β γ c
            (statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ)
            (conditionNumber D start) T <
          ownFailure D (currentPolicy pol start learner h) (1 / 2)) ≤ δ := by
  have hT0 : (T : ℝ) ≠ 0 := by
    have hpos : (0 : ℝ) < (T : ℝ) := Nat.cast_pos.mpr hT
    exact hpos.ne'
  have hn1 : (1 : ℝ) ≤ (n : ℝ) := Nat.one_le_cast.mpr hn
  have hN : (0 : ℝ) ≤ (Fintype.card Y : ℝ) := Nat.cast_nonneg _
  have hround : ∀ h : List (Fin n → X × Y × Y), ∑ s : Fin n → X × Y × Y,
      (∏ k, pairLaw D (currentPolicy pol start learner h) (s k)) *
        roundFailure D β pol γ c K
          (statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ)
          (currentPolicy pol start learner h) (currentPolicy pol start learner (s :: h)) ≤
      δ / (T : ℝ) := by
    intro h
    exact sum_roundFailure_le hD hβ hβ' hpol (currentPolicy_isPolicy hpol hstart learner h) hn
      (fun s => learner (s :: h)) (fun s => hlearner s h) hγ hc hδ hT
  have hε : 1 ≤ K →
      0 ≤ statisticalError (Fintype.card Y) K ((T : ℝ) * (Fintype.card I : ℝ)) n δ :=
    fun hK => statisticalError_nonneg hN hK hn1
  have hall := roundsProbability_le_of_round hD hβ hβ' hpol hstart learner hγ hc hε hround hT
  rw [mul_div_of_ne hT0] at hall
  exact hall

end SRVerify
