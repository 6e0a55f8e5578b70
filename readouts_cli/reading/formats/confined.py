"""Readers in a process of their own, with limits on processor time and memory.

A format that a program draws pages from can make its reader loop, bloat or crash, by accident or on purpose.  There it
costs one file: the process is ended by the system, the file is reported, and the next file gets a new process.  One
process reads many files, one after another, so that a folder of small files does not pay for starting it each time.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import IO

from readouts_cli.errors import ReadError
from readouts_cli.reading.formats.document import Document

#: Processor seconds for one file: a report takes some milliseconds, a book of a thousand pages a few seconds.
SECONDS = 20.0

#: Memory of the process, in bytes: a large file, its tree and its text fit, and the machine keeps the rest.
MEMORY = 1024 * 1024 * 1024

#: The longest text of one file, in characters: two hundred times the longest of novels.
LONGEST_TEXT = 64 * 1024 * 1024

_LENGTH = 8  # bytes of the number before each message

#: `-I` keeps the current folder and the environment out of the module search: no file found there is run.
_START = "import sys; sys.path[:] = sys.argv[3:]; from readouts_cli.reading.formats.confined import serve; serve()"


class ConfinedReader:
    """Reads files in another process, which it starts when the first one comes and again after one was ended."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, module: str, data: bytes, encoding: str | None) -> Document:
        """What `read` of a format's module makes of `data`; ReadError also where it takes too much time or memory."""
        import msgspec

        process = self._started()
        try:
            _send(process.stdin, msgspec.msgpack.encode((module, encoding, data)))
            answer = _receive(process.stdout)
        except (OSError, EOFError):
            raise ReadError(self._why_it_ended(process)) from None
        except BaseException:  # Ctrl-C: nobody waits for this answer, and the next file must not get it
            process.kill()
            self.close()
            raise
        document, error = msgspec.msgpack.decode(answer, type=tuple[Document | None, str])
        if document is None:
            raise ReadError(error)
        return document

    def close(self) -> None:
        """End the process; another `read` starts it again."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            with suppress(OSError):
                process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid():  # a forked process must not talk to its parent's
            limits = (str(self._seconds), str(self._memory))
            command = [sys.executable, "-I", "-c", _START, *limits, *sys.path]
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._owner = os.getpid()
        return self._process

    def _why_it_ended(self, process: subprocess.Popen[bytes]) -> str:
        self.close()
        if process.returncode == -signal.SIGPROF:
            return f"reading it takes more than {self._seconds:g} seconds"
        return f"it makes its reader crash, or need more than {self._memory >> 20} MiB"


@cache
def shared() -> ConfinedReader:
    """The reader that this process uses for all its files."""
    reader = ConfinedReader()
    atexit.register(reader.close)
    return reader


def serve() -> None:
    """Answer requests on standard input until it ends: what the other process does."""
    import resource

    import msgspec

    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints gets between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, whose end ends this too
    with suppress(ValueError, OSError):  # where the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            request = _receive(requests)
        except EOFError:
            return
        module, encoding, data = msgspec.msgpack.decode(request, type=tuple[str, str | None, bytes])
        del request
        signal.setitimer(signal.ITIMER_PROF, seconds)  # when it has run down, the system ends the process
        answer = _answer(module, data, encoding)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(answers, msgspec.msgpack.encode(answer))


def _answer(module: str, data: bytes, encoding: str | None) -> tuple[Document | None, str]:
    try:
        document: Document = import_module(f"readouts_cli.reading.formats.{module}").read(data, encoding)
    except ReadError as error:
        return None, str(error)
    except RecursionError:
        return None, "nested too deeply"
    except MemoryError:
        return None, "reading it needs too much memory"
    except Exception as error:  # noqa: BLE001  # a library's bug costs one file, not the run
        return None, f"its reader fails: {type(error).__name__}: {str(error)[:200]}"
    if len(document.text) > LONGEST_TEXT:
        return None, f"its text is longer than {LONGEST_TEXT >> 20} million characters"
    return document, ""


def _send(stream: IO[bytes] | None, message: bytes) -> None:
    assert stream is not None
    stream.write(len(message).to_bytes(_LENGTH, "big"))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> bytes:
    assert stream is not None
    length = int.from_bytes(stream.read(_LENGTH), "big")
    message = stream.read(length)
    if not length or len(message) < length:
        raise EOFError
    return message
