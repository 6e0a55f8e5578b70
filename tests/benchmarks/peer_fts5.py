"""SQLite's full-text search: texts in a plain table with an index of days, words in an FTS5 table beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from questions import Answer, Form, Question
from records import DAY, Record, serve

DATABASE = "fts5.db"

#: The sqlite3 program reads the files itself; the arguments are the folder, and the first character of the day.
_READ = """
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT,
    day INTEGER AS (CAST(replace(substr(text, {first}, 10), '-', '') AS INTEGER)) STORED, text TEXT);
INSERT INTO documents (id, text) SELECT name, CAST(data AS TEXT) FROM fsdir('{folder}') WHERE name LIKE '%.txt';
CREATE INDEX days ON documents (day);
CREATE VIRTUAL TABLE words USING fts5(text, content=documents, content_rowid=number);
INSERT INTO words (words) VALUES ('rebuild');
"""

#: A cold query from Python; the arguments are the database and the statement.
COLD = "import sqlite3, sys; print(*(row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])), sep='\\n')"


def write(records: Iterable[Record], folder: Path, threads: int) -> None:
    """Make the database; SQLite writes in one thread."""
    remaining = iter(records)
    first = next(remaining)
    names = [name for name in first.fields if name != "id"]
    columns = ", ".join(names)
    database = sqlite3.connect(folder / DATABASE)
    database.execute(f"CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, day INTEGER, {columns})")
    rows = ((each.id, each.day, *map(each.fields.__getitem__, names)) for each in chain([first], remaining))
    with database:
        places = ", ".join("?" * len(names))
        database.executemany(f"INSERT INTO documents (id, day, {columns}) VALUES (?, ?, {places})", rows)
        database.execute("CREATE INDEX days ON documents (day)")
        database.execute(f"CREATE VIRTUAL TABLE words USING fts5({columns}, content=documents, content_rowid=number)")
        database.execute("INSERT INTO words (words) VALUES ('rebuild')")
    database.close()


def script(documents: Path) -> str:
    """The SQL that makes the sqlite3 program read the text files of a folder."""
    return _READ.format(first=DAY.start + 1, folder=str(documents).replace("'", "''"))


def statement(question: Question) -> str | None:
    """The SQL of a question; None where FTS5 cannot express it."""
    match = _match(question)
    if match is None:
        return None
    conditions = [f"words MATCH '{match}'"] if match else []
    if question.period:
        conditions.append("day BETWEEN {} AND {}".format(*question.period))
    where = " AND ".join(conditions)
    source = "words" if match else "documents"
    if match and (question.period or question.answer in {Answer.MONTHS, Answer.EARLIEST}):
        source = "words JOIN documents ON number = words.rowid"
    match question.answer:
        case Answer.COUNT:
            return f"SELECT count(*) FROM {source} WHERE {where}"
        case Answer.MONTHS:
            return f"SELECT day / 100, count(*) FROM {source} WHERE {where} GROUP BY 1"
        case Answer.EARLIEST:
            return f"SELECT id FROM {source} WHERE {where} ORDER BY day, id LIMIT 10"
    if not match:
        return f"SELECT id FROM documents WHERE {where} ORDER BY id LIMIT 10"
    best = f"SELECT words.rowid AS number FROM {source} WHERE {where} ORDER BY rank LIMIT 10"
    return f"SELECT id FROM ({best}) JOIN documents USING (number)"


def _match(question: Question) -> str | None:
    match question.form:
        case Form.PHRASE:
            return '"' + " ".join(question.words) + '"'
        case Form.PREFIX:
            return f"{question.words[0]}*"
        case Form.ALL:
            return " AND ".join(question.words)
    return None


class Opened:
    """A database, opened for questions."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / DATABASE)

    def ask(self, question: Question) -> int | None:
        """Answer; how many documents match in all, or None where the question cannot be expressed."""
        sql = statement(question)
        if sql is None:
            return None
        found = self._database.execute(sql).fetchall()
        match question.answer:
            case Answer.COUNT:
                return int(found[0][0])
            case Answer.MONTHS:
                return sum(int(row[1]) for row in found)
        counting = statement(question._replace(answer=Answer.COUNT)) or ""
        return int(self._database.execute(counting).fetchone()[0])


if __name__ == "__main__":
    serve(write)
