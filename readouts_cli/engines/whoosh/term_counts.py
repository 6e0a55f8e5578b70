"""Counting the terms of sets of readouts from posting lists, without reading a text.

A posting list says in which readouts a term stands and how often: what is counted is the part of each list that is in
the sets.  All lists must be gone through, which takes about as long as to read one readout in eight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, pairwise
from operator import mul
from string import ascii_lowercase, digits

from readouts_cli.engines.base import TermCounts, Volume
from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.whoosh.matching import Docs, SegmentMatcher
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.tables import TermInfo
from readouts_cli.query.document import TEXT
from readouts_cli.query.tokens import is_han
from readouts_cli.query.tree import Condition

#: The share of all readouts up to which it is quicker to read them.
_QUICKER_READ = 1 / 8

#: The parts of a lexicon: by the first letter or digit, and what begins with neither.
_STRETCHES = tuple(pairwise(("", *digits[1:], *ascii_lowercase, "{", None)))

#: No Han character sorts before it.
_FIRST_HAN = "\u2e80"

#: A count takes so many bits: counts in several sets are parts of one number, and added up at once.
_BITS = 32
_ALL_BITS = (1 << _BITS) - 1

#: A term in no more readouts than this has all of them named in the table of terms.
_FIRST_AND_LAST = 2


class _SegmentSets:
    """Which readouts of a segment are in each of some sets; those with Han text are put aside."""

    def __init__(self, segment: SegmentReader, sets: Sequence[Docs]) -> None:
        han = _holding_han(segment)
        self.segment = segment
        self.counted = [docs - han for docs in sets]
        self.han = [docs & han for docs in sets]

    def tokens(self, number: int) -> int:
        """How many tokens a set has, of what is counted."""
        return sum(map(self.segment.numbers(TEXT_TOKENS).__getitem__, self.counted[number]))

    @cached_property
    def ones(self) -> list[int]:
        """For each readout of the segment, 1 in the counts of the sets that it is in."""
        ones = [0] * self.segment.info.doc_count
        for number, docs in enumerate(self.counted):
            one = 1 << _BITS * number
            for doc in docs:
                ones[doc] |= one
        return ones


def term_counts(
    matchers: Sequence[SegmentMatcher],
    sets: Sequence[Condition],
    name: Callable[[tuple[int, int]], str],
    *,
    tokens: bool,
) -> TermCounts | None:
    """What `engines.base.Measuring` promises; `name` gives the id of a readout of a segment, both by their numbers."""
    accepted = [[matcher.accept(condition, matcher.segment.docs) for condition in sets] for matcher in matchers]
    worthwhile = _QUICKER_READ * sum(len(matcher.segment.docs) for matcher in matchers)
    if sum(map(len, chain.from_iterable(accepted))) <= worthwhile:
        return None
    found = [_SegmentSets(matcher.segment, docs) for matcher, docs in zip(matchers, accepted, strict=True)]
    volumes = [
        Volume(sum(len(each.counted[number]) for each in found), sum(each.tokens(number) for each in found))
        for number in range(len(sets))
    ]
    if sum(volume.readouts for volume in volumes) <= worthwhile:
        return None
    left_out = [
        [name((segment, doc)) for segment, each in enumerate(found) for doc in each.han[number]]
        for number in range(len(sets))
    ]
    counting = _Counting(found, len(sets), _tokens if tokens else _readouts)
    return TermCounts(volumes, left_out, [partial(counting.stretch, *ends) for ends in _STRETCHES], counting.terms)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts terms of the text in so many sets; `count` tells of one term in one segment."""

    segments: Sequence[_SegmentSets]
    sets: int
    count: Callable[[SegmentReader, TermInfo, list[int]], int]

    def stretch(self, first: str, end: str | None) -> dict[str, tuple[int, ...]]:
        """The counts of all terms of a stretch of the lexicon."""
        counts: defaultdict[str, int] = defaultdict(int)
        for each in self.segments:
            for term, info in each.segment.stretch(TEXT, first, end):
                counts[term] += self.count(each.segment, info, each.ones)
        return self._apart(counts)

    def terms(self, terms: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """The counts of some terms."""
        counts: defaultdict[str, int] = defaultdict(int)
        for term in terms:
            for each in self.segments:
                if info := each.segment.term(TEXT, term):
                    counts[term] += self.count(each.segment, info, each.ones)
        return self._apart(counts)

    def _apart(self, counts: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
        shifts = range(0, _BITS * self.sets, _BITS)
        return {term: tuple(number >> at & _ALL_BITS for at in shifts) for term, number in counts.items() if number}


def _readouts(segment: SegmentReader, info: TermInfo, ones: list[int]) -> int:
    if info.readouts <= _FIRST_AND_LAST:
        return ones[info.first] + (ones[info.last] if info.readouts > 1 else 0)
    return sum(map(ones.__getitem__, chain.from_iterable(segment.skimmed(info))))


def _tokens(segment: SegmentReader, info: TermInfo, ones: list[int]) -> int:
    found = segment.postings_of(info)
    return sum(map(mul, map(ones.__getitem__, found.docs), map(int, found.weights)))


def _holding_han(segment: SegmentReader) -> set[int]:
    """The readouts with Han text: each run of Han characters ends in a term of one."""
    han: set[int] = set()
    for term, info in segment.stretch(TEXT, _FIRST_HAN, None):
        if len(term) == 1 and is_han(term):
            han.update(segment.postings_of(info).docs)
    return han
