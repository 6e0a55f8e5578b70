"""The meeting-date rules R1 to R7 (DESIGN, Dates): from the words that name a day to the day itself.

What a text leaves out is taken from the published date, and how far that had to reach decides the certainty.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from readouts_cli.query.units import months
from readouts_cli.reading.day_phrases import DayPhrase, Kind, PrintedDay
from readouts_cli.reading.days import (
    day_or_none,
    days_before,
    latest_day,
    latest_month_day,
    latest_weekday,
    month_before,
)
from readouts_cli.readout import Certainty, Met

#: R2 and R3: a day further back than this is more likely another year's or month's, or not the meeting.
_LONGEST_LAG_MONTH_DAY = 45
_LONGEST_LAG_DAY = 24

#: R1: minutes may be published late, but not years late.
_LONGEST_LAG_STATED = 366

#: R2: a site may date its page by another time zone.
_AHEAD = 1

#: R6: no meeting of one readout lasts longer.
_LONGEST_MEETING = 31

#: A dateline's day counts as the day of writing when it lies at most this long before publication.
_LONGEST_FILING = 3

_MARKS = {Certainty.STATED: "", Certainty.INFERRED: "~", Certainty.DOUBTFUL: "?"}


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days on which the readout may have been published: one day, or the days of the month that is known."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, published: str) -> Horizon:
        """The horizon of an ISO day or month."""
        if len(published) > len("2022-08"):
            day = dt.date.fromisoformat(published)
            return cls(day, day)
        year, month = map(int, published.split("-"))
        return cls(*months(year, month, 1))


class _Found(NamedTuple):
    first: dt.date
    last: dt.date
    certainty: Certainty


def resolve(phrase: DayPhrase, horizon: Horizon | None, filed: PrintedDay | None = None) -> Met | None:
    """The meeting date that a phrase stands for, or None where it names no day (R5) or the day cannot be told.

    `filed` is the day in the dateline, from which "today" counts where it fits the published date.
    """
    if phrase.kind is Kind.RECENT:
        return None
    if phrase.days and all(day.year for day in phrase.days):
        rule, found = "R1", _stated(phrase, horizon)
    elif horizon is None:
        return _partial(phrase)
    elif phrase.kind is Kind.RELATIVE:
        rule, found = "R4", _relative(phrase, horizon, filed)
    else:
        rule, found = "R2" if phrase.days[0].month else "R3", _inferred(phrase, horizon)
    if found is None:
        return None
    if phrase.kind is Kind.DATED and phrase.weekday not in {None, found.first.weekday()}:
        found = _Found(found.first, found.last, Certainty.DOUBTFUL)
    mark = _MARKS[found.certainty]
    edtf = f"{found.first}{mark}" if len(phrase.days) < 2 else f"{found.first}{mark}/{found.last}{mark}"
    return Met(found.first, found.last, edtf, found.certainty, "R6" if len(phrase.days) == 2 else rule, phrase.span)


def _stated(phrase: DayPhrase, horizon: Horizon | None) -> _Found | None:
    """R1: day, month and year are printed.

    A day after publication is a misprint somewhere, and one of years ago hardly the meeting that is reported.
    """
    days = [day_or_none(day.year or 0, day.month or 0, day.day) for day in phrase.days]
    first, last = days[0], days[-1]
    if first is None or last is None or not 0 <= (last - first).days <= _LONGEST_MEETING:
        return None
    doubtful = horizon is not None and (
        first > days_before(horizon.last, -_AHEAD) or (horizon.first - last).days > _LONGEST_LAG_STATED
    )
    return _Found(first, last, Certainty.DOUBTFUL if doubtful else Certainty.STATED)


def _partial(phrase: DayPhrase) -> Met | None:
    """R7: without a published date, what is printed and no more."""
    printed = []
    for day in phrase.days:
        if day_or_none(day.year or 2000, day.month or 1, day.day) is None:
            return None
        printed.append(f"{day.year or 'XXXX'}-{f'{day.month:02}' if day.month else 'XX'}-{day.day:02}")
    if not printed:
        return None
    return Met(None, None, "/".join(printed), Certainty.PARTIAL, "R7", phrase.span)


def _relative(phrase: DayPhrase, horizon: Horizon, filed: PrintedDay | None) -> _Found | None:
    """R4: today, yesterday, a weekday; a date in brackets wins."""
    if phrase.days:
        return _inferred(phrase, horizon)
    if horizon.first != horizon.last:
        return None
    written = _filing_day(filed, horizon) or horizon.last
    if phrase.weekday is None:
        day = days_before(written, phrase.back)
    elif phrase.week is None:
        day = latest_weekday(phrase.weekday, written)
    else:
        monday = days_before(written, written.weekday() - 7 * phrase.week)
        day = days_before(monday, -phrase.weekday)
        if day > written:
            return None
    return _Found(day, day, Certainty.INFERRED)


def _filing_day(filed: PrintedDay | None, horizon: Horizon) -> dt.date | None:
    if filed is None:
        return None
    day = _latest(filed, horizon.last)
    return day if day is not None and (horizon.last - day).days <= _LONGEST_FILING else None


def _inferred(phrase: DayPhrase, horizon: Horizon) -> _Found | None:
    """R2, R3 and R6: the latest such day that publication allows."""
    first = _named(phrase, horizon) or _latest(phrase.days[0], horizon.last)
    if first is None:
        return None
    last = first if len(phrase.days) == 1 else _next(phrase.days[1], first)
    if last is None or (last - first).days > _LONGEST_MEETING:
        return None
    longest = _LONGEST_LAG_MONTH_DAY if phrase.days[0].month else _LONGEST_LAG_DAY
    doubtful = (
        (horizon.last - last).days > longest + (horizon.last - horizon.first).days
        or last > days_before(horizon.last, -_AHEAD)
        or _another_as_likely(phrase, first, horizon, longest)
    )
    return _Found(first, last, Certainty.DOUBTFUL if doubtful else Certainty.INFERRED)


def _named(phrase: DayPhrase, horizon: Horizon) -> dt.date | None:
    """The day where the text says this or last month, this or last year."""
    printed = phrase.days[0]
    if phrase.months_back is not None:
        month = horizon.last.year, horizon.last.month
        return day_or_none(*(month_before(*month) if phrase.months_back else month), printed.day)
    if phrase.years_back is not None and printed.month:
        return day_or_none(horizon.last.year - phrase.years_back, printed.month, printed.day)
    return None


def _another_as_likely(phrase: DayPhrase, first: dt.date, horizon: Horizon, longest: int) -> bool:
    """Where only the month of publication is known: whether its first day would give another day within the lag."""
    if horizon.first == horizon.last or phrase.months_back is not None or phrase.years_back is not None:
        return False
    other = _latest(phrase.days[0], horizon.first)
    return other is not None and other != first and (horizon.first - other).days <= longest


def _latest(printed: PrintedDay, limit: dt.date) -> dt.date | None:
    if printed.month is None:
        return latest_day(printed.day, limit)
    return latest_month_day(printed.month, printed.day, days_before(limit, -_AHEAD))


def _next(printed: PrintedDay, first: dt.date) -> dt.date | None:
    """The first such day from `first` on."""
    for count in range(_LONGEST_MEETING + 1):
        day = days_before(first, -count)
        if day.day == printed.day and printed.month in {None, day.month}:
            return day
    return None
