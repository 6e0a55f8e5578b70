"""tantivy from Python: words with positions, stored texts, day and month as fast fields."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from questions import Answer, Form, Question
from records import Record, serve

#: A cold query; the arguments are the index and the query.
COLD = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
searcher = index.searcher()
hits = searcher.search(index.parse_query(sys.argv[2], ["text"]), 10).hits
print(*(searcher.doc(address)["id"][0] for _, address in hits), sep="\\n")
"""

#: How much the writer gathers before it writes, in bytes; what `readouts index --memory` has, too.
_MEMORY = 256 * 2**20


def write(records: Iterable[Record], folder: Path, threads: int) -> None:
    """Make the index; one thread reads, `threads` index."""
    import tantivy

    remaining = iter(records)
    first = next(remaining)
    names = [name for name in first.fields if name != "id"]
    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("day", "month"):
        builder = builder.add_integer_field(name, stored=True, indexed=True, fast=True)
    for name in names:
        builder = builder.add_text_field(name, stored=True)
    writer = tantivy.Index(builder.build(), str(folder)).writer(_MEMORY, threads)
    for record in chain([first], remaining):
        document = tantivy.Document(id=record.id, day=record.day, month=record.day // 100)
        for name in names:
            document.add_text(name, record.fields[name])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def query_text(question: Question) -> str:
    """The question in the language of tantivy's parser; for cold queries."""
    words = " ".join(f"+{word}" for word in question.words)
    period = " +day:[{} TO {}]".format(*question.period) if question.period else ""
    return ('"' + " ".join(question.words) + '"' if question.form is Form.PHRASE else words) + period


class Opened:
    """An index, opened for questions."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher: Any = self._index.searcher()

    def ask(self, question: Question) -> int:
        """Answer; how many documents match in all."""
        from tantivy import Order

        query = self._query(question)
        match question.answer:
            case Answer.COUNT:
                return int(self._searcher.search(query, limit=1, count=True).count)
            case Answer.MONTHS:
                months = {"months": {"terms": {"field": "month", "size": 5000}}}
                buckets = self._searcher.aggregate(query, months)["months"]["buckets"]
                return sum(bucket["doc_count"] for bucket in buckets)
            case Answer.EARLIEST:
                found = self._searcher.search(query, 10, order_by_field="day", order=Order.Asc)
            case _:
                found = self._searcher.search(query, 10)
        for _, address in found.hits:
            self._searcher.doc(address)
        return int(found.count)

    def _query(self, question: Question) -> Any:
        from tantivy import FieldType, Occur, Query

        schema = self._index.schema
        parts: list[Any] = []
        match question.form:
            case Form.PHRASE:
                parts = [Query.phrase_query(schema, "text", list(question.words))]
            case Form.PREFIX:
                parts = [Query.regex_query(schema, "text", f"{question.words[0]}.*")]
            case Form.ENDING:
                parts = [Query.regex_query(schema, "text", f".*{question.words[0]}")]
            case Form.FUZZY:
                parts = [Query.fuzzy_term_query(schema, "text", question.words[0], distance=1)]
            case Form.ALL:
                parts = [Query.term_query(schema, "text", word) for word in question.words]
        if question.period:
            parts.append(Query.range_query(schema, "day", FieldType.Integer, *question.period))
        return Query.boolean_query([(Occur.Must, part) for part in parts])


if __name__ == "__main__":
    serve(write)
