; answers: unsat sat unsat unsat sat
(declare-const n Int)
(declare-const p Bool)
(push)
(declare-fun f (Int) Int)
; Between 0 and 1 there is no integer.
(push)(assert (< 0 (f n)))(assert (< (f n) 1))(check-sat)(pop)
(push)(assert (= (f n) (- 3)))(assert (= (f (f n)) n))(check-sat)(pop)
(pop)
(push)
(declare-fun f (Real Bool) Bool)
; Of two truth values three arguments cannot have different ones.
(assert (= (f 1.0 p) (f 1.0 true)))
(push)(assert (distinct (f 1.0 true) (f 1.0 (not p))))(assert p)(assert (f 1.0 false))(assert (f 1.0 p))(check-sat)(pop)
(push)(assert (f 1.0 p))(assert (f 1.0 (not p)))(assert (not (f 1.0 false)))(check-sat)(pop)
(push)(assert (f 1.0 p))(assert (not (f (ite p 2.0 1.0) p)))(check-sat)(pop)
(pop)
