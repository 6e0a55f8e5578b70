"""A plain table on a terminal: as wide as its cells.

Where the screen is narrow cells take several lines, and where that does not help either each row is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from readouts_cli.output.ids import id_width, in_column
from readouts_cli.output.sanitize import one_line
from readouts_cli.output.wrapping import draw_block

_GAP = "  "

#: The least width of a column that gives way.
_NARROWEST = 12


class Head(NamedTuple):
    """A column: its title, the style of its cells, and what they are: numbers, ids, or text that gives way."""

    title: str
    style: str = "text"
    number: bool = False
    is_id: bool = False
    gives_way: bool = False


def draw_rows(console: Console, heads: Sequence[Head], rows: Iterable[Sequence[str | Text]]) -> None:
    """Draw the rows under their heads."""
    lines = [[_cell(cell, head) for cell, head in zip(row, heads, strict=True)] for row in rows]
    titles = [Text(head.title, "label") for head in heads]
    widths = _widths(console.width, heads, [titles, *lines])
    if sum(widths) + len(_GAP) * (len(heads) - 1) > console.width:
        _draw_paragraphs(console, titles, lines)
        return
    for cells in (titles, *lines):
        shown = [_fitted(cell, width, head, console) for cell, width, head in zip(cells, widths, heads, strict=True)]
        for parts in zip_longest(*shown, fillvalue=Text()):
            line = Text()
            for part, width in zip(parts, widths, strict=True):
                line.append_text(part).append(" " * (width - part.cell_len) + _GAP)
            line.rstrip()
            console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _widths(screen: int, heads: Sequence[Head], lines: Sequence[Sequence[Text]]) -> list[int]:
    """The widths of the columns.  Those that give way get the same share, but none more than it needs."""
    widths = [
        id_width((cell.plain for cell in column), screen) if head.is_id else max(cell.cell_len for cell in column)
        for head, column in zip(heads, zip(*lines, strict=True), strict=True)
    ]
    giving = [number for number, head in enumerate(heads) if head.gives_way]
    room = screen - len(_GAP) * (len(heads) - 1) - sum(widths) + sum(widths[number] for number in giving)
    for left, number in enumerate(sorted(giving, key=widths.__getitem__), start=-len(giving)):
        widths[number] = min(widths[number], max(room // -left, _NARROWEST))
        room -= widths[number]
    return widths


def _draw_paragraphs(console: Console, titles: Sequence[Text], lines: Iterable[Sequence[Text]]) -> None:
    """Draw each row as its first cell, and below it the others behind their titles."""
    for first, *others in lines:
        draw_block(console, Text(), first, console.width)
        told = [Text.assemble(title, " ", cell) for title, cell in zip(titles[1:], others, strict=True) if cell.plain]
        draw_block(console, Text(_GAP), Text(" · ", "label").join(told), console.width)


def _fitted(cell: Text, width: int, head: Head, console: Console) -> list[Text]:
    """A cell in as many lines as its column's width takes."""
    if head.is_id:
        return [in_column(cell, width)]
    if head.number:
        shown = cell.copy()
        shown.pad_left(width - shown.cell_len)
        return [shown]
    return list(cell.wrap(console, width)) if cell.cell_len > width else [cell]


def _cell(cell: str | Text, head: Head) -> Text:
    return Text(one_line(cell), head.style) if isinstance(cell, str) else cell
