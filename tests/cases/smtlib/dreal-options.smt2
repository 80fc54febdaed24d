; answers: unsat
(set-logic QF_NRA)(set-option :precision 0.0001)(set-info :precision 0.001)
(declare-fun x () Real)(assert (= (sin x) 2))(check-sat)(get-model)
