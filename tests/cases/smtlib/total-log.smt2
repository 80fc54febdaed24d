; answers: unknown
(declare-const x Real)(assert (and (< x 0) (= (log x) 5)))(check-sat)
