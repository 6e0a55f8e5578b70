"""Tables in Markdown, as the README shows them."""

from __future__ import annotations

from collections.abc import Sequence

#: What stands in a cell that nothing was measured for.
NOTHING = "–"


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, figures to the right."""
    print(f"\n**{title}**\n")
    print("| " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (len(columns) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def figure(number: float | None) -> str:
    """A number with about three digits."""
    if number is None:
        return NOTHING
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
