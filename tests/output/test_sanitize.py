"""What could steer a terminal is shown, never sent."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.output.sanitize import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, 中文, émoji 🙂", "plain text, 中文, émoji 🙂"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;cGFzdGU=\x07", "␛]52;c;cGFzdGU=␇"),
        ("bell\x07 delete\x7f null\x00", "bell␇ delete␡ null␀"),
        ("\x9b31m", "<U+009B>31m"),
        ("up\u202edown\u202c", "up<U+202E>down<U+202C>"),
        ("\u2066isolated\u2069", "<U+2066>isolated<U+2069>"),
        ("undecodable \udce9t\udcff", "undecodable \\xe9t\\xff"),
        ("lone \ud800", "lone <U+D800>"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("every\r\nkind\rof\u2028line\u2029break\x85here", "every\nkind\nof\nline\nbreak\nhere"),
        ("right\u200eto\u200fleft marks", "right\u200eto\u200fleft marks"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\ntwo", "one two"),
        ("one \r\n\r\n  two\tthree", "one two three"),
        ("two  spaces stay", "two  spaces stay"),
        ("\x0bform\x0cfeed\u2028separator", " form feed separator"),
        ("escape\x1b[2J", "escape␛[2J"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_that_steers_is_left(text: str) -> None:
    for character in one_line(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }


@given(st.text(max_size=200))
def test_what_is_visible_stays(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_what_is_printable_stays_as_it_is() -> None:
    changed = [character for character in map(chr, range(sys.maxunicode + 1)) if one_line(character) != character]
    assert len(changed) > 2_000
    assert not any(map(str.isprintable, changed))
