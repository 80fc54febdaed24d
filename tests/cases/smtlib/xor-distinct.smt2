; answers: unsat
(declare-const p Bool)(declare-const x Real)(declare-const y Real)(declare-const z Real)
(assert (xor p (= x y)))(assert p)(assert (not (distinct x y z)))(assert (> x z))(assert (> z y))
(check-sat)
