"""Copies: readouts that were published again, cut, or reworded ("spun").

The containment of two readouts is the share of the shingles of the shorter one that the other has too: 1 where it was
taken over whole, about ½ where one word in eight was replaced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.analysis.shared import longest_run
from readouts_cli.analysis.shingles import SHINGLE, Shingle, ShingleIndex, containment, shingles, window_for
from readouts_cli.query.tokens import terms, tokenize
from readouts_cli.readout import Readout, Span

#: The least containment at which two readouts count as copies, unless asked otherwise.
LEAST = 0.5

#: Two readouts are measured where this part of the containment asked for shows in their kept shingles.
_PROMISING = 0.25

#: How many readouts are kept at hand while pairs are measured.
_AT_HAND = 500


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two readouts share: their containment, and the longest run, which has so many tokens, in each of them."""

    containment: float
    tokens: int
    span: Span
    other_span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """A readout of a cluster and its day; what it is a copy `of`, and their likeness, unless it is the first."""

    id: str
    day: dt.date | None
    of: str | None
    likeness: Likeness | None


@dataclass(frozen=True, slots=True)
class Copies:
    """Clusters of readouts that are copies of one another, largest first; in each the earliest readout comes first.

    Two readouts with a shared run of `reach` tokens were sure to be looked at.
    """

    clusters: tuple[tuple[Member, ...], ...]
    reach: int
    basis: Basis

    @property
    def repeated(self) -> frozenset[str]:
        """The ids of all readouts but the first of each cluster."""
        return frozenset(member.id for cluster in self.clusters for member in cluster[1:])


def copies(
    readouts: Iterable[Readout],
    read: Callable[[str], Readout],
    dating: Dating,
    *,
    total: int,
    least: float = LEAST,
) -> Copies:
    """The clusters among `readouts`, about `total` in number; `read` gets single ones again, to measure them exactly.

    Each is joined to another that it shares at least `least` of the shingles with, containment being 1 at most.
    """
    census, index = Census(dating), ShingleIndex(window_for(total))
    ids: list[str] = []
    days: dict[str, dt.date | None] = {}
    for readout in readouts:
        ids.append(readout.id)
        days[readout.id] = census.count(readout)
        index.add(terms(readout.text))
    promising = [(ids[one], ids[other]) for one, other in index.pairs(least * _PROMISING)]
    joined = _joined(promising, read, least)
    clusters = [_members(cluster, joined, days, read) for cluster in _clusters(joined)]
    clusters.sort(key=lambda cluster: (-len(cluster), cluster[0].id))
    return Copies(tuple(clusters), SHINGLE + index.window - 1, census.basis())


#: For each readout, those that it is a copy of or that are copies of it, with their containment.
Joined = dict[str, dict[str, float]]


def _joined(pairs: Iterable[tuple[str, str]], read: Callable[[str], Readout], least: float) -> Joined:
    """The pairs that really are copies, measured exactly."""

    @lru_cache(maxsize=_AT_HAND)
    def shingles_of(id: str) -> set[Shingle]:
        return shingles(terms(read(id).text))

    joined: Joined = {}
    for one, other in pairs:
        value = containment(shingles_of(one), shingles_of(other))
        if value >= least:
            joined.setdefault(one, {})[other] = value
            joined.setdefault(other, {})[one] = value
    return joined


def _clusters(joined: Joined) -> Iterator[set[str]]:
    """The connected components."""
    seen: set[str] = set()
    for start in joined:
        if start in seen:
            continue
        cluster, waiting = {start}, [start]
        while waiting:
            found = joined[waiting.pop()].keys() - cluster
            cluster |= found
            waiting += found
        seen |= cluster
        yield cluster


def _members(
    cluster: set[str], joined: Joined, days: Mapping[str, dt.date | None], read: Callable[[str], Readout]
) -> tuple[Member, ...]:
    """The readouts of a cluster, earliest first, each with the earlier one, if any, that it has most in common with."""
    place = {id: (days[id] is None, days[id] or dt.date.max, id) for id in cluster}
    members: list[Member] = []
    for id in sorted(cluster, key=place.__getitem__):
        if not members:
            members.append(Member(id, days[id], None, None))
            continue
        earlier = {other: value for other, value in joined[id].items() if place[other] < place[id]} or joined[id]
        of = max(sorted(earlier, key=place.__getitem__), key=earlier.__getitem__)
        members.append(Member(id, days[id], of, _likeness(read(id), read(of), earlier[of])))
    return tuple(members)


def _likeness(readout: Readout, other: Readout, value: float) -> Likeness:
    tokens, others = tokenize(readout.text), tokenize(other.text)
    run = longest_run(tokens.terms, others.terms)
    assert run is not None  # a shared shingle is a shared run
    return Likeness(value, run.length, run.span(tokens), run.other_span(others))
