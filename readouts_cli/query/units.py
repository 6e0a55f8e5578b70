"""Units of the calendar as pairs of days: months, quarters, weeks, and those that are counted from today.

Years run from 1 to 9999; what lies outside raises OverflowError.
"""

from __future__ import annotations

import datetime as dt

#: First and last day, both included.
Unit = tuple[dt.date, dt.date]

_SIZES = {"month": 1, "quarter": 3, "year": 12}

#: The units that are counted from today, as they are written.
RELATIVE = ("today", "yesterday", *(f"{which}_{unit}" for which in ("this", "last") for unit in ("week", *_SIZES)))


def months(year: int, month: int, size: int) -> Unit:
    """`size` months from the first of `month`, all in one year."""
    last = month + size - 1
    return _date(year, month, 1), _date(year, last, days_in(year, last))


def week(year: int, number: int) -> Unit:
    """An ISO week, Monday to Sunday."""
    return _week_from(dt.date.fromisocalendar(year, number, 1))


def weeks_in(year: int) -> int:
    """How many ISO weeks a year has: 28 December always lies in its last."""
    return dt.date(year, 12, 28).isocalendar().week


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return 31 if month == 12 else (_date(year, month + 1, 1) - dt.timedelta(days=1)).day


def relative(words: str, today: dt.date) -> Unit:
    """One of RELATIVE, seen from `today`."""
    if words in {"today", "yesterday"}:
        day = today - dt.timedelta(days=words == "yesterday")
        return day, day
    which, unit = words.split("_")
    if unit == "week":
        return _week_from(today - dt.timedelta(days=today.weekday() + 7 * (which == "last")))
    size = _SIZES[unit]
    year, month = _months_before(today, (today.month - 1) % size + size * (which == "last"))
    return months(year, month, size)


def back(today: dt.date, number: int, unit: str) -> dt.date:
    """The day `number` days (d), weeks (w), months (m) or years (y) ago; a day the month lacks becomes its last."""
    if unit in {"d", "w"}:
        return today - dt.timedelta(days=number * (7 if unit == "w" else 1))
    year, month = _months_before(today, number * (12 if unit == "y" else 1))
    return _date(year, month, min(today.day, days_in(year, month)))


def _week_from(monday: dt.date) -> Unit:
    return monday, monday + dt.timedelta(days=6)


def _months_before(day: dt.date, number: int) -> tuple[int, int]:
    """Year and month of the month that lies so many before a day's."""
    total = 12 * day.year + day.month - 1 - number
    return total // 12, total % 12 + 1


def _date(year: int, month: int, day: int) -> dt.date:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError
    return dt.date(year, month, day)
