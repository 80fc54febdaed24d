import SRVerify.Finite.IndependentDraws
import SRVerify.Scalar.OneRound
import SRVerify.Scalar.OneStep

/-!
# Tails of the rewards (appendix C.2)

Exponential and fourth moments of the reward difference and of the implicit reward difference of a
pair, the latter under A-TAIL, and the mass of the pairs where either of them exceeds the truncation
level.

## Main definitions

* `rewardGap`, `implicitGap`: `Δ^r` and `Δ^r̂` of a triple `(x, y, y')`.
* `badIndicator`: `1` where `|Δ^r| > B` or `|Δ^r̂| > B`.

## Main results

* `expect_fourth_power_le`: `E e^u ≤ m` gives `E u⁴ ≤ M4(log m)`.
* `one_le_tail`: the constant of A-TAIL is at least one.
* `expect_exp_abs_rewardGap_le`, `expect_exp_abs_implicitGap_le`: `E e^|Δ^r| ≤ 2N` and
  `E e^|Δ^r̂| ≤ 2K`.
* `expect_rewardGap_fourth_le`, `expect_implicitGap_fourth_le`: the fourth moments.
* `expect_badIndicator_le`: the bad pairs have mass at most `1/n²`.
-/

open scoped BigOperators

namespace SRVerify

/-! ### Fourth moments from exponential ones -/

/-- **C12**: `M4(l) ≥ l⁴` for `l ≥ 0`. -/
theorem pow_four_le_fourthMoment {l : ℝ} (hl : 0 ≤ l) : 0 ≤ fourthMoment l - l ^ 4 := by
  have h2 := pow_nonneg hl 2
  have h3 := pow_nonneg hl 3
  unfold fourthMoment
  linarith

/-- **C12**: `w ≤ e^w`, `w² ≤ 2 e^w`, `w³ ≤ 6 e^w` and `w⁴ ≤ 24 e^w` for `w ≥ 0`. -/
theorem pow_le_factorial_mul_exp {w : ℝ} (hw : 0 ≤ w) :
    w ≤ Real.exp w ∧ w ^ 2 ≤ 2 * Real.exp w ∧ w ^ 3 ≤ 6 * Real.exp w ∧
      w ^ 4 ≤ 24 * Real.exp w := by
  have f2 : ((Nat.factorial 2 : ℕ) : ℝ) = 2 := by norm_num [Nat.factorial]
  have f3 : ((Nat.factorial 3 : ℕ) : ℝ) = 6 := by norm_num [Nat.factorial]
  have f4 : ((Nat.factorial 4 : ℕ) : ℝ) = 24 := by norm_num [Nat.factorial]
  have h1 := Real.add_one_le_exp w
  have h2 : w ^ 2 / ((Nat.factorial 2 : ℕ) : ℝ) ≤ Real.exp w :=
    Real.pow_div_factorial_le_exp (x := w) hw 2
  have h3 : w ^ 3 / ((Nat.factorial 3 : ℕ) : ℝ) ≤ Real.exp w :=
    Real.pow_div_factorial_le_exp (x := w) hw 3
  have h4 : w ^ 4 / ((Nat.factorial 4 : ℕ) : ℝ) ≤ Real.exp w :=
    Real.pow_div_factorial_le_exp (x := w) hw 4
  rw [f2, div_le_iff₀ (by norm_num)] at h2
  rw [f3, div_le_iff₀ (by norm_num)] at h3
  rw [f4, div_le_iff₀ (by norm_num)] at h4
  exact ⟨by linarith, by linarith, by linarith, by linarith⟩

/-- **C12**: `u⁴ ≤ l⁴ + (M4(l) - l⁴) e^{u - l}` for `l, u ≥ 0`. -/
theorem pow_four_le_exp {l u : ℝ} (hl : 0 ≤ l) (hu : 0 ≤ u) :
    u ^ 4 ≤ l ^ 4 + (fourthMoment l - l ^ 4) * Real.exp (u - l) := by
  rcases le_total u l with h | h
  · have hpow := pow_le_pow_left₀ hu h 4
    have hrest := mul_nonneg (pow_four_le_fourthMoment hl) (Real.exp_pos (u - l)).le
    linarith
  · obtain ⟨w, hw⟩ : ∃ w : ℝ, w = u - l := ⟨_, rfl⟩
    have hw0 : 0 ≤ w := by linarith
    have hsum : u = l + w := by linarith
    obtain ⟨p1, p2, p3, p4⟩ := pow_le_factorial_mul_exp hw0
    obtain ⟨e, he⟩ : ∃ e : ℝ, e = Real.exp w := ⟨_, rfl⟩
    rw [← he] at p1 p2 p3 p4
    rw [← hw, ← he, hsum]
    have a1 := mul_le_mul_of_nonneg_left p1 (pow_nonneg hl 3)
    have a2 := mul_le_mul_of_nonneg_left p2 (pow_nonneg hl 2)
    have a3 := mul_le_mul_of_nonneg_left p3 hl
    have hleft : (l + w) ^ 4 =
        l ^ 4 + 4 * (l ^ 3 * w) + 6 * (l ^ 2 * w ^ 2) + 4 * (l * w ^ 3) + w ^ 4 := by ring
    have hright : (fourthMoment l - l ^ 4) * e =
        4 * (l ^ 3 * e) + 6 * (l ^ 2 * (2 * e)) + 4 * (l * (6 * e)) + 24 * e := by
      unfold fourthMoment
      ring
    rw [hleft, hright]
    linarith

