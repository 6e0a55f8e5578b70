"""Where tantivy cannot compare positions exactly, the tree's own `find` does, on the terms of the stored readout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readouts_cli.engines.tantivy.layout import read_record
from readouts_cli.engines.tantivy.schema import KEY, RECORD
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.tokens import Tokens, terms
from readouts_cli.query.tree import Document, Expression
from readouts_cli.readout import Readout

if TYPE_CHECKING:
    import tantivy


class Verifier:
    """Reads candidates from one commit's store."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def keys(self, field: str, expression: Expression, candidates: tantivy.Query) -> list[str]:
        """The keys of those candidates in which an expression matches."""
        return [
            key
            for key, record in self._records(candidates)
            if expression.find(_of_field(read_record(record), field).lookup(field))
        ]

    def _records(self, candidates: tantivy.Query) -> Iterator[tuple[str, bytes]]:
        count = max(1, self._searcher.num_docs)
        for key, address in self._searcher.search(candidates, count, count=False, order_by_field=KEY).hits:
            yield key, self._searcher.doc(address)[RECORD][0]


def _of_field(readout: Readout, name: str) -> Document:
    """A readout with the terms of one field only, by position as in `query.fields.document`."""
    row: list[str] = []
    for field in FIELDS:
        if field.name == name:
            for value, _ in field.values(readout):
                if row:
                    row.append("")
                row.extend(terms(value))
    return Document({name: Tokens(row, [], [])}, frozenset(), None, None)
