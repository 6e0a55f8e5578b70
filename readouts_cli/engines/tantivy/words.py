"""Words and patterns of words as tantivy queries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import product
from math import prod

import tantivy

from readouts_cli.engines.patterns import Pair, Pattern
from readouts_cli.engines.tantivy.combining import all_of, any_of
from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.query.leaves import HanCharacter, Leaf, Wildcard

#: How many phrases of single terms stand for one pattern before it is matched through automata of its terms, and how
#: many where these would be too large.
MOST_PHRASES = 500
MOST_PHRASES_IN_ALL = 20_000

#: How many terms a phrase of automata may stand for; tantivy refuses more than 16,384.
_MOST_AUTOMATON_TERMS = 16_000

#: Of how many terms, and then of how many more, it is looked up whether every readout has one of them.
_FEW_TERMS = (16, 256)

_SPECIAL = re.compile(r"[^\w…']")

#: A leaf and how many positions it stands behind the others.
Slot = tuple[int, Leaf]


class Words:
    """Builds the queries of one commit that look for words in a field."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self._snapshot = snapshot
        self._schema = snapshot.schema
        self._lexicon = lexicon
        self._everywhere: dict[tuple[str, Leaf], bool] = {}

    def any_term(self, field: str, terms: Collection[str]) -> tantivy.Query:
        """Readouts with any of some terms."""
        if not terms:
            return tantivy.Query.empty_query()
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, field, next(iter(terms)))
        return tantivy.Query.term_set_query(self._schema, field, list(terms))

    def accepted(self, field: str, leaf: Leaf) -> tantivy.Query:
        """Readouts with any term that a leaf accepts."""
        terms = self._lexicon.terms(field, leaf)
        if (field, leaf) not in self._everywhere:
            self._everywhere[field, leaf] = self._is_everywhere(field, terms)
        return all_of(()) if self._everywhere[field, leaf] else self.any_term(field, terms)

    def _is_everywhere(self, field: str, terms: Mapping[str, int]) -> bool:
        """Whether every readout has one of the commonest of many terms, so that the others need not be gone through."""
        for few in _FEW_TERMS:
            if len(terms) <= few or sum(terms.values()) < len(self._snapshot):
                return False
            commonest = nlargest(few, terms, key=terms.__getitem__)
            if self._snapshot.count(self.any_term(field, commonest)) == len(self._snapshot):
                return True
        return False

    def holding(self, field: str, pattern: Pattern) -> tantivy.Query:
        """Readouts with the words of a pattern, wherever they stand."""
        leaves = (pattern.left, pattern.right) if isinstance(pattern, Pair) else [leaf for _, leaf in pattern.slots]
        return all_of(self.accepted(field, leaf) for leaf in leaves)

    def matching(self, field: str, pattern: Pattern) -> tantivy.Query | None:
        """Readouts in which a pattern matches; None where it stands for too many terms."""
        if isinstance(pattern, Pair):
            return self._pair(field, pattern)
        return self._phrase(field, pattern.slots, 0)

    def choices(self, field: str, slots: Sequence[Slot]) -> int:
        """How many phrases of single terms stand for leaves at some offsets."""
        return prod(len(self._lexicon.terms(field, leaf)) for _, leaf in slots)

    def phrases(self, field: str, slots: Sequence[Slot], slop: int = 0) -> tantivy.Query:
        """Readouts in which any of these phrases stands, give or take `slop`."""
        return any_of(self.each_phrase(field, slots, slop))

    def each_phrase(self, field: str, slots: Sequence[Slot], slop: int = 0) -> Iterator[tantivy.Query]:
        """The same by phrase."""
        if len(slots) == 1:
            yield self.accepted(field, slots[0][1])
            return
        offsets = [offset for offset, _ in slots]
        for chosen in product(*(self._lexicon.terms(field, leaf) for _, leaf in slots)):
            yield tantivy.Query.phrase_query(self._schema, field, list(zip(offsets, chosen, strict=True)), slop)

    def _pair(self, field: str, pair: Pair) -> tantivy.Query | None:
        if pair.distance < 1:
            return tantivy.Query.empty_query()
        left, right = self._lexicon.terms(field, pair.left), self._lexicon.terms(field, pair.right)
        if not pair.ordered and left.keys().isdisjoint(right):
            return self._phrase(field, ((0, pair.left), (0, pair.right)), pair.distance)
        found = self._behind(field, pair.left, pair.right, pair.distance)
        if not pair.ordered:
            found += self._behind(field, pair.right, pair.left, pair.distance)
        parts = [query for query in found if query is not None]
        return any_of(parts) if len(parts) == len(found) else None

    def _behind(self, field: str, left: Leaf, right: Leaf, distance: int) -> list[tantivy.Query | None]:
        """Where the right leaf stands 1 to `distance` positions behind the left.

        An offset with slop accepts an odd number of distances around it, so the last of an even number stands alone.
        """
        around, slop = (distance + 1) // 2, (distance - 1) // 2
        found = [self._phrase(field, ((0, left), (around, right)), slop)]
        if distance % 2 == 0:
            found.append(self._phrase(field, ((0, left), (distance, right)), 0))
        return found

    def _phrase(self, field: str, slots: Sequence[Slot], slop: int) -> tantivy.Query | None:
        """Readouts in which every slot's leaf accepts the term at the slot's offset; None for too many terms."""
        terms = [self._lexicon.terms(field, leaf) for _, leaf in slots]
        if not all(terms):
            return tantivy.Query.empty_query()
        if len(slots) == 1 or prod(map(len, terms)) <= MOST_PHRASES:
            return self.phrases(field, slots, slop)
        automata = [(offset, self._automaton(field, leaf)) for offset, leaf in slots]
        placed: list[str | tuple[int, str]] = [(offset, part) for offset, part in automata if part is not None]
        if len(placed) < len(slots) or sum(map(len, terms)) > _MOST_AUTOMATON_TERMS:
            return self.phrases(field, slots, slop) if prod(map(len, terms)) <= MOST_PHRASES_IN_ALL else None
        return tantivy.Query.regex_phrase_query(self._schema, field, placed, slop)

    def _automaton(self, field: str, leaf: Leaf) -> str | None:
        """A regular expression, as tantivy reads it, for the terms that a leaf accepts; None where it is too large."""
        match leaf:
            case Wildcard(pattern):
                expression = "".join({"*": ".*", "?": "."}.get(c) or _literal(c) for c in re.sub(r"\*+", "*", pattern))
            case HanCharacter(character):
                expression = _literal(character) + ".*"
            case _:
                expression = "|".join(map(_literal, self._lexicon.terms(field, leaf)))
        try:
            tantivy.Query.regex_query(self._schema, field, expression)
        except ValueError:
            return None
        return expression


def _literal(text: str) -> str:
    """A regular expression that matches only this text; what might be special stands in brackets."""
    return _SPECIAL.sub(lambda match: f"[{match.group()}]", text)
