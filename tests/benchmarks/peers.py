"""The programs that readouts is measured beside: how each is installed, builds an index, and answers from cold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as distribution_version
from pathlib import Path
from sqlite3 import sqlite_version

import peer_fts5
import peer_tantivy
import peer_whoosh
import peer_xapian
from questions import Form, Question
from timing import python, readouts

_HERE = Path(__file__).parent

#: The interpreter that Debian's bindings belong to.
_SYSTEM_PYTHON = "/usr/bin/python3"

#: Processes or threads where a program is measured on all cores.
CORES = os.cpu_count() or 1

Command = list[str]


@dataclass(frozen=True)
class Peer:
    """A program.

    `build` is the command that makes `index` (a folder that is there, and empty) of the text files in `documents`, or
    brings it up to date where `refreshes`; None for a program without an index.  `search` is the command that prints
    the ten best for a question, None where it cannot be put.  `slow` programs are measured on fewer documents;
    those that do not `answer` differ from another only in how they build.
    """

    name: str
    install: str
    version: Callable[[], str | None]
    build: Callable[[Path, Path], Command] | None
    search: Callable[[Path, Path, Question], Command | None]
    slow: bool = False
    refreshes: bool = False
    answers: bool = True

    @property
    def program(self) -> str:
        """The name without the way it builds."""
        return self.name.partition(",")[0]

    @property
    def key(self) -> str:
        """The name, fit for a file."""
        return "-".join(re.findall(r"\w+", self.name.lower()))


def _distribution(name: str) -> Callable[[], str | None]:
    def version() -> str | None:
        try:
            return distribution_version(name)
        except PackageNotFoundError:
            return None

    return version


def _program(*command: str) -> Callable[[], str | None]:
    """The version that a program tells in the last word with a digit of its first line."""

    def version() -> str | None:
        if shutil.which(command[0]) is None:
            return None
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        first = [word for word in (said.stdout or said.stderr).partition("\n")[0].split() if word[:1].isdigit()]
        return first[0] if first and not said.returncode else None

    return version


# readouts


def _build_readouts(*options: str) -> Callable[[Path, Path], Command]:
    return lambda documents, index: readouts(index, "index", "-q", *options, str(documents))


def search_readouts(_documents: Path, index: Path, question: Question) -> Command:
    """The command that prints the ids of the ten best."""
    return readouts(index, "search", "-o", "ids", question.as_query())


# Python scripts of our own


def script(name: str, *arguments: str, interpreter: str = sys.executable) -> Command:
    """A command that runs a script of this folder."""
    return [interpreter, str(_HERE / f"{name}.py"), *arguments]


def _build_script(name: str, *options: str, interpreter: str = sys.executable) -> Callable[[Path, Path], Command]:
    return lambda documents, index: script(name, str(documents), str(index), *options, interpreter=interpreter)


def _search_fts5(_documents: Path, index: Path, question: Question) -> Command | None:
    sql = peer_fts5.statement(question)
    return python("-c", peer_fts5.COLD, str(index / peer_fts5.DATABASE), sql) if sql else None


def _search_whoosh(_documents: Path, index: Path, question: Question) -> Command:
    return python("-c", peer_whoosh.COLD, str(index), peer_whoosh.query_text(question))


def _search_tantivy(_documents: Path, index: Path, question: Question) -> Command:
    return python("-c", peer_tantivy.COLD, str(index), peer_tantivy.query_text(question))


def _search_xapian(_documents: Path, index: Path, question: Question) -> Command:
    return [_SYSTEM_PYTHON, "-c", peer_xapian.COLD, str(index), *peer_xapian.arguments(question)]


# Programs


def _build_sqlite(documents: Path, index: Path) -> Command:
    return ["sqlite3", str(index / peer_fts5.DATABASE), peer_fts5.script(documents)]


def _search_sqlite(_documents: Path, index: Path, question: Question) -> Command | None:
    sql = peer_fts5.statement(question)
    return ["sqlite3", str(index / peer_fts5.DATABASE), sql] if sql else None


def _recoll(index: Path, *command: str) -> Command:
    return [command[0], "-c", str(index), *command[1:]]


def _build_recoll(documents: Path, index: Path) -> Command:
    (index / "recoll.conf").write_text(f"topdirs = {documents}\ndbdir = {index}/xapiandb\nloglevel = 1\n", "utf-8")
    return _recoll(index, "recollindex")


def _search_recoll(_documents: Path, index: Path, question: Question) -> Command | None:
    """Stems switched off; its dates are the files' times of change, so questions with a period cannot be put."""
    if question.period:
        return None
    words = " ".join(question.words)
    asked = f'"{words}"' if question.form is Form.PHRASE else words
    return _recoll(index, "recollq", "-s", "", "-b", "-n", "10", asked)


