"""Tables of numbers in files that people have: CSV with a header, and NumPy's .npy and .npz."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError

Columns = dict[str, NDArray[Any]]
SUFFIXES = (".csv", ".npy", ".npz")

_RANGE = re.compile(r"([^:]+):([^:]+):(\d+)(:log)?\Z")


def check_suffix(path: Path) -> None:
    """Raise InputError for a file that is none of CSV, .npy and .npz."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: name a table {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")


def read_columns(path: Path) -> Columns:
    """Read a table as columns of equal length, by name.

    A CSV file has a header; a .npy array is structured, or plain and one-dimensional (its column is
    then called ``z``); a .npz file holds one array per column. Nothing is unpickled.

    Raises
    ------
    InputError
        For a file that cannot be read, another suffix, columns that differ in length, and a cell of a
        CSV file that is no number (with its line).
    """
    check_suffix(path)
    try:
        if path.suffix.lower() == ".csv":
            return _read_csv(path)
        loaded = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        if isinstance(error, InputError):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{path}: {reason}") from None
    if isinstance(loaded, np.ndarray):
        if loaded.dtype.names:
            columns = {name: loaded[name].ravel() for name in loaded.dtype.names}
        else:
            columns = {"z": loaded.ravel()}
    else:
        with loaded:
            columns = {name: loaded[name].ravel() for name in loaded.files}
    return _checked(path, columns)


def _read_csv(path: Path) -> Columns:
    text = path.read_text(encoding="utf-8-sig")
    header = next(csv.reader(io.StringIO(text)), [])
    names = [name.strip() for name in header]
    if not names or any(_is_number(name) for name in names) or len(set(names)) != len(names):
        raise InputError(f"{path}: the first line must name each column once")
    body = text.partition("\n")[2]
    try:
        values = np.loadtxt(io.StringIO(body), delimiter=",", ndmin=2, dtype=np.float64, comments=None)
    except ValueError:
        raise InputError(_wrong_cell(path, body, len(names))) from None
    if values.size == 0:
        values = np.empty((0, len(names)))
    if values.shape[1] != len(names):
        raise InputError(_wrong_cell(path, body, len(names)))
    return {name: values[:, index] for index, name in enumerate(names)}


def _wrong_cell(path: Path, body: str, width: int) -> str:
    for line, row in enumerate(csv.reader(io.StringIO(body)), 2):
        if row and len(row) != width:
            return f"{path}:{line}: {len(row)} cells where the header has {width}"
        for cell in row:
            if not _is_number(cell):
                return f"{path}:{line}: {cell!r} is not a number"
    return f"{path}: not a table of numbers"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _checked(path: Path, columns: Columns) -> Columns:
    sizes = {column.size for column in columns.values()}
    if len(sizes) > 1:
        raise InputError(f"{path}: its columns differ in length")
    for name, column in columns.items():
        if column.dtype.kind not in "fiub":
            raise InputError(f"{path}: column {name!r} holds no numbers ({column.dtype})")
    return {name: column.astype(np.float64) for name, column in columns.items()}


def encoded(suffix: str, columns: Mapping[str, NDArray[Any]]) -> Iterator[bytes]:
    """Yield a table in the format of a suffix, piece by piece; a single .npy column is a plain array."""
    names = list(columns)
    if suffix == ".csv":
        header = io.StringIO()
        csv.writer(header, lineterminator="\n").writerow(names)
        yield header.getvalue().encode()
        size = columns[names[0]].size if names else 0
        for start in range(0, size, 65536):
            block = [columns[name][start : start + 65536].tolist() for name in names]
            yield "".join(",".join(map(repr, row)) + "\n" for row in zip(*block, strict=True)).encode()
        return
    buffer = io.BytesIO()
    if suffix == ".npz":
        np.savez(buffer, **columns)  # type: ignore[arg-type]
    elif len(names) == 1:
        np.save(buffer, columns[names[0]])
    else:
        table = np.empty(columns[names[0]].shape, dtype=[(name, columns[name].dtype) for name in names])
        for name in names:
            table[name] = columns[name]
        np.save(buffer, table)
    yield buffer.getvalue()


def grid(axes: Mapping[str, Sequence[float] | NDArray[np.float64]]) -> Columns:
    """Return all combinations of the axes' values, the last axis fastest.

    >>> {name: values.tolist() for name, values in grid({"a": [1, 2], "b": [3, 4]}).items()}
    {'a': [1.0, 1.0, 2.0, 2.0], 'b': [3.0, 4.0, 3.0, 4.0]}
    """
    arrays = [np.asarray(values, dtype=np.float64) for values in axes.values()]
    meshes = np.meshgrid(*arrays, indexing="ij") if arrays else []
    return {name: mesh.ravel() for name, mesh in zip(axes, meshes, strict=True)}


def read_range(text: str) -> NDArray[np.float64] | None:
    """Read ``LO:HI:COUNT`` (evenly spaced) or ``LO:HI:COUNT:log``; None if the text is no range.

    Raises InputError for ends that are no numbers, or not positive where logarithms are taken.

    >>> read_range("1:100:3:log").tolist()
    [1.0, 10.0, 100.0]
    """
    match = _RANGE.match(text.strip())
    if match is None:
        return None
    low_text, high_text, count_text, logarithmic = match.groups()
    if not (_is_number(low_text) and _is_number(high_text)):
        raise InputError(f"{text!r}: the ends of a range are numbers, such as 1:100:50")
    low, high, count = float(low_text), float(high_text), int(count_text)
    if count < 1 or not np.isfinite([low, high]).all():
        raise InputError(f"{text!r}: a range has finite ends and at least one point")
    if not logarithmic:
        return np.linspace(low, high, count)
    if low <= 0 or high <= 0:
        raise InputError(f"{text!r}: a logarithmic range has positive ends")
    return np.geomspace(low, high, count)
