"""The last lines of a search on a terminal: how much there is, how long it took, what was left out."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from readouts_cli.output.counts import readouts, undated_left_out
from readouts_cli.output.sanitize import one_line
from readouts_cli.results import SearchResult


def draw_footer(console: Console, result: SearchResult, seconds: float) -> None:
    """Draw the counts, and a line for the synonyms where some were applied."""
    parts = [_range(result), f"{seconds:.2f} s"]
    if result.undated_left_out:
        parts.append(undated_left_out(result.undated_left_out))
    console.print(Text(" · ".join(parts), "note"))
    for group in result.synonyms:
        console.print(Text(f"synonyms: {one_line(group)}", "note"))


def _range(result: SearchResult) -> str:
    shown, total = len(result.ids), f"{result.total:,} {readouts(result.total)}"
    return total if shown == result.total else f"{result.offset + 1:,}–{result.offset + shown:,} of {total}"
