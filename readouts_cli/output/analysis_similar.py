"""Readouts like another, and clusters of copies: rows for machine formats, tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from readouts_cli.analysis.copies import Member, SharedRun
from readouts_cli.analysis.similar import Similar, Telling
from readouts_cli.output.analysis_answer import Columns, Shape, column, columns
from readouts_cli.output.analysis_references import date_shown, day_shape
from readouts_cli.output.facts import heading
from readouts_cli.output.shapes import summary_shape

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.readout import Readout

    #: Copies of one text, the earliest first.
    Cluster = Sequence[Member]

SIMILAR_COLUMNS: Columns = {
    "id": column("id"),
    "date": column("date"),
    "similarity": column("similarity"),
    "heading": column("heading"),
    "shared": lambda row: " ".join(row["shared"]),
}

#: A flat row is a member of a cluster.
COPY_COLUMNS: Columns = columns("cluster", "id", "day", "containment", "tokens", "text")

#: Decimals of measures in machine formats.
_DECIMALS = 4


def telling_shape(word: Telling) -> Shape:
    """A telling word as JSON has it."""
    return {"term": word.term, "count": word.count, "readouts": word.readouts, "weight": round(word.weight, _DECIMALS)}


def similar_shape(each: Similar) -> dict[str, object]:
    """A readout like another as JSON has it."""
    return {
        **summary_shape(each.readout),
        "similarity": round(each.similarity, _DECIMALS),
        "shared": list(each.shared),
    }


def similar_flat(found: Iterable[Similar]) -> Iterator[Shape]:
    """Rows of tsv and csv."""
    for each in found:
        named = {"date": date_shown(each.readout), "heading": str(heading(each.readout))}
        yield similar_shape(each) | named


def draw_similar(console: Console, found: Iterable[Similar]) -> None:
    """Draw a line for each readout."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("", number=True),
        Head("id", "id", is_id=True),
        Head("date", "date"),
        Head("title", "title", gives_way=True),
        Head("shared words", "note", gives_way=True),
    )
    rows = (
        [
            f"{each.similarity:.0%}",
            each.readout.id,
            date_shown(each.readout),
            str(heading(each.readout)),
            " ".join(each.shared),
        ]
        for each in found
    )
    draw_rows(console, heads, rows)


def cluster_shape(cluster: Cluster, readouts: Iterable[Readout]) -> Shape:
    """A cluster as JSON has it; `readouts` are those of its members."""
    from readouts_cli.analysis.copies import shared_run

    members = iter(zip(cluster, readouts, strict=True))
    member, first = next(members)
    shapes = [_member_shape(member, first, None)]
    shapes += [_member_shape(member, readout, shared_run(readout, first)) for member, readout in members]
    return {"readouts": shapes}


def clusters_flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """A row for each member of each cluster, numbered from 1."""
    nothing = {"tokens": None, "text": None}
    for number, cluster in enumerate(shapes, start=1):
        for member in cluster["readouts"]:
            yield {"cluster": number, **member, **(member["run"] or nothing)}


def draw_clusters(console: Console, shapes: Iterable[Shape]) -> None:
    """Draw each cluster: its first readout, and the others with what they share with it."""
    from rich.text import Text

    from readouts_cli.output.ids import id_width, in_column
    from readouts_cli.output.sanitize import one_line
    from readouts_cli.output.wrapping import draw_block

    for number, cluster in enumerate(shapes, start=1):
        console.print(Text(f"{number}  {len(cluster['readouts'])} readouts", "title"))
        width = id_width((member["id"] for member in cluster["readouts"]), console.width)
        for member in cluster["readouts"]:
            id = in_column(Text(one_line(member["id"]), "id"), width)
            lead = Text.assemble("   ", id, "  ", (f"{member['day'] or 'undated':10}", "date"), "  ")
            run = member["run"]
            if run is None:
                text = Text(one_line(member["heading"]), "text")
            else:
                told = f"{member['containment']:.0%} the same, {run['tokens']:,} tokens on end: "
                text = Text.assemble((told, "note"), (one_line(run["text"]), "text"))
            draw_block(console, lead, text, console.width, most=2)
        console.print()


def _member_shape(member: Member, readout: Readout, run: SharedRun | None) -> Shape:
    return {
        "id": member.id,
        "day": day_shape(member.day),
        "heading": str(heading(readout)),
        "containment": None if member.containment is None else round(member.containment, _DECIMALS),
        "run": None
        if run is None
        else {
            "tokens": run.tokens,
            "span": run.span,
            "other_span": run.other_span,
            "text": readout.text[run.span.start : run.span.end],
        },
    }
