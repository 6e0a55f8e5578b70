"""Output that is taller than the screen goes through the user's pager; shorter output is simply written."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

from readouts_cli.output.screen import Screen

#: Ask less to quit where everything fits, to pass colours on, and to leave the text on the screen afterwards.
_LESS = "FRX"

#: The first release of less that passes links on (its release notes); older ones print their codes.
_LINKS_SINCE = 566

_LINK = re.compile("\x1b]8;[^\x1b]*\x1b\\\\")


class _QuitError(Exception):
    """The reader left the pager before the end."""


@contextmanager
def paged(screen: Screen) -> Iterator[TextIO]:
    """A stream that ends up on the screen, through the pager where the screen has one and the text is tall.

    Leaving the pager early ends the block quietly.
    """
    if not screen.pager:
        yield screen.stream
        return
    pager = _Pager(screen)
    try:
        yield cast(TextIO, pager)
    except _QuitError:
        pass
    finally:
        pager.close()


class _Pager:
    """Holds text back until it is too tall for the screen, then starts the pager and passes everything on to it."""

    encoding = "utf-8"

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._held: list[str] = []
        self._lines = 0
        self._process: subprocess.Popen[str] | None = None
        self._out: TextIO | None = None
        self._passes_links = True

    def write(self, text: str) -> int:
        if self._out is not None:
            self._send(self._out, text)
            return len(text)
        self._held.append(text)
        self._lines += text.count("\n")
        if self._lines >= self._screen.height:
            self._out = self._start()
            self._send(self._out, "".join(self._held))
            self._held = []
        return len(text)

    def flush(self) -> None:
        """Rich flushes after every line; held text stays held."""

    def isatty(self) -> bool:
        return True

    def close(self) -> None:
        """Show what is still held, or wait until the reader has left the pager."""
        if self._process is None:
            self._screen.stream.write("".join(self._held))
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's now
        try:
            self._process.communicate()
        finally:
            signal.signal(signal.SIGINT, before)

    def _start(self) -> TextIO:
        """Start the pager and return its input; a pager that is not installed leaves the screen itself."""
        program, *arguments = self._screen.pager
        found = shutil.which(program)
        if found is None:
            return self._screen.stream
        self._passes_links = _passes_links(found)
        self._screen.stream.flush()
        self._process = subprocess.Popen(  # noqa: S603  # the user's own program
            [found, *arguments],
            stdin=subprocess.PIPE,
            stdout=self._screen.stream,
            env={"LESS": _LESS, **os.environ},
            encoding="utf-8",
            errors="backslashreplace",
        )
        return cast(TextIO, self._process.stdin)

    def _send(self, out: TextIO, text: str) -> None:
        try:
            out.write(text if self._passes_links else _LINK.sub("", text))
        except BrokenPipeError:
            if self._process is None:
                raise
            raise _QuitError from None


def _passes_links(pager: str) -> bool:
    """Whether a pager keeps links working; of less it depends on the release."""
    if os.path.basename(pager) != "less":  # noqa: PTH119  # a string in, a string out
        return False
    said = subprocess.run([pager, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    release = re.match(r"less (\d+)", said)
    return release is not None and int(release[1]) >= _LINKS_SINCE
