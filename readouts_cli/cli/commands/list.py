"""`readouts list`: what is in the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.output_options import TEMPLATE, OutputRequest, machine_stream, output_options
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit

if TYPE_CHECKING:
    from readouts_cli.library import Library
    from readouts_cli.results import ShownHit

_SORTS = ("-date", "date", "met", "pub", "id")

_EXAMPLES = (
    Example("readouts list", "every readout, the latest meeting first"),
    Example("readouts list --sort id -o ids", "ids for the next program"),
    Example("readouts list --fields id,published,source,title", "columns of your choice (see: readouts fields)"),
)


@click.command(cls=Command, name="list", examples=_EXAMPLES)
@option("--sort", section="Readouts", type=click.Choice(_SORTS), default="-date", show_default=True, help="The order.")
@option(
    "-n",
    "--limit",
    section="Readouts",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many readouts to list; all, unless told.",
)
@output_options("table", "tsv", "csv", "json", "jsonl", "ids", "paths")
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, sort: str, limit: int | None, output: OutputRequest) -> int:
    """List the readouts in the library."""
    format = output.chosen(session, "table")
    with session.open_library() as library:
        ids = _ids(library, sort, limit)
        _print(session, library, ids, output, format)
    if not ids:
        session.note("the library is empty")
    return Exit.OK if ids else Exit.NOTHING_FOUND


def _ids(library: Library, sort: str, limit: int | None) -> list[str]:
    from readouts_cli.engines.base import Order, Ranking
    from readouts_cli.query.tree import Everything

    found = library.engine.search(Everything(), Order(sort), limit=limit, offset=0, ranking=Ranking())
    return [hit.id for hit in found.hits]


def _print(session: Session, library: Library, ids: list[str], output: OutputRequest, format: str) -> None:
    stream = machine_stream(session)
    if format == "ids":
        stream.writelines(id + output.end for id in ids)
    elif format == "table":
        _draw(session, library, ids)
    elif format in {"json", "jsonl"}:
        from readouts_cli.output.json_format import write_array, write_objects
        from readouts_cli.output.shapes import summary_shape

        shapes = map(summary_shape, library.engine.readouts(ids))
        if format == "json":
            write_array(stream, {"schema": "readouts.list/1", "total": len(ids)}, "readouts", shapes)
        else:
            write_objects(stream, shapes, end=output.end)
    else:
        _write_lines(session, library, ids, output, format)


def _draw(session: Session, library: Library, ids: list[str]) -> None:
    from readouts_cli.output.console import drawing
    from readouts_cli.output.table import draw_table

    if ids:
        with drawing(session.screen) as console:
            draw_table(console, _rows(library, ids), ids=ids, last_rank=0, links=session.screen.links)


def _write_lines(session: Session, library: Library, ids: list[str], output: OutputRequest, format: str) -> None:
    from readouts_cli.output.columns import LIST_COLUMNS
    from readouts_cli.output.lines import write_csv, write_header, write_lines, write_tsv

    stream = machine_stream(session)
    rows = _rows(library, ids)
    if format == TEMPLATE:
        write_lines(stream, map(output.filling(matched=False), rows), end=output.end)
    elif format == "paths":
        write_lines(stream, (row.readout.path for row in rows), end=output.end)
    else:
        columns = output.columns(LIST_COLUMNS, matched=False)
        if output.has_header(format):
            write_header(stream, [column.name for column in columns], format, output.end)
        if format == "csv":
            write_csv(stream, rows, columns)
        else:
            write_tsv(stream, rows, columns, end=output.end)


def _rows(library: Library, ids: list[str]) -> Iterator[ShownHit]:
    """The readouts as rows of a table, numbered from 1; nothing has matched in them."""
    from readouts_cli.results import ShownHit

    for rank, readout in enumerate(library.engine.readouts(ids), start=1):
        yield ShownHit(rank, 0.0, readout, (), ())
