; answers: unsat
(set-logic QF_NRA)
(declare-fun x () Real [-3.5, 3.5])
(declare-fun y () Real [-3.5, (+ 1 1)])
(assert (> (+ x y) 6))(check-sat)(exit)
