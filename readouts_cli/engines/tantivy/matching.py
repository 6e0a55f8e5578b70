"""The query tree in tantivy's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, chain

import tantivy

from readouts_cli.engines.bounding import MOST_BOUNDS, enough, indispensable
from readouts_cli.engines.compiling import Compiler, compares_positions
from readouts_cli.engines.patterns import Fixed, Pattern
from readouts_cli.engines.tantivy.combining import all_but, all_of, any_of, unscored, without
from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.schema import NUMBER
from readouts_cli.engines.tantivy.snapshot import Place, Snapshot
from readouts_cli.engines.tantivy.words import Words
from readouts_cli.query.expressions import Expression, Lookup
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.sparse import seen_by
from readouts_cli.query.tree import Condition, In

#: Up to how many terms are looked for one by one in a text.
_FEW_TERMS = 16

#: From how many readouts on, and from what part of all, tantivy is asked about many phrases before each text is looked
#: at.  In a library of any size, that takes it as long as reading a thirtieth of the texts: until it finds a phrase for
#: the first time, it goes through everything, however few readouts it is asked about.
MANY = 1000
MANY_OF_ALL = 1 / 30


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

    def light(self, children: Sequence[Condition], light: tantivy.Query | None) -> tantivy.Query | None:
        quick = [child for child in children if not compares_positions(child)]
        if len(quick) == len(children):
            return light
        parts = [query for query in (light, *map(self.native, quick)) if query is not None]
        return all_of(parts) if parts else None

    def any_pattern(self, queries: Sequence[tantivy.Query], light: tantivy.Query | None) -> tantivy.Query:
        """Each inside `light`: tantivy would go through the alternatives one by one to their ends."""
        if light is None or len(queries) == 1:
            return any_of(queries)
        return any_of(all_of((unscored(light), query)) for query in queries)

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
        if sum(number not in verdicts for number, _ in found) > max(MANY, len(self._snapshot) * MANY_OF_ALL):
            verdicts.update(self._bounded(field, expression, [number for number, _ in found], candidates))
        see = seen_by(In(field, expression))
        for number, place in found:
            if number not in verdicts:
                terms = see(self._snapshot.readout(place)).fields[field].terms
                verdicts[number] = bool(expression.find(self._lookup(field, terms)))
        return self._numbered([number for number, _ in found if verdicts[number]])

    def _numbered(self, numbers: Sequence[int]) -> tantivy.Query:
        """The readouts with these numbers."""
        if not numbers:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self._snapshot.schema, NUMBER, numbers)

    def _bounded(
        self, field: str, expression: Expression, found: Iterable[int], candidates: tantivy.Query
    ) -> dict[int, bool]:
        """Verdicts on those candidates, whose numbers were found, that phrases of single terms decide upon."""
        inner = self._affordable(field, enough(expression))
        undecided = self._holding_none(field, inner, candidates)
        verdicts = {number: True for number in found if number not in undecided}
        outer = indispensable(expression)
        left = None if outer is None else [pattern for pattern in outer if pattern not in inner]
        if left is not None and len(self._affordable(field, left)) == len(left):
            rejected = undecided & self._holding_none(field, left, candidates) if left else undecided
            verdicts.update(dict.fromkeys(rejected, False))
        return verdicts

    def _affordable(self, field: str, among: Sequence[Fixed]) -> list[Fixed]:
        """The first patterns, as far as few phrases of single terms stand for them."""
        phrases = accumulate(self.words.choices(field, pattern.slots) for pattern in among)
        return [pattern for pattern, needed in zip(among, phrases, strict=True) if needed <= MOST_BOUNDS]

    def _holding_none(self, field: str, among: Iterable[Fixed], candidates: tantivy.Query) -> set[int]:
        """The numbers of those candidates in which no pattern matches."""
        phrases = chain.from_iterable(self.words.each_phrase(field, pattern.slots) for pattern in among)
        return {number for number, _ in self._all(without(candidates, *phrases))}

    def _all(self, query: tantivy.Query) -> Sequence[tuple[int, Place]]:
        """The number and place of every readout that a query accepts."""
        return self._snapshot.first(query, NUMBER, len(self._snapshot), hard=True).hits

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
