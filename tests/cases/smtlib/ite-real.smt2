; answers: unsat
(declare-const x Real)
(assert (< (ite (< x 0.0) (- x) x) (- 0.5)))(check-sat)
