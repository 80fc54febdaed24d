; answers: sat
(set-logic QF_NRA)(declare-fun x () Real [0.1, 0.9])
(assert (> (arcsin x) (arctan2 x (sqrt (- 1.5 (^ x 2))))))
(assert (< (tanh x) (max 0 (min x 1))))(assert (< (pow x 2) 1))(assert (> x 0.5))(check-sat)
