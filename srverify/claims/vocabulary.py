"""The engines that claims may name, and where each lives; importing this imports none of them."""

from __future__ import annotations

#: Engine name to ``module:class``, in the order of reports.
ENGINES = {
    "sympy": "srverify.engines.sympy_engine:SympyEngine",
    "z3": "srverify.engines.smt:Z3Engine",
    "cvc5": "srverify.engines.smt:Cvc5Engine",
    "arb": "srverify.engines.arb:ArbEngine",
    "leancert": "srverify.engines.leancert:LeancertEngine",
    "mpmath": "srverify.engines.mpmath_engine:MpmathEngine",
    "exact": "srverify.engines.exact:ExactEngine",
    "simulation": "srverify.engines.simulation:SimulationEngine",
    "rocq": "srverify.engines.rocq:RocqEngine",
    "lean": "srverify.engines.lean:LeanEngine",
}
#: The engine that both proves and refutes most statements in no time: asked first, alone for a while.
FIRST = "arb"
