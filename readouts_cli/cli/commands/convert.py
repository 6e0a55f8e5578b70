"""`readouts convert`: from one engine to another."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option
from readouts_cli.cli.output_options import format_option, machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.cli.writing_options import memory_option, wait_option
from readouts_cli.engines import ENGINES

if TYPE_CHECKING:
    from readouts_cli.indexing.converting import ConvertOptions
    from readouts_cli.output.progress import ConversionBar

_EXAMPLES = (
    Example("readouts convert ~/work ~/work-tantivy --engine tantivy", "into a folder that tantivy keeps"),
    Example("readouts convert ~/work opensearch+https://search.example.org:9200/work", "onto a cluster"),
    Example("readouts convert opensearch://localhost:9200/work ~/copy", "and back, into a folder"),
)


class ConvertRequest(NamedTuple):
    """How to make the copy."""

    engine: str | None
    cores: int | None
    memory: int
    wait: float

    @property
    def options(self) -> ConvertOptions:
        """The same for the library."""
        from readouts_cli.indexing.converting import ConvertOptions

        return ConvertOptions(self.engine, self.cores, self.memory, self.wait)


_OPTIONS = (
    option("--engine", type=click.Choice(ENGINES), help="What keeps a TARGET in a new folder.  [default: whoosh]"),
    option("--cores", type=click.IntRange(min=1), metavar="N", help="How many processes to use.  [default: all]"),
    memory_option(),
    wait_option(),
)


@click.command(cls=Command, name="convert", examples=_EXAMPLES)
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@gathered(ConvertRequest, "convert", _OPTIONS)
@format_option("tsv", "json")
@colour_option
@click.pass_obj
def command(session: Session, source: str, target: str, convert: ConvertRequest, format: str | None) -> None:
    """Copy a library into another engine's keeping, without the original files.

    SOURCE and TARGET are folders, URLs, or names of the config file.  SOURCE stays as it is.  What SOURCE remembers of
    its sources goes along, so that readouts index brings TARGET up to date.  In the end every readout of both is
    compared.  A conversion that was interrupted goes on when it is run again.
    """
    from readouts_cli.indexing.converting import convert as convert_library

    locations = session.locate(source), session.locate(target)
    with _progress(session) as progress:
        done = convert_library(*locations, convert.options, progress, notify=session.note)
    told = {"copied": done.copied, "held": done.held, "checksum": done.checksum}
    stream = machine_stream(session)
    if format == "json":
        from readouts_cli.output.json_format import write_object

        where = dict(zip(("source", "target"), map(str, locations), strict=True))
        write_object(stream, {"schema": "readouts.convert/1", **where, **told})
    else:
        stream.writelines(f"{name}\t{value}\n" for name, value in told.items())


def _progress(session: Session) -> AbstractContextManager[ConversionBar | None]:
    """A progress bar where a person watches standard error."""
    environment = session.environment
    if not environment.stderr.isatty() or environment.is_dumb:
        return nullcontext()
    from readouts_cli.output.progress import ConversionBar

    return ConversionBar(environment.stderr, width=environment.size.columns, colour=session.colours(environment.stderr))
