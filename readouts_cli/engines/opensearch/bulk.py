"""Sending documents to a cluster in bulk, no faster than it takes them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec

from readouts_cli.engines.opensearch.server import Server, ServerError, UnreachableError

#: How much is sent at a time, in bytes, and how many documents at most.
_CHUNK = 5_000_000
_MOST = 1_000

#: How long one answer may take, in seconds; a cluster itself waits a minute for a shard that has gone.
_TIMEOUT = 90.0

#: What a cluster answers for a document: from here on it has failed; it would be taken later; it is not there.
_FAILED, _LATER, _ABSENT = 400, {429, 503}, 404

#: How long to wait before sending again, in seconds: at first, and at most.
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10.0

_encode = msgspec.json.Encoder().encode

#: The action line of a document and, unless it is a deletion, the document.
Operation = tuple[bytes, bytes | None]


class Bulk:
    """Collects operations on one index and sends them.

    Every document has a name of its own, so that it does no harm to send one again when it is not sure that it arrived.
    What the cluster is too busy for is sent again, more and more slowly, for `patience` seconds without any success.
    """

    def __init__(
        self, server: Server, index: str, *, patience: float = 300.0, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._server = server
        self._path = f"/{index}/_bulk"
        self._patience = patience
        self._sleep = sleep
        self._waiting: list[Operation] = []
        self._size = 0

    def put(self, name: str, document: bytes) -> None:
        """Store a document under a name, whether or not there is one."""
        self._append((_encode({"index": {"_id": name}}), document))

    def delete(self, name: str) -> None:
        """Remove the document of a name, if there is one."""
        self._append((_encode({"delete": {"_id": name}}), None))

    def drop(self) -> None:
        """Forget what has been collected and not sent."""
        self._waiting, self._size = [], 0

    def flush(self) -> None:
        """Send what has been collected, and return when all of it is stored.

        Raises ServerError where the cluster refuses a document, or has no room or time for it in the end.
        """
        operations, self._waiting, self._size = self._waiting, [], 0
        wait, since = _FIRST_WAIT, time.monotonic()
        while operations:
            rejected, why = self._send(operations)
            now = time.monotonic()
            if len(rejected) < len(operations):
                wait, since = _FIRST_WAIT, now
            elif now - since >= self._patience:
                raise ServerError(
                    f"{self._server.location.server} has taken no documents for {now - since:.0f} s ({why}); "
                    "index again when it is less busy, or whole"
                )
            operations = rejected
            if operations:
                self._sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    def _append(self, operation: Operation) -> None:
        self._waiting.append(operation)
        self._size += sum(len(line) for line in operation if line is not None)
        if self._size >= _CHUNK or len(self._waiting) >= _MOST:
            self.flush()

    def _send(self, operations: list[Operation]) -> tuple[list[Operation], str]:
        """The operations that the cluster would take later, and why it has not taken them."""
        body = b"".join(line + b"\n" for operation in operations for line in operation if line is not None)
        try:
            answer = self._server.ask("POST", self._path, body.decode(), timeout=_TIMEOUT)
        except UnreachableError as error:
            return operations, str(error)
        except ServerError as error:
            if error.status not in _LATER:
                raise
            return operations, str(error)
        results = [result for item in answer["items"] for result in item.values()]
        for (_, document), result in zip(operations, results, strict=True):
            absent = document is None and result["status"] == _ABSENT
            if result["status"] >= _FAILED and result["status"] not in _LATER and not absent:
                raise self._refused(result)
        later = [result for result in results if result["status"] in _LATER]
        why = _reason(later[0]) if later else ""
        return [o for o, result in zip(operations, results, strict=True) if result["status"] in _LATER], why

    def _refused(self, result: dict[str, Any]) -> ServerError:
        location, kind = self._server.location, result.get("error", {}).get("type", "")
        if kind == "cluster_block_exception":
            return ServerError(
                f"{location.name} on {location.server} is read-only ({_reason(result)}); its disk may be full; "
                "ask who keeps the cluster",
                result["status"],
                kind,
            )
        return ServerError(
            f"{location.name} on {location.server} refuses a document ({_reason(result)})", result["status"], kind
        )


def _reason(result: dict[str, Any]) -> str:
    return " ".join(str(result.get("error", {}).get("reason", result["status"])).split())
