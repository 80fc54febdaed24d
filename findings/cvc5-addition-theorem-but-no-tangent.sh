#!/usr/bin/env bash
# cvc5 1.4.2 (PyPI): its transcendental functions.
# Guess beforehand: tangent lines are how it reasons about exp, so 1 + x <= exp x comes at once and the addition
#   theorem in two variables does not.
# Seen: the other way round; the tangent is not found within 20 s.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'cvc5==1.4.2'
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import cvc5


def ask(assertion):
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("tlimit-per", "20000")
    solver.setLogic("ALL")
    parser = cvc5.InputParser(solver)
    text = f"(declare-const x Real)(declare-const y Real)(assert {assertion})(check-sat)"
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "finding")
    symbols, said = parser.getSymbolManager(), ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, symbols)
    return said.split()[0]


print(cvc5.__version__ if hasattr(cvc5, "__version__") else "1.4.2")
for assertion in (
    "(not (= (exp (+ x y)) (* (exp x) (exp y))))",
    "(not (= (sin real.pi) 0.0))",
    "(< (exp x) (+ 1.0 x))",
):
    print(assertion, ask(assertion))
PY
diff <(tail -n +2 "$work/seen") - <<'EXPECTED'
(not (= (exp (+ x y)) (* (exp x) (exp y)))) unsat
(not (= (sin real.pi) 0.0)) unsat
(< (exp x) (+ 1.0 x)) unknown
EXPECTED
