"""Readouts as the rows of an answer: a line each on a terminal, the same columns as `readouts list` elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readouts_cli.output.analysis_answer import Columns, Shape, column
from readouts_cli.output.facts import heading, met_shown, published_shown
from readouts_cli.output.shapes import summary_shape
from readouts_cli.readout import Readout
from readouts_cli.results import ShownHit

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS: Columns = {name: column(name) for name in ("id", "met", "published", "heading")}


def flat(readouts: Iterable[Readout]) -> Iterable[Shape]:
    """Rows of tsv and csv."""
    for readout in readouts:
        yield {
            "id": readout.id,
            "met": met_shown(readout.met),
            "published": published_shown(readout),
            "heading": str(heading(readout)),
        }


def shape(readout: Readout) -> Shape:
    """A row as JSON has it."""
    return summary_shape(readout)


def draw(console: Console, readouts: Iterable[Readout], *, ids: Sequence[str], links: bool) -> None:
    """Draw a table; `ids` are those of the readouts."""
    from readouts_cli.output.table import draw_table

    rows = (ShownHit(number, 0.0, readout, (), ()) for number, readout in enumerate(readouts, start=1))
    draw_table(console, rows, ids=ids, last_rank=0, links=links)
