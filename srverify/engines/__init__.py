"""The engines by name; each lives in its own module and is imported only when asked for."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from srverify.errors import InputError

if TYPE_CHECKING:
    from srverify.engines.base import Engine

#: Engine name to ``module:class``, in the order of reports.
REGISTRY = {
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


@cache
def engine(name: str) -> Engine:
    """Return the engine of a name; raises InputError for an unknown one."""
    if name not in REGISTRY:
        raise InputError(f"unknown engine {name!r} (known: {', '.join(REGISTRY)})")
    module, _, attribute = REGISTRY[name].partition(":")
    instance: Engine = getattr(importlib.import_module(module), attribute)()
    return instance
