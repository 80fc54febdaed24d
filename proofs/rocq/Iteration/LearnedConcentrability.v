(** * Why Theorem 5.3 needs the concentrability of the learned policy

    C17, the witness: one prompt, five responses, [pi0 = (3/5, 2/5 - 3 zeta, zeta, zeta, zeta)] and the
    class of the exact update and of a policy that puts mass 1/100 on the first two responses, in the
    proportion of the update, and (0.34, 0.33, 0.32) on the others.  With probability at least
    [1 - 6 n zeta] the latter has zero empirical loss, and it fails with probability 1; the bound of
    C19 with [C] replaced by [kappa_0] is below 3/100 at [n = 10^10].  With the same numbers, C18 is
    false without A-REAL for the class of [pi0] alone. *)

From Coq Require Import Reals Lra Lia List Classical ZArith.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Finite.Space Policy.Definitions Policy.Update OneRound.Concentration
  OneRound.OneStep.
Import ListNotations.
Open Scope R_scope.

Inductive response := y1 | y2 | y3 | y4 | y5.

#[export] Program Instance FiniteType_response : FiniteType response :=
  {| enum := [y1; y2; y3; y4; y5]; point := y1 |}.
Next Obligation. destruct a; simpl; tauto. Qed.
Next Obligation. repeat constructor; simpl; intuition discriminate. Qed.

Lemma Sum_response (f : response -> R) : Sum f = f y1 + (f y2 + (f y3 + (f y4 + f y5))).
Proof. unfold Sum, sumL; simpl; lra. Qed.

Lemma card_response : card response = 5.
Proof. unfold card; simpl; lra. Qed.

(** One prompt. *)
Definition one_prompt : unit -> R := fun _ => 1.

Lemma E_one_prompt f : E one_prompt f = f tt.
Proof. unfold E, Sum, sumL, one_prompt; simpl; lra. Qed.

Lemma one_prompt_dist : is_dist one_prompt.
Proof. split; [intros; unfold one_prompt; lra|unfold Sum, sumL, one_prompt; simpl; lra]. Qed.

