"""Document text is data: what could steer a terminal is shown, never sent.

A page of text can hold escape sequences that move the cursor, retitle the window or write to the clipboard, and
characters that reorder what stands around them (Unicode TR 36).  Everything that comes from a document, a file name, a
query or an error goes through here on its way to a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

#: C0 and C1 controls without tab and newline, DEL, line and paragraph separator, bidirectional embeddings, overrides
#: and isolates, and surrogates, which stand for undecodable bytes.
UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"

#: As soon as a text has any of these it is not `isprintable`, which takes a fraction of the time to find out.
_UNSAFE = re.compile(f"[{UNSAFE}]")
_NEWLINE = re.compile("\r\n?|[\u2028\u2029\x85]")
_BREAK = re.compile(r"[^\S\n]*[\t\n\x0b\x0c\r\x85\u2028\u2029][\s]*")


def visible(text: str) -> str:
    """A text with every kind of line break as a newline, tabs kept, and other controls in a form that shows them."""
    return text if text.isprintable() else _UNSAFE.sub(_shown, _NEWLINE.sub("\n", text))


def one_line(text: str) -> str:
    """A text on one line: every run of blanks that holds a tab or a line break is one space."""
    return text if text.isprintable() else visible(_BREAK.sub(" ", text))


class VisibleStream:
    """A text stream that lets no control character through to another."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        self._stream.writelines(map(visible, lines))


class VisibleBytes:
    """The same for text in UTF-8, and for bytes in it that are none."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = VisibleStream(stream)

    def write(self, data: bytes) -> int:
        return self._stream.write(data.decode("utf-8", "surrogateescape"))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's control pictures: ␛ for escape
    if code == 0x7F:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"<U+{code:04X}>"
