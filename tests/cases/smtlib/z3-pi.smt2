; answers: unsat
(declare-const x Real)(assert (= x pi))(assert (< x 3.14))(check-sat)
