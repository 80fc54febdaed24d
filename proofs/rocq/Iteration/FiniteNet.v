(** * Theorem 6.2: the iteration for a class with a finite net

    F04, F05-F07 and F09 for policies.  The class may be infinite; it needs a finite net in the sup
    log-ratio metric at some resolution [e] (for linear softmax F01 and F02 give one).  The loss truncated by
    projection is Lipschitz in that metric, so the uniform bound replaces the union bound of C18, and
    Theorem 5.3 follows with the new statistical error. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions Policy.Gibbs
  Policy.ConditionNumber Policy.GapToMass Policy.Concentrability OneRound.Tails OneRound.ZeroLoss
  OneRound.OneStep Iteration.Rounds Iteration.Trajectory OneRound.UniformBound.
Import ListNotations.
Open Scope R_scope.

(** Projection onto [-B, B]. *)
Definition clip (B x : R) : R := Rmax (- B) (Rmin B x).

Lemma clip_bounds B x : 0 <= B -> - B <= clip B x <= B.
Proof. intros hB. unfold clip. split; [apply Rmax_l|]. apply Rmax_lub; [lra|apply Rmin_l]. Qed.

Lemma clip_inside B x : Rabs x <= B -> clip B x = x.
Proof. intros h. apply Rabs_bounds in h. unfold clip. rewrite Rmin_right, Rmax_right; lra. Qed.

Lemma clip_contracts B x y : 0 <= B -> Rabs (clip B x - clip B y) <= Rabs (x - y).
Proof.
  intros hB. assert (h1 := Rle_abs (x - y)). assert (h2 := Rle_abs (- (x - y))). rewrite Rabs_Ropp in h2.
  apply Rabs_le. unfold clip, Rmax, Rmin.
  destruct (Rle_dec B x), (Rle_dec B y);
    repeat match goal with |- context [Rle_dec ?u ?v] => destruct (Rle_dec u v) end;
    lra.
Qed.

(** F04: the square of a projected difference moves by at most [4 B |a - a'|]. *)
Lemma projected_square B a a' u t : 0 <= B -> - B <= a <= B -> - B <= a' <= B -> - B <= u <= B ->
  Rabs (a - a') <= t -> Rabs ((a - u) ^ 2 - (a' - u) ^ 2) <= 4 * B * t.
Proof.
  intros hB ha ha' hu ht. replace ((a - u) ^ 2 - (a' - u) ^ 2) with ((a - a') * (a + a' - 2 * u)) by ring.
  rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat; try apply Rabs_pos; [apply Rabs_le; lra|exact ht].
Qed.

