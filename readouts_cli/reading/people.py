"""Who presided and who attended, from where readouts say it: headlines, the first paragraphs and the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from readouts_cli.reading.paragraphs import each_paragraph
from readouts_cli.reading.people_en import english_headline_people, english_people
from readouts_cli.reading.people_zh import chinese_people
from readouts_cli.reading.roll import People
from readouts_cli.readout import Person, Span

#: How far from the beginning and from the end people are looked for.
_OPENING = 2400
_CLOSING = 1600
_PARAGRAPHS = 2


def read_people(text: str, body_start: int, headlines: list[Span], language: str) -> People:
    """The presiders and attendees that a readout names.

    Presiders of the first paragraphs count before those of the last, and all prose before the headlines.
    """
    opening, closing = _windows(text, body_start)
    people_in = chinese_people if language == "zh" else english_people
    first, last = people_in(text, opening), people_in(text, closing)
    presided = first.presided or last.presided
    attended = first.attended + last.attended
    if headlines and not (presided and attended):
        above = (chinese_people if language == "zh" else english_headline_people)(text, headlines)
        presided, attended = presided or above.presided, attended or above.attended
    names = {person.name for person in presided}
    also = {person.name: person for person in attended if person.office}
    presided = tuple(_with_office(person, also.get(person.name)) for person in presided)
    return People(_distinct(presided), _distinct(person for person in attended if person.name not in names))


def _with_office(person: Person, elsewhere: Person | None) -> Person:
    """A presider named without an office has the one printed where the same person is said to attend."""
    if person.office or elsewhere is None:
        return person
    return replace(person, office=elsewhere.office, office_span=elsewhere.office_span)


def _windows(text: str, body_start: int) -> tuple[list[Span], list[Span]]:
    """The first and the last paragraphs of the prose, as far as people are looked for in them."""
    reach = min(len(text), body_start + _OPENING)
    opening = list(islice(each_paragraph(text, Span(body_start, reach)), _PARAGRAPHS))
    after = opening[-1].end if opening else reach
    start = max(after, len(text) - _CLOSING)
    if start > after:
        start = text.find("\n", start) + 1 or len(text)
    return opening, list(each_paragraph(text, Span(start, len(text))))[-_PARAGRAPHS:]


def _distinct(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each name once, in the order printed; the mention with an office counts before one without."""
    best: dict[str, Person] = {}
    for person in people:
        known = best.get(person.name)
        if known is None or (known.office is None and person.office is not None):
            best[person.name] = person
    return tuple(sorted(best.values(), key=lambda person: person.span))
