"""Lambert W against mpmath, side by side in one run.

    python benchmarks/bench_lambertw.py [--digits 50 500 5000] [--rounds 15]

Three comparisons, each on the same exact points, prepared outside the timing on both sides
(an ``mpf`` rounded to the working precision for mpmath, an ``ExactNumber`` for srverify):

- ball:   mpmath.lambertw(z, k)                  against  lambertw_ball(z, k, bits)
- digits: mpmath.lambertw(z, k)                  against  lambertw(z, k, d)
- text:   mpmath.nstr(mpmath.lambertw(z, k), d)  against  lambertw(z, k, d).text

srverify's side includes the enclosure of the exact argument, the look at the domain and, for digits
and text, the proof that every digit is right; mpmath's result is a number without an error bound.
Each side runs in turn, round by round; the time is the least over the rounds, which other load on the
machine disturbs least. Before timing, every text is compared with mpmath at a much higher precision.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import flint
import mpmath
from flint import arb, ctx, fmpz

from srverify.numerics.exact import ExactNumber
from srverify.numerics.lambertw import lambertw, lambertw_ball

#: Seconds that one round of one side lasts, at least one call.
ROUND = 0.003


@dataclass(frozen=True)
class Point:
    group: str
    branch: int
    z: str


def near_branch_point(exponent: int) -> str:
    """Return a decimal 10^-exponent right of -1/e, to 20 further digits."""
    places = exponent + 20
    with ctx.workprec(4 * places + 64):
        scaled = (arb(-1).exp() * fmpz(10) ** places).floor().unique_fmpz()
    return f"{-(scaled - fmpz(10) ** 20)}e-{places}"


def points() -> list[Point]:
    ordinary_minus = [
        "-0.36",
        "-1/3",
        "-0.3",
        "-1/4",
        "-1/5",
        "-1/7",
        "-0.1",
        "-1/33",
        "-0.01",
        "-1/999",
    ]
    ordinary_zero = ["-0.36", "-1/3", "-1/5", "-0.01", "1/7", "1/2", "1", "2.5", "10", "1234/7"]
    near = [near_branch_point(k) for k in (5, 10, 20, 40)]
    return [
        *(Point("ordinary", -1, z) for z in ordinary_minus),
        *(Point("near -1/e", -1, z) for z in near),
        *(Point("near 0", -1, z) for z in ("-1e-6", "-1e-12", "-1e-20", "-1/3e30", "-7e-36")),
        *(Point("beyond doubles", -1, z) for z in ("-1e-50", "-1e-300", "-1e-5000", "-1e-1000000")),
        *(Point("ordinary", 0, z) for z in ordinary_zero),
        *(Point("near -1/e", 0, z) for z in near),
        *(Point("near 0", 0, z) for z in ("1e-3", "-1e-5", "1/3e8", "-1e-12", "1e-40")),
        *(Point("large", 0, z) for z in ("1e6", "1e10", "22/7e20", "1e30")),
        *(Point("beyond doubles", 0, z) for z in ("1e50", "1e300", "1e5000", "1e1000000")),
    ]


def as_mpf(z: str, digits: int) -> mpmath.mpf:
    number = ExactNumber.parse(z)
    with mpmath.workdps(digits):
        ratio = mpmath.mpf(int(number.numerator)) / int(number.denominator)
        return ratio * mpmath.mpf(10) ** number.exponent


def agrees(point: Point, digits: int) -> bool:
    """Whether the printed digits are the leading digits of mpmath's value at twice the precision."""
    working = 2 * digits + 150
    text = lambertw(point.z, point.branch, digits).text
    with mpmath.workdps(working):
        value = abs(mpmath.lambertw(as_mpf(point.z, working), point.branch).real)
        unit = mpmath.mpf(10) ** (mpmath.floor(mpmath.log10(value)) - digits + 1)
        return bool(0 <= value - abs(mpmath.mpf(text)) < unit)


def timed(call: Callable[[], object], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def least_times(calls: list[Callable[[], object]], rounds: int) -> list[float]:
    repeats = [max(1, int(ROUND / max(timed(call, 1), 1e-7))) for call in calls]
    best = [float("inf")] * len(calls)
    for _ in range(rounds):
        for i, call in enumerate(calls):
            best[i] = min(best[i], timed(call, repeats[i]))
    return best


@dataclass(frozen=True)
class Times:
    """Seconds per call."""

    ball: float
    digits: float
    text: float
    mpmath: float
    mpmath_text: float

    @property
    def ratios(self) -> tuple[float, float, float]:
        return self.mpmath / self.ball, self.mpmath / self.digits, self.mpmath_text / self.text


def measure(point: Point, digits: int, rounds: int) -> Times:
    z, k = ExactNumber.parse(point.z), point.branch
    bits = mpmath.libmp.dps_to_prec(digits)
    with mpmath.workdps(digits):
        peer = as_mpf(point.z, digits)
        times = least_times(
            [
                lambda: lambertw_ball(z, k, bits),
                lambda: lambertw(z, k, digits),
                lambda: lambertw(z, k, digits).text,
                lambda: mpmath.lambertw(peer, k),
                lambda: mpmath.nstr(mpmath.lambertw(peer, k), digits),
            ],
            rounds,
        )
    return Times(*times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--points", action="store_true", help="print a line per point too")
    arguments = parser.parse_args()
    # mpmath reads and writes decimals through int, which stops at 4300 digits by default.
    sys.set_int_max_str_digits(0)

    print(
        f"Python {platform.python_version()}, python-flint {flint.__version__}, "
        f"mpmath {mpmath.__version__} (backend {mpmath.libmp.BACKEND}), {platform.machine()}"
    )
    wrong = slow = 0
    for digits in arguments.digits:
        rounds = arguments.rounds if digits <= 1000 else max(2, arguments.rounds // 5)
        print(f"\n{digits} digits: times mpmath takes per time srverify takes, median (least)")
        print(
            f"{'branch':>6}  {'points':<14} {'n':>2}  {'ball':>14} {'digits':>14} {'text':>14}", end=""
        )
        print(f"  {'srverify us':>11} {'mpmath us':>11}")
        results: dict[tuple[int, str], list[Times]] = {}
        for point in points():
            if not agrees(point, digits):
                wrong += 1
                print(f"DISAGREES with mpmath: W_{point.branch}({point.z})")
            times = measure(point, digits, rounds)
            results.setdefault((point.branch, point.group), []).append(times)
            results.setdefault((point.branch, "all"), []).append(times)
            if arguments.points:
                shown = " ".join(f"{ratio:7.1f}" for ratio in times.ratios)
                print(f"  W_{point.branch}({point.z}): {shown}  {times.digits * 1e6:.1f} us")
        for (branch, group), found in sorted(results.items(), key=lambda item: -item[0][0]):
            columns = list(zip(*(times.ratios for times in found), strict=True))
            cells = [f"{statistics.median(c):8.1f} ({min(c):.1f})" for c in columns]
            ours = statistics.median(times.digits for times in found) * 1e6
            theirs = statistics.median(times.mpmath for times in found) * 1e6
            print(f"{branch:>6}  {group:<14} {len(found):>2}  ", end="")
            print(" ".join(f"{cell:>14}" for cell in cells), f" {ours:>11.1f} {theirs:>11.1f}")
            slow += sum(1 for column in columns for ratio in column if ratio < 1 and group != "all")
    print(f"\npoints that disagree: {wrong}; comparisons that srverify loses: {slow}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
