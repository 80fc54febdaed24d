"""The axioms that theorems rest on: each list of them stands once on the page, theorems link to it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from srverify.audit.result import AuditResult
from srverify.claims.outcome import Outcome
from srverify.report.style import counted

#: Axioms of one module that are named one by one.
_NAMED = 4


def in_short(result: AuditResult) -> str:
    """Return all axioms that theorems of an audit use, as HTML; of modules with many their number."""
    modules: dict[str, dict[str, None]] = {}
    for claim in result.claims:
        for check in claim.checks:
            for outcome in check.evidence.outcomes:
                for name in outcome.evidence.get("axioms") or ():
                    modules.setdefault(name.rpartition(".")[0], {})[name] = None
    return ", ".join(
        f"{len(names)} of <code>{escape(module)}</code>"
        if len(names) > _NAMED
        else ", ".join(f"<code>{escape(name)}</code>" for name in names)
        for module, names in sorted(modules.items(), key=lambda item: len(item[1]))
    )


class Axioms:
    """The lists of axioms met so far, in order."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}

    def link(self, outcome: Outcome) -> str:
        """Return what a theorem rests on: a link to its list, or that it rests on none."""
        names = tuple(outcome.evidence.get("axioms") or ())
        asked = str(outcome.evidence.get("axioms_of", "theorem"))
        of = "" if asked == "theorem" else f" (of {escape(asked)})"
        primitives = outcome.evidence.get("primitives") or ()
        more = f" and {counted(len(primitives), 'primitive')} of the kernel" if primitives else ""
        if not names:
            return f"no axioms{of}{more}"
        number = self._numbers.setdefault(names, len(self._numbers) + 1)
        return f'<a href="#axioms-{number}">{counted(len(names), "axiom")}</a>{of}{more}'

    def section(self) -> Iterator[str]:
        """Yield the lists that were linked to."""
        if not self._numbers:
            return
        yield "<h2>Axioms that theorems rest on</h2><ol class='axioms'>"
        for names, number in self._numbers.items():
            shown = ", ".join(f"<code>{escape(name)}</code>" for name in names)
            yield f'<li id="axioms-{number}">{shown}</li>'
        yield "</ol>"
