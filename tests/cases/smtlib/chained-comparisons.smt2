; answers: unsat
(declare-const a Real)(declare-const b Real)(declare-const c Real)
(assert (< a b c))(assert (>= a c))(check-sat)
