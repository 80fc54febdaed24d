#!/usr/bin/env bash
# Z3 5.4.1 (PyPI z3-solver 5.4.1.0): the native exponential at 0.
# Guess beforehand: exp 0 = 1 is as immediate as log 1 = 0.
# Seen: log 1 != 0 and exp 0 < 1 are refuted, exp x = 1 forces x = 0, and yet exp 0 != 1 and exp 0 > 1 stay unknown.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'z3-solver==5.4.1.0'
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import z3


def ask(assertion):
    solver = z3.Solver()
    solver.set("timeout", 10_000)
    solver.from_string(f"(declare-const x Real)(assert {assertion})")
    return solver.check()


print(z3.get_version_string())
for assertion in (
    "(not (= (log 1.0) 0.0))",
    "(and (= (exp x) 1.0) (not (= x 0.0)))",
    "(< (exp 0.0) 1.0)",
    "(> (exp 0.0) 1.0)",
    "(not (= (exp 0.0) 1.0))",
):
    print(assertion, ask(assertion))
PY
diff "$work/seen" - <<'EXPECTED'
5.4.1
(not (= (log 1.0) 0.0)) unsat
(and (= (exp x) 1.0) (not (= x 0.0))) unsat
(< (exp 0.0) 1.0) unsat
(> (exp 0.0) 1.0) unknown
(not (= (exp 0.0) 1.0)) unknown
EXPECTED
