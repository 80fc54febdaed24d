(** * Theorem 5.3 speaks about learning

    One prompt, three responses, beta = 1; pi_0 puts mass 1/N^2 on the third.  The class holds the exact update,
    a policy astray that agrees with it on the first two responses but puts 1/(2N) on the third, and the exact
    updates of both in all later rounds.  As long as no pair of the first round shows the third response, astray
    is an empirical risk minimiser; the learner returns it then, and follows the exact updates from there on.
    Every assumption of Theorem 5.3, A-CONC with Cbar_t <= kappa_t among them, holds in every round on every
    history, and with probability at least (1 - 1/N^2)^(2n), at least 1/2 for N = 2(n+1), the learner's policies
    are not those of the exact iteration in any round: the hypotheses do not force the empirical minimiser to be
    the exact update, however large the sample.

    Serves C34. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss
  Iteration.Rounds Iteration.Trajectory Iteration.Satisfiable.
From SRVerify Require Scalar.Basics.
Import ListNotations.
Open Scope R_scope.

Inductive answer := first | second | third.

#[export] Program Instance FiniteType_answer : FiniteType answer :=
  {| enum := [first; second; third]; point := first |}.
Next Obligation. destruct a; simpl; tauto. Qed.
Next Obligation. repeat constructor; simpl; intuition discriminate. Qed.

Lemma Sum_answer (f : answer -> R) : Sum f = f first + (f second + f third).
Proof. unfold Sum, sumL; simpl; ring. Qed.

Lemma card_answer : card answer = 3.
Proof. unfold card; simpl; ring. Qed.

(** The only prompt. *)
Definition sole_prompt : unit -> R := fun _ => 1.

Lemma E_sole_prompt f : E sole_prompt f = f tt.
Proof. unfold E, Sum, sumL, sole_prompt; simpl; ring. Qed.

Lemma sole_prompt_dist : is_dist sole_prompt.
Proof. split; [intros; unfold sole_prompt; lra|unfold Sum, sumL, sole_prompt; simpl; ring]. Qed.

Section Instance.
  (** A rare response of mass 1/N^2, on which the stray policy puts 1/(2N). *)
  Variable N : R.
  Hypothesis hN : 2 <= N.

  Definition rare : R := / N ^ 2.
  Definition stray : R := / (2 * N).

  (** ** The two starting points *)

  Definition origin : policy unit answer := fun _ y =>
    match y with first => 2 / 3 * (1 - rare) | second => 1 / 3 * (1 - rare) | third => rare end.

  Definition astray : policy unit answer := fun _ y =>
    match y with first => 4 / 5 * (1 - stray) | second => 1 / 5 * (1 - stray) | third => stray end.

  Lemma stray_range : 0 < stray /\ stray <= 1 / 4.
  Proof.
    unfold stray. split; [apply Rinv_0_lt_compat; lra|].
    replace (1 / 4) with (/ 4) by field. apply Rinv_le_contravar; lra.
  Qed.

  Lemma rare_stray : rare = 4 * stray ^ 2.
  Proof. unfold rare, stray. field. lra. Qed.

  Lemma rare_range : 0 < rare /\ rare <= 1 / 4.
  Proof. rewrite rare_stray. assert (h := stray_range). nra. Qed.

  Lemma origin_policy : is_policy origin.
  Proof.
    assert (h := rare_range). intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; field].
  Qed.

  Lemma astray_policy : is_policy astray.
  Proof.
    assert (h := stray_range). intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; field].
  Qed.

  Lemma origin_mode x : mode origin x = first.
  Proof. assert (h := rare_range). apply mode_unique. intros [] hy; simpl; try lra; congruence. Qed.

  Lemma astray_mode x : mode astray x = first.
  Proof. assert (h := stray_range). apply mode_unique. intros [] hy; simpl; try lra; congruence. Qed.

  Lemma margin_value p q : 0 < p -> 0 < q -> 4 / 3 * q <= p -> ln (4 / 3) <= ln p - ln q.
  Proof.
    intros hp hq h. assert (e : ln (4 / 3 * q) <= ln p) by (apply ln_le_mono; lra).
    rewrite ln_mult in e by lra. lra.
  Qed.

  Lemma origin_margin : has_margin (ln (4 / 3)) origin.
  Proof.
    assert (h := rare_range). intros x y hy. rewrite (origin_mode x) in *.
    apply margin_value; [simpl; lra|destruct y; simpl; lra|]. destruct y; simpl; try lra. congruence.
  Qed.

  Lemma astray_margin : has_margin (ln (4 / 3)) astray.
  Proof.
    assert (h := stray_range). intros x y hy. rewrite (astray_mode x) in *.
    apply margin_value; [simpl; lra|destruct y; simpl; lra|]. destruct y; simpl; try lra. congruence.
  Qed.

  Lemma margin_positive : 0 < ln (4 / 3).
  Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.

  Lemma origin_kappa : kappa sole_prompt origin = / (2 / 3 * (1 - rare)).
  Proof.
    unfold kappa. rewrite E_sole_prompt. change (Max (origin tt)) with (origin tt (mode origin tt)).
    rewrite origin_mode. reflexivity.
  Qed.

  Lemma astray_concentrability : conc sole_prompt origin astray <= kappa sole_prompt origin.
  Proof.
    rewrite origin_kappa. unfold conc. rewrite E_sole_prompt, Sum_answer. cbn [origin astray].
    assert (hr := rare_range). assert (hs := stray_range).
    apply (Rmult_le_reg_r (1 - rare)); [lra|].
    replace (((4 / 5 * (1 - stray)) ^ 2 / (2 / 3 * (1 - rare)) +
        ((1 / 5 * (1 - stray)) ^ 2 / (1 / 3 * (1 - rare)) + stray ^ 2 / rare)) * (1 - rare))
      with (27 / 25 * (1 - stray) ^ 2 + stray ^ 2 / rare * (1 - rare)) by (field; lra).
    replace (/ (2 / 3 * (1 - rare)) * (1 - rare)) with (3 / 2) by (field; lra).
    replace (stray ^ 2 / rare) with (1 / 4) by (rewrite rare_stray; field; lra).
    assert ((1 - stray) ^ 2 <= 1) by nra. lra.
  Qed.

  Lemma astray_tail : tail_constant sole_prompt 1 origin astray <= card answer.
  Proof.
    assert (hr := rare_range). assert (hs := stray_range).
    rewrite card_answer. unfold tail_constant, E1. rewrite E_sole_prompt. unfold E. rewrite Sum_answer.
    cbn [origin astray]. rewrite !Rpower_1 by (apply Rdiv_lt_0_compat; lra).
    replace (2 / 3 * (1 - rare) * (2 / 3 * (1 - rare) / (4 / 5 * (1 - stray))) +
        (1 / 3 * (1 - rare) * (1 / 3 * (1 - rare) / (1 / 5 * (1 - stray))) + rare * (rare / stray)))
      with (10 / 9 * (1 - rare) ^ 2 / (1 - stray) + rare * (rare / stray)) by (field; lra).
    assert (h1 : 10 / 9 * (1 - rare) ^ 2 / (1 - stray) <= 2).
    { apply (Rmult_le_reg_r (1 - stray)); [lra|]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l by lra. nra. }
    assert (h2 : rare / stray = 4 * stray) by (rewrite rare_stray; field; lra).
    rewrite h2. nra.
  Qed.

  (** Neither response of the pair is the third. *)
  Definition untouched (z : unit * answer * answer) : Prop := snd (fst z) <> third /\ snd z <> third.

  (** On such pairs astray has the implicit reward of the exact update. *)
  Lemma astray_agrees z : untouched z ->
    let '(x, y, y') := z in
    Delta (implicit_reward 1 origin astray) x y y' = Delta (fun x y => ln (origin x y)) x y y'.
  Proof.
    assert (hr := rare_range). assert (hs := stray_range).
    destruct z as [[x y] y']. intros [h1 h2]. unfold Delta, implicit_reward. simpl in h1, h2.
    set (u := 1 / 3 * (1 - rare)). set (v := 1 / 5 * (1 - stray) / u).
    assert (hu : 0 < u) by (unfold u; lra).
    assert (hv : 0 < v) by (apply Rdiv_lt_0_compat; lra).
    assert (e1 : ln (2 / 3 * (1 - rare)) = ln 2 + ln u).
    { rewrite <- ln_mult by lra. f_equal. unfold u. field. }
    assert (e2 : ln (4 / 5 * (1 - stray) / (2 / 3 * (1 - rare))) = ln 2 + ln v).
    { rewrite <- ln_mult by lra. f_equal. unfold v, u. field. lra. }
    destruct y, y'; cbn [origin astray]; try congruence; fold u; fold v; rewrite ?e1, ?e2; ring.
  Qed.

  Lemma untouched_probability : Pr (coupled sole_prompt origin origin) untouched = (1 - rare) ^ 2.
  Proof.
    unfold Pr. transitivity (E2 sole_prompt origin origin (fun _ y y' => ind (y <> third) * ind (y' <> third))).
    - rewrite E2_coupled. apply E_ext; intros [[x y] y']. unfold untouched; simpl. apply ind_and.
    - unfold E2. rewrite E_sole_prompt. unfold E. rewrite !Sum_answer. cbn [origin].
      rewrite !(ind_true (first <> third)), !(ind_true (second <> third)), !(ind_false (third <> third))
        by (try discriminate; intros h; apply h; reflexivity). field.
  Qed.

Section Learner.
  (** The number of rounds. *)
  Variable T : nat.

  (** After t rounds: the exact iterates of pi_0, or astray after one round and its exact iterates. *)
  Definition chain (exact : bool) (t : nat) : policy unit answer :=
    match t with
    | O => origin
    | S k => if exact then iterate 1 origin (S k) else iterate 1 astray k
    end.

  Definition members (i : bool * upto T) : policy unit answer := chain (fst i) (S (rank T (snd i))).

  Local Notation data := (history (X := unit) (Y := answer)).

  (** Whether the first round showed the third response. *)
  Definition warned (h : data) : bool := if decide (Forall untouched (last h [])) then false else true.

  Fixpoint stray_learner (h : data) : bool * upto T :=
    match h with
    | [] => point
    | s :: h' =>
        if Nat.leb (length h') T then (warned h, nth_index T (length h'))
        else argmax (fun i => - empirical_loss
          (pair_loss 1 (match h' with [] => origin | _ :: _ => members (stray_learner h') end) members) s i)
    end.

  Local Notation current := (Rounds.current members origin stray_learner).

  Lemma chain_policy b t : is_policy (chain b t).
  Proof.
    destruct t as [|k]; [exact origin_policy|]. unfold chain.
    destruct b; intros x; apply power_full.
  Qed.

  Lemma members_policy i : is_policy (members i).
  Proof. apply chain_policy. Qed.

  Lemma unit_beta : 0 < 1 <= 1.
  Proof. lra. Qed.

  (** Every policy of a chain is updated to the next one, but for the first step to astray. *)
  Lemma chain_update b t : self_update 1 (chain b t) = chain (match t with O => true | _ => b end) (S t).
  Proof.
    destruct t as [|k]; unfold chain.
    - rewrite <- (update_iterate 1 unit_beta origin origin_policy 0), (iterate_0 1 origin origin_policy).
      reflexivity.
    - destruct b.
      + apply (update_iterate 1 unit_beta origin origin_policy).
      + apply (update_iterate 1 unit_beta astray astray_policy).
  Qed.

  Lemma chain_realizable b t : (t <= T)%nat -> realizable 1 (chain b t) members.
  Proof.
    intros ht. exists (match t with O => true | _ => b end, nth_index T t). intros x y.
    rewrite chain_update. unfold members. simpl fst; simpl snd. rewrite rank_nth by exact ht. reflexivity.
  Qed.

  Lemma warned_cons s s' h : warned (s :: s' :: h) = warned (s' :: h).
  Proof. reflexivity. Qed.

  Lemma current_chain h : (length h <= S T)%nat -> current h = chain (warned h) (length h).
  Proof.
    destruct h as [|s h]; intros hl; [reflexivity|].
    simpl in hl. simpl Rounds.current. rewrite (proj2 (Nat.leb_le (length h) T)) by lia.
    unfold members. simpl fst; simpl snd. rewrite rank_nth by lia. reflexivity.
  Qed.

  (** One round follows the exact update, or it is the first and goes astray on untouched data. *)
  Lemma current_step s h : (length h <= T)%nat ->
    current (s :: h) = self_update 1 (current h) \/
    (h = [] /\ Forall untouched s /\ current (s :: h) = astray).
  Proof.
    intros hl. rewrite (current_chain (s :: h)) by (simpl; lia). rewrite (current_chain h) by lia.
    destruct h as [|s' h].
    - unfold warned. simpl last. destruct (decide (Forall untouched s)) as [hs|hs].
      + right. split; [reflexivity|]. split; [exact hs|]. apply (iterate_0 1 astray astray_policy).
      + left. symmetry. apply (chain_update true 0).
    - left. rewrite warned_cons. symmetry. apply (chain_update _ (S (length h))).
  Qed.

  Lemma zero_losses_minimal base s i : (forall z, In z s -> pair_loss 1 base members i z = 0) ->
    is_ERM (pair_loss 1 base members) s i.
  Proof.
    intros h j. apply Rle_trans with 0; [|apply empirical_loss_nonneg; intros; apply pair_loss_nonneg].
    right. unfold empirical_loss. rewrite (sumL_ext s _ (fun _ => 0)) by exact h.
    rewrite sumL_zero; unfold Rdiv; ring.
  Qed.

  Lemma stray_learner_minimises : minimises_empirical_loss 1 members origin stray_learner.
  Proof.
    intros s h. destruct (Nat.leb_spec (length h) T) as [hl|hl].
    - apply zero_losses_minimal. intros z hz.
      change (members (stray_learner (s :: h))) with (current (s :: h)).
      assert (e : members (stray_learner (s :: h)) = current (s :: h)) by reflexivity.
      destruct z as [[x y] y']. unfold pair_loss. rewrite e.
      destruct (current_step s h hl) as [hu|(-> & hs & ha)].
      + rewrite hu. unfold Delta, implicit_reward, self_update.
        rewrite <- (S03_reward_difference 1 (fun y => ln (current h x y)) (current h x) ltac:(lra)
          (current_policy members origin stray_learner members_policy origin_policy h x) y y').
        ring.
      + rewrite ha. rewrite Forall_forall in hs.
        change (current []) with origin.
        assert (k := astray_agrees (x, y, y') (hs _ hz)). simpl in k. rewrite k. ring.
    - intros j. simpl stray_learner. rewrite (proj2 (Nat.leb_gt (length h) T) hl).
      apply Ropp_le_cancel.
      exact (argmax_ge (fun i => - empirical_loss (pair_loss 1 (current h) members) s i) j).
  Qed.

  Lemma chain_margin b t : has_margin (ln (4 / 3)) (chain b t).
  Proof.
    assert (hg := margin_positive).
    assert (grow : forall (pi : policy unit answer) k, is_policy pi -> has_margin (ln (4 / 3)) pi ->
              has_margin (ln (4 / 3)) (iterate 1 pi k)).
    { intros pi k hp hm x y hy.
      assert (h := power_margin (ln (4 / 3)) (alpha 1 k) pi (alpha_pos 1 ltac:(lra) k) hg hp hm x y hy).
      assert (ha := alpha_ge_1 1 unit_beta k).
      apply Rle_trans with (alpha 1 k * ln (4 / 3)); [nra|exact h]. }
    destruct t as [|k]; [exact origin_margin|]. unfold chain.
    destruct b; apply grow; auto using origin_policy, astray_policy, origin_margin, astray_margin.
  Qed.

  Lemma stray_round s h : (length h <= T)%nat ->
    round_assumptions sole_prompt 1 members (ln (4 / 3)) (/ card answer) (card answer)
      (current h) (current (s :: h)).
  Proof.
    intros hl. assert (hcard := @card_ge_1 answer _).
    assert (hp := current_policy members origin stray_learner members_policy origin_policy h).
    assert (hp' := current_policy members origin stray_learner members_policy origin_policy (s :: h)).
    split; [rewrite (current_chain h) by lia; apply chain_realizable, hl|].
    split; [|split; [|split]].
    - destruct (current_step s h hl) as [->|(-> & _ & ->)].
      + apply C16_update_concentrability; [exact sole_prompt_dist|lra|exact hp].
      + exact astray_concentrability.
    - destruct (current_step s h hl) as [->|(-> & _ & ->)].
      + apply tail_constant_exact_update; [exact sole_prompt_dist|lra|exact hp].
      + exact astray_tail.
    - rewrite (current_chain h) by lia. apply chain_margin.
    - intros x. assert (k := card_Max_ge_1 (current (s :: h)) x hp').
      apply (Rmult_le_reg_l (card answer)); [lra|]. rewrite Rinv_r by lra. exact k.
  Qed.

  Lemma stray_assumptions h : (length h <= S T)%nat ->
    every_round members origin stray_learner
      (round_assumptions sole_prompt 1 members (ln (4 / 3)) (/ card answer) (card answer)) h.
  Proof.
    induction h as [|s h ih]; intros hl; [exact I|]. simpl in hl.
    split; [apply stray_round; lia|apply ih; lia].
  Qed.

  (** The iterates of astray and of the exact update differ in every round. *)
  Lemma chains_differ t : chain false (S t) tt third * chain true (S t) tt first <>
    chain true (S t) tt third * chain false (S t) tt first.
  Proof.
    unfold chain, iterate, power.
    set (zf := Sum (fun z => Rpower (astray tt z) (alpha 1 t))).
    set (zt := Sum (fun z => Rpower (origin tt z) (alpha 1 (S t)))).
    assert (hf : 0 < zf) by apply Rpower_sum_pos. assert (ht : 0 < zt) by apply Rpower_sum_pos.
    assert (ea : alpha 1 (S t) = 2 * alpha 1 t) by (unfold alpha; simpl; field).
    assert (ha := alpha_pos 1 ltac:(lra) t).
    unfold Rpower; cbn [origin astray]; rewrite ea. set (a := alpha 1 t) in *.
    assert (hr := rare_range). assert (hs := stray_range).
    set (of := 2 / 3 * (1 - rare)). set (af := 4 / 5 * (1 - stray)).
    assert (h1 : 0 < of) by (unfold of; lra). assert (h2 : 0 < af) by (unfold af; lra).
    assert (lt : exp (2 * a * ln rare) * exp (a * ln af) < exp (a * ln stray) * exp (2 * a * ln of)).
    { rewrite <- !exp_plus. apply exp_increasing.
      assert (k1 : ln (rare * rare * af) < ln (stray * of * of)).
      { apply ln_increasing; [repeat apply Rmult_lt_0_compat; lra|]. unfold of, af. rewrite rare_stray.
        set (q := stray) in *. assert (q ^ 2 <= 1 / 16) by nra. assert (q ^ 3 <= 1 / 64) by nra.
        assert (9 / 16 <= (1 - 4 * q ^ 2) ^ 2) by nra.
        replace (4 * q ^ 2 * (4 * q ^ 2) * (4 / 5 * (1 - q))) with (q * (64 / 5 * q ^ 3 * (1 - q))) by field.
        replace (q * (2 / 3 * (1 - 4 * q ^ 2)) * (2 / 3 * (1 - 4 * q ^ 2)))
          with (q * (4 / 9 * (1 - 4 * q ^ 2) ^ 2)) by field.
        apply Rmult_lt_compat_l; [lra|]. assert (0 < q ^ 3) by (apply pow_lt; lra). nra. }
      rewrite !ln_mult in k1 by (repeat apply Rmult_lt_0_compat; lra). nra. }
    intros h. apply (f_equal (fun u => u * (zf * zt))) in h. cbv beta in h.
    replace (exp (a * ln stray) / zf * (exp (2 * a * ln of) / zt) * (zf * zt))
      with (exp (a * ln stray) * exp (2 * a * ln of)) in h by (field; lra).
    replace (exp (2 * a * ln rare) / zt * (exp (a * ln af) / zf) * (zf * zt))
      with (exp (2 * a * ln rare) * exp (a * ln af)) in h by (field; lra).
    lra.
  Qed.

  Lemma extends_app n k h h' : extends (X := unit) (Y := answer) n k h h' -> exists l, h' = l ++ h.
  Proof.
    induction 1 as [h|k h s h' _ _ (l & ->)]; [exists []; reflexivity|].
    exists (l ++ [s]). rewrite <- app_assoc. reflexivity.
  Qed.

  Lemma last_of_app (s : list (unit * answer * answer)) (l : data) : last (l ++ [s]) [] = s.
  Proof. apply last_last. Qed.

  (** On untouched data the learner's policies are never those of the exact iteration. *)
  Lemma stray_differs (l : data) s : (length l <= T)%nat -> Forall untouched s ->
    exists y, current (l ++ [s]) tt y <> iterate 1 origin (S (length l)) tt y.
  Proof.
    intros hl hs.
    assert (e : current (l ++ [s]) = chain false (S (length l))).
    { rewrite current_chain by (rewrite app_length; simpl; lia).
      assert (hw : warned (l ++ [s]) = false).
      { unfold warned. rewrite last_of_app. destruct (decide (Forall untouched s)); [reflexivity|contradiction]. }
      rewrite hw, app_length. simpl length. rewrite Nat.add_1_r. reflexivity. }
    apply NNPP. intros hno. apply (chains_differ (length l)).
    assert (h : forall y, chain false (S (length l)) tt y = chain true (S (length l)) tt y).
    { intros y. apply NNPP. intros hy. apply hno. exists y. rewrite e. exact hy. }
    rewrite !h. ring.
  Qed.
End Learner.
End Instance.

(** ... hence with probability at least (1 - 1/N^2)^(2n) after T rounds. *)
Lemma stray_probability k T n : 2 <= k -> (0 < T)%nat ->
  ((1 - rare k) ^ 2) ^ n <= PT sole_prompt (members k T) (origin k) n (stray_learner k T) T
    (fun h => exists y, current (members k T) (origin k) (stray_learner k T) h tt y <> iterate 1 (origin k) T tt y).
Proof.
  intros hk hT. rewrite <- (untouched_probability k).
  rewrite <- (Prn_forall (coupled sole_prompt (origin k) (origin k))). unfold PT, Prn.
  destruct T as [|t]; [lia|]. set (T := S t) in *.
  change (ET sole_prompt (members k T) (origin k) n (stray_learner k T) (S t) [] ?F)
    with (En n (coupled sole_prompt (origin k) (origin k))
           (fun s => ET sole_prompt (members k T) (origin k) n (stray_learner k T) t [s] F)).
  apply En_le.
  - apply coupled_dist; [exact sole_prompt_dist| |]; intros x; apply is_full_dist, origin_policy, hk.
  - intros s hs.
    rewrite <- (ET_const sole_prompt (members k T) (origin k) n (stray_learner k T) sole_prompt_dist
      (members_policy k hk T) (origin_policy k hk) t [s] (ind (Forall untouched s))).
    apply (ET_le sole_prompt (members k T) (origin k) n (stray_learner k T) sole_prompt_dist
      (members_policy k hk T) (origin_policy k hk)).
    intros h' he. apply ind_mono. intros hu.
    assert (hlen := extends_length n t [s] h' he). simpl in hlen.
    destruct (extends_app n t [s] h' he) as (l & ->). rewrite app_length in hlen. simpl in hlen.
    assert (hl : length l = t) by lia.
    assert (hd := stray_differs k hk T l s ltac:(unfold T; lia) hu). rewrite hl in hd. exact hd.
Qed.

(** For every number of rounds and of pairs there are a base policy, a class and a learner that meet every
    hypothesis of Theorem 5.3 on every history, A-CONC with [Cbar_t <= kappa_t] among them, although with
    probability at least 1/2 the empirical risk minimiser is not the exact update, in any round. *)
Theorem C34_learning_instance : forall T n : nat, (0 < T)%nat ->
  exists (pi0 : policy unit answer) (I : Type) (FI : FiniteType I) (pol : I -> policy unit answer)
         (learner : history (X := unit) (Y := answer) -> I),
    is_policy pi0 /\ (forall i, is_policy (pol i)) /\ minimises_empirical_loss 1 pol pi0 learner /\
    (forall h, extends n T [] h -> every_round pol pi0 learner
       (round_assumptions sole_prompt 1 pol (ln (4 / 3)) (/ card answer) (card answer)) h) /\
    1 / 2 <= PT sole_prompt pol pi0 n learner T
      (fun h => exists y, current pol pi0 learner h tt y <> iterate 1 pi0 T tt y).
Proof.
  intros T n hT. set (k := 2 * (INR n + 1)). assert (hn := pos_INR n).
  assert (hk : 2 <= k) by (unfold k; lra).
  exists (origin k), (bool * upto T)%type, _, (members k T), (stray_learner k T).
  split; [apply origin_policy, hk|]. split; [apply members_policy, hk|].
  split; [apply stray_learner_minimises, hk|]. split.
  - intros h hext. apply stray_assumptions; [exact hk|]. apply extends_length in hext. simpl in hext. lia.
  - eapply Rle_trans; [|apply stray_probability; assumption].
    rewrite <- pow_mult. assert (hr := rare_range k hk).
    eapply Rle_trans; [|apply Scalar.Basics.bernoulli; lra]. rewrite mult_INR. simpl (INR 2).
    assert (h : INR n * rare k <= 1 / 4); [|lra].
    unfold rare. apply (Rmult_le_reg_r (k ^ 2)); [apply pow_lt; lra|].
    rewrite Rmult_assoc, Rinv_l by (apply Rgt_not_eq, pow_lt; lra). unfold k. nra.
Qed.
