; for x in real: sqrt(x + 1) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(define-fun val!1 () Real (+ x 1.0))
(declare-fun sqrt!1 () Real) ; sqrt(val!1)
(assert (=> (<= 0.0 val!1) (and (<= 0.0 sqrt!1) (= (* sqrt!1 sqrt!1) val!1))))
(assert (not (and (<= 0.0 (+ x 1.0)) (<= sqrt!1 1.0))))
(check-sat)
