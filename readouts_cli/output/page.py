"""One readout for reading on a terminal: its facts above, its text wrapped, paragraphs numbered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.console import Console
from rich.text import Text

from readouts_cli.output.cards import WIDEST
from readouts_cli.output.facts import heading, met_shown, published_shown, value_of
from readouts_cli.output.highlight import highlighted, link
from readouts_cli.output.ids import name
from readouts_cli.output.sanitize import one_line
from readouts_cli.output.wrapping import draw_block
from readouts_cli.passages import whole
from readouts_cli.readout import Person, Readout, Span

#: How wide the names of facts are, with the space behind them.
_LABELS = 11


def draw_page(
    console: Console, readout: Readout, spans: Sequence[Span], numbers: Collection[int], *, links: bool
) -> None:
    """Draw a readout with `spans` of its text highlighted; `numbers` are the paragraphs wanted, none for all."""
    width = min(console.width, WIDEST)
    draw_block(console, Text(), name(readout, links=links), width)
    for label, value in _facts(readout, links=links):
        if value:
            draw_block(console, Text(label.ljust(_LABELS), "label"), value, width)
    console.print()
    shown = [passage for passage in whole(readout, spans) if not numbers or passage.paragraph in numbers]
    margin = len(str(shown[-1].paragraph)) + 1 if shown else 0
    for passage in shown:
        number = Text(f"¶{passage.paragraph}".rjust(margin) + " ", "paragraph")
        text = highlighted(readout.text, Span(passage.start, passage.end), passage.spans)
        draw_block(console, number, text, width)
        console.print()


def _facts(readout: Readout, *, links: bool) -> list[tuple[str, Text]]:
    found = heading(readout)
    met = Text(met_shown(readout.met) or "unknown", "date")
    if readout.met is not None:
        met.append(f"  {readout.met.certainty.value}", "label")
    return [
        ("title", Text(str(found), "title" if found.is_title else "opening")),
        ("subtitle", Text(one_line(value_of(readout.subtitle)), "text")),
        ("met", met),
        ("published", Text(published_shown(readout) or "unknown", "date")),
        ("body", Text(one_line(value_of(readout.body)), "text")),
        ("presided", Text(_people(readout.presided), "people")),
        ("attended", Text(_people(readout.attended), "people")),
        ("source", Text(one_line(value_of(readout.source)), "text")),
        ("file", _file(readout, links=links)),
    ]


def _people(people: Sequence[Person]) -> str:
    """Names with their offices, one person a line."""
    return "\n".join(one_line(f"{person.name}, {person.office}" if person.office else person.name) for person in people)


def _file(readout: Readout, *, links: bool) -> Text:
    path = Text(one_line(readout.path), "text")
    if links:
        path.stylize(link(readout.path))
    return path.append(f", record {readout.record}") if readout.record is not None else path
