"""Hits under headings: the values that `--group-by` sorts them into, the same as an engine's facets count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from readouts_cli.query.fields import met_days, published_days
from readouts_cli.query.period import DaysKind
from readouts_cli.readout import Readout
from readouts_cli.results import ShownHit


def grouped(hits: Iterable[ShownHit], by: str) -> list[tuple[str, list[ShownHit]]]:
    """The hits under each value of `by`: years and months in their order, else the most frequent first, none last.

    A hit with several presiders stands under each of them.
    """
    groups: dict[str, list[ShownHit]] = {}
    for hit in hits:
        for value in _VALUES[by](hit.readout) or [""]:
            groups.setdefault(value, []).append(hit)
    sizes = {value: len(group) for value, group in groups.items()}
    return [(value, groups[value]) for value, _ in ordered(sizes, by)]


def ordered(counts: dict[str, int], by: str) -> Iterator[tuple[str, int]]:
    """Values with their counts in the order in which they are shown."""
    chronological = by in {"year", "month"}

    def key(item: tuple[str, int]) -> tuple[bool, int, str]:
        value, count = item
        return value == "", 0 if chronological else -count, value

    yield from sorted(counts.items(), key=key)


def _year(readout: Readout) -> list[str]:
    return [month[:4] for month in _month(readout)]


def _month(readout: Readout) -> list[str]:
    days = met_days(readout.met) or published_days(readout.published)
    return [days.first.isoformat()[:7]] if days and days.kind is DaysKind.SURE else []


_VALUES: dict[str, Callable[[Readout], list[str]]] = {
    "year": _year,
    "month": _month,
    "body": lambda readout: [readout.body.value] if readout.body else [],
    "presider": lambda readout: list(dict.fromkeys(person.name for person in readout.presided)),
    "source": lambda readout: [readout.source.value] if readout.source else [],
    "language": lambda readout: [readout.language],
}
