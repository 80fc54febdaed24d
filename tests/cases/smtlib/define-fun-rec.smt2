; answers: unsat
(define-fun-rec sq ((x Real)) Real (* x x))
(declare-const y Real)(assert (< (sq y) 0))(check-sat)
