"""Ranking: what each part of a condition adds to a readout's score.

Tantivy's own BM25 scores words and phrases; its k1 is 1.2 and its b 0.75, which no setting changes.  The forms of a
word family weigh as much as the family is rare, not each form by itself, and a form other than the typed one less.
What tantivy cannot score, such as a pattern that stands for many words, adds the same to every readout that it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.query.leaves import Exact, Family, Leaf
from readouts_cli.query.tree import And, Condition, Either, Expression, In, Near, Or, Phrase, Term, Within, Words

if TYPE_CHECKING:
    import tantivy

#: What an occurrence of another form of the word counts, beside 1 for the form that was typed.
OTHER_FORM = 0.8

#: What forms of a word beside the best one in a readout add, as a share of their own score.
FURTHER_FORMS = 0.2

#: What two neighbouring words of the query that are neighbours in the text add, as a share of a phrase's own score.
NEIGHBOURS = 0.3

#: How many terms of a pattern are scored one by one.
MOST_SCORED = 32


class Scorer:
    """Builds the scoring queries of one commit."""

    def __init__(self, matcher: Matcher, readouts: int) -> None:
        import tantivy

        self._matcher = matcher
        self._queries = tantivy.Query
        self._occur = tantivy.Occur
        self._readouts = readouts

    def ranking(self, condition: Condition) -> tantivy.Query | None:
        """What the condition accepts, scored; None where nothing in it is scored, and every score would be 0."""
        parts = list(self._parts(condition))
        if not parts:
            return None
        accepted = self._queries.const_score_query(self._matcher.accepting(condition), 0.0)
        scored = [(self._occur.Should, part) for part in parts]
        return self._queries.boolean_query([(self._occur.Must, accepted), *scored])

    def _parts(self, condition: Condition) -> Iterator[tantivy.Query]:
        match condition:
            case In(field, expression):
                yield from self._expression(field, expression)
            case Words(field, words):
                for word in words:
                    yield from self._expression(field, word)
                for left, right in pairwise(words):
                    yield from self._neighbours(field, left, right)
            case And(children) | Or(children):
                for child in children:
                    yield from self._parts(child)

    def _expression(self, field: str, expression: Expression) -> Iterator[tantivy.Query]:
        if isinstance(expression, Term):
            yield from self._leaf(field, expression.leaf)
            return
        terms = [self._matcher.lexicon.terms(field, leaf) for leaf in leaves(expression)]
        if all(len(found) == 1 for found in terms):
            query = self._matcher.matching(field, expression)
            if query is not None:
                yield query
                return
        for leaf in leaves(expression):
            yield from self._leaf(field, leaf)

    def _leaf(self, field: str, leaf: Leaf) -> Iterator[tantivy.Query]:
        terms = self._matcher.lexicon.terms(field, leaf)
        if not terms:
            return
        rarity = self._idf(sum(terms.values()))
        if len(terms) > MOST_SCORED:
            yield self._queries.const_score_query(self._matcher.any_term(field, terms), rarity)
            return
        typed = leaf.term if isinstance(leaf, Exact | Family) else None
        yield self._best_of(
            self._queries.boost_query(
                self._matcher.any_term(field, [term]),
                (1.0 if typed in (None, term) else OTHER_FORM) * rarity / self._idf(readouts),
            )
            for term, readouts in terms.items()
        )

    def _neighbours(self, field: str, left: Expression, right: Expression) -> Iterator[tantivy.Query]:
        """The typed forms of two words, side by side."""
        if isinstance(left, Term) and isinstance(right, Term):
            typed = [leaf.term for leaf in (left.leaf, right.leaf) if isinstance(leaf, Exact | Family)]
            if len(typed) == 2:
                phrase = self._queries.phrase_query(self._matcher.schema, field, list(enumerate(typed)))
                yield self._queries.boost_query(phrase, NEIGHBOURS)

    def _best_of(self, found: Iterable[tantivy.Query]) -> tantivy.Query:
        parts = list(found)
        return parts[0] if len(parts) == 1 else self._queries.disjunction_max_query(parts, FURTHER_FORMS)

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
