"""Which lines are headlines: a title, or a line under a title; everything else is prose."""

from __future__ import annotations

import re

from readouts_cli.query.characters import HAN
from readouts_cli.reading.dateline import read_dateline
from readouts_cli.reading.days import MONTH
from readouts_cli.reading.labels import labelled_values
from readouts_cli.reading.published import read_date
from readouts_cli.reading.stretches import stripped
from readouts_cli.readout import Span

_LONGEST_TITLE = 600
_LONGEST_DECK = 250

#: How much of the following line is looked at.
_LOOK_AHEAD = 600

#: A line that ends like this is a sentence or leads on to the next line.
_NO_HEADLINE_ENDS = ".。;；:：,，、|｜-–—"

#: Prose of one line is at least this long; lines of a text wrapped at a column are shorter.
_UNWRAPPED = 120

_OPENS_PROSE = re.compile(
    r"(?:On|From)\s+(?:the\s+(?:morning|afternoon|evening|[0-9])|[A-Z][a-z]+\.?\s+[0-9])|(?:Today|Yesterday|Recently|This\s"
    r"(?:morning|afternoon)),\s|[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[0-9０-９]{1,2}日[上下]午|[日近]日[，,]"
)
_NO_DECK = re.compile(r"[-*•·#>|\[a-z]|[0-9]+[.)、]|[（(]?[一二三四五六七八九十]+[）)、]|[A-Z][\w ]{0,30}:|\S*://")
#: "Washington, October 13, 1955".
_DATED = re.compile(
    rf"{MONTH}[\w ,-]{{0,12}}\b(?:1[89]|20)[0-9]{{2}}\b|\b[0-9]{{1,4}}-[0-9]{{2}}-[0-9]{{2,4}}\b|{MONTH} [0-9]{{1,2}}\)"
)
_UNFINISHED = re.compile(r"\b(?:the|an?|of|and|or|to|for|in|on|at|with|by|from|that|which)\Z")
_FILLED = re.compile(r"\S")
_PROSE_ENDS = ".。!！?？”"
_MOST_DECKS = 3
_WORDS = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_FEWEST_DECK_WORDS = 3
_SHORT = 60
_PROSE = 60
_HAN_PROSE = 30

#: A site's motto glued to the title: `…Communist Party of ChinaFly into the homes of the people`.
_MOTTO = re.compile(r"[A-Z](?<=[a-z][A-Z])(?=[a-z]+(?: [a-z]+){2,}[^.\n]{0,60}\Z)")
_WORD_BEFORE = re.compile(r"([A-Za-z]{4,})\Z")


def is_headline(text: str, line: Span, language: str, *, under_title: bool) -> bool:
    """Whether a line is a title, or with `under_title` a line under one.

    A headline does not end like a sentence or begin like a readout's first one, and prose stands below it.
    """
    start, end = line
    if end - start > (_LONGEST_DECK if under_title else _LONGEST_TITLE) or text[end - 1] in _NO_HEADLINE_ENDS:
        return False
    if "。" in text[start:end] or _OPENS_PROSE.match(text, start, end) or read_dateline(text, start, language):
        return False
    if under_title:
        return _is_deck(text, line) and _stands_above(text, line, language) and _prose_follows(text, end, language)
    return _WORDS.search(text, start, end) is not None and _stands_above(text, line, language)


def _is_deck(text: str, line: Span) -> bool:
    """Whether a line can stand under a title: some words, finished, and no item of a list, place or date."""
    words = len(_WORDS.findall(text, *line))
    dated = line.end - line.start <= _SHORT and _DATED.search(text, *line)
    return not (words < _FEWEST_DECK_WORDS or _NO_DECK.match(text, *line) or _is_cut(text, line) or dated)


def _is_cut(text: str, line: Span) -> bool:
    return _UNFINISHED.search(text, max(line.start, line.end - len(" which")), line.end) is not None


def _prose_follows(text: str, at: int, language: str) -> bool:
    """Whether one of the next lines is prose: only then the lines above it are headlines and no list."""
    for _ in range(_MOST_DECKS + 1):
        line = _line_below(text, at)
        if line is None:
            return False
        long_enough = line.end - line.start >= (_HAN_PROSE if language == "zh" else _PROSE)
        if (long_enough and text[line.end - 1] in _PROSE_ENDS) or line.end - line.start == _LOOK_AHEAD:
            return True
        if _OPENS_PROSE.match(text, *line) or next(labelled_values(text, line), None):
            return True
        if read_dateline(text, line.start, language):
            return True
        at = line.end
    return False


def _stands_above(text: str, line: Span, language: str) -> bool:
    """Whether what follows a line shows that the line is finished."""
    below = _line_below(text, line.end)
    if below is None:
        return False
    if text.count("\n", line.end, below.start) > 1:
        return True
    start, end = below
    if text[start].islower() or _is_cut(text, line):
        return False
    if _OPENS_PROSE.match(text, start, end) or read_date(text[start:end]) or next(labelled_values(text, below), None):
        return True
    if read_dateline(text, start, language) or (language == "zh" and text[end - 1] in "。！？”"):
        return True
    if text[end - 1] in _NO_HEADLINE_ENDS:
        return end - start >= max(_UNWRAPPED, line.end - line.start)
    after = _line_below(text, end)
    return after is not None and text.count("\n", end, after.start) > 1


def _line_below(text: str, at: int) -> Span | None:
    """The next line that holds anything, cut to what is looked at."""
    filled = _FILLED.search(text, at)
    if filled is None:
        return None
    start = filled.start()
    found = text.find("\n", start, start + _LOOK_AHEAD)
    return stripped(text, start, min(len(text), start + _LOOK_AHEAD) if found < 0 else found)


def without_motto(text: str, line: Span) -> Span:
    """A title without the motto that a site's template glued to it.

    Two words are taken as glued where the first occurs by itself elsewhere and the two together nowhere else.
    """
    title = text[line.start : line.end]
    for seam in _MOTTO.finditer(title):
        before = _WORD_BEFORE.search(title, 0, seam.start())
        if before is None:
            continue
        after = re.match("[A-Z][a-z]+", title[seam.start() :])
        glued = before.group(1) + (after.group() if after else "")
        alone = re.compile(rf"\b{before.group(1)}\b")
        if text.count(glued) == 1 and alone.search(text):
            return Span(line.start, line.start + seam.start())
    return line
