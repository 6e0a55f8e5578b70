"""Where a readout's facts come from: each with its rule and the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TextIO

from readouts_cli.output.facts import met_shown
from readouts_cli.output.sanitize import one_line
from readouts_cli.output.screen import Screen
from readouts_cli.readout import Fact, Person, Readout, Span


class Reason(NamedTuple):
    """A fact, its value, the rule that read it, and where in the text; no place where the file's metadata has it."""

    fact: str
    value: str
    rule: str
    span: Span | None


def reasons(readout: Readout) -> Iterator[Reason]:
    """Every fact of a readout with its reason."""
    if readout.published is not None:
        yield Reason("published", readout.published.date, readout.published.rule, readout.published.span)
    if readout.met is not None:
        yield Reason("met", met_shown(readout.met), readout.met.rule, readout.met.span)
    for name in ("title", "subtitle", "body", "place", "source"):
        fact: Fact | None = getattr(readout, name)
        if fact is not None:
            yield Reason(name, fact.value, fact.rule, fact.span)
    yield from _people("presided", readout.presided)
    yield from _people("attended", readout.attended)
    for reporter in readout.reporters:
        yield Reason("reporter", reporter.value, reporter.rule, reporter.span)


def reason_shape(readout: Readout, reason: Reason) -> dict[str, Any]:
    """A reason for JSON."""
    return {**reason._asdict(), "words": words(readout, reason)}


def words(readout: Readout, reason: Reason) -> str | None:
    """The words that a fact was read from."""
    return readout.text[reason.span.start : reason.span.end] if reason.span else None


def write(stream: TextIO, readout: Readout) -> None:
    """Tab-separated lines: id, fact, value, rule, place, words."""
    for reason in reasons(readout):
        place = f"{reason.span.start}-{reason.span.end}" if reason.span else ""
        cells = (readout.id, reason.fact, reason.value, reason.rule, place, words(readout, reason) or "")
        stream.write("\t".join(map(one_line, cells)) + "\n")


def draw(screen: Screen, readouts: Iterable[Readout]) -> None:
    """For reading: under each value its rule and the words."""
    from rich.text import Text

    from readouts_cli.output.cards import WIDEST
    from readouts_cli.output.console import drawing
    from readouts_cli.output.ids import name
    from readouts_cli.output.wrapping import draw_block

    width = min(screen.width, WIDEST)
    with drawing(screen) as console:
        for readout in readouts:
            draw_block(console, Text(), name(readout, links=screen.links), width)
            found = list(reasons(readout))
            labels = max((len(reason.fact) for reason in found), default=0) + 2
            for reason in found:
                text = Text.assemble(
                    (one_line(reason.value), "text"), (f"\n{reason.rule}: {_source(readout, reason)}", "note")
                )
                draw_block(console, Text(reason.fact.ljust(labels), "label"), text, width)
            console.print()


def _source(readout: Readout, reason: Reason) -> str:
    """What a value was read from."""
    said = words(readout, reason)
    if said is None:
        return "from the file's metadata"
    return "as printed" if said == reason.value else f"“{one_line(said)}”"


def _people(fact: str, people: Iterable[Person]) -> Iterator[Reason]:
    for person in people:
        yield Reason(fact, person.name, person.rule, person.span)
        if person.office is not None:
            yield Reason(f"{fact}: office", person.office, person.rule, person.office_span)
