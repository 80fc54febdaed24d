(** Bounds of terms in +, *, /, exp, ln, sqrt and powers, by a computation that the kernel follows.

    A number is enclosed by two integers in units of 2^-48. [exp x] is the 2^22-th power of a number above
    [1 + x/2^22], and one over that of [-x]; [ln x] is 2^22 times the logarithm of as many square roots.
    So nothing is used but [1 + x <= exp x]. The tactic [compute_bounds] proves [<=], [<] and conjunctions of them
    about such terms without variables, or with variables between terms that are bounds among the
    hypotheses; [compute_bounds_on x n] halves the range of [x] up to [n] times. *)

From Coq Require Import Reals Lra Lia List ZArith.
Local Open Scope R_scope.

Module Enclosed.

Definition digits : Z := 48.
Definition halvings : nat := 22.
Definition unit : Z := (2 ^ digits)%Z.

Lemma unit_positive : 0 < IZR unit.
Proof. apply IZR_lt. reflexivity. Qed.

(** A range of integers, or nothing known. *)
Definition range := option (Z * Z).

Definition within (r : range) (x : R) : Prop :=
  match r with Some (l, u) => IZR l <= x * IZR unit <= IZR u | None => True end.

Definition down (z : Z) : Z := Z.shiftr z digits.
Definition up (z : Z) : Z := (- down (- z))%Z.

Lemma div_below a b : (0 < b)%Z -> IZR (a / b) * IZR b <= IZR a.
Proof. intros hb. rewrite <- mult_IZR. apply IZR_le. rewrite Z.mul_comm. apply Z.mul_div_le. lia. Qed.

Lemma down_below z : IZR (down z) * IZR unit <= IZR z.
Proof. unfold down. rewrite Z.shiftr_div_pow2 by discriminate. apply div_below. reflexivity. Qed.

Lemma up_above z : IZR z <= IZR (up z) * IZR unit.
Proof. unfold up. rewrite opp_IZR. generalize (down_below (- z)). rewrite opp_IZR. lra. Qed.

Definition above (a b : Z) : Z := (- ((- a) / b))%Z.

Lemma div_above a b : (0 < b)%Z -> IZR a <= IZR (above a b) * IZR b.
Proof. intros hb. unfold above. rewrite opp_IZR. generalize (div_below (- a) b hb). rewrite opp_IZR. lra. Qed.

(** ** Operations *)

Definition quotient (p : Z) (q : positive) : range :=
  Some (p * unit / Zpos q, above (p * unit) (Zpos q))%Z.

Lemma quotient_within p q : within (quotient p q) (IZR p / IZR (Zpos q)).
Proof.
  assert (hq : 0 < IZR (Zpos q)) by (apply IZR_lt; reflexivity). cbn [within quotient].
  replace (IZR p / IZR (Zpos q) * IZR unit) with (IZR (p * unit) / IZR (Zpos q)) by (rewrite mult_IZR; field; lra).
  split.
  - apply Rmult_le_reg_r with (1 := hq). unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. apply div_below. reflexivity.
  - apply Rmult_le_reg_r with (1 := hq). unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. apply div_above. reflexivity.
Qed.

Definition integer (p : Z) : range := Some (p * unit, p * unit)%Z.

Lemma integer_within p : within (integer p) (IZR p).
Proof. cbn [within integer]. rewrite mult_IZR. lra. Qed.

Definition opposite (r : range) : range := match r with Some (l, u) => Some (- u, - l)%Z | None => None end.

Lemma opposite_within r x : within r x -> within (opposite r) (- x).
Proof. destruct r as [[l u]|]; cbn [within opposite]; [|trivial]. rewrite !opp_IZR. lra. Qed.

Definition plus (r s : range) : range :=
  match r, s with Some (a, b), Some (c, d) => Some (a + c, b + d)%Z | _, _ => None end.

Lemma plus_within r s x y : within r x -> within s y -> within (plus r s) (x + y).
Proof. destruct r as [[a b]|], s as [[c d]|]; cbn [within plus]; trivial. rewrite !plus_IZR. lra. Qed.

