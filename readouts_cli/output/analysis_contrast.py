"""The formulations of two sets of readouts: rows for machine formats, a table for each part on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.analysis.compare import Contrast
from readouts_cli.analysis.formulations import Formulation
from readouts_cli.output.analysis_answer import Columns, Shape, column
from readouts_cli.output.analysis_phrases import formulation_shape

if TYPE_CHECKING:
    from rich.console import Console


class Side(NamedTuple):
    """A formulation in either set; at least one of the two has it."""

    focus: Formulation | None
    reference: Formulation | None

    @property
    def kind(self) -> str:
        """Which set has it: `only_focus`, `only_reference` or `both`."""
        if self.reference is None:
            return "only_focus"
        return "both" if self.focus else "only_reference"

    @property
    def text(self) -> str:
        """As the focus writes it, if it does."""
        known = self.focus or self.reference
        assert known is not None
        return known.text


COLUMNS: Columns = {
    "kind": column("kind"),
    "text": column("text"),
    "focus_readouts": lambda row: row["focus"]["readouts"] if row["focus"] else 0,
    "focus_occurrences": lambda row: row["focus"]["occurrences"] if row["focus"] else 0,
    "reference_readouts": lambda row: row["reference"]["readouts"] if row["reference"] else 0,
    "reference_occurrences": lambda row: row["reference"]["occurrences"] if row["reference"] else 0,
}

_TITLES = {
    "only_focus": "Only in the focus",
    "only_reference": "Only in the reference",
    "both": "In both",
}


def sides(found: Contrast) -> Iterator[Side]:
    """The formulations of the focus only, those of the reference only, those of both."""
    yield from (Side(each, None) for each in found.only_focus)
    yield from (Side(None, each) for each in found.only_reference)
    yield from (Side(*pair) for pair in found.both)


def shape(side: Side) -> Shape:
    """A formulation as JSON has it."""
    return {
        "kind": side.kind,
        "text": side.text,
        "focus": formulation_shape(side.focus) if side.focus else None,
        "reference": formulation_shape(side.reference) if side.reference else None,
    }


def draw(console: Console, found: Contrast) -> None:
    """Draw a table for each kind that there is."""
    from itertools import groupby

    from rich.text import Text

    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("formulation", "title", gives_way=True),
        Head("focus", number=True),
        Head("times", number=True),
        Head("reference", number=True),
        Head("times", number=True),
    )
    for kind, group in groupby(sides(found), key=lambda side: side.kind):
        console.print(Text(_TITLES[kind], "label"))
        draw_rows(console, heads, ([side.text, *_counts(side.focus), *_counts(side.reference)] for side in group))
        console.print()


def _counts(each: Formulation | None) -> list[str]:
    return [f"{each.readouts:,}", f"{each.occurrences:,}"] if each else ["", ""]
