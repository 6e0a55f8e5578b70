"""The parts of a list of people in English prose: names, offices, an office with a name, groups without names.

`Guo Hao, Deputy Secretary of the Municipal Party Committee and Mayor, and vice mayor Li Jun` has four parts.  Offices
are told by the words that name them (secretary, mayor, member), names by their shape; whatever is neither ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

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


_HEADS = frozenset(
    "secretary secretary-general mayor director director-general chairman chairperson chairwoman chair vice-chairman governor "
    "minister premier president member leader head chief commissioner magistrate procurator prosecutor commander commissar "
    "inspector manager captain dean principal ambassador counselor consultant adviser advisor general judge officer "
    "commissary speaker chancellor administrator executive".split()
)
_PLURALS = frozenset(
    "secretaries mayors directors chairmen chairpersons vice-chairmen governors ministers presidents members leaders heads "
    "chiefs commissioners magistrates commanders deputies inspectors managers".split()
)
_OFFICE_WORDS = frozenset(
    "of the and for in a an at vice deputy executive acting former first standing leading general party group committee "
    "municipal provincial county city district prefectural prefecture township town village region regional autonomous "
    "central national state government congress people's people’s conference political consultative commission discipline "
    "inspection supervision supervisory bureau department ministry office court procuratorate front united work working "
    "propaganda publicity organization organisation legal affairs public security zone development economic technological "
    "high-tech area management administrative affiliated alternate cpc cppcc npc communist council board university college "
    "bank company corporation federation association union league education finance science technology full-time deputy-head "
    "secretariat presidium parliamentary prime cabinet union".split()
)
_GROUP_WORDS = frozenset(
    "comrades cadres officials representatives persons people personnel staff others delegates participants departments units "
    "responsible relevant heads leaders members".split()
)
_VERBS = frozenset(
    "held attended presided delivered said pointed emphasized emphasised stressed visited studied was were is are has have had "
    "been will made gave read conveyed heard listened reported introduced went led spoke chaired hosted announced signed put "
    "accompanied participated inspected conducted organized convened opened met arrived received demanded required called "
    "noted issued reviewed approved discussed".split()
)
#: Capitalised words that are no part of a name or an office: they begin sentences and clauses.
_STARTERS = frozenset(
    "On At In Today Yesterday Recently This That These Those The During After Then Finally When Where Before As Since While If "
    "Which Because Under With From For By He She It They His Her We Our Subsequently Later Who Also And But".split()
)
_MORE_NO_NAMES = frozenset(
    "Comrade Comrades Republic China Chinese Army Police Hospital School News Daily Network Newsletter Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday January February March April May June July August September October November December "
    "Meeting Symposium Session Secretariat Center Centre Mr Mrs Ms".split()
)
_NO_NAMES = _STARTERS | _MORE_NO_NAMES
_HONORIFIC = re.compile(r"(?:Comrade|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Shri|Smt\.?|Hon\.?)\s+")
_LEADING = re.compile(r"(?:and\s+|while\s+|also\s+|including\s+|led\s+by\s+)?(?:the\s+|an?\s+)?", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    r"(?:On|In|This|Today|Yesterday|Recently|At|During)\b(?:(?!\b(?:who|where|when|that|which|while|spirit)\b)[\w\s,’'-]){0,70}"
)
_SEPARATOR = re.compile(r"\s*[,，、;；|]\s*|\s*:\s+")
_JOINS = re.compile(r"(?:and|as\s+well\s+as)\s+")
_AND = re.compile(r"\s+and\s+")
_GROUP_BEGINS = re.compile(r"(?:the\s+)?(?:others?|relevant|responsible|some|all|members|representatives|heads|leaders|cadres)\b")
_WORD = re.compile(r"\S+")
_LONGEST_NAME = 4


def list_parts(text: str, span: Span) -> Iterator[ListPart]:
    """The parts of a list of people, in order."""
    start, after_and = span.start, False
    for separator in [*_SEPARATOR.finditer(text, *span), None]:
        end = separator.start() if separator else span.end
        for piece, joined in _split_at_and(text, Span(start, end)):
            if piece.start < piece.end:
                yield _part(text, piece, after_and=joined or after_and)
        start = separator.end() if separator else end


def _split_at_and(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Split where "and" joins two people, not two offices of one; True for what follows an "and"."""
    start, joined = span.start, False
    if leading := _JOINS.match(text, *span):
        start, joined = leading.end(), True
    for match in _AND.finditer(text, start, span.end):
        left, right = Span(start, match.start()), Span(match.end(), span.end)
        if (
            _part(text, left, after_and=False).name
            or _part(text, right, after_and=False).kind is Part.NAME
            or _GROUP_BEGINS.match(text, *right)
        ):
            yield left, joined
            start, joined = match.end(), True
    yield Span(start, span.end), joined


