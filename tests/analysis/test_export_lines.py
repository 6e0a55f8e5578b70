"""Exported rows as lines of CSV and of JSON."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from libraries import made

from readouts_cli.analysis.export import COLUMNS, counted, rows
from readouts_cli.analysis.occurrences import Matched
from readouts_cli.output.analysis_export import CSV_HEADER, csv_lines, json_lines
from readouts_cli.query.tokens import Tokens
from readouts_cli.readout import Readout

#: What cells of CSV may have to be quoted for, and what they may not.
texts = st.text(alphabet=st.sampled_from('a ,";\t\n\r\x0b—双'), max_size=12)


def lines(*readouts: Readout) -> str:
    return csv_lines(rows((Matched(each, Tokens([], ()), []) for each in readouts), counted))


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_csv_is_read_back(written: list[tuple[str, str]]) -> None:
    data = lines(*(made("a", text, body=body, presided=((body, text),)) for text, body in written))
    read = list(csv.DictReader(io.StringIO(CSV_HEADER + data, newline="")))
    assert [(row["text"], row["body"], row["presided_offices"]) for row in read] == [
        (text, body, text) for text, body in written
    ]
    assert all(row["attended"] == row["met_start"] == row["metadata"] == "" for row in read)


def test_json_has_every_column() -> None:
    [line] = json_lines(rows([Matched(made("a", "one\ntwo", "2022-08-25"), Tokens([], ()), [])], counted)).splitlines()
    row = json.loads(line)
    assert tuple(row) == COLUMNS
    assert (row["text"], row["met_start"], row["presided"], row["title"]) == ("one\ntwo", "2022-08-25", [], None)
