"""Quoted formulations and damaged quotation marks."""

from __future__ import annotations

import pytest

from readouts_cli.reading.quotes import read_quotes

STRAY = "stray closing quote"
UNCLOSED = "opening quote never closed"
AROUND = "opening quote never closed (nested quote inside)"
ODD = "typewriter quotes do not pair in this paragraph"

CASES: dict[str, tuple[str, list[str], list[tuple[str, int]]]] = {
    "none": ("no quotes at all", [], []),
    "a pair": ("the “dual carbon” goals", ["dual carbon"], []),
    "two pairs": ("“a” and “b”", ["a", "b"], []),
    "adjoining pairs": ("“a”“b”", ["a", "b"], []),
    "an empty pair": ("“”", [""], []),
    "nested": ("“a “b” c”", ["a “b” c", "b"], []),
    "nested in Chinese": ("「甲『乙』丙」", ["甲『乙』丙", "乙"], []),
    "Chinese curly": ("实现“双碳”目标，做到“两个维护”。", ["双碳", "两个维护"], []),
    "corner brackets": ("「雙碳」與『兩個維護』", ["雙碳", "兩個維護"], []),
    "kinds do not close one another": ("“a「b”c」", ["a「b", "b”c"], []),
    "a stray closing mark": ("“a”. b” and “c”", ["a", "c"], [(STRAY, 6)]),
    "an opening mark never closed": ("“a and b", [], [(UNCLOSED, 0)]),
    "around another": ("“a “b” c", ["b"], [(AROUND, 0)]),
    "two never closed": ("“a “b", [], [(UNCLOSED, 0), (UNCLOSED, 3)]),
    "no pair crosses a paragraph": ("“a\nb”", [], [(UNCLOSED, 0), (STRAY, 4)]),
    "around another in an earlier paragraph only": ("“a” “b\n“c”", ["a", "c"], [(UNCLOSED, 4)]),
    "typewriter quotes": ('the "dual carbon" and "dual control" goals', ["dual carbon", "dual control"], []),
    "an odd typewriter quote": ('a 5" pipe', [], [(ODD, 3)]),
    "typewriter quotes pair within a paragraph": ('"a\nb"', [], [(ODD, 0), (ODD, 4)]),
    "apostrophes are no quotes": ("the city’s ‘plan’ and the people's", [], []),
    "book titles are no quotes": ("审议《规划》", [], []),
    "Windows newlines": ("“a”\r\n“b”", ["a", "b"], []),
}


@pytest.mark.parametrize(("text", "quotes", "damaged"), CASES.values(), ids=CASES.keys())
def test_quotes(text: str, quotes: list[str], damaged: list[tuple[str, int]]) -> None:
    found, broken = read_quotes(text)
    assert [quote.text for quote in found] == quotes
    assert [(mark.problem, mark.at) for mark in broken] == damaged
    for quote in found:
        assert text[quote.span.start + 1 : quote.span.end - 1] == quote.text


def test_quotes_stand_in_the_order_of_the_text() -> None:
    found, _ = read_quotes("“a “b” c “d” e”")
    assert [quote.span.start for quote in found] == sorted(quote.span.start for quote in found)


def test_quotes_nested_without_end_give_the_outermost_up() -> None:
    found, broken = read_quotes("“" * 20 + "a" + "”" * 20)
    assert len(found) == 8
    assert len(broken) == 24
