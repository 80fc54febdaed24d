(** * Numerical values of the scalar entries

    What an enclosure by intervals shows: the examples of S09 and C37, and the constant of D12.  Kept apart, so
    that what rests on the scalar entries need not load that library. *)

From Coq Require Import Reals.
From Interval Require Import Tactic.
Open Scope R_scope.

(** S09: n = 100, beta = 1/sqrt n, gamma_0 = 0.1, T = 2: 1/c >= e^{12.1} >= 1.79 * 10^5. *)
Theorem S09_example : 179000 <= exp (1 / 10 * (1 + 1 / (1 / sqrt 100)) ^ 2).
Proof. interval. Qed.

(** kappa_0 = 10^12, a = 1, b = 0.01: after three rounds at most 32.3 where C31 still allows
    more than 1.22 * 10^5. *)
Theorem C37_example :
  (sqrt 1 + 1 / 100) ^ 2 * Rpower 1000000000000 (/ 2 ^ 3) <= 323 / 10 /\
  122000 <= (1 / 100 / (1 / 100 + sqrt ((1 / 100) ^ 2 + 4 * 1))) ^ 3 *
            (1000000000000 - ((1 / 100 + sqrt ((1 / 100) ^ 2 + 4 * 1)) / 2) ^ 2).
Proof. unfold Rpower; split; interval. Qed.

(** The numerical value of the restricted constant, 0.8688. *)
Theorem D12_restricted_value :
  8688 / 10000 <= sqrt (1 - ln (2 * (1 + ln 32)) / (2 * (1 + ln 32))) <= 8689 / 10000.
Proof. split; interval. Qed.
