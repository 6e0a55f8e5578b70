"""From an entry to the document that a cluster keeps of it, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.columns import TEXT_TOKENS, columns
from readouts_cli.engines.folding import field_values, text_tokens
from readouts_cli.engines.keys import from_key, to_key
from readouts_cli.engines.opensearch.mapping import ROOTS, TERMS, WORDS
from readouts_cli.engines.workers import Layout
from readouts_cli.query.leaves import stem
from readouts_cli.query.tokens import is_han
from readouts_cli.readout import Readout

#: Lucene's tokenizer cuts what is longer than this, in UTF-16 units; longer terms are kept as a beginning and a digest.
LONGEST = 255
_KEPT = 60

#: When a readout that has not been removed was removed.
NEVER = 2**62

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Readout).decode
_decode_stamp = msgspec.json.Decoder(tuple[str, int, int, str]).decode


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """A document on its way: its key, and its JSON without what only the writer knows."""

    key: str
    body: bytes

    def document(self, origin: str, added: int, removed: int = NEVER) -> bytes:
        """The whole JSON."""
        return _encode({"origin": origin, "added": added, "removed": removed})[:-1] + b"," + self.body[1:]


def lay_out(entry: Entry) -> Packed:
    """The document of an entry."""
    readout, stamp = entry.readout, entry.stamp
    key, path = to_key(readout.id), to_key(readout.path)
    found, values = columns(readout), field_values(readout)
    body: dict[str, object] = {
        "key": key,
        "stamp": _encode((to_key(stamp.path), stamp.size, stamp.mtime_ns, stamp.digest)).decode(),
        "record": _encode(dataclasses.replace(readout, id=key, path=path)).decode(),
        **_words(values),
        **found.facets,
        **found.days,
        TEXT_TOKENS: text_tokens(values),
    }
    return Packed(key, _encode(body))


_encode_rows = msgspec.msgpack.Encoder().encode
_decode_rows = msgspec.msgpack.Decoder(list[Packed]).decode


def encode_rows(rows: Sequence[Packed]) -> bytes:
    """Rows on their way to another process."""
    return _encode_rows(rows)


def decode_rows(encoded: bytes) -> Sequence[Packed]:
    """The inverse of `encode_rows`."""
    return _decode_rows(encoded)


#: What a writer's processes do.
LAYOUT = Layout(lay_out, encode_rows, decode_rows)


def document_id(key: str, origin: str, added: int) -> str:
    """The name of a document: the same however often it is sent, and short however long the key is."""
    return f"{blake2b(key.encode(), digest_size=16).hexdigest()}-{origin}-{added}"


def read_record(record: str) -> Readout:
    """The readout that a document's record holds."""
    readout = _decode(record)
    return dataclasses.replace(readout, id=from_key(readout.id), path=from_key(readout.path))


def read_stamp(stamp: str) -> FileStamp:
    """The stamp that a document holds."""
    path, size, mtime_ns, digest = _decode_stamp(stamp)
    return FileStamp(from_key(path), size, mtime_ns, digest)


@lru_cache(maxsize=200_000)
def kept(term: str) -> str:
    """A term as the index keeps it."""
    if len(term) <= LONGEST // 2 or len(term.encode("utf-16-le")) // 2 <= LONGEST:
        return term
    return term[:_KEPT] + "…" + blake2b(term.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=200_000)
def root(term: str) -> str:
    """What a term is found by that is not looked for in exactly its form.

    For a word that is its stem, for a pair of Han characters the first.
    """
    return term[0] if is_han(term) else kept(stem(term))


class _Field(NamedTuple):
    terms: list[str]
    roots: list[str]
    words: set[str]


def _words(values: Iterable[tuple[str, str]]) -> dict[str, dict[str, list[str]]]:
    fields: dict[str, _Field] = {}
    for name, joined in values:
        field = fields.setdefault(name, _Field([], [], set()))
        terms = [kept(term) for term in joined.split()]
        field.terms.append(" ".join(terms))
        field.roots.append(" ".join(map(root, terms)))
        field.words.update(terms)
    return {
        TERMS: {name: field.terms for name, field in fields.items()},
        ROOTS: {name: field.roots for name, field in fields.items()},
        WORDS: {name: sorted(field.words) for name, field in fields.items()},
    }
