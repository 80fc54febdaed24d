; for x in real, y in real: log(x/y) <= log(2)
; unsat: proved
; sat: nothing, since log is known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun div!1 () Real) ; x / y
(assert (=> (not (= y 0.0)) (= (* div!1 y) x)))
(declare-fun log!1 () Real) ; log(div!1)
(declare-fun log!2 () Real) ; log(2.0)
(assert (not (and (or (< y 0.0) (< 0.0 y)) (< 0.0 div!1) (<= log!1 log!2))))
(check-sat)
