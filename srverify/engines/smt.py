"""z3 and cvc5 on one SMT-LIB 2 text: polynomials and quotients, exp, log, sine by lemmas."""

from __future__ import annotations

from typing import ClassVar

from srverify.claims.obligation import Obligation, Options
from srverify.claims.outcome import Outcome, Trust
from srverify.engines.base import Availability, Engine
from srverify.language.statement import Statement


class _SmtEngine(Engine):
    trust: ClassVar[Trust] = Trust.RIGOROUS
    proves_later: ClassVar[bool] = True
    package: ClassVar[str]

    def probe(self) -> Availability:
        """Import the solver and read its version."""
        from importlib import import_module
        from importlib.metadata import version

        install = f"pip install {self.package}"
        try:
            import_module(self.name)
            return Availability(True, version(self.package), install=install)
        except Exception as error:
            return Availability(False, reason=f"{type(error).__name__}: {error}", install=install)

    def refusal(self, obligation: Obligation) -> str | None:
        """Refuse what is not a statement, powers too large to write out, terms defined nowhere."""
        if not isinstance(obligation, Statement):
            return f"{self.name} settles statements only"
        from srverify.emit.smtlib import functions_of
        from srverify.language.errors import InputError, UnsupportedError

        try:
            functions_of(obligation)
        except (UnsupportedError, InputError) as error:
            return str(error)
        return None

    def beyond(self, obligation: Obligation) -> bool:
        """Tell that the procedures are complete for the polynomials over the reals only."""
        from srverify.emit.smtlib import functions_of

        assert isinstance(obligation, Statement)
        natural = any(variable.domain.natural for variable in obligation.variables)
        return natural or bool(functions_of(obligation))


class Z3Engine(_SmtEngine):
    """z3's decision procedure for polynomials, with lemma instances for exp, log, sine and the like."""

    name: ClassVar[str] = "z3"
    libraries: ClassVar[tuple[str, ...]] = ("z3", "srverify.engines.smt_refinement")
    summary: ClassVar[str] = "SMT: polynomials and quotients; exp, log, sin, cos by proved lemmas"
    package: ClassVar[str] = "z3-solver"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Settle a statement; the lemma instances used are listed in the evidence."""
        from srverify.engines.smt_refinement import settle_statement
        from srverify.engines.smt_solvers import Z3

        assert isinstance(obligation, Statement)
        return settle_statement(self.name, obligation, Z3, options)


class Cvc5Engine(_SmtEngine):
    """cvc5's coverings for polynomials, with lemma instances for exp, log, sine and the like."""

    name: ClassVar[str] = "cvc5"
    libraries: ClassVar[tuple[str, ...]] = ("cvc5", "srverify.engines.smt_refinement")
    summary: ClassVar[str] = "SMT: polynomials and quotients; exp, log, sin, cos by proved lemmas"
    package: ClassVar[str] = "cvc5"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Settle a statement; the lemma instances used are listed in the evidence."""
        from srverify.engines.smt_refinement import settle_statement
        from srverify.engines.smt_solvers import CVC5

        assert isinstance(obligation, Statement)
        return settle_statement(self.name, obligation, CVC5, options)
