"""A search's hits on their way out: each format by the module that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Any

from readouts_cli.cli.output_options import TEMPLATE, OutputRequest, machine_stream, tells_undated
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from readouts_cli.library import Library
    from readouts_cli.results import SearchResult, ShownHit

    #: Hits under a heading; None where there are no headings.
    Grouped = Iterable[tuple[str | None, Iterable[ShownHit]]]


def print_hits(
    session: Session,
    library: Library,
    result: SearchResult,
    output: OutputRequest,
    format: str,
    *,
    group_by: str | None,
    started: float,
) -> None:
    """Write the hits in the format; `started` is when the search began (`perf_counter`)."""
    if format not in {"cards", "table"}:
        _write(session, result, output, format, group_by)
    elif result.ids:
        _draw(session, library, result, format, group_by, started)
    if result.undated_left_out and not tells_undated(format, found=bool(result.ids)):
        from readouts_cli.output.counts import undated_left_out

        session.warn(undated_left_out(result.undated_left_out))


def _draw(
    session: Session, library: Library, result: SearchResult, format: str, group_by: str | None, started: float
) -> None:
    from readouts_cli.output.cards import draw_cards, draw_group
    from readouts_cli.output.console import drawing
    from readouts_cli.output.footer import draw_footer
    from readouts_cli.output.table import draw_table

    screen = session.screen
    last = result.offset + len(result.ids)
    seconds = perf_counter() - started
    with drawing(screen) as console:
        for value, hits in _groups(result, group_by):
            if value is not None:
                draw_group(console, value)
            if format == "cards":
                draw_cards(console, hits, last_rank=last, links=screen.links)
            else:
                draw_table(console, hits, ids=result.ids, last_rank=last, links=screen.links)
                console.print()
        draw_footer(console, result, seconds, outdated=library.outdated(result.ids))


def _write(session: Session, result: SearchResult, output: OutputRequest, format: str, group_by: str | None) -> None:
    stream = machine_stream(session)
    if format == "ids" and group_by is None:
        stream.writelines(id + output.end for id in result.ids)
    elif format in {"json", "jsonl"}:
        from readouts_cli.output.json_format import write_objects, write_search

        shapes = _shapes(_groups(result, group_by))
        if format == "json":
            write_search(stream, result, shapes)
        else:
            write_objects(stream, shapes, end=output.end)
    elif format in {"tsv", "csv"}:
        _write_columns(session, result, output, format, group_by)
    else:
        from readouts_cli.output.lines import write_lines

        lines = {"ids": lambda hit: hit.readout.id, "paths": lambda hit: hit.readout.path}
        line = output.filling(matched=True) if format == TEMPLATE else lines[format]
        hits = (hit for _, group in _groups(result, group_by) for hit in group)
        write_lines(stream, map(line, hits), end=output.end)


def _write_columns(
    session: Session, result: SearchResult, output: OutputRequest, format: str, group_by: str | None
) -> None:
    from readouts_cli.output.columns import SEARCH_COLUMNS, group_column
    from readouts_cli.output.lines import write_csv, write_header, write_tsv

    stream = machine_stream(session)
    columns = output.columns(SEARCH_COLUMNS, matched=True)
    if output.has_header(format):
        names = [column.name for column in columns]
        write_header(stream, names if group_by is None else ["group", *names], format, output.end)
    for value, hits in _groups(result, group_by):
        shown = columns if value is None else [group_column(value), *columns]
        if format == "csv":
            write_csv(stream, hits, shown)
        else:
            write_tsv(stream, hits, shown, end=output.end)


def _shapes(groups: Grouped) -> Iterator[dict[str, Any]]:
    from readouts_cli.output.shapes import hit_shape

    for value, hits in groups:
        for hit in hits:
            yield hit_shape(hit) if value is None else {"group": value, **hit_shape(hit)}


def _groups(result: SearchResult, group_by: str | None) -> Grouped:
    """The hits, under headings where they are asked for.  Headings need all hits at once, else they are streamed."""
    if group_by is None:
        return [(None, result.hits)]
    from readouts_cli.output.groups import grouped

    return grouped(result.hits, group_by)
