"""`--template`: a line made of named columns, in the braces of Python's format strings, and nothing else in them."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter

from readouts_cli.errors import UsageError
from readouts_cli.output.columns import Cell, Column, chosen
from readouts_cli.output.sanitize import one_line
from readouts_cli.results import ShownHit

#: What a backslash makes of the next character, for shells whose quotes keep it.
_ESCAPES = {"\\": "\\", "t": "\t", "n": "\n", "0": "\0"}

#: A width beyond this is a slip of the finger, and would fill the memory.
_WIDEST = 10_000
_DIGITS = len(str(_WIDEST))


def template(text: str, *, matched: bool) -> Callable[[ShownHit], str]:
    """What fills in the template for a hit.  `matched` says whether a query was asked.

    Raises UsageError for an unknown column, and for anything in braces that is not a column with an optional format.
    """
    try:
        pieces = [(before, name, spec) for before, name, spec, _ in _parsed(text)]
    except ValueError as error:
        raise UsageError(f"the template {text!r} is not complete: {error}") from None
    parts: list[tuple[str, Column | None, str]] = []
    for before, name, spec in pieces:
        column = None if name is None else chosen([name], matched=matched)[0]
        _check_format(spec or "")
        parts.append((_unescaped(before), column, spec or ""))

    def filled(hit: ShownHit) -> str:
        return "".join(
            before + (_formatted(column.cell(hit), spec) if column else "") for before, column, spec in parts
        )

    return filled


def _parsed(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    pieces = list(Formatter().parse(text))
    for _, name, _, conversion in pieces:
        if conversion:
            raise UsageError(f"a template takes no conversion: leave out !{conversion} in {{{name}}}")
        if name is not None and not name.strip():
            raise UsageError("empty braces in the template; write a column's name in them, or double them: {{ }}")
    return pieces


def _check_format(spec: str) -> None:
    numbers = "".join(character if character.isdecimal() else " " for character in spec).split()
    if "{" in spec or any(len(number) > _DIGITS or int(number) > _WIDEST for number in numbers):
        raise UsageError(f"the format {spec!r} in the template is too much; write a width such as {{id:>8}}")


def _formatted(cell: Cell, spec: str) -> str:
    value = one_line(cell) if isinstance(cell, str) else cell
    try:
        return format(value, spec)
    except ValueError:
        raise UsageError(f"the format {spec!r} in the template does not suit {value!r}") from None


def _unescaped(text: str) -> str:
    characters = iter(text)
    return "".join(character if character != "\\" else _escape(next(characters, "\\")) for character in characters)


def _escape(character: str) -> str:
    if character not in _ESCAPES:
        raise UsageError(rf"the template has \{character}; it knows \t, \n, \0 and \\")
    return _ESCAPES[character]
