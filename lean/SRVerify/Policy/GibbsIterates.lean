import SRVerify.Policy.Gibbs

/-!
# The exact iteration (section 3, S05-S09)

Without sampling error and under A-REAL the policies of the rounds are powers of the first one. So
log-ratios and the margin grow by `1 + 1/β` in each round, modes stay, the condition number and the
least probability fall doubly exponentially.

## Main definitions

* `sharpened`: `q^a / Σ q^a`.
* `linearSoftmax`: `π_θ(y|x) ∝ exp ⟨θ, φ(x, y)⟩`.

## Main results

* `iterates_eq_sharpened`: the closed form `π_T ∝ π_0^{α_T}`, `α_T = (1 + 1/β)^T`, (4).
* `log_sharpened_sub`: log-ratios are multiplied by `a`.
* `hasMode_sharpened_iff`: modes stay.
* `margin_sharpened`: `γ(π_T) = α_T γ(π_0)`.
* `conditionNumber_le_of_hasMargin`, `conditionNumber_iterate_le`: `κ(π_T) ≤ 1 + (N-1)
  e^{-γ_0 α_T}`.
* `least_probability_iterate_le`: `min_y π_T(y|x) ≤ e^{-γ_0 α_T}`.
* `selfUpdate_linearSoftmax`: one exact round maps `θ` to `(1 + 1/β) θ`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### Powers of a distribution -/

/-- `q^a / Σ q^a`, the weights `q` sharpened by the exponent `a`. -/
noncomputable def sharpened (a : ℝ) (q : Y → ℝ) (y : Y) : ℝ :=
  q y ^ (a : ℝ) / ∑ z, q z ^ (a : ℝ)

/-- The normaliser of `sharpened` is positive. -/
theorem sum_rpow_pos [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a : ℝ) :
    0 < ∑ z, q z ^ (a : ℝ) :=
  Finset.sum_pos (fun z _ => Real.rpow_pos_of_pos (hq z) a) Finset.univ_nonempty

/-- Sharpened weights are positive. -/
theorem sharpened_pos [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a : ℝ) (y : Y) :
    0 < sharpened a q y := by
  unfold sharpened
  exact div_pos (Real.rpow_pos_of_pos (hq y) a) (sum_rpow_pos hq a)

/-- Sharpened weights sum to one. -/
theorem sum_sharpened [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a : ℝ) :
    ∑ y, sharpened a q y = 1 := by
  unfold sharpened
  rw [← Finset.sum_div]
  exact div_self (sum_rpow_pos hq a).ne'

/-- Sharpening keeps full support. -/
theorem sharpened_isPolicy [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) (a : ℝ) :
    IsPolicy (fun x => sharpened a (p x)) := fun x =>
  ⟨sharpened_pos (hp x).1 a, sum_sharpened (hp x).1 a⟩

/-- The exponent one changes nothing. -/
theorem sharpened_one {q : Y → ℝ} (hsum : ∑ y, q y = 1) (y : Y) : sharpened 1 q y = q y := by
  simp only [sharpened, Real.rpow_one, hsum, div_one]

/-- **S05**: exponents multiply, `(q^b / Z)^a / Σ (q^b / Z)^a = q^{ba} / Σ q^{ba}`. -/
theorem sharpened_sharpened [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a b : ℝ) (y : Y) :
    sharpened a (sharpened b q) y = sharpened (b * a) q y := by
  have hb := sum_rpow_pos hq b
  have hpow : ∀ z, sharpened b q z ^ (a : ℝ) =
      q z ^ (b * a : ℝ) / (∑ w, q w ^ (b : ℝ)) ^ (a : ℝ) := by
    intro z
    unfold sharpened
    rw [Real.div_rpow (Real.rpow_nonneg (hq z).le b) hb.le, ← Real.rpow_mul (hq z).le]
  have hsum : ∑ z, sharpened b q z ^ (a : ℝ) =
      (∑ z, q z ^ (b * a : ℝ)) / (∑ w, q w ^ (b : ℝ)) ^ (a : ℝ) := by
    rw [Finset.sum_div]
    exact Finset.sum_congr rfl fun z _ => hpow z
  have hscale : (∑ w, q w ^ (b : ℝ)) ^ (a : ℝ) ≠ 0 := (Real.rpow_pos_of_pos hb a).ne'
  calc sharpened a (sharpened b q) y =
        sharpened b q y ^ (a : ℝ) / ∑ z, sharpened b q z ^ (a : ℝ) := rfl
    _ = q y ^ (b * a : ℝ) / (∑ w, q w ^ (b : ℝ)) ^ (a : ℝ) /
        ((∑ z, q z ^ (b * a : ℝ)) / (∑ w, q w ^ (b : ℝ)) ^ (a : ℝ)) := by rw [hpow y, hsum]
    _ = q y ^ (b * a : ℝ) / ∑ z, q z ^ (b * a : ℝ) := div_div_div_cancel_right₀ hscale _ _
    _ = sharpened (b * a) q y := rfl

