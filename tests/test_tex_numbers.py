"""What LaTeX numbers, construct by construct, as LaTeX, amsmath and other packages document it."""

from __future__ import annotations

from pathlib import Path

import pytest

from srverify.language.tex.document import read_paper

_CONSTRAINT = r"\addConstraint"
EQ = r"\begin{equation}a\end{equation}"
NUMBERED = [
    (
        "chapters number displays",
        r"\documentclass{report}",
        rf"{EQ}\chapter{{A}}{EQ}\section{{B}}{EQ}\chapter{{C}}{EQ}",
        ["1", "1.1", "1.2", "2.1"],
    ),
    (
        "a chapter in the appendix",
        r"\documentclass[a4paper]{book}",
        rf"\chapter{{A}}{EQ}\appendix\chapter{{C}}{EQ}",
        ["1.1", "A.1"],
    ),
    ("math is inline", "", r"\begin{math}a\end{math}" + EQ, ["1"]),
    ("a tag in brackets", "", r"\[a \tag{T}\] \[c\]" + EQ, ["T", "1"]),
    ("a tag in a starred form", "", r"\begin{equation*}a \tag{T}\end{equation*}" + EQ, ["T", "1"]),
    ("columns of alignat", "", r"\begin{alignat}{2}a&=b\\ c&=d\end{alignat}", ["1", "2"]),
    (
        "IEEE arrays",
        "",
        r"\begin{IEEEeqnarray}{rCl}a&=&b\\ c&=&d\IEEEnonumber\\ e&=&f\end{IEEEeqnarray}",
        ["1", "2"],
    ),
    (
        "one row of a starred IEEE array",
        "",
        r"\begin{IEEEeqnarray*}{rCl}a&=&b\\ c&=&d\IEEEyesnumber\end{IEEEeqnarray*}",
        ["1"],
    ),
    ("cases with numbers", "", r"\begin{numcases}{f=}a & b\\ c & d\end{numcases}", ["1", "2"]),
    (
        "cases with letters",
        "",
        EQ + r"\begin{subnumcases}{f=}a & b\\ c & d\end{subnumcases}" + EQ,
        ["1", "2a", "2b", "3"],
    ),
    (
        "cases in one display",
        "",
        r"\begin{equation}f=\begin{cases}a\\ b\end{cases}\end{equation}",
        ["1"],
    ),
    ("boxes", "", r"\begin{empheq}[box=\fbox]{align}a&=b\\ c&=d\end{empheq}" + EQ, ["1", "2", "3"]),
    (
        "programs by row",
        "",
        EQ + rf"\begin{{maxi!}}{{x}}{{f}}{{}}{{}}{_CONSTRAINT}{{a}}{{=1}}{_CONSTRAINT}{{b}}{{=2}}"
        r"\end{maxi!}" + EQ,
        ["1", "2a", "2b", "2c", "3"],
    ),
    (
        "programs as a whole",
        "",
        rf"\begin{{mini}}{{x}}{{f}}{{}}{{}}{_CONSTRAINT}{{a}}{{=1}}\end{{mini}}"
        r"\begin{mini*}{x}{f}{}{}\end{mini*}" + EQ,
        ["1", "2"],
    ),
    (
        "counters set",
        "",
        rf"{EQ}\setcounter{{equation}}{{6}}{EQ}\addtocounter{{equation}}{{-1}}{EQ}",
        ["1", "7", "7"],
    ),
    (
        "an appendix with numbers of its own",
        "",
        rf"{EQ}\appendix\section{{A}}\renewcommand{{\theequation}}{{\thesection.\arabic{{equation}}}}"
        rf"\setcounter{{equation}}{{0}}{EQ}",
        ["1", "A.1"],
    ),
    ("a prefix", r"\renewcommand\theequation{S\arabic{equation}}", EQ, ["S1"]),
    (
        "letters for sections",
        r"\numberwithin{equation}{section}\renewcommand{\thesection}{\Roman{section}}",
        rf"\section{{A}}\section{{B}}{EQ}",
        ["II.1"],
    ),
    (
        "reset by section",
        r"\makeatletter\@addtoreset{equation}{section}\makeatother",
        rf"\section{{A}}{EQ}{EQ}\section{{B}}{EQ}",
        ["1", "2", "1"],
    ),
    (
        "only what is referred to",
        r"\usepackage{mathtools}\mathtoolsset{showonlyrefs}",
        r"\begin{align}a\label{a}\\ b\label{b}\\ c\end{align}" + EQ + r"see \eqref{b}",
        ["1"],
    ),
    (
        "switches",
        r"\newif\iflong\longtrue",
        rf"\iflong{EQ}\else{EQ}{EQ}\fi\longfalse\iflong{EQ}\fi{EQ}",
        ["1", "2"],
    ),
    (
        "never and always",
        "",
        rf"\iffalse{EQ}\ifx\a\b{EQ}\fi\else{EQ}\fi\iftrue{EQ}\else{EQ}\fi $a\iff b$ {EQ}",
        ["1", "2", "3"],
    ),
    ("a starred tag", "", r"\begin{equation}a \tag* {[A1]}\end{equation}" + EQ, ["[A1]", "1"]),
    (
        "commands with delimiters",
        r"\def\bea#1\eea{\begin{align}#1\end{align}}",
        rf"\bea a&=b\\ c&=d \eea {EQ}",
        ["1", "2", "3"],
    ),
    (
        "counters that are stepped",
        "",
        rf"\stepcounter{{equation}}{EQ}\begin{{equation}}\refstepcounter{{equation}}\tag{{\theequation}}a"
        rf"\end{{equation}}{EQ}",
        ["2", "3", "4"],
    ),
    (
        "a tag that refers to another display",
        "",
        r"\begin{equation}a\label{x}\end{equation}\begin{equation}b\tag{\ref{x}$'$}\end{equation}",
        ["1", "1'"],
    ),
    ("no number, in braces", "", r"\begin{align}a\\ b {\notag}\\ c\end{align}", ["1", "2"]),
    (
        "environments called by their commands",
        r"\newenvironment{eqs}[1][x]{\subequations\align}{\endalign\endsubequations}",
        rf"\begin{{eqs}}[y]a\\ b\end{{eqs}}{EQ}",
        ["1a", "1b", "2"],
    ),
    (
        "what xparse declares",
        r"\NewDocumentEnvironment{eqn}{O{x} m}{\begin{equation}}{\end{equation}}"
        r"\NewDocumentCommand{\one}{s m}{\begin{equation}#2\end{equation}}",
        rf"\begin{{eqn}}[t]{{u}}a\end{{eqn}}{EQ}\one{{b}}",
        ["1", "2", "3"],
    ),
    (
        "what a command would declare if it were used",
        r"\newcommand{\later}{\renewcommand{\theequation}{\Roman{equation}}\numberwithin{equation}{section}}"
        r"\newenvironment{a}{\renewcommand{\theequation}{x}}{\renewcommand{\theequation}{y}}",
        rf"\section{{A}}{EQ}",
        ["1"],
    ),
    (
        "commands that call commands that begin displays",
        r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}\def\bq{\be}\let\eq\ee",
        rf"\bq a \eq {EQ}",
        ["1", "2"],
    ),
]


