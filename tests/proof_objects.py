"""Proof objects written by hand, which between them use every rule."""

from __future__ import annotations

from typing import Any

from srverify.language.statement import Statement

Node = dict[str, Any]

REAL = {"x": "real"}
TWO = {"x": "real", "y": "real"}
POSITIVE = {"x": "(0, oo)"}
BOTH_POSITIVE = {"x": "(0, oo)", "y": "(0, oo)"}


def leaf(tree: Any, **more: Any) -> Node:
    return {"rule": "cover", "tree": tree, **more}


def polynomial(var: str = "x") -> Node:
    return {"rule": "polynomial", "var": var}


def summand(coefficient: int | str, *factors: tuple[str, Any]) -> Node:
    return {"coeff": coefficient, "factors": [list(factor) for factor in factors]}


def combine(*summands: Node, **more: Any) -> Node:
    return {"rule": "combine", "terms": list(summands), **more}


def node(rule: str, *children: Node, **more: Any) -> Node:
    return {"rule": rule, "children": list(children), **more}


def law(name: str, *children: Node, **arguments: str) -> Node:
    return node("law", *children, name=name, args=arguments)


ASSUMPTION = {"rule": "assumption"}
_LEFT = ["x", "-9/4", "i", ["x", "-15/8", "i", "m"]]
_MIDDLE = ["x", "-9/8", ["x", "-21/16", "m", "m"], ["x", "-15/16", "m", "m"]]
_PARTS = ["x", "-3/2", _LEFT, ["x", "-3/4", _MIDDLE, ["x", "-3/8", ["x", "-9/16", "m", "i"], "i"]]]

_NEAR, _FAR = ["x", "5/4", "el1", "t"], ["x", "1/2", "i", "t"]

