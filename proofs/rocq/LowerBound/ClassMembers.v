(** * D01: the members of the hard class

    The key vectors are listed by changing one entry after the other; different ones give different
    policies, since the mode at a prompt is its key. *)

From Coq Require Import Reals Lra Lia List Arith FunctionalExtensionality.
From SRVerify Require Import Finite.Sum Finite.Space Policy.Definitions LowerBound.Averages LowerBound.HardInstance LowerBound.AmbiguousEvent.
Import ListNotations.
Open Scope R_scope.

Section Members.
  Context {I K : Type} {FI : FiniteType I} {FK : FiniteType K}.

  (** Key vectors that are arbitrary on a list of prompts. *)
  Fixpoint keys_on (l : list I) : list (I -> K) :=
    match l with
    | [] => [fun _ => point]
    | i :: m => flat_map (fun k => map (fun key => set_key key i k) (keys_on m)) enum
    end.

  Lemma keys_on_length l : length (keys_on l) = (length (@enum K FK) ^ length l)%nat.
  Proof.
    induction l as [|i l ih]; [reflexivity|]. simpl. rewrite <- ih. generalize (@enum K FK). intros e.
    induction e as [|k e ihe]; [reflexivity|]. simpl. rewrite app_length, map_length, ihe. lia.
  Qed.

  (** They are [point] elsewhere. *)
  Lemma keys_on_outside l key j : In key (keys_on l) -> ~ In j l -> key j = point.
  Proof.
    revert key; induction l as [|i l ih]; intros key h hj; simpl in h.
    - destruct h as [<-|[]]. reflexivity.
    - apply in_flat_map in h. destruct h as (k & _ & h). apply in_map_iff in h. destruct h as (key' & <- & h).
      simpl in hj. rewrite set_key_other by (intros ->; tauto). apply ih; tauto.
  Qed.

  Lemma keys_on_every l (key : I -> K) : (forall j, ~ In j l -> key j = point) -> In key (keys_on l).
  Proof.
    revert key; induction l as [|i l ih]; intros key h; simpl.
    - left. apply functional_extensionality. intros j. symmetry. apply h. intros [].
    - apply in_flat_map. exists (key i). split; [apply enum_in|]. apply in_map_iff.
      destruct (decide (In i l)) as [hi|hi].
      + exists key. split.
        * apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj];
            [apply set_key_same|apply set_key_other, hj].
        * apply ih. intros j hj. apply h. intros [->|hl]; contradiction.
      + exists (set_key key i point). split.
        * apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj];
            [apply set_key_same|rewrite !set_key_other by exact hj; reflexivity].
        * apply ih. intros j hj. destruct (decide (j = i)) as [->|hji]; [apply set_key_same|].
          rewrite set_key_other by exact hji. apply h. intros [e|hl]; [congruence|contradiction].
  Qed.

  Lemma map_nodup_on {A B : Type} (f : A -> B) (l : list A) : NoDup l ->
    (forall a b, In a l -> In b l -> f a = f b -> a = b) -> NoDup (map f l).
  Proof.
    intros hl h. induction hl as [|a l ha hl ih]; simpl; constructor.
    - rewrite in_map_iff. intros (b & e & hb). apply ha. rewrite (h a b); [exact hb|left; reflexivity|right; exact hb|auto].
    - apply ih. intros b c hb hc. apply h; right; assumption.
  Qed.

  Lemma flat_map_nodup {A B : Type} (f : A -> list B) (l : list A) : NoDup l -> (forall a, NoDup (f a)) ->
    (forall a a' b, In b (f a) -> In b (f a') -> a = a') -> NoDup (flat_map f l).
  Proof.
    intros hl hf hd. induction hl as [|a l ha hl ih]; simpl; [constructor|].
    apply NoDup_app_disjoint; [apply hf|exact ih|]. intros b hb hb'. apply in_flat_map in hb'.
    destruct hb' as (a' & ha' & hb'). apply ha. rewrite (hd a a' b hb hb'). exact ha'.
  Qed.

  Lemma keys_on_nodup l : NoDup l -> NoDup (keys_on l).
  Proof.
    intros hl. induction hl as [|i l hi hl ih]; simpl; [constructor; [intros []|constructor]|].
    apply flat_map_nodup; [apply enum_nodup| |].
    - intros k. apply map_nodup_on; [exact ih|]. intros f g hf hg e.
      apply functional_extensionality. intros j. destruct (decide (j = i)) as [->|hj].
      + rewrite (keys_on_outside l f i hf hi), (keys_on_outside l g i hg hi). reflexivity.
      + rewrite <- (set_key_other f i k j hj), e. apply set_key_other, hj.
    - intros k k' f h h'. apply in_map_iff in h, h'. destruct h as (g & <- & _). destruct h' as (g' & e & _).
      rewrite <- (set_key_same g i k), <- e. apply set_key_same.
  Qed.

  (** Different key vectors give different policies. *)
  Lemma key_policy_injective eta (key key' : I -> K) : 0 < eta ->
    key_policy eta key = key_policy eta key' -> key = key'.
  Proof.
    intros he h. apply functional_extensionality. intros i.
    assert (m : mode (key_policy eta key) (Some i) = mode (key_policy eta key') (Some i)) by (rewrite h; reflexivity).
    rewrite !D01_policy_mode in m by exact he. exact m.
  Qed.

  (** D01: the class has [M^d] different members, one for each key vector. *)
  Theorem D01_members eta : 0 < eta ->
    exists members : list (policy (option I) K), NoDup members /\
      length members = (length (@enum K FK) ^ length (@enum I FI))%nat /\
      forall p, In p members <-> exists key : I -> K, p = key_policy eta key.
  Proof.
    intros he. exists (map (key_policy eta) (keys_on enum)). split; [|split].
    - apply NoDup_map_injective; [|apply keys_on_nodup, enum_nodup].
      intros f g. apply key_policy_injective, he.
    - rewrite map_length. apply keys_on_length.
    - intros p. rewrite in_map_iff. split; [intros (key & <- & _); exists key; reflexivity|].
      intros (key & ->). exists key. split; [reflexivity|]. apply keys_on_every. intros j hj. exfalso. apply hj, enum_in.
  Qed.
End Members.
