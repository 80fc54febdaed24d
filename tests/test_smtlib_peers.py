"""Scripts as peers write them: each in ``cases/smtlib`` is read and answered as its first line says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from srverify.audit.portfolio import Portfolio
from srverify.claims.obligation import Options
from srverify.commands.prove import answer
from srverify.language.errors import InputError
from srverify.language.smtlib.reader import read_smtlib

SCRIPTS = sorted((Path(__file__).parent / "cases" / "smtlib").glob("*.smt2"))
HEAD = "; answers: "


@pytest.fixture(scope="module")
def portfolio() -> Iterator[Portfolio]:
    with Portfolio([], Options(timeout=20), jobs=2) as found:
        yield found


def test_there_are_many() -> None:
    assert len(SCRIPTS) >= 40


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_answered(path: Path, portfolio: Portfolio) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = text.splitlines()[0].removeprefix(HEAD).split()
    answers = [answer(path.stem, question, portfolio).answer for question in read_smtlib(text)]
    assert answers == wanted


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("(declare-const x Real)(assert (forall ((y Real)) (< x y)))(check-sat)", "quantifiers"),
        ("(declare-sort U 0)(declare-const u U)(check-sat)", "U is not supported here"),
        ("(define-sort P (X) X)(check-sat)", "sorts with parameters"),
        ("(define-sort Real () Int)(check-sat)", "expected a new name of a sort"),
        ("(define-fun-rec f ((x Real)) Real (f x))(assert (= (f 1) 1))(check-sat)", "'f'"),
        ("(set-option :global-declarations maybe)(check-sat)", "write (set-option"),
        ("(declare-fun f (Real) Real)(check-sat)", "uninterpreted functions"),
        ("(declare-const n Int)(assert (= (mod n 2) 0))(check-sat)", "'mod'"),
        ("(declare-const x Real)(reset)(assert (< x 1))(check-sat)", "'x' is not declared"),
    ],
)
def test_what_is_not_read_is_refused_with_its_place(script: str, message: str) -> None:
    with pytest.raises(InputError, match="line 1, column") as caught:
        read_smtlib(script)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
