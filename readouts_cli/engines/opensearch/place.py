"""What this machine remembers of a library on a cluster: where it is, and under which name its own files go there.

The name, the origin, tells the readouts of several machines apart that index into one library.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from readouts_cli.engines.opensearch.location import Location, parse
from readouts_cli.errors import LibraryError

_NAME = "server.json"
_UNUSUAL = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A library on a cluster, as seen from this machine; `origin` is "" until the machine indexes into it."""

    location: Location
    origin: str


def remember(folder: Path, url: str) -> Place:
    """Note where a library is, in a folder for it that exists already; the origin, once given, stays.

    Raises UsageError for a URL that is none.
    """
    location, origin = parse(url), find(folder, url).origin or _new_origin()
    options = f"?shards={location.shards}&replicas={location.replicas}"
    draft = folder / f"{_NAME}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"url": location.url + options, "origin": origin}) + "\n")
        file.flush()
        os.fsync(file.fileno())  # without its origin this machine would not know its readouts again
    draft.replace(folder / _NAME)
    return Place(location, origin)


def find(folder: Path, url: str) -> Place:
    """The library at a URL; `folder`, where `remember` notes the origin, need not exist.

    Raises UsageError for a URL that is none.
    """
    return Place(parse(url), load(folder).origin if (folder / _NAME).is_file() else "")


def load(folder: Path) -> Place:
    """What `remember` noted.  Raises LibraryError where there is nothing, or nothing legible."""
    path = folder / _NAME
    try:
        noted = json.loads(path.read_text("utf-8"))
        return Place(parse(noted["url"]), str(noted["origin"]))
    except FileNotFoundError:
        raise LibraryError(
            f"{folder} does not say which library on a cluster it is for; name the library by its URL"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"{path} is damaged ({error}); restore it: by the name in it this machine knows its own readouts"
        ) from None


def _new_origin() -> str:
    """A name that no other machine has, and that tells a person which one it is."""
    host = _UNUSUAL.sub("-", socket.gethostname().partition(".")[0].lower()).strip("-")[:20]
    return f"{host}-{secrets.token_hex(4)}"
