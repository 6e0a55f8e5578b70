"""What else reads like a readout: its most telling words, and which other readouts share most of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from readouts_cli.analysis.words import words as words_of
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Term
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tokens import terms
from readouts_cli.query.tree import Condition, In
from readouts_cli.readout import Readout

#: How many words speak for a readout.
TELLING = 25


@dataclass(frozen=True, slots=True)
class Telling:
    """A telling word: how often in the readout, in how many readouts of the library, and its weight."""

    term: str
    count: int
    readouts: int
    weight: float


@dataclass(frozen=True, slots=True)
class Similar:
    """A readout like another: the telling words that it shares, and their part of the weight of all (0 to 1)."""

    readout: Readout
    similarity: float
    shared: tuple[str, ...]


def telling(
    readout: Readout, holding: Callable[[Iterable[str]], Mapping[str, int]], total: int, *, count: int = TELLING
) -> list[Telling]:
    """The most telling words of a readout, by (1 + ln tf) · ln(N ÷ n) (Salton & Buckley 1988).

    `holding` tells of words how many of the `total` readouts hold each; those of no other readout find nothing and are
    left out.
    """
    occurrences = Counter(words_of(readout.text))
    found = [
        Telling(term, occurrences[term], readouts, -(1 + log(occurrences[term])) * log(readouts / total))
        for term, readouts in holding(occurrences).items()
        if 1 < readouts < total
    ]
    return sorted(found, key=lambda each: (-each.weight, each.term))[:count]


def holding(word: Telling) -> Condition:
    """Readouts that hold the word."""
    return In(TEXT, Term(Exact(word.term)))


def nearest(words: Sequence[Telling], holders: Callable[[Telling], Iterable[str]], most: int) -> list[str]:
    """The ids of the `most` readouts that share most of the weight of the telling words, the nearest first.

    `holders` tells of a word the ids of the readouts that hold it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for id in holders(word):
            weights[id] += word.weight
    return nsmallest(most, weights, key=lambda id: (-weights[id], id))  # noqa: A006


def by_similarity(words: Sequence[Telling], candidates: Iterable[Readout]) -> list[Similar]:
    """The candidates, those that share most of the weight of the telling words first."""
    whole = sum(each.weight for each in words)
    found = []
    for candidate in candidates:
        held = set(terms(candidate.text))
        shared = [each for each in words if each.term in held]
        similarity = sum(each.weight for each in shared) / whole if whole else 0.0
        found.append(Similar(candidate, similarity, tuple(each.term for each in shared)))
    return sorted(found, key=lambda each: -each.similarity)
