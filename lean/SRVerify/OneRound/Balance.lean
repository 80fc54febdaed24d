import SRVerify.Policy.Concentrability
import SRVerify.Scalar.Iteration
import SRVerify.OneRound.Tails
import SRVerify.OneRound.ZeroLoss

/-!
# The balance of one round (appendix C.2)

The loss truncated to the good pairs, the reward error of a policy from the truncated risk and the
tails, and what a round with small reward errors gives: the next condition number and the
probability of own failure.

## Main definitions

* `truncatedLoss`: the square loss (3), set to zero on the bad pairs.
* `RoundConclusion`: `κ' ≤ 1 + b √κ` and `P_x(max_y π'(y|x) ≤ 1/2) ≤ (2/γ) (2 ε + β) √κ`, at the
  modes of the base policy too.

## Main results

* `rewardError_le`: `E_{p,π_0} |Δ^r - Δ^r̂| ≤ √C(p) (√τ + V_4 / √n)` for truncated risk `τ`.
* `exists_mode_of_hasMargin`: the response with the margin is the mode.
* `roundConclusion_of_rewardError_le`: the conclusion of a round, from C06, C16, C20 and C26.
* `lt_truncatedRisk`: so a round without its conclusion has a large truncated risk.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### The truncated loss -/

/-- The square loss on the pairs where both differences are at most `B`, else zero. -/
noncomputable def truncatedLoss (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  pairLoss β base hat z * (1 - badIndicator β B base hat z)

/-- **C07**: the truncated loss is nonnegative. -/
theorem truncatedLoss_nonneg (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    0 ≤ truncatedLoss β B base hat z := by
  unfold truncatedLoss
  refine mul_nonneg (pairLoss_nonneg β base hat z) ?_
  rcases badIndicator_cases β B base hat z with ⟨h0, _⟩ | ⟨h1, _⟩
  · linarith
  · linarith

/-- **C07**: the truncated loss is at most `4 B²`. -/
theorem truncatedLoss_le {β B : ℝ} (hB : 0 < B) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    truncatedLoss β B base hat z ≤ 4 * B ^ 2 := by
  unfold truncatedLoss
  rcases badIndicator_cases β B base hat z with ⟨h0, hreward, himplicit⟩ | ⟨h1, _⟩
  · rw [h0, sub_zero, mul_one, pairLoss_eq]
    exact sq_sub_le_of_region hB himplicit hreward
  · rw [h1, sub_self, mul_zero]
    positivity

/-- **C13**, **C15**: no loss, no truncated loss. -/
theorem truncatedLoss_eq_zero {β B : ℝ} {base hat : X → Y → ℝ} {z : X × Y × Y}
    (h : pairLoss β base hat z = 0) : truncatedLoss β B base hat z = 0 := by
  unfold truncatedLoss
  rw [h, zero_mul]

/-! ### The reward error -/

/-- A coupled expectation of a function of triples. -/
theorem coupledExpectation_triple (D : X → ℝ) (p q : X → Y → ℝ) (g : X × Y × Y → ℝ) :
    coupledExpectation D p q (fun x y y' => g (x, y, y')) = expect (coupledLaw D p q) g :=
  (expect_coupledLaw D p q fun x y y' => g (x, y, y')).symm

/-- **C18**: the root of the fourth moment against the root of the bad pairs' mass is
`V_4 / √n`. -/
theorem sqrt_moment_mul_sqrt_mass (N K : ℝ) {n : ℝ} (hn : 0 < n) :
    Real.sqrt (Real.sqrt (8 * (2 * fourthMoment (Real.log N) + fourthMoment (Real.log (2 * K)))) *
      Real.sqrt (1 / n ^ 2)) = tailConstant N K / Real.sqrt n := by
  have hsquare : 1 / n ^ 2 = (1 / n) ^ 2 := by rw [div_pow, one_pow]
  have hroot : Real.sqrt (1 / n ^ 2) = 1 / n := by
    rw [hsquare, Real.sqrt_sq (one_div_nonneg.mpr hn.le)]
  rw [hroot, Real.sqrt_mul (Real.sqrt_nonneg _), Real.sqrt_div zero_le_one, Real.sqrt_one]
  exact mul_one_div _ _

