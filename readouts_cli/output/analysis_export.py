"""Rows for R, pandas and spreadsheets: CSV, JSON Lines, Parquet, written as they come."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO, TextIO

from readouts_cli.analysis.export import COLUMNS, Row
from readouts_cli.errors import UsageError
from readouts_cli.output.json_format import write_objects

#: Stands between the entries of a list in CSV, which has no lists.
_BETWEEN = "; "

#: Rows that Parquet keeps together.
_GROUP = 1_000


def write_csv(stream: TextIO, rows: Iterable[Row]) -> None:
    """Comma-separated values with the columns' names first (RFC 4180); what is not known is an empty cell."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cell, row) for row in rows)


def write_jsonl(stream: TextIO, rows: Iterable[Row]) -> None:
    """One JSON object a line; what is not known is null."""
    write_objects(stream, (dict(zip(COLUMNS, map(_value, row), strict=True)) for row in rows))


def write_parquet(stream: BinaryIO, rows: Iterable[Row]) -> None:
    """A Parquet file; days are of its own type, lists are lists.  Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise UsageError("--format parquet needs pyarrow: pip install 'readouts-cli[parquet]'") from None
    names, days, numbers = pa.list_(pa.string()), pa.date32(), pa.int64()
    types = dict.fromkeys(("presided", "presided_offices", "attended", "attended_offices"), names)
    types |= dict.fromkeys(("met_start", "met_end"), days) | dict.fromkeys(("record", "tokens", "matches"), numbers)
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    rest = iter(rows)
    with ParquetWriter(stream, schema) as writer:
        while group := list(islice(rest, _GROUP)):
            columns = {
                name: list(map(_parquet, values))
                for name, values in zip(COLUMNS, zip(*group, strict=True), strict=True)
            }
            writer.write_table(pa.table(columns, schema=schema))


def _cell(value: Any) -> Any:
    """A value as a cell of CSV."""
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    if isinstance(value, dict):
        return _json(value)
    return value


def _value(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, str | int | dict):
        return value
    return list(value) if isinstance(value, tuple) else value.isoformat()


def _parquet(value: Any) -> Any:
    """A value for Parquet, whose strings are UTF-8: what stands for an undecodable byte is written out."""
    if isinstance(value, dict):
        return _json(value)
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _json(value: dict[str, str]) -> str:
    """What a file says beyond the columns; empty where nothing."""
    return json.dumps(value, ensure_ascii=False) if value else ""
