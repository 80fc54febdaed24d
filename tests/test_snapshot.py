"""Files that change are noticed, except while they are taken to stay as they are."""

from __future__ import annotations

from pathlib import Path

from srverify.running.snapshot import snapshot, unchanging


def test_a_new_file_is_noticed_once_the_work_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.v").write_text("a")
    before = snapshot(tmp_path, ".v", deep=True)
    with unchanging():
        assert snapshot(tmp_path, ".v", deep=True) == before
        (tmp_path / "b.v").write_text("b")
        with unchanging():
            assert snapshot(tmp_path, ".v", deep=True) == before
        assert snapshot(tmp_path, ".v", deep=True) == before
        assert len(snapshot(tmp_path, ".v")) == 2  # another question
    assert len(snapshot(tmp_path, ".v", deep=True)) == 2
