"""Ranking: what each part of a condition adds to a readout's score.

Tantivy's own BM25 scores words and phrases; its k1 is 1.2 and its b 0.75, which no setting changes.  The forms of a
word family weigh as much as the family is rare, not each form by itself, and a form other than the typed one less.
Dates, negations and patterns that stand for many words are not scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

import tantivy

from readouts_cli.engines.tantivy.combining import all_of, any_of, raised_by
from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.query.leaves import Exact, Family, Leaf
from readouts_cli.query.tree import And, Condition, Either, Expression, In, Near, Or, Phrase, Term, Within, Words

#: What an occurrence of another form of the word counts, beside 1 for the form that was typed.
OTHER_FORM = 0.8

#: What forms of a word beside the best one in a readout add, as a share of their own score.
FURTHER_FORMS = 0.2

#: What two neighbouring words of the query that are neighbours in the text add, as a share of a phrase's own score.
NEIGHBOURS = 0.3

#: How many terms of a pattern are scored one by one; one that stands for more is not scored.
MOST_SCORED = 32


class Scorer:
    """Builds the scoring queries of one commit."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._schema = snapshot.schema
        self._readouts = len(snapshot)
        self._matcher = matcher

    def ranking(self, condition: Condition) -> tantivy.Query | None:
        """What the condition accepts, scored; None where nothing in it is scored, so that every score would be 0."""
        parts = list(self._parts(condition))
        if not parts:
            return None
        scored = self._scored(condition)
        return raised_by(_unscored(self._matcher.accepting(condition)), parts) if scored is None else scored

    def _scored(self, condition: Condition) -> tantivy.Query | None:
        """What a condition accepts, found by the very queries that score it; None where these are not enough."""
        match condition:
            case In(field, expression):
                whole = self._whole(field, expression)
                query = self._matcher.native(condition) if whole is None else None
                return whole if query is None else raised_by(_unscored(query), list(self._by_word(field, expression)))
            case Words(field, words, any_word):
                joined = _joined([self._scored(In(field, word)) for word in words], any=any_word)
                return None if joined is None else raised_by(joined, list(self._neighbours(field, words)))
            case And(children):
                return _joined([self._scored(child) for child in children], any=False)
            case Or(children):
                return _joined([self._scored(child) for child in children], any=True)
        query = self._matcher.native(condition)
        return None if query is None else _unscored(query)

    def _parts(self, condition: Condition) -> Iterator[tantivy.Query]:
        """What adds to the score of a readout that a condition accepts."""
        match condition:
            case In(field, expression):
                whole = self._whole(field, expression)
                yield from self._by_word(field, expression) if whole is None else [whole]
            case Words(field, words):
                for word in words:
                    yield from self._parts(In(field, word))
                yield from self._neighbours(field, words)
            case And(children) | Or(children):
                for child in children:
                    yield from self._parts(child)

    def _whole(self, field: str, expression: Expression) -> tantivy.Query | None:
        """The query that matches an expression and scores it too; None where tantivy has none."""
        if isinstance(expression, Term):
            return self._leaf(field, expression.leaf)
        plain = all(len(self._matcher.lexicon.terms(field, leaf)) == 1 for leaf in leaves(expression))
        return self._matcher.native(In(field, expression)) if plain else None

    def _by_word(self, field: str, expression: Expression) -> Iterator[tantivy.Query]:
        for leaf in leaves(expression):
            query = self._leaf(field, leaf)
            if query is not None:
                yield query

    def _leaf(self, field: str, leaf: Leaf) -> tantivy.Query | None:
        terms = self._matcher.lexicon.terms(field, leaf)
        if not 0 < len(terms) <= MOST_SCORED:
            return None
        rarity = self._idf(sum(terms.values()))
        typed = leaf.term if isinstance(leaf, Exact | Family) else None
        forms = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, field, term, "freq"),
                (1.0 if typed in (None, term) else OTHER_FORM) * rarity / self._idf(readouts),
            )
            for term, readouts in terms.items()
        ]
        return forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms, FURTHER_FORMS)

    def _neighbours(self, field: str, words: Sequence[Expression]) -> Iterator[tantivy.Query]:
        """The typed forms of each two words, side by side."""
        for left, right in pairwise(map(_typed, words)):
            if left is not None and right is not None:
                phrase = tantivy.Query.phrase_query(self._schema, field, [left, right])
                yield tantivy.Query.boost_query(phrase, NEIGHBOURS)

    def _idf(self, holding: int) -> float:
        """How rare something is that `holding` readouts have, as tantivy reckons it."""
        holding = min(holding, self._readouts)  # a readout with several forms of a family counts for each
        return log(1 + (self._readouts - holding + 0.5) / (holding + 0.5))


def leaves(expression: Expression) -> Iterator[Leaf]:
    """The leaves of an expression."""
    match expression:
        case Term(leaf):
            yield leaf
        case Phrase(parts):
            yield from (leaf for _, leaf in parts)
        case Within(found):
            yield from found
        case Near(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case Either(options):
            for option in options:
                yield from leaves(option)


def _typed(word: Expression) -> str | None:
    """The one term that was typed for a word."""
    return word.leaf.term if isinstance(word, Term) and isinstance(word.leaf, Exact | Family) else None


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _joined(found: Sequence[tantivy.Query | None], *, any: bool) -> tantivy.Query | None:
    parts = [query for query in found if query is not None]
    if len(parts) < len(found):
        return None
    return any_of(parts) if any else all_of(parts)
