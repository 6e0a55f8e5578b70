"""Hits as cards: which readout, when, who, and the passages that matched."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from readouts_cli.output.facts import heading, met_shown, names, published_shown, value_of
from readouts_cli.output.highlight import passage_text
from readouts_cli.output.ids import name
from readouts_cli.output.sanitize import one_line
from readouts_cli.output.wrapping import draw_block
from readouts_cli.readout import Readout
from readouts_cli.results import ShownHit

#: Prose wider than this is hard to read, however wide the screen.
WIDEST = 100

#: Lines that a title or an opening may take.
_HEADING_LINES = 2

_SEPARATOR = " · "


def draw_cards(console: Console, hits: Iterable[ShownHit], *, last_rank: int, links: bool) -> None:
    """Draw the hits one after another; `last_rank` tells how wide the ranks are."""
    indent = len(str(last_rank)) + 2
    for hit in hits:
        _draw_card(console, hit, indent, links=links)


def draw_group(console: Console, value: str) -> None:
    """The heading of a group of hits."""
    console.print(Text(one_line(value) or "none", "title"), end="\n\n")


def _draw_card(console: Console, hit: ShownHit, indent: int, *, links: bool) -> None:
    readout, width = hit.readout, min(console.width, WIDEST)
    rank, margin = Text(f"{hit.rank}".ljust(indent), "rank"), Text(" " * indent)
    draw_block(console, rank, Text.assemble(name(readout, links=links), "  ", *_dates(readout)), width)
    found = heading(readout)
    title = Text(str(found), "title" if found.is_title else "opening")
    draw_block(console, margin, title, width, most=_HEADING_LINES)
    people = _people(readout)
    if people:
        draw_block(console, margin, Text(people, "people"), width)
    numbers = max((len(str(passage.paragraph)) for passage in hit.passages), default=0)
    for passage in hit.passages:
        number = Text(f"¶{passage.paragraph}".rjust(numbers + 1) + " ", "paragraph")
        draw_block(console, margin + number, passage_text(readout, passage), width)
    console.print()


def _dates(readout: Readout) -> list[tuple[str, str]]:
    """Both dates, which are different facts; one that is unknown is said to be."""
    met, published = met_shown(readout.met), published_shown(readout)
    return [
        ("met ", "label"),
        (met or "unknown", "date" if met else "label"),
        ("  published ", "label"),
        (published or "unknown", "date" if published else "label"),
    ]


def _people(readout: Readout) -> str:
    presided = one_line(names(readout.presided))
    return _SEPARATOR.join(filter(None, [one_line(value_of(readout.body)), presided and f"{presided} presided"]))
