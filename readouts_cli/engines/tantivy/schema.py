"""How a readout is laid out in a tantivy index: which fields have terms, which have columns, what is stored."""

from __future__ import annotations

import tantivy

from readouts_cli.engines.base import Facet, Order
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.tree import DateField

#: A readout's id, as a key: a term, a column and stored, so that hits can be named, sorted and found again.
KEY = "_key"

#: The readout as JSON, stored.
RECORD = "_record"

#: A number that no other readout has or had; later commits have greater ones.
NUMBER = "_number"

#: Number, key and stamp of the source file in one term: walking the terms yields them all without a readout being read.
STAMP = "_stamp"

#: Days to sort by; what has none sorts behind all.
SORT_DAYS = {
    Order.DATE: "_by_date",
    Order.DATE_DESCENDING: "_by_date_descending",
    Order.MET: "_by_met",
    Order.PUBLISHED: "_by_pub",
}
NO_DAY = 10**7

#: Terms to count by; a year is counted by its months.
FACETS = {Facet.MONTH: "_month", Facet.BODY: "_body", Facet.PRESIDER: "_presider", Facet.SOURCE: "_source"}


def day_column(which: DateField, part: str) -> str:
    """The column of a date's `first` or `last` day, or where the date is doubtful `maybe_first` and `maybe_last`.

    The day of a date without a year is in `yearly`.  A date fills only the columns of its own kind.
    """
    return f"_{which.value}_{part}"


DAY_PARTS = ("first", "last", "maybe_first", "maybe_last", "yearly")


def build_schema() -> tantivy.Schema:
    """The schema of every library."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field.name, tokenizer_name="whitespace")
    builder.add_text_field(KEY, tokenizer_name="raw", index_option="basic", fast=True, stored=True)
    for name in (STAMP, *FACETS.values()):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for which in DateField:
        for part in DAY_PARTS:
            builder.add_unsigned_field(day_column(which, part), fast=True)
    for name in SORT_DAYS.values():
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(NUMBER, indexed=True, fast=True)
    builder.add_bytes_field(RECORD, stored=True)
    return builder.build()
