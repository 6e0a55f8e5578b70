"""Periods as people write them: `2022-08`, `aug_2022`, `2022-Q3..today`, `>2022`, `3m..`."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import NamedTuple

from readouts_cli.errors import QueryError, UsageError
from readouts_cli.query.caret import shown
from readouts_cli.query.period import Period
from readouts_cli.query.units import RELATIVE, Unit, back, days_in, months, relative, week, weeks_in

#: The environment variable that fixes the day which counts as today.
TODAY_VARIABLE = "READOUTS_TODAY"

#: Words that stand for a comparison: `after:2022` is `>2022`.
COMPARISONS = {"after": ">", "before": "<", "since": ">=", "until": "<="}

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {form: n for n, name in enumerate(_MONTHS, 1) for form in (name, name[:3])} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_EXPECTED = "expected a date or a period, such as 2022, 2022-08, 2022-08-20 or 2022-08..2022-09"

# Patterns are strings, so that only a query with a date pays for compiling them.
_COMPARISON = r"(>=|<=|>|<)|(after|before|since|until)\s*:"
_ROLLING = r"([0-9]{1,6})([dwmy])"


class _Part(NamedTuple):
    """A stretch of the text."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The stretch in lower case; nothing but ASCII can be a period, and only there do all offsets stay."""
        word = self.text[self.start : self.end]
        return word.lower() if word.isascii() else word

    @property
    def said(self) -> str:
        """The stretch for a message."""
        return shown(self.text[self.start : self.end])

    def cut(self, start: int, end: int | None = None) -> _Part:
        """A part of this part, by offsets into it, without the blanks around it."""
        piece = self.text[self.start : self.end][start:end]
        first = self.start + start + len(piece) - len(piece.lstrip())
        return _Part(self.text, first, first + len(piece.strip()))

    def error(self, message: str) -> QueryError:
        return QueryError(message, self.text, self.start, self.end)


def today() -> dt.date:
    """The day that relative periods count from: READOUTS_TODAY, or the local day.

    Raises UsageError where the variable holds no ISO day.
    """
    fixed = os.environ.get(TODAY_VARIABLE)
    if fixed is None:
        return dt.datetime.now().astimezone().date()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fixed):
            return dt.date.fromisoformat(fixed)
    except ValueError:
        pass
    raise UsageError(f"{TODAY_VARIABLE}={shown(fixed)} is no day; write it like 2022-08-20")


def parse_period(text: str, today: dt.date) -> Period:
    """The period that `text` writes, seen from `today`.

    Raises QueryError with the place inside `text`, and with the correction where one can be told.
    """
    part = _Part(text, 0, len(text)).cut(0)
    try:
        return _period(part, today)
    except OverflowError:
        raise part.error(f"{part.said} reaches beyond the years 1 to 9999") from None


def _period(part: _Part, today: dt.date) -> Period:
    if comparison := re.match(_COMPARISON, part.word):
        sign = comparison[1] or COMPARISONS[comparison[2]]
        return _compared(sign, part.cut(comparison.end()), today)
    if ".." in part.word:
        return _range(part, today)
    first, last = _unit(part, today)
    return Period(first, today if re.fullmatch(_ROLLING, part.word) else last)


def _compared(sign: str, part: _Part, today: dt.date) -> Period:
    if ".." in part.word or re.match(_COMPARISON, part.word):
        raise part.error("a comparison takes one date, such as >2022-08; a range has no sign: 2022-08..2022-09")
    first, last = _unit(part, today)
    if sign == ">":
        return Period(last + dt.timedelta(days=1), None)
    if sign == ">=":
        return Period(first, None)
    return Period(None, last if sign == "<=" else first - dt.timedelta(days=1))


def _range(part: _Part, today: dt.date) -> Period:
    dots = part.word.index("..")
    left, right = part.cut(0, dots), part.cut(dots + 2)
    if right.word.startswith(".") or ".." in right.word:
        raise part.error("a range has two dots and two ends: 2022-08..2022-09")
    first = None if left.word in {"", "*"} else _unit(left, today)[0]
    last = None if right.word in {"", "*"} else _unit(right, today)[1]
    if first is None and last is None:
        raise part.error("a range needs a date on one side at least: 2022-08.. or ..2022-08")
    if first is not None and last is not None and first > last:
        meant = f"{right.said}..{left.said}"
        raise part.error(f"the range runs backwards, from {first} to {last}; did you mean {meant}?")
    return Period(first, last)


def _unit(part: _Part, today: dt.date) -> Unit:
    """A year, quarter, month, week or day, in figures or in words; `3m` is the day three months ago."""
    if not part.word:
        raise part.error(_EXPECTED)
    for pattern, read in _FORMS:
        if match := re.fullmatch(pattern, part.word):
            return read(part, match)
    if rolling := re.fullmatch(_ROLLING, part.word):
        day = back(today, int(rolling[1]), rolling[2])
        return day, day
    words = re.sub(r"[\s_]+", "_", part.word)
    if words in RELATIVE:
        return relative(words, today)
    raise part.error(_unreadable(part, words))


# Forms


def _year(part: _Part, match: re.Match[str]) -> Unit:
    return months(_year_number(part, match), 1, 12)


