"""Changing a tantivy index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

import tantivy

from readouts_cli.engines import MEMORY
from readouts_cli.engines.base import Batch, Entry, Outcome, Task
from readouts_cli.engines.keys import to_key
from readouts_cli.engines.processes import usable_cores
from readouts_cli.engines.tantivy.combining import without
from readouts_cli.engines.tantivy.engine import TantivyEngine
from readouts_cli.engines.tantivy.layout import LAYOUT, Row, lay_out
from readouts_cli.engines.tantivy.schema import KEY, NUMBER, build_schema
from readouts_cli.engines.tantivy.snapshot import open_index, reporting_damage
from readouts_cli.engines.workers import lay_out_all
from readouts_cli.errors import LibraryBusyError, LibraryError

#: What tantivy needs for each of its threads, in bytes.
_LEAST_MEMORY = 15_000_000

#: How many readouts wait in tantivy's queue, at most.
_QUEUE = 10_000

#: How many times the memory a commit is worth.  Tantivy writes segments by itself, beside the reading, but a commit
#: stops all reading until everything is written.
_MEMORIES_IN_COMMIT = 4

#: How many readouts a change may number.
_MOST_IN_CHANGE = 2**32

#: How many ids are deleted by one query.
_DELETED_TOGETHER = 1000


class TantivyWriter:
    """A change to the index in `folder`.

    Tantivy's own writer, with its threads and its lock, begins with the first thing to be changed.  Raises
    LibraryBusyError where another process is changing the index, and what opening it raises.
    """

    def __init__(self, folder: Path, *, cores: int | None = 1, memory: int = MEMORY) -> None:
        self.base = TantivyEngine(folder)
        self._folder = folder
        self._cores = cores or usable_cores()
        self._threads = max(1, self._cores - 1)  # one core reads; each thread more makes one segment more
        self._memory = max(memory, _LEAST_MEMORY * self._threads)
        self._writer: tantivy.IndexWriter | None = None
        self._first = self._next = 0
        self._waiting = self._added = 0  # bytes and readouts since the last commit
        self._left = False

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index in an existing folder that holds none."""
        try:
            if tantivy.Index.exists(str(folder)):
                raise LibraryError(f"{folder} holds an index already")
            tantivy.Index(build_schema(), str(folder), reuse=False)
        except (ValueError, OSError) as error:
            raise LibraryError(f"no index can be made in {folder}: {error}") from None

    @property
    def pending(self) -> bool:
        if self._waiting < self._memory:
            return False
        queue = _QUEUE * self._waiting / self._added  # of long readouts, it must not come to hold too many
        return queue > self._memory / 2 or self._waiting >= self._memory * _MEMORIES_IN_COMMIT

    def add(self, entry: Entry) -> None:
        self._add_row(lay_out(entry))

    def add_all(self, tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]]) -> Iterator[Outcome]:
        for rows, outcome in lay_out_all(tasks, read, LAYOUT, self._cores):
            try:
                yield outcome  # before its rows are added, so that a commit now holds those of earlier outcomes only
            finally:
                for row in () if self._left else rows:
                    self._add_row(row)

    def delete(self, ids: Iterable[str]) -> None:
        keys = [to_key(id) for id in ids]
        if not keys:
            return
        writer, query, schema = self._begin(), tantivy.Query, build_schema()
        added_here = query.range_query(schema, NUMBER, tantivy.FieldType.Unsigned, self._first)
        for start in range(0, len(keys), _DELETED_TOGETHER):
            named = query.term_set_query(schema, KEY, keys[start : start + _DELETED_TOGETHER])
            with reporting_damage(self._folder):
                writer.delete_documents_by_query(without(named, added_here))

    def commit(self, *, last: bool = True) -> None:
        with reporting_damage(self._folder):
            writer = self._begin()
            writer.commit()
            self._waiting = self._added = 0
            if last:
                writer.wait_merging_threads()
                self._writer = None
                self.base.close()

    def optimize(self) -> None:
        """Commit for the last time; tantivy merges its segments by itself, and nothing makes it merge more."""
        self.commit()

    def __enter__(self) -> TantivyWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        self._writer = None
        self.base.close()

    def _begin(self) -> tantivy.IndexWriter:
        if self._writer is None:
            index = open_index(self._folder)
            try:
                collecting = max(self._memory // 2, _LEAST_MEMORY * self._threads)  # the queue takes its part
                self._writer = index.writer(collecting, self._threads)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise LibraryError(f"the index in {self._folder} cannot be changed: {error}") from None
                raise LibraryBusyError(f"another process is changing the index in {self._folder}; try again") from None
            # Tantivy numbers its operations; the number of the last commit never falls.
            self._first = self._next = (self._writer.commit_opstamp + 1) * _MOST_IN_CHANGE
        return self._writer

    def _add_row(self, row: Row) -> None:
        writer = self._begin()
        with reporting_damage(self._folder):
            writer.add_document(row.document(self._next))
        self._next += 1
        self._added += 1
        self._waiting += row.size
