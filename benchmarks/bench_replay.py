"""Which proof objects of the corpus Rocq's kernel accepts when they are replayed, and in what time.

    python benchmarks/bench_replay.py [--timeout SECONDS] [--all] [ID …]

Takes the true rows of the corpus about one real or natural variable (``--all``: the others too), proves
them by the arb engine, translates the proof objects and lets the kernel check them as ``srverify prove
--certificate F.v`` does; nothing is remembered between runs. Seconds are processor time of the compiler
(three passes: compiling, comparing, asking what it rests on), since wall time says little on a busy
machine; beside it stands the time of the search. The last lines count: accepted of all rows, and why
the others are not.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from corpus import ROWS

from srverify.kernels.rocq.replay.kernel import replayed
from srverify.numerics.prover.solve import prove


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--timeout", type=float, default=600.0, help="wall seconds of a compiler's run")
    parser.add_argument("--all", action="store_true", help="rows with several variables too")
    parser.add_argument("ids", nargs="*", help="these rows only")
    arguments = parser.parse_args()
    rows = [row for row in ROWS if row.true and (arguments.all or len(row.variables) <= 1)]
    if arguments.ids:
        rows = [row for row in ROWS if row.id in arguments.ids]
    counts: Counter[str] = Counter()
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for row in rows:
            started = time.process_time()
            found = prove(row.statement, 20.0)
            searched = time.process_time() - started
            if found.proof is None:
                counts["no proof object"] += 1
                print(f"{row.id:24} no proof object", flush=True)
                continue
            before = children_seconds()
            outcome, text = replayed(row.statement, found.proof, arguments.timeout)
            spent = children_seconds() - before
            status = (
                "accepted" if str(outcome.status) == "proved" else "not accepted" if text else "refused"
            )
            counts[status] += 1
            if status == "accepted":
                times.append(spent)
            shown = "" if status == "accepted" else outcome.detail[:160]
            print(
                f"{row.id:24} {status:12} {spent:6.1f} s  search {searched:5.1f} s  {shown}", flush=True
            )
    print(f"{counts['accepted']} of {len(rows)} rows accepted ({counts['accepted'] / len(rows):.0%})")
    print(", ".join(f"{count} {name}" for name, count in counts.most_common()))
    if times:
        mean, slow = sum(times) / len(times), sum(seconds > 20 for seconds in times)
        print(f"processor time: mean {mean:.1f} s, most {max(times):.1f} s, {slow} above 20 s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
