"""Day phrases of Chinese, simplified and traditional: 8月25日下午, 22日, 今天（27日）, 8月29日至9月1日, 十月十五日."""

from __future__ import annotations

import re

from readouts_cli.reading.day_phrases import DayPhrase, Kind, PrintedDay
from readouts_cli.reading.days import HAN_NUMBER, HAN_YEAR, number
from readouts_cli.readout import Span

_PART = r"(?:上午|下午|中午|傍晚|凌晨|早上|早晨|晚上|晚间|晚間|晚|夜间|夜間|当天|全天)"
_D = "[日号號](?![内內起前后後止间間])"
_WEEKDAY = r"(?:星期|周|週|礼拜|禮拜)(?P<weekday>[一二三四五六日天])"
_BRACKETED_WEEKDAY = r"(?:\s*[（(]\s*(?:星期|周|週|礼拜|禮拜)(?P<checked>[一二三四五六日天])\s*[）)])?"

#: What joins the days of a list.
_AND = r"(?:、|以及|[和及与與/])"

_DATED = re.compile(
    rf"(?:(?P<y>{HAN_YEAR})\s*年\s*|(?P<year>今年|去年)\s*)?"
    rf"(?:(?:(?P<m>{HAN_NUMBER})\s*月|(?P<month>本月|上月|上个月|上個月))\s*)?(?P<d>{HAN_NUMBER})\s*(?P<sign>{_D})?"
    rf"(?:(?P<listed>(?:{_PART}?\s*{_AND}\s*{HAN_NUMBER}\s*(?:{_D})?)*)"
    rf"{_PART}?\s*(?:至|到|[—–\-－~～]+|(?P<and>{_AND}))\s*(?:(?P<y2>{HAN_YEAR})\s*年\s*)?"
    rf"(?:(?P<m2>{HAN_NUMBER})\s*月\s*)?(?P<d2>{HAN_NUMBER})\s*{_D})?"
    rf"{_BRACKETED_WEEKDAY}(?:\s*{_PART})?"
)
#: After a phrase that is complete, another day: where there are several, none of them is the one.
_MORE_DAYS = re.compile(rf"\s*{_AND}\s*(?:{HAN_YEAR}\s*年\s*)?(?:{HAN_NUMBER}\s*月\s*)?{HAN_NUMBER}\s*{_D}")
_NUMBER = re.compile(HAN_NUMBER)
_RELATIVE = re.compile(
    rf"(?:(?P<today>今天|今日|今晨|今早|今晚)|(?P<yesterday>昨天|昨日|昨晚)|(?P<before>前天)"
    rf"|(?P<week>本|这|這|上)?{_WEEKDAY}(?={_PART}|[，,（(\s召举舉]))(?:{_PART})?(?:\s*[（(]\s*(?:(?P<m>{HAN_NUMBER})月)?(?P<d>{HAN_NUMBER}){_D}?\s*[）)])?"
    rf"(?:{_PART})?"
)
_RECENT = re.compile("日前|近日|近期|近来|近來|最近|前不久|不久前|连日来|連日來|近几日|近幾日|前几天|前幾天")

#: What a phrase begins with.
_FIRST = frozenset("0123456789０１２３４５６７８９〇○零一二三四五六七八九十廿卅今昨前去本这這上星周週礼禮日近最不连連")
_WEEKDAYS = dict(zip("一二三四五六日天", (0, 1, 2, 3, 4, 5, 6, 6), strict=True))


def chinese_phrase(text: str, at: int, end: int) -> DayPhrase | None:
    """The day phrase that begins at `at`, or None."""
    if at >= end or text[at] not in _FIRST:
        return None
    if match := _RECENT.match(text, at, end):
        return DayPhrase(Span(*match.span()), Kind.RECENT)
    if match := _RELATIVE.match(text, at, end):
        return _relative(match)
    match = _DATED.match(text, at, end)
    return _dated(match) if match and not _MORE_DAYS.match(text, match.end(), end) else None


def _dated(match: re.Match[str]) -> DayPhrase | None:
    day, day2 = _number(match["d"]) or 0, _number(match["d2"])
    if day2 is None and not match["sign"]:
        return None
    month, year = _number(match["m"]), _number(match["y"])
    days: tuple[PrintedDay, ...] = (PrintedDay(day, month, year),)
    if day2 is not None:
        month2, year2 = _number(match["m2"]) or month, _number(match["y2"]) or year
        listed = [day, *map(number, _NUMBER.findall(match["listed"]))]
        if match["and"]:
            listed.append(day2)
            if month2 != month:
                return None
        if listed != list(range(day, day + len(listed))):
            return None
        if month and month2 and year and not match["y2"] and month2 < month:
            year2 = year + 1
        days = (days[0], PrintedDay(day2, month2, year2))
    return DayPhrase(
        Span(*match.span()),
        Kind.DATED,
        days,
        weekday=_WEEKDAYS[match["checked"]] if match["checked"] and day2 is None else None,
        months_back=None if not match["month"] else int(match["month"] != "本月"),
        years_back=None if not match["year"] else int(match["year"] == "去年"),
    )


def _relative(match: re.Match[str]) -> DayPhrase:
    """今天, 昨天, 前天, a weekday; with the date in brackets that may follow."""
    back = 1 if match["yesterday"] else 2 if match["before"] else 0
    day = _number(match["d"])
    week = None if not match["week"] else -1 if match["week"] == "上" else 0
    return DayPhrase(
        Span(*match.span()),
        Kind.RELATIVE,
        () if day is None else (PrintedDay(day, _number(match["m"])),),
        back=back,
        weekday=_WEEKDAYS[match["weekday"]] if match["weekday"] else None,
        week=week,
    )


def _number(printed: str | None) -> int | None:
    return number(printed) if printed else None
