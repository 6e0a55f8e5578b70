"""A report in one HTML file that needs nothing else: when something was said, and every hit with its matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from readouts_cli.analysis.basis import Basis
from readouts_cli.analysis.occurrences import Matched
from readouts_cli.analysis.trend import Share
from readouts_cli.errors import UsageError
from readouts_cli.output.facts import heading, met_shown, names, published_shown, value_of
from readouts_cli.output.sanitize import visible
from readouts_cli.passages import Passage, choose, merged, whole

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query

#: The size of the drawing, and the room below it for the names of bins, in CSS pixels.
_WIDTH, _HEIGHT, _BELOW = 720, 160, 24

#: About how wide the name of a bin is, in CSS pixels.
_NAME = 64

#: The share of a bin's width that its bar takes.
_FILLED = 0.8

#: Passages of a readout that are shown above its whole text.
_PASSAGES = 2


class Report:
    """A report on what a query finds; `made` says by what and when.  Raises UsageError where Jinja is not installed."""

    def __init__(self, query: Query, *, made: str) -> None:
        try:
            from jinja2 import Environment, PackageLoader, StrictUndefined
        except ImportError:
            raise UsageError("--format html needs Jinja: pip install 'readouts-cli[report]'") from None
        environment = Environment(
            loader=PackageLoader("readouts_cli.output"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._frame = environment.get_template("report.html")
        self._article = environment.get_template("report_article.html")
        self._query = query
        self._made = made

    def articles(self, found: Iterable[Matched]) -> str:
        """Readouts as the report shows them."""
        return "\n".join(self._article.render(_hit(each)) for each in found)

    def pieces(self, articles: Iterable[str], basis: Basis, trend: Sequence[Share]) -> Iterator[str]:
        """The report, piece by piece as its articles come."""
        from markupsafe import Markup

        return self._frame.generate(
            query=visible(self._query.text),
            synonyms=list(map(visible, self._query.synonyms)),
            basis=basis,
            made=self._made,
            trend=trend,
            drawing=_drawing(trend),
            articles=map(Markup, articles),
        )


def _hit(found: Matched) -> dict[str, Any]:
    """A hit as its template has it; everything from the document is made visible, and escaped by the template."""
    readout, spans = found.readout, found.spans
    text, head = readout.text, heading(readout)
    return {
        "id": visible(readout.id),
        "language": readout.language,
        "heading": head.text,
        "is_title": head.is_title,
        "met": met_shown(readout.met),
        "certainty": readout.met.certainty.value if readout.met else None,
        "published": published_shown(readout),
        "body": visible(value_of(readout.body)),
        "presided": visible(names(readout.presided)),
        "source": visible(value_of(readout.source)),
        "path": visible(readout.path),
        "matches": len(spans),
        "passages": [
            {
                "paragraph": passage.paragraph,
                "before": passage.cut_before,
                "after": passage.cut_after,
                "text": _marked(text, passage),
            }
            for passage in choose(readout, spans, count=_PASSAGES)
        ],
        "paragraphs": [_marked(text, passage) for passage in whole(readout, spans)],
    }


def _marked(text: str, passage: Passage) -> str:
    """A stretch of text with its matches marked, as markup; one without any is for the template to escape."""
    if not passage.spans:
        return visible(text[passage.start : passage.end])
    from markupsafe import Markup, escape

    pieces, at = [], passage.start
    for start, end in merged(passage.spans):
        between, match = visible(text[at:start]), visible(text[start:end])
        pieces += [escape(between), Markup("<mark>"), escape(match), Markup("</mark>")]
        at = end
    pieces.append(escape(visible(text[at : passage.end])))
    return Markup().join(pieces)


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
