"""A solver's own scripts: how many are read and decided, and where its answers and ours disagree.

    python benchmarks/peer_scripts.py FOLDER [--timeout SECONDS]

``FOLDER`` holds SMT-LIB 2 scripts, also in folders of its own, and beside a script ``NAME.smt2`` what
the solver is expected to print, ``NAME.smt2.expected``, as in dReal's repository (``dreal/test/smt2``);
a script's ``:status`` counts too. dReal's ``delta-sat`` says that the assertions hold if each may be
missed by delta: it contradicts neither of our answers. A disagreement is ``sat`` where ``unsat`` is
expected, or the other way round; the exit status is 1 then. Our ``sat`` comes with a point at which
ball arithmetic shows every assertion, so that anybody can see who is right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srverify.audit.lanes import Lanes
from srverify.audit.portfolio import Portfolio
from srverify.claims.obligation import Options
from srverify.commands.prove import LANES_PER_CORE, Result, answer
from srverify.language.errors import InputError
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib
from srverify.running.executor import LocalExecutor, available_cores

_ANSWER = re.compile(r"^(delta-sat|unsat|sat)\b", re.M)


@dataclass(frozen=True)
class Asked:
    """One ``check-sat`` of a script, and what the solver is expected to answer, if that is known."""

    script: str
    question: Question
    expected: str


def asked_in(folder: Path, unread: dict[str, str]) -> Iterator[Asked]:
    """Yield what the scripts ask; why a script is not read goes to ``unread``."""
    for path in sorted(folder.rglob("*.smt2")):
        name = path.relative_to(folder).as_posix()
        beside = path.with_name(f"{path.name}.expected")
        answers = _ANSWER.findall(beside.read_text(encoding="utf-8")) if beside.exists() else []
        try:
            questions = read_smtlib(path.read_text(encoding="utf-8", errors="replace"))
        except InputError as error:
            unread[name] = str(error)
            continue
        for index, question in enumerate(questions):
            expected = answers[index] if index < len(answers) else question.expected
            yield Asked(f"{name}:{question.line}", question, expected or "nothing")


def main() -> int:
    """Answer every script and compare; 1 if there is a disagreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--timeout", type=float, default=4.0, help="seconds per engine (default: 4)")
    arguments = parser.parse_args()
    unread: dict[str, str] = {}
    goals = list(asked_in(arguments.folder, unread))
    options = Options(timeout=arguments.timeout)

    def portfolio(workers: LocalExecutor) -> Portfolio:
        return Portfolio((), options, executor=workers)

    def settle(asked: Asked, portfolio: Portfolio) -> Result:
        return answer(asked.script, asked.question, portfolio)

    pairs: Counter[tuple[str, str]] = Counter()
    disagreements = 0
    with Lanes(portfolio, LANES_PER_CORE * available_cores()) as lanes:
        for asked, result in zip(goals, lanes.map(settle, goals), strict=True):
            pairs[asked.expected, result.answer] += 1
            if {asked.expected, result.answer} == {"sat", "unsat"}:
                disagreements += 1
                print(f"{asked.script}: {asked.expected} expected, {result.answer} here", flush=True)
                print(f"  {dict(result.witness or {})}")
    print(f"{len(unread)} scripts are not read:")
    reasons = Counter(re.sub(r"^line \d+, column \d+: ", "", reason) for reason in unread.values())
    for reason, count in reasons.most_common():
        print(f"  {count}: {reason[:100]}")
    print(f"{len(goals)} questions in the others, by what is expected and what is answered:")
    for (expected, found), count in sorted(pairs.items()):
        print(f"  {expected:>9} {found:8} {count:5}")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
