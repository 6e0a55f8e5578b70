"""Quoted formulations: pairs of quotation marks, and the marks that lost their partner.

A pair never crosses a paragraph.  Within one, a closing mark belongs to the nearest open mark of its own kind; what is
then left over is damage (machine translation drops and doubles marks), and is reported apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from readouts_cli.readout import DamagedQuote, Quote, Span

_CLOSES = {"”": "“", "」": "「", "』": "『"}
_TYPEWRITER = '"'
_MARKS = (_TYPEWRITER, *_CLOSES, *_CLOSES.values())

#: Quotes deeper than this are no prose: the outermost is given up as unclosed, and the work stays linear.
_DEEPEST = 8

_STRAY = "stray closing quote"
_UNCLOSED = "opening quote never closed"
_UNCLOSED_AROUND = "opening quote never closed (nested quote inside)"
_ODD = "typewriter quotes do not pair in this paragraph"


@dataclass(slots=True)
class _Paragraph:
    """What is open in one paragraph: positions of opening marks by kind, and of typewriter marks."""

    open: dict[str, list[int]] = field(default_factory=dict)
    typewriter: list[int] = field(default_factory=list)


def read_quotes(text: str) -> tuple[tuple[Quote, ...], tuple[DamagedQuote, ...]]:
    """The quoted formulations of a text and its damaged quotation marks, each in the order they stand."""
    quotes: list[Quote] = []
    damaged: list[DamagedQuote] = []
    paragraph = _Paragraph()
    paragraph_end = 0
    for at in sorted(at for mark in _MARKS for at in _occurrences(text, mark)):
        if at >= paragraph_end:
            _finish(paragraph, text, quotes, damaged)
            paragraph = _Paragraph()
            found = text.find("\n", at)
            paragraph_end = len(text) if found < 0 else found
        mark = text[at]
        if mark == _TYPEWRITER:
            paragraph.typewriter.append(at)
        elif mark not in _CLOSES:
            opened = paragraph.open.setdefault(mark, [])
            opened.append(at)
            if len(opened) > _DEEPEST:
                damaged.append(DamagedQuote(_UNCLOSED_AROUND, opened.pop(0)))
        elif opened := paragraph.open.get(_CLOSES[mark], []):
            quotes.append(_quote(text, opened.pop(), at))
        else:
            damaged.append(DamagedQuote(_STRAY, at))
    _finish(paragraph, text, quotes, damaged)
    quotes.sort(key=lambda quote: quote.span)
    damaged.sort(key=lambda mark: mark.at)
    return tuple(quotes), tuple(damaged)


def _occurrences(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _finish(paragraph: _Paragraph, text: str, quotes: list[Quote], damaged: list[DamagedQuote]) -> None:
    """Pair a paragraph's typewriter quotes, and report what stayed open."""
    for opened in paragraph.open.values():
        for at in opened:
            around = bool(quotes) and quotes[-1].span.start > at
            damaged.append(DamagedQuote(_UNCLOSED_AROUND if around else _UNCLOSED, at))
    marks = paragraph.typewriter
    if len(marks) % 2:
        damaged.append(DamagedQuote(_ODD, marks[0]))
    else:
        quotes.extend(_quote(text, start, end) for start, end in zip(marks[::2], marks[1::2], strict=True))


def _quote(text: str, start: int, end: int) -> Quote:
    return Quote(text[start + 1 : end], Span(start, end + 1))
