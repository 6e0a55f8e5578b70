"""Lines of a stream, decoded one by one, so that a file of any size is read in little memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from readouts_cli.errors import ReadError
from readouts_cli.reading.decoding import byte_order_mark, called, strictly
from readouts_cli.reading.formats.document import BadRecord

#: The longest line, in bytes: more than any readout, and little enough for several in memory.
LONGEST_LINE = 16 * 1024 * 1024


class ByteStream(Protocol):
    """What is read: a buffered binary file, a decompressed one, or standard input."""

    def read(self, size: int = -1, /) -> bytes: ...
    def readline(self, size: int = -1, /) -> bytes: ...
    def peek(self, size: int = 0, /) -> bytes: ...


def lines(stream: ByteStream, encoding: str) -> Iterator[tuple[int, str | BadRecord]]:
    """The lines with their numbers, ends included; in `encoding` unless a byte-order mark says otherwise."""
    encoding = byte_order_mark(stream.peek(4)[:4]) or encoding
    readline: Callable[[int], bytes] = stream.readline
    if encoding.startswith(("utf_16", "utf-16", "utf_32", "utf-32")):
        readline, encoding = _recoded(stream, encoding), "utf_8"
    number = 0
    while raw := readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = readline(LONGEST_LINE)
            yield number, BadRecord(f"line {number}", f"longer than {LONGEST_LINE >> 20} MiB")
            continue
        try:
            text = strictly(raw, encoding)
        except ReadError as error:
            yield number, BadRecord(f"line {number}", str(error))
        else:
            yield number, text.removeprefix("\ufeff") if number == 1 else text


def _recoded(stream: ByteStream, encoding: str) -> Callable[[int], bytes]:
    """A `readline` in UTF-8 for encodings whose line end is not the byte of a line feed."""
    text = io.TextIOWrapper(cast(BinaryIO, stream), encoding, newline="\n")

    def readline(size: int) -> bytes:
        try:
            return text.readline(size).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise ReadError(f"not {called(encoding)}: {error.reason}") from None

    return readline
