"""Collocates: the words that stand near a query's matches more often than elsewhere.

Near is within so many tokens of a match and in the same sentence (surface cooccurrence, Evert 2008).  Each token is
counted once, however many matches it is near, and tokens inside a match are not counted.  All counts are of the
readouts that hold a match: the comparison is between what stands near the matches and the rest of the same texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from readouts_cli.analysis.measures import log_dice, log_likelihood
from readouts_cli.analysis.occurrences import Matched, matched, positions
from readouts_cli.analysis.words import WordCount, is_tail
from readouts_cli.query.tokens import has_han, is_han
from readouts_cli.query.tree import Condition
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: How many tokens on each side are near, unless asked otherwise.
WINDOW = 5

#: For how many words at a time what was counted elsewhere is asked.
_ASKED = 64


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the matches: how often there (`near`), and in all (`total`), both without the matches themselves.

    `log_dice` is how typically it goes with the query (a match counts once at most), `log_likelihood` the evidence that
    this is no chance, negative where it stands near the matches less often than elsewhere.
    """

    term: str
    near: int
    total: int
    readouts: int
    log_dice: float
    log_likelihood: float


class Sort(str, Enum):
    """What collocates are sorted by: log_dice, or log_likelihood."""

    TYPICAL = "typical"
    EVIDENCE = "evidence"

    def key(self, row: Collocate) -> tuple[float | str, ...]:
        """Sorts a collocate, the best first."""
        if self is Sort.TYPICAL:
            return -row.log_dice, -row.log_likelihood, row.term
        return -row.log_likelihood, row.term


@dataclass(frozen=True, slots=True)
class Collocates:
    """The collocates of `matches` occurrences, the best first.

    `near` tokens stand near them and `tokens` there are in all, both without the matches.
    """

    matches: int
    near: int
    tokens: int
    collocates: tuple[Collocate, ...]


class Told(NamedTuple):
    """The words of readouts that were counted elsewhere: how many tokens, and how often each of some words occurs."""

    tokens: int
    of: Callable[[Iterable[str]], Mapping[str, int]]


NOTHING_TOLD = Told(0, lambda _: {})


@dataclass(slots=True)
class Company:
    """What stands near matches, and everywhere, added up over readouts; both without the words inside the matches.

    `holding` counts the readouts that hold each word near a match.
    """

    matches: int = 0
    near: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)
    everywhere: Counter[str] = field(default_factory=Counter)

    def merge(self, other: Company) -> None:
        """Add what has been added up over other readouts."""
        self.matches += other.matches
        self.near.update(other.near)
        self.holding.update(other.holding)
        self.everywhere.update(other.everywhere)

    def collocates(
        self, *, least: int = 2, most: int | None = None, sort: Sort = Sort.TYPICAL, told: Told = NOTHING_TOLD
    ) -> Collocates:
        """The `most` best of the words that stand near a match at least `least` times.

        `told` are the words, those inside the matches too, of readouts of which `everywhere` has none.  They are asked
        for no longer than needed: a word that stood nowhere but near the matches would be the best that it can be.
        """
        size, all_near = self.everywhere.total() + told.tokens, self.near.total()

        def row(term: str, total: int) -> Collocate:
            near = self.near[term]
            typical = log_dice(min(near, self.matches), self.matches, total)
            evidence = _signed_likelihood(near, all_near, total, size)
            return Collocate(term, near, total, self.holding[term], typical, evidence)

        at_best = sorted((row(term, near) for term, near in self.near.items() if near >= least), key=sort.key)
        rows: list[Collocate] = []
        for first in range(0, len(at_best), _ASKED):
            if most is not None and len(rows) >= most and sort.key(rows[most - 1]) < sort.key(at_best[first]):
                break
            terms = [each.term for each in at_best[first : first + _ASKED]]
            more = told.of(terms)
            rows.extend(row(term, self.everywhere[term] + more.get(term, 0)) for term in terms)
            rows.sort(key=sort.key)
        return Collocates(self.matches, all_near, size, tuple(rows[:most]))


def company(
    readouts: Iterable[Readout],
    condition: Condition,
    *,
    window: int = WINDOW,
    counted: Container[str] | None = None,
) -> Company:
    """What stands near a condition's matches in readouts that it accepts.

    Words are counted everywhere in those whose ids are in `counted` only; None for all.
    """
    found, everywhere, within = Company(), WordCount(), Counter[str]()
    for each in matched(readouts, condition, beside=window):
        terms = each.tokens.terms
        inside = [positions(each.tokens, span) for span in each.spans]
        taken = {position for first, end in inside for position in range(first, end)}
        beside = _beside(each, inside, window) - taken
        if has_han("".join(terms)) and has_han(each.readout.text):
            tails = {position for position in beside | taken if is_tail(terms, position)}
            taken, beside = taken - tails, beside - tails
        words_beside = [terms[position] for position in beside]
        found.matches += len(each.spans)
        found.near.update(words_beside)
        found.holding.update(set(words_beside))
        if counted is None or each.readout.id in counted:
            everywhere.add(each.readout.text)
        within.update(terms[position] for position in taken)
    found.everywhere = everywhere.counts()
    found.everywhere.subtract(within)
    return found


def _beside(each: Matched, inside: Iterable[tuple[int, int]], window: int) -> set[int]:
    """The positions within `window` of a match, in its sentence.

    The Han pair before a match of Han text reaches into the match, and so is not beside it.
    """
    if not each.spans:
        return set()
    terms = each.tokens.terms
    begins = _sentence_begins(each)
    found: set[int] = set()
    for first, end in inside:
        start = begins[bisect_right(begins, first) - 1]
        stop = begins[bisect_right(begins, end - 1)]
        before = first - 1 if first and is_han(terms[first - 1]) and len(terms[first - 1]) > 1 else first
        found.update(range(max(start, first - window), before), range(end, min(stop, end + window)))
    return found


def _sentence_begins(each: Matched) -> list[int]:
    """The position at which each sentence of the lines with matches begins, and the one behind the last.

    Where a sentence ends is seen from the characters there: of the lines, those with tokens are enough.
    """
    text, places = each.readout.text, each.tokens.places
    start = text.rfind("\n", 0, each.spans[0].start) + 1
    end = text.find("\n", each.spans[-1].end)
    lines = Span(max(start, places[0][0]), min(len(text) if end < 0 else end, places[-1][1]))
    begins = [positions(each.tokens, sentence)[0] for sentence in sentences(text, lines)]
    return [*begins, positions(each.tokens, lines)[1]]


def _signed_likelihood(near: int, all_near: int, total: int, size: int) -> float:
    far, rest = total - near, size - all_near
    value = log_likelihood(near, far, all_near - near, rest - far)
    return -value if near * rest < far * all_near else value
