import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import COLUMNS, caret, shown


def drawn(source: str, start: int, end: int | None = None) -> list[str]:
    return caret(QueryError("", source, start, end)).split("\n")


@pytest.mark.parametrize(
    ("source", "start", "end", "line", "carets"),
    [
        ("a b c", 2, 3, "a b c", "  ^"),
        ("a bcd", 2, 5, "a bcd", "  ^^^"),
        ("a AND", 5, 6, "a AND", "     ^"),
        ("a", 9, 12, "a", " ^"),
        ("", 0, 1, "", "^"),
        ("双碳 x", 3, 4, "双碳 x", "     ^"),
        ("a双碳", 1, 3, "a双碳", " ^^^^"),
        ("ｆｏｏ:", 0, 3, "ｆｏｏ:", "^^^^^^"),
        ("e\u0301 x", 3, 4, "e\u0301 x", "  ^"),
        ("a\tb\nc", 4, 5, "a b c", "    ^"),
        ("\x1b[x", 2, 3, r"\x1b[x", "     ^"),
        ("a\u202eb", 1, 2, r"a\u202eb", " ^^^^^^"),
        ("\ud800b", 1, 2, r"\ud800b", "      ^"),
    ],
)
def test_caret(source: str, start: int, end: int, line: str, carets: str) -> None:
    assert drawn(source, start, end) == [line, carets]


@pytest.mark.parametrize("start", [0, 10, 69, 70, 100, 180, 198, 199])
def test_long_query_is_cut_around_the_place(start: int) -> None:
    source = "".join(chr(0x21 + n % 90) for n in range(200))
    line, carets = drawn(source, start)
    assert len(line) <= COLUMNS
    assert line[len(carets) - 1] == source[start]
    assert line.startswith("…") == (start > 30)
    assert line.endswith("…") == (start < 160)


def test_query_of_the_full_width_is_not_cut() -> None:
    assert drawn("x" * COLUMNS, 0)[0] == "x" * COLUMNS
    assert drawn("x" * (COLUMNS + 1), 0)[0].endswith("x…")


def test_carets_stop_where_the_query_is_cut() -> None:
    line, carets = drawn("x" * 500, 100, 400)
    assert len(carets) <= len(line) <= COLUMNS


@given(st.text(max_size=200), st.integers(0, 220), st.integers(1, 50))
def test_caret_is_two_printable_lines_that_fit(source: str, start: int, length: int) -> None:
    line, carets = drawn(source, start, start + length)
    assert line.isprintable()
    assert len(line) <= 10 * COLUMNS  # combining marks take no column
    assert set(carets) <= {" ", "^"}
    assert carets.endswith("^")
    assert len(carets) <= COLUMNS + 12


def test_shown_is_cut_and_escaped() -> None:
    assert shown("a\nb\x00") == r"a b\x00"
    assert shown("x" * 40) == "x" * 40
    assert shown("x" * 41) == "x" * 39 + "…"
