(** * The steps of proof objects, as lemmas and tactics

    What the generated files of [srverify prove ... --certificate F.v] are made of.  A step is one
    application of a lemma; what the lemma asks for besides (that terms are defined, signs of factors,
    equal sides) is shown by the tactics below, each of which proves its goal or fails. *)

From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From SRVerify Require Import Replay.Calculus.
Open Scope R_scope.

(** ** Consequences of an identity: [k (r - l)] is a sum whose sign is known *)

Lemma by_factor_le (k l r s : R) : 0 < k -> k * (r - l) = s -> 0 <= s -> l <= r.
Proof. intros Hk E Hs; apply Rmult_le_reg_l with k; lra. Qed.

Lemma by_factor_lt (k l r s : R) : 0 < k -> k * (r - l) = s -> 0 < s -> l < r.
Proof. intros Hk E Hs; apply Rmult_lt_reg_l with k; lra. Qed.

Lemma by_factor_eq (k l r s : R) : k <> 0 -> k * (r - l) = s -> s = 0 -> l = r.
Proof. intros Hk E Hs; apply Rmult_eq_reg_l with k; [lra | exact Hk]. Qed.

(** ... or a multiple of the difference of the sides of another relation. *)

Lemma by_multiple_le (k l r l' r' : R) : 0 < k -> r - l = k * (r' - l') -> l' <= r' -> l <= r.
Proof. intros Hk E H; pose proof (Rmult_le_pos k (r' - l')); lra. Qed.

Lemma by_multiple_lt (k l r l' r' : R) : 0 < k -> r - l = k * (r' - l') -> l' < r' -> l < r.
Proof. intros Hk E H; pose proof (Rmult_lt_0_compat k (r' - l')); lra. Qed.

Lemma by_multiple_eq (k l r l' r' : R) : r - l = k * (r' - l') -> l' = r' -> l = r.
Proof. intros E H; rewrite (Rminus_diag_eq r' l' (eq_sym H)) in E; lra. Qed.

Lemma difference_le (l r : R) : l <= r -> 0 <= r - l.
Proof. lra. Qed.

Lemma difference_lt (l r : R) : l < r -> 0 < r - l.
Proof. lra. Qed.

Lemma difference_eq (l r : R) : l = r -> 0 = r - l.
Proof. lra. Qed.

Lemma difference_le_back (l r : R) : 0 <= r - l -> l <= r.
Proof. lra. Qed.

Lemma difference_lt_back (l r : R) : 0 < r - l -> l < r.
Proof. lra. Qed.

Lemma Rmult_nonneg_inv (k a : R) : 0 <= k * a -> 0 < k -> 0 <= a.
Proof. intros H Hk; apply Rmult_le_reg_l with k; lra. Qed.

(** ** Quotients and polynomials *)

Lemma quotient_le (l r p q : R) : r - l = p / q -> 0 <= p -> 0 < q -> l <= r.
Proof.
  intros E Hp Hq; pose proof (Rmult_le_pos p (/ q) Hp (Rlt_le _ _ (Rinv_0_lt_compat q Hq))).
  unfold Rdiv in E; lra.
Qed.

Lemma quotient_lt (l r p q : R) : r - l = p / q -> 0 < p -> 0 < q -> l < r.
Proof. intros E Hp Hq; pose proof (Rdiv_lt_0_compat p q Hp Hq); lra. Qed.

Lemma even_power_nonneg (a : R) (n : nat) : 0 <= a ^ (2 * n).
Proof. rewrite pow_mult; apply pow_le; pose proof (pow2_ge_0 a); exact H. Qed.

Lemma even_power_pos (a : R) (n : nat) : a <> 0 -> 0 < a ^ (2 * n).
Proof.
  intro N; rewrite pow_mult; apply pow_lt.
  destruct (pow2_ge_0 a) as [H | H]; [exact H |].
  exfalso; symmetry in H; revert H; apply pow_nonzero; exact N.
Qed.

Lemma Rpower_nat (a : R) (n : nat) : 0 < a -> Rpower a (INR n) = a ^ n.
Proof. intro Ha; apply Rpower_pow; exact Ha. Qed.

