"""How a readout is laid out in a tantivy index: which fields have terms, which have columns, what is stored."""

from __future__ import annotations

import tantivy

from readouts_cli.engines.columns import DAY_PARTS, FACET_COLUMNS, SORT_COLUMNS, TEXT_TOKENS, day_column
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.period import DateField

#: A readout's id, as a key: a term, a column and stored, so that hits can be named, sorted and found again.
KEY = "_key"

#: The readout as JSON, stored.
RECORD = "_record"

#: A number that no other readout has or had; later commits have greater ones.
NUMBER = "_number"

#: Number, key and stamp of the source file in one term: walking the terms yields them all without a readout being read.
STAMP = "_stamp"


def build_schema() -> tantivy.Schema:
    """The schema of every library."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field.name, tokenizer_name="whitespace")
    builder.add_text_field(KEY, tokenizer_name="raw", index_option="basic", fast=True, stored=True)
    for name in (STAMP, *FACET_COLUMNS.values()):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for which in DateField:
        for part in DAY_PARTS:
            builder.add_unsigned_field(day_column(which, part), fast=True)
    for name in (*SORT_COLUMNS.values(), TEXT_TOKENS):
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(NUMBER, indexed=True, fast=True)
    builder.add_bytes_field(RECORD, stored=True)
    return builder.build()
