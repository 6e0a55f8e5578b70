"""Fixtures for the whole suite: the program as a user runs it, and a library of the seeds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import pytest

#: The repository.
ROOT = Path(__file__).parents[1]

SEEDS = ROOT / "seeds"

#: The day that is today in tests.
TODAY = "2023-02-01"

#: The engines that keep a library in a folder.
FOLDER_ENGINES = [
    "whoosh",
    pytest.param("tantivy", marks=pytest.mark.skipif(find_spec("tantivy") is None, reason="tantivy is not installed")),
]

#: No command may take longer, in seconds.
_PATIENCE = 60


@dataclass(frozen=True)
class Result:
    """What a run left: exit status, standard output, standard error; on a terminal both are in `out`."""

    status: int
    out: str
    err: str
    raw: bytes

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()


class Run(Protocol):
    """Runs the program.

    `tty` gives it a pseudo-terminal of so many `columns` and `lines` for its three streams; otherwise they are pipes,
    with `stdin` in the first.
    """

    def __call__(
        self,
        *args: str,
        stdin: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: bool = False,
        columns: int = 80,
        lines: int = 1000,
        library: Path | None = None,
    ) -> Result: ...


@pytest.fixture(params=FOLDER_ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """One engine after the other."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for the user who runs the tests; nothing outside of it is read or written."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def environment(home: Path) -> dict[str, str]:
    """The environment of every run: nothing of the real one but the way to Python."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "READOUTS_TODAY": TODAY,
        "TERM": "xterm-256color",
        "LC_ALL": "C",
    }


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> Run:
    """The program in a process of its own."""

    def run(
        *args: str,
        stdin: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: bool = False,
        columns: int = 80,
        lines: int = 1000,
        library: Path | None = None,
    ) -> Result:
        variables = environment | ({"READOUTS_LIBRARY": str(library)} if library else {}) | dict(env or {})
        command = [sys.executable, "-m", "readouts_cli", *args]
        if tty:
            return _on_terminal(command, variables, columns, lines)
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(command, input=given, capture_output=True, env=variables, timeout=_PATIENCE, check=False)
        out = done.stdout.decode("utf-8", "surrogateescape")
        return Result(done.returncode, out, done.stderr.decode("utf-8", "surrogateescape"), done.stdout)

    return run


@pytest.fixture(scope="session")
def seeds_library(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the five seeds."""
    library = tmp_path_factory.mktemp("seeds") / "library"
    result = run("-L", str(library), "index", str(SEEDS))
    assert result.status == 0, result.err
    return library


def _on_terminal(command: list[str], variables: Mapping[str, str], columns: int, lines: int) -> Result:
    """Run a command on a pseudo-terminal of its own and read what comes until it ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=dict(variables), start_new_session=True
    )
    os.close(slave)
    said = b""
    while select.select([master], [], [], _PATIENCE)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux: the other side has closed
            break
        if not piece:
            break
        said += piece
    os.close(master)
    return Result(process.wait(_PATIENCE), said.decode("utf-8", "surrogateescape").replace("\r\n", "\n"), "", said)
