"""From an entry to what tantivy keeps of it, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import tantivy

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.columns import TEXT_TOKENS, columns
from readouts_cli.engines.folding import field_values, text_tokens
from readouts_cli.engines.keys import from_key, to_key
from readouts_cli.engines.tantivy.schema import KEY, NUMBER, RECORD, STAMP
from readouts_cli.engines.workers import Layout
from readouts_cli.readout import Readout

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Readout).decode
_decode_stamp = msgspec.json.Decoder(tuple[str, str, int, int, str]).decode


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A readout as tantivy keeps it; each value of a field is its terms, joined by spaces."""

    key: str
    stamp: str
    values: list[tuple[str, str]]
    numbers: list[tuple[str, int]]
    record: bytes

    def document(self, number: int) -> tantivy.Document:
        """The row as tantivy takes it, under a number of its own."""
        document = tantivy.Document()
        document.add_text(KEY, self.key)
        document.add_text(STAMP, stamp_prefix(number) + self.stamp[1:])
        document.add_unsigned(NUMBER, number)
        for field, joined in self.values:
            document.add_text(field, joined)
        for column, value in self.numbers:
            document.add_unsigned(column, value)
        document.add_bytes(RECORD, self.record)
        return document

    @property
    def size(self) -> int:
        """About how much memory the row takes until it is written, in bytes."""
        return sum(len(value) for _, value in self.values) + len(self.record)


_encode_rows = msgspec.msgpack.Encoder().encode
_decode_rows = msgspec.msgpack.Decoder(list[Row]).decode


class Stamped(NamedTuple):
    """What a row's stamp holds."""

    number: int
    id: str
    stamp: FileStamp


def lay_out(entry: Entry) -> Row:
    """The row of an entry."""
    readout, stamp = entry.readout, entry.stamp
    key, path = to_key(readout.id), to_key(readout.path)
    kept, values = columns(readout), field_values(readout)
    unicode = key == readout.id and path == readout.path
    return Row(
        key,
        _encode((key, to_key(stamp.path), stamp.size, stamp.mtime_ns, stamp.digest)).decode(),
        [*values, *((name, each) for name, facets in kept.facets.items() for each in facets)],
        [*kept.days.items(), (TEXT_TOKENS, text_tokens(values))],
        _encode(readout if unicode else dataclasses.replace(readout, id=key, path=path)),
    )


def encode_rows(rows: Sequence[Row]) -> bytes:
    """Rows on their way to another process."""
    return _encode_rows(rows)


def decode_rows(encoded: bytes) -> Sequence[Row]:
    """The inverse of `encode_rows`."""
    return _decode_rows(encoded)


#: What a writer's processes do.
LAYOUT = Layout(lay_out, encode_rows, decode_rows)


def read_record(record: bytes) -> Readout:
    """The readout that a row's record holds."""
    readout = _decode(record)
    if readout.id.isascii() and readout.path.isascii():
        return readout
    return dataclasses.replace(readout, id=from_key(readout.id), path=from_key(readout.path))


def stamp_prefix(number: int) -> str:
    """What the stamp of the readout with a number begins with, and no other."""
    return f"{number}["


def read_stamp(term: str) -> Stamped:
    """Number, id and stamp of a row, from the term that holds them."""
    start = term.index("[")
    key, path, size, mtime_ns, digest = _decode_stamp(term[start:])
    return Stamped(int(term[:start]), from_key(key), FileStamp(from_key(path), size, mtime_ns, digest))
