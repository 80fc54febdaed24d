; answers: unsat unsat unsat unsat unsat
(set-logic QF_LIA)(declare-const n Int)(push 1)
(assert (not (and (= (div 7 2) 3) (= (mod 7 2) 1) (= (div (- 7) 2) (- 4)) (= (mod (- 7) 2) 1))))(check-sat)(pop 1)(push 1)
(assert (not (and (= (div 7 (- 2)) (- 3)) (= (mod 7 (- 2)) 1) (= (div (- 7) (- 2)) 4) (= (mod (- 7) (- 2)) 1))))
(check-sat)(pop 1)(push 1)
(assert (distinct n (+ (* (- 3) (div n (- 3))) (mod n (- 3)))))(check-sat)(pop 1)(push 1)
(assert (or (< (mod n (- 5)) 0) (> (mod n (- 5)) 4)))(check-sat)(pop 1)
(assert (and (>= n 0) (> (div n 2) n)))(check-sat)
