; answers: sat
(get-info :name)(echo "start ""here""")(declare-const x Real)(check-sat)(get-info :reason-unknown)
