(** * Shared by the files of scalar checks in their printed form

    The ledger prints x/2 as x * (1/2) and e^{-1} as exp (- 1); these bridge to the forms of the other
    files. *)

From Coq Require Import Reals Lra.
From SRVerify Require Import Scalar.Basics.
Open Scope R_scope.

(** Write x / 2 for x * (1/2) everywhere. *)
Ltac halves := repeat match goal with
  | H : context [?x * (1 / 2)] |- _ => replace (x * (1 / 2)) with (x / 2) in H by field
  | |- context [?x * (1 / 2)] => replace (x * (1 / 2)) with (x / 2) by field
  end.

(** ln(kappa/(kappa e^s)) = -s. *)
Lemma ln_ratio_exp (kappa s : R) : 0 < kappa -> ln (kappa / (kappa * exp s)) = - s.
Proof.
  intro Hk; pose proof (exp_pos s).
  replace (kappa / (kappa * exp s)) with (/ exp s) by (field; lra).
  rewrite ln_Rinv, ln_exp by assumption; reflexivity.
Qed.

Lemma scaled_exp_sq (kappa s : R) : (kappa * exp s) ^ 2 = kappa ^ 2 * exp (2 * s).
Proof. replace (2 * s) with (s + s) by ring; rewrite exp_plus; ring. Qed.

Lemma exp_2_split (w : R) : exp (2 - w) = exp 2 * exp (- w).
Proof. rewrite <- exp_plus; f_equal; ring. Qed.

(** Positivity of products, quotients, powers and exponentials of positive terms. *)
Ltac pos := repeat first
  [ apply exp_pos | apply Rdiv_lt_0_compat | apply Rinv_0_lt_compat | apply pow_lt
  | (unfold Rpower; apply exp_pos) | apply Rmult_lt_0_compat ]; lra.

Lemma Rpower_quotient (x y c : R) : 0 < x -> 0 < y -> Rpower (x / y) c = Rpower x c / Rpower y c.
Proof.
  intros Hx Hy; unfold Rpower; rewrite ln_quotient by assumption.
  replace (c * (ln x - ln y)) with (c * ln x + - (c * ln y)) by ring.
  rewrite exp_plus, exp_Ropp; reflexivity.
Qed.
