"""What an engine filters, sorts and counts by besides words: plain numbers and strings."""

from __future__ import annotations

from readouts_cli.engines.base import Facet, Order
from readouts_cli.query.fields import met_days, published_days
from readouts_cli.query.period import Days, DaysKind
from readouts_cli.query.tree import DateField
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

#: What hits are counted by; a year is counted by its months.
FACET_COLUMNS = {Facet.MONTH: "month", Facet.BODY: "of_body", Facet.PRESIDER: "of_presider", Facet.SOURCE: "of_source"}


def day_column(which: DateField, part: str) -> str:
    """The column of one of `DAY_PARTS` of a date."""
    return f"{which.value}_{part}"


def day_columns(readout: Readout) -> dict[str, int]:
    """The columns that the dates of a readout fill."""
    return {
        day_column(which, part): day
        for which, days in _dates(readout).items()
        if days is not None
        for part, day in _parts(days).items()
    }


def sort_columns(readout: Readout) -> dict[str, int]:
    """The days to sort a readout by, the earliest first, for the latest-first order counted backwards."""
    dates = _dates(readout)
    date, met, pub = (_sort_day(dates[which]) for which in (DateField.DATE, DateField.MET, DateField.PUB))
    return {
        SORT_COLUMNS[Order.DATE]: date,
        SORT_COLUMNS[Order.DATE_DESCENDING]: date if date == NO_DAY else NO_DAY - date,
        SORT_COLUMNS[Order.MET]: met,
        SORT_COLUMNS[Order.PUBLISHED]: pub,
    }


def facet_columns(readout: Readout) -> dict[str, list[str]]:
    """The values to count a readout by, "" for none; each repetition of one is told apart by a number."""
    date = _dates(readout)[DateField.DATE]
    dated = date is not None and date.kind is DaysKind.SURE
    values = {
        Facet.MONTH: [date.first.isoformat()[: len("2022-08")]] if date is not None and dated else [],
        Facet.BODY: [readout.body.value] if readout.body else [],
        Facet.PRESIDER: [person.name for person in readout.presided],
        Facet.SOURCE: [readout.source.value] if readout.source else [],
    }
    return {FACET_COLUMNS[facet]: _numbered(found) or [""] for facet, found in values.items()}


def facet_value(facet: Facet, counted: str) -> str:
    """The value that stands behind one of `facet_columns`."""
    return counted[: len("2022")] if facet is Facet.YEAR else counted.partition("\n")[0]


def _dates(readout: Readout) -> dict[DateField, Days | None]:
    met, published = met_days(readout.met), published_days(readout.published)
    return {DateField.MET: met, DateField.PUB: published, DateField.DATE: met or published}


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
    earlier = [names[:n].count(name) for n, name in enumerate(names)]
    return [f"{name}\n{n}" if n else name for name, n in zip(names, earlier, strict=True)]
