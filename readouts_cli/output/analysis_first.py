"""First and last occurrence: rows for machine formats, cards on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.analysis.basis import Dating
from readouts_cli.output.analysis_answer import Columns, Shape, column
from readouts_cli.output.analysis_references import reference_shape
from readouts_cli.results import ShownHit

if TYPE_CHECKING:
    from rich.console import Console


class Found(NamedTuple):
    """A readout in which a query occurs, and which it is: `first`, `last` or `undated`."""

    which: str
    hit: ShownHit


COLUMNS: Columns = {
    "which": column("which"),
    "id": column("id"),
    "date": column("date"),
    "day": column("day"),
    "title": column("title"),
    "passage": lambda row: row["passage"]["text"] if row["passage"] else None,
}

_HEADINGS = {"first": "First", "last": "Last", "undated": "Undated: any of them may be earlier, or later"}


def shape(found: Found, dating: Dating) -> Shape:
    """A row as JSON has it."""
    from readouts_cli.output.shapes import hit_shape

    hit = hit_shape(found.hit)
    return {
        "which": found.which,
        **reference_shape(found.hit.readout, dating),
        **{name: hit[name] for name in ("path", "title", "published", "met", "body", "matches")},
        "passage": next(iter(hit["passages"]), None),
    }


def draw(console: Console, found: Iterable[Found], *, links: bool) -> None:
    """Draw the readouts as cards, under headings."""
    from readouts_cli.output.cards import draw_cards, draw_group

    for which, group in groupby(found, key=lambda each: each.which):
        draw_group(console, _HEADINGS[which])
        hits = [each.hit for each in group]
        draw_cards(console, hits, last_rank=len(hits), links=links)
