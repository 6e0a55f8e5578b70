"""Sentences of a stretch of text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from readouts_cli.reading.stretches import stripped
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
    rf"[.!?。！？\r\n](?:(?<=[\r\n])|(?<=[。！？]){_CLOSING}|(?<=[.!?])(?!{_ABBREVIATED}){_CLOSING}(?={_BEGINS}))"
)


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences that begin in `span`, without the space around them; the last may be cut by the span's end."""
    start, end = span
    for stop in chain(map(re.Match.end, _END.finditer(text, start, end)), [end]):
        sentence = stripped(text, start, stop)
        if sentence.start < sentence.end:
            yield sentence
        start = stop
