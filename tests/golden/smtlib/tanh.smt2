; for x in real: tanh(x) <= asinh(x)
; unsat: proved
; sat: nothing, since exp and log are known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun exp!1 () Real) ; exp(x)
(declare-fun arg!1 () Real)
(assert (= arg!1 (- x)))
(declare-fun exp!2 () Real) ; exp(arg!1)
(declare-fun div!1 () Real) ; (+ exp!1 (- exp!2)) / (+ exp!1 exp!2)
(assert (=> (not (= (+ exp!1 exp!2) 0.0)) (= (* div!1 (+ exp!1 exp!2)) (+ exp!1 (- exp!2)))))
(define-fun val!1 () Real (+ 1.0 (* x x)))
(declare-fun sqrt!1 () Real) ; sqrt(val!1)
(assert (=> (<= 0.0 val!1) (and (<= 0.0 sqrt!1) (= (* sqrt!1 sqrt!1) val!1))))
(declare-fun arg!2 () Real)
(assert (= arg!2 (+ sqrt!1 x)))
(declare-fun log!1 () Real) ; log(arg!2)
(assert (not (<= div!1 log!1)))
(check-sat)
