; for x in real, y in real: exp(x - y) <= exp(2) + exp(0)
; unsat: proved
; sat: nothing, since exp is known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun arg!1 () Real)
(assert (= arg!1 (+ x (- y))))
(declare-fun exp!1 () Real) ; exp(arg!1)
(declare-fun exp!2 () Real) ; exp(2.0)
(assert (not (<= exp!1 (+ exp!2 1.0))))
(check-sat)
