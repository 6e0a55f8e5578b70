"""Counting what a condition shows in the texts of one segment's readouts, from postings alone.

Positions stand for the stretches of text that they cover: as tokens follow one another and never overlap, one match
lies inside another exactly if its positions do.
"""

from __future__ import annotations

from collections.abc import Iterator

from readouts_cli.engines.whoosh.matching import Docs, Places, SegmentMatcher
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Expression, Term, apart
from readouts_cli.query.fields import UNSHOWN
from readouts_cli.query.tree import And, Condition, In, Or, Words, outermost
from readouts_cli.span import Span


def is_countable(condition: Condition) -> bool:
    """Whether all that a condition shows are matches in the text itself: where other fields stand, postings hide."""
    match condition:
        case In(field) | Words(field):
            return field == TEXT or field in UNSHOWN
        case And(children) | Or(children):
            return all(map(is_countable, children))
    return True


def count_matches(matcher: SegmentMatcher, condition: Condition, docs: Docs) -> dict[int, int]:
    """How many matches a countable condition shows in each of `docs`, all of which it accepts."""
    parts = list(_shown(matcher, condition, docs))
    if not parts:
        return dict.fromkeys(docs, 0)
    if len(parts) == 1:
        within, only = parts[0]
        if isinstance(only, In) and within is docs:
            return _count_expression(matcher, only.expression, docs)
    places = Places(matcher, TEXT, docs)
    counts = {}
    for doc in docs:
        places.doc = doc
        found = (apart(part.find(places.lookup)) for within, part in parts if doc in within)
        counts[doc] = len(outermost(Span(first, last) for matches in found for first, last in matches))
    return counts


def _shown(matcher: SegmentMatcher, condition: Condition, docs: Docs) -> Iterator[tuple[Docs, In | Words]]:
    """The parts of a condition that show matches in the text, each with those of `docs` in which it does."""
    match condition:
        case In(field) | Words(field):
            if field == TEXT:
                yield docs, condition
        case And(children):
            for child in children:
                yield from _shown(matcher, child, docs)
        case Or(children):
            for child in children:
                yield from _shown(matcher, child, matcher.accept(child, docs))


def _count_expression(matcher: SegmentMatcher, expression: Expression, docs: Docs) -> dict[int, int]:
    """The matches of an expression that do not overlap; only where there are several can any be one too many."""
    found = matcher.occurrences(TEXT, expression, docs)
    counts = {doc: found[doc] for doc in docs}
    if not isinstance(expression, Term):
        several = {doc for doc, count in counts.items() if count > 1}
        places = Places(matcher, TEXT, several)
        for doc in several:
            places.doc = doc
            counts[doc] = sum(1 for _ in apart(expression.find(places.lookup)))
    return counts
