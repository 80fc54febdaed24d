import SRVerify.Finite.Expectation
import SRVerify.Scalar.Preliminaries

/-!
# The Gibbs update (section 3, S01-S04)

The optimum of the regularised reward is attained only at the Gibbs update, and the square loss (3)
vanishes only there, for every finite set of responses and of prompts.

## Main definitions

* `squareLoss`: `E_{y,z∼q}[(Δ^{β log(p/q)} - Δ^r)²]`, the loss (3) at one prompt.
* `selfUpdate`: one exact round, the Gibbs update of a policy under its own log-probability.
* `populationLoss`: the loss (3) of a policy in a round with the base `base`.

## Main results

* `relativeEntropy_eq_zero_iff`: `KL(p‖q) = 0` only for `p = q`.
* `regularised_reward_gibbsUpdate`, `eq_gibbsUpdate_of_optimal`: the optimum (2) is attained at `p*`
  and nowhere else.
* `reward_identity`: `r = β log(p*/q) + β log Z`, (13).
* `squareLoss_eq_variance`, `squareLoss_eq_zero_iff`: (3) is twice a variance, zero only at `p*`.
* `populationLoss_eq_zero_iff`: the same over prompts.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### Divergence -/

/-- `a - b ≤ a log(a/b)` for `a ≥ 0`, `b > 0`. -/
theorem sub_le_mul_log_div {a b : ℝ} (ha : 0 ≤ a) (hb : 0 < b) : a - b ≤ a * Real.log (a / b) := by
  rcases ha.eq_or_lt with h0 | h0
  · rw [← h0, zero_mul]
    linarith
  · have hmul := mul_le_mul_of_nonneg_left (sub_one_le_mul_log (div_pos h0 hb)) hb.le
    have hcancel : b * (a / b) = a := mul_div_of_ne hb.ne' a
    have hleft : b * (a / b - 1) = a - b := by linear_combination hcancel
    have hright : b * (a / b * Real.log (a / b)) = a * Real.log (a / b) := by
      rw [← mul_assoc, hcancel]
    linarith

