"""`readouts export`: readouts for other programs, and a report for other people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import click

from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import library_option
from readouts_cli.cli.query_options import QueryRequest, optional_query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, read_set
from readouts_cli.errors import Exit, UsageError
from readouts_cli.output.sanitize import VisibleBytes

if TYPE_CHECKING:
    from readouts_cli.analysis.trend import Share
    from readouts_cli.cli.many import Many
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query
    from readouts_cli.readout import Readout

_FORMATS = ("csv", "jsonl", "parquet", "html")

#: A report's trend has at most so many bins: months, else quarters, else years.
_MOST_BINS = 40

_EXAMPLES = (
    Example("readouts export '\"dual carbon\"' --to carbon.csv", "a row for each readout, for R and pandas"),
    Example("readouts export --since 2022 --format jsonl | gzip > readouts.jsonl.gz", "to a pipe"),
    Example("readouts export '\"dual carbon\"' --to carbon.html", "a report to read and to send, in one file"),
    Example("readouts export carbon --to carbon.parquet", "with types (extra: parquet)"),
)


class ExportRequest(NamedTuple):
    """What to write, and where to."""

    format: str | None
    to: Path | None

    def chosen(self) -> str:
        """The format: the one that was asked for, else that of the file's name."""
        if self.format is not None:
            return self.format
        ending = self.to.suffix.removeprefix(".").lower() if self.to else ""
        if ending not in _FORMATS:
            raise UsageError(f"name a format: --format {'|'.join(_FORMATS)}, or --to FILE.csv and the like")
        return ending


_OPTIONS = (
    option("--format", section="Output", type=click.Choice(_FORMATS), help="The format; unless told, FILE's ending."),
    option(
        "--to", section="Output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help="Write to FILE, in place of standard output.",
    ),
)  # fmt: skip


@click.command(cls=Command, name="export", examples=_EXAMPLES, takes_query=True)
@optional_query_options
@gathered(ExportRequest, "asked", _OPTIONS)
@library_option
@click.pass_obj
def command(session: Session, *, request: QueryRequest, asked: ExportRequest) -> int:
    """Write readouts as rows for R, pandas and spreadsheets, or as a report.

    The columns are those of the Text Interchange Formats: doc_id, text, then what is known of each readout, by date.
    The report is one HTML file that needs nothing else: a trend, and every hit with its matches.  Without a query all
    readouts are written.
    """
    from readouts_cli.cli.many import Many, not_found

    format = asked.chosen()
    if format == "parquet" and asked.to is None and session.on_terminal:
        raise UsageError("Parquet is nothing to read; write it to a file: --to FILE.parquet")
    query = read_set(request, session)
    with session.open_library() as library:
        many = Many(session, library, query)
        if many.undated_left_out:
            from readouts_cli.output.counts import undated_left_out

            session.warn(undated_left_out(many.undated_left_out))
        if not many.ids:
            session.warn(f"{not_found(query)}; nothing was written")
            return Exit.NOTHING_FOUND
        if format == "html":
            _report(session, library, many, request, asked)
        else:
            _rows(session, library, many, asked, format)
    return Exit.OK


def _rows(session: Session, library: Library, many: Many, asked: ExportRequest, format: str) -> None:
    from readouts_cli.analysis.export import Row, counted, measured, rows
    from readouts_cli.analysis.occurrences import matched
    from readouts_cli.cli.many import SHOWN
    from readouts_cli.engines.base import Measuring
    from readouts_cli.output import analysis_export as write

    tokens = measured(library.engine.tokens) if isinstance(library.engine, Measuring) else counted

    def rows_of(readouts: Iterable[Readout]) -> list[Row]:
        return list(rows(matched(readouts, many.query.condition), tokens))

    if format == "parquet":
        found = chain.from_iterable(many.each(rows_of, SHOWN, "writing"))
        with _stream(session, asked.to) as stream:
            write.write_parquet(stream, found)
        return

    def written(readouts: Iterable[Readout]) -> bytes:
        found = rows_of(readouts)
        return _encoded(write.csv_lines(found)) if format == "csv" else write.json_lines(found)

    with _stream(session, asked.to) as stream:
        if format == "csv":
            stream.write(_encoded(write.CSV_HEADER))
        for block in many.each(written, SHOWN, "writing"):
            stream.write(block)


def _report(session: Session, library: Library, many: Many, request: QueryRequest, asked: ExportRequest) -> None:
    from readouts_cli import __version__
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.occurrences import matched
    from readouts_cli.cli.many import SHOWN, basis_of
    from readouts_cli.output.analysis_report import Report
    from readouts_cli.query.period_syntax import today

    report = Report(many.query, made=f"readouts {__version__}, {today()}")

    def articles(readouts: Iterable[Readout]) -> str:
        return report.articles(matched(readouts, many.query.condition))

    basis = basis_of(library, many.query, Dating(doubtful=request.doubtful))
    trend = _trend(library, many.query, SetRequest.around(request, None).read(session))
    with _stream(session, asked.to) as stream:
        for piece in report.pieces(many.each(articles, SHOWN, "writing"), basis, trend):
            stream.write(_encoded(piece))


def _trend(library: Library, query: Query, among: Query) -> list[Share]:
    """In how many of the readouts of each month, quarter or year the query matches."""
    from readouts_cli.analysis.trend import shares
    from readouts_cli.engines.base import Facet

    months = (library.facet(each, Facet.MONTH) for each in (query, among))
    matching, every = ({month: count for month, count in counts.items() if month} for counts in months)
    return shares(matching, every, most=_MOST_BINS)


def _encoded(text: str) -> bytes:
    """As standard output is."""
    return text.encode("utf-8", "readouts")


@contextmanager
def _stream(session: Session, path: Path | None) -> Iterator[BinaryIO]:
    """Where an export goes: standard output, or a file that is there only when it is whole."""
    if path is None:
        stdout = session.environment.stdout
        yield cast(BinaryIO, VisibleBytes(stdout)) if stdout.isatty() else stdout.buffer
        return
    if path.exists() and not path.is_file():  # a device or a pipe
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()  # a link stays one
    draft = target.with_name(f".{target.name}.draft")
    try:
        with draft.open("wb") as stream:
            if target.exists():
                draft.chmod(target.stat().st_mode)
            yield stream
        draft.replace(target)
    except OSError as error:
        if error.filename is not None and Path(error.filename) == draft:
            error.filename = str(path)  # the name that the user knows
        raise
    finally:
        draft.unlink(missing_ok=True)
