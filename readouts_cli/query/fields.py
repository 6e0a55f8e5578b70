"""The fields a query can name, and how a readout fills them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.query.document import TEXT, Document
from readouts_cli.query.period import Days, DaysKind
from readouts_cli.query.tokens import Tokens, tokenize
from readouts_cli.query.units import months
from readouts_cli.span import Span

if TYPE_CHECKING:
    from readouts_cli.readout import Met, Person, Published, Readout

#: One value of a field and where it stands in the text; None where it does not stand there.
Value = tuple[str, Span | None]

#: A value and its place in the text; None where it does not stand there.
Placed = tuple[str, int | None]


class Field(NamedTuple):
    """A searchable field: its name in queries, what it holds, and its values in a readout."""

    name: str
    holds: str
    values: Callable[[Readout], Iterable[Value]]


def _people(people: tuple[Person, ...]) -> Iterable[Value]:
    for person in people:
        yield person.name, person.span
        if person.office is not None:
            yield person.office, person.office_span


FIELDS = (
    Field(TEXT, "the whole text, header and title included", lambda r: [(r.text, Span(0, len(r.text)))]),
    Field("title", "the headline", lambda r: [(r.title.value, r.title.span)] if r.title else []),
    Field("body", "the body that met", lambda r: [(r.body.value, r.body.span)] if r.body else []),
    Field("place", "the place, as a hint", lambda r: [(r.place.value, r.place.span)] if r.place else []),
    Field("presided", "who presided, with the office", lambda r: _people(r.presided)),
    Field("attended", "who attended, with the office", lambda r: _people(r.attended)),
    Field("person", "who presided or attended", lambda r: [*_people(r.presided), *_people(r.attended)]),
    Field("source", "the paper or site it came from", lambda r: [(r.source.value, r.source.span)] if r.source else []),
    Field("id", "the readout's id", lambda r: [(r.id, None)]),
    Field("path", "the file's path", lambda r: [(r.path, None)]),
)

#: The names of all fields.
NAMES = tuple(field.name for field in FIELDS)

_VALUES = {field.name: field.values for field in FIELDS}

#: Those whose values never stand in the text, so that a match there shows nothing in it.
UNSHOWN = frozenset({"id", "path"})


class _Fields(dict[str, Tokens]):
    """Fields with their tokens; a field is cut into tokens when it is first looked at, as most never are."""

    def __init__(self, values: Mapping[str, Sequence[Placed]]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, name: str) -> Tokens:
        tokens = self[name] = _tokens(self._values[name])
        return tokens


def document(readout: Readout, names: Iterable[str] = NAMES, text: Tokens | None = None) -> Document:
    """A readout as the query tree sees it.

    A condition that looks at fields of these names only needs no others; `text` are the tokens of the text if they are
    known.
    """
    values = {
        name: [(value, _place(readout.text, value, span)) for value, span in _VALUES[name](readout)] for name in names
    }
    in_text = frozenset(name for name, placed in values.items() if all(place is not None for _, place in placed))
    fields = _Fields(values)
    if text is not None:
        fields[TEXT] = text
    return Document(fields, in_text, met_days(readout.met), published_days(readout.published))


def met_days(met: Met | None) -> Days | None:
    """The meeting date as date filters see it."""
    if met is None:
        return None
    if met.start is None or met.end is None:
        return _yearly(met.edtf)
    return Days(met.start, met.end, DaysKind.DOUBTFUL if met.certainty.value == "doubtful" else DaysKind.SURE)


def published_days(published: Published | None) -> Days | None:
    """The published date as date filters see it; a month alone is doubtful in every period."""
    if published is None:
        return None
    if day := published.day:
        return Days(day, day)
    year, month = map(int, published.date.split("-"))
    return Days(*months(year, month, 1), DaysKind.DOUBTFUL)


def _yearly(edtf: str) -> Days | None:
    """A partial date `XXXX-MM-DD`, held in a leap year; one without a month says nothing about periods."""
    month, day = edtf[5:7], edtf[8:10]
    if not (month.isdigit() and day.isdigit()):
        return None
    some = dt.date(2000, int(month), int(day))
    return Days(some, some, DaysKind.YEARLY)


def _place(text: str, value: str, span: Span | None) -> int | None:
    """Where a value stands in the text; None where it does not stand there as it is, but for an article or a space."""
    if span is None:
        return None
    if text.startswith(value, span.start, span.end):
        return span.start
    place = text.find(value, span.start, span.end)
    return None if place < 0 else place


def _tokens(values: Iterable[Placed]) -> Tokens:
    """The tokens of all values in one row, an empty term between two values."""
    found = [tokenize(text, place or 0) for text, place in values]
    if len(found) == 1:
        return found[0]
    terms: list[str] = []
    places: list[tuple[int, int]] = []
    for tokens in found:
        if terms:
            terms.append("")
            places.append((places[-1][1], places[-1][1]))
        terms.extend(tokens.terms)
        places.extend(tokens.places)
    return Tokens(terms, places)
