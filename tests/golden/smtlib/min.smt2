; for x in real, y in real: min(x, y, 3) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(define-fun val!1 () Real (ite (<= x y) x y))
(define-fun val!2 () Real (ite (<= val!1 3.0) val!1 3.0))
(assert (not (<= val!2 1.0)))
(check-sat)
