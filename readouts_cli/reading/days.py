"""Calendar arithmetic for dates that a text states only in part."""

from __future__ import annotations

import datetime as dt
import re

#: English month names and their usual abbreviations, for use inside a larger pattern; always followed by a day.
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

#: A year or a number of one or two digits, in Arabic (also full-width) or Chinese figures.
HAN_YEAR = r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})"
HAN_NUMBER = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HAN_DIGITS = {character: i for i, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_TENS = {"十": 1, "廿": 2, "卅": 3}
_HAN_TENS = re.compile("([一二三])?([十廿卅])([一二三四五六七八九])?")

#: 29 February comes back within eight years (1896, 1904).
_LONGEST_LEAP_GAP = 8


def month_number(name: str) -> int:
    """The number of an English month name or abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """The number of an English weekday, Monday being 0."""
    return _WEEKDAYS.index(name[:3].lower())


def number(figures: str) -> int:
    """A number in Arabic, full-width or Chinese figures: `22`, `２２`, `二十二`, `廿二`, `二〇二二`.

    Figures that make no number (`十十`) give 0, which is no day, month or year.
    """
    if figures.isdecimal():
        return int(figures)
    if tens := _HAN_TENS.fullmatch(figures):
        before, ten, after = tens.groups()
        return 10 * _TENS[ten] * _HAN_DIGITS[before or "一"] + _HAN_DIGITS[after or "〇"]
    if all(figure in _HAN_DIGITS for figure in figures):
        return int("".join(str(_HAN_DIGITS[figure]) for figure in figures) or "0")
    return 0


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def latest_month_day(month: int, day: int, limit: dt.date) -> dt.date | None:
    """The latest such day of a year that is not after `limit`."""
    for year in range(limit.year, max(limit.year - _LONGEST_LEAP_GAP, dt.MINYEAR) - 1, -1):
        found = day_or_none(year, month, day)
        if found is not None and found <= limit:
            return found
    return None


def latest_day(day: int, limit: dt.date) -> dt.date | None:
    """The latest such day of a month that is not after `limit`, skipping months without it."""
    year, month = limit.year, limit.month
    for _ in range(4):
        found = day_or_none(year, month, day)
        if found is not None and found <= limit:
            return found
        year, month = month_before(year, month)
    return None


def latest_weekday(weekday: int, limit: dt.date) -> dt.date:
    """The latest such weekday that is not after `limit`; Monday is 0."""
    return days_before(limit, (limit.weekday() - weekday) % 7)


def month_before(year: int, month: int) -> tuple[int, int]:
    """The month before a month, as year and month."""
    return (year, month - 1) if month > 1 else (year - 1, 12)


def days_before(day: dt.date, count: int) -> dt.date:
    """The day `count` days before (after, where negative), held within the calendar's bounds."""
    ordinal = min(max(day.toordinal() - count, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)
