"""Cells of comma-separated values are read back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.output.csv_format import csv_line

#: What cells may have to be quoted for, and what they may not.
texts = st.text(alphabet=st.sampled_from('a ,";\t\n\r\x0b—双'), max_size=12)


@given(st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4))
def test_every_row_is_read_back(rows: list[list[str]]) -> None:
    written = "".join(map(csv_line, rows))
    assert list(csv.reader(io.StringIO(written, newline=""))) == rows


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (("a", 1, 0.5, None, ""), "a,1,0.5,,\n"),
        ((None,), '""\n'),
        (("",), '""\n'),
        (("a b", "a,b", 'a"b', "a\rb"), 'a b,"a,b","a""b","a\rb"\n'),
    ],
)
def test_only_what_must_be_is_quoted(cells: tuple[object, ...], line: str) -> None:
    assert csv_line(cells) == line


@given(st.lists(texts.filter(lambda text: "\r" not in text), min_size=1, max_size=4))
def test_the_standard_library_writes_the_same_but_for_carriage_returns(cells: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    assert csv_line(cells) == stream.getvalue()
