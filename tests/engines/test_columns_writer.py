"""Columns of our writing against Whoosh's own writers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from whoosh import columns
from whoosh.filedb.structfile import StructFile

from readouts_cli.engines.whoosh.columns_writer import BytesWriter, ColumnWriter, NumbersWriter


@pytest.mark.parametrize(
    ("column", "writer", "values"),
    [
        (columns.NumericColumn("i"), NumbersWriter("i"), [0, 5, -5, 2**31 - 1]),
        (columns.NumericColumn("q"), NumbersWriter("q"), [0, 2**62, -1]),
        (columns.VarBytesColumn(), BytesWriter(), [b"", b"abc", b"", b"de"]),
        (columns.VarBytesColumn(), BytesWriter(), [b"x" * 255, b"", b"y" * 256]),
        (columns.VarBytesColumn(), BytesWriter(), [b"x" * 65_535, b"z"]),
        (columns.VarBytesColumn(), BytesWriter(), [b"x" * 65_536, b"z"]),
        (columns.VarBytesColumn(), BytesWriter(), [b"%d" % (n % 7) for n in range(2**15)]),
        (columns.VarBytesColumn(), BytesWriter(), [b"%d" % (n % 70) for n in range(2**15 + 1)]),
    ],
)
def test_columns_are_byte_for_byte_those_of_whoosh(
    column: Any, writer: ColumnWriter, values: list[bytes | int]
) -> None:
    stock = BytesIO()
    stock_writer = column.writer(StructFile(stock))
    for doc, value in enumerate(values):
        stock_writer.add(doc, value)
        writer.rows.append(writer.encoded(value))
    stock_writer.finish(len(values))
    assert b"".join(writer.chunks()) == stock.getvalue()
