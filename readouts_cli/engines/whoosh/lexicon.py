"""The terms of a segment in order, in a file of their own: for patterns, Whoosh itself would walk its hash table.

`<segment>.lex` begins with a line that names the fields, and for each the bytes that its terms take.  Then come, field
by field, the terms in UTF-8, sorted, each on a line with the place of its entry in the table of terms: `carbon 1f3a`
(hexadecimal; no term holds a space).  Stock Whoosh takes the file for one of the segment's, and removes it with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from readouts_cli.errors import LibraryError

EXTENSION = ".lex"
_MARK = "readouts-lexicon-2"
_HEADER = re.compile(rf"{_MARK}(?: \w+=\d+)*\n".encode())

#: More than the first line takes, and more than any other: terms have a longest length (`query.tokens.LONGEST`).
_LINE = 2**10

#: How much of the file is read at a time where all of it is.
_PIECE = 2**16

#: Sorts behind every UTF-8 string that begins like what it is appended to.
_AFTER = b"\xff"


class Entry(NamedTuple):
    """A term, and the place of its entry in the table of terms."""

    term: str
    place: int


def line(term: bytes, place: int) -> bytes:
    """A term's line."""
    return b"%b %x\n" % (term, place)


def lexicon_chunks(lines: Mapping[str, bytes | bytearray]) -> Iterator[bytes | bytearray]:
    """The file, part by part, for each field's lines in the order of their terms."""
    yield " ".join((_MARK, *(f"{field}={len(found)}" for field, found in lines.items()))).encode() + b"\n"
    yield from lines.values()


class Lexicon:
    """The terms of a segment, by field, read through `read(start, end)` from a file of some length.

    Raises LibraryError where the file is not one of ours.
    """

    def __init__(self, read: Callable[[int, int], bytes], length: int) -> None:
        self._read = read
        head = read(0, min(_LINE, length))
        start = head.find(b"\n") + 1
        if not _HEADER.fullmatch(head[:start]):
            raise _damage()
        self._stretches: dict[str, tuple[int, int]] = {}
        for size in head[:start].decode().split()[1:]:
            field, _, taken = size.partition("=")
            self._stretches[field] = (start, start + int(taken))
            start += int(taken)

    def find(self, field: str, term: str) -> int | None:
        """The place of a term's entry, or None where the field does not hold the term."""
        low, end = self._stretches.get(field, (0, 0))
        wanted = term.encode("utf-8", "surrogatepass")
        start = self._seek(wanted, low, end)
        found, _, place = self._read(start, min(start + _LINE, end)).partition(b"\n")[0].partition(b" ")
        return int(place, 16) if place and found == wanted else None

    def entries(self, field: str) -> Iterator[Entry]:
        """All of the field's terms, sorted, read a piece at a time."""
        start, end = self._stretches.get(field, (0, 0))
        rest = b""
        while start < end:
            *lines, rest = (rest + self._read(start, min(start + _PIECE, end))).split(b"\n")
            start += _PIECE
            for term, _, place in (line.partition(b" ") for line in lines):
                yield Entry(term.decode(), int(place, 16))

    def between(self, field: str, first: str, end: str | None) -> list[Entry]:
        """The field's terms from `first` on and before `end` (None: all that follow), sorted."""
        low, high = self._stretches.get(field, (0, 0))
        start = self._seek(first.encode(), low, high)
        stop = high if end is None else self._seek(end.encode(), start, high)
        lines = (line.partition(" ") for line in self._read(start, stop).decode().splitlines())
        return [Entry(term, int(place, 16)) for term, _, place in lines]

    def with_prefix(self, field: str, prefix: str) -> list[Entry]:
        """The field's terms that begin with `prefix`, sorted."""
        lines = (line.partition(" ") for line in self._lines(field, prefix).splitlines())
        return [Entry(term, int(place, 16)) for term, _, place in lines]

    def matching(self, field: str, prefix: str, expression: str) -> list[Entry]:
        """The field's terms that begin with `prefix` and that a regular expression matches as a whole, sorted.

        The expression must not be able to match a newline (`.` is not, `[^a]` would be): all terms are scanned at once,
        several times faster than they can be tried one by one.  (`re` leaps from newline to newline; to find a `^` it
        would try every character.)
        """
        found = re.findall(f"\n({expression}) ([0-9a-f]+)", "\n" + self._lines(field, prefix))
        return [Entry(term, int(place, 16)) for term, *_, place in found]

    def _lines(self, field: str, prefix: str) -> str:
        """The lines of the terms with a prefix."""
        low, end = self._stretches.get(field, (0, 0))
        wanted = prefix.encode("utf-8", "surrogatepass")
        start = self._seek(wanted, low, end)
        return self._read(start, self._seek(wanted + _AFTER, start, end)).decode()

    def _seek(self, wanted: bytes, low: int, high: int) -> int:
        """Where the line of the first term that is not before `wanted` begins, between two places where lines begin."""
        while low < high:
            middle = (low + high) // 2
            start = max(low, middle - _LINE)
            around = self._read(start, min(high, middle + _LINE))
            begin = around.rfind(b"\n", 0, middle - start) + 1
            end = around.find(b"\n", middle - start) + 1
            if not end:
                raise _damage()
            if around[begin:end].partition(b" ")[0] < wanted:
                low = start + end
            else:
                high = start + begin
        return low


def _damage() -> LibraryError:
    return LibraryError("the index is damaged (a list of terms has another format); run: readouts verify")
