"""Replays in an audit: kernel trust from proof objects, remembered, and only where accepted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.audit.engines import Engines
from srverify.audit.plan import Planner
from srverify.audit.result import Settings
from srverify.claims.ledger import load
from srverify.claims.obligation import FOR_KERNEL, Options, Replay
from srverify.claims.outcome import Status, Trust
from srverify.engines import engine
from srverify.language.statement import Statement
from srverify.running.task import decode, encode

needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")

SQUARE = Statement.parse("2*x <= x^2 + 1")
PROOF = {"rule": "combine", "terms": [{"coeff": 1, "factors": [["square", "x - 1"]]}]}
CLAIMS = """
CLAIMS = (
    claim("A01", Check("c", statement("2*x <= x^2 + 1", x="real"), engines=("z3", "arb"))),
    claim("A02", Check("c", statement("(x + 1/2)*log(1 + 1/x) > 1", x="(0, oo)"), engines=("arb",))),
)
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_a_replay_travels_as_plain_data() -> None:
    replay = Replay(SQUARE, PROOF)
    assert decode(json.loads(json.dumps(encode(replay)))) == replay
    assert replay.digest != Replay(SQUARE, {**PROOF, "k": 1}).digest
    assert replay.digest != Replay(Statement.parse("2*y <= y^2 + 1"), PROOF).digest


@needs_coqc
@pytest.mark.slow  # three files through the kernel's compiler take half a minute
def test_an_audit_takes_the_kernels_word_and_remembers_it(tmp_path: Path) -> None:
    claims = write_claims(tmp_path / "claims", CLAIMS)
    record = tmp_path / "audit.json"
    command = [sys.executable, "-m", "srverify", "audit", str(claims), "--json", str(record)]

    def audited(*more: str) -> list[dict[str, object]]:
        subprocess.run(
            [*command, *more], check=True, capture_output=True, text=True, env=dict(os.environ)
        )
        return [claim["checks"][0] for claim in json.loads(record.read_text())["claims"]]

    assert [check["trust"] for check in audited("--no-replay")] == ["rigorous", "rigorous"]
    squares, tail = audited()
    assert (squares["trust"], tail["trust"]) == ("kernel", "rigorous")
    first, last = squares["outcomes"][-1], tail["outcomes"][-1]
    assert (first["engine"], first["status"], first["trust"]) == ("rocq", "proved", "kernel")
    assert (last["engine"], last["status"]) == ("rocq", "unknown")
    assert "has no Rocq form here" in last["detail"]
    again = audited()
    assert [check["trust"] for check in again] == ["kernel", "rigorous"]
    # Its seconds too: it was not asked again.
    assert again[0]["outcomes"][-1] == {**first, "cached": True}
    assert [check["trust"] for check in audited("--no-replay")] == ["rigorous", "rigorous"]


@needs_coqc
def test_the_kernel_does_not_follow_a_wrong_proof() -> None:
    forged = {"rule": "combine", "terms": [{"coeff": 1, "factors": [["square", "x + 1"]]}]}
    outcome = engine("rocq").settle(Replay(SQUARE, forged), Options())
    assert (outcome.status, outcome.trust) == (Status.UNKNOWN, None)


@pytest.fixture
def follower(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a kernel in Rocq's place that follows proofs about squares only."""
    import srverify.engines

    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setitem(srverify.engines.REGISTRY, "rocq", "fake_engines:Follower")
    srverify.engines.engine.cache_clear()
    yield
    srverify.engines.engine.cache_clear()


def test_trust_is_computed_from_what_the_kernel_accepts(tmp_path: Path, follower: None) -> None:
    folder = write_claims(tmp_path / "claims", CLAIMS)
    cache = tmp_path / "outcomes"
    plain = run_audit(folder, cache)
    assert plain.ok
    assert [claim.trust for claim in plain.claims] == [Trust.RIGOROUS, Trust.RIGOROUS]
    for expected in (frozenset(), frozenset({"z3", "arb", "rocq"})):
        result = run_audit(folder, cache, replay=True)
        assert result.ok
        assert [claim.trust for claim in result.claims] == [Trust.KERNEL, Trust.RIGOROUS]
        squares, tail = (claim.checks[0].evidence.outcomes for claim in result.claims)
        assert [o.engine for o in squares] == ["z3", "arb", "rocq"]
        assert (tail[-1].engine, tail[-1].status) == ("rocq", Status.UNKNOWN)
        assert result.claims[0].checks[0].evidence.cached >= expected


SUPPORTED = """
CLAIMS = (
    claim(
        "A01",
        Check("c", statement("2*x <= x^2 + 1", x="real"), engines=("z3",)),
        Check("d", statement("2*x <= x^2 + 2", x="real"), engines=("z3",), role=Role.SUPPORT),
    ),
)
"""


@pytest.mark.parametrize(
    ("settings", "replayed"),
    [
        ({"replay": None}, {"c"}),
        ({"replay": True}, {"c", "d"}),
        ({"replay": False}, set()),
        ({"replay": None, "engines": ("z3",)}, set()),
        ({"replay": None, "engines": ("z3", "rocq")}, {"c"}),
    ],
)
def test_unless_told_otherwise_what_settles_a_part_is_replayed(
    settings: dict[str, object], replayed: set[str], tmp_path: Path, follower: None
) -> None:
    result = run_audit(write_claims(tmp_path / "claims", SUPPORTED), **settings)
    checks = result.claims[0].checks
    kernel = {check.check.id for check in checks if check.trust is Trust.KERNEL}
    assert (
        kernel
        == replayed
        == {
            check.check.id
            for check in checks
            if any(o.engine == "rocq" for o in check.evidence.outcomes)
        }
    )


@pytest.mark.parametrize("replay", [None, True, False])
def test_only_what_is_replayed_is_proved_for_a_kernel(
    replay: bool | None, tmp_path: Path, follower: None
) -> None:
    ledger = load([write_claims(tmp_path / "claims", SUPPORTED.replace('"z3"', '"z3", "arb"'))])
    claim = ledger.claim("A01")
    planner = Planner(ledger, Engines(), Settings(replay=replay))
    for check in claim.checks:
        mains = [step.runs[0].build() for step in planner.steps(claim, check) if step.purpose == "main"]
        asked = {task.engine for task in mains if task.options["extra"] == FOR_KERNEL}
        replayed = check.id == "c" if replay is None else replay
        assert asked == ({"arb"} if replayed else set())


def test_a_named_theorem_is_not_replayed_beside(tmp_path: Path, follower: None) -> None:
    named = CLAIMS.replace('"arb")', '"arb"), rocq="A01_squares"', 1)
    result = run_audit(write_claims(tmp_path / "claims", named), replay=True)
    outcomes = result.claims[0].checks[0].evidence.outcomes
    assert [o.status for o in outcomes if o.engine == "rocq"] == [Status.ERROR]
    assert not result.ok


def test_a_missing_kernel_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import srverify.engines
    from srverify.commands.cli import run

    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setitem(srverify.engines.REGISTRY, "rocq", "fake_engines:Missing")
    srverify.engines.engine.cache_clear()
    claims = write_claims(tmp_path / "claims", CLAIMS)
    assert run(["audit", str(claims), "--only", "A01", "--replay"]) == 0
    assert capsys.readouterr().err == "srverify: --replay: nothing was replayed: no library\n"
    assert run(["audit", str(claims), "--only", "A01"]) == 0
    told = capsys.readouterr()
    assert "no library" not in told.out + told.err
    srverify.engines.engine.cache_clear()
