(** One round: the one-step bound, tail integrals, the two regimes. *)

From Coq Require Import Reals Lra Lia List Classical.
From Coquelicot Require Import Coquelicot.
From SRVerify Require Import Scalar.Rounds Finite.Space Policy.Definitions Policy.Update
  OneRound.Concentration.
Open Scope R_scope.

(** * One round of self-rewarding

    C18 (balance), C19 (suboptimality), C26 (direct one-step bound) and C27 (recurrence), for every
    finite space and class.  All statements are uniform over the empirical risk minimisers of the
    round, so ties may be broken by an adversary; A-CONC, A-TAIL and the weak [c] are asked of the
    minimiser that is returned. *)

(** [B = log(2 (N+K) n^2)], the truncation level. *)
Definition trunc_level (N K n : R) : R := ln (2 * (N + K) * n ^ 2).

(** [V4 = (8 (2 M4(log N) + M4(log 2K)))^(1/4)]. *)
Definition V4 (N K : R) : R := sqrt (sqrt (8 * (2 * M4 (ln N) + M4 (ln (2 * K))))).

(** [eps_stat = 2 B sqrt(log(m/delta)/n) + V4 n^(-1/2)], [m] the size of the class. *)
Definition eps_stat (N K m n delta : R) : R :=
  2 * trunc_level N K n * sqrt (ln (m / delta) / n) + V4 N K / sqrt n.

Lemma V4_nonneg N K : 0 <= V4 N K.
Proof. apply sqrt_pos. Qed.

Lemma trunc_level_nonneg N K n : 1 <= N -> 0 <= K -> 1 <= n -> 0 <= trunc_level N K n.
Proof.
  intros hN hK hn. apply ln_ge_0. assert (1 <= n ^ 2) by nra.
  apply Rle_trans with (2 * (N + K) * 1); [lra|]. apply Rmult_le_compat_l; lra.
Qed.

Lemma eps_stat_nonneg N K m n delta : 1 <= N -> 0 <= K -> 1 <= n -> 0 <= eps_stat N K m n delta.
Proof.
  intros hN hK hn. apply Rplus_le_le_0_compat.
  - apply Rmult_le_pos; [|apply sqrt_pos]. generalize (trunc_level_nonneg N K n hN hK hn); lra.
  - apply Rmult_le_pos; [apply V4_nonneg|]. left. apply Rinv_0_lt_compat, sqrt_lt_R0. lra.
Qed.

Lemma Rabs_bounds a b : Rabs a <= b -> - b <= a <= b.
Proof. intros h. generalize (Rle_abs a), (Rle_abs (- a)). rewrite Rabs_Ropp. lra. Qed.

(** C11, for the fourth moment of a difference. *)
Lemma fourth_power_difference a b : (a - b) ^ 4 <= 8 * (a ^ 4 + b ^ 4).
Proof.
  assert (h1 : (a - b) ^ 2 <= 2 * (a ^ 2 + b ^ 2)) by (generalize (pow2_ge_0 (a + b)); nra).
  assert (h2 : (a - b) ^ 4 <= (2 * (a ^ 2 + b ^ 2)) ^ 2).
  { replace ((a - b) ^ 4) with (((a - b) ^ 2) ^ 2) by lra. apply pow_incr. split; [apply pow2_ge_0|exact h1]. }
  generalize (pow2_ge_0 (a ^ 2 - b ^ 2)). nra.
Qed.

