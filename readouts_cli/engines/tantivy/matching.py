"""The query tree in tantivy's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate

import tantivy

from readouts_cli.engines.bounding import MOST_BOUNDS, enough, indispensable
from readouts_cli.engines.compiling import Compiler
from readouts_cli.engines.folding import row
from readouts_cli.engines.patterns import Fixed, Pattern
from readouts_cli.engines.tantivy.combining import all_but, all_of, any_of
from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.schema import NUMBER
from readouts_cli.engines.tantivy.snapshot import Place, Snapshot
from readouts_cli.engines.tantivy.words import Words
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.tree import Expression, Lookup

#: Up to how many terms are looked for one by one in a text.
_FEW_TERMS = 16

#: From how many readouts on tantivy is asked about many phrases before each text is looked at.
MANY = 1000


class Matcher(Compiler[tantivy.Query]):
    """Builds the queries of one commit."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.lexicon = Lexicon(snapshot)
        self.words = Words(snapshot, self.lexicon)
        self._snapshot = snapshot
        self._verdicts: dict[tuple[str, Expression], dict[int, bool]] = {}

    def all_of(self, queries: Iterable[tantivy.Query]) -> tantivy.Query:
        return all_of(queries)

    def any_of(self, queries: Iterable[tantivy.Query]) -> tantivy.Query:
        return any_of(queries)

    def all_but(self, left_out: tantivy.Query) -> tantivy.Query:
        return all_but(left_out)

    def between(self, column: str, low: int | None, high: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._snapshot.schema, column, tantivy.FieldType.Unsigned, low, high)

    def filled(self, column: str) -> tantivy.Query:
        return tantivy.Query.exists_query(column)

    def matching(self, field: str, pattern: Pattern) -> tantivy.Query | None:
        return self.words.matching(field, pattern)

    def holding(self, field: str, pattern: Pattern) -> tantivy.Query:
        return self.words.holding(field, pattern)

    def verified(self, field: str, expression: Expression, candidates: tantivy.Query) -> tantivy.Query:
        found = self._all(candidates)
        verdicts = self._verdicts.setdefault((field, expression), {})
        if sum(number not in verdicts for number, _ in found) > MANY:
            verdicts.update(self._bounded(field, expression, found, candidates))
        for number, place in found:
            if number not in verdicts:
                terms = row(self._snapshot.readout(place), field)
                verdicts[number] = bool(expression.find(self._lookup(field, terms)))
        numbers = [number for number, _ in found if verdicts[number]]
        if not numbers:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self._snapshot.schema, NUMBER, numbers)

    def _bounded(
        self, field: str, expression: Expression, found: Sequence[tuple[int, Place]], candidates: tantivy.Query
    ) -> dict[int, bool]:
        """Verdicts by number on those candidates that phrases of single terms decide upon."""
        inner = self._affordable(field, enough(expression))
        accepted = self._holding_any(field, inner, candidates)
        verdicts = dict.fromkeys(accepted, True)
        outer = indispensable(expression)
        left = None if outer is None else [pattern for pattern in outer if pattern not in inner]
        if left is not None and len(self._affordable(field, left)) == len(left):
            undecided = accepted | self._holding_any(field, left, candidates)
            verdicts.update((number, False) for number, _ in found if number not in undecided)
        return verdicts

    def _affordable(self, field: str, among: Sequence[Fixed]) -> list[Fixed]:
        """The first patterns, as far as few phrases of single terms stand for them."""
        phrases = accumulate(self.words.choices(field, pattern.slots) for pattern in among)
        return [pattern for pattern, needed in zip(among, phrases, strict=True) if needed <= MOST_BOUNDS]

    def _holding_any(self, field: str, among: Iterable[Fixed], candidates: tantivy.Query) -> set[int]:
        """The numbers of those candidates in which any pattern matches."""
        matching = any_of(self.words.phrases(field, pattern.slots) for pattern in among)
        return {number for number, _ in self._all(all_of((candidates, matching)))}

    def _all(self, query: tantivy.Query) -> Sequence[tuple[int, Place]]:
        """The number and place of every readout that a query accepts."""
        return self._snapshot.first(query, NUMBER, len(self._snapshot)).hits

    def _lookup(self, field: str, terms: Sequence[str]) -> Lookup:
        def positions(leaf: Leaf) -> Sequence[int]:
            accepted = self.lexicon.terms(field, leaf)
            if len(accepted) <= _FEW_TERMS:
                return sorted(position for term in accepted for position in _places(terms, term))
            return [position for position, term in enumerate(terms) if term in accepted]

        return positions


def _places(terms: Sequence[str], term: str) -> Iterator[int]:
    """Where a term stands; a loop over all terms would take ten times as long."""
    place = -1
    with suppress(ValueError):
        while True:
            place = terms.index(term, place + 1)
            yield place
