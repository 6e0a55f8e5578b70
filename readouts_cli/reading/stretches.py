"""Stretches of text by their bounds, for what `str` does to strings of their own."""

from __future__ import annotations

import re

from readouts_cli.readout import Span


def stripped(text: str, start: int, end: int) -> Span:
    """A stretch without the space around it; an empty one where nothing else is there."""
    stretch = text[start:end]
    first = end - len(stretch.lstrip())
    return Span(first, first + len(stretch.strip()))


def end_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a match of `pattern` at `start` ends; `start` where there is none."""
    match = pattern.match(text, start, end)
    return match.end() if match else start
