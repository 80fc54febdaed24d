; answers: unsat
(declare-const x Real)(declare-const y Real)
(assert (let ((x y) (y x)) (< x y)))(assert (<= x y))(check-sat)
