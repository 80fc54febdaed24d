"""Attack the checker of proof objects for as long as you like.

    python benchmarks/attack_checker.py mutants [--seconds 600]
    python benchmarks/attack_checker.py false [--seconds 600] [--seed 1]

``mutants`` lets the search prove the true rows of the corpus, and judges every mutant of every accepted
proof. ``false`` makes false statements and has a careless prover and the search try to prove them. Both
print each fault with what reproduces it, and exit with status 1 if there was one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpus import ROWS
from false_statements import false_statements
from greedy import Greedy
from mutating import judged, mutants

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.tactics.search import find


def attack_with_mutants(seconds: float, _: int) -> Iterator[tuple[str, str]]:
    """Yield a judgement, and what was judged, of every mutant of every proof of the corpus."""
    end = monotonic() + seconds
    for row in (row for row in ROWS if row.true):
        proof, _reason = find(row.statement, 5.0)
        if proof is None:
            yield "rows without a proof", row.id
            continue
        yield "rows with a proof", row.id
        try:
            check(row.statement, proof)
        except RejectedError as error:
            yield "FAULT: the search's proof is rejected", f"{row.id}: {error}"
            continue
        for kind, statement, mutant in mutants(row.statement, proof):
            if monotonic() > end:
                return
            found = judged(statement, mutant)
            yield found.split(",")[0], f"{row.id}: {kind}: {_shown(statement, mutant)}: {found}"


def attack_with_false_statements(seconds: float, seed: int) -> Iterator[tuple[str, str]]:
    """Yield what became of the attempts to prove false statements."""
    end = monotonic() + seconds
    for kind, statement in false_statements(seed):
        if monotonic() > end:
            return
        proofs = Greedy(seed, tries=400, depth=4).prove(Sequent.of(statement)), find(statement, 2.0)[0]
        for proof in proofs:
            if proof is not None:
                yield "FAULT: a false statement is proved", _shown(statement, proof)
        yield f"false {kind}", statement.text


def _shown(statement: Statement, proof: object) -> str:
    return f"{statement.text} by {json.dumps(proof)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attack", choices=["mutants", "false"])
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    attack = attack_with_mutants if arguments.attack == "mutants" else attack_with_false_statements
    found: Counter[str] = Counter()
    faults = 0
    for judgement, what in attack(arguments.seconds, arguments.seed):
        if judgement.startswith("FAULT"):
            faults += 1
            print(f"{judgement}: {what}", flush=True)
        else:
            found[judgement] += 1
    print(
        ", ".join(f"{count} {name}" for name, count in found.most_common()), f"{faults} faults", sep=", "
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