/-- **C08**-**C10**, **C18**: `E_{p,π_0} |Δ^r - Δ^r̂| ≤ √C(p) (√τ + V_4 / √n)` if the truncated
risk is at most `τ`. -/
theorem rewardError_le [Nonempty Y] {D : X → ℝ} (hD : IsDist D) {base hat p : X → Y → ℝ}
    {β K n τ : ℝ} (hβ : 0 ≤ β) (hβ' : β ≤ 1) (hb : IsPolicy base) (hh : IsPolicy hat)
    (htail : (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) ≤ K)
    (hn : 0 < n)
    (hrisk : expect (coupledLaw D base base)
      (truncatedLoss β (truncationLevel (Fintype.card Y : ℝ) K n) base hat) ≤ τ) :
    rewardError D β base hat p ≤
      Real.sqrt (concentrability D base p) *
        (Real.sqrt τ + tailConstant (Fintype.card Y : ℝ) K / Real.sqrt n) := by
  have hfam := hb.isDistFamily
  have hlaw := coupledLaw_isDist hD hfam hfam
  have hbad := expect_badIndicator_le hD hβ hβ' hb hh htail hn
  obtain ⟨B, hB⟩ : ∃ B : ℝ, B = truncationLevel (Fintype.card Y : ℝ) K n := ⟨_, rfl⟩
  rw [← hB] at hrisk hbad
  obtain ⟨F, hF⟩ : ∃ F : X × Y × Y → ℝ,
      F = fun z => |rewardGap base z - implicitGap β base hat z| := ⟨_, rfl⟩
  obtain ⟨G, hG⟩ : ∃ G : X × Y × Y → ℝ, G = badIndicator β B base hat := ⟨_, rfl⟩
  have hFsq : ∀ z, F z ^ 2 = pairLoss β base hat z := by
    intro z
    rw [hF]
    show |rewardGap base z - implicitGap β base hat z| ^ 2 = pairLoss β base hat z
    rw [sq_abs, pairLoss_eq]
    ring
  have hGcases : ∀ z, G z = 0 ∨ G z = 1 := by
    intro z
    rw [hG]
    rcases badIndicator_cases β B base hat z with ⟨h0, _⟩ | ⟨h1, _⟩
    · exact Or.inl h0
    · exact Or.inr h1
  -- the good pairs
  have hgood : coupledExpectation D p base (fun x y y' => F (x, y, y') * (1 - G (x, y, y'))) ≤
      Real.sqrt (concentrability D base p) * Real.sqrt τ := by
    have hcs : coupledExpectation D p base (fun x y y' => F (x, y, y') * (1 - G (x, y, y'))) ≤
        Real.sqrt (concentrability D base p) * Real.sqrt (coupledExpectation D base base
          (fun x y y' => (F (x, y, y') * (1 - G (x, y, y'))) ^ 2)) :=
      coupledExpectation_le_sqrt hD.1 hb fun x y y' => F (x, y, y') * (1 - G (x, y, y'))
    have hmoment : coupledExpectation D base base
          (fun x y y' => (F (x, y, y') * (1 - G (x, y, y'))) ^ 2) =
        expect (coupledLaw D base base) (truncatedLoss β B base hat) := by
      have htriple : coupledExpectation D base base
            (fun x y y' => (F (x, y, y') * (1 - G (x, y, y'))) ^ 2) =
          expect (coupledLaw D base base) (fun z => (F z * (1 - G z)) ^ 2) :=
        coupledExpectation_triple D base base fun z => (F z * (1 - G z)) ^ 2
      have hpoint : ∀ z, (F z * (1 - G z)) ^ 2 = truncatedLoss β B base hat z := by
        intro z
        have hone : (1 - G z) ^ 2 = 1 - G z := by
          rcases hGcases z with h | h
          · rw [h, sub_zero, one_pow]
          · rw [h, sub_self, zero_pow two_ne_zero]
        unfold truncatedLoss
        rw [mul_pow, hone, hFsq z, hG]
      rw [htriple]
      exact expect_congr hpoint
    rw [hmoment] at hcs
    exact le_trans hcs
      (mul_le_mul_of_nonneg_left (Real.sqrt_le_sqrt hrisk) (Real.sqrt_nonneg _))
  -- the bad pairs
  have hoff : coupledExpectation D p base (fun x y y' => F (x, y, y') * G (x, y, y')) ≤
      Real.sqrt (concentrability D base p) *
        (tailConstant (Fintype.card Y : ℝ) K / Real.sqrt n) := by
    have hcs : coupledExpectation D p base (fun x y y' => F (x, y, y') * G (x, y, y')) ≤
        Real.sqrt (concentrability D base p) * Real.sqrt (coupledExpectation D base base
          (fun x y y' => (F (x, y, y') * G (x, y, y')) ^ 2)) :=
      coupledExpectation_le_sqrt hD.1 hb fun x y y' => F (x, y, y') * G (x, y, y')
    have htriple : coupledExpectation D base base
          (fun x y y' => (F (x, y, y') * G (x, y, y')) ^ 2) =
        expect (coupledLaw D base base) (fun z => (F z * G z) ^ 2) :=
      coupledExpectation_triple D base base fun z => (F z * G z) ^ 2
    have hGsq : ∀ z, G z ^ 2 = G z := by
      intro z
      rcases hGcases z with h | h
      · rw [h, zero_pow two_ne_zero]
      · rw [h, one_pow]
    have hpoint : ∀ z, (F z * G z) ^ 2 = F z ^ 2 * G z := by
      intro z
      rw [mul_pow, hGsq z]
    have hopen : expect (coupledLaw D base base) (fun z => (F z * G z) ^ 2) =
        expect (coupledLaw D base base) (fun z => F z ^ 2 * G z) := expect_congr hpoint
    have hsecond : expect (coupledLaw D base base) (fun z => F z ^ 2 * G z) ≤
        Real.sqrt (expect (coupledLaw D base base) fun z => (F z ^ 2) ^ 2) *
          Real.sqrt (expect (coupledLaw D base base) fun z => G z ^ 2) :=
      expect_mul_le_sqrt hlaw.1 (fun z => F z ^ 2) G
    have hmass : expect (coupledLaw D base base) (fun z => G z ^ 2) ≤ 1 / n ^ 2 := by
      have hall : expect (coupledLaw D base base) (fun z => G z ^ 2) =
          expect (coupledLaw D base base) (badIndicator β B base hat) := by
        rw [← hG]
        exact expect_congr hGsq
      rw [hall]
      exact hbad
    have hfourth : expect (coupledLaw D base base) (fun z => (F z ^ 2) ^ 2) ≤
        8 * (2 * fourthMoment (Real.log (Fintype.card Y : ℝ)) +
          fourthMoment (Real.log (2 * K))) := by
      have hle4 : ∀ z, (F z ^ 2) ^ 2 ≤
          8 * (rewardGap base z ^ 4 + implicitGap β base hat z ^ 4) := by
        intro z
        have h := C11_inequality (rewardGap base z) (implicitGap β base hat z)
        have e : (F z ^ 2) ^ 2 = (rewardGap base z - implicitGap β base hat z) ^ 4 := by
          rw [hFsq z, pairLoss_eq]
          ring
        rw [e]
        exact h
      have hmono : expect (coupledLaw D base base) (fun z => (F z ^ 2) ^ 2) ≤
          expect (coupledLaw D base base)
            (fun z => 8 * (rewardGap base z ^ 4 + implicitGap β base hat z ^ 4)) :=
        expect_le_expect hlaw.1 hle4
      have hscale : expect (coupledLaw D base base)
            (fun z => 8 * (rewardGap base z ^ 4 + implicitGap β base hat z ^ 4)) =
          8 * expect (coupledLaw D base base)
            (fun z => rewardGap base z ^ 4 + implicitGap β base hat z ^ 4) :=
        expect_mul_left _ 8 _
      have hsplit : expect (coupledLaw D base base)
            (fun z => rewardGap base z ^ 4 + implicitGap β base hat z ^ 4) =
          expect (coupledLaw D base base) (fun z => rewardGap base z ^ 4) +
            expect (coupledLaw D base base) (fun z => implicitGap β base hat z ^ 4) :=
        expect_add _ _ _
      have hreward := expect_rewardGap_fourth_le hD hb
      have himplicit := expect_implicitGap_fourth_le hD hβ hβ' hb hh htail
      rw [hscale, hsplit] at hmono
      linarith
    have hroot : Real.sqrt (coupledExpectation D base base
          (fun x y y' => (F (x, y, y') * G (x, y, y')) ^ 2)) ≤
        tailConstant (Fintype.card Y : ℝ) K / Real.sqrt n := by
      rw [htriple, hopen, ← sqrt_moment_mul_sqrt_mass (Fintype.card Y : ℝ) K hn]
      refine Real.sqrt_le_sqrt (le_trans hsecond ?_)
      exact mul_le_mul (Real.sqrt_le_sqrt hfourth) (Real.sqrt_le_sqrt hmass)
        (Real.sqrt_nonneg _) (Real.sqrt_nonneg _)
    exact le_trans hcs (mul_le_mul_of_nonneg_left hroot (Real.sqrt_nonneg _))
  have hsplit : rewardError D β base hat p =
      coupledExpectation D p base (fun x y y' => F (x, y, y') * (1 - G (x, y, y'))) +
        coupledExpectation D p base (fun x y y' => F (x, y, y') * G (x, y, y')) := by
    have hwhole : rewardError D β base hat p =
        coupledExpectation D p base (fun x y y' => F (x, y, y')) := by
      rw [hF]
      rfl
    have hopen : coupledExpectation D p base (fun x y y' => F (x, y, y')) =
        coupledExpectation D p base (fun x y y' =>
          F (x, y, y') * (1 - G (x, y, y')) + F (x, y, y') * G (x, y, y')) := by
      refine coupledExpectation_congr fun x y y' => ?_
      show F (x, y, y') = F (x, y, y') * (1 - G (x, y, y')) + F (x, y, y') * G (x, y, y')
      ring
    rw [hwhole, hopen]
    exact coupledExpectation_add D p base (fun x y y' => F (x, y, y') * (1 - G (x, y, y')))
      (fun x y y' => F (x, y, y') * G (x, y, y'))
  rw [hsplit, mul_add]
  exact add_le_add hgood hoff

/-! ### The conclusion of a round -/

/-- **C16**: under a positive margin one choice of responses leads everywhere, and it is the
mode. -/
theorem exists_mode_of_hasMargin {base : X → Y → ℝ} {γ : ℝ} (hγ : 0 < γ) (hb : IsPolicy base)
    (hmargin : HasMargin γ base) :
    ∃ ystar : X → Y,
      (∀ x z, z ≠ ystar x → γ ≤ Real.log (base x (ystar x)) - Real.log (base x z)) ∧
        ∀ x, base x (ystar x) = modeMass base x := by
  have hall : ∀ x, ∃ y, ∀ z, z ≠ y → γ ≤ Real.log (base x y) - Real.log (base x z) := hmargin
  choose ystar hystar using hall
  refine ⟨ystar, hystar, fun x => ?_⟩
  haveI : Nonempty Y := ⟨ystar x⟩
  refine le_antisymm (le_modeMass base x (ystar x)) ?_
  refine ciSup_le fun y => ?_
  by_cases hy : y = ystar x
  · exact le_of_eq (congrArg (base x) hy)
  · have hlead := hystar x y hy
    exact (Real.log_le_log_iff ((hb x).1 y) ((hb x).1 (ystar x))).mp (by linarith)

/-- What a good round from `base` to `next` gives, with `b = (2 ε + β) / (γ c)`: `κ' ≤ 1 + b √κ`,
and `P_x(max_y π'(y|x) ≤ 1/2)` is at most `(2/γ) (2 ε + β) √κ`, as is `P_x(π'(y*(x)|x) ≤ 1/2)` for
the modes `y*` of `base`. -/
def RoundConclusion (D : X → ℝ) (β γ c ε : ℝ) (base next : X → Y → ℝ) : Prop :=
  conditionNumber D next ≤
      1 + (2 * ε + β) / (γ * c) * Real.sqrt (conditionNumber D base) ∧
    ownFailure D next (1 / 2) ≤
      2 / γ * (2 * ε + β) * Real.sqrt (conditionNumber D base) ∧
    ∀ ystar : X → Y, (∀ x, HasMode base x (ystar x)) →
      failure D next ystar (1 / 2) ≤
        2 / γ * (2 * ε + β) * Real.sqrt (conditionNumber D base)

/-- **C18**-**C20**, **C26**, **C27**: a round whose reward errors are at most `√C ε` has the
conclusion above, under A-CONC, A-MARGIN and the weak constant `c`. -/
theorem roundConclusion_of_rewardError_le {D : X → ℝ} (hD : IsDist D) {base next : X → Y → ℝ}
    {β γ c ε : ℝ} (hβ : 0 < β) (hb : IsPolicy base) (hnext : IsPolicy next) (hγ : 0 < γ)
    (hc : 0 < c) (hε : 0 ≤ ε)
    (herror : ∀ p : X → Y → ℝ,
      rewardError D β base next p ≤ Real.sqrt (concentrability D base p) * ε)
    (hconc : concentrability D base next ≤ conditionNumber D base) (hmargin : HasMargin γ base)
    (hmodes : ∀ x, c ≤ modeMass next x) : RoundConclusion D β γ c ε base next := by
  obtain ⟨ystar, hlead, hmode⟩ := exists_mode_of_hasMargin hγ hb hmargin
  haveI : Nonempty X := nonempty_of_isDist hD
  haveI : Nonempty Y := ⟨ystar (Classical.arbitrary X)⟩
  have hκ := one_le_conditionNumber hD hb
  have hκ0 : 0 < conditionNumber D base := lt_of_lt_of_le one_pos hκ
  obtain ⟨s, hs⟩ : ∃ s : ℝ, s = Real.sqrt (conditionNumber D base) := ⟨_, rfl⟩
  have hlog : Real.log (conditionNumber D base) ≤ s := by
    rw [hs]
    exact le_trans (C28_sharp _ hκ0) (C28_strict _ hκ0).le
  -- the gap
  have hgap := gap_decomposition hD.1 hβ hb hnext (pointMass_isDistFamily ystar)
  have hstar := herror (pointMass ystar)
  rw [concentrability_pointMass D hmode, ← hs] at hstar
  have hown : rewardError D β base next next ≤ s * ε := by
    refine le_trans (herror next) ?_
    rw [hs]
    exact mul_le_mul_of_nonneg_right (Real.sqrt_le_sqrt hconc) hε
  have hdiv : β * divergence D (pointMass ystar) base ≤ β * s :=
    mul_le_mul_of_nonneg_left (le_trans (divergence_pointMass_le hD hb hmode) hlog) hβ.le
  have htotal : expectedReward D base (pointMass ystar) - expectedReward D base next ≤
      (2 * ε + β) * s := by linarith
  -- the mass that is missed
  have hmiss := missing_mass_le_gap (base := base) (ystar := ystar) hD hnext hγ hlead
  rw [← expectedReward_pointMass D base ystar] at hmiss
  have hmass : expect D (fun x => 1 - next x (ystar x)) ≤ (2 * ε + β) * s / γ :=
    le_trans hmiss (div_le_div_of_nonneg_right htotal hγ.le)
  have hone : ∀ x, next x (ystar x) ≤ 1 := fun x => le_one_of_isDist (hnext.isDist x) (ystar x)
  have hhalf : (1 : ℝ) - 1 / 2 = 1 / 2 := by norm_num
  have hmarkov : failure D next ystar (1 - 1 / 2) ≤
      expect D (fun x => 1 - next x (ystar x)) / (1 / 2) :=
    failure_le_missing_mass hD one_half_pos hone
  rw [hhalf] at hmarkov
  have hfail : failure D next ystar (1 / 2) ≤ 2 / γ * (2 * ε + β) * s := by
    have hquot : expect D (fun x => 1 - next x (ystar x)) / (1 / 2) ≤
        (2 * ε + β) * s / γ / (1 / 2) := div_le_div_of_nonneg_right hmass (by norm_num)
    calc failure D next ystar (1 / 2) ≤ expect D (fun x => 1 - next x (ystar x)) / (1 / 2) :=
          hmarkov
      _ ≤ (2 * ε + β) * s / γ / (1 / 2) := hquot
      _ = 2 / γ * (2 * ε + β) * s := by ring
  unfold RoundConclusion
  rw [← hs]
  refine ⟨?_, le_trans (ownFailure_le_failure hD ystar (1 / 2)) hfail, fun zstar hzstar => ?_⟩
  · have hdirect := conditionNumber_le_one_add hD hnext hc hmodes
    have hprompt : ∀ x, 1 - modeMass next x ≤ 1 - next x (ystar x) := by
      intro x
      have hle := le_modeMass next x (ystar x)
      linarith
    have hmean : expect D (fun x => 1 - modeMass next x) ≤ (2 * ε + β) * s / γ :=
      le_trans (expect_le_expect hD.1 hprompt) hmass
    have hquot : expect D (fun x => 1 - modeMass next x) / c ≤ (2 * ε + β) * s / γ / c :=
      div_le_div_of_nonneg_right hmean hc.le
    have hform : (2 * ε + β) * s / γ / c = (2 * ε + β) / (γ * c) * s := by
      rw [div_div, div_mul_eq_mul_div]
    rw [hform] at hquot
    linarith
  · have hsame : zstar = ystar := by
      funext x
      by_contra hne
      have hlt := hzstar x (ystar x) (Ne.symm hne)
      rw [hmode x] at hlt
      exact absurd (le_modeMass base x (zstar x)) (not_le.mpr hlt)
    rw [hsame]
    exact hfail

/-- **C18**: a round that meets its assumptions and not its conclusion has truncated risk above `τ`,
for every `τ` with `√τ + V_4 / √n ≤ ε`. -/
theorem lt_truncatedRisk [Nonempty Y] {I : Type*} {D : X → ℝ} (hD : IsDist D) {β : ℝ} (hβ : 0 < β)
    (hβ' : β ≤ 1) {pol : I → X → Y → ℝ} {base next : X → Y → ℝ} (hb : IsPolicy base)
    (hnext : IsPolicy next) {γ c K ε τ n : ℝ} (hγ : 0 < γ) (hc : 0 < c) (hε : 0 ≤ ε) (hn : 0 < n)
    (hlevel : Real.sqrt τ + tailConstant (Fintype.card Y : ℝ) K / Real.sqrt n ≤ ε)
    (hass : RoundAssumptions D β pol γ c K base next)
    (hnot : ¬ RoundConclusion D β γ c ε base next) :
    τ < expect (pairLaw D base)
      (truncatedLoss β (truncationLevel (Fintype.card Y : ℝ) K n) base next) := by
  by_contra hle
  have hsmall : expect (coupledLaw D base base)
      (truncatedLoss β (truncationLevel (Fintype.card Y : ℝ) K n) base next) ≤ τ := not_lt.mp hle
  refine hnot (roundConclusion_of_rewardError_le hD hβ hb hnext hγ hc hε ?_ hass.concentrated
    hass.margin hass.modes)
  intro p
  exact le_trans (rewardError_le hD hβ.le hβ' hb hnext hass.tail hn hsmall)
    (mul_le_mul_of_nonneg_left hlevel (Real.sqrt_nonneg _))

end SRVerify
