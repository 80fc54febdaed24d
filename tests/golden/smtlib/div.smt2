; for y in real, x in real: (y < 0 or 0 < y) implies (x + 1)/y <= 0
; unsat: proved
(set-logic QF_NRA)
(declare-fun y () Real)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
(assert (or (< y 0.0) (< 0.0 y)))
; the conclusion does not hold
(declare-fun div!1 () Real) ; (+ x 1.0) / y
(assert (=> (not (= y 0.0)) (= (* div!1 y) (+ x 1.0))))
(assert (not (and (or (< y 0.0) (< 0.0 y)) (<= div!1 0.0))))
(check-sat)
