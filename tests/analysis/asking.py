"""Questions asked at the front door, for the tests: a small made library, and answers read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conftest import Result, Run

_PROMOTING = (
    "pointed out that we must promote “green growth” and the “two pillars” in every {} of the city and report the "
    "results of the work before the end of the year."
)
_TAN = "Tan Weimin, Mayor, presided over the meeting. The meeting"

#: Readouts with invented names; 005 is a copy of 001 with words replaced, and 006 is hostile.
MADE: list[dict[str, str | None]] = [
    {
        "id": "001",
        "date": "2022-03-03",
        "title": "The Lanzhu Municipal Government held a meeting",
        "text": f"On March 2, the Lanzhu Municipal Government held a meeting. {_TAN} {_PROMOTING.format('district')}",
    },
    {
        "id": "002",
        "date": "2022-05-11",
        "title": "The Lanzhu Municipal Government held a meeting",
        "text": f"On May 10, the Lanzhu Municipal Government held a meeting. {_TAN} emphasized “green-growth”, low "
        "prices and clean water.",
    },
    {
        "id": "003",
        "date": "2023-01-08",
        "title": "The Hewan Provincial Party Committee held a meeting",
        "text": "On January 7, the Hewan Provincial Party Committee held a meeting. Qiu Lan, Secretary, presided over "
        "the meeting. The meeting heard of the “two pillars” and of “steady prices”.",
    },
    {"id": "004", "date": None, "title": "A note", "text": "A note on green growth, of nobody knows when."},
    {
        "id": "005",
        "date": "2022-03-20",
        "title": "Lanzhu held a meeting",
        "text": f"On March 2, the Lanzhu Municipal Government held a session. {_TAN} {_PROMOTING.format('county')}",
    },
    {
        "id": "006",
        "date": "2022-09-09",
        "title": "<script>alert(1)</script> [bold]x[/] \x1b]0;owned\x07",
        "text": "The meeting spoke of “<b>bold</b> \x1b[31m claims”, of =1+1 and\tof\u202etabs. 会议强调双碳工作。",
    },
]


def make_library(run: Run, folder: Path, ending: str = "") -> Path:
    """Index the made readouts; `ending` makes their ids longer."""
    source = folder / "made.jsonl"
    source.write_text("".join(json.dumps(each | {"id": f"{each['id']}{ending}"}) + "\n" for each in MADE))
    library = folder / "library"
    result = run("-L", str(library), "index", str(source))
    assert result.status == 0, result.err
    return library


class Ask:
    """Asks a library."""

    def __init__(self, run: Run, library: Path) -> None:
        self._run = run
        self._library = library

    def __call__(self, *args: str, **given: Any) -> Result:
        """The outcome of a command."""
        return self._run(*args, library=self._library, **given)

    def json(self, *args: str, status: int = 0) -> Any:
        """The answer of a command as JSON."""
        result = self(*args, "-o", "json")
        assert result.status == status, result.err
        return json.loads(result.out)

    def rows(self, *args: str) -> list[list[str]]:
        """The answer of a command to a pipe."""
        result = self(*args)
        assert result.status == 0, result.err
        return [line.split("\t") for line in result.lines]


def column(rows: Sequence[Any], name: str) -> list[Any]:
    """What each row has under a name."""
    return [row[name] for row in rows]
