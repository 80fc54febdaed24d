; for x in [0, 1], n in natural [0, oo): x^n <= 1
; unsat: proved
; sat: nothing, since log and exp are known through the lemmas only
(set-logic QF_NIRA)
(declare-fun x () Real)
(declare-fun n () Int)
(assert (<= 0.0 (to_real n)))
; domains and hypotheses, each defined and true
(assert (<= 0.0 x))
(assert (<= x 1.0))
; the conclusion does not hold
(declare-fun log!1 () Real) ; log(x)
(declare-fun arg!1 () Real)
(assert (= arg!1 (* log!1 (to_real n))))
(declare-fun exp!1 () Real) ; exp(arg!1)
(declare-fun pow!1 () Real) ; x ^ (to_real n)
(assert (and (=> (< 0.0 x) (= pow!1 exp!1)) (=> (= x 0.0) (= pow!1 (ite (= (to_real n) 0.0) 1.0 0.0))) (=> (= (to_real n) 0.0) (= pow!1 1.0)) (=> (= (to_real n) 1.0) (= pow!1 x))))
(assert (not (<= pow!1 1.0)))
(check-sat)
