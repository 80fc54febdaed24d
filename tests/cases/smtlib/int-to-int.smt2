; answers: sat unsat
(set-logic QF_NIRA)(declare-const x Real)
(assert (and (< 1.5 x) (< x 1.75) (= (to_int x) 1)))(check-sat)
(assert (> (to_real (to_int (+ x 1))) 2))(check-sat)
