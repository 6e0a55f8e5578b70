"""A library on a cluster as a user meets it: locations, refusals, answers from a part, machines that share."""

from __future__ import annotations

import json
import shutil
import uuid
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("opensearchpy")

from answering import NO_COMMITS, OURS, VERSION, Answer, refusal, served
from clusters import URL, needs_cluster
from conftest import ROOT, SEEDS, Run
from jsonschema import validate

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.opensearch.layout import lay_out
from readouts_cli.engines.opensearch.location import parse
from readouts_cli.engines.opensearch.mapping import ORIGINS
from readouts_cli.engines.opensearch.server import Server
from readouts_cli.errors import LibraryError
from readouts_cli.output.schemas import schema
from readouts_cli.readout import Readout

# Refusals


def answering(path: str, answer: Answer) -> Any:
    """A library without readouts, but for an answer to requests of one path."""

    def answers(_: str, asked: str, __: str) -> Answer:
        if asked.startswith(path) and (path != "/" or asked == "/"):
            return answer
        known = {"/": VERSION, "/lib/_mapping": OURS, f"/lib{ORIGINS}/_search": NO_COMMITS}
        return 200, known.get(asked, {"hits": {"total": {"value": 0}, "hits": []}, **WHOLE})

    return answers


WHOLE = {"_shards": {"total": 3, "successful": 3, "failed": 0}, "timed_out": False}
DENIED = refusal("security_exception", "no permissions for [indices:data/read/search]")


@pytest.mark.parametrize(
    ("path", "answer", "message"),
    [
        (
            "/",
            (401, refusal("security_exception", "missing token")),
            "does not know us; set READOUTS_OPENSEARCH_API_KEY",
        ),
        ("/", (200, {"version": {"number": "8.12.0"}}), "is Elasticsearch 8.12.0; libraries live on Elasticsearch 7"),
        ("/", (200, "<html>hello</html>"), "does not answer like OpenSearch"),
        ("/lib/_mapping", (404, refusal("index_not_found_exception", "no such index")), "no library lib on"),
        ("/lib/_mapping", (200, {"lib": {"mappings": {}}}), "is no library of readouts; name another"),
        ("/lib/_search", (403, DENIED), "does not allow this"),
        ("/lib/_search", (429, refusal("circuit_breaking_exception", "data too large")), "is too busy"),
        ("/lib/_search", (503, refusal("search_phase_execution_exception", "all shards failed")), "is incomplete"),
        ("/lib/_search", None, "cannot be reached"),
    ],
)
def test_refusals(run: Run, path: str, answer: Answer, message: str) -> None:
    with served(answering(path, answer)) as (_, host):
        result = run("-L", f"opensearch://{host}/lib", "search", "carbon")
    assert (result.status, result.out) == (3, "")
    assert message in result.err
    assert result.err.startswith("readouts: ")
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "answer", "message"),
    [
        ("/lib", (403, refusal("cluster_block_exception", "index [lib] blocked by: read-only")), "is read-only"),
        ("/lib", (403, refusal("security_exception", "no permissions")), "does not allow this"),
        ("/lib", (400, refusal("mapper_parsing_exception", "unknown parameter")), "unknown parameter"),
    ],
)
def test_refusals_of_a_change(run: Run, tmp_path: Path, path: str, answer: Answer, message: str) -> None:
    missing = 404, refusal("index_not_found_exception", "no such index")

    def answers(method: str, asked: str, body: str) -> Answer:
        if asked == "/lib/_mapping":
            return missing
        return answer if method == "PUT" else answering("", (200, VERSION))(method, asked, body)

    with served(answers) as (_, host):
        url = f"opensearch://{host}/lib"
        result = run("-L", url, "index", str(SEEDS), "--wait", "0", env={"XDG_DATA_HOME": str(tmp_path)})
    assert result.status == 3
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_nobody_listens(run: Run, tmp_path: Path) -> None:
    with served(answering("", None)) as (_, host):
        pass
    for args in (("search", "x"), ("index", str(SEEDS)), ("info",), ("verify",), ("convert", str(tmp_path), "copy")):
        result = run("-L", f"opensearch://{host}/lib", *args, env={"XDG_DATA_HOME": str(tmp_path)})
        assert result.status == 3
        assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "opensearch://me:SECRET@host:9200/lib",
        "opensearch+https://me:SEC/RET@host/lib",
        "https://me:SECRET@host/lib",
        "opensearch://host/lib@SECRET",
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(run: Run, tmp_path: Path, url: str) -> None:
    named = tmp_path / "named.toml"
    named.write_text(f'library = "team"\n[libraries]\nteam = "{url}"\n')
    in_config = {"READOUTS_CONFIG": str(named)}
    for result in (
        run("-L", url, "search", "x"),
        run("search", "x", env={"READOUTS_LIBRARY": url}),
        run("-L", url, "index", str(SEEDS)),
        run("convert", url, str(tmp_path / "copy")),
        run("search", "x", env=in_config),
        run("config", env=in_config),
        run("config", env={"READOUTS_LIBRARY": url}),
    ):
        assert result.status == 2
        assert result.err.startswith("readouts: leave user and password out of the URL")
        assert "SEC" not in result.err + result.out


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("elsewhere://host/lib", "is no location of a library; write opensearch://HOST:9200/NAME"),
        ("opensearch://host/Upper", "'Upper' is no name for a library"),
        ("opensearch://host/lib?shards=x", "shards=x must be a number"),
        ("opensearch://[::1/lib", "is no URL"),
        ("opensearch://host/lib#part", "has a part that means nothing"),
    ],
)
def test_what_is_no_location(run: Run, url: str, message: str) -> None:
    result = run("-L", url, "list")
    assert result.status == 2
    assert message in result.err


