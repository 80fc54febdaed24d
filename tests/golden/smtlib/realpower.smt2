; for x in real, y in real: x^y <= 1
; unsat: proved
; sat: nothing, since log and exp are known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun log!1 () Real) ; log(x)
(declare-fun arg!1 () Real)
(assert (= arg!1 (* log!1 y)))
(declare-fun exp!1 () Real) ; exp(arg!1)
(declare-fun pow!1 () Real) ; x ^ y
(assert (and (=> (< 0.0 x) (= pow!1 exp!1)) (=> (and (= x 0.0) (< 0.0 y)) (= pow!1 0.0))))
(assert (not (and (or (< 0.0 x) (and (<= 0.0 x) (< 0.0 y))) (<= pow!1 1.0))))
(check-sat)
