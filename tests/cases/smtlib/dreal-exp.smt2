; answers: unsat
(set-logic QF_NRA)(declare-fun x () Real)
(assert (and (<= 0 x) (<= x 10)))(assert (> (* x (exp (- x))) 0.37))(check-sat)
