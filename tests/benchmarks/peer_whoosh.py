"""Stock Whoosh, as its manual shows it: text fields with positions and stored texts, the day as a sortable number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import chain
from pathlib import Path
from typing import Any

from questions import Answer, Form, Question
from records import Record, serve

#: A cold query; the arguments are the index and the query.
COLD = """
import sys
from whoosh import index, qparser
with index.open_dir(sys.argv[1]).searcher() as searcher:
    query = qparser.QueryParser("text", searcher.schema).parse(sys.argv[2])
    print(*(hit["id"] for hit in searcher.search(query, limit=10)), sep="\\n")
"""

#: How much the writer gathers before it writes, in MB; what `readouts index --memory` has, too.
_MEMORY = 256


def write(records: Iterable[Record], folder: Path, threads: int) -> None:
    """Make the index, in one process."""
    from whoosh import analysis, fields, index

    remaining = iter(records)
    first = next(remaining)
    analyzer = analysis.RegexTokenizer() | analysis.LowercaseFilter()
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), day=fields.NUMERIC(int, sortable=True, stored=True))
    names = [name for name in first.fields if name != "id"]
    for name in names:
        schema.add(name, fields.TEXT(analyzer=analyzer, phrase=True, stored=True))
    writer = index.create_in(str(folder), schema).writer(limitmb=_MEMORY)
    for record in chain([first], remaining):
        writer.add_document(id=record.id, day=record.day, **{name: record.fields[name] for name in names})
    writer.commit()


def query_text(question: Question) -> str:
    """The question in the language of Whoosh's parser; for cold queries."""
    words = " ".join(question.words)
    period = " day:[{} TO {}]".format(*question.period) if question.period else ""
    return (f'"{words}"' if question.form is Form.PHRASE else words) + period


def query(question: Question) -> Any:
    """The question as Whoosh's query objects."""
    from whoosh import query as q

    parts: list[Any] = []
    match question.form:
        case Form.PHRASE:
            parts = [q.Phrase("text", list(question.words))]
        case Form.PREFIX:
            parts = [q.Prefix("text", question.words[0])]
        case Form.ENDING:
            parts = [q.Wildcard("text", f"*{question.words[0]}")]
        case Form.FUZZY:
            parts = [q.FuzzyTerm("text", question.words[0], maxdist=1, prefixlength=1)]
        case Form.ALL:
            parts = [q.Term("text", word) for word in question.words]
    if question.period:
        parts.append(q.NumericRange("day", *question.period))
    return reduce(lambda one, other: one & other, parts)


class Opened:
    """An index, opened for questions."""

    def __init__(self, folder: Path) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, question: Question) -> int | None:
        """Answer; how many documents match in all."""
        asked = query(question)
        match question.answer:
            case Answer.COUNT:
                return len(self._searcher.search(asked, limit=None, scored=False))
            case Answer.MONTHS:
                results = self._searcher.search(asked, limit=None, groupedby=_months(), scored=False)
                return sum(map(len, results.groups("month").values()))
            case Answer.EARLIEST:
                return len(self._searcher.search(asked, limit=10, sortedby="day"))
        return len(self._searcher.search(asked, limit=10))


def _months() -> dict[str, Any]:
    from whoosh.sorting import StoredFieldFacet

    class MonthFacet(StoredFieldFacet):  # type: ignore[misc]
        """The month of a day that is a number."""

        def categorizer(self, searcher: Any) -> Any:
            categorizer = super().categorizer(searcher)
            day = categorizer.key_for
            categorizer.key_for = lambda matcher, doc: day(matcher, doc) // 100
            return categorizer

    return {"month": MonthFacet("day")}


if __name__ == "__main__":
    serve(write)
