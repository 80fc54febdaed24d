#!/usr/bin/env bash
# Z3 5.4.1 (PyPI z3-solver 5.4.1.0): hyperbolic and arc functions around 0.
# Guess beforehand: what its arithmetic does not know of such a function ends as `unknown`; asinh 0 = 0 is as
#   immediate as asin 0 = 0 and log 1 = 0.
# Seen: `sat` to three contradictions, one of them without a variable: asinh 0 != 0; sinh x = 0 with x != 0;
#   asin x <= 0 with 0 < x <= 1. Beside them asin 0 != 0, sinh(asinh x) != x and cosh^2 - sinh^2 != 1 are refuted.
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
    "(not (= (asin 0.0) 0.0))",
    "(not (= (sinh (asinh x)) x))",
    "(not (= (- (* (cosh x) (cosh x)) (* (sinh x) (sinh x))) 1.0))",
    "(not (= (asinh 0.0) 0.0))",
    "(and (= (sinh x) 0.0) (not (= x 0.0)))",
    "(and (< 0.0 x) (<= x 1.0) (<= (asin x) 0.0))",
):
    print(assertion, ask(assertion))
PY
diff "$work/seen" - <<'EXPECTED'
5.4.1
(not (= (asin 0.0) 0.0)) unsat
(not (= (sinh (asinh x)) x)) unsat
(not (= (- (* (cosh x) (cosh x)) (* (sinh x) (sinh x))) 1.0)) unsat
(not (= (asinh 0.0) 0.0)) sat
(and (= (sinh x) 0.0) (not (= x 0.0))) sat
(and (< 0.0 x) (<= x 1.0) (<= (asin x) 0.0)) sat
EXPECTED
