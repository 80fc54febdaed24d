import SRVerify.Scalar.ConditionNumber

/-!
# Linear softmax policies (Theorem 6.2, appendix F)

Nets, log-ratios, the truncated loss and recovery, entries F01-F10. Each statement is the one
that the ledger prints for the check named in the docstring.

## Main results

* `F04_projection`: the projected loss is Lipschitz
* `F06_substitution`: the resolution of the net
* `F10_two_equations`: two independent differences determine the parameter
-/

namespace SRVerify

/-- **F01** (Appendix F, covering of the parameter ball), check `volume-ratio`: `for R in (0, oo),
s in (0, oo), d in natural [1, oo): ((R + s*(1/2))/(s*(1/2)))^d = (1 + 2*R/s)^d`. The quotient
of the volumes. -/
theorem F01_volume_ratio :
    ∀ (R s : ℝ) (d : ℕ), 0 < R → 0 < s → 1 ≤ (d : ℝ) →
      ((R + s * (1 / 2 : ℝ)) / (s * (1 / 2 : ℝ))) ^ d = (1 + 2 * R / s) ^ d := by
  intro R s d hR hs hd
  have hhalf : s * (1 / 2 : ℝ) ≠ 0 := by
    have hpos : 0 < s * (1 / 2 : ℝ) := by linarith
    exact hpos.ne'
  have e : (R + s * (1 / 2 : ℝ)) / (s * (1 / 2 : ℝ)) = 1 + 2 * R / s := by
    have hcancel : R / s * s = R := div_mul_cancel₀ R hs.ne'
    rw [div_eq_iff hhalf]
    linear_combination (-1) * hcancel
  rw [e]

/-- **F01** (Appendix F, covering of the parameter ball), check `volumes-compare`: `for a in (0,
oo), b in (0, oo), N in [0, oo): (N*a <= b) implies N <= b/a`. N disjoint balls of volume a in
a ball of volume b. -/
theorem F01_volumes_compare :
    ∀ (a b N : ℝ), 0 < a → 0 < b → 0 ≤ N → N * a ≤ b → N ≤ b / a := by
  intro a b N ha hb hN h
  rw [le_div_iff₀ ha]
  exact h

/-- **F02** (Appendix F), check `two-terms`: `for u in real, v in real, t in [0, oo): (abs(u) <=
t) and (abs(v) <= t) implies abs(u - v) <= 2*t`. u: difference of scores, v: of
log-normalisers. -/
theorem F02_two_terms :
    ∀ (u v t : ℝ), 0 ≤ t → |u| ≤ t → |v| ≤ t → |u - v| ≤ 2 * t := by
  intro u v t ht h1 h2
  obtain ⟨u1, u2⟩ := abs_le.mp h1
  obtain ⟨v1, v2⟩ := abs_le.mp h2
  exact abs_le.mpr ⟨by linarith, by linarith⟩

/-- **F03** (Appendix F), check `one-score`: `for a in real, c in real: (a <= c) implies exp(a) <=
exp(c)`. c = b + t: the larger score. -/
theorem F03_one_score :
    ∀ (a c : ℝ), a ≤ c → Real.exp a ≤ Real.exp c := by
  intro a c h
  exact Real.exp_le_exp.mpr h

/-- **F03** (Appendix F), check `factor`: `for b in real, t in [0, oo): exp(b + t) =
exp(t)*exp(b)`. -/
theorem F03_factor :
    ∀ (b t : ℝ), 0 ≤ t → Real.exp (b + t) = Real.exp t * Real.exp b := by
  intro b t ht
  rw [← Real.exp_add, add_comm]

/-- **F03** (Appendix F), check `sum-of-scores`: `for x1 in (0, oo), x2 in (0, oo), x3 in (0, oo),
y1 in (0, oo), y2 in (0, oo), y3 in (0, oo), E in [1, oo): (x1 <= E*y1) and (x2 <= E*y2) and
(x3 <= E*y3) implies x1 + x2 + x3 <= E*(y1 + y2 + y3)`. E = e^t; three responses, and the
other direction with the roles exchanged. -/
theorem F03_sum_of_scores :
    ∀ (x1 x2 x3 y1 y2 y3 E : ℝ), 0 < x1 → 0 < x2 → 0 < x3 → 0 < y1 → 0 < y2 → 0 < y3 →
      1 ≤ E → x1 ≤ E * y1 → x2 ≤ E * y2 → x3 ≤ E * y3 → x1 + x2 + x3 ≤ E * (y1 + y2 + y3) := by
  intro x1 x2 x3 y1 y2 y3 E hx1 hx2 hx3 hy1 hy2 hy3 hE h1 h2 h3
  linarith

