; answers: unsat sat
(declare-const x Real)(assert (< x x))(check-sat)
(reset)
(set-logic QF_LRA)
(declare-const x Real)(assert (<= x x))(check-sat)
