"""Unpickling what a Whoosh index holds, and nothing else.

Whoosh pickles its table of contents, its stored values and its posting blocks.  Unpickling can run any code that the
file's writer chose, so only the few classes that an index needs are let in, and Whoosh's own are replaced by records.
"""

from __future__ import annotations

import _codecs
import copyreg
import pickle
from collections import defaultdict
from io import BufferedReader, BytesIO
from typing import Any

from readouts_cli.errors import LibraryError

#: Longer pickles are worth a buffer.
_LONG = 1_000


class SegmentRecord:
    """Stands in for `whoosh.codec.whoosh3.W3Segment`; carries the attributes that were pickled."""


class CodecRecord:
    """Stands in for `whoosh.codec.whoosh3.W3Codec`."""


_ALLOWED: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): SegmentRecord,
    ("whoosh.codec.whoosh3", "W3Codec"): CodecRecord,
    ("collections", "defaultdict"): defaultdict,
    ("copy_reg", "_reconstructor"): copyreg._reconstructor,  # type: ignore[attr-defined]  # noqa: SLF001
    ("copyreg", "_reconstructor"): copyreg._reconstructor,  # type: ignore[attr-defined]  # noqa: SLF001
    ("__builtin__", "object"): object,
    ("builtins", "object"): object,
    ("__builtin__", "set"): set,
    ("builtins", "set"): set,
    ("__builtin__", "int"): int,
    ("builtins", "int"): int,
    ("_codecs", "encode"): _codecs.encode,  # how protocol 2 spells a byte string
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise LibraryError(
                f"the index holds a pickled {module}.{name}, which no library needs; it is not opened"
            ) from None


def load(stream: BytesIO | BufferedReader) -> Any:
    """Unpickle the next object of a stream.  Raises LibraryError for anything that an index does not hold."""
    try:
        return _Unpickler(stream).load()
    except LibraryError:
        raise
    except Exception as error:  # noqa: BLE001  # damaged pickles raise anything
        raise LibraryError(f"the index is damaged ({error}); run: readouts verify") from None


def loads(data: bytes | memoryview) -> Any:
    """Unpickle one object.  Raises LibraryError for anything that an index does not hold."""
    stream = BytesIO(data)
    # An unpickler calls `read` for every opcode, unless the stream can be looked ahead in.
    return load(BufferedReader(stream) if len(data) > _LONG else stream)