def _part(text: str, span: Span, *, after_and: bool) -> ListPart:
    """Classify one part by the words it ends with."""
    leading = _LEADING.match(text, *span)
    start = leading.end() if leading else span.start
    honorific = _HONORIFIC.match(text, start, span.end)
    words = [Span(*word.span()) for word in _WORD.finditer(text, honorific.end() if honorific else start, span.end)]
    if not words:
        return ListPart(Part.OTHER)
    named = _name_at_end(text, words)
    before = words[: len(words) - named]
    if not named:
        return _without_name(text, words, after_and=after_and)
    name = Span(words[-named].start, words[-1].end)
    if not before:
        return ListPart(Part.NAME, name, after_and=after_and)
    if honorific := _HONORIFIC.match(text, before[-1].start, name.start):
        before = before[:-1] if honorific.end() == name.start else before
    return _with_office(text, Span(start, span.end), before, name, after_and=after_and)


def _with_office(text: str, span: Span, before: list[Span], name: Span, *, after_and: bool) -> ListPart:
    """A name with words before it: its office, or the beginning of the sentence."""
    taken = len(before)
    while taken and _may_belong_to_office(text[before[taken - 1].start : before[taken - 1].end]):
        taken -= 1
    while taken < len(before) and text[before[taken].start : before[taken].end].lower() in {"of", "the", "and", "a", "in", "at"}:
        taken += 1
    words = before[taken:]
    rest = text[span.start : words[0].start if words else name.start].strip()
    apart = bool(rest)
    if apart and not _DATE_BEFORE.fullmatch(rest):
        return ListPart(Part.OTHER)
    if not words:
        return ListPart(Part.NAME, name, after_and=after_and, apart=apart)
    if not any(_is_head(text, word) for word in words):
        return ListPart(Part.OTHER)
    office = Span(words[0].start, words[-1].end)
    return ListPart(Part.OFFICE_AND_NAME, name, office, _is_plural(text, words), after_and, apart)


def _without_name(text: str, words: list[Span], *, after_and: bool) -> ListPart:
    printed = [text[word.start : word.end].lower() for word in words]
    if not _VERBS.isdisjoint(printed) or text[words[0].start : words[0].end] in _STARTERS:
        return ListPart(Part.OTHER)
    if any(_is_head(text, word) for word in words):
        office = Span(words[0].start, words[-1].end)
        return ListPart(Part.OFFICE, None, office, _is_plural(text, words), after_and)
    if not _GROUP_WORDS.isdisjoint(printed):
        return ListPart(Part.GROUP, after_and=after_and)
    return ListPart(Part.UNREAD if len(words) == 1 and text[words[0].start].isupper() else Part.OTHER)


def _name_at_end(text: str, words: list[Span]) -> int:
    """How many words at the end are a name.

    A romanised Chinese name is preferred: in `Mayor of Yueyang Zhou Ming` it is the last two words.  Another name must
    take up all the words after an office.
    """
    for count in range(min(len(words), 3), 1, -1):
        if is_romanised(text[words[-count].start : words[-1].end]):
            return count
    run = 0
    while run < min(len(words), _LONGEST_NAME) and _may_be_named(text[words[-run - 1].start : words[-run - 1].end]):
        run += 1
    whole = text[words[-run].start : words[-1].end] if run else ""
    after_office = run == len(words) or (run < len(words) and _is_head(text, words[-run - 1]))
    return run if after_office and is_capitalised(whole) else 0


def _may_be_named(word: str) -> bool:
    return (
        word[0].isupper()
        and word not in _NO_NAMES
        and word.lower() not in _HEADS
        and word.lower() not in _PLURALS
        and word.lower() not in _OFFICE_WORDS
        and not word.endswith(("’s", "'s"))
        and not word.isupper()
    )


def _may_belong_to_office(word: str) -> bool:
    lower = word.lower()
    known = lower in _HEADS or lower in _PLURALS or lower in _OFFICE_WORDS
    return known if word[0].islower() else word[0].isupper() and (known or word not in _STARTERS)


def _is_head(text: str, word: Span) -> bool:
    printed = text[word.start : word.end].lower()
    return printed in _HEADS or printed in _PLURALS


def _is_plural(text: str, words: list[Span]) -> bool:
    return any(text[word.start : word.end].lower() in _PLURALS for word in words)
