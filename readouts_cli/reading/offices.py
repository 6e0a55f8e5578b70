"""The parts of a list of people in English prose: names, offices, an office with a name, groups without names.

`Guo Hao, Deputy Secretary of the Municipal Party Committee and Mayor, and vice mayor Li Jun` has four parts.  Offices
are told by the words that name them (secretary, mayor, member), names by their shape; whatever is neither ends the
list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from readouts_cli.reading.names import is_capitalised, is_romanised
from readouts_cli.reading.stretches import end_of
from readouts_cli.readout import Span


class Part(Enum):
    """What one part of a list of people is; UNREAD is a single word that may be a name or half of one."""

    NAME = auto()
    OFFICE = auto()
    OFFICE_AND_NAME = auto()
    GROUP = auto()
    UNREAD = auto()
    OTHER = auto()


class ListPart(NamedTuple):
    """One part, with the spans of its name and office; `plural` for offices of several (vice mayors).

    `after_and` where "and" joins it to what stands before; `apart` where it begins inside a longer stretch of words, so
    that nothing before it belongs to the list.
    """

    kind: Part
    name: Span | None = None
    office: Span | None = None
    plural: bool = False
    after_and: bool = False
    apart: bool = False

    def moved(self, by: int) -> ListPart:
        """The same part of a text in which it stands `by` characters further on."""
        kind, name, office, *rest = self
        return ListPart(kind, _moved(name, by), _moved(office, by), *rest)


def _moved(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.end + by) if span else None


def _words(printed: str) -> frozenset[str]:
    return frozenset(printed.split())


_HEADS = _words(
    "secretary secretary-general mayor director director-general chairman chairperson chairwoman chair "
    "vice-chairman governor minister premier president member leader head chief commissioner magistrate "
    "commander-in-chief procurator prosecutor commander commissar inspector manager captain dean principal "
    "ambassador counselor consultant adviser advisor general judge officer commissary speaker chancellor "
    "administrator executive"
)
_PLURALS = _words(
    "secretaries mayors directors chairmen chairpersons vice-chairmen governors ministers presidents members "
    "leaders heads chiefs commissioners magistrates commanders deputies inspectors managers"
)
_OFFICE_WORDS = _words(
    "of the and for in a an at vice deputy executive acting former first standing leading general party group "
    "committee municipal provincial county city district prefectural prefecture township town village region "
    "regional autonomous central national state government congress people's people’s conference political "
    "consultative commission discipline inspection supervision supervisory bureau department ministry office "
    "court procuratorate front united work working propaganda publicity organization organisation legal affairs "
    "public security zone development economic technological high-tech area management administrative affiliated "
    "alternate cpc cppcc npc communist council board university college bank company corporation federation "
    "association union league education finance science technology full-time deputy-head secretariat presidium "
    "parliamentary prime cabinet"
)
_GROUP_WORDS = _words(
    "comrades cadres officials representatives persons people personnel staff others delegates participants "
    "departments units responsible relevant heads leaders members"
)
_VERBS = _words(
    "held attended presided delivered said pointed emphasized emphasised stressed visited studied was were is are "
    "has have had been will made gave read conveyed heard listened reported introduced went led spoke chaired "
    "hosted announced signed put accompanied participated inspected conducted organized convened opened met "
    "arrived received demanded required called noted issued reviewed approved discussed"
)
#: Capitalised words that are no part of a name or an office: they begin sentences and clauses.
_STARTERS = _words(
    "On At In Today Yesterday Recently This That These Those The During After Then Finally When Where Before As "
    "Since While If Which Because Under With From For By He She It They His Her We Our Subsequently Later Who "
    "Also And But"
)
_MORE_NO_NAMES = _words(
    "Comrade Comrades Republic China Chinese Army Police Hospital School News Daily Network Newsletter Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Meeting Symposium Session Secretariat Center Centre Mr Mrs Ms"
)
_NO_NAMES = _STARTERS | _MORE_NO_NAMES
_TITLES = _HEADS | _PLURALS
_KNOWN = _TITLES | _OFFICE_WORDS
_NO_OFFICE_BEGINS = _words("of the and a in at")
_HONORIFIC = re.compile(r"(?:Comrade|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Shri|Smt\.?|Hon\.?)\s+")
_LEADING = re.compile(r"(?:and\s+|while\s+|also\s+|including\s+)?(?:the\s+|an?\s+)?", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    r"(?:On|In|This|Today|Yesterday|Recently|At|During)\b(?:(?!\b(?:who|where|when|that|which|while|spirit)\b)[\w\s,’'-]){0,70}"
)
_SEPARATOR = re.compile(r"[,，、;；|:](?:(?<!:)\s*|\s+)")
_JOINS = re.compile(r"(?:and|as\s+well\s+as)\s+")
_AND = re.compile(r"\sand\s+")
_GROUP_BEGINS = re.compile(
    r"(?:the\s+)?(?:others?|relevant|responsible|some|all|members|representatives|heads|leaders|cadres)\b"
)
_WORD = re.compile(r"\S+")
_LONGEST_NAME = 4


def list_parts(text: str, span: Span, *, last_first: bool = False) -> Iterator[ListPart]:
    """The parts of a list of people, in order or the last first."""
    step = -1 if last_first else 1
    for start, end in list(_stretches(text, span))[::step]:
        for part in _parts(text[start:end])[::step]:
            yield part.moved(start)


def _stretches(text: str, span: Span) -> Iterator[Span]:
    """What stands between commas and their like."""
    start = span.start
    for separator in _SEPARATOR.finditer(text, *span):
        yield Span(start, start + len(text[start : separator.start()].rstrip()))
        start = separator.end()
    yield Span(start, span.end)


@lru_cache(maxsize=2048)
def _parts(stretch: str) -> tuple[ListPart, ...]:
    """The parts of a stretch without commas; the same offices and people are printed again and again."""
    return tuple(
        _part(stretch, start, end, after_and=joined) for start, end, joined in _split_at_and(stretch) if start < end
    )


def _split_at_and(stretch: str) -> Iterator[tuple[int, int, bool]]:
    """Split where "and" joins two people, not two offices of one; True for what follows an "and"."""
    start, joined = 0, False
    if leading := _JOINS.match(stretch):
        start, joined = leading.end(), True
    for match in _AND.finditer(stretch, start):
        if (
            _GROUP_BEGINS.match(stretch, match.end())
            or is_romanised(stretch[match.end() :])
            or _name_at_end(_words_in(stretch, start, match.start()))
        ):
            yield start, match.start(), joined
            start, joined = match.end(), True
    yield start, len(stretch), joined


def _part(stretch: str, start: int, end: int, *, after_and: bool) -> ListPart:
    """Classify one part by the words it ends with."""
    start = end_of(_LEADING, stretch, start, end)
    at = end_of(_HONORIFIC, stretch, start, end)
    printed = stretch[at:end].rstrip()
    if is_romanised(printed):
        return ListPart(Part.NAME, Span(at, at + len(printed)), after_and=after_and)
    words = _words_in(stretch, at, end)
    if not words:
        return ListPart(Part.OTHER)
    named = _name_at_end(words)
    if not named:
        return _without_name(words, after_and=after_and)
    name = _span(words[-named:])
    before = words[:-named]
    if before and _HONORIFIC.fullmatch(stretch, before[-1].start(), name.start):
        before.pop()
    if not before:
        return ListPart(Part.NAME, name, after_and=after_and)
    return _with_office(stretch, start, before, name, after_and=after_and)


def _with_office(stretch: str, start: int, before: list[re.Match[str]], name: Span, *, after_and: bool) -> ListPart:
    """A name with words before it: its office, or the beginning of the sentence."""
    taken = len(before)
    while taken and _may_belong_to_office(before[taken - 1][0]):
        taken -= 1
    while taken < len(before) and before[taken][0].lower() in _NO_OFFICE_BEGINS:
        taken += 1
    words = before[taken:]
    rest = stretch[start : words[0].start() if words else name.start].strip()
    if rest and not _DATE_BEFORE.fullmatch(rest):
        return ListPart(Part.OTHER)
    if not words:
        return ListPart(Part.NAME, name, after_and=after_and, apart=bool(rest))
    lower = _lower(words)
    if _TITLES.isdisjoint(lower):
        return ListPart(Part.OTHER)
    plural = not _PLURALS.isdisjoint(lower)
    return ListPart(Part.OFFICE_AND_NAME, name, _span(words), plural, after_and, bool(rest))


def _without_name(words: list[re.Match[str]], *, after_and: bool) -> ListPart:
    lower = _lower(words)
    first = words[0][0]
    if first in _STARTERS or not _VERBS.isdisjoint(lower):
        return ListPart(Part.OTHER)
    if not _TITLES.isdisjoint(lower):
        return ListPart(Part.OFFICE, None, _span(words), not _PLURALS.isdisjoint(lower), after_and)
    if not _GROUP_WORDS.isdisjoint(lower):
        return ListPart(Part.GROUP, after_and=after_and)
    return ListPart(Part.UNREAD if len(words) == 1 and first[0].isupper() else Part.OTHER)


def _name_at_end(words: list[re.Match[str]]) -> int:
    """How many words at the end are a name.

    A romanised Chinese name is preferred: in `Mayor of Yueyang Zhou Ming` it is the last two words.  Another name must
    take up all the words after an office.
    """
    if not words or not words[-1][0][0].isupper():
        return 0
    for count in (3, 2):
        if len(words) >= count and is_romanised(_printed(words[-count:])):
            return count
    run = 0
    while run < min(len(words), _LONGEST_NAME) and _may_be_named(words[-run - 1][0]):
        run += 1
    if not run or not (run == len(words) or words[-run - 1][0].lower() in _TITLES):
        return 0
    return run if is_capitalised(_printed(words[-run:])) else 0


def _may_be_named(word: str) -> bool:
    lower = word.lower()
    return (
        word[0].isupper()
        and word not in _NO_NAMES
        and lower not in _KNOWN
        and not lower.endswith(("’s", "'s"))
        and (not word.isupper() or word.endswith("."))
    )


def _may_belong_to_office(word: str) -> bool:
    return word.lower() in _KNOWN or (word[0].isupper() and word not in _STARTERS)


def _words_in(stretch: str, start: int, end: int) -> list[re.Match[str]]:
    return list(_WORD.finditer(stretch, start, end))


def _span(words: list[re.Match[str]]) -> Span:
    return Span(words[0].start(), words[-1].end())


def _printed(words: list[re.Match[str]]) -> str:
    return words[0].string[words[0].start() : words[-1].end()]


def _lower(words: list[re.Match[str]]) -> list[str]:
    return _printed(words).lower().split()
