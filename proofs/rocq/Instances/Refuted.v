(** * What the paper states and is false, where no statement of the language says it

    Each theorem is the negation of a pinned statement, by an instance that the development has. *)

From Coq Require Import Reals Lra Lia List.
From Interval Require Import Tactic.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions OneRound.OneStep Greedy.Autoregressive Greedy.Feasibility
  LowerBound.HardInstance LowerBound.LambertInstances LowerBound.NoInstance LowerBound.SampleSize Scalar.LambertInversion
  Iteration.LearnedConcentrability.
From SRVerify Require Import Instances.Examples Instances.S4b_LowerBound.
From SRVerify Require Import Statements.S4b_LowerBound Statements.S4c_Greedy Statements.S5a_OneRound.
Import ListNotations.
Open Scope R_scope.

(** E06: two independent steps (0.7, 0.3). *)
Theorem E06_certain_failure_refuted : ~ E06_certain_failure.
Proof.
  intros h. destruct Feasibility.E06_not_certain as (m & s & hm & hs & hp & hhalf & hg).
  apply (h bool FiniteType_bool 2%nat m s s hm hs ltac:(rewrite hp; exact hhalf) (proj2 (hg s) eq_refl)). reflexivity.
Qed.

(** D11: kappa_0 = 2, |Pi| = 3, n = 1. *)
Theorem D11_instance_exists_refuted : ~ D11_instance_exists.
Proof.
  intros h. assert (e3 : INR 3 = 3) by (simpl; lra).
  set (J := 1 / 3072 * 2 * ln 3).
  assert (hJ : 0 < J) by (unfold J; interval).
  assert (hJ' : J <= cost 2 (1 / 16)) by (unfold J, cost; interval).
  destruct (eps_LB_root 2 ltac:(lra) J hJ hJ') as (he & he' & hroot).
  assert (hlevel : level 2 (ln (INR 3)) 1 = J) by (unfold level, J; rewrite e3; simpl (INR 1); field).
  assert (heps : eps_LB 2 J <= 1 / 16).
  { apply Rnot_lt_le; intro hgt.
    pose proof (LambertInversion.D08_increasing 2 (1 / 16) (eps_LB 2 J) ltac:(lra) ltac:(lra) hgt he') as k.
    fold (cost 2 (1 / 16)) in k; fold (cost 2 (eps_LB 2 J)) in k; lra. }
  destruct (h 2 3%nat 1%nat ltac:(lra) ltac:(lia) ltac:(lia) ltac:(rewrite hlevel; exact heps)) as (M & d & hd & [h1 h2] & hsize).
  rewrite hlevel in h1, h2. rewrite e3 in hsize.
  exact (NoInstance.D11_no_instance (eps_LB 2 J) M d he heps hroot h1 h2 hd hsize).
Qed.

(** D18: the learner that always outputs the same response, with no draw. *)
Theorem D18_own_failure_refuted : ~ D18_own_failure.
Proof.
  intros h.
  destruct (h bool (option bool) FiniteType_bool FiniteType_option (guess None) 2 (1 / 16) O (guess_proper None)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(rewrite card_three; lra) ltac:(rewrite card_three; lra) few_draws) as (key & hk).
  change (1 / 16 <= own_failure (prompt_law (16 * (1 / 16))) (point_policy (fun _ : option bool => @None bool)) (1 / 2)) in hk.
  rewrite HardInstance.D18_own_failure_void in hk. lra.
Qed.

(** C17: the witness at n = 10^10. *)
Theorem C17_kappa_suffices_refuted : ~ C17_kappa_suffices.
Proof.
  intros h. destruct ten_billion as (n & hn0 & hn).
  assert (hbeta : 0 < / 10 ^ 5 <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
  assert (hz : 0 < / 10 ^ 14 <= 1 / 20).
  { split; [apply Rinv_0_lt_compat; lra|]. apply Rle_trans with (/ 20); [apply Rinv_le_contravar; lra|lra]. }
  destruct (LearnedConcentrability.C17_learned_concentrability n hn) as (hreal & hm & _).
  apply (LearnedConcentrability.C17_A_CONC_needed n hn).
  apply (h unit response bool _ _ _ one_prompt one_prompt_dist (/ 10 ^ 5) hbeta (two_policies (/ 10 ^ 5) (/ 10 ^ 14))
    (two_policies_policy _ _ hz) (start (/ 10 ^ 14)) (start_policy _ hz) 3 n hn0 (2 / 5) (1 / 20));
    [rewrite bool_card; lra|exact hreal|lra|exact hm].
Qed.
