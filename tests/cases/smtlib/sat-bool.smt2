; answers: sat
(set-logic QF_UF)
(declare-fun p () Bool)(declare-const q Bool)
(assert (or p q))(assert (=> p q))(assert (not (and p q)))
(check-sat)(get-value (p q))
