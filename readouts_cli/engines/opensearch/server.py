"""Asking a cluster, and what its refusals mean."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

from readouts_cli.engines.opensearch.credentials import Credentials, read_credentials
from readouts_cli.engines.opensearch.location import Location
from readouts_cli.errors import LibraryError, MissingEngineError, UsageError

try:
    import opensearchpy
    from opensearchpy import exceptions
except ImportError:
    raise MissingEngineError("opensearch") from None

#: How long an answer may take, in seconds.
TIMEOUT = 60.0

#: The generations that speak the language we use.
_ELASTICSEARCH, _OPENSEARCH = {7}, {1, 2, 3}


class ServerError(LibraryError):
    """The cluster refused: HTTP status and its own name for the reason tell why."""

    def __init__(self, message: str, status: int = 0, kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class UnreachableError(ServerError):
    """No host of the cluster answered."""


class Server:
    """A cluster, asked about one library.  Raises UsageError where credentials would travel in clear."""

    def __init__(self, location: Location, variables: Mapping[str, str] = os.environ) -> None:
        credentials = read_credentials(variables)
        if credentials.authorization is not None and not location.is_private:
            raise UsageError(
                f"credentials would travel to {location.server} in clear; name the library by opensearch+https://…"
            )
        self.location = location
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # it would print what is raised anyway, with traces
        self._transport = _client(location, credentials).transport

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        timeout: float = TIMEOUT,
        **parameters: str | int | bool,
    ) -> dict[str, Any]:
        """What the cluster answers.  Raises ServerError, and UnreachableError where none of the hosts does."""
        params = {**{key: _parameter(value) for key, value in parameters.items()}, "request_timeout": timeout}
        try:
            answer = self._transport.perform_request(method, path, params=params, body=body)
        except exceptions.OpenSearchException as error:
            raise self._meaning(error, timeout) from None
        return answer if isinstance(answer, dict) else {}

    def check_version(self) -> None:
        """Raise ServerError where the server is none that we know how to talk to."""
        version = self.ask("GET", "/").get("version", {})
        number, is_opensearch = str(version.get("number", "?")), version.get("distribution") == "opensearch"
        generation = int(number.partition(".")[0]) if number.partition(".")[0].isdecimal() else 0
        if generation not in (_OPENSEARCH if is_opensearch else _ELASTICSEARCH):
            name = "OpenSearch" if is_opensearch else "Elasticsearch"
            raise ServerError(
                f"{self.location.server} is {name} {number}; libraries live on Elasticsearch 7 and OpenSearch 1 to 3"
            )

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _meaning(self, error: exceptions.OpenSearchException, timeout: float) -> ServerError:
        server = self.location.server
        if isinstance(error, exceptions.ConnectionTimeout):
            return UnreachableError(f"{server} did not answer within {timeout:g} s; try again when it is less busy")
        if isinstance(error, exceptions.SSLError):
            return UnreachableError(
                f"{server} cannot prove what it is ({_reason(error)}); "
                "name the certificate of its authority in READOUTS_OPENSEARCH_CA"
            )
        if isinstance(error, exceptions.ConnectionError):
            return UnreachableError(f"{server} cannot be reached ({_reason(error)}); is the server running?")
        if isinstance(error, exceptions.SerializationError):
            return ServerError(f"{server} does not answer like OpenSearch; is the port the right one?")
        if isinstance(error, exceptions.TransportError):
            return self._refusal(error)
        return ServerError(f"{server}: {_reason(error)}")

    def _refusal(self, error: exceptions.TransportError) -> ServerError:
        status = error.status_code if isinstance(error.status_code, int) else 0
        kind, reason = _cause(error.info)
        server, name = self.location.server, self.location.name
        if status == 401:
            message = (
                f"{server} does not know us; set READOUTS_OPENSEARCH_API_KEY, or "
                "READOUTS_OPENSEARCH_USER and READOUTS_OPENSEARCH_PASSWORD"
            )
        elif kind == "cluster_block_exception":
            message = f"{name} on {server} is read-only ({reason}); its disk may be full; ask who keeps the cluster"
        elif status == 403:
            message = f"{server} does not allow this ({reason or 'forbidden'}); ask for the right to it"
        elif kind == "index_not_found_exception":
            message = f"no library {name} on {server}; make one with: readouts -L {self.location.url} index PATH…"
        elif status == 429:
            message = f"{server} is too busy ({reason or status}); try again later"
        elif status == 503:
            message = f"{name} on {server} is incomplete ({reason or 'shards are missing'}); try again when it is whole"
        elif status == 404 and not kind:
            message = f"{server} does not answer like OpenSearch; is the port the right one?"
        else:
            message = f"{name} on {server}: {reason or status}"
        return ServerError(message, status, kind)


def _client(location: Location, credentials: Credentials) -> opensearchpy.OpenSearch:
    options: dict[str, Any] = {}
    if location.secure:
        options = {"use_ssl": True, "verify_certs": True}
        if credentials.authorities is not None:
            options["ca_certs"] = str(credentials.authorities)
    if credentials.authorization is not None:
        options["headers"] = {"Authorization": credentials.authorization}
    hosts = [{"host": host, "port": port} for host, port in location.hosts]
    return opensearchpy.OpenSearch(
        hosts=hosts,
        max_retries=max(2, len(hosts)),
        retry_on_timeout=len(hosts) > 1,
        retry_on_status=(502, 504),
        **options,
    )


def _parameter(value: str | int | bool) -> str:  # noqa: FBT001  # a query parameter of that type
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cause(info: object) -> tuple[str, str]:
    """The innermost reason that an answer gives: its name and its words."""
    error = info.get("error") if isinstance(info, dict) else None
    if isinstance(error, str):
        return "", " ".join(error.split())
    if not isinstance(error, dict):
        return "", ""
    causes = error.get("root_cause") or [error]
    cause = causes[0] if isinstance(causes[0], dict) else error
    return str(cause.get("type", "")), " ".join(str(cause.get("reason", "")).split())


def _reason(error: exceptions.OpenSearchException) -> str:
    """The system's own words, out of the wrappings of three libraries."""
    inner: object = error.args[2] if len(error.args) > 2 else error
    for _ in range(5):
        around = [getattr(inner, name, None) for name in ("reason", "__cause__", "__context__")]
        deeper = [each for each in around if isinstance(each, BaseException)]
        if not deeper:
            break
        inner = deeper[0]
    words = getattr(inner, "strerror", None) or str(inner).rpartition(": ")[2]
    return " ".join(str(words).split()) or type(error).__name__
