"""The query tree: what a query means, independent of any engine.

Its nodes are **conditions**, each of which looks at a whole document: does it match (`accepts`), and which stretches of
its text show it (`spans`).  Those that look into a field hold **expressions**, which find matches there.  These methods
are the reference meaning; every engine must accept exactly the same documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from readouts_cli.query.document import Document
from readouts_cli.query.expressions import Expression, Lookup, Match, apart, minimal, together
from readouts_cli.query.period import DateField, Period
from readouts_cli.span import Span


class Condition(Protocol):
    """A node that matches documents."""

    def accepts(self, document: Document) -> bool:
        """Whether the document matches."""

    def spans(self, document: Document) -> list[Span]:
        """The stretches of text that match, in order, without those that lie inside another."""


@dataclass(frozen=True)
class Everything:
    """Every document."""

    def accepts(self, document: Document) -> bool:
        return True

    def spans(self, document: Document) -> list[Span]:
        return []


@dataclass(frozen=True)
class In:
    """An expression that matches in one field."""

    field: str
    expression: Expression

    def accepts(self, document: Document) -> bool:
        return bool(self.find(document.lookup(self.field)))

    def find(self, lookup: Lookup) -> list[Match]:
        """The matches in the field, as an expression gives them."""
        return self.expression.find(lookup)

    def spans(self, document: Document) -> list[Span]:
        return _text_spans(document, self.field, self.find(document.lookup(self.field)))


@dataclass(frozen=True)
class Words:
    """Bare words side by side in a query: all of them anywhere in the field, or any of them.

    Where they stand together in the text as they do in the query, those are the matches that are shown and counted;
    elsewhere each word's own.
    """

    field: str
    words: tuple[Expression, ...]
    any: bool = False

    def accepts(self, document: Document) -> bool:
        lookup = document.lookup(self.field)
        found = (bool(word.find(lookup)) for word in self.words)
        return any(found) if self.any else all(found)

    def find(self, lookup: Lookup) -> list[Match]:
        """The matches in the field, as an expression gives them."""
        found = [word.find(lookup) for word in self.words]
        if not self.any and not all(found):
            return []
        return together(found) or minimal(match for matches in found for match in matches)

    def spans(self, document: Document) -> list[Span]:
        return _text_spans(document, self.field, self.find(document.lookup(self.field)))


@dataclass(frozen=True)
class And:
    """All of the conditions."""

    children: tuple[Condition, ...]

    def accepts(self, document: Document) -> bool:
        return all(child.accepts(document) for child in self.children)

    def spans(self, document: Document) -> list[Span]:
        return outermost(span for child in self.children for span in child.spans(document))


@dataclass(frozen=True)
class Or:
    """Any of the conditions; only those that hold show spans."""

    children: tuple[Condition, ...]

    def accepts(self, document: Document) -> bool:
        return any(child.accepts(document) for child in self.children)

    def spans(self, document: Document) -> list[Span]:
        return outermost(span for child in self.children if child.accepts(document) for span in child.spans(document))


@dataclass(frozen=True)
class Not:
    """Every document that the condition does not accept."""

    child: Condition

    def accepts(self, document: Document) -> bool:
        return not self.child.accepts(document)

    def spans(self, document: Document) -> list[Span]:
        return []


@dataclass(frozen=True)
class Dated:
    """Documents whose date lies in a period."""

    which: DateField
    period: Period
    doubtful: bool = False

    def accepts(self, document: Document) -> bool:
        days = document.days(self.which)
        return days is not None and days.in_period(self.period, doubtful=self.doubtful)

    def spans(self, document: Document) -> list[Span]:
        return []


@dataclass(frozen=True)
class Undated:
    """Documents that no period on that date can accept (`date:none`)."""

    which: DateField
    doubtful: bool = False

    def accepts(self, document: Document) -> bool:
        days = document.days(self.which)
        return days is None or not days.is_dated(doubtful=self.doubtful)

    def spans(self, document: Document) -> list[Span]:
        return []


def including_undated(condition: Condition) -> Condition | None:
    """The condition with date filters that let undated documents pass; None where it has no date filter.

    A filter under a NOT already lets them pass.
    """
    if isinstance(condition, Dated):
        return Or((condition, Undated(condition.which, condition.doubtful)))
    if isinstance(condition, And | Or):
        relaxed = [including_undated(child) for child in condition.children]
        if any(child is not None for child in relaxed):
            children = tuple(new or old for new, old in zip(relaxed, condition.children, strict=True))
            return replace(condition, children=children)
    return None


def conjunction(children: Iterable[Condition]) -> Condition:
    """All of `children`, flattened, without an And around a single one."""
    flat = [part for child in children for part in (child.children if isinstance(child, And) else (child,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of their start, without doubles and without those that lie inside another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _text_spans(document: Document, field: str, matches: list[Match]) -> list[Span]:
    if field not in document.in_text:
        return []
    tokens = document.fields[field]
    return [tokens.span(first, last) for first, last in apart(matches)]
