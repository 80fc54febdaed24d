"""The leancert engine: Arb's covers, re-checked box by box by a Lean-proved interval arithmetic."""

from __future__ import annotations

import importlib.metadata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from srverify.claims.obligation import Obligation, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines.base import Availability, Engine
from srverify.language import term as t
from srverify.language.formula import Relation, relations
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term

if TYPE_CHECKING:
    from srverify.numerics.clock import Clock
    from srverify.numerics.prover.region import Region
    from srverify.numerics.prover.sequent import Sequent

#: Boxes of one goal, from Arb's cover and from halving what the checker cannot decide.
MAX_BOXES = 600
#: Halvings after which a box is given up.
MAX_DEPTH = 30
#: A strict inequality is re-checked with a part of the margin that Arb saw, if that is not below 2^-60.
_LEAST_MARGIN_BITS = 60

_OPERATORS = frozenset(
    {
        "number",
        "variable",
        "add",
        "mul",
        "neg",
        "div",
        "power",
        "exp",
        "log",
        "sqrt",
        "abs",
        "min",
        "max",
    }
)


class LeancertEngine(Engine):
    """Re-check covers with leancert's verified ``check_bound``.

    Arb splits the domain into compact boxes with exact rational ends on which intervals decide; each
    box is then sent to leancert, with integers and fractions only (its Python layer would round
    floats to nearby fractions, and its simplifier is switched off). ``proved`` is claimed only if all of
    the domain is covered that way: an unbounded domain, or a goal that is tight, is ``unknown`` here.

    Trusted: the native checker compiled from Lean-proved code and its JSON bridge; the translation of
    terms below; that bisection of a box covers it; and the splitting of a statement into goals. Lean's
    functions are total (``1/0 = 0``, ``log(-x) = log(x)``, ``sqrt(-1) = 0``), so that a bound alone says
    nothing about definedness: the conditions under which each side is defined are goals of their own,
    re-checked on the same domain, and where they hold Lean's functions are the written ones.
    Not translated: non-integer and variable powers, Lambert W.
    """

    name: ClassVar[str] = "leancert"
    summary: ClassVar[str] = "replays Arb's covers with a Lean-proved interval arithmetic"
    libraries: ClassVar[tuple[str, ...]] = ("leancert", "srverify.numerics.prover.solve")
    trust: ClassVar[Trust] = Trust.CERTIFIED

    def probe(self) -> Availability:
        """Say whether the package and its native checker are here."""
        install = "pip install 'srverify[leancert]'"
        try:
            version = importlib.metadata.version("leancert")
        except importlib.metadata.PackageNotFoundError:
            return Availability(False, reason="the package leancert is not installed", install=install)
        return Availability(True, version)

    def refusal(self, obligation: Obligation) -> str | None:
        """Refuse what leancert has no operator for."""
        if not isinstance(obligation, Statement):
            return "not a statement"
        unknown = sorted(obligation.operators - _OPERATORS)
        return f"leancert has no checked {', '.join(unknown)}" if unknown else None

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Find a cover with Arb, re-check every box."""
        assert isinstance(obligation, Statement)
        if options.refute_only:
            return Outcome(self.name, Status.UNKNOWN, detail="leancert does not refute")
        from srverify.numerics.clock import Clock
        from srverify.numerics.prover.definitions import without_definitions
        from srverify.numerics.prover.sequent import sequents

        goals = sequents(without_definitions(obligation)[0])
        if goals is None:
            return Outcome(self.name, Status.UNKNOWN, detail="too many cases")
        clock = Clock.after(max(0.2, 0.9 * options.timeout - 0.2))
        checked: list[dict[str, Any]] = []
        from leancert.exceptions import BridgeError

        with _Checker(clock) as checker:
            for goal in goals:
                try:
                    problem = checker.check(goal)
                except BridgeError as error:
                    # The native checker gives up on some terms by ending its process.
                    problem = f"leancert's checker ended: {' '.join(str(error).split())[:200]}"
                if problem is not None:
                    return Outcome(self.name, Status.UNKNOWN, detail=f"{goal.label}: {problem}")
                checked.append({"goal": goal.label, "boxes": checker.boxes})
            evidence = {"cover": checked, "checker": checker.version}
        boxes = sum(int(entry["boxes"]) for entry in checked)
        detail = f"{boxes} boxes re-checked by {evidence['checker']}"
        return Outcome(self.name, Status.PROVED, self.trust, detail=detail, evidence=evidence)


class _Checker:
    """One leancert process: bounds of terms over boxes, and covers of goals by such bounds."""

    def __init__(self, clock: Clock) -> None:
        import leancert

        self._module = leancert
        self._solver = leancert.Solver(auto_simplify=False, auto_affine=False)
        self._clock = clock
        self._expressions: dict[Relation, Any] = {}
        self.boxes = 0
        self.version = "leancert"

    def __enter__(self) -> _Checker:
        self.version = f"leancert {importlib.metadata.version('leancert')}"
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.close()

    def check(self, goal: Sequent) -> str | None:
        """Return None if the goal is re-checked on its whole region, else why not."""
        self.boxes = 0
        if _is_premise(goal):
            return None
        if not goal.region.compact:
            return "the domain is not compact"
        from flint import ctx

        before = ctx.prec
        ctx.prec = 64
        try:
            return self._cover(goal)
        finally:
            ctx.prec = before

    def _cover(self, goal: Sequent) -> str | None:
        from srverify.numerics.prover.search import BoxChecker, halved

        arb = BoxChecker(goal.region, goal.assumptions, goal.goal)
        stack: list[tuple[Region, int]] = [(goal.region, 0)]
        while stack:
            box, depth = stack.pop()
            if self._clock.left() < 0:
                return "out of time"
            if arb.judge(box.box) is not None and self._settled(goal, box):
                self.boxes += 1
                continue
            halves = halved(box) if box.ranges else None
            if halves is None or depth >= MAX_DEPTH or self.boxes + len(stack) > MAX_BOXES:
                return f"intervals alone do not decide the box {box}"
            stack += [(half, depth + 1) for half in halves]
        return None

    def _settled(self, goal: Sequent, box: Region) -> bool:
        """Re-check one box: some assumption fails on all of it, or some part of the goal holds."""
        for assumption in goal.assumptions:
            # left <= right fails where left - right > 0; left < right fails where left - right >= 0.
            if assumption.operator != "=" and self._at_least_zero(
                assumption, box, negated=True, strict=assumption.operator == "<="
            ):
                return True
        return any(
            relation.operator != "="
            and self._at_least_zero(relation, box, negated=False, strict=relation.operator == "<")
            for relation in relations(goal.goal)
        )

    def _at_least_zero(self, relation: Relation, box: Region, negated: bool, strict: bool) -> bool:
        """Check ``right - left >= 0`` (``> 0``) on a box, or the same of ``left - right``."""
        margin = self._margin(relation, box, negated)
        if margin is None or margin < 0 or (strict and margin == 0):
            return False
        bound = Fraction(0)
        if strict:
            # A power of two, so that the numbers sent stay short.
            bits = margin.denominator.bit_length() - margin.numerator.bit_length() + 2
            if bits > _LEAST_MARGIN_BITS:
                return False
            bound = Fraction(1, 1 << max(0, bits))
        domain = {name: (_fraction(part.low), _fraction(part.high)) for name, part in box.ranges}
        expression = self._expression(relation)
        limits: dict[str, Any] = {"upper": -bound} if negated else {"lower": bound}
        found = self._solver.verify_bound(expression, domain or {"x": (0, 0)}, **limits)
        return isinstance(found, self._module.Verified)

    def _margin(self, relation: Relation, box: Region, negated: bool) -> Fraction | None:
        """Return a rational lower bound, by Arb, of what is to be at least zero."""
        from flint import arb

        from srverify.numerics.prover import interval as iv
        from srverify.numerics.prover.tape import Tape

        tape = Tape(box.names)
        slot = tape.difference(relation.right, relation.left)
        try:
            low, high = tape.run(box.box, 64)[slot]
        except iv.Empty:
            return None
        least: arb = (-high if negated else low).lower()
        if not least.is_finite():
            return None
        mantissa, exponent = least.man_exp()
        return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)

    def _expression(self, relation: Relation) -> Any:
        """Return ``right - left`` in leancert's language."""
        found = self._expressions.get(relation)
        if found is None:
            translator = _Translator(self._module)
            found = translator.walk(relation.right) - translator.walk(relation.left)
            self._expressions[relation] = found
        return found


