; answers: unsat
(set-logic QF_NRA)
(declare-fun speed_y@0 () Real)
(declare-fun .e_1 () Real)
(assert (let ((.def_1 (* (- 1) speed_y@0))) (let ((.def_2 (+ .def_1 .e_1)) (.def_3 (<= 0.0 .e_1))) (and .def_3 (not (<= .def_2 .e_1)) (>= speed_y@0 0.0)))))
(check-sat)
