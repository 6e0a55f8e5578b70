"""Two readouts, and two sets of readouts, side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, seeds

from readouts_cli.analysis.alignment import Pair, aligned, sentences_of
from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.compare import Quoted, compare, contrast
from readouts_cli.analysis.formulations import tallied
from readouts_cli.query.tokens import terms
from readouts_cli.readout import Span


def texts(quoted: tuple[Quoted, ...]) -> list[str]:
    return [each.text for each in quoted]


def test_formulations_of_the_seeds() -> None:
    library = seeds()
    found = compare(library["001"], library["003"])
    assert texts(found.both) == ["dual carbon"]
    [carbon] = found.both
    assert ([q.span for q in carbon.left], [q.span for q in carbon.right]) == ([Span(3718, 3731)], [Span(4508, 4521)])
    assert texts(found.only_left) == [
        "two establishments",
        "four consciousnesses",
        "four self-confidences",
        "two maintenances",
        "three major articles",
        "look back",
        "dual control",
        "embroidery kung fu",
    ]
    assert texts(found.only_right) == [
        "Four Spirits",
        "lucid waters and lush mountains are invaluable assets, and ice and snow are also invaluable assets",
        "foreign import, internal defense rebound",
        "dynamic clearing",
    ]


def test_boilerplate_of_the_seeds() -> None:
    library = seeds()
    found = compare(library["002"], library["004"])
    assert len(found.right_shared.runs) == 16
    assert len(found.left_shared.runs) == 7
    for here, there, length in found.right_shared.runs:
        printed = library["004"].text[here.start : here.end]
        assert terms(printed) == terms(library["002"].text[there.start : there.end])
        assert len(terms(printed)) == length >= 7
    assert found.right_shared.share == pytest.approx(141 / 532, abs=0.05)


def test_a_readout_and_itself() -> None:
    readout = seeds()["001"]
    found = compare(readout, readout)
    assert found.left_shared.share == 1.0
    assert (found.only_left, found.only_right) == ((), ())
    assert all(pair.same for pair in found.sentences)


def shown(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


SAME, GONE = "The meeting heard a report. ", "Nothing else was said at all. "

ALIGNMENTS = [
    ("same", SAME, SAME, [(SAME, SAME, [], [])]),
    ("case and marks are the same", "The “dual carbon” goal.", "The dual-carbon goal.", [
        ("The “dual carbon” goal.", "The dual-carbon goal.", [], [])]),
    ("changed", "We must promote green development.", "We must promote rural development.", [
        ("We must promote green development.", "We must promote rural development.", ["green"], ["rural"])]),
    ("added words", "We must work hard.", "We must all work very hard.", [
        ("We must work hard.", "We must all work very hard.", [], ["all", "very"])]),
    ("dropped sentence", SAME + GONE, SAME, [(SAME, SAME, [], []), (GONE, None, [], [])]),
    ("new sentence first", SAME, GONE + SAME, [(None, GONE, [], []), (SAME, SAME, [], [])]),
    ("not alike", "Alpha beta gamma.", "Delta epsilon zeta.", [
        ("Alpha beta gamma.", None, [], []), (None, "Delta epsilon zeta.", [], [])]),
    ("nothing", "", SAME, [(None, SAME, [], [])]),
    ("the better of two", "We must do green work now.", "We must do rural work. We must do green work.", [
        (None, "We must do rural work.", [], []),
        ("We must do green work now.", "We must do green work.", ["now"], [])]),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "expected"), [row[1:] for row in ALIGNMENTS], ids=[r[0] for r in ALIGNMENTS])
def test_sentences_side_by_side(
    left: str, right: str, expected: list[tuple[str | None, str | None, list[str], list[str]]]
) -> None:
    pairs = aligned(sentences_of(left), sentences_of(right))
    assert [
        (
            shown(left, pair.left),
            shown(right, pair.right),
            [shown(left, span) for span in pair.left_changed],
            [shown(right, span) for span in pair.right_changed],
        )
        for pair in pairs
    ] == [(a and a.strip(), b and b.strip(), c, d) for a, b, c, d in expected]


prose = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(" ".join), max_size=5).map("\n".join)


@settings(deadline=None)
@given(prose, prose)
def test_every_sentence_is_shown_once_and_in_order(left: str, right: str) -> None:
    one, other = sentences_of(left), sentences_of(right)
    pairs: list[Pair] = aligned(one, other)
    assert [pair.left for pair in pairs if pair.left] == [sentence.span for sentence in one]
    assert [pair.right for pair in pairs if pair.right] == [sentence.span for sentence in other]
    for pair in pairs:
        if pair.same:
            assert terms(shown(left, pair.left) or "") == terms(shown(right, pair.right) or "")


def test_two_periods() -> None:
    library = seeds()
    others = [library["000"], library["001"], library["003"]]
    found = contrast(tallied([library["002"]], Dating()), tallied(others, Dating()))
    assert [(one.text, one.occurrences, other.occurrences) for one, other in found.both] == [
        ("four consciousnesses", 2, 1),
        ("two establishments", 1, 1),
    ]
    assert found.only_focus[0].text == "Double Thousands and Double Hundreds"
    assert found.only_reference[0].text == "dual carbon"
    assert "two safeguards" in [each.text for each in found.only_focus]
    assert "two maintenances" in [each.text for each in found.only_reference]


def test_contrast_folds_writings() -> None:
    found = contrast(tallied([made("a", "“Dual Carbon”")], Dating()), tallied([made("b", "“dual-carbon”")], Dating()))
    assert (found.only_focus, found.only_reference) == ((), ())
    assert len(found.both) == 1
