"""From an entry to what tantivy keeps of it, and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import NamedTuple

import msgspec
import tantivy

from readouts_cli.engines.base import Entry, Facet, FileStamp, Order
from readouts_cli.engines.tantivy.folding import joined_terms
from readouts_cli.engines.tantivy.keys import from_key, to_key
from readouts_cli.engines.tantivy.schema import (
    FACETS,
    KEY,
    NO_DAY,
    NUMBER,
    RECORD,
    SORT_DAYS,
    STAMP,
    day_column,
)
from readouts_cli.query.fields import FIELDS, met_days, published_days
from readouts_cli.query.period import Days, DaysKind
from readouts_cli.query.tree import DateField
from readouts_cli.readout import Readout

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Readout).decode
_decode_stamp = msgspec.json.Decoder(tuple[str, str, int, int, str]).decode


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A readout as tantivy keeps it; each value of a field is its terms, joined by spaces."""

    key: str
    stamp: str
    values: list[tuple[str, str]]
    days: list[tuple[str, int]]
    record: bytes

    def document(self, number: int) -> tantivy.Document:
        """The row as tantivy takes it, under a number of its own."""
        document = tantivy.Document()
        document.add_text(KEY, self.key)
        document.add_text(STAMP, f"{number}{self.stamp}")
        document.add_unsigned(NUMBER, number)
        for field, value in self.values:
            document.add_text(field, value)
        for column, day in self.days:
            document.add_unsigned(column, day)
        document.add_bytes(RECORD, self.record)
        return document

    @property
    def size(self) -> int:
        """About how much memory the row takes until it is written, in bytes."""
        return sum(len(value) for _, value in self.values) + len(self.record)


class Stamped(NamedTuple):
    """What a row's stamp holds."""

    number: int
    id: str
    stamp: FileStamp


def lay_out(entry: Entry) -> Row:
    """The row of an entry."""
    readout, stamp = entry.readout, entry.stamp
    key, path = to_key(readout.id), to_key(readout.path)
    unicode = key == readout.id and path == readout.path
    days = _days(readout)
    numbers = [pair for which, found in days.items() for pair in _day_numbers(which, found)]
    return Row(
        key,
        _encode((key, to_key(stamp.path), stamp.size, stamp.mtime_ns, stamp.digest)).decode(),
        [*_field_values(readout), *_facet_values(readout, days[DateField.DATE])],
        [*numbers, *_sort_days(days)],
        _encode(readout if unicode else dataclasses.replace(readout, id=key, path=path)),
    )


def read_record(record: bytes) -> Readout:
    """The readout that a row's record holds."""
    readout = _decode(record)
    if readout.id.isascii() and readout.path.isascii():
        return readout
    return dataclasses.replace(readout, id=from_key(readout.id), path=from_key(readout.path))


def read_stamp(term: str) -> Stamped:
    """Number, id and stamp of a row, from the term that holds them."""
    start = term.index("[")
    key, path, size, mtime_ns, digest = _decode_stamp(term[start:])
    return Stamped(int(term[:start]), from_key(key), FileStamp(from_key(path), size, mtime_ns, digest))


def _field_values(readout: Readout) -> list[tuple[str, str]]:
    """Each field's values; tantivy leaves one position free between two, as `query.fields.document` does.

    There, values without terms at a field's beginning take up no position.
    """
    found: list[tuple[str, str]] = []
    for field in FIELDS:
        begun = False
        for value, _ in field.values(readout):
            joined = joined_terms(value)
            begun = begun or bool(joined.strip())
            if begun:
                found.append((field.name, joined))
    return found


def _days(readout: Readout) -> dict[DateField, Days | None]:
    met, published = met_days(readout.met), published_days(readout.published)
    return {DateField.MET: met, DateField.PUB: published, DateField.DATE: met or published}


def _day_numbers(which: DateField, days: Days | None) -> list[tuple[str, int]]:
    if days is None:
        return []
    if days.kind is DaysKind.YEARLY:
        return [(day_column(which, "yearly"), days.first.toordinal())]
    part = "" if days.kind is DaysKind.SURE else "maybe_"
    return [
        (day_column(which, part + "first"), days.first.toordinal()),
        (day_column(which, part + "last"), days.last.toordinal()),
    ]


def _sort_days(days: dict[DateField, Days | None]) -> list[tuple[str, int]]:
    date, met, pub = (_sort_day(days[which]) for which in (DateField.DATE, DateField.MET, DateField.PUB))
    return [
        (SORT_DAYS[Order.DATE], date),
        (SORT_DAYS[Order.DATE_DESCENDING], date if date == NO_DAY else NO_DAY - date),
        (SORT_DAYS[Order.MET], met),
        (SORT_DAYS[Order.PUBLISHED], pub),
    ]


def _sort_day(days: Days | None) -> int:
    """The day to sort by; a date without a year has none."""
    return NO_DAY if days is None or days.kind is DaysKind.YEARLY else days.first.toordinal()


def _facet_values(readout: Readout, date: Days | None) -> list[tuple[str, str]]:
    month = _month(date.first) if date is not None and date.kind is DaysKind.SURE else ""
    presiders = _numbered([person.name for person in readout.presided]) or [""]
    return [
        (FACETS[Facet.MONTH], month),
        (FACETS[Facet.BODY], readout.body.value if readout.body else ""),
        *((FACETS[Facet.PRESIDER], name) for name in presiders),
        (FACETS[Facet.SOURCE], readout.source.value if readout.source else ""),
    ]


def _numbered(names: list[str]) -> list[str]:
    """Names, each repetition of one told apart by its number, because terms count a readout only once."""
    earlier = [names[:n].count(name) for n, name in enumerate(names)]
    return [f"{name}\n{n}" if n else name for name, n in zip(names, earlier, strict=True)]


def once(name: str) -> str:
    """The name that a numbered one repeats."""
    return name.partition("\n")[0]


def _month(day: dt.date) -> str:
    return day.isoformat()[: len("2022-08")]
