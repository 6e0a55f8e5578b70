"""`readouts trend`: the use of formulations over time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options, by_option, dating, dedupe_option
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, within_option
from readouts_cli.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import Console

    from readouts_cli.analysis.basis import Basis, Dating
    from readouts_cli.analysis.trend import Trend
    from readouts_cli.engines.base import Occurrences, Volume
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query
    from readouts_cli.readout import Readout

_EXAMPLES = (
    Example("readouts trend '\"dual carbon\"' '\"dual control\"'", "two formulations side by side, month by month"),
    Example("readouts trend 双碳 --per year --by pub", "by the year of publication"),
    Example("readouts trend 'revital*' --in 'body:provincial' --svg trend.svg", "as a picture, for a kind of body"),
    Example("readouts trend carbon -o csv > trend.csv", "for R and pandas: a row for each month and formulation"),
)


class TrendRequest(NamedTuple):
    """How to count, and which pictures to draw."""

    within: str | None
    per: str
    by: str
    dedupe: bool
    svg: Path | None
    png: Path | None


_FILE = click.Path(dir_okay=False, path_type=Path)

_OPTIONS = (
    within_option,
    option(
        "--per", section="Counting", type=click.Choice(["month", "quarter", "year"]), default="month",
        show_default=True, help="How long a bin is.",
    ),
    by_option,
    dedupe_option,
    option("--svg", section="Output", type=_FILE, metavar="FILE", help="Draw a picture too, as SVG (extra: plot)."),
    option("--png", section="Output", type=_FILE, metavar="FILE", help="The same as PNG."),
)  # fmt: skip


@click.command(cls=Command, name="trend", examples=_EXAMPLES, takes_query=True)
@query_options
@gathered(TrendRequest, "asked", _OPTIONS)
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, *, request: QueryRequest, asked: TrendRequest, output: AnswerRequest) -> int:
    """Show how the use of formulations changes over time.

    Each QUERY is a formulation.  Of each month, quarter or year is told in how many of its readouts it stands, and how
    often per 10,000 tokens of them all.  Where there are no readouts, there is nothing to tell.
    """
    from readouts_cli.output import analysis_trend as view
    from readouts_cli.output.analysis_answer import Answer

    if not request.words:
        raise UsageError("name at least one formulation: readouts trend '\"dual carbon\"'")
    queries = [request._replace(words=(word,)).read(session) for word in request.words]
    synonyms = list(dict.fromkeys(group for query in queries for group in query.synonyms))
    with session.open_library() as library:
        trend, basis = _trend(session, library, request, queries, asked)
    for format, path in (("svg", asked.svg), ("png", asked.png)):
        if path is not None:
            from readouts_cli.output.analysis_plot import save

            for fault in save(trend, path, format):
                session.warn(fault)

    def draw(console: Console, _: Iterable[int]) -> list[str]:
        view.draw(console, trend)
        return []

    answer = Answer(
        schema="readouts.trend/1",
        name="bins",
        head={"queries": list(request.words), "synonyms": synonyms, "per": asked.per, "by": asked.by},
        rows=range(len(trend.bins)),
        shape=lambda number: view.row_shape(trend, number),
        columns=view.COLUMNS,
        basis=lambda: basis,
        tail=lambda: {"undated": view.undated_shape(trend)},
        flat=lambda _: view.flat(trend),
    )
    nothing, found = "no readout has any of them", _is_used(trend)
    return output.print(session, answer, draw, nothing=nothing, synonyms=synonyms, found=found)


def _trend(
    session: Session, library: Library, request: QueryRequest, queries: Sequence[Query], asked: TrendRequest
) -> tuple[Trend, Basis]:
    """The trend of every formulation among the readouts that are asked about, and what it rests on."""
    from readouts_cli.analysis.bins import Unit
    from readouts_cli.analysis.trend import Shelves

    among = SetRequest.around(request, asked.within).read(session)
    when = dating(asked.by, doubtful=request.doubtful)
    stock = _stock(session, library, among, when, dedupe=asked.dedupe)
    shelves = Shelves(Unit(asked.per), when, stock.volumes)
    used = ((query.text, _occurrences(session, library, query, among, when, stock.copies)) for query in queries)
    trend = shelves.trend((text, shelves.uses(occurrences)) for text, occurrences in used)
    return trend, replace(trend.basis, undated_left_out=stock.undated_left_out, copies_left_out=len(stock.copies))


class _Stock(NamedTuple):
    """The readouts among which a trend is sought: how much there is on each day, and what is not counted."""

    volumes: Mapping[dt.date | None, Volume]
    undated_left_out: int
    copies: Collection[str] = ()


def _stock(session: Session, library: Library, among: Query, when: Dating, *, dedupe: bool) -> _Stock:
    """Known to the engine; only where copies are left out, everything is read."""
    if not dedupe:
        known = library.engine.volumes(among.condition, when.which, doubtful=when.doubtful)
        total = sum(volume.readouts for volume in known.values())
        return _Stock(known, library.undated_left_out(among, total))
    from readouts_cli.analysis.trend import volumes
    from readouts_cli.cli.many import Many

    many = Many(session, library, among, dedupe=True, dating=when)
    return _Stock(volumes(many.readouts("counting tokens"), when), many.undated_left_out, many.copies)


def _occurrences(
    session: Session, library: Library, query: Query, among: Query, when: Dating, copies: Collection[str]
) -> Mapping[dt.date | None, Occurrences]:
    """How often a formulation occurs on each day; its readouts are read only where the engine cannot tell."""
    if not copies:
        known = library.engine.occurrences(query.condition, among.condition, when.which, doubtful=when.doubtful)
        if known is not None:
            return known
    from readouts_cli.analysis.occurrences import matched
    from readouts_cli.analysis.trend import occurrences, occurrences_in_all
    from readouts_cli.cli.many import ADDED_UP, found, in_blocks
    from readouts_cli.query.tree import conjunction

    def counted(readouts: Iterable[Readout]) -> dict[dt.date | None, Occurrences]:
        return occurrences(matched(readouts, query.condition), when)

    ids = found(library, conjunction((among.condition, query.condition)))
    ids = [id for id in ids if id not in copies]
    return occurrences_in_all(in_blocks(session, library, ids, counted, ADDED_UP))


def _is_used(trend: Trend) -> bool:
    return any(use.readouts for series in trend.series for use in (*series.uses, series.undated))