/-- The logarithm of a sharpened weight. -/
theorem log_sharpened [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a : ℝ) (y : Y) :
    Real.log (sharpened a q y) = a * Real.log (q y) - Real.log (∑ z, q z ^ (a : ℝ)) := by
  unfold sharpened
  rw [Real.log_div (Real.rpow_pos_of_pos (hq y) a).ne' (sum_rpow_pos hq a).ne',
    Real.log_rpow (hq y)]

/-- **S06**: sharpening multiplies log-ratios by the exponent. -/
theorem log_sharpened_sub [Nonempty Y] {q : Y → ℝ} (hq : ∀ y, 0 < q y) (a : ℝ) (y z : Y) :
    Real.log (sharpened a q y) - Real.log (sharpened a q z) =
      a * (Real.log (q y) - Real.log (q z)) := by
  rw [log_sharpened hq a y, log_sharpened hq a z]
  ring

/-! ### The closed form -/

/-- **S02**, (12): one exact round sharpens by the exponent `1 + 1/β`. -/
theorem selfUpdate_eq_sharpened {base : X → Y → ℝ} (hbase : IsPolicy base) (β : ℝ) (x : X) (y : Y) :
    selfUpdate β base x y = sharpened (1 + 1 / β) (base x) y :=
  gibbsUpdate_self_reward (hbase x).1 y

/-- **S05**, (4): if in every round the exact update lies in the class (A-REAL) and the next policy
minimises the population loss over the class, then `π_T = π_0^{α_T} / Σ π_0^{α_T}` with
`α_T = (1 + 1/β)^T`. -/
theorem iterates_eq_sharpened [Nonempty Y] {D : X → ℝ} {β : ℝ} (hD : ∀ x, 0 < D x) (hβ : 0 < β)
    (models : ℕ → Set (X → Y → ℝ)) (pol : ℕ → X → Y → ℝ) (hpol : ∀ t, IsPolicy (pol t))
    (hreal : ∀ t, selfUpdate β (pol t) ∈ models t)
    (hmin : ∀ t, ∀ p ∈ models t,
      populationLoss D β (pol t) (pol (t + 1)) ≤ populationLoss D β (pol t) p)
    (T : ℕ) (x : X) (y : Y) : pol T x y = sharpened ((1 + 1 / β) ^ T) (pol 0 x) y := by
  have hstep : ∀ t x y, pol (t + 1) x y = selfUpdate β (pol t) x y := by
    intro t
    have hupdate : populationLoss D β (pol t) (selfUpdate β (pol t)) = 0 :=
      (populationLoss_eq_zero_iff hD (hpol t) (selfUpdate_isPolicy (hpol t) β) hβ).mpr
        fun _ _ => rfl
    have hle := hmin t (selfUpdate β (pol t)) (hreal t)
    rw [hupdate] at hle
    have hnonneg : 0 ≤ populationLoss D β (pol t) (pol (t + 1)) :=
      populationLoss_nonneg (fun a => (hD a).le) (hpol t)
    exact (populationLoss_eq_zero_iff hD (hpol t) (hpol (t + 1)) hβ).mp (le_antisymm hle hnonneg)
  have hall : ∀ t x y, pol t x y = sharpened ((1 + 1 / β) ^ t) (pol 0 x) y := by
    intro t
    induction t with
    | zero =>
      intro x y
      rw [pow_zero]
      exact (sharpened_one (hpol 0 x).2 y).symm
    | succ t ih =>
      intro x y
      have hbase : pol t x = sharpened ((1 + 1 / β) ^ t) (pol 0 x) := funext (ih x)
      rw [hstep t x y, selfUpdate_eq_sharpened (hpol t) β x y, hbase,
        sharpened_sharpened (hpol 0 x).1, pow_succ]
  exact hall T x y

