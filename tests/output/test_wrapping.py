"""Lines: no wider than asked, nothing lost, Chinese punctuation where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from readouts_cli.output.wrapping import wrapped


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the meeting pointed out", 12, ["the meeting", "pointed out"]),
        ("the meeting pointed out", 11, ["the meeting", "pointed out"]),
        ("the meeting", 40, ["the meeting"]),
        ("会议强调，要坚持两个确立。", 10, ["会议强调，", "要坚持两个", "确立。"]),
        ("会议强调坚，持两个", 10, ["会议强调", "坚，持两个"]),
        ("要坚持做到“两个维护”", 12, ["要坚持做到", "“两个维护”"]),
        ("the 会议 held", 8, ["the 会议", "held"]),
        ("unbreakableword and", 6, ["unbrea", "kablew", "ord", "and"]),
        ("one\n\ntwo three", 6, ["one", "", "two", "three"]),
        ("", 10, [""]),
    ],
)
def test_lines(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text(alphabet="ab 会议，“”。é(-", max_size=80), st.integers(2, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in found)


def test_styles_stay_on_their_words() -> None:
    text = Text("the dual carbon goals")
    text.stylize("bold", 4, 15)
    styled = [line.plain[span.start : span.end] for line in wrapped(text, 9) for span in line.spans]
    assert [words.rstrip() for words in styled] == ["dual", "carbon"]
