"""What a library holds, as a record, and the ways to print it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from readouts_cli.engines.base import Engine, Facet, Order, Ranking
from readouts_cli.manifest import Failure
from readouts_cli.output.sanitize import one_line

if TYPE_CHECKING:
    from readouts_cli.library import Library


#: From so many readouts on, Whoosh takes a tenth of a second for a phrase of common words, and tantivy a tenth of that
#: (`tests/benchmarks/engines.py`); both grow with the library.
_MANY = 100_000


@dataclass(frozen=True, slots=True)
class Info:
    """A library's facts.

    Of one on a cluster, at `url`, sources and failures are those of this machine.  `first` and `last` are the days of
    the earliest and the latest readout, by `date:`; `undated` counts readouts that no period holds.  `size` is that of
    the library's folder, in bytes, None on a cluster.  `advice` is a command that would do the library good.
    """

    folder: str
    url: str | None
    engine: str
    readouts: int
    sources: tuple[str, ...]
    globs: tuple[str, ...]
    excludes: tuple[str, ...]
    first: str | None
    last: str | None
    undated: int
    languages: dict[str, int]
    failures: tuple[Failure, ...]
    size: int | None
    advice: str | None


def of(library: Library) -> Info:
    """Look a library over by what readouts are counted by; only those that the last day depends on may be read."""
    from readouts_cli.query.tree import Everything

    engine, manifest = library.engine, library.manifest
    months = engine.facet(Everything(), Facet.MONTH)
    undated = months.pop("", 0)
    first, last = _span(engine, months) if months else (None, None)
    languages = engine.facet(Everything(), Facet.LANGUAGE)
    return Info(
        folder=str(library.folder),
        url=library.url,
        engine=engine.name,
        readouts=len(engine),
        sources=manifest.sources,
        globs=manifest.globs,
        excludes=manifest.excludes,
        first=first,
        last=last,
        undated=undated,
        languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        failures=manifest.failures,
        size=None if library.url else _size(library.folder),
        advice=_advice(engine.name, len(engine), library.folder),
    )


def shape(info: Info) -> dict[str, Any]:
    """The record for JSON."""
    return {
        "schema": "readouts.info/1",
        "folder": info.folder,
        "url": info.url,
        "engine": info.engine,
        "readouts": info.readouts,
        "sources": list(info.sources),
        "globs": list(info.globs),
        "excludes": list(info.excludes),
        "first": info.first,
        "last": info.last,
        "undated": info.undated,
        "languages": info.languages,
        "failures": [{"path": failure.path, "reason": failure.reason} for failure in info.failures],
        "bytes": info.size,
        "advice": info.advice,
    }


def write(stream: TextIO, info: Info) -> None:
    """Tab-separated lines of name and value; a name recurs where there are several values."""
    stream.writelines(f"{name}\t{one_line(str(value))}\n" for name, value in _entries(info))


def draw(stream: TextIO, info: Info) -> None:
    """The same for reading, in columns."""
    longest = max(len(name) for name, _ in _entries(info))
    before = ""
    for name, value in _entries(info):
        shown = f"{value:,}" if isinstance(value, int) else value
        stream.write(f"{('' if name == before else name).ljust(longest)}  {one_line(shown)}\n")
        before = name


def _entries(info: Info) -> Iterator[tuple[str, str | int]]:
    yield "library", info.url or info.folder
    yield "engine", info.engine
    yield "readouts", info.readouts
    yield from (("source", source) for source in info.sources)
    yield from (("glob", glob) for glob in info.globs)
    yield from (("exclude", glob) for glob in info.excludes)
    if info.first and info.last:
        yield "dates", f"{info.first}..{info.last}"
    yield "undated", info.undated
    yield from (("language", f"{language} {count}") for language, count in info.languages.items())
    yield from (("failed", f"{failure.path}: {failure.reason}") for failure in info.failures)
    if info.size is not None:
        yield "bytes", info.size
    if info.advice is not None:
        yield "faster with", info.advice


def _span(engine: Engine, months: Collection[str]) -> tuple[str, str]:
    """The first and the last day on which a meeting was held, or its readout published where that day is unknown.

    `months` are those in which dated readouts begin.  A meeting of several days may end when no other has begun since.
    """
    from readouts_cli.query.fields import met_days
    from readouts_cli.query.period import DateField, Period
    from readouts_cli.query.tree import Dated

    def begun(period: Period) -> Iterator[dt.date]:
        return filter(None, engine.volumes(Dated(DateField.DATE, period), DateField.DATE, doubtful=False))

    earliest, latest = (dt.date.fromisoformat(f"{month}-01") for month in (min(months), max(months)))
    # Part of a cluster may have failed since the months were counted; the answer is then called incomplete.
    first = min(begun(Period(None, earliest + dt.timedelta(days=30))), default=earliest)
    last = max(begun(Period(latest, None)), default=latest)
    if last < dt.date.max:
        later = Dated(DateField.DATE, Period(last + dt.timedelta(days=1), None))
        found = engine.search(later, Order.ID, limit=None, offset=0, ranking=Ranking())
        ends = (met_days(readout.met) for readout in engine.readouts(hit.id for hit in found.hits))
        last = max([last, *(days.last for days in ends if days is not None)])
    return first.isoformat(), last.isoformat()


def _advice(engine: str, readouts: int, folder: Path) -> str | None:
    """The command that moves a library from Whoosh to tantivy, where it has grown slow."""
    if engine != "whoosh" or readouts < _MANY:
        return None
    places = (shlex.quote(str(folder.absolute().with_name(folder.name + ending))) for ending in ("", "-tantivy"))
    return f"readouts convert {' '.join(places)} --engine tantivy"


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())
