(** * No instance: kappa_0 = 2, three policies, one draw

    D11.  At the bound's own eps the hard instance has M >= 4 labels, so no number of keys makes its
    class have three members. *)

From Coq Require Import Reals Lra Lia.
From Interval Require Import Tactic.
Open Scope R_scope.

(** The root of [eps^2 (1 + log (2/eps)) = (1/3072) 2 log 3] lies below 1/24. *)
Lemma root_below : forall eps : R, 0 < eps -> eps <= 1 / 16 ->
  eps ^ 2 * (1 + ln (2 / eps)) = 1 / 3072 * 2 * ln 3 -> eps < 1 / 24.
Proof.
  intros eps hpos hle heq. destruct (Rlt_dec eps (1 / 24)) as [h | h]; [exact h | exfalso].
  assert (hl : 0 <= ln (2 / eps)).
  { rewrite <- ln_1. destruct (Req_dec 1 (2 / eps)) as [e | ne]; [rewrite <- e; lra|].
    left. apply ln_increasing; [lra|]. apply (Rmult_lt_reg_r eps); [exact hpos|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (h3 : ln 3 <= 11 / 10) by interval.
  assert (hsq : 1 / 576 <= eps ^ 2) by nra.
  assert (hm : eps ^ 2 * 1 <= eps ^ 2 * (1 + ln (2 / eps))) by (apply Rmult_le_compat_l; nra).
  lra.
Qed.

(** D11: with M = 1 + floor((kappa_0 - 1)/(8 eps)) labels at kappa_0 = 2, M^d = 3 has no solution d >= 1. *)
Theorem D11_no_instance : forall (eps : R) (M d : nat), 0 < eps -> eps <= 1 / 16 ->
  eps ^ 2 * (1 + ln (2 / eps)) = 1 / 3072 * 2 * ln 3 ->
  INR M <= 1 + (2 - 1) / (8 * eps) -> 1 + (2 - 1) / (8 * eps) < INR M + 1 -> (1 <= d)%nat ->
  INR d * ln (INR M) <> ln 3.
Proof.
  intros eps M d hpos hle heq _ hM hd.
  assert (h := root_below eps hpos hle heq).
  assert (hq : 3 < (2 - 1) / (8 * eps)).
  { apply (Rmult_lt_reg_r (8 * eps)); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (h4 : 3 < INR M) by lra.
  assert (hlog : ln 3 < ln (INR M)) by (apply ln_increasing; lra).
  assert (hone : 1 <= INR d) by (apply (le_INR 1); exact hd).
  assert (h0 : 0 < ln 3) by interval.
  nra.
Qed.
