"""What the surroundings of a run can do to it: pipes, full disks, closed streams, no home, ASCII."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from processes import MODULE, ONE, WRONG, program, write_module

REPORTS = ("json", "junit", "sarif", "html")


def wanted(folder: Path, names: tuple[str, ...] = REPORTS) -> list[str]:
    return [word for name in names for word in (f"--{name}", str(folder / f"out.{name}"))]


def whole(folder: Path, names: tuple[str, ...] = REPORTS) -> None:
    """Assert that every report is there and whole, and nothing half-written beside it."""
    for name in names:
        text = (folder / f"out.{name}").read_text()
        if name in ("json", "sarif"):
            json.loads(text)
        elif name == "junit":
            ElementTree.fromstring(text)
        else:
            assert text.rstrip().endswith("</html>")
    assert not list(folder.glob(".out*"))


# -- a reader that leaves ----------------------------------------------------------------------


@pytest.mark.parametrize(("text", "status"), [(ONE, 0), (WRONG, 1)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_reader_that_leaves_changes_neither_reports_nor_status(
    text: str, status: int, unbuffered: str, tmp_path: Path
) -> None:
    write_module(tmp_path / "claims", text)
    read, write = os.pipe()
    os.close(read)
    done = program(
        *("audit", "claims", *wanted(tmp_path)),
        folder=tmp_path,
        stdout=write,
        environment={"PYTHONUNBUFFERED": unbuffered},
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (status, "")
    whole(tmp_path)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("list",), 0),
        (("show", "S01"), 0),
        (("export", "S01", "--to", "latex"), 0),
        (("doctor", "--json"), 0),
        (("prove", "x^2 >= 0"), 0),
        (("prove", "x >= 0", "--json"), 1),
        (("list", "--path", "nowhere"), 2),
    ],
)
def test_every_command_keeps_its_status_when_its_reader_leaves(
    words: tuple[str, ...], status: int, tmp_path: Path
) -> None:
    read, write = os.pipe()
    os.close(read)
    done = program(*words, folder=tmp_path, stdout=write)
    os.close(write)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


# -- streams that cannot be written --------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no /dev/full")
@pytest.mark.parametrize(("text", "status"), [(ONE, 2), (WRONG, 1)])
def test_full_standard_output_is_one_line_and_reports_are_written(
    text: str, status: int, tmp_path: Path
) -> None:
    write_module(tmp_path / "claims", text)
    with open("/dev/full", "w") as full:
        done = program("audit", "claims", *wanted(tmp_path), folder=tmp_path, stdout=full)
    assert done.returncode == status
    assert done.stderr == "srverify: cannot write to standard output: No space left on device\n"
    whole(tmp_path)


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``$S`` is the program."""
    own = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache"), **environment}
    own["S"] = f"{sys.executable} {' '.join(MODULE)}"
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=own, capture_output=True, text=True, timeout=300
    )


