"""Matches of two words near one another, counted by neighbours, against the expressions' own `find`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.neighbours import count_neighbours, two_words
from readouts_cli.query.expressions import Either, Expression, Lookup, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Leaf

LEFT, RIGHT, OTHER = Exact("dual"), Exact("carbon"), Exact("two")
LEFT_PAIR, RIGHT_PAIR = Exact("双碳"), Exact("目标")
DISTANCES = st.sampled_from([1, 2, 3, 10, 10**12])
expressions = st.one_of(
    st.builds(lambda distance, ordered: Near(Term(LEFT), Term(RIGHT), distance, ordered), DISTANCES, st.booleans()),
    st.builds(lambda distance: Within((LEFT, RIGHT), distance - 1), DISTANCES),
    st.builds(lambda distance, shared: Within((LEFT_PAIR, RIGHT_PAIR), distance, shared), DISTANCES, st.integers(0, 1)),
)


def looked_up(words: str) -> Lookup:
    def lookup(leaf: Leaf) -> list[int]:
        return [position for position, word in enumerate(words) if word == ("l" if leaf in {LEFT, LEFT_PAIR} else "r")]

    return lookup


@given(expressions, st.text(st.sampled_from("lr ."), max_size=40))
def test_neighbours_are_the_matches(expression: Expression, words: str) -> None:
    lookup = looked_up(words)
    found = two_words(expression)
    assert found is not None
    left, right, distance, ordered = found
    matches = expression.find(lookup)
    assert count_neighbours(lookup(left), lookup(right), distance, ordered=ordered) == len(matches)


@pytest.mark.parametrize(
    ("words", "either_way", "in_order"),
    [
        ("", 0, 0),
        ("l", 0, 0),
        ("r", 0, 0),
        ("lr", 1, 1),
        ("rl", 1, 0),
        ("l..r", 1, 1),
        ("r..l", 1, 0),
        ("l...r", 0, 0),
        ("r...l", 0, 0),
        ("llrr", 1, 1),
        ("lrlr", 3, 2),
        ("rlr", 2, 1),
    ],
)
def test_at_most_three_apart(words: str, either_way: int, in_order: int) -> None:
    lookup = looked_up(words)
    for ordered, expected in [(False, either_way), (True, in_order)]:
        assert count_neighbours(lookup(LEFT), lookup(RIGHT), 3, ordered=ordered) == expected


@pytest.mark.parametrize(
    "expression",
    [
        Term(LEFT),
        Phrase(((0, LEFT), (1, RIGHT)), 2),
        Within((LEFT,), 2),
        Within((LEFT, RIGHT, OTHER), 2),
        Within((LEFT, RIGHT_PAIR), 2),
        Near(Term(LEFT), Phrase(((0, LEFT), (1, RIGHT)), 2), 2, ordered=False),
        Either((Near(Term(LEFT), Term(RIGHT), 2, ordered=False), Term(OTHER))),
    ],
)
def test_what_is_not_of_two_words(expression: Expression) -> None:
    assert two_words(expression) is None
