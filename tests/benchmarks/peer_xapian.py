"""Xapian from Python: words with positions, the text as the document's data, the day as a value.

Its binding belongs to the system's Python, which runs this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from records import Record, serve

if TYPE_CHECKING:
    from questions import Question

#: A cold query; the arguments are the database, the words, whether they are a phrase, and two days or nothing.
COLD = """
import sys, xapian
words, days = sys.argv[2].split(), sys.argv[4:]
query = xapian.Query(xapian.Query.OP_PHRASE if sys.argv[3] == "phrase" else xapian.Query.OP_AND, words)
if days:
    first, last = (xapian.sortable_serialise(int(day)) for day in days)
    query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(xapian.Query.OP_VALUE_RANGE, 0, first, last))
enquire = xapian.Enquire(xapian.Database(sys.argv[1]))
enquire.set_query(query)
print(*(match.docid for match in enquire.get_mset(0, 10)), sep="\\n")
"""


def write(records: Iterable[Record], folder: Path, threads: int) -> None:
    """Make the database; Xapian writes in one thread."""
    xapian: Any = import_module("xapian")
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    for record in records:
        document = xapian.Document()
        generator.set_document(document)
        generator.set_termpos(0)
        for name, text in record.fields.items():
            generator.index_text(text, 1, "" if name == "text" else f"X{name.upper()}")
            generator.increase_termpos()
        document.set_data(record.fields["text"])
        document.add_value(0, xapian.sortable_serialise(record.day))
        database.replace_document(f"Q{record.id}", document)
    database.commit()
    database.close()


def arguments(question: Question) -> list[str]:
    """The arguments of `COLD` behind the database."""
    return [" ".join(question.words), question.form.value, *map(str, question.period or ())]


if __name__ == "__main__":
    serve(write)