Section DirectOneStep.
  Context {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Implicit Types pi base : policy X Y.

  Lemma inverse_linear c u : 0 < c -> c <= u <= 1 -> / u <= 1 + (1 - u) / c.
  Proof.
    intros hc hu. apply (Rmult_le_reg_r (u * c)); [apply Rmult_lt_0_compat; lra|].
    replace (/ u * (u * c)) with c by (field; lra).
    replace ((1 + (1 - u) / c) * (u * c)) with (u * c + u * (1 - u)) by (field; lra).
    nra.
  Qed.

  (** C26: [kappa <= 1 + E[1 - max pi]/c], and [kappa <= 1/c], with the weak [c]. *)
  Theorem C26_direct_one_step pi c : is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
    kappa D pi <= Rmin (/ c) (1 + E D (fun x => 1 - Max (pi x)) / c).
  Proof.
    intros hp hc h. apply Rmin_glb.
    - rewrite <- (E_const D (/ c) hD). apply E_le; [apply hD|]. intros x.
      apply Rinv_le_contravar; [exact hc|apply h].
    - replace (1 + E D (fun x => 1 - Max (pi x)) / c) with (E D (fun x => 1 + / c * (1 - Max (pi x)))).
      + apply E_le; [apply hD|]. intros x. rewrite (Rmult_comm (/ c)). apply inverse_linear; [exact hc|].
        split; [apply h|apply Max_policy_le_1, hp].
      + rewrite E_plus, E_scal, E_const by exact hD. unfold Rdiv; lra.
  Qed.

  (** C26: hence [kappa <= 1 + A/c] for every bound [A] on the mass missed at the mode of [base]. *)
  Theorem C26_gap_form base pi c A : is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
    missed_mass D base pi <= A -> kappa D pi <= 1 + A / c.
  Proof.
    intros hp hc h hA. eapply Rle_trans; [apply (C26_direct_one_step pi c); assumption|].
    eapply Rle_trans; [apply Rmin_r|]. apply Rplus_le_compat_l.
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hc|].
    eapply Rle_trans; [|exact hA]. apply E_le; [apply hD|]. intros x. generalize (Max_ge (pi x) (mode base x)); lra.
  Qed.

End DirectOneStep.

