"""Day phrases of English, machine-translated too: "On the afternoon of August 25", "On the 22nd", "today (27)"."""

from __future__ import annotations

import re
from functools import lru_cache

from readouts_cli.reading.day_phrases import DayPhrase, Kind, PrintedDay
from readouts_cli.reading.days import MONTH, WEEKDAY, month_number, weekday_number
from readouts_cli.readout import Span

_PART = r"(?:morning|afternoon|evening|night|noon)"
_CLOCK = r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[ap]\.?m\.?|\s+o[’']clock)?,?"
_LEAD = re.compile(
    rf"(?:(?:at|around)\s+{_CLOCK}\s+)?(?P<lead>(?:on|from|between|in)\s+)?"
    rf"(?:(?:the\s+)?(?:(?:early|late)\s+)?{_PART}\s+of\s+)?(?:(?P<weekday>{WEEKDAY})(?:,\s*|\s+)(?:the\s+)?)?",
    re.IGNORECASE,
)

#: A day number that is no part of a longer figure, a time, a percentage or a decimal.
_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])"
_NO_FIGURE = r"(?![0-9:%]|[.,][0-9]{1,3}(?![0-9])|(?<=[0-9])[a-zA-Z])"
_ORDINAL = rf"{_NUMBER}(?:st|nd|rd|th){_NO_FIGURE}"
_DAY = rf"{_NUMBER}(?:st|nd|rd|th)?{_NO_FIGURE}"
_YEAR = r"(?:,\s*|\s+)(?:(?:19|20)[0-9]{2})(?![0-9-])"
_TO = r"(?P<to>\s+(?:to|through|until|till)\s+(?:the\s+)?|,?\s+and\s+(?:the\s+)?|\s*[-–—~&/]\s*)"

#: The days of a list between its first and its last: "5, 6 and 7".
_LISTED = rf"(?P<listed>(?:,\s*(?:the\s+)?{_DAY})+)?"

#: A day named by its number alone must end its phrase: "the 20th National Congress" is no day.
_DAY_ENDS = (
    rf"(?=\s*(?:[,，;:、(（)）—–]|\.(?![0-9])|$)|(?:\s+{_PART})?\s+(?:the|a|an|at|in|our|this|The)\b|\s+{_PART}\b)"
)

#: So must a list: in "August 5, 6 and 7 experts" there is one day.
_LIST_ENDS = rf"(?:{_DAY_ENDS}|(?=\s+(?:to|for|with|by|on|last)\b))"

