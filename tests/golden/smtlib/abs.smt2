; for x in real: abs(x) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(assert (not (<= (ite (<= 0.0 x) x (- x)) 1.0)))
(check-sat)
