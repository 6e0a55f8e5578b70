"""CSV: one readout a row, in columns called `id`, `date`, `title`, `text` and `source`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from readouts_cli.errors import ReadError
from readouts_cli.reading.decoding import detect
from readouts_cli.reading.formats.document import FIELDS, BadRecord, Document
from readouts_cli.reading.formats.lines import LONGEST_LINE, ByteStream, lines

#: Spreadsheets write semicolons where the comma is the decimal sign, and tabs when told to.
DELIMITERS = ",;\t"

#: After a carriage return that ends a line by itself, as spreadsheets on old Macs wrote it.
_LONE_RETURN = re.compile(r"(?<=\r)(?!\n|\Z)")


def read(stream: ByteStream, encoding: str | None) -> Iterator[tuple[int, Document | BadRecord]]:
    """The readouts of a stream with the numbers of the lines they begin on; columns not named above are metadata.

    Raises ReadError where there is no column of texts.  A row that cannot be told from the next ends the reading.
    """
    feed = _Feed(stream, encoding or _encoding(stream))
    csv.field_size_limit(LONGEST_LINE)  # for the process: the default of 128 KiB is too small for a report
    delimiter, header = _header(next(feed, ""))
    rows = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        place = feed.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield place, BadRecord(f"line {place}", f"{error}: is a quotation mark missing or not doubled?")
            continue
        except ReadError as error:
            yield place, BadRecord(f"line {place}", f"{error}; the rest of the file was not read")
            return
        if len(row) == len(header):
            fields = {name: value for name, value in zip(header, row, strict=True) if value}
            yield place, Document.with_fields(fields.pop("text", ""), fields)
        elif row:
            yield place, BadRecord(f"line {place}", f"{len(row)} fields where the header has {len(header)}")


class _Feed:
    """Lines for the csv module, which asks for as many as a row takes; a row has the limit of a line."""

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        self._lines = lines(stream, encoding)
        self._pieces: list[str] = []
        self._number = 0
        self._length = 0

    def begin_row(self) -> int:
        """The number of the line that the next row begins on."""
        self._length = 0
        return self._number + 1

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if not self._pieces:
            _, line = next(self._lines)
            if isinstance(line, BadRecord):
                raise ReadError(line.reason)
            self._pieces = _LONE_RETURN.split(line)[::-1]
        self._number += 1
        piece = self._pieces.pop()
        self._length += len(piece)
        if self._length > LONGEST_LINE:
            raise ReadError(f"a row longer than {LONGEST_LINE >> 20} MiB: is a quotation mark missing?")
        return piece


def _encoding(stream: ByteStream) -> str:
    """The encoding of the first part of a stream, cut after a whole line where there is one."""
    head = stream.peek(1)
    return detect(head[: head.rfind(b"\n") + 1] or head)


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns, in lower case where they are ours."""
    for delimiter in DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])]
        except csv.Error as error:  # Python 3.10 takes no null character
            raise ReadError(f"line 1: {error}") from None
        names = [name.lower() if name.lower() in {*FIELDS, "text"} else name for name in names]
        if "text" in names:
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise ReadError(f"two columns are called {twice[0]!r}")
            return delimiter, names
    raise ReadError(f'no column called "text" in the first line ({line.strip()[:60]!r})')
