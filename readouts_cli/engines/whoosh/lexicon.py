"""The terms of a segment in order, in a file of their own, for patterns: Whoosh itself would walk its hash table.

`<segment>.lex` begins with a line that names the fields and the length of each one's stretch in bytes.  A field's
stretch is a newline and its terms in UTF-8, sorted, each with a newline behind it.  Stock Whoosh takes the file for one
of the segment's, and removes it with the segment.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Mapping, Sequence

from readouts_cli.errors import LibraryError

EXTENSION = ".lex"
_MARK = "readouts-lexicon-1"

#: Sorts behind every UTF-8 string that begins like what it is appended to.
_AFTER = b"\xff"


def lexicon_chunks(terms: Mapping[str, Sequence[bytes]]) -> Iterator[bytes]:
    """The file for each field's sorted terms, part by part."""
    stretches = {field: b"\n" + b"".join(term + b"\n" for term in found) for field, found in terms.items()}
    yield " ".join([_MARK, *(f"{field}={len(stretch)}" for field, stretch in stretches.items())]).encode() + b"\n"
    yield from stretches.values()


class Lexicon:
    """The terms of a segment, by field.  Raises LibraryError where the file is not one of ours."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data
        self._stretches: dict[str, tuple[int, int]] = {}
        start = data.find(b"\n") + 1
        mark, *fields = data[:start].decode("ascii", "replace").split()[:] or [""]
        if mark != _MARK:
            raise LibraryError("the index is damaged (a list of terms has another format); run: readouts verify")
        for field in fields:
            name, length = field.split("=")
            self._stretches[name] = (start + 1, start + int(length))
            start += int(length)

    def terms_with_prefix(self, field: str, prefix: str) -> list[str]:
        """The field's terms that begin with `prefix`, sorted."""
        return self._stretch(field, prefix).split("\n")[:-1]

    def matching(self, field: str, prefix: str, pattern: str) -> list[str]:
        """The field's terms that begin with `prefix` and match `pattern`, a regular expression, as a whole, sorted."""
        return re.findall(rf"^(?:{pattern})$", self._stretch(field, prefix), re.MULTILINE)

    def _stretch(self, field: str, prefix: str) -> str:
        """The terms with a prefix, each with a newline behind it."""
        if field not in self._stretches:
            return ""
        start, end = self._stretches[field]
        wanted = prefix.encode()
        first = self._seek(wanted, start, end)
        return self._data[first : self._seek(wanted + _AFTER, first, end)].decode()

    def _seek(self, wanted: bytes, low: int, high: int) -> int:
        """Where the first term that is not before `wanted` begins, between two places where terms begin."""
        data = self._data
        while low < high:
            middle = (low + high) // 2
            begin = data.rfind(b"\n", low - 1, middle) + 1
            end = data.find(b"\n", middle)
            if data[begin:end] < wanted:
                low = end + 1
            else:
                high = begin
        return low
