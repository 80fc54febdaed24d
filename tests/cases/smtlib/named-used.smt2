; answers: unsat
(declare-const x Real)
(assert (! (< x 1) :named first))(assert (! (not first) :named second))(check-sat)(get-assignment)
