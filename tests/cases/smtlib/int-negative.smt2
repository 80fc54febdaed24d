; answers: sat
(set-logic QF_NIA)(declare-const n Int)
(assert (= (* n n n) (- 27)))(check-sat)(get-model)
