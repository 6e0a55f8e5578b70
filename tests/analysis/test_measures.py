"""The measures against NLTK's and SciPy's own."""

from __future__ import annotations

from math import isclose, log, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures, ContingencyMeasures
from scipy.stats import chi2_contingency

from readouts_cli.analysis.measures import log_dice, log_likelihood, log_ratio

cells = st.integers(0, 10_000)


@settings(deadline=None)
@given(cells, cells, cells, cells)
def test_log_likelihood_is_scipys(a: int, b: int, c: int, d: int) -> None:
    if min(a + b, c + d, a + c, b + d) > 0:
        expected = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood").statistic
        assert isclose(log_likelihood(a, b, c, d), expected, rel_tol=1e-6, abs_tol=1e-6)


@settings(deadline=None)
@given(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 10_000))
def test_log_likelihood_is_nltks(a: int, b: int, c: int, d: int) -> None:
    expected = BigramAssocMeasures.likelihood_ratio(a, (a + b, a + c), a + b + c + d)
    assert isclose(log_likelihood(a, b, c, d), expected, rel_tol=1e-6, abs_tol=1e-6)
    by_cells = ContingencyMeasures(BigramAssocMeasures()).likelihood_ratio(a, b, c, d)
    assert isclose(log_likelihood(a, b, c, d), by_cells, rel_tol=1e-6, abs_tol=1e-6)


def test_log_likelihood_of_tokens_is_nearly_rayson_and_garsides() -> None:
    expected = 2 * (100 * log(100 / 70) + 40 * log(40 / 70))
    assert log_likelihood(100, 40, 99_900, 99_960) == pytest.approx(expected, rel=1e-2)


def test_independence_is_no_evidence() -> None:
    assert log_likelihood(5, 50, 10, 100) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(0, 0, 10, 100) == 0


@settings(deadline=None)
@given(st.integers(1, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_log_dice_is_nltks_dice(together: int, more: int, others: int) -> None:
    dice = BigramAssocMeasures.dice(together, (together + more, together + others), 10_000)
    assert isclose(log_dice(together, together + more, together + others), 14 + log2(dice))
    assert log_dice(together, together + more, together + others) <= 14


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((20, 10, 80, 90), 1.0),  # twice as frequent
        ((10, 20, 90, 80), -1.0),
        ((10, 10, 90, 90), 0.0),
        ((40, 5, 60, 95), 3.0),
        ((1, 0, 99, 100), 1.0),  # 0 stands as a half
        ((0, 4, 100, 96), -3.0),
    ],
)
def test_log_ratio(table: tuple[int, int, int, int], expected: float) -> None:
    assert log_ratio(*table) == pytest.approx(expected)
