"""A stretch of text: its own module because matching needs it and nothing else of a readout."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a readout's text: `text[start:end]`."""

    start: int
    end: int