/-! ### Modes, margins, condition numbers -/

/-- **S06**: sharpening by a positive exponent keeps modes and makes no new ones. -/
theorem hasMode_sharpened_iff [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) {a : ℝ} (ha : 0 < a)
    (x : X) (y : Y) : HasMode (fun x => sharpened a (p x)) x y ↔ HasMode p x y := by
  have hZ := sum_rpow_pos (hp x).1 a
  have hiff : ∀ z, sharpened a (p x) z < sharpened a (p x) y ↔ p x z < p x y := by
    intro z
    unfold sharpened
    rw [div_lt_div_iff_of_pos_right hZ]
    exact Real.rpow_lt_rpow_iff ((hp x).1 z).le ((hp x).1 y).le ha
  constructor
  · intro h z hz
    exact (hiff z).mp (h z hz)
  · intro h z hz
    exact (hiff z).mpr (h z hz)

/-- **S06**: the margins of a sharpened policy are those of the policy times the exponent. -/
theorem hasMargin_sharpened_iff [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) {a : ℝ} (ha : 0 < a)
    (γ : ℝ) : HasMargin (a * γ) (fun x => sharpened a (p x)) ↔ HasMargin γ p := by
  have hiff : ∀ x y z, a * γ ≤ Real.log (sharpened a (p x) y) - Real.log (sharpened a (p x) z) ↔
      γ ≤ Real.log (p x y) - Real.log (p x z) := by
    intro x y z
    rw [log_sharpened_sub (hp x).1 a y z]
    constructor
    · intro h
      exact le_of_mul_le_mul_left h ha
    · intro h
      exact mul_le_mul_of_nonneg_left h ha.le
  constructor
  · intro h x
    obtain ⟨y, hy⟩ := h x
    exact ⟨y, fun z hz => (hiff x y z).mp (hy z hz)⟩
  · intro h x
    obtain ⟨y, hy⟩ := h x
    exact ⟨y, fun z hz => (hiff x y z).mpr (hy z hz)⟩

