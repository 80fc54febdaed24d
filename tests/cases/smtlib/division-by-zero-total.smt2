; answers: sat
(declare-const x Real)(assert (= (/ x 0) 1))(check-sat)
