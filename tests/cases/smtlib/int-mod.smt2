; answers: unsat sat unsat
(set-logic QF_LIA)(declare-const n Int)(push 1)
(assert (= (mod n 2) 0))(assert (= (mod n 2) 1))(check-sat)(pop 1)
(assert (and (<= 0 n) (= (div n 3) 5) (= (mod n 3) 2)))(check-sat)
(assert (distinct n 17))(check-sat)
