"""Changing a Whoosh index: new readouts go to new segments, deletions to the table of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, filterfalse, islice
from pathlib import Path
from types import TracebackType

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage

from readouts_cli.engines import MEMORY
from readouts_cli.engines.base import Batch, Entry, Outcome, Task
from readouts_cli.engines.processes import usable_cores
from readouts_cli.engines.whoosh.engine import WhooshEngine
from readouts_cli.engines.whoosh.inversion import OCCURRENCE
from readouts_cli.engines.whoosh.layout import lay_out
from readouts_cli.engines.whoosh.merging import merge
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.schema import build_schema
from readouts_cli.engines.whoosh.segment import SegmentBuilder, commit_toc
from readouts_cli.engines.whoosh.toc import INDEX_NAME, SEGMENT_FILE, SegmentInfo, remove_unread, segments_of, toc_files
from readouts_cli.engines.whoosh.workers import Workers, add_handful, handfuls

#: So few tasks are done before other processes have started.
_FEW_TASKS = 400

#: How many segments of about the same size are merged into one.
MERGED_TOGETHER = 8


#: What a segment takes in memory while it is collected, by what its occurrences take: stored texts, terms, columns.
_WHOLE = 2

#: A fixed number, so that a refresh on one core leaves alone what all cores have built.
_MANY_CORES = 16


class WhooshWriter:
    """A change to the index in `folder`.  The caller keeps other writers away."""

    def __init__(self, folder: Path, *, cores: int | None = 1, memory: int = MEMORY) -> None:
        self._folder = folder
        self._memory = memory
        self._cores = cores or usable_cores()
        self._storage = FileStorage(str(folder))
        self._schema = build_schema()
        self._builder = SegmentBuilder(self._storage, self._schema)
        self._flushed = False
        self.base = WhooshEngine(folder)
        self._generation = self.base.generation
        self._segments = [_segment(reader.info) for reader in self.base.segments]
        self._base_segments = tuple(self._segments)

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index in an existing folder."""
        commit_toc(FileStorage(str(folder)), build_schema(), [], 0)

    @property
    def pending(self) -> bool:
        return self._flushed

    def add(self, entry: Entry) -> None:
        row = lay_out(entry)
        self._builder.add(row.texts, row.columns, row.record)

    def add_all(self, tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]]) -> Iterator[Outcome]:
        remaining = iter(tasks)
        first = list(islice(remaining, _FEW_TASKS + 1)) if self._cores > 1 else []
        if len(first) > _FEW_TASKS:
            yield from self._add_in_parallel(chain(first, remaining), read)
            return
        for handful in handfuls(chain(first, remaining)):
            if self._builder.memory > self._memory:
                self._flush()
            yield from add_handful(handful, read, self._builder)

    def _add_in_parallel(self, tasks: Iterator[Task], read: Callable[[Task], Batch[Outcome]]) -> Iterator[Outcome]:
        workers = Workers(self._folder, read, self._cores)
        try:
            for task in tasks:
                yield from workers.run(chain([task], tasks), self._memory)
                self._segments.extend(workers.flush())
                self._flushed = True
        finally:
            workers.close()

    def delete(self, ids: Iterable[str]) -> None:
        for id in ids:
            for number, doc in self.base.places(id):
                self._base_segments[number].delete_document(doc)

    def commit(self, *, last: bool = True) -> None:
        if last or not self._flushed:
            self._flush()  # what was added since the last segment may belong to outcomes that have not been given
        if last:
            self._merge()
            self.base.close()
        self._publish()

    def optimize(self) -> None:
        """Make one segment of all, and commit."""
        self._flush()
        if len(self._segments) > 1 or any(segment.deleted_count() for segment in self._segments):
            self._rewrite(list(self._segments))
        self.base.close()
        self._publish()

    def __enter__(self) -> WhooshWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.base.close()

    def _flush(self) -> None:
        """Write what has been collected as a segment, without making it visible."""
        if len(self._builder):
            self._segments.append(self._builder.write())
            self._flushed = True

    def _publish(self) -> None:
        self._segments = [segment for segment in self._segments if _live(segment)]
        self._generation += 1
        commit_toc(self._storage, self._schema, self._segments, self._generation)
        self._clean()
        self._flushed = False

    def _clean(self) -> None:
        """Remove files of segments that neither this commit nor one that is still being read names."""
        kept = {segment.segment_id() for segment in self._segments}
        for generation, path in toc_files(self._folder).items():
            if generation != self._generation and not remove_unread(path):
                kept.update(info.name for info in segments_of(path))
        for path in self._folder.iterdir():
            match = SEGMENT_FILE.match(path.name)
            if match and match[1] not in kept:
                path.unlink()

    def _merge(self) -> None:
        """Rewrite segments of about the same size once there are many, so that searches open few.

        Sizes grow by the factor `MERGED_TOGETHER` from tier to tier, so every readout is rewritten a logarithmic
        number of times; a segment that is mostly deleted is rewritten at once.  One that is about as large as memory
        lets them become stays until `optimize`: with those of a large build, it would take a third longer.
        """
        tiers: dict[int, list[W3Segment]] = {}
        for segment in filterfalse(self._is_full, self._segments):
            tiers.setdefault(_tier(_live(segment)), []).append(segment)
        crowded = [segments for segments in tiers.values() if len(segments) >= MERGED_TOGETHER]
        chosen = [segment for segments in crowded for segment in segments]
        chosen += [s for s in self._segments if 0 < _live(s) < s.doc_count_all() / 2 and s not in chosen]
        if chosen:
            self._rewrite(chosen)

    def _is_full(self, segment: W3Segment) -> bool:
        """Whether a segment is as large as a process's share of the memory makes it, if many share it."""
        occurrences: int = sum(segment._fieldlengths.values())  # noqa: SLF001  # as Whoosh's own reader does
        return occurrences * OCCURRENCE * _WHOLE > self._memory / _MANY_CORES

    def _rewrite(self, segments: list[W3Segment]) -> None:
        """Put one segment in the place of several."""
        self._segments = [segment for segment in self._segments if segment not in segments]
        if live := [SegmentReader(self._folder, _info(segment)) for segment in segments if _live(segment)]:
            self._segments.append(merge(self._storage, live))


def _tier(readouts: int) -> int:
    tier = 0
    while readouts >= MERGED_TOGETHER:
        readouts //= MERGED_TOGETHER
        tier += 1
    return tier


def _live(segment: W3Segment) -> int:
    count: int = segment.doc_count_all() - segment.deleted_count()
    return count


def _segment(info: SegmentInfo) -> W3Segment:
    """Whoosh's own record of a segment, with a stock codec, for the table of contents."""
    segid = info.name.removeprefix(f"{INDEX_NAME}_")
    segment = W3Segment(W3Codec(), INDEX_NAME, info.doc_count, segid, set(info.deleted) or None)
    segment._fieldlengths = dict(info.field_lengths)  # noqa: SLF001  # as Whoosh's own writer does
    return segment


def _info(segment: W3Segment) -> SegmentInfo:
    lengths = dict(segment._fieldlengths)  # noqa: SLF001  # as Whoosh's own reader does
    return SegmentInfo(segment.segment_id(), segment.doc_count_all(), frozenset(segment.deleted_docs()), lengths)
