"""What each tactic is for: a true statement with a proof object, and a false neighbour without one."""

import pytest

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.forms import factored
from srverify.numerics.tactics.renaming import renamed, unnamed
from srverify.numerics.tactics.search import find

POSITIVE, NONNEGATIVE = "(0, oo)", "[0, oo)"
TINY = "1/10^30"
#: The divergence of two-point distributions.
KL = "(p*log(p/q) + (1-p)*log((1-p)/(1-q)))"
#: Seconds that a search may take: a cap, since in a long process it takes several times as long.
LIMIT = 60.0
_BINOMIAL = "gamma(n+1)/(gamma(k+1)*gamma(n-k+1))"
_ENTROPY = "(n/k)^k*(n/(n-k))^(n-k)"
_NATURALS = dict.fromkeys("nk", "natural [1, oo)")
_RATE = "sqrt({c})*sqrt(2*J/log(exp(2)*k^2/(2*J))) <= k*exp(1 + lambertw(-2*J/(exp(2)*k^2), -1)/2)"
_GROWTH = "p*log(1 + f) + (1-p)*log(1 - f) <= {c} + p*log(p) + (1-p)*log(1-p)"
_CHOICE = "p*exp(a - p)/({c} + exp(a - p)) <= lambertw(exp(a - 1))"
_DECAY = "s - t <= {c}*k*lambertw(s/k*exp((s - t)/k)) <= s"
_KEYS = ["M <= 1 + (k - 1)/(8*x)", "(k - 1)/(8*x) < M"]
_SMALL_STEPS = {"k": "[2, oo)", "x": "(0, 1/16]", "M": "[1, oo)"}
_SCHUR = "sqrt(x)*(x - y)*(x - z) + sqrt(y)*(y - x)*(y - z) + sqrt(z)*(z - x)*(z - y) {} 0"
_HOLDER = "a*c + b*d <= {}*(a^3 + b^3)^(1/3)*(c^(3/2) + d^(3/2))^(2/3)"
_DIODE = "h/R*lambertw(S*R/h*exp((V + S*R)/h)) - {} <= V/R"
_FRESNEL = (
    "((n^2*cos(t) - sqrt(n^2 - sin(t)^2))/(n^2*cos(t) + sqrt(n^2 - sin(t)^2)))^2"
    " {} ((cos(t) - sqrt(n^2 - sin(t)^2))/(cos(t) + sqrt(n^2 - sin(t)^2)))^2"
)
_ROOTS = "sqrt(2*x) + sqrt(2*y) + sqrt(2*z) {} sqrt(x + y) + sqrt(y + z) + sqrt(z + x)"
_BATEMAN = "a/(a-b)*(exp(-b*t) - exp(-a*t)) <= {}*(b/a)^(b/(a-b))"
_SUM_WITH_POWER = "a*x + b/x^c >= {}*(a/c)^(c/(1+c))*b^(1/(1+c))"
_CHORD = "log(x) - (log(a)*(b - x) + log(b)*(x - a))/(b - a) <= (b - a)^2/({}*a^2)"
_ABSORBED = "exp(-a*x)*(1 - exp(-b*x)) <= {}"
_LOSS = "d*erfc(-d/sqrt(2))/2 + exp(-d^2/2)/{}"
_FIDELITY = "abs(p - q) {} sqrt(1 - (sqrt(p*q) + sqrt((1 - p)*(1 - q)))^2)"
_SIDES = "sqrt(a+b-c) + sqrt(b+c-a) + sqrt(c+a-b) {} sqrt(a) + sqrt(b) + sqrt(c)"
_TRIANGLE = ["a < b + c", "b < c + a", "c < a + b"]
_DETERMINANTS = "sqrt(a*c - b^2) + sqrt(x*z - y^2) <= {}*sqrt((a+x)*(c+z) - (b+y)^2)"
_MATRICES = {**dict.fromkeys("acxz", POSITIVE), "b": "real", "y": "real"}
_CONCAVE = "sqrt(4*x + 1) + sqrt(4*y + 1) + sqrt(4*z + 1) > {}"
_ACUTE = "sin(x) + sin(y) + sin(x + y) {}"
_RIGHT = dict.fromkeys("xy", "(0, pi/2)")
_LOCZI = "{}*log(x) <= lambertw(-x, -1) <= log(x) - log(-log(x))"
_TANGENTS = "tan(x) + tan(y) + tan(pi - x - y) >= {}*sqrt(3)"
_TIMELIKE = "sqrt(a^2 - b^2) + sqrt(c^2 - d^2) <= sqrt((a + c)^2 - (b + d)^2) - {}"
_CONES = {"a": POSITIVE, "b": NONNEGATIVE, "c": POSITIVE, "d": NONNEGATIVE}
PAIRS = {
    "logarithms of what a lower branch is of": (
        (_LOCZI.format("exp(1)/(exp(1) - 1)"), [], {"x": "(0, exp(-1))"}),
        (_LOCZI.format("1.58"), [], {"x": "(0, exp(-1))"}),
    ),
    "what is said of two angles said of the third one": (
        (_TANGENTS.format(3), ["2*x + 2*y > pi"], _RIGHT),
        (_TANGENTS.format("3.01"), ["2*x + 2*y > pi"], _RIGHT),
    ),
    "a root below another one, squared aside": (
        (_TIMELIKE.format(0), ["b < a", "d < c"], _CONES),
        (_TIMELIKE.format("1/100"), ["b < a", "d < c"], _CONES),
    ),
    "a sine of a sum above its chord": (
        (_ACUTE.format("> 2"), ["x + y > pi/2"], _RIGHT),
        (_ACUTE.format("> 2.01"), ["x + y > pi/2"], _RIGHT),
    ),
    "two acute angles of a triangle": (
        (_ACUTE.format("<= 3*sqrt(3)/2"), ["x + y > pi/2"], _RIGHT),
        (_ACUTE.format("<= 1.49*sqrt(3)"), ["x + y > pi/2"], _RIGHT),
    ),
    "concave functions above their chords": (
        (_CONCAVE.format("2 + sqrt(5)"), ["x + y + z = 1"], dict.fromkeys("xyz", POSITIVE)),
        (_CONCAVE.format("2.001 + sqrt(5)"), ["x + y + z = 1"], dict.fromkeys("xyz", POSITIVE)),
    ),
    "an absolute value below a root of roots": (
        (_FIDELITY.format("<="), [], dict.fromkeys("pq", "[0, 1]")),
        (_FIDELITY.format("<"), [], dict.fromkeys("pq", "[0, 1]")),
    ),
    "slacks of linear hypotheses": (
        (_SIDES.format("<="), _TRIANGLE, dict.fromkeys("abc", POSITIVE)),
        (_SIDES.format("<"), _TRIANGLE, dict.fromkeys("abc", POSITIVE)),
    ),
    "roots of what is linear in variables of their own": (
        (_DETERMINANTS.format(1), ["b^2 < a*c", "y^2 < x*z"], _MATRICES),
        (_DETERMINANTS.format("99/100"), ["b^2 < a*c", "y^2 < x*z"], _MATRICES),
    ),
    "a geometric mean of which there is more": (
        (_ABSORBED.format("b/(a + b)"), [], dict.fromkeys("abx", POSITIVE)),
        (_ABSORBED.format("b/(a + 2*b)"), [], dict.fromkeys("abx", POSITIVE)),
    ),
    "a number in the arguments' mean": (
        ("log(x + y + z) - log(3) >= (log(x) + log(y) + log(z))/3", [], dict.fromkeys("xyz", POSITIVE)),
        ("log(x + y + z) - log(3) >= (2*log(x) + log(z))/3", [], dict.fromkeys("xyz", POSITIVE)),
    ),
    "a value of erfc that goes to 2": (
        (_LOSS.format("sqrt(2*pi)") + " >= d", [], {"d": "real"}),
        (_LOSS.format("sqrt(7*pi)") + " >= d + 1/1000", [], {"d": "real"}),
    ),
    "a unit that is at an end of the order of the variables": (
        (_CHORD.format(8), ["a < x", "x < b"], dict.fromkeys("abx", POSITIVE)),
        (_CHORD.format("8.1"), ["a < x", "x < b"], dict.fromkeys("abx", POSITIVE)),
    ),
    "a geometric mean whose weights vary": (
        (_BATEMAN.format(1), ["b < a"], dict.fromkeys("abt", POSITIVE)),
        (_BATEMAN.format("99/100"), ["b < a"], dict.fromkeys("abt", POSITIVE)),
    ),
    "a geometric mean whose weights vary, divided by a power": (
        (_SUM_WITH_POWER.format("(1+c)"), [], dict.fromkeys("abcx", POSITIVE)),
        (_SUM_WITH_POWER.format("(1+c+c^2/100)"), [], dict.fromkeys("abcx", POSITIVE)),
    ),
    "a variable for a cosine": (
        (_FRESNEL.format("<="), [], {"n": "(1, oo)", "t": "[0, pi/2)"}),
        (_FRESNEL.format("<"), [], {"n": "(1, oo)", "t": "[0, pi/2)"}),
    ),
    "sums over pairs": (
        (_ROOTS.format("<="), [], dict.fromkeys("xyz", POSITIVE)),
        (_ROOTS.format("<"), [], dict.fromkeys("xyz", POSITIVE)),
    ),
    "a value of W in a divisor": (
        ("m*log(2)/lambertw(m*log(2)) >= m/log2(m)", [], {"m": "[2, oo)"}),
        ("m*log(2)/lambertw(m*log(2)) >= m/log2(m)", [], {"m": "[3/2, oo)"}),
    ),
    "roots of variables before sums of squares": (
        (_SCHUR.format(">="), [], dict.fromkeys("xyz", POSITIVE)),
        (_SCHUR.format(">"), [], dict.fromkeys("xyz", POSITIVE)),
    ),
    "powers of products of roots of sums": (
        (_HOLDER.format(1), [], dict.fromkeys("abcd", POSITIVE)),
        (_HOLDER.format("99/100"), [], dict.fromkeys("abcd", POSITIVE)),
    ),
    "a value of W times what varies": (
        (_DIODE.format("S"), [], dict.fromkeys("VRSh", POSITIVE)),
        (_DIODE.format("S/2"), [], dict.fromkeys("VRSh", POSITIVE)),
    ),
    "a hypothesis about an absolute value": (
        ("(1 + t)^n <= exp(t*n)", ["abs(t) <= 1"], {"t": "real", "n": "natural [1, oo)"}),
        ("(1 + t)^n <= exp(t*n)", ["abs(t) <= 2"], {"t": "real", "n": "natural [1, oo)"}),
    ),
    "a hypothesis about a multiple of an absolute value": (
        ("cos(x) >= 1/2", ["3*abs(x) <= pi"], {"x": "real"}),
        ("cos(x) > 1/2", ["3*abs(x) <= pi"], {"x": "real"}),
    ),
    "products compared factor by factor": (
        ("k*log(M) <= 16*x*(M + 1)*(1 + log(k/x))", _KEYS, _SMALL_STEPS),
        ("k*log(M) <= 8*x*(M + 1)*log(k/x)/2", _KEYS, _SMALL_STEPS),
    ),
    "logarithms that hypotheses compare, with room": (
        ("log(M) <= 1 + log(k/x)", _KEYS, _SMALL_STEPS),
        ("log(M) + 3 <= log(k/x)", _KEYS, _SMALL_STEPS),
    ),
    "logarithms in exponents": (
        (
            "p*exp(1 + log(w) + w - p) <= w*(1 + exp(1 + log(w) + w - p))",
            [],
            dict.fromkeys("pw", POSITIVE),
        ),
        (
            "p*exp(1 + log(w) + w - p) <= w*(99/100 + exp(1 + log(w) + w - p))",
            [],
            dict.fromkeys("pw", POSITIVE),
        ),
    ),
    "W's equation solved for what is in an exponent (a price)": (
        (_CHOICE.format(c="1"), [], {"a": "real", "p": POSITIVE}),
        (_CHOICE.format(c="99/100"), [], {"a": "real", "p": POSITIVE}),
    ),
    "W at what one variable is a divisor in (Schnell and Mendoza)": (
        (_DECAY.format(c="1"), [], dict.fromkeys("skt", POSITIVE)),
        (_DECAY.format(c="99/100"), [], dict.fromkeys("skt", POSITIVE)),
    ),
    "logarithms with equal factors, and that of a number (Kelly)": (
        (_GROWTH.format(c="log(2)"), [], dict.fromkeys("pf", "(0, 1)")),
        (_GROWTH.format(c=f"log(2) - {TINY}"), [], dict.fromkeys("pf", "(0, 1)")),
    ),
    "a sum of logarithms, one of which hides another": (
        ("log(1 - exp(-1)) + log(x) <= log(x - log(x))", [], {"x": "[1, oo)"}),
        (f"log(1 - exp(-1) + {TINY}) + log(x) <= log(x - log(x))", [], {"x": "[1, oo)"}),
    ),
    "a root of an exponential of what is never positive": (
        ("sqrt(-w*exp(w)/(log(-w) - w)) <= exp(w/2)", [], {"w": "(-oo, -1]"}),
        (f"sqrt(-w*exp(w)/(log(-w) - w)) <= (1 - {TINY})*exp(w/2)", [], {"w": "(-oo, -1]"}),
    ),
    "a value of W at a quotient of powers": (
        (_RATE.format(c="1 - exp(-1)"), ["J <= exp(1)*k^2/2"], {"k": POSITIVE, "J": POSITIVE}),
        (_RATE.format(c=f"1 - exp(-1) + {TINY}"), ["J <= exp(1)*k^2/2"], {"k": POSITIVE, "J": POSITIVE}),
    ),
    "a base that is 0 where a hypothesis is an equation": (
        (
            "exp(-x) - (1 - x/n)^n <= x^2*exp(-x)/n",
            ["x <= n"],
            {"n": "natural [1, oo)", "x": NONNEGATIVE},
        ),
        (
            "exp(-x) - (1 - x/n)^n <= 9/10*x^2*exp(-x)/n",
            ["x <= n"],
            {"n": "natural [1, oo)", "x": NONNEGATIVE},
        ),
    ),
    "a power that is largest where its base is not 0": (
        ("(n - x)^n <= n^n*exp(-x)", ["x <= n"], {"n": POSITIVE, "x": NONNEGATIVE}),
        (f"(n - x)^n + {TINY} <= n^n*exp(-x)", ["x <= n"], {"n": POSITIVE, "x": NONNEGATIVE}),
    ),
    "an approximation between roots": (
        (
            "abs(log10(x) - 0.86304*(x-1)/(x+1) - 0.36415*((x-1)/(x+1))^3) <= 0.00061",
            [],
            {"x": "[1/sqrt(10), sqrt(10)]"},
        ),
        (
            "abs(log10(x) - 0.86304*(x-1)/(x+1) - 0.36415*((x-1)/(x+1))^3) <= 0.0006",
            [],
            {"x": "[1/sqrt(10), sqrt(10)]"},
        ),
    ),
    "an exponential undone in an equation that has a root at 0": (
        ("2*(c - 1)/c^2 < p < 2*(c - 1)", ["1 - p = exp(-c*p)"], {"p": "(0, 1)", "c": "(1, oo)"}),
        ("p < 19/10*(c - 1)", ["1 - p = exp(-c*p)"], {"p": "(0, 1)", "c": "(1, oo)"}),
    ),
    "roots that are powers of one root": (
        (
            "((sqrt(a) + (a*b)^(1/4) + sqrt(b))/3)^2 < ((a^(1/3) + b^(1/3))/2)^3",
            ["a < b"],
            {"a": POSITIVE, "b": POSITIVE},
        ),
        (
            f"((sqrt(a) + (a*b)^(1/4) + sqrt(b))/3)^2 + {TINY}*b < ((a^(1/3) + b^(1/3))/2)^3",
            ["a < b"],
            {"a": POSITIVE, "b": POSITIVE},
        ),
    ),
    "roots of a number up to 1": (
        ("((sqrt(a) + a^(1/4) + 1)/3)^2 < ((a^(1/3) + 1)/2)^3", [], {"a": "(0, 1)"}),
        ("((sqrt(a) + a^(1/4) + 1)/3)^2 < ((a^(1/3) + 1)/2)^3", [], {"a": "(0, 1]"}),
    ),
    "products of values beside a function of a product": (
        ("erf(x)*erf(y) <= 1 - exp(-4*x*y/pi)", [], dict.fromkeys("xy", POSITIVE)),
        ("erf(x)*erf(y) <= 1 - exp(-1.27*x*y)", [], dict.fromkeys("xy", POSITIVE)),
    ),
    "powers with a product above 1": (
        ("(sin(x)/x)^(2*p) + (tan(x)/x)^p > 2", [], {"x": "(0, pi/2)", "p": POSITIVE}),
        (f"(sin(x)/x)^(2*p) + (tan(x)/x)^p > 2 + {TINY}", [], {"x": "(0, pi/2)", "p": POSITIVE}),
    ),
    "a variable in logarithms only, with an end that is no rational": (
        (
            "1/(1 - log(z)) <= -W(-log(z))/log(z) <= exp(1)",
            [],
            {"z": "(1, exp(exp(-1)))"},
        ),
        ("-W(-log(z))/log(z) <= 2.718", [], {"z": "(1, exp(exp(-1)))"}),
    ),
    "a divergence below a moment generating function": (
        (
            "q*log(q/p) + (1 - q)*log((1 - q)/(1 - p)) >= c*q - log(1 - p + p*exp(c))",
            [],
            {"q": "(0, 1)", "p": "(0, 1)", "c": "real"},
        ),
        (
            f"q*log(q/p) + (1 - q)*log((1 - q)/(1 - p)) >= {TINY} + c*q - log(1 - p + p*exp(c))",
            [],
            {"q": "(0, 1)", "p": "(0, 1)", "c": "real"},
        ),
    ),
    "logarithms of factors of a monomial": (
        (
            "log(x*y) + log(z)/2 <= x^2*y^2*z - (1 + log(2))/2",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
        (
            f"log(x*y) + log(z)/2 <= x^2*y^2*z - (1 + log(2))/2 - {TINY}",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
    ),
    "a tail above an exponential with a parameter": (
        (
            "erfc(x) >= sqrt(2*exp(1)/pi)*sqrt(b - 1)/b*exp(-b*x^2)",
            [],
            {"x": NONNEGATIVE, "b": "(1, oo)"},
        ),
        (
            "erfc(x) >= 1.001*sqrt(2*exp(1)/pi)*sqrt(b - 1)/b*exp(-b*x^2)",
            [],
            {"x": NONNEGATIVE, "b": "(1, oo)"},
        ),
    ),
    "an inverse hyperbolic cosine that is a logarithm of roots": (
        ("acosh((k + 1)/(k - 1)) = log((sqrt(k) + 1)/(sqrt(k) - 1))", [], {"k": "(1, oo)"}),
        (f"acosh((k + 1)/(k - 1)) + {TINY} <= log((sqrt(k) + 1)/(sqrt(k) - 1))", [], {"k": "(1, oo)"}),
    ),
    "the root of a square of a quotient": (
        ("sqrt(((u^2 + 1)/(u^2 - 1))^2 - 1) = -2*u/(u^2 - 1)", [], {"u": "(0, 1)"}),
        ("sqrt(((u^2 + 1)/(u^2 - 1))^2 - 1) = 2*u/(u^2 - 1)", [], {"u": "(0, 1)"}),
    ),
    "two variables in their product only": (
        ("1/cosh(n*log(t)) <= 2*(1/t)^n", [], {"t": "(1, oo)", "n": "natural [1, oo)"}),
        ("1/cosh(n*log(t)) <= 19/10*(1/t)^n", [], {"t": "(1, oo)", "n": "natural [1, oo)"}),
    ),
    "Jensen's inequality with a weight that is a variable": (
        (
            "t*W(x) + (1 - t)*W(y) <= W(t*x + (1 - t)*y)",
            [],
            {"x": "(-exp(-1), oo)", "y": "(-exp(-1), oo)", "t": "(0, 1)"},
        ),
        (
            f"t*W(x) + (1 - t)*W(y) + {TINY} <= W(t*x + (1 - t)*y)",
            [],
            {"x": "(-exp(-1), oo)", "y": "(-exp(-1), oo)", "t": "(0, 1)"},
        ),
    ),
    "Jensen's inequality with two weights": (
        (
            "exp(a*x + b*y + (1 - a - b)*z) <= a*exp(x) + b*exp(y) + (1 - a - b)*exp(z)",
            ["a + b <= 1"],
            {**dict.fromkeys("xyz", "real"), **dict.fromkeys("ab", "(0, 1)")},
        ),
        (
            "exp(a*x + b*y + (1 - a - b)*z) <= a*exp(x) + b*exp(y) + (1 - a - b)*exp(z)",
            ["a + b <= 2"],
            {**dict.fromkeys("xyz", "real"), **dict.fromkeys("ab", "(0, 1)")},
        ),
    ),
    "two angles of a triangle": (
        (
            "tan(a/2)^2 + tan(b/2)^2 + tan((pi - a - b)/2)^2"
            " >= 2 - 8*sin(a/2)*sin(b/2)*sin((pi - a - b)/2)",
            ["a + b < pi"],
            dict.fromkeys("ab", "(0, pi)"),
        ),
        (
            "tan(a/2)^2 + tan(b/2)^2 + tan((pi - a - b)/2)^2"
            " >= 2 - 7*sin(a/2)*sin(b/2)*sin((pi - a - b)/2)",
            ["a + b < pi"],
            dict.fromkeys("ab", "(0, pi)"),
        ),
    ),
    "a variable below 0 among others": (
        (
            "log(1 + exp(x)) <= log(1 + exp(z)) + (x - z)/2 + tanh(z/2)/(4*z)*(x^2 - z^2)",
            ["z != 0"],
            dict.fromkeys("xz", "real"),
        ),
        (
            f"log(1 + exp(x)) <= log(1 + exp(z)) + (x - z)/2 + tanh(z/2)/(4*z)*(x^2 - z^2) - {TINY}",
            ["z != 0"],
            dict.fromkeys("xz", "real"),
        ),
    ),
    "factors that vanish where two variables are equal": (
        (
            "(x - y)*(1/(1 + exp(-x)) - 1/(1 + exp(-y))) >= 4*(1/(1 + exp(-x)) - 1/(1 + exp(-y)))^2",
            [],
            dict.fromkeys("xy", "real"),
        ),
        (
            "(x - y)*(1/(1 + exp(-x)) - 1/(1 + exp(-y)))"
            " >= 4001/1000*(1/(1 + exp(-x)) - 1/(1 + exp(-y)))^2",
            [],
            dict.fromkeys("xy", "real"),
        ),
    ),
    "a disjunction of which one side overflows": (
        (
            "exp(2*b)*(1/2 + a) <= 1/2 + a + b implies b <= 0",
            [],
            {"a": NONNEGATIVE, "b": "real"},
        ),
        (
            "exp(2*b)*(1/2 + a) <= 1/2 + a + b implies b < 0",
            [],
            {"a": NONNEGATIVE, "b": "real"},
        ),
    ),
    "a logarithm below a line through 0": (
        ("(1 - exp(-1))*w <= w - log(w)", [], {"w": "[1, oo)"}),
        ("(1 - 0.367)*w <= w - log(w)", [], {"w": "[1, oo)"}),
    ),
    "a hyperbolic cosine far from 0": (
        (
            "1/cosh(n*acosh((k + 1)/(k - 1))) <= 2*((sqrt(k) - 1)/(sqrt(k) + 1))^n",
            [],
            {"k": "(1, oo)", "n": "natural [1, oo)"},
        ),
        (
            "1/cosh(n*acosh((k + 1)/(k - 1))) <= 19/10*((sqrt(k) - 1)/(sqrt(k) + 1))^n",
            [],
            {"k": "(1, oo)", "n": "natural [1, oo)"},
        ),
    ),
    "norms whose variables have a given sum": (
        (
            "sqrt(a^2 + b^2) + sqrt(b^2 + c^2) + sqrt(c^2 + a^2) >= sqrt(2)",
            ["a + b + c = 1"],
            dict.fromkeys("abc", "(0, 1)"),
        ),
        (
            f"sqrt(a^2 + b^2) + sqrt(b^2 + c^2) + sqrt(c^2 + a^2) >= sqrt(2) + {TINY}",
            ["a + b + c = 1"],
            dict.fromkeys("abc", "(0, 1)"),
        ),
    ),
    "the soft maximum of a number and 0": (
        (
            "max(x, 0) + log(2)*exp(-abs(x)) <= log(1 + exp(x)) <= max(x, 0) + exp(-abs(x))",
            [],
            {"x": "real"},
        ),
        (f"x + log(2)*exp(-x) + {TINY} <= log(1 + exp(x))", [], {"x": NONNEGATIVE}),
    ),
    "tangents of tangents at an angle": (
        ("tan(a) + tan(b) + tan(c) >= 3*sqrt(3)", ["a + b + c = pi"], dict.fromkeys("abc", "(0, pi/2)")),
        (
            f"tan(a) + tan(b) + tan(c) >= 3*sqrt(3) + {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
    ),
    "a product of functions of the angles of a triangle": (
        (
            "8*sin(a/2)*sin(b/2)*sin(c/2) >= 2 - tan(a/2)^2 - tan(b/2)^2 - tan(c/2)^2",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
        (
            f"8*sin(a/2)*sin(b/2)*sin(c/2) >= 2 + {TINY} - tan(a/2)^2 - tan(b/2)^2 - tan(c/2)^2",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
    ),
    "angles of a triangle below pi/2": (
        ("1/cos(a) + 1/cos(b) + 1/cos(c) >= 6", ["a + b + c = pi"], dict.fromkeys("abc", "(0, pi/2)")),
        (
            f"1/cos(a) + 1/cos(b) + 1/cos(c) >= 6 + {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
    ),
    "a product of sines of the angles of a triangle": (
        ("sin(a)*sin(b)*sin(c) <= 3*sqrt(3)/8", ["a + b + c = pi"], dict.fromkeys("abc", "(0, pi)")),
        (
            f"sin(a)*sin(b)*sin(c) <= 3*sqrt(3)/8 - {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
    ),
    "a product of tangents of the angles of a triangle": (
        ("tan(a)*tan(b)*tan(c) >= 3*sqrt(3)", ["a + b + c = pi"], dict.fromkeys("abc", "(0, pi/2)")),
        (
            f"tan(a)*tan(b)*tan(c) >= 3*sqrt(3) + {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
    ),
    "sums that a bound for a root is reached in": (
        (
            "1/sin(a) + 1/sin(b) + 1/sin(c) >= 2*sqrt(3)",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
        (
            f"1/sin(a) + 1/sin(b) + 1/sin(c) >= 2*sqrt(3) + {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
    ),
    "cosines of differences of the angles of a triangle": (
        (
            "8*cos(a)*cos(b)*cos(c) <= cos(a - b)*cos(b - c)*cos(c - a)",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
        (
            f"8*cos(a)*cos(b)*cos(c) + {TINY} <= cos(a - b)*cos(b - c)*cos(c - a)",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
    ),
    "sines of halves of the angles of a triangle": (
        (
            "sin(a/2)*sin(b/2) + sin(b/2)*sin(c/2) + sin(c/2)*sin(a/2) <= 3/4",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
        (
            f"sin(a/2)*sin(b/2) + sin(b/2)*sin(c/2) + sin(c/2)*sin(a/2) <= 3/4 - {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
    ),
    "an identity of the angles of a triangle": (
        (
            "tan(a) + tan(b) + tan(c) = tan(a)*tan(b)*tan(c)",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
        (
            f"tan(a) + tan(b) + tan(c) = tan(a)*tan(b)*tan(c) + {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi/2)"),
        ),
    ),
    "sides and angles of a triangle": (
        (
            "u^2 + v^2 + w^2 >= 2*v*w*cos(a) + 2*w*u*cos(b) + 2*u*v*cos(c)",
            ["a + b + c = pi"],
            {**dict.fromkeys("abc", "(0, pi)"), **dict.fromkeys("uvw", "real")},
        ),
        (
            f"u^2 + v^2 + w^2 >= 2*v*w*cos(a) + 2*w*u*cos(b) + 2*u*v*cos(c) + {TINY}",
            ["a + b + c = pi"],
            {**dict.fromkeys("abc", "(0, pi)"), **dict.fromkeys("uvw", "real")},
        ),
    ),
    "tangents of sines of angles below pi": (
        ("sin(a) + sin(b) + sin(c) <= 3*sqrt(3)/2", ["a + b + c = pi"], dict.fromkeys("abc", "(0, pi)")),
        (
            f"sin(a) + sin(b) + sin(c) <= 3*sqrt(3)/2 - {TINY}",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, pi)"),
        ),
    ),
    "a divergence inside of a root": (
        (f"q <= p + sqrt(2*q*{KL})", ["p <= q"], {"p": "(0, 1)", "q": "(0, 1)"}),
        (f"q <= p + sqrt(19/10*q*{KL})", ["p <= q"], {"p": "(0, 1)", "q": "(0, 1)"}),
    ),
    "a divergence inside of a root and outside": (
        (f"q <= p + sqrt(2*p*{KL}) + 2*{KL}", ["p <= q"], {"p": "(0, 1)", "q": "(0, 1)"}),
        (f"q <= p + sqrt(19/10*p*{KL}) + 2*{KL}", ["p <= q"], {"p": "(0, 1)", "q": "(0, 1)"}),
    ),
    "a divergence above a distance of roots": (
        (f"sqrt(q) <= sqrt(p) + sqrt({KL})", [], {"p": "(0, 1)", "q": "(0, 1)"}),
        (f"sqrt(q) <= sqrt(p) + sqrt({KL}/2)", [], {"p": "(0, 1)", "q": "(0, 1)"}),
    ),
    "a function of a sum beside a product of its values": (
        ("erfc(x + y) <= erfc(x)*erfc(y)", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
        (f"erfc(x + y) + {TINY} <= erfc(x)*erfc(y)", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
    ),
    "what a function of a sum is less than strictly": (
        ("erfc((x+y)/sqrt(2)) < erfc(x/sqrt(2))*erfc(y/sqrt(2))", [], {"x": POSITIVE, "y": POSITIVE}),
        ("erfc((x+y)/sqrt(2)) < erfc(x/sqrt(2))*erfc(y/sqrt(2))", [], {"x": NONNEGATIVE, "y": POSITIVE}),
    ),
    "complements of the error function": (
        ("1 - erf(x + y) <= (1 - erf(x))*(1 - erf(y))", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
        (f"1 - erf(x + y) + {TINY} <= (1 - erf(x))*(1 - erf(y))", [], {"x": NONNEGATIVE, "y": POSITIVE}),
    ),
    "products that complements of the error function come to": (
        ("erf(x) + erf(y) <= erf(x + y) + erf(x)*erf(y)", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
        (
            f"erf(x) + erf(y) + {TINY} <= erf(x + y) + erf(x)*erf(y)",
            [],
            {"x": NONNEGATIVE, "y": NONNEGATIVE},
        ),
    ),
    "error functions of exponentials": (
        ("erf(x)*erf(y) <= erf(sqrt(x*y))^2", [], {"x": POSITIVE, "y": POSITIVE}),
        (f"erf(x)*erf(y) + {TINY} <= erf(sqrt(x*y))^2", [], {"x": POSITIVE, "y": POSITIVE}),
    ),
    "divisors that vanish far out": (
        (
            "(exp(((x + y)/2)^2)*erfc((x + y)/2))^2 <= exp(x^2)*erfc(x)*exp(y^2)*erfc(y)",
            [],
            {"x": "real", "y": "real"},
        ),
        (
            f"(exp(((x + y)/2)^2)*erfc((x + y)/2))^2 + {TINY} <= exp(x^2)*erfc(x)*exp(y^2)*erfc(y)",
            [],
            {"x": "real", "y": "real"},
        ),
    ),
    "a bound at which the argument of a logarithm is 1": (
        (
            "abs(y*log(y) - x*log(x)) <= -(y-x)*log(y-x)",
            ["x < y", "y - x <= 1/2"],
            {"x": "(0, 1)", "y": "(0, 1)"},
        ),
        (
            "abs(y*log(y) - x*log(x)) <= -(y-x)*log(y-x)",
            ["x < y", "y - x <= 51/100"],
            {"x": "(0, 1)", "y": "(0, 1)"},
        ),
    ),
    "a binomial by Stirling's bounds, small numbers told apart": (
        (f"sqrt(n/(8*k*(n-k)))*{_ENTROPY} <= {_BINOMIAL}", ["k < n"], _NATURALS),
        (f"sqrt(n/(8*k*(n-k)))*{_ENTROPY} <= {_BINOMIAL}*(1 - {TINY})", ["k < n"], _NATURALS),
    ),
    "a binomial by some of Stirling's bounds": (
        (f"{_BINOMIAL} <= sqrt(n/(2*pi*k*(n-k)))*{_ENTROPY}", ["k <= n - 1"], _NATURALS),
        (f"{_BINOMIAL} <= 9/10*sqrt(n/(2*pi*k*(n-k)))*{_ENTROPY}", ["k <= n - 1"], _NATURALS),
    ),
    "an exponential and a linear factor below a power": (
        ("exp(x)*(1 - x^2/n) <= (1 + x/n)^n", ["abs(x) < n"], {"x": "real", "n": "natural [1, oo)"}),
        (
            f"exp(x)*(1 - x^2/n) + {TINY} <= (1 + x/n)^n",
            ["abs(x) < n"],
            {"x": "real", "n": "natural [1, oo)"},
        ),
    ),
    "the gap between natural variables": (
        ("k^2 + 2*k + 1 <= n^2", ["k < n"], _NATURALS),
        (f"k^2 + 2*k + 1 + {TINY} <= n^2", ["k < n"], _NATURALS),
    ),
    "a maximum below the logarithm of a sum": (
        (
            "max(a, b, c) <= t*log(exp(a/t) + exp(b/t) + exp(c/t))",
            [],
            {"a": "real", "b": "real", "c": "real", "t": POSITIVE},
        ),
        (
            f"max(a, b, c) <= t*log(exp(a/t) + exp(b/t) + exp(c/t)) - {TINY}",
            [],
            {"a": "real", "b": "real", "c": "real", "t": POSITIVE},
        ),
    ),
    "a minimum above the logarithm of a sum": (
        ("-2*log(10^(-a/2) + 10^(-b/2)) <= min(a, b)*log(10)", [], {"a": "real", "b": "real"}),
        (f"-2*log(10^(-a/2) + 10^(-b/2)) + {TINY} <= min(a, b)*log(10)", [], {"a": "real", "b": "real"}),
    ),
    "a logarithm of a quotient above a rational function of it": (
        ("cosh(x) <= ((r^2 + x^2)/(r^2 - x^2))^(r^2/4)", ["x < r"], {"r": POSITIVE, "x": NONNEGATIVE}),
        (
            "cosh(x) <= ((r^2 + x^2)/(r^2 - x^2))^(r^2/4 - 1/10^9)",
            ["x < r"],
            {"r": POSITIVE, "x": NONNEGATIVE},
        ),
    ),
    "powers whose bases are known to be positive": (
        ("a^b*b^c*c^a <= 1", ["a + b + c = 3"], {"a": POSITIVE, "b": POSITIVE, "c": POSITIVE}),
        (f"a^b*b^c*c^a + {TINY} <= 1", ["a + b + c = 3"], {"a": POSITIVE, "b": POSITIVE, "c": POSITIVE}),
    ),
    "norms compared by their squares": (
        (
            "sqrt(1 + (p-1)*y^2) <= (((1+y)^p + (1-y)^p)/2)^(1/p)",
            [],
            {"y": "[0, 1]", "p": "[1, 2]"},
        ),
        (
            f"sqrt(1 + (p-1)*y^2) + {TINY} <= (((1+y)^p + (1-y)^p)/2)^(1/p)",
            [],
            {"y": "[0, 1]", "p": "[1, 2]"},
        ),
    ),
    "powers that their derivatives divide by bases": (
        ("1 + p*(p-1)/2*y^2 <= ((1+y)^p + (1-y)^p)/2", [], {"y": "[0, 1)", "p": "[1, 2]"}),
        (f"1 + p*(p-1)/2*y^2 + {TINY} <= ((1+y)^p + (1-y)^p)/2", [], {"y": "[0, 1)", "p": "[1, 2]"}),
    ),
    "Bernoulli's bound of one of several powers": (
        ("(1 + (p-1)*y^2)^(p/2) <= ((1+y)^p + (1-y)^p)/2", [], {"y": "[0, 1)", "p": "[1, 2]"}),
        (f"(1 + (p-1)*y^2)^(p/2) + {TINY} <= ((1+y)^p + (1-y)^p)/2", [], {"y": "[0, 1)", "p": "[1, 2]"}),
    ),
    "signs of what is beside a root": (
        (
            "q <= p + sqrt(2*p*c) + 2*c",
            ["(q-p)^2 <= 2*q*c", "p <= q"],
            {"p": "(0, 1)", "q": "(0, 1)", "c": NONNEGATIVE},
        ),
        (
            f"q + {TINY} <= p + sqrt(2*p*c) + 2*c",
            ["(q-p)^2 <= 2*q*c", "p <= q"],
            {"p": "(0, 1)", "q": "(0, 1)", "c": NONNEGATIVE},
        ),
    ),
    "an equation solved where the divisor is a number": (
        ("E <= (m + pi*k)/(1 + k)", ["m = E - k*sin(E)"], {"E": "[0, pi]", "k": "[0, 1)", "m": "real"}),
        ("E <= (m + 3*k)/(1 + k)", ["m = E - k*sin(E)"], {"E": "[0, pi]", "k": "[0, 1)", "m": "real"}),
    ),
    "tangents in the squares whose sum is given, at a root": (
        (
            "a/(1-a^2) + b/(1-b^2) + c/(1-c^2) >= 3*sqrt(3)/2",
            ["a^2 + b^2 + c^2 = 1"],
            dict.fromkeys("abc", "(0, 1)"),
        ),
        (
            "a/(1-a^2) + b/(1-b^2) + c/(1-c^2) >= 27*sqrt(3)/10",
            ["a^2 + b^2 + c^2 = 1"],
            dict.fromkeys("abc", "(0, 1)"),
        ),
    ),
    "tangents for functions beside a multiple of a sum": (
        (
            "sqrt(1+a^2) + sqrt(1+b^2) + sqrt(1+c^2) <= sqrt(2)*(a+b+c)",
            ["a*b*c = 1"],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            "sqrt(1+a^2) + sqrt(1+b^2) + sqrt(1+c^2) <= 7/5*(a+b+c)",
            ["a*b*c = 1"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "a superadditive function, by its logarithm": (
        ("erfc(x)*erfc(y) <= erfc(sqrt(x^2 + y^2))", [], dict.fromkeys("xy", POSITIVE)),
        (f"erfc(x)*erfc(y) <= (1 - {TINY})*erfc(sqrt(x^2 + y^2))", [], dict.fromkeys("xy", POSITIVE)),
    ),
    "a subadditive function, a square": (
        ("erf(sqrt(x + y))^2 <= erf(sqrt(x))^2 + erf(sqrt(y))^2", [], dict.fromkeys("xy", POSITIVE)),
        (
            f"erf(sqrt(x + y))^2 + {TINY} <= erf(sqrt(x))^2 + erf(sqrt(y))^2",
            [],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "products of values at functions of one variable by logarithms": (
        ("W(x)*W(1/x) <= W(1)^2", [], {"x": POSITIVE}),
        (f"W(x)*W(1/x) <= (1 - {TINY})*W(1)^2", [], {"x": POSITIVE}),
    ),
    "cases of piecewise linear terms by linear programming": (
        (
            "abs((x - min(max(x,-t),t)) - (y - min(max(y,-t),t))) <= abs(x-y)",
            [],
            {"x": "real", "y": "real", "t": NONNEGATIVE},
        ),
        (
            "abs((x - min(max(x,-t),t)) - (y - min(max(y,-t),t))) <= abs(x-y) - t/10^30",
            [],
            {"x": "real", "y": "real", "t": NONNEGATIVE},
        ),
    ),
    "values of one function by their arguments before these are rewritten": (
        ("exp((cos(2*pi*x)+cos(2*pi*y))/2) <= exp(1)", [], dict.fromkeys("xy", "[-5, 5]")),
        (f"exp((cos(2*pi*x)+cos(2*pi*y))/2) <= exp(1 - {TINY})", [], dict.fromkeys("xy", "[-5, 5]")),
    ),
    "absolute values under either order of a symmetric goal": (
        ("abs(cosh(x)-cosh(y)) >= abs(x-y)*sqrt(sinh(x)*sinh(y))", [], dict.fromkeys("xy", POSITIVE)),
        (
            f"abs(cosh(x)-cosh(y)) >= abs(x-y)*sqrt(sinh(x)*sinh(y)) + {TINY}",
            [],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "values of W ordered by their arguments": (
        ("W(x)/W(2*x) <= 1", [], {"x": POSITIVE}),
        (f"W(x)/W(2*x) <= 1 - {TINY}", [], {"x": POSITIVE}),
    ),
    "products of a function's values beside its value at a geometric mean": (
        ("W(x)*W(y) <= W(sqrt(x*y))^2", [], dict.fromkeys("xy", POSITIVE)),
        (f"W(x)*W(y) <= (1 - {TINY})*W(sqrt(x*y))^2", [], dict.fromkeys("xy", POSITIVE)),
    ),
    "values of a function beside its value at a quadratic mean": (
        ("2*cosh(sqrt((x^2 + y^2)/2)) <= cosh(x) + cosh(y)", [], dict.fromkeys("xy", POSITIVE)),
        (
            f"(2 + {TINY})*cosh(sqrt((x^2 + y^2)/2)) <= cosh(x) + cosh(y)",
            [],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "a function at a geometric mean, ordered variables with other ends": (
        ("2*exp(sqrt(x*y)) <= exp(x) + exp(y)", ["x < y"], {"x": "[1/2, 1]", "y": "(1/2, 1]"}),
        (f"2*exp(sqrt(x*y)) < exp(x) + exp(y) - {TINY}", ["x <= y"], {"x": "[1/2, 1]", "y": "(1/2, 1]"}),
    ),
    "contact to second order at an end, and a hypothesis on the way from there": (
        (
            "(p+t)*log((p+t)/p) + (1-p-t)*log((1-p-t)/(1-p)) >= t^2/(2*p*(1-p))",
            ["p + t < 1"],
            {"p": "[1/2, 1)", "t": "(0, 1/2)"},
        ),
        (
            "(p+t)*log((p+t)/p) + (1-p-t)*log((1-p-t)/(1-p)) >= t^2/(2*p*(1-p))",
            ["p + t < 1"],
            {"p": "[49/100, 1)", "t": "(0, 1/2)"},
        ),
    ),
    "orders of the variables": (
        ("3*x*y*z <= x^3 + y^3 + z^3", [], dict.fromkeys("xyz", NONNEGATIVE)),
        (f"(3 + {TINY})*x*y*z <= x^3 + y^3 + z^3", [], dict.fromkeys("xyz", NONNEGATIVE)),
    ),
    "a sum of squares that vanishes where no fractions are": (
        ("(x^2 + y^2 + z^2)^2 >= 3*(x^3*y + y^3*z + z^3*x)", [], dict.fromkeys("xyz", "real")),
        (
            f"(x^2 + y^2 + z^2)^2 >= (3 + {TINY})*(x^3*y + y^3*z + z^3*x)",
            [],
            dict.fromkeys("xyz", "real"),
        ),
    ),
    "a sum of squares only with a multiplier": (
        ("x^4*y^2 + y^4*z^2 + z^4*x^2 >= 3*x^2*y^2*z^2", [], dict.fromkeys("xyz", "real")),
        (f"x^4*y^2 + y^4*z^2 + z^4*x^2 >= (3 + {TINY})*x^2*y^2*z^2", [], dict.fromkeys("xyz", "real")),
    ),
    "squares, variables and a multiplier that may vanish": (
        (
            "x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y) >= 0",
            [],
            dict.fromkeys("xyz", NONNEGATIVE),
        ),
        (
            f"x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y) >= {TINY}*x^3",
            [],
            dict.fromkeys("xyz", NONNEGATIVE),
        ),
    ),
    "squares and products of hypotheses": (
        (
            "a^2*b*(a - b) + b^2*c*(b - c) + c^2*a*(c - a) >= 0",
            ["a < b + c", "b < c + a", "c < a + b"],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            "a^2*b*(a - b) + b^2*c*(b - c) + c^2*a*(c - a) >= 0",
            ["a < b + c", "b < c + a", "c < 3*(a + b)"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "squares over a disk, with a root": (
        ("x + y <= sqrt(2)", ["x^2 + y^2 <= 1"], {"x": "real", "y": "real"}),
        (f"x + y <= sqrt(2 - {TINY})", ["x^2 + y^2 <= 1"], {"x": "real", "y": "real"}),
    ),
    "squares over a sphere, with a power of a number": (
        ("x*y < 3^(1/3)/2", ["x^2 + y^2 = 1"], {"x": "real", "y": "real"}),
        ("x*y < 3^(1/3)/3", ["x^2 + y^2 = 1"], {"x": "real", "y": "real"}),
    ),
    "sines of sums": (
        ("sin(x + y) <= sin(x) + sin(y)", ["x <= pi", "y <= pi"], dict.fromkeys("xy", NONNEGATIVE)),
        ("sin(x + y) <= sin(x) + sin(y)", ["x <= pi", "y <= 2*pi"], dict.fromkeys("xy", NONNEGATIVE)),
    ),
    "cosines of half sums and differences": (
        (
            "cos(x) + cos(y) <= 2*cos((x + y)/2)",
            ["x <= pi/2", "y <= pi/2"],
            dict.fromkeys("xy", NONNEGATIVE),
        ),
        (
            "cos(x) + cos(y) <= 2*cos((x + y)/2)",
            ["x <= pi/2", "y <= 2*pi"],
            dict.fromkeys("xy", NONNEGATIVE),
        ),
    ),
    "sines of the angles of a triangle": (
        ("sin(x) + sin(y) + sin(x + y) <= 3*sqrt(3)/2", ["x + y < pi"], dict.fromkeys("xy", POSITIVE)),
        (
            f"sin(x) + sin(y) + sin(x + y) <= sqrt(27/4 - {TINY})",
            ["x + y < pi"],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "absolute values of sines": (
        ("abs(sin(x + y)) <= abs(sin(x)) + abs(sin(y))", [], dict.fromkeys("xy", "real")),
        (f"abs(sin(x + y)) <= abs(sin(x)) + (1 - {TINY})*abs(sin(y))", [], dict.fromkeys("xy", "real")),
    ),
    "tangents of sums": (
        ("tan(x) + tan(y) <= tan(x + y)", ["x + y < pi/2"], dict.fromkeys("xy", NONNEGATIVE)),
        ("tan(x) + tan(y) <= tan(x + y)", ["x + y < pi/2"], {"x": NONNEGATIVE, "y": "[-1/10, oo)"}),
    ),
    "tangents of half sums": (
        (
            "tan((x + y)/2) <= (tan(x) + tan(y))/2",
            ["x < pi/2", "y < pi/2"],
            dict.fromkeys("xy", NONNEGATIVE),
        ),
        (
            f"tan((x + y)/2) + {TINY}*x <= (tan(x) + tan(y))/2",
            ["x < pi/2", "y < pi/2"],
            dict.fromkeys("xy", NONNEGATIVE),
        ),
    ),
    "logarithms compared with that of their mean": (
        (
            "a*log(a/c) + b*log(b/d) >= (a + b)*log((a + b)/(c + d))",
            [],
            dict.fromkeys("abcd", POSITIVE),
        ),
        (
            f"a*log(a/c) + b*log(b/d) >= (a + b)*log((a + b)/(c + d)) + {TINY}*a",
            [],
            dict.fromkeys("abcd", POSITIVE),
        ),
    ),
    "logarithms compared with that of a number": (
        ("-x*log(x) - y*log(y) - z*log(z) <= log(3)", ["x + y + z = 1"], dict.fromkeys("xyz", POSITIVE)),
        (
            f"-x*log(x) - y*log(y) - z*log(z) <= log(3 - {TINY})",
            ["x + y + z = 1"],
            dict.fromkeys("xyz", POSITIVE),
        ),
    ),
    "powers compared with their mean": (
        (
            "x*y <= x^p/p + (p - 1)/p*y^(p/(p - 1))",
            [],
            {"x": POSITIVE, "y": POSITIVE, "p": "(1, oo)"},
        ),
        (
            f"(1 + {TINY})*x*y <= x^p/p + (p - 1)/p*y^(p/(p - 1))",
            [],
            {"x": POSITIVE, "y": POSITIVE, "p": "(1, oo)"},
        ),
    ),
    "exponentials compared with their mean": (
        (
            "exp(t*x) <= (1 + x)/2*exp(t) + (1 - x)/2*exp(-t)",
            [],
            {"x": "[-1, 1]", "t": "real"},
        ),
        (
            "exp(t*x) <= (1 + x)/2*exp(t) + (1 - x)/2*exp(-t)",
            [],
            {"x": "[-1, 11/10]", "t": "real"},
        ),
    ),
    "a power compared with its tangent": (
        ("log(x) <= x^a/(a*exp(1))", [], {"x": POSITIVE, "a": POSITIVE}),
        (f"log(x) <= x^a/(a*(exp(1) + {TINY}))", [], {"x": POSITIVE, "a": POSITIVE}),
    ),
    "values at two variables compared by the slope": (
        ("abs(1/(1 + exp(-x)) - 1/(1 + exp(-y))) <= abs(x - y)/4", [], {"x": "real", "y": "real"}),
        (
            f"abs(1/(1 + exp(-x)) - 1/(1 + exp(-y))) <= abs(x - y)*(1/4 - {TINY})",
            [],
            {"x": "real", "y": "real"},
        ),
    ),
    "quotients compared by the slope, up to pi": (
        ("sin(y)/y <= sin(x)/x", ["x <= y", "y <= pi"], dict.fromkeys("xy", POSITIVE)),
        ("sin(y)/y <= sin(x)/x", ["x <= y", "y <= 3*pi"], dict.fromkeys("xy", POSITIVE)),
    ),
    "exponentials below a steep one": (
        ("(1 - p)*exp(-p*t) + p*exp((1 - p)*t) <= exp(t^2/8)", [], {"p": "[0, 1]", "t": "real"}),
        (
            f"(1 - p)*exp(-p*t) + p*exp((1 - p)*t) <= exp(t^2*(1/8 - {TINY}))",
            [],
            {"p": "[0, 1]", "t": "real"},
        ),
    ),
    "a factor at its least value": (
        ("exp(x) <= 1 + x + (exp(b) - b - 1)/b^2*x^2", ["x <= b"], {"x": "real", "b": POSITIVE}),
        (
            f"exp(x) <= 1 + x + (1 - {TINY})*(exp(b) - b - 1)/b^2*x^2",
            ["x <= b"],
            {"x": "real", "b": POSITIVE},
        ),
    ),
    "sine and cosine inside others": (
        ("cos(sin(x)) > sin(cos(x))", [], {"x": "real"}),
        ("cos(sin(x)) > sin(cos(x)) + 1/5", [], {"x": "real"}),
    ),
    "roots of products": (
        ("3*(x*y*z)^(1/3) <= x + y + z", [], dict.fromkeys("xyz", POSITIVE)),
        (f"(3 + {TINY})*(x*y*z)^(1/3) <= x + y + z", [], dict.fromkeys("xyz", POSITIVE)),
    ),
    "orders of the variables, with divisors": (
        ("a/(b + c) + b/(c + a) + c/(a + b) >= 3/2", [], dict.fromkeys("abc", POSITIVE)),
        (f"a/(b + c) + b/(c + a) + c/(a + b) >= 3/2 + {TINY}", [], dict.fromkeys("abc", POSITIVE)),
    ),
    "a square completed": (
        ("3*x^2*y^2 <= x^4*y^2 + x^2*y^4 + 1", [], {"x": "real", "y": "real"}),
        (f"3*x^2*y^2 + {TINY} <= x^4*y^2 + x^2*y^4 + 1", [], {"x": "real", "y": "real"}),
    ),
    "compared with the value at another variable": (
        (
            "a^2*(1 + log(k/a)) < b^2*(1 + log(k/b))",
            ["a < b", "b <= k*exp(1/2)"],
            {"a": POSITIVE, "b": POSITIVE, "k": "[1, oo)"},
        ),
        (
            "a^2*(1 + log(k/a)) < b^2*(1 + log(k/b))",
            ["a < b", "b <= k*2"],
            {"a": POSITIVE, "b": POSITIVE, "k": "[1, oo)"},
        ),
    ),
    "a series for a thin margin": (
        ("abs(sin(x) - (x - x^3/6 + x^5/120)) <= 15502/10^13", [], {"x": "[-1/8, 1/8]"}),
        ("abs(sin(x) - (x - x^3/6 + x^5/120)) <= 94/10^12", [], {"x": "[-1/8, 1/8]"}),
    ),
    "a range in units of a constant": (
        ("sin(x) >= 2*x/pi", ["x <= pi/2"], {"x": NONNEGATIVE}),
        (f"sin(x) >= (2/pi + {TINY})*x", ["x <= pi/2"], {"x": NONNEGATIVE}),
    ),
    "a tangent of the same slope, by 10^-16": (
        ("5463142506141193/2^53*(1 + t) <= exp(t - 1/2)", [], {"t": "real"}),
        ("5463142506141194/2^53*(1 + t) <= exp(t - 1/2)", [], {"t": "real"}),
    ),
    "the same of a polynomial": (
        ("2*x^2 + 6*y - 5 < exp(x^2 + 3*y - 2)", [], {"x": "real", "y": "real"}),
        ("2*x^2 + 6*y - 33/10 < exp(x^2 + 3*y - 2)", [], {"x": "real", "y": "real"}),
    ),
    "a hypothesis divided by what is positive": (
        ("3*r <= d", ["3*(3*n*r^2/d) <= n*d"], {"d": "[1, oo)", "n": POSITIVE, "r": "(0, 1]"}),
        ("3*r <= d", ["3*(3*n*r^2/d) <= n*d + 1/10^6"], {"d": "[1, oo)", "n": POSITIVE, "r": "(0, 2]"}),
    ),
    "an exponential undone in a hypothesis": (
        ("w <= 2*log(3)", ["k*exp(w/2) <= 3*k"], {"k": POSITIVE, "w": "real"}),
        (f"w <= 2*log(3) - {TINY}", ["k*exp(w/2) <= 3*k"], {"k": POSITIVE, "w": "real"}),
    ),
    "a logarithm undone in a hypothesis": (
        ("x < exp(2)", ["log(x)*y < 2*y"], {"x": POSITIVE, "y": POSITIVE}),
        (f"x < exp(2) - {TINY}", ["log(x)*y < 2*y"], {"x": POSITIVE, "y": POSITIVE}),
    ),
    "an equation from both sides": (
        ("x = 1/3", ["x + y + z = 1", "x <= 1/3", "y <= 1/3", "z <= 1/3"], dict.fromkeys("xyz", "real")),
        ("x = 1/3", ["x + y + z = 1", "x <= 1/3", "y <= 1/3"], dict.fromkeys("xyz", "real")),
    ),
    "an argument far from 1": (
        ("exp(300000*x - 7) >= 300000*x - 6", [], {"x": "real"}),
        (f"exp(300000*x - 7) >= 300000*x - 6 + {TINY}", [], {"x": "real"}),
    ),
    "a margin below the rounding of doubles": (
        ("cosh(x) >= 5328399753/10000000000 + x", [], {"x": "real"}),
        ("cosh(x) >= 5328399754/10000000000 + x", [], {"x": "real"}),
    ),
    "ratios to one variable": (
        (
            "p*log(2*p/(p + q)) + q*log(2*q/(p + q)) <= (p + q)*log(2)",
            [],
            dict.fromkeys("pq", POSITIVE),
        ),
        (
            f"p*log(2*p/(p + q)) + q*log(2*q/(p + q)) <= (p + q)*(log(2) - {TINY})",
            [],
            dict.fromkeys("pq", POSITIVE),
        ),
    ),
    "two logarithms of opposite signs": (
        ("2*x*(log(x + 1) - log(x)) >= 1", [], {"x": "[1, oo)"}),
        ("2*x*(log(x + 1) - log(x)) >= 3/2", [], {"x": "[1, oo)"}),
    ),
    "the sign of a value of Lambert W": (
        ("exp(-W(x))/(1 + W(x)) <= 1/(x + 1)", [], {"x": NONNEGATIVE}),
        ("exp(-W(x))/(1 + W(x)) <= 1/(x + 1)", [], {"x": "[-1/3, oo)"}),
    ),
    "a value of Lambert W undone": (
        ("W(x*exp(x)) = x", [], {"x": "[-1, oo)"}),
        ("W(x*exp(x)) = x", [], {"x": "[-101/100, oo)"}),
    ),
    "a value of Lambert W between values": (
        ("W(x + y) <= W(x) + W(y)", [], dict.fromkeys("xy", NONNEGATIVE)),
        (f"W(x + y) + {TINY} <= W(x) + W(y)", [], dict.fromkeys("xy", NONNEGATIVE)),
    ),
    "an end that a strict hypothesis excludes": (
        ("W(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 2/3*u", [], {"u": POSITIVE}),
        ("W(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 2/3*u", [], {"u": NONNEGATIVE}),
    ),
    "logarithms joined before a limit": (
        ("log(x + 1) - log(x) > 2/(2*x + 1)", [], {"x": POSITIVE}),
        (f"log(x + 1) - log(x) > 2/(2*x + 1) + {TINY}", [], {"x": POSITIVE}),
    ),
    "values of Gamma at a distance of 1": (
        ("x^(1 - s) <= gamma(x + 1)/gamma(x + s)", [], {"x": POSITIVE, "s": "(0, 1)"}),
        ("x^(1 - s) <= gamma(x + 1)/gamma(x + s)", [], {"x": POSITIVE, "s": "(0, 2)"}),
    ),
    "a convex function of one of two variables": (
        (
            "(p - q)^2 <= 1 - exp(-(p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))))",
            [],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
        (
            "(p - q)^2 + 1/10^9 <= 1 - exp(-(p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))))",
            [],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
    ),
    "a logarithm compared by its argument": (
        ("log(1 + exp(x)) > max(0, x)", [], {"x": "real"}),
        (f"log(1 + exp(x)) > max(0, x) + {TINY}", [], {"x": "real"}),
    ),
    "Bernoulli's inequality": (
        ("(1 - 3/(M + 1))^k >= 1 - 3*k/(M + 1)", [], {"k": "natural", "M": "natural [3, oo)"}),
        (f"(1 - 3/(M + 1))^k >= 1 + {TINY} - 3*k/(M + 1)", [], {"k": "natural", "M": "natural [3, oo)"}),
    ),
    "products of hypotheses": (
        ("x*z < 1", ["x < y", "z < w", "y*w <= 1"], dict.fromkeys("xyzw", POSITIVE)),
        ("x*z < 1", ["x < y", "z < w", "y*w <= 1"], dict.fromkeys("xyzw", "real")),
    ),
    "equations combined": (
        ("x = 1", ["x + y = 3", "x - y = -1"], {"x": "real", "y": "real"}),
        ("x = 1", ["x + y = 3", f"x - y = {TINY} - 1"], {"x": "real", "y": "real"}),
    ),
    "squares and an equation": (
        ("x + y <= 3/2", ["x^2 + y^2 = 1"], {"x": "real", "y": "real"}),
        ("x + y <= 7/5", ["x^2 + y^2 = 1"], {"x": "real", "y": "real"}),
    ),
    "the base 0 told apart": (
        ("x^p*x^q = x^(p + q)", [], {"x": NONNEGATIVE, "p": POSITIVE, "q": POSITIVE}),
        ("x^p*x^q = x^(p + q)", [], {"x": NONNEGATIVE, "p": POSITIVE, "q": "(-1, oo)"}),
    ),
    "an exponential solved for": (
        ("-LambertW(-z, -1) >= log(1/z)", [], {"z": "(0, 1839/5000]"}),
        ("-LambertW(-z, -1) <= log(1/z)", [], {"z": "(0, 1839/5000]"}),
    ),
    "a fractional power as a variable": (
        ("x*y <= x^3/3 + 2/3*y^(3/2)", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
        (f"x*y + {TINY} <= x^3/3 + 2/3*y^(3/2)", [], {"x": NONNEGATIVE, "y": NONNEGATIVE}),
    ),
    "naturals beside a root": (
        ("(2*n - 617)^2 > 0", [], {"n": "natural [0, 1000]"}),
        ("(2*n - 618)^2 > 0", [], {"n": "natural [0, 1000]"}),
    ),
    "hypotheses that nothing meets": (
        ("1 = 2", ["exp(x) <= y", "y <= x"], {"x": "real", "y": "real"}),
        ("1 = 2", ["exp(x) <= y", "y <= 3*x"], {"x": "real", "y": "real"}),
    ),
    "a ray on which the goal is affine": (
        ("1/2 + a + b < exp(2*b)*(1/2 + a)", [], {"a": NONNEGATIVE, "b": POSITIVE}),
        ("1/2 + a + b < exp(2*b)*(1/2 + a)", [], {"a": "[-1/10, oo)", "b": POSITIVE}),
    ),
    "a bound on a variable that a function implies": (
        ("b <= 0", ["exp(2*b)*(1/2 + a) <= 1/2 + a + b"], {"a": NONNEGATIVE, "b": "real"}),
        (f"b <= -{TINY}", ["exp(2*b)*(1/2 + a) <= 1/2 + a + b"], {"a": NONNEGATIVE, "b": "real"}),
    ),
    "a value of the lower branch by a sum of logarithms, whose exponential is a product": (
        ("log(a) + log(log(a)) < -W(-1/a, -1)", [], {"a": "(exp(1), oo)"}),
        (f"log(a) + log(log(a)) + {TINY} < -W(-1/a, -1)", [], {"a": "(exp(1), oo)"}),
    ),
    "exponentials with nearly the same exponents": (
        ("exp(-(x + y)^2/2)*exp(2*x*y)*x <= exp(-(x - y)^2/2)*x", [], dict.fromkeys("xy", POSITIVE)),
        (
            f"exp(-(x + y)^2/2)*exp(2*x*y)*(1 + {TINY})*x <= exp(-(x - y)^2/2)*x",
            [],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "error functions whose constants cancel at an end of a range": (
        (
            "1 - k <= erfc(log(k)/s - s/4)/2 - k*erfc(log(k)/s + s/4)/2",
            [],
            {"k": "(0, 1]", "s": POSITIVE},
        ),
        (
            f"1 - k + {TINY} <= erfc(log(k)/s - s/4)/2 - k*erfc(log(k)/s + s/4)/2",
            [],
            {"k": "(0, 1]", "s": POSITIVE},
        ),
    ),
    "squares of roots of numbers in arguments of error functions": (
        (
            "1 - k <= erfc((log(k)/s - s/2)/sqrt(2))/2 - k*erfc((log(k)/s + s/2)/sqrt(2))/2",
            [],
            {"k": "(0, 1]", "s": POSITIVE},
        ),
        (
            f"1 - k + {TINY} <= erfc((log(k)/s - s/2)/sqrt(2))/2 - k*erfc((log(k)/s + s/2)/sqrt(2))/2",
            [],
            {"k": "(0, 1]", "s": POSITIVE},
        ),
    ),
    "two branches that meet at the end of the range only": (
        ("W(x)*W(x, -1) < 1", [], {"x": "(-1/e, 0)"}),
        (f"W(x)*W(x, -1) < 1 - {TINY}", [], {"x": "(-1/e, 0)"}),
    ),
    "an exponential above its tangent where that depends on a parameter": (
        ("x/(1 + exp(-x)) >= -W(1/e)", [], {"x": "real"}),
        (f"x/(1 + exp(-x)) >= -W(1/e) + {TINY}", [], {"x": "real"}),
    ),
    "the logarithm of what an equation defines": (
        ("log(w) = -1 - w", ["w*exp(w) = exp(-1)"], {"w": POSITIVE}),
        (f"log(w) = -1 - w - {TINY}", ["w*exp(w) = exp(-1)"], {"w": POSITIVE}),
    ),
    "orders told apart where both sides agree": (
        (
            "(x - y)^2 <= 1 - exp(-x*log(x/y) - (1 - x)*log((1 - x)/(1 - y)))",
            [],
            dict.fromkeys("xy", "(0, 1)"),
        ),
        (
            "(1 + 1/100)*(x - y)^2 <= 1 - exp(-x*log(x/y) - (1 - x)*log((1 - x)/(1 - y)))",
            [],
            dict.fromkeys("xy", "(0, 1)"),
        ),
    ),
    "values of digamma compared by their arguments": (
        ("2*loggamma((x + y)/2) <= loggamma(x) + loggamma(y)", [], dict.fromkeys("xy", POSITIVE)),
        (
            f"2*loggamma((x + y)/2) + {TINY} <= loggamma(x) + loggamma(y)",
            [],
            dict.fromkeys("xy", POSITIVE),
        ),
    ),
    "a hypothesis with a multiplier": (
        ("x >= y*log(x)", ["x >= 2*y*log(y)"], dict.fromkeys("xy", POSITIVE)),
        ("x >= y*log(x)", ["x >= y*log(y)"], dict.fromkeys("xy", POSITIVE)),
    ),
    "a multiplier that is a constant": (
        ("x*exp(x) + y*exp(y) >= 2*exp(1)", ["x + y >= 2"], dict.fromkeys("xy", POSITIVE)),
        (f"x*exp(x) + y*exp(y) >= 2*exp(1) + {TINY}", ["x + y >= 2"], dict.fromkeys("xy", POSITIVE)),
    ),
    "bases of powers told apart at 1": (
        ("x^y + y^x > 1", [], {"x": "(0, 1)", "y": POSITIVE}),
        (f"x^y + y^x > 1 + {TINY}", [], {"x": "(0, 1)", "y": POSITIVE}),
    ),
    "values at two ordered variables in one product": (
        ("y*sin(x) < x*sin(y)", ["y < x", "x < pi/2"], {"x": POSITIVE, "y": POSITIVE}),
        (f"y*sin(x) < x*sin(y) - {TINY}", ["y < x", "x < pi/2"], {"x": POSITIVE, "y": POSITIVE}),
    ),
    "a power of what may be 0": (
        ("(1 - x)^n <= exp(-n*x)", [], {"x": "[0, 1]", "n": "natural"}),
        (f"(1 - x)^n <= exp(-n*x) - {TINY}*x", [], {"x": "[0, 1]", "n": "natural"}),
    ),
    "Chebyshev's sums": (
        (
            "x*exp(-x) + y*exp(-y) + z*exp(-z) <= (x + y + z)/3*(exp(-x) + exp(-y) + exp(-z))",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
        (
            "x*exp(-x) + y*exp(-y) + z*exp(-z)"
            f" <= (x + y + z)/(3 + {TINY})*(exp(-x) + exp(-y) + exp(-z))",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
    ),
    "sines and cosines of one angle on a ray": (
        ("sin(x)*cos(x) < tanh(x)", [], {"x": POSITIVE}),
        (f"sin(x)*cos(x) < (1 - {TINY})*tanh(x)", [], {"x": POSITIVE}),
    ),
    "tangent lines where a sum is given": (
        (
            "a*exp(a) + b*exp(b) + c*exp(c) >= 3*exp(1)",
            ["a + b + c = 3"],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            f"a*exp(a) + b*exp(b) + c*exp(c) >= (3 + {TINY})*exp(1)",
            ["a + b + c = 3"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "tangent lines in logarithms where a product is given": (
        ("exp(a) + exp(b) + exp(c) >= 3*exp(1)", ["a*b*c = 1"], dict.fromkeys("abc", POSITIVE)),
        (
            f"exp(a) + exp(b) + exp(c) >= (3 + {TINY})*exp(1)",
            ["a*b*c = 1"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "tangent lines at an angle": (
        ("sin(a) + sin(b) + sin(c) <= 3*sqrt(3)/2", ["a + b + c = pi"], dict.fromkeys("abc", "(0, 3)")),
        (
            f"sin(a) + sin(b) + sin(c) <= (3 - {TINY})*sqrt(3)/2",
            ["a + b + c = pi"],
            dict.fromkeys("abc", "(0, 3)"),
        ),
    ),
    "tangent planes of roots": (
        (
            "sqrt(x^2 + x*y + y^2) + sqrt(y^2 + y*z + z^2) + sqrt(z^2 + z*x + x^2)"
            " >= sqrt(3)*(x + y + z)",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
        (
            "sqrt(x^2 + x*y + y^2) + sqrt(y^2 + y*z + z^2) + sqrt(z^2 + z*x + x^2)"
            f" >= (1 + {TINY})*sqrt(3)*(x + y + z)",
            [],
            dict.fromkeys("xyz", POSITIVE),
        ),
    ),
    "a sine that is a root": (
        ("sin(pi/3) <= sqrt(3)/2", [], {}),
        (f"sin(pi/3) <= (1 - {TINY})*sqrt(3)/2", [], {}),
    ),
    "a negative cosine and a tangent": (
        ("cos(5*pi/6)*tan(pi/3) <= -3/2", [], {}),
        (f"cos(5*pi/6)*tan(pi/3) <= -3/2 - {TINY}", [], {}),
    ),
    "a convex function that touches at another variable": (
        (
            "log(1 + exp(-y)) <= log(1 + exp(-x)) - (y - x)/(1 + exp(x)) + (y - x)^2/8",
            [],
            {"x": "real", "y": "real"},
        ),
        (
            f"log(1 + exp(-y)) <= log(1 + exp(-x)) - (y - x)/(1 + exp(x)) + (1 - {TINY})*(y - x)^2/8",
            [],
            {"x": "real", "y": "real"},
        ),
    ),
    "variables in exponentials only": (
        (
            "exp(u)/(1 + exp(u))^2 <= exp(abs(u - v))*exp(v)/(1 + exp(v))^2",
            [],
            {"u": "real", "v": "real"},
        ),
        (
            f"exp(u)/(1 + exp(u))^2 <= (1 - {TINY})*exp(abs(u - v))*exp(v)/(1 + exp(v))^2",
            [],
            {"u": "real", "v": "real"},
        ),
    ),
    "a strict hypothesis that fails at an end": (
        ("x^2 < 0", ["exp(x) > exp(1)"], {"x": "[1, 1]"}),
        ("x^2 < 0", [f"exp(x) > exp(1) - {TINY}"], {"x": "[1, 1]"}),
    ),
    "an inequality between x*log(x) and w*exp(w)": (
        ("x <= y/lambertw(y)", ["x*log(x) <= y"], {"x": "(1, oo)", "y": POSITIVE}),
        (f"x <= (1 - {TINY})*y/lambertw(y)", ["x*log(x) <= y"], {"x": "(1, oo)", "y": POSITIVE}),
    ),
    "a bound that a hypothesis has at a number": (
        ("log(w) >= 0", ["w*exp(w) >= exp(1)"], {"w": "[-1, oo)"}),
        ("log(w) >= 0", [f"w*exp(w) >= (1 - {TINY})*exp(1)"], {"w": "[-1, oo)"}),
    ),
    "an equation with tanh solved for its argument": (
        ("m^2 >= 3*(b - 1)/b^3", ["m = tanh(b*m)"], {"b": "(1, oo)", "m": "(0, 1)"}),
        (f"m^2 >= (3 + {TINY})*(b - 1)/b^3", ["m = tanh(b*m)"], {"b": "(1, oo)", "m": "(0, 1)"}),
    ),
    "a logarithm of a quotient of exponentials with signs": (
        ("log((-1)/(exp(-exp(1))*(-exp(1)))) <= exp(1) - 1", [], {}),
        (f"log((-1)/(exp(-exp(1))*(-exp(1)))) <= exp(1) - 1 - {TINY}", [], {}),
    ),
    "powers with exponents up to 1, from below": (
        ("x^y + y^x > 1", [], {"x": "(0, 1)", "y": "(0, 1)"}),
        (f"x^y + y^x > 1 + {TINY}", [], {"x": "(0, 1)", "y": "(0, 1)"}),
    ),
    "hyperbolic functions of several variables": (
        ("cosh(x)*cosh(y) >= cosh((x + y)/2)^2", [], {"x": "real", "y": "real"}),
        (f"cosh(x)*cosh(y) >= (1 + {TINY})*cosh((x + y)/2)^2", [], {"x": "real", "y": "real"}),
    ),
    "logarithms by the product of their arguments": (
        (
            "log(exp((x + u)/2) + exp((y + v)/2)) <= (log(exp(x) + exp(y)) + log(exp(u) + exp(v)))/2",
            [],
            dict.fromkeys("xyuv", "real"),
        ),
        (
            "log(exp((x + u)/2) + exp((y + v)/2))"
            f" <= (log(exp(x) + exp(y)) + log(exp(u) + exp(v)))/2 - {TINY}",
            [],
            dict.fromkeys("xyuv", "real"),
        ),
    ),
    "shares of powers": (
        (
            "a/sqrt(a^2 + 8*b*c) + b/sqrt(b^2 + 8*c*a) + c/sqrt(c^2 + 8*a*b) >= 1",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            f"a/sqrt(a^2 + 8*b*c) + b/sqrt(b^2 + 8*c*a) + c/sqrt(c^2 + 8*a*b) >= 1 + {TINY}",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "shares that depend on sums of the other variables": (
        (
            "(a/(b + c))^(2/3) + (b/(c + a))^(2/3) + (c/(a + b))^(2/3) >= 3/2^(2/3)",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            f"(a/(b + c))^(2/3) + (b/(c + a))^(2/3) + (c/(a + b))^(2/3) >= 3/2^(2/3) + {TINY}",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "shares that are reached, not all at once": (
        (
            "sqrt(a/(b + c)) + sqrt(b/(c + a)) + sqrt(c/(a + b)) > 2",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            f"sqrt(a/(b + c)) + sqrt(b/(c + a)) + sqrt(c/(a + b)) > 2 + {TINY}",
            [],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "two variables that occur in their sum only": (
        (
            "log(1 + a/(b + c)) + exp((b + c)/a) <= a/(b + c) + exp(1 + (b + c)/a) - 1",
            ["a < b + c"],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            "log(1 + a/(b + c)) + exp((b + c)/a) <= a/(b + c) + exp(1 + (b + c)/a) - 8",
            ["a < b + c"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "reciprocals of what has a given product": (
        (
            "1/(a^3*(b + c)) + 1/(b^3*(c + a)) + 1/(c^3*(a + b)) >= 3/2",
            ["a*b*c = 1"],
            dict.fromkeys("abc", POSITIVE),
        ),
        (
            f"1/(a^3*(b + c)) + 1/(b^3*(c + a)) + 1/(c^3*(a + b)) >= 3/2 + {TINY}",
            ["a*b*c = 1"],
            dict.fromkeys("abc", POSITIVE),
        ),
    ),
    "gamma with a parameter of either sign": (
        (
            "gamma(a + d)^2/(gamma(a)*gamma(a + 2*d)) <= a/(a + d^2)",
            ["a + 2*d > 0"],
            {"a": POSITIVE, "d": "real"},
        ),
        (
            f"gamma(a + d)^2/(gamma(a)*gamma(a + 2*d)) <= a/(a + d^2) - {TINY}",
            ["a + 2*d > 0"],
            {"a": POSITIVE, "d": "real"},
        ),
    ),
    "gamma beside the logarithm of a quotient": (
        (
            "gamma(x)*gamma(x + 2*a)/gamma(x + a)^2 >= 1 + a^2/x",
            [],
            dict.fromkeys("ax", POSITIVE),
        ),
        (
            f"gamma(x)*gamma(x + 2*a)/gamma(x + a)^2 >= 1 + (1 + {TINY})*a^2/x",
            [],
            dict.fromkeys("ax", POSITIVE),
        ),
    ),
    "values of gamma that do not matter far away": (
        (
            "1/(x*y) - gamma(x)*gamma(y)/gamma(x + y) <= 1/8",
            [],
            dict.fromkeys("xy", "[1, oo)"),
        ),
        (
            "1/(x*y) - gamma(x)*gamma(y)/gamma(x + y) <= 0.087",
            [],
            dict.fromkeys("xy", "[1, oo)"),
        ),
    ),
    "a weighted mean in a function": (
        (
            "((x + 2*y)/3)*exp((x + 2*y)/3) <= (x*exp(x) + 2*y*exp(y))/3",
            [],
            {"x": "(-1, oo)", "y": "(-1, oo)"},
        ),
        (
            f"((x + 2*y)/3)*exp((x + 2*y)/3) <= (1 - {TINY})*(x*exp(x) + 2*y*exp(y))/3",
            [],
            {"x": "(-1, oo)", "y": "(-1, oo)"},
        ),
    ),
    "an absolute value below a root": (
        ("3*abs(x + y) <= sqrt(18)*sqrt(x^2 + y^2)", [], {"x": "real", "y": "real"}),
        (f"3*abs(x + y) <= (4 + {TINY})*sqrt(x^2 + y^2)", [], {"x": "real", "y": "real"}),
    ),
    "a number between functions of different variables": (
        (
            "(exp(x) - 1 - x)/x^2 <= (exp(y) - 1 - y)/y^2",
            ["x < y", "x != 0", "y != 0"],
            {"x": "real", "y": "real"},
        ),
        (
            f"(exp(x) - 1 - x)/x^2 <= (exp(y) - 1 - y)/y^2 - {TINY}",
            ["x < y", "x != 0", "y != 0"],
            {"x": "real", "y": "real"},
        ),
    ),
    "a shift by the variable outside of functions": (
        (
            "log(exp(x) + exp(y)) - x <= log(2)*exp((y - x)/2)",
            ["y <= x"],
            {"x": "real", "y": "real"},
        ),
        (
            f"log(exp(x) + exp(y)) - x <= log(2 - {TINY})*exp((y - x)/2)",
            ["y <= x"],
            {"x": "real", "y": "real"},
        ),
    ),
    "an even function, compared at equal variables": (
        (
            "log(1 + exp(x)) <= log(1 + exp(t)) + (x - t)/2 + tanh(t/2)/(4*t)*(x^2 - t^2)",
            [],
            {"x": "real", "t": POSITIVE},
        ),
        (
            f"log(1 + exp(x)) <= log(1 + exp(t)) + (x - t)/2 + tanh(t/2)/(4*t)*(x^2 - t^2) - {TINY}",
            [],
            {"x": "real", "t": POSITIVE},
        ),
    ),
    "products of functions of two ordered variables": (
        ("t*(exp(z) - 1) <= tanh(t/2)*z*(exp(z) + 1)", ["t < z"], {"t": POSITIVE, "z": POSITIVE}),
        (
            f"(1 + {TINY})*t*(exp(z) - 1) <= tanh(t/2)*z*(exp(z) + 1)",
            ["t < z"],
            {"t": POSITIVE, "z": POSITIVE},
        ),
    ),
    "variables between others": (
        ("exp(z) >= 1 + z + z^2/2", ["x < z", "z < y"], {"x": POSITIVE, "y": POSITIVE, "z": "real"}),
        (
            f"exp(z) >= 1 + z + (1/2 + {TINY})*z^2",
            ["x < z", "z < y"],
            {"x": POSITIVE, "y": POSITIVE, "z": "real"},
        ),
    ),
    "a mean and a relative distance": (
        (
            "(x - y)/(2*asin((x - y)/(x + y))) < (x + y + sqrt(x*y))/3",
            ["y < x"],
            {"x": POSITIVE, "y": POSITIVE},
        ),
        (
            f"(x - y)/(2*asin((x - y)/(x + y))) < (x + y + sqrt(x*y))/(3 + {TINY})",
            ["y < x"],
            {"x": POSITIVE, "y": POSITIVE},
        ),
    ),
    "a minimum at a number that an equation pins": (
        ("x/(1 + exp(-x)) >= -W(exp(-1))", [], {"x": "real"}),
        (f"x/(1 + exp(-x)) >= {TINY} - W(exp(-1))", [], {"x": "real"}),
    ),
    "a maximum at a number that an equation pins, beyond where a slope turns": (
        ("u^5/(exp(u) - 1) <= -(5 + W(-5*exp(-5)))^4*W(-5*exp(-5))", [], {"u": POSITIVE}),
        (f"u^5/(exp(u) - 1) <= -(5 + W(-5*exp(-5)))^4*W(-5*exp(-5)) - {TINY}", [], {"u": POSITIVE}),
    ),
    "both halves of an absolute value": (
        (
            "abs(p*log(p) + (1 - p)*log(1 - p) - q*log(q) - (1 - q)*log(1 - q))"
            " <= -(q - p)*log(q - p) - (1 - q + p)*log(1 - q + p)",
            ["p < q"],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
        (
            "abs(p*log(p) + (1 - p)*log(1 - p) - q*log(q) - (1 - q)*log(1 - q))"
            f" <= -(q - p)*log(q - p) - (1 - q + p)*log(1 - q + p) - {TINY}",
            ["p < q"],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
    ),
    "a sum of two like sums": (
        (
            "((p - q)^2/(p + q) + (p - q)^2/(2 - p - q))/2 <= p*log(2*p/(p + q)) + q*log(2*q/(p + q))"
            " + (1 - p)*log(2*(1 - p)/(2 - p - q)) + (1 - q)*log(2*(1 - q)/(2 - p - q))",
            [],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
        (
            f"((p - q)^2/(p + q) + (p - q)^2/(2 - p - q))/2 + {TINY}"
            " <= p*log(2*p/(p + q)) + q*log(2*q/(p + q))"
            " + (1 - p)*log(2*(1 - p)/(2 - p - q)) + (1 - q)*log(2*(1 - q)/(2 - p - q))",
            [],
            {"p": "(0, 1)", "q": "(0, 1)"},
        ),
    ),
    "exponentials and hyperbolic functions of one variable": (
        ("(exp(x) - 1)/(x*(1 + exp(x))) <= tanh(x/2)/x", [], {"x": POSITIVE}),
        (f"(1 + {TINY})*(exp(x) - 1)/(x*(1 + exp(x))) <= tanh(x/2)/x", [], {"x": POSITIVE}),
    ),
    "kinks": (
        ("min(x, 1 - x) <= 1/2", [], {"x": "[0, 1]"}),
        ("min(x, 1 - x) < 1/2", [], {"x": "[0, 1]"}),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_true_statement_has_a_proof_object(name):
    statement = Statement.parse(*PAIRS[name][0])
    proof, reason = find(statement, LIMIT)
    assert proof is not None, reason
    assert check(statement, proof).steps >= 1


@pytest.mark.parametrize("name", PAIRS)
def test_its_false_neighbour_has_none(name):
    true, false = (Statement.parse(*parts) for parts in PAIRS[name])
    assert find(false, 0.5)[0] is None
    proof, _ = find(true, LIMIT)
    assert proof is not None
    with pytest.raises(RejectedError):
        check(false, proof)


@pytest.mark.parametrize(
    ("show", "domains", "witness"),
    [
        ("tan(x)^2 >= 0", {"x": "[1, 2]"}, {"x": "(1/2)*pi"}),
        (
            "x*y + tan(2*x + 1)^2 >= 0",
            {"x": "[0, 2]", "y": "[0, 1]"},
            {"x": "(1/4)*pi - (1/2)", "y": "0"},
        ),
        ("gamma(x)^2 >= 0", {"x": "[-1/2, 2]"}, {"x": "0"}),
    ],
)
def test_a_pole_in_the_range_refutes(show, domains, witness):
    statement = Statement.parse(show, (), domains)
    result = prove(statement, 20.0)
    assert result.status == "refuted"
    assert {name: str(value) for name, value in result.witness.items()} == witness
    assert violates(statement, result.witness)


@pytest.mark.parametrize(
    ("show", "given", "domains"),
    [
        (
            "abs(exp(x)/(exp(x) + exp(y)) - exp(u)/(exp(u) + exp(v))) <= max(abs(x - u), abs(y - v))/4",
            [],
            dict.fromkeys("xyuv", "real"),
        ),
        ("lambertw(-a*t)/t >= -a/(1 - 3*a*t/2)", ["a*t <= exp(-1)"], {"a": POSITIVE, "t": POSITIVE}),
        ("(1 + u)^n <= 1 + 1.06*n*u", ["n*u <= 1/8"], {"n": "natural", "u": "(0, 1)"}),
    ],
    ids=[
        "several variables, none far away",
        "close to the edge of a hypothesis",
        "at an edge that a natural variable moves",
    ],
)
def test_violations_in_small_regions_are_found(show, given, domains):
    statement = Statement.parse(show, given, domains)
    result = prove(statement, 20.0)
    assert result.status == "refuted"
    assert violates(statement, result.witness)


@pytest.mark.parametrize("name", ["kinks", "an exponential solved for"])
def test_false_neighbours_are_refuted(name):
    statement = Statement.parse(*PAIRS[name][1])
    result = prove(statement, 10.0)
    assert result.status == "refuted"
    assert violates(statement, result.witness)


def test_a_power_that_is_not_multiplied_out_is_an_atom():
    parts = factored(parse_term("(1 - x)^600 + exp(x)"))
    assert parts is not None
    assert [str(factor) for factor, _ in parts.above] == ["exp(x) + (1 - x)^600"]


def test_a_proof_serves_under_another_name():
    first, second = (
        Sequent.of(Statement.parse(f"log({x}) <= {x} - 1", (), {x: POSITIVE})) for x in ("u", "v")
    )
    assert unnamed(first)[0] == unnamed(second)[0]
    proof, _ = find(Statement.parse("log(u) <= u - 1", (), {"u": POSITIVE}), LIMIT)
    assert proof is not None
    assert renamed(second, proof, {"u": "v"}) is not None
    assert renamed(first, proof, {"u": "v"}) is None


def test_names_that_mean_something_else_are_not_trusted():
    statement = Statement.parse("low^2 - low + 1 > 0", (), {"low": POSITIVE})
    other = Sequent.of(Statement.parse("y^2 - y > 0", (), {"y": POSITIVE}))
    proof, _ = find(statement, LIMIT)
    assert proof is not None
    assert renamed(other, proof, {"low": "y"}) is None


@pytest.mark.parametrize("low", ["10^9", "10^2", "0"])
def test_exponentials_of_large_numbers_are_not_written_out(low):
    statement = Statement.parse(
        "exp(x)/(exp(x) + exp(y)) >= exp(y)/(exp(x) + exp(y))",
        ["x >= y"],
        {"x": f"[{low}, 10^12]", "y": f"[-10^12, {low}]"},
    )
    proof, reason = find(statement, LIMIT)
    assert proof is not None, reason
    assert check(statement, proof).steps >= 1
