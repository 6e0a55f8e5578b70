"""Bringing a library up to date with its sources: what is new, changed, moved or gone, and nothing else is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

from readouts_cli import manifest
from readouts_cli.engines import CLUSTER, writer_class
from readouts_cli.engines.base import UNFINISHED, FileStamp, Writer
from readouts_cli.errors import IncompleteError, LibraryError, ReadError, UsageError
from readouts_cli.identity import Ids, name_of_text
from readouts_cli.indexing.lock import sole_writer
from readouts_cli.indexing.opening import begin, discard
from readouts_cli.indexing.plan import Known, Plan, known_files, make_plan, named_sources
from readouts_cli.indexing.report import Progress, Report, Silent, UpdateOptions
from readouts_cli.indexing.tasks import FileTask, Outcome, ReadTask, read, record_tasks
from readouts_cli.library import Library
from readouts_cli.location import LibraryLocation
from readouts_cli.manifest import STDIN, Failure, Manifest
from readouts_cli.reading.decoding import known_encoding
from readouts_cli.reading.files import load, read_stdin_jsonl
from readouts_cli.reading.files import read as read_content
from readouts_cli.reading.formats.kinds import kind_of
from readouts_cli.reading.raw import RawReadout
from readouts_cli.reading.sources import Problem, SourceFile


def update(
    folder: Path,
    paths: Sequence[str],
    options: UpdateOptions,
    progress: Progress | None = None,
    *,
    url: str | None = None,
    notify: Callable[[str], None] = lambda _: None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Add `paths` to the library's sources, make the library where there is none, and bring it up to date.

    The library is in `folder`, or at a `url`; then `folder` holds what this machine remembers of it (`location`).
    The path `-` stands for JSON Lines on `stdin`.  `notify` is told what a person should know meanwhile.  Raises
    UsageError where there is nothing to index, LibraryError and LibraryBusyError for the library, and
    SourceMissingError where a source has vanished as a whole; nothing is changed then.
    """
    began = perf_counter()
    location = LibraryLocation(folder, url)
    state = _state(location, paths, options)
    if options.dry_run:
        return _rehearse(location, state, paths, options, began)
    writer_class(state.engine)  # one that is not installed must not leave half a library
    manifest.make_folder(folder)
    manifest.refuse_foreign(folder)
    with sole_writer(folder, options.wait, notify):
        state = _state(location, paths, options)
        with _begin(location, state, paths, options) as writer:
            known = known_files(writer.base.stamps())
            plan = make_plan(state, known, rebuild=options.rebuild)
            if STDIN in known:
                state = state.with_sources((STDIN,))  # a manifest that was damaged does not remember it
            manifest.save(folder, state)
            run = _Run(writer, state, options, progress or Silent(), stdin if STDIN in paths else None)
            run.go(plan, known)
        manifest.save(folder, replace(state, sources=plan.remaining(state.sources), failures=tuple(run.failures)))
    return run.report(began)


def _state(location: LibraryLocation, paths: Sequence[str], options: UpdateOptions) -> Manifest:
    """The manifest as this update will leave it, but for the sources that have gone."""
    if manifest.exists(location.folder):
        known = manifest.load(location.folder, any_format=options.rebuild)
    else:
        known = Manifest(engine=CLUSTER if location.url else options.engine or Manifest().engine)
    if options.engine not in {None, known.engine}:
        raise UsageError(f"the library in {location} is kept by {known.engine}; index into another with -L FOLDER")
    state = known.with_sources(named_sources(paths))
    if not state.sources:
        raise UsageError("nothing to index: name files or folders, as in: readouts index FOLDER")
    encoding = known.encoding if options.encoding is None else options.encoding
    return replace(
        state,
        globs=_given(options.globs, known.globs),
        excludes=_given(options.excludes, known.excludes),
        encoding=known_encoding(encoding) if encoding else None,
    )