Lemma unequal_cases (a b : R) : a < b \/ b < a -> a <> b.
Proof. lra. Qed.

Lemma unequal_zero (a : R) : a < 0 \/ 0 < a -> a <> 0.
Proof. lra. Qed.

(** ** Side conditions *)

(** Functions beyond the elementary ones add what is known of them. *)
Ltac special_value := fail.
Ltac special_side := fail.
Ltac special_derivative := idtac.

(** Values at which functions are exact. *)
Ltac exact_values := repeat first
  [ rewrite Rmult_0_l | rewrite Rmult_0_r | rewrite Ropp_0 | rewrite Rmult_1_r | rewrite Rmult_1_l | rewrite Rplus_0_l | rewrite Rplus_0_r
  | rewrite exp_0 | rewrite ln_1
  | rewrite sqrt_0 | rewrite sqrt_1 | rewrite Rabs_R0 | rewrite Rpower_O by lra | special_value ].

(** Where a function's value at the end of a domain is not attained, or attained exactly. *)

Lemma exp_at_least_one (u : R) : 0 <= u -> 1 <= exp u.
Proof. intro H; pose proof (exp_ineq1_le u); lra. Qed.

Lemma exp_above_one (u : R) : 0 < u -> 1 < exp u.
Proof. intro H; rewrite <- exp_0; apply exp_increasing; exact H. Qed.

Lemma exp_at_most_one (u : R) : u <= 0 -> exp u <= 1.
Proof. intros [H | ->]; [rewrite <- exp_0; left; apply exp_increasing; exact H | rewrite exp_0; lra]. Qed.

Lemma exp_below_one (u : R) : u < 0 -> exp u < 1.
Proof. intro H; rewrite <- exp_0; apply exp_increasing; exact H. Qed.

Lemma ln_positive (u : R) : 1 < u -> 0 < ln u.
Proof. intro H; rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma ln_nonnegative (u : R) : 1 <= u -> 0 <= ln u.
Proof. intros [H | <-]; [left; apply ln_positive; exact H | rewrite ln_1; lra]. Qed.

Lemma ln_negative (u : R) : 0 < u -> u < 1 -> ln u < 0.
Proof. intros; rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma ln_nonpositive (u : R) : 0 < u -> u <= 1 -> ln u <= 0.
Proof. intros H [K | ->]; [left; apply ln_negative; assumption | rewrite ln_1; lra]. Qed.

Lemma log_below_bound (u c : R) : 0 < u -> u <= c -> ln u <= ln c.
Proof. intros H [K | ->]; [left; apply ln_increasing; assumption | right; reflexivity]. Qed.

(** Signs of negatives. *)

Lemma negative_lt (a : R) : 0 < - a -> a < 0.
Proof. lra. Qed.

Lemma negative_le (a : R) : 0 <= - a -> a <= 0.
Proof. lra. Qed.

Lemma opposite_lt (a : R) : 0 < a -> 0 < - - a.
Proof. lra. Qed.

Lemma opposite_le (a : R) : 0 <= a -> 0 <= - - a.
Proof. lra. Qed.

Lemma opposite_product_l_lt (a b : R) : 0 < - a -> 0 < b -> 0 < - (a * b).
Proof. intros; rewrite Ropp_mult_distr_l; apply Rmult_lt_0_compat; assumption. Qed.

Lemma opposite_product_r_lt (a b : R) : 0 < a -> 0 < - b -> 0 < - (a * b).
Proof. intros; rewrite Ropp_mult_distr_r; apply Rmult_lt_0_compat; assumption. Qed.

Lemma opposite_product_l_le (a b : R) : 0 <= - a -> 0 <= b -> 0 <= - (a * b).
Proof. intros; rewrite Ropp_mult_distr_l; apply Rmult_le_pos; assumption. Qed.

Lemma opposite_product_r_le (a b : R) : 0 <= a -> 0 <= - b -> 0 <= - (a * b).
Proof. intros; rewrite Ropp_mult_distr_r; apply Rmult_le_pos; assumption. Qed.

Lemma opposite_quotient_lt (a b : R) : 0 < - a -> 0 < b -> 0 < - (a / b).
Proof. intros; apply opposite_product_l_lt; [assumption | apply Rinv_0_lt_compat; assumption]. Qed.

Lemma opposite_quotient_le (a b : R) : 0 <= - a -> 0 < b -> 0 <= - (a / b).
Proof. intros; apply opposite_product_l_le; [assumption | left; apply Rinv_0_lt_compat; assumption]. Qed.

Lemma opposite_sum_lt (a b : R) : 0 < - a -> 0 <= - b -> 0 < - (a + b).
Proof. lra. Qed.

Lemma opposite_sum_le (a b : R) : 0 <= - a -> 0 <= - b -> 0 <= - (a + b).
Proof. lra. Qed.

Lemma less_lt (a b : R) : 0 < a -> 0 <= - b -> 0 < a - b.
Proof. lra. Qed.

Lemma less_lt_r (a b : R) : 0 <= a -> 0 < - b -> 0 < a - b.
Proof. lra. Qed.

Lemma less_le (a b : R) : 0 <= a -> 0 <= - b -> 0 <= a - b.
Proof. lra. Qed.

(** Put the signs of [exp u - 1], [ln u] and [sqrt u] for the terms in the goal among the hypotheses. *)
Ltac known_sign P := lazymatch goal with
  | _ : P |- _ => fail
  | _ => let h := fresh "known" in assert (h : P)
  end.

Ltac attained := repeat match goal with
  | |- context [exp ?u] => first
      [ known_sign (1 < exp u); [apply exp_above_one; lra |]
      | known_sign (exp u < 1); [apply exp_below_one; lra |]
      | lazymatch goal with
        | _ : 1 < exp u |- _ => fail | _ : exp u < 1 |- _ => fail
        | _ => first
          [ known_sign (1 <= exp u); [apply exp_at_least_one; lra |]
          | known_sign (exp u <= 1); [apply exp_at_most_one; lra |] ]
        end
      | known_sign (0 < exp u); [apply exp_pos |] ]
  | |- context [ln ?u] => first
      [ known_sign (0 < ln u); [apply ln_positive; lra |]
      | known_sign (ln u < 0); [apply ln_negative; lra |]
      | lazymatch goal with
        | _ : 0 < ln u |- _ => fail | _ : ln u < 0 |- _ => fail
        | _ => first
          [ known_sign (0 <= ln u); [apply ln_nonnegative; lra |]
          | known_sign (ln u <= 0); [apply ln_nonpositive; lra |] ]
        end ]
  | |- context [/ ?u] => first
      [ known_sign (1 < / u); [rewrite <- Rinv_1; apply Rinv_lt_contravar; [rewrite Rmult_1_r |]; lra |]
      | known_sign (/ u < 1); [rewrite <- Rinv_1; apply Rinv_lt_contravar; [rewrite Rmult_1_l |]; lra |]
      | known_sign (0 < / u); [apply Rinv_0_lt_compat; lra |] ]
  | |- context [sqrt ?u] => first
      [ known_sign (1 < sqrt u); [rewrite <- sqrt_1; apply sqrt_lt_1_alt; lra |]
      | known_sign (0 < sqrt u); [apply sqrt_lt_R0; lra |]
      | known_sign (0 <= sqrt u); [apply sqrt_pos |] ]
  end.

(** A sign that the shape of the term shows, down to what [base] shows. *)
Ltac by_shape base := match goal with
  | |- 0 < exp _ => apply exp_pos
  | |- 0 < Rpower _ _ => apply exp_pos
  | |- 0 <= sqrt _ => apply sqrt_pos
  | |- 0 <= Rabs _ => apply Rabs_pos
  | |- 0 < sqrt _ => apply sqrt_lt_R0; by_shape base
  | |- 0 <= _ ^ 2 => apply pow2_ge_0
  | |- 0 < _ ^ _ => apply pow_lt; by_shape base
  | |- 0 <= _ ^ _ => apply pow_le; by_shape base
  | |- 0 < / _ => apply Rinv_0_lt_compat; by_shape base
  | |- 0 <= / _ => left; apply Rinv_0_lt_compat; by_shape base
  | |- 0 < _ / _ => apply Rdiv_lt_0_compat; by_shape base
  | |- 0 <= _ / _ => apply Rdiv_le_0_compat; by_shape base
  | |- 0 < _ * _ => first [apply Rmult_lt_0_compat; by_shape base | solve [base]]
  | |- 0 <= _ * _ => first [apply Rmult_le_pos; by_shape base | solve [base]]
  | |- 0 < - - _ => apply opposite_lt; by_shape base
  | |- 0 <= - - _ => apply opposite_le; by_shape base
  | |- 0 < - (_ * _) => first
      [ apply opposite_product_l_lt; by_shape base | apply opposite_product_r_lt; by_shape base | solve [base] ]
  | |- 0 <= - (_ * _) => first
      [ apply opposite_product_l_le; by_shape base | apply opposite_product_r_le; by_shape base | solve [base] ]
  | |- 0 < - (_ / _) => first [apply opposite_quotient_lt; by_shape base | solve [base]]
  | |- 0 <= - (_ / _) => first [apply opposite_quotient_le; by_shape base | solve [base]]
  | |- 0 < - (_ + _) => first [solve [base] | apply opposite_sum_lt; by_shape base]
  | |- 0 <= - (_ + _) => first [solve [base] | apply opposite_sum_le; by_shape base]
  | |- ?a < 0 => first [solve [base] | apply negative_lt; by_shape base]
  | |- ?a <= 0 => first [solve [base] | apply negative_le; by_shape base]
  | |- 0 < _ - _ => first [solve [base] | apply less_lt; by_shape base | apply less_lt_r; by_shape base]
  | |- 0 <= _ - _ => first [solve [base] | apply less_le; by_shape base]
  | |- 0 < ?a + ?b => first
      [ solve [base] | apply Rplus_lt_le_0_compat; by_shape base | apply Rplus_le_lt_0_compat; by_shape base ]
  | |- 0 <= ?a + ?b => first [solve [base] | apply Rplus_le_le_0_compat; by_shape base]
  | |- _ => solve [base]
  end.

(** Logarithms of terms that come near 0, by their upper bounds. *)
Ltac abstract_logs := progress repeat match goal with
  | H : ?u <= ?c |- context [ln ?u] =>
      let h := fresh in assert (h : ln u <= ln c) by (apply log_below_bound; lra);
      let y := fresh in set (y := ln u) in *; clearbody y
  | H : ?u < ?c |- context [ln ?u] =>
      let h := fresh in assert (h : ln u <= ln c) by (apply log_below_bound; lra);
      let y := fresh in set (y := ln u) in *; clearbody y
  end.

Ltac enclose := first
  [ interval | interval with (i_prec 64) | (abstract_logs; interval)
  | match goal with x : R |- _ => timeout 3 (interval with (i_bisect x, i_depth 8)) end ].

Ltac simple_bound := first
  [assumption | lra | (unfold Rpower; interval) | ((unfold Rpower, Rdiv in *; attained); lra) | (exact_values; lra)].

Ltac by_difference := match goal with
  | |- _ < _ => apply difference_lt_back; ring_simplify; by_shape simple_bound
  | |- _ > _ => apply difference_lt_back; ring_simplify; by_shape simple_bound
  | |- _ <= _ => apply difference_le_back; ring_simplify; by_shape simple_bound
  end.

(** Conditions that a step asks for: nonzero divisors, positive arguments, signs of factors. *)
Ltac side := intros; cbv beta in *;
  match goal with
  | |- True => exact I
  | |- ex_derive _ _ => special_side
  | |- _ /\ _ => split; side
  | |- _ <> _ => first
      [ assumption | lra | apply Rgt_not_eq; side_bound | apply Rlt_not_eq; side_bound
      | apply pow_nonzero; side | apply Rinv_neq_0_compat; side
      | apply Rmult_integral_contrapositive_currified; side ]
  | |- _ < _ \/ _ < _ => first [assumption | tauto | left; side_bound | right; side_bound | apply Rdichotomy; side]
  | |- _ \/ _ => first [assumption | tauto | left; side | right; side]
  | |- _ = _ => first [assumption | reflexivity | lra | ring | (exact_values; lra) | field; side]
  | |- _ => side_bound
  end
with side_bound := first
  [ solve [simple_bound] | solve [special_side] | solve [unfold Rgt in *; by_shape ltac:(first [simple_bound | special_side])]
  | solve [by_difference] | solve [unfold Rpower in *; enclose] | solve [timeout 2 nra] ].

(** ** Equal terms *)

(** Terms that differ in folded literals, in the order of sums, or by an equation at hand. *)
Ltac same_leaf := first
  [ reflexivity | assumption | (symmetry; assumption) | ring | lra | solve [simpl; lra]
  | match goal with
    | |- Rpower ?a ?b = ?a ^ ?n => rewrite <- (Rpower_nat a n) by side; f_equal; simpl; lra
    | |- ?a ^ ?n = Rpower ?a ?b => rewrite <- (Rpower_nat a n) by side; f_equal; simpl; lra
    end ].

Ltac same_shape := first [same_leaf | (progress f_equal; same_shape)].

(** Powers with natural exponents as such. *)
Ltac natural_powers := progress repeat match goal with
  | |- context [Rpower ?a (IZR (Zpos ?p))] =>
      let n := eval compute in (Pos.to_nat p) in
      replace (Rpower a (IZR (Zpos p))) with (a ^ n)
        by (rewrite <- (Rpower_nat a n) by side; f_equal; simpl; lra)
  end.

Ltac same := first
  [ same_leaf | solve [natural_powers; ring] | solve [same_shape] | solve [timeout 10 (field; side)]
  | solve [exact_values; first [ring | timeout 10 (field; side)]] ].

(** A relation from the same one with equal sides. *)
Ltac convert H := first
  [ exact H
  | match type of H with
    | ?a /\ ?b => let h := fresh in let k := fresh in
        destruct H as [h k]; split; [convert h | convert k]
    | ?a \/ ?b => let h := fresh in destruct H as [h | h]; [left; convert h | right; convert h]
    | ?l <= ?r => match goal with |- ?l' <= ?r' =>
        replace l' with l by same; replace r' with r by same; exact H end
    | ?l < ?r => match goal with
        | |- ?l' < ?r' => replace l' with l by same; replace r' with r by same; exact H
        | |- ?l' <= ?r' => left; replace l' with l by same; replace r' with r by same; exact H
        end
    | ?l = ?r => match goal with |- ?l' = ?r' =>
        replace l' with l by same; replace r' with r by same; exact H end
    end
  | lra ].

(** Discharge the premises of an instance of a law. *)
Ltac discharge H :=
  lazymatch type of H with
  | ?P -> ?Q => let h := fresh in assert (h : P) by side; specialize (H h); clear h; discharge H
  | _ => idtac
  end.

(** ** Derivatives and continuity *)

(** Powers whose exponents differ by one. *)
Lemma power_shift (c d u : R) : 0 < u -> c = d + 1 -> exp (d * ln u) = exp (c * ln u) * / u.
Proof.
  intros Hu ->; replace ((d + 1) * ln u) with (d * ln u + ln u) by ring.
  rewrite exp_plus, exp_ln by exact Hu; field; lra.
Qed.

Ltac shift_powers := match goal with
  | |- context [exp (?c * ln ?u)] => match goal with
      | |- context [exp (?d * ln u)] => rewrite (power_shift c d u) by (first [lra | side])
      end
  end.

Lemma root_as_power (u : R) : 0 < u -> sqrt u = exp (1 / 2 * ln u).
Proof.
  intro Hu; rewrite <- (Rpower_sqrt u Hu); unfold Rpower; f_equal; field.
Qed.

Ltac roots_as_powers := progress repeat match goal with
  | |- context [sqrt ?u] => rewrite (root_as_power u) by side
  end.

Ltac derive := unfold Rpower; evar_last; [auto_derive; [side | reflexivity] | cbv beta; special_derivative; try (simpl pow); first [ring | (field; side) | (unfold Rminus, Rdiv; field; side)
    | (shift_powers; field; side) | (roots_as_powers; shift_powers; field; side) | same]].

Ltac continuous := cbv beta; first
  [ solve [apply differentiable_continuous; unfold Rpower; auto_derive; side]
  | solve [apply continuity_pt_const; intros ? ?; reflexivity]
  | solve [apply continuity_pt_id]
  | apply continuity_pt_plus; continuous
  | apply continuity_pt_minus; continuous
  | apply continuity_pt_opp; continuous
  | apply continuity_pt_mult; continuous
  | apply continuity_pt_div; [continuous | continuous | side]
  | apply continuity_pt_inv; [continuous | side]
  | apply (continuity_pt_comp _ sqrt); [continuous | apply continuity_pt_sqrt; side]
  | apply (continuity_pt_comp _ exp); [continuous | apply derivable_continuous_pt, derivable_pt_exp]
  | apply (continuity_pt_comp _ Rabs); [continuous | apply Rcontinuity_abs] ].

(** ** Decisions *)

(** Split on every relation of a formula. *)
Ltac settle_le a b := destruct (Rle_or_lt a b).
Ltac settle_lt a b := destruct (Rlt_or_le a b).
Ltac settle_eq a b := destruct (Req_dec a b).

(** ** Bookkeeping *)

(** Take conjunctions among the hypotheses apart. *)
Ltac unpack := repeat match goal with
  | H : _ /\ _ |- _ => destruct H
  | H : True |- _ => clear H
  end.

(** Turn the premises of a hypothesis into goals, in order, before the present one. *)
Ltac destruct_premises H :=
  lazymatch type of H with
  | ?P -> ?Q => let h := fresh in assert (h : P); [| specialize (H h); clear h; destruct_premises H]
  | _ => idtac
  end.

(** Signs of products and sums whose parts have theirs among the hypotheses. *)
Ltac multiply_signs := match goal with
  | |- _ => assumption
  | |- 0 < _ * _ => apply Rmult_lt_0_compat; multiply_signs
  | |- 0 <= _ * _ => apply Rmult_le_pos; multiply_signs
  | |- 0 <= _ ^ 2 => apply pow2_ge_0
  | |- 0 < _ ^ _ => apply pow_lt; multiply_signs
  | |- 0 <= _ ^ _ => apply pow_le; multiply_signs
  | |- _ => lra
  end.

Ltac add_signs := match goal with
  | |- _ => assumption
  | H : ?t = 0 |- _ <= ?t => rewrite H; apply Rle_refl
  | |- 0 < _ + _ => first
      [ apply Rplus_lt_0_compat; solve [add_signs]
      | apply Rplus_lt_le_0_compat; solve [add_signs]
      | apply Rplus_le_lt_0_compat; solve [add_signs] ]
  | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; add_signs
  | |- _ => lra
  end.

(** A sum of multiples of powers of nonnegative terms. *)
Ltac add_powers := match goal with
  | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; add_powers
  | |- 0 <= _ * _ => apply Rmult_le_pos; add_powers
  | |- 0 <= _ ^ _ => apply pow_le; lra
  | |- _ => lra
  end.

(** An identity of rational functions over terms that count as indeterminates. *)
Ltac identity := first [reflexivity | ring | (field; side) | lra | same].

(** A relation between least and greatest terms and absolute values, by their cases. *)
Ltac by_extremes := progress unfold Rmax, Rmin, Rabs in *;
  repeat match goal with
  | |- context [Rle_dec ?a ?b] => destruct (Rle_dec a b)
  | |- context [Rcase_abs ?a] => destruct (Rcase_abs a)
  end; first [lra | enclose].

(** A relation by enclosing its sides. *)
Ltac by_enclosure := first
  [ lra | (unfold Rpower in *; enclose) | side_bound | (exact_values; first [lra | interval])
  | (unfold Rpower in *; exact_values; lra) | solve [simpl; lra] | solve [side] | solve [by_extremes] ].

(** The statement from the step at the root; a power of 0 that the print tells apart cannot occur. *)
Ltac convert_root := first
  [ assumption | (repeat split; assumption) | tauto | match goal with H : _ |- _ => solve [convert H] end
  | match goal with |- context [if Rlt_dec ?a ?b then _ else _] =>
      destruct (Rlt_dec a b); [convert_root | exfalso; lra]
    end ].
