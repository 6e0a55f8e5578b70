"""How a readout is laid out in a Whoosh index: which fields have postings, which values stand in columns.

It is a plain Whoosh schema, so that stock Whoosh opens the index: `text`, `title` … are TEXT fields with positions,
whose terms come from `query.tokens` rather than from an analyzer; everything a search filters, sorts or counts by is a
column; the readout itself is stored whole (`records`).
"""

from __future__ import annotations

from whoosh import analysis, columns, fields

from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.whoosh.records import STORED
from readouts_cli.query.fields import FIELDS

#: Columns of byte strings (UTF-8); several values are joined by newlines.
BYTES_COLUMNS = ("doc_id", "doc_path", "doc_digest", "doc_body", "doc_presided", "doc_source", "doc_language")

#: Columns of signed 32-bit numbers: days are proleptic ordinals, 0 for none; kinds are `DaysKind` values, 0 for none.
#: One more, `TEXT_TOKENS`, is no part of a row, as the tokens are counted where they are inverted.
INT_COLUMNS = ("met_first", "met_last", "met_kind", "pub_first", "pub_last", "pub_kind")

#: Columns of signed 64-bit numbers: the source file's size in bytes and its time of change in nanoseconds.
LONG_COLUMNS = ("file_size", "file_mtime")

#: Fields with postings; a posting's value is the list of positions.
POSTING_FIELDS = tuple(field.name for field in FIELDS)


def build_schema() -> fields.Schema:
    """The schema of every library."""
    schema = fields.Schema()
    for name in POSTING_FIELDS:
        schema.add(name, fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=True, stored=False))
    for name in BYTES_COLUMNS:
        schema.add(name, fields.COLUMN(columns.VarBytesColumn()))
    for name in (*INT_COLUMNS, TEXT_TOKENS):
        schema.add(name, fields.COLUMN(columns.NumericColumn("i")))
    for name in LONG_COLUMNS:
        schema.add(name, fields.COLUMN(columns.NumericColumn("q")))
    schema.add(STORED, fields.STORED())
    return schema