def test_credentials_come_from_a_file(run: Run, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("SECRET\n")
    key.chmod(0o600)
    with served(answering("", (200, VERSION))) as (cluster, host):
        run("-L", f"opensearch://{host}/lib", "list", env={"READOUTS_OPENSEARCH_API_KEY_FILE": str(key)})
        assert cluster.asked[0][3] == "ApiKey SECRET"
    odd = {"READOUTS_OPENSEARCH_USER": "me", "READOUTS_OPENSEARCH_PASSWORD": "SECRÉT 密"}
    with served(answering("", (200, VERSION))) as (cluster, host):
        run("-L", f"opensearch://{host}/lib", "list", env=odd)
        assert b64decode(cluster.asked[0][3].removeprefix("Basic ")).decode() == "me:SECRÉT 密"
    clear = run("-L", "opensearch://example.org/lib", "list", env={"READOUTS_OPENSEARCH_API_KEY": "SECRET"})
    assert clear.status == 2
    assert "in clear" in clear.err
    assert "SECRET" not in clear.err


@pytest.mark.parametrize(("extra", "package"), [("opensearch", "opensearchpy"), ("tantivy", "tantivy")])
def test_an_engine_that_is_not_installed(run: Run, tmp_path: Path, extra: str, package: str) -> None:
    (tmp_path / f"{package}.py").write_text("raise ImportError\n")
    without = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "XDG_DATA_HOME": str(tmp_path)}
    kept_by = {"opensearch": ("-L", "opensearch://host/lib"), "tantivy": ("-L", str(tmp_path / "lib"))}[extra]
    chosen = () if extra == "opensearch" else ("--engine", extra)
    result = run(*kept_by, "index", str(SEEDS), *chosen, env=without)
    assert result.status == 3
    assert result.err == f"readouts: the engine {extra} needs an extra: pip install 'readouts-cli[{extra}]'\n"
    assert run(*kept_by, "config", env=without).status == 0
    assert not (tmp_path / "lib").exists()
    assert not (tmp_path / "readouts").exists()


# Answers from a part of the library


def part(_: str, path: str, body: str) -> Answer:
    """A cluster of which one shard of three is missing; the others hold one readout."""
    if path == "/":
        return 200, VERSION
    if path == "/lib/_mapping":
        return 200, OURS
    if path == f"/lib{ORIGINS}/_search":
        commit = {"_id": "one", "_seq_no": 0, "_primary_term": 1, "_source": {"commit": 1, "times": {}}}
        return 200, {"_shards": {"total": 1, "successful": 1}, "hits": {"hits": [commit]}}
    asked = json.loads(body)
    packed = lay_out(Entry(Readout("a", "/far/a.txt", "dual carbon"), FileStamp("/far/a.txt", 1, 1, "")))
    document = json.loads(packed.body)
    keys = {"key": packed.key, "_score": 1.0}
    order = [next(iter(by)) for by in asked.get("sort", [])]
    hit = {"_id": "a", "_score": 1.0, "sort": [keys.get(by, 0) for by in order], "_source": document}
    is_wanted = asked["size"] and "search_after" not in asked
    return 200, {
        "_shards": {"total": 3, "successful": 2, "failed": 1},
        "timed_out": False,
        "hits": {"total": {"value": 1}, "hits": [hit] if is_wanted else []},
        "aggregations": {"by": {"buckets": []}},
    }


