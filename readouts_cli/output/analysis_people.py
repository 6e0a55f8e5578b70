"""People and bodies: rows for machine formats, tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from readouts_cli.analysis.people import Appearance, BodySummary, PersonSummary, Role
from readouts_cli.output.analysis_answer import Columns, Shape, columns
from readouts_cli.output.analysis_references import day_shape, day_shown

if TYPE_CHECKING:
    from rich.console import Console

#: A flat row is an appearance.
PERSON_COLUMNS = columns("name", "role", "office", "day", "id")

BODY_COLUMNS: Columns = {
    **columns("name", "readouts", "first", "last"),
    "presided": lambda row: "; ".join(f"{each['name']} ({each['readouts']})" for each in row["presided"]),
}

#: Presiders of a body that a terminal shows.
_SHOWN = 3


def person_shape(person: PersonSummary) -> Shape:
    """A person as JSON has it."""
    days = person.days
    return {
        "name": person.name,
        "presided": person.count(Role.PRESIDED),
        "attended": person.count(Role.ATTENDED),
        "offices": list(person.offices),
        "first": day_shape(days[0]) if days else None,
        "last": day_shape(days[-1]) if days else None,
        "appearances": [_appearance(each) for each in person.appearances],
    }


def flat(people: Iterable[PersonSummary]) -> Iterator[Shape]:
    """A row for each appearance."""
    for person in people:
        for appearance in person.appearances:
            yield {"name": person.name, **_appearance(appearance)}


def body_shape(body: BodySummary) -> Shape:
    """A body as JSON has it."""
    return {
        "name": body.name,
        "readouts": body.readouts,
        "first": day_shape(body.first),
        "last": day_shape(body.last),
        "presided": [{"name": name, "readouts": count} for name, count in body.presided],
    }


def draw_people(console: Console, people: Iterable[PersonSummary]) -> None:
    """Draw a line for each person."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("name", "title"),
        Head("presided", number=True),
        Head("attended", number=True),
        Head("first", "date"),
        Head("last", "date"),
        Head("offices as printed", "people", gives_way=True),
    )
    draw_rows(console, heads, (_person_cells(person) for person in people))


def draw_appearances(console: Console, people: Iterable[PersonSummary]) -> None:
    """Draw each person with a line for each appearance, offices in full."""
    from rich.text import Text

    from readouts_cli.output.ids import id_width, in_column
    from readouts_cli.output.sanitize import one_line
    from readouts_cli.output.wrapping import draw_block

    for person in people:
        console.print(Text(one_line(person.name), "title"))
        width = id_width((each.id for each in person.appearances), console.width)
        for each in person.appearances:
            lead = Text.assemble(
                (f"{day_shown(each.day):10}", "date"), "  ",
                in_column(Text(one_line(each.id), "id"), width), "  ",
                (f"{each.role.value:8}", "text"), "  ",
            )  # fmt: skip
            office = Text(one_line(each.office), "people") if each.office else Text("no office printed", "note")
            draw_block(console, lead, office, console.width)
        console.print()


def draw_bodies(console: Console, bodies: Iterable[BodySummary]) -> None:
    """Draw a line for each body."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("body", "title", gives_way=True),
        Head("readouts", number=True),
        Head("first", "date"),
        Head("last", "date"),
        Head("presided", "people", gives_way=True),
    )
    draw_rows(console, heads, (_body_cells(body) for body in bodies))


def _person_cells(person: PersonSummary) -> list[str]:
    days = person.days
    return [
        person.name,
        f"{person.count(Role.PRESIDED):,}",
        f"{person.count(Role.ATTENDED):,}",
        day_shown(days[0] if days else None),
        day_shown(days[-1] if days else None),
        "; ".join(person.offices),
    ]


def _body_cells(body: BodySummary) -> list[str]:
    presided = "; ".join(f"{name} ({count:,})" for name, count in body.presided[:_SHOWN])
    more = " …" if len(body.presided) > _SHOWN else ""
    return [body.name, f"{body.readouts:,}", day_shown(body.first), day_shown(body.last), presided + more]


def _appearance(each: Appearance) -> Shape:
    return {
        "id": each.id,
        "day": day_shape(each.day),
        "role": each.role.value,
        "office": each.office,
        "span": each.span,
    }
