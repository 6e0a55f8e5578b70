"""The last lines of a search on a terminal: how much there is, how long it took, what was left out."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from readouts_cli.output.counts import readouts, undated_left_out
from readouts_cli.output.sanitize import one_line
from readouts_cli.results import SearchResult


def draw_footer(console: Console, result: SearchResult, seconds: float, *, outdated: int) -> None:
    """Draw the counts, and a line each for synonyms that were applied and for files that are newer than the index."""
    parts = [_range(result), f"{seconds:.2f} s"]
    if result.undated_left_out:
        parts.append(undated_left_out(result.undated_left_out))
    console.print(Text(" · ".join(parts), "note"))
    for group in result.synonyms:
        console.print(Text(f"synonyms: {one_line(group)}", "note"))
    if outdated:
        files, they = ("1 file has", "it was") if outdated == 1 else (f"{outdated:,} files have", "they were")
        console.print(Text(f"{files} changed since {they} indexed; run: readouts index", "note"))


def _range(result: SearchResult) -> str:
    shown, total = len(result.ids), f"{result.total:,} {readouts(result.total)}"
    return total if shown == result.total else f"{result.offset + 1:,}–{result.offset + shown:,} of {total}"
