"""A plain table on a terminal: as wide as its cells; where the screen is narrow, cells take several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
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
    """Draw the rows under their heads.  Columns that give way get the same share, but none more than it needs."""
    lines = [[_cell(cell, head) for cell, head in zip(row, heads, strict=True)] for row in rows]
    titles = [Text(head.title, "label") for head in heads]
    widths = [max(cell.cell_len for cell in column) for column in zip(titles, *lines, strict=True)]
    fixed = sum(width + len(_GAP) for width, head in zip(widths, heads, strict=True) if not head.gives_way)
    giving = [number for number, head in enumerate(heads) if head.gives_way]
    room = console.width - fixed - len(_GAP) * (len(giving) - 1)
    for left, number in enumerate(sorted(giving, key=widths.__getitem__), start=-len(giving)):
        widths[number] = min(widths[number], max(room // -left, _NARROWEST))
        room -= widths[number]
    for cells in (titles, *lines):
        shown = [_fitted(cell, width, head, console) for cell, width, head in zip(cells, widths, heads, strict=True)]
        for parts in zip_longest(*shown, fillvalue=Text()):
            line = Text()
            for part, width in zip(parts, widths, strict=True):
                line.append_text(part).append(" " * (width - part.cell_len) + _GAP)
            line.rstrip()
            console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _fitted(cell: Text, width: int, head: Head, console: Console) -> list[Text]:
    """A cell in as many lines as its column's width takes."""
    if head.number:
        shown = cell.copy()
        shown.pad_left(width - shown.cell_len)
        return [shown]
    return list(cell.wrap(console, width)) if cell.cell_len > width else [cell]


def _cell(cell: str | Text, head: Head) -> Text:
    return Text(one_line(cell), head.style) if isinstance(cell, str) else cell
