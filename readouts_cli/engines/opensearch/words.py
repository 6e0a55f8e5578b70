"""Words and patterns of words as queries of the cluster.

Positions are compared by span queries: ordered, between fixed stretches, and so exactly.  Word families and single Han
characters are looked for in a second field with the same positions.
"""

from __future__ import annotations

from collections.abc import Sequence

from readouts_cli.engines.opensearch.combining import NOTHING, Query, any_of, any_value
from readouts_cli.engines.opensearch.layout import kept, root
from readouts_cli.engines.opensearch.lexicon import Lexicon
from readouts_cli.engines.opensearch.mapping import ROOTS, TERMS
from readouts_cli.engines.patterns import Pair, Pattern
from readouts_cli.query.leaves import Exact, Family, HanCharacter, Leaf

#: How many terms one word of a span may stand for.
_MOST_IN_SPAN = 500

#: A leaf and how many positions it stands behind the others.
Slot = tuple[int, Leaf]


class Words:
    """Builds the queries of one snapshot that look for words in a field."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def accepted(self, field: str, leaf: Leaf) -> Query:
        """Documents with any term that a leaf accepts."""
        match leaf:
            case Exact(term):
                return {"term": {f"{TERMS}.{field}": kept(term)}}
            case Family(term):
                return {"term": {f"{ROOTS}.{field}": root(kept(term))}}
            case HanCharacter(character):
                return {"term": {f"{ROOTS}.{field}": character}}
        return any_value(f"{TERMS}.{field}", list(self._lexicon.terms(field, leaf)))

    def holding(self, field: str, pattern: Pattern) -> Query:
        """Documents with the words of a pattern, wherever they stand."""
        leaves = (pattern.left, pattern.right) if isinstance(pattern, Pair) else [leaf for _, leaf in pattern.slots]
        return {"bool": {"filter": [self.accepted(field, leaf) for leaf in leaves]}}

    def matching(self, field: str, pattern: Pattern) -> Query | None:
        """Documents in which a pattern matches; None where it stands for too many terms."""
        if isinstance(pattern, Pair):
            return self._pair(field, pattern)
        if len(pattern.slots) == 1:
            return self.accepted(field, pattern.slots[0][1])
        return self.phrase(field, pattern.slots) or self._fixed(field, pattern.slots)

    def phrase(self, field: str, slots: Sequence[Slot]) -> Query | None:
        """Terms side by side; None where there is anything else in the slots."""
        terms = [leaf.term for _, leaf in slots if isinstance(leaf, Exact)]
        if len(terms) < len(slots) or [offset for offset, _ in slots] != list(range(len(slots))):
            return None
        return {"match_phrase": {f"{TERMS}.{field}": " ".join(map(kept, terms))}}

    def _pair(self, field: str, pair: Pair) -> Query | None:
        left, right = self._span(field, pair.left), self._span(field, pair.right)
        if left is None or right is None:
            return None
        if pair.distance < 1:
            return NOTHING
        orders = [[left, right]] if pair.ordered else [[left, right], [right, left]]
        return any_of(_near(clauses, pair.distance - 1) for clauses in orders)

    def _fixed(self, field: str, slots: Sequence[Slot]) -> Query | None:
        clauses: list[Query] = []
        expected = slots[0][0]
        for offset, leaf in slots:
            span = self._span(field, leaf)
            if span is None:
                return None
            if offset > expected:
                clauses.append({"span_gap": {f"{TERMS}.{field}": offset - expected}})
            clauses.append(span)
            expected = offset + 1
        return _near(clauses, 0)

    def _span(self, field: str, leaf: Leaf) -> Query | None:
        """The positions of what a leaf accepts; None where that is too much."""
        match leaf:
            case Exact(term):
                return {"span_term": {f"{TERMS}.{field}": kept(term)}}
            case Family(term) | HanCharacter(term):
                there = {"span_term": {f"{ROOTS}.{field}": root(kept(term))}}
                return {"field_masking_span": {"query": there, "field": f"{TERMS}.{field}"}}
        terms = self._lexicon.terms(field, leaf)
        if len(terms) > _MOST_IN_SPAN:
            return None
        return {"span_or": {"clauses": [{"span_term": {f"{TERMS}.{field}": term}} for term in terms or ("",)]}}


def _near(clauses: list[Query], slop: int) -> Query:
    return {"span_near": {"clauses": clauses, "slop": slop, "in_order": True}}