def _month(part: _Part, match: re.Match[str]) -> Unit:
    year = _year_number(part, match)
    return months(year, _number(part, match, 12, f"there is no month {match[2]}", match[1] + "-{:02}"), 1)


def _quarter(part: _Part, match: re.Match[str]) -> Unit:
    year = _year_number(part, match)
    return months(year, 3 * _number(part, match, 4, "a year has 4 quarters", match[1] + "-Q{}") - 2, 3)


def _half(part: _Part, match: re.Match[str]) -> Unit:
    year = _year_number(part, match)
    return months(year, 6 * _number(part, match, 2, "a year has 2 halves", match[1] + "-H{}") - 5, 6)


def _week(part: _Part, match: re.Match[str]) -> Unit:
    year = _year_number(part, match)
    weeks = weeks_in(year)
    return week(year, _number(part, match, weeks, f"{match[1]} has {weeks} weeks", match[1] + "-W{:02}"))


def _day(part: _Part, match: re.Match[str]) -> Unit:
    year, day = _year_number(part, match), int(match[3])
    if int(match[2]) > 12 and 1 <= day <= 12 and int(match[2]) <= days_in(year, day):
        meant = f"{match[1]}-{match[3]}-{match[2]}"
    else:
        meant = f"{match[1]}-{{:02}}-{min(max(day, 1), 28):02}"
    month = _number(part, match, 12, f"there is no month {match[2]}", meant)
    days = days_in(year, month)
    problem = f"{_MONTHS[month - 1].capitalize()} {match[1]} has {days} days"
    day = _number(part, match, days, problem, f"{match[1]}-{match[2]}-{{:02}}", group=3)
    return dt.date(year, month, day), dt.date(year, month, day)


def _named_month(part: _Part, match: re.Match[str]) -> Unit:
    return months(_year_number(part, match, group=2), _MONTH_NUMBERS[match[1]], 1)


_FORMS = (
    (r"([0-9]{4})", _year),
    (r"([0-9]{4})-?([0-9]{2})", _month),
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _day),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", _day),
    (r"([0-9]{4})-q([0-9])", _quarter),
    (r"([0-9]{4})-h([0-9])", _half),
    (r"([0-9]{4})-w([0-9]{2})", _week),
    (rf"({_MONTH})[\s_]+([0-9]{{4}})", _named_month),
)


def _year_number(part: _Part, match: re.Match[str], group: int = 1) -> int:
    if match[group] == "0000":
        raise part.cut(*match.span(group)).error("there is no year 0000; years run from 0001 to 9999")
    return int(match[group])


def _number(part: _Part, match: re.Match[str], highest: int, problem: str, meant: str, *, group: int = 2) -> int:
    """A number from 1 to `highest`; `meant` is how the whole is written with the nearest such number."""
    number = int(match[group])
    if 1 <= number <= highest:
        return number
    nearest = meant.format(min(max(number, 1), highest))
    raise part.cut(*match.span(group)).error(f"{problem}; did you mean {nearest}?")


# What cannot be read


def _unreadable(part: _Part, words: str) -> str:
    """Why a word is no period, with what may be meant."""
    readings = _readings(part.word)
    if len(readings) > 1:
        return f"{part.said} can mean {' or '.join(readings)}; write the one you mean"
    if readings:
        return f"{part.said} is not how a date is written here; did you mean {readings[0]}?"
    if words in _MONTH_NUMBERS:
        return f"{part.said} of which year? write it like {part.said}_2022"
    if words in {"this", "last"}:
        return f'{part.said} what? write it like {words}_month, or in quotes: "{words} month"'
    from readouts_cli.nearest import nearest

    near = nearest(words, (*RELATIVE, *_MONTHS))
    return f"{part.said} is no date; " + (f"did you mean {near[0]}?" if near else _EXPECTED)


def _readings(word: str) -> list[str]:
    """What a date in another customary order may mean: 8/9/2022, 2022.8.20, August 20, 2022, 2022年8月, Q3 2022."""
    pieces = re.findall(r"[0-9]+|[a-z]+", re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", word))
    years = [piece for piece in pieces if re.fullmatch(r"[0-9]{4}", piece)]
    rest = [piece for piece in pieces if piece not in years]
    if len(years) != 1 or len(rest) not in {1, 2} or len(word) > 40:
        return []
    numbers = [f"{_MONTH_NUMBERS.get(piece, piece):>02}" for piece in rest]
    orders = [numbers]
    if len(rest) == 2 and rest[0] in {"q", "h", "w"}:
        orders = [["".join(rest).upper() if rest[0] != "w" else f"W{numbers[1]}"]]
    elif len(rest) == 2 and rest[1] in _MONTH_NUMBERS:
        orders = [numbers[::-1]]
    elif len(rest) == 2 and rest[0] not in _MONTH_NUMBERS and pieces[0] != years[0]:
        orders.append(numbers[::-1])
    written = ("-".join([years[0], *order]) for order in orders)
    return [reading for reading in dict.fromkeys(written) if _is_unit(reading)]


def _is_unit(text: str) -> bool:
    part = _Part(text, 0, len(text))
    try:
        return any(read(part, match) for pattern, read in _FORMS if (match := re.fullmatch(pattern, part.word)))
    except (QueryError, OverflowError):
        return False
