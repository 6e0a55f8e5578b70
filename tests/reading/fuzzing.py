"""Mutates the files of `corpus/` and reads each: it must give readouts, or be refused in one line.

    python tests/reading/fuzzing.py COUNT SEED FOLDER

Ends at the first file that does neither, and leaves it in FOLDER.  The system ends the run where a file takes more
than SECONDS of processor time or MEMORY here; `ConfinedReader` sees to that for formats that are read elsewhere.
"""

from __future__ import annotations

import gzip
import io
import resource
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.whoosh.layout import lay_out
from readouts_cli.errors import ReadError
from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.files import load, read
from readouts_cli.reading.sources import Problem

CORPUS = Path(__file__).parent / "corpus"

#: Processor seconds for one file; those of the corpus take some milliseconds.
SECONDS = 10

#: Memory of the whole run, in bytes.
MEMORY = 2 * 2**30

#: What formats, encodings, readers and rules stumble over.
PIECES = (
    *(
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x1a",
    ),
    *(b"\n", b"\r", b"\r\n", b"\v", b"\f", b"\x1b[2J", b"\t", b" " * 300, b"\n" * 300, b"a" * 3000, b"(" * 300),
    *(b'"', b"'", b'""', b",", b";", b"{", b"}", b"[", b"]", b"\\", b"\\ud800", b"\\u0000", b"null", b"1e999"),
    *(b"<", b">", b"&", b"&#0;", b"&#x110000;", b"<!--", b"]]>", b"<p>" * 50, b"</w:t>", b"<w:p>", b"<!DOCTYPE x>"),
    *(b"---\n", b"...\n", b"&a ", b"*a", b"!!python/x ", b": ", b"- ", b"? ", b"%", b"|\n", b"<<: "),
    *(
        b"=?utf-8?q?=ff?=",
        b"=?x?b?!?=",
        b"=",
        b"=\n",
        b"--=-=0=-=\n",
        b"--=-=1=-=--",
        b"\nContent-Type: ",
        b"charset=hz",
    ),
    *(b"0", b"-1", b"99999999999999999999", b"31", b"2022-02-30", b"0000-00-00", b"13", b"/Kids", b"0 R", b"endobj"),
    *(b" date ", b"Date: ", b"On Monday, ", b"On the 31st, ", b"from the 30th to the 2nd ", b"presided over ", b"Mr. "),
    *map(
        str.encode,
        ("\u202e", "٣", "²", "Ⅷ", "ﷺ", "İ", "ß", "\u0301" * 40, "𠀀", "会议", "十三月", "主持", "\u2028", "’s"),
    ),
)


def mutated(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """A file with stretches changed, taken out, doubled, moved or replaced; of a packed one mostly what is inside."""
    if data.startswith(b"\x1f\x8b") and chance.random() < 0.7:
        return gzip.compress(mutated(gzip.decompress(data), chance, others), mtime=0)
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(data, chance, others)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
        first = chance.randrange(len(changed) + 1)
        last = min(len(changed), first + chance.choice((0, 1, 1, 2, 4, 16, 100, 1000)))
        changed[first:last] = _instead(bytes(changed[first:last]), chance, others)
    return _as_text(bytes(changed)) if _as_text(data) == data and chance.random() < 0.7 else bytes(changed)


def _as_text(data: bytes) -> bytes:
    """What is UTF-8 of it: a file in no encoding is refused before anything else in it is looked at."""
    return data.decode("utf-8", "ignore").encode()


def _instead(stretch: bytes, chance: Random, others: list[bytes]) -> bytes:
    """What comes in the place of a stretch."""
    kind = chance.randrange(7)
    if kind == 0:
        return b""
    if kind == 1:
        return bytes(byte ^ (1 << chance.randrange(8)) for byte in stretch)
    if kind == 2:
        return stretch * chance.choice((2, 2, 3, 200))
    if kind == 3:
        return chance.randbytes(len(stretch))
    if kind == 4:
        other = chance.choice(others)
        start = chance.randrange(len(other))
        return other[start : start + chance.choice((4, 40, 400))]
    return b"".join(chance.choices(PIECES, k=chance.choice((1, 1, 2, 5))))


def _repacked(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """A zip file with one of its members mutated."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        chosen = chance.choice(before.namelist())
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, mutated(part, chance, others) if name == chosen else part)
    return packed.getvalue()


def fate(path: Path) -> str:
    """What becomes of a file: "read", or the reason why not.  Raises AssertionError where it breaks a promise."""
    problems: list[Problem] = []
    try:
        content = load(str(path))
        stamp = FileStamp(str(path), content.size, content.mtime_ns, content.digest)
        for raw in read(content, on_problem=problems.append):
            row = lay_out(Entry(read_facts(raw, "1"), stamp))
            assert row.record
    except ReadError as error:
        problems.append(Problem(str(path), str(error)))
    for problem in problems:
        assert problem.reason.isprintable(), problem
        assert "its reader fails" not in problem.reason, problem
    return problems[-1].reason if problems else "read"


def fuzz(count: int, seed: int, folder: Path, look: Callable[[Path], str]) -> Counter[str]:
    """Mutate and look at `count` files; how many had which fate.  The last one stays in `folder`."""
    chance = Random(seed)
    corpus = {path.name: path.read_bytes() for path in sorted(CORPUS.iterdir())}
    names, others = list(corpus), list(corpus.values())
    fates: Counter[str] = Counter()
    for number in range(count):
        name = names[number % len(names)]
        path = folder / (name if chance.random() < 0.95 else f"{name}{Path(chance.choice(names)).suffix}")
        path.write_bytes(mutated(corpus[name], chance, others))
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        fates[look(path)] += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        path.unlink()
    return fates


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for reason, times in fuzz(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), fate).most_common():
        print(f"{times:6} {reason}")
