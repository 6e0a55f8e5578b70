"""A report in one HTML file that needs nothing else: when something was said, and every hit with its matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from readouts_cli.analysis.basis import Basis
from readouts_cli.analysis.trend import Share
from readouts_cli.errors import UsageError
from readouts_cli.output.facts import heading, met_shown, names, published_shown, value_of
from readouts_cli.output.sanitize import visible
from readouts_cli.passages import merged, whole
from readouts_cli.readout import Span
from readouts_cli.results import ShownHit

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query

#: The size of the drawing, and the room below it for the names of bins, in CSS pixels.
_WIDTH, _HEIGHT, _BELOW = 720, 160, 24

#: About how wide the name of a bin is, in CSS pixels.
_NAME = 64

#: The share of a bin's width that its bar takes.
_FILLED = 0.8


class Piece(NamedTuple):
    """A piece of text, matched or not."""

    text: str
    matched: bool


def write(
    stream: TextIO, query: Query, hits: Iterable[ShownHit], basis: Basis, trend: Sequence[Share], *, made: str
) -> None:
    """Write the report as its hits come; `made` says by what and when.

    Raises UsageError where Jinja is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise UsageError("--format html needs Jinja: pip install 'readouts-cli[report]'") from None
    from importlib.resources import files

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = files("readouts_cli.output").joinpath("templates/report.html").read_text("utf-8")
    template = environment.from_string(source)
    values = {
        "query": visible(query.text),
        "synonyms": list(map(visible, query.synonyms)),
        "basis": basis,
        "made": made,
        "trend": trend,
        "drawing": _drawing(trend),
        "hits": map(_hit, hits),
    }
    stream.writelines(template.generate(values))


def _hit(hit: ShownHit) -> dict[str, Any]:
    """A hit as the template has it; everything from the document is made visible, and escaped by the template."""
    readout, found = hit.readout, heading(hit.readout)
    text = readout.text
    return {
        "id": visible(readout.id),
        "language": readout.language,
        "heading": found.text,
        "is_title": found.is_title,
        "met": met_shown(readout.met),
        "certainty": readout.met.certainty.value if readout.met else None,
        "published": published_shown(readout),
        "body": visible(value_of(readout.body)),
        "presided": visible(names(readout.presided)),
        "source": visible(value_of(readout.source)),
        "path": visible(readout.path),
        "matches": len(hit.matches),
        "passages": [
            {
                "paragraph": passage.paragraph,
                "before": passage.cut_before,
                "after": passage.cut_after,
                "pieces": list(_pieces(text, Span(passage.start, passage.end), passage.spans)),
            }
            for passage in hit.passages
        ],
        "paragraphs": [
            list(_pieces(text, Span(passage.start, passage.end), passage.spans))
            for passage in whole(readout, hit.matches)
        ],
    }


def _pieces(text: str, stretch: Span, spans: Sequence[Span]) -> Iterator[Piece]:
    """The stretch, cut where matches begin and end."""
    at = stretch.start
    for span in merged(spans):
        yield Piece(visible(text[at : span.start]), matched=False)
        yield Piece(visible(text[span.start : span.end]), matched=True)
        at = span.end
    yield Piece(visible(text[at : stretch.end]), matched=False)


def _drawing(trend: Sequence[Share]) -> dict[str, Any]:
    """The geometry of the trend: a bar for each bin, its height the share of readouts that match."""
    step = _WIDTH / max(len(trend), 1)
    most = max((each.readouts / each.of for each in trend if each.of), default=0) or 1
    every = max(-(-len(trend) * _NAME // _WIDTH), 1)
    bars = []
    for number, each in enumerate(trend):
        height = each.readouts / each.of / most * _HEIGHT if each.of else 0
        left = number * step
        sizes = {
            "x": left + step * (1 - _FILLED) / 2,
            "y": _HEIGHT - height,
            "width": step * _FILLED,
            "height": height,
            "left": left,
            "step": step,
            "middle": left + step / 2,
        }
        rounded = {name: round(size, 1) for name, size in sizes.items()}
        bars.append({"share": each, "named": number % every == 0, **rounded})
    return {"width": _WIDTH, "height": _HEIGHT, "total_height": _HEIGHT + _BELOW, "most": most, "bars": bars}
