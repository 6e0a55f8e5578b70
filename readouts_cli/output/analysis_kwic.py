"""A concordance: its lines for machine formats, and on a terminal with the keyword in a column of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readouts_cli.analysis.kwic import Line
from readouts_cli.output.analysis_answer import Shape, columns
from readouts_cli.output.facts import met_shown, published_shown
from readouts_cli.output.sanitize import one_line
from readouts_cli.readout import Readout

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = columns("id", "date", "paragraph", "left", "keyword", "right")

#: The longest id that is shown whole, and the room for a date with its mark.
_LONGEST_ID = 24
_DATE = len("2022-08-25~")

_GAP = "  "

#: The least room for text, and the share of it that stands before the keyword.
_NARROWEST = 20
_BEFORE = 0.45


def shape(line: Line) -> Shape:
    """A line as JSON has it."""
    return {
        "id": line.readout.id,
        "date": date_shown(line.readout),
        "paragraph": line.paragraph,
        "span": line.span,
        "left": line.left,
        "keyword": line.keyword,
        "right": line.right,
    }


def date_shown(readout: Readout) -> str:
    """The meeting date with its mark, else the published date; empty where neither is known."""
    return met_shown(readout.met) or published_shown(readout)


def draw(console: Console, lines: Iterable[Line], *, ids: Sequence[str], context: int | None, links: bool) -> None:
    """Draw the lines; `ids` are those of their readouts.  `context` limits each side, in columns."""
    from rich.text import Text

    from readouts_cli.output.cards import name

    id_width = min(max(map(len, ids), default=2), _LONGEST_ID)
    room = max(console.width - id_width - _DATE - 2 * len(_GAP), _NARROWEST)
    before = min(context or room, int(room * _BEFORE))
    for line in lines:
        head = name(line.readout, links=links)
        head.truncate(id_width, overflow="ellipsis", pad=True)
        left = Text(_ending(one_line(line.left), before), "text")
        left.pad_left(before - left.cell_len)
        right = Text.assemble((one_line(line.keyword), "match"), (one_line(line.right), "text"))
        right.truncate(room - before, overflow="ellipsis")
        date = (date_shown(line.readout).ljust(_DATE), "date")
        console.print(Text.assemble(head, _GAP, date, _GAP, left, right), no_wrap=True, overflow="ignore", crop=False)


def _ending(text: str, width: int) -> str:
    """The last words of a text that `width` columns have room for, with an ellipsis where it is cut."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    used, at = 1, len(text)
    while at and used + cell_len(text[at - 1]) <= width:
        at -= 1
        used += cell_len(text[at])
    return f"…{text[at:]}" if width else ""
