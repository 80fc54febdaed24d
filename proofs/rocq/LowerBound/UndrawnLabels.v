(** * Theorem 4.1: the exact risk against polynomials in the number of undrawn labels

    While the key is undrawn, let c be the number of other undrawn labels.  The best guess fails with
    probability 1 - 1/(c + 1), and the means of 1, c and c(c-1)/2 are powers: with a = rho/(d(M+1)), after n
    draws they are (1-2a)^n, (M-1)(1-3a)^n and (M-1)(M-2)/2 (1-4a)^n.  So every polynomial of degree two above
    1 - 1/(c + 1) at the whole numbers c < M bounds the exact risk of D15.

    Serves D15. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Scalar.Basics LowerBound.HardInstance LowerBound.Averages
  LowerBound.BayesRisk LowerBound.MinimaxRisk LowerBound.RiskLimits.
Import ListNotations.
Open Scope R_scope.

(** A number of elements is a whole number. *)
Lemma Sum_ind_whole {A : Type} {F : FiniteType A} (P : A -> Prop) : exists m : nat, Sum (fun a => ind (P a)) = INR m.
Proof.
  unfold Sum; induction (@enum A F) as [| a l (m & IH)]; [exists O; reflexivity |].
  rewrite sumL_cons, IH; destruct (classic (P a)) as [h | h].
  - exists (S m); rewrite ind_true, S_INR by exact h; ring.
  - exists m; rewrite ind_false by exact h; ring.
Qed.

Section Undrawn.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation bayes_risk := (@bayes_risk I K FI FK).

  (** The number of undrawn labels other than j. *)
  Definition others (j : K) (t : list K) : R := Sum (fun y => ind (y <> j /\ ~ In y t)).

  Lemma others_nil (j : K) : others j [] = M - 1.
  Proof.
    unfold others; rewrite (Sum_ext _ (fun y => 1 - ind (y = j) * 1)).
    - rewrite Sum_minus, Sum_const, (Sum_pick (fun _ => 1)); ring.
    - intro y; rewrite (ind_iff _ (~ (y = j))) by (simpl; tauto); rewrite ind_not; ring.
  Qed.

  Lemma others_le (j : K) (t : list K) : others j t <= M - 1.
  Proof. rewrite <- (others_nil j); apply Sum_le; intro y; apply ind_mono; simpl; tauto. Qed.

  Lemma others_undrawn (j : K) (t : list K) : ~ In j t -> M - distinct t = others j t + 1.
  Proof.
    intro h; rewrite distinct_missing; unfold others.
    rewrite (Sum_ext _ (fun y => ind (y <> j /\ ~ In y t) + ind (y = j) * 1)).
    - rewrite Sum_plus, (Sum_pick (fun _ => 1)); reflexivity.
    - intro y; destruct (classic (y = j)) as [-> | hy].
      + rewrite (ind_true _ h), (ind_true (j = j)), ind_false by tauto; ring.
      + rewrite (ind_false (y = j)), (ind_iff (y <> j /\ _) (~ In y t)) by tauto; ring.
  Qed.

  Lemma others_again (j y : K) (t : list K) : In y t -> others j (y :: t) = others j t.
  Proof.
    intro h; apply Sum_ext; intro z; apply ind_iff; simpl; split; [tauto |].
    intros [h1 h2]; split; [exact h1 |]; intros [-> | hz]; auto.
  Qed.

  Lemma others_new (j y : K) (t : list K) : y <> j -> ~ In y t -> others j (y :: t) = others j t - 1.
  Proof.
    intros hy h; unfold others.
    rewrite (Sum_ext _ (fun z => ind (z <> j /\ ~ In z t) - ind (z = y) * 1)).
    - rewrite Sum_minus, (Sum_pick (fun _ => 1)); reflexivity.
    - intro z; destruct (classic (z = y)) as [-> | hz].
      + rewrite (ind_true (y = y)), (ind_true (y <> j /\ ~ In y t)), ind_false; [ring | simpl; tauto | tauto | reflexivity].
      + rewrite (ind_false (z = y)) by exact hz; rewrite Rmult_0_l, Rminus_0_r; apply ind_iff; simpl.
        split; [tauto |]; intros [h1 h2]; split; [exact h1 |]; intros [e | e]; [apply hz; auto | auto].
  Qed.

  (** One more draw from P_j, with the key undrawn before and after. *)
  Lemma draw_one (j : K) (t : list K) (g : R -> R) : 2 <= M ->
    E (key_law 1 j) (fun y => ind (~ In j (y :: t)) * g (others j (y :: t))) =
    ind (~ In j t) * (((M - 1 - others j t) * g (others j t) + others j t * g (others j t - 1)) / (M + 1)).
  Proof.
    intro hM; set (c := others j t).
    assert (hc : Sum (fun y => ind (y <> j /\ In y t)) = M - 1 - c).
    { rewrite <- (others_nil j); unfold c, others; rewrite <- Sum_minus; apply Sum_ext; intro y.
      rewrite !ind_and, (ind_not (In y t)), (ind_true (~ In y [])) by (simpl; tauto); ring. }
    unfold E; rewrite (Sum_ext _ (fun y => ind (~ In j t) / (M + 1) * g c * ind (y <> j /\ In y t) +
                                    ind (~ In j t) / (M + 1) * g (c - 1) * ind (y <> j /\ ~ In y t))).
    - rewrite Sum_plus, !Sum_scal, hc; fold (others j t); fold c; field; lra.
    - intro y; destruct (classic (y = j)) as [-> | hy].
      + rewrite (ind_false (~ In j (j :: t))), !(ind_false (j <> j /\ _)) by (simpl; tauto); ring.
      + rewrite key_law_off by exact hy.
        rewrite (ind_iff (~ In j (y :: t)) (~ In j t)) by (simpl; split; [tauto | intros h [e | e]; auto]).
        destruct (classic (In y t)) as [h | h].
        * rewrite others_again by exact h; fold c.
          rewrite (ind_true (y <> j /\ In y t)), (ind_false (y <> j /\ ~ In y t)) by tauto; field; lra.
        * rewrite others_new by assumption; fold c.
          rewrite (ind_false (y <> j /\ In y t)), (ind_true (y <> j /\ ~ In y t)) by tauto; field; lra.
  Qed.

  (** A function that one draw multiplies by s has a power of s for its mean. *)
  Lemma eigenfunction_mean (j : K) (g : R -> R) (s : R) (k : nat) : 2 <= M ->
    (forall c, (M - 1 - c) * g c + c * g (c - 1) = s * (M + 1) * g c) ->
    En k (key_law 1 j) (fun t => ind (~ In j t) * g (others j t)) = s ^ k * g (M - 1).
  Proof.
    intros hM h; induction k as [| k IH].
    - cbn [En]; rewrite ind_true, others_nil by (intros []); simpl; ring.
    - cbn [En]; rewrite <- (En_E k (key_law 1 j) (key_law 1 j)
        (fun y t => ind (~ In j (y :: t)) * g (others j (y :: t)))).
      rewrite (En_ext _ k _ (fun t => s * (ind (~ In j t) * g (others j t)))).
      + rewrite En_scal, IH; simpl; ring.
      + intros t _; rewrite draw_one by exact hM; rewrite h; field; lra.
  Qed.

  Section Quadratic.
    Variables p q r : R.
    Hypothesis above : forall m : nat, INR m <= M - 1 ->
      1 - / (INR m + 1) <= p + q * INR m + r * (INR m * (INR m - 1) / 2).

    Lemma bayes_failure_quadratic (j : K) (k : nat) : 2 <= M -> bayes_failure j k <=
      p * ((M - 1) / (M + 1)) ^ k + q * (M - 1) * ((M - 2) / (M + 1)) ^ k +
      r * ((M - 1) * (M - 2) / 2) * ((M - 3) / (M + 1)) ^ k.
    Proof.
      intro hM; rewrite <- blind_mean by exact hM.
      eapply Rle_trans with (En k (key_law 1 j) (fun t =>
        (p * (ind (~ In j t) * 1) + q * (ind (~ In j t) * others j t)) +
        r * (ind (~ In j t) * (others j t * (others j t - 1) / 2)))).
      - apply En_le; [apply is_full_dist, D01_key_law; lra |]; intros t _.
        destruct (classic (In j t)) as [h | h]; [rewrite ind_false by tauto; lra |].
        rewrite (ind_true _ h); unfold blind_failure; rewrite (others_undrawn j t h).
        destruct (Sum_ind_whole (fun y => y <> j /\ ~ In y t)) as (m & e); fold (others j t) in e.
        pose proof (others_le j t) as hl; rewrite e in *; specialize (above m hl); lra.
      - rewrite !En_plus, !En_scal; right.
        rewrite (eigenfunction_mean j (fun _ => 1) ((M - 1) / (M + 1))) by (first [exact hM | intro; field; lra]).
        rewrite (eigenfunction_mean j (fun c => c) ((M - 2) / (M + 1))) by (first [exact hM | intro; field; lra]).
        rewrite (eigenfunction_mean j (fun c => c * (c - 1) / 2) ((M - 3) / (M + 1)))
          by (first [exact hM | intro; field; lra]).
        field; lra.
    Qed.

    Lemma bayes_risk_quadratic (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> 2 <= M -> a = rho / (d * (M + 1)) ->
      bayes_risk rho n <=
      rho * (p * (1 - 2 * a) ^ n + q * (M - 1) * (1 - 3 * a) ^ n + r * ((M - 1) * (M - 2) / 2) * (1 - 4 * a) ^ n).
    Proof.
      intros h0 h1 hM ->; pose proof (@card_ge_1 I FI) as hd.
      assert (hp0 : 0 <= rho / d) by (apply le_div; lra).
      assert (hp1 : rho / d <= 1) by (apply div_le; lra).
      rewrite (D15_formula rho n point); apply Rmult_le_compat_l; [exact h0 |].
      eapply Rle_trans; [apply E_binomial_le with
        (g := fun k => p * ((M - 1) / (M + 1)) ^ k + q * (M - 1) * ((M - 2) / (M + 1)) ^ k +
                       r * ((M - 1) * (M - 2) / 2) * ((M - 3) / (M + 1)) ^ k); try assumption;
                     intro k; apply bayes_failure_quadratic, hM |].
      right; unfold E_binomial; rewrite !En_plus, !En_scal.
      pose proof (fun s => E_binomial_power n (rho / d) s) as e; unfold E_binomial in e; rewrite !e.
      f_equal; [f_equal |]; f_equal; f_equal; field; lra.
    Qed.
  End Quadratic.

  (** Three labels: the risk is exactly what the quadratic through 0, 1/2, 2/3 gives. *)
  Lemma bayes_risk_three (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> M = 3 -> a = rho / (d * (M + 1)) ->
    bayes_risk rho n <= rho * ((1 - 3 * a) ^ n - (1 - 4 * a) ^ n / 3).
  Proof.
    intros h0 h1 hM ha; pose proof (bayes_risk_quadratic 0 (1 / 2) (- (1 / 3))) as h.
    eapply Rle_trans; [apply h; try eassumption; [| lra] |].
    - intros m hm; rewrite hM in hm; assert (hm2 : (m <= 2)%nat) by (apply INR_le; simpl (INR 2); lra).
      destruct m as [| [| [| m]]]; [simpl; lra | simpl; lra | simpl; lra | lia].
    - rewrite hM; right; field.
  Qed.

  (** Any number of labels: the chord of 1 - 1/(c + 1) from c = 1 to c = 2. *)
  Lemma bayes_risk_chord (rho a : R) (n : nat) : 0 <= rho -> rho <= 1 -> 2 <= M -> a = rho / (d * (M + 1)) ->
    bayes_risk rho n <= rho * ((1 - 2 * a) ^ n / 3 + (M - 1) / 6 * (1 - 3 * a) ^ n).
  Proof.
    intros h0 h1 hM ha; pose proof (bayes_risk_quadratic (1 / 3) (1 / 6) 0) as h.
    eapply Rle_trans; [apply h; try eassumption |].
    - intros m _; assert (hw : 0 <= (INR m - 1) * (INR m - 2)).
      { destruct m as [| [| m]]; [simpl; lra | simpl; lra |].
        rewrite !S_INR; pose proof (pos_INR m); nra. }
      assert (hp : 0 < INR m + 1) by (pose proof (pos_INR m); lra).
      apply Rmult_le_reg_r with (INR m + 1); [exact hp |].
      rewrite Rmult_minus_distr_r, Rinv_l by lra; nra.
    - right; field.
  Qed.
End Undrawn.
