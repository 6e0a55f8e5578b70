"""Trend: how the use of formulations changes from one month, quarter or year to the next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.analysis.bins import Bin, Unit, bin_of, bins_between
from readouts_cli.analysis.occurrences import Matched
from readouts_cli.engines.base import Occurrences, Volume
from readouts_cli.query.tokens import terms
from readouts_cli.readout import Readout

#: Occurrences are given per so many tokens.
PER_TOKENS = 10_000


@dataclass(frozen=True, slots=True)
class Series:
    """The use of one formulation, bin by bin; `undated` is its use in readouts that are in no bin."""

    query: str
    uses: tuple[Occurrences, ...]
    undated: Occurrences


@dataclass(frozen=True, slots=True)
class Trend:
    """The bins from the first readout to the last, what is in each, and each formulation's use there."""

    unit: Unit
    bins: tuple[Bin, ...]
    shelves: tuple[Volume, ...]
    series: tuple[Series, ...]
    basis: Basis


@dataclass(slots=True)
class Counts:
    """Something counted by bin; None stands for the undated."""

    readouts: Counter[Bin | None] = field(default_factory=Counter)
    amount: Counter[Bin | None] = field(default_factory=Counter)

    def add(self, bin: Bin | None, amount: int, readouts: int) -> None:
        """Count readouts and their tokens, or occurrences, in all."""
        self.readouts[bin] += readouts
        self.amount[bin] += amount


def volumes(readouts: Iterable[Readout], dating: Dating) -> dict[dt.date | None, Volume]:
    """How much there is on each day, as an engine tells it (`engines.base.Engine.volumes`), but counted by reading."""
    found: dict[dt.date | None, Volume] = {}
    for readout in readouts:
        day = dating.day(readout)
        count, tokens = found.get(day, (0, 0))
        found[day] = Volume(count + 1, tokens + len(terms(readout.text)))
    return found


def occurrences(found: Iterable[Matched], dating: Dating) -> dict[dt.date | None, Occurrences]:
    """How often a formulation occurs on each day, as an engine tells it, but counted by reading."""
    counted: dict[dt.date | None, Occurrences] = {}
    for each in found:
        day = dating.day(each.readout)
        readouts, times = counted.get(day, (0, 0))
        counted[day] = Occurrences(readouts + 1, times + len(each.spans))
    return counted


def occurrences_in_all(
    parts: Iterable[Mapping[dt.date | None, Occurrences]],
) -> dict[dt.date | None, Occurrences]:
    """The occurrences on each day in several parts of what was read."""
    found: dict[dt.date | None, Occurrences] = {}
    for part in parts:
        for day, (readouts, times) in part.items():
            known = found.get(day, (0, 0))
            found[day] = Occurrences(known[0] + readouts, known[1] + times)
    return found


class Shelves:
    """All readouts of a trend, those with the formulation and those without: how much there is on each day."""

    def __init__(self, unit: Unit, dating: Dating, volumes: Mapping[dt.date | None, Volume]) -> None:
        self._unit = unit
        self._census = Census(dating)
        self._counts = Counts()
        for day, volume in volumes.items():
            self._census.add(day, volume.readouts)
            self._counts.add(self._bin(day), volume.tokens, volume.readouts)

    def uses(self, occurrences: Mapping[dt.date | None, Occurrences]) -> Counts:
        """The use of a formulation, given how often it occurs on each day in readouts that have been counted."""
        counts = Counts()
        for day, found in occurrences.items():
            counts.add(self._bin(day), found.times, found.readouts)
        return counts

    def _bin(self, day: dt.date | None) -> Bin | None:
        return bin_of(day, self._unit) if day else None

    def trend(self, used: Iterable[tuple[str, Counts]]) -> Trend:
        """The use of each formulation against all that was counted."""
        dated = [bin for bin in self._counts.readouts if bin]
        bins = tuple(bins_between(min(dated), max(dated))) if dated else ()
        shelves = tuple(Volume(self._counts.readouts[bin], self._counts.amount[bin]) for bin in bins)
        series = tuple(
            Series(query, tuple(_use(counts, bin) for bin in bins), _use(counts, None)) for query, counts in used
        )
        return Trend(self._unit, bins, shelves, series, self._census.basis())


def share(use: Occurrences, shelf: Volume) -> float | None:
    """Readouts with the formulation ÷ readouts in the bin; None where the bin has no readouts."""
    return use.readouts / shelf.readouts if shelf.readouts else None


def rate(use: Occurrences, shelf: Volume) -> float | None:
    """Occurrences per 10,000 tokens of the bin's readouts; None where these have no tokens."""
    return use.times * PER_TOKENS / shelf.tokens if shelf.tokens else None


def _use(counts: Counts, bin: Bin | None) -> Occurrences:
    return Occurrences(counts.readouts[bin], counts.amount[bin])


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of a bin's readouts something stands."""

    bin: Bin
    readouts: int
    of: int


def shares(matching: Mapping[str, int], every: Mapping[str, int], *, most: int) -> list[Share]:
    """The readouts that match and every readout, both counted by month (`2022-08`), in bins from the first to the last.

    Bins are months, quarters or years, the shortest of which there are not more than `most` (years, if need be).
    """
    months = [dt.date.fromisoformat(f"{month}-01") for month in every]
    if not months:
        return []
    bins: list[Bin] = []
    for unit in Unit:
        bins = list(bins_between(bin_of(min(months), unit), bin_of(max(months), unit)))
        if len(bins) <= most:
            break
    counted = []
    for months_counted in (matching, every):
        counts: Counter[Bin] = Counter()
        for month, count in months_counted.items():
            counts[bin_of(dt.date.fromisoformat(f"{month}-01"), bins[0].unit)] += count
        counted.append(counts)
    return [Share(bin, counted[0][bin], counted[1][bin]) for bin in bins]
