"""The query tree: what a query means, independent of any engine.

There are two kinds of node.  An **expression** looks at where words stand in one field and finds the stretches that
match (`find`).  A **condition** looks at a whole document: does it match (`accepts`), and which stretches of its text
show it (`spans`).  These methods are the reference meaning; every engine must accept exactly the same documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import Days, Period
from readouts_cli.query.tokens import Tokens
from readouts_cli.span import Span

#: A match within a field: first and last position, both included.
Match = tuple[int, int]

#: Where a leaf stands in the field at hand: its positions, ascending.  An engine answers from postings, the reference
#: from tokens.
Lookup = Callable[[Leaf], Sequence[int]]

#: The field that a query word looks in unless it names another.
TEXT = "text"


class DateField(Enum):
    """Which date a period is held against; `date` is the meeting day, or the published day where that is unknown."""

    DATE = "date"
    MET = "met"
    PUB = "pub"


@dataclass(frozen=True, slots=True)
class Document:
    """What a condition looks at.

    `in_text` names the fields whose tokens carry offsets into the readout's text; the others (path, id, a column of a
    spreadsheet) can match but show nothing there.
    """

    fields: Mapping[str, Tokens]
    in_text: frozenset[str]
    met: Days | None
    published: Days | None

    def lookup(self, field: str) -> Lookup:
        """Where leaves stand in a field."""
        terms = self.fields[field].terms

        def positions(leaf: Leaf) -> Sequence[int]:
            # Going through the terms for each of a query's few leaves costs less than an index of all of them.
            if isinstance(leaf, Exact):
                return _positions(terms, leaf.term)
            prefix = leaf.prefix
            accepted = {term for term in set(terms) if term and term.startswith(prefix) and leaf.matches(term)}
            return [position for position, term in enumerate(terms) if term in accepted] if accepted else ()

        return positions

    def days(self, which: DateField) -> Days | None:
        """The date that a filter on `which` looks at."""
        if which is DateField.MET:
            return self.met
        if which is DateField.PUB:
            return self.published
        return self.met or self.published


class Expression(Protocol):
    """A node that matches stretches of one field."""

    def find(self, lookup: Lookup) -> list[Match]:
        """All matches in order of their start, none of which contains another."""


class Condition(Protocol):
    """A node that matches documents."""

    def accepts(self, document: Document) -> bool:
        """Whether the document matches."""

    def spans(self, document: Document) -> list[Span]:
        """The stretches of text that match, in order, without those that lie inside another."""


# Expressions


@dataclass(frozen=True)
class Term:
    """One word."""

    leaf: Leaf

    def find(self, lookup: Lookup) -> list[Match]:
        return [(position, position) for position in lookup(self.leaf)]


@dataclass(frozen=True)
class Phrase:
    """Words in this order with nothing between.

    Each part is a leaf and its offset from the first position; `length` is how many positions the phrase covers.  (A
    Han run of three characters has two pairs and covers three positions.)
    """

    parts: tuple[tuple[int, Leaf], ...]
    length: int

    def find(self, lookup: Lookup) -> list[Match]:
        (first_offset, first), *others = self.parts
        starts = {position - first_offset for position in lookup(first)} if first_offset else set(lookup(first))
        for offset, leaf in others:
            if not starts:
                break
            starts.intersection_update([position - offset for position in lookup(leaf)])
        return [(start, start + self.length - 1) for start in sorted(starts)]


@dataclass(frozen=True)
class Within:
    """Words in any order, each at a position of its own, with at most `slack` positions between them in all.

    A match runs from the first of the words to the last.  (Han characters count one position each; a pair counts for
    its first.)
    """

    leaves: tuple[Leaf, ...]
    slack: int

    def find(self, lookup: Lookup) -> list[Match]:
        parts: dict[int, list[int]] = {}
        for part, leaf in enumerate(self.leaves):
            for position in lookup(leaf):
                parts.setdefault(position, []).append(part)
        accepted = sorted(parts.items())
        windows = (self._window(accepted[n:]) for n in range(len(accepted)))
        return minimal(window for window in windows if window is not None)

    def _window(self, accepted: list[tuple[int, list[int]]]) -> Match | None:
        """The shortest match that begins at the first accepted position."""
        first = accepted[0][0]
        holder: dict[int, int] = {}  # part → index into accepted
        for n, (position, _) in enumerate(accepted):
            if position - first >= len(self.leaves) + self.slack:
                return None
            if _place(n, accepted, holder, set()) and len(holder) == len(self.leaves):
                return (first, position)
        return None


def _place(n: int, accepted: list[tuple[int, list[int]]], holder: dict[int, int], tried: set[int]) -> bool:
    """Give position `n` a part, moving others along an augmenting path (Kuhn's bipartite matching)."""
    for part in accepted[n][1]:
        if part not in tried:
            tried.add(part)
            if part not in holder or _place(holder[part], accepted, holder, tried):
                holder[part] = n
                return True
    return False


@dataclass(frozen=True)
class Near:
    """Two expressions whose nearest ends are at most `distance` positions apart; adjacent words are 1 apart."""

    left: Expression
    right: Expression
    distance: int
    ordered: bool

    def find(self, lookup: Lookup) -> list[Match]:
        lefts, rights = self.left.find(lookup), self.right.find(lookup)
        pairs = [(lefts, rights)] if self.ordered else [(lefts, rights), (rights, lefts)]
        return minimal(match for first, second in pairs for match in _followed(first, second, self.distance))


def _followed(firsts: Sequence[Match], seconds: Sequence[Match], distance: int) -> Iterator[Match]:
    """Each of the first matches with the nearest of the second behind it, as with any other it would be longer."""
    starts = [start for start, _ in seconds]
    for start, end in firsts:
        nearest = bisect_right(starts, end)
        if nearest < len(starts) and starts[nearest] - end <= distance:
            yield start, seconds[nearest][1]


@dataclass(frozen=True)
class Either:
    """Any of several expressions."""

    options: tuple[Expression, ...]

    def find(self, lookup: Lookup) -> list[Match]:
        return minimal(match for option in self.options for match in option.find(lookup))


def leaves(expression: Expression) -> Iterator[Leaf]:
    """The leaves of an expression."""
    match expression:
        case Term(leaf):
            yield leaf
        case Phrase(parts):
            yield from (leaf for _, leaf in parts)
        case Within(found):
            yield from found
        case Near(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case Either(options):
            for option in options:
                yield from leaves(option)


# Conditions


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


def together(found: Sequence[list[Match]]) -> list[Match]:
    """Stretches in which a match of each word follows a match of the word before it, with nothing between."""
    chains = {last: first for first, last in found[0]}  # end of a chain → its start
    for matches in found[1:]:
        chains = {last: chains[first - 1] for first, last in matches if first - 1 in chains}
    return sorted((first, last) for last, first in chains.items())


def minimal(matches: Iterable[Match]) -> list[Match]:
    """Matches in order of their start, without doubles and without those that contain another."""
    kept: list[Match] = []
    for first, last in sorted(set(matches), key=lambda match: (match[0], -match[1])):
        while kept and kept[-1][1] >= last:
            kept.pop()
        kept.append((first, last))
    return kept


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of their start, without doubles and without those that lie inside another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def apart(matches: Iterable[Match]) -> Iterator[Match]:
    """The leftmost matches that do not overlap, as one counts occurrences."""
    end = -1
    for first, last in matches:
        if first > end:
            yield first, last
            end = last


def _positions(terms: list[str], term: str) -> list[int]:
    """Where a term stands; `list` looks for it many times faster than a loop over all terms."""
    found: list[int] = []
    for _ in range(terms.count(term)):
        found.append(terms.index(term, found[-1] + 1 if found else 0))
    return found


def _text_spans(document: Document, field: str, matches: list[Match]) -> list[Span]:
    if field not in document.in_text:
        return []
    tokens = document.fields[field]
    return [tokens.span(first, last) for first, last in apart(matches)]
