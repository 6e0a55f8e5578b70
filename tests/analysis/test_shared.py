"""Shared runs against a search that tries everything."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import seeds

from readouts_cli.analysis.shared import Run, longest_run, shared_runs
from readouts_cli.query.tokens import tokenize

words = st.lists(st.sampled_from("abc"), max_size=14)


def longest_from(terms: list[str], others: list[str], at: int) -> tuple[int, int]:
    """The longest stretch from `at` that stands in `others`, and the first place where it does."""
    lengths = [
        (length, -other)
        for other in range(len(others))
        for length in range(1, len(terms) - at + 1)
        if terms[at : at + length] == others[other : other + length]
    ]
    length, other = max(lengths, default=(0, 0))
    return length, -other


@settings(deadline=None)
@given(words, words, st.integers(1, 4))
def test_runs_are_read_from_left_to_right(terms: list[str], others: list[str], shortest: int) -> None:
    expected, at = [], 0
    while at < len(terms):
        length, other = longest_from(terms, others, at)
        if length >= shortest:
            expected.append(Run(at, other, length))
        at += length if length >= shortest else 1
    assert shared_runs(terms, others, shortest=shortest) == expected


@settings(deadline=None)
@given(words, words)
def test_longest_run(terms: list[str], others: list[str]) -> None:
    best = max((longest_from(terms, others, at)[0] for at in range(len(terms))), default=0)
    found = longest_run(terms, others)
    if found is None:
        assert best == 0
    else:
        assert found.length == best
        assert terms[found.at : found.at + best] == others[found.other : found.other + best]


def test_a_long_repetition_takes_no_long_time() -> None:
    many = ["a"] * 50_000
    assert shared_runs(many, many) == [Run(0, 0, 50_000)]


def test_the_seeds_share_sixteen_runs() -> None:
    library = seeds()
    earlier, later = tokenize(library["002"].text), tokenize(library["004"].text)
    runs = shared_runs(later.terms, earlier.terms)
    assert len(runs) == 16
    assert len(shared_runs(earlier.terms, later.terms)) == 7
    first = runs[0]
    assert (
        library["004"].text[slice(*first.span(later))].startswith("Deputy Secretary of the Municipal Party Committee")
    )
    for run in runs:
        here = later.terms[run.at : run.at + run.length]
        assert here == earlier.terms[run.other : run.other + run.length]
