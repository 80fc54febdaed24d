; answers: sat
(set-logic QF_NRA)
(declare-fun x_0_0 () Real)(declare-fun x_0_1 () Real)
(assert (= (+ (* x_0_0 x_0_0) (* x_0_1 x_0_1)) 1.))
(assert (>= (+ (* (- x_0_0 1.) (- x_0_0 1.)) (* x_0_1 x_0_1)) 1.))
(check-sat)
