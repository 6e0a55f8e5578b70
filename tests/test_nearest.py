"""What may be meant by a name that nobody knows."""

from __future__ import annotations

import pytest

from readouts_cli.nearest import meant, nearest

NAMES = ["search", "show", "list", "last_month", "公报"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("serach", ["search"]),
        ("searc", ["search"]),
        ("shows", ["show"]),
        ("lsat_month", ["last_month"]),
        ("公告", []),
        ("zebra", []),
        ("", []),
        ("\udce9", []),
        ("x" * 10_000, []),
    ],
)
def test_the_nearest(name: str, found: list[str]) -> None:
    assert nearest(name, NAMES) == found


def test_several_come_in_the_order_of_their_likeness() -> None:
    assert nearest("0031", ["0301", "0131", "0031x", "9999"], 2) == ["0031x", "0301"]


def test_what_an_error_says() -> None:
    assert meant("serach", NAMES) == "did you mean 'search'?"
    assert meant("zebra", NAMES) == "there are: search, show, list, last_month, 公报"
    assert meant("zebra", NAMES, "look it up") == "look it up"
