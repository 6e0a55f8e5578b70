"""Where a query matches: the readouts that it accepts with their tokens and the stretches that match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readouts_cli.query.document import TEXT
from readouts_cli.query.sparse import seen_by
from readouts_cli.query.tokens import Tokens
from readouts_cli.query.tree import Condition
from readouts_cli.readout import Readout, Span


@dataclass(frozen=True, slots=True)
class Matched:
    """A readout, the stretches of its text that a query matches, in order, and the tokens around them.

    Between what stands around one match and another, empty terms may stand for all else.
    """

    readout: Readout
    tokens: Tokens
    spans: list[Span]


def matched(readouts: Iterable[Readout], condition: Condition, *, beside: int = 0) -> Iterator[Matched]:
    """What a condition matches in each of `readouts`, which it is known to accept, and tokens on each side of it."""
    see = seen_by(condition, beside)
    for readout in readouts:
        seen = see(readout)
        yield Matched(readout, seen.fields[TEXT], condition.spans(seen))


def positions(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The first position that a span covers, and the first one behind it."""
    places = tokens.places
    return bisect_left(places, (span.start,)), bisect_left(places, (span.end,))
