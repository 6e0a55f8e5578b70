"""Machine formats of one record a line: tab- or comma-separated values, ids, paths, templates.  No Rich here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from readouts_cli.output.columns import Cell, Column
from readouts_cli.output.csv_format import csv_line
from readouts_cli.output.sanitize import one_line
from readouts_cli.results import ShownHit


def write_header(stream: TextIO, names: Sequence[str], format: str, end: str) -> None:
    """The names of the columns, for `tsv` or `csv`."""
    stream.write(("," if format == "csv" else "\t").join(names) + end)


def write_tsv(stream: TextIO, hits: Iterable[ShownHit], columns: Sequence[Column], *, end: str) -> None:
    """Tab-separated columns; tabs, line breaks and other control characters in them are folded."""
    stream.writelines("\t".join(folded(column.cell(hit)) for column in columns) + end for hit in hits)


def write_csv(stream: TextIO, hits: Iterable[ShownHit], columns: Sequence[Column]) -> None:
    """Comma-separated columns, their text exactly as it is."""
    stream.writelines(csv_line([column.cell(hit) for column in columns]) for hit in hits)


def write_lines(stream: TextIO, lines: Iterable[str], *, end: str) -> None:
    """One value a line, exactly as it is."""
    stream.writelines(line + end for line in lines)


def folded(cell: Cell) -> str:
    """A cell of tab-separated values."""
    return one_line(cell) if isinstance(cell, str) else str(cell)
