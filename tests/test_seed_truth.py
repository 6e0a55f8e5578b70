"""The hand-made truth about the five seeds, asked through an index of them: readouts, counts and every span."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.query.synonyms import read_synonyms
from readouts_cli.query.syntax import Options, parse

TESTS = Path(__file__).parent
TRUTH: dict[str, Any] = json.loads((TESTS / "truth" / "seeds.json").read_text("utf-8"))
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    folder.chmod(0o700)
    update(folder, [str(TESTS.parent / "seeds")], UpdateOptions(cores=1))
    with Library(folder) as opened:
        yield opened


def spans(library: Library, text: str, options: Options) -> dict[str, list[list[int]]]:
    result = library.search(parse(text, options))
    return {hit.readout.id: [list(span) for span in hit.matches] for hit in result.hits}


@pytest.mark.parametrize("formulation", TRUTH["query_truth"])
def test_formulations(library: Library, formulation: str) -> None:
    truth = TRUTH["query_truth"][formulation]
    found = spans(library, formulation, Options(today=TODAY, phrase=True))
    assert found == truth["spans"]
    assert sorted(found) == truth["docs"]
    assert sum(map(len, found.values())) == truth["n_hits"]


@pytest.mark.parametrize(
    "typed", ["“dual carbon”", "dual-carbon", "DUAL CARBON", '"dual carbon"', "dual carbon", "「dual carbon」"]
)
def test_ways_to_type_a_formulation(library: Library, typed: str) -> None:
    assert spans(library, typed, Options(today=TODAY)) == TRUTH["query_truth"]["dual carbon"]["spans"]


@pytest.mark.parametrize("group", TRUTH["synonym_truth"])
def test_synonyms(library: Library, group: str, tmp_path: Path) -> None:
    truth = TRUTH["synonym_truth"][group]
    file = tmp_path / "synonyms.txt"
    file.write_text(" = ".join([group.removeprefix("zh:"), *truth["members"]]), "utf-8")
    options = Options(today=TODAY, synonyms=read_synonyms(file))
    for form in truth["members"]:
        found = spans(library, f'"{form}"', options)
        assert sorted(found) == truth["docs"]
        assert sum(map(len, found.values())) == truth["n_hits"]


DATE_FILTERS = [(name, ids) for name, ids in TRUTH["date_filter_truth"].items() if isinstance(ids, list)]


@pytest.mark.parametrize(("name", "ids"), DATE_FILTERS, ids=[name for name, _ in DATE_FILTERS])
def test_date_filters(library: Library, name: str, ids: list[str]) -> None:
    which, period = name.split(" ")
    result = library.search(parse(f"{ {'meeting': 'met', 'published': 'pub'}[which] }:{period}", Options(today=TODAY)))
    assert sorted(result.ids) == ids
    assert result.undated_left_out == 1


def test_a_match_in_a_field_is_shown_where_the_words_stand(library: Library) -> None:
    result = library.search(parse('body:"municipal government" presided:Zhou', Options(today=TODAY)))
    (hit,) = result.hits
    assert [hit.readout.text[start:end] for start, end in hit.matches] == ["municipal government", "Zhou"]


def test_an_undated_readout_is_in_no_period_but_counted(library: Library) -> None:
    result = library.search(parse("congress date:2000..2030", Options(today=TODAY)))
    assert sorted(result.ids) == ["000", "001", "002", "003"]
    assert result.undated_left_out == 1
    assert library.search(parse("congress date:none", Options(today=TODAY))).ids == ("004",)


def test_a_partial_date_is_in_a_period_that_may_hold_it_when_asked_for(library: Library) -> None:
    doubtful = Options(today=TODAY, doubtful=True)
    assert library.search(parse("met:2022-11", doubtful)).ids == ("004",)
    assert library.search(parse("met:2022-12", doubtful)).ids == ()
