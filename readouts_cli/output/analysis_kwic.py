"""A concordance: its lines for machine formats, and on a terminal with the keyword in a column of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.kwic import Line
from readouts_cli.output.analysis_answer import Shape, columns
from readouts_cli.output.analysis_references import date_shown, day_shape
from readouts_cli.output.sanitize import one_line

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = columns("id", "date", "paragraph", "left", "keyword", "right", "day", "start", "end")

#: The room for a date with its mark.
_DATE = len("2022-08-25~")

_GAP = "  "

#: The least room for text beside a date, and the share of it that stands before the keyword.
_NARROWEST = 20
_BEFORE = 0.45


class Row(NamedTuple):
    """A line as it is shown, without the text that it is from; `date` is for reading, `day` as JSON has it."""

    id: str
    path: str
    date: str
    day: str | None
    paragraph: int
    start: int
    end: int
    left: str
    keyword: str
    right: str


def row(line: Line, dating: Dating) -> Row:
    """A line as it is shown."""
    readout, (start, end) = line.readout, line.span
    date, day = date_shown(readout), day_shape(dating.day(readout))
    return Row(readout.id, readout.path, date, day, line.paragraph, start, end, line.left, line.keyword, line.right)


def shape(row: Row) -> Shape:
    """A line as JSON has it."""
    return {
        "id": row.id,
        "date": row.date,
        "day": row.day,
        "paragraph": row.paragraph,
        "start": row.start,
        "end": row.end,
        "left": row.left,
        "keyword": row.keyword,
        "right": row.right,
    }


def draw(console: Console, rows: Iterable[Row], *, ids: Sequence[str], context: int | None, links: bool) -> int:
    """Draw the rows and return their number; `ids` are those of their readouts.

    `context` is the width of what stands before the keyword, in columns; None is what there is room for.
    """
    from rich.text import Text

    from readouts_cli.output.ids import id_width, in_column, name

    width = id_width(ids, console.width)
    room = console.width - width - len(_GAP)
    dates = room - _DATE - len(_GAP) >= _NARROWEST
    if dates:
        room -= _DATE + len(_GAP)
    before = min(context or room, int(room * _BEFORE))
    number = 0
    for line in rows:
        number += 1
        head = in_column(name(line, links=links), width).append(_GAP)
        if dates:
            head.append(line.date.ljust(_DATE), "date").append(_GAP)
        left = Text(_ending(one_line(line.left), before), "text")
        left.pad_left(before - left.cell_len)
        right = Text.assemble((one_line(line.keyword), "match"), (one_line(line.right), "text"))
        right.plain = _beginning(right.plain, room - before)
        console.print(Text.assemble(head, left, right), no_wrap=True, overflow="ignore", crop=False)
    return number


def _ending(text: str, width: int) -> str:
    """The last characters of a text that `width` columns have room for, behind an ellipsis where it is cut."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    kept = _fitting(reversed(text), width - 1)
    return f"…{text[len(text) - kept :]}" if width else ""


def _beginning(text: str, width: int) -> str:
    """The first characters of a text that `width` columns have room for, before an ellipsis where it is cut."""
    from rich.cells import cell_len

    return text if cell_len(text) <= width else f"{text[: _fitting(text, width - 1)]}…"


def _fitting(characters: Iterable[str], width: int) -> int:
    """How many characters `width` columns have room for; where half a wide one would fit, it is left out."""
    from rich.cells import cell_len

    number = 0
    for number, used in enumerate(accumulate(map(cell_len, characters)), start=1):
        if used > width:
            return number - 1
    return number
