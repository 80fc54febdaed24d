from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing import run_audit, write_claims
from hypothesis import given
from hypothesis import strategies as st

import srverify.running.cache
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.running.cache import (
    Cache,
    cache_directory,
    key_of,
    reachable,
    sources_digest,
    write_atomically,
)

KEY = key_of("anything")
PROVED = Outcome("arb", Status.PROVED, Trust.RIGOROUS, 0.5, None, "by covering", {"boxes": 3})
PACKAGE = Path(srverify.running.cache.__file__).resolve().parents[1]


def test_outcome_is_remembered_whole(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get(KEY) is None
    cache.put(KEY, PROVED)
    assert Cache(tmp_path).get(KEY) == PROVED


def test_text_is_remembered_and_no_outcome(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.text(KEY) is None
    cache.put_text(KEY, "")
    assert Cache(tmp_path).text(KEY) == ""
    assert Cache(tmp_path).get(KEY) is None
    file = entry_of(cache)
    file.write_text(file.read_text().replace('"text": ""', '"text": "forged"'))
    assert Cache(tmp_path).text(KEY) is None


@pytest.mark.parametrize("status", [Status.ERROR, Status.UNAVAILABLE])
def test_what_the_machine_may_be_to_blame_for_is_forgotten(status: Status, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, Outcome("arb", status))
    assert cache.get(KEY) is None
    assert not list(tmp_path.rglob("*.json"))


def test_timeout_is_told_only_to_those_who_ask(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, Outcome("arb", Status.TIMEOUT))
    assert cache.get(KEY) is None
    assert cache.get(KEY, timeouts=True) == Outcome("arb", Status.TIMEOUT)


def test_unknown_is_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, Outcome("arb", Status.UNKNOWN, detail="cover too large"))
    assert cache.get(KEY) is not None


def entry_of(cache: Cache) -> Path:
    (file,) = cache.folder.rglob("*.json")
    return file


def edit(change: Callable[[dict], None]) -> Callable[[Path], None]:  # type: ignore[type-arg]
    def damage(file: Path) -> None:
        entry = json.loads(file.read_text())
        change(entry)
        file.write_text(json.dumps(entry))

    return damage


DAMAGES = {
    "truncated": lambda file: file.write_bytes(file.read_bytes()[:-10]),
    "empty": lambda file: file.write_bytes(b""),
    "binary": lambda file: file.write_bytes(bytes(range(256))),
    "another schema": edit(lambda entry: entry.update(schema=99)),
    "another key": edit(lambda entry: entry.update(key=key_of("else"))),
    "edited status": edit(lambda entry: entry["outcome"].update(status="refuted")),
    "unknown trust": edit(lambda entry: entry["outcome"].update(trust="oracle")),
    "missing field": edit(lambda entry: entry["outcome"].pop("seconds")),
    "not an object": lambda file: file.write_text("[1, 2]"),
    "deeply nested": lambda file: file.write_text("[" * 100_000),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_entry_is_ignored_and_rebuilt(damage: Callable[[Path], object], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, PROVED)
    damage(entry_of(cache))
    assert cache.get(KEY) is None
    cache.put(KEY, PROVED)
    assert cache.get(KEY) == PROVED


@given(st.binary(max_size=200))
def test_no_bytes_make_an_entry(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put(KEY, PROVED)
        entry_of(cache).write_bytes(data)
        assert cache.get(KEY) is None


def test_folder_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    lines: list[str] = []
    cache = Cache(tmp_path / "cache", warn=lines.append)
    cache.put(KEY, PROVED)
    cache.put(key_of("else"), PROVED)
    assert cache.get(KEY) is None
    assert lines == [
        f"warning: the cache {tmp_path}/cache cannot be written (Not a directory): going on without"
    ]


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_directory_follows_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "srverify"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/path")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_directory() == tmp_path / ".cache" / "srverify"


# -- what a key covers -------------------------------------------------------------------------


def test_imports_inside_functions_are_reached() -> None:
    files = {
        path.relative_to(PACKAGE).as_posix() for path in reachable([PACKAGE / "running" / "worker.py"])
    }
    assert {
        "running/worker.py",
        "numerics/witness.py",
        "numerics/mpmath_eval.py",
        "language/statement.py",
        "running/task.py",
    } <= files


def test_engines_do_not_reach_each_other_through_the_registry() -> None:
    files = {path.name for path in reachable([PACKAGE / "engines" / "exact.py"])}
    assert "computation.py" in files
    assert "mpmath_engine.py" not in files


@pytest.mark.parametrize(
    "line",
    [
        "from srverify.numerics import witness",
        "from srverify.numerics.witness import confirm",
        "from srverify.numerics import (\n    exact,\n    witness,\n)",
        "import srverify.numerics.witness as w",
        "def f():\n    from srverify.numerics.witness import confirm",
        "importlib.import_module('srverify.numerics.witness')",
    ],
)
def test_every_way_to_import_is_seen(line: str, tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(line + "\n")
    assert PACKAGE / "numerics" / "witness.py" in reachable([file])


def test_digest_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text("x = 1\n")
    first = sources_digest(file)
    file.write_text("x = 2\n")
    srverify.running.cache.forget_sources()
    assert sources_digest(file) != first


# -- in an audit -------------------------------------------------------------------------------

CLAIM = """
def holds(seed): return Finding({value} == 1, "compared")
def wrong(seed): return Finding({value} == 2, "compared")
CLAIMS = (
    claim("A01",
        Check("main", statement("0 <= x^{power}", x="real"), engines=("oracle",)),
        Check("exact", Computation("one is one", "exact", holds, wrong)),
    ),
)
"""


def settled(log: Path) -> int:
    return len(log.read_text().splitlines()) if log.exists() else 0


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fakes: None) -> Path:
    path = tmp_path / "log"
    monkeypatch.setenv("FAKE_LOG", str(path))
    return path


def test_second_audit_starts_no_worker(
    tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=2))
    first = run_audit(folder, tmp_path / "cache")
    assert first.ok
    monkeypatch.setattr(
        "srverify.audit.run.make_executor", lambda *_: pytest.fail("a worker was started")
    )
    second = run_audit(folder, tmp_path / "cache")
    assert second.ok
    check = second.claims[0].checks[0]
    assert check.evidence.cached == {"oracle"}
    assert check.evidence.outcomes == first.claims[0].checks[0].evidence.outcomes
    assert second.claims[0].seconds == 0


def test_what_a_mutants_point_tells_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from srverify.claims import mutants

    asked: list[object] = []
    monkeypatch.setattr(mutants, "tells_nothing", lambda check, *rest: asked.append(check))
    folder = write_claims(
        tmp_path / "claims",
        """
        CLAIMS = (claim("A01", Check("main", statement("x <= x + 1", x="real"), engines=("arb",))),)
        """,
    )
    first = run_audit(folder, tmp_path / "cache")
    assert asked
    asked.clear()
    second = run_audit(folder, tmp_path / "cache")
    assert not asked
    assert second.claims[0].checks[0].evidence.mutants == first.claims[0].checks[0].evidence.mutants


SLOW = """
CLAIMS = (
    claim("A01", Check("main", statement("0 <= x^2", x="real"), engines={engines})),
)
"""


@pytest.mark.parametrize(
    ("engines", "again"), [('("hangs", "oracle")', False), ('("hangs", "shy")', True)]
)
def test_timeout_is_tried_again_only_if_the_check_hangs_on_it(
    engines: str, again: bool, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    monkeypatch.setenv("FAKE_PIDS", str(pids))
    monkeypatch.setattr("srverify.running.isolation.GRACE_SECONDS", 0.2)
    monkeypatch.setattr("srverify.audit.plan.REFUTERS", ("oracle",))
    folder = write_claims(tmp_path / "claims", SLOW.format(engines=engines))
    first = run_audit(folder, tmp_path / "cache", timeout=0.3)
    pids.unlink()
    second = run_audit(folder, tmp_path / "cache", timeout=0.3)
    assert pids.exists() is again
    assert second.ok is first.ok is not again


def test_edited_statement_is_settled_anew(tmp_path: Path, log: Path) -> None:
    for power, runs in ((2, 1), (4, 2), (2, 2)):
        folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=power))
        assert run_audit(folder, tmp_path / "cache").ok
        assert settled(log) == runs


def test_edited_computation_is_no_stale_pass(tmp_path: Path, log: Path) -> None:
    folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=2))
    assert run_audit(folder, tmp_path / "cache").ok
    folder = write_claims(tmp_path / "claims", CLAIM.format(value=3, power=2))
    result = run_audit(folder, tmp_path / "cache")
    assert not result.ok
    assert "expected proved: exact refuted" in result.claims[0].problems[0]


