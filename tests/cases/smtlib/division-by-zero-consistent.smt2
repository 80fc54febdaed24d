; answers: unsat sat unsat unsat sat unsat sat
(set-logic QF_NRA)
(declare-const x Real)
(declare-const y Real)
; Quotients by 0 have some value, the same for equal dividends.
(push)(assert (= x 0.0))(assert (= (/ 1.0 x) 1.0))(assert (= (/ 1.0 0.0) 2.0))(check-sat)(pop)
(push)(assert (= x 0.0))(assert (= (/ 1.0 x) 1.0))(assert (= (/ 2.0 x) 1.0))(check-sat)(pop)
(push)(assert (= x 0.0))(assert (distinct (/ x x) (/ y x)))(assert (= y 0.0))(check-sat)(pop)
; A multiple of a quotient is none of the dividend there.
(push)(assert (= (* 0.0 (/ 1.0 x)) 5.0))(check-sat)(pop)
(push)(assert (= x 0.0))(assert (distinct (* 2.0 (/ 1.0 x)) (/ 2.0 x)))(check-sat)(pop)
(push)(assert (distinct x 0.0))(assert (distinct (* 2.0 (/ 1.0 x)) (/ 2.0 x)))(check-sat)(pop)
(push)(assert (distinct (/ (/ 1.0 x) 2.0) (/ (/ 1.0 2.0) x)))(check-sat)(pop)
