"""What a condition looks at: the fields of a readout as tokens, and its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from readouts_cli.query.expressions import Lookup
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DateField, Days
from readouts_cli.query.tokens import Tokens

#: The field that a query word looks in unless it names another.
TEXT = "text"


class Document(NamedTuple):
    """A readout as the query tree sees it.

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


def _positions(terms: list[str], term: str) -> list[int]:
    """Where a term stands; `list` looks for it many times faster than a loop over all terms."""
    found: list[int] = []
    for _ in range(terms.count(term)):
        found.append(terms.index(term, found[-1] + 1 if found else 0))
    return found
