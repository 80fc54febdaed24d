; answers: unsat
(declare-const n Int)(assert (< (abs n) 0))(check-sat)