def _given(patterns: tuple[str, ...], remembered: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns in force; empty ones take back those that are remembered."""
    return tuple(filter(None, patterns)) if patterns else remembered


def _begin(location: LibraryLocation, state: Manifest, paths: Sequence[str], options: UpdateOptions) -> Writer:
    """Open the index for writing; make it where there is none.

    One that cannot be read is made anew for a rebuild, and where it was left by a first update that was killed.
    """
    try:
        return begin(location.folder, state.engine, location.url, cores=options.cores, memory=options.memory)
    except LibraryError:
        left_over = not manifest.exists(location.folder)
        if state.engine == CLUSTER or not (options.rebuild or left_over):
            raise
        _refuse_loss(location, state, paths)
    discard(location.folder)
    return begin(location.folder, state.engine, cores=options.cores, memory=options.memory)


def _refuse_loss(location: LibraryLocation, state: Manifest, paths: Sequence[str]) -> None:
    """Raise LibraryError where an index that cannot be read is all there is of what came from standard input."""
    if STDIN in state.sources and STDIN not in paths:
        raise LibraryError(
            f"the index in {location} cannot be read, and what was piped into it is nowhere else; pipe it again into "
            "readouts index --rebuild -, or let it go with readouts index --rebuild - </dev/null"
        )


def _rehearse(
    location: LibraryLocation, state: Manifest, paths: Sequence[str], options: UpdateOptions, began: float
) -> Report:
    """What an update would do, as far as it can be told without reading the files."""
    known: dict[str, Known] = {}
    if manifest.exists(location.folder):
        try:
            with Library(*location) as library:
                known = known_files(library.engine.stamps())
            if library.incomplete:
                raise IncompleteError(library.incomplete)
        except LibraryError:
            if not options.rebuild or state.engine == CLUSTER:
                raise
            _refuse_loss(location, state, paths)
    plan = make_plan(state, known, rebuild=options.rebuild)
    return Report(
        added=tuple(file.path for file in plan.new if file.path not in plan.moved),
        changed=tuple(file.path for file in plan.changed),
        moved=tuple(plan.moved),
        removed=tuple(id for before in plan.gone for id in before.ids),
        unchanged=plan.unchanged,
        failures=plan.failures,
        seconds=perf_counter() - began,
    )


@dataclass
class _Run:
    """One update in progress."""

    writer: Writer
    state: Manifest
    options: UpdateOptions
    progress: Progress
    stdin: BinaryIO | None
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    without_published: int = 0
    without_met: int = 0
    size: int = 0
    _written: dict[str, set[str]] = field(default_factory=dict)

    def go(self, plan: Plan, known: Mapping[str, Known]) -> None:
        """Do what the plan says."""
        self.failures.extend(plan.failures)
        self.unchanged = plan.unchanged
        before = self._before(plan, known)
        files = [*plan.changed, *plan.new]
        self.progress.start(len(files), sum(file.size for file in files))
        try:
            for outcome in self.writer.add_all(self._tasks(plan, before), read):
                if self.writer.pending:
                    self.writer.commit(last=False)
                self._take(outcome, before.get(outcome.path), moved=outcome.path in plan.moved)
        finally:
            self.progress.finish()
        self._remove(plan, before)
        if files or self._written or self.removed:
            self.writer.commit()

    def _before(self, plan: Plan, known: Mapping[str, Known]) -> dict[str, Known]:
        """What the library holds of each path that will be read, under this path or the one it had before."""
        before = {file.path: known[file.path] for file in plan.changed}
        before.update(plan.moved)
        if self.stdin is not None and STDIN in known:
            before[STDIN] = known[STDIN]
        return before

    def _tasks(self, plan: Plan, before: Mapping[str, Known]) -> Iterator[ReadTask]:
        if not (plan.changed or plan.new or self.stdin):
            return  # without looking up every id of the library
        single = [f.path for f in plan.new if f.path not in plan.moved and not kind_of(f.path).records]
        ids = Ids(self.writer.base.ids(), single)
        for file in [*plan.changed, *plan.new]:
            held = before.get(file.path)
            if kind_of(file.path).records:
                yield from self._record_tasks(file, held, ids)
            elif held is not None and len(set(held.ids)) == 1:
                yield FileTask(file.path, ids.again(held.ids[0], file.path), file.size, self.state.encoding)
            else:
                yield FileTask(file.path, ids.for_file(file.path), file.size, self.state.encoding)
        if self.stdin is not None:
            yield from self._stdin_tasks(self.stdin, before.get(STDIN), ids)

    def _record_tasks(self, file: SourceFile, held: Known | None, ids: Ids) -> Iterator[ReadTask]:
        mine = held.ids if held else ()
        ids.release(mine)
        yielded = False
        try:
            content = load(file.path)
            stamp = FileStamp(file.path, content.size, content.mtime_ns, content.digest)
            raws = read_content(content, encoding=self.state.encoding, on_problem=self._problem)
            for task in record_tasks(_named(raws, ids), stamp):
                yielded = True
                yield task
        except ReadError as error:
            self.failures.append(Failure(file.path, str(error)))
        if not yielded:
            ids.keep(mine)  # what the library holds of the file stays
        self.progress.advance(1, file.size)

    def _stdin_tasks(self, stream: BinaryIO, held: Known | None, ids: Ids) -> Iterator[ReadTask]:
        """Readouts from standard input replace those of the same ids that came that way before; the others stay."""
        ids.release(held.ids if held else ())
        raws = read_stdin_jsonl(stream, encoding=self.state.encoding, on_problem=self._problem)
        try:
            yield from record_tasks(_named(raws, ids), FileStamp(STDIN, 0, UNFINISHED, ""))
        except ReadError as error:
            self.failures.append(Failure(STDIN, str(error)))

    def _problem(self, problem: Problem) -> None:
        self.failures.append(Failure(problem.path, problem.reason))

    def _take(self, outcome: Outcome, held: Known | None, *, moved: bool) -> None:
        """Count what came of a task, and delete what it replaces."""
        self.failures.extend(outcome.failures)
        self.warnings.extend(outcome.warnings)
        self.without_published += outcome.without_published
        self.without_met += outcome.without_met
        self.size += outcome.size
        self.progress.advance(outcome.files, outcome.size)
        if not outcome.ids:
            return
        before = set(held.ids) if held else set()
        if outcome.path == STDIN:
            self.writer.delete(before.intersection(outcome.ids))
        elif outcome.path not in self._written:
            self.writer.delete(before)
        self._written.setdefault(outcome.path, set()).update(outcome.ids)
        self.added.extend(id for id in outcome.ids if id not in before)
        again = [id for id in outcome.ids if id in before]
        if moved:
            self.moved.extend(again)
        elif held and outcome.digest and outcome.digest == held.stamp.digest and not self.options.rebuild:
            self.unchanged += len(again)
        else:
            self.changed.extend(again)

    def _remove(self, plan: Plan, before: Mapping[str, Known]) -> None:
        """Forget files that are gone, and count the records that changed files have no more."""
        for gone in plan.gone:
            self.writer.delete(gone.ids)
            self.removed.extend(gone.ids)
        for path, written in self._written.items():
            if path != STDIN and path in before:
                self.removed.extend(id for id in before[path].ids if id not in written)

    def report(self, began: float) -> Report:
        """What was done."""
        return Report(
            added=tuple(self.added),
            changed=tuple(self.changed),
            moved=tuple(self.moved),
            removed=tuple(self.removed),
            unchanged=self.unchanged,
            failures=tuple(self.failures),
            warnings=tuple(self.warnings),
            without_published=self.without_published,
            without_met=self.without_met,
            size=self.size,
            seconds=perf_counter() - began,
        )


def _named(raws: Iterator[RawReadout], ids: Ids) -> Iterator[tuple[str, RawReadout]]:
    """Records with the ids they get."""
    for number, raw in enumerate(raws, start=1):
        given = raw.given_id or (name_of_text(raw.text) if raw.path == STDIN else None)
        yield ids.for_record(raw.path, raw.record or number, given), raw