/-- **S06**: `γ(π^a / Σ π^a) = a γ(π)`; with `a = α_T` the margin of the round `T` of (4). -/
theorem margin_sharpened [Nonempty Y] {p : X → Y → ℝ} (hp : IsPolicy p) {a : ℝ} (ha : 0 < a) :
    margin (fun x => sharpened a (p x)) = a * margin p := by
  have hset : {γ : ℝ | HasMargin γ (fun x => sharpened a (p x))} =
      Set.range (fun δ : ↥{γ : ℝ | HasMargin γ p} => a * (δ : ℝ)) := by
    ext γ
    constructor
    · intro h
      have hsplit : a * (a⁻¹ * γ) = γ := by rw [← mul_assoc, mul_inv_cancel₀ ha.ne', one_mul]
      have hscaled : HasMargin (a * (a⁻¹ * γ)) (fun x => sharpened a (p x)) := by
        rw [hsplit]
        exact h
      exact ⟨⟨a⁻¹ * γ, (hasMargin_sharpened_iff hp ha (a⁻¹ * γ)).mp hscaled⟩, hsplit⟩
    · rintro ⟨⟨δ, hδ⟩, rfl⟩
      exact (hasMargin_sharpened_iff hp ha δ).mpr hδ
  have hscale : (a * ⨆ δ : ↥{γ : ℝ | HasMargin γ p}, (δ : ℝ)) =
      ⨆ δ : ↥{γ : ℝ | HasMargin γ p}, a * (δ : ℝ) :=
    Real.mul_iSup_of_nonneg ha.le fun δ : ↥{γ : ℝ | HasMargin γ p} => (δ : ℝ)
  have hsup : sSup {γ : ℝ | HasMargin γ p} = ⨆ δ : ↥{γ : ℝ | HasMargin γ p}, (δ : ℝ) :=
    sSup_eq_iSup' _
  calc margin (fun x => sharpened a (p x)) =
        sSup {γ : ℝ | HasMargin γ (fun x => sharpened a (p x))} := rfl
    _ = sSup (Set.range (fun δ : ↥{γ : ℝ | HasMargin γ p} => a * (δ : ℝ))) := by rw [hset]
    _ = ⨆ δ : ↥{γ : ℝ | HasMargin γ p}, a * (δ : ℝ) := rfl
    _ = a * ⨆ δ : ↥{γ : ℝ | HasMargin γ p}, (δ : ℝ) := hscale.symm
    _ = a * sSup {γ : ℝ | HasMargin γ p} := by rw [hsup]
    _ = a * margin p := rfl

/-- A response that trails the best one by `γ` has at most `e^{-γ}` of its probability. -/
theorem le_mul_exp_neg_of_log_sub {u v γ : ℝ} (hu : 0 < u) (hv : 0 < v)
    (h : γ ≤ Real.log u - Real.log v) : v ≤ u * Real.exp (-γ) := by
  have hlog : Real.log v ≤ Real.log u + -γ := by linarith
  calc v = Real.exp (Real.log v) := (Real.exp_log hv).symm
    _ ≤ Real.exp (Real.log u + -γ) := Real.exp_le_exp.mpr hlog
    _ = u * Real.exp (-γ) := by rw [Real.exp_add, Real.exp_log hu]

/-- **S07**, **C36**: margin `γ` gives `1 / max_y π(y|x) ≤ 1 + (N - 1) e^{-γ}` at every prompt. -/
theorem inv_modeMass_le_of_hasMargin [Nonempty Y] {p : X → Y → ℝ} {γ : ℝ} (hp : IsPolicy p)
    (hmargin : HasMargin γ p) (x : X) :
    1 / modeMass p x ≤ 1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-γ) := by
  classical
  obtain ⟨ystar, hstar⟩ := hmargin x
  have hpos : 0 < p x ystar := (hp x).1 ystar
  have hcard : (1 : ℝ) ≤ (Fintype.card Y : ℝ) := by
    have hone' : 1 ≤ Fintype.card Y := Fintype.card_pos
    exact_mod_cast hone'
  have hsplit : p x ystar + ∑ z ∈ Finset.univ.erase ystar, p x z = ∑ z, p x z :=
    Finset.add_sum_erase Finset.univ (p x) (Finset.mem_univ ystar)
  have hconst : p x ystar * Real.exp (-γ) +
      ∑ _z ∈ Finset.univ.erase ystar, p x ystar * Real.exp (-γ) =
        ∑ _z : Y, p x ystar * Real.exp (-γ) :=
    Finset.add_sum_erase Finset.univ (fun _ => p x ystar * Real.exp (-γ)) (Finset.mem_univ ystar)
  have hle : ∑ z ∈ Finset.univ.erase ystar, p x z ≤
      ∑ _z ∈ Finset.univ.erase ystar, p x ystar * Real.exp (-γ) :=
    Finset.sum_le_sum fun z hz =>
      le_mul_exp_neg_of_log_sub hpos ((hp x).1 z) (hstar z (Finset.ne_of_mem_erase hz))
  rw [(hp x).2] at hsplit
  have htotal : ∑ _z : Y, p x ystar * Real.exp (-γ) =
      (Fintype.card Y : ℝ) * (p x ystar * Real.exp (-γ)) := by
    rw [Finset.sum_const, Finset.card_univ, nsmul_eq_mul]
  rw [htotal] at hconst
  have hfactor : 0 ≤ 1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-γ) :=
    add_nonneg zero_le_one (mul_nonneg (sub_nonneg.mpr hcard) (Real.exp_pos _).le)
  have hone : 1 ≤ (1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-γ)) * p x ystar := by linarith
  rw [div_le_iff₀ (modeMass_pos hp x)]
  exact le_trans hone (mul_le_mul_of_nonneg_left (le_modeMass p x ystar) hfactor)