/-- Equality in `a - b ≤ a log(a/b)` forces `a = b`. -/
theorem eq_of_mul_log_div_eq {a b : ℝ} (ha : 0 ≤ a) (hb : 0 < b)
    (h : a * Real.log (a / b) = a - b) : a = b := by
  rcases ha.eq_or_lt with h0 | h0
  · rw [← h0, zero_mul] at h
    linarith
  · by_contra hne
    have hratio : a / b ≠ 1 := fun e => hne ((div_eq_one_iff_eq hb.ne').mp e)
    have hmul := mul_lt_mul_of_pos_left (sub_one_lt_mul_log (div_pos h0 hb) hratio) hb
    have hcancel : b * (a / b) = a := mul_div_of_ne hb.ne' a
    have hleft : b * (a / b - 1) = a - b := by linear_combination hcancel
    have hright : b * (a / b * Real.log (a / b)) = a * Real.log (a / b) := by
      rw [← mul_assoc, hcancel]
    linarith

/-- `KL(p‖p) = 0`. -/
theorem relativeEntropy_self {p : Y → ℝ} (hp : ∀ y, 0 < p y) : relativeEntropy p p = 0 := by
  have hterm : ∀ y ∈ Finset.univ, p y * Real.log (p y / p y) = 0 := by
    intro y _
    rw [div_self (hp y).ne', Real.log_one, mul_zero]
  have hsum : ∑ y, p y * Real.log (p y / p y) = 0 := Finset.sum_eq_zero hterm
  exact hsum

/-- **S01**: `KL(p‖q) = 0` only for `p = q`. -/
theorem relativeEntropy_eq_zero_iff {p q : Y → ℝ} (hp : IsDist p) (hq : ∀ y, 0 < q y)
    (hsum : ∑ y, q y = 1) : relativeEntropy p q = 0 ↔ ∀ y, p y = q y := by
  constructor
  · intro h y
    have hterms : ∑ z, (p z * Real.log (p z / q z) - (p z - q z)) = 0 := by
      have hkl : ∑ z, p z * Real.log (p z / q z) = 0 := h
      rw [Finset.sum_sub_distrib, Finset.sum_sub_distrib, hkl, hp.2, hsum]
      norm_num
    have hnonneg : ∀ z ∈ Finset.univ, 0 ≤ p z * Real.log (p z / q z) - (p z - q z) := fun z _ =>
      sub_nonneg.mpr (sub_le_mul_log_div (hp.1 z) (hq z))
    have hzero : p y * Real.log (p y / q y) - (p y - q y) = 0 :=
      (Finset.sum_eq_zero_iff_of_nonneg hnonneg).mp hterms y (Finset.mem_univ y)
    exact eq_of_mul_log_div_eq (hp.1 y) (hq y) (by linarith)
  · intro h
    have e : p = q := funext h
    rw [e]
    exact relativeEntropy_self hq

/-! ### The optimum -/

/-- The normaliser is positive. -/
theorem partitionFunction_pos [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (r : Y → ℝ) (β : ℝ) :
    0 < partitionFunction q r β := by
  unfold partitionFunction
  exact Finset.sum_pos (fun y _ => mul_pos (hq y) (Real.exp_pos _)) Finset.univ_nonempty

/-- The Gibbs update has full support. -/
theorem gibbsUpdate_pos [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (r : Y → ℝ) (β : ℝ) (y : Y) :
    0 < gibbsUpdate q r β y := by
  unfold gibbsUpdate
  exact div_pos (mul_pos (hq y) (Real.exp_pos _)) (partitionFunction_pos hq r β)

/-- **S01**, (2): the Gibbs update attains the value `β log Z`. -/
theorem regularised_reward_gibbsUpdate [Nonempty Y] {q r : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y)
    (hβ : 0 < β) :
    expect (gibbsUpdate q r β) r - β * relativeEntropy (gibbsUpdate q r β) q =
      β * Real.log (partitionFunction q r β) := by
  have hself : relativeEntropy (gibbsUpdate q r β) (gibbsUpdate q r β) = 0 :=
    relativeEntropy_self (gibbsUpdate_pos hq r β)
  rw [gibbs_identity (gibbsUpdate_isDist hq) hq hβ, hself, mul_zero, sub_zero]

/-- **S01**, (2): only the Gibbs update attains the value `β log Z`. -/
theorem eq_gibbsUpdate_of_optimal [Nonempty Y] {p q r : Y → ℝ} {β : ℝ} (hp : IsDist p)
    (hq : ∀ y, 0 < q y) (hβ : 0 < β)
    (hopt : expect p r - β * relativeEntropy p q = β * Real.log (partitionFunction q r β)) (y : Y) :
    p y = gibbsUpdate q r β y := by
  have hidentity := gibbs_identity (r := r) hp hq hβ
  have hscaled : β * relativeEntropy p (gibbsUpdate q r β) = 0 := by linarith
  have hzero : relativeEntropy p (gibbsUpdate q r β) = 0 :=
    (mul_eq_zero.mp hscaled).resolve_left hβ.ne'
  exact (relativeEntropy_eq_zero_iff hp (gibbsUpdate_pos hq r β) (gibbsUpdate_isDist hq).2).mp
    hzero y

/-- **S03**, (13): `r = β log(p*/q) + β log Z`. -/
theorem reward_identity [Nonempty Y] {q r : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y) (hβ : 0 < β)
    (y : Y) :
    r y = β * Real.log (gibbsUpdate q r β y / q y) +
      β * Real.log (partitionFunction q r β) := by
  have hlog : Real.log (gibbsUpdate q r β y / q y) =
      r y / β - Real.log (partitionFunction q r β) :=
    log_gibbs_ratio (hq y) (partitionFunction_pos hq r β)
  have hcancel : β * (r y / β) = r y := mul_div_of_ne hβ.ne' (r y)
  rw [hlog]
  linear_combination -hcancel

/-! ### The square loss -/

/-- `E_{y,z∼q}[((β log(p(y)/q(y)) - β log(p(z)/q(z))) - (r(y) - r(z)))²]`, the loss (3) of `p` at
one prompt with base `q` and reward `r`. -/
noncomputable def squareLoss (q r p : Y → ℝ) (β : ℝ) : ℝ :=
  ∑ y, ∑ z, q y * q z *
    (β * Real.log (p y / q y) - β * Real.log (p z / q z) - (r y - r z)) ^ 2

/-- **S04**, (3): the square loss is twice the variance of `β log(p/q) - r` under `q`. -/
theorem squareLoss_eq_variance {q r p : Y → ℝ} {β : ℝ} (hq : IsDist q) :
    squareLoss q r p β =
      2 * (expect q (fun y => (β * Real.log (p y / q y) - r y) ^ 2) -
        expect q (fun y => β * Real.log (p y / q y) - r y) ^ 2) := by
  refine Eq.trans ?_
    (square_loss_eq_variance (h := fun y => β * Real.log (p y / q y) - r y) hq)
  unfold squareLoss
  refine Finset.sum_congr rfl fun y _ => Finset.sum_congr rfl fun z _ => ?_
  show q y * q z * (β * Real.log (p y / q y) - β * Real.log (p z / q z) - (r y - r z)) ^ 2 =
    q y * q z * (β * Real.log (p y / q y) - r y - (β * Real.log (p z / q z) - r z)) ^ 2
  ring

/-- The square loss is nonnegative. -/
theorem squareLoss_nonneg {q r p : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y) : 0 ≤ squareLoss q r p β := by
  unfold squareLoss
  exact Finset.sum_nonneg fun y _ => Finset.sum_nonneg fun z _ =>
    mul_nonneg (mul_pos (hq y) (hq z)).le (sq_nonneg _)

/-- Positive weights `p` whose `β log(p/q) - r` is constant are the Gibbs update. -/
theorem eq_gibbsUpdate_of_constant [Nonempty Y] {p q r : Y → ℝ} {β c : ℝ} (hp : ∀ y, 0 < p y)
    (hsum : ∑ y, p y = 1) (hq : ∀ y, 0 < q y) (hβ : 0 < β)
    (h : ∀ y, β * Real.log (p y / q y) - r y = c) (y : Y) : p y = gibbsUpdate q r β y := by
  have hweight : ∀ z, p z = q z * Real.exp (r z / β) * Real.exp (c / β) := by
    intro z
    have hz := S04_constant_gives_gibbs (p z) (q z) β (r z) c (hp z) (hq z) hβ (h z)
    rw [add_div, Real.exp_add] at hz
    linear_combination hz
  have hZ := partitionFunction_pos hq r β
  have htotal : partitionFunction q r β * Real.exp (c / β) = 1 := by
    have hmul : partitionFunction q r β * Real.exp (c / β) =
        ∑ z, q z * Real.exp (r z / β) * Real.exp (c / β) := by
      unfold partitionFunction
      rw [Finset.sum_mul]
    have hp' : ∑ z, q z * Real.exp (r z / β) * Real.exp (c / β) = ∑ z, p z :=
      Finset.sum_congr rfl fun z _ => (hweight z).symm
    rw [hmul, hp', hsum]
  unfold gibbsUpdate
  rw [eq_div_iff hZ.ne', hweight y]
  linear_combination (q y * Real.exp (r y / β)) * htotal

/-- **S04**, (3): the square loss of a policy with full support is zero exactly at the Gibbs
update. -/
theorem squareLoss_eq_zero_iff [Nonempty Y] {q r p : Y → ℝ} {β : ℝ} (hq : ∀ y, 0 < q y)
    (hp : ∀ y, 0 < p y) (hsum : ∑ y, p y = 1) (hβ : 0 < β) :
    squareLoss q r p β = 0 ↔ ∀ y, p y = gibbsUpdate q r β y := by
  have hweight : ∀ y z, 0 < q y * q z := fun y z => mul_pos (hq y) (hq z)
  constructor
  · intro hloss
    have hsquare : ∀ y z, (β * Real.log (p y / q y) - β * Real.log (p z / q z) -
        (r y - r z)) ^ 2 = 0 := by
      intro y z
      have hinner : ∀ a ∈ Finset.univ, 0 ≤ ∑ b, q a * q b *
          (β * Real.log (p a / q a) - β * Real.log (p b / q b) - (r a - r b)) ^ 2 := fun a _ =>
        Finset.sum_nonneg fun b _ => mul_nonneg (hweight a b).le (sq_nonneg _)
      have houter : ∑ b, q y * q b *
          (β * Real.log (p y / q y) - β * Real.log (p b / q b) - (r y - r b)) ^ 2 = 0 :=
        (Finset.sum_eq_zero_iff_of_nonneg hinner).mp hloss y (Finset.mem_univ y)
      have hterms : ∀ b ∈ Finset.univ, 0 ≤ q y * q b *
          (β * Real.log (p y / q y) - β * Real.log (p b / q b) - (r y - r b)) ^ 2 := fun b _ =>
        mul_nonneg (hweight y b).le (sq_nonneg _)
      have hterm : q y * q z *
          (β * Real.log (p y / q y) - β * Real.log (p z / q z) - (r y - r z)) ^ 2 = 0 :=
        (Finset.sum_eq_zero_iff_of_nonneg hterms).mp houter z (Finset.mem_univ z)
      exact (mul_eq_zero.mp hterm).resolve_left (hweight y z).ne'
    have z : Y := Classical.arbitrary Y
    have hconst : ∀ y, β * Real.log (p y / q y) - r y = β * Real.log (p z / q z) - r z := by
      intro y
      have hroot : β * Real.log (p y / q y) - β * Real.log (p z / q z) - (r y - r z) = 0 :=
        (pow_eq_zero_iff two_ne_zero).mp (hsquare y z)
      linarith
    exact fun y => eq_gibbsUpdate_of_constant hp hsum hq hβ hconst y
  · intro h
    have e : p = gibbsUpdate q r β := funext h
    unfold squareLoss
    refine Finset.sum_eq_zero fun y _ => Finset.sum_eq_zero fun z _ => ?_
    rw [e, reward_difference hq hβ y z, sub_self]
    norm_num

/-! ### Over prompts -/

/-- One exact round of self-rewarding: the Gibbs update of `base` under its own log-probability. -/
noncomputable def selfUpdate (β : ℝ) (base : X → Y → ℝ) (x : X) : Y → ℝ :=
  gibbsUpdate (base x) (fun y => Real.log (base x y)) β

/-- The loss (3) of `p` in a round with the base `base` and the self-reward `log base`. -/
noncomputable def populationLoss (D : X → ℝ) (β : ℝ) (base p : X → Y → ℝ) : ℝ :=
  expect D fun x => squareLoss (base x) (fun y => Real.log (base x y)) (p x) β

/-- An exact round keeps full support. -/
theorem selfUpdate_isPolicy [Nonempty Y] {base : X → Y → ℝ} (hbase : IsPolicy base) (β : ℝ) :
    IsPolicy (selfUpdate β base) := fun x =>
  ⟨gibbsUpdate_pos (hbase x).1 (fun y => Real.log (base x y)) β,
    (gibbsUpdate_isDist (r := fun y => Real.log (base x y)) (β := β) (hbase x).1).2⟩

/-- The population loss is nonnegative. -/
theorem populationLoss_nonneg {D : X → ℝ} {base p : X → Y → ℝ} {β : ℝ} (hD : ∀ x, 0 ≤ D x)
    (hbase : IsPolicy base) : 0 ≤ populationLoss D β base p := by
  unfold populationLoss
  exact expect_nonneg hD fun x => squareLoss_nonneg (hbase x).1

/-- **S04**, (3): the population loss is zero exactly at the Gibbs update of every prompt. -/
theorem populationLoss_eq_zero_iff [Nonempty Y] {D : X → ℝ} {base p : X → Y → ℝ} {β : ℝ}
    (hD : ∀ x, 0 < D x) (hbase : IsPolicy base) (hp : IsPolicy p) (hβ : 0 < β) :
    populationLoss D β base p = 0 ↔ ∀ x y, p x y = selfUpdate β base x y := by
  have hprompt : ∀ x, squareLoss (base x) (fun y => Real.log (base x y)) (p x) β = 0 ↔
      ∀ y, p x y = selfUpdate β base x y := fun x =>
    squareLoss_eq_zero_iff (hbase x).1 (hp x).1 (hp x).2 hβ
  constructor
  · intro h x
    refine (hprompt x).mp ?_
    exact eq_zero_of_expect_eq_zero
      (f := fun a => squareLoss (base a) (fun y => Real.log (base a y)) (p a) β) hD
      (fun a => squareLoss_nonneg (hbase a).1) h x
  · intro h
    have hzero : populationLoss D β base p = expect D (fun _ => (0 : ℝ)) := by
      unfold populationLoss
      exact expect_congr fun x => (hprompt x).mpr (h x)
    rw [hzero]
    simp [expect]

end SRVerify
