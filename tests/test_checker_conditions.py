"""Every side condition of a rule, by a false statement that is proved as soon as the condition is gone.

The reason of the rejection is compared: a proof that is rejected for another reason shows nothing.
"""

import pytest
from proof_objects import POSITIVE, REAL, TWO, combine, law, leaf, node, polynomial, summand

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.language.statement import Statement

ASSUMED = {"rule": "assumption"}
UNIT = {"x": "[0, 1]"}
NATURAL = {"n": "natural"}
CHILDREN = r"\d children are needed"


def weakened(text, of="x"):
    return node("weaken", leaf("i"), domains={of: text})


def monotone(*children, **more):
    return node("monotone", *children, **({"var": "x", "end": "low"} | more))


def telescope(*children, **more):
    return node("telescope", *children, **({"var": "x"} | more))


def compare(*children, **more):
    return node("compare", *children, **({"var": "x", "name": "z", "side": "above"} | more))


FALSE = {
    # Formulas.
    "an alternative is assumed to fail where it is undefined": (
        "sqrt(x) < 0 or x >= 0",
        [],
        {"x": "[-1, 1]"},
        node("or_goal", ASSUMED, index=1, assume=[0]),
        CHILDREN,
    ),
    "cases of what may be undefined": (
        "x >= 0",
        [],
        {"x": "[-1, 1]"},
        node("cases", ASSUMED, ASSUMED, on="0 <= sqrt(x)"),
        CHILDREN,
    ),
    "a lemma that is not shown": (
        "x >= 2",
        [],
        REAL,
        node("have", ASSUMED, formula="x >= 2"),
        CHILDREN,
    ),
    "a part of a conjunction is not shown": (
        "x >= 0 and x >= 1",
        [],
        UNIT,
        node("and_goal", leaf("i")),
        CHILDREN,
    ),
    "a part of a disjunction is not looked at": (
        "x >= 1",
        ["x >= 1 or x >= 0"],
        {"x": "[0, 2]"},
        node("or_hyp", ASSUMED, hyp=0),
        CHILDREN,
    ),
    "an assumption that is another": ("x >= 1", ["x >= 0"], REAL, ASSUMED, "no hypothesis"),
    "a strict goal from a weak hypothesis": ("x < 1", ["x <= 1"], REAL, ASSUMED, "no hypothesis"),
    "an inequality read backwards": ("x <= y", ["y <= x"], TWO, ASSUMED, "no hypothesis"),
    "a conjunction of which a part is known": (
        "x >= 0 and x >= 1",
        ["x >= 0"],
        REAL,
        ASSUMED,
        "no hypothesis",
    ),
    # Domains.
    **{
        f"a domain within {text} said to be larger": (
            show,
            [],
            {"x": domain},
            weakened(text),
            "not larger",
        )
        for show, domain, text in (
            ("x <= 1", "[0, 2]", "[0, 1]"),
            ("x >= 1", "[0, 2]", "[1, 2]"),
            ("x > 0", "[0, 2]", "(0, 2]"),
            ("x < 2", "[0, 2]", "[0, 2)"),
            ("x <= 5", "real", "(-oo, 5]"),
            ("x >= 0", "real", "[0, oo)"),
        )
    },
    "a real variable said to be natural": (
        "x = 0 or x >= 1",
        [],
        {"x": "[0, 1]"},
        node(
            "weaken", node("enumerate", leaf("i"), leaf("i"), var="x"), domains={"x": "natural [0, 1]"}
        ),
        "not larger",
    ),
    "an equation said to be strict": (
        "x = 1",
        [],
        {"x": "[0, 1/2]"},
        node("weaken", leaf("i"), strict=True),
        "strict form",
    ),
    "an equation absorbed as a bound": (
        "x = 2",
        ["x = 1"],
        {"x": "[1, oo)"},
        node("absorb", leaf("h"), hyp=0),
        "does not bound",
    ),
    "half of a domain": (
        "x <= 1",
        [],
        {"x": "[0, 2]"},
        node("split", leaf("i"), var="x", at=1),
        CHILDREN,
    ),
    "a natural number less": (
        "n <= 1 or n >= 3",
        [],
        NATURAL,
        node("split", leaf("i"), leaf("i"), leaf("i"), var="n", at=1),
        CHILDREN,
    ),
    "a value left out": (
        "n <= 1",
        [],
        {"n": "natural [0, 2]"},
        node("enumerate", leaf("i"), leaf("i"), var="n"),
        CHILDREN,
    ),
    "the ends of real numbers enumerated": (
        "x*(1 - x) <= 0",
        [],
        UNIT,
        node("enumerate", leaf("i"), var="x"),
        "infinitely many",
    ),
    "infinitely many numbers enumerated": (
        "n <= 0",
        [],
        NATURAL,
        node("enumerate", leaf("i"), var="n"),
        "infinitely many",
    ),
    "a hypothesis relaxed that is weaker then": (
        "n >= 1",
        ["0^n < 1"],
        NATURAL,
        node("relax", leaf("h"), var="n"),
        "exponent in a hypothesis",
    ),
    "a real variable relaxed": ("x >= 1", [], REAL, node("relax", leaf("i"), var="x"), "not natural"),
    # Covers and polynomials.
    "a box of which half is covered": (
        "x <= 1",
        [],
        {"x": "[0, 2]"},
        leaf(["x", 1, "i", "i"]),
        "not decided",
    ),
    "a box of a disjunction by one part": (
        "x <= 1/2 or x >= 3/4",
        [],
        UNIT,
        leaf("m"),
        "not decided",
    ),
    "a conjunction by slopes of a part": ("x >= 0 and x >= 1/2", [], UNIT, leaf("m"), "not decided"),
    "a hypothesis that fails on half of the box": (
        "x >= 1",
        ["x >= 1/2"],
        UNIT,
        leaf("h"),
        "not decided",
    ),
    **{
        f"an equation of which one side is above, by the leaf {tree}": (
            "x = 2 + exp(x)",
            [],
            {"x": "(0, 1)"},
            leaf(tree),
            "not decided",
        )
        for tree in ("m", "t", "el1", "eh1")
    },
    "an equation by slopes": ("x = x^2/2", [], UNIT, leaf("m"), "not decided"),
    "an equation by a series": ("x = exp(x) - 1", [], UNIT, leaf("t"), "not decided"),
    "slopes across a corner": ("abs(x - 1/3) > 0", [], UNIT, leaf("m"), "not decided"),
    "slopes across a pole": ("1/(x - 1/3) + 2 > 0", [], UNIT, leaf("m"), "not decided"),
    "slopes on an infinite box": ("x >= 0", [], REAL, leaf("m"), "not decided"),
    "a series across a corner": ("abs(x - 1/3) > 0", [], UNIT, leaf("t"), "not decided"),
    "a series across a pole": ("1/(x - 1/3) + 2 > 0", [], UNIT, leaf("t"), "not decided"),
    "a series at the branch point of a root": (
        "sqrt(x) <= 1/2 + x/3",
        [],
        {"x": "[0, 4]"},
        leaf("t", order=3),
        "not decided",
    ),
    "a series whose remainder is of the wrong order": (
        "exp(x) <= 1 + x + x^2/2",
        [],
        UNIT,
        leaf("t", order=2),
        "not decided",
    ),
    "a polynomial with another variable": ("x*y >= 0", [], TWO, polynomial(), "not rational in x"),
    "a polynomial that fails at a root": ("(x^2 - 2)^2 > 0", [], REAL, polynomial(), "fails somewhere"),
    "a polynomial that fails between roots": (
        "x*(x - 1) >= 0",
        [],
        REAL,
        polynomial(),
        "fails somewhere",
    ),
    "a quotient whose divisor vanishes": (
        "(x^2 - 2)/(x^2 - 2) = 1",
        [],
        REAL,
        polynomial(),
        "fails somewhere",
    ),
    "a polynomial beyond an open end": (
        "x >= 0",
        [],
        {"x": "(-1, oo)"},
        polynomial(),
        "fails somewhere",
    ),
    "a polynomial at a closed end": ("x > 0", [], {"x": "[0, oo)"}, polynomial(), "fails somewhere"),
    # Identities.
    "a factor that may be negative": (
        "0 <= x",
        [],
        REAL,
        combine(summand(1, ["term", "x"])),
        "do not show",
    ),
    "a coefficient below 0": (
        "x^2 <= 0",
        [],
        REAL,
        combine(summand(-1, ["square", "x"])),
        "do not show",
    ),
    "a weak sum for a strict goal": (
        "0 < x^2",
        [],
        REAL,
        combine(summand(1, ["square", "x"])),
        "do not show",
    ),
    "a coefficient 0 for a strict goal": (
        "0 < 0*x",
        [],
        REAL,
        combine(summand(0)),
        "do not show",
    ),
    "a weak factor beside a strict one": (
        "0 < x*y",
        [],
        {"x": "[0, oo)", "y": "(0, oo)"},
        combine(summand(1, ["low", "x"], ["low", "y"])),
        "do not show",
    ),
    "a positive sum for an equation": (
        "0 = x",
        [],
        POSITIVE,
        combine(summand(1, ["low", "x"])),
        "do not show",
    ),
    "a factor that is said to be positive": (
        "0 < x",
        [],
        {"x": "[-1, 1]"},
        combine(summand(1, ["pos", "x"])),
        CHILDREN,
    ),
    "a factor that is said to be nonnegative": (
        "0 <= x",
        [],
        {"x": "[-1, 1]"},
        combine(summand(1, ["nonneg", "x"])),
        CHILDREN,
    ),
    "a square of what may be undefined": (
        "0 <= x",
        [],
        {"x": "[-1, 1]"},
        combine(summand(1, ["square", "sqrt(x)"])),
        "sides of the identity|" + CHILDREN,
    ),
    "a square of a quotient": (
        "0 <= 1/x^2",
        [],
        {"x": "[-1, 1]"},
        combine(summand(1, ["square", "1/x"])),
        CHILDREN,
    ),
    "a hypothesis that is weak": (
        "0 < x",
        ["0 <= x"],
        REAL,
        combine(summand(1, ["hyp", 0])),
        "do not show",
    ),
    "a multiplier that may be negative": (
        "0 <= x",
        [],
        {"x": "[-1, 1]"},
        combine(summand(1, ["square", "x"]), k="x"),
        CHILDREN,
    ),
    "a multiplier that may be 0": (
        "0 < x",
        [],
        {"x": "[0, 1]"},
        combine(summand(1, ["low", "x"], ["low", "x"]), summand(1, ["low", "x"]), k="x + 1"),
        "do not show",
    ),
    "an equation divided by 0": (
        "x = 1",
        ["x*(x - 1) = 0"],
        REAL,
        combine(summand(-1, ["hyp", 0]), k="-x"),
        "sides of the identity|" + CHILDREN,
    ),
    "a goal that may be undefined": (
        "1/x <= 1/x",
        [],
        REAL,
        combine(),
        CHILDREN,
    ),
    "an identity that is none": (
        "0 <= x",
        [],
        REAL,
        combine(summand(1, ["square", "x"])),
        "sides of the identity",
    ),
    "an open end that is closed": (
        "0 < x",
        [],
        {"x": "[0, 1]"},
        combine(summand(1, ["low", "x"])),
        "do not show",
    ),
    "an upper end that is closed": (
        "0 < 1 - x",
        [],
        {"x": "[0, 1]"},
        combine(summand(1, ["high", "x"])),
        "do not show",
    ),
    "a goal rewritten by a negative factor": (
        "0 <= x",
        [],
        {"x": "[-1, 0]"},
        node("rewrite", leaf("i"), goal="0 <= -x", k="-1"),
        CHILDREN,
    ),
    "a goal rewritten by a factor 0": (
        "x*(x - 1) = 0",
        [],
        UNIT,
        node("rewrite", leaf("i"), goal="0 = 0", k="x"),
        "sides of the identity|" + CHILDREN,
    ),
    "a goal rewritten to a weaker one": (
        "0 < x^2",
        [],
        REAL,
        node("rewrite", leaf("i"), goal="0 <= x^2"),
        "same operator",
    ),
    "a goal rewritten without a divisor": (
        "x/x = 1",
        [],
        REAL,
        node("rewrite", leaf("i"), goal="0 = 0"),
        CHILDREN,
    ),
    "a goal rewritten to another": (
        "0 <= x",
        [],
        REAL,
        node("rewrite", leaf("i"), goal="0 <= x^2"),
        "sides of the identity",
    ),
    # Derivatives.
    "a slope whose sign is not shown": (
        "0 <= x - x^2",
        [],
        {"x": "[0, 2]"},
        monotone(leaf("i")),
        CHILDREN,
    ),
    "a value at the end that is not shown": ("1 <= x", [], UNIT, monotone(), CHILDREN),
    "a function that falls from the lower end": (
        "0 <= 1 - 2*x",
        [],
        UNIT,
        monotone(leaf("i"), leaf("i")),
        "not decided|" + CHILDREN,
    ),
    "an undefined value at the other end": (
        "0 <= x - log(1 - x)",
        [],
        UNIT,
        monotone(leaf("i")),
        CHILDREN,
    ),
    "a cusp that is stepped over": (
        "(x^2)^(1/3) + x >= -1",
        [],
        {"x": "[-8, 1]"},
        monotone(leaf("i"), leaf("i")),
        "not decided|" + CHILDREN,
    ),
    "a strict goal from a weak value at a closed end": (
        "0 < x",
        [],
        UNIT,
        monotone(leaf("i"), strict=True),
        "not decided",
    ),
    "a strict goal from a weak slope at an open end": (
        "0 < x - x",
        [],
        {"x": "(0, 1]"},
        monotone(leaf("i")),
        "not decided",
    ),
    "a limit at a closed end": (
        "0 < x",
        [],
        UNIT,
        monotone(by="limit", strict=True),
        "does not show",
    ),
    "a limit at a closed end at which nothing is defined": (
        "0 <= exp(-1/x)",
        [],
        UNIT,
        monotone(by="limit"),
        "does not show",
    ),
    "a limit for an equation": (
        "exp(-1) = exp(-1)*0",
        [],
        {"x": "(0, oo)"},
        monotone(by="limit", end="high"),
        "does not show",
    ),
    "a limit that is 0 for a weak slope": (
        "0 < 0*x",
        [],
        POSITIVE,
        monotone(by="limit", end="high"),
        "does not show",
    ),
    "a limit below 0": (
        "0 <= exp(-x) - 1",
        [],
        POSITIVE,
        monotone(leaf("i"), by="limit", end="high", strict=True),
        "does not show",
    ),
    "a natural variable in a derivative": (
        "0 <= n",
        [],
        NATURAL,
        monotone(leaf("i"), leaf("i"), var="n"),
        "relax it first",
    ),
    "the value at an infinite end": (
        "0 <= x",
        [],
        REAL,
        monotone(leaf("i"), leaf("i")),
        "no finite end",
    ),
    # Steps of 1.
    "steps that are not shown": (
        "0 <= x - 1",
        [],
        POSITIVE,
        telescope(polynomial(), bound="x - 1"),
        CHILDREN,
    ),
    "steps that go up": (
        "0 <= x - 1",
        [],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="x - 1"),
        "fails somewhere",
    ),
    "a bound that is not shown": ("0 <= -x", [], POSITIVE, telescope(polynomial(), bound="1"), CHILDREN),
    "a bound with a limit below 0": (
        "0 <= 1/x - 1",
        [],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="1/x - 1"),
        "limit of the bound",
    ),
    "a strict goal from weak steps and a limit that is 0": (
        "0 < x - x",
        [],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="0"),
        "limit of the bound",
    ),
    "strict steps that are weak": (
        "0 < x - x",
        [],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="0", strict=True),
        "fails somewhere",
    ),
    "steps out of the range": (
        "0 <= (1 - x)*(x - 1/2)",
        [],
        {"x": "(1/4, 1)"},
        telescope(polynomial(), polynomial(), bound="(1 - x)*(x - 1/2)"),
        "without an end",
    ),
    "steps for an equation": (
        "0 = 1/x",
        [],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="0"),
        "show inequalities",
    ),
    "steps out of the hypotheses": (
        "0 <= (1 - x)*(x - 1/2)",
        ["1/4 < x", "x < 1"],
        POSITIVE,
        telescope(polynomial(), polynomial(), bound="8*(x - 1)^3"),
        "fails somewhere",
    ),
    "a convex function that is concave": (
        "0 <= 1 - x^2",
        [],
        {"x": "[-2, 2]"},
        node("convex", leaf("i"), var="x", at="0"),
        CHILDREN,
    ),
    "a tangent from outside": (
        "0 <= x",
        [],
        UNIT,
        node("convex", leaf("i"), var="x", at="2"),
        CHILDREN,
    ),
    "a tangent at the point itself": (
        "0 <= x^2 - 1",
        [],
        {"x": "[-2, 2]"},
        node("convex", leaf("i"), var="x", at="x"),
        "free of the variable",
    ),
    "an equation by convexity": (
        "0 = x^2",
        [],
        {"x": "[-2, 2]"},
        node("convex", leaf("i"), var="x", at="0"),
        "shows inequalities",
    ),
    "a convex function that is undefined at an end": (
        "0 <= 1 - log(x)",
        [],
        UNIT,
        node("convex", leaf("i"), var="x", at="1/2"),
        CHILDREN,
    ),
    "a tangent below the goal": (
        "0 <= x^2 - 1",
        [],
        {"x": "[-2, 2]"},
        node("convex", leaf("i"), var="x", at="0"),
        "not decided",
    ),
    "an equation by concavity": (
        "0 = x*(1 - x)",
        [],
        UNIT,
        node("concave", leaf("i"), leaf("i"), var="x"),
        "shows inequalities",
    ),
    "a concave function that is convex": (
        "0 <= x*(x - 1)",
        [],
        UNIT,
        node("concave", leaf("i"), leaf("i"), var="x"),
        "not decided|" + CHILDREN,
    ),
    "a chord whose lower end is below 0": (
        "0 <= x",
        [],
        {"x": "[-1, 1]"},
        node("concave", leaf("i"), var="x"),
        CHILDREN,
    ),
    "a strict chord with closed ends": (
        "0 < x*(1 - x)",
        [],
        UNIT,
        node("concave", leaf("i"), leaf("i"), var="x", strict=True),
        "not decided",
    ),
    "a strict chord with a closed upper end": (
        "0 < x*(1 - x)",
        [],
        {"x": "(0, 1]"},
        node("concave", leaf("i"), leaf("i"), var="x", strict=True),
        "not decided",
    ),
    "a strict chord with a closed lower end": (
        "0 < x*(1 - x)",
        [],
        {"x": "[0, 1)"},
        node("concave", leaf("i"), leaf("i"), var="x", strict=True),
        "not decided",
    ),
    "a weak chord that touches at both open ends": (
        "0 < 0*x",
        [],
        {"x": "(0, 1)"},
        node("concave", leaf("i"), leaf("i"), var="x"),
        "not decided",
    ),
    "a chord to an infinite end": (
        "0 <= -x",
        [],
        {"x": "[0, oo)"},
        node("concave", leaf("i"), leaf("i"), var="x"),
        "no finite end",
    ),
    # Comparison with a point.
    "a point on the other side": (
        "0 <= x",
        [],
        {"x": "[-1, 1]"},
        compare(leaf("i"), point="0"),
        CHILDREN,
    ),
    "a point with the variable": (
        "0 <= x",
        [],
        UNIT,
        compare(leaf("i"), point="x"),
        "free of the variable",
    ),
    "a value at the point that is not shown": ("1 <= x", [], UNIT, compare(point="0"), CHILDREN),
    "a function that falls from the point": (
        "0 <= -x",
        [],
        UNIT,
        compare(leaf("i"), point="0"),
        CHILDREN,
    ),
    "a strict goal at the point itself": (
        "0 < x",
        [],
        UNIT,
        compare(leaf("i"), point="0", strict=True),
        CHILDREN,
    ),
    "a pole on the way": (
        "0 <= x + 1/(1 - x)",
        [],
        {"x": "[0, 2]"},
        compare(leaf("i"), point="0"),
        CHILDREN,
    ),
    # Terms.
    "a variable replaced by a term with itself": (
        "x <= 0",
        ["x = x^2 + x - x^2"],
        UNIT,
        node("eliminate", leaf("i"), hyp=0, var="x"),
        "does not say",
    ),
    "a variable eliminated by an inequality": (
        "x <= 0",
        ["x <= 0 + y"],
        {"x": "[0, 1]", "y": "[0, 1]"},
        node("eliminate", leaf("i"), hyp=0, var="x"),
        "does not say",
    ),
    "a natural variable that equals what is not": (
        "n >= 1",
        ["n = x"],
        {"n": "natural", "x": "[1/2, 2]"},
        node("eliminate", leaf("i"), hyp=0, var="n"),
        "not visibly natural",
    ),
    "a gap above what is not natural": (
        "x <= 0",
        ["x < n"],
        {"n": "natural [1, 1]", "x": "(0, 1)"},
        node(
            "gap",
            combine(summand(-1, ("hyp", 1)), summand(1, ("low", "m")), summand(1, ("high", "n"))),
            hyp=0,
            name="m",
        ),
        "not about visibly natural",
    ),
    "a gap below what is not natural": (
        "1 <= x",
        ["k < x"],
        {"k": "natural [0, 0]", "x": "(0, 1)"},
        node(
            "gap",
            combine(summand(-1, ("hyp", 1)), summand(1, ("low", "m")), summand(1, ("low", "k"))),
            hyp=0,
            name="m",
        ),
        "not about visibly natural",
    ),
    "a gap that may be 0": (
        "k + 1 <= n",
        ["k <= n"],
        {"k": "natural", "n": "natural"},
        node("gap", combine(summand(-1, ("hyp", 1)), summand(1, ("low", "m"))), hyp=0, name="m"),
        "differ",
    ),
    "a definition where the term is undefined": (
        "x >= 0",
        [],
        {"x": "[-1, 1]"},
        node("define", node("unfold", ASSUMED, hyp=0), name="u", term="sqrt(x)"),
        CHILDREN,
    ),
    "a name that is taken": ("x = 1", [], REAL, node("define", ASSUMED, name="x", term="1"), "is taken"),
    "a term generalized to a part of its values": (
        "exp(x) <= 2",
        [],
        UNIT,
        node("generalize", leaf("i"), term="exp(x)", name="u", domain="[1, 2]"),
        CHILDREN,
    ),
    "a term generalized below its values": (
        "exp(x) >= 2",
        [],
        UNIT,
        node("generalize", leaf("i"), term="exp(x)", name="u", domain="[2, 3]"),
        CHILDREN,
    ),
    "a term generalized where it is undefined": (
        "sqrt(x) >= 0",
        [],
        {"x": "[-1, 1]"},
        node("generalize", leaf("i"), term="sqrt(x)", name="u", domain="[0, oo)"),
        CHILDREN,
    ),
    "a term generalized to a natural number": (
        "exp(x) = 1 or exp(x) >= 2",
        [],
        UNIT,
        node(
            "generalize",
            node("enumerate", leaf("i"), leaf("i"), var="u"),
            term="exp(x)",
            name="u",
            domain="natural [1, 2]",
        ),
        "must be real",
    ),
    "an inequality that replaces": (
        "x <= 0",
        ["x <= y"],
        {"x": "[0, 1]", "y": "[0, 0]"},
        node("replace", leaf("i"), hyp=0),
        "no equality",
    ),
    "an equality that replaces itself": (
        "x = 1",
        ["x = y"],
        TWO,
        node("replace", leaf("i"), hyp=0, **{"in": [0]}),
        "cannot rewrite itself",
    ),
    "Lambert W left of its branch point": (
        "LambertW(x, 0) >= -1",
        [],
        {"x": "[-1, 0]"},
        node("lambert", leaf("i"), arg="x", branch=0, name="w"),
        CHILDREN,
    ),
    "the lower branch right of 0": (
        "LambertW(x, -1) <= -1",
        [],
        {"x": "[-1/3, 1]"},
        node("lambert", leaf("i"), arg="x", branch=-1, name="w"),
        CHILDREN,
    ),
    "the upper branch below its least value": (
        "LambertW(x, 0) <= -1",
        [],
        {"x": "[-1/3, 1]"},
        node("lambert", leaf("i"), arg="x", branch=0, name="w"),
        "not decided",
    ),
    "the lower branch above its greatest value": (
        "LambertW(x, -1) >= -1",
        [],
        {"x": "[-1/3, -1/4]"},
        node("lambert", leaf("i"), arg="x", branch=-1, name="w"),
        "not decided",
    ),
    "a law whose premise fails": (
        "sqrt((x - 1)*(x - 2)) = sqrt(x - 1)*sqrt(x - 2) or x >= 1",
        [],
        {"x": "[0, 1/2]"},
        law("sqrt_product", node("or_goal", ASSUMED, index=0), a="x - 1", b="x - 2"),
        CHILDREN,
    ),
    "a law whose conclusion is undefined": (
        "x >= 0",
        [],
        {"x": "[-1, 1]"},
        law("sqrt_nonneg", node("unfold", ASSUMED, hyp=0), a="x"),
        CHILDREN,
    ),
    "a law of an undefined argument": (
        "x >= 0",
        [],
        {"x": "[-1, 1]"},
        law("abs_zero", node("unfold", ASSUMED, hyp=0), a="sqrt(x)"),
        CHILDREN,
    ),
    "Lambert W inverted on the wrong branch": (
        "LambertW(x*exp(x), 0) = x",
        [],
        {"x": "[-3, -2]"},
        law("w0_of", ASSUMED, a="x"),
        CHILDREN,
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_no_rule_does_without_its_side_conditions(name):
    show, given, variables, proof, reason = FALSE[name]
    with pytest.raises(RejectedError, match=reason):
        check(Statement.parse(show, given, variables), proof)
