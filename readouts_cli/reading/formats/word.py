"""Word documents (.docx): every paragraph and table, in the order of the document, and its footnotes after it.

The text is read from the package's XML as it streams by, not through a document model: the models leave out what
stands in content controls, text boxes and tracked insertions.  Office Open XML has no document type definitions
(ECMA-376 part 2), so one that is there, and with it every entity, is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree as ET

from readouts_cli.errors import ReadError
from readouts_cli.reading.formats.document import Document

#: The most XML of one part that is taken out of the package, in bytes: markup is ten times its text, a bomb far more.
LARGEST_PART = 128 * 1024 * 1024

_CHUNK = 64 * 1024

#: The first bytes of the container that Word encrypts documents in, which is also that of its formats before 2007.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_RELATIONSHIPS = "_rels/.rels"
_ROOTS = {"document", "footnotes", "endnotes"}
_NOT_WORD = "a zip file that is no Word document"
_PROPERTIES = {"title", "subject", "creator", "keywords", "description", "lastModifiedBy", "created", "modified"}

#: Elements whose text is not the document's: what a tracked change took away, and a second form of the same drawing.
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback"})

#: Elements in a run that stand for a character.
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read(data: bytes, _encoding: str | None) -> Document:
    """The text; the core properties are metadata, for what a template put there is no fact about the meeting."""
    if data.startswith(_OLE):
        raise ReadError("encrypted" if _ENCRYPTED in data else "not .docx, but a format of Word before 2007")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read_package(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ReadError(f"damaged .docx: {error}") from None
    except ET.ParseError as error:
        raise ReadError(f"damaged .docx: XML: {error}") from None
    except RuntimeError:  # what zipfile raises for an encrypted member
        raise ReadError("encrypted") from None


def _read_package(package: zipfile.ZipFile) -> Document:
    names = set(package.namelist())
    if _RELATIONSHIPS not in names:
        raise ReadError(_NOT_WORD)
    targets = _Relationships()
    _parse(package, _RELATIONSHIPS, targets)
    main = targets.found.get("officeDocument", "")
    if main not in names:
        raise ReadError(_NOT_WORD)
    folder = main.rpartition("/")[0]
    body, properties = _Body(), _Properties()
    for part in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if part in names:
            _parse(package, part, body)
    if (part := targets.found.get("core-properties", "")) in names:
        _parse(package, part, properties)
    return Document("\n\n".join(body.paragraphs), metadata=properties.found)


def _parse(package: zipfile.ZipFile, part: str, handler: _Handler) -> None:
    """Stream a part through `handler`."""
    parser = ET.XMLParser(target=handler)  # noqa: S314  # document types, and so entities, are refused by the handler
    taken = 0
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            taken += len(chunk)
            if taken > LARGEST_PART:
                raise ReadError(f"unpacks to more than {LARGEST_PART >> 20} MiB")
            parser.feed(chunk)
    parser.close()


class _Handler:
    """What is done at each element.  Names are local: the namespaces of the standard's two editions differ."""

    def doctype(self, *_: object) -> None:
        raise ReadError("its XML declares a document type, which no Word document does")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text stands in the element that began last."""

    def close(self) -> None:
        """The part ends."""


class _Relationships(_Handler):
    """Which part of the package is what."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.setdefault(kind, attributes.get("Target", "").lstrip("/"))


class _Properties(_Handler):
    """Title, creator, days of creation and change, as the program wrote them."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text.clear()

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text).strip()
        if text and _local(tag) in _PROPERTIES:
            self.found[_local(tag)] = text


class _Body(_Handler):
    """Collects paragraphs; those of a table cell are joined by spaces, cells by tabs, rows are lines of a paragraph."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._open: list[list[str]] = []  # a paragraph may hold a text box, which holds paragraphs
        self._tables: list[_Table] = []
        self._path: list[str] = []
        self._left_out = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        parent = self._path[-1] if self._path else ""
        if not parent and name not in _ROOTS:
            raise ReadError(_NOT_WORD)
        self._path.append(name)
        if name in _LEFT_OUT:
            self._left_out += 1
        elif name == "p":
            self._open.append([])
        elif name == "tbl":
            self._tables.append(_Table())
        elif name in {"tr", "tc"} and self._tables:
            self._tables[-1].begin(name)
        elif name in _CHARACTERS and parent == "r" and self._open and not self._left_out:
            self._open[-1].append(_CHARACTERS[name])

    def end(self, tag: str) -> None:
        name = _local(tag)
        self._path.pop()
        if name in _LEFT_OUT:
            self._left_out -= 1
        elif name == "p" and self._open:
            self._add("".join(self._open.pop()).strip())
        elif name == "tbl" and self._tables:
            self._add(self._tables.pop().text())

    def data(self, text: str) -> None:
        if self._path and self._path[-1] == "t" and self._open and not self._left_out:
            self._open[-1].append(text)

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._tables:
            self._tables[-1].add(text)
        else:
            self.paragraphs.append(text)


class _Table:
    """The cells of a table as they are read."""

    def __init__(self) -> None:
        self._rows: list[list[list[str]]] = []

    def begin(self, name: str) -> None:
        """A row or a cell begins."""
        if name == "tr" or not self._rows:
            self._rows.append([])
        if name == "tc":
            self._rows[-1].append([])

    def add(self, paragraph: str) -> None:
        if not self._rows or not self._rows[-1]:
            self.begin("tc")
        self._rows[-1][-1].append(paragraph)

    def text(self) -> str:
        rows = ("\t".join(" ".join(cell) for cell in row).rstrip("\t") for row in self._rows)
        return "\n".join(row for row in rows if row.strip())


def _local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]
