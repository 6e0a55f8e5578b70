"""Changing this machine's part of a library on a cluster.

Documents are sent with the number of a commit that has not been made, so that nobody sees them; what is to be removed
is marked as going with it.  The commit itself is one small document (`snapshot.Commit`), written last and at once.  A
writer that dies leaves documents that nobody sees; the next one clears them away.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType

from readouts_cli.engines import MEMORY
from readouts_cli.engines.base import Batch, Entry, Outcome, Task
from readouts_cli.engines.keys import from_key, to_key
from readouts_cli.engines.opensearch.bulk import Bulk
from readouts_cli.engines.opensearch.combining import Query, all_of, any_value, between
from readouts_cli.engines.opensearch.engine import OpenSearchEngine
from readouts_cli.engines.opensearch.layout import (
    LAYOUT,
    NEVER,
    Packed,
    document_id,
    lay_out,
    read_record,
    read_stamp,
)
from readouts_cli.engines.opensearch.mapping import ORIGINS, origins_index, readouts_index
from readouts_cli.engines.opensearch.place import load
from readouts_cli.engines.opensearch.searching import Searcher
from readouts_cli.engines.opensearch.server import Server, ServerError
from readouts_cli.engines.opensearch.snapshot import (
    NO_COMMIT,
    PAGE_OF_KEYS,
    PAGE_OF_RECORDS,
    Commit,
    check_layout,
    commits,
    last_commit,
)
from readouts_cli.engines.processes import usable_cores
from readouts_cli.engines.workers import lay_out_all
from readouts_cli.errors import LibraryBusyError, LibraryError

#: How long what was removed is kept for snapshots that were taken before, in seconds.
KEPT_FOR = 900.0

#: How long to wait, in seconds, before another look at what another machine is adding too: machines that refuse each
#: other wait for different lengths of time, so that who looks last finds that the others have given up.
SECOND_LOOK = (0.5, 5.0)

#: How long making all copies searchable, and laying them out anew, may take, in seconds.
_REFRESH_TIMEOUT, _MERGE_TIMEOUT = 600.0, 3600.0

_BY_KEY: list[Query] = [{"key": "asc"}, {"added": "asc"}]


class OpenSearchWriter:
    """A change to the library that `folder` says is on a cluster.

    Other machines may change their own parts meanwhile; the caller keeps other writers of this machine away.
    """

    def __init__(self, folder: Path, *, cores: int | None = 1, memory: int = MEMORY) -> None:
        self.base = OpenSearchEngine(folder, strict=True)
        self._server = Server(self.base.place.location)
        self._origin = self.base.place.origin
        self._index = self._server.location.name
        self._bulk = Bulk(self._server, self._index)
        self._cores, self._memory = cores or usable_cores(), memory
        # Written anew so that no other process of this machine that began before can commit any more.
        self._commit = self._written(commits(self._server).get(self._origin, NO_COMMIT))
        self._first = self._commit.number
        self._mine: Query = {"term": {"origin": self._origin}}
        self._searcher = Searcher(self._server, self._index, strict=True)
        self._added: set[str] = set()
        self._waiting = 0
        self._left = False
        len(self.base)  # raises at once where shards are missing; a refresh would wait a minute for them
        self._discard()

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty library on the cluster that `folder` says (`place.remember`), unless it is there already."""
        server = Server(load(folder).location)
        try:
            server.check_version()
            try:
                check_layout(server)
            except ServerError as error:
                if error.kind != "index_not_found_exception":
                    raise
                _create_indices(server)
                check_layout(server)  # another machine may have been faster
        finally:
            server.close()

    @property
    def pending(self) -> bool:
        return self._waiting >= self._memory

    def add(self, entry: Entry) -> None:
        self._add(lay_out(entry))

    def add_all(self, tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]]) -> Iterator[Outcome]:
        for documents, outcome in lay_out_all(tasks, read, LAYOUT, self._cores):
            try:
                yield outcome  # before its documents are sent: a commit now holds those of earlier outcomes only
            finally:
                for document in () if self._left else documents:
                    self._add(document)

    def delete(self, ids: Iterable[str]) -> None:
        remaining = iter(ids)
        while chunk := list(islice(remaining, PAGE_OF_RECORDS)):
            keys = any_value("key", [to_key(id) for id in chunk])
            held = all_of((self._mine, keys, between("added", None, self._first), between("removed", NEVER, None)))
            self._mark(held, self._commit.number + 1)

    def commit(self, *, last: bool = True) -> None:
        self._bulk.flush()
        self._refuse_doubles()
        number, now = self._commit.number + 1, time.time()
        times = {known: at for known, at in self._commit.times.items() if at >= now - 2 * KEPT_FOR}
        self._commit = self._written_once(Commit(number, {**times, number: now}, self._commit.version))
        self._added.clear()
        self._waiting = 0
        if last:
            self._clear_away(now)
            self.base.close()

    def optimize(self) -> None:
        """Commit, and have the cluster merge each shard into one segment."""
        self.commit()
        self._server.ask("POST", f"/{self._index}/_forcemerge", max_num_segments=1, timeout=_MERGE_TIMEOUT)

    def __enter__(self) -> OpenSearchWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        with suppress(LibraryError):  # what cannot be cleared away now, the next writer will
            if commits(self._server).get(self._origin) == self._commit:
                self._discard()
        self.base.close()
        self._server.close()

    def _add(self, packed: Packed) -> None:
        number = self._commit.number + 1
        document = packed.document(self._origin, number)
        self._bulk.put(document_id(packed.key, self._origin, number), document)
        self._added.add(packed.key)
        self._waiting += len(document)

    def _mark(self, query: Query, removed: int) -> None:
        """Send documents again, as going with a commit."""
        for hit in self._searcher.walk(query, _BY_KEY, PAGE_OF_RECORDS, _source=["record", "stamp", "added"]):
            source = hit["_source"]
            packed = lay_out(Entry(read_record(source["record"]), read_stamp(source["stamp"])))
            self._bulk.put(hit["_id"], packed.document(self._origin, source["added"], removed))

    def _refresh(self) -> None:
        """Make what was sent searchable in every copy of every shard that is there."""
        answer = self._server.ask("POST", f"/{self._index}/_refresh", timeout=_REFRESH_TIMEOUT)
        if answer["_shards"]["failed"]:
            raise ServerError(
                f"{self._index} on {self._server.location.server} is incomplete; index again when it is whole"
            )

    def _refuse_doubles(self) -> None:
        """Make what was sent searchable; raise LibraryBusyError where another machine adds the same ids and stays."""
        self._refresh()
        try:
            self._look_for_doubles()
        except LibraryBusyError:
            time.sleep(random.uniform(*SECOND_LOOK))  # noqa: S311  # no secret
            self._refresh()
            self._look_for_doubles()

    def _look_for_doubles(self) -> None:
        """Raise LibraryBusyError where another machine has added a readout of the same id, committed or not.

        Each machine makes its documents searchable before it looks, so of two that add the same id at the same time at
        least one sees the other's.
        """
        keys = sorted(self._added)
        for start in range(0, len(keys), PAGE_OF_KEYS):
            others = {
                "bool": {
                    "filter": [any_value("key", keys[start : start + PAGE_OF_KEYS]), between("removed", NEVER, None)],
                    "must_not": [self._mine],
                }
            }
            for hit in self._searcher.search(others, size=1, _source=["key", "origin"])["hits"]["hits"]:
                source = hit["_source"]
                raise LibraryBusyError(
                    f"{source['origin']} has meanwhile added a readout with the id {from_key(source['key'])!r}, which "
                    "this change adds too; index again, and it gets another"
                )

    def _written_once(self, commit: Commit) -> Commit:
        """Make a new commit, which may arrive twice: where the answer is lost on the way, it is sent again."""
        try:
            return self._written(commit)
        except LibraryBusyError:
            found = last_commit(self._server, self._origin)
            if (found.number, found.times) != (commit.number, commit.times):
                raise
            return found

    def _written(self, commit: Commit) -> Commit:
        """Make a commit; only one can follow another."""
        sequence, term = commit.version
        expected = {"op_type": "create"} if sequence < 0 else {"if_seq_no": sequence, "if_primary_term": term}
        body = {"commit": commit.number, "times": {str(number): at for number, at in commit.times.items()}}
        path = f"/{self._index}{ORIGINS}/_doc/{self._origin}"
        try:
            answer = self._server.ask("PUT", path, body, refresh=True, **expected)
        except ServerError as error:
            if error.status != 409:
                raise
            raise LibraryBusyError(
                f"another process of {self._origin} has changed {self._index} meanwhile; index again"
            ) from None
        return Commit(commit.number, commit.times, (answer["_seq_no"], answer["_primary_term"]))

    # Tidying up

    def _discard(self) -> None:
        """Undo what was sent and not committed, by this writer or one that died."""
        self._bulk.drop()
        self._refresh()
        last = self._commit.number
        self._delete(all_of((self._mine, between("added", last + 1, None))))
        self._mark(all_of((self._mine, between("added", None, last), between("removed", last + 1, NEVER - 1))), NEVER)
        self._bulk.flush()

    def _clear_away(self, now: float) -> None:
        """Remove for good what went with commits that no snapshot is likely to be older than."""
        old = [number for number, at in self._commit.times.items() if at < now - KEPT_FOR]
        if old:
            self._delete(all_of((self._mine, between("removed", None, max(old)))))

    def _delete(self, query: Query) -> None:
        for hit in self._searcher.walk(query, _BY_KEY, PAGE_OF_KEYS, _source=False):
            self._bulk.delete(hit["_id"])
        self._bulk.flush()


def _create_indices(server: Server) -> None:
    """Make both indices, that of the readouts last: where it is, the other is too."""
    name = server.location.name
    for index, body in ((name + ORIGINS, origins_index()), (name, readouts_index(server.location))):
        try:
            server.ask("PUT", f"/{index}", body)
        except ServerError as error:
            if error.kind != "resource_already_exists_exception":
                raise
