"""Rich's console, set so that nothing in a text means anything to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.errors import StyleSyntaxError
from rich.style import Style
from rich.theme import Theme

from readouts_cli.errors import UsageError
from readouts_cli.nearest import meant
from readouts_cli.output.pager import paged
from readouts_cli.output.screen import Screen
from readouts_cli.output.theme import DARK, styles


@contextmanager
def drawing(screen: Screen) -> Iterator[Console]:
    """A console on the screen; what grows taller than the screen goes through the pager."""
    with paged(screen) as stream:
        yield console(stream, screen)


def console(stream: TextIO, screen: Screen) -> Console:
    """A console on a stream.  Raises UsageError for a style of the user's that is none."""
    return Console(
        file=stream,
        width=screen.width,
        height=screen.height,
        force_terminal=screen.escapes,
        color_system="auto" if screen.escapes else None,
        no_color=not screen.colour,
        theme=Theme(_parsed(screen), inherit=False),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _parsed(screen: Screen) -> dict[str, Style]:
    parsed = {}
    for name, style in styles(light=screen.light, colour=screen.colour, own=screen.styles).items():
        if name not in DARK:
            raise UsageError(f"[styles] has no part {name!r}; {meant(name, list(DARK))}")
        try:
            parsed[name] = Style.parse(style)
        except StyleSyntaxError:
            raise UsageError(f"{name} in [styles] is no style: {style!r}; write it like 'bold red on white'") from None
    return parsed
