; answers: unsat
(declare-const x Real)(assert (= x -1.5e+2))(assert (> x +3))(check-sat)
