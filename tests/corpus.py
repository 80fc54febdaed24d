"""Inequalities from the literature with the status that each must get, shared by tests and benchmarks.

A row is true or false as written, over its whole domain, definedness included. Tags: ``tight`` (equality
or a limit equality occurs), ``hair`` (the margin is tiny), ``unbounded``, ``compact``, ``polynomial``,
``natural``, ``undefined`` (false because a side is undefined somewhere), ``paper``.
"""

from __future__ import annotations

from dataclasses import dataclass

from srverify.statement import Statement


@dataclass(frozen=True)
class Row:
    """One inequality: where it comes from, its text, and whether it is true."""

    id: str
    source: str
    show: str
    variables: dict[str, str]
    given: tuple[str, ...]
    true: bool
    tags: frozenset[str]

    @property
    def statement(self) -> Statement:
        return Statement.parse(self.show, self.given, self.variables)


AS = "Abramowitz & Stegun, Handbook of Mathematical Functions"
MIT = "Mitrinović, Analytic Inequalities"
HLP = "Hardy, Littlewood, Pólya, Inequalities"
TOP = "Topsøe, Some bounds for the logarithmic function (2007)"
META = "MetiTarski problem set (Akbarpour, Paulson)"
PAPER = "arXiv:2601.22513"
HH = "Hoorfar, Hassani, Inequalities on the Lambert W function (2008)"
CHA = "Chatzigeorgiou, Bounds on the Lambert function (2013)"
POS = "(0, oo)"
NONNEG = "[0, oo)"


def _row(
    name: str, source: str, show: str, true: bool, tags: str, given: str = "", **variables: str
) -> Row:
    hypotheses = tuple(part.strip() for part in given.split(";") if part.strip())
    return Row(name, source, show, variables, hypotheses, true, frozenset(tags.split()))


