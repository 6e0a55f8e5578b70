"""SQLite's FTS5, as one would use it from Python: the yardstick of `engines.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine_documents import COMMON, COMMONEST, RARE, document

_BEST = "SELECT id FROM readouts WHERE readouts MATCH ? ORDER BY rank LIMIT 10"
_BEST_OF_YEARS = (
    "SELECT id FROM readouts WHERE readouts MATCH ? AND date BETWEEN '2012-01-01' AND '2014-12-31' "
    "ORDER BY rank LIMIT 10"
)
_NEWEST = "SELECT id FROM readouts WHERE readouts MATCH ? ORDER BY date DESC, id LIMIT 10"
_COUNT = "SELECT count(*) FROM readouts WHERE readouts MATCH ?"
_MONTHS = "SELECT substr(date, 1, 7), count(*) FROM readouts WHERE readouts MATCH ? GROUP BY 1"

_FIRST, _SECOND = COMMON
_COMMONEST_PHRASE = '"' + " ".join(COMMONEST) + '"'

#: What is asked by each name, and the statements that answer it.
_QUERIES = {
    "rare word": (RARE, _BEST, _COUNT),
    "common word": (_FIRST, _BEST, _COUNT),
    "two words": (f"{_FIRST} {_SECOND}", _BEST, _COUNT),
    "one word without another": (f"{_FIRST} NOT {_SECOND}", _BEST, _COUNT),
    "phrase": (f'"{_FIRST} {_SECOND}"', _BEST, _COUNT),
    "phrase of the commonest words": (_COMMONEST_PHRASE, _BEST, _COUNT),
    "NEAR/5": (f"NEAR({_FIRST} {_SECOND}, 4)", _BEST, _COUNT),
    "phrase NEAR/5 a word": (f"NEAR({_COMMONEST_PHRASE} {_FIRST}, 4)", _BEST, _COUNT),
    "prefix": (f"{_FIRST[:3]}*", _BEST, _COUNT),
    "word and dates": (_FIRST, _BEST_OF_YEARS, _COUNT),
    "common word by date": (_FIRST, _NEWEST, _COUNT),
    "months of a common word": (_FIRST, _MONTHS),
}


def build_fts5(_: str, folder: Path, lines: Iterator[bytes], __: int) -> None:
    """Put the documents on some lines into a database."""
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE readouts USING fts5(id UNINDEXED, date UNINDEXED, title, text)")
    values = ((row.id, row.date, row.title, row.text) for row in map(document, lines))
    with database:
        database.executemany("INSERT INTO readouts VALUES (?, ?, ?, ?)", values)
    database.close()


class Fts5:
    """The database, asked for the ten best hits and how many there are, as our engines are."""

    def __init__(self, folder: Path) -> None:
        self.on_disk = True
        self._path = folder / "fts5.db"
        self._database: sqlite3.Connection | None = None
        self.queries: Sequence[str] = list(_QUERIES)

    def open(self) -> None:
        self._database = sqlite3.connect(self._path)

    def ask(self, name: str) -> None:
        assert self._database is not None
        query, *statements = _QUERIES[name]
        for statement in statements:
            self._database.execute(statement, (query,)).fetchall()

    def close(self) -> None:
        assert self._database is not None
        self._database.close()
