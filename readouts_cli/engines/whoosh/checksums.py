"""Checksums of a segment's files, chunk by chunk, so that no byte is believed that the disk has changed.

`<segment>.crc` begins with a line that names each file's extension and length; then follow the CRC-32 of every
64 KiB of each file in turn, and the CRC-32 of all that.  A reader checks a chunk when it first looks into it: a search
for a rare word checks a few, not the whole index.  Stock Whoosh takes the file for one of the segment's.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from zlib import crc32

from readouts_cli.engines.whoosh.inflating import fast_zlib
from readouts_cli.errors import LibraryError

EXTENSION = ".crc"

#: Bytes that share a checksum.  Checking one takes about 20 µs; a word looked up touches some five.
CHUNK = 2**16

#: From how many chunks on it pays to import what takes their checksums in a tenth of the time; those of all files.
_MANY_CHUNKS = 100
_CHUNKS_CHECKED = count(1)

_MARK = "readouts-checksums-1"
_SEAL = b"CRC1"
_NUMBER = struct.Struct("!I")


class SummedFile:
    """Writes a file through `write`, chunk by chunk, and takes the checksums meanwhile."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.length = 0
        self.sums: list[int] = []
        self._write = write
        self._buffer = bytearray()

    def write(self, data: bytes | bytearray) -> None:
        """The next bytes of the file."""
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            whole = len(self._buffer) // CHUNK * CHUNK
            self._put(whole)

    def finish(self) -> None:
        """Write what is left."""
        self._put(len(self._buffer))

    def _put(self, size: int) -> None:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.sums.extend(crc32(data[start : start + CHUNK]) for start in range(0, size, CHUNK))
        self.length += size
        self._write(data)


def checksum_file(files: Mapping[str, SummedFile]) -> bytes:
    """The content of a segment's checksum file, given its other files, finished, by extension."""
    head = " ".join([_MARK, *(f"{extension}={file.length}" for extension, file in files.items())])
    numbers = [number for file in files.values() for number in file.sums]
    data = head.encode() + b"\n" + struct.pack(f"!{len(numbers)}I", *numbers)
    return data + _NUMBER.pack(crc32(data))


def sealed(data: bytes) -> bytes:
    """Data with its checksum behind it, where Whoosh, which knows the end of what it reads, does not look."""
    return data + _SEAL + _NUMBER.pack(crc32(data))


def unsealed(data: bytes, place: Path) -> bytes:
    """The inverse of `sealed`.  Raises LibraryError where the data are not as they were."""
    content, seal = data[: -_NUMBER.size - len(_SEAL)], data[-_NUMBER.size - len(_SEAL) :]
    if seal != _SEAL + _NUMBER.pack(crc32(content)):
        raise LibraryError(f"{place} is damaged; run: readouts verify")
    return content


class CheckedFile:
    """A file mapped into memory whose chunks are checked before they are used.

    Raises LibraryError for a chunk that has changed since it was written.
    """

    def __init__(self, path: Path, length: int, sums: memoryview) -> None:
        self._path = path
        self._sums = sums
        self._checked = bytearray(len(sums) // _NUMBER.size)
        self._data = _map(path)
        if len(self._data) != length:
            raise self._damage()

    def __len__(self) -> int:
        return len(self._data)

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`."""
        if not 0 <= start <= end <= len(self._data):
            raise self._damage()
        for chunk in range(start // CHUNK, -(-end // CHUNK)):
            if not self._checked[chunk]:
                self._check(chunk)
        return self._data[start:end]

    def all(self) -> bytes:
        """All of it."""
        return self.read(0, len(self._data))

    def _check(self, chunk: int) -> None:
        checksum = fast_zlib().crc32 if next(_CHUNKS_CHECKED) >= _MANY_CHUNKS else crc32
        expected = _NUMBER.unpack_from(self._sums, chunk * _NUMBER.size)[0]
        if checksum(memoryview(self._data)[chunk * CHUNK : (chunk + 1) * CHUNK]) != expected:
            raise self._damage()
        self._checked[chunk] = 1

    def _damage(self) -> LibraryError:
        return LibraryError(f"{self._path} is damaged; run: readouts verify")


class SegmentFiles:
    """The files of one segment, by extension.  Raises LibraryError where the checksums themselves are damaged."""

    def __init__(self, stem: Path) -> None:
        self._stem = stem
        path = self._path(EXTENSION)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise LibraryError(f"{path} is missing; run: readouts verify") from None
        if len(data) < _NUMBER.size or crc32(data[: -_NUMBER.size]) != _NUMBER.unpack_from(data, len(data) - 4)[0]:
            raise LibraryError(f"{path} is damaged; run: readouts verify")
        head, _, _ = data.partition(b"\n")
        mark, *entries = head.decode().split(" ")
        if mark != _MARK:
            raise LibraryError(f"{path} has another format; run: readouts index --rebuild")
        self._places: dict[str, tuple[int, memoryview]] = {}
        sums = memoryview(data)[len(head) + 1 : -_NUMBER.size]
        for entry in entries:
            extension, _, digits = entry.rpartition("=")
            length = int(digits)
            size = -(-length // CHUNK) * _NUMBER.size
            self._places[extension] = (length, sums[:size])
            sums = sums[size:]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def open(self, extension: str) -> CheckedFile:
        """One of the files."""
        if extension not in self._places:
            raise LibraryError(f"{self._stem} has no {extension}; run: readouts verify")
        length, sums = self._places[extension]
        try:
            return CheckedFile(self._path(extension), length, sums)
        except FileNotFoundError:
            raise LibraryError(f"{self._path(extension)} is missing; run: readouts verify") from None

    def _path(self, extension: str) -> Path:
        return self._stem.with_name(self._stem.name + extension)


def _map(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            return b""