def test_closed_standard_output_is_one_line_and_reports_are_written(tmp_path: Path) -> None:
    write_module(tmp_path / "claims")
    done = shell(f"$S audit claims {' '.join(wanted(tmp_path))} >&-", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "srverify: cannot write to standard output: it is closed\n"
    whole(tmp_path)


def test_closed_standard_error_does_not_spoil_the_output(tmp_path: Path) -> None:
    done = shell("$S prove --json --latex '0 \\le x^2' 2>&-", tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["status"] == "proved"


def test_all_streams_closed(tmp_path: Path) -> None:
    write_module(tmp_path / "claims", WRONG)
    done = shell(f"$S audit claims {' '.join(wanted(tmp_path))} <&- >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    whole(tmp_path)


# -- reports that cannot be written --------------------------------------------------------------


@pytest.mark.parametrize("broken", REPORTS)
def test_report_that_cannot_be_written_leaves_the_others(broken: str, tmp_path: Path) -> None:
    write_module(tmp_path / "claims")
    others = tuple(name for name in REPORTS if name != broken)
    # Linux refuses the data, whoever writes; the test suite often runs as root.
    words = (f"--{broken}", "/dev/full", *wanted(tmp_path, others))
    done = program("audit", "claims", *words, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "srverify: cannot write /dev/full: No space left on device\n"
    assert done.stdout.endswith("all as expected\n")
    whole(tmp_path, others)
    assert not Path("/dev/full").is_file()


def test_report_to_a_pipe_and_through_a_link(tmp_path: Path) -> None:
    write_module(tmp_path / "claims")
    (tmp_path / "link.json").symlink_to("target.json")
    done = program("audit", "claims", "--json", "link.json", "--sarif", "/dev/stdout", folder=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "target.json").read_text())["summary"]["ok"]
    assert json.loads(done.stdout[done.stdout.index("{") :])["version"] == "2.1.0"


# -- who runs it, and where ----------------------------------------------------------------------

HOMELESS = """
import pwd, sys
def missing(uid):
    raise KeyError(uid)
pwd.getpwuid = missing
from srverify.__main__ import main
raise SystemExit(main())
"""


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_user_without_a_home(home: str | None, tmp_path: Path) -> None:
    write_module(tmp_path / "claims")
    (tmp_path / "tmp").mkdir()
    environment = {"XDG_CACHE_HOME": "", "TMPDIR": str(tmp_path / "tmp"), "HOME": home or ""}
    code = HOMELESS if home is not None else f"import os; os.environ.pop('HOME'){HOMELESS}"
    for words in (("audit", "claims"), ("list",), ("doctor",), ("prove", "x^2 >= 0")):
        # What needs no claims of one's own is asked where none lie near.
        folder = tmp_path if words[0] == "audit" else tmp_path / "tmp"
        done = program(*words, folder=folder, command=("-P", "-c", code), environment=environment)
        assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims", "tmp"]
    assert not list((tmp_path / "tmp").iterdir())


def test_folder_that_is_gone(tmp_path: Path) -> None:
    done = shell('mkdir gone; cd gone; rmdir ../gone; $S audit; echo "$?"', tmp_path)
    assert done.stdout == "2\n"
    assert done.stderr == "srverify: the current folder no longer exists\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "ascii:strict"])
def test_encoding_without_the_signs(encoding: str, tmp_path: Path) -> None:
    write_module(tmp_path / "claims", ONE.replace("Title of", "Über κ ≤"))
    environment = {"PYTHONIOENCODING": encoding}
    other = tmp_path / "other"
    other.mkdir()
    for words in (("audit", "claims", *wanted(tmp_path)), ("list",), ("show", "S01")):
        folder = tmp_path if words[0] == "audit" else other
        done = program(*words, folder=folder, environment=environment)
        assert (done.returncode, done.stderr) == (0, "")
    whole(tmp_path)
    refused = program("export", "S01", "--to", "lean", folder=other, environment=environment)
    assert refused.returncode == 2
    assert refused.stderr.startswith("srverify: cannot write to standard output: its encoding, ")
    assert refused.stderr.endswith(": set PYTHONIOENCODING=utf-8\n")
    assert refused.stderr.count("\n") == 1
    written = program(
        *("export", "S01", "--to", "lean", "--output", "s.lean"),
        folder=other,
        environment=environment,
    )
    assert (written.returncode, written.stderr) == (0, "")
    assert "∀" in (other / "s.lean").read_text(encoding="utf-8")


def test_our_own_fault_names_a_file_to_send(tmp_path: Path) -> None:
    broken = "import srverify.commands.list as c; c.run = lambda a: {}['gone']; from srverify.__main__"
    code = f"import sys; {broken} import main; raise SystemExit(main())"
    done = program("list", folder=tmp_path, command=("-P", "-c", code))
    assert (done.returncode, done.stdout) == (3, "")
    (report,) = (tmp_path / ".cache" / "srverify" / "crashes").iterdir()
    line = "srverify: error: KeyError inside srverify, which is a fault of ours: please send "
    assert done.stderr == f"{line}{report}\n"
    text = report.read_text()
    assert "KeyError: 'gone'" in text
    assert "Traceback" in text
    assert "python-flint" in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no /dev/full")
@pytest.mark.parametrize("words", [("--help",), ("--version",), ("audit", "--help")])
def test_help_that_cannot_be_written_is_said(words: tuple[str, ...], tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, *MODULE, *words],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    reason = "cannot write to standard output: No space left on device"
    assert (done.returncode, done.stderr) == (2, f"srverify: {reason}\n")


def test_two_reports_do_not_share_a_file(tmp_path: Path) -> None:
    done = program("audit", "--json", "o", "--junit", "./o", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("--json and --junit would write the same file ./o\n")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "o").exists()
