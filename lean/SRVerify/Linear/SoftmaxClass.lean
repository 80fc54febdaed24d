import SRVerify.Linear.Covering
import SRVerify.Scalar.LinearSoftmax

/-!
# The linear softmax class (Definition 6.1, appendix F)

The softmax policies with a parameter of norm at most `R` and features of norm at most `B_φ`. Their
log-probabilities move by at most `2 B_φ ‖θ - θ'‖`, so a net of the parameters is a net of the
policies in the sup log-ratio metric.

## Main definitions

* `ParameterBall`, `linearClass`: the parameters of norm at most `R`, and the class `Π_R`.
* `logNormaliser`: `log Z_θ(x)`.

## Main results

* `abs_logNormaliser_sub_le`: the normalisers, F03.
* `abs_log_linearSoftmax_sub_le`: the log-ratios, F02.
* `exists_linear_net`: a net of at most `(1 + 4 R B_φ / e)^d` policies at the resolution `e`.
-/

open scoped BigOperators

namespace SRVerify

variable {X Y J : Type*} [Fintype X] [Fintype Y] [Fintype J]

/-- The parameters of norm at most `R`. -/
abbrev ParameterBall (J : Type*) [Fintype J] (R : ℝ) :=
  {theta : J → ℝ // parameterNorm theta ≤ R}

/-- `Π_R`: the softmax policies with a parameter of norm at most `R`. -/
noncomputable def linearClass (phi : X → Y → J → ℝ) (R : ℝ) (theta : ParameterBall J R) :
    X → Y → ℝ :=
  linearSoftmax phi theta.1

/-- `log Z_θ(x)`, the log-normaliser of a softmax policy. -/
noncomputable def logNormaliser (phi : X → Y → J → ℝ) (theta : J → ℝ) (x : X) : ℝ :=
  Real.log (∑ z, Real.exp (∑ j, theta j * phi x z j))

/-- **S08**: a norm is nonnegative. -/
theorem parameterNorm_nonneg (theta : J → ℝ) : 0 ≤ parameterNorm theta := by
  unfold parameterNorm
  exact Real.sqrt_nonneg _

/-- **F02**: `|⟨u, v⟩| ≤ ‖u‖ ‖v‖`. -/
theorem abs_dot_le (u v : J → ℝ) : |∑ j, u j * v j| ≤ parameterNorm u * parameterNorm v := by
  have hcs : (∑ j, u j * v j) ^ 2 ≤ (∑ j, u j ^ 2) * ∑ j, v j ^ 2 :=
    Finset.sum_mul_sq_le_sq_mul_sq Finset.univ u v
  have hu : 0 ≤ ∑ j, u j ^ 2 := Finset.sum_nonneg fun j _ => sq_nonneg (u j)
  unfold parameterNorm
  rw [← Real.sqrt_mul hu]
  exact Real.abs_le_sqrt hcs

/-- **F02**: the scores of two parameters differ by at most `B_φ ‖θ - θ'‖`. -/
theorem abs_score_sub_le {phi : X → Y → J → ℝ} {b : ℝ} (hphi : ∀ x y, parameterNorm (phi x y) ≤ b)
    (theta theta' : J → ℝ) (x : X) (y : Y) :
    |∑ j, theta j * phi x y j - ∑ j, theta' j * phi x y j| ≤
      b * parameterNorm (fun j => theta j - theta' j) := by
  have hsum : ∑ j, theta j * phi x y j - ∑ j, theta' j * phi x y j =
      ∑ j, (theta j - theta' j) * phi x y j := by
    rw [← Finset.sum_sub_distrib]
    exact Finset.sum_congr rfl fun j _ => (sub_mul (theta j) (theta' j) (phi x y j)).symm
  rw [hsum]
  calc |∑ j, (theta j - theta' j) * phi x y j| ≤
        parameterNorm (fun j => theta j - theta' j) * parameterNorm (phi x y) :=
        abs_dot_le (fun j => theta j - theta' j) (phi x y)
    _ ≤ parameterNorm (fun j => theta j - theta' j) * b :=
        mul_le_mul_of_nonneg_left (hphi x y) (parameterNorm_nonneg _)
    _ = b * parameterNorm (fun j => theta j - theta' j) := mul_comm _ _

/-- **F03**: scores that are larger by at most `t` give a log-normaliser that is larger by at most
`t`. -/
theorem logNormaliser_le [Nonempty Y] {phi : X → Y → J → ℝ} {theta theta' : J → ℝ} {t : ℝ} (x : X)
    (h : ∀ z, ∑ j, theta j * phi x z j ≤ ∑ j, theta' j * phi x z j + t) :
    logNormaliser phi theta x ≤ logNormaliser phi theta' x + t := by
  have hZ : 0 < ∑ z, Real.exp (∑ j, theta j * phi x z j) :=
    Finset.sum_pos (fun z _ => Real.exp_pos _) Finset.univ_nonempty
  have hZ' : 0 < ∑ z, Real.exp (∑ j, theta' j * phi x z j) :=
    Finset.sum_pos (fun z _ => Real.exp_pos _) Finset.univ_nonempty
  have hsum : ∑ z, Real.exp (∑ j, theta j * phi x z j) ≤
      Real.exp t * ∑ z, Real.exp (∑ j, theta' j * phi x z j) := by
    rw [Finset.mul_sum]
    refine Finset.sum_le_sum fun z _ => ?_
    rw [← Real.exp_add]
    have hz := h z
    exact Real.exp_le_exp.mpr (by linarith)
  unfold logNormaliser
  calc Real.log (∑ z, Real.exp (∑ j, theta j * phi x z j)) ≤
        Real.log (Real.exp t * ∑ z, Real.exp (∑ j, theta' j * phi x z j)) :=
        Real.log_le_log hZ hsum
    _ = t + Real.log (∑ z, Real.exp (∑ j, theta' j * phi x z j)) := by
        rw [Real.log_mul (Real.exp_ne_zero t) hZ'.ne', Real.log_exp]
    _ = Real.log (∑ z, Real.exp (∑ j, theta' j * phi x z j)) + t := add_comm _ _

/-- **F03**: `|log Z_θ - log Z_θ'| ≤ B_φ ‖θ - θ'‖`. -/
theorem abs_logNormaliser_sub_le [Nonempty Y] {phi : X → Y → J → ℝ} {b : ℝ}
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (theta theta' : J → ℝ) (x : X) :
    |logNormaliser phi theta x - logNormaliser phi theta' x| ≤
      b * parameterNorm (fun j => theta j - theta' j) := by
  obtain ⟨t, ht⟩ : ∃ t : ℝ, t = b * parameterNorm (fun j => theta j - theta' j) := ⟨_, rfl⟩
  have hscore : ∀ z, |∑ j, theta j * phi x z j - ∑ j, theta' j * phi x z j| ≤ t := by
    intro z
    rw [ht]
    exact abs_score_sub_le hphi theta theta' x z
  have hup : logNormaliser phi theta x ≤ logNormaliser phi theta' x + t := by
    refine logNormaliser_le x fun z => ?_
    have hz := (abs_le.mp (hscore z)).2
    linarith
  have hdown : logNormaliser phi theta' x ≤ logNormaliser phi theta x + t := by
    refine logNormaliser_le x fun z => ?_
    have hz := (abs_le.mp (hscore z)).1
    linarith
  rw [← ht]
  exact abs_le.mpr ⟨by linarith, by linarith⟩

/-- **F02**: the log-probability is the score less the log-normaliser. -/
theorem log_linearSoftmax [Nonempty Y] (phi : X → Y → J → ℝ) (theta : J → ℝ) (x : X) (y : Y) :
    Real.log (linearSoftmax phi theta x y) =
      ∑ j, theta j * phi x y j - logNormaliser phi theta x := by
  have hZ : 0 < ∑ z, Real.exp (∑ j, theta j * phi x z j) :=
    Finset.sum_pos (fun z _ => Real.exp_pos _) Finset.univ_nonempty
  unfold linearSoftmax logNormaliser
  rw [Real.log_div (Real.exp_ne_zero _) hZ.ne', Real.log_exp]

/-- **F02**: `|log π_θ(y|x) - log π_θ'(y|x)| ≤ 2 B_φ ‖θ - θ'‖`. -/
theorem abs_log_linearSoftmax_sub_le [Nonempty Y] {phi : X → Y → J → ℝ} {b : ℝ}
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (theta theta' : J → ℝ) (x : X) (y : Y) :
    |Real.log (linearSoftmax phi theta x y) - Real.log (linearSoftmax phi theta' x y)| ≤
      2 * (b * parameterNorm (fun j => theta j - theta' j)) := by
  have hscore := abs_score_sub_le hphi theta theta' x y
  have hnormaliser := abs_logNormaliser_sub_le hphi theta theta' x
  have hform : Real.log (linearSoftmax phi theta x y) - Real.log (linearSoftmax phi theta' x y) =
      ∑ j, theta j * phi x y j - ∑ j, theta' j * phi x y j -
        (logNormaliser phi theta x - logNormaliser phi theta' x) := by
    rw [log_linearSoftmax, log_linearSoftmax]
    ring
  rw [hform]
  exact F02_two_terms _ _ _ (le_trans (abs_nonneg _) hscore) hscore hnormaliser

/-- **F01**, **F02**, **F05**: at every resolution `e` some net of at most `(1 + 4 R B_φ / e)^d`
policies comes within `e` of each member of the class, in the sup log-ratio metric. -/
theorem exists_linear_net [Nonempty Y] {phi : X → Y → J → ℝ} {b R e : ℝ} (hb : 0 < b)
    (hphi : ∀ x y, parameterNorm (phi x y) ≤ b) (hR : 0 ≤ R) (he : 0 < e) :
    ∃ (F : Finset (EuclideanSpace ℝ J)) (center : F → X → Y → ℝ),
      (F.card : ℝ) ≤ (1 + 4 * R * b / e) ^ Fintype.card J ∧ (∀ i, IsPolicy (center i)) ∧
        ∀ theta : ParameterBall J R, ∃ i, ∀ x y,
          |Real.log (linearClass phi R theta x y) - Real.log (center i x y)| ≤ e := by
  have hs : 0 < e / (2 * b) := div_pos he (by linarith)
  obtain ⟨F, hcard, hnet⟩ := exists_parameter_net J hR hs
  have hsize : 2 * R / (e / (2 * b)) = 4 * R * b / e := by
    rw [div_div_eq_mul_div]
    ring
  rw [hsize] at hcard
  refine ⟨F, fun i => linearSoftmax phi fun j => i.1 j, hcard,
    fun i => linearSoftmax_isPolicy phi fun j => i.1 j, fun theta => ?_⟩
  obtain ⟨c, hc, hle⟩ := hnet theta.1 theta.2
  refine ⟨⟨c, hc⟩, fun x y => ?_⟩
  have hscaled : b * parameterNorm (fun j => theta.1 j - c j) ≤ e / 2 := by
    calc b * parameterNorm (fun j => theta.1 j - c j) ≤ b * (e / (2 * b)) :=
          mul_le_mul_of_nonneg_left hle hb.le
      _ = e / 2 := by
          rw [← mul_div_assoc, mul_comm (2 : ℝ) b, mul_div_mul_left _ _ hb.ne']
  have hlog : |Real.log (linearSoftmax phi theta.1 x y) -
      Real.log (linearSoftmax phi (fun j => c j) x y)| ≤
        2 * (b * parameterNorm (fun j => theta.1 j - c j)) :=
    abs_log_linearSoftmax_sub_le hphi theta.1 (fun j => c j) x y
  show |Real.log (linearSoftmax phi theta.1 x y) -
    Real.log (linearSoftmax phi (fun j => c j) x y)| ≤ e
  linarith

end SRVerify
