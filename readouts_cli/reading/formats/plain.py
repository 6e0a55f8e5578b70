"""Plain text: the characters as they are."""

from __future__ import annotations

from readouts_cli.reading.decoding import decode
from readouts_cli.reading.formats.document import Document


def read(data: bytes, encoding: str | None) -> Document:
    """The text, line ends and all."""
    return Document(decode(data, encoding))
