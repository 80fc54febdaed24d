"""``srverify bound``: table, JSON, entries, and one-line errors."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from srverify.claims import ledger
from srverify.commands.cli import run

BASE = [
    "bound",
    "--kappa0",
    "10",
    "--n",
    "1e9",
    "--log-class",
    "20",
    "--gamma",
    "1/2",
    "--responses",
    "64",
]


def test_table_names_every_entry_and_assumption(capsys):
    assert run(BASE) == 0
    shown = capsys.readouterr().out
    for entry in ("D09", "D11", "D12", "D16", "D17", "C18", "C19", "C34", "C35", "C37"):
        assert entry in shown
    assert "A-REAL, A-CONC, A-TAIL, A-MARGIN" in shown


def test_json_encloses_and_cites_known_entries(capsys):
    assert run([*BASE, "--rounds", "3", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["schema"] == 1
    assert record["parameters"]["rounds"] == "3"
    known = set(ledger.load().by_id)
    for line in record["bounds"]:
        assert line["entry"] in known
        if line["lower"] is not None:
            assert Decimal(line["lower"]) <= Decimal(line["upper"])
    value = {line["quantity"]: line for line in record["bounds"]}
    lower_bound = value["eps_LB, the root of f(eps) = I"]
    assert Decimal(lower_bound["lower"]) < Decimal("1.9907e-6")
    assert Decimal(lower_bound["upper"]) > Decimal("1.9906e-6")
    base_failure = value["2A, base failure"]
    assert Decimal(lower_bound["upper"]) < Decimal(base_failure["lower"])
    assert base_failure["assumptions"] == ["A-REAL", "A-CONC", "A-TAIL"]


def test_bounds_that_do_not_apply_say_why(capsys):
    few = [
        "bound",
        "--kappa0",
        "50",
        "--n",
        "10",
        "--log-class",
        "1",
        "--gamma",
        "1",
        "--responses",
        "64",
    ]
    assert run(few) == 0
    shown = capsys.readouterr().out
    assert "D17" in shown
    assert "does not apply: samples must be at least" in shown
    assert "above 1: says nothing" in shown


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"--kappa0": "1/2"}, "kappa0 must be at least 1, got 1/2"),
        ({"--kappa0": "65"}, "kappa0 is at most the number of responses: 65 > 64"),
        ({"--n": "0"}, "n must be at least 1, got 0"),
        ({"--n": "nan"}, "--n: 'nan' is not an exact number"),
        ({"--gamma": "0"}, "gamma must be positive, got 0"),
        ({"--delta": "1"}, "delta must lie in (0, 1), got 1"),
        ({"--beta": "2"}, "beta must lie in (0, 1]"),
        ({"--c": "0"}, "c must lie in (0, 1]"),
        ({"--rounds": "0"}, "rounds must be at least 1, got 0"),
    ],
)
def test_bad_parameters_are_one_line_on_stderr(change, message, capsys):
    arguments = dict(pairs(BASE[1:])) | change
    assert run(["bound", *(word for pair in arguments.items() for word in pair)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert message in captured.err


def pairs(words):
    return zip(words[::2], words[1::2], strict=True)
