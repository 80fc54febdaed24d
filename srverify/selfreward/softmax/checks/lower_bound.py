"""Simulated checks of D01–D06 and D15–D18: the hard instance and its exact risks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from srverify.selfreward.softmax import hard_instance as hard
from srverify.selfreward.softmax.checks.preliminaries import largest_log
from srverify.selfreward.softmax.checks.registry import TrialCheck, slack_check, trial_check
from srverify.selfreward.softmax.checks.search import EPSILON, Comparison, Reader, Sizes, SlackReport
from srverify.selfreward.softmax.hard_simulation import simulate_risk
from srverify.selfreward.softmax.policies import (
    Floats,
    base_failure,
    condition_number,
    log_softmax,
    margin,
    modes,
    own_failure,
    point_mass,
)

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


#: An instance, an estimate with its standard error, and the exact value.
_Row = tuple[dict[str, object], float, float, float]


def _slack(_: dict[str, object], estimate: float, error: float, exact: float) -> float:
    """Return how much of 7 standard errors |estimate − exact| leaves."""
    return _SIGMAS * error - abs(estimate - exact)


def _statistical_report(
    check: TrialCheck, mutant: str | None, rows: list[_Row], trials: int
) -> SlackReport:
    """Report |estimate − exact| against 7 standard errors, over (instance, estimate, error, exact)."""
    slack = [_slack(*row) for row in rows]
    scaled = [gap / max(error, 1e-300) for gap, (_, _, error, _) in zip(slack, rows, strict=True)]
    worst = int(np.argmin(scaled))
    instance, estimate, error, exact = rows[worst]
    detail = {**instance, "estimate": estimate, "standard error": error, "exact": exact}
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    return SlackReport(
        check.entry, claim, slack[worst], 0.0, detail, trials * len(rows), min(slack) >= 0.0
    )


def _poisson_error(rho: Fraction, keys: int, trials: int, exact: float) -> float:
    """Return the Poisson error of the mean, for use where no trial erred and the estimate says 0."""
    return math.sqrt(float(rho) * max(exact, 1e-12) / (keys * trials)) + float(rho) / (keys * trials)


@trial_check(
    "D15",
    "learner",
    "the Bayes-optimal learner, simulated, attains the exact risk within 7 standard errors",
    ("the key drawn as rarely as any other label",),
)
def _bayes_learner(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 15]))
    trials = 10_000
    rows: list[_Row] = []
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
        instance = {"labels": labels, "keys": keys, "draws": draws, "rho": str(rho)}
        rows.append((instance, estimate, max(error, _poisson_error(rho, keys, trials, exact)), exact))
        if mutant and _slack(*rows[-1]) < 0.0:
            break  # one instance refutes it
    return _statistical_report(check, mutant, rows, trials)


@slack_check(
    "D15",
    "below-the-bound",
    "for every n below D07's bound the exact risk is at least 2 eps",
    ("the bound's constant 90 times larger",),
    sizes=((1, 1),),
    batch=1000,
    generations=40,
)
def _below_the_bound(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    kappa = r.keep("kappa_0", 2.0 + r.scale("kappa_0 - 2", 1e-3, 18.0, 1)[:, 0])
    eps = r.keep("eps", 1.0 / r.scale("1/eps", 16.0, 60.0, 1)[:, 0])
    keys = r.keep("d", np.round(r.scale("d", 1.0, 3000.0, 1)[:, 0]))
    labels = 1.0 + np.floor((kappa - 1.0) / (8.0 * eps))
    constant = _C0 * (90.0 if mutant else 1.0)
    bound = constant * kappa * keys * np.log(labels) / (eps**2 * (1.0 + np.log(kappa / eps)))
    draws = r.keep("n", np.maximum(0.0, np.ceil(bound) - 1.0))
    rho = 16.0 * eps
    risk = rho * bayes_misclassification(labels, keys, draws, rho)
    return Comparison(2.0 * eps, risk, risk * (1.0 + draws), 128)


@slack_check(
    "D06",
    "misclassified",
    "n <= d(M+1)/(12 rho) draws leave the Bayes learner wrong on at least 1/8 of the keys",
    ("six times as many draws",),
    sizes=((1, 1),),
    generations=40,
)
def _too_few_draws(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    labels = np.round(r.scale("M", 2.0, 60.0, 1)[:, 0])
    keys = np.round(r.scale("d", 1.0, 100.0, 1)[:, 0])
    rho = r.scale("rho", 1e-3, 1.0, 1)[:, 0]
    most = keys * (labels + 1.0) / (12.0 * rho) * (6.0 if mutant else 1.0)
    draws = r.keep("n", np.floor(most * r.between("n over its largest value", 0.0, 1.0, 1)[:, 0]))
    wrong = bayes_misclassification(labels, keys, draws, rho)
    return Comparison(np.full_like(wrong, 0.125), wrong, wrong * (1.0 + draws), 128)


@slack_check(
    "D16",
    "jensen",
    "the exact risk is at least (rho/2)(1 - 3/(M+1))^{n rho/d}",
    ("2 in place of 3",),
    sizes=((1, 1),),
    generations=40,
)
def _jensen(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    labels = np.round(r.scale("M", 3.0, 60.0, 1)[:, 0])
    keys = np.round(r.scale("d", 1.0, 100.0, 1)[:, 0])
    rho = r.scale("rho", 1e-3, 1.0, 1)[:, 0]
    visits = r.scale("n rho/d", 1e-2, 30.0, 1)[:, 0]
    draws = r.keep("n", np.ceil(visits * keys / rho))
    share = (2.0 if mutant else 3.0) / (labels + 1.0)
    lhs = 0.5 * np.exp(draws * rho / keys * np.log1p(-share))
    wrong = bayes_misclassification(labels, keys, draws, rho)
    return Comparison(lhs, wrong, (lhs + wrong) * (1.0 + draws), 128)


def bayes_misclassification(labels: Floats, keys: Floats, draws: Floats, rho: Floats) -> Floats:
    """Return D15's risk over ϱ for a batch of instances (arrays of whole numbers and of ϱ).

    Its occupancy sum in float64, up to a number of visits that is exceeded with probability below
    1e-15; what is dropped only lowers the sum.

    Examples
    --------
    >>> one = np.ones(1)
    >>> wrong = bayes_misclassification(5 * one, 3 * one, 4 * one, 0.5 * one)
    >>> exact = hard.exact_bayes_risk(5, 3, 4, Fraction(1, 2)) / Fraction(1, 2)
    >>> bool(np.isclose(wrong[0], float(exact), rtol=1e-13))
    True
    """
    # At a share of 1 the logarithms below would be infinite; one rounding less changes no digit.
    share = np.minimum(rho / keys, 1.0 - EPSILON)
    mean = draws * share
    most = np.minimum(draws, mean + 12.0 * np.sqrt(mean) + 12.0).astype(np.intp)
    # Those with the most visits first: the others are done before them.
    order = np.argsort(-most, kind="stable")
    labels, draws, share, most = labels[order], draws[order], share[order], most[order]
    others = labels - 1.0
    unseen_key = others / (labels + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        stay, go = np.log1p(-share), np.log(share)
    log_chance = np.where(draws > 0.0, draws * stay, 0.0)
    count = np.arange(int(labels.max()))
    seen = np.zeros((len(labels), len(count)))
    seen[:, 0] = 1.0
    again = count / others[:, None]
    fresh = np.maximum(1.0 - again, 0.0)
    left = 1.0 / np.maximum(labels[:, None] - count, 1.0)
    total = np.zeros(len(labels))
    survives = np.ones(len(labels))
    buffer = np.empty_like(seen)
    for visit in range(int(most[0]) + 1):
        # Rows that are not done, and as many labels as may have been seen, one more after this visit.
        at, width = int(np.searchsorted(-most, -visit, side="right")), visit + 2
        now, scratch = seen[:at, :width], buffer[:at, :width]
        missed = 1.0 - np.multiply(now, left[:at, :width], out=scratch).sum(axis=-1)
        total[:at] += np.exp(log_chance[:at]) * survives[:at] * missed
        with np.errstate(divide="ignore", invalid="ignore"):
            step = np.log(np.maximum(draws[:at] - visit, 0.0)) - np.log(visit + 1.0)
            step += go[:at] - stay[:at]
        log_chance[:at] = np.where(draws[:at] > visit, log_chance[:at] + step, -np.inf)
        survives[:at] *= unseen_key[:at]
        np.multiply(now, fresh[:at, :width], out=scratch)
        now *= again[:at, :width]
        now[:, 1:] += scratch[:, :-1]
    found = np.empty_like(total)
    found[order] = total
    return found


@trial_check(
    "D17",
    "learner",
    "the Bayes-optimal learner of binary keys attains (rho/2)(1 - 3 rho/(d(M+1)))^n",
    ("2 in place of 3",),
)
def _binary_learner(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 17]))
    trials = 10_000
    rows: list[_Row] = []
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
        instance = {"labels": labels, "keys": keys, "draws": draws, "rho": str(rho)}
        rows.append((instance, estimate, max(error, _poisson_error(rho, keys, trials, exact)), exact))
        if mutant and _slack(*rows[-1]) < 0.0:
            break  # one instance refutes it
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


@slack_check(
    "D18",
    "own-or-base",
    "for M >= 3 every pi^J base-fails on all of rho, and a point mass never fails to its own mode",
    ("M = 2", "own failure of pi^J in place of a point mass's"),
    sizes=((1, 3), (2, 4), (3, 8), (2, 40)),
)
def _failure_notions(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    keys, labels = sizes[0], 2 if mutant == "M = 2" else sizes[1]
    secret = np.floor(r.between("secret", 0, labels - 1e-9, keys)).astype(np.intp)
    rho = r.between("rho", 1e-6, 1.0, 1)
    hit = np.arange(labels) == secret[..., None]
    instance = np.log(np.where(hit, 2.0, 1.0) / (labels + 1.0))
    weights = np.repeat(rho / keys, keys, axis=1)
    guess = np.floor(r.between("guess", 0, labels - 1e-9, keys)).astype(np.intp)
    learned = instance if mutant and labels > 2 else point_mass(guess, labels)
    gap = np.abs(rho[:, 0] - base_failure(instance, secret, weights))
    gap = gap + own_failure(learned, weights)
    return Comparison(gap, np.zeros_like(gap), np.ones_like(gap), 32 + keys, equality=True)
