"""The two sets of readouts that `keyness` holds against one another: their words, and what these rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from readouts_cli.analysis.basis import Basis, Dating
from readouts_cli.analysis.keyness import Counting, WordsOf, counted
from readouts_cli.cli.many import ADDED_UP, SHARED, Many, basis_of, basis_of_both, in_blocks, watched
from readouts_cli.cli.session import Session
from readouts_cli.cli.sharing import cores, shared_out
from readouts_cli.engines.base import Measuring, TermCounts
from readouts_cli.library import Library
from readouts_cli.query.syntax import Query
from readouts_cli.query.tree import conjunction
from readouts_cli.readout import Readout

_WHAT = "counting words"


class Sides(NamedTuple):
    """The words of each side, the focus first; how many readouts are on both sides; and what all that rests on."""

    words: Sequence[WordsOf]
    both: int
    basis: Basis


def sides_of(
    session: Session, library: Library, queries: Sequence[Query], counting: Counting, dating: Dating, *, dedupe: bool
) -> Sides:
    """The readouts that two queries find, their words counted by the engine where it can do that, and else read."""
    conditions = [query.condition for query in queries]
    if isinstance(library.engine, Measuring) and not dedupe:
        told = library.engine.term_counts(conditions, tokens=counting is Counting.TOKENS)
        if told is not None:
            bases = [basis_of(library, query, dating) for query in queries]
            both = library.engine.count(conjunction(conditions))
            words = _added_up(session, library, told, counting)
            return Sides(words, both, basis_of_both(library, queries, bases))
    all_many = [Many(session, library, query, dedupe=dedupe, dating=dating) for query in queries]
    found = [many.added_up(lambda readouts: counted(readouts, counting), dating, _WHAT) for many in all_many]
    both = len(set.intersection(*(set(many.ids) for many in all_many)))
    return Sides([words for words, _ in found], both, basis_of_both(library, queries, [basis for _, basis in found]))


def _added_up(session: Session, library: Library, told: TermCounts, counting: Counting) -> list[WordsOf]:
    """The words of each set as the engine tells them, and those of readouts that it leaves out."""

    def read(readouts: Iterable[Readout]) -> WordsOf:
        return counted(readouts, counting)

    words = [WordsOf(counting, volume) for volume in told.volumes]
    total = sum(volume.readouts for volume in told.volumes)
    with shared_out(lambda part: part(), told.parts, cores() if total >= SHARED else 1) as parts:
        for part in watched(session, parts, total, _WHAT, -(-total // len(told.parts))):
            for term, counts in part.items():
                for side, count in zip(words, counts, strict=True):
                    side.counts[term] = count
    for side, ids in zip(words, told.left_out, strict=True):
        for more in in_blocks(session, library, ids, read, ADDED_UP, _WHAT):
            side.merge(more)
    return words
