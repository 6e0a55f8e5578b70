"""Documents as the peers are given them.  Only the standard library, for Xapian's binding lives in the system's Python.

A record is the text of a file, with its id and day; `with_facts` adds the fields that readouts makes searchable.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

#: Where a file of records ends in this, it is read before the clock starts.
LINES = ".jsonl"

#: A readout begins with ` date YYYY-MM-DD`; these characters are the day.
DAY = slice(6, 16)


class Record(NamedTuple):
    """A document: its id, its day as the number YYYYMMDD or 0, and the texts of its fields."""

    id: str
    day: int
    fields: dict[str, str]


def plain(folder: str) -> Iterator[Record]:
    """The text files of a folder, as they are."""
    for path in files(folder):
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  # as fast as Python reads
            text = file.read()
        yield Record(os.path.basename(path), day_number(text[DAY]), {"text": text})  # noqa: PTH119


def files(folder: str) -> Iterator[str]:
    """The text files of a folder, sorted."""
    for below, folders, names in os.walk(folder):
        folders.sort()
        yield from (f"{below}/{name}" for name in sorted(names) if name.endswith(".txt"))


def day_number(day: str) -> int:
    """`2022-08-25` as 20220825; 0 for anything else."""
    digits = day.replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isdigit() else 0


def with_facts(folder: str) -> Iterator[Record]:
    """The readouts of a folder, with every field that readouts makes searchable, read by readouts itself."""
    from readouts_cli.query.fields import FIELDS
    from readouts_cli.reading.facts import read_facts
    from readouts_cli.reading.files import load, read

    for path in files(folder):
        for raw in read(load(path), on_problem=say):
            readout = read_facts(raw, Path(path).stem)
            fields = {field.name: "\n".join(value for value, _ in field.values(readout)) for field in FIELDS}
            yield Record(readout.id, day_number(readout.published.date) if readout.published else 0, fields)


def say(problem: object) -> None:
    """Tell of a file that cannot be read."""
    print(problem, file=sys.stderr)


def save(records: Iterable[Record], path: Path) -> None:
    """Write records, a line each."""
    with path.open("w", encoding="utf-8") as lines:
        for record in records:
            lines.write(json.dumps(record) + "\n")


def load(path: str) -> list[Record]:
    """The records that `save` wrote."""
    with open(path, encoding="utf-8") as lines:  # noqa: PTH123
        return [Record(*json.loads(line)) for line in lines]


def serve(write: Callable[[Iterable[Record], Path, int], None]) -> None:
    """A peer's program: `SOURCE INDEX [THREADS] [--facts]`; prints the seconds that writing took.

    SOURCE is a folder of text files, or the records of `save`.
    """
    arguments = [argument for argument in sys.argv[1:] if argument != "--facts"]
    source, index, threads = arguments[0], Path(arguments[1]), int(arguments[2]) if len(arguments) > 2 else 1
    if source.endswith(LINES):
        records: Iterable[Record] = load(source)
    else:
        records = with_facts(source) if "--facts" in sys.argv else plain(source)
    began = time.perf_counter()
    write(records, index, threads)
    print(time.perf_counter() - began)
