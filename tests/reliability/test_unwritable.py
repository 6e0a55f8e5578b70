"""A library that cannot be written can be read, and says why it is not changed."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.verifying import verify

SEEDS = Path(__file__).parents[2] / "seeds"
COMMAND = [sys.executable, "-m", "readouts_cli"]

READING = [
    ("search", "carbon", "-o", "ids"),
    ("list", "-o", "ids"),
    ("show", "003", "-o", "json"),
    ("info",),
    ("verify",),
    ("kwic", "carbon"),
    ("index", "--dry-run"),
]
WRITING = [("index",), ("index", "--rebuild"), ("optimize",), ("forget", str(SEEDS))]

#: From linux/prctl.h and linux/capability.h: without these capabilities, permissions bind the superuser too.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2

#: A disk of a MiB that only this process and its children see.
SMALL_DISK = 'mount -t tmpfs -o size=1m none "$0" && exec "$@"'


def obey_permissions() -> None:
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "-L", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=obey_permissions)


@pytest.fixture
def folder(tmp_path: Path, engine: str) -> Path:
    """A library of the seeds."""
    update(tmp_path / "library", [str(SEEDS)], UpdateOptions(engine=engine, cores=1))
    return tmp_path / "library"


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    """The same, without permission to write any of it."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield folder
    for path, mode in modes.items():
        path.chmod(mode)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("engine", ["whoosh"])
@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_read_only_library_is_read(read_only: Path, arguments: tuple[str, ...]) -> None:
    done = run(read_only, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    if arguments[0] == "search":
        assert done.stdout == "003\n001\n"


@pytest.mark.parametrize("engine", ["whoosh"])
@pytest.mark.parametrize("arguments", WRITING, ids=lambda arguments: " ".join(arguments[:1]))
def test_a_read_only_library_is_not_changed(read_only: Path, arguments: tuple[str, ...]) -> None:
    before = contents(read_only)
    refused = run(read_only, *arguments)
    assert refused.returncode == 3
    assert refused.stderr == (
        f"readouts: the library in {read_only} cannot be written (Permission denied) and stays as it was last "
        "committed; index into another with -L FOLDER\n"
    )
    assert contents(read_only) == before


@pytest.mark.parametrize("engine", ["whoosh"])
@pytest.mark.parametrize("part", ["", "index"])
def test_a_library_that_cannot_be_written_in_part_is_not_changed(folder: Path, part: str) -> None:
    locked = folder / part
    locked.chmod(0o500)
    refused = run(folder, "optimize")
    assert refused.returncode == 3
    assert "cannot be written (Permission denied)" in refused.stderr
    locked.chmod(0o700)
    assert list(verify(folder)) == []


def test_a_source_that_cannot_be_looked_into_does_not_end_a_check(tmp_path: Path) -> None:
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"carbon {name}")
    update(tmp_path / "library", [str(tmp_path / name) for name in ("closed", "open")], UpdateOptions(cores=1))
    (tmp_path / "open" / "open.txt").unlink()
    (tmp_path / "closed").chmod(0)
    checked = run(tmp_path / "library", "verify")
    (tmp_path / "closed").chmod(0o700)
    assert (checked.returncode, checked.stderr) == (4, "")
    unreadable, missing = checked.stdout.splitlines()
    assert unreadable.startswith(f"unreadable\t{tmp_path}/closed/closed.txt cannot be read")
    assert "Permission denied" in unreadable
    assert missing.startswith(f"missing\t{tmp_path}/open/open.txt is gone")


@pytest.mark.parametrize("engine", ["tantivy"])
@pytest.mark.parametrize("arguments", [("search", "carbon"), ("verify",)], ids=" ".join)
def test_a_read_only_tantivy_library_says_what_tantivy_needs(read_only: Path, arguments: tuple[str, ...]) -> None:
    refused = run(read_only, *arguments)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "cannot be written, and tantivy locks what it reads; copy the library" in refused.stderr


@pytest.mark.parametrize("cores", ["1", "2"])
def test_a_disk_that_fills_up_leaves_the_last_commit(tmp_path: Path, cores: str) -> None:
    source, disk = tmp_path / "source", tmp_path / "disk"
    source.mkdir()
    disk.mkdir()
    for number in range(150):
        words = " ".join(f"word{number * 400 + word}" for word in range(400))
        (source / f"{number:03}_made.txt").write_text(words)
    script = f"""
import subprocess, sys
from pathlib import Path
from readouts_cli.library import Library
from readouts_cli.verifying import verify
disk = Path({str(disk)!r})
def run(*arguments):
    command = [sys.executable, "-m", "readouts_cli", "-L", str(disk / "library"), "index", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
assert run({str(SEEDS)!r}).returncode == 0
(disk / "filler").write_bytes(bytes(300_000))
full = run("--cores", {cores!r}, {str(source)!r})
assert full.returncode == 3, full
assert full.stderr.endswith("(No space left on device) and stays as it was last committed; "
                            "make room and run it again\\n"), full
assert full.stderr.count("\\n") == 1, full
with Library(disk / "library") as library:
    assert len(library.engine) == 5
(disk / "filler").unlink()
assert not [finding for finding in verify(disk / "library")]
print("kept")
"""
    unshare = shutil.which("unshare")
    command = [
        unshare or "",
        "--mount",
        "--map-root-user",
        "sh",
        "-c",
        SMALL_DISK,
        str(disk),
        sys.executable,
        "-c",
        script,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if unshare else None
    if done is None or done.stderr.startswith(("unshare:", "mount:")):
        pytest.skip("the system gives no disk of its own to a test")
    assert done.stdout == "kept\n", done.stderr
