; answers: unsat
(set-logic QF_NRA)
(declare-const |x y| Real)
(assert (! (> |x y| 1) :named |a b|))
(assert (! (< |x y| 0) :named c))
(check-sat)
(get-unsat-core)
