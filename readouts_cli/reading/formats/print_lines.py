"""Lines of print joined into the paragraphs that they were broken from, by where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from readouts_cli.query.characters import HAN

#: In heights of a line: how far to the right a line is set that begins a paragraph; how far apart lines are in print
#: that do not belong together at all, such as a centred date above a text.
_INDENT = 0.8
_ASIDE = 3.0

#: How many times the page's usual distance between lines, or the other line's height, tells paragraphs apart.  Fonts of
#: one size differ in height: a Chinese line that begins with digits is often lower.
_GAP = 1.4
_OTHER_SIZE = 1.3

#: The width of a space and of a letter, in heights of a line: print is set closer than that only on purpose.
_SPACE = 0.2
_LETTER = 0.45

#: Characters that no space stands beside; quotation marks are not among them, for English has the same.
_CJK = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef]")
_FIRST_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][”’」』）)\"']*\Z")
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:page\s+|第\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4}|\s*页)?[-—–·\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print, without space around it; lengths in points, from the lower left corner of the page."""

    text: str
    left: float
    right: float
    base: float
    height: float


def joined(pages: Iterable[list[Line]]) -> list[str]:
    """The paragraphs of consecutive pages; one may go on over the end of a page."""
    paragraphs: list[str] = []
    above: Line | None = None
    room = 0.0
    for page in pages:
        lines = _without_number(page)
        margins = _margins(lines)
        distances = [upper.base - lower.base for upper, lower in pairwise(lines)]
        pitch = median([distance for distance in distances if distance > 0] or [0.0])
        for line, margin in zip(lines, margins, strict=True):
            if above is None or _begins_paragraph(above, line, room, pitch):
                paragraphs.append(line.text)
            else:
                space = "" if _CJK.match(above.text[-1]) or _CJK.match(line.text[0]) else " "
                paragraphs[-1] += space + line.text
            above, room = line, margin - line.right
    return paragraphs


def _begins_paragraph(above: Line, line: Line, room: float, pitch: float) -> bool:
    """Whether a line begins a paragraph after the one above it, which left `room` to its right."""
    height = max(above.height, line.height)
    word = _FIRST_WORD.match(line.text)
    letters = 0 if word is None else 1 / _LETTER if _CJK.match(word[0]) else len(word[0])
    if room > (_SPACE + letters * _LETTER) * height:
        return True  # the next word would have fitted
    if height > _OTHER_SIZE * min(above.height, line.height):
        return True
    sentence_ends = _SENTENCE_END.search(above.text) is not None
    distance = above.base - line.base
    if distance <= 0:  # the next column, or the next page
        return sentence_ends
    shift = line.left - above.left
    return abs(shift) > _ASIDE * height or distance > _GAP * pitch or (shift > _INDENT * height and sentence_ends)


def _margins(lines: list[Line]) -> list[float]:
    """How far to the right print reaches, for each line: in its column, if there are several."""
    columns: list[list[int]] = []
    for i in sorted(range(len(lines)), key=lambda i: lines[i].left):
        if not columns or lines[i].left - lines[columns[-1][-1]].left > _ASIDE * lines[i].height:
            columns.append([])
        columns[-1].append(i)
    reach: dict[int, float] = {}
    for column in columns:
        reach.update(dict.fromkeys(column, max(lines[i].right for i in column)))
    return [reach[i] for i in range(len(lines))]


def _without_number(lines: list[Line]) -> list[Line]:
    """The lines of a page without its number above or below, which would stand in mid-sentence."""
    kept = list(lines)
    for place in (0, -1):
        if kept and _PAGE_NUMBER.fullmatch(kept[place].text):
            del kept[place]
    return kept
