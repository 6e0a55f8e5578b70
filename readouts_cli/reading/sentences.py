"""Paragraphs and sentences of a stretch of text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readouts_cli.readout import Span

#: A sentence ends with its line or a full-width mark, and with another mark where nothing follows, or a space and the
#: beginning of the next, unless it closes an abbreviation.  Machine translation also leaves no space after a full stop.
_ABBREVIATED = (
    r"(?<=\b[A-Z]\.)|(?<=\b(?:Mr|Ms|Dr|St|No|Lt)\.)|(?<=\bSept\.)"
    r"|(?<=\b(?:Mrs|Hon|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Gov|Gen)\.)"
)
_CLOSING = '[”’」』）")\\]]*'
_BEGINS = r"\s+[A-Z“\"(（\[0-9一-鿿]|[A-Z][a-z]|\s*\Z"
_END = re.compile(
    rf"[.!?。！？\n](?:(?<=\n)|(?<=[。！？]){_CLOSING}|(?<=[.!?])(?!{_ABBREVIATED}){_CLOSING}(?={_BEGINS}))"
)
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences that begin in `span`, without the space around them; the last may be cut by the span's end."""
    start, end = span
    for mark in _END.finditer(text, start, end):
        if sentence := _stripped(text, start, mark.end()):
            yield sentence
        start = mark.end()
    if sentence := _stripped(text, start, end):
        yield sentence


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The paragraphs (lines) of `span` that hold anything, without the space around them."""
    for paragraph in _PARAGRAPH.finditer(text, *span):
        yield Span(*paragraph.span())


def _stripped(text: str, start: int, end: int) -> Span | None:
    """A stretch without the space around it; None where nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
