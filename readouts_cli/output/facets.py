"""Facets: how many readouts fall under each value, as lines, JSON or bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from readouts_cli.output.csv_format import csv_line
from readouts_cli.output.groups import ordered
from readouts_cli.output.lines import write_header
from readouts_cli.output.sanitize import one_line
from readouts_cli.output.screen import Screen

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query

#: Columns that the longest bar takes at most.
_LONGEST_BAR = 40


def write(stream: TextIO, counts: dict[str, int], by: str, format: str, *, header: bool) -> None:
    """A value and its count a line, as `tsv` or `csv`; the value is empty for readouts without one."""
    if header:
        write_header(stream, (by, "readouts"), format, "\n")
    if format == "csv":
        stream.writelines(map(csv_line, ordered(counts, by)))
    else:
        stream.writelines(f"{one_line(value)}\t{count}\n" for value, count in ordered(counts, by))


def write_json(
    stream: TextIO, counts: dict[str, int], by: str, *, query: Query, total: int, undated_left_out: int
) -> None:
    """One object with all values; null stands for readouts without one."""
    from readouts_cli.output.json_format import write_array

    head = {
        "schema": "readouts.facet/1",
        "query": query.text,
        "synonyms": list(query.synonyms),
        "facet": by,
        "total": total,
        "undated_left_out": undated_left_out,
    }
    values = ({"value": value or None, "readouts": count} for value, count in ordered(counts, by))
    write_array(stream, head, "values", values)


def draw(screen: Screen, counts: dict[str, int], by: str) -> None:
    """Counts, bars and values."""
    from rich.text import Text

    from readouts_cli.output.console import drawing
    from readouts_cli.output.wrapping import draw_block

    most = max(counts.values(), default=1)
    numbers = len(f"{most:,}")
    longest = min(_LONGEST_BAR, screen.width // 3)
    with drawing(screen) as console:
        for value, count in ordered(counts, by):
            bar = Text("█" * max(count * longest // most, 1), "bar")
            name = Text(one_line(value), "text") if value else Text("none", "note")
            lead = Text.assemble((f"{count:,}".rjust(numbers), "text"), "  ", bar, " " * (longest - len(bar) + 1))
            draw_block(console, lead, name, screen.width)
