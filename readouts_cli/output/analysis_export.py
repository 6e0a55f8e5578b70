"""Rows for R, pandas and spreadsheets: CSV, JSON Lines, Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from readouts_cli.analysis.export import COLUMNS, Row
from readouts_cli.errors import UsageError
from readouts_cli.output.csv_format import csv_line
from readouts_cli.output.json_format import encoded_utf8

#: Stands between the entries of a list in CSV, which has no lists.
_BETWEEN = "; "

#: Rows that Parquet keeps together.
_GROUP = 1_000

#: The names of the columns, which come first in CSV.
CSV_HEADER = csv_line(COLUMNS)


def csv_lines(rows: Iterable[Row]) -> str:
    """Comma-separated values; what is not known is an empty cell."""
    return "".join([csv_line(map(_cell, row)) for row in rows])


def json_lines(rows: Iterable[Row]) -> bytes:
    """One JSON object a line, in UTF-8; what is not known is null."""
    return b"".join([encoded_utf8(dict(zip(COLUMNS, row, strict=True))) + b"\n" for row in rows])


def write_parquet(stream: BinaryIO, rows: Iterable[Row]) -> None:
    """A Parquet file; days are of its own type, lists are lists.  Raises UsageError where pyarrow is not installed."""
    rest = iter(rows)
    group = list(islice(rest, _GROUP))  # before pyarrow starts threads, as processes with threads do not share work out
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise UsageError("--format parquet needs pyarrow: pip install 'readouts-cli[parquet]'") from None
    names, days, numbers = pa.list_(pa.string()), pa.date32(), pa.int64()
    types = dict.fromkeys(("presided", "presided_offices", "attended", "attended_offices"), names)
    types |= dict.fromkeys(("met_start", "met_end"), days) | dict.fromkeys(("record", "tokens", "matches"), numbers)
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    with ParquetWriter(stream, schema) as writer:
        while group:
            columns = {
                name: list(map(_parquet, values))
                for name, values in zip(COLUMNS, zip(*group, strict=True), strict=True)
            }
            writer.write_table(pa.table(columns, schema=schema))
            group = list(islice(rest, _GROUP))


def _cell(value: Any) -> Any:
    """A value as a cell of CSV, which knows no lists and no objects."""
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    return _json(value) if isinstance(value, dict) else value


def _parquet(value: Any) -> Any:
    """A value for Parquet, whose strings are UTF-8: what stands for an undecodable byte is written out."""
    if isinstance(value, dict):
        return _json(value)
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _json(value: dict[str, str]) -> str:
    """What a file says beyond the columns; empty where nothing."""
    return json.dumps(value, ensure_ascii=False) if value else ""