Definition times (r s : range) : range :=
  match r, s with
  | Some (a, b), Some (c, d) =>
    if andb (0 <=? a)%Z (0 <=? c)%Z then Some (down (a * c), up (b * d))
    else Some (down (Z.min (Z.min (a * c) (a * d)) (Z.min (b * c) (b * d))),
               up (Z.max (Z.max (a * c) (a * d)) (Z.max (b * c) (b * d))))
  | _, _ => None
  end.

Lemma product_between a b c d x y m n :
  a <= x <= b -> c <= y <= d -> m <= a * c -> m <= a * d -> m <= b * c -> m <= b * d ->
  a * c <= n -> a * d <= n -> b * c <= n -> b * d <= n -> m <= x * y <= n.
Proof.
  intros hx hy. intros.
  assert (low : forall y, m <= a * y -> m <= b * y -> m <= x * y).
  { intros z h1 h2. destruct (Rle_dec 0 z).
    - apply Rle_trans with (1 := h1). apply Rmult_le_compat_r; lra.
    - apply Rle_trans with (1 := h2). rewrite (Rmult_comm b), (Rmult_comm x). apply Rmult_le_compat_neg_l; lra. }
  assert (high : forall y, a * y <= n -> b * y <= n -> x * y <= n).
  { intros z h1 h2. destruct (Rle_dec 0 z).
    - apply Rle_trans with (2 := h2). apply Rmult_le_compat_r; lra.
    - apply Rle_trans with (2 := h1). rewrite (Rmult_comm a), (Rmult_comm x). apply Rmult_le_compat_neg_l; lra. }
  assert (lowy : forall e, m <= e * c -> m <= e * d -> m <= e * y).
  { intros e h1 h2. destruct (Rle_dec 0 e).
    - apply Rle_trans with (1 := h1). apply Rmult_le_compat_l; lra.
    - apply Rle_trans with (1 := h2). apply Rmult_le_compat_neg_l; lra. }
  assert (highy : forall e, e * c <= n -> e * d <= n -> e * y <= n).
  { intros e h1 h2. destruct (Rle_dec 0 e).
    - apply Rle_trans with (2 := h2). apply Rmult_le_compat_l; lra.
    - apply Rle_trans with (2 := h1). apply Rmult_le_compat_neg_l; lra. }
  split; [apply low; apply lowy | apply high; apply highy]; assumption.
Qed.

Lemma scaled m n t : IZR m <= t * IZR unit * IZR unit <= IZR n -> IZR (down m) <= t * IZR unit <= IZR (up n).
Proof.
  intros h. generalize unit_positive (down_below m) (up_above n). intros hu h1 h2.
  split; apply Rmult_le_reg_r with (1 := hu); lra.
Qed.

Lemma times_within r s x y : within r x -> within s y -> within (times r s) (x * y).
Proof.
  destruct r as [[a b]|], s as [[c d]|]; cbn [within times]; trivial. intros hx hy.
  assert (e : x * y * IZR unit * IZR unit = (x * IZR unit) * (y * IZR unit)) by ring.
  destruct (andb (0 <=? a)%Z (0 <=? c)%Z) eqn:h.
  - apply andb_prop in h. destruct h as [ha hc]. apply Z.leb_le, IZR_le in ha. apply Z.leb_le, IZR_le in hc.
    apply scaled. rewrite e, !mult_IZR. split; apply Rmult_le_compat; lra.
  - apply scaled. rewrite e. apply (product_between _ _ _ _ _ _ _ _ hx hy);
      rewrite <- mult_IZR; apply IZR_le; lia.
Qed.

Definition inverse (r : range) : range :=
  match r with
  | Some (l, u) =>
    if (0 <? l)%Z then Some (unit * unit / u, above (unit * unit) l)%Z
    else if (u <? 0)%Z then Some (- above (unit * unit) (- u), - (unit * unit / (- l)))%Z else None
  | None => None
  end.

Lemma inverse_positive l u x : (0 < l)%Z -> IZR l <= x * IZR unit <= IZR u ->
  IZR (unit * unit / u) <= / x * IZR unit <= IZR (above (unit * unit) l).
