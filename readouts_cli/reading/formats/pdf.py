"""PDF: the text in the order in which the file draws it, its lines joined into paragraphs again.

PDFium reads the file: it knows the character sets of Chinese fonts that are not embedded, and it runs no scripts.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from readouts_cli.errors import ReadError
from readouts_cli.reading.formats.document import Document
from readouts_cli.reading.formats.print_lines import Line, joined

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: More pages than any report or collection of reports; a page costs about a millisecond.
MOST_PAGES = 5_000

#: What PDFium gives for a hyphen at the end of a line, going on with the next line at once.
_LINE_HYPHEN = "\x02"
_HYPHENATED = re.compile(rf"(\w+){_LINE_HYPHEN}(\w+)")
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\s][^\r\n]*")

_UNREADABLE = "\ufffd"


def read(data: bytes, _encoding: str | None) -> Document:
    """The text; the document's properties are metadata, for a program put them there."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return _read_document(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted: save a copy without a password") from None
        raise ReadError(f"damaged PDF: {error}") from None


def _read_document(document: PdfDocument) -> Document:
    pages = len(document)
    if pages > MOST_PAGES:
        raise ReadError(f"{pages} pages, and {MOST_PAGES} are the most that are read")
    text = _mend_hyphens("\n\n".join(joined(_lines(document[number]) for number in range(pages))))
    if not text:
        raise ReadError("no text in it: scanned pages need text recognition first")
    lost = text.count(_UNREADABLE)
    properties = {name: value for name, value in document.get_metadata_dict(skip_empty=True).items() if value.strip()}
    return Document(
        text,
        metadata={**properties, "pages": str(pages)},
        warnings=(f"{lost} characters have no Unicode form in the PDF and stand as {_UNREADABLE}",) if lost else (),
    )


def _lines(page: PdfPage) -> list[Line]:
    """The lines of a page with their places."""
    from pypdfium2 import raw

    with closing(page), closing(page.get_textpage()) as drawn:
        text = "".join(chr(raw.FPDFText_GetUnicode(drawn, i)) for i in range(drawn.count_chars()))
        lines = []
        for match in _LINE.finditer(text):
            words = match.group().rstrip()
            first = drawn.get_charbox(match.start(), loose=True)
            last = drawn.get_charbox(match.start() + len(words) - 1, loose=True)
            # characters beyond the Basic Multilingual Plane may come as two halves
            whole = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            lines.append(Line(whole, left=first[0], right=last[2], base=first[1], height=first[3] - first[1]))
    return lines


def _mend_hyphens(text: str) -> str:
    """Put words together that a line's end cut in two; the hyphen stays unless the document has the word without it."""
    if _LINE_HYPHEN not in text:
        return text
    words = {word.casefold() for word in _WORD.findall(text)}

    def mend(match: re.Match[str]) -> str:
        hyphen = "" if (match[1] + match[2]).casefold() in words else "-"
        return f"{match[1]}{hyphen}{match[2]}"

    return _HYPHENATED.sub(mend, text).replace(_LINE_HYPHEN, "-")
