"""Export: readouts as rows for R, pandas and spreadsheets.

The columns follow the Text Interchange Formats of rOpenSci (2017): `doc_id` and `text` first, then what is known of
each readout.  Days are ISO days, so that they sort and parse everywhere; a meeting date that is none (`XXXX-11-15`) is
in `met_edtf` only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from readouts_cli.analysis.occurrences import Matched
from readouts_cli.query.tokens import terms
from readouts_cli.readout import Fact, Person, Readout


class Row(NamedTuple):
    """A readout as a row; the fields are the columns, in their order.

    `matches` counts the stretches of text that the query matches.  Lists have one entry a person, in the order of the
    text; offices are those of the persons in the list before, empty where none is printed.
    """

    doc_id: str
    text: str
    title: str | None
    subtitle: str | None
    published: str | None
    met_start: dt.date | None
    met_end: dt.date | None
    met_edtf: str | None
    met_certainty: str | None
    body: str | None
    place: str | None
    presided: tuple[str, ...]
    presided_offices: tuple[str, ...]
    attended: tuple[str, ...]
    attended_offices: tuple[str, ...]
    source: str | None
    language: str
    path: str
    record: int | None
    tokens: int
    matches: int
    metadata: dict[str, str]


#: The names of the columns.
COLUMNS = Row._fields


def rows(found: Iterable[Matched], tokens: Callable[[Readout], int]) -> Iterator[Row]:
    """A row for each readout; `tokens` tells how many its text has."""
    for each in found:
        readout, met = each.readout, each.readout.met
        yield Row(
            doc_id=readout.id,
            text=readout.text,
            title=_value(readout.title),
            subtitle=_value(readout.subtitle),
            published=readout.published.date if readout.published else None,
            met_start=met.start if met else None,
            met_end=met.end if met else None,
            met_edtf=met.edtf if met else None,
            met_certainty=met.certainty.value if met else None,
            body=_value(readout.body),
            place=_value(readout.place),
            presided=_names(readout.presided),
            presided_offices=_offices(readout.presided),
            attended=_names(readout.attended),
            attended_offices=_offices(readout.attended),
            source=_value(readout.source),
            language=readout.language,
            path=readout.path,
            record=readout.record,
            tokens=tokens(readout),
            matches=len(each.spans),
            metadata=readout.metadata,
        )


def measured(tokens: Callable[[str], int]) -> Callable[[Readout], int]:
    """How many tokens a text has, by what tells it of ids."""
    return lambda readout: tokens(readout.id)


def counted(readout: Readout) -> int:
    """How many tokens a text has, where nobody knows but by cutting it."""
    return len(terms(readout.text))


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _names(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


def _offices(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.office or "" for person in people)
