; answers: sat
(declare-sort U 0)(declare-const x Real)(assert (<= x 1))(check-sat)
