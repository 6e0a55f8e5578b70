"""How often words and phrases occur in many readouts, told by their scores: of these, only few are read.

BM25 knows two things of a text: about how long it is, and how often the word occurs in it, with which the score rises.
So where two texts are as long and have the same score, the word occurs as often in both, and one of them is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import tantivy

from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.tantivy.combining import all_of, unscored
from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.engines.tantivy.snapshot import Place, Snapshot
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Expression, Phrase, Term
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tokens import is_han
from readouts_cli.query.tree import Condition, In, Words

#: Up to how many terms that a pattern stands for are counted one by one.
MOST_TERMS = 32

#: Up to how many occurrences one more surely makes another score, which is in single precision and nears a bound.
_MOST_TOLD = 100

#: Tantivy keeps a length in a byte: up to 24 exactly, and of what is beyond the four leading bits
#: (`tantivy/src/fieldnorm/code.rs`).
_EXACT_LENGTH, _KEPT_BITS = 24, 4


class Counting:
    """Counts occurrences in the texts of one commit."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._matcher = matcher

    def countable(self, condition: Condition) -> Sequence[Phrase] | None:
        """Phrases, or single words, whose occurrences are the matches that a condition shows; None for any other."""
        match condition:
            case In(field, expression) | Words(field, (expression,)) if field == TEXT:
                return self._phrases(expression)
        return None

    def times(self, phrase: Phrase, among: tantivy.Query, column: str) -> Mapping[int, int]:
        """How often a phrase of `countable` occurs in all by the values of a column, 0 for none."""
        counts: Counter[int] = Counter()
        told: dict[tuple[float, int], int] = {}
        scored = all_of((unscored(among), self._matcher.words.phrases(TEXT, phrase.parts)))
        for hits in self._snapshot.scored(scored):
            places = [place for _, place in hits]
            lengths, values = (self._snapshot.numbers(places, each) for each in (TEXT_TOKENS, column))
            for (score, place), length, value in zip(hits, lengths, values, strict=True):
                alike = score, _kept_length(length)
                times = told.get(alike, _MOST_TOLD + 1)
                if times > _MOST_TOLD:
                    times = told[alike] = self._read(phrase, place)
                counts[value] += times
        return counts

    def _read(self, phrase: Phrase, place: Place) -> int:
        return len(phrase.find(document(self._snapshot.readout(place), [TEXT]).lookup(TEXT)))

    def _phrases(self, expression: Expression) -> Sequence[Phrase] | None:
        match expression:
            case Term(leaf):
                terms = self._matcher.lexicon.terms(TEXT, leaf)
                return [_exactly([(0, term)], 1) for term in terms] if len(terms) <= MOST_TERMS else None
            case Phrase(parts, length):
                choices = [(offset, list(self._matcher.lexicon.terms(TEXT, leaf))) for offset, leaf in parts]
                if not all(terms for _, terms in choices):
                    return []
                slots = [(offset, terms[0]) for offset, terms in choices]
                if all(len(terms) == 1 for _, terms in choices) and not _may_overlap(slots, length):
                    return [_exactly(slots, length)]
        return None


def _kept_length(length: int) -> int:
    """What tantivy keeps of a length, in tokens."""
    beyond = length - _EXACT_LENGTH
    lost = max(0, beyond).bit_length() - _KEPT_BITS
    return length if lost <= 0 else _EXACT_LENGTH + (beyond >> lost << lost)


def _exactly(slots: Sequence[tuple[int, str]], length: int) -> Phrase:
    return Phrase(tuple((offset, Exact(term)) for offset, term in slots), length)


def _may_overlap(slots: Sequence[tuple[int, str]], length: int) -> bool:
    """Whether two matches of a phrase may have positions in common: the further one is then none that is counted."""
    stands = dict(slots)
    for offset, term in slots:
        if is_han(term):
            stands.setdefault(offset + 1, term[1:])
    return any(all(_agree(stands, shift)) for shift in range(1, length))


def _agree(stands: Mapping[int, str], shift: int) -> Iterator[bool]:
    """Whether what stands at each position that two matches `shift` apart have in common can be the same for both."""
    for offset, term in stands.items():
        other = stands.get(offset + shift, term)
        yield other.startswith(term) or term.startswith(other)
