"""The plain records that the whole program passes around.

Every offset is a code-point offset into `Readout.text`; ends are exclusive.  Days are plain calendar days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

from readouts_cli.span import Span

__all__ = [
    "Certainty", "DamagedQuote", "Fact", "Met", "Person", "Published", "Quote", "Readout", "Span",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A value read from the text, the words it came from, and the rule that read it.

    `span` is None where the value came from the file's own metadata (a JSONL column, a PDF property).
    """

    value: str
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the readout was published.

    `date` is an ISO day, or an ISO month (`2022-08`) where the file states no more.
    """

    date: str
    span: Span | None
    rule: str

    @property
    def day(self) -> dt.date | None:
        """The day, or None where only a month is known."""
        return dt.date.fromisoformat(self.date) if len(self.date) == len("2022-08-20") else None


class Certainty(str, Enum):
    """How sure the reader is of a meeting date (DESIGN: dates)."""

    STATED = "stated"
    INFERRED = "inferred"
    DOUBTFUL = "doubtful"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Met:
    """The day or days on which the meeting was held.

    `start` and `end` are both None for a partial date, which only `edtf` then tells (`XXXX-11-15`).
    """

    start: dt.date | None
    end: dt.date | None
    edtf: str
    certainty: Certainty
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who presided or attended, with the office as it is printed."""

    name: str
    office: str | None
    span: Span
    office_span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A formulation in a pair of quotation marks: `text` is what stands inside, `span` covers the marks too."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class DamagedQuote:
    """A quotation mark without its partner, at `at`."""

    problem: str
    at: int


@dataclass(frozen=True, slots=True)
class Readout:
    """One document.

    `path` is where it came from, as the user would open it; `record` is its number within a file that holds several
    (JSONL, CSV), counted from 1, and None elsewhere.  `body_start` is where the prose begins, after header and title.
    `place` is a hint, never a fact.  `metadata` keeps what the file says beyond the fields above.
    """

    id: str
    path: str
    text: str
    record: int | None = None
    language: str = "en"
    body_start: int = 0
    title: Fact | None = None
    subtitle: Fact | None = None
    published: Published | None = None
    met: Met | None = None
    body: Fact | None = None
    place: Fact | None = None
    presided: tuple[Person, ...] = ()
    attended: tuple[Person, ...] = ()
    source: Fact | None = None
    reporters: tuple[Fact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    damaged_quotes: tuple[DamagedQuote, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
