"""Where tantivy cannot compare positions exactly, the tree's own `find` does, on the terms of the stored readout."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from readouts_cli.engines.tantivy.folding import joined_terms
from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.schema import NUMBER
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.tree import Expression, Lookup
from readouts_cli.readout import Readout


class Verifier:
    """Reads candidates from one commit's store."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self._snapshot = snapshot
        self._lexicon = lexicon

    def numbers(self, field: str, expression: Expression, candidates: tantivy.Query) -> list[int]:
        """The numbers of those candidates in which an expression matches."""
        found = self._snapshot.first(candidates, NUMBER, len(self._snapshot)).hits
        rows = ((number, row(self._snapshot.readout(place), field)) for number, place in found)
        return [number for number, terms in rows if expression.find(self._lookup(field, terms))]

    def _lookup(self, field: str, terms: Sequence[str]) -> Lookup:
        def positions(leaf: Leaf) -> Sequence[int]:
            accepted = self._lexicon.terms(field, leaf)
            return [position for position, term in enumerate(terms) if term in accepted]

        return positions


def row(readout: Readout, name: str) -> list[str]:
    """A field's terms by position, an empty one between two values, as in `query.fields.document`."""
    terms: list[str] = []
    for field in FIELDS:
        if field.name == name:
            for value, _ in field.values(readout):
                if terms:
                    terms.append("")
                terms.extend(joined_terms(value).split())
    return terms