variable {X Y A : Type*} [Fintype X] [Fintype Y] [Fintype A]

/-- **C12**: `u ≥ 0` and `E e^u ≤ m` give `E u⁴ ≤ M4(log m)`. -/
theorem expect_fourth_power_le {p u : A → ℝ} {m : ℝ} (hp : IsDist p) (hm : 1 ≤ m)
    (hu : ∀ a, 0 ≤ u a) (h : expect p (fun a => Real.exp (u a)) ≤ m) :
    expect p (fun a => u a ^ 4) ≤ fourthMoment (Real.log m) := by
  have hm0 : 0 < m := by linarith
  have hl : 0 ≤ Real.log m := Real.log_nonneg hm
  obtain ⟨c, hc⟩ : ∃ c : ℝ, c = fourthMoment (Real.log m) - Real.log m ^ 4 := ⟨_, rfl⟩
  have hc0 : 0 ≤ c := by
    rw [hc]
    exact pow_four_le_fourthMoment hl
  have hpoint : ∀ a, u a ^ 4 ≤ Real.log m ^ 4 + c / m * Real.exp (u a) := by
    intro a
    have hexp : Real.exp (u a - Real.log m) = Real.exp (u a) / m := by
      rw [Real.exp_sub, Real.exp_log hm0]
    have hle := pow_four_le_exp hl (hu a)
    rw [hexp, ← hc] at hle
    have hring : c * (Real.exp (u a) / m) = c / m * Real.exp (u a) := by ring
    linarith
  have hmean : expect p (fun a => Real.log m ^ 4 + c / m * Real.exp (u a)) =
      Real.log m ^ 4 + c / m * expect p (fun a => Real.exp (u a)) := by
    rw [expect_add p (fun _ => Real.log m ^ 4) (fun a => c / m * Real.exp (u a)),
      expect_const hp (Real.log m ^ 4), expect_mul_left p (c / m) (fun a => Real.exp (u a))]
  have hscaled : c / m * expect p (fun a => Real.exp (u a)) ≤ c / m * m :=
    mul_le_mul_of_nonneg_left h (div_nonneg hc0 hm0.le)
  have hcancel : c / m * m = c := div_mul_cancel₀ c hm0.ne'
  have hle : expect p (fun a => u a ^ 4) ≤
      expect p (fun a => Real.log m ^ 4 + c / m * Real.exp (u a)) := expect_le_expect hp.1 hpoint
  rw [hmean] at hle
  linarith

/-! ### Reward differences -/

