"""A plain table on a terminal: as wide as its cells, one column giving way where the screen is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from readouts_cli.output.sanitize import one_line

_GAP = "  "

#: The least width of a column that gives way.
_NARROWEST = 12


class Head(NamedTuple):
    """A column: its title, the style of its cells, whether they are numbers, and whether it gives way."""

    title: str
    style: str = "text"
    number: bool = False
    gives_way: bool = False


def draw_rows(console: Console, heads: Sequence[Head], rows: Iterable[Sequence[str | Text]]) -> None:
    """Draw the rows under their heads.  Of several columns that give way each gets the same share."""
    lines = [[_cell(cell, head) for cell, head in zip(row, heads, strict=True)] for row in rows]
    titles = [Text(head.title, "label") for head in heads]
    widths = [max(cell.cell_len for cell in column) for column in zip(titles, *lines, strict=True)]
    fixed = sum(width + len(_GAP) for width, head in zip(widths, heads, strict=True) if not head.gives_way)
    giving = sum(head.gives_way for head in heads)
    if giving:
        share = max((console.width - fixed - len(_GAP) * (giving - 1)) // giving, _NARROWEST)
        widths = [min(width, share) if head.gives_way else width for width, head in zip(widths, heads, strict=True)]
    for cells in (titles, *lines):
        line = Text()
        for cell, head, width in zip(cells, heads, widths, strict=True):
            shown = cell.copy()
            if head.number:
                shown.pad_left(width - shown.cell_len)
            else:
                shown.truncate(width, overflow="ellipsis", pad=True)
            line.append_text(shown).append(_GAP)
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _cell(cell: str | Text, head: Head) -> Text:
    return Text(one_line(cell), head.style) if isinstance(cell, str) else cell
