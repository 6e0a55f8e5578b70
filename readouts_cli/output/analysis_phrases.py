"""Formulations, word sequences and damaged quotes: rows for machine formats, tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from readouts_cli.analysis.formulations import Formulation, Mention
from readouts_cli.analysis.phrases import Damage
from readouts_cli.output.analysis_answer import Columns, Shape, column, columns
from readouts_cli.output.analysis_references import day_shown, mention_shape

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.ngrams import Sequence

FORMULATION_COLUMNS: Columns = {
    "text": column("text"),
    "readouts": column("readouts"),
    "occurrences": column("occurrences"),
    "first": lambda row: row["first"]["day"] if row["first"] else None,
    "first_id": lambda row: row["first"]["id"] if row["first"] else None,
    "last": lambda row: row["last"]["day"] if row["last"] else None,
    "last_id": lambda row: row["last"]["id"] if row["last"] else None,
}

SEQUENCE_COLUMNS = columns("text", "words", "readouts", "occurrences")

DAMAGE_COLUMNS = columns("id", "at", "problem", "around")


def formulation_shape(each: Formulation) -> Shape:
    """A formulation as JSON has it."""
    return {
        "text": each.text,
        "forms": [{"text": text, "occurrences": count} for text, count in each.forms],
        "readouts": each.readouts,
        "occurrences": each.occurrences,
        "first": _mention(each.first),
        "last": _mention(each.last),
    }


def sequence_shape(each: Sequence) -> Shape:
    """A word sequence as JSON has it."""
    return {
        "text": str(each),
        "words": len(each.words),
        "readouts": each.readouts,
        "occurrences": each.occurrences,
    }


def damage_shape(each: Damage) -> Shape:
    """A damaged quotation mark as JSON has it."""
    return {"id": each.id, "at": each.at, "problem": each.problem, "start": each.start, "around": each.around}


def draw_formulations(console: Console, rows: Iterable[Formulation]) -> None:
    """Draw a table; the ways of writing that are not the commonest stand behind it."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("formulation", "title", gives_way=True),
        Head("readouts", number=True),
        Head("times", number=True),
        Head("first", "date"),
        Head("in", "id", is_id=True),
        Head("last", "date"),
        Head("in", "id", is_id=True),
    )
    draw_rows(console, heads, ([_forms(each), *_counts(each), *_ends(each)] for each in rows))


def draw_sequences(console: Console, rows: Iterable[Sequence]) -> None:
    """Draw a table."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (Head("sequence", "title", gives_way=True), Head("readouts", number=True), Head("times", number=True))
    draw_rows(console, heads, ([str(each), f"{each.readouts:,}", f"{each.occurrences:,}"] for each in rows))


def draw_damaged(console: Console, rows: Iterable[Damage]) -> None:
    """Draw a table with the text around each mark, which is highlighted."""
    from rich.text import Text

    from readouts_cli.output.analysis_table import Head, draw_rows
    from readouts_cli.output.sanitize import one_line

    def around(each: Damage) -> Text:
        at = each.at - each.start
        parts = (each.around[:at], "text"), (each.around[at : at + 1], "match"), (each.around[at + 1 :], "text")
        return Text.assemble(*((one_line(part), style) for part, style in parts))

    heads = (
        Head("in", "id", is_id=True),
        Head("at", number=True),
        Head("around", gives_way=True),
        Head("problem", gives_way=True),
    )
    draw_rows(console, heads, ([each.id, f"{each.at:,}", around(each), each.problem] for each in rows))


def _forms(each: Formulation) -> str:
    others = [text for text, _ in each.forms[1:]]
    return f"{each.text} ({'; '.join(others)})" if others else each.text


def _counts(each: Formulation) -> list[str]:
    return [f"{each.readouts:,}", f"{each.occurrences:,}"]


def _ends(each: Formulation) -> list[str]:
    found = []
    for mention in (each.first, each.last):
        found += [day_shown(mention.day), mention.id] if mention else ["undated", ""]
    return found


def _mention(mention: Mention | None) -> Shape | None:
    return mention_shape(mention.id, mention.day) if mention else None
