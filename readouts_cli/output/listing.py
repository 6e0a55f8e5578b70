"""Names with what they stand for: in columns for reading, tab-separated for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TextIO

#: Wider than this prose is hard to read.
_WIDEST = 100

#: A longer name has its line to itself.
_LONGEST_NAME = 30

_INDENT = "  "


def write_sections(stream: TextIO, sections: Mapping[str, Mapping[str, str]], width: int, *, plain: bool) -> None:
    """Write the sections: `plain` as tab-separated lines of section, name and meaning."""
    for title, entries in sections.items():
        if plain:
            stream.writelines(f"{title}\t{name}\t{meaning}\n" for name, meaning in entries.items())
        else:
            stream.write(f"{title}\n")
            stream.writelines(columns(entries, width))
            stream.write("\n")


def columns(entries: Mapping[str, str], width: int) -> list[str]:
    """Lines with the names in a column and what they stand for, wrapped, beside them."""
    from rich.cells import cell_len

    longest = max((cell_len(name) for name in entries if cell_len(name) <= _LONGEST_NAME), default=0)
    hanging = " " * (len(_INDENT) + longest + 2)
    lines = []
    for name, meaning in entries.items():
        lead, gap = f"{_INDENT}{name}", longest + 2 - cell_len(name)
        if gap < 2:
            lines.append(f"{lead}\n")
        wrapped = textwrap.wrap(meaning, min(width, _WIDEST), initial_indent=hanging, subsequent_indent=hanging)
        if gap >= 2 and wrapped:
            wrapped[0] = f"{lead}{' ' * gap}{wrapped[0].lstrip()}"
        lines += [f"{line}\n" for line in wrapped]
    return lines
