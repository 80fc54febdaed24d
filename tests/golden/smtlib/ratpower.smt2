; for x in real: x^(2/3) + x^(-1/3) <= 1
; unsat: proved
(set-logic QF_NRA)
(declare-fun x () Real)
; domains and hypotheses, each defined and true
; the conclusion does not hold
(declare-fun pow!1 () Real) ; x ^ (2/3)
(assert (=> (<= 0.0 x) (and (<= 0.0 pow!1) (= (* pow!1 pow!1 pow!1) (* x x)))))
(declare-fun pow!2 () Real) ; x ^ (-1/3)
(assert (=> (< 0.0 x) (and (< 0.0 pow!2) (= (* (* pow!2 pow!2 pow!2) x) 1.0))))
(assert (not (and (<= 0.0 x) (< 0.0 x) (<= (+ pow!1 pow!2) 1.0))))
(check-sat)
