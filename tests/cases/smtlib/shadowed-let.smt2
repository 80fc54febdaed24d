; answers: unsat
(declare-const x Real)(assert (let ((x (+ x 1))) (let ((x (+ x 1))) (= x 0))))(assert (not (= x (- 2))))(check-sat)
