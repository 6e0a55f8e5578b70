"""What a cluster refuses, and what becomes of it: a small server on loopback answers as clusters do."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("opensearchpy")

from answering import NO_COMMITS, OURS, VERSION, Answer, refusal, served

from readouts_cli.engines.opensearch import snapshot as snapshot_module
from readouts_cli.engines.opensearch.bulk import Bulk
from readouts_cli.engines.opensearch.location import parse
from readouts_cli.engines.opensearch.mapping import FORMAT
from readouts_cli.engines.opensearch.place import remember
from readouts_cli.engines.opensearch.server import Server, ServerError, UnreachableError
from readouts_cli.engines.opensearch.snapshot import Snapshot
from readouts_cli.engines.opensearch.writer import OpenSearchWriter
from readouts_cli.errors import Exit, LibraryError


def asking(answer: Answer) -> ServerError:
    """The error that an answer to a search becomes."""
    with served(lambda *_: answer) as (_, host), pytest.raises(ServerError) as raised:
        Server(parse(f"opensearch://{host}/lib"), {}).ask("POST", "/lib/_search", {})
    error = raised.value
    assert error.exit is Exit.LIBRARY
    assert "\n" not in str(error)
    assert host in str(error)
    return error


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((401, refusal("security_exception", "missing token")), "does not know us; set READOUTS_OPENSEARCH_API_KEY"),
        ((401, "Unauthorized"), "does not know us"),
        ((403, refusal("security_exception", "no permissions for [indices:data/read/search]")), "does not allow this"),
        (
            (
                403,
                refusal("cluster_block_exception", "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"),
            ),
            "lib on .* is read-only",
        ),
        ((429, refusal("cluster_block_exception", "TOO_MANY_REQUESTS/12/disk usage exceeded")), "is read-only"),
        (
            (404, refusal("index_not_found_exception", "no such index [lib]")),
            "no library lib on .* make one with: readouts -L",
        ),
        ((404, "<html>not here</html>"), "does not answer like OpenSearch"),
        ((200, "<html>hello</html>"), "does not answer like OpenSearch"),
        ((400, refusal("mapper_parsing_exception", "failed to parse [met_first]")), "lib on .*: failed to parse"),
        (
            (429, refusal("circuit_breaking_exception", "data too large")),
            "too busy .data too large.; try again later",
        ),
        ((503, refusal("search_phase_execution_exception", "all shards failed")), "incomplete .all shards failed."),
        ((500, {"error": "something broke\nbadly"}), "lib on .*: something broke badly|something broke"),
    ],
)
def test_refusals(answer: Answer, message: str) -> None:
    error = asking(answer)
    with pytest.raises(ServerError, match=message):
        raise error


def test_nobody_listens() -> None:
    with served(lambda *_: (200, {})) as (_, host):
        pass
    with pytest.raises(UnreachableError, match=r"cannot be reached .*refused.*is the server running"):
        Server(parse(f"opensearch://{host}/lib"), {}).ask("GET", "/")


def test_an_unknown_host() -> None:
    with pytest.raises(UnreachableError, match="cannot be reached"):
        Server(parse("opensearch://no-such-host.invalid/lib"), {}).ask("GET", "/")


def test_no_answer_in_time() -> None:
    def slow(*_: str) -> Answer:
        time.sleep(0.5)
        return 200, {}

    with served(slow) as (_, host), pytest.raises(UnreachableError, match=r"did not answer within 0.1 s"):
        Server(parse(f"opensearch://{host}/lib"), {}).ask("GET", "/", timeout=0.1)


def test_another_host_answers_for_one_that_is_down() -> None:
    with served(lambda *_: (200, VERSION)) as (_, down):
        pass
    with served(lambda *_: (200, VERSION)) as (_, up):
        Server(parse(f"opensearch://{down},{up}/lib"), {}).check_version()


@pytest.mark.parametrize(
    ("version", "accepted"),
    [
        ({"number": "7.0.0"}, True),
        ({"number": "7.17.9"}, True),
        ({"number": "1.3.2", "distribution": "opensearch"}, True),
        ({"number": "3.1.0", "distribution": "opensearch"}, True),
        ({"number": "6.8.23"}, False),
        ({"number": "8.12.0"}, False),
        ({"number": "4.0.0", "distribution": "opensearch"}, False),
        ({}, False),
    ],
)
def test_versions(version: dict[str, str], accepted: bool) -> None:
    with served(lambda *_: (200, {"version": version})) as (_, host):
        server = Server(parse(f"opensearch://{host}/lib"), {})
        if accepted:
            server.check_version()
        else:
            with pytest.raises(ServerError, match="libraries live on Elasticsearch 7 and OpenSearch 1 to 3"):
                server.check_version()


@pytest.mark.parametrize(
    ("mappings", "message"),
    [
        ({"properties": {"title": {"type": "text"}}}, "is no library of readouts; name another"),
        ({"_meta": {"readouts": {"format": 99}}}, f"has layout 99, not {FORMAT}"),
    ],
)
def test_an_index_that_is_not_ours(mappings: dict[str, Any], message: str) -> None:
    def answer(method: str, path: str, body: str) -> Answer:
        return (200, VERSION) if path == "/" else (200, {"lib": {"mappings": mappings}})

    with served(answer) as (_, host), pytest.raises(LibraryError, match=message):
        Snapshot(Server(parse(f"opensearch://{host}/lib"), {}))


def test_secrets_are_sent_and_never_told() -> None:
    given = {"READOUTS_OPENSEARCH_API_KEY": "SECRET"}
    with served(lambda *_: (401, {})) as (cluster, host):
        with pytest.raises(ServerError) as raised:
            Server(parse(f"opensearch://{host}/lib"), given).ask("GET", "/")
        assert cluster.asked[0][3] == "ApiKey SECRET"
        assert "SECRET" not in str(raised.value)
        user = {"READOUTS_OPENSEARCH_USER": "me", "READOUTS_OPENSEARCH_PASSWORD": "SECRET"}
        with pytest.raises(ServerError) as raised:
            Server(parse(f"opensearch://{host}/lib"), user).ask("GET", "/")
        assert cluster.asked[1][3].startswith("Basic ")
        assert "SECRET" not in str(raised.value)


# TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost that vouches for itself, with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    path = tmp_path / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "cert.pem").read_text())
    return path


def test_certificates_are_verified(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    trusted = {"READOUTS_OPENSEARCH_CA": str(certificate.with_name("cert.pem"))}
    with served(lambda *_: (200, VERSION), context) as (_, host):
        port = host.rpartition(":")[2]
        with pytest.raises(UnreachableError, match=r"cannot prove what it is .*READOUTS_OPENSEARCH_CA"):
            Server(parse(f"opensearch+https://localhost:{port}/lib"), {}).check_version()
        Server(parse(f"opensearch+https://localhost:{port}/lib"), trusted).check_version()
        with pytest.raises(UnreachableError, match="cannot prove what it is"):
            Server(parse(f"opensearch+https://127.0.0.1:{port}/lib"), trusted).check_version()


def test_tls_to_a_server_without(tmp_path: Path) -> None:
    with (
        served(lambda *_: (200, VERSION)) as (_, host),
        pytest.raises(UnreachableError, match="cannot prove what it is"),
    ):
        Server(parse(f"opensearch+https://{host}/lib"), {}).check_version()


# Bulk


class BusyCluster:
    """Stores what it is sent, after refusing each document a number of times."""

    def __init__(self, times: int, status: int = 429) -> None:
        self.times, self.status = times, status
        self.stored: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self.sizes: list[int] = []

    def __call__(self, method: str, path: str, body: str) -> Answer:
        lines = body.splitlines()
        items = []
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            name = json.loads(action)["index"]["_id"]
            refused = self.refused[name] = self.refused.get(name, 0) + 1
            if refused <= self.times and int(name) % 2:
                error = {"type": "es_rejected_execution_exception", "reason": "queue is full"}
                items.append({"index": {"_id": name, "status": self.status, "error": error}})
            else:
                self.stored[name] = document
                items.append({"index": {"_id": name, "status": 201}})
        self.sizes.append(len(items))
        return 200, {"items": items}


def bulk(host: str, **options: Any) -> tuple[Bulk, list[float]]:
    waits: list[float] = []
    return Bulk(Server(parse(f"opensearch://{host}/lib"), {}), "lib", sleep=waits.append, **options), waits


@pytest.mark.parametrize("status", [429, 503])
def test_rejected_documents_are_sent_again_and_only_they(status: int) -> None:
    cluster = BusyCluster(3, status)
    with served(cluster) as (_, host):
        sender, waits = bulk(host)
        for number in range(10):
            sender.put(str(number), b'{"n":%d}' % number)
        sender.flush()
    assert cluster.sizes == [10, 5, 5, 5]
    assert {name: json.loads(body)["n"] for name, body in cluster.stored.items()} == {str(n): n for n in range(10)}
    assert waits == sorted(waits)
    assert len(waits) == 3


def test_patience_ends_when_nothing_is_taken() -> None:
    with served(BusyCluster(10**6)) as (_, host):
        sender, waits = bulk(host, patience=0.0)
        sender.put("1", b"{}")
        with pytest.raises(ServerError, match=r"has taken no documents for 0 s .queue is full."):
            sender.flush()
    assert waits == []


def test_a_whole_request_that_is_refused_is_sent_again() -> None:
    cluster, answers = BusyCluster(0), iter([(429, refusal("x", "busy")), (503, {}), None])
    with served(lambda *asked: next(answers, None) or cluster(*asked)) as (_, host):
        sender, _ = bulk(host)
        sender.put("2", b"{}")
        sender.flush()
    assert cluster.stored == {"2": "{}"}


def test_what_is_sent_is_limited() -> None:
    cluster = BusyCluster(0)
    with served(cluster) as (_, host):
        sender, _ = bulk(host)
        for number in range(2500):
            sender.put(str(number), b"{}")
        sender.put("9999", b'"' + b"x" * 6_000_000 + b'"')
        assert cluster.sizes == [1000, 1000, 501]


@pytest.mark.parametrize(
    ("status", "kind", "reason", "message"),
    [
        (400, "mapper_parsing_exception", "failed to parse", "refuses a document .failed to parse."),
        (
            400,
            "strict_dynamic_mapping_exception",
            "mapping set to strict",
            "refuses a document .mapping set to strict.",
        ),
        (403, "cluster_block_exception", "index read-only", "is read-only .index read-only."),
        (404, "index_not_found_exception", "no such index", "refuses a document .no such index."),
    ],
)
def test_a_document_that_is_refused_for_good(status: int, kind: str, reason: str, message: str) -> None:
    item = {"index": {"_id": "1", "status": status, "error": {"type": kind, "reason": reason}}}
    with served(lambda *_: (200, {"items": [item]})) as (_, host):
        sender, _ = bulk(host)
        sender.put("1", b"{}")
        with pytest.raises(ServerError, match=message):
            sender.flush()


def test_deleting_what_is_not_there_is_done() -> None:
    with served(lambda *_: (200, {"items": [{"delete": {"_id": "1", "status": 404}}]})) as (_, host):
        sender, _ = bulk(host)
        sender.delete("1")
        sender.flush()


# Answers from less than the whole


@pytest.mark.parametrize(
    ("shards", "timed_out", "expected"),
    [
        ({"total": 3, "successful": 3}, False, None),
        ({"total": 3, "successful": 2}, False, "the answer is incomplete: 1 of 3 shards are missing (lib on "),
        ({"total": 3, "successful": 3}, True, "the answer is incomplete: it ran out of time (lib on "),
    ],
)
def test_incomplete_answers_are_told(shards: dict[str, int], timed_out: bool, expected: str | None) -> None:
    def answer(method: str, path: str, body: str) -> Answer:
        found = {"_shards": shards, "timed_out": timed_out, "hits": {"total": {"value": 7}, "hits": []}}
        return 200, {"/": VERSION, "/lib/_mapping": OURS, "/lib-origins/_search": NO_COMMITS}.get(path, found)

    with served(answer) as (_, host):
        server = Server(parse(f"opensearch://{host}/lib"), {})
        snapshot = Snapshot(server)
        assert snapshot.count({"match_all": {}}) == 7
        assert (snapshot.incomplete or "").startswith(expected or "")
        assert (snapshot.incomplete is None) is (expected is None)
        if expected:
            with pytest.raises(ServerError, match=r"is incomplete: .*try again when it is whole"):
                Snapshot(server, strict=True).count({"match_all": {}})


def test_an_incomplete_list_of_machines_is_no_list() -> None:
    def answer(method: str, path: str, body: str) -> Answer:
        part = {"_shards": {"total": 1, "successful": 0}, "hits": {"hits": []}}
        return 200, {"/": VERSION, "/lib/_mapping": OURS}.get(path, part)

    with served(answer) as (_, host), pytest.raises(LibraryError, match="cannot say what it holds"):
        Snapshot(Server(parse(f"opensearch://{host}/lib"), {}))


def test_no_machine_is_left_out_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "_MOST_ORIGINS", 2)
    hits = [
        {"_id": name, "_seq_no": 0, "_primary_term": 1, "_source": {"commit": 1, "times": {}}} for name in ("a", "b")
    ]

    def answer(method: str, path: str, body: str) -> Answer:
        found = {"_shards": {"total": 1, "successful": 1}, "hits": {"hits": hits}}
        return 200, {"/": VERSION, "/lib/_mapping": OURS}.get(path, found)

    with served(answer) as (_, host), pytest.raises(LibraryError, match="2 machines or more index into lib"):
        Snapshot(Server(parse(f"opensearch://{host}/lib"), {}))


def test_a_library_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    with served(lambda _, path, __: (200, VERSION if path == "/" else OURS)) as (cluster, host):
        remember(tmp_path, f"opensearch://{host}/lib")
        OpenSearchWriter.create(tmp_path)
    assert {method for method, *_ in cluster.asked} == {"GET"}
