"""Where a library on a cluster is: `opensearch://host:9200/name`, or `opensearch+https://…` for TLS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from readouts_cli.errors import UsageError

SCHEMES = {"opensearch": False, "opensearch+https": True}

_PORT = 9200

#: What Elasticsearch and OpenSearch both take as the name of an index; a suffix of ours must fit behind it.
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{1,5}))?")

_FORM = "write opensearch://HOST:9200/NAME, or opensearch+https://HOST:9200/NAME for TLS"

_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}

#: What may be set when a library is made, and to which numbers.
_OPTIONS = {"shards": range(1, 1025), "replicas": range(11)}


@dataclass(frozen=True, slots=True)
class Location:
    """A library on a cluster; any of the hosts answers for it.

    `shards` and `replicas` are for making it: into how many parts it is cut, and how many further copies of each there
    are.
    """

    hosts: tuple[tuple[str, int], ...]
    secure: bool
    name: str
    shards: int = 3
    replicas: int = 1

    @property
    def server(self) -> str:
        """The address of the first host, as errors name it."""
        host, port = self.hosts[0]
        return f"http{'s' if self.secure else ''}://{host}:{port}"

    @property
    def url(self) -> str:
        """The URL without what matters only when the library is made."""
        scheme = next(scheme for scheme, secure in SCHEMES.items() if secure == self.secure)
        return f"{scheme}://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.name}"

    @property
    def is_private(self) -> bool:
        """Whether what is sent cannot be read on the way: it is encrypted, or does not leave the machine."""
        return self.secure or all(host in _LOOPBACK for host, _ in self.hosts)


def parse(url: str) -> Location:
    """The location that a URL names.  Raises UsageError."""
    if "@" in url:
        raise UsageError(
            "leave user and password out of the URL, where others can read them; "
            "set READOUTS_OPENSEARCH_USER and READOUTS_OPENSEARCH_PASSWORD_FILE"
        )
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"{url} is no URL ({error}); {_FORM}") from None
    if parts.scheme not in SCHEMES:
        raise UsageError(f"{url} is no location of a library; {_FORM}")
    if parts.fragment:
        raise UsageError(f"{url} has a part that means nothing, #{parts.fragment}; {_FORM}")
    name = parts.path.strip("/")
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name for a library on a cluster: lower-case letters, digits, '-', '_' and '.' make one"
        )
    return Location(_hosts(url, parts.netloc), SCHEMES[parts.scheme], name, **_options(parts.query))


def _hosts(url: str, netloc: str) -> tuple[tuple[str, int], ...]:
    found = [_HOST.fullmatch(host) for host in netloc.split(",")]
    hosts = tuple((match["host"].lower(), int(match["port"] or _PORT)) for match in found if match)
    if len(hosts) < len(found) or any(not 0 < port < 2**16 for _, port in hosts):
        raise UsageError(f"{url} has no valid host; {_FORM}")
    return hosts


def _options(query: str) -> dict[str, int]:
    options: dict[str, int] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        allowed = _OPTIONS.get(key)
        if allowed is None:
            raise UsageError(f"a library's URL has no option {key!r}; there are: {', '.join(_OPTIONS)}")
        if not value.isdecimal() or int(value) not in allowed:
            raise UsageError(f"{key}={value} must be a number from {allowed[0]} to {allowed[-1]}")
        options[key] = int(value)
    return options