/-- **S07**, **C36**: a policy of margin `γ` has `κ ≤ 1 + (N - 1) e^{-γ}`. -/
theorem conditionNumber_le_of_hasMargin [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} {γ : ℝ}
    (hD : IsDist D) (hp : IsPolicy p) (hmargin : HasMargin γ p) :
    conditionNumber D p ≤ 1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-γ) := by
  have hle : conditionNumber D p ≤
      expect D (fun _ => 1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-γ)) :=
    expect_le_expect hD.1 fun x => inv_modeMass_le_of_hasMargin hp hmargin x
  rw [expect_const hD] at hle
  exact hle

/-- The growth factor `α_T = (1 + 1/β)^T` is positive. -/
theorem growth_pos {β : ℝ} (hβ : 0 < β) (T : ℕ) : 0 < (1 + 1 / β) ^ T := by
  have hbase : 0 < 1 + 1 / β := by positivity
  exact pow_pos hbase T

/-- **S07**: `κ(π_T) ≤ 1 + (N - 1) e^{-γ_0 α_T}` for the policies of (4). -/
theorem conditionNumber_iterate_le [Nonempty Y] {D : X → ℝ} {p : X → Y → ℝ} {β γ : ℝ}
    (hD : IsDist D) (hp : IsPolicy p) (hβ : 0 < β) (hmargin : HasMargin γ p) (T : ℕ) :
    conditionNumber D (fun x => sharpened ((1 + 1 / β) ^ T) (p x)) ≤
      1 + ((Fintype.card Y : ℝ) - 1) * Real.exp (-(γ * (1 + 1 / β) ^ T)) := by
  have hsharp := (hasMargin_sharpened_iff hp (growth_pos hβ T) γ).mpr hmargin
  rw [mul_comm γ]
  exact conditionNumber_le_of_hasMargin hD (sharpened_isPolicy hp _) hsharp

/-- **S09**: at every prompt all responses but one have probability at most `e^{-γ}`. -/
theorem le_exp_neg_of_hasMargin {p : X → Y → ℝ} {γ : ℝ} (hp : IsPolicy p)
    (hmargin : HasMargin γ p) (x : X) : ∃ ystar, ∀ y, y ≠ ystar → p x y ≤ Real.exp (-γ) := by
  obtain ⟨ystar, hstar⟩ := hmargin x
  refine ⟨ystar, fun y hy => ?_⟩
  have hle := le_mul_exp_neg_of_log_sub ((hp x).1 ystar) ((hp x).1 y) (hstar y hy)
  have hone : p x ystar * Real.exp (-γ) ≤ 1 * Real.exp (-γ) :=
    mul_le_mul_of_nonneg_right (le_one_of_isDist (hp.isDist x) ystar) (Real.exp_pos _).le
  rw [one_mul] at hone
  exact le_trans hle hone

/-- **S09**: along (4) some response has probability at most `e^{-γ_0 α_T}`, at every prompt. So a
strong constant that holds in round `T` is at most that. -/
theorem least_probability_iterate_le [Nontrivial Y] {p : X → Y → ℝ} {β γ : ℝ} (hp : IsPolicy p)
    (hβ : 0 < β) (hmargin : HasMargin γ p) (T : ℕ) (x : X) :
    ∃ y, sharpened ((1 + 1 / β) ^ T) (p x) y ≤ Real.exp (-(γ * (1 + 1 / β) ^ T)) := by
  have hsharp := (hasMargin_sharpened_iff hp (growth_pos hβ T) γ).mpr hmargin
  obtain ⟨ystar, hstar⟩ := le_exp_neg_of_hasMargin (sharpened_isPolicy hp _) hsharp x
  obtain ⟨y, hy⟩ := exists_ne ystar
  refine ⟨y, ?_⟩
  rw [mul_comm γ]
  exact hstar y hy

/-! ### The parameter of a linear softmax policy -/

variable {J : Type*} [Fintype J]

/-- `π_θ(y|x) = exp ⟨θ, φ(x, y)⟩ / Σ_z exp ⟨θ, φ(x, z)⟩` of Definition 6.1. -/
noncomputable def linearSoftmax (phi : X → Y → J → ℝ) (theta : J → ℝ) (x : X) (y : Y) : ℝ :=
  Real.exp (∑ j, theta j * phi x y j) / ∑ z, Real.exp (∑ j, theta j * phi x z j)