Section Witness.
  Variables beta zeta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Hypothesis hzeta : 0 < zeta <= 1 / 20.

  Definition start : policy unit response := fun _ y =>
    match y with y1 => 3 / 5 | y2 => 2 / 5 - 3 * zeta | _ => zeta end.

  Definition exact : policy unit response := self_update beta start.

  (** Mass of the first two responses under the exact update. *)
  Definition head_mass : R := exact tt y1 + exact tt y2.

  Definition bad_policy : policy unit response := fun _ y =>
    match y with
    | y1 => 1 / 100 * (exact tt y1 / head_mass)
    | y2 => 1 / 100 * (exact tt y2 / head_mass)
    | y3 => 34 / 100 | y4 => 33 / 100 | y5 => 32 / 100
    end.

  (** The class: [true] is the exact update, [false] the other policy. *)
  Definition two_policies (i : bool) : policy unit response := if i then exact else bad_policy.

  Lemma start_policy : is_policy start.
  Proof. intros x; split; [intros []; simpl; lra|rewrite Sum_response; simpl; lra]. Qed.

  Lemma exact_policy : is_policy exact.
  Proof. apply self_update_policy, start_policy. Qed.

  Lemma head_mass_range : 0 < head_mass <= 1.
  Proof.
    unfold head_mass. generalize (proj1 (exact_policy tt) y1), (proj1 (exact_policy tt) y2).
    assert (h := dist_two_le_1 (exact tt) y1 y2 (is_full_dist _ (exact_policy tt)) ltac:(discriminate)). lra.
  Qed.

  Lemma bad_policy_policy : is_policy bad_policy.
  Proof.
    intros x. assert (hh := head_mass_range). split.
    - intros []; simpl; try lra; apply Rmult_lt_0_compat; try lra;
        apply Rdiv_lt_0_compat; try lra; apply exact_policy.
    - rewrite Sum_response. simpl. unfold head_mass in *. field. lra.
  Qed.

  Lemma two_policies_policy i : is_policy (two_policies i).
  Proof. destruct i; [exact exact_policy|exact bad_policy_policy]. Qed.

  Lemma start_realizable : realizable beta start two_policies.
  Proof. exists true. intros; reflexivity. Qed.

  Lemma start_mode x : mode start x = y1.
  Proof. apply mode_unique. intros [] h; simpl; try lra; congruence. Qed.

  Lemma start_kappa : kappa one_prompt start = 5 / 3.
  Proof.
    unfold kappa. rewrite E_one_prompt. change (Max (start tt)) with (start tt (mode start tt)).
    rewrite start_mode. simpl. lra.
  Qed.

  (** The margin is at least 2/5, since [e^(2/5) <= 3/2]. *)
  Lemma start_margin : has_margin (2 / 5) start.
  Proof.
    assert (h : exp (2 / 5) <= 3 / 2).
    { assert (k : 2 / 3 <= exp (- (2 / 5))).
      { replace (- (2 / 5)) with (INR 20 * (- (1 / 50))) by (simpl; lra).
        assert (e : exp (INR 20 * - (1 / 50)) = exp (- (1 / 50)) ^ 20).
        { rewrite <- Rpower_pow by apply exp_pos. unfold Rpower. rewrite ln_exp. reflexivity. }
        rewrite e. apply Rle_trans with ((1 + - (1 / 50)) ^ 20); [lra|].
        apply pow_incr. split; [lra|apply exp_ge_1_plus]. }
      rewrite exp_Ropp in k. assert (hp := exp_pos (2 / 5)).
      apply (Rmult_le_compat_r (exp (2 / 5))) in k; [|lra]. rewrite Rinv_l in k by lra. lra. }
    intros x y hy. rewrite (start_mode x) in *.
    assert (hpos : 0 < start x y) by apply start_policy.
    assert (hle : start x y <= 2 / 5) by (destruct y; simpl; try lra; congruence).
    assert (hln := ln_le_mono _ _ hpos hle). change (start x y1) with (3 / 5).
    apply Rle_trans with (ln (3 / 5) - ln (2 / 5)); [|lra].
    rewrite <- ln_div_pos by lra. replace (3 / 5 / (2 / 5)) with (3 / 2) by lra.
    rewrite <- (ln_exp (2 / 5)). apply ln_le_mono; [apply exp_pos|lra].
  Qed.

  (** ** The likelihood ratios *)

  Lemma update_term y : start tt y * Rpower (start tt y / exact tt y) beta <= 3 / 5.
  Proof.
    set (q := start tt). assert (hq : is_full q) by apply start_policy. assert (hy : 0 < q y) by apply hq.
    set (Z := partition beta (fun z => ln (q z)) q). assert (hZ : 0 < Z) by (apply partition_pos, hq).
    assert (hZm : Z <= exp (ln (3 / 5) / beta)).
    { rewrite <- (Rmult_1_r (exp _)), <- (proj2 hq), <- Sum_scal. apply Sum_le; intros z.
      rewrite Rmult_comm. apply Rmult_le_compat_r; [left; apply hq|]. apply exp_le.
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
      apply ln_le_mono; [apply hq|]. unfold q. destruct z; simpl; lra. }
    unfold Rpower. change (exact tt y) with (q y * exp (ln (q y) / beta) / Z).
    replace (q y / (q y * exp (ln (q y) / beta) / Z)) with (Z / exp (ln (q y) / beta))
      by (field; split; [lra|split; apply Rgt_not_eq; [apply exp_pos|exact hy]]).
    rewrite ln_div_pos, ln_exp by (exact hZ || apply exp_pos).
    replace (beta * (ln Z - ln (q y) / beta)) with (beta * ln Z + - ln (q y)) by (field; lra).
    rewrite exp_plus, (exp_Ropp (ln (q y))), exp_ln by exact hy.
    replace (q y * (exp (beta * ln Z) * / q y)) with (exp (beta * ln Z)) by (field; lra).
    rewrite <- (exp_ln (3 / 5)) by lra. apply exp_le.
    apply ln_le_mono in hZm; [|exact hZ]. rewrite ln_exp in hZm.
    apply (Rmult_le_compat_l beta) in hZm; [|lra].
    replace (beta * (ln (3 / 5) / beta)) with (ln (3 / 5)) in hZm by (field; lra). exact hZm.
  Qed.

  (** A-TAIL holds with [K = 3] for the exact update. *)
  Lemma exact_tail : tail_constant one_prompt beta start exact <= 3.
  Proof.
    unfold tail_constant, E1. rewrite E_one_prompt. unfold E. rewrite Sum_response.
    generalize (update_term y1), (update_term y2), (update_term y3), (update_term y4), (update_term y5). lra.
  Qed.

  Lemma ratio_power_le a b : 0 < a -> a <= b -> Rpower a beta <= Rpower b beta.
  Proof. intros ha hab. apply exp_le, Rmult_le_compat_l; [lra|apply ln_le_mono; assumption]. Qed.

  (** A-TAIL holds with [K = 3] for the other policy, if [100^beta <= 2]. *)
  Lemma bad_tail : Rpower 100 beta <= 2 -> tail_constant one_prompt beta start bad_policy <= 3.
  Proof.
    intros h100. assert (hh := head_mass_range).
    assert (head : forall y, bad_policy tt y = 1 / 100 * (exact tt y / head_mass) ->
      start tt y * Rpower (start tt y / bad_policy tt y) beta <= 6 / 5).
    { intros y e. assert (hs := proj1 (start_policy tt) y). assert (he := proj1 (exact_policy tt) y).
      apply Rle_trans with (start tt y * (Rpower 100 beta * Rpower (start tt y / exact tt y) beta)).
      - apply Rmult_le_compat_l; [lra|].
        rewrite Rpower_mult_distr by (lra || apply Rdiv_lt_0_compat; assumption).
        apply ratio_power_le; [apply Rdiv_lt_0_compat; [exact hs|apply bad_policy_policy]|].
        rewrite e. replace (start tt y / (1 / 100 * (exact tt y / head_mass)))
          with (100 * (start tt y / exact tt y) * head_mass) by (field; lra).
        rewrite <- (Rmult_1_r (100 * (start tt y / exact tt y))) at 2. apply Rmult_le_compat_l; [|lra].
        apply Rmult_le_pos; [lra|]. left; apply Rdiv_lt_0_compat; assumption.
      - assert (ht := update_term y). assert (hp : 0 < Rpower (start tt y / exact tt y) beta) by apply exp_pos.
        assert (hp2 : 0 < Rpower 100 beta) by apply exp_pos.
        replace (start tt y * (Rpower 100 beta * Rpower (start tt y / exact tt y) beta))
          with (Rpower 100 beta * (start tt y * Rpower (start tt y / exact tt y) beta)) by lra.
        apply Rle_trans with (2 * (3 / 5)); [|lra].
        apply Rmult_le_compat; try lra. apply Rmult_le_pos; lra. }
    assert (rest : forall y, zeta <= bad_policy tt y -> start tt y = zeta ->
      start tt y * Rpower (start tt y / bad_policy tt y) beta <= 1 / 20).
    { intros y hle e. rewrite e. assert (hb := proj1 (bad_policy_policy tt) y).
      apply Rle_trans with (zeta * 1); [|lra]. apply Rmult_le_compat_l; [lra|].
      unfold Rpower. rewrite <- exp_0. apply exp_le.
      assert (hl : ln (zeta / bad_policy tt y) <= 0).
      { rewrite <- ln_1. apply ln_le_mono; [apply Rdiv_lt_0_compat; lra|].
        apply (Rmult_le_reg_r (bad_policy tt y)); [exact hb|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
      nra. }
    unfold tail_constant, E1. rewrite E_one_prompt. unfold E. rewrite Sum_response.
    generalize (head y1 eq_refl), (head y2 eq_refl),
      (rest y3 ltac:(simpl; lra) eq_refl), (rest y4 ltac:(simpl; lra) eq_refl), (rest y5 ltac:(simpl; lra) eq_refl).
    lra.
  Qed.

  (** ** The event and the failure *)

  (** Neither response of the pair is one of the last three. *)
  Definition pair_in_head (z : unit * response * response) : Prop :=
    let '(_, y, y') := z in (y = y1 \/ y = y2) /\ (y' = y1 \/ y' = y2).

  Lemma pair_in_head_probability :
    Pr (coupled one_prompt start start) pair_in_head = (1 - 3 * zeta) ^ 2.
  Proof.
    unfold Pr. transitivity (E2 one_prompt start start (fun _ y y' =>
      ind (y = y1 \/ y = y2) * ind (y' = y1 \/ y' = y2))).
    - rewrite E2_coupled. apply E_ext; intros [[x y] y']. unfold pair_in_head. apply ind_and.
    - unfold E2. rewrite E_one_prompt.
      assert (e : E (start tt) (fun y => ind (y = y1 \/ y = y2)) = 1 - 3 * zeta).
      { unfold E. rewrite Sum_response.
        rewrite (ind_true (y1 = y1 \/ _)), (ind_true (y2 = y1 \/ _)) by auto.
        rewrite !ind_false by (intros [h|h]; discriminate). simpl. lra. }
      rewrite (E_ext (start tt) _ (fun y => ind (y = y1 \/ y = y2) * (1 - 3 * zeta)))
        by (intros y; rewrite E_scal, e; reflexivity).
      rewrite E_scal_r, e. lra.
  Qed.

  Lemma bad_zero_loss z : pair_in_head z -> pair_loss beta start two_policies false z = 0.
  Proof.
    destruct z as [[[] y] y']. intros [hy hy'].
    assert (hh := head_mass_range).
    assert (r : forall w, w = y1 \/ w = y2 -> implicit_reward beta start bad_policy tt w
        = implicit_reward beta start exact tt w + beta * ln (1 / 100 / head_mass)).
    { intros w hw. unfold implicit_reward. assert (hs := proj1 (start_policy tt) w).
      assert (he := proj1 (exact_policy tt) w).
      assert (e : bad_policy tt w = exact tt w * (1 / 100 / head_mass))
        by (destruct hw as [-> | ->]; simpl; lra).
      assert (hc : 0 < 1 / 100 / head_mass) by (apply Rdiv_lt_0_compat; lra).
      rewrite e, !ln_div_pos, ln_mult by (assumption || apply Rmult_lt_0_compat; assumption).
      lra. }
    unfold pair_loss, Delta. change (two_policies false) with bad_policy. rewrite (r y hy), (r y' hy').
    assert (k := S03_reward_difference beta (fun y => ln (start tt y)) (start tt) ltac:(lra) (start_policy tt) y y').
    unfold implicit_reward. change (exact tt) with (gibbs beta (fun y => ln (start tt y)) (start tt)).
    rewrite k. lra.
  Qed.

  (** The policy [bad_policy] fails at every prompt, in both readings. *)
  Lemma bad_fails : own_failure one_prompt bad_policy (1 / 2) = 1 /\
                    failure one_prompt bad_policy (mode start) (1 / 2) = 1.
  Proof.
    assert (hall : forall y, bad_policy tt y <= 1 / 2).
    { assert (hh := head_mass_range).
      assert (small : forall y, y = y1 \/ y = y2 -> exact tt y / head_mass <= 1).
      { intros y hy. apply (Rmult_le_reg_r head_mass); [lra|]. unfold Rdiv.
        rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra. unfold head_mass.
        generalize (proj1 (exact_policy tt) y1), (proj1 (exact_policy tt) y2).
        destruct hy as [-> | ->]; lra. }
      generalize (small y1 (or_introl eq_refl)), (small y2 (or_intror eq_refl)). intros h1 h2 [];
      simpl; lra. }
    unfold own_failure, failure, Pr. rewrite !E_one_prompt. split; apply ind_true; apply hall.
  Qed.

  (** C17, the event: with probability at least [1 - 6 n zeta] the failing policy is an empirical risk
      minimiser. *)
  Theorem C17_failing_minimiser n :
    1 - 6 * INR n * zeta <= Prn n (coupled one_prompt start start)
      (fun s => is_ERM (pair_loss beta start two_policies) s false).
  Proof.
    assert (hlaw : is_dist (coupled one_prompt start start))
      by (apply (pair_law_dist one_prompt one_prompt_dist start start_policy)).
    apply Rle_trans with (Prn n (coupled one_prompt start start) (fun s => List.Forall pair_in_head s)).
    - rewrite Prn_forall, pair_in_head_probability.
      assert (bern : forall k x, 0 <= x <= 1 -> 1 - INR k * x <= (1 - x) ^ k).
      { intros k x hx. induction k as [|k ih]; [simpl; lra|]. rewrite S_INR. simpl.
        assert (0 <= INR k) by apply pos_INR.
        apply Rle_trans with ((1 - x) * (1 - INR k * x)); [nra|apply Rmult_le_compat_l; lra]. }
      assert (h := bern n (1 - (1 - 3 * zeta) ^ 2) ltac:(split; nra)).
      replace (1 - (1 - (1 - 3 * zeta) ^ 2)) with ((1 - 3 * zeta) ^ 2) in h by lra.
      eapply Rle_trans; [|exact h]. assert (0 <= INR n) by apply pos_INR. nra.
    - apply Prn_mono; [apply hlaw|]. intros s _ hs j. unfold empirical_loss.
      rewrite (sumL_ext s (pair_loss beta start two_policies false) (fun _ => 0)).
      + rewrite sumL_zero. unfold Rdiv. rewrite Rmult_0_l.
        apply Rmult_le_pos; [apply sumL_nonneg; intros; apply pair_loss_nonneg|].
        destruct (length s) as [|k]; [simpl; rewrite Rinv_0; lra|]. left; apply Rinv_0_lt_compat, lt_0_INR; lia.
      + intros z hz. apply bad_zero_loss. rewrite Forall_forall in hs. apply hs, hz.
  Qed.

End Witness.

(** ** The numbers *)

Lemma exp_1_ge : 27 / 10 <= exp 1.
Proof. assert (h := exp_ge_taylor 1 4 ltac:(lra)). unfold sum_f_R0 in h. simpl in h. lra. Qed.

Lemma exp_INR_ge k : (27 / 10) ^ k <= exp (INR k).
Proof.
  replace (exp (INR k)) with (exp 1 ^ k).
  - apply pow_incr. split; [lra|exact exp_1_ge].
  - rewrite <- Rpower_pow by apply exp_pos. unfold Rpower. rewrite ln_exp, Rmult_1_r. reflexivity.
Qed.

Lemma ln_le_of_exp x y : 0 < x -> x <= exp y -> ln x <= y.
Proof. intros hx h. rewrite <- (ln_exp y). apply ln_le_mono; assumption. Qed.

Lemma M4_le l u : 0 <= l <= u -> M4 l <= M4 u.
Proof.
  intros h. unfold M4. assert (l ^ 4 <= u ^ 4) by (apply pow_incr; lra).
  assert (l ^ 3 <= u ^ 3) by (apply pow_incr; lra). assert (l ^ 2 <= u ^ 2) by (apply pow_incr; lra). lra.
Qed.

(** [eps_stat <= 2.08 * 10^-3] for [N = 5], [K = 3], [|Pi| = 2], [n = 10^10], [delta = 1/20]. *)
Lemma eps_stat_value : eps_stat 5 3 2 (10 ^ 10) (1 / 20) <= 208 / 100000.
Proof.
  unfold eps_stat.
  assert (hB : trunc_level 5 3 (10 ^ 10) <= 50).
  { apply ln_le_of_exp; [lra|]. apply Rle_trans with ((27 / 10) ^ 50); [lra|].
    replace 50 with (INR 50) by (simpl; lra). apply exp_INR_ge. }
  assert (hB0 : 0 <= trunc_level 5 3 (10 ^ 10)) by (apply trunc_level_nonneg; lra).
  assert (hl : ln (2 / (1 / 20)) <= 4).
  { apply ln_le_of_exp; [lra|]. apply Rle_trans with ((27 / 10) ^ 4); [lra|].
    replace 4 with (INR 4) by (simpl; lra). apply exp_INR_ge. }
  assert (hs : sqrt (ln (2 / (1 / 20)) / 10 ^ 10) <= 2 / 100000).
  { rewrite <- (sqrt_pow2 (2 / 100000)) by lra. apply sqrt_le_1_alt.
    apply Rle_trans with (4 / 10 ^ 10); [apply Rmult_le_compat_r; lra|lra]. }
  assert (h5 : 0 <= ln 5 <= 17 / 10).
  { split; [apply ln_ge_0; lra|]. apply ln_le_of_exp; [lra|].
    assert (h := exp_ge_taylor (17 / 10) 4 ltac:(lra)). unfold sum_f_R0 in h. simpl in h. lra. }
  assert (h6 : 0 <= ln (2 * 3) <= 19 / 10).
  { split; [apply ln_ge_0; lra|]. apply ln_le_of_exp; [lra|].
    assert (h := exp_ge_taylor (19 / 10) 4 ltac:(lra)). unfold sum_f_R0 in h. simpl in h. lra. }
  assert (hV : V4 5 3 <= 8).
  { unfold V4. apply Rle_trans with (sqrt (8 ^ 2)); [|rewrite sqrt_pow2; lra]. apply sqrt_le_1_alt.
    apply Rle_trans with (sqrt ((8 ^ 2) ^ 2)); [|rewrite sqrt_pow2; lra]. apply sqrt_le_1_alt.
    assert (m1 := M4_le _ _ h5). assert (m2 := M4_le _ _ h6). unfold M4 at 2 in m1. unfold M4 at 2 in m2. lra. }
  assert (hV0 := V4_nonneg 5 3).
  replace (sqrt (10 ^ 10)) with (10 ^ 5) by (rewrite <- (sqrt_pow2 (10 ^ 5)) by lra; f_equal; lra).
  assert (hp := sqrt_pos (ln (2 / (1 / 20)) / 10 ^ 10)).
  assert (h1 : 2 * trunc_level 5 3 (10 ^ 10) * sqrt (ln (2 / (1 / 20)) / 10 ^ 10) <= 2 * 50 * (2 / 100000))
    by (apply Rmult_le_compat; lra).
  assert (h2 : V4 5 3 / 10 ^ 5 <= 8 / 10 ^ 5) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(** [(sqrt kappa + sqrt kappa) eps_stat + beta log kappa <= 6 * 10^-3] for these numbers. *)
Lemma gap_bound_value (n : nat) zeta : INR n = 10 ^ 10 -> 0 < zeta <= 1 / 20 ->
  gap_bound one_prompt (/ 10 ^ 5) (start zeta) (kappa one_prompt (start zeta))
    (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) <= 6 / 1000.
Proof.
  intros hn hz. unfold gap_bound. rewrite card_response, hn.
  replace (card bool) with 2 by (unfold card; simpl; lra).
  rewrite start_kappa by exact hz.
  assert (he := eps_stat_value).
  assert (he0 : 0 <= eps_stat 5 3 2 (10 ^ 10) (1 / 20)) by (apply eps_stat_nonneg; lra).
  assert (hs : sqrt (5 / 3) <= 13 / 10) by (rewrite <- (sqrt_pow2 (13 / 10)) by lra; apply sqrt_le_1_alt; lra).
  assert (hs0 := sqrt_pos (5 / 3)).
  assert (hl : ln (5 / 3) <= 2 / 3) by (generalize (ln_le_minus_1 (5 / 3)); lra).
  assert (hl0 : 0 <= ln (5 / 3)) by (apply ln_ge_0; lra).
  assert (h1 : (sqrt (5 / 3) + sqrt (5 / 3)) * eps_stat 5 3 2 (10 ^ 10) (1 / 20) <= 26 / 10 * (208 / 100000))
    by (apply Rmult_le_compat; lra).
  lra.
Qed.

Lemma ten_billion : exists n : nat, (0 < n)%nat /\ INR n = 10 ^ 10.
Proof.
  exists (Z.to_nat (10 ^ 10)). assert (e : INR (Z.to_nat (10 ^ 10)) = 10 ^ 10).
  { rewrite INR_IZR_INZ, Z2Nat.id by lia. simpl. lra. }
  split; [|exact e]. apply INR_lt. rewrite e. simpl. lra.
Qed.

(** C17: at [n = 10^10], [zeta = 10^-14], [beta = 10^-5], [delta = 1/20] the assumptions A-REAL, A-TAIL
    ([K = 3]) and A-MARGIN ([gamma = 2/5]) hold, the bound of C19 with [Cbar] replaced by [kappa_0] is
    below 3/100, and with probability above 99/100 some empirical risk minimiser fails with
    probability 1, in both readings. *)
Theorem C17_learned_concentrability (n : nat) : INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in let zeta := / 10 ^ 14 in
  let base := start zeta in let pol := two_policies beta zeta in
  realizable beta base pol /\ has_margin (2 / 5) base /\
  (forall i, tail_constant one_prompt beta base (pol i) <= 3) /\
  mass_bound one_prompt beta base (2 / 5) (kappa one_prompt base)
    (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) / (1 / 2) <= 3 / 100 /\
  99 / 100 <= Prn n (coupled one_prompt base base) (fun s => exists i, is_ERM (pair_loss beta base pol) s i /\
    own_failure one_prompt (pol i) (1 / 2) = 1 /\ failure one_prompt (pol i) (mode base) (1 / 2) = 1).
Proof.
  intros hn beta zeta base pol.
  assert (hbeta : 0 < beta <= 1).
  { unfold beta. split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  assert (hz : 0 < zeta <= 1 / 20).
  { unfold zeta. split; [apply Rinv_0_lt_compat; lra|]. apply Rle_trans with (/ 20); [apply Rinv_le_contravar; lra|lra]. }
  split; [apply start_realizable|]. split; [apply start_margin, hz|]. split; [|split].
  - assert (h100 : Rpower 100 beta <= 2).
    { unfold Rpower. assert (h1 : beta * ln 100 <= / 2).
      { assert (ln 100 <= 5).
        { apply ln_le_of_exp; [lra|]. apply Rle_trans with ((27 / 10) ^ 5); [lra|].
          replace 5 with (INR 5) by (simpl; lra). apply exp_INR_ge. }
        assert (beta <= / 10) by (unfold beta; apply Rinv_le_contravar; lra).
        assert (0 <= ln 100) by (apply ln_ge_0; lra). nra. }
      assert (hp := exp_pos (- (beta * ln 100))).
      assert (h2 := exp_ge_1_plus (- (beta * ln 100))). rewrite exp_Ropp in *.
      set (v := exp (beta * ln 100)) in *. assert (hv : 0 < v) by apply exp_pos.
      assert (h3 : / 2 <= / v) by lra. apply (Rmult_le_compat_r (2 * v)) in h3; [|lra].
      replace (/ v * (2 * v)) with 2 in h3 by (field; lra). lra. }
    intros [|]; [apply exact_tail; assumption|apply bad_tail; assumption].
  - assert (h := gap_bound_value n zeta hn hz). unfold mass_bound. fold beta in h. fold base in h.
    apply (Rmult_le_compat_r (/ (2 / 5))) in h; [|left; apply Rinv_0_lt_compat; lra]. lra.
  - apply Rle_trans with (1 - 6 * INR n * zeta); [rewrite hn; unfold zeta; lra|].
    eapply Rle_trans; [apply (C17_failing_minimiser beta zeta hbeta hz n)|].
    apply Prn_mono; [apply (pair_law_dist one_prompt one_prompt_dist base (start_policy zeta hz))|].
    intros s _ hs. exists false. split; [exact hs|]. apply bad_fails; assumption.
Qed.

(** C17: hence Theorem 5.3 in one round is false without A-CONC. *)
Theorem C17_A_CONC_needed (n : nat) : INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in let base := start (/ 10 ^ 14) in let pol := two_policies beta (/ 10 ^ 14) in
  ~ 1 - 1 / 20 <= Prn n (coupled one_prompt base base) (fun s => forall i,
      is_ERM (pair_loss beta base pol) s i -> tail_constant one_prompt beta base (pol i) <= 3 ->
      own_failure one_prompt (pol i) (1 / 2)
        <= mass_bound one_prompt beta base (2 / 5) (kappa one_prompt base)
    (eps_stat (card response) 3 (card bool) (INR n) (1 / 20)) / (1 / 2)).
Proof.
  intros hn beta base pol hclaim.
  destruct (C17_learned_concentrability n hn) as (hreal & hm & htail & hbound & hprob).
  fold beta base pol in hreal, hm, htail, hbound, hprob.
  set (law := coupled one_prompt base base) in *.
  assert (hlaw : is_dist law).
  { apply (pair_law_dist one_prompt one_prompt_dist base). apply start_policy.
    split; [apply Rinv_0_lt_compat; lra|]. apply Rle_trans with (/ 20); [apply Rinv_le_contravar; lra|lra]. }
  set (Claim := fun s => forall i, is_ERM (pair_loss beta base pol) s i -> _ -> _) in hclaim.
  assert (h := Prn_not law n Claim hlaw).
  assert (k : 99 / 100 <= Prn n law (fun s => ~ Claim s)).
  { eapply Rle_trans; [exact hprob|]. apply Prn_mono; [apply hlaw|].
    intros s _ (i & hi & h1 & _) hc. specialize (hc i hi (htail i)). rewrite h1 in hc. lra. }
  lra.
Qed.

(** C18 is false without A-REAL: for the class of [pi0] alone every empirical risk minimiser satisfies
    A-CONC and A-TAIL, and its gap exceeds the bound on every sample. *)
Theorem C18_A_REAL_needed (n : nat) : INR n = 10 ^ 10 ->
  let beta := / 10 ^ 5 in let base := start (/ 10 ^ 14) in let pol := fun _ : bool => base in
  forall s i, is_ERM (pair_loss beta base pol) s i /\
    admissible one_prompt beta base 3 (kappa one_prompt base) (pol i) /\
    gap_bound one_prompt beta base (kappa one_prompt base)
      (eps_stat (card response) 3 (card bool) (INR n) (1 / 20))
      < J one_prompt base (comparator base) - J one_prompt base (pol i).
Proof.
  intros hn beta base pol s i.
  assert (hz : 0 < / 10 ^ 14 <= 1 / 20).
  { split; [apply Rinv_0_lt_compat; lra|]. apply Rle_trans with (/ 20); [apply Rinv_le_contravar; lra|lra]. }
  assert (hb : is_policy base) by apply (start_policy _ hz).
  split; [intros j; right; reflexivity|]. split; [split|].
  - apply Rle_trans with 1; [|apply K01_range; [exact one_prompt_dist|exact hb]].
    unfold conc. rewrite E_one_prompt, <- (proj2 (hb tt)). apply Sum_le; intros y.
    assert (h := proj1 (hb tt) y). unfold pol. right. field. lra.
  - unfold tail_constant, E1. rewrite E_one_prompt. apply Rle_trans with 1; [|lra].
    rewrite <- (E_const (base tt) 1 (is_full_dist _ (hb tt))). right. apply E_ext; intros y.
    assert (h := proj1 (hb tt) y). unfold pol, Rpower, Rdiv. rewrite Rinv_r, ln_1, Rmult_0_r by lra. apply exp_0.
  - assert (hg := gap_bound_value n (/ 10 ^ 14) hn hz). fold beta in hg. fold base in hg.
    assert (h := C02_gap_to_mass one_prompt one_prompt_dist base (pol i) (2 / 5) ltac:(lra) (start_margin _ hz)
      (fun x => is_full_dist _ (hb x))).
    unfold missed_mass in h. rewrite E_one_prompt in h.
    assert (e : pol i tt (mode base tt) = 3 / 5) by (unfold base; rewrite (start_mode _ hz); reflexivity).
    rewrite e in h. apply (Rmult_le_compat_r (2 / 5)) in h; [|lra].
    unfold Rdiv at 3 in h. rewrite Rmult_assoc, Rinv_l, Rmult_1_r in h by lra. lra.
Qed.
