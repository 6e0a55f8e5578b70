"""Patterns against the meaning of the expressions that they stand for, without any engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import expressions, leaves, phrases, withins

from readouts_cli.engines.bounding import MOST_BOUNDS, enough, indispensable
from readouts_cli.engines.patterns import Fixed, Pattern, patterns
from readouts_cli.query.expressions import Either, Expression, Lookup, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Leaf, Wildcard

TERMS = ["dual", "carbon", "carbons", "establish", "the", "of", "双碳", "碳双", "个确", "确立", "党", ""]

nested = st.recursive(
    leaves.map(Term) | phrases | withins,
    lambda inner: (
        st.builds(Near, inner, inner, st.integers(1, 4), st.booleans())
        | st.lists(inner, min_size=1, max_size=2).map(lambda found: Either(tuple(found)))
    ),
    max_leaves=4,
)
rows = st.lists(st.sampled_from(TERMS), max_size=12)


def lookup(row: Sequence[str]) -> Lookup:
    return lambda leaf: [position for position, term in enumerate(row) if term and leaf.matches(term)]


def stands(pattern: Pattern, row: Sequence[str]) -> bool:
    """Whether a pattern matches, by its definition."""
    if isinstance(pattern, Fixed):
        parts = [{position - offset for position in lookup(row)(leaf)} for offset, leaf in pattern.slots]
        return bool(set.intersection(*parts))
    left, right = lookup(row)(pattern.left), lookup(row)(pattern.right)
    distances = {b - a for a in left for b in right}
    return any(0 < (n if pattern.ordered else abs(n)) <= pattern.distance for n in distances)


def any_stands(found: Iterable[Pattern], row: Sequence[str]) -> bool:
    return any(stands(pattern, row) for pattern in found)


@given(row=rows, expression=expressions | nested)
def test_patterns_and_bounds_agree_with_the_meaning(row: list[str], expression: Expression) -> None:
    matches = bool(expression.find(lookup(row)))
    exact, outer = patterns(expression), indispensable(expression)
    assert exact is None or any_stands(exact, row) == matches
    assert matches or not any_stands(enough(expression), row)
    assert outer is None or any_stands(outer, row) or not matches


def word(term: str) -> Term:
    return Term(Exact(term))


THE_PARTY = Phrase(((0, Exact("the")), (1, Exact("party"))), 2)


@pytest.mark.parametrize(
    ("longer", "shorter", "exact"),
    [
        (THE_PARTY, word("people"), True),
        (THE_PARTY, word("party"), False),
        (THE_PARTY, Term(Wildcard("peop*")), True),
        (THE_PARTY, Term(Wildcard("p*")), False),
        (Phrase(((0, Wildcard("t*")), (1, Exact("party"))), 2), word("people"), True),
        (Phrase(((0, Wildcard("p*")), (1, Exact("party"))), 2), word("people"), False),
        (Phrase(((0, Wildcard("t*")), (1, Exact("party"))), 2), Term(Wildcard("p*")), False),
        (Phrase(((0, Exact("the")), (2, Exact("party"))), 3), word("people"), False),
        (THE_PARTY, Phrase(((0, Exact("of")), (1, Exact("people"))), 2), True),
    ],
)
def test_a_choice_of_lengths_is_exact_unless_one_may_lie_inside_another(
    longer: Expression, shorter: Expression, exact: bool
) -> None:
    near = Near(Either((longer, shorter)), word("congress"), 3, ordered=False)
    assert (patterns(near) is not None) == exact


def test_bounds_of_words_within_leave_nothing_open() -> None:
    """Three words within three take more patterns than `patterns` gives, but no text has to be looked at."""
    within = Within((Exact("of"), Exact("the"), Exact("meeting")), 3)
    assert patterns(within) is None
    assert set(enough(within)) == set(indispensable(within) or ())


def test_bounds_are_few_and_the_shortest() -> None:
    many: tuple[Leaf, ...] = tuple(map(Exact, ("a", "b", "c", "d")))
    within = Within(many, 9)
    assert len(enough(within)) == MOST_BOUNDS
    assert {pattern.length for pattern in enough(within)} == {4, 5, 6}
    assert indispensable(within) is None
    assert indispensable(Near(within, word("e"), 2, ordered=True)) is None


def test_a_far_near_has_no_indispensable_patterns_or_all() -> None:
    inner = Near(word("a"), word("b"), 1, ordered=True)
    bounds = indispensable(Near(inner, word("c"), 60, ordered=True))
    assert bounds is not None
    assert any_stands(bounds, ["a", "b", *[""] * 59, "c"])
    assert indispensable(Near(inner, word("c"), MOST_BOUNDS + 1, ordered=True)) is None


def test_a_near_inside_a_near() -> None:
    """`a b x` is enough for (a NEAR/2 b) ADJ/1 x; in `a b b x`, the shorter a b hides the longer one from x."""
    near = Near(Near(word("a"), word("b"), 2, ordered=False), word("x"), 1, ordered=True)
    hidden = ["a", "b", "b", "x"]
    assert any_stands(enough(near), ["a", "b", "x"])
    assert not any_stands(enough(near), hidden)
    assert not near.find(lookup(hidden))
    assert any_stands(indispensable(near) or (), hidden)
