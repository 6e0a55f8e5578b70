"""A real cluster for tests, where READOUTS_TEST_OPENSEARCH names one: `opensearch://host:port`, or several hosts."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from readouts_cli.errors import LibraryError

VARIABLE = "READOUTS_TEST_OPENSEARCH"
URL = os.environ.get(VARIABLE, "")

needs_cluster = pytest.mark.skipif(not URL, reason=f"{VARIABLE} names no cluster")


@contextmanager
def place_on_cluster(folder: Path, shards: int = 2, replicas: int = 0, name: str | None = None) -> Iterator[str]:
    """A folder that says where a library on the cluster is; it is removed from there in the end."""
    from readouts_cli.engines.opensearch.place import remember

    name = name or f"readouts-test-{uuid.uuid4().hex[:12]}"
    folder.mkdir(exist_ok=True)
    url = f"{URL}/{name}?shards={shards}&replicas={replicas}"
    remember(folder, url)
    try:
        yield name
    finally:
        remove(url)


def remove(url: str) -> None:
    """Take a library off the cluster, if it is there."""
    from readouts_cli.engines.opensearch.location import parse
    from readouts_cli.engines.opensearch.mapping import ORIGINS
    from readouts_cli.engines.opensearch.server import Server

    server = Server(parse(url))
    for index in (server.location.name, server.location.name + ORIGINS):
        with suppress(LibraryError):
            server.ask("DELETE", f"/{index}")
    server.close()


def emptied(folder: Path, name: str) -> None:
    """Make a folder that exists say where a library is, and empty that library, whoever wrote to it."""
    from readouts_cli.engines.opensearch.bulk import Bulk
    from readouts_cli.engines.opensearch.combining import EVERYTHING
    from readouts_cli.engines.opensearch.mapping import ORIGINS
    from readouts_cli.engines.opensearch.place import remember
    from readouts_cli.engines.opensearch.searching import Searcher
    from readouts_cli.engines.opensearch.server import Server

    server = Server(remember(folder, f"{URL}/{name}").location)
    for index in (name, name + ORIGINS):
        server.ask("POST", f"/{index}/_refresh")
        bulk = Bulk(server, index)
        for hit in Searcher(server, index, strict=True).search(EVERYTHING, size=10_000, _source=False)["hits"]["hits"]:
            bulk.delete(hit["_id"])
        bulk.flush()
        server.ask("POST", f"/{index}/_refresh")
    server.close()
