"""A readout's facts as one reads them in a line: dates with their certainty, a heading, names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from readouts_cli.output.sanitize import one_line
from readouts_cli.readout import Certainty, Fact, Met, Person, Readout

#: What stands behind a meeting date that is not stated in full.
MARKS = {Certainty.STATED: "", Certainty.INFERRED: "~", Certainty.DOUBTFUL: "?", Certainty.PARTIAL: ""}

#: Stands before an opening, which is shown where a readout has no title.
NO_TITLE = "[no title]"

#: Characters of a text that stand for its missing title.
_OPENING = 120


class Heading(NamedTuple):
    """What a readout is called: its title, or its opening words where it has none."""

    text: str
    is_title: bool

    def __str__(self) -> str:
        return self.text if self.is_title else f"{NO_TITLE} {self.text}".rstrip()


def heading(readout: Readout) -> Heading:
    """The title of a readout, or the beginning of its prose."""
    if readout.title is not None:
        return Heading(one_line(readout.title.value), is_title=True)
    prose = readout.text[readout.body_start :].lstrip() or readout.text.strip()
    paragraph = prose.splitlines()[0] if prose else ""
    return Heading(shortened(one_line(paragraph), _OPENING), is_title=False)


def shortened(text: str, length: int) -> str:
    """At most `length` characters of a text, cut between words where it has them, and marked where it is cut."""
    if len(text) <= length:
        return text
    cut = text[:length]
    space = cut.rfind(" ")
    return (cut[:space] if space > length // 2 else cut[:-1]).rstrip(" ,;:，、；：") + "…"


def met_shown(met: Met | None) -> str:
    """A meeting date with its mark: `2022-08-25`, `2022-08-22~`, `2022-11-15?`, `XXXX-11-15`; empty where unknown."""
    if met is None:
        return ""
    if met.start is None or met.end is None:
        return met.edtf
    days = str(met.start) if met.start == met.end else f"{met.start}..{met.end}"
    return days + MARKS[met.certainty]


def published_shown(readout: Readout) -> str:
    """The published date; empty where unknown."""
    return readout.published.date if readout.published else ""


def value_of(fact: Fact | None) -> str:
    """A fact's value; empty where the readout has none."""
    return fact.value if fact else ""


def names(people: Iterable[Person]) -> str:
    """Names in one line."""
    return "; ".join(person.name for person in people)
