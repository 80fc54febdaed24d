; answers: unsat
(declare-const x Real)(assert (= x +0x0.Ap+0))(assert (not (= x 0.625)))(check-sat)
