"""`readouts index`: make a library, or bring it up to date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option
from readouts_cli.cli.output_options import format_option, machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.cli.writing_options import memory_option, wait_option
from readouts_cli.engines import ENGINES
from readouts_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from readouts_cli.indexing.report import Progress, Report, UpdateOptions

_EXAMPLES = (
    Example("readouts index ~/readouts", "a folder, with everything in it"),
    Example("readouts index", "bring the library up to date with the sources that it remembers"),
    Example("readouts index ~/readouts --glob '*.txt' --exclude 'drafts/*'", "some of a folder's files"),
    Example("curl -s https://example.org/feed.jsonl | readouts index -", "JSON Lines on standard input"),
)


class IndexRequest(NamedTuple):
    """How to update the library."""

    engine: str | None
    globs: tuple[str, ...]
    excludes: tuple[str, ...]
    encoding: str | None
    rebuild: bool
    dry_run: bool
    cores: int | None
    memory: int
    wait: float

    @property
    def options(self) -> UpdateOptions:
        """The same for the library."""
        from readouts_cli.indexing.report import UpdateOptions

        return UpdateOptions(
            engine=self.engine,
            globs=self.globs,
            excludes=self.excludes,
            encoding=self.encoding,
            rebuild=self.rebuild,
            dry_run=self.dry_run,
            cores=self.cores,
            memory=self.memory,
            wait=self.wait,
        )


_option = partial(option, section="Files")

_OPTIONS = (
    _option("--glob", "globs", multiple=True, metavar="PATTERN", help="Only files that match; may recur; '' for all."),
    _option("--exclude", "excludes", multiple=True, metavar="PATTERN", help="No files that match; '' to exclude none."),
    _option("--encoding", metavar="NAME", help="The encoding of files that are read; '' to detect it again."),
    _option("--rebuild", is_flag=True, help="Read every file anew."),
    _option("-n", "--dry-run", is_flag=True, help="Only tell what would be done."),
    _option("--cores", type=click.IntRange(min=1), metavar="N", help="How many processes to use.  [default: all]"),
    memory_option(),
    wait_option(),
    option("--engine", type=click.Choice(ENGINES), help="What keeps a new library in a folder.  [default: whoosh]"),
)


@click.command(cls=Command, name="index", examples=_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path())
@gathered(IndexRequest, "index", _OPTIONS)
@option("-q", "--quiet", is_flag=True, help="No report; failures are told all the same.")
@format_option("tsv", "json")
@library_option
@colour_option
@click.pass_obj
def command(session: Session, paths: tuple[str, ...], index: IndexRequest, *, quiet: bool, format: str | None) -> int:
    """Make a library of files and folders, or bring it up to date.

    What is new, changed, moved or gone is recognised; files that have not changed are not read again.  The library
    remembers its sources, and with which patterns and encoding to read them.  What comes through standard input is
    nowhere else, and stays until `readouts forget -`.  Exit status 4 says that some files could not be read.
    """
    from readouts_cli.indexing.updating import update

    if quiet and format is not None:
        raise UsageError("--quiet prints no report; leave out --output")
    progress = None if quiet else _progress(session)
    stdin = session.environment.stdin.buffer
    folder, url = session.library_location
    report = update(folder, paths, index.options, progress, url=url, notify=session.note, stdin=stdin)
    for warning in report.warnings:
        session.warn(f"warning: {warning}")
    for failure in report.failures:
        session.warn(f"{failure.path}: {failure.reason}")
    if not quiet:
        _print(session, report, format, dry_run=index.dry_run)
    return Exit.SOME_FAILED if report.failures else Exit.OK


def _progress(session: Session) -> Progress | None:
    """A progress bar where a person watches standard error."""
    environment = session.environment
    if not environment.stderr.isatty() or environment.is_dumb:
        return None
    from readouts_cli.output.progress import ProgressBar

    return ProgressBar(environment.stderr, width=environment.size.columns, colour=session.colours(environment.stderr))


def _print(session: Session, report: Report, format: str | None, *, dry_run: bool) -> None:
    from readouts_cli.output import index_report
    from readouts_cli.output.sanitize import one_line

    stream = machine_stream(session)
    if format == "json":
        from readouts_cli.output.json_format import write_object

        write_object(stream, index_report.shape(report, dry_run=dry_run))
    elif format == "tsv" or not session.on_terminal:
        index_report.write(stream, report)
    else:
        stream.writelines(f"{one_line(line)}\n" for line in index_report.summary(report, dry_run=dry_run))
