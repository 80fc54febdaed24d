import Mathlib

/-!
# Definitions

Policies on finite prompts `X` and finite responses `Y`, the quantities that the paper bounds, and
the real branches of the Lambert W function. `D : X → ℝ` is always the law of the prompts.

## Main definitions

* `IsDist`, `IsPolicy`, `IsDistFamily`: probability weights, policies with full support and without.
* `modeMass`, `conditionNumber`: the largest probability of a prompt's responses, and `κ` of (5).
* `HasMargin`, `HasMode`, `IsGreedy`: log-probability margin, mode, and greedy decoding.
* `concentrability`, `relativeEntropy`, `expectedReward`: `C(π)`, `KL`, and `J` of section 3.
* `gibbsUpdate`: the exact update `p*` of (12).
* `hardInstance`: the family of (81)-(85).
* `hardRisk`, `randomisedRisk`: the risk of a learner on it, without and with a seed of its own.
* `ridgeEffectiveDimension`: `d_λ` of section 6.
* `statisticalError`, `fixedPoint`, `contraction`: the constants of Theorem 5.3.
* `lambertW0`, `lambertWm1`: inverses of `w ↦ w * exp w` on `[-1, ∞)` and on `(-∞, -1]`.
-/

open scoped BigOperators

namespace SRVerify

noncomputable section

variable {X Y : Type*} [Fintype X] [Fintype Y]

/-! ### Distributions and policies -/

/-- Nonnegative weights that sum to one. -/
def IsDist {A : Type*} [Fintype A] (p : A → ℝ) : Prop :=
  (∀ a, 0 ≤ p a) ∧ ∑ a, p a = 1

/-- A policy with full support: at every prompt positive weights that sum to one. -/
def IsPolicy (p : X → Y → ℝ) : Prop :=
  ∀ x, (∀ y, 0 < p x y) ∧ ∑ y, p x y = 1

/-- A policy that may vanish: at every prompt nonnegative weights that sum to one. -/
def IsDistFamily (p : X → Y → ℝ) : Prop :=
  ∀ x, (∀ y, 0 ≤ p x y) ∧ ∑ y, p x y = 1

/-- `∑ a, p a * f a`, the expectation of `f` under the weights `p`. -/
def expect {A : Type*} [Fintype A] (p f : A → ℝ) : ℝ :=
  ∑ a, p a * f a

/-- `max_y π(y|x)`, the probability of the most likely response. -/
def modeMass (p : X → Y → ℝ) (x : X) : ℝ :=
  ⨆ y, p x y

/-- `y` is the unique mode of `p` at `x`. -/
def HasMode (p : X → Y → ℝ) (x : X) (y : Y) : Prop :=
  ∀ z, z ≠ y → p x z < p x y

/-- `κ(π) = E_x[1 / max_y π(y|x)]`, the policy condition number (5). -/
def conditionNumber (D : X → ℝ) (p : X → Y → ℝ) : ℝ :=
  expect D fun x => 1 / modeMass p x

/-- At every prompt one response leads all others by at least `γ` in log-probability. -/
def HasMargin (γ : ℝ) (p : X → Y → ℝ) : Prop :=
  ∀ x, ∃ y, ∀ z, z ≠ y → γ ≤ Real.log (p x y) - Real.log (p x z)

/-- The margin `γ(π)` of section 0: the largest `γ` with `HasMargin γ p`. -/
def margin (p : X → Y → ℝ) : ℝ :=
  sSup {γ : ℝ | HasMargin γ p}

/-- `C(π) = E_x ∑_y π(y|x)² / π_0(y|x)`, the concentrability of `p` against the base `q`. -/
def concentrability (D : X → ℝ) (q p : X → Y → ℝ) : ℝ :=
  expect D fun x => ∑ y, p x y ^ 2 / q x y

/-- `KL(p‖q) = ∑ y, p y * log (p y / q y)`. -/
def relativeEntropy (p q : Y → ℝ) : ℝ :=
  expect p fun y => Real.log (p y / q y)

/-- `J(π) = E_x E_{y∼π} log π_0(y|x)`, the expected self-reward (1). -/
def expectedReward (D : X → ℝ) (base p : X → Y → ℝ) : ℝ :=
  expect D fun x => expect (p x) fun y => Real.log (base x y)

/-- The normaliser `Z = ∑_y q(y) exp(r(y) / β)` of (12). -/
def partitionFunction (q r : Y → ℝ) (β : ℝ) : ℝ :=
  ∑ y, q y * Real.exp (r y / β)

/-- The Gibbs update `p*(y) = q(y) exp(r(y) / β) / Z` of (12). -/
def gibbsUpdate (q r : Y → ℝ) (β : ℝ) (y : Y) : ℝ :=
  q y * Real.exp (r y / β) / partitionFunction q r β

/-- `P_x(max_y π(y|x) ≤ u)`, the probability of own failure at level `u`. -/
def ownFailure (D : X → ℝ) (p : X → Y → ℝ) (u : ℝ) : ℝ :=
  open Classical in ∑ x, if modeMass p x ≤ u then D x else 0

/-- `P_x(π(y*(x)|x) ≤ u)`, the probability of failure at the responses `ystar`. -/
def failure (D : X → ℝ) (p : X → Y → ℝ) (ystar : X → Y) (u : ℝ) : ℝ :=
  open Classical in ∑ x, if p x (ystar x) ≤ u then D x else 0

/-! ### Greedy decoding -/

/-- The mass of the responses of length `L` that agree with `w` in the first `k` tokens. -/
def prefixMass {V L : ℕ} (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) (k : ℕ) : ℝ :=
  open Classical in
    ∑ v : Fin L → Fin V, if ∀ i : Fin L, (i : ℕ) < k → v i = w i then p v else 0

