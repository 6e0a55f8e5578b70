"""From an entry to what a segment keeps of it: terms by field, column values, the stored record."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import msgspec

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.schema import BYTES_COLUMNS, INT_COLUMNS, LONG_COLUMNS
from readouts_cli.engines.whoosh.tables import from_bytes, to_bytes
from readouts_cli.query.fields import FIELDS, met_days, published_days
from readouts_cli.query.period import Days
from readouts_cli.query.tokens import terms
from readouts_cli.query.tree import TEXT
from readouts_cli.readout import Readout

#: The latest time that a column of 64 bits can hold, in the year 2262; a file from later is read at every update.
_LATEST = 2**63 - 1

_encode = msgspec.json.Encoder().encode
decode_record = msgspec.json.Decoder(Readout).decode


@dataclass(frozen=True, slots=True)
class Row:
    """A readout as a segment keeps it: the arguments of `SegmentBuilder.add`."""

    terms: dict[str, list[str]]
    columns: dict[str, bytes | int]
    record: bytes


def lay_out(entry: Entry) -> Row:
    """The row of an entry.

    Id and path stand in columns only: they may hold bytes that are not Unicode, which JSON cannot.
    """
    readout, stamp = entry.readout, entry.stamp
    record = _encode(dataclasses.replace(readout, id="", path=""))
    rows = field_terms(readout)
    return Row(rows, {**_facts(readout), **_stamp(stamp), "text_tokens": len(rows.get(TEXT, ()))}, record)


def relay(reader: SegmentReader, doc: int) -> Row:
    """The row of a readout that a segment holds already."""
    record = reader.record(doc)
    columns: dict[str, bytes | int] = {name: reader.byte_strings(name)[doc] for name in BYTES_COLUMNS}
    columns.update((name, reader.numbers(name)[doc]) for name in INT_COLUMNS)
    columns.update((name, reader.numbers(name, "q")[doc]) for name in LONG_COLUMNS)
    readout = dataclasses.replace(
        decode_record(record),
        id=from_bytes(reader.byte_strings("doc_id")[doc]),
        path=from_bytes(reader.byte_strings("doc_path")[doc]),
    )
    return Row(field_terms(readout), columns, record)


def field_terms(readout: Readout) -> dict[str, list[str]]:
    """Each field's terms by position, an empty one between two values, as in `query.fields.document`."""
    rows: dict[str, list[str]] = {}
    for field in FIELDS:
        row: list[str] = []
        for value, _ in field.values(readout):
            if row:
                row.append("")
            row.extend(terms(value))
        if row:
            rows[field.name] = row
    return rows


def _facts(readout: Readout) -> dict[str, bytes | int]:
    presiders = "\n".join(person.name for person in readout.presided)
    return {
        "doc_id": to_bytes(readout.id),
        "doc_path": to_bytes(readout.path),
        "doc_body": to_bytes(readout.body.value if readout.body else ""),
        "doc_presided": to_bytes(presiders),
        "doc_source": to_bytes(readout.source.value if readout.source else ""),
        "doc_language": to_bytes(readout.language),
        **_days("met", met_days(readout.met)),
        **_days("pub", published_days(readout.published)),
    }


def _stamp(stamp: FileStamp) -> dict[str, bytes | int]:
    mtime = min(stamp.mtime_ns, _LATEST)
    return {"doc_digest": stamp.digest.encode(), "file_size": stamp.size, "file_mtime": mtime}


def _days(name: str, days: Days | None) -> dict[str, bytes | int]:
    if days is None:
        return {}
    return {
        f"{name}_first": days.first.toordinal(),
        f"{name}_last": days.last.toordinal(),
        f"{name}_kind": days.kind.value,
    }
