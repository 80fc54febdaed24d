; for x in natural [1, 5], \u03ba in [0, 2): x <= \u03ba
; unsat: proved
(set-logic QF_NIRA)
(declare-fun x () Int)
(assert (<= 0.0 (to_real x)))
; var!1 is \u03ba
(declare-fun var!1 () Real)
; domains and hypotheses, each defined and true
(assert (<= 1.0 (to_real x)))
(assert (<= (to_real x) 5.0))
(assert (<= 0.0 var!1))
(assert (< var!1 2.0))
; the conclusion does not hold
(assert (not (<= (to_real x) var!1)))
(check-sat)
