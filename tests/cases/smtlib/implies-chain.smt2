; answers: unsat
(declare-const p Bool)(declare-const q Bool)(declare-const r Bool)
(assert (=> p q r))(assert p)(assert q)(assert (not r))(check-sat)
