"""What an engine filters, sorts and counts by besides words: plain numbers and strings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from readouts_cli.engines.base import Facet, Order
from readouts_cli.query.fields import met_days, published_days
from readouts_cli.query.period import DateField, Days, DaysKind
from readouts_cli.readout import Readout

#: A date fills `first` and `last`, or where it is doubtful `maybe_first` and `maybe_last`, or where only the day of the
#: year is known `yearly`, as that day of the year 2000.  Days are numbered from the first of year 1.
DAY_PARTS = ("first", "last", "maybe_first", "maybe_last", "yearly")

#: The day to sort by; a readout that has none is behind all that do.
SORT_COLUMNS = {
    Order.DATE: "by_date",
    Order.DATE_DESCENDING: "by_date_descending",
    Order.MET: "by_met",
    Order.PUBLISHED: "by_pub",
}
NO_DAY = 10**7

_ORDERS = {DateField.DATE: Order.DATE, DateField.MET: Order.MET, DateField.PUB: Order.PUBLISHED}

#: Of how many pairs of dates the columns are remembered: a library's readouts share few days.
_REMEMBERED = 10_000

#: The number of tokens of the text.
TEXT_TOKENS = "text_tokens"

#: What hits are counted by; a year is counted by its months.
FACET_COLUMNS = {
    Facet.MONTH: "month",
    Facet.BODY: "of_body",
    Facet.PRESIDER: "of_presider",
    Facet.SOURCE: "of_source",
    Facet.LANGUAGE: "of_language",
}


def day_column(which: DateField, part: str) -> str:
    """The column of one of `DAY_PARTS` of a date."""
    return f"{which.value}_{part}"


def first_day_column(which: DateField, *, doubtful: bool) -> str:
    """The column of the first day of a date, where it is sure, or also where it is doubtful."""
    return SORT_COLUMNS[_ORDERS[which]] if doubtful else day_column(which, "first")


def known_day(number: int | None) -> dt.date | None:
    """The day behind a value of `first_day_column`; None where it is empty or holds `NO_DAY`."""
    return dt.date.fromordinal(number) if number and number != NO_DAY else None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a readout: `days` fill some of those of `day_column` and all of `SORT_COLUMNS`.

    `facets` have the values to count it by, "" for none; each repetition of one is told apart by a number.
    """

    days: Mapping[str, int]
    facets: dict[str, list[str]]


def columns(readout: Readout) -> Columns:
    """What a readout is filtered, sorted and counted by."""
    met, published = met_days(readout.met), published_days(readout.published)
    return Columns(_day_columns(met, published), _facet_columns(readout, met or published))


def facet_value(facet: Facet, counted: str) -> str:
    """The value that stands behind one of `Columns.facets`."""
    return counted[: len("2022")] if facet is Facet.YEAR else counted.partition("\n")[0]


@lru_cache(maxsize=_REMEMBERED)
def _day_columns(met: Days | None, published: Days | None) -> Mapping[str, int]:
    """Everything that stands in columns of days."""
    dates = {DateField.MET: met, DateField.PUB: published, DateField.DATE: met or published}
    days = _sort_columns(dates)
    for which, found in dates.items():
        if found is not None:
            days.update((day_column(which, part), day) for part, day in _parts(found).items())
    return days


def _sort_columns(dates: Mapping[DateField, Days | None]) -> dict[str, int]:
    """The days to sort by, for the latest-first order counted backwards."""
    date, met, pub = (_sort_day(dates[which]) for which in (DateField.DATE, DateField.MET, DateField.PUB))
    return {
        SORT_COLUMNS[Order.DATE]: date,
        SORT_COLUMNS[Order.DATE_DESCENDING]: date if date == NO_DAY else NO_DAY - date,
        SORT_COLUMNS[Order.MET]: met,
        SORT_COLUMNS[Order.PUBLISHED]: pub,
    }


def _facet_columns(readout: Readout, date: Days | None) -> dict[str, list[str]]:
    dated = date is not None and date.kind is DaysKind.SURE
    values = {
        Facet.MONTH: [date.first.isoformat()[: len("2022-08")]] if date is not None and dated else [],
        Facet.BODY: [readout.body.value] if readout.body else [],
        Facet.PRESIDER: [person.name for person in readout.presided],
        Facet.SOURCE: [readout.source.value] if readout.source else [],
        Facet.LANGUAGE: [readout.language],
    }
    return {FACET_COLUMNS[facet]: _numbered(found) or [""] for facet, found in values.items()}


def _parts(days: Days) -> dict[str, int]:
    first, last = days.first.toordinal(), days.last.toordinal()
    if days.kind is DaysKind.YEARLY:
        return {"yearly": first}
    maybe = "" if days.kind is DaysKind.SURE else "maybe_"
    return {maybe + "first": first, maybe + "last": last}


def _sort_day(days: Days | None) -> int:
    """The day to sort by; a date without a year has none."""
    return NO_DAY if days is None or days.kind is DaysKind.YEARLY else days.first.toordinal()


def _numbered(names: list[str]) -> list[str]:
    """Names, each repetition with its number behind a line end: a column holds every value of a readout once."""
    if len(names) < 2:
        return names
    earlier = [names[:n].count(name) for n, name in enumerate(names)]
    return [f"{name}\n{n}" if n else name for name, n in zip(names, earlier, strict=True)]
