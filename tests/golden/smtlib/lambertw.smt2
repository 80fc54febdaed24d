; for x in real: LambertW(x, 0) <= LambertW(x, -1)
; unsat: proved
; sat: nothing, since exp is known through the lemmas only
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun exp!1 () Real) ; exp((- 1.0))
(declare-fun lw!1 () Real) ; LambertW(x, 0)
(declare-fun exp!2 () Real) ; exp(lw!1)
(assert (=> (<= (- exp!1) x) (and (<= (- 1.0) lw!1) (= (* lw!1 exp!2) x))))
(declare-fun lw!2 () Real) ; LambertW(x, -1)
(declare-fun exp!3 () Real) ; exp(lw!2)
(assert (=> (and (<= (- exp!1) x) (< x 0.0)) (and (<= lw!2 (- 1.0)) (= (* lw!2 exp!3) x))))
(assert (not (and (<= (- exp!1) x) (and (<= (- exp!1) x) (< x 0.0)) (<= lw!1 lw!2))))
(check-sat)
