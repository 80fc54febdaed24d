; answers: unsat
(set-logic QF_NRA)(set-option :precision 1e-4)
(declare-fun x () Real [0.05])
(declare-fun y () Real [-.5, .5])
(assert (and (< .5 x) (> (* y y) +.25) (< x 1)))(check-sat)
