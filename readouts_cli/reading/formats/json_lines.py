"""JSON Lines: one readout a line, in an object with `id`, `date`, `title`, `text` and `source`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readouts_cli.errors import ReadError
from readouts_cli.reading.formats.document import BadRecord, Document
from readouts_cli.reading.formats.lines import ByteStream, lines

if TYPE_CHECKING:
    import msgspec

#: After so many lines without a single readout, the file is taken for something else: one message, not a million.
TRIES = 20


def read(stream: ByteStream, encoding: str | None) -> Iterator[tuple[int, Document | BadRecord]]:
    """The readouts of a stream with their line numbers; blank lines are passed over.

    A member that is not named above is metadata: a string as it is, anything else as its JSON.  ReadError where the
    file is not JSON Lines at all.
    """
    tries = 0
    for number, line in lines(stream, encoding or "utf_8"):
        if isinstance(line, str) and not line.strip():
            continue
        record = _record(number, line) if isinstance(line, str) else line
        if isinstance(record, Document):
            tries = TRIES
        elif tries < TRIES:
            tries += 1
            if tries == TRIES:
                raise ReadError(f"not JSON Lines: no readout in {TRIES} lines ({record.place}: {record.reason})")
        yield number, record


def _record(number: int, line: str) -> Document | BadRecord:
    """The readout on a line."""
    import msgspec

    try:
        members = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        fields = {name: value for name, raw in members.items() if (value := _as_text(raw)) is not None}
    except (msgspec.MsgspecError, RecursionError) as error:
        return BadRecord(f"line {number}", f"no JSON object: {error}")
    if not bytes(members.get("text", b"")).startswith(b'"'):
        return BadRecord(f"line {number}", 'no "text", or none that is a string')
    return Document.with_fields(fields.pop("text"), fields)


def _as_text(raw: msgspec.Raw) -> str | None:
    """A JSON value as text: a string itself, null as nothing, anything else as it is written."""
    import msgspec

    written = bytes(raw)
    if written.startswith(b'"'):
        return msgspec.json.decode(written, type=str)
    return None if written == b"null" else written.decode()
