"""Trends, counted by hand on a small made library."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, query, seeds
from strategies import libraries

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.bins import Unit
from readouts_cli.analysis.occurrences import matched
from readouts_cli.analysis.trend import Shelves, Trend, occurrences, rate, share, shares, volumes
from readouts_cli.engines.base import Occurrences, Volume
from readouts_cli.query.fields import document
from readouts_cli.query.period import DateField
from readouts_cli.readout import Readout

MADE = [
    made("a", "green carbon green", "2022-08-03"),
    made("b", "green work of ten whole words and no more here", "2022-08-20"),
    made("c", "carbon", "2022-08-31"),
    made("d", "nothing of the kind", "2022-10-05"),
    made("e", "green", "2022-11-01", published="2023-02-01"),
    made("f", "green green", None),
]


def trend(readouts: list[Readout], asked: list[str], unit: Unit, which: DateField = DateField.DATE) -> Trend:
    dating = Dating(which)
    shelves = Shelves(unit, dating, volumes(readouts, dating))
    used = []
    for text in asked:
        condition = query(text)
        hits = [readout for readout in readouts if condition.accepts(document(readout))]
        used.append((text, shelves.uses(occurrences(matched(hits, condition), dating))))
    return shelves.trend(used)


def test_by_month() -> None:
    found = trend(MADE, ["green", "carbon"], Unit.MONTH)
    assert [str(bin) for bin in found.bins] == ["2022-08", "2022-09", "2022-10", "2022-11"]
    assert found.shelves == (Volume(3, 14), Volume(0, 0), Volume(1, 4), Volume(1, 1))
    green, carbon = found.series
    assert green.uses == (Occurrences(2, 3), Occurrences(0, 0), Occurrences(0, 0), Occurrences(1, 1))
    assert green.undated == Occurrences(1, 2)
    assert carbon.uses == (Occurrences(2, 2), Occurrences(0, 0), Occurrences(0, 0), Occurrences(0, 0))
    assert (found.basis.readouts, found.basis.undated) == (6, 1)
    assert (found.basis.first, found.basis.last) == (dt.date(2022, 8, 3), dt.date(2022, 11, 1))


def test_nothing_to_count_is_not_zero() -> None:
    found = trend(MADE, ["green"], Unit.MONTH)
    shares = [share(use, shelf) for use, shelf in zip(found.series[0].uses, found.shelves, strict=True)]
    assert shares == [2 / 3, None, 0.0, 1.0]
    rates = [rate(use, shelf) for use, shelf in zip(found.series[0].uses, found.shelves, strict=True)]
    assert rates == [3 / 14 * 10_000, None, 0.0, 10_000.0]


def test_by_quarter_and_by_published_date() -> None:
    assert [str(bin) for bin in trend(MADE, ["green"], Unit.QUARTER).bins] == ["2022-Q3", "2022-Q4"]
    published = trend(MADE, ["green"], Unit.YEAR, DateField.PUB)
    assert [str(bin) for bin in published.bins] == ["2023"]
    assert published.series[0].undated == Occurrences(3, 5)


def test_no_dates_at_all() -> None:
    found = trend([MADE[5]], ["green"], Unit.YEAR)
    assert (found.bins, found.series[0].uses, found.series[0].undated) == ((), (), Occurrences(1, 2))


def test_the_seeds() -> None:
    found = trend(list(seeds().values()), ['"20th National Congress"', '"dual carbon"'], Unit.MONTH)
    assert [str(bin) for bin in found.bins] == ["2022-08", "2022-09", "2022-10", "2022-11", "2022-12", "2023-01"]
    assert [shelf.readouts for shelf in found.shelves] == [3, 0, 0, 0, 0, 1]
    congress, carbon = found.series
    assert congress.uses[0] == Occurrences(2, 3)
    assert congress.uses[5] == Occurrences(1, 3)
    assert congress.undated == Occurrences(1, 10)
    assert carbon.uses[0] == Occurrences(2, 2)


@settings(deadline=None)
@given(libraries, st.sampled_from(Unit), st.sampled_from(DateField))
def test_every_readout_is_in_one_bin_or_undated(library: tuple[Readout, ...], unit: Unit, which: DateField) -> None:
    found = trend(list(library), ["dual"], unit, which)
    assert sum(shelf.readouts for shelf in found.shelves) + found.basis.undated == len(library)
    assert sum(use.readouts for use in found.series[0].uses) + found.series[0].undated.readouts == sum(
        query("dual").accepts(document(readout)) for readout in library
    )


MONTHS = {"2022-01": 4, "2022-03": 2, "2023-12": 5}


def test_shares_by_the_shortest_unit_that_fits() -> None:
    by_month = shares({"2022-03": 1}, MONTHS, most=24)
    assert [(str(each.bin), each.readouts, each.of) for each in by_month[:3]] == [
        ("2022-01", 0, 4),
        ("2022-02", 0, 0),
        ("2022-03", 1, 2),
    ]
    assert len(by_month) == 24
    by_quarter = shares({"2022-03": 1}, MONTHS, most=23)
    assert [(str(each.bin), each.readouts, each.of) for each in (by_quarter[0], by_quarter[-1])] == [
        ("2022-Q1", 1, 6),
        ("2023-Q4", 0, 5),
    ]
    assert [str(each.bin) for each in shares({}, MONTHS, most=1)] == ["2022", "2023"]
    assert shares({}, {}, most=10) == []