def _fraction(end: Any) -> Fraction:
    return Fraction(int(end.p), int(end.q))


def _is_premise(goal: Sequent) -> bool:
    """Tell whether the goal is one of the assumptions or the plain bound of a range."""
    from srverify.numerics.prover.sequent import absorbed

    if not isinstance(goal.goal, Relation):
        return False
    if goal.goal in goal.assumptions:
        return True
    tightened, rest = absorbed(goal.region, (goal.goal,))
    return not rest and tightened == goal.region


class _Translator(t.TermWalker[Any]):
    """Write terms in leancert's language; numbers stay exact."""

    def __init__(self, module: Any) -> None:
        self._lc = module

    def walk_number(self, value: Number) -> Any:
        return self._lc.const(value.value)

    def walk_variable(self, symbol: Symbol) -> Any:
        return self._lc.var(symbol.name)

    def walk_add(self, *parts: Term) -> Any:
        result = self.walk(parts[0])
        for part in parts[1:]:
            result = result + self.walk(part)
        return result

    def walk_mul(self, *parts: Term) -> Any:
        result = self.walk(parts[0])
        for part in parts[1:]:
            result = result * self.walk(part)
        return result

    def walk_neg(self, term: Term) -> Any:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Any:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Term, exponent: Number) -> Any:
        n = int(exponent)
        if n < 0:
            return self._lc.const(1) / self.walk(base) ** -n
        return self.walk(base) ** n

    def walk_exp(self, term: Term) -> Any:
        return self._lc.exp(self.walk(term))

    def walk_log(self, term: Term) -> Any:
        return self._lc.log(self.walk(term))

    def walk_sqrt(self, term: Term) -> Any:
        return self._lc.sqrt(self.walk(term))

    def walk_abs(self, term: Term) -> Any:
        return self._lc.abs(self.walk(term))

    def walk_min(self, *parts: Term) -> Any:
        return self._folded(self._lc.Min, parts)

    def walk_max(self, *parts: Term) -> Any:
        return self._folded(self._lc.Max, parts)

    def _folded(self, join: Any, parts: tuple[Term, ...]) -> Any:
        result = self.walk(parts[0])
        for part in parts[1:]:
            result = join(result, self.walk(part))
        return result
