"""Copies: readouts that were published again, cut, or reworded ("spun").

The containment of two readouts is the share of the shingles of the shorter one that the other has too: 1 where it was
taken over whole, about ½ where one word in eight was replaced.  A cluster is a readout and the later ones that are
copies of it; being a copy of a copy is not enough, so that no text drifts into another.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.analysis.shared import longest_run
from readouts_cli.analysis.shingles import SHINGLE, Shingle, ShingleIndex, containment, kept, shingles
from readouts_cli.query.tokens import terms, tokenize
from readouts_cli.readout import Readout, Span

#: The least containment at which two readouts count as copies, unless asked otherwise.
LEAST = 0.5

#: Two readouts are measured where this part of the containment asked for shows in their kept shingles.
_PROMISING = 0.5

#: Sorts behind every ISO day.
_NEVER = "~"

#: How many readouts are kept at hand while they are measured.
_AT_HAND = 300


@dataclass(frozen=True, slots=True)
class Member:
    """A readout of a cluster, its day, and its containment in the first of the cluster, which has none itself."""

    id: str
    day: dt.date | None
    containment: float | None


@dataclass(frozen=True, slots=True)
class SharedRun:
    """The longest run that two readouts share: its tokens, and where it stands in each."""

    tokens: int
    span: Span
    other_span: Span


@dataclass(frozen=True, slots=True)
class Copies:
    """Clusters of readouts that are copies of their first one, which is the earliest; the largest clusters first.

    Of every shared run of `reach` tokens something was kept, by which readouts find one another.
    """

    clusters: tuple[tuple[Member, ...], ...]
    reach: int
    basis: Basis

    @property
    def repeated(self) -> frozenset[str]:
        """The ids of all readouts but the first of each cluster."""
        return frozenset(member.id for cluster in self.clusters for member in cluster[1:])


class Sketch(NamedTuple):
    """What is kept of a readout to find the others that it may be a copy of: of its shingles, at a window."""

    id: str
    day: dt.date | None
    published: str | None
    kept: array[int]

    @property
    def place(self) -> tuple[bool, dt.date, str, str]:
        """Sorts the earliest first and undated ones last; of one day, as copies mostly are, the first published."""
        return self.day is None, self.day or dt.date.max, self.published or _NEVER, self.id


def sketches(readouts: Iterable[Readout], dating: Dating, *, window: int) -> Iterator[Sketch]:
    """The sketches of readouts."""
    for readout in readouts:
        published = readout.published.date if readout.published else None
        yield Sketch(readout.id, dating.day(readout), published, kept(terms(readout.text), window))


def copies(
    readouts: Iterable[Sketch],
    read: Callable[[str], Readout],
    *,
    window: int,
    least: float = LEAST,
    watched: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> Copies:
    """The clusters among readouts, sketched at a window, whose members have a containment of at least `least`.

    `read` gets single readouts again, to measure them exactly; `watched` is handed the ids of those to be measured and
    passes them on, for a progress bar.
    """
    census, index = Census(), ShingleIndex(window)
    days: dict[str, dt.date | None] = {}
    places: list[tuple[bool, dt.date, str, str]] = []
    for sketch in readouts:
        days[sketch.id] = sketch.day
        places.append(sketch.place)
        census.add(sketch.day)
        index.add(sketch.kept)
    ids = list(days)
    in_order = [id for *_, id in sorted(places)]
    place = {id: number for number, id in enumerate(in_order)}
    earlier: dict[str, list[str]] = {}
    for pair in index.pairs(least * _PROMISING, [place[id] for id in ids]):
        one, other = sorted((ids[number] for number in pair), key=place.__getitem__)
        earlier.setdefault(other, []).append(one)
    measuring = watched([id for id in in_order if id in earlier])
    clusters = _clusters(measuring, earlier, place, read, least, days)
    clusters.sort(key=lambda cluster: (-len(cluster), cluster[0].id))
    return Copies(tuple(clusters), SHINGLE + index.window - 1, census.basis())


def shared_run(readout: Readout, other: Readout) -> SharedRun | None:
    """The longest run that two readouts share; None where they share no word."""
    tokens, others = tokenize(readout.text), tokenize(other.text)
    run = longest_run(tokens.terms, others.terms)
    return SharedRun(run.length, run.span(tokens), run.other_span(others)) if run else None


def _clusters(
    in_order: Iterable[str],
    earlier: Mapping[str, Iterable[str]],
    place: Mapping[str, int],
    read: Callable[[str], Readout],
    least: float,
    days: Mapping[str, dt.date | None],
) -> list[tuple[Member, ...]]:
    """Each readout under the first one that it is most a copy of, the earliest of several.

    `earlier` are those that it may be a copy of; `place` is where each stands in the order of days.
    """

    @lru_cache(maxsize=_AT_HAND)
    def shingles_of(id: str) -> set[Shingle]:
        return shingles(terms(read(id).text))

    clusters: dict[str, list[Member]] = {}
    first_of: dict[str, str] = {}
    for id in in_order:
        firsts = sorted({first_of.get(other, other) for other in earlier[id]}, key=place.__getitem__)
        measured = [(containment(shingles_of(id), shingles_of(first)), first) for first in firsts]
        best, first = max(measured, key=lambda each: each[0], default=(0.0, id))
        if best >= least:
            cluster = clusters.setdefault(first, [Member(first, days[first], None)])
            cluster.append(Member(id, days[id], best))
            first_of[id] = first
    return [tuple(cluster) for cluster in clusters.values()]
