"""Text laid out in lines: wrapped to a width, hanging beside what leads it.

Lines may break at spaces and beside Han characters, but not before punctuation that closes nor after punctuation that
opens (the rules of Chinese typesetting, GB/T 15834); a word longer than the line is broken where the line is full.
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from readouts_cli.query.characters import HAN

_OPENING = "“‘（《「『【〈〔"
_CLOSING = "，。、；：？！”’）》」』】〉〕…"

#: Stands before text that has no room beside its lead.
_BELOW = "  "

#: What is never broken: a Han character or a run of others, with its punctuation and the space after it.
_UNIT = re.compile(rf"[{_OPENING}]*(?:[{HAN}]|[^\s{HAN}{_OPENING}]+)?[{_CLOSING}]*\s*")


def draw_block(console: Console, lead: Text, text: Text, width: int, *, most: int | None = None) -> None:
    """Print `text` within `width` columns, its first line behind `lead` and the others under it.

    Behind a lead that takes more than half of the width is no room for text: it stands below.  With `most`, text of
    more lines than that is cut there.
    """
    hanging, room = " " * lead.cell_len, width - lead.cell_len
    if lead.cell_len > width // 2:
        alone = lead.copy()
        alone.rstrip()
        console.print(alone, no_wrap=True, overflow="ellipsis")
        lead, hanging, room = Text(_BELOW), _BELOW, width - len(_BELOW)
    lines = wrapped(text, room)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], room)]
    for number, line in enumerate(lines):
        console.print(Text.assemble(hanging if number else lead, line), no_wrap=True, overflow="ignore", crop=False)


def wrapped(text: Text, width: int) -> list[Text]:
    """The lines of a text, none wider than `width` columns."""
    lines = []
    for paragraph in text.split("\n", allow_blank=True):
        for line in paragraph.divide(breaks(paragraph.plain, max(width, 2))):
            line.rstrip()
            lines.append(line)
    return lines


def breaks(text: str, width: int) -> list[int]:
    """Where lines begin, the first left out."""
    found = []
    used = 0
    for unit in _UNIT.finditer(text):
        printed = cell_len(unit.group().rstrip())
        if used and used + printed > width:
            found.append(unit.start())
            used = 0
        if printed > width:
            inside = _hard_breaks(unit.group().rstrip(), width)
            found += [unit.start() + offset for offset in inside]
            used = cell_len(unit.group()[inside[-1] :])
        else:
            used += cell_len(unit.group())
    return found


def _hard_breaks(word: str, width: int) -> list[int]:
    """Where a word that is too long for one line is broken."""
    found = []
    used = 0
    for offset, character in enumerate(word):
        used += cell_len(character)
        if used > width:
            found.append(offset)
            used = cell_len(character)
    return found


def _cut(line: Text, width: int) -> Text:
    """A line that ends in an ellipsis."""
    shortened = line.copy()
    shortened.truncate(width - 1)
    shortened.rstrip()
    return shortened.append("…")
