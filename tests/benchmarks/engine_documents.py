"""The documents of `engines.py`: made-up ones, and how a line of JSON becomes a readout."""

from __future__ import annotations

import datetime as dt
import random
from itertools import accumulate
from pathlib import Path

import msgspec

from readouts_cli.engines.base import Batch, Entry, FileStamp
from readouts_cli.readout import Fact, Published, Readout

#: What made-up documents and real minutes both have: the two commonest words, two common ones and a rare one.
COMMONEST = ("of", "the")
COMMON = ("development", "government")
RARE = "swimming"

#: How many words a made-up document has: four kilobytes, as a readout.
_LENGTH = 650

_VOCABULARY = 50_000


class Document(msgspec.Struct):
    """A line of the documents."""

    id: str
    text: str
    date: str | None = None
    title: str | None = None


def document(line: bytes) -> Document:
    """What a line says."""
    return msgspec.json.decode(line, type=Document)


def read(line: bytes) -> Batch[None]:
    """The readout on a line."""
    given = document(line)
    readout = Readout(
        id=given.id,
        path=f"/made/{given.id}.txt",
        text=given.text,
        title=Fact(given.title, None, "made") if given.title else None,
        published=Published(given.date, None, "made") if given.date else None,
    )
    return Batch([Entry(readout, FileStamp(readout.path, len(line), 1, "digest"))], None)


def made(path: Path, size: int) -> Path:
    """A file of documents whose words are as unevenly frequent as real ones."""
    chance = random.Random(20220826)
    words = ["".join(chance.choices("abcdefghilmnoprstuvwy", k=chance.randint(2, 10))) for _ in range(_VOCABULARY)]
    words[:2], words[4], words[9], words[20_000] = COMMONEST, *COMMON, RARE
    cumulative = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    with path.open("wb") as file:
        for number in range(size):
            text = " ".join(chance.choices(words, cum_weights=cumulative, k=_LENGTH))
            day = dt.date(2005, 1, 1) + dt.timedelta(days=chance.randrange(7300))
            line = msgspec.json.encode(Document(f"made-{number:07}", text, day.isoformat(), text[:60]))
            file.write(line + b"\n")
    return path