Section Balance.
  (** The class may be infinite here; what is needed of it is a bound on the truncated risk. *)
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable base : policy X Y.
  Hypothesis hbase : is_policy base.
  Variable K : R.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.

  Let N : R := card Y.
  Let B : R := trunc_level N K (INR n).
  Let r : X -> Y -> R := fun x y => ln (base x y).
  Let rhat (i : I) : X -> Y -> R := implicit_reward beta base (pol i).

  Lemma n_ge_1 : 1 <= INR n.
  Proof. change 1 with (INR 1). apply le_INR. exact hn. Qed.

  Lemma base_dist x : is_dist (base x).
  Proof. apply is_full_dist, hbase. Qed.

  (** The law of one pair of the round. *)
  Definition pair_law : X * Y * Y -> R := coupled D base base.

  Lemma pair_law_dist : is_dist pair_law.
  Proof. apply coupled_dist; [exact hD|exact base_dist|exact base_dist]. Qed.

  (** The region where both reward differences are at most [B] in absolute value. *)
  Definition good_region (i : I) (x : X) (y y' : Y) : Prop :=
    Rabs (Delta r x y y') <= B /\ Rabs (Delta (rhat i) x y y') <= B.

  (** The loss on the good region, zero elsewhere. *)
  Definition truncated_loss (i : I) : X * Y * Y -> R := fun z => let '(x, y, y') := z in
    (Delta (rhat i) x y y' - Delta r x y y') ^ 2 * ind (good_region i x y y').

  Lemma truncated_loss_range i z : 0 <= B -> 0 <= truncated_loss i z <= 4 * B ^ 2.
  Proof.
    intros hB. destruct z as [[x y] y']; simpl truncated_loss.
    set (a := Delta (rhat i) x y y'). set (u := Delta r x y y').
    assert (0 <= (a - u) ^ 2) by apply pow2_ge_0.
    split; [apply Rmult_le_pos; [assumption|apply ind_nonneg]|].
    unfold ind. destruct (decide _) as [[h1 h2]|_]; [|nra].
    fold u in h1. fold a in h2. apply Rabs_bounds in h1. apply Rabs_bounds in h2.
    assert ((a - u) ^ 2 <= (2 * B) ^ 2) by (apply pow_maj_Rabs, Rabs_le; lra). nra.
  Qed.

  Lemma truncated_zero i s : zero_on (pair_loss beta base pol) i s -> zero_on truncated_loss i s.
  Proof.
    apply Forall_impl. intros [[x y] y'] h. simpl in *. unfold rhat, r. rewrite h. lra.
  Qed.

  (** The concentration event of a round: every zero-loss member has truncated risk at most [stat]. *)
  Definition concentrated (stat : R) (s : list (X * Y * Y)) : Prop :=
    forall i, zero_on (pair_loss beta base pol) i s -> E pair_law (truncated_loss i) <= stat.

  (** [sqrt stat + V4 n^(-1/2)]. *)
  Definition error_term (stat : R) : R := sqrt stat + V4 N K / sqrt (INR n).

  Lemma error_term_nonneg stat : 0 <= error_term stat.
  Proof.
    apply Rplus_le_le_0_compat; [apply sqrt_pos|]. apply Rmult_le_pos; [apply V4_nonneg|].
    left. apply Rinv_0_lt_compat, sqrt_lt_R0. generalize n_ge_1; lra.
  Qed.

  Lemma bad_region_probability i : tail_constant D beta base (pol i) <= K ->
    Pr pair_law (fun z => let '(x, y, y') := z in ~ good_region i x y y') <= / INR n ^ 2.
  Proof.
    intros hK. assert (h1 := tail_constant_ge_1 D hD beta base (pol i) ltac:(lra) hbase (hpol i)).
    assert (hc := @card_ge_1 Y FY). assert (hn1 := n_ge_1).
    apply Rle_trans with (2 * N * exp (- B) + 2 * K * exp (- B)).
    - eapply Rle_trans; [|apply Rplus_le_compat;
        [apply (reward_tail D hD base B hbase)|apply (C12_implicit_tail D hD beta base (pol i) K B); (lra || auto)]].
      eapply Rle_trans; [|apply Pr_or, pair_law_dist].
      apply Pr_mono; [apply pair_law_dist|]. intros [[x y] y'] h.
      apply not_and_or in h as [h|h]; apply Rnot_le_lt in h; [left|right]; exact h.
    - unfold B, trunc_level. assert (0 < N) by (unfold N; lra). assert (0 < INR n ^ 2) by (apply pow_lt; lra).
      rewrite exp_Ropp, exp_ln by (apply Rmult_lt_0_compat; lra). right. field. split; lra.
  Qed.

  (** [E_{pi,base}|Delta^r - Delta^{r^}| <= sqrt C(pi) (sqrt stat + V4 n^(-1/2))] on the concentration event. *)
  Lemma reward_error_bound stat i pi s :
    (forall x, is_dist (pi x)) -> tail_constant D beta base (pol i) <= K ->
    concentrated stat s -> zero_on (pair_loss beta base pol) i s ->
    reward_error D beta base (pol i) pi <= sqrt (conc D base pi) * error_term stat.
  Proof.
    intros hpi hK hconc hz.
    assert (h1 := tail_constant_ge_1 D hD beta base (pol i) ltac:(lra) hbase (hpol i)).
    assert (hc := @card_ge_1 Y FY). assert (hn1 := n_ge_1).
    set (f := fun x y y' => Rabs (Delta r x y y' - Delta (rhat i) x y y')).
    assert (hf2 : forall x y y', f x y y' ^ 2 = (Delta (rhat i) x y y' - Delta r x y y') ^ 2).
    { intros; unfold f. rewrite pow2_abs. lra. }
    unfold reward_error. change (E2 D pi base f <= sqrt (conc D base pi) * error_term stat).
    rewrite (C07_region_split D pi base f (good_region i)).
    unfold error_term. rewrite Rmult_plus_distr_l. apply Rplus_le_compat.
    - eapply Rle_trans; [apply C08_lemma_C2; [exact hD|exact hbase|exact hpi]|].
      apply Rmult_le_compat_l; [apply sqrt_pos|].
      apply sqrt_le_1_alt. eapply Rle_trans; [|apply (hconc i hz)].
      rewrite E2_coupled. right. apply E_ext; intros [[x y] y']. unfold truncated_loss.
      rewrite <- hf2. generalize (ind_idem (good_region i x y y')). simpl. nra.
    - eapply Rle_trans; [apply C08_lemma_C2; [exact hD|exact hbase|exact hpi]|].
      apply Rmult_le_compat_l; [apply sqrt_pos|].
      set (g := fun z : X * Y * Y => let '(x, y, y') := z in f x y y').
      set (Bad := fun z : X * Y * Y => let '(x, y, y') := z in ~ good_region i x y y').
      assert (hbad : Pr pair_law Bad <= / INR n ^ 2) by (apply bad_region_probability, hK).
      assert (hfour : E pair_law (fun z => g z ^ 4) <= 8 * (2 * M4 (ln N) + M4 (ln (2 * K)))).
      { assert (m1 := reward_fourth_moment D hD base hbase).
        assert (m2 := C12_implicit_fourth_moment D hD beta base (pol i) K ltac:(lra) hbase (hpol i) hK).
        apply Rle_trans with (E2 D base base (fun x y y' =>
          8 * (Rabs (Delta r x y y') ^ 4 + Rabs (Delta (rhat i) x y y') ^ 4))).
        - rewrite E2_coupled. apply E_le; [apply pair_law_dist|]. intros [[x y] y']. unfold g, f.
          assert (e4 : forall v, Rabs v ^ 4 = v ^ 4).
          { intros v. replace (Rabs v ^ 4) with ((Rabs v ^ 2) ^ 2) by lra. rewrite pow2_abs. lra. }
          rewrite !e4. apply fourth_power_difference.
        - rewrite E2_scal, E2_plus. apply Rmult_le_compat_l; [lra|]. apply Rplus_le_compat; assumption. }
      assert (e : E2 D base base (fun x y y' => (f x y y' * ind (~ good_region i x y y')) ^ 2)
                  = E pair_law (fun z => g z ^ 2 * ind (Bad z))).
      { rewrite E2_coupled. apply E_ext; intros [[x y] y']. unfold g, Bad.
        generalize (ind_idem (~ good_region i x y y')). simpl. nra. }
      rewrite e. assert (h9 := C09_bad_region pair_law g Bad (proj1 pair_law_dist)).
      apply Rle_trans with (sqrt (sqrt (/ INR n ^ 2) * sqrt (8 * (2 * M4 (ln N) + M4 (ln (2 * K)))))).
      + apply sqrt_le_1_alt. eapply Rle_trans; [exact h9|].
        apply Rmult_le_compat; try apply sqrt_pos; apply sqrt_le_1_alt; assumption.
      + right. rewrite sqrt_mult_alt by apply sqrt_pos. fold (V4 N K).
        rewrite <- pow_inv. rewrite sqrt_pow2 by (left; apply Rinv_0_lt_compat; lra).
        rewrite sqrt_inv. unfold Rdiv; lra.
  Qed.

  (** The right side of C18: [(sqrt kappa + sqrt C) eps + beta log kappa]. *)
  Definition gap_bound (Cbar eps : R) : R :=
    (sqrt (kappa D base) + sqrt Cbar) * eps + beta * ln (kappa D base).

  (** What is asked of the returned policy: A-CONC with [Cbar] and A-TAIL with [K]. *)
  Definition admissible (Cbar : R) (hat : policy X Y) : Prop :=
    conc D base hat <= Cbar /\ tail_constant D beta base hat <= K.

  Lemma balance_on_event stat Cbar i s : admissible Cbar (pol i) ->
    concentrated stat s -> zero_on (pair_loss beta base pol) i s ->
    J D base (comparator base) - J D base (pol i) <= gap_bound Cbar (error_term stat).
  Proof.
    intros [hC hK] hconc hz.
    eapply Rle_trans; [apply (C06_gap_decomposition D hD base (pol i) (comparator base) beta);
      [lra|exact hbase|apply hpol|apply comparator_dist]|].
    unfold gap_bound. rewrite Rmult_plus_distr_r. repeat apply Rplus_le_compat.
    - rewrite <- (C16_comparator_concentrability D base hbase).
      apply (reward_error_bound stat i _ s); auto. apply comparator_dist.
    - eapply Rle_trans; [apply (reward_error_bound stat i _ s); auto; intros x; apply is_full_dist, hpol|].
      apply Rmult_le_compat_r; [apply error_term_nonneg|]. apply sqrt_le_1_alt, hC.
    - apply Rmult_le_compat_l; [lra|]. apply (C16_kl_jensen D hD base hbase).
  Qed.

  Lemma B_pos : 1 <= K -> 0 < B.
  Proof.
    intros hK1. unfold B, trunc_level. rewrite <- ln_1. apply ln_increasing; [lra|].
    assert (hc := @card_ge_1 Y FY). assert (h := n_ge_1). fold N in hc.
    assert (1 <= INR n ^ 2) by nra. nra.
  Qed.

  (** C18 for any class: if the concentration event has probability [>= 1 - eta] then, under A-REAL, so has
      [J(pistar) - J(hat) <= (sqrt kappa + sqrt Cbar) eps + beta log kappa] for every admissible ERM. *)
  Lemma balance_from_concentration stat eta Cbar : 0 <= eta -> realizable beta base pol ->
    (1 <= K -> 1 - eta <= Prn n pair_law (concentrated stat)) ->
    1 - eta <= Prn n pair_law (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible Cbar (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound Cbar (error_term stat)).
  Proof.
    intros heta hreal hconc. destruct (Rle_dec 1 K) as [hK1|hK1].
    2:{ rewrite Prn_sure; [lra|apply pair_law_dist|]. intros s i _ [_ hK]. exfalso. apply hK1.
        eapply Rle_trans; [|exact hK]. apply tail_constant_ge_1; [exact hD|lra|exact hbase|apply hpol]. }
    eapply Rle_trans; [apply (hconc hK1)|].
    apply Prn_mono; [apply pair_law_dist|]. intros s _ hs i hi ha.
    apply (balance_on_event stat Cbar i s); auto.
    apply (C13_zero_empirical_loss beta base pol s i); auto. lra.
  Qed.

  (** [A = ((sqrt kappa + sqrt Cbar) eps + beta log kappa) / gamma]. *)
  Definition mass_bound (gamma Cbar eps : R) : R := gap_bound Cbar eps / gamma.

  Lemma failure_from_gap gamma Cbar eps hat d : 0 < gamma -> has_margin gamma base -> is_policy hat -> 0 < d ->
    J D base (comparator base) - J D base hat <= gap_bound Cbar eps ->
    failure D hat (mode base) (1 - d) <= mass_bound gamma Cbar eps / d.
  Proof.
    intros hg hm hh hd h.
    eapply Rle_trans; [apply (C03_lemma_C1 D hD base hat gamma d); auto; intros x; apply is_full_dist, hh|].
    unfold mass_bound.
    replace (gap_bound Cbar eps / gamma / d) with (gap_bound Cbar eps / (gamma * d)) by (field; lra).
    apply Rmult_le_compat_r; [|exact h]. left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra.
  Qed.

  Lemma missed_from_gap gamma Cbar eps hat : 0 < gamma -> has_margin gamma base -> is_policy hat ->
    J D base (comparator base) - J D base hat <= gap_bound Cbar eps ->
    missed_mass D base hat <= mass_bound gamma Cbar eps.
  Proof.
    intros hg hm hh h.
    eapply Rle_trans; [apply (C02_gap_to_mass D hD base hat gamma); auto; intros x; apply is_full_dist, hh|].
    apply Rmult_le_compat_r; [|exact h]. left; apply Rinv_0_lt_compat, hg.
  Qed.

  Lemma kappa_from_gap gamma Cbar eps c hat : 0 < gamma -> has_margin gamma base -> is_policy hat ->
    0 < c -> (forall x, c <= Max (hat x)) ->
    J D base (comparator base) - J D base hat <= gap_bound Cbar eps ->
    kappa D hat <= 1 + eps * sqrt Cbar / (gamma * c)
      + (eps * sqrt (kappa D base) + beta * ln (kappa D base)) / (gamma * c).
  Proof.
    intros hg hm hh hc hmax h.
    eapply Rle_trans; [apply (C26_gap_form D hD base hat c (mass_bound gamma Cbar eps)); auto;
      apply missed_from_gap; auto|].
    right. unfold mass_bound, gap_bound. field. lra.
  Qed.

End Balance.

(** ** Finite classes *)

Section FiniteClass.
  Context {X Y I : Type} {FX : FiniteType X} {FY : FiniteType Y} {FI : FiniteType I}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  Variable base : policy X Y.
  Hypothesis hbase : is_policy base.
  Variable K : R.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.

  Let m : R := card I.
  Let B : R := trunc_level (card Y) K (INR n).

  (** [eps_stat] of this space and class. *)
  Let eps (delta : R) : R := eps_stat (card Y) K m (INR n) delta.

  Lemma concentration delta : 0 < delta -> 1 <= K ->
    1 - delta <= Prn n (pair_law D base)
      (concentrated D beta pol base K n (4 * B ^ 2 * ln (m / delta) / INR n)).
  Proof.
    intros hd hK. assert (hB : 0 < B) by exact (B_pos K n hn hK).
    assert (hlaw := pair_law_dist D hD base hbase).
    eapply Rle_trans; [apply (C15_zero_loss_concentration (pair_law D base) hlaw
      (truncated_loss beta pol base K n) (4 * B ^ 2) ltac:(nra)
      (fun i z => truncated_loss_range beta pol base K n i z (Rlt_le _ _ hB)) n delta hn hd)|].
    apply Prn_mono; [apply hlaw|]. intros s _ h i hi. apply h, truncated_zero, hi.
  Qed.

  Lemma error_term_eps delta : 0 < delta <= m -> 1 <= K ->
    error_term (Y := Y) K n (4 * B ^ 2 * ln (m / delta) / INR n) = eps delta.
  Proof.
    intros hd hK. assert (hn1 := n_ge_1 n hn). assert (hB := B_pos (Y := Y) K n hn hK).
    unfold error_term, eps, eps_stat. f_equal. fold B.
    replace (4 * B ^ 2 * ln (m / delta) / INR n) with ((2 * B) ^ 2 * (ln (m / delta) / INR n)) by lra.
    rewrite sqrt_mult_alt by apply pow2_ge_0. rewrite sqrt_pow2 by (unfold B; lra). reflexivity.
  Qed.

  (** C18: under A-REAL, with probability [>= 1 - delta] every ERM that satisfies A-CONC and A-TAIL has
      [J(pistar) - J(hat) <= (sqrt kappa + sqrt Cbar) eps_stat + beta log kappa]. *)
  Theorem C18_balance delta Cbar : 0 < delta <= m -> realizable beta base pol ->
    1 - delta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K Cbar (pol i) ->
      J D base (comparator base) - J D base (pol i) <= gap_bound D beta base Cbar (eps delta)).
  Proof.
    intros hd hreal. destruct (Rle_dec 1 K) as [hK1|hK1].
    - rewrite <- (error_term_eps delta hd hK1).
      apply (balance_from_concentration D hD beta hbeta pol hpol base hbase K n hn); [lra|exact hreal|].
      intros hK. apply concentration; [lra|exact hK].
    - rewrite Prn_sure; [lra|apply (pair_law_dist D hD base hbase)|]. intros s i _ [_ hK]. exfalso. apply hK1.
      eapply Rle_trans; [|exact hK]. apply tail_constant_ge_1; [exact hD|lra|exact hbase|apply hpol].
  Qed.

  (** C19: with probability [>= 1 - delta], [P_x(hat(y*|x) <= 1 - d) <= A/d] for all [d] at once. *)
  Theorem C19_suboptimality gamma delta Cbar : 0 < delta <= m -> realizable beta base pol ->
    0 < gamma -> has_margin gamma base ->
    1 - delta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K Cbar (pol i) -> forall d, 0 < d ->
      failure D (pol i) (mode base) (1 - d) <= mass_bound D beta base gamma Cbar (eps delta) / d).
  Proof.
    intros hd hreal hg hm. eapply Rle_trans; [apply (C18_balance delta Cbar hd hreal)|].
    apply Prn_mono; [apply (pair_law_dist D hD base hbase)|]. intros s _ hs i hi ha d hdd.
    apply (failure_from_gap D hD beta base gamma Cbar (eps delta)); auto.
  Qed.

  (** C27: with probability [>= 1 - delta],
      [kappa' <= 1 + eps sqrt Cbar/(gamma c) + (eps sqrt kappa + beta log kappa)/(gamma c)]. *)
  Theorem C27_recurrence gamma delta Cbar c : 0 < delta <= m -> realizable beta base pol ->
    0 < gamma -> has_margin gamma base -> 0 < c ->
    1 - delta <= Prn n (pair_law D base) (fun s => forall i, is_ERM (pair_loss beta base pol) s i ->
      admissible D beta base K Cbar (pol i) -> (forall x, c <= Max (pol i x)) ->
      kappa D (pol i) <= 1 + eps delta * sqrt Cbar / (gamma * c)
        + (eps delta * sqrt (kappa D base) + beta * ln (kappa D base)) / (gamma * c)).
  Proof.
    intros hd hreal hg hm hc. eapply Rle_trans; [apply (C18_balance delta Cbar hd hreal)|].
    apply Prn_mono; [apply (pair_law_dist D hD base hbase)|]. intros s _ hs i hi ha hmax.
    apply (kappa_from_gap D hD beta base gamma Cbar (eps delta) c); auto.
  Qed.

End FiniteClass.

(** * The tail integral

    C21: [E V = 1 + int_1^m P(V > t) dt] for a random variable with values in [1, m] on a finite
    space, and its form for the condition number; then the paper's bound on [kappa_1], C22 integrated
    with the value C24. *)

(** [int_1^m 1{t < v} dt = v - 1] for [1 <= v <= m]. *)
Lemma is_RInt_step v m : 1 <= v <= m -> is_RInt (fun t => ind (t < v)) 1 m (v - 1).
Proof.
  intros hv.
  assert (h1 : is_RInt (fun t => ind (t < v)) 1 v (v - 1)).
  { apply (is_RInt_ext (fun _ => 1)).
    - intros t ht. rewrite Rmin_left, Rmax_right in ht by lra. symmetry; apply ind_true; lra.
    - generalize (is_RInt_const (V := R_NormedModule) 1 v 1). unfold scal; simpl; unfold mult; simpl.
      rewrite Rmult_1_r. trivial. }
  assert (h2 : is_RInt (fun t => ind (t < v)) v m 0).
  { apply (is_RInt_ext (fun _ => 0)).
    - intros t ht. rewrite Rmin_left, Rmax_right in ht by lra. symmetry; apply ind_false; lra.
    - generalize (is_RInt_const (V := R_NormedModule) v m 0). unfold scal; simpl; unfold mult; simpl.
      rewrite Rmult_0_r. trivial. }
  generalize (is_RInt_Chasles _ 1 v m _ _ h1 h2). unfold plus; simpl. rewrite Rplus_0_r. trivial.
Qed.

Lemma is_RInt_sumL {A : Type} (l : list A) (f : A -> R -> R) (v : A -> R) a b :
  (forall i, is_RInt (f i) a b (v i)) -> is_RInt (fun t => sumL l (fun i => f i t)) a b (sumL l v).
Proof.
  intros h. induction l as [|i l ih].
  - rewrite sumL_nil. apply (is_RInt_ext (fun _ => 0)); [intros; rewrite sumL_nil; reflexivity|].
    generalize (is_RInt_const (V := R_NormedModule) a b 0). unfold scal; simpl; unfold mult; simpl.
    rewrite Rmult_0_r. trivial.
  - rewrite sumL_cons. apply (is_RInt_ext (fun t => f i t + sumL l (fun j => f j t))).
    + intros; reflexivity.
    + apply (is_RInt_plus (V := R_NormedModule)); [apply h|exact ih].
Qed.

(** C21: [int_1^m P(V > t) dt = E V - 1] for [V] in [1, m]. *)
Theorem C21_tail_integral {A : Type} {FA : FiniteType A} (p V : A -> R) m :
  is_dist p -> (forall a, 1 <= V a <= m) ->
  is_RInt (fun t => Pr p (fun a => t < V a)) 1 m (E p V - 1).
Proof.
  intros hp hV. replace (E p V - 1) with (E p (fun a => V a - 1)) by (rewrite E_minus, E_const by exact hp; reflexivity).
  apply is_RInt_sumL. intros a.
  apply (is_RInt_scal (V := R_NormedModule)). apply is_RInt_step, hV.
Qed.

(** C21 for the condition number: [kappa = 1 + int_1^{1/c} P_x(1/max_y pi > t) dt] with the weak [c]. *)
Theorem C21_condition_number {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (pi : policy X Y) c :
  is_dist D -> is_policy pi -> 0 < c -> (forall x, c <= Max (pi x)) ->
  kappa D pi = 1 + RInt (fun t => Pr D (fun x => t < / Max (pi x))) 1 (/ c).
Proof.
  intros hD hp hc h. rewrite (is_RInt_unique _ 1 (/ c) (kappa D pi - 1)); [lra|].
  apply (C21_tail_integral D (fun x => / Max (pi x)) (/ c) hD). intros x. split.
  - apply inv_Max_ge_1, hp.
  - apply Rinv_le_contravar; [exact hc|apply h].
Qed.

(** (52)-(56): C22 integrated,
    [kappa_1 <= 1 + A (1/c + log((1/c - 1)(1 - A)/A))] for every [A <= 1 - c] that bounds the gap over the
    margin. *)
Theorem C24_condition_number {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y}
  (D : X -> R) (base pi : policy X Y) gamma A c :
  is_dist D -> is_policy pi -> 0 < gamma -> has_margin gamma base ->
  (J D base (comparator base) - J D base pi) / gamma <= A ->
  0 < A -> A <= 1 - c -> 0 < c -> (forall x, c <= Max (pi x)) ->
  kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A)).
Proof.
  intros hD hp hg hm hA hA0 hAc hc h.
  assert (left_integral : is_RInt (fun t => Pr D (fun x => t < / Max (pi x))) 1 (1 / c) (kappa D pi - 1)).
  { apply (C21_tail_integral D (fun x => / Max (pi x)) (1 / c) hD). intros x. split.
    - apply inv_Max_ge_1, hp.
    - unfold Rdiv. rewrite Rmult_1_l. apply Rinv_le_contravar; [exact hc|apply h]. }
  assert (hc1 : 1 <= 1 / c).
  { apply (Rmult_le_reg_r c); [exact hc|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  enough (kappa D pi - 1 <= A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))) by lra.
  apply (is_RInt_le _ _ 1 (1 / c) _ _ hc1 left_integral (C24_integral A c hA0 hAc hc)).
  intros t ht. apply (C22_tail_bound D hD base pi gamma A t); auto. apply ht.
Qed.

(** * The two regimes of the bound on kappa_1

    F08: below saturation C24 and C26 apply, beyond it the tail bound is at least one on all of (1, 1/c], its
    capped integral is [1/c - 1], and [kappa_1 <= 1/c]. *)

(** F08: for [A >= 1 - c] the integral of [min(1, A t/(t-1))] over [1, 1/c] is [1/c - 1]. *)
Theorem F08_saturated_integral A c : 0 < c < 1 -> 1 - c <= A ->
  is_RInt (fun t => Rmin 1 (A * t / (t - 1))) 1 (1 / c) (1 / c - 1).
Proof.
  intros hc hA. assert (hm : 1 < 1 / c).
  { apply (Rmult_lt_reg_r c); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  apply (is_RInt_ext (fun _ => 1)).
  - intros t. rewrite Rmin_left, Rmax_right by lra. intros ht. symmetry. apply Rmin_left.
    apply (Rmult_le_reg_r (t - 1)); [lra|]. replace (A * t / (t - 1) * (t - 1)) with (A * t) by (field; lra).
    assert (hct : c * t <= 1).
    { apply Rlt_le, (Rmult_lt_reg_l (/ c)); [apply Rinv_0_lt_compat; lra|].
      rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra. replace (/ c * 1) with (1 / c) by lra. apply ht. }
    nra.
  - replace (1 / c - 1) with (scal (1 / c - 1) 1) by (unfold scal; simpl; unfold mult; simpl; lra).
    apply (is_RInt_const (V := R_NormedModule)).
Qed.

(** F08: both regimes for policies. *)
Theorem F08_regimes {X Y : Type} {FX : FiniteType X} {FY : FiniteType Y} (D : X -> R) (base pi : policy X Y) gamma A c :
  is_dist D -> is_policy pi -> 0 < gamma -> has_margin gamma base ->
  (J D base (comparator base) - J D base pi) / gamma <= A -> 0 < A -> 0 < c < 1 -> (forall x, c <= Max (pi x)) ->
  (A <= 1 - c -> kappa D pi <= 1 + A * (1 / c + ln ((1 / c - 1) * (1 - A) / A))) /\
  (1 - c <= A -> kappa D pi <= 1 / c).
Proof.
  intros hD hp hg hm hA hA0 hc h. split; intros hAc.
  - apply (C24_condition_number D base pi gamma A c); try assumption; apply hc.
  - replace (1 / c) with (/ c) by lra. eapply Rle_trans; [apply (C26_direct_one_step D hD pi c hp); [apply hc|exact h]|].
    apply Rmin_l.
Qed.
