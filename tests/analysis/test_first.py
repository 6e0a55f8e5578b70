"""First and last occurrence."""

from __future__ import annotations

from libraries import made, seeds

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.first import FirstAndLast, first_and_last
from readouts_cli.query.period import DateField
from readouts_cli.readout import Certainty, Readout


def ids(readouts: tuple[Readout, ...]) -> list[str]:
    return [readout.id for readout in readouts]


def told(found: FirstAndLast) -> tuple[list[str], list[str], list[str]]:
    return ids(found.first), ids(found.last), ids(found.undated)


def test_the_seeds() -> None:
    assert told(first_and_last(seeds().values(), Dating())) == (["003"], ["002"], ["004"])


def test_readouts_of_one_day_stand_together() -> None:
    readouts = [made("b", "", "2022-08-20"), made("c", "", "2022-08-21"), made("a", "", "2022-08-20")]
    assert told(first_and_last(readouts, Dating())) == (["a", "b"], ["c"], [])


def test_one_readout_is_first_and_last() -> None:
    found = first_and_last([made("a", "", "2022-08-20")], Dating())
    assert found.first == found.last
    assert ids(found.first) == ["a"]


def test_dates_that_nobody_knows_stand_apart() -> None:
    readouts = [
        made("partial", "", "XXXX-01-01"),
        made("doubtful", "", "2001-01-01", certainty=Certainty.DOUBTFUL),
        made("published", "", published="2000-01-01"),
        made("met", "", "2022-08-20"),
    ]
    assert told(first_and_last(readouts, Dating(DateField.MET))) == (
        ["met"],
        ["met"],
        ["doubtful", "partial", "published"],
    )
    assert told(first_and_last(readouts, Dating(doubtful=True))) == (["published"], ["met"], ["partial"])


def test_nothing() -> None:
    assert told(first_and_last([], Dating())) == ([], [], [])
