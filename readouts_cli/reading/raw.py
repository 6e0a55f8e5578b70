"""A readout as its file gives it, before its facts are read from the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawReadout:
    """Decoded text and whatever the file format itself carries.

    `text` is what every offset in the product refers to.  A title that the format carries apart from the text (a JSONL
    column, an e-mail's subject) is put in front of it, with a blank line between, so that it can be found and shown;
    `title` then repeats it.  `date` is the published date as the format gives it, any form.
    """

    path: str
    text: str
    record: int | None = None
    given_id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
