"""The kinds of file that are read, by suffix.  Help and the walk over a folder go by this table."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from readouts_cli.errors import MissingExtraError

#: The suffix of a file compressed with gzip, after the suffix of what is inside.
GZIP = ".gz"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what people call it and the module beside this one that reads it.

    `records`: the file holds many readouts, and its module reads a stream.  `confined`: its format is intricate enough
    to hang or bloat a reader, so it is read in a process of its own.  `needs` is a package that only `extra` installs.
    """

    name: str
    module: str
    records: bool = False
    confined: bool = False
    needs: str | None = None
    extra: str = ""

    def require(self) -> None:
        """Raise MissingExtraError where the package that this kind needs is not installed."""
        if self.needs is not None and importlib.util.find_spec(self.needs) is None:
            raise MissingExtraError(f"reading {self.name}", self.extra)

    def reader(self) -> ModuleType:
        """The module that reads this kind."""
        self.require()
        return importlib.import_module(f"readouts_cli.reading.formats.{self.module}")


_TEXT = Kind("plain text", "plain")
_MARKDOWN = Kind("Markdown", "markdown")
_HTML = Kind("HTML", "web", confined=True, needs="selectolax", extra="html")
_JSON_LINES = Kind("JSON Lines", "json_lines", records=True)

SUFFIXES: Mapping[str, Kind] = {
    ".txt": _TEXT,
    ".txt.gz": _TEXT,
    ".md": _MARKDOWN,
    ".md.gz": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".docx": Kind("Word documents", "word", confined=True),
    ".pdf": Kind("PDF", "pdf", confined=True, needs="pypdfium2", extra="pdf"),
    ".eml": Kind("e-mail", "mail", confined=True),
    ".jsonl": _JSON_LINES,
    ".jsonl.gz": _JSON_LINES,
    ".csv": Kind("CSV", "table", records=True),
}


def kind_of(path: str) -> Kind:
    """The kind of a file by its name; plain text where the name says nothing."""
    _, dot, suffix = path.lower().removesuffix(GZIP).rpartition(".")
    return SUFFIXES.get(dot + suffix, _TEXT)
