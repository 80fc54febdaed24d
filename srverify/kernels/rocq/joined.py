"""Which folders of Rocq files may be compiled as one: those whose every file has been read for it.

In one file, what a folder's first file leaves behind (an option, a notation, a module that is not what
it seems) reaches the others, which do not require it and whose digests do not cover it. So only what
comes with srverify is put together (``units``), as long as its text, and that of all it requires, is the
recorded one. Everything else, a changed file and other papers' files among it, is compiled file by
file: slower, and otherwise the same. ``python -m srverify.kernels.rocq.joined`` records the present
text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from srverify.kernels.rocq.development import Development
from srverify.kernels.rocq.units import Unit, folders_of

_RECORD = Path(__file__).with_name("joined.json")


def digest_of(development: Development, unit: Unit) -> str:
    """Return a digest of the files of a unit, in their order, with all that they require."""
    digests = "\0".join(f"{module}\0{development.digest(module)}" for module in unit.modules)
    return hashlib.sha256(digests.encode()).hexdigest()


@cache
def recorded() -> frozenset[str]:
    """Return the digests of the folders that have been read."""
    return frozenset(json.loads(_RECORD.read_text(encoding="utf-8")).values())


def joined_folders(development: Development) -> Mapping[str, Unit]:
    """Return the folders that are compiled as one file, by name."""
    return {
        name: unit
        for name, unit in folders_of(development).items()
        if digest_of(development, unit) in recorded()
    }


def main() -> None:
    """Record the folders of Rocq files that come with srverify."""
    from srverify.claims.folders import shipped_folders

    found: dict[str, str] = {}
    for folder in shipped_folders():
        development = Development(folder / "rocq")
        units = folders_of(development)
        found.update({name: digest_of(development, unit) for name, unit in units.items()})
    _RECORD.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
