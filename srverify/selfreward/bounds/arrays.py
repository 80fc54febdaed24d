"""Every bound of the paper over arrays of parameters, in doubles: sweeps of a million points.

The formulas are those of ``lower``, ``upper`` and ``iteration``, which enclose single points
rigorously; tests hold the two together. Here a result is good to about 1e-12, and NaN where the bound
does not apply. Counts of keys are rounded so that a bound never gets too large.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError
from srverify.numerics.lambertw_array import lambertw_array
from srverify.selfreward.bounds.lower import C_0

Array = NDArray[np.float64]

#: Parameters by name; those without a default must be given. See ``srverify bound --help``.
REQUIRED = ("kappa0", "n", "log-class", "gamma", "responses")
OPTIONAL = ("tail", "conc", "c", "beta", "delta", "rounds")

_RISK = 1.0 / 16.0
#: Below an integer by less than this, a quotient of logarithms may really be below it.
_SLACK = 1e-9


def bounds_table(parameters: Mapping[str, Array | float]) -> dict[str, Array]:
    """Evaluate the bounds for arrays of parameters that broadcast together.

    Parameters
    ----------
    parameters
        ``kappa0``, ``n``, ``log-class``, ``gamma``, ``responses`` and optionally ``tail``, ``conc``,
        ``c``, ``beta``, ``delta``, ``rounds``, with the meaning and defaults of ``srverify bound``.

    Returns
    -------
    dict of str to ndarray
        Columns named by entry and quantity (``D09 eps_LB``); NaN where a bound does not apply or the
        parameters are out of range.

    Raises
    ------
    InputError
        For a missing or unknown parameter.
    """
    missing = [name for name in REQUIRED if name not in parameters]
    unknown = [name for name in parameters if name not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown:
        what = f"missing {', '.join(missing)}" if missing else f"unknown {', '.join(unknown)}"
        raise InputError(f"parameters of the bounds: {what}")
    with np.errstate(all="ignore"):
        p = _complete(parameters)
        valid = _valid(p)
        found = {**_lower(p), **_upper(p)}
    return {name: np.where(valid, values, np.nan) for name, values in found.items()}


def in_range(parameters: Mapping[str, Array | float]) -> NDArray[np.bool_]:
    """Tell which parameter sets are in the range of the bounds at all."""
    with np.errstate(all="ignore"):
        return _valid(_complete(parameters))


def _complete(parameters: Mapping[str, Array | float]) -> dict[str, Array]:
    """Return the parameters with their defaults, in one shape."""
    given = {name: np.asarray(value, dtype=np.float64) for name, value in parameters.items()}
    shape = np.broadcast_shapes(*(value.shape for value in given.values()))
    p = {name: np.broadcast_to(value, shape) for name, value in given.items()}
    p.setdefault("tail", p["responses"])
    p.setdefault("conc", p["kappa0"])
    p.setdefault("delta", np.full(shape, 0.05))
    p.setdefault("rounds", np.ones(shape))
    p.setdefault("c", 1.0 / p["responses"])
    p.setdefault("beta", 1.0 / np.sqrt(p["n"]))
    return p


def _valid(p: Mapping[str, Array]) -> NDArray[np.bool_]:
    valid: NDArray[np.bool_] = (
        (p["kappa0"] >= 1)
        & (p["n"] >= 1)
        & (p["log-class"] > 0)
        & (p["gamma"] > 0)
        & (p["responses"] >= 2)
        & (p["kappa0"] <= p["responses"])
        & (p["tail"] >= 1)
        & (p["conc"] >= 1)
        & (p["c"] > 0)
        & (p["c"] <= 1)
        & (p["beta"] > 0)
        & (p["beta"] <= 1)
        & (p["delta"] > 0)
        & (p["delta"] < 1)
        & (p["rounds"] >= 1)
        & (p["rounds"] == np.rint(p["rounds"]))
        & np.isfinite(p["n"])
    )
    return valid


def _lower(p: Mapping[str, Array]) -> dict[str, Array]:
    kappa, size, n = p["kappa0"], p["log-class"], p["n"]
    level = float(C_0) * kappa * size / n
    z = 2.0 * level / (np.exp(2.0) * kappa**2)
    root = kappa * np.exp(1.0 + lambertw_array(-z, -1) / 2.0)
    largest = _RISK**2 * (1.0 + np.log(kappa / _RISK))
    guaranteed = np.where(level > largest, _RISK, np.minimum(root, _RISK))
    asymptotic = np.sqrt(2.0 * level / -np.log(z))
    inside = z < np.exp(-1.0)
    keys = np.floor(size / np.log(2.0) * (1.0 - 1e-15) - _SLACK)
    excess = (kappa - 1.0) * keys
    binary = np.exp(-0.5) / 2.0 * np.sqrt(excess / (3.0 * n))
    applies = (kappa > 1) & (keys >= 1) & (3 * n >= excess) & (n * keys >= 3 * (kappa - 1))
    return {
        "D11 guaranteed risk": np.where(kappa >= 2, guaranteed, np.nan),
        "D09 eps_LB": np.where(inside, root, np.nan),
        "D12 sqrt(1-1/e) eps~": np.where(inside, np.sqrt(1.0 - np.exp(-1.0)) * asymptotic, np.nan),
        "D12 eps~": np.where(inside, asymptotic, np.nan),
        "D16 Jensen": _jensen(kappa, size, n),
        "D17 binary keys": np.where(applies, binary, np.nan),
    }


def _jensen(kappa: Array, size: Array, n: Array) -> Array:
    best = np.full(kappa.shape, np.nan)
    for step in range(120):
        rho = 0.75**step
        labels = 1.0 + np.floor(2.0 * (kappa - 1.0) / rho)
        keys = np.floor(size / np.log(labels) - _SLACK)
        usable = (labels >= 3) & (keys >= 1) & (n == np.rint(n))
        value = rho / 2.0 * np.exp(np.log1p(-3.0 / (labels + 1.0)) * n * rho / keys)
        best = np.fmax(best, np.where(usable, value, np.nan))
    return best


def _upper(p: Mapping[str, Array]) -> dict[str, Array]:
    kappa, n, gamma, floor, beta = p["kappa0"], p["n"], p["gamma"], p["c"], p["beta"]
    rounds = p["rounds"]
    single, error = _error(p, np.ones_like(n)), _error(p, rounds)
    level = ((np.sqrt(kappa) + np.sqrt(p["conc"])) * single + beta * np.log(kappa)) / gamma
    slope = (2.0 * error + beta) / (gamma * floor)
    steep = np.sqrt(slope**2 + 4.0)
    fixed = ((slope + steep) / 2.0) ** 2
    rate = slope / (slope + steep)
    start = np.sqrt(rate ** (rounds - 1.0) * kappa)
    return {
        "C18 eps_stat": single,
        "C19 2A": 2.0 * level,
        "C26 kappa_1": np.minimum(1.0 + level / floor, 1.0 / floor),
        "C38 eps_stat": error,
        "C28 b": slope,
        "C29 kappa*": fixed,
        "C30 rho": rate,
        "C34 own failure": (2.0 * error + beta) * 2.0 / gamma * (np.sqrt(fixed) + start),
        "C35 rounds": np.ceil(1.0 - np.log(kappa) / np.log(rate)),
    }


def _error(p: Mapping[str, Array], rounds: Array) -> Array:
    n, tail, responses = p["n"], p["tail"], p["responses"]
    clip = np.log(2.0 * (responses + tail)) + 2.0 * np.log(n)
    size = p["log-class"] + np.log(rounds) - np.log(p["delta"])
    moment = (8.0 * (2.0 * _moment(np.log(responses)) + _moment(np.log(2.0 * tail)))) ** 0.25
    error: Array = (2.0 * clip * np.sqrt(size) + moment) / np.sqrt(n)
    return error


def _moment(level: Array) -> Array:
    moment: Array = (((level + 4.0) * level + 12.0) * level + 24.0) * level + 24.0
    return moment
