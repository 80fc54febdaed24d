; answers: unsat
(declare-const x Real)(assert (< 1e-3 x))(assert (< x 1E-3))(check-sat)
