; answers: unsat
(declare-fun a () Real)(declare-fun b () Real)
(define-fun less ((p Real) (q Real)) Bool (< p q))
(define-fun both ((p Bool) (q Bool)) Bool (and p q))
(assert (both (less a b) (less b a)))(check-sat)
