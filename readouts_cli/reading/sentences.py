"""Paragraphs and sentences of a stretch of text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readouts_cli.readout import Span

_MARK = re.compile("[.!?。！？\n]")
_CLOSING = re.compile('[”’」』）")\\]]*')

#: A full stop ends a sentence where nothing follows, or a space and the beginning of another.  Machine translation also
#: leaves no space after a full stop.
_BEGINS = re.compile(r"\s+[A-Z“\"(（\[0-9一-鿿]|[A-Z][a-z]|\s*\Z")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Ms|Dr|St|No|Lt|Mrs|Hon|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gov|Gen))\Z"
)
_LONGEST_ABBREVIATION = 5


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences that begin in `span`, without the space around them; the last may be cut by the span's end."""
    start, end = span
    for mark in _MARK.finditer(text, start, end):
        at = mark.end()
        if at <= start:
            continue
        if (character := mark.group()) != "\n":
            closing = _CLOSING.match(text, at, end)
            at = closing.end() if closing else at
            if character in ".!?" and not _ends_sentence(text, mark.start(), at, end):
                continue
        yield from _stripped(text, start, at)
        start = at
    yield from _stripped(text, start, end)


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The paragraphs (lines) of `span` that hold anything, without the space around them."""
    start, end = span
    while start < end:
        found = text.find("\n", start, end)
        stop = end if found < 0 else found
        yield from _stripped(text, start, stop)
        start = stop + 1


def _ends_sentence(text: str, mark: int, after: int, end: int) -> bool:
    if not _BEGINS.match(text, after, end):
        return False
    return text[mark] != "." or not _ABBREVIATED.search(text, max(0, mark - _LONGEST_ABBREVIATION), mark)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
