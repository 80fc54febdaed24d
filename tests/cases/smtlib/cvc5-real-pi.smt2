; answers: unsat
(set-logic QF_NRAT)(declare-fun x () Real)(assert (= x real.pi))(assert (not (= (sin x) 0.0)))(check-sat)
