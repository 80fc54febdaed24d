; for x in real, y in real: max(x, y) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(define-fun val!1 () Real (ite (<= y x) x y))
(assert (not (<= val!1 1.0)))
(check-sat)
