"""How the parts of the terminal's views look, in the words of Rich's styles.

Only the sixteen colours are used, which every terminal's own theme keeps readable; a style that must stand out says so
without colour too.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The parts, and how they look on a dark background.
DARK = {
    "rank": "dim",
    "id": "bold bright_cyan",
    "date": "bright_green",
    "title": "bold",
    "opening": "italic",
    "people": "none",
    "label": "dim",
    "paragraph": "dim",
    "text": "none",
    "match": "bold black on bright_yellow",
    "note": "dim",
    "bar": "bright_cyan",
}

#: The same on a light background, where the bright colours fade.
LIGHT = DARK | {"id": "bold blue", "date": "green", "match": "bold black on yellow", "bar": "blue"}

#: Where colour is not wanted a match is still to be seen.
PLAIN = DARK | {"match": "bold underline"}


def styles(*, light: bool, colour: bool, own: Mapping[str, str]) -> dict[str, str]:
    """The style of every part, the user's `own` above the theme's."""
    if not colour:
        return PLAIN
    return {**(LIGHT if light else DARK), **own}
