"""From a file to the raw readouts in it: loaded once, its digest and its text from the same bytes.

Two steps, so that a file whose content is known can be left alone between them:

    content = load(path)              what is in the file, and its digest
    for raw in read(content, …): …    one RawReadout, or one a record
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from readouts_cli.errors import ReadError
from readouts_cli.reading.decoding import known_encoding
from readouts_cli.reading.formats.confined import shared
from readouts_cli.reading.formats.document import BadRecord, Document
from readouts_cli.reading.formats.gzipped import Unpacked
from readouts_cli.reading.formats.kinds import GZIP, Kind, kind_of
from readouts_cli.reading.formats.lines import ByteStream
from readouts_cli.reading.raw import RawReadout
from readouts_cli.reading.sources import Problem

#: The largest file that is one document, in bytes: a readout has some kilobytes, a long scan with its pictures less
#: than this.  Files of records have no limit; they are not held in memory when they are larger.
LARGEST_DOCUMENT = 64 * 1024 * 1024

#: How much is read at a time where a file is not held in memory.
_CHUNK = 1024 * 1024

_DIGEST_BYTES = 16
_CHANGED = "it changed while it was read: the next run reads it again"
_FIRST_LINE = re.compile(r"\s*([^\r\n]*)")

#: A FIFO put in the place of a file must not be waited for, a terminal not taken over.
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Content:
    """What was in a file at one moment.

    `size` in bytes, `mtime_ns` and `digest` (BLAKE2b, hexadecimal) belong to the bytes that were read.  `data` is None
    for a large file of records, which `read` opens again.
    """

    path: str
    size: int
    mtime_ns: int
    digest: str
    data: bytes | None


def load(path: str) -> Content:
    """The content of a file; ReadError where it cannot be read, is empty or too large, or changes meanwhile."""
    with _opened(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > LARGEST_DOCUMENT and not kind_of(path).records:
            megabytes = before.st_size >> 20
            raise ReadError(f"{megabytes} MiB, and the largest document that is read has {LARGEST_DOCUMENT >> 20} MiB")
        try:
            data, digest = _held(file, before.st_size) if before.st_size <= LARGEST_DOCUMENT else _streamed(file)
            after = os.fstat(file.fileno())
        except OSError as error:
            raise ReadError(f"cannot be read: {error.strerror}") from None
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise ReadError(_CHANGED)
    if not after.st_size:
        raise ReadError("empty")
    return Content(path, after.st_size, after.st_mtime_ns, digest, data)


def read(
    content: Content, *, encoding: str | None = None, on_problem: Callable[[Problem], None]
) -> Iterator[RawReadout]:
    """The readouts in a file, by the format that its name says; text of `encoding`, or of the one that is detected.

    ReadError where nothing more can be read; a bad record among good ones is told to `on_problem`.  UsageError for an
    unknown encoding.
    """
    encoding = known_encoding(encoding) if encoding else None
    kind = kind_of(content.path)
    if not kind.records:
        yield _raw(content.path, _document(content, kind, encoding))
        return
    with _stream(content) as stream:
        yield from _records(content.path, kind, stream, encoding, on_problem)
        if content.data is None:
            _refuse_changed(content)


def read_stdin_jsonl(
    stream: BinaryIO, *, encoding: str | None = None, on_problem: Callable[[Problem], None]
) -> Iterator[RawReadout]:
    """The readouts of JSON Lines on standard input, whose path is `-`."""
    encoding = known_encoding(encoding) if encoding else None
    peekable = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    yield from _records("-", kind_of(".jsonl"), cast(ByteStream, peekable), encoding, on_problem)


def _opened(path: str) -> io.FileIO:
    """A regular file, opened without waiting."""
    try:
        descriptor = os.open(path, _OPEN)
    except OSError as error:
        raise ReadError(f"cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReadError("not a regular file")
    return io.FileIO(descriptor)


def _held(file: io.FileIO, size: int) -> tuple[bytes, str]:
    """All of a file, and its digest."""
    from hashlib import blake2b

    parts = []
    while size > 0 and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    return data, blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def _streamed(file: io.FileIO) -> tuple[None, str]:
    """The digest of a file that is not held."""
    from hashlib import blake2b

    digest = blake2b(digest_size=_DIGEST_BYTES)
    while part := file.read(_CHUNK):
        digest.update(part)
    return None, digest.hexdigest()


def _document(content: Content, kind: Kind, encoding: str | None) -> Document:
    """The document that a file is."""
    data = content.data or b""
    if content.path.lower().endswith(GZIP):
        with _stream(content) as stream:
            data = stream.read(LARGEST_DOCUMENT + 1)
        if len(data) > LARGEST_DOCUMENT:
            raise ReadError(f"unpacks to more than {LARGEST_DOCUMENT >> 20} MiB")
    if kind.confined:
        kind.require()
        document = shared().read(kind.module, data, encoding)
    else:
        document = kind.reader().read(data, encoding)
    if not document.text.strip():
        raise ReadError("no text in it")
    return document


def _records(
    path: str, kind: Kind, stream: ByteStream, encoding: str | None, on_problem: Callable[[Problem], None]
) -> Iterator[RawReadout]:
    """The readouts that a file holds, numbered by the lines they begin on."""
    found = False
    try:
        for number, record in kind.reader().read(stream, encoding):
            found = True
            if isinstance(record, BadRecord):
                on_problem(Problem(path, f"{record.place}: {record.reason}"))
            elif not record.text.strip():
                on_problem(Problem(path, f"line {number}: no text in it"))
            else:
                yield _raw(path, record, number)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}") from None
    if not found:
        raise ReadError("no readouts in it")


def _stream(content: Content) -> io.BufferedReader:
    """The bytes of a file, unpacked if it is compressed."""
    file: IO[bytes] = _opened(content.path) if content.data is None else io.BytesIO(content.data)
    inside = Unpacked(file, content.size) if content.path.lower().endswith(GZIP) else file
    return io.BufferedReader(cast(io.RawIOBase, inside), _CHUNK)


def _refuse_changed(content: Content) -> None:
    """Raise ReadError where a file that was read again is not the one that was loaded."""
    with _opened(content.path) as file:
        status = os.fstat(file.fileno())
    if (status.st_size, status.st_mtime_ns) != (content.size, content.mtime_ns):
        raise ReadError(_CHANGED)


def _raw(path: str, document: Document, record: int | None = None) -> RawReadout:
    """A document under the name of its file, its title in front of the text unless it stands there already."""
    text = document.text
    if document.title and not _begins_with(text, document.title):
        text = f"{document.title}\n\n{text}"
    return RawReadout(
        path=path,
        text=text,
        record=record,
        given_id=document.id,
        title=document.title,
        date=document.date,
        source=document.source,
        metadata=document.metadata,
        warnings=document.warnings,
    )


def _begins_with(text: str, title: str) -> bool:
    """Whether the first line that is not blank begins or ends with a title: a date or `#` may stand before it."""
    first = _FIRST_LINE.match(text)
    line = first[1].rstrip() if first else ""
    return line.startswith(title) or line.endswith(title)
