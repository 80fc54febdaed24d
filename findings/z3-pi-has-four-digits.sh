#!/usr/bin/env bash
# Z3 5.4.1 (PyPI z3-solver 5.4.1.0): the native constant pi.
# Guess beforehand: the arithmetic solver knows the trigonometric functions natively, sin(pi/6) = 1/2 exactly
#   included, so comparisons of pi with decimals are either decided or unknown.
# Seen: four decimals are decided; beyond them both sides of pi are `sat`, with the "model" x = pi.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'z3-solver==5.4.1.0'
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import z3


def ask(assertion):
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.from_string(f"(declare-const x Real)(assert (= x pi))(assert {assertion})")
    return solver.check()


print(z3.get_version_string())
for assertion in (
    "(< x 3.1415)",
    "(< x 3.14159)",
    "(> x 3.1416)",
    "(> x 3.141599)",
    "(not (= (sin (/ x 6.0)) 0.5))",
):
    print(assertion, ask(assertion))
PY
diff "$work/seen" - <<'EXPECTED'
5.4.1
(< x 3.1415) unsat
(< x 3.14159) sat
(> x 3.1416) unsat
(> x 3.141599) sat
(not (= (sin (/ x 6.0)) 0.5)) unsat
EXPECTED
