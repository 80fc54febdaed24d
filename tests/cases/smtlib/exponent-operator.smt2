; answers: unsat
(declare-const x Real)(assert (= (^ x 3) (- 8)))(assert (not (= x (- 2.0))))(check-sat)
