; for x in real, y in real: x^y <= 1
; unsat: proved
; sat: nothing, since exp and log are known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun log!1 () Real) ; log(x)
(declare-fun arg!1 () Real)
(assert (= arg!1 (* log!1 y)))
(declare-fun exp!1 () Real) ; exp(arg!1)
(assert (not (and (< 0.0 x) (<= exp!1 1.0))))
(check-sat)
