; answers: unsat
(set-logic QF_NRA)
(set-info :status unsat)
(declare-fun skoX () Real)
(declare-fun skoY () Real)
(assert (and (not (<= skoY (* skoX skoX))) (and (<= skoY 0.) (<= 0. skoX))))
(check-sat)
