; for x in real, y in real: min(3, x, y) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(define-fun val!1 () Real (ite (<= 3.0 x) 3.0 x))
(define-fun val!2 () Real (ite (<= val!1 y) val!1 y))
(assert (not (<= val!2 1.0)))
(check-sat)
