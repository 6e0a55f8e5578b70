"""Whole readouts on their way out: pages, text, JSON, reasons, bytes, or their files in an editor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from readouts_cli.cli.output_options import machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from readouts_cli.engines.base import FileStamp
    from readouts_cli.library import Library
    from readouts_cli.readout import Readout, Span


def draw_pages(session: Session, marked: Iterable[tuple[Readout, list[Span]]], numbers: Collection[int]) -> None:
    """Pages for reading, with stretches highlighted; `numbers` are those of the paragraphs wanted, none for all."""
    from readouts_cli.output.console import drawing
    from readouts_cli.output.page import draw_page

    with drawing(session.screen) as console:
        for readout, spans in marked:
            draw_page(console, readout, spans, numbers, links=session.screen.links)


def print_texts(session: Session, found: Iterable[Readout], numbers: Collection[int], *, headed: bool) -> None:
    """The texts unwrapped, control characters made visible; `headed` puts a line with id and path above each."""
    from readouts_cli.output.sanitize import one_line, visible
    from readouts_cli.passages import paragraphs

    stdout = session.environment.stdout
    for readout in found:
        if headed:
            stdout.write(f"==> {one_line(readout.id)} {one_line(readout.path)} <==\n")
        if numbers:
            spans = [span for number, span in enumerate(paragraphs(readout.text), start=1) if number in numbers]
            text = "\n\n".join(readout.text[span.start : span.end] for span in spans)
        else:
            text = readout.text
        stdout.write(visible(text.rstrip("\n")) + "\n")
        if headed:
            stdout.write("\n")


def print_json(session: Session, found: Iterable[Readout], *, why: bool, array: bool, end: str) -> None:
    """One JSON object a readout, in an array or each ended by `end`; `why` adds the reasons of its facts."""
    from readouts_cli.output.json_format import write_elements, write_objects
    from readouts_cli.output.shapes import readout_shape

    def shape(readout: Readout) -> dict[str, object]:
        shape = readout_shape(readout)
        if why:
            from readouts_cli.output.why import reason_shape, reasons

            shape["why"] = [reason_shape(readout, reason) for reason in reasons(readout)]
        return shape

    if array:
        write_elements(machine_stream(session), map(shape, found))
    else:
        write_objects(machine_stream(session), map(shape, found), end=end)


def print_why(session: Session, found: Iterable[Readout], *, drawn: bool) -> None:
    """Each fact with its reason."""
    from readouts_cli.output import why

    if drawn:
        why.draw(session.screen, found)
    else:
        for readout in found:
            why.write(machine_stream(session), readout)


def print_names(session: Session, found: Iterable[Readout], format: str, *, end: str) -> None:
    """Ids or paths, each ended by `end`."""
    stream = machine_stream(session)
    stream.writelines((readout.id if format == "ids" else readout.path) + end for readout in found)


def print_raw(session: Session, library: Library, found: Iterable[Readout]) -> None:
    """The bytes of the files; of one record of a file its text.  On a terminal nothing in them steers it."""
    from readouts_cli.output.sanitize import visible

    stdout = session.environment.stdout
    for readout in found:
        stamp = library.engine.stamp(readout.id)
        if readout.record is not None:
            raw = readout.text.encode("utf-8", "surrogateescape")
        elif stamp is None:
            raise NotFoundError(f"{readout.path} is on the machine that indexed it; show its text without --raw")
        else:
            raw = _bytes(readout)
        if stamp is not None:
            _warn_of_change(session, stamp)
        if stdout.isatty():
            stdout.write(visible(raw.decode("utf-8", "surrogateescape")))
        else:
            stdout.flush()
            stdout.buffer.write(raw)


def open_files(session: Session, found: Iterable[Readout]) -> None:
    """Open the files in the user's editor, or in the pager where there is none."""
    import subprocess

    command = session.editor
    paths = list(dict.fromkeys(readout.path for readout in found))
    for path in paths:
        if not Path(path).exists():
            raise NotFoundError(f"{path} is no longer there; run: readouts index")
    if not command:
        raise UsageError("there is nothing to open files with; set EDITOR")
    try:
        status = subprocess.run([*command, *paths], check=False).returncode  # noqa: S603  # the user's own program
    except FileNotFoundError:
        raise UsageError(f"there is no program {command[0]!r}; set EDITOR to one that is installed") from None
    if status:
        raise UsageError(f"{command[0]} ended with status {status}")


def _bytes(readout: Readout) -> bytes:
    try:
        return Path(readout.path).read_bytes()
    except FileNotFoundError:
        raise NotFoundError(f"{readout.path} is no longer there; run: readouts index") from None


def _warn_of_change(session: Session, stamp: FileStamp) -> None:
    """Warn where the file is not the one that was indexed."""
    try:
        now = Path(stamp.path).stat()
    except OSError:
        return
    if not stamp.fits(now):
        session.warn(f"{stamp.path} has changed since it was indexed; run: readouts index")
