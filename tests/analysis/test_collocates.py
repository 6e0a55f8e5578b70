"""Collocates, counted by hand and measured by NLTK."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import made, query, seeds
from nltk.metrics.association import BigramAssocMeasures

from readouts_cli.analysis.collocates import Collocates, Company, Sort, Told, company
from readouts_cli.query.fields import document
from readouts_cli.readout import Readout


def near(readouts: list[Readout], asked: str, *, window: int = 5, least: int = 1) -> Collocates:
    condition = query(asked)
    hits = [readout for readout in readouts if condition.accepts(document(readout))]
    return company(hits, condition, window=window).collocates(least=least)


def counts(text: str, asked: str, window: int) -> dict[str, tuple[int, int]]:
    return {each.term: (each.near, each.total) for each in near([made("a", text)], asked, window=window).collocates}


WINDOWS = [
    ("both sides", "a b carbon c d", "carbon", 1, {"b": (1, 1), "c": (1, 1)}),
    ("a phrase is one", "a b dual carbon c d", '"dual carbon"', 1, {"b": (1, 1), "c": (1, 1)}),
    ("total is everywhere", "b carbon c. B b b", "carbon", 5, {"b": (1, 4), "c": (1, 1)}),
    ("not over the sentence", "The a. B carbon c. D", "carbon", 5, {"b": (1, 1), "c": (1, 1)}),
    ("not over the line", "a\nb carbon\nc", "carbon", 5, {"b": (1, 1)}),
    ("once though near two", "carbon b carbon", "carbon", 5, {"b": (1, 1)}),
    ("matches are not counted", "dual carbon dual", '"dual carbon"', 5, {"dual": (1, 1)}),
    ("far apart", "a b carbon" + " c" * 30 + " carbon d", "carbon", 1, {"b": (1, 1), "c": (2, 30), "d": (1, 1)}),
    ("han", "推进双碳工作", "双碳", 2, {"工作": (1, 1), "推进": (1, 1)}),
    ("han, a word of one character", "推进双碳，党", "双碳", 2, {"推进": (1, 1), "党": (1, 1)}),
]


@pytest.mark.parametrize(("text", "asked", "window", "expected"), [r[1:] for r in WINDOWS], ids=[r[0] for r in WINDOWS])
def test_near(text: str, asked: str, window: int, expected: dict[str, tuple[int, int]]) -> None:
    assert counts(text, asked, window) == expected


def test_measures_by_hand_and_by_nltk() -> None:
    found = near([made("a", "green carbon. Green carbon. Green work. Low carbon. Work of all kinds.")], "carbon")
    assert (found.matches, found.near, found.tokens) == (3, 3, 9)
    green = found.collocates[0]
    assert (green.term, green.near, green.total, green.readouts) == ("green", 2, 3, 1)
    assert green.log_dice == pytest.approx(14 + log2(2 * 2 / (3 + 3)))
    assert green.log_likelihood == pytest.approx(BigramAssocMeasures.likelihood_ratio(2, (3, 3), 9), rel=1e-6)


def test_what_is_rarer_near_than_elsewhere_is_negative() -> None:
    found = near([made("a", "x a carbon b. X x x x x y. A b.")], "carbon")
    measured = {each.term: each.log_likelihood for each in found.collocates}
    assert measured["x"] < 0 < measured["a"]


def test_the_most_is_fourteen() -> None:
    [found] = near([made("a", "very carbon very")], "carbon").collocates
    assert found.near == 2
    assert found.log_dice <= 14


def test_least_and_order() -> None:
    found = near([made("a", "low carbon, low carbon of. The carbon of of of.")], "carbon", window=1, least=2)
    assert [each.term for each in found.collocates] == ["low", "of"]


uses = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 400), st.integers(0, 400)), max_size=150)


@given(uses, st.integers(1, 60), st.integers(1, 20), st.sampled_from(Sort))
def test_the_best_are_found_without_asking_for_all(
    uses: list[tuple[int, int, int]], matches: int, most: int, sort: Sort
) -> None:
    """Words near, elsewhere in readouts that were counted, and elsewhere in those that were not."""
    near = Counter({f"w{n}": here for n, (here, _, _) in enumerate(uses)})
    counted = {f"w{n}": here + far for n, (here, far, _) in enumerate(uses)}
    others = {f"w{n}": more for n, (_, _, more) in enumerate(uses)}
    whole = Counter(counted) + Counter(others)
    told = Told(sum(others.values()), lambda terms: {term: others[term] for term in terms})
    all_read = Company(matches, near, near, whole).collocates(sort=sort)
    some_told = Company(matches, near, near, Counter(counted)).collocates(most=most, sort=sort, told=told)
    assert some_told == replace(all_read, collocates=all_read.collocates[:most])


def test_no_more_is_asked_than_can_be_among_the_best() -> None:
    asked: list[str] = []

    def of(terms: Iterable[str]) -> dict[str, int]:
        asked.extend(terms)
        return {}

    near = Counter({f"w{number}": 1000 - number for number in range(900)})
    found = Company(1000, near, near, near.copy()).collocates(most=3, told=Told(0, of))
    assert [each.term for each in found.collocates] == ["w0", "w1", "w2"]
    assert len(asked) < 100


def test_the_seeds() -> None:
    found = near(list(seeds().values()), '"dual carbon"')
    assert found.matches == 2
    assert {each.term for each in found.collocates if each.near == 2} == {"control", "the", "work"}
    assert {"orderly", "promote", "dual", "steadily", "promoted"} <= {each.term for each in found.collocates}
    assert near(list(seeds().values()), '"revitalization"').matches == 27


def test_nothing_matched() -> None:
    assert near([], "carbon") == Collocates(0, 0, 0, ())
