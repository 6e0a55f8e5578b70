"""What a format's reader gives: the text of one document, and what the file says about it apart from the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Names of fields that are more than metadata, in every format whose fields have names.
FIELDS = ("id", "title", "date", "source")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file.

    `id`, `title`, `date` and `source` are what the format itself says, as it says it; None where it does not.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @classmethod
    def with_fields(cls, text: str, fields: Mapping[str, str], warnings: tuple[str, ...] = ()) -> Document:
        """A document whose format names its fields; those that are not in FIELDS are metadata."""
        own = {name: fields.get(name) or None for name in FIELDS}
        metadata = {name: value for name, value in fields.items() if name not in FIELDS}
        return cls(text, **own, metadata=metadata, warnings=warnings)


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record of a file that could not be read: `place` says where (`line 7`)."""

    place: str
    reason: str
