"""Tables of numbers in files that people have: CSV with a header, and NumPy's .npy and .npz."""

from __future__ import annotations

import csv
import io
import math
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

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


@dataclass(frozen=True)
class Table:
    """A table in a file, read block by block.

    Parameters
    ----------
    size
        The number of rows.
    blocks
        Yields the columns of so many rows at a time, in order.
    """

    path: Path
    names: tuple[str, ...]
    size: int
    blocks: Callable[[int], Iterator[Columns]]


def open_table(path: Path) -> Table:
    """Open a table: a CSV or .npy file of any length takes the memory of a block only.

    A CSV file has a header; a .npy array is structured, or plain and one-dimensional (its column is
    then called ``z``); a .npz file holds one array per column. Nothing is unpickled.

    Raises
    ------
    InputError
        For a file that cannot be read, another suffix, columns that differ in length; and, while blocks
        are read, for a cell of a CSV file that is no number (with its line).
    """
    check_suffix(path)
    try:
        if path.suffix.lower() == ".csv":
            return _open_csv(path)
        loaded = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        if isinstance(error, InputError):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{path}: {reason}") from None
    if isinstance(loaded, np.ndarray):
        flat = loaded.reshape(-1)
        names = flat.dtype.names
        columns = {name: flat[name] for name in names} if names else {"z": flat}
    else:
        with loaded:
            columns = {name: loaded[name].ravel() for name in loaded.files}
    return _columns_as_table(path, columns)


def _columns_as_table(path: Path, columns: Columns) -> Table:
    sizes = {column.size for column in columns.values()}
    if len(sizes) > 1:
        raise InputError(f"{path}: its columns differ in length")
    for name, column in columns.items():
        if column.dtype.kind not in "fiub":
            raise InputError(f"{path}: column {name!r} holds no numbers ({column.dtype})")
    size = max(sizes, default=0)

    def blocks(rows: int) -> Iterator[Columns]:
        for start in range(0, size, rows):
            yield {
                name: column[start : start + rows].astype(np.float64) for name, column in columns.items()
            }

    return Table(path, tuple(columns), size, blocks)


def read_columns(path: Path) -> Columns:
    """Read a whole table as columns of equal length, by name; see ``open_table``."""
    table = open_table(path)
    parts = list(table.blocks(max(table.size, 1)))
    return parts[0] if parts else {name: np.empty(0) for name in table.names}


def _open_csv(path: Path) -> Table:
    with path.open(encoding="utf-8-sig") as file:
        header = next(csv.reader([file.readline()]), [])
        size = sum(1 for line in file if line.strip())
    names = tuple(name.strip() for name in header)
    if not names or any(_is_number(name) for name in names) or len(set(names)) != len(names):
        raise InputError(f"{path}: the first line must name each column once")

    def blocks(rows: int) -> Iterator[Columns]:
        with path.open(encoding="utf-8-sig") as file:
            numbered = enumerate(file, 1)
            next(numbered)
            kept = ((number, line) for number, line in numbered if line.strip())
            while lines := list(islice(kept, rows)):
                values = _numbers(path, names, lines)
                yield {name: values[:, index] for index, name in enumerate(names)}

    return Table(path, names, size, blocks)


def _numbers(path: Path, names: Sequence[str], lines: Sequence[tuple[int, str]]) -> NDArray[np.float64]:
    try:
        texts = [line for _, line in lines]
        values = np.loadtxt(texts, delimiter=",", ndmin=2, dtype=np.float64, comments=None)
    except ValueError:
        raise InputError(_wrong_cell(path, lines, len(names))) from None
    if values.shape[1] != len(names):
        raise InputError(_wrong_cell(path, lines, len(names)))
    return values


def _wrong_cell(path: Path, lines: Sequence[tuple[int, str]], width: int) -> str:
    for number, line in lines:
        row = next(csv.reader([line]), [])
        if len(row) != width:
            return f"{path}:{number}: {len(row)} cells where the header has {width}"
        for cell in row:
            if not _is_number(cell):
                return f"{path}:{number}: {cell!r} is not a number"
    return f"{path}: not a table of numbers"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def encoded(suffix: str, columns: Mapping[str, NDArray[Any]]) -> Iterator[bytes]:
    """Yield a table in the format of a suffix, piece by piece; a single .npy column is a plain array."""
    size = max((column.size for column in columns.values()), default=0)
    return encoded_blocks(suffix, size, iter([dict(columns)]))


