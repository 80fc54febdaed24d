; answers: sat unsat
(declare-const r Real)
(declare-const n Int)
(assert (< (- 1.0) r))
(assert (< (to_int r) 0))
(check-sat)
(assert (< (- 1) n))
(assert (< (div n 2) 0))
(check-sat)
