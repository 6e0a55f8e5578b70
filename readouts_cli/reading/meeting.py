"""When the meeting was held: which words of the opening name its day.

Only the opening counts (about 600 characters after the header), and there only a day that the sentence gives to a
meeting held: at its beginning ("On the 22nd, the municipal government held a meeting"), or after the verb ("The meeting
was held on the 22nd").  A meeting that is merely announced or decided, and one that is only quoted ("the spirit of the
meeting held on August 16"), is not this one.  Where the opening names two different days, none is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readouts_cli.reading.day_phrases import DayPhrase, Kind, PrintedDay
from readouts_cli.reading.day_phrases_en import english_phrase
from readouts_cli.reading.day_phrases_zh import chinese_phrase
from readouts_cli.reading.days import WEEKDAY
from readouts_cli.reading.met_rules import Horizon, resolve
from readouts_cli.reading.paragraphs import each_paragraph
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Met, Span

#: How far after the header a day may be named, and how far its sentence may run on.
_OPENING = 600
_RUNS_ON = 600

#: How far into a sentence, and how far after its verb, the day may stand.
_DEEP = 250
_AFTER_VERB = 150

#: How close to the verb "recently" stands.
_NEAR = 40

_PASSIVE = (
    r"(?:was|were)\s+(?:\w+\s+)?(?:held|convened|opened|inaugurated|concluded|organi[sz]ed|conducted|hosted|called)"
)
_MEETING_VERB = re.compile(
    r"\b(?:held|convened|presided|chaired|hosted|opened|met|attended|gathered|took\s+place|organi[sz]ed|conducted|launched"
    r"|participated|listened|concluded|closed|kicked\s+off|carried\s+out|called)\b"
)
_MEETING_NOUN = re.compile(
    r"\b(?:meetings?|symposiums?|symposia|conferences?|sessions?|plen(?:um|ary)|seminars?|forums?|(?:tele|video)conferences?"
    r"|congress|briefings?|(?:collective|group)\s+(?:study|learning)|study|lectures?|workshops?|rally|assembly|hearings?)\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"\b(?:will|would|shall|to\s+be|(?:is|are)\s+(?:to|going|expected|due)|decid\w+|plan(?:s|ned)\s+to|schedul\w+|issued"
    r"|released|published|announced|next\s+(?:week|month|year))\b"
)
_HELD = re.compile(
    rf"\b(?:{_PASSIVE}|took\s+place|kicked\s+off|(?:concluded|opened)(?!\s+(?:the|a|an|his|with|by|that)\b)|met|gathered"
    r"|(?:held|convened|hosted|organi[sz]ed|conducted|chaired|presided\s+over)\s+(?:a|an|its|the|their|another|this)\b)"
)
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|where|when|after|before|since|according|following|will|would|shall|decid\w+|to\s+be|had|having"
    r"|previous(?:ly)?|last|schedul\w+)\b",
    re.IGNORECASE,
)
_THIS_MEETING = re.compile(
    r"(?:The|This)\s+(?:(?!(?:at|of|by|its|in|from|on|to|that|the|an?)\b)[\w’'-]+\s+){0,4}?(?:meeting|symposium|conference|session)"
    rf"(?:,?\s+(?:(?:which|that)\s+)?(?:{_PASSIVE}|took\s+place)|,\s+held|,\s+convened)\b"
)
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:to\s+(?!the\b|[0-9])\w+|spirit|speech|since|as|that|which|who|after|before|will|held|convened|schedul\w+)\b"
    "|[:;](?![0-9])"
)
_ANCHOR = re.compile(
    r"\b(?:[Oo]n|from|between|in\s+the\s+(?:morning|afternoon|evening)|this\s+(?:morning|afternoon|evening)|today|yesterday"
    rf"|{WEEKDAY})\b"
)
_AFTER_COMMA = re.compile(r",\s*(?=(?:on|from|in\s+the|this|today|yesterday)\b)")

#: Without any of these a sentence names no day.
_DAY_WORDS = ("day", "his morning", "his afternoon", "his evening", "night", "ecent", "ago", "ately")
_FIGURE = re.compile("[0-9]")

#: A list, and a speaker in minutes: what is told there is no report of this meeting.
_NO_PROSE = re.compile(r"[-*•·]|[A-Z][\w.’' ]{1,40}:\s+(?:I|We|He|She|They)\b")
_RECENTLY = re.compile(r"\b(?:recently|a\s+few\s+days\s+ago)\b")

_ZH_MEETING = re.compile("[会會]|座[谈談]|集体学习|集體學習")
_ZH_VERB = re.compile(
    "(?:召[开開]|[举舉]行|主持|[开開]幕|[闭閉]幕|出席|列席|[参參]加|[组組][织織]|[开開]展|[进進]行|[开開]会|[开開]會)(?!的)"
)
_ZH_NOT_HELD = re.compile("[将將拟擬]|定[于於]|[决決]定|[计計][划劃]|印[发發]|[发發]布|公布")
_ZH_CLAUSE = re.compile(r"[，,；]\s*")
_ZH_DATE_INSIDE = re.compile("[0-9０-９一二三十本今昨](?<=[会會议議幕）)于於在局委府组組院协協大].)")
_ZH_HELD_AFTER = re.compile("[，,]?(?:在[^，。]{1,20}?)?(?:召[开開]|[举舉]行|[开開]幕|[闭閉]幕)(?!的)")


class _Candidate(NamedTuple):
    """A phrase that names the day of a meeting.

    `leads` where it opens its sentence or clause, `of_this` where the sentence speaks of "the meeting, which was held".
    """

    phrase: DayPhrase
    leads: bool
    of_this: bool = False


def read_met(
    text: str, body_start: int, language: str, horizon: Horizon | None, filed: PrintedDay | None
) -> Met | None:
    """The day or days of the meeting, or None where the opening does not tell.

    `filed` is the day that the dateline prints, if any.
    """
    candidates_in = _chinese_candidates if language == "zh" else _english_candidates
    opening_end = min(len(text), body_start + _OPENING)
    recent = False
    for paragraph in each_paragraph(text, Span(body_start, min(len(text), opening_end + _RUNS_ON))):
        found: list[_Candidate] = []
        for sentence in sentences(text, paragraph):
            if sentence.start >= opening_end:
                break
            for candidate in candidates_in(text, sentence):
                if candidate.phrase.kind is Kind.RECENT:
                    recent = True
                elif candidate.phrase.span.end <= opening_end and (not recent or candidate.of_this):
                    found.append(candidate)
                break
        if found:
            return _agreed(found, horizon, filed)
    return None


def _agreed(found: list[_Candidate], horizon: Horizon | None, filed: PrintedDay | None) -> Met | None:
    """The day of the first candidate, unless another sentence of the paragraph opens with another day."""
    first: Met | None = None
    for candidate in found:
        met = resolve(candidate.phrase, horizon, filed)
        if first is None:
            first = met
        elif candidate.leads and met is not None and _days(met) != _days(first):
            return None
    return first


def _days(met: Met) -> tuple[object, object]:
    return (met.start, met.end) if met.start else (met.edtf, None)


def _english_candidates(text: str, sentence: Span) -> Iterator[_Candidate]:
    """The phrases of a sentence that name its meeting's day, the likeliest first."""
    start, end = sentence
    if not _may_name_day(text[start:end]) or _NO_PROSE.match(text, start, end):
        return
    phrase = english_phrase(text, start, end)
    if phrase is not None and _is_held(text, phrase, end):
        yield _Candidate(phrase, leads=True)
        return
    deep = min(end, start + _DEEP)
    for comma in _AFTER_COMMA.finditer(text, start, deep):
        if _MEETING_VERB.search(text, start, comma.start()):
            break
        phrase = english_phrase(text, comma.end(), end)
        if phrase is not None and _is_held(text, phrase, end):
            yield _Candidate(phrase, leads=True)
            return
    yield from _english_held_on(text, sentence)


