; answers: unsat sat
(declare-const a Bool)(declare-const b Bool)(declare-const x Real)
(assert (=> a (< x 0)))(assert (=> b (> x 0)))
(check-sat-assuming (a b))(check-sat-assuming (a (not b)))(get-unsat-assumptions)
