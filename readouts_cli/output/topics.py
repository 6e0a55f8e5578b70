"""What `readouts help TOPIC` says, taken from the tables that the program itself works by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from readouts_cli.errors import Exit
from readouts_cli.output.listing import columns
from readouts_cli.output.sanitize import visible

#: Sections of a topic: entries under a title.
Sections = Mapping[str, Mapping[str, str]]

#: The formats of `--output`, and what each is.
FORMATS = {
    "cards": "for reading: dates, title, names and passages of each hit; what a terminal gets",
    "table": "for reading: one line a hit",
    "tsv": "tab-separated, one line a hit, tabs and line breaks folded into spaces; what a pipe gets",
    "csv": "comma-separated, with the names of the columns first, text exactly as it is",
    "json": "one object with everything; readouts schema prints its shape",
    "jsonl": "one object a line",
    "ids": "one id a line",
    "paths": "one path a line, byte for byte",
    "page": "for reading: facts, then text wrapped; what show prints on a terminal",
    "text": "the text unwrapped, its control characters made visible; what show prints in a pipe",
}

#: The exit statuses, and when each ends a run.
STATUSES = {
    Exit.OK: "found, or done",
    Exit.NOTHING_FOUND: "nothing found",
    Exit.USAGE: "the command line, a query or a date is wrong",
    Exit.LIBRARY: "the library is missing, damaged, busy or from another version",
    Exit.SOME_FAILED: "done, but some files could not be read",
    Exit.INCOMPLETE: "a part of the library on a cluster did not answer, and the answer is incomplete",
    Exit.BUG: "a fault of the program, which it shows for you to report",
    Exit.INTERRUPTED: "interrupted",
    Exit.PIPE_CLOSED: "the reader of the output has gone",
}

_MARKS = {
    "2022-08-25": "stated in the text",
    "2022-08-22~": "inferred: the text leaves out the year or the month",
    "2022-11-15?": "doubtful: inferred, but far from the date of publication",
    "XXXX-11-15": "partial: the year is not known (EDTF)",
    "2022-03-05..2022-03-11": "several days",
}


def topic_lines(topic: str, width: int) -> Iterator[str]:
    """The lines of a topic, wrapped to so many columns."""
    for title, entries in topic_sections(topic).items():
        yield f"{title}\n"
        yield from map(visible, columns(entries, width))
        yield "\n"


def topic_sections(topic: str) -> Sections:
    """A topic as sections."""
    return TOPICS[topic]()


def _query() -> Sections:
    from readouts_cli.query.language import LANGUAGE

    return {
        section.title: {
            form.example + (f"   --{form.option}" if form.option else ""): form.meaning for form in section.forms
        }
        for section in LANGUAGE
    }


def _output() -> Sections:
    from readouts_cli.output.columns import COLUMNS

    columns = {column.name: column.holds for column in COLUMNS.values()}
    return {"Formats (--output)": FORMATS, "Dates of meetings": _MARKS, "Columns (--fields, --template)": columns}


def _settings() -> Sections:
    from readouts_cli.config import KEYS, TABLES

    keys = {name: f"{key.about}: {key.takes}  [{key.default or 'unset'}]" for name, key in KEYS.items()}
    return {
        "Keys of readouts/config.toml": keys,
        "Tables": {f"[{name}]": about for name, about in TABLES.items()},
    }


def _environment() -> Sections:
    from readouts_cli.config import VARIABLES

    return {"Environment variables": VARIABLES}


def _status() -> Sections:
    return {"Exit statuses": {str(status.value): STATUSES[status] for status in Exit}}


#: The topics, in the order of the manual page, and what makes their sections.
TOPICS: Mapping[str, Callable[[], Sections]] = {
    "query": _query,
    "output": _output,
    "settings": _settings,
    "environment": _environment,
    "status": _status,
}
