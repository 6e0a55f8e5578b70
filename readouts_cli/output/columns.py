"""The columns that a user can choose with `--fields` and `--template`, and what each holds of a hit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from readouts_cli.errors import UsageError
from readouts_cli.output.facts import heading, met_shown, names, published_shown, value_of
from readouts_cli.results import ShownHit

#: What stands in a cell.
Cell = str | int | float


class Column(NamedTuple):
    """A column: its name, what it holds, how to tell, and whether it needs a query to have matched."""

    name: str
    holds: str
    cell: Callable[[ShownHit], Cell]
    of_match: bool = False


def _day(hit: ShownHit, end: str) -> str:
    day = getattr(hit.readout.met, end, None)
    return str(day) if day else ""


def _best_passage(hit: ShownHit) -> str:
    """The passage with the most matches, the first of equals, with ellipses where it is cut."""
    if not hit.passages:
        return ""
    best = max(hit.passages, key=lambda passage: len(passage.spans))
    before, after = "… " if best.cut_before else "", " …" if best.cut_after else ""
    return before + hit.readout.text[best.start : best.end] + after


#: Every column there is.
COLUMNS = {
    column.name: column
    for column in (
        Column("id", "the readout's id", lambda hit: hit.readout.id),
        Column(
            "met", "the meeting date with its mark (~ inferred, ? doubtful)", lambda hit: met_shown(hit.readout.met)
        ),
        Column("met_start", "the first day of the meeting", lambda hit: _day(hit, "start")),
        Column("met_end", "the last day of the meeting", lambda hit: _day(hit, "end")),
        Column(
            "edtf", "the meeting date as EDTF (ISO 8601-2)", lambda hit: hit.readout.met.edtf if hit.readout.met else ""
        ),
        Column(
            "certainty",
            "stated, inferred, doubtful or partial",
            lambda hit: hit.readout.met.certainty.value if hit.readout.met else "",
        ),
        Column("published", "the date of publication", lambda hit: published_shown(hit.readout)),
        Column("title", "the title; empty where there is none", lambda hit: value_of(hit.readout.title)),
        Column(
            "heading", "the title, or the marked opening where there is none", lambda hit: str(heading(hit.readout))
        ),
        Column("subtitle", "the line below the title", lambda hit: value_of(hit.readout.subtitle)),
        Column("body", "the body that met", lambda hit: value_of(hit.readout.body)),
        Column("place", "the place, as a hint", lambda hit: value_of(hit.readout.place)),
        Column("presided", "who presided", lambda hit: names(hit.readout.presided)),
        Column("attended", "who attended", lambda hit: names(hit.readout.attended)),
        Column("source", "the paper or site it came from", lambda hit: value_of(hit.readout.source)),
        Column("language", "the language", lambda hit: hit.readout.language),
        Column("path", "the file's path", lambda hit: hit.readout.path),
        Column("record", "the record's number in a file of several", lambda hit: hit.readout.record or ""),
        Column("characters", "the length of the text", lambda hit: len(hit.readout.text)),
        Column("text", "the whole text", lambda hit: hit.readout.text),
        Column("rank", "the place in the answer, from 1", lambda hit: hit.rank),
        Column("score", "the score (BM25)", lambda hit: round(hit.score, 4), of_match=True),
        Column("matches", "how many stretches of text match", lambda hit: len(hit.matches), of_match=True),
        Column("passage", "the best passage", _best_passage, of_match=True),
    )
}

#: What a line holds unless the user chooses.
SEARCH_COLUMNS = ("id", "met", "published", "matches", "heading", "passage")
LIST_COLUMNS = ("id", "met", "published", "heading")


def chosen(names: Sequence[str], *, matched: bool) -> list[Column]:
    """The columns with these names; `matched` says whether a query was asked.

    Raises UsageError for an unknown one, naming the nearest.
    """
    return [_column(name.strip(), matched=matched) for name in names]


def group_column(value: str) -> Column:
    """The column that tells which group the hits at hand are in."""
    return Column("group", "the value that --group-by sorts by", lambda _: value)


def _column(name: str, *, matched: bool) -> Column:
    known = {key: column for key, column in COLUMNS.items() if matched or not column.of_match}
    if name in known:
        return known[name]
    from readouts_cli.nearest import meant

    raise UsageError(f"there is no column {name!r}; {meant(name, list(known))}")