_ROWS: dict[str, tuple[str, list[str], dict[str, str], Node]] = {
    "exponential": ("0 < exp(x) + x^2", [], REAL, leaf("i")),
    "slopes": ("exp(x) - 1 - x >= 0", [], {"x": "[0, 1]"}, leaf("m")),
    "a series": (
        "sin(x) - x + x^3/6 <= 1/10^5",
        [],
        {"x": "[-1/4, 1/4]"},
        leaf("t", order=12, precision=128),
    ),
    "an expansion at an end": (
        "sin(x)/x > cos(x)",
        [],
        {"x": "(0, 1]"},
        leaf(["x", "1/2", "el1", "t"], order=6, precision=128),
    ),
    "an expansion at infinity": (
        "x*log(1 + 1/x) < 1",
        [],
        {"x": "[1, oo)"},
        leaf(["x", 2, "t", "eh1"], order=8, precision=128),
    ),
    "an equation that fails": ("x > 1/2", ["exp(x) = 2"], {"x": "[0, 1]"}, leaf(["x", "5/8", "h", "i"])),
    "a homogeneous statement": (
        "x*log(x/y) >= x - y",
        ["y < x"],
        BOTH_POSITIVE,
        node(
            "normalize",
            node("absorb", leaf(["x", 3, ["x", 2, _NEAR, "t"], "eh1"], order=5, precision=128), hyp=0),
            var="y",
            scaled={"x": 1, "y": 1},
        ),
    ),
    "a statement that may be shifted": (
        "exp(x) + exp(y) > exp((x + y)/2)",
        [],
        TWO,
        node(
            "normalize",
            leaf(["x", 0, ["x", -2, "i", "i"], ["x", 2, _FAR, "eh1"]], order=5, precision=128),
            var="y",
            shifted={"x": 1, "y": 1},
        ),
    ),
    "slopes of a hypothesis": ("x <= 9/10", ["exp(x) <= 1 + x"], {"x": "[1/2, 1]"}, leaf("n")),
    "parts": ("x*exp(x) > -2/5", [], {"x": "[-3, 0]"}, leaf(_PARTS)),
    "a hypothesis that fails": ("x <= 2", ["x^2 < 4"], REAL, leaf(["x", 2, "i", ["x", 3, "h", "h"]])),
    "two variables": (
        "x*y <= 2",
        [],
        {"x": "[0, 1]", "y": "[0, 2]"},
        leaf(["x", "1/2", "i", ["y", 1, "i", "i"]], precision=128),
    ),
    "an algebraic bound": ("x <= 3/2", ["x^2 = 2", "x > 0"], REAL, polynomial()),
    "a rational function": ("1/x + x >= 2", [], POSITIVE, polynomial()),
    "a square": ("x*y <= (x^2 + y^2)/2", [], TWO, combine(summand("1/2", ("square", "x - y")))),
    "a quotient": (
        "x/y + y/x >= 2",
        [],
        BOTH_POSITIVE,
        combine(summand(1, ("square", "x - y")), k="x*y"),
    ),
    "hypotheses multiplied": (
        "x*y > 1",
        ["x > 1", "y > 1"],
        TWO,
        combine(summand(1, ("hyp", 0), ("hyp", 1)), summand(1, ("hyp", 0)), summand(1, ("hyp", 1))),
    ),
    "an equation used": (
        "x^2 + y^2 <= 5",
        ["x + y = 1", "-2 <= x*y"],
        TWO,
        combine(summand(1, ("hyp", 0), ("term", "1 + x + y")), summand(2, ("hyp", 1))),
    ),
    "an equation from equations": (
        "x^2 = y^2",
        ["x = y"],
        TWO,
        combine(summand(1, ("hyp", 0), ("term", "x + y"))),
    ),
    "ends of domains": (
        "x*(1 - y) >= 0",
        [],
        {"x": "[0, oo)", "y": "(-oo, 1]"},
        combine(summand(1, ("low", "x"), ("high", "y"))),
    ),
    "a factor of known sign": (
        "x^2*exp(x) + exp(x) > 0",
        [],
        REAL,
        combine(summand(1, ("pos", "exp(x)"), ("square", "x")), summand(1, ("pos", "exp(x)"))),
    ),
    "a factor whose sign is shown": (
        "x*(x^2 - x + 1) >= 0",
        [],
        {"x": "[0, oo)"},
        combine(summand(1, ("low", "x"), ("nonneg", "x^2 - x + 1")), children=[polynomial()]),
    ),
    "a factor that is shown positive": (
        "x*(x^2 - x + 1) > 0",
        [],
        POSITIVE,
        combine(summand(1, ("low", "x"), ("pos", "x^2 - x + 1")), children=[polynomial()]),
    ),
    "rewriting": ("(x + 1)^2 - 2*x > 0", [], REAL, node("rewrite", leaf("i"), goal="0 < x^2 + 1")),
    "rewriting by a factor": (
        "exp(x)*x^2 >= -exp(x)/2",
        [],
        REAL,
        node("rewrite", leaf("i"), goal="-1/2 <= x^2", k="exp(x)"),
    ),
    "monotone": (
        "log(x) <= x - 1",
        [],
        POSITIVE,
        node(
            "split",
            node("monotone", leaf("i"), var="x", end="high"),
            node("monotone", leaf("i"), var="x", end="low"),
            var="x",
            at=1,
        ),
    ),
    "strictly monotone": (
        "log(x) < x - 1",
        [],
        {"x": "(1, oo)"},
        node("monotone", leaf("i"), var="x", end="low", strict=True),
    ),
    "monotone towards a limit": (
        "log(1 + 1/x) > 1/(1 + x)",
        [],
        POSITIVE,
        node("monotone", polynomial(), var="x", end="high", by="limit", strict=True),
    ),
    "telescoping": (
        "1/x > 0",
        [],
        POSITIVE,
        node("telescope", polynomial(), polynomial(), var="x", bound="-1/x", strict=True),
    ),
    "constant": (
        "log(2*x) = log(x) + log(2)",
        [],
        POSITIVE,
        node(
            "split",
            node("monotone", combine(), combine(), var="x", end="high"),
            node("monotone", combine(), combine(), var="x", end="low"),
            var="x",
            at=1,
        ),
    ),
    "concave": (
        "log(x) >= (x - 1)/2",
        [],
        {"x": "[1, 2]"},
        node("concave", leaf("i"), leaf("i"), var="x"),
    ),
    "strictly concave": (
        "sqrt(x) > x",
        [],
        {"x": "(0, 1)"},
        node("concave", leaf("i"), leaf("i"), var="x", strict=True),
    ),
    "convex": (
        "exp(x) >= 1 + x",
        [],
        REAL,
        node("convex", combine(), var="x", at="0"),
    ),
    "conjunction": (
        "x <= 1 and 0 <= x",
        ["x^2 <= x"],
        REAL,
        node("and_goal", polynomial(), polynomial()),
    ),
    "disjunction": (
        "x < 1 or x > 0",
        [],
        REAL,
        node("or_goal", node("absorb", ASSUMPTION, hyp=0), index=1, assume=[0]),
    ),
    "a disjunction assumed": (
        "x^2 > 1",
        ["x < -1 or x > 2"],
        REAL,
        node("or_hyp", polynomial(), polynomial(), hyp=0),
    ),
    "cases": (
        "abs(x) >= x",
        [],
        REAL,
        node(
            "cases",
            law("abs_nonneg", node("replace", combine(), hyp=1), a="x"),
            node("absorb", leaf("i"), hyp=0),
            on="0 <= x",
        ),
    ),
    "a step between": (
        "x^4 >= 2*x^2 - 1",
        [],
        REAL,
        node(
            "have",
            polynomial(),
            combine(summand(1, ("hyp", 0))),
            formula="0 <= (x^2 - 1)^2",
        ),
    ),
    "unfolded": (
        "x > 0",
        ["1/log(x) <= 5"],
        REAL,
        node("unfold", ASSUMPTION, hyp=0),
    ),
    "refuted": ("1 = 2", ["x^2 < 0"], REAL, node("refute", polynomial(), hyp=0)),
    "weakened": (
        "x <= 2",
        ["y <= exp(x)", "x^2 <= 1"],
        {"x": "[-5, 2]", "y": "real"},
        node("weaken", polynomial(), drop=[0], unused=["y"], domains={"x": "real"}, strict=True),
    ),
    "absorbed": ("sqrt(x) >= 0", ["x >= 0"], REAL, node("absorb", leaf("i"), hyp=0)),
    "absorbed to nothing": ("1 = 2", ["x < 0"], POSITIVE, node("absorb", hyp=0)),
    "enumerated": (
        "2^n >= n^2",
        [],
        {"n": "natural [4, 6]"},
        node("enumerate", leaf("i"), leaf("i"), leaf("i"), var="n"),
    ),
    "split naturals": (
        "(2*n - 7)^2 >= 1",
        [],
        {"n": "natural"},
        node("split", polynomial("n"), polynomial("n"), var="n", at="7/2"),
    ),
    "relaxed": ("2^n > 0", [], {"n": "natural"}, node("relax", leaf("i"), var="n")),
    "eliminated": (
        "y >= 0",
        ["y = x^2"],
        TWO,
        node("eliminate", leaf("i"), hyp=0, var="y"),
    ),
    "a gap of naturals": (
        "k + 1 <= n",
        ["k < n"],
        {"k": "natural", "n": "natural"},
        node("gap", combine(summand(-1, ("hyp", 1)), summand(1, ("low", "m"))), hyp=0, name="m"),
    ),
    "defined": (
        "exp(x)^2 - 2*exp(x) + 1 >= 0",
        [],
        REAL,
        node("define", node("replace", polynomial("u"), hyp=0, back=True), term="exp(x)", name="u"),
    ),
    "generalized": (
        "exp(x)^2 + exp(x) > 0",
        [],
        REAL,
        node("generalize", polynomial("u"), term="exp(x)", name="u", domain="(0, oo)"),
    ),
    "Lambert W solved": (
        "LambertW(x, 0)*exp(LambertW(x, 0)) = x",
        [],
        {"x": "[0, oo)"},
        node("lambert", combine(summand(-1, ("hyp", 0))), arg="x", branch=0, name="w"),
    ),
    "the other branch": (
        "LambertW(x, -1) <= -1",
        [],
        {"x": "[-1/3, 0)"},
        node("lambert", ASSUMPTION, arg="x", branch=-1, name="w"),
    ),
    "a law": (
        "log(x*y) <= x + y - 2",
        [],
        BOTH_POSITIVE,
        law(
            "log_product",
            law(
                "log_below",
                law(
                    "log_below",
                    combine(summand(1, ("hyp", 0)), summand(1, ("hyp", 1)), summand(1, ("hyp", 2))),
                    a="y",
                ),
                a="x",
            ),
            a="x",
            b="y",
        ),
    ),
    "a law with a premise to show": (
        "sqrt(x^2 + 1) <= x + 1",
        [],
        {"x": "[0, oo)"},
        law("sqrt_below", polynomial(), ASSUMPTION, a="x^2 + 1", b="x + 1"),
    ),
}
_BEYOND = summand(1, ("hyp", 1)), summand(1, ("low", "y"))
_ABOVE = combine(*_BEYOND, summand(1))
_ROWS["compared with a point"] = (
    "log(x) - log(y) <= x - y",
    ["y <= x"],
    {"x": "[1, oo)", "y": "[1, oo)"},
    node(
        "compare",
        node("and_goal", _ABOVE, node("have", _ABOVE, combine(*_BEYOND, k="z"), formula="0 < z")),
        combine(),
        var="x",
        point="y",
        name="z",
        side="above",
    ),
)

#: By name: a true statement and a proof of it.
PROOFS: dict[str, tuple[Statement, Node]] = {
    name: (Statement.parse(show, given, variables), proof)
    for name, (show, given, variables, proof) in _ROWS.items()
}
