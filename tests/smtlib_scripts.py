"""Random SMT-LIB scripts: what a peer's reader is asked as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

COMPARISONS = ("<", "<=", "=", ">", ">=", "distinct")


@dataclass
class Scripts:
    """Scripts over Real and Bool constants, and Int ones if wanted, with levels and definitions.

    If wanted they declare functions without saying what these are, and divide by anything.

    Numbers are written with a point, since some solvers take others for integers.
    """

    random: Random
    integral: bool = False
    uninterpreted: bool = False
    reals: list[str] = field(default_factory=lambda: ["x", "y"])
    truths: list[str] = field(default_factory=lambda: ["p", "q"])
    functions: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    #: How many names there are, so that none is given twice.
    names: int = 0

    def __post_init__(self) -> None:
        """Let calls be of what the header declares, too."""
        if self.uninterpreted:
            self.functions += [("u", ("Real",), "Real"), ("v", ("Real", "Bool"), "Bool")]
            self.functions += [("w", ("Int",), "Real")] * self.integral

    @property
    def header(self) -> str:
        """The declarations of ``x y n m p q``, and of functions ``u v w``."""
        text = (
            "(declare-const x Real)(declare-fun y () Real)(declare-const p Bool)(declare-fun q () Bool)"
        )
        text += "(declare-const n Int)(declare-const m Int)" * self.integral
        if self.uninterpreted:
            text += "(declare-fun u (Real) Real)(declare-fun v (Real Bool) Bool)"
            text += "(declare-fun w (Int) Real)" * self.integral
        return text

    def fresh(self, stem: str) -> str:
        """Return a new name."""
        self.names += 1
        return f"{stem}{self.names}"

    def number(self) -> str:
        """Return a small rational number."""
        size, divisor = self.random.randint(0, 4), self.random.choice((1, 1, 1, 2, 3))
        text = f"{size}.0" if divisor == 1 else f"(/ {size}.0 {divisor}.0)"
        return f"(- {text})" if self.random.random() < 0.4 else text

    def real(self, depth: int) -> str:
        """Return a term of sort Real."""
        if depth <= 0 or self.random.random() < 0.2:
            if self.integral and self.random.random() < 0.2:
                return f"(to_real {self.random.choice('nm')})"
            return self.number() if self.random.random() < 0.3 else self.random.choice(self.reals)
        inner = depth - 1
        match self.random.choice(("+", "-", "*", "/", "ite", "let", "neg", "call")):
            case "+" | "-" as sign:
                more = f" {self.real(inner)}" if self.random.random() < 0.2 else ""
                return f"({sign} {self.real(inner)} {self.real(inner)}{more})"
            case "*":
                return f"(* {self.real(inner)} {self.real(inner)})"
            case "/":
                below = self.real(0) if self.random.random() < 0.5 else "2.0"
                if self.uninterpreted and self.random.random() < 0.3:
                    below = self.random.choice(("0.0", self.real(inner)))
                return f"(/ {self.real(inner)} {below})"
            case "ite":
                return f"(ite {self.truth(inner)} {self.real(inner)} {self.real(inner)})"
            case "let":
                return self.let(inner, self.real)
            case "neg":
                return f"(- {self.real(inner)})"
        return self.call("Real", inner) or self.real(inner)

    def integer(self, depth: int) -> str:
        """Return a term of sort Int."""
        if depth <= 0 or self.random.random() < 0.2:
            number = str(self.random.randint(0, 5))
            return self.random.choice(("n", "m", number, f"(- {number})"))
        inner = depth - 1
        match self.random.choice(("+", "-", "*", "div", "mod", "abs", "ite", "to_int")):
            case "div" | "mod" as operator:
                divisor = self.random.choice(("1", "2", "3", "(- 2)", "(- 3)"))
                return f"({operator} {self.integer(inner)} {divisor})"
            case "abs":
                return f"(abs {self.integer(inner)})"
            case "ite":
                return f"(ite {self.truth(inner)} {self.integer(inner)} {self.integer(inner)})"
            case "to_int":
                return f"(to_int {self.real(inner)})"
            case operator:
                return f"({operator} {self.integer(inner)} {self.integer(inner)})"

    def call(self, sort: str, depth: int) -> str:
        """Return a call of a defined function; nothing if there is none of the sort."""
        known = [function for function in self.functions if function[2] == sort]
        if not known:
            return ""
        name, parameters, _ = self.random.choice(known)
        of = {"Real": self.real, "Bool": self.truth, "Int": self.integer}
        arguments = [of[parameter](depth) for parameter in parameters]
        return f"({name} {' '.join(arguments)})" if arguments else name

    def let(self, depth: int, body: Callable[[int], str]) -> str:
        """Return a let, which may bind names of constants anew."""
        names = self.random.sample(["x", "y", "a", "p"], self.random.randint(1, 2))
        bound = [f"({n} {self.truth(depth) if n == 'p' else self.real(depth)})" for n in names]
        before = list(self.reals)
        self.reals += [name for name in names if name not in ("p", *before)]
        text = f"(let ({' '.join(bound)}) {body(depth)})"
        self.reals = before
        return text

    def truth(self, depth: int) -> str:
        """Return a term of sort Bool."""
        compare = self.random.choice(COMPARISONS)
        if depth <= 0:
            if self.random.random() < 0.4:
                return self.random.choice([*self.truths, "true", "false"])
            return f"({compare} {self.real(0)} {self.real(0)})"
        inner = depth - 1
        kinds = ["compare"] * 4 + [
            "and",
            "or",
            "=>",
            "xor",
            "not",
            "=",
            "distinct",
            "ite",
            "let",
            "call",
        ]
        match self.random.choice(kinds + ["integers", "is_int"] * self.integral):
            case "integers":
                return f"({compare} {self.integer(inner)} {self.integer(inner)})"
            case "is_int":
                return f"(is_int {self.real(inner)})"
            case "and" | "or" | "=>" | "xor" as connective:
                parts = [self.truth(inner) for _ in range(self.random.randint(2, 3))]
                return f"({connective} {' '.join(parts)})"
            case "not":
                return f"(not {self.truth(inner)})"
            case "=" | "distinct" as connective:
                return f"({connective} {self.truth(inner)} {self.truth(inner)})"
            case "ite":
                return f"(ite {self.truth(inner)} {self.truth(inner)} {self.truth(inner)})"
            case "let":
                return self.let(inner, self.truth)
            case "call":
                if text := self.call("Bool", inner):
                    return text
        more = f" {self.real(inner)}" if self.random.random() < 0.2 else ""
        return f"({compare} {self.real(inner)} {self.real(inner)}{more})"

    def definition(self) -> str:
        """Return a define-fun or define-const, and remember it."""
        name, sort = self.fresh("f"), self.random.choice(("Real", "Bool"))
        parameters = tuple(
            self.random.choice(("Real", "Bool")) for _ in range(self.random.randint(0, 2))
        )
        names = ["x" if i == 0 and s == "Real" else f"z{i}" for i, s in enumerate(parameters)]
        before = list(self.reals), list(self.truths)
        for parameter, of in zip(names, parameters, strict=True):
            (self.reals if of == "Real" else self.truths).append(parameter)
        body = self.real(2) if sort == "Real" else self.truth(2)
        self.reals, self.truths = before
        self.functions.append((name, parameters, sort))
        if not parameters and self.random.random() < 0.5:
            return f"(define-const {name} {sort} {body})"
        shown = " ".join(f"({n} {s})" for n, s in zip(names, parameters, strict=True))
        return f"(define-fun {name} ({shown}) {sort} {body})"

    def commands(self, number: int) -> list[str]:
        """Return so many commands, with check-sat among them, and one at the end."""
        found: list[str] = []
        levels: list[tuple[list[str], list[tuple[str, tuple[str, ...], str]]]] = []
        for _ in range(number):
            match self.random.choice(
                ("assert", "assert", "assert", "named", "push", "pop", "check", "assuming", "define")
            ):
                case "named":
                    name = self.fresh("a")
                    found.append(f"(assert (! {self.truth(2)} :named {name}))")
                    self.truths.append(name)
                case "push":
                    found.append("(push 1)")
                    levels.append((list(self.truths), list(self.functions)))
                case "pop" if levels:
                    count = self.random.randint(1, len(levels))
                    found.append(f"(pop {count})")
                    self.truths, self.functions = levels[-count]
                    del levels[-count:]
                case "check":
                    found.append("(check-sat)")
                case "assuming":
                    literals = [self.random.choice((t, f"(not {t})")) for t in self.truths[:3]]
                    found.append(f"(check-sat-assuming ({' '.join(literals)}))")
                case "define":
                    found.append(self.definition())
                case _:
                    found.append(f"(assert {self.truth(self.random.randint(1, 3))})")
        return [*found, "(check-sat)"]
