"""Which standing body met: the organ that "held a meeting", or whose meeting "was held" or presided over.

A value is the organ's name without its article.  A meeting of nobody in particular (a symposium that a secretary calls)
has none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from readouts_cli.query.characters import HAN
from readouts_cli.reading.day_phrases_en import english_phrase
from readouts_cli.reading.day_phrases_zh import chinese_phrase
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Fact, Span

#: The organ is named in the first sentences, each read this far.
_SENTENCES = 3
_LONGEST_SENTENCE = 500
_LONGEST_ORGAN = 160

_HELD = re.compile(
    r"\s(?:(?:has|have|also|recently|today|successively|then)\s+)*(?:met\b(?!\s+with)|(?:h[eo]lds?|conven(?:ed|es)|organi[sz]ed"
    r"|opened|gathered\s+for)\s+(?:(?!to\b)[\w’'()-]+\s+){0,9}?(?:meetings?|symposiums?|(?:tele|video)?conferences?|sessions?"
    r"|plenum|seminar|forum|study|learning|lecture|rally|briefing)\b)",
    re.IGNORECASE,
)
_MEETING_OF = re.compile(
    r"\b(?:meeting|session|conference)\s+of\s+(?=(?:the\s+)?(?:[A-Z0-9]|municipal|provincial|county|district|city|prefectural|state|party|standing))"
)
_WAS_HELD = re.compile(r"\s+(?:was|were)\s+(?:\w+\s+)?(?:held|convened|opened)\b")
_PRESIDED_OVER = re.compile(
    r"\b(?:presid(?:ed|es)\s+over|chair(?:ed|s)|host(?:ed|s)|organi[sz]ed|convened)\s+(?:and\s+held\s+)?(?:the|a|an)\s+(?:[\w()-]+\s+){0,4}?\Z"
)
_AFTER_ORGAN = re.compile(r"\s*[,.;]|\s+(?:to|for|and|in|on|via|through)\b|\s*\Z")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_PRINTED = re.compile(r"[\w’' -]+")
_HEAD = re.compile(
    r"\b(?:committee|commission|government|group|congress|council|cabinet|bureau|department|ministry|office|CPPCC|court"
    r"|consultative\s+conference|procuratorate|presidium|board|secretariat|federation)\b",
    re.IGNORECASE,
)
_NO_ORGAN = re.compile(
    r"\b(?:meetings?|symposiums?|sessions?|seminars?|forums?|plenary|work\s+conference|who|which|that|was|were|will|jointly|spirit"
    r"|secretary\s+of|chaired|presided|visited|delivered|attended|members?\s+of|leaders|decided|to|said|is|are|accordance|has|have|at|on)\b",
    re.IGNORECASE,
)

#: Named by its level alone, an organ is one only with its article ("the municipal government"), which its span keeps.
_BY_LEVEL = re.compile(r"(?:municipal|provincial|county|district|city|prefectural|township|state) government")

_ZH_ORGAN = (
    rf"(?P<organ>[{HAN}]{{0,20}}(?:常委[会會]|常务委员会|政府|[党黨][组組]|委[员員][会會]|政[协協]|[纪紀]委|监委"
    r"|[市省县縣区區州旗]委|人大|[领領][导導]小[组組]|中心[组組]|政治局|[国國][务務]院|[党黨]委|[局厅廳院部委办辦]))"
)
_ZH_HELD = re.compile(
    _ZH_ORGAN + "(?:（[^）]{1,6}）)?(?:[于於]?[0-9月日号上下午]{3,12})?(?:召[开開]|[举舉]行|[举舉][办辦])"
)
_ZH_MEETING = (
    r"(?:（[^）]{1,6}）|\([^)]{1,6}\)|[扩擴]大|第[0-9０-９一二三四五六七八九十百 ]+次|常[务務]|[专專][题題]|全[体體])*"
    "[会會][议議]"
)
_ZH_MEETING_HELD = re.compile(_ZH_ORGAN + _ZH_MEETING + ".{0,16}?(?:召[开開]|[举舉]行)")
_ZH_PRESIDED = re.compile("主持召[开開]" + _ZH_ORGAN + _ZH_MEETING)
_ZH_NO_ORGAN = re.compile("主持|[书書][记記]|市[长長]|[传傳][达達]|[学學][习習]|精神|[会會][议議]|同志|我")


def read_body(text: str, body_start: int, title: Fact | None, language: str) -> Fact | None:
    """The organ that met, from the first sentences of the prose, else from the title."""
    read = _chinese if language == "zh" else _english
    opening = Span(body_start, min(len(text), body_start + _SENTENCES * _LONGEST_SENTENCE))
    for i, sentence in enumerate(sentences(text, opening)):
        if i == _SENTENCES:
            break
        if found := read(text, Span(sentence.start, min(sentence.end, sentence.start + _LONGEST_SENTENCE))):
            return found
    if title is not None and title.span is not None:
        found = read(text, Span(title.span.start, min(title.span.end, title.span.start + _LONGEST_SENTENCE)))
        return Fact(found.value, found.span, f"title: {found.rule}") if found else None
    return None


def _english(text: str, sentence: Span) -> Fact | None:
    start, end = sentence
    phrase = english_phrase(text, start, end)
    if phrase is not None:
        start = phrase.span.end
        while start < end and text[start] in " ,\u00a0":
            start += 1
    held = _HELD.search(text, start, end)
    if held and (found := _organ(text, Span(start, held.start()), "held a meeting")):
        return found
    for meeting in _MEETING_OF.finditer(text, start, end):
        was_held = _WAS_HELD.search(text, meeting.end(), end)
        if was_held and (found := _organ(text, Span(meeting.end(), was_held.start()), "meeting of … was held")):
            return found
        ends = _AFTER_ORGAN.search(text, meeting.end(), end)
        if (
            ends
            and _PRESIDED_OVER.search(text, max(start, meeting.start() - 100), meeting.start())
            and (found := _organ(text, Span(meeting.end(), ends.start()), "presided over a meeting of …"))
        ):
            return found
    return None


def _organ(text: str, span: Span, rule: str) -> Fact | None:
    """The words of `span` as the name of an organ, if they are one."""
    article = _ARTICLE.match(text, *span)
    organ = Span(article.end() if article else span.start, span.end)
    name = text[organ.start : organ.end]
    if len(name) > _LONGEST_ORGAN or not _is_organ(name):
        return None
    return Fact(name, span if _BY_LEVEL.fullmatch(name) else organ, rule)


@lru_cache(maxsize=1024)
def _is_organ(name: str) -> bool:
    """Whether a name is one of an organ; the same few meet again and again."""
    return bool(_PRINTED.fullmatch(name) and _HEAD.search(name) and not _NO_ORGAN.search(name))


def _chinese(text: str, sentence: Span) -> Fact | None:
    start = sentence.start
    phrase = chinese_phrase(text, *sentence)
    if phrase is not None:
        start = phrase.span.end
        while start < sentence.end and text[start] in "，, ":
            start += 1
    found = (
        (_ZH_PRESIDED.search(text, start, sentence.end), "主持召开…会议"),
        (_ZH_HELD.match(text, start, sentence.end), "召开会议"),
        (_ZH_MEETING_HELD.match(text, start, sentence.end), "…会议召开"),
    )
    for match, rule in found:
        if match and len(match["organ"]) > 1 and not _ZH_NO_ORGAN.search(match["organ"]):
            return Fact(match["organ"], Span(*match.span("organ")), rule)
    return None
