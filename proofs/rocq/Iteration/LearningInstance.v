(** * Theorem 5.3 speaks about learning

    One prompt, three responses, beta = 1, pi_0 = (1/2, 1/4, 1/4).  The class holds the exact update, a policy
    astray = (1/2, 1/8, 3/8) that agrees with it on the first two responses, and the exact updates of both in
    all later rounds.  As long as no pair of the first round shows the third response, astray is an empirical
    risk minimiser; the learner returns it then, and from there on follows the exact updates.  Every assumption
    of Theorem 5.3, A-CONC with Cbar_t <= kappa_t among them, holds in every round on every history, and
    with probability at least (9/16)^n the learner's policies are not those of the exact iteration in any
    round: the theorem's hypotheses do not force the empirical minimiser to be the exact update.

    Serves C34. *)

From Coq Require Import Reals Lra Lia List Classical FunctionalExtensionality PeanoNat.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss
  Iteration.Rounds Iteration.Trajectory Iteration.Satisfiable.
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

(** ** The two starting points *)

Definition origin : policy unit answer := fun _ y => match y with first => 1 / 2 | _ => 1 / 4 end.

Definition astray : policy unit answer := fun _ y =>
  match y with first => 1 / 2 | second => 1 / 8 | third => 3 / 8 end.

Lemma origin_policy : is_policy origin.
Proof. intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; lra]. Qed.

Lemma astray_policy : is_policy astray.
Proof. intros x; split; [intros []; simpl; lra|rewrite Sum_answer; simpl; lra]. Qed.

Lemma origin_mode x : mode origin x = first.
Proof. apply mode_unique. intros [] h; simpl; try lra; congruence. Qed.

Lemma astray_mode x : mode astray x = first.
Proof. apply mode_unique. intros [] h; simpl; try lra; congruence. Qed.

Lemma margin_value p q : 0 < p -> 0 < q -> 4 / 3 * q <= p -> ln (4 / 3) <= ln p - ln q.
Proof.
  intros hp hq h. assert (e : ln (4 / 3 * q) <= ln p) by (apply ln_le_mono; lra).
  rewrite ln_mult in e by lra. lra.
Qed.

Lemma origin_margin : has_margin (ln (4 / 3)) origin.
Proof.
  intros x y hy. rewrite (origin_mode x) in *. apply margin_value; [simpl; lra|destruct y; simpl; lra|].
  destruct y; simpl; try lra. congruence.
Qed.

Lemma astray_margin : has_margin (ln (4 / 3)) astray.
Proof.
  intros x y hy. rewrite (astray_mode x) in *. apply margin_value; [simpl; lra|destruct y; simpl; lra|].
  destruct y; simpl; try lra. congruence.
Qed.

Lemma margin_positive : 0 < ln (4 / 3).
Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.

Lemma origin_kappa : kappa sole_prompt origin = 2.
Proof.
  unfold kappa. rewrite E_sole_prompt. change (Max (origin tt)) with (origin tt (mode origin tt)).
  rewrite origin_mode. simpl. field.
Qed.

Lemma astray_concentrability : conc sole_prompt origin astray <= kappa sole_prompt origin.
Proof. rewrite origin_kappa. unfold conc. rewrite E_sole_prompt, Sum_answer. simpl. lra. Qed.

Lemma astray_tail : tail_constant sole_prompt 1 origin astray <= card answer.
Proof.
  rewrite card_answer. unfold tail_constant, E1. rewrite E_sole_prompt. unfold E. rewrite Sum_answer.
  simpl. rewrite !Rpower_1 by lra. lra.
Qed.

(** Neither response of the pair is the third. *)
Definition untouched (z : unit * answer * answer) : Prop := snd (fst z) <> third /\ snd z <> third.

(** On such pairs astray has the implicit reward of the exact update. *)
Lemma astray_agrees z : untouched z ->
  let '(x, y, y') := z in
  Delta (implicit_reward 1 origin astray) x y y' = Delta (fun x y => ln (origin x y)) x y y'.
