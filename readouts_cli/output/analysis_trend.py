"""A trend: bins with what is in them, as rows for machine formats, as bars on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readouts_cli.analysis.bins import Bin
from readouts_cli.analysis.trend import Trend, rate, share
from readouts_cli.engines.base import Occurrences, Volume
from readouts_cli.output.analysis_answer import Columns, Shape, column
from readouts_cli.output.sanitize import one_line

if TYPE_CHECKING:
    from rich.console import Console

#: A flat row is a bin and a query.
COLUMNS: Columns = {
    "bin": column("bin"),
    "query": column("query"),
    "readouts": column("readouts"),
    "of": column("of"),
    "share": column("share"),
    "occurrences": column("occurrences"),
    "tokens": column("tokens"),
    "per_10000_tokens": column("per_10000_tokens"),
}

#: Columns that the longest bar takes at most, and that the numbers beside it take.
_LONGEST_BAR = 30
_NUMBERS = 41

#: Columns that a formulation takes at most.
_LONGEST_LABEL = 30

_COLUMNS = "{:>15} {:>6} {:>7} {:>10}"

#: So many bins without readouts in a row are drawn as one line.
_GAP = 3

#: Eighths of a column.
_EIGHTHS = " ▏▎▍▌▋▊▉"


def row_shape(trend: Trend, number: int) -> Shape:
    """A bin as JSON has it; of a bin without readouts there is nothing to tell, which is not 0."""
    bin, shelf = trend.bins[number], trend.shelves[number]
    return {
        "bin": str(bin),
        "first": bin.first.isoformat(),
        "last": bin.last.isoformat(),
        "readouts": shelf.readouts,
        "tokens": shelf.tokens,
        "uses": [_use_shape(series.query, series.uses[number], shelf) for series in trend.series],
    }


def undated_shape(trend: Trend) -> list[Shape]:
    """The use of each formulation in readouts that are in no bin."""
    return [
        {"query": each.query, "readouts": each.undated.readouts, "occurrences": each.undated.times}
        for each in trend.series
    ]


def flat(trend: Trend) -> Iterator[Shape]:
    """A row for each bin and query; cells are empty where a bin has no readouts."""
    for number in range(len(trend.bins)):
        row = row_shape(trend, number)
        for use in row["uses"]:
            yield {"bin": row["bin"], "of": row["readouts"], "tokens": row["tokens"], **use}


def draw(console: Console, trend: Trend) -> None:
    """Draw each bin with a bar for each formulation, and the numbers beside it; all bars have one scale."""
    from rich.text import Text

    from readouts_cli.output.ids import in_column

    shown = [(str(trend.bins[stretch[0]]), stretch) for stretch in _stretches(trend)]
    width = max((len(name) for name, _ in shown), default=0)
    labels = [Text(one_line(series.query), "title") for series in trend.series] if len(trend.series) > 1 else [Text()]
    room = min(max(label.cell_len for label in labels), max(console.width - width - _NUMBERS - 6, 6), _LONGEST_LABEL)
    shares = (share(*pair) for each in trend.series for pair in zip(each.uses, trend.shelves, strict=True))
    most = max(filter(None, shares), default=1.0)
    longest = min(max(console.width - width - room - _NUMBERS - 6, 0), _LONGEST_BAR)
    margin = width + longest + 4 + (room + 2 if room else 0)
    heads = _COLUMNS.format("readouts", "share", "times", "per 10,000")
    console.print(Text(" " * margin + heads, "label"), no_wrap=True, overflow="ellipsis")
    for name, stretch in shown:
        if not trend.shelves[stretch[0]].readouts:
            console.print(Text(f"{_named(trend.bins, stretch)}  no readouts", "note"))
            continue
        for number, (series, label) in enumerate(zip(trend.series, labels, strict=True)):
            use, shelf = series.uses[stretch[0]], trend.shelves[stretch[0]]
            line = Text.assemble((f"{'' if number else name:{width}}", "date"), "  ")
            if room:
                line.append_text(in_column(label, room)).append("  ")
            bar = _bar((share(use, shelf) or 0) / most, longest)
            line.append(bar, "bar").append(f"  {_numbers(use, shelf)}", "text")
            console.print(line, no_wrap=True, overflow="ellipsis")
    for series in trend.series:
        if series.undated.readouts:
            undated = f"undated: {series.undated.readouts:,} with {one_line(series.query)}, "
            times = "once" if series.undated.times == 1 else f"{series.undated.times:,} times"
            console.print(Text(undated + times, "note"))


def _use_shape(query: str, use: Occurrences, shelf: Volume) -> Shape:
    known, parts = shelf.readouts > 0, (share(use, shelf), rate(use, shelf))
    return {
        "query": query,
        "readouts": use.readouts if known else None,
        "share": None if parts[0] is None else round(parts[0], 6),
        "occurrences": use.times if known else None,
        "per_10000_tokens": None if parts[1] is None else round(parts[1], 6),
    }


def _stretches(trend: Trend) -> Iterator[Sequence[int]]:
    """The numbers of the bins, one by one, but long stretches of bins without readouts as one."""
    from itertools import groupby

    numbers = range(len(trend.bins))
    for empty, group in groupby(numbers, key=lambda number: not trend.shelves[number].readouts):
        stretch = list(group)
        if empty and len(stretch) >= _GAP:
            yield stretch
        else:
            yield from ([number] for number in stretch)


def _named(bins: Sequence[Bin], numbers: Sequence[int]) -> str:
    first, last = bins[numbers[0]], bins[numbers[-1]]
    return str(first) if first == last else f"{first} to {last}"


def _bar(part: float, longest: int) -> str:
    """A bar that is so large a part of the longest, drawn to an eighth of a column; what is there is seen."""
    eighths = max(round(part * longest * 8), 1 if part else 0)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(longest)


def _numbers(use: Occurrences, shelf: Volume) -> str:
    readouts = f"{use.readouts:,} of {shelf.readouts:,}"
    part, per = share(use, shelf) or 0, rate(use, shelf) or 0
    return _COLUMNS.format(readouts, f"{part:.1%}", f"{use.times:,}", f"{per:.2f}")
