; answers: unsat sat
(declare-const x Real)(assert (< x x))(check-sat)
(reset-assertions)
(declare-const x Real)(assert (= x 2))(check-sat)
