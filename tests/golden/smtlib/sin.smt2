; for x in real: sin(x) + cos(2*x) <= tan(x)
; unsat: proved
; sat: nothing, since cos and sin are known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun cos!1 () Real) ; cos(x)
(declare-fun sin!1 () Real) ; sin(x)
(declare-fun arg!1 () Real)
(assert (= arg!1 (* 2.0 x)))
(declare-fun cos!2 () Real) ; cos(arg!1)
(declare-fun div!1 () Real) ; sin!1 / cos!1
(assert (=> (not (= cos!1 0.0)) (= (* div!1 cos!1) sin!1)))
(assert (not (and (or (< cos!1 0.0) (< 0.0 cos!1)) (<= (+ sin!1 cos!2) div!1))))
(check-sat)