/-- A linear softmax policy has full support. -/
theorem linearSoftmax_isPolicy [Nonempty Y] (phi : X → Y → J → ℝ) (theta : J → ℝ) :
    IsPolicy (linearSoftmax phi theta) := by
  intro x
  have hZ : 0 < ∑ z, Real.exp (∑ j, theta j * phi x z j) :=
    Finset.sum_pos (fun z _ => Real.exp_pos _) Finset.univ_nonempty
  refine ⟨fun y => ?_, ?_⟩
  · unfold linearSoftmax
    exact div_pos (Real.exp_pos _) hZ
  · unfold linearSoftmax
    rw [← Finset.sum_div]
    exact div_self hZ.ne'

/-- **S08**: sharpening a linear softmax policy by `a` multiplies its parameter by `a`. -/
theorem sharpened_linearSoftmax [Nonempty Y] (phi : X → Y → J → ℝ) (theta : J → ℝ) (a : ℝ) (x : X)
    (y : Y) : sharpened a (linearSoftmax phi theta x) y =
      linearSoftmax phi (fun j => a * theta j) x y := by
  have hZ : 0 < ∑ z, Real.exp (∑ j, theta j * phi x z j) :=
    Finset.sum_pos (fun z _ => Real.exp_pos _) Finset.univ_nonempty
  have hpow : ∀ z, linearSoftmax phi theta x z ^ (a : ℝ) =
      Real.exp (∑ j, a * theta j * phi x z j) /
        (∑ w, Real.exp (∑ j, theta j * phi x w j)) ^ (a : ℝ) := by
    intro z
    have hscore : ∑ j, a * theta j * phi x z j = (∑ j, theta j * phi x z j) * a := by
      rw [Finset.sum_mul]
      exact Finset.sum_congr rfl fun j _ => by ring
    unfold linearSoftmax
    rw [Real.div_rpow (Real.exp_pos _).le hZ.le, hscore, Real.exp_mul]
  have hsum : ∑ z, linearSoftmax phi theta x z ^ (a : ℝ) =
      (∑ z, Real.exp (∑ j, a * theta j * phi x z j)) /
        (∑ w, Real.exp (∑ j, theta j * phi x w j)) ^ (a : ℝ) := by
    rw [Finset.sum_div]
    exact Finset.sum_congr rfl fun z _ => hpow z
  have hscale : (∑ w, Real.exp (∑ j, theta j * phi x w j)) ^ (a : ℝ) ≠ 0 :=
    (Real.rpow_pos_of_pos hZ a).ne'
  calc sharpened a (linearSoftmax phi theta x) y =
        linearSoftmax phi theta x y ^ (a : ℝ) / ∑ z, linearSoftmax phi theta x z ^ (a : ℝ) := rfl
    _ = Real.exp (∑ j, a * theta j * phi x y j) /
          (∑ w, Real.exp (∑ j, theta j * phi x w j)) ^ (a : ℝ) /
        ((∑ z, Real.exp (∑ j, a * theta j * phi x z j)) /
          (∑ w, Real.exp (∑ j, theta j * phi x w j)) ^ (a : ℝ)) := by rw [hpow y, hsum]
    _ = Real.exp (∑ j, a * theta j * phi x y j) /
        ∑ z, Real.exp (∑ j, a * theta j * phi x z j) := div_div_div_cancel_right₀ hscale _ _
    _ = linearSoftmax phi (fun j => a * theta j) x y := rfl

/-- **S08**: one exact round maps the parameter `θ` to `(1 + 1/β) θ`. -/
theorem selfUpdate_linearSoftmax [Nonempty Y] (phi : X → Y → J → ℝ) (theta : J → ℝ) (β : ℝ) (x : X)
    (y : Y) : selfUpdate β (linearSoftmax phi theta) x y =
      linearSoftmax phi (fun j => (1 + 1 / β) * theta j) x y := by
  rw [selfUpdate_eq_sharpened (linearSoftmax_isPolicy phi theta) β x y,
    sharpened_linearSoftmax phi theta (1 + 1 / β) x y]

end SRVerify
