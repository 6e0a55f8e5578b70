"""From an entry to what a segment keeps of it: texts by field, column values, the stored record."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import msgspec

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.whoosh.records import deflate_record
from readouts_cli.engines.whoosh.tables import to_bytes
from readouts_cli.query.fields import FIELDS, met_days, published_days
from readouts_cli.query.period import Days
from readouts_cli.readout import Readout

#: The latest time that a column of 64 bits can hold, in the year 2262; a file from later is read at every update.
_LATEST = 2**63 - 1

#: What every record holds, and the names of the rest.
_REQUIRED = {"id": "", "path": "", "text": ""}
_NAMES = [field.name for field in dataclasses.fields(Readout) if field.name not in {"id", "path"}]

_encode = msgspec.json.Encoder().encode
decode_record = msgspec.json.Decoder(Readout).decode


@dataclass(frozen=True, slots=True)
class Row:
    """A readout as a segment keeps it: the arguments of `SegmentBuilder.add`."""

    texts: dict[str, list[str]]
    columns: dict[str, bytes | int]
    record: bytes


def lay_out(entry: Entry) -> Row:
    """The row of an entry.

    Id and path stand in columns only: they may hold bytes that are not Unicode, which JSON cannot.  What a readout
    lacks is left out, and comes back as the default of `Readout`.
    """
    readout, stamp = entry.readout, entry.stamp
    record = _encode(_REQUIRED | {name: value for name in _NAMES if (value := getattr(readout, name))})
    return Row(_texts(readout), {**_facts(readout), **_stamp(stamp)}, deflate_record(record))


def _texts(readout: Readout) -> dict[str, list[str]]:
    return {field.name: [value for value, _ in field.values(readout)] for field in FIELDS}


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
