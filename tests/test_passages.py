"""Which stretches of a text are shown, and that the matches in them lie there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.passages import Passage, choose, paragraphs, whole
from readouts_cli.query.tokens import tokenize
from readouts_cli.readout import Readout, Span

#: Words on lines, some of them blank, with line ends of any kind.
TEXTS = st.lists(st.sampled_from(["dual ", "carbon", ". It ", "，", "双碳", "\n", "\n \n", "\r\n", "\r"]), max_size=40)


def readout_of(text: str) -> Readout:
    return Readout(id="a", path="/a", text=text)


@st.composite
def matched(draw: st.DrawFn) -> tuple[Readout, list[Span]]:
    """A readout with matches in order, none inside another."""
    readout = readout_of("".join(draw(TEXTS)))
    places = tokenize(readout.text).places
    positions = st.integers(0, max(len(places) - 1, 0))
    bounds = sorted(draw(st.sets(st.tuples(positions, st.integers(0, 4)), max_size=6))) if places else []
    spans = {Span(places[first][0], places[min(first + more, len(places) - 1)][1]) for first, more in bounds}
    kept = [span for span in spans if not any(one != span and one[0] <= span[0] and span[1] <= one[1] for one in spans)]
    return readout, sorted(kept)


def words(readout: Readout, passage: Passage) -> tuple[str, list[str]]:
    """The text of a passage, and its matches."""
    return readout.text[passage.start : passage.end], [readout.text[slice(*span)] for span in passage.spans]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n"])
def test_a_match_over_several_lines_is_shown_wholly(end: str) -> None:
    readout = readout_of(f"It met.{end}They praised dual{end}carbon goals.{end}It ended.")
    start = readout.text.index("dual")
    span = Span(start, readout.text.index("carbon") + len("carbon"))
    [passage] = choose(readout, [span], count=1)
    assert words(readout, passage) == (f"They praised dual{end}carbon goals.", [f"dual{end}carbon"])
    assert (passage.paragraph, passage.cut_before, passage.cut_after) == (2, False, False)
    shown = [words(readout, passage) for passage in whole(readout, [span])]
    assert shown == [
        ("It met.", []), ("They praised dual", ["dual"]), ("carbon goals.", ["carbon"]), ("It ended.", []),
    ]  # fmt: skip


def test_a_passage_is_cut_at_sentences_around_its_matches() -> None:
    text = "It rained. " * 20 + "They praised dual carbon. " + "It rained. " * 20
    start = text.index("dual")
    [passage] = choose(readout_of(text), [Span(start, start + len("dual carbon"))], count=1, context=60)
    assert text[passage.start : passage.end] == "They praised dual carbon. It rained. It rained. It rained."
    assert (passage.cut_before, passage.cut_after) == (True, True)


def test_the_opening_of_the_prose_is_shown_where_nothing_matched() -> None:
    readout = Readout(id="a", path="/a", text="A title\n\nIt met.\n\nIt ended.", body_start=9)
    [passage] = choose(readout, (), count=3)
    assert words(readout, passage) == ("It met.", [])


@given(matched(), st.integers(1, 4), st.integers(0, 60))
def test_every_match_of_a_passage_lies_in_it(made: tuple[Readout, list[Span]], count: int, context: int) -> None:
    readout, spans = made
    lines = paragraphs(readout.text)
    for passage in choose(readout, spans, count=count, context=context):
        line = lines[passage.paragraph - 1]
        assert line.start <= passage.start <= line.end
        assert set(passage.spans) <= set(spans)
        assert all(passage.start <= start < end <= passage.end for start, end in passage.spans)


@given(matched())
def test_whole_readouts_show_every_character_of_a_match_once(made: tuple[Readout, list[Span]]) -> None:
    readout, spans = made
    passages = whole(readout, spans)
    assert [Span(passage.start, passage.end) for passage in passages] == paragraphs(readout.text)
    assert all(one.end <= other.start for one, other in pairwise(passages))
    shown = {at for passage in passages for span in passage.spans for at in range(*span)}
    assert all(passage.start <= start < end <= passage.end for passage in passages for start, end in passage.spans)
    assert {at for at in shown if not readout.text[at].isspace()} == {
        at for span in spans for at in range(*span) if not readout.text[at].isspace()
    }
