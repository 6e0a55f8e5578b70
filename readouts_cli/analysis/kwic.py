"""Keyword in context: every occurrence of a query, each with the words before and behind it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Protocol, TypeVar

from readouts_cli.analysis.occurrences import matched
from readouts_cli.query.characters import APOSTROPHES
from readouts_cli.query.tokens import has_han, terms
from readouts_cli.query.tree import Condition
from readouts_cli.reading.paragraphs import each_paragraph
from readouts_cli.readout import Readout, Span

#: How many words beside the keyword a sort looks at, the nearest first.
_SORTED_BY = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An occurrence: `left` and `right` are the text of its paragraph (counted from 1) around `span`, as printed."""

    readout: Readout
    paragraph: int
    span: Span
    left: str
    right: str

    @property
    def keyword(self) -> str:
        """What matched, as printed."""
        return self.readout.text[self.span.start : self.span.end]


class InContext(Protocol):
    """What lines are sorted by: the text beside the keyword."""

    @property
    def left(self) -> str: ...

    @property
    def right(self) -> str: ...


Sorted = TypeVar("Sorted", bound=InContext)


class Sorting(str, Enum):
    """What lines can be sorted by: the words before the keyword or behind it, or as their readouts come."""

    LEFT = "L1"
    RIGHT = "R1"
    DATE = "date"
    ID = "id"


def lines(readouts: Iterable[Readout], condition: Condition, *, context: int) -> Iterator[Line]:
    """Every occurrence of a query in readouts that it accepts, with up to `context` characters on each side.

    Context ends with the paragraph and never inside a word (a Han run has no words).
    """
    for found in matched(readouts, condition):
        text = found.readout.text
        bounds = each_paragraph(text)
        number, (start, end) = 1, next(bounds, Span(0, 0))  # a blank text has none, and no matches
        for span in found.spans:
            while end <= span.start and (following := next(bounds, None)):
                number, (start, end) = number + 1, following
            left = _ending(text[start : span.start], context)
            right = _beginning(text[span.end : max(span.end, end)], context)
            yield Line(found.readout, number, span, left, right)


def in_order(found: Iterable[Sorted], sorting: Sorting, limit: int | None = None) -> Iterable[Sorted]:
    """The first `limit` lines, or all, sorted by the words beside the keyword; no more than these are held in memory.

    By date and by id they come already as their readouts do.
    """
    key: Callable[[InContext], list[str]] | None
    key = {Sorting.LEFT: _words_before, Sorting.RIGHT: _words_behind}.get(sorting)
    if key is None:
        return islice(found, limit)
    return sorted(found, key=key) if limit is None else heapq.nsmallest(limit, found, key=key)


def _words_before(line: InContext) -> list[str]:
    return terms(line.left)[: -_SORTED_BY - 1 : -1]


def _words_behind(line: InContext) -> list[str]:
    return terms(line.right)[:_SORTED_BY]


def _ending(text: str, length: int) -> str:
    """The last characters, at most `length`, beginning with a whole word."""
    cut = max(len(text) - length, 0)
    while _inside_word(text, cut):
        cut += 1
    return text[cut:].lstrip() if cut else text


def _beginning(text: str, length: int) -> str:
    """The first characters, at most `length`, ending with a whole word."""
    cut = min(length, len(text))
    while _inside_word(text, cut):
        cut -= 1
    return text[:cut].rstrip() if cut < len(text) else text


def _inside_word(text: str, at: int) -> bool:
    """Whether a cut before position `at` would split a word; between Han characters one may cut anywhere."""
    if not 0 < at < len(text):
        return False
    return _is_of_word(text[at - 1]) and _is_of_word(text[at])


def _is_of_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in APOSTROPHES
    return (character.isalnum() or character in APOSTROPHES) and not has_han(character)
