"""Sweeps: tables in and out, a million parameter sets in one command, and the bounds behind them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.commands.cli import run
from srverify.language.errors import InputError
from srverify.numerics.tables import combined, encoded, encoded_blocks, read_columns, read_range
from srverify.selfreward.bounds.arrays import bounds_table
from srverify.selfreward.bounds.summary import Parameters, summary

PARAMETERS = ["--kappa0", "10", "--log-class", "20", "--gamma", "1/2", "--responses", "64"]
#: Column of the table to entry and quantity of the enclosed bounds.
SAME = {
    "D11 guaranteed risk": ("D11", "min(eps_LB, 1/16)"),
    "D09 eps_LB": ("D09", "eps_LB, the root of f(eps) = I"),
    "D12 sqrt(1-1/e) eps~": ("D12", "sqrt(1-1/e) eps~ <= eps_LB"),
    "D12 eps~": ("D12", "eps~ >= eps_LB: no lower bound"),
    "D16 Jensen": ("D16", "Jensen form at its best rho"),
    "D17 binary keys": ("D17", "binary keys, no logarithm"),
    "C18 eps_stat": ("C18", "eps_stat"),
    "C19 2A": ("C19", "2A, base failure"),
    "C26 kappa_1": ("C26", "kappa_1 <= min(1/c, 1 + A/c)"),
    "C38 eps_stat": ("C38", "eps_stat with log(T|Pi|/delta)"),
    "C28 b": ("C28", "b of the recurrence"),
    "C29 kappa*": ("C29", "kappa*, its fixed point"),
    "C30 rho": ("C30", "rho, its contraction"),
    "C34 own failure": ("C34", "own failure"),
    "C35 rounds": ("C35", "by C31"),
}


@settings(max_examples=60, deadline=None)
@given(
    kappa=st.fractions(1, 1000, max_denominator=50),
    n=st.integers(1, 10**12),
    size=st.fractions(Fraction(1, 10), 300, max_denominator=50),
    gamma=st.fractions(Fraction(1, 100), 5, max_denominator=100),
    responses=st.integers(1000, 10**6),
    rounds=st.integers(1, 9),
)
def test_the_table_is_what_single_points_enclose(
    kappa: Fraction, n: int, size: Fraction, gamma: Fraction, responses: int, rounds: int
) -> None:
    exact = {
        (line.entry, line.quantity): line.value
        for line in summary(
            Parameters(kappa, Fraction(n), size, gamma, Fraction(responses), rounds=rounds)
        )
    }
    table = bounds_table(
        {
            "kappa0": float(kappa),
            "n": float(n),
            "log-class": float(size),
            "gamma": float(gamma),
            "responses": float(responses),
            "rounds": float(rounds),
        }
    )
    for name, key in SAME.items():
        value, found = exact[key], float(table[name])
        if value is None:
            assert np.isnan(found), name
            continue
        true = float(value)
        if name in ("D16 Jensen", "D17 binary keys"):
            # Counts of keys may be rounded down where a logarithm nearly divides.
            assert np.isnan(found) or found <= true * (1 + 1e-9), name
            continue
        if name == "C35 rounds":
            assert abs(found - true) <= 1, name
            continue
        assert found == pytest.approx(true, rel=1e-10, abs=1e-300), name


def test_out_of_range_is_nan_and_the_rest_is_not() -> None:
    table = bounds_table(
        {"kappa0": np.array([0.5, 10.0]), "n": 1e6, "log-class": 20.0, "gamma": 1.0, "responses": 64.0}
    )
    for values in table.values():
        assert np.isnan(values[0])
    assert np.isfinite(table["D09 eps_LB"][1])
    with pytest.raises(InputError, match="missing gamma"):
        bounds_table({"kappa0": 2.0, "n": 1.0, "log-class": 1.0, "responses": 4.0})
    with pytest.raises(InputError, match="unknown kappa"):
        bounds_table({"kappa0": 2, "n": 1, "log-class": 1, "gamma": 1, "responses": 4, "kappa": 1})


@pytest.mark.parametrize("suffix", [".csv", ".npy", ".npz"])
def test_a_sweep_is_one_command(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"out{suffix}"
    assert (
        run(["bound", *PARAMETERS, "--n", "1e3:1e9:7:log", "--c", "0.1:0.5:3", "--out", str(out)]) == 0
    )
    table = read_columns(out)
    assert table["n"].size == 21
    assert table["n"][[0, -1]].tolist() == [1e3, 1e9]
    assert np.allclose(table["C29 kappa*"], 1 + table["C28 b"] * np.sqrt(table["C29 kappa*"]))


def test_parameter_sets_come_from_a_table(tmp_path: Path) -> None:
    rows, out = tmp_path / "in.csv", tmp_path / "out.npz"
    rows.write_text("kappa0,n\n10,1e6\n20,1e7\n")
    rest = ["--log-class", "20", "--gamma", "1:2:2", "--responses", "64"]
    assert run(["bound", "--table", str(rows), *rest, "--out", str(out)]) == 0
    table = read_columns(out)
    assert table["kappa0"].tolist() == [10, 10, 20, 20]
    assert table["gamma"].tolist() == [1, 2, 1, 2]


@pytest.mark.parametrize("suffix", [".csv", ".npy", ".npz"])
def test_blocks_make_the_same_table_as_one_piece(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "in.csv"
    lines = "".join(f"{k},{10 ** (k % 7 + 2)}\n" for k in range(2, 30))
    rows.write_text(f"kappa0,n\n\n{lines}\n")
    arguments = ["bound", "--table", str(rows), "--log-class", "20", "--gamma", "1:2:3"]
    arguments += ["--responses", "64", "--out"]
    assert run([*arguments, str(tmp_path / f"whole{suffix}")]) == 0
    monkeypatch.setattr("srverify.selfreward.commands.bound._CHUNK", 5)
    assert run([*arguments, str(tmp_path / f"blocks{suffix}")]) == 0
    whole, blocks = (read_columns(tmp_path / f"{name}{suffix}") for name in ("whole", "blocks"))
    assert list(whole) == list(blocks)
    assert whole["kappa0"].size == 84
    for name, column in whole.items():
        np.testing.assert_array_equal(column, blocks[name])


def test_parameters_out_of_range_are_said_with_their_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srverify.selfreward.commands.bound._CHUNK", 2)
    rows, out = tmp_path / "in.csv", tmp_path / "out.npy"
    rows.write_text("kappa0,n\n10,1e6\n20,1e7\n20,1e7\n-1,5\n99,5\n")
    arguments = ["bound", "--table", str(rows), "--log-class", "20", "--gamma", "1"]
    assert run([*arguments, "--responses", "64", "--out", str(out)]) == 0
    assert "2 of 5 parameter sets are out of range, the first in row 4:" in capsys.readouterr().err
    assert np.isnan(read_columns(out)["D09 eps_LB"]).tolist() == [False, False, False, True, True]
    rows.write_text("kappa0,n\n")
    assert run([*arguments, "--responses", "64", "--out", str(out)]) == 2
    assert "holds no parameter sets" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bound", *PARAMETERS], "--n is missing"),
        (["bound", *PARAMETERS, "--n", "1:10:5"], "needs --out"),
        (["bound", *PARAMETERS, "--n", "1:10:5", "--out", "x.txt"], "name a table"),
        (["bound", *PARAMETERS, "--n", "a:10:5", "--out", "x.csv"], "ends of a range"),
        (["bound", *PARAMETERS, "--n", "0:10:5:log", "--out", "x.csv"], "positive ends"),
        (["bound", *PARAMETERS, "--n", "5", "--table", "gone.csv", "--out", "x.csv"], "No such file"),
        (["lambertw"], "either Z or --file"),
        (["lambertw", "--file", "z.csv"], "needs --out"),
        (["simulate", "forgetting", "--points", "p.csv"], "needs --out"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,2\n3,4\n", "first line must name"),
        ("a,a\n1,2\n", "first line must name"),
        ("a,b\n1,2\n3,x\n", r":3: 'x' is not a number"),
        ("a,b\n\n1,2\n\n3,y\n", r":5: 'y' is not a number"),
        ("a,b\n1,2\n3\n", r":3: 1 cells where the header has 2"),
        ("", "first line must name"),
    ],
)
def test_a_table_that_is_none_says_where(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=message):
        read_columns(file)


def test_a_pickle_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "t.npy"
    np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError):
        read_columns(file)


@pytest.mark.parametrize("suffix", [".csv", ".npy", ".npz"])
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_what_is_written_is_read_back(
    suffix: str, tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    file = tmp_path_factory.mktemp("t") / f"t{suffix}"
    columns = {"a b": np.array(values), "c": np.array(values)[::-1]}
    file.write_bytes(b"".join(encoded(suffix, columns)))
    read = read_columns(file)
    assert {name: column.tolist() for name, column in read.items()} == {
        name: column.tolist() for name, column in columns.items()
    }


def test_ranges_and_grids() -> None:
    assert read_range("3") is None
    found = read_range("0:1:3")
    assert found is not None
    assert found.tolist() == [0, 0.5, 1]
    count, blocks = combined(None, {}, 5)
    assert (count, list(blocks)) == (1, [{}])


def test_lambert_w_of_a_column(tmp_path: Path) -> None:
    np.save(tmp_path / "z.npy", np.array([0.0, 1.0, -1.0]))
    out = tmp_path / "w.csv"
    assert run(["lambertw", "--file", str(tmp_path / "z.npy"), "--branch", "0", "--out", str(out)]) == 0
    assert out.read_text().splitlines()[:3] == ["w", "0.0", "0.5671432904097838"]


@pytest.mark.parametrize("suffix", [".csv", ".npy", ".npz"])
def test_points_in_blocks_make_the_same_rows(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = tmp_path / "p.csv"
    points.write_text("log10_kappa_0\n2\n5\n3\n4\n6\n")
    arguments = ["simulate", "forgetting", "--points", str(points), "--jobs", "1", "--no-cache", "--out"]
    assert run([*arguments, str(tmp_path / f"whole{suffix}")]) == 0
    monkeypatch.setattr("srverify.selfreward.commands.simulate._BLOCK", 2)
    assert run([*arguments, str(tmp_path / f"blocks{suffix}")]) == 0
    whole, blocks = (read_columns(tmp_path / f"{name}{suffix}") for name in ("whole", "blocks"))
    assert list(whole) == list(blocks)
    for name, column in whole.items():
        np.testing.assert_array_equal(column, blocks[name])


def test_a_column_of_some_points_only_is_nan_at_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srverify.selfreward.commands.simulate._BLOCK", 1)
    points, out = tmp_path / "p.csv", tmp_path / "rows.csv"
    points.write_text("log10_n\n0\n6\n")
    arguments = ["simulate", "lambert", "--points", str(points), "--jobs", "1", "--no-cache"]
    assert run([*arguments, "--out", str(out)]) == 0
    rows = read_columns(out)
    assert np.isnan(rows["binary"]).tolist() == [True, False]
    assert np.isfinite(rows["lower"]).all()


@pytest.mark.parametrize(("most", "files"), [(2, 2), (1, 0)])
def test_large_tables_leave_no_file_per_point(
    most: int, files: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("srverify.selfreward.commands.simulate._MAX_REMEMBERED", most)
    points = tmp_path / "p.csv"
    points.write_text("log10_kappa_0\n2\n5\n")
    out = str(tmp_path / "rows.csv")
    assert run(["simulate", "forgetting", "--points", str(points), "--jobs", "1", "--out", out]) == 0
    assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == files


def test_a_point_that_is_not_whole_is_said_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srverify.selfreward.commands.simulate._BLOCK", 2)
    points, out = tmp_path / "p.csv", tmp_path / "rows.csv"
    points.write_text("log10_kappa_0\n2\n3\n4\n4.5\n")
    assert run(["simulate", "forgetting", "--points", str(points), "--out", str(out)]) == 2
    assert "row 4: log10_kappa_0 = 4.5 is not whole" in capsys.readouterr().err
    assert not out.exists()


def test_blocks_of_other_columns_are_refused() -> None:
    blocks = [{"a": np.ones(2)}, {"b": np.ones(2)}]
    with pytest.raises(InputError, match="columns a, then b"):
        list(encoded_blocks(".csv", None, iter(blocks)))


def test_points_of_an_experiment_come_from_a_table(tmp_path: Path) -> None:
    points, out = tmp_path / "p.csv", tmp_path / "rows.csv"
    points.write_text("log10_kappa_0\n2\n5\n")
    arguments = ["simulate", "forgetting", "--points", str(points), "--out", str(out)]
    assert run([*arguments, "--jobs", "1", "--no-cache"]) == 0
    assert set(np.round(np.log10(read_columns(out)["kappa_0"]))) == {2.0, 5.0}
    points.write_text("log10_kappa_0\n2.5\n")
    assert run([*arguments, "--jobs", "1", "--no-cache"]) == 2
    points.write_text("kappa\n2\n")
    assert run([*arguments, "--jobs", "1", "--no-cache"]) == 2
