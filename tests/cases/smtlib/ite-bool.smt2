; answers: unsat
(declare-const p Bool)(declare-const x Real)
(assert (ite p (> x 1) (< x (- 1))))(assert (= x 0))(check-sat)