#: 30 September to 2 October 2022
_DAY_TO_DAY = re.compile(
    rf"(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{MONTH})(?P<y>{_YEAR})?{_TO}"
    rf"(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{MONTH})(?P<y2>{_YEAR})?"
)
#: 25 August 2022, the 5th to the 7th of August
_DAY_FIRST = re.compile(
    rf"(?:the\s+)?(?P<d>{_DAY})(?:{_LISTED}{_TO}(?P<d2>{_DAY}))?\s+(?:of\s+)?(?P<m>{MONTH})\b(?P<y>{_YEAR})?"
)
#: August 25, August 5 to 7, 2022, August 5, 6 and 7, December 30, 2022 to January 2, 2023
_MONTH_FIRST = re.compile(
    rf"(?P<m>{MONTH})\s*(?:the\s+)?(?P<d>{_DAY})(?P<y>{_YEAR})?"
    rf"(?:{_LISTED}{_TO}(?:(?P<m2>{MONTH})\s*)?(?P<d2>{_DAY})(?P<y2>{_YEAR})?(?(listed){_LIST_ENDS}))?"
)
_FIGURES = re.compile("[0-9]+")
_ISO = re.compile(r"(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9])")
#: the 22nd, from the 5th to the 7th; only after "On" or its like
_DAY_ONLY = re.compile(
    rf"(?:the\s+)?(?P<d>{_ORDINAL})(?:{_LISTED}{_TO}(?P<d2>{_ORDINAL}))?"
    rf"(?:\s+of\s+(?P<month>this|last)\s+month)?{_DAY_ENDS}"
)
_FORMS = (_DAY_TO_DAY, _DAY_FIRST, _MONTH_FIRST, _ISO)
_TAIL = re.compile(
    rf"(?:\s*[(（]\s*(?P<bracketed>{WEEKDAY})\s*[)）]|,?\s+(?P<weekday>{WEEKDAY})\b)?"
    rf"(?:,?\s+(?:of\s+)?(?P<year>this|last)\s+year\b)?(?:\s+{_PART}\b)?"
)
#: After a phrase that is complete, another day: where there are several, none of them is the one.
_STOPS = r"(?=\s*(?:[,，;:)）]|\.(?![0-9])|$))"
_MORE_DAYS = re.compile(
    rf"(?:(?P<comma>,\s*)|,?\s+(?:and|or)\s+(?:on\s+)?|\s*[&/]\s*)(?:{WEEKDAY},?\s+)?(?:the\s+)?(?:{_PART}\s+of\s+)?"
    rf"(?:{MONTH}\s*{_DAY}|{_DAY}(?:\s+(?:of\s+)?{MONTH}\b|,?\s+and\s+(?:the\s+)?{_DAY}{_LIST_ENDS}"
    rf"|(?(comma){_STOPS}|{_LIST_ENDS})))"
)
_MORE_WEEKDAYS = re.compile(rf"(?:,\s*|,?\s+(?:and|or|to|through)\s+(?:on\s+)?|\s*[&/–-]\s*){WEEKDAY}\b")
_RELATIVE = re.compile(
    rf"(?:(?P<today>(?:(?:early|late)\s+)?this\s+{_PART}|today(?:\s+{_PART})?|tonight)"
    rf"|(?P<yesterday>yesterday(?:\s+{_PART})?|last\s+night)|(?P<before>the\s+day\s+before\s+yesterday)"
    rf"|(?:on\s+)?(?:the\s+)?(?:{_PART}\s+of\s+)?(?P<weekday>{WEEKDAY})(?:\s+{_PART})?)(?![\w’'-])"
    rf"(?:\s*[(（]\s*(?:the\s+)?(?:(?P<m>{MONTH})\s*)?(?P<d>{_DAY})\s*[)）])?",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"(?:(?:more\s+)?recently|lately|(?:a\s+few|several|some)\s+days\s+ago|in\s+recent\s+days|not\s+long\s+ago|these\s+days"
    r"|the\s+other\s+day|earlier\s+this\s+(?:week|month|year))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)  # a sentence is asked for the day of its meeting, and again for the organ behind that day
def english_phrase(text: str, at: int, end: int) -> DayPhrase | None:
    """The day phrase that begins at `at`, leading "On the afternoon of" included, or None."""
    if match := _RECENT.match(text, at, end):
        return DayPhrase(Span(at, match.end()), Kind.RECENT)
    lead = _LEAD.match(text, at, end)
    if lead is not None:
        for form in (*_FORMS, _DAY_ONLY) if lead.end() > at else _FORMS:
            if match := form.match(text, lead.end(), end):
                return _dated(text, lead, match, end)
    match = _RELATIVE.match(text, at, end)
    if match and not (match["weekday"] and _MORE_WEEKDAYS.match(text, match.end(), end)):
        return _relative(match)
    return None


def _dated(text: str, lead: re.Match[str], match: re.Match[str], end: int) -> DayPhrase | None:
    groups = match.groupdict()
    days = _days(groups)
    if days is None or (len(days) == 1 and (lead["lead"] or "").strip().lower() in {"from", "between"}):
        return None
    tail = _TAIL.match(text, match.end(), end)
    if _MORE_DAYS.match(text, tail.end() if tail else match.end(), end):
        return None
    named = lead["weekday"] or (tail and (tail["bracketed"] or tail["weekday"]))
    year = tail and tail["year"]
    return DayPhrase(
        Span(lead.start(), tail.end() if tail else match.end()),
        Kind.DATED,
        days,
        weekday=weekday_number(named) if named and len(days) == 1 else None,
        months_back=_back(groups.get("month")),
        years_back=_back(year),
    )


def _days(groups: dict[str, str | None]) -> tuple[PrintedDay, ...] | None:
    """The first and, in a range or list, the last printed day; None for a list of days that do not adjoin."""
    day, day2 = _figures(groups["d"]) or 0, _figures(groups.get("d2"))
    month, month2 = _month(groups.get("m")), _month(groups.get("m2"))
    year, year2 = _figures(groups.get("y")), _figures(groups.get("y2"))
    if day2 is None:
        return (PrintedDay(day, month, year),)
    month2 = month2 or month
    listed = [day, *map(int, _FIGURES.findall(groups.get("listed") or ""))]
    if (groups["to"] or "").strip(", ").startswith(("and", "&", "/")):
        listed.append(day2)
        if month2 != month:
            return None
    if listed != list(range(day, day + len(listed))):
        return None
    year2 = year2 or year
    if year is None and year2 is not None:
        year = year2 - 1 if month and month2 and month > month2 else year2
    return PrintedDay(day, month, year), PrintedDay(day2, month2, year2)


def _relative(match: re.Match[str]) -> DayPhrase:
    """Today, yesterday, a weekday; with the date in brackets that may follow."""
    back = 1 if match["yesterday"] else 2 if match["before"] else 0
    day = _figures(match["d"])
    return DayPhrase(
        Span(*match.span()),
        Kind.RELATIVE,
        () if day is None else (PrintedDay(day, _month(match["m"])),),
        back=back,
        weekday=weekday_number(match["weekday"]) if match["weekday"] else None,
    )


def _figures(printed: str | None) -> int | None:
    """The number in `25`, `25th` or `, 2022`."""
    return int("".join(filter(str.isdecimal, printed))) if printed else None


def _month(printed: str | None) -> int | None:
    if not printed:
        return None
    return int(printed) if printed.isdecimal() else month_number(printed)


def _back(which: str | None) -> int | None:
    return {"this": 0, "last": 1}.get(which or "")
