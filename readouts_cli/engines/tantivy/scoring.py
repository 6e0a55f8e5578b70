"""Ranking: what each part of a condition adds to a readout's score.

Tantivy's own BM25 scores words and phrases; its k1 is 1.2 and its b 0.75, which no setting changes.  The forms of a
word family weigh as much as the family is rare, not each form by itself, and a form other than the typed one less.
Dates, negations and patterns that stand for many words are not scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import tantivy

from readouts_cli.engines.tantivy.combining import all_of, any_of, raised_by, unscored
from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.query.document import Document
from readouts_cli.query.expressions import Expression, Near, Term, leaves
from readouts_cli.query.leaves import Exact, Family, Leaf
from readouts_cli.query.tree import And, Condition, In, Or, Words

#: What an occurrence of another form of the word counts, beside 1 for the form that was typed.
OTHER_FORM = 0.8

#: What forms of a word beside the best one in a readout add, as a share of their own score.
FURTHER_FORMS = 0.2

#: What two neighbouring words of the query that are neighbours in the text add, as a share of a phrase's own score.
NEIGHBOURS = 0.3

#: How many terms of a pattern are scored one by one; one that stands for more is not scored.
MOST_SCORED = 32


@dataclass(frozen=True, slots=True)
class Part:
    """What one word or phrase adds to the score of the readouts that `query` accepts."""

    field: str
    expression: Expression
    neighbours: bool
    query: tantivy.Query


class Scorer:
    """Builds the scoring queries of one commit."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._schema = snapshot.schema
        self._readouts = len(snapshot)
        self._matcher = matcher

    def ranking(self, condition: Condition) -> tantivy.Query | None:
        """What the condition accepts, scored; None where nothing in it is scored, so that every score would be 0."""
        return self.scored(condition) if any(True for _ in self.parts(condition)) else None

    def scored(self, condition: Condition, light: tantivy.Query | None = None) -> tantivy.Query:
        """The same for any condition; what lies outside `light` does not matter."""
        return self._scored(condition, light, light)

    def parts(self, condition: Condition, document: Document | None = None) -> Iterator[Part]:
        """What is scored in a condition; where it offers a choice, only what accepts `document`."""
        match condition:
            case In(field, expression):
                yield from self._expression_parts(field, expression)
            case Words(field, words):
                for word in words:
                    yield from self._expression_parts(field, word)
                yield from self._neighbours(field, words)
            case And(children) | Or(children):
                for child in children:
                    if document is None or isinstance(condition, And) or child.accepts(document):
                        yield from self.parts(child, document)

    def _scored(
        self, condition: Condition, within: tantivy.Query | None = None, light: tantivy.Query | None = None
    ) -> tantivy.Query:
        """What a condition accepts, as far as `within` does too, scored; what lies outside `light` does not matter."""
        match condition:
            case In(field, expression):
                whole = self._whole(field, expression, light)
                if whole is not None:
                    return whole
                accepted = unscored(self._matcher.accepting(condition, within, light))
                return raised_by(accepted, [part.query for part in self._expression_parts(field, expression)])
            case Words(field, words, any_word):
                kind = Or if any_word else And
                joined = self._scored(kind(tuple(In(field, word) for word in words)), within, light)
                return raised_by(joined, [part.query for part in self._neighbours(field, words)])
            case And(children):
                light = self._matcher.light(children, light)
                narrowed = self._matcher.narrowed(children, within, light)
                return all_of(self._scored(child, narrowed, light) for child in children)
            case Or(children):
                return any_of(self._scored(child, within, light) for child in children)
        return unscored(self._matcher.accepting(condition, within, light))

    def _expression_parts(self, field: str, expression: Expression) -> Iterator[Part]:
        """The whole expression where tantivy can score it, else its words."""
        whole = self._whole(field, expression)
        if whole is not None:
            yield Part(field, expression, neighbours=False, query=whole)
            return
        for leaf in leaves(expression):
            query = self._leaf(field, leaf)
            if query is not None:
                yield Part(field, Term(leaf), neighbours=False, query=query)

    def _whole(self, field: str, expression: Expression, light: tantivy.Query | None = None) -> tantivy.Query | None:
        """The query that matches an expression and scores it too; None where tantivy has none."""
        if isinstance(expression, Term):
            return self._leaf(field, expression.leaf)
        plain = all(len(self._matcher.lexicon.terms(field, leaf)) == 1 for leaf in leaves(expression))
        return self._matcher.native(In(field, expression), light) if plain else None

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

    def _neighbours(self, field: str, words: Sequence[Expression]) -> Iterator[Part]:
        """The typed forms of each two words, side by side."""
        for left, right in pairwise(words):
            first, second = _typed(left), _typed(right)
            if first is not None and second is not None:
                phrase = tantivy.Query.phrase_query(self._schema, field, [first, second])
                query = tantivy.Query.boost_query(phrase, NEIGHBOURS)
                yield Part(field, Near(left, right, 1, ordered=True), neighbours=True, query=query)

    def _idf(self, holding: int) -> float:
        """How rare something is that `holding` readouts have, as tantivy reckons it."""
        holding = min(holding, self._readouts)  # a readout with several forms of a family counts for each
        return log(1 + (self._readouts - holding + 0.5) / (holding + 0.5))


def _typed(word: Expression) -> str | None:
    """The one term that was typed for a word."""
    return word.leaf.term if isinstance(word, Term) and isinstance(word.leaf, Exact | Family) else None
