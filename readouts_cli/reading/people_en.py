"""Who presided and who attended, in English sentences.

A presider is the subject of "presided over", "chaired" or "hosted" the meeting, or stands after "presided over by"; an
attendee is the subject of "attended" the meeting.  The words before the verb must be a list of people back to the
beginning of their clause, so that "He has visited the provinces and presided over two symposiums" names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readouts_cli.reading.names import is_romanised
from readouts_cli.reading.offices import ListPart, Part, list_parts
from readouts_cli.reading.roll import People, people_of
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Person, Span

_NOUN = (
    r"(?:meeting|symposium|conference|session|discussions?|plenum|forum|seminar|study|learning|(?:tele|video)conference"
    r"|lecture|talks|consultation|hearing|briefing|workshop|assembly|rally)"
)

#: "the meeting", "the 25th executive meeting"; not "two symposiums", "the work of the meeting".
_MEETING = (
    r"(?:the|a|an|this|that|its|today[’']s)\s+(?:(?!(?:of|on|for|to|in|at|about|work)\b)[\w’'()“”\"-]+\s+){0,7}?"
    rf"{_NOUN}\b"
)

#: Machine translation drops the object: "presided over and delivered a speech".
_ENDS = (
    r"(?=\s*(?:[.;,]|\Z|\n)|\s+and\s+(?:delivered|made|gave|spoke|addressed|held|put|concluded|summari[sz]ed|presided|chaired"
    r"|hosted))"
)
_PRESIDED = re.compile(
    r"\b(?P<verb>presid(?:ed|es)(?:\s+(?:over|at))?|chair(?:ed|s)|host(?:ed|s)|moderated)"
    rf"(?:{_ENDS}|\s+(?:and\s+held\s+)?{_MEETING})"
)
_ATTENDED = re.compile(
    r"\b(?P<verb>attended|participated(?:\s+in)?|(?:were|was)\s+present(?:\s+at)?|(?:were|was)\s+invited\s+to\s+attend)"
    rf"(?:{_ENDS}|\s+{_MEETING})"
)
_PRESIDED_BY = re.compile(
    r"\b(?P<verb>(?:[Pp]resided(?:\s+over)?|[Cc]haired|hosted|moderated)\s+by|under\s+the\s+(?:chairmanship|presidency)\s+of)\s+"
)
_ATTENDED_BY = re.compile(r"\b(?:was|were)\s+(?:also\s+)?(?P<verb>attended\s+by)\s+")
_PRESIDED_STEMS = (
    *("resided", "resides", "residency", "haired", "hairs", "hairmanship"),
    *("hosted", "hosts", "moderated"),
)
_ATTENDED_STEMS = ("attend", "participated", "re present", "as present")
_BY = ("by", "under")
_HEADLINE = re.compile(
    r"(?P<presiders>[^,;\n]{3,120}?)\s+(?P<verb>hosted|presided(?:\s+over)?|chaired),?\s+(?P<attendees>[A-Z][^;\n]{3,400}?)\s+"
    r"(?:also\s+)?attended\Z"
)

#: What may stand between the subject and its verb.
_PREDICATE_BEFORE = re.compile(
    r"[,\s]*\b(?:and|also|then|personally|respectively|jointly|both|(?:attended|addressed)"
    rf"(?:\s+the\s+(?:\w+\s+)?{_NOUN})?|delivered\s+an?\s+(?:\w+\s+)?speech|made\s+an?\s+(?:\w+\s+)?(?:speech|report)"
    r"|convened|organi[sz]ed)\s*\Z"
)
_PREDICATE_REACH = 80

#: What ends the list after "presided over by".
_LIST_ENDS = re.compile(
    r"\s*(?:,\s*)?\b(?:on|at|has|have|had|held|approved|was|were|is|who|which|where|with|in\s+the\s+presence"
    r"|and\s+(?:was\s+)?(?:attended|delivered|made)|today|yesterday|here|to)\b|\s+in\s+(?=[A-Z])"
)

#: Before a list of people these show that somebody else's meeting is told of.
_QUOTED = re.compile(
    r"\b(?:that|when|where|who|spirit|pointed\s+out|emphasi[sz]ed|stressed|said|noted|according)\b",
    re.IGNORECASE,
)
_CONVEYED = re.compile(
    r"\b(?:that|when|where|who|while|after|before|spirit|convey\w*|studied|implement\w*|stressed)\b|\bto\s+[a-z]",
    re.IGNORECASE,
)
_MEETS = re.compile(r"\b(?:held|convened|met|took\s+place|opened)\b")
_MEETS_OR_MEETING = re.compile(rf"\b{_NOUN}\b|\b[Cc]abinet\b")
_NARRATIVE = re.compile(
    rf"(?:The|This)\s+(?:[\w-]+\s+){{0,2}}{_NOUN}\s+(?:also\s+|further\s+)?(?:pointed|emphasi|stress|demand|request|requir|ask"
    r"|call|convey|stud|heard|listen|review|believ|noted|discuss|adopt|approv|analy)"
)


def english_people(text: str, windows: list[Span]) -> People:
    """Who presided and who attended, in the stretches of prose given."""
    presided: list[Person] = []
    attended: list[Person] = []
    for sentence in _telling_sentences(text, windows):
        if _holds_any(text, sentence, _PRESIDED_STEMS):
            for verb in _PRESIDED.finditer(text, *sentence):
                presided += _presiders_before(text, sentence, verb)
            if _holds_any(text, sentence, _BY):
                for verb in _PRESIDED_BY.finditer(text, *sentence):
                    presided += _people_after(text, sentence, verb, all_of_them=False)
        if _holds_any(text, sentence, _ATTENDED_STEMS):
            for verb in _ATTENDED.finditer(text, *sentence):
                attended += _attendees_before(text, sentence, verb)
            if _holds_any(text, sentence, _BY):
                for verb in _ATTENDED_BY.finditer(text, *sentence):
                    attended += _people_after(text, sentence, verb, all_of_them=True)
    return People(tuple(presided), tuple(attended))


def english_headline_people(text: str, headlines: list[Span]) -> People:
    """Who presided and attended by the headlines: also "Ma Fuguo hosted Guo Hao and Li Jun attended" (H13)."""
    people = [_headline_people(text, line) for line in headlines]
    return People(
        tuple(person for line in people for person in line.presided),
        tuple(person for line in people for person in line.attended),
    )


def _headline_people(text: str, line: Span) -> People:
    match = _HEADLINE.fullmatch(text, *line)
    if match is None:
        return english_people(text, [line])
    _, presiders = _list_before(text, Span(*match.span("presiders")))
    _, attendees = _list_before(text, Span(*match.span("attendees")))
    return People(
        tuple(_acting_together(presiders, people_of(text, presiders, match["verb"]), hosts=True)),
        tuple(_well_named(people_of(text, attendees, "attended"))),
    )


def _telling_sentences(text: str, windows: list[Span]) -> Iterator[Span]:
    """The sentences that may tell who presided or attended; not those that tell what the meeting said."""
    stems = _PRESIDED_STEMS + _ATTENDED_STEMS
    for i, window in enumerate(windows):
        if _holds_any(text, window, stems) and not (i and _NARRATIVE.match(text, *window)):
            for sentence in sentences(text, window):
                if not _NARRATIVE.match(text, *sentence):
                    yield sentence


def _holds_any(text: str, span: Span, stems: tuple[str, ...]) -> bool:
    return any(map(text[span.start : span.end].__contains__, stems))


def _presiders_before(text: str, sentence: Span, verb: re.Match[str]) -> list[Person]:
    parts = _subject(text, sentence, verb)
    return _acting_together(parts, people_of(text, parts, _rule(verb)), hosts=verb["verb"].startswith("host"))


def _attendees_before(text: str, sentence: Span, verb: re.Match[str]) -> list[Person]:
    return _well_named(people_of(text, _subject(text, sentence, verb), _rule(verb)))


def _subject(text: str, sentence: Span, verb: re.Match[str]) -> list[ListPart]:
    """The list of people before a verb, as far back as it reaches; empty in a subordinate clause."""
    end = verb.start()
    while match := _PREDICATE_BEFORE.search(text, max(sentence.start, end - _PREDICATE_REACH), end):
        end = match.start()
    start, parts = _list_before(text, Span(sentence.start, end))
    return [] if _QUOTED.search(text, sentence.start, start) else parts


def _list_before(text: str, span: Span) -> tuple[int, list[ListPart]]:
    """The parts of the list that ends where `span` ends, and where that list begins."""
    parts: list[ListPart] = []
    start = span.end
    for part in list_parts(text, span, last_first=True):
        if part.kind is Part.OTHER:
            break
        parts.insert(0, part)
        for spot in (part.name, part.office):
            start = min(start, spot.start) if spot else start
        if part.apart:
            break
    return start, parts


def _people_after(text: str, sentence: Span, verb: re.Match[str], *, all_of_them: bool) -> list[Person]:
    """The people after "presided over by" or "attended by", to the end of their list."""
    before = Span(sentence.start, verb.start())
    if before.start == before.end:
        before = Span(verb.end(), sentence.end)
    meets = _MEETS if verb["verb"].startswith("under") else _MEETS_OR_MEETING
    if _CONVEYED.search(text, *before) or not meets.search(text, *before):
        return []
    ends = _LIST_ENDS.search(text, verb.end(), sentence.end)
    end = ends.start() if ends else sentence.end
    while end > verb.end() and text[end - 1] in ".;,!":
        end -= 1
    parts: list[ListPart] = []
    for part in list_parts(text, Span(verb.end(), end)):
        if part.kind is Part.OTHER or part.apart:
            break
        parts.append(part)
    people = people_of(text, parts, _rule(verb))
    if all_of_them:
        return _well_named(people)
    joined = [part.after_and for part in parts if part.name]
    together = 1
    while together < len(people) and joined[together]:
        together += 1
    return people[:together]


def _acting_together(parts: list[ListPart], people: list[Person], *, hosts: bool) -> list[Person]:
    """Of the people before "presided", the last and those whom "and" joins to the last.

    Cities and companies host, too: a bare name before "hosted" must be a Chinese one.
    """
    joined = [part.after_and for part in parts if part.name]
    first = len(people) - 1
    while first > 0 and joined[first]:
        first -= 1
    return [person for person in people[max(first, 0) :] if person.office or not hosts or is_romanised(person.name)]


def _well_named(people: list[Person]) -> list[Person]:
    """Attendees are people where an office beside the name or the name's shape says so; countries attend, too."""
    return [person for person in people if is_romanised(person.name) or _stands_beside_office(person)]


def _stands_beside_office(person: Person) -> bool:
    office = person.office_span
    return office is not None and min(abs(person.span.start - office.end), abs(office.start - person.span.end)) <= len(
        ", an "
    )


def _rule(verb: re.Match[str]) -> str:
    return " ".join(verb["verb"].lower().split())
