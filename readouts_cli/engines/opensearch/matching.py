"""The query tree in the cluster's language."""

from __future__ import annotations

from collections.abc import Iterable

from readouts_cli.engines.compiling import Compiler
from readouts_cli.engines.folding import row
from readouts_cli.engines.opensearch.combining import Query, all_but, all_of, any_of, any_value, between
from readouts_cli.engines.opensearch.layout import read_record
from readouts_cli.engines.opensearch.lexicon import Lexicon
from readouts_cli.engines.opensearch.snapshot import Snapshot
from readouts_cli.engines.opensearch.words import Words
from readouts_cli.engines.patterns import Pattern
from readouts_cli.query.document import Document
from readouts_cli.query.expressions import Expression
from readouts_cli.query.tokens import Tokens


class Matcher(Compiler[Query]):
    """Builds the queries of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.lexicon = Lexicon(snapshot)
        self.words = Words(self.lexicon)
        self._snapshot = snapshot

    def all_of(self, queries: Iterable[Query]) -> Query:
        return all_of(queries)

    def any_of(self, queries: Iterable[Query]) -> Query:
        return any_of(queries)

    def all_but(self, left_out: Query) -> Query:
        return all_but(left_out)

    def between(self, column: str, low: int | None, high: int | None) -> Query:
        return between(column, low, high)

    def filled(self, column: str) -> Query:
        return {"exists": {"field": column}}

    def matching(self, field: str, pattern: Pattern) -> Query | None:
        return self.words.matching(field, pattern)

    def holding(self, field: str, pattern: Pattern) -> Query:
        return self.words.holding(field, pattern)

    def verified(self, field: str, expression: Expression, candidates: Query) -> Query:
        return any_value(
            "key",
            [
                key
                for key, record in self._snapshot.records(candidates)
                if expression.find(_of_field(field, row(read_record(record), field)).lookup(field))
            ],
        )


def _of_field(field: str, terms: list[str]) -> Document:
    return Document({field: Tokens(terms, ())}, frozenset(), None, None)
