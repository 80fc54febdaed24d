; answers: unsat
(set-logic QF_LIA)(declare-const n Int)(declare-fun m () Int)
(assert (= (+ n m) 7))(assert (= (- n m) 4))(check-sat)
