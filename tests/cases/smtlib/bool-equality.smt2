; answers: unsat
(declare-const p Bool)(declare-const q Bool)(declare-const x Real)
(assert (= p q (> x 0)))(assert p)(assert (< x 0))(check-sat)
