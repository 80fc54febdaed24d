; for x in real: x^3 + x^(-2) + x^0 <= 0
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun div!1 () Real) ; 1.0 / (* x x)
(assert (=> (not (= (* x x) 0.0)) (= (* div!1 (* x x)) 1.0)))
(assert (not (and (or (< x 0.0) (< 0.0 x)) (<= (+ (* x x x) div!1 1.0) 0.0))))
(check-sat)
