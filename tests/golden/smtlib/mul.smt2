; for x in real, y in real: x*y*2 < 0
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
(declare-fun y () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(assert (not (< (* (* x y) 2.0) 0.0)))
(check-sat)
