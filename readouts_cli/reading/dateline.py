"""Datelines: "News from our newspaper on the 19th (reporter Ma Li)", "Xinhua, Beijing, July 27th.", 本报讯（记者马丽）.

A dateline tells who reports and when the report was filed.  The day it names is the day of writing, not the meeting's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from readouts_cli.query.characters import HAN
from readouts_cli.reading.credits import reporters_in
from readouts_cli.reading.day_phrases import Kind, PrintedDay
from readouts_cli.reading.day_phrases_en import english_phrase
from readouts_cli.reading.day_phrases_zh import chinese_phrase
from readouts_cli.reading.days import MONTH
from readouts_cli.readout import Fact, Span


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline that ends at `end`, where the prose begins; `filed` is the day it prints."""

    end: int
    source: Fact | None
    reporters: tuple[Fact, ...]
    filed: PrintedDay | None


#: A dateline is never longer.
_LONGEST = 260

_MEDIUM = (
    "(?:Daily|News|Newspaper|Agency|Network|Net|Times|Media|Post|Herald|Gazette|Xinhua|Radio|Television|TV"
    "|Online|Weekly)"
)
_DAY = (
    rf"(?:(?:on\s+)?(?:{MONTH}\s*[0-9]{{1,2}}(?:st|nd|rd|th)?|the\s+[0-9]{{1,2}}(?:st|nd|rd|th))"
    r"(?:,\s*[0-9]{4})?)"
)
_BRACKETS = "(（[【"
_DASH = r"\s*(?:[-–—:：]+\s*)?"

_REPORTER = re.compile(
    r"(?P<before>(?:[^()（）\n.]|(?<=\b[A-Z][a-z][a-z])\.|(?<=\b[A-Z])\.|\.(?=[a-z])){0,140}?)"
    r"[(（\[【]\s*(?:(?:our|this\s+newspaper[’']?s?|trainee|chief|all[- ]media|special|photo)\s+)*"
    r"(?:reporter|correspondent|journalist)s?\b[:：]?\s*(?P<names>[^()（）\n]{0,140})[)）\]】][.。:：]?" + _DASH,
    re.IGNORECASE,
)
_DATELINE_WORD = re.compile(
    rf"\b{_MEDIUM}\b|\b(?:news(?:paper)?|our|report(?:ed|s)?|dispatch|message|all[- ]media|dated?)\b|{_DAY}\s*$",
    re.IGNORECASE,
)
_SENTENCE_WORD = re.compile(r"\b(?:held|presided|attended|hosted|was|were|has|have)\b")
_AGENCY = re.compile(rf"[A-Z][A-Za-z .,’'-]{{1,60}}?,\s*{_DAY}\s*[(（](?P<source>[A-Z][^()（）\n]{{1,40}})[)）]{_DASH}")
_MEDIUM_AND_DAY = re.compile(
    rf"(?:News\s+from\s+)?(?P<source>(?:[A-Z][\w’'-]+\s+){{0,4}}{_MEDIUM}(?:\s+Agency|\s+Network)?)"
    r"(?:,?\s+[A-Z][a-z]+)?,?\s+"
    rf"{_DAY}(?:\s*(?:electricity|dispatch|report|news))?(?:[.:：]\s*|\s+|\s*[-–—]+\s*)(?=[A-Z0-9“])"
)
_OUR_OWN = re.compile(r"\b(?:our|this|news from|message|all)\b", re.IGNORECASE)
_NAMED_MEDIUM = re.compile(rf"\b((?:[A-Z][\w’'-]+\s+){{1,4}}{_MEDIUM}(?:\s+(?:Agency|Network))?)\b")

_DAY_STARTS = re.compile(rf"\bon\s+the\b|{MONTH}\s*[0-9]")