def encoded_blocks(suffix: str, size: int | None, blocks: Iterator[Columns]) -> Iterator[bytes]:
    """Yield a table of ``size`` rows that comes block by block, all of the same columns.

    Memory is that of a block; for .npz, or where nobody knows the size yet, what is there waits in
    temporary files. Raises InputError for a block with other columns than the first.
    """
    blocks = _alike(blocks)
    if suffix == ".csv":
        yield from _as_csv(blocks)
    elif suffix == ".npy":
        yield from _as_records(blocks) if size is None else _with_size(size, blocks)
    else:
        yield from _as_archive(blocks)


def _alike(blocks: Iterator[Columns]) -> Iterator[Columns]:
    names: list[str] | None = None
    for columns in blocks:
        names = list(columns) if names is None else names
        if set(columns) != set(names):
            raise InputError(f"rows have the columns {', '.join(names)}, then {', '.join(columns)}")
        yield {name: columns[name] for name in names}


def _as_csv(blocks: Iterator[Columns]) -> Iterator[bytes]:
    for position, columns in enumerate(blocks):
        if position == 0:
            header = io.StringIO()
            csv.writer(header, lineterminator="\n").writerow(columns)
            yield header.getvalue().encode()
        rows = max((column.size for column in columns.values()), default=0)
        for start in range(0, rows, 8192):
            cells = [column[start : start + 8192].tolist() for column in columns.values()]
            yield "".join(",".join(map(repr, row)) + "\n" for row in zip(*cells, strict=True)).encode()


def _header(dtype: np.dtype[Any], size: int) -> bytes:
    buffer = io.BytesIO()
    described = {
        "descr": np.lib.format.dtype_to_descr(dtype),
        "fortran_order": False,
        "shape": (size,),
    }
    np.lib.format.write_array_header_1_0(buffer, described)
    return buffer.getvalue()


def _records(columns: Columns) -> NDArray[Any]:
    """Return columns as one array: of records, or plain if there is one."""
    if len(columns) == 1:
        (only,) = columns.values()
        return only
    dtype = np.dtype([(name, column.dtype) for name, column in columns.items()])
    records = np.empty(max(column.size for column in columns.values()), dtype)
    for name, column in columns.items():
        records[name] = column
    return records


def _with_size(size: int, blocks: Iterator[Columns]) -> Iterator[bytes]:
    for position, columns in enumerate(blocks):
        records = _records(columns)
        if position == 0:
            yield _header(records.dtype, size)
        yield records.tobytes()


def _as_records(blocks: Iterator[Columns]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as waiting:
        size, dtype = 0, np.dtype(np.float64)
        for columns in blocks:
            records = _records(columns)
            waiting.write(records.tobytes())
            size, dtype = size + records.size, records.dtype
        yield _header(dtype, size)
        yield from _read_back(waiting)


def _as_archive(blocks: Iterator[Columns]) -> Iterator[bytes]:
    with ExitStack() as stack:
        waiting: dict[str, IO[bytes]] = {}
        dtypes: dict[str, np.dtype[Any]] = {}
        size = 0
        for columns in blocks:
            for name, column in columns.items():
                if name not in waiting:
                    waiting[name] = stack.enter_context(tempfile.TemporaryFile())
                    dtypes[name] = column.dtype
                waiting[name].write(column.tobytes())
            size += max((column.size for column in columns.values()), default=0)
        whole = stack.enter_context(tempfile.TemporaryFile())
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for name, file in waiting.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    member.write(_header(dtypes[name], size))
                    for piece in _read_back(file):
                        member.write(piece)
                file.close()
        yield from _read_back(whole)


def _read_back(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(1 << 20):
        yield piece


def combined(
    table: Table | None, axes: Mapping[str, NDArray[np.float64]], rows: int
) -> tuple[int, Iterator[Columns]]:
    """Return how many combinations of a table's rows and the axes' values there are, and blocks of them.

    The last axis is the fastest, the table's rows the slowest; a block has at most ``rows`` rows.

    >>> count, blocks = combined(None, {"a": np.array([1.0, 2.0]), "b": np.array([3.0, 4.0])}, 10)
    >>> count, {name: values.tolist() for name, values in next(blocks).items()}
    (4, {'a': [1.0, 1.0, 2.0, 2.0], 'b': [3.0, 4.0, 3.0, 4.0]})
    """
    shape = tuple(values.size for values in axes.values())
    each = math.prod(shape)

    def blocks() -> Iterator[Columns]:
        for columns in iter([{}]) if table is None else table.blocks(rows):
            here = max((column.size for column in columns.values()), default=1) * each
            for start in range(0, here, rows):
                index = np.arange(start, min(start + rows, here))
                where = np.unravel_index(index % each, shape) if shape else ()
                block = {name: column[index // each] for name, column in columns.items()}
                yield block | {
                    name: values[at] for (name, values), at in zip(axes.items(), where, strict=True)
                }

    return (1 if table is None else table.size) * each, blocks()


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
