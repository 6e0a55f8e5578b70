"""What a search hands to output: plain records, each hit made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.span import Span

if TYPE_CHECKING:
    from readouts_cli.passages import Passage
    from readouts_cli.readout import Readout


#: How much text a passage shows around its matches unless asked otherwise, in characters.
CONTEXT = 240


class ShownHit(NamedTuple):
    """A hit with all that a reader may want to see of it; `rank` counts from 1 over the whole answer."""

    rank: int
    score: float
    readout: Readout
    matches: tuple[Span, ...]
    passages: tuple[Passage, ...]


class SearchResult(NamedTuple):
    """An answer: the query as typed, how many readouts matched, how many undated ones a date filter left out, the hits.

    `hits` can be walked once.
    """

    query: str
    total: int
    offset: int
    undated_left_out: int
    synonyms: tuple[str, ...]
    ids: tuple[str, ...]
    hits: Iterator[ShownHit]
