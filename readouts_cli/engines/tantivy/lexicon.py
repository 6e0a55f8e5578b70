"""The terms that leaves stand for."""

from __future__ import annotations

from collections.abc import Mapping

from readouts_cli.engines.base import MOST_TERMS
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.errors import QueryError
from readouts_cli.query.leaves import Exact, Leaf

#: Prefixes up to this length stand for so many terms that what the index says of them is kept.
_KEPT_PREFIX = 1


class Lexicon:
    """Looks up terms in one commit."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[tuple[str, Leaf], Mapping[str, int]] = {}
        self._stretches: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def terms(self, field: str, leaf: Leaf) -> Mapping[str, int]:
        """The terms of a field that a leaf accepts, each with the number of readouts it stands in.

        Readouts deleted since are counted until tantivy merges them away.  Raises QueryError for too many terms.
        """
        known = self._found.get((field, leaf))
        if known is None:
            known = self._found[field, leaf] = self._look_up(field, leaf)
        if len(known) > MOST_TERMS:
            raise QueryError(f"a pattern stands for {len(known):,} words, more than {MOST_TERMS:,}; make it longer")
        return known

    def _look_up(self, field: str, leaf: Leaf) -> Mapping[str, int]:
        if isinstance(leaf, Exact):
            readouts = self._snapshot.holding(field, leaf.term)
            return {leaf.term: readouts} if readouts else {}
        return {term: readouts for term, readouts in self._with_prefix(field, leaf.prefix) if leaf.matches(term)}

    def _with_prefix(self, field: str, prefix: str) -> list[tuple[str, int]]:
        if len(prefix) > _KEPT_PREFIX:
            return self._snapshot.terms(field, prefix)
        if (field, prefix) not in self._stretches:
            self._stretches[field, prefix] = self._snapshot.terms(field, prefix)
        return self._stretches[field, prefix]
