"""Where sentences and paragraphs begin and end."""

from __future__ import annotations

import pytest

from readouts_cli.reading.paragraphs import each_paragraph, with_line_feeds
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Span

ENDS: dict[str, list[str]] = {
    "It met. It closed.": ["It met.", "It closed."],
    "It met.It closed": ["It met.", "It closed"],
    "Who met? All! And 3 more.": ["Who met?", "All!", "And 3 more."],
    "He said “it met.” “Good.” Then (at 3.) it closed.": ["He said “it met.”", "“Good.”", "Then (at 3.) it closed."],
    "It met. and closed.": ["It met. and closed."],
    "It paid 3.5 million to No. 4 on Sept. 3 for Mr. Lin, Mrs. Gao and J. Wu. Done.": [
        "It paid 3.5 million to No. 4 on Sept. 3 for Mr. Lin, Mrs. Gao and J. Wu.",
        "Done.",
    ],
    "No! No? Yes.": ["No!", "No?", "Yes."],
    "Almost. It met in Aust. Then it closed.": ["Almost.", "It met in Aust.", "Then it closed."],
    "会议结束。”随后休会！好？": ["会议结束。”", "随后休会！", "好？"],
    " one line \n\n  another\u3000\n": ["one line", "another"],
    "": [],
    " \n ": [],
}


@pytest.mark.parametrize("text", ENDS)
def test_sentences(text: str) -> None:
    assert [text[start:end] for start, end in sentences(text, Span(0, len(text)))] == ENDS[text]


def test_a_sentence_may_be_cut_by_the_end_of_its_stretch() -> None:
    assert list(sentences("It met. It closed. Done.", Span(3, 12))) == [Span(3, 7), Span(8, 12)]


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize("text", ENDS)
def test_lines_may_end_otherwise(text: str, end: str) -> None:
    text, expected = text.replace("\n", end), ENDS[text]
    assert [text[start:stop] for start, stop in sentences(text, Span(0, len(text)))] == expected


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_paragraphs_are_lines_without_the_space_around_them(end: str) -> None:
    text = "\n one\u3000two \n\n\t\n3\nfour".replace("\n", end)
    found = each_paragraph(text, Span(0, len(text) - 1))
    assert [text[slice(*span)] for span in found] == ["one\u3000two", "3", "fou"]
    assert [text[slice(*span)] for span in each_paragraph(text)] == ["one\u3000two", "3", "four"]


def test_line_feeds_stand_where_carriage_returns_ended_lines() -> None:
    assert with_line_feeds("a\rb\r\rc\r\nd\r") == "a\nb\n\nc\r\nd\n"
