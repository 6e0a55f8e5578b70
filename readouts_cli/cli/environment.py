"""What the program is given by whoever runs it: streams, terminal, environment variables."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

#: Without a terminal to ask, and without COLUMNS.
_DEFAULT_SIZE = os.terminal_size((80, 24))

#: No layout is drawn narrower than this, nor wider, which would fill the memory.
_NARROWEST, _WIDEST = 20, 10_000

#: Digits that are looked at of a number; it is beyond the widest screen where it has more.
_DIGITS = len(str(_WIDEST)) + 1


class Environment(NamedTuple):
    """The process's surroundings, looked at once.

    Output is UTF-8 whatever the locale says; file names that are not come out as the bytes they were.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    variables: Mapping[str, str]

    @classmethod
    def of_process(cls) -> Environment:
        """The surroundings of this process.  A stream that was closed is replaced: reads end, writes fail."""
        codecs.register_error("readouts", _as_bytes)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            if getattr(sys, name) is None:
                setattr(sys, name, _replacement(number))
        for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "readouts"), (sys.stderr, "readouts")):
            stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]
        return cls(sys.stdin, sys.stdout, sys.stderr, os.environ)

    @property
    def size(self) -> os.terminal_size:
        """Columns and lines of the terminal; COLUMNS has the last word on the former."""
        try:
            size = os.get_terminal_size(self.stdout.fileno())
        except (OSError, ValueError):
            size = _DEFAULT_SIZE
        asked = self.variables.get("COLUMNS", "").lstrip("0")
        width = int(asked[:_DIGITS]) if asked.isdecimal() else size.columns or _DEFAULT_SIZE.columns
        return os.terminal_size((min(max(width, _NARROWEST), _WIDEST), size.lines or _DEFAULT_SIZE.lines))

    @property
    def is_dumb(self) -> bool:
        """Whether the terminal understands no escape sequences."""
        return self.variables.get("TERM", "").lower() in {"dumb", "unknown"}

    @property
    def colour_wish(self) -> tuple[str, str] | None:
        """When to colour, by the variable that says so: NO_COLOR (no-color.org), FORCE_COLOR, CLICOLOR and its kin."""
        if self.variables.get("NO_COLOR"):
            return "never", "NO_COLOR"
        for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
            if self.variables.get(name, "0") not in {"", "0"}:
                return "always", name
        return ("never", "CLICOLOR") if self.variables.get("CLICOLOR") == "0" else None


def _replacement(number: int) -> TextIO:
    """A stream for a closed standard descriptor, under its number, so that no file of ours takes the place.

    Output to it must not vanish in silence: the descriptor is read-only, so that writing fails as it should.
    """
    descriptor = os.open(os.devnull, os.O_RDONLY)
    return os.fdopen(descriptor, "r" if number == 0 else "w", encoding="utf-8")


def _as_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """Encode what UTF-8 cannot: the bytes of an undecodable file name as they were, other lone surrogates escaped."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"".join(map(_byte, error.object[error.start : error.end])), error.end


def _byte(surrogate: str) -> bytes:
    code = ord(surrogate)
    return bytes([code - 0xDC00]) if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}".encode()