def _may_name_day(sentence: str) -> bool:
    return _FIGURE.search(sentence) is not None or any(map(sentence.__contains__, _DAY_WORDS))


def _is_held(text: str, phrase: DayPhrase, end: int) -> bool:
    """Whether what follows a day tells of a meeting that was held; "Yesterday the ministers met" is background."""
    at = phrase.span.end
    verb = _MEETING_VERB.search(text, at, end)
    if verb is None or _NOT_HELD.search(text, at, verb.start()):
        return False
    if verb.group() == "met":
        return phrase.back == 0
    return any(_MEETING_NOUN.search(text, start, end) for start in (verb.end(), at))


def _english_held_on(text: str, sentence: Span) -> Iterator[_Candidate]:
    """The day after the verb: "held a meeting on the 22nd", "The meeting was held from the 5th to the 7th"."""
    start, end = sentence
    recently = _RECENTLY.search(text, start, min(end, start + _DEEP))
    if recently and _MEETING_VERB.search(text, max(start, recently.start() - _NEAR), min(end, recently.end() + _NEAR)):
        yield _Candidate(DayPhrase(Span(*recently.span()), Kind.RECENT), leads=False)
        return
    this_meeting = _THIS_MEETING.match(text, start, end)
    verb = this_meeting or _HELD.search(text, start, min(end, start + _DEEP))
    if verb is None or not (verb.group() == "met" or _MEETING_NOUN.search(text, start, end)):
        return
    if this_meeting is None and _SUBORDINATE.search(text, start, verb.end()):
        return
    reach = min(end, verb.end() + _AFTER_VERB)
    if stop := _ANOTHER_CLAUSE.search(text, verb.end(), reach):
        reach = stop.start()
    for anchor in _ANCHOR.finditer(text, verb.end(), reach):
        phrase = english_phrase(text, anchor.start(), end)
        if phrase is not None:
            yield _Candidate(phrase, leads=False, of_this=this_meeting is not None)
            return


def _chinese_candidates(text: str, sentence: Span) -> Iterator[_Candidate]:
    """The phrases of a Chinese sentence that name its meeting's day, the likeliest first."""
    start, end = sentence
    deep = min(end, start + _DEEP)
    for at in _clause_starts(text, start, deep):
        phrase = chinese_phrase(text, at, end)
        if phrase is None:
            continue
        verb = _ZH_VERB.search(text, phrase.span.end, end)
        if verb and _ZH_MEETING.search(text, phrase.span.end, end):
            if not _ZH_NOT_HELD.search(text, phrase.span.end, verb.start()):
                yield _Candidate(phrase, leads=True)
            return
    for inside in _ZH_DATE_INSIDE.finditer(text, start, deep):
        phrase = chinese_phrase(text, inside.start(), end)
        if phrase is None or not _ZH_HELD_AFTER.match(text, phrase.span.end, end):
            continue
        if not _ZH_NOT_HELD.search(text, start, inside.start()):
            yield _Candidate(phrase, leads=False)
        return


def _clause_starts(text: str, start: int, end: int) -> Iterator[int]:
    yield start
    for mark in _ZH_CLAUSE.finditer(text, start, end):
        yield mark.end()
