"""Ranking: what each part of a condition adds to a readout's score.

The cluster scores words and phrases by BM25, with the k1 and b that the index was made with, each shard by its own
statistics.  Dates, negations and patterns that stand for many words are not scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readouts_cli.engines.opensearch.combining import Query
from readouts_cli.engines.opensearch.layout import kept, root
from readouts_cli.engines.opensearch.mapping import ROOTS, TERMS
from readouts_cli.engines.opensearch.matching import Matcher
from readouts_cli.query.expressions import Expression, Near, Term, leaves
from readouts_cli.query.leaves import Exact, Family, HanCharacter, Leaf
from readouts_cli.query.tree import And, Condition, In, Or, Words

#: What an occurrence of another form of a word counts, beside 1 for the form that was typed.
OTHER_FORM = 0.8

#: What two neighbouring words of the query that are neighbours in the text add, as a share of a phrase's own score.
NEIGHBOURS = 0.3


@dataclass(frozen=True, slots=True)
class Part:
    """What one word or phrase adds to the score of the readouts that `query` accepts."""

    field: str
    expression: Expression
    neighbours: bool
    query: Query


def parts(condition: Condition, matcher: Matcher) -> Iterator[Part]:
    """What is scored in a condition; negations and dates are not."""
    match condition:
        case In(field, expression):
            yield from _expression(field, expression, matcher)
        case Words(field, words):
            for word in words:
                yield from _expression(field, word, matcher)
            yield from _neighbours(field, words)
        case And(children) | Or(children):
            for child in children:
                yield from parts(child, matcher)


def _expression(field: str, expression: Expression, matcher: Matcher) -> Iterator[Part]:
    """The whole expression where all its words stand for one form each, else its words."""
    found = list(leaves(expression))
    if not isinstance(expression, Term) and all(isinstance(leaf, Exact) for leaf in found):
        query = matcher.native(In(field, expression))
        if query is not None:
            yield Part(field, expression, neighbours=False, query=query)
            return
    for leaf in found:
        query = _leaf(field, leaf)
        if query is not None:
            yield Part(field, Term(leaf), neighbours=False, query=query)


def _leaf(field: str, leaf: Leaf) -> Query | None:
    match leaf:
        case Exact(term):
            return _term(f"{TERMS}.{field}", kept(term), 1.0)
        case Family(term):
            forms = _term(f"{ROOTS}.{field}", root(kept(term)), OTHER_FORM)
            return {"bool": {"should": [forms, _term(f"{TERMS}.{field}", kept(term), 1 - OTHER_FORM)]}}
        case HanCharacter(character):
            return _term(f"{ROOTS}.{field}", character, 1.0)
    return None


def _neighbours(field: str, words: Sequence[Expression]) -> Iterator[Part]:
    """The typed forms of each two words, side by side."""
    for left, right in pairwise(words):
        typed = [
            kept(word.leaf.term)
            for word in (left, right)
            if isinstance(word, Term) and isinstance(word.leaf, Exact | Family)
        ]
        if len(typed) == 2:
            phrase = {f"{TERMS}.{field}": {"query": " ".join(typed), "boost": NEIGHBOURS}}
            yield Part(field, Near(left, right, 1, ordered=True), neighbours=True, query={"match_phrase": phrase})


def _term(field: str, term: str, boost: float) -> Query:
    return {"term": {field: {"value": term, "boost": boost}}}