Proof.
  destruct z as [[x y] y']. intros [h1 h2]. unfold Delta, implicit_reward. simpl in h1, h2.
  assert (e2 : ln (1 / 4) = ln (1 / 2) + ln (1 / 2)) by (rewrite <- ln_mult by lra; f_equal; lra).
  assert (e3 : ln (1 / 2 / (1 / 2)) = 0) by (rewrite <- ln_1; f_equal; lra).
  assert (e4 : ln (1 / 8 / (1 / 4)) = ln (1 / 2)) by (f_equal; lra).
  destruct y, y'; simpl; try congruence; lra.
Qed.

Lemma untouched_probability : Pr (coupled sole_prompt origin origin) untouched = 9 / 16.
Proof.
  unfold Pr. transitivity (E2 sole_prompt origin origin (fun _ y y' => ind (y <> third) * ind (y' <> third))).
  - rewrite E2_coupled. apply E_ext; intros [[x y] y']. unfold untouched; simpl. apply ind_and.
  - unfold E2. rewrite E_sole_prompt. unfold E. rewrite !Sum_answer. simpl.
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
    intros hl. assert (hN := @card_ge_1 answer _).
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
    unfold Rpower; simpl; rewrite ea. set (a := alpha 1 t) in *.
    assert (lt : exp (2 * a * ln (1 / 4)) * exp (a * ln (1 / 2)) <
                 exp (a * ln (3 / 8)) * exp (2 * a * ln (1 / 2))).
    { rewrite <- !exp_plus. apply exp_increasing.
      assert (e1 : ln (1 / 4) = ln (1 / 2) + ln (1 / 2)) by (rewrite <- ln_mult by lra; f_equal; lra).
      assert (e2 : ln (3 / 8) = ln (3 / 4) + ln (1 / 2)) by (rewrite <- ln_mult by lra; f_equal; lra).
      assert (e3 : ln (1 / 2) + ln (1 / 2) < ln (3 / 4)) by (rewrite <- ln_mult by lra; apply ln_increasing; lra).
      rewrite e1, e2. nra. }
    intros h. apply (f_equal (fun u => u * (zf * zt))) in h. cbv beta in h.
    replace (exp (a * ln (3 / 8)) / zf * (exp (2 * a * ln (1 / 2)) / zt) * (zf * zt))
      with (exp (a * ln (3 / 8)) * exp (2 * a * ln (1 / 2))) in h by (field; lra).
    replace (exp (2 * a * ln (1 / 4)) / zt * (exp (a * ln (1 / 2)) / zf) * (zf * zt))
      with (exp (2 * a * ln (1 / 4)) * exp (a * ln (1 / 2))) in h by (field; lra).
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

(** ... hence with probability at least (9/16)^n after T rounds. *)
Lemma stray_probability T n : (0 < T)%nat ->
  (9 / 16) ^ n <= PT sole_prompt (members T) origin n (stray_learner T) T
    (fun h => exists y, current (members T) origin (stray_learner T) h tt y <> iterate 1 origin T tt y).
Proof.
  intros hT. rewrite <- untouched_probability.
  rewrite <- (Prn_forall (coupled sole_prompt origin origin)). unfold PT, Prn.
  destruct T as [|k]; [lia|]. set (T := S k) in *.
  change (ET sole_prompt (members T) origin n (stray_learner T) (S k) [] ?F)
    with (En n (coupled sole_prompt origin origin)
           (fun s => ET sole_prompt (members T) origin n (stray_learner T) k [s] F)).
  apply En_le.
  - apply coupled_dist; [exact sole_prompt_dist| |]; intros x; apply is_full_dist, origin_policy.
  - intros s hs.
    rewrite <- (ET_const sole_prompt (members T) origin n (stray_learner T) sole_prompt_dist
      (members_policy T) origin_policy k [s] (ind (Forall untouched s))).
    apply (ET_le sole_prompt (members T) origin n (stray_learner T) sole_prompt_dist
      (members_policy T) origin_policy).
    intros h' he. apply ind_mono. intros hu.
    assert (hlen := extends_length n k [s] h' he). simpl in hlen.
    destruct (extends_app n k [s] h' he) as (l & ->). rewrite app_length in hlen. simpl in hlen.
    assert (hl : length l = k) by lia.
    assert (hd := stray_differs T l s ltac:(unfold T; lia) hu). rewrite hl in hd. exact hd.
Qed.

(** For every number of rounds and of pairs there are a class and a learner that meet every hypothesis of
    Theorem 5.3 on every history, A-CONC with [Cbar_t <= kappa_t] among them, although with probability at
    least (9/16)^n the empirical risk minimiser is not the exact update. *)
Theorem C34_learning_instance : forall T n : nat, (0 < T)%nat ->
  exists (I : Type) (FI : FiniteType I) (pol : I -> policy unit answer)
         (learner : history (X := unit) (Y := answer) -> I),
    (forall i, is_policy (pol i)) /\ minimises_empirical_loss 1 pol origin learner /\
    (forall h, extends n T [] h -> every_round pol origin learner
       (round_assumptions sole_prompt 1 pol (ln (4 / 3)) (/ card answer) (card answer)) h) /\
    (9 / 16) ^ n <= PT sole_prompt pol origin n learner T
      (fun h => exists y, current pol origin learner h tt y <> iterate 1 origin T tt y).
Proof.
  intros T n hT. exists (bool * upto T)%type, _, (members T), (stray_learner T).
  split; [apply members_policy|]. split; [apply stray_learner_minimises|]. split.
  - intros h hext. apply stray_assumptions. apply extends_length in hext. simpl in hext. lia.
  - apply stray_probability, hT.
Qed.
