"""Every audit of the gallery runs, comes out as expected, and is linked from the README."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GALLERY = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


def test_the_gallery_is_there() -> None:
    assert len(GALLERY) >= 3


@pytest.mark.parametrize("folder", GALLERY, ids=lambda folder: folder.name)
def test_the_readme_links_every_audit(folder: Path) -> None:
    assert (folder / "README.md").is_file()
    assert f"](examples/{folder.name}/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", GALLERY, ids=lambda folder: folder.name)
def test_an_audit_of_the_gallery_comes_out_as_expected(folder: Path, tmp_path: Path) -> None:
    record, page = tmp_path / "audit.json", tmp_path / "page.html"
    command = [sys.executable, "-m", "srverify", "audit", str(folder / "proofs"), "--no-cache"]
    command += ["--no-replay"]  # The kernel takes minutes; its own tests ask it.
    done = subprocess.run(
        [*command, "--json", str(record), "--html", str(page)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    claims = json.loads(record.read_text(encoding="utf-8"))["claims"]
    assert len(claims) >= 6
    assert any(claim["verdict"] == "repaired" for claim in claims)
    assert "<html" in page.read_text(encoding="utf-8")
