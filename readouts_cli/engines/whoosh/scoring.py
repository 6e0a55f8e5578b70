"""Ranking by BM25 over the whole library, word families and neighbouring words included.

score(D) = Σ idf(u) · tf(u, D) · (k1 + 1) / (tf(u, D) + k1 · (1 − b + b · |D| / avg|D|)), Robertson & Zaragoza,
"The Probabilistic Relevance Framework: BM25 and Beyond" (2009), eq. 3.15, with Lucene's idf, which is never negative:
ln(1 + (N − n + ½) / (n + ½)).  A unit u is a word (its family's forms add up), or a phrase or NEAR, whose idf is the
sum of its words'.  A pattern is not scored: it selects, and what it stands for has no common weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from readouts_cli.engines.base import Ranking
from readouts_cli.engines.whoosh.matching import Docs, SegmentMatcher
from readouts_cli.query.expressions import Expression, Near, Phrase, Term, leaves
from readouts_cli.query.leaves import Exact, Family, Leaf, Regex, Wildcard
from readouts_cli.query.tree import And, Condition, In, Or, Words

#: The number of tokens that each of Whoosh's one-byte length codes stands for (`whoosh.util.numeric`).
LENGTH_OF_CODE = [round((1.033**code - 1) * 27) for code in range(256)]

#: What an occurrence of another form of the word counts, beside 1 for the form that was typed.
OTHER_FORM = 0.8

#: What two neighbouring words of the query that are neighbours in the text add, as a share of a phrase's own score.
NEIGHBOURS = 0.3

#: How many of the best readouts are looked at for neighbouring words.
RERANKED = 200


class Unit(NamedTuple):
    """Something that is scored: an expression in a field, and whether it is a pair of neighbouring words."""

    field: str
    expression: Expression
    neighbours: bool = False


def units(condition: Condition) -> Iterator[Unit]:
    """What of a condition is scored; negations and dates are not."""
    match condition:
        case In(field, expression):
            yield from _scored(field, expression)
        case Words(field, words):
            for word in words:
                yield from _scored(field, word)
            for left, right in pairwise(words):
                yield Unit(field, _neighbours(left, right), neighbours=True)
        case And(children) | Or(children):
            for child in children:
                yield from units(child)


def _scored(field: str, expression: Expression) -> Iterator[Unit]:
    if not (isinstance(expression, Term) and isinstance(expression.leaf, Wildcard | Regex)):
        yield Unit(field, expression)


def _neighbours(left: Expression, right: Expression) -> Expression:
    if isinstance(left, Term) and isinstance(right, Term):
        return Phrase(((0, left.leaf), (1, right.leaf)), 2)
    return Near(left, right, 1, ordered=True)


class Scorer:
    """Scores the readouts of all segments of a library by one set of statistics."""

    def __init__(self, matchers: Sequence[SegmentMatcher], ranking: Ranking) -> None:
        self._matchers = matchers
        self._ranking = ranking
        self._count = sum(matcher.segment.info.doc_count for matcher in matchers)
        self._norms: dict[tuple[SegmentMatcher, str], list[float]] = {}

    def add(
        self, matcher: SegmentMatcher, found: Iterable[Unit], docs: Docs, scores: list[float] | defaultdict[int, float]
    ) -> None:
        """Add the scores of `found` to `scores`, one a readout of the segment; those outside `docs` mean nothing."""
        for unit in found:
            weight = self._idf(unit) * (self._ranking.k1 + 1) * (NEIGHBOURS if unit.neighbours else 1.0)
            norms = self._norms_of(matcher, unit.field)
            for doc, frequency in self._frequencies(matcher, unit, docs):
                scores[doc] += weight * frequency / (frequency + norms[doc])

    def _frequencies(self, matcher: SegmentMatcher, unit: Unit, docs: Docs) -> Iterable[tuple[int, float]]:
        expression = unit.expression
        if not isinstance(expression, Term):
            return matcher.occurrences(unit.field, expression, docs).items()
        found = matcher.postings(unit.field, expression.leaf, docs)
        typed = expression.leaf.term if isinstance(expression.leaf, Exact | Family) else None
        if len(found) == 1 and typed in {found[0][0], None}:
            return zip(found[0][1].docs, found[0][1].weights, strict=True)
        frequencies: dict[int, float] = {}
        for term, postings in found:
            share = 1.0 if typed is None or term == typed else OTHER_FORM
            for doc, weight in zip(postings.docs, postings.weights, strict=True):
                frequencies[doc] = frequencies.get(doc, 0.0) + weight * share
        return frequencies.items()

    def _idf(self, unit: Unit) -> float:
        return sum(self._leaf_idf(unit.field, leaf) for leaf in leaves(unit.expression))

    def _leaf_idf(self, field: str, leaf: Leaf) -> float:
        holding = sum(matcher.holding(field, leaf) for matcher in self._matchers)
        holding = min(holding, self._count)  # a readout that holds several forms of a family counts for each
        return log(1 + (self._count - holding + 0.5) / (holding + 0.5))

    def _norms_of(self, matcher: SegmentMatcher, field: str) -> list[float]:
        """k1 · (1 − b + b · |D| / avg|D|) for each readout of a segment."""
        if (matcher, field) not in self._norms:
            k1, b = self._ranking.k1, self._ranking.b
            total = sum(each.segment.info.field_lengths.get(field, 0) for each in self._matchers)
            average = total / self._count if total else 1.0
            of_code = [k1 * (1 - b + b * length / average) for length in LENGTH_OF_CODE]
            self._norms[matcher, field] = [of_code[code] for code in matcher.segment.length_codes(field)]
        return self._norms[matcher, field]