/-- **F03** (Appendix F), check `one-score-attains`: `for b in real, t in [0, oo): log(exp(b +
t)/exp(b)) = t`. A common shift attains the bound. -/
theorem F03_one_score_attains :
    ∀ (b t : ℝ), 0 ≤ t → Real.log (Real.exp (b + t) / Real.exp b) = t := by
  intro b t ht
  rw [← Real.exp_sub, Real.log_exp]
  ring

/-- **F04** (Lemma F.4, display (115)), check `projection`: `for x in real, y in real, s in real,
B in [0, oo), t in [0, oo): (abs(x) <= B) and (abs(y) <= B) and (abs(s) <= B) and (abs(x - y)
<= 2*t) implies abs((x - s)^2 - (y - s)^2) <= 8*t*B`. Projected values x, y, s lie in [-B, B]. -/
theorem F04_projection :
    ∀ (x y s B t : ℝ), 0 ≤ B → 0 ≤ t → |x| ≤ B → |y| ≤ B → |s| ≤ B → |x - y| ≤ 2 * t →
      |(x - s) ^ 2 - (y - s) ^ 2| ≤ 8 * t * B := by
  intro x y s B t hB ht h1 h2 h3 h4
  obtain ⟨x1, x2⟩ := abs_le.mp h1
  obtain ⟨y1, y2⟩ := abs_le.mp h2
  obtain ⟨s1, s2⟩ := abs_le.mp h3
  have hsum : |x + y - 2 * s| ≤ 4 * B := abs_le.mpr ⟨by linarith, by linarith⟩
  have hfactor : (x - s) ^ 2 - (y - s) ^ 2 = (x - y) * (x + y - 2 * s) := by ring
  rw [hfactor, abs_mul]
  calc |x - y| * |x + y - 2 * s| ≤ 2 * t * (4 * B) :=
        mul_le_mul h4 hsum (abs_nonneg _) (by linarith)
    _ = 8 * t * B := by ring

/-- **F04** (Lemma F.4, display (115)), check `projection-contracts`: `for x in real, y in real, B
in [0, oo): abs(min(B, max(x, -B)) - min(B, max(y, -B))) <= abs(x - y)`. Projecting on [-B, B]
does not increase distances. -/
theorem F04_projection_contracts :
    ∀ (x y B : ℝ), 0 ≤ B → |(min B (max x (-B))) - (min B (max y (-B)))| ≤ |x - y| := by
  intro x y B hB
  calc |(min B (max x (-B))) - (min B (max y (-B)))|
      ≤ max |B - B| |max x (-B) - max y (-B)| := abs_min_sub_min_le_max _ _ _ _
    _ = |max x (-B) - max y (-B)| := by rw [sub_self, abs_zero, max_eq_right (abs_nonneg _)]
    _ ≤ |x - y| := abs_max_sub_max_le_abs x y (-B)

/-- **F05** (Appendix F), check `three-moves`: `for L in [0, oo), M in [0, oo), E in [0, oo), t in
[0, oo), s in [0, oo): (L <= M + 8*t) and (E <= 8*t) and (M <= 2*E + (8/3)*(4*s)) implies L <=
24*t + (32/3)*s`. M, E: loss and empirical loss at the net point; t = beta e B; s = B^2
log(|net|/delta)/n. -/
theorem F05_three_moves :
    ∀ (L M E t s : ℝ), 0 ≤ L → 0 ≤ M → 0 ≤ E → 0 ≤ t → 0 ≤ s → L ≤ M + 8 * t → E ≤ 8 * t →
      M ≤ 2 * E + (8 / 3 : ℝ) * (4 * s) → L ≤ 24 * t + (32 / 3 : ℝ) * s := by
  intro L M E t s hL hM hE ht hs h1 h2 h3
  linarith

/-- **F05** (Appendix F), check `net-size`: `for R in (0, oo), B in (0, oo), e in (0, oo), d in
natural [1, oo): d*log(1 + 2*R/(e/(2*B))) = d*log(1 + 4*R*B/e)`. -/
theorem F05_net_size :
    ∀ (R B e : ℝ) (d : ℕ), 0 < R → 0 < B → 0 < e → 1 ≤ (d : ℝ) →
      (d : ℝ) * Real.log (1 + 2 * R / (e / (2 * B))) = (d : ℝ) * Real.log (1 + 4 * R * B / e) := by
  intro R B e d hR hB he hd
  have e : 2 * R / (e / (2 * B)) = 4 * R * B / e := by
    rw [div_div_eq_mul_div]
    ring
  rw [e]

