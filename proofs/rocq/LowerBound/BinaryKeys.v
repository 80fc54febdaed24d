(** * Theorem 4.1: the exact minimax risk with binary keys

    Two keys a <> b that agree on every draw but those of a and b at x_i cannot be told
    apart when none of these was drawn, which happens with probability exactly
    (1 - 3 rho/(d(M+1)))^n.  Averaging over the cube {a,b}^d (or over any product prior)
    gives the lower bound of D17 for every deterministic or randomised learner, and the learner
    that looks for a and b and otherwise tosses a coin attains it.

    Serves D05 (the probability of the ambiguous event), D16 and D17. *)

From Coq Require Import Reals Lra Lia List Classical.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions.
From SRVerify Require Import Scalar.Basics Scalar.LowerBound LowerBound.HardInstance
  LowerBound.Averages.
Import ListNotations.
Open Scope R_scope.

(** ** The ambiguous event *)

Section Lower.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.
  Notation d := (card I).
  Notation M := (card K).
  Notation learner := (@learner I K).

  (** The draw is not one of the responses a, b at x_i. *)
  Definition unseen (i : I) (a b : K) (o : option I * K) : Prop :=
    ~ (fst o = Some i /\ (snd o = a \/ snd o = b)).

  Lemma key_law_pair (a b : K) : a <> b ->
    Pr (key_law 1 a) (fun y => y = a \/ y = b) = 3 / (M + 1).
  Proof.
    intro hab; pose proof (card_pos K FK); unfold Pr, E.
    rewrite (Sum_ext _ (fun y => ind (y = a) * key_law 1 a y + ind (y = b) * key_law 1 a y)).
    - rewrite Sum_plus, !Sum_pick, key_law_at, key_law_off by auto; field; lra.
    - intro y; assert (ind (y = a \/ y = b) = ind (y = a) + ind (y = b)) as ->; [| ring].
      unfold ind; destruct (decide (y = a)), (decide (y = b)), (decide (y = a \/ y = b));
        subst; try tauto; lra.
  Qed.

  (** D05: two fixed responses, one of them the key, stay unseen in k draws at x_i with
      probability exactly (1 - 3/(M+1))^k. *)
  Theorem D05_ambiguous_event : forall (a b : K) (k : nat), a <> b ->
    Prn k (key_law 1 a) (Forall (fun y => ~ (y = a \/ y = b))) = (1 - 3 / (M + 1)) ^ k.
  Proof.
    intros a b k hab; rewrite (Prn_forall (key_law 1 a)), Pr_not, key_law_pair by
      (try exact hab; apply is_full_dist, D01_key_law; lra); reflexivity.
  Qed.

  (** D05, (88): ... which is at least 1 - 3k/(M+1). *)
  Theorem D05_ambiguous_bound : forall (a b : K) (k : nat), a <> b -> 2 <= M ->
    1 - 3 * INR k / (M + 1) <= Prn k (key_law 1 a) (Forall (fun y => ~ (y = a \/ y = b))).
  Proof. intros a b k hab hM; rewrite D05_ambiguous_event by exact hab; apply D05_bernoulli, hM. Qed.

  Lemma unseen_probability rho (key : I -> K) i a b : 0 <= rho -> rho <= 1 -> a <> b ->
    key i = a \/ key i = b ->
    Pr (draw_law rho key) (unseen i a b) = 1 - 3 * rho / (d * (M + 1)).
  Proof.
    intros h0 h1 hab hk; unfold unseen.
    rewrite Pr_not by (apply draw_law_dist; assumption).
    rewrite (draw_at rho key i (fun y => y = a \/ y = b)).
    assert (Pr (key_law 1 (key i)) (fun y => y = a \/ y = b) = 3 / (M + 1)) as ->.
    { destruct hk as [-> | ->]; [apply key_law_pair, hab |].
      rewrite <- (key_law_pair b a) by auto.
      unfold Pr; apply E_ext; intro y; apply ind_iff; tauto. }
    pose proof (card_pos I FI); pose proof (card_pos K FK); field; lra.
  Qed.

  Lemma set_key_law (key : I -> K) i a b (o : option I * K) : unseen i a b o ->
    key_policy 1 (set_key key i a) (fst o) (snd o) = key_policy 1 (set_key key i b) (fst o) (snd o).
  Proof.
    destruct o as [[j |] y]; simpl; intro h; [| reflexivity].
    destruct (classic (j = i)) as [-> | hj]; [| rewrite !set_key_other by exact hj; reflexivity].
    rewrite !set_key_same.
    rewrite !key_law_off; [reflexivity | |];
      intros ->; apply h; simpl; auto.
  Qed.

  (** Whatever the learner does, it misses under one of the two keys on the ambiguous event. *)
  Lemma two_point (A : learner) (rho : R) (key : I -> K) i a b n : proper_output A -> 0 <= rho -> rho <= 1 -> a <> b ->
    (1 - 3 * rho / (d * (M + 1))) ^ n <=
    miss rho (set_key key i a) n A i + miss rho (set_key key i b) n A i.
  Proof.
    intros hA h0 h1 hab.
    set (ka := set_key key i a); set (kb := set_key key i b).
    rewrite <- (unseen_probability rho ka i a b) by
      (try assumption; left; apply set_key_same).
    rewrite <- (Prn_forall (draw_law rho ka)).
    set (amb := fun s => ind (Forall (unseen i a b) s)).
    set (fa := fun s => ind (A (map (reveal ka) s) (Some i) a <= 1 / 2)).
    set (fb := fun s => ind (A (map (reveal kb) s) (Some i) b <= 1 / 2)).
    assert (hrev : forall s, Forall (unseen i a b) s -> map (reveal ka) s = map (reveal kb) s).
    { intros s hs; induction hs as [| o s ho hs IH]; [reflexivity |].
      simpl; rewrite IH; unfold reveal, ka, kb.
      rewrite (set_key_law key i a b o ho); reflexivity. }
    assert (ha : En n (draw_law rho ka) (fun s => amb s * fa s) <= miss rho ka n A i).
    { unfold miss, Prn; apply En_le; [intro; apply draw_law_nonneg; assumption |].
      intros s _; unfold fa, ka; rewrite set_key_same.
      pose proof (ind_range (Forall (unseen i a b) s)); unfold amb.
      pose proof (ind_nonneg (A (map (reveal (set_key key i a)) s) (Some i) a <= 1 / 2)); nra. }
    assert (hb : En n (draw_law rho ka) (fun s => amb s * fb s) <= miss rho kb n A i).
    { change (En n (draw_law rho ka) (fun s => ind (Forall (unseen i a b) s) * fb s) <=
              miss rho kb n A i).
      rewrite (En_agree _ (draw_law rho kb)).
      - unfold miss, Prn; apply En_le; [intro; apply draw_law_nonneg; assumption |].
        intros s _; unfold fb, kb; rewrite set_key_same.
        pose proof (ind_range (Forall (unseen i a b) s)); unfold amb.
        pose proof (ind_nonneg (A (map (reveal (set_key key i b)) s) (Some i) b <= 1 / 2)); nra.
      - intros o ho; unfold draw_law, ka, kb; rewrite (set_key_law key i a b o ho); reflexivity. }
    eapply Rle_trans; [| apply Rplus_le_compat; [exact ha | exact hb]].
    rewrite <- En_plus; apply En_le; [intro; apply draw_law_nonneg; assumption |].
    intros s _; unfold amb.
    destruct (classic (Forall (unseen i a b) s)) as [hs | hs].
    - rewrite ind_true by exact hs.
      unfold fa, fb; rewrite (hrev s hs).
      pose proof (dist_two_le_1 (A (map (reveal kb) s) (Some i)) a b (hA _ _) hab) as h2.
      destruct (Rle_lt_dec (A (map (reveal kb) s) (Some i) a) (1 / 2)) as [hl | hl].
      + rewrite (ind_true _ hl); pose proof (ind_nonneg (A (map (reveal kb) s) (Some i) b <= 1 / 2)); lra.
      + rewrite (ind_true (A (map (reveal kb) s) (Some i) b <= 1 / 2)) by lra.
        pose proof (ind_nonneg (A (map (reveal kb) s) (Some i) a <= 1 / 2)); lra.
    - rewrite ind_false by exact hs; lra.
  Qed.

  (** Average misclassification over a prior under which every pair costs c. *)
  Lemma average_misses (u : K -> R) (A : learner) (rho : R) (key : I -> K) n : is_dist u ->
    (forall (g : K -> R) c, (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E u g) ->
    proper_output A -> 0 <= rho -> rho <= 1 ->
    (1 - 3 * rho / (d * (M + 1))) ^ n / 2 <=
    average u enum (fun k => / d * Sum (fun i => miss rho k n A i)) key.
  Proof.
    intros hu hpair hA h0 h1; pose proof (card_pos I FI) as hd.
    rewrite average_scal by exact hu.
    unfold Sum; rewrite average_sumL by exact hu.
    change (sumL enum ?f) with (Sum f).
    apply Rmult_le_reg_l with d; [exact hd |].
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    rewrite <- Sum_const; apply Sum_le; intro i.
    apply average_entry with i; [exact hu | apply enum_nodup | apply enum_in |].
    intro k'; apply hpair; intros a b hab.
    apply two_point; assumption.
  Qed.

  (** Randomised learners: a seed of law w. *)
  Definition random_risk {W : Type} {FW : FiniteType W} (w : W -> R) (rho : R) (key : I -> K) (n : nat) (A : W -> learner) : R :=
    E w (fun o => risk rho key n (A o)).

  Lemma average_random_risk {W : Type} {FW : FiniteType W} (w : W -> R) (u : K -> R)
      (A : W -> learner) (rho : R) (key : I -> K) n : is_dist w -> is_dist u ->
    (forall (g : K -> R) c, (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E u g) ->
    (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 ->
    rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <=
    average u enum (fun k => random_risk w rho k n A) key.
  Proof.
    intros hw hu hpair hA h0 h1.
    unfold random_risk; rewrite average_E by exact hu.
    rewrite <- (E_const w (rho / 2 * _) hw); apply E_le; [apply hw |]; intro o.
    eapply Rle_trans; [| apply (average_le u hu enum
      (fun k => rho * (/ d * Sum (fun i => miss rho k n (A o) i))))].
    - rewrite average_scal by exact hu.
      pose proof (average_misses u (A o) rho key n hu hpair (hA o) h0 h1); nra.
    - intro k; replace (rho * (/ d * Sum (fun i => miss rho k n (A o) i)))
        with (rho / d * Sum (fun i => miss rho k n (A o) i)) by (unfold Rdiv; ring).
      apply risk_ge_misses; assumption.
  Qed.

  Lemma pair_prior_pairs (a b : K) : a <> b -> forall (g : K -> R) c,
    (forall a b, a <> b -> c <= g a + g b) -> c / 2 <= E (pair_prior a b) g.
  Proof. intros hab g c h; rewrite pair_prior_E; specialize (h a b hab); lra. Qed.

  (** D17, lower bound: every learner, deterministic or randomised, has a key in {a,b}^d at which
      its risk is at least (rho/2)(1 - 3 rho/(d(M+1)))^n. *)
  Theorem D17_lower_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> a <> b ->
    exists key : I -> K, (forall i, key i = a \/ key i = b) /\
      rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <= random_risk w rho key n A.
  Proof.
    intros W FW w A rho n a b hw hA h0 h1 hab.
    pose proof (average_random_risk w (pair_prior a b) A rho (fun _ => a) n hw
                  (pair_prior_dist a b) (pair_prior_pairs a b hab) hA h0 h1) as h.
    apply average_attained in h as (key & h2 & _ & h3); [| apply pair_prior_dist].
    exists key; split; [| exact h3].
    intro i; apply pair_prior_support, h2, enum_in.
  Qed.

  (** D16: the Jensen form of the bound, (rho/2)(1 - 3/(M+1))^(n rho/d), for M > 2. *)
  Theorem D16_lower_bound : forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner)
      (rho : R) (n : nat) (a b : K),
    is_dist w -> (forall o, proper_output (A o)) -> 0 <= rho -> rho <= 1 -> a <> b -> 2 < M ->
    exists key : I -> K,
      rho / 2 * Rpower (1 - 3 / (M + 1)) (INR n * rho / d) <= random_risk w rho key n A.
  Proof.
    intros W FW w A rho n a b hw hA h0 h1 hab hM.
    destruct (D17_lower_bound W FW w A rho n a b hw hA h0 h1 hab) as (key & _ & h).
    exists key; eapply Rle_trans; [| exact h].
    apply Rmult_le_compat_l; [lra | apply D16_jensen; try assumption; apply card_ge_1].
  Qed.

  (** ** D17: the bound is attained *)

  (** Some draw shows the key at x_i: the response k at its own level, or the response k' at the other one. *)
  Definition shown (s : list (@observation I K)) (i : I) (k k' : K) : Prop :=
    In (Some i, k, ln (2 / (M + 1))) s \/ In (Some i, k', ln (1 / (M + 1))) s.

  Definition coin_guess (a b : K) (coin : bool) (s : list (@observation I K)) (i : I) : K :=
    if decide (shown s i a b) then a
    else if decide (shown s i b a) then b
    else if coin then a else b.

  (** Put out what the data show; otherwise toss one coin. *)
  Definition coin_learner (a b : K) (coin : bool) : learner :=
    fun s x => match x with None => dirac point | Some i => dirac (coin_guess a b coin s i) end.

  Lemma coin_learner_proper a b coin : proper_output (coin_learner a b coin).
  Proof. intros s [i |]; apply dirac_dist. Qed.

  Lemma ln_levels : 1 <= M -> ln (2 / (M + 1)) <> ln (1 / (M + 1)).
  Proof.
    intros h e; rewrite !ln_quotient, ln_1 in e by lra.
    pose proof (ln_gt_0 2 ltac:(lra)); lra.
  Qed.

  Lemma in_reveal (key : I -> K) s x y v : In (x, y, v) (map (reveal key) s) ->
    In (x, y) s /\ v = ln (key_policy 1 key x y).
  Proof.
    intro h; apply in_map_iff in h as ((x', y') & e & h); unfold reveal in e; simpl in e.
    inversion e; subst; auto.
  Qed.

  (** For keys in {a,b}: what is shown is the truth, and it is shown once a or b was drawn. *)
  Lemma shown_truth (key : I -> K) s i k k' : k <> k' -> key i = k' ->
    ~ shown (map (reveal key) s) i k k'.
  Proof.
    intros hne hk h; pose proof (@card_ge_1 K FK) as hM.
    destruct h as [h | h]; apply in_reveal in h as [_ e]; simpl in e; rewrite hk in e.
    - rewrite key_law_off in e by exact hne; exact (ln_levels hM e).
    - rewrite key_law_at in e; replace (1 + 1) with 2 in e by ring; exact (ln_levels hM (eq_sym e)).
  Qed.

  Lemma seen_shown (key : I -> K) s i k k' : k <> k' -> key i = k ->
    ~ Forall (unseen i k k') s -> shown (map (reveal key) s) i k k'.
  Proof.
    intros hne hk h.
    rewrite Forall_forall in h; apply not_all_ex_not in h as (o & h).
    apply imply_to_and in h as [hin h]; apply NNPP in h; destruct h as [hx hy].
    destruct o as [x y]; simpl in hx, hy; subst x.
    apply (in_map (reveal key)) in hin; unfold reveal in hin; simpl in hin.
    rewrite hk in hin; unfold shown.
    destruct hy as [-> | ->].
    - left; rewrite key_law_at in hin; replace (1 + 1) with 2 in hin by ring; exact hin.
    - right; rewrite key_law_off in hin by auto; exact hin.
  Qed.

  Lemma unseen_not_shown (key : I -> K) s i a b k k' : Forall (unseen i a b) s ->
    (k = a /\ k' = b) \/ (k = b /\ k' = a) -> ~ shown (map (reveal key) s) i k k'.
  Proof.
    intros h hk hs; rewrite Forall_forall in h.
    assert (forall y v, y = a \/ y = b -> ~ In (Some i, y, v) (map (reveal key) s)) as hno.
    { intros y v hy hin; apply in_reveal in hin as [hin _].
      apply (h _ hin); simpl; auto. }
    destruct hs as [hs | hs]; refine (hno _ _ _ hs); destruct hk as [[-> ->] | [-> ->]]; auto.
  Qed.

  Lemma dirac_miss (g k : K) : ind (dirac g k <= 1 / 2) = ind (k <> g).
  Proof.
    apply ind_iff; unfold dirac; split.
    - intros h ->; rewrite ind_true in h by reflexivity; lra.
    - intro h; rewrite ind_false by exact h; lra.
  Qed.

  (** The two coins together miss x_i exactly on the ambiguous event. *)
  Lemma coin_miss (key : I -> K) a b s i : a <> b -> key i = a \/ key i = b ->
    ind (coin_learner a b true (map (reveal key) s) (Some i) (key i) <= 1 / 2) +
    ind (coin_learner a b false (map (reveal key) s) (Some i) (key i) <= 1 / 2) =
    ind (Forall (unseen i a b) s).
  Proof.
    intros hab hk; unfold coin_learner; rewrite !dirac_miss; unfold coin_guess.
    destruct (classic (Forall (unseen i a b) s)) as [hs | hs].
    - rewrite (ind_true (Forall _ _)) by exact hs.
      destruct (decide (shown (map (reveal key) s) i a b)) as [h | _];
        [exfalso; revert h; apply (unseen_not_shown key s i a b); auto |].
      destruct (decide (shown (map (reveal key) s) i b a)) as [h | _];
        [exfalso; revert h; apply (unseen_not_shown key s i a b); auto |].
      destruct hk as [-> | ->].
      + rewrite (ind_false (a <> a)), (ind_true (a <> b)) by tauto; ring.
      + rewrite (ind_true (b <> a)), (ind_false (b <> b)) by (auto; tauto); ring.
    - rewrite (ind_false (Forall _ _)) by exact hs.
      destruct hk as [e | e].
      + pose proof (seen_shown key s i a b hab e hs) as h.
        destruct (decide (shown (map (reveal key) s) i a b)) as [_ | h']; [| contradiction].
        rewrite e, (ind_false (a <> a)) by tauto; ring.
      + assert (~ shown (map (reveal key) s) i a b) as hn by (apply shown_truth; assumption).
        assert (shown (map (reveal key) s) i b a) as h.
        { apply seen_shown; auto; intro hf; apply hs; eapply Forall_impl; [| exact hf].
          unfold unseen; tauto. }
        destruct (decide (shown (map (reveal key) s) i a b)) as [h' | _]; [contradiction |].
        destruct (decide (shown (map (reveal key) s) i b a)) as [_ | h']; [| contradiction].
        rewrite e, (ind_false (b <> b)) by tauto; ring.
  Qed.

  Definition fair_coin : bool -> R := fun _ => / 2.

  Lemma fair_coin_dist : is_dist fair_coin.
  Proof. split; [intro; unfold fair_coin; lra | unfold Sum, fair_coin; simpl; lra]. Qed.

  Lemma fair_coin_E (g : bool -> R) : E fair_coin g = / 2 * (g true + g false).
  Proof. unfold E, Sum, fair_coin; simpl; ring. Qed.

  (** D17: the coin learner's risk is exactly (rho/2)(1 - 3 rho/(d(M+1)))^n at every binary key. *)
  Theorem D17_attained : forall (rho : R) (n : nat) (a b : K) (key : I -> K),
    0 <= rho -> rho <= 1 -> a <> b -> (forall i, key i = a \/ key i = b) ->
    random_risk fair_coin rho key n (coin_learner a b) =
    rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n.
  Proof.
    intros rho n a b key h0 h1 hab hk; pose proof (card_pos I FI) as hd.
    unfold random_risk; rewrite fair_coin_E, !risk_split.
    assert (h : forall coin, Prn n (draw_law rho key)
              (fun s => coin_learner a b coin (map (reveal key) s) None point <= 1 / 2) = 0).
    { intro coin; unfold Prn.
      rewrite (En_ext _ n _ (fun _ => 0)); [apply En_const, draw_law_dist; assumption |].
      intros s _; simpl; rewrite dirac_miss; apply ind_false; tauto. }
    rewrite !h.
    assert (e : Sum (fun i => miss rho key n (coin_learner a b true) i) +
                Sum (fun i => miss rho key n (coin_learner a b false) i) =
                d * (1 - 3 * rho / (d * (M + 1))) ^ n).
    { rewrite <- Sum_plus, <- Sum_const; apply Sum_ext; intro i.
      unfold miss, Prn; rewrite <- En_plus.
      rewrite <- (unseen_probability rho key i a b) by auto.
      rewrite <- (Prn_forall (draw_law rho key)); apply En_ext; intros s _.
      apply coin_miss; auto. }
    replace (/ 2 * ((1 - rho) * 0 + rho / d * Sum (fun i => miss rho key n (coin_learner a b true) i) +
                    ((1 - rho) * 0 + rho / d * Sum (fun i => miss rho key n (coin_learner a b false) i))))
      with (/ 2 * (rho / d) * (Sum (fun i => miss rho key n (coin_learner a b true) i) +
                               Sum (fun i => miss rho key n (coin_learner a b false) i))) by ring.
    rewrite e; set (q := _ ^ n); field; lra.
  Qed.

  (** D17: the minimax risk over {a,b}^d is (rho/2)(1 - 3 rho/(d(M+1)))^n: the value v of the game
      is the only number that some learner guarantees at every key and no learner beats. *)
  Theorem D17_minimax : forall (rho : R) (n : nat) (a b : K), 0 <= rho -> rho <= 1 -> a <> b ->
    (forall (W : Type) (FW : FiniteType W) (w : W -> R) (A : W -> learner),
       is_dist w -> (forall o, proper_output (A o)) ->
       exists key : I -> K, (forall i, key i = a \/ key i = b) /\
         rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n <= random_risk w rho key n A) /\
    (is_dist fair_coin /\ (forall coin, proper_output (coin_learner a b coin)) /\
     forall key : I -> K, (forall i, key i = a \/ key i = b) ->
       random_risk fair_coin rho key n (coin_learner a b) <=
       rho / 2 * (1 - 3 * rho / (d * (M + 1))) ^ n).
  Proof.
    intros rho n a b h0 h1 hab; split; [| split; [apply fair_coin_dist | split]].
    - intros; apply D17_lower_bound; assumption.
    - apply coin_learner_proper.
    - intros key hk; right; apply D17_attained; assumption.
  Qed.
End Lower.
