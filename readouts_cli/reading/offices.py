"""The parts of a list of people in English prose: names, offices, an office with a name, groups without names.

`Guo Hao, Deputy Secretary of the Municipal Party Committee and Mayor, and vice mayor Li Jun` has four parts.  Offices
are told by the words that name them (secretary, mayor, member), names by their shape; whatever is neither ends the
list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from readouts_cli.reading.names import is_capitalised, is_romanised
from readouts_cli.readout import Span


class Part(Enum):
    """What one part of a list of people is; UNREAD is a single word that may be a name or half of one."""

    NAME = auto()
    OFFICE = auto()
    OFFICE_AND_NAME = auto()
    GROUP = auto()
    UNREAD = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class ListPart:
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
_KNOWN = _HEADS | _PLURALS | _OFFICE_WORDS
_NO_OFFICE_BEGINS = _words("of the and a in at")
_HONORIFIC = re.compile(r"(?:Comrade|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Shri|Smt\.?|Hon\.?)\s+")
_LEADING = re.compile(r"(?:and\s+|while\s+|also\s+|including\s+)?(?:the\s+|an?\s+)?", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    r"(?:On|In|This|Today|Yesterday|Recently|At|During)\b(?:(?!\b(?:who|where|when|that|which|while|spirit)\b)[\w\s,’'-]){0,70}"
)
_SEPARATOR = re.compile(r"\s*[,，、;；|]\s*|\s*:\s+")
_JOINS = re.compile(r"(?:and|as\s+well\s+as)\s+")
_AND = re.compile(r"\s+and\s+")
_GROUP_BEGINS = re.compile(
    r"(?:the\s+)?(?:others?|relevant|responsible|some|all|members|representatives|heads|leaders|cadres)\b"
)
_WORD = re.compile(r"\S+")
_LONGEST_NAME = 4


class _Word(NamedTuple):
    """A word as printed, in lower case, and where it stands."""

    printed: str
    lower: str
    start: int
    end: int


def list_parts(text: str, span: Span) -> Iterator[ListPart]:
    """The parts of a list of people, in order."""
    start = span.start
    for separator in [*_SEPARATOR.finditer(text, *span), None]:
        end = separator.start() if separator else span.end
        for piece, joined in _split_at_and(text, Span(start, end)):
            if piece.start < piece.end:
                yield _part(text, piece, after_and=joined)
        start = separator.end() if separator else end


def _split_at_and(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Split where "and" joins two people, not two offices of one; True for what follows an "and"."""
    start, joined = span.start, False
    if leading := _JOINS.match(text, *span):
        start, joined = leading.end(), True
    for match in _AND.finditer(text, start, span.end):
        if (
            _GROUP_BEGINS.match(text, match.end(), span.end)
            or is_romanised(text[match.end() : span.end])
            or _name_at_end(text, _words_in(text, start, match.start()))
        ):
            yield Span(start, match.start()), joined
            start, joined = match.end(), True
    yield Span(start, span.end), joined


def _part(text: str, span: Span, *, after_and: bool) -> ListPart:
    """Classify one part by the words it ends with."""
    start = _end(_LEADING, text, span.start, span.end)
    words = _words_in(text, _end(_HONORIFIC, text, start, span.end), span.end)
    if not words:
        return ListPart(Part.OTHER)
    named = _name_at_end(text, words)
    if not named:
        return _without_name(words, after_and=after_and)
    name = Span(words[-named].start, words[-1].end)
    before = words[:-named]
    if before and _HONORIFIC.fullmatch(text, before[-1].start, name.start):
        before.pop()
    if not before:
        return ListPart(Part.NAME, name, after_and=after_and)
    return _with_office(text, start, before, name, after_and=after_and)


def _with_office(text: str, start: int, before: list[_Word], name: Span, *, after_and: bool) -> ListPart:
    """A name with words before it: its office, or the beginning of the sentence."""
    taken = len(before)
    while taken and _may_belong_to_office(before[taken - 1]):
        taken -= 1
    while taken < len(before) and before[taken].lower in _NO_OFFICE_BEGINS:
        taken += 1
    words = before[taken:]
    rest = text[start : words[0].start if words else name.start].strip()
    if rest and not _DATE_BEFORE.fullmatch(rest):
        return ListPart(Part.OTHER)
    if not words:
        return ListPart(Part.NAME, name, after_and=after_and, apart=bool(rest))
    if not any(_is_head(word) for word in words):
        return ListPart(Part.OTHER)
    office = Span(words[0].start, words[-1].end)
    return ListPart(Part.OFFICE_AND_NAME, name, office, _is_plural(words), after_and, bool(rest))


def _without_name(words: list[_Word], *, after_and: bool) -> ListPart:
    if words[0].printed in _STARTERS or any(word.lower in _VERBS for word in words):
        return ListPart(Part.OTHER)
    if any(_is_head(word) for word in words):
        return ListPart(Part.OFFICE, None, Span(words[0].start, words[-1].end), _is_plural(words), after_and)
    if any(word.lower in _GROUP_WORDS for word in words):
        return ListPart(Part.GROUP, after_and=after_and)
    return ListPart(Part.UNREAD if len(words) == 1 and words[0].printed[0].isupper() else Part.OTHER)


def _name_at_end(text: str, words: list[_Word]) -> int:
    """How many words at the end are a name.

    A romanised Chinese name is preferred: in `Mayor of Yueyang Zhou Ming` it is the last two words.  Another name must
    take up all the words after an office.
    """
    for count in range(min(len(words), 3), 1, -1):
        if is_romanised(text[words[-count].start : words[-1].end]):
            return count
    run = 0
    while run < min(len(words), _LONGEST_NAME) and _may_be_named(words[-run - 1]):
        run += 1
    if not run or not (run == len(words) or _is_head(words[-run - 1])):
        return 0
    return run if is_capitalised(text[words[-run].start : words[-1].end]) else 0


def _may_be_named(word: _Word) -> bool:
    return (
        word.printed[0].isupper()
        and word.printed not in _NO_NAMES
        and word.lower not in _KNOWN
        and not word.lower.endswith(("’s", "'s"))
        and (not word.printed.isupper() or word.printed.endswith("."))
    )


def _may_belong_to_office(word: _Word) -> bool:
    if word.lower in _KNOWN:
        return True
    return word.printed[0].isupper() and word.printed not in _STARTERS


def _is_head(word: _Word) -> bool:
    return word.lower in _HEADS or word.lower in _PLURALS


def _is_plural(words: list[_Word]) -> bool:
    return any(word.lower in _PLURALS for word in words)


def _words_in(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(match.group(), match.group().lower(), *match.span()) for match in _WORD.finditer(text, start, end)]


def _end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a match of `pattern` at `start` ends; `start` where there is none."""
    match = pattern.match(text, start, end)
    return match.end() if match else start
