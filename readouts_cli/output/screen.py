"""A screen to lay text out on, as plain values: how large it is and what it understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

#: Background colours of COLORFGBG that are light: white and bright white of the sixteen.
_LIGHT = {"7", "15"}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the terminal's views are drawn.

    `width` is in columns, `height` in lines.  `escapes`: bold and the like are understood; `colour`: and wanted;
    `links`: so are links.  `pager` is a command with its arguments, empty for none.  `styles` are the user's own, by
    part.
    """

    stream: TextIO
    width: int
    height: int
    escapes: bool
    colour: bool
    links: bool
    pager: Sequence[str]
    light: bool
    styles: Mapping[str, str]


def is_light(colorfgbg: str) -> bool:
    """Whether the terminal says that its background is light, in the variable that rxvt and others set."""
    return colorfgbg.rpartition(";")[2] in _LIGHT
