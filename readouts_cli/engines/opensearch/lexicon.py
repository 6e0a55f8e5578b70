"""The terms that leaves stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from readouts_cli.engines.base import MOST_TERMS
from readouts_cli.engines.opensearch.combining import EVERYTHING
from readouts_cli.engines.opensearch.mapping import TERMS, WORDS
from readouts_cli.engines.opensearch.snapshot import Snapshot
from readouts_cli.errors import QueryError
from readouts_cli.query.leaves import Leaf


class Lexicon:
    """Looks up terms in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[tuple[str, Leaf], Mapping[str, int]] = {}

    def terms(self, field: str, leaf: Leaf) -> Mapping[str, int]:
        """The terms of a field that a leaf accepts, ascending, each with the number of readouts it stands in.

        Raises QueryError for too many.
        """
        if (field, leaf) not in self._found:
            self._found[field, leaf] = dict(self._accepted(field, leaf))
        return self._found[field, leaf]

    def _accepted(self, field: str, leaf: Leaf) -> Iterator[tuple[str, int]]:
        accepted = 0
        for term, readouts in self._with_prefix(field, leaf.prefix):
            if leaf.matches(term):
                accepted += 1
                if accepted > MOST_TERMS:
                    raise QueryError(f"a pattern stands for more than {MOST_TERMS:,} words; make it longer")
                yield term, readouts

    def _with_prefix(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The cluster has no list of terms; it counts documents by the words in them, which come out in order."""
        column = f"{WORDS}.{field}"
        if prefix:
            exactly = self._snapshot.count({"term": {f"{TERMS}.{field}": prefix}})
            if exactly:
                yield prefix, exactly
        for term, readouts in self._snapshot.buckets(EVERYTHING, column, prefix):
            if not term.startswith(prefix):
                return
            yield term, readouts
