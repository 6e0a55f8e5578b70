"""Keyness, counted by hand and measured by SciPy."""

from __future__ import annotations

from math import log2

import pytest
from libraries import made, seeds
from scipy.stats import chi2_contingency

from readouts_cli.analysis.keyness import Counting, Keyness, KeyWord, counted
from readouts_cli.analysis.keyness import keyness as keyness_of
from readouts_cli.engines.base import Volume
from readouts_cli.readout import Readout

FOCUS = [made("a", "carbon carbon carbon work"), made("b", "carbon work"), made("c", "the work")]
REFERENCE = [made("d", "the work"), made("e", "the work of the day")]


def keyness(
    focus: list[Readout], reference: list[Readout], *, counting: Counting = Counting.READOUTS, least: int = 2
) -> Keyness:
    return keyness_of(counted(focus, counting), counted(reference, counting), least=least)


def words(found: Keyness) -> dict[str, KeyWord]:
    return {word.term: word for word in found.words}


def evidence(*table: int) -> float:
    here, there, here_size, there_size = table
    observed = [[here, there], [here_size - here, there_size - there]]
    return float(chi2_contingency(observed, correction=False, lambda_="log-likelihood").statistic)


def test_readouts_are_counted() -> None:
    found = keyness(FOCUS, REFERENCE, least=1)
    assert (found.focus, found.reference) == (Volume(3, 8), Volume(2, 7))
    carbon = words(found)["carbon"]
    assert (carbon.focus, carbon.reference) == (2, 0)
    assert carbon.log_likelihood == pytest.approx(evidence(2, 0, 3, 2))
    assert carbon.log_ratio == pytest.approx(log2((2 / 3) / (0.5 / 2)))
    the = words(found)["the"]
    assert the.log_likelihood == pytest.approx(-evidence(1, 2, 3, 2))
    assert the.log_ratio == pytest.approx(log2((1 / 3) / (2 / 2)))
    assert words(found)["work"].log_likelihood == pytest.approx(0)


def test_tokens_are_counted_when_asked() -> None:
    found = keyness(FOCUS, REFERENCE, counting=Counting.TOKENS)
    carbon = words(found)["carbon"]
    assert (carbon.focus, carbon.reference) == (4, 0)
    assert carbon.log_likelihood == pytest.approx(evidence(4, 0, 8, 7))
    assert carbon.log_ratio == pytest.approx(log2((4 / 8) / (0.5 / 7)))


def test_evidence_first_and_rare_words_left_out() -> None:
    found = keyness(FOCUS, REFERENCE)
    assert [word.term for word in found.words] == ["the", "carbon", "work"]


@pytest.mark.parametrize(("here", "there", "few"), [(10, 10, False), (9, 10, True), (10, 9, True), (0, 0, True)])
def test_few_readouts_say_little(here: int, there: int, few: bool) -> None:
    def some(number: int) -> list[Readout]:
        return [made(str(n), "work") for n in range(number)]

    assert keyness(some(here), some(there)).few is few


def test_chinese_words_are_pairs() -> None:
    found = words(keyness([made("a", "双碳工作"), made("b", "工作，党")], [made("c", "党")], least=1))
    assert set(found) == {"双碳", "碳工", "工作", "党"}
    assert (found["工作"].focus, found["党"].focus, found["党"].reference) == (2, 1, 1)


def test_an_empty_side_tells_nothing() -> None:
    assert keyness(FOCUS, []).words == ()
    assert keyness([], REFERENCE).words == ()


def test_the_seeds() -> None:
    library = seeds()
    found = words(keyness([library["001"], library["003"]], [library["000"], library["002"], library["004"]]))
    assert (found["carbon"].focus, found["carbon"].reference) == (2, 0)
    assert found["carbon"].log_likelihood == pytest.approx(evidence(2, 0, 2, 3))
