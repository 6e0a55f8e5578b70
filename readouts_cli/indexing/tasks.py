"""The reading of an update, cut into tasks that any process can do.

Tasks and outcomes are tuples, which pass between processes in a third of the time of other objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from readouts_cli.engines.base import UNFINISHED, Batch, Entry, FileStamp
from readouts_cli.errors import ReadError
from readouts_cli.manifest import Failure
from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Readout


class FileTask(NamedTuple):
    """Read a file that is one readout."""

    path: str
    id: str
    size: int
    encoding: str | None


class RecordTask(NamedTuple):
    """Find the facts of a record that was read from its file already."""

    id: str
    raw: RawReadout
    stamp: FileStamp


ReadTask = FileTask | RecordTask


class Outcome(NamedTuple):
    """What came of a task; `size` is the bytes of the files that it finished."""

    path: str
    ids: tuple[str, ...] = ()
    digest: str = ""
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    without_published: int = 0
    without_met: int = 0
    files: int = 0
    size: int = 0


def read(task: ReadTask) -> Batch[Outcome]:
    """Do a task; what cannot be read becomes a failure in the outcome."""
    if isinstance(task, RecordTask):
        return _batch([(task.id, task.raw)], task.stamp)
    batch = _read_file(task)
    return Batch(batch.entries, batch.outcome._replace(files=1, size=task.size))


def _read_file(task: FileTask) -> Batch[Outcome]:
    from readouts_cli.reading.files import load
    from readouts_cli.reading.files import read as read_content

    failures: list[Failure] = []
    try:
        content = load(task.path)
        raws = list(
            read_content(
                content,
                encoding=task.encoding,
                on_problem=lambda problem: failures.append(Failure(problem.path, problem.reason)),
            )
        )
    except ReadError as error:
        return Batch((), Outcome(task.path, failures=(*failures, Failure(task.path, str(error)))))
    stamp = FileStamp(task.path, content.size, content.mtime_ns, content.digest)
    batch = _batch([(task.id, raw) for raw in raws], stamp)
    return Batch(batch.entries, batch.outcome._replace(failures=(*failures, *batch.outcome.failures)))


def _batch(records: Sequence[tuple[str, RawReadout]], stamp: FileStamp) -> Batch[Outcome]:
    readouts: list[Readout] = []
    failures: list[Failure] = []
    for id, raw in records:
        try:
            readouts.append(read_facts(raw, id))
        except Exception as error:  # noqa: BLE001  # one strange text must not cost the other readouts
            failures.append(Failure(raw.path, f"its facts cannot be read ({type(error).__name__}: {error})"))
    outcome = Outcome(
        path=stamp.path,
        ids=tuple(readout.id for readout in readouts),
        digest=stamp.digest,
        failures=tuple(failures),
        warnings=tuple(f"{readout.path}: {warning}" for readout in readouts for warning in readout.warnings),
        without_published=sum(readout.published is None for readout in readouts),
        without_met=sum(readout.met is None for readout in readouts),
    )
    return Batch([Entry(readout, stamp) for readout in readouts], outcome)


def record_tasks(records: Iterable[tuple[str, RawReadout]], stamp: FileStamp) -> Iterator[RecordTask]:
    """The records of one file, with their ids, as tasks.

    Only the last carries the true stamp, the others one that no file has: should an update be killed between two
    commits, the file is not taken for one that was read to its end.
    """
    unfinished = stamp._replace(mtime_ns=UNFINISHED)
    held = None
    for record in records:
        if held:
            yield RecordTask(*held, unfinished)
        held = record
    if held:
        yield RecordTask(*held, stamp)
