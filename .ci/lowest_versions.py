"""Print pip constraints that pin every dependency of pyproject.toml to the lowest version it allows."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?\s*(==|>=)\s*([\w.]+)")


def constraints(project: Mapping[str, Any]) -> Iterator[str]:
    """Yield ``name==version``; raises ValueError for a requirement that names no lowest version.

    >>> list(constraints({"name": "p", "dependencies": ["a>=1.2", "p[x]"]}))
    ['a==1.2']
    """
    extras = project.get("optional-dependencies", {})
    for text in [*project["dependencies"], *(text for extra in extras.values() for text in extra)]:
        if text.startswith(f"{project['name']}["):
            continue
        match = _REQUIREMENT.match(text)
        if match is None:
            raise ValueError(f"no lowest version: {text!r}")
        yield f"{match[1]}=={match[4]}"


if __name__ == "__main__":
    source = Path(__file__).resolve().parents[1] / "pyproject.toml"
    project = tomllib.loads(source.read_text(encoding="utf-8"))["project"]
    sys.stdout.writelines(f"{line}\n" for line in constraints(project))
