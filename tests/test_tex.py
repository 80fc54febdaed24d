"""LaTeX is read as LaTeX counts and as mathematicians read; what has two readings is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import ROWS
from hypothesis import given
from hypothesis import strategies as st

from srverify.emit.latex import statement_to_latex
from srverify.language.errors import InputError
from srverify.language.parser import parse_formula
from srverify.language.statement import Statement
from srverify.language.tex.document import read_paper
from srverify.language.tex.formula import read_formula
from srverify.language.tex.macros import expand, read_macros

PAPER = r"""\documentclass{article}
\usepackage{amsmath,amsthm}
\newtheorem{theorem}{Theorem}[section]
\newtheorem{lemma}[theorem]{Lemma}
\newtheorem*{remark}{Remark}
\newcommand{\half}{\frac12}
\newcommand{\bound}[2][x]{\log(1+#1) \le #2}
\def\be{\begin{equation}} \def\ee{\end{equation}}
\DeclareMathOperator{\KL}{KL}
\title{On \emph{logarithms}\thanks{Nobody.}}
\begin{document}
\maketitle
\section{First}
% \begin{equation} hidden \end{equation}
\begin{equation}\label{eq:one} \half x \le x \end{equation}
\begin{theorem}[Tangent]\label{thm:t}
Let $x>-1$. Then
\be \bound{x} \label{eq:two} \ee
and \begin{align}
 a &= b \nonumber \\
   &\le c \label{eq:three} \\
 x &\ge 0, \tag{$*$} \\
 \KL &< 1
\end{align}
\end{theorem}
\begin{verbatim}
\begin{equation} not seen \end{equation}
\end{verbatim}
\input{second}
\end{document}
\begin{equation} after the end \end{equation}
"""
SECOND = r"""\section*{Unnumbered}
\section{Second}
\begin{lemma}\label{lem:a} Text. \end{lemma}
\begin{remark} No number. \end{remark}
\begin{subequations}\label{grp}
\begin{equation} p \le 1 \label{eq:p} \end{equation}
\begin{equation} q \le 1 \label{eq:q} \end{equation}
\end{subequations}
\begin{equation*} unnumbered \end{equation*}
\appendix
\section{Extra}
\begin{lemma}\label{lem:b} Text. \begin{gather} z < 1 \\ w < 1 \end{gather} \end{lemma}
\textbf{\begin{equation}\label{eq:bold} y \le y \end{equation}}
"""


@pytest.fixture
def main(tmp_path: Path) -> Path:
    (tmp_path / "second.tex").write_text(SECOND, encoding="utf-8")
    file = tmp_path / "main.tex"
    file.write_text(PAPER, encoding="utf-8")
    return file


def test_displays_are_numbered_as_latex_numbers_them(main: Path) -> None:
    found = [(d.number, d.label) for d in read_paper(main).displays]
    assert found == [
        ("1", "eq:one"),
        ("2", "eq:two"),
        ("3", "eq:three"),
        ("$*$", ""),
        ("4", ""),
        ("5a", "eq:p"),
        ("5b", "eq:q"),
        ("6", ""),
        ("7", ""),
        ("8", "eq:bold"),
    ]


def test_statements_share_and_reset_their_counters(main: Path) -> None:
    paper = read_paper(main)
    found = [(s.kind, s.number, s.name, s.label) for s in paper.statements]
    assert found == [
        ("Theorem", "1.1", "Tangent", "thm:t"),
        ("Lemma", "2.1", "", "lem:a"),
        ("Remark", "", "", ""),
        ("Lemma", "A.1", "", "lem:b"),
    ]
    assert [s.displays for s in paper.statements] == [("2", "3", "$*$", "4"), (), (), ("6", "7")]
    assert paper.title == "On logarithms"


def test_places_point_at_the_line_of_the_file(main: Path) -> None:
    paper = read_paper(main)
    for display in paper.displays:
        if display.label:
            lines = display.place.file.read_text(encoding="utf-8").splitlines()
            around = "\n".join(lines[display.place.line - 1 : display.place.line + 2])
            assert display.label in around
    assert {d.place.file.name for d in paper.displays} == {"main.tex", "second.tex"}


def test_rows_without_a_number_belong_to_the_next(main: Path) -> None:
    third = next(d for d in read_paper(main).displays if d.label == "eq:three")
    assert read_formula(third.tex).show == "a = b <= c"


def test_numbers_within_sections(tmp_path: Path) -> None:
    file = tmp_path / "m.tex"
    file.write_text(
        r"\documentclass{article}\numberwithin{equation}{section}\begin{document}"
        r"\section{A}\begin{equation}a\end{equation}\section{B}\begin{equation}b\end{equation}"
        r"\begin{equation}c\end{equation}\end{document}"
    )
    assert [d.number for d in read_paper(file).displays] == ["1.1", "2.1", "2.2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"\documentclass{article}", r"no \\begin\{document\}"),
        (r"\begin{document}\input{nowhere}\end{document}", r"m\.tex:1: .*no such file"),
        (r"\begin{document}\input{m}\end{document}", "includes itself"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_line(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "m.tex"
    file.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        read_paper(file)
    assert "\n" not in str(caught.value)


def test_a_picture_is_no_included_file(tmp_path: Path) -> None:
    file = tmp_path / "m.tex"
    file.write_text(r"\begin{document}\includegraphics[width=1cm]{a.pdf}\end{document}")
    assert read_paper(file).displays == ()


# -- one inequality ----------------------------------------------------------------------------

READINGS = [
    (r"\log(1+x) \le x", "log(1 + x) <= x"),
    (r"\frac{2x}{2+x} \leq \ln(1+x)", "2*x/(2 + x) <= log(1 + x)"),
    (r"\tfrac12 x < \sqrt{x} < \sqrt[3]{x^2}", "1/2*x < sqrt(x) < (x^2)^(1/3)"),
    (r"\log^2 x \ge 0", "log(x)^2 >= 0"),
    (r"a - (b - c) = a - b + c", "a - (b - c) = a - b + c"),
    (r"-x^2 \le 0", "-x^2 <= 0"),
    (r"x^{-\alpha} \ne 0", "x^(-alpha) != 0"),
    (r"\left|\frac{a}{b}\right| \geq 0", "abs(a/b) >= 0"),
    (r"c\frac{a}{b} < \left( a+b \right)^2", "c*(a/b) < (a + b)^2"),
    (r"\max\{a, b\} \le \lvert a\rvert + \lvert b\rvert", "max(a, b) <= abs(a) + abs(b)"),
    (r"\kappa_{t+1} \le a + b\sqrt{\kappa_t}.", "kappa_tplus1 <= a + b*sqrt(kappa_t)"),
    (r"\exp(-x) \, y \cdot z \ge 0", "exp(-x)*y*z >= 0"),
    (r"\log\log x \le \log x", "log(log(x)) <= log(x)"),
    (r"\begin{split} a&=b\\&\le c\end{split}", "a = b <= c"),
    (r"\begin{aligned}a &\le b\\[2pt] &\quad + c\end{aligned}", "a <= b + c"),
    (r"a + \\ b \\ = c", "a + b = c"),
    (r"\log\frac{a}{b} = \log a - \log b", "log(a/b) = log(a) - log(b)"),
]


@pytest.mark.parametrize(("tex", "text"), READINGS)
def test_one_reading(tex: str, text: str) -> None:
    assert parse_formula(read_formula(tex).show, None) == parse_formula(text, None)


@pytest.mark.parametrize(
    "tex",
    [
        "x(y+1) > 0",
        r"f\left(x\right) > 0",
        r"e^x \ge 1 + x",
        r"\pi(x) > 3",
        r"\pi_0 > 3",
        r"\sin^{-1} x > 3",
        r"\ln^{-1} x > 3",
        r"\log^{(2)} x > 3",
        r"\log x/y > 3",
        r"e x > 3",
        r"[x] > 3",
        r"\left[ n x \right] > 3",
        r"\{x\} + 1 > x",
        r"\operatorname{foo}(x) > 3",
        r"\log x y < 1",
        r"\log(x)^2 < 1",
        r"1/2x < 3",
        "a < b, c < d",
        r"a \le b \\ c \le d",
        "x < y, 0 < x, y < 1",
        "x < y, a, b",
        "x < y, a, 0 < b",
        r"\begin{gathered}a \le b \\ c \le d\end{gathered}",
        r"a \\ b \le c",
        "|x|y|z| < 1",
        r"\frac{d}{dx} f < 1",
        r"\sum_i x_i \le 1",
        r"\mathbb{E}[x] \le 1",
        "x! < 1",
        r"\le x",
        "x + y",
        r"\sqrt[k]{x} < 1",
        "{x < 1",
        "x < 1}",
        r"x \in \{1, 2\}",
        "",
    ],
)
def test_two_readings_or_none_are_refused_with_a_position(tex: str) -> None:
    with pytest.raises(InputError, match="position") as caught:
        read_formula(tex)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("tex", "conditions"),
    [
        (r"x < y, \quad 0 < x \le 1", ("0 < x <= 1",)),
        (r"x < y \text{ for all } x \in (0, \infty)", ("0 < x",)),
        (r"x < y \quad \forall x \in [0, 1)", ("0 <= x and x < 1",)),
        (r"x < y \text{ if } x < z", ("x < z",)),
        (r"x < y, \quad x, y \ge 0", ("x >= 0", "y >= 0")),
        (
            r"x < y, x, y_1, z \in (0, 1]",
            ("0 < x and x <= 1", "0 < y_1 and y_1 <= 1", "0 < z and z <= 1"),
        ),
        (r"x < y, \quad 0 < x, \quad y < 1", ("0 < x", "y < 1")),
        (r"x < y, x > 0, y < 1", ("x > 0", "y < 1")),
    ],
)
def test_conditions_stand_beside(tex: str, conditions: tuple[str, ...]) -> None:
    assert read_formula(tex).given == conditions


@pytest.mark.parametrize("row", ROWS[::2], ids=lambda row: row.id)
def test_what_we_print_is_read_back_as_it_was_or_refused(row: object) -> None:
    """Our printer tells products and calls apart by spaces only: those are refused, never misread."""
    goal: Statement = row.statement  # type: ignore[attr-defined]
    bare = Statement(goal.variables, (), goal.conclusion)
    try:
        shown = read_formula(statement_to_latex(bare).partition(r"\qquad")[0]).show
    except InputError:
        return
    assert parse_formula(shown, None) == parse_formula(bare.to_dict()["show"], None)


def test_macros_with_arguments_and_defaults() -> None:
    macros = read_macros(PAPER).commands
    assert expand(r"\bound{y}", macros) == r"\log(1+x) \le y"
    assert expand(r"\bound[z]{y}", macros) == r"\log(1+z) \le y"
    assert read_formula(r"\half x \le x", macros).show == "1/2*x <= x"


def test_a_name_does_not_run_into_an_argument() -> None:
    macros = read_macros(r"\newcommand{\twice}[2]{\cdot#1\log#2}").commands
    assert expand(r"a\twice{b}{\sqrt x}c", macros) == r"a\cdot b\log\sqrt xc"


def test_commands_with_delimiters() -> None:
    macros = read_macros(r"\def\half#1 over{\frac{#1}{2}}\def\at<#1,#2>{#1 - #2}").commands
    assert (
        expand(r"\half{x + {1 over} 2} over \le \at<a,b>", macros)
        == r"\frac{{x + {1 over} 2}}{2} \le a - b"
    )


def test_a_macro_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="without end"):
        expand(r"\a", read_macros(r"\newcommand{\a}{\a\a}").commands)


@given(st.text(alphabet="xy12+-*/^_{}()[]|<>=,.\\ logfracsqtle&'", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_formula(text)
    except InputError:
        return
    parse_formula(reading.show, None)
