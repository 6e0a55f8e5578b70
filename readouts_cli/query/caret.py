"""How a query, or a part of it, is shown to the person who typed it: on one line, and safe for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate

from readouts_cli.errors import QueryError

#: Columns that a query shown with its caret may take.
COLUMNS = 70

#: Columns kept after the place at fault where a long query is cut.
_AFTER = 40

#: Characters of a query's part that a message repeats.
_PART = 40

_CUT = "…"


def printable(text: str) -> str:
    """A text on one line: whitespace as spaces, what does not print as escapes."""
    return "".join(map(_cell, text))


def shown(part: str) -> str:
    """A part of a query for a message: printable, and cut where it is long."""
    visible = printable(part[: _PART + 1])
    return visible if len(visible) <= _PART else visible[: _PART - 1] + _CUT


def caret(error: QueryError) -> str:
    """The query on one line and carets beneath the place at fault; a long query is cut around that place."""
    cells = [_cell(character) for character in error.source]
    widths = [sum(map(_columns, cell)) for cell in cells]
    start = min(error.start, len(cells))
    left, right = _window(widths, start)
    before = (_CUT if left else "") + "".join(cells[left:start])
    line = before + "".join(cells[start:right]) + (_CUT if right < len(cells) else "")
    length = sum(widths[start : min(error.end, right)])
    return f"{line}\n{' ' * sum(map(_columns, before))}{'^' * max(length, 1)}"


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """First and last character, the last excluded, of a stretch around `start` that fits into the columns."""
    if sum(widths) <= COLUMNS:
        return 0, len(widths)
    room = COLUMNS - 2 * len(_CUT)
    left = start - _fitting(reversed(widths[:start]), room - _AFTER)
    right = start + _fitting(widths[start:], room - sum(widths[left:start]))
    return start - _fitting(reversed(widths[:start]), room - sum(widths[start:right])), right


def _fitting(widths: Iterable[int], room: int) -> int:
    """How many of the characters fit into so many columns."""
    return sum(1 for total in accumulate(widths) if total <= room)


def _cell(character: str) -> str:
    """What stands on the screen for one character."""
    if character.isspace():
        return " "
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


def _columns(character: str) -> int:
    """How many columns a terminal gives a character."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
