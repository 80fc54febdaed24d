; answers: unsat
(set-logic QF_NIRA)(declare-const n Int)(declare-const x Real)
(assert (and (< 0.2 x) (< x 0.8) (= (to_real n) (* 2 x)) (> n 1)))(check-sat)
