; answers: sat unsat
(declare-const a Bool)(declare-const b Bool)(declare-const c Bool)(declare-const d Bool)
(declare-const e Bool)(declare-const f Bool)(declare-const g Bool)(declare-const h Bool)
(assert (>= (+ (ite a 1 0) (ite b 1 0) (ite c 1 0) (ite d 1 0) (ite e 1 0) (ite f 1 0) (ite g 1 0) (ite h 1 0)) 7))
(assert (not (and a b)))
(check-sat)
(assert (not (and c d)))
(check-sat)