Proof.
  intros hl hx. apply IZR_lt in hl as hl'. generalize unit_positive. intros hu.
  assert (x0 : 0 < x) by (apply Rmult_lt_reg_r with (1 := hu); lra).
  assert (hu' : (0 < u)%Z) by (apply lt_IZR; lra).
  generalize (div_below (unit * unit) u hu') (div_above (unit * unit) l hl). rewrite !mult_IZR. intros h1 h2.
  assert (e : / x * IZR unit * (x * IZR unit) = IZR unit * IZR unit) by (field; lra).
  assert (hp : 0 < x * IZR unit) by lra. apply IZR_lt in hu'.
  assert (hi : 0 < / x * IZR unit) by (apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat|]; lra).
  split.
  - apply Rmult_le_reg_r with (1 := hu'). apply Rle_trans with (1 := h1). rewrite <- e. apply Rmult_le_compat_l; lra.
  - apply Rmult_le_reg_r with (1 := hl'). apply Rle_trans with (2 := h2). rewrite <- e. apply Rmult_le_compat_l; lra.
Qed.

Lemma inverse_within r x : within r x -> within (inverse r) (/ x).
Proof.
  destruct r as [[l u]|]; cbn [within inverse]; [|trivial]. intros hx.
  destruct (Z.ltb_spec 0 l) as [hl|_]; [apply inverse_positive; assumption|].
  destruct (Z.ltb_spec u 0) as [hu|_]; [|exact I]. cbn [within].
  assert (h : IZR (- u) <= - x * IZR unit <= IZR (- l)) by (rewrite !opp_IZR; lra).
  apply inverse_positive in h; [|lia]. rewrite !opp_IZR.
  assert (x <> 0) by (intros ->; apply IZR_lt in hu; lra).
  replace (/ - x) with (- / x) in h by (field; assumption). lra.
Qed.

Definition root (r : range) : range :=
  match r with
  | Some (l, u) => Some (Z.sqrt (Z.max 0 l * unit), Z.sqrt (Z.max 0 u * unit) + 1)%Z
  | None => None
  end.

Lemma sqrt_scaled t : sqrt t * IZR unit = sqrt (Rmax 0 (t * IZR unit) * IZR unit).
Proof.
  generalize unit_positive. intros hu. destruct (Rle_dec 0 t) as [ht|ht].
  - rewrite Rmax_right by (apply Rmult_le_pos; lra).
    rewrite Rmult_assoc, sqrt_mult_alt, sqrt_square by lra. reflexivity.
  - rewrite sqrt_neg_0 by lra. rewrite Rmax_left; [rewrite !Rmult_0_l, sqrt_0; reflexivity|].
    apply Rlt_le. replace 0 with (0 * IZR unit) by ring. apply Rmult_lt_compat_r; lra.
Qed.

Lemma root_within r x : within r x -> within (root r) (sqrt x).
Proof.
  destruct r as [[l u]|]; cbn [within root]; [|trivial]. intros hx. rewrite sqrt_scaled. set (t := x * IZR unit) in *.
  generalize unit_positive. intros hu.
  assert (hl : IZR (Z.max 0 l) <= Rmax 0 t).
  { destruct (Z.max_spec 0 l) as [[_ ->]|[_ ->]]; [|apply Rmax_l]. apply Rle_trans with t; [lra|apply Rmax_r]. }
  assert (hh : Rmax 0 t <= IZR (Z.max 0 u)).
  { apply Rmax_lub; [apply IZR_le; lia|]. apply Rle_trans with (IZR u); [lra|apply IZR_le; lia]. }
  assert (h0 : 0 <= Rmax 0 t) by apply Rmax_l.
  split.
  - set (k := (Z.max 0 l * unit)%Z). assert (hk : (0 <= k)%Z) by (unfold k; apply Z.mul_nonneg_nonneg; [lia|discriminate]).
    generalize (Z.sqrt_spec k hk) (Z.sqrt_nonneg k). intros [h _] hs.
    apply Rsqr_incr_0_var; [|apply sqrt_pos]. rewrite Rsqr_sqrt by (apply Rmult_le_pos; lra).
    unfold Rsqr. rewrite <- mult_IZR. apply Rle_trans with (IZR k); [apply IZR_le, h|]. unfold k. rewrite mult_IZR.
    apply Rmult_le_compat_r; lra.
  - set (k := (Z.max 0 u * unit)%Z). assert (hk : (0 <= k)%Z) by (unfold k; apply Z.mul_nonneg_nonneg; [lia|discriminate]).
    generalize (Z.sqrt_spec k hk) (Z.sqrt_nonneg k). intros [_ h] hs.
    apply Rsqr_incr_0_var; [|apply IZR_le; lia]. rewrite Rsqr_sqrt by (apply Rmult_le_pos; lra).
    unfold Rsqr. rewrite <- mult_IZR. apply Rle_trans with (IZR k); [|apply IZR_le; lia]. unfold k. rewrite mult_IZR.
    apply Rmult_le_compat_r; lra.
Qed.

Fixpoint power (r : range) (n : nat) : range :=
  match n with O => integer 1 | S n => times r (power r n) end.

Lemma power_within r n x : within r x -> within (power r n) (x ^ n).
Proof.
  intros h. induction n as [|n IH]; cbn [power pow].
  - apply integer_within.
  - apply times_within; assumption.
Qed.

(** ** The exponential function *)

(** From below only: a bound from above is one over that of [-x]. *)
Fixpoint squared (n : nat) (y : Z) : Z :=
  match n with O => y | S n => squared n (down (y * y)) end.

Fixpoint squares (n : nat) (x : R) : R := match n with O => x | S n => squares n (x * x) end.

Lemma squares_exp n x : squares n (exp x) = exp (2 ^ n * x).
Proof.
  revert x. induction n as [|n IH]; intros x; cbn [squares pow]; [f_equal; ring|].
  rewrite <- exp_plus, IH. f_equal. ring.
Qed.

Lemma squares_le n x y : 0 <= x <= y -> squares n x <= squares n y.
Proof.
  revert x y. induction n as [|n IH]; intros x y h; cbn [squares]; [lra|]. apply IH.
  split; [apply Rmult_le_pos|apply Rmult_le_compat]; lra.
Qed.

Lemma squared_below n y x : (0 <= y)%Z -> IZR y <= x * IZR unit -> IZR (squared n y) <= squares n x * IZR unit.
Proof.
  revert y x. induction n as [|n IH]; intros y x hy h; cbn [squared squares]; [exact h|]. apply IH.
  - apply Z.shiftr_nonneg, Z.mul_nonneg_nonneg; exact hy.
  - apply Rmult_le_reg_r with (1 := unit_positive). apply Rle_trans with (1 := down_below (y * y)). rewrite mult_IZR.
    replace (x * x * IZR unit * IZR unit) with (x * IZR unit * (x * IZR unit)) by ring.
    apply IZR_le in hy. apply Rmult_le_compat; assumption.
Qed.

(** A number below [exp (z / unit)]. *)
Definition exp_from (z : Z) : Z :=
  let y := (unit + Z.shiftr z (Z.of_nat halvings))%Z in
  if (0 <=? y)%Z then squared halvings y else 0%Z.

Lemma exp_from_below z t : IZR z <= t * IZR unit -> IZR (exp_from z) <= exp t * IZR unit.
Proof.
  intros h. generalize unit_positive (exp_pos t). intros hu he.
  assert (h0 : 0 <= exp t * IZR unit) by (apply Rmult_le_pos; lra).
  unfold exp_from. set (y := (unit + Z.shiftr z (Z.of_nat halvings))%Z).
  destruct (Z.leb_spec 0 y) as [hy|_]; [|exact h0].
  set (v := IZR y / IZR unit).
  assert (hv : IZR y <= v * IZR unit) by (unfold v, Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra).
  apply Rle_trans with (1 := squared_below halvings y v hy hv). apply Rmult_le_compat_r; [lra|].
  assert (e : exp t = squares halvings (exp (t / 2 ^ halvings))).
  { rewrite squares_exp. f_equal. field. apply pow_nonzero. lra. }
  rewrite e. apply squares_le. apply IZR_le in hy. split.
  - apply Rmult_le_pos; [exact hy|]. apply Rlt_le, Rinv_0_lt_compat, hu.
  - apply Rle_trans with (1 + t / 2 ^ halvings); [|apply exp_ineq1_le].
    apply Rmult_le_reg_r with (1 := hu). unfold v, Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    unfold y. rewrite plus_IZR, Z.shiftr_div_pow2 by discriminate.
    generalize (div_below z (2 ^ Z.of_nat halvings) eq_refl). intros hd.
    assert (hp : 0 < IZR (2 ^ Z.of_nat halvings)) by (apply IZR_lt; reflexivity).
    assert (ep : IZR (2 ^ Z.of_nat halvings) = 2 ^ halvings) by (rewrite <- pow_IZR; reflexivity). rewrite <- ep.
    assert (IZR (z / 2 ^ Z.of_nat halvings) <= t * / IZR (2 ^ Z.of_nat halvings) * IZR unit); [|lra].
    apply Rmult_le_reg_r with (1 := hp).
    replace (t * / IZR (2 ^ Z.of_nat halvings) * IZR unit * IZR (2 ^ Z.of_nat halvings)) with (t * IZR unit) by (field; lra).
    lra.
Qed.

Definition exponential (r : range) : range :=
  match r with
  | Some (l, u) =>
    let w := exp_from (- u) in
    if (0 <? w)%Z then Some (exp_from l, above (unit * unit) w) else None
  | None => None
  end.

Lemma exponential_within r x : within r x -> within (exponential r) (exp x).
Proof.
  destruct r as [[l u]|]; cbn [within exponential]; [|trivial]. intros hx.
  assert (h : IZR (exp_from (- u)) <= exp (- x) * IZR unit) by (apply exp_from_below; rewrite opp_IZR; lra).
  set (w := exp_from (- u)) in *. destruct (Z.ltb_spec 0 w) as [hw|hw]; [|exact I].
  cbn [within]. split; [apply exp_from_below; lra|].
  generalize (div_above (unit * unit) w hw). apply IZR_lt in hw. rewrite mult_IZR. intros h2.
  apply Rmult_le_reg_r with (1 := hw). apply Rle_trans with (2 := h2).
  generalize unit_positive (exp_pos x). intros hu he.
  assert (e : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  apply Rle_trans with (exp x * IZR unit * (exp (- x) * IZR unit)).
  - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact h].
  - replace (exp x * IZR unit * (exp (- x) * IZR unit)) with (exp x * exp (- x) * (IZR unit * IZR unit)) by ring.
    rewrite e. lra.
Qed.

(** ** The logarithm *)

Fixpoint roots (n : nat) (r : range) : range := match n with O => r | S n => roots n (root r) end.

Fixpoint rooted (n : nat) (x : R) : R := match n with O => x | S n => rooted n (sqrt x) end.

Lemma roots_within n r x : within r x -> within (roots n r) (rooted n x).
Proof. revert r x. induction n as [|n IH]; intros r x h; cbn [roots rooted]; [exact h|]. apply IH, root_within, h. Qed.

Lemma rooted_positive n x : 0 < x -> 0 < rooted n x.
Proof. revert x. induction n as [|n IH]; intros x h; cbn [rooted]; [exact h|]. apply IH, sqrt_lt_R0, h. Qed.

Lemma ln_rooted n x : 0 < x -> ln x = 2 ^ n * ln (rooted n x).
Proof.
  revert x. induction n as [|n IH]; intros x h; cbn [rooted pow]; [ring|].
  assert (hs : 0 < sqrt x) by (apply sqrt_lt_R0, h). rewrite Rmult_assoc, <- IH by exact hs.
  rewrite <- (sqrt_sqrt x) at 1 by lra. rewrite ln_mult by exact hs. ring.
Qed.

Definition scale (z : Z) : Z := Z.shiftl z (Z.of_nat halvings).

Definition logarithm (r : range) : range :=
  match r with
  | Some (l, _) =>
    if (0 <? l)%Z then
      match roots halvings r with
      | Some (a, b) => if (0 <? a)%Z then Some (scale (unit - above (unit * unit) a), scale (b - unit)) else None
      | None => None
      end
    else None
  | None => None
  end.

Lemma scale_is z : IZR (scale z) = 2 ^ halvings * IZR z.
Proof. unfold scale. rewrite Z.shiftl_mul_pow2 by discriminate. rewrite mult_IZR, <- pow_IZR. apply Rmult_comm. Qed.

Lemma ln_above x : 0 < x -> ln x <= x - 1.
Proof. intros h. generalize (exp_ineq1_le (ln x)). rewrite exp_ln by exact h. lra. Qed.

Lemma logarithm_within r x : within r x -> within (logarithm r) (ln x).
Proof.
  destruct r as [[l u]|]; cbn [logarithm]; [|trivial]. intros hx.
  destruct (Z.ltb_spec 0 l) as [hl|_]; [|exact I]. generalize unit_positive. intros hu.
  assert (x0 : 0 < x).
  { apply IZR_lt in hl. cbn [within] in hx. apply Rmult_lt_reg_r with (1 := hu). lra. }
  apply (roots_within halvings) in hx. destruct (roots halvings (Some (l, u))) as [[a b]|]; [|exact I].
  destruct (Z.ltb_spec 0 a) as [ha|_]; [|exact I]. cbn [within] in *.
  rewrite !scale_is, (ln_rooted halvings x x0).
  generalize (rooted_positive halvings x x0). set (y := rooted halvings x) in *. intros hy.
  assert (hp : 0 < 2 ^ halvings) by (apply pow_lt; lra).
  generalize (ln_above y hy) (ln_above (/ y) (Rinv_0_lt_compat _ hy)). rewrite ln_Rinv by exact hy. intros h1 h2.
  generalize (inverse_positive a b y ha hx). intros h3.
  rewrite !minus_IZR. rewrite !Rmult_assoc. split; apply Rmult_le_compat_l; try lra.
  - apply Rle_trans with ((1 - / y) * IZR unit); [lra|apply Rmult_le_compat_r; lra].
  - apply Rle_trans with ((y - 1) * IZR unit); [apply Rmult_le_compat_r; lra|lra].
Qed.

(** ** Terms *)

Inductive term :=
| Integer (p : Z) | Number (p : Z) (q : positive) | Unknown (n : nat) | Sum (a b : term) | Minus (a : term) | Product (a b : term)
| Inverse (a : term) | Exp (a : term) | Ln (a : term) | Sqrt (a : term) | Power (a : term) (n : nat).

Fixpoint value (v : list R) (a : term) : R :=
  match a with
  | Integer p => IZR p
  | Number p q => IZR p / IZR (Zpos q)
  | Unknown n => nth n v 0
  | Sum a b => value v a + value v b
  | Minus a => - value v a
  | Product a b => value v a * value v b
  | Inverse a => / value v a
  | Exp a => exp (value v a)
  | Ln a => ln (value v a)
  | Sqrt a => sqrt (value v a)
  | Power a n => value v a ^ n
  end.

Fixpoint enclosed (v : list range) (a : term) : range :=
  match a with
  | Integer p => integer p
  | Number p q => quotient p q
  | Unknown n => nth n v None
  | Sum a b => plus (enclosed v a) (enclosed v b)
  | Minus a => opposite (enclosed v a)
  | Product a b => times (enclosed v a) (enclosed v b)
  | Inverse a => inverse (enclosed v a)
  | Exp a => exponential (enclosed v a)
  | Ln a => logarithm (enclosed v a)
  | Sqrt a => root (enclosed v a)
  | Power a n => power (enclosed v a) n
  end.

Lemma enclosed_within rs vs a : Forall2 within rs vs -> within (enclosed rs a) (value vs a).
Proof.
  intros h. induction a; cbn [enclosed value].
  - apply integer_within.
  - apply quotient_within.
  - revert n. induction h as [|r v rs vs hr h IH]; intros [|n]; cbn [nth]; try exact I; [exact hr|apply IH].
  - apply plus_within; assumption.
  - apply opposite_within; assumption.
  - apply times_within; assumption.
  - apply inverse_within; assumption.
  - apply exponential_within; assumption.
  - apply logarithm_within; assumption.
  - apply root_within; assumption.
  - apply power_within; assumption.
Qed.

(** The range of a variable between two terms. *)
Definition between (lo hi : term) : range :=
  match enclosed nil lo, enclosed nil hi with Some (l, _), Some (_, u) => Some (l, u) | _, _ => None end.

Lemma between_within lo hi x : value nil lo <= x -> x <= value nil hi -> within (between lo hi) x.
Proof.
  intros h1 h2. unfold between. generalize (enclosed_within nil nil lo (Forall2_nil _)) (enclosed_within nil nil hi (Forall2_nil _)).
  destruct (enclosed nil lo) as [[a b]|], (enclosed nil hi) as [[c d]|]; cbn [within]; trivial. intros h3 h4.
  generalize unit_positive. intros hu. split.
  - apply Rle_trans with (value nil lo * IZR unit); [lra|apply Rmult_le_compat_r; lra].
  - apply Rle_trans with (value nil hi * IZR unit); [apply Rmult_le_compat_r; lra|lra].
Qed.

Definition from (least : Z) (r : range) : bool := match r with Some (l, _) => (least <=? l)%Z | None => false end.

(** Halves the range of the first variable until the term is at least so much on every part. *)
Fixpoint from_on (least : Z) (depth : nat) (r : range) (rs : list range) (a : term) : bool :=
  if from least (enclosed (r :: rs) a) then true
  else match depth, r with
       | S depth, Some (l, u) =>
         let m := ((l + u) / 2)%Z in
         if from_on least depth (Some (l, m)) rs a then from_on least depth (Some (m, u)) rs a else false
       | _, _ => false
       end.

Lemma from_within least r x : from least r = true -> within r x -> IZR least <= x * IZR unit.
Proof.
  destruct r as [[l u]|]; cbn [within from]; [|discriminate]. intros h [hx _]. apply Z.leb_le, IZR_le in h. lra.
Qed.

Lemma from_on_sound least depth r rs a x xs : from_on least depth r rs a = true ->
  within r x -> Forall2 within rs xs -> IZR least <= value (x :: xs) a * IZR unit.
Proof.
  intros h hx hxs. revert r h hx. induction depth as [|depth IH]; intros r h hx; cbn [from_on] in h;
    destruct (from least (enclosed (r :: rs) a)) eqn:e;
    try (apply (from_within _ _ _ e), enclosed_within; constructor; assumption); [discriminate|].
  destruct r as [[l u]|]; [|discriminate]. set (m := ((l + u) / 2)%Z) in *.
  destruct (from_on least depth (Some (l, m)) rs a) eqn:e1; [|discriminate].
  destruct (Rle_dec (x * IZR unit) (IZR m)) as [hm|hm].
  - apply (IH (Some (l, m)) e1). cbn [within] in *. lra.
  - apply (IH (Some (m, u)) h). cbn [within] in *. lra.
Qed.

Lemma shown_lt depth r rs a b x xs : from_on 1 depth r rs (Sum b (Minus a)) = true ->
  within r x -> Forall2 within rs xs -> value (x :: xs) a < value (x :: xs) b.
Proof.
  intros h h1 h2. generalize (from_on_sound _ _ _ _ _ _ _ h h1 h2) unit_positive. cbn [value]. intros h3 hu.
  apply Rminus_gt_0_lt, Rmult_lt_reg_r with (1 := hu). lra.
Qed.

Lemma shown_le depth r rs a b x xs : from_on 0 depth r rs (Sum b (Minus a)) = true ->
  within r x -> Forall2 within rs xs -> value (x :: xs) a <= value (x :: xs) b.
Proof.
  intros h h1 h2. generalize (from_on_sound _ _ _ _ _ _ _ h h1 h2) unit_positive. cbn [value]. intros h3 hu.
  apply Rmult_le_reg_r with (1 := hu). lra.
Qed.

Lemma zero_within : within (Some (0, 0)%Z) 0.
Proof. cbn [within]. lra. Qed.

End Enclosed.

(** ** Tactics *)

Ltac place x vs :=
  lazymatch vs with
  | (x :: _)%list => constr:(O)
  | (_ :: ?rest)%list => let n := place x rest in constr:(S n)
  end.

Ltac reified vs t :=
  lazymatch t with
  | ?a + ?b => let a := reified vs a in let b := reified vs b in constr:(Enclosed.Sum a b)
  | ?a - ?b => let a := reified vs a in let b := reified vs b in constr:(Enclosed.Sum a (Enclosed.Minus b))
  | IZR ?p / IZR (Zpos ?q) => constr:(Enclosed.Number p q)
  | ?a / ?b => let a := reified vs a in let b := reified vs b in constr:(Enclosed.Product a (Enclosed.Inverse b))
  | ?a * ?b => let a := reified vs a in let b := reified vs b in constr:(Enclosed.Product a b)
  | - ?a => let a := reified vs a in constr:(Enclosed.Minus a)
  | / ?a => let a := reified vs a in constr:(Enclosed.Inverse a)
  | exp ?a => let a := reified vs a in constr:(Enclosed.Exp a)
  | ln ?a => let a := reified vs a in constr:(Enclosed.Ln a)
  | sqrt ?a => let a := reified vs a in constr:(Enclosed.Sqrt a)
  | ?a ^ ?n => let a := reified vs a in constr:(Enclosed.Power a n)
  | Rpower ?a ?b => reified vs (exp (b * ln a))
  | IZR ?p => constr:(Enclosed.Integer p)
  | _ => let n := place t vs in constr:(Enclosed.Unknown n)
  end.

(** Whether a term is without variables. *)
Ltac is_closed t := let _ := reified (@nil R) t in idtac.

(** Every variable with the terms between which hypotheses say that it lies. *)
Ltac bounds_of x k :=
  match goal with
  | h : ?a <= x |- _ => is_closed a; bounds_above x a h k
  | h : ?a < x |- _ => is_closed a; bounds_above x a (Rlt_le _ _ h) k
  | h : ?a <= x <= _ |- _ => is_closed a; bounds_above x a (proj1 h) k
  | h : ?a < x <= _ |- _ => is_closed a; bounds_above x a (Rlt_le _ _ (proj1 h)) k
  | h : ?a <= x < _ |- _ => is_closed a; bounds_above x a (proj1 h) k
  | h : ?a < x < _ |- _ => is_closed a; bounds_above x a (Rlt_le _ _ (proj1 h)) k
  end
with bounds_above x a below k :=
  match goal with
  | h : x <= ?b |- _ => is_closed b; k a b below h
  | h : x < ?b |- _ => is_closed b; k a b below (Rlt_le _ _ h)
  | h : _ <= x <= ?b |- _ => is_closed b; k a b below (proj2 h)
  | h : _ < x <= ?b |- _ => is_closed b; k a b below (proj2 h)
  | h : _ <= x < ?b |- _ => is_closed b; k a b below (Rlt_le _ _ (proj2 h))
  | h : _ < x < ?b |- _ => is_closed b; k a b below (Rlt_le _ _ (proj2 h))
  end.

(** A goal [Enclosed.within _ x]. *)
Ltac locate :=
  lazymatch goal with
  | |- Enclosed.within _ ?x =>
    bounds_of x ltac:(fun a b below above =>
      let lo := reified (@nil R) a in
      let hi := reified (@nil R) b in
      exact (Enclosed.between_within lo hi x below above))
  end.

(** The variables of a term, after those that are known. *)
Ltac variables vs t :=
  lazymatch t with
  | ?a + ?b => let vs := variables vs a in variables vs b
  | ?a - ?b => let vs := variables vs a in variables vs b
  | ?a / ?b => let vs := variables vs a in variables vs b
  | ?a * ?b => let vs := variables vs a in variables vs b
  | - ?a => variables vs a
  | / ?a => variables vs a
  | exp ?a => variables vs a
  | ln ?a => variables vs a
  | sqrt ?a => variables vs a
  | ?a ^ _ => variables vs a
  | Rpower ?a ?b => let vs := variables vs a in variables vs b
  | IZR _ => vs
  | ?x => match vs with _ => let _ := place x vs in vs | _ => constr:((x :: vs)%list) end
  end.

Ltac locate_all :=
  lazymatch goal with
  | |- Forall2 _ _ nil => constructor
  | |- _ => constructor; [locate | locate_all]
  end.

Ltac shown_by theorem vs depth a b :=
  lazymatch vs with
  | (?x :: ?xs)%list =>
    let a := reified vs a in
    let b := reified vs b in
    refine (theorem depth _ _ a b x xs _ _ _);
    [ | first [exact Enclosed.zero_within | locate] | locate_all];
    vm_cast_no_check (eq_refl true)
  end.

Ltac bounds_in vs depth :=
  lazymatch goal with
  | |- _ /\ _ => split; bounds_in vs depth
  | |- _ > _ => red; bounds_in vs depth
  | |- _ >= _ => apply Rle_ge; bounds_in vs depth
  | |- ?a < ?b => let vs := variables vs a in let vs := variables vs b in shown_by Enclosed.shown_lt vs depth a b
  | |- ?a <= ?b => let vs := variables vs a in let vs := variables vs b in shown_by Enclosed.shown_le vs depth a b
  end.

Ltac compute_bounds := first [bounds_in (@nil R) O | bounds_in (0 :: @nil R)%list O].

Ltac compute_bounds_on x depth := bounds_in (x :: @nil R)%list depth.
