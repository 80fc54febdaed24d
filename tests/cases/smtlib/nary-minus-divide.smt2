; answers: unsat
(declare-const x Real)
(assert (= (- x 1 2 3) 0))(assert (not (= (/ x 2 3) 1)))(check-sat)
