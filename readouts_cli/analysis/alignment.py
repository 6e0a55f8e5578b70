"""Sentences of two texts side by side: the same, changed, or in one of them only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readouts_cli.query.tokens import Tokens, tokenize
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Span

#: Two sentences are one, changed, where at least this share of their tokens is common to both, in order.
SIMILAR = 0.5

#: More pairs of sentences than this between two that are the same are not compared with one another.
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its tokens."""

    span: Span
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Pair:
    """What corresponds: a sentence of each text, or one without a counterpart.

    `left_changed` and `right_changed` are the stretches of each that the other does not have.
    """

    left: Span | None
    right: Span | None
    left_changed: tuple[Span, ...] = ()
    right_changed: tuple[Span, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both sentences have the same tokens."""
        return self.left is not None and self.right is not None and not (self.left_changed or self.right_changed)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text that hold a token."""
    spans = sentences(text, Span(0, len(text)))
    found = (Sentence(span, tokenize(text[span.start : span.end], span.start)) for span in spans)
    return [sentence for sentence in found if sentence.tokens.terms]


def aligned(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Pair]:
    """The sentences of two texts in the order of both, paired so that what they have in common is the most.

    Sentences with the same tokens are paired first; between them, those that are similar enough.
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [tuple(s.tokens.terms) for s in left], [tuple(s.tokens.terms) for s in right])
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += [Pair(one.span, other.span) for one, other in zip(left[i1:i2], right[j1:j2], strict=True)]
        else:
            pairs += _between(left[i1:i2], right[j1:j2])
    return pairs


def _between(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Pair]:
    """The best pairs of sentences none of which are the same (Needleman & Wunsch 1970)."""
    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        return [Pair(s.span, None) for s in left] + [Pair(None, s.span) for s in right]
    similar = _similarities(left, right)
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            paired = best[i + 1][j + 1] + similar[i][j] if similar[i][j] >= SIMILAR else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and best[i][j] == best[i + 1][j]:
            pairs.append(Pair(left[i].span, None))
            i += 1
        elif j < len(right) and best[i][j] == best[i][j + 1]:
            pairs.append(Pair(None, right[j].span))
            j += 1
        else:
            pairs.append(_changed(left[i], right[j]))
            i, j = i + 1, j + 1
    return pairs


def _similarities(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[list[float]]:
    from rapidfuzz.distance import Indel

    return [
        [Indel.normalized_similarity(one.tokens.terms, other.tokens.terms, score_cutoff=SIMILAR) for other in right]
        for one in left
    ]


def _changed(left: Sentence, right: Sentence) -> Pair:
    from rapidfuzz.distance import Indel

    removed: list[Span] = []
    added: list[Span] = []
    for change in Indel.opcodes(left.tokens.terms, right.tokens.terms):
        if change.tag == "delete":
            removed.append(left.tokens.span(change.src_start, change.src_end - 1))
        elif change.tag == "insert":
            added.append(right.tokens.span(change.dest_start, change.dest_end - 1))
    return Pair(left.span, right.span, tuple(removed), tuple(added))
