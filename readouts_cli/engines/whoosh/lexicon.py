"""The terms of a segment in order, in a file of their own, for patterns: Whoosh itself would walk its hash table.

`<segment>.lex` begins with a line that names the fields and the length of each one's stretch in bytes.  A stretch is a
newline and the field's terms in UTF-8, sorted, each with a newline behind it.  Stock Whoosh takes the file for one of
the segment's, and removes it with the segment.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Mapping, Sequence

from readouts_cli.errors import LibraryError

EXTENSION = ".lex"
_MARK = "readouts-lexicon-1"
_HEADER = re.compile(rf"{_MARK}(?: \w+=\d+)*\n".encode())

#: Sorts behind every UTF-8 string that begins like what it is appended to.
_AFTER = b"\xff"


def lexicon_chunks(terms: Mapping[str, Sequence[bytes]]) -> Iterator[bytes]:
    """The file for each field's sorted terms, part by part."""
    stretches = {field: b"\n" + b"".join(term + b"\n" for term in found) for field, found in terms.items()}
    yield " ".join((_MARK, *(f"{field}={len(stretch)}" for field, stretch in stretches.items()))).encode() + b"\n"
    yield from stretches.values()


class Lexicon:
    """The terms of a segment, by field.  Raises LibraryError where the file is not one of ours."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data
        self._stretches: dict[str, tuple[int, int]] = {}
        start = data.find(b"\n") + 1
        if not _HEADER.fullmatch(data[:start]):
            raise LibraryError("the index is damaged (a list of terms has another format); run: readouts verify")
        for entry in data[:start].decode().split()[1:]:
            field, _, length = entry.partition("=")
            self._stretches[field] = (start, start + int(length))
            start += int(length)

    def terms_with_prefix(self, field: str, prefix: str) -> list[str]:
        """The field's terms that begin with `prefix`, sorted."""
        return self._terms(field, prefix).split("\n")[:-1]

    def matching(self, field: str, prefix: str, expression: str) -> list[str]:
        """The field's terms that begin with `prefix` and that a regular expression matches as a whole, sorted.

        The expression must not be able to match a newline (`.` is not, `[^a]` would be): all terms are scanned at once,
        in a third of the time that trying them one by one takes.
        """
        found = re.finditer(f"^(?:{expression})$", self._terms(field, prefix), re.MULTILINE)
        return [match[0] for match in found]

    def _terms(self, field: str, prefix: str) -> str:
        """The terms with a prefix, each with a newline behind it."""
        if field not in self._stretches:
            return ""
        start, end = self._stretches[field]
        wanted = prefix.encode("utf-8", "surrogatepass")
        first = self._seek(wanted, start + 1, end)
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