@pytest.mark.parametrize(
    "args",
    [
        ("search", "carbon"),
        ("search", "carbon", "-o", "json"),
        ("search", "carbon", "-c"),
        ("search", "carbon", "-q"),
        ("search", "carbon", "--facet", "month"),
        ("show", "a"),
        ("list", "-o", "ids"),
        ("info",),
        ("kwic", "carbon"),
        ("trend", "carbon"),
        ("people",),
        ("export", "carbon", "--format", "jsonl"),
    ],
)
def test_an_answer_from_a_part_is_told_from_a_whole_one(run: Run, args: tuple[str, ...]) -> None:
    with served(part) as (_, host):
        result = run("-L", f"opensearch://{host}/lib", *args)
    assert result.status == 5
    said = [line for line in result.err.splitlines() if "incomplete" in line]
    assert said == [f"readouts: the answer is incomplete: 1 of 3 shards are missing (lib on http://{host})"]


def test_what_a_part_does_not_hold_may_be_there(run: Run) -> None:
    with served(part) as (_, host):
        result = run("-L", f"opensearch://{host}/lib", "show", "other")
        verified = run("-L", f"opensearch://{host}/lib", "verify")
    assert (result.status, result.out) == (5, "")
    assert "'other' may be in the part of the library that does not answer" in result.err
    assert verified.status == 5
    assert verified.out.startswith("incomplete\t")


def test_a_part_is_not_converted(run: Run, tmp_path: Path) -> None:
    with served(part) as (_, host):
        result = run("convert", f"opensearch://{host}/lib", str(tmp_path / "copy"))
    assert result.status == 5
    assert "is not wholly converted, the answer is incomplete: 1 of 3 shards are missing" in result.err
    assert run("-L", str(tmp_path / "copy"), "list").status == 3


# A real cluster


@pytest.fixture
def url() -> Iterator[str]:
    """A library that is not there yet, and is removed in the end."""
    url = f"{URL}/readouts-test-{uuid.uuid4().hex[:12]}?shards=2&replicas=0"
    yield url
    server = Server(parse(url))
    for index in (server.location.name, server.location.name + ORIGINS):
        with suppress(LibraryError):
            server.ask("DELETE", f"/{index}")
    server.close()


def machine(tmp_path: Path, name: str) -> dict[str, str]:
    """What makes a machine another one: its own memory."""
    return {"XDG_DATA_HOME": str(tmp_path / name)}


@needs_cluster
def test_a_library_by_its_url(run: Run, seeds_library: Path, tmp_path: Path, url: str) -> None:
    here = machine(tmp_path, "here")
    indexed = run("-L", url, "index", str(SEEDS), "-o", "json", env=here)
    assert indexed.status == 0, indexed.err
    again = json.loads(run("-L", url, "index", "-o", "json", env=here).out)
    assert (again["unchanged"], again["changed"]) == (5, [])
    rehearsed = json.loads(run("-L", url, "index", "--dry-run", "-o", "json", env=here).out)
    assert rehearsed["unchanged"] == 5
    elsewhere = machine(tmp_path, "elsewhere")
    for args in (
        ("search", "dual carbon", "--sort", "id", "-o", "ids"),
        ("search", "carbon", "--facet", "month"),
        ("search", "carbon", "-c"),
        ("list", "-o", "jsonl"),
        ("show", "003", "-o", "json"),
        ("show", "00", "--why"),
        ("kwic", "carbon"),
        ("trend", "carbon"),
        ("people",),
        ("first", '"dual carbon"'),
        ("export", "carbon", "--format", "csv"),
    ):
        expected, found = run(*args, library=seeds_library), run("-L", url, *args, env=elsewhere)
        assert (found.status, found.out) == (expected.status, expected.out), args
    assert not (tmp_path / "elsewhere").exists()


