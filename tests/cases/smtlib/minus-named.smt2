; answers: unsat
(declare-const x Real)(define-const half Real (/ 1 2))(assert (= (- half) x))(assert (>= x 0))(check-sat)