def _build_omindex(documents: Path, index: Path) -> Command:
    return ["omindex", "--db", str(index), "--url", "/", str(documents)]


def _search_quest(_documents: Path, index: Path, question: Question) -> Command | None:
    if question.period:
        return None
    words = " ".join(question.words)
    asked = f'"{words}"' if question.form is Form.PHRASE else words
    return ["quest", "-d", str(index), "-s", "none", "-m", "10", asked]


def _qmd(index: Path, *arguments: str) -> Command:
    """qmd on Bun, for its package's own launcher may find a Node that is too old for it."""
    program = Path(shutil.which("qmd") or "qmd").resolve().parents[1] / "dist" / "cli" / "qmd.js"
    return ["env", f"XDG_CACHE_HOME={index}", f"XDG_CONFIG_HOME={index}", "bun", str(program), *arguments]


def _qmd_version() -> str | None:
    return _program("qmd", "--version")() if shutil.which("bun") else None


def _build_qmd(documents: Path, index: Path) -> Command:
    if (index / "qmd").is_dir():
        return _qmd(index, "update")
    return _qmd(index, "collection", "add", str(documents), "--name", "made", "--mask", "**/*.txt")


def _search_qmd(_documents: Path, index: Path, question: Question) -> Command | None:
    if question.period:
        return None
    words = " ".join(question.words)
    return _qmd(index, "search", f'"{words}"' if question.form is Form.PHRASE else words, "-n", "10", "--files")


def _search_ripgrep(documents: Path, _index: Path, question: Question) -> Command | None:
    if question.period:
        return None
    return ["rg", "-iwlU", r"\W+".join(question.words), str(documents)]


READOUTS_ONE = Peer(
    "readouts, 1 core",
    "pip install .",
    _distribution("readouts-cli"),
    _build_readouts("--cores", "1"),
    search_readouts,
    answers=False,
)
READOUTS = Peer(
    f"readouts, {CORES} cores",
    "pip install .",
    _distribution("readouts-cli"),
    _build_readouts("--cores", str(CORES)),
    search_readouts,
    refreshes=True,
)
FTS5 = Peer(
    "FTS5 in Python", "apt-get install python3", lambda: sqlite_version, _build_script("peer_fts5"), _search_fts5
)
SQLITE = Peer(
    "sqlite3 program", "apt-get install sqlite3", _program("sqlite3", "--version"), _build_sqlite, _search_sqlite
)
TANTIVY_ONE = Peer(
    "tantivy in Python, 1 thread",
    "pip install tantivy",
    _distribution("tantivy"),
    _build_script("peer_tantivy", "1"),
    _search_tantivy,
    answers=False,
)
TANTIVY = Peer(
    f"tantivy in Python, {CORES} threads",
    "pip install tantivy",
    _distribution("tantivy"),
    _build_script("peer_tantivy", str(CORES)),
    _search_tantivy,
)
WHOOSH = Peer(
    "stock Whoosh",
    "pip install whoosh==2.7.4",
    _distribution("whoosh"),
    _build_script("peer_whoosh", "--facts"),
    _search_whoosh,
    slow=True,
)
RECOLL = Peer(
    "recoll",
    "apt-get install recollcmd",
    _program("dpkg-query", "-W", "-f", "${Version}", "recollcmd"),
    _build_recoll,
    _search_recoll,
    slow=True,
    refreshes=True,
)
OMINDEX = Peer(
    "Xapian's omindex",
    "apt-get install xapian-omega xapian-tools",
    _program("dpkg-query", "-W", "-f", "${Version}", "xapian-omega"),
    _build_omindex,
    _search_quest,
    slow=True,
    refreshes=True,
)
XAPIAN = Peer(
    "Xapian in Python",
    "apt-get install python3-xapian",
    _program(_SYSTEM_PYTHON, "-c", "import xapian; print(xapian.version_string())"),
    _build_script("peer_xapian", interpreter=_SYSTEM_PYTHON),
    _search_xapian,
    slow=True,
)
QMD = Peer("qmd", "npm install -g bun @tobilu/qmd", _qmd_version, _build_qmd, _search_qmd, slow=True, refreshes=True)
RIPGREP = Peer("ripgrep", "apt-get install ripgrep", _program("rg", "--version"), None, _search_ripgrep)

#: In the order of the tables.
PEERS = (READOUTS_ONE, READOUTS, WHOOSH, FTS5, SQLITE, TANTIVY_ONE, TANTIVY, XAPIAN, OMINDEX, RECOLL, QMD, RIPGREP)


def installed() -> list[Peer]:
    """The peers that are here; the others are named with the command that installs them."""
    found = []
    for peer in PEERS:
        if (version := peer.version()) is None:
            print(f"skipped: {peer.name} is not installed; {peer.install}", file=sys.stderr)
        else:
            print(f"{peer.name}: {version}", file=sys.stderr)
            found.append(peer)
    return found