/-- **F06** (Appendix F), check `substitution`: `for b in (0, oo), B in (0, oo), n in (0, oo), d
in [0, oo), R in (0, oo), P in (0, oo), D in (0, 1): 24*b*(B/(b*n))*B + (32/3)*B^2*(d*log(1 +
4*R*P/(B/(b*n))) + log(1/D))/n = B^2*(24 + (32/3)*(d*log(1 + 4*R*P*b*n/B) + log(1/D)))/n`. P =
B_phi, D = delta, b = beta. -/
theorem F06_substitution :
    ∀ (b B n d R P D : ℝ), 0 < b → 0 < B → 0 < n → 0 ≤ d → 0 < R → 0 < P → 0 < D → D < 1 →
      24 * b * (B / (b * n)) * B + (32 / 3 : ℝ) * B ^ 2 * (d * Real.log (1 +
      4 * R * P / (B / (b * n))) + Real.log (1 / D)) / n =
      B ^ 2 * (24 + (32 / 3 : ℝ) * (d * Real.log (1 + 4 * R * P * b * n / B) +
      Real.log (1 / D))) / n := by
  intro b B n d R P D hb hB hn hd hR hP hD hD'
  have e : 4 * R * P / (B / (b * n)) = 4 * R * P * b * n / B := by
    rw [div_div_eq_mul_div]
    ring
  have hcancel : b * (B / (b * n)) = B / n := by
    rw [← mul_div_assoc, mul_div_mul_left _ _ hb.ne']
  rw [e]
  linear_combination (24 * B) * hcancel

/-- **F07** (Appendix F, display (116)), check `finite-class`: `for B in (0, oo), l in (0, oo), n
in (0, oo): sqrt(4*B^2*l/n) = 2*B*sqrt(l/n)`. -/
theorem F07_finite_class :
    ∀ (B l n : ℝ), 0 < B → 0 < l → 0 < n →
      Real.sqrt (4 * B ^ 2 * l / n) = 2 * B * Real.sqrt (l / n) := by
  intro B l n hB hl hn
  rw [show 4 * B ^ 2 * l / n = (2 * B) ^ 2 * (l / n) by ring, Real.sqrt_mul (sq_nonneg _),
    Real.sqrt_sq (by positivity)]

/-- **F07** (Appendix F, display (116)), check `monotone`: `for L in [0, oo), U in [0, oo): (L <=
U) implies sqrt(L) <= sqrt(U)`. -/
theorem F07_monotone :
    ∀ (L U : ℝ), 0 ≤ L → 0 ≤ U → L ≤ U → Real.sqrt L ≤ Real.sqrt U := by
  intro L U hL hU h
  exact Real.sqrt_le_sqrt h

/-- **F08** (Appendix F, displays (131)-(138)), check `saturated`: `for A in (0, oo), c in (0, 1),
t in (1, oo): (1 - c <= A) and (t <= 1/c) implies 1 <= A*t/(t - 1)`. -/
theorem F08_saturated :
    ∀ (A c t : ℝ), 0 < A → 0 < c → c < 1 → 1 < t → 1 - c ≤ A → t ≤ 1 / c →
      1 ≤ A * t / (t - 1) := by
  intro A c t hA hc hc' ht h1 h2
  rw [le_div_iff₀ hc] at h2
  rw [le_div_iff₀ (by linarith)]
  have hmul := mul_le_mul_of_nonneg_right h1 (show 0 ≤ t by linarith)
  linarith

/-- **F08** (Appendix F, displays (131)-(138)), check `saturated-value`: `for c in (0, 1): 1 +
(1/c - 1) = 1/c`. 1 plus the integral of 1 over (1, 1/c]. -/
theorem F08_saturated_value :
    ∀ (c : ℝ), 0 < c → c < 1 → 1 + (1 / c - 1) = 1 / c := by
  intro c hc hc'
  ring

/-- **F09** (Theorem 6.2, Appendix F, displays (117)-(120) and (139)-(148)), check `one-round`:
`for k1 in [1, oo), e in [0, oo), s in [1, oo), b in (0, 1], l in [0, oo), g in (0, oo), c in
(0, 1], A in [0, oo): (k1 <= 1 + A/c) and (A = (2*e*s + b*l)/g) implies k1 <= 1 + (2*e*s +
b*l)/(g*c)`. s = sqrt(kappa), l = log kappa, under A-CONC with C_t <= kappa_t. -/
theorem F09_one_round :
    ∀ (k1 e s b l g c A : ℝ), 1 ≤ k1 → 0 ≤ e → 1 ≤ s → 0 < b → b ≤ 1 → 0 ≤ l → 0 < g →
      0 < c → c ≤ 1 → 0 ≤ A → k1 ≤ 1 + A / c → A = (2 * e * s + b * l) / g →
      k1 ≤ 1 + (2 * e * s + b * l) / (g * c) := by
  intro k1 e s b l g c A hk1 he hs hb hb' hl hg hc hc' hA h1 h2
  rw [h2, div_div] at h1
  exact h1

/-- **F09** (Theorem 6.2, Appendix F, displays (117)-(120) and (139)-(148)), check `recurrence`:
`for e in [0, oo), s in [1, oo), b in (0, 1], l in [0, oo), g in (0, oo), c in (0, 1]: (l <=
s) implies 1 + (2*e*s + b*l)/(g*c) <= 1 + (2*e + b)/(g*c)*s`. By C28, log kappa <=
sqrt(kappa). -/
theorem F09_recurrence :
    ∀ (e s b l g c : ℝ), 0 ≤ e → 1 ≤ s → 0 < b → b ≤ 1 → 0 ≤ l → 0 < g → 0 < c → c ≤ 1 →
      l ≤ s → 1 + (2 * e * s + b * l) / (g * c) ≤ 1 + (2 * e + b) / (g * c) * s := by
  intro e s b l g c he hs hb hb' hl hg hc hc' h
  have hmul := mul_le_mul_of_nonneg_left h hb.le
  have hdiv : (2 * e * s + b * l) / (g * c) ≤ (2 * e + b) * s / (g * c) :=
    div_le_div_of_nonneg_right (by linarith) (mul_pos hg hc).le
  rw [div_mul_eq_mul_div]
  linarith

/-- **F10** (beyond the paper), check `two-equations`: `for u in real, v in real, a1 in real, a2
in real, b1 in real, b2 in real: (a1*u + a2*v = 0) and (b1*u + b2*v = 0) and (a1*b2 < a2*b1 or
a2*b1 < a1*b2) implies u = 0 and v = 0`. Dimension 2: two independent differences leave no
error. -/
theorem F10_two_equations :
    ∀ (u v a1 a2 b1 b2 : ℝ), a1 * u + a2 * v = 0 → b1 * u + b2 * v = 0 →
      a1 * b2 < a2 * b1 ∨ a2 * b1 < a1 * b2 → u = 0 ∧ v = 0 := by
  intro u v a1 a2 b1 b2 h1 h2 h3
  have hdet : a1 * b2 - a2 * b1 ≠ 0 := by
    rcases h3 with h | h
    · exact (sub_neg.mpr h).ne
    · exact (sub_pos.mpr h).ne'
  constructor
  · have hu : u * (a1 * b2 - a2 * b1) = 0 := by linear_combination b2 * h1 - a2 * h2
    exact (mul_eq_zero.mp hu).resolve_right hdet
  · have hv : v * (a1 * b2 - a2 * b1) = 0 := by linear_combination a1 * h2 - b1 * h1
    exact (mul_eq_zero.mp hv).resolve_right hdet

/-- **F10** (beyond the paper), check `distinct-pairs`: `for u in [0, 1]: 1 - u^2 <= 2*(1 - u)`.
P(y != y') <= 1 - u^2 for mode mass u. -/
theorem F10_distinct_pairs :
    ∀ (u : ℝ), 0 ≤ u → u ≤ 1 → 1 - u ^ 2 ≤ 2 * (1 - u) := by
  intro u hu hu'
  linarith [sq_nonneg (1 - u)]

/-- **F10** (beyond the paper), check `distinct-pairs-two-prompts`: `for w in [0, 1], u in (0, 1],
v in (0, 1]: 2*(w*(1 - u) + (1 - w)*(1 - v)) <= 2*(1 + (-1)/(w/u + (1 - w)/v))`. Jensen: E[1 -
u] <= 1 - 1/kappa. -/
theorem F10_distinct_pairs_two_prompts :
    ∀ (w u v : ℝ), 0 ≤ w → w ≤ 1 → 0 < u → u ≤ 1 → 0 < v → v ≤ 1 →
      2 * (w * (1 - u) + (1 - w) * (1 - v)) ≤ 2 * (1 + (-1) / (w / u + (1 - w) / v)) := by
  intro w u v hw hw' hu hu' hv hv'
  have hmix : 0 < w * u + (1 - w) * v := mix_pos hw hw' hu hv
  have hmean := K01_mean_mode w u v hw hw' hu hu' hv hv'
  have hinv := one_div_le_one_div_of_le (one_div_pos.mpr hmix) hmean
  rw [one_div_one_div] at hinv
  have hneg : (-1) / (w / u + (1 - w) / v) = -(1 / (w / u + (1 - w) / v)) := neg_div _ _
  rw [hneg]
  linarith

end SRVerify
