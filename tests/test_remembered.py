"""What ``prove`` remembers is checked again, and nothing else is believed."""

import json
from dataclasses import replace

import pytest

from srverify.claims.obligation import Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.commands.cli import run
from srverify.commands.remembered import stands
from srverify.engines.arb import ArbEngine
from srverify.language.statement import Statement
from srverify.running.cache import Cache, cache_directory, key_of


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def _results(capsys, *arguments):
    capsys.readouterr()
    run(["prove", *arguments, "--json"])
    return json.loads(capsys.readouterr().out)["results"][0]


@pytest.mark.parametrize("show", ["log(x) <= x - 1", "log(x) <= x - 2"])
def test_an_answer_is_remembered(show, capsys):
    typed = (show, "--given", "x > 0")
    first, second, third = (_results(capsys, *typed, *more) for more in ((), (), ("--no-cache",)))
    assert [r["remembered"] for r in (first, second, third)] == [False, True, False]
    assert first["status"] == second["status"] == third["status"] != "unknown"
    assert first["witness"] == second["witness"]


@pytest.mark.parametrize("more", [("--engine", "arb"), ("--all-engines",)])
def test_engines_that_are_named_are_asked(more, capsys):
    for _ in range(2):
        assert not _results(capsys, "exp(x) >= 1 + x", *more)["remembered"]


def test_what_does_not_stand_is_not_believed(capsys):
    false, true = (Statement.parse(s, ("x > 0",)) for s in ("log(x) <= x - 2", "log(x) <= x - 1"))
    proof = ArbEngine().settle(true, Options(timeout=10)).evidence["proof"]
    proved = Outcome("arb", Status.PROVED, Trust.RIGOROUS, evidence={"proof": proof})
    refuted = Outcome("arb", Status.REFUTED, Trust.RIGOROUS, witness={"x": "2"})
    bare = Outcome("arb", Status.PROVED, Trust.RIGOROUS)
    assert stands(true, proved)
    assert stands(false, refuted)
    assert not any(stands(*pair) for pair in ((false, proved), (true, refuted), (true, bare)))
    cache = Cache(cache_directory())
    cache.put(key_of("prove", false.to_dict()), proved)
    found = _results(capsys, "log(x) <= x - 2", "--given", "x > 0")
    assert (found["status"], found["remembered"]) == ("refuted", False)
    # Nor that a kernel has seen it.
    cache.put(key_of("prove", true.to_dict()), replace(proved, trust=Trust.KERNEL))
    found = _results(capsys, "log(x) <= x - 1", "--given", "x > 0")
    assert (found["trust"], found["remembered"]) == ("rigorous", True)
