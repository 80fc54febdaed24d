; answers: sat
; comment ( with paren
(declare-const x Real) ; and "another
(assert (= x |x|))
(check-sat) ; end without newline
