"""Who we are to a cluster, from the environment or from files that it names; never from the command line."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from readouts_cli.errors import UsageError

_PREFIX = "READOUTS_OPENSEARCH_"

#: What an API key is made of; anything else would break the header that it is sent in.
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Credentials:
    """An API key, or a user's name and password, or nothing; and the certificates to trust beside the system's.

    Secrets are left out of the representation, so that no message can hold them.
    """

    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authorities: Path | None = None

    @property
    def authorization(self) -> str | None:
        """The header that proves who we are (RFC 7617, in UTF-8); None where there is nothing to send."""
        if self.api_key is not None:
            return f"ApiKey {self.api_key}"
        if self.user is None:
            return None
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


def read_credentials(variables: Mapping[str, str]) -> Credentials:
    """The credentials that the environment holds or points to.

    Raises UsageError where they are incomplete, or in a file that others can read.
    """
    api_key, password = _secret(variables, "API_KEY"), _secret(variables, "PASSWORD")
    user = variables.get(_PREFIX + "USER") or None
    if (user is None) != (password is None):
        raise UsageError(f"set {_PREFIX}USER and {_PREFIX}PASSWORD (or {_PREFIX}PASSWORD_FILE) together")
    if api_key is not None and user is not None:
        raise UsageError(f"set either {_PREFIX}API_KEY or {_PREFIX}USER, not both")
    if api_key is not None and not _KEY.fullmatch(api_key):
        raise UsageError(f"{_PREFIX}API_KEY is no key: it holds blanks, line breaks or letters that no key has")
    if user is not None and ":" in user:
        raise UsageError(f"{_PREFIX}USER holds a colon, which no user's name may")
    authorities = variables.get(_PREFIX + "CA")
    if authorities and not Path(authorities).is_file():
        raise UsageError(f"{_PREFIX}CA names {authorities}, which is no file")
    return Credentials(api_key, user, password, Path(authorities) if authorities else None)


def _secret(variables: Mapping[str, str], name: str) -> str | None:
    value, path = variables.get(_PREFIX + name), variables.get(f"{_PREFIX}{name}_FILE")
    if value and path:
        raise UsageError(f"set either {_PREFIX}{name} or {_PREFIX}{name}_FILE, not both")
    if not path:
        return value or None
    try:
        if Path(path).stat().st_mode & 0o077:
            raise UsageError(f"others can read {path}; run: chmod 600 '{path}'")
        secret = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{_PREFIX}{name}_FILE names {path}, which cannot be read ({error})") from None
    if not secret:
        raise UsageError(f"{_PREFIX}{name}_FILE names {path}, which is empty")
    return secret
