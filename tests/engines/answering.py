"""A small server on loopback that answers as clusters do, for what a real one cannot be made to answer."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from readouts_cli.engines.opensearch.mapping import FORMAT

VERSION = {"version": {"number": "7.17.0"}}
OURS = {"lib": {"mappings": {"_meta": {"readouts": {"format": FORMAT}}}}}
NO_COMMITS = {"_shards": {"total": 1, "successful": 1}, "hits": {"hits": []}}

#: An answer: status and body; None hangs up without one.
Answer = tuple[int, object] | None


class FakeCluster:
    """Answers each request by a function of its method, path and body; keeps what was asked."""

    def __init__(self, answer: Callable[[str, str, str], Answer]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, str, str]] = []


@contextmanager
def served(
    answer: Callable[[str, str, str], Answer], context: ssl.SSLContext | None = None
) -> Iterator[tuple[FakeCluster, str]]:
    """A cluster that answers so, and where it is."""
    cluster = FakeCluster(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = self.path.partition("?")[0]
            cluster.asked.append((self.command, path, body, self.headers.get("Authorization", "")))
            answer = cluster.answer(self.command, path, body)
            if answer is None:
                self.close_connection = True
                return
            status, content = answer
            data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if isinstance(content, str) else "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  # named by the library

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield cluster, f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def refusal(kind: str, reason: str) -> dict[str, Any]:
    return {"error": {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason}}
