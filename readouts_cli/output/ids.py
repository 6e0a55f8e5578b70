"""The ids of readouts on a screen: links to their files, in columns that leave room for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.cells import cell_len
from rich.text import Text

from readouts_cli.output.highlight import link
from readouts_cli.output.sanitize import one_line

#: The widest column of ids, and the share of the screen that it takes at most, as one in so many.
_WIDEST = 24
_SHARE = 3


class Named(Protocol):
    """What has an id, and a file that it came from."""

    @property
    def id(self) -> str: ...

    @property
    def path(self) -> str: ...


def name(readout: Named, *, links: bool) -> Text:
    """A readout's id, which is a link to its file."""
    text = Text(one_line(readout.id), "id")
    if links:
        text.stylize(link(readout.path))
    return text


def id_width(ids: Iterable[str], screen: int) -> int:
    """How wide a column of ids is on a screen of so many columns; longer ids are cut there."""
    widest = max((cell_len(one_line(id)) for id in ids), default=len("id"))
    return min(widest, _WIDEST, screen // _SHARE)


def in_column(text: Text, width: int) -> Text:
    """A text of exactly that width: padded, or cut with an ellipsis."""
    shown = text.copy()
    shown.truncate(width, overflow="ellipsis", pad=True)
    return shown