@needs_cluster
def test_looking_after_a_library_by_its_url(run: Run, tmp_path: Path, url: str) -> None:
    here, elsewhere = machine(tmp_path, "here"), machine(tmp_path, "elsewhere")
    assert run("-L", url, "index", str(SEEDS), env=here).status == 0
    for env, sources in ((here, [str(SEEDS)]), (elsewhere, [])):
        told = json.loads(run("-L", url, "info", "-o", "json", env=env).out)
        validate(told, json.loads(schema("info")))
        assert (told["url"], told["bytes"], told["sources"], told["readouts"]) == (url, None, sources, 5)
        assert run("-L", url, "verify", env=env).status == 0
    assert run("-L", url, "optimize", env=here).status == 0
    for args in (("optimize",), ("forget", str(SEEDS))):
        refused = run("-L", url, *args, env=elsewhere)
        assert refused.status == 3
        assert "this machine has indexed nothing into" in refused.err
    assert len(run("-L", url, "forget", str(SEEDS), env=here).lines) == 5
    assert run("-L", url, "list", env=elsewhere).status == 1


@needs_cluster
def test_machines_index_their_own_sources(run: Run, tmp_path: Path, url: str) -> None:
    machines = [machine(tmp_path, name) for name in ("one", "two")]
    folders = [tmp_path / f"files-{number}" for number in (1, 2)]
    for number, (env, folder) in enumerate(zip(machines, folders, strict=True), start=1):
        folder.mkdir()
        for file in range(3):
            (folder / f"m{number}-{file}.txt").write_text(f"Dual carbon on machine {number}, {file}")
        assert run("-L", url, "index", str(folder), env=env).status == 0
    assert len(run("-L", url, "list", "-o", "ids", env=machines[0]).lines) == 6
    (folders[0] / "m1-0.txt").unlink()
    report = json.loads(run("-L", url, "index", "-o", "json", env=machines[0]).out)
    assert (report["removed"], report["unchanged"]) == (["m1-0"], 2)
    assert len(run("-L", url, "list", "-o", "ids", env=machines[1]).lines) == 5
    shutil.rmtree(folders[1])  # a file of another machine is not missing here
    assert run("-L", url, "verify", env=machines[0]).status == 0
    assert run("-L", url, "show", "m2-0", "--raw", env=machines[0]).status == 1
    copy = tmp_path / "copy"
    assert run("convert", url, str(copy), env=machines[0]).status == 0
    assert sorted(run("-L", str(copy), "list", "-o", "ids").lines) == ["m1-1", "m1-2", "m2-0", "m2-1", "m2-2"]
    report = json.loads(run("-L", str(copy), "index", "-o", "json").out)
    assert (report["removed"], report["unchanged"]) == ([], 2)
    folders[1].mkdir()
    (folders[1] / "brought.txt").write_text("Dual carbon on machine 2, 1")
    report = json.loads(run("-L", str(copy), "index", str(folders[1]), "-o", "json").out)
    assert (report["added"], report["moved"], report["removed"]) == ([], ["m2-1"], ["m2-0", "m2-2"])


@needs_cluster
def test_to_a_cluster_and_back(run: Run, seeds_library: Path, tmp_path: Path, url: str) -> None:
    here, copy = machine(tmp_path, "here"), tmp_path / "copy"
    there = run("convert", str(seeds_library), url, env=here)
    back = run("convert", url, str(copy), "--engine", "tantivy", env=here)
    assert (there.status, back.status) == (0, 0), there.err + back.err
    assert there.out == back.out
    for library in (url, str(copy)):
        report = json.loads(run("-L", library, "index", "-o", "json", env=here).out)
        assert (report["unchanged"], report["changed"]) == (5, [])
    again = run("convert", str(seeds_library), url, env=machine(tmp_path, "elsewhere"))
    assert again.status == 2
    assert "the target holds 5 readouts that are not the source's" in again.err


@needs_cluster
def test_a_name_of_the_config_file(run: Run, tmp_path: Path, url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'library = "team"\n[libraries]\nteam = "{url}"\n')
    env = machine(tmp_path, "here") | {"READOUTS_CONFIG": str(config)}
    assert run("index", str(SEEDS), env=env).status == 0
    assert run("search", "-c", "carbon", env=machine(tmp_path, "x") | {"READOUTS_LIBRARY": url}).lines == ["2"]
    settings = json.loads(run("config", "-o", "json", env=env).out)["settings"]
    assert settings["library"]["value"] == settings["libraries.team"]["value"] == url


@needs_cluster
def test_a_library_that_nobody_has_made(run: Run, url: str) -> None:
    result = run("-L", url, "search", "carbon")
    assert result.status == 3
    assert "no library readouts-test-" in result.err
    assert " index PATH…" in result.err
