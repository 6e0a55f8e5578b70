"""Two readouts side by side: JSON with everything, flat rows, two columns on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from readouts_cli.analysis.alignment import Pair
from readouts_cli.analysis.compare import Comparison, Quoted, Shared
from readouts_cli.output.analysis_answer import Columns, Shape, columns
from readouts_cli.output.shapes import summary_shape
from readouts_cli.readout import Quote, Readout, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

COLUMNS: Columns = columns("kind", "left", "right", "tokens")

_GAP = "   "


def head_shape(found: Comparison, shortest: int) -> Shape:
    """What is told of both readouts beside their sentences."""
    return {
        "left": summary_shape(found.left),
        "right": summary_shape(found.right),
        "formulations": {
            "only_left": [_quoted_shape(each) for each in found.only_left],
            "only_right": [_quoted_shape(each) for each in found.only_right],
            "both": [_quoted_shape(each) for each in found.both],
        },
        "shared": {
            "shortest": shortest,
            "left": _shared_shape(found.left, found.left_shared),
            "right": _shared_shape(found.right, found.right_shared),
        },
    }


def pair_shape(found: Comparison, pair: Pair) -> Shape:
    """Two sentences, or one without a counterpart, as JSON has them."""
    return {
        "kind": kind(pair),
        "left": _sentence_shape(found.left, pair.left, pair.left_changed),
        "right": _sentence_shape(found.right, pair.right, pair.right_changed),
    }


def kind(pair: Pair) -> str:
    """What the pair says: `same`, `changed`, `only_left` or `only_right`."""
    if pair.left is None:
        return "only_right"
    if pair.right is None:
        return "only_left"
    return "same" if pair.same else "changed"


def flat(found: Comparison) -> Iterator[Shape]:
    """A row for each formulation, each run of the right readout, and each pair of sentences."""
    for each in (*found.only_left, *found.both, *found.only_right):
        left, right = (quotes[0].text if quotes else None for quotes in (each.left, each.right))
        yield {"kind": "formulation", "left": left, "right": right, "tokens": None}
    for here, there, length in found.right_shared.runs:
        yield {"kind": "run", "left": _cut(found.left, there), "right": _cut(found.right, here), "tokens": length}
    for pair in found.sentences:
        left, right = _cut(found.left, pair.left), _cut(found.right, pair.right)
        yield {"kind": kind(pair), "left": left, "right": right, "tokens": None}


def draw(console: Console, found: Comparison, *, links: bool) -> None:
    """Draw both in two columns: their formulations, the boilerplate, and every sentence that is not the same."""
    from rich.text import Text

    from readouts_cli.output.facts import heading
    from readouts_cli.output.ids import name

    sides = (found.left, found.right)
    _columns(console, *(name(side, links=links).append_text(_dates(side)) for side in sides))
    _columns(console, *(Text(str(heading(side)), "title") for side in sides))
    if found.only_left or found.only_right:
        _heading(console, "Formulations of one only")
    for one, other in zip_longest(found.only_left, found.only_right):
        _columns(console, *(_plain(each.text) if each else Text() for each in (one, other)))
    if found.both:
        _heading(console, "Formulations of both")
    for each in found.both:
        _columns(console, _plain(each.left[0].text), _plain(each.right[0].text))
    _draw_runs(console, found)
    _heading(console, "Sentences that are not the same")
    for pair in found.sentences:
        if not pair.same:
            _columns(
                console,
                _marked(found.left, pair.left, pair.left_changed),
                _marked(found.right, pair.right, pair.right_changed),
            )
            console.print()


def _draw_runs(console: Console, found: Comparison) -> None:
    """The runs of the right readout, with the place of each in both, and how much of each readout is shared."""
    from rich.text import Text

    from readouts_cli.output.wrapping import draw_block
    from readouts_cli.passages import paragraphs

    if found.right_shared.runs:
        _heading(console, f"Runs of {found.right.id} that stand in {found.left.id}")
    lines = {side.id: paragraphs(side.text) for side in (found.left, found.right)}
    for here, there, length in found.right_shared.runs:
        places = f"¶{_number(lines[found.left.id], there)} ¶{_number(lines[found.right.id], here)}"
        lead = Text.assemble((f"{length:>4} tokens  ", "label"), (f"{places:8}  ", "paragraph"))
        draw_block(console, lead, _plain(_cut(found.right, here) or ""), console.width)
    shares = f"{found.right_shared.share:.0%} of {found.right.id}, {found.left_shared.share:.0%} of {found.left.id}"
    number = len(found.right_shared.runs)
    told = f"{number:,} {'run' if number == 1 else 'runs'}: shared are {shares}" if number else "no shared runs"
    console.print(Text(told, "note"))


def _heading(console: Console, words: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(words, "label"))


def _columns(console: Console, left: Text, right: Text) -> None:
    """Print two texts beside one another, each wrapped to half the width."""
    from rich.text import Text

    from readouts_cli.output.wrapping import wrapped

    width = (console.width - len(_GAP)) // 2
    lines = zip_longest(wrapped(left, width), wrapped(right, width), fillvalue=Text())
    for one, other in lines:
        padded = one.copy()
        padded.pad_right(width - padded.cell_len)
        line = Text.assemble(padded, _GAP, other)
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _marked(readout: Readout, sentence: Span | None, changed: Sequence[Span]) -> Text:
    from rich.text import Text

    from readouts_cli.output.highlight import highlighted

    return highlighted(readout.text, sentence, changed) if sentence else Text()


def _plain(text: str) -> Text:
    from rich.text import Text

    from readouts_cli.output.sanitize import one_line

    return Text(one_line(text), "text")


def _dates(readout: Readout) -> Text:
    from rich.text import Text

    from readouts_cli.output.analysis_references import date_shown

    return Text.assemble("  ", (date_shown(readout) or "undated", "date"))


def _number(lines: Sequence[Span], span: Span) -> int:
    """The number of the paragraph in which a span begins."""
    return next((number for number, line in enumerate(lines, start=1) if span.start < line.end), len(lines))


def _cut(readout: Readout, span: Span | None) -> str | None:
    return None if span is None else readout.text[span.start : span.end]


def _quoted_shape(each: Quoted) -> Shape:
    return {"text": each.text, "left": _quotes(each.left), "right": _quotes(each.right)}


def _quotes(quotes: Iterable[Quote]) -> list[Shape]:
    return [{"text": quote.text, "span": quote.span} for quote in quotes]


def _shared_shape(readout: Readout, shared: Shared) -> Shape:
    runs = [
        {"tokens": length, "span": here, "other_span": there, "text": _cut(readout, here)}
        for here, there, length in shared.runs
    ]
    return {"tokens": shared.tokens, "share": round(shared.share, 6), "runs": runs}


def _sentence_shape(readout: Readout, sentence: Span | None, changed: Sequence[Span]) -> Shape | None:
    if sentence is None:
        return None
    return {"span": sentence, "text": _cut(readout, sentence), "changed": list(changed)}
