; answers: sat
(declare-const x Real)(assert (! (> (! (* x x) :weight 3) (- 1)) :pattern (x) :named sq))(check-sat)
