; answers: unsat sat unsat unsat sat unsat
(set-logic QF_UFNRA)
(declare-fun f (Real) Real)
(declare-fun g (Real Real) Real)
(declare-const x Real)
(declare-const y Real)
(push)(assert (= x y))(assert (< (f x) (f y)))(check-sat)(pop)
(push)(assert (< (f x) (f y)))(check-sat)(pop)
; A function of the square does not tell x from -x.
(push)(assert (distinct (f (* x x)) (f (* (- x) (- x)))))(check-sat)(pop)
; From f(f(f(x))) = x and f(f(f(f(f(x))))) = x follows f(x) = x.
(push)(assert (= (f (f (f x))) x))(assert (= (f (f (f (f (f x))))) x))(assert (distinct (f x) x))(check-sat)(pop)
(push)(assert (= (g x y) 1.0))(assert (= (g y x) 2.0))(check-sat)(pop)
(push)(assert (= (g x y) 1.0))(assert (= (g y x) 2.0))(assert (<= x y))(assert (>= x y))(check-sat)(pop)