_ZH_ROLE = r"(?:[记記]\s?者|通[讯訊][员員])"
_ZH_REPORTER = re.compile(
    rf"[【\[]?(?P<before>[^\n（(，。：:【】]{{0,30}}?)[】\]]?\s*[（(][^（）()\n]{{0,12}}?{_ZH_ROLE}[:：]?\s*"
    r"(?P<names>[^（）()\n]{0,80})[)）]\s*(?:[讯訊电電]|[报報]道)?\s*[:：，,]?\s*"
)
_ZH_MEDIUM = re.compile("[报報网網社台讯訊电電]|新闻|新聞|融媒|客户端|消息")
_ZH_SENTENCE = re.compile("召[开開]|[举舉]行|主持|[会會][议議]")
_ZH_DISPATCH = re.compile(
    rf"[【\[]?(?P<before>(?:本[报報台网網]|[{HAN}]{{2,10}}(?:[报報]|[网網]|新闻|新聞))[^\n（(，。]{{0,16}}?[讯訊]"
    rf"|[{HAN}]{{1,6}}社[^\n（(，。]{{1,20}}[电電])[】\]]?"
    rf"(?:\s*(?:{_ZH_ROLE}[:：]?\s*(?P<names>[{HAN}]{{2,4}}(?:[、\s][{HAN}]{{2,4}})*)\s*(?:[报報]道)?[:：，,]?)"
    r"|[:：\s]|(?=[0-9０-９今昨]))\s*"
)
_ZH_DAY = re.compile("[0-9０-９一二三四五六七八九十]")
_ZH_NAMED = re.compile(
    rf"(?!本[报報台网網])([{HAN}]{{2,12}}?(?:通[讯訊]社|社|[日晚早商时時][报報]|新闻网|新聞網|[网網]|[报報]))"
)


def read_dateline(text: str, at: int, language: str) -> Dateline | None:
    """The dateline that begins at `at`, or None."""
    end = min(len(text), at + _LONGEST)
    return _chinese(text, at, end) if language == "zh" else _english(text, at, end)


def _english(text: str, at: int, end: int) -> Dateline | None:
    bracketed = any(map(text[at:end].__contains__, _BRACKETS))
    if bracketed and (match := _REPORTER.match(text, at, end)):
        before = Span(*match.span("before"))
        if before.start < before.end and (
            not _DATELINE_WORD.search(text, *before) or _SENTENCE_WORD.search(text, *before)
        ):
            return None
        reporters = reporters_in(text, Span(*match.span("names")), "H10 dateline (reporter …)")
        return Dateline(match.end(), _named_medium(text, before), reporters, _english_day(text, before))
    for pattern in (_AGENCY, _MEDIUM_AND_DAY):
        if match := pattern.match(text, at, end):
            whole = Span(at, match.end())
            source = Span(*match.span("source"))
            named = (
                None
                if _OUR_OWN.search(text, *source)
                else Fact(text[source.start : source.end], source, "H10 dateline")
            )
            return Dateline(match.end(), named, (), _english_day(text, whole))
    return None


def _named_medium(text: str, before: Span) -> Fact | None:
    """The newspaper or agency that a dateline names; "our newspaper" is no name."""
    for match in _NAMED_MEDIUM.finditer(text, *before):
        if not _OUR_OWN.search(match.group(1)):
            return Fact(match.group(1), Span(*match.span(1)), "H10 dateline")
    return None


def _english_day(text: str, span: Span) -> PrintedDay | None:
    for match in _DAY_STARTS.finditer(text, *span):
        phrase = english_phrase(text, match.start(), span.end)
        if phrase is not None and phrase.kind is Kind.DATED and len(phrase.days) == 1:
            return phrase.days[0]
    return None


def _chinese(text: str, at: int, end: int) -> Dateline | None:
    match = _ZH_REPORTER.match(text, at, end)
    if match and match["before"] and (_ZH_SENTENCE.search(match["before"]) or not _ZH_MEDIUM.search(match["before"])):
        match = None
    if match is None:
        match = _ZH_DISPATCH.match(text, at, end)
    if match is None:
        return None
    before, names = Span(*match.span("before")), Span(*match.span("names"))
    reporters = reporters_in(text, names, "H14 dateline 记者") if names.start >= 0 else ()
    named = _ZH_NAMED.match(text, *before)
    source = Fact(named.group(1), Span(*named.span(1)), "H14 dateline") if named else None
    filed = None
    for digit in _ZH_DAY.finditer(text, *before):
        phrase = chinese_phrase(text, digit.start(), before.end)
        if phrase is not None and len(phrase.days) == 1:
            filed = phrase.days[0]
            break
    return Dateline(match.end(), source, reporters, filed)
