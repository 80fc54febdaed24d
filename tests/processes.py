"""Run the program as users do: in a process of its own, in some folder, with some environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditing import HEAD

MODULE = ("-m", "srverify")
#: As an installed script does it.
SCRIPT = ("-P", "-c", "import sys; from srverify.__main__ import main; raise SystemExit(main())")

CHECK = 'Check("c", statement("0 <= x^2", x="real"), engines=("sympy",))'
ONE = f'{HEAD}CLAIMS = (claim("A01", {CHECK}),)\n'
#: The claim is false, so that the audit's own status is 1.
WRONG = ONE.replace("0 <= x^2", "1 <= x^2")


def program(
    *arguments: str,
    folder: Path,
    command: Sequence[str] = MODULE,
    environment: dict[str, str] | None = None,
    **more: Any,
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with a cache in it unless the environment says otherwise."""
    own = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache"), **(environment or {})}
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(
        [sys.executable, *command, *arguments], cwd=folder, env=own, text=True, timeout=300, **options
    )


def write_module(folder: Path, text: str = ONE, name: str = "a.py") -> Path:
    """Write a claim module and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder
