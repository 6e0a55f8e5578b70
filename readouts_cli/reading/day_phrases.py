"""The words with which a text names a day: what `day_phrases_en` and `day_phrases_zh` find and `met_rules` resolves."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from readouts_cli.readout import Span


class Kind(Enum):
    """How a phrase names its day."""

    DATED = "a date, or part of one"
    RELATIVE = "by its distance from the day of writing"
    RECENT = "not at all: recently, a few days ago"


class PrintedDay(NamedTuple):
    """A day as printed: its number, and month and year where they are stated."""

    day: int
    month: int | None = None
    year: int | None = None


class DayPhrase(NamedTuple):
    """Words that name a day, or the first and last of several.

    `days` holds one printed day, two for a range, none where the phrase is purely relative.  `back` counts days before
    the day of writing (today 0, yesterday 1).  `weekday` counts from Monday, 0; beside a date it is only a check.
    `months_back` and `years_back` are 0 for "this month" or "this year", 1 for the last.  `week` is 0 for a weekday of
    this week, -1 of the last (本周五, 上周五), None for the latest one.
    """

    span: Span
    kind: Kind
    days: tuple[PrintedDay, ...] = ()
    back: int = 0
    weekday: int | None = None
    week: int | None = None
    months_back: int | None = None
    years_back: int | None = None
