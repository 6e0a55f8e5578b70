"""Stretches of a readout's text for a terminal, with the matches in them highlighted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text

from readouts_cli.output.sanitize import visible
from readouts_cli.passages import Passage, merged
from readouts_cli.readout import Readout, Span

#: Stands where a passage leaves text out.
ELLIPSIS = "…"


def passage_text(readout: Readout, passage: Passage) -> Text:
    """A passage with its matches, and ellipses where its paragraph goes on."""
    text = Text(style="text")
    if passage.cut_before:
        text.append(f"{ELLIPSIS} ", "note")
    text.append_text(highlighted(readout.text, Span(passage.start, passage.end), passage.spans))
    if passage.cut_after:
        text.append(f" {ELLIPSIS}", "note")
    return text


def highlighted(source: str, stretch: Span, spans: Sequence[Span]) -> Text:
    """`source` from the stretch's start to its end; `spans` are offsets into `source`, in order.

    Text is made visible piece by piece, so that offsets stay those of the source.
    """
    text = Text(style="text")
    at = stretch.start
    for span in merged(spans):
        text.append(_piece(source[at : span.start]))
        text.append(_piece(source[span.start : span.end]), "match")
        at = span.end
    text.append(_piece(source[at : stretch.end]))
    return text


def _piece(text: str) -> str:
    return visible(text).replace("\t", " ")


def link(path: str) -> Style:
    """A link to a file (OSC 8); a terminal that knows no links shows nothing of it."""
    from pathlib import Path

    return Style(link=Path(path).absolute().as_uri())
