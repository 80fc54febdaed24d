"""Simulated checks of D01–D05, D15 and D17: the hard instance and its exact risks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from srverify.softmax import hard_instance as hard
from srverify.softmax.checks.preliminaries import largest_log
from srverify.softmax.checks.registry import TrialCheck, slack_check, trial_check
from srverify.softmax.checks.search import EPSILON, Comparison, Reader, Sizes, SlackReport
from srverify.softmax.hard_simulation import simulate_risk
from srverify.softmax.policies import Floats, condition_number, log_softmax, margin, modes

_INSTANCE_SIZES = ((1, 2), (2, 3), (3, 8), (2, 40))
_C0 = 1.0 / 3072.0
# Chance of a false alarm per statistical comparison is below 1e-11.
_SIGMAS = 7.0


def _hidden_key_policy(r: Reader, sizes: Sizes, floor: float) -> tuple[Floats, np.ndarray, Floats]:
    """Return (log policy on x_1 … x_d, keys, η); sizes are (keys, labels)."""
    keys, labels = sizes
    eta = r.between("eta", floor, 1.0, 1)
    secret = np.floor(r.between("secret", 0, labels - 1e-9, keys)).astype(np.intp)
    hit = np.arange(labels) == secret[..., None]
    mass = np.where(hit, 1.0 + eta[:, :, None], 1.0) / (labels + eta[:, :, None])
    return np.log(mass), secret, eta[:, 0]


@slack_check(
    "D01",
    "law",
    "P_j sums to one and has the unique mode j",
    ("key mass (1+eta)/M",),
    sizes=_INSTANCE_SIZES,
)
def _law(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    log_policy, secret, eta = _hidden_key_policy(r, sizes, 1e-3)
    mass = np.exp(log_policy)
    if mutant:
        at_key = ((1.0 + eta) / sizes[1])[:, None, None]
        mass = np.where(np.arange(sizes[1]) == secret[..., None], at_key, mass)
    wrong_mode = (modes(np.log(mass)) != secret).any(axis=-1)
    error = np.abs(mass.sum(axis=-1) - 1.0).max(axis=-1) + wrong_mode
    return Comparison(error, np.zeros_like(error), np.ones_like(error), 32 + sizes[1], equality=True)


@slack_check(
    "D01",
    "margin",
    "the margin is log(1 + eta)",
    ("log(1 + 2 eta)",),
    sizes=_INSTANCE_SIZES,
)
def _margin(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    log_policy, _, eta = _hidden_key_policy(r, sizes, 1e-3)
    rhs = np.log1p((2.0 if mutant else 1.0) * eta)
    return Comparison(margin(log_policy), rhs, largest_log(log_policy), 32, equality=True)


def _instance_kappa(log_policy: Floats, rho: Floats) -> Floats:
    """Return κ of the whole instance: the point mass at x_0 contributes 1."""
    keys = log_policy.shape[1]
    return 1.0 - rho + rho * condition_number(log_policy, np.full(keys, 1.0 / keys))


@slack_check(
    "D02",
    "coverage",
    "kappa = (1-rho) + rho (M+eta)/(1+eta)",
    ("(M+eta)/(1+2 eta)",),
    sizes=_INSTANCE_SIZES,
)
def _coverage(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    log_policy, _, eta = _hidden_key_policy(r, sizes, 0.0)
    rho = r.between("rho", 0.0, 1.0, 1)[:, 0]
    rhs = 1.0 - rho + rho * (sizes[1] + eta) / (1.0 + (2.0 if mutant else 1.0) * eta)
    lhs = _instance_kappa(log_policy, rho)
    return Comparison(lhs, rhs, lhs * largest_log(log_policy), 64, equality=True)


@slack_check(
    "D02",
    "labels",
    "M = 1 + floor(2(kappa_0-1)/rho) labels keep kappa <= kappa_0",
    ("one label more",),
    sizes=((1, 1),),
    generations=60,
)
def _largest_label_count(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    kappa_0 = 1.0 + r.scale("kappa_0 - 1", 1e-2, 1e3, 1)[:, 0]
    rho = r.scale("rho", 1e-3, 1.0, 1)[:, 0]
    labels = 1.0 + np.floor(2.0 * (kappa_0 - 1.0) / rho) + (1.0 if mutant else 0.0)
    lhs = 1.0 + rho * (labels - 1.0) / 2.0
    return Comparison(lhs, kappa_0, kappa_0, 16)


@slack_check(
    "D03",
    "reduction",
    "average misclassification <= base failure / rho, for improper learners",
    ("one percent less on the right",),
    sizes=((1, 2), (2, 3), (4, 6)),
)
def _reduction(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    learned = log_softmax(2.0 * r.logits(*sizes))
    r.keep("pi_hat", learned)
    secret = np.floor(r.between("secret", 0, sizes[1] - 1e-9, sizes[0])).astype(np.intp)
    rho = r.between("rho", 0.0, 1.0, 1)[:, 0]
    fails_at_0 = r.between("mass on y* at x_0", 0.0, 1.0, 1)[:, 0] <= 0.5
    on_key = np.exp(np.take_along_axis(learned, secret[..., None], axis=-1)[..., 0])
    misclassified = (modes(learned) != secret).mean(axis=-1)
    failure = rho * (on_key <= 0.5).mean(axis=-1) + (1.0 - rho) * fails_at_0
    rhs = failure / rho * (0.99 if mutant else 1.0)
    return Comparison(misclassified, rhs, misclassified + rhs, 32)


@slack_check(
    "D04",
    "markov",
    "P(Bin(n, p) <= 2 n p) >= 1/2",
    ("0.62 in place of 1/2",),
    sizes=((300, 1),),
    batch=2000,
    generations=40,
)
def _markov_count(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    largest = sizes[0]
    n = np.round(r.scale("n", 1, largest, 1))
    p = r.scale("p", 1e-4, 0.999, 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, largest + 1)))])
    k = np.arange(largest + 1)
    inside = k <= n
    rest = np.where(inside, n - k, 0).astype(np.intp)
    log_mass = (
        factorial[n.astype(np.intp)]
        - factorial[k]
        - factorial[rest]
        + k * np.log(p)
        + rest * np.log1p(-p)
    )
    # Counts that rounding cannot tell from 2np are left out, which only lowers the probability.
    counted = inside & (k <= 2.0 * n * p * (1.0 - 8.0 * EPSILON))
    probability = (np.exp(log_mass) * counted).sum(axis=-1)
    lhs = np.full_like(probability, 0.62 if mutant else 0.5)
    return Comparison(lhs, probability, np.full_like(lhs, 2000.0), 32)


@slack_check(
    "D05",
    "both-unseen",
    "two labels, one the key, both unseen in k draws: (1 - 3/(M+1))^k",
    ("(1 - 2/(M+1))^k",),
    sizes=((1, 2), (1, 3), (1, 10), (1, 60)),
    batch=1000,
    generations=15,
)
def _both_unseen(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    labels = sizes[1]
    draws = r.integers("k", 0, 40)
    # The chain of which of the two labels has been seen: none, the key only, the other only, both.
    state = np.tile([1.0, 0.0, 0.0, 0.0], (len(draws), 1))
    key, other = 2.0 / (labels + 1.0), 1.0 / (labels + 1.0)
    step = np.array(
        [
            [1.0 - key - other, key, other, 0.0],
            [0.0, 1.0 - other, 0.0, other],
            [0.0, 0.0, 1.0 - key, key],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )
    for done in range(40):
        state = np.where(draws[:, None] > done, state @ step, state)
    rhs = (1.0 - (2.0 if mutant else 3.0) / (labels + 1.0)) ** draws
    return Comparison(state[:, 0], rhs, np.ones_like(draws), 128, equality=True)


@slack_check(
    "D05",
    "bernoulli",
    "(1 - 3/(M+1))^k >= 1 - 3k/(M+1) for M >= 2",
    ("1 - 2k/(M+1)",),
    sizes=((1, 1),),
    generations=60,
)
def _bernoulli(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    labels = 1.0 + np.round(r.scale("M - 1", 1.0, 1e6, 1)[:, 0])
    draws = np.round(r.scale("k", 1.0, 1e5, 1)[:, 0])
    share = 1.0 / (labels + 1.0)
    rhs = (1.0 - 3.0 * share) ** draws
    lhs = 1.0 - (2.0 if mutant else 3.0) * draws * share
    return Comparison(lhs, rhs, 1.0 + draws * share + draws, 16)


@slack_check(
    "D05",
    "indistinguishable",
    "samples that miss both labels are as likely under either key",
    ("samples that may contain the key",),
    sizes=((8, 3), (8, 6), (20, 12)),
    batch=1000,
)
def _indistinguishable(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    draws, labels = sizes
    first = 1 if mutant else 2
    sample = np.floor(r.between("sample", first, labels - 1e-9, draws))
    # Labels 0 and 1 are the two candidates; log-likelihood of the sample under key j.
    likelihood = [np.log1p(1.0 * (sample == key)).sum(axis=-1) for key in (0, 1)]
    return Comparison(likelihood[0], likelihood[1], np.full(len(sample), draws), 16, equality=True)


def _statistical_report(
    check: TrialCheck,
    mutant: str | None,
    rows: list[tuple[dict[str, object], float, float, float]],
    trials: int,
) -> SlackReport:
    """Report |estimate − exact| against 7 standard errors, over (instance, estimate, error, exact)."""
    slack = [_SIGMAS * error - abs(estimate - exact) for _, estimate, error, exact in rows]
    scaled = [gap / max(error, 1e-300) for gap, (_, _, error, _) in zip(slack, rows, strict=True)]
    worst = int(np.argmin(scaled))
    instance, estimate, error, exact = rows[worst]
    detail = {**instance, "estimate": estimate, "standard error": error, "exact": exact}
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    return SlackReport(
        check.entry, claim, slack[worst], 0.0, detail, trials * len(rows), min(slack) >= 0.0
    )


@trial_check(
    "D15",
    "learner",
    "the Bayes-optimal learner, simulated, attains the exact risk within 7 standard errors",
    ("the key drawn as rarely as any other label",),
)
def _bayes_learner(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 15]))
    trials, rows = 10_000, []
    for _ in range(30):
        labels, keys = int(rng.integers(2, 80)), int(rng.integers(1, 12))
        rho = Fraction(int(rng.integers(1, 65)), 64)
        draws = int(rng.integers(1, 1 + int(3 * keys * (labels + 1) / rho)))
        draws = min(draws, 1000)
        estimate, error = hard.simulate_bayes_risk(
            labels, keys, draws, rho, trials, int(rng.integers(2**62))
        )
        exact = hard.bayes_risk(labels, keys, draws, rho)
        if mutant:
            others = float(Fraction(labels - 1, labels))
            exact = float(rho) * others * (1 - float(rho) / (keys * labels)) ** draws
        # Where no trial erred the error estimate is 0: fall back on the Poisson error of the mean.
        poisson = math.sqrt(float(rho) * max(exact, 1e-12) / (keys * trials)) + float(rho) / (
            keys * trials
        )
        instance = {"labels": labels, "keys": keys, "draws": draws, "rho": str(rho)}
        rows.append((instance, estimate, max(error, poisson), exact))
    return _statistical_report(check, mutant, rows, trials)


@trial_check(
    "D15",
    "below-the-bound",
    "for every n below D07's bound the exact risk is at least 2 eps",
    ("the bound's constant 600 times larger",),
)
def _below_the_bound(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1515]))
    constant = _C0 * (600.0 if mutant else 1.0)
    tried, worst, instance = 0, math.inf, {}
    # Random parameters, then moves that keep whatever lowered risk/eps.
    best: tuple[float, float, int] | None = None
    for attempt in range(10_000):
        if best is None or attempt < 3000:
            kappa = 2.0 + float(rng.exponential(2.0))
            inverse = 16.0 + float(rng.exponential(20.0))
            keys = int(math.exp(rng.uniform(0.0, math.log(3000.0))))
        else:
            kappa = max(2.0, best[0] * math.exp(0.1 * rng.standard_normal()))
            inverse = max(16.0, best[1] * math.exp(0.1 * rng.standard_normal()))
            keys = max(1, round(best[2] * math.exp(0.2 * rng.standard_normal())))
        kappa, inverse = min(kappa, 20.0), min(inverse, 60.0)
        eps = 1.0 / inverse
        labels = 1 + math.floor((kappa - 1.0) / (8.0 * eps))
        bound = constant * kappa * keys * math.log(labels) / (eps**2 * (1 + math.log(kappa / eps)))
        draws = max(0, math.ceil(bound) - 1)
        tried += 1
        risk = _risk_over_rho(labels, keys, draws, 16.0 * eps) * 16.0 * eps
        ratio = risk / (2.0 * eps) - 1.0
        if ratio < worst:
            worst = ratio
            best = (kappa, inverse, keys)
            instance = {"kappa_0": kappa, "eps": eps, "d": keys, "n": draws, "risk/(2 eps)": ratio + 1}
        if mutant and worst < -1e-9:
            break
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    return SlackReport(check.entry, claim, worst, 1e-9, instance, tried, worst >= -1e-9)


def _risk_over_rho(labels: int, keys: int, draws: int, rho: float) -> float:
    """Return a lower estimate of D15's risk over ϱ, in float: its occupancy sum over few visits.

    Dropping visit counts only lowers the sum, so a risk found large enough is large enough.
    """
    share = rho / keys
    mean = draws * share
    visits = min(draws, int(mean + 12.0 * math.sqrt(mean) + 12.0))
    k = np.arange(visits + 1)
    if draws == 0:
        return 1.0 - 1.0 / labels
    log_factor = np.concatenate([[0.0], np.cumsum(np.log((draws - k[:-1]) / (k[:-1] + 1.0)))])
    chance = np.exp(log_factor + k * math.log(share) + (draws - k) * math.log1p(-share))
    others = labels - 1
    seen = np.zeros(others + 1)
    seen[0] = 1.0
    count = np.arange(others + 1)
    total = 0.0
    for visit in range(visits + 1):
        missed = 1.0 - (seen / (labels - count)).sum()
        total += chance[visit] * (others / (labels + 1.0)) ** visit * missed
        moved = seen * (others - count) / others
        seen = seen * count / others
        seen[1:] += moved[:-1]
    return float(total)


@trial_check(
    "D17",
    "learner",
    "the Bayes-optimal learner of binary keys attains (rho/2)(1 - 3 rho/(d(M+1)))^n",
    ("2 in place of 3",),
)
def _binary_learner(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 17]))
    trials, rows = 10_000, []
    for _ in range(30):
        labels, keys = int(rng.integers(2, 80)), int(rng.integers(1, 12))
        rho = Fraction(int(rng.integers(1, 65)), 64)
        draws = min(1000, int(rng.integers(1, 1 + int(2 * keys * (labels + 1) / rho))))
        estimate, error = simulate_risk(
            "binary-bayes-optimal", labels, keys, draws, rho, trials, int(rng.integers(2**62))
        )
        rate = (2.0 if mutant else 3.0) * float(rho) / (keys * (labels + 1))
        exact = 0.5 * float(rho) * (1.0 - rate) ** draws
        if not mutant:
            exact = float(hard.exact_binary_key_risk(labels, keys, draws, rho))
        poisson = math.sqrt(float(rho) * max(exact, 1e-12) / (keys * trials)) + float(rho) / (
            keys * trials
        )
        instance = {"labels": labels, "keys": keys, "draws": draws, "rho": str(rho)}
        rows.append((instance, estimate, max(error, poisson), exact))
    return _statistical_report(check, mutant, rows, trials)


@slack_check(
    "D17",
    "closed-form",
    "at rho = sqrt((kappa_0-1)d/(3n)) the risk is at least exp(-1/2) rho/2",
    ("two percent more on the left",),
    sizes=((1, 1),),
    generations=60,
)
def _binary_closed_form(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    _, rho, risk, magnitude = _binary_risk(r)
    lhs = 0.5 * np.exp(-0.5) * rho * (1.02 if mutant else 1.0)
    return Comparison(lhs, risk, magnitude, 32)


@slack_check(
    "D17",
    "rate",
    "the risk is at least 0.1238 sqrt(kappa_0 log2|Pi|/n) for kappa_0 >= 2",
    ("0.126 in place of 0.1238",),
    sizes=((1, 1),),
    generations=60,
)
def _binary_rate(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    (kappa, keys, draws), _, risk, magnitude = _binary_risk(r)
    lhs = (0.126 if mutant else 0.1238) * np.sqrt(kappa * keys / draws)
    return Comparison(lhs, risk, magnitude, 32)


def _binary_risk(r: Reader) -> tuple[tuple[Floats, Floats, Floats], Floats, Floats, Floats]:
    kappa = 2.0 + r.scale("kappa_0 - 2", 1e-6, 1e3, 1)[:, 0]
    keys = np.round(r.scale("d", 1.0, 1e3, 1)[:, 0])
    least = (kappa - 1.0) * np.maximum(keys / 3.0, 3.0 / keys)
    draws = np.ceil(least * r.scale("n over its least value", 1.0, 1e6, 1)[:, 0])
    rho = np.minimum(np.sqrt((kappa - 1.0) * keys / (3.0 * draws)), 1.0)
    # A quotient that rounding cannot tell from a whole number is taken as the lower one.
    labels = 1.0 + np.floor(2.0 * (kappa - 1.0) / rho * (1.0 - 4.0 * EPSILON))
    rate = 3.0 * rho / (keys * (labels + 1.0))
    with np.errstate(divide="ignore"):
        risk = 0.5 * rho * np.exp(draws * np.log1p(-rate))
    r.keep("n", draws)
    return (kappa, keys, draws), rho, risk, risk * (1.0 + draws * rate)
