; answers: unsat sat sat
(set-option :global-declarations true)
(push 1)(declare-const x Real)(define-fun two () Real 2.0)(assert (< x x))(check-sat)(pop 1)
(assert (= x two))(check-sat)
(reset-assertions)
(assert (= x 3.0))(check-sat)
