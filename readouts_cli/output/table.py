"""Hits as a table: one line each, as many columns as the screen has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from readouts_cli.output.facts import heading, met_shown, published_shown
from readouts_cli.output.highlight import highlighted
from readouts_cli.output.ids import id_width, in_column, name
from readouts_cli.readout import Span
from readouts_cli.results import ShownHit

#: Screens at least this wide have room for both dates, and for the match in its context.
_WIDE = 80
_WIDER = 140

_GAP = "  "


class _Layout(NamedTuple):
    """The widths of the columns; 0 leaves a column out."""

    rank: int
    id: int
    met: int
    published: int
    heading: int
    passage: int


def draw_table(console: Console, hits: Iterable[ShownHit], *, ids: Sequence[str], last_rank: int, links: bool) -> None:
    """Draw the hits; `ids` are all their ids and `last_rank` the last rank, so that widths are known beforehand.

    Without a rank (0) the readouts are listed, and no column tells of matches.
    """
    layout = _layout(console.width, ids, last_rank)
    titles = ("", "id", "met", "published", "title", "match")
    _draw(console, layout, [Text(title, "label") for title in titles])
    for hit in hits:
        readout = hit.readout
        found = heading(readout)
        row = [
            Text(str(hit.rank), "rank"),
            name(readout, links=links),
            Text(met_shown(readout.met), "date"),
            Text(published_shown(readout), "date"),
            Text(str(found), "title" if found.is_title else "opening"),
            _match(hit, layout.passage) if layout.passage else Text(),
        ]
        _draw(console, layout, row)


def _layout(width: int, ids: Sequence[str], last_rank: int) -> _Layout:
    rank = len(str(last_rank)) if last_rank else 0
    id = id_width(ids, width)
    met, published = len("2022-08-25~"), len("published") + 1 if width >= _WIDE else 0
    taken = sum(column + len(_GAP) for column in (rank, id, met, published) if column)
    rest = width - taken
    passage = rest // 2 if rank and width >= _WIDER else 0
    return _Layout(rank, id, met, published, rest - (passage + len(_GAP) if passage else 0), passage)


def _draw(console: Console, layout: _Layout, cells: Sequence[Text]) -> None:
    line = Text(no_wrap=True, overflow="ellipsis")
    for width, cell in zip(layout, cells, strict=True):
        if width:
            line.append_text(in_column(cell, width)).append(_GAP)
    line.rstrip()
    console.print(line)


def _match(hit: ShownHit, width: int) -> Text:
    """The first match of the best passage with what stands around it, about in the middle of `width` columns."""
    passage = max(hit.passages, key=lambda passage: len(passage.spans), default=None)
    if passage is None or not passage.spans:
        return Text()
    text, match = hit.readout.text, passage.spans[0]
    room = max((width - cell_len(text[match.start : match.end])) // 2, 0)
    start = match.start
    while start > passage.start and cell_len(text[start - 1 : match.start]) <= room:
        start -= 1
    space = text.find(" ", start, match.start)
    if start > passage.start and space >= 0:
        start = space + 1
    return highlighted(text, Span(start, passage.end), passage.spans)
