; for x in real: x <= -3/4
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(assert (not (<= x (- (/ 3.0 4.0)))))
(check-sat)
