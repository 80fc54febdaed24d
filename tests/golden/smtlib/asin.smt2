; for x in real: asin(x) <= pi*(1/2) - acos(x)
; unsat: proved
; sat: nothing, since asin and acos are known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun asin!1 () Real) ; asin(x)
(declare-fun acos!1 () Real) ; acos((- 1.0))
(declare-fun acos!2 () Real) ; acos(x)
(assert (not (and (<= (- 1.0) x) (<= x 1.0) (<= asin!1 (+ (* acos!1 (/ 1.0 2.0)) (- acos!2))))))
(check-sat)