@pytest.mark.parametrize(
    ("preamble", "body", "numbers"), [n[1:] for n in NUMBERED], ids=[n[0] for n in NUMBERED]
)
def test_what_latex_numbers(preamble: str, body: str, numbers: list[str], tmp_path: Path) -> None:
    head = preamble if "documentclass" in preamble else r"\documentclass{article}" + preamble
    file = tmp_path / "m.tex"
    file.write_text(rf"{head}\begin{{document}}{body}\end{{document}}")
    assert [d.number for d in read_paper(file).displays] == numbers


def test_sections_come_in_the_papers_order(tmp_path: Path) -> None:
    file = tmp_path / "m.tex"
    sections = "".join(rf"\section{{S}}{EQ}" for _ in range(10))
    file.write_text(
        r"\documentclass{article}\renewcommand{\thesection}{\Roman{section}}\begin{document}"
        rf"{EQ}{sections}\appendix\section{{B}}{EQ}\end{{document}}"
    )
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "A"]
    assert read_paper(file).sections == ("", *roman)


def test_statements_that_are_restated(tmp_path: Path) -> None:
    file = tmp_path / "m.tex"
    file.write_text(
        r"\documentclass{article}\newtheorem{thm}{Theorem}\newaliascnt{lem}{thm}"
        r"\newtheorem{lem}[lem]{Lemma}\begin{document}"
        r"\begin{restatable}[Main]{thm}{main}\label{m} Text \begin{equation}x\end{equation}"
        r"\end{restatable}\begin{lem}A\end{lem}\main*\end{document}"
    )
    paper = read_paper(file)
    found = [(s.kind, s.number, s.name, s.label, s.displays) for s in paper.statements]
    assert found == [("Theorem", "1", "Main", "m", ("1",)), ("Lemma", "2", "", "", ())]
    assert paper.statements[0].tex.startswith(r"\label{m} Text")


def _displays(tmp_path: Path, body: str) -> list[tuple[str, str]]:
    file = tmp_path / "m.tex"
    file.write_text(rf"\documentclass{{article}}\begin{{document}}{body}\end{{document}}")
    return [(d.label, d.tex) for d in read_paper(file).displays]


def test_rows_that_share_a_number_keep_their_break(tmp_path: Path) -> None:
    body = r"\begin{align}a &\le b \notag\\ c &\le d \label{x}\\ e &= f\end{align}"
    assert _displays(tmp_path, body) == [("x", r"a  \le b \\ c  \le d"), ("", "e  = f")]


def test_a_program_has_its_own_label_and_its_rows_theirs(tmp_path: Path) -> None:
    body = (
        r"\begin{mini!}{x}{f\label{row}}{\label{all}}{}"
        r"\addConstraint{a}{=1\label{first}}\end{mini!}"
    )
    assert [label for label, _ in _displays(tmp_path, body)] == ["row", "first"]


def test_arguments_of_a_box_are_no_part_of_its_first_row(tmp_path: Path) -> None:
    body = r"\begin{empheq}[box=\fbox]{align} a&=b\end{empheq}"
    assert _displays(tmp_path, body) == [("", "a =b")]
