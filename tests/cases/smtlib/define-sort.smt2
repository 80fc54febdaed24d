; answers: unsat
(define-sort R () Real)(define-sort Angle () R)
(declare-const x R)(define-fun f ((a Angle)) R (* a a))
(assert (< (f x) 0))(check-sat)