ROWS = (
    # -- logarithm and exponential, one variable -------------------------------------------------
    _row("log-tangent", MIT, "log(x) <= x - 1", True, "tight unbounded", x=POS),
    _row("log-tangent-strict", MIT, "log(x) < x - 1", False, "tight unbounded", x=POS),
    _row("exp-tangent", MIT, "exp(x) >= 1 + x", True, "tight unbounded", x="real"),
    _row("exp-tangent-strict", AS + " 4.2.30", "exp(x) > 1 + x", True, "tight unbounded", x=POS),
    _row("exp-quadratic", MIT, "exp(x) >= 1 + x + x^2/2", True, "tight unbounded", x=NONNEG),
    _row("exp-quadratic-real", MIT, "exp(x) >= 1 + x + x^2/2", False, "tight unbounded", x="real"),
    _row("exp-cubic", MIT, "exp(x) >= 1 + x + x^2/2 + x^3/6", True, "tight unbounded", x="real"),
    _row("exp-reciprocal", AS + " 4.2.31", "exp(x) <= 1/(1 - x)", True, "tight unbounded", x="(-oo, 1)"),
    _row("exp-1.79", MIT, "exp(x) <= 1 + x + x^2", True, "tight compact hair", x="[0, 1.79]"),
    _row("exp-1.80", MIT, "exp(x) <= 1 + x + x^2", False, "tight compact hair", x="[0, 1.8]"),
    _row("exp-half", AS + " 4.2.37", "exp(-x) < 1 - x/2", True, "tight compact hair", x="(0, 1.5936]"),
    _row("exp-half-too-far", AS + " 4.2.37", "exp(-x) < 1 - x/2", False, "compact hair", x="(0, 1.5937]"),
    _row("exp-sandwich", AS + " 4.2.32", "x/(1 + x) < 1 - exp(-x) and 1 - exp(-x) < x", True,
         "tight unbounded", x=POS),
    _row("exp-chord", MIT, "1 - exp(-x) >= (1 - exp(-1))*x", True, "tight compact", x="[0, 1]"),
    _row("exp-alternating", MIT, "1 - x <= exp(-x) and exp(-x) <= 1 - x + x^2/2", True,
         "tight unbounded", x=NONNEG),
    _row("exp-4.2.33", AS + " 4.2.33", "exp(-x/(1 - x)) < 1 - x and 1 - x < exp(-x)", True,
         "tight", x="(0, 1)"),
    _row("exp-minus-one", AS + " 4.2.38", "x/4 < exp(x) - 1 and exp(x) - 1 < 7*x/4", True,
         "tight compact hair", x="(0, 1)"),
    _row("exp-abs", META, "abs(exp(x) - 1) <= exp(abs(x)) - 1", True, "tight unbounded", x="real"),
    _row("cosh-gauss", MIT, "(exp(x) + exp(-x))/2 <= exp(x^2/2)", True, "tight unbounded", x="real"),
    _row("cosh-quadratic", MIT, "(exp(x) + exp(-x))/2 >= 1 + x^2/2", True, "tight unbounded", x="real"),
    _row("sinh", MIT, "(exp(x) - exp(-x))/2 >= x + x^3/6", True, "tight unbounded", x=NONNEG),
    _row("tanh", MIT, "(1 - exp(-2*x))/(1 + exp(-2*x)) <= x", True, "tight unbounded", x=NONNEG),
    _row("logistic", "Hoeffding's lemma, scalar form", "log(1 + exp(x)) <= log(2) + x/2 + x^2/8", True,
         "tight unbounded", x="real"),
    _row("softplus", "Nesterov smoothing", "log(1 + exp(x)) > max(0, x)", True, "tight unbounded", x="real"),
    _row("softplus-tail", "Nesterov smoothing", "log(1 + exp(-x)) <= exp(-x)", True, "tight unbounded",
         x="real"),
    _row("log-lower", MIT, "log(1 + x) >= x/(1 + x)", True, "tight unbounded", x="(-1, oo)"),
    _row("log-topsoe-lower", TOP, "log(1 + x) >= 2*x/(2 + x)", True, "tight unbounded", x=NONNEG),
    _row("log-topsoe-root", TOP, "log(1 + x) <= x/sqrt(1 + x)", True, "tight unbounded", x=NONNEG),
    _row("log-topsoe-first", TOP, "log(1 + x) <= x*(2 + x)/(2*(1 + x))", True, "tight unbounded",
         x=NONNEG),
    _row("log-topsoe-pade", TOP, "log(1 + x) <= x*(6 + x)/(6 + 4*x)", True, "tight unbounded", x=NONNEG),
    _row("log-topsoe-third", TOP, "log(1 + x) >= x*(6 + 3*x)/(6 + 6*x + x^2)", True, "tight unbounded",
         x=NONNEG),
    _row("log-quadratic", MIT, "log(1 + x) >= x - x^2/2", True, "tight unbounded", x=NONNEG),
    _row("log-quadratic-left", MIT, "log(1 + x) >= x - x^2/2", False, "tight", x="(-1, oo)"),
    _row("log-karamata", "Karamata; Mitrinović 3.6.16", "log(x)/(x - 1) <= 1/sqrt(x)", True,
         "tight unbounded", x="(1, oo)"),
    _row("log-karamata-cubic", "Karamata; Mitrinović 3.6.17",
         "log(x)*(x + x^(1/3)) <= (x - 1)*(1 + x^(1/3))", True, "tight unbounded", x="(1, oo)"),
    _row("log-square", MIT, "x*log(x)^2 <= (x - 1)^2", True, "tight unbounded", x=POS),
    _row("log-over-x", MIT, "log(x)/x <= exp(-1)", True, "tight unbounded", x=POS),
    _row("log-root-constant", PAPER + " (65)", "log(x) <= 2/exp(1)*sqrt(x)", True, "tight unbounded paper",
         x=POS),
    _row("log-root-0.7358", PAPER + " (65)", "log(x) <= 0.7358*sqrt(x)", True, "hair unbounded paper", x=POS),
    _row("log-root-0.7357", PAPER + " (65)", "log(x) <= 0.7357*sqrt(x)", False, "hair unbounded paper",
         x=POS),
    _row("log-root-strict", PAPER + " (65)", "log(x) < sqrt(x)", True, "unbounded paper", x=POS),
    _row("log-cube-root", MIT, "log(x) <= 1.1037*x^(1/3)", True, "hair unbounded", x=POS),
    _row("log-cube-root-false", MIT, "log(x) <= 1.1036*x^(1/3)", False, "hair unbounded", x=POS),
    _row("log-abs", META, "abs(log(1 + x)) <= -log(1 - abs(x))", True, "tight", x="(-1, 1)"),
    _row("log-4.1.35", AS + " 4.1.35", "abs(log(1 - x)) < 3*x/2", True, "tight compact hair",
         x="(0, 0.5828]"),
    _row("log-4.1.35-false", AS + " 4.1.35", "abs(log(1 - x)) < 3*x/2", False, "hair", x="(0, 0.5829]"),
    _row("log-power", AS + " 4.1.37", "log(x) <= n*(x^(1/n) - 1)", True, "tight unbounded", x=POS, n=POS),
    _row("x-log-x", MIT, "x*log(x) >= -exp(-1)", True, "tight unbounded", x=POS),
    _row("x-to-the-x", MIT, "x^x >= exp(-exp(-1))", True, "tight unbounded", x=POS),
    _row("e-from-below", MIT, "x*log(1 + 1/x) < 1", True, "tight unbounded", x=POS),
    _row("e-from-above", MIT, "(x + 1/2)*log(1 + 1/x) > 1", True, "tight unbounded", x=POS),
    _row("e-increasing", MIT, "n*log(1 + 1/n) < (n + 1)*log(1 + 1/(n + 1))", True,
         "tight unbounded natural", n="natural [1, oo)"),
    _row("exp-power", AS + " 4.2.36", "(1 + x/y)^y < exp(x)", True, "tight unbounded", x=POS, y=POS),
    _row("exp-power-lower", AS + " 4.2.36", "exp(x*y/(x + y)) < (1 + x/y)^y", True, "tight unbounded",
         x=POS, y=POS),
    _row("exp-beats-power", MIT, "exp(x) >= x^10", True, "unbounded", x="[36, oo)"),
    _row("exp-beats-power-false", MIT, "exp(x) >= x^10", False, "unbounded", x="[1, oo)"),
    _row("log-bounded", MIT, "log(x) <= 30", False, "unbounded", x="[1, oo)"),
    _row("log-bounded-below", MIT, "log(x) >= -60", False, "unbounded", x="(0, 1]"),
    _row("log-nonnegative-of-real", MIT, "log(x) <= x", False, "undefined", x="real"),
    _row("reciprocal-at-zero", MIT, "1/x > 0", False, "undefined", x="[0, 1]"),
    _row("tang-exp", "Tang's table-driven exp, verified by Harrison in HOL Light",
         "abs(x + 8388676/2^24*x^2 + 11184876/2^26*x^3 - (exp(x) - 1)) <= 23/27/2^33", True,
         "compact hair", x="[-10831/1000000, 10831/1000000]"),
    _row("taylor-exp", "CoqInterval examples", "abs(exp(x) - (1 + x + x^2/2 + x^3/6)) <= 0.0029", True,
         "compact hair", x="[-1/2, 1/2]"),
    _row("taylor-exp-false", "CoqInterval examples", "abs(exp(x) - (1 + x + x^2/2 + x^3/6)) <= 0.00288",
         False, "compact hair", x="[-1/2, 1/2]"),
    _row("constant-e", MIT, "exp(1) < 2.71828182846", True, "hair compact"),
    _row("constant-e-false", MIT, "exp(1) < 2.71828182845", False, "hair compact"),
    _row("constant-log2", MIT, "0.6931471 < log(2) and log(2) < 0.6931472", True, "hair compact"),
    _row("constant-roots", MIT, "sqrt(2) + sqrt(3) < 3.1462644", True, "hair compact"),
    # -- entropy and divergence --------------------------------------------------------------------
    _row("entropy", "Cover, Thomas, Elements of Information Theory",
         "-x*log(x) - (1 - x)*log(1 - x) <= log(2)", True, "tight", x="(0, 1)"),
    _row("entropy-quadratic", TOP + ", bounds for entropy",
         "-x*log(x) - (1 - x)*log(1 - x) >= 4*log(2)*x*(1 - x)", True, "tight", x="(0, 1)"),
    _row("entropy-4.1", TOP + ", bounds for entropy",
         "-x*log(x) - (1 - x)*log(1 - x) >= 2.8*x*(1 - x)", False, "hair", x="(0, 1)"),
    _row("gibbs", "Cover, Thomas, Elements of Information Theory", "x*log(x/y) >= x - y", True,
         "tight unbounded", x=POS, y=POS),
    _row("pinsker", "Pinsker's inequality, two points",
         "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) >= 2*(p - q)^2", True, "tight", p="(0, 1)", q="(0, 1)"),
    _row("pinsker-2.01", "Pinsker's inequality, two points",
         "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) >= 2.01*(p - q)^2", False, "hair", p="(0, 1)", q="(0, 1)"),
    _row("chi-square", "Cover, Thomas", "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) <= (p - q)^2/(q*(1 - q))",
         True, "tight", p="(0, 1)", q="(0, 1)"),
    _row("young-entropy", HLP + " 2.7", "x*y <= x*log(x) - x + exp(y)", True, "tight unbounded", x=POS,
         y="real"),
    _row("young-cubic", HLP + " 2.7", "x*y <= x^3/3 + 2/3*y^(3/2)", True, "tight unbounded", x=NONNEG,
         y=NONNEG),
    _row("log-mean-lower", "Carlson; Mitrinović 3.6.15", "sqrt(x*y)*(log(x) - log(y)) <= x - y", True,
         "tight unbounded", given="x >= y", x=POS, y=POS),
    _row("log-mean-upper", "Carlson; Mitrinović 3.6.15", "2*(x - y) <= (x + y)*(log(x) - log(y))", True,
         "tight unbounded", given="x >= y", x=POS, y=POS),
    # -- means, Bernoulli, polynomials ---------------------------------------------------------------
    _row("bernoulli", MIT, "(1 + x)^a >= 1 + a*x", True, "tight unbounded", x="(-1, oo)", a="[1, oo)"),
    _row("bernoulli-concave", MIT, "(1 + x)^a <= 1 + a*x", True, "tight unbounded", x="(-1, oo)", a="[0, 1]"),
    _row("bernoulli-natural", MIT, "(1 + x)^n >= 1 + n*x", True, "tight unbounded natural", x="(-1, oo)",
         n="natural"),
    _row("bernoulli-real-false", MIT, "(1 + x)^a >= 1 + a*x", False, "unbounded", x="(-1, oo)",
         a="[0, oo)"),
    _row("weighted-am-gm", HLP + " 2.5", "x^t*y^(1 - t) <= t*x + (1 - t)*y", True, "tight unbounded", x=POS,
         y=POS, t="[0, 1]"),
    _row("am-gm", HLP, "sqrt(x*y) <= (x + y)/2", True, "tight unbounded", x=NONNEG, y=NONNEG),
    _row("am-gm-three", HLP, "27*x*y*z <= (x + y + z)^3", True, "tight unbounded polynomial", x=NONNEG,
         y=NONNEG, z=NONNEG),
    _row("gm-hm", HLP, "2*x*y/(x + y) <= sqrt(x*y)", True, "tight unbounded", x=POS, y=POS),
    _row("qm-am", HLP, "(x + y)/2 <= sqrt((x^2 + y^2)/2)", True, "tight unbounded", x="real", y="real"),
    _row("cauchy-schwarz", HLP, "(a*c + b*d)^2 <= (a^2 + b^2)*(c^2 + d^2)", True,
         "tight unbounded polynomial", a="real", b="real", c="real", d="real"),
    _row("triangle", HLP, "sqrt(x^2 + y^2) <= abs(x) + abs(y)", True, "tight unbounded", x="real", y="real"),
    _row("sum-of-cubes", HLP, "x^3 + y^3 + z^3 >= 3*x*y*z", True, "tight unbounded polynomial", x=NONNEG,
         y=NONNEG, z=NONNEG),
    _row("three-squares", HLP, "x^2 + y^2 + z^2 >= x*y + y*z + z*x", True, "tight unbounded polynomial",
         x="real", y="real", z="real"),
    _row("motzkin", "Motzkin (1967)", "x^4*y^2 + x^2*y^4 + 1 >= 3*x^2*y^2", True,
         "tight unbounded polynomial", x="real", y="real"),
    _row("nesbitt", "Nesbitt (1903)", "a/(b + c) + b/(c + a) + c/(a + b) >= 3/2", True,
         "tight unbounded", a=POS, b=POS, c=POS),
    _row("kantorovich", "Kantorovich; Mitrinović 2.11", "1/x <= (m + M - x)/(m*M)", True, "tight unbounded",
         given="m <= x; x <= M", m=POS, M=POS, x=POS),
    _row("weierstrass", MIT, "(1 - a)*(1 - b)*(1 - c) >= 1 - a - b - c", True, "tight compact polynomial",
         a="[0, 1]", b="[0, 1]", c="[0, 1]"),
    _row("chebyshev", "Chebyshev T_3", "abs(4*x^3 - 3*x) <= 1", True, "tight compact polynomial",
         x="[-1, 1]"),
    _row("chebyshev-false", "Chebyshev T_3", "abs(4*x^3 - 3*x) <= 0.9999", False, "compact polynomial",
         x="[-1, 1]"),
    _row("quartic", MIT, "x^4 - 4*x + 3 >= 0", True, "tight unbounded polynomial", x="real"),
    _row("quartic-false", MIT, "x^4 - 4*x + 2.9999 >= 0", False, "hair unbounded polynomial", x="real"),
    _row("cubic", MIT, "x^3 - 3*x + 2 >= 0", True, "tight unbounded polynomial", x="[-2, oo)"),
    _row("fourth-power", PAPER + " (26)", "(a - b)^4 <= 8*(a^4 + b^4)", True,
         "tight unbounded polynomial paper", a="real", b="real"),
    _row("fourth-power-7.99", PAPER + " (26)", "(a - b)^4 <= 7.99*(a^4 + b^4)", False,
         "hair unbounded polynomial paper", a="real", b="real"),
    _row("root-difference", MIT, "1/(2*sqrt(x + 1)) < sqrt(x + 1) - sqrt(x) and"
         " sqrt(x + 1) - sqrt(x) < 1/(2*sqrt(x))", True, "tight unbounded", x=POS),
    _row("clip-lipschitz", "projection onto a convex set",
         "abs(min(max(x, -1), 1) - min(max(y, -1), 1)) <= abs(x - y)", True, "tight unbounded", x="real",
         y="real"),
    _row("powers-of-two", MIT, "2^n >= n + 1", True, "tight unbounded natural", n="natural"),
    _row("squares-and-powers", MIT, "2^n >= n^2", False, "unbounded natural", n="natural"),
    _row("cubes-and-powers", MIT, "3^n >= n^3", True, "tight unbounded natural", n="natural"),
    _row("implication", MIT, "x > 0 -> log(x) < x", True, "unbounded", x="real"),
    _row("disjunction", MIT, "x < 1 or x^2 >= x", True, "tight unbounded polynomial", x="real"),
    _row("x-y-powers", MIT + " 3.6.38", "x^y + y^x > 1", True, "tight unbounded", x=POS, y=POS),
    _row("rump-like", "dReal benchmark style", "exp(x*y) + x^2 + y^2 >= 1/2 + x*y", True, "compact",
         x="[-2, 2]", y="[-2, 2]"),
    _row("polypaver", "PolyPaver examples", "sqrt(x^2 + y^2 + 1)*exp(-x*y) > 0.0549", True, "compact hair",
         x="[0, 2]", y="[0, 2]"),
    _row("polypaver-false", "PolyPaver examples", "sqrt(x^2 + y^2 + 1)*exp(-x*y) > 0.055", False,
         "compact hair", x="[0, 2]", y="[0, 2]"),
    _row("flyspeck-like", "Flyspeck, delta of a simplex",
         "x*(-x + y + z) + y*(x - y + z) + z*(x + y - z) > 30", True, "compact polynomial",
         x="[4, 6.3504]", y="[4, 6.3504]", z="[4, 6.3504]"),
    # -- Lambert W -----------------------------------------------------------------------------------
    _row("lambert-log", HH, "LambertW(x, 0) <= log(x)", True, "unbounded", x="[2.7183, oo)"),
    _row("lambert-lower", HH, "LambertW(x, 0) >= log(x) - log(log(x)) + log(log(x))/(2*log(x))", True,
         "unbounded", x="[2.7183, oo)"),
    _row("lambert-upper", HH,
         "LambertW(x, 0) <= log(x) - log(log(x)) + exp(1)/(exp(1) - 1)*log(log(x))/log(x)", True,
         "unbounded", x="[2.7183, oo)"),
    _row("lambert-log1p", HH, "LambertW(x, 0) <= log(1 + x)", True, "tight unbounded", x=NONNEG),
    _row("lambert-rational", HH, "LambertW(x, 0) >= x/(1 + x)", True, "tight unbounded", x=NONNEG),
    _row("lambert-minus-lower", CHA, "-1 - sqrt(2*u) - u < LambertW(-exp(-u - 1), -1)", True,
         "tight unbounded", u=POS),
    _row("lambert-minus-upper", CHA, "LambertW(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 2/3*u", True,
         "tight unbounded", u=POS),
    _row("lambert-minus-0.67", CHA, "LambertW(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 0.67*u", False,
         "hair unbounded", u=POS),
    _row("lambert-direction", PAPER + " (100)", "-LambertW(-z, -1) >= log(1/z)", True, "unbounded paper",
         z="(0, 0.3678]"),
    _row("lambert-sharp", PAPER + " (100)", "log(w) <= w/exp(1)", True, "tight unbounded paper",
         w="[1, oo)"),
    # -- the paper -------------------------------------------------------------------------------------
    _row("length", PAPER + " (103)", "(1/p)^L >= n", True, "tight unbounded paper",
         given="L >= log(n)/log(1/p)", p="(0, 1)", n="[1, oo)", L=NONNEG),
    _row("keys", PAPER + " (92)", "M + 1 >= k/(16*e)", True, "unbounded paper",
         given="M <= 1 + (k - 1)/(8*e); 1 + (k - 1)/(8*e) < M + 1", k="[2, oo)", e="(0, 1/16]", M="[1, oo)"),
    _row("key-log", PAPER + " (92)", "log(M) <= log(k/e)", True, "unbounded paper",
         given="M <= 1 + (k - 1)/(8*e); 1 + (k - 1)/(8*e) < M + 1", k="[2, oo)", e="(0, 1/16]", M="[1, oo)"),
    _row("key-count", PAPER + " (92)", "16*e*(M + 1)*(1 + log(k/e)) >= k*log(M)", True,
         "tight unbounded paper", given="M <= 1 + (k - 1)/(8*e); 1 + (k - 1)/(8*e) < M + 1",
         k="[2, oo)", e="(0, 1/16]", M="[1, oo)"),
    _row("monotone", PAPER + " (95)", "a^2*(1 + log(k/a)) < b^2*(1 + log(k/b))", True,
         "tight unbounded paper", given="a < b; b <= k*exp(1/2)", a=POS, b=POS, k="[1, oo)"),
    _row("ambiguous", PAPER + " (88)", "(1 - 3/(M + 1))^k >= 1 - 3*k/(M + 1)", True,
         "tight unbounded natural paper", k="natural", M="natural [3, oo)"),
    _row("mass", PAPER + " (50)", "1/u <= 1 + (1 - u)/c", True, "tight paper", given="c <= u",
         c="(0, 1]", u="(0, 1]"),
    _row("tail-value", PAPER + " (56)", "A*(m + log((m - 1)*(1 - A)/A)) >= A*m", True,
         "tight unbounded paper", given="A <= 1 - 1/m", A="(0, 1)", m="(1, oo)"),
    _row("linear-relaxation", PAPER + " (57)", "A*(2 + log((1 - A)/A)) <= 4*A", False, "paper",
         A="(0, 1/2]"),
    _row("contraction", PAPER + " (71)", "b/(b + sqrt(b^2 + 4*a)) <= 1/2", True, "tight unbounded paper",
         a=POS, b=NONNEG),
    _row("contraction-0.49", PAPER + " (71)", "b/(b + sqrt(b^2 + 4*a)) <= 0.49", False, "unbounded paper",
         a=POS, b=NONNEG),
    _row("ceiling", PAPER + " (75)", "((b + sqrt(b^2 + 4))/2)^2 <= 1 + b + b^2", True,
         "tight unbounded paper", b=NONNEG),
    _row("rate", PAPER + " (76)", "b/(b + sqrt(b^2 + 4)) <= b/(2 + b) and b/(2 + b) <= b/2", True,
         "tight unbounded paper", b=NONNEG),
    _row("below-fixed-point", PAPER + " (70)", "a + b*sqrt(x) <= x", True, "tight unbounded paper",
         given="x >= ((b + sqrt(b^2 + 4*a))/2)^2", a=POS, b=NONNEG, x=POS),
    _row("subadditive", PAPER + " (79)", "sqrt(x + y) <= sqrt(x) + sqrt(y)", True, "tight unbounded paper",
         x=NONNEG, y=NONNEG),
    _row("rounds", PAPER + " Corollary 5.7", "r^(T - 1)*k <= 1", True, "tight unbounded paper",
         given="T >= 1 + log(k)/log(1/r)", r="(0, 1)", k="[1, oo)", T="[1, oo)"),
    _row("forgetting", PAPER + " repaired", "a + b*sqrt((sqrt(a) + b)^2*y) <= (sqrt(a) + b)^2*sqrt(y)", True,
         "tight unbounded paper", a="[1, oo)", b=NONNEG, y="[1, oo)"),
    _row("bernstein", PAPER + " (35)", "L <= 2*H + 8/3*s", True, "tight unbounded paper",
         given="L <= H + sqrt(2*L*s) + s/3", L=NONNEG, H=NONNEG, s=NONNEG),
    _row("bernstein-2.6", PAPER + " (35)", "L <= 2*H + 2.6*s", False, "hair unbounded paper",
         given="L <= H + sqrt(2*L*s) + s/3", L=NONNEG, H=NONNEG, s=NONNEG),
    _row("half-mass", PAPER + " (149)", "l/(l + m) >= 1/2 and l/(l + m) <= l/m", True,
         "tight unbounded paper", given="l >= m", l=POS, m=POS),
    _row("geometric-tail", PAPER + " Appendix G", "1/(exp(a) - 1) < 1/a", True, "tight unbounded paper",
         a=POS),
)  # fmt: skip
