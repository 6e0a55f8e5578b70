"""Published dates: the many forms in which a header line, a JSONL column or an e-mail prints one whole date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readouts_cli.reading.days import HAN_NUMBER, HAN_YEAR, MONTH, day_or_none, month_number, number

_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?(?![0-9])")
_COMPACT = re.compile(r"(?:D:)?([12][0-9]{3})([01][0-9])([0-3][0-9])(?:T?[0-9]{6}|T[0-9]{4}|(?![0-9]))")
_HAN = re.compile(rf"({HAN_YEAR})\s?年\s?({HAN_NUMBER})\s?月(?:\s?({HAN_NUMBER})\s?[日号號])?")
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[,.]?\s+)?"
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}({MONTH})\s+(?:([0-9]{{1,2}})(?:st|nd|rd|th)?[,.]?\s*)?([12][0-9]{{3}})(?![0-9])", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({MONTH})[\s,-]+([12][0-9]{{3}})(?![0-9])", re.IGNORECASE
)
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([12][0-9]{3})(?![0-9])")

#: A form that begins like a date is read from at most this many characters.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that begins a value: its ISO day or month, and how many characters it takes.

    `date` is None where the value begins like a date and is none that the calendar has, or one of two (`8/9/2022`).
    """

    date: str | None
    length: int


def read_date(value: str) -> PrintedDate | None:
    """The date that a value begins with, or None where it begins with something else."""
    value = value[:_LONGEST]
    if match := _ISO.match(value):
        year, _, month, day = match.groups()
        return _printed(match, int(year), int(month), int(day) if day else None)
    if match := _HAN.match(value):
        year, month, day = match.groups()
        return _printed(match, number(year), number(month), number(day) if day else None)
    if match := _COMPACT.match(value):
        year, month, day = match.groups()
        return _printed(match, int(year), int(month), int(day))
    if match := _MONTH_FIRST.match(value):
        name, day, year = match.groups()
        return _printed(match, int(year), month_number(name), int(day) if day else None)
    if match := _DAY_FIRST.match(value):
        day, name, year = match.groups()
        return _printed(match, int(year), month_number(name), int(day))
    if match := _DAY_MONTH_YEAR.match(value):
        return _day_or_month_first(match)
    return None


def _day_or_month_first(match: re.Match[str]) -> PrintedDate:
    """`26/08/2022` can be read in one way only, `8/9/2022` in two."""
    first, second, year = map(int, match.groups())
    if first > 12:
        return _printed(match, year, second, first)
    if second > 12 or first == second:
        return _printed(match, year, first, second)
    return PrintedDate(None, match.end())


def _printed(match: re.Match[str], year: int, month: int, day: int | None) -> PrintedDate:
    found = day_or_none(year, month, 1 if day is None else day)
    if found is None:
        return PrintedDate(None, match.end())
    return PrintedDate(found.isoformat() if day is not None else found.isoformat()[: len("2022-08")], match.end())
