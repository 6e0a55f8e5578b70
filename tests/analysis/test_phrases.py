"""Quoted formulations."""

from __future__ import annotations

import datetime as dt

from libraries import made, seeds

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.formulations import Mention
from readouts_cli.analysis.phrases import Phrases, quoted


def told(found: Phrases, *, least: int = 1) -> list[tuple[str, int, int]]:
    return [(each.text, each.occurrences, each.readouts) for each in found.formulations(least=least)]


def test_the_seeds() -> None:
    found = quoted(seeds().values(), Dating())
    assert told(found)[:4] == [
        ("four consciousnesses", 3, 2),
        ("dual carbon", 2, 2),
        ("two establishments", 2, 2),
        ("Double Thousands and Double Hundreds", 2, 1),
    ]
    assert sum(each.occurrences for each in found.formulations()) == 37
    carbon = found.formulations()[1]
    assert carbon.forms == (("dual carbon", 1), ("dual-carbon", 1))
    assert carbon.first == Mention("003", dt.date(2022, 8, 19))
    assert carbon.last == Mention("001", dt.date(2022, 8, 22))
    undated = next(each for each in found.formulations() if each.text == "urgent, difficult, and anxious")
    assert (undated.first, undated.last) == (None, None)


def test_damaged_quotes_stand_apart() -> None:
    library = seeds()
    damaged = quoted(library.values(), Dating()).damaged
    assert [(mark.id, mark.problem, mark.at) for mark in damaged] == [
        ("002", "stray closing quote", 1644),
        ("002", "opening quote never closed (nested quote inside)", 3499),
    ]
    for mark in damaged:
        assert library["002"].text[mark.start :].startswith(mark.around)
        assert mark.around[mark.at - mark.start] in "“”"


def test_writings_are_folded_together_and_words_are_not() -> None:
    found = quoted(
        [made("a", "“Dual Carbon” and “dual-carbon”, “DUAL CARBON”; “dual carbons”, 「双碳」 “雙碳”")], Dating()
    )
    assert told(found) == [("Dual Carbon", 3, 1), ("双碳", 2, 1), ("dual carbons", 1, 1)]


def test_quotes_without_words_are_themselves() -> None:
    assert told(quoted([made("a", "“…” and “…” and “!”")], Dating())) == [("…", 2, 1), ("!", 1, 1)]


def test_least() -> None:
    readouts = [made("a", "“one two” “three”"), made("b", "“One Two”")]
    assert told(quoted(readouts, Dating()), least=2) == [("one two", 2, 2)]


def test_first_and_last_of_one_day_go_by_id() -> None:
    readouts = [made("b", "“x”", "2022-08-20"), made("a", "“x”", "2022-08-20"), made("c", "“x”")]
    [found] = quoted(readouts, Dating()).formulations()
    assert (found.first, found.last) == (Mention("a", dt.date(2022, 8, 20)), Mention("b", dt.date(2022, 8, 20)))
