"""The columns that a user can choose."""

from __future__ import annotations

import pytest

from readouts_cli.errors import UsageError
from readouts_cli.output.columns import COLUMNS, LIST_COLUMNS, SEARCH_COLUMNS, chosen
from readouts_cli.output.lines import folded
from readouts_cli.passages import Passage
from readouts_cli.readout import Readout, Span
from readouts_cli.results import ShownHit

TEXT = "The meeting praised dual carbon. It ended."
BARE = ShownHit(1, 0.0, Readout(id="a", path="a.txt", text=TEXT), (), ())


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_a_cell_for_a_readout_without_facts(name: str) -> None:
    assert isinstance(COLUMNS[name].cell(BARE), str | int | float)


def test_default_columns_exist() -> None:
    assert [column.name for column in chosen(SEARCH_COLUMNS, matched=True)] == list(SEARCH_COLUMNS)
    assert [column.name for column in chosen(LIST_COLUMNS, matched=False)] == list(LIST_COLUMNS)


@pytest.mark.parametrize(
    ("name", "matched", "message"),
    [
        ("titel", True, "there is no column 'titel'; did you mean 'title'?"),
        ("", True, "there is no column ''; there are: id, met"),
        ("score", False, "there is no column 'score'"),
    ],
)
def test_unknown_columns(name: str, matched: bool, message: str) -> None:
    with pytest.raises(UsageError) as error:
        chosen([name], matched=matched)
    assert message in str(error.value)


def test_the_best_passage_is_the_one_with_most_matches() -> None:
    weak = Passage(1, 0, 11, (Span(4, 11),), cut_before=False, cut_after=True)
    strong = Passage(1, 12, 32, (Span(12, 19), Span(20, 31)), cut_before=True, cut_after=True)
    hit = ShownHit(1, 0.0, BARE.readout, (), (weak, strong))
    assert COLUMNS["passage"].cell(hit) == "… praised dual carbon. …"


def test_cells_are_folded_onto_one_line() -> None:
    assert folded("a\tb\r\nc\x1b[0m") == "a b c␛[0m"
    assert folded(0.5) == "0.5"