/-- `Δ^r = log π_0(y|x) - log π_0(y'|x)`, the self-reward difference of a triple. -/
noncomputable def rewardGap (base : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  Real.log (base z.1 z.2.1) - Real.log (base z.1 z.2.2)

/-- `Δ^r̂ = β log(π̂/π_0)(y|x) - β log(π̂/π_0)(y'|x)`, the implicit reward difference. -/
noncomputable def implicitGap (β : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  β * Real.log (hat z.1 z.2.1 / base z.1 z.2.1) - β * Real.log (hat z.1 z.2.2 / base z.1 z.2.2)

/-- **S04**, (3): the loss is `(Δ^r̂ - Δ^r)²`. -/
theorem pairLoss_eq (β : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    pairLoss β base hat z = (implicitGap β base hat z - rewardGap base z) ^ 2 := rfl

/-- **C12**: `e^|log p - log q| ≤ 1/p + 1/q` for probabilities `p`, `q`. -/
theorem exp_abs_log_sub_le {p q : ℝ} (hp : 0 < p) (hp' : p ≤ 1) (hq : 0 < q) (hq' : q ≤ 1) :
    Real.exp |Real.log p - Real.log q| ≤ 1 / p + 1 / q := by
  have ip : 0 < 1 / p := one_div_pos.mpr hp
  have iq : 0 < 1 / q := one_div_pos.mpr hq
  rcases le_total (Real.log p) (Real.log q) with h | h
  · have habs : |Real.log p - Real.log q| = Real.log q - Real.log p := by
      rw [abs_of_nonpos (sub_nonpos.mpr h), neg_sub]
    have hle : q / p ≤ 1 / p := div_le_div_of_nonneg_right hq' hp.le
    rw [habs, Real.exp_sub, Real.exp_log hq, Real.exp_log hp]
    linarith
  · have habs : |Real.log p - Real.log q| = Real.log p - Real.log q :=
      abs_of_nonneg (sub_nonneg.mpr h)
    have hle : p / q ≤ 1 / q := div_le_div_of_nonneg_right hp' hq.le
    rw [habs, Real.exp_sub, Real.exp_log hp, Real.exp_log hq]
    linarith

/-- **C12**: `E_q[1/q] = N`. -/
theorem expect_one_div_self {q : Y → ℝ} (hq : ∀ y, 0 < q y) :
    expect q (fun y => 1 / q y) = Fintype.card Y := by
  show ∑ y, q y * (1 / q y) = (Fintype.card Y : ℝ)
  rw [Finset.sum_congr rfl fun y _ => mul_one_div_cancel (hq y).ne', Finset.sum_const,
    Finset.card_univ, nsmul_eq_mul, mul_one]

/-- **C12**: `E e^|Δ^r| ≤ 2N`. -/
theorem expect_exp_abs_rewardGap_le {D : X → ℝ} (hD : IsDist D) {base : X → Y → ℝ}
    (hb : IsPolicy base) :
    expect (coupledLaw D base base) (fun z => Real.exp |rewardGap base z|) ≤
      2 * (Fintype.card Y : ℝ) := by
  have hfam := hb.isDistFamily
  have hpoint : ∀ z : X × Y × Y, Real.exp |rewardGap base z| ≤
      1 / base z.1 z.2.1 + 1 / base z.1 z.2.2 := fun z =>
    exp_abs_log_sub_le ((hb z.1).1 z.2.1) (le_one_of_isDist (hb.isDist z.1) z.2.1)
      ((hb z.1).1 z.2.2) (le_one_of_isDist (hb.isDist z.1) z.2.2)
  have hside : expect D (fun x => expect (base x) (fun y => 1 / base x y)) =
      (Fintype.card Y : ℝ) := by
    have hinner : ∀ x, expect (base x) (fun y => 1 / base x y) = (Fintype.card Y : ℝ) := fun x =>
      expect_one_div_self (hb x).1
    have hall : expect D (fun x => expect (base x) (fun y => 1 / base x y)) =
        expect D (fun _ => (Fintype.card Y : ℝ)) := expect_congr hinner
    rw [hall]
    exact expect_const hD _
  have hfst : expect (coupledLaw D base base) (fun z => 1 / base z.1 z.2.1) =
      expect D (fun x => expect (base x) (fun y => 1 / base x y)) :=
    expect_coupledLaw_fst D base hfam fun x y => 1 / base x y
  have hsnd : expect (coupledLaw D base base) (fun z => 1 / base z.1 z.2.2) =
      expect D (fun x => expect (base x) (fun y => 1 / base x y)) :=
    expect_coupledLaw_snd D hfam base fun x y => 1 / base x y
  have hsplit : expect (coupledLaw D base base)
        (fun z => 1 / base z.1 z.2.1 + 1 / base z.1 z.2.2) =
      expect (coupledLaw D base base) (fun z => 1 / base z.1 z.2.1) +
        expect (coupledLaw D base base) (fun z => 1 / base z.1 z.2.2) :=
    expect_add _ _ _
  have hle : expect (coupledLaw D base base) (fun z => Real.exp |rewardGap base z|) ≤
      expect (coupledLaw D base base) (fun z => 1 / base z.1 z.2.1 + 1 / base z.1 z.2.2) :=
    expect_le_expect (coupledLaw_isDist hD hfam hfam).1 hpoint
  rw [hsplit, hfst, hsnd, hside] at hle
  linarith

/-- **C12**: `E (Δ^r)⁴ ≤ 2 M4(log N)`. -/
theorem expect_rewardGap_fourth_le [Nonempty Y] {D : X → ℝ} (hD : IsDist D) {base : X → Y → ℝ}
    (hb : IsPolicy base) :
    expect (coupledLaw D base base) (fun z => rewardGap base z ^ 4) ≤
      2 * fourthMoment (Real.log (Fintype.card Y : ℝ)) := by
  have hfam := hb.isDistFamily
  have hneg : ∀ x y, 0 ≤ -Real.log (base x y) := fun x y =>
    neg_nonneg.mpr (Real.log_nonpos ((hb x).1 y).le (le_one_of_isDist (hb.isDist x) y))
  have hcard : 0 < Fintype.card Y := Fintype.card_pos
  have hN : (1 : ℝ) ≤ (Fintype.card Y : ℝ) := Nat.one_le_cast.mpr hcard
  have hpoint : ∀ z : X × Y × Y, rewardGap base z ^ 4 ≤
      (-Real.log (base z.1 z.2.1)) ^ 4 + (-Real.log (base z.1 z.2.2)) ^ 4 := by
    intro z
    have h := C18_reward_difference _ _ (hneg z.1 z.2.1) (hneg z.1 z.2.2)
    have e : rewardGap base z ^ 4 =
        (-Real.log (base z.1 z.2.1) - -Real.log (base z.1 z.2.2)) ^ 4 := by
      unfold rewardGap
      ring
    rw [e]
    exact h
  have hinner : ∀ x, expect (base x) (fun y => (-Real.log (base x y)) ^ 4) ≤
      fourthMoment (Real.log (Fintype.card Y : ℝ)) := by
    intro x
    have hexp : expect (base x) (fun y => Real.exp (-Real.log (base x y))) =
        (Fintype.card Y : ℝ) := by
      have hinv : ∀ y, Real.exp (-Real.log (base x y)) = 1 / base x y := fun y => by
        rw [Real.exp_neg, Real.exp_log ((hb x).1 y), one_div]
      have hall : expect (base x) (fun y => Real.exp (-Real.log (base x y))) =
          expect (base x) (fun y => 1 / base x y) := expect_congr hinv
      rw [hall]
      exact expect_one_div_self (hb x).1
    exact expect_fourth_power_le (hb.isDist x) hN (hneg x) hexp.le
  have hside : expect D (fun x => expect (base x) (fun y => (-Real.log (base x y)) ^ 4)) ≤
      fourthMoment (Real.log (Fintype.card Y : ℝ)) := by
    calc expect D (fun x => expect (base x) (fun y => (-Real.log (base x y)) ^ 4)) ≤
          expect D (fun _ => fourthMoment (Real.log (Fintype.card Y : ℝ))) :=
          expect_le_expect hD.1 hinner
      _ = fourthMoment (Real.log (Fintype.card Y : ℝ)) := expect_const hD _
  have hfst : expect (coupledLaw D base base) (fun z => (-Real.log (base z.1 z.2.1)) ^ 4) =
      expect D (fun x => expect (base x) (fun y => (-Real.log (base x y)) ^ 4)) :=
    expect_coupledLaw_fst D base hfam fun x y => (-Real.log (base x y)) ^ 4
  have hsnd : expect (coupledLaw D base base) (fun z => (-Real.log (base z.1 z.2.2)) ^ 4) =
      expect D (fun x => expect (base x) (fun y => (-Real.log (base x y)) ^ 4)) :=
    expect_coupledLaw_snd D hfam base fun x y => (-Real.log (base x y)) ^ 4
  have hsplit : expect (coupledLaw D base base)
        (fun z => (-Real.log (base z.1 z.2.1)) ^ 4 + (-Real.log (base z.1 z.2.2)) ^ 4) =
      expect (coupledLaw D base base) (fun z => (-Real.log (base z.1 z.2.1)) ^ 4) +
        expect (coupledLaw D base base) (fun z => (-Real.log (base z.1 z.2.2)) ^ 4) :=
    expect_add _ _ _
  have hle : expect (coupledLaw D base base) (fun z => rewardGap base z ^ 4) ≤
      expect (coupledLaw D base base)
        (fun z => (-Real.log (base z.1 z.2.1)) ^ 4 + (-Real.log (base z.1 z.2.2)) ^ 4) :=
    expect_le_expect (coupledLaw_isDist hD hfam hfam).1 hpoint
  rw [hsplit, hfst, hsnd] at hle
  linarith

/-! ### The implicit reward -/

/-- **C12**: `E_q e^{β log(p/q)} ≤ 1` for `β ≤ 1`. -/
theorem expect_exp_implicit_le_one {q p : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y)
    (hqsum : ∑ y, q y = 1) (hp : ∀ y, 0 < p y) (hpsum : ∑ y, p y = 1) (hβ : 0 ≤ β) (hβ' : β ≤ 1) :
    expect q (fun y => Real.exp (β * Real.log (p y / q y))) ≤ 1 := by
  have hpoint : ∀ y, q y * Real.exp (β * Real.log (p y / q y)) ≤ q y + β * (p y - q y) := by
    intro y
    have h := C12_implicit_moment β (Real.log (p y / q y)) hβ hβ'
    rw [Real.exp_log (div_pos (hp y) (hq y))] at h
    have hmul := mul_le_mul_of_nonneg_left h (hq y).le
    have hcancel : q y * (p y / q y) = p y := mul_div_of_ne (hq y).ne' (p y)
    have hopen : q y * (1 + β * (p y / q y - 1)) = q y + β * (p y - q y) := by
      linear_combination β * hcancel
    rw [hopen] at hmul
    exact hmul
  have hle : ∑ y, q y * Real.exp (β * Real.log (p y / q y)) ≤ ∑ y, (q y + β * (p y - q y)) :=
    Finset.sum_le_sum fun y _ => hpoint y
  have hsum : ∑ y, (q y + β * (p y - q y)) = 1 := by
    rw [Finset.sum_add_distrib, ← Finset.mul_sum, Finset.sum_sub_distrib, hqsum, hpsum, sub_self,
      mul_zero, add_zero]
  rw [hsum] at hle
  exact hle

/-- **C12**: `(q/p)^β = e^{-β log(p/q)}`. -/
theorem rpow_div_eq_exp_neg {q p β : ℝ} (hq : 0 < q) (hp : 0 < p) :
    (q / p) ^ β = Real.exp (-(β * Real.log (p / q))) := by
  have e : Real.log (q / p) * β = -(β * Real.log (p / q)) := by
    rw [Real.log_div hq.ne' hp.ne', Real.log_div hp.ne' hq.ne']
    ring
  rw [Real.rpow_def_of_pos (div_pos hq hp), e]

/-- **C12**: the constant of A-TAIL is `E_x E_{π_0} e^{-r̂}`. -/
theorem tail_eq_expect_exp {D : X → ℝ} {base hat : X → Y → ℝ} {β : ℝ} (hb : IsPolicy base)
    (hh : IsPolicy hat) :
    (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) =
      expect D fun x => expect (base x) fun y =>
        Real.exp (-(β * Real.log (hat x y / base x y))) := by
  refine expect_congr fun x => ?_
  refine expect_congr fun y => ?_
  exact rpow_div_eq_exp_neg ((hb x).1 y) ((hh x).1 y)

/-- **C12**: the constant of A-TAIL is at least one. -/
theorem one_le_tail {D : X → ℝ} (hD : IsDist D) {base hat : X → Y → ℝ} {β K : ℝ} (hβ : 0 ≤ β)
    (hβ' : β ≤ 1) (hb : IsPolicy base) (hh : IsPolicy hat)
    (htail : (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) ≤ K) :
    1 ≤ K := by
  rw [tail_eq_expect_exp hb hh] at htail
  have hinner : ∀ x, (1 : ℝ) ≤
      expect (base x) (fun y => Real.exp (-(β * Real.log (hat x y / base x y)))) := by
    intro x
    have hup := expect_exp_implicit_le_one (hb x).1 (hb x).2 (hh x).1 (hh x).2 hβ hβ'
    have hpoint : ∀ y, (2 : ℝ) ≤ Real.exp (β * Real.log (hat x y / base x y)) +
        Real.exp (-(β * Real.log (hat x y / base x y))) := by
      intro y
      have h1 := Real.add_one_le_exp (β * Real.log (hat x y / base x y))
      have h2 := Real.add_one_le_exp (-(β * Real.log (hat x y / base x y)))
      linarith
    have hdist := hb.isDist x
    have hle : expect (base x) (fun _ => (2 : ℝ)) ≤
        expect (base x) (fun y => Real.exp (β * Real.log (hat x y / base x y)) +
          Real.exp (-(β * Real.log (hat x y / base x y)))) := expect_le_expect hdist.1 hpoint
    have hsplit : expect (base x) (fun y => Real.exp (β * Real.log (hat x y / base x y)) +
          Real.exp (-(β * Real.log (hat x y / base x y)))) =
        expect (base x) (fun y => Real.exp (β * Real.log (hat x y / base x y))) +
          expect (base x) (fun y => Real.exp (-(β * Real.log (hat x y / base x y)))) :=
      expect_add _ _ _
    rw [expect_const hdist (2 : ℝ), hsplit] at hle
    linarith
  calc (1 : ℝ) = expect D (fun _ => (1 : ℝ)) := (expect_const hD 1).symm
    _ ≤ expect D (fun x =>
          expect (base x) (fun y => Real.exp (-(β * Real.log (hat x y / base x y))))) :=
        expect_le_expect hD.1 hinner
    _ ≤ K := htail

/-- **C12**: `E_y E_{y'}[f(y) g(y') + f(y') g(y)] = 2 E f E g`. -/
theorem expect_expect_symmetric (p f g : Y → ℝ) :
    expect p (fun y => expect p (fun y' => f y * g y' + f y' * g y)) =
      2 * (expect p f * expect p g) := by
  have hfirst : ∀ y, expect p (fun y' => f y * g y') = f y * expect p g := fun y =>
    expect_mul_left p (f y) g
  have hsecond : ∀ y, expect p (fun y' => f y' * g y) = g y * expect p f := by
    intro y
    have hswap : expect p (fun y' => f y' * g y) = expect p (fun y' => g y * f y') :=
      expect_congr fun y' => mul_comm (f y') (g y)
    rw [hswap]
    exact expect_mul_left p (g y) f
  have hinner : ∀ y, expect p (fun y' => f y * g y' + f y' * g y) =
      expect p g * f y + expect p f * g y := by
    intro y
    have hsplit : expect p (fun y' => f y * g y' + f y' * g y) =
        expect p (fun y' => f y * g y') + expect p (fun y' => f y' * g y) := expect_add _ _ _
    rw [hsplit, hfirst y, hsecond y, mul_comm (f y), mul_comm (g y)]
  have houter : expect p (fun y => expect p (fun y' => f y * g y' + f y' * g y)) =
      expect p (fun y => expect p g * f y + expect p f * g y) := expect_congr hinner
  have hsplit : expect p (fun y => expect p g * f y + expect p f * g y) =
      expect p (fun y => expect p g * f y) + expect p (fun y => expect p f * g y) :=
    expect_add _ _ _
  have hleft : expect p (fun y => expect p g * f y) = expect p g * expect p f :=
    expect_mul_left p (expect p g) f
  have hright : expect p (fun y => expect p f * g y) = expect p f * expect p g :=
    expect_mul_left p (expect p f) g
  rw [houter, hsplit, hleft, hright]
  ring

/-- **C12**: `e^|a - b| ≤ e^a e^{-b} + e^b e^{-a}`. -/
theorem exp_abs_sub_le (a b : ℝ) :
    Real.exp |a - b| ≤ Real.exp a * Real.exp (-b) + Real.exp b * Real.exp (-a) := by
  have ha : Real.exp a * Real.exp (-b) = Real.exp (a - b) := by
    rw [← Real.exp_add, ← sub_eq_add_neg]
  have hb : Real.exp b * Real.exp (-a) = Real.exp (b - a) := by
    rw [← Real.exp_add, ← sub_eq_add_neg]
  have pa := Real.exp_pos (a - b)
  have pb := Real.exp_pos (b - a)
  rw [ha, hb]
  rcases le_total a b with h | h
  · rw [abs_of_nonpos (sub_nonpos.mpr h), neg_sub]
    linarith
  · rw [abs_of_nonneg (sub_nonneg.mpr h)]
    linarith

/-- **C12**: `E e^|Δ^r̂| ≤ 2K` under A-TAIL. -/
theorem expect_exp_abs_implicitGap_le {D : X → ℝ} (hD : IsDist D) {base hat : X → Y → ℝ}
    {β K : ℝ} (hβ : 0 ≤ β) (hβ' : β ≤ 1) (hb : IsPolicy base) (hh : IsPolicy hat)
    (htail : (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) ≤ K) :
    expect (coupledLaw D base base) (fun z => Real.exp |implicitGap β base hat z|) ≤ 2 * K := by
  rw [tail_eq_expect_exp hb hh] at htail
  have hfam := hb.isDistFamily
  obtain ⟨r, hr⟩ : ∃ r : X → Y → ℝ, r = fun x y => β * Real.log (hat x y / base x y) := ⟨_, rfl⟩
  have hrw : ∀ x y, r x y = β * Real.log (hat x y / base x y) := fun x y => by rw [hr]
  have hpoint : ∀ z : X × Y × Y, Real.exp |implicitGap β base hat z| ≤
      Real.exp (r z.1 z.2.1) * Real.exp (-r z.1 z.2.2) +
        Real.exp (r z.1 z.2.2) * Real.exp (-r z.1 z.2.1) := by
    intro z
    rw [hrw z.1 z.2.1, hrw z.1 z.2.2]
    unfold implicitGap
    exact exp_abs_sub_le _ _
  have hle : expect (coupledLaw D base base) (fun z => Real.exp |implicitGap β base hat z|) ≤
      expect (coupledLaw D base base) (fun z => Real.exp (r z.1 z.2.1) * Real.exp (-r z.1 z.2.2) +
        Real.exp (r z.1 z.2.2) * Real.exp (-r z.1 z.2.1)) :=
    expect_le_expect (coupledLaw_isDist hD hfam hfam).1 hpoint
  have hiterated : expect (coupledLaw D base base)
        (fun z => Real.exp (r z.1 z.2.1) * Real.exp (-r z.1 z.2.2) +
          Real.exp (r z.1 z.2.2) * Real.exp (-r z.1 z.2.1)) =
      expect D (fun x => expect (base x) (fun y => expect (base x) (fun y' =>
        Real.exp (r x y) * Real.exp (-r x y') + Real.exp (r x y') * Real.exp (-r x y)))) :=
    expect_coupledLaw D base base fun x y y' =>
      Real.exp (r x y) * Real.exp (-r x y') + Real.exp (r x y') * Real.exp (-r x y)
  have hinner : ∀ x, expect (base x) (fun y => expect (base x) (fun y' =>
        Real.exp (r x y) * Real.exp (-r x y') + Real.exp (r x y') * Real.exp (-r x y))) ≤
      2 * expect (base x) (fun y => Real.exp (-r x y)) := by
    intro x
    have hsym : expect (base x) (fun y => expect (base x) (fun y' =>
          Real.exp (r x y) * Real.exp (-r x y') + Real.exp (r x y') * Real.exp (-r x y))) =
        2 * (expect (base x) (fun y => Real.exp (r x y)) *
          expect (base x) (fun y => Real.exp (-r x y))) :=
      expect_expect_symmetric (base x) (fun y => Real.exp (r x y)) (fun y => Real.exp (-r x y))
    have hup : expect (base x) (fun y => Real.exp (r x y)) ≤ 1 := by
      rw [hr]
      exact expect_exp_implicit_le_one (hb x).1 (hb x).2 (hh x).1 (hh x).2 hβ hβ'
    have hdown : 0 ≤ expect (base x) (fun y => Real.exp (-r x y)) :=
      expect_nonneg (fun y => ((hb x).1 y).le) fun y => (Real.exp_pos _).le
    have hmul := mul_le_mul_of_nonneg_right hup hdown
    rw [hsym]
    linarith
  have hsum : expect D (fun x => 2 * expect (base x) (fun y => Real.exp (-r x y))) =
      2 * expect D (fun x => expect (base x) (fun y => Real.exp (-r x y))) :=
    expect_mul_left D 2 _
  have htail' : expect D (fun x => expect (base x) (fun y => Real.exp (-r x y))) ≤ K := by
    rw [hr]
    exact htail
  calc expect (coupledLaw D base base) (fun z => Real.exp |implicitGap β base hat z|) ≤
        expect D (fun x => expect (base x) (fun y => expect (base x) (fun y' =>
          Real.exp (r x y) * Real.exp (-r x y') + Real.exp (r x y') * Real.exp (-r x y)))) := by
        rw [← hiterated]
        exact hle
    _ ≤ expect D (fun x => 2 * expect (base x) (fun y => Real.exp (-r x y))) :=
        expect_le_expect hD.1 hinner
    _ = 2 * expect D (fun x => expect (base x) (fun y => Real.exp (-r x y))) := hsum
    _ ≤ 2 * K := mul_le_mul_of_nonneg_left htail' zero_le_two

/-- **C12**: `E (Δ^r̂)⁴ ≤ M4(log 2K)` under A-TAIL. -/
theorem expect_implicitGap_fourth_le {D : X → ℝ} (hD : IsDist D) {base hat : X → Y → ℝ}
    {β K : ℝ} (hβ : 0 ≤ β) (hβ' : β ≤ 1) (hb : IsPolicy base) (hh : IsPolicy hat)
    (htail : (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) ≤ K) :
    expect (coupledLaw D base base) (fun z => implicitGap β base hat z ^ 4) ≤
      fourthMoment (Real.log (2 * K)) := by
  have hfam := hb.isDistFamily
  have hK := one_le_tail hD hβ hβ' hb hh htail
  have hexp := expect_exp_abs_implicitGap_le hD hβ hβ' hb hh htail
  have hfourth : expect (coupledLaw D base base) (fun z => |implicitGap β base hat z| ^ 4) ≤
      fourthMoment (Real.log (2 * K)) :=
    expect_fourth_power_le (coupledLaw_isDist hD hfam hfam) (by linarith)
      (fun z => abs_nonneg (implicitGap β base hat z)) hexp
  have hpow : ∀ z : X × Y × Y, implicitGap β base hat z ^ 4 = |implicitGap β base hat z| ^ 4 := by
    intro z
    have e : |implicitGap β base hat z| ^ 4 = (|implicitGap β base hat z| ^ 2) ^ 2 := by ring
    rw [e, sq_abs]
    ring
  have hall : expect (coupledLaw D base base) (fun z => implicitGap β base hat z ^ 4) =
      expect (coupledLaw D base base) (fun z => |implicitGap β base hat z| ^ 4) :=
    expect_congr hpow
  rw [hall]
  exact hfourth

/-! ### Truncation -/

/-- `1` where `|Δ^r| > B` or `|Δ^r̂| > B`, else `0`. -/
noncomputable def badIndicator (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) : ℝ :=
  open Classical in if |rewardGap base z| ≤ B ∧ |implicitGap β base hat z| ≤ B then 0 else 1

/-- **C07**: the indicator is zero or one, and zero only where both differences are at most `B`. -/
theorem badIndicator_cases (β B : ℝ) (base hat : X → Y → ℝ) (z : X × Y × Y) :
    (badIndicator β B base hat z = 0 ∧ |rewardGap base z| ≤ B ∧ |implicitGap β base hat z| ≤ B) ∨
      (badIndicator β B base hat z = 1 ∧
        (B < |rewardGap base z| ∨ B < |implicitGap β base hat z|)) := by
  by_cases h : |rewardGap base z| ≤ B ∧ |implicitGap β base hat z| ≤ B
  · refine Or.inl ⟨?_, h⟩
    unfold badIndicator
    exact if_pos h
  · refine Or.inr ⟨?_, ?_⟩
    · unfold badIndicator
      exact if_neg h
    · rcases not_and_or.mp h with h1 | h2
      · exact Or.inl (not_le.mp h1)
      · exact Or.inr (not_le.mp h2)

/-- **C10**, **C12**: at `B = log(2 (N + K) n²)` the bad pairs have mass at most `1/n²`. -/
theorem expect_badIndicator_le {D : X → ℝ} (hD : IsDist D) {base hat : X → Y → ℝ} {β K n : ℝ}
    (hβ : 0 ≤ β) (hβ' : β ≤ 1) (hb : IsPolicy base) (hh : IsPolicy hat)
    (htail : (expect D fun x => expect (base x) fun y => (base x y / hat x y) ^ β) ≤ K)
    (hn : 0 < n) :
    expect (coupledLaw D base base)
        (badIndicator β (truncationLevel (Fintype.card Y : ℝ) K n) base hat) ≤ 1 / n ^ 2 := by
  have hfam := hb.isDistFamily
  have hlaw := coupledLaw_isDist hD hfam hfam
  have hK := one_le_tail hD hβ hβ' hb hh htail
  have hN : (0 : ℝ) ≤ (Fintype.card Y : ℝ) := Nat.cast_nonneg _
  have hNK : 0 < (Fintype.card Y : ℝ) + K := by linarith
  have hn2 : 0 < n ^ 2 := pow_pos hn 2
  obtain ⟨B, hB⟩ : ∃ B : ℝ, B = truncationLevel (Fintype.card Y : ℝ) K n := ⟨_, rfl⟩
  have hlevel : Real.exp (-B) * (2 * ((Fintype.card Y : ℝ) + K)) = 1 / n ^ 2 := by
    have hpos : 0 < 2 * ((Fintype.card Y : ℝ) + K) * n ^ 2 := mul_pos (by linarith) hn2
    have hexp : Real.exp (-B) = (2 * ((Fintype.card Y : ℝ) + K) * n ^ 2)⁻¹ := by
      rw [hB]
      unfold truncationLevel
      rw [Real.exp_neg, Real.exp_log hpos]
    rw [hexp, eq_div_iff hn2.ne', mul_assoc]
    exact inv_mul_cancel₀ hpos.ne'
  have hpoint : ∀ z : X × Y × Y, badIndicator β B base hat z ≤
      Real.exp (-B) * (Real.exp |rewardGap base z| + Real.exp |implicitGap β base hat z|) := by
    intro z
    have p1 := mul_pos (Real.exp_pos (-B)) (Real.exp_pos |rewardGap base z|)
    have p2 := mul_pos (Real.exp_pos (-B)) (Real.exp_pos |implicitGap β base hat z|)
    have hlarge : ∀ t : ℝ, B < t → 1 ≤ Real.exp (-B) * Real.exp t := by
      intro t ht
      rw [← Real.exp_add]
      exact Real.one_le_exp (by linarith)
    rw [mul_add]
    rcases badIndicator_cases β B base hat z with ⟨h0, _⟩ | ⟨h1, h | h⟩
    · rw [h0]
      linarith
    · have hone := hlarge _ h
      rw [h1]
      linarith
    · have hone := hlarge _ h
      rw [h1]
      linarith
  have hle : expect (coupledLaw D base base) (badIndicator β B base hat) ≤
      expect (coupledLaw D base base) (fun z => Real.exp (-B) *
        (Real.exp |rewardGap base z| + Real.exp |implicitGap β base hat z|)) :=
    expect_le_expect hlaw.1 hpoint
  have hscale : expect (coupledLaw D base base) (fun z => Real.exp (-B) *
        (Real.exp |rewardGap base z| + Real.exp |implicitGap β base hat z|)) =
      Real.exp (-B) * expect (coupledLaw D base base)
        (fun z => Real.exp |rewardGap base z| + Real.exp |implicitGap β base hat z|) :=
    expect_mul_left _ (Real.exp (-B)) _
  have hsplit : expect (coupledLaw D base base)
        (fun z => Real.exp |rewardGap base z| + Real.exp |implicitGap β base hat z|) =
      expect (coupledLaw D base base) (fun z => Real.exp |rewardGap base z|) +
        expect (coupledLaw D base base) (fun z => Real.exp |implicitGap β base hat z|) :=
    expect_add _ _ _
  have hreward := expect_exp_abs_rewardGap_le hD hb
  have himplicit := expect_exp_abs_implicitGap_le hD hβ hβ' hb hh htail
  have htotal : expect (coupledLaw D base base) (fun z => Real.exp |rewardGap base z|) +
      expect (coupledLaw D base base) (fun z => Real.exp |implicitGap β base hat z|) ≤
      2 * ((Fintype.card Y : ℝ) + K) := by linarith
  rw [← hB]
  calc expect (coupledLaw D base base) (badIndicator β B base hat) ≤
        Real.exp (-B) * (expect (coupledLaw D base base) (fun z => Real.exp |rewardGap base z|) +
          expect (coupledLaw D base base)
            (fun z => Real.exp |implicitGap β base hat z|)) := by
        rw [← hsplit, ← hscale]
        exact hle
    _ ≤ Real.exp (-B) * (2 * ((Fintype.card Y : ℝ) + K)) :=
        mul_le_mul_of_nonneg_left htotal (Real.exp_pos (-B)).le
    _ = 1 / n ^ 2 := hlevel

end SRVerify