def test_edited_helper_is_no_stale_pass(tmp_path: Path, log: Path) -> None:
    body = "from ._value import VALUE\n" + CLAIM.format(value="VALUE", power=2)
    folder = write_claims(tmp_path / "claims", body)
    (folder / "_value.py").write_text("VALUE = 1\n")
    assert run_audit(folder, tmp_path / "cache").ok
    (folder / "_value.py").write_text("VALUE = 3\n")
    assert not run_audit(folder, tmp_path / "cache").ok


@pytest.mark.parametrize("change", [{"seed": 1}, {"timeout": 9.0}, {"memory_mb": 5000}])
def test_options_are_part_of_the_key(change: dict[str, int], tmp_path: Path, log: Path) -> None:
    folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=2))
    run_audit(folder, tmp_path / "cache")
    run_audit(folder, tmp_path / "cache", **change)
    assert settled(log) == 2


def test_engine_version_is_part_of_the_key(
    tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fake_engines

    from srverify.engines.base import Availability

    folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=2))
    run_audit(folder, tmp_path / "cache")
    monkeypatch.setattr(fake_engines.Oracle, "probe", lambda self: Availability(True, "2.0"))
    run_audit(folder, tmp_path / "cache")
    assert settled(log) == 2


def test_audit_goes_on_without_a_writable_cache(tmp_path: Path, log: Path) -> None:
    (tmp_path / "cache").write_text("")
    folder = write_claims(tmp_path / "claims", CLAIM.format(value=1, power=2))
    assert run_audit(folder, tmp_path / "cache").ok