Section Net.
  Context {X Y I J : Type} {FX : FiniteType X} {FY : FiniteType Y} {FJ : FiniteType J}.
  Variable D : X -> R.
  Hypothesis hD : is_dist D.
  Variable beta : R.
  Hypothesis hbeta : 0 < beta <= 1.
  Variable pol : I -> policy X Y.
  Hypothesis hpol : forall i, is_policy (pol i).
  (** The net and its resolution in the sup log-ratio metric. *)
  Variable center : J -> policy X Y.
  Hypothesis hcenter : forall j, is_policy (center j).
  Variable e : R.
  Hypothesis he : 0 <= e.
  Hypothesis hnet : forall i, exists j, forall x y, Rabs (ln (pol i x y) - ln (center j x y)) <= e.
  Variable n : nat.
  Hypothesis hn : (0 < n)%nat.
  Variable K : R.

  Let B : R := trunc_level (card Y) K (INR n).

  Section Round.
    Variable base : policy X Y.
    Hypothesis hbase : is_policy base.

    (** The loss truncated by projection. *)
    Definition projected_loss (pi : policy X Y) : X * Y * Y -> R := fun z => let '(x, y, y') := z in
      (clip B (Delta (implicit_reward beta base pi) x y y')
       - clip B (Delta (fun x y => ln (base x y)) x y y')) ^ 2.

    Lemma projected_range pi z : 0 <= B -> 0 <= projected_loss pi z <= 4 * B ^ 2.
    Proof.
      intros hB. destruct z as [[x y] y']. simpl projected_loss.
      set (a := Delta (implicit_reward beta base pi) x y y'). set (u := Delta _ x y y').
      split; [apply pow2_ge_0|]. assert (h1 := clip_bounds B a hB). assert (h2 := clip_bounds B u hB). nra.
    Qed.

    Lemma projected_zero i s : zero_on (pair_loss beta base pol) i s -> zero_on (fun i => projected_loss (pol i)) i s.
    Proof.
      apply Forall_impl. intros [[x y] y'] h. simpl in *.
      assert (eq : Delta (implicit_reward beta base (pol i)) x y y' = Delta (fun x y => ln (base x y)) x y y') by nra.
      rewrite eq. ring.
    Qed.

    Lemma truncated_le_projected i z : truncated_loss beta pol base K n i z <= projected_loss (pol i) z.
    Proof.
      destruct z as [[x y] y']. unfold truncated_loss, projected_loss, ind. destruct (decide _) as [[h1 h2]|h].
      - rewrite !clip_inside by assumption. lra.
      - rewrite Rmult_0_r. apply pow2_ge_0.
    Qed.

    (** F04 for policies: log-ratios within [e] give projected losses within [8 beta e B]. *)
    Theorem F04_projected_loss_policy pi rho z : 0 <= B -> is_policy pi -> is_policy rho ->
      (forall x y, Rabs (ln (pi x y) - ln (rho x y)) <= e) ->
      Rabs (projected_loss pi z - projected_loss rho z) <= 8 * beta * e * B.
    Proof.
      intros hB hp hr hclose. destruct z as [[x y] y']. unfold projected_loss.
      replace (8 * beta * e * B) with (4 * B * (2 * beta * e)) by ring.
      apply projected_square; [exact hB|apply clip_bounds, hB|apply clip_bounds, hB|apply clip_bounds, hB|].
      eapply Rle_trans; [apply clip_contracts, hB|]. unfold Delta, implicit_reward.
      rewrite !ln_div_pos by (apply hp || apply hr || apply hbase).
      assert (h1 := Rabs_bounds _ _ (hclose x y)). assert (h2 := Rabs_bounds _ _ (hclose x y')).
      apply Rabs_le. split; nra.
    Qed.

    (** [(13/5) 8 beta e B + (8/5) 4 B^2 log(|net|/delta)/n]. *)
    Definition net_risk (delta : R) : R :=
      13 / 5 * (8 * beta * e * B) + 8 / 5 * (4 * B ^ 2 * ln (card J / delta) / INR n).

    (** F05: the concentration event for a class with a net. *)
    Lemma net_concentration delta : 0 < delta -> 1 <= K ->
      1 - delta <= Prn n (pair_law D base) (concentrated D beta pol base K n (net_risk delta)).
    Proof.
      intros hd hK. assert (hB : 0 < B) by exact (B_pos K n hn hK).
      assert (hlaw := pair_law_dist D hD base hbase).
      eapply Rle_trans; [apply (F05_zero_loss_net (pair_law D base) hlaw (fun j => projected_loss (center j))
        (4 * B ^ 2) ltac:(nra) (fun j z => projected_range (center j) z (Rlt_le _ _ hB))
        (fun i => projected_loss (pol i)) (8 * beta * e * B) n delta hn hd)|].
      - intros i. destruct (hnet i) as (j & hj). exists j. intros z.
        apply F04_projected_loss_policy; [lra|apply hpol|apply hcenter|exact hj].
      - apply Prn_mono; [apply hlaw|]. intros s _ h i hz.
        eapply Rle_trans; [|apply (h i (projected_zero i s hz))].
        apply E_le; [apply hlaw|]. intros z; apply truncated_le_projected.
    Qed.

  End Round.

  (** F06: at the resolution [e = B/(beta n)] the bound is at most
      [B^2 (24 + (32/3) log(|net|/delta)) / n]. *)
  Theorem F06_resolution_policy delta : 1 <= K -> 0 < delta <= card J -> e = B / (beta * INR n) ->
    net_risk delta <= B ^ 2 * (24 + 32 / 3 * ln (card J / delta)) / INR n.
  Proof.
    intros hK hd hres. assert (hB : 0 < B) by exact (B_pos K n hn hK).
    assert (hN : 0 < INR n) by (apply lt_0_INR; exact hn).
    assert (hl : 0 <= ln (card J / delta)).
    { apply ln_ge_0. apply (Rmult_le_reg_r delta); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    unfold net_risk. rewrite hres.
    replace (13 / 5 * (8 * beta * (B / (beta * INR n)) * B) + 8 / 5 * (4 * B ^ 2 * ln (card J / delta) / INR n))
      with (B ^ 2 * (104 / 5 + 32 / 5 * ln (card J / delta)) / INR n) by (field; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, hN|].
    apply Rmult_le_compat_l; [apply pow2_ge_0|lra].
  Qed.

  Variable pi0 : policy X Y.
  Hypothesis hpi0 : is_policy pi0.
  Variable learner : history (X := X) (Y := Y) -> I.
  Hypothesis hlearner : minimises_empirical_loss beta pol pi0 learner.
  Variables gamma c delta : R.
  Hypothesis hgamma : 0 < gamma.
  Hypothesis hc : 0 < c.
  Hypothesis hdelta : 0 < delta <= 1.
  Variable T : nat.
  Hypothesis hT : (0 < T)%nat.

  (** F07: the statistical error [sqrt(net_risk(delta/T)) + V4 n^(-1/2)]. *)
  Definition net_error : R := error_term (Y := Y) K n (net_risk (delta / INR T)).

  (** F09 (Theorem 6.2): Theorem 5.3 for every class with a finite net, with the error of F07.  The
      probability that the assumptions hold in all [T] rounds and yet
      [P_x(max_y pi_T <= 1/2) > (2/gamma)(2 eps + beta)(sqrt kappa* + rho^((T-1)/2) sqrt kappa_0)] is at most
      [delta]. *)
  Theorem F09_theorem_6_2 :
    PT D pol pi0 n learner T (fun h =>
      every_round pol pi0 learner (round_assumptions D beta pol gamma c K) h /\
      ~ own_failure D (current pol pi0 learner h) (1 / 2)
        <= failure_bound D beta pi0 gamma c net_error T) <= delta.
  Proof.
    assert (hTpos : 1 <= INR T) by (change 1 with (INR 1); apply le_INR; exact hT).
    assert (hd : 0 < delta / INR T) by (apply Rdiv_lt_0_compat; lra).
    assert (total : INR T * (delta / INR T) = delta) by (field; lra). rewrite <- total.
    apply (trajectory_failure D hD beta hbeta pol hpol pi0 hpi0 n learner hlearner gamma c K net_error
      (delta / INR T) hgamma hc (Rlt_le _ _ hd)); [|intros base hb hreal|exact hT].
    - intros _. apply error_term_nonneg, hn.
    - apply (balance_from_concentration D hD beta hbeta pol hpol base hb K n hn); [lra|exact hreal|].
      intros hK. apply net_concentration; assumption.
  Qed.

End Net.
