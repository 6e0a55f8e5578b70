"""What `readouts info` counts by columns is what reading every readout would tell."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from strategies import libraries

from readouts_cli import manifest
from readouts_cli.engines import writer_class
from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.library import INDEX, Library
from readouts_cli.manifest import Manifest
from readouts_cli.output.info import Info, draw, of, write
from readouts_cli.query.fields import met_days, published_days
from readouts_cli.query.period import DaysKind
from readouts_cli.readout import Published, Readout


def info(name: str, readouts: Sequence[Readout]) -> Info:
    """What is told of a library of some readouts."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / INDEX
        index.mkdir(mode=0o700)
        writer_class(name).create(index)
        manifest.save(Path(folder), Manifest(engine=name))
        with writer_class(name)(index) as writer:
            for readout in readouts:
                writer.add(Entry(readout, FileStamp(readout.path, 1, 1, "digest")))
            writer.commit()
        with Library(Path(folder)) as library:
            return of(library)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(library=libraries)
def test_counts_are_what_reading_would_count(library: tuple[Readout, ...], engine_name: str) -> None:
    found = info(engine_name, library)
    dates = [met_days(readout.met) or published_days(readout.published) for readout in library]
    sure = [days for days in dates if days is not None and days.kind is DaysKind.SURE]
    assert (found.readouts, found.undated) == (len(library), len(library) - len(sure))
    assert found.first == (min(days.first for days in sure).isoformat() if sure else None)
    assert found.last == (max(days.last for days in sure).isoformat() if sure else None)
    languages = Counter(readout.language for readout in library)
    assert list(found.languages.items()) == sorted(languages.items(), key=lambda item: (-item[1], item[0]))


def test_the_calendar_has_ends(engine_name: str) -> None:
    days = ("0001-01-01", "9999-12-31")
    readouts = [Readout(day, day, "", published=Published(day, None, "test")) for day in days]
    found = info(engine_name, readouts)
    assert (found.first, found.last) == days


def test_only_numbers_are_written_as_such() -> None:
    known = replace(info("whoosh", ()), excludes=("1000",), readouts=1_000)
    drawn, written = io.StringIO(), io.StringIO()
    draw(drawn, known)
    write(written, known)
    assert re.findall(r"^(?:readouts|exclude) .*", drawn.getvalue(), re.MULTILINE) == [
        "readouts  1,000",
        "exclude   1000",
    ]
    assert "readouts\t1000\nexclude\t1000\n" in written.getvalue()


def test_an_empty_library_has_no_days(engine_name: str) -> None:
    found = info(engine_name, ())
    assert (found.readouts, found.undated, found.first, found.last, found.languages) == (0, 0, None, None, {})
