"""Files compressed with gzip, unpacked as they are read and no further than is sensible."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING

from readouts_cli.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: What any file may unpack to, in bytes, however small it is.
ALWAYS = 64 * 1024 * 1024

#: How many times its own size a larger one may unpack to: reports shrink to a quarter, repetitive ones to a fiftieth,
#: nothing but a bomb to a thousandth.
MOST_TIMES = 200


class Unpacked(io.RawIOBase):
    """The bytes inside `packed`, a file of `size` bytes; ReadError where it is damaged or a bomb."""

    def __init__(self, packed: IO[bytes], size: int) -> None:
        self._packed = packed
        self._inside = gzip.GzipFile(fileobj=packed)
        self._left = max(ALWAYS, size * MOST_TIMES)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._inside.close()
        self._packed.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            count = self._inside.readinto(buffer)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise ReadError(f"damaged gzip: {error}") from None
        self._left -= count
        if self._left < 0:
            raise ReadError(f"unpacks to more than {MOST_TIMES} times its size")
        return count
