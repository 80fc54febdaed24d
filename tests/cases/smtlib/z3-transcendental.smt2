; answers: unsat
(declare-const x Real)(assert (> (+ (* (sin x) (sin x)) (* (cos x) (cos x))) 1.0))(check-sat)
