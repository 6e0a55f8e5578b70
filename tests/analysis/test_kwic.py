"""Keyword in context."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, query, seeds
from strategies import conditions, libraries

from readouts_cli.analysis.kwic import Line, Sorting, in_order, lines
from readouts_cli.passages import paragraphs
from readouts_cli.query.fields import document
from readouts_cli.query.tree import Condition
from readouts_cli.readout import Readout, Span


def concordance(text: str, asked: str, context: int = 200) -> list[tuple[str, str, str]]:
    found = lines([made("a", text)], query(asked), context=context)
    return [(line.left, line.keyword, line.right) for line in found]


def test_every_occurrence_on_the_seeds_where_the_truth_has_it() -> None:
    library = seeds()
    asked = query('"20th National Congress"')
    hits = [readout for readout in library.values() if asked.accepts(document(readout))]
    found = list(lines(hits, asked, context=40))
    assert [line.readout.id for line in found] == ["001"] + ["002"] * 3 + ["003"] * 2 + ["004"] * 10
    assert found[0].span == Span(5129, 5151)
    assert {line.keyword for line in found} == {"20th National Congress"}
    assert found[0].left.endswith("to welcome the victory of the party’s ")
    assert found[0].right == "."
    assert found[0].paragraph == 6


CONTEXTS = [
    ("whole", "the dual carbon goal", "carbon", 50, ("the dual ", " goal")),
    ("at a word", "the dual carbon goal was set", "carbon", 6, ("dual ", " goal")),
    ("never inside one", "understanding carbon understanding", "carbon", 6, ("", "")),
    ("an apostrophe joins", "the People’s carbon people’s", "carbon", 3, ("", "")),
    ("a hyphen does not", "the low-grade carbon", "carbon", 6, ("grade ", "")),
    ("no context", "the dual carbon goal", "carbon", 0, ("", "")),
    ("its paragraph", "before\n\nlow carbon work\n\nbehind", "carbon", 50, ("low ", " work")),
    ("han anywhere", "积极稳妥推进双碳工作的开展", "双碳", 2, ("推进", "工作")),
    ("han and latin", "推进GDP增长双碳GDP增长", "双碳", 3, ("增长", "GDP")),
    ("possessive", "the people’s will", '"people"', 50, ("the ", " will")),
]


@pytest.mark.parametrize(
    ("text", "asked", "context", "expected"), [row[1:] for row in CONTEXTS], ids=[row[0] for row in CONTEXTS]
)
def test_context(text: str, asked: str, context: int, expected: tuple[str, str]) -> None:
    [(left, _, right)] = concordance(text, asked, context)
    assert (left, right) == expected


def test_patterns_and_phrases_show_every_occurrence() -> None:
    assert [keyword for _, keyword, _ in concordance("revitalize, revitalized; vital", "revital*")] == [
        "revitalize",
        "revitalized",
    ]
    assert [keyword for _, keyword, _ in concordance("a b, a b a b", '"a b"')] == ["a b", "a b", "a b"]


def test_sorted_by_the_words_beside() -> None:
    text = "green carbon work. Blue carbon trade! dual carbon goal; low green carbon aims"
    found = list(lines([made("a", text)], query("carbon"), context=100))

    def order(sorting: Sorting) -> list[str]:
        return [line.left.split()[-1] + line.right for line in in_order(found, sorting)]

    assert [shown.split()[0] for shown in order(Sorting.LEFT)] == ["Blue", "dual", "green", "green"]
    assert [line.right.split()[0].rstrip(".!;") for line in in_order(found, Sorting.RIGHT)] == [
        "aims",
        "goal",
        "trade",
        "work",
    ]
    assert list(in_order(found, Sorting.DATE)) == found


def test_left_words_sort_nearest_first() -> None:
    found = lines([made("a", "z b carbon\n\na c carbon\n\na b carbon")], query("carbon"), context=100)
    assert [line.left for line in in_order(found, Sorting.LEFT)] == ["a b ", "z b ", "a c "]


@settings(max_examples=50, deadline=None)
@given(libraries, conditions, st.integers(0, 30))
def test_lines_are_pieces_of_the_text(library: tuple[Readout, ...], asked: Condition, context: int) -> None:
    hits = [readout for readout in library if asked.accepts(document(readout))]
    found: list[Line] = list(lines(hits, asked, context=context))
    assert len(found) == sum(len(asked.spans(document(readout))) for readout in hits)
    for line in found:
        text = line.readout.text
        assert text[: line.span.start].endswith(line.left)
        assert text[line.span.end :].startswith(line.right)
        assert max(len(line.left), len(line.right)) <= context
        start, end = paragraphs(text)[line.paragraph - 1]
        assert start <= line.span.start < end