/-- `w` is a greedy decoding of `p`: changing the token of a step (and whatever follows) gives no
prefix of larger mass. -/
def IsGreedy {V L : ℕ} (p : (Fin L → Fin V) → ℝ) (w : Fin L → Fin V) : Prop :=
  ∀ (i : Fin L) (v : Fin L → Fin V), (∀ j : Fin L, (j : ℕ) < (i : ℕ) → v j = w j) →
    prefixMass p v ((i : ℕ) + 1) ≤ prefixMass p w ((i : ℕ) + 1)

/-! ### The hard instance of Theorem 4.1 -/

/-- The law of the prompts of (81): `1 - ϱ` on `x_0` (here `none`), `ϱ / d` on each other one. -/
def hardPrompts (d : ℕ) (rho : ℝ) : Option (Fin d) → ℝ
  | none => 1 - rho
  | some _ => rho / d

/-- The policy `π^J` of (82)-(85) at `η = 1`: a point mass at `x_0`; at `x_i` the key `J_i` has
probability `2 / (M + 1)`, each other label `1 / (M + 1)`. -/
def hardInstance {d M : ℕ} [NeZero M] (key : Fin d → Fin M) : Option (Fin d) → Fin M → ℝ
  | none, y => if y = 0 then 1 else 0
  | some i, y => if y = key i then 2 / ((M : ℝ) + 1) else 1 / ((M : ℝ) + 1)

/-- The risk of a learner `guess` (any map from samples to policies, proper or not) at the key `J`:
the expected probability of base failure, `π̂(J_i|x_i) ≤ 1/2`, after `n` draws `(x, y)`. The value
`log π_0(y|x)` that the learner sees is a function of the pair and the key, hence part of `guess`'s
second argument. -/
def hardRisk {d M : ℕ} [NeZero M] (rho : ℝ) (n : ℕ)
    (guess : (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (key : Fin d → Fin M) : ℝ :=
  ∑ s : Fin n → Option (Fin d) × Fin M,
    (∏ i, hardPrompts d rho (s i).1 * hardInstance key (s i).1 (s i).2) *
      failure (hardPrompts d rho)
        (guess s fun i => Real.log (hardInstance key (s i).1 (s i).2))
        (fun x => x.elim 0 key) (1 / 2)

/-- The risk at the key `J` of a learner that draws a seed `ω` of law `w` before it sees the sample:
the mean of the risks of the deterministic learners `guess ω`. -/
def randomisedRisk {d M : ℕ} [NeZero M] {Ω : Type*} [Fintype Ω] (w : Ω → ℝ) (rho : ℝ) (n : ℕ)
    (guess : Ω → (Fin n → Option (Fin d) × Fin M) → (Fin n → ℝ) → Option (Fin d) → Fin M → ℝ)
    (key : Fin d → Fin M) : ℝ :=
  ∑ ω, w ω * hardRisk rho n (guess ω) key

/-! ### Constants of Theorem 5.3 -/

/-- `M4(l) = l⁴ + 4l³ + 12l² + 24l + 24`, the fourth moment of `l + Exp(1)` (C12). -/
def fourthMoment (l : ℝ) : ℝ :=
  l ^ 4 + 4 * l ^ 3 + 12 * l ^ 2 + 24 * l + 24

/-- `B = log(2 (N + K) n²)`, the truncation level (C18). -/
def truncationLevel (N K n : ℝ) : ℝ :=
  Real.log (2 * (N + K) * n ^ 2)

/-- `V_4 = (8 (2 M4(log N) + M4(log 2K)))^{1/4}` (C18). -/
def tailConstant (N K : ℝ) : ℝ :=
  Real.sqrt (Real.sqrt (8 * (2 * fourthMoment (Real.log N) + fourthMoment (Real.log (2 * K)))))

/-- `ε_stat = 2B √(log(m/δ) / n) + V_4 / √n` for `m` policies (C18); with `m = T |Π|` it serves all
rounds at once (C38). -/
def statisticalError (N K m n δ : ℝ) : ℝ :=
  2 * truncationLevel N K n * Real.sqrt (Real.log (m / δ) / n) + tailConstant N K / Real.sqrt n

/-- `κ* = ((b + √(b² + 4)) / 2)²`, the fixed point of `x = 1 + b √x` (C29). -/
def fixedPoint (b : ℝ) : ℝ :=
  ((b + Real.sqrt (b ^ 2 + 4)) / 2) ^ 2

/-- `ρ = b / (b + √(b² + 4))`, the contraction factor (C30). -/
def contraction (b : ℝ) : ℝ :=
  b / (b + Real.sqrt (b ^ 2 + 4))

/-! ### Effective dimension -/

/-- `d_λ = ∑_i λ_i / (λ_i + λ)` of eigenvalues `λ_i` and ridge `λ` (section 6). -/
def ridgeEffectiveDimension {ι : Type*} [Fintype ι] (eigenvalue : ι → ℝ) (ridge : ℝ) : ℝ :=
  ∑ i, eigenvalue i / (eigenvalue i + ridge)

/-! ### Lambert W -/

/-- The principal branch `W_0`: the inverse of `w ↦ w * exp w` on `[-1, ∞)`. -/
def lambertW0 (z : ℝ) : ℝ :=
  Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Ici (-1)) z

/-- The lower branch `W_{-1}`: the inverse of `w ↦ w * exp w` on `(-∞, -1]`. -/
def lambertWm1 (z : ℝ) : ℝ :=
  Function.invFunOn (fun w : ℝ => w * Real.exp w) (Set.Iic (-1)) z

end

end SRVerify
