"""Comma-separated values (RFC 4180): the one way in which cells are quoted.

The standard library's writer leaves a carriage return unquoted before Python 3.13, where every reader ends the row, and
it looks at each character in turn, which is most of an export's time.
"""

from __future__ import annotations

from collections.abc import Iterable


def csv_line(cells: Iterable[object]) -> str:
    """A row and its end.  What is None is an empty cell; one such cell alone is quoted, as an empty line is no row."""
    return (",".join(map(_quoted, cells)) or '""') + "\n"


def _quoted(cell: object) -> str:
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else str(cell)
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text
