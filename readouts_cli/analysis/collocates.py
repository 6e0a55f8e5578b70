"""Collocates: the words that stand near a query's matches more often than elsewhere.

Near is within so many tokens of a match and in the same sentence (surface cooccurrence, Evert 2008).  Each token is
counted once, however many matches it is near, and tokens inside a match are not counted.  All counts are of the
readouts that hold a match: the comparison is between what stands near the matches and the rest of the same texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from readouts_cli.analysis.measures import log_dice, log_likelihood
from readouts_cli.analysis.occurrences import Matched, matched, positions
from readouts_cli.analysis.words import WordCount, is_tail
from readouts_cli.query.tokens import has_han, is_han
from readouts_cli.query.tree import Condition
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: How many tokens on each side are near, unless asked otherwise.
WINDOW = 5


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


@dataclass(frozen=True, slots=True)
class Collocates:
    """The collocates of `matches` occurrences, most typical first.

    `near` tokens stand near them and `tokens` there are in all, both without the matches.
    """

    matches: int
    near: int
    tokens: int
    collocates: tuple[Collocate, ...]

    def by_evidence(self) -> tuple[Collocate, ...]:
        """The collocates in the order of their log-likelihood, the surest first."""
        return tuple(sorted(self.collocates, key=lambda each: (-each.log_likelihood, each.term)))


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

    def collocates(self, *, least: int = 2) -> Collocates:
        """The words that stand near a match at least `least` times."""
        total, size, all_near = self.everywhere, self.everywhere.total(), self.near.total()
        rows = (
            Collocate(
                term,
                count,
                total[term],
                self.holding[term],
                log_dice(min(count, self.matches), self.matches, total[term]),
                _signed_likelihood(count, all_near, total[term], size),
            )
            for term, count in self.near.items()
            if count >= least
        )
        ordered = sorted(rows, key=lambda row: (-row.log_dice, -row.log_likelihood, row.term))
        return Collocates(self.matches, all_near, size, tuple(ordered))


def company(readouts: Iterable[Readout], condition: Condition, *, window: int = WINDOW) -> Company:
    """What stands near a condition's matches in readouts that it accepts."""
    found, everywhere, within = Company(), WordCount(), Counter[str]()
    for each in matched(readouts, condition, beside=window):
        terms = each.tokens.terms
        inside = [positions(each.tokens, span) for span in each.spans]
        taken = {position for first, end in inside for position in range(first, end)}
        beside = _beside(each, inside, window) - taken
        if has_han(each.readout.text):
            tails = {position for position in beside | taken if is_tail(terms, position)}
            taken, beside = taken - tails, beside - tails
        words_beside = [terms[position] for position in beside]
        found.matches += len(each.spans)
        found.near.update(words_beside)
        found.holding.update(set(words_beside))
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
    """The position at which each sentence of the lines with matches begins, and the one behind the last."""
    text = each.readout.text
    start = text.rfind("\n", 0, each.spans[0].start) + 1
    end = text.find("\n", each.spans[-1].end)
    lines = Span(start, len(text) if end < 0 else end)
    begins = [positions(each.tokens, sentence)[0] for sentence in sentences(text, lines)]
    return [*begins, positions(each.tokens, lines)[1]]


def _signed_likelihood(near: int, all_near: int, total: int, size: int) -> float:
    far, rest = total - near, size - all_near
    value = log_likelihood(near, far, all_near - near, rest - far)
    return -value if near * rest < far * all_near else value
