"""Where a library on a cluster is, and who we are there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

from readouts_cli.engines.opensearch.credentials import Credentials, read_credentials
from readouts_cli.engines.opensearch.location import Location, parse
from readouts_cli.engines.opensearch.place import load, remember
from readouts_cli.engines.opensearch.server import Server
from readouts_cli.errors import LibraryError, UsageError


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("opensearch://host:9200/name", Location((("host", 9200),), secure=False, name="name")),
        ("opensearch://host/name", Location((("host", 9200),), secure=False, name="name")),
        ("opensearch+https://Host:443/a-b_c.9/", Location((("host", 443),), secure=True, name="a-b_c.9")),
        ("opensearch://[::1]:9200/name", Location((("[::1]", 9200),), secure=False, name="name")),
        ("opensearch://a:1,b,c:3/n", Location((("a", 1), ("b", 9200), ("c", 3)), secure=False, name="n")),
        (
            "opensearch://h/n?shards=5&replicas=0",
            Location((("h", 9200),), secure=False, name="n", shards=5, replicas=0),
        ),
    ],
)
def test_urls(url: str, expected: Location) -> None:
    assert parse(url) == expected
    assert parse(expected.url).hosts == expected.hosts


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("opensearch:name", "write opensearch://"),
        ("http://host:9200/name", "write opensearch://"),
        ("opensearch://host:9200", "'' is no name"),
        ("opensearch://host:9200/Upper", "'Upper' is no name"),
        ("opensearch://host:9200/two/parts", "'two/parts' is no name"),
        ("opensearch://host:9200/_hidden", "'_hidden' is no name"),
        ("opensearch://host:9200/" + "x" * 201, "is no name"),
        ("opensearch://host:99999/name", "no valid host"),
        ("opensearch://host:port/name", "no valid host"),
        ("opensearch://:9200/name", "no valid host"),
        ("opensearch:///name", "no valid host"),
        ("opensearch://a,,b/name", "no valid host"),
        ("opensearch://me:secret@host:9200/name", "leave user and password out of the URL"),
        ("opensearch://host/name?shards=0", "shards=0 must be a number from 1 to 1024"),
        ("opensearch://host/name?replicas=many", "replicas=many must be a number from 0 to 10"),
        ("opensearch://host/name?verify=no", "no option 'verify'; there are: shards, replicas"),
    ],
)
def test_urls_that_are_none(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        parse(url)
    assert "secret" not in str(raised.value)


def variables(**values: str) -> dict[str, str]:
    return {f"READOUTS_OPENSEARCH_{name}": value for name, value in values.items()}


def secret_file(folder: Path, content: str, mode: int = 0o600) -> str:
    path = folder / "secret"
    path.write_text(content)
    path.chmod(mode)
    return str(path)


def test_credentials_from_the_environment(tmp_path: Path) -> None:
    assert read_credentials({}) == Credentials()
    assert read_credentials({}).authorization is None
    assert read_credentials(variables(API_KEY="k")).api_key == "k"
    assert read_credentials(variables(USER="me", PASSWORD="p")).password == "p"
    path = secret_file(tmp_path, "from-file\n")
    assert read_credentials(variables(USER="me", PASSWORD_FILE=path)).password == "from-file"
    assert read_credentials(variables(API_KEY_FILE=path)).api_key == "from-file"
    assert read_credentials(variables(CA=path)).authorities == Path(path)


def test_no_representation_holds_a_secret() -> None:
    for given in (variables(API_KEY="SECRET"), variables(USER="me", PASSWORD="SECRET")):
        assert "SECRET" not in repr(read_credentials(given))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"USER": "me"}, "together"),
        ({"PASSWORD": "p"}, "together"),
        ({"API_KEY": "k", "USER": "me", "PASSWORD": "p"}, "not both"),
        ({"API_KEY": "k", "API_KEY_FILE": "/x"}, "not both"),
        ({"API_KEY_FILE": "/nowhere/key"}, "cannot be read"),
        ({"CA": "/nowhere/ca.pem"}, "which is no file"),
        ({"API_KEY": "SEC\nRET"}, "is no key"),
        ({"API_KEY": "SECRÉT"}, "is no key"),
        ({"USER": "a:b", "PASSWORD": "SECRET"}, "holds a colon"),
    ],
)
def test_credentials_that_are_none(given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        read_credentials(variables(**given))
    assert "SEC" not in str(raised.value)


def test_a_secret_that_others_can_read(tmp_path: Path) -> None:
    path = secret_file(tmp_path, "k", 0o640)
    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o640
    with pytest.raises(UsageError, match="chmod 600"):
        read_credentials(variables(API_KEY_FILE=path))


def test_an_empty_secret(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is empty"):
        read_credentials(variables(API_KEY_FILE=secret_file(tmp_path, " \n")))


def test_credentials_do_not_travel_in_clear() -> None:
    key = variables(API_KEY="SECRET")
    with pytest.raises(UsageError, match=r"in clear; name the library by opensearch\+https") as raised:
        Server(parse("opensearch://example.org/name"), key)
    assert "SECRET" not in str(raised.value)
    Server(parse("opensearch+https://example.org/name"), key).close()
    Server(parse("opensearch://localhost/name"), key).close()


def test_a_place_is_remembered_and_keeps_its_origin(tmp_path: Path) -> None:
    first = remember(tmp_path, "opensearch://one:9200/name?shards=1&replicas=0")
    assert load(tmp_path) == first
    moved = remember(tmp_path, "opensearch+https://two:9200/name")
    assert moved.origin == first.origin
    assert load(tmp_path).location.server == "https://two:9200"


def test_machines_have_origins_of_their_own(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
    assert len({remember(folder, "opensearch://host/name").origin for folder in folders}) == 2


def test_a_place_that_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="does not say which library"):
        load(tmp_path)
    (tmp_path / "server.json").write_text("{}")
    with pytest.raises(LibraryError, match="is damaged"):
        load(tmp_path)
    with pytest.raises(LibraryError, match="is damaged"):
        remember(tmp_path, "opensearch://host/name")
