"""Lemmas are used only after another engine has proved them; this module remembers which were."""

from __future__ import annotations

from dataclasses import dataclass, replace

from srverify.claims.obligation import Options
from srverify.claims.outcome import PROOF_TRUSTS, Status, Trust
from srverify.engines import engine
from srverify.engines.arb import ABOUT_LINES
from srverify.engines.lemmas.templates import Lemma
from srverify.language.formula import Relation
from srverify.numerics.clock import Clock

#: Engines that may settle a lemma, in the order asked; none of them uses lemmas itself.
SETTLERS = ("arb", "sympy")
#: Those that are asked for identities only: on rounded coefficients they lose themselves.
_FOR_IDENTITIES = frozenset({"sympy"})


@dataclass(frozen=True)
class Settled:
    """How a lemma fared elsewhere: ``status`` is ``proved`` exactly if it may be used."""

    lemma: Lemma
    status: Status
    engine: str
    trust: Trust | None
    detail: str

    @property
    def usable(self) -> bool:
        """Whether the lemma was proved by an engine whose word is a proof."""
        return self.status is Status.PROVED and self.trust in PROOF_TRUSTS


_SETTLED: dict[str, Settled] = {}
#: The seconds that were given to what nobody decided.
_SECONDS: dict[str, float] = {}


def settle(lemma: Lemma, options: Options) -> Settled:
    """Have a lemma settled by the first engine that can, once per process.

    A lemma that is refuted, or that nobody decides within the options' timeout, is returned with that
    status and must not be used; the latter is tried again once there is more time, so that it does not
    matter who asked first.
    """
    key = lemma.statement.digest
    if key not in _SETTLED or _SECONDS.get(key, options.timeout) < options.timeout:
        _SETTLED[key] = _settle(lemma, options)
        _SECONDS.pop(key, None)
        if _SETTLED[key].status is Status.UNKNOWN:
            _SECONDS[key] = options.timeout
    found = _SETTLED[key]
    return found if found.lemma == lemma else Settled(lemma, found.status, *_rest(found))


def _rest(found: Settled) -> tuple[str, Trust | None, str]:
    return found.engine, found.trust, found.detail


def _is_identity(lemma: Lemma) -> bool:
    goal = lemma.statement.goal
    return isinstance(goal, Relation) and goal.operator == "="


def _settle(lemma: Lemma, options: Options) -> Settled:
    reasons = []
    clock = Clock.after(options.timeout)
    for name in SETTLERS:
        if name in _FOR_IDENTITIES and not _is_identity(lemma):
            continue
        try:
            settler = engine(name)
            refusal = settler.refusal(lemma.statement)
            if refusal is not None or clock.left() < 0:
                reasons.append(f"{name}: {refusal or 'no time left'}")
                continue
            outcome = settler.settle(lemma.statement, replace(options, extra=ABOUT_LINES))
        except Exception as error:
            reasons.append(f"{name}: {type(error).__name__}: {error}")
            continue
        if outcome.status is Status.REFUTED:
            return Settled(lemma, outcome.status, name, outcome.trust, outcome.detail)
        if outcome.status is Status.PROVED and outcome.trust in PROOF_TRUSTS:
            return Settled(lemma, outcome.status, name, outcome.trust, outcome.detail)
        reasons.append(f"{name}: {outcome.status} {outcome.detail}".strip())
    return Settled(lemma, Status.UNKNOWN, "", None, "; ".join(reasons))


def known() -> tuple[Settled, ...]:
    """Return what was settled in this process."""
    return tuple(_SETTLED.values())
