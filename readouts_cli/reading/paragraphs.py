"""Paragraphs: the lines of a text that hold anything, whatever ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import starmap

from readouts_cli.readout import Span

#: What is on a line; where only line feeds end lines, the first finds the same five times as fast.
_LINE = re.compile(r"\S(?:.*\S)?")
_LINE_OF_ANY_END = re.compile(r"\S(?:[^\r\n]*\S)?")

_LONE_RETURN = re.compile(r"\r(?!\n)")


def each_paragraph(text: str, span: Span | None = None) -> Iterator[Span]:
    """The paragraphs of a text, or of a stretch of it, one after another, without the space around them."""
    line = _LINE_OF_ANY_END if "\r" in text else _LINE
    start, end = span or (0, len(text))
    return starmap(Span, map(re.Match.span, line.finditer(text, start, end)))


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each carriage return that ends a line by itself; every offset stays."""
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text
